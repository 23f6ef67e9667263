"""The Lab menu: breaks and mends a lab on purpose. It only says what is wanted; it shows for lab clusters alone."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from console.domain.cluster import NodeKind
from console.domain.fleet import ClusterView, NodeView, Role
from console.ui.speech import translate

RATES: Final = (0, 5, 20, 50, 200)  # entries per second
RATE_MAX: Final = 2000


class LabMenu(QMenu):
    """Node ▸ fault; mend; the workload's rate."""

    fault_wanted = Signal(object, object)  # a fault's fixed name, a node's name
    mend_wanted = Signal(object)  # a node's name; None: all
    rate_wanted = Signal(object)  # entries per second

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("lab", "Lab"), parent)
        self.setAccessibleName(translate("lab", "Lab: break and mend this cluster on purpose"))
        self._shown: tuple[tuple[str, NodeKind, Role], ...] = ()
        self._asking: QInputDialog | None = None
        self.menuAction().setVisible(False)

    def show_cluster(self, view: ClusterView | None) -> None:
        """Rebuilt only when the lab's nodes or their roles change, so that an open menu stays as it is."""
        is_lab = view is not None and view.lab_directory is not None
        self.menuAction().setVisible(is_lab)
        nodes = view.nodes if view is not None and is_lab else ()
        seen = tuple((node.name, node.kind, node.role) for node in nodes)
        if seen == self._shown or self.isVisible():
            return
        self._shown = seen
        self.clear()
        for node in nodes:
            self._add_node(node)
        if not nodes:
            return
        self.addSeparator()
        rates = self.addMenu(translate("lab", "Workload"))
        for rate in RATES:
            text = translate("lab", "{n} entries per second").format(n=rate) if rate else translate("lab", "No entries")
            rates.addAction(text).triggered.connect(lambda _checked=False, n=rate: self.rate_wanted.emit(n))
        rates.addSeparator()
        rates.addAction(translate("lab", "Another rate …")).triggered.connect(self._ask_rate)
        self.addSeparator()
        self.addAction(translate("lab", "Mend everything")).triggered.connect(lambda: self.mend_wanted.emit(None))

    def _add_node(self, node: NodeView) -> None:
        menu = self.addMenu(node.name)
        menu.menuAction().setText(node.name)
        runs_postgres = node.kind is NodeKind.POSTGRES
        for name, words, needs_postgres in FAULTS:
            if name is None:
                menu.addSeparator()
            elif runs_postgres or not needs_postgres:
                if node.role is Role.PRIMARY and name.startswith("replay-"):
                    continue
                action = menu.addAction(words())
                action.setData(name)
                action.triggered.connect(
                    lambda _checked=False, fault=name, on=node.name: self.fault_wanted.emit(fault, on)
                )
        menu.addSeparator()
        mend = menu.addAction(translate("lab", "Mend {node}").format(node=node.name))
        mend.triggered.connect(lambda _checked=False, on=node.name: self.mend_wanted.emit(on))

    def _ask_rate(self) -> None:
        """Asks in a dialog that nothing waits for."""
        self._asking = asking = QInputDialog(self.parentWidget())
        asking.setInputMode(QInputDialog.InputMode.IntInput)
        asking.setIntRange(0, RATE_MAX)
        asking.setIntValue(20)
        asking.setWindowTitle(translate("lab", "Workload"))
        asking.setLabelText(translate("lab", "Entries per second"))
        asking.intValueSelected.connect(self.rate_wanted)
        asking.open()


_Words = Callable[[], str]
FAULTS: Final[tuple[tuple[str | None, _Words, bool], ...]] = (
    ("kill", lambda: translate("lab", "Kill the whole server (kill -9)"), True),
    ("kill-postmaster", lambda: translate("lab", "Kill the postmaster alone (kill -9)"), True),
    ("stop", lambda: translate("lab", "Stop"), True),
    ("start", lambda: translate("lab", "Start"), True),
    (None, lambda: "", False),
    ("freeze", lambda: translate("lab", "Freeze"), True),
    ("thaw", lambda: translate("lab", "Thaw"), True),
    (None, lambda: "", False),
    ("ssh-down", lambda: translate("lab", "Close SSH"), False),
    ("ssh-up", lambda: translate("lab", "Open SSH"), False),
    (None, lambda: "", False),
    ("replay-pause", lambda: translate("lab", "Pause replay"), True),
    ("replay-resume", lambda: translate("lab", "Resume replay"), True),
    (None, lambda: "", False),
    ("disk-full", lambda: translate("lab", "Fill the disk"), True),
)
