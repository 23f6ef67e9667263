"""A node's identity card: every figure with its source and time, and where two sources disagree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.cluster import ClusterSpec
from console.domain.fleet import Disagreement, Figure, NodeCard, NodeView, Quantity, Unit
from console.domain.observation import Observation
from console.domain.reading import Books, Host, Moment, Vital
from console.domain.verdict import Scalar
from console.domain.wal import Lsn
from console.monitor.lags import Ruler, followers_of

Q, U = Quantity, Unit


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the card is given."""

    spec: ClusterSpec
    seen: Observation
    ruler: Ruler
    now: Moment

    def figure(
        self, quantity: Quantity, value: Scalar | Lsn | datetime, unit: Unit, source: str, at: datetime, *,
        node: str | None = None, about: str | None = None, over: bool = False,
    ) -> Figure:  # fmt: skip
        if isinstance(value, Lsn):
            value = str(value)
        elif isinstance(value, datetime):
            value = value.isoformat()
        return Figure(
            quantity=quantity, value=value, unit=unit, node=node or self.seen.name, source=source, at=at,
            about=about, over_limit=over,
        )  # fmt: skip


def card_of(
    spec: ClusterSpec, seen: Observation, nodes: Mapping[str, Observation], view: NodeView, *, ruler: Ruler,
    primary: str | None, now: Moment,
) -> NodeCard:  # fmt: skip
    """Everything known of one node; what is not known is not there."""
    page = _Page(spec, seen, ruler, now)
    figures: list[Figure] = []
    if seen.host is not None:
        figures += _host_figures(page, seen.host)
    if seen.vital is not None:
        figures += _vital_figures(page, seen.vital)
        figures += _lag_figures(page, seen.vital)
    if seen.books is not None:
        figures += _books_figures(page, seen.books)
    if view.name == primary:
        figures += _rate_figures(page)
    for one in seen.suspicions:
        source = f"console, {one.intervals} intervals of {one.mean:.1f} s, spread {one.spread:.1f} s"
        figures.append(
            page.figure(
                Q.SUSPICION, round(one.phi, 2), U.COUNT, source, now.utc, about=one.channel.value, over=one.suspected
            )
        )
    return NodeCard(
        cluster=spec.name, node=seen.name, at=now.utc, view=view,
        figures=tuple(f for f in figures if f.value is not None),
        disagreements=tuple(_disagreements(page, nodes)),
    )  # fmt: skip


def _host_figures(page: _Page, host: Host) -> Iterator[Figure]:
    at, make = host.at.utc, page.figure
    total, free = host.disk_total_bytes, host.disk_free_bytes
    low = bool(total and free is not None and 100.0 * free / total < page.spec.promises.disk_free_percent_min)
    yield make(Q.HOST_NAME, host.host_name, U.NONE, "hostname", at)
    yield make(Q.ADDRESS, page.seen.address, U.NONE, "SSH", page.seen.ssh.since.utc)
    yield make(Q.SYSTEM, host.system, U.NONE, "/etc/os-release", at)
    yield make(Q.MACHINE_ID, host.machine_id, U.NONE, "/etc/machine-id", at)
    yield make(Q.BOOT_ID, host.boot_id, U.NONE, "/proc/sys/kernel/random/boot_id", at)
    yield make(Q.UPTIME, host.uptime_seconds, U.SECONDS, "/proc/uptime", at)
    yield make(Q.LOAD, host.load, U.COUNT, "/proc/loadavg", at)
    yield make(Q.DISK_FREE, free, U.BYTES, "df -Pk", at, over=low)
    yield make(Q.DISK_TOTAL, total, U.BYTES, "df -Pk", at)


