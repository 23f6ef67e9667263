"""The step 'point in time': a slider, anchors that people have names for, and fields to say it exactly."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from console.domain.backup import BackupsView
from console.domain.restore import Anchor, Anchors, Target, TargetKind, Unfit
from console.domain.verdict import Health
from console.ui import theme
from console.ui.backup_sentences import hole_text
from console.ui.backup_state import missing, restorable
from console.ui.backup_words import stamp
from console.ui.controls import Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.link_act import LinkAct
from console.ui.measures import NOTHING, number
from console.ui.moment_slider import MomentSlider
from console.ui.restore_flow import Draft, at_time, target_of
from console.ui.restore_words import (
    against_live,
    anchor_target,
    anchor_title,
    anchor_word,
    chain_text,
    entry_of,
    fit_sentence,
    proven_text,
    refused_field,
    target_brief,
    target_sentence,
    unfit_sentence,
)
from console.ui.shapes import HealthShape, KeyCap
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Figures, Panel, WizardPage, clear

STACKED_BELOW_EM: Final = 62.0
ROWS_MAX: Final = 12
FIELD_CHARACTERS_MAX: Final = 80


class AnchorTable(FigureTable):
    """Moments with a name; the first row is the latest that there is. Up and Down walk, Enter or a click chooses."""

    anchor_chosen = Signal(object)  # Target

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wide=0, gap_em=1.2, row_gap_em=0.62, most_em=70.0, parent=parent)
        self._targets: tuple[Target | None, ...] = ()
        self.setAccessibleName(translate("restore", "Anchors: moments with a name"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def targets(self) -> tuple[Target | None, ...]:
        return self._targets

    def show_anchors(self, anchors: Sequence[Anchor], target: Target, now: datetime, find: str) -> None:
        heads = (
            translate("restore", "anchor"), translate("restore", "kind"), translate("restore", "time (UTC)"),
            translate("restore", "last entry"), translate("restore", "entries after it"),
        )  # fmt: skip
        rows = [Row(tuple(Cell(word, Token.TEXT_MUTED, right=place > 2) for place, word in enumerate(heads)))]
        targets: list[Target | None] = [None]
        latest = Target()
        rows.append(_row((translate("restore", "Latest: all WAL that there is"), "", "", "", "0"), on=target == latest))
        targets.append(latest)
        wanted = find.strip().casefold()
        kept = [one for one in anchors if wanted in f"{one.name} {anchor_word(one.kind)}".casefold()]
        for one in sorted(kept, key=lambda each: each.at, reverse=True)[:ROWS_MAX]:
            own = anchor_target(one)
            cells = (
                anchor_title(one), anchor_word(one.kind), stamp(one.at, now, seconds=True),
                number(one.entry) if one.entry is not None else NOTHING,
                number(one.entries_after) if one.entries_after is not None else NOTHING,
            )  # fmt: skip
            rows.append(_row(cells, on=own == target))
            targets.append(own)
        self._targets = tuple(targets)
        self.show_rows(rows)

    def _choose(self, number: int | None) -> None:
        super()._choose(max(1, number) if number is not None and len(self._targets) > 1 else number)

    def _take(self) -> None:
        place = self.current
        target = self._targets[place] if place is not None and place < len(self._targets) else None
        if target is not None:
            self.anchor_chosen.emit(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and (self.row_at(event.position().toPoint()) or 0) > 0:
            self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take()
            return
        super().keyPressEvent(event)


def _row(cells: tuple[str, ...], *, on: bool) -> Row:
    ink = Token.ACCENT if on else Token.TEXT
    made = tuple(
        Cell(text, Token.TEXT_MUTED if place == 1 else ink, bold=on and place == 0, right=place > 2,
             size_em=SMALL if place == 1 else 0.92)
        for place, text in enumerate(cells)
    )  # fmt: skip
    state = translate("restore", "chosen") if on else translate("restore", "Enter chooses it")
    return Row(made, more=translate("restore", ", ").join([*(text for text in cells if text), state]))


class ExactFields(Panel):
    """The moment typed: each field is one way to say it; what can't be had is refused with the nearest two."""

    target_typed = Signal(object)  # Target

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("restore", "Or say it exactly"), parent=parent)
        self.fields: dict[TargetKind, QLineEdit] = {}
        grid = QGridLayout()
        grid.setContentsMargins(3, 3, 3, 3)
        grid.setVerticalSpacing(theme.grid(1.5))
        grid.setHorizontalSpacing(theme.grid(2))
        words = (
            (TargetKind.TIME, translate("restore", "Time (UTC)"), "YYYY-MM-DD hh:mm:ss"),
            (TargetKind.BEFORE_ENTRY, translate("restore", "Before entry"), ""),
            (TargetKind.AFTER_ENTRY, translate("restore", "After entry"), ""),
            (TargetKind.POSITION, translate("restore", "LSN"), "X/XXXXXXXX"),
            (TargetKind.NAME, translate("restore", "Restore point"), ""),
        )
        for place, (kind, said, empty) in enumerate(words):
            field = QLineEdit()
            field.setMaxLength(FIELD_CHARACTERS_MAX)
            field.setPlaceholderText(empty)
            field.setAccessibleName(said)
            field.editingFinished.connect(lambda kind=kind: self._typed(kind))
            label = QLabel(said)
            label.setBuddy(field)
            label.setFont(theme.font(SMALL))
            grid.addWidget(label, place, 0)
            grid.addWidget(field, place, 1)
            self.fields[kind] = field
        grid.setColumnStretch(1, 1)
        self.refusal = Refusal()
        self.refusal.target_chosen.connect(self.target_typed)
        self.put(grid)
        self.put(self.refusal)
        self.end()

    def show_target(self, target: Target) -> None:
        """What is chosen stands in its field; the others are empty. A field that is being typed in is left alone."""
        texts = {
            TargetKind.TIME: f"{target.time:%Y-%m-%d %H:%M:%S}" if target.time is not None else "",
            TargetKind.POSITION: str(target.position) if target.position is not None else "",
            TargetKind.NAME: target.name,
            TargetKind.BEFORE_ENTRY: str(target.entry or ""),
            TargetKind.AFTER_ENTRY: str(target.entry or ""),
        }
        for kind, field in self.fields.items():
            text = texts[kind] if kind is target.kind else ""
            if field.text() != text and not (field.hasFocus() and field.isModified()):
                field.setText(text)

    def _typed(self, kind: TargetKind) -> None:
        field = self.fields[kind]
        if not field.isModified():
            return
        field.setModified(False)
        text = field.text().strip()
        if not text:
            return
        try:
            target = target_of(kind, text)
        except ValueError:
            self.refusal.show_text(refused_field(kind, text))
            return
        self.refusal.clear_text()
        self.target_typed.emit(target)


