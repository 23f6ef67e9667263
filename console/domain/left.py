"""What changes leave on nodes: each thing with its place, its age, why it is there, and what keeps it there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Final

from console.domain.situation import NodeFacts


class LeftKind(Enum):
    """What a thing is."""

    LOCK = "lock"  # who holds the cluster's lock, or held it last
    LOCK_FILE = "lock-file"  # what lets two takers come one after the other
    LOGIN = "kept-login"  # how the node logs in to its upstream; may hold a password
    KEPT_SETTING = "kept-setting"  # a setting as it was before a change
    LOG_PLACE = "log-place"  # where the server's messages go
    SERVER_LOG = "server-log"
    FENCE = "fence-mark"
    SIGNAL = "signal-file"
    REWIND = "rewind-mark"
    REJOIN = "rejoin-mark"
    CONFIGURATION = "configuration"  # copies of the node's own configuration files
    SCRATCH = "scratch"
    SANDBOX = "sandbox"
    RESCUED = "rescued-wal"
    KEPT_WAL = "kept-wal"
    COPY = "copy"
    OLD_DATA = "old-data"
    SUPERVISED = "supervised"
    SETTING = "setting"
    SLOT = "slot"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """One thing. `stays`: the kebab-case word for why it may not be removed now; empty: it may.

    `where`: a path, or the name of a setting or a slot. None: size or age are not known, or there are none.
    """

    node: str
    kind: LeftKind
    where: str
    bytes: int | None = None
    age_seconds: float | None = None
    why: str = ""
    stays: str = ""

    @property
    def removable(self) -> bool:
        return not self.stays


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftFile:
    """A file or directory as the node lists it. `place`: 'own', 'other-key', 'beside', 'supervised', 'kept', 'reading'.

    `name`: what its name has beyond that of its place.
    """

    place: str
    name: str
    path: str
    bytes: int | None
    age_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftSlot:
    """A physical slot that nobody uses, and how much WAL it keeps."""

    name: str
    kept_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRead:
    """What one node answers about it. `server`: its own answers are there; without them settings can't be judged."""

    node: str
    files: tuple[LeftFile, ...] = ()
    slots: tuple[LeftSlot, ...] = ()
    server: bool = False
    streams: bool = False
    upstream_empty: bool = False  # a standby whose primary_conninfo is empty by ALTER SYSTEM
    restore_ours: bool = False  # its restore_command still reads rescued WAL
    summarize_off: bool = False  # by ALTER SYSTEM
    kept_upstream: str = ""  # 'host:port' of the login that was kept
    logs_here: bool = False  # the running server's messages go to our file
    running: tuple[str, ...] = ()  # supervised commands that have not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAbout:
    """What is known of the cluster when a node's things are judged.

    `unended`: runs and other consoles' holds that have not come to their end: nothing is removed under them.
    `left_behind`: old primaries that a failover left. `primary_at`: 'host:port' of the primary. `streaming`: the nodes
    that stream, each with its upstream. `owners`: by the name of a slot, its node.
    `changed`: node and setting that a run of ours changed and did not put back.
    """

    unended: tuple[str, ...] = ()
    left_behind: frozenset[str] = frozenset()
    primary_at: str = ""
    streaming: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[tuple[str, str]] = frozenset()
    console: str = ""  # our own id: another's long commands are its to clear away


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftPicture:
    """Everything that was found. `not_asked`: nodes that did not answer, each with why."""

    cluster: str
    at: datetime
    things: tuple[LeftOver, ...]
    not_asked: tuple[tuple[str, str], ...] = ()


