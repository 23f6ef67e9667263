"""What discovery found: nodes with their roles, what could not be reached and why, and the name to save it under."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from console.domain.cluster import ClusterSpec, Environment, Inventory, NodeSpec
from console.domain.fleet import Role
from console.domain.text import shown
from console.link.messages import Discovered, Missed
from console.ui import names, theme
from console.ui.controls import Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token

NAME_CHARACTERS_MAX: Final = 63
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_Hint = Callable[[], str]
HINTS: Final[dict[str, _Hint]] = {
    "unresolved": lambda: translate("add", "Check the spelling, or give its address."),
    "silent": lambda: translate("add", "Check the network and the SSH port."),
    "refused": lambda: translate("add", "Check whether sshd runs there, and on which port."),
    "authentication": lambda: translate("add", "Name the user and the key file under 'More'."),
    "key-missing": lambda: translate("add", "Name another key file under 'More'."),
    "asks": lambda: translate("add", "Answer what the server asks, then look again."),
    "host-key-unknown": lambda: translate("add", "Accept its host key, then it is looked at again."),
    "host-key-changed": lambda: translate(
        "add", "Find out why it changed. If it is right, remove the old key from the known hosts, then look again."
    ),
    "sudo-refused": lambda: translate("add", "Add the sudoers line that is named, or another account under 'More'."),
    "no-program": lambda: translate("add", "Install psql there, or name the account whose PATH has it."),
    "no-server": lambda: translate("add", "Name PostgreSQL's address, socket or port under 'More'."),
    "no-rights": lambda: translate("add", "Grant pg_monitor to the role, or name another one under 'More'."),
}


def hint_of(reason: str) -> str:
    """What to do about a host that could not be looked at; empty where nothing better is known."""
    hint = HINTS.get(reason)
    return hint() if hint is not None else ""


def missed_row(missed: Missed) -> Row:
    why = names.detail_word(missed.reason)
    if missed.detail and missed.detail != missed.reason:
        why = translate("add", "{why} ({detail})").format(why=why, detail=shown(missed.detail, characters_max=300))
    hint = hint_of(missed.reason)
    return Row(
        (
            Cell(shown(missed.host), bold=True, size_em=1.0),
            Cell(f"{why}. {hint}".strip(), Token.TEXT_MUTED),
        ),
        more=why,
    )


class DiscoveryResult(QWidget):
    """Shown, corrected, and then taken as an inventory to be saved."""

    changed = Signal()

    def __init__(self, taken: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = taken
        self._spec: ClusterSpec | None = None
        self.heading = Says(bold=True, parent=self)
        self.name = QLineEdit(self)
        self.name.setMaxLength(NAME_CHARACTERS_MAX)
        self.name.setAccessibleName(translate("add", "Name of the cluster"))
        self.environment = QComboBox(self)
        self.environment.setAccessibleName(translate("add", "Environment"))
        for one in Environment:
            self.environment.addItem(names.environment_word(one), one)
        self.problem = Says(size_em=SMALL, token=Token.LOST, parent=self)
        self.nodes = FigureTable(wide=3, gap_em=1.2, parent=self)
        self.nodes.setAccessibleName(translate("add", "Nodes found"))
        self.missed_heading = Says(bold=True, parent=self)
        self.missed = FigureTable(wide=1, gap_em=1.2, parent=self)
        self.missed.setAccessibleName(translate("add", "Hosts that could not be looked at"))
        self._build()
        self.name.textChanged.connect(self._check)
        self.environment.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(theme.grid(2))
        column.addWidget(self.heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.grid(3))
        for number, (words, field) in enumerate(
            ((translate("add", "&Name"), self.name), (translate("add", "&Environment"), self.environment))
        ):
            label = QLabel(words, self)
            label.setBuddy(field)
            grid.addWidget(label, 0, 2 * number)
            grid.addWidget(field, 0, 2 * number + 1)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
        for part in (self.problem, self.nodes, self.missed_heading, self.missed):
            column.addWidget(part)

    def show_found(self, found: Discovered) -> None:
        """The first cluster of the answer; the name is the finder's until the person gives another."""
        self._spec = found.found.clusters[0] if found.found.clusters else None
        spec = self._spec
        count = len(spec.nodes) if spec is not None else 0
        self.heading.say(
            counted(count, translate("add", "1 node found"), translate("add", "{n} nodes found"))
            if count
            else translate("add", "No PostgreSQL was found there")
        )
        if spec is not None:
            self.name.setText(spec.name)
            self.environment.setCurrentIndex(self.environment.findData(spec.environment))
            rows = [self._node_row(node, found.roles.get(node.name, "")) for node in spec.nodes]
            self.nodes.show_rows((_head_row(), *rows))
        missed = len(found.missed)
        self.missed_heading.say(
            counted(
                missed,
                translate("add", "1 host could not be looked at"),
                translate("add", "{n} hosts could not be looked at"),
            )
            if missed
            else ""
        )
        self.missed.show_rows(tuple(missed_row(one) for one in found.missed))
        self.missed.setVisible(bool(missed))
        self._check()

    def _node_row(self, node: NodeSpec, role: str) -> Row:
        known = next((one for one in Role if one.value == role), None)
        ssh = shown(node.ssh.host) if node.ssh.port is None else f"{shown(node.ssh.host)}:{node.ssh.port}"
        login = f"{shown(node.ssh.user)}@{ssh}" if node.ssh.user else ssh
        postgres = ""
        if node.postgres is not None:
            postgres = f"{shown(node.postgres.host) or translate('add', 'local')}:{node.postgres.port}"
        return Row(
            (
                Cell(shown(node.name), bold=True, size_em=1.0),
                Cell(names.role_word(known) if known is not None else shown(role), Token.TEXT_MUTED),
                Cell(login, mono=True),
                Cell(postgres, mono=True),
            ),
            more=login,
        )

    def _check(self) -> None:
        self.problem.say(self.name_problem())
        self.changed.emit()

    def name_problem(self) -> str:
        """What is wrong with the name; empty where it can be taken."""
        name = self.name.text().strip()
        if not name:
            return translate("add", "Give the cluster a name.")
        if not _NAME.fullmatch(name):
            return translate("add", "A name has letters, digits, '.', '-' and '_', and begins with a letter or digit.")
        if name in self._taken:
            return translate("add", "A cluster named {name} is there already. Give another name.").format(name=name)
        return ""

    def inventory(self) -> Inventory | None:
        """What would be saved, as corrected; None where it can't be."""
        if self._spec is None or not self._spec.nodes or self.name_problem():
            return None
        chosen = Environment(self.environment.currentData())
        return Inventory(clusters=(replace(self._spec, name=self.name.text().strip(), environment=chosen),))


def _head_row() -> Row:
    words = (
        translate("add", "Node"),
        translate("add", "role"),
        translate("add", "SSH"),
        translate("add", "PostgreSQL"),
    )
    return Row(tuple(Cell(word, Token.TEXT_MUTED) for word in words))
