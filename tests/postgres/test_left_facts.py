"""What a node says of what was left there: the script by a real shell, and answers that are hostile input."""

import json
import os
import random
import subprocess
from pathlib import Path

import pytest

from console.domain.cluster import NodeKind
from console.postgres.change_facts import LookAt
from console.postgres.left_facts import FILES_MAX, left_script, read_left
from tests.hostile import hostile_value

SEEDS = 300


def look_at(data: Path | str, kind: NodeKind = NodeKind.POSTGRES) -> LookAt:
    return LookAt(node="a", kind=kind, lock_key="key", bin_directory="/nowhere", data_directory=str(data),
                  socket="/nowhere", port=5432, admin_user="postgres", database="postgres", ledger=None)  # fmt: skip


def asked(data: Path, script_of: LookAt | None = None) -> bytes:
    at = script_of or look_at(data)
    script = left_script(at, cluster="books", client="outage:books:12345678:")
    done = subprocess.run(["sh", "-c", script], capture_output=True, check=False, timeout=30)
    return done.stdout


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """A data directory, and the beginning of the names of our files about it; both are gone afterwards."""
    data = tmp_path / "data"
    data.mkdir()
    words = subprocess.run(["cksum"], input=str(data).encode(), capture_output=True, check=True).stdout.decode().split()
    own = Path(f"/var/tmp/ledger-console-{os.getuid()}")
    own.mkdir(mode=0o700, exist_ok=True)
    return data, own / f"key-{words[0]}-{words[1]}"


def test_files_are_found_with_their_sizes_and_what_is_a_secret_is_not_told(place: tuple[Path, Path]) -> None:
    data, own = place
    laid = {
        Path(f"{own}.lock"): "7 - boot -\n", Path(f"{own}.conninfo"): "host=db1 port=5433 user=r password=sesame",
        Path(f"{data}.rescue"): None, Path(f"{data}.kept-wal.1.2000028"): None,
        data / "postgresql.auto.conf": "primary_conninfo = ''\nsummarize_wal = 'off'\n",
    }  # fmt: skip
    try:
        for path, text in laid.items():
            if text is None:
                path.mkdir()
                (path / "0").write_bytes(b"x" * 8192)
            else:
                path.write_text(text)
        said = asked(data)
        read = read_left(look_at(data), said)
    finally:
        for path in laid:
            subprocess.run(["rm", "-rf", path], check=True)
    assert b"sesame" not in said
    found = {(one.place, one.name): one for one in read.files}
    assert set(found) == {("own", "lock"), ("own", "conninfo"), ("beside", "rescue"), ("beside", "kept-wal.1.2000028")}
    assert found["own", "lock"].path == f"{own}.lock" and found["own", "lock"].bytes == 11
    assert found["beside", "rescue"].path == f"{data}.rescue"
    assert (found["beside", "rescue"].bytes or 0) >= 8192
    assert all(one.age_seconds is not None and one.age_seconds < 3600 for one in read.files)
    assert read.kept_upstream == "db1:5433"
    # Without a server's own answer nothing is said of its settings.
    assert not (read.server or read.upstream_empty or read.summarize_off or read.slots)


def test_where_nothing_is_nothing_is_found_and_nothing_is_made(tmp_path: Path) -> None:
    data = tmp_path / "none"
    read = read_left(look_at(data), asked(data))
    assert not read.files
    assert not list(tmp_path.iterdir())


def test_the_server_s_words_are_read() -> None:
    said = {"streams": True, "upstream": False, "restore": True, "slots": [{"name": "b", "kept": 4096}]}
    text = f"auto upstream-empty\nauto summarize-off\nlogs here\nleft {json.dumps(said)}\nend\n"
    read = read_left(look_at("/d"), text.encode())
    assert read.server and read.streams and read.restore_ours and read.upstream_empty and read.summarize_off
    assert read.logs_here and [(one.name, one.kept_bytes) for one in read.slots] == [("b", 4096)]


def test_an_answer_without_its_end_is_none() -> None:
    with pytest.raises(ValueError, match="no end"):
        read_left(look_at("/d"), b"thing own 11 5 lock\n")


@pytest.mark.parametrize("line", [
    "thing own 11 5 ../../etc/passwd", "thing own -1 5 lock", "thing own 11 5 a/b", "thing elsewhere 1 1 lock",
    "thing own 11 5 -rf", "thing own 11 5 $(reboot)", "thing own 11 5 a b", "thing own 1e9 5 lock", "thing",
    "thing own 11 5 ٣",
])  # fmt: skip
def test_names_that_are_none_of_ours_are_left_out(line: str) -> None:
    assert not read_left(look_at("/d"), f"place /var/tmp/x/k\n{line}\nend\n".encode()).files


def test_more_than_a_node_can_have_is_cut_off() -> None:
    lines = "".join(f"thing own 1 1 f{n}\n" for n in range(3 * FILES_MAX))
    assert len(read_left(look_at("/d"), (lines + "end\n").encode()).files) == FILES_MAX


def test_whatever_a_node_says_is_read_or_refused() -> None:
    chance = random.Random(7)
    read = 0
    for _ in range(SEEDS):
        value = json.dumps({"streams": hostile_value(chance), "upstream": True, "restore": False,
                            "slots": hostile_value(chance)}, default=str)  # fmt: skip
        lines = [f"{word} {hostile_value(chance)}" for word in ("thing", "place", "kept-upstream", "auto", "logs")]
        found = read_left(look_at("/d"), "\n".join([*lines, f"left {value}", "end"]).encode("utf-8", "replace"))
        read += 1
        assert all("/" not in one.name and ".." not in one.name for one in found.files)
    assert read == SEEDS
