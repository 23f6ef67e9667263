"""Watching over the real SSH path: two hundred hostile answers, a slow link, a password, a session that dies."""

import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.cluster import (
    ClusterSpec,
    Environment,
    Inventory,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    SshTarget,
)
from console.domain.fleet import ClusterView
from console.domain.node_health import judge_node
from console.domain.reading import Moment, SqlState, SshState
from console.domain.verdict import Cause, Guard, Health
from console.lab.desk import LabStatus
from console.monitor.cluster_watch import ClusterWatch
from console.monitor.node_watch import NodeWatch
from console.monitor.poller import Poller
from console.monitor.postgres_watch import Tools
from console.ssh.hostkeys import HostKeyStore
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from tests.live import live_lab, wait_for
from tests.ssh.servers import Endpoint, Rules, Servers, keygen

SEED = 8812403
ANSWERS = 200


class Clock:
    def ticks(self) -> float:
        return time.monotonic()

    def now(self) -> Moment:
        return Moment(datetime.now(UTC), time.monotonic())


@dataclass
class Desk:
    """Sessions to endpoints of the tests, and the tools that watches need."""

    servers: Servers
    tools: Tools
    host_keys: HostKeyStore
    host_key: Path
    user_key: Path

    def endpoint(self, **rules: object) -> Endpoint:
        authorized = self.user_key.with_suffix(".pub").read_text()
        endpoint = self.servers.endpoint(self.host_key, rules=Rules(authorized=authorized, **rules))  # type: ignore[arg-type]
        self.trust(endpoint.port)
        return endpoint

    def trust(self, port: int) -> None:
        with self.host_keys.path.open("a") as file:
            file.write(f"[127.0.0.1]:{port} {self.host_key.with_suffix('.pub').read_text()}")

    def spec(self, port: int, postgres: PostgresTarget) -> ClusterSpec:
        ssh = SshTarget(host="127.0.0.1", port=port, user="someone", identity_file=str(self.user_key))
        node = NodeSpec(name="n", kind=NodeKind.POSTGRES, ssh=ssh, postgres=postgres)
        return ClusterSpec(name="c", environment=Environment.LAB, nodes=(node,), database="ledger")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    servers = Servers()
    host_keys = HostKeyStore(tmp_path / "known_hosts")
    sessions = Sessions(host_keys=host_keys, secrets=Secrets(), ask=None)
    pool = ThreadPoolExecutor(4)
    tools = Tools(
        sessions=sessions, pool=pool, clock=Clock(), writer="tests", password=lambda _: None,
        wrong_password=lambda _: None, chance=random.Random(1),
    )  # fmt: skip
    try:
        yield Desk(servers, tools, host_keys, keygen(tmp_path / "host"), keygen(tmp_path / "user"))
    finally:
        sessions.close()
        pool.shutdown()
        servers.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabStatus]:
    with live_lab(tmp_path_factory.mktemp("lab")) as (_, status):
        yield status


def lab_postgres(lab: LabStatus, node: str = "lab-1") -> PostgresTarget:
    found = lab.node(node)
    assert found is not None
    return PostgresTarget(
        host=found.socket_directory or "", port=found.postgres_port or 0, user="ledger_console",
        bin_directory=lab.bin_directory, data_directory=found.data_directory,
    )  # fmt: skip


def hostile_program(tmp_path: Path) -> tuple[str, Path]:
    """A directory with a psql in it that answers hostile lines, and the file that counts them."""
    counter = tmp_path / "count"
    counter.write_text("0")
    root, program = Path(__file__).resolve().parents[2], tmp_path / "bin" / "psql"
    program.parent.mkdir()
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH='{root}' exec '{sys.executable}' -m tests.monitor.hostile_psql {SEED} {ANSWERS} "
        f"'{counter}' \"$@\"\n"
    )
    program.chmod(0o755)
    return str(program.parent), counter


