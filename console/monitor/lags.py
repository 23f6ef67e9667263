"""How far each standby is behind, from what it and its upstream said, measured with the primary's trail."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from console.domain.observation import Lags, Observation, fresh
from console.domain.reading import Head, Moment, Sender, Vital
from console.domain.wal import Lsn
from console.monitor.trail import Heads, Trail

PEAK_SECONDS: Final = 60.0  # how far back the highest rate is looked for
PEAK_POINTS_MAX: Final = 600


@lru_cache(4096)
def _plain(name: str) -> str:
    return name.replace("-", "_").lower()


def followers_of(upstream: Vital, nodes: Mapping[str, Observation]) -> dict[str, Sender]:
    """Which of our nodes each sender of an upstream feeds: by its name, its slot, or an address that one node has."""
    by_address: dict[str, list[str]] = {}
    for name, seen in nodes.items():
        if seen.address:
            by_address.setdefault(seen.address, []).append(name)
    found: dict[str, Sender] = {}
    for sender in upstream.senders:
        for name in nodes:
            if _plain(name) in (_plain(sender.name), _plain(sender.slot or "")):
                found[name] = sender
                break
        else:
            at = by_address.get(sender.address or "", [])
            if len(at) == 1:
                found.setdefault(at[0], sender)
    return found


def upstream_by_receiver(seen: Observation, nodes: Mapping[str, Observation]) -> str | None:
    """The node that a standby says it follows, by address and port."""
    receiver = seen.vital.receiver if seen.vital is not None else None
    if receiver is None or receiver.host is None:
        return None
    for name, other in nodes.items():
        target = other.spec.postgres
        same_port = target is None or receiver.port is None or target.port == receiver.port
        if name != seen.name and same_port and receiver.host in (other.address, other.spec.ssh.host, name):
            return name
    return None


class Ruler:
    """The primary's trails: positions, beats, heads."""

    def __init__(self) -> None:
        self.positions = Trail()
        self.beats = Trail()
        self.heads = Heads()
        self.numbers = Trail()
        self.transactions = Trail()
        self.seen_ticks = float("-inf")  # when the primary last answered
        self.head_ticks = float("-inf")  # when its head was last read
        self._rates: deque[tuple[float, float]] = deque(maxlen=PEAK_POINTS_MAX)

    def forget(self) -> None:
        """Another primary, or our own clock stood still: what was seen before measures nothing now."""
        for trail in (self.positions, self.beats, self.numbers, self.transactions):
            trail.forget()
        self.heads.forget()
        self._rates.clear()

    def peak_rate(self) -> float | None:
        """The highest rate of entries a second of late, up to the last reading; None where too little was read."""
        rates = [rate for ticks, rate in self._rates if self.head_ticks - ticks <= PEAK_SECONDS]
        return max(rates, default=None)

    def primary_seen(self, vital: Vital) -> None:
        self.seen_ticks = vital.at.ticks
        if vital.write is not None:
            self.positions.seen(vital.at.ticks, vital.write.position)

    def head_seen(self, head: Head, ticks: float) -> None:
        self.heads.seen(ticks, head)
        self.numbers.seen(ticks, head.number)
        self.head_ticks = ticks
        rate = self.numbers.rate(ticks)
        if rate is not None:
            self._rates.append((ticks, rate))

    def behind_bytes(self, position: Lsn | None) -> int | None:
        latest = self.positions.latest
        return None if position is None or latest is None else max(0, latest - position.position)

    def behind_seconds(self, position: Lsn | None, now: Moment) -> float | None:
        return None if position is None else self.positions.seconds_behind(position.position, now.ticks)

    def fresh(self, now: Moment, seconds: float) -> bool:
        """Was the primary seen lately? Without that nobody knows how far it has gone."""
        return now.ticks - self.seen_ticks <= seconds

    def held(self, position: Lsn | None, own: Head | None) -> Head | None:
        """The last of the primary's heads that this position, or the standby's own books, show to be there."""
        shown = self.heads.at(position.position) if position is not None else None
        found = [head for head in (shown, own) if head is not None]
        return max(found, key=lambda head: head.number) if found else None


def head_of(seen: Observation) -> Head | None:
    """The head of a node's one book; None where there is none, or several."""
    books = seen.books
    return books.heads[0] if books is not None and len(books.heads) == 1 else None


@dataclass(frozen=True, slots=True)
class Way:
    """How WAL comes to a standby: from which node, in which answer of that node, by which sender."""

    upstream: str
    vital: Vital
    sender: Sender


def ways_of(nodes: Mapping[str, Observation], now: Moment, fresh_seconds: float) -> dict[str, Way]:
    """The way to each node that an upstream, freshly asked, feeds; made once for all standbys."""
    found: dict[str, Way] = {}
    for name, other in nodes.items():
        vital = fresh(other, now, fresh_seconds)
        if vital is not None and vital.senders:
            for follower, sender in followers_of(vital, nodes).items():
                if follower != name:
                    found.setdefault(follower, Way(name, vital, sender))
    return found


def position_of(own: Vital, way: Way | None) -> Lsn | None:
    """Up to where a standby has flushed: its upstream's word, as old as the upstream's position; else its own."""
    if way is not None and way.sender.flush is not None:
        return way.sender.flush
    received = own.receiver.flushed if own.receiver is not None else own.received
    return received if received is not None else own.replayed


def lags_of(
    seen: Observation, nodes: Mapping[str, Observation], way: Way | None, *, ruler: Ruler, now: Moment,
    fresh_seconds: float,
) -> Lags:  # fmt: skip
    """The lags of one standby; what is not known stays None, and nothing is known behind a primary that is not seen."""
    own = seen.vital
    if own is None or not own.in_recovery:
        return Lags()
    sender = way.sender if way is not None else None
    reply = None
    if way is not None and way.sender.reply_age_seconds is not None:
        reply = max(0.0, way.sender.reply_age_seconds + now.ticks - way.vital.at.ticks)
    linked = Lags(
        reply_age_seconds=reply,
        upstream=way.upstream if way is not None else upstream_by_receiver(seen, nodes),
        sync_state=sender.sync_state if sender else "",
        sender_state=sender.state if sender else "",
        slot=sender.slot if sender else (own.receiver.slot if own.receiver else None),
    )
    if not ruler.fresh(now, fresh_seconds):
        return linked
    flush = position_of(own, way)
    replay = own.replayed
    if sender is not None and sender.replay is not None and (replay is None or sender.replay > replay):
        replay = sender.replay
    beat = seen.books.beat if seen.books is not None else None
    return replace(
        linked,
        sent_bytes=ruler.behind_bytes(sender.sent) if sender else None,
        write_bytes=ruler.behind_bytes(sender.write) if sender else None,
        flush_bytes=ruler.behind_bytes(flush),
        replay_bytes=ruler.behind_bytes(replay),
        flush_seconds=ruler.behind_seconds(flush, now),
        replay_seconds=ruler.behind_seconds(replay, now),
        beat_seconds=None if beat is None else ruler.beats.seconds_behind(beat, now.ticks),
        entries=_entries(seen, way, flush, ruler),
    )


def _entries(seen: Observation, way: Way | None, flush: Lsn | None, ruler: Ruler) -> int | None:
    """Entries that the primary had at the moment of the answer that the position stands in, and the standby not."""
    reference = ruler.heads.latest
    if way is not None and way.vital.write is not None:
        reference = ruler.heads.at(way.vital.write.position) or reference
    held = ruler.held(flush, head_of(seen))
    return None if reference is None or held is None else max(0, reference.number - held.number)
