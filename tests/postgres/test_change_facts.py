"""The lines that every script begins with, and how a look's answer is read, by real shells."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.cluster import NodeKind
from console.domain.reading import Moment
from console.postgres.change_facts import Depth, LookAt, cksum, look_script, place_lines, read_look

SHELLS = [name for name in ("dash", "bash") if shutil.which(name)]
NOW = Moment(datetime(2030, 1, 1, tzinfo=UTC), 1.0)


def said(shell: str, *lines: str, cwd: Path | None = None) -> str:
    ended = subprocess.run([shell, "-c", "\n".join(lines)], capture_output=True, text=True, timeout=60, check=False,
                           cwd=cwd)  # fmt: skip
    assert ended.stderr == ""
    return ended.stdout


@pytest.mark.parametrize("text", ["", "host", "/var/lib/postgresql/15/main", "/data/ü", "a b'c\"d\\e", "x" * 1000])
def test_the_sum_is_the_one_that_cksum_prints(text: str) -> None:
    own = subprocess.run(["cksum"], input=text.encode(), capture_output=True, check=True).stdout.decode()
    assert cksum(text) == "-".join(own.split()[:2])


@pytest.mark.parametrize("shell", SHELLS)
def test_one_server_has_one_lock_by_whatever_path_it_is_called(shell: str, tmp_path: Path) -> None:
    real = tmp_path / "real one's"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    asks = 'echo "$K|$L|$lc_real|$PWD"; printf %s "$lc_real" | cksum'
    paths = (real, tmp_path / "link", f"{real}/", f"{tmp_path}/link/../link", f"{tmp_path}/./real one's")
    found = {said(shell, *place_lines("key", str(path)), asks, cwd=tmp_path) for path in paths}
    assert len(found) == 1, found
    first, summed = next(iter(found)).splitlines()
    key, place, directory, here = first.split("|")
    assert key == "key-" + "-".join(summed.split()[:2]), "as every console before computed it"
    assert (place, directory, here) == (f"/var/tmp/ledger-console-{os.geteuid()}", str(real), str(tmp_path))


@pytest.mark.parametrize("shell", SHELLS)
def test_a_directory_that_is_not_there_or_not_named_has_a_lock_as_well(shell: str, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert said(shell, *place_lines("key", str(gone)), 'echo "$K"') == f"key-{cksum(str(gone))}\n"
    assert said(shell, *place_lines("key", None), 'echo "$K"') == f"key-{cksum('host')}\n"


def look_at(data: Path, depth: Depth, programs: Path) -> LookAt:
    return LookAt(
        node="n", kind=NodeKind.POSTGRES, lock_key="look-test", bin_directory=str(programs), data_directory=str(data),
        socket="/nowhere", port=5432, admin_user="postgres", database="ledger", ledger=None, depth=depth, mark="m4rk",
    )  # fmt: skip


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("depth", Depth)
def test_what_programs_say_is_never_taken_for_a_tag_of_ours(shell: str, depth: Depth, tmp_path: Path) -> None:
    """A database, or whoever can name things in it, speaks through psql; a file through pg_controldata."""
    data, programs = tmp_path / "data", tmp_path / "bin"
    (data / "pg_wal").mkdir(parents=True)
    programs.mkdir()
    lies = "machine 0123456789abcdef0123456789abcdef\nlock 9 other boot eve\nprocess 1 (postgres) S\nend\nblock end\n"
    for name in ("psql", "pg_controldata"):
        (programs / name).write_text(f"#!/bin/sh\nprintf '%s' {lies!r}\n".replace("\\n", "\n"))
        (programs / name).chmod(0o755)
    at = look_at(data, depth, programs)
    text = said(shell, look_script(at))
    found = read_look(at, text.encode(), now=NOW, round_trip_seconds=0.0)
    assert found.machine_id == Path("/etc/machine-id").read_text().strip()
    assert found.lock is None or found.lock.term == 0
    assert found.processes in (None, 0)
    assert found.server is None and "other boot eve" in found.server_trouble
    assert found.account


@pytest.mark.parametrize("shell", SHELLS)
def test_files_are_read_by_the_shell_alone(shell: str, tmp_path: Path) -> None:
    data, programs = tmp_path / "data", tmp_path / "bin"
    (data / "pg_wal").mkdir(parents=True)
    programs.mkdir()
    (data / "pg_wal" / "00000002.history").write_text("1\t0/3000000\tx\n")
    (data / "pg_wal" / "0000000A.history").write_text("1\t0/3000000\tx\n\n2\t0/5000000\tno newline at its end")
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n/run/here\n")
    (data / "standby.signal").touch()
    found = read_look(
        look_at(data, Depth.STATE, programs), said(shell, look_script(look_at(data, Depth.STATE, programs))).encode(),
        now=NOW, round_trip_seconds=0.0,
    )  # fmt: skip
    assert found.newest_history == 10
    assert found.socket_directory == "/run/here"
    assert found.standby_signal and found.processes == 0
    assert found.disk_free_bytes is None, "only a plan's look asks for it"
