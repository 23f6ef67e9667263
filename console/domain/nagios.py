"""Reads what a monitoring script said, in Nagios's convention: exit status, text, performance data, ranges.

Source: https://nagios-plugins.org/doc/guidelines.html. What a script says is hostile input: everything is cut, made
harmless, and what can't be read is left out; nothing here raises for it.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

from console.domain.monitoring import OUTPUT_CHARACTERS_MAX, CheckState, PerfValue
from console.domain.text import shown

PERF_VALUES_MAX: Final = 64
PERF_CHARACTERS_MAX: Final = 8_192  # of all performance data together
LABEL_CHARACTERS_MAX: Final = 100
RANGE_CHARACTERS_MAX: Final = 60
LINES_MAX: Final = 200
BYTES_READ_MAX: Final = 64 * 1024
_NUMBER: Final = r"[-+]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][-+]?[0-9]{1,3})?"
_VALUE: Final = re.compile(rf"({_NUMBER}|U)([^0-9;'\"\s][^;'\"\s]{{0,9}})?")
_PLAIN: Final = re.compile(_NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A range as Nagios writes it: 'start:end', both included. It alerts outside, or with '@' inside."""

    low: float
    high: float
    inside: bool = False

    def alerts(self, value: float) -> bool:
        """Does this value alert? What is no number always does."""
        if math.isnan(value):
            return True
        return (self.low <= value <= self.high) is self.inside


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptOutput:
    """What a script printed. `text`: its first line without performance data, then its further lines."""

    text: str
    values: tuple[PerfValue, ...] = ()
    cut: bool = False


def read_range(text: str) -> Range | None:
    """'10' is 0:10, '10:' from 10 on, '~:10' up to 10, '10:20', '@10:20'. Empty: None. Raises ValueError."""
    text = text.strip()
    if not text:
        return None
    if len(text) > RANGE_CHARACTERS_MAX:
        raise ValueError(f"a range of {len(text)} characters")
    inside = text.startswith("@")
    low, colon, high = text[inside:].partition(":")
    if not colon:
        low, high = "0", low
        if not high:
            raise ValueError(f"not a range: {text!r}")
    start = -math.inf if low == "~" else _number(low or "0", text)
    end = math.inf if not high else _number(high, text)
    if start > end:
        raise ValueError(f"a range from {low} to {high} holds nothing")
    return Range(low=start, high=end, inside=inside)


def _number(text: str, whole: str) -> float:
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"not a range: {whole!r}")
    return float(text)


def state_of(status: int | None) -> tuple[CheckState, str]:
    """The state that an exit status means, and why it is not the script's own word; empty where it is."""
    match status:
        case 0 | 1 | 2 | 3:
            return CheckState(status), ""
        case None:
            return CheckState.UNKNOWN, "lost"
        case 126:
            return CheckState.UNKNOWN, "not-executable"
        case 127:
            return CheckState.UNKNOWN, "not-found"
        case _ if status < 0 or status > 128:
            return CheckState.UNKNOWN, "killed"
        case _:
            return CheckState.UNKNOWN, "exit-status"


def judged(value: float | None, *, warning: Range | None, critical: Range | None) -> CheckState:
    """A value held against limits, as for an SQL check. No value is unknown, unless nothing judges it."""
    if warning is None and critical is None:
        return CheckState.OK
    if value is None:
        return CheckState.UNKNOWN
    if critical is not None and critical.alerts(value):
        return CheckState.CRITICAL
    if warning is not None and warning.alerts(value):
        return CheckState.WARNING
    return CheckState.OK


def read_output(stdout: bytes) -> ScriptOutput:
    """The first line 'TEXT | values', further lines of text, and after a '|' in these further values."""
    cut = len(stdout) > BYTES_READ_MAX
    whole = stdout[:BYTES_READ_MAX].decode("utf-8", "replace").replace("\0", "�")
    lines = re.split(r"\r\n|\n|\r", whole.strip("\r\n"))
    cut = cut or len(lines) > LINES_MAX
    lines = lines[:LINES_MAX]
    first, _, values = lines[0].partition("|")
    more: list[str] = []
    data = [values]
    for place, line in enumerate(lines[1:], start=1):
        text, bar, values = line.partition("|")
        more.append(text)
        if bar:
            data += [values, *lines[place + 1 :]]
            break
    text, short = _text([first, *more])
    found, left = read_values(" ".join(data))
    return ScriptOutput(text=text, values=found, cut=cut or short or left)


def _text(lines: list[str]) -> tuple[str, bool]:
    """The lines, each made harmless, within the limit; and whether something was cut."""
    kept: list[str] = []
    room = OUTPUT_CHARACTERS_MAX
    for line in lines:
        if room <= 1:
            return "\n".join(kept).rstrip(), True
        told = shown(line, characters_max=room - 1)
        kept.append(told)
        room -= len(told) + 1
    text = "\n".join(kept).rstrip()
    return text[:OUTPUT_CHARACTERS_MAX], any(line.endswith("…") for line in kept) and room <= 1


def read_values(text: str) -> tuple[tuple[PerfValue, ...], bool]:
    """"'label'=value[unit];[warning];[critical];[min];[max]", blank between two; and whether some were left out."""
    left = len(text) > PERF_CHARACTERS_MAX
    found: list[PerfValue] = []
    for label, rest in _words(text[:PERF_CHARACTERS_MAX]):
        if len(found) >= PERF_VALUES_MAX:
            return tuple(found), True
        value = _value(label, rest)
        if value is None:
            left = True
        else:
            found.append(value)
    return tuple(found), left


def _words(text: str) -> list[tuple[str, str]]:
    """Labels and what follows their '='. A quoted label may hold blanks and '='; two quotes in it stand for one."""
    found, place = [], 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        label = ""
        if text[place] == "'":
            label, place = _quoted(text, place + 1)
        end = place
        while end < len(text) and not text[end].isspace():
            end += 1
        name, equals, value = text[place:end].partition("=")
        found.append((label + name if equals else "", value))
        place = end
    return found


def _quoted(text: str, place: int) -> tuple[str, int]:
    """What stands up to the closing quote, and the place behind it; without one, nothing but the end."""
    label = ""
    while place < len(text):
        if text[place] != "'":
            label, place = label + text[place], place + 1
        elif text[place + 1 : place + 2] == "'":
            label, place = label + "'", place + 2
        else:
            return label, place + 1
    return label, place


def _value(label: str, text: str) -> PerfValue | None:
    """One value; None where it makes no sense."""
    name = shown(label, characters_max=LABEL_CHARACTERS_MAX)
    parts = text.split(";")
    matched = _VALUE.fullmatch(parts[0])
    if not name or matched is None or len(parts) > 6:
        return None
    number = None if matched[1] == "U" else _finite(matched[1])
    if number is None and matched[1] != "U":
        return None
    limits = [shown(part, characters_max=RANGE_CHARACTERS_MAX) for part in parts[1:]] + [""] * 4
    return PerfValue(
        label=name, value=number, unit=shown(matched[2] or "", characters_max=10), warning=limits[0],
        critical=limits[1], low=_finite(limits[2]), high=_finite(limits[3]),
    )  # fmt: skip


def _finite(text: str) -> float | None:
    if not _PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def number_of(text: str) -> float | None:
    """A number as a server prints it; None where it is none. Booleans count: 't' is 1, 'f' is 0."""
    text = text.strip()
    if text in ("t", "f"):
        return 1.0 if text == "t" else 0.0
    return _finite(text)
