"""A report as one HTML file that needs nothing else: what was seen, decided, done, measured and proven."""

from console.domain.plan import LossBasis
from console.domain.run import Mode, RunState
from console.governance.report_markup import Raw, paragraph, section, table, tag, text
from console.governance.report_picture import outage_picture
from console.governance.report_seen import checks, decisions, seen
from console.governance.report_steps import commands, journal, steps
from console.governance.report_style import STYLE
from console.governance.report_values import Measured, Report, measured_of
from console.governance.report_words import (
    Words,
    clock,
    duration,
    entries,
    money,
    outage_text,
    scalar,
)

_LEGEND = (
    "Each upright line is a write that came through, each low block one that did not. Below: the steps of the plan at "
    "the same time; the upright line across them is the point of no return."
)


def html_of(report: Report, words: Words, *, json_sha256: str) -> str:
    """The whole file. Every text in it is escaped, whoever wrote it; nothing is loaded, nothing is run."""
    title = text(words.title(report.run))
    parts = (
        _head(report, words),
        _left_to_do(report, words),
        _objectives(report),
        _outage(report),
        _loss(report, words),
        _books(report, words),
        seen(report, words),
        decisions(report, words),
        _plan(report),
        checks(report, words),
        steps(report, words),
        commands(report, words),
        _left_on_nodes(report, words),
        _facts(report),
        journal(report),
        _foot(report, json_sha256),
    )
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Even if a text were not escaped, nothing could be loaded or run.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _head(report: Report, words: Words) -> Raw:
    run, measured = report.run, report.measured or measured_of(report)
    good = run.state is RunState.DONE
    kind = "ok" if good else "warn" if run.state is RunState.CANCELLED else "lost"
    took = None if run.begun_at is None or run.ended_at is None else (run.ended_at - run.begun_at).total_seconds()
    proven = sum(line.outcome == "proven" for line in run.books)
    failed = sum(line.outcome == "failed" for line in run.books)
    books = "failed" if failed else "not checked" if not proven else "proven, as far as it says below"
    figures = (
        ("Writes stopped for", outage_text(run.outage), _promised(measured.rto_seconds_max)),
        ("Lost", _lost(measured), f"known from: {measured.rpo_from or 'nothing'}"),
        ("Books", books, f"{proven} checks proven, {failed} failed, {len(run.books) - proven - failed} not checked"),
        ("The run took", "—" if took is None else duration(took), f"{clock(run.begun_at)} UTC"),
    )
    boxes = "".join(f"<div><span>{text(a)}</span><b>{text(b)}</b><span>{text(c)}</span></div>" for a, b, c in figures)
    note = ""
    if run.mode is Mode.REHEARSAL:
        note = paragraph("A rehearsal only looks. It changed nothing, and it promises nothing.", muted=True)
    environment = f"{run.plan.environment}, cluster {run.plan.cluster}, run {run.id}"
    return Raw(
        f"<header><p class=\"muted\">{text(environment)}</p><h1>{text(words.title(run))}</h1>"
        f"<p>{tag(kind, words.ending(run))}</p>{note}</header>\n<div class=\"figures\">{boxes}</div>"
    )


def _promised(seconds: float | None) -> str:
    return "nothing was promised" if seconds is None else f"promised: at most {duration(seconds)}"


def _lost(measured: Measured) -> str:
    low, high = measured.rpo_entries_low, measured.rpo_entries_high
    if not measured.rpo_from or (low is None and high is None):
        return "not known"
    if low == high:
        return entries(low or 0)
    return f"{low or 0:,} to {'?' if high is None else f'{high:,}'} entries"


def _left_to_do(report: Report, words: Words) -> Raw:
    said = "".join(f"<li>{text(words.left_to_do(word))}</li>" for word in report.run.left_to_do)
    whole = f"<ul>{said}</ul>" if said else paragraph("Nothing is left to do.")
    return section("left-to-do", "What is left to do", whole)


def _objectives(report: Report) -> Raw:
    measured = report.measured or measured_of(report)
    silent = measured.silent_before_seconds
    ground = "the outage meter" if silent is None else f"the outage meter, and {duration(silent)} of silence before it"
    low, high = measured.rpo_entries_low, measured.rpo_entries_high
    rto_max, rpo_max = measured.rto_seconds_max, measured.rpo_entries_max
    rows = (
        ("Recovery time (RTO)", "—" if rto_max is None else f"at most {duration(rto_max)}",
         "not measured" if measured.rto_seconds is None else duration(measured.rto_seconds), ground,
         _kept(measured.rto_kept, rto_max, measured.rto_seconds)),
        ("Loss (RPO)", "—" if rpo_max is None else f"at most {entries(rpo_max)}",
         _lost(measured), f"the loss at: {measured.rpo_from or '—'}",
         _kept(measured.rpo_kept, rpo_max, low if low is not None else high)),
    )  # fmt: skip
    return section("objectives", "Objective against measured",
                   table(("Objective", "Promised", "Measured", "From", "Kept"), rows))  # fmt: skip


