"""What a node was heard on, and when: the past of each channel, for its suspicion. Any thread may tell it."""

import threading
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind, NodeSpec
from console.domain.observation import Lags, Observation
from console.domain.reading import Moment
from console.domain.suspicion import Arrivals, Channel, Suspicion, suspicion_of

HOST_PACE_SECONDS: Final = 5.0  # a host that runs PostgreSQL is looked at every 5 s
REPLY_PACE_SECONDS: Final = 10.0  # wal_receiver_status_interval: an idle standby replies that seldom
REPLY_APART_SECONDS: Final = 0.05  # two readings of one reply, by clocks that are read one after the other


class Pulses:
    """The arrivals of one node's channels."""

    def __init__(self, cluster: ClusterSpec, node: NodeSpec) -> None:
        self._node = node.name
        host = cluster.interval_seconds
        if node.kind is NodeKind.POSTGRES:
            host = max(HOST_PACE_SECONDS, host)
        self._paces = dict.fromkeys(Channel, cluster.interval_seconds)
        self._paces[Channel.HOST] = host
        self._paces[Channel.REPLY] = max(REPLY_PACE_SECONDS, cluster.interval_seconds)
        self._guard = threading.Lock()
        self._arrivals: dict[Channel, Arrivals] = {}

    def heard(self, channel: Channel, ticks: float) -> None:
        with self._guard:
            before = self._arrivals.get(channel) or Arrivals()
            last = before.last_ticks
            # The same reply, read again, is none; its moment is known only as well as the clocks are read.
            if channel is Channel.REPLY and last is not None and ticks - last < REPLY_APART_SECONDS:
                return
            self._arrivals[channel] = before.heard(ticks, pace_seconds=self._paces[channel])

    def broken(self, *channels: Channel) -> None:
        """No silence is counted on these (none named: on any) until they are heard again."""
        with self._guard:
            for channel in channels or tuple(self._arrivals):
                if channel in self._arrivals:
                    self._arrivals[channel] = self._arrivals[channel].broken()

    def suspicions(self, seen: Observation, lags: Lags, now: Moment) -> tuple[Suspicion, ...]:
        """How surprising the silence of each channel is now; of those alone that are asked, and were heard."""
        if lags.reply_age_seconds is not None:
            self.heard(Channel.REPLY, now.ticks - lags.reply_age_seconds)
        with self._guard:
            known = tuple(self._arrivals.items())
        found = (
            suspicion_of(self._node, channel, arrivals, pace_seconds=self._paces[channel], now_ticks=now.ticks)
            for channel, arrivals in known
            if channel is not Channel.BEAT or seen.beat_contact is not None
        )
        return tuple(one for one in found if one is not None)
