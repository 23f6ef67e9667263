"""Pure readers of what a sandbox's scripts say: how far recovery is, what it asked for, what lies on a host."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from console.domain.books_seals import TimelineEnd, read_history
from console.domain.plan import Pairs
from console.domain.text import shown
from console.domain.wal import SEGMENT_NAME_LENGTH, Lsn, timeline_of_segment
from console.postgres.restore_verbs import LEADS_OUT_STATUS

SANDBOXES_MAX: Final = 200
LINES_MAX: Final = 2_000
_SEGMENT: Final = re.compile(r"[0-9A-F]{24}")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_SETTINGS_TOO_SMALL: Final = "insufficient parameter settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySeen:
    """One look at a sandbox. `stopped`: the server's own words on where it stopped.

    `position` None: it answers no question yet. `history`: how the timeline numbered `history_of` came to be.
    `asked`: the WAL files that it asked for last, with the status that its restore_command ended with.
    """

    running: bool
    ready: bool
    in_recovery: bool | None = None
    position: Lsn | None = None
    paused: bool = False
    waiting: bool = False  # replay stands still, as no more WAL came
    last_commit: datetime | None = None
    system_identifier: str = ""
    control_timeline: int | None = None
    history_of: int | None = None
    history: tuple[TimelineEnd, ...] | None = None
    stopped: str = ""
    asked: tuple[tuple[str, int], ...] = ()
    fetched: int = 0
    settings_too_small: bool = False
    makes_space: bool = False  # it ended at WAL that makes a table space, which would lie elsewhere
    log: tuple[str, ...] = ()

    def asked_in_vain(self) -> int:
        """How often in a row WAL was asked for that did not come."""
        count = 0
        for name, status in reversed(self.asked):
            if _SEGMENT.fullmatch(name):
                if status == 0:
                    break
                count += 1
        return count

    def lacked(self) -> str:
        """The name of the segment that was asked for last and did not come; empty where the last one came."""
        for name, status in reversed(self.asked):
            if _SEGMENT.fullmatch(name):
                return "" if status == 0 else name
        return ""

    def fetched_last(self) -> str:
        """The name of the last segment that came."""
        return next((n for n, status in reversed(self.asked) if status == 0 and _SEGMENT.fullmatch(n)), "")

    def timeline_at(self, wanted: int | None) -> int | None:
        """The timeline that its position lies on. `wanted`: the one that recovery was to follow."""
        top = self.history_of if wanted is None else wanted
        if self.position is None:
            return None
        if top is None or top <= 1:
            last = self.fetched_last()
            return top or (timeline_of_segment(last) if last else self.control_timeline)
        if self.history is None or self.history_of != top:
            return self.control_timeline
        return next((end.timeline for end in self.history if self.position <= end.end), top)

    def trouble(self) -> str:
        """The server's last complaint, in one line."""
        words = ("FATAL", "PANIC", "invalid", "incorrect", "unexpected", "could not", "contrecord", "out of memory")
        found = [line for line in self.log if any(word in line for word in words)]
        return shown(found[-1]) if found else ""


def segment_number(name: str, segment_bytes: int) -> int:
    """The number of a segment by its file's name: it holds bytes from number·size on. Raises ValueError."""
    if len(name) != SEGMENT_NAME_LENGTH:
        raise ValueError(f"not a WAL file name: {name[:40]!r}")
    return int(name[8:16], 16) * ((1 << 32) // segment_bytes) + int(name[16:], 16)


def read_look(stdout: bytes) -> RecoverySeen:
    """What `restore_verbs.look` said. Raises ValueError where it makes no sense."""
    facts: dict[str, str] = {}
    log: list[str] = []
    history: list[str] = []
    asked: list[tuple[str, int]] = []
    for line in stdout.decode("utf-8", "replace").splitlines()[:LINES_MAX]:
        head, _, rest = line.partition(" ")
        match head:
            case "fact":
                name, _, value = rest.partition(" ")
                facts.setdefault(name, value.strip())
            case "log":
                log.append(rest)
            case "history":
                history.append(rest)
            case "asked":
                name, _, status = rest.partition(" ")
                if status.isascii() and status.isdigit():
                    asked.append((name, int(status)))
            case _:
                pass
    if facts.get("running") not in ("yes", "no"):
        raise ValueError("it does not say whether it runs")
    position, wait = facts.get("position", ""), facts.get("wait", "")
    stops = [line for line in log if "LOG:  recovery stopping" in line]  # a restore_command's words stand there too
    of = facts.get("history_of", "")
    return RecoverySeen(
        running=facts["running"] == "yes",
        ready=facts.get("word") == "ready",
        in_recovery=None if "recovery" not in facts else facts["recovery"] == "true",
        position=Lsn.parse(position) if position else None,
        paused=facts.get("pause") == "paused",
        waiting=wait.startswith(("RecoveryRetrieve", "RecoveryWal")),
        last_commit=_moment(facts.get("last_commit", "")),
        system_identifier=_digits(facts.get("system", "")),
        control_timeline=_whole(facts.get("control_timeline", "")),
        history_of=int(of, 16) if re.fullmatch(r"[0-9A-F]{8}", of) else None,
        history=read_history("\n".join(history)) if of else None,
        stopped=shown(stops[-1].partition("recovery stopping ")[2]) if stops else "",
        asked=tuple(asked),
        fetched=_whole(facts.get("fetched", "")) or 0,
        settings_too_small=any(_SETTINGS_TOO_SMALL in line for line in log),
        makes_space=any("Tablespace/CREATE" in line for line in log)
        or any(status == LEADS_OUT_STATUS for _, status in asked),
        log=tuple(log),
    )


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) <= 20 else ""


def _whole(text: str) -> int | None:
    return int(text) if text and _digits(text) else None


def _moment(text: str) -> datetime | None:
    """A time as seconds since 1970. Raises ValueError."""
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", text):
        raise ValueError(f"not a time: {text[:40]!r}")
    return datetime.fromtimestamp(float(text), UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One sandbox as its files tell of it."""

    id: str
    facts: Pairs

    def fact(self, name: str) -> str:
        return dict(self.facts).get(name, "")


def read_listing(stdout: bytes) -> tuple[Listed, ...]:
    """What `restore_verbs.listing` said; what has no proper id is none of ours, and left out."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in stdout.decode("utf-8", "replace").splitlines():
        head, _, rest = line.partition(" ")
        if head == "sandbox":
            found.append((rest, {}))
        elif head == "fact" and found:
            name, _, value = rest.partition(" ")
            found[-1][1].setdefault(name, shown(value))
    return tuple(
        Listed(id=id_, facts=tuple(facts.items())) for id_, facts in found[:SANDBOXES_MAX] if _ID.fullmatch(id_)
    )
