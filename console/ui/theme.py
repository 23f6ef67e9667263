"""The one place of colours, sizes and fonts; every token has a meaning, no widget names a colour itself."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from console.domain.cluster import Environment
from console.domain.verdict import Health

SMALL: Final = 0.85  # em: labels, sources, ages
BODY: Final = 1.0
VERDICT: Final = 1.15  # em, bold
BIG: Final = 1.4  # em, bold: the one big figure of a page

GRID_PER_EM: Final = 3.25  # the grid of 4 px is counted in these, so that gaps grow with the font

FACES_WANTED: Final = ("Inter", "Noto Sans", "DejaVu Sans")  # where the platform names no interface font itself
FACES_HAN: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei")
FACES_MONO: Final = ("JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono")
BARE_PLATFORMS: Final = ("offscreen", "minimal", "vnc")


@dataclass(frozen=True, slots=True, eq=False)
class Tone:
    """One meaning's colour on light and on dark ground. Two meanings stay two, even where their colours are equal."""

    light: str
    dark: str


class Token(Enum):
    """A colour by its meaning, as light and dark value."""

    BACKGROUND = Tone("#F4F5F7", "#121518")
    SURFACE = Tone("#FFFFFF", "#1A1E22")
    SUNKEN = Tone("#EAECEF", "#0D0F12")
    BORDER = Tone("#D8DCE1", "#2F363D")
    CONTROL = Tone("#7C8590", "#727D89")
    TEXT = Tone("#15181C", "#E4E7EA")
    TEXT_MUTED = Tone("#535B66", "#A1ABB5")
    ACCENT = Tone("#2353C4", "#86ABFF")
    ON_ACCENT = Tone("#FFFFFF", "#0E1626")
    ACCENT_SOFT = Tone("#E5ECFB", "#1F2C47")
    OK = Tone("#1A6E40", "#5FC48D")
    OK_SOFT = Tone("#E1F1E7", "#173024")
    WARN = Tone("#8A5200", "#E2AC4B")
    WARN_SOFT = Tone("#FBF0DC", "#332812")
    LOST = Tone("#B0261D", "#FF8B80")
    LOST_SOFT = Tone("#FBE8E6", "#3A1D1B")
    UNKNOWN = Tone("#56606C", "#A3ADB8")
    UNKNOWN_SOFT = Tone("#E6E9ED", "#2A3037")
    ENV_PRODUCTION = Tone("#7C2D82", "#CF8BD6")
    ENV_STAGING = Tone("#0B6B80", "#5DB7CB")
    ENV_LAB = Tone("#6B6557", "#B3AB98")
    SERIES_1 = Tone("#0A6E9E", "#5FB4DF")
    SERIES_2 = Tone("#7A4FBF", "#B69AEC")
    SERIES_3 = Tone("#8F5F34", "#D2A577")
    SERIES_4 = Tone("#56606C", "#A3ADB8")  # noqa: PIE796  another meaning with the colour of UNKNOWN
    SERIES_5 = Tone("#AD3F86", "#E48DC1")
    TICK = Tone("#7A8591", "#7E8994")


HEALTH_TOKENS: Final = {
    Health.HEALTHY: Token.OK,
    Health.DEGRADED: Token.WARN,
    Health.LOST: Token.LOST,
    Health.UNKNOWN: Token.UNKNOWN,
}
HEALTH_SOFT_TOKENS: Final = {
    Health.HEALTHY: Token.OK_SOFT,
    Health.DEGRADED: Token.WARN_SOFT,
    Health.LOST: Token.LOST_SOFT,
    Health.UNKNOWN: Token.UNKNOWN_SOFT,
}
ENVIRONMENT_TOKENS: Final = {
    Environment.PRODUCTION: Token.ENV_PRODUCTION,
    Environment.STAGING: Token.ENV_STAGING,
    Environment.LAB: Token.ENV_LAB,
}


@cache
def _colour(hex_value: str) -> QColor:
    return QColor(hex_value)


@dataclass(frozen=True, slots=True)
class Theme:
    """Light or dark; gives each token its colour."""

    dark: bool

    def hex(self, token: Token) -> str:
        return token.value.dark if self.dark else token.value.light

    def colour(self, token: Token) -> QColor:
        """The token's colour; shared, so a caller that wants to change it makes a copy."""
        return _colour(self.hex(token))


