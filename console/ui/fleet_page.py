"""The Fleet page: a card for each cluster, the worst first; for a newcomer, what to do first."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from console.domain.backup import BackupsView
from console.domain.cluster import Environment
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.verdict import Health
from console.ui import sentences, theme
from console.ui.automation_words import may_act
from console.ui.backup_keeping import BackupKeeping, keeping_of, next_by_itself
from console.ui.card import Card
from console.ui.card_column import CardColumn
from console.ui.controls import Act, Says
from console.ui.heartbeat_table import Columns
from console.ui.places import Place
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token

ARRANGE_MILLISECONDS: Final = 250
NOTE_EM_MIN: Final = 45.0
_ENVIRONMENT_ORDER: Final = tuple(Environment)
_HEALTH_ORDER: Final = (Health.LOST, Health.UNKNOWN, Health.DEGRADED, Health.HEALTHY)


def worst_first(view: ClusterView) -> tuple[int, int, str]:
    """The place of a cluster: production before staging before the lab, in each the worst first."""
    return (_ENVIRONMENT_ORDER.index(view.environment), _HEALTH_ORDER.index(view.verdict.health), view.name)


class EmptyFleet(QWidget):
    """What stands here before there is a cluster: what is missing, what it would give, what to press."""

    lab_wanted = Signal()
    add_cluster_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lab = Act(translate("fleet", "Start the lab"), filled=True, tall_steps=8)
        self._add = Act(translate("fleet", "Add a cluster …"), key="Ctrl+N", tall_steps=8)
        self._trouble = Says(token=Token.LOST)
        self._lab.clicked.connect(self.lab_wanted)
        self._add.clicked.connect(self.add_cluster_wanted)
        first = translate("fleet", "No cluster is watched yet")
        lab = translate(
            "fleet",
            "With no servers at hand, start the lab: a real three-node PostgreSQL cluster on this desk, with a ledger "
            "under load, to break and to mend. It takes about ten seconds and is taken down whole.",
        )
        own = translate(
            "fleet",
            "With servers of your own, name one host of a cluster: the console finds the others over SSH, shows what "
            "it found, and saves nothing until you agree.",
        )
        column = QVBoxLayout()
        column.setSpacing(theme.grid(3))
        column.addWidget(Says(first, size_em=theme.BIG, bold=True))
        for text, act in ((lab, self._lab), (own, self._add)):
            column.addSpacing(theme.grid(2))
            column.addWidget(Says(text))
            column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._trouble)
        column.addStretch(1)
        outer = QHBoxLayout(self)
        outer.addLayout(column, 3)
        outer.addStretch(2)
        outer.setContentsMargins(theme.grid(1), theme.grid(10), theme.grid(4), theme.grid(4))

    def show_lab(self, *, starting: bool, trouble: str = "") -> None:
        """While the lab starts its button rests and says so; trouble is told below."""
        self._lab.setEnabled(not starting)
        words = translate("fleet", "The lab is starting …") if starting else translate("fleet", "Start the lab")
        self._lab.setText(words)
        self._lab.setAccessibleName(words)
        self._lab.updateGeometry()
        self._trouble.say(trouble)


class FleetPage(QWidget):
    """Shows views, asks by signals; keeps its order while the pointer or the focus is in its cards."""

    cluster_chosen = Signal(object)  # Place
    add_cluster_wanted = Signal()
    lab_wanted = Signal()
    wants = Signal(object)  # a link message

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cards: dict[str, Card] = {}
        self._came: dict[str, float] = {}
        self._order: list[str] = []
        self._columns = Columns(0, 0)
        self._live = True
        self._waiting = Says(translate("fleet", "Asking the engine what it watches …"), token=Token.TEXT_MUTED)
        self._headline = Says(size_em=theme.VERDICT, bold=True)
        self._note = Says(size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        self._add = Act(translate("fleet", "Add a cluster"), key="Ctrl+N", tall_steps=6)
        self._add.clicked.connect(self.add_cluster_wanted)
        self.empty = EmptyFleet()
        self.empty.lab_wanted.connect(self.lab_wanted)
        self.empty.add_cluster_wanted.connect(self.add_cluster_wanted)
        self._keeping: dict[str, BackupKeeping] = {}
        self._next = Says(next_by_itself((), clock().utc), size_em=SMALL, token=Token.TEXT_MUTED)
        self._list = CardColumn()
        self._list.setObjectName("page")
        self._scroll = QScrollArea()
        self._stack = QStackedLayout()
        self._lay_out()
        # Many new pictures cost one look at the order; a new card or font is arranged at the end of this turn.
        self._arranging = QTimer(self)
        self._arranging.setSingleShot(True)
        self._arranging.timeout.connect(self._arrange)
        theme.changed.connect(self._redress)

    def _lay_out(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(translate("fleet", "Clusters"))
        self._scroll.setWidget(self._list)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._space)
        self._head = QHBoxLayout()
        self._head.addWidget(self._headline, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self._note, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addStretch(1)
        self._head.addWidget(self._add, 0, Qt.AlignmentFlag.AlignVCenter)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._scroll, 1)
        self._full = full
        waiting = QWidget()
        self._waiting_box = QVBoxLayout(waiting)
        self._waiting_box.addWidget(self._waiting)
        self._waiting_box.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._stack)  # before its parts: a part of a stack without a place is a window for a moment
        for part in (waiting, self.empty, full):
            self._stack.addWidget(part)
        self._space()

    def _space(self) -> None:
        grid = theme.grid
        self._head.setContentsMargins(grid(4), grid(3), grid(4), grid(2))
        self._head.setSpacing(grid(2))
        self._waiting_box.setContentsMargins(grid(4), grid(4), grid(4), grid(4))
        # The focus ring stands 3 px outside a card and must not be cut; a scroll bar takes its room from the margin.
        scrolls = self._scroll.verticalScrollBar().maximum() > 0
        right = grid(4) - (self._scroll.verticalScrollBar().sizeHint().width() if scrolls else 0)
        self._list.show_spacing(left=grid(4), top=grid(1), right=max(grid(1), right), bottom=grid(1), gap=grid(3))
        self.empty.setContentsMargins(grid(4), 0, grid(4), 0)

    def _redress(self) -> None:
        self._space()
        self._columns = Columns(0, 0)
        self._list.measure_again()
        self._arranging.start(0)

    def showEvent(self, event: QShowEvent) -> None:
        self._arranging.start(0)
        super().showEvent(event)

    def show_fleet(self, views: tuple[ClusterView, ...]) -> None:
        """Show these clusters and no others; a view that is shown already costs nothing."""
        ticks = self._clock().ticks
        names_before = set(self._cards)
        wanted = {view.name: view for view in views}
        for name in [name for name in self._cards if name not in wanted]:
            self._cards.pop(name).deleteLater()
            self._came.pop(name)
            self._order.remove(name)
            self._list.show_parts(self.cards(), self._next)
        for name, view in wanted.items():
            card = self._cards.get(name)
            if card is None:
                card = self._add_card(name)
            if card.view is not view:
                card.show_view(view)
                self._came[name] = ticks
        wanted_page = self._full if views else self.empty
        if self._stack.currentWidget() is not wanted_page:
            self._stack.setCurrentWidget(wanted_page)
        if not self._arranging.isActive():
            self._arranging.start(0 if names_before != set(self._cards) else ARRANGE_MILLISECONDS)

    def show_view(self, view: ClusterView) -> None:
        """A new picture of one cluster, at the cost of one card."""
        card = self._cards.get(view.name)
        if card is None:
            known = tuple(one.view for one in self._cards.values() if one.view is not None)
            self.show_fleet((*known, view))
            return
        card.show_view(view)
        self._came[view.name] = self._clock().ticks
        if not self._arranging.isActive():
            self._arranging.start(ARRANGE_MILLISECONDS)

    def show_backups(self, view: BackupsView) -> None:
        """What was told of a cluster's backups: its card says what was proven last."""
        self._keeping[view.cluster] = keeping_of(view)
        self._tell_keeping()

    def _tell_keeping(self) -> None:
        now = self._clock().utc
        for name, card in self._cards.items():
            if name in self._keeping:
                card.show_keeping(self._keeping[name], now)
        keepings = tuple(one for key, one in self._keeping.items() if key in self._cards)
        views = [card.view for card in self._cards.values() if card.view is not None]
        self._next.say(next_by_itself(keepings, now, tuple(view.name for view in views if may_act(view))))

    def set_live(self, live: bool) -> None:
        """Without an engine all figures are old at once."""
        self._live = live
        self.tick()

    def tick(self) -> None:
        """Called each second: ages count on."""
        ticks = self._clock().ticks
        for name, card in self._cards.items():
            card.tick(ticks - self._came[name], live=self._live)
        self._tell_keeping()

    def cards(self) -> tuple[Card, ...]:
        """The cards in the order in which they stand."""
        return tuple(self._cards[name] for name in self._order)

    def _add_card(self, name: str) -> Card:
        card = Card(self._list)
        card.chosen.connect(lambda node, cluster=name: self.cluster_chosen.emit(Place(cluster, node)))
        card.installEventFilter(self)
        self._cards[name] = card
        self._came[name] = 0.0
        self._order.append(name)
        if name in self._keeping:
            card.show_keeping(self._keeping[name], self._clock().utc)
        return card

    def _arrange(self) -> None:
        views = tuple(card.view for card in self._cards.values() if card.view is not None)
        columns = Columns.fitting(views)
        if columns != self._columns:
            self._columns = columns
            for card in self._cards.values():
                if card.view is not None:
                    card.show_view(card.view, columns)
        wanted = [view.name for view in sorted(views, key=worst_first)]
        moved = sum(1 for here, there in zip(self._order, wanted, strict=False) if here != there)
        note = translate("fleet", "worst first")
        if moved and self._is_touched():
            kept = counted(
                moved, translate("fleet", "1 card would move"), translate("fleet", "{n} cards would move")
            )
            note = translate("fleet", "order kept while you are here, {kept}").format(kept=kept)
        elif moved:
            self._order = wanted
        self._list.show_parts(self.cards(), self._next)
        # At a large font the headline has no room to share.
        roomy = self.width() > theme.em(NOTE_EM_MIN)
        self._note.say(note if len(views) > 1 and roomy else "")
        self._headline.say(sentences.headline(views))

    def _is_touched(self) -> bool:
        focus = QApplication.focusWidget()
        inside = focus is not None and self._list.isAncestorOf(focus)
        return inside or any(card.underMouse() for card in self._cards.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self._arranging.start(0)
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, Card):
            self._scroll.ensureWidgetVisible(watched, 0, theme.grid(4))
        return super().eventFilter(watched, event)
