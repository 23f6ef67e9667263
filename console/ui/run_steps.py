"""The steps of a run as a list: shape, number, sentence, proof found or to come, time, and where no way leads back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.plan import Phase, Step
from console.domain.run import Mode, RunState, RunView, StepReport, StepState
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import shapes, theme
from console.ui.acceptance_words import ACCEPT_STEP
from console.ui.controls import TALL, WRAPS
from console.ui.measures import duration, moment
from console.ui.run_figures import how_far
from console.ui.run_words import gap_text, has_ended, step_state_word
from console.ui.speech import listed, translate
from console.ui.step_shapes import Turning, paint_looked, paint_step
from console.ui.step_words import limit_sentence, phase_name, proof_clauses, step_proof, step_sentence
from console.ui.theme import SMALL, Token

TIME_EM: Final = 5.0
STATE_EM: Final = 5.2
INSET: Final = 1.5  # grid steps at both sides
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_HOLDS: Final = (StepState.DONE, StepState.ALREADY_SO)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in words. `rule`: what the line above it says, where from here there is no way back."""

    key: str
    number: int
    phase: Phase
    state: StepState
    sentence: str
    proof: str
    begun_at: datetime | None
    seconds: float | None
    rule: str = ""
    looked: bool = False  # of a rehearsal: looked at, and nothing is proven by it
    over: bool = False  # the run has ended


def step_rows(run: RunView, now: datetime) -> tuple[StepRow, ...]:
    """Every step of the plan in words, with what the run says of it."""
    reports = {report.key: report for report in run.steps}
    rows = []
    for number, step in enumerate(run.plan.steps, start=1):
        told = reports.get(step.key) or StepReport(key=step.key, phase=step.phase, state=StepState.WAITING)
        if step.key == ACCEPT_STEP and told.state is StepState.FAILED:
            told = replace(told, state=StepState.WAITING, observed="", seconds=None)  # for a person: nothing failed
        rule = ""
        if step.no_return and step.key == run.plan.no_return_key:
            rule = translate("run", "Point of no return")
            if run.no_return_at is not None and run.mode is Mode.REAL:
                passed = moment(run.no_return_at, now)
                rule = translate("run", "Point of no return, passed {at}").format(at=passed)
        rows.append(
            StepRow(
                key=step.key, number=number, phase=step.phase, state=told.state,
                sentence=step_sentence(run.plan, step), proof=_proof(run, step, told),
                begun_at=told.begun_at, seconds=told.seconds, rule=rule,
                over=has_ended(run), looked=run.mode is Mode.REHEARSAL and told.state in _HOLDS,
            )
        )  # fmt: skip
    return tuple(rows)


def _proof(run: RunView, step: Step, told: StepReport) -> str:
    to_come = step_proof(run.plan, step)
    observed = shown(told.observed)
    if run.mode is Mode.REHEARSAL and told.state is not StepState.FAILED and observed:
        return translate("run", "Looked at: {observed}").format(observed=observed)
    found = observed or translate("plan", "; ").join(proof_clauses(run.plan, step))
    match told.state:
        case StepState.DONE:
            return translate("run", "Proven: {observed}").format(observed=found) if found else to_come
        case StepState.ALREADY_SO:
            return translate("run", "Already so: {observed}").format(observed=found) if found else ""
        case StepState.FAILED:
            if not observed:
                return translate("run", "Not proven: {proof}").format(proof=found)
            return translate("run", "Seen instead: {observed}").format(observed=observed)
        case StepState.UNDONE:
            return observed or translate("run", "Undone, and that is proven")
        case StepState.SKIPPED:
            return observed or translate("run", "Not proven: skipped by a person")
        case StepState.RUNNING:
            return translate("run", "{proof}. {limit}").format(proof=to_come, limit=limit_sentence(step))
        case StepState.WAITING if has_ended(run):
            return translate("run", "Never begun")
        case StepState.WAITING:
            about = step.expected_seconds
            if about is not None:
                return translate("run", "{proof}. About {time}").format(proof=to_come, time=gap_text(about))
            return to_come


