"""The question whether what was restored is taken says what goes away, and its answers say what they do."""

from dataclasses import replace

import pytest

from console.cli.run_lines import step_line
from console.domain.run import Asks, Choice, Question, RunState, StepReport, StepState
from console.ui.acceptance_words import acceptance_sentence, asks_acceptance
from console.ui.run_steps import row_word, step_rows
from console.ui.run_words import choice_label, choice_meaning
from tests.ui import run_stories


def question(observed: str) -> Question:
    return Question(asks=Asks.NOT_PROVEN, step="accept", node="chi-1", observed=observed, threshold="restore-accepted",
                    choices=(Choice.GO_ON, Choice.CANCEL, Choice.LEAVE))  # fmt: skip


@pytest.mark.parametrize(
    ("observed", "said"),
    [
        ("22 entries", "going away: 22 entries. Look"),
        ("1 entries", "going away: 1 entry. Look"),
        ("0 entries", "Nothing was booked after the moment. Look"),
        ("22 entries or more", "going away: 22 entries or more. Look"),
        ("not known", "go away is not known. Look"),
        ("22 entries; 4096 bytes of WAL missing", "Of what the old primary had written when it was stopped"),
        ("{target} <b>", "go away is not known. Look"),
    ],
)
def test_it_says_what_goes_away(observed: str, said: str) -> None:
    text = acceptance_sentence(question(observed), "chi-1")
    assert said in text and "stands read-only on chi-1" in text and "{" not in text


def test_the_step_that_waits_for_a_person_is_not_said_to_have_failed() -> None:
    base = run_stories.ended()
    step = replace(base.plan.steps[0], key="accept")
    told = StepReport(key="accept", phase=step.phase, state=StepState.FAILED, observed="22 entries")
    run = replace(base, plan=replace(base.plan, steps=(step,)), steps=(told,), state=RunState.ASKING,
                  question=question("22 entries"))  # fmt: skip
    [row] = step_rows(run, run_stories.NOW)
    assert row.state is StepState.WAITING and row_word(row) == "waiting"
    [line] = step_line(run, 1, step, told)
    assert "asks" in line and "failed" not in line and "22 entries" not in line


def test_its_answers_say_what_they_do_and_only_there() -> None:
    asked = question("22 entries")
    assert asks_acceptance(asked)
    assert choice_label(Choice.GO_ON, asked) == "Accept what was restored"
    assert choice_label(Choice.CANCEL, asked) == "Roll back"
    assert choice_label(Choice.LEAVE, asked) == choice_label(Choice.LEAVE)
    run = replace(run_stories.ended(), question=asked, no_return_at=None)
    assert choice_meaning(Choice.GO_ON, run).startswith("It takes the place")
    other = replace(asked, step="books-beside:chi-1")
    assert choice_label(Choice.GO_ON, other) == choice_label(Choice.GO_ON)
    assert not asks_acceptance(replace(asked, asks=Asks.CONDITION))
