"""Builds simulated clusters in working order, with clients and a watch, and the world that plans are made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.cluster import (
    ChangePolicy,
    ClusterSpec,
    Environment,
    FenceCommand,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.recovery.world import World
from tests.simulate.clients import Client
from tests.simulate.cluster import Cluster
from tests.simulate.looking import SimulatedLooks, SimulatedWatch

WARM_SECONDS = 8.0  # the watch has read the rate; that the list stood long before is its own word
CONSOLE = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How a cluster is laid out and used."""

    seed: int = 0
    standbys: int = 2
    sync: str = "ANY 1"  # empty: asynchronous
    commit: str = "on"
    paces: tuple[float, ...] = (0.5,)
    local_share: float = 0.0
    cancels: bool = False
    loyal: bool = False
    lag: float = 0.1
    quorum_fence: bool = False
    fence_command: bool = False
    summarizes: bool = False
    warm_seconds: float = WARM_SECONDS


@dataclass(slots=True)
class Yard:
    """A cluster, its inventory, and the watch of its first console."""

    cluster: Cluster
    spec: ClusterSpec
    watch: SimulatedWatch

    def world(
        self, console: str = CONSOLE, *, options: Mapping[str, str] | None = None, watch: SimulatedWatch | None = None
    ) -> World:
        """Every node is asked now."""
        looks = SimulatedLooks(self.cluster, console)
        facts = looks.look()
        return World(
            spec=self.spec, facts=facts, servers=looks.servers(), now=self.cluster.moment(),
            last_seen=(watch or self.watch).last_seen(), owner=f"{console}:run", person="p", plan_id="run",
            options=options or {},
        )  # fmt: skip


def names_of(count: int) -> tuple[str, ...]:
    return tuple(f"n{place + 1}" for place in range(count))


def sync_text(sync: str, standbys: tuple[str, ...]) -> str:
    if not sync:
        return ""
    return f"{sync} ({', '.join(standbys)})"


def built(setup: Setup) -> Yard:
    """A cluster that has worked for a while."""
    names = names_of(setup.standbys + 1)
    cluster = Cluster(names, seed=setup.seed)
    cluster.lag = setup.lag
    for place, name in enumerate(names):
        node = cluster.nodes[name]
        node.running, node.recovery = True, place > 0
        node.data.signal = place > 0
        node.data.auto["synchronous_commit"] = setup.commit
        if setup.summarizes:
            node.data.auto["summarize_wal"] = "on"
        if place == 0:
            node.data.slots = set(names[1:])
            if setup.sync:
                node.data.auto["synchronous_standby_names"] = sync_text(setup.sync, names[1:])
        else:
            node.data.auto |= {"primary_conninfo": cluster.conninfo(name, names[0]), "primary_slot_name": name}
    cluster.clients = [
        Client(name=f"c{place + 1}", pace_seconds=pace, local_share=setup.local_share, cancels=setup.cancels,
               loyal=setup.loyal and place == 0, node=names[0])
        for place, pace in enumerate(setup.paces)
    ]  # fmt: skip
    cluster.nodes["vault"].files["victim"] = names[0]
    watch = SimulatedWatch(cluster, CONSOLE)
    cluster.advance(setup.warm_seconds)
    return Yard(cluster, spec_of(setup, names), watch)


def spec_of(setup: Setup, names: tuple[str, ...]) -> ClusterSpec:
    fence = FenceCommand(node="vault", command="power-off", state_command="power-state", seconds_max=20.0)
    nodes = [
        NodeSpec(name=name, kind=NodeKind.POSTGRES, ssh=SshTarget(host=name), postgres=PostgresTarget())
        for name in names
    ]
    nodes.append(NodeSpec(name="vault", kind=NodeKind.BACKUP, ssh=SshTarget(host="vault")))
    return ClusterSpec(
        name="sim", environment=Environment.LAB, nodes=tuple(nodes), database="ledger", ledger=None,
        promises=Promises(synchronous=setup.sync or None),
        change=ChangePolicy(
            quorum_fence=setup.quorum_fence, fence_command=fence if setup.fence_command else None,
        ),
    )  # fmt: skip
