"""Where a primary was last seen is kept, and what an earlier version kept is still read."""

from datetime import UTC, datetime

from console.domain.reading import Head
from console.domain.situation import LastSeen
from console.domain.wal import Lsn
from console.store.database import Store
from console.store.last_seen import LastSeens
from console.store.settings import Settings

AT = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)
HEAD = Head(origin="main", number=7, booked_at=AT, turnover=(), position=Lsn(0x5000000))
OLD = (
    '{"node":"lab-1","head":{"origin":"main","number":7,"booked_at":"2026-03-17T02:41:18Z","turnover":[],'
    '"position":"0/5000000"},"at":"2026-03-17T02:41:18Z","seconds_ago":0.5,"entries_per_second":3.0,'
    '"synchronous_names":"ANY 1 (\\"lab-2\\")","sync_steady_seconds":90.0,"list_at":"2026-03-17T02:41:18Z",'
    '"synchronous_commit":"on","dead_at":null}'
)


def test_timeline_and_names_are_kept(store: Store) -> None:
    seen = LastSeen(node="lab-1", head=HEAD, at=AT, seconds_ago=0.5, entries_per_second=3.0, timeline=4,
                    bearers=(("lab-2", "lab-2"), ("lab-2", "")))  # fmt: skip
    LastSeens(Settings(store)).remember("lab", seen)
    assert LastSeens(Settings(store)).recall("lab") == seen


def test_what_an_earlier_version_kept_is_read(store: Store) -> None:
    Settings(store).set("seen:lab", OLD)
    seen = LastSeens(Settings(store)).recall("lab")
    assert seen is not None and seen.head == HEAD
    assert (seen.timeline, seen.bearers, seen.list_ticks) == (None, (), None)
