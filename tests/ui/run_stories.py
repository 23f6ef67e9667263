"""The night's failover, a switchover in the lab, and what was seen before: situations and runs whose figures agree."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.cluster import Environment
from console.domain.fleet import Amount, Basis, ClusterView, EdgeKind, Exposure, Role
from console.domain.plan import (
    Act,
    Candidate,
    Claim,
    Loss,
    LossBasis,
    Operation,
    Phase,
    Plan,
    Proof,
    Step,
    Verb,
    digest_of,
)
from console.domain.recommendation import Option, Seeing, Situation, Way
from console.domain.run import (
    Asks,
    BooksLine,
    Choice,
    Mode,
    Outage,
    Question,
    RunState,
    RunView,
    StepReport,
    StepState,
)
from console.domain.verdict import Cause, Finding, Health, Level, Verdict
from tests.ui import story

SILENT_SINCE: Final = datetime(2026, 3, 17, 2, 52, 7, tzinfo=UTC)
SEEN: Final = datetime(2026, 3, 17, 2, 52, 40, tzinfo=UTC)
BEGUN: Final = datetime(2026, 3, 17, 2, 57, 2, tzinfo=UTC)
NOW: Final = datetime(2026, 3, 17, 2, 59, 9, tzinfo=UTC)
MONEY: Final = (
    Amount(currency="USD", scale=2, units=24_731_040),
    Amount(currency="EUR", scale=2, units=612_000),
    Amount(currency="JPY", scale=0, units=1_240_000),
)
LOSS: Final = Loss(
    candidate="chi-1", basis=LossBasis.INTERVAL, entries_low=87, entries_high=122, amounts=MONEY, accounts=41,
    unseen_seconds=0.9, entries_per_second=38.8, head_number=88_124_391, reference_number=88_124_478,
    reason="unseen-time",
)  # fmt: skip


def lost_view() -> ClusterView:
    """ledger-us at 02:52:40: its primary's host is silent, both standbys have lost their stream."""
    gone = Finding(
        cause=Cause.CUT_OFF, health=Health.LOST, node="nyc-1", level=Level.WITNESSED, observed=33.0, limit=10.0,
        since=SILENT_SINCE,
    )  # fmt: skip
    base = story.ledger_us()
    nodes = tuple(
        replace(
            node, round_trip_seconds=None, silence_seconds=33.0, strip=story.strip(1.2, seed=1, silent=33),
            verdict=Verdict(health=Health.LOST, findings=(gone,)),
        )
        if node.name == "nyc-1" else node
        for node in base.nodes
    )  # fmt: skip
    return replace(
        base, at=SEEN, nodes=nodes, verdict=Verdict(health=Health.LOST, findings=(gone,)),
        exposure=Exposure(basis=Basis.SEEN, candidate="chi-1", entries=87, amounts=MONEY, age_seconds=33.0),
    )  # fmt: skip


def _seeing(asker: str, answerer: str, state: str, seconds: float | None = None) -> Seeing:
    source = "console, SSH" if asker == "console" else f"{asker}: pg_stat_wal_receiver"
    return Seeing(asker=asker, answerer=answerer, state=state, seconds=seconds, source=source)


