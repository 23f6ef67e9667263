"""Standbys that automation may bring back: killed ones started again, lost ones built anew, left ones attached."""

from collections.abc import Callable
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
AGAIN_SECONDS: Final = 120.0  # a standby that could not be brought back is tried again no sooner


class StandbyActs:
    """Judges the standbys of each picture in which the primary lives. Called by one thread."""

    def __init__(self, record: AutoRecord, acting: Acting) -> None:
        self._record, self._acting = record, acting
        self._since: dict[tuple[str, str, Cause], datetime] = {}

    def look(self, spec: ClusterSpec, view: ClusterView, known: Callable[[], Known]) -> None:
        """Begin the first act that every guard lets through."""
        about = {
            (spec.name, one.node, one.cause): one for one in view.verdict.findings
            if one.cause in ABOUT and one.node is not None and one.node != view.primary
        }  # fmt: skip
        for key in [key for key in self._since if key[0] == spec.name and key not in about]:
            del self._since[key]
        for key in about:
            self._since.setdefault(key, view.at)
        automatic = self._record.policy(spec.name).mode is AutomationMode.AUTOMATIC
        if not about or not automatic or view.primary is None or self._acting.busy(spec.name):
            return
        now = known()
        for key, found in about.items():
            if self._one(spec, now, found, self._since[key]):
                return

    def _one(self, spec: ClusterSpec, known: Known, found: Finding, since: datetime) -> bool:
        acts = [one for one in self._record.attempts(spec.name) if one.node == found.node and one.at >= since]
        last = max((one.ended_at or one.at for one in acts), default=None)
        restarted = any(one.act is AutoAct.RESTART_STANDBY and one.outcome is not AttemptOutcome.DONE for one in acts)
        act = act_for(known, found, StandbyTried(since=since, restarted=restarted))
        same = any(one.act is act for one in acts)
        if act is AutoAct.NONE or (same and last is not None and (known.at - last).total_seconds() < AGAIN_SECONDS):
            return False
        why = judge_standby(known, found, act, StandbyTried(since=since))
        if why.would_act:
            self._acting.act(spec, why, None)
        return why.would_act
