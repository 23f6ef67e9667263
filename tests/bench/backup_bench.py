"""Measures backups, their reading back and their proven restore by the console beside the bare tools, in turns."""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from console.domain.backup_policy import BackupKind
from tests.bench import change_bench
from tests.bench.backup_stage import Stage, stage
from tests.bench.change_bench import Row, busy, in_turns, tell

GIGABYTES: Final = float(os.environ.get("BACKUP_BENCH_GB", "2"))
ROUNDS: Final = 5
RESTORES_MAX: Final = 3  # each reads every entry, index and page of the ledger
CHURN_SHARE: Final = 0.01  # of the ledger's entries, before each round of what is made of changes
BOOKED_AFTER: Final = 2000  # entries between the last backup and the moment that is restored
SECTIONS: Final = ("full", "incremental", "differential", "verify", "restore")
COMMAND: Final = "`backup_bench`"
BACKUP_GOAL: Final = "≤ 5 % or 0.3 s over"
RESTORE_GOAL: Final = "≤ 10 % over"


def over(row: Row) -> Row:
    """With a note of what the console takes over the bare tool."""
    if row.console and row.bare:
        own, bare = median(row.console), median(row.bare)
        row.notes.append(f"{own - bare:+.2f} s, {(own / bare - 1) * 100:+.1f} %")
    return row


def made(lab: Stage, kind: BackupKind, churn: int, rounds: int) -> Row:
    """Both stand on the same parent, and each finds what was booked since on disk and summarized."""
    row = Row(f"{kind.value} backup, order → it counts in the repository", BACKUP_GOAL, "bare pg_basebackup")
    parent = None
    before = None

    def turn() -> None:
        nonlocal parent, before
        if kind is BackupKind.FULL:
            return
        parent = lab.newest(BackupKind.FULL if kind is BackupKind.DIFFERENTIAL else None)
        if before is None:
            lab.book(churn)
            lab.rest()
            before = parent
        else:
            parent, before = before, None

    def console() -> None:
        turn()
        row.console.append(lab.backup(kind).seconds)
        tell(f"console {kind.value}: {row.console[-1]:.2f} s")

    def bare() -> None:
        turn()
        row.bare.append(lab.bare_backup(parent))
        tell(f"bare {kind.value}: {row.bare[-1]:.2f} s")

    in_turns(row, rounds, console, bare)
    return over(row)


def verified(lab: Stage, rounds: int) -> Row:
    full = lab.newest(BackupKind.FULL)
    row = Row("a full backup and the WAL after it read back", "—", "bare pg_verifybackup, of the backup alone")

    def console() -> None:
        row.console.append(lab.verify(full).seconds)
        tell(f"console verify: {row.console[-1]:.2f} s")

    def bare() -> None:
        row.bare.append(lab.bare_verify(full))
        tell(f"bare verify: {row.bare[-1]:.2f} s")

    in_turns(row, rounds, console, bare)
    return over(row)


def restored(lab: Stage, churn: int, rounds: int) -> Row:
    lab.book(churn)
    lab.rest()
    lab.backup(BackupKind.INCREMENTAL)
    last = lab.newest()
    chain = lab.chain(last)
    lab.book(BOOKED_AFTER)
    moment = lab.moment_after(last)
    row = Row(f"restore of a chain of {len(chain)} to a moment, its books, indexes and pages proven, taken away",
              RESTORE_GOAL, "the same by script")  # fmt: skip

    def console() -> None:
        row.console.append(lab.prove(last, moment).seconds)
        tell(f"console restore: {row.console[-1]:.2f} s")

    def bare() -> None:
        row.bare.append(lab.bare_restore(chain, moment))
        tell(f"bare restore: {row.bare[-1]:.2f} s")

    in_turns(row, rounds, console, bare)
    return over(row)


def measure(lab: Stage, names: tuple[str, ...], rounds: int, gigabytes: float) -> tuple[list[Row], str]:
    """One ledger for all sections, in their order: each stands on what those before it made."""
    lab.ready()
    began = time.monotonic()
    entries = lab.fill(gigabytes)
    filled = f"{entries:,} entries, {lab.size() / 1e9:.2f} GB, filled in {time.monotonic() - began:.0f} s"
    tell(filled)
    churn, rows = max(100, int(entries * CHURN_SHARE)), []
    if "full" not in names:
        lab.backup(BackupKind.FULL)
    for kind in BackupKind:
        if kind.value in names:
            rows.append(made(lab, kind, churn, rounds))
    if "verify" in names:
        rows.append(verified(lab, rounds))
    if "restore" in names:
        rows.append(restored(lab, churn, min(rounds, RESTORES_MAX)))
    return rows, filled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    rounds = f"of each, otherwise {ROUNDS}; of restores {RESTORES_MAX} at most"
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=rounds)
    parser.add_argument("--gigabytes", type=float, default=GIGABYTES, help=f"of the ledger; otherwise {GIGABYTES:g}")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="a section; may be given again")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a lab that was begun is taken down all the same
    before = busy()
    with tempfile.TemporaryDirectory(prefix="backup-bench-") as place, stage(Path(place)) as lab:
        rows, filled = measure(lab, tuple(options.only or SECTIONS), options.rounds, options.gigabytes)
        load = os.getloadavg()[0]
    lines = [row.line().replace(change_bench.COMMAND, COMMAND) for row in rows]
    out = sys.stdout
    out.write("| what | goal | console | compared with, in the same run | command |\n|---|---|---|---|---|\n")
    out.write("\n".join([*lines, "", filled]) + "\n")
    out.write(f"others used {before:.0f} % of one core before the lab and {busy():.0f} % after it, of "
              f"{os.cpu_count()} cores; load at its end {load:.1f}\n")  # fmt: skip
    sys.exit(1 if any(row.broken for row in rows) else 0)


if __name__ == "__main__":
    main()