def _vital_figures(page: _Page, vital: Vital) -> Iterator[Figure]:
    at, make = vital.at.utc, page.figure
    major = vital.version // 10000
    offset = vital.clock.timestamp() - (vital.at.utc.timestamp() - vital.round_trip_seconds / 2)
    apart = abs(offset) - vital.round_trip_seconds / 2 > page.spec.promises.clock_offset_seconds_max
    yield make(Q.ROUND_TRIP, vital.round_trip_seconds, U.SECONDS, "console", at)
    yield make(Q.POSTGRES_VERSION, f"{major}.{vital.version % 10000}", U.NONE, "server_version_num", at)
    yield make(Q.SYSTEM_IDENTIFIER, vital.system_identifier, U.NONE, "pg_control_system()", at)
    yield make(Q.DATA_DIRECTORY, vital.data_directory, U.NONE, "data_directory", at)
    yield make(Q.STARTED_AT, vital.started_at, U.TIME, "pg_postmaster_start_time()", at)
    yield make(Q.CLOCK_OFFSET, round(offset, 4), U.SECONDS, "clock_timestamp(), console", at, over=apart)
    if vital.in_recovery:
        receiver = vital.receiver
        yield make(Q.TIMELINE, vital.timeline, U.NONE, "pg_stat_wal_receiver", at)
        yield make(Q.RECEIVED_POSITION, vital.received, U.POSITION, "pg_last_wal_receive_lsn()", at)
        yield make(Q.REPLAYED_POSITION, vital.replayed, U.POSITION, "pg_last_wal_replay_lsn()", at)
        yield make(Q.FOLLOWS, page.seen.lags.upstream, U.NONE, "pg_stat_wal_receiver", at)
        if receiver is not None:
            yield make(Q.HEARD_AGE, receiver.heard_age_seconds, U.SECONDS, "pg_stat_wal_receiver", at)
        return
    yield make(Q.TIMELINE, vital.timeline, U.NONE, "pg_walfile_name()", at)
    yield make(Q.WRITE_POSITION, vital.write, U.POSITION, "pg_current_wal_lsn()", at)
    yield make(Q.FLUSH_POSITION, vital.flush, U.POSITION, "pg_current_wal_flush_lsn()", at)
    yield make(Q.SYNC_NAMES, vital.synchronous_names or "(empty)", U.NONE, "synchronous_standby_names", at)


def _lag_figures(page: _Page, vital: Vital) -> Iterator[Figure]:
    lags, at, make = page.seen.lags, vital.at.utc, page.figure
    if not vital.in_recovery:
        return
    upstream = lags.upstream
    behind = lags.flush_seconds is not None and lags.flush_seconds > page.spec.promises.lag_seconds_max
    view = "pg_stat_replication"
    yield make(Q.SYNCHRONOUS, lags.sync_state or None, U.NONE, view, at, node=upstream)
    yield make(Q.LAG_SENT_BYTES, lags.sent_bytes, U.BYTES, view, at, node=upstream)
    yield make(Q.LAG_WRITE_BYTES, lags.write_bytes, U.BYTES, view, at, node=upstream)
    yield make(Q.LAG_FLUSH_BYTES, lags.flush_bytes, U.BYTES, view, at, node=upstream)
    yield make(Q.LAG_REPLAY_BYTES, lags.replay_bytes, U.BYTES, view, at, node=upstream)
    yield make(Q.LAG_FLUSH_SECONDS, lags.flush_seconds, U.SECONDS, "console, flush position", at, over=behind)
    yield make(Q.LAG_REPLAY_SECONDS, lags.replay_seconds, U.SECONDS, "console, replay position", at)
    yield make(Q.LAG_ENTRIES, lags.entries, U.ENTRIES, "console, head rows and flush position", at)
    yield make(Q.REPLY_AGE, lags.reply_age_seconds, U.SECONDS, view, at, node=upstream)