def situation() -> Situation:
    """What was seen when it was asked for at 02:52:40."""
    rows = {
        "console": (("nyc-1", "silent", 33.0), ("nyc-2", "answers", 0.038), ("chi-1", "answers", 0.019),
                    ("dal-1", "answers", 0.027), ("vault-2", "answers", 0.021)),
        "nyc-1": tuple((name, "unknown", None) for name in ("nyc-2", "chi-1", "dal-1", "vault-2")),
        "nyc-2": (("nyc-1", "no-stream", 31.0), ("chi-1", "answers", 0.018), ("dal-1", "no-link", None),
                  ("vault-2", "answers", 0.0008)),
        "chi-1": (("nyc-1", "no-stream", 32.0), ("nyc-2", "answers", 0.018), ("dal-1", "answers", 0.008),
                  ("vault-2", "answers", 0.019)),
        "dal-1": (("nyc-1", "no-link", None), ("nyc-2", "no-link", None), ("chi-1", "streams", None),
                  ("vault-2", "answers", 0.026)),
        "vault-2": (("nyc-1", "silent", 30.0), ("nyc-2", "answers", 0.0009), ("chi-1", "answers", 0.019),
                    ("dal-1", "answers", 0.026)),
    }  # fmt: skip
    options = (
        Option(way=Way.WAIT, possible=True, reason="host-silent"),
        Option(way=Way.RESTART, possible=False, reason="host-silent", node="nyc-1"),
        Option(way=Way.SWITCHOVER, possible=False, reason="primary-gone"),
        Option(way=Way.FAILOVER, possible=True, node="chi-1", loss=LOSS, seconds=130.0, seconds_from="runs"),
        Option(way=Way.RESTORE, possible=False, reason="from-backups"),
    )
    candidates = (
        Candidate(node="chi-1", eligible=True, reasons=(), timeline=7, position="5A/3F21B4E8", lag_bytes=131_072,
                  loss=LOSS),
        Candidate(node="dal-1", eligible=False, reasons=("cascade",), timeline=7, position="5A/3F1E0A20",
                  lag_bytes=372_000, loss=replace(LOSS, candidate="dal-1", entries_low=99, entries_high=134, amounts=(
                      Amount(currency="USD", scale=2, units=28_195_015), *MONEY[1:]))),
        Candidate(node="nyc-2", eligible=False, reasons=("furthest-is-other",), timeline=7,
                  position="5A/33000000", lag_bytes=203_000_000,
                  loss=replace(LOSS, candidate="nyc-2", entries_low=4928, entries_high=4963, amounts=(
                      Amount(currency="USD", scale=2, units=1_400_877_190),
                      Amount(currency="EUR", scale=2, units=34_190_400),
                      Amount(currency="JPY", scale=0, units=69_850_000)))),
    )  # fmt: skip
    return Situation(
        cluster="ledger-us", at=SEEN, primary="nyc-1", primary_lost=True, level=Level.WITNESSED,
        seeing=tuple(_seeing(asker, *cell) for asker, cells in rows.items() for cell in cells),
        candidates=candidates, options=options, recommended=Way.FAILOVER,
        timelines=(("nyc-1", 7), ("nyc-2", 7), ("chi-1", 7), ("dal-1", 7)),
    )  # fmt: skip


def calm_situation() -> Situation:
    """The lab, all well: a switchover would lose nothing, and nothing has to be done."""
    names = ("lab-1", "lab-2", "lab-3")
    seeing = [_seeing("console", name, "answers", 0.0004) for name in names]
    seeing += [_seeing(name, "lab-1", "streams") for name in ("lab-2", "lab-3")]
    nothing = Loss(candidate="lab-2", basis=LossBasis.NONE, entries_low=0, entries_high=0, reason="both-alive")
    return Situation(
        cluster="ledger-lab", at=story.NOW, primary="lab-1", primary_lost=False, level=None, seeing=tuple(seeing),
        candidates=(
            Candidate(node="lab-2", eligible=True, reasons=(), timeline=1, position="0/5A10208", lag_bytes=0,
                      loss=nothing),
            Candidate(node="lab-3", eligible=True, reasons=(), timeline=1, position="0/5A10208", lag_bytes=0,
                      loss=replace(nothing, candidate="lab-3")),
        ),
        options=(
            Option(way=Way.WAIT, possible=True, reason="both-alive"),
            Option(way=Way.RESTART, possible=True, node="lab-1", seconds=1.2, seconds_from="lab-measured"),
            Option(way=Way.SWITCHOVER, possible=True, node="lab-2", loss=nothing, seconds=0.9, seconds_from="runs"),
            Option(way=Way.FAILOVER, possible=False, reason="primary-alive"),
            Option(way=Way.REJOIN, possible=False, reason="nothing-to-rejoin"),
        ),
        recommended=Way.WAIT,
    )  # fmt: skip


_GUARD: Final = "flock /var/lib/ledger-console/ledger-us.lock sh -c 'test \"$(cat term)\" = 14 && exec \"$@\"' -- \\\n"


