"""Drills that rest on plans: whatever happens in one, its end is told."""

from pathlib import Path
from typing import Any, cast

import pytest

from console.domain.drill import Drill, DrillKind, DrillState
from console.engine.drill_plans import PlanGround, RestoreDrill
from tests.alarmed import NOON, stage


class Surprise:
    def begin(self, *_: object) -> None:
        raise KeyError("unforeseen")


@pytest.mark.allows_warnings
def test_a_surprise_ends_a_drill_as_failed(tmp_path: Path) -> None:
    drill = Drill(id="d", cluster="us", kind=DrillKind.RESTORE, state=DrillState.RUNNING, begun_at=NOON, by="otto")
    with stage(tmp_path / "home") as scene:
        ground = PlanGround(
            clock=scene.ground.clock, picture=scene.ground.picture, changed=lambda _drill: None,
            changes=scene.ground.changes, backing=cast(Any, Surprise()),
        )  # fmt: skip
        ended = RestoreDrill(drill, scene.ground.inventory().clusters[0], ground).run()
    assert (ended.state, ended.reason, ended.detail) == (DrillState.FAILED, "not-foreseen", "KeyError")
    assert ended.ended_at is not None