def _books_figures(page: _Page, books: Books) -> Iterator[Figure]:
    at, make = books.at.utc, page.figure
    yield make(Q.BOOKS_ROUND_TRIP, books.round_trip_seconds, U.SECONDS, "console", at)
    yield make(Q.BEAT, books.beat, U.COUNT, "ledger_console.heartbeat", at)
    if books.beat is not None:
        behind = page.ruler.beats.seconds_behind(books.beat, page.now.ticks)
        yield make(Q.BEAT_AGE, behind, U.SECONDS, "console, heartbeat row", at)
    for head in books.heads:
        about = head.origin if len(books.heads) > 1 else None
        yield make(Q.HEAD_NUMBER, head.number, U.ENTRIES, f"{page.spec.ledger}.head", at, about=about)
        if head.booked_at is not None:
            yield make(Q.HEAD_TIME, head.booked_at, U.TIME, f"{page.spec.ledger}.head", at, about=about)
    yield make(Q.DATABASE_SIZE, books.database_bytes, U.BYTES, "pg_database_size()", at)
    yield make(Q.CONFLICTS, books.conflicts, U.COUNT, "pg_stat_database", at)
    for slot in books.slots:
        yield make(Q.SLOT_KEPT, slot.kept_bytes, U.BYTES, "pg_replication_slots", at, about=slot.name)
    if books.archiving:
        last = books.archive_last_at
        failing = last is None or (books.archive_last_failed_at is not None and last < books.archive_last_failed_at)
        age = None if last is None else max(0.0, (page.now.utc - last).total_seconds())
        yield make(Q.ARCHIVED, books.archived_count, U.COUNT, "pg_stat_archiver", at)
        yield make(Q.ARCHIVE_FAILED, books.archive_failed_count, U.COUNT, "pg_stat_archiver", at, over=failing)
        yield make(Q.ARCHIVE_AGE, age, U.SECONDS, "pg_stat_archiver", at)


def _rate_figures(page: _Page) -> Iterator[Figure]:
    ruler, now, make, pace = page.ruler, page.now, page.figure, page.spec.interval_seconds
    entries = ruler.numbers.rate(now.ticks, interval_seconds=pace)
    transactions = ruler.transactions.rate(now.ticks, interval_seconds=pace)
    written = ruler.positions.rate(now.ticks, interval_seconds=pace)
    yield make(Q.ENTRIES_PER_SECOND, entries, U.PER_SECOND, "console, head rows", now.utc)
    yield make(Q.TRANSACTIONS_PER_SECOND, transactions, U.PER_SECOND, "pg_stat_database", now.utc)
    yield make(Q.WAL_PER_SECOND, written, U.BYTES_PER_SECOND, "pg_current_wal_lsn()", now.utc)


def _disagreements(page: _Page, nodes: Mapping[str, Observation]) -> Iterator[Disagreement]:
    """What the node says of itself against what its upstream says of it."""
    own, upstream = page.seen.vital, nodes.get(page.seen.lags.upstream or "")
    theirs = upstream.vital if upstream is not None else None
    if own is None or theirs is None or upstream is None or not own.in_recovery or own.receiver is None:
        return
    sender = followers_of(theirs, nodes).get(page.seen.name)
    flushed = own.receiver.flushed
    if sender is None or sender.flush is None or flushed is None:
        return
    # An upstream that was asked later may know less or more; it can only be wrong if it claims more than the node has
    # although the node was asked after it.
    if own.at.ticks >= theirs.at.ticks and sender.flush > flushed:
        yield Disagreement(
            quantity=Q.RECEIVED_POSITION,
            one=page.figure(
                Q.RECEIVED_POSITION, sender.flush, U.POSITION, "pg_stat_replication", theirs.at.utc, node=upstream.name
            ),
            other=page.figure(Q.RECEIVED_POSITION, flushed, U.POSITION, "pg_stat_wal_receiver", own.at.utc),
        )
    if own.timeline != theirs.timeline and sender.state == "streaming":
        yield Disagreement(
            quantity=Q.TIMELINE,
            one=page.figure(
                Q.TIMELINE, theirs.timeline, U.NONE, "pg_walfile_name()", theirs.at.utc, node=upstream.name
            ),
            other=page.figure(Q.TIMELINE, own.timeline, U.NONE, "pg_stat_wal_receiver", own.at.utc),
        )
