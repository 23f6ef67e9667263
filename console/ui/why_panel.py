"""The why panel: would it act now, and each guard with what was observed against which threshold."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.automation import GuardRow, Why
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import theme
from console.ui.chip import Chip
from console.ui.controls import Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.measures import NOTHING, brief, duration
from console.ui.shapes import HealthShape
from console.ui.speech import counted, listed, translate
from console.ui.theme import SMALL, Token
from console.ui.why_words import guard_observed, guard_threshold, guard_title, guard_why, mode_word, why_headline

TABLE_EM_MOST: Final = 78.0  # on a wide page a figure must not stand far from its guard
NARROW_EM: Final = 58.0  # with less room the source has no column; it is told with the chosen row
SOURCE_CHARACTERS_MAX: Final = 120
MINUTE: Final = 60
_SHAPES: Final = {True: Health.HEALTHY, False: Health.LOST, None: Health.UNKNOWN}
_TOKENS: Final = {True: Token.TEXT_MUTED, False: Token.LOST, None: Token.UNKNOWN}


def in_order(rows: tuple[GuardRow, ...]) -> tuple[GuardRow, ...]:
    """Refusing ones first, and what can't be said among them, as it counts as no; else as they came."""
    return tuple(sorted(rows, key=lambda row: row.holds is True))


def outcome_word(row: GuardRow) -> str:
    """How one guard stands, in a word. What can't be said counts as no, and the word says that it is not known."""
    if row.holds is None:
        return translate("why", "not known")
    return translate("why", "pass") if row.holds else translate("why", "refuse")


def row_sentence(row: GuardRow) -> str:
    """One guard in full: for a screen reader, and below the table."""
    parts = [guard_title(row), outcome_word(row), guard_observed(row)]
    threshold = guard_threshold(row)
    if threshold and threshold != NOTHING:
        parts.append(translate("why", "threshold {threshold}").format(threshold=threshold))
    if row.source:
        parts.append(translate("why", "source {source}").format(source=_source(row)))
    said = listed(part for part in parts if part)
    why = guard_why(row) if row.holds is not True else ""
    return translate("why", "{said}. {why}").format(said=said, why=why).strip() if why else said


def _titled(row: GuardRow) -> str:
    """The guard, and where it refuses, why: two equal figures may hide that a list changed a moment ago."""
    title, why = guard_title(row), guard_why(row) if row.holds is not True else ""
    if not why or why.startswith(title):
        return why or title
    return translate("why", "{guard}: {why}").format(guard=title, why=why)


def _source(row: GuardRow) -> str:
    return shown(row.source, characters_max=SOURCE_CHARACTERS_MAX)


def _age(row: GuardRow, now: datetime) -> str:
    if row.at is None:
        return NOTHING
    seconds = max(0.0, (now - row.at).total_seconds())
    return duration(seconds) if seconds < MINUTE else brief(seconds)


def _head(*, narrow: bool) -> Row:
    words = [
        translate("why", "Outcome"), translate("why", "Guard"), translate("why", "observed"),
        translate("why", "threshold"), translate("why", "source"), translate("why", "age"),
    ]  # fmt: skip
    if narrow:
        del words[4]
    last = len(words) - 1
    return Row(tuple(Cell(word, Token.TEXT_MUTED, right=place == last) for place, word in enumerate(words)))


def _row(row: GuardRow, now: datetime, *, narrow: bool) -> Row:
    cells = [
        Cell(outcome_word(row), _TOKENS[row.holds], shape=_SHAPES[row.holds]),
        Cell(_titled(row), size_em=1.0),
        Cell(guard_observed(row) or NOTHING, bold=True, size_em=1.0),
        Cell(guard_threshold(row) or NOTHING, Token.TEXT_MUTED, size_em=1.0),
        Cell(_source(row) or NOTHING, Token.TEXT_MUTED),
        Cell(_age(row, now), Token.TEXT_MUTED, right=True),
    ]
    if narrow:
        del cells[4]
    return Row(tuple(cells), more=row_sentence(row))


