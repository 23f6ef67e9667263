"""The four indicators as rows: the product's own figure at the left, the trade's measures beside it; no gauges."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.domain.indicators import Indicator, IndicatorName
from console.ui import theme
from console.ui.controls import Rule, Says
from console.ui.figure_tile import FigureTile
from console.ui.indicator_words import basis_text, formula_text, indicator_title, over_promise, value_text
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel

ROWS: Final = (
    (IndicatorName.RECOVERY_RATE, (IndicatorName.ENTRIES_RECOVERED,)),
    (IndicatorName.REDUNDANCY_RATE, (IndicatorName.COPIES_PROVEN,)),
    (IndicatorName.RECOVERY_TIME, (IndicatorName.RTO_P50, IndicatorName.RTO_P95, IndicatorName.RTO_PROMISED)),
    (
        IndicatorName.SHARE_OF_ONE_NODE,
        (IndicatorName.UPTIME_SHARE, IndicatorName.MTBF, IndicatorName.MTTR, IndicatorName.ALLOWANCE_USED),
    ),
)
ACROSS_MAX: Final = 4  # of the trade's measures
ACROSS_FROM_EM: Final = 66.0
TWO_FROM_EM: Final = 48.0


class ScoreRows(Panel):
    """A row for each indicator; a figure that is pressed tells its name."""

    chosen = Signal(object)  # IndicatorName

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.tiles: dict[IndicatorName, FigureTile] = {}
        self._trades: list[tuple[QGridLayout, tuple[IndicatorName, ...]]] = []
        self._across = 0  # so many of the trade's measures stand side by side
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.grid(1))
        self._grid.setHorizontalSpacing(theme.grid(2))
        for column, words in ((1, translate("indicator", "As defined")),
                              (3, translate("indicator", "As the trade measures it"))):  # fmt: skip
            self._grid.addWidget(Says(words, size_em=SMALL, bold=True, token=Token.TEXT_MUTED, wraps=False), 0, column)
        for place, (own, trades) in enumerate(ROWS):
            self._put(2 * place + 1, own, trades)
        for column, stretch in ((0, 24), (1, 16), (3, 64)):
            self._grid.setColumnStretch(column, stretch)
        self.put(self._grid)
        self.end()
        self._lay(ACROSS_MAX)

    def _put(self, row: int, own: IndicatorName, trades: tuple[IndicatorName, ...]) -> None:
        self._grid.addWidget(Rule(), row, 0, 1, 4)
        name = QVBoxLayout()
        name.setSpacing(theme.grid(0.5))
        name.setContentsMargins(0, theme.grid(1.5), 0, theme.grid(1.5))
        name.addWidget(Says(indicator_title(own), bold=True))
        name.addWidget(Says(formula_text(own), size_em=SMALL, token=Token.TEXT_MUTED))
        name.addStretch(1)
        self._grid.addLayout(name, row + 1, 0)
        self._grid.addWidget(self._tile(own), row + 1, 1)
        self._grid.addWidget(Rule(upright=True), row + 1, 2)
        beside = QGridLayout()
        beside.setSpacing(theme.grid(1))
        self._grid.addLayout(beside, row + 1, 3)
        for trade in trades:
            self._tile(trade)
        self._trades.append((beside, trades))

    def _tile(self, name: IndicatorName) -> FigureTile:
        tile = FigureTile(self)
        tile.clicked.connect(lambda _on=False, name=name: self.choose(name))
        self.tiles[name] = tile
        return tile

    def _lay(self, across: int) -> None:
        """So many side by side; a row with one alone gives it all the room."""
        if across == self._across:
            return
        self._across = across
        for beside, trades in self._trades:
            for place, trade in enumerate(trades):
                alone = len(trades) == 1
                beside.removeWidget(self.tiles[trade])
                beside.addWidget(self.tiles[trade], place // across, place % across, 1, across if alone else 1)
            for column in range(ACROSS_MAX):
                beside.setColumnStretch(column, 1 if column < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = event.size().width()
        self._lay(ACROSS_MAX if width >= theme.em(ACROSS_FROM_EM) else 2 if width >= theme.em(TWO_FROM_EM) else 1)
        super().resizeEvent(event)

    def choose(self, name: IndicatorName) -> None:
        """Mark one figure, and tell it."""
        for other, tile in self.tiles.items():
            tile.setChecked(other is name)
        self.chosen.emit(name)

    def show_indicators(self, indicators: Sequence[Indicator], now: datetime, *, live: bool) -> None:
        """Each figure in its place; one that was not told of is not measured."""
        found = {one.name: one for one in indicators}
        own = {row[0] for row in ROWS}
        for name, tile in self.tiles.items():
            one = found.get(name)
            if one is None:
                tile.say(indicator_title(name), translate("indicator", "not measured"), "", there=False)
                continue
            token = Token.LOST if over_promise(one) else Token.TEXT
            label = "" if name in own else indicator_title(name)
            tile.say(label, value_text(one), basis_text(one, now), token if live else Token.TEXT_MUTED,
                     there=one.value is not None, name=indicator_title(name))  # fmt: skip

    def first(self) -> QWidget:
        """Where the keyboard goes."""
        return self.tiles[IndicatorName.RECOVERY_RATE]
