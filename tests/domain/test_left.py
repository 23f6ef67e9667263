"""What may be removed of what changes left: by what the node is now, and never under a run that has not ended."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.cluster import NodeKind
from console.domain.left import LeftAbout, LeftFile, LeftKind, LeftOver, LeftRead, LeftSlot, judge_left
from console.domain.reading import Moment
from console.domain.situation import LockSeen, NodeFacts, ServerFacts
from console.domain.wal import Lsn

AT = Moment(datetime(2026, 1, 1, tzinfo=UTC), 1.0)
FREE = LockSeen(term=7, owner="", person="", renewed_uptime_seconds=None, live=False)
ABOUT = LeftAbout(primary_at="10.0.0.1:5432", owners={"b": "b", "c": "c"}, console="k1")


def node(
    *, recovery: bool | None = True, lock: LockSeen = FREE, signal: bool = False, fenced: bool = False
) -> NodeFacts:
    server = None
    if recovery is not None:
        server = ServerFacts(version=180000, in_recovery=recovery, timeline=1, write=Lsn(1), flush=None, received=None,
                             replayed=None, replay_paused=False, started_at=None)  # fmt: skip
    return NodeFacts(node="a", kind=NodeKind.POSTGRES, at=AT, reached=True, lock=lock, data_directory="/d",
                     processes=0 if server is None else 9, standby_signal=signal, fence_mark=fenced, server=server)


def read(*names: str, place: str = "own", **more: object) -> LeftRead:
    files = tuple(LeftFile(place=place, name=name, path=f"/p/{name}", bytes=1, age_seconds=2.0) for name in names)
    return replace(LeftRead(node="a", files=files, server=True, streams=True), **more)  # type: ignore[arg-type]


def only(found: tuple[LeftOver, ...]) -> LeftOver:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("name", ["conninfo", "restore", "log", "postgres.log", "fenced", "closed", "configured",
                                  "auto", "own", "opts", "look", "service.x1", "lock.new"])  # fmt: skip
def test_on_a_proven_standby_all_that_is_in_no_use_may_go(name: str) -> None:
    found = only(judge_left(read(name), node(), ABOUT))
    assert found.removable, found
    assert found.why and found.age_seconds == 2.0


def test_a_lock_that_nobody_holds_stays_as_its_term_only_grows() -> None:
    found = only(judge_left(read("lock"), node(), ABOUT))
    assert not found.removable and found.stays == "the-term-only-grows"


@pytest.mark.parametrize("name", ["lock", "conninfo", "rescue", "service.x1", "configured", "log"])
def test_under_a_run_that_has_not_ended_nothing_goes(name: str) -> None:
    found = only(judge_left(read(name), node(), replace(ABOUT, unended=("run-1",))))
    assert not found.removable


def test_a_live_lock_stays_and_so_does_the_file_that_parts_two_takers() -> None:
    live = LockSeen(term=7, owner="k2:r", person="otto", renewed_uptime_seconds=1.0, live=True)
    assert only(judge_left(read("lock"), node(lock=live), ABOUT)).stays == "lock-is-live"
    assert only(judge_left(read("flock"), node(), ABOUT)).stays == "guards-the-lock"


@pytest.mark.parametrize("name", ["fenced", "closed"])
def test_the_fence_of_a_node_that_was_left_behind_stays_whatever_runs_there(name: str) -> None:
    behind = replace(ABOUT, left_behind=frozenset({"a"}))
    for facts in (node(recovery=None, signal=True, fenced=True), node(signal=True, fenced=True), node(recovery=False)):
        found = [one for one in judge_left(read(name, streams=False), facts, behind) if one.kind is LeftKind.FENCE]
        assert [one.stays for one in found] == ["fence"], facts
    stopped = judge_left(read(streams=False, server=False), node(recovery=None, signal=True, fenced=True), ABOUT)
    assert only(stopped).kind is LeftKind.SIGNAL and only(stopped).stays == "fence"


def test_a_standby_s_own_signal_file_is_nothing_that_we_left() -> None:
    assert judge_left(read(), node(signal=True), ABOUT) == ()


def test_what_may_be_the_only_copy_of_entries_stays_until_its_node_is_back() -> None:
    behind = replace(ABOUT, left_behind=frozenset({"a"}))
    stopped = node(recovery=None)
    for name in ("rescue", "kept-wal.1.2000028", "old", "copy"):
        found = only(judge_left(read(name, place="beside", streams=False, server=False), stopped, behind))
        assert found.stays in ("left-behind", "not-ours"), found
    kept = only(judge_left(read("a-1-2000028", place="kept"), node(), behind))
    assert kept.kind is LeftKind.KEPT_WAL and kept.stays == "left-behind"
    assert only(judge_left(read("a-1-2000028", place="kept"), node(), ABOUT)).removable


def test_data_that_bears_no_mark_of_ours_is_not_ours_to_remove() -> None:
    for name in ("old", "copy"):
        assert only(judge_left(read(name, place="beside"), node(), ABOUT)).stays == "not-ours"
    both = (LeftFile(place="own", name="copied", path="/p/copied", bytes=1, age_seconds=1.0),
            LeftFile(place="beside", name="old", path="/d.old", bytes=1, age_seconds=1.0))  # fmt: skip
    mark, old = judge_left(read(files=both), node(), ABOUT)
    assert old.removable and mark.stays == "goes-with-its-copy"
    mark, old = judge_left(read(files=both, streams=False), node(), ABOUT)
    assert old.stays == "not-a-proven-standby"


def test_how_a_primary_would_log_in_stays() -> None:
    found = only(judge_left(read("conninfo", streams=False), node(recovery=False), ABOUT))
    assert found.stays == "follows-with-it-later"


def test_a_cut_standby_gets_its_upstream_back_only_where_that_is_the_primary() -> None:
    cut = read(streams=False, upstream_empty=True, kept_upstream="10.0.0.1:5432")
    assert only(judge_left(cut, node(), ABOUT)).removable
    elsewhere = replace(cut, kept_upstream="10.0.0.9:5432")
    assert only(judge_left(elsewhere, node(), ABOUT)).stays == "rejoin-instead"
    unknown = judge_left(replace(cut, kept_upstream=""), node(), replace(ABOUT, primary_at=""))
    assert only(unknown).stays == "rejoin-instead"


def test_a_setting_is_ours_where_it_says_so_or_a_run_of_ours_says_so() -> None:
    assert only(judge_left(read(restore_ours=True), node(), ABOUT)).where == "restore_command"
    assert judge_left(read(summarize_off=True), node(), ABOUT) == ()  # an operator's own word
    ours = replace(ABOUT, changed=frozenset({("a", "summarize_wal")}))
    assert only(judge_left(read(summarize_off=True), node(), ours)).removable
    using = judge_left(read("rescue", place="beside", restore_ours=True), node(), ABOUT)
    assert next(one for one in using if one.kind is LeftKind.RESCUED).stays == "in-use"


def test_a_slot_goes_where_its_node_follows_another_and_stays_where_that_is_away() -> None:
    slots = (LeftSlot(name="b", kept_bytes=5), LeftSlot(name="theirs", kept_bytes=9))
    primary = node(recovery=False)
    away = only(judge_left(read(slots=slots), primary, ABOUT))
    assert (away.where, away.stays, away.bytes) == ("b", "its-node-is-away", 5)
    assert only(judge_left(read(slots=slots), primary, replace(ABOUT, streaming={"b": "c"}))).removable
    assert only(judge_left(read(slots=slots), node(), ABOUT)).removable  # on a standby nobody comes back for it


def test_a_long_command_goes_only_when_it_has_ended_and_its_console_is_this_one() -> None:
    ours, theirs, meter = "copy:a:k1:run-1", "copy:a:k2:run-1", "outage:books:12345678:run-1"
    assert only(judge_left(read(ours, place="supervised"), node(), ABOUT)).removable
    assert only(judge_left(read(ours, place="supervised", running=(ours,)), node(), ABOUT)).stays == "runs"
    assert only(judge_left(read(theirs, place="supervised"), node(), ABOUT)).stays == "other-console"
    assert only(judge_left(read(meter, place="supervised"), node(), ABOUT)).removable


def test_what_this_version_does_not_know_stays() -> None:
    found = only(judge_left(read("from-the-future"), node(), ABOUT))
    assert (found.kind, found.stays) == (LeftKind.UNKNOWN, "not-known")
