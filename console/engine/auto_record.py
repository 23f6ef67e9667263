"""What automation may do by whose word, and what it did: policies, mandates and attempts, kept in the store."""

import logging
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from console.domain.automation import Attempt, AttemptOutcome, AutoAct, AutomationMode, AutomationPolicy
from console.domain.plan import Pairs
from console.store.database import Store
from console.store.records import Records
from console.store.trouble import StoreTrouble

ATTEMPTS_SHOWN_MAX: Final = 50
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


class AutoRecord:
    """Any thread may ask. What changes the store raises StoreTrouble; what only reads says the safe thing instead."""

    def __init__(self, store: Store) -> None:
        self._policies = Records(store, "automation", AutomationPolicy)
        self._mandates = Records(store, "mandate", Mandate)
        self._kept = Records(store, "attempt", Attempt)
        self._guard = threading.Lock()
        self._policy: dict[str, AutomationPolicy] = {}
        self._attempts: dict[str, tuple[Attempt, ...]] = {}

    def policy(self, cluster: str) -> AutomationPolicy:
        """What is allowed; off, where nothing was said or it can't be read."""
        with self._guard:
            known = self._policy.get(cluster)
        if known is not None:
            return known
        try:
            found = self._policies.get(cluster) or AutomationPolicy()
        except StoreTrouble as trouble:
            log.error("what automation may do for %s can't be read, so it does nothing: %s", cluster, trouble)
            return AutomationPolicy()
        with self._guard:
            return self._policy.setdefault(cluster, found)

    def allow(self, cluster: str, policy: AutomationPolicy, mandate: Mandate) -> None:
        """From now on this may be done."""
        self._mandates.keep(cluster, mandate, cluster=cluster, at=mandate.at)
        self._policies.keep(cluster, policy, cluster=cluster, at=mandate.at)
        with self._guard:
            self._policy[cluster] = policy

    def mandate(self, cluster: str) -> Pairs:
        """By whose word it acts, for the audit log. Raises StoreTrouble."""
        found = self._mandates.get(cluster)
        if found is None:
            return (("mandate", "nobody's"),)
        given = f"{found.person}, {found.at:%Y-%m-%d %H:%M:%S} UTC, {found.mode.value}"
        return (("mandate", given), *((("reason", found.reason),) if found.reason else ()))

    def attempts(self, cluster: str) -> tuple[Attempt, ...]:
        """The newest first; none where they can't be read."""
        try:
            return self._read(cluster)
        except StoreTrouble as trouble:
            log.error("the attempts of %s can't be read: %s", cluster, trouble)
            return ()

    def _read(self, cluster: str) -> tuple[Attempt, ...]:
        """The newest first. Raises StoreTrouble."""
        with self._guard:
            known = self._attempts.get(cluster)
        if known is not None:
            return known
        found = self._kept.newest(cluster=cluster, most=ATTEMPTS_SHOWN_MAX)
        with self._guard:
            return self._attempts.setdefault(cluster, found)

    def keep(self, attempt: Attempt) -> Attempt:
        """Write it down, in the place of what stood under its id."""
        is_open = attempt.outcome in (AttemptOutcome.RUNNING, AttemptOutcome.WOULD_HAVE)
        self._kept.keep(attempt.id, attempt, cluster=attempt.cluster, at=attempt.at, is_open=is_open)
        before = self.attempts(attempt.cluster)
        with self._guard:
            others = tuple(one for one in before if one.id != attempt.id)
            merged = sorted((attempt, *others), key=lambda one: (one.at, one.id), reverse=True)
            self._attempts[attempt.cluster] = tuple(merged[:ATTEMPTS_SHOWN_MAX])
        return attempt

    def drop(self, attempt: Attempt) -> None:
        """Nothing was done after all: no trace of it stands beside the audit log's."""
        self._kept.drop(attempt.id)
        before = self.attempts(attempt.cluster)
        with self._guard:
            self._attempts[attempt.cluster] = tuple(one for one in before if one.id != attempt.id)

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
