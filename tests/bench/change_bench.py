"""Measures switchover, failover, restart and rejoin by the console beside bare commands, in turns, in the same lab."""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from console.domain.cluster import Manager
from console.domain.plan import Operation
from tests.bench.change_stage import NotMeasured, Stage, stage
from tests.bench.patroni_switchover import hand_over
from tests.bench.rig import Meter

SWITCHOVERS: Final = 7
OTHERS: Final = 5
LOAD_SECONDS: Final = 3.0
SECTIONS: Final = ("switchover", "failover", "restart", "rejoin", "patroni")
COMMAND: Final = "`change_bench`"


@dataclass(slots=True)
class Row:
    """One line of the table: what each of the two took, in seconds, turn by turn."""

    what: str
    goal: str
    beside: str
    console: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    broken: str = ""  # why it ended before all of its rounds

    def line(self) -> str:
        own = figure(self.console) if self.console else "**not measured**"
        other = f"{self.beside} {figure(self.bare)}" if self.bare else f"{self.beside}: not measured"
        said = "".join(f"; {note}" for note in dict.fromkeys([*self.notes, self.broken]) if note)
        return f"| {self.what} | {self.goal} | {own}{said} | {other} | {COMMAND} |"


def figure(taken: list[float]) -> str:
    runs = "1 run" if len(taken) == 1 else f"{len(taken)} runs"
    return f"{median(taken):.2f} s ({min(taken):.2f}–{max(taken):.2f}, {runs})"


def tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def other_than(lab: Stage, *names: str) -> str:
    return next(n.name for n in lab.lab.nodes if n.postgres_port is not None and n.name not in names)


def in_turns(row: Row, rounds: int, first: Callable[[], None], second: Callable[[], None]) -> None:
    """Both in each round, and who goes first changes: a machine that grows slower favours nobody.

    Where one does not come to its end, what was measured before is kept, and the row says why it ended there.
    """
    try:
        for number in range(rounds):
            for act in (first, second) if number % 2 == 0 else (second, first):
                act()
    except (NotMeasured, RuntimeError, TimeoutError) as why:
        tell(f"ended early: {why}")
        row.broken = f"**ended early: {why}**"


# -- what is measured ---------------------------------------------------------------------------------------------


def switchovers(lab: Stage, rounds: int) -> list[Row]:
    gaps = Row("planned switchover: write gap as a client sees it", "≤ 0.7 s", "bare commands")
    whole = Row("the same: from the order to its proven end, books included", "—", "bare commands, nothing proven")
    meter: list[float] = []

    def console() -> None:
        old = lab.settled()
        begun = lab.begin(lab.propose(Operation.SWITCHOVER, target=other_than(lab, old)))
        run = lab.ended(begun)
        whole.console.append(time.monotonic() - begun.ordered)
        gaps.console.append(lab.gap(begun.ordered))
        if run.outage is not None and run.outage.gap_seconds is not None:
            meter.append(run.outage.gap_seconds)
        tell(f"console switchover: gap {gaps.console[-1]:.3f} s")

    def bare() -> None:
        old = lab.settled()
        began = time.monotonic()
        lab.bare.switchover(old, other_than(lab, old))
        whole.bare.append(time.monotonic() - began)
        gaps.bare.append(lab.gap(began))
        tell(f"bare switchover: gap {gaps.bare[-1]:.3f} s")

    in_turns(gaps, rounds, console, bare)
    if meter:
        gaps.notes.append(f"its own outage meter says {median(meter):.2f} s")
    return [gaps, whole]


def failovers(lab: Stage, rounds: int) -> list[Row]:
    limit = "limit: pg_promote and repoint at once, nothing fenced or proven:"
    row = Row("kill -9 of the primary; decision → first synchronous commit of a client", "limit + 0.6 s", limit)

    def console() -> None:
        old = lab.settled()
        lab.kill(old)
        begun = lab.begin(lab.propose(Operation.FAILOVER))
        row.console.append(lab.first_commit(begun.ordered, begun))
        lab.ended(begun)
        tell(f"console failover: {row.console[-1]:.3f} s")
        lab.ended(lab.begin(lab.propose(Operation.REJOIN, subject=old)))

    def bare() -> None:
        old = lab.settled()
        lab.bare.prepare(old)
        lab.kill(old)
        new = lab.furthest(old)
        began = time.monotonic()
        lab.bare.failover(old, new)
        row.bare.append(lab.first_commit(began))
        tell(f"bare failover: {row.bare[-1]:.3f} s")
        lab.bare.tidy(old)
        lab.bare.rejoin(old, new)

    in_turns(row, rounds, console, bare)
    if row.console and row.bare:
        row.notes.append(f"{median(row.console) - median(row.bare):.2f} s over the limit")
    return [row]


