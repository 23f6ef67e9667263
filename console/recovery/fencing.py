"""How an old primary can be fenced: over SSH, by the operator's command, by quorum, or by a person's word."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from console.domain.bearers import nodes_listed
from console.domain.loss_preview import list_trouble, policy_of
from console.domain.plan import Checked, Outcome
from console.domain.situation import NodeFacts
from console.recovery import checks
from console.recovery.world import World

HEARD_SECONDS_MIN: Final = 3.0  # a standby that heard from it more lately than this says that it lives (safety.md 1)


class Method(Enum):
    """A way to fence, the strongest first."""

    SSH = "ssh"
    COMMAND = "command"
    QUORUM = "quorum"
    ATTEST = "attest"


def _ssh(world: World, old: str) -> str:
    node = world.facts[old]
    if not node.reached:
        return "host-silent"
    if node.processes is None:
        return "processes-unseen"
    return "" if old in world.servers else "place-unknown"


def _quorum(world: World, old: str) -> str:
    """Cutting n - k + 1 of the listed standbys leaves it without enough to acknowledge any synchronous commit."""
    if not world.spec.change.quorum_fence:
        return "not-allowed-by-policy"
    seen = world.last_seen
    policy = policy_of(seen.synchronous_names) if seen is not None else None
    if seen is None or policy is None or policy.overlap_count is None:
        return "list-unknown"
    if (why := list_trouble(seen, world.now.utc, world.now.ticks)) or (why := _alive(world, old)):
        return why
    bearing = nodes_listed(policy, seen.bearers)
    if bearing is None:
        return "name-twice"
    cut = [node for node in world.postgres_nodes if _answers(node) and node.node != old and node.node in bearing]
    return "" if len(cut) >= policy.overlap_count else "overlap-missing"


def _answers(node: NodeFacts) -> bool:
    return node.server is not None and node.server.in_recovery


def _why_not(world: World, old: str, method: Method) -> str:
    match method:
        case Method.SSH:
            return _ssh(world, old)
        case Method.COMMAND:
            return "" if world.spec.change.fence_command is not None else "no-command"
        case Method.QUORUM:
            return _quorum(world, old)
        case Method.ATTEST:
            return _alive(world, old)


def _alive(world: World, old: str) -> str:
    """What contradicts that it is off: its own processes, or a standby that heard from it a moment ago."""
    node = world.facts[old]
    if node.reached and (node.processes or node.server is not None):
        return "processes-there"
    for one in world.postgres_nodes:
        receiver = one.server.receiver if one.server is not None else None
        heard = receiver.heard_age_seconds if receiver is not None else None
        follows = receiver is not None and receiver.status == "streaming" and _follows(world, receiver.host, old)
        if follows and heard is not None and heard < HEARD_SECONDS_MIN:
            return "streams-from-it"
    return ""


def _follows(world: World, host: str | None, old: str) -> bool:
    at = world.servers.get(old)
    return host is not None and at is not None and host in (at.address, old)


def method_of(world: World, old: str | None) -> Method:
    """The one that was asked for, where it is possible; else the strongest that is."""
    asked = next((method for method in Method if method.value == world.options.get("fence")), None)
    if asked is not None:
        return asked
    if old is None:
        return Method.ATTEST
    return next((method for method in Method if not _why_not(world, old, method)), Method.ATTEST)


def methods(world: World, old: str | None) -> Iterable[Checked]:
    """Which fence is used; one that was asked for and is not possible refuses."""
    if old is None:
        return
    method = method_of(world, old)
    why = _why_not(world, old, method)
    outcome = Outcome.REFUSE if why else Outcome.PASS if method is Method.SSH else Outcome.WARN
    yield checks.checked(world, "fencing", outcome, old, why or method.value, "ssh, or a command that is read back",
                         mend="fence-needed")  # fmt: skip
