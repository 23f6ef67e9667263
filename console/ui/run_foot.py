"""The foot of a run: stop at the left with what will be true afterwards; the report where it has ended."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.run import RunState, RunView
from console.ui import shapes, theme
from console.ui.controls import Act, Says
from console.ui.run_words import after_stop_sentence, has_ended
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

STOP_KEY = "Ctrl+."


class StopAct(Act):
    """A button in the colour of what is lost, as edge and text with a square; never filled."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, key=STOP_KEY, tall_steps=8, parent=parent)

    def say(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def _square(self) -> int:
        return theme.em(0.6)

    def sizeHint(self) -> QSize:
        bold = theme.metrics(bold=True).horizontalAdvance(self.text()) - theme.metrics().horizontalAdvance(self.text())
        size = super().sizeHint()
        return QSize(size.width() + self._square() + theme.grid(2) + bold, size.height())

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        ground, edge, ink = super()._colours()
        return (ground, theme.colour(Token.LOST), theme.colour(Token.LOST)) if self.isEnabled() else (ground, edge, ink)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = self._colours()
        painter.setPen(edge)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = self._square()
        left = theme.grid(3)
        painter.fillRect(QRectF(QPointF(left, (self.height() - side) / 2), QSize(side, side)), ink)
        painter.setPen(ink)
        painter.setFont(theme.font(bold=True))
        inner = self.rect().adjusted(left + side + theme.grid(2), 0, 0, 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        cap = shapes.key_size(STOP_KEY)
        place = QRect(self.rect().right() - theme.grid(2) - cap.width(), 0, cap.width(), self.height())
        shapes.paint_key(painter, place, STOP_KEY)


class RunFoot(QWidget):
    """What can be done with the run as a whole."""

    stop_wanted = Signal(object)  # the RunView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunView | None = None
        self._stopping = ""  # the run that was told to stop, until it says so itself
        self.stop = StopAct(translate("run", "Stop after this step"))
        self.stop.setShortcut(STOP_KEY)
        self.stop.clicked.connect(self._stop)
        self.after = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.report = Act(translate("run", "Open the report"), tall_steps=8)
        self.report.clicked.connect(self._open)
        self._trouble = Says(size_em=SMALL, token=Token.LOST)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.grid(2), 0, theme.grid(2))
        row.setSpacing(theme.grid(3))
        row.addWidget(self.stop)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.after, 3, middle)
        row.addWidget(self._trouble, 3, middle)
        row.addStretch(1)
        row.addWidget(self.report)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_run(self, run: RunView, *, reading: bool) -> None:
        """Stop while it runs, the report when it has ended."""
        if self._run is None or run.id != self._run.id:
            self._trouble.say("")
        self._run = run
        if run.state is not RunState.RUNNING:
            self._stopping = ""
        runs = run.state in (RunState.RUNNING, RunState.STOPPING) and not reading
        stopping = run.state is RunState.STOPPING or self._stopping == run.id
        self.stop.setVisible(runs)
        self.stop.setEnabled(not stopping)
        self.stop.say(translate("run", "Stopping …") if stopping else translate("run", "Stop after this step"))
        self.after.say(after_stop_sentence(run) if runs else "")
        self.report.setVisible(has_ended(run) and bool(run.report))
        self.setVisible(runs or not self.report.isHidden())

    def show_refused(self, reason: str) -> None:
        """The stop was not taken."""
        self._stopping = ""
        self._trouble.say(reason)
        if self._run is not None:
            self.stop.setEnabled(self._run.state is RunState.RUNNING)
            self.stop.say(translate("run", "Stop after this step"))

    def _stop(self) -> None:
        run = self._run
        if run is not None and run.state is RunState.RUNNING and self._stopping != run.id:
            self._stopping = run.id
            self.stop.setEnabled(False)
            self.stop.say(translate("run", "Stopping …"))
            self.stop_wanted.emit(run)

    def _open(self) -> None:
        if self._run is not None:
            self._trouble.say(open_report(self._run.report))


def open_report(path: str) -> str:
    """Show a report in the system's browser; gives back what went wrong, or an empty text."""
    if not path or not Path(path).is_file():
        return translate("run", "The report is not there any more: {path}").format(path=path or "?")
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
        return translate("run", "No program opens it. The report lies at {path}").format(path=path)
    return ""
