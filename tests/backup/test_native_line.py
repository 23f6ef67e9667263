"""On which backup a next one stands: the newest that the server's own history leads on from, here and by the shell."""

import hashlib
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.backup.crontab import native_script
from console.backup.face import EngineTrouble, Order, Source
from console.backup.native import NativeEngine
from console.backup.native_catalogue import catalogue_script, read_catalogue
from console.backup.native_line import line_script, read_line
from console.backup.native_scripts import BackupWords, Shelf, assigned, backup_script, opened
from console.domain.backup import TimelineFork
from console.domain.backup_policy import BackupKind, RepositorySpec
from console.domain.chain import TakenFrom
from console.domain.cluster import ClusterSpec, Environment, NodeKind, NodeSpec, SshTarget
from console.domain.wal import Lsn
from console.ssh.hosts import Said

SYSTEM = "7318840215563302914"
# Said as a server's program prints them: timeline 3 left 1 at 0/500000, nobody of its history was on 2.
PSQL = f"""#!/bin/sh
for last; do :; done
case "$last" in
IDENTIFY_SYSTEM) echo '{SYSTEM} TIMELINE 0/900000 ';;
'SHOW server_version_num') echo 180006;;
'SHOW summarize_wal') echo on;;
'TIMELINE_HISTORY 3') printf '00000003.history 1\\t0/500000\\tbefore an entry\\n\\n';;
esac
"""
BASEBACKUP = "#!/bin/sh\necho \"was told $*\" >&2\nexit 1\n"


def sh(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, check=False)


def lay(root: Path, name: str, *, timeline: int, stop: str, parent: str | None = None, system: str = SYSTEM) -> None:
    place = root / "backups" / name
    (place / "data").mkdir(parents=True)
    (place / "data/base.tar").write_text("x")
    manifest = '{"Files": [],\n'
    end = f'"Manifest-Checksum": "{hashlib.sha256(manifest.encode()).hexdigest()}"}}\n'
    (place / "data/backup_manifest").write_text(manifest + end)
    begun = int(datetime.strptime(name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).timestamp())
    body = json.dumps({
        "id": name, "parent": parent, "form": "tar", "begun_at": begun, "ended_at": begun + 1,
        "system_identifier": system, "server_version": 180006, "timeline": timeline, "start": "0/100028", "stop": stop,
        "size_bytes": 1, "stored_bytes": 1, "source": 'a "stop":"0/1"', "source_machine": "", "head_number": 1,
    }, separators=(",", ":"))  # fmt: skip
    shelf = Shelf(root=str(root), staging=str(root / "staging"))
    done = sh(opened(shelf) + assigned(P=str(place), BODY=body)
              + 'sealed backup "$BODY" >"$P/backup.json"; sums "$P" >"$P/SHA256SUMS"')  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A cluster that went back from 1 to 3, when 2 had been left too."""
    place = tmp_path / "re po"
    (place / "staging").mkdir(parents=True)
    lay(place, "20260101T000000F", timeline=1, stop="0/200000")
    lay(place, "20260102T000000I", timeline=1, stop="0/4FFFFF", parent="20260101T000000F")
    lay(place, "20260103T000000I", timeline=1, stop="0/500001", parent="20260102T000000I")  # beyond the fork
    lay(place, "20260104T000000F", timeline=2, stop="0/600000")  # of a branch that was left
    lay(place, "20260105T000000F", timeline=3, stop="0/700000", system="7")
    return place


def timeline_said(root: Path, timeline: int) -> str:
    tools = root.parent / f"bin{timeline}"
    tools.mkdir()
    for name, text in (("psql", PSQL.replace("TIMELINE 0", f"{timeline} 0")), ("pg_basebackup", BASEBACKUP)):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    return str(tools)


def stood_on(root: Path, kind: BackupKind, timeline: int) -> str:
    """The manifest that the program was given by a script of the host's own calendar."""
    words = BackupWords(
        kind=kind, parent="20260104T000000F", conninfo="host=a", primary="", need_bytes=1, system_identifier=SYSTEM,
        rate_bytes=None, bin_directory=timeline_said(root, timeline), major=18, words='"source":"a"',
    )  # fmt: skip
    shelf = Shelf(root=str(root), staging=str(root / "staging"))
    order = Order(node="v", name="n", script=backup_script(shelf, words))
    script = native_script(kind, order)
    assert script is not None
    done = sh(script)
    assert done.returncode == 3 and "fact reason engine-failed" in done.stdout, (done.stdout, done.stderr)
    assert "was told" in done.stdout
    assert ("fact made full" in done.stdout) is ("--incremental=" not in done.stdout)
    return done.stdout.partition("--incremental=")[2].partition("/data/backup_manifest")[0].rpartition("/")[2]


