"""Who bears which application_name at the primary, over time: one that changed its bearer lately has two."""

from collections.abc import Mapping

from console.domain.bearers import Bearer, bearers_of
from console.domain.loss import SYNC_STEADY_SECONDS
from console.domain.observation import Observation
from console.domain.reading import Vital


class Bearers:
    """Of one primary. A standby that is cut off keeps its name until it is seen under another."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # by node, the name under which the primary knew it last
        self._doubled: dict[str, float] = {}  # names that several bore, and when that was seen last
        self._ticks = float("-inf")

    def heard(self, primary: str, vital: Vital, nodes: Mapping[str, Observation]) -> None:
        """Take in one answer of the primary."""
        if vital.at.ticks <= self._ticks:
            return
        self._ticks = vital.at.ticks
        told = bearers_of(primary, vital.senders, nodes)
        before = self._by_name()
        for name, node in told:
            if node:
                self._names[node] = name
        after = self._by_name()
        said = [name for name, _ in told]
        moved = {name for name, bore in before.items() if after.get(name) != bore}
        strange = {name for name, node in told if not node and name in after}
        twice = {name for name in said if said.count(name) > 1}
        kept = {name: at for name, at in self._doubled.items() if self._ticks - at < SYNC_STEADY_SECONDS}
        self._doubled = kept | dict.fromkeys(moved | strange | twice, self._ticks)

    def known(self) -> tuple[Bearer, ...]:
        """Every name with its node; one that is, or was within the last minute, borne by several stands repeatedly."""
        borne = [(name, node) for node, name in sorted(self._names.items())]
        return (*borne, *((name, "") for name in sorted(self._doubled) for _ in range(2)))

    def _by_name(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for node, name in self._names.items():
            found.setdefault(name, set()).add(node)
        return {name: frozenset(nodes) for name, nodes in found.items()}
