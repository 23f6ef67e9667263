"""A run as lines for a person at a terminal: each step as it is proven, the question, the end, the journal."""

from datetime import datetime
from typing import Final

from console.domain.fleet import Unit
from console.domain.plan import Step
from console.domain.run import Choice, Mode, Question, RunState, RunView, StepReport, StepState
from console.domain.text import shown
from console.ui import words
from console.ui.acceptance_words import ACCEPT_STEP
from console.ui.plan_words import (
    asks_sentence,
    choice_label,
    choice_meaning,
    gap_text,
    left_to_do_sentence,
    loss_amounts,
    loss_figure,
    loss_ground,
    plan_title,
    readable,
    run_headline,
    run_line,
    short_title,
    state_word,
    step_sentence,
    step_state_word,
    when_text,
)

SETTLED: Final = frozenset(
    {StepState.DONE, StepState.ALREADY_SO, StepState.FAILED, StepState.SKIPPED, StepState.UNDONE}
)
OUTPUT_LINES_MAX: Final = 12


def outcome_of(run: RunView) -> str:
    """The word for where a run stands: proven, rehearsed, not-proven, asks, cancelled, left, running, waiting.

    'proven' is said only where no step failed or was left out by a person, and no check of the books failed.
    """
    match run.state:
        case RunState.ASKING:
            return "asks"
        case RunState.CANCELLED:
            return "cancelled"
        case RunState.LEFT:
            return "left"
        case RunState.WAITING:
            return "waiting"
        case RunState.RUNNING | RunState.STOPPING:
            return "running"
        case RunState.DONE:
            required = {step.key for step in run.plan.steps if step.required}
            open_steps = [one for one in run.steps if one.state in (StepState.FAILED, StepState.SKIPPED)]
            broken = any(one.key in required for one in open_steps) or any(b.outcome == "failed" for b in run.books)
            if broken:
                return "not-proven"
            return "rehearsed" if run.mode is Mode.REHEARSAL else "proven"


def step_line(run: RunView, number: int, step: Step, told: StepReport) -> list[str]:
    """One settled step: number, state, time, sentence and what proved it, or what was seen instead."""
    seconds = "" if told.seconds is None else _seconds(told.seconds)
    looked = run.mode is Mode.REHEARSAL and told.state in (StepState.DONE, StepState.ALREADY_SO)
    state = "looked at" if looked else step_state_word(told.state)
    if told.state is StepState.FAILED and step.key == ACCEPT_STEP:  # nothing failed: a person is asked what was seen
        return [f"{number:>3}/{len(run.plan.steps)}  {'asks':<11} {'':>9}  {step_sentence(run.plan, step)}"]
    head = f"{number:>3}/{len(run.plan.steps)}  {state:<11} {seconds:>9}  "
    lines = [f"{head}{step_sentence(run.plan, step)}{f': {shown(told.observed)}' if told.observed else ''}"]
    if told.state is StepState.FAILED:
        lines += [f"{'':14}| {shown(line)}" for line in told.output[-OUTPUT_LINES_MAX:]]
    return lines


def running_line(run: RunView) -> str:
    """What runs at this moment, for a line that is written over; empty where nothing does."""
    for number, step in enumerate(run.plan.steps, 1):
        told = next((one for one in run.steps if one.key == step.key), None)
        if told is not None and told.state is StepState.RUNNING:
            return f"{number:>3}/{len(run.plan.steps)}  {step_sentence(run.plan, step)} …"
    return ""


def _seconds(seconds: float) -> str:
    return words.round_trip(seconds) if seconds < 1 else words.value_text(seconds, Unit.SECONDS, _ANY)


_ANY: Final = datetime.fromtimestamp(0)


def question_lines(run: RunView, question: Question) -> list[str]:
    """What the run asks, and what each answer would mean, numbered from 1."""
    lines = ["", f"{asks_sentence(question, run.plan)}."]
    if question.detail:
        lines.append(f"  {shown(question.detail)}")
    for number, choice in enumerate(question.choices, 1):
        lines.append(f"  {number}  {choice.value:<12} {choice_label(choice, question)}: {choice_meaning(choice, run)}")
    return lines


def answer_command(run: RunView, choice: Choice) -> str:
    """How a choice is given on the command line."""
    more = " --max-loss-entries N" if choice is Choice.ACCEPT_LOSS else ""
    return f"ledger-console runs answer {shown(run.id)} {choice.value}{more}"


