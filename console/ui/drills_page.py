"""The Drills page: what is overdue, the drill that runs, every duty with its act, the copies, the record of drills."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from console.domain.drill import Drill, DrillKind, DrillSchedule, DrillState, DutyKind, DutyRule
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.redundancy import Redundancy
from console.domain.text import shown
from console.link.backups import StartBackup, StartVerify
from console.link.books import AskBooks
from console.link.messages import Message, Refused
from console.link.watching import (
    AskDrills,
    AskDuties,
    AskRedundancy,
    Drills,
    DutiesSeen,
    ScheduleDrill,
    StartDrill,
    StopDrill,
)
from console.ui import names, theme
from console.ui.backup_sentences import refusal
from console.ui.chip import Chip
from console.ui.controls import Act, Says
from console.ui.drill_dialog import drill_refused
from console.ui.drill_record import DrillRecord
from console.ui.drill_running import RunningDrill
from console.ui.drill_words import drill_sentence
from console.ui.duty_panel import DutyPanel, duties_headline
from console.ui.measures import duration
from console.ui.redundancy_panel import RedundancyPanel
from console.ui.sentences import refused_sentence
from console.ui.shapes import SHAPE_VERDICT_EM, HealthShape
from console.ui.speech import counted, translate
from console.ui.stripe import Stripe
from console.ui.theme import SMALL, VERDICT, Token

ASK_MILLISECONDS: Final = 30_000  # while the page is seen: duties become overdue by time alone
DRILLS_MAX: Final = 100
STACKED_BELOW_EM: Final = 66.0
START_KEY: Final = "Ctrl+Enter"
ASK_KEY: Final = "F5"
HOURS: Final = 3600.0
HOURS_A_DAY: Final = 24
PACES_HOURS: Final = (0.0, 24.0, 168.0, 720.0)
DRILLED: Final = {
    DutyKind.DETECTOR_REHEARSAL: DrillKind.DETECTOR,
    DutyKind.SWITCHOVER_DRILL: DrillKind.SWITCHOVER,
}


class DrillsPage(QWidget):
    """Shows what it is given and asks for what it needs; every act goes out as a message of the link."""

    wants = Signal(object)  # a message of the link
    drill_wanted = Signal(object)  # DrillKind: the dialog opens on it
    rule_wanted = Signal(object)  # DutyRule: the dialog opens on it

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cluster: ClusterView | None = None
        self._duties: DutiesSeen | None = None
        self._drills: dict[str, Drill] | None = None
        self._schedule: DrillSchedule | None = None
        self._redundancy: Redundancy | None = None
        self._told_copies = False
        self._busy: dict[DutyKind, Message] = {}  # what was asked for and has not been answered
        self._live = True
        self._stripe = Stripe(self)
        self._shape = HealthShape(size_em=SHAPE_VERDICT_EM)
        self.title = Says(size_em=VERDICT, bold=True)
        self.below = Says(token=Token.TEXT_MUTED)
        self._environment = Says(size_em=SMALL, bold=True, wraps=False)
        self.start = Act(translate("drill", "Start a drill …"), key=START_KEY, filled=True)
        self.pace = Chip("")
        self.trouble = Says(token=Token.WARN)
        self.running = RunningDrill()
        self.duties, self.copies, self.record = DutyPanel(), RedundancyPanel(), DrillRecord()
        self._waiting = Says(size_em=VERDICT, token=Token.TEXT_MUTED)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._stack = QStackedLayout()
        self._build()
        self._connect()
        self._pace = QTimer(self)
        self._pace.setInterval(ASK_MILLISECONDS)
        self._pace.timeout.connect(self._ask_duties)
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self.tick)
        self._show()

    def _build(self) -> None:
        words, acts = QVBoxLayout(), QVBoxLayout()
        words.setSpacing(theme.grid(1))
        for part in (self.title, self.below, self.trouble):
            words.addWidget(part)
        right = Qt.AlignmentFlag.AlignRight
        acts.setSpacing(theme.grid(1))
        acts.addWidget(self._environment, 0, right)
        line = QHBoxLayout()
        line.setSpacing(theme.grid(2))
        line.addStretch(1)
        line.addWidget(self.pace)
        line.addWidget(self.start)
        acts.addLayout(line)
        said = QHBoxLayout()
        said.setSpacing(theme.grid(2))
        said.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(words, 1)
        self._head.setSpacing(theme.grid(2))
        self._head.addLayout(said, 1)
        self._head.addLayout(acts)
        self._pair.setSpacing(theme.grid(3))
        self._pair.addWidget(self.duties, 66)
        self._pair.addWidget(self.copies, 34)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.grid(4), theme.grid(3), theme.grid(4), theme.grid(3))
        column.setSpacing(theme.grid(3))
        column.addLayout(self._head)
        column.addWidget(self.running)
        column.addLayout(self._pair)
        column.addWidget(self.record)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        blank = QWidget()
        rows = QVBoxLayout(blank)
        rows.setContentsMargins(theme.grid(4), theme.grid(4), theme.grid(4), theme.grid(4))
        rows.addWidget(self._waiting)
        rows.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._stripe)
        outer.addLayout(self._stack, 1)
        self._stack.addWidget(blank)
        self._stack.addWidget(scroll)
        QWidget.setTabOrder(self.start, self.pace)

    def _connect(self) -> None:
        menu = QMenu(self)
        for hours in PACES_HOURS:
            menu.addAction(pace_text(hours)).triggered.connect(lambda _on=False, hours=hours: self._set_pace(hours))
        self.pace.set_menu(menu)
        self.start.clicked.connect(lambda: self.drill_wanted.emit(DrillKind.DETECTOR))
        self.running.wants.connect(self.wants)
        self.duties.act_wanted.connect(self._do)
        self.duties.rule_wanted.connect(self._change_rule)
        self.copies.compare_wanted.connect(lambda: self._do(DutyKind.COPIES_COMPARED))
        for key, does in (("Ctrl+Return", self._press), ("Ctrl+Enter", self._press), (ASK_KEY, self._ask)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(does)

    # What it is shown

    @property
    def cluster(self) -> ClusterView | None:
        return self._cluster

    def show_cluster(self, view: ClusterView | None) -> None:
        """Another cluster's drills and duties are asked for."""
        another = (view.name if view else None) != (self._cluster.name if self._cluster else None)
        self._cluster = view
        self._stripe.show_environment(view.environment if view is not None else None)
        if another:
            self._duties, self._drills, self._schedule, self._redundancy = None, None, None, None
            self._told_copies, self._busy = False, {}
            self.trouble.say("")
            self.copies.show_refused("")
            self.record.show_waiting()
            self._ask()
            self._show()

    def _is_ours(self, cluster: str) -> bool:
        return self._cluster is not None and cluster == self._cluster.name

    def show_duties(self, asked: AskDuties, seen: DutiesSeen) -> None:
        """The answer to an AskDuties; a late one of another cluster is left alone."""
        if self._is_ours(asked.cluster):
            self._duties = seen
            self._show()

    def show_drills(self, cluster: str, drills: Drills) -> None:
        """The answer to an AskDrills or a ScheduleDrill."""
        if self._is_ours(cluster):
            self._drills = {one.id: one for one in drills.drills if one.cluster == cluster}
            self._schedule = next((one for one in drills.schedules if one.cluster == cluster), None)
            self._show()

    def show_drill(self, drill: Drill) -> None:
        """A drill as it stands now: told at each change. One that ended changes duties too."""
        if not self._is_ours(drill.cluster):
            return
        before = (self._drills or {}).get(drill.id)
        others = {key: one for key, one in (self._drills or {}).items() if key != drill.id}
        drills = sorted((drill, *others.values()), key=lambda one: one.begun_at, reverse=True)
        self._drills = {one.id: one for one in drills}
        if drill.state is not DrillState.RUNNING and (before is None or before.state is DrillState.RUNNING):
            self._ask_duties()
        self._show()

    def show_redundancy(self, cluster: str, redundancy: Redundancy | None) -> None:
        """The last comparison of this cluster's copies; None: there was none."""
        if self._is_ours(cluster):
            self._told_copies, self._redundancy = True, redundancy
            self.copies.show_refused("")
            self._show()

    def show_answer(self, question: Message) -> None:
        """What was begun by a duty's act was answered: it may be begun again, and the duties are read anew."""
        done = [kind for kind, asked in self._busy.items() if asked == question]
        for kind in done:
            del self._busy[kind]
        if done:
            self._ask_duties()
        self._show()

    def show_refused(self, question: Message, refused: Refused) -> None:
        """A question of ours was not answered: says why, in its place."""
        if not self._is_ours(getattr(question, "cluster", "")) and not isinstance(question, StopDrill):
            return
        if isinstance(question, StopDrill):
            self.running.show_refused(drill_refused(refused))
        elif isinstance(question, AskRedundancy):
            self.copies.show_refused(refused_sentence(refused))
        elif isinstance(question, StartDrill):
            self.trouble.say(drill_refused(refused))
        elif isinstance(question, StartBackup | StartVerify):
            said = refusal(refused)
            self.trouble.say(translate("drill", "{title}. {below}").format(title=said.title, below=said.below))
        else:
            self.trouble.say(refused_sentence(refused))
        self.show_answer(question)

    def set_live(self, live: bool) -> None:
        """The engine is there or lost."""
        self._live = live
        self._busy = {}
        lost = translate("drill", "The engine does not answer: this is its last picture. Nothing can be begun.")
        self.trouble.say("" if live else lost)
        if live:
            self._ask()
        self._show()

    def tick(self) -> None:
        """Once a second: how long a drill has run. Ages of hours and days need no second."""
        if self.isVisible():
            self.running.tick(self._now())

    # Show

    def _now(self) -> datetime:
        return self._clock().utc

    @property
    def drills(self) -> tuple[Drill, ...]:
        """The drills of this cluster that it was told of."""
        return tuple((self._drills or {}).values())

    @property
    def underway(self) -> Drill | None:
        """The drill that runs now."""
        return next((one for one in (self._drills or {}).values() if one.state is DrillState.RUNNING), None)

    def _show(self) -> None:
        cluster = self._cluster
        if cluster is None:
            self._waiting.say(
                translate("drill", "No cluster is chosen. Choose one at the left to see its duties and its drills.")
            )
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        now = self._now()
        self._show_head(cluster, now)
        running = self.underway
        self.running.show_drill(running, now, live=self._live)
        self.start.setEnabled(self._live and running is None)
        self.pace.setEnabled(self._live)
        hours = self._schedule.every_hours if self._schedule is not None else 0.0
        text = translate("drill", "Rehearsed by itself: {pace}").format(pace=pace_text(hours))
        if text != self.pace.text():
            self.pace.setText(text)
            self.pace.setAccessibleName(translate("drill", "{text}. Change").format(text=text))
            self.pace.updateGeometry()
        comparing = DutyKind.COPIES_COMPARED in self._busy
        self.copies.show_redundancy(self._redundancy, now, live=self._live, comparing=comparing,
                                    told=self._told_copies)  # fmt: skip
        if self._drills is not None:
            self.record.show_drills(tuple(self._drills.values()), now)
        if self._duties is None:
            self.duties.show_waiting(translate("duty", "Asking for the duties of this cluster …"))
            return
        busy = set(self._busy)
        if running is not None:
            busy |= {*DRILLED, DutyKind.RESTORE_PROOF}
        self.duties.show_duties(self._duties.duties, self._rules(cluster.name), now, live=self._live,
                                busy=frozenset(busy))  # fmt: skip

    def _show_head(self, cluster: ClusterView, now: datetime) -> None:
        self._environment.say(names.environment_word(cluster.environment),
                              theme.ENVIRONMENT_TOKENS[cluster.environment])  # fmt: skip
        self._shape.setVisible(self._duties is not None)
        if self._duties is None:
            text = translate("drill", "Reading the duties and drills of {cluster} …")
            self.title.say(text.format(cluster=shown(cluster.name)), Token.TEXT_MUTED)
        else:
            said, health = duties_headline(self._duties.duties, cluster.name, now)
            self.title.say(said, Token.TEXT if self._live else Token.TEXT_MUTED)
            self._shape.show_health(health)
        ended = next((one for one in (self._drills or {}).values() if one.state is not DrillState.RUNNING), None)
        last = ""
        if ended is not None:
            ago = duration(max(0.0, (now - (ended.ended_at or ended.begun_at)).total_seconds()))
            text = translate("drill", "Last drill {ago} ago: {what}")
            # Its measures stand in the record: here only how it ended.
            last = text.format(ago=ago, what=drill_sentence(replace(ended, marks=())))
        self.below.say(last)

    def _rules(self, cluster: str) -> dict[DutyKind, DutyRule]:
        rules = self._duties.rules if self._duties is not None else ()
        return {rule.kind: rule for name, rule in rules if name == cluster}

    # What it asks for

    def _ask(self) -> None:
        if self._cluster is None or not self._live or not self.isVisible():
            return
        name = self._cluster.name
        self.wants.emit(AskDuties(cluster=name))
        self.wants.emit(AskDrills(cluster=name, most=DRILLS_MAX))
        if DutyKind.COPIES_COMPARED not in self._busy:
            self.wants.emit(AskRedundancy(cluster=name))

    def _ask_duties(self) -> None:
        if self._cluster is not None and self._live and self.isVisible():
            self.wants.emit(AskDuties(cluster=self._cluster.name))

    # Hands

    def _press(self) -> None:
        if self.start.isEnabled() and self._cluster is not None:
            self.drill_wanted.emit(DrillKind.DETECTOR)

    def _do(self, kind: DutyKind) -> None:
        """Do a duty now; what asks questions first opens its dialog."""
        if self._cluster is None or not self._live or kind in self._busy:
            return
        if kind in DRILLED:
            self.drill_wanted.emit(DRILLED[kind])
            return
        name = self._cluster.name
        questions: dict[DutyKind, Message] = {
            DutyKind.BACKUP: StartBackup(cluster=name),
            DutyKind.VERIFY: StartVerify(cluster=name),
            DutyKind.RESTORE_PROOF: StartDrill(cluster=name, kind=DrillKind.RESTORE),
            DutyKind.COPIES_COMPARED: AskRedundancy(cluster=name, compare=True),
            DutyKind.BOOKS_RECOMPUTED: AskBooks(cluster=name),
        }
        question = questions.get(kind)
        if question is None:
            return
        self._busy[kind] = question
        self.trouble.say("")
        self.wants.emit(question)
        self._show()

    def _change_rule(self, kind: DutyKind) -> None:
        if self._cluster is not None:
            self.rule_wanted.emit(self._rules(self._cluster.name).get(kind, DutyRule(kind=kind, every_hours=0.0)))

    def _set_pace(self, hours: float) -> None:
        if self._cluster is not None:
            self.wants.emit(ScheduleDrill(cluster=self._cluster.name, every_hours=hours))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        down = event.size().width() < theme.em(STACKED_BELOW_EM)
        direction = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        for box in (self._head, self._pair):
            if box.direction() is not direction:
                box.setDirection(direction)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pace.start()
        self._seconds.start()
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pace.stop()
        self._seconds.stop()


def pace_text(hours: float) -> str:
    """How often the detector is rehearsed without anybody asking."""
    if hours <= 0:
        return translate("drill", "never")
    if hours == int(hours) and int(hours) % HOURS_A_DAY == 0:
        one, many = translate("drill", "every day"), translate("drill", "every {n} days")
        return counted(int(hours) // HOURS_A_DAY, one, many)
    return translate("drill", "every {time}").format(time=duration(hours * HOURS))
