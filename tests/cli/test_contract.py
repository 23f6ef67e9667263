"""Every JSON answer holds to its published schema; errors are JSON too; nothing but JSON stands on standard output."""

import json
from typing import Any

import jsonschema
import pytest

from console.cli import main
from console.cli.answers import ANSWERS
from tests.watched import Watched


@pytest.fixture(scope="module")
def schemas(watched: Watched) -> dict[str, Any]:
    done = watched.run("schema")
    assert done.returncode == 0
    found: dict[str, Any] = json.loads(done.stdout)
    assert found.keys() == ANSWERS.keys()
    return found


def held(schemas: dict[str, Any], name: str, answer: Any) -> Any:
    jsonschema.Draft202012Validator(schemas[name]).validate(answer)
    return answer


@pytest.mark.live
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("status", ["status"]),
        ("status", ["status", "lab"]),
        ("status", ["status", "lab", "--wait", "healthy", "--timeout", "60"]),
        ("inventory list", ["inventory", "list"]),
        ("inventory export", ["inventory", "export"]),
        ("host-keys list", ["host-keys", "list"]),
        ("lab status", ["lab", "status"]),
        ("lab fault", ["lab", "fault", "rate=25"]),
        ("lab mend", ["lab", "mend"]),
        ("readings", ["readings", "lab", "lab-1", "--last", "1m"]),
        ("engine status", ["engine", "status"]),
        ("engine log", ["engine", "log"]),
        ("why", ["why", "lab"]),
        ("automation", ["automation", "lab"]),
        ("automation", ["automation", "lab", "observe", "--at-once", "--max-loss-entries", "3", "--reason", "a try"]),
        ("watch", ["watch", "--unit"]),
        ("checks list", ["checks", "list", "lab"]),
        ("checks history", ["checks", "history", "lab", "never", "--last", "1m"]),
        ("duties", ["duties"]),
        ("copies", ["copies", "lab"]),
        ("indicators", ["indicators", "lab", "--since", "1h"]),
    ],
)
def test_answers_hold_to_their_schema(watched: Watched, schemas: dict[str, Any], name: str, words: list[str]) -> None:
    held(schemas, name, watched.json(*words))


@pytest.mark.live
def test_the_self_test_holds_to_its_schema_and_is_fine_here(watched: Watched, schemas: dict[str, Any]) -> None:
    answer = held(schemas, "self-test", watched.json("self-test"))
    assert answer["fine"], [c for c in answer["checks"] if c["outcome"] == "refuse"]


@pytest.mark.live
@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["status", "nowhere"], 1, "no-cluster"),
        (["status", "lab", "--wait", "fine"], 2, "usage"),
        (["readings", "lab", "lab-9"], 1, "no-node"),
        (["readings", "lab", "lab-1", "--last", "soon"], 2, "usage"),
        (["lab", "fault", "explode", "lab-1"], 1, "lab"),
        (["lab", "fault", "kill", "lab-9"], 1, "lab"),
        (["inventory", "remove", "nowhere"], 1, "no-cluster"),
        (["inventory", "import", "/nonexistent/file.toml"], 1, "no-file"),
        (["host-keys", "accept", "lab-1", "SHA256:x"], 1, "no-offer"),
        (["nonsense"], 2, "usage"),
        (["why", "nowhere"], 1, "no-cluster"),
        (["automation", "nowhere", "automatic"], 1, "no-cluster"),
        (["automation", "lab", "sometimes"], 2, "usage"),
        (["automation", "lab", "--pause-minutes", "-1"], 2, "usage"),
        (["automation", "lab", "--quiet", "noon"], 2, "usage"),
        (["automation", "lab", "ack"], 1, "nothing-to-acknowledge"),
        (["status", "--timeout", "soon"], 2, "usage"),
        (["evidence", "nothing"], 1, "no-run-or-drill"),
        (["evidence", "verify"], 2, "usage"),
        (["access", "kit", "observe", "lab-9"], 1, "no-node"),
        (["access", "kit", "all", "lab-1"], 2, "usage"),
        (["access", "kit", "observe", "lab-1", "--key", "/nonexistent/key.pub"], 1, "no-file"),
        (["access", "test", "lab-9"], 1, "no-node"),
        (["access", "test", "lab-1", "--cluster", "nowhere"], 1, "no-cluster"),
        (["indicators", "nowhere"], 1, "no-cluster"),
        (["indicators", "lab", "--run", "never"], 1, "no-run"),
        (["indicators", "lab", "--since", "soon"], 2, "usage"),
        (["indicators", "lab", "--since", "2099-01-01"], 2, "usage"),
        (["indicators", "lab", "--since", "1h", "--run", "never"], 2, "usage"),
    ],
)
def test_errors_are_json_with_a_word_and_an_exit_code(
    watched: Watched, schemas: dict[str, Any], words: list[str], code: int, error: str
) -> None:
    answer = held(schemas, "error", watched.json(*words, code=code))
    assert answer["error"] == error
    assert answer["what"]
    assert answer["changed"] == "nothing was changed"


@pytest.mark.live
def test_a_word_that_does_not_come_ends_with_one_when_the_time_is_over(watched: Watched) -> None:
    answer = watched.json("status", "lab", "--wait", "two-primaries", "--timeout", "1", code=1)
    assert answer["reached"] is False


@pytest.mark.live
def test_every_figure_carries_its_source_its_node_and_its_time(watched: Watched) -> None:
    figures = [f for card in watched.status()["cards"] for f in card["figures"]]
    assert len(figures) > 60
    assert all(f["source"] and f["node"] and f["at"] for f in figures)


@pytest.mark.live
def test_for_a_person_the_same_is_said_in_sentences(watched: Watched) -> None:
    done = watched.run("status", "lab")
    assert done.returncode == 0
    assert done.stdout.startswith("lab is healthy")
    assert "If the primary died now" in done.stdout
    lines = watched.run("lab", "status").stdout
    assert "acknowledged" in lines
    assert "widest write gap" in lines


def test_without_a_command_json_has_no_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "usage"


def test_no_engine_is_started_for_the_question_whether_one_runs(
    tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path), "engine", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"engine": None, "done": "shown", "kept": True}
    assert main(["--home", str(tmp_path), "engine", "stop", "--json"]) == 0
