"""Follows a run to its end: a line for each step, the question when one comes, and Ctrl+C that stops safely."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from console.cli.answers import ErrorAnswer
from console.cli.face import CommandFailed, Exit, Face
from console.cli.prompter import typed
from console.cli.run_lines import SETTLED, question_lines, running_line, step_line
from console.domain.run import Choice, Question, RunState, RunView
from console.domain.text import shown
from console.link.changes import AnswerRun, AskRun, RunSeen, StopRun
from console.link.frames import LinkLost
from console.link.messages import Done, Message, Refused
from console.link.socket import Link
from console.ui import words
from console.ui.plan_words import after_stop_sentence, has_ended

LOOK_AGAIN_SECONDS: Final = 1.0  # without news the run is asked for: a line that was lost must not hide its end
ANSWERED_SECONDS_MAX: Final = 10.0  # for the engine to take an answer up before the same question is put again
ASK_SECONDS_MAX: Final = 90.0
ANSWERS_TRIED_MAX: Final = 20
_WITH_REASON: Final = frozenset({Choice.ACCEPT_LOSS, Choice.BREAK_LOCK, Choice.SKIP, Choice.LEAVE})


def ask_for_good(link: Link, question: Message, cluster: str) -> Message:
    """Ask what changes something. Where the engine is lost before its answer, nobody knows whether it was begun."""
    try:
        return link.ask(question, seconds_max=ASK_SECONDS_MAX)
    except LinkLost as lost:
        answer = ErrorAnswer(
            error="engine-lost", what=f"{lost.reason}: whether it was begun is not known", where=cluster,
            changed="what was changed stands in the journal", next="see 'ledger-console runs list'",
        )  # fmt: skip
        raise CommandFailed(answer, Exit.PERSON) from lost


@contextmanager
def begun_for_good(cluster: str) -> Iterator[None]:
    """From here on something may have begun: Ctrl+C at any instant leaves it to the engine, and says nothing else."""
    try:
        yield
    except KeyboardInterrupt:
        answer = ErrorAnswer(
            error="interrupted", what="left at the keyboard: what was begun is the engine's, and goes on",
            where=cluster, changed="what was changed stands in the journal",
            next="see 'ledger-console runs list'",
        )  # fmt: skip
        raise CommandFailed(answer, Exit.PERSON) from None


class Told:
    """The newest picture of each run, as the engine tells it; wakes whoever waits for news of one."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._runs: dict[str, RunView] = {}

    def heard(self, message: Message) -> None:
        """Take runs out of what the engine tells; called from the link's own thread."""
        if isinstance(message, RunSeen):
            with self._news:
                self._runs[message.run.id] = message.run
                self._news.notify_all()

    def next(self, run: str, seconds_max: float) -> RunView | None:
        """The newest picture that was not taken yet; None where none came in time."""
        with self._news:
            self._news.wait_for(lambda: run in self._runs, seconds_max)
            return self._runs.pop(run, None)


