"""Standbys that automation may bring back: killed ones started again, lost ones built anew, left ones attached."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from console.domain.automation import AttemptOutcome, AutoAct, AutomationMode
from console.domain.cluster import ClusterSpec
from console.domain.fleet import ClusterView
from console.domain.guards import Known
from console.domain.standby_guards import StandbyTried, act_for, judge_standby
from console.domain.verdict import Cause, Finding
from console.engine.acting import Acting
from console.engine.auto_record import AutoRecord

ABOUT: Final = frozenset({Cause.STANDBY_LOST, Cause.NOT_STREAMING})
AGAIN_SECONDS: Final = 30.0  # a standby that could not be brought back is tried again no sooner, then ever later
AGAIN_SECONDS_MAX: Final = 3600.0
FLAPS_WITHIN_SECONDS: Final = 3600.0
FLAPS_FREE: Final = 2  # so often within that time a standby that dies again is brought back at once
FLAP_SECONDS: Final = 60.0  # the wait after that, and twice as long each further time


class StandbyActs:
    """Judges the standbys of each picture in which the primary lives. Called by one thread."""

    def __init__(self, record: AutoRecord, acting: Acting) -> None:
        self._record, self._acting = record, acting
        self._since: dict[tuple[str, str, Cause], datetime] = {}
        self._asked: dict[tuple[str, str, AutoAct], tuple[int, datetime]] = {}  # how often, and when last

    def look(self, spec: ClusterSpec, view: ClusterView, known: Callable[[], Known]) -> None:
        """Begin the first act that every guard lets through."""
        about = {
            (spec.name, one.node, one.cause): one for one in view.verdict.findings
            if one.cause in ABOUT and one.node is not None and one.node != view.primary
        }  # fmt: skip
        for key in [key for key in self._since if key[0] == spec.name and key not in about]:
            del self._since[key]
            self._asked = {one: asked for one, asked in self._asked.items() if one[:2] != key[:2]}
        for key in about:
            self._since.setdefault(key, view.at)
        automatic = self._record.policy(spec.name).mode is AutomationMode.AUTOMATIC
        if not about or not automatic or view.primary is None or self._acting.busy(spec.name):
            return
        now = known()
        for key, found in about.items():
            if self._one(spec, now, known, found, self._since[key]):
                return

    def _one(
        self, spec: ClusterSpec, known: Known, later: Callable[[], Known], found: Finding, since: datetime
    ) -> bool:
        assert found.node is not None
        acts = [one for one in self._record.attempts(spec.name) if one.node == found.node and one.at >= since]
        starts = [one for one in acts if one.act is AutoAct.RESTART_STANDBY]
        # The plan's own checks refused: a start can't bring it back. One that was only put off is tried again.
        refused = self._acting.refused(spec.name, found.node, AutoAct.RESTART_STANDBY, since) and not starts
        restarted = refused or any(one.outcome is not AttemptOutcome.DONE for one in starts)
        act = act_for(known, found, StandbyTried(since=since, restarted=restarted))
        if act is AutoAct.NONE:
            return False
        key = (spec.name, found.node, act)
        times, last = self._asked.get(key, (0, since))
        # What a plan's own checks refuse (a fenced old primary, WAL beyond the fork) is asked less and less often.
        wait = 0.0 if times == 0 else min(AGAIN_SECONDS * times, AGAIN_SECONDS_MAX)
        tried = StandbyTried(since=since)
        why = judge_standby(known, found, act, tried)
        before = tuple(one.at for one in self._record.on_standbys(spec.name)
                       if one.node == found.node and one.act is act)  # fmt: skip
        if flaps_seconds(before, known.at) > 0:
            return False
        if not why.would_act or (known.at - last).total_seconds() < wait:
            return False
        self._asked[key] = (times + 1, known.at)
        self._acting.act(spec, why, None, anew=lambda: judge_standby(later(), found, act, tried))
        return True


def flaps_seconds(before: Sequence[datetime], now: datetime) -> float:
    """How long one that was brought back so often within the hour is left alone still; 0: not any longer."""
    lately = [at for at in before if (now - at).total_seconds() < FLAPS_WITHIN_SECONDS]
    if len(lately) < FLAPS_FREE:
        return 0.0
    wait = FLAP_SECONDS * 2.0 ** min(len(lately) - FLAPS_FREE, 10)
    return max(0.0, min(wait, FLAPS_WITHIN_SECONDS) - (now - max(lately)).total_seconds())
