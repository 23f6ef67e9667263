"""What a fleet card says of a cluster's backups: the last proven one and its age, and what comes next by itself."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.backup import BackupsView, NextRun
from console.domain.backup_policy import BackupKind, Scheduler
from console.domain.text import shown
from console.ui.backup_sentences import age_text
from console.ui.backup_state import Proof, last_proven, marks_of, newest, proof_of
from console.ui.backup_words import cycle_word, kind_word, stamp
from console.ui.speech import joined, translate


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupKeeping:
    """What is known. `at`: when it was proven, or without a proof when the newest backup was begun."""

    cluster: str = ""
    known: bool = False
    policy: bool = False
    proof: Proof = Proof.NONE
    kind: BackupKind | None = None
    begun_at: datetime | None = None
    at: datetime | None = None
    next_run: NextRun | None = None  # None where nothing begins it by itself


def keeping_of(view: BackupsView) -> BackupKeeping:
    """The last proven backup; where none is, the newest one, and what was checked of it."""
    by_itself = view.policy.scheduler is not Scheduler.NOBODY and bool(view.next_runs)
    known = BackupKeeping(
        cluster=view.cluster, known=True, policy=bool(view.policy.repositories),
        next_run=view.next_runs[0] if by_itself else None,
    )  # fmt: skip
    proven = last_proven(view)
    if proven is not None:
        backup, mark = proven
        return BackupKeeping(
            cluster=view.cluster, known=True, policy=True, proof=Proof.PROVEN, kind=backup.kind,
            begun_at=backup.begun_at, at=mark.at, next_run=known.next_run,
        )  # fmt: skip
    last = newest(view)
    if last is None:
        return known
    return BackupKeeping(
        cluster=view.cluster, known=True, policy=True, proof=proof_of(last, marks_of(view, last)), kind=last.kind,
        begun_at=last.begun_at, at=last.begun_at, next_run=known.next_run,
    )  # fmt: skip


def keeping_text(keeping: BackupKeeping, now: datetime | None) -> tuple[str, str]:
    """The bold line, and what stands below it."""
    if not keeping.known or now is None:
        return translate("fleet", "Not known yet"), translate("fleet", "The engine has not told of backups")
    if keeping.at is None or keeping.begun_at is None:
        if keeping.policy:
            return translate("fleet", "None yet"), translate("fleet", "No backup was made")
        return translate("fleet", "None"), translate("fleet", "No policy says that backups are made")
    age = age_text(max(0.0, (now - keeping.at).total_seconds()))
    kind, begun = kind_word(keeping.kind), stamp(keeping.begun_at, now)
    if keeping.proof is Proof.PROVEN:
        text = translate("fleet", "{kind} of {at}, restored with whole books")
        return translate("fleet", "Proven {age}").format(age=age), text.format(kind=kind, at=begun)
    text = translate("fleet", "The newest, {kind} of {at}, was never restored on trial")
    return translate("fleet", "None proven"), text.format(kind=kind, at=begun)


def next_by_itself(keepings: tuple[BackupKeeping, ...], now: datetime, acting: tuple[str, ...] = ()) -> str:
    """What will happen tonight without anyone. `acting`: clusters whose nodes may be changed without a person."""
    runs = [(one.next_run.at, one) for one in keepings if one.next_run is not None]
    if not runs:
        if acting:
            text = translate("fleet", "Next by itself: nothing planned. No backup is made without you; nodes of "
                                      "{clusters} may be changed, where a primary is lost")  # fmt: skip
            return text.format(clusters=joined([shown(name) for name in acting]))
        return translate("fleet", "Next by itself: nothing. No node is changed, and no backup made, without you")
    at, first = min(runs, key=lambda pair: pair[0])
    run = first.next_run
    assert run is not None
    when = f"{at:%H:%M}" if at.date() == now.date() else stamp(at, now)
    text = translate("fleet", "Next by itself: {what} of {cluster}, {when} UTC. No node is changed without you")
    if acting:
        text = translate("fleet", "Next by itself: {what} of {cluster}, {when} UTC. Nodes of {clusters} may be changed "
                                  "without you, where a primary is lost")  # fmt: skip
    clusters = joined([shown(name) for name in acting])
    return text.format(what=cycle_word(run.what), cluster=shown(first.cluster), when=when, clusters=clusters)
