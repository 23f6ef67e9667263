"""Incidents and their time lines in words; knows no Qt."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.incident import Incident, IncidentLine, LineKind, gap_seconds
from console.domain.text import shown
from console.domain.verdict import Cause, Guard, Health
from console.ui.measures import duration, moment, number
from console.ui.names import cause_word, guard_name, health_word
from console.ui.speech import counted, translate
from console.ui.step_words import readable

DETAIL_CHARACTERS_MAX: Final = 120
DETAILS_SHOWN: Final = 4

_Text = Callable[[], str]


def incident_title(incident: Incident) -> str:
    """'lab: postmaster killed on lab-1', with '(drill)' where it was made on purpose."""
    what = cause_text(incident.word)
    if incident.node:
        what = translate("incidents", "{what} on {node}").format(what=what, node=shown(incident.node))
    text = translate("incidents", "{cluster}: {what}").format(cluster=shown(incident.cluster), what=what)
    return translate("incidents", "{text} (drill)").format(text=text) if incident.drill else text


def incident_sentence(incident: Incident, now: datetime) -> str:
    """When, for how long, since when writes go through again, and what was lost."""
    begin, end = incident.begun_at, incident.ended_at
    parts = []
    if end is None:
        text = translate("incidents", "since {at}, goes on for {duration}")
        seconds = max(0.0, (now - begin).total_seconds())
        parts.append(text.format(at=moment(begin, now), duration=duration(seconds, whole=True)))
    else:
        text = translate("incidents", "from {begin} to {end}, {duration}")
        took = duration(max(0.0, (end - begin).total_seconds()), whole=True)
        parts.append(text.format(begin=moment(begin, now), end=moment(end, now), duration=took))
    if (gap := gap_seconds(incident)) is not None:
        text = translate("incidents", "{duration} without a primary")
        parts.append(text.format(duration=duration(gap)))
    if incident.entries_lost is not None:
        lost = translate("incidents", "no entry lost") if incident.entries_lost == 0 else counted(
            incident.entries_lost, translate("incidents", "1 entry lost"), translate("incidents", "{n} entries lost")
        )  # fmt: skip
        parts.append(lost)
    counts = counted(
        len(incident.alerts), translate("incidents", "1 alert"), translate("incidents", "{n} alerts")
    )
    parts.append(counts)
    if incident.runs:
        parts.append(counted(len(incident.runs), translate("incidents", "1 run"), translate("incidents", "{n} runs")))
    return ", ".join(parts)


def cause_text(word: str) -> str:
    """A cause by its name, any other word as a person reads it."""
    cause = next((one for one in Cause if one.value == word), None)
    return readable(word) if cause is None else cause_word(cause)


def line_kind_word(kind: LineKind) -> str:
    return _KINDS[kind]()


def line_sentence(line: IncidentLine) -> str:
    """One line of a time line, without its time: 'lab-1: postmaster killed (lost)', 'keller acknowledged: looking'."""
    match line.kind:
        case LineKind.VERDICT:
            text = _verdict(line)
        case LineKind.EVIDENCE:
            text = _evidence(line)
        case LineKind.ALERT:
            text = _alert(line)
        case LineKind.RUN:
            text = _run(line)
        case LineKind.ACTION | LineKind.FAULT | LineKind.DRILL | LineKind.BACKUP:
            text = _alert(line) if dict(line.detail).get("change") in _CHANGES else _other(line)
    return text


def _verdict(line: IncidentLine) -> str:
    what = translate("incidents", "all is well again") if line.word == "healthy" else cause_text(line.word)
    if line.node:
        what = translate("incidents", "{node}: {what}").format(node=shown(line.node), what=what)
    if line.word == "healthy":
        return what
    if line.health == "over":
        return translate("incidents", "{what} is over").format(what=what)
    return translate("incidents", "{what} ({health})").format(what=what, health=_health(line.health))


def _evidence(line: IncidentLine) -> str:
    detail = dict(line.detail)
    guard = next((one for one in Guard if one.value == line.word), None)
    text = translate("incidents", "{guard}: {observed}")
    if detail.get("threshold"):
        text = translate("incidents", "{guard}: {observed}, against {threshold}")
    if detail.get("source"):
        text = translate("incidents", "{text} ({source})").replace("{text}", text)
    return text.format(
        guard=readable(line.word) if guard is None else guard_name(guard), observed=_cut(detail.get("observed", "")),
        threshold=_cut(detail.get("threshold", "")), source=_cut(detail.get("source", "")),
    )  # fmt: skip


def _alert(line: IncidentLine) -> str:
    detail = dict(line.detail)
    change = detail.pop("change", "")
    what = cause_text(line.word)
    if detail.get("about"):
        what = translate("incidents", "{what} {about}").format(what=what, about=_cut(detail["about"]))
    if line.node:
        what = translate("incidents", "{what} on {node}").format(what=what, node=shown(line.node))
    known = _CHANGES.get(change)
    text = (known() if known else translate("incidents", "alert: {what}")).format(what=what, who=_who(line))
    note = detail.get("note", "")
    return translate("incidents", "{text}: {note}").format(text=text, note=_cut(note)) if note else text


def _run(line: IncidentLine) -> str:
    detail = dict(line.detail)
    step, operation = detail.pop("step", ""), detail.pop("operation", "")
    what = readable(operation or "run")
    if step:
        text = translate("incidents", "{what}, step {step}: {state}").format(
            what=what, step=readable(step), state=readable(line.word)
        )
    else:
        text = translate("incidents", "{what}: {state}").format(what=what, state=readable(line.word))
    return _with_details(text, line, detail)


def _other(line: IncidentLine) -> str:
    text = readable(line.word)
    if line.node:
        text = translate("incidents", "{what} on {node}").format(what=text, node=shown(line.node))
    if line.kind is LineKind.FAULT:
        text = translate("incidents", "fault made on purpose: {what}").format(what=text)
    if line.kind is LineKind.DRILL:
        text = translate("incidents", "drill: {what}").format(what=text)
    return _with_details(text, line, dict(line.detail))


def _with_details(text: str, line: IncidentLine, detail: dict[str, str]) -> str:
    if line.who:
        text = translate("incidents", "{who}: {what}").format(who=_who(line), what=text)
    named = [
        translate("incidents", "{name} {value}").format(name=readable(name), value=_cut(value))
        for name, value in detail.items() if value
    ]  # fmt: skip
    if not named:
        return text
    return translate("incidents", "{text} ({details})").format(text=text, details=", ".join(named[:DETAILS_SHOWN]))


def _who(line: IncidentLine) -> str:
    return shown(line.who) if line.who else translate("incidents", "somebody")


def _health(word: str) -> str:
    health = next((one for one in Health if one.value == word), None)
    return readable(word) if health is None else health_word(health)


def _cut(text: str) -> str:
    return shown(text, characters_max=DETAIL_CHARACTERS_MAX)


def left_out_sentence(incident: Incident, older: int = 0) -> str:
    """What a limit kept out of the record, or out of what is shown; empty where it holds everything."""
    lines, frames = incident.lines_left_out, incident.frames_left_out
    parts = []
    if older:
        parts.append(translate("incidents", "{n} older lines are not shown here").format(n=number(older)))
    if lines:
        parts.append(translate("incidents", "{n} further lines were not kept").format(n=number(lines)))
    if frames:
        parts.append(translate("incidents", "of {n} seconds no picture is kept").format(n=number(frames)))
    return ", ".join(parts)


_KINDS: Final[dict[LineKind, _Text]] = {
    LineKind.VERDICT: lambda: translate("incidents", "verdict"),
    LineKind.EVIDENCE: lambda: translate("incidents", "evidence"),
    LineKind.ALERT: lambda: translate("incidents", "alert"),
    LineKind.ACTION: lambda: translate("incidents", "action"),
    LineKind.RUN: lambda: translate("incidents", "run"),
    LineKind.FAULT: lambda: translate("incidents", "fault"),
    LineKind.DRILL: lambda: translate("incidents", "drill"),
    LineKind.BACKUP: lambda: translate("incidents", "backup"),
}
_CHANGES: Final[dict[str, _Text]] = {
    "opened": lambda: translate("incidents", "alert opened: {what}"),
    "worsened": lambda: translate("incidents", "alert worse: {what}"),
    "over": lambda: translate("incidents", "alert over: {what}"),
    "flapping": lambda: translate("incidents", "alert comes and goes, kept open: {what}"),
    "acknowledged": lambda: translate("incidents", "{who} took the alert {what}"),
    "silenced": lambda: translate("incidents", "alert silenced: {what}"),
    "unsilenced": lambda: translate("incidents", "alert no longer silenced: {what}"),
}
