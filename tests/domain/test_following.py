"""Between a primary that answers and its standbys: copies, forks, cascades, slots, and what comes first of it."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.consensus import Concern, Danger, GroupView
from console.domain.following import following
from console.domain.group_health import group_findings
from console.domain.health import judge_cluster
from console.domain.node_health import judge_node
from console.domain.observation import Observation
from console.domain.reading import Slot, SqlState, SshContact, SshState
from console.domain.verdict import Cause, Finding, Health, Verdict, ordered, worst
from console.domain.wal import Lsn
from tests.observed import NOW, books, cluster_spec, contact, host, moment, observed, receiver, sender, trio, vital

SPEC = cluster_spec("a", "b", "c")


def judged(nodes: dict[str, Observation], group: tuple[Finding, ...] = ()) -> Verdict:
    verdicts = {name: judge_node(seen, spec=SPEC, now=NOW) for name, seen in nodes.items()}
    return judge_cluster(SPEC, nodes, verdicts, last_primary="a", now=NOW, group=group)


def causes(nodes: dict[str, Observation]) -> list[Cause]:
    return [finding.cause for finding in judged(nodes).findings]


def lost(name: str) -> Observation:
    gone = contact(SqlState.NO_SERVER, ago=0.5)
    return observed(name, vital_contact=gone, vital=vital(ago=9.0), host=host(ago=0.1, processes=()))


def test_one_standby_of_two_is_enough_of_a_copy_and_none_is_not() -> None:
    assert Cause.COPIES_SHORT not in causes(trio(b=lost("b")))
    bare = observed("a", primary=True, vital=vital(primary=True, senders=(sender("b"),)))
    verdict = judged(trio(a=bare, b=lost("b"), c=lost("c")))
    short = next(f for f in verdict.findings if f.cause is Cause.COPIES_SHORT)
    assert (short.observed, short.limit, short.health) == (1, 2, Health.DEGRADED)


def test_as_many_copies_are_wanted_as_were_promised() -> None:
    spec = cluster_spec("a", "b", "c", synchronous="ANY 2")
    found = following(spec, trio(b=lost("b")), "a", NOW)
    assert [(f.observed, f.limit) for f in found if f.cause is Cause.COPIES_SHORT] == [(2, 3)]
    alone = cluster_spec("a", synchronous=None)
    assert following(alone, {"a": observed("a", primary=True)}, "a", NOW) == []


BEHIND = vital(primary=True, timeline=3, write=Lsn(0x9000000), senders=(sender("b"), sender("c")))
FORKED = host(history=((1, Lsn(0x5000000)), (2, Lsn(0x7000000))))


@pytest.mark.parametrize(
    ("timeline", "position", "beyond"),
    [
        (2, 0x7000000, False), (2, 0x7000008, True), (1, 0x5000000, False), (1, 0x5000001, True),
        (3, 0x8000000, False), (3, 0x9000000, False), (3, 0x9000001, True), (4, 0x1000000, True),
    ],
)  # fmt: skip
def test_wal_beyond_the_fork_is_a_divergence(timeline: int, position: int, beyond: bool) -> None:
    own = vital(
        ago=1.0, timeline=timeline, received=Lsn(position), replayed=Lsn(0x100),
        receiver=receiver(timeline=timeline),
    )  # fmt: skip
    nodes = trio(a=observed("a", primary=True, vital=BEHIND, host=FORKED), b=observed("b", vital=own))
    found = [f for f in following(SPEC, nodes, "a", NOW) if f.cause is Cause.DIVERGED]
    assert [f.node for f in found if f.node == "b"] == (["b"] if beyond else [])


def test_what_may_only_be_about_to_follow_is_not_called_diverged() -> None:
    """Without a receiver the timeline is its last checkpoint's: it may long have gone on to the next one."""
    own = vital(ago=1.0, timeline=2, received=Lsn(0x8000000), receiver=None)
    a = observed("a", primary=True, vital=BEHIND, host=FORKED)

    def diverged(seen: Observation) -> bool:
        return any(f.cause is Cause.DIVERGED and f.node == "b" for f in following(SPEC, trio(a=a, b=seen), "a", NOW))

    assert not diverged(observed("b", vital=own, heard_ticks=moment(20).ticks))
    assert diverged(observed("b", vital=own, heard_ticks=moment(40).ticks))
    assert not diverged(observed("b", vital=own, heard_ticks=moment(40).ticks, timeline_seen=3))
    assert not diverged(observed("b", vital=replace(own, system_identifier="42"), heard_ticks=moment(40).ticks))
    unread = replace(a, host=host(history=None))
    assert Cause.DIVERGED not in [f.cause for f in following(SPEC, trio(a=unread), "a", NOW)]


