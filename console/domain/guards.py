"""Would it act now: every guard judged from what is known, with what was observed, the threshold, source and age."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from console.domain.automation import AutoAct, AutoGuard, AutomationMode, AutomationPolicy, GuardRow, Why
from console.domain.bearers import nodes_listed
from console.domain.cluster import NodeKind
from console.domain.loss_preview import list_trouble, policy_of
from console.domain.situation import LastSeen
from console.domain.verdict import Level, Scalar

ACTED_ON: Final = frozenset({Level.HARD, Level.WITNESSED})  # what safety.md 1 lets a failover rest on
LOCK_SECONDS_MAX: Final = 30.0  # how old a look at the lock may be; the run takes it on every node anew
HOST_SECONDS_MAX: Final = 8.0  # how old a look at the dead primary's own host may be: each is taken every 5 s
SSH, COMMAND, QUORUM = "ssh", "command", "quorum"


class Restart(Enum):
    """Where the restart in place of a dead primary stands."""

    NOT_TRIED = "not-tried"
    UNDER_WAY = "under-way"
    IN_VAIN = "in-vain"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostNow:
    """One node of the inventory. `standby`: its server answers now, and is a standby of this cluster."""

    name: str
    kind: NodeKind
    answers: bool  # its host, over SSH, lately enough
    at: datetime | None
    standby: bool = False
    timeline: int = 0
    position: int = 0
    replays: bool = True
    age_seconds: float = math.inf  # of what its server said last


@dataclass(frozen=True, slots=True, kw_only=True)
class LockNow:
    """The lock as it was looked at last. `owner` empty: nobody holds it alive."""

    at: datetime
    read_on: int  # nodes whose lock could be read
    owner: str = ""
    person: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsNow:
    """The newest complete backup of any repository; None: there is none."""

    at: datetime
    newest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that the guards are judged from. None always means: not known, which counts as no."""

    cluster: str
    at: datetime
    policy: AutomationPolicy
    hosts: tuple[HostNow, ...]
    primary: str | None  # that is, or was
    lost: bool  # it was seen by this engine, and no node is primary now
    majority: int
    fresh_seconds_max: float
    two_primaries: bool = False
    level: Level | None = None
    level_since: datetime | None = None
    level_at: datetime | None = None  # of the newest evidence
    level_source: str = ""
    fresh_from: datetime | None = None  # readings before are void: engine start, sleep, reconnect
    restart: Restart = Restart.NOT_TRIED
    restart_seconds: float = 10.0
    last_seen: LastSeen | None = None
    seen_loss: int | None = None  # entries at most, by the watch's own readings
    second_person: bool | None = None  # does the cluster's rule want one for this?
    fence_command: bool = False
    quorum_allowed: bool = False  # by the cluster's own entry in the inventory too
    lock: LockNow | None = None
    other: str = ""  # the other console that acts for this cluster
    abandoned: str = ""  # a console that is gone held the lock to the last, in the middle of a change
    run: str = ""  # the real run that is under way
    own_run: bool = False
    paused_since: datetime | None = None  # the last act that nobody has acknowledged
    holds: tuple[str, ...] = ()
    backups: BackupsNow | None = None
    conditions: tuple[tuple[str, bool | None], ...] = ()

    @property
    def standbys(self) -> tuple[HostNow, ...]:
        """Whose servers answer now as standbys, the dead primary's never among them."""
        return tuple(host for host in self.hosts if host.standby and host.name != self.primary)

    def host(self, name: str | None) -> HostNow | None:
        return next((host for host in self.hosts if host.name == name), None)


def candidate_of(known: Known) -> HostNow | None:
    """The furthest standby that answers: timeline first, then position; of equals the first in the inventory."""
    return max(known.standbys, key=lambda host: (host.timeline, host.position), default=None)


