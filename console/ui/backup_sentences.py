"""The sentences of the Backups page: the verdict first, then troubles, what was chosen, media, policy; knows no Qt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.domain.backup import (
    Backup,
    BackupCheck,
    BackupsView,
    CheckResult,
    Job,
    JobState,
    Mark,
    MissedRun,
    RepositorySeen,
)
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.messages import Refused
from console.ui.backup_state import (
    Proof,
    Stretch,
    behind_seconds,
    every_backup,
    last_ended,
    marks_of,
    missing,
    newest,
    proof_of,
    reason_of,
    recent,
    restorable,
)
from console.ui.backup_words import (
    REASONS,
    capital,
    check_word,
    cycle_word,
    day,
    detail_text,
    job_title,
    kind_word,
    reason_clause,
    stamp,
)
from console.ui.measures import brief, duration, number
from console.ui.sentences import refused_sentence
from console.ui.speech import counted, translate

MISSED_SHOWN_MAX: Final = 3
ABOUT_SECONDS: Final = 120.0
FRESH_SECONDS: Final = 180.0  # so long after a backup its WAL may still be on its way


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line with its shape."""

    health: Health
    title: str
    below: str = ""


# The verdict


def verdict(view: BackupsView, now: datetime) -> Said:
    """What can be got back, and first of all what can't."""
    cluster = shown(view.cluster)
    found = restorable(view)
    if not found:
        return _nothing(view, cluster, now)
    since = stamp(found[0].begin, now)
    gaps = missing(view)
    with_windows = {one.repository for one in view.windows}
    unread = [one for one in view.repositories if one.trouble and one.spec.name in with_windows]
    if unread:
        return _as_last_read(cluster, since, gaps, unread[0], now)
    if gaps:
        return _with_holes(cluster, since, gaps, now)
    behind = behind_seconds(view, now) or 0.0
    if behind > view.policy.wal_silence_seconds_max:
        text = translate("backup", "{cluster} can go back to moments from {since} to {end}, not later: no WAL came for "
                                   "{age}")  # fmt: skip
        title = text.format(cluster=cluster, since=since, end=stamp(found[-1].end, now),
                            age=duration(behind, whole=True))  # fmt: skip
        below = translate("backup", "What was booked after that is on the nodes only. Every older moment is safe.")
        return Said(health=Health.DEGRADED, title=title, below=below)
    text = translate("backup", "{cluster} can go back to any moment since {since}")
    title = text.format(cluster=cluster, since=since)
    return _proof_line(view, title, now)


def _nothing(view: BackupsView, cluster: str, now: datetime) -> Said:
    last = newest(view)
    if last is not None and last.ended_at is not None and (now - last.ended_at).total_seconds() < FRESH_SECONDS:
        text = translate("backup", "{cluster} has a backup, and what it can give back is not known yet")
        below = translate("backup", "The WAL that belongs to it has not come in yet, or was not read yet.")
        return Said(health=Health.UNKNOWN, title=text.format(cluster=cluster), below=below)
    if last is not None:
        text = translate("backup", "{cluster} has backups, and none of them can be restored to a known moment")
        below = translate("backup", "Make a full backup now: it needs none of them. The running ledger is whole.")
        return Said(health=Health.LOST, title=text.format(cluster=cluster), below=below)
    if any(one.at is None and not one.trouble for one in view.repositories):
        text = translate("backup", "What could be got back of {cluster} is being read")
        below = translate("backup", "This takes a few seconds. Nothing is changed by it.")
        return Said(health=Health.UNKNOWN, title=text.format(cluster=cluster), below=below)
    unread = [one for one in view.repositories if one.trouble]
    if unread and len(unread) == len(view.repositories):
        text = translate("backup", "What could be got back of {cluster} is not known: no repository could be read")
        return Said(health=Health.UNKNOWN, title=text.format(cluster=cluster))
    text = translate("backup", "{cluster} has no backup yet")
    return Said(health=Health.DEGRADED, title=text.format(cluster=cluster))


