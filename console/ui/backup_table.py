"""The backups of a repository as a table, for the keyboard and the screen reader: the same that the chain shows."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.backup import Backup, BackupsView, RepositorySeen
from console.domain.text import shown
from console.ui.backup_sentences import hole_text, needs_text
from console.ui.backup_shapes import proof_word
from console.ui.backup_state import Proof, Stretch, by_time, chain_of, marks_of, missing, proof_of
from console.ui.backup_words import capital, kind_word, stamp
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.measures import NOTHING, bytes_text, duration, number
from console.ui.speech import translate
from console.ui.theme import Token

ROWS_MAX: Final = 400
_TOKENS: Final = {
    Proof.PROVEN: Token.OK, Proof.FAILED: Token.LOST, Proof.BROKEN: Token.LOST,
    Proof.READ: Token.TEXT, Proof.NONE: Token.TEXT_MUTED,
}  # fmt: skip


class BackupTable(FigureTable):
    """The newest first; holes stand between the backups that they part. Up and Down choose."""

    selected = Signal(object)  # Backup

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wide=2, gap_em=1.4, row_gap_em=0.75, most_em=90.0, parent=parent)
        self._backups: tuple[Backup | None, ...] = ()
        self.setAccessibleName(translate("backup", "Backups as a table"))
        self.row_told.connect(lambda _more: self._tell())

    def show_backups(self, view: BackupsView, seen: RepositorySeen, chosen: str, now: datetime) -> None:
        head = (
            translate("backup", "begun (UTC)"), translate("backup", "kind"), translate("backup", "needs"),
            translate("backup", "took"), translate("backup", "size"), translate("backup", "last entry"),
            translate("backup", "proof"),
        )  # fmt: skip
        rows = [Row(tuple(Cell(word, Token.TEXT_MUTED, right=place in (3, 4, 5)) for place, word in enumerate(head)))]
        backups: list[Backup | None] = [None]
        holes = list(missing(view, seen.spec.name))
        for one in reversed(by_time(seen.backups)[-ROWS_MAX:]):
            while holes and holes[-1].begin >= one.begun_at:
                rows.append(_hole(view, holes.pop(), now))
                backups.append(None)
            rows.append(_row(view, seen, one, now, chosen=one.id == chosen))
            backups.append(one)
        self._backups = tuple(backups)
        self.show_rows(rows)

    def _choose(self, number: int | None) -> None:
        """The heads can't be chosen."""
        super()._choose(max(1, number) if number is not None and len(self._backups) > 1 else number)

    def _tell(self) -> None:
        place = self.current
        one = self._backups[place] if place is not None and place < len(self._backups) else None
        if one is not None:
            self.selected.emit(one)


def _row(view: BackupsView, seen: RepositorySeen, one: Backup, now: datetime, *, chosen: bool) -> Row:
    proof = proof_of(one, marks_of(view, one))
    took = duration((one.ended_at - one.begun_at).total_seconds(), whole=True) if one.ended_at else NOTHING
    ink = Token.ACCENT if chosen else Token.TEXT
    cells = (
        Cell(stamp(one.begun_at, now), ink, bold=chosen),
        Cell(capital(kind_word(one.kind)), ink, bold=chosen),
        Cell(needs_text(chain_of(one, seen.backups), now), Token.TEXT_MUTED),
        Cell(took, right=True),
        Cell(bytes_text(one.stored_bytes) if one.stored_bytes is not None else NOTHING, right=True),
        Cell(number(one.head_number) if one.head_number is not None else NOTHING, right=True),
        Cell(proof_word(proof), _TOKENS[proof]),
    )
    more = translate("backup", ", ").join(cell.text for cell in cells if cell.text != NOTHING)
    if one.trouble:
        more = translate("backup", "{backup}: {trouble}").format(backup=more, trouble=shown(one.trouble))
    return Row(cells, more=more)


def _hole(view: BackupsView, hole: Stretch, now: datetime) -> Row:
    """A stretch that can't be restored, in its place among the backups."""
    said = " ".join(hole_text(view, hole))
    return Row((Cell(stamp(hole.begin, now), Token.LOST), Cell(""), Cell(said, Token.LOST)), more=said)
