"""The choice of how the old primary is fenced, with what each way means for the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.plan import Pairs, Plan
from console.domain.text import shown
from console.ui.controls import Says
from console.ui.speech import translate
from console.ui.theme import Token
from console.ui.wizard_choice import Choice, ChoiceList
from console.ui.wizard_fencing import METHODS, fence_of, meaning, method_name
from console.ui.wizard_parts import Panel


class FencingPanel(Panel):
    """Choosing another way makes the plan anew; one that is not possible is refused by its preflight."""

    method_chosen = Signal(object)  # a method's word

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("wizard", "Fencing"), parent=parent)
        self.methods = ChoiceList(translate("wizard", "Fencing"))
        self.methods.chosen.connect(self.method_chosen)
        self._back = Says()
        self.put(self.methods)
        self.put(self._back)

    def show_plan(self, plan: Plan, options: Pairs) -> None:
        choices = [Choice(key=key, title=method_name(key), possible=True, says=meaning(key, plan)) for key in METHODS]
        self.methods.show_choices(choices, fence_of(plan, options))
        none = bool(dict(plan.notes).get("no-way-back"))
        text = translate("wizard", "No way back: once {node} is fenced like this, the console can't start it again.")
        self._back.say(text.format(node=shown(plan.subject)) if none else "", Token.WARN)
