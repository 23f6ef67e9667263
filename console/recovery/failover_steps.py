"""The steps of a failover: cut, fence, rescue, gate, promote, repoint, prove."""

from dataclasses import dataclass
from typing import Final

from console.domain.plan import Act, Claim, Phase, Proof, Step, Verb
from console.postgres import fence_verbs, verbs
from console.recovery import checks, steps
from console.recovery.fencing import Method
from console.recovery.hooks import (
    AFTER_PROMOTION,
    BEFORE_FENCING,
    fence_script,
    fence_state_script,
    hook_steps,
)
from console.recovery.world import World, slot_of

CUT_SECONDS_MAX: Final = 20.0
FENCE_SECONDS_MAX: Final = 40.0
RESCUE_SECONDS_MAX: Final = 660.0
PROMOTE_SECONDS_MAX: Final = 70.0
AGAIN_SECONDS_MAX: Final = 10.0
ARCHIVE_SEGMENTS_MAX: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was decided before the steps are laid."""

    old: str
    new: str
    followers: tuple[str, ...]  # the other standbys that answer
    sync_names: str  # the list that the new primary is to have
    fence: Method
    rescue: bool


def made_steps(world: World, which: Chosen) -> tuple[Step, ...]:
    """All steps in order. Nothing on any node but the lock changes before the standbys are cut."""
    new = world.servers[which.new]
    own = world.facts[which.new].server
    assert own is not None
    standing = own.setting("synchronous_standby_names")
    policy = world.spec.change
    found = [steps.lock(world), *hook_steps(policy, BEFORE_FENCING, old=which.old, new=which.new)]
    before = []
    if which.followers:
        before.append(steps.slots(new, which.followers, there=steps.slots_there(world, which.new)))
    if standing != which.sync_names:
        before.append(steps.sync(new, which.sync_names, before=standing, phase=Phase.PREPARE))
    before += [*steps.quiet_summarizer(world, which.new), _cut(world, which)]
    fence = [
        _fence(world, which),
        Step(key="settle", phase=Phase.FENCE, about=(("node", which.new),), acts=(verbs.tell_position(new),),
             limit_seconds=RESCUE_SECONDS_MAX, expected_seconds=0.1),
    ]  # fmt: skip
    if which.fence is Method.SSH and _lies_still(world, which.old):
        found += steps.side_by_side(*before, *fence)
    else:
        found += [*steps.side_by_side(*before), *fence]
    found += [
        *_rescue(world, which, own.timeline),
        _gate(which),
        Step(
            key="promote", phase=Phase.PROMOTE, about=(("node", which.new),), acts=(verbs.promote(new),),
            proofs=(Proof(claim=Claim.PROMOTED, node=which.new, args=(("after", str(own.timeline)),)),),
            limit_seconds=PROMOTE_SECONDS_MAX, no_return=True, expected_seconds=0.2,
        ),
    ]  # fmt: skip
    if which.followers:
        found.append(_repoint(world, which))
    found += [*hook_steps(policy, AFTER_PROMOTION, old=which.old, new=which.new), *_tidy(world, which, own.timeline)]
    return tuple(found)


def _lies_still(world: World, old: str) -> bool:
    """Nothing runs there: its fence takes nothing away from anybody, and need not wait for the standbys' cut."""
    node = world.facts[old]
    return node.processes == 0 and node.server is None and not node.postmaster_alive


def _cut(world: World, which: Chosen) -> Step:
    """Every standby that answers lets go of the old primary: only then do positions stand still."""
    names = (which.new, *which.followers)
    return Step(
        key="cut", phase=Phase.FENCE, about=(("nodes", ", ".join(names)), ("node", which.old)),
        acts=tuple(verbs.cut(world.servers[name]) for name in names),
        proofs=tuple(Proof(claim=Claim.CUT_OFF, node=name) for name in names), limit_seconds=CUT_SECONDS_MAX,
        undo=tuple(verbs.uncut(world.servers[name]) for name in names),
        undo_proofs=tuple(Proof(claim=Claim.RUNNING_STANDBY, node=name) for name in names),
        until="promote", expected_seconds=0.3,
    )  # fmt: skip


def command_proof(world: World, which: Chosen) -> Proof:
    """The operator's own reading of the fence; asked again before each step up to the promotion, and at the end."""
    own = world.spec.change.fence_command
    assert own is not None
    state = fence_state_script(own, which.old, which.new)
    args = (("script", state), ("seconds", f"{own.seconds_max:g}"))
    return Proof(claim=Claim.HOOK_DONE, node=own.node, args=args)


def _fence(world: World, which: Chosen) -> Step:
    about = (("node", which.old), ("method", which.fence.value))
    match which.fence:
        case Method.SSH:
            at = world.servers[which.old]
            return Step(
                key="fence", phase=Phase.FENCE, about=about, acts=(fence_verbs.fence(at),),
                proofs=(Proof(claim=Claim.FENCED, node=which.old),), limit_seconds=FENCE_SECONDS_MAX,
                undo=(fence_verbs.unfence(at),), undo_proofs=(Proof(claim=Claim.UNFENCED, node=which.old),),
                until="promote", expected_seconds=0.6,
            )  # fmt: skip
        case Method.COMMAND:
            own = world.spec.change.fence_command
            assert own is not None
            return Step(
                key="fence", phase=Phase.FENCE, about=about,
                acts=(Act(verb=Verb.FENCE_BY_COMMAND, node=own.node,
                          script=fence_script(own, which.old, which.new)),),
                proofs=(command_proof(world, which),), limit_seconds=own.seconds_max, until="promote",
                expected_seconds=own.seconds_max / 2,
            )  # fmt: skip
        case Method.QUORUM:
            names = (which.new, *which.followers)
            return Step(
                key="fence", phase=Phase.FENCE, about=about,
                proofs=tuple(Proof(claim=Claim.CUT_OFF, node=name) for name in names), until="promote",
                limit_seconds=CUT_SECONDS_MAX, expected_seconds=0.1,
            )  # fmt: skip
        case Method.ATTEST:
            proof = Proof(claim=Claim.ATTESTED, node=which.old, args=(("text", f"{which.old}-is-off"),))
            return Step(
                key="fence", phase=Phase.FENCE, about=about, acts=(Act(verb=Verb.ATTEST, node=which.old),),
                proofs=(proof,), expected_seconds=0.1,
            )  # fmt: skip


