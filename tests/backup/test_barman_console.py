"""Barman by the console's own command line: made, read back, proven and restored by the running engine."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from console.lab.desk import lab_cluster
from console.ssh.hostkeys import HostKeyStore
from console.ssh.hosts import SshHosts
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from console.store.policy_file import write_policy
from tests.backup.barman_yard import BarmanYard, barman_at
from tests.backup.native_yard import NativeYard
from tests.live import sql, wait_for
from tests.watched import Watched, watched_lab

pytestmark = pytest.mark.live
WORK_SECONDS_MAX = 300.0


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Watched, BarmanYard]]:
    with watched_lab(tmp_path_factory.mktemp("barman-console")) as it:
        spec = lab_cluster(it.lab)
        sessions = Sessions(host_keys=HostKeyStore(it.home.lab_known_hosts), secrets=Secrets(keyring=False), ask=None)
        hosts = SshHosts(spec, sessions)
        try:
            with barman_at(NativeYard(it.home, it.lab, spec, hosts)) as yard:
                assert spec.backup is not None
                policy = replace(spec.backup, repositories=(yard.spec,), cycle=())
                file = tmp_path_factory.mktemp("policy") / "policy.toml"
                file.write_text(write_policy(policy))
                said(it, "policy", "set", "lab", "--file", str(file), "--scheduler", "nobody")
                yield it, yard
        finally:
            hosts.close()
            sessions.close()


def said(watched: Watched, *words: str, code: int = 0) -> Any:
    done = watched.run(*words, "--json", timeout=WORK_SECONDS_MAX)
    assert done.returncode == code, (words, done.stdout, done.stderr)
    return json.loads(done.stdout)


def passed(watched: Watched, backup: str) -> set[str]:
    marks = said(watched, "backups", "show", "lab", backup)["marks"]
    return {one["check"] for one in marks if one["result"] == "passed"}


def test_made_read_back_proven_and_restored_by_the_console(watched: tuple[Watched, BarmanYard]) -> None:
    it, yard = watched
    full = said(it, "backup", "lab", "--engine", "barman", "--type", "full")
    assert full["outcome"] == "done", full
    child = said(it, "backup", "lab", "--engine", "barman", "--type", "incremental")
    assert child["outcome"] == "done", child
    name = child["job"]["backup"]
    (seen,) = said(it, "backups", "list", "lab")["view"]["repositories"]  # read anew
    assert [one["id"] for one in seen["backups"]] == [full["job"]["backup"], name]
    assert said(it, "backups", "show", "lab", name)["chain"] == [full["job"]["backup"], name]
    assert said(it, "backups", "verify", "lab", name)["outcome"] == "done"
    assert {"checksums", "wal-continuity"} <= passed(it, name)
    proven = said(it, "backups", "prove", "lab")
    assert proven["outcome"] == "done", proven
    assert {"checksums", "restored", "books"} <= passed(it, name)

    wanted = int(sql(it.now(), "lab-1", "select max(number) from ledger.entries")) + 20
    wait_for(
        lambda: int(sql(it.now(), "lab-1", "select max(number) from ledger.entries")) > wanted + 20, "bookings",
        seconds=90.0,
    )  # fmt: skip
    sql(it.now(), "lab-1", "select pg_switch_wal()")
    words = ("restore", "lab", "--entry", str(wanted), "--before")
    wait_for(
        lambda: it.run(*words, "--rehearse", "--json").returncode == 0, "the entry's WAL to be seen", seconds=120.0
    )  # fmt: skip
    shown = said(it, *words)
    assert shown["sandbox"]["head_number"] == wanted - 1, shown
    said(it, "sandbox", "close", "lab", shown["sandbox"]["id"])
    assert yard.home.is_dir()
