"""The steps that several plans share, each with its acts, its proof, its limit and its undo."""

from dataclasses import replace
from typing import Final

from console.domain.plan import Act, Claim, Condition, Pairs, Phase, Proof, Step, Verb
from console.postgres import summarizer_verbs, verbs
from console.postgres.verbs import ServerAt
from console.recovery.lock import majority_of, next_number
from console.recovery.world import World, slot_of

LOCK_SECONDS_MAX: Final = 20.0
FOLLOW_SECONDS_MAX: Final = 60.0
MARK_SECONDS_MAX: Final = 30.0
BOOKS_SECONDS_MAX: Final = 600.0
LOCK: Final = "lock"
UNLOCK: Final = "unlock"


def lock(world: World) -> Step:
    """The lock on a majority of all nodes; its undo gives it back."""
    needed = majority_of(world.spec)
    node = world.spec.nodes[0].name
    return Step(
        key=LOCK, phase=Phase.PREPARE, about=(("needed", str(needed)), ("nodes", str(len(world.spec.nodes)))),
        acts=(Act(verb=Verb.TAKE_LOCK, node=node, args=(("after", str(next_number(world.facts.values()) - 1)),)),),
        proofs=(lock_proof(world),), limit_seconds=LOCK_SECONDS_MAX,
        undo=(Act(verb=Verb.RELEASE_LOCK, node=node),), until=UNLOCK, expected_seconds=0.3,
    )  # fmt: skip


def lock_proof(world: World) -> Proof:
    return Proof(
        claim=Claim.LOCK_HELD, node=world.spec.nodes[0].name, args=(("needed", str(majority_of(world.spec))),)
    )


def unlock(world: World) -> Step:
    return Step(
        key=UNLOCK, phase=Phase.TIDY, acts=(Act(verb=Verb.RELEASE_LOCK, node=world.spec.nodes[0].name),),
        limit_seconds=LOCK_SECONDS_MAX, expected_seconds=0.2,
    )  # fmt: skip


def lock_condition(world: World) -> Condition:
    return Condition(proof=lock_proof(world), since=LOCK, until=UNLOCK)


def identity_conditions(world: World, names: tuple[str, ...], *, until: str | None = None) -> tuple[Condition, ...]:
    """These nodes have to stay the machines and the system that the plan was made for."""
    found = []
    for name in names:
        facts = world.facts[name]
        args = (("machine", facts.machine_id or ""), ("system", facts.system_identifier or ""))
        proof = Proof(claim=Claim.SAME_IDENTITY, node=name, args=args)
        found.append(Condition(proof=proof, since=LOCK, until=until))
    return tuple(found)


def slots(
    at: ServerAt, followers: tuple[str, ...], *, there: tuple[str, ...] | None = None, phase: Phase = Phase.PREPARE
) -> Step:
    """The followers' slots on the one that will feed them. Those that were not `there` before go again by its undo."""
    names = tuple(slot_of(name) for name in followers)
    new = tuple(name for name in names if name not in there) if there is not None else ()
    return Step(
        key=f"slots:{at.node}", phase=phase, about=(("node", at.node), ("slots", ", ".join(names))),
        acts=(verbs.make_slots(at, names),),
        proofs=(Proof(claim=Claim.SLOTS_THERE, node=at.node, args=(("slots", ",".join(names)),)),),
        undo=(verbs.drop_slots(at, new),) if new else (),
        undo_proofs=(Proof(claim=Claim.SLOTS_GONE, node=at.node, args=(("slots", ",".join(new)),)),) if new else (),
        expected_seconds=0.2,
    )  # fmt: skip


def slots_there(world: World, node: str) -> tuple[str, ...]:
    """The slots that a node has now."""
    server = world.facts[node].server
    return tuple(slot.name for slot in server.slots) if server is not None else ()


def _summarizes(world: World, node: str) -> bool:
    server = world.facts[node].server
    return server is not None and server.setting("summarize_wal") == "on"


def side_by_side(*several: Step) -> tuple[Step, ...]:
    """Steps whose acts are sent together: none of them needs what another brings."""
    return tuple(replace(step, beside=place > 0) for place, step in enumerate(several))


