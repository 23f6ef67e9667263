"""The outage meter on a live lab: gaps beside those of a client of the test's own, lost acknowledgements, hangs."""

import hashlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pytest

from console.domain.cluster import ChangePolicy, ClusterSpec
from console.domain.run import Outage
from console.lab.desk import LabStatus, lab_cluster, lab_fault
from console.places import Home
from console.recovery.outage import START_SECONDS_MAX, OutageMeter
from console.recovery.outage_scripts import number_sql
from console.ssh.connection import Connection
from console.ssh.hostkeys import HostKeyStore
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from console.ssh.supervise import Standing, Supervisor
from tests.live import live_lab, sql, wait_for

NEAR_SECONDS = 0.03
RUN = "run-1"


@dataclass
class Desk:
    """A live lab, and doors to it."""

    home: Home
    lab: LabStatus
    spec: ClusterSpec
    sessions: Sessions
    meters: list[OutageMeter] = field(default_factory=list)

    def connect(self, node: str) -> Connection:
        spec = self.spec.node(node)
        assert spec is not None
        return self.sessions.connect(spec.ssh)

    def meter(self, run: str = RUN, *, policy: ChangePolicy | None = None) -> OutageMeter:
        spec = self.spec if policy is None else replace(self.spec, change=policy)
        meter = OutageMeter(self.connect, spec, run, time.monotonic)
        self.meters.append(meter)
        return meter

    def number(self, node: str, run: str = RUN) -> int:
        return int(sql(self.lab, node, number_sql(run)))

    def log(self, run: str = RUN) -> list[str]:
        supervisor = Supervisor(self.connect("lab-vault"), become=self.lab.become)
        return supervisor.look(self.name(run), offset=0, log_bytes=4_000_000).log.decode().splitlines()

    def name(self, run: str = RUN) -> str:
        """Under which the client of a run is supervised."""
        mark = hashlib.sha256(self.spec.change.client_conninfo.encode()).hexdigest()[:8]
        return f"outage:lab:{mark}:{run}"

    def set(self, node: str, name: str, value: str) -> None:
        sql(self.lab, node, f"alter system set {name} = '{value}'")
        sql(self.lab, node, "select pg_reload_conf()")

    def promote(self, node: str) -> None:
        assert sql(self.lab, node, "select pg_promote()") == "t"

    def follow(self, node: str, upstream: str) -> None:
        """A running standby is pointed at another node."""
        found = self.lab.node(upstream)
        assert found is not None
        slot = node.replace("-", "_")
        sql(self.lab, upstream, f"select pg_create_physical_replication_slot('{slot}', true)")
        old = sql(self.lab, node, "show primary_conninfo")
        new = " ".join(f"host={found.address}" if word.startswith("host=") else word for word in old.split())
        self.set(node, "primary_conninfo", new)

    def cut(self, node: str) -> None:
        """A standby lets go of its upstream."""
        self.set(node, "primary_conninfo", "")
        wait_for(lambda: sql(self.lab, node, "select count(*) from pg_stat_wal_receiver") == "0", f"{node} to be cut")


@contextmanager
def a_desk(directory: Path, *, sshd: bool) -> Iterator[Desk]:
    with live_lab(directory, rate=5.0, sshd=sshd) as (home, lab):
        sessions = Sessions(
            host_keys=HostKeyStore(home.lab_known_hosts), secrets=Secrets(keyring=False), ask=None
        )  # fmt: skip
        desk = Desk(home, lab, lab_cluster(lab), sessions)
        try:
            yield desk
        finally:
            for meter in desk.meters:
                meter.finish(lambda: None)
            sessions.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "home", sshd=False) as desk:
        yield desk