def _kept(kept: bool | None, promised: float | None, measured: float | None) -> Raw:
    if kept is not None:
        return tag("ok", "kept") if kept else tag("lost", "missed")
    if promised is None:
        return tag("unknown", "nothing promised")
    return tag("unknown", "not measured" if measured is None else "not known")


def _outage(report: Report) -> Raw:
    outage = report.run.outage
    if outage is None:
        return section("outage", "Outage meter", paragraph("Not measured: no client wrote during this run."))
    lost = "not compared" if outage.lost_acknowledged is None else f"{outage.lost_acknowledged:,}"
    rows = (
        ("Write gap", outage_text(outage)),
        ("Writes tried", outage.attempts),
        ("Acknowledged", outage.acknowledged),
        ("Refused or failed", outage.errors),
        ("Outcome unknown", outage.unknown),
        ("Acknowledged and not there afterwards", lost),
    )
    picture = outage_picture(report.run)
    figure = f"<figure>{picture}<figcaption>{text(_LEGEND)}</figcaption></figure>" if picture else ""
    return section("outage", "Outage meter", figure, table(("", ""), rows))


def _loss(report: Report, words: Words) -> Raw:
    run = report.run
    rows = []
    for name, loss in (("Preview, in the plan", run.plan.loss), ("At the gate, after the fence", run.loss),
                       ("At the end", report.loss_end)):  # fmt: skip
        if loss is None:
            rows.append((name, "—", "not recomputed", "—", "—"))
            continue
        unknown = loss.basis is LossBasis.UNKNOWN
        most = "not known" if unknown or loss.entries_high is None else f"{loss.entries_high:,}"
        least = "not known" if unknown or loss.entries_low is None else f"{loss.entries_low:,}"
        count = least if least == most else f"{least} to {most}"
        rows.append((name, loss.candidate, words.loss(loss), count, money(loss.amounts)))
    approved = f"Approved: at most {entries(run.loss_entries_max)}."
    head = ("When", "Candidate", "Loss", "Entries", "Amounts seen")
    return section("loss", "Loss in entries and amounts", table(head, rows), paragraph(approved, muted=True))


def _books(report: Report, words: Words) -> Raw:
    kinds = {"proven": "ok", "failed": "lost"}
    rows = [
        (words.word(one.check), tag(kinds.get(one.outcome, "unknown"), words.word(one.outcome)), one.scope, one.detail)
        for one in report.run.books
    ]
    found = table(("Check", "Outcome", "Scope", "Detail"), rows)
    return section("books", "Proof of books", found or paragraph("The books were not checked in this run."))


def _plan(report: Report) -> Raw:
    plan, changed = report.run.plan, report.run.differences
    rows = (
        ("Digest (SHA-256)", Raw(f"<code>{text(plan.digest)}</code>")), ("Plan", plan.id), ("Made by", plan.made_by),
        ("Made at (UTC)", clock(plan.made_at)), ("Steps", len(plan.steps)), ("Point of no return", plan.no_return_key),
    )  # fmt: skip
    differs = table(("Input", "As planned", "As it was found"), ((d.name, d.planned, d.now) for d in changed))
    return section(
        "plan", "The plan", table(("", ""), rows),
        differs or paragraph("Nothing that the plan was made from was found changed.", muted=True),
        Raw("<h2>What it was made from</h2>") if plan.inputs else "", table(("Input", "Value"), plan.inputs),
    )  # fmt: skip


def _left_on_nodes(report: Report, words: Words) -> Raw:
    rows = ((one.node, words.word(one.kind), one.where, one.why) for one in report.left_on_nodes)
    found = table(("Node", "What", "Where", "Why"), rows)
    none = paragraph("Nothing is known to be left on a node.")
    return section("left-on-nodes", "What was left on nodes", found or none)


def _facts(report: Report) -> Raw:
    return section("facts", "What the run found out", table(("Name", "Value"), report.run.facts))


def _foot(report: Report, json_sha256: str) -> Raw:
    said = (f"Written {clock(report.written_at)} UTC by Ledger Console {report.version}. The same as values stands in "
            "report.json beside this file, SHA-256 ")  # fmt: skip
    return Raw(f'<p class="muted">{text(said)} {Raw(f"<code>{text(json_sha256)}</code>")}. Secrets are masked in both. '
               f"{text(scalar(report.engine))}</p>")  # fmt: skip
