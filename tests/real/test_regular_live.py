"""A lab whose operator has checks of his own, and whose copies are compared: hostile scripts, writes, drift."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.domain.drill import DutyKind, DutyRule
from console.domain.monitoring import CheckReading, CheckSpec, CheckState, CheckUse, CheckWay
from console.domain.redundancy import CopyTrouble, Redundancy
from console.link.messages import Refused
from console.link.watching import (
    Alerts,
    AskAlerts,
    AskCheckHistory,
    AskChecks,
    AskDuties,
    AskRedundancy,
    CheckHistory,
    ChecksSeen,
    DutiesSeen,
    RedundancySeen,
    RemoveCheck,
    RunCheck,
    SaveCheck,
    SaveDuty,
)
from tests.changing import Operator
from tests.live import psql, sql, wait_for
from tests.watched import watched_lab

MARK = "hostile-check-of-a-test"

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def olga(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with watched_lab(tmp_path_factory.mktemp("regular")) as watched:
        yield Operator(watched)


def run(olga: Operator, name: str, way: CheckWay, text: str, node: str, **more: Any) -> CheckReading:
    """Save a check that never runs by itself on another node, and run it now."""
    spec = CheckSpec(name=name, way=way, text=text, nodes=(node,), every_seconds=3600.0, **more)
    saved = olga.ask(SaveCheck(cluster="lab", check=spec, replace=True))
    assert isinstance(saved, ChecksSeen), saved
    seen = olga.ask(RunCheck(cluster="lab", name=name, node=node))
    assert isinstance(seen, ChecksSeen) and len(seen.readings) == 1, seen
    return seen.readings[0]


def left_running() -> list[str]:
    """Processes of a hostile script that are still there."""
    found = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True, timeout=10).stdout
    return [line for line in found.splitlines() if MARK in line and "python" not in line]


def test_a_script_is_read_by_the_convention(olga: Operator) -> None:
    text = "echo \"DISK WARNING - 91% used | /=91%;90;95;0;100\"; echo more; exit 1"
    reading = run(olga, "disk", CheckWay.COMMAND, text, "lab-2")
    assert (reading.state, reading.status) == (CheckState.WARNING, 1)
    assert reading.text == "DISK WARNING - 91% used\nmore"
    value = reading.values[0]
    assert (value.label, value.value, value.unit, value.critical) == ("/", 91, "%", "95")
    odd = run(olga, "seven", CheckWay.COMMAND, "echo odd; exit 7", "lab-1")
    assert (odd.state, odd.reason, odd.status) == (CheckState.UNKNOWN, "exit-status", 7)


def test_a_script_that_never_ends_is_ended_on_its_host_with_all_that_it_began(olga: Operator) -> None:
    forever = "while :; do sleep 1; done; : "
    text = f"trap '' TERM; (setsid sh -c '{forever}{MARK}' &) ; {forever}{MARK}"
    reading = run(olga, "endless", CheckWay.COMMAND, text, "lab-2", seconds_max=1.0)
    assert (reading.state, reading.reason) == (CheckState.UNKNOWN, "too-long")
    assert reading.seconds is not None and 1.0 <= reading.seconds < 8.0
    wait_for(lambda: not left_running(), "nothing to be left of it")


def test_megabytes_and_escapes_are_cut_and_harmless(olga: Operator) -> None:
    text = r"printf '\033]0;title\007red\000 '; head -c 20000000 /dev/zero | tr '\0' x; exit 2"
    reading = run(olga, "flood", CheckWay.COMMAND, text, "lab-1")
    assert (reading.state, reading.cut, reading.reason) == (CheckState.CRITICAL, True, "cut")
    assert len(reading.text) <= 4096
    assert "\x1b" not in reading.text


def test_sql_is_judged_by_its_first_column_and_may_not_write(olga: Operator) -> None:
    asked = "select count(*) as sessions, 'fine' as word from pg_stat_activity;"
    reading = run(olga, "load", CheckWay.SQL, asked, "lab-1", warning="~:0", critical="100000")
    assert reading.state is CheckState.WARNING
    assert reading.values[0].label == "sessions"
    assert (reading.values[0].value or 0) >= 1
    before = sql(olga.lab, "lab-1", "select count(*) from pg_class")
    for text, reason in (
        ("create table public.planted (n int)", "not-a-query"),
        ("insert into ledger.entries default values returning 1", "writes"),
        ("select 1; commit; create table public.planted (n int)", "several-statements"),
        ("select set_config('transaction_read_only', 'off', false)", "sql-error"),
        ("select pg_sleep(60)", "blocked"),
        ("select $$it's; fine\\! \\q$$ as said", ""),
    ):
        told = run(olga, "statement", CheckWay.SQL, text, "lab-1", seconds_max=1.0)
        assert told.reason == reason, told
    assert sql(olga.lab, "lab-1", "select count(*) from pg_class") == before
    assert psql(olga.lab, "lab-1", "select 1 from public.planted").returncode != 0


def test_a_check_runs_at_its_pace_where_it_may_and_its_history_is_kept(olga: Operator) -> None:
    spec = CheckSpec(name="pace", way=CheckWay.COMMAND, text="echo tick; exit 2", every_seconds=5.0, role="standby",
                     uses=(CheckUse.ALERT, CheckUse.CONDITION))  # fmt: skip
    assert isinstance(olga.ask(SaveCheck(cluster="lab", check=spec)), ChecksSeen)
    taken = olga.ask(SaveCheck(cluster="lab", check=spec))
    assert isinstance(taken, Refused) and taken.reason == "check-exists"

    def kept() -> tuple[CheckReading, ...]:
        told = olga.ask(AskCheckHistory(cluster="lab", name="pace", begin=0.0, end=4_000_000_000.0))
        assert isinstance(told, CheckHistory)
        return told.readings if {one.node for one in told.readings} == {"lab-2", "lab-3"} else ()

    assert all(one.text == "tick" for one in wait_for(kept, "the history of both standbys"))

    def alerts() -> tuple[str | None, ...]:
        told = olga.ask(AskAlerts(cluster="lab"))
        assert isinstance(told, Alerts)
        return tuple(one.sign.node for one in told.alerts if one.sign.word == "check-critical")

    wait_for(lambda: set(alerts()) == {"lab-2", "lab-3"}, "an alert of each standby", seconds=60.0)
    assert isinstance(olga.ask(RemoveCheck(cluster="lab", name="pace")), ChecksSeen)


def test_on_the_command_line(olga: Operator, tmp_path: Path) -> None:
    lab = olga.watched
    assert lab.json("checks", "run", "lab", "disk", code=1)["sentence"] == "1 Warning"
    assert lab.json("checks", "add", "lab", "a/b", "--command", "true", code=1)["error"] == "check-name"
    wrong = lab.json("checks", "add", "lab", "x", "--sql", "select 1", "--node", "lab-vault", code=1)
    assert wrong["error"] == "check-node"
    assert "Nothing was changed" in wrong["what"]
    assert lab.json("checks", "remove", "lab", "x", code=1)["error"] == "no-such-check"
    file = tmp_path / "checks.toml"
    file.write_text('[[checks]]\nname = "one"\nsql = "select 1"\nnodse = ["lab-1"]\n[[checks]]\nname = "two"\n')
    both = lab.json("checks", "add", "lab", "--file", str(file), code=1)
    assert "did you mean nodes?" in both["what"] and "neither command nor sql" in both["what"]
    file.write_text(lab.run("checks", "list", "lab", "--toml").stdout)
    told = lab.json("checks", "add", "lab", "--file", str(file), "--replace")
    seen = olga.ask(AskChecks(cluster="lab"))
    assert isinstance(seen, ChecksSeen)
    assert {one["name"] for one in told["checks"]} == {one.name for one in seen.checks}
    assert len(seen.checks) >= 5


def compared(olga: Operator) -> Redundancy:
    seen = olga.ask(AskRedundancy(cluster="lab", compare=True))
    assert isinstance(seen, RedundancySeen) and seen.redundancy is not None, seen
    return seen.redundancy


def test_drift_that_somebody_made_is_named_until_it_is_gone(olga: Operator) -> None:
    before = compared(olga)
    assert (before.copies, before.proven, before.not_checked, before.findings) == (3, 3, (), ())
    assert len({line.root for line in before.lines}) == 1
    sql(olga.lab, "lab-3", "alter system set max_standby_streaming_delay = '7s'")
    sql(olga.lab, "lab-3", "select pg_reload_conf()")
    sql(olga.lab, "lab-3", "select pg_wal_replay_pause()")
    found = [(one.trouble, one.node, one.about, one.observed, one.wanted) for one in compared(olga).findings]
    assert (CopyTrouble.SETTING_DRIFT, "lab-3", "max_standby_streaming_delay", "7000", "30000") in found
    assert (CopyTrouble.NOT_PROMOTABLE, "lab-3", "replay-paused", None, None) in found
    assert {node for _, node, *_ in found} == {"lab-3"}
    sql(olga.lab, "lab-3", "select pg_wal_replay_resume()")
    sql(olga.lab, "lab-3", "alter system reset max_standby_streaming_delay")
    sql(olga.lab, "lab-3", "select pg_reload_conf()")
    done = olga.watched.run("copies", "lab", "--compare", "--json")
    told = json.loads(done.stdout)["redundancy"]
    assert (done.returncode, told["findings"], told["proven"]) == (0, [], 3)


def test_duties_come_from_the_records_and_overdue_is_an_alert(olga: Operator) -> None:
    told = olga.watched.json("duties", "lab")
    kinds = {one["kind"]: one for one in told["duties"]}
    assert kinds["copies-compared"]["outcome"] == "done"
    assert kinds["books-recomputed"]["source"] == "copies"
    assert kinds["backup"]["reason"] == "no-repository"
    assert kinds["detector-rehearsal"]["reason"] == "never"
    assert not any(one["overdue"] for one in told["duties"])
    rule = DutyRule(kind=DutyKind.DETECTOR_REHEARSAL, every_hours=0.0001)
    assert isinstance(olga.ask(SaveDuty(cluster="lab", rule=rule)), DutiesSeen)

    def overdue() -> bool:
        seen = olga.ask(AskDuties(cluster="lab"))
        assert isinstance(seen, DutiesSeen)
        return seen.duties[0].overdue and seen.duties[0].kind is DutyKind.DETECTOR_REHEARSAL

    wait_for(overdue, "the duty to be overdue")

    def alert() -> list[str]:
        seen = olga.ask(AskAlerts(cluster="lab"))
        assert isinstance(seen, Alerts)
        return [one.sign.about for one in seen.alerts if one.sign.word == "overdue"]

    assert wait_for(alert, "an alert of it", seconds=60.0) == ["detector-rehearsal"]
    olga.watched.json("duties", "lab", "--set", "detector-rehearsal", "720")
    assert olga.watched.json("duties", "lab", "--set", "sleep", "1", code=2)["error"] == "usage"
    assert olga.watched.json("duties", "lab", "--set", "backup", "nan", code=2)["error"] == "usage"
    wrong = olga.ask(SaveDuty(cluster="lab", rule=DutyRule(kind=DutyKind.BACKUP, every_hours=-1.0)))
    assert isinstance(wrong, Refused) and wrong.reason == "duty-rule"
