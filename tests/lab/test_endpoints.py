"""The lab's SSH endpoints behave as sshd does: the same questions are put to asyncssh's and to OpenSSH's."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import asyncssh
import pytest

from console.lab.desk import LabStatus, lab_cluster, lab_fault
from console.lab.doors import SSHD_PLACES
from console.places import Home
from tests.live import live_lab, wait_for

ANSWER_SECONDS_MAX = 20.0
BULK_BYTES = 24 * 1024 * 1024
T = TypeVar("T")


@pytest.fixture(scope="module")
def sshd_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, LabStatus]]:
    if not any(os.access(path, os.X_OK) for path in SSHD_PLACES):
        pytest.skip("OpenSSH's sshd is not installed here")
    with live_lab(tmp_path_factory.mktemp("sshd-home") / "home", nodes=1, sshd=True) as lab:
        yield lab


@pytest.fixture(params=["asyncssh", "sshd"])
def lab(request: pytest.FixtureRequest) -> tuple[Home, LabStatus]:
    name = "lab_of_all" if request.param == "asyncssh" else "sshd_lab"
    found: tuple[Home, LabStatus] = request.getfixturevalue(name)
    return found


def connected(
    lab: tuple[Home, LabStatus], work: Callable[[asyncssh.SSHClientConnection], Awaitable[T]], *, host: str = "lab-1"
) -> T:
    """Does some work on one connection, by the lab's own files and nobody else's."""
    status = lab[1]

    async def run() -> T:
        options = {"config": [status.ssh_config], "known_hosts": status.known_hosts, "agent_path": None}
        async with asyncssh.connect(host, **options) as connection:
            return await work(connection)

    return asyncio.run(asyncio.wait_for(run(), ANSWER_SECONDS_MAX))


def run(lab: tuple[Home, LabStatus], line: str, *, stdin: str = "") -> asyncssh.SSHCompletedProcess:
    return connected(lab, lambda connection: connection.run(line, input=stdin))


def test_status_and_streams_come_apart(lab: tuple[Home, LabStatus]) -> None:
    ended = run(lab, "echo out; echo err >&2; exit 3")
    assert (ended.stdout, ended.stderr, ended.exit_status) == ("out\n", "err\n", 3)


def test_a_missing_program_is_127(lab: tuple[Home, LabStatus]) -> None:
    assert run(lab, "no-such-program").exit_status == 127


def test_a_command_ended_by_a_signal_says_which(lab: tuple[Home, LabStatus]) -> None:
    ended = run(lab, "kill -TERM $$; sleep 5")
    assert ended.exit_status == -1
    assert ended.exit_signal is not None
    assert ended.exit_signal[0] == "TERM"


def test_standard_input_reaches_the_command_and_ends(lab: tuple[Home, LabStatus]) -> None:
    assert run(lab, "cat; echo end", stdin="line\n").stdout == "line\nend\n"


def test_there_is_no_terminal(lab: tuple[Home, LabStatus]) -> None:
    assert run(lab, "test -t 0 || test -t 1 || test -t 2 || echo none").stdout == "none\n"


def test_much_data_comes_whole_both_ways(lab: tuple[Home, LabStatus]) -> None:
    ended = run(lab, f"head -c {BULK_BYTES} /dev/zero | tr '\\0' x")
    assert len(str(ended.stdout)) == BULK_BYTES
    counted = run(lab, "wc -c", stdin="x" * BULK_BYTES)
    assert str(counted.stdout).strip() == str(BULK_BYTES)


def test_a_long_session_answers_line_by_line(lab: tuple[Home, LabStatus]) -> None:
    status = lab[1]
    target = lab_cluster(status).nodes[0].postgres
    assert target is not None
    command = f"{target.bin_directory}/psql -XAtq -h {target.host} -p {target.port} -U {target.user} -d ledger"

    async def ask(connection: asyncssh.SSHClientConnection) -> list[str]:
        async with connection.create_process(command) as session:
            answers = []
            for number in range(50):
                session.stdin.write(f"select {number} + 1;\n")
                answers.append((await session.stdout.readline()).strip())
            session.stdin.write_eof()
            assert (await session.wait()).exit_status == 0
            return answers

    assert connected(lab, ask) == [str(number + 1) for number in range(50)]


def test_many_channels_share_one_connection(lab: tuple[Home, LabStatus]) -> None:
    async def ask(connection: asyncssh.SSHClientConnection) -> list[str]:
        ended = await asyncio.gather(*(connection.run(f"echo {number}") for number in range(8)))
        return [str(one.stdout).strip() for one in ended]

    assert connected(lab, ask) == [str(number) for number in range(8)]


def test_a_command_outlives_its_channel_and_finds_its_input_ended(lab: tuple[Home, LabStatus]) -> None:
    mark = Path(lab[1].directory) / "lab-1" / "home" / "mark"

    async def leave(connection: asyncssh.SSHClientConnection) -> None:
        process = await connection.create_process(f"echo begun; cat >/dev/null; echo went-on > {mark}")
        assert await process.stdout.readline() == "begun\n"
        process.close()

    connected(lab, leave)
    wait_for(lambda: mark.exists() and mark.read_text() == "went-on\n", "the command to go on")


def test_files_go_there_and_back(lab: tuple[Home, LabStatus]) -> None:
    text = os.urandom(300_000)

    async def carry(connection: asyncssh.SSHClientConnection) -> bytes:
        async with connection.start_sftp_client() as files:
            async with files.open("carried", "wb") as file:
                await file.write(text)
            async with files.open("carried", "rb") as file:
                back = await file.read()
            await files.remove("carried")
            return bytes(back)

    assert connected(lab, carry) == text


def test_a_tunnel_leads_to_postgresql(lab: tuple[Home, LabStatus]) -> None:
    node = lab[1].nodes[0]

    async def knock(connection: asyncssh.SSHClientConnection) -> bytes:
        reader, writer = await connection.open_connection(node.address, node.postgres_port)
        writer.write((8).to_bytes(4, "big") + (80877103).to_bytes(4, "big"))  # PostgreSQL's 'do you speak TLS?'
        answer = await reader.readexactly(1)
        writer.close()
        return bytes(answer)

    assert connected(lab, knock) == b"N"


def test_a_tunnel_leads_nowhere_else(lab_of_all: tuple[Home, LabStatus]) -> None:
    async def knock(connection: asyncssh.SSHClientConnection) -> None:
        await connection.open_connection("127.0.0.1", 22)

    with pytest.raises(asyncssh.ChannelOpenError):
        connected(lab_of_all, knock)


def test_another_key_or_user_is_not_let_in(lab: tuple[Home, LabStatus]) -> None:
    node = lab[1].nodes[0]
    own = asyncssh.read_private_key(str(Path(lab[1].directory) / "keys" / "operator"))

    async def knock(**more: object) -> None:
        async with asyncssh.connect(
            node.address, node.ssh_port, config=None, agent_path=None, known_hosts=lab[1].known_hosts, **more
        ):
            pass

    stranger = asyncssh.generate_private_key("ssh-ed25519")
    for more in ({"username": lab[1].account, "client_keys": [stranger]}, {"username": "games", "client_keys": [own]}):
        with pytest.raises(asyncssh.PermissionDenied):
            asyncio.run(asyncio.wait_for(knock(**more), ANSWER_SECONDS_MAX))


def test_each_host_has_a_key_of_its_own(lab_of_all: tuple[Home, LabStatus]) -> None:
    keys = [line.split()[2] for line in Path(lab_of_all[1].known_hosts).read_text().splitlines()]
    assert len(set(keys)) == len(lab_of_all[1].nodes)
    assert lab_of_all[0].lab_known_hosts.read_text() == Path(lab_of_all[1].known_hosts).read_text()
    swapped = "\n".join(
        f"{line.split()[0]} ssh-ed25519 {keys[-1]}" for line in Path(lab_of_all[1].known_hosts).read_text().splitlines()
    )

    async def knock() -> None:
        async with asyncssh.connect(
            "lab-1", config=[lab_of_all[1].ssh_config], agent_path=None, known_hosts=swapped.encode()
        ):
            pass

    with pytest.raises(asyncssh.HostKeyNotVerifiable):
        asyncio.run(asyncio.wait_for(knock(), ANSWER_SECONDS_MAX))


def test_a_command_never_has_roots_rights_on_the_labs_own_endpoints(lab_of_all: tuple[Home, LabStatus]) -> None:
    assert str(run(lab_of_all, "id -un").stdout).strip() == lab_of_all[1].account
    if os.getuid() == 0:
        assert str(run(lab_of_all, "id -G").stdout).strip() == "65534"  # nobody, and no group of root's
    assert run(lab_of_all, "cat /etc/shadow").exit_status != 0


def test_with_sshd_the_acting_account_is_told_and_works(sshd_lab: tuple[Home, LabStatus]) -> None:
    spec = lab_cluster(sshd_lab[1]).nodes[0]
    assert spec.become == ("nobody" if os.getuid() == 0 else None)
    line = f"sudo -n -u {spec.become} -- id -un" if spec.become else "id -un"
    assert str(run(sshd_lab, line).stdout).strip() == sshd_lab[1].account


def test_with_sshd_an_endpoint_goes_down_and_up(sshd_lab: tuple[Home, LabStatus]) -> None:
    async def cut(connection: asyncssh.SSHClientConnection) -> None:
        await asyncio.to_thread(lab_fault, sshd_lab[0], "ssh-down", "lab-1")
        await connection.wait_closed()

    connected(sshd_lab, cut)
    with pytest.raises(OSError):
        run(sshd_lab, "true")
    status = lab_fault(sshd_lab[0], "ssh-up", "lab-1")
    assert status.nodes[0].ssh
    assert run(sshd_lab, "true").exit_status == 0


def test_the_ssh_client_of_the_desk_comes_in_by_the_labs_file(lab: tuple[Home, LabStatus]) -> None:
    ssh = shutil.which("ssh")
    if ssh is None:
        pytest.skip("no OpenSSH client here")
    for host in (node.name for node in lab[1].nodes):
        ended = subprocess.run(
            [ssh, "-F", lab[1].ssh_config, "-o", "BatchMode=yes", host, "exit 7"],
            capture_output=True, timeout=ANSWER_SECONDS_MAX, check=False,
        )  # fmt: skip
        assert ended.returncode == 7, ended.stderr
