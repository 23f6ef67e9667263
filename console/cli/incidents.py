"""`incidents`: what belonged together, its time line, its replay second by second, and its report."""

from argparse import Namespace
from dataclasses import replace
from typing import Final

from console.cli.alert_answers import (
    IncidentAnswer,
    IncidentsAnswer,
    ReplayAnswer,
    ReplayedSecond,
    ReportAnswer,
)
from console.cli.alerts import known_cluster
from console.cli.face import Exit, Face, engine_view, expect, failed
from console.domain.incident import Frame, Incident, LineKind
from console.domain.text import shown
from console.link.messages import Message
from console.link.socket import Link
from console.link.watching import (
    AskFrame,
    AskIncident,
    AskIncidents,
    FrameSeen,
    IncidentReported,
    Incidents,
    IncidentSeen,
    ReportIncident,
)
from console.ui import words
from console.ui.incident_words import (
    incident_sentence,
    incident_title,
    left_out_sentence,
    line_kind_word,
    line_sentence,
)
from console.ui.why_words import guard_title, guard_why

MOMENTS_MAX: Final = 3_600  # of one replay
REPORT_SECONDS_MAX: Final = 60.0


def listed(face: Face, options: Namespace) -> Exit:
    """The newest first."""
    if options.limit < 1:
        raise failed("usage", f"--limit is at least 1, not {options.limit}", code=Exit.USAGE)
    with face.link() as link:
        known_cluster(link, options.cluster)
        question = AskIncidents(cluster=options.cluster, most=options.limit)
        seen: Incidents = expect(link.ask(question), Incidents)
        now = engine_view(link).at
    titles = tuple(incident_title(one) for one in seen.incidents)
    lines = []
    for one, title in zip(seen.incidents, titles, strict=True):
        lines += [f"{one.id}  {one.health:<9} {title}", f"  {incident_sentence(one, now)}"]
    face.print(IncidentsAnswer(incidents=seen.incidents, titles=titles), lines or ["No incident."])
    return Exit.DONE


def show(face: Face, options: Namespace) -> Exit:
    """One incident with its time line."""
    kind = next((one for one in LineKind if one.value == options.kind), None)
    if options.kind and kind is None:
        raise failed("usage", f"{options.kind!r} is no kind of line", code=Exit.USAGE,
                     then=f"one of: {', '.join(one.value for one in LineKind)}")  # fmt: skip
    with face.link() as link:
        seen = _seen(link, options.incident)
        now = engine_view(link).at
    incident = seen.incident
    chosen = tuple(line for line in seen.lines if kind in (None, line.kind))
    sentences = tuple(line_sentence(line) for line in chosen)
    title, sentence = incident_title(incident), incident_sentence(incident, now)
    lines = [f"{incident.id}  {title}", f"  {sentence}"]
    if incident.report:
        lines.append(f"  report: {incident.report}")
    for line, said in zip(chosen, sentences, strict=True):
        after = (line.at - incident.begun_at).total_seconds()
        lines.append(f"  {line.at:%H:%M:%S} {after:+8.1f} s  {line_kind_word(line.kind):<8} {said}")
    if left_out := left_out_sentence(incident):
        lines.append(f"  … {left_out}")
    answer = IncidentAnswer(
        title=title, sentence=sentence, incident=incident, lines=chosen, sentences=sentences, frames=len(seen.frames)
    )
    face.print(answer, lines)
    return Exit.DONE


def replay(face: Face, options: Namespace) -> Exit:
    """What the verdict and the guards were, at each moment of which a picture is kept."""
    if options.every is not None and not 0 < options.every < 86_400:
        raise failed("usage", f"--every is more than 0 s and less than a day, not {options.every:g}", code=Exit.USAGE)
    with face.link() as link:
        seen = _seen(link, options.incident)
        incident, begin = seen.incident, seen.incident.begun_at.timestamp()
        low = float("-inf") if options.begin is None else begin + options.begin
        high = float("inf") if options.end is None else begin + options.end
        if low > high:
            raise failed("usage", "--from lies behind --to", code=Exit.USAGE)
        chosen: list[float] = []
        for moment in seen.frames:
            # A step may be a little short: pictures are about a second apart, not exactly.
            apart = options.every is None or not chosen or moment - chosen[-1] >= 0.9 * options.every
            if low <= moment <= high and apart:
                chosen.append(moment)
        left_out = max(0, len(chosen) - MOMENTS_MAX)
        replayed = []
        for moment in chosen[:MOMENTS_MAX]:
            frame: FrameSeen = expect(link.ask(AskFrame(incident=incident.id, seconds=moment)), FrameSeen)
            replayed.append(_second(incident, frame.frame))
            for line in _told(replayed[-1]):
                face.say(line)
    answer = ReplayAnswer(incident=incident, seconds=tuple(replayed), left_out=left_out)
    last = f"{words.number(left_out)} further moments: --from and --to choose, --every thins them"
    none = [] if replayed else ["No picture is kept of that time."]
    face.print(answer, [last] if left_out else none)
    return Exit.DONE


def report(face: Face, options: Namespace) -> Exit:
    """Write the report of what is known by now."""
    with face.link() as link:
        question = ReportIncident(incident=options.incident)
        done: IncidentReported = expect(
            link.ask(question, seconds_max=REPORT_SECONDS_MAX), IncidentReported, where=options.incident
        )
    face.print(
        ReportAnswer(incident=done.incident, path=done.path, digest=done.digest),
        [f"{done.path}", f"SHA-256 of report.json: {done.digest} (noted in the audit log)"],
    )
    return Exit.DONE


def _seen(link: Link, name: str) -> IncidentSeen:
    """With its whole time line, asked for page by page."""
    told: Message = link.ask(AskIncident(incident=name))
    seen: IncidentSeen = expect(told, IncidentSeen, where=name)
    page = seen
    while page.older and page.lines:
        page = expect(link.ask(AskIncident(incident=seen.incident.id, before=page.older)), IncidentSeen, where=name)
        seen = replace(seen, lines=(*page.lines, *seen.lines), older=page.older)
    return seen


def _second(incident: Incident, frame: Frame) -> ReplayedSecond:
    view, why = frame.view, frame.why
    cause = view.verdict.cause
    return ReplayedSecond(
        at=frame.at, after_seconds=round((frame.at - incident.begun_at).total_seconds(), 3),
        health=view.verdict.health.value, cause=None if cause is None else cause.value, primary=view.primary,
        sentence=words.cluster_sentence(view, now=frame.at), would_act=None if why is None else why.would_act,
        act="" if why is None else why.act.value, refusing=() if why is None else why.refusing,
    )  # fmt: skip


def _told(second: ReplayedSecond) -> list[str]:
    lines = [f"{second.at:%H:%M:%S} {second.after_seconds:+8.1f} s  {second.sentence}"]
    if second.would_act:
        lines.append(f"{'':>22}would act: {second.act}")
    elif second.would_act is False:
        rows = [f"{guard_title(row)}: {guard_why(row)}" for row in second.refusing[:3]]
        more = len(second.refusing) - len(rows)
        said = "; ".join(shown(row, characters_max=160) for row in rows) + (f"; {more} more" if more else "")
        lines.append(f"{'':>22}would not act: {said}")
    return lines
