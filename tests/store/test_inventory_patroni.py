"""How a node's Patroni is reached stands in the inventory: as TOML, in the store, and within its rules."""

from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.cluster import Inventory, PatroniTarget
from console.store.database import Store, open_store
from console.store.inventory import Inventories
from console.store.inventory_file import InventoryMistake, read_inventory, write_inventory
from console.store.trouble import StoreTrouble

TEXT = """
[[cluster]]
name = "ledger-us"
environment = "production"
manager = "patroni"

[[cluster.node]]
name = "nyc-1"
[cluster.node.ssh]
host = "nyc-1"
[cluster.node.patroni]
host = "10.0.0.1"
port = 18008
tls = true
config_file = "/etc/patroni/17-main.yml"
program = "/opt/patroni/bin/patronictl"
member = "pg-nyc-1"

[[cluster.node]]
name = "nyc-2"
[cluster.node.ssh]
host = "nyc-2"
[cluster.node.patroni]

[[cluster.node]]
name = "nyc-3"
[cluster.node.ssh]
host = "nyc-3"
"""
WHOLE = PatroniTarget(
    host="10.0.0.1", port=18_008, tls=True, config_file="/etc/patroni/17-main.yml",
    program="/opt/patroni/bin/patronictl", member="pg-nyc-1",
)  # fmt: skip


def read(tmp_path: Path, text: str = TEXT) -> Inventory:
    return read_inventory(text, base=tmp_path)


def test_a_target_is_read_whole_by_its_defaults_or_not_at_all(tmp_path: Path) -> None:
    nodes = read(tmp_path).clusters[0].nodes
    assert [node.patroni for node in nodes] == [WHOLE, PatroniTarget(), None]


def test_what_is_written_is_read_back_the_same_and_so_is_what_is_stored(tmp_path: Path, store_path: Path) -> None:
    inventory = read(tmp_path)
    assert read(tmp_path, write_inventory(inventory)) == inventory
    with open_store(store_path) as store:
        Inventories(store).save(inventory.clusters, replace=False)
    with open_store(store_path) as store:
        assert Inventories(store).load() == inventory


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("port = 18008", "port = 0", "from 1 to 65535"),
        ('host = "10.0.0.1"', 'host = "https://10.0.0.1"', "more than a host"),
        ('member = "pg-nyc-1"', 'member = "a b"', "has a blank"),
        ("tls = true", 'password = "x"', "looks like a secret"),
        ("tls = true", "tsl = true", "did you mean tls"),
    ],
)
def test_what_breaks_a_rule_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(InventoryMistake, match=told):
        read(tmp_path, TEXT.replace(old, new))


def test_a_backup_host_has_no_patroni(tmp_path: Path, store: Store) -> None:
    with pytest.raises(InventoryMistake, match="a backup host has no Patroni"):
        read(tmp_path, TEXT.replace('name = "nyc-1"', 'name = "nyc-1"\nkind = "backup"'))
    cluster = read(tmp_path).clusters[0]
    wrong = replace(cluster.nodes[0], patroni=replace(WHOLE, config_file="-c"))
    with pytest.raises(StoreTrouble, match="begins with a dash"):
        Inventories(store).save((replace(cluster, nodes=(wrong,)),), replace=False)
