"""How a node is rejoined, and what becomes of what only it holds: decided by a person, exported before it is lost."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from console.domain.approval import REASON_CHARACTERS_MIN
from console.domain.plan import Outcome, Pairs, Plan
from console.domain.text import shown
from console.link.fork import ForkExported
from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_choice import Choice, ChoiceList
from console.ui.wizard_parts import Panel

REASON_CHARACTERS_MAX: Final = 500
BEST: Final = "best"  # the gentlest way that is open
_Text = Callable[[], str]
_WAYS: Final[dict[str, tuple[_Text, _Text]]] = {
    BEST: (
        lambda: translate("wizard", "The gentlest"),
        lambda: translate("wizard", "Attached where its history allows it, else rewound, else rebuilt."),
    ),
    "rewind": (
        lambda: translate("wizard", "Rewind"),
        lambda: translate("wizard", "Taken back to where both histories part; what lies beyond is overwritten."),
    ),
    "rebuild": (
        lambda: translate("wizard", "Rebuild"),
        lambda: translate("wizard", "A new copy beside the old data, which is kept until the new one is proven."),
    ),
}


class RejoinPanel(Panel):
    """Choosing makes the plan anew; its preflight says what stands against it."""

    option_chosen = Signal(object)  # (name, value)
    export_wanted = Signal(object)  # the reason

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("wizard", "How it comes back"), parent=parent)
        self._exported: ForkExported | None = None
        self._plan: Plan | None = None
        self.ways = ChoiceList(self.title.text)
        self.ways.chosen.connect(lambda key: self.option_chosen.emit(("way", "" if key == BEST else key)))
        self._fork_title = Says(translate("wizard", "What only this node holds"), bold=True)
        self._fork_says = Says()
        self.fork = ChoiceList(self._fork_title.text)
        self.fork.chosen.connect(lambda key: self.option_chosen.emit(("fork", key)))
        self.reason = QLineEdit()
        self.reason.setMaxLength(REASON_CHARACTERS_MAX)
        self.reason.setPlaceholderText(translate("wizard", "why this side is given up"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.export = Act(translate("wizard", "Export its entries"))
        self.export.clicked.connect(self._export)
        self.reason.textChanged.connect(lambda _text: self._judge())
        self._says = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.grid(2))
        row.addWidget(self.reason, 1)
        row.addWidget(self.export, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.ways, self._fork_title, self._fork_says, self.fork, self._row, self._says):
            self.put(part)
        self._judge()

    def forget(self) -> None:
        """Another node, another wizard: nothing was exported yet."""
        self._exported = None
        self.reason.clear()
        self._says.say("")

    def show_plan(self, plan: Plan, options: Pairs) -> None:
        self._plan = plan
        chosen = dict(options)
        choices = [Choice(key=key, title=name(), possible=True, says=says()) for key, (name, says) in _WAYS.items()]
        self.ways.show_choices(choices, chosen.get("way") or BEST)
        beyond = dict(plan.notes).get("beyond-fork", "")
        undecided = any(check.check == "history" and check.outcome is Outcome.REFUSE for check in plan.checks)
        there = bool(beyond) or undecided
        for part in (self._fork_title, self.fork, self._row):
            part.setVisible(there)
        text = translate("wizard", "{node} {seen}. It may be the only copy of acknowledged entries.")
        self._fork_says.say(text.format(node=shown(plan.subject), seen=shown(beyond)) if beyond else "")
        if there:
            self.fork.show_choices(self._decisions(), chosen.get("fork", ""))

    def _decisions(self) -> list[Choice]:
        exported = self._exported is not None
        return [
            Choice(
                key="exported", title=translate("wizard", "Exported"), possible=exported,
                says=translate("wizard", "Its entries lie in files, to be booked again.") if exported
                else translate("wizard", "not yet: export them first, with a reason"),
            ),
            Choice(
                key="accepted", title=translate("wizard", "Given up"), possible=True,
                says=translate("wizard", "What lies beyond the fork is lost. It is recorded under your name."),
            ),
        ]  # fmt: skip

    def _judge(self) -> None:
        self.export.setEnabled(len(self.reason.text().strip()) >= REASON_CHARACTERS_MIN)

    def _export(self) -> None:
        self.export.setEnabled(False)
        self._says.say(translate("wizard", "Both sides are being read. The stopped one is started closed, read-only."))
        self.export_wanted.emit(self.reason.text().strip())

    def show_exported(self, answer: ForkExported) -> None:
        self._exported = answer
        entries = counted(answer.entries, translate("wizard", "1 entry"), translate("wizard", "{n} entries"))
        text = translate("wizard", "{entries} exported to {directory}")
        self._says.say(text.format(entries=entries, directory=shown(answer.directory)))
        self._judge()

    def show_refused(self, said: str) -> None:
        self._says.say(said, Token.LOST)
        self._judge()
