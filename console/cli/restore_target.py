"""What moment a person means on the command line: a time with its zone, a position, an entry, a restore point."""

from argparse import Namespace
from datetime import datetime

from console.cli.face import Exit, failed
from console.domain.restore import Target, TargetKind
from console.domain.wal import Lsn

GIVEN = ("latest", "time", "lsn", "entry", "point")


def target_of(options: Namespace) -> tuple[Target | None, str]:
    """The target and its words; None where none was named. Raises CommandFailed on what makes no sense."""
    given = [name for name in GIVEN if getattr(options, name, None) not in (None, False, "")]
    if len(given) > 1:
        raise _usage(f"--{given[0]} and --{given[1]} name two moments", "name one of them")
    if getattr(options, "before", False) and given != ["entry"]:
        raise _usage("--before belongs to --entry", "as '--entry 4711 --before'")
    if not given:
        return None, ""
    timeline: int | None = getattr(options, "timeline", None)
    match given[0]:
        case "time":
            at = _time(options.time)
            return Target(kind=TargetKind.TIME, time=at, timeline=timeline), at.isoformat(sep=" ")
        case "lsn":
            position = _position(options.lsn)
            return Target(kind=TargetKind.POSITION, position=position, timeline=timeline), f"position {position}"
        case "entry":
            kind = TargetKind.BEFORE_ENTRY if options.before else TargetKind.AFTER_ENTRY
            word = "before" if options.before else "after"
            target = Target(kind=kind, entry=options.entry, origin=options.origin, timeline=timeline)
            return target, f"just {word} entry {options.entry:,}"
        case "point":
            return Target(kind=TargetKind.NAME, name=options.point, timeline=timeline), f"point {options.point}"
        case _:
            return Target(timeline=timeline), "latest"


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise _usage(f"{text!r} is no time", "as '2026-03-17 14:30:00+01:00'") from None
    if at.tzinfo is None:
        raise _usage(f"{text!r} has no time zone: it could mean any of many moments", f"as '{text.strip()}+00:00'")
    return at


def _position(text: str) -> Lsn:
    try:
        return Lsn.parse(text.strip())
    except ValueError:
        raise _usage(f"{text!r} is no position in the WAL", "as '0/3000060'") from None


def _usage(what: str, then: str) -> Exception:
    return failed("usage", what, then=then, code=Exit.USAGE)
