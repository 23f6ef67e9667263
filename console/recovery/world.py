"""All that a plan is made from: the inventory's word, facts asked now, and where the primary was last seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.addition import AdditionFacts
from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.consensus import GroupView
from console.domain.group_loss import confirming
from console.domain.plan import Pairs
from console.domain.reading import Moment
from console.domain.rejoin import RejoinFacts
from console.domain.restoring import Restoring
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
    addition: AdditionFacts | None = None  # where a node is to be added, and it and its source could be read
    restore: Restoring | None = None  # where a restore was asked for: the moment, the chain, the places
    group: GroupView | None = None  # of a cluster under Patroni, judged from what every Patroni said now

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
                    (f"{name}.commit-level", server.setting("synchronous_commit")),
                ]
                # Under Patroni these are its own to change, and what it makes of them is asked of itself.
                found += [] if self.group is not None else [
                    (f"{name}.upstream", server.setting("primary_conninfo")),
                    (f"{name}.slot", server.setting("primary_slot_name")),
                    (f"{name}.sync-names", server.setting("synchronous_standby_names")),
                    (f"{name}.restore-command", server.setting("restore_command")),
                ]
        return (*found, *(_of_group(self.group) if self.group is not None else ()))


def _of_group(view: GroupView) -> Pairs:
    """What of a group under Patroni should not change under a plan. A key that runs out is no change of its holder."""
    look = view.look(view.holder) if view.holder is not None else None
    alive = look is not None and look.own is not None
    settings = view.settings
    return (
        ("group.holder", (view.holder or "") if alive else ""),
        ("group.majority", {True: "yes", False: "no", None: "?"}[view.quorum]),
        ("group.paused", "yes" if view.paused else "no"),
        ("group.sync", ",".join(confirming(view))),
        ("group.scheduled", view.scheduled.at if view.scheduled is not None else ""),
        ("group.mode", settings.synchronous.value if settings is not None else ""),
        ("group.sync-count", str(settings.synchronous_count) if settings is not None else ""),
        ("group.lag-limit", str(settings.lag_bytes_max) if settings is not None else ""),
    )  # fmt: skip


def slot_of(name: str) -> str:
    """The slot's name of a follower: slots know small letters, digits and underscores alone."""
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in name.lower())
