"""Plausible pictures for looking at and testing the cluster page, made of the real types; their figures agree."""

import math
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.cluster import Environment, Manager, NodeKind
from console.domain.fleet import (
    Amount,
    Basis,
    Chart,
    ClusterView,
    Curve,
    Disagreement,
    Edge,
    EdgeKind,
    Event,
    EventKind,
    Exposure,
    Figure,
    Gap,
    Measure,
    NodeCard,
    NodeView,
    Quantity,
    Role,
    Unit,
)
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health, Level, Verdict, ordered

NOW: Final = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)
FINE: Final = Verdict(health=Health.HEALTHY)
BEHIND: Final = Finding(
    cause=Cause.LAGGING,
    health=Health.DEGRADED,
    node="nyc-2",
    observed=41.0,
    limit=10.0,
    since=NOW - timedelta(minutes=5, seconds=16),
    evidence=(
        Evidence(
            guard=Guard.LAG_SECONDS, observed=41.2, threshold=10.0,
            source="console: heartbeat row on nyc-2", at=NOW - timedelta(seconds=0.6),
        ),
        Evidence(
            guard=Guard.LAG_BYTES, observed=62_400_000,
            source="nyc-1: pg_stat_replication", at=NOW - timedelta(seconds=0.6),
        ),
    ),
)  # fmt: skip
NO_WAIT: Final = Finding(
    cause=Cause.SYNC_DEGRADED,
    health=Health.DEGRADED,
    observed=0,
    limit=1,
    since=NOW - timedelta(minutes=5, seconds=10),
    evidence=(
        Evidence(
            guard=Guard.SYNC_STANDBYS, observed=0, threshold=1,
            source="nyc-1: pg_stat_replication", at=NOW - timedelta(seconds=0.6),
        ),
        Evidence(
            guard=Guard.SYNC_NAMES, observed="FIRST 1 (nyc_2)", threshold="FIRST 1",
            source="nyc-1: synchronous_standby_names", at=NOW - timedelta(seconds=0.6),
        ),
    ),
)  # fmt: skip


def node(name: str, role: Role, **more: object) -> NodeView:
    """A node that is well unless told otherwise."""
    settings: dict[str, object] = {
        "name": name,
        "kind": NodeKind.BACKUP if role is Role.BACKUP else NodeKind.POSTGRES,
        "role": role,
        "verdict": FINE,
        "host": f"{name}.ledger.example",
        "strip": (1200,) * 60,
        "round_trip_seconds": 0.0012,
        "silence_seconds": 0.6,
        "timeline": 7,
    }
    return NodeView(**(settings | more))  # type: ignore[arg-type]


def edge(source: str, target: str, kind: EdgeKind = EdgeKind.ASYNC, **more: object) -> Edge:
    """An edge that flows unless told otherwise."""
    settings: dict[str, object] = {"source": source, "target": target, "kind": kind, "streaming": True}
    return Edge(**(settings | more))  # type: ignore[arg-type]


def story() -> ClusterView:
    """02:41: nyc-2 falls behind and no commit waits."""
    nodes = (
        node("nyc-1", Role.PRIMARY, entries_per_second=38.8, head_number=8_812_403),
        node(
            "nyc-2", Role.STANDBY, verdict=Verdict(health=Health.DEGRADED, findings=(BEHIND,)), upstream="nyc-1",
            lag_flush_seconds=41.2, lag_flush_bytes=62_400_000, lag_replay_seconds=41.4, round_trip_seconds=0.038,
            lag_entries=1591,
        ),
        node("chi-1", Role.STANDBY, upstream="nyc-1", lag_flush_seconds=3.1, lag_replay_seconds=3.1, lag_entries=120),
        node("dal-1", Role.CASCADE, upstream="chi-1", lag_flush_seconds=3.4, lag_replay_seconds=3.4),
        node("vault-2", Role.BACKUP, disk_free_bytes=1_900_000_000_000),
    )  # fmt: skip
    edges = (
        edge("nyc-1", "nyc-2", should_be_sync=True, lag_flush_seconds=41.2, lag_flush_bytes=62_400_000, slot="nyc_2"),
        edge("nyc-1", "chi-1", lag_flush_seconds=3.1, lag_flush_bytes=4_600_000),
        edge("chi-1", "dal-1", lag_flush_seconds=0.3, lag_flush_bytes=210_000),
        edge("nyc-1", "vault-2", EdgeKind.ARCHIVE, archive_age_seconds=12.0),
    )
    amounts = (
        Amount(currency="USD", scale=2, units=34_182_210),
        Amount(currency="EUR", scale=2, units=964_000),
    )
    return ClusterView(
        name="ledger-us", environment=Environment.PRODUCTION, manager=Manager.PATRONI, at=NOW, serial=1,
        verdict=Verdict(health=Health.DEGRADED, findings=ordered((BEHIND, NO_WAIT))), nodes=nodes, edges=edges,
        exposure=Exposure(basis=Basis.SEEN, candidate="chi-1", entries=120, amounts=amounts, age_seconds=0.4),
        primary="nyc-1", system_identifier="7318840215563302914", sync_names="FIRST 1 (nyc_2)",
        head_number=8_812_403, entries_per_second=38.8, wal_bytes_per_second=1_520_000.0,
    )  # fmt: skip


