"""Where a run's primary was last seen: the monotonic time of its list counts in the engine that took it, alone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from console.domain.cluster import Environment
from console.domain.plan import Operation, Plan
from console.domain.reading import Head, Moment
from console.domain.situation import LastSeen
from console.domain.wal import Lsn
from console.engine.planning import Planning
from console.store.database import open_store
from console.store.settings import Settings

AT = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)
HEAD = Head(origin="main", number=7, booked_at=AT, turnover=(), position=Lsn(0x5000000))
SEEN = LastSeen(node="a", head=HEAD, at=AT, seconds_ago=0.5, entries_per_second=1.0, timeline=1,
                sync_steady_seconds=600.0, list_at=AT, list_ticks=100.0)  # fmt: skip


def planning(settings: Settings, *, watched: LastSeen | None) -> Planning:
    watch = SimpleNamespace(last_seen=lambda _: watched)
    poller = SimpleNamespace(cluster=lambda _: watch, watches=lambda: ())
    return Planning(
        sessions=cast(Any, None), poller=cast(Any, poller), settings=settings, clock=lambda: Moment(AT, 101.0),
        console_id="c", prove=None,
    )  # fmt: skip


def plan_of(seen: LastSeen | None) -> Plan:
    return Plan(
        id="p", operation=Operation.FAILOVER, cluster="lab", environment=Environment.LAB.value, made_at=AT, made_by="o",
        steps=(), inputs=(), last_seen=seen,
    )  # fmt: skip


def test_a_plans_ticks_count_in_the_engine_that_made_it_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        first = planning(Settings(store), watched=SEEN)
        made = first.last_seen("lab")
        assert made is not None and made.list_ticks == 100.0 and made.engine
        first._poller = cast(Any, planning(Settings(store), watched=None)._poller)  # it sees the primary no more
        assert first.last_seen("lab", plan_of(made)) == made
        other = planning(Settings(store), watched=None)
        assert other.last_seen("lab", plan_of(made)) == replace(made, list_ticks=None)


def test_what_was_kept_proves_no_list_and_keeps_timeline_and_names(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        settings = Settings(store)
        engine = planning(settings, watched=None)
        engine._seens.remember("lab", replace(SEEN, bearers=(("b", "b"),)))
        kept = planning(settings, watched=None).last_seen("lab")
        assert kept is not None and (kept.timeline, kept.bearers) == (1, (("b", "b"),))
        assert (kept.list_ticks, kept.sync_steady_seconds) == (None, 0.0)
