"""Long commands that outlive their channel, on asyncssh and OpenSSH, by dash and by bash."""

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.domain.cluster import SshTarget
from console.ssh.command import Command
from console.ssh.connection import Connection
from console.ssh.hostkeys import HostKeyStore
from console.ssh.sessions import Sessions
from console.ssh.supervise import (
    STDIN_BYTES_MAX,
    Standing,
    Supervised,
    SupervisedState,
    SuperviseError,
    Supervisor,
    read_state,
    start_command,
)
from tests.ssh.conftest import Keys, trust
from tests.ssh.servers import Endpoint, Servers, wait_for

Make = Callable[..., SshTarget]
PLACE = Path("/var/tmp") / f"ledger-console-{os.geteuid()}"
SHELLS = [name for name in ("dash", "bash") if shutil.which(name)]


@pytest.fixture
def connect(sessions: Sessions, store: HostKeyStore, keys: Keys, port: int, target: Make) -> Callable[[], Connection]:
    trust(store, keys.host, port)
    return lambda: sessions.connect(target(port))


@pytest.fixture
def name(request: pytest.FixtureRequest) -> Iterator[str]:
    """A name of the test's own; whatever it left under it is ended and gone afterwards."""
    made = f"test:{os.getpid()}:{abs(hash(request.node.nodeid))}"
    yield made
    claim = PLACE / made / "claim"
    if claim.exists():
        pid = int(claim.read_text().split()[0])
        for other in session_of(pid):
            os.kill(other, signal.SIGKILL)
    shutil.rmtree(PLACE / made, ignore_errors=True)
    if PLACE.is_dir() and not any(PLACE.iterdir()):
        PLACE.rmdir()


@pytest.fixture
def supervisor(connect: Callable[[], Connection]) -> Supervisor:
    return Supervisor(connect())