def _act(verb: Verb, node: str, script: str, **args: str) -> Act:
    return Act(verb=verb, node=node, args=tuple(args.items()), script=_GUARD + script)


def _proof(claim: Claim, node: str, **args: str) -> Proof:
    return Proof(claim=claim, node=node, args=tuple(args.items()))


def failover_steps() -> tuple[Step, ...]:
    fence, promote, proof, tidy = Phase.FENCE, Phase.PROMOTE, Phase.PROOF, Phase.TIDY
    return (
        Step(key="lock", phase=fence, acts=tuple(_act(Verb.TAKE_LOCK, one, "take-lock 14")
                                                 for one in ("nyc-2", "chi-1", "dal-1", "vault-2")),
             proofs=(_proof(Claim.LOCK_HELD, "chi-1"),), limit_seconds=10),
        Step(key="cut:nyc-2", phase=fence, acts=(_act(Verb.CUT, "nyc-2", "psql -c \"alter system set …\""),),
             proofs=(_proof(Claim.CUT_OFF, "nyc-2"),), undo=(_act(Verb.FOLLOW, "nyc-2", "psql -c \"…\""),),
             about=(("subject", "nyc-1"),)),
        Step(key="cut:chi-1", phase=fence, acts=(_act(Verb.CUT, "chi-1", "psql -c \"alter system set …\""),),
             proofs=(_proof(Claim.CUT_OFF, "chi-1"),), about=(("subject", "nyc-1"),)),
        Step(key="fence:nyc-1", phase=fence, acts=(_act(Verb.FENCE_BY_COMMAND, "vault-2",
                                                        "ipmitool -H nyc-1-ipmi power off"),),
             proofs=(_proof(Claim.FENCED, "nyc-1"),), limit_seconds=60),
        Step(key="gate", phase=Phase.GATE, proofs=(_proof(Claim.LOSS_WITHIN, "chi-1", most="150"),), limit_seconds=20),
        Step(key="promote:chi-1", phase=promote, acts=(_act(Verb.PROMOTE, "chi-1",
                                                            "psql -c 'select pg_promote(true, 60)'"),),
             proofs=(_proof(Claim.PROMOTED, "chi-1", timeline="7"),), limit_seconds=60, no_return=True,
             expected_seconds=3),
        Step(key="hook:move-address", phase=promote, acts=(_act(Verb.HOOK, "vault-2", "/opt/ledger/move-address"),),
             proofs=(_proof(Claim.HOOK_DONE, "vault-2", proof="10.20.0.5 answers from chi-1"),),
             about=(("hook", "move-address"), ("node", "vault-2"))),
        Step(key="repoint:nyc-2", phase=promote,
             acts=(_act(Verb.FOLLOW, "nyc-2",
                        "psql -v ON_ERROR_STOP=1 <<'EOF'\n"
                        "alter system set primary_conninfo = 'host=chi-1 port=5432 user=replicator';\n"
                        "alter system set primary_slot_name = 'nyc_2';\nselect pg_reload_conf();\nEOF"),),
             proofs=(_proof(Claim.FOLLOWS, "nyc-2", upstream="chi-1", timeline="8"),), limit_seconds=120,
             expected_seconds=20),
        Step(key="sync", phase=promote, acts=(_act(Verb.SET_SYNC, "chi-1", "psql -c …"),),
             proofs=(_proof(Claim.SYNC_AS_SET, "chi-1", names="ANY 1 (nyc_2, dal_1)"),),
             about=(("names", "ANY 1 (nyc_2, dal_1)"), ("node", "chi-1"))),
        Step(key="mark", phase=proof, proofs=(_proof(Claim.COMMIT_CONFIRMED, "chi-1"),), expected_seconds=0.4),
        Step(key="books", phase=proof, acts=(Act(verb=Verb.PROVE_BOOKS, node="chi-1", long=True),),
             proofs=(_proof(Claim.BOOKS_WHOLE, "chi-1"),), limit_seconds=900, expected_seconds=42),
        Step(key="unlock", phase=tidy, acts=(_act(Verb.RELEASE_LOCK, "chi-1", "release-lock 14"),),
             proofs=(_proof(Claim.LOCK_FREE, "chi-1"),), required=False),
    )  # fmt: skip


