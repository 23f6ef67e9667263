"""A stanza of pgBackRest as one repository of ours: backups of both its repositories, WAL of both, media."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from console.backup.pgbackrest_words import (
    LABEL,
    Answers,
    BackupTold,
    Database,
    File,
    Told,
    append_only,
    knows,
    read_free,
    read_info,
    read_listing,
    read_place,
    read_version,
)
from console.domain.backup import (
    Backup,
    BackupState,
    EngineFound,
    MediumSeen,
    RepositorySeen,
    TimelineFork,
    WalHeld,
    WalRange,
)
from console.domain.backup_policy import BackupKind, EngineName, MediumKind, RepositorySpec
from console.domain.plan import Pairs
from console.domain.text import shown
from console.domain.wal import Lsn

MIRROR_MARK: Final = "@"  # before the number of the second repository, in the id of a backup that only it holds
KINDS: Final = {"full": BackupKind.FULL, "diff": BackupKind.DIFFERENTIAL, "incr": BackupKind.INCREMENTAL}
LETTERS: Final = {"F": BackupKind.FULL, "D": BackupKind.DIFFERENTIAL, "I": BackupKind.INCREMENTAL}
SEGMENT_BYTES: Final = 16 * 1024 * 1024
SEGMENT_SIZES: Final = tuple(1 << power for power in range(20, 31))
DAMAGED_MAX: Final = 1000
FORKS_MAX: Final = 10_000
NOT_THERE: Final = frozenset({1, 2, 3})  # info: missing stanza path, no valid backups, missing stanza data
SILENT: Final = re.compile(r"HostConnectError|\[049\]|ServiceError|\[101\]|ProtocolTimeout|\[066\]|unable to connect")
LOCKED: Final = re.compile(r"CryptoError|cipher|\[095\]|key/value found outside of section")

_SEGMENT: Final = re.compile(r"([0-9.]+-[0-9]+)/[0-9A-F]{16}/([0-9A-F]{24})-([0-9a-f]{40})(?:\.(?:gz|lz4|zst|bz2))?")
_HISTORY: Final = re.compile(r"history-([0-9]+):([0-9.]+-[0-9]+)/([0-9A-F]{8})\.history")
_HEX24: Final = re.compile(r"[0-9A-F]{24}")


def repositories_of(spec: RepositorySpec) -> tuple[int, ...]:
    """The numbers of the stanza's repositories that are meant: the first, then the mirror. Raises ValueError."""
    if not spec.mirror:
        return (1,)
    if not spec.mirror.isdigit() or not 1 <= int(spec.mirror) <= 256:
        raise ValueError(f"the mirror of a pgBackRest repository is a number, not {shown(spec.mirror)}")
    mirror = int(spec.mirror)
    return (1, mirror) if mirror != 1 else (2, 1)


def split_id(backup: str) -> tuple[str, int | None]:
    """A backup's label, and the repository that its id names; None: the first. Raises ValueError."""
    label, mark, number = backup.partition(MIRROR_MARK)
    if LABEL.fullmatch(label) is None or (mark and not number.isdigit()):
        raise ValueError(f"not a backup of pgBackRest: {shown(backup, characters_max=60)}")
    return label, int(number) if mark else None


def moment(seconds: int) -> datetime | None:
    """A time of the repository's; None where no calendar has it."""
    return datetime.fromtimestamp(seconds, UTC) if seconds < 253_402_300_800 else None


def found_engine(answers: Answers) -> EngineFound:
    """What `find` saw: kinds for the newest PostgreSQL that lies on the host. Raises ValueError."""
    told, numbers = read_version(answers.text("version") or answers.trouble("version"))
    servers = {int(found[1]) for line in answers.lines if line[:1] == ("server",)
               if (found := re.search(r"([0-9]{2})(?:\.|devel|beta|rc)", " ".join(line[2:])))}  # fmt: skip
    program = next((line[1] for line in answers.lines if line[:1] == ("program",) and len(line) > 1), "")
    major = max(servers, default=None)
    kinds: tuple[BackupKind, ...] = (BackupKind.FULL, BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL)
    cannot: list[tuple[str, str]] = []
    if major is not None and not knows(numbers, major):
        kinds = ()
        cannot.append(("backup", "too-old"))
    if not any(line[:1] == ("paces",) for line in answers.lines):
        cannot.append(("rate", "no-limit"))
    return EngineFound(
        engine=EngineName.PGBACKREST, program=program, version=told, kinds=kinds, cannot=tuple(cannot),
    )  # fmt: skip


