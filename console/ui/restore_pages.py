"""The reading steps of the restore wizard: goal, source chain, the target with its identity card, space and time."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from console.domain.backup import BackupsView
from console.domain.cluster import NodeKind
from console.domain.fleet import ClusterView, NodeCard, NodeView, Quantity, Role
from console.domain.restore import Goal
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import measures, names, theme
from console.ui.backup_sentences import about
from console.ui.backup_shapes import proof_word
from console.ui.backup_state import marks_of, proof_of, restorable
from console.ui.backup_words import capital, engine_word, kind_word, stamp
from console.ui.controls import Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.measures import NOTHING, bytes_text
from console.ui.restore_flow import Draft
from console.ui.restore_words import proven_text
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_choice import Choice, ChoiceList
from console.ui.wizard_findings import FindingList
from console.ui.wizard_parts import Figures, Panel, WizardPage
from console.ui.wizard_words import checks_summary

NAME_CHARACTERS_MAX: Final = 253
FIELD_EM: Final = 22.0
CARD: Final = (
    Quantity.HOST_NAME, Quantity.ADDRESS, Quantity.SYSTEM, Quantity.POSTGRES_VERSION, Quantity.SYSTEM_IDENTIFIER,
    Quantity.MACHINE_ID, Quantity.DATA_DIRECTORY, Quantity.TIMELINE, Quantity.HEAD_NUMBER, Quantity.DATABASE_SIZE,
    Quantity.DISK_FREE,
)  # fmt: skip


class GoalPage(WizardPage):
    """What the restore is for; the harmless one is chosen beforehand."""

    goal_chosen = Signal(object)  # Goal

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel = Panel()
        self.goals = ChoiceList(translate("restore", "What the restore is for"))
        self.goals.chosen.connect(lambda key: self.goal_chosen.emit(Goal(key)))
        panel.put(self.goals)
        self.column.addWidget(panel)
        text = translate("restore", "Choosing changes nothing. What is chosen can be read to its end first.")
        self.column.addWidget(Says(text, size_em=SMALL, token=Token.TEXT_MUTED))
        self.column.addStretch(1)

    def show_draft(self, draft: Draft) -> None:
        self.head.say(
            translate("restore", "What is the restore for?"), translate("restore", "Up and Down choose another goal.")
        )
        name = shown(draft.cluster, characters_max=60)
        choices = (
            Choice(
                key=Goal.INSPECT.value, title=translate("restore", "Inspect in a sandbox"), possible=True,
                says=translate("restore", "A copy on the backup host, opened read-only and proven. No node changes."),
                quiet=translate("restore", "For a mistaken delete: find what was there, and book it again."),
            ),
            Choice(
                key=Goal.NODE.value, title=translate("restore", "One node"), possible=True,
                says=translate("restore", "A node gets its data from the backup and follows the primary as a standby."),
                quiet=translate("restore", "Spares the primary a copy over the network. The ledger goes on."),
            ),
            Choice(
                key=Goal.CLUSTER.value, title=translate("restore", "The whole cluster"), possible=True,
                says=translate("restore", "{cluster} itself goes back. What was booked after the moment is gone from "
                                          "it.").format(cluster=name),
                quiet=translate("restore", "The ledger stops meanwhile. Old data is kept until you accept the result."),
            ),
        )  # fmt: skip
        self.goals.show_choices(choices, draft.goal.value)

    def first_focus(self) -> QWidget:
        return self.goals


class ChainPage(WizardPage):
    """From which repository, from which backups, and what was proven of them."""

    repository_chosen = Signal(object)  # its name; empty: the one that serves it best

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = Panel(translate("restore", "Repository"))
        self.repositories = ChoiceList(translate("restore", "Repository"))
        self.repositories.chosen.connect(self.repository_chosen)
        self._choice.put(self.repositories)
        self._chain = Panel(translate("restore", "Backups that are laid out, in this order"))
        self.table = FigureTable(wide=5, gap_em=1.6, row_gap_em=0.75, most_em=84.0)
        self.table.setAccessibleName(self._chain.title.text)
        self._chain.put(self.table)
        self._settings = Panel(translate("restore", "How the recovery is told to end"))
        self.settings = FigureTable(wide=1, gap_em=1.6, row_gap_em=0.5)
        self.settings.setAccessibleName(self._settings.title.text)
        self._settings.put(self.settings)
        for part in (self._choice, self._chain, self._settings):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def show_draft(self, draft: Draft, view: BackupsView | None, now: datetime, *, asking: bool) -> None:
        chosen = draft.chosen
        if view is None:
            return
        self._choice.setVisible(len(view.repositories) > 1)
        self.repositories.show_choices(_repositories(view, now), draft.repository)
        self._chain.setVisible(chosen is not None)
        self._settings.setVisible(chosen is not None)
        if chosen is None:
            title = translate("restore", "The chain is not known yet")
            if draft.unfit is not None:
                title = translate("restore", "This repository can't give that moment back")
            below = translate("restore", "Asking …") if asking else translate("restore", "Choose another, or go back.")
            self.head.say(title, below, None if draft.unfit is None else Health.LOST)
            return
        count = len(chosen.chain)
        one = translate("restore", "One backup, and the WAL after it")
        many = translate("restore", "{n} backups laid over each other, and the WAL after them")
        said, below = proven_text(chosen, view, now)
        text = translate("restore", "Proven: {proven}. {when}")
        self.head.say(counted(count, one, many), text.format(proven=said, when=capital(below)))
        self.table.show_rows(_chain_rows(chosen.repository, chosen.chain, view, now))
        wal = bytes_text(chosen.wal_bytes) if chosen.wal_bytes is not None else NOTHING
        rows = [
            Row((Cell(translate("restore", "WAL to replay"), Token.TEXT_MUTED), Cell(wal))),
            Row((Cell(translate("restore", "from, to"), Token.TEXT_MUTED),
                 Cell(translate("restore", "{begin}, consistent from {end} on").format(
                     begin=chosen.start, end=chosen.consistent), mono=True))),
            Row((Cell(translate("restore", "timeline"), Token.TEXT_MUTED), Cell(str(chosen.timeline)))),
            *(Row((Cell(shown(name, characters_max=60), Token.TEXT_MUTED, mono=True),
                   Cell(shown(value, characters_max=120), mono=True))) for name, value in chosen.settings),
        ]  # fmt: skip
        self.settings.show_rows(rows)

    def first_focus(self) -> QWidget | None:
        return self.repositories if self._choice.isVisibleTo(self) else None


def _repositories(view: BackupsView, now: datetime) -> list[Choice]:
    best = translate("restore", "The one that serves it best")
    choices = [Choice(key="", title=best, possible=True, says=translate("restore", "as the engine finds it"))]
    for seen in view.repositories:
        found = restorable(view, seen.spec.name)
        says = translate("restore", "holds no WAL that leads on from its backups")
        if found:
            text = translate("restore", "moments from {begin} to {end}")
            says = text.format(begin=stamp(found[0].begin, now), end=stamp(found[-1].end, now))
        choices.append(
            Choice(key=seen.spec.name, title=shown(seen.spec.name, characters_max=40), possible=bool(seen.backups),
                   says=says if seen.backups else translate("restore", "holds no backup"),
                   quiet=engine_word(seen.spec.engine))
        )  # fmt: skip
    return choices


def _chain_rows(repository: str, chain: tuple[str, ...], view: BackupsView, now: datetime) -> list[Row]:
    heads = (
        translate("restore", "kind"), translate("restore", "begun (UTC)"), translate("restore", "size"),
        translate("restore", "last entry"), translate("restore", "taken from"), translate("restore", "proof"),
    )  # fmt: skip
    rows = [Row(tuple(Cell(word, Token.TEXT_MUTED, right=place in (2, 3)) for place, word in enumerate(heads)))]
    known = {one.id: one for seen in view.repositories if seen.spec.name == repository for one in seen.backups}
    for name in chain:
        one = known.get(name)
        if one is None:
            rows.append(Row((Cell(shown(name, characters_max=60)), Cell(translate("restore", "not seen now")))))
            continue
        size = bytes_text(one.stored_bytes) if one.stored_bytes is not None else NOTHING
        head = measures.number(one.head_number) if one.head_number is not None else NOTHING
        proof = proof_word(proof_of(one, marks_of(view, one)))
        rows.append(Row((
            Cell(capital(kind_word(one.kind)), size_em=1.0), Cell(stamp(one.begun_at, now), size_em=1.0),
            Cell(size, right=True), Cell(head, right=True), Cell(shown(one.source, characters_max=40)), Cell(proof),
        )))  # fmt: skip
    return rows


class TargetPage(WizardPage):
    """The node that is written, its identity card, and its name typed by a person who has read it."""

    node_chosen = Signal(object)  # its name
    typed = Signal(object)  # text
    card_wanted = Signal(object)  # a node's name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, NodeCard] = {}
        panel = Panel(translate("restore", "Nodes"))
        self.nodes = ChoiceList(translate("restore", "Target"))
        self.nodes.chosen.connect(self.node_chosen)
        panel.put(self.nodes)
        self._card = Panel(translate("restore", "Identity card"))
        self.card = FigureTable(wide=1, gap_em=2.0, row_gap_em=0.5)
        self.card.setAccessibleName(translate("restore", "Identity card"))
        self._card_note = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._card.put(self.card)
        self._card.put(self._card_note)
        self._name = Panel(translate("restore", "Type the node's name"))
        self._asks = Says()
        self.name = QLineEdit()
        self.name.setMaxLength(NAME_CHARACTERS_MAX)
        self.wrong = Says(token=Token.LOST)
        row = QHBoxLayout()
        row.setContentsMargins(3, 0, 3, 3)
        row.addWidget(self.name)
        row.addStretch(1)
        for part in (self._asks, row, self.wrong):
            self._name.put(part)
        for card in (panel, self._card, self._name):
            self.column.addWidget(card)
        self.column.addStretch(1)
        self.name.textEdited.connect(lambda text: self.typed.emit(text))
        theme.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        self.name.setFixedWidth(theme.em(FIELD_EM))

    def show_card(self, card: NodeCard) -> None:
        self._cards[card.node] = card

    def show_draft(self, draft: Draft, cluster: ClusterView | None, now: datetime) -> None:
        if draft.goal is Goal.CLUSTER:
            title = translate("restore", "Which node becomes the primary of the restored cluster?")
            below = translate("restore", "The others are stopped, and rebuilt from it once you accepted the result.")
        else:
            title = translate("restore", "Which node gets its data from the backup?")
            below = translate("restore", "It becomes a standby. Its old data lies beside until the new one is proven.")
        self.head.say(title, below)
        nodes = cluster.nodes if cluster is not None else ()
        self.nodes.show_choices(
            [_node(one, draft.goal) for one in nodes if one.kind is NodeKind.POSTGRES], draft.node
        )
        chosen = bool(draft.node)
        self._card.setVisible(chosen)
        self._name.setVisible(chosen)
        if not chosen:
            return
        card = self._cards.get(draft.node)
        if card is None:
            self.card_wanted.emit(draft.node)
            self._card_note.say(translate("restore", "The node is asked for its card."))
        else:
            self._card_note.say(translate("restore", "What this node says of itself. Compare it with what you mean."))
        self.card.show_rows(_card_rows(card, now) if card is not None else [])
        self._card.aside.say(shown(draft.node, characters_max=60))
        text = translate("restore", "Type {name}: what lies in its data directory is put aside in the run.")
        self._asks.say(text.format(name=shown(draft.node, characters_max=60)))
        self.name.setAccessibleName(translate("restore", "The name of the node"))
        if self.name.text().strip() != draft.node_typed and not self.name.hasFocus():
            self.name.setText(draft.node_typed)
        wrong = bool(draft.node_typed) and not draft.node.startswith(draft.node_typed)
        self.wrong.say(translate("restore", "That is not its name.") if wrong else "")

    def first_focus(self) -> QWidget:
        return self.nodes


def _node(one: NodeView, goal: Goal) -> Choice:
    primary = one.role is Role.PRIMARY
    possible = goal is Goal.CLUSTER or not primary
    role = names.role_word(one.role)
    says = role
    if not possible:
        says = translate("restore", "is the primary: go back as the whole cluster, or switch over first")
    quiet = "" if one.verdict.health is Health.HEALTHY else names.health_word(one.verdict.health)
    return Choice(key=one.name, title=shown(one.name, characters_max=60), possible=possible, says=says, quiet=quiet)


def _card_rows(card: NodeCard, now: datetime) -> list[Row]:
    rows = []
    for quantity in CARD:
        figure = next((one for one in card.figures if one.quantity is quantity), None)
        if figure is not None:
            text = shown(measures.figure_text(figure, now), characters_max=160)
            if quantity is Quantity.HEAD_NUMBER and isinstance(figure.value, int):
                text = translate("restore", "entry {n}").format(n=measures.number(figure.value))  # its name, no count
            rows.append(Row((Cell(names.quantity_name(quantity), Token.TEXT_MUTED), Cell(text, size_em=1.0))))
    return rows


class SpacePage(WizardPage):
    """What is written, what room there is for it, how long it takes by measured rates; and every check of the plan."""

    ask_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = Figures()
        facts = Panel()
        facts.put(self.figures)
        self._checks = Panel(translate("restore", "Checks of the plan"))
        self.findings = FindingList()
        self._checks.put(self.findings)
        for card in (facts, self._checks):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def show_draft(
        self, draft: Draft, view: BackupsView | None, cluster: ClusterView | None, now: datetime, *, asking: bool
    ) -> None:
        chosen, plan = draft.chosen, draft.plan
        if chosen is None or view is None:
            return
        needed, (free, where) = chosen.restore_bytes, _room(draft, view, cluster)
        room = next((one for one in plan.checks if one.check == "space"), None) if plan is not None else None
        if room is not None and isinstance(room.observed, int) and isinstance(room.threshold, int):
            free, needed = room.observed, room.threshold  # as the plan asked the node itself
        short = needed is not None and free is not None and free < needed
        seconds = plan.expected_seconds if plan is not None and plan.expected_seconds else chosen.expected_seconds
        self._show_head(draft, asking=asking, short=short)
        unknown = translate("restore", "not known")
        source = translate("restore", "by the rate of the last restore here")
        self.figures.show_figures((
            (translate("restore", "Is written"), bytes_text(needed) if needed is not None else unknown,
             translate("restore", "the chain, laid out"), Token.TEXT),
            (translate("restore", "Room there"), bytes_text(free) if free is not None else unknown, where,
             Token.LOST if short else Token.TEXT),
            (translate("restore", "Takes about"), about(seconds) if seconds is not None else unknown,
             source if seconds is not None else translate("restore", "nothing was restored here yet"), Token.TEXT),
        ))  # fmt: skip
        self._checks.setVisible(plan is not None)
        if plan is not None:
            self._checks.aside.say(checks_summary(plan.checks))
            self.findings.show_checks(plan.checks, now)

    def _show_head(self, draft: Draft, *, asking: bool, short: bool) -> None:
        plan = draft.plan
        below = translate("restore", "Estimated from measured rates. Nothing on any node has changed.")
        if draft.goal is Goal.INSPECT:
            title = translate("restore", "Is there room, and how long does it take?")
            if short:
                title = translate("restore", "There is not room enough for the copy")
                below = translate("restore", "Make room there, or name another sandbox host in the policy.")
            self.head.say(title, below, Health.LOST if short else None)
        elif plan is None:
            title = translate("restore", "The plan is being made and checked") if asking else (
                translate("restore", "There is no plan yet"))  # fmt: skip
            self.head.say(title, translate("restore", "Every node is asked. Nothing on any node changes."))
        elif plan.refused:
            title = translate("restore", "The plan can't be run: see what refuses, and how to mend it")
            self.head.say(title, translate("restore", "Nothing on any node has changed. F5 asks again."), Health.LOST)
        else:
            self.head.say(translate("restore", "Nothing refuses"), below, Health.HEALTHY)


def _room(draft: Draft, view: BackupsView, cluster: ClusterView | None) -> tuple[int | None, str]:
    """The bytes that are free where it is written, and where that is."""
    if draft.goal is Goal.INSPECT and draft.chosen is not None:
        seen = next((one for one in view.repositories if one.spec.name == draft.chosen.repository), None)
        host = view.policy.sandbox_node or (seen.spec.node if seen is not None else "")
        where = translate("restore", "left on {node}").format(node=shown(host, characters_max=60))
        own = seen is not None and host == seen.spec.node and seen.medium is not None
        if own and seen is not None and seen.medium is not None and seen.medium.kind.value == "directory":
            return seen.medium.free_bytes, where
        return _disk(cluster, host), where
    where = translate("restore", "left on {node}").format(node=shown(draft.node, characters_max=60))
    return _disk(cluster, draft.node), where


def _disk(cluster: ClusterView | None, name: str) -> int | None:
    return next((one.disk_free_bytes for one in cluster.nodes if one.name == name), None) if cluster else None