@pytest.mark.live
def test_two_hundred_hostile_answers_over_ssh_are_no_crash_no_freeze_and_no_figure(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        sys.stdout.write(f" [{ANSWERS} hostile answers over SSH, seed {SEED}] ")
    directory, counter = hostile_program(tmp_path)
    spec = desk.spec(desk.endpoint().port, PostgresTarget(bin_directory=directory, data_directory="/nonexistent"))
    watch = NodeWatch(
        spec, spec.nodes[0], desk.tools, changed=lambda *_: None, beaten=lambda *_: None, poke=lambda *_: None
    )
    states = set()
    try:

        def over() -> bool:
            watch.hurry()
            watch.tick()
            watch.urgent()
            seen = watch.seen()
            states.add(seen.vital_contact.state)
            judge_node(seen, spec=spec, now=Clock().now())
            if seen.vital is not None:
                assert seen.vital.system_identifier.isdigit()
                assert all(len(s.name) <= 201 for s in seen.vital.senders)
            return int(counter.read_text() or 0) >= ANSWERS

        wait_for(over, "two hundred answers", seconds=120)
        assert SqlState.UNREADABLE in states

        def well_again() -> bool:
            watch.hurry()
            watch.tick()
            seen = watch.seen()
            return seen.vital_contact.state is SqlState.ANSWERS and seen.vital is not None and seen.vital.timeline == 7

        wait_for(well_again, "a good answer after the hostile ones", seconds=60)
    finally:
        watch.close()


class Eyes:
    """What a poller of the tests has seen."""

    def __init__(self, desk: Desk, spec: ClusterSpec) -> None:
        self.views: list[ClusterView] = []
        self.poller = Poller(desk.tools, seen=self._seen)
        self.poller.watch(Inventory(clusters=(spec,)))
        self.poller.start()

    def _seen(self, _: ClusterWatch, view: ClusterView) -> None:
        self.views.append(view)

    def node(self) -> object:
        return self.views[-1].nodes[0]

    def waits(self, cause: Cause | None, *, seconds: float = 60.0) -> ClusterView:
        def found() -> ClusterView | None:
            view = self.views[-1] if self.views else None
            return view if view is not None and view.nodes[0].verdict.cause is cause else None

        return wait_for(found, str(cause), seconds=seconds)

    def close(self) -> None:
        self.poller.stop()


@pytest.mark.live
def test_on_a_link_of_64_kbit_and_600_ms_no_verdict_changes(desk: Desk, lab: LabStatus) -> None:
    slow = desk.servers.wire(desk.endpoint().port, delay_seconds=0.3, bytes_per_second=8000)
    desk.trust(slow.port)
    spec = replace(desk.spec(slow.port, lab_postgres(lab)), interval_seconds=1.0)
    eyes = Eyes(desk, spec)
    try:
        eyes.waits(None, seconds=90)
        begin = len(eyes.views)
        wait_for(lambda: len(eyes.views) - begin >= 40, "forty pictures", seconds=60)
        later = eyes.views[begin:]
        assert {view.nodes[0].verdict.health for view in later} == {Health.HEALTHY}
        trips = [v.nodes[0].round_trip_seconds for v in later if v.nodes[0].round_trip_seconds is not None]
        assert max(trips) <= 3.0
        assert min(trips) >= 0.6, "the link was not slow"
    finally:
        eyes.close()


@pytest.mark.live
def test_an_account_whose_shell_prints_junk_is_watched_all_the_same(desk: Desk, lab: LabStatus) -> None:
    endpoint = desk.endpoint(junk=b"Welcome!\n{}\n\x1b[2J\xff\xfe\nno newline at the end")
    eyes = Eyes(desk, desk.spec(endpoint.port, lab_postgres(lab)))
    try:
        view = eyes.waits(None)
        assert view.nodes[0].head_number is None or view.nodes[0].head_number >= 0
    finally:
        eyes.close()


@pytest.mark.live
def test_an_endpoint_that_dies_in_the_middle_is_cut_off_and_comes_back_by_itself(desk: Desk, lab: LabStatus) -> None:
    endpoint = desk.endpoint()
    eyes = Eyes(desk, desk.spec(endpoint.port, lab_postgres(lab)))
    try:
        eyes.waits(None)
        endpoint.stop()
        view = eyes.waits(Cause.CUT_OFF)
        row = view.nodes[0].verdict.findings[0].evidence[0]
        assert row.observed in (SshState.REFUSED.value, SshState.BROKEN.value)
        endpoint.start()
        eyes.waits(None)
    finally:
        eyes.close()


@pytest.mark.live
def test_a_role_that_does_not_exist_is_alive_but_refusing(desk: Desk, lab: LabStatus) -> None:
    spec = desk.spec(desk.endpoint().port, replace(lab_postgres(lab), user="nobody_of_that_name"))
    eyes = Eyes(desk, spec)
    try:
        view = eyes.waits(Cause.REFUSING)
        assert "nobody_of_that_name" in view.nodes[0].verdict.findings[0].detail
    finally:
        eyes.close()


@pytest.mark.live
def test_a_role_without_rights_says_so_and_is_not_lost(desk: Desk, lab: LabStatus) -> None:
    spec = desk.spec(desk.endpoint().port, replace(lab_postgres(lab), user="ledger_client"))
    eyes = Eyes(desk, spec)
    try:
        assert eyes.waits(Cause.NO_RIGHTS).nodes[0].verdict.health is Health.DEGRADED
    finally:
        eyes.close()


@pytest.mark.live
def test_a_node_without_psql_is_named(desk: Desk, lab: LabStatus) -> None:
    spec = desk.spec(desk.endpoint().port, replace(lab_postgres(lab), bin_directory="/nonexistent/bin"))
    eyes = Eyes(desk, spec)
    try:
        eyes.waits(Cause.NO_PROGRAM)
    finally:
        eyes.close()


@pytest.mark.live
def test_a_living_server_behind_a_link_and_another_port_is_never_called_killed(
    desk: Desk, lab: LabStatus, tmp_path: Path
) -> None:
    """Nobody listens where we knock, but its processes are there: /proc knows the directory without symbolic links."""
    target = lab_postgres(lab)
    assert target.data_directory is not None
    link = tmp_path / "data (1)+{2}"
    link.symlink_to(target.data_directory)
    eyes = Eyes(desk, desk.spec(desk.endpoint().port, replace(target, port=1, data_directory=str(link))))
    try:
        eyes.waits(Cause.NO_SERVER)
        begin = len(eyes.views)
        wait_for(lambda: len(eyes.views) - begin >= 10, "ten more pictures")
        causes = {view.nodes[0].verdict.cause for view in eyes.views[begin:]}
        assert causes == {Cause.NO_SERVER}
        rows = {row.guard: row.observed for row in eyes.views[-1].nodes[0].verdict.findings[0].evidence}
        processes = rows[Guard.PROCESSES]
        assert isinstance(processes, int)
        assert processes > 3
    finally:
        eyes.close()


@pytest.mark.live
def test_a_cluster_taken_out_and_put_in_again_is_watched_once(desk: Desk, lab: LabStatus) -> None:
    spec = desk.spec(desk.endpoint().port, lab_postgres(lab))
    eyes = Eyes(desk, spec)
    try:
        eyes.waits(None)
        before = len(eyes.views)
        eyes.poller.watch(Inventory())
        eyes.poller.watch(Inventory(clusters=(spec,)))
        # Begun anew: at first nothing is claimed, then all is well, and nothing of the first watch speaks any more.
        wait_for(lambda: any(v.verdict.health is Health.UNKNOWN for v in eyes.views[before:]), "the new watch")
        eyes.waits(None)
        begin = len(eyes.views)
        wait_for(lambda: len(eyes.views) - begin >= 12, "twelve pictures")
        assert {view.verdict.health for view in eyes.views[begin:]} == {Health.HEALTHY}
    finally:
        eyes.close()
