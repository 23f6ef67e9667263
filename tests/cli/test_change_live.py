"""Changes of a real lab from the command line: rehearsed, run, confirmed by name at a terminal, listed and reported."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli.answers import ANSWERS
from console.link.messages import schema_of
from tests.cli.terminal import at_terminal
from tests.governance.packs import by_hand
from tests.governed import Keys
from tests.watched import Watched, watched_lab

NAME = "Type the cluster's name"
RUN_SECONDS_MAX = 120.0


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A lab of its own: its primary moves."""
    with watched_lab(tmp_path_factory.mktemp("changed")) as it:
        yield it


def answer(watched: Watched, *words: str, code: int = 0) -> Any:
    said = watched.json(*words, code=code)
    name = "error" if "error" in said else " ".join(words[:2]) if words[0] in ("runs", "node") else words[0]
    jsonschema.Draft202012Validator(schema_of(ANSWERS[name])).validate(said)
    return said


def primary(watched: Watched) -> str:
    name: str = watched.status()["view"]["primary"]
    return name


@pytest.mark.live
def test_the_situation_of_a_healthy_lab_recommends_nothing_drastic(changed: Watched) -> None:
    said = answer(changed, "situation", "lab")
    assert said["situation"]["primary"] == "lab-1"
    assert said["situation"]["recommended"] in ("wait", "switchover")
    assert not said["situation"]["primary_lost"]
    text = changed.run("situation", "lab").stdout
    assert "Who sees whom" in text
    assert "What could be done" in text


@pytest.mark.live
def test_a_rehearsal_changes_nothing_and_is_a_run_of_its_own(changed: Watched) -> None:
    before = primary(changed)
    said = answer(changed, "switchover", "lab", "--rehearse")
    assert said["outcome"] == "rehearsed", said["sentence"]
    assert primary(changed) == before
    assert said["run"]["id"] in [one["id"] for one in answer(changed, "runs", "list", "--cluster", "lab")["runs"]]


@pytest.mark.live
def test_another_name_at_the_terminal_changes_nothing(changed: Watched) -> None:
    before = primary(changed)
    code, text = at_terminal(changed.home, ((NAME, "labb"),), "switchover", "lab")
    assert code == 1, text
    assert "nothing was changed" in text
    assert primary(changed) == before


@pytest.mark.live
def test_without_a_yes_and_without_a_terminal_a_person_must_decide(changed: Watched) -> None:
    said = answer(changed, "switchover", "lab", code=3)
    assert (said["outcome"], said["run"]) == ("to-confirm", None)
    assert said["plan"]["steps"]


@pytest.mark.live
def test_a_switchover_with_yes_is_proven_reported_and_exported(changed: Watched) -> None:
    before = primary(changed)
    done = changed.run("switchover", "lab", "--yes", timeout=RUN_SECONDS_MAX)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "point of no return" in done.stdout
    assert "and that is proven" in done.stdout
    run = answer(changed, "runs", "list")["runs"][0]
    after = run["plan"]["target"]
    changed.reaches("healthy", seconds=60)
    assert primary(changed) == after != before
    seen = answer(changed, "runs", "show", run["id"])["run"]
    assert seen["log"], "the journal is shown"
    assert seen["outage"]["gap_seconds"] is not None, seen["outage"]
    report = Path(seen["report"])
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    told = json.loads(report.with_name("report.json").read_text())
    assert told["run"]["plan"]["digest"] == run["plan"]["digest"]
    page = report.read_text()
    assert f"Switchover of lab from {before} to {after}" in page
    script = changed.run("runs", "show", run["id"], "--script").stdout
    assert script.startswith("#!/bin/sh")
    assert f"on {after} <<'LEDGER_" in script


@pytest.mark.live
def test_its_evidence_is_signed_and_verified_in_a_clean_directory(changed: Watched, tmp_path: Path) -> None:
    run = answer(changed, "runs", "list")["runs"][0]
    key = Keys(tmp_path)("auditor")
    words = ("--key", str(key.private), "--out", str(tmp_path / "out"))
    said = answer(changed, "evidence", run["id"], *words)
    assert said["missing"] == []
    assert said["signer"]["fingerprint"]
    root = Path(said["path"])
    assert root.is_relative_to(tmp_path)
    assert by_hand(root) == []
    fields = json.loads((root / "FIELDS.json").read_text())
    assert fields["objectives"][0]["measured_low"] == run["outage"]["gap_seconds"]
    assert len((root / "readings/curves.csv").read_text().splitlines()) > 60
    checked = answer(changed, "evidence", "verify", said["archive"], "--digest", said["digest"])
    assert checked["whole"], checked["faults"]


@pytest.mark.live
def test_a_switchover_back_confirmed_at_the_terminal_by_its_name(changed: Watched) -> None:
    changed.reaches("healthy", seconds=60)
    before = primary(changed)
    target = "lab-1" if before != "lab-1" else "lab-2"
    code, text = at_terminal(changed.home, ((NAME, "lab"),), "switchover", "lab", "--to", target,
                             seconds=RUN_SECONDS_MAX)  # fmt: skip
    assert code == 0, text
    assert "Write gap:" in text
    assert "Report: " in text
    changed.reaches("healthy", seconds=60)
    assert primary(changed) == target


@pytest.mark.live
@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("switchover", "nowhere", "--yes"), 1, "no-cluster"),
        (("switchover", "lab", "--to", "lab-9", "--yes"), 1, "no-node"),
        (("runs", "show", "nothing"), 1, "no-run"),
        (("runs", "stop", "nothing"), 1, "no-run"),
        (("runs", "answer", "nothing", "go-on"), 1, "no-run"),
    ],
)
def test_what_is_not_there_is_an_error_with_its_word(
    changed: Watched, words: tuple[str, ...], code: int, error: str
) -> None:
    assert answer(changed, *words, code=code)["error"] == error


@pytest.mark.live
def test_a_failover_of_a_living_primary_is_refused_or_a_persons_decision(changed: Watched) -> None:
    before = primary(changed)
    done = changed.run("failover", "lab", "--yes")
    assert done.returncode in (1, 3), done.stdout
    assert "Nothing was changed" in done.stdout + done.stderr
    assert primary(changed) == before


@pytest.mark.live
def test_a_failover_of_a_killed_primary_loses_nothing_and_is_proven(changed: Watched) -> None:
    """The last of this module: the killed node is not brought back."""
    changed.reaches("healthy", seconds=60)
    before = primary(changed)
    changed.fault("kill", before)
    changed.reaches("postmaster-killed")
    seen = answer(changed, "situation", "lab")["situation"]
    assert (seen["primary"], seen["primary_lost"]) == (before, True)
    unasked = answer(changed, "failover", "lab", code=3)
    assert (unasked["outcome"], unasked["run"]) == ("to-confirm", None)
    # Not one entry may be lost: the dead primary's WAL is rescued, and the gate counts behind the fence.
    done = changed.run("failover", "lab", "--yes", timeout=RUN_SECONDS_MAX)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Left to do: Rejoin {before}" in done.stdout
    run = answer(changed, "runs", "list")["runs"][0]
    assert run["state"] == "done"
    assert run["loss"]["entries_high"] == 0
    assert primary(changed) == run["plan"]["target"] != before
    page = Path(run["report"]).read_text()
    for told in ("Failover of lab", "At the gate, after the fence", "Fence", f"Bring {before} back as a standby"):
        assert told in page, told