def judge(known: Known) -> Why:
    """Would it act at this moment? Where nothing is wrong: would it, if the primary's server died now?"""
    hypothetical = not known.lost and not known.two_primaries and known.primary is not None
    act = AutoAct.FAILOVER
    if known.lost and known.level is Level.HARD and not known.policy.at_once and known.restart is not Restart.IN_VAIN:
        act = AutoAct.RESTART
    rows = tuple(_restart_rows(known) if act is AutoAct.RESTART else _failover_rows(known, hypothetical))
    target = candidate_of(known)
    return Why(
        cluster=known.cluster, at=known.at, mode=known.policy.mode, act=act, node=known.primary,
        target=known.primary if act is AutoAct.RESTART else target.name if target is not None else None,
        would_act=all(row.holds is True for row in rows), rows=rows, hypothetical=hypothetical,
        waiting_seconds=_waiting(known),
    )  # fmt: skip


def would_have(why: Why) -> bool:
    """Would it have acted, were it not that it only observes?"""
    return all(row.holds is True or row.guard is AutoGuard.MODE for row in why.rows)


def _failover_rows(known: Known, hypothetical: bool) -> Iterable[GuardRow]:
    yield mode_row(known)
    yield approval_row(known)
    yield _alive(known) if hypothetical else evidence_row(known)
    yield fresh_row(known)
    yield _restart_tried(known, hypothetical)
    yield majority_row(known)
    yield overlap_row(known)
    yield candidate_row(known)
    yield loss_row(known)
    yield fencing_row(known)
    yield from standing_rows(known)
    yield backups_row(known)
    yield checks_row(known)


def _restart_rows(known: Known) -> Iterable[GuardRow]:
    """Nothing is lost by a start in place: who would follow, and what he has, does not matter."""
    yield mode_row(known)
    yield approval_row(known)
    yield evidence_row(known)
    yield looked_row(known)
    under_way = known.restart is Restart.UNDER_WAY
    yield _row(known, AutoGuard.RESTART_TRIED, not under_way, "under-way" if under_way else "would-be-tried", None,
               "console", reason="restart-under-way" if under_way else "", node=known.primary)  # fmt: skip
    yield majority_row(known)
    yield from standing_rows(known)
    yield checks_row(known)


def standing_rows(known: Known) -> Iterable[GuardRow]:
    """What has to hold before any act of automation, whatever it is."""
    yield lock_row(known)
    yield _row(known, AutoGuard.OTHER_CONSOLE, not known.other, known.other or "none", "none", "lock of the nodes",
               reason="other-console" if known.other else "")  # fmt: skip
    reason = "" if not known.run else "attempt-under-way" if known.own_run else "run-under-way"
    yield _row(known, AutoGuard.NO_RUN, not known.run, known.run or "none", "none", "console: journal", reason=reason)
    yield paused_row(known)
    yield maintenance_row(known)
    held = ", ".join(known.holds)
    yield _row(known, AutoGuard.NOT_HELD, not held, held or "none", "none", "console", reason="held" if held else "")


def mode_row(known: Known) -> GuardRow:
    mode = known.policy.mode
    automatic = mode is AutomationMode.AUTOMATIC
    return _row(known, AutoGuard.MODE, automatic, mode.value, AutomationMode.AUTOMATIC.value, "console: policy",
                reason="" if automatic else f"mode-{mode.value}")  # fmt: skip


def approval_row(known: Known) -> GuardRow:
    """A rule that wants two persons is not got round by a machine: it has to be changed, by a person, first."""
    wanted = known.second_person
    return _row(known, AutoGuard.APPROVAL, None if wanted is None else not wanted,
                None if wanted is None else "wanted" if wanted else "not-wanted", "not-wanted", "console: rule",
                reason="rule-unreadable" if wanted is None else "second-person" if wanted else "")  # fmt: skip


def _alive(known: Known) -> GuardRow:
    host = known.host(known.primary)
    return _row(known, AutoGuard.EVIDENCE, True, "alive", "hard-or-witnessed", f"{known.primary}: asked now",
                at=host.at if host is not None else None, reason="primary-answers", node=known.primary)  # fmt: skip