def _with_holes(cluster: str, since: str, gaps: tuple[Stretch, ...], now: datetime) -> Said:
    length = duration(sum(one.seconds for one in gaps), whole=True)
    if len(gaps) == 1:
        text = translate("backup", "{cluster} can go back to any moment since {since}, save {length} {when}")
        title = text.format(cluster=cluster, since=since, length=length, when=_days_of(gaps[0], now))
    else:
        text = translate("backup", "{cluster} can go back to any moment since {since}, save {n} stretches, {length} "
                                   "together")  # fmt: skip
        title = text.format(cluster=cluster, since=since, n=number(len(gaps)), length=length)
    below = translate("backup", "Entries booked in that stretch are in every later backup; only a return to a moment "
                                "inside it is impossible.")  # fmt: skip
    return Said(health=Health.DEGRADED, title=title, below=below)


def _as_last_read(
    cluster: str, since: str, gaps: tuple[Stretch, ...], unread: RepositorySeen, now: datetime
) -> Said:
    """What is said of a repository that can't be read now is said of what was read before."""
    name = shown(unread.spec.name, characters_max=60)
    text = translate("backup", "{cluster} could go back to any moment since {since} when {name} was last read")
    title = text.format(cluster=cluster, since=since, name=name)
    if gaps:
        said = translate("backup", "{title}, save {length}")
        title = said.format(title=title, length=duration(sum(one.seconds for one in gaps), whole=True))
    below = translate("backup", "It can't be read now, so what is shown here is old.")
    if unread.at is not None:
        text = translate("backup", "It was last read {age}, so what is shown here is old.")
        below = text.format(age=age_text((now - unread.at).total_seconds()))
    return Said(health=Health.UNKNOWN, title=title, below=below)


def _days_of(gap: Stretch, now: datetime) -> str:
    first, last = day(gap.begin, now), day(gap.end, now)
    if first == last:
        return translate("backup", "on {day}").format(day=first)
    if (gap.begin.year, gap.begin.month) == (gap.end.year, gap.end.month):
        # Which of the two names the month is the language's own way.
        return translate("backup", "on {day} and {last}").format(day=gap.begin.day, last=last)
    return translate("backup", "on {first} and {last}").format(first=first, last=last)


def _proof_line(view: BackupsView, title: str, now: datetime) -> Said:
    """Nothing is missing: then the proof is what is left to say."""
    every = every_backup(view)
    failed = [one for one in every if proof_of(one, marks_of(view, one)) is Proof.FAILED]
    if failed:
        one = failed[-1]
        text = translate("backup", "{title}, but the {kind} backup of {at} failed a check")
        said = text.format(title=title, kind=kind_word(one.kind), at=stamp(one.begun_at, now))
        below = translate("backup", "Choose it to see which. What stands on it may not restore; a full one mends it.")
        return Said(health=Health.DEGRADED, title=said, below=below)
    proven = [one for one in every if proof_of(one, marks_of(view, one)) is Proof.PROVEN]
    if not proven:
        text = translate("backup", "{title}, but no backup was ever restored on trial")
        below = translate("backup", "'Prove' restores one into a sandbox and proves its books. Nothing on the ledger "
                                    "changes.")  # fmt: skip
        return Said(health=Health.DEGRADED, title=text.format(title=title), below=below)
    last = proven[-1]
    at = marks_of(view, last)[BackupCheck.BOOKS].at
    text = translate("backup", "Last restored on trial, with whole books: the {kind} backup of {of}, proven {at}.")
    below = text.format(kind=kind_word(last.kind), of=stamp(last.begun_at, now), at=stamp(at, now))
    return Said(health=Health.HEALTHY, title=title, below=below)


def hole_text(view: BackupsView, stretch: Stretch) -> tuple[str, str]:
    """'3 h 13 min not restorable:', 'one WAL segment is missing'."""
    reason, segments = reason_of(view, stretch)
    text = translate("backup", "{length} not restorable:").format(length=duration(stretch.seconds, whole=True))
    return text, hole_reason(reason, segments)


def hole_reason(reason: str, segments: int) -> str:
    if reason == "wal-missing":
        one = translate("backup", "one WAL segment is missing")
        return counted(segments, one, translate("backup", "{n} WAL segments are missing"))
    if reason == "wal-damaged":
        one = translate("backup", "one WAL segment is damaged")
        return counted(segments, one, translate("backup", "{n} WAL segments are damaged"))
    return reason_clause(reason) if reason else translate("backup", "no backup with its WAL covers it")


# Troubles, the worst first


