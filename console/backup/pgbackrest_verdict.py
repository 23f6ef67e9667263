"""What a reading back of pgBackRest's files has shown: a verdict for each check, never by an exit status."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from console.backup.pgbackrest_seen import read_history
from console.domain.backup import Backup, BackupCheck, CheckResult, Mark, WalHeld, WalRange
from console.domain.backup_policy import BackupKind
from console.domain.text import shown
from console.domain.windows import holes_of

DETAIL_CHARACTERS_MAX: Final = 400
NAMED_MAX: Final = 5
RECORD_REASONS: Final = {"damaged": "record-damaged", "missing": "record-missing", "unread": "not-readable"}
FILE_REASONS: Final = {"differs": "file-differs", "missing": "file-missing"}


@dataclass(slots=True)
class SetRead:
    """What was read of one backup in one repository."""

    label: str
    trouble: str = ""  # why its list of files could not be read
    read: int = 0
    bad: int = 0
    all: int = 0


@dataclass(slots=True)
class RepositoryRead:
    """What was read in one repository."""

    records: list[tuple[str, str]] = field(default_factory=list)  # (word, name)
    set: SetRead | None = None
    bad: list[tuple[str, str]] = field(default_factory=list)
    wal: tuple[int, int, int, int] | None = None  # read, bad, all, bytes of a segment
    ranges: list[WalRange] = field(default_factory=list)
    wal_bad: list[tuple[str, str]] = field(default_factory=list)
    histories: dict[int, list[str]] = field(default_factory=dict)
    unsealed: int = 0
    pages_bad: int = 0
    report: list[str] = field(default_factory=list)
    report_status: int | None = None
    words: str = ""


@dataclass(slots=True)
class Reading:
    """All that a reading back has said. `over`: it went through to its end."""

    repositories: dict[int, RepositoryRead] = field(default_factory=dict)
    mirror: tuple[int, int, int] | None = None  # WAL in both, in the first only, in the second only
    over: bool = False
    reason: str = ""
    detail: str = ""

    def of(self, number: int) -> RepositoryRead:
        return self.repositories.setdefault(number, RepositoryRead())


def read_reading(output: str) -> Reading:
    """What the script said. A line that makes no sense is passed over; what it would have told is then not checked."""
    reading = Reading()
    for line in output.splitlines():
        words = line.split()
        if words[:1] == ["fact"] and len(words) > 2:
            if words[1:] == ["verified", "yes"]:
                reading.over = True
            elif words[1] == "reason":
                reading.reason = words[2]
            elif words[1] == "detail":
                reading.detail = shown(line.split(None, 2)[2])
        elif words[:1] == ["mirror"] and len(words) == 4 and all(one.isdigit() for one in words[1:]):
            reading.mirror = (int(words[1]), int(words[2]), int(words[3]))
        elif len(words) > 2 and words[1].isdigit():
            _read_line(reading.of(int(words[1])), words, line)
    return reading


def _numbers(words: list[str]) -> list[int] | None:
    return [int(one) for one in words] if all(one.isdigit() and len(one) < 16 for one in words) else None


def _read_line(one: RepositoryRead, words: list[str], line: str) -> None:
    numbers = _numbers(words[3:])
    match words:
        case ["record", _, word, *_] if len(words) == 4:
            one.records.append((word, words[3]))
        case ["set", _, label, trouble]:
            one.set = SetRead(label, trouble=trouble)
        case ["set", _, label, "read", *counts] if (found := _numbers(counts)) is not None and len(found) == 5:
            one.set = SetRead(label, read=found[0], bad=found[2], all=found[3])
        case ["bad", _, word, *_]:
            one.bad.append((word, shown(line.split(None, 3)[3]) if len(words) > 3 else ""))
        case ["wal", _, "read", *_] if numbers is not None and len(numbers) == 4:
            one.wal = (numbers[0], numbers[1], numbers[2], numbers[3])
        case ["walrange", _, timeline, *_] if numbers is not None and len(numbers) == 2 and len(timeline) == 8:
            one.ranges.append(WalRange(timeline=int(timeline, 16), first=numbers[0], last=numbers[1]))
        case ["walbad", _, word, name]:
            one.wal_bad.append((word, shown(name)))
        case ["history", _, name, parent, position] if re.fullmatch("[0-9A-F]{8}", name):
            one.histories.setdefault(int(name, 16), []).append(f"{parent}\t{position}")
        case ["unsealed", _, many] if many.isdigit():
            one.unsealed = int(many)
        case ["pages", _, _, many] if many.isdigit():
            one.pages_bad = int(many)
        case ["report", _, "ended", status]:
            one.report_status = int(status) if status.isdigit() else -1
        case ["report", _, "words", *_]:
            one.words = shown(line.split(None, 3)[3]) if len(words) > 3 else ""
        case ["report", *_]:
            one.report.append(" ".join(words[2:]))
        case _:
            return


def marks_of(
    backup: Backup, output: str, now: datetime, *, node: str, repository: int, label: str, mirror: int | None
) -> tuple[Mark, ...]:  # fmt: skip
    """The marks of one backup. What did not come to its end, or was not read, is 'not checked'."""
    reading = read_reading(output)
    blank = Mark(repository=backup.repository, backup=backup.id, check=BackupCheck.CHECKSUMS,
                 result=CheckResult.NOT_CHECKED, at=now, node=node)  # fmt: skip
    one = reading.of(repository)
    marks = [
        _checksums(blank, one, label, reading),
        _wal(replace(blank, check=BackupCheck.WAL_CONTINUITY), one, backup, reading),
    ]
    if one.pages_bad:
        marks.append(replace(blank, check=BackupCheck.PAGES, result=CheckResult.FAILED, reason="page-checksums",
                             detail=f"{one.pages_bad} files"))  # fmt: skip
    if mirror is not None:
        marks.append(_mirror(replace(blank, check=BackupCheck.MIRROR), reading, repository, mirror))
    return tuple(marks)


def _unfinished(blank: Mark, reading: Reading) -> Mark:
    return replace(blank, reason=reading.reason or "broken-off", detail=reading.detail)


def _named(found: list[tuple[str, str]]) -> str:
    text = ", ".join(f"{name}: {word}" for word, name in found[:NAMED_MAX])
    return shown(text, characters_max=DETAIL_CHARACTERS_MAX)


def _bad_records(one: RepositoryRead, folder: str) -> list[tuple[str, str]]:
    return [(word, name) for word, name in one.records if word != "ok" and name.startswith(folder)]


def _checksums(blank: Mark, one: RepositoryRead, label: str, reading: Reading) -> Mark:
    """Passed only where every file that has content was read, and the engine's report says the same."""
    found = one.set if one.set is not None and one.set.label == label else None
    mark = replace(blank, files_read=found.read, files_all=found.all) if found is not None and found.all else blank
    records = _bad_records(one, "backup/")
    if found is not None and found.trouble:
        return replace(mark, result=CheckResult.FAILED, reason="manifest-damaged", detail=_named(records))
    if found is not None and found.bad:
        word = one.bad[0][0] if one.bad else "differs"
        return replace(mark, result=CheckResult.FAILED, reason=FILE_REASONS.get(word, "file-differs"),
                       detail=_named(one.bad))  # fmt: skip
    if records:
        return _of_records(mark, records)
    ours = list(_report_faults(one, "ours backup: "))
    if ours:
        return replace(mark, result=CheckResult.FAILED, reason="engine-says-damaged", detail=shown(ours[0]))
    if not reading.over or found is None:
        return _unfinished(mark, reading)
    if found.read < found.all or not found.all:
        return replace(mark, reason="not-all-read", detail=f"{found.all - found.read}")
    trouble = _report_unread(one, "ours backup: ")
    return replace(mark, reason=trouble, detail=one.words) if trouble else replace(mark, result=CheckResult.PASSED)