def quiet_summarizer(world: World, node: str, *, leaves: bool = False) -> tuple[Step, ...]:
    """No promotion waits for the WAL summarizer; nothing where none runs. `leaves`: nor the stop of who leads now."""
    if not _summarizes(world, node):
        return ()
    at = world.servers[node]
    seconds = summarizer_verbs.SUMMARIZER_ENDS_SECONDS_MAX if leaves else summarizer_verbs.SUMMARIZER_SECONDS_MAX
    # Of one that is stopped next nothing can be asked soon: its act says itself that it came about.
    proofs = () if leaves else (_summarize_is(node, "off"),)
    step = Step(
        key=_key("quiet-summarizer", node, leaves=leaves), phase=Phase.PREPARE, about=(("node", node),),
        acts=(summarizer_verbs.quiet_summarizer(at, seconds_max=seconds),), proofs=proofs,
        undo=(summarizer_verbs.summarizer_back(at),), undo_proofs=(_summarize_is(node, "on"),),
        until=None if leaves else "summarizer-back", expected_seconds=0.2,
    )  # fmt: skip
    return (step,)


def summarizer_back(world: World, node: str, *, leaves: bool = False) -> tuple[Step, ...]:
    """What was switched off before the promotion."""
    if not _summarizes(world, node):
        return ()
    step = Step(
        key=_key("summarizer-back", node, leaves=leaves), phase=Phase.PROOF, about=(("node", node),),
        acts=(summarizer_verbs.summarizer_back(world.servers[node]),), proofs=(_summarize_is(node, "on"),),
        expected_seconds=0.2,
    )  # fmt: skip
    return (step,)


def _key(kind: str, node: str, *, leaves: bool) -> str:
    return f"{kind}:{node}" if leaves else kind


def _summarize_is(node: str, value: str) -> Proof:
    return Proof(claim=Claim.SETTING_AS_SET, node=node, args=(("name", "summarize_wal"), ("value", value)))


def follows(node: str, upstream: str) -> Proof:
    return Proof(claim=Claim.FOLLOWS, node=node, args=(("upstream", upstream), ("slot", slot_of(node))))


def sync(at: ServerAt, names: str, *, before: str = "", phase: Phase = Phase.PROMOTE) -> Step:
    """The synchronous list as promised."""
    name = "synchronous_standby_names"
    return Step(
        key=f"sync:{at.node}", phase=phase, about=(("node", at.node), ("value", names or "async")),
        acts=(verbs.set_setting(at, Verb.SET_SYNC, name, names),),
        proofs=(Proof(claim=Claim.SYNC_AS_SET, node=at.node, args=(("name", name), ("value", names))),),
        undo=(verbs.set_back(at, Verb.SET_SYNC, name, before),),
        undo_proofs=(Proof(claim=Claim.SYNC_AS_SET, node=at.node, args=(("name", name), ("value", before))),),
        expected_seconds=0.1,
    )  # fmt: skip


def mark(at: ServerAt, *, count: int, names: tuple[str, ...], level: str = "") -> Step:
    """A commit that waits as the application's do, confirmed by as many as were promised.

    `level` 'remote_apply': they have not only kept but replayed it.
    """
    args: Pairs = (("position", "${mark_position}"), ("count", str(count)), ("names", ",".join(names)))
    if level == "remote_apply":
        args = (*args, ("applied", "yes"))
    return Step(
        key=f"mark:{at.node}", phase=Phase.PROOF, about=(("node", at.node), ("count", str(count))),
        acts=(verbs.mark_commit(at),),
        proofs=(Proof(claim=Claim.COMMIT_CONFIRMED, node=at.node, args=args),), limit_seconds=MARK_SECONDS_MAX,
        expected_seconds=0.2,
    )  # fmt: skip


def books(world: World, primary: str, nodes: tuple[str, ...]) -> tuple[Step, ...]:
    """The proof of books on all nodes; none where the cluster has no ledger."""
    if world.spec.ledger_mapping is None:
        return ()
    proof = Proof(claim=Claim.BOOKS_WHOLE, node=primary, args=(("nodes", ",".join(nodes)),))
    step = Step(
        key="books", phase=Phase.PROOF, about=(("nodes", ", ".join(nodes)),), proofs=(proof,),
        limit_seconds=BOOKS_SECONDS_MAX, expected_seconds=2.0,
    )  # fmt: skip
    return (step,)
