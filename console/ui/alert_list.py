"""All that is wrong now with who took it, and the silences with their ends: at the left of the Incidents page."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.domain.alerting import AlertSource, AlertState, Silence
from console.domain.cluster import Environment
from console.domain.text import shown
from console.ui import shapes, theme
from console.ui.alert_sentences import item_said, item_since
from console.ui.alert_state import Item
from console.ui.alert_words import silence_sentence
from console.ui.chip import Chip
from console.ui.controls import Says
from console.ui.flow import Flow
from console.ui.incident_rows import IncidentRows, Line
from console.ui.link_act import LinkAct
from console.ui.places import Place
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear

ITEMS_MAX = 200
SILENCES_MAX = 40


def item_key(item: Item) -> str:
    """What names a row: the alert's id, else what the finding is about."""
    return item.alert.id if item.alert is not None else "/".join(item.key)


def item_line(item: Item, environment: Environment | None, now: datetime) -> Line:
    """One thing that is wrong as a row; one that was taken steps back."""
    health = item.health
    below = item_since(item, now)
    if item.alert is not None and item.alert.note:
        text = translate("alerts", "{said}. Note: {note}")
        below = text.format(said=below, note=shown(item.alert.note, characters_max=200))

    def paint(painter: QPainter, box: QRect) -> None:
        shapes.paint_health(painter, box, health)

    return Line(key=item_key(item), title=item_said(item, now), below=below, dim=item.taken, bold=not item.taken,
                environment=environment, paint=paint, look=health.value)  # fmt: skip