@pytest.mark.parametrize(
    ("kind", "timeline", "parent"),
    [
        (BackupKind.INCREMENTAL, 3, "20260102T000000I"),
        (BackupKind.DIFFERENTIAL, 3, "20260101T000000F"),
        (BackupKind.INCREMENTAL, 1, "20260103T000000I"),
        (BackupKind.INCREMENTAL, 2, "20260104T000000F"),
        (BackupKind.INCREMENTAL, 9, ""),
    ],
)
def test_a_script_of_the_hosts_own_calendar_stands_on_what_leads_to_the_server(
    root: Path, kind: BackupKind, timeline: int, parent: str
) -> None:
    assert stood_on(root, kind, timeline) == parent


def test_a_parent_whose_own_parent_is_gone_is_none(root: Path) -> None:
    (root / "backups/20260101T000000F/backup.json").unlink()
    (root / "backups/20260101T000000F/data/backup_manifest").unlink()
    assert stood_on(root, BackupKind.INCREMENTAL, 3) == ""


def test_a_servers_history_is_read_and_what_makes_no_sense_is_none(root: Path) -> None:
    said = sh(line_script("host=a", timeline_said(root, 3))).stdout
    fork = TimelineFork(timeline=3, parent=1, position=Lsn(0x500000))
    assert read_line(said) == (TakenFrom(system_identifier=SYSTEM, timeline=3), (fork,))
    assert read_line("server 7 1\n") == (TakenFrom(system_identifier="7", timeline=1), ())
    longer = read_line("server 7 5\nleft 1 0/10\nleft 4 0/20\n")
    assert longer is not None and [(one.timeline, one.parent) for one in longer[1]] == [(4, 1), (5, 4)]
    for nothing in ("", "server 7\n", "server 7 2\n", "server 7 2\nleft 1 x\n", "server x 1\n"):
        assert read_line(nothing) is None


class TellingHosts:
    """A host that tells one thing."""

    def __init__(self, told: str) -> None:
        self.told = told

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        assert (node, script, stdin) == ("v", "exit 0", b"") and seconds_max > 0
        return Said(status=0, stdout=self.told.encode())

    def address(self, node: str) -> str | None:
        return node

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (f"server {SYSTEM} 3\nleft 1 0/500000\n", "20260102T000000I"),
        (f"server {SYSTEM} 1\n", "20260103T000000I"),
        (f"server {SYSTEM} 9\nleft 8 0/500000\n", "other-history"),
        ("", "source-silent"),
    ],
)
def test_the_engine_chooses_by_the_sources_history_and_refuses_by_name(root: Path, told: str, found: str) -> None:
    cluster = ClusterSpec(
        name="c", environment=Environment.LAB,
        nodes=(NodeSpec(name="v", kind=NodeKind.BACKUP, ssh=SshTarget(host="v")),),
    )  # fmt: skip
    engine = NativeEngine(RepositorySpec(name="r", node="v", path=str(root)), cluster, TellingHosts(told))
    shelf = Shelf(root=str(root), staging=str(root / "staging"))
    seen = read_catalogue(sh(catalogue_script(shelf)).stdout, repository="r", mirrored=False)
    assert len(seen.complete()) == 5
    source = Source(node="a", address="a", port=5432)
    try:
        assert engine._parent(seen, BackupKind.INCREMENTAL, source, "exit 0") == found
    except EngineTrouble as error:
        assert error.reason == found
