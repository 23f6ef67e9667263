"""Words of drills: every kind, fault, state, mark and reason has its sentence."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.drill import Drill, DrillFault, DrillKind, DrillMark, DrillState
from console.link.messages import Refused
from console.ui.drill_words import (
    DRILL_REASONS,
    drill_reason,
    drill_sentence,
    drill_state_word,
    drill_title,
    fault_sentence,
    mark_is_kept,
    mark_label,
    mark_text,
    overrun,
)
from console.ui.sentences import refused_sentence

ROOT = Path(__file__).resolve().parent.parent.parent
BEGUN = datetime(2026, 3, 17, 2, 41, tzinfo=UTC)


def drill(**changes: object) -> Drill:
    about: dict[str, object] = {
        "id": "1", "cluster": "lab", "kind": DrillKind.DETECTOR, "state": DrillState.PASSED, "begun_at": BEGUN,
        "by": "olga", "fault": DrillFault.PROBE_CUT, "node": "lab-3",
    }  # fmt: skip
    return Drill(**{**about, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", [*DrillFault, None])
@pytest.mark.parametrize("kind", DrillKind)
def test_every_drill_has_a_title(kind: DrillKind, fault: DrillFault | None) -> None:
    title = drill_title(drill(kind=kind, fault=fault))
    assert "lab" in title
    assert "{" not in title


def test_every_fault_and_state_is_told() -> None:
    assert all(fault_sentence(fault).endswith(".") for fault in DrillFault)
    assert len({drill_state_word(drill(state=state)) for state in DrillState}) == len(DrillState)


def test_a_passed_one_tells_its_figures_and_a_failed_one_its_reason() -> None:
    marks = (DrillMark(what="verdict", seconds=0.84, promised_seconds=1.5), DrillMark(what="alert", seconds=None))
    assert drill_sentence(drill(marks=marks[:1])) == (
        "Detector rehearsal on lab: our own probe channel is cut (lab-3): passed. "
        "Fault to verdict 0.84 s (promised 1.5 s)."
    )
    told = drill_sentence(drill(state=DrillState.FAILED, marks=marks, reason="called-dead"))
    assert told.endswith("failed. Lab-3 was called dead though only our own channel was cut.")
    assert mark_text(marks[1]) == "—"


def test_a_promise_is_kept_overrun_or_was_never_given() -> None:
    marks = (
        DrillMark(what="suspicion", seconds=9.0), DrillMark(what="verdict", seconds=1.5, promised_seconds=1.5),
        DrillMark(what="alert", seconds=None, promised_seconds=4.5),
        DrillMark(what="undone", seconds=91.0, promised_seconds=90.0),
    )  # fmt: skip
    assert [mark_is_kept(mark) for mark in marks] == [None, True, False, False]
    assert [mark.what for mark in overrun(drill(marks=marks))] == ["alert", "undone"]


def test_hostile_names_are_made_harmless() -> None:
    told = drill_sentence(drill(cluster="l\x1b[31mab", state=DrillState.FAILED, reason="\x1b]0;x", detail="a\x07b"))
    assert not re.search(r"[\x00-\x1f]", told)


def test_every_mark_and_reason_that_the_engine_gives_has_words() -> None:
    text = "".join(path.read_text() for path in ROOT.glob("console/engine/drill*.py"))
    text += (ROOT / "console/domain/drilling.py").read_text()
    marks = set(re.findall(r'_mark\("([a-z-]+)"|what="([a-z-]+)"', text))
    assert len(marks) >= 5
    assert all(mark_label(DrillMark(what=one or other, seconds=1.0))[0].isupper() for one, other in marks)
    reasons = set(re.findall(r'(?:DrillTrouble\(|reason=|return )"([a-z]+(?:-[a-z]+)+)"', text))
    assert len(reasons) > 20
    assert {word for word in reasons if word not in DRILL_REASONS} == set()


@pytest.mark.parametrize("word", DRILL_REASONS)
def test_every_reason_is_a_sentence_and_a_refusal(word: str) -> None:
    assert drill_reason(word, node="lab-2", detail="x").endswith(": x.")
    told = refused_sentence(Refused(reason=word, subject="lab"))
    assert "lab" in told.lower()
    assert "{" not in told
