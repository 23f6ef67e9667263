"""What a drill's scripts take away and kill: a decoy of ours, and nothing else; run by a real shell."""

import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.postgres.drill_verbs import decoy_script, gone_script, is_decoy_place, kill_script, stream_script
from console.postgres.verbs import ServerAt

AT = ServerAt(node="b", lock_key="1", bin_directory="/opt/pg's/bin", data_directory="/data/b", socket_directory="/run",
              port=5432, admin_user="postgres", address="10.0.0.2")  # fmt: skip


def run(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=30, check=False)


@pytest.fixture
def place() -> Iterator[Path]:
    found = Path(f"/var/tmp/lcd.{secrets.token_hex(4)}")
    (found / "data").mkdir(parents=True)
    yield found
    shutil.rmtree(found, ignore_errors=True)


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("/var/tmp/lcd.Ab3dEf7h", True),
        ("/var/tmp/lcd.Ab3dEf7", False),
        ("/var/tmp/lcd.Ab3dEf7h/..", False),
        ("/var/tmp/lcd./../etc", False),
        ("/etc", False),
        ("", False),
        ("/var/tmp/lcd.äb3dEf7h", False),
    ],
)
def test_only_a_place_of_ours_is_believed(path: str, ours: bool) -> None:
    assert is_decoy_place(path) is ours


def test_a_decoy_is_taken_away_with_who_still_works_in_it(place: Path) -> None:
    worker = subprocess.Popen(["sleep", "60"], cwd=place / "data")
    try:
        assert run(gone_script(str(place))).returncode == 0
        assert not place.exists()
        assert worker.wait(10) == -9
    finally:
        worker.kill()
        worker.wait()
    assert run(gone_script(str(place))).returncode == 0  # again: nothing to do


def test_any_other_path_is_refused_and_stays(tmp_path: Path, place: Path) -> None:
    (tmp_path / "books").write_text("precious")
    assert run(gone_script(str(tmp_path))).returncode == 4
    linked = Path(f"/var/tmp/lcd.{secrets.token_hex(4)}")
    linked.symlink_to(tmp_path)
    try:
        assert run(gone_script(str(linked))).returncode == 4
    finally:
        linked.unlink()
    assert run(gone_script(f"{place}/../{place.name}")).returncode == 4
    assert (tmp_path / "books").read_text() == "precious"
    assert place.exists()


def test_no_other_process_is_killed(place: Path) -> None:
    other = subprocess.Popen(["sleep", "60"])
    own = subprocess.Popen(["sleep", "60"], cwd=place / "data")
    try:
        assert run(kill_script(str(place), other.pid)).returncode == 4
        assert other.poll() is None
        assert run(kill_script(str(place), own.pid)).returncode == 0
        assert own.wait(10) == -9
    finally:
        for one in (other, own):
            one.kill()
            one.wait()


@pytest.mark.parametrize(
    "script", [decoy_script(("/usr/lib/postgresql/18/bin", "/odd 'place"), limit_seconds=60.0),
               stream_script(AT, term=7, limit_seconds=60.0)]
)  # fmt: skip
def test_the_scripts_are_whole_shell(script: str) -> None:
    checked = subprocess.run(["sh", "-n"], input=script, capture_output=True, text=True, timeout=30, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_host_without_programs_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    script = decoy_script((str(tmp_path),), limit_seconds=5.0)
    before = set(Path("/var/tmp").glob("lcd.*"))
    ended = subprocess.run(
        ["sh", "-c", script.replace("/usr/", "/nowhere/").replace("/opt/", "/nowhere/")], capture_output=True,
        text=True, timeout=30, check=False, env={"PATH": "/bin"},
    )  # fmt: skip
    if "refused no-programs" not in ended.stdout:
        pytest.skip("this machine has PostgreSQL's programs among its own")
    assert ended.returncode == 4
    assert set(Path("/var/tmp").glob("lcd.*")) == before
