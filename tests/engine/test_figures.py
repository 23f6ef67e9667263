"""Ten figures drawn at random, from the window and from JSON, equal what psql says at that moment."""

import os
import random
import sys
from collections.abc import Callable
from typing import Any

import pytest

from console.domain.wal import Lsn
from tests.live import sql, wait_for
from tests.watched import Watched

# What psql is asked for each figure of the card; a number may grow between two looks, a text may not change.
PRIMARY: dict[str, str] = {
    "system-identifier": "select system_identifier from pg_control_system()",
    "timeline": "select ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int",
    "write-position": "select pg_current_wal_lsn()",
    "flush-position": "select pg_current_wal_flush_lsn()",
    "sync-names": "show synchronous_standby_names",
    "data-directory": "show data_directory",
    "head-number": "select number from ledger.head",
    "database-size": "select pg_database_size(current_database())",
    "archived": "select archived_count from pg_stat_archiver",
    "archive-failed": "select failed_count from pg_stat_archiver",
    "beat": "select max(beat) from ledger_console.heartbeat",
}
STANDBY: dict[str, str] = {
    "system-identifier": PRIMARY["system-identifier"],
    "data-directory": PRIMARY["data-directory"],
    "received-position": "select pg_last_wal_receive_lsn()",
    "replayed-position": "select pg_last_wal_replay_lsn()",
    "timeline": "select received_tli from pg_stat_wal_receiver",
    "head-number": PRIMARY["head-number"],
    "beat": PRIMARY["beat"],
    "database-size": PRIMARY["database-size"],
}
SLOW = {"database-size": 60.0, "archived": 2.0}  # asked at a slower pace: may be older than the first look
SEED = int(os.environ.get("FIGURES_SEED", random.SystemRandom().randrange(10**6)))


def comparable(text: str) -> Any:
    """A position or number as something that orders, a text as it is."""
    if "/" in text and not text.startswith("/"):
        return Lsn.parse(text)
    return int(text) if text.isdigit() else text


def drawn() -> list[tuple[str, str, str]]:
    every = [("lab-1", q, s) for q, s in PRIMARY.items()]
    every += [(node, q, s) for node in ("lab-2", "lab-3") for q, s in STANDBY.items()]
    return random.Random(SEED).sample(every, 10)


def assert_between(watched: Watched, node: str, quantity: str, question: str, look: Callable[[], str]) -> None:
    before = comparable(wait_for(lambda: sql(watched.lab, node, question), f"psql's own {quantity} of {node}"))
    if quantity in SLOW:
        before = type(before)(0) if isinstance(before, int) else before
    seen = comparable(look())
    after = comparable(sql(watched.lab, node, question))
    # A figure is at most a round older than the look; what it says was true then.
    early = _a_round_earlier(before)
    assert early <= seen <= after, f"{node} {quantity}: psql {before} … {after}, console {seen}; seed {SEED}"


def _a_round_earlier(value: Any) -> Any:
    """What a growing figure may have been two rounds before: beats and entries of two seconds, WAL of two seconds."""
    if isinstance(value, Lsn):
        return Lsn(max(0, value.position - 4 * 1024 * 1024))
    if isinstance(value, int) and value < 10**12:
        return max(0, value - 100)
    return value


@pytest.mark.live
def test_ten_figures_of_the_json_equal_what_psql_says(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f" [figures, seed {SEED}] ")
    for node, quantity, question in drawn():

        def look(node: str = node, quantity: str = quantity) -> str:
            def found() -> dict[str, Any] | None:
                cards = {card["node"]: card for card in watched.status()["cards"]}
                return next((f for f in cards[node]["figures"] if f["quantity"] == quantity), None)

            figure = wait_for(found, f"{quantity} of {node}")
            assert figure["node"] == node
            assert figure["source"]
            assert figure["at"]
            return str(figure["value"])

        assert_between(watched, node, quantity, question, look)


@pytest.mark.live
def test_lag_in_entries_and_bytes_of_a_paused_replay_is_the_difference_of_the_nodes_own_words(watched: Watched) -> None:
    """Flush goes on while replay is paused: what would be lost is nothing, what is not readable grows."""
    watched.fault("replay-pause", "lab-3")
    try:
        watched.reaches("replay-paused")
        view = next(n for n in watched.status()["view"]["nodes"] if n["name"] == "lab-3")
        assert view["lag_flush_seconds"] is not None
        assert view["lag_flush_seconds"] <= 2.0
        paused = sql(watched.lab, "lab-3", "select pg_last_wal_replay_lsn()")
        cards = {card["node"]: card for card in watched.status()["cards"]}
        replayed = next(f for f in cards["lab-3"]["figures"] if f["quantity"] == "replayed-position")
        assert replayed["value"] == paused
    finally:
        watched.mend()


@pytest.mark.live
def test_loss_seen_on_an_asynchronous_cluster_speaks_of_entries_and_money(watched: Watched) -> None:
    """With the synchronous list emptied and both receivers held, what the standbys lack is counted and valued."""
    sql(watched.lab, "lab-1", "alter system set synchronous_standby_names = ''")
    sql(watched.lab, "lab-1", "select pg_reload_conf()")
    try:
        cluster = watched.reaches("sync-degraded")
        assert cluster["health"] == "degraded"
        assert cluster["view"]["exposure"]["basis"] == "seen"
        assert cluster["view"]["exposure"]["candidate"] in ("lab-2", "lab-3")
        assert cluster["view"]["exposure"]["entries"] is not None
    finally:
        sql(watched.lab, "lab-1", "alter system reset synchronous_standby_names")
        sql(watched.lab, "lab-1", "select pg_reload_conf()")
    watched.reaches("healthy")