def session_of(pid: int) -> list[int]:
    """All living processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(words[3]) == pid and words[0] not in "ZX":
            found.append(int(stat.parent.name))
    return found


def until(supervisor: Supervisor, name: str, standing: Standing) -> SupervisedState:
    wait_for(lambda: supervisor.look(name).standing is standing, f"{name} to be {standing.value}")
    return supervisor.look(name)


def pid_of(state: SupervisedState) -> int:
    assert state.supervised is not None
    return state.supervised.pid


def test_it_runs_to_its_end_with_status_log_and_a_private_place(supervisor: Supervisor, name: str) -> None:
    state = supervisor.start(name, ("sh", "-c", "echo begun; echo wrong >&2; pwd; exit 3"), seconds_max=60)
    assert state.fresh
    assert state.supervised is not None
    assert state.supervised.started_ticks > 0
    ended = until(supervisor, name, Standing.ENDED)
    assert (ended.status, ended.late, ended.log) == (3, False, b"begun\nwrong\n/\n")
    for path in (PLACE, PLACE / name):
        assert path.stat().st_mode & 0o777 == 0o700
        assert path.stat().st_uid == os.geteuid()
    supervisor.remove(name)
    assert supervisor.look(name).standing is Standing.ABSENT
    assert name not in supervisor.names()


def test_it_outlives_its_connection_and_is_found_again(connect: Callable[[], Connection], name: str) -> None:
    first = connect()
    began = Supervisor(first).start(name, ("sh", "-c", "echo up; exec sleep 300"), seconds_max=600)
    first.close()
    second = Supervisor(connect())
    found = second.look(name)
    assert (found.standing, found.supervised) == (Standing.RUNNING, began.supervised)
    assert name in second.names()
    ended = second.end(name)
    assert (ended.standing, ended.status) == (Standing.ENDED, 128 + signal.SIGTERM)
    assert session_of(pid_of(began)) == []
    assert second.look(name).log == b"up\n"


def test_it_outlives_a_killed_server(
    servers: Servers, sessions: Sessions, store: HostKeyStore, keys: Keys, target: Make, endpoint: Endpoint, name: str
) -> None:
    own = servers.endpoint(keys.host, rules=endpoint.rules)
    trust(store, keys.host, own.port, endpoint.port)
    Supervisor(sessions.connect(target(own.port))).start(name, ("sleep", "300"), seconds_max=600)
    own.stop()
    again = Supervisor(sessions.connect(target(endpoint.port)))
    assert again.look(name).standing is Standing.RUNNING
    assert again.end(name).standing is Standing.ENDED


def test_started_twice_it_runs_once(supervisor: Supervisor, name: str) -> None:
    argv = ("sh", "-c", "echo once; exec sleep 300")
    first, second = (supervisor.start(name, argv, seconds_max=600) for _ in range(2))
    assert first.fresh
    assert not second.fresh
    assert second.supervised == first.supervised
    supervisor.end(name)
    third = supervisor.start(name, argv, seconds_max=600)
    assert (third.standing, third.fresh) == (Standing.ENDED, False), "what has ended is not run again by itself"
    assert supervisor.look(name).log == b"once\n"


def test_of_many_that_start_it_at_once_one_does(connect: Callable[[], Connection], name: str, tmp_path: Path) -> None:
    connection = connect()
    mark = tmp_path / "mark"
    states: list[SupervisedState] = []

    def start() -> None:
        command = ("sh", "-c", f"echo one >>{mark}; exec sleep 300")
        states.append(Supervisor(connection).start(name, command, seconds_max=600))

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len({state.supervised for state in states}) == 1
    assert len(states) == 6
    assert sum(state.fresh for state in states) == 1
    wait_for(mark.exists, "the command's mark")
    assert Supervisor(connection).end(name).over
    assert mark.read_text() == "one\n"


def test_a_look_that_waits_is_answered_when_it_ends_and_not_before(
    supervisor: Supervisor, name: str, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    supervisor.start(name, ("sh", "-c", f"echo up; until [ -e {gate} ]; do sleep 0.05; done; exit 7"), seconds_max=60)
    assert supervisor.look(name, wait_seconds=0.3).standing is Standing.RUNNING
    opens = threading.Timer(0.3, gate.touch)
    opens.start()
    ended = supervisor.look(name, wait_seconds=30.0)  # one look sees it through
    opens.join()
    assert (ended.standing, ended.status, ended.log) == (Standing.ENDED, 7, b"up\n")
    assert supervisor.look(name, wait_seconds=30.0).standing is Standing.ENDED
    supervisor.remove(name)
    assert supervisor.look(name, wait_seconds=30.0).standing is Standing.ABSENT


def test_one_that_does_not_listen_to_term_is_killed_with_its_children(supervisor: Supervisor, name: str) -> None:
    stubborn = "trap '' TERM; set -m 2>/dev/null; sh -c 'trap \"\" TERM; while :; do sleep 1; done' & echo up; wait"
    began = supervisor.start(name, ("bash", "-c", stubborn), seconds_max=600)
    wait_for(lambda: supervisor.look(name).log == b"up\n", "it to be up")
    ended = supervisor.end(name, term_seconds=0.3)
    assert (ended.standing, ended.status) == (Standing.ENDED, 137)
    assert session_of(pid_of(began)) == []


def test_over_its_time_it_is_ended_and_that_is_said(supervisor: Supervisor, name: str) -> None:
    began = supervisor.start(name, ("sleep", "300"), seconds_max=1)
    ended = until(supervisor, name, Standing.ENDED)
    assert (ended.status, ended.late) == (143, True)
    wait_for(lambda: not session_of(pid_of(began)), "its session to be gone")


def test_one_that_was_killed_has_vanished_and_is_never_called_done(supervisor: Supervisor, name: str) -> None:
    began = supervisor.start(name, ("sleep", "300"), seconds_max=600)
    for pid in session_of(pid_of(began)):
        os.kill(pid, signal.SIGKILL)
    gone = until(supervisor, name, Standing.VANISHED)
    assert gone.status is None
    assert supervisor.end(name).status is None
    supervisor.remove(name)


def test_a_child_that_is_left_of_it_counts_as_running_and_is_ended_too(supervisor: Supervisor, name: str) -> None:
    began = supervisor.start(name, ("sleep", "300"), seconds_max=600)
    os.kill(pid_of(began), signal.SIGKILL)
    assert supervisor.look(name).standing is Standing.RUNNING
    supervisor.end(name)
    assert session_of(pid_of(began)) == []


def test_another_process_of_the_same_number_is_never_taken_for_it(supervisor: Supervisor, name: str) -> None:
    began = supervisor.start(name, ("sleep", "300"), seconds_max=600)
    stranger = subprocess.Popen(["sleep", "300"], start_new_session=True)
    try:
        real = (PLACE / name / "claim").read_text().split()
        (PLACE / name / "claim").write_text(" ".join([str(stranger.pid), *real[1:]]) + "\n")
        assert supervisor.look(name).standing is Standing.VANISHED
        supervisor.end(name, term_seconds=0.1)
        assert stranger.poll() is None
        (PLACE / name / "claim").write_text(" ".join([*real[:2], "another-boot", real[3]]) + "\n")
        assert supervisor.look(name).standing is Standing.VANISHED
        (PLACE / name / "claim").write_text(" ".join(real) + "\n")
        assert supervisor.look(name).supervised == began.supervised
        supervisor.end(name)
    finally:
        stranger.kill()
        stranger.wait()


def test_the_log_is_read_in_pieces_from_an_offset_and_at_its_end(supervisor: Supervisor, name: str) -> None:
    supervisor.start(name, ("sh", "-c", "printf '0123456789'; printf '\\nlog\\nx'"), seconds_max=60)
    until(supervisor, name, Standing.ENDED)
    piece = supervisor.look(name, offset=4, log_bytes=3)
    assert (piece.log, piece.log_from, piece.log_bytes) == (b"456", 4, 16)
    assert supervisor.look(name, offset=14, log_bytes=100).log == b"\nx"
    assert supervisor.look(name, offset=400, log_bytes=100).log == b""
    end = supervisor.look(name, log_bytes=6)
    assert (end.log, end.log_from) == (b"\nlog\nx", 10)


def test_secrets_reach_it_by_its_input_and_stand_nowhere(supervisor: Supervisor, name: str) -> None:
    planted = "planted-secret-6120"
    supervisor.start(
        name, ("sh", "-c", "read -r word; cat; echo ${#word}; exec sleep 300"), seconds_max=600, secrets=(planted,),
        stdin=b"rest\n\n", environment=(("PLAIN", "word"),),
    )  # fmt: skip
    wait_for(lambda: supervisor.look(name).log == b"rest\n\n19\n", "the command to have read")
    for path in (PLACE / name).iterdir():
        assert planted not in path.read_text()
    pid = int((PLACE / name / "claim").read_text().split()[0])
    for each in session_of(pid):
        assert planted.encode() not in Path(f"/proc/{each}/cmdline").read_bytes()
        assert planted.encode() not in Path(f"/proc/{each}/environ").read_bytes()
    supervisor.end(name)


def test_files_of_one_that_runs_are_not_taken_away(supervisor: Supervisor, name: str) -> None:
    supervisor.start(name, ("sleep", "300"), seconds_max=600)
    with pytest.raises(SuperviseError) as refused:
        supervisor.remove(name)
    assert refused.value.reason == "running"
    assert supervisor.look(name).standing is Standing.RUNNING
    supervisor.end(name)


@pytest.fixture
def moved() -> Iterator[Path]:
    """The place under its real name is free for the test, and put back."""
    kept = PLACE.with_name(f"{PLACE.name}.kept-{os.getpid()}")
    if PLACE.exists():
        PLACE.rename(kept)
    yield PLACE
    if PLACE.is_symlink() or PLACE.is_file():
        PLACE.unlink()
    elif PLACE.exists():
        shutil.rmtree(PLACE)
    if kept.exists():
        kept.rename(PLACE)


@pytest.mark.parametrize("trap", ["link", "wide", "file"])
def test_somebody_elses_directory_under_our_name_is_refused(
    supervisor: Supervisor, moved: Path, tmp_path: Path, trap: str
) -> None:
    bait = tmp_path / "bait"
    bait.mkdir(mode=0o700)
    match trap:
        case "link":
            moved.symlink_to(bait)
        case "wide":
            moved.mkdir()
            moved.chmod(0o777)
        case "file":
            moved.write_text("bait")
    with pytest.raises(SuperviseError) as refused:
        supervisor.start("test:trap", ("touch", str(tmp_path / "ran")), seconds_max=60)
    assert refused.value.reason == {"link": "link", "wide": "not-private", "file": "not-ours"}[trap]
    assert list(bait.iterdir()) == []
    assert not (tmp_path / "ran").exists()


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to act as another account and to give a directory away")
def test_a_directory_of_another_account_is_refused(supervisor: Supervisor, moved: Path) -> None:
    moved.mkdir(mode=0o700)
    os.chown(moved, 65534, 65534)
    with pytest.raises(SuperviseError) as refused:
        supervisor.start("test:other", ("true",), seconds_max=60)
    assert refused.value.reason == "not-ours"


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to act as another account without a password")
def test_it_acts_as_another_account(connect: Callable[[], Connection], name: str) -> None:
    acting = Supervisor(connect(), become="nobody")
    acting.start(name, ("sh", "-c", "id -un; exec sleep 300"), seconds_max=600)
    wait_for(lambda: acting.look(name).log == b"nobody\n", "the account's name")
    assert name not in Supervisor(connect()).names()
    assert acting.end(name).status == 143
    acting.remove(name)
    with pytest.raises(SuperviseError) as refused:
        Supervisor(connect(), become="nobody-of-that-name").look(name)
    assert refused.value.reason == "sudo"


@pytest.mark.parametrize("shell", SHELLS)
def test_by_every_shell_that_may_be_sh(
    connect: Callable[[], Connection], name: str, shell: str, tmp_path: Path
) -> None:
    found = shutil.which(shell)
    assert found is not None
    (tmp_path / "sh").symlink_to(found)

    class Told(Connection):
        """Runs everything with that shell as `sh`, the supervised shells too."""

        def __init__(self, under: Connection) -> None:
            self.under = under
            self.name = under.name

        def run(self, command: Command) -> object:  # type: ignore[override]
            path = f"{tmp_path}:/usr/bin:/bin"
            return self.under.run(
                Command(argv=command.argv, environment=(("PATH", path),), stdin=command.stdin, secrets=command.secrets)
            )

    supervisor = Supervisor(Told(connect()))
    supervisor.start(name, ("sh", "-c", "readlink /proc/$$/exe; exec sleep 300"), seconds_max=60, secrets=("s",))
    wait_for(lambda: supervisor.look(name).log != b"", "the shell's name")
    assert Path(supervisor.look(name).log.decode().strip()) == Path(found).resolve()
    assert supervisor.end(name).status == 143
    supervisor.remove(name)
    assert supervisor.start(name, ("false",), seconds_max=60).fresh
    assert until(supervisor, name, Standing.ENDED).status == 1
    supervisor.remove(name)


@pytest.mark.parametrize(
    "said",
    [
        b"", b"state up\n", b"state running\npid 1;rm\nticks 3\n", b"state ended\n", b"state running\nstatus 0\n",
        b"state running\npid 12\nticks -3\n", b"state ended\nstatus 99999999999999999999\n", b"x" * 5000,
        b"state running\nup nan\nlog\n",
    ],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_refused(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_state("a", said)


def test_a_good_answer_is_read() -> None:
    state = read_state("a", b"state ended\npid 12\nticks 34\nstatus 0\nbytes 5\nfrom 0\nup 12.50\nlog\n\xff\nlog\n")
    assert state.supervised == Supervised(name="a", pid=12, started_ticks=34)
    assert (state.status, state.log, state.host_seconds) == (0, b"\xff\nlog\n", 12.5)


@pytest.mark.parametrize("wrong", ["", ".", "../x", "a/b", "-x", "a b", "a\nb", "ü", "x" * 201])
def test_a_name_that_is_no_files_name_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        start_command(wrong, ("true",), seconds_max=1)


def test_what_goes_over_a_limit_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(ValueError, match="standard input"):
        start_command("a", ("true",), seconds_max=1, stdin=bytes(STDIN_BYTES_MAX + 1))
    with pytest.raises(ValueError, match="zero byte"):
        start_command("a", ("true",), seconds_max=1, stdin=b"a\0b")
    with pytest.raises(ValueError, match="limit of"):
        start_command("a", ("true",), seconds_max=0)
