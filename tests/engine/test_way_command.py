"""An operator's own command and heartbeats: bounded in time and output, ended whole, silent when nothing is judged."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.alerting import WayKind, WayOut
from console.domain.verdict import Health
from console.engine.way_command import run_command
from console.engine.way_limit import Limit, NotDelivered
from console.engine.ways_out import Pulse, Ways
from tests.alarmed import Stage, stage
from tests.live import wait_for
from tests.way_servers import NOTICE, Web, silent_server, ways_of, web


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "home") as it:
        yield it


def script(directory: Path, text: str) -> WayOut:
    path = directory / "tell.sh"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return WayOut(name="command", kind=WayKind.COMMAND, target=f"{path} 'two words'", seconds_max=2.0)


def ran(way: WayOut, seconds: float = 2.0) -> NotDelivered | None:
    try:
        with Limit(seconds) as limit:
            run_command(way, NOTICE, limit)
    except NotDelivered as wrong:
        return wrong
    return None


def test_a_command_gets_the_alert_on_its_input_and_in_its_environment(tmp_path: Path) -> None:
    out = tmp_path / "out"
    way = script(tmp_path, f'cat > {out}.json; echo "$1|$LEDGER_CLUSTER|$LEDGER_HEALTH|$LEDGER_CHANGE" > {out}')
    assert ran(way) is None
    assert out.read_text() == "two words|us|lost|opened\n"
    assert json.loads(Path(f"{out}.json").read_text())["node"] == "nyc-1"


def test_a_command_knows_nothing_of_our_own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "s3cr3t-of-ours")
    out = tmp_path / "out"
    assert ran(script(tmp_path, f"env > {out}")) is None
    assert "s3cr3t" not in out.read_text()


def test_one_that_never_ends_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    way = script(tmp_path, f"sleep 300 & echo $! > {pids}; echo $$ >> {pids}; wait")
    wrong = ran(way, 1.0)
    assert wrong is not None
    assert wrong.reason == "timeout"
    for pid in pids.read_text().split():
        wait_for(lambda pid=pid: _is_gone(int(pid)), f"the end of process {pid}", seconds=5.0)  # type: ignore[misc]


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_one_that_prints_megabytes_is_told_in_a_few_words(tmp_path: Path) -> None:
    wrong = ran(script(tmp_path, "head -c 20000000 /dev/zero | tr '\\0' x; exit 3"), 20.0)
    assert wrong is not None
    assert wrong.reason == "exit-code"
    assert len(wrong.text) < 300


def test_one_that_prints_for_ever_is_ended_too(tmp_path: Path) -> None:
    wrong = ran(script(tmp_path, "yes"), 1.0)
    assert wrong is not None
    assert wrong.reason == "timeout"


def test_one_that_leaves_something_running_is_not_waited_for(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    assert ran(script(tmp_path, f"sleep 300 & echo $! > {pids}; exit 0"), 5.0) is None
    wait_for(lambda: _is_gone(int(pids.read_text())), "the end of what it left running", seconds=5.0)


def test_one_that_does_not_read_its_input_is_fine(tmp_path: Path) -> None:
    assert ran(script(tmp_path, "exec 0<&-; exit 0")) is None


def test_a_program_that_is_not_there_says_so() -> None:
    wrong = ran(WayOut(name="c", kind=WayKind.COMMAND, target="/nonexistent/tell"))
    assert wrong is not None
    assert wrong.text == "no-program: No such file or directory"


def beating(scene: Stage, ways: Ways) -> None:
    ways.pulse(Pulse(at=scene.now, health=Health.DEGRADED, open=2, acknowledged=1))


def test_a_heartbeat_is_written_while_alerts_are_judged_and_not_a_moment_longer(scene: Stage, tmp_path: Path) -> None:
    path = tmp_path / "beat"
    way = WayOut(name="beat", kind=WayKind.HEARTBEAT_FILE, target=str(path), options=(("seconds", "1"),))
    with ways_of(scene, way) as ways:
        beating(scene, ways)
        wait_for(path.exists, "the first heartbeat")
        first = json.loads(path.read_text())
        path.unlink()
        scene.seconds = 60.0  # a minute later nothing has been judged
        silent_until = time.monotonic() + 2.5
        wait_for(lambda: time.monotonic() > silent_until, "two rounds")
        assert not path.exists()
        beating(scene, ways)
        wait_for(path.exists, "a heartbeat again")
    assert first["pid"] == os.getpid()
    assert (first["state"], first["open"], first["acknowledged"]) == ("degraded", 2, 1)
    assert first["at"].startswith("2026-03-17T12:00:0")
    assert [one.name for one in tmp_path.iterdir() if "new" in one.name] == []


def test_a_heartbeat_goes_to_a_url_too_and_one_that_hangs_stops_no_other(scene: Stage) -> None:
    mind = Web()
    with web(mind) as port, silent_server() as dead:
        lives = WayOut(name="url", kind=WayKind.HEARTBEAT_URL, target=f"http://127.0.0.1:{port}/ping/x",
                       options=(("seconds", "1"), ("method", "post")))  # fmt: skip
        hangs = WayOut(name="dead", kind=WayKind.HEARTBEAT_URL, target=f"http://127.0.0.1:{dead}/", seconds_max=30.0)
        with ways_of(scene, hangs, lives) as ways:
            beating(scene, ways)

            def beats() -> bool:
                scene.seconds += 0.1
                beating(scene, ways)
                return len(mind.heard) >= 3

            wait_for(beats, "three heartbeats")
    assert json.loads(mind.heard[0][3])["state"] == "degraded"
