"""The steps that plans under Patroni share: conditions, the request that is followed until proven, what proves it."""

from typing import Final

from console.domain.group_loss import member_of
from console.domain.group_orders import Says
from console.domain.members import SyncMode
from console.domain.plan import Claim, Condition, Pairs, Phase, Proof, Step
from console.patroni.place import PatroniAt, places
from console.recovery import steps
from console.recovery.group_checks import group_of_world
from console.recovery.world import World, slot_of

STREAM_SECONDS_MAX: Final = 180.0  # a former holder may have to be rewound first
SETTLE_SECONDS_MAX: Final = 120.0
SOLE_SECONDS_MAX: Final = 60.0
GATE_SECONDS_MAX: Final = 30.0
BY: Final = ("by", "patroni")  # whose hands do it: the sentence of the step says so


def patroni_at(world: World, node: str) -> PatroniAt:
    return places(world.spec)[node]


def says(node: str, that: Says, *more: tuple[str, str]) -> Proof:
    return Proof(claim=Claim.PATRONI_SAYS, node=node, args=(("that", that.value), *more))


def conditions(
    world: World, nodes: tuple[str, ...], *, target: str = "", leaves: str = "", approved: bool = False
) -> tuple[Condition, ...]:
    """Our lock, the machines, and up to the request itself: nobody else leads, the candidate is as fit as it was."""
    found = [steps.lock_condition(world), *steps.identity_conditions(world, nodes)]
    if target:
        args: Pairs = (("leaves", leaves), ("approved", "yes" if approved else "no"), ("standing", "yes"))
        proof = says(target, Says.MAY_TAKE_OVER, *args)
        found.append(Condition(proof=proof, since=steps.LOCK, until="promote"))
    else:
        found.append(Condition(proof=says(nodes[0], Says.QUORUM, ("standing", "yes")), since=steps.LOCK))
    return tuple(found)


def gate(old: str, new: str, followers: tuple[str, ...]) -> Step:
    """The loss, counted once more right before the request, on the same ground as its preview."""
    args = (("answering", ",".join((new, *followers))), ("old", old), ("group", "yes"))
    return Step(
        key="gate", phase=Phase.GATE, about=(("node", new), BY),
        proofs=(Proof(claim=Claim.LOSS_WITHIN, node=new, args=args),), limit_seconds=GATE_SECONDS_MAX,
        until="promote", expected_seconds=0.5,
    )  # fmt: skip


def streaming(world: World, primary: str, followers: tuple[str, ...]) -> tuple[Step, ...]:
    """Each member streams from the one that leads now, by the receiver's word and by the sender's."""
    if not followers:
        return ()
    names = dict(group_of_world(world).names)
    proofs = tuple(
        Proof(claim=Claim.FOLLOWS, node=name,
              args=(("upstream", primary), ("slot", slot_of(names.get(name, name)))))
        for name in followers
    )  # fmt: skip
    step = Step(
        key="streaming", phase=Phase.PROOF, about=(("node", primary), ("followers", ", ".join(followers))),
        proofs=proofs, limit_seconds=STREAM_SECONDS_MAX, expected_seconds=4.0,
    )  # fmt: skip
    return (step,)


def confirmations(world: World, followers: tuple[str, ...]) -> int:
    """How many standbys confirm a commit by the group's settings; no more than there are."""
    settings = group_of_world(world).settings
    if settings is None or settings.synchronous is SyncMode.OFF:
        return 0
    return min(settings.synchronous_count, len(followers))


def settled(world: World, primary: str, followers: tuple[str, ...]) -> tuple[Step, ...]:
    """Patroni has as many confirm as its settings promise, and a commit of ours was confirmed by so many."""
    count, names = confirmations(world, followers), dict(group_of_world(world).names)
    found: list[Step] = []
    if count:
        found.append(
            Step(
                key="in-sync", phase=Phase.PROOF, about=(("node", primary), ("count", str(count))),
                proofs=(says(primary, Says.SETTLED, ("count", str(count))),), limit_seconds=SETTLE_SECONDS_MAX,
                expected_seconds=2.0,
            )
        )  # fmt: skip
    members, server = tuple(names.get(name, name) for name in followers), world.facts[primary].server
    level = server.setting("synchronous_commit") if server is not None else ""
    found.append(steps.mark(world.servers[primary], count=count, names=members, level=level))
    return tuple(found)


def sole(primary: str) -> Step:
    """Two looks a second apart: the holder alone takes writes."""
    return Step(
        key="sole", phase=Phase.PROOF, about=(("node", primary),),
        proofs=(says(primary, Says.HOLDS_KEY, ("looks", "2")),), limit_seconds=SOLE_SECONDS_MAX, expected_seconds=1.5,
    )  # fmt: skip


def is_known(world: World, node: str) -> bool:
    """Is it a member whose Patroni answers?"""
    view = group_of_world(world)
    look = view.look(node)
    return look is not None and look.own is not None and member_of(view, node) is not None