def rejoins(lab: Stage, rounds: int) -> list[Row]:
    back = Row("a parted old primary back by rewind: order → streaming", "—", "bare pg_rewind and start")
    whole = Row("the same: from the order to its proven end, books included", "—", "bare commands, nothing proven")

    def parted() -> tuple[str, str]:
        old = lab.settled()
        lab.bare.prepare(old)
        lab.bare.part(old)
        lab.kill(old)
        new = lab.furthest(old)
        began = time.monotonic()
        lab.bare.failover(old, new)
        lab.first_commit(began)
        lab.bare.tidy(old)
        return old, new

    def console() -> None:
        old, new = parted()
        chosen = (("way", "rewind"), ("fork", "accepted"))
        begun = lab.begin(lab.propose(Operation.REJOIN, subject=old, options=chosen))
        way = dict(begun.run.plan.notes).get("way", "not told")
        if way != "rewind":
            back.notes.append(f"**its way was: {way}**")
        back.console.append(lab.streaming_after(old, new, begun.ordered))
        lab.ended(begun)
        whole.console.append(time.monotonic() - begun.ordered)
        tell(f"console rejoin: {back.console[-1]:.3f} s")

    def bare() -> None:
        old, new = parted()
        began = time.monotonic()
        lab.bare.rejoin(old, new)
        whole.bare.append(time.monotonic() - began)
        back.bare.append(lab.streaming_after(old, new, began))
        tell(f"bare rejoin: {back.bare[-1]:.3f} s")

    in_turns(back, rounds, console, bare)
    return [back, whole]


def restarts(lab: Stage, rounds: int) -> list[Row]:
    row = Row("kill -9 of the primary; restart in place, decision → first synchronous commit", "—", "bare pg_ctl start")

    def console() -> None:
        node = lab.settled()
        lab.kill(node)
        begun = lab.begin(lab.propose(Operation.RESTART, subject=node))
        row.console.append(lab.first_commit(begun.ordered, begun))
        lab.ended(begun)
        tell(f"console restart: {row.console[-1]:.3f} s")

    def bare() -> None:
        node = lab.settled()
        lab.kill(node)
        began = time.monotonic()
        lab.bare.restart(node)
        row.bare.append(lab.first_commit(began))
        tell(f"bare restart: {row.bare[-1]:.3f} s")

    in_turns(row, rounds, console, bare)
    return [row]


def under_patroni(lab: Stage, rounds: int) -> list[Row]:
    own = "Patroni's own, by its REST API,"
    gaps = Row("switchover under Patroni: write gap as a client sees it", "—", own)

    def console() -> None:
        old = lab.settled()
        begun = lab.begin(lab.propose(Operation.SWITCHOVER))
        lab.ended(begun)
        gaps.console.append(lab.gap(begun.ordered))
        tell(f"console switchover under Patroni from {old}: gap {gaps.console[-1]:.3f} s")

    def patroni() -> None:
        old = lab.settled()
        began = time.monotonic()
        hand_over(lab.lab, old)
        gaps.bare.append(lab.gap(began))
        tell(f"Patroni's own switchover from {old}: gap {gaps.bare[-1]:.3f} s")

    in_turns(gaps, rounds, console, patroni)
    return [gaps]


# -- the table ----------------------------------------------------------------------------------------------------


def busy() -> float:
    """What everybody on this machine uses just now, in percent of one core."""
    meter = Meter()
    time.sleep(LOAD_SECONDS)
    return meter.read()["others"]


def section(name: str, rounds: int) -> tuple[list[Row], str]:
    """One lab for one section: its rows, and how busy the machine was otherwise."""
    measures = {
        "switchover": switchovers, "failover": failovers, "restart": restarts, "rejoin": rejoins,
        "patroni": under_patroni,
    }  # fmt: skip
    manager = Manager.PATRONI if name == "patroni" else Manager.NONE
    before = busy()
    with tempfile.TemporaryDirectory(prefix="change-bench-") as place, stage(Path(place), manager=manager) as lab:
        rows = measures[name](lab, rounds)
        load = os.getloadavg()[0]
    said = f"{name}: others used {before:.0f} % of one core before the lab and {busy():.0f} % after it, of "
    return rows, f"{said}{os.cpu_count()} cores; load at its end {load:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, help="of each; otherwise 7 switchovers, 5 of all else")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="a section; may be given again")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a lab that was begun is taken down all the same
    lines, loads, failed = [], [], False
    for name in options.only or SECTIONS:
        rounds = options.rounds or (SWITCHOVERS if name == "switchover" else OTHERS)
        try:
            rows, load = section(name, rounds)
        except Exception as error:  # the other sections are measured all the same, and the exit status tells
            failed = True
            loads.append(f"{name}: **not measured**: {type(error).__name__}: {error}")
            continue
        lines += [row.line() for row in rows]
        failed = failed or any(row.broken for row in rows)
        loads.append(load)
    out = sys.stdout
    out.write("| what | goal | console | compared with, in the same run | command |\n|---|---|---|---|---|\n")
    out.write("\n".join([*lines, "", *loads]) + "\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
