"""Folds what the outage meter's client says, line by line, into the write gap as that client saw it."""

import re
from array import array
from collections import deque
from typing import Final

from console.domain.reading import Refusal, SqlState
from console.domain.run import Outage
from console.domain.text import shown
from console.postgres.probe import failure_of

LINE_BYTES_MAX: Final = 1000
MARKS_MAX: Final = 200
OPEN_SECONDS: Final = 0.5  # without a word that long, no write succeeds at this moment
MARKED_SECONDS: Final = 0.1  # two acknowledged writes further apart are both marked

_LINE: Final = re.compile(rb"([aeus]) (\d{1,15}) (\d{1,12}(?:\.\d{1,9})?)(?: (\w{1,20}))?")
_BEGIN: Final = re.compile(rb"b (\d{1,12}(?:\.\d{1,9})?)")
# Not an outage, but that the client may not write at all: table or schema missing, no right, login refused.
_CANNOT_WRITE: Final = frozenset({"42P01", "42703", "42501", "3F000", "42P10"})
_CANNOT_CONNECT: Final = frozenset({Refusal.HBA, Refusal.PASSWORD, Refusal.NO_ROLE, Refusal.NO_DATABASE, Refusal.TLS})
_CANCELLED: Final = "57014"  # the server says that it was stopped, not what became of it


class OutageLines:
    """What is known so far. Times are seconds of the client's host's uptime: all gaps are of this one clock."""

    def __init__(self) -> None:
        self.acknowledged = self.errors = self.unknown = 0
        self.last_number = 0
        self.last_code = ""
        self.message = ""  # what psql said last, made harmless
        self.trouble = ""
        self._rest = b""
        self._begin: float | None = None
        self._last_ack: float | None = None
        self._failed_since = False
        self._gap: float | None = None
        self._numbers = array("Q")  # acknowledged, and not known to be lost; always growing
        self._lost = 0
        self._compared = False
        self._first_marks: list[tuple[float, bool]] = []
        self._late_marks: deque[tuple[float, bool]] = deque(maxlen=MARKS_MAX // 2)

    def feed(self, data: bytes) -> None:
        """Take a further piece of the client's log. Lines that are none of the client's own are left out."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[:LINE_BYTES_MAX]
        for line in lines:
            self._line(line[:LINE_BYTES_MAX])

    def _line(self, line: bytes) -> None:
        begun = _BEGIN.fullmatch(line)
        if begun is not None:
            if self._begin is None:
                self._begin = float(begun[1])
            else:
                # A new client, perhaps after its host was restarted: its time can't be held against the old one's.
                self._last_ack, self._failed_since = None, False
        elif line.startswith(b"m "):
            self.message = shown(line[2:].decode("utf-8", "replace"))
        elif line == b"x no-psql":
            self.trouble = "no-psql"
        elif (found := _LINE.fullmatch(line)) is not None:
            number, at, code = int(found[2]), float(found[3]), (found[4] or b"").decode()
            if found[1] == b"s":
                self._session(number)
            else:
                self._attempt(found[1].decode(), number, at, code)

    def _attempt(self, kind: str, number: int, at: float, code: str) -> None:
        if number <= self.last_number:
            return  # each number is tried once; who says otherwise is not our client
        self.last_number = number
        if kind == "a":
            self._acknowledged(number, at)
            return
        if kind == "u" or code == _CANCELLED:
            self.unknown += 1
        else:
            self.errors += 1
        self.last_code = code
        if not self._failed_since:
            if self._last_ack is not None:
                self._mark(self._last_ack, True)
            self._mark(at, False)
        self._failed_since = True

    def _acknowledged(self, number: int, at: float) -> None:
        self.acknowledged += 1
        before = self._last_ack
        if before is None:
            # What came before the first one counts only where writes were tried and failed.
            before = self._begin if self._failed_since else at
        if before is not None:
            gap = max(0.0, at - before)
            self._gap = gap if self._gap is None else max(self._gap, gap)
            if not self._failed_since and gap > MARKED_SECONDS:
                self._mark(before, True)
            if self._failed_since or gap > MARKED_SECONDS or not self._first_marks:
                self._mark(at, True)
        self._failed_since = False
        self._last_ack = at
        self._numbers.append(number)

    def _session(self, number: int) -> None:
        """A new session found this number on the server that it came to."""
        if self.acknowledged:
            self.compare(number)

    def compare(self, number: int) -> None:
        """What was acknowledged above the number that a server holds is lost there, whatever is written later."""
        while self._numbers and self._numbers[-1] > number:
            self._numbers.pop()
            self._lost += 1
        self._compared = True

    def _mark(self, at: float, succeeded: bool) -> None:
        seconds = round(max(0.0, at - (self._begin if self._begin is not None else at)), 3)
        if len(self._first_marks) < MARKS_MAX // 2:
            self._first_marks.append((seconds, succeeded))
        else:
            self._late_marks.append((seconds, succeeded))

    def why(self) -> str:
        """Why nothing is measured, a kebab-case word with its SQLSTATE or the like behind a colon; empty: it is."""
        if self.trouble or self.acknowledged:
            return self.trouble
        if self.last_code in _CANNOT_WRITE:
            return f"cannot-write:{self.last_code}"
        if self.last_code == "connect" and self.message:
            failure = failure_of(self.message.encode(), None)
            if failure.state is SqlState.REFUSES and failure.refusal in _CANNOT_CONNECT:
                return f"cannot-connect:{failure.refusal.value}"
        return "no-write-succeeded" if self.errors + self.unknown else "no-write-yet"

    def outage(self, host_seconds: float | None, *, ended: bool = False) -> Outage:
        """The gap up to now; `host_seconds` is the client host's uptime when its log was read. `ended`: it no longer
        writes, so the time since its last line says nothing."""
        why = self.why()
        silent = 0.0
        if host_seconds is not None and not ended and self._last_ack is not None:
            silent = host_seconds - self._last_ack
        opened = not self.trouble and (self._failed_since or silent > OPEN_SECONDS)
        if why.startswith("cannot-"):
            opened = False
        gap = self._gap
        if opened and self._last_ack is not None:
            gap = max(gap or 0.0, silent)
        return Outage(
            gap_seconds=None if gap is None else round(gap, 3),
            open=opened,
            attempts=self.acknowledged + self.errors + self.unknown,
            acknowledged=self.acknowledged,
            errors=self.errors,
            unknown=self.unknown,
            lost_acknowledged=self._lost if self._compared else None,
            marks=(*self._first_marks, *self._late_marks),
            why=why,
        )
