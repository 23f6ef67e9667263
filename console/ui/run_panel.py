"""A run of a plan: whether the ledger is writable, the time without writes, each step with its proof, and the stop."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.run import Mode, RunView, StepState
from console.link.changes import StopRun
from console.ui import theme
from console.ui.controls import Says
from console.ui.outage_strip import OutageStrip, outage_text
from console.ui.run_figures import how_far, run_figures
from console.ui.run_foot import RunFoot
from console.ui.run_output import RunOutput
from console.ui.run_question import RunQuestion
from console.ui.run_steps import StepList
from console.ui.run_words import asking_headline, has_ended, left_to_do_sentence, run_headline, running_step
from console.ui.speech import translate
from console.ui.step_shapes import RunMark
from console.ui.step_words import plan_title
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import TITLE_EM, Figures, Panel

LIST_EM_MIN: Final = 10.0
STACKED_BELOW_EM: Final = 58.0  # with less room the output stands under the steps


class StepScroll(QScrollArea):
    """The list of steps scrolls by itself; it takes what room there is and asks for little."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(22), theme.em(LIST_EM_MIN))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class RunPanel(QWidget):
    """Shows a run as it stands; what a person decides goes out as signals. `reading`: a past run, nothing to press."""

    stop_wanted = Signal(object)  # the RunView that is to stop
    answered = Signal(object)  # AnswerRun
    wants = Signal(object)  # a message of the link: StopRun, AnswerRun

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunView | None = None
        self._now: datetime | None = None
        self._reading = False
        self._followed: str | None = None
        self._mark = RunMark()
        self._headline = Says(size_em=TITLE_EM, bold=True)
        self._title = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._figures = Figures()
        self._meter = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.strip = OutageStrip()
        self._summary = Panel()
        self.question = RunQuestion()
        self.steps = StepList()
        self._steps_card = Panel(tight=True)
        self._scroll = StepScroll()
        self.output = RunOutput()
        self._left = Panel(translate("run", "Left to do"))
        self._left_text = Says()
        self.foot = RunFoot()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.steps.step_chosen.connect(self._choose)
        self.steps.moved.connect(self._see)
        self.output.followed.connect(self._follow)
        self.question.answered.connect(self._answer)
        self.foot.stop_wanted.connect(self._stop)
        # The list has its height only after its layout: what is to be seen is looked up at the end of this turn.
        self._seeing = QTimer(self)
        self._seeing.setSingleShot(True)
        self._seeing.setInterval(0)
        self._seeing.timeout.connect(self._see_followed)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._range_changed)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.grid(2))
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        words.addWidget(self._headline)
        words.addWidget(self._title)
        head.addLayout(words, 1)
        for part in (self._figures, self._meter, self.strip):
            self._summary.put(part)
        self._left.put(self._left_text)
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.grid(1), 0)
        column.addWidget(self.steps)
        column.addStretch(1)
        self._scroll.setWidget(inner)
        self._steps_card.put(self._scroll, 1)
        self._middle.setSpacing(theme.grid(3))
        self._middle.addWidget(self._steps_card, 6)
        self._middle.addWidget(self.output, 5)
        page = QWidget()
        page.setObjectName("page")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.grid(3))
        rows.addLayout(head)
        for card in (self._summary, self.question, self._left):
            rows.addWidget(card)
        rows.addLayout(self._middle, 1)
        # In a low window, or with a large font, all of it scrolls; the foot with the stop stays.
        self._whole = QScrollArea()
        self._whole.setWidgetResizable(True)
        self._whole.setFrameShape(QFrame.Shape.NoFrame)
        self._whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._whole.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.grid(1))
        outer.addWidget(self._whole, 1)
        outer.addWidget(self.foot)

    @property
    def run(self) -> RunView | None:
        """The run that is shown."""
        return self._run

    def show_run(self, run: RunView, *, now: datetime | None = None, reading: bool = False) -> None:
        """Show this run as it stands; `now` where the caller knows it better than the last tick."""
        another = self._run is None or self._run.id != run.id
        self._run, self._reading = run, reading
        if now is not None:
            self._now = now
        if another:
            self._followed = None
            self.steps.choose(None)
        self._headline.say(run_headline(run) if run.question is None else asking_headline(run))
        self._title.say(self._about(run))
        self._mark.show_state(run.state, rehearsal=run.mode is Mode.REHEARSAL)
        self.question.show_run(run, reading=reading)
        self.foot.show_run(run, reading=reading)
        left = [left_to_do_sentence(word) for word in run.left_to_do]
        self._left_text.say("\n".join(left))
        self._left.setVisible(bool(left) and has_ended(run))
        self.setAccessibleName(self._headline.text)
        self._show_times()
        self.steps.show_run(run, self._moment())
        self._steps_card.title.say(translate("run", "Steps"))
        self._steps_card.aside.say(how_far(run))
        self._show_step()

    def _about(self, run: RunView) -> str:
        """The plan's name under the sentence, with who started and who approved it."""
        text = translate("run", "{title}, started by {person}")
        if run.approved_by:
            text = translate("run", "{title}, started by {person}, approved by {second}")
        return text.format(title=plan_title(run.plan), person=run.person or "?", second=run.approved_by)

    def tick(self, now: datetime) -> None:
        """Once a second: what counts on, counts on."""
        self._now = now
        if self._run is not None and not has_ended(self._run):
            self._show_times()
            self.steps.tick(now)
        self.output.tick(now)

    def show_refused(self, reason: str) -> None:
        """A stop or an answer was not taken by the engine: say why where it was pressed."""
        if self._run is not None and self._run.question is not None:
            self.question.show_refused(reason)
        else:
            self.foot.show_refused(reason)

    def first_focus(self) -> QWidget:
        """Where the keyboard goes: to the question's first answer, else to the steps."""
        return self.question.first() or self.steps

    def _moment(self) -> datetime:
        """The last tick; before the first one, the newest time that the run itself names."""
        run = self._run
        assert run is not None
        known = [self._now, run.ended_at, run.begun_at, run.plan.made_at]
        return next(at for at in known if at is not None)

    def _show_times(self) -> None:
        run = self._run
        assert run is not None
        now = self._moment()
        self._figures.show_figures(run_figures(run, now))
        end = run.ended_at or now
        seconds = max(0.0, (end - run.begun_at).total_seconds()) if run.begun_at is not None else 0.0
        self.strip.show_outage(run.outage, run.begun_at, seconds)
        seen = run.outage is not None and bool(run.outage.marks)
        self.strip.setVisible(seen)
        said = translate("run", "Outage meter: {said}").format(said=outage_text(run.outage))
        self._meter.say(said if run.mode is Mode.REAL else "")

    # Which step is shown beside the list

    def _show_step(self) -> None:
        run = self._run
        if run is None:
            return
        chosen = self.steps.chosen
        key = chosen or self._default_key(run)
        self.output.show_step(run, key, follows=chosen is None)
        if chosen is None and key is not None and key != self._followed and not has_ended(run):
            self._followed = key
            self._seeing.start()

    def _default_key(self, run: RunView) -> str | None:
        now = running_step(run)
        if now is not None:
            return now.key
        if run.question is not None and run.question.step is not None:
            return run.question.step
        failed = next((step.key for step in run.steps if step.state is StepState.FAILED), None)
        begun = [step.key for step in run.steps if step.state is not StepState.WAITING]
        if failed is not None:
            return failed
        if begun:
            return begun[-1]
        return run.plan.steps[0].key if run.plan.steps else None

    def _choose(self, _key: str) -> None:
        self._show_step()

    def _follow(self) -> None:
        self.steps.choose(None)
        self._followed = None
        self._show_step()

    def _see_followed(self) -> None:
        if self._followed is not None and self.steps.chosen is None:
            self._see(self.steps.place_of(self._followed))

    def _range_changed(self) -> None:
        if not self._seeing.isActive():
            self._seeing.start()

    def _see(self, place: QRect) -> None:
        bar = self._scroll.verticalScrollBar()
        room = self._scroll.viewport().height()
        if place.isEmpty():
            return
        if place.top() < bar.value():
            bar.setValue(max(0, place.top() - theme.grid(4)))
        elif place.bottom() > bar.value() + room:
            bar.setValue(place.bottom() - room + theme.grid(4))

    # What a person decides

    def _stop(self, run: RunView) -> None:
        self.stop_wanted.emit(run)
        self.wants.emit(StopRun(run=run.id))

    def _answer(self, answer: object) -> None:
        self.answered.emit(answer)
        self.wants.emit(answer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        down = event.size().width() < theme.em(STACKED_BELOW_EM)
        direction = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if self._middle.direction() is not direction:
            self._middle.setDirection(direction)
        super().resizeEvent(event)
