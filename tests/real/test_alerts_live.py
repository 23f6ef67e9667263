"""A killed primary on a real lab: alert, told, taken, incident with pictures, engine killed, over, and the report."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli.answers import ANSWERS
from console.link.messages import schema_of
from tests.live import wait_for
from tests.watched import Watched, watched_lab

ALERT_SECONDS_MAX = 30.0
OVER_SECONDS_MAX = 120.0

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("alerts")) as it:
        yield it


@cache
def contract(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(ANSWERS[name]))


def answered(watched: Watched, *words: str) -> Any:
    """A command's answer, held to its published schema."""
    answer = watched.json(*words)
    contract(" ".join(words[:2])).validate(answer)
    return answer


def open_alerts(watched: Watched, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answered(watched, "alerts", "list", *words)["alerts"]
    return found


def death(watched: Watched) -> dict[str, Any] | None:
    return next((one for one in open_alerts(watched) if one["sign"]["word"] == "postmaster-killed"), None)


def incidents(watched: Watched) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answered(watched, "incidents", "list", "--cluster", "lab")["incidents"]
    return found


def test_a_killed_primary_from_the_first_alert_to_the_report(watched: Watched, tmp_path: Path) -> None:
    told, beat = tmp_path / "told", tmp_path / "beat"
    teller = tmp_path / "tell.sh"
    teller.write_text(f'#!/bin/sh\necho "$LEDGER_CHANGE $LEDGER_WORD $LEDGER_NODE" >> {told}\n')
    teller.chmod(0o755)
    answered(watched, "alerts", "way-add", "pager", "command", str(teller))
    answered(watched, "alerts", "way-add", "beat", "heartbeat-file", str(beat), "--option", "seconds=1")
    assert answered(watched, "alerts", "way-try", "pager")["delivered"]
    wait_for(beat.exists, "a heartbeat")
    assert open_alerts(watched, "--cluster", "lab") == []

    watched.fault("kill", "lab-1")
    alert = wait_for(lambda: death(watched), "the alert", seconds=ALERT_SECONDS_MAX)
    assert (alert["sign"]["node"], alert["sign"]["health"], alert["state"]) == ("lab-1", "lost", "open")
    wait_for(lambda: "opened postmaster-killed lab-1" in told.read_text(), "the pager")
    wait_for(lambda: json.loads(beat.read_text())["state"] == "lost", "a heartbeat that says so")

    answered(watched, "alerts", "ack", alert["id"][:6], "--note", "I look at it")
    taken = death(watched)
    assert taken is not None
    assert (taken["id"], taken["state"], taken["note"]) == (alert["id"], "acknowledged", "I look at it")
    incident = wait_for(lambda: incidents(watched), "the incident")[0]
    assert (incident["cluster"], incident["word"], incident["node"]) == ("lab", "postmaster-killed", "lab-1")
    assert alert["id"] in incident["alerts"]

    watched.kill_engine()
    again = wait_for(lambda: death(watched), "the alert after the engine's death")
    assert (again["id"], again["state"], again["begun_at"]) == (alert["id"], "acknowledged", alert["begun_at"])
    assert [one["id"] for one in incidents(watched)] == [incident["id"]]

    watched.mend()
    wait_for(lambda: not open_alerts(watched, "--cluster", "lab"), "all alerts over", seconds=OVER_SECONDS_MAX)
    over = next(one for one in open_alerts(watched, "--over") if one["id"] == alert["id"])
    assert (over["state"], over["incident"]) == ("over", incident["id"])
    wait_for(lambda: "over postmaster-killed lab-1" in told.read_text(), "the pager's word that it is over")
    assert told.read_text().count("opened postmaster-killed lab-1") == 1

    ended = wait_for(
        lambda: next((one for one in incidents(watched) if one["ended_at"] and one["report"]), None),
        "the end of the incident", seconds=OVER_SECONDS_MAX,
    )  # fmt: skip
    assert ended["id"] == incident["id"]
    assert ended["writable_again_at"] is not None
    _told_in_full(watched, ended)


def _told_in_full(watched: Watched, ended: dict[str, Any]) -> None:
    seen = answered(watched, "incidents", "show", ended["id"])
    kinds = {line["kind"] for line in seen["lines"]}
    assert {"verdict", "evidence", "alert", "action"} <= kinds
    words = [(line["kind"], line["word"]) for line in seen["lines"]]
    assert ("verdict", "postmaster-killed") in words
    assert ("action", "engine-took-it-up") in words
    assert seen["frames"] > 10
    replay = answered(watched, "incidents", "replay", ended["id"], "--from", "-5", "--every", "1")["seconds"]
    healths = [one["health"] for one in replay]
    assert healths.index("healthy") < healths.index("lost")  # some seconds of before belong to it
    assert any("the postmaster of lab-1 was killed" in one["sentence"] for one in replay)
    lines = watched.run("incidents", "replay", ended["id"], "--from", "0", "--to", "3").stdout
    assert "lab is lost" in lines
    page = Path(ended["report"])
    content = (page.parent / "report.json").read_bytes()
    assert json.loads(content)["incident"]["id"] == ended["id"]
    digest = hashlib.sha256(content).hexdigest()
    assert digest in page.read_text()
    noted = watched.json("audit", "list", "--cluster", "lab", "--kind", "evidence")["entries"]
    assert any(["sha256", digest] in entry["detail"] for entry in noted)
    made = answered(watched, "incidents", "report", ended["id"])
    assert made["path"] == str(page)


def test_what_is_silenced_is_shown_and_not_told(watched: Watched, tmp_path: Path) -> None:
    told = tmp_path / "told"
    teller = tmp_path / "tell.sh"
    teller.write_text(f'#!/bin/sh\necho "$LEDGER_CHANGE $LEDGER_WORD" >> {told}\n')
    teller.chmod(0o755)
    answered(watched, "alerts", "way-add", "pager", "command", str(teller))
    silenced = answered(watched, "alerts", "silence", "--cluster", "lab", "--for", "10m", "--reason", "a test")
    assert [one["reason"] for one in silenced["silences"]] == ["a test"]
    try:
        watched.fault("replay-pause", "lab-2")
        alert = wait_for(
            lambda: next((one for one in open_alerts(watched) if one["sign"]["node"] == "lab-2"), None), "the alert"
        )
        assert alert["silenced"]
        assert not told.exists()
    finally:
        answered(watched, "alerts", "unsilence", silenced["silences"][0]["id"][:6])
    wait_for(told.exists, "the alert, once its silence has ended")
    watched.mend()
    assert answered(watched, "alerts", "way-remove", "pager")["ways"][0]["name"] == "beat"


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["alerts", "ack", "nothing"], 1, "no-alert"),
        (["alerts", "unsilence", "nothing"], 1, "no-silence"),
        (["alerts", "silence", "--for", "30d", "--reason", "x"], 1, "silence-end"),
        (["alerts", "silence", "--for", "soon", "--reason", "x"], 2, "usage"),
        (["alerts", "silence", "--for", "1h", "--reason", " "], 1, "silence-reason"),
        (["alerts", "list", "--cluster", "nowhere"], 1, "no-cluster"),
        (["alerts", "way-try", "nothing"], 1, "no-way-out"),
        (["alerts", "way-add", "x", "webhook", "http://example.com/"], 1, "way-wrong"),
        (["incidents", "show", "nothing"], 1, "no-incident"),
        (["incidents", "report", "nothing"], 1, "no-incident"),
        (["incidents", "replay", "x", "--every", "0"], 2, "usage"),
    ],
)
def test_bad_input_gets_a_clear_error(watched: Watched, words: list[str], code: int, error: str) -> None:
    answer = watched.json(*words, code=code)
    assert answer["error"] == error
    assert answer["what"]