def failover_plan() -> Plan:
    plan = Plan(
        id="p-20260317-0256", operation=Operation.FAILOVER, cluster="ledger-us",
        environment=Environment.PRODUCTION.value, made_at=BEGUN - timedelta(minutes=2), made_by="m.keller",
        steps=failover_steps(), inputs=(("timeline", "7"),), subject="nyc-1", target="chi-1", loss=LOSS,
        loss_entries_max=150, expected_gap_seconds=130.0, expected_seconds=240.0,
    )  # fmt: skip
    return replace(plan, digest=digest_of(plan))


def _reports(plan: Plan, done: int, running: bool = True) -> list[StepReport]:
    observed = ("4 of 5 nodes hold term 14", "no receiver", "no receiver", "power is off, read back by ipmitool",
                "87 to 122 entries, approved 150", "writable, timeline 8", "10.20.0.5 answers from chi-1",
                "streams on timeline 8", "ANY 1 (nyc_2, dal_1)", "entry 88,124,392 on nyc-2", "books whole",
                "no lock left")  # fmt: skip
    took = (0.4, 0.12, 0.11, 14.2, 1.6, 3.2, 6.8, 19.0, 0.3, 0.4, 41.0, 0.2)
    begun = BEGUN
    reports = []
    for place, step in enumerate(plan.steps):
        if place < done:
            reports.append(
                StepReport(key=step.key, phase=step.phase, state=StepState.DONE, begun_at=begun, seconds=took[place],
                           observed=observed[place], output=(f"{step.key}: ok",))
            )  # fmt: skip
            begun += timedelta(seconds=took[place])
        elif place == done and running:
            reports.append(
                StepReport(key=step.key, phase=step.phase, state=StepState.RUNNING,
                           begun_at=NOW - timedelta(seconds=12), output=OUTPUT)
            )  # fmt: skip
        else:
            reports.append(StepReport(key=step.key, phase=step.phase, state=StepState.WAITING))
    return reports


OUTPUT: Final = (
    "02:58:57 ALTER SYSTEM", "02:58:57 t", "02:58:58 LOG: received SIGHUP, reloading configuration files",
    "02:58:58 LOG: fetching timeline history file for timeline 8 from primary server",
    "02:58:59 LOG: started streaming WAL from primary at 5A/33000000 on timeline 7",
    "02:59:06 received 5A/39400000", "02:59:07 stream on timeline 8? not yet, 102 MB left",
    "02:59:08 received 5A/39C00000", "02:59:08 stream on timeline 8? not yet, 94 MB left",
)  # fmt: skip


def outage(*, still_open: bool, gap: float = 107.4) -> Outage:
    """A try each 50 ms: none succeeds until the promotion, then each. The meter marks what changes."""
    marks = ((0.0, False),) if still_open else ((0.0, False), (gap, True))
    good = 0 if still_open else round((127 - gap) / 0.05)
    errors = round((127 if still_open else gap) / 0.5)
    return Outage(
        gap_seconds=None if still_open else gap, open=still_open, attempts=good + errors, acknowledged=good,
        errors=errors, unknown=0, lost_acknowledged=None, marks=marks,
    )  # fmt: skip


def running(done: int = 7) -> RunView:
    """02:59:09: chi-1 is primary, nyc-2 is being pointed at it."""
    plan = failover_plan()
    back = done > 5
    return RunView(
        id="r-0257", plan=plan, mode=Mode.REAL, state=RunState.RUNNING, person="m.keller",
        steps=tuple(_reports(plan, done)), loss=LOSS if done > 4 else None, loss_entries_max=150,
        outage=outage(still_open=not back), approved_by="a.okafor", begun_at=BEGUN,
        no_return_at=BEGUN + timedelta(seconds=96) if back else None,
    )  # fmt: skip


