"""The one figure that says most of a node now, and what a screen reader says of it; knows no Qt."""

from dataclasses import dataclass

from console.domain.fleet import ClusterView, EdgeKind, NodeView, Role
from console.domain.verdict import Cause, Health
from console.ui import measures
from console.ui.names import cause_word, health_word, role_word
from console.ui.speech import translate

SILENT_ROUNDS = 3
IN_SYNC_SECONDS = 0.1  # a synchronous standby that is nearer than this is simply in sync


@dataclass(frozen=True, slots=True)
class OneFigure:
    """A short text; `strong` is the part in the colour of its state, which only a figure over its limit has."""

    text: str
    strong: str = ""
    health: Health = Health.HEALTHY

    @property
    def whole(self) -> str:
        return self.strong + self.text


def old_after_seconds(interval_seconds: float) -> float:
    """After this time without a new picture, figures are called old."""
    return SILENT_ROUNDS * max(interval_seconds, 0.2)


def silence(node: NodeView, interval_seconds: float, older_seconds: float) -> float | None:
    """How long the node has been silent, where it is long enough to call it so."""
    if node.silence_seconds is None:
        return None
    seconds = node.silence_seconds + older_seconds
    return seconds if node.silence_seconds > old_after_seconds(interval_seconds) else None


def in_sync(node: NodeView, view: ClusterView) -> bool:
    """Whether commits wait for this node, and it is with a primary that is heard now.

    What a primary said before it fell silent is no longer so.
    """
    if any(finding.cause is Cause.NOT_STREAMING for finding in node.verdict.findings):
        return False
    heard = {one.name for one in view.nodes if silence(one, view.interval_seconds, 0.0) is None}
    near = node.lag_flush_seconds is None or node.lag_flush_seconds < IN_SYNC_SECONDS
    return near and any(
        edge.target == node.name and edge.kind is EdgeKind.SYNC and edge.streaming and edge.source in heard
        for edge in view.edges
    )


def behind_figure(node: NodeView, view: ClusterView, *, older_seconds: float = 0.0, short: bool = False) -> OneFigure:
    """How far a node is behind in flush, or that it is silent; a dash for a primary.

    `short` leaves the limit out, where there is room for one figure only.
    """
    silent = silence(node, view.interval_seconds, older_seconds)
    if silent is not None:
        return OneFigure(translate("fleet", "silent {time}").format(time=measures.brief(silent)))
    if node.role in (Role.PRIMARY, Role.BACKUP):
        return OneFigure(measures.NOTHING)
    if in_sync(node, view):
        return OneFigure(translate("fleet", "in sync"))
    seconds, size = node.lag_flush_seconds, node.lag_flush_bytes
    if seconds is not None and seconds > view.lag_seconds_max:
        strong = measures.brief(seconds)
        if short:
            strong = translate("fleet", "{lag} behind").format(lag=strong)
            return OneFigure("", strong, Health.DEGRADED)
        limit = measures.brief(view.lag_seconds_max)
        return OneFigure(translate("fleet", ", limit {limit}").format(limit=limit), strong, Health.DEGRADED)
    lag = None
    if seconds is not None:
        lag = measures.duration(seconds) if seconds < 60 else measures.brief(seconds)
    elif size is not None:
        lag = measures.bytes_text(max(0, size))
    if lag is None:
        return OneFigure(measures.NOTHING)
    return OneFigure(translate("fleet", "{lag} behind").format(lag=lag) if short else lag)


def list_figure(node: NodeView, view: ClusterView, *, older_seconds: float = 0.0) -> OneFigure:
    """For the list: round trip, behind, silence or space left, whichever says most now; else what is wrong."""
    cause = node.verdict.cause
    if node.verdict.health is not Health.HEALTHY and cause is not None and cause not in (Cause.LAGGING, Cause.CUT_OFF):
        return OneFigure("", cause_word(cause), node.verdict.health)
    figure = behind_figure(node, view, older_seconds=older_seconds, short=True)
    if figure.whole != measures.NOTHING:
        return figure
    if node.role is Role.BACKUP:
        if node.disk_free_bytes is None:
            return figure
        return OneFigure(translate("fleet", "{size} left").format(size=measures.bytes_text(node.disk_free_bytes)))
    return OneFigure(measures.round_trip(node.round_trip_seconds))


def spoken_node(node: NodeView, view: ClusterView) -> str:
    """'nyc-2, standby, degraded, 41 s behind'."""
    return translate("fleet", "{node}, {role}, {health}, {figure}").format(
        node=node.name,
        role=role_word(node.role),
        health=health_word(node.verdict.health),
        figure=list_figure(node, view).whole,
    )
