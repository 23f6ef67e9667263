"""What the commands about automatic recovery take on the command line."""

from argparse import ArgumentTypeError, BooleanOptionalAction
from collections.abc import Callable
from datetime import time
from typing import Any, Final

from console.cli.change_options import entries

_Words = tuple[tuple[str, ...], dict[str, Any]]
_CLUSTER: Final[_Words] = (("cluster",), {})
WORDS: Final = ("off", "observe", "automatic", "ack")
FIGURE_MAX: Final = 1e6


def figure(text: str) -> float:
    """A number of minutes, hours or seconds that is not below zero."""
    try:
        value = float(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no number") from error
    if not 0.0 <= value <= FIGURE_MAX:
        raise ArgumentTypeError(f"{text!r} is not between 0 and {FIGURE_MAX:,.0f}")
    return value


def quiet_hours(text: str) -> tuple[time, time] | None:
    """'22:00-06:00' in UTC; 'none' ends them."""
    if text == "none":
        return None
    begin, _, end = text.partition("-")
    try:
        hours = time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} are no hours; write 22:00-06:00, in UTC, or none") from error
    if hours[0] == hours[1] or any(one.tzinfo is not None for one in hours):
        raise ArgumentTypeError(f"{text!r} are no hours; write 22:00-06:00, in UTC, or none")
    return hours


def _flag(name: str, told: str) -> _Words:
    return ((name,), {"action": BooleanOptionalAction, "default": None, "help": told})


def _number(name: str, unit: str, told: str) -> _Words:
    return ((name,), {"type": figure, "default": None, "metavar": unit, "help": told})


def add_automation(
    add: Callable[..., None], commands: Any, late: Callable[[str, str], Callable[..., Any]]
) -> None:
    """Put `why` and `automation` among the commands."""
    add(commands, "why", late("automation", "why"), "would it act by itself now, and why not", _CLUSTER)
    add(commands, "automation", late("automation", "automation"),
        "show or set what may be done by itself; what is not named stays as it is", _CLUSTER,
        (("word",), {"nargs": "?", "choices": WORDS, "metavar": "off|observe|automatic|ack"}),
        _flag("--at-once", "a dead primary gets no time to restart in place"),
        _flag("--quorum-fence", "a silent primary may be fenced by cutting its synchronous standbys"),
        (("--max-loss-entries",), {"type": entries, "default": None, "metavar": "N",
                                   "help": "how many entries may be lost at most"}),
        _number("--evidence-seconds", "S", "for how long the evidence has to stand"),
        _number("--pause-minutes", "M", "after an act of its own, until it is acknowledged"),
        _number("--backup-hours", "H", "how old the newest complete backup may be; 0: not asked"),
        _flag("--restart-standbys", "a killed standby is started again"),
        _flag("--rebuild-standbys", "a lost standby is built anew"),
        (("--quiet",), {"type": quiet_hours, "default": (), "metavar": "HH:MM-HH:MM",
                        "help": "daily hours, UTC, in which nothing is done by itself; none: there are none"}),
        (("--maintenance",), {"metavar": "TIME", "default": None,
                              "help": "nothing is done by itself for so long from now on, as 2h; 0 ends it"}),
        (("--attempt",), {"metavar": "ID", "default": "", "help": "with ack: which; default: the one that waits"}),
        (("--reason",), {"metavar": "TEXT", "default": "", "help": "why; it stands in the audit log"}))  # fmt: skip