LIGHT: Final = Theme(dark=False)
DARK: Final = Theme(dark=True)


class Choice(Enum):
    """What a person chose: to follow the system, or one theme for good."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Look(QObject):
    """The theme, font size and faces that hold now, and the signal that they changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.choice = Choice.SYSTEM
        self.pixels = 13.0
        self.faces: tuple[str, ...] = ()
        self.faces_mono: tuple[str, ...] = ()
        self.fonts: dict[tuple[float, bool, bool], tuple[QFont, QFontMetrics]] = {}

    def follow_system(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.choice is Choice.SYSTEM:
            apply(app, Choice.SYSTEM)


_LOOK: Final = _Look()
changed: Final = _LOOK.changed  # emitted after the theme or the font changed; `changed.connect(self.restyle)`


def current() -> Theme:
    """The theme that holds now."""
    return _LOOK.theme


def colour(token: Token) -> QColor:
    """A token's colour in the theme that holds now."""
    return _LOOK.theme.colour(token)


def em(factor: float = 1.0) -> int:
    """So many times the font size that the user chose, in whole logical pixels."""
    return round(_LOOK.pixels * factor)


def grid(steps: float) -> int:
    """So many steps of the 4 px grid, grown with the font: `grid(2)` is 8 px at a font of 13 px."""
    return round(_LOOK.pixels / GRID_PER_EM * steps)


def font(size_em: float = BODY, *, bold: bool = False, mono: bool = False) -> QFont:
    """A font of the theme with tabular figures; shared, so a caller that wants to change it makes a copy."""
    return _font_and_metrics(size_em, bold, mono)[0]


def metrics(size_em: float = BODY, *, bold: bool = False, mono: bool = False) -> QFontMetrics:
    """The measures of `font(...)` with the same arguments."""
    return _font_and_metrics(size_em, bold, mono)[1]


def _font_and_metrics(size_em: float, bold: bool, mono: bool) -> tuple[QFont, QFontMetrics]:
    key = (size_em, bold, mono)
    known = _LOOK.fonts.get(key)
    if known is None:
        made = _make_font(size_em, bold, mono)
        known = _LOOK.fonts[key] = (made, QFontMetrics(made))
    return known


def _make_font(size_em: float, bold: bool, mono: bool) -> QFont:
    made = QFont()
    faces = _LOOK.faces_mono if mono else _LOOK.faces
    if faces:
        made.setFamilies([*faces, *FACES_HAN])
    made.setStyleHint(QFont.StyleHint.Monospace if mono else QFont.StyleHint.SansSerif)
    made.setPixelSize(max(1, em(size_em)))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def apply(app: QApplication, choice: Choice = Choice.SYSTEM, *, pixels: float | None = None) -> None:
    """Dress the application: palette, fonts, style sheet. Follows the system's later changes if so chosen.

    `pixels`: the font size; None keeps what the platform, or the user in the platform's settings, chose.
    """
    if not _LOOK.faces:
        _meet(app)
    _LOOK.choice = choice
    _LOOK.theme = _theme_of(app, choice)
    _LOOK.pixels = float(pixels if pixels is not None else QFontInfo(app.font()).pixelSize())
    _LOOK.fonts.clear()
    app.setFont(font())
    app.setPalette(palette(_LOOK.theme))
    app.setStyleSheet(stylesheet(_LOOK.theme))
    _LOOK.changed.emit()


def _meet(app: QApplication) -> None:
    """What is done once: the style that all platforms share, the faces, the ear for the system's changes."""
    app.setStyle("Fusion")
    own = QFontInfo(app.font()).family()
    present = set(QFontDatabase.families())
    wanted = [face for face in FACES_WANTED if face in present]
    bare = QGuiApplication.platformName() in BARE_PLATFORMS
    _LOOK.faces = tuple(wanted[:1] if bare and wanted else [own]) if own or wanted else ()
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    _LOOK.faces_mono = tuple(face for face in (*FACES_MONO, fixed) if face in present) or (fixed,)
    app.styleHints().colorSchemeChanged.connect(_LOOK.follow_system)


def _theme_of(app: QApplication, choice: Choice) -> Theme:
    if choice is Choice.SYSTEM:
        return DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if choice is Choice.DARK else LIGHT


def palette(theme: Theme) -> QPalette:
    """The tokens as the roles that Qt's own widgets know."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: Token.BACKGROUND,
        QPalette.ColorRole.Base: Token.SURFACE,
        QPalette.ColorRole.AlternateBase: Token.SUNKEN,
        QPalette.ColorRole.Button: Token.SURFACE,
        QPalette.ColorRole.ToolTipBase: Token.SURFACE,
        QPalette.ColorRole.Highlight: Token.ACCENT_SOFT,
        QPalette.ColorRole.WindowText: Token.TEXT,
        QPalette.ColorRole.Text: Token.TEXT,
        QPalette.ColorRole.ButtonText: Token.TEXT,
        QPalette.ColorRole.ToolTipText: Token.TEXT,
        QPalette.ColorRole.HighlightedText: Token.TEXT,
        QPalette.ColorRole.BrightText: Token.TEXT,
        QPalette.ColorRole.PlaceholderText: Token.TEXT_MUTED,
        QPalette.ColorRole.Link: Token.ACCENT,
        QPalette.ColorRole.LinkVisited: Token.ACCENT,
        QPalette.ColorRole.Accent: Token.ACCENT,
        QPalette.ColorRole.Mid: Token.BORDER,
        QPalette.ColorRole.Midlight: Token.BORDER,
        QPalette.ColorRole.Dark: Token.CONTROL,
        QPalette.ColorRole.Light: Token.SURFACE,
        QPalette.ColorRole.Shadow: Token.BORDER,
    }
    for role, token in roles.items():
        made.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour(Token.TEXT_MUTED))
    return made


_SHEET: Final = """
QToolTip { color: {text}; background: {surface}; border: 1px solid {control}; padding: {g1}px; }
QPushButton { color: {text}; background: {surface}; border: 1px solid {control}; border-radius: {g1}px;
  padding: 0 {g3}px; min-height: {button}px; }
QPushButton:hover { background: {background}; }
QPushButton:pressed { background: {accent_soft}; }
QPushButton:disabled { color: {text_muted}; background: {sunken}; border-color: {border}; }
QPushButton[filled="true"] { color: {on_accent}; background: {accent}; border-color: {accent}; }
QPushButton[filled="true"]:disabled { color: {text_muted}; background: {sunken}; border-color: {border}; }
QLineEdit, QPlainTextEdit, QSpinBox, QComboBox { color: {text}; background: {surface}; border: 1px solid {control};
  border-radius: {g1}px; padding: 0 {g2}px; min-height: {button}px; selection-background-color: {accent};
  selection-color: {on_accent}; }
QLineEdit { placeholder-text-color: {text_muted}; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: {text_muted}; background: {sunken};
  border-color: {border}; }
QComboBox::drop-down { border: none; width: {g5}px; }
QComboBox QAbstractItemView { color: {text}; background: {surface}; border: 1px solid {control};
  selection-background-color: {accent_soft}; selection-color: {text}; }
QMenu { color: {text}; background: {surface}; border: 1px solid {control}; padding: {g1}px 0; }
QMenu::item { padding: {g1}px {g5}px {g1}px {g4}px; }
QMenu::item:selected { background: {accent_soft}; }
QMenu::item:disabled { color: {text_muted}; }
QMenu::separator { height: 1px; background: {border}; margin: {g1}px 0; }
QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: {g3}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: {g3}px; margin: 0; }
QScrollBar::handle { background: {control}; border-radius: {bar}px; margin: {inset}px; }
QScrollBar::handle:vertical { min-height: {g6}px; }
QScrollBar::handle:horizontal { min-width: {g6}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QListView#lines { background: transparent; }
QListView#lines::item { min-height: {g6}px; padding: 0 {g2}px; border-radius: {g1}px; color: {text}; }
QListView#lines::item:selected { background: {accent_soft}; color: {text}; }
QDialog { background: {surface}; }
"""


def stylesheet(theme: Theme) -> str:
    """What Qt's own widgets take from the tokens; painted widgets ask `colour` themselves."""
    sheet = _SHEET
    sizes = {f"g{steps}": grid(steps) for steps in range(1, 7)}
    sizes |= {"button": grid(7) - 2, "bar": max(1, grid(0.5)), "inset": max(1, grid(0.75))}
    for name, pixels in sizes.items():
        sheet = sheet.replace("{" + name + "}", str(pixels))
    for token in Token:
        sheet = sheet.replace("{" + token.name.lower() + "}", theme.hex(token))
    return sheet
