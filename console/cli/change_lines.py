"""A plan, its checks, candidates and loss as lines for a person at a terminal: what could be done, at what cost."""

from datetime import datetime
from typing import Final

from console.domain.plan import Act, Candidate, Checked, LossBasis, Operation, Outcome, Plan, Step
from console.domain.recommendation import Option, Situation, Way
from console.domain.text import shown
from console.ui import words
from console.ui.plan_words import (
    check_name,
    checked_text,
    loss_amounts,
    loss_figure,
    loss_ground,
    loss_sentence,
    mend_sentence,
    outcome_word,
    phase_name,
    plan_title,
    proof_clauses,
    reason_sentence,
    step_sentence,
    way_name,
)
from console.ui.wizard_words import note_sentence

_ORDER: Final = (Outcome.REFUSE, Outcome.WARN, Outcome.NOT_CHECKED, Outcome.PASS)


def plan_lines(plan: Plan, *, commands: bool = False) -> list[str]:
    """All that a person reads before saying yes: checks with the refusals first, candidates, loss, steps, digest."""
    lines = [f"{plan_title(plan)} ({shown(plan.environment)})", ""]
    lines += check_lines(plan.checks)
    lines += candidate_lines(plan.candidates, chosen=plan.target)
    if plan.loss is not None:
        lines += ["Loss", *loss_lines(plan), ""]
    if plan.steps:
        lines += step_lines(plan, commands=commands)
    expected = []
    if plan.expected_gap_seconds is not None:
        expected.append(f"no write for about {words.duration(plan.expected_gap_seconds)}")
    if plan.expected_seconds is not None and plan.steps:
        expected.append(f"about {words.duration(plan.expected_seconds)} in all")
    lines += [f"Expected: {', '.join(expected)}."] if expected else []
    lines += note_lines(plan)
    lines.append(f"Digest {plan.digest}")
    return lines


def note_lines(plan: Plan) -> list[str]:
    """What the plan itself has to say beside its steps."""
    said = [note_sentence(word, value) for word, value in plan.notes]
    wanted = dict(plan.notes).get("attest", "")
    if wanted:
        said.append(f"A person has to vouch for {shown(plan.subject)}, by name, in these words: '{shown(wanted)}'.")
    return [text for text in said if text]


def check_lines(checks: tuple[Checked, ...]) -> list[str]:
    """The checks, what refuses first, each with what was observed against what, and how it is mended."""
    if not checks:
        return []
    counts = ((outcome, sum(one.outcome is outcome for one in checks)) for outcome in _ORDER)
    lines = ["Checks: " + ", ".join(f"{count} {outcome_word(outcome)}" for outcome, count in counts if count)]
    for check in sorted(checks, key=lambda one: _ORDER.index(one.outcome)):
        lines.append(_check(check))
        mend = mend_sentence(check)
        if mend and check.outcome is not Outcome.PASS:
            lines.append(f"{'':16}{mend}")
    return [*lines, ""]


def _check(check: Checked) -> str:
    observed = checked_text(check.check, check.observed)
    if check.threshold is not None and check.threshold != "":
        observed = f"{observed}, against {checked_text(check.check, check.threshold)}"
    node = f" {shown(check.node)}" if check.node else ""
    source = f"  ({shown(check.source)}, {check.at:%H:%M:%S})" if check.source else ""
    return f"  {outcome_word(check.outcome).upper():<13} {check_name(check.check)}{node}: {observed}{source}"


def candidate_lines(candidates: tuple[Candidate, ...], *, chosen: str = "") -> list[str]:
    """Who could be promoted; who could not stays visible, with every reason."""
    if not candidates:
        return []
    lines = ["Candidates"]
    for one in candidates:
        mark = "*" if one.node == chosen and chosen else " "
        reasons = "; ".join(reason_sentence(reason, one.node) for reason in one.reasons)
        loss = loss_sentence(one.loss, short=True) if one.eligible and one.loss is not None else ""
        said = "; ".join(part for part in (loss, reasons) if part)
        place = "" if one.timeline is None else f"timeline {one.timeline}"
        position = "" if one.position is None else f" at {shown(one.position)}"
        behind = "" if one.lag_bytes is None else f", {words.bytes_text(one.lag_bytes)} behind"
        word = "eligible" if one.eligible else "not eligible"
        lines.append(f" {mark}{shown(one.node):<14} {word:<13} {said}  ({place}{position}{behind})")
    return [*lines, ""]


