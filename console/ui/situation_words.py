"""The situation in sentences: the evidence and what it allows, the recommendation with its price; knows no Qt."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.fleet import ClusterView
from console.domain.plan import Candidate, Operation
from console.domain.recommendation import Option, Situation, Way, operation_of
from console.domain.text import shown
from console.domain.verdict import Health, Level
from console.link.changes import Propose
from console.ui.check_words import reason_sentence, way_name
from console.ui.loss_words import loss_amounts, loss_figure, loss_sentence
from console.ui.measures import NOTHING, bytes_text, duration
from console.ui.seeing_words import seeing_sentence
from console.ui.sentences import cluster_sentence
from console.ui.speech import joined, listed, translate
from console.ui.step_words import fill

_Text = Callable[[], str]


def verdict_sentence(situation: Situation | None, view: ClusterView | None, now: datetime) -> tuple[str, Health]:
    """The cluster's verdict in one sentence; without a picture of it, what the nodes just said."""
    if view is not None:
        older = max(0.0, (now - view.at).total_seconds())
        return cluster_sentence(view, now=view.at, older_seconds=older), view.verdict.health
    if situation is None:
        return translate("recovery", "Nothing is known of this cluster yet"), Health.UNKNOWN
    primary = shown(situation.primary or "")
    if not primary:
        return translate("recovery", "No node of this cluster is primary"), Health.LOST
    if situation.primary_lost:
        return translate("recovery", "{node} was primary and is lost").format(node=primary), Health.LOST
    return translate("recovery", "{node} is primary and answers").format(node=primary), Health.HEALTHY


def evidence_text(situation: Situation) -> str:
    """How strong the evidence of the primary's death is, and what it allows; empty where nobody died."""
    if not situation.primary_lost:
        return ""
    level = situation.level
    if level is None:
        return translate("recovery", "Evidence: none that is strong enough. Nothing is done on it")
    text = translate("recovery", "Evidence: {level}. {allows}")
    return text.format(level=_LEVELS[level](), allows=_ALLOWS[level]())


def option_of(situation: Situation, way: Way) -> Option | None:
    """What the situation says of a way."""
    return next((option for option in situation.options if option.way is way), None)


def recommendation_title(situation: Situation) -> str:
    """The recommended way as an order: 'Fail over to chi-1'."""
    option = option_of(situation, situation.recommended)
    node = shown(option.node) if option is not None and option.node else ""
    with_node, bare = _TITLES[situation.recommended]
    return with_node().format(node=node) if node else bare()


def recommendation_price(situation: Situation) -> str:
    """What the recommended way costs: 'Loses 87 entries, at most 122: USD 247,310.40. About 2 min 10 s'."""
    option = option_of(situation, situation.recommended)
    if option is None:
        return ""
    said = []
    if option.loss is not None:
        loss = loss_sentence(option.loss, short=True)
        amounts = loss_amounts(option.loss)
        text = translate("recovery", "{loses}: {money}").format(loses=loss, money=amounts) if amounts else loss
        said.append(text[:1].upper() + text[1:])
    if option.seconds is not None:
        known = _SECONDS_FROM.get(option.seconds_from)
        ground = known() if known else translate("recovery", "source not known")
        text = translate("recovery", "About {time} ({ground})")
        said.append(text.format(time=duration(option.seconds), ground=ground))
    if not said and option.reason:
        reason = reason_sentence(option.reason, option.node)
        said.append(reason[:1].upper() + reason[1:])
    return translate("recovery", "{said}.").format(said=translate("recovery", ". ").join(said)) if said else ""


def option_text(option: Option) -> str:
    """A way in few words: what it costs, or why it is not possible."""
    if not option.possible:
        # That it is not possible is said by its shape, and to a screen reader by its word.
        return reason_sentence(option.reason, option.node) if option.reason else translate("recovery", "not possible")
    if option.way is Way.WAIT:
        return translate("recovery", "changes nothing, looks again")
    parts = []
    if option.node:
        parts.append(shown(option.node))
    if option.loss is not None:
        parts.append(loss_sentence(option.loss, short=True))
    if option.seconds is not None:
        parts.append(translate("recovery", "about {time}").format(time=duration(option.seconds)))
    if not parts and option.reason:
        parts.append(reason_sentence(option.reason, option.node))
    return listed(parts)


def prepared_option(situation: Situation, chosen: Way | None) -> tuple[Option | None, bool]:
    """The way that the page's act prepares, and whether it is the one to press: the chosen or recommended one.

    Where that is no plan (wait, restore), the likeliest other way stands there, and is not pressed upon anybody.
    """
    way = chosen if chosen is not None else situation.recommended
    option = option_of(situation, way)
    if option is not None and option.possible and operation_of(way) is not None:
        return option, True
    first = Way.FAILOVER if situation.primary_lost else Way.SWITCHOVER
    for other in (first, Way.RESTART, Way.REJOIN):
        option = option_of(situation, other)
        if option is not None and option.possible:
            return option, False
    return None, False


def proposal(situation: Situation, option: Option) -> Propose:
    """The question to the engine that the wizard opens on."""
    operation = operation_of(option.way)
    assert operation is not None
    names_target = operation in (Operation.SWITCHOVER, Operation.FAILOVER)
    return Propose(
        cluster=situation.cluster, operation=operation, target=option.node if names_target else "",
        subject="" if names_target else option.node,
    )  # fmt: skip


def prepare_text(option: Option) -> str:
    """What stands on the page's act; three dots, as it is read first."""
    return _PREPARE[option.way]()