def _of_records(mark: Mark, records: list[tuple[str, str]]) -> Mark:
    """A record that is damaged or gone fails; one that could not be read leaves it open."""
    for word in ("damaged", "missing", "unread"):
        named = [one for one in records if one[0] == word]
        if named:
            result = CheckResult.NOT_CHECKED if word == "unread" else CheckResult.FAILED
            return replace(mark, result=result, reason=RECORD_REASONS[word], detail=_named(named))
    return mark


def _report_faults(one: RepositoryRead, about: str) -> Iterator[str]:
    """Lines of the report about something of ours that are not well."""
    after = False
    for line in one.report:
        if line.startswith(about):
            after = True
            if about.startswith("ours") and "status: valid" not in line:
                yield line
            checked = re.search(r"checked: ([0-9]+), total valid (?:files|WAL): ([0-9]+)", line)
            if checked is not None and checked[1] != checked[2]:
                yield line
        elif after and line.startswith("missing:"):
            after = False
            if re.search(r": [1-9]", line):
                yield line
        else:
            after = False


def _report_unread(one: RepositoryRead, about: str) -> str:
    """Why the report says nothing for us; empty where it was read and holds what concerns us."""
    status = next((line for line in one.report if line.startswith("status: ")), "")
    if status == "status: ok" and one.report_status != 0:
        return "report-unread"  # it was broken off, or it contradicts its own words
    if status not in ("status: ok", "status: error") or not any(line.startswith(about) for line in one.report):
        return "report-unread"
    if status == "status: error" and not (
        any(line.startswith("other ") for line in one.report) or any(_report_faults(one, "archiveId: "))
    ):
        return "report-unread"  # an error that none of its lines explains
    return ""


