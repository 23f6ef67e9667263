"""The scripts of the lock, run by real shells: who may take it, what a guard lets through, what stays behind."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.postgres.change_facts import LOCK_LIVE_SECONDS
from console.recovery.lock import (
    BUSY,
    OTHER_MACHINE,
    OTHER_TERM,
    STILL_HELD,
    TOO_LATE,
    Term,
    guarded,
    release_script,
    renew_script,
    take_script,
)

KEY = f"lock-test-{os.getpid()}"
PLACE = Path(f"/var/tmp/ledger-console-{os.geteuid()}")
SHELLS = [name for name in ("dash", "bash") if shutil.which(name)]
OURS = Term(number=3, owner="desk:run-1", person="Ada Lovelace")
THEIRS = Term(number=4, owner="other:run-9", person="Bob")


def uptime() -> float:
    return float(Path("/proc/uptime").read_text().split()[0])


class Host:
    """This machine as a node, with one shell."""

    def __init__(self, shell: str, data: str) -> None:
        self.shell, self.data = shell, data

    def run(self, script: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([self.shell, "-c", script], capture_output=True, text=True, timeout=60, check=False)

    def take(self, term: Term, *, breaks: bool = False) -> int:
        return self.run(take_script(KEY, self.data, term, break_live=breaks)).returncode

    def renew(self, term: Term) -> int:
        return self.run(renew_script(KEY, self.data, term)).returncode

    def release(self, term: Term) -> int:
        return self.run(release_script(KEY, self.data, term)).returncode

    def guarded(self, script: str, term: Term, *, seconds: float = 10.0, machine: str | None = None) -> str:
        return guarded(script, lock_key=KEY, data_directory=self.data, term=term, not_after_seconds=uptime() + seconds,
                       machine_id=machine)  # fmt: skip

    def files(self) -> dict[str, Path]:
        return {path.name.rpartition(".")[2]: path for path in PLACE.glob(f"{KEY}-*")}

    def words(self, name: str) -> list[str]:
        return self.files()[name].read_text().split()

    def ages(self, seconds: float) -> None:
        """The lock was renewed that long ago."""
        term, beat, boot = self.words("beat")
        self.files()["beat"].write_text(f"{term} {int(beat) - round(seconds * 100)} {boot}\n")


@pytest.fixture(params=SHELLS)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Host]:
    found = shutil.which(request.param)
    assert found is not None
    yield Host(found, str(tmp_path / "data"))
    for path in PLACE.glob(f"{KEY}-*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_it_is_taken_renewed_and_given_back(host: Host) -> None:
    assert host.take(OURS) == 0
    assert host.words("lock")[:2] == ["3", "desk:run-1"]
    assert host.words("lock")[3] == "Ada_Lovelace"
    assert host.take(OURS) == 0, "ours already"
    assert host.renew(OURS) == 0
    assert host.release(OURS) == 0
    assert host.words("lock")[:2] == ["3", "-"], "the term stays, so that it only grows"
    assert host.renew(OURS) == OTHER_TERM
    assert host.take(Term(number=3, owner="desk:run-2", person="x")) == OTHER_TERM
    assert host.take(THEIRS) == 0


def test_a_live_one_is_refused_and_an_expired_one_is_not(host: Host) -> None:
    assert host.take(OURS) == 0
    assert host.take(THEIRS) == STILL_HELD
    host.ages(LOCK_LIVE_SECONDS - 2)
    assert host.take(THEIRS) == STILL_HELD
    host.ages(3)
    assert host.take(THEIRS) == 0
    assert host.words("lock")[:2] == ["4", "other:run-9"]


def test_one_of_another_boot_is_dead(host: Host) -> None:
    assert host.take(OURS) == 0
    term, owner, _, person = host.words("lock")
    host.files()["lock"].write_text(f"{term} {owner} another-boot {person}\n")
    assert host.take(THEIRS) == 0


def test_a_live_one_is_broken_by_name_alone_and_never_by_a_lower_term(host: Host) -> None:
    assert host.take(THEIRS) == 0
    assert host.take(OURS, breaks=True) == OTHER_TERM
    assert host.take(Term(number=5, owner="desk:run-1", person="x")) == STILL_HELD
    assert host.take(Term(number=5, owner="desk:run-1", person="x"), breaks=True) == 0
    assert host.renew(THEIRS) == OTHER_TERM
    assert host.release(THEIRS) == 0
    assert host.words("lock")[:2] == ["5", "desk:run-1"], "somebody else's stays"


def test_a_guard_lets_our_term_through_alone(host: Host, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    script = f"echo done >>{mark}; echo out; echo wrong >&2; exit 7"
    assert host.run(host.guarded(script, OURS)).returncode == OTHER_TERM, "nobody has it"
    host.take(OURS)
    done = host.run(host.guarded(script, OURS))
    assert (done.returncode, done.stdout, done.stderr) == (7, "out\n", "wrong\n")
    host.ages(60)
    assert host.run(host.guarded(script, OURS)).returncode == 7, "expired, and nobody took it"
    host.take(THEIRS)
    refused = host.run(host.guarded(script, OURS))
    assert refused.returncode == OTHER_TERM and "guard other-term 4 other:run-9 Bob" in refused.stderr
    assert host.run(host.guarded(script, Term(number=4, owner="desk:run-1", person="x"))).returncode == OTHER_TERM
    assert mark.read_text() == "done\ndone\n"


def test_a_late_command_is_refused(host: Host, tmp_path: Path) -> None:
    host.take(OURS)
    mark = tmp_path / "mark"
    done = host.run(host.guarded(f"echo >{mark}", OURS, seconds=-0.05))
    assert done.returncode == TOO_LATE and "guard too-late" in done.stderr
    assert not mark.exists()
    assert host.run(host.guarded(f"echo >{mark}", OURS, seconds=30)).returncode == 0


def test_another_machine_is_refused(host: Host) -> None:
    host.take(OURS)
    own = Path("/etc/machine-id").read_text().strip()
    assert host.run(host.guarded("exit 0", OURS, machine=own)).returncode == 0
    assert host.run(host.guarded("exit 0", OURS, machine="0" * 32)).returncode == OTHER_MACHINE


def test_nobody_takes_it_in_the_middle_of_a_command_but_it_is_renewed(host: Host, tmp_path: Path) -> None:
    host.take(OURS)
    begun, end = tmp_path / "begun", tmp_path / "end"
    script = f"echo >{begun}; until [ -e {end} ]; do sleep 0.05; done"
    with subprocess.Popen([host.shell, "-c", host.guarded(script, OURS)]) as running:
        try:
            limit = time.monotonic() + 10
            while not begun.exists():
                assert time.monotonic() < limit
            assert host.renew(OURS) == 0
            host.ages(60)
            assert host.take(THEIRS) == BUSY
        finally:
            end.write_text("")
            assert running.wait(10) == 0
    assert host.take(THEIRS) == 0


def test_what_a_command_leaves_running_does_not_hold_it(host: Host) -> None:
    host.take(OURS)
    done = host.run(host.guarded("sleep 20 >/dev/null 2>&1 & echo $!", OURS))
    try:
        host.ages(60)
        began = time.monotonic()
        assert host.take(THEIRS) == 0
        assert time.monotonic() - began < 4
    finally:
        os.kill(int(done.stdout), 9)


def test_a_lock_that_can_not_be_written_is_not_taken(host: Host) -> None:
    assert host.take(OURS) == 0
    name = host.files()["lock"]
    blocked = name.with_name(name.name + ".new")
    blocked.mkdir()
    host.ages(60)
    assert host.take(THEIRS) not in (0, OTHER_TERM)
    assert host.words("lock")[:2] == ["3", "desk:run-1"]


def test_nonsense_in_the_files_is_no_lock(host: Host) -> None:
    host.take(OURS)
    host.files()["lock"].write_text("$(touch x) ; rm -rf\n")
    host.files()["beat"].write_text("a b c d\n")
    assert host.run(host.guarded("exit 0", OURS)).returncode == OTHER_TERM
    assert host.take(OURS) == 0
