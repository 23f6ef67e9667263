"""A lab under Patroni: up, closed to strangers, broken by name, mended; after a killed service nothing is left."""

import os
import signal
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.cluster import Manager
from console.lab.desk import (
    LabError,
    LabNode,
    LabRole,
    LabStatus,
    lab_cluster,
    lab_down,
    lab_fault,
    lab_mend,
    lab_status,
    lab_up,
)
from console.lab.leftovers import leftovers
from console.lab.place import LabPlace
from console.lab.processes import alive
from console.places import Home
from tests.live import live_lab, sql, wait_for

COMMAND_SECONDS_MAX = 30.0
FAILOVER_SECONDS_MAX = 60.0  # 20 s until the key runs out, the longest that was measured 49 s


@pytest.fixture(scope="module")
def patroni_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, LabStatus]]:
    with live_lab(tmp_path_factory.mktemp("patroni-home") / "home", manager=Manager.PATRONI) as lab:
        yield lab


@pytest.fixture
def home(patroni_lab: tuple[Home, LabStatus]) -> Home:
    lab_mend(patroni_lab[0])
    return patroni_lab[0]


def now(home: Home) -> LabStatus:
    status = lab_status(home)
    assert status is not None
    return status


def node(status: LabStatus, name: str) -> LabNode:
    found = status.node(name)
    assert found is not None
    return found


def primary(status: LabStatus) -> str:
    (found,) = [one.name for one in status.nodes if one.role is LabRole.PRIMARY and one.running]
    return found


def standby(status: LabStatus) -> str:
    return next(one.name for one in status.nodes if one.role is LabRole.STANDBY)


def test_members_stream_and_one_confirms_by_patronis_choice(home: Home) -> None:
    status = now(home)
    assert [one.patroni for one in status.nodes] == [True, True, True, None]
    assert [one.etcd for one in status.nodes] == [True, True, True, None]
    senders = sql(status, primary(status), "select sync_state, state from pg_stat_replication order by 1")
    assert senders == "async|streaming\nsync|streaming"
    spec = lab_cluster(status)
    assert (spec.manager, spec.promises.synchronous) == (Manager.PATRONI, "FIRST 1")
    booked = status.workload.acknowledged
    wait_for(lambda: now(home).workload.acknowledged > booked, "the workload to book")


def test_patronictl_works_on_each_node_by_the_file_that_the_inventory_names(home: Home) -> None:
    status = now(home)
    for spec in lab_cluster(status).nodes:
        if spec.patroni is None:
            continue
        command = f"{spec.patroni.program} -c {spec.patroni.config_file} list -f json"
        ended = subprocess.run(
            ["ssh", "-F", status.ssh_config, spec.name, command],
            capture_output=True, text=True, timeout=COMMAND_SECONDS_MAX, check=True,
        )  # fmt: skip
        assert all(f'"Member": "lab-{number}"' in ended.stdout for number in (1, 2, 3))


def test_who_has_no_password_and_no_certificate_changes_nothing(home: Home) -> None:
    status = now(home)
    one = status.nodes[0]
    change = urllib.request.Request(
        f"http://{one.address}:{one.rest_port}/config", data=b'{"pause": true}', method="PATCH"
    )  # fmt: skip
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(change, timeout=COMMAND_SECONDS_MAX)
    stranger = ssl.create_default_context()
    stranger.check_hostname, stranger.verify_mode = False, ssl.CERT_NONE
    with pytest.raises((urllib.error.URLError, ssl.SSLError, ConnectionError)):
        urllib.request.urlopen(f"https://{one.address}:2379/health", timeout=COMMAND_SECONDS_MAX, context=stranger)
    secrets = [Path(str(one.patroni_config)), Path(status.directory) / one.name / "etcd.key"]
    assert [path.stat().st_mode & 0o777 for path in secrets] == [0o600, 0o600]


