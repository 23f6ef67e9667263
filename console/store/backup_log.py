"""Keeps work on repositories, and the outcome of every check of every backup."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import delete, insert, select, update

from console.domain.backup import CheckResult, Job, JobState, Mark
from console.domain.plan import Pairs
from console.store import schema
from console.store.database import Store, upsert
from console.store.trouble import StoreTrouble, TroubleKind
from console.store.values import decoder, kept, microseconds

JOBS_KEPT_MAX: Final = 500  # of one cluster that have ended; the oldest go first
JOBS_READ_MAX: Final = 200
MARKS_READ_MAX: Final = 20_000
OPEN: Final = (JobState.RUNNING, JobState.UNSEEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOrder:
    """What is needed to come back to a supervised command: where it runs, its name, how it is taken back."""

    node: str = ""
    name: str = ""
    cancel: str = ""
    about: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptJob:
    """A piece of work and its order."""

    job: Job
    order: KeptOrder


_JOBS: Final = decoder(Job)
_ORDERS: Final = decoder(KeptOrder)
_MARKS: Final = decoder(Mark)


class BackupLog:
    """All that the store knows of backups. Every change is durable when the call returns. Raises StoreTrouble."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- jobs ---------------------------------------------------------------------------------------------------

    def begin(self, job: Job, order: KeptOrder) -> None:
        """A new piece of work, before anything of it happens; the oldest ended ones of its cluster go."""
        with self._store.writing(durable=True) as connection:
            connection.execute(
                insert(schema.backup_jobs).values(
                    id=job.id, cluster=job.cluster, state=job.state.value, begun_us=microseconds(job.begun_at),
                    job=kept(job), order=kept(order),
                )
            )  # fmt: skip
            columns = schema.backup_jobs.c
            ended = select(columns.id).where(
                columns.cluster == job.cluster, columns.state.not_in([one.value for one in OPEN])
            )
            old = ended.order_by(columns.begun_us.desc(), columns.id).offset(JOBS_KEPT_MAX).limit(JOBS_KEPT_MAX)
            gone = [row.id for row in connection.execute(old)]
            if gone:
                connection.execute(delete(schema.backup_jobs).where(columns.id.in_(gone)))

    def keep(self, job: Job, order: KeptOrder | None = None) -> None:
        """A piece of work as it stands now, and its order where that has changed."""
        values = {"state": job.state.value, "job": kept(job)}
        if order is not None:
            values["order"] = kept(order)
        with self._store.writing(durable=True) as connection:
            connection.execute(update(schema.backup_jobs).where(schema.backup_jobs.c.id == job.id).values(values))

    def unfinished(self) -> tuple[KeptJob, ...]:
        """Everything that has not come to its end, the oldest first."""
        columns = schema.backup_jobs.c
        asked = select(schema.backup_jobs).where(columns.state.in_([one.value for one in OPEN]))
        with self._store.reading() as connection:
            rows = list(connection.execute(asked.order_by(columns.begun_us)))
        return tuple(
            KeptJob(job=self._read(_JOBS, row.job, "a job"), order=self._read(_ORDERS, row.order, "an order"))
            for row in rows
        )

    def job(self, job: str) -> KeptJob | None:
        """One piece of work by its id, or by an unambiguous beginning of it."""
        columns = schema.backup_jobs.c
        asked = select(schema.backup_jobs).where(columns.id.startswith(job, autoescape=True)).limit(2)
        with self._store.reading() as connection:
            rows = list(connection.execute(asked))
        exact = [row for row in rows if row.id == job]
        found = exact or (rows if len(rows) == 1 else [])
        if not found:
            return None
        row = found[0]
        return KeptJob(job=self._read(_JOBS, row.job, "a job"), order=self._read(_ORDERS, row.order, "an order"))

    def jobs(self, cluster: str, *, most: int) -> tuple[Job, ...]:
        """The newest of a cluster first."""
        columns = schema.backup_jobs.c
        asked = select(columns.job).where(columns.cluster == cluster)
        asked = asked.order_by(columns.begun_us.desc(), columns.id).limit(min(most, JOBS_READ_MAX))
        with self._store.reading() as connection:
            rows = list(connection.execute(asked))
        return tuple(self._read(_JOBS, row.job, "a job") for row in rows)

    # -- marks --------------------------------------------------------------------------------------------------

    def mark(self, cluster: str, marks: tuple[Mark, ...]) -> None:
        """The newest outcome of each check takes the place of the one before; a 'not checked' takes that of none."""
        if not marks:
            return
        rows: list[dict[str, Any]] = [
            {"cluster": cluster, "repository": one.repository, "backup": one.backup, "check": one.check.value,
             "at_us": microseconds(one.at), "mark": kept(one)}
            for one in marks
        ]  # fmt: skip
        known = {(one.repository, one.backup, one.check.value) for one in self.marks(cluster)}
        told = {_key(row) for row, one in zip(rows, marks, strict=True) if one.result is not CheckResult.NOT_CHECKED}
        rows = [row for row in rows if _key(row) in told or _key(row) not in known]
        if not rows:
            return
        with self._store.writing(durable=True) as connection:
            connection.execute(upsert(connection, schema.backup_marks), rows)

    def marks(self, cluster: str) -> tuple[Mark, ...]:
        """Every mark of a cluster's backups, the newest first."""
        columns = schema.backup_marks.c
        asked = select(columns.mark).where(columns.cluster == cluster).order_by(columns.at_us.desc())
        with self._store.reading() as connection:
            rows = list(connection.execute(asked.limit(MARKS_READ_MAX)))
        return tuple(self._read(_MARKS, row.mark, "a mark") for row in rows)

    def forget_marks(self, cluster: str, repository: str, backups: tuple[str, ...]) -> None:
        """Marks of backups that are gone."""
        columns = schema.backup_marks.c
        with self._store.writing(durable=True) as connection:
            connection.execute(
                delete(schema.backup_marks).where(
                    columns.cluster == cluster, columns.repository == repository, columns.backup.in_(backups)
                )
            )

    def _read(self, reads: "msgspec.json.Decoder[Any]", text: str, what: str) -> Any:
        """What can't be read is damage, never taken for nothing."""
        try:
            return reads.decode(text)
        except ValueError as error:
            raise StoreTrouble(TroubleKind.DAMAGED, self._store.where, what=f"{what}: {error}") from error


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["repository"], row["backup"], row["check"]
