"""What a cluster under Patroni may do, judged from what its members say: key, majority, candidates, dangers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.domain.members import (
    GroupSeen,
    GroupSettings,
    HistoryLine,
    Looks,
    Member,
    MemberLook,
    MemberRole,
    ScheduledSwitchover,
    SyncMode,
)
from console.domain.reading import Moment
from console.domain.verdict import Scalar

STORE_MARGIN_SECONDS: Final = 1.0  # Patroni tells whole seconds
TTL_LONG_SECONDS: Final = 60
LOOKS_APART_SECONDS_MIN: Final = 1.0


class Unfit(Enum):
    """Why a member can't take over. The last one can be overruled by whoever approves a loss."""

    HOLDS_KEY = "holds-key"
    SILENT = "silent"  # its own Patroni gives no answer
    NOT_RUNNING = "not-running"
    NOFAILOVER = "nofailover"
    OTHER_TIMELINE = "other-timeline"
    LAG_UNKNOWN = "lag-unknown"
    LAG_OVER_LIMIT = "lag-over-limit"
    NOT_IN_SYNC = "not-in-sync"


APPROVABLE: Final = frozenset({Unfit.NOT_IN_SYNC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A member as a candidate, with every reason against it. `needs_approval`: fit once its loss was approved."""

    node: str
    member: str
    reasons: tuple[Unfit, ...]
    timeline: int | None
    position: str | None
    lag_bytes: int | None

    @property
    def eligible(self) -> bool:
        return not self.reasons

    @property
    def needs_approval(self) -> bool:
        return bool(self.reasons) and APPROVABLE.issuperset(self.reasons)


class Danger(Enum):
    """What is wrong, or will hurt when something else goes wrong. The order is the order in which to act."""

    SPLIT_BRAIN = "split-brain"
    NO_QUORUM = "no-quorum"
    NO_KEY = "no-key"  # a majority answers, and nobody holds the key
    HOLDER_SILENT = "holder-silent"  # the holder's own Patroni gives no answer: the key runs out
    PATRONI_DOWN = "patroni-down"
    READ_ONLY = "read-only"  # the holder's server is in recovery
    WRONG_CLUSTER = "wrong-cluster"  # members of two scopes or systems under one name
    NOBODY_CONFIRMS = "nobody-confirms"  # synchronous mode, and no member in /sync: a failover has no candidate
    PAUSED = "paused"
    PENDING_RESTART = "pending-restart"
    NO_WATCHDOG = "no-watchdog"
    ASYNCHRONOUS = "asynchronous"
    LAG_LIMIT = "lag-limit"  # in asynchronous mode: so much may be lost without anybody being asked
    TTL_LONG = "ttl-long"
    TTL_TIGHT = "ttl-tight"  # loop_wait + 2 * retry_timeout is more than the key lives
    REMOVES_DATA = "removes-data"
    NO_REWIND = "no-rewind"
    OPEN_INTERFACE = "open-interface"  # changes need no password


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One danger: where, what was observed, against which limit."""

    danger: Danger
    node: str | None = None
    observed: Scalar = None
    limit: Scalar = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A cluster under Patroni at one moment, judged. `second` looks came `apart_seconds` after the first.

    `ttl_left_seconds`: for how long the key lives at least if nobody renews it; None where its holder is silent.
    """

    cluster: str
    at: Moment
    scope: str
    holder: str | None  # the node, None where nobody holds the key or no majority answers
    quorum: bool | None  # whether the consensus store has a majority; None: no Patroni answers that could say it
    paused: bool
    timeline: int | None
    ttl_left_seconds: float | None
    settings: GroupSettings | None
    scheduled: ScheduledSwitchover | None
    looks: tuple[MemberLook, ...]
    standings: tuple[Standing, ...]
    concerns: tuple[Concern, ...]
    history: tuple[HistoryLine, ...]
    names: tuple[tuple[str, str], ...] = ()  # member by node

    def look(self, node: str) -> MemberLook | None:
        return next((look for look in self.looks if look.node == node), None)

    def has(self, danger: Danger) -> bool:
        return any(concern.danger is danger for concern in self.concerns)


def group_of(looks: Looks) -> GroupSeen | None:
    """The group by the answer that deserves the most belief: whose holder says so itself, on the furthest timeline.

    A Patroni that is cut off from the store still answers from its cache.
    """
    seen = [(look.group, look.at.ticks) for look in looks.values() if look.group is not None]
    holders = {look.own.member for look in looks.values() if look.own is not None and look.own.holds_key}

    def belief(one: tuple[GroupSeen, float]) -> tuple[bool, int, float]:
        holder = one[0].holder
        timeline = holder.timeline if holder is not None and holder.timeline is not None else 0
        return holder is not None and holder.name in holders, timeline, one[1]

    return max(seen, key=belief)[0] if seen else None


def affirmed(looks: Looks) -> str | None:
    """The node that says itself that it holds the key, and whose server does what a holder's does.

    That is a proof of a majority: without one it could not have renewed the key, and would have demoted itself.
    """
    group = group_of(looks)
    for node, look in looks.items():
        if look.own is None or not look.own.holds_key:
            continue
        member = group.member(look.own.member) if group is not None else None
        if is_writable(look) or (member is not None and member.role is MemberRole.STANDBY_HOLDER):
            return node
    return None


def settings_of(looks: Looks) -> GroupSettings | None:
    """The group's settings, from whoever told them last."""
    told = [look for look in looks.values() if look.settings is not None]
    return max(told, key=lambda look: look.at.ticks).settings if told else None


def quorum_of(looks: Looks) -> bool | None:
    """Whether the consensus store has a majority: a holder that renews its key, or patronictl, which reads anew.

    False: patronictl could not read it, or no Patroni has reached it within loop and retry. None: nobody could say.
    """
    if affirmed(looks) is not None:
        return True
    tried = [look.store for look in looks.values() if look.store is not None]
    if tried:
        return any(tried)
    ages = [look.own.store_age_seconds for look in looks.values() if look.own is not None]
    known = [age for age in ages if age is not None]
    settings = settings_of(looks) or GroupSettings()
    limit = settings.loop_seconds + settings.retry_seconds + STORE_MARGIN_SECONDS
    return False if known and all(age > limit for age in known) else None


def ttl_left(looks: Looks, holder: str | None) -> float | None:
    """How long the key lives at least: who could not renew it within loop and retry would have demoted itself."""
    own = looks[holder].own if holder is not None and holder in looks else None
    settings = settings_of(looks)
    if own is None or own.store_age_seconds is None or settings is None:
        return None
    age = max(own.store_age_seconds, float(settings.loop_seconds + settings.retry_seconds))
    return max(0.0, settings.ttl_seconds - age) if own.holds_key else None


def node_of(member: str, names: Mapping[str, str]) -> str | None:
    """The node whose Patroni calls itself so. `names`: member by node."""
    return next((node for node, name in names.items() if name == member), None)


def writable_without_key(looks: Looks, names: Mapping[str, str]) -> frozenset[str]:
    """Nodes whose server is writable although the group's key is not theirs, in this one look."""
    group = group_of(looks)
    if group is None or quorum_of(looks) is not True:
        return frozenset()  # without a majority nobody can say whose the key is
    holder = group.holder.name if group.holder is not None else None
    return frozenset(
        node for node, look in looks.items() if is_writable(look) and names.get(node, node) != holder
    )  # fmt: skip


def is_writable(look: MemberLook) -> bool:
    """The server's own word; where it gives none, its Patroni's."""
    if look.writable is not None:
        return look.writable
    return look.own is not None and look.own.writable and look.own.state == "running"


def split_brain(first: Looks, second: Looks, names: Mapping[str, str]) -> frozenset[str]:
    """Nodes that were writable without the key in both looks; what a handover shows for a moment is no split.

    Raises ValueError where the looks are less than a second apart: they would be one look.
    """
    apart = min((second[node].at.ticks - first[node].at.ticks for node in first if node in second), default=0.0)
    if apart < LOOKS_APART_SECONDS_MIN:
        raise ValueError(f"the looks are {apart:.2f} s apart, {LOOKS_APART_SECONDS_MIN:g} s are needed")
    return writable_without_key(first, names) & writable_without_key(second, names)


def standings(looks: Looks, names: Mapping[str, str]) -> tuple[Standing, ...]:
    """Every member as a candidate, those without a reason against them first, then by how little they lag."""
    group, settings = group_of(looks), settings_of(looks)
    if group is None or settings is None or quorum_of(looks) is not True:
        return ()
    judged = [_standing(member, group, settings, looks, names) for member in group.members]
    return tuple(sorted(judged, key=_order))


def _order(standing: Standing) -> tuple[int, int, int, str]:
    rank = 0 if standing.eligible else 1 if standing.needs_approval else 2
    lag = standing.lag_bytes if standing.lag_bytes is not None else 2**62
    return rank, -(standing.timeline or 0), lag, standing.member


def _standing(
    member: Member, group: GroupSeen, settings: GroupSettings, looks: Looks, names: Mapping[str, str]
) -> Standing:
    node = node_of(member.name, names)
    look = looks.get(node) if node is not None else None
    known = [one.timeline for one in group.members if one.timeline is not None]
    holder = group.holder
    newest = holder.timeline if holder is not None and holder.timeline is not None else max(known, default=None)
    against: list[Unfit] = []
    if member.holds_key:
        against.append(Unfit.HOLDS_KEY)
    else:
        if look is None or look.own is None:
            against.append(Unfit.SILENT)
        if not member.runs:
            against.append(Unfit.NOT_RUNNING)
        if member.nofailover:
            against.append(Unfit.NOFAILOVER)
        if newest is not None and member.timeline is not None and member.timeline != newest:
            against.append(Unfit.OTHER_TIMELINE)
        if member.lag_bytes is None:
            against.append(Unfit.LAG_UNKNOWN)
        elif member.lag_bytes > settings.lag_bytes_max:
            against.append(Unfit.LAG_OVER_LIMIT)
        if settings.synchronous is not SyncMode.OFF and not member.confirms:
            against.append(Unfit.NOT_IN_SYNC)
    position = max((lsn for lsn in (member.received, member.replayed) if lsn is not None), default=None)
    return Standing(
        node=node or member.name, member=member.name, reasons=tuple(against), timeline=member.timeline,
        position=None if position is None else str(position), lag_bytes=member.lag_bytes,
    )  # fmt: skip


def judge_group(cluster: str, first: Looks, second: Looks | None, names: Mapping[str, str], at: Moment) -> GroupView:
    """The whole picture. Without second looks nothing is called a split brain: one look may fall into a handover."""
    looks = first if second is None else second
    group, settings, quorum = group_of(looks), settings_of(looks), quorum_of(looks)
    holder = None
    # Without a majority the group is what it was: nobody can hold a key that nobody can renew.
    if group is not None and group.holder is not None and quorum is True:
        holder = node_of(group.holder.name, names) or group.holder.name
    split = frozenset[str]() if second is None else split_brain(first, second, names)
    histories = [look.history for look in looks.values() if look.history is not None]
    return GroupView(
        cluster=cluster, at=at, scope=group.scope if group is not None else _scope(looks), holder=holder,
        quorum=quorum, paused=_paused(looks, group),
        timeline=group.holder.timeline if holder is not None and group is not None and group.holder else None,
        ttl_left_seconds=ttl_left(looks, holder), settings=settings,
        scheduled=group.scheduled if group is not None else None, looks=tuple(looks.values()),
        standings=standings(looks, names), concerns=_concerns(looks, holder, split),
        history=max(histories, key=len, default=()), names=tuple(names.items()),
    )  # fmt: skip


def _scope(looks: Looks) -> str:
    return next((look.own.scope for look in looks.values() if look.own is not None), "")


def _paused(looks: Looks, group: GroupSeen | None) -> bool:
    return group.paused if group is not None else any(look.own.paused for look in looks.values() if look.own)


def _concerns(looks: Looks, holder: str | None, split: frozenset[str]) -> tuple[Concern, ...]:
    group, settings, quorum = group_of(looks), settings_of(looks), quorum_of(looks)
    found = [Concern(danger=Danger.SPLIT_BRAIN, node=node, observed=holder) for node in sorted(split)]
    if quorum is False:
        found.append(Concern(danger=Danger.NO_QUORUM))
    if quorum is True and group is not None and group.holder is None:
        found.append(Concern(danger=Danger.NO_KEY))
    if holder is not None and holder in looks:
        if looks[holder].own is None:
            found.append(Concern(danger=Danger.HOLDER_SILENT, node=holder, observed=looks[holder].trouble))
        if looks[holder].writable is False:
            found.append(Concern(danger=Danger.READ_ONLY, node=holder))
    found += _of_members(looks, holder)
    if group is not None and settings is not None:
        found += _of_group(group, settings, holder is not None)
    if settings is not None:
        found += _of_settings(settings)
    found += _identities(looks)
    order = {danger: place for place, danger in enumerate(Danger)}
    return tuple(sorted(found, key=lambda concern: (order[concern.danger], concern.node or "")))


def _of_members(looks: Looks, holder: str | None) -> list[Concern]:
    found = []
    for node, look in looks.items():
        if look.running is False:
            found.append(Concern(danger=Danger.PATRONI_DOWN, node=node))
        if look.own is not None and look.own.pending_restart:
            found.append(Concern(danger=Danger.PENDING_RESTART, node=node))
        # Only the holder arms it; what may not be seen is not called missing.
        if node == holder and look.watchdog_open is False:
            found.append(Concern(danger=Danger.NO_WATCHDOG, node=node))
        if look.protected is False:
            found.append(Concern(danger=Danger.OPEN_INTERFACE, node=node))
    return found


def _of_group(group: GroupSeen, settings: GroupSettings, has_holder: bool) -> list[Concern]:
    found = []
    standbys = [member for member in group.members if not member.holds_key]
    confirming = [member for member in standbys if member.confirms]
    if has_holder and settings.synchronous is not SyncMode.OFF and standbys and not confirming:
        found.append(Concern(danger=Danger.NOBODY_CONFIRMS, observed=0, limit=settings.synchronous_count))
    if group.paused:
        found.append(Concern(danger=Danger.PAUSED))
    return found


def _of_settings(settings: GroupSettings) -> list[Concern]:
    found = []
    if settings.synchronous is SyncMode.OFF:
        found.append(Concern(danger=Danger.ASYNCHRONOUS))
        found.append(Concern(danger=Danger.LAG_LIMIT, observed=settings.lag_bytes_max))
    if settings.ttl_seconds > TTL_LONG_SECONDS:
        found.append(Concern(danger=Danger.TTL_LONG, observed=settings.ttl_seconds, limit=TTL_LONG_SECONDS))
    needed = settings.loop_seconds + 2 * settings.retry_seconds
    if needed > settings.ttl_seconds:
        found.append(Concern(danger=Danger.TTL_TIGHT, observed=needed, limit=settings.ttl_seconds))
    if settings.removes_data:
        found.append(Concern(danger=Danger.REMOVES_DATA))
    if not settings.rewinds:
        found.append(Concern(danger=Danger.NO_REWIND))
    return found


def _identities(looks: Looks) -> list[Concern]:
    """Members that say they belong to another scope or system than the most of them."""
    told = {look.node: (look.own.scope, look.own.system_identifier) for look in looks.values() if look.own}
    if len(set(told.values())) < 2:
        return []
    usual = max(set(told.values()), key=lambda one: sum(1 for other in told.values() if other == one))
    return [
        Concern(danger=Danger.WRONG_CLUSTER, node=node, observed=" ".join(one), limit=" ".join(usual))
        for node, one in told.items()
        if one != usual
    ]