def evidence_row(known: Known) -> GuardRow:
    """How strong the evidence of the death is, and for how long it has been that."""
    level, since, wanted = known.level, known.level_since, known.policy.evidence_seconds
    holds, observed, threshold, reason = False, "none", "hard-or-witnessed", "evidence-none"
    seconds: Scalar = observed
    if known.two_primaries:
        seconds, reason = "two-primaries", "two-primaries"
    elif known.primary is None:
        reason = "no-primary-known"
    elif level is not None and level not in ACTED_ON:
        seconds, reason = level.value, f"evidence-{level.value}"
    elif level is not None and since is not None:
        stood = (known.at - since).total_seconds()
        holds = stood >= wanted
        seconds, reason = level.value, ""
        if not holds:
            return _row(known, AutoGuard.EVIDENCE, False, round(stood, 1), wanted, known.level_source,
                        at=known.level_at, reason="evidence-young", node=known.primary)  # fmt: skip
    return _row(known, AutoGuard.EVIDENCE, holds, seconds, threshold, known.level_source or "console",
                at=known.level_at, reason=reason, node=known.primary)  # fmt: skip


def fresh_row(known: Known) -> GuardRow:
    """Nothing is done on readings from before a sleep, an engine's start or a lost connection."""
    from_, newest = known.fresh_from, known.level_at if known.lost else known.at
    ages = [host.age_seconds for host in known.standbys]
    oldest = max(ages, default=math.inf)
    if from_ is None or newest is None or newest < from_:
        return _row(known, AutoGuard.FRESH, None if from_ is None else False, None, known.fresh_seconds_max, "console",
                    at=newest, reason="readings-void")  # fmt: skip
    holds = oldest <= known.fresh_seconds_max
    return _row(known, AutoGuard.FRESH, holds, None if oldest == math.inf else round(oldest, 1),
                known.fresh_seconds_max, "console: the standbys' newest answers", at=newest,
                reason="" if holds else "readings-stale")  # fmt: skip


def looked_row(known: Known) -> GuardRow:
    """A start in place rests on what its own host said, and lately: no standby is needed for it."""
    from_, newest = known.fresh_from, known.level_at
    most, source = max(known.fresh_seconds_max, HOST_SECONDS_MAX), "console: the newest look at its own host"
    if from_ is None or newest is None or newest < from_:
        return _row(known, AutoGuard.FRESH, None if from_ is None else False, None, most, "console",
                    at=newest, reason="readings-void")  # fmt: skip
    age = (known.at - newest).total_seconds()
    return _row(known, AutoGuard.FRESH, age <= most, round(age, 1), most, source, at=newest,
                reason="" if age <= most else "readings-stale", node=known.primary)  # fmt: skip


def _restart_tried(known: Known, hypothetical: bool) -> GuardRow:
    """A dead primary gets its time, or one attempt, to come back in place: nothing is lost by that."""
    since = known.level_since
    if known.policy.at_once:
        return _row(known, AutoGuard.RESTART_TRIED, True, "at-once", None, "console: policy")
    if hypothetical:
        return _row(known, AutoGuard.RESTART_TRIED, True, "would-be-tried", known.restart_seconds, "console: policy")
    if known.restart is Restart.IN_VAIN:
        return _row(known, AutoGuard.RESTART_TRIED, True, "tried", None, "console: journal")
    if since is None:
        return _row(known, AutoGuard.RESTART_TRIED, False, "none", known.restart_seconds, "console",
                    reason="restart-first")  # fmt: skip
    stood = (known.at - since).total_seconds()
    holds = stood >= known.restart_seconds
    return _row(known, AutoGuard.RESTART_TRIED, holds, round(stood, 1), known.restart_seconds, "console",
                reason="" if holds else "restart-waits", node=known.primary)  # fmt: skip


def majority_row(known: Known) -> GuardRow:
    answering = sum(1 for host in known.hosts if host.answers)
    holds = answering >= known.majority
    newest = max((host.at for host in known.hosts if host.answers and host.at is not None), default=None)
    return _row(known, AutoGuard.MAJORITY, holds, f"{answering} of {len(known.hosts)}", known.majority,
                "console: SSH to every node", at=newest, reason="" if holds else "majority-missing")  # fmt: skip