def seen_medium(answers: Answers, repository: int, machine_id: str = "") -> MediumSeen:
    """One repository's medium. One that is not a directory of this host tells no space."""
    place = read_place(answers.text("settings") or "", repository)
    kind = MediumKind.DIRECTORY if place.type in ("posix", "cifs", "sftp") else MediumKind.OBJECT_STORE
    if not place.here:
        return MediumSeen(kind=kind, path=shown(place.path))
    total, free = read_free(answers.text(f"space-{repository}") or "")
    attributes = answers.text(f"attributes-{repository}")
    immutable = "" if attributes is None else "append-only" if append_only(attributes) else "no"
    return MediumSeen(kind=kind, path=shown(place.path), total_bytes=total, free_bytes=free, immutable=immutable,
                      machine_id=machine_id or (answers.text("machine") or "").strip())  # fmt: skip


def seen_repository(spec: RepositorySpec, answers: Answers, now: datetime) -> RepositorySeen:
    """All of it. Raises ValueError where an answer makes no sense."""
    numbers = repositories_of(spec)
    told = read_info(answers.text("info") or "[]", spec.stanza)
    if answers.text("info") is None or told is None:
        return RepositorySeen(spec=spec, at=now, trouble=why_not(answers.trouble("info")),
                              detail=answers.trouble("info"))  # fmt: skip
    databases = {number: told.newest_database(number) for number in numbers}
    current = next((database for number in numbers if (database := databases[number]) is not None), None)
    listings = {number: _listing(answers, f"wal-{number}") for number in numbers}
    archive = f"{current.version}-" if current is not None else ""
    wal = wal_held(
        {number: (f"{archive}{database.id}", listings[number]) for number, database in databases.items()
         if database is not None and database.system == (current.system if current else None)},
        answers, segment_bytes(told.backup),
    )  # fmt: skip
    backups = seen_backups(spec, told, {number: _listing(answers, f"sets-{number}") for number in numbers},
                           zone_of(answers.text("zone") or ""))  # fmt: skip
    media = [
        replace(seen_medium(answers, number), used_by_backups_bytes=_stored(told, number),
                used_by_wal_bytes=sum(one.size for one in listings[number].values()))
        for number in numbers
    ]  # fmt: skip
    trouble, detail, notes = troubles_of(told, numbers)
    return RepositorySeen(
        spec=spec, at=now, found=_engine_of(answers, told), backups=backups, wal=wal, medium=media[0],
        mirror=media[1] if len(media) > 1 else None, trouble=trouble, detail=detail, notes=notes,
    )  # fmt: skip


def zone_of(text: str) -> timezone:
    """A host's zone, of `date +%z`; UTC where it told none."""
    found = re.fullmatch(r"([+-])([0-1][0-9])([0-5][0-9])", text.strip())
    if found is None:
        return UTC
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(away if found[1] == "+" else -away)


def _engine_of(answers: Answers, told: Told) -> EngineFound | None:
    try:
        version, _ = read_version(answers.text("version") or "")
    except ValueError:
        return None
    return EngineFound(
        engine=EngineName.PGBACKREST, program="", version=version,
        encrypted=all(one.cipher != "none" for one in told.repo) if told.repo else None,
    )  # fmt: skip


def why_not(words: str) -> str:
    """The reason, of what a reading command of pgBackRest said."""
    if "certificate" in words:
        return "not-trusted"
    if SILENT.search(words):
        return "repository-silent"
    if LOCKED.search(words):
        return "locked-key"
    if "[055]" in words or "[037]" in words or "missing" in words or not words:
        return "no-repository"
    return "not-readable"


def troubles_of(told: Told, numbers: tuple[int, ...]) -> tuple[str, str, Pairs]:
    """What is wrong with the first repository, and a note where it is the mirror."""
    trouble, detail, notes = "", "", []
    for number in numbers:
        one = told.repository(number)
        word = ""
        if one is None:
            word = "no-repository"
        elif one.status.code == 99:
            known = why_not(one.status.message)
            word = "not-readable" if known == "no-repository" else known
        elif one.status.code in NOT_THERE - {2}:
            word = "no-repository"
        if word and number == numbers[0]:
            trouble, detail = word, shown(one.status.message if one is not None else f"no repository {number}")
        elif word:
            notes.append(("mirror", word))
    if told.busy:
        notes.append(("lock", "held"))
    return trouble, detail, tuple(notes)


