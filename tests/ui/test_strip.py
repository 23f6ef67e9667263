"""The heartbeat strip: what it counts, what it says, what it paints."""

from collections import Counter

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.domain.fleet import MARK_MISSED, MARK_NONE
from console.ui import theme
from console.ui.strip import Strip, count_strip, mark_share, strip_text
from console.ui.theme import Token
from tests.ui import story


def painted(strip: Strip) -> Counter[str]:
    """The colours of a strip's pixels."""
    image = strip.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return Counter(
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    )


def shown(qtbot: QtBot, marks: tuple[int, ...]) -> Strip:
    strip = Strip()
    qtbot.addWidget(strip)
    strip.resize(strip.sizeHint())
    strip.show_strip("nyc-2", marks, 1.0)
    return strip


def test_it_says_what_stands_in_it() -> None:
    marks = story.strip(38, seed=2, late=(9, 10, 31, 32, 33, 47, 48, 58))
    assert strip_text("nyc-2", count_strip(marks, 1.0)) == "nyc-2, 52 of 60 on time, 8 late, none missed"


def test_silence_is_told_from_single_misses() -> None:
    silent = count_strip(story.strip(0.3, seed=1, silent=18), 1.0)
    assert (silent.missed, silent.silent) == (18, 18)
    assert strip_text("lab-3", silent).endswith("18 missed, silent for the last 18 rounds")
    assert count_strip((900, 900, MARK_MISSED, MARK_MISSED), 1.0).silent == 0


def test_what_was_not_asked_is_not_counted() -> None:
    count = count_strip((MARK_NONE, MARK_NONE, 900, MARK_MISSED), 1.0)
    assert (count.asked, count.on_time, count.missed) == (2, 1, 1)
    assert strip_text("n", count_strip((MARK_NONE,) * 60, 1.0)) == "n, not asked yet"


def test_the_widget_carries_its_text(qtbot: QtBot) -> None:
    strip = shown(qtbot, story.strip(1.2, seed=1, missed=(4,)))
    assert strip.accessibleName() == "nyc-2, 59 of 60 on time, none late, 1 missed"


@pytest.mark.parametrize("microseconds", [0, 1, 100, 10_000, 1_000_000, 10**9])
def test_heights_stay_within_the_strip(microseconds: int) -> None:
    assert 0.0 < mark_share(microseconds) <= 0.8


def test_heights_grow_with_the_round_trip() -> None:
    shares = [mark_share(us) for us in (300, 3_000, 30_000, 300_000)]
    assert shares == sorted(set(shares))


def test_each_mark_has_the_colour_of_its_meaning(qtbot: QtBot) -> None:
    look = theme.current()
    marks = (1_000,) * 58 + (1_500_000, MARK_MISSED)
    colours = painted(shown(qtbot, marks))
    assert {look.hex(Token.TICK), look.hex(Token.WARN), look.hex(Token.LOST)} <= set(colours)
    # A late mark is as tall as the strip, a missed one is a stump.
    assert colours[look.hex(Token.WARN)] > 2 * colours[look.hex(Token.LOST)]


def test_sixty_marks_stand_apart(qtbot: QtBot) -> None:
    strip = shown(qtbot, (1_000,) * 60)
    image = strip.grab().toImage()
    row = [image.pixelColor(x, image.height() - 1).name().upper() for x in range(image.width())]
    tick = theme.current().hex(Token.TICK)
    runs = sum(1 for x, colour in enumerate(row) if colour == tick and (x == 0 or row[x - 1] != tick))
    assert runs == 60


def test_a_silent_end_is_hatched_and_not_marked(qtbot: QtBot) -> None:
    look = theme.current()
    colours = painted(shown(qtbot, story.strip(0.3, seed=1, silent=18)))
    assert look.hex(Token.LOST) not in colours
    assert colours[look.hex(Token.UNKNOWN_SOFT)] > 100


def test_old_readings_lose_their_colour_not_their_place(qtbot: QtBot) -> None:
    look = theme.current()
    strip = shown(qtbot, (1_500_000, MARK_MISSED, 900) * 20)
    filled = sum(count for colour, count in painted(strip).items() if colour in (look.hex(Token.WARN),))
    strip.show_old(True)
    colours = painted(strip)
    assert look.hex(Token.WARN) not in colours
    assert look.hex(Token.LOST) not in colours
    assert colours[look.hex(Token.TICK)] >= filled


def test_an_empty_strip_paints_nothing(qtbot: QtBot) -> None:
    assert len(painted(shown(qtbot, ()))) == 1
