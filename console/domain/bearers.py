"""Which nodes bear the names of the synchronous list: by what the primary's senders told, never by the inventory."""

from collections.abc import Iterable, Mapping

from console.domain.observation import Observation
from console.domain.quorum import SyncPolicy
from console.domain.reading import Sender

Bearer = tuple[str, str]  # an application_name in small letters, as PostgreSQL compares them; the node, '' if not known


def bearers_of(primary: str, senders: Iterable[Sender], nodes: Mapping[str, Observation]) -> tuple[Bearer, ...]:
    """Who bears each name at this primary now. A name that several bear, or one whose clues differ, stands repeatedly.

    A node is known by its name, its slot, or the address that it alone has; one that takes a base backup bears none.
    """
    there = [one for one in senders if one.state != "backup"]
    found: list[Bearer] = []
    for sender in there:
        clues = _clues(primary, sender, there, nodes)
        found += [(sender.name.lower(), node) for node in sorted(clues)] or [(sender.name.lower(), "")]
    return tuple(found)


def _clues(primary: str, sender: Sender, senders: list[Sender], nodes: Mapping[str, Observation]) -> set[str]:
    said = (_plain(sender.name), _plain(sender.slot or ""))
    named = {name for name in nodes if name != primary and _plain(name) in said}
    at = [name for name, seen in nodes.items() if sender.address and seen.address == sender.address]
    if len(at) != 1 or at[0] == primary:
        return named
    if named:
        return named | set(at)
    # A program that only receives WAL may run beside the server: by its address it is no standby.
    alone = sum(1 for one in senders if one.address == sender.address) == 1
    return set(at) if alone and sender.replay is not None else set()


def nodes_listed(policy: SyncPolicy | None, bearers: Iterable[Bearer]) -> frozenset[str] | None:
    """The nodes that bear a listed name. None where several bear one: who confirmed a commit is not known then."""
    names = {name.lower() for name in policy.names} if policy is not None else set()
    listed = [(name, node) for name, node in bearers if name in names]
    if len({name for name, _ in listed}) != len(listed):
        return None
    return frozenset(node for _, node in listed if node)


def _plain(name: str) -> str:
    return name.replace("-", "_").lower()