class WhyPanel(QWidget):
    """Headline, mode, and a row per guard. `folds`: one line that opens, where space is scarce."""

    opened = Signal(object)  # it was opened or closed: bool

    def __init__(self, parent: QWidget | None = None, *, folds: bool = False) -> None:
        super().__init__(parent)
        self._why: Why | None = None
        self._now: datetime | None = None
        self._folds, self._narrow = folds, False
        self._shape = HealthShape()
        self.headline = Says(bold=True)
        self.aside = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.more = Chip("", checkable=True)
        self.table = FigureTable(wide=1, gap_em=1.2, row_gap_em=0.6, most_em=TABLE_EM_MOST)
        self.table.setAccessibleName(translate("why", "Guards of automatic recovery"))
        self.told = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._build()
        self.more.toggled.connect(self._toggle)
        self.table.row_told.connect(self._tell_row)
        self._toggle(not folds)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        line = QHBoxLayout()
        line.setSpacing(theme.grid(2))
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        words.addWidget(self.headline)
        words.addWidget(self.aside)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self._shape, 0, top)
        line.addLayout(words, 1)
        line.addWidget(self.more, 0, top)
        self._line = line
        column.addLayout(line)
        column.addWidget(self.table)
        column.addWidget(self.told)
        self.more.setVisible(self._folds)
        self._shape.hide()

    def put_right(self, part: QWidget) -> None:
        """At the right end of the headline."""
        self._line.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def why(self) -> Why | None:
        return self._why

    @property
    def is_open(self) -> bool:
        return self.more.isChecked() or not self._folds

    def show(self, why: Why | None = None, *, now: datetime | None = None) -> None:
        """Show these guards; `now` is what their ages are counted to: without it, the moment of the picture itself."""
        if why is not None:
            self.show_why(why, now=now)
        super().show()

    def show_why(self, why: Why, *, now: datetime | None = None) -> None:
        """The guards of one moment."""
        self._why, self._now = why, now if now is not None else why.at
        self.headline.say(why_headline(why), Token.TEXT)
        refusing = len(why.refusing)
        health = Health.HEALTHY if why.would_act else Health.DEGRADED if not why.hypothetical else None
        self._shape.setVisible(health is not None)
        if health is not None:
            self._shape.show_health(health)
        text = translate("why", "Mode: {mode}; {refusing} of {n} guards refuse.")
        if not refusing:
            text = translate("why", "Mode: {mode}; all of {n} guards hold.")
        said = text.format(mode=mode_word(why.mode).lower(), refusing=refusing, n=len(why.rows))
        if why.hypothetical:
            more = translate("why", "They are those that would hold if the primary died at this moment.")
            said = f"{said} {more}"
        self.aside.say(said)
        self.aside.setVisible(self.is_open)
        one, many = translate("why", "1 guard refuses"), translate("why", "{n} guards refuse")
        text = counted(refusing, one, many) if refusing else translate("why", "every guard holds")
        if text != self.more.text():
            self.more.setText(text)
            self.more.setAccessibleName(translate("why", "{guards}. Show them").format(guards=text))
            self.more.updateGeometry()
        self._show_rows()

    def show_nothing(self, text: str) -> None:
        """There are no guards to show, and why."""
        self._why = None
        self.headline.say(text, Token.TEXT_MUTED)
        self._shape.hide()
        self.aside.say("")
        self.table.show_rows(())
        self.told.say("")

    def tick(self, now: datetime) -> None:
        """Ages go on."""
        if self._why is not None:
            self._now = now
            self._show_rows()

    def _show_rows(self) -> None:
        why, now = self._why, self._now
        if why is None or now is None or not self.is_open:
            return
        rows = in_order(why.rows)
        self.table.show_rows((_head(narrow=self._narrow), *(_row(row, now, narrow=self._narrow) for row in rows)))
        if not self.table.hasFocus():
            self._tell_row(None)

    def _tell_row(self, more: object) -> None:
        """The chosen row in full; where none is chosen, what stands in the way first."""
        first = self._why.refusing[:1] if self._why is not None else ()
        said = str(more or "") if self.table.hasFocus() else ""
        self.told.say(said or (row_sentence(first[0]) if first else ""))

    def _toggle(self, on: bool) -> None:
        opened = on or not self._folds
        self.table.setVisible(opened)
        self.aside.setVisible(opened and bool(self.aside.text))
        self.told.setVisible(opened and bool(self.told.text))
        self._show_rows()
        if not opened:
            self.told.hide()
        self.opened.emit(opened)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(60), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.em(NARROW_EM)
        if narrow is not self._narrow:
            self._narrow = narrow
            self._show_rows()
