"""Would it act now, and why not: guards, attempts and modes in sentences; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.automation import Attempt, AttemptOutcome, AutoAct, AutoGuard, AutomationMode, GuardRow, Why
from console.domain.cluster import Manager
from console.domain.consensus import Concern, Danger, Unfit
from console.domain.fleet import ClusterView
from console.domain.text import shown
from console.domain.verdict import Scalar
from console.ui.measures import NOTHING, duration, moment
from console.ui.patroni_words import concern_sentence, unfit_reasons
from console.ui.speech import counted, translate
from console.ui.why_reasons import plain_reason, reason_text

_Text = Callable[[], str]


def mode_word(mode: AutomationMode) -> str:
    """Who acts when a primary is lost, in one word: Off, Observe, Automatic."""
    return _MODES[mode]()


def why_headline(why: Why) -> str:
    """The answer in one sentence: 'Would it act now? No: …'."""
    if any(row.guard is AutoGuard.PATRONI and row.observed == "the-group" for row in why.rows):
        return _of_patroni(why)
    if why.hypothetical:
        return _if_it_died(why)
    if why.would_act:
        what = act_sentence(why.act, why.node, why.target)
        if why.waiting_seconds:
            text = translate("why", "Would it act now? In {time}: {what}.")
            return text.format(time=duration(why.waiting_seconds), what=what)
        return translate("why", "Would it act now? Yes: {what}.").format(what=what)
    return translate("why", "Would it act now? No: {why}.").format(why=_first_reason(why))


def _of_patroni(why: Why) -> str:
    if why.would_act:
        text = translate("why", "Patroni's group decides here: if its holder died it would promote {new}.")
        return text.format(new=shown(why.target or "?"))
    text = translate("why", "Patroni's group decides here, and would let nobody take over: {why}.")
    return text.format(why=_first_reason(why))


def _if_it_died(why: Why) -> str:
    if not why.would_act:
        text = translate("why", "If the primary died now it would not act: {why}.")
        return text.format(why=_first_reason(why))
    what = act_sentence(why.act, why.node, why.target)
    return translate("why", "If the primary died now: {what}.").format(what=what)


def _first_reason(why: Why) -> str:
    first = next(iter(why.refusing), None)
    return guard_why(first) if first is not None else translate("why", "nothing is to be done")


def act_sentence(act: AutoAct, node: str | None, target: str | None) -> str:
    """What it would do: 'promote lab-2 in the place of lab-1'."""
    old, new = shown(node or "?"), shown(target or "?")
    match act:
        case AutoAct.NONE:
            return translate("why", "do nothing")
        case AutoAct.RESTART:
            return translate("why", "start {node} again in place").format(node=old)
        case AutoAct.FAILOVER:
            return translate("why", "promote {new} in the place of {old}").format(new=new, old=old)
        case AutoAct.RESTART_STANDBY:
            return translate("why", "start the standby {node} again").format(node=old)
        case AutoAct.REBUILD_STANDBY:
            return translate("why", "rebuild the standby {node}").format(node=old)


def guard_title(row: GuardRow) -> str:
    """What the guard is about, in two or three words."""
    return _TITLES[row.guard]()


def guard_observed(row: GuardRow) -> str:
    """The observed value as a person reads it."""
    return _value(row.guard, row.observed)


def guard_threshold(row: GuardRow) -> str:
    """What is asked for, as a person reads it."""
    return _value(row.guard, row.threshold)


def guard_why(row: GuardRow) -> str:
    """Why it holds or does not, as the end of a sentence: 'the evidence is not strong enough'."""
    if row.guard is AutoGuard.PATRONI and (said := _of_group(row)):
        return said
    text = reason_text(row.reason)
    if not text:
        title = guard_title(row)
        if row.holds is True:
            return translate("why", "{guard}: holds").format(guard=title)
        unknown = row.holds is None
        text = translate("why", "{guard}: it can't be said now") if unknown else translate("why", "{guard}: no")
        return text.format(guard=title)
    return text.format(node=shown(row.node or "?"), observed=guard_observed(row), threshold=guard_threshold(row))


def _of_group(row: GuardRow) -> str:
    """A row about a consensus group: one of its dangers, or why a member can't take over; empty: neither."""
    kind, _, word = row.reason.partition(":")
    if kind == "danger" and word in _DANGERS:
        concern = Concern(danger=Danger(word), node=row.node, observed=row.observed, limit=row.threshold)
        return concern_sentence(concern).rstrip(".")
    if kind == "unfit":
        known = tuple(Unfit(one) for one in word.split(",") if one in _UNFIT)
        text = translate("why", "{node} can't take over: {why}")
        return text.format(node=shown(row.node or "?"), why=unfit_reasons(known))
    return ""


