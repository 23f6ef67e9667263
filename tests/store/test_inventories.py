"""The inventory in the store: whole or not at all, in order, by name."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.cluster import (
    ChangePolicy,
    ClusterSpec,
    Environment,
    FenceCommand,
    Hook,
    Inventory,
    Manager,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.store.database import Store, open_store
from console.store.inventory import Inventories
from console.store.trouble import StoreTrouble, TroubleKind

US = ClusterSpec(
    name="ledger-us",
    environment=Environment.PRODUCTION,
    manager=Manager.PATRONI,
    database="ledger",
    ledger=None,
    interval_seconds=0.5,
    promises=Promises(lag_seconds_max=3.5, synchronous="ANY 1", rpo_entries_max=0, rto_seconds_max=60.0,
                      uptime_percent_min=99.95),
    change=ChangePolicy(
        fence_command=FenceCommand(node="vault-1", command="off", state_command="state\nread", seconds_max=9.0),
        quorum_fence=True,
        restart_seconds=0.0,
        hooks=(
            Hook(name="pool", moment="after-promotion", node="nyc-1", command="a 'b' \"c\" ${x}", proof="p"),
            Hook(
                name="dns", moment="before-fencing", node="vault-1", command="d", proof="e", seconds_max=1.5,
                required=False, may_repeat=True,
            ),
        ),
        client_conninfo="host=nyc-1,nyc-2 user=app target_session_attrs=read-write",
        client_node="vault-1",
        admin_user="dba",
    ),
    nodes=(
        NodeSpec(
            name="nyc-2",
            kind=NodeKind.POSTGRES,
            become="postgres",
            ssh=SshTarget(
                host="nyc-2", port=2222, user="c", identity_file="~/k", config_file="/etc/s", proxy_jump="b@jump:22"
            ),
            postgres=PostgresTarget(
                host="/run", port=5433, user="u", bin_directory="/b", data_directory="/d", password=True
            ),
        ),
        NodeSpec(name="nyc-1", kind=NodeKind.POSTGRES, ssh=SshTarget(host="nyc-1"), postgres=PostgresTarget()),
        NodeSpec(name="vault-1", kind=NodeKind.BACKUP, ssh=SshTarget(host="vault-1")),
    ),
)
ASIA = replace(US, name="ledger-asia", environment=Environment.STAGING, promises=Promises(), ledger="books")


def test_an_empty_store_has_an_empty_inventory(store: Store) -> None:
    assert Inventories(store).load() == Inventory()


def test_what_was_saved_is_loaded_the_same_after_the_next_opening(store_path: Path) -> None:
    with open_store(store_path) as store:
        Inventories(store).save((US, ASIA), replace=False)
    with open_store(store_path) as store:
        assert Inventories(store).load() == Inventory(clusters=(US, ASIA))


def test_a_taken_name_is_refused_and_nothing_of_the_rest_is_saved(store: Store) -> None:
    inventories = Inventories(store)
    inventories.save((US,), replace=False)
    with pytest.raises(StoreTrouble, match="ledger-us stands there already") as trouble:
        inventories.save((ASIA, replace(US, database="other")), replace=False)
    assert trouble.value.kind is TroubleKind.REFUSED
    assert inventories.load() == Inventory(clusters=(US,))


def test_a_replaced_cluster_keeps_its_place_and_loses_its_old_nodes(store: Store) -> None:
    inventories = Inventories(store)
    inventories.save((US, ASIA), replace=False)
    smaller = replace(US, nodes=US.nodes[1:], manager=Manager.NONE, change=ChangePolicy())
    inventories.save((smaller,), replace=True)
    assert inventories.load() == Inventory(clusters=(smaller, ASIA))


def test_a_removed_cluster_is_gone_with_its_nodes(store: Store, store_path: Path) -> None:
    inventories = Inventories(store)
    inventories.save((US,), replace=False)
    assert inventories.remove("ledger-us")
    assert not inventories.remove("ledger-us")
    assert inventories.load() == Inventory()
    with closing(sqlite3.connect(store_path)) as file:
        assert file.execute("select count(*) from nodes").fetchone() == (0,)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (replace(US, nodes=()), "it has no node"),
        (replace(US, name="a b"), "characters that a name can't have"),
        (replace(US, nodes=(US.nodes[0], US.nodes[0])), "node nyc-2 stands there 2 times"),
        (replace(US, nodes=(replace(US.nodes[0], postgres=None),)), "does not say how to reach its PostgreSQL"),
        (replace(US, nodes=(replace(US.nodes[2], postgres=PostgresTarget()),)), "a backup host has no"),
        (replace(US, nodes=(replace(US.nodes[0], ssh=SshTarget(host="-oProxyCommand=x")),)), "begins with a dash"),
        (replace(US, interval_seconds=0.0), "out of its range"),
        (replace(US, nodes=US.nodes[:2]), "change, client_node: there is no node 'vault-1'"),
        (replace(US, change=ChangePolicy(client_conninfo="host=a password=x")), "it holds a password"),
        (replace(US, change=replace(US.change, hooks=US.change.hooks * 11)), "22 hooks, 20 are the limit"),
    ],
)
def test_what_breaks_a_rule_is_refused_from_wherever_it_comes(wrong: ClusterSpec, told: str, store: Store) -> None:
    with pytest.raises(StoreTrouble, match=told):
        Inventories(store).save((ASIA, wrong), replace=True)
    assert Inventories(store).load() == Inventory()


def test_a_policy_that_can_not_be_read_is_never_taken_for_another(store: Store, store_path: Path) -> None:
    inventories = Inventories(store)
    inventories.save((US,), replace=False)
    with closing(sqlite3.connect(store_path)) as file:
        file.execute("update clusters set change = '{\"quorum_fence\": \"perhaps\"}'")
        file.commit()
    with pytest.raises(StoreTrouble, match="how ledger-us may be changed can't be read") as trouble:
        inventories.load()
    assert trouble.value.kind is TroubleKind.DAMAGED
