"""The Recovery page: the situation as asked now, the plan that runs, the runs before, and one act that prepares."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.recommendation import Situation, Way
from console.domain.run import Mode, RunView
from console.link.changes import AnswerRun, AskRun, AskRuns, AskSituation, Runs, StopRun
from console.link.messages import Message, Refused
from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.run_panel import RunPanel
from console.ui.run_words import has_ended, run_line, when_text
from console.ui.situation_view import SituationView
from console.ui.situation_words import filled_note, prepare_text, prepared_option, proposal, situation_text
from console.ui.speech import translate
from console.ui.stripe import Stripe
from console.ui.theme import SMALL, VERDICT, Token
from console.ui.wizard_trouble import refused_text

ASK_SECONDS: Final = 5.0  # while the page is seen
ANSWER_SECONDS_MAX: Final = 30.0  # after that the question is asked again
RUNS_MAX: Final = 50
NOTE_BELOW_EM: Final = 64.0
PREPARE_KEY: Final = "Ctrl+Return"
COPY_KEY: Final = "Ctrl+Shift+C"
ASK_KEY: Final = "F5"


class MainAct(Act):
    """The page's act; filled only while it is the one to press."""

    def fill(self, on: bool) -> None:
        if on is not self._filled:
            self._filled = on
            self.update()

    def say(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()


class RecoveryPage(QWidget):
    """Shows what it is given and asks for what it needs; it never changes a node by itself."""

    wants = Signal(object)  # a message of the link
    prepare_wanted = Signal(object)  # Propose: the wizard opens on it
    run_shown = Signal(object)  # the RunView that is looked at, or None

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._view: ClusterView | None = None
        self._situation: Situation | None = None
        self._chosen: Way | None = None
        self._runs: dict[str, RunView] | None = None
        self._opened: str | None = None  # the run that is looked at
        self._left: set[str] = set()  # running ones that a person left for the situation
        self._live = True
        self._asked_ticks: float | None = None
        self._stripe = Stripe(self)
        self.situation = SituationView()
        self.panel = RunPanel()
        self._empty = Says(size_em=VERDICT, token=Token.TEXT_MUTED)
        self.prepare = MainAct("", key="Ctrl+Enter", filled=True, tall_steps=8)
        self._note = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.copy = Act(translate("recovery", "Copy situation"), key=COPY_KEY, tall_steps=7)
        self.again = Act(translate("recovery", "Ask again"), key=ASK_KEY, tall_steps=7)
        self.back = Act(translate("recovery", "← Situation"), key="Esc", tall_steps=6)
        self._which = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._stack = QStackedLayout()
        self._build()
        self._pace = QTimer(self)
        self._pace.setInterval(round(ASK_SECONDS * 1000))
        self._pace.timeout.connect(self._ask)
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self.tick)
        self._connect()
        self._show()

    def _build(self) -> None:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(theme.grid(4), theme.grid(4), theme.grid(4), theme.grid(4))
        column.addWidget(self._empty)
        column.addStretch(1)
        reading = QWidget()
        rows = QVBoxLayout(reading)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.situation, 1)
        self._foot_rows = QVBoxLayout()
        self._foot_rows.setContentsMargins(theme.grid(4), theme.grid(2), theme.grid(4), theme.grid(3))
        self._foot_rows.setSpacing(theme.grid(1))
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(2))
        middle = Qt.AlignmentFlag.AlignVCenter
        foot.addWidget(self.prepare, 0, middle)
        foot.addWidget(self._note, 1000, middle)
        foot.addStretch(1)
        foot.addWidget(self.again, 0, middle)
        foot.addWidget(self.copy, 0, middle)
        self._foot_rows.addLayout(foot)
        self._foot = foot
        rows.addLayout(self._foot_rows)
        running = QWidget()
        column = QVBoxLayout(running)
        column.setContentsMargins(theme.grid(4), theme.grid(2), theme.grid(4), theme.grid(1))
        column.setSpacing(theme.grid(2))
        line = QHBoxLayout()
        line.setSpacing(theme.grid(3))
        line.addWidget(self.back)
        line.addWidget(self._which, 4, middle)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.panel, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._stripe)
        outer.addLayout(self._stack, 1)  # before its parts: a part of a stack without a place is a window for a moment
        for part in (empty, reading, running):
            self._stack.addWidget(part)
        self._pages = (empty, reading, running)

    def _connect(self) -> None:
        self.situation.way_chosen.connect(self._choose)
        self.situation.run_opened.connect(self.open_run)
        self.panel.wants.connect(self.wants)
        self.prepare.clicked.connect(self._prepare)
        self.copy.clicked.connect(self._copy)
        self.again.clicked.connect(self._ask_anew)
        self.back.clicked.connect(self.leave_run)
        # For the whole window, so that they work from the list at the left too; a hidden page hears none of them.
        for key, does in (
            (PREPARE_KEY, self._press), ("Ctrl+Enter", self._press), (COPY_KEY, self._copy), (ASK_KEY, self._ask_anew)
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(does)

    # What it is shown

    def show_cluster(self, view: ClusterView | None) -> None:
        """A new picture of the cluster; of another one, everything is asked anew."""
        another = (view.name if view else None) != (self._view.name if self._view else None)
        self._view = view
        self._stripe.show_environment(view.environment if view is not None else None)
        if another:
            self._situation, self._chosen, self._runs, self._opened = None, None, None, None
            self._asked_ticks = None
            self.situation.trouble.say("")
            self.situation.show_situation(None, None, self._clock().utc)
            self.situation.show_runs(None, self._clock().utc)
            self._ask_all()
        if view is not None:
            self.situation.show_view(view, self._clock().utc, live=self._live)
        self._show()

    def show_situation(self, situation: Situation) -> None:
        """The answer to an AskSituation; a late one of another cluster is left alone."""
        if self._view is None or situation.cluster != self._view.name:
            return
        self._asked_ticks = None
        if self._chosen is not None and self._chosen.value not in {one.way.value for one in situation.options}:
            self._chosen = None
        self._situation = situation
        self.situation.trouble.say("")
        self.situation.show_situation(situation, self._chosen, self._clock().utc)
        self.situation.show_view(self._view, self._clock().utc, live=self._live)
        self._show()

    def show_runs(self, asked: AskRuns, runs: Runs) -> None:
        """The answer to an AskRuns; a late one of another cluster is left alone."""
        if self._view is None or asked.cluster != self._view.name:
            return
        known = self._runs or {}
        self._runs = {run.id: known.get(run.id, run) if _newer(known.get(run.id), run) else run for run in runs.runs}
        self._follow()
        self._tell_runs()

    def show_run(self, run: RunView) -> None:
        """A run as it stands now: told at each change, or asked for."""
        if self._view is None or run.plan.cluster != self._view.name:
            return
        self._runs = {run.id: run, **{key: one for key, one in (self._runs or {}).items() if key != run.id}}
        ordered = sorted(self._runs.values(), key=lambda one: one.begun_at or one.plan.made_at, reverse=True)
        self._runs = {one.id: one for one in ordered}
        self._follow()
        self._tell_runs()

    def show_refused(self, question: Message, refused: Refused) -> None:
        """A question of ours was not answered: says why, in its place."""
        reason = refused_text(question, refused)
        if isinstance(question, AskSituation):
            self._asked_ticks = None
            self.situation.trouble.say(reason)
        elif isinstance(question, StopRun | AnswerRun):
            self.panel.show_refused(reason)
        elif isinstance(question, AskRuns) and self._runs is None:
            self.situation.trouble.say(reason)

    def set_live(self, live: bool) -> None:
        """The engine is there or lost."""
        self._live = live
        self._asked_ticks = None
        if live:
            self._ask_all()
        if self._view is not None:
            self.situation.show_view(self._view, self._clock().utc, live=live)
        lost = translate("recovery", "The engine does not answer: this is its last picture. Nothing can be changed.")
        self.situation.trouble.say("" if live else lost)
        self._show()

    def tick(self) -> None:
        """Once a second: ages and clocks."""
        if not self.isVisible():
            return
        now = self._clock().utc
        self.situation.tick(now)
        self.panel.tick(now)

    # Which of its three faces

    @property
    def run(self) -> RunView | None:
        """The run that is looked at."""
        return (self._runs or {}).get(self._opened or "")

    @property
    def running(self) -> RunView | None:
        """The newest run of this cluster that has not ended; a real one before a rehearsal."""
        open_ones = [run for run in (self._runs or {}).values() if not has_ended(run)]
        return next((run for run in open_ones if run.mode is Mode.REAL), next(iter(open_ones), None))

    def _follow(self) -> None:
        """A run that began is shown by itself, once; a person who left it is left in peace."""
        running = self.running
        if running is not None and self._opened is None and running.id not in self._left:
            self._opened = running.id
        self._show()

    def open_run(self, run: RunView) -> None:
        """Look at a run; what ended is only read."""
        self._opened = run.id
        if self._runs is None or run.id not in self._runs:
            self._runs = {**(self._runs or {}), run.id: run}
        self._show()
        self.panel.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        if self._live:
            self.wants.emit(AskRun(run=run.id))

    def leave_run(self) -> None:
        """Back to the situation."""
        if self._opened is None:
            return
        self._left.add(self._opened)
        self._opened = None
        self._show()
        self._ask()
        self.situation.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        run = self.run
        if self._view is None:
            self._empty.say(
                translate("recovery", "No cluster is chosen. Choose one at the left to see its situation and its runs.")
            )
            self._stack.setCurrentWidget(self._pages[0])
        elif run is not None:
            now = self._clock().utc
            self.panel.show_run(run, now=now, reading=has_ended(run) or not self._live)
            text = translate("recovery", "Run of {at} UTC, only to read") if has_ended(run) else ""
            self._which.say(text.format(at=when_text(run, now)))
            self._stack.setCurrentWidget(self._pages[2])
        else:
            self._show_act()
            self._stack.setCurrentWidget(self._pages[1])
        self._set_pace()

    def _show_act(self) -> None:
        running, situation = self.running, self._situation
        self.copy.setEnabled(situation is not None)
        if running is not None:
            self.prepare.show()
            self.prepare.fill(True)
            self.prepare.say(translate("recovery", "Show the plan that runs"))
            self._note.say(run_line(running))
            return
        if situation is None:
            self.prepare.hide()
            text = translate("recovery", "Every node is being asked what it sees. This takes a few seconds.")
            self._note.say(text if self._live else "")
            return
        option, pressing = prepared_option(situation, self._chosen)
        self.prepare.setVisible(option is not None and self._live)
        if not self._live:
            self._note.say("")
            return
        if option is None:
            self._note.say(translate("recovery", "No change can be prepared now: the reasons stand beside each way."))
            return
        self.prepare.fill(pressing)
        self.prepare.say(prepare_text(option))
        self._note.say(filled_note(option))

    def _tell_runs(self) -> None:
        self.situation.show_runs(tuple((self._runs or {}).values()), self._clock().utc)
        self.run_shown.emit(self.run)

    # What it asks for

    def _ask_all(self) -> None:
        if self._view is not None and self._live and self.isVisible():
            self._ask()
            self.wants.emit(AskRuns(cluster=self._view.name, most=RUNS_MAX))

    def _ask(self) -> None:
        """Ask every node anew, if the last question is answered, or is too old to wait for."""
        if self._view is None or not self._live or not self.isVisible() or self._opened is not None:
            return
        ticks = self._clock().ticks
        if self._asked_ticks is not None and ticks - self._asked_ticks < ANSWER_SECONDS_MAX:
            return
        self._asked_ticks = ticks
        self.wants.emit(AskSituation(cluster=self._view.name))

    def _ask_anew(self) -> None:
        self._asked_ticks = None
        self._ask_all()

    def _set_pace(self) -> None:
        wanted = self.isVisible() and self._view is not None and self._opened is None
        if wanted and not self._pace.isActive():
            self._pace.start()
        elif not wanted and self._pace.isActive():
            self._pace.stop()

    # Hands

    def _choose(self, way: Way) -> None:
        self._chosen = way
        if self._situation is not None:
            self.situation.show_situation(self._situation, way, self._clock().utc)
        self._show()

    def _press(self) -> None:
        if self.prepare.isVisible() and self.prepare.isEnabled():
            self._prepare()

    def _prepare(self) -> None:
        if self.running is not None:
            self.open_run(self.running)
            return
        if self._situation is None:
            return
        option, _pressing = prepared_option(self._situation, self._chosen)
        if option is not None:
            self.prepare_wanted.emit(proposal(self._situation, option))

    def _copy(self) -> None:
        if self._situation is not None:
            text = situation_text(self._situation, self._view, self._clock().utc)
            QGuiApplication.clipboard().setText(text)
            self._note.say(translate("recovery", "The situation was copied as text."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The note stands beside the act, or with little room below it."""
        below = event.size().width() < theme.em(NOTE_BELOW_EM)
        if below and self._foot.indexOf(self._note) >= 0:
            self._foot.removeWidget(self._note)
            self._foot_rows.addWidget(self._note)
        elif not below and self._foot.indexOf(self._note) < 0:
            self._foot_rows.removeWidget(self._note)
            self._foot.insertWidget(1, self._note, 1000, Qt.AlignmentFlag.AlignVCenter)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._opened is not None:
            self.leave_run()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_pace()
        self._ask_all()
        self._seconds.start()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._set_pace()
        self._seconds.stop()


def _newer(known: RunView | None, told: RunView) -> bool:
    """Was this run told at a change that the list does not know of yet?"""
    return known is not None and has_ended(known) and not has_ended(told)
