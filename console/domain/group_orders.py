"""What a group under Patroni is asked to do, how it answered, and what proves that it was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.consensus import (
    Danger,
    GroupView,
    Standing,
    group_of,
    is_writable,
    node_of,
    quorum_of,
    settings_of,
    standings,
)
from console.domain.members import Looks, MemberLook, SyncMode
from console.domain.plan import Proof
from console.domain.proofs import Held


class Order(Enum):
    """A request to Patroni."""

    SWITCHOVER = "switchover"
    FAILOVER = "failover"
    RESTART = "restart"
    REINITIALISE = "reinitialise"
    PAUSE = "pause"
    RESUME = "resume"


class Reply(Enum):
    """How Patroni answered. Only a proof says whether it was done: unknown is no outcome, and accepted is a promise."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer: by which way ('rest', 'patronictl'), with which status of HTTP (0: none), in Patroni's own words."""

    reply: Reply
    way: str
    status: int
    text: str


class Says(Enum):
    """What `Claim.PATRONI_SAYS` can mean: the argument `that` of its proof."""

    HOLDS_KEY = "holds-key"  # holds the key and is writable, and nobody else is; after timeline `after`, if given
    PAUSED = "paused"
    RESUMED = "resumed"
    RESTARTED = "restarted"  # its server began after `after` (ISO 8601) and runs
    REINITIALISED = "reinitialised"  # the same, as a standby that streams on the holder's timeline
    CONFIRMS = "confirms"  # stands in /sync
    QUORUM = "quorum"
    MAY_TAKE_OVER = "may-take-over"  # nobody but `leaves` holds the key, and it is fit, or leads already; `approved`
    SETTLED = "settled"  # as many as `count` stand in /sync


class Objection(Enum):
    """Why an order is not even sent."""

    NO_QUORUM = "no-quorum"
    NO_MEMBER = "no-member"  # the group knows of no such member
    SILENT = "patroni-silent"  # the Patroni that would have to do it gives no answer
    HOLDS_KEY = "holds-key"
    NO_KEY = "no-key"
    WRITABLE = "writable"  # its server takes writes: its copy may be the only one
    OTHER_TIMELINE = "other-timeline"  # it may hold entries beyond the fork
    ALREADY = "already"  # it is so already
    SPLIT_BRAIN = "split-brain"
    UNFIT = "unfit"  # as a candidate
    NEEDS_APPROVAL = "needs-approval"  # a candidate that does not confirm: its loss has to be approved
    BUSY = "busy"  # a switchover is scheduled


def objection(
    order: Order, node: str, view: GroupView, *, discard: bool = False, loss_approved: bool = False
) -> Objection | None:
    """What stands against an order, by what was seen just now; None where nothing does.

    `discard`: a person gives up what a member alone may hold. `loss_approved`: a loss was approved for this candidate.
    """
    if view.quorum is not True:
        return Objection.NO_QUORUM
    if view.has(Danger.SPLIT_BRAIN) and order is not Order.PAUSE:
        return Objection.SPLIT_BRAIN
    match order:
        case Order.PAUSE:
            return Objection.ALREADY if view.paused else None
        case Order.RESUME:
            return None if view.paused else Objection.ALREADY
        case Order.SWITCHOVER | Order.FAILOVER:
            return _against_candidate(order, node, view, loss_approved=loss_approved)
        case Order.RESTART:
            return _against_member(node, view)
        case Order.REINITIALISE:
            return _against_member(node, view) or _against_copy(node, view, discard=discard)


def _standing(node: str, view: GroupView) -> Standing | None:
    return next((standing for standing in view.standings if standing.node == node), None)


def _against_candidate(order: Order, node: str, view: GroupView, *, loss_approved: bool) -> Objection | None:
    standing = _standing(node, view)
    if standing is None:
        return Objection.NO_MEMBER
    if order is Order.SWITCHOVER and view.holder is None:
        return Objection.NO_KEY
    if view.scheduled is not None:
        return Objection.BUSY
    if view.holder == node:
        return Objection.ALREADY
    if standing.eligible or (standing.needs_approval and loss_approved and order is Order.FAILOVER):
        return None
    return Objection.NEEDS_APPROVAL if standing.needs_approval else Objection.UNFIT


