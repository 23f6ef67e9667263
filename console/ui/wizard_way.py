"""Steps 2 and 3 of the wizard: what to do, and with which node; what is not possible stays visible with its reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.plan import Candidate, Operation
from console.domain.recommendation import Situation, Way
from console.domain.text import shown
from console.ui import measures, theme
from console.ui.check_words import way_name
from console.ui.controls import Says
from console.ui.loss_words import loss_figure
from console.ui.situation_words import recommendation_title
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_choice import Choice, ChoiceList
from console.ui.wizard_flow import Draft
from console.ui.wizard_parts import Panel, WizardPage
from console.ui.wizard_words import candidate_reasons, loss_money, way_price, way_why


class WayPage(WizardPage):
    """The ways with their reasons and prices, the recommended one chosen beforehand."""

    way_chosen = Signal(object)  # Way

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel = Panel()
        self.ways = ChoiceList(translate("wizard", "What to do"))
        self.ways.chosen.connect(lambda key: self.way_chosen.emit(Way(key)))
        panel.put(self.ways)
        self.column.addWidget(panel)
        text = translate("wizard", "Choosing changes nothing. What is chosen here can be read to its end first.")
        self.column.addWidget(Says(text, size_em=SMALL, token=Token.TEXT_MUTED))
        self.column.addStretch(1)

    def show_draft(self, draft: Draft) -> None:
        situation = draft.situation
        if situation is None:
            return
        advice = recommendation_title(situation)
        title = translate("wizard", "Recommended: {title}").format(title=advice[:1].lower() + advice[1:])
        self.head.say(title, translate("wizard", "Up and Down choose another way."))
        choices = []
        for option in situation.options:
            price = way_price(option)
            recommended = option.way is situation.recommended
            name = way_name(option.way)
            if option.node and option.possible and option.way is not Way.WAIT:
                name = translate("wizard", "{way}: {node}").format(way=name, node=shown(option.node))
            says = way_why(option)
            if recommended and option.possible:
                says = translate("wizard", "{why} (recommended)").format(why=says)
            choices.append(
                Choice(key=option.way.value, title=name, possible=option.possible, says=says, quiet=price)
            )
        self.ways.show_choices(choices, draft.way.value if draft.way is not None else "")

    def first_focus(self) -> QWidget:
        return self.ways


class TargetPage(WizardPage):
    """The candidates. One that is refused can't be chosen, and says why."""

    node_chosen = Signal(object)  # a node's name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = Panel()
        self.nodes = ChoiceList(translate("wizard", "Target"))
        self.nodes.chosen.connect(self.node_chosen)
        self._panel.put(self.nodes)
        self._empty = Says()
        self._panel.put(self._empty)
        self.column.addWidget(self._panel)
        self._below = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.column.addWidget(self._below)
        self.column.addStretch(1)
        theme.changed.connect(self.update)

    def show_draft(self, draft: Draft) -> None:
        situation = draft.situation
        if situation is None:
            return
        if draft.operation is Operation.REJOIN:
            self._show_rejoin(draft, situation)
            return
        eligible = sum(1 for one in situation.candidates if one.eligible)
        self.head.say(
            translate("wizard", "Who becomes primary?") if eligible
            else translate("wizard", "No standby can be promoted now"),
            translate("wizard", "Timeline first, then how far its WAL goes. Refused ones stay here with their reason."),
        )  # fmt: skip
        lost = draft.operation is Operation.FAILOVER
        self.nodes.show_choices([_candidate(one, lost=lost) for one in situation.candidates], draft.node)
        self._empty.say("" if situation.candidates else translate("wizard", "The cluster has no standby."))
        self._panel.title.say(translate("wizard", "Candidates"))
        self._panel.aside.say(translate("wizard", "would be lost") if lost else "")
        self._below.say("")

    def _show_rejoin(self, draft: Draft, situation: Situation) -> None:
        self.head.say(
            translate("wizard", "Which node becomes a standby again?"),
            translate("wizard", "It is rewound where that is possible, else rebuilt beside its old data."),
        )
        says = translate("wizard", "Does not follow the primary now")
        choices = [Choice(key=node, title=shown(node), possible=True, says=says) for node in situation.rejoin]
        self.nodes.show_choices(choices, draft.node)
        self._empty.say("" if choices else translate("wizard", "Every node follows as it should: nothing to rejoin."))
        self._panel.title.say(translate("wizard", "Nodes"))
        self._panel.aside.say("")
        self._below.say("")

    def first_focus(self) -> QWidget:
        return self.nodes


def _candidate(candidate: Candidate, *, lost: bool) -> Choice:
    standing = []
    if candidate.timeline is not None:
        standing.append(translate("wizard", "timeline {n}").format(n=candidate.timeline))
    if candidate.position:
        standing.append(shown(candidate.position))
    if candidate.lag_bytes is not None:
        standing.append(translate("wizard", "{bytes} behind").format(bytes=measures.bytes_text(candidate.lag_bytes)))
    reasons = candidate_reasons(candidate)
    amounts = loss_money(candidate.loss) if lost else ""
    quiet = translate("wizard", ". ").join(part for part in (", ".join(standing), amounts) if part)
    return Choice(
        key=candidate.node, title=shown(candidate.node), possible=candidate.eligible,
        says=reasons or translate("wizard", "can be promoted"), quiet=quiet,
        figure=loss_figure(candidate.loss) if lost else "",
    )  # fmt: skip