class Refusal(QWidget):
    """Why a moment can't be had, and the nearest two that can, each one press away."""

    target_chosen = Signal(object)  # Target

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.says = Says(size_em=SMALL)
        self.acts: tuple[LinkAct, ...] = ()
        self._links = QVBoxLayout()
        self._links.setSpacing(theme.grid(1))
        words = QVBoxLayout()
        words.setSpacing(theme.grid(1))
        words.addWidget(self.says)
        words.addLayout(self._links)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(2), theme.grid(2), theme.grid(2))
        row.setSpacing(theme.grid(2))
        row.addWidget(HealthShape(Health.LOST), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setAutoFillBackground(True)
        theme.changed.connect(self._redress)
        self._redress()
        self.hide()

    def _redress(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.colour(Token.LOST_SOFT))
        self.setPalette(palette)

    def clear_text(self) -> None:
        self.hide()

    def show_text(self, text: str) -> None:
        clear(self._links)
        self.acts = ()
        self.says.say(text)
        self.setAccessibleName(text)
        self.show()

    def show_unfit(self, unfit: Unfit, said: str, now: datetime) -> None:
        self.show_text(unfit_sentence(unfit, said))
        acts = []
        for at in (unfit.before, unfit.after):
            if at is None:
                continue
            text = translate("restore", "Nearest: {at}").format(at=stamp(at, now, seconds=True))
            acts.append(self._link(text, at_time(at)))
        if not acts:
            for position in (unfit.before_position, unfit.after_position):
                if position is not None:
                    text = translate("restore", "Nearest: {lsn}").format(lsn=position)
                    acts.append(self._link(text, Target(kind=TargetKind.POSITION, position=position)))
        self.acts = tuple(acts)

    def _link(self, text: str, target: Target) -> LinkAct:
        act = LinkAct(text)
        act.clicked.connect(lambda: self.target_chosen.emit(target))
        self._links.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        return act


class PointPage(WizardPage):
    """Where to go back to. What can't be had can't be chosen by the slider, and is refused when it is typed."""

    target_chosen = Signal(object)  # Target
    range_shown = Signal(object)  # (begin, end)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = MomentSlider()
        self.anchors, self.exact = AnchorTable(), ExactFields()
        self.finder = QLineEdit()
        self.figures = Figures()
        self._known: Anchors | None = None
        self._draft: Draft | None = None
        self._now: datetime | None = None
        self._window = Panel(translate("restore", "Recovery window"))
        self._hole = Says(size_em=SMALL, token=Token.LOST, wraps=False)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.slider.chosen.connect(lambda at: self.target_chosen.emit(at_time(at)))
        self.slider.range_shown.connect(self.range_shown)
        self.anchors.anchor_chosen.connect(self.target_chosen)
        self.exact.target_typed.connect(self.target_chosen)
        self.finder.textChanged.connect(lambda _text: self._show_anchors())

    def _build(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(theme.grid(1))
        hints = (
            (("←", "→"), translate("restore", "1 s")), (("Shift", ), translate("restore", "1 min")),
            (("Ctrl", ), translate("restore", "1 h")), (("PgUp", "PgDn"), translate("restore", "next anchor")),
        )  # fmt: skip
        keys.addWidget(Says(translate("restore", "grey bars: entries booked"), size_em=SMALL, token=Token.TEXT_MUTED,
                            wraps=False))  # fmt: skip
        keys.addSpacing(theme.grid(3))
        keys.addWidget(self._hole, 1)
        keys.addStretch(1)
        for caps, words in hints:
            for cap in caps:
                keys.addWidget(KeyCap(cap))
            keys.addWidget(Says(words, size_em=SMALL, token=Token.TEXT_MUTED, wraps=False))
            keys.addSpacing(theme.grid(1))
        self._window.put(self.slider)
        self._window.put(keys)
        card = Panel(translate("restore", "Business anchors"))
        self.finder.setPlaceholderText(translate("restore", "Find an anchor"))
        self.finder.setAccessibleName(translate("restore", "Find an anchor"))
        self.finder.setMaxLength(FIELD_CHARACTERS_MAX)
        self.finder.setFixedWidth(theme.em(13))
        card.put_right(self.finder)
        card.put(self.anchors)
        card.end()
        facts = Panel()
        facts.put(self.figures)
        self._middle.setSpacing(theme.grid(3))
        self._middle.addWidget(card, 66)
        self._middle.addWidget(self.exact, 34)
        self.column.addWidget(self._window)
        self.column.addLayout(self._middle)
        self.column.addWidget(facts)
        self.column.addStretch(1)

    def show_draft(
        self, draft: Draft, view: BackupsView | None, head: int | None, now: datetime, *, asking: bool
    ) -> None:
        self._draft, self._now = draft, now
        health = Health.LOST if draft.unfit is not None else None
        below = fit_sentence(draft, asking)
        if draft.chosen is not None and (entry := entry_of(draft, self._known)) is not None:
            text = translate("restore", "The books as they stood after entry {n}. {fit}")
            below = text.format(n=number(entry), fit=below)
        self.head.say(target_sentence(draft.target), below, health)
        if view is not None:
            repository = draft.repository or None
            found = restorable(view, repository)
            self.slider.show_windows(found, now)
            if found:
                text = translate("restore", "{begin} to {end}")
                end = found[-1].end
                said = text.format(begin=stamp(found[0].begin, now, seconds=True), end=stamp(end, now, seconds=True))
                self._window.aside.say(said)
            gaps = missing(view, repository)
            self._hole.say(" ".join(hole_text(view, max(gaps, key=lambda one: one.seconds))) if gaps else "")
            latest = found[-1].end if found else None
            self.slider.show_moment(self._moment(draft, latest))
            if draft.unfit is not None and draft.target.time is not None:
                self.slider.look_at(draft.target.time)
        self._show_anchors()
        self.exact.show_target(draft.target)
        if draft.unfit is not None:
            self.exact.refusal.show_unfit(draft.unfit, target_brief(draft.target, now), now)
        elif draft.chosen is not None:
            self.exact.refusal.clear_text()
        self._show_figures(draft, view, head, now)

    def _moment(self, draft: Draft, latest: datetime | None) -> datetime | None:
        """Where the target stands on the time axis, as far as that is known."""
        target = draft.target
        if target.kind is TargetKind.LATEST:
            return latest
        if target.time is not None:
            return target.time if draft.unfit is None else None
        if draft.chosen is not None and draft.chosen.place is not None:
            return draft.chosen.place.booked_at
        for one in self._known.anchors if self._known is not None else ():
            if target.kind is TargetKind.NAME and one.kind == "restore-point" and one.name == target.name:
                return one.at
        return None

    def _show_figures(self, draft: Draft, view: BackupsView | None, head: int | None, now: datetime) -> None:
        if draft.chosen is None or view is None:
            unknown = translate("restore", "not known yet")
            chain = proven = (unknown, "")
        else:
            chain, proven = chain_text(draft.chosen, view, now), proven_text(draft.chosen, view, now)
        live = against_live(draft, self._known, head)
        self.figures.show_figures((
            (translate("restore", "Chain"), *chain, Token.TEXT),
            (translate("restore", "Proven"), *proven, Token.TEXT),
            (translate("restore", "Against live"), *live, Token.TEXT),
        ))  # fmt: skip

    def show_anchors(self, anchors: Anchors) -> None:
        self._known = anchors
        self.slider.show_anchors(anchors)
        self._show_anchors()

    @property
    def known(self) -> Anchors | None:
        return self._known

    def _show_anchors(self) -> None:
        if self._draft is None or self._now is None:
            return
        anchors = self._known.anchors if self._known is not None else ()
        self.anchors.show_anchors(anchors, self._draft.target, self._now, self.finder.text())

    def first_focus(self) -> QWidget:
        return self.slider

    def resizeEvent(self, event: QResizeEvent) -> None:
        stacked = event.size().width() < theme.em(STACKED_BELOW_EM)
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._middle.direction() is not way:
            self._middle.setDirection(way)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(30), theme.em(20))
