"""All copies held against each other: how many are proven the same, what differs, and a comparison made now."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.redundancy import CopyFinding, CopyLine, CopyTrouble, Redundancy
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import theme
from console.ui.chip import Chip
from console.ui.controls import Rule, Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.measures import NOTHING, number
from console.ui.redundancy_words import finding_sentence, line_sentence, redundancy_headline
from console.ui.shapes import HealthShape
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear

FINDINGS_SHOWN_MAX: Final = 12
LINES_SHOWN_MAX: Final = 12
ROOT_CHARACTERS: Final = 8
GRAVE: Final = frozenset({CopyTrouble.BOOKS_DIFFER})


def redundancy_health(redundancy: Redundancy) -> Health:
    """The worst that the comparison found; a comparison that left the books out is not called healthy."""
    if any(one.trouble in GRAVE for one in redundancy.findings):
        return Health.LOST
    if redundancy.findings:
        return Health.DEGRADED
    return Health.HEALTHY if redundancy.copies and redundancy.proven == redundancy.copies else Health.UNKNOWN


def in_order(findings: tuple[CopyFinding, ...]) -> tuple[CopyFinding, ...]:
    """What is grave first; else as they came."""
    return tuple(sorted(findings, key=lambda one: one.trouble not in GRAVE))


def _copy_row(line: CopyLine) -> Row:
    """One copy: where, up to which entry, and the first digits of what its rows add up to."""
    if not line.root:
        shape, said, root = Health.UNKNOWN, translate("copies", "not compared"), ""
    else:
        shape = Health.LOST if line.blocks_differ else Health.HEALTHY
        text = translate("copies", "up to entry {top}")
        said = text.format(top=NOTHING if line.up_to is None else number(line.up_to))
        root = line.root[:ROOT_CHARACTERS]
    cells = (Cell(shown(line.node), bold=True, shape=shape), Cell(said, Token.TEXT_MUTED),
             Cell(shown(root), Token.TEXT_MUTED, mono=True, right=True))  # fmt: skip
    return Row(cells, more=line_sentence(line))


class RedundancyPanel(Panel):
    """The card of copies."""

    compare_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("copies", "Copies"), parent=parent)
        self._shown: Redundancy | None = None
        self._comparing = False
        self._shape = HealthShape()
        self.headline = Says()
        self.lines = FigureTable(wide=1, gap_em=1.0, row_gap_em=0.5)
        self.lines.setAccessibleName(translate("copies", "Copies of the books"))
        self._findings = QVBoxLayout()
        self._findings.setSpacing(theme.grid(1))
        self.compare = Chip(translate("copies", "Compare now"))
        self.trouble = Says(size_em=SMALL, token=Token.LOST)
        self.put_right(self.compare)
        line = QHBoxLayout()
        line.setSpacing(theme.grid(2))
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.headline, 1)
        self.put(line)
        self._rule = Rule()
        for part in (self._rule, self._findings, self.lines, self.trouble):
            self.put(part)
        self.end()
        self.compare.clicked.connect(self.compare_wanted)
        self.show_redundancy(None, None, live=False, comparing=False)

    def show_redundancy(
        self, redundancy: Redundancy | None, now: datetime | None, *, live: bool, comparing: bool, told: bool = True
    ) -> None:
        """The last comparison; None: there was none, or with `told` not set, it was not told yet."""
        self.compare.setEnabled(live and not comparing)
        text = translate("copies", "Comparing …") if comparing else translate("copies", "Compare now")
        if text != self.compare.text():
            self.compare.setText(text)
            self.compare.setAccessibleName(text)
            self.compare.updateGeometry()
        self._shape.setVisible(redundancy is not None)
        self._rule.setVisible(redundancy is not None)
        if redundancy is None:
            never = translate(
                "copies",
                "The copies were never compared here. A comparison recomputes the books of each from its own rows, and "
                "looks at what would differ on the day of a failover.",
            )
            self.headline.say(never if told else translate("copies", "Asking how the copies compare …"))
            self.lines.show_rows(())
        else:
            self._shape.show_health(redundancy_health(redundancy))
            self.headline.say(redundancy_headline(redundancy, now))
            self.lines.show_rows([_copy_row(line) for line in redundancy.lines[:LINES_SHOWN_MAX]])
        self.lines.setVisible(redundancy is not None and bool(redundancy.lines))
        if redundancy is not self._shown:
            self._show_findings(redundancy.findings if redundancy is not None else ())
        self._shown = redundancy

    def show_refused(self, reason: str) -> None:
        self.trouble.say(reason)

    def _show_findings(self, findings: tuple[CopyFinding, ...]) -> None:
        clear(self._findings)
        for one in in_order(findings)[:FINDINGS_SHOWN_MAX]:
            row = QHBoxLayout()
            row.setSpacing(theme.grid(2))
            shape = HealthShape(Health.LOST if one.trouble in GRAVE else Health.DEGRADED)
            row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Says(finding_sentence(one)), 1)
            self._findings.addLayout(row)
        left = len(findings) - FINDINGS_SHOWN_MAX
        if left > 0:
            text = counted(left, translate("copies", "and 1 more: 'copies CLUSTER' tells all"),
                           translate("copies", "and {n} more: 'copies CLUSTER' tells all"))  # fmt: skip
            self._findings.addWidget(Says(text, size_em=SMALL, token=Token.TEXT_MUTED))