def overlap_row(known: Known) -> GuardRow:
    """n - k + 1 of the listed synchronous standbys answer: one of them surely holds each confirmed commit."""
    seen, guard = known.last_seen, AutoGuard.OVERLAP
    source = f"{seen.node}: synchronous_standby_names" if seen is not None else "console"
    at = seen.list_at if seen is not None else None
    if seen is None or seen.list_at is None:
        return _row(known, guard, None, None, None, source, at=at, reason="list-unknown")
    if not seen.synchronous_names:
        # Nothing waits, so nothing can be proven by it: what may be lost is for the loss guard alone.
        return _row(known, guard, True, "asynchronous", None, source, at=at, reason="asynchronous")
    policy = policy_of(seen.synchronous_names)
    needed = policy.overlap_count if policy is not None else None
    if policy is None or needed is None:
        return _row(known, guard, None, None, None, source, at=at, reason="list-unknown")
    if trouble := list_trouble(seen, known.at):
        return _row(known, guard, False, len(listed(known)), needed, source, at=at, reason=trouble)
    if nodes_listed(policy, seen.bearers) is None:
        return _row(known, guard, None, None, needed, source, at=at, reason="name-twice")
    count = len(listed(known))
    return _row(known, guard, count >= needed, count, needed, source, at=at,
                reason="" if count >= needed else "overlap-missing")  # fmt: skip


def listed(known: Known) -> tuple[HostNow, ...]:
    """The listed synchronous standbys that answer, each under the name that the primary knew it by."""
    seen = known.last_seen
    bearing = nodes_listed(policy_of(seen.synchronous_names), seen.bearers) if seen is not None else None
    return tuple(host for host in known.standbys if bearing is not None and host.name in bearing)


def overlaps(known: Known) -> bool:
    """Is it proven that the furthest of those that answer holds every commit that waited?"""
    row = overlap_row(known)
    return row.holds is True and row.reason != "asynchronous"


def candidate_row(known: Known) -> GuardRow:
    best = candidate_of(known)
    if best is None:
        return _row(known, AutoGuard.CANDIDATE, False, "none", 1, "console", reason="no-candidate")
    reason = "" if best.replays else "candidate-paused"
    return _row(known, AutoGuard.CANDIDATE, best.replays, best.name, None, f"{best.name}: asked now", at=best.at,
                reason=reason, node=best.name)  # fmt: skip


def loss_row(known: Known) -> GuardRow:
    """The maximum in entries. Behind a proven fence the run counts it anew, and asks where it is more."""
    most, guard = known.policy.loss_entries_max, AutoGuard.LOSS
    if overlaps(known):
        return _row(known, guard, True, 0, most, "console: overlap")
    if fence_of(known) == SSH:
        # The dead primary's own WAL is read there before anything is promoted, and what is left to lose is counted.
        return _row(known, guard, True, "at-the-gate", most, "console: plan")
    if known.seen_loss is None:
        return _row(known, guard, None, None, most, "console", reason="loss-unknown")
    holds = known.seen_loss <= most
    return _row(known, guard, holds, known.seen_loss, most, "console: heads of the books",
                reason="" if holds else "loss-above")  # fmt: skip


def fence_of(known: Known) -> str:
    """The fence that would be used, the strongest first; empty: none is possible by itself."""
    host = known.host(known.primary)
    if host is not None and host.answers and known.level is not Level.WITNESSED:
        return SSH
    if known.fence_command:
        return COMMAND
    if known.policy.quorum_fence and known.quorum_allowed and overlaps(known):
        return QUORUM
    return ""


def fencing_row(known: Known) -> GuardRow:
    """A fence that can be proven. A person's word is none of them: nobody would be asked."""
    fence = fence_of(known)
    reason = ""
    if not fence:
        wanted = known.policy.quorum_fence
        allowed = wanted and known.quorum_allowed
        reason = "fence-quorum-missing" if allowed else "fence-quorum-not-allowed" if wanted else "fence-host-silent"
    return _row(known, AutoGuard.FENCING, bool(fence), fence or "none", SSH, f"{known.primary}: its host",
                reason=reason, node=known.primary)  # fmt: skip


def lock_row(known: Known) -> GuardRow:
    lock = known.lock
    if lock is None or (known.at - lock.at).total_seconds() > LOCK_SECONDS_MAX or lock.read_on < known.majority:
        observed = None if lock is None else lock.read_on
        return _row(known, AutoGuard.LOCK, None, observed if observed is not None else "not-asked", "free-or-ours",
                    "lock files of all nodes", at=lock.at if lock else None, reason="lock-unknown")  # fmt: skip
    free = not lock.owner or lock.ours
    observed_text = "ours" if lock.ours else f"{lock.owner} of {lock.person}" if lock.owner else "free"
    return _row(known, AutoGuard.LOCK, free, observed_text, "free-or-ours", "lock files of all nodes", at=lock.at,
                reason="" if free else "lock-held")  # fmt: skip