def ending_lines(run: RunView) -> list[str]:
    """The last lines of a run: how it ended, the write gap, the loss, the books, what is left to do, the report."""
    lines = ["", f"{run_headline(run)}."]
    real = run.mode is Mode.REAL
    if real:
        lines.append(f"  Write gap: {_gap(run)}")
        lines.append(f"  Loss: {_loss(run)}")
        lines.append(f"  Books: {_books(run)}")
    for name, planned, now in ((d.name, d.planned, d.now) for d in run.differences):
        lines.append(f"  Changed since the plan was made: {shown(name)}, planned {shown(planned)}, now {shown(now)}")
    lines += [f"  Left to do: {left_to_do_sentence(word)}" for word in run.left_to_do]
    if real and run.state is RunState.DONE and not run.left_to_do:
        lines.append("  Left to do: nothing")
    lines.append(f"  Report: {shown(run.report)}" if run.report else f"  Run: {shown(run.id)}")
    return lines


def _gap(run: RunView) -> str:
    outage = run.outage
    if outage is None:
        return "not measured"
    if outage.gap_seconds is None:
        return f"not measured: {readable(outage.why)}" if outage.why else "not measured"
    gap = gap_text(outage.gap_seconds) + (", and no write succeeds yet" if outage.open else "")
    lost = "not compared" if outage.lost_acknowledged is None else words.number(outage.lost_acknowledged)
    return (
        f"{gap} as a client saw it ({words.number(outage.acknowledged)} of {words.number(outage.attempts)} writes "
        f"acknowledged, {words.number(outage.errors)} errors, {words.number(outage.unknown)} unknown; "
        f"acknowledged and lost: {lost})"
    )


def _loss(run: RunView) -> str:
    loss, when = (run.loss, "at the gate") if run.loss is not None else (run.plan.loss, "as previewed")
    if loss is None:
        return "none was to be expected by this plan, and none was computed"
    parts = [f"{loss_figure(loss)}, {when}", loss_amounts(loss), loss_ground(loss)]
    return "; ".join(part for part in parts if part)


def _books(run: RunView) -> str:
    """Each check once, with the narrowest scope in which it was proven; what failed or was not checked stands alone."""
    if not run.books:
        return "not checked"
    said = []
    for outcome, word in (("failed", "failed"), ("proven", "proven"), ("not-checked", "not checked")):
        found: dict[str, list[str]] = {}
        for one in run.books:
            if one.outcome == outcome:
                found.setdefault(one.check, []).append(shown(one.scope))
        names = [f"{readable(check)} ({_several(scopes)})" for check, scopes in found.items()]
        if names:
            said.append(f"{word}: {words.joined(names)}")
    return "; ".join(said)


def _several(scopes: list[str]) -> str:
    """A scope once, and on how many nodes where it is several times the same or nearly so."""
    shortest = min(scopes, key=lambda scope: (len(scope), scope))
    return shortest if len(scopes) == 1 else f"{shortest}, on {len(scopes)} nodes"


def run_lines(run: RunView, *, journal: bool = False) -> list[str]:
    """One run as `runs show` prints it: title, each step, its question, its end; with its journal if asked for."""
    lines = [f"{plan_title(run.plan)}, {state_word(run)}", f"  {run_line(run)}"]
    lines.append(f"  Run {shown(run.id)}, plan {shown(run.plan.id)}, digest {run.plan.digest}")
    lines.append("")
    told = {one.key: one for one in run.steps}
    for number, step in enumerate(run.plan.steps, 1):
        report = told.get(step.key) or StepReport(key=step.key, phase=step.phase, state=StepState.WAITING)
        lines += step_line(run, number, step, report)
    if run.question is not None and run.state is RunState.ASKING:
        lines += question_lines(run, run.question)
    lines += ending_lines(run)[1:] if run.state not in (RunState.ASKING,) else []
    if journal:
        lines += ["", "Journal", *journal_lines(run)]
    return lines


def journal_lines(run: RunView) -> list[str]:
    """What was written down before and after each step and command, in order."""
    lines = [
        f"  {entry.number:>4} {entry.at:%H:%M:%S}.{entry.at.microsecond // 1000:03d} {shown(entry.step):<18} "
        f"{shown(entry.word):<11} {' '.join(f'{shown(name)}={shown(value)}' for name, value in entry.detail if value)}"
        for entry in run.log
    ]
    return lines or ["  Nothing was written down yet."]


def list_lines(runs: tuple[RunView, ...], now: datetime) -> list[str]:
    """A line a run, the newest first."""
    lines = [
        f"{shown(run.id):<28} {when_text(run, now):<16} {shown(run.plan.cluster):<14} "
        f"{'rehearsal: ' if run.mode is Mode.REHEARSAL else ''}{short_title(run.plan)}, {state_word(run)}, "
        f"by {shown(run.person)}"
        for run in runs
    ]
    return lines or ["No change was run yet."]
