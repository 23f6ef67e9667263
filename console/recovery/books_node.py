"""One node's part of a proof of books: a snapshot, shared by two sessions, and all that is asked within it."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from console.domain.books import BLOCK_ENTRIES, Block, BlockFound, BooksHead, Horizon, Seal, Tally, block_of
from console.domain.ledger_mapping import LedgerMapping
from console.postgres import books_readers as readers
from console.postgres.books import BEGIN_SQL, CHUNK_BLOCKS, EXPORT_SQL, BooksSql, import_sql
from console.recovery.books_door import BooksDoor, BooksSession, BooksTrouble

T = TypeVar("T")

QUICK_SECONDS_MAX: Final = 30.0
CHUNK_SECONDS_MAX: Final = 120.0  # 50,000 entries take half a second
TALLY_SECONDS_MAX: Final = 1800.0
ENTRIES_MAX: Final = 1_000_000_000  # of one origin: what a proof by one console takes on
WORKERS: Final = 2


def readable(session: BooksSession, sql: str, read: Callable[[bytes], T], *, seconds_max: float) -> T:
    """Ask and read. Raises BooksTrouble, also where the answer makes no sense."""
    line = session.ask(sql, seconds_max=seconds_max)
    try:
        return read(line)
    except ValueError as error:
        raise BooksTrouble("unreadable", f"{error}") from error


def begin(session: BooksSession, mapping: LedgerMapping) -> BooksSql:
    """Begin a transaction with one snapshot, and look at the columns that a mapping names.

    Raises BooksTrouble where they are not there, may not be read, or do not fit.
    """
    question = f"{BEGIN_SQL};\n{BooksSql.shape_question(mapping)}"
    shape = readable(session, question, lambda line: readers.read_shape(line, mapping), seconds_max=QUICK_SECONDS_MAX)
    wrong = shape.mistakes(mapping)
    if wrong:
        raise BooksTrouble("mapping-unfit", "; ".join(f"{key}: {what}" for key, what in wrong))
    return BooksSql(mapping, shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginTask:
    """What is to be asked of one origin's book. `skip_to`: entries up to here are not recomputed (0: none)."""

    origin: str
    top: int
    horizon: Horizon
    skip_to: int
    seal: Seal | None


@dataclass(slots=True)
class OriginFound:
    """What came back of one origin's book."""

    blocks: list[BlockFound] = field(default_factory=list)
    tally: Tally | None = None
    late: dict[int, Block | None] = field(default_factory=dict)  # blocks as the seal's horizon cuts them


