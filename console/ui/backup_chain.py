"""The chain of backups on its time axis: what stands on what, what was proven, what can be got back, and what can't."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.domain.backup import Backup, BackupsView, RepositorySeen
from console.domain.text import shown
from console.ui import theme
from console.ui.backup_sentences import hole_text
from console.ui.backup_shapes import proof_word
from console.ui.backup_state import Proof, by_time, chain_of, marks_of, proof_of
from console.ui.backup_words import capital, kind_word, stamp
from console.ui.chain_layout import Box, Picture, Sizes, picture
from console.ui.chain_paint import HOLE_EM_MIN, LABEL_EM, NOW_EM, ChainPaint
from console.ui.figure_table import plain_tip
from console.ui.measures import bytes_text, duration
from console.ui.speech import translate

TURN_MILLISECONDS: Final = 250  # the arc of a running backup turns four steps a second


class BackupChain(QWidget):
    """One repository's backups. Left and Right walk through time, Up to what a backup needs, Down to what needs it."""

    selected = Signal(object)  # the Backup that a person chose

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: BackupsView | None = None
        self._seen: RepositorySeen | None = None
        self._now: datetime | None = None
        self._since: datetime | None = None
        self._chosen = ""
        self._chain: frozenset[str] = frozenset()
        self._proofs: dict[str, Proof] = {}
        self._picture: Picture | None = None
        self._turn = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringless", True)  # the chosen box wears it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._turning = QTimer(self)
        self._turning.setInterval(TURN_MILLISECONDS)
        self._turning.timeout.connect(self._turn_on)
        theme.changed.connect(self._redress)

    # What it shows

    @property
    def chosen(self) -> str:
        """The id of the chosen backup."""
        return self._chosen

    @property
    def picture(self) -> Picture | None:
        return self._picture

    def show_chain(
        self, view: BackupsView, seen: RepositorySeen, chosen: str, now: datetime, since: datetime | None = None
    ) -> None:
        """This repository of the view; `since`: what is older is left out."""
        self._view, self._seen, self._now, self._since = view, seen, now, since
        self._chosen = chosen
        one = next((one for one in seen.backups if one.id == chosen), None)
        self._chain = frozenset(each.id for each in chain_of(one, seen.backups)) if one is not None else frozenset()
        self._proofs = {each.id: proof_of(each, marks_of(view, each)) for each in seen.backups}
        before = self._picture.rows.height if self._picture is not None else 0.0
        self._lay()
        if self._picture is not None and self._picture.rows.height != before:
            self.updateGeometry()
        running = self._picture is not None and self._picture.job is not None
        if running and not self._turning.isActive():
            self._turning.start()
        elif not running:
            self._turning.stop()
        self._speak()
        self.update()

    def _redress(self) -> None:
        self._lay()
        self.updateGeometry()
        self.update()

    def _lay(self) -> None:
        if self._view is None or self._seen is None or self._now is None:
            self._picture = None
            return
        em = float(theme.em())
        sizes = Sizes(em=em, width=float(max(self.width(), theme.em(30))), label=LABEL_EM * em, now=NOW_EM * em)
        self._picture = picture(self._view, self._seen, self._now, sizes, since=self._since)

    def _speak(self) -> None:
        """All of it as text: each backup a line, then what can't be restored."""
        view, seen, now = self._view, self._seen, self._now
        if view is None or seen is None or now is None:
            return
        name = translate("backup", "Chain of backups on {repository}").format(repository=shown(seen.spec.name))
        one = next((one for one in seen.backups if one.id == self._chosen), None)
        if one is not None:
            text = translate("backup", "{chain}. Selected: {backup}")
            name = text.format(chain=name, backup=self.spoken(one))
        self.setAccessibleName(name)
        lines = [self.spoken(one) for one in by_time(seen.backups)]
        if self._picture is not None:
            lines += [" ".join(hole_text(view, band.stretch)) for band in self._picture.holes]
        self.setAccessibleDescription("\n".join(lines))

    def spoken(self, backup: Backup) -> str:
        """A backup in one line, as the screen reader and the pointer are told it."""
        now = self._now or backup.begun_at
        proof = self._proofs.get(backup.id, Proof.NONE)
        said = [f"{capital(kind_word(backup.kind))}, {stamp(backup.begun_at, now)}", proof_word(proof)]
        if backup.stored_bytes is not None:
            said.append(bytes_text(backup.stored_bytes))
        if backup.ended_at is not None:
            took = (backup.ended_at - backup.begun_at).total_seconds()
            said.append(translate("backup", "took {time}").format(time=duration(took, whole=True)))
        if backup.trouble:
            said.append(shown(backup.trouble, characters_max=200))
        return translate("backup", ", ").join(said)

    # Hands

    def _order(self) -> list[Backup]:
        return [box.backup for box in self._picture.boxes] if self._picture is not None else []

    def choose(self, backup: str) -> None:
        one = next((one for one in self._order() if one.id == backup), None)
        if one is not None and one.id != self._chosen:
            self.selected.emit(one)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = self._order()
        places = {one.id: place for place, one in enumerate(order)}
        here = places.get(self._chosen)
        wanted: int | None = None
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                wanted = len(order) - 1 if here is None else max(0, here - 1)
            case Qt.Key.Key_Right:
                wanted = len(order) - 1 if here is None else min(len(order) - 1, here + 1)
            case Qt.Key.Key_Home:
                wanted = 0
            case Qt.Key.Key_End:
                wanted = len(order) - 1
            case Qt.Key.Key_Up if here is not None:
                wanted = places.get(order[here].parent or "", here)
            case Qt.Key.Key_Down if here is not None:
                wanted = next((n for n, one in enumerate(order) if one.parent == order[here].id), here)
            case _:
                super().keyPressEvent(event)
                return
        if order and wanted is not None:
            self.choose(order[wanted].id)

    def event(self, event: QEvent) -> bool:
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
        if (
            isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and event.key() in arrows
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):  # fmt: skip
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            said = self.said_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(said) if said else "", self)
            return True
        return super().event(event)

    def box_at(self, point: QPointF) -> Box | None:
        """The box under the pointer, or the one that is nearest within reach."""
        if self._picture is None:
            return None
        reach = theme.em(0.3)
        near = [
            box for box in self._picture.boxes
            if box.y - reach <= point.y() <= box.y + box.height + 1.4 * theme.em()
            and box.x - reach <= point.x() <= box.right + reach
        ]  # fmt: skip
        return min(near, key=lambda box: abs(box.centre - point.x()), default=None)

    def said_at(self, point: QPointF) -> str:
        box = self.box_at(point)
        if box is not None:
            return self.spoken(box.backup)
        if self._picture is None or self._view is None:
            return ""
        rows = self._picture.rows
        for band in self._picture.holes:
            wide = max(band.width, theme.em(HOLE_EM_MIN))
            if band.x - 2 <= point.x() <= band.x + wide + 2 and rows.wal <= point.y() <= rows.legend:
                return " ".join(hole_text(self._view, band.stretch))
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = self.box_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and box is not None:
            self.choose(box.backup.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.box_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _turn_on(self) -> None:
        self._turn = (self._turn + 1) % 4
        if self.isVisible():
            self.update()

    # Sizes

    def resizeEvent(self, _event: object) -> None:
        self._lay()

    def sizeHint(self) -> QSize:
        height = self._picture.rows.height if self._picture is not None else 18.0 * theme.em()
        return QSize(theme.em(60), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(30), self.sizeHint().height())

    # Paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        made, view, now = self._picture, self._view, self._now
        if made is None or view is None or now is None:
            return
        look = ChainPaint(
            view=view, now=now, chosen=self._chosen, chain=self._chain, proofs=self._proofs,
            focused=self.hasFocus(), turn=self._turn, width=self.width(),
        )  # fmt: skip
        look.paint(QPainter(self), made)
