"""Kits of rights on OpenSSH's sshd, sudo and Debian's PostgreSQL 15: installed, tried, and one right too many found."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli import main
from console.places import Home, resource
from tests.live import wait_for
from tests.real.test_postgresql_15 import programs
from tests.watched import ROOT, skip_without_root

LEVELS = ("observe", "backup", "operate")


@dataclass(frozen=True, slots=True)
class Site:
    """A server of an account of its own, an sshd, and an engine's home."""

    place: Path
    owner: str
    port: int
    binaries: Path

    def account(self, level: str) -> str:
        return f"lc_{level[:3]}_{os.getpid()}"

    def sql(self, text: str, *, file: Path | None = None) -> str:
        """As the server's superuser."""
        words = ["-c", text] if file is None else ["-f", str(file)]
        done = subprocess.run(
            [self.binaries / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", self.place / "run", "-d", "postgres",
             *words],
            user=self.owner, group=self.owner, extra_groups=[], cwd="/", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def cli(self, *words: str, code: int = 0) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "console", "--home", str(self.place / "home"), *words, "--json"],
            capture_output=True, text=True, timeout=200, check=False, cwd=ROOT,
        )  # fmt: skip
        assert done.returncode == code, (words, done.stdout, done.stderr)
        return json.loads(done.stdout)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(*words: Any, **how: Any) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **how)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    skip_without_root()
    sshd = shutil.which("sshd") or "/usr/sbin/sshd"
    if not Path(sshd).exists() or shutil.which("sudo") is None:
        pytest.skip("needs OpenSSH's sshd and sudo")
    place, owner = Path("/var/tmp") / f"lc-access-{os.getpid()}", f"lcsrv{os.getpid()}"
    site = Site(place, owner, free_port(), programs())
    with ExitStack() as undo:
        place.mkdir(mode=0o755)
        undo.callback(shutil.rmtree, place, ignore_errors=True)
        run("useradd", "-M", "-r", "-U", "-d", place, "-s", "/bin/sh", owner)
        undo.callback(subprocess.run, ["userdel", owner], check=False)
        entry = pwd.getpwnam(owner)
        for name in ("run", "data"):
            (place / name).mkdir(mode=0o755)
            os.chown(place / name, entry.pw_uid, entry.pw_gid)
        how = {"user": owner, "group": owner, "extra_groups": [], "cwd": "/"}
        data = place / "data" / "15"
        run(site.binaries / "initdb", "-D", data, "-A", "peer", "-U", owner, "--no-sync", **how)
        server = subprocess.Popen(
            [site.binaries / "postgres", "-D", data, "-c", "listen_addresses=", "-k", place / "run", "-c", "fsync=off"],
            stderr=subprocess.DEVNULL, **how,  # type: ignore[call-overload]
        )  # fmt: skip
        undo.callback(lambda: (server.send_signal(2), server.wait(20)))
        wait_for(lambda: (place / "run" / ".s.PGSQL.5432").exists() and ready(site), "the server")
        for name in ("ledger", "heartbeat"):
            text = place / f"{name}.sql"
            text.write_text(resource(f"sql/{name}.sql").read_text())
            site.sql("", file=text)
        for key in ("host", "user"):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", place / key)
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        config = place / "sshd_config"
        config.write_text(
            f"ListenAddress 127.0.0.1:{site.port}\nHostKey {place}/host\nPidFile none\nUsePAM no\n"
            f"PasswordAuthentication no\nAllowUsers {' '.join(map(site.account, LEVELS))}\n"
        )
        door = subprocess.Popen([sshd, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL)
        undo.callback(lambda: (door.terminate(), door.wait(10)))
        known = Home.chosen(str(place / "home")).lab_known_hosts
        known.parent.mkdir(parents=True, exist_ok=True)
        known.write_text(f"[127.0.0.1]:{site.port} {(place / 'host.pub').read_text()}")
        undo.callback(main, ["--home", str(place / "home"), "engine", "stop", "--json"])
        yield site


def ready(site: Site) -> bool:
    words = [site.binaries / "pg_isready", "-q", "-h", site.place / "run"]
    return subprocess.run(words, check=False).returncode == 0


def described(site: Site, level: str) -> None:
    """The inventory as the kit's own inventory.toml says it."""
    file = site.place / f"{level}.toml"
    file.write_text(
        f"""[[cluster]]
name = "{level}"
environment = "staging"
database = "postgres"
ledger = "ledger"
[[cluster.node]]
name = "at-{level}"
become = "{site.owner}"
[cluster.node.ssh]
host = "127.0.0.1"
port = {site.port}
user = "{site.account(level)}"
identity_file = "{site.place}/user"
[cluster.node.postgres]
host = "{site.place}/run"
user = "{site.account(level)}"
as_login = true
bin_directory = "{site.binaries}"
data_directory = "{site.place}/data/15"
"""
    )
    site.cli("inventory", "import", str(file))


def failures(answer: Any, outcome: str = "fail") -> dict[str, str]:
    return {one["trial"]: one["observed"] for one in answer["report"]["checks"] if one["outcome"] == outcome}


@pytest.mark.live
@pytest.mark.root
@pytest.mark.parametrize("level", LEVELS)
def test_a_kit_is_installed_and_holds_and_a_right_too_many_is_found(site: Site, level: str) -> None:
    node, account, kit = f"at-{level}", site.account(level), site.place / f"kit-{level}"
    described(site, level)
    refused = site.cli("access", "test", node, code=1)
    assert refused["error"] == "access-not-reached"
    made = site.cli("access", "kit", level, node, "--account", account, "--from", "127.0.0.1", "--out", str(kit))
    assert made["kit"]["role"] == account
    again = site.cli("access", "kit", level, node, "--account", account, "--out", str(kit), code=1)
    assert again["error"] == "file-there"
    try:
        run("sh", kit / "install.sh")
        shutil.copyfile(kit / "role.sql", site.place / "role.sql")
        for _ in range(2):
            site.sql("", file=site.place / "role.sql")
        beats = site.sql("select count(*) from ledger_console.heartbeat where writer = 'access-test'")
        answer = site.cli("access", "test", node, "--level", level)
        schemas = site.cli("schema")
        jsonschema.Draft202012Validator(schemas["access kit"]).validate(made)
        jsonschema.Draft202012Validator(schemas["access test"]).validate(answer)
        assert answer["outcome"] == "pass", failures(answer)
        assert failures(answer, "not-checked") == {}
        assert answer["passed"] > 25
        assert site.sql("select count(*) from ledger_console.heartbeat where writer = 'access-test'") == beats == "0"
        planted(site, level, node, account)
        # A lower level is not what this login has.
        if level != "observe":
            lower = site.cli("access", "test", node, "--level", "observe", code=1)
            assert "superuser" in failures(lower)
    finally:
        shutil.copyfile(kit / "remove_role.sql", site.place / "role.sql")
        site.sql("", file=site.place / "role.sql")
        run("sh", kit / "remove.sh")
    assert site.sql(f"select count(*) from pg_roles where rolname = '{account}'") == "0"
    assert not Path(f"/etc/sudoers.d/ledger-console-{account}").exists()
    with pytest.raises(KeyError):
        pwd.getpwnam(account)


def planted(site: Site, level: str, node: str, account: str) -> None:
    """One right too many, or one too few, at a time: each is found by its name."""

    def found(code: int = 1) -> dict[str, str]:
        return failures(site.cli("access", "test", node, "--level", level, code=code))

    site.sql(f"alter role {account} superuser")
    wrong = found()
    assert {"superuser", "read-secrets", "run-program", "read-server-file", "set-role"} <= set(wrong)
    site.sql(f"alter role {account} nosuperuser")
    if level == "observe":
        sudoers = Path(f"/etc/sudoers.d/ledger-console-{account}-planted")
        try:
            sudoers.write_text(f"{account} ALL=(ALL) NOPASSWD: ALL\n")
            sudoers.chmod(0o440)
            assert {"become-root", "sudo-list"} <= set(found())
        finally:
            sudoers.unlink()
        # A line that looks harmless, for a program that opens a shell, is found in sudo's own list.
        try:
            sudoers.write_text(f"{account} ALL=(root) NOPASSWD: /usr/bin/less /var/log/dpkg.log\n")
            sudoers.chmod(0o440)
            assert set(found()) == {"sudo-list"}
        finally:
            sudoers.unlink()
        line = Path(f"/var/lib/{account}/.ssh/authorized_keys")
        text = line.read_text()
        line.write_text(text.replace("restrict,", ""))
        assert set(found()) == {"forward"}
        line.write_text(text)
        site.sql(f"grant delete on ledger.entries to {account}")
        assert set(found()) == {"write-ledger", "write-tables"}
        site.sql(f"revoke delete on ledger.entries from {account}; revoke select on ledger.head from {account}")
        assert set(found()) == {"head"}
        site.sql(f"grant select on ledger.head to {account}")
    assert found(code=0) == {}
