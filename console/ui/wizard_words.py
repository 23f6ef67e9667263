"""What the recovery wizard says: names of its steps, answers so far, what comes next and why it can't; knows no Qt."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.plan import Candidate, Checked, Loss, LossBasis, Operation, Outcome, Plan
from console.domain.recommendation import Option, Way
from console.domain.run import RunState
from console.domain.text import shown
from console.ui import wizard_flow as flow
from console.ui.check_words import reason_sentence, way_name
from console.ui.group_words import GROUP_NOTES
from console.ui.loss_words import loss_amounts, loss_sentence
from console.ui.measures import duration, number
from console.ui.speech import counted, joined, translate
from console.ui.step_words import operation_name
from console.ui.wizard_flow import Draft, Part

_Text = Callable[[], str]
_CURRENCY_GAP: Final = re.compile(r"(?<=[A-Z]{3}) (?=[-0-9])")


def title(draft: Draft) -> str:
    """What the rail is headed with: 'Failover of ledger-us'."""
    operation = draft.operation
    if operation is None:
        return translate("wizard", "Recovery of {cluster}").format(cluster=shown(draft.cluster))
    if operation in (Operation.RESTART, Operation.REJOIN) and draft.node:
        text = translate("wizard", "{what} of {node}, {cluster}")
        return text.format(what=operation_name(operation), node=shown(draft.node), cluster=shown(draft.cluster))
    text = translate("wizard", "{what} of {cluster}")
    return text.format(what=operation_name(operation), cluster=shown(draft.cluster))


def part_name(operation: Operation | None, part: Part) -> str:
    """A step's name in the rail; what runs is named by what it does in this operation."""
    if operation is not None and (named := _NAMED.get((operation, part))) is not None:
        return named()
    return _PARTS[part]()


_PARTS: Final[dict[Part, _Text]] = {
    Part.SITUATION: lambda: translate("wizard", "Situation"),
    Part.WAY: lambda: translate("wizard", "What to do"),
    Part.TARGET: lambda: translate("wizard", "Target"),
    Part.PREFLIGHT: lambda: translate("wizard", "Preflight"),
    Part.LOSS: lambda: translate("wizard", "Loss preview"),
    Part.PLAN: lambda: translate("wizard", "Plan"),
    Part.APPROVAL: lambda: translate("wizard", "Approval"),
    Part.FENCE: lambda: translate("wizard", "Fence and rescue"),
    Part.GATE: lambda: translate("wizard", "Gate"),
    Part.PROMOTE: lambda: translate("wizard", "Promote and repoint"),
    Part.PROOF: lambda: translate("wizard", "Proof"),
    Part.REPORT: lambda: translate("wizard", "Report"),
}
_NAMED: Final[dict[tuple[Operation, Part], _Text]] = {
    (Operation.SWITCHOVER, Part.FENCE): lambda: translate("wizard", "Stop the primary"),
    (Operation.RESTART, Part.FENCE): lambda: translate("wizard", "Make sure"),
    (Operation.RESTART, Part.PROMOTE): lambda: translate("wizard", "Start in place"),
    (Operation.REJOIN, Part.TARGET): lambda: translate("wizard", "Which node"),
    (Operation.REJOIN, Part.FENCE): lambda: translate("wizard", "Keep it read-only"),
    (Operation.REJOIN, Part.PROMOTE): lambda: translate("wizard", "Bring it back"),
}


# The rail's answers


def answer(draft: Draft, part: Part, now: datetime) -> str:
    """What stands at the right of a step: what was answered or found in it."""
    match part:
        case Part.SITUATION:
            return _situation_answer(draft)
        case Part.WAY:
            return way_name(draft.way) if draft.way is not None and flow.is_done(draft, part) else ""
        case Part.TARGET:
            return shown(draft.node) if flow.is_done(draft, part) else ""
        case Part.PREFLIGHT:
            return _checks_brief(draft.plan.checks) if draft.plan is not None else ""
        case Part.LOSS:
            plan = draft.plan
            return loss_brief(plan.loss) if plan is not None and flow.is_done(draft, part) else ""
        case Part.PLAN:
            return _commands(draft.plan) if draft.plan is not None and flow.is_done(draft, part) else ""
        case Part.APPROVAL:
            return _approval_answer(draft)
        case Part.FENCE | Part.GATE | Part.PROMOTE | Part.PROOF | Part.REPORT:
            return _run_answer(draft, part, now)


