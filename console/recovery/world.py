"""All that a plan is made from: the inventory's word, facts asked now, and where the primary was last seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.plan import Pairs
from console.domain.reading import Moment
from console.domain.rejoin import RejoinFacts
from console.domain.situation import Facts, LastSeen, NodeFacts
from console.postgres.verbs import ServerAt


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the makers of plans are given. They only judge it; nothing in it acts."""

    spec: ClusterSpec
    facts: Facts
    servers: Mapping[str, ServerAt]
    now: Moment
    last_seen: LastSeen | None = None
    owner: str = ""  # who would hold the lock
    person: str = ""
    plan_id: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    rejoin: RejoinFacts | None = None  # where a rejoin was asked for, and both nodes could be read

    @property
    def postgres_nodes(self) -> tuple[NodeFacts, ...]:
        """The nodes that run PostgreSQL, in the inventory's order."""
        return tuple(
            self.facts[node.name]
            for node in self.spec.nodes
            if node.kind is NodeKind.POSTGRES and node.name in self.facts
        )

    @property
    def primary(self) -> NodeFacts | None:
        """The one node that is writable now; None where there is none, or two."""
        writable = [node for node in self.postgres_nodes if node.writable]
        return writable[0] if len(writable) == 1 else None

    def system_identifier(self) -> str | None:
        """The cluster's own: the one that most of its nodes bear."""
        borne = [node.system_identifier for node in self.postgres_nodes if node.system_identifier]
        return max(set(borne), key=lambda one: (borne.count(one), one)) if borne else None

    def followers(self, upstream: str) -> tuple[NodeFacts, ...]:
        """The standbys that stream from this node, by its own senders."""
        server = self.facts[upstream].server if upstream in self.facts else None
        names = {sender.name.replace("-", "_").lower() for sender in (server.senders if server else ())}
        return tuple(
            node for node in self.postgres_nodes
            if node.node != upstream and node.node.replace("-", "_").lower() in names
        )  # fmt: skip

    def inputs(self) -> Pairs:
        """Everything that a plan depends on and that should not change under it: no positions, no ages."""
        found: list[tuple[str, str]] = []
        for node in self.postgres_nodes:
            name, server, control = node.node, node.server, node.control
            found += [
                (f"{name}.reached", "yes" if node.reached else "no"),
                (f"{name}.machine", node.machine_id or ""),
                (f"{name}.system", control.system_identifier if control else ""),
                (f"{name}.role", "" if server is None else "standby" if server.in_recovery else "primary"),
                (f"{name}.fence-mark", "yes" if node.fence_mark else "no"),
            ]
            if server is not None:
                found += [
                    (f"{name}.timeline", str(server.timeline)),
                    (f"{name}.version", str(server.version)),
                    (f"{name}.upstream", server.setting("primary_conninfo")),
                    (f"{name}.slot", server.setting("primary_slot_name")),
                    (f"{name}.sync-names", server.setting("synchronous_standby_names")),
                    (f"{name}.commit-level", server.setting("synchronous_commit")),
                    (f"{name}.restore-command", server.setting("restore_command")),
                ]
        return tuple(found)


def slot_of(name: str) -> str:
    """The slot's name of a follower: slots know small letters, digits and underscores alone."""
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in name.lower())
