"""Observations for tests: a small healthy cluster through the real types, to be changed by each case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.domain.cluster import (
    ClusterSpec,
    Environment,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.domain.observation import Lags, Observation
from console.domain.reading import (
    Books,
    ControlState,
    Head,
    Host,
    Moment,
    Process,
    Receiver,
    Sender,
    SqlContact,
    SqlState,
    SshContact,
    SshState,
    Turnover,
    Vital,
)
from console.domain.wal import Lsn

BEGIN = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)
NOW_TICKS = 1000.0
SYSTEM = "7318840215563302914"


def moment(ago: float = 0.0) -> Moment:
    """The moment that lies `ago` seconds before now."""
    return Moment(BEGIN - timedelta(seconds=ago), NOW_TICKS - ago)


NOW = moment()


def node_spec(name: str, kind: NodeKind = NodeKind.POSTGRES) -> NodeSpec:
    postgres = PostgresTarget() if kind is NodeKind.POSTGRES else None
    return NodeSpec(name=name, kind=kind, ssh=SshTarget(host=f"{name}.example"), postgres=postgres)


def cluster_spec(*names: str, synchronous: str | None = "ANY 1", **changes: Any) -> ClusterSpec:
    return ClusterSpec(
        name="ledger", environment=Environment.PRODUCTION, nodes=tuple(node_spec(name) for name in names),
        promises=Promises(synchronous=synchronous), **changes,
    )  # fmt: skip


def vital(*, primary: bool = False, ago: float = 0.5, **changes: Any) -> Vital:
    made = Vital(
        at=moment(ago), round_trip_seconds=0.001, system_identifier=SYSTEM, version=180006, in_recovery=not primary,
        timeline=1, started_at=BEGIN - timedelta(days=1), clock=moment(ago).utc,
        write=Lsn(0x5000000) if primary else None, flush=Lsn(0x5000000) if primary else None,
        received=None if primary else Lsn(0x5000000), replayed=None if primary else Lsn(0x5000000),
        replay_paused=False, synchronous_names='ANY 1 ("b","c")' if primary else "", synchronous_commit="on",
        data_directory="/data", may_see_all=True,
        senders=(sender("b"), sender("c")) if primary else (),
        receiver=None if primary else receiver(),
    )  # fmt: skip
    return replace(made, **changes)


def sender(name: str, **changes: Any) -> Sender:
    made = Sender(
        name=name, address="127.0.0.9", state="streaming", sync_state="quorum", sent=Lsn(0x5000000),
        write=Lsn(0x5000000), flush=Lsn(0x5000000), replay=Lsn(0x5000000), reply_age_seconds=0.3, slot=name,
    )  # fmt: skip
    return replace(made, **changes)


def receiver(**changes: Any) -> Receiver:
    made = Receiver(
        status="streaming", host="a.example", port=5432, slot=None, timeline=1, flushed=Lsn(0x5000000),
        heard_age_seconds=0.2,
    )  # fmt: skip
    return replace(made, **changes)


def head(number: int = 100, position: int = 0x5000000, debit: int = 1000) -> Head:
    return Head(
        origin="main", number=number, booked_at=BEGIN, position=Lsn(position),
        turnover=(Turnover(currency="USD", scale=2, postings=2 * number, debit_units=debit),),
    )  # fmt: skip


def books(*, ago: float = 0.5, heads: tuple[Head, ...] | None = None, **changes: Any) -> Books:
    made = Books(
        at=moment(ago), round_trip_seconds=0.002, beat=50, beat_written_at=BEGIN, heads=heads or (head(),),
        transactions=1000, database_bytes=10**8, conflicts=0, slots=(), archived_count=3, archive_failed_count=0,
        archive_last_at=BEGIN, archive_last_failed_at=None, archiving=True,
    )  # fmt: skip
    return replace(made, **changes)


def host(
    *, ago: float = 1.0, processes: tuple[Process, ...] | None = (Process(pid=10, state="S"),), **changes: Any
) -> Host:
    made = Host(
        at=moment(ago), round_trip_seconds=0.005, machine_id="a" * 32, boot_id="b" * 36, host_name="a",
        system="Debian GNU/Linux 12 (bookworm)", clock=BEGIN, uptime_seconds=1e5, load=0.1,
        disk_total_bytes=10**12, disk_free_bytes=5 * 10**11, processes=processes, postmaster_pid=10,
        postmaster_alive=False,
        control_state=ControlState.IN_PRODUCTION, control_system_identifier=SYSTEM,
    )  # fmt: skip
    return replace(made, **changes)


def contact(state: SqlState = SqlState.ANSWERS, *, ago: float = 100.0, **changes: Any) -> SqlContact:
    return SqlContact(state=state, since=moment(ago), **changes)


def observed(name: str, *, primary: bool = False, kind: NodeKind = NodeKind.POSTGRES, **changes: Any) -> Observation:
    """A healthy node."""
    postgres = kind is NodeKind.POSTGRES
    made = Observation(
        spec=node_spec(name, kind), ssh=SshContact(state=SshState.ANSWERS, since=moment(100)),
        vital_contact=contact(), books_contact=contact(), vital=vital(primary=primary) if postgres else None,
        books=books() if postgres else None, host=host(), earlier_host=host(ago=6.0),
        lags=Lags() if primary else Lags(
            flush_bytes=0, flush_seconds=0.0, replay_seconds=0.0, reply_age_seconds=0.3, upstream="a",
            sync_state="quorum", sender_state="streaming", slot=name,
        ),
    )  # fmt: skip
    return replace(made, **changes)


def trio(**changed: Observation) -> dict[str, Observation]:
    """Primary a, standbys b and c; those named are put in place of the healthy ones."""
    return {"a": observed("a", primary=True), "b": observed("b"), "c": observed("c"), **changed}