def _listing(answers: Answers, name: str) -> Mapping[str, File]:
    return read_listing(answers.text(name) or "{}")


def _stored(told: Told, number: int) -> int:
    return sum(one.info.repository.delta or 0 for one in told.of(number))


# Backups


def seen_backups(
    spec: RepositorySpec, told: Told, sets: Mapping[int, Mapping[str, File]], zone: timezone = UTC
) -> tuple[Backup, ...]:  # fmt: skip
    """Those of the first repository, each with whether the mirror has its like; those that the mirror alone has, with
    the mirror's number in their id; and what was begun and not finished.
    """
    first, *others = repositories_of(spec)
    pairs = pairs_of(told, first, others[0]) if others else {}
    found = [
        replace(_backup(spec, told, one, ""), mirrored=one.label in pairs if others else None) for one in told.of(first)
    ]
    for number in others:
        paired = set(pairs.values())
        # One that is left alone still needs what it stands on.
        alone = [one for one in told.of(number) if one.label not in paired]
        needed = {label for one in alone for label in (one.reference or [])} | {one.label for one in alone}
        mark = f"{MIRROR_MARK}{number}"
        found += [_backup(spec, told, one, mark) for one in told.of(number) if one.label in needed]
    for number in (first, *others):
        known = {one.label for one in told.of(number)}
        mark = "" if number == first else f"{MIRROR_MARK}{number}"
        found += [_unfinished(spec, name, mark, told.busy, zone) for name, file in sets[number].items()
                  if file.type == "path" and LABEL.fullmatch(name) and name not in known]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.begun_at, one.id)))


def pairs_of(told: Told, first: int, second: int) -> Mapping[str, str]:
    """Which backup of the second repository is the like of which of the first: begun after it and before its next."""
    firsts, pairs = told.of(first), {}
    for index, one in enumerate(firsts):
        until = firsts[index + 1].timestamp.start if index + 1 < len(firsts) else None
        like = [
            other
            for other in told.of(second)
            if one.timestamp.start <= other.timestamp.start
            and (until is None or other.timestamp.start < until)
            and (other.type == one.type or other.type == "full")
        ]
        if like:
            pairs[one.label] = like[0].label
    return pairs


def _backup(spec: RepositorySpec, told: Told, one: BackupTold, mark: str) -> Backup:
    database: Database | None = told.database(one.database.repository, one.database.id)
    start, stop = _lsn(one.lsn.start if one.lsn else None), _lsn(one.lsn.stop if one.lsn else None)
    archive, notes = one.archive.start or "", one.annotation or {}
    head = notes.get("ledger-head", "")
    begun = moment(one.timestamp.start)
    return Backup(
        id=one.label + mark, repository=spec.name, engine=EngineName.PGBACKREST,
        kind=KINDS.get(one.type, BackupKind.FULL), state=BackupState.COMPLETE,
        parent=one.prior + mark if one.prior else None,
        begun_at=begun or datetime.fromtimestamp(0, UTC), ended_at=moment(one.timestamp.stop),
        system_identifier=str(database.system) if database is not None else "",
        server_version=int(float(database.version) * 10_000) if database is not None and
        re.fullmatch(r"[0-9]{2}", database.version) else None,
        timeline=int(archive[:8], 16) if _HEX24.fullmatch(archive) else None, start=start, stop=stop,
        size_bytes=one.info.size, stored_bytes=one.info.repository.delta,
        source=shown(notes.get("ledger-source", "")), source_machine=shown(notes.get("ledger-machine", "")),
        head_number=int(head) if head.isdigit() and len(head) < 19 else None,
        trouble="page-checksums" if one.error else "",
    )  # fmt: skip


