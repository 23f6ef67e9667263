"""Makes the files of an evidence pack from records; a record that is gone is named in it, and nothing is invented."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from console.domain.audit import Anchor, ChainCheck
from console.domain.backup import Job
from console.domain.cluster import Promises
from console.domain.drill import Drill
from console.domain.evidence import (
    Deficiency,
    Fields,
    Lack,
    Objective,
    PackSigner,
    SignOff,
    drill_faults,
    drill_objectives,
    objective_faults,
    run_faults,
    scenario_of,
)
from console.domain.fleet import Chart
from console.domain.incident import Incident
from console.domain.plan import Plan, digest_of, digested
from console.domain.run import Entry, RunView
from console.governance.approvers import Known
from console.governance.evidence_approvals import SIGNERS, Approved, approvals_of
from console.governance.evidence_audit import Excerpt, audit_files
from console.governance.evidence_readme import DIGESTED, README, readme_of
from console.governance.report_values import Measured, Report, measured_of
from console.governance.script import plan_script
from console.link.messages import encode_json

READINGS_SOURCE: Final = "the console's own rounds over the nodes, as kept in its store"
RUN, DRILL, JOURNAL = "run.json", "drill.json", "journal/journal.jsonl"
REPORT, PAGE = "report/report.json", "report/report.html"
_TAG: Final = re.compile(r"(<[^<>]{1,20000}>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSource:
    """All records that a pack is made of. `report`: (JSON, HTML) as they lie on the disk; `measured`: out of it."""

    pack: str
    version: str
    written_at: datetime
    written_by: str
    cluster: str
    environment: str
    run: RunView | None
    drill: Drill | None
    job: Job | None
    incidents: tuple[Incident, ...]
    promises: Promises | None
    report: tuple[bytes, bytes] | None
    measured: Measured | None
    chart: Chart | None
    excerpt: Excerpt
    check: ChainCheck
    anchors: tuple[Anchor, ...]
    known: Known
    revoked: Path
    signer: tuple[PackSigner, str] | None  # and the line that stands for the key
    lacks: tuple[Lack, ...]
    hide: Callable[[str], str]  # takes known secrets, and what has the shape of one, out of a text

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(one.id for one in (self.run, self.drill, self.job) if one is not None)


def pack_files(source: PackSource) -> tuple[dict[str, bytes], Fields]:
    """Every file of the pack but its list and sums, and the fields that are in FIELDS.json."""
    files: dict[str, bytes] = {}
    lacks = list(source.lacks)
    approved = approvals_of(source.excerpt.own, source.known, revoked=source.revoked, ids=source.ids)
    for made, missing in (
        _records(source), _plan(source), _journal(source), _readings(source),
        audit_files(source.excerpt, source.check, source.anchors), _approvals(source, approved),
    ):  # fmt: skip
        files |= made
        lacks += missing
    fields = _fields(source, approved, tuple(lacks))
    files["FIELDS.json"] = hidden_json(fields, str)
    files[README] = readme_of(fields, {**files, README: b""})
    return files, fields


def hidden_json(value: object, hide: Callable[[str], str]) -> bytes:
    """A value as JSON to be read by people too, each text in it without secrets."""
    plain = _hidden(msgspec.json.decode(encode_json(value)), hide)
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def _hidden(value: Any, hide: Callable[[str], str]) -> Any:
    match value:
        case str():
            return hide(value)
        case list():
            return [_hidden(one, hide) for one in value]
        case dict():
            return {name: _hidden(one, hide) for name, one in value.items()}
        case _:
            return value


Made = tuple[dict[str, bytes], list[Lack]]


def _records(source: PackSource) -> Made:
    """Run, drill, job, incidents, books and report, as they were recorded."""
    files: dict[str, bytes] = {}
    lacks: list[Lack] = []
    if source.run is not None:
        files[RUN] = hidden_json(replace(source.run, log=()), source.hide)
    if source.drill is not None:
        files[DRILL] = hidden_json(source.drill, source.hide)
    if source.job is not None:
        files["job.json"] = hidden_json(source.job, source.hide)
    if source.incidents:
        files["incidents.json"] = hidden_json(source.incidents, source.hide)
    if source.run is not None and source.run.books:
        files["books/books.json"] = hidden_json(source.run.books, source.hide)
    else:
        why = "never-made" if source.run is not None else "not-of-this-kind"
        lacks.append(Lack(what="proof of books", why=why))
    if source.report is not None:
        json, html = source.report
        files |= {REPORT: _hidden_report(json, source.hide), PAGE: _hidden_page(html, source.hide)}
        lacks += [Lack(what=f"{name} to the byte", why="secrets-masked")
                  for name, content in ((REPORT, json), (PAGE, html)) if files[name] != content]  # fmt: skip
    return files, lacks


def _hidden_report(content: bytes, hide: Callable[[str], str]) -> bytes:
    """The same bytes where nothing has to be hidden: the page beside it names their SHA-256."""
    try:
        plain = msgspec.json.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return hide(content.decode("utf-8", "replace")).encode()
    hidden = _hidden(plain, hide)
    return content if hidden == plain else msgspec.json.encode(hidden)


def _hidden_page(content: bytes, hide: Callable[[str], str]) -> bytes:
    """What stands between tags, each by itself: markup has shapes of its own."""
    try:
        parts = _TAG.split(content.decode())
    except UnicodeDecodeError:
        return hide(content.decode("utf-8", "replace")).encode()
    return "".join(part if _TAG.fullmatch(part) else hide(part) for part in parts).encode()


def _plan(source: PackSource) -> Made:
    if source.run is None:
        return {}, [Lack(what="plan and commands", why="not-of-this-kind", detail="it rests on no plan")]
    plan, lacks = source.run.plan, []
    files = {
        "plan/plan.json": hidden_json(plan, source.hide),
        "plan/plan.sh": source.hide(plan_script(plan)).encode("utf-8", "replace"),
    }
    exact = digested(plan)
    if digest_of(plan) != plan.digest:
        lacks.append(Lack(what=DIGESTED, why="digest-differs", detail=f"the record says {plan.digest[:64]}"))
    elif source.hide(exact.decode("ascii")).encode() != exact:
        lacks.append(Lack(what=DIGESTED, why="secrets-masked", detail="its digest can't be computed from the pack"))
    else:
        files[DIGESTED] = exact
    return files, lacks


def _journal(source: PackSource) -> Made:
    if source.run is None:
        return {}, []
    log = source.run.log
    if not log:
        return {}, [Lack(what="journal", why="record-gone", detail="not one line is kept")]
    commands = tuple(_commands(source.run.plan, log))
    lacks = [] if commands else [Lack(what="commands", why="never-made", detail="the journal holds none")]
    return {
        JOURNAL: _lines(log, source.hide),
        **({"journal/commands.jsonl": _lines(commands, source.hide)} if commands else {}),
    }, lacks


def _lines(values: tuple[object, ...], hide: Callable[[str], str]) -> bytes:
    plain = (_hidden(msgspec.json.decode(encode_json(value)), hide) for value in values)
    return b"".join(msgspec.json.encode(one) + b"\n" for one in plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A command of the journal with its text out of the plan and its end. `text` None: the plan holds none."""

    number: int
    at: datetime
    step: str
    node: str
    verb: str
    text: str | None
    ended_at: datetime | None
    outcome: tuple[tuple[str, str], ...] | None  # None: the journal does not say how it ended


