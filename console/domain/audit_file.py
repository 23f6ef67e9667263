"""An exported audit log as lines: each entry one JSON object, the last line the anchor, in one writing only."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Final

from console.domain.audit import Anchor, AuditEntry, AuditKind, UnreadableEntry, written

LINE_BYTES_MAX: Final = 4 * 1024 * 1024  # an entry at all its limits, in ASCII, stays below it


def line_of(entry: AuditEntry) -> bytes:
    """The entry as one line, its end included."""
    return _line(
        {
            "number": entry.number, "at": written(entry.at), "who": entry.who, "kind": entry.kind.value,
            "cluster": entry.cluster, "run": entry.run, "subject": entry.subject,
            "detail": [[name, value] for name, value in entry.detail], "previous": entry.previous, "hash": entry.hash,
        }
    )  # fmt: skip


def entry_of(line: bytes) -> AuditEntry:
    """The entry of one line. Raises UnreadableEntry where a single byte of it is not as `line_of` writes it."""
    try:
        read = json.loads(line)
        entry = AuditEntry(
            number=_whole(read["number"]), at=_moment(read["at"]), who=_text(read["who"]),
            kind=AuditKind(read["kind"]), cluster=_text(read["cluster"]),
            run=None if read["run"] is None else _text(read["run"]), subject=_text(read["subject"]),
            detail=tuple((_text(name), _text(value)) for name, value in read["detail"]),
            previous=_text(read["previous"]), hash=_text(read["hash"]),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise UnreadableEntry(f"{type(error).__name__}: {error}") from error
    if line_of(entry) != line:
        raise UnreadableEntry("it is not written as the log writes it")
    return entry


def anchor_line(anchor: Anchor) -> bytes:
    """The anchor as one line, with a sum of its own: no entry guards it."""
    said = _anchor_fields(anchor)
    return _line({"anchor": said, "sum": hashlib.sha256(_line(said)).hexdigest()})


def anchor_of(line: bytes) -> Anchor:
    """The anchor of one line. Raises ValueError where it is none, or not exactly as it was written."""
    try:
        read = json.loads(line)["anchor"]
        anchor = Anchor(
            console=_text(read["console"]), number=_whole(read["number"]), hash=_text(read["hash"]),
            at=_moment(read["at"]),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise ValueError(f"it is no anchor: {type(error).__name__}") from error
    if anchor_line(anchor) != line:
        raise ValueError("the anchor is not as it was written")
    return anchor


def _anchor_fields(anchor: Anchor) -> dict[str, object]:
    return {"console": anchor.console, "number": anchor.number, "hash": anchor.hash, "at": written(anchor.at)}


def _line(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("not a number")
    return value


def _moment(value: Any) -> datetime:
    at = datetime.fromisoformat(_text(value))
    if at.tzinfo is None:
        raise ValueError("a moment without its offset")
    return at.astimezone(UTC)