def _unfinished(spec: RepositorySpec, label: str, mark: str, busy: bool, zone: timezone) -> Backup:
    begun = datetime.strptime(label[-16:-1], "%Y%m%d-%H%M%S").replace(tzinfo=zone)  # its host's own time
    return Backup(
        id=label + mark, repository=spec.name, engine=EngineName.PGBACKREST, kind=LETTERS[label[-1]],
        state=BackupState.RUNNING if busy else BackupState.BROKEN, parent=None, begun_at=begun, ended_at=None,
        system_identifier="", server_version=None, timeline=None, start=None, stop=None, size_bytes=None,
        stored_bytes=None, trouble="" if busy else "broken-off",
    )  # fmt: skip


def _lsn(text: str | None) -> Lsn | None:
    try:
        return Lsn.parse(text) if text else None
    except ValueError:
        return None


# WAL


def segment_bytes(backups: Iterable[BackupTold]) -> int:
    """The size of a segment: the one by which each backup's position lies in the segment that it names."""
    known = [(at, one.archive.start) for one in backups if one.lsn is not None and one.archive.start
             and _HEX24.fullmatch(one.archive.start) and (at := _lsn(one.lsn.start)) is not None]  # fmt: skip
    fit = [size for size in SEGMENT_SIZES
           if all((at.position & 0xFFFFFFFF) // size == int(name[16:], 16) for at, name in known)]  # fmt: skip
    return SEGMENT_BYTES if SEGMENT_BYTES in fit or not fit else fit[0]


def wal_held(listings: Mapping[int, tuple[str, Mapping[str, File]]], answers: Answers, size: int) -> WalHeld:
    """The WAL of all repositories together: what one of them holds can be got. A segment that lies in one of them with
    two contents counts as damaged: pgBackRest refuses to choose.
    """
    times: dict[tuple[int, int], int] = {}
    damaged: set[str] = set()
    for archive, listing in listings.values():
        contents: dict[str, set[str]] = {}
        for name, file in listing.items():
            found = _SEGMENT.fullmatch(name)
            if found is not None and found[1] == archive:
                contents.setdefault(found[2], set()).add(found[3])
                number = _number(found[2], size)
                times[number] = min(file.time, times.get(number, file.time))
        damaged |= {name for name, several in contents.items() if len(several) > 1}
    newest = max(times.values(), default=None)
    return WalHeld(
        segment_bytes=size, ranges=_ranges(times), forks=_forks(listings, answers),
        damaged=tuple(sorted(damaged))[:DAMAGED_MAX], newest_at=moment(newest) if newest is not None else None,
    )  # fmt: skip


def _number(name: str, size: int) -> tuple[int, int]:
    return int(name[:8], 16), int(name[8:16], 16) * ((1 << 32) // size) + int(name[16:], 16)


def _ranges(times: Mapping[tuple[int, int], int]) -> tuple[WalRange, ...]:
    ranges: list[WalRange] = []
    for timeline, number in sorted(times):
        at = moment(times[timeline, number])
        last = ranges[-1] if ranges else None
        if last is not None and last.timeline == timeline and last.last + 1 == number:
            ranges[-1] = replace(last, last=number, ended_at=at)
        else:
            ranges.append(WalRange(timeline=timeline, first=number, last=number, begun_at=at, ended_at=at))
    return tuple(ranges)


def _forks(listings: Mapping[int, tuple[str, Mapping[str, File]]], answers: Answers) -> tuple[TimelineFork, ...]:
    found: dict[tuple[int, int], TimelineFork] = {}
    for name, part in answers.parts.items():
        history = _HISTORY.fullmatch(name)
        if history is None or part.status != 0 or int(history[1]) not in listings:
            continue
        if listings[int(history[1])][0] == history[2]:
            for fork in read_history(int(history[3], 16), part.text):
                found.setdefault((fork.timeline, fork.parent), fork)
    return tuple(found[key] for key in sorted(found))[:FORKS_MAX]


def read_history(timeline: int, text: str) -> tuple[TimelineFork, ...]:
    """A history file: where each timeline on the way to this one left the one before. A line that is none is passed."""
    steps: list[tuple[int, Lsn]] = []
    for line in text.splitlines():
        words = line.split("#", 1)[0].split()
        if len(words) < 2 or not words[0].isdigit():
            continue
        at = _lsn(words[1])
        if at is not None:
            steps.append((int(words[0]), at))
    children = [parent for parent, _ in steps[1:]] + [timeline]
    return tuple(TimelineFork(timeline=child, parent=parent, position=at)
                 for child, (parent, at) in zip(children, steps, strict=True) if child > parent)  # fmt: skip
