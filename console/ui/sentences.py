"""Sentences for what was found: findings, verdicts and refusals, each with its figures; knows no Qt."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from console.domain.fleet import ClusterView, EdgeKind, NodeView, Role
from console.domain.quorum import SyncMethod, parse_sync
from console.domain.text import shown
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health, Scalar
from console.link.messages import Missed, Refused
from console.ui.access_words import ACCESS_REFUSED
from console.ui.alert_refused import ALERT_REFUSED
from console.ui.backup_refused import BACKUP_REFUSED
from console.ui.books_words import BOOKS_REFUSED
from console.ui.cause_words import CAUSE_CLAUSES
from console.ui.drill_words import DRILL_REFUSED
from console.ui.evidence_words import EVIDENCE_REFUSED
from console.ui.fork_refused import FORK_REFUSED
from console.ui.governance_words import GOVERNANCE_REFUSED
from console.ui.measures import bytes_text, compact, duration, moment, number
from console.ui.monitoring_words import MONITORING_REFUSED
from console.ui.names import cause_word, detail_word, guard_name, health_word, role_word
from console.ui.patroni_words import PATRONI_REFUSED
from console.ui.run_refused import RUN_REFUSED
from console.ui.speech import counted, joined, translate
from console.ui.why_reasons import AUTOMATION_REFUSED

_Text = Callable[[], str]

# The figure of these grows while nothing is heard, so that it counts on between two pictures.
_COUNTS_ON: Final = frozenset(
    {
        Cause.CUT_OFF, Cause.PRIMARY_DEAD, Cause.CONSOLE_ISOLATED, Cause.HUNG, Cause.FROZEN, Cause.STALE,
        Cause.ONE_WAY, Cause.BOOKS_BLOCKED,
    }
)  # fmt: skip
_IN_SECONDS: Final = _COUNTS_ON | {
    Cause.LAGGING, Cause.CLOCK_APART, Cause.NOT_STREAMING, Cause.CASCADE_BROKEN, Cause.REPLAY_PAUSED,
}  # fmt: skip
_IN_PERCENT: Final = frozenset({Cause.DISK_LOW})
_IN_BYTES: Final = frozenset({Cause.DISK_FULL, Cause.SLOT_FILLING})
_ZERO_IS_NONE: Final = frozenset({Cause.SYNC_DEGRADED, Cause.POSTMASTER_KILLED, Cause.ARCHIVE_FAILING})


def finding_sentence(finding: Finding, *, now: datetime, older_seconds: float = 0.0) -> str:
    """One clause: who, what, since when or how much, against which limit. Begins small, ends without a full stop."""
    with_figure, bare = CAUSE_CLAUSES[finding.cause]
    figure = "" if finding.observed == 0 and finding.cause in _ZERO_IS_NONE else _figure(finding, older_seconds)
    limit = _figure(replace(finding, observed=finding.limit), 0.0)
    detail = _detail(finding)
    said = (with_figure() if figure else bare()).format(
        node=finding.node or translate("words", "a node"),
        observed=figure,
        limit=limit,
        detail=detail or translate("words", "not known"),
    )
    if detail and finding.cause in _CARRIES_DETAIL:
        said = translate("words", "{clause}: {detail}").format(clause=said, detail=detail)
    if finding.cause is Cause.SYNC_DEGRADED and finding.since is not None:
        since = moment(finding.since, now, seconds=False)
        said = translate("words", "since {since} {clause}").format(since=since, clause=said)
    if finding.limit is not None and finding.cause in _NAMES_LIMIT and figure:
        said = translate("words", "{clause}, limit {limit}").format(clause=said, limit=limit)
    return said


def sentence(finding: Finding, cluster: str, *, now: datetime, older_seconds: float = 0.0) -> str:
    """A finding with its cluster: 'ledger-us: nyc-2 is 41 s behind (flush), limit 10 s'. `lasting` says since when."""
    clause = finding_sentence(replace(finding, since=None), now=now, older_seconds=older_seconds)
    if finding.cause is Cause.CUT_OFF:
        clause = translate("words", "{clause}, so its state is unknown").format(clause=clause)
    return translate("words", "{cluster}: {clause}").format(cluster=cluster, clause=clause)


def lasting(finding: Finding, *, now: datetime) -> str:
    """Since when, and for how long: 'since 02:36:02, for 5 min 16 s'; empty where it is not known."""
    if finding.since is None:
        return ""
    return translate("words", "since {at}, for {duration}").format(
        at=moment(finding.since, now), duration=duration((now - finding.since).total_seconds(), whole=True)
    )


def cluster_sentence(view: ClusterView, *, now: datetime, older_seconds: float = 0.0) -> str:
    """The verdict in one sentence: who, state, because, what it means."""
    grave = [finding for finding in view.verdict.findings if finding.health is not Health.HEALTHY]
    if view.verdict.health is Health.HEALTHY or not grave:
        return translate("words", "{name} is {health}: {clause}").format(
            name=view.name, health=health_word(view.verdict.health), clause=_calm_clause(view)
        )
    clauses = [finding_sentence(one, now=now, older_seconds=older_seconds) for one in _told(grave)]
    text = translate("words", ", and ").join(clauses)
    rest = len(grave) - len(clauses)
    if rest:
        more = counted(rest, translate("words", "1 more finding"), translate("words", "{n} more findings"))
        text = translate("words", "{clauses} ({more})").format(clauses=text, more=more)
    some = grave[0].cause is not Cause.CONSOLE_ISOLATED and any(n.verdict.health is Health.HEALTHY for n in view.nodes)
    template = (
        translate("words", "{name} is unknown in part: {clause}")
        if view.verdict.health is Health.UNKNOWN and some
        else translate("words", "{name} is {health}: {clause}")
    )
    return template.format(name=view.name, health=health_word(view.verdict.health), clause=text)


def _told(grave: list[Finding]) -> list[Finding]:
    """The first, and the second where it says another thing about another place."""
    first = grave[0]
    second = next((f for f in grave[1:] if f.cause is not first.cause and f.node != first.node), None)
    return [first] if second is None or second.health is not first.health else [first, second]


def _calm_clause(view: ClusterView) -> str:
    sync = [edge.target for edge in view.edges if edge.kind is EdgeKind.SYNC and edge.streaming]
    if len(sync) == 1:
        return translate("words", "a commit that waits is on {node} before it is acknowledged").format(node=sync[0])
    if sync:
        return _waits_for(view.sync_names)
    standbys = sum(1 for node in view.nodes if node.role in (Role.STANDBY, Role.CASCADE))
    if standbys:
        text = counted(
            standbys,
            translate("words", "1 standby follows within {limit}, and no commit waits for it"),
            translate("words", "{n} standbys follow within {limit}, and no commit waits for them"),
        )
        return text.format(limit=duration(view.lag_seconds_max, whole=True))
    return translate("words", "every host answers, and there is no standby")


def _waits_for(sync_names: str) -> str:
    """What a setting like 'ANY 1 (lab-2, lab-3)' means for a commit."""
    try:
        policy = parse_sync(sync_names)
    except ValueError:
        policy = None
    if policy is None:
        return translate("words", "a commit that waits is on a standby before it is acknowledged")
    if "*" in policy.names:
        text = translate("words", "a commit that waits is on {k} of the standbys before it is acknowledged")
    elif policy.method is SyncMethod.ANY:
        text = translate("words", "a commit that waits is on {k} of {names} before it is acknowledged")
    else:
        text = translate("words", "a commit that waits is on the first {k} of {names} before it is acknowledged")
    return text.format(k=policy.count, names=joined([shown(name) for name in policy.names]))


def node_sentence(node: NodeView, *, now: datetime, older_seconds: float = 0.0) -> str:
    """What a node is and how it is: 'nyc-2 is 41 s behind (flush), limit 10 s', 'nyc-1 is healthy: primary, 1.2 ms'."""
    grave = [finding for finding in node.verdict.findings if finding.health is not Health.HEALTHY]
    if grave:
        return finding_sentence(grave[0], now=now, older_seconds=older_seconds)
    return translate("words", "{node} is {health}, {role}").format(
        node=node.name, health=health_word(node.verdict.health), role=role_word(node.role)
    )


def headline(views: tuple[ClusterView, ...]) -> str:
    """The fleet in one line: '1 production cluster is degraded, 1 lab cluster is unknown'."""
    groups: dict[tuple[int, int], list[ClusterView]] = {}
    for view in views:
        if view.verdict.health is not Health.HEALTHY:
            key = (_ENVIRONMENTS.index(view.environment.value), _HEALTHS.index(view.verdict.health))
            groups.setdefault(key, []).append(view)
    if not groups:
        return counted(
            len(views),
            translate("words", "The one cluster is healthy"),
            translate("words", "All {n} clusters are healthy"),
        )
    parts = []
    for (environment, health), members in sorted(groups.items()):
        one, many = _GROUPS[_ENVIRONMENTS[environment]]
        text = counted(len(members), one(), many())
        parts.append(text.format(health=health_word(_HEALTHS[health])))
    return translate("words", ", ").join(parts)


def evidence_sentence(evidence: Evidence, *, now: datetime) -> str:
    """One observation: 'Processes on the data directory: 0, needed 1 (lab-1: ls /proc, 02:58:49)'."""
    text = translate("words", "{guard}: {observed} ({source}, {at})")
    if evidence.threshold is not None:
        text = translate("words", "{guard}: {observed}, against {threshold} ({source}, {at})")
    return text.format(
        guard=guard_name(evidence.guard),
        observed=observed_text(evidence.guard, evidence.observed),
        threshold=observed_text(evidence.guard, evidence.threshold),
        source=shown(evidence.source, characters_max=80),
        at=moment(evidence.at, now),
    )


def observed_text(guard: Guard, value: Scalar) -> str:
    """An observed value or a threshold in the unit of its guard."""
    if value is None:
        return translate("words", "not known")
    if isinstance(value, bool):
        return translate("words", "yes") if value else translate("words", "no")
    if isinstance(value, str):
        return shown(detail_word(value), characters_max=160) or translate("words", "empty")
    if guard.value.endswith("-seconds"):
        return duration(value)
    if guard.value.endswith("-bytes"):
        return bytes_text(value)
    if guard.value.endswith("-percent"):
        return translate("words", "{n} %").format(n=compact(float(value)))
    return number(value) if isinstance(value, int) else compact(value)


def refused_sentence(refused: Refused) -> str:
    """What was not done, and why: names the subject, says that nothing was changed, keeps the far side's own words."""
    words = (
        _REFUSED, GOVERNANCE_REFUSED, BOOKS_REFUSED, PATRONI_REFUSED, RUN_REFUSED, FORK_REFUSED, BACKUP_REFUSED,
        MONITORING_REFUSED, DRILL_REFUSED, ALERT_REFUSED, AUTOMATION_REFUSED,
        ACCESS_REFUSED, EVIDENCE_REFUSED,
    )  # fmt: skip
    known = next((each[refused.reason] for each in words if refused.reason in each), None)
    reason = known() if known else translate("words", "it was refused ({reason})").format(reason=shown(refused.reason))
    text = reason.format(subject=shown(refused.subject) or translate("words", "it"))
    if refused.detail:
        text = translate("words", "{clause}: {detail}").format(clause=text, detail=shown(refused.detail))
    return translate("words", "{text}. Nothing was changed.").format(text=text[:1].upper() + text[1:].rstrip("."))


