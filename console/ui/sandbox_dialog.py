"""A door to an open copy: one reading statement after another, and a search for an entry; nothing can be written."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.backup import SandboxSeen
from console.domain.ledger_mapping import LedgerMapping
from console.domain.text import shown
from console.link.backups import AskSandbox, SandboxRows
from console.link.messages import Refused
from console.ui import theme
from console.ui.controls import Act, Rule, Says
from console.ui.focus_ring import FocusRing
from console.ui.measures import number
from console.ui.sentences import refused_sentence
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, VERDICT, Token

SQL_CHARACTERS_MAX: Final = 10_000
CELL_CHARACTERS_MAX: Final = 200
ROWS_MAX: Final = 1000
COLUMNS_MAX: Final = 60
ENTRY_DIGITS_MAX: Final = 18
COLUMN_EM_MAX: Final = 24.0


def entry_sql(ledger: LedgerMapping | None, entry: int) -> str:
    """The statement that shows an entry with its postings; empty where the ledger is not known."""
    if ledger is None or (ledger.entries is None and ledger.entries_sql is None):
        return ""
    entries = ledger.entries or f"({ledger.entries_sql})"
    postings = ledger.postings or (f"({ledger.postings_sql})" if ledger.postings_sql else "")
    if not postings:
        return f"select * from {entries} e where e.{ledger.number} = {entry}"
    same = f"p.{ledger.posting_number} = e.{ledger.number}"
    if ledger.origin and ledger.posting_origin:
        same += f" and p.{ledger.posting_origin} = e.{ledger.origin}"
    return f"select e.*, p.* from {entries} e join {postings} p on {same} where e.{ledger.number} = {entry}"


class SandboxDialog(QDialog):
    """Asks by signal; what was answered stands below as text, never as more than text."""

    wants = Signal(object)  # AskSandbox

    def __init__(
        self, cluster: str, sandbox: SandboxSeen, ledger: LedgerMapping | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.cluster = cluster
        self._sandbox, self._ledger = sandbox, ledger
        self._asked: AskSandbox | None = None
        target = shown(sandbox.target, characters_max=120)
        self.setWindowTitle(translate("sandbox", "Open copy: {target}").format(target=target))
        self.entry = QLineEdit(self)
        self.entry.setMaxLength(ENTRY_DIGITS_MAX)
        self.entry.setPlaceholderText(translate("sandbox", "number of an entry"))
        self.entry.setAccessibleName(translate("sandbox", "Entry to find"))
        self.finder = Act(translate("sandbox", "Find the entry"), key="Enter", parent=self)
        self.sql = QPlainTextEdit(self)
        self.sql.setAccessibleName(translate("sandbox", "One reading statement"))
        self.sql.setPlaceholderText(translate("sandbox", "one reading statement, as: select count(*) from …"))
        self.sql.setTabChangesFocus(True)
        self.ask = Act(translate("sandbox", "Ask"), key="Ctrl+Enter", filled=True, parent=self)
        self.message = Says(parent=self)
        self.table = QTableWidget(self)
        self.leave = Act(translate("sandbox", "Leave, the copy stays open"), key="Esc", parent=self)
        self._build()
        self.finder.clicked.connect(self._find)
        self.entry.returnPressed.connect(self._find)
        self.ask.clicked.connect(self._ask)
        self.leave.clicked.connect(self.reject)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._ask)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.grid(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(2))
        column.addWidget(Says(self.windowTitle(), size_em=VERDICT, bold=True, parent=self))
        note = translate("sandbox", "Read-only, on {node}, with no way to production: asking changes nothing.")
        node = shown(self._sandbox.node, characters_max=60)
        column.addWidget(Says(note.format(node=node), size_em=SMALL, token=Token.TEXT_MUTED, parent=self))
        line = QHBoxLayout()
        line.setContentsMargins(3, 3, 3, 0)
        line.setSpacing(theme.grid(2))
        self.entry.setFixedWidth(theme.em(16))
        line.addWidget(self.entry)
        line.addWidget(self.finder)
        line.addStretch(1)
        column.addLayout(line)
        self.sql.setFont(theme.font(0.92, mono=True))
        height = QFontMetrics(self.sql.font()).lineSpacing() * 4 + theme.grid(3)
        self.sql.setFixedHeight(height)
        frame = QHBoxLayout()
        frame.setContentsMargins(3, 3, 3, 3)
        frame.setSpacing(theme.grid(2))
        frame.addWidget(self.sql, 1)
        frame.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(frame)
        column.addWidget(self.message)
        table = self.table
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setAccessibleName(translate("sandbox", "Answer"))
        table.verticalHeader().hide()
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setHighlightSections(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        column.addWidget(table, 1)
        column.addWidget(Rule(parent=self))
        foot = QHBoxLayout()
        foot.addWidget(self.leave)
        foot.addStretch(1)
        column.addLayout(foot)
        FocusRing(self)
        self.table.hide()
        for part in (self.entry, self.finder):
            part.setVisible(bool(entry_sql(self._ledger, 1)))
        column.addStretch(0)
        self.resize(theme.em(62), theme.em(44))

    def sizeHint(self) -> QSize:
        return QSize(theme.em(62), theme.em(44))

    # Hands

    def _find(self) -> None:
        """The statement is written into the field below, where it can be read and changed."""
        text = self.entry.text().strip().replace(",", "")
        if not (text.isascii() and text.isdigit()):
            said = translate("sandbox", "'{text}' is no number of an entry. Nothing was asked.")
            self.message.say(said.format(text=shown(text)), Token.LOST)
            self.entry.setFocus()
            return
        self.sql.setPlainText(entry_sql(self._ledger, int(text)))
        self._ask()

    def _ask(self) -> None:
        sql = self.sql.toPlainText().strip()
        if not sql or self._asked is not None or not self.ask.isEnabled():
            return
        if len(sql) > SQL_CHARACTERS_MAX:
            text = translate("sandbox", "The statement is longer than {n} characters. Nothing was asked.")
            self.message.say(text.format(n=number(SQL_CHARACTERS_MAX)), Token.LOST)
            return
        self._asked = AskSandbox(cluster=self.cluster, sandbox=self._sandbox.id, sql=sql)
        self.message.say(translate("sandbox", "Asked, waiting for the answer …"), Token.TEXT_MUTED)
        self.ask.setEnabled(False)
        self.wants.emit(self._asked)

    # What it shows

    def show_rows(self, question: AskSandbox, rows: SandboxRows) -> None:
        if question != self._asked:
            return
        self._settle()
        if rows.trouble:
            text = translate("sandbox", "Not answered: {reason}. Nothing was changed.")
            self.message.say(text.format(reason=shown(rows.trouble).rstrip(".")), Token.LOST)
            return
        count = len(rows.rows)
        said = counted(count, translate("sandbox", "1 row"), translate("sandbox", "{n} rows"))
        if rows.cut or count > ROWS_MAX:
            text = translate("sandbox", "The first {rows}: the answer is longer, and was cut.")
            said = text.format(rows=said)
        self.message.say(said, Token.TEXT_MUTED)
        self._fill(rows)

    def _fill(self, rows: SandboxRows) -> None:
        table = self.table
        table.clear()
        columns, lines = rows.columns[:COLUMNS_MAX], rows.rows[:ROWS_MAX]
        table.setColumnCount(len(columns))
        table.setRowCount(len(lines))
        table.setHorizontalHeaderLabels([shown(one, characters_max=CELL_CHARACTERS_MAX) for one in columns])
        for row, line in enumerate(lines):
            for column, value in enumerate(line[: len(columns)]):
                item = QTableWidgetItem(shown(value, characters_max=CELL_CHARACTERS_MAX))
                if value.lstrip("-").replace(".", "", 1).isdigit():
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
        table.resizeColumnsToContents()
        for column in range(len(columns)):
            table.setColumnWidth(column, min(table.columnWidth(column) + theme.em(1), theme.em(COLUMN_EM_MAX)))
        table.setVisible(bool(columns))

    def show_refused(self, refused: Refused) -> None:
        self._settle()
        self.message.say(refused_sentence(refused), Token.LOST)

    def show_closed(self) -> None:
        """The copy is gone: what was read stays readable, nothing more can be asked."""
        self._asked = None
        for part in (self.ask, self.finder, self.entry, self.sql):
            part.setEnabled(False)
        self.message.say(translate("sandbox", "This copy was closed. What stands here was read before."), Token.WARN)
        self.leave.setText(translate("sandbox", "Leave"))
        self.leave.updateGeometry()

    def _settle(self) -> None:
        self._asked = None
        self.ask.setEnabled(True)
