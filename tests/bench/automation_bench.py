"""Measures automatic recovery: kill -9 of the postmaster → run begun → first synchronous commit of a client."""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from console.domain.automation import AutomationMode, AutomationPolicy
from console.domain.plan import Operation
from console.domain.run import Mode, RunState, RunView
from console.link.changes import AskRuns, Runs
from console.link.watching import AcknowledgeAttempt, AskWhy, SetAutomation, WhySeen
from tests.bench.change_stage import CLUSTER, PLAN_SECONDS_MAX, NotMeasured, Stage, stage
from tests.bench.kill_bench import postmaster_of
from tests.bench.rig import wait_for

RUNS: Final = 5
GOAL_SECONDS: Final = 2.0
READY_SECONDS_MAX: Final = 120.0  # a synchronous list proves something only after it has stood for a minute
AT_ONCE: Final = AutomationPolicy(mode=AutomationMode.AUTOMATIC, at_once=True, backups_hours_max=0.0)


def why(lab: Stage) -> WhySeen:
    said = lab.ask_engine(AskWhy(cluster=CLUSTER))
    if not isinstance(said, WhySeen):
        raise NotMeasured(f"the engine does not say why: {said}")
    return said


def ready(lab: Stage) -> bool:
    seen = why(lab)
    if seen.unacknowledged:
        lab.ask_engine(AcknowledgeAttempt(cluster=CLUSTER, attempt=seen.unacknowledged))
    return seen.why.hypothetical and seen.why.would_act


def newest(lab: Stage) -> RunView | None:
    said = lab.ask_engine(AskRuns(cluster=CLUSTER, most=1))
    return said.runs[0] if isinstance(said, Runs) and said.runs else None


def one(lab: Stage) -> tuple[float, float]:
    """Seconds from the kill to the first confirmed commit after it, and from the run's begin; rejoined afterwards."""
    old = lab.settled()
    wait_for(lambda: ready(lab), "every guard to hold", seconds=READY_SECONDS_MAX, pause=0.5)
    before = newest(lab)
    clock = time.time() - time.monotonic()
    killed = time.monotonic()
    os.kill(postmaster_of(lab.lab, old), signal.SIGKILL)
    time.sleep(0.2)  # what was confirmed in the moment of the kill is none of the new primary's
    whole = lab.first_commit(killed + 0.2) + 0.2

    def done() -> RunView | None:
        run = newest(lab)
        new = run is not None and (before is None or run.id != before.id)
        return run if new and run is not None and run.state is RunState.DONE else None

    run = wait_for(done, "its proven end", seconds=PLAN_SECONDS_MAX, pause=0.2)
    assert run is not None and run.begun_at is not None and run.mode is Mode.REAL
    begun = run.begun_at.timestamp() - clock - killed
    lab.ended(lab.begin(lab.propose(Operation.REJOIN, subject=old)))
    return whole, begun


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=RUNS)
    runs = options.parse_args().runs
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a lab that was begun is taken down all the same
    with tempfile.TemporaryDirectory(prefix="automation-bench-") as directory, stage(Path(directory)) as lab:

        def allowed() -> WhySeen | None:
            """Once a server has answered: before that nobody knows which system may be acted on."""
            said = lab.ask_engine(SetAutomation(cluster=CLUSTER, policy=AT_ONCE, reason="bench"))
            if not isinstance(said, WhySeen) and getattr(said, "reason", "") != "system-not-known":
                raise NotMeasured(f"automation was not set: {said}")
            return said if isinstance(said, WhySeen) else None

        wait_for(allowed, "automation to be allowed", seconds=PLAN_SECONDS_MAX, pause=0.2)
        taken = []
        for _ in range(runs):
            taken.append(one(lab))
            sys.stderr.write(f"kill to commit {taken[-1][0]:.2f} s, begun after {taken[-1][1]:.2f} s\n")
    whole, begun = [pair[0] for pair in taken], [pair[1] for pair in taken]
    sys.stdout.write(
        f"kill -9 of the primary's postmaster → first synchronous commit, automatic and at once: median "
        f"{median(whole):.2f} s ({min(whole):.2f} to {max(whole):.2f}); begun after {median(begun):.2f} s "
        f"({min(begun):.2f} to {max(begun):.2f}); {runs} runs, goal {GOAL_SECONDS} s; load {os.getloadavg()[0]:.1f}\n"
    )


if __name__ == "__main__":
    main()
