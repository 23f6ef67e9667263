"""Kits of rights as texts: each is read by its own program and says no more than its level; bad input is refused."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.access import AccessCheck, AccessKit, AccessReport, Level, Outcome, Trial, Wanted, judged
from console.domain.cluster import ClusterSpec, Environment, Inventory, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.engine.access_host import too_much
from console.governance.access_kit import KitMistake, KitOrder, make_kit
from console.postgres.host_facts import host_script
from console.postgres.probe import Session, psql_command
from console.store.inventory_file import read_inventory, write_inventory
from console.ui.access_words import check_sentence, trial_title

AT = datetime(2026, 11, 27, 15, tzinfo=UTC)
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl somebody@desk"
DATA = "/var/lib/postgresql/15/main"
NODE = NodeSpec(
    name="nyc-1", kind=NodeKind.POSTGRES, ssh=SshTarget(host="nyc-1"), become="postgres",
    postgres=PostgresTarget(user="ledger_observe", data_directory=DATA, as_login=True),
)  # fmt: skip
VAULT = NodeSpec(name="vault", kind=NodeKind.BACKUP, ssh=SshTarget(host="vault"))
CLUSTER = ClusterSpec(name="ny", environment=Environment.PRODUCTION, nodes=(NODE, VAULT), database="ledger")


def order(level: Level = Level.OBSERVE, **other: object) -> KitOrder:
    given = {
        "level": level, "account": "ledger_observe", "public_key": KEY, "data_directory": DATA,
        "bin_directory": "/usr/lib/postgresql/15/bin", **other,
    }  # fmt: skip
    return KitOrder(**given)  # type: ignore[arg-type]


def text(kit: AccessKit, name: str) -> str:
    return next(file.text for file in kit.files if file.name == name)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("node", [NODE, VAULT], ids=["server", "backup host"])
def test_every_text_is_read_by_its_own_program(level: Level, node: NodeSpec, tmp_path: Path) -> None:
    kit = make_kit(CLUSTER, node, order(level, sources=("10.20.0.0/16",), until="20270131"))
    for file in kit.files:
        (tmp_path / file.name).write_text(file.text)
        if file.script:
            subprocess.run(["sh", "-n", str(tmp_path / file.name)], check=True)
    subprocess.run(["ssh-keygen", "-lf", str(tmp_path / "authorized_keys")], check=True, capture_output=True)
    line = text(kit, "authorized_keys")
    assert line.startswith('restrict,from="10.20.0.0/16",expiry-time="20270131" ssh-ed25519 ')
    assert "somebody@desk" not in line
    visudo = shutil.which("visudo") or "/usr/sbin/visudo"
    if not Path(visudo).exists():
        pytest.skip("needs visudo")
    subprocess.run([visudo, "-qcf", str(tmp_path / "sudoers")], check=True)
    assert bool(kit.role) is (node is NODE)


@pytest.mark.parametrize("level", [Level.OBSERVE, Level.BACKUP])
def test_sudoers_below_operate_holds_no_shell_no_psql_and_nobody_but_the_servers_account(level: Level) -> None:
    lines = text(make_kit(CLUSTER, NODE, order(level)), "sudoers").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert len(commands) == 6
    assert all(line.startswith("ledger_observe ALL=(postgres) NOPASSWD: /") for line in commands)
    assert not [line for line in commands if "/sh" in line or "psql" in line or " ALL" in line.partition("=")[2]]
    assert "(postgres) NOPASSWD: /usr/bin/sh" in text(make_kit(CLUSTER, NODE, order(Level.OPERATE)), "sudoers")


def test_every_command_of_the_host_question_has_its_line() -> None:
    """What the watch sends through sudo is what the kit lets through."""
    sudoers = text(make_kit(CLUSTER, NODE, order()), "sudoers")
    script = host_script(data_directory=DATA, bin_directory="/usr/lib/postgresql/15/bin", become="postgres", timeline=2)
    sent = {part.split()[0].rpartition("/")[2] for part in script.split("sudo -n -u postgres -- ")[1:]}
    assert sent == {"ls", "readlink", "cat", "pg_controldata", "head", "df"}
    assert all(f"/{program} " in sudoers for program in sent)


def test_as_login_keeps_psql_out_of_sudo_and_is_an_inventorys_key() -> None:
    command = psql_command(CLUSTER, NODE, Session.VITAL, program="psql", marker="m;", password=None)
    assert command.become is None
    again = read_inventory(write_inventory_of(CLUSTER), base=Path("/"))
    node = again.clusters[0].node("nyc-1")
    assert node is not None and node.postgres is not None and node.postgres.as_login


def write_inventory_of(cluster: ClusterSpec) -> str:
    return write_inventory(Inventory(clusters=(cluster,)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"account": "root"}, "kit-account"), ({"account": "postgres"}, "kit-account"),
        ({"account": "a b"}, "kit-account"), ({"owner": "x;y"}, "kit-account"), ({"public_key": ""}, "kit-key"),
        ({"public_key": KEY + "\nssh-ed25519 AAAA"}, "kit-key"), ({"public_key": 'command="x" ' + KEY}, "kit-key"),
        ({"data_directory": "/x\nlc ALL=(ALL) NOPASSWD: ALL"}, "kit-path"), ({"bin_directory": "/x, ALL"}, "kit-path"),
        ({"sources": ('10.0.0.1",command="sh',)}, "kit-source"), ({"until": "soon"}, "kit-until"),
    ],
)  # fmt: skip
def test_what_is_no_input_is_refused_by_its_name(change: dict[str, object], reason: str) -> None:
    with pytest.raises(KitMistake) as met:
        make_kit(CLUSTER, NODE, order(**change))
    assert met.value.reason == reason


LISTED = """User lc may run the following commands on host:
    (postgres) NOPASSWD: /usr/bin/ls ^-l /proc/self/cwd( /proc/[0-9]+/cwd)+$
    (postgres) NOPASSWD: /usr/bin/readlink -f -- /var/lib/postgresql/15/main
    (postgres) NOPASSWD: /usr/lib/postgresql/15/bin/pg_controldata -D
        /var/lib/postgresql/15/main
