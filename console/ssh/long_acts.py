"""Acts that outlive their channel: started once under the run's name on a host, found again, followed to their end."""

import shlex
from collections.abc import Callable
from typing import Final

from console.domain.plan import Verb
from console.ssh.command import Command
from console.ssh.hosts import Hosts, Said
from console.ssh.supervise import (
    LOG_SHOWN_BYTES,
    Standing,
    SupervisedState,
    end_command,
    look_command,
    read_state,
    remove_command,
    start_command,
)

LONG_SECONDS_MAX: Final = 12 * 3600.0
LOOK_SECONDS: Final = 0.1  # between two looks at first; later ones come further apart
LOOK_SECONDS_MAX: Final = 2.0
ASK_SECONDS_MAX: Final = 20.0
UNREACHED_SECONDS_MAX: Final = 60.0
TERM_SECONDS: Final = 10.0
STARTS_MAX: Final = 2


def name_of(owner: str, verb: Verb, node: str) -> str:
    """The name of a long act of one run: the same after an engine was killed, another for another run."""
    return f"{verb.value}:{node}:{owner}"[:200]


def _asked(hosts: Hosts, node: str, command: Command) -> tuple[Said, SupervisedState | None]:
    said = hosts.run(node, shlex.join(command.argv), seconds_max=ASK_SECONDS_MAX)
    if not said.fine:
        return said, None
    try:
        return said, read_state("long", said.stdout)
    except ValueError as error:
        return Said(status=1, stderr=f"{error}".encode()), None


def run_long(
    hosts: Hosts, node: str, name: str, script: str, *, ticks: Callable[[], float], pause: Callable[[float], object]
) -> Said:
    """Run it to its end, or find the one that runs already. The log stands in `stdout`; nothing stays on the host.

    A host that can't be reached for long is said as such: the act goes on there, and is found again.
    """
    began = ticks()
    for _ in range(STARTS_MAX):
        command = start_command(name, ("sh", "-c", script), seconds_max=LONG_SECONDS_MAX)
        said, state = _asked(hosts, node, command)
        if state is None:
            return said
        old = not state.fresh and (
            state.standing is Standing.VANISHED or (state.standing is Standing.ENDED and state.status != 0)
        )
        if not old:
            return _followed(hosts, node, name, state, began=began, ticks=ticks, pause=pause)
        removed = hosts.run(node, shlex.join(remove_command(name).argv), seconds_max=ASK_SECONDS_MAX)
        if not removed.fine:
            return removed
    return Said(status=1, stderr=b"an old act of the same name stays")


def _followed(
    hosts: Hosts, node: str, name: str, state: SupervisedState, *, began: float, ticks: Callable[[], float],
    pause: Callable[[float], object],
) -> Said:  # fmt: skip
    seen, between = ticks(), LOOK_SECONDS
    while state.standing is Standing.RUNNING:
        pause(LOOK_SECONDS)
        # The rest of the time between two looks is waited on the host, which knows its end at once.
        look = look_command(name, offset=None, log_bytes=LOG_SHOWN_BYTES, wait_seconds=between - LOOK_SECONDS)
        between = min(LOOK_SECONDS_MAX, between * 1.3)
        said, looked = _asked(hosts, node, look)
        if looked is not None:
            state, seen = looked, ticks()
        elif ticks() - seen > UNREACHED_SECONDS_MAX:
            return Said(status=None, refused=f"it goes on there unseen: {said.words()}", seconds=ticks() - began)
    said, looked = _asked(hosts, node, look_command(name, offset=None, log_bytes=LOG_SHOWN_BYTES))
    state = looked or state
    hosts.run(node, shlex.join(remove_command(name).argv), seconds_max=ASK_SECONDS_MAX)
    seconds = ticks() - began
    if state.standing is not Standing.ENDED:
        return Said(status=1, stdout=state.log, stderr=b"it vanished: its host or somebody ended it", seconds=seconds)
    late = b"it took longer than it may" if state.late else b""
    return Said(status=state.status, stdout=state.log, stderr=late, seconds=seconds)


def runs_long(hosts: Hosts, node: str, name: str) -> bool | None:
    """Whether it runs now; None where its host does not say."""
    _, state = _asked(hosts, node, look_command(name, offset=None, log_bytes=LOG_SHOWN_BYTES))
    return None if state is None else state.standing is Standing.RUNNING


def end_long(hosts: Hosts, node: str, name: str) -> Said:
    """End it where it runs, and clear its files away; fine where there is none."""
    ended = hosts.run(
        node, shlex.join(end_command(name, term_seconds=TERM_SECONDS).argv), seconds_max=3 * TERM_SECONDS + 15.0
    )
    if not ended.fine:
        return ended
    return hosts.run(node, shlex.join(remove_command(name).argv), seconds_max=ASK_SECONDS_MAX)
