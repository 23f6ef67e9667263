"""Commands that change a cluster, against an engine by script: what is shown, asked, sent, and the exit codes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli import main
from console.cli.answers import ANSWERS
from console.domain.plan import Operation
from console.domain.run import Asks, Choice, Mode, Question
from console.link.changes import AnswerRun, Propose, StartRun, StopRun
from console.link.messages import Refused, schema_of
from console.places import Home
from tests.cli.terminal import INTERRUPT, EngineByScript, at_terminal, engine_by_script
from tests.governance.a_run import a_loss, a_plan, a_run, refused_checks

CLUSTER = "ledger-us"
NAME = "Type the cluster's name"
LOSS = Question(asks=Asks.LOSS_ABOVE, step="gate", node="chi-1", observed=170, threshold=150,
                choices=(Choice.ACCEPT_LOSS, Choice.CANCEL, Choice.LEAVE))  # fmt: skip
MOVED = Question(asks=Asks.WORLD_MOVED, step="repoint:nyc-2", node="nyc-2", observed="follows nobody",
                 threshold="follows chi-1", choices=(Choice.GO_ON, Choice.LEAVE))  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineByScript]:
    with engine_by_script(tmp_path / "h", a_run()) as (_, it):
        yield it


@pytest.fixture
def home(engine: EngineByScript) -> Home:
    return engine.home


def run(home: Home, capsys: pytest.CaptureFixture[str], *words: str, code: int) -> str:
    """A command in this process, without a terminal; what stands on standard output."""
    assert main(["--home", str(home.directory), *words]) == code, capsys.readouterr()
    return capsys.readouterr().out


def answer(home: Home, capsys: pytest.CaptureFixture[str], *words: str, code: int) -> Any:
    said = json.loads(run(home, capsys, *words, "--json", code=code))
    name = "error" if "error" in said else " ".join(words[:2]) if words[0] in ("runs", "node") else words[0]
    jsonschema.Draft202012Validator(schema_of(ANSWERS[name])).validate(said)
    return said


# -- what is sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        (("switchover", CLUSTER), {"operation": Operation.SWITCHOVER}),
        (("switchover", CLUSTER, "--to", "chi-1"), {"operation": Operation.SWITCHOVER, "target": "chi-1"}),
        (("failover", CLUSTER, "--max-loss-entries", "1,500", "--fence", "quorum"),
         {"operation": Operation.FAILOVER, "loss_entries_max": 1500, "options": (("fence", "quorum"),)}),
        (("failover", CLUSTER, "--attest", "primary-is-off", "--no-rescue"),
         {"operation": Operation.FAILOVER, "options": (("fence", "attest"), ("rescue", "no"))}),
        (("restart", CLUSTER, "nyc-1"), {"operation": Operation.RESTART, "subject": "nyc-1"}),
        (("rejoin", CLUSTER, "nyc-1"), {"operation": Operation.REJOIN, "subject": "nyc-1"}),
        (("rejoin", CLUSTER, "nyc-1", "--rebuild"),
         {"operation": Operation.REJOIN, "subject": "nyc-1", "options": (("way", "rebuild"),)}),
        (("protect", CLUSTER, "--sync", "ANY 1", "--commit", "remote_apply"),
         {"operation": Operation.PROTECT, "options": (("sync", "ANY 1"), ("commit", "remote_apply"))}),
        (("node", "add", CLUSTER, "nyc-4", "--from", "chi-1"),
         {"operation": Operation.NODE_ADD, "subject": "nyc-4", "target": "chi-1"}),
        (("node", "remove", CLUSTER, "nyc-2"), {"operation": Operation.NODE_REMOVE, "subject": "nyc-2"}),
    ],
)  # fmt: skip
def test_each_command_proposes_its_plan_and_runs_nothing_unasked(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sent: dict[str, Any]
) -> None:
    said = answer(home, capsys, *words, code=3)
    assert said["outcome"] == "to-confirm"
    assert said["run"] is None
    assert engine.of(Propose) == [Propose(cluster=CLUSTER, **sent)]
    assert not engine.of(StartRun)


@pytest.mark.parametrize(
    "words",
    [
        ("switchover",), ("restart", CLUSTER), ("protect", CLUSTER), ("failover", CLUSTER, "--max-loss-entries", "-1"),
        ("failover", CLUSTER, "--max-loss-entries", "some"), ("failover", CLUSTER, "--fence", "prayer"), ("node",),
        ("runs", "answer", "r-42", "perhaps"), ("runs", "answer", "r-42", "accept-loss"), ("runs",),
    ],
)  # fmt: skip
def test_a_mistyped_command_is_usage_and_asks_the_engine_nothing(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert answer(home, capsys, *words, code=2)["error"] == "usage"
    assert not engine.asked


# -- without a terminal -------------------------------------------------------------------------------------------


def test_with_yes_it_runs_to_its_proven_end(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run(home, capsys, "switchover", CLUSTER, "--yes", code=0)
    plan = engine.plan
    assert engine.of(StartRun) == [StartRun(plan=plan.id, digest=plan.digest, mode=Mode.REAL, confirmed=CLUSTER,
                                            loss_entries_max=150)]  # fmt: skip
    assert engine.persons[0], "the engine is told who sits there"
    lines = text.splitlines()
    for number in range(1, 9):
        assert any(line.startswith(f"{number:>3}/8  done") for line in lines), text
    assert "seen of fence:nyc-1" in text
    assert text.index("point of no return") < text.index("4  Promote chi-1")
    for told in ("Write gap: 4.1 s", "Loss: 87 to 110 entries, at the gate; USD 247,310.40", "acknowledged and lost: 0",
                 "Left to do: Rejoin nyc-1", "Report: /var/reports/r-42/report.html", plan.digest):  # fmt: skip
        assert told in text, f"{told!r} is missing in\n{text}"
    said = answer(home, capsys, "switchover", CLUSTER, "--yes", code=0)
    assert (said["outcome"], said["run"]["state"]) == ("proven", "done")


def test_a_rehearsal_asks_nobody_and_says_that_it_promises_nothing(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run(home, capsys, "switchover", CLUSTER, "--rehearse", code=0)
    start = engine.of(StartRun)[0]
    assert isinstance(start, StartRun)
    assert (start.mode, start.confirmed) == (Mode.REHEARSAL, "")
    assert "promises nothing" in text
    assert text.count("looked at") == 8
    assert "  done  " not in text
    assert "Write gap" not in text


def test_a_plan_that_its_checks_refuse_is_shown_and_not_begun(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.kept = a_run(plan=a_plan(checks=refused_checks()))
    text = run(home, capsys, "failover", CLUSTER, "--yes", code=1)
    assert text.index("REFUSE") < text.index("WARN") < text.index("PASS")
    assert "9.0 GB, against 20.0 GB" in text
    assert "Nothing was changed" in text
    said = answer(home, capsys, "failover", CLUSTER, "--yes", code=1)
    assert (said["outcome"], said["run"]) == ("refused", None)
    assert not engine.of(StartRun)


@pytest.mark.parametrize("high", [151, None])
def test_a_loss_above_the_maximum_is_a_persons_decision(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str], high: int | None
) -> None:
    engine.kept = a_run(plan=a_plan(loss=a_loss(entries_high=high)))
    text = run(home, capsys, "failover", CLUSTER, "--yes", "--max-loss-entries", "150", code=3)
    assert "above the approved 150 entries" in text
    assert ("--max-loss-entries 151" in text) == (high is not None)
    assert answer(home, capsys, "failover", CLUSTER, "--yes", code=3)["outcome"] == "loss-above"
    assert not engine.of(StartRun)


def test_a_question_without_a_terminal_is_exit_3_with_the_commands_that_answer_it(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.question = LOSS
    said = answer(home, capsys, "failover", CLUSTER, "--yes", code=3)
    assert said["outcome"] == "asks"
    assert said["run"]["question"]["choices"] == ["accept-loss", "cancel", "leave"]
    text = run(home, capsys, "runs", "show", "r-42", code=0)
    assert "170" in text
    assert "170 entries" in text
    assert not engine.of(AnswerRun), "nobody answered for the person"
    engine.run = None
    engine.question = LOSS
    text = run(home, capsys, "failover", CLUSTER, "--yes", code=3)
    assert "ledger-console runs answer r-42 accept-loss --max-loss-entries N" in text


def test_what_the_engine_refuses_is_said_and_nothing_is_claimed(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.refuses[Propose] = Refused(reason="no-cluster", subject="nowhere")
    assert answer(home, capsys, "switchover", "nowhere", "--yes", code=1)["error"] == "no-cluster"
    del engine.refuses[Propose]
    engine.refuses[StartRun] = Refused(reason="run-under-way", subject=CLUSTER)
    assert answer(home, capsys, "switchover", CLUSTER, "--yes", code=1)["error"] == "run-under-way"


def test_an_engine_lost_on_the_way_is_no_nothing_was_changed(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = engine._begin

    def ends(question: StartRun) -> Any:
        engine.held.clear()
        said = begin(question)
        engine._server.close()
        return said

    monkeypatch.setattr(engine, "_begin", ends)
    said = answer(home, capsys, "switchover", CLUSTER, "--yes", code=3)
    assert said["error"] in ("run-out-of-sight", "engine-lost")
    assert said["changed"] != "nothing was changed"


# -- at a terminal -------------------------------------------------------------------------------------------------


def test_the_cluster_is_confirmed_by_its_name(home: Home, engine: EngineByScript) -> None:
    code, text = at_terminal(home, ((NAME, CLUSTER),), "switchover", CLUSTER)
    assert code == 0, text
    assert "Writes stopped for 4.1 s" in text
    assert len(engine.of(StartRun)) == 1


@pytest.mark.parametrize("typed", ["ledger", "LEDGER-US", "", "yes"])
def test_another_name_is_refused_and_nothing_was_changed(home: Home, engine: EngineByScript, typed: str) -> None:
    code, text = at_terminal(home, ((NAME, typed),), "switchover", CLUSTER)
    assert code == 1
    assert "is not the cluster's name" in text
    assert "nothing was changed" in text
    assert not engine.of(StartRun)


def test_ctrl_c_before_it_began_changes_nothing(home: Home, engine: EngineByScript) -> None:
    code, text = at_terminal(home, ((NAME, INTERRUPT),), "switchover", CLUSTER)
    assert code == 3
    assert "nothing was changed" in text
    assert not engine.of(StartRun)


def test_the_question_is_put_with_its_choices_and_answered_by_number_or_word(
    home: Home, engine: EngineByScript
) -> None:
    engine.question = LOSS
    typed = ((NAME, CLUSTER), ("Your answer", "perhaps"), ("Your answer:", "accept-loss"), ("How many entries", "180"),
             ("Reason", "the bank is closed"))  # fmt: skip
    code, text = at_terminal(home, typed, "failover", CLUSTER)
    assert code == 0, text
    assert "'perhaps' is none of the answers above" in text
    assert engine.of(AnswerRun) == [AnswerRun(run="r-42", choice=Choice.ACCEPT_LOSS, loss_entries_max=180,
                                              reason="the bank is closed")]  # fmt: skip


def test_a_question_left_open_stays_open(home: Home, engine: EngineByScript) -> None:
    engine.question = MOVED
    code, text = at_terminal(home, ((NAME, CLUSTER), ("Your answer", "")), "failover", CLUSTER)
    assert code == 3, text
    assert "runs answer r-42 go-on" in text
    assert not engine.of(AnswerRun)


def test_ctrl_c_asks_for_a_stop_and_cancel_ends_as_a_refusal(home: Home, engine: EngineByScript) -> None:
    engine.held.clear()
    typed = ((NAME, CLUSTER), ("Run r-42", INTERRUPT), ("Your answer", "cancel"))
    code, text = at_terminal(home, typed, "failover", CLUSTER)
    assert code == 1, text
    assert "Stopping at the next safe point" in text
    assert len(engine.of(StopRun)) == 1
    assert "was cancelled" in text


def test_a_second_ctrl_c_leaves_and_says_how_to_come_back(home: Home, engine: EngineByScript) -> None:
    engine.held.clear()
    engine.refuses[StopRun] = Refused(reason="busy", subject="r-42")
    typed = ((NAME, CLUSTER), ("Run r-42", INTERRUPT), ("Ctrl+C once more", INTERRUPT))
    code, text = at_terminal(home, typed, "failover", CLUSTER)
    assert code == 3, text
    assert "runs resume r-42" in text
    assert "nothing was changed." not in text.partition("Left:")[2].lower()


def test_what_has_to_be_vouched_for_is_typed_word_for_word(home: Home, engine: EngineByScript) -> None:
    engine.kept = a_run(plan=a_plan(notes=(("attest", "primary-is-off"),)))
    code, text = at_terminal(home, (("You vouch", "it is off"),), "failover", CLUSTER)
    assert code == 1
    assert "nobody vouched" in text
    assert not engine.of(StartRun)
    code, text = at_terminal(home, (("You vouch", "primary-is-off"), (NAME, CLUSTER)), "failover", CLUSTER)
    assert code == 0, text
    start = engine.of(StartRun)[0]
    assert isinstance(start, StartRun)
    assert start.attested == "primary-is-off"


# -- runs ----------------------------------------------------------------------------------------------------------


def test_runs_are_listed_shown_and_exported_as_a_script(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Failover from nyc-1 to chi-1, proven" in run(home, capsys, "runs", "list", code=0)
    assert len(answer(home, capsys, "runs", "list", "--cluster", CLUSTER, code=0)["runs"]) == 1
    assert answer(home, capsys, "runs", "list", "--cluster", "nowhere", code=1)["error"] == "no-cluster"
    shown = run(home, capsys, "runs", "show", "r-42", "--journal", "--commands", code=0)
    for told in ("seen of promote:chi-1", "Journal", "status=0", "| touch standby.signal", "|     kill -9", "Books:"):
        assert told in shown, told
    script = run(home, capsys, "runs", "show", "r-42", "--script", code=0)
    assert script.startswith("#!/bin/sh")
    assert answer(home, capsys, "runs", "show", "r-42", "--script", code=0)["script"].startswith("#!/bin/sh")
    assert answer(home, capsys, "runs", "show", "r-9", code=1)["error"] == "no-run"


def test_a_run_that_asks_is_answered_stopped_and_resumed_from_elsewhere(
    home: Home, engine: EngineByScript, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(home, capsys, "runs", "answer", "r-42", "go-on", code=1)["error"] == "no-question"
    engine.question = MOVED
    answer(home, capsys, "failover", CLUSTER, "--yes", code=3)
    assert answer(home, capsys, "runs", "answer", "r-42", "cancel", code=1)["error"] == "no-choice"
    assert answer(home, capsys, "runs", "resume", "r-42", code=0)["outcome"] == "proven"
    assert engine.of(AnswerRun) == [AnswerRun(run="r-42", choice=Choice.GO_ON)]
    engine.question = MOVED
    answer(home, capsys, "failover", CLUSTER, "--yes", code=3)
    assert answer(home, capsys, "runs", "answer", "r-42", "leave", "--reason", "later", code=1)["outcome"] == "left"
    assert answer(home, capsys, "runs", "stop", "r-42", code=0)["run"]["id"] == "r-42"
