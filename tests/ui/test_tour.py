"""The tour: led through a real lab, a failover and a restore, and honest about a step that did not come to its end."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import console.tour
import console.tour_automation
import console.tour_backups
import console.tour_hands
import console.tour_recovery
from console.domain.restore import Goal
from console.engine.launch import engine_pid
from console.lab.desk import LabError, lab_status
from console.lab.leftovers import leftovers
from console.lab.place import LabPlace
from console.places import Home
from console.tour import Tour
from console.tour_hands import TourFailed
from console.ui import restore_flow
from console.ui.wizard_flow import READING, RUNNING

RUNS = {
    "failover": "failover", "rejoin": "rejoin", "restore": "restore", "automatic-failover": "failover",
    "rejoin-again": "rejoin",
}  # fmt: skip
PNG_BYTES_MIN = 5_000  # an empty window has fewer


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No heartbeats are collected, and one look at each page is enough; what is done and waited for stays."""
    monkeypatch.setattr(console.tour, "READINGS_SECONDS", 3.0)
    monkeypatch.setattr(console.tour, "LAG_SECONDS", 0.5)
    for module in (
        console.tour, console.tour_automation, console.tour_backups, console.tour_hands, console.tour_recovery
    ):  # fmt: skip
        monkeypatch.setattr(module, "SETTLE_SECONDS", 0.2)
    for module in (console.tour_automation, console.tour_recovery):
        monkeypatch.setattr(module, "TWO_LOOKS", console.tour_hands.LOOKS[:1])
    monkeypatch.setattr(console.tour_hands.Hands.pictures, "__defaults__", (console.tour_hands.LOOKS[:1],))
    monkeypatch.setattr(console.tour_hands.Hands.pictures, "__kwdefaults__", {"settle_seconds": 0.1, "of": None})


def read(directory: Path) -> list[dict[str, Any]]:
    steps = json.loads((directory / "report.json").read_text())
    assert isinstance(steps, list)
    return steps


@pytest.mark.live
@pytest.mark.allows_threads
@pytest.mark.allows_warnings
@pytest.mark.usefixtures("quick", "qapp")
def test_it_fails_over_restores_to_before_an_accident_recovers_by_itself_and_ends_healthy(tmp_path: Path) -> None:
    told: list[str] = []
    tour = Tour(tmp_path, told.append)
    fine = tour.run()
    steps = read(tmp_path)
    assert fine, "\n".join(told)
    assert [step["outcome"] for step in steps] == ["pass"] * 30
    assert steps[-1]["seen"].startswith("lab is healthy")
    seen = {step["name"].partition(":")[0]: step["seen"] for step in steps}
    assert "the proof of books fails at: " in seen["An accident"]
    assert "all hold" in seen["The guards"]
    assert "fault to verdict" in seen["Drills"]
    by_itself = seen["kill -9 of the primary's postmaster, and nobody does anything"]
    assert by_itself.endswith("nobody pressed anything")
    assert " keys to " in seen["Incidents"]

    pictures = [picture for step in steps for picture in step["pictures"]]
    assert len(pictures) == len(set(pictures))
    for picture in pictures:
        assert not QImage(str(tmp_path / picture)).isNull(), picture
        assert (tmp_path / picture).stat().st_size > PNG_BYTES_MIN, picture
    # Each of the twelve steps, by its number in the wizard.
    for number, part in enumerate((*READING, *RUNNING), 1):
        assert any(name.startswith(f"failover-{number:02d}-{part.value}") for name in pictures), part
    assert any(name.startswith("rejoin-") for name in pictures)
    for number, restore in enumerate(restore_flow.parts(restore_flow.Draft(cluster="lab", goal=Goal.CLUSTER))):
        assert any(name.startswith(f"restore-{number:02d}-{restore.value}") for name in pictures), restore

    papers = [paper for step in steps for paper in step["papers"]]
    assert papers == [f"{name}-report.{kind}" for name in (*RUNS, "incident") for kind in ("html", "json")]
    runs = {name: json.loads((tmp_path / f"{name}-report.json").read_text())["run"] for name in RUNS}
    for name, operation in RUNS.items():
        assert (runs[name]["state"], runs[name]["plan"]["operation"]) == ("done", operation)
    assert {line["outcome"] for line in runs["restore"]["books"]} == {"proven"}
    assert runs["automatic-failover"]["person"] == "automation"
    incident = json.loads((tmp_path / "incident-report.json").read_text())["incident"]
    assert runs["automatic-failover"]["id"] in incident["runs"]
    assert incident["entries_lost"] == 0
    page = (tmp_path / "report.html").read_text()
    assert all(f'href="{name}"' in page for name in (*pictures, *papers))

    home = Home(tmp_path / "home")
    assert lab_status(home) is None
    assert engine_pid(home) is None
    assert not leftovers(LabPlace.of(home))


@pytest.mark.usefixtures("qapp")
def test_a_lab_that_does_not_come_up_ends_it_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(home: Home) -> None:
        raise LabError(f"no room for a lab of {home.directory.name}", "Free some space.")

    monkeypatch.setattr(console.tour, "lab_up", refuse)
    told: list[str] = []
    assert not Tour(tmp_path, told.append).run()
    (step,) = read(tmp_path)
    assert step["outcome"] == "refuse"
    assert step["seen"] == "LabError: no room for a lab of home. Free some space."
    assert step["pictures"] == []  # no window was open
    assert "<b>failed</b>" in (tmp_path / "report.html").read_text()
    assert told[0].startswith("The tour stopped: The lab")


def test_a_step_that_can_not_be_reached_is_named_and_ends_the_wait(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = console.tour_hands.Hands(tmp_path)
    assert hands.app is qapp

    def fails() -> None:
        raise LabError("there is no node lab-9")

    with pytest.raises(LabError, match="lab-9"):
        hands.meanwhile(fails, "a fault on a node that is not there")
    assert hands.last_picture() == ()
    monkeypatch.setattr(console.tour_hands, "STEP_SECONDS_MAX", 0.05)
    with pytest.raises(TourFailed, match=r"waited 0.05 s in vain for what never comes"):
        hands.until(lambda: False, "what never comes")
