"""Numbers, durations, bytes, money and moments as a person reads them; knows no Qt."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from console.domain.fleet import Amount, Figure, Unit
from console.domain.verdict import Scalar
from console.ui.speech import joined, translate

NOTHING: Final = "—"
_BYTE_UNITS: Final = ("B", "kB", "MB", "GB", "TB", "PB")
_STEP: Final = 1000
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def number(value: int | float, decimals: int = 0) -> str:
    """With thousands groups: 1,234,567."""
    return f"{value:,.{decimals}f}" if math.isfinite(value) else NOTHING


def compact(value: float) -> str:
    """One decimal below a hundred, none above: 38.8, 412, 1,204."""
    if not math.isfinite(value):
        return NOTHING
    return f"{value:,.1f}" if abs(value) < 99.95 and value != int(value) else f"{value:,.0f}"


def bytes_text(value: int | float) -> str:
    """Decimal units, three figures: 62.4 MB, 812 GB, 1.9 TB, 0 B."""
    text, unit = bytes_parts(value)
    return f"{text} {unit}" if unit else text


def bytes_parts(value: int | float) -> tuple[str, str]:
    if not math.isfinite(value):
        return NOTHING, ""
    amount, step = float(value), 0
    while abs(amount) >= _STEP - 0.5 and step < len(_BYTE_UNITS) - 1:
        amount, step = amount / _STEP, step + 1
    decimals = 0 if step == 0 or abs(amount) >= 99.95 else 1
    return f"{amount:,.{decimals}f}", _BYTE_UNITS[step]


def bytes_per_second(value: float) -> str:
    """A rate: 1.5 MB/s."""
    return translate("words", "{bytes}/s").format(bytes=bytes_text(value))


def duration(seconds: float, *, whole: bool = False) -> str:
    """0.4 s, 3.1 s, 41 s, 6 min 42 s, 2 h 14 min, 3 d 4 h. `whole`: no decimals, for what counts up."""
    if not math.isfinite(seconds):
        return NOTHING
    seconds = max(0.0, seconds)
    if seconds < _MINUTE:
        rounded = int(seconds) if whole else min(_MINUTE - 1, round(seconds))
        text = f"{seconds:.1f}" if seconds < 9.95 and not whole else f"{rounded}"
        return translate("words", "{s} s").format(s=text)
    total = int(seconds)
    if total < _HOUR:
        return translate("words", "{m} min {s} s").format(m=total // _MINUTE, s=total % _MINUTE)
    if total < _DAY:
        return translate("words", "{h} h {m} min").format(h=total // _HOUR, m=total % _HOUR // _MINUTE)
    return translate("words", "{d} d {h} h").format(d=number(total // _DAY), h=total % _DAY // _HOUR)


def round_trip(seconds: float | None) -> str:
    """0.3 ms, 38 ms, 1.2 s; a dash where none was read."""
    if seconds is None or not math.isfinite(seconds):
        return NOTHING
    milliseconds = seconds * 1000
    if milliseconds >= 999.5:
        return duration(seconds)
    text = f"{milliseconds:.1f}" if milliseconds < 9.95 else f"{milliseconds:.0f}"
    return translate("words", "{ms} ms").format(ms=text)


def age(seconds: float) -> str:
    """How old something is: 0.4 s old."""
    return translate("words", "{duration} old").format(duration=duration(seconds))


def amount(value: Amount) -> str:
    """Exact, with the currency in front: USD 247,310.40, JPY 1,200."""
    sign = "-" if value.units < 0 else ""
    whole, part = divmod(abs(value.units), 10**value.scale)
    fraction = f".{part:0{value.scale}d}" if value.scale else ""
    return f"{value.currency} {sign}{whole:,}{fraction}"


def money(amounts: tuple[Amount, ...]) -> str:
    """Amounts of several currencies, never added up: USD 341,822.10 and EUR 9,640.00."""
    return joined([amount(one) for one in amounts])


def month(place: int) -> str:
    """The short name of month 1 to 12."""
    names = (
        translate("words", "Jan"), translate("words", "Feb"), translate("words", "Mar"),
        translate("words", "Apr"), translate("words", "May"), translate("words", "Jun"),
        translate("words", "Jul"), translate("words", "Aug"), translate("words", "Sep"),
        translate("words", "Oct"), translate("words", "Nov"), translate("words", "Dec"),
    )  # fmt: skip
    return names[place - 1]


def weekday(place: int) -> str:
    """The short name of a day, 0 is Monday."""
    names = (
        translate("words", "Mon"), translate("words", "Tue"), translate("words", "Wed"),
        translate("words", "Thu"), translate("words", "Fri"), translate("words", "Sat"),
        translate("words", "Sun"),
    )  # fmt: skip
    return names[place]


def moment(at: datetime, now: datetime, *, seconds: bool = True) -> str:
    """A time in UTC, with the date when it is not today: 02:36:02, 16 Mar 22:08:14, 16 Mar 2025 22:08."""
    clock = at.strftime("%H:%M:%S" if seconds else "%H:%M")
    if at.date() == now.date():
        return clock
    if abs(now - at) < timedelta(days=300):
        text = translate("words", "{day} {month} {clock}")
    else:
        text = translate("words", "{day} {month} {year} {clock}")
    return text.format(day=at.day, month=month(at.month), year=at.year, clock=clock)


def wall_clock(now: datetime) -> str:
    """The clock of the status bar: Tue 17 Mar 2026, 02:41:18 UTC."""
    return translate("words", "{weekday} {day} {month} {year}, {clock} UTC").format(
        weekday=weekday(now.weekday()), day=now.day, month=month(now.month), year=now.year,
        clock=now.strftime("%H:%M:%S"),
    )  # fmt: skip


def unit_text(unit: Unit) -> str:
    """What stands beside a number, where the number does not carry it itself."""
    return _UNITS[unit]()


_UNITS: Final[dict[Unit, Callable[[], str]]] = {
    Unit.NONE: lambda: "",
    Unit.BYTES: lambda: translate("words", "bytes"),
    Unit.SECONDS: lambda: translate("words", "s"),
    Unit.PERCENT: lambda: translate("words", "%"),
    Unit.ENTRIES: lambda: translate("words", "entries"),
    Unit.PER_SECOND: lambda: translate("words", "per second"),
    Unit.BYTES_PER_SECOND: lambda: translate("words", "bytes per second"),
    Unit.TIME: lambda: translate("words", "UTC"),
    Unit.POSITION: lambda: "",
    Unit.COUNT: lambda: "",
}


def value_text(value: Scalar, unit: Unit, now: datetime) -> str:
    """A figure's value with its unit, ready to be shown; a dash where there is none."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return translate("words", "yes") if value else translate("words", "no")
    if isinstance(value, str):
        return _text_value(value, unit, now)
    match unit:
        case Unit.BYTES:
            return bytes_text(value)
        case Unit.BYTES_PER_SECOND:
            return bytes_per_second(value)
        case Unit.SECONDS:
            return duration(value)
        case Unit.PERCENT:
            return translate("words", "{n} %").format(n=compact(float(value)))
        case Unit.ENTRIES:
            return translate("words", "{n} entries").format(n=number(value))
        case Unit.PER_SECOND:
            return translate("words", "{n}/s").format(n=compact(float(value)))
        case Unit.COUNT:
            return number(value)
        case Unit.NONE | Unit.TIME | Unit.POSITION:
            return f"{value:,}" if isinstance(value, int) else compact(value)


