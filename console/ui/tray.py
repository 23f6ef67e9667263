"""The tray icon with the worst state by its shape, and the notifications; where no tray is, nothing is missing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from console.domain.alerting import Alert
from console.domain.verdict import Health
from console.ui import names, shapes, theme
from console.ui.alert_sentences import item_said
from console.ui.alert_state import Item, worst_health
from console.ui.alert_words import alert_sentence
from console.ui.places import Place
from console.ui.speech import counted, translate
from console.ui.theme import Token

PLATE_CORNER: Final = 0.2  # of the icon's side
PLATE_EDGE: Final = 0.09
ICON_SIDES: Final = (16, 22, 24, 32, 48, 64)
NOTICE_MILLISECONDS: Final = 10_000
TIP_CHARACTERS_MAX: Final = 120  # some systems cut a tooltip after 127


class Sink(Protocol):
    """Where icon and notifications go: the desktop's tray."""

    def setIcon(self, icon: QIcon, /) -> None: ...

    def setToolTip(self, tip: str, /) -> None: ...

    def showMessage(self, title: str, msg: str, icon: QIcon, /, msecs: int = ...) -> None: ...


def state_icon(health: Health) -> QIcon:
    """The shape of a state in the sizes that trays ask for, in the colours of the theme that holds now.

    It stands on a plate of its own ground: nobody knows whether the tray is light or dark.
    """
    icon = QIcon()
    for side in ICON_SIDES:
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Token.SURFACE))
        painter.drawRoundedRect(QRect(0, 0, side, side), side * PLATE_CORNER, side * PLATE_CORNER)
        inset = max(1, round(side * PLATE_EDGE))
        shapes.paint_health(painter, QRect(inset, inset, side - 2 * inset, side - 2 * inset), health)
        painter.end()
        icon.addPixmap(picture)
    return icon


def tray_health(found: Sequence[Item], *, live: bool, well: bool) -> Health:
    """The worst state of all; unknown where nobody looks, or nobody has looked yet."""
    if not live or (not found and not well):
        return Health.UNKNOWN
    return worst_health(tuple(found))


def tray_tip(found: Sequence[Item], health: Health, now: datetime, *, live: bool) -> str:
    """The state as a word, then the worst as a sentence, and how many more there are."""
    word = names.health_word(health)
    if not live:
        said = translate("tray", "the engine does not answer")
    elif not found:
        said = translate("tray", "nothing is wrong") if health is Health.HEALTHY else translate(
            "tray", "nobody has looked yet"
        )  # fmt: skip
    else:
        said = item_said(found[0], now)
        if len(found) > 1:
            more = counted(len(found) - 1, translate("tray", "1 more"), translate("tray", "{n} more"))
            said = translate("tray", "{said} ({more})").format(said=said, more=more)
    tip = translate("tray", "Ledger Console, {word}: {said}").format(word=word, said=said)
    return tip if len(tip) <= TIP_CHARACTERS_MAX else tip[: TIP_CHARACTERS_MAX - 1] + "…"


def notice_of(fresh: Sequence[Alert], drills: frozenset[str] = frozenset()) -> tuple[str, str, Health] | None:
    """Title, sentence and state of one notification for all that is new; None: nothing is.

    `drills`: incidents that were made on purpose; what belongs to one says so.
    """
    if not fresh:
        return None
    first = fresh[0]
    word = names.health_word(first.sign.health)
    title = translate("tray", "{cluster}: {state}").format(
        cluster=first.sign.cluster or translate("tray", "Ledger Console"), state=word
    )
    if first.incident and first.incident in drills:
        title = translate("tray", "Drill, {title}").format(title=title)
    said = alert_sentence(first)
    if len(fresh) > 1:
        more = counted(len(fresh) - 1, translate("tray", "1 more alert"), translate("tray", "{n} more alerts"))
        said = translate("tray", "{said}. And {more}").format(said=said, more=more)
    return title, said, first.sign.health


class Tray(QObject):
    """Shows the worst state where the desktop has a tray; everything it is told is safe without one."""

    open_wanted = Signal()
    show_wanted = Signal(object)  # Place: of the worst alert
    quit_wanted = Signal()

    def __init__(self, parent: QWidget, *, sink: Sink | None = None) -> None:
        super().__init__(parent)
        self._health: Health | None = None
        self._worst: Item | None = None
        self._told: Place | None = None  # where the last notification leads
        self._tip = ""
        self.menu = QMenu(parent)
        self.state = QAction(translate("tray", "Ledger Console"), self)
        self.open = QAction(translate("tray", "Open the window"), self)
        self.worst = QAction(translate("tray", "Show the worst alert"), self)
        self.quit = QAction(translate("tray", "Close the window; the engine goes on watching"), self)
        self.state.setEnabled(False)
        for action in (self.state, self.open, self.worst):
            self.menu.addAction(action)
        self.menu.addSeparator()
        self.menu.addAction(self.quit)
        self.open.triggered.connect(self.open_wanted)
        self.worst.triggered.connect(self._show_worst)
        self.quit.triggered.connect(self.quit_wanted)
        self._icon: QSystemTrayIcon | None = None
        self._sink = sink
        if sink is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._icon = self._sink = self._make()
        theme.changed.connect(self._redress)

    @property
    def is_there(self) -> bool:
        """Has this desktop a tray?"""
        return self._sink is not None

    def _make(self) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(self)
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._activated)
        icon.messageClicked.connect(self._notice_pressed)
        return icon

    def show_state(self, found: Sequence[Item], now: datetime, *, live: bool, well: bool) -> None:
        """Called whenever what is wrong changes; paints only when the state does."""
        health = tray_health(found, live=live, well=well)
        self._worst = found[0] if found and live else None
        tip = tray_tip(found, health, now, live=live)
        self.state.setText(_menu_text(tip))
        self.worst.setEnabled(self._worst is not None)
        if self._sink is None:
            return
        if tip != self._tip:
            self._tip = tip
            self._sink.setToolTip(tip)
        if health is not self._health:
            self._health = health
            self._redress()
            if self._icon is not None and not self._icon.isVisible():
                self._icon.show()

    def notify(self, fresh: Sequence[Alert], drills: frozenset[str] = frozenset()) -> None:
        """One notification of the desktop for all that is new."""
        notice = notice_of(fresh, drills)
        if notice is None or self._sink is None:
            return
        title, said, health = notice
        sign = fresh[0].sign
        self._told = Place(sign.cluster or None, sign.node)
        self._sink.showMessage(title, said, state_icon(health), NOTICE_MILLISECONDS)

    def close(self) -> None:
        """Leave the tray."""
        if self._icon is not None:
            self._icon.hide()

    def _redress(self) -> None:
        if self._sink is not None and self._health is not None:
            self._sink.setIcon(state_icon(self._health))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit()

    def _notice_pressed(self) -> None:
        self.open_wanted.emit()
        if self._told is not None:
            self.show_wanted.emit(self._told)

    def _show_worst(self) -> None:
        if self._worst is not None:
            self.open_wanted.emit()
            self.show_wanted.emit(Place(self._worst.cluster or None, self._worst.node))


def _menu_text(text: str) -> str:
    """A menu takes '&' for a key of its own."""
    return text.replace("&", "&&")
