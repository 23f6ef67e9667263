"""No WAL on a ledger that writes is an alert, by the console's own clock; a ledger at rest owes none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from console.domain.backup import RepositorySeen, WalHeld, WalRange
from console.domain.backup_policy import BackupPolicy, RepositorySpec
from console.domain.cluster import Environment, Manager
from console.domain.fleet import Basis, ClusterView, Exposure
from console.domain.reading import Moment
from console.domain.verdict import Health, Verdict
from console.domain.wal import Lsn
from console.engine.backup_silence import SLACK_SECONDS, WalSilence

AT = datetime(2026, 3, 17, 14, 30, tzinfo=UTC)
POLICY = BackupPolicy(wal_silence_seconds_max=600.0)
SEEN = RepositorySeen(
    spec=RepositorySpec(name="vault", node="vault-1", path="/srv/backup"), at=AT,
    wal=WalHeld(ranges=(WalRange(timeline=1, first=1, last=4, partial_end=Lsn(5)),)),
)  # fmt: skip
WRITES = ClusterView(
    name="us", environment=Environment.LAB, manager=Manager.NONE, at=AT, serial=1, nodes=(), edges=(),
    verdict=Verdict(health=Health.HEALTHY, findings=()), wal_bytes_per_second=9_000.0,
    exposure=Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None),
)  # fmt: skip


def moment(seconds: float) -> Moment:
    return Moment(AT + timedelta(seconds=seconds), 1_000.0 + seconds)


def more(seen: RepositorySeen, position: int) -> RepositorySeen:
    return replace(seen, wal=replace(seen.wal, ranges=(replace(seen.wal.ranges[0], partial_end=Lsn(position)),)))


def test_silence_is_told_once_and_its_end_too() -> None:
    silence = WalSilence()
    limit = POLICY.wal_silence_seconds_max + SLACK_SECONDS
    assert silence.look("us", (SEEN,), POLICY, WRITES, moment(0)) == ()
    assert silence.look("us", (SEEN,), POLICY, WRITES, moment(limit - 1)) == ()
    assert silence.of("us") == frozenset()
    assert silence.look("us", (SEEN,), POLICY, WRITES, moment(limit + 1)) == ((SEEN, True),)
    assert silence.of("us") == {"vault"}
    assert silence.look("us", (SEEN,), POLICY, WRITES, moment(limit + 60)) == ()
    again = more(SEEN, 6)
    assert silence.look("us", (again,), POLICY, WRITES, moment(limit + 90)) == ((again, False),)
    assert silence.of("us") == frozenset()


def test_wal_that_keeps_coming_is_never_silent() -> None:
    silence = WalSilence()
    for turn in range(60):
        assert silence.look("us", (more(SEEN, 5 + turn),), POLICY, WRITES, moment(60.0 * turn)) == ()


def test_a_ledger_at_rest_and_a_repository_that_can_not_be_read_tell_nothing() -> None:
    silence = WalSilence()
    rests = replace(WRITES, wal_bytes_per_second=0.0)
    unread = replace(SEEN, trouble="host-silent")
    for turn in range(60):
        assert silence.look("us", (SEEN,), POLICY, rests, moment(60.0 * turn)) == ()
        assert silence.look("eu", (unread,), POLICY, WRITES, moment(60.0 * turn)) == ()
        assert silence.look("asia", (SEEN,), POLICY, None, moment(60.0 * turn)) == ()
    # It begins to count when the ledger writes again.
    assert silence.look("us", (SEEN,), POLICY, WRITES, moment(3_660)) == ()
    assert silence.of("us") == frozenset()
