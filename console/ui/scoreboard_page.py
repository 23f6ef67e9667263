"""The Scoreboard page: four indicators beside the trade's measures, for a time or one run, each with its records."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView
from console.domain.indicators import EvidenceLine, Indicator, IndicatorName
from console.domain.reading import Moment
from console.domain.text import shown
from console.link.governing import AskIndicators, IndicatorsSeen
from console.link.messages import Refused
from console.ui import names, theme
from console.ui.chip import Chip
from console.ui.controls import Act, Says
from console.ui.evidence_list import EvidenceList
from console.ui.indicator_words import headline, period_text
from console.ui.score_rows import ScoreRows
from console.ui.sentences import refused_sentence
from console.ui.speech import counted, translate
from console.ui.stripe import Stripe
from console.ui.theme import SMALL, VERDICT, Token

ASK_MILLISECONDS: Final = 60_000  # while the page is seen
ASK_KEY: Final = "F5"
BACK_KEY: Final = "Escape"
PERIODS_DAYS: Final = (7, 30, 90, 365)
DAYS: Final = 30


class ScoreboardPage(QWidget):
    """Shows what it is given, and asks for what it needs; it never changes anything."""

    wants = Signal(object)  # a message of the link
    open_wanted = Signal(object)  # EvidenceLine: to be shown where it lies
    drills_wanted = Signal()  # nothing is recorded yet: where the first records are made

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cluster: ClusterView | None = None
        self._seen: IndicatorsSeen | None = None
        self._days, self._run = DAYS, ""
        self._asked: AskIndicators | None = None
        self._chosen = IndicatorName.RECOVERY_RATE
        self._live = True
        self._stripe = Stripe(self)
        self.title = Says(size_em=VERDICT, bold=True)
        self.below = Says(token=Token.TEXT_MUTED)
        self.trouble = Says(token=Token.WARN)
        self._environment = Says(size_em=SMALL, bold=True, wraps=False)
        self.period, self.back = Chip(""), Chip(translate("indicator", "Back to all runs"))
        self.drills = Act(translate("indicator", "Go to Drills"))
        self.rows, self.evidence = ScoreRows(), EvidenceList()
        self._waiting = Says(size_em=VERDICT, token=Token.TEXT_MUTED)
        self._stack = QStackedLayout()
        self._build()
        self._connect()
        self._pace = QTimer(self)
        self._pace.setInterval(ASK_MILLISECONDS)
        self._pace.timeout.connect(self._ask)
        self._show()

    def _build(self) -> None:
        words, acts = QVBoxLayout(), QVBoxLayout()
        words.setSpacing(theme.grid(1))
        for part in (self.title, self.below, self.trouble):
            words.addWidget(part)
        acts.setSpacing(theme.grid(1))
        acts.addWidget(self._environment, 0, Qt.AlignmentFlag.AlignRight)
        line = QHBoxLayout()
        line.setSpacing(theme.grid(2))
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.period)
        acts.addLayout(line)
        first = QHBoxLayout()
        first.addWidget(self.drills)
        first.addStretch(1)
        words.addLayout(first)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(theme.grid(2))
        head.addLayout(words, 1)
        head.addLayout(acts)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.grid(4), theme.grid(3), theme.grid(4), theme.grid(3))
        column.setSpacing(theme.grid(3))
        column.addLayout(head)
        column.addWidget(self.rows)
        column.addWidget(self.evidence)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self._scroll = scroll
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
        QWidget.setTabOrder(self.drills, self.back)
        QWidget.setTabOrder(self.back, self.period)

    def _connect(self) -> None:
        menu = QMenu(self)
        for days in PERIODS_DAYS:
            menu.addAction(days_text(days)).triggered.connect(lambda _on=False, days=days: self.show_days(days))
        self.period.set_menu(menu)
        self.back.clicked.connect(lambda: self.show_run(""))
        self.rows.chosen.connect(self._choose)
        self.evidence.open_wanted.connect(self.open_wanted)
        self.drills.clicked.connect(self.drills_wanted)
        self.evidence.run_wanted.connect(self.show_run)
        for key, does in ((ASK_KEY, self._ask), (BACK_KEY, lambda: self.show_run(""))):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(does)

    # What it is shown

    @property
    def cluster(self) -> ClusterView | None:
        return self._cluster

    def show_cluster(self, view: ClusterView | None) -> None:
        """Another cluster's figures are asked for."""
        another = (view.name if view else None) != (self._cluster.name if self._cluster else None)
        self._cluster = view
        self._stripe.show_environment(view.environment if view is not None else None)
        if another:
            self._seen, self._run = None, ""
            self.trouble.say("")
            self._ask()
            self._show()

    def show_days(self, days: int) -> None:
        """The figures of so many days until now."""
        self._days, self._run = days, ""
        self._ask()
        self._show()

    def show_run(self, run: str) -> None:
        """The figures of one run; empty: of the time again."""
        if run == self._run:
            return
        self._run = run
        self._ask()
        self._show()
        if run:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_indicators(self, asked: AskIndicators, seen: IndicatorsSeen) -> None:
        """The answer to an AskIndicators; a late one of another cluster, time or run is left alone."""
        if asked != self._asked:
            return
        self._seen = seen
        self.trouble.say("")
        self._show()

    def show_refused(self, asked: AskIndicators, refused: Refused) -> None:
        """Why there is no answer; what stood there stays, and is said to be old."""
        if asked == self._asked:
            self.trouble.say(refused_sentence(refused))

    def show_run_refused(self, refused: Refused) -> None:
        """The record of a run can't be opened any more."""
        self.trouble.say(refused_sentence(refused))

    def set_live(self, live: bool) -> None:
        """The engine is there or lost."""
        self._live = live
        lost = translate("indicator", "The engine does not answer: these are the figures of its last answer.")
        self.trouble.say("" if live else lost)
        if live:
            self._ask()
        self._show()

    # Show

    def _now(self) -> datetime:
        return self._clock().utc

    def _show(self) -> None:
        cluster = self._cluster
        if cluster is None:
            self._waiting.say(
                translate("indicator", "No cluster is chosen. Choose one at the left to see what its records prove.")
            )
            self._stack.setCurrentIndex(0)
            return
        if self._seen is None:
            text = translate("indicator", "Reading the records of {cluster} …")
            self._waiting.say(text.format(cluster=shown(cluster.name)))
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        now, seen = self._now(), self._seen
        self._environment.say(names.environment_word(cluster.environment),
                              theme.ENVIRONMENT_TOKENS[cluster.environment])  # fmt: skip
        self.title.say(headline(seen), Token.TEXT if self._live else Token.TEXT_MUTED)
        self.below.say(self._below(seen, now))
        self.back.setVisible(bool(self._run))
        self.drills.setVisible(not seen.lines)
        text = days_text(self._days)
        self.period.setText(text)
        self.period.setAccessibleName(translate("indicator", "Time: {time}. Change").format(time=text))
        self.period.updateGeometry()
        self.rows.show_indicators(seen.indicators, now, live=self._live)
        self._show_evidence()

    def _below(self, seen: IndicatorsSeen, now: datetime) -> str:
        if not seen.lines:
            return translate(
                "indicator", "No record in this time. A restore drill or a comparison of the copies on the Drills page "
                             "gives the first figures, and changes no server."
            )  # fmt: skip
        one = translate("indicator", "{period}; from 1 record, nothing is typed in")
        many = translate("indicator", "{period}; from {n} records, nothing is typed in")
        return counted(len(seen.lines), one, many).format(period=period_text(seen, now))

    def _choose(self, name: IndicatorName) -> None:
        self._chosen = name
        self._show_evidence()
        self._scroll.ensureWidgetVisible(self.evidence)

    def _show_evidence(self) -> None:
        seen = self._seen
        if seen is None:
            return
        for name, tile in self.rows.tiles.items():
            tile.setChecked(name is self._chosen)
        one = next((one for one in seen.indicators if one.name is self._chosen), None)
        self.evidence.show_lines(one, lines_of(one, seen), self._now(), runs=not seen.run)

    # What it asks for

    def _ask(self) -> None:
        if self._cluster is None or not self._live or not self.isVisible():
            return
        name = self._cluster.name
        if self._run:
            self._asked = AskIndicators(cluster=name, run=self._run)
        else:
            until = self._now()
            self._asked = AskIndicators(cluster=name, since=until - timedelta(days=self._days), until=until)
        self.wants.emit(self._asked)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pace.start()
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pace.stop()


def days_text(days: int) -> str:
    """A time until now."""
    return counted(days, translate("indicator", "last day"), translate("indicator", "last {n} days"))


def lines_of(one: Indicator | None, seen: IndicatorsSeen) -> tuple[EvidenceLine, ...]:
    """The records that a figure names, the newest first."""
    if one is None:
        return ()
    ids = set(one.evidence.ids)
    return tuple(line for line in seen.lines if line.id in ids)
