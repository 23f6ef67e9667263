"""The one exception of the store: what it could not do, where, and what to do about it."""

import sqlite3
from enum import Enum
from typing import Final


class TroubleKind(Enum):
    """Why the store said no; the word that a trouble's text begins with."""

    FULL = "disk full"
    LOCKED = "store locked"
    DAMAGED = "store damaged"
    READ_ONLY = "store read-only"
    NO_ACCESS = "store not reachable"
    NEWER = "store of a newer version"
    FOREIGN = "not our store"
    REFUSED = "refused"  # what was asked for can't be: a name that is taken, a value that breaks a rule
    FAILED = "store failed"


HINTS: Final = {
    TroubleKind.FULL: "free some space there; readings and events wait in memory, nothing else was changed",
    TroubleKind.LOCKED: "end what else holds it; readings and events wait in memory, nothing else was changed",
    TroubleKind.DAMAGED: "nothing in it was overwritten; move it aside or put back a copy, then start again",
    TroubleKind.READ_ONLY: "make the file and its directory writable for the account that runs the console",
    TroubleKind.NO_ACCESS: "see that the directory exists and belongs to the account that runs the console",
    TroubleKind.NEWER: "start the console version that wrote it, or name another home; nothing in it was changed",
    TroubleKind.FOREIGN: "name another home; nothing in it was changed",
    TroubleKind.REFUSED: "nothing was changed",
    TroubleKind.FAILED: "nothing was changed; the console tries again by itself",
}


class StoreTrouble(Exception):
    """The store did not do what was asked, and changed nothing: `what` was wrong, `where`, and a `hint`."""

    def __init__(self, kind: TroubleKind, where: str, *, what: str = "", hint: str = "") -> None:
        self.kind = kind
        self.where = where
        self.what = what or kind.value
        self.hint = hint or HINTS[kind]
        said = kind.value if self.what == kind.value else f"{kind.value} ({self.what})"
        super().__init__(f"{said}: {where}. {self.hint[:1].upper()}{self.hint[1:]}.")


# Primary result codes of SQLite (https://www.sqlite.org/rescode.html); the extended ones keep them in the low byte.
_KINDS: Final = {
    sqlite3.SQLITE_FULL: TroubleKind.FULL,
    sqlite3.SQLITE_BUSY: TroubleKind.LOCKED,
    sqlite3.SQLITE_LOCKED: TroubleKind.LOCKED,
    sqlite3.SQLITE_CORRUPT: TroubleKind.DAMAGED,
    sqlite3.SQLITE_NOTADB: TroubleKind.DAMAGED,
    sqlite3.SQLITE_READONLY: TroubleKind.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: TroubleKind.NO_ACCESS,
    sqlite3.SQLITE_PERM: TroubleKind.NO_ACCESS,
}
# A limit on file size (EFBIG), a quota and a full file system of the wal-index all come as a failed write.
_FULL_EXTENDED: Final = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})


def trouble_of(error: BaseException | None, where: str) -> StoreTrouble:
    """What a database driver's error means to the operator."""
    if not isinstance(error, sqlite3.Error):
        return StoreTrouble(TroubleKind.FAILED, where, what=str(error or ""))
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return StoreTrouble(TroubleKind.FAILED, where, what=str(error))
    if code in _FULL_EXTENDED:
        return StoreTrouble(TroubleKind.FULL, where, what=str(error))
    kind = _KINDS.get(code & 0xFF, TroubleKind.FAILED)
    return StoreTrouble(kind, where, what=str(error))
