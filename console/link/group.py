"""What faces and engine say to each other about a cluster under Patroni."""

from dataclasses import dataclass
from enum import Enum

from console.domain.consensus import GroupView
from console.domain.group_orders import Objection, Order, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGroup:
    """Ask every node of a cluster about its Patroni now. Answered by a `GroupView`; takes a second where one is needed
    to tell a split brain from a handover."""

    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderGroup:
    """Have Patroni do one thing, and look until it is proven. Answered by `OrderEnded`; may take minutes.

    `node`: whom it is about; empty where it is about all. `discard`: what that member alone may hold is given up.
    A switchover or failover is no such order: it needs a plan.
    """

    cluster: str
    order: Order
    node: str = ""
    discard: bool = False


class OrderOutcome(Enum):
    """How an order ended. Not proven is not the same as not done."""

    PROVEN = "proven"
    OBJECTED = "objected"  # by our own look: nothing was sent
    REFUSED = "refused"  # by Patroni
    NOT_PROVEN = "not-proven"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEnded:
    """How an order ended: what stood against it or what Patroni answered, what was looked for, what was seen last."""

    cluster: str
    order: Order
    node: str
    outcome: OrderOutcome
    seconds: float
    view: GroupView
    objection: Objection | None = None
    told: Told | None = None
    observed: str = ""
    wanted: str = ""
