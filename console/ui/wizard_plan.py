"""Step 6 of the wizard: the plan to read: every step, its proof, its limit, its exact commands, what undoes it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.plan import Act as PlanAct
from console.domain.plan import Operation, Plan, Step
from console.domain.run import RunView
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import measures, shapes, theme
from console.ui.chip import Chip
from console.ui.controls import Rule, Says
from console.ui.plan_words import act_sentence, gap_text, limit_sentence, plan_title, step_proof, step_sentence
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_fencing_panel import FencingPanel
from console.ui.wizard_findings import Turn
from console.ui.wizard_flow import Draft, number_of, part_of_phase
from console.ui.wizard_parts import Figures, Panel, WizardPage, clear
from console.ui.wizard_rehearsal import RehearsalPanel
from console.ui.wizard_words import note_sentence, part_name

SCRIPT_CHARACTERS_MAX: Final = 20_000
NUMBER_EM: Final = 2.2


class Script(QWidget):
    """A command as it is sent, in the fixed face on sunken ground; broken where the width ends, never cut."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = [shown(line.replace("\t", "    "), characters_max=2000) for line in text.rstrip().split("\n")]
        self._says = Says("\n".join(lines), mono=True, size_em=0.92)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
        column.addWidget(self._says)

    @property
    def text(self) -> str:
        return self._says.text

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.BORDER), 1.0))
        painter.setBrush(theme.colour(Token.SUNKEN))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class StepRow(QWidget):
    """One step. Enter, Space or a click opens its commands and what undoes it; they are made when first opened."""

    def __init__(self, plan: Plan, step: Step, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self._turn = Turn()
        self._details: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        sentence = Says(step_sentence(plan, step))
        below = [step_proof(plan, step), limit_sentence(step)]
        if not step.required:
            below.append(translate("wizard", "may fail, the run goes on"))
        quiet = Says(translate("wizard", ". ").join(below), size_em=SMALL, token=Token.TEXT_MUTED)
        place = Says(str(number), token=Token.TEXT_MUTED, wraps=False)
        place.setFixedWidth(theme.em(NUMBER_EM))
        time = Says(_expected(step), size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        words.addWidget(sentence)
        words.addWidget(quiet)
        line = QHBoxLayout()
        line.setSpacing(theme.grid(2))
        line.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.grid(1), theme.grid(1.5), theme.grid(1), theme.grid(1.5))
        self._column.setSpacing(theme.grid(1.5))
        self._column.addLayout(line)
        self.setAccessibleName(f"{number}, {sentence.text}")
        self.setAccessibleDescription(quiet.text)

    @property
    def is_open(self) -> bool:
        return self._turn.down

    def open(self, on: bool) -> None:
        if on and self._details is None:
            self._details = _details(self.step)
            self._column.addWidget(self._details)
        if self._details is not None:
            self._details.setVisible(on)
        self._turn.down = on
        self._turn.update()

    def scripts(self) -> tuple[str, ...]:
        return tuple(script.text for script in self.findChildren(Script))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.open(not self._turn.down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open(not self._turn.down)
            return
        super().keyPressEvent(event)


def _expected(step: Step) -> str:
    if step.expected_seconds is None:
        return ""
    return translate("wizard", "about {time}").format(time=measures.duration(step.expected_seconds))


def _details(step: Step) -> QWidget:
    """The commands, and what undoes them."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(theme.em(NUMBER_EM) + theme.grid(2), 0, theme.grid(4), theme.grid(1))
    column.setSpacing(theme.grid(1))
    for act in step.acts:
        _put_act(column, act)
    if not step.acts:
        said = translate("wizard", "No command: this step only looks.")
        column.addWidget(Says(said, size_em=SMALL, token=Token.TEXT_MUTED))
    if step.undo:
        column.addWidget(Says(translate("wizard", "Undone by"), size_em=SMALL, bold=True))
        for act in step.undo:
            _put_act(column, act)
    elif step.acts:
        said = translate("wizard", "Nothing undoes this step.")
        column.addWidget(Says(said, size_em=SMALL, token=Token.TEXT_MUTED))
    return box


def _put_act(column: QVBoxLayout, act: PlanAct) -> None:
    column.addWidget(Says(act_sentence(act), size_em=SMALL, token=Token.TEXT_MUTED))
    if act.script:
        column.addWidget(Script(act.script[:SCRIPT_CHARACTERS_MAX]))


class NoReturnRule(QWidget):
    """The point of no return as a rule across the list."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(20), theme.metrics().height() + theme.grid(3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = theme.em(0.95)
        middle = self.height() // 2
        mark = QRectF(theme.grid(1), middle - side / 2, side, side)
        shapes.paint_health(painter, mark, Health.DEGRADED)
        painter.setPen(theme.colour(Token.WARN))
        painter.setFont(theme.font(bold=True))
        left = theme.grid(1) + side + theme.grid(2)
        width = theme.metrics(bold=True).horizontalAdvance(self._text)
        painter.drawText(left, 0, width + 2, self.height(), int(Qt.AlignmentFlag.AlignVCenter), self._text)
        begin = left + width + theme.grid(3)
        painter.fillRect(begin, middle, max(0, self.width() - begin), 1, theme.colour(Token.WARN))


class NotesPanel(Panel):
    """What a person has to know of a plan before anything of it runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("wizard", "To be known before"), parent=parent)
        self._list = QVBoxLayout()
        self.put(self._list)

    def show_notes(self, notes: Sequence[str]) -> None:
        clear(self._list)
        for text in notes:
            self._list.addWidget(Says(text))
        self.setVisible(bool(notes))


class StepsPanel(Panel):
    """Every step of a plan below the part of the wizard that runs it; one act opens all their commands."""

    def __init__(self, *, gap_steps: float = 0, parent: QWidget | None = None) -> None:
        super().__init__(translate("wizard", "Every step"), parent=parent)
        self.all = Chip(translate("wizard", "Show every command"), checkable=True)
        self.all.toggled.connect(self._open_all)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.grid(gap_steps))
        self.put_right(self.all)
        self.put(self._list)
        self.rows: tuple[StepRow, ...] = ()

    def _open_all(self, on: bool) -> None:
        for row in self.rows:
            row.open(on)

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Steps that there is no plan of, apart by hairlines."""
        clear(self._list)
        self.rows = ()
        for text in sentences:
            if self._list.count():
                self._list.addWidget(Rule())
            self._list.addWidget(Says(text))

    def show_steps(self, plan: Plan, heading_of: Callable[[Step], str]) -> None:
        """A heading stands once above the steps that follow each other below it."""
        clear(self._list)
        rows: list[StepRow] = []
        heading = ""
        for number, step in enumerate(plan.steps, 1):
            if heading != (here := heading_of(step)):
                heading = here
                self._list.addSpacing(theme.grid(2) if rows else 0)
                self._list.addWidget(Says(heading, bold=True))
            if step.no_return:
                rule = translate("wizard", "Point of no return: from step {n} on it only leads forward")
                self._list.addWidget(NoReturnRule(rule.format(n=number)))
            elif rows:
                self._list.addWidget(Rule())
            rows.append(StepRow(plan, step, number))
            self._list.addWidget(rows[-1])
        self.rows = tuple(rows)
        if self.all.isChecked():
            self._open_all(True)


def extent_text(plan: Plan) -> str:
    """How many steps on how many hosts, and that nothing else runs."""
    hosts = len({act.node for step in plan.steps for act in step.acts})
    text = translate("wizard", "{steps} on {hosts}. What is read here is what runs, and nothing else.")
    return text.format(
        steps=counted(len(plan.steps), translate("wizard", "1 step"), translate("wizard", "{n} steps")),
        hosts=counted(hosts, translate("wizard", "1 host"), translate("wizard", "{n} hosts")),
    )


class PlanPage(WizardPage):
    """What is read here is what runs."""

    rehearsal_wanted = Signal()
    option_chosen = Signal(object)  # (name, value)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = Figures()
        facts = Panel()
        facts.put(self.figures)
        self.rehearsal = RehearsalPanel()
        self.rehearsal.wanted.connect(self.rehearsal_wanted)
        self.fencing = FencingPanel()
        self.fencing.method_chosen.connect(lambda key: self.option_chosen.emit(("fence", key)))
        self._notes, self._steps = NotesPanel(), StepsPanel()
        self.all = self._steps.all
        for part in (facts, self._notes, self.rehearsal, self.fencing, self._steps):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._plan: Plan | None = None

    @property
    def rows(self) -> tuple[StepRow, ...]:
        return self._steps.rows

    def show_draft(self, draft: Draft) -> None:
        plan = draft.plan
        if plan is None:
            return
        commands = sum(len(step.acts) for step in plan.steps)
        self.head.say(plan_title(plan), extent_text(plan))
        self.figures.show_figures(_facts(plan))
        fences = plan.operation is Operation.FAILOVER and not dict(plan.notes).get("no-fence")
        self.fencing.setVisible(fences)
        self.fencing.show_plan(plan, draft.options)
        self.rehearsal.show_rehearsal(draft.rehearsal)
        self._steps.aside.say(
            counted(commands, translate("wizard", "1 command"), translate("wizard", "{n} commands"))
        )
        if self._plan is None or self._plan.id != plan.id or self._plan.digest != plan.digest:
            self._plan = plan
            self._show_notes(plan)
            self._steps.show_steps(plan, lambda step: _heading(plan, draft, step))

    def _show_notes(self, plan: Plan) -> None:
        elsewhere = plan.operation is Operation.FAILOVER  # its fencing panel says what has no way back
        notes = [one for one in plan.notes if one[0] != "no-way-back" or not elsewhere]
        self._notes.show_notes([text for word, value in notes if (text := note_sentence(word, value))])

    def show_rehearsal(self, run: RunView | None) -> None:
        self.rehearsal.show_rehearsal(run)


def _heading(plan: Plan, draft: Draft, step: Step) -> str:
    here = part_of_phase(draft, step.phase)
    return f"{number_of(draft, here)}  {part_name(plan.operation, here)}"


def no_return_figure(plan: Plan) -> tuple[str, str, str, Token]:
    """From which step on nothing can be taken back, as a figure."""
    said, below = translate("wizard", "none"), translate("wizard", "every step can be taken back")
    key = plan.no_return_key
    if key is not None:
        number = next(place for place, step in enumerate(plan.steps, 1) if step.key == key)
        said = translate("wizard", "step {n}").format(n=number)
        below = translate("wizard", "before it, Cancel leaves all as it was")
    return translate("wizard", "Point of no return"), said, below, Token.TEXT


def _facts(plan: Plan) -> tuple[tuple[str, str, str, Token], ...]:
    unknown = translate("wizard", "not known")
    said = measures.duration(plan.expected_seconds) if plan.expected_seconds is not None else unknown
    gap = gap_text(plan.expected_gap_seconds) if plan.expected_gap_seconds is not None else unknown
    return (
        (translate("wizard", "Estimated time"), said, translate("wizard", "the sum of its steps"), Token.TEXT),
        (translate("wizard", "Writes stop for about"), gap, translate("wizard", "measured while it runs"), Token.TEXT),
        no_return_figure(plan),
    )
