"""Sees that WAL keeps coming to repositories while the ledger writes, by the console's own clock."""

from typing import Final

from console.domain.backup import RepositorySeen, WalRange
from console.domain.backup_policy import BackupPolicy
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.engine.backup_reading import READ_SECONDS

SLACK_SECONDS: Final = 2 * READ_SECONDS  # it is only seen when the repository is read


class WalSilence:
    """Which repositories of which clusters are silent. Used by one thread; `of` by any."""

    def __init__(self) -> None:
        self._moved: dict[tuple[str, str], tuple[tuple[WalRange, ...], float]] = {}
        self._silent: dict[str, frozenset[str]] = {}

    def of(self, cluster: str) -> frozenset[str]:
        """The names of the repositories to which no WAL has come for too long."""
        return self._silent.get(cluster, frozenset())

    def look(
        self, cluster: str, repositories: tuple[RepositorySeen, ...], policy: BackupPolicy,
        watched: ClusterView | None, now: Moment,
    ) -> tuple[tuple[RepositorySeen, bool], ...]:  # fmt: skip
        """Those that have become silent (True), or to which WAL comes again, since the last look.

        A ledger that writes nothing owes no WAL, and what can't be read tells nothing.
        """
        writes = watched is not None and bool(watched.wal_bytes_per_second)
        before, found, news = self.of(cluster), set(), []
        for seen in repositories:
            key = (cluster, seen.spec.name)
            known = self._moved.get(key)
            unread = seen.at is None or bool(seen.trouble)
            if known is None or known[0] != seen.wal.ranges or unread or not writes:
                known = (seen.wal.ranges, now.ticks)
            self._moved[key] = known
            if now.ticks - known[1] > policy.wal_silence_seconds_max + SLACK_SECONDS:
                found.add(seen.spec.name)
            if (seen.spec.name in found) != (seen.spec.name in before):
                news.append((seen, seen.spec.name in found))
        self._silent[cluster] = frozenset(found)
        return tuple(news)
