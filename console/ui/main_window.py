"""The one window: the bar on top, the list at the left, the pages, the foot; it shows and asks, and knows no engine."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView, EngineView
from console.domain.reading import Moment
from console.domain.text import shown
from console.ui.alert_bar import AlertBar
from console.ui.alert_state import Item, of_concerns
from console.ui.concerns import concerns
from console.ui.fleet_page import FleetPage, worst_first
from console.ui.focus_ring import FocusRing
from console.ui.keys import Key, key_lines
from console.ui.node_list import NodeList
from console.ui.notice_bar import NoticeBar
from console.ui.overlay import GoTo, KeysOverview, Target
from console.ui.places import EVERYWHERE, Place
from console.ui.speech import counted, translate
from console.ui.status_bar import StatusBar
from console.ui.tab_row import TabRow
from console.ui.theme import Choice

SUMMARY_MILLISECONDS: Final = 120  # list, bar and foot are brought up to date together, not for each cluster
TITLE_CHARACTERS_MAX: Final = 80
FLEET: Final = "fleet"
CLUSTER: Final = "cluster"
RECOVERY: Final = "recovery"
BACKUPS: Final = "backups"
DRILLS: Final = "drills"
INCIDENTS: Final = "incidents"
SCOREBOARD: Final = "scoreboard"
OF_CLUSTERS: Final = (CLUSTER, BACKUPS, RECOVERY, DRILLS, SCOREBOARD)  # pages that show one cluster
# Who reads here and chooses another cluster reads on here.
STAYING: Final = (BACKUPS, RECOVERY, DRILLS, INCIDENTS, SCOREBOARD)
WIZARD: Final = "wizard"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the window; its widget is made when it is first needed."""

    name: str
    title: str
    make: Callable[[], QWidget]


def _findings(views: tuple[ClusterView, ...]) -> tuple[Item, ...]:
    return of_concerns(concerns(views))


