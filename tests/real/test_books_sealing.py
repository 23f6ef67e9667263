"""The engine by itself: seals at its pace, recomputes at the other on a standby, and tells what does not match."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live import sql, wait_for
from tests.real.test_books_proof import GUARD, UNGUARD
from tests.watched import Watched, watched_lab


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("sealing"), rate=20.0) as it:
        yield it


def paced(watched: Watched, directory: Path, *, seal: float, recompute: float) -> None:
    path = directory / "inventory.toml"
    watched.asked("inventory", "export", str(path))
    text, paces = path.read_text(), f"seal_seconds = {seal}\nrecompute_seconds = {recompute}\n"
    lines = [line for line in text.splitlines() if not line.startswith(("seal_seconds", "recompute_seconds"))]
    assert "[cluster.promises]" in lines
    place = lines.index("[cluster.promises]") + 1
    path.write_text("\n".join([*lines[:place], paces, *lines[place:]]))
    watched.asked("inventory", "import", str(path), "--replace")


def sealed_up_to(watched: Watched) -> int:
    nodes = watched.asked("books", "lab", "--node", "lab-1")["proof"]["nodes"]
    seals = [o for o in nodes[0]["outcomes"] if o["check"] == "seal-found" and o["proof"] == "proven"]
    return int(seals[0]["last"]) if seals else 0


def events(watched: Watched) -> list[Any]:
    chart = watched.asked("readings", "lab", "lab-1", "--last", "5m")["chart"]
    found = [e for node in ("lab-1", "lab-2", "lab-3")
             for e in watched.asked("readings", "lab", node, "--last", "5m")["chart"]["events"]]  # fmt: skip
    assert chart["cluster"] == "lab"
    return [e for e in found if e["kind"] == "books"]


@pytest.mark.live
def test_the_engine_seals_by_itself_and_a_recomputation_on_a_standby_finds_what_was_changed(
    watched: Watched, tmp_path: Path
) -> None:
    paced(watched, tmp_path, seal=1, recompute=3)
    first = wait_for(lambda: sealed_up_to(watched), "a seal", seconds=60)
    wait_for(lambda: sealed_up_to(watched) > first, "the next seal", seconds=60)
    log = watched.asked("engine", "log", "--lines", "200")["lines"]
    wait_for(
        lambda: any("recomputed in" in line and "proven" in line
                    for line in watched.asked("engine", "log", "--lines", "200")["lines"]),
        "a recomputation", seconds=60,
    )  # fmt: skip
    assert not any("Traceback" in line for line in log)
    assert events(watched) == []
    wait_for(lambda: int(sql(watched.lab, "lab-1", "select number from ledger.head")) > 1020, "a block", seconds=120)
    watched.asked("books", "lab", "--seal")
    # In a block that sealing does not read again: only a recomputation can find it.
    sql(
        watched.lab, "lab-1",
        f"begin; {UNGUARD} update ledger.entries set description = 'other' where number = 2; {GUARD} commit;",
    )  # fmt: skip
    [event, *others] = wait_for(lambda: events(watched), "the event", seconds=60)
    assert event["text"] == "seal-not-found"
    assert event["node"] in ("lab-2", "lab-3"), "a standby recomputes"
    assert all(other["text"] == "seal-not-found" for other in others)
