"""Which server a backup is taken from: the one that is named, else a standby that is close, else the primary."""

from typing import Final

from console.backup.face import EngineTrouble, Source
from console.domain.backup_policy import RepositorySpec
from console.domain.chain import TakenFrom
from console.domain.cluster import ClusterSpec, NodeKind, NodeSpec
from console.domain.fleet import ClusterView, NodeView, Role
from console.domain.observation import Observation
from console.domain.verdict import Health
from console.monitor.poller import Poller

FRESH_SECONDS: Final = 5.0  # a node that was not heard for longer is not chosen
CLOSE_SECONDS: Final = 5.0  # a standby further behind is not close
CLOSE_BYTES: Final = 64 * 1024 * 1024


def source_of(spec: ClusterSpec, repository: RepositorySpec, poller: Poller) -> Source:
    """Raises EngineTrouble where no server is seen that a backup could be taken from."""
    view = next((one for one in poller.views() if one.name == spec.name), None)
    if view is None:
        raise EngineTrouble("no-source", spec.name, "nothing is known of it yet")
    node = chosen_node(spec, repository, view)
    watch = poller.node(spec.name, node)
    seen = watch.known() if watch is not None else None
    if seen is None or seen.vital is None:
        raise EngineTrouble("no-source", node, "its server has not been read yet")
    return _source(spec, node, seen)


def chosen_node(spec: ClusterSpec, repository: RepositorySpec, view: ClusterView) -> str:
    """The name of the node. Raises EngineTrouble."""
    nodes = {node.name: node for node in view.nodes}
    if repository.source:
        named = nodes.get(repository.source)
        if named is None or not _answers(named) or named.role not in (Role.PRIMARY, Role.STANDBY, Role.CASCADE):
            raise EngineTrouble("no-source", repository.source, "it does not answer")
        return repository.source
    close = [node for node in view.nodes if node.role in (Role.STANDBY, Role.CASCADE) and _close(node)]
    best = min(close, key=lambda one: (one.lag_flush_bytes or 0, _place(spec, one.name)), default=None)
    if best is not None:
        return best.name
    if view.primary is not None and _answers(nodes[view.primary]):
        return view.primary
    raise EngineTrouble("no-source", spec.name, "no server answers")


def taken_from(view: ClusterView | None, repository: RepositorySpec, spec: ClusterSpec) -> TakenFrom:
    """What a backup that began now would be taken from, as far as it is known."""
    if view is None:
        return TakenFrom(system_identifier="", timeline=None)
    try:
        name = chosen_node(spec, repository, view)
    except EngineTrouble:
        name = view.primary or ""
    timeline = next((node.timeline for node in view.nodes if node.name == name), None)
    return TakenFrom(system_identifier=view.system_identifier or "", timeline=timeline)


def _answers(node: NodeView) -> bool:
    return node.silence_seconds is not None and node.silence_seconds <= FRESH_SECONDS


def _close(node: NodeView) -> bool:
    if not _answers(node) or node.verdict.health in (Health.LOST, Health.UNKNOWN):
        return False
    seconds, lag = node.lag_flush_seconds, node.lag_flush_bytes
    return seconds is not None and seconds <= CLOSE_SECONDS and (lag or 0) <= CLOSE_BYTES


def _place(spec: ClusterSpec, name: str) -> int:
    return next((place for place, node in enumerate(spec.nodes) if node.name == name), len(spec.nodes))


def address_of(node: NodeSpec, seen: Observation) -> str:
    """Where other hosts reach its server: by the inventory, else as its own host is reached."""
    target = node.postgres
    if target is not None and target.replication_host:
        return target.replication_host
    if target is not None and target.host and not target.host.startswith("/"):
        return target.host
    return seen.address or node.ssh.host


def _source(spec: ClusterSpec, name: str, seen: Observation) -> Source:
    node, vital = spec.node(name), seen.vital
    assert node is not None and node.kind is NodeKind.POSTGRES and vital is not None
    books = seen.books
    heads = books.heads if books is not None else ()
    return Source(
        node=name, address=address_of(node, seen), port=node.postgres.port if node.postgres is not None else 5432,
        machine_id=(seen.host.machine_id if seen.host is not None else None) or "",
        system_identifier=vital.system_identifier, version=vital.version, in_recovery=vital.in_recovery,
        timeline=vital.timeline, position=vital.replayed if vital.in_recovery else vital.flush,
        head_number=max((head.number for head in heads), default=None),
        size_bytes=books.database_bytes if books is not None else None,
    )  # fmt: skip
