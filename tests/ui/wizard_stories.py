"""The night's failover as the wizard meets it: the plan with its checks, refusals, candidates; figures agree."""

from dataclasses import replace
from datetime import timedelta

from console.domain.fork import Fork, ForkPick, ForkSide
from console.domain.plan import Candidate, Checked, Operation, Outcome, Plan, digest_of
from console.domain.recommendation import Option, Situation, Way
from console.domain.run import Mode, RunState, RunView, StepReport, StepState
from console.domain.signers import Approver, PublicKey
from console.link.fork import ForkExported
from console.link.governance import ApprovalRuleOf, Approvers
from tests.ui import run_stories as runs

ASKED = runs.SEEN + timedelta(seconds=20)


def check(word: str, outcome: Outcome, node: str | None, observed: object, threshold: object, source: str) -> Checked:
    return Checked(
        check=word, outcome=outcome, node=node, observed=observed, threshold=threshold, source=source,  # type: ignore[arg-type]
        at=ASKED - timedelta(seconds=0.6), mend="" if outcome is Outcome.PASS else word,
    )  # fmt: skip


def checks(*, refused: bool = False) -> tuple[Checked, ...]:
    passing = (
        check("identity", Outcome.PASS, "chi-1", "same", "same", "chi-1: machine-id, boot-id"),
        check("system-identifier", Outcome.PASS, "chi-1", "7318840215563302914", "7318840215563302914",
              "chi-1: pg_controldata"),
        check("timeline", Outcome.PASS, "chi-1", 7, 7, "chi-1: pg_controldata"),
        check("majority", Outcome.PASS, None, "4 of 5", "3", "console, SSH"),
        check("disk", Outcome.PASS, "chi-1", 412_000_000_000, 20_000_000_000, "chi-1: df -Pk"),
        check("versions", Outcome.PASS, "chi-1", "18.6", "18", "chi-1: show server_version"),
        check("rights", Outcome.PASS, "chi-1", "all", "all", "chi-1: has_function_privilege"),
        check("lock-free", Outcome.PASS, None, "nobody", "nobody", "all nodes: lock file"),
        check("clock-offset", Outcome.PASS, "chi-1", 0.004, 2.0, "chi-1: date"),
        check("archive", Outcome.PASS, "vault-2", "complete", "complete", "vault-2: ls"),
        check("fencing", Outcome.PASS, "vault-2", "own command, read back", "read back", "inventory"),
    )
    warns = (
        check("overlap", Outcome.WARN, None, "1 of 2", "2 of 2", "nyc-1: synchronous_standby_names"),
        check("lag", Outcome.WARN, "nyc-2", 203_000_000, 16_777_216, "nyc-2: pg_last_wal_receive_lsn()"),
        check("rescue", Outcome.NOT_CHECKED, "nyc-1", "host silent", "readable", "nyc-1: SSH"),
    )
    refuses = (
        check("logical-slots", Outcome.REFUSE, "chi-1", "reports_feed", "none lost", "chi-1: pg_replication_slots"),
        check("fencing", Outcome.REFUSE, "nyc-1", "no way", "a way that is read back", "inventory"),
    )
    return (*passing[:-1], *warns, *refuses) if refused else (*passing, *warns)


