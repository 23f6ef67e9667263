"""The clients: they write with ids of their own to whoever takes it, at a steady pace."""

from dataclasses import dataclass

from tests.simulate.books import Write
from tests.simulate.cluster import Cluster, Node

PATIENCE_SECONDS = 6.0


@dataclass(slots=True)
class Client:
    """Writes at a steady pace to whoever takes it; `cancels`: it does not wait for standbys for ever."""

    name: str
    pace_seconds: float
    local_share: float = 0.0
    cancels: bool = False
    loyal: bool = False  # it knows one address and stays there
    node: str = ""
    next_at: float = 0.0
    count: int = 0

    def turn(self, cluster: Cluster) -> None:
        """Write if it is time; one write at a time is under way on a server, as the ledger's counter row asks."""
        if cluster.now < self.next_at:
            return
        self.next_at = cluster.now + self.pace_seconds
        node = self._server(cluster)
        if node is None:
            return
        if node.pending is not None:
            self._wait(cluster, node)
            return
        self.count += 1
        name = f"{self.name}-{self.count}"
        local = cluster.rng.random() < self.local_share
        made = cluster.append(node, "entry", name)
        write = Write(id=name, client=self.name, node=node.name, timeline=node.data.timeline, sent_at=cluster.now,
                      position=made.end, local=local)  # fmt: skip
        cluster.writes[name] = write
        waits = bool(node.data.auto.get("synchronous_standby_names")) and not local
        if not waits or node.data.auto.get("synchronous_commit") in ("local", "off"):
            write.acknowledge(cluster.now, confirmed=False)
        else:
            node.pending = write

    def _wait(self, cluster: Cluster, node: Node) -> None:
        """A cancelled wait: the commit is there and can be seen, and whether it is safe nobody said."""
        pending = node.pending
        if self.cancels and pending is not None and cluster.now - pending.sent_at > PATIENCE_SECONDS:
            node.pending = None

    def _server(self, cluster: Cluster) -> Node | None:
        here = cluster.nodes.get(self.node)
        if here is not None and here.serves and here.writable:
            return here
        if self.loyal and here is not None:
            return None
        found = [one for one in cluster.nodes.values() if one.serves and one.writable]
        if not found:
            return None
        chosen = cluster.rng.choice(found)
        self.node = chosen.name
        return chosen
