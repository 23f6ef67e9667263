"""A policy of backups as TOML and in the store: read back the same, and each mistake named where it stands."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import connect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.backup_policy import (
    BackupPolicy,
    CycleEntry,
    EngineName,
    MediumKind,
    RepositorySpec,
    Retention,
    Scheduler,
    WalWay,
)
from console.domain.cluster import ClusterSpec, Environment, Inventory, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.store.backup_rules import policy_mistakes
from console.store.database import Store
from console.store.inventory import Inventories
from console.store.inventory_file import InventoryMistake, read_inventory, write_inventory
from console.store.policy_file import read_policy, write_policy
from console.store.trouble import StoreTrouble

HOSTS = {"nyc-1": "postgres", "vault-1": "backup"}
VAULT = RepositorySpec(
    name="vault", node="vault-1", path="/srv/backup/ledger", login="user=replicator passfile=/var/lib/b/.pgpass",
    mirror="/mnt/second", source="nyc-1", immutable_days=30, offsite=True, compressed=False,
)  # fmt: skip
TAPE = RepositorySpec(
    name="tape", node="vault-1", path="/mnt/tape", medium=MediumKind.TAPE, staging="/srv/staging", wal=WalWay.ARCHIVE,
    archive="/srv/archive",
)  # fmt: skip
CLOUD = RepositorySpec(
    name="cloud", node="vault-1", engine=EngineName.PGBACKREST, stanza="ledger", medium=MediumKind.OBJECT_STORE,
    config_file="/etc/pgbackrest.conf", mirror="2",
)  # fmt: skip
POLICY = BackupPolicy(
    repositories=(VAULT, TAPE, CLOUD), time_zone="Europe/Berlin", scheduler=Scheduler.CRONTAB,
    cycle=(CycleEntry(what="full", cron="30 1 * * 0"), CycleEntry(what="prove", cron="@daily", repository="cloud")),
    retention=Retention(fulls_min=3, window_days=None), rate_mb_per_second_max=12.5, sandbox_node="vault-1",
    sandbox_directory="/srv/sandbox", wal_silence_seconds_max=120,
)  # fmt: skip
US = ClusterSpec(
    name="ledger-us", environment=Environment.PRODUCTION, backup=POLICY,
    nodes=(
        NodeSpec(name="nyc-1", kind=NodeKind.POSTGRES, ssh=SshTarget(host="nyc-1"), postgres=PostgresTarget()),
        NodeSpec(name="vault-1", kind=NodeKind.BACKUP, ssh=SshTarget(host="vault-1")),
    ),
)  # fmt: skip


def test_what_is_written_is_read_back_the_same() -> None:
    assert read_policy(write_policy(POLICY), HOSTS) == POLICY
    assert read_policy(write_policy(BackupPolicy()), HOSTS) == BackupPolicy()


@given(
    fulls=st.integers(1, 1_000), days=st.one_of(st.none(), st.floats(0.01, 36_500)),
    rate=st.one_of(st.none(), st.floats(0.01, 100_000)), compressed=st.booleans(),
    scheduler=st.sampled_from(Scheduler), minute=st.integers(0, 59),
)  # fmt: skip
def test_any_policy_that_may_stand_is_read_back_the_same(
    fulls: int, days: float | None, rate: float | None, compressed: bool, scheduler: Scheduler, minute: int
) -> None:
    policy = BackupPolicy(
        repositories=(replace(VAULT, compressed=compressed),), scheduler=scheduler, rate_mb_per_second_max=rate,
        retention=Retention(fulls_min=fulls, window_days=days),
        cycle=(CycleEntry(what="incremental", cron=f"{minute} * * * *"),),
    )  # fmt: skip
    assert not list(policy_mistakes(policy, HOSTS, "the policy"))
    assert read_policy(write_policy(policy), HOSTS) == policy


def test_an_inventory_carries_the_policy_in_its_file_and_in_the_store(store: Store, tmp_path: Path) -> None:
    inventory = Inventory(clusters=(US, replace(US, name="ledger-eu", backup=None)))
    assert read_inventory(write_inventory(inventory), base=tmp_path) == inventory
    inventories = Inventories(store)
    inventories.save(inventory.clusters, replace=False)
    assert inventories.load() == inventory


def test_a_policy_that_can_not_be_read_from_the_store_is_damage(store: Store, store_path: Path) -> None:
    Inventories(store).save((US,), replace=False)
    with closing(connect(store_path)) as file:
        file.execute("update clusters set backup = '{\"scheduler\": \"perhaps\"}'")
        file.commit()
    with pytest.raises(StoreTrouble, match="what is wanted of ledger-us's backups can't be read"):
        Inventories(store).load()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone: there is no time zone 'Mars/Olympus'"),
        ({"rate_mb_per_second_max": 0}, "rate_mb_per_second_max: 0 is out of its range"),
        ({"rate_mb_per_second_max": float("nan")}, "rate_mb_per_second_max: nan is out of its range"),
        ({"sandbox_node": "attic"}, "sandbox_node: there is no node 'attic'"),
        ({"sandbox_node": "nyc-1"}, "sandbox_node: restores are laid out on a backup host"),
        ({"sandbox_directory": "srv"}, "sandbox_directory: 'srv' is no absolute path"),
        ({"sandbox_directory": "/"}, "sandbox_directory: '/' is no directory for this"),
        ({"retention": Retention(fulls_min=0)}, "retention, fulls_min: 0 is out of its range"),
        ({"retention": Retention(window_days=-1)}, "retention, window_days: -1 is out of its range"),
        ({"repositories": (replace(VAULT, node="attic"),)}, "repository vault, node: there is no node 'attic'"),
        ({"repositories": (replace(VAULT, source="vault-1"),)}, "source: 'vault-1' is no node with a server"),
        ({"repositories": (replace(VAULT, path=""),)}, "repository vault, path: it is empty"),
        ({"repositories": (replace(VAULT, path="srv/backup"),)}, "path: 'srv/backup' is no absolute path"),
        ({"repositories": (replace(VAULT, path="/srv/../etc"),)}, "path: '/srv/../etc' is no directory for this"),
        ({"repositories": (replace(VAULT, mirror="/srv/backup/ledger/"),)}, "mirror: it is the repository itself"),
        ({"repositories": (replace(VAULT, mirror="2"),)}, "mirror: native's mirror is a directory"),
        ({"repositories": (replace(VAULT, medium=MediumKind.OBJECT_STORE),)}, "native can't write to an object store"),
        ({"repositories": (replace(TAPE, staging=""),)}, "repository tape, staging: it is empty"),
        ({"repositories": (replace(TAPE, archive=""),)}, "repository tape, archive: it is empty"),
        ({"repositories": (replace(CLOUD, stanza=""),)}, "repository cloud, stanza: it is empty"),
        ({"repositories": (replace(VAULT, login="user=a password=b"),)}, "login: it holds a password"),
        ({"repositories": (VAULT, VAULT)}, "repository vault stands there 2 times"),
        ({"repositories": (VAULT, replace(VAULT, name="other"))}, "repository other: it lies where vault does"),
        ({"repositories": tuple(replace(VAULT, name=f"v{n}", path=f"/srv/{n}") for n in range(9))}, "9 repositories"),
        ({"cycle": (CycleEntry(what="dance", cron="* * * * *"),)}, "cycle 1, what: 'dance' is none of its words"),
        ({"cycle": (CycleEntry(what="full", cron="99 1 * * *"),)}, "cycle 1, cron: its minute is wrong: '99'"),
        ({"cycle": (CycleEntry(what="full", cron="1 2 3"),)}, "cron: it is wrong: '1 2 3' has not five fields"),
        ({"cycle": (CycleEntry(what="full", cron="0 1 * * *", repository="attic"),)}, "no repository 'attic'"),
        ({"repositories": ()}, "the policy has no repository to work on"),
    ],
)
def test_a_mistake_is_named_where_it_stands(changed: dict[str, object], told: str) -> None:
    changed.setdefault("cycle", (CycleEntry(what="full", cron="30 1 * * 0"),))
    policy = replace(POLICY, **changed)  # type: ignore[arg-type]
    found = [str(one) for one in policy_mistakes(policy, HOSTS, "the policy")]
    assert any(told in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('time_zone = "Europe/Berlin"', "time_zone = 5", "the policy, time_zone: it should be a text in quotes"),
        ('time_zone = "Europe/Berlin"', 'timezone = "UTC"', "the key 'timezone' is not known (did you mean"),
        ('name = "vault"\n', "", "repository 1: it has no name"),
        ("compressed = false", 'compressed = "no"', "repository vault, compressed: it should be true or false"),
        ('cron = "30 1 * * 0"', "", "cycle 1: it has no cron"),
        ('login = "user=replicator', 'login_password = "x"\nlogin = "user=replicator', "looks like a secret"),
        ("[[repositories]]", "[repositories]", "repositories: it should be a list of tables"),
        ("fulls_min = 3", "fulls_min = 2.5", "retention, fulls_min: it should be a whole number"),
        ("[[cycle]]", "[[cycle", "it is not TOML"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_place(old: str, new: str, told: str) -> None:
    text = write_policy(POLICY)
    assert old in text
    with pytest.raises(InventoryMistake) as met:
        read_policy(text.replace(old, new, 1) if old != "[[repositories]]" else _one_table(text), HOSTS)
    assert told in str(met.value)


def _one_table(text: str) -> str:
    head = text.partition("[[repositories]]")[0]
    return f'{head}[repositories]\nname = "vault"\n'


def test_a_file_that_is_far_too_long_is_not_read() -> None:
    with pytest.raises(InventoryMistake, match="characters"):
        read_policy("#" * 2_000_000, HOSTS)
