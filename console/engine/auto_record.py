"""What automation may do by whose word, and what it did: policies, mandates and attempts, kept in the store."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from console.domain.automation import Attempt, AttemptOutcome, AutoAct, AutomationMode, AutomationPolicy
from console.domain.plan import Pairs
from console.store.database import Store
from console.store.records import Records
from console.store.trouble import StoreTrouble

ATTEMPTS_SHOWN_MAX: Final = 50
ATTEMPTS_READ_MAX: Final = 500  # of each kind: those on standbys never push an act on a primary out
ATTEMPT_DAYS: Final = 400
OTHER_CONSOLE: Final = "other-console"
STILL_DEAD: Final = "still-dead"  # a start in place was tried, and nobody came back
ENGINE_ENDED: Final = "engine-ended"  # before its run was begun
IN_VAIN: Final = frozenset({STILL_DEAD, ENGINE_ENDED})
ON_STANDBYS: Final = frozenset({AutoAct.RESTART_STANDBY, AutoAct.REBUILD_STANDBY})  # a primary may die right after
OBSERVED: Final = frozenset({AttemptOutcome.WOULD_HAVE, AttemptOutcome.RIGHT, AttemptOutcome.WRONG})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """By whose word automation acts for a cluster."""

    person: str
    at: datetime
    mode: AutomationMode
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What may be done, by whose word, and for which system: another one of the same name is allowed nothing."""

    policy: AutomationPolicy
    mandate: Mandate | None = None
    identifier: str = ""  # PostgreSQL's own of the system; empty: it was not known when this was said


