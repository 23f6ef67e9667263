"""The identity card of the chosen node: who it is, every figure with source and age, and what its sources dispute."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.domain.fleet import Disagreement, Figure, NodeCard, NodeView, Quantity, Unit
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import measures, names, sentences, theme
from console.ui.controls import Act, Rule, Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.shapes import HealthShape, paint_health
from console.ui.speech import translate
from console.ui.theme import SMALL, VERDICT, Token

DRAWER_EM: Final = 22.2  # 288 px at 13 px
OLD_ROUNDS: Final = 3
HOST_ROUND_SECONDS: Final = 5.0  # facts of the host are asked for at their own, slower pace
IDENTITY: Final = (
    Quantity.HOST_NAME,
    Quantity.ADDRESS,
    Quantity.SYSTEM,
    Quantity.POSTGRES_VERSION,
    Quantity.SYSTEM_IDENTIFIER,
    Quantity.DATA_DIRECTORY,
    Quantity.TIMELINE,
    Quantity.FOLLOWS,
    Quantity.SYNCHRONOUS,
    Quantity.SYNC_NAMES,
    Quantity.STARTED_AT,
    Quantity.MACHINE_ID,
    Quantity.BOOT_ID,
)
_AS_IS: Final = frozenset(
    {Quantity.SYSTEM_IDENTIFIER, Quantity.DATA_DIRECTORY, Quantity.MACHINE_ID, Quantity.BOOT_ID}
)  # shown in the fixed-width face
_HOST_PACE: Final = frozenset({Quantity.DISK_FREE, Quantity.DISK_TOTAL, Quantity.LOAD, Quantity.UPTIME})


def is_old(figure: Figure, now: datetime, interval_seconds: float) -> bool:
    """Older than three of its own rounds."""
    pace = max(interval_seconds, HOST_ROUND_SECONDS) if figure.quantity in _HOST_PACE else interval_seconds
    return (now - figure.at).total_seconds() > OLD_ROUNDS * pace


def _is_ours(figure: Figure) -> bool:
    """Measured or worked out by the console itself."""
    return figure.source == "console" or figure.source.startswith("console,")


def source_of(figure: Figure) -> str:
    """The full source of a figure: statement or command, node, time in UTC."""
    where = "" if _is_ours(figure) else translate("drawer", " on {node}").format(node=figure.node)
    return translate("drawer", "{source}{where}, {at} UTC").format(
        source=shown(figure.source, characters_max=120), where=where, at=figure.at.strftime("%H:%M:%S")
    )


def _value(figure: Figure, now: datetime) -> str:
    """The value as it fits a narrow column: what counts entries is a number there, as its name says of what."""
    if figure.unit is Unit.ENTRIES and isinstance(figure.value, int | float):
        return measures.number(figure.value)
    if isinstance(figure.value, float) and figure.unit is Unit.COUNT:
        return measures.compact(figure.value)  # a load of 0.8 is not 1
    if isinstance(figure.value, float) and figure.quantity is Quantity.CLOCK_OFFSET:
        return measures.round_trip(figure.value)  # in ms: what matters of it is small
    return measures.figure_text(figure, now)


def figure_name(figure: Figure) -> str:
    name = names.quantity_name(figure.quantity)
    if figure.about:
        about = shown(figure.about, characters_max=60)
        return translate("drawer", "{name} ({about})").format(name=name, about=about)
    return name


def copied_text(card: NodeCard) -> str:
    """All of the card as lines of text: name, value, source, time; for a ticket or a colleague."""
    lines = [translate("drawer", "{node} of {cluster}, {at} UTC").format(
        node=card.node, cluster=card.cluster, at=card.at.strftime("%Y-%m-%d %H:%M:%S")
    )]  # fmt: skip
    for figure in card.figures:
        value = shown(measures.figure_text(figure, card.at))
        lines.append(f"{figure_name(figure)}\t{value}\t{source_of(figure)}")
    lines += [_dispute_text(one, card.at) for one in card.disagreements]
    return "\n".join(lines)


def _dispute_text(dispute: Disagreement, now: datetime) -> str:
    sides = [
        translate("drawer", "{source} says {value} ({age} ago)").format(
            source=translate("drawer", "console") if _is_ours(side) else side.node,
            value=shown(measures.figure_text(side, now), characters_max=80),
            age=measures.duration(max((now - side.at).total_seconds(), 0.0)),
        )
        for side in (dispute.one, dispute.other)
    ]
    return translate("drawer", "Sources disagree on '{what}': {one}, {other}.").format(
        what=names.quantity_name(dispute.quantity), one=sides[0], other=sides[1]
    )


class DisputeBox(QWidget):
    """Sources that disagree, side by side with their ages, in a soft box of warn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        pad = theme.grid(2)
        row.setContentsMargins(pad + theme.em(SMALL) + theme.grid(2), pad, pad, pad)
        self._says = Says(size_em=SMALL, parent=self)
        row.addWidget(self._says)

    def show_text(self, text: str) -> None:
        self._says.say(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Token.WARN_SOFT))
        painter.drawRoundedRect(self.rect(), 4, 4)
        side = theme.em(SMALL)
        paint_health(painter, QRect(theme.grid(2), theme.grid(2) + 1, side, side), Health.DEGRADED)


