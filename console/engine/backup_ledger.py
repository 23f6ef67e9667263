"""Reads from the live ledger where an entry was committed, and the moments that people have a name for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from console.domain.backup import BackupState, RepositorySeen
from console.domain.backup_policy import BackupPolicy
from console.domain.cluster import ClusterSpec, NodeKind, NodeSpec
from console.domain.fleet import ClusterView
from console.domain.ledger_mapping import LedgerMapping
from console.domain.restore import Anchor, Anchors, EntryPlace
from console.engine.backup_sources import FRESH_SECONDS
from console.postgres import entry_places
from console.recovery.books_door import BooksSession, BooksTrouble, SshDoor
from console.ssh.sessions import Sessions

ASK_SECONDS_MAX: Final = 20.0
ANCHORS_MAX: Final = 1_000

T = TypeVar("T")


class LiveLedger:
    """Asks any node of a cluster that answers, a standby first: it reads only, and the primary has more to do."""

    def __init__(
        self, *, sessions: Sessions, password: Callable[[NodeSpec], str | None], writer: str,
        view: Callable[[str], ClusterView | None],
    ) -> None:  # fmt: skip
        self._sessions, self._password, self._writer, self._view = sessions, password, writer, view

    def place(self, spec: ClusterSpec, entry: int, origin: str) -> EntryPlace | None:
        """Where an entry was committed; None where no node that answers knows it. Raises BooksTrouble where none does.

        What a standby does not have yet, the primary is asked for.
        """
        mapping = spec.ledger_mapping
        if mapping is None:
            raise BooksTrouble("no-ledger")
        told: BooksTrouble | None = None
        answered = False
        for node in self._nodes(spec):
            try:
                read = self._asked(spec, node, lambda session: _place(session, mapping, entry, origin))
            except BooksTrouble as trouble:
                told = trouble
                continue
            answered = True
            if read is not None:
                if read.xid is None:
                    raise BooksTrouble("no-column", "the ledger does not keep the transaction of an entry")
                return EntryPlace(entry=entry, xid=read.xid, booked_at=read.booked_at, node=node)
        if not answered:
            raise told or BooksTrouble("no-server", "no node answers")
        return None

    def anchors(
        self, spec: ClusterSpec, begin: datetime, end: datetime, parts: int, seen: tuple[RepositorySeen, ...]
    ) -> Anchors:
        """Ends of days, ends of backups, and entries in each part of the range; what can't be read is said."""
        backups = tuple(_of_backups(seen, begin, end))
        empty = Anchors(begin=begin, end=end, anchors=backups, entries=(0,) * parts)
        mapping = spec.ledger_mapping
        if mapping is None:
            return replace(empty, trouble="no-ledger")
        zone = (spec.backup or BackupPolicy()).time_zone
        trouble: BooksTrouble | None = None
        for node in self._nodes(spec):
            try:
                counts = self._asked(spec, node, lambda session: _counts(session, mapping, begin, end, parts, zone))
            except BooksTrouble as met:
                trouble = met
                continue
            return replace(
                empty, anchors=_merged(backups, _days(counts, begin, end)), entries=counts.entries,
                head_number=counts.head,
            )  # fmt: skip
        return replace(empty, trouble=trouble.reason if trouble is not None else "no-server")

    def _asked(self, spec: ClusterSpec, node: str, ask: Callable[[BooksSession], T]) -> T:
        door = SshDoor(spec, sessions=self._sessions, password=self._password, writer=self._writer)
        try:
            session = door.open(node)
            try:
                return ask(session)
            except ValueError as error:
                raise BooksTrouble("unreadable", f"{error}") from error
            finally:
                session.close()
        finally:
            door.close()

    def _nodes(self, spec: ClusterSpec) -> tuple[str, ...]:
        """Those that answered lately, standbys first; all, where nothing is known."""
        servers = [node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES]
        view = self._view(spec.name)
        if view is None:
            return tuple(servers)
        fresh = [
            node.name for node in view.nodes
            if node.name in servers and node.silence_seconds is not None and node.silence_seconds <= FRESH_SECONDS
        ]  # fmt: skip
        return tuple(sorted(fresh, key=lambda name: name == view.primary))


def _time_column(session: BooksSession, mapping: LedgerMapping) -> str:
    return entry_places.read_text(session.ask(entry_places.time_column_sql(mapping), seconds_max=ASK_SECONDS_MAX))


def _place(session: BooksSession, mapping: LedgerMapping, entry: int, origin: str) -> entry_places.PlaceRead | None:
    booked = _time_column(session, mapping)
    line = session.ask(entry_places.place_sql(mapping, entry, origin, booked), seconds_max=ASK_SECONDS_MAX)
    return entry_places.read_place(line)


def _counts(
    session: BooksSession, mapping: LedgerMapping, begin: datetime, end: datetime, parts: int, zone: str
) -> entry_places.CountsRead:
    booked = _time_column(session, mapping)
    if not booked:
        raise BooksTrouble("no-column", "no column says when an entry was booked")
    question = entry_places.counts_sql(mapping, booked, begin=begin, end=end, parts=parts, zone=zone)
    return entry_places.read_counts(session.ask(question, seconds_max=ASK_SECONDS_MAX), parts)


def _days(counts: entry_places.CountsRead, begin: datetime, end: datetime) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(
            at=day.ends_at, kind="end-of-day", name=day.name, entry=day.entry,
            entries_after=None if counts.head is None else max(0, counts.head - day.entry),
        )
        for day in counts.days if begin <= day.ends_at <= end
    )  # fmt: skip


def _of_backups(seen: tuple[RepositorySeen, ...], begin: datetime, end: datetime) -> list[Anchor]:
    return [
        Anchor(at=one.ended_at, kind="backup", name=one.id, entry=one.head_number)
        for repository in seen for one in repository.backups
        if one.state is BackupState.COMPLETE and one.ended_at is not None and begin <= one.ended_at <= end
    ]  # fmt: skip


def _merged(*groups: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    found = sorted((one for group in groups for one in group), key=lambda one: (one.at, one.kind, one.name))
    return tuple(found[-ANCHORS_MAX:])
