"""The stage of the benches of backups: a lab with a big ledger, the console's work on it, and the bare tools beside."""

import os
import pwd
import shlex
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from console.backup.native_wal import fetch_command
from console.cli.face import Face
from console.cli.lab import register
from console.domain.backup import Backup, BackupCheck, BackupsView, Job, JobState
from console.domain.backup_policy import BackupKind, Scheduler
from console.domain.books import BLOCK_ENTRIES, Horizon
from console.domain.ledger_mapping import reference_mapping
from console.domain.restore import Target, TargetKind
from console.domain.targets import BACKUP_END_MARGIN
from console.domain.verdict import Health
from console.lab.desk import lab_cluster, lab_down, lab_up
from console.lab.place import LabPlace
from console.lab.plan import REPLICATION_ROLE
from console.lab.processes import MARK
from console.lab.status import LabStatus
from console.link.backups import AskBackups, BackupsSeen, JobSeen, SavePolicy, StartBackup, StartProve, StartVerify
from console.link.messages import ClusterSeen, Done, Message
from console.link.socket import Link
from console.places import Home
from console.postgres.books import CHUNK_BLOCKS, BooksSql
from console.postgres.books_readers import read_shape
from console.postgres.restore_verbs import SETTINGS
from tests.bench.rig import stop_engine, wait_for

CLUSTER: Final = "lab"
NODE: Final = "lab-1"
ORIGIN: Final = "main"
POSTINGS_EACH: Final = 4
CHUNK_ENTRIES: Final = 100_000
ASK_SECONDS_MAX: Final = 90.0
WORK_SECONDS_MAX: Final = 3600.0

# Booked past the guards, which would take hours: the same rows, and the same totals, that the ledger's function writes.
_FILL: Final = """do $$ declare one record; low bigint; high bigint; guards text[]; guard text; begin
 select array_agg(format('%s %%s trigger %I', tgrelid::regclass, tgname)) into guards from pg_trigger
  where not tgisinternal and tgname <> 'keep_totals'
   and tgrelid in ('ledger.entries'::regclass, 'ledger.postings'::regclass, 'ledger.head'::regclass);
 foreach guard in array guards loop execute 'alter table ' || format(guard, 'disable'); end loop;
 select number + 1, number + {many} into low, high from ledger.head where origin = '{origin}' for update;
 insert into ledger.entries (origin, number, reference, description)
  select '{origin}', i, md5(i::text || random()::text)::uuid, 'buy 120 shares of AAPL, paid in USD'
   from generate_series(low, high) i;
 insert into ledger.postings select '{origin}', i, l, 10000 + l, case when l % 2 = 1 then 'D' else 'C' end,
  ((i % 10000) + 100 + (l - 1) / 2)::numeric(20, 2) from generate_series(low, high) i, generate_series(1, {each}) l;
 update ledger.head set number = high, xid = pg_current_xact_id(), booked_at = clock_timestamp()
  where origin = '{origin}';
 foreach guard in array guards loop execute 'alter table ' || format(guard, 'enable always'); end loop;
end $$"""
_SUMMARIZED: Final = """select summarized_lsn >= (select redo_lsn from pg_control_checkpoint())
 from pg_get_wal_summarizer_state()"""

