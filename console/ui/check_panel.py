"""An operator's own checks on the Cluster page: one line that opens to their states, their course and their acts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.monitoring import CheckReading, CheckSpec, CheckState
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.watching import AskCheckHistory, CheckHistory, ChecksSeen, RemoveCheck, RunCheck
from console.ui import theme
from console.ui.check_chart import CheckChart, value_charts
from console.ui.chip import Chip
from console.ui.controls import Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.measures import NOTHING, brief
from console.ui.monitoring_words import (
    reading_sentence,
    reason_clause,
    state_word,
    uses_sentence,
    value_label,
    way_sentence,
    where_sentence,
)
from console.ui.shapes import HealthShape
from console.ui.speech import counted, listed, translate
from console.ui.theme import SMALL, Token

ROWS_MAX: Final = 60
TABLE_EM_MOST: Final = 84.0
NARROW_EM: Final = 58.0  # with less room what a check counts for is told with the chosen row
USES: Final = 4  # the place of that column
HISTORY_SECONDS: Final = 3 * 3600.0
SPAN_SECONDS_MIN: Final = 600.0  # a course that began a moment ago is not drawn as one dot at the right
TEXT_CHARACTERS_MAX: Final = 160
CHECK_HEALTH: Final = {
    CheckState.OK: Health.HEALTHY,
    CheckState.WARNING: Health.DEGRADED,
    CheckState.CRITICAL: Health.LOST,
    CheckState.UNKNOWN: Health.UNKNOWN,
}
_TOKENS: Final = {
    CheckState.OK: Token.TEXT_MUTED,
    CheckState.WARNING: Token.WARN,
    CheckState.CRITICAL: Token.LOST,
    CheckState.UNKNOWN: Token.UNKNOWN,
}
_ORDER: Final = (CheckState.CRITICAL, CheckState.WARNING, CheckState.UNKNOWN, CheckState.OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check on one node; `reading` None: it has not run there yet."""

    check: CheckSpec
    node: str
    reading: CheckReading | None


def check_rows(seen: ChecksSeen) -> tuple[CheckRow, ...]:
    """The worst first, then by name and node. A check that has not run anywhere has one row."""
    rows = []
    for check in seen.checks:
        own = [one for one in seen.readings if one.check == check.name]
        rows += [CheckRow(check=check, node=one.node, reading=one) for one in own]
        if not own:
            rows.append(CheckRow(check=check, node="", reading=None))
    return tuple(sorted(rows, key=lambda row: (_place(row), row.check.name, row.node)))


def _place(row: CheckRow) -> int:
    if not row.check.enabled:
        return len(_ORDER) + 1
    return _ORDER.index(row.reading.state) if row.reading is not None else len(_ORDER)


def checks_headline(seen: ChecksSeen) -> tuple[str, Health | None]:
    """The line that stands there while the panel is closed: how many are well, and the worst one."""
    if not seen.checks:
        return translate("monitoring", "No checks of your own watch this cluster yet."), None
    rows = [row for row in check_rows(seen) if row.check.enabled and row.reading is not None]
    if not rows:
        one, many = translate("monitoring", "1 check, not run yet"), translate("monitoring", "{n} checks, not run yet")
        return counted(len(seen.checks), one, many), None
    worst = rows[0].reading
    well = sum(1 for row in rows if row.reading is not None and row.reading.state is CheckState.OK)
    one, many = translate("monitoring", "Checks: {ok} of 1 OK"), translate("monitoring", "Checks: {ok} of {n} OK")
    said = counted(len(rows), one, many).replace("{ok}", str(well))
    if worst is None or worst.state is CheckState.OK:
        return said, Health.HEALTHY
    text = translate("monitoring", "{said}; {worst}").format(said=said, worst=reading_sentence(worst))
    return text, CHECK_HEALTH[worst.state]


def _head(*, narrow: bool) -> Row:
    words = [
        translate("monitoring", "State"), translate("monitoring", "Check"), translate("monitoring", "node"),
        translate("monitoring", "what it said"), translate("monitoring", "counts for"), translate("monitoring", "age"),
    ]  # fmt: skip
    if narrow:
        del words[USES]
    last = len(words) - 1
    return Row(tuple(Cell(word, Token.TEXT_MUTED, right=place == last) for place, word in enumerate(words)))


