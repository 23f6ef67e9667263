"""The cards of media with the room left on them, and of what went wrong."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.backup import BackupsView, RepositorySeen
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import theme
from console.ui.backup_figures import advice_text, medium_figure, medium_line, medium_percent
from console.ui.backup_sentences import age_text
from console.ui.backup_shapes import Meter
from console.ui.backup_words import (
    immutable_word,
    medium_word,
    reason_clause,
)
from console.ui.controls import Says
from console.ui.measures import number
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear

PERCENT_WARN: Final = 90.0


class MediaPanel(Panel):
    """A line for each repository: what it lies on, what is left of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("backup", "Media"), parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.grid(3))
        self._shown: tuple[RepositorySeen, ...] = ()
        self._advice = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.put(self._rows)
        self.end()
        self.put(self._advice)

    def show_view(self, view: BackupsView, now: datetime) -> None:
        ages = [(now - seen.at).total_seconds() for seen in view.repositories if seen.at is not None]
        text = translate("backup", "read {age}")
        self.aside.say(text.format(age=age_text(max(ages))) if ages else "")
        self._advice.say(advice_text(view))
        if view.repositories == self._shown:
            return
        self._shown = view.repositories
        clear(self._rows)
        for seen in view.repositories:
            self._rows.addLayout(_medium_row(view, seen))


def _medium_row(view: BackupsView, seen: RepositorySeen) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.grid(1))
    line = QHBoxLayout()
    line.setSpacing(theme.grid(2))
    kind = seen.medium.kind if seen.medium is not None else seen.spec.medium
    words = [medium_word(kind)]
    immutable = immutable_word(seen.medium.immutable if seen.medium is not None else "", seen.spec.immutable_days)
    if immutable:
        words.append(immutable)
    name = Says(shown(seen.spec.name, characters_max=40), bold=True)
    line.addWidget(name, 0, Qt.AlignmentFlag.AlignBaseline)
    about = Says(translate("backup", ", ").join(words), size_em=SMALL, token=Token.TEXT_MUTED)
    line.addWidget(about, 1, Qt.AlignmentFlag.AlignBaseline)
    percent = medium_percent(seen)
    scarce = percent is not None and percent >= PERCENT_WARN
    figure = Says(medium_figure(seen), bold=True, wraps=False, token=Token.WARN if scarce else Token.TEXT)
    line.addWidget(figure, 0, Qt.AlignmentFlag.AlignBaseline)
    column.addLayout(line)
    if percent is not None:
        meter = Meter()
        meter.show_percent(percent, Token.WARN if scarce else Token.SERIES_4)
        meter.setAccessibleName(translate("backup", "{n} % full").format(n=number(percent)))
        column.addWidget(meter)
    said, token = medium_line(view, seen), Token.TEXT_MUTED
    if seen.trouble:
        said, token = reason_clause(seen.trouble), Token.LOST
        text = translate("backup", "Not read now: {reason}")
        said = text.format(reason=said)
    column.addWidget(Says(said, size_em=SMALL, token=token))
    return column


class TroublePanel(Panel):
    """What went wrong, the worst first: what, where, what was not changed, what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tight=True, parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.grid(2))
        self._shown: tuple[object, ...] = ()
        self.put(self._rows)
        self.hide()

    def show_troubles(self, lines: Sequence[tuple[Health, str, str]]) -> None:
        lines = tuple(lines)
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        clear(self._rows)
        for health, title, below in lines:
            row = QHBoxLayout()
            row.setSpacing(theme.grid(2))
            row.addWidget(HealthShape(health), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(theme.grid(0.5))
            words.addWidget(Says(title, bold=True))
            if below:
                words.addWidget(Says(below, size_em=SMALL, token=Token.TEXT_MUTED))
            row.addLayout(words, 1)
            self._rows.addLayout(row)
        self.setAccessibleName("\n".join(f"{title} {below}".strip() for _health, title, below in lines))
