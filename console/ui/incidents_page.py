"""The Incidents page: what is wrong now and who has it, what happened before, and one incident to be replayed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from console.domain.alerting import Silence, WayOut, WayState
from console.domain.cluster import Environment
from console.domain.fleet import ClusterView
from console.domain.incident import Incident
from console.domain.reading import Moment
from console.domain.text import shown
from console.link.messages import Message, Refused
from console.link.watching import (
    AskFrame,
    AskIncident,
    FrameSeen,
    IncidentReported,
    Incidents,
    IncidentSeen,
    ReportIncident,
)
from console.ui import theme
from console.ui.alert_list import AlertPanel, RowsPanel, Scrolled, scrolled
from console.ui.alert_state import Item
from console.ui.chip import Chip
from console.ui.controls import Act, Says
from console.ui.incident_list import IncidentList, in_order
from console.ui.incident_view import REPORT_KEY, IncidentView
from console.ui.link_act import LinkAct
from console.ui.sentences import refused_sentence
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, VERDICT, Token
from console.ui.way_state import ways_text

ASK_KEY: Final = "F5"
INCIDENTS_KEPT_MAX: Final = 100  # as many as are asked for
LEFT_EM: Final = 24.5
ASK_SECONDS_MIN: Final = 1.0  # an incident that goes on is asked for no more often
FRAMES_A_SECOND: Final = 600  # and a second less often for so many pictures that it has


class IncidentsPage(QWidget):
    """Shows what it is given and asks for what it needs."""

    wants = Signal(object)  # a message of the link
    ways_wanted = Signal()
    run_wanted = Signal(object)  # the id of a run
    appeared = Signal()  # it is looked at again: what changed meanwhile is wanted
    drill_wanted = Signal()

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cluster: str | None = None
        self._environments: dict[str, Environment] = {}
        self._incidents: dict[str, Incident] | None = None
        self._chosen = ""
        self._asked: str | None = None
        self._asked_at = float("-inf")
        self._live = True
        self.alerts = AlertPanel()
        self.list = IncidentList()
        self.newer = LinkAct("")
        self.every = Chip(translate("incidents", "All clusters"), checkable=True)
        self._list_card = RowsPanel(translate("incidents", "Incidents"), tight=True)
        self._waiting = Says(token=Token.TEXT_MUTED)
        self._older = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._scroll = scrolled(self.list)
        self.ways = Act(translate("incidents", "Ways out …"), tall_steps=6)
        self.ways_said = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.view = IncidentView()
        self.empty = EmptyIncidents()
        self._view_scroll = Scrolled(hint_em=30.0)
        self._stack = QStackedWidget()
        self._left = QWidget()
        self._build()
        self._connect()
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self.tick)
        self._show()

    def _build(self) -> None:
        card = self._list_card
        self.newer.hide()
        card.put_right(self.newer)
        card.put_right(self.every)
        card.put_inset(self._waiting)
        card.put(self._scroll, 1)
        card.put_inset(self._older)
        self.alerts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(2))
        foot.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.ways_said, 1, Qt.AlignmentFlag.AlignVCenter)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.grid(2.5))
        left.addWidget(self.alerts)
        left.addWidget(card, 1)
        left.addLayout(foot)
        self._stack.addWidget(self.empty)
        self._view_scroll.setWidgetResizable(True)
        self._view_scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._view_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setObjectName("page")
        self._view_scroll.setWidget(self.view)
        self._stack.addWidget(self._view_scroll)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(4), theme.grid(3), theme.grid(4), theme.grid(3))
        row.setSpacing(theme.grid(4))
        row.addWidget(self._left)
        row.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _key: self.view.axis.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.held.connect(self._show_newer)
        self.newer.clicked.connect(self.list.let_in)
        self.every.toggled.connect(self._turn_every)
        self.ways.clicked.connect(self.ways_wanted)
        self.view.wants.connect(self.wants)
        self.view.run_wanted.connect(self.run_wanted)
        self.empty.drill_wanted.connect(self.drill_wanted)
        for key, does in (
            (ASK_KEY, self._ask_anew), (REPORT_KEY, self.view.write_report), ("Ctrl+Return", self.view.write_report),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(does)
        theme.changed.connect(self._fit)

    # What it is shown

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Those that are looked at, the newest first."""
        return self._mine()

    def show_clusters(self, views: Sequence[ClusterView], cluster: str | None) -> None:
        """Which clusters there are, and whose incidents are looked at; None: all of them."""
        self._environments = {view.name: view.environment for view in views}
        another, self._cluster = cluster != self._cluster, cluster
        self.every.setVisible(cluster is not None)
        if another:
            self._fill()
            self.list.let_in()
        self._show()

    def show_alerts(self, items: Sequence[Item], silences: Sequence[Silence], left_out: int = 0) -> None:
        """All that is wrong; `left_out`: how many more the engine has not told."""
        now = self._now()
        self.alerts.show_items(items, self._environments, now, left_out)
        self.alerts.show_silences(silences, now)

    def show_ways(self, ways: Sequence[WayOut], states: Sequence[WayState]) -> None:
        """In one line how alerts leave the console, and whether they arrive."""
        said, well = ways_text(ways, states)
        self.ways_said.say(said, Token.TEXT_MUTED if well else Token.WARN)

    def show_incidents(self, told: Incidents) -> None:
        """The answer to a question, or what the engine tells of open ones: what is not named stays."""
        known = self._incidents or {}
        known |= {one.id: one for one in told.incidents}
        newest = in_order(tuple(known.values()))[:INCIDENTS_KEPT_MAX]
        self._incidents = {one.id: one for one in newest}
        self._fill()
        self._show()
        self._catch_up()

    def show_incident(self, question: AskIncident, seen: IncidentSeen) -> None:
        """One incident with its time line."""
        self._asked = None
        if self._incidents is not None and seen.incident.id in self._incidents:
            self._incidents[seen.incident.id] = seen.incident
            self._fill()
        if question.incident == self._chosen:
            self.view.show_incident(seen, self._now())
            self._stack.setCurrentWidget(self._view_scroll)
            self._environment()

    def show_frame(self, question: AskFrame, answer: FrameSeen | Refused) -> None:
        self.view.hear_frame(question, answer)

    def show_report(self, question: ReportIncident, answer: IncidentReported | Refused) -> None:
        self.view.show_report(question, answer)

    def show_refused(self, question: Message, refused: Refused) -> None:
        """A question of ours was refused."""
        if isinstance(question, AskIncident):
            self._asked = None
            if question.incident == self._chosen:
                self.empty.say(refused_sentence(refused))
                self._stack.setCurrentWidget(self.empty)
        else:
            self.alerts.show_refused(refused_sentence(refused))

    def set_live(self, live: bool) -> None:
        self._live = live
        if not live:
            self._asked = None
            self.view.lose()
        elif self._chosen:
            self._ask_incident()
        self._show()

    def choose(self, incident: str) -> None:
        """Look at this incident."""
        self.list.choose(incident)
        self._choose(incident)

    def tick(self) -> None:
        """Once a second: durations go on."""
        if self.isVisible():
            self._fill()
            self._catch_up()
            self.view.tick(self._now())

    # Show

    def _now(self) -> datetime:
        return self._clock().utc

    def _mine(self) -> tuple[Incident, ...]:
        """The incidents that are looked at, in their order."""
        every = self._cluster is None or self.every.isChecked()
        known = (self._incidents or {}).values()
        return in_order([one for one in known if every or one.cluster == self._cluster])

    def _fill(self) -> None:
        if self._incidents is None:
            return
        mine = self._mine()
        self.list.show_incidents(mine, self._environments, self._now())
        going_on = sum(1 for one in mine if one.ended_at is None)
        one, many = translate("incidents", "1 open"), translate("incidents", "{n} open")
        self._list_card.aside.say(counted(going_on, one, many) if going_on else "")
        cut = len(self._incidents) >= INCIDENTS_KEPT_MAX
        text = translate("incidents", "Only the newest {n} are listed here; 'incidents list' knows all.")
        self._older.say(text.format(n=INCIDENTS_KEPT_MAX) if cut else "")

    def _show(self) -> None:
        mine = self._mine()
        if self._incidents is None:
            lost = translate("incidents", "The engine does not answer. It tells of incidents once it does.")
            reading = translate("incidents", "Reading the incidents …")
            self._waiting.say(reading if self._live else lost)
        elif not mine:
            self._waiting.say(translate("incidents", "None yet."))
        else:
            self._waiting.say("")
        if mine and self._chosen not in {one.id for one in mine}:
            self.choose(mine[0].id)
        elif not mine:
            self._chosen = ""
            self.list.choose("")
            self.view.replay.rest()
            self.empty.show_none(self._cluster if not self.every.isChecked() else None,
                                 known=self._incidents is not None)  # fmt: skip
            self._stack.setCurrentWidget(self.empty)

    def _environment(self) -> None:
        seen = self.view.seen
        if seen is not None:
            self.view.show_environment(self._environments.get(seen.incident.cluster))

    def _show_newer(self, number: object) -> None:
        count = number if isinstance(number, int) else 0
        self.newer.setText(translate("incidents", "{n} newer: show").format(n=count))
        self.newer.setAccessibleName(self.newer.text())
        self.newer.updateGeometry()
        self.newer.setVisible(count > 0)

    # Hands

    def _choose(self, incident: str) -> None:
        if incident and incident != self._chosen:
            self._chosen = incident
            self._asked = None
            self._ask_incident(at_once=True)

    def _catch_up(self) -> None:
        """Ask for the chosen one again where it has changed since it was shown."""
        seen, fresh = self.view.seen, (self._incidents or {}).get(self._chosen)
        if fresh is not None and (seen is None or seen.incident != fresh):
            self._ask_incident()

    def _ask_incident(self, *, at_once: bool = False) -> None:
        """One question at a time; of one that goes on, the more seldom the longer it is: all of it comes each time."""
        ticks = self._clock().ticks
        pause = ASK_SECONDS_MIN * (1 + len(self.view.replay.frames) // FRAMES_A_SECOND)
        if self._asked == self._chosen or (not at_once and ticks - self._asked_at < pause):
            return
        self._asked, self._asked_at = self._chosen, ticks
        self.wants.emit(AskIncident(incident=self._chosen))

    def _ask_anew(self) -> None:
        if self._chosen:
            self._ask_incident(at_once=True)

    def _turn_every(self, _on: bool) -> None:
        self._fill()
        self.list.let_in()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the lists at the left have no use for moves the moment."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space) and self.view.seen is not None:
            self.view.keyPressEvent(event)
            return
        super().keyPressEvent(event)

    # The room

    def _fit(self) -> None:
        self._left.setFixedWidth(min(theme.em(LEFT_EM), max(theme.em(14), self.width() // 3)))
        self.alerts.setMaximumHeight(max(theme.em(12), self.height() // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seconds.start()
        self.appeared.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._seconds.stop()
        self.view.replay.rest()


class EmptyIncidents(QWidget):
    """Nothing to show yet: what is missing, what it would give, where to begin."""

    drill_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Says(size_em=VERDICT, bold=True)
        self.gives = Says(token=Token.TEXT_MUTED)
        self.drill = Act(translate("incidents", "Rehearse the detector …"), filled=True, tall_steps=8)
        self.drill.clicked.connect(self.drill_wanted)
        self.drill.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.grid(2), 0, 0)
        column.setSpacing(theme.grid(2))
        column.addWidget(self.title)
        column.addWidget(self.gives)
        column.addWidget(self.drill, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.can_drill = False

    def show_none(self, cluster: str | None, *, known: bool) -> None:
        """No incident is there; `known`: the engine said so."""
        if not known:
            self.say("")
            return
        where = translate("incidents", "No incident of {cluster} yet.").format(cluster=shown(cluster)) if cluster \
            else translate("incidents", "No incident yet.")  # fmt: skip
        self.title.say(where)
        self.gives.say(translate(
            "incidents", "One begins when a cluster is degraded or lost, and keeps verdicts, evidence, acts and a "
                         "picture of each second, to be replayed. A rehearsal makes one on purpose.",
        ))  # fmt: skip
        self.drill.setVisible(self.can_drill)

    def say(self, text: str) -> None:
        """A sentence instead."""
        self.title.say(text)
        self.gives.say("")
        self.drill.hide()