class BooksNode:
    """A node in the middle of a proof. `close` ends its sessions, whatever happened."""

    def __init__(self, name: str, mapping: LedgerMapping, door: BooksDoor) -> None:
        self.name, self._mapping, self._door = name, mapping, door
        self._sessions: list[BooksSession] = []
        self._sql: BooksSql | None = None
        self._snapshot = ""
        self._found: dict[str, OriginFound] = {}
        self._guard = threading.Lock()

    @property
    def sql(self) -> BooksSql:
        assert self._sql is not None
        return self._sql

    def begin(self) -> BooksHead:
        """Open a session, take the snapshot, look at the columns and the heads. Raises BooksTrouble."""
        session = self._door.open(self.name)
        self._sessions.append(session)
        self._sql = begin(session, self._mapping)
        self._snapshot = readable(session, EXPORT_SQL, readers.read_snapshot, seconds_max=QUICK_SECONDS_MAX)
        return readable(session, self._sql.head(), readers.read_head, seconds_max=QUICK_SECONDS_MAX)

    def perform(self, tasks: tuple[OriginTask, ...], *, tally: bool) -> dict[str, OriginFound]:
        """Ask all of it, two sessions side by side in the one snapshot. Raises BooksTrouble."""
        work: queue.SimpleQueue[Callable[[BooksSession], None]] = queue.SimpleQueue()
        count = 0
        for task in tasks:
            self._found[task.origin] = OriginFound()
        for step in self._steps(tasks, tally=tally):
            work.put(step)
            count += 1
        troubles: list[BooksTrouble] = []
        second = None
        if count > 1:
            second = threading.Thread(
                target=self._second, args=(work, troubles), name=f"books {self.name}", daemon=True
            )
            second.start()
        self._drain(self._sessions[0], work, troubles)
        if second is not None:
            second.join()
        if troubles:
            raise troubles[0]
        for found in self._found.values():
            found.blocks.sort(key=lambda block: block.number)
        return self._found

    def ask(self, sql: str, read: Callable[[bytes], T]) -> T:
        """One more question in the same snapshot, after the work. Raises BooksTrouble."""
        return readable(self._sessions[0], sql, read, seconds_max=CHUNK_SECONDS_MAX)

    def close(self) -> None:
        for session in self._sessions:
            session.close()

    def _steps(self, tasks: tuple[OriginTask, ...], *, tally: bool) -> list[Callable[[BooksSession], None]]:
        """The long one first, so that both sessions end together."""
        steps: list[Callable[[BooksSession], None]] = []
        if tally:
            steps += [lambda session, task=task: self._tally(session, task) for task in tasks]  # type: ignore[misc]
        for task in tasks:
            if task.top > ENTRIES_MAX:
                raise BooksTrouble("too-large", f"{task.top} entries, {ENTRIES_MAX} are the limit")
            for low in range(task.skip_to + 1, task.top + 1, CHUNK_BLOCKS * BLOCK_ENTRIES):
                high = min(task.top, low + CHUNK_BLOCKS * BLOCK_ENTRIES - 1)
                steps.append(
                    lambda session, task=task, low=low, high=high: self._blocks(session, task, low, high)  # type: ignore[misc]
                )
            if task.seal is not None:
                steps.append(lambda session, task=task: self._late(session, task))  # type: ignore[misc]
        return steps

    def _second(
        self, work: "queue.SimpleQueue[Callable[[BooksSession], None]]", troubles: list[BooksTrouble]
    ) -> None:
        try:
            session = self._door.open(self.name)
            self._sessions.append(session)
            session.ask(BEGIN_SQL, seconds_max=QUICK_SECONDS_MAX)
            session.ask(import_sql(self._snapshot), seconds_max=QUICK_SECONDS_MAX)
        except BooksTrouble:
            return  # the first does all of it by itself: slower, and as true
        self._drain(session, work, troubles)

    def _drain(
        self, session: BooksSession, work: "queue.SimpleQueue[Callable[[BooksSession], None]]",
        troubles: list[BooksTrouble],
    ) -> None:  # fmt: skip
        while not troubles:
            try:
                step = work.get_nowait()
            except queue.Empty:
                return
            try:
                step(session)
            except BooksTrouble as trouble:
                troubles.append(trouble)

    def _tally(self, session: BooksSession, task: OriginTask) -> None:
        sql = self.sql.tally(task.origin, task.top, task.horizon)
        self._found[task.origin].tally = readable(session, sql, readers.read_tally, seconds_max=TALLY_SECONDS_MAX)

    def _blocks(self, session: BooksSession, task: OriginTask, low: int, high: int) -> None:
        found = self._read_blocks(session, task.origin, low, high, task.horizon)
        with self._guard:
            self._found[task.origin].blocks += found

    def _read_blocks(
        self, session: BooksSession, origin: str, low: int, high: int, horizon: Horizon
    ) -> tuple[BlockFound, ...]:
        sql = self.sql.blocks(origin, low, high, horizon)
        return readable(
            session, sql, lambda line: readers.read_blocks(line, low=low, high=high), seconds_max=CHUNK_SECONDS_MAX
        )

    def _late(self, session: BooksSession, task: OriginTask) -> None:
        """The blocks that the seal's horizon cuts otherwise than ours."""
        assert task.seal is not None
        horizon = task.seal.fingerprint.horizon
        if horizon.xid is None:
            numbers: tuple[int, ...] = (block_of(horizon.number),) if horizon.number else ()
        else:
            sql = self.sql.late_blocks(task.origin, horizon, Horizon())
            numbers = readable(session, sql, readers.read_late, seconds_max=CHUNK_SECONDS_MAX)
        late: dict[int, Block | None] = {}
        for number in numbers:
            low = number * BLOCK_ENTRIES + 1
            found = self._read_blocks(session, task.origin, low, low + BLOCK_ENTRIES - 1, horizon)
            late[number] = found[0].block() if found else None
        self._found[task.origin].late = late
