"""What a failover under Patroni may be said to lose: nothing with a member of /sync, else an interval, no guess."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.cluster import NodeKind
from console.domain.consensus import GroupView, judge_group
from console.domain.group_loss import confirming, group_loss, stands_still
from console.domain.group_orders import Says, judge_says
from console.domain.members import MemberLook, MemberRole, SyncMode
from console.domain.plan import Claim, LossBasis, Proof
from console.domain.reading import Head
from console.domain.situation import LastSeen, NodeFacts, ServerFacts
from console.domain.wal import Lsn
from tests.domain.test_consensus import (
    CONFIRMS,
    GROUP,
    HOLDER,
    NAMES,
    OTHER,
    SETTINGS,
    STARTED,
    at,
    look,
    looks,
    own,
    with_members,
)

DEAD = {"n1": replace(look("n1"), own=None, writable=None), "n2": look("n2", store=True)}


def view(found: dict[str, MemberLook], mode: SyncMode = SyncMode.ON) -> GroupView:
    settings = replace(SETTINGS, synchronous=mode)
    told = {node: replace(one, settings=settings) for node, one in found.items()}
    return judge_group("c", told, None, NAMES, at(20.0))


def head(number: int) -> Head:
    return Head(origin="main", number=number, booked_at=STARTED, turnover=(), position=None)


def node(name: str, *, number: int = 90, position: int = 100) -> NodeFacts:
    server = ServerFacts(
        version=180006, in_recovery=True, timeline=4, write=None, flush=None, received=Lsn(position),
        replayed=Lsn(position), replay_paused=False, started_at=STARTED, heads=(head(number),),
    )  # fmt: skip
    return NodeFacts(node=name, kind=NodeKind.POSTGRES, at=at(20.0), reached=True, server=server)


def seen(**changed: object) -> LastSeen:
    plain = LastSeen(
        node="n1", head=head(100), at=STARTED + timedelta(seconds=10), seconds_ago=2.0, entries_per_second=5.0,
        synchronous_names='ANY 1 ("n2", "n3")', sync_steady_seconds=600.0, list_at=STARTED + timedelta(seconds=10),
        timeline=4, bearers=(("n2", "n2"), ("n3", "n3")),
    )  # fmt: skip
    return replace(plain, **changed)  # type: ignore[arg-type]


OLD_DEAD = NodeFacts(node="n1", kind=NodeKind.POSTGRES, at=at(20.0), reached=True, processes=0)
OLD_SILENT = NodeFacts(node="n1", kind=NodeKind.POSTGRES, at=at(20.0), reached=False, trouble="no route")
BOTH = (node("n2"), node("n3", number=88, position=90))


def test_a_member_of_sync_holds_every_confirmed_commit_however_the_old_one_ended() -> None:
    for old in (OLD_DEAD, OLD_SILENT, None):
        loss = group_loss(BOTH[0], view(looks(**DEAD)), seen(), old=old, answering=BOTH)
        assert (loss.basis, loss.entries_high, loss.reason, loss.outside) == (
            LossBasis.NONE, 0, "in-sync", "local-commits",
        )  # fmt: skip
    assert confirming(view(looks(**DEAD))) == ("n2",)


@pytest.mark.parametrize("level", ["local", "off"])
def test_commits_that_wait_for_nobody_are_not_called_safe(level: str) -> None:
    loss = group_loss(BOTH[0], view(looks(**DEAD)), seen(synchronous_commit=level), old=OLD_SILENT, answering=BOTH)
    assert loss.basis is LossBasis.INTERVAL and loss.entries_low == 10
    assert loss.entries_high is not None and loss.entries_high > 10


def test_outside_sync_only_an_interval_is_said() -> None:
    loss = group_loss(BOTH[1], view(looks(**DEAD)), seen(), old=OLD_SILENT, answering=BOTH, unseen_seconds=4.0)
    assert (loss.basis, loss.reason) == (LossBasis.INTERVAL, "not-in-sync")
    assert (loss.entries_low, loss.entries_high) == (12, 12 + 4 * 5 + 5)
    unknown = group_loss(BOTH[1], view(looks(**DEAD)), None, old=OLD_SILENT, answering=BOTH)
    assert unknown.basis is LossBasis.UNKNOWN and unknown.entries_high is None


def test_overlap_counts_only_where_positions_stand_still() -> None:
    """By quorum any of them may hold the last commit: the furthest has all of it once nobody writes any more."""
    group = with_members(HOLDER, replace(CONFIRMS, role=MemberRole.QUORUM_STANDBY),
                         replace(OTHER, role=MemberRole.QUORUM_STANDBY))  # fmt: skip
    found = looks(group=group, n1=replace(DEAD["n1"], group=group), n2=look("n2", group=group, store=True))
    picture = view(found, SyncMode.QUORUM)
    moving = group_loss(BOTH[0], picture, seen(), old=OLD_SILENT, answering=BOTH)
    assert (moving.basis, moving.reason) == (LossBasis.INTERVAL, "positions-move")
    still = group_loss(BOTH[0], picture, seen(), old=OLD_DEAD, answering=BOTH)
    assert still.basis is LossBasis.NONE
    behind = group_loss(BOTH[1], picture, seen(), old=OLD_DEAD, answering=BOTH)
    assert (behind.basis, behind.reason) == (LossBasis.INTERVAL, "furthest-is-other")


def test_standing_still_is_seen_on_the_host_itself() -> None:
    assert stands_still(OLD_DEAD)
    assert not stands_still(OLD_SILENT) and not stands_still(None)
    assert not stands_still(replace(OLD_DEAD, processes=1))
    assert not stands_still(replace(OLD_DEAD, processes=None))


def may(found: dict[str, MemberLook], target: str = "n2", *, leaves: str = "n1", approved: str = "no") -> bool:
    args = (("that", Says.MAY_TAKE_OVER.value), ("leaves", leaves), ("approved", approved))
    return judge_says(Proof(claim=Claim.PATRONI_SAYS, node=target, args=args), found, NAMES).holds


def test_the_request_goes_only_to_a_world_as_it_was_planned_for() -> None:
    assert may(looks())
    assert not may(looks(), leaves="n3")  # somebody else leads than the plan knows
    assert not may(looks(), "n3")
    assert may(looks(), "n3", approved="yes")
    taken = with_members(replace(HOLDER, role=MemberRole.STANDBY), replace(CONFIRMS, role=MemberRole.HOLDER), OTHER)
    moved = {
        "n1": look("n1", group=taken, own=own("m1", holds_key=False, writable=False), writable=False),
        "n2": look("n2", group=taken, own=own("m2", holds_key=True, writable=True), writable=True),
        "n3": look("n3", group=taken),
    }
    assert may(moved)  # it was done already: the proof of the step says the rest
    assert not may(moved, "n3", approved="yes")
    nobody = {name: replace(one, own=own(NAMES[name], holds_key=False), store=False) for name, one in looks().items()}
    assert not may(nobody)


def test_so_many_as_were_promised_have_to_stand_in_sync() -> None:
    def settled(count: int) -> bool:
        args = (("that", Says.SETTLED.value), ("count", str(count)))
        return judge_says(Proof(claim=Claim.PATRONI_SAYS, node="n1", args=args), looks(group=GROUP), NAMES).holds

    assert settled(0) and settled(1)
    assert not settled(2)