def test_a_primary_read_before_its_standby_shows_no_divergence() -> None:
    ahead = observed("b", vital=vital(ago=0.1, received=Lsn(0x6000000)))
    assert Cause.DIVERGED not in causes(trio(b=ahead))
    assert Cause.DIVERGED in causes(trio(b=observed("b", vital=vital(ago=0.9, received=Lsn(0x6000000)))))


def test_a_standby_of_a_standby_without_wal_is_a_broken_cascade() -> None:
    unfed = observed("c", vital=vital(receiver=None), followed="b")
    first = judged(trio(c=unfed)).findings[0]
    assert (first.cause, first.node, first.detail) == (Cause.CASCADE_BROKEN, "c", "b")
    assert judged(trio(c=replace(unfed, followed="a"))).cause is Cause.NOT_STREAMING
    assert judged(trio(c=replace(unfed, followed=None))).cause is Cause.NOT_STREAMING


def test_a_slot_that_keeps_more_than_there_is_left_is_named_the_fullest_first() -> None:
    slots = (
        Slot(name="small", kind="physical", active=False, kept_bytes=7 * 10**11, wal_status="extended"),
        Slot(name="full", kind="physical", active=False, kept_bytes=9 * 10**11, wal_status="extended"),
        Slot(name="fine", kind="physical", active=True, kept_bytes=10**6, wal_status="reserved"),
        Slot(name="standby's", kind="physical", active=True, kept_bytes=None, wal_status=None),
    )  # fmt: skip
    seen = observed("a", primary=True, books=books(slots=slots))
    found = judge_node(seen, spec=SPEC, now=NOW).findings
    assert [(f.cause, f.detail, f.limit) for f in found] == [(Cause.SLOT_FILLING, "full", 5 * 10**11)]
    unread = replace(seen, host=host(disk_free_bytes=None))
    assert judge_node(unread, spec=SPEC, now=NOW).findings == ()


def group(*concerns: Concern) -> GroupView:
    return GroupView(
        cluster="ledger", at=NOW, scope="ledger", holder="b", quorum=True, paused=False, timeline=2,
        ttl_left_seconds=20.0, settings=None, scheduled=None, looks=(), standings=(), concerns=concerns, history=(),
    )  # fmt: skip


def test_a_writable_node_without_the_key_is_a_split_and_comes_first() -> None:
    found = group_findings(group(Concern(danger=Danger.SPLIT_BRAIN, node="a", observed="b")), primary="a")
    verdict = judged(trio(c=lost("c")), found)
    assert (verdict.health, verdict.cause, verdict.findings[0].detail) == (Health.LOST, Cause.SPLIT_BRAIN, "b")


@pytest.mark.parametrize("danger", [Danger.NO_QUORUM, Danger.NO_KEY, Danger.READ_ONLY])
def test_a_group_that_decides_nothing_is_no_loss_while_a_primary_serves(danger: Danger) -> None:
    view = group(Concern(danger=danger, node="b" if danger is Danger.READ_ONLY else None))
    serving, without = group_findings(view, primary="a"), group_findings(view, primary=None)
    assert [(f.cause.value, f.health) for f in serving] == [(danger.value, Health.DEGRADED)]
    assert [(f.health, f.level) for f in without] == [(Health.LOST, None)], "and nobody is called dead"


def test_settings_that_may_hurt_one_day_are_no_findings() -> None:
    dangers = (Danger.NO_WATCHDOG, Danger.TTL_LONG, Danger.PAUSED, Danger.ASYNCHRONOUS, Danger.OPEN_INTERFACE)
    assert group_findings(group(*(Concern(danger=one) for one in dangers)), primary="a") == ()
    down = group_findings(group(Concern(danger=Danger.PATRONI_DOWN, node="c")), primary="a")
    assert [(f.cause, f.health, f.node) for f in down] == [(Cause.PATRONI_DOWN, Health.DEGRADED, "c")]


