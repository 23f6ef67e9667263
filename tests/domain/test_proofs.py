"""Each claim against facts that make it hold, and against each single fact that does not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.cluster import NodeKind
from console.domain.plan import Claim, Proof
from console.domain.proofs import FACTS, fill, judge, nodes_of, well_formed
from console.domain.reading import ControlState, Moment, Receiver, Sender, Slot
from console.domain.situation import ControlFacts, LockSeen, NodeFacts, ServerFacts
from console.domain.wal import Lsn

AT = Moment(datetime(2030, 1, 1, tzinfo=UTC), 0.0)
HERE, BEFORE = Lsn(0x3000100), Lsn(0x30000C0)
PRIMARY = ServerFacts(
    version=180006, in_recovery=False, timeline=2, write=HERE, flush=HERE, received=None, replayed=None,
    replay_paused=False, started_at=None, settings=(("synchronous_standby_names", "ANY 1 (b)"),),
    slots=(Slot(name="b_1", kind="physical", active=True, kept_bytes=None, wal_status=None),),
    senders=(
        Sender(name="b-1", address=None, state="streaming", sync_state="sync", sent=HERE, write=HERE, flush=HERE,
               replay=BEFORE, reply_age_seconds=0.0, slot="b_1"),
    ),
)  # fmt: skip
STANDBY = ServerFacts(
    version=180006, in_recovery=True, timeline=2, write=None, flush=None, received=HERE, replayed=HERE,
    replay_paused=False, started_at=None, settings=(("primary_conninfo", "host=a"),),
    receiver=Receiver(status="streaming", host="a", port=5432, slot="b_1", timeline=2, flushed=HERE,
                      heard_age_seconds=0.0),
)  # fmt: skip
CUT = replace(STANDBY, settings=(), receiver=None)
CONTROL = ControlFacts(
    state=ControlState.SHUT_DOWN, system_identifier="7", timeline=2, checkpoint=BEFORE, minimum_recovery_end=None,
    checksums=True, wal_log_hints=False, version=1800,
)  # fmt: skip


def node(name: str = "a", **facts: object) -> NodeFacts:
    made = NodeFacts(node=name, kind=NodeKind.POSTGRES, at=AT, reached=True, machine_id="m", control=CONTROL,
                     processes=0)  # fmt: skip
    return replace(made, **facts)  # type: ignore[arg-type]


RUNS = {"server": PRIMARY, "processes": 7, "postmaster_alive": True}
FOLLOWS = {"server": STANDBY, "processes": 7, "postmaster_alive": True}
FENCED = {"standby_signal": True}

# A claim, its arguments, the facts of `a` with which it holds, and changes of them with each of which it does not.
TABLE: list[tuple[Claim, dict[str, str], dict[str, object], list[dict[str, object]]]] = [
    (Claim.NODE_ANSWERS, {}, {}, [{"reached": False}]),
    (Claim.SAME_IDENTITY, {"machine": "m", "system": "7"}, {},
     [{"machine_id": "x"}, {"machine_id": None}, {"control": None},
      {"control": replace(CONTROL, system_identifier="8")}]),
    (Claim.RUNNING_PRIMARY, {"timeline": "2"}, RUNS,
     [{"server": None}, {"server": STANDBY}, {"server": replace(PRIMARY, timeline=1)}, {"reached": False}]),
    (Claim.RUNNING_STANDBY, {}, FOLLOWS, [{"server": None}, {"server": PRIMARY}]),
    (Claim.PROMOTED, {"after": "1"}, RUNS,
     [{"server": None}, {"server": STANDBY}, {"server": replace(PRIMARY, timeline=1)}]),
    (Claim.STOPPED_CLEANLY, {}, {},
     [{"processes": 1}, {"processes": None}, {"control": None},
      {"control": replace(CONTROL, state=ControlState.IN_PRODUCTION)},
      {"control": replace(CONTROL, state=ControlState.SHUTTING_DOWN)}]),
    (Claim.FENCED, {}, FENCED,
     [{"standby_signal": False}, {"processes": 1}, {"processes": None}, {"postmaster_alive": True}, {"server": PRIMARY},
      {"reached": False}]),
    (Claim.FENCED, {}, {**FENCED, **FOLLOWS}, [{"standby_signal": False}, {"server": PRIMARY}, {"server": None}]),
    (Claim.UNFENCED, {}, RUNS,
     [{"server": None}, {"server": STANDBY}, {"fence_mark": True}, {"standby_signal": True}]),
    (Claim.CUT_OFF, {}, {"server": CUT},
     [{"server": None}, {"server": STANDBY}, {"server": replace(CUT, in_recovery=False)},
      {"server": replace(CUT, settings=STANDBY.settings)}, {"server": replace(CUT, receiver=STANDBY.receiver)}]),
    (Claim.CAUGHT_UP, {"position": str(HERE), "past": "no"}, FOLLOWS,
     [{"server": replace(STANDBY, replayed=BEFORE)}, {"server": replace(STANDBY, replayed=None)}, {"server": None}]),
    (Claim.CAUGHT_UP, {"position": str(BEFORE), "past": "yes"}, FOLLOWS,
     [{"server": replace(STANDBY, replayed=BEFORE)}]),
    (Claim.SLOTS_THERE, {"slots": "b_1"}, RUNS, [{"server": replace(PRIMARY, slots=())}, {"server": None}]),
    (Claim.SLOTS_GONE, {"slots": "c"}, RUNS,
     [{"server": replace(PRIMARY, slots=(replace(PRIMARY.slots[0], name="c"),))}, {"server": None}]),
    (Claim.SYNC_AS_SET, {"name": "synchronous_standby_names", "value": "ANY 1 (b)"}, RUNS,
     [{"server": replace(PRIMARY, settings=())}, {"server": None}]),
    (Claim.COMMIT_CONFIRMED, {"position": str(HERE), "count": "1", "names": "b-1"}, RUNS,
     [{"server": replace(PRIMARY, senders=())}, {"server": replace(PRIMARY, in_recovery=True)},
      {"server": replace(PRIMARY, senders=(replace(PRIMARY.senders[0], flush=BEFORE),))},
      {"server": replace(PRIMARY, senders=(replace(PRIMARY.senders[0], name="other"),))}]),
    (Claim.RESCUE_REPLAYED, {"end": str(HERE), "past": "no"}, FOLLOWS, [{"server": replace(STANDBY, replayed=BEFORE)}]),
    (Claim.RESCUE_REPLAYED, {"end": str(BEFORE), "past": "yes"}, FOLLOWS,
     [{"server": replace(STANDBY, replayed=BEFORE)}]),
    (Claim.RESCUE_TAKEN_BACK, {}, FOLLOWS,
     [{"server": replace(STANDBY, settings=(("restore_command", "cp /d.rescue/%f %p"),))}, {"server": None}]),
    (Claim.CHECKPOINTED, {}, RUNS, [{"control": replace(CONTROL, timeline=1)}, {"control": None}, {"server": STANDBY}]),
    (Claim.REWOUND, {"timeline": "2"}, FENCED,
     [{"rewind_mark": True}, {"standby_signal": False}, {"control": replace(CONTROL, timeline=1)}, {"control": None}]),
    (Claim.CONFIGURED, {"upstream": "b"}, {**FENCED, "configured": "b"},
     [{"standby_signal": False}, {"configured": ""}, {"configured": "c"}]),
    (Claim.COPY_COMPLETE, {"copy": "p"}, {"copied": "p", "copy_there": True}, [{"copied": "q"}, {"copy_there": False}]),
    (Claim.IN_PLACE, {"copy": "p"}, {"copied": "p"}, [{"copied": ""}, {"copy_there": True}, {"control": None}]),
    (Claim.OLD_GONE, {}, {}, [{"old_there": True}]),
    (Claim.TIDIED, {}, FOLLOWS,
     [{"fence_mark": True}, {"rewind_mark": True}, {"configured": "b"}, {"server": PRIMARY}, {"server": None}]),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "args", "facts", "spoils"), TABLE, ids=[row[0].value for row in TABLE])
def test_it_holds_and_each_single_fact_can_spoil_it(
    claim: Claim, args: dict[str, str], facts: dict[str, object], spoils: list[dict[str, object]]
) -> None:
    proof = Proof(claim=claim, node="a", args=tuple(args.items()))
    good = node(**facts)
    held = judge(proof, {"a": good}, {})
    assert held.holds and held.reached, held
    for spoil in spoils:
        bad = judge(proof, {"a": replace(good, **spoil)}, {})  # type: ignore[arg-type]
        assert not bad.holds, (spoil, bad)
        assert bad.observed != held.observed or not bad.reached, "what was seen says why"
        assert bad.reached is not (spoil == {"reached": False})
    assert not judge(proof, {}, {}).holds


def test_following_is_judged_by_both_sides() -> None:
    proof = Proof(claim=Claim.FOLLOWS, node="b-1", args=(("upstream", "a"), ("slot", "b_1")))
    above, below = node("a", server=PRIMARY), node("b-1", server=STANDBY)
    assert judge(proof, {"a": above, "b-1": below}, {}).holds
    receiver, sender = STANDBY.receiver, PRIMARY.senders[0]
    assert receiver is not None
    below_changed = (
        PRIMARY, replace(STANDBY, receiver=None), replace(STANDBY, receiver=replace(receiver, timeline=1)),
        replace(STANDBY, receiver=replace(receiver, status="waiting")), None,
    )  # fmt: skip
    above_changed = (replace(PRIMARY, senders=()), replace(PRIMARY, senders=(replace(sender, state="catchup"),)), None)
    for server in below_changed:
        assert not judge(proof, {"a": above, "b-1": replace(below, server=server)}, {}).holds
    for server in above_changed:
        assert not judge(proof, {"a": replace(above, server=server), "b-1": below}, {}).holds
    assert not judge(proof, {"b-1": below}, {}).holds
    assert nodes_of(proof, ("a", "b-1", "c")) == ("b-1", "a")


def test_a_primary_out_of_reach_is_not_seen_to_be_writable() -> None:
    proof = Proof(claim=Claim.NOT_WRITABLE, node="a")
    assert judge(proof, {"a": node(reached=False)}, {}).holds
    assert judge(proof, {"a": node(server=STANDBY)}, {}).holds
    assert not judge(proof, {"a": node(server=PRIMARY)}, {}).holds


def test_a_majority_of_all_nodes_counts_those_that_are_silent() -> None:
    ours = LockSeen(term=3, owner="desk:r", person="p", renewed_uptime_seconds=1.0, live=True)
    args = (("owner", "desk:r"), ("term", "3"), ("needed", "2"))
    proof = Proof(claim=Claim.LOCK_HELD, node="a", args=args)
    both = {"a": node("a", lock=ours), "b": node("b", lock=ours), "c": node("c", reached=False, lock=ours)}
    assert judge(proof, both, {}).holds
    for other in (replace(ours, term=4), replace(ours, owner="other:r"), None):
        assert not judge(proof, {**both, "b": node("b", lock=other)}, {}).holds
    assert not judge(replace(proof, claim=Claim.LOCK_FREE), both, {}).holds
    assert nodes_of(proof, ("a", "b", "c")) == ("a", "b", "c")


def test_what_is_not_known_yet_holds_nothing() -> None:
    proof = Proof(claim=Claim.CAUGHT_UP, node="a", args=(("position", "${shutdown_position}"), ("past", "no")))
    facts = {"a": node(server=STANDBY)}
    held = judge(proof, facts, {})
    assert not held.holds and "shutdown_position is not known" in held.observed
    assert judge(proof, facts, {"shutdown_position": str(HERE)}).holds


def test_only_names_of_ours_are_filled() -> None:
    assert fill("a ${rescue_end} ${u%.*} ${n##*/}", {"rescue_end": "0/1"}) == "a 0/1 ${u%.*} ${n##*/}"
    with pytest.raises(KeyError, match="rescue_end"):
        fill("${rescue_end}", {})


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("rescue_end", "0/30000A0", True), ("rescue_end", "0/3; rm -rf /", False), ("rescue_end", "", False),
        ("timeline", "2", True), ("timeline", "2x", False), ("rescue_past", "yes", True), ("rescue_past", "y", False),
        ("rescue_read", "no", True), ("rescue_read", "", False),
        ("rescue_segments", "000000010000000000000003:abc,", True), ("rescue_segments", "$(id)", False),
        ("rescue_directory", "/d a", False), ("no_such_fact", "1", False), ("rewind_said", "done, it said", True),
        ("rewind_said", "a\nfact timeline 3", False), ("lock_term", "12", True),
    ],
)  # fmt: skip
def test_a_fact_looks_as_it_may(name: str, value: str, good: bool) -> None:
    assert well_formed(name, value) is good


def test_every_claim_is_judged_somewhere() -> None:
    elsewhere = {
        Claim.LOSS_WITHIN, Claim.BOOKS_WHOLE, Claim.HOOK_DONE, Claim.ATTESTED, Claim.RESCUE_CARRIED, Claim.WAL_KEPT,
        Claim.PATRONI_SAYS, Claim.SCRIPT_HOLDS,
    }  # fmt: skip
    alone = {Claim.FOLLOWS, Claim.NOT_WRITABLE, Claim.LOCK_HELD, Claim.LOCK_FREE, Claim.RESCUE_LISTED,
             Claim.ARCHIVE_WHOLE, Claim.COMMIT_AS_SET, Claim.SETTING_AS_SET}  # fmt: skip
    assert set(Claim) == elsewhere | alone | {row[0] for row in TABLE}
    for claim in elsewhere:
        with pytest.raises(ValueError, match="not judged from facts"):
            judge(Proof(claim=claim, node="a"), {"a": node()}, {})
    assert {"rescue_end", "lock_term"} <= FACTS