_BASE: Final = """set -eu
LC_ALL=C; export LC_ALL; cd /; umask 077; B={programs}
mkdir -p {place}
"""
_BACKUP: Final = """rm -rf {to}
"$B/pg_basebackup" -d {conninfo} -w -c fast -X stream --manifest-checksums=SHA256 --progress -v -Ft -Z 1 \
{incremental} -D {to} >{to}.log 2>&1 || {{ tail -n 5 {to}.log >&2; exit 1; }}
"""
_VERIFY: Final = """"$B/pg_verifybackup" -n {data} >{place}/verify.log 2>&1
grep -q 'backup successfully verified' {place}/verify.log
"""
# Laid out, combined, started and recovered to the point as the console's sandbox is: the same settings, the same WAL.
_RESTORE: Final = """D={place}/restored; rm -rf "$D" "$D.parts"; mkdir "$D.parts"; n=0; set --
for q in {chain}; do
n=$((n + 1)); p="$D.parts/$n"; mkdir -m 700 "$p"
tar -xf "$q"/base.tar.gz -C "$p"; mkdir -p "$p/pg_wal"; tar -xf "$q"/pg_wal.tar.gz -C "$p/pg_wal"
cp "$q/backup_manifest" "$p/backup_manifest"; set -- "$@" "$p"
done
if [ $# = 1 ]; then mv -T "$1" "$D"; sync -f "$D"
else "$B/pg_combinebackup" --manifest-checksums=SHA256 --link -o "$D" "$@" >{place}/combine.log 2>&1; fi
: >"$D/postgresql.auto.conf"; rm -rf "$D"/pg_replslot/*; : >"$D/standby.signal"
printf 'local all all trust\\n' >"$D.hba"; : >"$D.log"
X=$(mktemp -d); trap 'rm -rf "$X"' EXIT
setsid "$B/postgres" -D "$D" -c hba_file="$D.hba" -c unix_socket_directories="$X" -c port=5432 {settings} \
</dev/null >>"$D.log" 2>&1 & s=$!
Q() {{ "$B/psql" -XAtqw -v ON_ERROR_STOP=1 -h "$X" -p 5432 -U postgres "$@"; }}
until [ "$(Q -d postgres -c "select pg_get_wal_replay_pause_state()" 2>/dev/null)" = paused ]; do
kill -0 $s 2>/dev/null || {{ tail -n 6 "$D.log" >&2; exit 1; }}; sleep 0.05; done
"""
# The proof: every entry, posting and balance by the console's own statements, two sessions side by side; then every
# index and every page.
_PROOF: Final = """Q -d ledger -f {place}/tally.sql >{place}/tally.out & t=$!
Q -d ledger -f {place}/blocks.sql >{place}/blocks.out; wait $t
[ -s {place}/tally.out ] && [ -s {place}/blocks.out ]
Q -d postgres -c 'select pg_promote(true, 60)' >/dev/null
"$B/pg_amcheck" -h "$X" -p 5432 -U postgres -w --all --install-missing --heapallindexed --parent-check \
--no-strict-names >{place}/amcheck.log 2>&1
"$B/pg_ctl" -D "$D" -m fast -w stop >/dev/null
"$B/pg_checksums" --check -D "$D" >{place}/pages.log
rm -rf "$D" "$D".*
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A piece of work of the console: how it ended, and the seconds from its order to the word that it had."""

    job: Job
    seconds: float


class Ear:
    """Hears what the engine tells, and when."""

    def __init__(self) -> None:
        self.health = Health.UNKNOWN
        self._ended: dict[str, tuple[Job, float]] = {}
        self._news = threading.Condition()

    def hear(self, message: Message) -> None:
        with self._news:
            if isinstance(message, ClusterSeen) and message.view.name == CLUSTER:
                self.health = message.view.verdict.health
            elif isinstance(message, JobSeen) and message.job.state not in (JobState.RUNNING, JobState.UNSEEN):
                self._ended.setdefault(message.job.id, (message.job, time.monotonic()))
                self._news.notify_all()

    def end_of(self, job: str) -> tuple[Job, float]:
        """TimeoutError after the limit."""
        with self._news:
            if not self._news.wait_for(lambda: job in self._ended, timeout=WORK_SECONDS_MAX):
                raise TimeoutError(f"{job} did not end within {WORK_SECONDS_MAX:g} s")
            return self._ended[job]


