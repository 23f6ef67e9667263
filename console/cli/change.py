"""The commands that change a cluster: propose, show, have it confirmed by name, run, and tell how it ended."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from typing import Final

from console.cli.answers import ChangeAnswer, SituationAnswer
from console.cli.change_lines import plan_lines, situation_lines, situation_sentence
from console.cli.face import Exit, Face, expect, failed
from console.cli.follow import Follower, Told, ask_for_good, begun_for_good
from console.cli.prompter import typed
from console.cli.run_lines import answer_command, ending_lines, outcome_of, question_lines
from console.domain.plan import LossBasis, Operation, Outcome, Pairs, Plan
from console.domain.recommendation import Situation
from console.domain.run import Mode, RunView
from console.domain.text import shown
from console.link.changes import AskSituation, Propose, Proposed, RunSeen, StartRun
from console.ui.plan_words import check_name, loss_figure, plan_title, run_headline

LOOK_SECONDS_MAX: Final = 90.0  # for every node to be asked once, hanging ones until their limit
_EXITS: Final = {
    "proven": Exit.DONE, "rehearsed": Exit.DONE, "asks": Exit.PERSON, "waiting": Exit.PERSON, "running": Exit.PERSON,
    "to-confirm": Exit.PERSON, "loss-above": Exit.PERSON,
}  # fmt: skip


def exit_of(outcome: str) -> Exit:
    """0 proven or rehearsed, 3 a person must decide or the run goes on without this command, 1 all else."""
    return _EXITS.get(outcome, Exit.REFUSED)


def situation(face: Face, options: Namespace) -> Exit:
    """Ask every node of a cluster now, and say what could be done. Nothing changes."""
    with face.link() as link:
        question = AskSituation(cluster=options.cluster)
        seen: Situation = expect(link.ask(question, seconds_max=LOOK_SECONDS_MAX), Situation, where=options.cluster)
    sentence = situation_sentence(seen)
    lines = [*situation_lines(seen, now=datetime.now(UTC)), "", f"{sentence}."]
    face.print(SituationAnswer(situation=seen, sentence=sentence), lines)
    return Exit.DONE


def switchover(face: Face, options: Namespace) -> Exit:
    proposal = Propose(cluster=options.cluster, operation=Operation.SWITCHOVER, target=options.to)
    return propose_and_run(face, options, proposal)


def failover(face: Face, options: Namespace) -> Exit:
    fence = options.fence or ("attest" if options.attest else "")
    chosen: Pairs = (("fence", fence),) if fence else ()
    if options.no_rescue:
        chosen = (*chosen, ("rescue", "no"))
    proposal = Propose(
        cluster=options.cluster, operation=Operation.FAILOVER, target=options.to,
        loss_entries_max=options.max_loss_entries, options=chosen,
    )  # fmt: skip
    return propose_and_run(face, options, proposal)


def restart(face: Face, options: Namespace) -> Exit:
    proposal = Propose(cluster=options.cluster, operation=Operation.RESTART, subject=options.node)
    return propose_and_run(face, options, proposal)


def rejoin(face: Face, options: Namespace) -> Exit:
    chosen: Pairs = (("way", "rebuild"),) if options.rebuild else ()
    if options.fork:
        chosen = (*chosen, ("fork", options.fork))
    proposal = Propose(
        cluster=options.cluster, operation=Operation.REJOIN, subject=options.node, target=options.to, options=chosen
    )
    return propose_and_run(face, options, proposal)


def protect(face: Face, options: Namespace) -> Exit:
    if not options.sync and not options.commit:
        raise failed("usage", "protect needs --sync HOW, --commit LEVEL, or both", code=Exit.USAGE)
    chosen: Pairs = (("sync", options.sync),) if options.sync else ()
    if options.commit:
        chosen = (*chosen, ("commit", options.commit))
    return propose_and_run(face, options, Propose(cluster=options.cluster, operation=Operation.PROTECT, options=chosen))


def node_add(face: Face, options: Namespace) -> Exit:
    proposal = Propose(
        cluster=options.cluster, operation=Operation.NODE_ADD, subject=options.node, target=options.source
    )
    return propose_and_run(face, options, proposal)


def node_remove(face: Face, options: Namespace) -> Exit:
    proposal = Propose(cluster=options.cluster, operation=Operation.NODE_REMOVE, subject=options.node)
    return propose_and_run(face, options, proposal)


def propose_and_run(face: Face, options: Namespace, proposal: Propose) -> Exit:
    """From a proposal to a proven end, or to the reason why it did not come to that."""
    told = Told()
    with face.link(watches=True, on_message=told.heard) as link:
        answer = link.ask(proposal, seconds_max=LOOK_SECONDS_MAX)
        proposed: Proposed = expect(answer, Proposed, where=proposal.cluster)
        plan = proposed.plan
        if not face.json:
            for line in plan_lines(plan, commands=options.commands):
                face.say(line)
        if plan.refused:
            return _refused(face, plan)
        if not options.rehearse and loss_above(plan):
            return _loss_above(face, plan)
        start = _start(face, options, plan)
        if start is None:
            sentence = f"{plan_title(plan)}: nothing was begun. A person has to say yes: --yes, or at a terminal"
            return _end(face, ChangeAnswer(outcome="to-confirm", sentence=sentence, plan=plan), [f"{sentence}."])
        with begun_for_good(plan.cluster):
            begun: RunSeen = expect(ask_for_good(link, start, plan.cluster), RunSeen, where=plan.cluster)
            run = Follower(face, link, told).to_the_end(begun.run)
    return finish(face, run)


def _refused(face: Face, plan: Plan) -> Exit:
    """Its own checks refuse it; they were printed with how to mend them."""
    names = ", ".join(dict.fromkeys(check_name(c.check) for c in plan.checks if c.outcome is Outcome.REFUSE))
    sentence = f"{plan_title(plan)} is refused: {names}. Nothing was changed"
    return _end(face, ChangeAnswer(outcome="refused", sentence=sentence, plan=plan), ["", f"{sentence}."])


def loss_above(plan: Plan) -> bool:
    """Would more be lost by a failover than may be? What is not known is more than may be."""
    if plan.operation is not Operation.FAILOVER or plan.loss is None or plan.loss.basis is LossBasis.NONE:
        return False
    if dict(plan.notes).get("rescue"):
        return False  # the gate counts behind the fence, and stops above the maximum
    most = plan.loss.entries_high
    return most is None or most > plan.loss_entries_max


def _loss_above(face: Face, plan: Plan) -> Exit:
    """A person must decide how much may be lost; the plan is not begun."""
    most = None if plan.loss is None else plan.loss.entries_high
    figure = loss_figure(plan.loss)
    sentence = f"The loss ({figure}) is above the approved {plan.loss_entries_max:,} entries. Nothing was changed"
    then = "Its upper end is not known, so no maximum covers it." if most is None else (
        f"To accept it by name: add --max-loss-entries {most}")  # fmt: skip
    return _end(face, ChangeAnswer(outcome="loss-above", sentence=sentence, plan=plan), ["", f"{sentence}.", then])


def _start(face: Face, options: Namespace, plan: Plan) -> StartRun | None:
    """What starts it: a rehearsal as it is, a real run with the cluster's name as a person typed it.

    None where nobody can be asked. Raises CommandFailed where another name was typed: nothing has begun then.
    """
    attested = getattr(options, "attest", "")
    if options.rehearse:
        return StartRun(plan=plan.id, digest=plan.digest, mode=Mode.REHEARSAL, loss_entries_max=plan.loss_entries_max,
                        attested=attested)  # fmt: skip
    confirmed = plan.cluster
    if options.yes:
        attested = _attested(face, plan, attested)
    else:
        if face.json or not sys.stdin.isatty():
            return None
        attested = _attested(face, plan, attested)
        confirmed = typed(f"Type the cluster's name to run this on {shown(plan.cluster)}:", echo=True) or ""
        if confirmed.strip() != plan.cluster:
            raise failed("not-confirmed", f"{shown(confirmed.strip(), characters_max=60)!r} is not the cluster's name; "
                         "nothing was changed", where=plan.cluster, then="run the command again")  # fmt: skip
    return StartRun(
        plan=plan.id, digest=plan.digest, mode=Mode.REAL, confirmed=confirmed.strip(),
        loss_entries_max=plan.loss_entries_max, attested=attested, break_glass=options.break_glass,
    )  # fmt: skip


def _attested(face: Face, plan: Plan, given: str) -> str:
    """What a person has to vouch for, word for word: as it was given, else typed now; empty where nothing is asked."""
    wanted = dict(plan.notes).get("attest", "")
    if not wanted:
        return given
    said = given
    if not said and not face.json:
        said = typed(f"You vouch for {shown(plan.subject)}, by name. Type {shown(wanted)}:", echo=True) or ""
    if said.strip() != wanted:
        raise failed("not-attested", f"nobody vouched for {shown(plan.subject)}; nothing was changed",
                     where=plan.subject, then=f"the plan's own words for it: --attest {shown(wanted)}",
                     code=Exit.REFUSED if said else Exit.PERSON)  # fmt: skip
    return wanted


def finish(face: Face, run: RunView) -> Exit:
    """The last lines of a run, or its question where nobody here could answer it."""
    outcome = outcome_of(run)
    answer = ChangeAnswer(outcome=outcome, sentence=run_headline(run), plan=run.plan, run=run)
    return _end(face, answer, last_lines(run))


def last_lines(run: RunView) -> list[str]:
    """How it ended; of a run that asks, the question with the commands that answer it."""
    if run.question is not None and outcome_of(run) == "asks":
        commands = [f"  {answer_command(run, choice)}" for choice in run.question.choices]
        return [*question_lines(run, run.question), "Answer it with one of:", *commands]
    lines = ending_lines(run)
    if outcome_of(run) == "waiting":
        lines.append(f"  It waits for a second person: 'ledger-console approve {shown(run.id)}', then "
                     f"'ledger-console runs resume {shown(run.id)}'.")  # fmt: skip
    if outcome_of(run) == "running":
        lines.append(f"  Follow it: 'ledger-console runs resume {shown(run.id)}'.")
    return lines


def _end(face: Face, answer: ChangeAnswer, lines: list[str]) -> Exit:
    face.print(answer, lines)
    return exit_of(answer.outcome)
