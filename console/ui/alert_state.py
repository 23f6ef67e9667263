"""What is wrong now, from the engine's alerts and the newest pictures, the worst first; what of it is news; no Qt."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.domain.alerting import Alert, AlertSource, AlertState, Silence
from console.domain.cluster import Environment
from console.domain.fleet import ClusterView
from console.domain.verdict import Health
from console.link.watching import Alerts
from console.ui.concerns import Concern, concerns

_HEALTH_ORDER: Final = (Health.LOST, Health.UNKNOWN, Health.DEGRADED, Health.HEALTHY)
_BEHIND: Final = 10_000  # what no picture tells of stands behind what one does, within the same health


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that is wrong: a finding of the newest picture, an alert of the engine's, or both in one."""

    cluster: str
    node: str | None
    health: Health
    concern: Concern | None = None
    alert: Alert | None = None
    silence: Silence | None = None  # the one that covers it now, and ends last

    @property
    def taken(self) -> bool:
        """Has a person acknowledged it?"""
        return self.alert is not None and self.alert.state is AlertState.ACKNOWLEDGED

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same one as before, whether or not an alert has come for it."""
        word = self.concern.finding.cause.value if self.concern is not None else ""
        if self.alert is not None:
            sign = self.alert.sign
            word = sign.word if sign.source is AlertSource.VERDICT else self.alert.id
        return self.cluster, self.node or "", word


def of_concerns(found: tuple[Concern, ...]) -> tuple[Item, ...]:
    """Findings alone, in their order: what is known where no engine tells alerts."""
    return tuple(
        Item(cluster=one.view.name, node=one.finding.node, health=one.finding.health, concern=one) for one in found
    )


def items(views: tuple[ClusterView, ...], told: Alerts | None, now: datetime) -> tuple[Item, ...]:
    """All that is wrong, the worst first. Nothing is hidden: acknowledged ones step back, the lab comes last.

    `told` None: the engine tells no alerts, and the findings of the pictures stand alone. A finding whose alert has
    not come yet stands there all the same.
    """
    loose = {one.key: one for one in of_concerns(concerns(views))}
    if told is None:
        return tuple(loose.values())
    places = {key: place for place, key in enumerate(loose)}
    found = []
    for alert in told.alerts:
        if alert.state is AlertState.OVER:
            continue
        sign = alert.sign
        item = Item(cluster=sign.cluster, node=sign.node, health=sign.health, alert=alert,
                    silence=silence_of(alert, told.silences, now))  # fmt: skip
        seen = loose.pop(item.key, None)
        found.append(item if seen is None else replace(item, health=seen.health, concern=seen.concern))
    found += loose.values()
    labs = {view.name for view in views if view.environment is Environment.LAB}

    def place(item: Item) -> tuple[bool, bool, int, int, float, str]:
        begun = -item.alert.begun_at.timestamp() if item.alert is not None else 0.0
        return (item.taken, item.cluster in labs, _HEALTH_ORDER.index(item.health),
                places.get(item.key, _BEHIND), begun, item.cluster)  # fmt: skip

    return tuple(sorted(found, key=place))


def silence_of(alert: Alert, silences: tuple[Silence, ...], now: datetime) -> Silence | None:
    """The silence that covers an alert now; of several the one that ends last."""
    covering = [one for one in silences if one.covers(alert.sign, now)]
    return max(covering, key=lambda one: one.until, default=None)


def worst_health(found: tuple[Item, ...]) -> Health:
    """The gravest state of all, acknowledged or not; healthy where nothing is wrong."""
    return min((one.health for one in found), key=_HEALTH_ORDER.index, default=Health.HEALTHY)


def news(before: Alerts | None, after: Alerts) -> tuple[Alert, ...]:
    """Alerts that opened or grew worse since `before`, and that nobody has taken or silenced; the worst first.

    The first word of an engine is no news: what it tells was there before this window.
    """
    if before is None:
        return ()
    known = {one.id: one for one in before.alerts if one.state is not AlertState.OVER}
    found = [
        one for one in after.alerts
        if one.state is AlertState.OPEN and not one.silenced and _is_news(one, known.get(one.id))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: _HEALTH_ORDER.index(one.sign.health)))


def _is_news(alert: Alert, known: Alert | None) -> bool:
    if alert.sign.health is Health.HEALTHY:
        return False
    if known is None:
        return True
    return _HEALTH_ORDER.index(alert.sign.health) < _HEALTH_ORDER.index(known.sign.health) and not alert.flapping