def lab() -> ClusterView:
    """Three nodes on the desk, one of them frozen; commits wait for one of two."""
    frozen = Finding(
        cause=Cause.FROZEN, health=Health.LOST, node="lab-3", observed=18.0, level=Level.HUNG,
        since=NOW - timedelta(seconds=18),
        evidence=(
            Evidence(
                guard=Guard.PROCESSES, observed="7 of 7 in state T", threshold="none stopped",
                source="lab-3: ls /proc", at=NOW - timedelta(seconds=0.8),
            ),
            Evidence(
                guard=Guard.VITAL_SILENCE_SECONDS, observed=18.2, threshold=3.0, source="console",
                at=NOW - timedelta(seconds=0.1),
            ),
        ),
    )  # fmt: skip
    nodes = (
        node("lab-1", Role.PRIMARY, entries_per_second=20.4, round_trip_seconds=0.0003),
        node("lab-2", Role.STANDBY, upstream="lab-1", lag_flush_seconds=0.0, lag_replay_seconds=0.01, lag_entries=0),
        node(
            "lab-3", Role.STANDBY, verdict=Verdict(health=Health.LOST, findings=(frozen,)), silence_seconds=18.2,
            upstream="lab-1",
        ),
        node("lab-backup", Role.BACKUP, disk_free_bytes=38_000_000_000),
    )  # fmt: skip
    edges = (
        edge("lab-1", "lab-2", EdgeKind.SYNC, lag_flush_seconds=0.0, lag_flush_bytes=0),
        edge("lab-1", "lab-3", EdgeKind.SYNC, streaming=False),
        edge("lab-1", "lab-backup", EdgeKind.ARCHIVE, archive_age_seconds=4.0),
    )
    return ClusterView(
        name="lab", environment=Environment.LAB, manager=Manager.NONE, at=NOW, serial=1,
        verdict=Verdict(health=Health.DEGRADED, findings=(replace(frozen, health=Health.DEGRADED),)),
        nodes=nodes, edges=edges, primary="lab-1", sync_names="ANY 1 (lab_2, lab_3)", entries_per_second=20.4,
        exposure=Exposure(basis=Basis.SYNCHRONOUS, candidate="lab-2", entries=0, amounts=(), age_seconds=0.2),
        lab_directory="/tmp/lab",
    )  # fmt: skip


def two_primaries() -> ClusterView:
    """Both sides of a split accept writes; each has a follower."""
    split = Finding(
        cause=Cause.TWO_PRIMARIES, health=Health.LOST, observed=2, limit=1, detail="fra-1, ams-1",
        since=NOW - timedelta(seconds=42),
        evidence=tuple(
            Evidence(
                guard=Guard.WRITABLE, observed=True, threshold=False, source=f"{name}: pg_is_in_recovery()",
                at=NOW - timedelta(seconds=0.4),
            )
            for name in ("fra-1", "ams-1")
        ),
    )  # fmt: skip
    bad = Verdict(health=Health.LOST, findings=(split,))
    nodes = (
        node("fra-1", Role.PRIMARY, verdict=bad, entries_per_second=12.0, timeline=3),
        node("fra-2", Role.STANDBY, upstream="fra-1", lag_flush_seconds=0.0, lag_replay_seconds=0.1),
        node("ams-1", Role.PRIMARY, verdict=bad, entries_per_second=31.5, timeline=4),
        node("ams-2", Role.STANDBY, upstream="ams-1", lag_flush_seconds=0.2, lag_replay_seconds=0.2),
        node("vault-1", Role.BACKUP, verdict=Verdict(health=Health.UNKNOWN), silence_seconds=95.0),
    )
    edges = (
        edge("fra-1", "fra-2", EdgeKind.SYNC, lag_flush_seconds=0.0, lag_flush_bytes=0),
        edge("ams-1", "ams-2", should_be_sync=True, lag_flush_seconds=0.2, lag_flush_bytes=310_000),
        edge("fra-1", "vault-1", EdgeKind.ARCHIVE),
    )
    return ClusterView(
        name="ledger-eu", environment=Environment.STAGING, manager=Manager.NONE, at=NOW, serial=1,
        verdict=Verdict(health=Health.LOST, findings=(split,)), nodes=nodes, edges=edges, primary=None,
        exposure=Exposure(
            basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None, reason="no-primary"
        ),
    )  # fmt: skip


