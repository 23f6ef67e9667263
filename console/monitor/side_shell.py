"""A second shell on a node for questions that take their time: opened over its kept connection when it is needed."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from console.monitor.conversation import Conversation, framed
from console.monitor.node_watch import SH, NodeWatch
from console.monitor.postgres_watch import Tools
from console.postgres.probe import Answer
from console.ssh.connection import Connection
from console.ssh.refused import SshRefused

REST_SECONDS: Final = 60.0  # one that was not used for so long is closed

log = logging.getLogger(__name__)

Told = Callable[[Answer, float, float], None]  # the answer, asked and answered in ticks


class SideShell:
    """At most one question is out; one that is out for `stuck_seconds` is left behind, with its shell.

    `opened` is called when it may be asked; what is asked before that is not asked at all.
    """

    def __init__(
        self, watch: NodeWatch, tools: Tools, *, opened: Callable[[], None], stuck_seconds: float
    ) -> None:
        self.watch = watch
        self._tools, self._opened, self._stuck_seconds = tools, opened, stuck_seconds
        self._guard = threading.Lock()
        self._sh: Conversation | None = None
        self._on: Connection | None = None  # the connection that the shell runs over
        self._opening = False
        self._used_ticks = float("-inf")

    @property
    def asked_ticks(self) -> float | None:
        """Since when a question is out; None where none is."""
        sh = self._sh
        return None if sh is None else sh.asked_ticks

    def ask(self, script: str, then: Told, ticks: float) -> bool:
        """Ask; False where a question is out, or no shell is open yet. Never waits."""
        sh, connection = self._sh, self.watch.connection
        asked = None if sh is None else sh.asked_ticks
        stuck = asked is not None and ticks - asked > self._stuck_seconds
        if sh is not None and (sh.ended or self._on is not connection or stuck):
            self._leave()
            sh = None
        self._used_ticks = ticks
        if sh is None:
            self._open_in_pool(connection)
            return False
        return sh.ask(lambda nonce: framed(script, nonce), then)

    def rest(self, ticks: float) -> None:
        """Not needed now: it is closed once it was not used for a while."""
        if self._sh is not None and ticks - self._used_ticks > REST_SECONDS:
            self._leave()

    def close(self) -> None:
        with self._guard:
            sh, self._sh = self._sh, None
        if sh is not None:
            sh.close()

    def _leave(self) -> None:
        with self._guard:
            sh, self._sh = self._sh, None
        if sh is not None:
            self._tools.pool.submit(sh.close)  # closing a channel may wait for the host

    def _open_in_pool(self, connection: Connection | None) -> None:
        with self._guard:
            if self._opening or connection is None:
                return
            self._opening = True
        self._tools.pool.submit(self._open, connection)

    def _open(self, connection: Connection) -> None:
        sh = None
        try:
            sh = Conversation(connection, SH, clock=self._tools.clock, on_end=lambda _: None)
        except SshRefused as refused:
            log.info("%s: no second shell there: %s", self.watch.node.name, refused.detail)
        with self._guard:
            self._opening = False
            self._sh, self._on = sh, connection
        if self.watch.closed and sh is not None:
            self.close()
        elif sh is not None:
            self._opened()
