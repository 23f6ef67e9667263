"""The records that a figure rests on: a row each with its time, what it was and says, and the act that opens it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.indicators import EvidenceLine, Indicator
from console.domain.text import shown
from console.ui import theme
from console.ui.controls import Says
from console.ui.indicator_words import basis_text, indicator_title, line_figures, line_sentence, line_what, value_text
from console.ui.link_act import LinkAct
from console.ui.measures import moment
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear

LINES_SHOWN_MAX: Final = 30
ID_CHARACTERS_MAX: Final = 24
NARROW_EM: Final = 56.0  # below it a record's cells stand under each other
LINES_EACH: Final = 4


class EvidenceList(Panel):
    """What it is shown; without a record it says so."""

    open_wanted = Signal(object)  # EvidenceLine
    run_wanted = Signal(object)  # the id of a run whose own figures are wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("indicator", "What it rests on"), parent=parent)
        self.said = Says(token=Token.TEXT_MUTED)
        self._shown: tuple[Indicator | None, tuple[EvidenceLine, ...], datetime, bool] | None = None
        self._narrow = False
        self.acts: list[LinkAct] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.grid(5))
        self._grid.setVerticalSpacing(theme.grid(1.5))
        self._grid.setColumnStretch(6, 1)  # what is left stands at the right of the acts, not before them
        self.put(self.said)
        self.put(self._grid)
        self.end()

    def show_lines(self, one: Indicator | None, lines: Sequence[EvidenceLine], now: datetime, *, runs: bool) -> None:
        """The records of one figure; `runs`: a run's own figures can be asked for."""
        before, self._shown = self._shown, (one, tuple(lines), now, runs)
        if before is not None and (before[:2], before[3]) == ((one, tuple(lines)), runs):
            return
        self._fill(one, lines, now, runs=runs)

    def _fill(self, one: Indicator | None, lines: Sequence[EvidenceLine], now: datetime, *, runs: bool) -> None:
        clear(self._grid)
        self.acts = []
        if one is None:
            self.aside.say("")
            self.said.say(translate("indicator", "Choose a figure to see the records behind it."))
            return
        text = translate("indicator", "{title}: {value}, {basis}")
        self.said.say(text.format(title=indicator_title(one.name), value=value_text(one), basis=basis_text(one, now)))
        out = len(lines) - LINES_SHOWN_MAX
        self.aside.say(
            counted(out, translate("indicator", "1 older not shown"), translate("indicator", "{n} older not shown"))
            if out > 0 else ""
        )  # fmt: skip
        for row, line in enumerate(lines[:LINES_SHOWN_MAX]):
            self._put(row, line, now, runs=runs)

    def _put(self, row: int, line: EvidenceLine, now: datetime, *, runs: bool) -> None:
        at = Says(moment(line.at, now, seconds=False), size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        what, figures = Says(line_what(line)), Says(line_figures(line), size_em=SMALL)
        name = Says(shown(line.id, characters_max=ID_CHARACTERS_MAX), size_em=SMALL, mono=True, token=Token.TEXT_MUTED,
                    wraps=False)  # fmt: skip
        row *= LINES_EACH
        if self._narrow:
            for below, cell in enumerate((at, what, figures, name)):
                self._grid.addWidget(cell, row + below, 0, 1, 4)
        else:
            for column, cell in enumerate((at, what, figures, name)):
                self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignVCenter)
        act = self._act(translate("indicator", "Open"), line_sentence(line, now))
        act.clicked.connect(lambda _on=False, line=line: self.open_wanted.emit(line))
        self._grid.addWidget(act, row, 4, Qt.AlignmentFlag.AlignVCenter)
        if runs and line.kind == "run":
            own = self._act(translate("indicator", "Its figures"), line_sentence(line, now))
            own.clicked.connect(lambda _on=False, line=line: self.run_wanted.emit(line.id))
            self._grid.addWidget(own, row, 5, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < theme.em(NARROW_EM)
        if narrow is not self._narrow:
            self._narrow = narrow
            if self._shown is not None:
                one, lines, now, runs = self._shown
                self._fill(one, lines, now, runs=runs)
        super().resizeEvent(event)

    def _act(self, text: str, about: str) -> LinkAct:
        act = LinkAct(text)
        act.setAccessibleName(translate("indicator", "{act}: {what}").format(act=text, what=about))
        self.acts.append(act)
        return act
