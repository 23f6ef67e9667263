"""An account that is not postgres, whose shell prints junk, behind OpenSSH: sudo refuses, is mended, and it works."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live import wait_for
from tests.watched import Watched, skip_without_root, watched_lab

SUDOERS = Path("/etc/sudoers.d/ledger-console-test")


@dataclass(frozen=True, slots=True)
class Account:
    """A login of its own and the sshd that it reaches."""

    name: str
    port: int
    key: Path
    known_hosts: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    skip_without_root()
    sshd = shutil.which("sshd") or "/usr/sbin/sshd"
    if not Path(sshd).exists() or shutil.which("sudo") is None:
        pytest.skip("needs OpenSSH's sshd and sudo")
    name, place = f"lc-test-{os.getpid()}", Path("/var/tmp") / f"lc-account-{os.getpid()}"
    place.mkdir(mode=0o755)
    shell = place / "shell"
    shell.write_text('#!/bin/sh\necho \'Welcome! Last login: never\'\necho \'{"sysid": "1"}\'\nexec /bin/sh "$@"\n')
    shell.chmod(0o755)
    subprocess.run(["useradd", "-M", "-r", "-d", str(place), "-s", str(shell), name], check=True)
    server = None
    try:
        # '*': no password fits, but the account is not locked, which sshd would refuse.
        subprocess.run(["usermod", "-p", "*", name], check=True)
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place / key)], check=True)
        shutil.copyfile(place / "user.pub", place / "authorized")
        (place / "authorized").chmod(0o644)
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        port = free_port()
        config = place / "sshd_config"
        config.write_text(
            f"ListenAddress 127.0.0.1:{port}\nHostKey {place}/host\nAuthorizedKeysFile {place}/authorized\n"
            f"PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\nAllowUsers {name}\n"
        )
        server = subprocess.Popen([sshd, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL)

        def listens() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_for(listens, "sshd")
        known = place / "known"
        known.write_text(f"[127.0.0.1]:{port} {(place / 'host.pub').read_text()}")
        yield Account(name, port, place / "user", known)
    finally:
        if server is not None:
            server.terminate()
            server.wait(10)
        SUDOERS.unlink(missing_ok=True)
        subprocess.run(["userdel", name], check=False)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory, account: Account) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("accounts")) as it:
        known = it.home.lab_known_hosts
        known.write_text(known.read_text() + account.known_hosts.read_text())
        yield it


def owner_of(path: str) -> str:
    return pwd.getpwuid(Path(path).stat().st_uid).pw_name


def described(watched: Watched, account: Account, tmp_path: Path) -> Path:
    """The lab's primary, reached as another account over OpenSSH, acting as the data directory's owner."""
    node = watched.lab.node("lab-1")
    assert node is not None
    assert node.data_directory is not None
    file = tmp_path / "others.toml"
    file.write_text(
        f"""[[cluster]]
name = "others"
environment = "staging"
database = "ledger"
ledger = "ledger"
[[cluster.node]]
name = "behind-openssh"
become = "{owner_of(node.data_directory)}"
[cluster.node.ssh]
host = "127.0.0.1"
port = {account.port}
user = "{account.name}"
identity_file = "{account.key}"
[cluster.node.postgres]
host = "{node.socket_directory}"
port = {node.postgres_port}
user = "ledger_console"
bin_directory = "{watched.lab.bin_directory}"
data_directory = "{node.data_directory}"
"""
    )
    return file


def finding(watched: Watched, cause: str) -> dict:  # type: ignore[type-arg]
    cluster = watched.json("status", "others")["clusters"][0]
    found = [f for n in cluster["view"]["nodes"] for f in n["verdict"]["findings"] if f["cause"] == cause]
    return found[0] if found else {}


@pytest.mark.live
@pytest.mark.root
def test_sudo_that_refuses_is_said_with_the_line_that_mends_it_and_then_it_works(
    watched: Watched, account: Account, tmp_path: Path
) -> None:
    watched.json("inventory", "import", str(described(watched, account, tmp_path)))
    try:
        answer = watched.json("status", "others", "--wait", "sudo-refused", "--timeout", "30")
        assert answer["reached"], answer["clusters"][0]["sentence"]
        lines = set()

        def mended() -> bool:
            """Each refused program names its line; the next one is refused only when this one is allowed."""
            found = finding(watched, "sudo-refused")
            if found and "sudoers line mends it: " in found["detail"]:
                lines.add(found["detail"].split("sudoers line mends it: ", 1)[1])
                node = watched.lab.node("lab-1")
                assert node is not None
                who = f"{account.name} ALL=({owner_of(node.data_directory or '')}) NOPASSWD:"
                host = [
                    f"{who} /usr/bin/ls -l /proc/self/cwd /proc/[0-9]*/cwd",
                    f"{who} /usr/bin/readlink -f -- {node.data_directory}",
                    f"{who} /usr/bin/cat {node.data_directory}/postmaster.pid",
                    f"{who} {watched.lab.bin_directory}/pg_controldata -D {node.data_directory}",
                    f"{who} /usr/bin/df -Pk {node.data_directory}",
                ]
                SUDOERS.write_text("\n".join([*sorted(lines), *host]) + "\n")
                SUDOERS.chmod(0o440)
                subprocess.run(["visudo", "-qcf", str(SUDOERS)], check=True)
            return bool(watched.json("status", "others")["clusters"][0]["health"] == "healthy")

        wait_for(mended, "a healthy node behind sudo", seconds=150)
        card = next(c for c in watched.json("status", "others")["clusters"][0]["cards"])
        quantities = {f["quantity"]: f["value"] for f in card["figures"]}
        assert quantities["head-number"] > 0, "the junk of the shell was taken for an answer"
        assert quantities["disk-free"] > 0
        watched.fault("kill", "lab-1")
        answer = watched.json("status", "others", "--wait", "postmaster-killed", "--timeout", "20")
        assert answer["reached"], answer["clusters"][0]["sentence"]
        watched.mend()
    finally:
        watched.json("inventory", "remove", "others")


@pytest.mark.live
@pytest.mark.root
def test_the_lab_behind_openssh_is_watched_like_any_other(tmp_path_factory: pytest.TempPathFactory) -> None:
    skip_without_root()
    with watched_lab(tmp_path_factory.mktemp("sshd"), sshd=True) as watched:
        watched.fault("kill-postmaster", "lab-1")
        cluster = watched.reaches("postmaster-killed")
        assert cluster["health"] == "lost"
        watched.mend()
        watched.fault("freeze", "lab-2")
        watched.reaches("frozen")
        watched.mend()