class OwnClient:
    """A client of the test's own: psycopg over the same connection string, its gap by its own clock."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._ending = threading.Event()
        self.times: list[float] = []
        self._thread = threading.Thread(target=self._work, name="own client")

    def _work(self) -> None:
        pause, number = threading.Event(), 0
        while not self._ending.is_set():
            try:
                with psycopg.connect(self._conninfo, autocommit=True) as connection:
                    while not self._ending.is_set():
                        number += 1
                        connection.execute(
                            "insert into ledger_console.outage values ('own', %s, now()) "
                            "on conflict (run) do update set number = excluded.number",
                            (number,),
                        )
                        self.times.append(time.monotonic())
                        pause.wait(0.01)
            except psycopg.Error:
                pause.wait(0.01)

    @property
    def gap(self) -> float:
        return max(later - earlier for earlier, later in zip(self.times, self.times[1:], strict=False))

    def end(self) -> None:
        self._ending.set()
        self._thread.join(30)


@contextmanager
def own_client(desk: Desk) -> Iterator[OwnClient]:
    client = OwnClient(desk.spec.change.client_conninfo)
    client._thread.start()
    try:
        wait_for(lambda: len(client.times) > 20, "the own client to write")
        yield client
    finally:
        client.end()


def writes(meter: OutageMeter, more: int = 10) -> Outage:
    """Wait until it has written some more."""
    before = meter.outage().acknowledged
    return wait_for(
        lambda: seen if (seen := meter.outage()).acknowledged >= before + more and not seen.open else None,
        "the meter to write",
    )


def test_the_gap_of_a_switchover_is_what_another_client_measures(desk: Desk) -> None:
    meter = desk.meter()
    began = time.monotonic()
    meter.start()
    assert time.monotonic() - began < START_SECONDS_MAX
    quiet = writes(meter, 50)
    assert quiet.gap_seconds is not None
    assert quiet.gap_seconds < 0.2
    assert (quiet.errors, quiet.unknown, quiet.why) == (0, 0, "")
    with own_client(desk) as own:
        lab_fault(desk.home, "stop", "lab-1")
        wait_for(lambda: meter.outage().open, "the outage to be seen")
        desk.promote("lab-2")
        desk.follow("lab-3", "lab-2")
        writes(meter)
        seen = len(own.times)
        wait_for(lambda: len(own.times) > seen + 10, "the own client to write again")
    outage = meter.finish(lambda: desk.number("lab-2"))
    assert outage.gap_seconds is not None
    assert abs(outage.gap_seconds - own.gap) <= NEAR_SECONDS, f"meter {outage.gap_seconds:.3f} s, own {own.gap:.3f} s"
    assert outage.lost_acknowledged == 0
    assert outage.errors + outage.unknown > 0
    assert not outage.open
    # The marks show the gap: the last write before it, a failure, and the first write after it.
    failure = next(place for place, mark in enumerate(outage.marks) if not mark[1])
    (last, before), (first, after) = outage.marks[failure - 1], outage.marks[failure + 1]
    assert (before, after) == (True, True)
    assert first - last == pytest.approx(outage.gap_seconds, abs=0.001)
    assert meter.left == ()
    assert desk.number("lab-2") == 0
    supervisor = Supervisor(desk.connect("lab-vault"), become=desk.lab.become)
    assert not [name for name in supervisor.names() if name.startswith(desk.name().removesuffix(RUN))]


def test_acknowledged_writes_that_the_new_primary_lacks_are_counted(desk: Desk) -> None:
    for node in ("lab-1", "lab-2"):
        desk.set(node, "synchronous_standby_names", "")
    meter = desk.meter()
    meter.start()
    writes(meter, 20)
    for standby in ("lab-2", "lab-3"):
        desk.cut(standby)
    held = desk.number("lab-2")
    writes(meter, 20)
    at_least = desk.number("lab-1") - held
    assert at_least >= 20
    lab_fault(desk.home, "kill", "lab-1")
    desk.promote("lab-2")
    writes(meter)
    log = [line.split() for line in desk.log()]
    truth = len([number for kind, number, *_ in log if kind == "a" and held < int(number) <= lost_up_to(log)])
    assert meter.outage().lost_acknowledged == truth, "known as soon as the client is on the new primary"
    outage = meter.finish(lambda: desk.number("lab-2"))
    assert outage.lost_acknowledged == truth
    assert at_least <= truth <= at_least + 50


def lost_up_to(log: list[list[str]]) -> int:
    """The last number that was acknowledged before the last session began."""
    last = max(place for place, line in enumerate(log) if line[0] == "s")
    return max(int(line[1]) for line in log[:last] if line[0] == "a")


def test_a_frozen_primary_leaves_an_unknown_write_and_the_gap_ends_on_the_new_one(desk: Desk) -> None:
    meter = desk.meter()
    meter.start()
    writes(meter, 20)
    ours = "from pg_stat_activity where application_name = 'ledger_console_outage'"
    waiting = f"select count(*) {ours} and wait_event_type = 'Lock'"
    # Its row is held, so that a write is on its way in the moment of the freeze.
    with psycopg.connect(desk.spec.change.client_conninfo) as holding:
        holding.execute("update ledger_console.outage set at = now()")
        wait_for(lambda: sql(desk.lab, "lab-1", waiting) == "1", "a write to be on its way")
        lab_fault(desk.home, "freeze", "lab-1")
        holding.close()
    wait_for(lambda: meter.outage().open, "the outage to be seen")
    for standby in ("lab-2", "lab-3"):
        desk.cut(standby)
    desk.set("lab-2", "synchronous_standby_names", "")
    desk.promote("lab-2")
    outage = writes(meter)
    assert outage.unknown >= 1
    assert outage.gap_seconds is not None
    assert outage.gap_seconds >= 2.0
    lab_fault(desk.home, "thaw", "lab-1")
    assert meter.finish(lambda: desk.number("lab-2")).lost_acknowledged == 0


def test_a_cancelled_wait_for_a_standby_is_unknown_and_a_hang_piles_up_no_sessions(desk: Desk) -> None:
    meter = desk.meter()
    meter.start()
    writes(meter, 20)
    for standby in ("lab-2", "lab-3"):
        desk.cut(standby)
    ours = "from pg_stat_activity where application_name = 'ledger_console_outage'"
    waiting = f"select count(*) {ours} and wait_event = 'SyncRep'"
    wait_for(lambda: sql(desk.lab, "lab-1", waiting) == "1", "the client to wait for a standby")
    sql(desk.lab, "lab-1", f"select pg_cancel_backend(pid) {ours} and wait_event = 'SyncRep'")
    wait_for(lambda: meter.outage().unknown >= 1, "the cancelled wait")
    assert any(line.startswith("u ") and line.endswith(" warned") for line in desk.log())
    wait_for(lambda: meter.outage().errors >= 3, "further attempts", seconds=60)
    assert int(sql(desk.lab, "lab-1", f"select count(*) {ours}")) <= 3
    assert meter.outage().open


def test_an_engine_that_was_killed_finds_its_client_and_another_runs_is_ended(desk: Desk) -> None:
    first = desk.meter()
    first.start()
    seen = writes(first, 30)
    first._stopping.set()  # as if it were gone: it asks nothing and ends nothing any more
    again = desk.meter()
    again.start()
    wait_for(lambda: again.outage().acknowledged > seen.acknowledged, "all of the log to be read anew")
    other = desk.meter("run-2")
    other.start()
    supervisor = Supervisor(desk.connect("lab-vault"), become=desk.lab.become)
    wait_for(lambda: supervisor.look(desk.name()).standing is Standing.ABSENT, "the earlier run's client to be ended")
    writes(other)
    outage = other.finish(lambda: desk.number("lab-1", "run-2"))
    assert outage.lost_acknowledged == 0
    assert sql(desk.lab, "lab-1", "select count(*) from ledger_console.outage") == "0", "its row went too"


def test_a_client_that_may_not_write_says_so_and_shows_no_outage(desk: Desk) -> None:
    sql(desk.lab, "lab-1", "revoke insert on ledger_console.outage from ledger_client")
    meter = desk.meter()
    meter.start()
    wait_for(lambda: meter.outage().why == "cannot-write:42501", "the reason")
    assert (meter.outage().open, meter.outage().gap_seconds) == (False, None)
    sql(desk.lab, "lab-1", "alter role ledger_client password 'another'")
    denied = desk.meter("run-3")
    denied.start()
    wait_for(lambda: denied.outage().why == "cannot-connect:password", "the reason")
    assert not denied.outage().open


def test_a_meter_that_can_not_start_says_why_and_holds_up_nothing(desk: Desk) -> None:
    cases = {
        "no-client-conninfo": ChangePolicy(client_node="lab-vault"),
        "no-client-node": replace(desk.spec.change, client_node="nowhere"),
    }
    for why, policy in cases.items():
        meter = desk.meter(policy=policy)
        meter.start()
        assert (meter.outage().why, meter.outage().gap_seconds, meter.outage().open) == (why, None, False)
        assert meter.finish(lambda: 1).why == why
    lab_fault(desk.home, "ssh-down", "lab-vault")
    unreachable = desk.meter()
    unreachable.start()
    assert unreachable.outage().why.startswith("unreachable:")


def test_one_that_comes_up_too_late_is_ended_again(desk: Desk) -> None:
    go = threading.Event()

    def slow(node: str) -> Connection:
        go.wait(30)
        return desk.connect(node)

    meter = OutageMeter(slow, desk.spec, RUN, time.monotonic)
    began = time.monotonic()
    meter.start()
    assert time.monotonic() - began < START_SECONDS_MAX + 0.5
    assert meter.outage().why.startswith("not-started:")
    go.set()
    assert meter._thread is not None
    meter._thread.join(20)
    supervisor = Supervisor(desk.connect("lab-vault"), become=desk.lab.become)
    assert supervisor.look(desk.name()).standing is Standing.ABSENT


def test_a_lost_connection_to_the_client_loses_nothing(desk: Desk) -> None:
    meter = desk.meter()
    meter.start()
    writes(meter, 20)
    lab_fault(desk.home, "ssh-down", "lab-vault")
    lab_fault(desk.home, "stop", "lab-1")
    desk.promote("lab-2")
    desk.follow("lab-3", "lab-2")
    lab_fault(desk.home, "ssh-up", "lab-vault")
    outage = wait_for(
        lambda: seen if (seen := meter.outage()).errors + seen.unknown > 0 and not seen.open else None,
        "the log to be read on",
    )
    assert outage.gap_seconds is not None
    assert 0.1 < outage.gap_seconds < 20
    check: Callable[[], int] = lambda: desk.number("lab-2")  # noqa: E731
    assert meter.finish(check).lost_acknowledged == 0


@pytest.mark.skipif(shutil.which("sshd") is None, reason="needs OpenSSH's sshd")
def test_over_openssh_acting_as_another_account(tmp_path: Path) -> None:
    with a_desk(tmp_path / "home", sshd=True) as desk:
        meter = desk.meter()
        meter.start()
        writes(meter, 30)
        outage = meter.finish(lambda: desk.number("lab-1"))
        assert (outage.lost_acknowledged, outage.errors, outage.unknown, meter.left) == (0, 0, 0, ())
        assert sql(desk.lab, "lab-1", "select count(*) from ledger_console.outage") == "0"


def test_a_client_that_ended_is_started_again_and_counts_on(desk: Desk) -> None:
    first = desk.meter()
    first.start()
    seen = writes(first, 20)
    first._stopping.set()
    Supervisor(desk.connect("lab-vault"), become=desk.lab.become).end(desk.name())
    again = desk.meter()
    again.start()
    outage = wait_for(
        lambda: found if (found := again.outage()).acknowledged > seen.acknowledged + 20 else None, "it to count on"
    )
    assert outage.why == ""
    assert again.finish(lambda: desk.number("lab-1")).lost_acknowledged == 0


def test_a_client_on_a_standby_takes_its_lag_for_no_loss(desk: Desk) -> None:
    standby = desk.lab.node("lab-2")
    assert standby is not None
    conninfo = desk.spec.change.client_conninfo.replace("target_session_attrs=read-write", "")
    there = " ".join(f"host={standby.address}" if word.startswith("host=") else word for word in conninfo.split())
    meter = desk.meter(policy=replace(desk.spec.change, client_conninfo=there))
    meter.start()
    seen = wait_for(lambda: found if (found := meter.outage()).errors >= 5 else None, "refused writes")
    assert (seen.acknowledged, seen.lost_acknowledged, seen.why) == (0, None, "no-write-succeeded")