class StepList(QWidget):
    """Up and Down choose a step, a click too; the chosen one is told, and stays chosen until the run is another."""

    step_chosen = Signal(object)  # a step's key
    moved = Signal(object)  # the QRect that should be seen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StepRow, ...] = ()
        self._now: datetime | None = None
        self._chosen: str | None = None
        self._ended = False
        self._tops: list[int] = []
        self._heads: dict[int, int] = {}  # by row: where its phase's heading stands
        self._laid = (-1, -1)
        self._turning = Turning(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringless", True)  # the chosen row wears it
        theme.changed.connect(self._redress)

    @property
    def rows(self) -> tuple[StepRow, ...]:
        return self._rows

    @property
    def chosen(self) -> str | None:
        return self._chosen

    def show_run(self, run: RunView, now: datetime) -> None:
        """The steps of this run as they stand now."""
        rows = step_rows(run, now)
        self._ended = run.state in (RunState.DONE, RunState.CANCELLED, RunState.LEFT)
        self._now = now
        if rows != self._rows:
            before = self.heightForWidth(self.width())
            self._rows = rows
            self._laid = (-1, -1)
            self.setAccessibleName(translate("run", "Steps, {how_far}").format(how_far=how_far(run)))
            self.setAccessibleDescription("\n".join(spoken(row) for row in rows))
            if self.heightForWidth(self.width()) != before:
                self.updateGeometry()
        self._turning.go(any(row.state is StepState.RUNNING for row in rows))
        self.update()

    def tick(self, now: datetime) -> None:
        """Once a second: the time of the running step counts on."""
        self._now = now
        if any(row.state is StepState.RUNNING for row in self._rows):
            self.update()

    def choose(self, key: str | None) -> None:
        """Mark a step as the one that is shown beside; says nothing back."""
        if key != self._chosen:
            self._chosen = key
            self.update()

    # Where things stand

    def _redress(self) -> None:
        self._laid = (-1, -1)
        self.updateGeometry()
        self.update()

    def _text_left(self) -> int:
        numbers = theme.metrics().horizontalAdvance("00") if len(self._rows) > 9 else theme.em(0.8)
        return theme.grid(INSET) + theme.em(shapes.SHAPE_EM) + theme.grid(2) + numbers + theme.grid(3)

    def _text_width(self, width: int) -> int:
        return max(theme.em(8), width - self._text_left() - theme.em(TIME_EM) - theme.em(STATE_EM) - theme.grid(INSET))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(max(1, width))

    def sizeHint(self) -> QSize:
        return QSize(theme.em(34), self.heightForWidth(max(self.width(), theme.em(30))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(22), theme.em(4))

    def _lay(self, width: int) -> int:
        if self._laid[0] == width:
            return self._laid[1]
        tops, heads, y = [], {}, 0
        for place, row in enumerate(self._rows):
            if place == 0 or row.phase is not self._rows[place - 1].phase:
                y += theme.grid(3) if place else 0
                heads[place] = y
                y += theme.metrics(SMALL).height() + theme.grid(1)
            if row.rule:
                y += theme.metrics(SMALL).height() + theme.grid(2)
            tops.append(y)
            y += self._row_height(row, width)
        self._tops, self._heads, self._laid = tops, heads, (width, y)
        return y

    def _row_height(self, row: StepRow, width: int) -> int:
        return self._sentence_height(row, width) + self._proof_height(row, width) + theme.grid(3)

    def _sentence_height(self, row: StepRow, width: int) -> int:
        metrics = theme.metrics(bold=row.state is StepState.RUNNING)
        return metrics.boundingRect(QRect(0, 0, self._text_width(width) + 2, TALL), WRAPS, row.sentence).height()

    def _proof_height(self, row: StepRow, width: int) -> int:
        metrics = theme.metrics(SMALL)
        room = self._text_width(width) + theme.em(STATE_EM) + theme.em(TIME_EM)
        return metrics.boundingRect(QRect(0, 0, room, TALL), WRAPS, row.proof).height()

    def _row_at(self, point: QPoint) -> StepRow | None:
        for place, row in enumerate(self._rows):
            if self._tops[place] <= point.y() < self._tops[place] + self._row_height(row, self.width()):
                return row
        return None

    def place_of(self, key: str) -> QRect:
        """Where a step stands, for those who scroll to it."""
        self._lay(max(1, self.width()))
        for place, row in enumerate(self._rows):
            if row.key == key:
                return QRect(0, self._tops[place], self.width(), self._row_height(row, self.width()))
        return QRect()

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay(self.width())
        painter = QPainter(self)
        seen = event.rect()
        for place, row in enumerate(self._rows):
            if place in self._heads:
                self._paint_head(painter, self._heads[place], row.phase)
            top = self._tops[place]
            if row.rule:
                self._paint_rule(painter, top, row.rule)
            height = self._row_height(row, self.width())
            if top + height >= seen.top() and top <= seen.bottom():
                self._paint_row(painter, row, QRect(0, top, self.width(), height))

    def _paint_head(self, painter: QPainter, top: int, phase: Phase) -> None:
        painter.setFont(theme.font(SMALL, bold=True))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        box = QRect(theme.grid(INSET), top, self.width(), theme.metrics(SMALL).height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), phase_name(phase))

    def _paint_rule(self, painter: QPainter, row_top: int, text: str) -> None:
        metrics = theme.metrics(SMALL)
        box = QRect(theme.grid(INSET), row_top - metrics.height() - theme.grid(1), self.width(), metrics.height())
        side = theme.em(shapes.SHAPE_EM)
        shapes.paint_health(painter, QRect(box.left(), box.center().y() - side // 2, side, side), Health.DEGRADED)
        x = box.left() + side + theme.grid(2)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.WARN))
        painter.drawText(QRect(x, box.top(), self.width(), box.height()), int(Qt.AlignmentFlag.AlignLeft), text)
        x += metrics.horizontalAdvance(text) + theme.grid(2)
        rest = max(0, self.width() - x - theme.grid(INSET))
        painter.fillRect(x, box.center().y() + 1, rest, 1, theme.colour(Token.WARN))

    def _paint_row(self, painter: QPainter, row: StepRow, box: QRect) -> None:
        running = row.state is StepState.RUNNING
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if running or row.key == self._chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Token.ACCENT_SOFT if running else Token.BACKGROUND))
            painter.drawRoundedRect(QRectF(box), 4, 4)
        if row.key == self._chosen and not running:
            painter.fillRect(QRectF(0, box.top() + 2, 2, box.height() - 4), theme.colour(Token.ACCENT))
        if row.key == self._chosen and self.hasFocus():
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)
        top = box.top() + theme.grid(1.5)
        line, side = theme.metrics().height(), theme.em(shapes.SHAPE_EM)
        shape = QRect(theme.grid(INSET), top + (line - side) // 2, side, side)
        if row.looked:
            paint_looked(painter, shape)
        else:
            paint_step(painter, shape, row.state, self._turning.turn)
        left, width = self._text_left(), self._text_width(self.width())
        self._paint_words(painter, row, QRect(left, top, width, line))
        self._paint_right(painter, row, top, line)

    def _paint_words(self, painter: QPainter, row: StepRow, line: QRect) -> None:
        quiet = row.state in (StepState.WAITING, StepState.SKIPPED, StepState.UNDONE) and not self._ended
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.setFont(theme.font())
        painter.drawText(QRect(0, line.top(), line.left() - theme.grid(3), line.height()),
                         int(Qt.AlignmentFlag.AlignRight | MIDDLE), str(row.number))  # fmt: skip
        high = self._sentence_height(row, self.width())
        painter.setPen(theme.colour(Token.TEXT_MUTED if quiet else Token.TEXT))
        painter.setFont(theme.font(bold=row.state is StepState.RUNNING))
        painter.drawText(QRect(line.left(), line.top(), line.width() + 2, high), WRAPS, row.sentence)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.LOST if row.state is StepState.FAILED else Token.TEXT_MUTED))
        room = line.width() + theme.em(STATE_EM) + theme.em(TIME_EM)
        proof = QRect(line.left(), line.top() + high, room, self._proof_height(row, self.width()))
        painter.drawText(proof, WRAPS, row.proof)

    def _paint_right(self, painter: QPainter, row: StepRow, top: int, line: int) -> None:
        right = self.width() - theme.grid(INSET)
        time = self._time(row)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT))
        side = int(Qt.AlignmentFlag.AlignRight | MIDDLE)
        painter.drawText(QRect(right - theme.em(TIME_EM), top, theme.em(TIME_EM), line), side, time)
        painter.setPen(theme.colour(Token.LOST if row.state is StepState.FAILED else Token.TEXT_MUTED))
        left = right - theme.em(TIME_EM) - theme.em(STATE_EM)
        painter.drawText(QRect(left, top, theme.em(STATE_EM), line), side, row_word(row))

    def _time(self, row: StepRow) -> str:
        if row.state is StepState.RUNNING and row.begun_at is not None and self._now is not None:
            return duration((self._now - row.begun_at).total_seconds(), whole=True)
        if row.seconds is None or row.state in (StepState.WAITING, StepState.SKIPPED):
            return ""
        return gap_text(row.seconds)

    # Hands

    def _go(self, key: str) -> None:
        self.choose(key)
        self.step_chosen.emit(key)
        self.moved.emit(self.place_of(key))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is not None:
            self._go(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [row.key for row in self._rows]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not keys:
            super().keyPressEvent(event)
            return
        here = keys.index(self._chosen) if self._chosen in keys else -1
        self._go(keys[max(0, min(len(keys) - 1, here + step))])

    def event(self, event: QEvent) -> bool:
        # Up and Down belong to the rows, not to a scroll area around them.
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in arrows:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._chosen is not None:
            self.moved.emit(self.place_of(self._chosen))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turning.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turning.look()


def row_word(row: StepRow) -> str:
    """How a step stands, in a word or two."""
    if row.over and row.state is StepState.WAITING:
        return translate("run", "not run")
    return translate("run", "looked at") if row.looked else step_state_word(row.state)


def spoken(row: StepRow) -> str:
    """A step in one line for a screen reader."""
    parts = [f"{row.number} {row.sentence}", row_word(row), row.proof]
    if row.seconds is not None:
        parts.append(gap_text(row.seconds))
    said = listed(part for part in parts if part)
    return f"{row.rule}\n{said}" if row.rule else said