def many(count: int = 9) -> ClusterView:
    """More nodes than boxes: two places, one follower in trouble, one behind a cascade."""
    names = [f"{place}-{number}" for place in ("nyc", "chi", "dal", "sea", "lon") for number in range(1, 11)][:count]
    nodes, edges = [node(names[0], Role.PRIMARY, entries_per_second=412.0)], []
    for place, name in enumerate(names[1:], start=1):
        late = place == 3
        lag = 24.0 if late else 0.1 * place
        found = (replace(BEHIND, node=name, observed=lag),) if late else ()
        above = names[1] if place == count - 2 else names[0]
        verdict = Verdict(health=Health.DEGRADED, findings=found) if late else FINE
        role = Role.STANDBY if above == names[0] else Role.CASCADE
        nodes.append(node(name, role, upstream=above, verdict=verdict, lag_flush_seconds=lag, lag_replay_seconds=lag))
        kind = EdgeKind.SYNC if place in (1, 2) else EdgeKind.ASYNC
        edges.append(edge(above, name, kind, lag_flush_seconds=lag, lag_flush_bytes=round(lag * 1_500_000)))
    nodes.append(node("vault-9", Role.BACKUP, disk_free_bytes=6_300_000_000_000))
    edges.append(edge(names[0], "vault-9", EdgeKind.ARCHIVE, archive_age_seconds=2.0))
    findings = tuple(finding for one in nodes for finding in one.verdict.findings)
    return replace(
        story(), name="ledger-world", nodes=tuple(nodes), edges=tuple(edges), primary=names[0],
        verdict=Verdict(health=Health.DEGRADED, findings=findings), sync_names="ANY 1 (nyc_2, nyc_3)",
        exposure=Exposure(
            basis=Basis.SYNCHRONOUS, candidate="nyc-2", entries=0, amounts=(), age_seconds=0.3
        ),
    )  # fmt: skip


def chart(view: ClusterView, *, seconds: int = 1800, step: float = 1.0, seed: int = 7) -> Chart:
    """Readings of the last so many seconds, with a gap of 3 min 10 s and the marks of the story."""
    dice = random.Random(seed)
    end = view.at.timestamp()
    begin = end - seconds
    count = round(seconds / step)
    times = tuple(begin + step * place for place in range(1, count + 1))
    gap = Gap(begin=end - 1275, end=end - 1085)
    trouble = end - 378
    curves: list[Curve] = []
    for place, one in enumerate(n for n in view.nodes if n.kind is NodeKind.POSTGRES):
        sick = one.verdict.health is not Health.HEALTHY and one.role is not Role.PRIMARY
        base = (one.round_trip_seconds or 0.001) * 1000 if not sick else 3.0
        rates = {Measure.ROUND_TRIP_MS: [_trip(dice, t, base + 7 * place, sick and t > trouble) for t in times]}
        rates[Measure.SUSPICION] = [0.3 + 0.2 * dice.random() + (sick and t > trouble) * 0.8 for t in times]
        if one.role is Role.PRIMARY:
            rate = one.entries_per_second or 10.0
            rates[Measure.ENTRIES_PER_SECOND] = [rate + 4 * math.sin(t / 90) + dice.gauss(0, 1.6) for t in times]
            busy = (end - 1700, end - 1580)
            rates[Measure.WAL_BYTES_PER_SECOND] = [
                (4.1e6 if busy[0] < t < busy[1] else 1.5e6) + dice.gauss(0, 9e4) for t in times
            ]
        else:
            lags = [max(0.0, (t - trouble) * 0.109) if sick and t > trouble else 0.4 * place + dice.random() * 0.2
                    for t in times]  # fmt: skip
            rates[Measure.LAG_SECONDS] = lags
            rates[Measure.LAG_BYTES] = [lag * 1.5e6 for lag in lags]
            rates[Measure.LAG_ENTRIES] = [float(round(lag * 38.8)) for lag in lags]
            rates[Measure.REPLY_AGE_SECONDS] = [0.2 + dice.random() * 0.3 for _ in times]
        for measure, values in rates.items():
            kept = [(t, v) for t, v in zip(times, values, strict=True) if not gap.begin < t < gap.end]
            curves.append(
                Curve(
                    node=one.name, measure=measure, seconds=tuple(t for t, _ in kept),
                    low=tuple(v for _, v in kept), high=tuple(v for _, v in kept),
                )
            )  # fmt: skip
    events = tuple(
        Event(
            at=view.at - timedelta(seconds=before), kind=kind, cluster=view.name, node=name, health=health, text=text
        )
        for before, kind, name, health, text in (
            (1640, EventKind.FAULT, view.nodes[-2].name, "", "replay-pause"),
            (1085, EventKind.ENGINE, None, "", "started"),
            (316, EventKind.VERDICT, view.nodes[1].name, "degraded", "lagging"),
        )
    )
    return Chart(
        cluster=view.name, begin=begin, end=end, bucket_seconds=0.0 if step <= 1 else step, curves=tuple(curves),
        gaps=(gap,) if seconds > 1275 else (), events=events,
    )  # fmt: skip