def _row(row: CheckRow, now: datetime, *, narrow: bool) -> Row:
    reading, check = row.reading, row.check
    if reading is None:
        state = translate("monitoring", "not run yet") if check.enabled else translate("monitoring", "off")
        first, said, age = Cell(state, Token.TEXT_MUTED), way_sentence(check), NOTHING
    else:
        ink = _TOKENS[reading.state] if check.enabled else Token.TEXT_MUTED
        first = Cell(state_word(reading.state), ink, shape=CHECK_HEALTH[reading.state])
        said = shown(reading.text, characters_max=TEXT_CHARACTERS_MAX)
        if reading.reason:
            why = reason_clause(reading.reason)
            said = translate("monitoring", "{said} ({why})").format(said=said, why=why) if said else why
        age = brief(max(0.0, (now - reading.at).total_seconds()))
    cells = [
        first, Cell(shown(check.name), size_em=1.0), Cell(shown(row.node) or where_sentence(check), Token.TEXT_MUTED),
        Cell(said or NOTHING, bold=reading is not None, size_em=1.0), Cell(uses_sentence(check), Token.TEXT_MUTED),
        Cell(age, Token.TEXT_MUTED, right=True),
    ]  # fmt: skip
    if narrow:
        del cells[USES]
    return Row(tuple(cells), more=_told(row))


def _told(row: CheckRow) -> str:
    parts = [reading_sentence(row.reading) if row.reading is not None else shown(row.check.name)]
    if row.reading is not None and row.reading.values:
        parts.append(listed(value_label(value) for value in row.reading.values))
    parts += [way_sentence(row.check), where_sentence(row.check), uses_sentence(row.check)]
    return "; ".join(parts)