def missed_sentence(missed: Missed) -> str:
    """Why discovery could not follow a host."""
    text = translate("words", "{host}: {reason}").format(host=shown(missed.host), reason=detail_word(missed.reason))
    if missed.detail and missed.detail != missed.reason:
        text = translate("words", "{clause} ({detail})").format(clause=text, detail=shown(missed.detail))
    return text


def _figure(finding: Finding, older_seconds: float) -> str:
    cause, value = finding.cause, finding.observed
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return shown(value, characters_max=120)
    if cause in _IN_SECONDS:
        counts_on = cause in _COUNTS_ON
        whole = counts_on or value == int(value)
        return duration(value + (older_seconds if counts_on else 0.0), whole=whole)
    if cause in _IN_PERCENT:
        return translate("words", "{n} %").format(n=compact(float(value)))
    if cause in _IN_BYTES:
        return bytes_text(value)
    return number(value) if isinstance(value, int) else compact(value)


def _detail(finding: Finding) -> str:
    """The detail in words: a cause by its name, a direction, or what the far side said."""
    if finding.cause is Cause.STANDBY_LOST:
        cause = next((cause for cause in Cause if cause.value == finding.detail), None)
        return shown(finding.detail) if cause is None else cause_word(cause)
    if finding.cause is Cause.ONE_WAY:
        return _WAYS[finding.detail]() if finding.detail in _WAYS else ""
    return shown(detail_word(finding.detail), characters_max=160).rstrip(".")


