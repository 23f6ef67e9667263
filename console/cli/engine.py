"""`engine` and `watch`: the side that does the work, seen and run from the command line."""

import os
import sys
import threading
from argparse import Namespace
from time import monotonic
from typing import Final

from console.cli.answers import EngineAnswer, LogAnswer
from console.cli.automation import unit
from console.cli.face import CommandFailed, Exit, Face, engine_view, expect, failed
from console.engine.launch import engine_pid
from console.link.governance import Freeze
from console.link.messages import Done, StopEngine

STOP_SECONDS_MAX: Final = 15.0
LOG_LINES_MAX: Final = 10_000


def status(face: Face, _: Namespace) -> Exit:
    """Does an engine of this home run? It is not started for the question."""
    pid = engine_pid(face.home)
    if pid is None:
        face.print(EngineAnswer(engine=None, done="shown"), [f"No engine of {face.home.directory} runs."])
        return Exit.DONE
    with face.link(start=False) as link:
        view = engine_view(link)
    lines = [
        f"Engine {view.version}, process {view.pid}, since {view.started_at:%Y-%m-%d %H:%M:%S} UTC, home {view.home}",
        f"  {view.hosts} hosts asked, {view.answered} answered, {view.faces} faces",
        f"  store: {view.store_trouble or 'takes what it is given'}",
    ]
    if view.frozen is not None:
        lines.append(f"  frozen by {view.frozen.by} since {view.frozen.at:%Y-%m-%d %H:%M:%S} UTC: {view.frozen.reason}")
    face.print(EngineAnswer(engine=view, done="shown"), lines)
    return Exit.DONE


def stop(face: Face, _: Namespace) -> Exit:
    """Stop the engine in good order, and wait for its end."""
    pid = engine_pid(face.home)
    if pid is None:
        face.print(EngineAnswer(engine=None, done="none"), ["No engine runs."])
        return Exit.DONE
    try:
        with face.link(start=False) as link:
            expect(link.ask(StopEngine()), Done)
    except CommandFailed as lost:
        if lost.error.error != "engine-lost":
            raise
        # It may end before its answer is on the way: whether it has ended is asked of its lock.
    deadline, pause = monotonic() + STOP_SECONDS_MAX, threading.Event()
    while engine_pid(face.home) is not None:
        if monotonic() > deadline:
            raise failed("engine-lost", f"engine process {pid} has not ended within {STOP_SECONDS_MAX:g} s",
                         where=str(face.home.directory))  # fmt: skip
        pause.wait(0.02)
    face.print(EngineAnswer(engine=None, done="stopped"), ["The engine has stopped."])
    return Exit.DONE


def freeze(face: Face, options: Namespace) -> Exit:
    """Stop every change of any node; what runs stops at its next safe point, and nothing is done by itself."""
    with face.link() as link:
        done: Freeze = expect(link.ask(Freeze(on=True, reason=options.reason)), Freeze)
        view = engine_view(link)
    lines = [
        "All changes by this console are frozen. Watching, reading and telling go on.",
        "Other consoles are not frozen by it, nor is Patroni.", "Lift it: ledger-console engine lift.",
    ]  # fmt: skip
    if not done.kept:
        lines.append("The store did not take it: it holds until this engine ends. Next: engine status; freeze again.")
    face.print(EngineAnswer(engine=view, done="frozen", kept=done.kept), lines)
    return Exit.DONE


def lift(face: Face, options: Namespace) -> Exit:
    """Allow changes again; what was stopped goes on only when a person says so."""
    with face.link() as link:
        expect(link.ask(Freeze(on=False, reason=options.reason)), Freeze)
        view = engine_view(link)
    face.print(EngineAnswer(engine=view, done="lifted"), ["Changes by this console are allowed again."])
    return Exit.DONE


def log(face: Face, options: Namespace) -> Exit:
    """The last lines of the engine's log."""
    path = face.home.engine_log
    count = max(1, min(options.lines, LOG_LINES_MAX))
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:] if path.exists() else []
    face.print(LogAnswer(path=str(path), lines=tuple(lines)), lines or ["No engine of this home has run yet."])
    return Exit.DONE


def watch(face: Face, options: Namespace) -> Exit:
    """Run the engine in this process until it is stopped."""
    from console.engine.home_lock import AlreadyRunning
    from console.engine.serving import serve

    if options.unit:
        return unit(face, options)
    if options.child:
        os.chdir("/")
    try:
        serve(face.home)
    except AlreadyRunning as running:
        raise failed("engine-runs", f"{running}", where=str(face.home.directory),
                     then="stop it with 'ledger-console engine stop'") from running  # fmt: skip
    sys.stderr.flush()
    return Exit.DONE