def paused_row(known: Known) -> GuardRow:
    """After an act of its own it waits for a person's look, or for the whole pause."""
    since, pause = known.paused_since, known.policy.pause_minutes * 60.0
    if since is None:
        return _row(known, AutoGuard.NOT_PAUSED, True, "acknowledged", pause, "console: record")
    ago = (known.at - since).total_seconds()
    holds = ago >= pause
    return _row(known, AutoGuard.NOT_PAUSED, holds, round(ago, 0), pause, "console: record", at=since,
                reason="" if holds else "paused")  # fmt: skip


def maintenance_row(known: Known) -> GuardRow:
    """A window by a person's word, or the daily quiet hours (UTC)."""
    policy, now = known.policy, known.at
    window = next((one for one in policy.maintenance if one.begin <= now < one.end), None)
    if window is not None:
        text = f"{window.reason or window.by}, until {window.end:%Y-%m-%d %H:%M} UTC"
        return _row(known, AutoGuard.NO_MAINTENANCE, False, text, "none", f"console: {window.by}", reason="maintenance")
    begin, end, clock = policy.quiet_from, policy.quiet_to, now.time()
    if begin is not None and end is not None and begin != end:
        within = begin <= clock < end if begin < end else clock >= begin or clock < end
        if within:
            text = f"{begin:%H:%M} to {end:%H:%M} UTC"
            return _row(known, AutoGuard.NO_MAINTENANCE, False, text, "none", "console: policy", reason="quiet-hours")
    return _row(known, AutoGuard.NO_MAINTENANCE, True, "none", "none", "console: policy")


def backups_row(known: Known) -> GuardRow:
    """After a failover the way back is a backup: there has to be one that is not too old."""
    most, backups, guard = known.policy.backups_hours_max, known.backups, AutoGuard.BACKUPS
    if most <= 0:
        return _row(known, guard, True, "not-asked-for", None, "console: policy")
    if backups is None:
        return _row(known, guard, None, None, most, "console", reason="backups-unread")
    if backups.newest is None:
        return _row(known, guard, False, "none", most, "repositories", at=backups.at, reason="no-backup")
    hours = (known.at - backups.newest).total_seconds() / 3600.0
    return _row(known, guard, hours <= most, round(hours, 2), most, "repositories", at=backups.at,
                reason="" if hours <= most else "backup-old")  # fmt: skip


def checks_row(known: Known) -> GuardRow:
    """The operator's own checks that count as a condition; one that says nothing counts as no."""
    failed = [name for name, good in known.conditions if good is False]
    silent = [name for name, good in known.conditions if good is None]
    if failed or silent:
        return _row(known, AutoGuard.CHECKS, False if failed else None, ", ".join(failed or silent), "passes",
                    "monitoring scripts", reason="check-failed" if failed else "check-unknown")  # fmt: skip
    observed = "passes" if known.conditions else "not-asked-for"
    return _row(known, AutoGuard.CHECKS, True, observed, "passes", "monitoring scripts")


def _waiting(known: Known) -> float | None:
    """Until the evidence is old enough, or a silent host has had its time to come back; None: nothing is waited for."""
    if not known.lost or known.level not in ACTED_ON or known.level_since is None:
        return None
    waits = [known.policy.evidence_seconds]
    if known.level is Level.WITNESSED and not known.policy.at_once and known.restart is not Restart.IN_VAIN:
        waits.append(known.restart_seconds)
    left = (known.level_since + timedelta(seconds=max(waits)) - known.at).total_seconds()
    return left if left > 0 else None


def _row(
    known: Known, guard: AutoGuard, holds: bool | None, observed: Scalar, threshold: Scalar, source: str, *,
    at: datetime | None = None, reason: str = "", node: str | None = None,
) -> GuardRow:  # fmt: skip
    return GuardRow(
        guard=guard, holds=holds, observed=observed, threshold=threshold, source=source, at=at or known.at,
        reason=reason, node=node,
    )  # fmt: skip