def _wal(blank: Mark, one: RepositoryRead, backup: Backup, reading: Reading) -> Mark:
    """Passed only where each segment from the backup's start on was read, is what its name says, and none lacks."""
    mark = replace(blank, files_read=one.wal[0], files_all=one.wal[2]) if one.wal is not None else blank
    bad = [(word, name) for word, name in one.wal_bad if word != "unread"]
    if bad:
        return replace(mark, result=CheckResult.FAILED, reason="wal-damaged", detail=_named(bad))
    records = _bad_records(one, "archive/")
    if records:
        return _of_records(mark, records)
    if not reading.over or one.wal is None:
        return _unfinished(mark, reading)
    read, _, every, size = one.wal
    if read < every:
        return replace(mark, reason="not-all-read", detail=_named(one.wal_bad))
    alone = replace(backup, kind=BackupKind.FULL, parent=None)
    forks = [fork for name, lines in one.histories.items() for fork in read_history(name, "\n".join(lines))]
    wal = WalHeld(segment_bytes=size or 16 * 1024 * 1024, ranges=tuple(one.ranges), forks=tuple(set(forks)))
    holes = holes_of(backup.repository, (alone,), wal)
    if holes or not every:
        words = f"timeline {holes[0].timeline}, {holes[0].missing_first} to {holes[0].missing_last}" if holes else ""
        return replace(mark, result=CheckResult.FAILED, reason="wal-missing", detail=words)
    faults = list(_report_faults(one, "archiveId: "))
    trouble = _report_unread(one, "archiveId: ")
    if trouble:
        return replace(mark, reason=trouble, detail=one.words)
    # The report is about the whole archive, ours from this backup's start on: a fault before it is told, not counted.
    told = [f"the engine's report: {shown(faults[0].strip())}"] if faults else []
    told += [f"{one.unsealed} .backup files not checked: they carry no checksum"] if one.unsealed else []
    return replace(mark, result=CheckResult.PASSED, detail="; ".join(told))


def _mirror(blank: Mark, reading: Reading, first: int, second: int) -> Mark:
    """Passed only where the second repository's like was read whole, and its WAL is the first one's."""
    other = reading.repositories.get(second)
    if other is None or other.set is None or reading.mirror is None or not reading.over:
        return replace(blank, reason=reading.reason or "no-like-in-the-mirror", detail=reading.detail)
    found, (both, only_first, only_second) = other.set, reading.mirror
    wal_read = other.wal[0] if other.wal is not None else 0
    wal_all = other.wal[2] if other.wal is not None else 0
    mark = replace(blank, files_read=found.read + wal_read, files_all=found.all + wal_all)
    bad = [*other.bad, *((word, name) for word, name in other.wal_bad if word != "unread")]
    records = [(word, name) for word, name in other.records if word != "ok"]
    if found.trouble or bad:
        return replace(mark, result=CheckResult.FAILED, reason="mirror-damaged", detail=_named(bad or records))
    if records:
        return _of_records(mark, records)
    if only_first or only_second:
        words = f"WAL in both {both}, only in {first}: {only_first}, only in {second}: {only_second}"
        return replace(mark, result=CheckResult.FAILED, reason="mirror-differs", detail=words)
    if found.read < found.all or wal_read < wal_all or not found.all:
        return replace(mark, reason="not-all-read")
    trouble = _report_unread(other, "ours backup: ")
    return replace(mark, reason=trouble) if trouble else replace(mark, result=CheckResult.PASSED)