def _rescue(world: World, which: Chosen, timeline: int) -> tuple[Step, ...]:
    """WAL that the candidate lacks: from the dead primary, or where that can't be read from each other standby."""
    sources = (which.old,) if which.rescue else which.followers
    found: list[Step] = []
    new = world.servers[which.new]
    # What the next source lists takes the place of what this one listed: its proof ends there.
    ends = (*(f"rescue-list:{name}" for name in sources[1:]), "gate")
    for name, end in zip(sources, ends, strict=False):
        source = world.servers[name]
        about = (("node", which.new), ("source", name))
        found += [
            Step(key=f"rescue-list:{name}", phase=Phase.FENCE, about=about,
                 acts=(fence_verbs.rescue_collect(source, timeline=timeline, whole=which.rescue),),
                 limit_seconds=RESCUE_SECONDS_MAX, expected_seconds=0.2),
            Step(key=f"rescue-carry:{name}", phase=Phase.FENCE, about=about,
                 acts=(fence_verbs.rescue_carry(new, source),),
                 proofs=(Proof(claim=Claim.RESCUE_CARRIED, node=which.new),), until=f"rescue-replay:{name}",
                 limit_seconds=RESCUE_SECONDS_MAX, expected_seconds=0.5),
            Step(key=f"rescue-replay:{name}", phase=Phase.FENCE, about=about, acts=(fence_verbs.rescue_replay(new),),
                 proofs=(Proof(claim=Claim.RESCUE_REPLAYED, node=which.new,
                                args=(("end", "${rescue_end}"), ("past", "${rescue_past}"))),),
                 limit_seconds=RESCUE_SECONDS_MAX, undo=(fence_verbs.rescue_take_back(new),), until=end,
                 undo_proofs=(Proof(claim=Claim.RESCUE_TAKEN_BACK, node=which.new),), expected_seconds=0.5),
        ]  # fmt: skip
    return tuple(found)


def _gate(which: Chosen) -> Step:
    answering = ",".join((which.new, *which.followers))
    args = (("answering", answering), ("rescue", "yes" if which.rescue else "no"))
    return Step(
        key="gate", phase=Phase.GATE, about=(("node", which.new),),
        proofs=(Proof(claim=Claim.LOSS_WITHIN, node=which.new, args=args),), limit_seconds=CUT_SECONDS_MAX,
        until="promote", expected_seconds=0.1,
    )  # fmt: skip


def _repoint(world: World, which: Chosen) -> Step:
    new = world.servers[which.new]
    return Step(
        key="repoint", phase=Phase.PROMOTE,
        about=(("node", which.new), ("followers", ", ".join(which.followers))),
        acts=tuple(verbs.follow(world.servers[name], new, slot=slot_of(name)) for name in which.followers),
        proofs=tuple(steps.follows(name, which.new) for name in which.followers),
        limit_seconds=steps.FOLLOW_SECONDS_MAX, expected_seconds=0.4,
    )  # fmt: skip


def _tidy(world: World, which: Chosen, timeline: int) -> tuple[Step, ...]:
    new = world.servers[which.new]
    found = [steps.mark(new, count=min(checks.confirming(which.sync_names), len(which.followers)),
                        names=which.followers), *steps.summarizer_back(world, which.new)]  # fmt: skip
    if which.rescue or which.followers:
        found.append(
            Step(key="rescue-take-back", phase=Phase.PROOF, about=(("node", which.new),),
                 acts=(fence_verbs.rescue_take_back(new),),
                 proofs=(Proof(claim=Claim.RESCUE_TAKEN_BACK, node=which.new),), expected_seconds=0.3)
        )  # fmt: skip
    found.append(
        Step(key="archive", phase=Phase.PROOF, about=(("node", which.new),),
             acts=(fence_verbs.archive_fill(new, timeline=timeline, segments_max=ARCHIVE_SEGMENTS_MAX),),
             limit_seconds=RESCUE_SECONDS_MAX, expected_seconds=0.5)
    )  # fmt: skip
    if which.fence in (Method.SSH, Method.COMMAND):
        fenced = Proof(claim=Claim.FENCED, node=which.old)
        again = fenced if which.fence is Method.SSH else command_proof(world, which)
        found.append(
            Step(key="fence-again", phase=Phase.PROOF, about=(("node", which.old),), proofs=(again,),
                 skip_unreachable=True, limit_seconds=AGAIN_SECONDS_MAX, expected_seconds=0.1)
        )  # fmt: skip
    found += steps.books(world, which.new, (which.new, *which.followers))
    found.append(steps.unlock(world))
    return tuple(found)
