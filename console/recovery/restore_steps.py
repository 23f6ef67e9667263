"""The steps of a restore: of the whole cluster up to a person's acceptance and beyond it, and of one node."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, unquote

from console.domain.loss_preview import head_of
from console.domain.plan import Claim, Condition, Pairs, Phase, Proof, Step
from console.domain.rejoin import RejoinWay
from console.domain.restore import Chosen, TargetKind
from console.domain.restoring import Restoring
from console.domain.situation import NodeFacts
from console.postgres import addition_verbs, fence_verbs, layout_verbs, rejoin_verbs, verbs
from console.postgres.facts import literal, quoted
from console.postgres.restore_verbs import SandboxAt
from console.postgres.verbs import ServerAt
from console.recovery import rejoin_steps, steps
from console.recovery.addition import adapted
from console.recovery.hooks import AFTER_PROMOTION, BEFORE_FENCING, hook_steps
from console.recovery.rejoin_steps import Rejoining
from console.recovery.world import World

ACCEPTED: Final = "restore-accepted"  # what a person vouches for at the gate, in the plan's own word
ACCEPT: Final = "accept"
SANDBOX: Final = "sandbox"  # begins the name of what the books are proven of, where it is no node
STOP_SECONDS_MAX: Final = 75.0
LONG_PROOF_SECONDS_MAX: Final = 60.0
START_SECONDS_MAX: Final = 120.0
PROMOTE_SECONDS_MAX: Final = 70.0
FENCE_SECONDS_MAX: Final = 40.0
ASK_SECONDS_MAX: Final = 60.0
_REBUILT: Final = ("copy", "swap-in", "configure", "start", "repoint", "tidy", "drop-old")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What was decided before the steps are laid. `others`: the nodes that are rebuilt from the restored primary."""

    new: str
    old: str  # the primary that there is now; empty where there is none
    others: tuple[str, ...]
    chosen: Chosen
    newest: int  # the highest timeline that any node or the repository knows
    last_file: str  # for 'latest', what has to have been read; else empty
    sync_names: str | None  # the list that the new primary is to have; None: as it stands


def about_of(world: World, it: Restoring) -> Pairs:
    """What is written beside a restored copy, so that whoever finds it knows whose it is."""
    backup = it.chain[-1].id if it.chain else ""
    return (
        ("purpose", "restore"), ("plan", world.plan_id), ("by", world.person), ("repository", it.repository),
        ("backup", backup), ("target", it.words),
    )  # fmt: skip


def cluster_steps(world: World, it: Restoring, whole: Whole) -> tuple[Step, ...]:
    """All steps, in order. Up to `promote` every one has its way back."""
    at = world.servers[whole.new]
    there = layout_verbs.beside(at, world.plan_id or "plan", database=world.spec.database)
    others = [world.servers[name] for name in whole.others]
    policy = world.spec.change
    found = [steps.lock(world), _lay_out(world, it, at, there)]
    found += hook_steps(policy, BEFORE_FENCING, old=whole.old, new=whole.new)
    found += _stops(world, whole)
    found += [_recover(world, it, whole, at, there), *_books_beside(world, whole, at, there)]
    found.append(_accept(world, at, whole))
    found += [_install(world, whole, at, there), _swap_in(world, at), _start(whole, at, there), _promote(whole, at)]
    found += [_settle(at, there)]
    if whole.sync_names is not None:
        found.append(steps.sync(at, whole.sync_names))
    if others:
        found.append(steps.slots(at, whole.others, phase=Phase.PROMOTE))
    for other in others:
        found += _rebuilt(world, whole, other)
    found += hook_steps(policy, AFTER_PROMOTION, old=whole.old, new=whole.new)
    found.append(steps.mark(at, count=len(others), names=whole.others))
    found += steps.books(world, whole.new, (whole.new, *whole.others))
    kept = kept_of(whole)
    found += [_keep_old(world, one) if one.node in kept else _drop_old(one) for one in (at, *others)]
    found.append(steps.unlock(world))
    return tuple(found)