def _commands(plan: Plan, log: tuple[Entry, ...]) -> Iterator[_Sent]:
    acts = {(step.key, act.node, act.verb.value): act.script for step in plan.steps for act in (*step.undo, *step.acts)}
    ends: dict[tuple[str, str, str], Entry] = {}
    sent: list[_Sent] = []
    for entry in reversed(log):  # what stands behind a command is its end
        said = dict(entry.detail)
        key = (entry.step, said.get("node", ""), said.get("verb", ""))
        if entry.word == "outcome":
            ends[key] = entry
        if entry.word != "command":
            continue
        ended = ends.pop(key, None)
        sent.append(
            _Sent(
                number=entry.number, at=entry.at, step=entry.step, node=key[1], verb=key[2], text=acts.get(key) or None,
                ended_at=None if ended is None else ended.at, outcome=None if ended is None else ended.detail,
            )
        )  # fmt: skip
    yield from reversed(sent)


def _readings(source: PackSource) -> Made:
    chart = source.chart
    if chart is None:
        return {}, []  # why is among the source's lacks
    lacks = []
    if not chart.curves:
        lacks.append(Lack(what="readings", why="record-gone", detail="nothing is kept of this time"))
    elif chart.bucket_seconds:
        lacks.append(Lack(what="single readings", why="record-gone",
                          detail=f"kept as the lowest and highest of each {chart.bucket_seconds:g} s"))  # fmt: skip
    if chart.events_left_out:
        lacks.append(Lack(what="events", why="over-limit", detail=f"{chart.events_left_out} older ones"))
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(("at", "node", "measure", "low", "high"))
    for curve in chart.curves:
        for seconds, low, high in zip(curve.seconds, curve.low, curve.high, strict=True):
            at = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
            table.writerow((at, curve.node, curve.measure.value, low, high))  # None: an empty field
    told = {"source": READINGS_SOURCE, "chart": msgspec.json.decode(encode_json(chart))}
    return {
        "readings/curves.csv": source.hide(written.getvalue()).encode(),
        "readings/readings.json": hidden_json(told, source.hide),
    }, lacks


