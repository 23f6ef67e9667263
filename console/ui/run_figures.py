"""The four figures of a run: time without writes, time of the step, what is lost, whether the books are whole."""

from datetime import datetime
from typing import Final

from console.domain.plan import LossBasis, Operation
from console.domain.run import BooksLine, Mode, RunState, RunView, StepState
from console.ui.loss_words import loss_amounts, loss_figure, loss_ground
from console.ui.measures import duration, number
from console.ui.outage_strip import had_gap, longest_gap
from console.ui.run_words import gap_text, has_ended, running_step, step_number, stopped_before
from console.ui.speech import counted, translate
from console.ui.theme import Token

Told = tuple[str, str, str, Token]  # label, figure, what is said of it, colour
_HOLDS: Final = (StepState.DONE, StepState.ALREADY_SO)


def run_figures(run: RunView, now: datetime) -> tuple[Told, ...]:
    """The figures as they stand at this moment."""
    changes = run.plan.operation in (Operation.SWITCHOVER, Operation.FAILOVER)
    told = [_writes(run, now), _time(run, now)]
    if changes or run.loss is not None or run.plan.loss is not None:
        told.append(_loss(run))
    told.append(_books(run))
    return tuple(told)


def _writes(run: RunView, now: datetime) -> Told:
    label = translate("run", "Writes stopped for")
    expected = run.plan.expected_gap_seconds
    below = translate("run", "about {time} expected").format(time=gap_text(expected)) if expected is not None else ""
    outage = run.outage
    if run.mode is Mode.REHEARSAL:
        return label, translate("run", "nothing"), translate("run", "a rehearsal stops no write"), Token.TEXT
    if outage is None:
        return label, translate("run", "not measured"), below, Token.TEXT_MUTED
    if outage.open:
        begun = run.begun_at
        gap = longest_gap(outage, (now - begun).total_seconds()) if begun is not None else None
        seconds = gap.end - gap.begin if gap is not None else outage.gap_seconds or 0.0
        said = translate("run", "and still stopped")
        if stopped_before(outage):
            said = translate("run", "since the meter began, and still stopped")
        return label, duration(seconds, whole=True), said, Token.LOST
    if outage.gap_seconds is None or (not had_gap(outage) and not has_ended(run)):
        if not outage.marks:
            return label, translate("run", "not measured"), outage.why.replace("-", " "), Token.TEXT_MUTED
        return label, translate("run", "not at all so far"), below, Token.TEXT
    if stopped_before(outage):
        below = translate("run", "since the meter began: no write succeeded before")
    return label, gap_text(outage.gap_seconds), below, Token.TEXT


def _time(run: RunView, now: datetime) -> Told:
    step = running_step(run)
    if step is not None and step.begun_at is not None and not has_ended(run):
        number_of = step_number(run.plan, step.key)
        planned = next((one for one in run.plan.steps if one.key == step.key), None)
        label = translate("run", "Step {n} has run").format(n=number_of)
        below = ""
        if planned is not None and planned.expected_seconds is not None:
            below = translate("run", "about {time} expected").format(time=gap_text(planned.expected_seconds))
        elif planned is not None:
            limit = duration(planned.limit_seconds, whole=True)
            below = translate("run", "limit {limit}").format(limit=limit)
        return label, duration((now - step.begun_at).total_seconds(), whole=True), below, Token.TEXT
    below = how_far(run)
    if run.begun_at is None:
        return translate("run", "The run has taken"), translate("run", "not begun"), below, Token.TEXT_MUTED
    end = run.ended_at or now
    label = translate("run", "The run took") if has_ended(run) else translate("run", "The run has taken")
    return label, gap_text((end - run.begun_at).total_seconds()), below, Token.TEXT


def how_far(run: RunView) -> str:
    """How far a run is: '4 of 17 steps proven'; a rehearsal proves nothing."""
    done = sum(1 for one in run.steps if one.state in _HOLDS)
    one, many = translate("run", "{done} of 1 step proven"), translate("run", "{done} of {n} steps proven")
    if run.mode is Mode.REHEARSAL:
        one, many = translate("run", "{done} of 1 step looked at"), translate("run", "{done} of {n} steps looked at")
    return counted(len(run.plan.steps), one, many).replace("{done}", str(done))


def _loss(run: RunView) -> Told:
    counted_again = run.loss is not None
    loss = run.loss if run.loss is not None else run.plan.loss
    label = translate("run", "Lost, as planned")
    if run.state is RunState.DONE and run.mode is Mode.REAL and loss is not None and loss.basis is LossBasis.NONE:
        label = translate("run", "Lost")
    if counted_again:
        label = translate("run", "Lost, can no longer grow")
    if has_ended(run) and run.state is not RunState.DONE:
        label = translate("run", "Lost, as last counted")
    figure = loss_figure(loss)
    parts = [loss_amounts(loss) or loss_ground(loss)]
    most = run.loss_entries_max or run.plan.loss_entries_max
    if most:
        parts.append(translate("run", "approved: {n} entries").format(n=number(most)))
    above = loss is not None and loss.entries_high is not None and loss.entries_high > most
    return label, figure, "; ".join(part for part in parts if part), Token.LOST if above else Token.TEXT


def _books(run: RunView) -> Told:
    label = translate("run", "Books whole")
    place = next((number for number, step in enumerate(run.plan.steps, start=1) if step.kind == "books"), None)
    if not run.books:
        below = translate("run", "step {n} proves it").format(n=place) if place is not None else ""
        if has_ended(run) or place is None:
            below = translate("run", "no proof of books was made")
        return label, translate("run", "not checked"), below, Token.TEXT_MUTED
    failed = [line for line in run.books if line.outcome == "failed"]
    missing = [line for line in run.books if line.outcome not in ("failed", "proven")]
    proven = len(run.books) - len(failed) - len(missing)
    if failed:
        return label, translate("run", "no"), _count(failed, translate("run", "failed")), Token.LOST
    said = translate("run", "{n} checks proven").format(n=proven)
    if missing:
        said = f"{said}, {_count(missing, translate('run', 'not checked'))}"
        if not proven:
            return label, translate("run", "not checked"), said, Token.TEXT_MUTED
        return label, translate("run", "as far as checked"), said, Token.TEXT
    return label, translate("run", "proven"), said, Token.OK


def _count(lines: list[BooksLine], word: str) -> str:
    return translate("run", "{n} {word}").format(n=len(lines), word=word)
