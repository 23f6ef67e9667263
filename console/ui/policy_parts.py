"""The parts of the policy dialog: a field with its error, a repository, a line of the calendar with its meaning."""

from dataclasses import replace
from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.domain.backup_policy import CycleEntry, EngineName, MediumKind, RepositorySpec, WalWay
from console.domain.text import shown
from console.ui import theme
from console.ui.backup_words import CYCLE_WHATS, capital, cycle_word, engine_word, medium_word, wal_way_word
from console.ui.chip import Chip
from console.ui.controls import Says
from console.ui.cron_words import cron_meaning
from console.ui.link_act import LinkAct
from console.ui.policy_rules import NAME_CHARACTERS_MAX, FieldError
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel

TEXT_CHARACTERS_MAX: Final = 4096
CRON_EM: Final = 11.0
WHAT_EM: Final = 18.0
LABEL_EM: Final = 9.0


class Field(QWidget):
    """A label, what is filled in, and below it what is wrong with it."""

    def __init__(self, words: str, control: QWidget, hint: str = "", *, label_em: float = LABEL_EM,
                 wide: bool = True, parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self.control = control
        control.setAccessibleName(words)
        label = self._label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(control)
        label.setMinimumWidth(theme.em(label_em))
        self._error = Says(size_em=SMALL, token=Token.LOST)
        self._hint = Says(hint, size_em=SMALL, token=Token.TEXT_MUTED)
        grid = QGridLayout(self)
        grid.setContentsMargins(3, 3, 3, 3)  # room for the focus ring
        grid.setHorizontalSpacing(theme.grid(2))
        grid.setVerticalSpacing(theme.grid(1))  # the ring of what has the focus does not cut what stands below
        grid.addWidget(label, 0, 0)
        grid.addWidget(control, 0, 1)
        grid.addWidget(self._error, 1, 1)
        grid.addWidget(self._hint, 2, 1)
        grid.setColumnStretch(1 if wide else 2, 1)
        if not wide:  # a number needs no line of its own length
            control.setFixedWidth(theme.em(2 * LABEL_EM))

    def say(self, words: str, hint: str) -> None:
        """Another label and hint, where something else is asked for."""
        self._label.setText(words)
        self._hint.say(hint)
        self.control.setAccessibleName(words)

    @property
    def error(self) -> str:
        return self._error.text

    def show_error(self, text: str) -> None:
        self._error.say(text)
        self.control.setAccessibleDescription(text)


def line_edit(text: str, *, empty: str = "", most: int = TEXT_CHARACTERS_MAX) -> QLineEdit:
    made = QLineEdit()
    made.setMaxLength(most)
    made.setText(text)
    made.setPlaceholderText(empty)
    return made


class Chooser(QComboBox):
    """A box with a mark that it opens; it takes the width that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.TEXT_MUTED), 1.4))
        x, y, size = self.width() - theme.em(0.9), self.height() / 2, theme.em(0.25)
        painter.drawPolyline(QPolygonF([QPointF(x - size, y - size / 2), QPointF(x, y + size / 2),
                                        QPointF(x + size, y - size / 2)]))  # fmt: skip

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; a choice is not changed by passing over it


def chooser(values: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
    """Words with what they stand for; one that is not among them is kept as it is."""
    made = Chooser()
    for value, words in values:
        made.addItem(words, value)
    place = made.findData(chosen)
    if place < 0 and chosen:
        made.addItem(shown(chosen), chosen)
        place = made.count() - 1
    made.setCurrentIndex(place)
    return made


def chosen(box: QComboBox) -> str:
    value = box.currentData()
    return value if isinstance(value, str) else ""


def enum_values(kind: type[Enum], words: object) -> tuple[tuple[str, str], ...]:
    assert callable(words)
    return tuple((one.value, words(one) if kind is EngineName else capital(words(one))) for one in kind)


class RepositoryForm(Panel):
    """One repository. What is seldom needed stands under 'More'."""

    changed = Signal()
    removed = Signal()

    def __init__(self, spec: RepositorySpec, hosts: tuple[str, ...], servers: tuple[str, ...],
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent=parent)
        self._spec = spec
        own = translate("policy", "where its package looks")
        close = (("", translate("policy", "a standby that is close, else the primary")),)
        self.name = line_edit(spec.name, most=NAME_CHARACTERS_MAX)
        self.node = chooser(tuple((one, shown(one)) for one in hosts), spec.node)
        self.engine = chooser(enum_values(EngineName, engine_word), spec.engine.value)
        self.medium = chooser(enum_values(MediumKind, medium_word), spec.medium.value)
        self.path = line_edit(spec.path, empty="/srv/backups/…")
        self.stanza = line_edit(spec.stanza)
        self.wal = chooser(enum_values(WalWay, wal_way_word), spec.wal.value)
        self.archive, self.mirror = line_edit(spec.archive), line_edit(spec.mirror)
        self.staging = line_edit(spec.staging)
        self.source = chooser((*close, *((one, shown(one)) for one in servers)), spec.source)
        self.login = line_edit(spec.login, empty="user=… passfile=…")
        self.config_file, self.program = line_edit(spec.config_file, empty=own), line_edit(spec.program, empty=own)
        self.bin_directory = line_edit(spec.bin_directory, empty=own)
        self.compressed = QCheckBox(translate("policy", "Compressed"))
        self.offsite = QCheckBox(translate("policy", "Lies at another site than the cluster"))
        self.compressed.setChecked(spec.compressed)
        self.offsite.setChecked(spec.offsite)
        self.more = Chip(translate("policy", "More"), checkable=True)
        self.remove = LinkAct(translate("policy", "Remove"))
        self.fields: dict[str, Field] = {}
        self._more = QWidget()
        self._build()
        self._listen()
        self._turn()

    def _build(self) -> None:
        password = translate("policy", "How the host logs in for replication. Never a password: name a passfile.")
        words = (
            ("name", translate("policy", "Name"), self.name, ""),
            ("node", translate("policy", "Host"), self.node, ""),
            ("engine", translate("policy", "Made by"), self.engine, ""),
            ("medium", translate("policy", "Lies on"), self.medium, ""),
            ("path", translate("policy", "Directory"), self.path, ""),
            ("stanza", translate("policy", "Known there as"), self.stanza, ""),
        )
        seldom = (
            ("source", translate("policy", "Taken from"), self.source, ""),
            ("wal", translate("policy", "WAL comes"), self.wal, ""),
            ("archive", translate("policy", "Archive there"), self.archive, ""),
            ("mirror", translate("policy", "Mirror"), self.mirror, ""),
            ("staging", translate("policy", "Staging"), self.staging, ""),
            ("login", translate("policy", "Login"), self.login, password),
            ("config_file", translate("policy", "Configuration"), self.config_file, ""),
            ("program", translate("policy", "Program"), self.program, ""),
            ("bin_directory", translate("policy", "PostgreSQL in"), self.bin_directory, ""),
        )
        self._grid(words, (0, 1, 2, 3, 4, 4))
        inner = QVBoxLayout(self._more)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.grid(2))
        inner.addLayout(self._grid_of(seldom, (0, 1, 6, 2, 3, 4, 0, 1, 5)))
        for box in (self.compressed, self.offsite):
            inner.addWidget(box)
        self.put(self._more)
        self._more.hide()
        line = QHBoxLayout()
        line.addWidget(self.more)
        line.addStretch(1)
        line.addWidget(self.remove)
        self.put(line)

    def _grid(self, words: tuple[tuple[str, str, QWidget, str], ...], places: tuple[int, ...]) -> None:
        self.put(self._grid_of(words, places))

    def _grid_of(self, words: tuple[tuple[str, str, QWidget, str], ...], places: tuple[int, ...]) -> QGridLayout:
        """Two columns; fields that are never seen together share a place."""
        grid = QGridLayout()
        grid.setContentsMargins(3, 3, 3, 3)
        grid.setHorizontalSpacing(theme.grid(5))
        grid.setVerticalSpacing(theme.grid(1))
        for number, (key, said, control, hint) in zip(places, words, strict=True):
            field = self.fields[key] = Field(said, control, hint)
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _listen(self) -> None:
        for field in self.fields.values():
            control = field.control
            if isinstance(control, QLineEdit):
                control.textChanged.connect(self.changed)
            elif isinstance(control, QComboBox):
                control.currentIndexChanged.connect(self.changed)
        for box in (self.compressed, self.offsite):
            box.toggled.connect(self.changed)
        self.engine.currentIndexChanged.connect(self._turn)
        self.wal.currentIndexChanged.connect(self._turn)
        self.more.toggled.connect(self._more.setVisible)
        self.remove.clicked.connect(self.removed)

    def _turn(self) -> None:
        """Only what this engine knows is asked."""
        native = chosen(self.engine) == EngineName.NATIVE.value
        for key in ("path", "wal", "staging", "login", "bin_directory", "source"):
            self.fields[key].setVisible(native)
        self.fields["archive"].setVisible(native and chosen(self.wal) == WalWay.ARCHIVE.value)
        for key in ("stanza", "config_file", "program"):
            self.fields[key].setVisible(not native)
        self.compressed.setVisible(native)

    def spec(self) -> RepositorySpec:
        """What is filled in; what this form does not ask stays as it was."""
        return replace(
            self._spec, name=self.name.text().strip(), node=chosen(self.node),
            engine=EngineName(chosen(self.engine)), medium=MediumKind(chosen(self.medium)),
            path=self.path.text().strip(), stanza=self.stanza.text().strip(), wal=WalWay(chosen(self.wal)),
            archive=self.archive.text().strip(), mirror=self.mirror.text().strip(),
            staging=self.staging.text().strip(), source=chosen(self.source), login=self.login.text().strip(),
            config_file=self.config_file.text().strip(), program=self.program.text().strip(),
            bin_directory=self.bin_directory.text().strip(), compressed=self.compressed.isChecked(),
            offsite=self.offsite.isChecked(),
        )  # fmt: skip

    def show_errors(self, errors: tuple[FieldError, ...]) -> None:
        """By the field; one that is hidden under 'More' opens it."""
        found = {one.field: one.text for one in reversed(errors)}
        for key, field in self.fields.items():
            field.show_error(found.get(key, ""))
        hidden = any(self._more.isAncestorOf(self.fields[key]) for key in found if key in self.fields)
        if hidden and not self.more.isChecked():
            self.more.setChecked(True)


class CycleRow(QWidget):
    """One line of the calendar: what, when as cron has it, and what that means, as it is typed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, entry: CycleEntry, repositories: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self.what = chooser(tuple((one, capital(cycle_word(one))) for one in CYCLE_WHATS), entry.what)
        self.cron = line_edit(entry.cron, most=200)
        self.cron.setFont(theme.font(mono=True))
        self.cron.setFixedWidth(theme.em(CRON_EM))
        self.what.setFixedWidth(theme.em(WHAT_EM))
        self.repository = chooser((), "")
        self.repository.setFixedWidth(theme.em(CRON_EM))
        self.meaning = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.remove = LinkAct(translate("policy", "Remove"))
        self.what.setAccessibleName(translate("policy", "What is done"))
        self.cron.setAccessibleName(translate("policy", "When: minute, hour, day of the month, month, day of the week"))
        self.repository.setAccessibleName(translate("policy", "On which repository"))
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.grid(2))
        middle = Qt.AlignmentFlag.AlignVCenter
        for part, stretch in ((self.what, 0), (self.cron, 0), (self.repository, 0), (self.meaning, 1)):
            row.addWidget(part, stretch, middle)
        row.addWidget(self.remove, 0, middle)
        self.show_repositories(repositories)
        self.what.currentIndexChanged.connect(self.changed)
        self.cron.textChanged.connect(self._typed)
        self.repository.currentIndexChanged.connect(self.changed)
        self.remove.clicked.connect(self.removed)
        self._typed()

    def show_repositories(self, names: tuple[str, ...]) -> None:
        """Asked only where there are several."""
        kept = chosen(self.repository) or self._entry.repository
        self.repository.blockSignals(True)
        self.repository.clear()
        first = shown(names[0]) if names and names[0] else translate("policy", "the first")
        self.repository.addItem(first, "")
        for name in names[1:]:
            self.repository.addItem(shown(name), name)
        place = self.repository.findData(kept)
        self.repository.setCurrentIndex(max(0, place))
        self.repository.blockSignals(False)
        self.repository.setVisible(len(names) > 1)

    def _typed(self) -> None:
        self.changed.emit()

    def entry(self) -> CycleEntry:
        return CycleEntry(what=chosen(self.what), cron=" ".join(self.cron.text().split()),
                          repository=chosen(self.repository))  # fmt: skip

    def show_errors(self, errors: tuple[FieldError, ...]) -> None:
        """The meaning in words, or in its place what is wrong."""
        said = errors[0].text if errors else cron_meaning(self.entry().cron)
        self.meaning.say(said, Token.LOST if errors else Token.TEXT_MUTED)
        self.cron.setAccessibleDescription(said)