class MainWindow(QMainWindow):
    """Shows what it is given; asks by signals."""

    place_changed = Signal(object)  # Place, after the window went there
    page_made = Signal(object)  # (name, widget), the first time a page is needed
    add_cluster_wanted = Signal()
    theme_wanted = Signal(object)  # theme.Choice
    run_wanted = Signal(object)  # RunView: the bar on top was followed to it
    summarised = Signal(object)  # list, bar and foot are up to date; bool: the engine looks, and there is something
    closed = Signal()

    def __init__(self, clock: Callable[[], Moment]) -> None:
        super().__init__()
        self._clock = clock
        self._views: dict[str, ClusterView] = {}
        self._engine: EngineView | None = None
        self._pages: list[Page] = []
        self._widgets: dict[str, QWidget] = {}
        self._place = EVERYWHERE
        self._trouble = ""
        self.items_of = _findings  # what is wrong, of these pictures: another may know more of it
        self.alert_bar = AlertBar(clock)
        self.notice_bar = NoticeBar()
        self.node_list = NodeList()
        self.fleet_page = FleetPage(clock)
        self.tab_row = TabRow()
        self.status_bar = StatusBar()
        self._stack = QStackedWidget()
        self._desk, self._over = QWidget(), QStackedWidget()  # list and pages, and what takes their place
        self._lay_out()
        self._go_to = GoTo(self)
        self._keys = KeysOverview(self)
        self._ring = FocusRing(self)
        self._summary = QTimer(self)
        self._summary.setSingleShot(True)
        self._summary.timeout.connect(self._summarise)
        self._seconds = QTimer(self)
        self._seconds.setTimerType(Qt.TimerType.CoarseTimer)
        self._seconds.timeout.connect(self.tick)
        self._seconds.start(1000)
        self._connect()
        self.add_page(Page(FLEET, translate("window", "Fleet"), lambda: self.fleet_page))
        self.setWindowTitle(translate("window", "Ledger Console"))
        self.resize(1280, 800)
        self.node_list.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tick()

    def _lay_out(self) -> None:
        middle = QWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.tab_row)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self._desk)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.node_list)
        row.addLayout(right, 1)
        self._over.addWidget(self._desk)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.alert_bar)
        column.addWidget(self.notice_bar)
        column.addWidget(self._over, 1)
        column.addWidget(self.status_bar)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        self.node_list.place_chosen.connect(self.go)
        self.fleet_page.cluster_chosen.connect(self.go)
        self.fleet_page.add_cluster_wanted.connect(self.add_cluster_wanted)
        self.alert_bar.show_wanted.connect(self.go)
        self.alert_bar.run_wanted.connect(self.run_wanted)
        self._go_to.gone_to.connect(self._go_to_goal)
        self.tab_row.tabs.currentChanged.connect(self._tab_chosen)
        self._key(Key.GO_TO, self._ask_where)
        self._key(Key.KEYS, self._show_keys)
        self._key(Key.NEXT_ALERT, self.alert_bar.go_on)
        self._key(Key.ACKNOWLEDGE, self.alert_bar.acknowledge)
        self._key(Key.SILENCE, self.alert_bar.silence)
        self._key(Key.FILTER, self._filter)
        self._key(Key.LIST, lambda: self.node_list.rows.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._key(Key.ADD_CLUSTER, self.add_cluster_wanted.emit)
        self._key(Key.QUIT, self.close)

    def _key(self, key: Key, does: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key.value), self)
        shortcut.activated.connect(does)

    # Pages

    def add_page(self, page: Page) -> None:
        """Put a page behind the others. Its key is Alt and its place."""
        self._pages.append(page)
        place = len(self._pages) - 1
        shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
        shortcut.activated.connect(lambda: self._choose_tab(place))
        self.tab_row.add(page.title)

    def page(self, name: str) -> QWidget:
        """A page by its name; made now if it was not needed before."""
        widget = self._widgets.get(name)
        if widget is None:
            widget = next(page for page in self._pages if page.name == name).make()
            self._widgets[name] = widget
            self._stack.addWidget(widget)
            self.page_made.emit((name, widget))
        return widget

    @property
    def place(self) -> Place:
        return self._place

    @property
    def page_names(self) -> tuple[str, ...]:
        """The pages that there are, in their order."""
        return tuple(page.name for page in self._pages)

    @property
    def page_name(self) -> str:
        return self._pages[self.tab_row.tabs.currentIndex()].name

    def _choose_tab(self, at: int) -> None:
        self._step_aside()
        self.tab_row.tabs.setCurrentIndex(at)

    def _tab_chosen(self, at: int) -> None:
        name = self._pages[at].name
        self._stack.setCurrentWidget(self.page(name))
        if name not in OF_CLUSTERS:
            return
        if self._place.cluster is None and self._views:
            self.go(Place(min(self._views.values(), key=worst_first).name))
        else:
            self.place_changed.emit(self._place)

    def go(self, place: Place) -> None:
        """Show a cluster, a node of it, or all."""
        self._step_aside()
        self._place = place
        self.node_list.choose(place)
        # Who reads one cluster's recovery and chooses another one reads on; a node has its card on its own page.
        stays = self.page_name in STAYING and place.cluster is not None and place.node is None
        wanted = FLEET if place.cluster is None else self.page_name if stays else CLUSTER
        names = [page.name for page in self._pages]
        if wanted in names and self.page_name != wanted:
            self.tab_row.tabs.setCurrentIndex(names.index(wanted))
        self.place_changed.emit(place)

    # A wizard in the place of list and pages

    def show_wizard(self, wizard: QWidget) -> None:
        """Let a wizard take the place of list and pages; the bar on top stays."""
        if self._over.indexOf(wizard) < 0:
            self._over.addWidget(wizard)
        self._over.setCurrentWidget(wizard)
        self.status_bar.hide()
        self.notice_bar.show_notice(WIZARD, "", "", self.hide)

    def end_wizard(self) -> None:
        """Back to list and pages; what the wizard shows is over."""
        self._over.setCurrentWidget(self._desk)
        self.status_bar.show()
        self.notice_bar.show_notice(WIZARD, "", "", self.hide)
        self.tab_row.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_aside(self) -> None:
        """Somebody goes to a page while a wizard is open: it keeps what was read, and a line leads back to it."""
        wizard = self._over.currentWidget()
        if wizard is None or wizard is self._desk:
            return
        self._over.setCurrentWidget(self._desk)
        self.status_bar.show()
        text = translate("window", "{title} is open, and keeps what was read.").format(title=self._wizard_title(wizard))
        back = translate("window", "Back to it")
        self.notice_bar.show_notice(WIZARD, text, back, lambda: self.show_wizard(wizard))

    def _wizard_title(self, wizard: QWidget) -> str:
        return wizard.accessibleName() or translate("window", "The wizard")

    def go_to_page(self, name: str, place: Place) -> None:
        """Show a cluster on a named page."""
        self._step_aside()
        self._place = place
        self.node_list.choose(place)
        names = [page.name for page in self._pages]
        if self.page_name != name:
            self.tab_row.tabs.setCurrentIndex(names.index(name))
        self.place_changed.emit(place)

    # What it is shown

    def views(self) -> tuple[ClusterView, ...]:
        return tuple(self._views.values())

    def view(self, name: str | None) -> ClusterView | None:
        return self._views.get(name) if name is not None else None

    def show_views(self, views: tuple[ClusterView, ...]) -> None:
        """These clusters and no others, as after the engine's first word."""
        self._views = {view.name: view for view in views}
        self.fleet_page.show_fleet(self.views())
        self._summarise()

    def show_view(self, view: ClusterView) -> None:
        """A new picture of one cluster; one that is older than what stands there changes nothing."""
        known = self._views.get(view.name)
        if known is not None and view.at < known.at:
            return
        self._views[view.name] = view
        self.fleet_page.show_view(view)
        self.summarise()

    def keep_only(self, names: tuple[str, ...]) -> None:
        """Clusters that the inventory no longer has are gone."""
        self._views = {name: view for name, view in self._views.items() if name in names}
        self.fleet_page.show_fleet(self.views())
        self._summarise()
        if self._place.cluster is not None and self._place.cluster not in names:
            self.go(EVERYWHERE)

    def _titled(self, engine: EngineView) -> str:
        """The title: that everything is frozen stands in it, wherever the window is seen."""
        if engine.frozen is None:
            return translate("window", "Ledger Console")
        return translate("window", "This console is frozen by {person}: {reason} - Ledger Console").format(
            person=shown(engine.frozen.by), reason=shown(engine.frozen.reason, characters_max=TITLE_CHARACTERS_MAX)
        )

    def show_engine(self, engine: EngineView) -> None:
        self.setWindowTitle(self._titled(engine))
        """The engine's own state; with it, it is there again."""
        self._engine = engine
        self._trouble = ""
        self.alert_bar.show_engine_trouble("")
        self.fleet_page.set_live(True)
        self.node_list.set_live(True)
        self.status_bar.show_engine(engine)
        self._summarise()

    def show_engine_lost(self, reason: str) -> None:
        """Say at once that nothing new comes: figures turn old, nothing on them is believed."""
        reason = shown(reason).rstrip(".")
        text = translate("window", "The engine has stopped ({reason}), starting it again")
        self._trouble = text.format(reason=reason)
        self._engine = None
        self.alert_bar.show_engine_trouble(self._trouble)
        self.fleet_page.set_live(False)
        self.node_list.set_live(False)
        self.status_bar.show_away(translate("window", "No engine: what is shown is old"))

    def _summarise(self) -> None:
        views = self.views()
        self.node_list.show_fleet(views)
        self.node_list.choose(self._place)
        well = bool(views) and self._engine is not None
        self.alert_bar.show_items(self.items_of(views), calm=self._calm(), well=well)
        self.summarised.emit(well)

    def summarise(self) -> None:
        """What is wrong has changed without a new picture: soon, and once for many changes."""
        if not self._summary.isActive():
            self._summary.start(SUMMARY_MILLISECONDS)

    def _calm(self) -> str:
        if not self._views:
            return translate("bar", "Nothing is watched yet.")
        engine = self._engine
        hosts = engine.hosts if engine is not None else sum(len(view.nodes) for view in self._views.values())
        if engine is not None and engine.answered < hosts:
            some = translate("bar", "Nothing is wrong. {n} hosts asked each second, {answered} answered.")
            return some.format(n=hosts, answered=engine.answered)
        one = translate("bar", "Nothing is wrong. 1 host asked each second, it answered.")
        return counted(hosts, one, translate("bar", "Nothing is wrong. {n} hosts asked each second, all answered."))

    def tick(self) -> None:
        """Once a second: clocks and ages."""
        self.status_bar.tick(self._clock())
        self.alert_bar.tick()
        self.fleet_page.tick()

    # Keys

    def _filter(self) -> None:
        self.node_list.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.node_list.filter.selectAll()

    def _show_keys(self) -> None:
        self._keys.show_keys(key_lines(tuple(page.title for page in self._pages)))

    def _ask_where(self) -> None:
        pages = [Target(translate("window", "Page: {page}").format(page=page.title), page.name) for page in self._pages]
        places = []
        for view in sorted(self._views.values(), key=worst_first):
            places.append(Target(view.name, Place(view.name)))
            places += [Target(f"{view.name}: {node.name}", Place(view.name, node.name)) for node in view.nodes]
        dresses = [
            Target(translate("window", "Theme: as the system"), Choice.SYSTEM),
            Target(translate("window", "Theme: light"), Choice.LIGHT),
            Target(translate("window", "Theme: dark"), Choice.DARK),
        ]
        self._go_to.ask((*pages, *places, *dresses))

    def _go_to_goal(self, goal: object) -> None:
        if isinstance(goal, Place):
            self.go(goal)
        elif isinstance(goal, Choice):
            self.theme_wanted.emit(goal)
        elif isinstance(goal, str):
            names = [page.name for page in self._pages]
            self._choose_tab(names.index(goal))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._place != EVERYWHERE:
            self.go(Place(self._place.cluster) if self._place.node is not None else EVERYWHERE)
            return
        super().keyPressEvent(event)

    # The window itself

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._seconds.stop()
        self.closed.emit()
        super().closeEvent(event)