def attempt_sentence(attempt: Attempt) -> str:
    """One act of automation, or one that was only observed: what, when, and how it ended."""
    what = act_sentence(attempt.act, attempt.node, attempt.target)
    ended = _OUTCOMES[attempt.outcome]()
    reason = plain_reason(attempt.reason, shown(attempt.node or "?"))
    if reason:
        ended = translate("why", "{ended} ({reason})").format(ended=ended, reason=reason)
    at = moment(attempt.at, attempt.ended_at or attempt.at)
    text = translate("why", "{time}: {what}: {ended}").format(time=at, what=what, ended=ended)
    if attempt.acknowledged_by:
        seen = translate("why", "{text}; seen by {person}")
        return seen.format(text=text, person=shown(attempt.acknowledged_by))
    return text


def takeover_sentence(view: ClusterView) -> str:
    """Who would take over if the primary died now, how long that took here, and by itself or why not."""
    candidate = view.exposure.candidate
    if candidate is None:
        return translate("words", "No standby that answers could take over.")
    takeover = view.takeover
    if view.manager is Manager.PATRONI:
        who = translate("words", "Patroni would choose; {node} holds the most.")
        return f"{who.format(node=shown(candidate))} {_time(view)}"
    if takeover is None or takeover.by_itself is None:
        who = translate("words", "{node} would take over.")
    elif takeover.by_itself:
        who = translate("words", "{node} would take over by itself.")
    else:
        who = translate("words", "{node} would take over, by hand: {why}.")
        plain = plain_reason(takeover.reason, shown(candidate))
        plain = plain or translate("why", "nothing may act by itself here")
        return f"{who.format(node=shown(candidate), why=plain)} {_time(view)}"
    return f"{who.format(node=shown(candidate))} {_time(view)}"


def _time(view: ClusterView) -> str:
    takeover = view.takeover
    if takeover is None or takeover.seconds is None:
        return translate("words", "How long it takes was never measured here.")
    one = translate("words", "1 measured run")
    runs = counted(takeover.runs, one, translate("words", "{n} measured runs"))
    text = translate("words", "Within {time}, by {runs}.")
    return text.format(time=duration(takeover.seconds), runs=runs)