def _against_member(node: str, view: GroupView) -> Objection | None:
    look = view.look(node)
    if look is None or _standing(node, view) is None:
        return Objection.NO_MEMBER
    return Objection.SILENT if look.own is None else None


def _against_copy(node: str, view: GroupView, *, discard: bool) -> Objection | None:
    """A new copy throws the old one away: never the holder's, a writable one's, one's that went on by itself."""
    look, standing = view.look(node), _standing(node, view)
    assert look is not None and standing is not None
    if view.holder is None:
        return Objection.NO_KEY
    if view.holder == node:
        return Objection.HOLDS_KEY
    if is_writable(look):
        return Objection.WRITABLE
    known = standing.timeline is None or view.timeline is None or standing.timeline == view.timeline
    return None if known or discard else Objection.OTHER_TIMELINE


PROVES = {
    Order.SWITCHOVER: Says.HOLDS_KEY,
    Order.FAILOVER: Says.HOLDS_KEY,
    Order.RESTART: Says.RESTARTED,
    Order.REINITIALISE: Says.REINITIALISED,
    Order.PAUSE: Says.PAUSED,
    Order.RESUME: Says.RESUMED,
}


def judge_says(proof: Proof, looks: Looks, names: Mapping[str, str]) -> Held:
    """Does what a proof of `Claim.PATRONI_SAYS` wants hold, by these looks? Raises ValueError for another word."""
    says = Says(proof.arg("that"))
    wanted = f"{proof.node} {says.value}"
    look = looks.get(proof.node)
    if says in (Says.PAUSED, Says.RESUMED):
        return _paused(looks, says is Says.PAUSED)
    if says is Says.QUORUM:
        holds = quorum_of(looks) is True
        return Held(holds=holds, observed="answers" if holds else "no majority answers", wanted=wanted)
    if says is Says.MAY_TAKE_OVER:
        return _may_take_over(proof, looks, names)
    if says is Says.SETTLED:
        return _settled(proof, looks)
    if look is None or not look.reached:
        return Held(holds=False, observed=look.trouble if look is not None else "not asked", reached=False)
    match says:
        case Says.HOLDS_KEY:
            return _holds_key(proof, look, looks, names)
        case Says.CONFIRMS:
            group = group_of(looks)
            member = group.member(names.get(proof.node, proof.node)) if group is not None else None
            role = member.role.value if member is not None else "unknown"
            return Held(holds=member is not None and member.confirms, observed=role, wanted=wanted)
        case _:
            return _began_anew(proof, look, looks, names, streams=says is Says.REINITIALISED)


def _paused(looks: Looks, paused: bool) -> Held:
    """The group says so, and every Patroni that answers has taken it up."""
    group = group_of(looks)
    answering = [look for look in looks.values() if look.own is not None]
    late = sorted(look.node for look in answering if look.own is not None and look.own.paused is not paused)
    wanted = "paused" if paused else "not paused"
    if group is None or not answering:
        return Held(holds=False, observed="no majority answers", wanted=wanted)
    observed = f"group {'paused' if group.paused else 'not paused'}"
    if late:
        observed += f"; not yet taken up by {', '.join(late)}"
    return Held(holds=group.paused is paused and not late, observed=observed, wanted=wanted)


