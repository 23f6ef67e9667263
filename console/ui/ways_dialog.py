"""How alerts leave the console: every way out with how it fares, to be added, changed, tested and removed."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.alerting import WayKind, WayOut, WayState
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.messages import GiveSecret, Message, Refused
from console.link.watching import RemoveWayOut, SaveWayOut, TryWayOut, WaysOut, WayTried
from console.ui import shapes, theme
from console.ui.alert_list import RowsPanel, scrolled
from console.ui.alert_words import way_reason, way_sentence
from console.ui.chip import Chip
from console.ui.controls import Act, Rule, Says
from console.ui.focus_ring import FocusRing
from console.ui.incident_rows import IncidentRows, Line
from console.ui.measures import duration
from console.ui.sentences import refused_sentence
from console.ui.shapes import HealthShape
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, VERDICT, Token
from console.ui.way_form import WayForm, kind_title
from console.ui.way_state import way_health

NEW: Final = "\0new"  # the row of a way that is not kept yet; no name can be so


class WaysDialog(QDialog):
    """Nothing holds before it is saved. Ctrl+Enter saves, Ctrl+T sends a test, Esc leaves."""

    wants = Signal(object)  # SaveWayOut, RemoveWayOut, TryWayOut, GiveSecret

    def __init__(self, told: WaysOut | None, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._ways: dict[str, WayOut] = {}
        self._states: dict[str, WayState] = {}
        self._new: WayOut | None = None
        self._key = ""
        self._busy: Message | None = None
        self._removing = ""  # asked once already: the next press removes
        self.setWindowTitle(translate("ways", "Ways out"))
        self.rows = IncidentRows(translate("ways", "Ways out"), steady=False)
        self.add = Chip(translate("ways", "Add"))
        self.form = WayForm()
        self._form_scroll = scrolled(self.form)
        self._shape, self.state = HealthShape(), Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.test = Act(translate("ways", "Send a test"), key="Ctrl+T", tall_steps=8, parent=self)
        self.remove = Act(translate("ways", "Remove"), tall_steps=8, parent=self)
        self.leave = Act(translate("ways", "Leave"), key="Esc", tall_steps=8, parent=self)
        self.save = Act(translate("ways", "Save"), key="Ctrl+Enter", filled=True, tall_steps=8, parent=self)
        self.said = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.none = Says(token=Token.TEXT_MUTED)
        self._build()
        self._connect()
        if told is not None:
            self.show_ways(told, now)
        else:
            self.none.say(translate("ways", "Reading the ways out …"))
            self._show_acts()
        (self.form.name if self._key == NEW else self.rows).setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.grid(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(2))
        column.addWidget(Says(self.windowTitle(), size_em=VERDICT, bold=True, parent=self))
        text = translate("ways", "Each alert leaves by every way that is in use. One that hangs holds up no other.")
        column.addWidget(Says(text, size_em=SMALL, token=Token.TEXT_MUTED, parent=self))
        left = QVBoxLayout()
        left.setSpacing(theme.grid(2))
        card = RowsPanel(tight=True)
        card.put_inset(self.none)
        card.put(scrolled(self.rows), 1)
        left.addWidget(card, 1)
        left.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        right = QVBoxLayout()
        right.setSpacing(theme.grid(2))
        fares = QHBoxLayout()
        fares.setSpacing(theme.grid(2))
        fares.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        fares.addWidget(self.state, 1)
        right.addLayout(fares)
        right.addWidget(self._form_scroll, 1)
        right.addWidget(self.said)
        acts = QHBoxLayout()
        acts.setSpacing(theme.grid(2))
        acts.addWidget(self.test)
        acts.addWidget(self.remove)
        acts.addStretch(1)
        right.addLayout(acts)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(4))
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        column.addLayout(row, 1)
        column.addWidget(Rule(parent=self))
        foot = QHBoxLayout()
        foot.addWidget(self.leave)
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        FocusRing(self)
        above = self.parentWidget()
        self.resize(self.sizeHint().boundedTo(above.size()) if above is not None else self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.em(66), theme.em(48))

    def _connect(self) -> None:
        self.rows.chosen.connect(self._choose)
        self.add.clicked.connect(self._add)
        self.form.changed.connect(self._judge)
        self.test.clicked.connect(self._test)
        self.remove.clicked.connect(self._remove)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        for keys, does in ((("Ctrl+Return", "Ctrl+Enter"), self._save), (("Ctrl+T",), self._test)):
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(does)

    # What it shows

    def show_ways(self, told: WaysOut, now: datetime) -> None:
        """As the engine keeps them; what is being typed stays."""
        self._now = now
        self._ways = {way.name: way for way in told.ways}
        self._states = {state.name: state for state in told.states}
        if self._key not in (*self._ways, NEW) or (self._key == NEW and self._new is None):
            self._key = ""
        if not self._key:
            first = next(iter(self._ways), NEW)
            if first == NEW:
                self._new = WayOut(name="", kind=WayKind.EMAIL, target="")
            self._open(first)
        else:
            self._show_rows()
            self._show_state()
        self._show_acts()

    def _show_rows(self) -> None:
        rows = [_line(way, self._states.get(way.name), self._now) for way in self._ways.values()]
        if self._new is not None:
            title = self.form.name.text().strip() if self._key == NEW else self._new.name
            rows.append(Line(key=NEW, title=shown(title) or translate("ways", "A new way out"), bold=True,
                             below=translate("ways", "not kept yet")))  # fmt: skip
        self.rows.show_lines(rows)
        self.rows.choose(self._key)
        self.none.say("" if self._ways else translate(
            "ways", "None yet. Without one, alerts reach only who sits at this window: with one, the person on duty."
        ))  # fmt: skip

    def _show_state(self) -> None:
        way, state = self._ways.get(self._key), self._states.get(self._key)
        self._shape.setVisible(way is not None)
        if way is None:
            self.state.say("")
            return
        self._shape.show_health(way_health(way, state))
        off = "" if way.enabled else translate("ways", " It is not in use.")
        nothing = WayState(name=way.name, delivered_at=None)
        self.state.say(translate("ways", "{said}.").format(said=way_sentence(state or nothing, self._now)) + off)

    def _show_acts(self) -> None:
        errors = self.form.errors() if self._key else {}
        known = self._key in self._ways
        free = self._busy is None
        self._form_scroll.setVisible(bool(self._key))
        self.save.setEnabled(free and bool(self._key) and self.form.touched and not errors)
        self.test.setEnabled(free and known and not self.form.touched)
        self.remove.setEnabled(free and bool(self._key))
        word = translate("ways", "Discard") if self._key == NEW else translate("ways", "Remove")
        again = bool(self._removing) and self._removing == self._key
        self.remove.setText(translate("ways", "Press again to remove it") if again else word)
        self.remove.setAccessibleName(self.remove.text())
        self.remove.updateGeometry()

    # Hands

    def _open(self, key: str) -> None:
        self._key, self._removing = key, ""
        way = self._ways.get(key) or self._new
        if way is not None:
            self.form.fill(way, known=key in self._ways, others=() if key in self._ways else tuple(self._ways))
        self.said.say("")
        self._show_rows()
        self._show_state()
        self._show_acts()

    def _choose(self, key: str) -> None:
        """Another one; a new one that was begun keeps what was typed, a changed one goes back to what is kept."""
        if key == self._key:
            return
        if self._key == NEW and self._new is not None:
            self._new = self.form.way()
        self._open(key)

    def _add(self) -> None:
        if self._key == NEW and self._new is not None:
            self._new = self.form.way()
        if self._new is None:
            self._new = WayOut(name="", kind=WayKind.EMAIL, target="")
        self._open(NEW)
        self.form.name.setFocus()

    def _judge(self) -> None:
        """While it is typed: errors by their fields; of a new one only where something was typed already."""
        self._removing = ""
        errors = self.form.errors()
        if self._key == NEW:
            typed = {key for key, field in self.form.fields.items() if _text_of(field.control)}
            self.form.show_errors({key: text for key, text in errors.items() if key in typed})
            self._show_rows()
        else:
            self.form.show_errors(errors)
        if errors:
            one = translate("ways", "1 field has to be filled in or mended before it can be saved.")
            many = translate("ways", "{n} fields have to be filled in or mended before it can be saved.")
            self.said.say(counted(len(errors), one, many), Token.TEXT_MUTED)
        elif self.form.touched:
            self.said.say(translate("ways", "Not saved yet. It can be tested once it is."), Token.TEXT_MUTED)
        self._show_acts()

    def _ask(self, question: Message, said: str) -> None:
        self._busy = question
        self.said.say(said, Token.TEXT_MUTED)
        self._show_acts()
        self.wants.emit(question)

    def _save(self) -> None:
        errors = self.form.errors()
        if self._busy is not None or not self._key or not self.form.touched:
            return
        if errors:
            self.form.show_errors(errors)
            self.said.say(translate("ways", "Not saved: see what is said in red."), Token.LOST)
            return
        way = self.form.way()
        if self.form.secret.text():
            self.wants.emit(GiveSecret(kind="password", subject=way.secret_subject, secret=self.form.secret.text(),
                                       keep=True))  # fmt: skip
        self._ask(SaveWayOut(way=way), translate("ways", "Saving …"))

    def _test(self) -> None:
        way = self._ways.get(self._key)
        if self._busy is None and way is not None and not self.form.touched:
            text = translate("ways", "Sending a test, at most {time} …")
            self._ask(TryWayOut(name=way.name), text.format(time=duration(way.seconds_max, whole=True)))

    def _remove(self) -> None:
        """A new one is forgotten at once; one that is in use only when pressed twice."""
        if self._busy is not None or not self._key:
            return
        if self._key == NEW:
            self._new = None
            self._open(next(iter(self._ways), ""))
            self.add.setFocus()
        elif self._removing != self._key:
            self._removing = self._key
            self.said.say(translate("ways", "Alerts would no longer leave by it, and its password is forgotten."),
                          Token.WARN)  # fmt: skip
            self._show_acts()
        else:
            self._ask(RemoveWayOut(name=self._key), translate("ways", "Removing …"))

    # Answers

    def show_answer(self, question: Message, answer: Message) -> None:
        """What came of it; a refusal leaves everything that was typed."""
        if isinstance(question, GiveSecret):
            if isinstance(answer, Refused):
                self.said.say(refused_sentence(answer), Token.LOST)
            return
        if question != self._busy:
            return
        self._busy = None
        if isinstance(answer, Refused):
            self.said.say(refused_sentence(answer), Token.LOST)
            self._show_acts()
        elif isinstance(answer, WayTried):
            self._show_tried(answer)
        elif isinstance(answer, WaysOut) and isinstance(question, SaveWayOut):
            self._new = None if self._key == NEW else self._new
            self._key = ""
            self.show_ways(answer, self._now)
            self._open(question.way.name)
            self.said.say(translate("ways", "Saved. Send a test to see that it arrives."), Token.TEXT_MUTED)
        elif isinstance(answer, WaysOut) and isinstance(question, RemoveWayOut):
            self._key = ""
            self.show_ways(answer, self._now)
            text = translate("ways", "{name} was removed.").format(name=shown(question.name))
            self.said.say(text, Token.TEXT_MUTED)

    def _show_tried(self, tried: WayTried) -> None:
        took = duration(tried.seconds)
        if tried.delivered:
            text = translate("ways", "The test was delivered in {time}.").format(time=took)
            if tried.detail:
                text = translate("ways", "{said} The other side said: {detail}").format(
                    said=text, detail=shown(tried.detail, characters_max=200)
                )
            self.said.say(text, Token.OK)
        else:
            text = translate("ways", "The test was not delivered, after {time}: {reason}.")
            said = text.format(time=took, reason=way_reason(tried.reason))
            if tried.detail and tried.detail not in said:
                said = translate("ways", "{said} It said: {detail}").format(
                    said=said, detail=shown(tried.detail, characters_max=200)
                )
            self.said.say(said, Token.LOST)
        self._show_acts()

    def show_lost(self) -> None:
        """The engine went: what was typed stays, and can be saved once it is back."""
        self._busy = None
        self.said.say(translate("ways", "The engine does not answer. What is typed stays here."), Token.LOST)
        self._show_acts()


def _line(way: WayOut, state: WayState | None, now: datetime) -> Line:
    health = way_health(way, state)

    def paint(painter: QPainter, box: QRect) -> None:
        if health is Health.UNKNOWN:
            shapes.paint_open_ring(painter, box)
        else:
            shapes.paint_health(painter, box, health)

    said = way_sentence(replace(state, name="") if state is not None else WayState(name="", delivered_at=None), now)
    below = said.strip() if way.enabled else translate("ways", "not in use")
    return Line(key=way.name, title=shown(way.name), side=kind_title(way.kind).partition(":")[0],
                below=below[:1].upper() + below[1:], dim=not way.enabled, paint=paint, look=health.value)  # fmt: skip


def _text_of(control: QWidget) -> str:
    text = getattr(control, "text", None)
    return str(text()) if callable(text) else ""

