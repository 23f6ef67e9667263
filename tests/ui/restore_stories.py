"""The restore of ledger-us as its wizard meets it: a moment that can be had, one that can't, a sandbox, a plan."""

from dataclasses import replace
from datetime import timedelta

from console.domain.backup import BackupsView, CheckResult, Job, JobKind, JobState
from console.domain.fleet import Figure, NodeCard, Quantity, Unit
from console.domain.plan import (
    Act,
    Claim,
    Loss,
    LossBasis,
    Operation,
    Outcome,
    Phase,
    Plan,
    Proof,
    Step,
    Verb,
    digest_of,
)
from console.domain.restore import Chosen, EntryPlace, Target, TargetKind, Unfit
from console.domain.run import Mode, RunState, RunView, StepReport, StepState
from console.link.backups import TargetSeen
from tests.ui import backup_stories as backups
from tests.ui import story, wizard_stories

NOW = backups.NOW
END_OF_DAY = Target(kind=TargetKind.TIME, time=backups.at(16, 18, 0))
IN_THE_HOLE = Target(kind=TargetKind.TIME, time=backups.at(13, 23, 40))
BEFORE_ENTRY = Target(kind=TargetKind.BEFORE_ENTRY, entry=87_581_331)


def chosen(target: Target = END_OF_DAY) -> Chosen:
    """By the full backup of the 15th and the incremental one of the 16th."""
    every = backups.backups()
    place = None
    if target.entry is not None:
        place = EntryPlace(entry=target.entry, xid=918_220_114, booked_at=backups.at(16, 18, 0, 1), node="nyc-1")
    return Chosen(
        target=target, repository="vault-2", chain=(every[7].id, every[8].id), timeline=7,
        settings=(("recovery_target_time", "2026-03-16 18:00:00+00"), ("recovery_target_timeline", "7")),
        start=backups.lsn(140_100), consistent=backups.lsn(140_107), wal_bytes=5204 * 16 * 1024 * 1024,
        restore_bytes=1201 * backups.GB, expected_seconds=54 * 60.0, place=place,
    )  # fmt: skip


def unfit() -> Unfit:
    return Unfit(
        reason="wal-missing", before=backups.at(13, 22, 8, 14), after=backups.at(14, 1, 21, 40),
        fits=backups.backups()[6].id,
    )  # fmt: skip


def judged(target: Target) -> TargetSeen:
    """What the engine would say of a moment."""
    if target == IN_THE_HOLE:
        return TargetSeen(chosen=None, unfit=unfit())
    return TargetSeen(chosen=chosen(target), unfit=None)