def troubles(view: BackupsView, now: datetime) -> tuple[Said, ...]:
    """What went wrong, what was not changed by it, what to do: one line each."""
    found = [repository_trouble(view, one, now) for one in view.repositories if one.trouble]
    last = last_ended(view)
    if last is not None and last.state is JobState.FAILED and recent(last, now):
        found.append(job_failed(last, view, now))
    found += [missed_said(one, now) for one in view.missed[-MISSED_SHOWN_MAX:]]
    return tuple(found)


def repository_trouble(view: BackupsView, seen: RepositorySeen, now: datetime) -> Said:
    name, node = shown(seen.spec.name, characters_max=60), shown(seen.spec.node, characters_max=60)
    text = translate("backup", "{name} on {node}: {reason}")
    if name == node:
        text = translate("backup", "{name}: {reason}")
    title = text.format(name=name, node=node, reason=reason_clause(seen.trouble))
    if seen.detail:
        title = translate("backup", "{said} ({detail})").format(said=title, detail=detail_text(seen.detail))
    last = newest(view)
    kept = translate("backup", "Nothing was changed.")
    if last is not None:
        text = translate("backup", "Nothing was changed. The backup of {at} is still the last.")
        kept = text.format(at=stamp(last.begun_at, now))
    act = mend_text(seen.trouble).format(node=node)
    return Said(health=Health.LOST, title=title, below=" ".join((kept, act)))


def refusal(refused: Refused) -> Said:
    """What the engine did not do: why, that nothing was changed by it, what to do."""
    if refused.reason not in REASONS:
        return Said(health=Health.LOST, title=refused_sentence(refused))
    subject = shown(refused.subject, characters_max=80)
    said = capital(reason_clause(refused.reason))
    if subject:
        said = translate("backup", "{subject}: {reason}").format(subject=subject, reason=reason_clause(refused.reason))
    if refused.detail:
        said = translate("backup", "{said} ({detail})").format(said=said, detail=detail_text(refused.detail))
    node = subject.split()[-1] if subject else translate("backup", "the host")
    below = " ".join((translate("backup", "Nothing was changed."), mend_text(refused.reason).format(node=node)))
    return Said(health=Health.LOST, title=said, below=below)


def mend_text(reason: str) -> str:
    """What to do about it; speaks of `{node}`."""
    known = _MEND.get(reason)
    if known is not None:
        return known()
    return translate("backup", "Mend that on {node}, then look again (F5).")


_MEND: Final = {
    "host-silent": lambda: translate("backup", "Check the SSH of {node}, then 'Back up now'."),
    "no-space": lambda: translate("backup", "Make room on {node}, or keep less ('Change …'), then 'Back up now'."),
    "no-program": lambda: translate("backup", "Install it on {node}, or name its path in the policy ('Change …')."),
    "too-old": lambda: translate("backup", "Install a version for this server on {node}, or choose another engine."),
    "no-rsync": lambda: translate("backup", "Install rsync 3.1 or later on {node}, and on the nodes."),
    "append-only": lambda: translate("backup", "It can be added to, not cleared: change the tape, or keep it all."),
    "other-system": lambda: translate("backup", "Choose another directory: what lies there is not touched."),
    "locked-key": lambda: translate("backup", "Unlock the key on {node}, or give it a key without a passphrase."),
    "busy": lambda: translate("backup", "Wait until it ends, or cancel it."),
    "no-parent": lambda: translate("backup", "Make a full backup first."),
    "other-history": lambda: translate("backup", "Make a full backup first."),
    "wal-missing": lambda: translate("backup", "Make a full backup now: it needs none of the missing WAL."),
}  # fmt: skip


def job_failed(job: Job, view: BackupsView, now: datetime) -> Said:
    ended = stamp(job.ended_at, now) if job.ended_at is not None else ""
    text = translate("backup", "{title} failed at {at}: {reason}")
    title = text.format(title=job_title(job), at=ended, reason=reason_clause(job.reason or "broken-off"))
    if job.detail:
        title = translate("backup", "{said} ({detail})").format(said=title, detail=detail_text(job.detail))
    last = newest(view)
    kept = translate("backup", "What was half-done counts for nothing and was removed. The ledger was not disturbed.")
    if last is not None:
        text = translate("backup", "What was half-done counts for nothing. The backup of {at} is still the last.")
        kept = text.format(at=stamp(last.begun_at, now))
    act = mend_text(job.reason).format(node=shown(job.node, characters_max=60))
    return Said(health=Health.LOST, title=title, below=" ".join((kept, act)))