def _approvals(source: PackSource, approved: Approved) -> Made:
    lacks = list(approved.lacks)
    run = source.run
    if run is not None and run.approved_by and not approved.approvals:
        lacks.append(Lack(what="the signed approval", why="record-gone", detail=f"approved by {run.approved_by}"))
    lacks += [Lack(what=f"a trusted signature of {one.person}", why=one.trouble.partition(":")[0],
                   detail=one.files[0]) for one in approved.approvals if one.trouble]  # fmt: skip
    signer = () if source.signer is None else (source.signer[1],)
    lines = (*approved.lines, *signer)
    files = dict(approved.files)
    if lines:
        files[SIGNERS] = "".join(f"{line}\n" for line in lines).encode()
    return files, lacks


def _fields(source: PackSource, approved: Approved, lacks: tuple[Lack, ...]) -> Fields:
    run, drill = source.run, source.drill
    kind = "drill" if drill is not None else "run"
    subject = drill if drill is not None else run
    objectives = tuple(_objectives(source))
    faults = (*objective_faults(objectives), *_faults(source))
    fields = Fields(
        version=source.version, pack=source.pack, kind=kind, id="" if subject is None else subject.id,
        cluster=source.cluster, environment=source.environment, written_at=source.written_at,
        written_by=source.written_by, scenario=scenario_of(run, drill, tuple(one.id for one in source.incidents)),
        objectives=objectives, deficiencies=faults, missing=lacks,
        sign_off=SignOff(
            initiator=drill.by if drill is not None else "" if run is None else run.person,
            approvals=approved.approvals, words=approved.words,
            pack_signer=None if source.signer is None else source.signer[0],
        ),
    )  # fmt: skip
    # Read back from what was hidden: README and FIELDS.json say the same.
    return msgspec.json.decode(hidden_json(fields, source.hide), type=Fields)


def _objectives(source: PackSource) -> Iterator[Objective]:
    if source.drill is not None:
        yield from drill_objectives(source.drill, DRILL)
    if source.run is None:
        return
    measured, where = source.measured, REPORT
    if measured is None:
        report = Report(version=source.version, written_at=source.written_at, run=source.run,
                        promises=source.promises, loss_end=source.run.loss)  # fmt: skip
        measured, where = measured_of(report), f"{RUN}, against the promises of the inventory now"
    yield Objective(
        name="recovery-time", unit="seconds", promised=measured.rto_seconds_max, measured_low=measured.rto_seconds,
        measured_high=measured.rto_seconds, kept=measured.rto_kept, source=where,
    )  # fmt: skip
    yield Objective(
        name="data-loss", unit="entries", promised=measured.rpo_entries_max, measured_low=measured.rpo_entries_low,
        measured_high=measured.rpo_entries_high, kept=measured.rpo_kept, source=where,
    )  # fmt: skip


def _faults(source: PackSource) -> Iterator[Deficiency]:
    if source.drill is not None:
        yield from drill_faults(source.drill, DRILL)
    if source.run is not None:
        yield from run_faults(source.run, RUN, JOURNAL)
    if source.check.broken is not None:
        yield Deficiency(what="audit-log-broken", detail=source.check.broken.fault.value, source="audit/chain.json")
