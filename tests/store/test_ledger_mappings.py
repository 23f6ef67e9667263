"""Mappings of ledgers in the inventory: as TOML and in the store, there and back, and refused with their place."""

from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.cluster import (
    ClusterSpec,
    Environment,
    Inventory,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.domain.ledger_mapping import LedgerMapping, reference_mapping
from console.store.database import Store
from console.store.inventory import Inventories
from console.store.inventory_file import InventoryMistake, read_inventory, read_mapping, write_inventory
from console.store.trouble import StoreTrouble, TroubleKind

MAPPING = LedgerMapping(
    entries="shop.journal", content=("am", 'so "quoted"'), postings_sql="select id,\n 'ü' as x from shop.lines",
    account="konto", amount="betrag", currency_fixed="EUR", gap_free=False, balanced=False, head_sql="select 1 number",
)  # fmt: skip
CLUSTER = ClusterSpec(
    name="shop", environment=Environment.STAGING, ledger=None, books=MAPPING,
    promises=Promises(seal_seconds=5.0, recompute_seconds=3600.0),
    nodes=(NodeSpec(name="a", kind=NodeKind.POSTGRES, ssh=SshTarget(host="a"), postgres=PostgresTarget()),),
)  # fmt: skip
HEAD = '[[cluster]]\nname = "shop"\nenvironment = "lab"\n[[cluster.node]]\nname = "a"\n[cluster.node.ssh]\nhost = "a"\n'


def test_a_mapping_and_its_paces_come_back_from_toml_and_from_the_store(store: Store, tmp_path: Path) -> None:
    inventory = Inventory(clusters=(CLUSTER, replace(CLUSTER, name="other", books=None, ledger="ledger")))
    assert read_inventory(write_inventory(inventory), base=tmp_path) == inventory
    Inventories(store).save(inventory.clusters, replace=False)
    assert Inventories(store).load() == inventory


def test_a_mapping_takes_the_place_of_the_reference_ledger() -> None:
    assert CLUSTER.ledger_mapping == MAPPING
    assert replace(CLUSTER, books=None).ledger_mapping is None
    assert replace(CLUSTER, books=None, ledger="x").ledger_mapping == reference_mapping("x")


def test_a_mapping_is_read_alone_for_a_trial(tmp_path: Path) -> None:
    assert read_mapping(write_inventory(Inventory(clusters=(CLUSTER,))), base=tmp_path, cluster="shop") == MAPPING
    with pytest.raises(InventoryMistake, match="no cluster elsewhere"):
        read_mapping(HEAD, base=tmp_path, cluster="elsewhere")
    with pytest.raises(InventoryMistake, match="no mapping"):
        read_mapping(HEAD, base=tmp_path, cluster="shop")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('entries = "a.b"', "postings"),
        ('entries = "a.b"\npostings = "a.c"\namont = "x"', "did you mean amount"),
        ('entries = "a.b"\npostings = "a.c"\ncontent = "x"', "a list of texts"),
        ('entries = "a.b"\npostings = "a.c"\ncontent = [1]', "a list of texts"),
        ('entries = "a.b"\npostings = "a.c"\ngap_free = 1', "true or false"),
        ('entries_sql = "drop table x"\npostings = "a.c"', "begin with SELECT"),
        ('entries = "a.b.c"\npostings = "a.c"', "schema.table"),
    ],
)
def test_a_mapping_with_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InventoryMistake, match=said) as mistake:
        read_inventory(f"{HEAD}[cluster.books]\n{text}\n", base=tmp_path)
    assert "cluster shop, books" in mistake.value.where


def test_a_hostile_mapping_reaches_no_store_from_wherever_it_comes(store: Store) -> None:
    hostile = replace(CLUSTER, books=replace(MAPPING, head_sql="select 1; drop table x"))
    with pytest.raises(StoreTrouble, match="semicolon") as trouble:
        Inventories(store).save((hostile,), replace=False)
    assert trouble.value.kind is TroubleKind.REFUSED
    assert Inventories(store).load() == Inventory()
