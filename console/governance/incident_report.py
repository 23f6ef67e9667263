"""Writes the report of one incident for good: JSON to check and HTML to read, without a secret, for the owner alone."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from console.domain.alerting import Alert
from console.domain.incident import Frame, Incident, IncidentLine, LineKind, gap_seconds
from console.domain.masking import masked_value
from console.domain.verdict import Health
from console.governance.alert_text import clause_of
from console.governance.report import HTML_NAME, JSON_NAME, ReportNotWritten, flush_directory, write_whole
from console.governance.report_markup import Cell, Raw, paragraph, section, table, tag, text
from console.governance.report_seen import picture
from console.governance.report_style import STYLE
from console.governance.report_words import ENGLISH, clock, duration, scalar
from console.link.messages import encode_json

FORMAT: Final = 1
_HEALTHS: Final = {"healthy": "ok", "degraded": "warn", "lost": "lost", "unknown": "unknown", "over": "ok"}
_KINDS: Final = {LineKind.RUN: "ok", LineKind.ACTION: "warn", LineKind.FAULT: "lost", LineKind.DRILL: "warn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReport:
    """All that is told of one incident. `frames`: the pictures of its moments of change, out of `frames_kept`."""

    version: str
    written_at: datetime
    incident: Incident
    lines: tuple[IncidentLine, ...]
    alerts: tuple[Alert, ...]
    frames: tuple[Frame, ...]
    frames_kept: int
    format: int = FORMAT
    engine: str = ""


def write_incident_report(directory: Path, report: IncidentReport) -> tuple[Path, str]:
    """Write `report.json` and `report.html`; the HTML file and the SHA-256 of the JSON. Raises ReportNotWritten."""
    ready = masked_value(report)
    content = encode_json(ready)
    digest = hashlib.sha256(content).hexdigest()
    page = html_of(ready, digest)
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(directory / JSON_NAME, content)
        write_whole(directory / HTML_NAME, page.encode("utf-8", "replace"))
        flush_directory(directory)
    except OSError as error:
        raise ReportNotWritten(
            f"the report of incident {report.incident.id} could not be written to {directory}: "
            f"{error.strerror or error}. The incident and its time line are as they were"
        ) from error
    return directory / HTML_NAME, digest


def html_of(report: IncidentReport, digest: str) -> str:
    """The whole file. Every text in it is escaped; nothing is loaded, nothing is run."""
    title = text(_title(report.incident))
    body = "\n".join((_head(report), _alerts(report), _lines(report), _frames(report), _foot(report, digest)))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _title(incident: Incident) -> str:
    where = f" on {incident.node}" if incident.node else ""
    return f"Incident of {incident.cluster}: {ENGLISH.word(incident.word)}{where}"


def _head(report: IncidentReport) -> Raw:
    one = report.incident
    took = "goes on" if one.ended_at is None else duration((one.ended_at - one.begun_at).total_seconds())
    end = "not over yet" if one.ended_at is None else f"over at {clock(one.ended_at)} UTC"
    again, after = "never", "a primary whose commits go through was seen all the time"
    if one.writable_again_at is not None:
        again = duration(gap_seconds(one) or 0.0)
        times = f"{len(one.gaps)} times, " if len(one.gaps) > 1 else ""
        after = f"{times}over at {clock(one.writable_again_at)} UTC, as the console saw it"
    elif one.health == Health.LOST.value and one.ended_at is None:
        again, after = "goes on", ""
    lost = "not known" if one.entries_lost is None else f"{one.entries_lost:,} entries"
    figures = (
        ("Lasted", took, f"{clock(one.begun_at)} UTC, {end}"), ("Without a primary", again, after),
        ("Lost", lost, "as a run recomputed it" if one.entries_lost is not None else "no run has said so"),
        ("Alerts and runs", f"{len(one.alerts)} and {len(one.runs)}", ", ".join(one.runs)),
    )  # fmt: skip
    boxes = "".join(f"<div><span>{text(a)}</span><b>{text(b)}</b><span>{text(c)}</span></div>" for a, b, c in figures)
    kind = _HEALTHS.get(one.health, "unknown")
    drill = paragraph("It was made on purpose: a drill ran on this cluster.", muted=True) if one.drill else ""
    return Raw(
        f'<header><p class="muted">{text(f"cluster {one.cluster}, incident {one.id}")}</p>'
        f"<h1>{text(_title(one))}</h1><p>{tag(kind, one.health)}</p>{drill}</header>\n"
        f'<div class="figures">{boxes}</div>'
    )


def _alerts(report: IncidentReport) -> Raw:
    rows: list[tuple[Cell, ...]] = [
        (tag(_HEALTHS[alert.worst.value], alert.worst.value), clause_of(alert.sign), alert.sign.source.value,
         clock(alert.begun_at), clock(alert.ended_at), alert.acknowledged_by, alert.note, alert.changes)
        for alert in sorted(report.alerts, key=lambda alert: alert.begun_at)
    ]  # fmt: skip
    head = ("Worst", "What", "Seen by", "From (UTC)", "To (UTC)", "Taken by", "Note", "Came")
    return section("alerts", "Alerts", table(head, rows, numbers=frozenset({7})))


def _lines(report: IncidentReport) -> Raw:
    begin = report.incident.begun_at
    rows: list[tuple[Cell, ...]] = []
    for line in report.lines:
        seconds = (line.at - begin).total_seconds()
        kind = _HEALTHS.get(line.health, _KINDS.get(line.kind, "unknown"))
        detail = ", ".join(f"{name} {value}" for name, value in line.detail if value)
        rows.append(
            (f"{line.at:%H:%M:%S}.{line.at.microsecond // 1000:03d}", f"{seconds:+,.1f} s", line.kind.value,
             tag(kind, ENGLISH.word(line.word)), line.node, line.health, line.who, detail)
        )  # fmt: skip
    counts = Counter(line.kind.value for line in report.lines)
    said = ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))
    left = report.incident.lines_left_out
    out = paragraph(f"{left:,} further lines were not kept.", muted=True) if left else ""
    head = ("At (UTC)", "After", "Kind", "What", "Node", "Health", "Who", "Detail")
    return section(
        "lines", "Time line", paragraph(f"{said or 'nothing'}.", muted=True), out,
        table(head, rows, numbers=frozenset({1})),
    )  # fmt: skip


def _frames(report: IncidentReport) -> Raw:
    parts: list[str] = []
    for frame in report.frames:
        seconds = (frame.at - report.incident.begun_at).total_seconds()
        parts += picture(f"At {seconds:+,.1f} s", frame.view, ENGLISH)
        why = frame.why
        if why is None:
            continue
        would = "It would have acted" if why.would_act else "It would not have acted"
        parts.append(paragraph(f"Automatic recovery, {why.mode.value}: {would.lower()} ({why.act.value})."))
        parts.append(table(("Guard", "Holds", "Observed", "Threshold", "Source", "Reason"), (
            (ENGLISH.word(row.guard.value), _holds(row.holds), scalar(row.observed), scalar(row.threshold), row.source,
             ENGLISH.word(row.reason)) for row in why.rows
        )))  # fmt: skip
    kept = f"{report.frames_kept:,} pictures are kept, a second apart; the console replays them all."
    return section("frames", "What was known at the moments of change", paragraph(kept, muted=True), *parts)


def _holds(holds: bool | None) -> Raw:
    return tag("unknown", "can't be said") if holds is None else tag("ok", "yes") if holds else tag("lost", "no")


def _foot(report: IncidentReport, digest: str) -> Raw:
    said = (f"Written {clock(report.written_at)} UTC by Ledger Console {report.version}. The same as values stands in "
            "report.json beside this file, SHA-256 ")  # fmt: skip
    return Raw(f'<p class="muted">{text(said)} <code>{text(digest)}</code>. Secrets are masked in both. '
               f"{text(report.engine)}</p>")  # fmt: skip
