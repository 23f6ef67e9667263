"""What the outage meter's client says, folded: gaps, unknown writes, lost acknowledgements, and nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.run import Outage
from console.recovery.outage_lines import MARKS_MAX, OutageLines
from console.recovery.outage_scripts import checked_run, clearing_sql, number_sql


def folded(text: str, *, host_seconds: float | None = None) -> Outage:
    lines = OutageLines()
    lines.feed(text.encode())
    return lines.outage(host_seconds)


def test_the_gap_is_from_the_last_acknowledged_write_before_to_the_first_after() -> None:
    outage = folded("b 10.0\ns 0 10.1\na 1 10.1\na 2 10.12\nu 3 10.3 cut\ne 4 10.4 connect\ns 2 11.0\na 5 11.05\n")
    assert (outage.gap_seconds, outage.attempts, outage.acknowledged) == (0.93, 5, 3)
    assert (outage.errors, outage.unknown, outage.open, outage.lost_acknowledged) == (1, 1, False, 0)
    assert outage.marks == ((0.1, True), (0.12, True), (0.3, False), (1.05, True))


def test_a_hang_without_a_failure_is_a_gap_too_and_is_marked() -> None:
    outage = folded("b 1.0\na 1 1.1\na 2 3.1\na 3 3.12\n")
    assert (outage.gap_seconds, outage.marks) == (2.0, ((0.1, True), (0.1, True), (2.1, True)))


def test_an_outage_that_goes_on_grows_with_the_hosts_time() -> None:
    said = "b 1.0\na 1 1.1\ne 2 1.3 connect\n"
    assert folded(said, host_seconds=1.4).open
    assert folded(said, host_seconds=5.1).gap_seconds == 4.0
    silent = folded("b 1.0\na 1 1.1\na 2 1.12\n", host_seconds=9.12)
    assert (silent.open, silent.gap_seconds) == (True, 8.0)
    assert not folded("b 1.0\na 1 1.1\na 2 1.12\n", host_seconds=1.2).open


def test_an_outage_from_the_very_beginning_counts_from_there() -> None:
    outage = folded("b 1.0\ne 1 1.2 connect\na 2 3.5\n")
    assert outage.gap_seconds == 2.5
    assert folded("b 1.0\na 1 1.4\n").gap_seconds == 0.0


def test_acknowledged_numbers_above_what_a_new_session_finds_are_lost_whatever_comes_later() -> None:
    text = "b 1.0\ns 0 1.0\n" + "".join(f"a {n} {n}.0\n" for n in range(1, 11)) + "u 11 12.0 cut\ns 7 13.0\na 12 14.0\n"
    lines = OutageLines()
    lines.feed(text.encode())
    assert lines.outage(None).lost_acknowledged == 3
    lines.compare(12)
    assert lines.outage(None).lost_acknowledged == 3
    lines.compare(6)  # and once more, on yet another server
    assert lines.outage(None).lost_acknowledged == 5


def test_nothing_is_compared_before_a_server_was_asked() -> None:
    assert folded("b 1.0\ns 0 1.0\na 1 1.0\n").lost_acknowledged is None


def test_a_cancelled_statement_is_unknown_and_a_refused_one_an_error() -> None:
    outage = folded("b 1.0\na 1 1.0\ne 2 1.1 57014\nu 3 1.2 warned\ne 4 1.3 25006\n")
    assert (outage.unknown, outage.errors) == (2, 1)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "no-write-yet"), ("b 1.0\ne 1 1.1 42P01\n", "cannot-write:42P01"),
        ("x no-psql\n", "no-psql"), ("b 1.0\ne 1 1.1 connect\n", "no-write-succeeded"),
        ('b 1.0\nm psql: error: FATAL:  role "x" does not exist\ne 1 1.1 connect\n', "cannot-connect:no-role"),
        ("b 1.0\nm psql: error: connection refused\ne 1 1.1 connect\n", "no-write-succeeded"),
    ],
)  # fmt: skip
def test_why_nothing_is_measured(said: str, why: str) -> None:
    outage = folded(said)
    assert (outage.why, outage.gap_seconds) == (why, None)
    assert outage.open is (why == "no-write-succeeded")


def test_a_second_clients_clock_is_not_held_against_the_first_ones() -> None:
    outage = folded("b 900.0\na 1 900.1\na 2 900.12\nb 5.0\ns 2 5.1\na 3 5.1\na 4 5.13\n")
    assert (outage.gap_seconds, outage.acknowledged, outage.lost_acknowledged) == (0.03, 4, 0)


def test_marks_are_limited_and_keep_both_ends() -> None:
    flapping = "".join(f"a {2 * n} {n}.0\ne {2 * n + 1} {n}.5 connect\n" for n in range(1, 1000))
    marks = folded("b 1.0\n" + flapping).marks
    assert len(marks) == MARKS_MAX
    assert marks[0] == (0.0, True)
    assert marks[-1] == (998.5, False)


def test_numbers_that_were_had_already_change_nothing() -> None:
    assert folded("b 1.0\na 5 1.0\na 5 9.0\na 3 9.0\n").attempts == 1


@given(st.binary(max_size=400))
def test_nonsense_is_left_out(data: bytes) -> None:
    lines = OutageLines()
    lines.feed(data)
    lines.feed(b"\nb 1.0\na 999999999999999 1.0\n")
    assert lines.outage(2.0).acknowledged >= 1


_WORDS = st.sampled_from(
    ["b 1.0", "a 1 1.0", "a 2 1.5", "u 3 2.0 cut", "s 1 2.5", "e 4 2.6 42501", "m words", "junk", "a 5 3"]
)


@given(st.lists(_WORDS, max_size=30), st.data())
def test_pieces_give_what_the_whole_gives(said: list[str], data: st.DataObject) -> None:
    text = "".join(f"{line}\n" for line in said).encode()
    whole, pieces = OutageLines(), OutageLines()
    whole.feed(text)
    while text:
        size = data.draw(st.integers(1, len(text)))
        pieces.feed(text[:size])
        text = text[size:]
    assert pieces.outage(4.0) == whole.outage(4.0)


def test_a_runs_id_that_could_be_a_statement_is_refused() -> None:
    for wrong in ("", "a'b", "a b", "a;b", "x" * 101):
        with pytest.raises(ValueError, match="not a run's id"):
            checked_run(wrong)
    assert "'r-1'" in number_sql("r-1")
    with pytest.raises(ValueError, match="not a run's id"):
        clearing_sql(("r-1", "'"), older_seconds=1)