def kept_of(whole: Whole) -> tuple[str, ...]:
    """Whose old data is kept: the primary's, and its on whom the restore stands. Where no primary was seen, any of
    them may have been the last one, and may hold what nobody else does: all is kept.
    """
    everyone = (whole.new, *whole.others)
    return everyone if not whole.old else tuple(name for name in everyone if name in (whole.new, whole.old))


def cluster_conditions(world: World, whole: Whole, made: tuple[Step, ...]) -> tuple[Condition, ...]:
    """The lock, the machines, and that nothing but us starts a server between the stop and the promotion."""
    names = (whole.new, *whole.others)
    machines = tuple(
        Condition(
            proof=Proof(
                claim=Claim.SAME_IDENTITY, node=name, args=(("machine", world.facts[name].machine_id or ""),
                                                            ("system", "")),
            ),
            since=steps.LOCK,
        )
        for name in names
    )  # fmt: skip
    stopped = [step.key for step in made if step.phase is Phase.FENCE and step.kind in ("stop", "fence")]
    still = tuple(
        Condition(
            proof=Proof(claim=Claim.NOT_WRITABLE, node=name, args=(("standing", "yes"),)), since=stopped[-1],
            until="promote",
        )
        for name in names
    ) if stopped else ()  # fmt: skip
    return (steps.lock_condition(world), *machines, *still)


def _asked(node: str, what: str, script: str) -> Proof:
    """A claim that a script on the node itself answers by its exit status. `what` is its word for `ui`."""
    args = (("script", script), ("seconds", f"{ASK_SECONDS_MAX:g}"), (what, "yes"))
    return Proof(claim=Claim.SCRIPT_HOLDS, node=node, args=args)


def _plan(world: World) -> str:
    return world.plan_id or "plan"


def _lay_out(world: World, it: Restoring, at: ServerAt, there: SandboxAt) -> Step:
    """While everything runs as before: nothing of it is touched."""
    system = it.chain[-1].system_identifier
    proof = layout_verbs.laid_out_proof(at, there, plan=_plan(world), system_identifier=system)
    chosen = it.chosen
    return Step(
        key=f"lay-out:{at.node}", phase=Phase.PREPARE,
        about=(("node", at.node), ("repository", it.repository), ("backup", it.chain[-1].id)),
        acts=(layout_verbs.lay_out(at, there, it.script, about=about_of(world, it), plan=_plan(world)),),
        proofs=(_asked(at.node, "laid-out", proof),), limit_seconds=LONG_PROOF_SECONDS_MAX,
        undo=(layout_verbs.drop(at, there),), until=f"install:{at.node}",
        expected_seconds=chosen.expected_seconds if chosen is not None else None,
    )  # fmt: skip


def _stops(world: World, whole: Whole) -> Iterable[Step]:
    """The primary first, so that nothing is acknowledged any more; then all that could be mistaken for it."""
    asked = False
    for name in dict.fromkeys((*((whole.old,) if whole.old else ()), whole.new, *whole.others)):
        node = world.facts[name]
        ends = f"install:{name}" if name == whole.new else f"swap-in:{name}"
        if node.writable:
            yield _told(world, _stop_primary(node, world.servers[name], ends), name, standby=False)
        elif node.server is not None:
            step = _stop_standby(world.servers[name], ends)
            # The first that is stopped after the primary has its last word: what it read by then is all there was.
            yield _told(world, step, name, standby=True) if whole.old and not asked else step
            asked = True
        else:
            yield _fence(world.servers[name], ends)


def _told(world: World, step: Step, name: str, *, standby: bool) -> Step:
    """The stop tells how far the books went by then, where the cluster has a ledger of ours."""
    sql = _head_sql(world)
    if not sql:
        return step
    look = layout_verbs.last_look(
        world.servers[name], step.acts[0], head_sql=sql, database=world.spec.database, standby=standby
    )
    return replace(step, acts=(look, *step.acts[1:]))


