"""The steps of a rejoin by each way: what is kept first, what is done, what proves it, and what undoes it."""

from dataclasses import dataclass, replace
from typing import Final

from console.domain.plan import Act, Claim, Condition, Pairs, Phase, Proof, Step
from console.domain.reading import ControlState
from console.domain.rejoin import RejoinWay
from console.domain.wal import Lsn
from console.postgres import fence_verbs, rejoin_verbs, verbs
from console.postgres.verbs import ServerAt
from console.recovery import steps
from console.recovery.world import World, slot_of

STOP_SECONDS_MAX: Final = 75.0
LONG_PROOF_SECONDS_MAX: Final = 60.0  # for the proof; the act itself has a limit of its own
START_SECONDS_MAX: Final = 120.0
CLEAN: Final = (ControlState.SHUT_DOWN, ControlState.SHUT_DOWN_IN_RECOVERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoining:
    """What was decided before the steps are laid."""

    subject: str
    upstream: str  # whom it will follow
    primary: str
    source: str  # whom a copy is taken from
    way: RejoinWay
    timeline: int  # of the primary
    fork_timeline: int
    fork: Lsn | None  # from where on its own WAL is kept; None: none of it has to be
    archive: bool  # may a rewind fetch what lacks by restore_command?
    sync_names: str | None  # the list that the primary is to have; None: as it stands
    backup: str = ""  # the host that keeps WAL besides


def made_steps(world: World, it: Rejoining) -> tuple[Step, ...]:
    """All steps in order."""
    at, upstream, primary = world.servers[it.subject], world.servers[it.upstream], world.servers[it.primary]
    node = world.facts[it.subject]
    found = [steps.lock(world), _slots(world, it, upstream)]
    if node.writable:
        found.append(_fence(at))
    match it.way:
        case RejoinWay.ATTACH:
            found += _attach(world, it, at, upstream)
        case RejoinWay.REWIND:
            found += [_checkpoint(primary), *_stop(world, it, at), *_keep(world, it, at), *_recover(world, it, at)]
            found += [_rewind(it, at, primary), _configure(it, at, upstream), _start(at)]
        case RejoinWay.REBUILD:
            found += [_copy(world, it, at), *_stop(world, it, at), *_keep(world, it, at), _swap_in(world, at)]
            found += [_configure(it, at, upstream), _start(at)]
    if it.way is not RejoinWay.ATTACH or node.server is None:
        found.append(_repointed(it))
    if it.sync_names is not None:
        server = world.facts[it.primary].server
        before = server.setting("synchronous_standby_names") if server is not None else ""
        found.append(steps.sync(primary, it.sync_names, before=before, phase=Phase.PROOF))
    found += [_mark(it, primary), *steps.books(world, it.primary, (it.primary, it.subject)), _tidy(at)]
    if it.way is RejoinWay.ATTACH:
        found += _drop_slots(world, it, at)
    if it.way is RejoinWay.REBUILD:
        found.append(_drop_old(at))
    return (*found, steps.unlock(world))


def conditions(world: World, it: Rejoining) -> tuple[Condition, ...]:
    """The lock, the machines, and a primary that stays the primary. The node's own data is what changes."""
    machine = (("machine", world.facts[it.subject].machine_id or ""), ("system", ""))
    args = (("timeline", str(it.timeline)), ("standing", "yes"))
    stays = Proof(claim=Claim.RUNNING_PRIMARY, node=it.primary, args=args)
    others = tuple(dict.fromkeys((it.primary, it.upstream)))
    return (
        steps.lock_condition(world),
        Condition(proof=Proof(claim=Claim.SAME_IDENTITY, node=it.subject, args=machine), since=steps.LOCK),
        *steps.identity_conditions(world, others),
        Condition(proof=stays, since=steps.LOCK),
    )  # fmt: skip


def _slots(world: World, it: Rejoining, upstream: ServerAt) -> Step:
    """First of all: from here on the upstream keeps the WAL that the node will need."""
    step, name = steps.slots(upstream, (it.subject,)), slot_of(it.subject)
    server = world.facts[it.upstream].server
    if server is not None and name in {slot.name for slot in server.slots}:
        return step
    return replace(
        step, undo=(verbs.drop_slots(upstream, (name,)),),
        undo_proofs=(Proof(claim=Claim.SLOTS_GONE, node=it.upstream, args=(("slots", name),)),),
    )  # fmt: skip


def _fence(at: ServerAt) -> Step:
    """A second writable server is stopped for good before anything else; no way leads back to it."""
    return Step(
        key=f"fence:{at.node}", phase=Phase.FENCE, about=(("node", at.node),), acts=(fence_verbs.fence(at),),
        proofs=(Proof(claim=Claim.FENCED, node=at.node),), limit_seconds=40.0, until=f"start:{at.node}",
        expected_seconds=0.6,
    )  # fmt: skip


def _checkpoint(primary: ServerAt) -> Step:
    """A rewind looks at the source's control file: it has to be on the present timeline."""
    return Step(
        key=f"checkpoint:{primary.node}", phase=Phase.PREPARE, about=(("node", primary.node),),
        acts=(verbs.checkpoint(primary),), proofs=(Proof(claim=Claim.CHECKPOINTED, node=primary.node),),
        limit_seconds=300.0, expected_seconds=0.5,
    )  # fmt: skip


def _stop(world: World, it: Rejoining, at: ServerAt) -> tuple[Step, ...]:
    node = world.facts[it.subject]
    if node.writable or (node.server is None and not node.processes):
        return ()
    return (
        Step(
            key=f"stop:{at.node}", phase=Phase.FENCE, about=(("node", at.node),), acts=(verbs.stop(at),),
            proofs=(Proof(claim=Claim.STOPPED_CLEANLY, node=at.node),), limit_seconds=STOP_SECONDS_MAX,
            undo=(verbs.start(at, standby=True),),
            undo_proofs=(Proof(claim=Claim.RUNNING_STANDBY, node=at.node),), until=f"start:{at.node}",
            expected_seconds=0.3,
        ),
    )  # fmt: skip


def _keep(world: World, it: Rejoining, at: ServerAt) -> tuple[Step, ...]:
    """What this node alone may hold is kept in two places where there is a backup host, else beside its data."""
    if it.fork is None:
        return ()
    acts: list[Act] = [rejoin_verbs.keep_wal(at, timeline=it.fork_timeline, fork=it.fork)]
    proofs = [Proof(claim=Claim.WAL_KEPT, node=at.node, args=(("directory", "${kept_directory}"),))]
    keep = Step(
        key=f"keep-wal:{at.node}", phase=Phase.FENCE,
        about=(("node", at.node), ("to", it.backup or at.node), ("position", str(it.fork))), acts=tuple(acts),
        proofs=tuple(proofs), limit_seconds=LONG_PROOF_SECONDS_MAX, expected_seconds=1.0,
    )  # fmt: skip
    if not it.backup:
        return (keep,)
    name = f"{world.spec.name}/{it.subject}-{it.fork_timeline}-{it.fork.position:X}"
    carried = Step(
        key=f"keep-carry:{at.node}", phase=Phase.FENCE, about=(("node", at.node), ("to", it.backup)),
        acts=(rejoin_verbs.keep_carry(it.backup, it.subject, name=name),),
        proofs=(Proof(claim=Claim.WAL_KEPT, node=it.backup, args=(("directory", "${kept_copy}"),)),),
        limit_seconds=LONG_PROOF_SECONDS_MAX, expected_seconds=2.0,
    )  # fmt: skip
    return (keep, carried)


def _recover(world: World, it: Rejoining, at: ServerAt) -> tuple[Step, ...]:
    node = world.facts[it.subject]
    clean = node.control is not None and node.control.state in CLEAN
    stopped_by_us = node.server is not None and not node.writable
    if clean or stopped_by_us:
        return ()
    return (
        Step(
            key=f"recover:{at.node}", phase=Phase.FENCE, about=(("node", at.node),), acts=(rejoin_verbs.recover(at),),
            proofs=(Proof(claim=Claim.STOPPED_CLEANLY, node=at.node),), limit_seconds=LONG_PROOF_SECONDS_MAX,
            until=f"rewind:{at.node}", expected_seconds=1.0,
        ),
    )  # fmt: skip


def _rewind(it: Rejoining, at: ServerAt, primary: ServerAt) -> Step:
    return Step(
        key=f"rewind:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node), ("upstream", primary.node)),
        acts=(rejoin_verbs.rewind(at, primary, archive=it.archive),),
        proofs=(Proof(claim=Claim.REWOUND, node=at.node, args=(("timeline", str(it.timeline)),)),),
        limit_seconds=LONG_PROOF_SECONDS_MAX, until=f"start:{at.node}", no_return=True, expected_seconds=1.0,
    )  # fmt: skip


def _named(world: World) -> Pairs:
    return (("copy", world.plan_id or "plan"),)


def _copy(world: World, it: Rejoining, at: ServerAt) -> Step:
    return Step(
        key=f"copy:{at.node}", phase=Phase.PREPARE,
        about=(("node", at.node), ("upstream", it.source)),
        acts=(rejoin_verbs.copy(at, world.servers[it.source], name=_named(world)[0][1]),),
        proofs=(Proof(claim=Claim.COPY_COMPLETE, node=at.node, args=_named(world)),),
        limit_seconds=LONG_PROOF_SECONDS_MAX, undo=(rejoin_verbs.drop_copy(at),), until=f"swap-in:{at.node}",
        expected_seconds=5.0,
    )  # fmt: skip


def _swap_in(world: World, at: ServerAt) -> Step:
    return Step(
        key=f"swap-in:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node),), acts=(rejoin_verbs.swap_in(at),),
        proofs=(Proof(claim=Claim.IN_PLACE, node=at.node, args=_named(world)),), undo=(rejoin_verbs.swap_back(at),),
        limit_seconds=30.0, until=f"drop-old:{at.node}", expected_seconds=0.3,
    )  # fmt: skip


def _configure(it: Rejoining, at: ServerAt, upstream: ServerAt) -> Step:
    return Step(
        key=f"configure:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node), ("upstream", upstream.node)),
        acts=(rejoin_verbs.configure(at, upstream, slot=slot_of(it.subject)),),
        proofs=(Proof(claim=Claim.CONFIGURED, node=at.node, args=(("upstream", upstream.node),)),),
        undo=(rejoin_verbs.unconfigure(at),), until=f"tidy:{at.node}", expected_seconds=0.3,
    )  # fmt: skip


def _start(at: ServerAt) -> Step:
    return Step(
        key=f"start:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node),), acts=(verbs.start(at, standby=True),),
        proofs=(Proof(claim=Claim.RUNNING_STANDBY, node=at.node),), limit_seconds=START_SECONDS_MAX,
        undo=(verbs.stop(at),), expected_seconds=0.5,
    )  # fmt: skip


def _attach(world: World, it: Rejoining, at: ServerAt, upstream: ServerAt) -> list[Step]:
    """Nothing of its data has to change: it is pointed there while it runs, or configured and started."""
    if world.facts[it.subject].server is None:
        return [_configure(it, at, upstream), _start(at)]
    step = _repointed(it)
    return [replace(step, acts=(verbs.follow(at, upstream, slot=slot_of(it.subject)),))]


def _repointed(it: Rejoining) -> Step:
    return Step(
        key=f"repoint:{it.subject}", phase=Phase.PROMOTE,
        about=(("node", it.subject), ("upstream", it.upstream)),
        proofs=(steps.follows(it.subject, it.upstream),), limit_seconds=steps.FOLLOW_SECONDS_MAX, expected_seconds=1.0,
    )  # fmt: skip


def _mark(it: Rejoining, primary: ServerAt) -> Step:
    """'Streaming' proves nothing: it has to replay what is written now."""
    direct = it.upstream == it.primary
    step = steps.mark(primary, count=1 if direct else 0, names=(it.subject,) if direct else ())
    past = Proof(claim=Claim.CAUGHT_UP, node=it.subject, args=(("position", "${mark_position}"), ("past", "no")))
    return replace(step, proofs=(*step.proofs, past), limit_seconds=steps.FOLLOW_SECONDS_MAX)


def _tidy(at: ServerAt) -> Step:
    return Step(
        key=f"tidy:{at.node}", phase=Phase.TIDY, about=(("node", at.node),), acts=(rejoin_verbs.tidy(at),),
        proofs=(Proof(claim=Claim.TIDIED, node=at.node),), expected_seconds=0.3,
    )  # fmt: skip


def _drop_slots(world: World, it: Rejoining, at: ServerAt) -> tuple[Step, ...]:
    """Slots that a former primary kept for its followers hold WAL for nobody now."""
    names = tuple(slot_of(node.node) for node in world.postgres_nodes if node.node != it.subject)
    if not names:
        return ()
    return (
        Step(
            key=f"drop-slots:{at.node}", phase=Phase.TIDY, about=(("node", at.node), ("slots", ", ".join(names))),
            acts=(verbs.drop_slots(at, names),), required=False, limit_seconds=5.0,
            proofs=(Proof(claim=Claim.SLOTS_GONE, node=at.node, args=(("slots", ",".join(names)),)),),
            expected_seconds=0.1,
        ),
    )  # fmt: skip


def _drop_old(at: ServerAt) -> Step:
    """Only now, after streaming, replay and books are proven."""
    return Step(
        key=f"drop-old:{at.node}", phase=Phase.TIDY, about=(("node", at.node),), acts=(rejoin_verbs.drop_old(at),),
        proofs=(Proof(claim=Claim.OLD_GONE, node=at.node),), no_return=True, limit_seconds=LONG_PROOF_SECONDS_MAX,
        expected_seconds=0.5,
    )  # fmt: skip