class AutoRecord:
    """Any thread may ask. What changes the store raises StoreTrouble; what only reads says the safe thing instead.

    `identifier`: of the system that a cluster's name stands for now; None: nobody has answered yet.
    """

    def __init__(self, store: Store, identifier: Callable[[str], str | None] = lambda _cluster: None) -> None:
        self._given = Records(store, "allowed", Allowed)  # in one record: never one person's word for another's policy
        self._kept = {False: Records(store, "attempt", Attempt), True: Records(store, "attempt-standby", Attempt)}
        self._identifier = identifier
        self._guard = threading.Lock()
        self._allowed: dict[str, Allowed] = {}
        self._attempts: dict[tuple[str, bool], tuple[Attempt, ...]] = {}

    def policy(self, cluster: str) -> AutomationPolicy:
        """What is allowed; off, where nothing was said, it can't be read, or it was said of another system."""
        with self._guard:
            known = self._allowed.get(cluster)
        if known is None:
            try:
                found = self._given.get(cluster) or Allowed(policy=AutomationPolicy())
            except StoreTrouble as trouble:
                log.error("what automation may do for %s can't be read, so it does nothing: %s", cluster, trouble)
                return AutomationPolicy()
            with self._guard:
                known = self._allowed.setdefault(cluster, found)
        # Before anybody has answered there is no primary to act on either, so nothing is done by what is shown.
        return known.policy if self._is_of(cluster, known) else AutomationPolicy()

    def _is_of(self, cluster: str, allowed: Allowed) -> bool:
        """Was it said of the system that bears this name now? What was said of an unknown one allows no act."""
        now = self._identifier(cluster)
        if now is None or allowed.identifier == now:
            return True
        return not allowed.identifier and allowed.policy.mode is not AutomationMode.AUTOMATIC

    def known(self, cluster: str) -> bool:
        """Is it known which system bears this name now?"""
        return self._identifier(cluster) is not None

    def allow(self, cluster: str, policy: AutomationPolicy, mandate: Mandate) -> None:
        """From now on this may be done, to the system that bears this name now."""
        given = Allowed(policy=policy, mandate=mandate, identifier=self._identifier(cluster) or "")
        self._given.keep(cluster, given, cluster=cluster, at=mandate.at, is_open=True)
        with self._guard:
            self._allowed[cluster] = given

    def tidy(self, there: frozenset[str], now: datetime) -> None:
        """What was allowed and done for clusters that are gone goes with them. Raises StoreTrouble."""
        with self._guard:
            self._allowed = {name: one for name, one in self._allowed.items() if name in there}
            self._attempts = {key: ones for key, ones in self._attempts.items() if key[0] in there}
        gone = self._given.leave_only(there)
        for kept in self._kept.values():
            gone += kept.leave_only(there)
            kept.expire(now - timedelta(days=ATTEMPT_DAYS))
        if gone:
            log.info("automation forgets %d records of clusters that are not in the inventory", gone)

    def mandate(self, cluster: str) -> Pairs:
        """By whose word it acts, for the audit log. Raises StoreTrouble."""
        allowed = self._given.get(cluster)
        found = allowed.mandate if allowed is not None and self._is_of(cluster, allowed) else None
        if found is None:
            return (("mandate", "nobody's"),)
        given = f"{found.person}, {found.at:%Y-%m-%d %H:%M:%S} UTC, {found.mode.value}"
        return (("mandate", given), *((("reason", found.reason),) if found.reason else ()))

    def attempts(self, cluster: str) -> tuple[Attempt, ...]:
        """The newest first; none where they can't be read."""
        try:
            both = (*self._read(cluster), *self._read(cluster, on_standbys=True))
        except StoreTrouble as trouble:
            log.error("the attempts of %s can't be read: %s", cluster, trouble)
            return ()
        return _newest_first(both)[:ATTEMPTS_SHOWN_MAX]

    def on_standbys(self, cluster: str) -> tuple[Attempt, ...]:
        """Those on standbys, the newest first. Raises StoreTrouble."""
        return self._read(cluster, on_standbys=True)

    def _read(self, cluster: str, *, on_standbys: bool = False) -> tuple[Attempt, ...]:
        """The newest first. Raises StoreTrouble."""
        with self._guard:
            known = self._attempts.get((cluster, on_standbys))
        if known is not None:
            return known
        found = self._kept[on_standbys].newest(cluster=cluster, most=ATTEMPTS_READ_MAX)
        with self._guard:
            return self._attempts.setdefault((cluster, on_standbys), found)

    def keep(self, attempt: Attempt) -> Attempt:
        """Write it down, in the place of what stood under its id."""
        is_open = attempt.outcome in (AttemptOutcome.RUNNING, AttemptOutcome.WOULD_HAVE)
        on_standbys = attempt.act in ON_STANDBYS
        self._kept[on_standbys].keep(
            attempt.id, attempt, cluster=attempt.cluster, at=attempt.at, is_open=is_open
        )
        self._remember(attempt, attempt)
        return attempt

    def drop(self, attempt: Attempt) -> None:
        """Nothing was done after all: no trace of it stands beside the audit log's."""
        self._kept[attempt.act in ON_STANDBYS].drop(attempt.id)
        self._remember(attempt)

    def _remember(self, old: Attempt, *new: Attempt) -> None:
        on_standbys = old.act in ON_STANDBYS
        try:
            before = self._read(old.cluster, on_standbys=on_standbys)
        except StoreTrouble:
            return  # it stands in the store, and is read from there once that can be read
        others = (one for one in before if one.id != old.id)
        with self._guard:
            self._attempts[(old.cluster, on_standbys)] = _newest_first((*new, *others))[:ATTEMPTS_READ_MAX]

    def ended(self, attempt: Attempt, outcome: AttemptOutcome, at: datetime, reason: str = "") -> Attempt:
        return self.keep(replace(attempt, outcome=outcome, ended_at=at, reason=reason))

    def running(self, cluster: str) -> tuple[Attempt, ...]:
        return tuple(one for one in self.attempts(cluster) if one.outcome is AttemptOutcome.RUNNING)

    def blocking(self, cluster: str, now: datetime) -> Attempt | None:
        """The act on a primary that has to be acknowledged before the next, until its pause is over.

        Raises StoreTrouble where they can't be read: what is not known is not taken for 'nothing was done'.
        """
        pause = timedelta(minutes=self.policy(cluster).pause_minutes)
        for one in self._read(cluster):
            if one.act in ON_STANDBYS or one.outcome in OBSERVED or one.acknowledged_by or one.reason == OTHER_CONSOLE:
                continue
            if one.act is AutoAct.RESTART and one.outcome is AttemptOutcome.FAILED and one.reason in IN_VAIN:
                continue  # what comes next is the failover that it was tried before
            if one.outcome is AttemptOutcome.RUNNING or now - (one.ended_at or one.at) >= pause:
                continue
            return one
        return None


def _newest_first(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    return tuple(sorted(attempts, key=lambda one: (one.at, one.id), reverse=True))
