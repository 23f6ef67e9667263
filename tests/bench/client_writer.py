"""A client of the bench's own: it commits one row after the other over libpq's list of hosts, and notes each answer."""

import threading
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import psycopg

from console.recovery.outage_scripts import TABLE

PACE_SECONDS: Final = 0.005
AGAIN_SECONDS: Final = 0.005
RUN: Final = "bench"
# The role and the row of the console's own outage meter: the application's rights, and no effect on the books.
WRITE: Final = (
    f"insert into {TABLE} as o (run, number, at) values ('{RUN}', %s, now()) on conflict (run) "
    "do update set number = greatest(o.number, excluded.number), at = excluded.at"
)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One commit that was confirmed: when, by this process's clock, and its number."""

    at: float
    number: int


class Writer:
    """Commits as long as it lives, as fast as it is answered. A commit with a warning was not confirmed."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._stop = threading.Event()
        self._warned = False
        self._number = 0
        self._guard = threading.Lock()
        self._done: list[Acknowledged] = []
        self._thread = threading.Thread(target=self._run, name="bench client", daemon=True)

    def __enter__(self) -> "Writer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(10)

    def since(self, at: float) -> tuple[Acknowledged, ...]:
        """What was confirmed after this moment, in order."""
        with self._guard:
            return tuple(one for one in self._done if one.at >= at)

    def last(self) -> Acknowledged | None:
        with self._guard:
            return self._done[-1] if self._done else None

    def gap(self, since: float) -> float:
        """The longest time between two confirmed commits after this moment; the last one before it counts."""
        with self._guard:
            before = [one.at for one in self._done if one.at < since][-1:]
            times = [*before, *(one.at for one in self._done if one.at >= since)]
        return max((late - early for early, late in pairwise(times)), default=0.0)

    def _run(self) -> None:
        connection: psycopg.Connection[tuple[object, ...]] | None = None
        while not self._stop.is_set():
            try:
                if connection is None:
                    connection = psycopg.connect(self._conninfo, autocommit=True)
                    connection.add_notice_handler(self._notice)
                self._number += 1
                self._warned = False
                connection.execute(WRITE, (self._number,))
            except psycopg.Error:
                if connection is not None:
                    connection.close()
                connection = None
                self._stop.wait(AGAIN_SECONDS)
                continue
            if not self._warned:
                with self._guard:
                    self._done.append(Acknowledged(time.monotonic(), self._number))
            self._stop.wait(PACE_SECONDS)
        if connection is not None:
            connection.close()

    def _notice(self, _: object) -> None:
        self._warned = True


def one_value(socket: Path, port: int, sql: str, *, database: str = "ledger") -> object:
    """What a node's own server answers to its administrator, through its socket."""
    with psycopg.connect(
        host=str(socket), port=port, user="postgres", dbname=database, autocommit=True, connect_timeout=3
    ) as connection:
        row = connection.execute(sql.encode()).fetchone()
    return row[0] if row is not None else None
