"""The workload's own record: each booking's id before it is sent, its outcome, and what became of the unknown ones."""

import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Final

import msgspec

from console.lab.trades import Trade

RECORD_BYTES_MAX: Final = 512 * 1024 * 1024  # then one older file is kept, the one before it goes


class Outcome(Enum):
    """How a booking ended, as its client saw it."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"  # the connection was cut, no answer came in time, or a wait for a standby was cancelled


class Fate(Enum):
    """What became of an unknown one, asked later by its id."""

    PRESENT = "present"
    ABSENT = "absent"


class Sent(msgspec.Struct, frozen=True, kw_only=True, tag="sent"):
    """On disk before the booking leaves the client."""

    reference: str
    at: str
    description: str
    debits: dict[str, str]  # what it books, per currency: losses are told in money


class Ended(msgspec.Struct, frozen=True, kw_only=True, tag="outcome", omit_defaults=True):
    """The live outcome."""

    reference: str
    at: str
    outcome: Outcome
    number: int | None = None
    sqlstate: str | None = None
    detail: str = ""


class Settled(msgspec.Struct, frozen=True, kw_only=True, tag="settled", omit_defaults=True):
    """An unknown one, looked up by its id on a later connection."""

    reference: str
    at: str
    fate: Fate
    number: int | None = None


class Carried(msgspec.Struct, frozen=True, kw_only=True, tag="carried"):
    """The first line of a file that follows a full one: the figures so far, and what is still unknown."""

    at: str
    tally: dict[str, int]
    last_number: int | None
    open: tuple[str, ...]


Line = Sent | Ended | Settled | Carried
_DECODER: Final = msgspec.json.Decoder(Line)
_ENCODER: Final = msgspec.json.Encoder()


@dataclass(slots=True)
class Tally:
    """The record in figures."""

    acknowledged: int = 0
    refused: int = 0
    unknown: int = 0
    settled_present: int = 0
    settled_absent: int = 0


def now_text() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Record:
    """Append-only lines. `sent` returns only when the line is on disk; an outcome is flushed with the next one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._pending: set[str] = set()  # sent, and no outcome yet
        self._unknown: set[str] = set()
        self.tally = Tally()
        self.last_number: int | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        self._take_up()
        self._file = path.open("ab", buffering=0)
        # A service that was killed in the middle of a booking never learned its outcome.
        for reference in tuple(self._pending):
            self.ended(reference, Outcome.UNKNOWN, detail="the client ended before the answer came")

    def sent(self, trade: Trade) -> None:
        """Puts a booking on disk, before it is sent."""
        debits: dict[str, list[str]] = {}
        for posting in trade.postings:
            if posting.side == "D":
                debits.setdefault(posting.currency, []).append(posting.amount)
        totals = {code: amounts[0] if len(amounts) == 1 else _sum(amounts) for code, amounts in debits.items()}
        line = Sent(reference=trade.reference, at=now_text(), description=trade.description, debits=totals)
        with self._lock:
            self._append(line)
            os.fdatasync(self._file.fileno())

    def ended(
        self,
        reference: str,
        outcome: Outcome,
        *,
        number: int | None = None,
        sqlstate: str | None = None,
        detail: str = "",
    ) -> None:
        """Notes the live outcome of a booking."""
        with self._lock:
            self._append(
                Ended(
                    reference=reference, at=now_text(), outcome=outcome, number=number, sqlstate=sqlstate, detail=detail
                )
            )

    def settled(self, reference: str, number: int | None) -> None:
        """Notes what became of an unknown one: its number, or None where the books don't have it."""
        fate = Fate.PRESENT if number is not None else Fate.ABSENT
        with self._lock:
            self._append(Settled(reference=reference, at=now_text(), fate=fate, number=number))

    def unknown(self) -> tuple[str, ...]:
        """The ids whose fate nobody has looked up yet."""
        with self._lock:
            return tuple(self._unknown)

    def close(self) -> None:
        with self._lock:
            os.fdatasync(self._file.fileno())
            self._file.close()

    def _append(self, line: Line) -> None:
        self._file.write(_ENCODER.encode(line) + b"\n")
        self._count(line)
        if self._file.tell() > RECORD_BYTES_MAX:
            self._turn_over()

    def _count(self, line: Line) -> None:
        tally = self.tally
        match line:
            case Sent():
                self._pending.add(line.reference)
            case Ended(outcome=outcome):
                self._pending.discard(line.reference)
                setattr(tally, outcome.value, getattr(tally, outcome.value) + 1)
                if outcome is Outcome.UNKNOWN:
                    self._unknown.add(line.reference)
                if outcome is Outcome.ACKNOWLEDGED and line.number is not None:
                    self.last_number = max(self.last_number or 0, line.number)
            case Settled(fate=fate):
                self._unknown.discard(line.reference)
                name = f"settled_{fate.value}"
                setattr(tally, name, getattr(tally, name) + 1)
            case Carried():
                self.tally = msgspec.convert(line.tally, Tally)
                self.last_number = line.last_number
                self._unknown = set(line.open)

    def _take_up(self) -> None:
        """Reads what an earlier service wrote; a last line that was cut off in the writing never was sent."""
        if not self._path.exists():
            return
        end = 0
        with self._path.open("rb") as file:
            for text in file:
                if not text.endswith(b"\n"):
                    break
                self._count(_DECODER.decode(text))
                end += len(text)
        os.truncate(self._path, end)

    def _turn_over(self) -> None:
        os.fdatasync(self._file.fileno())
        self._file.close()
        self._path.replace(self._path.with_name(f"{self._path.stem}.before{self._path.suffix}"))
        self._file = self._path.open("ab", buffering=0)
        tally: dict[str, int] = msgspec.to_builtins(self.tally)
        carried = Carried(at=now_text(), tally=tally, last_number=self.last_number, open=tuple(self._unknown))
        self._file.write(_ENCODER.encode(carried) + b"\n")


def read_record(path: Path) -> tuple[Line, ...]:
    """All whole lines of a record, for whoever compares it with the books."""
    lines = path.read_bytes().split(b"\n")
    return tuple(_DECODER.decode(line) for line in lines[:-1])


def _sum(amounts: list[str]) -> str:
    scale = len(amounts[0].partition(".")[2])
    total = sum(int(amount.replace(".", "")) for amount in amounts)
    if scale == 0:
        return str(total)
    whole, rest = divmod(total, 10**scale)
    return f"{whole}.{rest:0{scale}d}"
