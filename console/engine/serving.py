"""Runs an engine as a process: its log, the signals that end it."""

import logging
import signal
import sys
import threading
from typing import Final

from console.engine.engine import Engine
from console.places import Home

LOG_BYTES_MAX: Final = 5_000_000
ENDING_SIGNALS: Final = frozenset({signal.SIGTERM, signal.SIGINT})


def serve(home: Home) -> None:
    """Run the engine of a home in this process until SIGTERM, SIGINT, or a face stops it. Raises AlreadyRunning."""
    if home.engine_log.exists() and home.engine_log.stat().st_size > LOG_BYTES_MAX:
        home.engine_log.replace(home.engine_log.with_suffix(".log.1"))
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("paramiko").setLevel(logging.CRITICAL)  # what it has to say comes to us as SshRefused
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Before any thread begins, so that all inherit it: only the thread that waits for these signals hears them. A
    # handler would run in the main thread, in the middle of whatever lock that holds, and could wait for it for ever.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
    engine = Engine(home)

    def hear() -> None:
        signal.sigwait(ENDING_SIGNALS)
        engine.stop()

    threading.Thread(target=hear, name="signals", daemon=True).start()
    engine.run()
