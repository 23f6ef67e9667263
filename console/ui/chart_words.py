"""The words of the charts: titles with units, values in a legend, names of ranges, what a mark on the axis says."""

import math
from datetime import UTC, datetime
from typing import Final

from console.domain.fleet import Event, EventKind, Gap, Measure
from console.domain.text import shown
from console.domain.verdict import Cause
from console.ui import measures, names
from console.ui.books_words import books_reason
from console.ui.speech import listed, translate

_DECIMALS: Final = {
    Measure.ROUND_TRIP_MS: 1,
    Measure.REPLY_AGE_SECONDS: 1,
    Measure.LAG_BYTES: 2,
    Measure.LAG_SECONDS: 1,
    Measure.LAG_ENTRIES: 0,
    Measure.ENTRIES_PER_SECOND: 1,
    Measure.WAL_BYTES_PER_SECOND: 2,
    Measure.SUSPICION: 1,
}
_LEAST_TOP: Final = {  # below these an axis would magnify what is nothing
    Measure.ROUND_TRIP_MS: 1.0,
    Measure.REPLY_AGE_SECONDS: 1.0,
    Measure.LAG_BYTES: 0.1,
    Measure.LAG_SECONDS: 1.0,
    Measure.LAG_ENTRIES: 5.0,
    Measure.ENTRIES_PER_SECOND: 1.0,
    Measure.WAL_BYTES_PER_SECOND: 0.1,
    Measure.SUSPICION: 1.0,
}


def least_top(measure: Measure) -> float:
    return _LEAST_TOP[measure]


def unit_of(measure: Measure) -> str:
    match measure:
        case Measure.ROUND_TRIP_MS:
            return translate("charts", "ms")
        case Measure.REPLY_AGE_SECONDS | Measure.LAG_SECONDS:
            return translate("charts", "s")
        case Measure.LAG_BYTES:
            return translate("charts", "MB")
        case Measure.LAG_ENTRIES:
            return translate("charts", "entries")
        case Measure.ENTRIES_PER_SECOND:
            return translate("charts", "per second")
        case Measure.WAL_BYTES_PER_SECOND:
            return translate("charts", "MB/s")
        case Measure.SUSPICION:
            return translate("charts", "φ")


def title_of(measure: Measure) -> str:
    """The name as it stands in a list, with the unit, since three measures say 'behind'."""
    return translate("charts", "{name}, {unit}").format(name=names.measure_name(measure), unit=unit_of(measure))


def tick_text(value: float) -> str:
    return measures.number(value) if value == int(value) else f"{value:,.10g}"


def value_text(measure: Measure, value: tuple[float, float] | None) -> str:
    """The value at the cursor; of several readings in one bucket, least to greatest; a dash where none was read."""
    if value is None:
        return measures.NOTHING
    low, high = (_plain(measure, one) for one in value)
    return high if low == high else f"{low}–{high}"


def _plain(measure: Measure, value: float) -> str:
    if not math.isfinite(value):
        return measures.NOTHING
    decimals = _DECIMALS[measure]
    return measures.number(value, decimals if abs(value) < 1000 else 0)


def range_word(seconds: float) -> str:
    """'5 min', '3 h', '7 days'."""
    total = round(seconds)
    if total < 3600:
        return translate("charts", "{n} min").format(n=total // 60)
    if total <= 86_400:
        return translate("charts", "{n} h").format(n=total // 3600)
    return translate("charts", "{n} days").format(n=total // 86_400)


def shown_time(begin: float, end: float) -> str:
    """What a time axis that does not follow the time spans."""
    until = clock(end, now=end, day=True)
    return translate("charts", "{range} to {end}").format(range=range_word(end - begin), end=until)


def clock(seconds: float, *, now: float, day: bool = False) -> str:
    """A moment in UTC; with its day where that is not today, or where it is asked for."""
    at, today = (datetime.fromtimestamp(value, UTC) for value in (seconds, now))
    if day or at.date() != today.date():
        return f"{at.day} {measures.month(at.month)} {at:%H:%M:%S}"
    return f"{at:%H:%M:%S}"


def gap_text(gap: Gap) -> str:
    return translate("charts", "no readings, {time}").format(time=measures.duration(gap.end - gap.begin, whole=True))


def gap_length(gap: Gap) -> str:
    return measures.duration(gap.end - gap.begin, whole=True)


def limit_text(limit: float) -> str:
    return translate("charts", "limit {value}").format(value=measures.duration(limit))


def event_texts(event: Event) -> tuple[str, ...]:
    """What happened, in as many words as there is room for: with node and time, without the node, the time alone."""
    at = event.at.strftime("%H:%M")
    return (event_text(event), translate("charts", "{at} {what}").format(at=at, what=_happened(event)), at)


def event_text(event: Event) -> str:
    """What happened, with its time: '02:36 nyc-2 behind'."""
    said = _happened(event)
    if event.node is not None:
        said = translate("charts", "{node} {what}").format(node=event.node, what=said)
    return translate("charts", "{at} {what}").format(at=event.at.strftime("%H:%M"), what=said)


def _happened(event: Event) -> str:
    match event.kind:
        case EventKind.VERDICT:
            known = next((cause for cause in Cause if cause.value == event.text), None)
            return names.cause_word(known) if known is not None else shown(event.text, characters_max=40)
        case EventKind.ENGINE:
            return translate("charts", "engine {what}").format(what=shown(event.text, characters_max=40))
        case EventKind.FAULT:
            return translate("charts", "fault {what}").format(what=shown(event.text, characters_max=40))
        case EventKind.BOOKS:
            return translate("charts", "books: {what}").format(what=books_reason(event.text))
        case EventKind.BACKUP:
            return shown(event.text, characters_max=40)  # kebab-case words: 'backup done', 'full missed'


def row_spoken(measure: Measure, values: list[tuple[str, str]], at: str) -> str:
    """A chart as a screen reader says it: its title and the values at the cursor."""
    said = listed(f"{node} {value}" for node, value in values)
    if not said:
        return translate("charts", "{title}: no readings").format(title=title_of(measure))
    return translate("charts", "{title}, {at}: {values}").format(title=title_of(measure), at=at, values=said)
