"""How an old primary can be fenced: over SSH, by the operator's command, by quorum, or by a person's word."""

from collections.abc import Iterable
from enum import Enum

from console.domain.loss_preview import policy_of
from console.domain.plan import Checked, Outcome
from console.domain.situation import NodeFacts
from console.recovery import checks
from console.recovery.world import World


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
    policy = policy_of(world.last_seen.synchronous_names) if world.last_seen is not None else None
    if policy is None or policy.overlap_count is None:
        return "list-unknown"
    names = {name.lower() for name in policy.names}
    cut = [node for node in world.postgres_nodes if _answers(node) and node.node != old and node.node.lower() in names]
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
            return ""


def method_of(world: World, old: str | None) -> Method:
    """The one that was asked for, where it is possible; else the strongest that is."""
    asked = next((method for method in Method if method.value == world.options.get("fence")), None)
    if asked is not None:
        return asked
    if old is None:
        return Method.ATTEST
    return next(method for method in Method if not _why_not(world, old, method))


def methods(world: World, old: str | None) -> Iterable[Checked]:
    """Which fence is used; one that was asked for and is not possible refuses."""
    if old is None:
        return
    method = method_of(world, old)
    why = _why_not(world, old, method)
    outcome = Outcome.REFUSE if why else Outcome.PASS if method is Method.SSH else Outcome.WARN
    yield checks.checked(world, "fencing", outcome, old, why or method.value, "ssh, or a command that is read back",
                         mend="fence-needed")  # fmt: skip
