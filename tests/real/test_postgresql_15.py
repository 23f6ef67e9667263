"""Debian's PostgreSQL 15 with a password and TLS refused by hba: the same questions, the same verdicts, no secret."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.engine.launch import engine_pid
from console.link.messages import GiveSecret
from console.link.socket import Link
from tests.live import wait_for
from tests.watched import Watched, watched_lab

SECRET = "corr3ct-h0rse-battery"
WRONG = "wr0ng-h0rse-battery"


def programs() -> Path:
    """The oldest PostgreSQL of Debian's that is here."""
    found = sorted(Path("/usr/lib/postgresql").glob("1[4-7]/bin/initdb"))
    if not found:
        pytest.skip("needs Debian's PostgreSQL: apt-get install postgresql")
    return found[0].parent


@dataclass(frozen=True, slots=True)
class Server:
    """One PostgreSQL of Debian's, run as the lab's account."""

    directory: Path
    sockets: Path
    programs: Path
    process: "subprocess.Popen[bytes]"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("fifteen")) as it:
        yield it


def as_account(owner: str) -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(owner)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@pytest.fixture(scope="module")
def server(watched: Watched) -> Iterator[Server]:
    place = Path("/var/tmp") / f"lc-pg-{os.getpid()}"
    owner = watched.lab.account if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    binaries = programs()
    place.mkdir(mode=0o700)
    how = as_account(owner)
    if how:
        os.chown(place, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
    process = None
    try:
        subprocess.run([binaries / "initdb", "-D", place / "data", "-A", "trust", "-U", "postgres", "--no-sync"],
                       check=True, cwd="/", capture_output=True, **how)  # type: ignore[call-overload]  # fmt: skip
        process = subprocess.Popen(
            [binaries / "postgres", "-D", place / "data", "-c", "listen_addresses=", "-k", place],
            cwd="/", stderr=subprocess.DEVNULL, **how,  # type: ignore[call-overload]
        )  # fmt: skip

        def psql(text: str) -> "subprocess.CompletedProcess[str]":
            return subprocess.run([binaries / "psql", "-X", "-h", place, "-U", "postgres", "-c", text],
                                  capture_output=True, text=True, check=False)  # fmt: skip

        wait_for(lambda: psql("select 1").returncode == 0, "the server")
        assert psql(f"create role watcher login password '{SECRET}' in role pg_monitor").returncode == 0
        hba = place / "data" / "pg_hba.conf"
        hba.write_text("local all postgres trust\nlocal all watcher scram-sha-256\n")
        psql("select pg_reload_conf()")
        yield Server(place / "data", place, binaries, process)
    finally:
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGQUIT)
            process.wait(20)
        shutil.rmtree(place, ignore_errors=True)


def imported(watched: Watched, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "fifteen.toml"
    file.write_text(
        f"""[[cluster]]
name = "fifteen"
environment = "staging"
database = "postgres"
[[cluster.node]]
name = "old"
[cluster.node.ssh]
host = "lab-1"
config_file = "{watched.lab.ssh_config}"
[cluster.node.postgres]
host = "{server.sockets}"
user = "watcher"
password = true
bin_directory = "{server.programs}"
"""
    )
    watched.json("inventory", "import", str(file))


def give(watched: Watched, secret: str) -> None:
    link = Link(
        watched.home.engine_socket, face="test", watches=False, on_message=lambda _: None, on_lost=lambda _: None
    )
    try:
        link.ask(GiveSecret(kind="database", subject="watcher@lab-1", secret=secret))
    finally:
        link.close()


@pytest.mark.live
def test_a_server_of_debians_with_a_password_is_watched_and_its_faults_are_named(
    watched: Watched, server: Server, tmp_path: Path
) -> None:
    imported(watched, server, tmp_path)
    try:
        refused = watched.json("status", "fifteen", "--wait", "refusing", "--timeout", "20")
        assert refused["reached"]
        give(watched, WRONG)
        wait_for(
            lambda: "authentication failed" in str(watched.json("status", "fifteen")["clusters"][0]["view"]["nodes"]),
            "the wrong password's refusal",
        )
        give(watched, SECRET)
        well = watched.json("status", "fifteen", "--wait", "healthy", "--timeout", "30")
        assert well["reached"], well["clusters"][0]["sentence"]

        def figures() -> dict[str, object]:
            card = watched.json("status", "fifteen")["clusters"][0]["cards"][0]
            found = {f["quantity"]: f["value"] for f in card["figures"]}
            return found if "database-size" in found else {}

        seen = wait_for(figures, "the books of the older server")
        assert str(seen["postgres-version"]).startswith(f"{server.programs.parent.name}.")
        server.process.send_signal(signal.SIGSTOP)
        # The postmaster alone is stopped: sessions that exist go on, so nothing is called frozen.
        assert watched.json("status", "fifteen")["clusters"][0]["health"] == "healthy"
        server.process.send_signal(signal.SIGCONT)
        subprocess.run([server.programs / "pg_ctl", "-D", server.directory, "stop", "-m", "fast"],
                       check=True, cwd="/", capture_output=True, **as_account(watched.lab.account))  # type: ignore[call-overload]  # fmt: skip
        server.process.wait(20)
        stopped = watched.json("status", "fifteen", "--wait", "stopped", "--timeout", "20")
        assert stopped["reached"], stopped["clusters"][0]["sentence"]
    finally:
        watched.json("inventory", "remove", "fifteen")


@pytest.mark.live
def test_no_secret_stands_in_a_list_of_processes_a_log_or_a_file_of_ours(watched: Watched, server: Server) -> None:
    assert server.directory.name == "data"
    pid = engine_pid(watched.home)
    assert pid
    for secret in (SECRET, WRONG):
        needle = secret.encode()
        for path in watched.home.directory.rglob("*"):
            if path.is_file():
                assert needle not in path.read_bytes(), path
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                for name in ("cmdline", "environ"):
                    try:
                        held = (entry / name).read_bytes()
                    except (PermissionError, FileNotFoundError, ProcessLookupError):
                        continue
                    assert needle not in held, (entry, name)