def _value(guard: AutoGuard, value: Scalar) -> str:
    """Seconds and hours as such; words of our own in words; what else comes from outside made harmless."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return translate("why", "yes") if value else translate("why", "no")
    if isinstance(value, int | float):
        if guard in (AutoGuard.EVIDENCE, AutoGuard.FRESH, AutoGuard.RESTART_TRIED, AutoGuard.NOT_PAUSED):
            return duration(float(value))
        if guard is AutoGuard.BACKUPS:
            return duration(float(value) * 3600.0)
        if guard is AutoGuard.LOSS:
            return counted(int(value), translate("why", "1 entry"), translate("why", "{n} entries"))
        return f"{value:,}"
    word = _WORDS.get(value)
    return word() if word is not None else shown(value)


_DANGERS: Final = frozenset(danger.value for danger in Danger)
_UNFIT: Final = frozenset(unfit.value for unfit in Unfit)
_MODES: Final[dict[AutomationMode, _Text]] = {
    AutomationMode.OFF: lambda: translate("why", "Off"),
    AutomationMode.OBSERVE: lambda: translate("why", "Observe"),
    AutomationMode.AUTOMATIC: lambda: translate("why", "Automatic"),
}
_TITLES: Final[dict[AutoGuard, _Text]] = {
    AutoGuard.MODE: lambda: translate("why", "Mode"),
    AutoGuard.APPROVAL: lambda: translate("why", "Second person"),
    AutoGuard.EVIDENCE: lambda: translate("why", "Evidence"),
    AutoGuard.FRESH: lambda: translate("why", "Fresh readings"),
    AutoGuard.RESTART_TRIED: lambda: translate("why", "Restart in place"),
    AutoGuard.MAJORITY: lambda: translate("why", "Majority of nodes"),
    AutoGuard.OVERLAP: lambda: translate("why", "Synchronous standbys"),
    AutoGuard.CANDIDATE: lambda: translate("why", "Candidate"),
    AutoGuard.LOSS: lambda: translate("why", "Loss"),
    AutoGuard.FENCING: lambda: translate("why", "Fencing"),
    AutoGuard.LOCK: lambda: translate("why", "Lock"),
    AutoGuard.OTHER_CONSOLE: lambda: translate("why", "Other console"),
    AutoGuard.NO_RUN: lambda: translate("why", "Other run"),
    AutoGuard.NOT_PAUSED: lambda: translate("why", "Pause"),
    AutoGuard.NO_MAINTENANCE: lambda: translate("why", "Maintenance"),
    AutoGuard.NOT_HELD: lambda: translate("why", "Held"),
    AutoGuard.BACKUPS: lambda: translate("why", "Backups"),
    AutoGuard.CHECKS: lambda: translate("why", "Conditions"),
    AutoGuard.PATRONI: lambda: translate("why", "Who decides"),
}
_OUTCOMES: Final[dict[AttemptOutcome, _Text]] = {
    AttemptOutcome.RUNNING: lambda: translate("why", "under way"),
    AttemptOutcome.DONE: lambda: translate("why", "done and proven"),
    AttemptOutcome.STOPPED: lambda: translate("why", "stopped with a question"),
    AttemptOutcome.FAILED: lambda: translate("why", "failed"),
    AttemptOutcome.WOULD_HAVE: lambda: translate("why", "would have been done; not scored yet"),
    AttemptOutcome.RIGHT: lambda: translate("why", "would have been right"),
    AttemptOutcome.WRONG: lambda: translate("why", "would have been wrong: it came back by itself"),
}
_WORDS: Final[dict[str, _Text]] = {
    "off": lambda: translate("why", "off"),
    "observe": lambda: translate("why", "observe"),
    "automatic": lambda: translate("why", "automatic"),
    "hard": lambda: translate("why", "hard"),
    "stopped": lambda: translate("why", "stopped by somebody"),
    "witnessed": lambda: translate("why", "witnessed"),
    "hung": lambda: translate("why", "hung"),
    "alive-but-refusing": lambda: translate("why", "alive, but refuses"),
    "suspected": lambda: translate("why", "suspected"),
    "none": lambda: translate("why", "none"),
    "alive": lambda: translate("why", "it answers"),
    "hard-or-witnessed": lambda: translate("why", "hard or witnessed"),
    "at-once": lambda: translate("why", "at once, by policy"),
    "tried": lambda: translate("why", "tried, in vain"),
    "waits": lambda: translate("why", "has its time"),
    "under-way": lambda: translate("why", "under way"),
    "would-be-tried": lambda: translate("why", "would be tried first"),
    "ssh": lambda: translate("why", "over SSH, on its host"),
    "command": lambda: translate("why", "by the operator's command, read back"),
    "quorum": lambda: translate("why", "by cutting its synchronous standbys"),
    "free": lambda: translate("why", "free"),
    "ours": lambda: translate("why", "ours"),
    "not-asked": lambda: translate("why", "not asked yet"),
    "free-or-ours": lambda: translate("why", "free, or ours"),
    "at-the-gate": lambda: translate("why", "counted behind the fence"),
    "not-known": lambda: translate("why", "not known"),
    "asynchronous": lambda: translate("why", "none is listed"),
    "acknowledged": lambda: translate("why", "acknowledged"),
    "the-group": lambda: translate("why", "the consensus group"),
    "the-console": lambda: translate("why", "the console"),
    "not-asked-for": lambda: translate("why", "not asked for"),
    "passes": lambda: translate("why", "passed"),
    "wanted": lambda: translate("why", "wanted"),
    "not-wanted": lambda: translate("why", "not wanted"),
}
