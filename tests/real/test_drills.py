"""Drills on a live lab: named and told in time, stopped, and undone by the host where the engine is killed."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli.answers import ANSWERS
from console.domain.drill import Drill, DrillFault, DrillKind, DrillState
from console.link.messages import Refused, schema_of
from console.link.watching import AskDrills, Drills, DrillSeen, StartDrill, StopDrill
from tests.changing import Operator, operated_lab
from tests.governance.packs import evidenced
from tests.live import sql, wait_for

DRILL_SECONDS_MAX = 200.0
LIMIT_SECONDS = 12.0
DECOYS = Path("/var/tmp")

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def olga(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with operated_lab(tmp_path_factory.mktemp("drills"), backups=True) as operator:
        yield operator


def detector(fault: DrillFault, *, node: str = "", confirmed: str = "", hold: float = 0.0,
             limit: float = 120.0) -> StartDrill:  # fmt: skip
    return StartDrill(cluster="lab", kind=DrillKind.DETECTOR, fault=fault, node=node, confirmed=confirmed,
                      hold_seconds=hold, limit_seconds=limit)  # fmt: skip


def begun(olga: Operator, question: StartDrill) -> Drill:
    said = olga.ask(question)
    assert isinstance(said, DrillSeen), said
    return said.drill


def seen(olga: Operator, drill: Drill) -> Drill:
    said = olga.ask(AskDrills(cluster="lab"))
    assert isinstance(said, Drills), said
    return next(one for one in said.drills if one.id == drill.id)


def ended(olga: Operator, drill: Drill) -> Drill:
    def look() -> Drill | None:
        now = seen(olga, drill)
        return now if now.state is not DrillState.RUNNING else None

    return wait_for(look, f"drill {drill.id} to end", seconds=DRILL_SECONDS_MAX)


def named(olga: Operator, drill: Drill) -> None:
    """Wait until its fault is named: it is in its middle then."""

    def look() -> bool:
        now = seen(olga, drill)
        assert now.state is DrillState.RUNNING, now
        return any(mark.what == "verdict" for mark in now.marks)

    wait_for(look, "its fault to be named", seconds=DRILL_SECONDS_MAX)


def in_time(drill: Any) -> dict[str, float]:
    """The seconds of every mark of a passed drill, each within its promise."""
    assert drill["state"] == "passed", drill
    marks = {mark["what"]: mark for mark in drill["marks"]}
    assert {"verdict", "alert", "undone"} <= marks.keys()
    for mark in marks.values():
        assert mark["promised_seconds"] is None or mark["seconds"] <= mark["promised_seconds"], drill
    return {what: mark["seconds"] for what, mark in marks.items()}


def held(name: str, answer: Any) -> None:
    """The answer holds to its published schema."""
    jsonschema.Draft202012Validator(schema_of(ANSWERS[name])).validate(answer)


def upstream(olga: Operator, node: str) -> str:
    return sql(olga.lab, node, "select current_setting('primary_conninfo')")


def decoys() -> set[Path]:
    return set(DECOYS.glob("lcd.*"))


def test_the_harmless_faults_are_named_and_told_in_time_and_leave_nothing(olga: Operator) -> None:
    olga.steady_health()
    before = decoys()
    answer = olga.watched.json("drill", "detector", "lab", "--limit", "90")
    held("drill detector", answer)
    assert answer["outcome"] == "passed", answer
    by_fault = {drill["fault"]: drill for drill in answer["drills"]}
    assert by_fault.keys() == {"heartbeat-held", "probe-cut", "decoy-stopped"}
    for drill in answer["drills"]:
        in_time(drill)
        assert {one.why for one in evidenced(olga.ask, drill["id"]).missing} == {"not-of-this-kind"}
    assert in_time(by_fault["decoy-stopped"])["verdict"] <= 1.5
    told = " ".join(by_fault["decoy-stopped"]["evidence"])
    assert "postmaster-killed" in told
    assert "processes=0" in told
    assert "control-file=in production" in told
    assert decoys() == before
    olga.steady_health()
    incidents = olga.watched.json("incidents", "list", "--cluster", "lab")["incidents"]
    assert all(incident["drill"] for incident in incidents)


def test_a_stream_is_cut_only_with_consent_and_streams_again(olga: Operator) -> None:
    olga.steady_health()
    own = upstream(olga, "lab-3")
    assert olga.watched.json("drill", "detector", "lab", "--fault", "stream-cut", code=3)["outcome"] == "to-confirm"
    refused = olga.ask(detector(DrillFault.STREAM_CUT, node="lab-1", confirmed="lab"))
    assert isinstance(refused, Refused)
    assert refused.reason == "wrong-node"
    answer = olga.watched.json("drill", "detector", "lab", "--fault", "stream-cut", "--node", "lab-3", "--yes")
    in_time(answer["drills"][0])
    assert upstream(olga, "lab-3") == own
    assert sql(olga.lab, "lab-3", "select status from pg_stat_wal_receiver") == "streaming"


def test_one_at_a_time_and_a_stopped_one_is_undone(olga: Operator) -> None:
    olga.steady_health()
    own = upstream(olga, "lab-2")
    drill = begun(olga, detector(DrillFault.STREAM_CUT, node="lab-2", confirmed="lab", hold=100.0))
    named(olga, drill)
    assert upstream(olga, "lab-2") == ""
    second = olga.ask(detector(DrillFault.PROBE_CUT))
    assert isinstance(second, Refused)
    assert second.reason == "drill-under-way"
    assert isinstance(olga.ask(StopDrill(drill=drill.id)), DrillSeen)
    stopped = ended(olga, drill)
    assert (stopped.state, stopped.reason) == (DrillState.STOPPED, "stopped")
    assert upstream(olga, "lab-2") == own
    late = olga.ask(StopDrill(drill=drill.id))
    assert isinstance(late, Refused)
    assert late.reason == "drill-ended"


def killed(olga: Operator, drill: Drill) -> Drill:
    """The engine was killed in the middle of it; a new one says how it ended."""
    olga.engine()
    after = ended(olga, drill)
    assert (after.state, after.reason) == (DrillState.FAILED, "engine-ended"), after
    olga.steady_health()
    return after


def test_a_cut_stream_is_set_back_by_its_host_where_the_engine_is_killed(olga: Operator) -> None:
    olga.steady_health()
    own, began = upstream(olga, "lab-3"), time.monotonic()
    question = detector(DrillFault.STREAM_CUT, node="lab-3", confirmed="lab", hold=LIMIT_SECONDS - 1,
                        limit=LIMIT_SECONDS)  # fmt: skip
    drill = begun(olga, question)
    named(olga, drill)
    olga.watched.kill_engine()
    assert upstream(olga, "lab-3") == ""
    wait_for(lambda: upstream(olga, "lab-3"), "the host to set it back", seconds=LIMIT_SECONDS + 20)
    assert time.monotonic() - began >= LIMIT_SECONDS - 1
    assert upstream(olga, "lab-3") == own
    assert any("by the host itself" in line for line in killed(olga, drill).evidence)


def test_a_decoy_is_taken_away_by_its_host_where_the_engine_is_killed(olga: Operator) -> None:
    olga.steady_health()
    before = decoys()
    drill = begun(olga, detector(DrillFault.DECOY_STOPPED, hold=LIMIT_SECONDS + 17, limit=LIMIT_SECONDS + 18))
    named(olga, drill)
    olga.watched.kill_engine()
    assert len(decoys() - before) == 1
    wait_for(lambda: decoys() == before, "the host to take it away", seconds=LIMIT_SECONDS + 40)
    assert any("by the host itself" in line for line in killed(olga, drill).evidence)


def test_a_switchover_drill_goes_there_and_back_and_measures_both_gaps(olga: Operator) -> None:
    olga.steady()
    answer = olga.watched.run("drill", "switchover", "lab", "--yes", "--json", timeout=300.0)
    listed = olga.watched.json("drill", "list", "lab")
    held("drill list", listed)
    drill = listed["drills"][0]
    assert drill["kind"] == "switchover", answer.stdout
    assert drill["state"] == "passed" or drill["reason"] == "over-promise", drill
    gaps = {mark["what"]: mark["seconds"] for mark in drill["marks"]}
    assert 0 < gaps["gap"] < 10
    assert 0 < gaps["gap-back"] < 10
    assert olga.primary() == "lab-1"
    olga.steady_health()


def test_a_restore_drill_proves_the_newest_backup(olga: Operator) -> None:
    olga.watched.json("backup", "lab", "--type", "full")
    answer = olga.watched.json("drill", "restore", "lab")
    drill = answer["drills"][0]
    assert drill["state"] == "passed"
    assert {mark["what"] for mark in drill["marks"]} >= {"proven"}
    assert drill["run"]
