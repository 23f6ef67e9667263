"""A freeze that comes while a run is being begun: whenever it comes, nothing of that run is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from console.domain.cluster import ClusterSpec, Environment, Inventory
from console.domain.plan import Operation, Pairs, Phase, Plan, Step
from console.domain.run import Mode, RunState, RunView
from console.engine.runs import Changes
from console.governance.policy import ApprovalPolicies
from console.link.changes import Propose, RunSeen, StartRun
from console.link.governance import Freeze
from console.link.messages import Message, Refused
from console.recovery.world import World
from console.store.journal import Journal
from console.store.settings import Settings
from tests.alarmed import NOON, Stage, stage

SPEC = ClusterSpec(name="us", environment=Environment.LAB, nodes=())
PLAN = Plan(
    id="p-1", operation=Operation.RESTART, cluster="us", environment="lab", made_at=NOON, made_by="otto",
    steps=(Step(key="lock", phase=Phase.PREPARE),), inputs=(), digest="d",
)  # fmt: skip
QUESTION = StartRun(plan="p-1", digest="d", mode=Mode.REAL, confirmed="us")


class Unasked:
    """Hosts and looks of a run that does nothing: whatever is asked of them is a failure of the test."""

    lock_key = "7001"

    def close(self) -> None: ...

    def refuse(self) -> None: ...


@dataclass
class Planned:
    """The plan that is there, whose nodes are asked once more before it is begun; `asked` is called then."""

    asked: Callable[[], None]
    restorer: Any = None
    warm: list[str] = field(default_factory=list)

    def propose(self, *_: object, **__: object) -> Plan:
        return PLAN

    def ways(self, *_: object, **__: object) -> tuple[Any, Any]:
        return Unasked(), Unasked()

    def keep_warm(self, spec: ClusterSpec, _hosts: object) -> None:
        self.warm.append(spec.name)

    def seen(self, *_: object) -> World:
        self.asked()
        return World(spec=SPEC, facts={}, servers={}, now=cast(Any, None))

    def inputs(self, _spec: ClusterSpec) -> Pairs:
        return ()

    def owner(self, run: str) -> str:
        return f"c1:{run}"

    def last_seen(self, *_: object) -> None: ...

    def books(self, _spec: ClusterSpec) -> None: ...

    def close(self) -> None: ...


@dataclass
class Scene:
    stage: Stage
    at_look: Callable[[], None] = lambda: None
    at_begin: Callable[[], None] = lambda: None

    def freeze(self) -> None:
        self.stage.ground.freezer.turn(Freeze(on=True, reason="audit week"), "anna")

    def changes(self) -> tuple[Changes, Planned]:
        planning = Planned(lambda: self.at_look())
        ground = self.stage.ground
        made = Changes(
            planning=cast(Any, planning), journal=Journal(ground.store), audit=ground.audit, four_eyes=cast(Any, None),
            policies=ApprovalPolicies(Settings(ground.store)), inventory=lambda: Inventory(clusters=(SPEC,)),
            clock=ground.clock, told=lambda _run: None, reports=ground.home.reports, report=lambda run, _path: run,
            begins=lambda _run: self.at_begin(), ended=lambda _run: None, also=lambda _question, _person: None,
            freezer=ground.freezer,
        )  # fmt: skip
        made.answer(Propose(cluster="us", operation=Operation.RESTART), "otto")
        return made, planning


def runs(scene: Scene) -> tuple[RunView, ...]:
    return Journal(scene.stage.store).runs(cluster="us", most=10)


def test_a_freeze_that_comes_while_the_nodes_are_asked_refuses_the_run(tmp_path: Path) -> None:
    with stage(tmp_path / "home") as it:
        scene = Scene(it)
        scene.at_look = scene.freeze
        changes, planning = scene.changes()
        answer = changes.answer(QUESTION, "otto")
        assert answer == Refused(reason="frozen", subject="anna", detail="audit week")
        assert runs(scene) == () and not changes.busy("us")
        assert planning.warm == ["us"], "its connections are kept for the next"


def test_a_freeze_that_comes_after_the_last_look_leaves_the_run_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr("console.engine.live_run.LiveRun.begin", lambda run: begun.append(run.view().id))
    with stage(tmp_path / "home") as it:
        scene = Scene(it)
        scene.at_begin = scene.freeze
        changes, _ = scene.changes()
        answer: Message | None = changes.answer(QUESTION, "otto")
        assert isinstance(answer, RunSeen) and answer.run.state is RunState.ASKING
        assert begun == []
        assert [run.state for run in runs(scene)] == [RunState.ASKING]
        changes.close()


def test_without_a_freeze_it_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr("console.engine.live_run.LiveRun.begin", lambda run: begun.append(run.view().id))
    with stage(tmp_path / "home") as it:
        changes, _ = Scene(it).changes()
        answer = changes.answer(QUESTION, "otto")
        assert isinstance(answer, RunSeen) and begun == ["p-1"]
        changes.close()
