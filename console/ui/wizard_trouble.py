"""A refusal of the engine's, shown in the wizard where it happened: what, where, what was not changed, what next."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import shown
from console.domain.verdict import Health
from console.link.changes import AnswerRun, StopRun
from console.link.messages import Message, Refused
from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.sentences import refused_sentence
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import Token
from console.ui.wizard_parts import CORNER

_NEXT: Final[dict[str, Callable[[], str]]] = {
    "engine-lost": lambda: translate("wizard", "It is started again by itself. Then ask again."),
    "name-not-confirmed": lambda: translate("wizard", "Type the cluster's name exactly as it stands in the list."),
    "run-under-way": lambda: translate("wizard", "End that change first: the Recovery page shows it."),
    "expiry-under-way": lambda: translate("wizard", "Wait until that has ended: the Backups page shows it."),
    "plan-refused": lambda: translate("wizard", "Mend what the preflight refuses, then ask again."),
    "store-trouble": lambda: translate("wizard", "Without its journal no plan runs. Mend the engine's store first."),
    "not-attested": lambda: translate("wizard", "Somebody has to vouch for it by name, in step 'Approval'."),
    "loss-above": lambda: translate("wizard", "Approve a greater maximum, or choose another target."),
}


def what_next(refused: Refused) -> str:
    known = _NEXT.get(refused.reason)
    return known() if known else translate("wizard", "Mend what is named there, then ask again.")


def refused_text(question: Message, refused: Refused) -> str:
    """The whole refusal. A run that is under way is not said to be unchanged: only the question was."""
    said = refused_sentence(refused)
    if isinstance(question, StopRun | AnswerRun):
        nothing = translate("words", "{text}. Nothing was changed.").format(text="").lstrip(". ")
        return said.removesuffix(nothing).strip()
    return said


class TroubleLine(QFrame):
    """Stands above the page until something better is known."""

    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.says = Says(bold=True)
        self.next = Says()
        self.again = Act(translate("wizard", "Ask again"), tall_steps=7)
        self.again.clicked.connect(self.again_wanted)
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        words.addWidget(self.says)
        words.addWidget(self.next)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(4), theme.grid(2.5), theme.grid(4), theme.grid(2.5))
        row.setSpacing(theme.grid(2.5))
        row.addWidget(HealthShape(Health.LOST))
        row.addLayout(words, 1)
        row.addWidget(self.again)
        self.hide()

    def show_refused(self, question: Message, refused: Refused, *, again: bool) -> None:
        self.says.say(refused_text(question, refused))
        self.next.say(what_next(refused))
        self.again.setVisible(again)
        self.setAccessibleName(f"{self.says.text} {self.next.text}")
        self.show()

    def show_lost(self, reason: str) -> None:
        """The engine is away: what was read stays readable, nothing can be asked."""
        text = translate("wizard", "The engine has stopped ({reason}). No node was changed by this page.")
        self.says.say(text.format(reason=shown(reason).rstrip(".")))
        self.next.say(translate("wizard", "It is started again by itself. A run goes on or asks once it is back."))
        self.again.hide()
        self.setAccessibleName(f"{self.says.text} {self.next.text}")
        self.show()

    def settle(self) -> None:
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.LOST), 1.0))
        painter.setBrush(theme.colour(Token.LOST_SOFT))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
