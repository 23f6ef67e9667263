"""Nobody vouches in advance for a gate, nor for what a plan does not ask."""

from dataclasses import replace

import pytest

from console.domain.run import Mode
from console.engine.runs import _unasked
from console.link.changes import StartRun
from tests.governance.a_run import a_plan


@pytest.mark.parametrize(
    ("asked", "said", "refused"),
    [
        ("", "", ""), ("", "restore-accepted", "restore-accepted"), ("", "loss-not-known", ""),
        ("n1-is-off", "n1-is-off", ""), ("n1-is-off", "n1-is-off loss-not-known", ""),
        ("n1-is-off", "n1-is-off restore-accepted", "restore-accepted"),
        ("n1-is-off", "n1-is-offline", "n1-is-offline"),
    ],
)  # fmt: skip
def test_only_a_plans_own_words_are_taken(asked: str, said: str, refused: str) -> None:
    plan = replace(a_plan(), notes=(("attest", asked),) if asked else ())
    found = _unasked(plan, StartRun(plan=plan.id, digest=plan.digest, mode=Mode.REAL, attested=said))
    assert (found.detail if found is not None else "") == refused
    assert found is None or found.reason == "attested-unasked"
