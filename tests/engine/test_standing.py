"""What automation stands on is looked at side by side: no cluster waits for the silent host of another."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from console.domain.automation import AutomationMode, AutomationPolicy
from console.engine import standing
from console.engine.standing import LOST_AT_ONCE_MAX, QUIET_AT_ONCE_MAX, Standing
from tests.alarmed import stage
from tests.live import wait_for

WATCHED = AutomationPolicy(mode=AutomationMode.AUTOMATIC)


class Ways:
    """Connections that are never asked anything."""

    def close(self) -> None: ...


class Ground:
    """No node of any cluster has been heard yet."""

    def cluster(self, _name: str) -> None: ...

    def ways(self, *_: object) -> tuple[Any, Any]:
        return Ways(), Ways()


class Hangs(Standing):
    """Every look at one of `hanging` waits for a silent host until it is let go."""

    def __init__(self, *parts: Any, hanging: set[str], **more: Any) -> None:
        super().__init__(*parts, **more)
        self.hanging, self.let_go = hanging, threading.Event()
        self.looked: list[str] = []
        self.waiting = 0
        self.counting = threading.Lock()

    def _look(self, kept: Any) -> None:
        kept.looked_ticks = self._ground.clock().ticks
        if kept.spec.name in self.hanging:
            with self.counting:
                self.waiting += 1
            self.let_go.wait(60.0)
            with self.counting:
                self.waiting -= 1
        self.looked.append(kept.spec.name)


@contextmanager
def looking(directory: Path, clusters: tuple[str, ...], hanging: set[str], lost: set[str]) -> Iterator[Hangs]:
    with stage(directory, clusters=clusters) as scene:
        ground = replace(scene.ground, poller=cast(Any, Ground()), planning=cast(Any, Ground()))
        it = Hangs(
            ground, policy=lambda _: WATCHED, lost=lambda name: name in lost, silent=lambda _: "",
            acting=lambda _: False, changed=lambda _: None, hanging=hanging,
        )  # fmt: skip
        it.start()
        try:
            yield it
        finally:
            it.let_go.set()
            it.stop()


def test_a_lost_cluster_is_looked_at_while_quiet_ones_wait_for_silent_hosts(tmp_path: Path) -> None:
    quiet = tuple(f"q{number}" for number in range(QUIET_AT_ONCE_MAX + 3))
    lost: set[str] = set()
    with looking(tmp_path / "home", (*quiet, "us"), set(quiet), lost) as it:
        wait_for(lambda: it.waiting == QUIET_AT_ONCE_MAX, "as many quiet looks as there may be")
        assert "us" not in it.looked
        lost.add("us")
        wait_for(lambda: "us" in it.looked, "a look at the lost one")
        assert it.waiting == QUIET_AT_ONCE_MAX


def test_several_lost_clusters_do_not_wait_for_each_other(tmp_path: Path) -> None:
    names = tuple(f"l{number}" for number in range(6))
    with looking(tmp_path / "home", names, set(names[:5]), set(names)) as it:
        wait_for(lambda: names[5] in it.looked and it.waiting == 5, "a look at the one that answers")
        assert len(names) <= LOST_AT_ONCE_MAX


def test_a_cluster_that_is_looked_at_is_not_looked_at_a_second_time_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "URGENT_SECONDS", 0.0)
    with looking(tmp_path / "home", ("us", "eu"), {"us"}, {"us", "eu"}) as it:
        wait_for(lambda: it.looked.count("eu") > 3, "several looks at the other")
        assert it.waiting == 1
