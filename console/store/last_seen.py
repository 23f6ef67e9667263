"""Keeps where each cluster's primary was last seen, so that an engine that was killed can still count a loss."""

from contextlib import suppress
from typing import Final

from console.domain.situation import LastSeen
from console.store.settings import Settings
from console.store.values import decoder, kept

_KEY: Final = "seen:{cluster}"
_READS: Final = decoder(LastSeen)


class LastSeens:
    """One value a cluster, in the store's settings. Raises StoreTrouble."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._written: dict[str, LastSeen] = {}

    def remember(self, cluster: str, seen: LastSeen) -> None:
        """Keep it, where the head has moved since it was kept last."""
        before = self._written.get(cluster)
        if seen.head is None or seen.at is None or (before is not None and before.head == seen.head):
            return
        self._settings.set(_KEY.format(cluster=cluster)[:63], kept(seen))
        self._written[cluster] = seen

    def recall(self, cluster: str) -> LastSeen | None:
        """What was kept last; None where there is nothing that can be read."""
        text = self._settings.get(_KEY.format(cluster=cluster)[:63])
        with suppress(ValueError):
            return None if text is None else _READS.decode(text)
        return None