"""


@pytest.mark.parametrize(
    ("entry", "level", "found"),
    [
        ("", Level.OBSERVE, 0), ("(ALL : ALL) ALL", Level.OBSERVE, 1),
        ("(root) NOPASSWD: /usr/bin/less /x", Level.OPERATE, 1),
        ("(postgres) NOPASSWD: /usr/bin/sh, /bin/sh", Level.OBSERVE, 2),
        ("(postgres) NOPASSWD: /usr/bin/sh, /bin/sh", Level.OPERATE, 0),
        ("(postgres) NOPASSWD: /usr/bin/cat", Level.BACKUP, 1),
        ("(postgres) NOPASSWD: /usr/bin/cat *", Level.BACKUP, 1), ("(postgres) NOPASSWD: ALL", Level.BACKUP, 1),
    ],
)  # fmt: skip
def test_what_sudos_list_holds_beyond_the_level_is_found(entry: str, level: Level, found: int) -> None:
    assert len(too_much(f"{LISTED}    {entry}\n", owner="postgres", level=level)) == found


def test_an_outcome_is_what_was_wanted_and_a_report_is_its_worst() -> None:
    assert judged(Wanted.WORKS, True) is judged(Wanted.FAILS, False) is Outcome.PASS
    assert judged(Wanted.WORKS, False) is judged(Wanted.FAILS, True) is Outcome.FAIL
    assert judged(Wanted.FAILS, None) is Outcome.NOT_CHECKED

    def report(*outcomes: Outcome) -> AccessReport:
        checks = tuple(
            AccessCheck(trial=Trial.SHELL, wanted=Wanted.FAILS, outcome=one, tried="x", observed="seen")
            for one in outcomes
        )
        return AccessReport(
            cluster="c", node="n", level=Level.OBSERVE, at=AT, login="l", role="r", checks=checks
        )  # fmt: skip

    assert report(Outcome.PASS, Outcome.FAIL).outcome is Outcome.FAIL
    assert report(Outcome.PASS, Outcome.NOT_CHECKED).outcome is Outcome.PASS
    assert report(Outcome.NOT_CHECKED).outcome is report().outcome is Outcome.NOT_CHECKED
    assert "must not" in check_sentence(report(Outcome.FAIL).checks[0])
    assert all(trial_title(trial) for trial in Trial)
