"""What a drill may do to a cluster: refusals, the node that is chosen, promises, and how it comes out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.cluster import Environment, Manager, NodeKind
from console.domain.drill import Drill, DrillFault, DrillKind, DrillMark, DrillSchedule, DrillState
from console.domain.drilling import (
    blocks_commits,
    called_dead,
    chosen_node,
    due_fault,
    judged,
    newest_failures,
    other_fault,
    promised,
    refused_fault,
    refused_health,
)
from console.domain.fleet import Basis, ClusterView, Edge, EdgeKind, Exposure, NodeView, Role
from console.domain.reading import Moment
from console.domain.verdict import Cause, Finding, Health, Level, Verdict
from tests.observed import cluster_spec, node_spec

NOW = datetime(2026, 3, 17, 12, tzinfo=UTC)
WELL = Verdict(health=Health.HEALTHY)
SPEC = replace(
    cluster_spec("a", "b", "c"), nodes=(*cluster_spec("a", "b", "c").nodes, node_spec("vault", NodeKind.BACKUP))
)


def seen(*, sync: str = "ANY 1 (b, c)", confirming: tuple[str, ...] = ("b", "c"), verdict: Verdict = WELL,
         primary: str | None = "a") -> ClusterView:  # fmt: skip
    """Three nodes and a backup host, as the watch shows them."""
    roles = {"a": Role.PRIMARY, "b": Role.STANDBY, "c": Role.STANDBY, "vault": Role.BACKUP}
    edges = tuple(
        Edge(source="a", target=name, kind=EdgeKind.SYNC if name in confirming else EdgeKind.ASYNC, streaming=True)
        for name in ("b", "c")
    )
    return ClusterView(
        name="ledger", environment=Environment.PRODUCTION, manager=Manager.NONE, at=NOW, serial=1, verdict=verdict,
        nodes=tuple(
            NodeView(name=name, kind=NodeKind.BACKUP if name == "vault" else NodeKind.POSTGRES, role=role,
                     verdict=WELL, host=f"{name}.example") for name, role in roles.items()
        ),
        edges=edges, exposure=Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None),
        primary=primary, sync_names=sync,
    )  # fmt: skip


def finding(cause: Cause, health: Health, node: str | None, level: Level | None = None) -> Verdict:
    return Verdict(health=health, findings=(Finding(cause=cause, health=health, node=node, level=level),))


@pytest.mark.parametrize(
    ("sync", "confirming", "blocks"),
    [
        ("", (), False),
        ("ANY 1 (b, c)", ("b", "c"), False),
        ("ANY 1 (b, c)", ("b",), True),  # c does not confirm now: without b nobody would
        ("ANY 2 (b, c)", ("b", "c"), True),
        ("FIRST 1 (c)", ("c",), False),
        ("?? (", ("b", "c"), True),  # what is not understood is never taken for harmless
    ],
)
def test_a_stream_is_cut_only_where_enough_synchronous_ones_are_left(
    sync: str, confirming: tuple[str, ...], blocks: bool
) -> None:
    view = seen(sync=sync, confirming=confirming)
    assert blocks_commits(view, "b") is blocks
    assert (refused_fault(SPEC, view, DrillFault.STREAM_CUT, "b") == "would-block-commits") is blocks


@pytest.mark.parametrize(
    ("fault", "node"),
    [(DrillFault.HEARTBEAT_HELD, "a"), (DrillFault.PROBE_CUT, "c"), (DrillFault.DECOY_STOPPED, "vault"),
     (DrillFault.STREAM_CUT, "c")],
)  # fmt: skip
def test_where_none_is_named_the_least_harmful_node_is_chosen(fault: DrillFault, node: str) -> None:
    assert chosen_node(SPEC, seen(), fault, "") == node
    assert refused_fault(SPEC, seen(), fault, node) == ""


@pytest.mark.parametrize(
    ("fault", "node", "word"),
    [
        (DrillFault.HEARTBEAT_HELD, "b", "wrong-node"),
        (DrillFault.PROBE_CUT, "vault", "wrong-node"),
        (DrillFault.DECOY_STOPPED, "a", "wrong-node"),
        (DrillFault.DECOY_STOPPED, "", "no-backup-host"),
        (DrillFault.STREAM_CUT, "a", "wrong-node"),
        (DrillFault.STREAM_CUT, "", "no-standby"),
        (DrillFault.STREAM_CUT, "z", "no-node"),
    ],
)
def test_a_fault_is_refused_where_it_is_not_for(fault: DrillFault, node: str, word: str) -> None:
    assert refused_fault(SPEC, seen(), fault, node) == word


def test_no_standby_is_chosen_where_each_is_needed() -> None:
    assert chosen_node(SPEC, seen(sync="ANY 2 (b, c)"), DrillFault.STREAM_CUT, "") == ""


def test_under_patroni_a_stream_is_not_cut() -> None:
    assert refused_fault(replace(SPEC, manager=Manager.PATRONI), seen(), DrillFault.STREAM_CUT, "c") == "patroni-leads"


@pytest.mark.parametrize(
    ("verdict", "primary", "kind", "fault", "fits"),
    [
        (WELL, "a", DrillKind.DETECTOR, DrillFault.STREAM_CUT, True),
        (finding(Cause.LAGGING, Health.DEGRADED, "b"), "a", DrillKind.DETECTOR, DrillFault.STREAM_CUT, False),
        (finding(Cause.LAGGING, Health.DEGRADED, "b"), "a", DrillKind.DETECTOR, DrillFault.DECOY_STOPPED, True),
        (finding(Cause.LAGGING, Health.DEGRADED, "b"), "a", DrillKind.SWITCHOVER, None, False),
        (finding(Cause.STOPPED, Health.LOST, "a"), "a", DrillKind.DETECTOR, DrillFault.PROBE_CUT, False),
        (WELL, None, DrillKind.DETECTOR, DrillFault.HEARTBEAT_HELD, False),
        (finding(Cause.STOPPED, Health.LOST, "a"), None, DrillKind.RESTORE, None, True),
    ],
)
def test_a_sick_cluster_is_rehearsed_only_in_what_does_not_touch_it(
    verdict: Verdict, primary: str | None, kind: DrillKind, fault: DrillFault | None, fits: bool
) -> None:
    word, _ = refused_health(seen(verdict=verdict, primary=primary), kind, fault)
    assert (word == "") is fits
    assert refused_health(None, kind, fault)[0] == "not-watched"


def test_a_death_that_is_concluded_and_a_loss_elsewhere_are_seen() -> None:
    dead = seen(verdict=finding(Cause.STANDBY_LOST, Health.DEGRADED, "c", Level.WITNESSED))
    assert called_dead(dead, "c") is not None
    assert called_dead(dead, "b") is None
    cut_off = seen(verdict=finding(Cause.CUT_OFF, Health.UNKNOWN, "c", Level.SUSPECTED))
    assert called_dead(cut_off, "c") is None
    assert other_fault(seen(verdict=finding(Cause.POSTMASTER_KILLED, Health.LOST, "a")), "c") is not None
    assert other_fault(seen(verdict=finding(Cause.POSTMASTER_KILLED, Health.LOST, "c")), "c") is None
    assert other_fault(seen(verdict=finding(Cause.TWO_PRIMARIES, Health.LOST, "c")), "c") is not None


def test_a_killed_postmaster_has_to_be_named_in_a_second_and_a_half_at_any_pace() -> None:
    assert promised(DrillFault.DECOY_STOPPED, 1.0) == promised(DrillFault.DECOY_STOPPED, 5.0) == 1.5
    assert promised(DrillFault.STREAM_CUT, 5.0) > promised(DrillFault.STREAM_CUT, 1.0)


@pytest.mark.parametrize(
    ("verdict", "alert", "undone", "state", "reason"),
    [
        (1.0, 2.0, 3.0, DrillState.PASSED, ""),
        (1.6, 2.0, 3.0, DrillState.FAILED, "too-late"),
        (None, None, 3.0, DrillState.FAILED, "not-noticed"),
        (1.0, None, 3.0, DrillState.FAILED, "not-alerted"),
        (1.0, 4.6, 3.0, DrillState.FAILED, "too-late"),
        (1.0, 2.0, None, DrillState.FAILED, "not-well-again"),
    ],
)
def test_it_passes_only_where_everything_came_in_time(
    verdict: float | None, alert: float | None, undone: float | None, state: DrillState, reason: str
) -> None:
    marks = (
        DrillMark(what="verdict", seconds=verdict, promised_seconds=1.5),
        DrillMark(what="alert", seconds=alert, promised_seconds=4.5), DrillMark(what="undone", seconds=undone),
    )  # fmt: skip
    assert judged(marks, needed=("verdict", "alert", "undone")) == (state, reason)
    assert judged((), needed=("verdict",)) == (DrillState.FAILED, "not-noticed")


def drill(hours_ago: float, state: DrillState, fault: DrillFault = DrillFault.PROBE_CUT, cluster: str = "x") -> Drill:
    return Drill(id=f"{hours_ago}{fault.value}", cluster=cluster, kind=DrillKind.DETECTOR, state=state, fault=fault,
                 begun_at=NOW - timedelta(hours=hours_ago), by="olga")  # fmt: skip


def test_a_failure_stands_until_a_later_one_of_the_same_kind_has_passed() -> None:
    failed, passed = drill(3, DrillState.FAILED), drill(2, DrillState.PASSED)
    assert newest_failures([failed]) == (failed,)
    assert newest_failures([passed, failed]) == ()
    assert newest_failures([failed, drill(2, DrillState.PASSED, DrillFault.DECOY_STOPPED)]) == (failed,)
    assert newest_failures([failed, drill(1, DrillState.STOPPED), drill(1, DrillState.REFUSED)]) == (failed,)


def test_a_schedule_takes_the_fault_whose_last_rehearsal_is_longest_ago_and_never_the_one_with_consent() -> None:
    moment = Moment(NOW, 0.0)
    schedule = DrillSchedule(cluster="x", every_hours=6, by="olga", since=NOW - timedelta(hours=1))
    assert due_fault(schedule, [], moment) is DrillFault.HEARTBEAT_HELD
    recent = [drill(h, DrillState.PASSED, f) for h, f in
              ((1, DrillFault.HEARTBEAT_HELD), (2, DrillFault.PROBE_CUT), (7, DrillFault.DECOY_STOPPED))]  # fmt: skip
    assert due_fault(schedule, recent, moment) is DrillFault.DECOY_STOPPED
    assert due_fault(schedule, [*recent, drill(0.1, DrillState.FAILED, DrillFault.DECOY_STOPPED)], moment) is None
    only_stopped = [drill(0.1, DrillState.STOPPED, fault) for fault in DrillFault]
    assert due_fault(schedule, only_stopped, moment) is DrillFault.HEARTBEAT_HELD
