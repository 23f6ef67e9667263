"""The lock that makes an engine the only one of its home."""

import fcntl
import os
import threading
import time
from typing import Final

from console.places import Home

LOCK_SECONDS_MAX: Final = 1.0
LOCK_LOOK_SECONDS: Final = 0.01


class AlreadyRunning(Exception):
    """Another engine holds this home. `pid` is its process."""

    def __init__(self, pid: str) -> None:
        super().__init__(f"an engine of this home runs already, as process {pid}")


def take_lock(home: Home) -> int:
    """The lock that makes this the only engine of its home; the file holds our process id."""
    handle = os.open(home.engine_lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline, pause = time.monotonic() + LOCK_SECONDS_MAX, threading.Event()
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            # A face that asks whether an engine runs holds it for a moment; an engine holds it on.
            if time.monotonic() > deadline:
                pid = os.read(handle, 32).decode("ascii", "replace").strip()
                os.close(handle)
                raise AlreadyRunning(pid) from None
            pause.wait(LOCK_LOOK_SECONDS)
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle
