"""The situation of a cluster: verdict, evidence, who sees whom, what is recommended at which price, who takes over."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView
from console.domain.recommendation import Option, Situation, Way
from console.domain.run import RunView
from console.domain.text import shown
from console.ui import measures, names, theme
from console.ui.check_words import way_name
from console.ui.controls import Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.past_runs import PastRuns
from console.ui.seeing_matrix import SeeingMatrix
from console.ui.shapes import SHAPE_VERDICT_EM, HealthShape
from console.ui.situation_words import (
    candidate_lag,
    candidate_loss,
    candidate_text,
    evidence_text,
    option_text,
    recommendation_price,
    recommendation_title,
    verdict_sentence,
)
from console.ui.speech import listed, translate
from console.ui.theme import ENVIRONMENT_TOKENS, SMALL, VERDICT, Token
from console.ui.wizard_choice import Choice, ChoiceList
from console.ui.wizard_parts import Panel

STACKED_BELOW_EM: Final = 62.0  # with less room the recommendation stands under the matrix
TABLE_EM_MOST: Final = 84.0  # on a wide page a figure must not stand far from its node
OLD_SECONDS: Final = 15.0  # three rounds of asking


class SituationView(QWidget):
    """Shows what was seen; the chosen way and an opened run go out as signals."""

    way_chosen = Signal(object)  # Way
    run_opened = Signal(object)  # RunView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._situation: Situation | None = None
        self._chosen: Way | None = None
        self._shape = HealthShape(size_em=SHAPE_VERDICT_EM)
        self._verdict = Says(size_em=VERDICT, bold=True)
        self._evidence = Says(token=Token.TEXT_MUTED)
        self._environment = Says(size_em=SMALL, bold=True, wraps=False)
        self.trouble = Says(token=Token.WARN)
        self.matrix = SeeingMatrix()
        self._cell = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._matrix_card = Panel(translate("recovery", "Who sees whom"))
        self._label = Says(translate("recovery", "Recommendation"), size_em=SMALL, token=Token.TEXT_MUTED)
        self._title = Says(size_em=theme.BIG, bold=True)
        self._price = Says()
        self.ways = ChoiceList(translate("recovery", "Ways to go on"))
        self._ways_card = Panel(tight=True)
        self.candidates = FigureTable(wide=1, gap_em=1.4, row_gap_em=0.75, most_em=TABLE_EM_MOST)
        self._candidates_card = Panel(translate("recovery", "Who could take over"))
        self.runs = PastRuns()
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.matrix.cell_told.connect(self._tell_cell)
        self.ways.chosen.connect(lambda key: self.way_chosen.emit(Way(key)))
        self.runs.run_opened.connect(self.run_opened)

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setSpacing(theme.grid(3))
        self._column = column
        head = QHBoxLayout()
        head.setSpacing(theme.grid(2))
        words = QVBoxLayout()
        words.setSpacing(theme.grid(1))
        words.addWidget(self._verdict)
        words.addWidget(self._evidence)
        words.addWidget(self.trouble)
        head.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(self._environment, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._matrix_card.put(self.matrix)
        self._matrix_card.put(self._cell)
        self._matrix_card.end()
        for part in (self._label, self._title, self._price, self.ways):
            self._ways_card.put(part)
        self._ways_card.end()
        self._pair.setSpacing(theme.grid(3))
        self._pair.addWidget(self._matrix_card, 65)
        self._pair.addWidget(self._ways_card, 35)
        column.addLayout(self._pair)
        self.candidates.setAccessibleName(translate("recovery", "Who could take over"))
        self._candidates_card.put(self.candidates)
        self._guards = QVBoxLayout()
        column.addLayout(self._guards)
        column.addWidget(self._candidates_card)
        column.addWidget(self.runs)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._space)
        theme.changed.connect(self._space)
        self._space()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _space(self) -> None:
        """The scroll bar takes its room from the margin, so that the cards end where the page's foot ends."""
        bar = self._scroll.verticalScrollBar()
        right = theme.grid(4) - (bar.sizeHint().width() if bar.maximum() > 0 else 0)
        self._column.setContentsMargins(theme.grid(4), theme.grid(3), max(theme.grid(1), right), theme.grid(2))

    def put_card(self, card: QWidget) -> None:
        """A card of another wiring's, below who sees whom and what is recommended."""
        self._guards.addWidget(card)

    # What it is shown

    def show_view(self, view: ClusterView, now: datetime, *, live: bool) -> None:
        """The cluster's verdict as the watch sees it."""
        said, health = verdict_sentence(self._situation, view, now)
        self._verdict.say(said, Token.TEXT if live else Token.TEXT_MUTED)
        self._shape.show_health(health)
        self._environment.say(names.environment_word(view.environment), ENVIRONMENT_TOKENS[view.environment])

    def show_situation(self, situation: Situation | None, chosen: Way | None, now: datetime) -> None:
        """What the nodes said when they were asked; None: not yet."""
        self._situation, self._chosen = situation, chosen
        for card in (self._matrix_card, self._ways_card, self._candidates_card):
            card.setVisible(situation is not None)
        if situation is None:
            self._evidence.say("")
            return
        self._evidence.say(evidence_text(situation))
        self.matrix.show_seeing(situation.seeing)
        self._tell_cell(None)
        self._title.say(recommendation_title(situation))
        self._price.say(recommendation_price(situation))
        key = (chosen or situation.recommended).value
        self.ways.show_choices([self._choice(option, situation) for option in situation.options], key)
        self.candidates.show_rows((_candidate_head(), *_candidate_rows(situation)))
        self._candidates_card.setVisible(bool(situation.candidates))
        self.tick(now)

    def _choice(self, option: Option, situation: Situation) -> Choice:
        # What the recommended one costs stands above.
        recommended = option.way is situation.recommended
        says = translate("recovery", "recommended") if recommended else option_text(option)
        return Choice(key=option.way.value, title=way_name(option.way), possible=option.possible, says=says)

    def show_runs(self, runs: tuple[RunView, ...] | None, now: datetime) -> None:
        """The runs of this cluster, the newest first; None: they are being asked for."""
        if runs is None:
            self.runs.show_waiting()
        else:
            self.runs.show_runs(runs, now)

    def tick(self, now: datetime) -> None:
        """Once a second: how old the answers are."""
        situation = self._situation
        if situation is None:
            return
        seconds = max(0.0, (now - situation.at).total_seconds())
        at = measures.moment(situation.at, now)
        text = translate("recovery", "asked {at}, {age}")
        token = Token.TEXT_MUTED
        if seconds > OLD_SECONDS:
            text, token = translate("recovery", "old: asked {at}, {age}"), Token.WARN
        if seconds < 1:
            text = translate("recovery", "asked {at}")
        self._matrix_card.aside.say(text.format(at=at, age=measures.age(float(int(seconds)))), token)

    def _tell_cell(self, sentence: object) -> None:
        said = str(sentence or "") if self.matrix.hasFocus() else ""
        hint = translate("recovery", "The row asks, the column answers. Arrow keys tell a cell in full.")
        self._cell.say(said or hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        down = event.size().width() < theme.em(STACKED_BELOW_EM)
        direction = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if self._pair.direction() is not direction:
            self._pair.setDirection(direction)
        super().resizeEvent(event)


def _candidate_head() -> Row:
    words = (
        translate("recovery", "node"), translate("recovery", "may it be promoted"), translate("recovery", "timeline"),
        translate("recovery", "has WAL up to"), translate("recovery", "behind"), translate("recovery", "would lose"),
        translate("recovery", "of it seen, in money"),
    )  # fmt: skip
    return Row(tuple(Cell(word, Token.TEXT_MUTED, right=place in (2, 4, 5)) for place, word in enumerate(words)))


def _candidate_rows(situation: Situation) -> list[Row]:
    rows = []
    for candidate in situation.candidates:
        figure, money = candidate_loss(candidate)
        ink = Token.TEXT if candidate.eligible else Token.TEXT_MUTED
        cells = (
            Cell(shown(candidate.node), ink, bold=candidate.eligible, size_em=1.0),
            Cell(candidate_text(candidate), Token.OK if candidate.eligible and not candidate.reasons else ink),
            Cell(str(candidate.timeline) if candidate.timeline is not None else measures.NOTHING, ink, right=True),
            Cell(shown(candidate.position or "") or measures.NOTHING, ink, mono=True),
            Cell(candidate_lag(candidate), ink, right=True),
            Cell(figure, ink, bold=True, right=True),
            Cell(money or measures.NOTHING, ink),
        )
        rows.append(Row(cells, more=listed(cell.text for cell in cells)))
    return rows
