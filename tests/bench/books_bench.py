"""Measures the proof of books over 10 million postings on one node of the lab, beside one count(*), and sealing."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from console.cli.lab import lab_cluster
from console.domain.books import Proof
from console.domain.ledger_mapping import LedgerMapping, reference_mapping
from console.domain.reading import Moment
from console.engine.sealing import Sealed
from console.lab.desk import LabStatus, lab_down, lab_up
from console.places import Home
from console.recovery.books_door import SshDoor
from console.recovery.books_proof import prove_books
from console.recovery.books_sealing import seal_books
from console.ssh.hostkeys import HostKeyStore
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from console.store.database import open_store
from console.store.seals import Seals

ENTRIES: Final = int(os.environ.get("BOOKS_BENCH_ENTRIES", "2500000"))
POSTINGS_EACH: Final = 4
RUNS: Final = 5
SEALS: Final = 20
NEW_ENTRIES: Final = 600  # of a minute at ten bookings a second
FILL_SECONDS_MAX: Final = 900.0
PROOF_SECONDS_GOAL: Final = 20.0
SEAL_SECONDS_GOAL: Final = 0.05

# Booked past the guards, which would take hours: the same rows that the ledger's own function writes.
_ROWS: Final = """
insert into ledger.entries (origin, number, reference, description)
 select 'main', i, md5(i::text)::uuid, 'buy 120 shares of AAPL, paid in USD' from generate_series({low}, {high}) i;
insert into ledger.postings select 'main', i, l, 10000 + l, case when l % 2 = 1 then 'D' else 'C' end,
 ((i % 10000) + 100 + (l - 1) / 2)::numeric(20, 2) from generate_series({low}, {high}) i, generate_series(1, {each}) l;
update ledger.head set number = {high};
"""
_GUARDS: Final = """do $$ declare one record; begin
 for one in select tgrelid::regclass place, tgname from pg_trigger where not tgisinternal and tgrelid in
   (select oid from pg_class where relnamespace = 'ledger'::regnamespace) loop
  execute format('alter table %s {} trigger %I', one.place, one.tgname); end loop; end $$;"""
_BALANCES: Final = """delete from ledger.balances; insert into ledger.balances select 'main', account,
 coalesce(sum(amount) filter (where side = 'D'), 0), coalesce(sum(amount) filter (where side = 'C'), 0), count(*),
 max(number) from ledger.postings group by account;"""


def psql(lab: LabStatus, text: str) -> str:
    node = lab.node("lab-1")
    assert node is not None
    where = ["-h", str(node.socket_directory), "-p", str(node.postgres_port), "-U", "postgres", "-d", "ledger"]
    ended = subprocess.run(
        [f"{lab.bin_directory}/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", *where, "-f", "-"], input=text,
        capture_output=True, text=True, timeout=FILL_SECONDS_MAX, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    return ended.stdout.strip()


def fill(lab: LabStatus, low: int, high: int) -> None:
    rows = _ROWS.format(low=low, high=high, each=POSTINGS_EACH)
    psql(lab, f"begin; {_GUARDS.format('disable')} {rows} {_GUARDS.format('enable always')} commit;")


def clock() -> Moment:
    return Moment(datetime.now(UTC), time.monotonic())


def line(what: str, taken: list[float], goal: float | None = None) -> None:
    wanted = "" if goal is None else f", goal {goal:g} s"
    sys.stdout.write(
        f"{what}: median {median(taken):.3f} s ({min(taken):.3f} to {max(taken):.3f}), {len(taken)} runs{wanted}\n"
    )
    sys.stdout.flush()


def measure(home: Home, lab: LabStatus) -> None:
    mapping = reference_mapping("ledger")
    sessions = Sessions(
        host_keys=HostKeyStore(home.known_hosts, also=(Path(lab.known_hosts),)), secrets=Secrets(), ask=None
    )
    door = SshDoor(lab_cluster(lab), sessions=sessions, password=lambda _: None, writer="bench")
    with open_store(home.store) as store:
        seals = Seals(store)
        try:
            first = time.monotonic()
            seal_books("lab-1", cluster="lab", mapping=mapping, door=door, keeper=seals, clock=clock)
            line("the first seal of all of it, one session", [time.monotonic() - first])
            prove(lab, mapping, door, seals)
            seal(lab, mapping, door, seals)
        finally:
            door.close()
            sessions.close()


def prove(lab: LabStatus, mapping: LedgerMapping, door: SshDoor, seals: Seals) -> None:
    """In turns, so that both meet the same machine."""
    counts, full, part = [], [], []
    for _ in range(RUNS):
        began = time.monotonic()
        psql(lab, "set max_parallel_workers_per_gather = 0; select count(*) from ledger.postings")
        counts.append(time.monotonic() - began)
        for taken, whole in ((full, True), (part, False)):
            proof = prove_books(
                ("lab-1",), cluster="lab", mapping=mapping, door=door, sealed=Sealed(seals, "lab", mapping),
                clock=clock, full=whole,
            )  # fmt: skip
            if proof.proof is not Proof.PROVEN:
                raise RuntimeError(f"the books are not whole: {proof}")
            taken.append(proof.seconds)
    line("one count(*) of the postings, one process", counts)
    line("proof of books in full, two sessions, over SSH", full, PROOF_SECONDS_GOAL)
    line("proof of what is new since the seal", part)


def seal(lab: LabStatus, mapping: LedgerMapping, door: SshDoor, seals: Seals) -> None:
    kept, fresh = [], []
    top = ENTRIES
    session = door.open("lab-1")
    for _ in range(SEALS):
        for taken, given in ((kept, session), (fresh, None)):
            fill(lab, top + 1, top + NEW_ENTRIES)
            top += NEW_ENTRIES
            began = time.monotonic()
            done = seal_books(
                "lab-1", cluster="lab", mapping=mapping, door=door, keeper=seals, clock=clock, session=given
            )
            taken.append(time.monotonic() - began)
            if [each.fingerprint.last for each in done.sealed] != [top]:
                raise RuntimeError(f"not sealed: {done}")
    session.close()
    line(f"sealing {NEW_ENTRIES} new entries, flushed to the store, session kept", kept, SEAL_SECONDS_GOAL)
    line("the same with a psql of its own on a kept connection", fresh)


def main() -> None:
    out = sys.stdout
    with tempfile.TemporaryDirectory(prefix="books-bench-") as directory:
        home = Home(Path(directory) / "home")
        home.directory.mkdir(mode=0o700)
        try:
            lab = lab_up(home, nodes=1, rate=0.0)
            began = time.monotonic()
            psql(lab, "alter system set max_wal_size = '8GB'; alter system set archive_command = '/bin/true'")
            psql(lab, "select pg_reload_conf()")
            start = int(psql(lab, "select number from ledger.head")) + 1
            fill(lab, start, ENTRIES)
            psql(lab, f"begin; {_BALANCES} commit; analyze")
            psql(lab, "vacuum ledger.entries, ledger.postings")
            postings = psql(lab, "select count(*) from ledger.postings")
            out.write(f"{ENTRIES:,} entries, {int(postings):,} postings; filled in {time.monotonic() - began:.0f} s\n")
            measure(home, lab)
        finally:
            lab_down(home)
    out.write(f"load {os.getloadavg()[0]:.1f}\n")


if __name__ == "__main__":
    main()
