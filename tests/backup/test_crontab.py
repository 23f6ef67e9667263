"""The marked block in a crontab: put in, compared, taken out by real shell; other lines stand as they were."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from console.backup import crontab
from console.backup.crontab import Scheduled
from console.backup.face import EngineTrouble, Order
from console.backup.native_scripts import BackupWords, Shelf, backup_script
from console.domain.backup_policy import BackupKind, BackupPolicy, CycleEntry, EngineName, RepositorySpec
from console.ssh.hosts import Said

# What a crontab program does with a file of its own, so that nobody's real table is touched.
PROGRAM = """#!/bin/sh
table=$HOME/table
case "$1" in
-l) [ -f "$table" ] || { echo "no crontab for tester" >&2; exit 1; }; cat "$table";;
-) cat >"$table.new"; grep -q 'REFUSE' "$table.new" && { echo 'bad minute' >&2; exit 1; }; mv "$table.new" "$table";;
esac
"""
NATIVE = RepositorySpec(name="vault", node="vault-1", path="/srv/backup")
OTHERS = "MAILTO=ops@ledger.example\n5 4 * * 1 /usr/local/bin/report '100%' # ours not\n"


class HereHosts:
    """Runs what a host would run, in this machine's shell, with a home and a PATH of the test's own."""

    def __init__(self, home: Path, *, program: bool = True) -> None:
        self.home, tools = home, home / "bin"
        tools.mkdir()
        (home / "zone").write_text("Etc/UTC\n")
        for name in ("sh", "cat", "grep", "mv", "mkdir", "chmod", "rm", "sed", "readlink", "printf"):
            found = next(Path(folder) / name for folder in ("/usr/bin", "/bin") if (Path(folder) / name).exists())
            (tools / name).symlink_to(found)
        if program:
            (tools / "crontab").write_text(PROGRAM)
            (tools / "crontab").chmod(0o755)

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        assert node == "vault-1"
        ended = subprocess.run(
            ["/bin/sh", "-c", script], input=stdin, capture_output=True, timeout=seconds_max, check=False,
            env={"PATH": str(self.home / "bin"), "HOME": str(self.home)},
        )  # fmt: skip
        return Said(status=ended.returncode, stdout=ended.stdout, stderr=ended.stderr)

    def address(self, node: str) -> str | None:
        return node

    def close(self) -> None: ...

    @property
    def table(self) -> str:
        path = self.home / "table"
        return path.read_text() if path.exists() else ""


@pytest.fixture
def hosts(tmp_path: Path) -> HereHosts:
    return HereHosts(tmp_path)


def scheduled(home: Path, cron: str = "30 1 * * 0") -> Scheduled:
    place = crontab.place_of(str(home), "ledger-us", NATIVE, "full")
    command = crontab.command_of(CycleEntry(what="full", cron=cron), NATIVE, place)
    line = crontab.scheduled_line(cron, command, f"{place}.log")
    return Scheduled(line=line, script_path=f"{place}.sh", script="echo 'it''s' 100%\n")


def test_a_block_is_put_in_read_back_and_taken_out_and_the_rest_stands(hosts: HereHosts) -> None:
    (hosts.home / "table").write_text(OTHERS)
    wanted = (scheduled(hosts.home),)
    crontab.install(hosts, "vault-1", "ledger-us", wanted, crontab.read_crontab(hosts, "vault-1"))
    read = crontab.read_crontab(hosts, "vault-1")
    assert crontab.block_of(read, "ledger-us") == tuple(one.line for one in wanted)
    assert hosts.table.startswith(OTHERS)
    script = Path(wanted[0].script_path)
    assert (script.read_text(), script.stat().st_mode & 0o777) == (wanted[0].script, 0o700)
    crontab.install(hosts, "vault-1", "ledger-us", wanted, read)
    assert hosts.table.count("BEGIN ledger-console ledger-us") == 1
    crontab.remove(hosts, "vault-1", "ledger-us", crontab.read_crontab(hosts, "vault-1"))
    assert hosts.table == OTHERS
    assert not script.exists()


def test_an_account_without_a_crontab_gets_one(hosts: HereHosts) -> None:
    read = crontab.read_crontab(hosts, "vault-1")
    assert (read.lines, crontab.block_of(read, "ledger-us")) == ((), ())
    crontab.install(hosts, "vault-1", "ledger-us", (scheduled(hosts.home),), read)
    assert hosts.table.splitlines()[0] == crontab.begin_mark("ledger-us")


def test_the_line_runs_what_it_says(hosts: HereHosts) -> None:
    one = scheduled(hosts.home)
    crontab.install(hosts, "vault-1", "ledger-us", (one,), crontab.read_crontab(hosts, "vault-1"))
    command = one.line.split(" ", 5)[5]
    said = hosts.run("vault-1", command.replace("\\%", "%"), seconds_max=10.0)
    assert said.fine, said.stderr
    assert Path(one.script_path.removesuffix(".sh") + ".log").read_text() == "its 100%\n"


def test_a_script_that_is_gone_is_told(hosts: HereHosts) -> None:
    one = scheduled(hosts.home)
    crontab.install(hosts, "vault-1", "ledger-us", (one,), crontab.read_crontab(hosts, "vault-1"))
    Path(one.script_path).unlink()
    (line,) = crontab.block_of(crontab.read_crontab(hosts, "vault-1"), "ledger-us")
    assert line == f"{one.line}  # its script is missing"


def test_a_table_that_changed_meanwhile_is_not_written_over(hosts: HereHosts) -> None:
    read = crontab.read_crontab(hosts, "vault-1")
    (hosts.home / "table").write_text(OTHERS)
    with pytest.raises(EngineTrouble) as met:
        crontab.install(hosts, "vault-1", "ledger-us", (scheduled(hosts.home),), read)
    assert met.value.reason == "crontab-changed"
    assert hosts.table == OTHERS


def test_what_the_crontab_program_refuses_is_said_and_nothing_is_changed(hosts: HereHosts) -> None:
    (hosts.home / "table").write_text(OTHERS)
    with pytest.raises(EngineTrouble, match="bad minute") as met:
        crontab.install(
            hosts, "vault-1", "ledger-us", (Scheduled(line="REFUSE me"),), crontab.read_crontab(hosts, "vault-1")
        )
    assert met.value.reason == "crontab-refused"
    assert hosts.table == OTHERS


def test_a_block_of_another_cluster_and_one_without_its_end_are_left_alone(hosts: HereHosts) -> None:
    other = f"{crontab.begin_mark('ledger-eu')}\n1 1 * * * true\n{crontab.end_mark('ledger-eu')}\n"
    half = f"{crontab.begin_mark('ledger-us')}\n2 2 * * * precious\n"
    (hosts.home / "table").write_text(other + half)
    crontab.remove(hosts, "vault-1", "ledger-us", crontab.read_crontab(hosts, "vault-1"))
    assert hosts.table == other + half


def test_without_a_crontab_program_it_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(EngineTrouble) as met:
        crontab.read_crontab(HereHosts(tmp_path, program=False), "vault-1")
    assert met.value.reason == "no-crontab"


def test_debians_cron_knows_only_the_hosts_own_zone() -> None:
    read = crontab.CrontabRead(lines=(), home="/h", zone="Europe/Berlin", scripts=())
    assert crontab.same_zone(BackupPolicy(time_zone="Europe/Berlin"), read)
    assert not crontab.same_zone(BackupPolicy(time_zone="UTC"), read)
    assert crontab.same_zone(BackupPolicy(time_zone="UTC"), replace(read, zone="Etc/UTC"))


@pytest.mark.parametrize(
    ("engine", "what", "command"),
    [
        (EngineName.BARMAN, "full", "barman backup us"),
        (EngineName.BARMAN, "incremental", "barman backup --incremental last us"),
        (EngineName.BARMAN, "verify", "barman verify-backup us last"),
        (EngineName.BARMAN, "prove", None),
        (EngineName.BARMAN, "expire", None),
        (EngineName.PGBACKREST, "differential", "pgbackrest --config=/etc/p.conf --stanza=us --type=diff backup"),
        (EngineName.PGBACKREST, "expire", None),
        (EngineName.NATIVE, "verify", None),
        (EngineName.NATIVE, "full", "/bin/sh /h/.ledger-console-schedule/ledger-us-vault-full.sh"),
    ],
)
def test_what_a_line_runs_by_engine(engine: EngineName, what: str, command: str | None) -> None:
    config = "/etc/p.conf" if engine is EngineName.PGBACKREST else ""
    spec = replace(NATIVE, engine=engine, stanza="us", config_file=config)
    entry = CycleEntry(what=what, cron="0 1 * * *")
    assert crontab.schedulable(entry, spec) is (command is not None)
    if command is not None:
        assert crontab.command_of(entry, spec, crontab.place_of("/h", "ledger-us", spec, what)) == command


def test_a_native_script_finds_its_parent_when_it_runs() -> None:
    order = Order(node="vault-1", name="n", script="R=/r\nPARENT=20260101T000000F\necho $PARENT\n")
    for kind in (BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL):
        assert crontab.native_script(kind, order) == "R=/r\nPARENT=newest\necho $PARENT\n"
    assert crontab.native_script(BackupKind.FULL, order) == order.script
    assert crontab.native_script(BackupKind.FULL, replace(order, secrets=("x",))) is None
    assert crontab.native_script(BackupKind.INCREMENTAL, replace(order, script="echo no parent\n")) is None


@pytest.mark.parametrize("kind", list(BackupKind))
def test_the_native_engines_own_script_can_be_one(kind: BackupKind) -> None:
    words = BackupWords(
        kind=kind, parent="" if kind is BackupKind.FULL else "20260101T000000F", conninfo="host=a", primary="host=b",
        need_bytes=1, system_identifier="7", rate_bytes=None, bin_directory="/bin", major=18, words="",
    )  # fmt: skip
    order = Order(node="vault-1", name="n", script=backup_script(Shelf(root="/srv/r", staging="/srv/s"), words))
    script = crontab.native_script(kind, order)
    assert script is not None
    assert "PARENT=20260101T000000F" not in script
    assert ("\nPARENT=newest\n" in script) is (kind is not BackupKind.FULL)
    checked = subprocess.run(["sh", "-n"], input=script, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