def test_a_server_that_answers_nothing_hangs_only_where_its_host_answers() -> None:
    asked = moment(6.0).ticks
    seen = observed(
        "a", primary=True, vital=vital(primary=True, ago=7.0), vital_asked_ticks=asked, books_asked_ticks=asked,
        host=host(ago=0.5),
    )  # fmt: skip
    assert judge_node(seen, spec=SPEC, now=NOW).cause is Cause.HUNG
    unheard = replace(seen, host=host(ago=6.5), host_asked_ticks=moment(4.0).ticks)
    assert (judge_node(unheard, spec=SPEC, now=NOW).health, judge_node(unheard, spec=SPEC, now=NOW).cause) == (
        Health.UNKNOWN, Cause.STALE,
    )  # fmt: skip


BEFORE = (
    # What explains stands before what it explains; what is urgent before what waits.
    (Cause.SPLIT_BRAIN, Cause.TWO_PRIMARIES), (Cause.DISK_FULL, Cause.POSTMASTER_KILLED),
    (Cause.POSTMASTER_KILLED, Cause.STANDBY_LOST), (Cause.PRIMARY_DEAD, Cause.HUNG),
    (Cause.CONSOLE_ISOLATED, Cause.CUT_OFF), (Cause.NO_QUORUM, Cause.NO_PRIMARY),
    (Cause.PRIMARY_ISOLATED, Cause.SYNC_BLOCKED), (Cause.DIVERGED, Cause.NOT_STREAMING),
    (Cause.SYNC_BLOCKED, Cause.COPIES_SHORT), (Cause.CASCADE_BROKEN, Cause.NOT_STREAMING),
    (Cause.SLOT_FILLING, Cause.DISK_LOW), (Cause.STANDBY_LOST, Cause.COPIES_SHORT),
)  # fmt: skip


@pytest.mark.parametrize(("first", "then"), BEFORE, ids=[f"{a.value}, {b.value}" for a, b in BEFORE])
def test_overlapping_causes_stand_in_the_order_of_what_to_do(first: Cause, then: Cause) -> None:
    both = tuple(Finding(cause=cause, health=Health.LOST, node="a") for cause in (then, first))
    assert [finding.cause for finding in ordered(both)] == [first, then]


some_findings = st.lists(
    st.builds(
        lambda cause, health, node: Finding(cause=cause, health=health, node=node),
        st.sampled_from(list(Cause)), st.sampled_from(list(Health)), st.sampled_from(["a", "b", None]),
    ),
    max_size=12,
)  # fmt: skip


@given(some_findings)
def test_order_puts_the_gravest_first_and_loses_nothing(found: list[Finding]) -> None:
    graver = (Health.LOST, Health.UNKNOWN, Health.DEGRADED, Health.HEALTHY)
    places = {cause: place for place, cause in enumerate(Cause)}
    sorted_ones = ordered(tuple(found))
    assert sorted(map(repr, sorted_ones)) == sorted(map(repr, found))
    for one, other in pairwise(sorted_ones):
        assert (graver.index(one.health), places[one.cause]) <= (graver.index(other.health), places[other.cause])
    assert worst(tuple(f.health for f in found)) is (sorted_ones[0].health if sorted_ones else Health.HEALTHY)


some_nodes = st.builds(
    lambda ssh, sql, ago, void, host_ago, primary: replace(
        observed("a"), ssh=SshContact(state=ssh, since=moment(4)), vital_contact=contact(sql, ago=4),
        vital=vital(primary=primary, ago=ago) if ago > void else None, books=None,
        host=host(ago=host_ago) if host_ago > void else None, void_ticks=moment(void).ticks,
    ),
    st.sampled_from(list(SshState)), st.sampled_from(list(SqlState)), st.floats(0, 90), st.floats(0, 90),
    st.floats(0, 90), st.booleans(),
)  # fmt: skip


@given(st.lists(some_nodes, min_size=3, max_size=3))
def test_no_death_is_hard_or_witnessed_without_fresh_looks_that_show_it(seen: list[Observation]) -> None:
    """Whatever combination of old readings, states and sleeps: processes stand in every look, and nobody testifies."""
    nodes = {name: replace(one, spec=observed(name).spec) for name, one in zip("abc", seen, strict=True)}
    for finding in judged(nodes).findings:
        assert finding.cause not in (Cause.PRIMARY_DEAD, Cause.POSTMASTER_KILLED, Cause.STOPPED)
