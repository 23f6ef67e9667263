"""Who is dead by whose word, in network namespaces: a host cut off, the console cut off, and cuts in one direction."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import pytest

from tests.live import wait_for
from tests.namespaces import NODES, Apart, apart, ip

WITNESSED_SECONDS_MAX = 15.0  # measured: 4 to 6 s; a busy machine takes longer
UNDISTURBED_SECONDS = 12.0  # for so long nothing may be claimed that is not so


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    with apart(tmp_path_factory.mktemp("witnessed")) as it:
        yield it


@contextmanager
def pulled(operator: Apart, node: str) -> Iterator[None]:
    operator.cables.pull(node)
    try:
        yield
    finally:
        operator.cables.plug(node)


@contextmanager
def mute(operator: Apart, node: str, towards: str) -> Iterator[None]:
    """What `node` sends to this address never leaves it; what comes from there arrives."""
    network = operator.cables.network(node)
    ip("-n", network, "route", "add", "blackhole", f"{towards}/32")
    try:
        yield
    finally:
        ip("-n", network, "route", "del", "blackhole", f"{towards}/32")


def address(operator: Apart, node: str) -> str:
    return f"{operator.cables.prefix}.{NODES.index(node) + 1}"


def findings(cluster: Any) -> list[tuple[str, str | None, str | None]]:
    return [(f["cause"], f["node"], f["level"]) for f in cluster["view"]["verdict"]["findings"]]


def nothing_claimed(operator: Apart, primary: str, *, seconds: float) -> set[str]:
    """For so long no death is claimed of anybody; every cause that was said meanwhile."""
    said: set[str] = set()
    end = monotonic() + seconds
    while monotonic() < end:
        cluster = operator.watched.status()
        for cause, node, level in findings(cluster):
            assert level in (None, "suspected"), (cause, node, level)
            assert cause not in ("primary-dead", "postmaster-killed", "hung", "frozen", "stopped", "two-primaries")
            said.add(cause)
        assert cluster["health"] != "lost" or primary not in (cluster["view"]["primary"] or primary)
    return said


@pytest.mark.live
def test_a_primary_whose_host_is_cut_off_is_dead_by_the_word_of_its_standbys(operator: Apart) -> None:
    leading = operator.primary()
    others = sorted(set(NODES) - {leading})
    begun = monotonic()
    with pulled(operator, leading):
        cluster = operator.watched.reaches("primary-dead", seconds=WITNESSED_SECONDS_MAX)
        took = monotonic() - begun
        first = cluster["view"]["verdict"]["findings"][0]
        assert (cluster["health"], first["node"], first["level"]) == ("lost", leading, "witnessed")
        rows = [(row["guard"], row["source"].split(":")[0], row["observed"]) for row in first["evidence"]]
        for name in others:
            assert ("reaches-server", name, "silent") in rows
            assert ("reaches-ssh", name, "silent") in rows
            assert any(guard == "receiver-heard-seconds" and by == name and age > 3.0 for guard, by, age in rows)
        situation = operator.watched.json("situation", "lab")
        seen = {(s["asker"], s["answerer"]): s["state"] for s in situation["situation"]["seeing"]}
        assert [seen[name, leading] for name in others] == ["silent", "silent"]
    operator.steady()
    assert took < WITNESSED_SECONDS_MAX


@pytest.mark.live
def test_a_console_that_is_cut_off_from_every_host_claims_nothing_of_them(operator: Apart) -> None:
    leading, bridge = operator.primary(), operator.cables.bridge
    ip("addr", "del", f"{operator.cables.prefix}.10/24", "dev", bridge)
    try:
        cluster = operator.watched.reaches("console-isolated", seconds=WITNESSED_SECONDS_MAX)
        assert cluster["health"] == "unknown"
        assert [cause for cause, _, _ in findings(cluster)] == ["console-isolated"]
        assert nothing_claimed(operator, leading, seconds=UNDISTURBED_SECONDS) == {"console-isolated"}
    finally:
        ip("addr", "add", f"{operator.cables.prefix}.10/24", "dev", bridge)
    operator.steady()
    assert operator.primary() == leading


@pytest.mark.live
def test_a_primary_that_only_we_do_not_hear_is_suspected_and_its_standbys_say_that_it_lives(operator: Apart) -> None:
    leading = operator.primary()
    with mute(operator, leading, f"{operator.cables.prefix}.10"):
        operator.watched.reaches("cut-off", seconds=WITNESSED_SECONDS_MAX + 15.0)
        said = nothing_claimed(operator, leading, seconds=UNDISTURBED_SECONDS)
        assert "cut-off" in said
    operator.steady()


@pytest.mark.live
def test_a_primary_that_its_standbys_do_not_reach_and_we_do_is_isolated(operator: Apart) -> None:
    leading = operator.primary()
    others = sorted(set(NODES) - {leading})
    with mute(operator, leading, address(operator, others[0])), mute(operator, leading, address(operator, others[1])):
        cluster = operator.watched.reaches("primary-isolated", seconds=WITNESSED_SECONDS_MAX + 15.0)
        assert cluster["view"]["primary"] == leading
        assert all(level is None for _, _, level in findings(cluster))
    wait_for(lambda: operator.watched.status()["health"] == "healthy", "all to be well again", seconds=90.0)
