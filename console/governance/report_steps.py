"""The part of a report about what was done: steps with their times, commands with their exit codes, the journal."""

from console.domain.plan import Act, Step
from console.domain.run import Entry, Mode, RunView, StepReport, StepState
from console.governance.report_markup import Raw, block, paragraph, section, table, tag, text
from console.governance.report_values import Report
from console.governance.report_words import Words, act_phrase, clock, duration

_STATES = {
    StepState.DONE: "ok", StepState.ALREADY_SO: "ok", StepState.FAILED: "lost", StepState.UNDONE: "warn",
    StepState.SKIPPED: "warn", StepState.RUNNING: "unknown", StepState.WAITING: "unknown",
}  # fmt: skip


def steps(report: Report, words: Words) -> Raw:
    """Each step: how it ended, when, how long it took, what proved it. The point of no return is marked."""
    run = report.run
    rows = []
    for number, (step, told) in enumerate(_paired(run), 1):
        said = words.step(step)
        if step.no_return:
            passed = "" if run.no_return_at is None else f", passed {clock(run.no_return_at)}"
            said = f"{said}. Point of no return{passed}"
        proof = told.observed or words.proof(step)
        looked = run.mode is Mode.REHEARSAL and told.state in (StepState.DONE, StepState.ALREADY_SO)
        state = tag("unknown", "looked at") if looked else tag(_STATES[told.state], words.word(told.state.value))
        rows.append((
            str(number), said, state, clock(told.begun_at),
            "—" if told.seconds is None else duration(told.seconds),
            "—" if step.expected_seconds is None else duration(step.expected_seconds), proof,
        ))  # fmt: skip
    head = ("", "Step", "State", "Begun (UTC)", "Took", "Expected", "Proof")
    return section("steps", "Steps", table(head, rows, numbers=frozenset({4, 5})))


def commands(report: Report, words: Words) -> Raw:
    """What was sent, to which host, how it ended, and the last lines it printed."""
    run = report.run
    guard = (
        "Each command was sent behind a guard that first checks the lock and its term on the node; "
        "the guard is the same everywhere and is left out here."
    )
    parts: list[str] = [paragraph(guard, muted=True)]
    for number, (step, told) in enumerate(_paired(run), 1):
        ended = [entry for entry in run.log if entry.step == step.key and entry.word == "outcome"]
        if not step.acts and not ended and not told.output:
            continue
        parts.append(f"<h2>{number}. {text(words.step(step))}</h2>")
        for act in step.acts:
            parts.append(_act(act, run_begun=told.state is not StepState.WAITING))
        parts.append(table(("Ended (UTC)", "On", "What", "Exit code", "Took", "What it said"),
                           (_ended(entry, words) for entry in ended), numbers=frozenset({3, 4})))  # fmt: skip
        parts.append(block(told.output))
    return section("commands", "Commands and what they answered", *parts)


def _act(act: Act, *, run_begun: bool) -> str:
    state = "" if run_begun else " (not sent)"
    said = act_phrase(act)
    head = paragraph(f"{act.node}: {said}{state}")
    return head + (block(act.script.splitlines()) if act.script else "")


def _ended(entry: Entry, words: Words) -> tuple[str, ...]:
    """How one command ended. A guard's refusal stands before what the host said."""
    detail = dict(entry.detail)
    said = "; ".join(part for part in (detail.get("refused", ""), detail.get("said", "")) if part)
    seconds = detail.get("seconds", "")
    return (
        clock(entry.at), detail.get("node", ""), words.word(detail.get("verb", "")), detail.get("status", ""),
        f"{seconds} s" if seconds else "", said,
    )  # fmt: skip


def _paired(run: RunView) -> list[tuple[Step, StepReport]]:
    """The plan's steps with their reports; one that the run has no report of has not begun."""
    told = {report.key: report for report in run.steps}
    return [
        (step, told.get(step.key) or StepReport(key=step.key, phase=step.phase, state=StepState.WAITING))
        for step in run.plan.steps
    ]


def journal(report: Report) -> Raw:
    """The journal line by line, as it was flushed before and after each step and command."""
    lines = [
        f"{entry.number:>5}  {clock(entry.at)}  {entry.step:<24} {entry.word:<12} "
        + "  ".join(f"{name}={value}" for name, value in entry.detail)
        for entry in report.run.log
    ]
    out = report.entries_left_out
    note = paragraph(f"{out:,} earlier lines are left out here; they stand in the console's store.") if out else ""
    whole = block(lines) or paragraph("The journal was not handed to this report.", muted=True)
    return section("journal", "Journal", note, whole)