# By the end of a file's name: its kind, and why it is there.
_NAMED: Final[Mapping[str, tuple[LeftKind, str]]] = {
    "lock": (LeftKind.LOCK, "one-change-at-a-time"),
    "beat": (LeftKind.LOCK, "one-change-at-a-time"),
    "flock": (LeftKind.LOCK_FILE, "one-taker-at-a-time"),
    "conninfo": (LeftKind.LOGIN, "follows-again-with-it"),
    "restore": (LeftKind.KEPT_SETTING, "before-rescue"),
    "archive_command": (LeftKind.KEPT_SETTING, "before-rejoin"),
    "archive_library": (LeftKind.KEPT_SETTING, "before-rejoin"),
    "log": (LeftKind.LOG_PLACE, "started-again-with-it"),
    "postgres.log": (LeftKind.SERVER_LOG, "started-by-us"),
    "fenced": (LeftKind.FENCE, "fenced-by-us"),
    "closed": (LeftKind.FENCE, "closed-by-us"),
    "rewinding": (LeftKind.REWIND, "rewind-was-cut"),
    "configured": (LeftKind.REJOIN, "rejoin-not-ended"),
    "copied": (LeftKind.REJOIN, "copy-is-whole"),
    "copying": (LeftKind.REJOIN, "copy-was-begun"),
    "auto": (LeftKind.CONFIGURATION, "before-rejoin"),
    "own": (LeftKind.CONFIGURATION, "before-rewind"),
    "opts": (LeftKind.CONFIGURATION, "before-closed-start"),
    "reading": (LeftKind.SANDBOX, "read-closed"),
    "look": (LeftKind.SCRATCH, "in-passing"),
    "rescue": (LeftKind.RESCUED, "evidence"),
}
_BESIDE: Final[Mapping[str, tuple[LeftKind, str]]] = {
    "rescue": (LeftKind.RESCUED, "evidence"),
    "copy": (LeftKind.COPY, "made-beside"),
    "old": (LeftKind.OLD_DATA, "until-proven"),
    "restore": (LeftKind.COPY, "restored-beside"),
}
BEFORE_RESTORE: Final = "before-"  # begins the name of data that a restored copy took the place of
RECEIVER: Final = "receive:"  # how the names of the acts begin that receive WAL for a repository
_SCRATCH: Final = ("service.", "beat.", "lock.new", "copied.new", "closed.new")


def judge_left(read: LeftRead, facts: NodeFacts, about: LeftAbout) -> tuple[LeftOver, ...]:
    """Everything on one node, judged: under a run that has not ended nothing may go."""
    judged = _Judge(read, facts, about)
    found = [*judged.files(), *judged.settings(), *judged.slots()]
    if not about.unended:
        return tuple(found)
    return tuple(one if one.stays else replace(one, stays="run-not-ended") for one in found)