_WAYS: Final[dict[str, _Text]] = {
    "to-standby": lambda: translate("words", "the way to the standby"),
    "to-upstream": lambda: translate("words", "the way back"),
}
_HEALTHS: Final = (Health.LOST, Health.DEGRADED, Health.UNKNOWN, Health.HEALTHY)
_ENVIRONMENTS: Final = ("production", "staging", "lab")
_GROUPS: Final[dict[str, tuple[_Text, _Text]]] = {
    "production": (
        lambda: translate("words", "1 production cluster is {health}"),
        lambda: translate("words", "{n} production clusters are {health}"),
    ),
    "staging": (
        lambda: translate("words", "1 staging cluster is {health}"),
        lambda: translate("words", "{n} staging clusters are {health}"),
    ),
    "lab": (
        lambda: translate("words", "1 lab cluster is {health}"),
        lambda: translate("words", "{n} lab clusters are {health}"),
    ),
}
_NAMES_LIMIT: Final = frozenset({Cause.LAGGING, Cause.DISK_LOW, Cause.CLOCK_APART})
_CARRIES_DETAIL: Final = frozenset(
    {
        Cause.REFUSING, Cause.STARTING, Cause.STOPPING, Cause.CUT_OFF, Cause.NO_SERVER, Cause.AUTHENTICATION,
        Cause.ASKS, Cause.KEY_MISSING, Cause.SUDO_REFUSED, Cause.NO_PROGRAM, Cause.UNREADABLE, Cause.IDENTITY_CHANGED,
        Cause.NO_RIGHTS, Cause.ARCHIVE_FAILING,
    }
)  # fmt: skip

