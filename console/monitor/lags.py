"""How far each standby is behind, from what it and its upstream said, measured with the primary's trail."""

from collections.abc import Mapping
from functools import lru_cache

from console.domain.observation import Lags, Observation, fresh
from console.domain.reading import Head, Moment, Sender, Vital
from console.domain.wal import Lsn
from console.monitor.trail import Heads, Trail


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

    def forget(self) -> None:
        """Another primary, or our own clock stood still: what was seen before measures nothing now."""
        for trail in (self.positions, self.beats, self.numbers, self.transactions):
            trail.forget()
        self.heads.forget()

    def primary_seen(self, vital: Vital) -> None:
        if vital.write is not None:
            self.positions.seen(vital.at.ticks, vital.write.position)

    def head_seen(self, head: Head, ticks: float) -> None:
        self.heads.seen(ticks, head)
        self.numbers.seen(ticks, head.number)

    def behind_bytes(self, position: Lsn | None) -> int | None:
        latest = self.positions.latest
        return None if position is None or latest is None else max(0, latest - position.position)

    def behind_seconds(self, position: Lsn | None, now: Moment) -> float | None:
        return None if position is None else self.positions.seconds_behind(position.position, now.ticks)

    def entries_behind(self, position: Lsn | None, own_number: int | None) -> int | None:
        """Entries of the primary that neither this position nor the standby's own head shows to be there."""
        latest = self.heads.latest
        if latest is None:
            return None
        held = self.heads.at(position.position) if position is not None else None
        numbers = [n for n in (own_number, None if held is None else held.number) if n is not None]
        return max(0, latest.number - max(numbers)) if numbers else None


def lags_of(
    seen: Observation, nodes: Mapping[str, Observation], *, ruler: Ruler, now: Moment, fresh_seconds: float
) -> Lags:
    """The lags of one standby; what is not known stays None."""
    upstream, sender, asked = None, None, None
    for name, other in nodes.items():
        vital = fresh(other, now, fresh_seconds)
        if name != seen.name and vital is not None and vital.senders:
            sender = followers_of(vital, nodes).get(seen.name)
            if sender is not None:
                upstream, asked = name, vital
                break
    own = seen.vital
    if own is None or not own.in_recovery:
        return Lags()
    flush = sender.flush if sender is not None else own.receiver.flushed if own.receiver is not None else own.received
    replay = sender.replay if sender is not None else own.replayed
    if own.replayed is not None and (replay is None or own.replayed > replay):
        replay = own.replayed
    flush = flush if flush is not None else own.replayed
    reply = None
    if sender is not None and asked is not None and sender.reply_age_seconds is not None:
        reply = max(0.0, sender.reply_age_seconds + now.ticks - asked.at.ticks)
    books = seen.books
    beat = books.beat if books is not None else None
    own_number = books.heads[0].number if books is not None and len(books.heads) == 1 else None
    return Lags(
        sent_bytes=ruler.behind_bytes(sender.sent) if sender else None,
        write_bytes=ruler.behind_bytes(sender.write) if sender else None,
        flush_bytes=ruler.behind_bytes(flush),
        replay_bytes=ruler.behind_bytes(replay),
        flush_seconds=ruler.behind_seconds(flush, now),
        replay_seconds=ruler.behind_seconds(replay, now),
        beat_seconds=None if beat is None else ruler.beats.seconds_behind(beat, now.ticks),
        entries=ruler.entries_behind(flush, own_number),
        reply_age_seconds=reply,
        upstream=upstream or upstream_by_receiver(seen, nodes),
        sync_state=sender.sync_state if sender else "",
        sender_state=sender.state if sender else "",
        slot=sender.slot if sender else (own.receiver.slot if own.receiver else None),
    )
