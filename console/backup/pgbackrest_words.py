"""Pure readers of what pgBackRest and its host answer; everything in it is hostile until it was read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

from console.domain.text import shown

BACKUPS_MAX: Final = 20_000
FILES_MAX: Final = 500_000
REPOSITORY_NUMBER_MAX: Final = 256  # pgBackRest's own limit
LABEL: Final = re.compile(r"[0-9]{8}-[0-9]{6}F(_[0-9]{8}-[0-9]{6}[DI])?")

# Which pgBackRest learnt which PostgreSQL (its release notes): the first version that backs it up.
LEARNT: Final = ((13, (2, 30)), (14, (2, 34)), (15, (2, 41)), (16, (2, 48)), (17, (2, 53)), (18, (2, 55)))

# A file that is no text, as one read by a wrong key, is quoted in the JSON as it is.
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f]")
_Text = Annotated[str, msgspec.Meta(max_length=8000)]
_Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of several."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reading script said: its parts by name, and its single lines, each as its words."""

    parts: Mapping[str, Part]
    lines: tuple[tuple[str, ...], ...]

    def text(self, name: str) -> str | None:
        """A part that ended well; None where it did not, or was not asked."""
        part = self.parts.get(name)
        return part.text if part is not None and part.status == 0 else None

    def trouble(self, name: str) -> str:
        """What a part that failed said, in one harmless line."""
        part = self.parts.get(name)
        return shown(part.text, characters_max=400) if part is not None and part.status != 0 else ""


def read_answers(said: bytes) -> Answers:
    """The whole answer of a reading script. Raises ValueError where it is cut or out of shape."""
    parts: dict[str, Part] = {}
    lines: list[tuple[str, ...]] = []
    at = 0
    while at < len(said):
        end = said.find(b"\n", at)
        line = said[at : end if end >= 0 else len(said)].decode("utf-8", "replace")
        at = end + 1 if end >= 0 else len(said)
        words = tuple(line.split())
        if words[:1] != ("part",):
            if words:
                lines.append(words)
            continue
        if len(words) != 4 or not words[2].isdigit() or not words[3].isdigit():
            raise ValueError("a part without its size")
        size = int(words[3])
        if at + size > len(said):
            raise ValueError(f"the part {shown(words[1])} is cut")
        parts[words[1]] = Part(int(words[2]), said[at : at + size].decode("utf-8", "replace"))
        at += size
    return Answers(parts, tuple(lines))


class _At(msgspec.Struct):
    start: _Number
    stop: _Number


class _Between(msgspec.Struct):
    start: _Text | None = None
    stop: _Text | None = None


class _Key(msgspec.Struct, rename={"repository": "repo-key"}):
    id: _Number
    repository: _Number = 1


class _Stored(msgspec.Struct):
    delta: _Number | None = None
    size: _Number | None = None


class _Sizes(msgspec.Struct):
    size: _Number
    repository: _Stored = msgspec.field(default_factory=_Stored)


class BackupTold(msgspec.Struct, frozen=True):
    """One backup as `info` tells it."""

    label: _Text
    type: _Text
    timestamp: _At
    database: _Key
    info: _Sizes
    archive: _Between = msgspec.field(default_factory=_Between)
    lsn: _Between | None = None
    prior: _Text | None = None
    reference: list[_Text] | None = None
    error: bool | None = None
    annotation: dict[_Text, _Text] | None = None


class Database(msgspec.Struct, frozen=True, rename={"repository": "repo-key", "system": "system-id"}):
    """One system that a repository holds backups of."""

    id: _Number
    system: _Number
    version: _Text
    repository: _Number = 1


class _Status(msgspec.Struct):
    code: int
    message: _Text = ""


class RepositoryTold(msgspec.Struct, frozen=True):
    """One repository of the stanza, and how it is."""

    key: _Number
    status: _Status
    cipher: _Text = "none"


class _Held(msgspec.Struct):
    held: bool = False


class _Locks(msgspec.Struct):
    backup: _Held = msgspec.field(default_factory=_Held)


class _StanzaStatus(msgspec.Struct):
    code: int
    message: _Text = ""
    lock: _Locks = msgspec.field(default_factory=_Locks)


