"""Step 1 of the wizard: the situation, asked anew; who sees whom, and the evidence."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.fleet import ClusterView
from console.domain.recommendation import Situation
from console.domain.text import shown
from console.domain.verdict import Evidence, Health
from console.ui import measures, names, theme
from console.ui.controls import Act, Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.seeing_matrix import SeeingMatrix
from console.ui.sentences import observed_text
from console.ui.situation_words import evidence_text, verdict_sentence
from console.ui.speech import joined, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_flow import Draft
from console.ui.wizard_parts import Panel, WizardPage

EVIDENCE_MAX: Final = 12


class SituationPage(WizardPage):
    """Nothing is decided here: it is read. 'Ask again' asks every node once more."""

    ask_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = SeeingMatrix()
        self._matrix_panel = Panel(translate("wizard", "Who sees whom"))
        self._hint = Says(translate("wizard", "row asks, column answers"), size_em=SMALL, token=Token.TEXT_MUTED)
        self._matrix_panel.put(self._hint)
        self._matrix_panel.put(self.matrix)
        self._evidence_panel = Panel(translate("wizard", "Evidence"))
        self.evidence = FigureTable(wide=3, gap_em=1.6, row_gap_em=0.5)
        self.evidence.setAccessibleName(translate("wizard", "Evidence"))
        self._evidence_panel.put(self.evidence)
        self._books = Panel(translate("wizard", "Where the nodes stand"))
        self.standing = FigureTable(wide=3, row_gap_em=0.5)
        self.standing.setAccessibleName(translate("wizard", "Where the nodes stand"))
        self._books.put(self.standing)
        self.again = Act(translate("wizard", "Ask again"), key="F5")
        self.again.clicked.connect(self.ask_wanted)
        line = QHBoxLayout()
        line.addWidget(self.again)
        line.addStretch(1)
        for part in (self._matrix_panel, self._books, self._evidence_panel):
            self.column.addWidget(part)
        self.column.addLayout(line)
        self.column.addStretch(1)
        theme.changed.connect(self.matrix.update)

    def show_draft(self, draft: Draft, view: ClusterView | None, now: datetime, *, asking: bool) -> None:
        situation = draft.situation
        self.again.setEnabled(not asking)
        for panel in (self._matrix_panel, self._books):
            panel.setVisible(situation is not None)
        evidence = _evidence(view) if view is not None else ()
        self._evidence_panel.setVisible(bool(evidence))
        if situation is None:
            self.head.say(
                translate("wizard", "Every node of {cluster} is being asked").format(cluster=shown(draft.cluster)),
                translate("wizard", "This takes a few seconds. Nothing on any node changes."),
            )
            return
        title, below, health = situation_sentence(situation, view, now)
        self.head.say(title, below, health)
        self.matrix.show_seeing(situation.seeing)
        age = measures.age(max(0.0, (now - situation.at).total_seconds()))
        text = translate("wizard", "asked {at}, {age}")
        self._matrix_panel.aside.say(text.format(at=situation.at.strftime("%H:%M:%S"), age=age))
        self.standing.show_rows(_standing(situation))
        self.evidence.show_rows([_evidence_row(one, now) for one in evidence])

    def first_focus(self) -> QWidget | None:
        return None


def situation_sentence(
    situation: Situation, view: ClusterView | None, now: datetime
) -> tuple[str, str, Health]:
    """Who, state, because; below it how strong the evidence is, and what that allows."""
    if situation.operation_running:
        text = translate("wizard", "A change of {cluster} has not ended: it comes first")
        return text.format(cluster=shown(situation.cluster)), "", Health.DEGRADED
    title, health = verdict_sentence(situation, view, now)
    return title, evidence_text(situation) or _rejoins(situation), health


def _rejoins(situation: Situation) -> str:
    if not situation.rejoin:
        return ""
    nodes = joined([shown(node) for node in situation.rejoin])
    return translate("wizard", "To be rejoined: {nodes}").format(nodes=nodes)


def _evidence(view: ClusterView) -> tuple[Evidence, ...]:
    found = [one for finding in view.verdict.findings for one in finding.evidence]
    return tuple(dict.fromkeys(found))[:EVIDENCE_MAX]


def _evidence_row(evidence: Evidence, now: datetime) -> Row:
    threshold = observed_text(evidence.guard, evidence.threshold) if evidence.threshold is not None else ""
    cells = (
        Cell(names.guard_name(evidence.guard), size_em=1.0),
        Cell(observed_text(evidence.guard, evidence.observed), bold=True, size_em=1.0),
        Cell(threshold, token=Token.TEXT_MUTED),
        Cell(shown(evidence.source, characters_max=80), token=Token.TEXT_MUTED),
        Cell(measures.duration(max(0.0, (now - evidence.at).total_seconds())), token=Token.TEXT_MUTED, right=True),
    )
    return Row(cells)


def _standing(situation: Situation) -> list[Row]:
    """Each node's timeline and position, the furthest first as the engine ordered them."""
    timelines = dict(situation.timelines)
    rows = []
    known = [candidate.node for candidate in situation.candidates]
    for candidate in situation.candidates:
        lag = measures.bytes_text(candidate.lag_bytes) if candidate.lag_bytes is not None else measures.NOTHING
        rows.append(_standing_row(candidate.node, candidate.timeline, candidate.position, lag))
    if situation.primary is not None and situation.primary not in known:
        lost = translate("wizard", "the old primary") if situation.primary_lost else translate("wizard", "the primary")
        rows.insert(0, _standing_row(situation.primary, timelines.get(situation.primary), None, lost))
    return rows


def _standing_row(node: str, timeline: int | None, position: str | None, said: str) -> Row:
    at = translate("wizard", "timeline {n}").format(n=timeline) if timeline is not None else ""
    behind = translate("wizard", "{bytes} behind").format(bytes=said) if position is not None else said
    return Row((
        Cell(shown(node), bold=True, size_em=1.0),
        Cell(at, token=Token.TEXT_MUTED, size_em=1.0),
        Cell(shown(position or ""), mono=True, size_em=1.0),
        Cell(behind, token=Token.TEXT_MUTED, size_em=1.0),
    ))  # fmt: skip