class Stage:
    """A lab of one node and a vault, and who backs it up: the console by the link, and the bare tools."""

    def __init__(self, home: Home, lab: LabStatus, link: Link, ear: Ear) -> None:
        self.lab = lab
        self._link, self._ear = link, ear
        self._place = LabPlace.of(home)
        self._bare = self._place.backups.parent / "bare"

    # The ledger

    def sql(self, text: str) -> str:
        """As the administrator, on the node. RuntimeError with what psql says."""
        node = self.lab.node(NODE)
        assert node is not None
        where = ["-h", str(node.socket_directory), "-p", str(node.postgres_port), "-U", "postgres", "-d", "ledger"]
        ended = subprocess.run(
            [f"{self.lab.bin_directory}/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", *where, "-f", "-"], input=text,
            capture_output=True, text=True, timeout=WORK_SECONDS_MAX, check=False,
        )  # fmt: skip
        if ended.returncode:
            raise RuntimeError(ended.stderr)
        return ended.stdout.strip()

    def book(self, many: int) -> None:
        """So many entries more."""
        self.sql(_FILL.format(many=many, origin=ORIGIN, each=POSTINGS_EACH))

    def size(self) -> int:
        return int(self.sql("select pg_database_size('ledger')"))

    def fill(self, gigabytes: float) -> int:
        """Until the ledger has that size; its entries."""
        self.sql("alter system set max_wal_size = '8GB'")
        self.sql("alter system set archive_command = '/bin/true'")
        self.sql("select pg_reload_conf()")
        while (lacks := gigabytes * 1e9 - self.size()) > 0:
            self.book(min(CHUNK_ENTRIES, max(1000, int(lacks / 900))))
        self.sql("vacuum analyze ledger.entries, ledger.postings")
        self.rest()
        return int(self.sql("select number from ledger.head"))

    def rest(self) -> None:
        """Nothing is left to be written, and the WAL is summarized: nobody who goes first pays for it."""
        self.sql("checkpoint")
        wait_for(lambda: self.sql(_SUMMARIZED) == "t", "the summaries of the WAL", seconds=120.0, pause=0.2)

    # The console

    def view(self) -> BackupsView:
        """Its repository, read now."""
        said = self._link.ask(AskBackups(cluster=CLUSTER, anew=True), seconds_max=ASK_SECONDS_MAX)
        assert isinstance(said, BackupsSeen), said
        return said.view

    def ready(self) -> None:
        """Wait until the console watches a healthy lab and receives its WAL; from then on nothing begins by itself."""
        wait_for(lambda: self._ear.health is Health.HEALTHY, "a healthy lab")
        policy = lab_cluster(self.lab).backup
        assert policy is not None
        said = self._link.ask(SavePolicy(cluster=CLUSTER, policy=replace(policy, scheduler=Scheduler.NOBODY)))
        assert isinstance(said, Done), said
        wait_for(lambda: self.view().repositories[0].wal.receiving, "WAL to be received", pause=0.5)

    def _work(self, order: Message) -> Ended:
        ordered = time.monotonic()
        said = self._link.ask(order, seconds_max=ASK_SECONDS_MAX)
        if not isinstance(said, JobSeen):
            raise RuntimeError(f"not begun: {said}")
        job, ended = self._ear.end_of(said.job.id)
        if job.state is not JobState.DONE:
            raise RuntimeError(f"{job.kind.value} came to '{job.state.value}': {job.reason} {job.detail}")
        return Ended(job, ended - ordered)

    def backup(self, kind: BackupKind) -> Ended:
        return self._work(StartBackup(cluster=CLUSTER, kind=kind))

    def verify(self, backup: Backup) -> Ended:
        return self._work(StartVerify(cluster=CLUSTER, repository=backup.repository, backup=backup.id))

    def prove(self, backup: Backup, moment: datetime) -> Ended:
        """Restored to that moment and proven. RuntimeError where a check was not made, or did not pass."""
        target = Target(kind=TargetKind.TIME, time=moment)
        done = self._work(
            StartProve(cluster=CLUSTER, repository=backup.repository, backup=backup.id, target=target)
        )
        marks = {mark.check: mark for mark in self.view().marks if mark.backup == backup.id}
        for check in (BackupCheck.RESTORED, BackupCheck.BOOKS, BackupCheck.INDEXES, BackupCheck.PAGES):
            if check not in marks or marks[check].result.value != "passed":
                raise RuntimeError(f"{check.value}: {marks.get(check)}")
        return done

    def newest(self, kind: BackupKind | None = None) -> Backup:
        """The newest whole backup, of that kind where one is named."""
        held = [one for one in self.view().repositories[0].backups if kind in (None, one.kind)]
        return max(held, key=lambda one: one.id)

    def chain(self, backup: Backup) -> tuple[Backup, ...]:
        """With all that it stands on, the full one first."""
        by_id = {one.id: one for one in self.view().repositories[0].backups}
        chain = [backup]
        while (parent := chain[0].parent) is not None:
            chain.insert(0, by_id[parent])
        return tuple(chain)

    def moment_after(self, backup: Backup) -> datetime:
        """A moment by the server that surely lies after a backup, and WAL of after it is in the repository."""
        ended = backup.ended_at
        assert ended is not None

        def look() -> datetime | None:
            text = self.sql("select clock_timestamp() at time zone 'UTC'")
            now = datetime.fromisoformat(text).replace(tzinfo=UTC)
            return now if now > ended + BACKUP_END_MARGIN else None

        moment = wait_for(look, "a moment after the backup", pause=0.2)
        assert moment is not None
        wait_for(
            lambda: any(one.end_at is not None and one.end_at > moment for one in self.view().windows),
            f"WAL of after {moment}", seconds=120.0, pause=0.5,
        )  # fmt: skip
        return moment

    # The bare tools

    def data_of(self, backup: Backup) -> Path:
        """What pg_basebackup wrote of a backup of the console's."""
        return self._place.backups / "backups" / backup.id / "data"

    def bare_backup(self, parent: Backup | None) -> float:
        """pg_basebackup alone, with the same options, on the same parent; it flushes what it wrote by itself."""
        node = self.lab.node(NODE)
        assert node is not None
        conninfo = (
            f"host={node.address} port={node.postgres_port} user={REPLICATION_ROLE} "
            f"passfile={self._place.pass_file('lab-vault')}"
        )
        incremental = "" if parent is None else f"--incremental={self.data_of(parent)}/backup_manifest"
        return self._run(_BACKUP.format(
            to=self._bare / "backup", conninfo=shlex.quote(conninfo), incremental=incremental
        ))  # fmt: skip

    def bare_verify(self, backup: Backup) -> float:
        return self._run(_VERIFY.format(data=self.data_of(backup), place=self._bare))

    def bare_restore(self, chain: tuple[Backup, ...], moment: datetime) -> float:
        """The same restore and the same proof, written as a script by somebody who knows how."""
        self._lay_statements()
        root, staging = self._place.backups, self._place.backups / "staging"
        fetch = fetch_command(roots=(str(root),), receiving=(str(staging / "receiving"),), archive="")
        settings = (
            *SETTINGS, ("restore_command", fetch), ("recovery_target_time", moment.isoformat()),
            ("summarize_wal", "off"),
        )  # fmt: skip
        words = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings)
        chained = " ".join(shlex.quote(str(self.data_of(one))) for one in chain)
        return self._run(_RESTORE.format(place=self._bare, chain=chained, settings=words),
                         _PROOF.format(place=self._bare))  # fmt: skip

    def _lay_statements(self) -> None:
        """The questions of the books, as files."""
        mapping = reference_mapping("ledger")
        shape = read_shape(self.sql(BooksSql.shape_question(mapping)).encode(), mapping)
        books, top = BooksSql(mapping, shape), int(self.sql("select number from ledger.head"))
        step, begin = CHUNK_BLOCKS * BLOCK_ENTRIES, "set jit = off;\n"
        horizon = Horizon(number=top)
        chunks = [
            books.blocks(ORIGIN, low, min(top, low + step - 1), horizon) for low in range(1, top + 1, step)
        ]
        self._run(
            f"cat >{self._bare}/tally.sql <<'END'\n{begin}{books.tally(ORIGIN, top, horizon)};\nEND\n",
            f"cat >{self._bare}/blocks.sql <<'END'\n{begin}{''.join(f'{chunk};' for chunk in chunks)}\nEND\n",
        )

    def _run(self, *parts: str) -> float:
        """The seconds that a script took, as the account whose the repository is. RuntimeError with what it says."""
        base = _BASE.format(programs=shlex.quote(self.lab.bin_directory), place=self._bare)
        account, drops = pwd.getpwnam(self.lab.account), os.geteuid() == 0
        with tempfile.TemporaryFile() as said:  # a server that is started would inherit a pipe
            began = time.monotonic()
            ended = subprocess.run(
                ["/bin/sh", "-s"], input=(base + "".join(parts)).encode(), cwd="/", timeout=WORK_SECONDS_MAX,
                stdout=said, stderr=said, check=False, start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", MARK: self.lab.directory},
                user=account.pw_uid if drops else None, group=account.pw_gid if drops else None,
                extra_groups=[] if drops else None,
            )  # fmt: skip
            seconds = time.monotonic() - began
            if ended.returncode:
                said.seek(0)
                raise RuntimeError(f"the bare tools failed: {said.read().decode(errors='replace')[-800:]}")
            return seconds


@contextmanager
def stage(directory: Path) -> Iterator[Stage]:
    """A watched lab of one node, its trade workload going on; nothing of it is left running."""
    home, ear = Home(directory / "home"), Ear()
    home.directory.mkdir(mode=0o700, parents=True)
    try:
        lab = lab_up(home, nodes=1)
        register(Face(home=home, json=True, ask=False), lab)
        link = Link(
            home.engine_socket, face="bench", watches=True, on_message=ear.hear, on_lost=lambda _: None, person="bench"
        )
        try:
            yield Stage(home, lab, link, ear)
        finally:
            link.close()
    finally:
        stop_engine(home)
        lab_down(home)
