"""What a run says of itself: its headline, its question, what stopping leaves, what is left to do; knows no Qt."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.plan import Claim, Operation, Plan, Step
from console.domain.run import Asks, Choice, Mode, Outage, Question, RunState, RunView, StepReport, StepState
from console.domain.text import shown
from console.ui.acceptance_words import ACCEPTANCE_CHOICES, accept_meaning, acceptance_sentence, asks_acceptance
from console.ui.check_words import checked_text
from console.ui.measures import duration, moment, round_trip
from console.ui.speech import counted, joined, translate
from console.ui.step_words import fill, plan_title, readable, step_sentence

_Text = Callable[[], str]
_HOLDS: Final = frozenset({StepState.DONE, StepState.ALREADY_SO})
_ENDED: Final = frozenset({RunState.DONE, RunState.CANCELLED, RunState.LEFT})
GAP_MILLISECONDS_BELOW: Final = 10.0  # a write gap shorter than this is told in milliseconds


def has_ended(run: RunView) -> bool:
    """Is nothing more to come of this run?"""
    return run.state in _ENDED


def running_step(run: RunView) -> StepReport | None:
    """The step that runs now; of several the first."""
    return next((step for step in run.steps if step.state is StepState.RUNNING), None)


def step_number(plan: Plan, key: str) -> int:
    """The place of a step in its plan, from 1; 0 where there is none of that key."""
    return next((place for place, step in enumerate(plan.steps, start=1) if step.key == key), 0)


def gap_text(seconds: float) -> str:
    """A write gap: milliseconds where it is short, '842 ms', else '6 min 42 s'."""
    return round_trip(seconds) if seconds < GAP_MILLISECONDS_BELOW else duration(seconds)


def stopped_before(outage: Outage) -> bool:
    """Had writes stopped already when the meter began? Then the true gap is longer than the measured one."""
    return bool(outage.marks) and not outage.marks[0][1]


def outage_gap(outage: Outage | None) -> str:
    """The write gap of a run that ended, as far as it is known: '842 ms', '22 s or more'; empty where it is not."""
    if outage is None or outage.gap_seconds is None:
        return ""
    gap = gap_text(outage.gap_seconds)
    return translate("run", "{gap} or more").format(gap=gap) if stopped_before(outage) else gap


def writes_back_at(run: RunView) -> datetime | None:
    """When the promoted node was proven writable; None before, and where the plan promotes nobody."""
    if run.mode is Mode.REHEARSAL:
        return None
    reports = {step.key: step for step in run.steps}
    for step in run.plan.steps:
        told = reports.get(step.key)
        back = any(proof.claim in (Claim.PROMOTED, Claim.RUNNING_PRIMARY) for proof in step.proofs)
        if back and step.kind in ("promote", "start", "patroni") and told is not None and told.state in _HOLDS:
            if told.begun_at is None or told.seconds is None:
                return told.begun_at
            return datetime.fromtimestamp(told.begun_at.timestamp() + told.seconds, told.begun_at.tzinfo)
    return None


def run_headline(run: RunView) -> str:
    """The one sentence about a run: who, where it stands, what it means."""
    names = {"title": plan_title(run.plan), "target": shown(run.plan.target), "subject": shown(run.plan.subject)}
    if run.mode is Mode.REHEARSAL:
        return _rehearsal_headline(run, names)
    match run.state:
        case RunState.WAITING:
            return fill(translate("run", "{title} waits for its approval"), names)
        case RunState.RUNNING | RunState.STOPPING:
            return _running_headline(run, names)
        case RunState.ASKING:
            if run.question is not None:
                return asks_sentence(run.question, run.plan)
            return fill(translate("run", "{title} has stopped and asks"), names)
        case RunState.DONE:
            return _done_headline(run, names)
        case RunState.CANCELLED:
            return fill(translate("run", "{title} was cancelled, and it is proven that all is as it was"), names)
        case RunState.LEFT:
            return fill(translate("run", "{title} was left as it stood: see what is left to do"), names)


def asking_headline(run: RunView) -> str:
    """Above the question itself: that the plan stopped, and whether the ledger is writable meanwhile."""
    back = writes_back_at(run)
    if back is not None and (run.outage is None or not run.outage.open):
        names = {"target": shown(run.plan.target or run.plan.subject), "since": back.strftime("%H:%M:%S")}
        return fill(translate("run", "Writes are back on {target} since {since}. The plan has stopped and asks"), names)
    if run.outage is not None and run.outage.open:
        return translate("run", "Writes have stopped. The plan waits for your answer")
    return translate("run", "The plan has stopped and waits for your answer")


def _rehearsal_headline(run: RunView, names: dict[str, str]) -> str:
    failed = sum(1 for step in run.steps if step.state is StepState.FAILED)
    if not has_ended(run):
        return fill(translate("run", "Rehearsal of the {title}: it only looks, and promises nothing"), _small(names))
    if failed:
        text = counted(failed, translate("run", "1 step"), translate("run", "{n} steps"))
        said = translate("run", "Rehearsal of the {title}: {count} would have failed. Nothing was changed")
        return fill(said, _small(names) | {"count": text})
    return fill(translate("run", "Rehearsal of the {title}: nothing stood in the way. It promises nothing"),
                _small(names))  # fmt: skip


def _small(names: dict[str, str]) -> dict[str, str]:
    """In the middle of a sentence. A Chinese title begins with a name, which stays as it is."""
    title = names["title"]
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in title)
    return names | {"title": title if chinese else title[:1].lower() + title[1:]}


def _running_headline(run: RunView, names: dict[str, str]) -> str:
    back = writes_back_at(run)
    # Between two steps the standing conditions are asked: what comes next is named.
    now = running_step(run) or next((step for step in run.steps if step.state is StepState.WAITING), None)
    doing = ""
    if now is not None:
        step = next((one for one in run.plan.steps if one.key == now.key), None)
        doing = step_sentence(run.plan, step) if step is not None else readable(now.key)
    if back is not None and run.outage is not None and not run.outage.open:
        names |= {"since": back.strftime("%H:%M:%S"), "doing": doing, "target": names["target"] or names["subject"]}
        if not doing:
            return fill(translate("run", "Writes are back on {target} since {since}"), names)
        return fill(translate("run", "Writes are back on {target} since {since}. Now: {doing}"), names)
    if run.outage is not None and run.outage.open:
        if not doing:
            return fill(translate("run", "Writes have stopped. {title} goes on"), names)
        return fill(translate("run", "Writes have stopped. Now: {doing}"), names | {"doing": doing})
    if not doing:
        return fill(translate("run", "{title} is running"), names)
    return fill(translate("run", "{title}. Now: {doing}"), names | {"doing": doing})


def _done_headline(run: RunView, names: dict[str, str]) -> str:
    promoted = run.plan.operation in (Operation.SWITCHOVER, Operation.FAILOVER)
    gap = outage_gap(run.outage)
    if promoted and gap:
        text = translate("run", "{target} is primary, and that is proven. Writes stopped for {gap}")
        return fill(text, names | {"gap": gap})
    if promoted:
        return fill(translate("run", "{target} is primary, and that is proven"), names)
    return fill(translate("run", "{title} is done, and that is proven"), names)


def state_word(run: RunView) -> str:
    """How a run stands or ended, in a word or two."""
    if run.mode is Mode.REHEARSAL and run.state is RunState.DONE:
        return translate("run", "rehearsed")
    return _STATES[run.state]()


def step_state_word(state: StepState) -> str:
    return _STEP_STATES[state]()


def choice_label(choice: Choice, question: Question | None = None) -> str:
    """What stands on the button of a choice; three dots where a question follows. `question`: what it answers."""
    if question is not None and asks_acceptance(question) and choice in ACCEPTANCE_CHOICES:
        return ACCEPTANCE_CHOICES[choice]()
    return _CHOICES[choice]()


def choice_meaning(choice: Choice, run: RunView) -> str:
    """What will be so after this choice, in a sentence."""
    if choice is Choice.CANCEL:
        if run.no_return_at is not None:
            return translate("run", "The point of no return is passed, so this leads nowhere.")
        return translate("run", "What was done is undone, step by step, and it is proven that all is as it was.")
    if choice is Choice.GO_ON and run.question is not None and asks_acceptance(run.question):
        return accept_meaning()
    return _MEANINGS[choice]()


def asks_sentence(question: Question, plan: Plan) -> str:
    """Why a run stopped, in one sentence with its figures."""
    step: Step | None = None
    if question.step is not None:
        step = next((one for one in plan.steps if one.key == question.step), None)
    number = step_number(plan, question.step or "")
    if step is not None:
        where = translate("run", "step {n} ({sentence})").format(n=number, sentence=step_sentence(plan, step))
    else:
        where = translate("run", "the plan")
    in_entries = "loss" if question.asks is Asks.LOSS_ABOVE else ""
    names = {
        "where": where,
        "node": shown(question.node or "") or translate("run", "a node"),
        "observed": checked_text(in_entries, question.observed),
        "threshold": checked_text(in_entries, question.threshold),
        "title": plan_title(plan),
    }
    if question.asks is Asks.LOSS_ABOVE and question.observed in (None, "", "not known"):
        return fill(translate("run", "What would be lost is not known, and {threshold} is approved. The plan has "
                                     "stopped and asks again"), names)  # fmt: skip
    if asks_acceptance(question):
        return acceptance_sentence(question, shown(plan.target) or names["node"])
    if question.threshold in (None, "") and question.asks in _ASKS_BARE:
        return fill(_ASKS_BARE[question.asks](), names)
    return fill(_ASKS[question.asks](), names)


def after_stop_sentence(run: RunView) -> str:
    """What will be true after stopping now."""
    open_steps = [step for step in run.steps if step.state is StepState.WAITING]
    numbers = [str(step_number(run.plan, step.key)) for step in open_steps]
    left = _range(numbers)
    back = writes_back_at(run)
    if run.mode is Mode.REHEARSAL:
        return translate("run", "A rehearsal changes nothing, so nothing is left behind.")
    if back is not None:
        names = {"target": shown(run.plan.target or run.plan.subject), "left": left}
        if not left:
            return fill(translate("run", "{target} stays primary."), names)
        return fill(translate("run", "{target} stays primary. Left: steps {left}, by going on later."), names)
    if run.no_return_at is not None:
        return translate(
            "run", "The point of no return is passed: the plan stops after this step and asks, and only leads forward."
        )
    return translate(
        "run", "The plan stops after this step and asks: cancel it, with all as it was, or go on. Nothing is lost."
    )


def fails_sentence(run: RunView) -> str:
    """What happens if the running step fails."""
    if run.mode is Mode.REHEARSAL:
        return translate("run", "If this step fails: nothing was changed, and the rehearsal says so.")
    if writes_back_at(run) is not None:
        text = translate("run", "If this step fails: {target} keeps serving writes, and the plan stops here and asks.")
        return fill(text, {"target": shown(run.plan.target or run.plan.subject)})
    if run.no_return_at is not None:
        return translate("run", "If this step fails: the plan stops here and asks. From here it only leads forward.")
    return translate("run", "If this step fails: the plan stops here and asks. What was done can be undone.")


def left_to_do_sentence(word: str) -> str:
    """One thing that is left to do after a run: a word, with its node behind a colon."""
    name, _, about = word.partition(":")
    known = _LEFT.get(name)
    if known is not None:
        return fill(known(), {"node": shown(about) or translate("run", "the node")})
    said = readable(name).capitalize()
    return translate("run", "{what}: {about}").format(what=said, about=shown(about)) if about else said


def run_line(run: RunView) -> str:
    """A run in one line for bars and lists: 'ledger-us: failover from nyc-1 to chi-1, started by m.keller'."""
    title = _line_title(run.plan)
    text = translate("run", "{cluster}: {title}, started by {person}")
    if run.mode is Mode.REHEARSAL:
        text = translate("run", "{cluster}: rehearsal, {title}, started by {person}")
    if run.approved_by:
        text = translate("run", "{cluster}: {title}, started by {person}, approved by {second}")
    names = {"cluster": shown(run.plan.cluster), "title": title, "person": shown(run.person) or "?",
             "second": shown(run.approved_by)}  # fmt: skip
    return fill(text, names)


def _line_title(plan: Plan) -> str:
    word = _LINE[plan.operation]()
    names = {"what": word, "subject": shown(plan.subject), "target": shown(plan.target)}
    if plan.operation in (Operation.SWITCHOVER, Operation.FAILOVER) and plan.target:
        if plan.subject:
            return fill(translate("run", "{what} from {subject} to {target}"), names)
        return fill(translate("run", "{what} to {target}"), names)
    return fill(translate("run", "{what} of {subject}"), names) if plan.subject else word


def short_title(plan: Plan) -> str:
    """A plan without its cluster, for lists that stand under the cluster: 'Switchover from lab-1 to lab-2'."""
    title = _line_title(plan)
    return title[:1].upper() + title[1:]


def when_text(run: RunView, now: datetime) -> str:
    """When a run began: '02:52:40', with the date when it was not today."""
    return moment(run.begun_at or run.plan.made_at, now)


def _range(numbers: list[str]) -> str:
    if len(numbers) > 3:
        return translate("run", "{first} to {last}").format(first=numbers[0], last=numbers[-1])
    return joined(numbers)


_LINE: Final[dict[Operation, _Text]] = {
    Operation.SWITCHOVER: lambda: translate("run", "switchover"),
    Operation.FAILOVER: lambda: translate("run", "failover"),
    Operation.RESTART: lambda: translate("run", "restart"),
    Operation.REJOIN: lambda: translate("run", "rejoin"),
    Operation.PROTECT: lambda: translate("run", "change of protection"),
    Operation.NODE_ADD: lambda: translate("run", "adding"),
    Operation.NODE_REMOVE: lambda: translate("run", "removal"),
    Operation.RESTORE: lambda: translate("run", "restore"),
}
_STATES: Final[dict[RunState, _Text]] = {
    RunState.WAITING: lambda: translate("run", "waits for approval"),
    RunState.RUNNING: lambda: translate("run", "running"),
    RunState.STOPPING: lambda: translate("run", "stopping"),
    RunState.ASKING: lambda: translate("run", "stopped, asks"),
    RunState.DONE: lambda: translate("run", "proven"),
    RunState.CANCELLED: lambda: translate("run", "cancelled, undone"),
    RunState.LEFT: lambda: translate("run", "left as it stood"),
}
_STEP_STATES: Final[dict[StepState, _Text]] = {
    StepState.WAITING: lambda: translate("run", "waiting"),
    StepState.RUNNING: lambda: translate("run", "running"),
    StepState.DONE: lambda: translate("run", "done"),
    StepState.ALREADY_SO: lambda: translate("run", "already so"),
    StepState.FAILED: lambda: translate("run", "failed"),
    StepState.SKIPPED: lambda: translate("run", "skipped"),
    StepState.UNDONE: lambda: translate("run", "undone"),
}
_CHOICES: Final[dict[Choice, _Text]] = {
    Choice.GO_ON: lambda: translate("run", "Look again and go on"),
    Choice.CANCEL: lambda: translate("run", "Cancel the plan"),
    Choice.ACCEPT_LOSS: lambda: translate("run", "Approve a greater loss …"),
    Choice.BREAK_LOCK: lambda: translate("run", "Break the lock …"),
    Choice.SKIP: lambda: translate("run", "Skip this step …"),
    Choice.LEAVE: lambda: translate("run", "Leave it as it is"),
}
_MEANINGS: Final[dict[Choice, _Text]] = {
    Choice.GO_ON: lambda: translate("run", "The proofs are asked anew, and the plan goes on from where they hold."),
    Choice.CANCEL: lambda: translate("run", "What was done is undone, and that is proven."),
    Choice.ACCEPT_LOSS: lambda: translate("run", "A new maximum is recorded under your name, and the plan goes on."),
    Choice.BREAK_LOCK: lambda: translate("run", "The other console's commands are refused from then on."),
    Choice.SKIP: lambda: translate("run", "The step stays unproven, and the report says so."),
    Choice.LEAVE: lambda: translate("run", "Nothing more is done. What is left to do is listed."),
}
_ASKS: Final[dict[Asks, _Text]] = {
    Asks.WORLD_MOVED: lambda: translate(
        "run", "What {where} had proven no longer holds: {node} shows {observed} instead of {threshold}"
    ),
    Asks.NOT_PROVEN: lambda: translate("run", "The proof of {where} did not come in time: {node} shows {observed}"),
    Asks.REFUSED: lambda: translate("run", "{node} refused {where}: {observed}"),
    Asks.UNREACHABLE: lambda: translate("run", "{node} can't be reached for {where}"),
    Asks.CONDITION: lambda: translate(
        "run", "What has to hold before {where} no longer holds: {node} shows {observed}"
    ),
    Asks.LOSS_ABOVE: lambda: translate("run", "The loss ({observed}) is above what was approved ({threshold}). "
                                              "The plan has stopped and asks again"),
    Asks.INTERRUPTED: lambda: translate("run", "The plan was interrupted for {observed}. A person says whether it "
                                               "goes on"),
    Asks.STOPPED: lambda: translate("run", "The plan was stopped before {where}. Nothing runs now"),
    Asks.HOOK_FAILED: lambda: translate("run", "The hook of {where} failed on {node}: {observed}"),
    Asks.LOCK_TAKEN: lambda: translate("run", "Another console holds the lock of this cluster, and is alive: "
                                              "{observed}"),
    Asks.INPUTS_CHANGED: lambda: translate("run", "What the plan was made from has changed, so it is not verified "
                                                  "any more"),
    Asks.FAULT: lambda: translate("run", "The console made a mistake of its own in {where}. It is written to its log"),
}  # fmt: skip
_ASKS_BARE: Final[dict[Asks, _Text]] = {
    Asks.WORLD_MOVED: lambda: translate(
        "run", "What {where} had proven no longer holds: {node} shows {observed}"
    ),
}  # fmt: skip
_LEFT: Final[dict[str, _Text]] = {
    "rejoin": lambda: translate("run", "Rejoin {node}: it is not a standby yet"),
    "backup": lambda: translate("run", "Make a fresh backup: older ones end on the timeline before"),
    "fresh-backup": lambda: translate("run", "Make a fresh backup: older ones end on the timeline before"),
    "re-arm": lambda: translate("run", "Switch automatic recovery on again"),
    "fenced": lambda: translate("run", "{node} is fenced: it can't accept writes until it is rejoined"),
    "fence": lambda: translate("run", "Fence {node} as soon as its host answers"),
    "attach": lambda: translate("run", "Attach {node} again: it follows nobody now"),
    "repoint": lambda: translate("run", "Point {node} at the new primary"),
    "sync": lambda: translate("run", "Set for whom commits wait: fewer standbys follow than was promised"),
    "slots": lambda: translate("run", "Drop the slots on {node} that nobody uses"),
    "archive-gap": lambda: translate("run", "A part of the WAL archive is missing: a point in time can't be restored"),
    "books": lambda: translate("run", "Prove the books: that was not done"),
    "lock": lambda: translate("run", "Give the lock back on {node}"),
    "inventory": lambda: translate("run", "Take {node} out of the inventory, or add it again: its data is there"),
    "unfinished": lambda: translate("run", "See to {node}: the plan was left in its middle"),
    "archive-gaps": lambda: translate("run", "These WAL files are missing in the archive: {node}"),
    "lost-acknowledged": lambda: translate("run", "{node} acknowledged writes of the outage meter are lost"),
    "report-not-written": lambda: translate("run", "The report could not be written: {node}"),
    "outage-row": lambda: translate("run", "Remove the outage meter's row: it could not be cleared away"),
    "outage-client": lambda: translate("run", "End the outage meter's client on {node}"),
    "rescue-files": lambda: translate("run", "The rescued WAL on {node} is kept as evidence: remove it when read"),
    "old-data": lambda: translate("run", "The old data of {node} is kept: delete it when the new is trusted"),
}