def _head_sql(world: World, origin: str = "") -> str:
    """The number of the last entry; nothing where there are several books, whose numbers can't be taken together."""
    ledger = world.spec.ledger
    if ledger is None:
        return ""
    of_one = f" where origin = {literal(origin)}" if origin else ""
    return f"select case when count(*) <= 1 then coalesce(max(number), 0) end from {quoted(ledger)}.head{of_one}"


def _stop_primary(node: NodeFacts, at: ServerAt, ends: str) -> Step:
    timeline = node.server.timeline if node.server is not None else 0
    return Step(
        key=f"stop:{at.node}", phase=Phase.FENCE, about=(("node", at.node),),
        acts=(verbs.stop(at, closed=timeline),), proofs=(Proof(claim=Claim.STOPPED_CLEANLY, node=at.node),),
        limit_seconds=STOP_SECONDS_MAX, undo=(verbs.start_again(at, closed=timeline),),
        undo_proofs=(Proof(claim=Claim.RUNNING_PRIMARY, node=at.node),), until=ends, expected_seconds=0.5,
    )  # fmt: skip


def _stop_standby(at: ServerAt, ends: str) -> Step:
    return Step(
        key=f"stop:{at.node}", phase=Phase.FENCE, about=(("node", at.node),), acts=(verbs.stop(at),),
        proofs=(Proof(claim=Claim.STOPPED_CLEANLY, node=at.node),), limit_seconds=STOP_SECONDS_MAX,
        undo=(verbs.start(at, standby=True),), undo_proofs=(Proof(claim=Claim.RUNNING_STANDBY, node=at.node),),
        until=ends, expected_seconds=0.3,
    )  # fmt: skip


def _fence(at: ServerAt, ends: str) -> Step:
    """No server answers there: what may be left of one is ended, and whoever starts it gets a read-only one."""
    return Step(
        key=f"fence:{at.node}", phase=Phase.FENCE, about=(("node", at.node),), acts=(fence_verbs.fence(at),),
        proofs=(Proof(claim=Claim.FENCED, node=at.node),), limit_seconds=FENCE_SECONDS_MAX, until=ends,
        expected_seconds=0.6,
    )  # fmt: skip


def _recover(world: World, it: Restoring, whole: Whole, at: ServerAt, there: SandboxAt) -> Step:
    entry = it.target.entry if it.target.kind in (TargetKind.BEFORE_ENTRY, TargetKind.AFTER_ENTRY) else None
    wanted = None if entry is None else entry - 1 if it.target.kind is TargetKind.BEFORE_ENTRY else entry
    act = layout_verbs.recover(
        at, there, settings=whole.chosen.settings, last_file=whole.last_file, head=wanted,
        head_sql=_head_sql(world, it.target.origin if wanted is not None else ""),
    )  # fmt: skip
    return Step(
        key=f"recover-to:{at.node}", phase=Phase.GATE, about=(("node", at.node), ("target", it.words)), acts=(act,),
        proofs=(_asked(at.node, "at-target", layout_verbs.recovered_proof(there)),),
        limit_seconds=LONG_PROOF_SECONDS_MAX, undo=(layout_verbs.halt(at, there),), until=f"install:{at.node}",
        expected_seconds=5.0,
    )  # fmt: skip


def _books_beside(world: World, whole: Whole, at: ServerAt, there: SandboxAt) -> tuple[Step, ...]:
    """The books of the restored copy, before anybody is asked to accept them."""
    if world.spec.ledger_mapping is None:
        return ()
    proof = Proof(claim=Claim.BOOKS_WHOLE, node=at.node, args=(("nodes", sandbox_name(there, whole.chosen.timeline)),))
    return (
        Step(
            key=f"books-beside:{at.node}", phase=Phase.GATE, about=(("node", at.node),), proofs=(proof,),
            limit_seconds=steps.BOOKS_SECONDS_MAX, until=f"install:{at.node}", expected_seconds=2.0,
        ),
    )  # fmt: skip


