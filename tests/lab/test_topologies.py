"""Labs that are no star: a cascade, and peers that take each other's entries; watched, broken and mended."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from console.cli import main
from console.lab.desk import LabError, LabStatus, Topology, lab_down, lab_fault, lab_mend, lab_up
from console.lab.place import LabPlace
from console.lab.plan import make_plan
from console.places import Home
from tests.live import live_lab, sql, wait_for
from tests.watched import Watched

SENDERS = "select string_agg(application_name, ',' order by 1) from pg_stat_replication where state = 'streaming'"


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = Home(tmp_path_factory.mktemp("topology"))
    yield made
    lab_down(made)


def test_a_cascade_of_two_and_peers_of_one_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = LabPlace(tmp_path_factory.mktemp("plan"))
    for nodes, topology in ((2, Topology.CASCADE), (1, Topology.PEERS)):
        with pytest.raises(LabError, match=str(nodes)):
            make_plan(place, nodes=nodes, sshd=False, rate=1.0, topology=topology)
    with pytest.raises(LabError, match="star"):
        make_plan(place, nodes=3, sshd=False, rate=1.0, topology=Topology.CASCADE, patroni=True)


@pytest.mark.live
def test_in_a_cascade_the_last_follows_the_one_before_it_also_after_the_middle_was_killed(home: Home) -> None:
    lab = lab_up(home, topology=Topology.CASCADE)
    assert (sql(lab, "lab-1", SENDERS), sql(lab, "lab-2", SENDERS)) == ("lab-2", "lab-3")
    assert sql(lab, "lab-1", "show synchronous_standby_names") == 'ANY 1 ("lab-2")'
    lab_fault(home, "kill", "lab-2")
    lab = lab_mend(home)
    assert (sql(lab, "lab-1", SENDERS), sql(lab, "lab-2", SENDERS)) == ("lab-2", "lab-3")


def head_past(lab: LabStatus, node: str, origin: str) -> bool:
    return int(sql(lab, node, f"select number from ledger.head where origin = '{origin}'") or 0) > 10


@pytest.mark.live
def test_peers_take_each_others_entries_and_a_conflict_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    with live_lab(tmp_path_factory.mktemp("peers"), nodes=2, topology=Topology.PEERS) as (home, lab):
        watched = Watched(home, lab)
        try:
            see_peers(watched)
        finally:
            main(["--home", str(home.directory), "engine", "stop", "--json"])


def subscription(watched: Watched) -> Any:
    return watched.json("peers", "lab-1")["peers"]["subscriptions"][0]


def see_peers(watched: Watched) -> None:
    lab = watched.lab
    watched.json("lab", "up")
    for node, origin in (("lab-1", "lab-2"), ("lab-2", "lab-1")):
        wait_for(partial(head_past, lab, node, origin), f"{origin}'s entries on {node}")
    wait_for(lambda: subscription(watched)["publisher"], "its publisher to be seen")
    calm = watched.json("peers", "lab-1", "--books")["peers"]
    assert [(one["name"], one["publisher"], one["running"], one["growing"]) for one in calm["subscriptions"]] == [
        ("from_lab_2", "lab-2 lab-2", True, [])
    ]
    same = {one["origin"]: (one["same"], one["up_to"]) for one in calm["books"]}
    assert same["lab-1"][0] is True and same["lab-2"][0] is True, same
    assert min(same["lab-1"][1], same["lab-2"][1]) > 10
    # The same client's id on both sides, at once: neither can take the other's entry.
    posted = "jsonb_agg(jsonb_build_object('account', account, 'side', side, 'amount', amount::text))"
    posted = f"select {posted} as posted from ledger.postings where (origin, number) = ('{{origin}}', 1)"
    twice = f"select ledger.book('{uuid4()}', 'twice', posted, '{{origin}}') from ({posted}) p"
    peers = (("lab-1", "from_lab_2"), ("lab-2", "from_lab_1"))
    for node, taken in peers:
        sql(lab, node, f"alter subscription {taken} disable")
    for node, _ in peers:
        sql(lab, node, twice.format(origin=node))
    for node, taken in peers:
        sql(lab, node, f"alter subscription {taken} enable")

    def growing() -> list[str]:
        return list(subscription(watched)["growing"])

    named = {"insert_exists", "multiple_unique_conflicts"}
    wait_for(lambda: named & set(growing()), "a conflict that is told")
    assert "apply_errors" in growing()
