"""The shelf of WAL, run by a real `sh`: who may put something there, and what comes to the second place later."""

import os
import subprocess
from pathlib import Path

import pytest

from console.backup.native_scripts import Shelf, assigned, opened
from console.backup.native_wal import KEEPER, TAKE_WAL
from tests.backup.test_native_scripts import name_of, receive, root, segment, take
from tests.live import wait_for


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    place = tmp_path / "re po"
    for part in ("backups", "wal", "staging/receiving"):
        (place / part).mkdir(parents=True)
    return Shelf(root=str(place), staging=str(place / "staging"), packed=True)


def test_a_piece_before_a_hole_is_shelved_only_by_who_holds_the_lock(shelf: Shelf) -> None:
    receive(shelf, partial=5)
    place = root(shelf) / "wal/00000001"
    (root(shelf) / "staging/.shelving.1").write_text("of one that was killed")
    before_it_runs = KEEPER.partition("echo 'fact receiving yes'")[0]
    told = assigned(C="host=nobody", N="", EACH="")
    script = opened(shelf, "/nowhere") + told + TAKE_WAL + before_it_runs + "shelve_partial; exit $?"
    holding = opened(shelf) + 'exec 8>>"$S/wal.lock"; flock 8; echo held; read -r end'
    with subprocess.Popen(["sh", "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdin is not None and holder.stdout.readline() == "held\n"
        with subprocess.Popen(["sh", "-c", script]) as shelving:
            fd = Path(f"/proc/{shelving.pid}/fd/8")
            wait_for(lambda: fd.is_symlink() and fd.readlink().name == "wal.lock", "it to wait for the lock")
            assert shelving.poll() is None and not place.exists()
            holder.stdin.write("\n")
            holder.stdin.close()
            assert shelving.wait(timeout=30) == 0
    assert (place / f"{name_of(5)}.partial").read_bytes() == segment(5)
    assert not list((root(shelf) / "staging").glob(".shelving.[!1]*"))
    assert take(shelf).returncode == 0 and not list((root(shelf) / "staging").glob(".shelving*"))


def test_what_did_not_come_to_the_mirror_is_copied_later_a_few_at_a_time(shelf: Shelf, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    mirror.write_text("no directory: nothing can be copied there")
    both = Shelf(root=shelf.root, staging=shelf.staging, mirror=str(mirror))
    receive(both, *range(4, 24), partial=24)
    done = take(both)
    assert f"mirror-failed {name_of(4, 1)[:8]}/{name_of(4)}.gz" in done.stdout
    on = sorted(path.name for path in (root(shelf) / "wal/00000001").iterdir())
    assert len(on) == 20 and not list((root(shelf) / "staging/receiving").glob("*[0-9A-F]"))
    mirror.unlink()
    (mirror / "backups").mkdir(parents=True)
    damaged = root(shelf) / "wal/00000001" / on[3]
    content = damaged.read_bytes()
    damaged.write_bytes(content[:-1] + b"x")
    owed = root(shelf) / "staging/mirror.owed"

    def there() -> list[str]:
        return sorted(path.name for path in (mirror / "wal/00000001").glob("*"))

    assert take(both).returncode == 0 and not there(), "a minute passes after one that failed"
    os.utime(owed, (1, 1))
    assert take(both).returncode == 0 and len(there()) in (7, 8)
    for _ in range(3):
        owed.write_text("")
        assert take(both).returncode == 0
    assert there() == on[:3] + on[4:], "what is not what its sum says is not copied"
    assert not owed.exists()
    for name in there():
        assert (mirror / "wal/00000001" / name).read_bytes() == (root(shelf) / "wal/00000001" / name).read_bytes()
    listed = (mirror / "wal/SHA256SUMS").read_text().splitlines()
    assert len(listed) == 19 and set(listed) < set((root(shelf) / "wal/SHA256SUMS").read_text().splitlines())
    damaged.write_bytes(content)
    owed.write_text("")
    assert take(both).returncode == 0 and there() == on