def sandbox_name(there: SandboxAt, timeline: int) -> str:
    """What the proof of books is asked for, where it is a restored copy and no node: a word without a comma."""
    words = (there.node, there.id, there.root, there.bin_directory, there.user, there.database, str(timeline))
    return "=".join((SANDBOX, *(quote(word, safe="/") for word in words)))


def sandbox_named(name: str) -> tuple[SandboxAt, int] | None:
    """The restored copy that a name stands for, and its timeline; None where it is the name of a node."""
    head, _, rest = name.partition("=")
    words = [unquote(word) for word in rest.split("=")]
    if head != SANDBOX or len(words) != 7:
        return None
    node, id, root, programs, user, database, timeline = words  # noqa: A001 - the field's own name
    at = SandboxAt(node=node, id=id, root=root, bin_directory=programs, user=user, database=database)
    return at, int(timeline)


def _accept(world: World, at: ServerAt, whole: Whole) -> Step:
    """Nothing is sent: it waits for a person, who has looked at what was restored and is told what goes with it."""
    old = world.facts.get(whole.old)
    head = head_of(old)
    on = old.server.timeline if old is not None and old.server is not None else None
    same = on is None or on == whole.chosen.timeline  # else what was booked since is not the difference of two numbers
    args = (
        ("text", ACCEPTED), ("counted", "yes" if same else "no"), ("head", "" if head is None else str(head.number)),
        ("latest", "yes" if whole.last_file and same else "no"),
    )  # fmt: skip
    proof = Proof(claim=Claim.ATTESTED, node=at.node, args=args)
    return Step(
        key=ACCEPT, phase=Phase.GATE, about=(("node", at.node), ("old", whole.old)), proofs=(proof,), limit_seconds=0.0,
        expected_seconds=0.0,
    )  # fmt: skip


def _install(world: World, whole: Whole, at: ServerAt, there: SandboxAt) -> Step:
    act = layout_verbs.install(at, there, settings=whole.chosen.settings, plan=_plan(world))
    return Step(
        key=f"install:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node),), acts=(act,),
        proofs=(Proof(claim=Claim.COPY_COMPLETE, node=at.node, args=(("copy", _plan(world)),)),),
        limit_seconds=LONG_PROOF_SECONDS_MAX, undo=(rejoin_verbs.drop_copy(at),), until=f"swap-in:{at.node}",
        expected_seconds=2.0,
    )  # fmt: skip


def _swap_in(world: World, at: ServerAt) -> Step:
    return Step(
        key=f"swap-in:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node),), acts=(rejoin_verbs.swap_in(at),),
        proofs=(Proof(claim=Claim.IN_PLACE, node=at.node, args=(("copy", _plan(world)),)),),
        undo=(rejoin_verbs.swap_back(at),), limit_seconds=30.0, until=f"own-settings:{at.node}", expected_seconds=0.3,
    )  # fmt: skip


def _start(whole: Whole, at: ServerAt, there: SandboxAt) -> Step:
    """Still read-only, and where it was proven before: now the server itself, with its own settings."""
    latest = bool(whole.last_file)
    stands = _asked(at.node, "stands-there", layout_verbs.there_proof(at, there, latest=latest))
    return Step(
        key=f"start:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node),),
        acts=(layout_verbs.begin(at, there, latest=latest),),
        proofs=(Proof(claim=Claim.RUNNING_STANDBY, node=at.node), stands), limit_seconds=START_SECONDS_MAX,
        undo=(verbs.stop(at),), until="promote", expected_seconds=1.0,
    )  # fmt: skip


def _promote(whole: Whole, at: ServerAt) -> Step:
    return Step(
        key="promote", phase=Phase.PROMOTE, about=(("node", at.node),), acts=(verbs.promote(at),),
        proofs=(Proof(claim=Claim.PROMOTED, node=at.node, args=(("after", str(whole.newest)),)),),
        limit_seconds=PROMOTE_SECONDS_MAX, no_return=True, expected_seconds=0.3,
    )  # fmt: skip


