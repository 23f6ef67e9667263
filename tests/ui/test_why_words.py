"""Automation in sentences: every guard, outcome and reason has its words, and nothing that comes from outside harms."""

import ast
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.automation import (
    Attempt,
    AttemptOutcome,
    AutoAct,
    AutoGuard,
    AutomationMode,
    GuardRow,
    Takeover,
    Why,
)
from console.domain.cluster import Manager
from console.domain.verdict import Level
from console.ui.exposure import exposure_text
from console.ui.why_reasons import known_reasons, plain_reason
from console.ui.why_words import (
    act_sentence,
    attempt_sentence,
    guard_observed,
    guard_title,
    guard_why,
    mode_word,
    takeover_sentence,
    why_headline,
)
from tests.ui import story

AT = datetime(2026, 3, 17, 2, 36, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


def row(guard: AutoGuard, *, holds: bool | None = False, observed: object = None, reason: str = "") -> GuardRow:
    assert observed is None or isinstance(observed, int | float | str | bool)
    return GuardRow(guard=guard, holds=holds, observed=observed, threshold=None, source="s", at=AT, reason=reason,
                    node="lab-1")  # fmt: skip


def why(*rows: GuardRow, would: bool = False, hypothetical: bool = False, waiting: float | None = None) -> Why:
    return Why(cluster="lab", at=AT, mode=AutomationMode.AUTOMATIC, act=AutoAct.FAILOVER, would_act=would, rows=rows,
               node="lab-1", target="lab-2", hypothetical=hypothetical, waiting_seconds=waiting)  # fmt: skip


def test_the_headline_answers_the_question() -> None:
    refuses = why(row(AutoGuard.MODE, reason="mode-off"))
    assert why_headline(refuses) == "Would it act now? No: automation is off."
    acts = "promote lab-2 in the place of lab-1"
    assert why_headline(why(would=True)) == f"Would it act now? Yes: {acts}."
    assert why_headline(why(would=True, hypothetical=True)).endswith(f"If the primary died now: {acts}.")
    assert "automation is off" in why_headline(replace(refuses, hypothetical=True))


@pytest.mark.parametrize("guard", AutoGuard)
def test_every_guard_has_its_title_and_its_end_of_a_sentence(guard: AutoGuard) -> None:
    for holds in (True, False, None):
        one = row(guard, holds=holds, observed=3)
        assert guard_title(one) and guard_why(one) and guard_observed(one)


def test_every_mode_act_and_outcome_has_its_words() -> None:
    assert [mode_word(mode) for mode in AutomationMode] == ["Off", "Observe", "Automatic"]
    assert len({act_sentence(act, "lab-1", "lab-2") for act in AutoAct}) == len(AutoAct)
    said = [
        attempt_sentence(
            Attempt(id="a", cluster="lab", at=AT, act=AutoAct.FAILOVER, node="lab-1", target="lab-2", outcome=outcome,
                    why=why(), reason="still-dead", acknowledged_by="olga")
        )
        for outcome in AttemptOutcome
    ]  # fmt: skip
    assert len(set(said)) == len(AttemptOutcome)
    assert all("did not come back" in one and one.endswith("seen by olga") for one in said)


def test_every_reason_that_the_guards_and_the_engine_give_has_its_sentence() -> None:
    """Collected from the code: a new reason without words is found here."""
    named: set[str] = {f"evidence-{level.value}" for level in Level if level not in (Level.HARD, Level.WITNESSED)}
    for name in ("domain/guards", "domain/standby_guards", "domain/group_guards", "engine/auto_runs", "engine/acting"):
        tree = ast.parse((ROOT / "console" / f"{name}.py").read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "reason":
                named |= {one.value for one in ast.walk(node.value)
                          if isinstance(one, ast.Constant) and isinstance(one.value, str)}  # fmt: skip
    words = {one for one in named if re.fullmatch(r"[a-z]+(-[a-z]+)+", one)}
    assert len(words) > 30 and words <= known_reasons(), sorted(words - known_reasons())


@pytest.mark.parametrize("reason", sorted(known_reasons()))
def test_a_reason_can_be_said_without_figures_or_is_not_said(reason: str) -> None:
    assert "{" not in plain_reason(reason, "lab-1")
    assert plain_reason(reason, "lab-1") or reason.startswith("group-")


def test_what_comes_from_outside_is_made_harmless() -> None:
    hostile = row(AutoGuard.OTHER_CONSOLE, observed="a\x1b[31m\nb\u202e", reason="other-console")
    assert "\x1b" not in guard_why(hostile) and "\n" not in guard_why(hostile) and "\u202e" not in guard_why(hostile)


TAKEOVERS: list[tuple[Takeover | None, str]] = [
    (None, "lab-2 would take over. How long it takes was never measured here."),
    (Takeover(by_itself=True, seconds=1.3, runs=4),
     "lab-2 would take over by itself. Within 1.3 s, by 4 measured runs."),
    (Takeover(by_itself=False, reason="mode-off"),
     "lab-2 would take over, by hand: automation is off. How long it takes was never measured here."),
    (Takeover(by_itself=False, reason="a-word-of-tomorrow", seconds=0.8, runs=1),
     "lab-2 would take over, by hand: nothing may act by itself here. Within 0.8 s, by 1 measured run."),
]  # fmt: skip


@pytest.mark.parametrize(("takeover", "sentence"), TAKEOVERS)
def test_who_takes_over_is_said_with_what_was_measured_alone(takeover: Takeover | None, sentence: str) -> None:
    view = replace(story.ledger_lab(), takeover=takeover)
    assert takeover_sentence(view) == sentence
    assert exposure_text(view).then == sentence


def test_under_patroni_its_group_chooses() -> None:
    view = replace(story.ledger_lab(), manager=Manager.PATRONI, takeover=Takeover(by_itself=True, seconds=6.0, runs=2))
    assert takeover_sentence(view).startswith("Patroni would choose; lab-2 holds the most. Within 6.0 s")
