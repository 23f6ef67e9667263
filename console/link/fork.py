"""What faces and engine say to each other at the fork desk: two sides compared, and one of them exported."""

from dataclasses import dataclass

from console.domain.fork import Fork

FORK_SECONDS_MAX = 3600.0  # a face waits so long: a killed server recovers first


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFork:
    """Compare two sides now. Empty names: a node that is lost or diverged, and the primary. Answered by `ForkSeen`.

    A stopped server is started closed, read-only, and stopped again; that takes the cluster's lock.
    """

    cluster: str
    a: str = ""
    b: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkSeen:
    """The answer to `AskFork`."""

    fork: Fork


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFork:
    """Read both sides anew and write the loser's entries to files of the console. Answered by `ForkExported`.

    `reason`: why this side is given up; it goes into the audit log, the files and the report.
    """

    cluster: str
    winner: str
    loser: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkExported:
    """The answer to `ExportFork`: where the files lie, each with its SHA-256; `rebookable` of `entries` by its SQL."""

    fork: Fork
    winner: str
    loser: str
    directory: str
    files: tuple[tuple[str, str], ...]
    entries: int
    rebookable: int