def _situation_answer(draft: Draft) -> str:
    situation = draft.situation
    if situation is None or situation.primary is None:
        return ""
    if not situation.primary_lost:
        return translate("wizard", "{node} is primary").format(node=shown(situation.primary))
    if situation.level is None:
        return translate("wizard", "{node} lost").format(node=shown(situation.primary))
    text = translate("wizard", "{node} lost, {level}")
    return text.format(node=shown(situation.primary), level=situation.level.value.replace("-", " "))


def checks_summary(checks: tuple[Checked, ...]) -> str:
    """'1 refuse, 2 warn, 11 pass'; what there is none of is left out."""
    words = (
        (Outcome.REFUSE, translate("wizard", "{n} refuse")),
        (Outcome.NOT_CHECKED, translate("wizard", "{n} not checked")),
        (Outcome.WARN, translate("wizard", "{n} warn")),
        (Outcome.PASS, translate("wizard", "{n} pass")),
    )
    counts = [(sum(1 for one in checks if one.outcome is outcome), text) for outcome, text in words]
    return translate("wizard", ", ").join(text.format(n=n) for n, text in counts if n)


def _checks_brief(checks: tuple[Checked, ...]) -> str:
    """For the rail: '2 refuse', '11 pass, 3 to read', '14 pass'."""
    refuse = sum(1 for one in checks if one.outcome is Outcome.REFUSE)
    if refuse:
        return translate("wizard", "{n} refuse").format(n=refuse)
    passed = sum(1 for one in checks if one.outcome is Outcome.PASS)
    if not checks:
        return ""
    if passed == len(checks):
        return translate("wizard", "{n} pass").format(n=passed)
    return translate("wizard", "{n} pass, {m} to read").format(n=passed, m=len(checks) - passed)


def note_sentence(word: str, value: str) -> str:
    """What a plan has to say before it is approved; empty for a note that stands elsewhere on its page."""
    known = _BACK.get(value) if word == "way" else None
    known = known or _NOTES.get(word)
    return known().format(value=shown(value)) if known is not None else ""


# How a node comes back, in a sentence.
_BACK: Final[dict[str, _Text]] = {
    "attach": lambda: translate("wizard", "The node comes back as it is: its history is part of the new one."),
    "rewind": lambda: translate("wizard", "The node is rewound to where both histories part, and follows from there."),
    "rebuild": lambda: translate("wizard", "The node gets a new copy; its old data is kept until that is proven."),
}
_NOTES: Final[dict[str, _Text]] = {
    **GROUP_NOTES,
    "quorum-fence": lambda: translate("wizard", "The old primary can still take local commits and answer reads."),
    "alone": lambda: translate("wizard", "No other standby follows {value} then: there is no copy until a rejoin."),
    "restarters": lambda: translate("wizard", "Would start the old primary again, and is disabled: {value}."),
    "rescue": lambda: translate("wizard", "The WAL on {value} that nobody else has is rescued before the promotion."),
    "data-stays": lambda: translate("wizard", "The data directory of {value} stays where it is."),
    "way": lambda: translate("wizard", "The node comes back by: {value}."),
    "no-way-back": lambda: translate("wizard", "There is no way back from this step on: {value}."),
    "source": lambda: translate("wizard", "The new copy is made from {value}."),
    "beyond-fork": lambda: translate("wizard", "The node {value}."),
}


def loss_brief(loss: Loss | None) -> str:
    """'87, at most 122', '0', 'not known'."""
    if loss is None or loss.basis is LossBasis.NONE:
        return translate("wizard", "nothing lost")
    low, high = loss.entries_low, loss.entries_high
    if low is None:
        return translate("wizard", "not known")
    if high is None:
        return translate("wizard", "{n} or more").format(n=number(low))
    if low == high:
        return number(low)
    if not low:
        return translate("wizard", "at most {most}").format(most=number(high))
    return translate("wizard", "{n}, at most {most}").format(n=number(low), most=number(high))


def _commands(plan: Plan) -> str:
    commands = sum(len(step.acts) for step in plan.steps)
    return counted(commands, translate("wizard", "1 command"), translate("wizard", "{n} commands"))


