"""The one place of colours, sizes and fonts; every token has a meaning, no widget names a colour itself."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

SMALL: Final = 0.85  # em: labels, sources, ages
VERDICT: Final = 1.15  # em, bold
BIG: Final = 1.5  # em, bold: the one big figure of a page


class Token(Enum):
    """A colour by its meaning, as light and dark value."""

    BACKGROUND = ("#F4F5F7", "#121518")
    SURFACE = ("#FFFFFF", "#1A1E22")
    SUNKEN = ("#EAECEF", "#0D0F12")
    BORDER = ("#D8DCE1", "#2F363D")
    CONTROL = ("#7C8590", "#727D89")
    TEXT = ("#15181C", "#E4E7EA")
    TEXT_MUTED = ("#535B66", "#A1ABB5")
    ACCENT = ("#2353C4", "#86ABFF")
    ON_ACCENT = ("#FFFFFF", "#0E1626")
    ACCENT_SOFT = ("#E5ECFB", "#1F2C47")
    OK = ("#1A6E40", "#5FC48D")
    OK_SOFT = ("#E1F1E7", "#173024")
    WARN = ("#8A5200", "#E2AC4B")
    WARN_SOFT = ("#FBF0DC", "#332812")
    LOST = ("#B0261D", "#FF8B80")
    LOST_SOFT = ("#FBE8E6", "#3A1D1B")
    UNKNOWN = ("#56606C", "#A3ADB8")
    UNKNOWN_SOFT = ("#E6E9ED", "#2A3037")
    ENV_PRODUCTION = ("#7C2D82", "#CF8BD6")
    ENV_STAGING = ("#0B6B80", "#5DB7CB")
    ENV_LAB = ("#6B6557", "#B3AB98")
    SERIES_1 = ("#0A6E9E", "#5FB4DF")
    SERIES_2 = ("#7A4FBF", "#B69AEC")
    SERIES_3 = ("#8F5F34", "#D2A577")
    SERIES_4 = ("#56606C", "#A3ADB8")
    SERIES_5 = ("#AD3F86", "#E48DC1")
    TICK = ("#7A8591", "#7E8994")


@dataclass(frozen=True, slots=True)
class Theme:
    """Light or dark; gives each token its colour."""

    dark: bool

    def hex(self, token: Token) -> str:
        light, dark = token.value
        return dark if self.dark else light

    def colour(self, token: Token) -> QColor:
        return QColor(self.hex(token))


LIGHT: Final = Theme(dark=False)
DARK: Final = Theme(dark=True)
