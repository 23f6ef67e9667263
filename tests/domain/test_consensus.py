"""The judgement of a group under Patroni: key, majority, split brain, candidates with reasons, dangers, proofs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.consensus import (
    Danger,
    GroupView,
    Unfit,
    judge_group,
    quorum_of,
    split_brain,
    standings,
    ttl_left,
    writable_without_key,
)
from console.domain.group_orders import Objection, Order, Says, judge_says, objection, sync_settled
from console.domain.members import (
    GroupSeen,
    GroupSettings,
    Member,
    MemberLook,
    MemberRole,
    OwnSeen,
    ScheduledSwitchover,
    SyncMode,
)
from console.domain.plan import Claim, Proof
from console.domain.reading import Moment
from console.domain.wal import Lsn

NAMES = {"n1": "m1", "n2": "m2", "n3": "m3"}
STARTED = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = GroupSettings(
    ttl_seconds=20, loop_seconds=1, retry_seconds=3, synchronous=SyncMode.ON, rewinds=True
)  # fmt: skip
HOLDER = Member(name="m1", role=MemberRole.HOLDER, state="running", timeline=4)
CONFIRMS = Member(
    name="m2", role=MemberRole.SYNC_STANDBY, state="streaming", timeline=4, received=Lsn(100), replayed=Lsn(90),
    lag_bytes=0,
)  # fmt: skip
OTHER = replace(CONFIRMS, name="m3", role=MemberRole.STANDBY, lag_bytes=10)
GROUP = GroupSeen(scope="s", members=(HOLDER, CONFIRMS, OTHER), paused=False)


def at(ticks: float) -> Moment:
    return Moment(STARTED + timedelta(seconds=ticks), ticks)


def own(member: str, **changed: object) -> OwnSeen:
    plain = OwnSeen(
        member=member, scope="s", version="4.1.5", state="running", writable=member == "m1", holds_key=member == "m1",
        timeline=4, system_identifier="7", started_at=STARTED, store_age_seconds=1.0,
    )  # fmt: skip
    return replace(plain, **changed)


def look(node: str, ticks: float = 10.0, group: GroupSeen | None = GROUP, **changed: object) -> MemberLook:
    member = NAMES[node]
    plain = MemberLook(
        node=node, at=at(ticks), reached=True, running=True, watchdog_open=True, protected=True, own=own(member),
        group=group, settings=SETTINGS, history=(), writable=member == "m1",
    )  # fmt: skip
    return replace(plain, **changed)


def looks(ticks: float = 10.0, group: GroupSeen | None = GROUP, **changed: MemberLook) -> dict[str, MemberLook]:
    return {node: look(node, ticks, group) for node in NAMES} | changed


def dangers(
    found: dict[str, MemberLook], second: dict[str, MemberLook] | None = None
) -> list[tuple[Danger, str | None]]:
    view = judge_group("c", found, second, NAMES, at(20.0))
    return [(concern.danger, concern.node) for concern in view.concerns]


def picture(found: dict[str, MemberLook]) -> GroupView:
    return judge_group("c", found, None, NAMES, at(20.0))


ANSWERS = {"n2": look("n2", store=True)}  # the store was read anew by patronictl
LOST = {node: look(node, own=own(member, holds_key=False), store=False) for node, member in NAMES.items()}


def with_members(*members: Member, **changed: object) -> GroupSeen:
    return replace(GROUP, members=members, **changed)


def test_a_sound_group_has_its_holder_its_candidate_and_no_danger() -> None:
    view = picture(looks())
    assert (view.holder, view.quorum, view.timeline, view.ttl_left_seconds) == ("n1", True, 4, 16.0)
    assert view.concerns == ()
    assert [(one.node, one.eligible, one.reasons) for one in view.standings] == [
        ("n2", True, ()), ("n3", False, (Unfit.NOT_IN_SYNC,)), ("n1", False, (Unfit.HOLDS_KEY,)),
    ]  # fmt: skip
    assert view.standings[1].needs_approval
    assert view.standings[0].position == "0/64"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"state": "stopped"}, Unfit.NOT_RUNNING),
        ({"nofailover": True}, Unfit.NOFAILOVER),
        ({"timeline": 3}, Unfit.OTHER_TIMELINE),
        ({"lag_bytes": None}, Unfit.LAG_UNKNOWN),
        ({"lag_bytes": SETTINGS.lag_bytes_max + 1}, Unfit.LAG_OVER_LIMIT),
        ({"role": MemberRole.STANDBY}, Unfit.NOT_IN_SYNC),
    ],
)
def test_each_reason_refuses_a_candidate_alone(changed: dict[str, object], reason: Unfit) -> None:
    found = looks(group=with_members(HOLDER, replace(CONFIRMS, **changed), OTHER))
    (standing,) = [one for one in standings(found, NAMES) if one.node == "n2"]
    assert standing.reasons == (reason,)
    assert standing.needs_approval == (reason is Unfit.NOT_IN_SYNC)


def test_a_member_whose_patroni_is_silent_is_no_candidate() -> None:
    (standing,) = [one for one in standings(looks(n2=look("n2", own=None)), NAMES) if one.node == "n2"]
    assert standing.reasons == (Unfit.SILENT,)


def test_exactly_the_lag_limit_is_allowed() -> None:
    group = with_members(HOLDER, replace(CONFIRMS, lag_bytes=SETTINGS.lag_bytes_max), OTHER)
    assert standings(looks(group=group), NAMES)[0].eligible


def test_in_asynchronous_mode_nobody_has_to_confirm_and_that_is_a_danger() -> None:
    loose = replace(SETTINGS, synchronous=SyncMode.OFF)
    group = with_members(HOLDER, replace(CONFIRMS, role=MemberRole.STANDBY), OTHER)
    found = {node: look(node, group=group, settings=loose) for node in NAMES}
    assert [one.eligible for one in standings(found, NAMES)] == [True, True, False]
    assert dangers(found) == [(Danger.ASYNCHRONOUS, None), (Danger.LAG_LIMIT, None)]


def test_an_answer_out_of_a_cache_is_no_majority() -> None:
    demoted = look("n1", own=own("m1", holds_key=False, writable=False), writable=False)
    found = looks(n1=demoted)
    assert quorum_of(found) is None  # every one answers, the group is as it was, the ages are small
    assert standings(found, NAMES) == ()
    lost = found | {"n2": look("n2", store=False)}
    assert quorum_of(lost) is False
    view = picture(lost)
    assert (view.holder, view.standings, view.timeline) == (None, (), None)
    assert [concern.danger for concern in view.concerns] == [Danger.NO_QUORUM]
    assert objection(Order.PAUSE, "", view) is Objection.NO_QUORUM
    there = found | {"n2": look("n2", store=True)}
    assert quorum_of(there) is True
    assert dangers(there) == [(Danger.READ_ONLY, "n1")]


def test_the_group_is_believed_of_those_whose_holder_says_so_itself() -> None:
    handed = with_members(replace(HOLDER, role=MemberRole.STANDBY), replace(CONFIRMS, role=MemberRole.HOLDER), OTHER)
    cut_off = look("n1", 99.0, GROUP, own=own("m1", holds_key=False), writable=False)
    leads = look("n2", 10.0, handed, own=own("m2", holds_key=True, writable=True), writable=True)
    view = picture({"n1": cut_off, "n2": leads, "n3": look("n3", 10.0, handed)})
    assert view.holder == "n2"


def test_without_an_answer_of_the_store_within_loop_and_retry_there_is_no_majority() -> None:
    def aged(seconds: float | None) -> dict[str, MemberLook]:
        return {
            node: look(
                node, group=None, own=own(NAMES[node], store_age_seconds=seconds, holds_key=False), writable=False
            )
            for node in NAMES
        }  # fmt: skip

    assert quorum_of(looks()) is True
    assert quorum_of(aged(5.0)) is None  # loop 1 + retry 3 + 1: it may answer in a moment
    assert quorum_of(aged(5.1)) is False
    assert quorum_of({node: look(node, group=None, own=None) for node in NAMES}) is None
    assert dangers(aged(9.0)) == [(Danger.NO_QUORUM, None)]


def test_a_writable_node_without_the_key_in_two_looks_is_a_split_brain() -> None:
    first = looks(10.0, n3=look("n3", 10.0, writable=True))
    second = looks(11.0, n3=look("n3", 11.0, writable=True))
    assert writable_without_key(first, NAMES) == {"n3"}
    assert split_brain(first, second, NAMES) == {"n3"}
    assert dangers(first, second)[0] == (Danger.SPLIT_BRAIN, "n3")
    assert dangers(first) == []  # one look may fall into a handover


def test_a_handover_between_two_looks_is_no_split_brain() -> None:
    handed = with_members(replace(HOLDER, role=MemberRole.STANDBY), replace(CONFIRMS, role=MemberRole.HOLDER), OTHER)
    first = looks(10.0, n2=look("n2", 10.0, writable=True))
    stepped_down = look("n1", 11.0, handed, writable=False)
    second = looks(11.0, handed, n1=stepped_down, n2=look("n2", 11.0, handed, writable=True))
    assert split_brain(first, second, NAMES) == frozenset()


def test_a_killed_patroni_leaves_its_server_to_its_own_word() -> None:
    dead = {"own": None, "running": False}
    taken = with_members(replace(HOLDER, name="m2"), OTHER)

    def seen(ticks: float) -> dict[str, MemberLook]:
        alone = look("n1", ticks, None, writable=True, **dead)
        return looks(ticks, taken, n1=alone, n2=look("n2", ticks, taken, own=own("m2", holds_key=True), writable=True))

    first, second = seen(10.0), seen(11.0)
    assert split_brain(first, second, NAMES) == {"n1"}
    assert dangers(first, second) == [
        (Danger.SPLIT_BRAIN, "n1"), (Danger.PATRONI_DOWN, "n1"), (Danger.NOBODY_CONFIRMS, None),
    ]  # fmt: skip


def test_without_a_majority_nobody_can_say_whose_the_key_is() -> None:
    assert writable_without_key(looks(group=None), NAMES) == frozenset()


def test_two_looks_less_than_a_second_apart_prove_nothing() -> None:
    with pytest.raises(ValueError, match=r"0\.90 s apart"):
        split_brain(looks(10.0), looks(10.9), NAMES)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (looks(group=with_members(replace(HOLDER, role=MemberRole.STANDBY), CONFIRMS, OTHER)), (Danger.NO_KEY, None)),
        (looks(n1=look("n1", own=None), **ANSWERS), (Danger.HOLDER_SILENT, "n1")),
        (looks(n1=look("n1", writable=False), **ANSWERS), (Danger.READ_ONLY, "n1")),
        (looks(n3=look("n3", own=own("m3", system_identifier="8"))), (Danger.WRONG_CLUSTER, "n3")),
        (looks(n1=look("n1", watchdog_open=False)), (Danger.NO_WATCHDOG, "n1")),
        (looks(n2=look("n2", protected=False)), (Danger.OPEN_INTERFACE, "n2")),
        (looks(n2=look("n2", own=own("m2", pending_restart=True))), (Danger.PENDING_RESTART, "n2")),
        (looks(group=replace(GROUP, paused=True)), (Danger.PAUSED, None)),
        ({n: look(n, settings=replace(SETTINGS, ttl_seconds=61)) for n in NAMES}, (Danger.TTL_LONG, None)),
        ({n: look(n, settings=replace(SETTINGS, retry_seconds=10)) for n in NAMES}, (Danger.TTL_TIGHT, None)),
        ({n: look(n, settings=replace(SETTINGS, removes_data=True)) for n in NAMES}, (Danger.REMOVES_DATA, None)),
        ({n: look(n, settings=replace(SETTINGS, rewinds=False)) for n in NAMES}, (Danger.NO_REWIND, None)),
    ],
)
def test_each_danger_is_found_alone(found: dict[str, MemberLook], expected: tuple[Danger, str | None]) -> None:
    assert dangers(found) == [expected]


def test_a_standby_without_a_watchdog_is_no_danger() -> None:
    assert dangers(looks(n2=look("n2", watchdog_open=False), n3=look("n3", watchdog_open=None))) == []


def test_the_key_of_a_silent_holder_has_no_known_life() -> None:
    assert ttl_left(looks(n1=look("n1", own=None)), "n1") is None
    assert ttl_left(looks(n1=look("n1", own=own("m1", store_age_seconds=25.0))), "n1") == 0.0


@pytest.mark.parametrize(
    ("order", "node", "found", "expected"),
    [
        (Order.PAUSE, "", looks(), None),
        (Order.PAUSE, "", looks(group=replace(GROUP, paused=True)), Objection.ALREADY),
        (Order.RESUME, "", looks(), Objection.ALREADY),
        (Order.RESUME, "", looks(group=replace(GROUP, paused=True)), None),
        (Order.PAUSE, "", LOST, Objection.NO_QUORUM),
        (Order.SWITCHOVER, "n2", looks(), None),
        (Order.SWITCHOVER, "n3", looks(), Objection.NEEDS_APPROVAL),
        (Order.SWITCHOVER, "n1", looks(), Objection.ALREADY),
        (Order.SWITCHOVER, "n2", looks(group=replace(GROUP, scheduled=ScheduledSwitchover(at="x"))), Objection.BUSY),
        (Order.FAILOVER, "n2", looks(n2=look("n2", own=None)), Objection.UNFIT),
        (Order.RESTART, "n1", looks(), None),
        (Order.RESTART, "n1", looks(n1=look("n1", own=None), **ANSWERS), Objection.SILENT),
        (Order.REINITIALISE, "n3", looks(), None),
        (Order.REINITIALISE, "n1", looks(), Objection.HOLDS_KEY),
        (Order.REINITIALISE, "n3", looks(n3=look("n3", writable=True)), Objection.WRITABLE),
        (Order.REINITIALISE, "n3", looks(group=with_members(HOLDER, CONFIRMS, replace(OTHER, timeline=3))),
         Objection.OTHER_TIMELINE),
        (Order.REINITIALISE, "n3", looks(group=with_members(CONFIRMS, OTHER)), Objection.NO_KEY),
    ],
)  # fmt: skip
def test_what_stands_against_an_order(
    order: Order, node: str, found: dict[str, MemberLook], expected: Objection | None
) -> None:
    assert objection(order, node, picture(found)) is expected


def test_what_a_member_alone_may_hold_is_given_up_by_a_person_only() -> None:
    view = picture(looks(group=with_members(HOLDER, CONFIRMS, replace(OTHER, timeline=3))))
    assert objection(Order.REINITIALISE, "n3", view, discard=True) is None
    approved = picture(looks())
    assert objection(Order.FAILOVER, "n3", approved, loss_approved=True) is None
    assert objection(Order.SWITCHOVER, "n3", approved, loss_approved=True) is Objection.NEEDS_APPROVAL


def says(that: Says, node: str, after: str = "") -> Proof:
    args = (("that", that.value), *((("after", after),) if after else ()))
    return Proof(claim=Claim.PATRONI_SAYS, node=node, args=args)


@pytest.mark.parametrize(
    ("proof", "found", "holds"),
    [
        (says(Says.HOLDS_KEY, "n1"), looks(), True),
        (says(Says.HOLDS_KEY, "n1", "4"), looks(), False),  # the timeline is still the one of before
        (says(Says.HOLDS_KEY, "n1", "3"), looks(), True),
        (says(Says.HOLDS_KEY, "n2"), looks(), False),
        (says(Says.HOLDS_KEY, "n1"), looks(n2=look("n2", writable=True)), False),
        (says(Says.HOLDS_KEY, "n1"), looks(n1=look("n1", writable=None)), False),
        (says(Says.PAUSED, "n1"), looks(group=replace(GROUP, paused=True)), False),  # not taken up yet
        (says(Says.RESUMED, "n1"), looks(), True),
        (says(Says.RESTARTED, "n2", STARTED.isoformat()), looks(), False),
        (says(Says.RESTARTED, "n2", (STARTED - timedelta(seconds=1)).isoformat()), looks(), True),
        (says(Says.REINITIALISED, "n1", (STARTED - timedelta(seconds=1)).isoformat()), looks(), False),
        (says(Says.REINITIALISED, "n2", (STARTED - timedelta(seconds=1)).isoformat()), looks(), True),
        (says(Says.CONFIRMS, "n2"), looks(), True),
        (says(Says.CONFIRMS, "n3"), looks(), False),
        (says(Says.QUORUM, "n1"), LOST, False),
    ],
)
def test_what_a_proof_takes_as_proven(proof: Proof, found: dict[str, MemberLook], holds: bool) -> None:
    assert judge_says(proof, found, NAMES).holds is holds


def test_a_pause_is_proven_once_every_answering_member_has_taken_it_up() -> None:
    group = replace(GROUP, paused=True)
    found = {node: look(node, group=group, own=own(NAMES[node], paused=node != "n3")) for node in NAMES}
    held = judge_says(says(Says.PAUSED, "n1"), found, NAMES)
    assert not held.holds
    assert held.observed == "group paused; not yet taken up by n3"
    found["n3"] = look("n3", group=group, own=None)
    assert judge_says(says(Says.PAUSED, "n1"), found, NAMES).holds


def test_synchronous_mode_is_settled_when_enough_confirm() -> None:
    assert sync_settled(looks())
    assert not sync_settled(looks(group=with_members(HOLDER, OTHER)))