def loss_lines(plan: Plan) -> list[str]:
    """What would be lost, what that rests on, and how much was approved."""
    promotes = plan.operation in (Operation.SWITCHOVER, Operation.FAILOVER)
    if not promotes and plan.loss is not None and plan.loss.basis is LossBasis.NONE:
        return ["  Nothing that was acknowledged is lost."]
    lines = [f"  {loss_sentence(plan.loss, short=False) if promotes else loss_figure(plan.loss).capitalize()}."]
    amounts, ground = loss_amounts(plan.loss), loss_ground(plan.loss)
    if amounts:
        lines.append(f"  Seen: {amounts}.")
    if ground:
        lines.append(f"  {ground[:1].upper()}{ground[1:]}.")
    lines.append(f"  At most {words.number(plan.loss_entries_max)} entries may be lost by this plan.")
    return lines


def step_lines(plan: Plan, *, commands: bool) -> list[str]:
    """Every step with its sentence and what proves it; the point of no return is a line of its own."""
    lines, phase = ["Plan"], None
    for number, step in enumerate(plan.steps, 1):
        if step.phase is not phase:
            phase = step.phase
            lines.append(f"  {phase_name(phase)}")
        if step.no_return:
            lines.append("  --- point of no return: once the next step has begun there is no way back ---")
        lines.append(f"  {number:>3}  {step_sentence(plan, step)}{_about_time(step)}")
        proofs = proof_clauses(plan, step)
        if proofs:
            lines.append(f"       proof: {words.joined(proofs)}")
        if commands:
            lines += [line for act in step.acts for line in act_lines(act)]
    return [*lines, ""]


def _about_time(step: Step) -> str:
    return "" if step.expected_seconds is None else f"  (about {words.duration(step.expected_seconds)})"


def act_lines(act: Act) -> list[str]:
    """The exact commands of an act as they are sent, behind the guard that checks the lock on the node."""
    head = f"       on {shown(act.node)}, {act.verb.value}:"
    body = [f"         | {_whole(line)}" for line in act.script.splitlines()]
    return [head, *body] if body else [f"{head} by the console itself"]


def _whole(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return " " * min(indent, 80) + shown(line, characters_max=4000)


def situation_lines(situation: Situation, *, now: datetime) -> list[str]:
    """Who sees whom, who could take over, what each way would cost, and which one is recommended."""
    primary = shown(situation.primary or "") or "none is known"
    level = "" if situation.level is None else f", {words.level_word(situation.level)}"
    state = "lost" if situation.primary_lost else "alive"
    lines = [f"{shown(situation.cluster)} at {words.moment(situation.at, now)} UTC. Primary: {primary}, {state}{level}"]
    if situation.primary is None:
        lines = [f"{shown(situation.cluster)} at {words.moment(situation.at, now)} UTC. Primary: {primary}{level}"]
    if situation.operation_running:
        lines.append(f"A run has not ended: {shown(situation.operation_running)}. "
                     f"See 'ledger-console runs show {shown(situation.operation_running)}'.")  # fmt: skip
    if situation.seeing:
        lines += ["", "Who sees whom"]
    for seen in situation.seeing:
        seconds = "" if seen.seconds is None else f"  {words.round_trip(seen.seconds)}"
        source = f"  ({shown(seen.source)})" if seen.source else ""
        lines.append(f"  {shown(seen.asker):<14} -> {shown(seen.answerer):<14} {shown(seen.state)}{seconds}{source}")
    lines += ["", *candidate_lines(situation.candidates)] if situation.candidates else [""]
    if situation.rejoin:
        lines += [f"Could be rejoined: {words.joined([shown(node) for node in situation.rejoin])}", ""]
    lines.append("What could be done")
    lines += [_option(one, recommended=one.way is situation.recommended) for one in situation.options]
    return lines


def _option(option: Option, *, recommended: bool) -> str:
    mark = "*" if recommended else " "
    node = f" {shown(option.node)}" if option.node else ""
    said = [] if option.possible else ["not possible"]
    if option.reason:
        said.append(reason_sentence(option.reason, option.node))
    if option.possible and option.loss is not None:
        said.append(loss_sentence(option.loss, short=True))
    if option.possible and option.seconds is not None:
        ground = f" ({shown(option.seconds_from)})" if option.seconds_from else ""
        said.append(f"about {words.duration(option.seconds)}{ground}")
    return f" {mark}{way_name(option.way)}{node}: {'; '.join(said) or 'possible'}"


def situation_sentence(situation: Situation) -> str:
    """The recommendation in one sentence."""
    chosen = next((one for one in situation.options if one.way is situation.recommended), None)
    if chosen is None or situation.recommended is Way.WAIT:
        why = "" if chosen is None or not chosen.reason else f": {reason_sentence(chosen.reason, chosen.node)}"
        return f"Recommended: wait{why}"
    return f"Recommended: {_option(chosen, recommended=False).strip()}"