class NodeDrawer(QWidget):
    """Shows one node. Esc closes it; nothing in it changes anything on the node."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: NodeCard | None = None
        self._interval = 1.0
        self._shape = HealthShape(size_em=1.25, parent=self)
        self._name = Says(size_em=VERDICT, bold=True, parent=self)
        self._role = Says(token=Token.TEXT_MUTED, wraps=False, parent=self)
        self.close_button = Act(translate("drawer", "Close"), key="Esc", bare=True, tall_steps=6, parent=self)
        self.close_button.setAccessibleName(translate("drawer", "Close the identity card"))
        self.close_button.clicked.connect(self.closed)
        self._sentence = Says(parent=self)
        self.identity = FigureTable(wide=1, gap_em=0.7, row_gap_em=0.36, parent=self)
        self.figures = FigureTable(wide=0, gap_em=0.55, row_gap_em=0.36, parent=self)
        self.identity.setAccessibleName(translate("drawer", "Identity"))
        self.figures.setAccessibleName(translate("drawer", "Figures with source and age"))
        self._told = Says(size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self._disputes: list[DisputeBox] = []
        self.copy_button = Act(translate("drawer", "Copy values"), parent=self)
        self.copy_button.clicked.connect(self.copy)
        for table in (self.identity, self.figures):
            table.row_told.connect(lambda more: self._told.say(more or ""))
            table.row_told.connect(lambda _more, which=table: self._follow(which))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._build()
        self._set_width()
        theme.changed.connect(self._set_width)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self._scroll)
        page = QWidget()
        page.setObjectName("page")
        self._scroll.setWidget(page)
        self._column = column = QVBoxLayout(page)
        edge = theme.grid(4)
        column.setContentsMargins(edge, theme.grid(3), theme.grid(2), edge)
        column.setSpacing(theme.grid(2.5))
        head = QHBoxLayout()
        head.setSpacing(theme.grid(2))
        head.addWidget(self._shape)
        head.addWidget(self._name, stretch=1)
        head.addWidget(self._role)
        head.addWidget(self.close_button)
        column.addLayout(head)
        for part in (self._sentence, Rule(parent=page), self.identity, Rule(parent=page), self.figures, self._told):
            column.addWidget(part)
        self._foot = column.count()
        column.addWidget(self.copy_button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _set_width(self) -> None:
        self.setFixedWidth(theme.em(DRAWER_EM))

    @property
    def node(self) -> str | None:
        return self._card.node if self._card is not None else None

    def show_node(self, node: NodeView, now: datetime, interval_seconds: float) -> None:
        """What the cluster's picture knows of the node: enough for the head until the card comes."""
        self._interval = interval_seconds
        self._shape.show_health(node.verdict.health)
        self._name.say(node.name)
        self._role.say(names.role_word(node.role))
        self._sentence.say(f"{sentences.node_sentence(node, now=now)}.")
        if self._card is not None and self._card.node != node.name:
            self._card = None
            self.identity.show_rows(())
            self.figures.show_rows(())
            self._show_disputes(())
            self._told.say("")
        if self._card is None and not self.identity.rows:
            self.identity.show_rows((_host_row(node),))

    def show_card(self, card: NodeCard, *, live: bool = True) -> None:
        """Every figure of the node; those over three rounds old lose their colour and say so."""
        self._card = card
        identity = [one for quantity in IDENTITY for one in card.figures if one.quantity is quantity]
        rows = [self._identity_row(one, card.at) for one in identity]
        if not any(one.quantity is Quantity.HOST_NAME for one in identity):
            rows.insert(0, _host_row(card.view))
        self.identity.show_rows(rows)
        rest = [one for one in card.figures if one.quantity not in IDENTITY]
        self.figures.show_rows((_head_row(), *(self._figure_row(one, card.at, live) for one in rest)) if rest else ())
        self._show_disputes(tuple(_dispute_text(one, card.at) for one in card.disagreements))

    def set_live(self, live: bool) -> None:
        """The card that is shown is of now, or of the past."""
        if self._card is not None:
            self.show_card(self._card, live=live)

    def _identity_row(self, figure: Figure, now: datetime) -> Row:
        value = shown(measures.figure_text(figure, now), characters_max=300)
        return Row(
            (
                Cell(figure_name(figure), Token.TEXT_MUTED),
                Cell(value, mono=figure.quantity in _AS_IS),
            ),
            more=translate("drawer", "{name}: {source}").format(name=figure_name(figure), source=source_of(figure)),
        )

    def _figure_row(self, figure: Figure, now: datetime, live: bool) -> Row:
        old = is_old(figure, now, self._interval)
        token = Token.TEXT_MUTED if old or not live else Token.WARN if figure.over_limit else Token.TEXT
        age = measures.duration(max((now - figure.at).total_seconds(), 0.0))
        if old:
            age = translate("drawer", "old,") + "\n" + age
        source = translate("drawer", "console") if _is_ours(figure) else shown(figure.node)
        position = figure.unit is Unit.POSITION
        value = shown(_value(figure, now), characters_max=60)
        return Row(
            (
                Cell(figure_name(figure), Token.TEXT_MUTED),
                Cell(value, token, bold=not position, mono=position, right=True, size_em=SMALL if position else 0.92),
                Cell(source, Token.TEXT_MUTED),
                Cell(age, Token.TEXT_MUTED, right=True),
            ),
            more=translate("drawer", "{name}: {source}").format(name=figure_name(figure), source=source_of(figure)),
        )

    def _show_disputes(self, texts: tuple[str, ...]) -> None:
        while len(self._disputes) < len(texts):
            self._disputes.append(DisputeBox(self))
            self._column.insertWidget(self._foot, self._disputes[-1])
            self._foot += 1
        for number, box in enumerate(self._disputes):
            box.show_text(texts[number] if number < len(texts) else "")

    def copy(self) -> None:
        """All values, with their sources and times, as text."""
        if self._card is not None:
            QGuiApplication.clipboard().setText(copied_text(self._card))
            self._told.say(translate("drawer", "Copied {n} values.").format(n=len(self._card.figures)))

    def _follow(self, table: FigureTable) -> None:
        place = table.place_of_current()
        page = self._scroll.widget()
        assert page is not None
        top = table.mapTo(page, place.topLeft())
        self._scroll.ensureVisible(top.x(), top.y() + place.height() // 2, 0, place.height() + theme.em(2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Token.SURFACE))
        painter.fillRect(QRect(0, 0, 1, self.height()), theme.colour(Token.BORDER))


def _host_row(node: NodeView) -> Row:
    return Row((Cell(names.quantity_name(Quantity.HOST_NAME), Token.TEXT_MUTED), Cell(shown(node.host))))


def _head_row() -> Row:
    words = (
        translate("drawer", "Figure"),
        translate("drawer", "value"),
        translate("drawer", "source"),
        translate("drawer", "age"),
    )
    return Row(tuple(Cell(word, Token.TEXT_MUTED, right=number in (1, 3)) for number, word in enumerate(words)))