def plan(*, refused: bool = False, **more: object) -> Plan:
    """The failover's plan as step 4 meets it."""
    made = replace(
        runs.failover_plan(), checks=checks(refused=refused), candidates=candidates(), made_at=ASKED,
        notes=(("fence", "command"), ("no-way-back", "command"), ("sealed", "88121906")), **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(made, digest=digest_of(made))


def candidates() -> tuple[Candidate, ...]:
    heads = {"chi-1": 88_124_391, "dal-1": 88_124_379, "nyc-2": 88_119_550}
    dollars = {"chi-1": 24_731_040, "dal-1": 28_195_015, "nyc-2": 1_400_877_190}
    found = []
    for one in runs.situation().candidates:
        assert one.loss is not None
        amounts = tuple(
            replace(amount, units=dollars[one.node]) if amount.currency == "USD" else amount
            for amount in one.loss.amounts
        )
        shown = amounts if one.node == "chi-1" else amounts[:1]
        found.append(replace(one, loss=replace(one.loss, head_number=heads[one.node], amounts=shown)))
    return tuple(found)


def situation() -> Situation:
    return replace(runs.situation(), candidates=candidates(), at=ASKED - timedelta(seconds=0.4))


def rejoin_situation() -> Situation:
    """The morning after: nyc-1 is to be rejoined."""
    calm = runs.situation()
    return replace(
        calm, primary="chi-1", primary_lost=False, level=None, rejoin=("nyc-1",), recommended=Way.REJOIN,
        options=(
            Option(way=Way.WAIT, possible=True),
            Option(way=Way.REJOIN, possible=True, node="nyc-1", seconds=95.0, seconds_from="runs"),
        ),
    )  # fmt: skip


def rejoin_plan(*, decided: str = "") -> Plan:
    """nyc-1 holds entries that chi-1 does not: a person decides first."""
    made = plan(id=f"p-rejoin-{decided}")
    outcome = Outcome.WARN if decided else Outcome.REFUSE
    seen = "ends at 5A/3F21C000 on timeline 7, 3560 bytes and 87 commits beyond the fork 5A/3F21B4E8 of timeline 7"
    return replace(
        made, operation=Operation.REJOIN, subject="nyc-1", target="chi-1", loss=None,
        checks=(check("history", outcome, "nyc-1", seen, "nothing beyond", "nyc-1: its WAL"),),
        notes=(("way", "rewind"), ("beyond-fork", seen), ("fork-decided", decided or "not-decided")),
    )  # fmt: skip


def waiting() -> RunView:
    """Approved by one, and the second person is waited for."""
    made = plan()
    return RunView(
        id=made.id, plan=made, mode=Mode.REAL, state=RunState.WAITING, person="m.keller", steps=(),
        loss_entries_max=150, begun_at=ASKED,
    )  # fmt: skip


def rehearsed(*, fails: bool = False) -> RunView:
    made = plan()
    reports = tuple(
        StepReport(
            key=step.key, phase=step.phase,
            state=StepState.FAILED if fails and step.kind == "hook" else StepState.DONE, seconds=0.1,
            observed="/opt/ledger/move-address is not there" if fails and step.kind == "hook" else "",
        )
        for step in made.steps
    )  # fmt: skip
    return RunView(
        id=f"{made.id}-r1", plan=made, mode=Mode.REHEARSAL, state=RunState.DONE, person="m.keller", steps=reports,
        begun_at=ASKED, ended_at=ASKED + timedelta(seconds=2),
    )  # fmt: skip


def approvers(rule: str = "production") -> Approvers:
    key = PublicKey(kind="ssh-ed25519", key="AAAA", fingerprint="SHA256:abc")
    return Approvers(
        approvers=(Approver(person="a.okafor", key=key), Approver(person="j.lindt", key=key)), unread_lines=(),
        rules=(ApprovalRuleOf(cluster="ledger-us", rule=rule, chosen=True),
               ApprovalRuleOf(cluster="ledger-lab", rule="never", chosen=False)),
        path="approvers",
    )  # fmt: skip


def switchover_plan() -> Plan:
    """The lab's switchover with its checks."""
    made = runs.switchover_plan()
    found = tuple(
        replace(check(word, Outcome.PASS, "lab-2", observed, threshold, source), at=made.made_at)
        for word, observed, threshold, source in (
            ("streams", "streaming", "streaming", "lab-1: pg_stat_replication"),
            ("lag", 0, 16_777_216, "lab-1: pg_stat_replication"),
            ("versions", "18.6", "18", "lab-2: show server_version"),
        )
    )
    made = replace(made, checks=found, expected_seconds=6.2)
    return replace(made, digest=digest_of(made))


def exported() -> ForkExported:
    """What only nyc-1 held, written to files."""
    alone, other = (
        ForkSide(node=node, timeline=timeline, end=end, writable=timeline == 8, closed=timeline == 7,
                 entries=entries, repeated=0, sums=())
        for node, timeline, end, entries in (("nyc-1", 7, "5A/3F21C000", 87), ("chi-1", 8, "5A/40000000", 0))
    )  # fmt: skip
    fork = Fork(
        cluster="ledger-us", taken_at=ASKED, timeline=7, position="5A/3F21B4E8", clash=None, a=alone, b=other,
        heads=(), only_a=87, only_b=0, differing=0, rows=(), pick=ForkPick.B, why="writes-now",
    )  # fmt: skip
    return ForkExported(
        fork=fork, winner="chi-1", loser="nyc-1", directory="/var/lib/ledger-console/forks/7",
        files=(("entries.csv", "ab" * 32),), entries=87, rebookable=87,
    )  # fmt: skip
