"""The theme's promises: contrasts by WCAG 2.1, figures of one width, sizes that follow the font."""

import itertools

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.ui import theme
from console.ui.theme import DARK, LIGHT, Theme, Token

TEXT_LEAST = 4.5
SHAPE_LEAST = 3.0
GROUNDS = (Token.BACKGROUND, Token.SURFACE, Token.SUNKEN, Token.ACCENT_SOFT)
TEXTS = (
    Token.TEXT, Token.TEXT_MUTED, Token.ACCENT, Token.OK, Token.WARN, Token.LOST, Token.UNKNOWN,
    Token.ENV_PRODUCTION, Token.ENV_STAGING, Token.ENV_LAB,
    Token.SERIES_1, Token.SERIES_2, Token.SERIES_3, Token.SERIES_4, Token.SERIES_5,
)  # fmt: skip
SHAPES = (Token.CONTROL, Token.TICK)
ON_SOFT = (
    (Token.ON_ACCENT, Token.ACCENT), (Token.ACCENT, Token.ACCENT_SOFT), (Token.OK, Token.OK_SOFT),
    (Token.WARN, Token.WARN_SOFT), (Token.LOST, Token.LOST_SOFT), (Token.UNKNOWN, Token.UNKNOWN_SOFT),
    (Token.TEXT, Token.WARN_SOFT), (Token.TEXT, Token.LOST_SOFT), (Token.TEXT, Token.UNKNOWN_SOFT),
    (Token.TEXT_MUTED, Token.WARN_SOFT), (Token.TEXT_MUTED, Token.LOST_SOFT), (Token.TEXT_MUTED, Token.UNKNOWN_SOFT),
)  # fmt: skip


def luminance(hex_value: str) -> float:
    channels = [int(hex_value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(look: Theme, one: Token, other: Token) -> float:
    light, dark = sorted((luminance(look.hex(one)), luminance(look.hex(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert (luminance("#FFFFFF") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21.0)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("token", "ground"), list(itertools.product(TEXTS, GROUNDS)), ids=lambda token: token.name)
def test_every_text_can_be_read_on_every_ground(look: Theme, token: Token, ground: Token) -> None:
    assert contrast(look, token, ground) >= TEXT_LEAST


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("token", "ground"), list(itertools.product(SHAPES, GROUNDS)), ids=lambda token: token.name)
def test_every_shape_can_be_seen_on_every_ground(look: Theme, token: Token, ground: Token) -> None:
    assert contrast(look, token, ground) >= SHAPE_LEAST


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("token", "ground"), ON_SOFT, ids=lambda token: token.name)
def test_every_state_can_be_read_on_its_own_soft_ground(look: Theme, token: Token, ground: Token) -> None:
    assert contrast(look, token, ground) >= TEXT_LEAST


def test_every_token_has_its_own_place_though_two_share_a_colour() -> None:
    assert len(list(Token)) == 27
    assert Token.SERIES_4 is not Token.UNKNOWN


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("size", [theme.SMALL, theme.BODY, theme.VERDICT, theme.BIG])
def test_figures_are_equally_wide(size: float, bold: bool) -> None:
    measure = QFontMetricsF(theme.font(size, bold=bold))
    assert measure.horizontalAdvance("111") == measure.horizontalAdvance("888")


def test_sizes_follow_the_font(qapp: QApplication) -> None:
    assert (theme.em(), theme.grid(6)) == (13, 24)
    theme.apply(qapp, theme.Choice.LIGHT, pixels=26)
    assert (theme.em(), theme.grid(6)) == (26, 48)


def test_a_change_of_theme_is_told_and_reaches_the_palette(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, theme.Choice.DARK, pixels=13)
    assert theme.current() is DARK
    assert qapp.palette().window().color().name().upper() == DARK.hex(Token.BACKGROUND)
    assert DARK.hex(Token.ACCENT) in theme.stylesheet(DARK)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_no_token_is_left_unfilled_in_the_style_sheet(look: Theme) -> None:
    sheet = theme.stylesheet(look)
    for token in Token:
        assert "{" + token.name.lower() + "}" not in sheet