class Follower:
    """One run, followed by one command. `asks`: is a person at this terminal who can answer?"""

    def __init__(self, face: Face, link: Link, told: Told) -> None:
        self._face, self._link, self._told = face, link, told
        self._asks = not face.json and sys.stdin.isatty()
        self._shown: set[tuple[str, str]] = set()
        self._stopping = False

    def to_the_end(self, run: RunView, *, answered: Question | None = None) -> RunView:
        """The run as it ended, or as it asks where nobody here can answer, or as it was left behind.

        `answered`: a question that has just been answered. Raises CommandFailed where the engine is lost on the way.
        """
        try:
            return self._followed(run, answered)
        except KeyboardInterrupt:  # while the answer to the first was being told
            return self._left(run)

    def _followed(self, run: RunView, answered: Question | None) -> RunView:
        waited, said = 0.0, False
        while True:
            try:
                if not said:
                    said = True
                    self._face.say(f"Run {shown(run.id)}")
                self._show(run)
                if has_ended(run):
                    return self._asked(run)  # with what was added at its very end, as the report's path
                if run.state is RunState.WAITING:
                    return run
                if run.state is RunState.ASKING and run.question is not None:
                    fresh = run.question != answered or waited >= ANSWERED_SECONDS_MAX
                    if fresh:
                        answered = self._answered(run, run.question)
                        waited = 0.0
                        if answered is None:
                            return run
                news = self._told.next(run.id, LOOK_AGAIN_SECONDS)
                waited += 0.0 if news is not None else LOOK_AGAIN_SECONDS
                run = news if news is not None else self._asked(run)
            except KeyboardInterrupt:
                if self._interrupted(run):
                    return run
            except LinkLost as lost:
                raise _out_of_sight(run, lost.reason) from lost

    def _asked(self, run: RunView) -> RunView:
        answer = self._link.ask(AskRun(run=run.id), seconds_max=ASK_SECONDS_MAX)
        if isinstance(answer, RunSeen):
            return answer.run
        why = words.refused_sentence(answer) if isinstance(answer, Refused) else "the engine gave no answer to it"
        raise _out_of_sight(run, why)

    def _show(self, run: RunView) -> None:
        told = {one.key: one for one in run.steps}
        for number, step in enumerate(run.plan.steps, 1):
            report = told.get(step.key)
            if report is None or report.state not in SETTLED or (step.key, report.state.value) in self._shown:
                continue
            self._shown.add((step.key, report.state.value))
            self._over("")
            for line in step_line(run, number, step, report):
                self._face.say(line)
        self._over(running_line(run) if run.state in (RunState.RUNNING, RunState.STOPPING) else "")

    def _over(self, text: str) -> None:
        """The line that is written over again and again: only where a terminal can do that."""
        if sys.stderr.isatty() and not self._face.json:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()

    def _answered(self, run: RunView, question: Question) -> Question | None:
        """Put the question to the person here; None where it stays open."""
        self._over("")
        if not self._asks:
            return None
        for line in question_lines(run, question):
            self._face.say(line)
        for _ in range(ANSWERS_TRIED_MAX):
            try:
                answer = self._typed_answer(run, question)
            except KeyboardInterrupt:
                return None
            if answer is None:
                return None
            said = ask_for_good(self._link, answer, run.plan.cluster)
            if isinstance(said, Done | RunSeen):
                self._stopping = False
                return question
            self._face.say(words.refused_sentence(said) if isinstance(said, Refused) else "The engine gave no answer.")
        return None

    def _typed_answer(self, run: RunView, question: Question) -> AnswerRun | None:
        text = typed("Your answer, by number or word (Enter leaves the question open):", echo=True) or ""
        choice = chosen(text, question.choices)
        while choice is None and text.strip():
            self._face.say(f"{shown(text.strip(), characters_max=60)!r} is none of the answers above.")
            text = typed("Your answer:", echo=True) or ""
            choice = chosen(text, question.choices)
        if choice is None:
            return None
        most: int | None = None
        while choice is Choice.ACCEPT_LOSS and most is None:
            text = typed("How many entries may be lost at most (Enter leaves the question open)?", echo=True) or ""
            if not text.strip():
                return None
            most = _number(text)
        reason = typed("Reason, for the record:", echo=True) or "" if choice in _WITH_REASON else ""
        return AnswerRun(run=run.id, choice=choice, loss_entries_max=most, reason=reason.strip())

    def _interrupted(self, run: RunView) -> bool:
        """The first Ctrl+C asks the engine to stop at the next safe point, the second leaves: is it left?

        The run itself is never torn off: it belongs to the engine.
        """
        self._over("")
        if not self._stopping:
            self._stopping = True
            try:
                answer = self._link.ask(StopRun(run=run.id), seconds_max=ASK_SECONDS_MAX)
            except KeyboardInterrupt:
                answer = Done()
            else:
                if isinstance(answer, Refused):
                    self._face.say(f"{words.refused_sentence(answer)} The run goes on. Ctrl+C once more leaves it.")
                else:
                    self._face.say(f"Stopping at the next safe point. {after_stop_sentence(run)}")
                    self._face.say("Ctrl+C once more leaves it: it then stops and asks without you.")
                return False
        self._left(run)
        return True

    def _left(self, run: RunView) -> RunView:
        self._face.say("Left: the run is the engine's, and goes on to its next safe point.")
        self._face.say(f"Come back with 'ledger-console runs resume {run.id}'; see it with 'runs show {run.id}'.")
        return run


def _out_of_sight(run: RunView, what: str) -> CommandFailed:
    """The run can't be followed any further: what was done to the cluster stands in its journal."""
    answer = ErrorAnswer(
        error="run-out-of-sight", what=f"the run {run.id} can't be followed any further: {what.rstrip('.')}",
        where=run.plan.cluster, changed="what was changed before stands in its journal",
        next=f"see it with 'ledger-console runs show {run.id}', go on with 'ledger-console runs resume {run.id}'",
    )  # fmt: skip
    return CommandFailed(answer, Exit.PERSON)


def chosen(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice that was typed: by its number from 1, or by its word."""
    word = text.strip().lower()
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(choices):
        return choices[int(word) - 1]
    return next((choice for choice in choices if choice.value == word), None)


def _number(text: str) -> int | None:
    plain = text.strip().replace(",", "").replace("_", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 12 else None