def _settle(at: ServerAt, there: SandboxAt) -> Step:
    return Step(
        key=f"own-settings:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node),),
        acts=(layout_verbs.settle(at, there),),
        proofs=(_asked(at.node, "own-settings", layout_verbs.settled_proof(at, there)),), expected_seconds=0.5,
    )  # fmt: skip


def _rebuilt(world: World, whole: Whole, other: ServerAt) -> Iterable[Step]:
    """A rebuild's own steps, of a server that is stopped already; its old data goes only at the very end."""
    it = Rejoining(
        subject=other.node, upstream=whole.new, primary=whole.new, source=whole.new, way=RejoinWay.REBUILD,
        timeline=whole.newest, fork_timeline=whole.chosen.timeline, fork=None, archive=False, sync_names=None,
    )  # fmt: skip
    for step in rejoin_steps.made_steps(world, it):
        if step.kind in _REBUILT and step.kind != "drop-old":
            yield replace(step, phase=Phase.PROMOTE, undo=(), undo_proofs=())


def _keep_old(world: World, at: ServerAt) -> Step:
    """It may hold the only copy of what was booked after the target: it is never taken away by us."""
    return Step(
        key=f"keep-old:{at.node}", phase=Phase.TIDY, about=(("node", at.node),),
        acts=(layout_verbs.keep_old(at, plan=_plan(world)),), proofs=(Proof(claim=Claim.OLD_GONE, node=at.node),),
        expected_seconds=0.1,
    )  # fmt: skip


def _drop_old(at: ServerAt) -> Step:
    return Step(
        key=f"drop-old:{at.node}", phase=Phase.TIDY, about=(("node", at.node),), acts=(rejoin_verbs.drop_old(at),),
        proofs=(Proof(claim=Claim.OLD_GONE, node=at.node),), limit_seconds=LONG_PROOF_SECONDS_MAX, expected_seconds=0.5,
    )  # fmt: skip


def node_steps(world: World, it: Restoring, primary: str) -> tuple[Step, ...]:
    """A rebuild's steps, but what is put in place comes from the repository; it follows the primary from there."""
    at = world.servers[it.node]
    there = layout_verbs.beside(at, _plan(world), database=world.spec.database)
    rejoining = node_rejoining(world, it, primary)
    server = world.facts[primary].server
    place = it.place(it.node)
    bare = place is not None and place.room != "data" and not place.own_configuration
    own = adapted(at, world.servers[primary], server, primary=primary) if bare and server is not None else ()
    made = (_from_backup(world, it, step, at, there) for step in rejoin_steps.made_steps(world, rejoining))
    return tuple(_with_own(step, at, own) if bare else step for step in made)


def node_rejoining(world: World, it: Restoring, primary: str) -> Rejoining:
    server = world.facts[primary].server
    timeline = server.timeline if server is not None else 1
    return Rejoining(
        subject=it.node, upstream=primary, primary=primary, source=primary, way=RejoinWay.REBUILD, timeline=timeline,
        fork_timeline=timeline, fork=None, archive=True, sync_names=None,
    )  # fmt: skip


def _with_own(step: Step, at: ServerAt, own: Pairs) -> Step:
    """Where nothing was, the settings come with the backup, save those that no two servers share."""
    if step.kind == "swap-in":
        return replace(step, undo=(addition_verbs.swap_out(at),))
    if step.kind == "configure":
        return replace(step, acts=(addition_verbs.adapt(at, own), *step.acts))
    return step


def _from_backup(world: World, it: Restoring, step: Step, at: ServerAt, there: SandboxAt) -> Step:
    match step.kind:
        case "copy":
            act = layout_verbs.copy_from_backup(at, there, it.script, about=about_of(world, it), plan=_plan(world))
            about = (("node", at.node), ("repository", it.repository), ("backup", it.chain[-1].id))
            return replace(
                step, key=f"lay-out:{at.node}", about=about, acts=(act,),
                undo=(*step.undo, replace(layout_verbs.drop(at, there), args=(("what", "restored"),))),
            )  # fmt: skip
        case "tidy":
            return replace(step, acts=(layout_verbs.settle_standby(at, there),))
        case _:
            return step