def missed_said(run: MissedRun, now: datetime) -> Said:
    text = translate("backup", "Missed: {what} of {at} on {repository}, because {reason}")
    title = text.format(what=cycle_word(run.what), at=stamp(run.at, now), reason=reason_clause(run.reason),
                        repository=shown(run.repository, characters_max=60))  # fmt: skip
    return Said(health=Health.DEGRADED, title=title)


# What was chosen


def selected_title(backup: Backup, now: datetime) -> str:
    text = translate("backup", "Selected: {kind} of {at}")
    return text.format(kind=kind_word(backup.kind), at=stamp(backup.begun_at, now))


def needs_text(chain: tuple[Backup, ...], now: datetime) -> str:
    """'full 15 Mar, incremental 16 Mar'; a chain that is cut says so."""
    if not chain:
        return ""
    one_day = len({one.begun_at.date() for one in chain}) < len(chain)
    needed = [
        f"{kind_word(one.kind)} {stamp(one.begun_at, now) if one_day else day(one.begun_at, now)}" for one in chain[:-1]
    ]
    if len(needed) > 4:
        text = translate("backup", "{first} and {n} more up to {last}")
        said = text.format(first=needed[0], n=number(len(needed) - 2), last=needed[-1])
    else:
        said = translate("backup", ", ").join(needed)
    if chain[0].parent is not None:
        text = translate("backup", "{parent}, which is not there")
        lacks = text.format(parent=shown(chain[0].parent, characters_max=60))
        return translate("backup", ", ").join(part for part in (lacks, said) if part)
    return said or translate("backup", "nothing else")


def age_text(seconds: float) -> str:
    return translate("backup", "{duration} ago").format(duration=brief(seconds))


def about(seconds: float) -> str:
    """An estimate claims no more figures than it has: '54 min', '2 h 10 min', '32 s'."""
    if seconds < 1:
        return translate("backup", "1 s")
    if seconds < ABOUT_SECONDS:
        return duration(seconds, whole=True)
    minutes = round(seconds / 60)
    if minutes < 60:
        return translate("backup", "{n} min").format(n=minutes)
    return duration(minutes * 60, whole=True)


def check_line(check: BackupCheck, mark: Mark | None) -> tuple[str, CheckResult]:
    """A check by name and scope: 'Checksums, all 41,882 files'."""
    name = check_word(check)
    if mark is None or mark.result is CheckResult.NOT_CHECKED:
        text = translate("backup", "{check}: not checked")
        said = text.format(check=name)
        if mark is not None and mark.reason:
            said = translate("backup", "{said} ({reason})").format(said=said, reason=reason_clause(mark.reason))
        return said, CheckResult.NOT_CHECKED
    if mark.result is CheckResult.FAILED:
        reason = reason_clause(mark.reason) if mark.reason else translate("backup", "failed")
        said = translate("backup", "{check}: {reason}").format(check=name, reason=reason)
        if mark.detail:
            said = translate("backup", "{said} ({detail})").format(said=said, detail=detail_text(mark.detail))
        return said, CheckResult.FAILED
    scope = _scope(mark)
    said = translate("backup", "{check}, {scope}").format(check=name, scope=scope) if scope else name
    return said, CheckResult.PASSED


def _scope(mark: Mark) -> str:
    if mark.files_read is not None and mark.files_all is not None:
        if mark.files_read == mark.files_all:
            return translate("backup", "all {n} files").format(n=number(mark.files_all))
        text = translate("backup", "{n} of {all} files")
        return text.format(n=number(mark.files_read), all=number(mark.files_all))
    if mark.entry is not None and mark.check is BackupCheck.BOOKS:
        return translate("backup", "up to entry {n}").format(n=number(mark.entry))
    if mark.files_read is not None:
        return translate("backup", "{n} read").format(n=number(mark.files_read))
    if mark.seconds is not None and mark.check is BackupCheck.RESTORED:
        return translate("backup", "in {time}").format(time=duration(mark.seconds))
    return ""