class CheckPanel(QWidget):
    """One line; opened, a table whose chosen row has its course and its acts below."""

    wants = Signal(object)  # AskCheckHistory, RunCheck, RemoveCheck
    edit_wanted = Signal(object)  # CheckSpec, or None for a new one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: ChecksSeen | None = None
        self._rows: tuple[CheckRow, ...] = ()
        self._chosen = ""
        self._now: datetime | None = None
        self._live, self._narrow = True, False
        self._shape = HealthShape()
        self.headline = Says()
        self.more = Chip(translate("monitoring", "Checks"), checkable=True)
        self.add = Chip(translate("monitoring", "Add a check …"))
        self.table = FigureTable(wide=3, gap_em=1.2, row_gap_em=0.6, most_em=TABLE_EM_MOST)
        self.table.setAccessibleName(translate("monitoring", "Checks and what they said"))
        self.told = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.run = Chip(translate("monitoring", "Run now"))
        self.edit = Chip(translate("monitoring", "Change …"))
        self.remove = Chip(translate("monitoring", "Remove"))
        self._sure = Says(size_em=SMALL)
        self.really = Chip(translate("monitoring", "Yes, remove it"))
        self.keep = Chip(translate("monitoring", "Keep it"))
        self.trouble = Says(size_em=SMALL, token=Token.LOST)
        self.charts: list[CheckChart] = []
        self._charts_box = QVBoxLayout()
        self._inside = QWidget()
        self._build()
        self._connect()
        self._ask_sure(False)
        self._toggle(False)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        line = QHBoxLayout()
        line.setSpacing(theme.grid(2))
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self._shape, 0, top)
        line.addWidget(self.headline, 1)
        line.addWidget(self.more, 0, top)
        line.addWidget(self.add, 0, top)
        column.addLayout(line)
        inner = QVBoxLayout(self._inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.grid(1.5))
        inner.addWidget(self.table)
        inner.addWidget(self.told)
        acts = QHBoxLayout()
        acts.setSpacing(theme.grid(2))
        for part in (self.run, self.edit, self.remove):
            acts.addWidget(part)
        acts.addWidget(self._sure, 1, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.really, self.keep):
            acts.addWidget(part)
        acts.addStretch(1)
        inner.addLayout(acts)
        self._charts_box.setSpacing(theme.grid(2))
        inner.addLayout(self._charts_box)
        column.addWidget(self._inside)
        column.addWidget(self.trouble)

    def _connect(self) -> None:
        self.more.toggled.connect(self._toggle)
        self.add.clicked.connect(lambda: self.edit_wanted.emit(None))
        self.table.row_told.connect(self._choose)
        self.run.clicked.connect(self._run)
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(lambda: self._ask_sure(True))
        self.keep.clicked.connect(lambda: self._ask_sure(False))
        self.really.clicked.connect(self._remove)

    # What it is shown

    @property
    def chosen(self) -> CheckSpec | None:
        """The check whose course is shown."""
        checks = self._seen.checks if self._seen is not None else ()
        known = next((one for one in checks if one.name == self._chosen), None)
        return known or (self._rows[0].check if self._rows else None)

    @property
    def is_open(self) -> bool:
        return self.more.isChecked()

    def show_checks(self, seen: ChecksSeen | None, now: datetime, *, live: bool = True) -> None:
        """The checks as told last; None: not told yet, and nothing is said of them."""
        self._seen, self._now, self._live = seen, now, live
        self._rows = check_rows(seen)[:ROWS_MAX] if seen is not None else ()
        self.setVisible(seen is not None)
        if seen is None:
            return
        said, health = checks_headline(seen)
        self.headline.say(said, Token.TEXT if live and seen.checks else Token.TEXT_MUTED)
        self._shape.setVisible(health is not None)
        if health is not None:
            self._shape.show_health(health)
        one, many = translate("monitoring", "1 check"), translate("monitoring", "{n} checks")
        text = counted(len(seen.checks), one, many)
        if text != self.more.text():
            self.more.setText(text)
            self.more.setAccessibleName(translate("monitoring", "{checks}. Show them").format(checks=text))
            self.more.updateGeometry()
        self.more.setVisible(bool(seen.checks))
        if not seen.checks:
            self.more.setChecked(False)
        self.add.setEnabled(live)
        self._show_inside()

    def _show_inside(self) -> None:
        if not self.is_open or self._now is None:
            return
        narrow, now = self._narrow, self._now
        self.table.show_rows((_head(narrow=narrow), *(_row(row, now, narrow=narrow) for row in self._rows)))
        check = self.chosen
        for part in (self.run, self.edit, self.remove):
            part.setEnabled(self._live and check is not None)
        self._tell()

    def _tell(self) -> None:
        place = self.table.current
        row = self._rows[place - 1] if place is not None and 0 < place <= len(self._rows) else None
        if row is None or row.check.name != self._chosen:
            row = next((one for one in self._rows if one.check == self.chosen), None)
        self.told.say(_told(row) if row is not None else "")

    def show_history(self, question: AskCheckHistory, history: CheckHistory) -> None:
        """The course of the chosen check; a late one of another is left alone."""
        check = self.chosen
        if check is None or question.name != check.name or not self.is_open:
            return
        found = value_charts(history.readings)
        while len(self.charts) < len(found):
            self.charts.append(CheckChart())
            self._charts_box.addWidget(self.charts[-1])
        for place, widget in enumerate(self.charts):
            widget.setVisible(place < len(found))
            if place < len(found):
                first = min(at for line in found[place].lines for at, _number in line.points)
                begin = max(question.begin, min(first, question.end - SPAN_SECONDS_MIN))
                widget.show_chart(found[place], begin, question.end, check.every_seconds)

    def show_trouble(self, text: str) -> None:
        """Why something was not done; goes with the next answer."""
        self.trouble.say(text)

    def history_question(self, now: datetime) -> AskCheckHistory | None:
        """What the charts need; None while they are not looked at."""
        check = self.chosen
        if check is None or self._seen is None or not self.is_open:
            return None
        end = now.timestamp()
        return AskCheckHistory(cluster=self._seen.cluster, name=check.name, begin=end - HISTORY_SECONDS, end=end)

    # Hands

    def _toggle(self, on: bool) -> None:
        self._inside.setVisible(on)
        self._show_inside()
        self._ask_history()

    def _choose(self, _more: object) -> None:
        place = self.table.current
        if place is None or not 0 < place <= len(self._rows):
            return
        name = self._rows[place - 1].check.name
        if name != self._chosen:
            self._chosen = name
            self._ask_sure(False)
            for chart in self.charts:
                chart.hide()
            self._ask_history()
        self._tell()

    def _ask_history(self) -> None:
        question = self.history_question(self._now) if self._now is not None and self._live else None
        if question is not None:
            self.wants.emit(question)

    def _run(self) -> None:
        check = self.chosen
        if check is not None and self._seen is not None:
            self.trouble.say("")
            self.wants.emit(RunCheck(cluster=self._seen.cluster, name=check.name))

    def _edit(self) -> None:
        if self.chosen is not None:
            self.edit_wanted.emit(self.chosen)

    def _ask_sure(self, on: bool) -> None:
        check = self.chosen
        for part in (self.run, self.edit, self.remove):
            part.setVisible(not on)
        for part in (self.really, self.keep):
            part.setVisible(on)
        text = translate("monitoring", "Remove {check}? It runs no more; its readings stay until they age out.")
        self._sure.say(text.format(check=shown(check.name)) if on and check is not None else "")
        if on:
            self.keep.setFocus()

    def _remove(self) -> None:
        check = self.chosen
        self._ask_sure(False)
        if check is not None and self._seen is not None:
            self.wants.emit(RemoveCheck(cluster=self._seen.cluster, name=check.name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.em(NARROW_EM)
        if narrow is not self._narrow:
            self._narrow = narrow
            self._show_inside()
