"""The command line at a terminal of its own, and an engine by script that answers it over the real link."""

import os
import pty
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from console.domain.cluster import ClusterSpec, Environment, Inventory
from console.domain.fleet import EngineView
from console.domain.plan import Plan
from console.domain.run import Asks, Choice, Question, RunState, RunView, StepReport, StepState
from console.link.changes import (
    AnswerRun,
    AskRun,
    AskRuns,
    Propose,
    Proposed,
    Runs,
    RunSeen,
    StartRun,
    StopRun,
)
from console.link.messages import PROTOCOL, Done, HostKeys, Message, Prompts, Refused, Welcome
from console.link.server import LinkServer
from console.places import Home

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_MAX = 60.0
INTERRUPT = "\x03"


def at_terminal(
    home: Home, answers: tuple[tuple[str, str], ...], *words: str, seconds: float = SECONDS_MAX
) -> tuple[int, str]:
    """Run a command at a terminal and type each answer once its prompt has appeared after the last one.

    INTERRUPT as an answer is Ctrl+C. The exit code and all that was shown.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "console", "--home", str(home.directory), *words],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said, seen, end, waiting = "", 0, time.monotonic() + seconds, list(answers)
    try:
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.05)[0]:
                try:
                    part = os.read(ours, 65536)
                except OSError:
                    break
                if not part:
                    break
                said += part.decode("utf-8", "replace")
            elif process.poll() is not None:
                break
            if waiting and waiting[0][0] in said[seen:]:
                prompt, answer = waiting.pop(0)
                seen = said.index(prompt, seen) + len(prompt)
                if answer == INTERRUPT:
                    process.send_signal(signal.SIGINT)
                else:
                    os.write(ours, f"{answer}\n".encode())
        code = process.wait(max(1.0, end - time.monotonic()))
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(ours)
    assert not waiting, f"never asked: {waiting}\n{said}"
    return code, said


class EngineByScript:
    """Says what the real one would say of one plan, over the real link; keeps what it was asked.

    `course` are the states of steps that the run goes through once begun; `question` stops it after them.
    """

    def __init__(self, home: Home, run: RunView, *, question: Question | None = None) -> None:
        self.home = home
        self.asked: list[Message] = []
        self.persons: list[str] = []
        self.kept = run
        self.run: RunView | None = None
        self.question = question
        self.held = threading.Event()  # while it is not set a begun run stays where it is
        self.held.set()
        self.refuses: dict[type[Message], Refused] = {}
        self._server = LinkServer(home.engine_socket, welcome=self._welcome, answer=self._answer)

    @property
    def plan(self) -> Plan:
        return self.kept.plan

    def close(self) -> None:
        self.held.set()
        self._server.close()

    def of(self, kind: type[Message]) -> list[Message]:
        return [one for one in self.asked if isinstance(one, kind)]

    def _welcome(self) -> Welcome:
        now = datetime.now(UTC)
        spec = ClusterSpec(name=self.plan.cluster, environment=Environment.PRODUCTION, nodes=())
        view = EngineView(at=now, version="0", pid=1, home="", started_at=now, hosts=0, answered=0)
        return Welcome(protocol=PROTOCOL, engine=view, inventory=Inventory(clusters=(spec,)), clusters=(),
                       host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()))  # fmt: skip

    def _answer(self, question: Message, person: str) -> Message:
        self.asked.append(question)
        self.persons.append(person)
        if type(question) in self.refuses:
            return self.refuses[type(question)]
        match question:
            case Propose():
                return Proposed(plan=self.plan)
            case StartRun():
                return self._begin(question)
            case AskRuns():
                return Runs(runs=(self.run or self.kept,))
            case AskRun():
                run = self.run or self.kept
                return RunSeen(run=run) if question.run == run.id else Refused(reason="no-run", subject=question.run)
            case StopRun():
                stopped = Question(asks=Asks.STOPPED, step="gate", node=None, observed=None, threshold=None,
                                   choices=(Choice.CANCEL, Choice.GO_ON, Choice.LEAVE))  # fmt: skip
                self.question = stopped
                self.held.set()
                return Done()
            case AnswerRun():
                return self._answered(question)
            case _:
                return Refused(reason="not-a-question", subject=type(question).__name__)

    def _begin(self, question: StartRun) -> Message:
        waiting = tuple(StepReport(key=s.key, phase=s.phase, state=StepState.WAITING) for s in self.plan.steps)
        self.run = replace(self.kept, mode=question.mode, state=RunState.RUNNING, steps=waiting, ended_at=None)
        threading.Thread(target=self._go_on, args=(0,), daemon=True).start()
        return RunSeen(run=self.run)

    def _go_on(self, first: int) -> None:
        run = self.run
        assert run is not None
        for place in range(first, len(run.steps)):
            self.held.wait(SECONDS_MAX)
            if self.question is not None and self.plan.steps[place].key == self.question.step:
                self._tell(replace(run, state=RunState.ASKING, question=self.question))
                return
            now = replace(self.kept.steps[place], state=StepState.RUNNING)
            run = replace(run, state=RunState.RUNNING, question=None,
                          steps=(*run.steps[:place], now, *run.steps[place + 1:]))  # fmt: skip
            self._tell(run)
            run = replace(run, steps=(*run.steps[:place], self.kept.steps[place], *run.steps[place + 1:]))
            self._tell(run)
        self._tell(replace(run, state=RunState.DONE, question=None, ended_at=self.kept.ended_at))

    def _answered(self, question: AnswerRun) -> Message:
        assert self.run is not None
        asked, self.question = self.question, None
        if question.choice is Choice.LEAVE:
            self._tell(replace(self.run, state=RunState.LEFT, question=None))
        elif question.choice is Choice.CANCEL:
            self._tell(replace(self.run, state=RunState.CANCELLED, question=None))
        else:
            first = next(n for n, step in enumerate(self.plan.steps) if asked is not None and step.key == asked.step)
            self._tell(replace(self.run, state=RunState.RUNNING, question=None))
            threading.Thread(target=self._go_on, args=(first,), daemon=True).start()
        return Done()

    def _tell(self, run: RunView) -> None:
        self.run = run
        self._server.tell(RunSeen(run=run), key=f"run {run.id}")


@contextmanager
def engine_by_script(directory: Path, run: RunView, *, question: Question | None = None) -> Iterator[
    tuple[Home, EngineByScript]
]:  # fmt: skip
    home = Home.chosen(str(directory))
    engine = EngineByScript(home, run, question=question)
    try:
        yield home, engine
    finally:
        engine.close()
