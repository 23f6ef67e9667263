"""The loss preview against generated histories: what is said holds the truth, and 'none' is said where it is proven."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.cluster import NodeKind
from console.domain.loss_preview import (
    UNSEEN_SECONDS_MAX,
    furthest,
    list_trouble,
    loss_at_gate,
    loss_of,
    overlap,
    policy_of,
)
from console.domain.plan import Claim, Loss, LossBasis, Proof
from console.domain.reading import Head, Moment, Turnover
from console.domain.situation import LastSeen, NodeFacts, ServerFacts
from console.domain.wal import Lsn

BEGIN = datetime(2030, 1, 1, tzinfo=UTC)
WAL, ENTRY = 0x3000000, 64
ROUND = 1.0


def moment(seconds: float) -> Moment:
    return Moment(BEGIN + timedelta(seconds=seconds), seconds)


def head(number: int) -> Head:
    turnover = Turnover(currency="EUR", scale=2, postings=2 * number, debit_units=250 * number)
    return Head(origin="o", number=number, booked_at=None, turnover=(turnover,), position=Lsn(WAL + ENTRY * number))


def standby(name: str, number: int, *, at: float = 0.0, timeline: int = 1, received: int | None = None) -> NodeFacts:
    """A standby that has replayed so many entries."""
    server = ServerFacts(
        version=180006, in_recovery=True, timeline=timeline, write=None, flush=None,
        received=None if received is None else Lsn(WAL + ENTRY * received), replayed=Lsn(WAL + ENTRY * number),
        replay_paused=False, started_at=None, heads=(head(number),),
    )  # fmt: skip
    return NodeFacts(node=name, kind=NodeKind.POSTGRES, at=moment(at), reached=True, server=server)


def bearers(names: str) -> tuple[tuple[str, str], ...]:
    """Every listed standby bears its own name."""
    policy = policy_of(names)
    return tuple((name, name) for name in policy.names) if policy is not None else ()


def seen(number: int, *, at: float = 0.0, rate: float | None = 10.0, names: str = "", **more: object) -> LastSeen:
    made = LastSeen(node="p", head=head(number), at=moment(at).utc, seconds_ago=1.0, entries_per_second=rate,
                    synchronous_names=names, sync_steady_seconds=600.0, list_at=moment(at).utc,
                    synchronous_commit="on", timeline=1, bearers=bearers(names))  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class History:
    """Entries of a primary by the second in which each was committed, and what a standby had of them."""

    commits: tuple[float, ...]
    seen_at: float
    dead_at: float
    has: int

    def count(self, until: float) -> int:
        return sum(1 for at in self.commits if at <= until)

    @property
    def lost(self) -> int:
        return max(0, self.count(self.dead_at) - self.has)


@st.composite
def histories(draw: st.DrawFn) -> tuple[History, float]:
    """A history whose pace was never above the rate that was measured."""
    rate = draw(st.floats(0.5, 50.0))
    gaps = draw(st.lists(st.floats(1.0, 6.0), min_size=1, max_size=200))
    commits = []
    at = 0.0
    for gap in gaps:
        at += gap / rate
        commits.append(at)
    dead_at = draw(st.floats(0.1, at + 3.0))
    seen_at = draw(st.floats(max(0.0, dead_at - 40.0), dead_at))
    made = History(tuple(commits), seen_at, dead_at, 0)
    return replace(made, has=draw(st.integers(0, made.count(dead_at)))), rate


@given(histories(), st.floats(0.0, 0.9))
def test_the_interval_holds_the_truth(drawn: tuple[History, float], travels: float) -> None:
    history, rate = drawn
    # A reading is as old as its round: what was booked while it travelled was not seen.
    reading = max(0.0, history.seen_at - travels * ROUND)
    last = seen(history.count(reading), at=history.seen_at, rate=rate)
    candidate = standby("a", history.has, at=history.dead_at)
    loss = loss_of(candidate, last, answering=(candidate,), unseen_seconds=history.dead_at - history.seen_at)
    assert loss.basis is LossBasis.INTERVAL and loss.reason == "list-unknown"
    assert loss.entries_low is not None and loss.entries_high is not None
    assert loss.entries_low <= history.lost <= loss.entries_high
    assert loss.entries_low == max(0, history.count(reading) - history.has)
    amounts = sum(one.units for one in loss.amounts)
    assert amounts == 250 * loss.entries_low, "amounts belong to what was seen"


@st.composite
def synchronous(draw: st.DrawFn) -> tuple[int, list[int], list[int], list[bool]]:
    """k, of each of n standbys how far it is, of each commit by whom it was confirmed at the least, and who answers."""
    n = draw(st.integers(1, 5))
    k = draw(st.integers(1, n))
    has = [draw(st.integers(0, 30)) for _ in range(n)]
    confirmed = sorted(has, reverse=True)[k - 1]  # what k of them have is acknowledged
    answers = [draw(st.booleans()) for _ in range(n)]
    return k, has, [confirmed], answers


@given(synchronous())
def test_none_is_said_only_where_nothing_acknowledged_is_missing(
    drawn: tuple[int, list[int], list[int], list[bool]]
) -> None:
    k, has, (acknowledged,), answers = drawn
    names = [f"s{place}" for place in range(len(has))]
    answering = tuple(standby(n, h, received=h) for n, h, there in zip(names, has, answers, strict=True) if there)
    last = seen(max(has), names=f"ANY {k} ({', '.join(names)})")
    for candidate in answering:
        loss = loss_of(candidate, last, answering=answering)
        number = loss.head_number
        assert number is not None
        if loss.basis is LossBasis.NONE:
            assert number >= acknowledged
            assert (loss.entries_low, loss.entries_high) == (0, 0)
        else:
            assert loss.reason in ("overlap-missing", "furthest-is-other")
    enough = len(answering) >= len(has) - k + 1
    proven = [one.node for one in answering if loss_of(one, last, answering=answering).basis is LossBasis.NONE]
    assert bool(proven) == enough, "and it is said of the furthest wherever enough answer"


def reasons() -> Iterator[tuple[LastSeen | None, str]]:
    good = seen(10, names="ANY 1 (a, b)")
    yield good, ""
    yield None, "list-unknown"
    yield replace(good, synchronous_names=""), "list-unknown"
    yield replace(good, synchronous_names="ANY 1 (*)"), "list-unknown"
    yield replace(good, synchronous_names="ANY 1 (a,"), "list-unknown"
    yield replace(good, list_at=None), "list-unknown"
    yield replace(good, list_at=moment(-61.0).utc), "list-unknown"
    yield replace(good, list_at=moment(-61.0).utc, dead_at=moment(-59.0).utc), ""
    yield replace(good, sync_steady_seconds=59.0), "list-changed"
    yield replace(good, synchronous_commit="local"), "local-commits"
    yield replace(good, synchronous_commit="off"), "local-commits"
    yield replace(good, synchronous_names="ANY 1 (a, b, c)"), "overlap-missing"
    yield replace(good, synchronous_names="FIRST 2 (a, b, c)"), ""


@pytest.mark.parametrize(("last", "why"), list(reasons()))
def test_why_overlap_is_not_proven(last: LastSeen | None, why: str) -> None:
    both = (standby("a", 10), standby("b", 9))
    assert overlap(last, both, both[0]) == why


def test_the_furthest_is_by_timeline_then_by_the_greater_of_received_and_replayed() -> None:
    a, b, c = standby("a", 9, timeline=2), standby("b", 12), standby("c", 9, timeline=2, received=11)
    assert furthest((a, b, c)) is c
    assert furthest((a, b)) is a
    assert furthest((replace(a, server=None),)) is None
    assert overlap(seen(12, names="ANY 1 (a, c)", timeline=2), (a, c), a) == "furthest-is-other"


@pytest.mark.parametrize(
    ("timeline", "answering", "candidate", "why"),
    [
        (1, ("a", "b"), "a", "overlap-missing"),  # b was promoted once: it confirmed nothing of this history
        (1, ("a", "b"), "b", "later-timeline"),
        (1, ("a", "b", "c"), "a", ""),  # and however far it goes, it is not ahead of those that follow
        (2, ("a", "b"), "a", "furthest-is-other"),
        (None, ("a", "b"), "b", ""),  # kept by an earlier version: not known
    ],
)
def test_one_on_a_later_timeline_than_the_primarys_counts_for_nothing(
    timeline: int | None, answering: tuple[str, ...], candidate: str, why: str
) -> None:
    nodes = {"a": standby("a", 10), "b": standby("b", 40, timeline=2), "c": standby("c", 9)}
    there = tuple(nodes[name] for name in answering)
    names = "ANY 1 (a, b)" if len(there) == 2 else "ANY 2 (a, b, c)"
    last = seen(10, names=names, timeline=timeline)
    assert overlap(last, there, nodes[candidate]) == why
    if why == "later-timeline":
        loss = loss_of(nodes[candidate], last, answering=there)
        assert (loss.basis, loss.entries_low, loss.reason) == (LossBasis.UNKNOWN, None, why)


@pytest.mark.parametrize(
    ("names", "bearers", "why"),
    [
        ("ANY 1 (node2)", (("node2", "a"),), ""),  # the inventory calls it otherwise
        ("ANY 1 (Node2)", (("node2", "a"),), ""),
        ("ANY 1 (node2)", (("node2", "a"), ("node2", "x")), "name-twice"),
        ("ANY 1 (node2)", (("node2", "a"), ("node2", "")), "name-twice"),
        ("ANY 2 (node2, b)", (("node2", "a"), ("node2", "x"), ("b", "b")), "name-twice"),  # both of one name confirm
        ("ANY 1 (a)", (("a", "x"),), "overlap-missing"),  # a's name, borne by another one
        ("ANY 1 (a)", (("a", ""),), "overlap-missing"),
        ("ANY 1 (a)", (), "overlap-missing"),
        ("ANY 1 (a)", (("a", "a"), ("other", "b"), ("other", "x")), ""),
    ],
)
def test_overlap_goes_by_the_names_that_the_primary_told(
    names: str, bearers: tuple[tuple[str, str], ...], why: str
) -> None:
    both = (standby("a", 10), standby("b", 9))
    assert overlap(seen(10, names=names, bearers=bearers), both, both[0]) == why


def test_a_clock_that_is_set_makes_no_list_old_nor_young() -> None:
    last = seen(10, names="ANY 1 (a)", list_ticks=100.0)
    hour = timedelta(hours=1)
    assert list_trouble(last, moment(5.0).utc + hour, 105.0) == ""
    assert list_trouble(last, moment(5.0).utc, 161.0) == "list-unknown"
    assert list_trouble(replace(last, list_ticks=None), moment(5.0).utc + hour, 105.0) == "list-unknown"
    dead = replace(last, dead_at=moment(5.0).utc)
    assert list_trouble(dead, moment(5.0).utc + hour, 7000.0) == "", "nothing changes on a dead one"
    node = replace(standby("a", 10), at=Moment(moment(5.0).utc + hour, 105.0))
    assert overlap(last, (node,), node) == ""


def test_wal_that_was_read_to_its_end_leaves_nothing_to_guess() -> None:
    node = standby("a", 3)
    loss = loss_of(node, seen(10), answering=(node,), wal_read=True)
    assert (loss.basis, loss.entries_low, loss.entries_high) == (LossBasis.EXACT, 0, 0)


def test_what_is_not_known_is_not_guessed() -> None:
    node = standby("a", 3)
    for last in (None, replace(seen(10), head=None), seen(10, rate=None)):
        assert loss_of(node, last, answering=(node,), unseen_seconds=1.0).entries_high is None
    late = loss_of(node, seen(10), answering=(node,), unseen_seconds=UNSEEN_SECONDS_MAX + 1)
    assert (late.basis, late.entries_low, late.entries_high) == (LossBasis.UNKNOWN, 7, None)
    two = replace(node.server, heads=(head(1), head(2))) if node.server is not None else None
    assert loss_of(replace(node, server=two), seen(10), answering=(node,)).basis is LossBasis.UNKNOWN


def at_gate(last: LastSeen, *, fenced_at: float | None, known: dict[str, str], rescue: str = "no") -> Loss:
    proof = Proof(claim=Claim.LOSS_WITHIN, node="a", args=(("answering", "a,b"), ("rescue", rescue)))
    facts = {"a": standby("a", 3, at=20.0), "b": replace(standby("b", 3), server=None)}
    when = None if fenced_at is None else moment(fenced_at)
    return loss_at_gate(proof, facts, known, last_seen=last, fenced_at=when)


def test_at_the_gate_the_seconds_go_up_to_the_fence() -> None:
    last = seen(10, at=5.0, rate=2.0)
    loss = at_gate(last, fenced_at=9.0, known={})
    assert loss.unseen_seconds == 4.0
    assert (loss.entries_low, loss.entries_high) == (7, 7 + math.ceil(2.0 * 4.0 + 2.0 * ROUND))
    dead = at_gate(replace(last, dead_at=moment(6.0).utc), fenced_at=9.0, known={})
    assert dead.unseen_seconds == 1.0, "what has no process books nothing"
    assert at_gate(last, fenced_at=9.0, known={"rescue_read": "yes"}, rescue="yes").basis is LossBasis.EXACT
    # Nor does it where the dead primary's WAL turned out to be unreadable, whatever else was told.
    unread = {"rescue_end": "0/1", "rescue_read": "no"}
    assert at_gate(last, fenced_at=9.0, known=unread, rescue="yes").basis is LossBasis.INTERVAL
    assert at_gate(last, fenced_at=9.0, known={"rescue_read": "yes"}).basis is LossBasis.INTERVAL
    assert at_gate(last, fenced_at=9.0, known={}, rescue="yes").basis is LossBasis.INTERVAL
