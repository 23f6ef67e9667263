"""The bar on top: what is wrong now, one at a time, the worst first; acknowledged and silenced from there."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.alerting import Alert, AlertState
from console.domain.reading import Moment
from console.domain.run import Mode, RunState, RunView
from console.domain.verdict import Health
from console.ui import run_words, shapes, theme
from console.ui.alert_sentences import item_said, item_since
from console.ui.alert_state import Item, of_concerns
from console.ui.concerns import Concern
from console.ui.controls import WRAPS, Act
from console.ui.measures import duration
from console.ui.places import Place
from console.ui.speech import counted, translate
from console.ui.step_shapes import Turning, paint_arc
from console.ui.theme import SMALL, Token

HEIGHT_STEPS: Final = 9  # 36 px at 13 px
CALM_STEPS: Final = 6


class AlertBar(QWidget):
    """One line; it grows where a sentence needs two, and shrinks when nothing is wrong."""

    show_wanted = Signal(object)  # Place
    run_wanted = Signal(object)  # RunView
    acknowledge_wanted = Signal(object)  # Alert: a person takes it
    silence_wanted = Signal(object)  # Alert
    list_wanted = Signal()  # all of them

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._items: tuple[Item, ...] = ()
        self._came_ticks = 0.0
        self._place = 0
        self._calm = translate("bar", "The engine is being asked …")
        self._well = False
        self._engine_trouble = ""
        self._run: RunView | None = None
        self._run_passed = False  # F8 led to the plan; the next press leads to what else is wrong
        self._turning = Turning(self)
        self._act = Act(translate("bar", "Show"), key="F8", tall_steps=6, parent=self)
        self._act.clicked.connect(self.go_on)
        self.take = Act(translate("bar", "Acknowledge …"), key="Shift+F8", tall_steps=6, parent=self)
        self.take.clicked.connect(self.acknowledge)
        self.hush = Act(translate("bar", "Silence …"), key="Ctrl+F8", tall_steps=6, parent=self)
        self.hush.clicked.connect(self.silence)
        for act in (self._act, self.take, self.hush):
            act.hide()
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fitting.start)
        self._tell()

    def show_concerns(self, concerns: tuple[Concern, ...], *, calm: str, well: bool) -> None:
        """Show the worst of these, or the calm sentence; `well`: somebody looked, and found nothing wrong.

        The one that a person looks at stays while it is there.
        """
        self.show_items(of_concerns(concerns), calm=calm, well=well)

    def show_items(self, items: tuple[Item, ...], *, calm: str, well: bool) -> None:
        """The same, of alerts and findings."""
        looked_at = self._items[self._place] if self._place and self._place < len(self._items) else None
        self._items, self._calm, self._well = items, calm, well
        self._came_ticks = self._clock().ticks
        keys = [one.key for one in items]
        self._place = keys.index(looked_at.key) if looked_at is not None and looked_at.key in keys else 0
        self._tell()

    def show_run(self, run: RunView | None) -> None:
        """A plan that runs takes the bar over, and can't be sent away; None ends it."""
        if run is None or self._run is None or run.id != self._run.id or run.state is not self._run.state:
            self._run_passed = False
        self._run = run
        self._turning.go(run is not None and run.state is not RunState.ASKING)
        self._tell()

    def show_engine_trouble(self, text: str) -> None:
        """While the engine is away nothing else is known; an empty text ends it."""
        if text != self._engine_trouble:
            self._engine_trouble = text
            self._tell()

    def tick(self) -> None:
        """Called each second: durations count on."""
        self._tell()

    def go_on(self) -> None:
        """Show the plan or the alert that stands here; pressed again, the next one."""
        if self._engine_trouble:
            return
        if self._run is not None and not self._run_passed:
            self._run_passed = bool(self._items)
            self._last_shown = None
            self._place = 0
            self.run_wanted.emit(self._run)
            return
        if not self._items:
            return
        place = _where(self._items[self._place])
        if self._last_shown == place and self._run is not None and self._place + 1 == len(self._items):
            self._run_passed = False  # all were shown: the plan comes first again
            self.go_on()
            return
        if self._last_shown == place and len(self._items) > 1:
            self._place = (self._place + 1) % len(self._items)
            place = _where(self._items[self._place])
        self._last_shown = place
        self._tell()
        if place.cluster is None:  # of the console itself: there is no page of it, but the list tells more
            self.list_wanted.emit()
        else:
            self.show_wanted.emit(place)

    _last_shown: Place | None = None
    _acts_of: tuple[str, bool] | None = None  # the alert that the buttons speak of, and whether it is open

    def acknowledge(self) -> None:
        """A person takes the alert that stands here; what stands here without an alert can't be taken."""
        alert = self._alert()
        if alert is not None and alert.state is AlertState.OPEN:
            self.acknowledge_wanted.emit(alert)

    def silence(self) -> None:
        """Use no way out for what stands here, for a time."""
        alert = self._alert()
        if alert is not None:
            self.silence_wanted.emit(alert)

    def _alert(self) -> Alert | None:
        """The alert that stands here: none while a plan or the engine's trouble has the bar."""
        if self._engine_trouble or self._run is not None or not self._items:
            return None
        return self._items[self._place].alert

    # What it says

    def _health(self) -> Health:
        if self._engine_trouble:
            return Health.UNKNOWN
        if not self._items:
            return Health.HEALTHY if self._well else Health.UNKNOWN
        return self._items[self._place].health

    def _parts(self) -> tuple[str, str, str]:
        """Place among all, sentence, since when."""
        if self._engine_trouble:
            return "", self._engine_trouble, ""
        if self._run is not None:
            return self._run_parts(self._run)
        if not self._items:
            return "", self._calm, ""
        now = self._clock()
        item = self._items[self._place]
        place = translate("bar", "{n} of {m}").format(n=self._place + 1, m=len(self._items))
        older = now.ticks - self._came_ticks
        return place, item_said(item, now.utc, older_seconds=older), item_since(item, now.utc)

    def _run_parts(self, run: RunView) -> tuple[str, str, str]:
        """That a plan runs, which one and by whom, for how long; and how much else is wrong."""
        head = translate("bar", "Plan running")
        if run.mode is Mode.REHEARSAL:
            head = translate("bar", "Rehearsal running")
        if run.state is RunState.ASKING:
            head = translate("bar", "The plan asks")
        elif run.state is RunState.WAITING:
            head = translate("bar", "Plan waits for approval")
        since = ""
        if run.begun_at is not None:
            seconds = (self._clock().utc - run.begun_at).total_seconds()
            since = translate("bar", "for {time}").format(time=duration(seconds, whole=True))
        if self._items:
            one, many = translate("bar", "1 alert"), translate("bar", "{n} alerts")
            alerts = counted(len(self._items), one, many)
            text = translate("bar", "{since}; {alerts}") if since else translate("bar", "{alerts}")
            since = text.format(since=since, alerts=alerts)
        return head, run_words.run_line(run), since

    def _soft(self) -> Token:
        """The ground of the bar."""
        if self._shows_run() and self._run is not None:
            return Token.WARN_SOFT if self._run.state is RunState.ASKING else Token.ACCENT_SOFT
        return Token.BACKGROUND if self._is_calm() or self._steps_back() else theme.HEALTH_SOFT_TOKENS[self._health()]

    def _steps_back(self) -> bool:
        """What stands here was taken by a person: it stays, and calls no more."""
        return not self._engine_trouble and self._run is None and bool(self._items) and self._items[self._place].taken

    def _shows_run(self) -> bool:
        return self._run is not None and not self._engine_trouble

    def _tell(self) -> None:
        parts = self._parts()
        spoken = " ".join(part for part in parts if part)
        alert = self._alert()
        acts = (alert.id if alert is not None else "", alert is not None and alert.state is AlertState.OPEN)
        if spoken == self.accessibleName() and acts == self._acts_of and not self._fitting.isActive():
            return
        self._acts_of = acts
        self.setAccessibleName(spoken)
        self._act.setVisible((bool(self._items) or self._run is not None) and not self._engine_trouble)
        self.take.setVisible(alert is not None and alert.state is AlertState.OPEN)
        self.hush.setVisible(alert is not None and not self._items[self._place].silence)
        self._fit()
        self.update()

    # Where it stands

    def _is_calm(self) -> bool:
        return not self._items and not self._engine_trouble and self._run is None

    def _text_left(self) -> int:
        return theme.grid(4) + theme.em(1.15) + theme.grid(2.5)

    def _text_width(self) -> int:
        acts = self._acts()
        right = sum(act.sizeHint().width() + theme.grid(2) for act in acts) + theme.grid(4)
        return max(theme.em(10), self.width() - self._text_left() - right)

    def _acts(self) -> list[Act]:
        """The buttons that stand here, from the right."""
        return [act for act in (self.hush, self.take, self._act) if act.isVisibleTo(self)]

    def _lines(self) -> list[tuple[str, bool, Token]]:
        place, said, since = self._parts()
        state = theme.HEALTH_TOKENS[self._health()]
        if self._shows_run() and self._run is not None:
            state = Token.WARN if self._run.state is RunState.ASKING else Token.ACCENT
        ink = Token.TEXT_MUTED if self._steps_back() else Token.TEXT
        pieces = [(place, True, state), (said, False, ink), (since, False, Token.TEXT_MUTED)]
        return [piece for piece in pieces if piece[0]]

    def _one_line_width(self) -> int:
        gaps = theme.grid(2) * (len(self._lines()) - 1)
        return gaps + sum(theme.metrics(bold=bold).horizontalAdvance(text) for text, bold, _ in self._lines())

    def _wrapped(self) -> str:
        return "  ".join(text for text, _, _ in self._lines())

    def _wanted_height(self) -> int:
        least = theme.grid(CALM_STEPS if self._is_calm() else HEIGHT_STEPS)
        if self._one_line_width() <= self._text_width():
            return max(least, theme.metrics().height() + theme.grid(1))
        room = theme.metrics().boundingRect(QRect(0, 0, self._text_width(), 10_000), WRAPS, self._wrapped())
        return max(least, room.height() + theme.grid(3))

    def _fit(self) -> None:
        height = self._wanted_height()
        if height != self.height():
            self.setFixedHeight(height)
        right = self.width() - theme.grid(4)
        for act in self._acts():
            size = act.sizeHint()
            act.setGeometry(right - size.width(), (height - size.height()) // 2, size.width(), size.height())
            right -= size.width() + theme.grid(2)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(30), self._wanted_height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        # A fixed height set from within a resize would resize again: it waits for the end of this turn.
        self._fitting.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Whoever presses the sentence reads all of them."""
        if event.button() is Qt.MouseButton.LeftButton and self._items and not self._engine_trouble:
            self.list_wanted.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._fitting.start()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self._soft()))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(Token.BORDER))
        side = theme.em(1.0 if self._is_calm() else 1.15)
        shape = QRect(theme.grid(4), (self.height() - side) // 2, side, side)
        if self._shows_run() and self._run is not None:
            if self._run.state is RunState.ASKING:
                shapes.paint_health(painter, shape, Health.DEGRADED)
            else:
                paint_arc(painter, shape, self._turning.turn)
        else:
            shapes.paint_health(painter, shape, self._health())
        self._paint_text(painter)

    def _paint_text(self, painter: QPainter) -> None:
        left, width = self._text_left(), self._text_width()
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if self._is_calm():
            painter.setFont(theme.font(SMALL))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawText(QRect(left, 0, width, self.height()), middle | WRAPS & ~0x60, self._calm)
            return
        if self._one_line_width() > width:
            painter.setFont(theme.font())
            painter.setPen(theme.colour(Token.TEXT))
            box = QRect(left, 0, width, self.height())
            painter.drawText(box, middle | int(Qt.TextFlag.TextWordWrap), self._wrapped())
            return
        for text, bold, token in self._lines():
            painter.setFont(theme.font(bold=bold))
            painter.setPen(theme.colour(token))
            painter.drawText(QRect(left, 0, width, self.height()), middle, text)
            left += theme.metrics(bold=bold).horizontalAdvance(text) + theme.grid(2)


def _where(item: Item) -> Place:
    return Place(item.cluster or None, item.node)
