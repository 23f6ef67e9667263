"""A script of a drill that lives on a host by itself: started once under the drill's name, heard, ended, cleared."""

import shlex
import threading
from collections.abc import Callable
from typing import Final

from console.domain.text import shown
from console.engine.drill_course import DrillTrouble
from console.ssh.command import Command
from console.ssh.hosts import Hosts, Said
from console.ssh.supervise import (
    Standing,
    SupervisedState,
    end_command,
    look_command,
    read_state,
    remove_command,
    start_command,
)

ASK_SECONDS_MAX: Final = 20.0
LOOK_SECONDS: Final = 0.1
END_SECONDS: Final = 25.0  # to undo itself when it is told to end
SPARE_SECONDS: Final = 60.0  # beyond its own limit, before it is ended from outside
LOG_BYTES: Final = 16 * 1024


def act_name(what: str, node: str, owner: str) -> str:
    """The name of a drill's act on a host: the same after an engine was killed."""
    return f"drill-{what}:{node}:{owner}"[:200]


class HostAct:
    """One supervised script on one node. Each method raises DrillTrouble where its host does not answer sensibly."""

    def __init__(self, hosts: Hosts, node: str, name: str) -> None:
        self._hosts, self.node, self.name = hosts, node, name
        self.facts: dict[str, str] = {}

    def start(self, script: str, *, limit_seconds: float, guard: Callable[[str], str] = lambda text: text) -> None:
        """Start it; `guard` puts a guard around the line that starts it."""
        command = start_command(self.name, ("sh", "-c", script), seconds_max=limit_seconds + SPARE_SECONDS)
        self._read(self._run(guard(shlex.join(command.argv))))

    def look(self) -> SupervisedState:
        """How it stands; the facts that it told so far are taken in."""
        return self._state(look_command(self.name, offset=None, log_bytes=LOG_BYTES))

    def wait_for(self, fact: str, *, seconds: float, stopping: threading.Event, pause: float = LOOK_SECONDS) -> str:
        """The value of a fact, as soon as it is told. DrillTrouble where it ended, or did not tell it in time."""
        for _ in range(max(1, round(seconds / pause))):
            state = self.look()
            if fact in self.facts:
                return self.facts[fact]
            if state.standing is not Standing.RUNNING:
                raise DrillTrouble(self.facts.get("refused") or "host-refused", _last_words(state))
            if stopping.wait(pause):
                raise DrillTrouble("stopped")
        raise DrillTrouble("host-refused", f"{fact} was not told within {seconds:g} s")

    def end(self) -> SupervisedState:
        """Tell it to end, which undoes what it did; how it stands then."""
        self._state(end_command(self.name, term_seconds=END_SECONDS), seconds_max=4 * END_SECONDS)
        return self.look()

    def clear(self) -> None:
        """Take its files away."""
        self._run(shlex.join(remove_command(self.name).argv))

    def run(self, script: str) -> Said:
        """A short script beside it."""
        return self._run(script)

    def _run(self, script: str, *, seconds_max: float = ASK_SECONDS_MAX) -> Said:
        said = self._hosts.run(self.node, script, seconds_max=seconds_max)
        if not said.fine:
            raise DrillTrouble("host-refused", f"{self.node}: {said.words()}")
        return said

    def _state(self, command: Command, *, seconds_max: float = ASK_SECONDS_MAX) -> SupervisedState:
        return self._read(self._run(shlex.join(command.argv), seconds_max=seconds_max))

    def _read(self, said: Said) -> SupervisedState:
        try:
            state = read_state(self.name, said.stdout)
        except ValueError as error:
            raise DrillTrouble("host-refused", f"{self.node}: {error}") from error
        for line in state.log.decode("utf-8", "replace").splitlines():
            word, _, rest = line.partition(" ")
            if word == "fact":
                name, _, value = rest.partition(" ")
                self.facts[name] = value.strip()
            elif word == "refused":
                self.facts["refused"] = rest.strip()[:40]
        return state


def _last_words(state: SupervisedState) -> str:
    lines = state.log.decode("utf-8", "replace").splitlines()
    return shown(" ".join([one for one in lines if not one.startswith(("fact ", "refused "))][-3:]))
