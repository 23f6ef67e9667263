"""What belongs on the time line of an incident, which alerts begin one, and what names it: pure judgements."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from console.domain.alerting import Alert, AlertChange, AlertSource, AlertState
from console.domain.fleet import ClusterView
from console.domain.incident import IncidentLine, LineKind
from console.domain.plan import LossBasis, Operation, Pairs
from console.domain.run import Mode, RunState, RunView, StepState
from console.domain.verdict import Cause, Evidence, Finding, Health, Scalar, worst
from console.monitor.alerts import News

LASTING_SECONDS: Final = 30.0  # so long a cluster has to be degraded, or unknown, before it is an incident
LEAD_SECONDS: Final = 30.0  # what happened so shortly before belongs to it
DETAIL_CHARACTERS_MAX: Final = 200

# What is not about this moment begins no incident and holds none open: a duty can be overdue for weeks.
STANDING: Final = frozenset({AlertSource.DUTY, AlertSource.WAY_OUT, AlertSource.ENGINE, AlertSource.DRILL})
STANDING_UNLESS_LOST: Final = frozenset({AlertSource.COPIES, AlertSource.BACKUP})
STANDING_WORDS: Final = frozenset({"automation-paused"})  # until a person has acknowledged what it did

EvidenceKey = tuple[str, str, str]


def begins(alert: Alert, now: datetime) -> bool:
    """Does this alert make an incident of its cluster?"""
    sign = alert.sign
    if alert.state is AlertState.OVER or not sign.cluster or _stands(alert):
        return False
    if alert.worst is Health.LOST:
        return True
    return sign.source is AlertSource.VERDICT and (now - alert.begun_at).total_seconds() >= LASTING_SECONDS


def joins(alert: Alert, cluster: str, begun_at: datetime) -> bool:
    """Does it belong to the incident of this cluster that began then?"""
    sign = alert.sign
    if sign.cluster != cluster or _stands(alert):
        return False
    return (begun_at - alert.begun_at).total_seconds() <= LEAD_SECONDS


def _stands(alert: Alert) -> bool:
    sign = alert.sign
    light = sign.source in STANDING_UNLESS_LOST and alert.worst is not Health.LOST
    return light or sign.source in STANDING or sign.word in STANDING_WORDS


def gravest(alerts: Iterable[Alert]) -> Alert | None:
    """The one that names an incident: the worst health, then the order in which to act, then the oldest."""
    order = (Health.LOST, Health.UNKNOWN, Health.DEGRADED, Health.HEALTHY)
    causes = {cause.value: place for place, cause in enumerate(Cause)}
    return min(
        alerts, key=lambda one: (order.index(one.worst), causes.get(one.sign.word, len(causes)), one.begun_at),
        default=None,
    )  # fmt: skip


def verdict_lines(before: ClusterView | None, after: ClusterView) -> tuple[IncidentLine, ...]:
    """What the verdict says that it did not say before, and what it says no more."""
    old = {} if before is None else _named(before)
    new = _named(after)
    lines = [
        IncidentLine(
            at=after.at, cluster=after.name, kind=LineKind.VERDICT, word=word, node=node, health=finding.health.value,
            detail=_figures(finding),
        )
        for (word, node), finding in new.items()
        if (word, node) not in old or old[(word, node)].health is not finding.health
    ]  # fmt: skip
    lines += [
        IncidentLine(at=after.at, cluster=after.name, kind=LineKind.VERDICT, word=word, node=node, health="over")
        for word, node in old
        if (word, node) not in new
    ]
    if old and not new:
        lines.append(
            IncidentLine(at=after.at, cluster=after.name, kind=LineKind.VERDICT, word="healthy", health="healthy")
        )
    if before is not None and before.primary != after.primary and after.primary is not None:
        detail = (("before", before.primary or ""),)
        lines.append(
            IncidentLine(
                at=after.at, cluster=after.name, kind=LineKind.VERDICT, word="primary-seen", node=after.primary,
                health="healthy", detail=detail,
            )
        )  # fmt: skip
    return tuple(lines)


def evidence_key(guard: str, source: str, observed: str) -> EvidenceKey:
    """What makes a row the same as a second ago: a figure may move, a word is another row."""
    try:
        float(observed)
    except ValueError:
        return guard, source, observed
    return guard, source, ""


def evidence_of(view: ClusterView) -> dict[EvidenceKey, IncidentLine]:
    """The rows on which the verdict rests now, each as the line that it makes where it is new."""
    found: dict[EvidenceKey, IncidentLine] = {}
    for finding in view.verdict.findings:
        if finding.health is Health.HEALTHY or finding.cause is Cause.NOT_ASKED:
            continue
        for row in finding.evidence:
            line = _evidence_line(view, finding, row)
            found.setdefault(evidence_key(row.guard.value, _text(row.source), _text(row.observed)), line)
    return found


def _evidence_line(view: ClusterView, finding: Finding, row: Evidence) -> IncidentLine:
    detail: list[tuple[str, str]] = [("observed", _text(row.observed)), ("source", _text(row.source))]
    if row.threshold is not None:
        detail.insert(1, ("threshold", _text(row.threshold)))
    return IncidentLine(
        at=row.at, cluster=view.name, kind=LineKind.EVIDENCE, word=row.guard.value, node=finding.node,
        detail=(("cause", finding.cause.value), *detail),
    )  # fmt: skip


def news_line(news: News, at: datetime) -> IncidentLine:
    """A change of an alert."""
    alert, sign = news.alert, news.alert.sign
    taken = news.change is AlertChange.ACKNOWLEDGED
    detail: list[tuple[str, str]] = [("change", news.change.value), ("alert", alert.id)]
    if sign.about:
        detail.append(("about", _text(sign.about)))
    if taken and alert.note:
        detail.append(("note", _text(alert.note)))
    return IncidentLine(
        at=at, cluster=sign.cluster, kind=LineKind.ACTION if taken else LineKind.ALERT, word=sign.word,
        node=sign.node, health=sign.health.value, who=alert.acknowledged_by if taken else "", detail=tuple(detail),
    )  # fmt: skip


def run_lines(before: RunView | None, run: RunView, at: datetime) -> tuple[IncidentLine, ...]:
    """What a run does that it did not do before: its own state, and that of each step."""
    operation = ("operation", run.plan.operation.value)
    mode: Pairs = (("mode", "rehearsal"),) if run.mode is Mode.REHEARSAL else ()
    lines = []

    def line(word: str, detail: Pairs, node: str | None = None) -> IncidentLine:
        return IncidentLine(
            at=at, cluster=run.plan.cluster, kind=LineKind.RUN, word=word, node=node, who=run.person, run=run.id,
            detail=(operation, *mode, *detail),
        )  # fmt: skip

    if before is None or before.state is not run.state:
        asked: Pairs = () if run.question is None else (("asks", run.question.asks.value),)
        lines.append(line(run.state.value, (("target", run.plan.target or ""), *asked), run.plan.subject or None))
    known = {} if before is None else {step.key: step.state for step in before.steps}
    for step in run.steps:
        if step.state is StepState.WAITING or known.get(step.key) is step.state:
            continue
        seen: Pairs = (("observed", _text(step.observed)),) if step.observed else ()
        lines.append(line(step.state.value, (("step", step.key), *seen)))
    if run.no_return_at is not None and (before is None or before.no_return_at is None):
        lines.append(line("point-of-no-return", ()))
    return tuple(lines)


def lost_by(run: RunView) -> int | None:
    """How many entries a run has lost for certain; None: not known, or it loses none by what it is."""
    if run.state is not RunState.DONE or run.mode is not Mode.REAL or run.loss is None:
        return None
    if run.plan.operation not in (Operation.FAILOVER, Operation.RESTORE):
        return None
    match run.loss.basis:
        case LossBasis.NONE:
            return 0
        case LossBasis.EXACT:
            return run.loss.entries_high
        case LossBasis.INTERVAL | LossBasis.UNKNOWN:
            low, high = run.loss.entries_low, run.loss.entries_high
            return high if high is not None and low == high else None


def writable(view: ClusterView) -> bool:
    """Is there one primary, whose commits go through as far as is seen?"""
    node = next((one for one in view.nodes if one.name == view.primary), None)
    blocked = any(f.cause in (Cause.SYNC_BLOCKED, Cause.TWO_PRIMARIES) for f in view.verdict.findings)
    return node is not None and node.verdict.health in (Health.HEALTHY, Health.DEGRADED) and not blocked


def bare(view: ClusterView) -> ClusterView:
    """The picture as it is kept: without the strips of marks, which only repeat earlier pictures."""
    return replace(view, nodes=tuple(replace(node, strip=()) for node in view.nodes))


def worst_of(alerts: Iterable[Alert]) -> Health:
    return worst(tuple(alert.worst for alert in alerts))


def _named(view: ClusterView) -> dict[tuple[str, str | None], Finding]:
    return {
        (finding.cause.value, finding.node): finding
        for finding in reversed(view.verdict.findings)
        if finding.health is not Health.HEALTHY and finding.cause is not Cause.NOT_ASKED
    }


def _figures(finding: Finding) -> Pairs:
    found = [("observed", finding.observed), ("limit", finding.limit), ("detail", finding.detail or None),
             ("level", None if finding.level is None else finding.level.value)]  # fmt: skip
    return tuple((name, _text(value)) for name, value in found if value is not None)


def _text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return str("" if value is None else value)[:DETAIL_CHARACTERS_MAX]