class _Judge:
    """One node's things in the light of what the node is now."""

    def __init__(self, read: LeftRead, facts: NodeFacts, about: LeftAbout) -> None:
        self._read, self._facts, self._about = read, facts, about
        self._behind = read.node in about.left_behind
        server = facts.server
        # A standby that streams and was not left behind is what a rejoin ends in.
        self._proven = server is not None and server.in_recovery and read.streams and not self._behind
        self._names = {one.name for one in read.files if one.place == "own"}
        self._beside = {one.name for one in read.files if one.place == "beside"}

    def files(self) -> Iterable[LeftOver]:
        for one in self._read.files:
            if one.place == "supervised" and one.name.startswith(RECEIVER) and one.name in self._read.running:
                continue  # it is wanted there: no change has left it
            kind, why = self._kind(one)
            stays = "other-key" if one.place == "other-key" else self._stays(kind, one)
            yield self._thing(kind, one.path, why, stays, size=one.bytes, age=one.age_seconds)
        if self._facts.standby_signal and (self._facts.fence_mark or self._behind) and not self._proven:
            where = f"{self._facts.data_directory or ''}/standby.signal"
            yield self._thing(LeftKind.SIGNAL, where, "fenced-by-us", "fence")

    def _thing(
        self, kind: LeftKind, where: str, why: str, stays: str, *, size: int | None = None, age: float | None = None
    ) -> LeftOver:
        return LeftOver(
            node=self._read.node, kind=kind, where=where, bytes=size, age_seconds=age, why=why, stays=stays
        )

    def _kind(self, one: LeftFile) -> tuple[LeftKind, str]:
        if one.place == "supervised":
            return LeftKind.SUPERVISED, "long-command"
        if one.place == "kept":
            return LeftKind.KEPT_WAL, "evidence"
        if one.place == "reading":
            return LeftKind.SANDBOX, "read-closed"
        if one.place == "beside":
            if one.name.startswith(BEFORE_RESTORE):
                return LeftKind.OLD_DATA, "before-restore"
            return _BESIDE.get(one.name, (LeftKind.KEPT_WAL, "evidence"))
        name = one.name.partition(".")[2] if one.place == "other-key" else one.name
        if name.startswith(_SCRATCH):
            return LeftKind.SCRATCH, "in-passing"
        return _NAMED.get(name, (LeftKind.UNKNOWN, "not-known"))

    def _stays(self, kind: LeftKind, one: LeftFile) -> str:
        """Why it may not go; empty: it may."""
        match kind:
            case LeftKind.LOCK:
                return self._lock_stays()
            case LeftKind.LOCK_FILE:
                return "guards-the-lock"
            case LeftKind.LOGIN:
                return "" if self._proven and not self._read.upstream_empty else "follows-with-it-later"
            case LeftKind.KEPT_SETTING:
                return self._kept_stays(one.name)
            case LeftKind.LOG_PLACE:
                return "" if self._read.server else "server-is-stopped"
            case LeftKind.SERVER_LOG:
                return "in-use" if self._read.logs_here else ""
            case LeftKind.FENCE:
                return "" if self._proven or (self._facts.writable and not self._behind) else "fence"
            case LeftKind.REWIND:
                return "rewind-was-cut"
            case LeftKind.REJOIN:
                return self._rejoin_stays(one.name)
            case LeftKind.CONFIGURATION | LeftKind.COPY | LeftKind.OLD_DATA:
                return self._data_stays(kind, one.name)
            case LeftKind.SCRATCH:
                return "in-use" if self._read.running else ""
            case LeftKind.SANDBOX:
                return "in-use" if self._facts.processes and self._facts.server is None else ""
            case LeftKind.RESCUED:
                return "in-use" if self._read.restore_ours else "left-behind" if self._behind else ""
            case LeftKind.KEPT_WAL:
                return self._wal_stays(one)
            case LeftKind.SUPERVISED:
                return "runs" if one.name in self._read.running else self._owner_stays(one.name)
            case _:
                return "not-known"

    def _owner_stays(self, name: str) -> str:
        """A long command's name is VERB:NODE:CONSOLE:RUN; an outage meter's is of this cluster's own way in."""
        words = name.split(":")
        return "" if words[0] == "outage" or words[2:3] == [self._about.console] else "other-console"

    def _lock_stays(self) -> str:
        lock = self._facts.lock
        if lock is not None and lock.live:
            return "lock-is-live"
        if lock is not None and lock.owner and self._about.unended:
            return "run-not-ended"
        return "the-term-only-grows"  # also when nobody holds it: a term that began anew would let an old command pass

    def _kept_stays(self, name: str) -> str:
        """What was kept of a setting goes when the setting is put back; that is its own line, or `tidy`."""
        if name == "restore":
            return "until-put-back" if self._read.restore_ours or not self._read.server else ""
        return "" if self._proven else "not-a-proven-standby"

    def _rejoin_stays(self, name: str) -> str:
        if name == "configured":
            return "" if self._proven else "not-a-proven-standby"
        with_it = {"copied": {"old", "copy"}, "copying": {"copy"}}[name] & self._beside
        return "goes-with-its-copy" if with_it else ""

    def _data_stays(self, kind: LeftKind, name: str) -> str:
        if kind is LeftKind.CONFIGURATION:
            if name == "auto":
                return "" if self._proven else "not-a-proven-standby"
            return "rewind-was-cut" if name == "own" and "rewinding" in self._names else ""
        if self._behind:
            return "left-behind"
        if name == "restore" or name.startswith(BEFORE_RESTORE):
            return "by-hand"  # it may run, or be the only copy of what was booked after the moment gone back to
        if kind is LeftKind.COPY:
            return "" if {"copying", "copied"} & self._names else "not-ours"
        if "copied" not in self._names:
            return "not-ours"
        return "" if self._proven and "configured" not in self._names else "not-a-proven-standby"

    def _wal_stays(self, one: LeftFile) -> str:
        """WAL beyond a fork may be the only copy of acknowledged entries until its node is back."""
        if one.place == "kept":
            owner = next((name for name in self._about.left_behind if one.name.startswith(f"{name}-")), "")
            return "left-behind" if owner else ""
        return "" if self._proven else "left-behind" if self._behind else "not-a-proven-standby"

    def settings(self) -> Iterable[LeftOver]:
        """Settings that are still as a plan of ours set them."""
        read, node = self._read, self._read.node
        if read.restore_ours:
            yield self._thing(LeftKind.SETTING, "restore_command", "reads-rescued-wal", "")
        if read.upstream_empty and self._facts.server is not None and self._facts.server.in_recovery:
            same = bool(read.kept_upstream) and read.kept_upstream == self._about.primary_at
            stays = "fence" if self._behind or self._facts.fence_mark else "" if same else "rejoin-instead"
            yield self._thing(LeftKind.SETTING, "primary_conninfo", "was-cut", stays)
        if read.summarize_off and (node, "summarize_wal") in self._about.changed:
            yield self._thing(LeftKind.SETTING, "summarize_wal", "quiet-for-promotion", "")

    def slots(self) -> Iterable[LeftOver]:
        """Physical slots under a node's name that nobody uses: they keep WAL for ever."""
        for slot in self._read.slots:
            owner = self._about.owners.get(slot.name)
            if owner is None:
                continue
            upstream = self._about.streaming.get(owner)
            away = owner != self._read.node and upstream is None and self._facts.writable
            stays = "its-node-is-away" if away else "in-use" if upstream == self._read.node else ""
            yield self._thing(LeftKind.SLOT, slot.name, "keeps-wal-for-a-follower", stays, size=slot.kept_bytes)
