"""The story of one night in values of the real types: one cluster degraded, one healthy, one partly unknown."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from console.domain.cluster import Environment, Manager, NodeKind
from console.domain.fleet import (
    MARK_MISSED,
    STRIP_MARKS,
    Amount,
    Basis,
    ClusterView,
    Edge,
    EdgeKind,
    EngineView,
    Exposure,
    NodeView,
    Role,
)
from console.domain.reading import Moment
from console.domain.verdict import Cause, Finding, Health, Level, Verdict, ordered

NOW = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)
HEALTHY = Verdict(health=Health.HEALTHY)


class StoryClock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = Moment(NOW, 1000.0)

    def __call__(self) -> Moment:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now = Moment(self.now.utc + timedelta(seconds=seconds), self.now.ticks + seconds)


def strip(
    milliseconds: float, *, seed: int, late: tuple[int, ...] = (), missed: tuple[int, ...] = (), silent: int = 0
) -> tuple[int, ...]:
    """Sixty round trips around a value, the same for the same seed; positions count from the oldest."""
    marks = []
    for place in range(STRIP_MARKS):
        if place >= STRIP_MARKS - silent or place in missed:
            marks.append(MARK_MISSED)
        elif place in late:
            marks.append(1_400_000)
        else:
            wave = 0.35 * math.sin(place * 1.7 + seed) + 0.25 * math.sin(place * 0.53 + 3 * seed)
            spike = 2.5 if (place * 7 + seed) % 23 == 0 else 1.0
            marks.append(round(milliseconds * 1000 * (1 + wave) * spike))
    return tuple(marks)


def node(name: str, role: Role, milliseconds: float, *, seed: int, **more: object) -> NodeView:
    kind = NodeKind.BACKUP if role is Role.BACKUP else NodeKind.POSTGRES
    base = NodeView(
        name=name, kind=kind, role=role, verdict=HEALTHY, host=f"{name}.ledger.example",
        strip=strip(milliseconds, seed=seed), round_trip_seconds=milliseconds / 1000, silence_seconds=0.4, timeline=7,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def ledger_us() -> ClusterView:
    lagging = Finding(
        cause=Cause.LAGGING, health=Health.DEGRADED, node="nyc-2", observed=41.0, limit=10.0,
        since=NOW - timedelta(minutes=5, seconds=16),
    )  # fmt: skip
    nobody_waits = Finding(
        cause=Cause.SYNC_DEGRADED, health=Health.DEGRADED, node="nyc-1", observed=0, limit=1,
        since=NOW - timedelta(minutes=5, seconds=18),
    )  # fmt: skip
    nodes = (
        node("nyc-1", Role.PRIMARY, 1.2, seed=1, entries_per_second=38.8),
        node(
            "nyc-2", Role.STANDBY, 38, seed=2, upstream="nyc-1", lag_flush_seconds=41.0, lag_flush_bytes=62_400_000,
            verdict=Verdict(health=Health.DEGRADED, findings=(lagging,)),
            strip=strip(38, seed=2, late=(9, 10, 31, 32, 33, 47, 48, 58)),
        ),
        node(
            "chi-1", Role.STANDBY, 19, seed=3, upstream="nyc-1", lag_flush_seconds=3.1,
            strip=strip(19, seed=3, missed=(40,)),
        ),
        node("dal-1", Role.CASCADE, 27, seed=4, upstream="chi-1", lag_flush_seconds=3.4),
        node("vault-2", Role.BACKUP, 22, seed=5, disk_free_bytes=1_900_000_000_000),
    )  # fmt: skip
    return ClusterView(
        name="ledger-us", environment=Environment.PRODUCTION, manager=Manager.NONE, at=NOW, serial=1,
        verdict=Verdict(health=Health.DEGRADED, findings=ordered((lagging, nobody_waits))), nodes=nodes,
        edges=(
            Edge(source="nyc-1", target="nyc-2", kind=EdgeKind.ASYNC, streaming=True, should_be_sync=True),
            Edge(source="nyc-1", target="chi-1", kind=EdgeKind.ASYNC, streaming=True),
            Edge(source="chi-1", target="dal-1", kind=EdgeKind.ASYNC, streaming=True),
            Edge(source="nyc-1", target="vault-2", kind=EdgeKind.ARCHIVE, streaming=True, archive_age_seconds=12),
        ),
        exposure=Exposure(
            basis=Basis.SEEN, candidate="chi-1", entries=120,
            amounts=(Amount(currency="USD", scale=2, units=34_182_210), Amount(currency="EUR", scale=2, units=964_000)),
            age_seconds=0.4,
        ),
        primary="nyc-1", system_identifier="7318840215563302914", head_number=8_812_403,
    )  # fmt: skip


def ledger_eu() -> ClusterView:
    nodes = (
        node("fra-1", Role.PRIMARY, 0.9, seed=6),
        node("fra-2", Role.STANDBY, 1.0, seed=7, upstream="fra-1", lag_flush_seconds=0.02),
        node("ams-1", Role.STANDBY, 7.4, seed=8, upstream="fra-1", lag_flush_seconds=0.2),
        node("vault-1", Role.BACKUP, 3.0, seed=9, disk_free_bytes=6_300_000_000_000),
    )
    return ClusterView(
        name="ledger-eu", environment=Environment.PRODUCTION, manager=Manager.PATRONI, at=NOW, serial=1,
        verdict=HEALTHY, nodes=nodes,
        edges=(
            Edge(source="fra-1", target="fra-2", kind=EdgeKind.SYNC, streaming=True, should_be_sync=True),
            Edge(source="fra-1", target="ams-1", kind=EdgeKind.ASYNC, streaming=True),
        ),
        exposure=Exposure(basis=Basis.SYNCHRONOUS, candidate="fra-2", entries=0, amounts=(), age_seconds=0.6),
        primary="fra-1", sync_names="FIRST 1 (fra-2)",
    )  # fmt: skip


def ledger_lab() -> ClusterView:
    silent = Finding(
        cause=Cause.CUT_OFF, health=Health.UNKNOWN, node="lab-3", observed=18.0, level=Level.SUSPECTED,
        since=NOW - timedelta(seconds=18),
    )  # fmt: skip
    nodes = (
        node("lab-1", Role.PRIMARY, 0.3, seed=10),
        node("lab-2", Role.STANDBY, 0.3, seed=11, upstream="lab-1", lag_flush_seconds=0.0),
        node(
            "lab-3", Role.STANDBY, 0.3, seed=12, upstream="lab-1", round_trip_seconds=None, silence_seconds=18.2,
            strip=strip(0.3, seed=12, silent=18), verdict=Verdict(health=Health.UNKNOWN, findings=(silent,)),
        ),
    )  # fmt: skip
    return ClusterView(
        name="ledger-lab", environment=Environment.LAB, manager=Manager.NONE, at=NOW, serial=1,
        verdict=Verdict(health=Health.UNKNOWN, findings=(silent,)), nodes=nodes,
        edges=(
            Edge(source="lab-1", target="lab-2", kind=EdgeKind.SYNC, streaming=True, should_be_sync=True),
            Edge(source="lab-1", target="lab-3", kind=EdgeKind.ASYNC, streaming=False),
        ),
        exposure=Exposure(basis=Basis.SYNCHRONOUS, candidate="lab-2", entries=0, amounts=(), age_seconds=0.2),
        primary="lab-1", sync_names="ANY 1 (lab-2, lab-3)", lab_directory="/var/lib/lab",
    )  # fmt: skip


def fleet() -> tuple[ClusterView, ...]:
    return (ledger_us(), ledger_eu(), ledger_lab())


def engine(*, trouble: str = "", hosts: int = 12, answered: int = 11) -> EngineView:
    return EngineView(
        at=NOW, version="0.1.0", pid=4711, home="/var/lib/ledger-console",
        started_at=NOW - timedelta(hours=7), hosts=hosts, answered=answered, store_trouble=trouble, faces=1,
    )  # fmt: skip


def many(clusters: int, nodes_each: int) -> tuple[ClusterView, ...]:
    """A large fleet, each cluster healthy, for measuring."""
    views = []
    for place in range(clusters):
        names = [f"c{place:03}-{n}" for n in range(1, nodes_each + 1)]
        members = (
            node(names[0], Role.PRIMARY, 1.0, seed=place),
            *(
                node(name, Role.STANDBY, 5.0, seed=place + n, upstream=names[0], lag_flush_seconds=0.4)
                for n, name in enumerate(names[1:], start=1)
            ),
        )
        views.append(
            replace(
                ledger_eu(), name=f"ledger-{place:03}", nodes=members, primary=names[0],
                edges=tuple(Edge(source=names[0], target=n, kind=EdgeKind.ASYNC, streaming=True) for n in names[1:]),
            )
        )  # fmt: skip
    return tuple(views)
