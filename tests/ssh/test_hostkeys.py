"""known_hosts as OpenSSH writes it, and acceptance that never loses a line."""

import base64
import os
import stat
import subprocess
from pathlib import Path

import pytest

from console.ssh.hostkeys import HostKeyStore, KeyVerdict, fingerprint, key_name
from tests.ssh.conftest import Keys


def blob_of(key: Path) -> bytes:
    return base64.b64decode(Path(f"{key}.pub").read_text().split()[1])


def line_of(names: str, key: Path) -> str:
    kind, text, *_ = Path(f"{key}.pub").read_text().split()
    return f"{names} {kind} {text}\n"


def judged(store: HostKeyStore, name: str, key: Path) -> KeyVerdict:
    return store.judge(name, "ssh-ed25519", blob_of(key), host=name, port=22)


def test_the_fingerprint_is_openssh_s(keys: Keys) -> None:
    said = subprocess.run(["ssh-keygen", "-lf", f"{keys.host}.pub"], check=True, capture_output=True, text=True).stdout
    assert said.split()[1] == fingerprint(blob_of(keys.host))


@pytest.mark.parametrize(("names", "name", "held"), [
    ("db1", "db1", True), ("db1,db2", "db2", True), ("db*", "db77", True), ("db*,!db7", "db7", False),
    ("db?", "db12", False), ("[db1]:2222", "db1", False), ("[db1]:2222", "[db1]:2222", True), ("DB1", "db1", True),
])  # fmt: skip
def test_names_match_as_in_openssh(
    store: HostKeyStore, keys: Keys, tmp_path: Path, names: str, name: str, held: bool
) -> None:
    store.path.write_text(line_of(names, keys.host))
    assert (judged(store, name, keys.host) is KeyVerdict.KNOWN) is held
    found = subprocess.run(
        ["ssh-keygen", "-F", name, "-f", str(store.path)], capture_output=True, check=False, cwd=tmp_path
    )
    assert (found.returncode == 0) is held


def test_hashed_names_are_read(store: HostKeyStore, keys: Keys) -> None:
    store.path.write_text(line_of("[db1]:2222", keys.host) + line_of("db2", keys.other_host))
    subprocess.run(["ssh-keygen", "-q", "-H", "-f", str(store.path)], check=True, capture_output=True)
    assert "db2" not in store.path.read_text()
    assert judged(store, "[db1]:2222", keys.host) is KeyVerdict.KNOWN
    assert judged(store, "[db1]:2222", keys.other_host) is KeyVerdict.CHANGED
    assert judged(store, "db1", keys.host) is KeyVerdict.UNKNOWN


def test_what_is_accepted_is_found_by_openssh_and_everything_else_stays(store: HostKeyStore, keys: Keys) -> None:
    before = "# of the team\n" + line_of("db1", keys.other_host) + "junk that nobody understands"
    store.path.write_text(before)
    name = key_name("db2", 2222)
    assert store.judge(name, "ssh-ed25519", blob_of(keys.host), host="db2", port=2222) is KeyVerdict.UNKNOWN
    assert store.accept("db2", 2222, fingerprint(blob_of(keys.host)))
    assert store.path.read_text() == before + "\n" + line_of("[db2]:2222", keys.host)
    subprocess.run(["ssh-keygen", "-F", name, "-f", str(store.path)], check=True, capture_output=True)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert [path.name for path in store.path.parent.iterdir() if "known_hosts" in path.name] == ["known_hosts"]
    assert store.judge(name, "ssh-ed25519", blob_of(keys.host), host="db2", port=2222) is KeyVerdict.KNOWN


def test_only_the_key_that_is_offered_now_can_be_accepted(store: HostKeyStore, keys: Keys) -> None:
    assert not store.accept("db1", 22, fingerprint(blob_of(keys.host)))
    judged(store, "db1", keys.host)
    judged(store, "db1", keys.other_host)
    assert not store.accept("db1", 22, fingerprint(blob_of(keys.host)))
    assert store.accept("db1", 22, fingerprint(blob_of(keys.other_host)))
    assert judged(store, "db1", keys.host) is KeyVerdict.CHANGED
    assert store.offers() == ()


def test_an_offer_is_worthless_once_another_file_knows_the_host(keys: Keys, tmp_path: Path) -> None:
    other = tmp_path / "other_known_hosts"
    store = HostKeyStore(tmp_path / "known_hosts", also=[other])
    judged(store, "db1", keys.host)
    other.write_text(line_of("db1", keys.other_host))
    assert not store.accept("db1", 22, fingerprint(blob_of(keys.host)))
    assert not store.path.exists()
    assert judged(store, "db1", keys.host) is KeyVerdict.CHANGED
    assert str(other) in store.holder("db1")
    other.unlink()
    assert judged(store, "db1", keys.host) is KeyVerdict.UNKNOWN


def test_a_revoked_key_is_told(store: HostKeyStore, keys: Keys) -> None:
    store.path.write_text(line_of("db1", keys.host) + "@revoked " + line_of("*", keys.host))
    assert judged(store, "db1", keys.host) is KeyVerdict.REVOKED


def test_changes_of_the_offers_are_told_once(keys: Keys, tmp_path: Path) -> None:
    told: list[int] = []
    store = HostKeyStore(tmp_path / "known_hosts", on_change=lambda: told.append(len(store.offers())))
    judged(store, "db1", keys.host)
    judged(store, "db1", keys.host)
    store.accept("db1", 22, fingerprint(blob_of(keys.host)))
    assert told == [1, 0]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00junk\n", b"|1|x|y ssh-rsa AAAA\n", b"h ssh-rsa not*base64\n", b"@revoked\n"]
)
def test_a_damaged_file_accepts_nobody(store: HostKeyStore, keys: Keys, content: bytes) -> None:
    store.path.write_bytes(content)
    assert judged(store, "h", keys.host) is KeyVerdict.UNKNOWN


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for a small file system")
def test_a_full_disk_loses_nothing_and_is_told(keys: Keys, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], check=True)
    try:
        store = HostKeyStore(small / "known_hosts")
        store.path.write_text(line_of("db1", keys.other_host))
        judged(store, "db2", keys.host)
        with (small / "ballast").open("wb") as ballast, pytest.raises(OSError, match="No space"):
            ballast.write(bytes(10_000_000))
            ballast.flush()
        with pytest.raises(OSError, match="No space"):
            store.accept("db2", 22, fingerprint(blob_of(keys.host)))
        assert store.path.read_text() == line_of("db1", keys.other_host)
        assert len(store.offers()) == 1
    finally:
        subprocess.run(["umount", str(small)], check=True)
