"""Who may act without a person on a cluster, as its card says it; knows no Qt."""

from dataclasses import dataclass
from typing import Final

from console.domain.cluster import Manager
from console.domain.fleet import ClusterView
from console.domain.text import shown
from console.ui import names
from console.ui.measures import NOTHING
from console.ui.speech import translate
from console.ui.why_reasons import reason_text

HELD: Final = frozenset({"mode-off", "mode-observe"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and why it is so. `by_itself`: something acts without being asked."""

    who: str
    why: str
    by_itself: bool


def may_act(view: ClusterView) -> bool:
    """May nodes of this cluster be changed without a person, now or later? Guards that refuse now may hold then."""
    if view.manager is Manager.PATRONI:
        return True
    takeover = view.takeover
    if takeover is None or takeover.by_itself is None:
        return False
    return takeover.by_itself or takeover.reason not in HELD


def actor_of(view: ClusterView) -> Actor:
    """Who would act if the primary died now; what was not judged is not claimed."""
    if view.manager is Manager.PATRONI:
        why = translate("fleet", "By its own rules; whether it is paused is not read yet")
        return Actor(who=names.manager_word(view.manager), why=why, by_itself=True)
    takeover = view.takeover
    if takeover is None or takeover.by_itself is None:
        why = translate("fleet", "Whether the console would act by itself is not judged yet")
        return Actor(who=translate("fleet", "Not known"), why=why, by_itself=False)
    node = shown(view.exposure.candidate or "?")
    if takeover.by_itself:
        why = translate("fleet", "It would promote {node} by itself: every guard holds now").format(node=node)
        return Actor(who=translate("fleet", "This console"), why=why, by_itself=True)
    reason = reason_text(takeover.reason).format(node=node, observed=NOTHING, threshold=NOTHING)
    why = translate("fleet", "The console would not act now: {why}").format(why=reason)
    if not reason:
        why = translate("fleet", "The console would not act by itself now")
    return Actor(who=names.manager_word(view.manager), why=why, by_itself=False)
