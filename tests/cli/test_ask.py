"""A bastion that asks for a password and a code: the server's own prompts, at the terminal, once, and kept."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh.servers import Rules, Servers, keygen
from tests.watched import ROOT, Watched

PASSWORD, CODE = "p4ssw0rd-of-the-bastion", "271828"


@pytest.fixture
def servers() -> Iterator[Servers]:
    made = Servers()
    yield made
    made.close()


def typed(watched: Watched, answers: dict[str, str], *words: str) -> tuple[int, str]:
    """Run a command at a terminal of its own and type the answers to what it asks; its exit code and all it showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "console", "--home", str(watched.home.directory), *words],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said, end, waiting = "", time.monotonic() + 60, dict(answers)
    while process.poll() is None and time.monotonic() < end:
        ready, _, _ = select.select([ours], [], [], 0.1)
        if ready:
            try:
                said += os.read(ours, 65536).decode("utf-8", "replace")
            except OSError:
                break
        for prompt in [prompt for prompt in waiting if prompt in said]:
            os.write(ours, f"{waiting.pop(prompt)}\n".encode())
    code = process.wait(30)
    os.close(ours)
    return code, said


@pytest.mark.live
def test_the_servers_own_prompts_are_put_to_the_person_at_the_terminal(
    watched: Watched, servers: Servers, tmp_path: Path
) -> None:
    dialogue = ((("Password for the bastion: ", False, PASSWORD),), (("One-time code: ", True, CODE),))
    endpoint = servers.endpoint(keygen(tmp_path / "host"), rules=Rules(dialogue=dialogue))
    with watched.home.known_hosts.open("a") as known:
        known.write(f"[127.0.0.1]:{endpoint.port} {(tmp_path / 'host.pub').read_text()}")
    node = watched.lab.node("lab-1")
    assert node is not None
    file = tmp_path / "guarded.toml"
    file.write_text(
        f"""[[cluster]]
name = "guarded"
environment = "staging"
database = "ledger"
[[cluster.node]]
name = "inside"
[cluster.node.ssh]
host = "127.0.0.1"
port = {endpoint.port}
user = "somebody"
[cluster.node.postgres]
host = "{node.socket_directory}"
port = {node.postgres_port}
user = "ledger_console"
bin_directory = "{watched.lab.bin_directory}"
"""
    )
    watched.json("inventory", "import", str(file))
    try:
        unasked = watched.json("status", "guarded", "--wait", "asks", "--timeout", "20")
        assert unasked["reached"], "without a person it must say that it wants one"
        answers = {"Password for the bastion:": PASSWORD, "One-time code:": CODE}
        code, said = typed(watched, answers, "--ask", "status", "guarded", "--wait", "healthy", "--timeout", "45")
        assert code == 0, said
        assert "127.0.0.1" in said
        assert PASSWORD not in said, "a secret answer was echoed"
        assert re.search("guarded is healthy", said)
        assert len(endpoint.rules.logins) == 1, "the one connection is shared and kept"
        assert watched.json("status", "guarded")["clusters"][0]["health"] == "healthy"
    finally:
        watched.json("inventory", "remove", "guarded")