class Told(msgspec.Struct, frozen=True):
    """What `info --output=json` tells of one stanza."""

    name: _Text
    status: _StanzaStatus
    backup: Annotated[list[BackupTold], msgspec.Meta(max_length=BACKUPS_MAX)] = msgspec.field(default_factory=list)
    db: Annotated[list[Database], msgspec.Meta(max_length=1000)] = msgspec.field(default_factory=list)
    repo: Annotated[list[RepositoryTold], msgspec.Meta(max_length=REPOSITORY_NUMBER_MAX)] = msgspec.field(
        default_factory=list
    )

    @property
    def busy(self) -> bool:
        return self.status.lock.backup.held

    def repository(self, key: int) -> RepositoryTold | None:
        return next((one for one in self.repo if one.key == key), None)

    def of(self, key: int) -> list[BackupTold]:
        """The backups of one repository that have a label of pgBackRest's shape, the oldest first."""
        found = [one for one in self.backup if one.database.repository == key and LABEL.fullmatch(one.label)]
        return sorted(found, key=lambda one: (one.timestamp.start, one.label))

    def database(self, key: int, number: int) -> Database | None:
        return next((one for one in self.db if one.repository == key and one.id == number), None)

    def newest_database(self, key: int) -> Database | None:
        """The one that is backed up now: each upgrade gave the stanza a higher number."""
        return max((one for one in self.db if one.repository == key), key=lambda one: one.id, default=None)


def read_info(text: str, stanza: str) -> Told | None:
    """What `info` tells of this stanza; None where it does not know it. Raises ValueError."""
    try:
        told = msgspec.json.decode(_CONTROLS.sub(" ", text).encode("utf-8", "replace"), type=list[Told])
    except msgspec.MsgspecError as error:
        raise ValueError(f"info: {error}") from error
    return next((one for one in told if one.name == stanza), None)


class File(msgspec.Struct, frozen=True):
    """One entry of `repo-ls`."""

    type: _Text
    size: _Number = 0
    time: _Number = 0


def read_listing(text: str) -> Mapping[str, File]:
    """What `repo-ls --output=json` lists, by name. Raises ValueError."""
    try:
        found = msgspec.json.decode(text.strip().encode("utf-8", "replace") or b"{}", type=dict[_Text, File])
    except msgspec.MsgspecError as error:
        raise ValueError(f"repo-ls: {error}") from error
    if len(found) > FILES_MAX:
        raise ValueError(f"repo-ls: more than {FILES_MAX} files")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one repository lies, by the settings that are in force."""

    type: str = "posix"
    path: str = "/var/lib/pgbackrest"
    cipher: str = "none"
    host: str = ""

    @property
    def here(self) -> bool:
        """Whether it is a directory of the host that was asked."""
        return self.type in ("posix", "cifs") and not self.host


def read_place(settings: str, repository: int) -> Place:
    """One repository's place, from the line in which a command of pgBackRest tells its settings."""
    found = {
        option: quoted or plain
        for option, quoted, plain in re.findall(
            rf' --repo{repository}-(type|path|cipher-type|host)=(?:"([^"]*)"|(\S+))', settings
        )
    }
    return Place(type=found.get("type", "posix"), path=found.get("path", "/var/lib/pgbackrest"),
                 cipher=found.get("cipher-type", "none"), host=found.get("host", ""))  # fmt: skip


def read_version(text: str) -> tuple[str, tuple[int, ...]]:
    """'2.45' and its numbers, of 'pgBackRest 2.45'. Raises ValueError."""
    found = re.fullmatch(r"pgBackRest ([0-9]{1,3})\.([0-9]{1,3})(\.[0-9]{1,3})?(dev|beta[0-9]*)?", text.strip())
    if found is None:
        raise ValueError(f"not a version of pgBackRest: {shown(text, characters_max=60)}")
    return text.strip().partition(" ")[2], (int(found[1]), int(found[2]))


def knows(version: tuple[int, ...], major: int) -> bool:
    """Whether it backs up that PostgreSQL. One newer than the list is asked itself: it refuses loudly."""
    learnt = dict(LEARNT)
    if major < LEARNT[0][0]:
        return major >= 10
    return version >= learnt[major] if major in learnt else version > LEARNT[-1][1]


def read_free(text: str) -> tuple[int | None, int | None]:
    """Total and free bytes, of `df -Pk`."""
    words = text.strip().splitlines()[-1].split() if text.strip() else []
    if len(words) < 6 or not words[1].isdigit() or not words[3].isdigit():
        return None, None
    return int(words[1]) * 1024, int(words[3]) * 1024


def append_only(attributes: str) -> bool:
    """Whether `lsattr -d` shows the attribute a."""
    return "a" in (attributes.split() or [""])[0]
