"""The parts as one: one that fails takes no other with it, keeps what it said, and is an alert itself."""

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from console.domain.alerting import AlertSource, Sign
from console.domain.fleet import ClusterView, Event, EventKind
from console.domain.incident import IncidentLine, LineKind
from console.domain.reading import Moment
from console.domain.verdict import Health
from console.engine import vigil
from console.engine.vigil_ground import Part
from console.link.governance import Freeze
from tests.alarmed import NOON, picture, stage


class Says(Part):
    """Says one sign; fails where it is told to."""

    def __init__(self, word: str) -> None:
        self.word, self.fails, self.halted = word, False, 0
        self.views: list[ClusterView] = []

    def seen(self, view: ClusterView) -> None:
        if self.fails:
            raise KeyError("unforeseen")
        self.views.append(view)

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        del now
        if self.fails:
            raise KeyError("unforeseen")
        return (Sign(cluster=cluster, node=None, source=AlertSource.CHECK, word=self.word, health=Health.DEGRADED),)


    def frozen(self) -> None:
        if self.fails:
            raise KeyError("unforeseen")
        self.halted += 1


class Other(Says):
    pass


@pytest.mark.allows_warnings
def test_a_part_that_fails_takes_no_other_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks, lives = Says("one"), Other("two")
    monkeypatch.setattr(vigil, "_parts", lambda _: (breaks, lives))
    with stage(tmp_path / "home") as scene:
        made = vigil.Vigil(scene.ground)
        assert {sign.word for sign in made.signs("us", scene.now)} == {"one", "two"}
        assert {sign.word for sign in made.signs("", scene.now)} == {"one", "two"}
        breaks.fails = True
        made.seen(picture(scene.now))
        assert len(lives.views) == 1
        # What it said last stands: that it can't say anything now ends no alert of its own.
        assert {sign.word for sign in made.signs("us", scene.now)} == {"one", "two"}
        fault = next(sign for sign in made.signs("", scene.now) if sign.word == "part-fault")
        assert (fault.source, fault.about) == (AlertSource.ENGINE, "Says")


def test_faults_made_on_purpose_stand_on_the_time_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vigil, "_parts", lambda _: ())
    lines: list[IncidentLine] = []
    with stage(tmp_path / "home") as scene:
        made = vigil.Vigil(scene.ground)
        scene.ground.board.line = lines.append
        for kind in EventKind:
            made.noted(Event(at=NOON, kind=kind, cluster="us", node="nyc-1", health="lost", text=kind.value))
        made.noted(Event(at=NOON, kind=EventKind.FAULT, cluster="", node=None, health="lost", text="x"))
    assert [(line.kind, line.word) for line in lines] == [(LineKind.FAULT, "fault"), (LineKind.BACKUP, "backup")]


@pytest.mark.allows_warnings
def test_a_person_who_freezes_the_console_is_heard_by_every_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks, lives = Says("one"), Other("two")
    breaks.fails = True
    monkeypatch.setattr(vigil, "_parts", lambda _: (breaks, lives))
    halted: list[str] = []

    class Runs:
        halt = staticmethod(halted.append)

    with stage(tmp_path / "home") as scene:
        ground = replace(scene.ground, changes=cast(Any, Runs()))
        vigil.Vigil(ground)
        assert lives.halted == 0
        ground.freezer.turn(Freeze(on=True, reason="audit week"), "anna")
        assert (halted, lives.halted) == (["anna"], 1)
        assert ground.board.holds.reasons("us") == ("frozen by anna: audit week",)
        ground.freezer.turn(Freeze(on=False), "anna")
        assert lives.halted == 1 and ground.board.holds.reasons("us") == ()
