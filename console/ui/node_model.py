"""The rows of the list at the left: all clusters, each cluster, each node; immutable rows in a flat model."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from console.domain.cluster import Environment, NodeKind
from console.domain.fleet import ClusterView, NodeView
from console.domain.verdict import Health
from console.ui import names, node_words
from console.ui.places import EVERYWHERE, Place
from console.ui.speech import counted, translate

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
NO_FIGURE: Final = node_words.OneFigure("")
_ENVIRONMENT_ORDER: Final = tuple(Environment)


class RowKind(Enum):
    """What a row stands for."""

    ALL = "all"
    CLUSTER = "cluster"
    NODE = "node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row, ready to be painted."""

    kind: RowKind
    place: Place
    title: str
    note: str = ""
    figure: node_words.OneFigure = NO_FIGURE
    health: Health | None = None
    environment: Environment | None = None
    spoken: str = ""
    last: bool = False


class NodeModel(QAbstractListModel):
    """The rows, kept in the order of environment and name, so that nothing moves when a verdict changes."""

    def __init__(self) -> None:
        super().__init__()
        self._views: tuple[ClusterView, ...] = ()
        self._blocks: dict[str, tuple[ClusterView, bool, tuple[Row, ...]]] = {}
        self._rows: list[Row] = []
        self._filter = ""
        self._old = False

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return row.spoken
        return None

    def row(self, place: int) -> Row | None:
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def index_of(self, place: Place) -> QModelIndex:
        """The row of a place; that of its cluster where the node is filtered out; else an invalid index."""
        for wanted in (place, Place(place.cluster)):
            for at, row in enumerate(self._rows):
                if row.place == wanted:
                    return self.index(at)
        return QModelIndex()

    def show_views(self, views: tuple[ClusterView, ...], *, old: bool = False) -> None:
        """Take these clusters; only what changed is told to the list."""
        if views == self._views and old is self._old:
            return
        self._views = tuple(sorted(views, key=lambda view: (_ENVIRONMENT_ORDER.index(view.environment), view.name)))
        self._old = old
        self._rebuild()

    def show_filter(self, text: str) -> None:
        """Show only what has this text in its name, with the cluster above it."""
        text = text.strip().casefold()
        if text != self._filter:
            self._filter = text
            self._blocks.clear()
            self._rebuild()

    def _rebuild(self) -> None:
        rows = [self._all_row()]
        blocks = {}
        for view in self._views:
            known = self._blocks.get(view.name)
            if known is not None and known[0] is view and known[1] is self._old:
                block = known
            else:
                block = (view, self._old, self._block(view))
            blocks[view.name] = block
            rows.extend(block[2])
        self._blocks = blocks
        same = len(rows) == len(self._rows) and all(
            one is other or one.place == other.place for one, other in zip(rows, self._rows, strict=True)
        )
        if not same:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        before, self._rows = self._rows, rows
        pairs = enumerate(zip(before, rows, strict=True))
        changed = [at for at, (one, other) in pairs if one is not other and one != other]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def _all_row(self) -> Row:
        hosts = sum(len(view.nodes) for view in self._views)
        clusters = counted(
            len(self._views), translate("list", "1 cluster"), translate("list", "{n} clusters")
        )
        text = counted(hosts, translate("list", "{clusters}, 1 host"), translate("list", "{clusters}, {n} hosts"))
        note = text.format(clusters=clusters)
        title = translate("list", "All clusters")
        return Row(kind=RowKind.ALL, place=EVERYWHERE, title=title, note=note, spoken=f"{title}, {note}")

    def _block(self, view: ClusterView) -> tuple[Row, ...]:
        cluster_fits = self._filter in view.name.casefold()
        nodes = [node for node in view.nodes if cluster_fits or self._filter in node.name.casefold()]
        if not cluster_fits and not nodes:
            return ()
        word = names.environment_word(view.environment)
        health = names.health_word(view.verdict.health)
        head = Row(
            kind=RowKind.CLUSTER,
            place=Place(view.name),
            title=view.name,
            note=word,
            health=view.verdict.health,
            environment=view.environment,
            spoken=f"{view.name}, {word}, {health}",
            last=not nodes,
        )
        return (head, *(self._node_row(view, node, last=node is nodes[-1]) for node in nodes))

    def _node_row(self, view: ClusterView, node: NodeView, *, last: bool) -> Row:
        figure = node_words.list_figure(node, view)
        if self._old:
            figure = node_words.OneFigure(translate("list", "old"))
        role = names.kind_word(node.kind) if node.kind is NodeKind.BACKUP else names.role_word(node.role)
        return Row(
            kind=RowKind.NODE,
            place=Place(view.name, node.name),
            title=node.name,
            note=names.role_word(node.role) if node.kind is not NodeKind.BACKUP else translate("list", "backups"),
            figure=figure,
            health=Health.UNKNOWN if self._old else node.verdict.health,
            environment=view.environment,
            spoken=f"{node.name}, {role}, {names.health_word(node.verdict.health)}, {figure.whole}",
            last=last,
        )