class SilenceRow(QWidget):
    """One silence with the way to end it."""

    def __init__(self, silence: Silence, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = silence_sentence(silence, now)
        self.says = Says(said, size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self.end = LinkAct(translate("alerts", "End it"), self)
        self.end.setAccessibleName(translate("alerts", "End: {silence}").format(silence=said))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(3), theme.grid(0.5), theme.grid(3), theme.grid(0.5))
        row.setSpacing(theme.grid(2))
        row.addWidget(self.says, 1)
        row.addWidget(self.end, 0, Qt.AlignmentFlag.AlignTop)


class RowsPanel(Panel):
    """A card whose rows reach its edges, so that stripes and chosen rows do."""

    def _redress(self) -> None:
        super()._redress()
        self._column.setContentsMargins(1, theme.grid(2.5), 1, theme.grid(2))
        self._line.setContentsMargins(theme.grid(3), 0, theme.grid(3), 0)

    def put_inset(self, part: QWidget | QLayout) -> None:
        """What is no row stands in from the edge."""
        inner = QHBoxLayout()
        inner.setContentsMargins(theme.grid(3), 0, theme.grid(3), 0)
        if isinstance(part, QWidget):
            inner.addWidget(part)
        else:
            inner.addLayout(part)
        self.put(inner)


class AlertPanel(RowsPanel):
    """The alerts, what can be done about the chosen one, and the silences."""

    acknowledge_wanted = Signal(object)  # Alert
    silence_wanted = Signal(object)  # Alert
    end_wanted = Signal(object)  # Silence
    show_wanted = Signal(object)  # Place
    ways_wanted = Signal()  # the alert is about a way out

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("alerts", "Alerts"), tight=True, parent=parent)
        self._items: dict[str, Item] = {}
        self._silences: tuple[Silence, ...] = ()
        self.none = Says(token=Token.TEXT_MUTED)
        self.rows = IncidentRows(translate("alerts", "Open alerts"))
        self.newer = LinkAct("")
        self.take = Chip(translate("alerts", "Acknowledge …"))
        self.hush = Chip(translate("alerts", "Silence …"))
        self.go = Chip(translate("alerts", "Show"))
        self.refusal = Says(size_em=SMALL, token=Token.LOST)
        self._rest = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.silences: tuple[SilenceRow, ...] = ()
        self._silence_list = QVBoxLayout()
        self._scroll = scrolled(self.rows)
        self._build()
        self.rows.chosen.connect(lambda _key: self._show_acts())
        self.rows.opened.connect(lambda _key: self._go())
        self.rows.held.connect(self._show_newer)
        self.newer.clicked.connect(self.rows.let_in)
        self.take.clicked.connect(self._take)
        self.hush.clicked.connect(self._hush)
        self.go.clicked.connect(self._go)

    def _build(self) -> None:
        self.newer.hide()
        self.put_right(self.newer)
        self.put_inset(self.none)
        self.put(self._scroll, 1)
        self.put_inset(self._rest)
        acts = Flow(gap=theme.grid(1))
        for act in (self.take, self.hush, self.go):
            acts.addWidget(act)
        line = QVBoxLayout()
        line.addLayout(acts)
        line.addWidget(self.refusal)
        self.put_inset(line)
        self._silence_list.setSpacing(0)
        self.put(self._silence_list)

    # What it shows

    def show_items(
        self, items: Sequence[Item], environments: Mapping[str, Environment], now: datetime, left_out: int = 0
    ) -> None:
        """All that is wrong now, the worst first; `left_out`: how many more were not told."""
        shown_items = items[:ITEMS_MAX]
        rest = len(items) - len(shown_items) + left_out
        one, many = translate("alerts", "1 more is not listed"), translate("alerts", "{n} more are not listed")
        self._rest.say(counted(rest, one, many) if rest else "")
        self._items = {item_key(item): item for item in shown_items}
        self.rows.show_lines([item_line(item, environments.get(item.cluster), now) for item in shown_items])
        untaken = sum(1 for item in items if not item.taken)
        one, many = translate("alerts", "1 open"), translate("alerts", "{n} open")
        said = [counted(untaken, one, many)] if untaken else []
        if len(items) - untaken:
            said.append(translate("alerts", "{n} taken").format(n=len(items) - untaken))
        self.aside.say(", ".join(said))
        self.none.say("" if items else translate("alerts", "Nothing is wrong now."))
        self._scroll.setVisible(bool(items))
        self._show_acts()

    def show_silences(self, silences: Sequence[Silence], now: datetime) -> None:
        """Those that hold now, the one that ends first on top."""
        holding = tuple(sorted((one for one in silences if one.until > now), key=lambda one: one.until))[:SILENCES_MAX]
        if holding == self._silences:
            return
        self._silences = holding
        clear(self._silence_list)
        rows = []
        for silence in holding:
            row = SilenceRow(silence, now)
            row.end.clicked.connect(lambda _on=False, silence=silence: self.end_wanted.emit(silence))
            self._silence_list.addWidget(row)
            rows.append(row)
        self.silences = tuple(rows)

    def show_refused(self, text: str) -> None:
        """Something that was asked here was refused; said until the next is asked."""
        self.refusal.say(text)

    def _show_newer(self, number: object) -> None:
        count = number if isinstance(number, int) else 0
        self.newer.setText(translate("alerts", "{n} newer: show").format(n=count))
        self.newer.setAccessibleName(self.newer.text())
        self.newer.updateGeometry()
        self.newer.setVisible(count > 0)

    def _chosen(self) -> Item | None:
        return self._items.get(self.rows.current)

    def _show_acts(self) -> None:
        item = self._chosen()
        alert = item.alert if item is not None else None
        self.go.setVisible(item is not None)
        self.take.setVisible(alert is not None)
        self.take.setText(
            translate("alerts", "Change the note …") if alert is not None and alert.state is AlertState.ACKNOWLEDGED
            else translate("alerts", "Acknowledge …")
        )  # fmt: skip
        self.take.setAccessibleName(self.take.text())
        self.take.updateGeometry()
        self.hush.setVisible(alert is not None and item is not None and item.silence is None)

    # Hands

    def _take(self) -> None:
        item = self._chosen()
        if item is not None and item.alert is not None:
            self.refusal.say("")
            self.acknowledge_wanted.emit(item.alert)

    def _hush(self) -> None:
        item = self._chosen()
        if item is not None and item.alert is not None:
            self.refusal.say("")
            self.silence_wanted.emit(item.alert)

    def _go(self) -> None:
        item = self._chosen()
        if item is None:
            return
        if item.alert is not None and item.alert.sign.source is AlertSource.WAY_OUT:
            self.ways_wanted.emit()
        else:
            self.show_wanted.emit(Place(item.cluster or None, item.node))


class Scrolled(QScrollArea):
    """Wants to be as high as what is in it, or as `hint_em`; scrolls up and down where the room ends."""

    def __init__(self, hint_em: float | None = None) -> None:
        super().__init__()
        self._hint_em = hint_em

    def sizeHint(self) -> QSize:
        page = self.widget()
        if self._hint_em is not None:
            return QSize(theme.em(18), theme.em(self._hint_em))
        if page is None:
            return super().sizeHint()
        # As if its bar stood there: else a bar that once came makes the texts higher, and so never goes again.
        width = max(self.width() - self.verticalScrollBar().sizeHint().width(), theme.em(10))
        return QSize(theme.em(18), max(page.heightForWidth(width), page.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(8), theme.em(3))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing scrolls sideways here: those keys are for others."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(part: QWidget, hint_em: float | None = None) -> QScrollArea:
    """A part in an area that scrolls; `hint_em`: the height that it wants, where that is not the part's own."""
    page = QWidget()
    page.setObjectName("page")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    scroll = Scrolled(hint_em)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    scroll.setWidget(page)
    page.installEventFilter(scroll)
    return scroll
