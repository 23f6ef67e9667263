"""`runs`: changes that run or ran, shown, followed, stopped, and answered."""

from argparse import Namespace
from datetime import UTC, datetime

from console.cli.answers import RunAnswer, RunsAnswer
from console.cli.change import exit_of, last_lines
from console.cli.change_lines import step_lines
from console.cli.face import Exit, Face, expect, failed
from console.cli.follow import ASK_SECONDS_MAX, Follower, Told, ask_for_good, begun_for_good
from console.cli.run_lines import list_lines, outcome_of, run_lines
from console.domain.run import Choice, RunState, RunView
from console.governance.script import plan_script
from console.link.changes import AnswerRun, AskRun, AskRuns, Runs, RunSeen, StopRun
from console.link.messages import Done, Message
from console.link.socket import Link
from console.ui.plan_words import after_stop_sentence, run_headline


def listed(face: Face, options: Namespace) -> Exit:
    """The newest runs, of one cluster if named."""
    with face.link() as link:
        if options.cluster and link.welcome.inventory.cluster(options.cluster) is None:
            there = ", ".join(cluster.name for cluster in link.welcome.inventory.clusters) or "none"
            raise failed("no-cluster", f"there is no cluster {options.cluster!r} in the inventory",
                         where=options.cluster, then=f"clusters there are: {there}")  # fmt: skip
        question = AskRuns(cluster=options.cluster, most=max(1, min(options.most, 1000)))
        found: Runs = expect(link.ask(question), Runs, where=options.cluster)
    face.print(RunsAnswer(runs=found.runs), list_lines(found.runs, datetime.now(UTC)))
    return Exit.DONE


def show(face: Face, options: Namespace) -> Exit:
    """One run as it stands; its exit code is 0 whatever became of it: it was shown."""
    with face.link() as link:
        run = _asked(link, options.run_id)
    script = plan_script(run.plan) if options.script else None
    answer = RunAnswer(outcome=outcome_of(run), sentence=run_headline(run), run=run, script=script)
    lines = script.splitlines() if script is not None else run_lines(run, journal=options.journal)
    if options.commands and script is None:
        lines = [*lines, "", *step_lines(run.plan, commands=True)]
    face.print(answer, lines)
    return Exit.DONE


def resume(face: Face, options: Namespace) -> Exit:
    """Follow a run to its end. One that stopped and may go on is told to; what else it asks is asked here."""
    told = Told()
    with face.link(watches=True, on_message=told.heard) as link:
        run = _asked(link, options.run_id)
        question = run.question if run.state is RunState.ASKING else None
        if question is not None and Choice.GO_ON not in question.choices:
            question = None  # it is put to whoever sits here
        with begun_for_good(run.plan.cluster):
            if question is not None:
                _taken(ask_for_good(link, AnswerRun(run=run.id, choice=Choice.GO_ON), run.plan.cluster), run)
                run = _asked(link, run.id)
            run = Follower(face, link, told).to_the_end(run, answered=question)
    return _end(face, run)


def stop(face: Face, options: Namespace) -> Exit:
    """Ask a run to stop at its next safe point; it stops there and asks what to do."""
    with face.link() as link:
        before = _asked(link, options.run_id)
        _taken(ask_for_good(link, StopRun(run=options.run_id), before.plan.cluster), before)
        run = _asked(link, options.run_id)
    answer = RunAnswer(outcome=outcome_of(run), sentence=run_headline(run), run=run)
    face.print(answer, [f"It stops at the next safe point. {after_stop_sentence(run)}"])
    return Exit.DONE


def answer(face: Face, options: Namespace) -> Exit:
    """Answer a run's question and follow it to its end."""
    choice = Choice(options.choice)
    if choice is Choice.ACCEPT_LOSS and options.max_loss_entries is None:
        raise failed("usage", "accept-loss needs the new maximum", then="add --max-loss-entries N", code=Exit.USAGE)
    told = Told()
    with face.link(watches=True, on_message=told.heard) as link:
        run = _asked(link, options.run_id)
        if run.question is None or run.state is not RunState.ASKING:
            raise failed("no-question", f"the run {options.run_id} asks nothing now", where=run.plan.cluster,
                         then=f"see 'ledger-console runs show {options.run_id}'")  # fmt: skip
        if choice not in run.question.choices:
            there = ", ".join(one.value for one in run.question.choices)
            raise failed("no-choice", f"{choice.value} is no answer to what the run {options.run_id} asks",
                         where=run.plan.cluster, then=f"answers there are: {there}")  # fmt: skip
        given = AnswerRun(run=run.id, choice=choice, loss_entries_max=options.max_loss_entries, reason=options.reason)
        with begun_for_good(run.plan.cluster):
            _taken(ask_for_good(link, given, run.plan.cluster), run)
            run = Follower(face, link, told).to_the_end(_asked(link, run.id), answered=run.question)
    return _end(face, run)


def _asked(link: Link, run: str) -> RunView:
    seen: RunSeen = expect(link.ask(AskRun(run=run), seconds_max=ASK_SECONDS_MAX), RunSeen, where=run)
    return seen.run


def _taken(said: Message, run: RunView) -> None:
    """The engine took it, whichever way it says so; else CommandFailed with why not."""
    if not isinstance(said, RunSeen):
        expect(said, Done, where=run.plan.cluster)


def _end(face: Face, run: RunView) -> Exit:
    answer = RunAnswer(outcome=outcome_of(run), sentence=run_headline(run), run=run)
    face.print(answer, last_lines(run))
    return exit_of(answer.outcome)
