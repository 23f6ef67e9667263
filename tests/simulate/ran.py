"""One script as it runs on a simulated node: what it knows, what it tells, and how it ends."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.simulate.cluster import Cluster, Node

WAIT_SECONDS = 0.25


@dataclass(slots=True)
class Ran:
    """How a script ended. `patient`: it may let time pass while it waits."""

    cluster: Cluster
    node: Node
    known: Mapping[str, str]
    patient: bool = True
    status: int = 0
    facts: list[tuple[str, str]] = field(default_factory=list)
    error: str = ""

    def fail(self, status: int, error: str) -> None:
        self.status, self.error = status, error

    def tell(self, name: str, value: object) -> None:
        self.facts.append((name, str(value)))

    def wait(self, look: Callable[[], bool], seconds: float) -> bool:
        end = self.cluster.now + seconds
        while not look():
            if not self.patient or self.cluster.now >= end:
                return False
            self.cluster.advance(WAIT_SECONDS)
        return True

    def serves(self) -> bool:
        if not self.node.serves:
            self.fail(2, "psql: no server")
        return self.node.serves


Pieces = Iterator[float]  # each gives how long the piece took; between two of them a host may die
