"""Where a person may go: a cluster, and perhaps one of its nodes; knows no Qt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """All clusters (both None), a cluster, or a node of it."""

    cluster: str | None = None
    node: str | None = None


EVERYWHERE = Place()