def candidate_text(candidate: Candidate) -> str:
    """May it be promoted, and if not, why."""
    reasons = joined([reason_sentence(word, candidate.node) for word in candidate.reasons])
    if candidate.eligible:
        return reasons or translate("recovery", "can be promoted")
    text = reasons or translate("recovery", "the reason is not known")
    return translate("recovery", "refused: {reasons}").format(reasons=text)


def candidate_loss(candidate: Candidate) -> tuple[str, str]:
    """The entries that would be lost with it, and their money."""
    if candidate.loss is None:
        return NOTHING, ""
    return loss_figure(candidate.loss), loss_amounts(candidate.loss)


def candidate_lag(candidate: Candidate) -> str:
    """How far it is behind what was last seen of the primary."""
    return bytes_text(candidate.lag_bytes) if candidate.lag_bytes is not None else NOTHING


def situation_text(situation: Situation, view: ClusterView | None, now: datetime) -> str:
    """All of it as plain text, for a ticket or a call: verdict, evidence, who sees whom, candidates, ways."""
    verdict, _ = verdict_sentence(situation, view, now)
    asked = translate("recovery", "Asked {at} UTC").format(at=situation.at.strftime("%Y-%m-%d %H:%M:%S"))
    lines = [shown(situation.cluster), verdict, evidence_text(situation), asked, ""]
    lines += [seeing_sentence(one) for one in situation.seeing]
    lines.append("")
    for candidate in situation.candidates:
        at = f"{candidate.timeline or '?'}/{candidate.position or '?'}"
        lines.append(f"{shown(candidate.node)}: {candidate_text(candidate)}; {shown(at)}; "
                     f"{loss_sentence(candidate.loss, short=True)}")  # fmt: skip
    lines.append("")
    for option in situation.options:
        text = option_text(option) if option.possible else _impossible().format(reason=option_text(option))
        lines.append(f"{way_name(option.way)}: {text}")
    lines.append(translate("recovery", "Recommended: {title}").format(title=recommendation_title(situation)))
    return "\n".join(line for place, line in enumerate(lines) if line or (place and lines[place - 1]))


def _impossible() -> str:
    return translate("recovery", "not possible: {reason}")


_LEVELS: Final[dict[Level, _Text]] = {
    Level.HARD: lambda: translate("recovery", "hard (the host itself shows that no process is left)"),
    Level.STOPPED: lambda: translate("recovery", "stopped by somebody"),
    Level.WITNESSED: lambda: translate("recovery", "witnessed (its standbys do not reach it either)"),
    Level.HUNG: lambda: translate("recovery", "hung (its processes are there, and do not answer)"),
    Level.REFUSING: lambda: translate("recovery", "alive, and refuses"),
    Level.SUSPECTED: lambda: translate("recovery", "suspected (only the console does not see it)"),
}
_ALLOWS: Final[dict[Level, _Text]] = {
    Level.HARD: lambda: translate("recovery", "A restart in place loses nothing and is tried first, then a failover"),
    Level.STOPPED: lambda: translate("recovery", "Nothing is done by itself: ask who stopped it"),
    Level.WITNESSED: lambda: translate(
        "recovery", "Nobody can see whether its server still runs, so it must be fenced before any promotion"
    ),
    Level.HUNG: lambda: translate("recovery", "A failover only after it was fenced by ending its processes"),
    Level.REFUSING: lambda: translate("recovery", "It is not dead: see why it refuses before anything is changed"),
    Level.SUSPECTED: lambda: translate("recovery", "Too weak for any change: look at the network between here and it"),
}
_TITLES: Final[dict[Way, tuple[_Text, _Text]]] = {
    Way.WAIT: (lambda: translate("recovery", "Wait"), lambda: translate("recovery", "Wait")),
    Way.RESTART: (
        lambda: translate("recovery", "Restart {node} in place"), lambda: translate("recovery", "Restart in place")
    ),
    Way.SWITCHOVER: (
        lambda: translate("recovery", "Switch over to {node}"), lambda: translate("recovery", "Switch over")
    ),
    Way.FAILOVER: (lambda: translate("recovery", "Fail over to {node}"), lambda: translate("recovery", "Fail over")),
    Way.REJOIN: (lambda: translate("recovery", "Rejoin {node}"), lambda: translate("recovery", "Rejoin a node")),
    Way.RESTORE: (
        lambda: translate("recovery", "Restore from a backup"), lambda: translate("recovery", "Restore from a backup")
    ),
}  # fmt: skip
_PREPARE: Final[dict[Way, _Text]] = {
    Way.WAIT: lambda: translate("recovery", "Wait"),
    Way.RESTART: lambda: translate("recovery", "Prepare the restart …"),
    Way.SWITCHOVER: lambda: translate("recovery", "Prepare the switchover …"),
    Way.FAILOVER: lambda: translate("recovery", "Prepare the failover …"),
    Way.REJOIN: lambda: translate("recovery", "Prepare the rejoin …"),
    Way.RESTORE: lambda: translate("recovery", "Prepare the restore …"),
}
_SECONDS_FROM: Final[dict[str, _Text]] = {
    "runs": lambda: translate("recovery", "past runs of this cluster"),
    "lab-measured": lambda: translate("recovery", "measured in the lab"),
    "plan": lambda: translate("recovery", "sum of the plan's steps"),
}


def filled_note(option: Option) -> str:
    """What stands beside the act: how much is read before anything changes."""
    names = {"node": shown(option.node)}
    if option.way is Way.REJOIN:
        return fill(translate("recovery", "Steps to read first. Nothing on {node} changes before you approve."), names)
    return translate("recovery", "Steps to read first. Nothing on any node changes before step 8.")
