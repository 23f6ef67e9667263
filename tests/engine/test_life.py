"""The engine's life: killed it is said at once, it comes back, the gap is a gap; many faces see the same."""

import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from console.engine.launch import engine_pid, ensure_engine, listens
from console.link.frames import LinkLost, framed
from console.link.messages import PROTOCOL, AskFleet, ClusterSeen, Fleet, Hello, Message, encode
from console.link.socket import Link
from console.places import Home
from tests.live import wait_for
from tests.watched import ROOT, Watched


def attached(home: Home, heard: list[Message], lost: list[str]) -> Link:
    return Link(home.engine_socket, face="test", watches=True, on_message=heard.append, on_lost=lost.append)


@pytest.mark.live
def test_two_windows_and_a_command_line_on_one_engine_show_the_same(watched: Watched) -> None:
    ears: list[list[Message]] = [[], []]
    links = [attached(watched.home, heard, []) for heard in ears]
    try:

        def latest(heard: list[Message]) -> int:
            return max((m.view.serial for m in heard if isinstance(m, ClusterSeen)), default=0)

        wait_for(lambda: min(map(latest, ears)) > 3, "pictures at both faces")
        serials = [{m.view.serial: m for m in heard if isinstance(m, ClusterSeen)} for heard in ears]
        shared = serials[0].keys() & serials[1].keys()
        assert shared
        assert all(serials[0][n] == serials[1][n] for n in shared)
        answer = watched.json("status", "lab")
        assert answer["engine"]["faces"] >= 3
        assert answer["clusters"][0]["health"] == "healthy"
    finally:
        for link in links:
            link.close()


@pytest.mark.live
def test_a_killed_engine_is_told_to_faces_at_once_and_the_gap_stays_a_gap(watched: Watched) -> None:
    lost: list[str] = []
    told = threading.Event()
    link = Link(
        watched.home.engine_socket, face="test", watches=True, on_message=lambda _: None,
        on_lost=lambda reason: (lost.append(reason), told.set()),
    )  # fmt: skip
    # The flush that makes the readings before the death durable is every ten seconds.
    wait_for(lambda: watched.json("readings", "lab", "lab-1", "--last", "5m")["chart"]["curves"] or None, "readings")
    wait_for(lambda: _stored(watched), "stored readings", seconds=60)
    first = watched.kill_engine()
    assert told.wait(5.0), "the face was not told"
    assert lost
    link.close()
    time_of_death = time.time()
    wait_for(lambda: time.time() - time_of_death > 7.0, "a gap that is wide enough to be one")
    ensure_engine(watched.home)
    assert engine_pid(watched.home) != first
    watched.reaches("healthy", seconds=60)
    wait_for(
        lambda: watched.json("readings", "lab", "lab-1", "--last", "20s")["chart"]["curves"] or None, "new readings"
    )
    chart = watched.json("readings", "lab", "lab-1", "--last", "5m")["chart"]
    gaps = [(gap["begin"], gap["end"]) for gap in chart["gaps"]]
    assert any(begin <= time_of_death + 2 and end >= time_of_death + 6 for begin, end in gaps), (gaps, time_of_death)
    trips = next(c for c in chart["curves"] if c["measure"] == "round-trip-ms")
    inside = [s for s, v in zip(trips["seconds"], trips["high"], strict=True)
              if v is not None and time_of_death + 1 < s < time_of_death + 6]  # fmt: skip
    assert inside == [], "a reading in a time in which nobody was watching"


def _stored(watched: Watched) -> bool:
    connection = sqlite3.connect(f"file:{watched.home.store}?mode=ro", uri=True)
    try:
        return bool(connection.execute("select count(*) from samples").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.live
def test_one_engine_a_home(watched: Watched) -> None:
    done = watched.run("watch", "--json", timeout=30)
    assert done.returncode == 1
    assert "engine-runs" in done.stdout


@pytest.mark.live
def test_a_frozen_and_thawed_engine_believes_nothing_from_before(watched: Watched) -> None:
    """What a laptop's sleep does: after it no old reading is shown as fresh, and fresh ones come by themselves."""
    pid = engine_pid(watched.home)
    assert pid
    heard: list[Message] = []
    link = attached(watched.home, heard, [])
    subprocess.run(["kill", "-STOP", str(pid)], check=True)
    stopped = time.monotonic()
    wait_for(lambda: time.monotonic() - stopped > 5.0, "a sleep of five seconds")
    heard.clear()
    subprocess.run(["kill", "-CONT", str(pid)], check=True)
    wait_for(lambda: any(isinstance(m, ClusterSeen) for m in heard), "a picture after the sleep")
    views = [m.view for m in heard if isinstance(m, ClusterSeen)]
    assert all(v.verdict.health.value in ("unknown", "healthy", "degraded") for v in views), "a false alarm after sleep"
    watched.reaches("healthy", seconds=60)
    log = watched.json("engine", "log", "--lines", "20")["lines"]
    assert any("stood still" in line for line in log)
    link.close()


@pytest.mark.live
def test_a_face_that_reads_nothing_does_not_hold_up_the_others(watched: Watched) -> None:
    deaf = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    deaf.connect(str(watched.home.engine_socket))
    deaf.sendall(framed(encode(Hello(protocol=PROTOCOL, face="deaf", watches=True))))
    heard: list[Message] = []
    link = attached(watched.home, heard, [])
    try:
        wait_for(lambda: sum(isinstance(m, ClusterSeen) for m in heard) > 5, "pictures")
        answer = link.ask(AskFleet())
        assert isinstance(answer, Fleet)
    finally:
        link.close()
        deaf.close()


@pytest.mark.live
@pytest.mark.parametrize("junk", [b"", b"\xff" * 100, b"\x00\x00\x00\x05hello", b"\x7f\xff\xff\xff"])
def test_junk_on_the_link_ends_that_face_alone(watched: Watched, junk: bytes) -> None:
    before = engine_pid(watched.home)
    face = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    face.connect(str(watched.home.engine_socket))
    face.sendall(junk)
    face.close()
    assert watched.json("engine", "status")["engine"]["pid"] == before


def test_sigterm_ends_an_engine_in_good_order(tmp_path: object) -> None:
    home = Home.chosen(str(tmp_path))
    engine = subprocess.Popen(
        [sys.executable, "-m", "console", "--home", str(home.directory), "watch"], cwd=ROOT, stderr=subprocess.PIPE
    )
    wait_for(lambda: listens(home), "the engine")
    engine.send_signal(signal.SIGTERM)
    _, said = engine.communicate(timeout=20)
    assert engine.returncode == 0, said
    assert b"engine stopped" in said
    assert engine_pid(home) is None
    with pytest.raises(LinkLost, match="no engine listens"):
        attached(home, [], [])