def job(**more: object) -> Job:
    made = Job(
        id="s-1", cluster="ledger-us", repository="vault-2", kind=JobKind.RESTORE, state=JobState.RUNNING,
        node="vault-2", begun_at=NOW - timedelta(minutes=12), by="m.keller", backup=backups.backups()[8].id,
        phase="laying-out", done_bytes=412 * backups.GB, all_bytes=1201 * backups.GB, bytes_per_second=372e6,
        seconds_left=2120.0,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def opened() -> BackupsView:
    """The copy is open, and its proof stands at the backup that it came from."""
    done = job(state=JobState.DONE, ended_at=NOW - timedelta(seconds=20), seconds_left=None)
    sixteenth = backups.backups()[8]
    fresh = tuple(
        replace(one, at=NOW - timedelta(minutes=1), result=CheckResult.PASSED)
        for one in backups.proven(sixteenth, NOW - timedelta(minutes=1))
    )
    view = backups.view(jobs=(done,), sandboxes=(replace(backups.sandbox(), head_number=87_581_330),))
    return replace(view, marks=(*view.marks, *fresh))


def card(node: str = "chi-1") -> NodeCard:
    view = next(one for one in story.ledger_us().nodes if one.name == node)
    told = (
        (Quantity.HOST_NAME, f"{node}.ledger.example", Unit.NONE), (Quantity.POSTGRES_VERSION, "18.1", Unit.NONE),
        (Quantity.SYSTEM_IDENTIFIER, "7318840215563302914", Unit.NONE),
        (Quantity.MACHINE_ID, "5f0c2f8e6b1d4a0c9e3d", Unit.NONE),
        (Quantity.DATA_DIRECTORY, "/var/lib/postgresql/18/main", Unit.NONE), (Quantity.TIMELINE, 7, Unit.NONE),
        (Quantity.HEAD_NUMBER, 88_099_336, Unit.ENTRIES),
        (Quantity.DISK_FREE, 2_400_000_000_000, Unit.BYTES),
    )  # fmt: skip
    figures = tuple(
        Figure(quantity=quantity, value=value, unit=unit, node=node, source="", at=NOW - timedelta(seconds=3))
        for quantity, value, unit in told
    )
    return NodeCard(cluster="ledger-us", node=node, at=NOW, view=view, figures=figures)


def _step(key: str, phase: Phase, verb: Verb, node: str, claim: Claim, seconds: float, **more: object) -> Step:
    act = Act(verb=verb, node=node, script=f"# {verb.value} on {node}\ntrue\n")
    made = Step(key=key, phase=phase, about=(("node", node),), acts=(act,),
                proofs=(Proof(claim=claim, node=node),), expected_seconds=seconds)  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def plan(*, refused: bool = False) -> Plan:
    """The whole cluster goes back; chi-1 becomes its primary."""
    steps = (
        _step("lay-out:chi-1", Phase.PREPARE, Verb.COPY, "chi-1", Claim.COPY_COMPLETE, 3240.0),
        _step("fence:nyc-1", Phase.FENCE, Verb.FENCE, "nyc-1", Claim.FENCED, 4.0),
        _step("recover-to:chi-1", Phase.GATE, Verb.START, "chi-1", Claim.CAUGHT_UP, 600.0),
        _step("books-beside:chi-1", Phase.GATE, Verb.PROVE_BOOKS, "chi-1", Claim.BOOKS_WHOLE, 16.0),
        _step("accept", Phase.GATE, Verb.ATTEST, "chi-1", Claim.ATTESTED, 0.0),
        _step("swap-in:chi-1", Phase.PROMOTE, Verb.SWAP_IN, "chi-1", Claim.IN_PLACE, 2.0),
        _step("promote", Phase.PROMOTE, Verb.PROMOTE, "chi-1", Claim.PROMOTED, 3.0, no_return=True),
        _step("drop-old:chi-1", Phase.TIDY, Verb.DROP_OLD, "chi-1", Claim.OLD_GONE, 20.0),
    )
    checks = tuple(
        replace(wizard_stories.check(word, outcome, "chi-1", observed, threshold, source), at=NOW)
        for word, outcome, observed, threshold, source in (
            ("restore-target", Outcome.PASS, "2026-03-16 18:00:00", "a moment that can be had", "vault-2"),
            ("chain", Outcome.PASS, "2 backups", "whole", "vault-2"),
            ("system-identifier", Outcome.PASS, "7318840215563302914", "7318840215563302914", "vault-2"),
            ("space", Outcome.REFUSE if refused else Outcome.PASS, 2_400_000_000_000, 2_402_000_000_000, "df -Pk"),
            ("versions", Outcome.PASS, 180001, 180001, "chi-1"),
        )
    )
    made = Plan(
        id="p-restore-1", cluster="ledger-us", operation=Operation.RESTORE, subject="nyc-1", target="chi-1",
        steps=steps,
        checks=checks, inputs=(("target", "2026-03-16 18:00:00"),), made_at=NOW, made_by="m.keller",
        environment="production",
        loss=Loss(candidate="chi-1", basis=LossBasis.INTERVAL, entries_low=518_006, entries_high=None,
                  reason="restored-to-target"),
        expected_seconds=3885.0, notes=(("goal", "cluster"),),
    )  # fmt: skip
    return replace(made, digest=digest_of(made))


def run(*, done: int = 2, state: RunState = RunState.RUNNING) -> RunView:
    made = plan()
    reports = tuple(
        StepReport(
            key=step.key, phase=step.phase, seconds=3.0, begun_at=NOW - timedelta(seconds=60 - place),
            state=StepState.DONE if place < done else StepState.RUNNING if place == done else StepState.WAITING,
        )
        for place, step in enumerate(made.steps)
    )  # fmt: skip
    return RunView(
        id="r-restore-1", plan=made, mode=Mode.REAL, state=state, person="m.keller", steps=reports, begun_at=NOW,
    )  # fmt: skip
