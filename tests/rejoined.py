"""A lab that tests break by hand and mend with plans of the console: the real runner and hands, a log in memory."""

import secrets
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from console.domain.books import Proof as BooksOutcome
from console.domain.cluster import ClusterSpec
from console.domain.ledger_mapping import LedgerMapping
from console.domain.plan import Outcome, Pairs, Plan
from console.domain.reading import Moment
from console.domain.run import BooksLine, Entry
from console.domain.run_story import Story, story_of
from console.lab.desk import LabStatus, lab_cluster, lab_fault, lab_mend, lab_status
from console.places import Home
from console.recovery import rejoin
from console.recovery.books_door import SshDoor
from console.recovery.books_proof import NoSeals, prove_books
from console.recovery.fork import ForkRead, read_fork
from console.recovery.fork_reading import ForkHosts
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.recovery.look import Looks
from console.recovery.rejoin_reading import with_rejoin
from console.recovery.runner import Runner
from console.recovery.world import World
from console.ssh.hostkeys import HostKeyStore
from console.ssh.hosts import SshHosts
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from tests.live import live_lab, sql, wait_for
from tests.watched import Watched


def now() -> Moment:
    return Moment(datetime.now(UTC), time.monotonic())


class MemoryLog:
    """A run's journal in memory."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.story: Story = story_of(())

    def write(self, step: str, word: str, detail: Pairs = ()) -> None:
        number = len(self.entries) + 1
        entry = Entry(run="test", number=number, at=datetime.now(UTC), step=step, word=word, detail=detail)
        self.entries.append(entry)
        self.story.tell(entry)

    def write_several(self, lines: tuple[tuple[str, str, Pairs], ...], *, soon: bool = False) -> None:  # noqa: ARG002
        for step, word, detail in lines:
            self.write(step, word, detail)

    def flush(self) -> None:
        """Nothing waits."""

    def state(self, step: str) -> str:
        return self.story.state(step)

    def acted(self, step: str) -> bool:
        return self.story.acted(step)

    def known(self) -> Mapping[str, str]:
        return self.story.known

    def words(self) -> list[tuple[str, str]]:
        return [(entry.step, entry.word) for entry in self.entries]


@dataclass
class Yard:
    """A live lab and hands to break and to mend it."""

    home: Home
    spec: ClusterSpec
    sessions: Sessions
    log: MemoryLog = field(default_factory=MemoryLog)
    plans: int = 0
    key: str = field(default_factory=lambda: f"test-{secrets.token_hex(4)}")  # of the lock

    @property
    def lab(self) -> LabStatus:
        status = lab_status(self.home)
        assert status is not None
        return status

    # -- breaking by hand ---------------------------------------------------------------------------------------

    def sql(self, node: str, text: str, *, database: str = "ledger") -> str:
        try:
            return sql(self.lab, node, text, database=database)
        except subprocess.TimeoutExpired as late:
            log = (self.data(node).parent / "log" / "postgres.log").read_text(errors="replace").splitlines()[-25:]
            raise AssertionError(f"{node}: {text}: no answer; its log ends with\n" + "\n".join(log)) from late

    def fault(self, name: str, node: str) -> None:
        lab_fault(self.home, name, node)

    def mend(self) -> None:
        lab_mend(self.home)

    def data(self, node: str) -> Path:
        found = self.lab.node(node)
        assert found is not None and found.data_directory is not None
        return Path(found.data_directory)

    def book(self, node: str, many: int = 1, *, amount: str = "12.50") -> list[str]:
        """Entries that wait for no standby; their references."""
        accounts = self.sql(
            node, "select min(id) || ' ' || max(id) from ledger.accounts where currency = 'EUR'"
        ).split()
        found = []
        for _ in range(many):
            reference = str(uuid.uuid4())
            postings = "[" + ",".join(
                f'{{"account": {account}, "side": "{side}", "amount": "{amount}"}}'
                for account, side in zip(accounts, "DC", strict=True)
            ) + "]"
            call = f"select ledger.book('{reference}', 'by hand', '{postings}')"
            self.sql(node, f"set synchronous_commit = local; {call}")
            found.append(reference)
        return found

    def cut(self, *nodes: str) -> None:
        """Standbys let go of their upstream."""
        for node in nodes:
            self.sql(node, "alter system set primary_conninfo = ''")
            self.sql(node, "select pg_reload_conf()")
            self.wait_cut(node)

    def wait_cut(self, node: str) -> None:
        asked = "select count(*) from pg_stat_wal_receiver"
        wait_for(lambda: self.sql(node, asked) == "0", f"{node} to be cut")

    def promote(self, node: str) -> None:
        assert self.sql(node, "select pg_promote()") == "t"

    def repoint(self, node: str, upstream: str, conninfo: str) -> None:
        """A running standby is pointed at another node."""
        found = self.lab.node(upstream)
        assert found is not None
        slot = node.replace("-", "_")
        self.sql(upstream, f"select pg_create_physical_replication_slot('{slot}', true) where not exists "
                           f"(select from pg_replication_slots where slot_name = '{slot}')")  # fmt: skip
        words = [f"host={found.address}" if word.startswith("host=") else word for word in conninfo.split()]
        self.sql(node, f"alter system set primary_conninfo = '{' '.join(words)}'")
        self.sql(node, "select pg_reload_conf()")

    def fail_over(self, *, beyond: int = 0, promoted: str = "lab-2", other: str = "lab-3") -> list[str]:
        """lab-1 is killed, another promoted and followed; lab-1 wrote so many entries that nobody else has."""
        conninfo = self.sql(other, "show primary_conninfo")
        references: list[str] = []
        if beyond:
            self.cut(other, promoted)  # the one that is promoted holds the most
            references = self.book("lab-1", beyond)
        self.fault("kill", "lab-1")
        self.promote(promoted)
        self.repoint(other, promoted, conninfo)
        wait_for(lambda: self.follows(other, promoted), f"{other} to follow {promoted}")
        return references

    def address(self, node: str) -> str:
        found = self.lab.node(node)
        assert found is not None
        return found.address

    def promote_alone(self, node: str) -> None:
        """A killed server comes back, and is promoted where it knows of nobody: it takes a number that is taken."""
        self.fault("start", node)
        self.fault("stop", node)
        (self.data(node) / "standby.signal").touch()
        (self.data(node) / "postgresql.auto.conf").write_text("restore_command = ''\narchive_command = 'true'\n")
        self.fault("start", node)
        self.promote(node)

    def left_behind(self, node: str) -> list[Path]:
        """What lies in our directory on a host about this node, by the checksum of its data directory's path."""
        path = str(self.data(node))
        sum_of = subprocess.run(["cksum"], input=path.encode(), capture_output=True, check=True).stdout.decode().split()
        owner = self.data(node).stat().st_uid
        return sorted(Path(f"/var/tmp/ledger-console-{owner}").glob(f"{self.key}-{sum_of[0]}-{sum_of[1]}*"))

    def follows(self, node: str, upstream: str) -> bool:
        asked = f"select count(*) from pg_stat_replication where application_name = '{node}' and state = 'streaming'"
        return self.sql(upstream, asked) == "1"

    # -- mending by plan ------------------------------------------------------------------------------------------

    def world(self, looks: Looks, options: dict[str, str]) -> World:
        facts = looks.look(size=True)
        places = {name: looks.server_at(name, found) for name, found in facts.items()}
        self.plans += 1
        return World(
            spec=self.spec, facts=facts, servers={name: at for name, at in places.items() if at is not None}, now=now(),
            owner=f"tests:{self.plans}", person="tester", plan_id=f"plan-{self.plans}", options=options,
        )  # fmt: skip

    @contextmanager
    def ways(self) -> Iterator[tuple[SshHosts, Looks]]:
        hosts = SshHosts(self.spec, self.sessions)
        try:
            yield hosts, Looks(self.spec, hosts, now=now, lock_key=self.key)
        finally:
            hosts.close()

    def propose(self, subject: str = "lab-1", target: str = "", **options: str) -> Plan:
        """The plan of a rejoin, as the engine makes it."""
        with self.ways() as (hosts, looks):
            world = self.world(looks, options)
            return rejoin.make(with_rejoin(world, hosts, subject, target), subject, target)

    @contextmanager
    def runner(self, plan: Plan, log: MemoryLog | None = None) -> Iterator[Runner]:
        """The runner of a plan with real hands; `log` where it goes on from an earlier one."""
        self.log = log or MemoryLog()
        with self.ways() as (hosts, looks):
            owner = f"tests:{plan.id}"
            keeper = LockKeeper(self.spec, hosts, looks, owner=owner, person="tester", ticks=time.monotonic)
            hands = Hands(
                self.spec, hosts, looks, keeper, clock=now, last_seen=None, stopping=threading.Event(),
                books=self._books,
            )  # fmt: skip
            if log is not None and log.state("lock") in ("done", "already-so"):
                assert keeper.take(break_live=False).fine
            try:
                yield Runner(plan, hands, self.log, lambda: False)
            finally:
                keeper.release()

    def run(self, plan: Plan) -> MemoryLog:
        assert not plan.refused, refusals(plan)
        with self.runner(plan) as runner:
            runner.run()
        return self.log

    def archive(self) -> Path:
        return self.data("lab-1").parent.parent / "lab-vault" / "archive"

    @classmethod
    def of(cls, watched: Watched) -> "Yard":
        """The hands of a lab that an engine watches too."""
        keys = HostKeyStore(watched.home.lab_known_hosts)
        sessions = Sessions(host_keys=keys, secrets=Secrets(keyring=False), ask=None)
        return cls(watched.home, lab_cluster(watched.lab), sessions)

    def fork(self, a: str = "lab-1", b: str = "lab-2", *, mapping: LedgerMapping | None = None) -> ForkRead:
        """Both sides compared, as the engine does it."""
        mapping = mapping or self.spec.ledger_mapping
        assert mapping is not None
        with self.ways() as (hosts, looks):
            keeper = LockKeeper(self.spec, hosts, looks, owner="tests:fork", person="tester", ticks=time.monotonic)
            event = threading.Event()
            sides = ForkHosts(self.spec, hosts, looks, keeper, ticks=time.monotonic, pause=event.wait)
            return read_fork(self.spec.name, mapping, looks.look((a, b)), (a, b), sides, clock=now)

    def _books(self, nodes: tuple[str, ...]) -> tuple[BooksLine, ...]:
        mapping = self.spec.ledger_mapping
        assert mapping is not None
        door = SshDoor(self.spec, sessions=self.sessions, password=lambda _: None, writer="tests")
        try:
            proof = prove_books(nodes, cluster=self.spec.name, mapping=mapping, door=door, sealed=NoSeals(), clock=now)
        finally:
            door.close()
        assert proof.proof is not BooksOutcome.NOT_CHECKED
        return tuple(
            BooksLine(check=check, outcome=outcome, scope=scope, detail=detail)
            for check, outcome, scope, detail in (one.sentence_parts() for one in proof.outcomes())
        )


def refusals(plan: Plan) -> dict[str, object]:
    """What a plan was refused for, by check."""
    return {row.check: row.observed for row in plan.checks if row.outcome is Outcome.REFUSE}


@contextmanager
def yard(directory: Path, *, rate: float = 20.0) -> Iterator[Yard]:
    """A lab of three nodes with its workload, taken down whole afterwards."""
    with live_lab(directory, rate=rate) as (home, lab):
        sessions = Sessions(host_keys=HostKeyStore(home.lab_known_hosts), secrets=Secrets(keyring=False), ask=None)
        it = Yard(home, lab_cluster(lab), sessions)
        try:
            yield it
        finally:
            sessions.close()
            for path in Path("/var/tmp").glob(f"ledger-console-*/{it.key}-*"):
                path.unlink(missing_ok=True)  # the lock's files: its term stays on a host for good