def _may_take_over(proof: Proof, looks: Looks, names: Mapping[str, str]) -> Held:
    """Nobody has taken over meanwhile whom the plan does not know, and the candidate is as fit as it was."""
    group, leaves = group_of(looks), proof.arg("leaves")
    wanted = f"the key with {leaves or 'nobody'}, {proof.node} fit to take over"
    if group is None or quorum_of(looks) is not True:
        return Held(holds=False, observed="no majority answers", wanted=wanted)
    holder = node_of(group.holder.name, names) if group.holder is not None else None
    if holder == proof.node:
        return Held(holds=True, observed=f"{proof.node} holds the key already", wanted=wanted)
    standing = next((one for one in standings(looks, names) if one.node == proof.node), None)
    approved = proof.arg("approved") == "yes"
    fit = standing is not None and (standing.eligible or (standing.needs_approval and approved))
    free = holder is None or holder == leaves
    against = ", ".join(reason.value for reason in standing.reasons) if standing is not None else "no member"
    seen = f"key held by {holder or 'nobody'}; {proof.node}: {against or 'fit'}"
    if group.scheduled is not None:
        seen += "; a switchover is scheduled"
    return Held(holds=fit and free and group.scheduled is None, observed=seen, wanted=wanted)


def _settled(proof: Proof, looks: Looks) -> Held:
    group, count = group_of(looks), int(proof.arg("count") or "0")
    if group is None:
        return Held(holds=False, observed="no Patroni answers", reached=False)
    stand = [member.name for member in group.members if member.confirms]
    seen = f"{len(stand)} in /sync: {', '.join(stand) or 'nobody'}"
    return Held(holds=len(stand) >= count, observed=seen, wanted=f"at least {count} in /sync")


def _holds_key(proof: Proof, look: MemberLook, looks: Looks, names: Mapping[str, str]) -> Held:
    group = group_of(looks)
    holder = group.holder if group is not None else None
    member = names.get(proof.node, proof.node)
    others = sorted(one.node for one in looks.values() if one.node != proof.node and is_writable(one))
    after = int(proof.arg("after") or 0)
    timeline = look.own.timeline if look.own is not None else None
    holds = (
        holder is not None and holder.name == member and look.writable is True and not others
        and (timeline or 0) > after
    )  # fmt: skip
    seen = [f"key held by {holder.name if holder is not None else 'nobody'}"]
    seen.append(f"{proof.node} {'writable' if look.writable else 'not writable'} on timeline {timeline or 'unknown'}")
    if others:
        seen.append(f"writable too: {', '.join(others)}")
    silent = sorted(one.node for one in looks.values() if not one.reached or (one.writable is None and one.own is None))
    if silent:
        seen.append(f"gives no answer: {', '.join(silent)}")
    wanted = f"{member} alone holds the key and is writable" + (f", timeline after {after}" if after else "")
    return Held(holds=holds, observed="; ".join(seen), wanted=wanted)


def _began_anew(proof: Proof, look: MemberLook, looks: Looks, names: Mapping[str, str], *, streams: bool) -> Held:
    after = proof.arg("after")
    wanted = f"server began after {after or 'before'} and runs"
    own = look.own
    if own is None:
        return Held(holds=False, observed=f"no answer of its Patroni: {look.trouble}", wanted=wanted)
    began = own.started_at is not None and (not after or own.started_at > datetime.fromisoformat(after))
    group = group_of(looks)
    member = group.member(names.get(proof.node, proof.node)) if group is not None else None
    runs = own.state == "running" and not own.pending_restart and member is not None and member.runs
    holder = group.holder if group is not None else None
    if streams:
        runs = (
            runs and member is not None and member.state == "streaming" and holder is not None
            and member.timeline == holder.timeline
        )  # fmt: skip
    seen = f"{own.state}, began {own.started_at.isoformat() if own.started_at else 'unknown'}"
    if member is not None:
        seen += f", {member.state} on timeline {member.timeline or 'unknown'}"
    if own.pending_restart:
        seen += ", a restart is pending"
    return Held(holds=began and runs, observed=seen, wanted=wanted)


def sync_settled(looks: Looks) -> bool:
    """Whether commits are confirmed as the group's settings want it; in asynchronous mode they need not be."""
    group, settings = group_of(looks), settings_of(looks)
    if group is None or settings is None or settings.synchronous is SyncMode.OFF:
        return group is not None and settings is not None
    confirming = [member for member in group.members if member.confirms]
    return len(confirming) >= settings.synchronous_count
