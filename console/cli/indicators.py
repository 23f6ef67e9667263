"""`indicators`: what recovery, redundancy and availability come to, each figure with the records behind it."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta
from typing import Final

from console.cli.backup import cluster_of
from console.cli.face import Exit, Face, expect, failed
from console.cli.indicator_answers import IndicatorsAnswer
from console.cli.status import seconds_of
from console.link.governing import AskIndicators, IndicatorsSeen
from console.ui.indicator_words import headline, indicator_sentence, line_sentence, period_text

ASK_SECONDS_MAX: Final = 60.0
LINES_SHOWN: Final = 20


def indicators(face: Face, options: Namespace) -> Exit:
    """The figures of a time, or of one run; 'not measured' where no record says it."""
    if options.since and options.run_id:
        raise failed("usage", "a run has its own time", then="leave --since or --run out", code=Exit.USAGE)
    with face.link() as link:
        cluster_of(link, options.cluster)
        until = link.welcome.engine.at
        since = _since(options.since, until) if options.since else None
        ending = until if since else None
        question = AskIndicators(cluster=options.cluster, since=since, until=ending, run=options.run_id)
        answer = link.ask(question, seconds_max=ASK_SECONDS_MAX)
        seen: IndicatorsSeen = expect(answer, IndicatorsSeen, where=options.cluster)
    sentences = tuple(indicator_sentence(one, until) for one in seen.indicators)
    lines = [f"{headline(seen)}.", period_text(seen, until), *(f"  {said}" for said in sentences)]
    lines += [f"    {line_sentence(line, until)}" for line in seen.lines[:LINES_SHOWN]]
    if len(seen.lines) > LINES_SHOWN:
        lines.append(f"    … {len(seen.lines) - LINES_SHOWN} older records; --json names them")
    face.print(
        IndicatorsAnswer(cluster=seen.cluster, since=seen.since, until=seen.until, run=seen.run,
                         indicators=seen.indicators, lines=seen.lines, sentences=sentences), lines,
    )  # fmt: skip
    return Exit.DONE


def _since(text: str, until: datetime) -> datetime:
    """A span before now, or a moment; one without a zone is UTC."""
    try:
        return until - timedelta(seconds=seconds_of(text))
    except (ValueError, OverflowError):
        pass
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise failed("usage", f"{text!r} is no time", then="write 30d, 2026-03-01 or 2026-03-01T02:00",
                     code=Exit.USAGE) from error  # fmt: skip
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    if at >= until:
        raise failed("usage", f"{text} lies ahead", code=Exit.USAGE)
    return at
