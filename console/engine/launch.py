"""Starts the engine for a face that finds none: a process of its own, which outlives the face."""

import fcntl
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import Final

import console
from console.link.frames import LinkLost, hang_up
from console.places import Home

START_SECONDS_MAX: Final = 15.0
LOOK_EVERY_SECONDS: Final = 0.02
LOG_TAIL_BYTES: Final = 600


def engine_pid(home: Home) -> int | None:
    """The process that holds this home's engine lock; None where none does."""
    try:
        handle = os.open(home.engine_lock, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.read(handle, 32).decode("ascii", "replace").strip()
        return int(text) if text.isdigit() else 0
    finally:
        os.close(handle)
    return None


def listens(home: Home) -> bool:
    """Does an engine of this home take connections?"""
    probe = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        probe.connect(str(home.engine_socket))
    except OSError:
        return False
    finally:
        hang_up(probe)
    return True


def ensure_engine(home: Home, seconds_max: float = START_SECONDS_MAX) -> None:
    """Make sure that an engine of this home takes connections. Waits; raises LinkLost with the log's last words."""
    if listens(home):
        return
    process = None if engine_pid(home) is not None else _start(home)
    deadline = monotonic() + seconds_max
    pause = threading.Event()
    while monotonic() < deadline:
        if listens(home):
            return
        if engine_pid(home) is None:
            if process is not None and process.poll() is not None:
                raise LinkLost(f"the engine ended at its start: {log_tail(home)}")
            # The one that held the lock was just ending.
            process = process or _start(home)
        pause.wait(LOOK_EVERY_SECONDS)
    raise LinkLost(f"the engine did not take connections within {seconds_max:g} s: {log_tail(home)}")


def _start(home: Home) -> "subprocess.Popen[bytes]":
    python_path = os.environ.get("PYTHONPATH", "")
    with home.engine_log.open("ab") as log:
        home.engine_log.chmod(0o600)
        return subprocess.Popen(
            [sys.executable, "-m", "console", "--home", str(home.directory), "watch", "--child"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(_checkout()), python_path)))},
        )  # fmt: skip


def _checkout() -> Path:
    """Where `python -m console` finds the package that we are: beside it, wherever the face was started."""
    return Path(console.__file__).resolve().parent.parent


def log_tail(home: Home) -> str:
    """The last words of the engine's log."""
    try:
        with home.engine_log.open("rb") as log:
            log.seek(max(0, home.engine_log.stat().st_size - LOG_TAIL_BYTES))
            lines = log.read().decode("utf-8", "replace").strip().splitlines()
    except FileNotFoundError:
        return "it wrote no log"
    return " / ".join(lines[-3:])