def test_patroni_starts_a_killed_server_in_place_and_a_stopped_one_stays_stopped(home: Home) -> None:
    before = primary(now(home))
    lab_fault(home, "kill-postmaster", before)
    wait_for(lambda: node(now(home), before).running, "Patroni to start the server again")
    assert primary(now(home)) == before
    other = standby(now(home))
    stopped = lab_fault(home, "stop", other)
    assert (node(stopped, other).running, node(stopped, other).patroni) == (False, False)
    assert node(stopped, other).faults == ("stop",)
    started = lab_fault(home, "start", other)
    assert (node(started, other).running, node(started, other).faults) == (True, ())


def test_another_takes_over_from_a_killed_primary_which_mending_brings_back_as_a_standby(home: Home) -> None:
    before = primary(now(home))
    killed = lab_fault(home, "kill", before)
    assert (node(killed, before).processes, node(killed, before).patroni) == (0, False)

    def taken() -> str | None:
        found = [one.name for one in now(home).nodes if one.role is LabRole.PRIMARY and one.running]
        return found[0] if found else None

    after = wait_for(taken, "another to take over", seconds=FAILOVER_SECONDS_MAX)
    assert after != before
    booked = now(home).workload.acknowledged
    wait_for(lambda: now(home).workload.acknowledged > booked, "the workload to follow")
    mended = lab_mend(home)
    assert (node(mended, before).role, primary(mended)) == (LabRole.STANDBY, after)
    assert sql(mended, after, "select count(*) from pg_stat_replication where state = 'streaming'") == "2"


def test_patroni_alone_can_be_killed_and_a_member_of_the_group(home: Home) -> None:
    other = standby(now(home))
    alone = lab_fault(home, "kill-patroni", other)
    assert (node(alone, other).running, node(alone, other).patroni) == (True, False)
    assert node(alone, other).faults == ("kill-patroni",)
    down = lab_fault(home, "kill-etcd", other)
    assert (node(down, other).etcd, node(down, other).faults) == (False, ("kill-etcd", "kill-patroni"))
    mended = lab_mend(home)
    assert (node(mended, other).patroni, node(mended, other).etcd, node(mended, other).faults) == (True, True, ())
    with pytest.raises(LabError, match="does not fill a disk"):
        lab_fault(home, "disk-full", other)


def test_what_is_frozen_is_frozen_with_its_patroni(home: Home) -> None:
    other = standby(now(home))
    frozen = lab_fault(home, "freeze", other)
    assert node(frozen, other).frozen
    mended = lab_mend(home, other)
    assert (node(mended, other).frozen, node(mended, other).running) == (False, True)


def test_a_killed_service_leaves_nothing_and_the_next_goes_on_with_the_data(home: Home) -> None:
    before = now(home)
    booked = before.workload.acknowledged
    place = LabPlace(Path(before.directory))
    os.kill(before.pid, signal.SIGKILL)
    wait_for(lambda: not place.served(), "the service to be gone")
    left = leftovers(place)
    assert len(left) > 20
    again = lab_up(home)
    assert not [pid for pid in left if alive(pid)]
    assert (again.patronictl, [one.patroni for one in again.nodes]) == (before.patronictl, [True, True, True, None])
    assert int(sql(again, primary(again), "select number from ledger.head where origin = 'main'")) >= booked


def test_down_takes_patroni_and_the_group_with_it(tmp_path: Path) -> None:
    with live_lab(tmp_path / "home", nodes=1, manager=Manager.PATRONI) as (home, status):
        place = LabPlace(Path(status.directory))
        os.kill(status.pid, signal.SIGKILL)
        wait_for(lambda: not place.served(), "the service to be gone")
        left = leftovers(place)
        assert left
        assert lab_down(home)
        assert not [pid for pid in left if alive(pid)]
        assert not place.directory.exists()


def test_without_patroni_its_faults_say_so(lab_of_all: tuple[Home, LabStatus]) -> None:
    with pytest.raises(LabError, match="has no Patroni"):
        lab_fault(lab_of_all[0], "kill-patroni", "lab-1")
    with pytest.raises(LabError, match="runs no etcd"):
        lab_fault(lab_of_all[0], "kill-etcd", "lab-1")
