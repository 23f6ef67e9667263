"""How the ways out fare, as one line and as rows; knows no Qt."""

from collections.abc import Sequence

from console.domain.alerting import WayKind, WayOut, WayState
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui.speech import counted, joined, translate

HEARTBEATS = (WayKind.HEARTBEAT_FILE, WayKind.HEARTBEAT_URL)
NAMED_MAX = 3


def failing(state: WayState | None) -> bool:
    """Was the last that it was given not delivered?"""
    if state is None or state.failed_at is None:
        return False
    return state.delivered_at is None or state.failed_at > state.delivered_at


def way_health(way: WayOut, state: WayState | None) -> Health:
    """Healthy only when something was delivered; before that nobody knows."""
    if not way.enabled or state is None:
        return Health.UNKNOWN
    if failing(state):
        return Health.LOST if state.delivered_at is None else Health.DEGRADED
    return Health.HEALTHY if state.delivered_at is not None else Health.UNKNOWN


def ways_text(ways: Sequence[WayOut], states: Sequence[WayState]) -> tuple[str, bool]:
    """One line, and whether all is well with it: where no way is, alerts reach only who looks at this window."""
    used = [way for way in ways if way.enabled]
    if not any(way.kind not in HEARTBEATS for way in used):
        return translate("ways", "None: alerts reach only who sits here."), False
    known = {state.name: state for state in states}
    bad = [way.name for way in used if failing(known.get(way.name))]
    if bad:
        names = joined([shown(name, characters_max=40) for name in bad[:NAMED_MAX]])
        text = counted(len(bad), translate("ways", "{names} does not deliver"),
                       translate("ways", "{names} do not deliver"))  # fmt: skip
        return text.format(names=names), False
    untried = [way for way in used if way_health(way, known.get(way.name)) is Health.UNKNOWN]
    said = counted(len(used), translate("ways", "1 in use"), translate("ways", "{n} in use"))
    if untried:
        text = counted(len(untried), translate("ways", "1 never tried"), translate("ways", "{n} never tried"))
        return translate("ways", "{said}, {untried}").format(said=said, untried=text), True
    return translate("ways", "{said}, all deliver").format(said=said), True
