"""The audit log as others use it: note, show, export and verify; what can't be noted is refused, never passed over."""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from console.domain.audit import (
    Anchor,
    AuditEntry,
    AuditKind,
    Broken,
    ChainCheck,
    ChainFault,
    UnreadableEntry,
    check_chain,
    found_broken,
    noted,
)
from console.domain.audit_file import LINE_BYTES_MAX, anchor_line, anchor_of, entry_of, line_of
from console.governance.anchors import OWNER_ONLY, Anchors, read_anchors, write_anchors
from console.store.audit_log import AuditEntries, AuditFilter

CONSOLE: Final = "console"  # who, where no person is behind an entry
LOUD: Final = frozenset({AuditKind.BREAK_GLASS, AuditKind.LOCK_BROKEN, AuditKind.ATTESTATION})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A written copy of the log: how many entries, and the anchor on its last line."""

    path: str
    entries: int
    anchor: Anchor


class AuditLog:
    """One console's audit log. Any thread may note; each entry is durable when `note` returns.

    `hide` takes known secrets out of a text. `heard` is told of each new entry.
    """

    def __init__(
        self,
        entries: AuditEntries,
        *,
        anchors: Path,
        console: str,
        now: Callable[[], datetime],
        hide: Callable[[str], str] = str,
        heard: Callable[[AuditEntry], None] | None = None,
    ) -> None:
        self._entries = entries
        self._path = anchors
        self._console = console
        self._now = now
        self._hide = hide
        self._heard = heard
        self._guard = threading.Lock()
        self._anchors = Anchors()
        self.anchor_trouble = ""  # why the newest anchor could not be written; empty: it was

    def listen(self, heard: Callable[[AuditEntry], None]) -> None:
        """Tell each new entry to this from now on; it must return at once."""
        self._heard = heard

    def begin(self) -> AuditEntry | None:
        """Look once whether the log still ends where its anchor says; what is missing is noted, and stays known.

        Gives the entry that says so, or None. Raises StoreTrouble.
        """
        newest = self._entries.newest(at=self._now())
        try:
            found, unread = read_anchors(self._path), ""
        except ValueError as error:
            found, unread = Anchors(), f"{error}"
            with suppress(OSError):
                self._path.replace(self._path.with_name(f"{self._path.name}.unreadable"))
        lost = found.newest is not None and not self._entries.holds(found.newest)
        self._anchors = replace(found, denied=found.all) if lost else found
        detail: tuple[tuple[str, str], ...]
        if lost and found.newest is not None:
            detail = (
                ("fault", ChainFault.NEWEST_MISSING.value), ("anchor-console", found.newest.console),
                ("anchor-number", str(found.newest.number)), ("anchor-hash", found.newest.hash),
                ("log-ends-at", str(newest.number)),
            )  # fmt: skip
        elif unread:
            detail = (("fault", ChainFault.ANCHOR_UNREADABLE.value), ("said", unread))
        elif found.newest is None and newest.number > 1:
            detail = (("fault", ChainFault.ANCHOR_MISSING.value), ("log-ends-at", str(newest.number)))
        else:
            return None
        return self.note(AuditKind.FAULT, who=CONSOLE, subject="audit-log", detail=detail)

    def note(
        self,
        kind: AuditKind,
        *,
        who: str,
        cluster: str = "",
        run: str | None = None,
        subject: str = "",
        detail: Iterable[tuple[str, str]] = (),
    ) -> AuditEntry:
        """Record it. Raises StoreTrouble: then it was not recorded, and what it stands for must not go on."""
        return self.note_several(kind, ((subject, detail),), who=who, cluster=cluster, run=run)[0]

    def note_several(
        self,
        kind: AuditKind,
        several: Iterable[tuple[str, Iterable[tuple[str, str]]]],
        *,
        who: str,
        cluster: str = "",
        run: str | None = None,
    ) -> tuple[AuditEntry, ...]:
        """Record what happens side by side, each a subject with its detail: all or nothing. Raises as `note` does."""
        hide = self._hide
        notes = [
            noted(
                kind, at=self._now(), who=hide(who), cluster=hide(cluster), run=None if run is None else hide(run),
                subject=hide(subject), detail=[(hide(name), hide(value)) for name, value in detail],
            )
            for subject, detail in several
        ]  # fmt: skip
        with self._guard:
            entries = self._entries.append_all(notes)
            newest = entries[-1]
            self._anchor(Anchor(console=self._console, number=newest.number, hash=newest.hash, at=newest.at))
        for entry in entries:
            if kind in LOUD:
                where = (kind.value, entry.who, entry.cluster, entry.subject, entry.number)
                log.warning("%s by %s on %s: %s (audit entry %d)", *where)
            if self._heard is not None:
                self._heard(entry)
        return entries

    def _anchor(self, newest: Anchor) -> None:
        """After the commit, never before: an anchor ahead of the log would look like a log that lost its end."""
        self._anchors = replace(self._anchors, newest=newest)
        try:
            write_anchors(self._path, self._anchors)
            self.anchor_trouble = ""
        except OSError as error:
            # The entry itself is safe. The next one writes the anchor anew; until then a verification says how old
            # the anchor is, and the trouble is shown with it.
            self.anchor_trouble = f"{self._path}: {error.strerror or error}"
            log.error("the audit log's anchor could not be written: %s", self.anchor_trouble)

    def chosen(self, wanted: AuditFilter) -> tuple[tuple[AuditEntry, ...], int]:
        """The newest entries that pass the filter, and how many older ones there are. Raises StoreTrouble."""
        return self._entries.chosen(wanted)

    def stream(self) -> Iterator[AuditEntry]:
        """Every entry in order. Raises StoreTrouble, and UnreadableEntry at the place of one that can't be read."""
        return self._entries.stream()

    def ends(self) -> Anchor:
        """Where the log ends now. Raises StoreTrouble."""
        return self._entries.newest(at=self._now())

    def export(self, path: Path) -> Exported:
        """Write the whole log to a new file. Raises StoreTrouble, or OSError, also where the file is there already."""
        last = replace(self._entries.newest(at=self._now()), number=0)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_ONLY)
        try:
            with os.fdopen(handle, "wb") as file:
                for entry in self._entries.stream():
                    file.write(line_of(entry))
                    last = replace(last, number=entry.number, hash=entry.hash)
                file.write(anchor_line(last))
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            # Half a log would look like one that lost its end.
            path.unlink(missing_ok=True)
            raise
        return Exported(path=str(path), entries=last.number, anchor=last)

    def verify(self, *, also: Iterable[Anchor] = ()) -> ChainCheck:
        """Verify the store's log against its anchors, and against others that were kept elsewhere.

        Raises StoreTrouble where the store can't be read at all.
        """
        with self._guard:
            # Read from the disk, not from memory: what stands there is what is to be verified.
            try:
                kept = read_anchors(self._path)
            except ValueError:
                check = check_chain(self._entries.stream(), console=self._console)
                broken = Broken(place=check.entries + 1, fault=ChainFault.ANCHOR_UNREADABLE)
                return check if check.broken is not None else found_broken(check, broken)
            number = self._entries.newest(at=self._now()).number
        anchors = [*kept.all, *also]
        ours = [anchor for anchor in anchors if anchor.console == self._console]
        # Between the first entry's commit and its anchor a console may be killed; later there is always one.
        check = check_chain(self._entries.stream(), console=self._console, anchors=ours, needs_anchor=number > 1)
        foreign = next((anchor for anchor in anchors if anchor.console != self._console), None)
        if foreign is None or check.broken is not None:
            return check
        return found_broken(check, Broken(place=1, fault=ChainFault.OTHER_START, found=foreign.number))


