"""The part of a report about what was seen before and after, who decided, and what was checked."""

from datetime import datetime

from console.domain.fleet import ClusterView
from console.domain.plan import Outcome
from console.domain.verdict import Finding, Health
from console.governance.report_markup import Cell, Raw, paragraph, section, table, tag
from console.governance.report_values import Report
from console.governance.report_words import Words, clock, duration, scalar

_HEALTHS = {Health.HEALTHY: "ok", Health.DEGRADED: "warn", Health.LOST: "lost", Health.UNKNOWN: "unknown"}
_OUTCOMES = {Outcome.REFUSE: "lost", Outcome.WARN: "warn", Outcome.NOT_CHECKED: "unknown", Outcome.PASS: "ok"}


def seen(report: Report, words: Words) -> Raw:
    """The verdict before and after with its evidence, who saw whom, and who could have been promoted."""
    parts: list[str] = []
    for name, view in (("Before", report.before), ("After", report.after)):
        if view is not None:
            parts += picture(name, view, words)
    situation = report.situation
    if situation is not None:
        level = "none" if situation.level is None else words.word(situation.level.value)
        asked = f"Asked for this change at {clock(situation.at)} UTC: primary {situation.primary or 'none is known'}"
        judged = f"evidence of its death {level}, recommended {situation.recommended.value}"
        parts.append(paragraph(f"{asked}, {judged}."))
        parts.append(table(("Asked by", "Of", "Seen", "Seconds", "Source"), (
            (one.asker, one.answerer, words.word(one.state), "—" if one.seconds is None else f"{one.seconds:,.3f}",
             one.source) for one in situation.seeing
        ), numbers=frozenset({3})))  # fmt: skip
    parts.append(_candidates(report, words))
    return section("seen", "What was seen", *parts)


def picture(name: str, view: ClusterView, words: Words) -> list[str]:
    """A cluster at one moment: its verdict with the evidence, and its nodes."""
    verdict = tag(_HEALTHS[view.verdict.health], words.word(view.verdict.health.value))
    primary = view.primary or "none"
    said = Raw(f"<h2>{name}, {clock(view.at)} UTC: {verdict}</h2>")
    nodes = table(("Node", "Role", "Verdict", "Timeline", "Head entry", "Silent for"), (
        (node.name, words.word(node.role.value), tag(_HEALTHS[node.verdict.health], words.word(
            node.verdict.health.value if node.verdict.cause is None else node.verdict.cause.value)),
         "—" if node.timeline is None else str(node.timeline), node.head_number,
         "—" if node.silence_seconds is None else duration(node.silence_seconds)) for node in view.nodes
    ), numbers=frozenset({4}))  # fmt: skip
    findings = [*view.verdict.findings, *(one for node in view.nodes for one in node.verdict.findings)]
    rows = [row for finding in dict.fromkeys(findings) for row in _finding(finding, words)]
    head = ("Finding", "Node", "Evidence", "Observed", "Threshold", "Source", "At (UTC)")
    return [said, paragraph(f"Primary: {primary}.", muted=True), nodes, table(head, rows)]


def _finding(finding: Finding, words: Words) -> list[tuple[Cell, ...]]:
    state = tag(_HEALTHS[finding.health], words.word(finding.cause.value))
    if not finding.evidence:
        return [(state, finding.node, finding.detail, scalar(finding.observed), scalar(finding.limit), "—", "—")]
    return [
        (state, finding.node, words.word(one.guard.value), scalar(one.observed), scalar(one.threshold), one.source,
         clock(one.at)) for one in finding.evidence
    ]  # fmt: skip


def _candidates(report: Report, words: Words) -> Raw:
    return table(("Candidate", "", "Reasons", "Timeline", "Position", "Lag in bytes", "Loss"), (
        (one.node, tag("ok", "eligible") if one.eligible else tag("lost", "not eligible"),
         ", ".join(words.word(reason) for reason in one.reasons), "—" if one.timeline is None else str(one.timeline),
         one.position, one.lag_bytes, "—" if one.loss is None else words.loss(one.loss))
        for one in report.run.plan.candidates
    ), numbers=frozenset({5}))  # fmt: skip


def decisions(report: Report, words: Words) -> Raw:
    """Who started, approved and attested, and every question with its answer."""
    run = report.run
    rows: list[tuple[Cell, ...]] = [(run.person, "started it", clock(run.begun_at), "—", "—", "—")]
    rows += [
        (one.person, words.word(one.how), clock(one.at),
         "—" if one.loss_entries_max is None else f"{one.loss_entries_max:,} entries", one.reason, one.key)
        for one in report.approvals
    ]  # fmt: skip
    if run.approved_by and all(one.person != run.approved_by for one in report.approvals):
        rows.append((run.approved_by, "approved it", "—", f"{run.loss_entries_max:,} entries", "—", "—"))
    asked = [
        (clock(one.at), words.word(one.word), one.step, ", ".join(f"{name} {text}" for name, text in one.detail))
        for one in run.log if one.word in ("asked", "answered")
    ]  # fmt: skip
    open_question = "" if run.question is None else paragraph(f"Still open: {words.question(run.question)}.")
    return section(
        "decisions", "Who decided", table(("Person", "What", "When (UTC)", "Loss at most", "Reason", "Key"), rows),
        table(("When (UTC)", "Question or answer", "Step", "Detail"), asked)
        or paragraph("The run asked nothing on its way.", muted=True), open_question,
    )  # fmt: skip


def checks(report: Report, words: Words) -> Raw:
    """Every check of the preflight: what was observed, against what."""
    order = list(Outcome)
    found = sorted(report.run.plan.checks, key=lambda one: order.index(one.outcome))
    rows = (
        (tag(_OUTCOMES[one.outcome], words.word(one.outcome.value)), words.word(one.check), one.node,
         scalar(one.observed), scalar(one.threshold), one.source, _time(one.at)) for one in found
    )  # fmt: skip
    head = ("Outcome", "Check", "Node", "Observed", "Threshold", "Source", "At (UTC)")
    return section("checks", "Checks before the plan", table(head, rows) or paragraph("No check is recorded."))


def _time(at: datetime) -> str:
    return f"{at:%H:%M:%S}"