def asking_loss() -> RunView:
    """The gate counts more than was approved."""
    run = running(done=4)
    above = replace(LOSS, entries_low=141, entries_high=176)
    steps = [replace(step, state=StepState.FAILED, seconds=1.6, output=(), observed="141 to 176 entries, approved 150")
             if step.key == "gate" else step for step in run.steps]  # fmt: skip
    return replace(
        run, state=RunState.ASKING, steps=tuple(steps), loss=above,
        question=Question(asks=Asks.LOSS_ABOVE, step="gate", node="chi-1", observed="141 to 176 entries",
                          threshold="at most 150 entries",
                          choices=(Choice.ACCEPT_LOSS, Choice.CANCEL, Choice.LEAVE)),
    )  # fmt: skip


def asking_lock() -> RunView:
    """Another console holds the lock."""
    run = running(done=0)
    steps = [replace(step, state=StepState.FAILED) if step.key == "lock" else step for step in run.steps]
    return replace(
        run, state=RunState.ASKING, steps=tuple(steps), loss=None,
        question=Question(asks=Asks.LOCK_TAKEN, step="lock", node="chi-1", observed="a.okafor on ops-2, term 13",
                          threshold="no live lock", choices=(Choice.GO_ON, Choice.BREAK_LOCK, Choice.CANCEL)),
    )  # fmt: skip


def ended(report: str = "/var/lib/ledger-console/reports/r-0257.html") -> RunView:
    """All proven; nyc-1 is left to be rejoined."""
    run = running(done=12)
    books = (
        BooksLine(check="balanced", outcome="proven", scope="entries 1 to 88,124,391"),
        BooksLine(check="fingerprints", outcome="proven", scope="chi-1, nyc-2, dal-1"),
        BooksLine(check="seal", outcome="proven", scope="seal of 02:51"),
    )
    return replace(
        run, state=RunState.DONE, books=books, ended_at=BEGUN + timedelta(seconds=128), report=report,
        outage=replace(outage(still_open=False), lost_acknowledged=87),
        left_to_do=("rejoin:nyc-1", "fresh-backup", "re-arm"),
    )  # fmt: skip


def switchover_plan() -> Plan:
    prepare, promote, proof = Phase.PREPARE, Phase.PROMOTE, Phase.PROOF
    steps = (
        Step(key="lock", phase=prepare, proofs=(_proof(Claim.LOCK_HELD, "lab-1"),)),
        Step(key="checkpoint:lab-1", phase=prepare, acts=(_act(Verb.CHECKPOINT, "lab-1", "psql -c checkpoint"),),
             proofs=(_proof(Claim.NODE_ANSWERS, "lab-1"),)),
        Step(key="stop:lab-1", phase=promote, acts=(_act(Verb.STOP, "lab-1", "pg_ctl stop -m fast"),),
             proofs=(_proof(Claim.STOPPED_CLEANLY, "lab-1"),), undo=(_act(Verb.START, "lab-1", "pg_ctl start"),)),
        Step(key="caught-up:lab-2", phase=promote, about=(("subject", "lab-1"),),
             proofs=(_proof(Claim.CAUGHT_UP, "lab-2", position="${stop-position}"),)),
        Step(key="promote:lab-2", phase=promote, acts=(_act(Verb.PROMOTE, "lab-2", "pg_ctl promote"),),
             proofs=(_proof(Claim.PROMOTED, "lab-2", timeline="1"),), no_return=True),
        Step(key="repoint:lab-3", phase=promote, acts=(_act(Verb.FOLLOW, "lab-3", "psql"),),
             proofs=(_proof(Claim.FOLLOWS, "lab-3", upstream="lab-2", timeline="2"),)),
        Step(key="attach:lab-1", phase=promote, acts=(_act(Verb.BECOME_STANDBY, "lab-1", "pg_ctl start"),),
             proofs=(_proof(Claim.FOLLOWS, "lab-1", upstream="lab-2", timeline="2"),)),
        Step(key="books", phase=proof, proofs=(_proof(Claim.BOOKS_WHOLE, "lab-2"),)),
    )  # fmt: skip
    plan = Plan(
        id="p-lab", operation=Operation.SWITCHOVER, cluster="ledger-lab", environment=Environment.LAB.value,
        made_at=story.NOW - timedelta(minutes=9), made_by="m.keller", steps=steps, inputs=(), subject="lab-1",
        target="lab-2", expected_gap_seconds=0.9,
        loss=Loss(candidate="lab-2", basis=LossBasis.NONE, entries_low=0, entries_high=0),
    )  # fmt: skip
    return replace(plan, digest=digest_of(plan))


