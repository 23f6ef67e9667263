"""Paints the backup chain: axis, names of rows, lines to parents, boxes with their marks, WAL, windows, holes, now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from console.domain.backup import BackupState, BackupsView
from console.domain.backup_policy import BackupKind
from console.domain.verdict import Health
from console.ui import shapes, theme
from console.ui.backup_figures import job_percent
from console.ui.backup_sentences import hole_text
from console.ui.backup_shapes import paint_arc, paint_missing, paint_proof, proof_word
from console.ui.backup_state import Proof
from console.ui.backup_words import capital, kind_letter, kind_word, stamp
from console.ui.chain_layout import Band, Box, Picture
from console.ui.cron_words import cron_days
from console.ui.measures import duration
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

LABEL_EM: Final = 8.3
NOW_EM: Final = 2.6
HOLE_EM_MIN: Final = 0.4  # a hole of a second is as bad as one of an hour, and is seen as well
YOUNG_SECONDS: Final = 600.0  # a stretch that ends so lately is told as going on to now
LEFT_MIDDLE: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE: Final = Qt.AlignmentFlag.AlignCenter
LEGEND: Final = (Proof.PROVEN, Proof.READ, Proof.NONE, Proof.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPaint:
    """All that a picture of the chain is painted from; `turn`: the quarter in which a running arc stands."""

    view: BackupsView
    now: datetime
    chosen: str
    chain: frozenset[str]
    proofs: dict[str, Proof]
    focused: bool
    turn: int
    width: int

    def paint(self, painter: QPainter, made: Picture) -> None:
        self._paint_axis(painter, made)
        self._paint_rows(painter, made)
        self._paint_bands(painter, made)
        self._paint_links(painter, made)
        for box in made.boxes:
            self._paint_box(painter, box)
        self._paint_now(painter, made)
        self._paint_legend(painter, made)

    def _paint_axis(self, painter: QPainter, made: Picture) -> None:
        metrics = theme.metrics(SMALL)
        painter.setFont(theme.font(SMALL))
        bottom = made.rows.window + made.rows.window_height + theme.em(0.4)
        for tick in made.ticks:
            x = round(tick.x)
            painter.fillRect(x, theme.em(1.4), 1, round(bottom) - theme.em(1.4), theme.colour(Token.BORDER))
            width = metrics.horizontalAdvance(tick.label)
            left = min(x + 4, self.width - width - 1)
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawText(QPointF(left, metrics.ascent() + 1), tick.label)

    def _paint_rows(self, painter: QPainter, made: Picture) -> None:
        cycle = {one.what: cron_days(one.cron) for one in self.view.policy.cycle}
        for kind, top in made.rows.kinds:
            box_middle = top + (0.65 + 1.75 / 2) * theme.em()
            self._paint_name(painter, box_middle, capital(kind_word(kind)), cycle.get(kind.value, ""))
        middle = made.rows.wal + made.rows.wal_height / 2
        self._paint_name(painter, middle, translate("backup", "WAL archive"), "")
        middle = made.rows.window + made.rows.window_height / 2
        self._paint_name(painter, middle, translate("backup", "Restorable"), "")

    def _paint_name(self, painter: QPainter, middle: float, name: str, below: str) -> None:
        bold, small = theme.metrics(SMALL, bold=True), theme.metrics(SMALL)
        height = bold.height() + (small.height() if below else 0)
        y = middle - height / 2
        painter.setPen(theme.colour(Token.TEXT))
        painter.setFont(theme.font(SMALL, bold=True))
        painter.drawText(QPointF(0, y + bold.ascent()), name)
        if below:
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.setFont(theme.font(SMALL))
            room = round((LABEL_EM - 0.5) * theme.em())
            said = small.elidedText(below, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(0, y + bold.height() + small.ascent()), said)

    def _paint_bands(self, painter: QPainter, made: Picture) -> None:
        rows = made.rows
        edge = QPen(theme.colour(Token.CONTROL), 1)
        for band in made.wal:
            box = QRectF(round(band.x) + 0.5, round(rows.wal) + 0.5, max(2, round(band.width) - 1), rows.wal_height)
            painter.setPen(edge)
            painter.setBrush(theme.colour(Token.UNKNOWN_SOFT))
            painter.drawRect(box)
        for band in made.windows:
            self._paint_window(painter, band, made)
        for band in made.holes:
            wide = max(band.width, float(theme.em(0.4)))
            painter.fillRect(QRectF(round(band.x + wide / 2), rows.wal - 3, 1, rows.window - rows.wal + 3),
                             theme.colour(Token.LOST))  # fmt: skip
            paint_missing(painter, QRectF(round(band.x), round(rows.window), round(wide), round(rows.window_height)))

    def _paint_window(self, painter: QPainter, band: Band, made: Picture) -> None:
        rows = made.rows
        box = QRectF(round(band.x) + 0.5, round(rows.window) + 0.5, max(2, round(band.width) - 1),
                     round(rows.window_height) - 1)  # fmt: skip
        painter.setPen(QPen(theme.colour(Token.ACCENT), 1))
        painter.setBrush(theme.colour(Token.ACCENT_SOFT))
        painter.drawRect(box)
        metrics = theme.metrics(SMALL)
        said = next((one for one in _window_texts(band, self.now)
                     if metrics.horizontalAdvance(one) + theme.em(0.8) <= box.width()), "")  # fmt: skip
        painter.setPen(theme.colour(Token.TEXT))
        painter.setFont(theme.font(SMALL))
        painter.drawText(box, CENTRE, said)

    def _paint_links(self, painter: QPainter, made: Picture) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for link in sorted(made.links, key=lambda one: one.child in self.chain):
            accent = link.child in self.chain and link.parent in self.chain
            pen = QPen(theme.colour(Token.ACCENT if accent else Token.TEXT_MUTED), 1.5 if accent else 1.0)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(round(x) + 0.5, round(y) + 0.5) for x, y in link.points]))

    def _paint_box(self, painter: QPainter, box: Box) -> None:
        backup, chosen = box.backup, box.backup.id == self.chosen
        in_chain = backup.id in self.chain
        proof = self.proofs.get(backup.id, Proof.NONE)
        broken = backup.state is BackupState.BROKEN
        frame = QRectF(round(box.x) + 0.5, round(box.y) + 0.5, round(box.width) - 1, round(box.height) - 1)
        edge = Token.LOST if broken else Token.ACCENT if in_chain else Token.TEXT_MUTED
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour(edge), 2.0 if chosen else 1.0)
        if broken:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(theme.colour(Token.ACCENT_SOFT if in_chain else Token.SURFACE))
        painter.drawRoundedRect(frame, 2.5, 2.5)
        if chosen and self.focused:
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-3.5, -3.5, 3.5, 3.5), 5, 5)
        painter.restore()
        if not box.thin:
            painter.setPen(theme.colour(Token.TEXT))
            painter.setFont(theme.font(SMALL, bold=backup.kind is not BackupKind.INCREMENTAL))
            painter.drawText(frame, CENTRE, kind_letter(backup.kind))
        self._paint_mark(painter, box, proof)

    def _paint_mark(self, painter: QPainter, box: Box, proof: Proof) -> None:
        side = theme.em(0.85)
        if box.thin and box.width < side:
            side = max(theme.em(0.5), round(box.width))
        if box.mark_below:
            place = QRectF(box.centre - side / 2, box.y + box.height + theme.em(0.3), side, side)
        else:
            place = QRectF(box.right + theme.em(0.45), box.middle - side / 2, side, side)
        paint_proof(painter, place, proof)

    def _paint_now(self, painter: QPainter, made: Picture) -> None:
        x = round(made.now_x)
        top, bottom = theme.em(1.4), round(made.rows.window + made.rows.window_height) + theme.em(0.4)
        painter.fillRect(x, top, 1, bottom - top, theme.colour(Token.ACCENT))
        painter.setPen(theme.colour(Token.ACCENT))
        painter.setFont(theme.font(SMALL))
        place = QRect(x + 5, round(made.rows.window), theme.em(NOW_EM), round(made.rows.window_height))
        painter.drawText(place, LEFT_MIDDLE, translate("backup", "now"))
        if made.job is not None:
            self._paint_job(painter, made)

    def _paint_job(self, painter: QPainter, made: Picture) -> None:
        """The backup that runs: dashed, filled from below as far as it is, an arc beneath."""
        em = theme.em()
        frame = QRectF(round(made.job_x) + 0.5, round(made.job_y) + 0.5, round(1.0 * em) - 1, round(1.75 * em) - 1)
        pen = QPen(theme.colour(Token.ACCENT), 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(theme.colour(Token.SURFACE))
        painter.drawRect(frame)
        percent = job_percent(made.job) if made.job is not None else None
        if percent:
            height = (frame.height() - 1) * percent / 100
            fill = QRectF(frame.left() + 1, frame.bottom() - height, frame.width() - 1, height)
            painter.fillRect(fill, theme.colour(Token.ACCENT))
        side = 0.85 * em
        paint_arc(painter, QRectF(frame.center().x() - side / 2, frame.bottom() + 0.3 * em, side, side), self.turn)

    def _paint_legend(self, painter: QPainter, made: Picture) -> None:
        """What the marks mean, and beside it what can't be restored."""
        metrics, bold = theme.metrics(SMALL), theme.metrics(SMALL, bold=True)
        top = round(made.rows.legend)
        line = max(metrics.height(), theme.em(0.85))
        there = set(self.proofs.values())
        x = 0
        for proof in LEGEND:
            if proof is Proof.FAILED and not {Proof.FAILED, Proof.BROKEN} & there:
                continue
            side = theme.em(0.8)
            paint_proof(painter, QRect(x, top + (line - side) // 2, side, side), proof)
            x += side + theme.grid(1.5)
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.setFont(theme.font(SMALL))
            painter.drawText(QPointF(x, top + (line + metrics.ascent() - metrics.descent()) / 2), proof_word(proof))
            x += metrics.horizontalAdvance(proof_word(proof)) + theme.grid(4)
        if not made.holes:
            return
        band = max(made.holes, key=lambda one: one.stretch.seconds)
        length, why = hole_text(self.view, band.stretch)
        if len(made.holes) > 1:
            text = translate("backup", "{why}, and {n} more")
            why = text.format(why=why, n=len(made.holes) - 1)
        side = theme.em(0.8)
        wide = side + theme.grid(1.5) + bold.horizontalAdvance(length) + theme.grid(1) + metrics.horizontalAdvance(why)
        centre = band.x + max(band.width, theme.em(HOLE_EM_MIN)) / 2
        left = round(min(centre - side / 2, self.width - wide - 2))
        if left < x:  # no room beside the legend: it ends with the row
            left = max(x, self.width - wide - 2)
        begin = made.rows.window + made.rows.window_height
        painter.fillRect(QRectF(round(centre), begin, 1, top - begin + 2), theme.colour(Token.LOST))
        shapes.paint_health(painter, QRect(left, top + (line - side) // 2, side, side), Health.LOST)
        y = top + (line + metrics.ascent() - metrics.descent()) / 2
        painter.setPen(theme.colour(Token.LOST))
        painter.setFont(theme.font(SMALL, bold=True))
        painter.drawText(QPointF(left + side + theme.grid(1.5), y), length)
        painter.setPen(theme.colour(Token.TEXT))
        painter.setFont(theme.font(SMALL))
        begins = left + side + theme.grid(1.5) + bold.horizontalAdvance(length) + theme.grid(1)
        room = self.width - begins
        painter.drawText(QPointF(begins, y), metrics.elidedText(why, Qt.TextElideMode.ElideRight, room))


def _window_texts(band: Band, now: datetime) -> tuple[str, ...]:
    """What a stretch says of itself, the fullest first."""
    begin, end = band.stretch.begin, band.stretch.end
    old = (now - end).total_seconds()
    begins = stamp(begin, now, seconds=True)
    if old < YOUNG_SECONDS:
        ago = duration(max(0.0, old), whole=True)
        return (
            translate("backup", "any moment, {begin} to now ({age} ago)").format(begin=begins, age=ago),
            translate("backup", "{begin} to now ({age} ago)").format(begin=stamp(begin, now), age=ago),
            translate("backup", "to now"),
        )
    ends = stamp(end, now, seconds=True)
    return (
        translate("backup", "any moment, {begin} to {end}").format(begin=begins, end=ends),
        translate("backup", "{begin} to {end}").format(begin=stamp(begin, now), end=stamp(end, now)),
    )
