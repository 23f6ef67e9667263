"""The record of drills: a row each, and below the chosen one its measures against what was promised."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.drill import Drill, DrillKind, DrillState
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import theme
from console.ui.controls import Rule, Says
from console.ui.drill_marks import DrillMarks
from console.ui.drill_words import drill_state_word, drill_title, fault_name, kind_name, mark_text, reason_sentence
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.measures import NOTHING, moment
from console.ui.speech import counted, listed, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel

DRILLS_SHOWN_MAX: Final = 30
TABLE_EM_MOST: Final = 72.0
EVIDENCE_SHOWN_MAX: Final = 12
EVIDENCE_CHARACTERS_MAX: Final = 240
_HEALTH: Final = {
    DrillState.PASSED: Health.HEALTHY,
    DrillState.FAILED: Health.LOST,
    DrillState.STOPPED: Health.DEGRADED,
    DrillState.REFUSED: Health.DEGRADED,
    DrillState.RUNNING: Health.UNKNOWN,
}
_TOKENS: Final = {DrillState.PASSED: Token.TEXT, DrillState.FAILED: Token.LOST}
# The one figure of a drill that is worth a column: what it was made for.
_FIGURES: Final = {
    DrillKind.DETECTOR: "verdict",
    DrillKind.SWITCHOVER: "gap",
    DrillKind.RESTORE: "restored",
}


def drill_figure(drill: Drill) -> str:
    """The measure that a drill was made for: from the fault to the verdict, the gap in writes, the time to restore."""
    mark = next((one for one in drill.marks if one.what == _FIGURES[drill.kind]), None)
    return mark_text(mark) if mark is not None else NOTHING


def drill_what(drill: Drill) -> str:
    """What was rehearsed, without the cluster, which the page names."""
    name = kind_name(drill.kind)
    if drill.fault is not None:
        name = translate("drill", "{kind}: {fault}").format(kind=name, fault=fault_name(drill.fault))
    if drill.node:
        name = translate("drill", "{what}, {node}").format(what=name, node=shown(drill.node))
    return name


def _row(drill: Drill, now: datetime) -> Row:
    by = shown(drill.by, characters_max=40)
    if drill.by == "schedule":
        by = translate("drill", "by itself")
    cells = (
        Cell(moment(drill.begun_at, now, seconds=False), Token.TEXT_MUTED),
        Cell(drill_what(drill), size_em=1.0),
        Cell(drill_state_word(drill), _TOKENS.get(drill.state, Token.TEXT_MUTED), shape=_HEALTH[drill.state]),
        Cell(drill_figure(drill), bold=True, right=True),
        Cell(by, Token.TEXT_MUTED),
    )
    spoken = listed(cell.text for cell in cells if cell.text != NOTHING)
    return Row(cells, more=spoken)


def _head() -> Row:
    words = (
        translate("drill", "began (UTC)"), translate("drill", "drill"), translate("drill", "ended"),
        translate("drill", "measured"), translate("drill", "by"),
    )  # fmt: skip
    return Row(tuple(Cell(word, Token.TEXT_MUTED, right=place == 3) for place, word in enumerate(words)))


class DrillFacts(QWidget):
    """One drill in full: how it ended and why, its measures, and what was seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Says(bold=True)
        self.why = Says()
        self.marks = DrillMarks()
        self.evidence = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        for part in (self.title, self.why, self.marks, self.evidence):
            column.addWidget(part)

    def show_drill(self, drill: Drill, now: datetime) -> None:
        at = moment(drill.begun_at, now)
        title = translate("drill", "{title}, {at} UTC: {state}")
        self.title.say(title.format(title=drill_title(drill), at=at, state=drill_state_word(drill)))
        failed = drill.state is DrillState.FAILED
        self.why.say(reason_sentence(drill), Token.LOST if failed else Token.TEXT_MUTED)
        self.marks.show_marks(drill.marks)
        self.marks.setVisible(bool(drill.marks))
        lines = [shown(line, characters_max=EVIDENCE_CHARACTERS_MAX) for line in drill.evidence[:EVIDENCE_SHOWN_MAX]]
        self.evidence.say("\n".join(lines))


class DrillTable(FigureTable):
    """A row a drill; the first row is their heads."""

    drill_chosen = Signal(object)  # Drill

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wide=1, gap_em=1.4, row_gap_em=0.75, most_em=TABLE_EM_MOST, parent=parent)
        self._drills: tuple[Drill, ...] = ()
        self.setAccessibleName(translate("drill", "Record of drills"))
        self.row_told.connect(self._tell)

    def show_drills(self, drills: tuple[Drill, ...], now: datetime) -> None:
        self._drills = drills
        self.show_rows((_head(), *(_row(one, now) for one in drills)))

    def _tell(self, _more: object) -> None:
        place = self.current
        if place is not None and 0 < place <= len(self._drills):
            self.drill_chosen.emit(self._drills[place - 1])


class DrillRecord(Panel):
    """The card of past drills; without any it says what a first one would give."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("drill", "Record"), parent=parent)
        self._drills: tuple[Drill, ...] = ()
        self._chosen = ""
        self._now: datetime | None = None
        self.table = DrillTable()
        self.table.drill_chosen.connect(self._choose)
        self.facts = DrillFacts()
        self._rule = Rule()
        self._empty = Says(token=Token.TEXT_MUTED)
        for part in (self._empty, self.table, self._rule, self.facts):
            self.put(part)
        self.end()
        self.show_waiting()

    def show_waiting(self) -> None:
        """Nothing is told yet."""
        for part in (self.table, self._rule, self.facts):
            part.hide()
        self.aside.say("")
        self._empty.say(translate("drill", "Asking for the drills of this cluster …"))

    def show_drills(self, drills: tuple[Drill, ...], now: datetime) -> None:
        """The newest first; the one that runs has a place of its own."""
        ended = tuple(one for one in drills if one.state is not DrillState.RUNNING)[:DRILLS_SHOWN_MAX]
        self._drills, self._now = ended, now
        for part in (self.table, self._rule, self.facts):
            part.setVisible(bool(ended))
        if not ended:
            self.aside.say("")
            self._empty.say(
                translate("drill", "Nothing was rehearsed here yet. A rehearsal of the detector touches no server and "
                                   "shows how long it takes from a fault to its verdict and its alert.")
            )  # fmt: skip
            return
        self._empty.say("")
        passed = sum(1 for one in ended if one.state is DrillState.PASSED)
        one = translate("drill", "{passed} of 1 drill passed")
        many = translate("drill", "{passed} of {n} drills passed")
        self.aside.say(counted(len(ended), one, many).replace("{passed}", str(passed)))
        self.table.show_drills(ended, now)
        self._show_facts()

    def _choose(self, drill: Drill) -> None:
        self._chosen = drill.id
        self._show_facts()

    def _show_facts(self) -> None:
        if not self._drills or self._now is None:
            return
        chosen = next((one for one in self._drills if one.id == self._chosen), self._drills[0])
        self.facts.show_drill(chosen, self._now)