def _text_value(value: str, unit: Unit, now: datetime) -> str:
    if unit is not Unit.TIME:
        return value or NOTHING
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment(at if at.tzinfo else at.replace(tzinfo=now.tzinfo), now)


def figure_text(figure: Figure, now: datetime) -> str:
    """A figure's value with its unit; round trips in milliseconds, identifiers as they are."""
    from_seconds = figure.unit is Unit.SECONDS and isinstance(figure.value, int | float)
    if from_seconds and figure.quantity.value.endswith("round-trip"):
        return round_trip(float(figure.value or 0))
    if figure.unit is Unit.NONE and isinstance(figure.value, int) and not isinstance(figure.value, bool):
        return str(figure.value)  # a timeline, an identifier: not a quantity, so no thousands groups
    return value_text(figure.value, figure.unit, now)


def brief(seconds: float) -> str:
    """A duration in its greatest unit alone, for narrow columns: 18 s, 6 min, 2 h, 3 d."""
    total = max(0, int(seconds))
    if total < _MINUTE:
        return translate("words", "{s} s").format(s=total)
    if total < _HOUR:
        return translate("words", "{m} min").format(m=total // _MINUTE)
    if total < _DAY:
        return translate("words", "{h} h").format(h=total // _HOUR)
    return translate("words", "{d} d").format(d=number(total // _DAY))
