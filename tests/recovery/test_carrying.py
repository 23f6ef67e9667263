"""WAL carried between two hosts: the last segment only as far as it holds WAL, and no byte that is not made sure of."""

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from console.recovery.carrying import PIECE_BYTES, carry
from console.ssh.hosts import Said

SIZE = 16 * 1024 * 1024
NAME = "00000001000000000000000A"
PAGE = 8192
SHELLS = [name for name in ("dash", "bash") if shutil.which(name)]


@dataclass
class Two:
    """A source and a target on this machine; both answer as hosts do."""

    shell: str
    directory: Path
    asked: list[tuple[str, int]] = field(default_factory=list)  # who was asked, and how many bytes came or went

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        ended = subprocess.run([self.shell, "-c", script], input=stdin, capture_output=True, timeout=seconds_max,
                               check=False)  # fmt: skip
        self.asked.append((node, max(len(stdin), len(ended.stdout))))
        return Said(status=ended.returncode, stdout=ended.stdout, stderr=ended.stderr)

    def address(self, node: str) -> str | None:
        return node

    def close(self) -> None:
        """Nothing is kept."""

    def at(self, node: str) -> SimpleNamespace:
        return SimpleNamespace(data_directory=str(self.directory / node))

    def file(self, node: str) -> Path:
        path = self.directory / node / "pg_wal" / NAME
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def place(self) -> Path:
        path = self.directory / "target.rescue"
        path.mkdir(exist_ok=True)
        return path

    def carries(self, whole: bytes, *, end: int, begin: int, digest: str = "") -> str:
        wanted = whole[:end] + bytes(SIZE - end)
        known = {
            "rescue_directory": str(self.place), "rescue_bytes": str(SIZE), "rescue_short": f"{NAME}:{end}",
            "rescue_segments": f"{NAME}:{digest or hashlib.sha256(wanted).hexdigest()}",
            "candidate_position": f"0/{10 * SIZE + begin:X}",
        }  # fmt: skip
        said = carry(self, source="source", target="target", known=known, looks=self)  # type: ignore[arg-type]
        if not said:
            assert (self.place / NAME).read_bytes() == wanted
        return said


@pytest.fixture(params=SHELLS)
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Two:
    return Two(str(shutil.which(request.param)), tmp_path)


def test_what_the_target_has_is_not_brought_again(two: Two) -> None:
    whole = os.urandom(SIZE)
    begin, end = 700 * PAGE + 1234, 703 * PAGE
    two.file("source").write_bytes(whole)
    two.file("target").write_bytes(whole[:begin] + os.urandom(SIZE - begin))
    assert two.carries(whole, end=end, begin=begin) == ""
    assert two.asked == [("source", 3 * PAGE), ("target", 3 * PAGE)]


def test_a_target_with_other_content_is_given_all_of_it(two: Two) -> None:
    whole, end = os.urandom(SIZE), 900 * PAGE
    two.file("source").write_bytes(whole)
    for other in (os.urandom(SIZE), b""):
        two.asked.clear()
        two.file("target").write_bytes(other)
        assert two.carries(whole, end=end, begin=899 * PAGE) == ""
        assert sum(many for node, many in two.asked if node == "source") == end + PAGE
        assert max(many for _, many in two.asked) <= PIECE_BYTES
        (two.place / NAME).unlink()


def test_what_is_not_what_the_source_said_is_never_left_there(two: Two) -> None:
    whole = os.urandom(SIZE)
    two.file("source").write_bytes(whole)
    two.file("target").write_bytes(whole)
    said = two.carries(whole, end=50 * PAGE, begin=49 * PAGE, digest="0" * 64)
    assert "checksum" in said
    assert not (two.place / NAME).exists()