_REFUSED: Final[dict[str, _Text]] = {
    "engine-lost": lambda: translate("words", "the engine stopped before it answered"),
    "no-cluster": lambda: translate("words", "the inventory has no cluster {subject}"),
    "no-node": lambda: translate("words", "the inventory has no node {subject}"),
    "other-host-key": lambda: translate("words", "{subject} offers another host key than the one shown"),
    "host-key-not-stored": lambda: translate("words", "the host key of {subject} could not be stored"),
    "no-such-prompt": lambda: translate("words", "question {subject} is not open any more"),
    "no-time": lambda: translate("words", "the time asked for of {subject} makes no sense"),
    "store-trouble": lambda: translate("words", "the store did not take {subject}"),
    "unknown-cluster": lambda: translate("words", "the inventory has no cluster {subject}"),
    "unknown-node": lambda: translate("words", "the inventory has no node {subject}"),
    "exists": lambda: translate("words", "a cluster named {subject} is there already"),
    "host-key": lambda: translate("words", "{subject} offers another host key than the one shown"),
    "no-offer": lambda: translate("words", "{subject} offers no host key now"),
    "no-prompt": lambda: translate("words", "the question of {subject} is not open any more"),
    "other-version": lambda: translate("words", "the engine that runs is of another version"),
    "engine-error": lambda: translate("words", "the engine could not answer {subject}"),
    "store": lambda: translate("words", "the store did not take {subject}"),
    "busy": lambda: translate("words", "the engine is busy with {subject}"),
    "not-found": lambda: translate("words", "{subject} was not found"),
    "invalid": lambda: translate("words", "{subject} makes no sense as it stands"),
    "timeout": lambda: translate("words", "{subject} took longer than its limit"),
}