def switched(*, gap: float = 0.842, days_ago: int = 0, mode: Mode = Mode.REAL, run_id: str = "r-lab") -> RunView:
    """A switchover in the lab that went through: a write each 50 ms, one gap."""
    plan = switchover_plan()
    begun = story.NOW - timedelta(minutes=8, days=days_ago)
    marks = ((0.05, True), (3.0, True), (3.05, False), (round(3.0 + gap, 3), True))
    tries = round((9 - gap) / 0.05) + 2
    real = mode is Mode.REAL
    reports = tuple(
        StepReport(key=step.key, phase=step.phase, state=StepState.DONE if real else StepState.WAITING,
                   begun_at=begun + timedelta(seconds=place) if real else None, seconds=0.3 if real else None,
                   observed="" if real else "would go through")
        for place, step in enumerate(plan.steps)
    )  # fmt: skip
    measured = Outage(
        gap_seconds=gap, open=False, attempts=tries, acknowledged=tries - 2, errors=2, unknown=0,
        lost_acknowledged=0, marks=marks,
    )  # fmt: skip
    return RunView(
        id=run_id, plan=plan, mode=mode, state=RunState.DONE, person="m.keller", steps=reports,
        outage=measured if real else None, begun_at=begun, ended_at=begun + timedelta(seconds=9),
        loss=plan.loss if real else None, no_return_at=begun + timedelta(seconds=4) if real else None,
        books=(BooksLine(check="balanced", outcome="proven", scope="all entries"),) if real else (),
        report="/var/lib/ledger-console/reports/r-lab.html" if real else "",
    )  # fmt: skip


def cancelled() -> RunView:
    run = switched(days_ago=3, run_id="r-cancelled")
    reports = tuple(
        replace(step, state=StepState.UNDONE if place < 3 else StepState.WAITING, observed="")
        for place, step in enumerate(run.steps)
    )
    return replace(run, state=RunState.CANCELLED, steps=reports, no_return_at=None, books=(), loss=None)


def past_runs() -> tuple[RunView, ...]:
    """The lab's runs, the newest first."""
    return (
        switched(),
        switched(mode=Mode.REHEARSAL, run_id="r-rehearsal", days_ago=1),
        cancelled(),
        switched(gap=1.31, days_ago=20, run_id="r-old"),
    )


def switching() -> RunView:
    """The lab's switchover in its middle: lab-1 has stopped, lab-2 catches up."""
    run = switched(run_id="r-now")
    states = (StepState.DONE, StepState.DONE, StepState.DONE, StepState.RUNNING)
    reports = tuple(
        replace(step, state=states[place] if place < len(states) else StepState.WAITING,
                seconds=0.3 if place < 3 else None, begun_at=story.NOW - timedelta(seconds=1 if place == 3 else 4))
        for place, step in enumerate(run.steps)
    )  # fmt: skip
    marks = ((0.05, True), (3.0, True), (3.05, False))
    meter = Outage(
        gap_seconds=None, open=True, attempts=62, acknowledged=60, errors=2, unknown=0, lost_acknowledged=None,
        marks=marks,
    )  # fmt: skip
    return replace(
        run, state=RunState.RUNNING, steps=reports, outage=meter, begun_at=story.NOW - timedelta(seconds=4),
        ended_at=None, no_return_at=None, books=(), report="", loss=None,
    )  # fmt: skip


def calm_view() -> ClusterView:
    """The lab with all three nodes well."""
    base = story.ledger_lab()
    third = story.node("lab-3", Role.STANDBY, 0.3, seed=12, upstream="lab-1", lag_flush_seconds=0.0)
    return replace(
        base, nodes=(*base.nodes[:2], third), verdict=Verdict(health=Health.HEALTHY),
        edges=tuple(replace(edge, kind=EdgeKind.SYNC, streaming=True) for edge in base.edges),
    )  # fmt: skip