def _approval_answer(draft: Draft) -> str:
    run = draft.run
    if run is None:
        return ""
    if run.state is RunState.WAITING:
        return translate("wizard", "waits")
    who = shown(run.approved_by or run.person)
    if draft.operation is Operation.FAILOVER:
        return translate("wizard", "{who}, at most {n}").format(who=who, n=number(run.loss_entries_max))
    return who


def _run_answer(draft: Draft, part: Part, now: datetime) -> str:
    run = draft.run
    if run is None or run.state is RunState.WAITING or part is Part.REPORT:
        return ""
    steps = [step for step in run.steps if flow.part_of_phase(draft, step.phase) is part]
    begun = [step.begun_at for step in steps if step.begun_at is not None]
    if flow.running_part(draft) is part and run.state not in flow.ENDED and begun:
        return ticking((now - min(begun)).total_seconds())
    if not flow.is_done(draft, part):
        return ""
    if part is Part.GATE and run.loss is not None:
        return loss_brief(run.loss)
    return duration(sum(step.seconds or 0.0 for step in steps))


def ticking(seconds: float) -> str:
    """A clock that counts up: 0:31, 12:04."""
    total = max(0, int(seconds))
    return f"{total // 60}:{total % 60:02}"


# Ways, targets, losses


def way_price(option: Option) -> str:
    """What a way costs: the loss and the time, each only where it is known."""
    if not option.possible:
        return ""
    said = []
    if option.loss is not None:
        said.append(loss_text(option.loss))
    if option.seconds is not None:
        said.append(time_sentence(option.seconds, option.seconds_from))
    return translate("wizard", ". ").join(said)


def loss_text(loss: Loss) -> str:
    """'Loses 87 entries, at most 122: USD 247,310.40'."""
    said = loss_sentence(loss, short=True)
    amounts = loss_amounts(loss)
    text = translate("wizard", "{loses}: {money}").format(loses=said, money=amounts) if amounts else said
    return text[:1].upper() + text[1:]


def time_sentence(seconds: float, source: str) -> str:
    """About how long, with what says so; without a source no figure is believed."""
    known = _TIME_SOURCES.get(source)
    if known is None:
        said = shown(source).replace("-", " ") or translate("wizard", "source not known")
    else:
        said = known()
    return translate("wizard", "About {time} ({source})").format(time=duration(seconds), source=said)


_TIME_SOURCES: Final[dict[str, _Text]] = {
    "runs": lambda: translate("wizard", "past runs of this cluster"),
    "lab-measured": lambda: translate("wizard", "measured in the lab"),
    "plan": lambda: translate("wizard", "sum of the plan's steps"),
    "policy": lambda: translate("wizard", "the cluster's policy"),
}


def way_why(option: Option) -> str:
    """Why a way is possible or not; a possible one that has no word says what it is."""
    if option.reason and not (option.possible and option.way is Way.WAIT):
        said = reason_sentence(option.reason, option.node)
        if not option.possible:
            return translate("wizard", "not possible: {reason}").format(reason=said)
        return said[:1].upper() + said[1:]
    if not option.possible:
        return translate("wizard", "not possible")
    return _WAYS[option.way]().format(node=shown(option.node) or translate("wizard", "a node"))


_WAYS: Final[dict[Way, _Text]] = {
    Way.WAIT: lambda: translate("wizard", "Change nothing, and look again later"),
    Way.RESTART: lambda: translate("wizard", "Start {node} again in place: nothing is lost by it"),
    Way.SWITCHOVER: lambda: translate("wizard", "Hand over to {node}, both alive: nothing is lost"),
    Way.FAILOVER: lambda: translate("wizard", "Promote {node} without the old primary"),
    Way.REJOIN: lambda: translate("wizard", "Make {node} a standby again"),
    Way.RESTORE: lambda: translate("wizard", "Go back to a backup"),
}


def loss_money(loss: Loss | None) -> str:
    """The money of a loss for narrow places: a line never breaks between a currency and its amount."""
    return _CURRENCY_GAP.sub("\u00a0", loss_amounts(loss))


def candidate_reasons(candidate: Candidate) -> str:
    """Why a candidate can't be promoted, or what is to be known of it."""
    reasons = [reason_sentence(word, candidate.node) for word in candidate.reasons]
    if not candidate.eligible:
        said = joined(reasons) or translate("wizard", "the reason is not known")
        return translate("wizard", "refused: {reasons}").format(reasons=said)
    said = joined(reasons)
    return said[:1].upper() + said[1:]


