"""Keeps plans, runs, and the journal of each run: every line is on disk before the next thing happens."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, func, insert, select, update

from console.domain.plan import Pairs, Plan
from console.domain.run import Entry, RunState, RunView
from console.store import schema
from console.store.database import Store
from console.store.values import decoder, kept, microseconds, moment

RUNS_MAX: Final = 500
ENTRIES_MAX: Final = 100_000
OPEN: Final = (RunState.WAITING, RunState.RUNNING, RunState.STOPPING, RunState.ASKING)

_PLANS: Final = decoder(Plan)
_VIEWS: Final = decoder(RunView)
_PAIRS: Final = msgspec.json.Decoder(Pairs)


class Journal:
    """Runs and their journals in the store. Every change is durable when the call returns. Raises StoreTrouble."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, run: RunView, *, at: datetime) -> None:
        """A new run, before anything of it happens."""
        with self._store.writing(durable=True) as connection:
            connection.execute(
                insert(schema.runs).values(
                    id=run.id, cluster=run.plan.cluster, state=run.state.value, begun_us=microseconds(at),
                    plan=kept(run.plan), view=kept(replace(run, log=())),
                )
            )  # fmt: skip

    def keep(self, run: RunView) -> None:
        """The run as it stands now; its plan is never changed."""
        with self._store.writing(durable=True) as connection:
            connection.execute(
                update(schema.runs)
                .where(schema.runs.c.id == run.id)
                .values(state=run.state.value, view=kept(replace(run, log=())))
            )

    def write(self, *entries: Entry) -> None:
        """Lines, all or none. A number is the caller's: a gap or a second writer is an error of ours and is refused."""
        with self._store.writing(durable=True) as connection:
            for entry in entries:
                connection.execute(
                    insert(schema.journal).values(
                        run_id=entry.run, number=entry.number, at_us=microseconds(entry.at), step=entry.step,
                        word=entry.word, detail=kept(entry.detail),
                    )
                )  # fmt: skip

    def entries(self, run: str) -> tuple[Entry, ...]:
        """The whole journal of a run, in order."""
        asked = select(schema.journal).where(schema.journal.c.run_id == run).order_by(schema.journal.c.number)
        with self._store.reading() as connection:
            return tuple(_entry(row) for row in connection.execute(asked.limit(ENTRIES_MAX)))

    def run(self, run: str) -> RunView | None:
        """One run by its id, or by an unambiguous beginning of it."""
        columns = schema.runs.c
        like = run.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        asked = select(schema.runs).where(columns.id.like(like, escape="\\")).limit(2)
        with self._store.reading() as connection:
            rows = list(connection.execute(asked))
        exact = [row for row in rows if row.id == run]
        found = exact or (rows if len(rows) == 1 else [])
        return _view(found[0]) if found else None

    def runs(self, *, cluster: str = "", most: int = RUNS_MAX) -> tuple[RunView, ...]:
        """The newest runs first."""
        asked = select(schema.runs).order_by(schema.runs.c.begun_us.desc(), schema.runs.c.id)
        if cluster:
            asked = asked.where(schema.runs.c.cluster == cluster)
        with self._store.reading() as connection:
            return tuple(_view(row) for row in connection.execute(asked.limit(min(most, RUNS_MAX))))

    def unfinished(self) -> tuple[RunView, ...]:
        """Every run that has not come to its end."""
        states = [state.value for state in OPEN]
        asked = select(schema.runs).where(schema.runs.c.state.in_(states)).order_by(schema.runs.c.begun_us)
        with self._store.reading() as connection:
            return tuple(_view(row) for row in connection.execute(asked))

    def count(self, run: str) -> int:
        """How many lines a run's journal has."""
        asked = select(func.count()).select_from(schema.journal).where(schema.journal.c.run_id == run)
        with self._store.reading() as connection:
            return int(connection.execute(asked).scalar_one())


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        run=row.run_id, number=row.number, at=moment(row.at_us), step=row.step, word=row.word,
        detail=_PAIRS.decode(row.detail),
    )  # fmt: skip


def _view(row: Row[Any]) -> RunView:
    return replace(_VIEWS.decode(row.view), plan=_PLANS.decode(row.plan))