def verify_file(path: Path) -> ChainCheck:
    """Verify an exported copy, by nothing but itself. Raises OSError where it can't be read."""
    with path.open("rb") as file:
        last = _last_line(file)
        try:
            anchor = anchor_of(last)
        except ValueError:
            anchor = None
        file.seek(0)
        if anchor is None:
            return _without_anchor(file, last)
        check = check_chain(_lines(file, up_to=anchor), console=anchor.console, anchors=(anchor,))
    if check.broken is None and check.entries > anchor.number:
        # A copy ends where its anchor says: what stands beyond it was put there later.
        place = anchor.number + 1
        return found_broken(check, Broken(place=place, fault=ChainFault.INSERTED, expected=anchor.number, found=place))
    return check


def anchor_of_file(path: Path) -> Anchor:
    """The anchor of an exported copy. Raises OSError, and ValueError where its last line is none."""
    with path.open("rb") as file:
        return anchor_of(_last_line(file))


def _without_anchor(file: BinaryIO, last: bytes) -> ChainCheck:
    """The copy's last line is no anchor: where it stands is the broken place, however whole the entries look."""
    count = sum(1 for _ in iter(lambda: file.readline(LINE_BYTES_MAX), b""))
    fault = ChainFault.ANCHOR_MISSING
    with suppress(UnreadableEntry):
        entry_of(last)
        return _unanchored(Broken(place=count + 1, fault=fault))
    return _unanchored(Broken(place=max(count, 1), fault=ChainFault.ANCHOR_UNREADABLE if count else fault))


def _unanchored(broken: Broken) -> ChainCheck:
    return found_broken(check_chain((), console=""), broken)


def _lines(file: BinaryIO, *, up_to: Anchor) -> Iterator[AuditEntry]:
    """The entries of a copy: all its lines but the last, which is the anchor."""
    end = anchor_line(up_to)
    line = file.readline(LINE_BYTES_MAX)
    while line:
        following = file.readline(LINE_BYTES_MAX)
        if not following and line == end:
            return
        yield entry_of(line)
        line = following


def _last_line(file: BinaryIO) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LINE_BYTES_MAX))
    tail = file.read(LINE_BYTES_MAX)
    return tail[tail.rfind(b"\n", 0, -1) + 1 :]
