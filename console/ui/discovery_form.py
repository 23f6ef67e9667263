"""The questions of 'Add a cluster': one host, and under 'More' how to log in and which server to ask."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from console.link.messages import AskDiscovery
from console.ui import theme
from console.ui.chip import Chip
from console.ui.controls import Act, Says
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

HOST_CHARACTERS_MAX: Final = 253
PORT_MAX: Final = 65535


@dataclass(frozen=True, slots=True)
class _Field:
    """One field under 'More': its name here, its words, what stands in it when it is empty."""

    key: str
    words: str
    empty: str
    is_port: bool = False


def _fields() -> tuple[_Field, ...]:
    from_ssh = translate("add", "as your SSH configuration says")
    return (
        _Field("user", translate("add", "SSH user"), from_ssh),
        _Field("port", translate("add", "SSH port"), from_ssh, is_port=True),
        _Field("identity_file", translate("add", "Key file"), from_ssh),
        _Field("become", translate("add", "Act as (sudo -n -u)"), translate("add", "the SSH user itself")),
        _Field("database", translate("add", "Database"), "postgres"),
        _Field("postgres_user", translate("add", "PostgreSQL user"), "postgres"),
        _Field("postgres_host", translate("add", "PostgreSQL address"), translate("add", "psql's own default")),
        _Field("postgres_port", translate("add", "PostgreSQL port"), "5432", is_port=True),
    )


class DiscoveryForm(QWidget):
    """What to look at. `asked` comes with a whole AskDiscovery; a field that makes no sense is named instead."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = QLineEdit(self)
        self.host.setMaxLength(HOST_CHARACTERS_MAX)
        self.host.setPlaceholderText(translate("add", "name or address, as you would give it to ssh"))
        self.host.setAccessibleName(translate("add", "One host of the cluster"))
        self.look = Act(translate("add", "Look"), key="Enter", filled=True, parent=self)
        self.more = Chip(translate("add", "More"), self, checkable=True)
        self.more.setAccessibleName(translate("add", "More: login, sudo, database"))
        self.problem = Says(size_em=SMALL, token=Token.LOST, parent=self)
        self.fields: dict[str, QLineEdit] = {}
        self._details = QWidget(self)
        self._build()
        self.look.clicked.connect(self.ask)
        self.host.returnPressed.connect(self.ask)
        self.more.toggled.connect(self._details.setVisible)
        self._details.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(theme.grid(2))
        column.addWidget(
            Says(
                translate("add", "Name one host of the cluster. The console finds the others from there, and saves "
                                 "nothing until you agree."),
                parent=self,
            )
        )  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        label = QLabel(translate("add", "&Host"), self)
        label.setBuddy(self.host)
        row.addWidget(label)
        row.addWidget(self.host, stretch=1)
        row.addWidget(self.more)
        row.addWidget(self.look)
        column.addLayout(row)
        grid = QGridLayout(self._details)
        grid.setContentsMargins(3, 0, 3, 0)
        grid.setHorizontalSpacing(theme.grid(3))
        grid.setVerticalSpacing(theme.grid(1.5))
        for number, one in enumerate(_fields()):
            field = QLineEdit(self._details)
            field.setPlaceholderText(one.empty)
            field.setAccessibleName(one.words)
            field.setMaxLength(4096)
            field.returnPressed.connect(self.ask)
            if one.is_port:
                field.setValidator(QIntValidator(1, PORT_MAX, field))
            label = QLabel(one.words, self._details)
            label.setBuddy(field)
            place = number % 4, number // 4 * 2
            grid.addWidget(label, *place)
            grid.addWidget(field, place[0], place[1] + 1)
            self.fields[one.key] = field
        column.addWidget(self._details)
        column.addWidget(self.problem)

    def set_busy(self, busy: bool) -> None:
        for part in (self.host, self.look, self.more, *self.fields.values()):
            part.setEnabled(not busy)

    def question(self) -> AskDiscovery | str:
        """The question as filled in, or a sentence saying what is wrong with it."""
        host = self.host.text().strip()
        if not host:
            return translate("add", "Name a host first.")
        if any(c.isspace() for c in host) or host.startswith("-"):
            text = translate("add", "'{host}' is no host name. Give one name or address, without spaces.")
            return text.format(host=host)
        given = {key: field.text().strip() for key, field in self.fields.items()}
        for key in ("port", "postgres_port"):
            if given[key] and not (given[key].isdecimal() and 1 <= int(given[key]) <= PORT_MAX):
                return translate("add", "'{port}' is no port. Give a number from 1 to 65535.").format(port=given[key])
        return AskDiscovery(
            host=host,
            user=given["user"] or None,
            port=int(given["port"]) if given["port"] else None,
            identity_file=given["identity_file"] or None,
            become=given["become"] or None,
            database=given["database"] or "postgres",
            postgres_user=given["postgres_user"] or "postgres",
            postgres_host=given["postgres_host"],
            postgres_port=int(given["postgres_port"] or 5432),
        )

    def ask(self) -> None:
        question = self.question()
        if isinstance(question, str):
            self.problem.say(question)
            self.host.setFocus()
            return
        self.problem.say("")
        self.asked.emit(question)
