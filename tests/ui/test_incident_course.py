"""Where lines and pictures stand on the axis of an incident: spans, ticks, merged marks, the picture of a moment."""

from datetime import timedelta

import pytest

from console.domain.incident import LineKind
from console.ui.incident_course import (
    Span,
    frame_at,
    lanes,
    line_at,
    marks,
    moment_at,
    near_span,
    next_frame,
    next_line,
    place,
    seen_spans,
    ticks,
    whole_span,
)
from tests.ui import incident_stories as stories

BEGIN = stories.LOST_AT.timestamp()


def test_the_whole_reaches_from_the_first_picture_to_the_end() -> None:
    span = whole_span(stories.incident(), stories.lines(), stories.frames())
    assert span == Span(BEGIN - 21, stories.ENDED_AT.timestamp() + 1)
    alone = whole_span(stories.incident(ended_at=None, writable_again_at=None), (), ())
    assert alone.seconds >= 20, "an incident that has just begun has an axis too"


def test_places_and_moments_are_each_others_way_back() -> None:
    span = Span(100.0, 200.0)
    assert place(span, 150.0, 40, 500) == 290
    assert moment_at(span, 290, 40, 500) == 150.0
    assert moment_at(span, -5, 40, 500) == 100.0
    assert moment_at(span, 9999, 40, 500) == 200.0


def test_ticks_stand_at_round_times_with_room_between() -> None:
    found = ticks(Span(BEGIN, BEGIN + 700), 600, 90)
    assert [label for _at, label in found] == ["02:54", "02:56", "02:58", "03:00", "03:02"]
    assert all(at % 120 == 0 for at, _label in found)
    assert ticks(Span(BEGIN, BEGIN + 20), 600, 90)[0][1] == "02:52:10"


def test_lanes_are_the_kinds_that_occur_in_one_order() -> None:
    assert lanes(stories.lines()) == (
        LineKind.VERDICT, LineKind.EVIDENCE, LineKind.ALERT, LineKind.ACTION, LineKind.RUN, LineKind.BACKUP,
    )  # fmt: skip
    assert lanes(()) == ()


def test_lines_that_stand_close_are_one_mark_and_the_gravest_speaks() -> None:
    span = whole_span(stories.incident(), stories.lines(), stories.frames())
    found = marks(stories.lines(), LineKind.VERDICT, span, 0, 600, 15)
    assert [len(one.lines) for one in found] == [2, 1, 1]
    assert found[0].line.health == "lost"
    near = marks(stories.lines(), LineKind.VERDICT, Span(BEGIN - 2, BEGIN + 18), 0, 600, 15)
    assert [len(one.lines) for one in near] == [1, 1], "nearer, they part; what lies outside has no mark"


def test_the_picture_of_a_moment_is_the_newest_at_or_before_it() -> None:
    frames = (10.0, 11.0, 12.0, 40.0)
    assert [frame_at(frames, at) for at in (9.9, 10.0, 11.7, 39.0, 99.0)] == [None, 10.0, 11.0, 12.0, 40.0]
    assert (next_frame(frames, 12.0), next_frame(frames, 40.0)) == (40.0, None)
    assert seen_spans(frames) == (Span(10.0, 12.0), Span(40.0, 40.0))
    assert seen_spans(()) == ()


def test_lines_are_walked_one_by_one() -> None:
    lines = stories.lines()
    first = next_line(lines, BEGIN - 5, onward=True)
    assert first == lines[0]
    assert next_line(lines, lines[-1].at.timestamp(), onward=True) is None
    before = next_line(lines, stories.at(33).timestamp(), onward=False)
    assert before is not None
    assert before.at == stories.at(3.9)
    assert line_at(lines, BEGIN - 1) is None
    assert line_at(lines, stories.at(33).timestamp()) == 7


@pytest.mark.parametrize("at", [0.0, 3.0, 500.0, 999.0])
def test_what_is_seen_holds_the_moment_and_stays_within_the_whole(at: float) -> None:
    whole = Span(0.0, 1000.0)
    span = near_span(whole, at, 100, None)
    assert span.seconds == 100
    assert span.holds(at)
    assert span.begin >= 0
    assert span.end <= 1000
    inside = min(max(at, span.begin + 50), span.end - 50)
    assert near_span(whole, inside, 100, span) == span, "it moves only at its edge"


def test_an_incident_that_grows_keeps_what_is_seen() -> None:
    before = near_span(Span(0, 400), 200, 100, None)
    assert near_span(Span(0, 500), 205, 100, before) == before
    assert near_span(Span(0, 500), 450, 1000, None) == Span(0, 500)
    assert timedelta(seconds=before.seconds) == timedelta(seconds=100)