def _trip(dice: random.Random, seconds: float, base: float, slow: bool) -> float:
    wave = 0.12 * base * math.sin(seconds / 37)
    return max(0.1, (34.0 if slow else base) + wave + dice.gauss(0, 4.0 if slow else 0.06 * base))


def card(view: ClusterView, name: str) -> NodeCard:
    """The identity card of a node, with figures of several ages, one old, and two sources that disagree."""
    one = next(n for n in view.nodes if n.name == name)

    def figure(
        quantity: Quantity, value: object, unit: Unit, *, source: str = "pg_stat_replication", by: str = "",
        age: float = 0.6, over: bool = False, about: str | None = None,
    ) -> Figure:  # fmt: skip
        return Figure(
            quantity=quantity, value=value, unit=unit, node=by or name, source=source,  # type: ignore[arg-type]
            at=view.at - timedelta(seconds=age), over_limit=over, about=about,
        )  # fmt: skip

    up = one.upstream or name
    received = figure(Quantity.RECEIVED_POSITION, "5A/3C1F8000", Unit.POSITION, by=up)
    figures = (
        figure(Quantity.POSTGRES_VERSION, "18.1 on port 5432", Unit.NONE, source="select version()"),
        figure(Quantity.SYSTEM, "Debian GNU/Linux 12 (bookworm)", Unit.NONE, source="/etc/os-release", age=40),
        figure(Quantity.SYSTEM_IDENTIFIER, "7318840215563302914", Unit.NONE, source="pg_control_system()"),
        figure(Quantity.DATA_DIRECTORY, "/var/lib/pgsql/18/data", Unit.NONE, source="show data_directory"),
        figure(Quantity.TIMELINE, 7, Unit.NONE, source="pg_control_checkpoint()"),
        figure(Quantity.FOLLOWS, f"{up}, slot nyc_2", Unit.NONE, source="pg_stat_wal_receiver"),
        figure(Quantity.SYNCHRONOUS, "no, should be (policy FIRST 1)", Unit.NONE, by=up),
        figure(Quantity.LAG_SENT_BYTES, 61_100_000, Unit.BYTES, by=up),
        figure(Quantity.LAG_FLUSH_BYTES, 62_400_000, Unit.BYTES, by=up),
        figure(Quantity.LAG_FLUSH_SECONDS, 41.2, Unit.SECONDS, source="console", age=0.4, over=True),
        figure(Quantity.LAG_REPLAY_SECONDS, 41.4, Unit.SECONDS, source="console", age=0.4, over=True),
        figure(Quantity.LAG_ENTRIES, 1591, Unit.ENTRIES, source="ledger.heads", over=True),
        figure(Quantity.SLOT_KEPT, 62_400_000, Unit.BYTES, source="pg_replication_slots", by=up, about="nyc_2"),
        figure(Quantity.ROUND_TRIP, 0.038, Unit.SECONDS, source="console", age=0.2),
        figure(Quantity.REPLY_AGE, 0.4, Unit.SECONDS, by=up),
        received,
        figure(Quantity.REPLAYED_POSITION, "5A/3BF02210", Unit.POSITION, source="pg_last_wal_replay_lsn()"),
        figure(Quantity.HEAD_NUMBER, 8_810_812, Unit.ENTRIES, source="ledger.heads", age=12.0),
        figure(Quantity.DISK_FREE, 812_000_000_000, Unit.BYTES, source="df -Pk", age=4),
        figure(Quantity.LOAD, 0.84, Unit.COUNT, source="/proc/loadavg", age=4),
        figure(Quantity.CLOCK_OFFSET, 0.003, Unit.SECONDS, source="clock_timestamp(), console", age=0.6),
    )
    other = figure(Quantity.RECEIVED_POSITION, "5A/3C204A18", Unit.POSITION, source="pg_stat_wal_receiver", age=0.4)
    return NodeCard(
        cluster=view.name, node=name, at=view.at, view=one, figures=figures,
        disagreements=(Disagreement(quantity=Quantity.RECEIVED_POSITION, one=received, other=other),),
    )  # fmt: skip