def currency_name(code: str) -> str:
    """A currency in words, where it is one of the usual ones; else its code."""
    known = _CURRENCIES.get(code)
    return known() if known else shown(code)


_CURRENCIES: Final[dict[str, _Text]] = {
    "USD": lambda: translate("wizard", "US dollar"),
    "EUR": lambda: translate("wizard", "Euro"),
    "JPY": lambda: translate("wizard", "Japanese yen"),
    "GBP": lambda: translate("wizard", "Pound sterling"),
    "CHF": lambda: translate("wizard", "Swiss franc"),
    "CNY": lambda: translate("wizard", "Renminbi"),
    "HKD": lambda: translate("wizard", "Hong Kong dollar"),
}


# What comes next


def next_text(draft: Draft) -> str:
    """The words of the one big next action."""
    if draft.at is Part.SITUATION and draft.situation is not None and draft.situation.operation_running:
        return translate("wizard", "Show the change that runs")
    if draft.at is Part.WAY and draft.way is Way.WAIT:
        return translate("wizard", "Leave and wait")
    if draft.at is Part.APPROVAL:
        return run_text(draft)
    following = flow.after(draft, draft.at)
    words = _NEXT.get(following) if following is not None else None
    return words() if words is not None else translate("wizard", "Next")


_NEXT: Final[dict[Part, _Text]] = {
    Part.WAY: lambda: translate("wizard", "Next: what to do"),
    Part.TARGET: lambda: translate("wizard", "Next: the target"),
    Part.PREFLIGHT: lambda: translate("wizard", "Next: check it"),
    Part.LOSS: lambda: translate("wizard", "Next: the loss"),
    Part.PLAN: lambda: translate("wizard", "Next: read the plan"),
    Part.APPROVAL: lambda: translate("wizard", "Next: approve"),
}


def run_text(draft: Draft) -> str:
    """The act itself, by name: 'Fail over to chi-1 now'."""
    node = shown(draft.node) or translate("wizard", "the target")
    match draft.operation:
        case Operation.FAILOVER:
            return translate("wizard", "Fail over to {node} now").format(node=node)
        case Operation.SWITCHOVER:
            return translate("wizard", "Switch over to {node} now").format(node=node)
        case Operation.RESTART:
            return translate("wizard", "Restart {node} now").format(node=node)
        case Operation.REJOIN:
            return translate("wizard", "Rejoin {node} now").format(node=node)
        case _:
            return translate("wizard", "Run the plan now")


def leaving_text(draft: Draft) -> str:
    """The words of the act that leaves: they say what leaving means."""
    run = draft.run
    if run is None or run.state is RunState.WAITING:
        return translate("wizard", "Leave, nothing was changed")
    if run.state in flow.ENDED:
        return translate("wizard", "Leave")
    return translate("wizard", "Leave, it goes on")


def left_notice(draft: Draft) -> str:
    """What is said once after leaving."""
    run = draft.run
    if run is not None and run.state is RunState.WAITING:
        text = translate("wizard", "Nothing was changed. The plan for {cluster} waits for its approval: Recovery page.")
    elif run is None:
        text = translate("wizard", "Left. No node of {cluster} was changed.")
    elif run.state in flow.ENDED:
        return ""
    else:
        text = translate("wizard", "The run on {cluster} goes on without this page. The Recovery page shows it.")
    return text.format(cluster=shown(draft.cluster))


def rail_foot(draft: Draft) -> str:
    """What a tired person must be able to trust: what changes, and what closing the window would do."""
    run = draft.run
    if run is None:
        first = flow.first_change(draft)
        if not first:
            return translate("wizard", "Nothing on any node changes here.")
        text = translate("wizard", "Nothing on any node changes before step {n}. Closing this window loses nothing.")
        return text.format(n=first)
    if run.state is RunState.WAITING:
        return translate("wizard", "Nothing on any node has changed. Closing this window loses nothing.")
    if run.state in flow.ENDED:
        return translate("wizard", "The run has ended. Its report is kept.")
    return translate("wizard", "Journaled after each step. Closing this window stops nothing. If this console dies, "
                               "the next one takes up here.")  # fmt: skip
