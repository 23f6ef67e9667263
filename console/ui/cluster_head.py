"""The head of the cluster page: the verdict in one sentence, the money at risk, and every finding with its evidence."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.fleet import Basis, ClusterView
from console.domain.text import shown
from console.domain.verdict import Evidence, Finding, Health
from console.ui import measures, names, sentences, theme
from console.ui.chip import Chip
from console.ui.controls import Says
from console.ui.exposure import exposure_text
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.shapes import SHAPE_VERDICT_EM, HealthShape
from console.ui.speech import counted, listed, translate
from console.ui.theme import ENVIRONMENT_TOKENS, SMALL, VERDICT, Token

FINDINGS_SHOWN_MAX: Final = 40
TABLE_EM_MOST: Final = 58.0  # on a wide page the age must not stand far from what it is the age of


class FindingView(QWidget):
    """One finding: its shape and sentence, since when, how strong the evidence is, and the evidence in rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.grid(2))
        row.setSpacing(theme.grid(2))
        self._shape = HealthShape(parent=self)
        row.addWidget(self._shape, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.grid(1))
        self._sentence = Says(parent=self)
        self._lasting = Says(size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self._table = FigureTable(wide=3, gap_em=1.2, most_em=TABLE_EM_MOST, parent=self)
        for part in (self._sentence, self._lasting, self._table):
            column.addWidget(part)
        row.addLayout(column, stretch=1)

    def show_finding(self, finding: Finding, now: datetime) -> None:
        self._shape.show_health(finding.health)
        self._sentence.say(sentences.finding_sentence(finding, now=now))
        more = [sentences.lasting(finding, now=now)]
        if finding.level is not None:
            more.append(names.level_word(finding.level))
        self._lasting.say("; ".join(part for part in more if part))
        self._table.setAccessibleName(translate("cluster", "Evidence"))
        self._table.setVisible(bool(finding.evidence))
        if finding.evidence:
            self._table.show_rows((_head_row(), *(evidence_row(one, now) for one in finding.evidence)))


def _head_row() -> Row:
    words = (
        translate("cluster", "Evidence"),
        translate("cluster", "observed"),
        translate("cluster", "limit"),
        translate("cluster", "source"),
        translate("cluster", "age"),
    )
    return Row(tuple(Cell(word, Token.TEXT_MUTED, right=number == 4) for number, word in enumerate(words)))


def evidence_row(evidence: Evidence, now: datetime) -> Row:
    """Guard, what was observed, from where, against which limit, how old."""
    age = measures.duration(max((now - evidence.at).total_seconds(), 0.0))
    limit = "" if evidence.threshold is None else sentences.observed_text(evidence.guard, evidence.threshold)
    return Row(
        (
            Cell(names.guard_name(evidence.guard), Token.TEXT_MUTED),
            Cell(sentences.observed_text(evidence.guard, evidence.observed), bold=True),
            Cell(limit or measures.NOTHING, Token.TEXT_MUTED),
            Cell(shown(evidence.source, characters_max=120), Token.TEXT_MUTED),
            Cell(age, Token.TEXT_MUTED, right=True),
        ),
        more=sentences.evidence_sentence(evidence, now=now),
    )


class ClusterHead(QWidget):
    """Verdict, exposure, findings."""

    toggled = Signal(object)  # the findings are open, or not

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: list[FindingView] = []
        self._shape = HealthShape(size_em=SHAPE_VERDICT_EM, parent=self)
        self._verdict = Says(size_em=VERDICT, bold=True, parent=self)
        self._environment = Says(size_em=SMALL, bold=True, wraps=False, parent=self)
        self._if_died = Says(token=Token.TEXT_MUTED, wraps=False, parent=self)
        self._loss = Says(bold=True, parent=self)
        self._then = Says(size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self.more = Chip("", self, checkable=True)
        self.more.toggled.connect(self._on_toggled)
        self._list = QWidget(self)
        self._list_box = QVBoxLayout(self._list)
        self._list_box.setContentsMargins(0, theme.grid(2), 0, 0)
        self._list_box.setSpacing(theme.grid(1))
        self._list.hide()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        first = QHBoxLayout()
        first.setSpacing(theme.grid(2))
        first.addWidget(self._shape, alignment=Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._verdict, stretch=1)
        first.addWidget(self._environment, alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(first)
        below = QVBoxLayout()
        below.setContentsMargins(theme.em(SHAPE_VERDICT_EM) + theme.grid(2), 0, 0, 0)
        below.setSpacing(theme.grid(1))
        second = QHBoxLayout()
        second.setSpacing(theme.grid(2))
        second.addWidget(self._if_died, alignment=Qt.AlignmentFlag.AlignTop)
        second.addWidget(self._loss, stretch=1)
        below.addLayout(second)
        third = QHBoxLayout()
        third.setSpacing(theme.grid(3))
        third.addWidget(self._then, stretch=1, alignment=Qt.AlignmentFlag.AlignTop)
        third.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignTop)
        below.addLayout(third)
        below.addWidget(self._list)
        column.addLayout(below)

    def show_cluster(self, view: ClusterView, *, live: bool) -> None:
        """The verdict of this picture; muted where the picture is not live any more."""
        now = view.at
        self._shape.show_health(view.verdict.health)
        ink = Token.TEXT if live else Token.TEXT_MUTED
        self._verdict.say(sentences.cluster_sentence(view, now=now), ink)
        self._environment.say(names.environment_word(view.environment), ENVIRONMENT_TOKENS[view.environment])
        words = exposure_text(view)
        self._if_died.say(
            translate("cluster", "If {node} died now:").format(node=view.primary)
            if view.primary is not None
            else translate("cluster", "{condition}:").format(condition=words.label)
        )
        joint = " " if view.exposure.basis is Basis.SYNCHRONOUS else ", "
        self._loss.say(joint.join(part for part in (words.figure, words.amounts) if part), ink)
        self._then.say("  ·  ".join(part for part in (words.then, words.source) if part))
        self._show_findings(view, now)

    def _show_findings(self, view: ClusterView, now: datetime) -> None:
        findings = view.verdict.findings[:FINDINGS_SHOWN_MAX]
        grave = sum(1 for one in view.verdict.findings if one.health is not Health.HEALTHY)
        notes = len(view.verdict.findings) - grave
        texts = [
            counted(grave, translate("cluster", "1 finding"), translate("cluster", "{n} findings")) if grave else "",
            counted(notes, translate("cluster", "1 note"), translate("cluster", "{n} notes")) if notes else "",
        ]
        text = listed(part for part in texts if part)
        self.more.setVisible(bool(findings))
        if text != self.more.text():
            self.more.setText(text)
            self.more.setAccessibleName(translate("cluster", "Show {findings} with evidence").format(findings=text))
            self.more.updateGeometry()
        opened = self.more.isChecked() and bool(findings)
        self._list.setVisible(opened)
        if not opened:
            return
        while len(self._views) < len(findings):
            self._views.append(FindingView(self._list))
            self._list_box.addWidget(self._views[-1])
        for number, one in enumerate(self._views):
            one.setVisible(number < len(findings))
            if number < len(findings):
                one.show_finding(findings[number], now)

    def _on_toggled(self, opened: bool) -> None:
        self.toggled.emit(opened)
