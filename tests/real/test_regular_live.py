"""A lab whose operator has checks of his own, and whose copies are compared: hostile scripts, writes, drift."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live import psql, sql, wait_for
from tests.watched import Watched, watched_lab

MARK = "hostile-check-of-a-test"

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("regular")) as watched:
        yield watched


def added(lab: Watched, name: str, *words: str) -> None:
    lab.json("checks", "add", "lab", name, "--every", "3600", *words)


def run(lab: Watched, name: str, node: str, *, code: int = 1) -> Any:
    answer = lab.json("checks", "run", "lab", name, "--node", node, code=code)
    assert len(answer["readings"]) == 1
    return answer["readings"][0]


def left_running() -> list[str]:
    """Processes of a hostile script that are still there."""
    found = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True, timeout=10).stdout
    return [line for line in found.splitlines() if MARK in line and "python" not in line]


def test_a_script_is_read_by_the_convention(lab: Watched) -> None:
    added(lab, "disk", "--command", "echo \"DISK WARNING - 91% used | /=91%;90;95;0;100\"; echo more; exit 1")
    reading = run(lab, "disk", "lab-2")
    assert (reading["state"], reading["status"], reading["text"]) == (1, 1, "DISK WARNING - 91% used\nmore")
    value = reading["values"][0]
    assert (value["label"], value["value"], value["unit"], value["critical"]) == ("/", 91, "%", "95")
    added(lab, "seven", "--command", "echo odd; exit 7")
    odd = run(lab, "seven", "lab-1")
    assert (odd["state"], odd["reason"], odd["status"]) == (3, "exit-status", 7)


def test_a_script_that_never_ends_is_ended_on_its_host_with_all_that_it_began(lab: Watched) -> None:
    text = f"trap '' TERM; (setsid sh -c 'while :; do sleep 1; done; : {MARK}' &) ; while :; do sleep 1; done; : {MARK}"
    added(lab, "endless", "--command", text, "--limit", "1")
    reading = run(lab, "endless", "lab-2")
    assert (reading["state"], reading["reason"]) == (3, "too-long")
    assert 1.0 <= reading["seconds"] < 6.0
    wait_for(lambda: not left_running(), "nothing to be left of it, on any node")


def test_megabytes_and_escapes_are_cut_and_harmless(lab: Watched) -> None:
    text = r"printf '\033]0;title\007red\000 '; head -c 20000000 /dev/zero | tr '\0' x; exit 2"
    added(lab, "flood", "--command", text)
    reading = run(lab, "flood", "lab-1")
    assert (reading["state"], reading["cut"], reading["reason"]) == (2, True, "cut")
    assert len(reading["text"]) <= 4096
    assert "\x1b" not in reading["text"]


def test_sql_is_judged_by_its_first_column_and_may_not_write(lab: Watched) -> None:
    added(lab, "load", "--sql", "select count(*) as sessions, 'fine' as word from pg_stat_activity;",
          "--warning", "~:0", "--critical", "100000")  # fmt: skip
    reading = run(lab, "load", "lab-1")
    assert reading["state"] == 1
    assert reading["values"][0]["label"] == "sessions"
    assert reading["values"][0]["value"] >= 1
    before = sql(lab.lab, "lab-1", "select count(*) from pg_class")
    for name, text, reason in (
        ("creates", "create table public.planted (n int)", "not-a-query"),
        ("inserts", "insert into ledger.entries default values returning 1", "writes"),
        ("commits", "select 1; commit; create table public.planted (n int)", "several-statements"),
        ("opens", "select set_config('transaction_read_only', 'off', false)", "sql-error"),
        ("slow", "select pg_sleep(60)", "blocked"),
        ("quoted", "select $$it's; fine\\! \\q$$ as said", ""),
    ):
        added(lab, name, "--sql", text, "--limit", "1", "--role", "primary")
        told = run(lab, name, "lab-1", code=0 if not reason else 1)
        assert told["reason"] == reason, (name, told)
    assert sql(lab.lab, "lab-1", "select count(*) from pg_class") == before
    assert lab.json("checks", "run", "lab", "load", "--node", "lab-9", code=1)["error"] == "check-node"


def test_a_check_runs_at_its_pace_and_its_history_is_kept(lab: Watched) -> None:
    lab.json("checks", "add", "lab", "pace", "--command", "echo tick | tr t T; exit 0", "--every", "5", "--role",
             "standby")  # fmt: skip

    def seen() -> Any:
        told = lab.json("checks", "list", "lab")["readings"]
        return sorted(one["node"] for one in told if one["check"] == "pace") == ["lab-2", "lab-3"]

    wait_for(seen, "both standbys to be asked")

    def kept() -> Any:
        found = lab.json("checks", "history", "lab", "pace", "--last", "5m")["readings"]
        return found if {one["node"] for one in found} == {"lab-2", "lab-3"} else None

    assert all(one["text"] == "Tick" for one in wait_for(kept, "the history"))
    lab.json("checks", "remove", "lab", "pace")
    assert lab.json("checks", "remove", "lab", "pace", code=1)["error"] == "no-such-check"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["slash/name", "--command", "true"], "check-name"),
        (["quick", "--command", "true", "--every", "1"], "check-interval"),
        (["long", "--command", "true", "--limit", "1e9"], "check-limit"),
        (["empty", "--sql", " ; "], "check-text"),
        (["where", "--sql", "select 1", "--node", "lab-vault"], "check-node"),
        (["range", "--sql", "select 1", "--warning", "20:10"], "check-range"),
        (["limits", "--command", "true", "--warning", "1"], "check-range-for-command"),
        (["disk", "--command", "true"], "check-exists"),
    ],
)
def test_a_check_that_makes_no_sense_is_refused_by_name(lab: Watched, words: list[str], error: str) -> None:
    before = lab.json("checks", "list", "lab")["checks"]
    answer = lab.json("checks", "add", "lab", *words, code=1)
    assert answer["error"] == error
    assert "Nothing was changed" in answer["what"]
    assert lab.json("checks", "list", "lab")["checks"] == before


def test_checks_of_a_file_come_whole_or_with_every_mistake(lab: Watched, tmp_path: Path) -> None:
    file = tmp_path / "checks.toml"
    file.write_text('[[checks]]\nname = "one"\nsql = "select 1"\nnodse = ["lab-1"]\n[[checks]]\nname = "two"\n')
    wrong = lab.json("checks", "add", "lab", "--file", str(file), code=1)
    assert wrong["error"] == "checks-wrong"
    assert "did you mean nodes?" in wrong["what"] and "neither command nor sql" in wrong["what"]
    file.write_text('[[checks]]\nname = "one"\nsql = "select 1"\nnodes = ["lab-1"]\nuses = ["alert", "condition"]\n')
    told = lab.json("checks", "add", "lab", "--file", str(file))
    assert [one["uses"] for one in told["checks"] if one["name"] == "one"] == [["alert", "condition"]]
    again = tmp_path / "again.toml"
    again.write_text(lab.run("checks", "list", "lab", "--toml").stdout)
    lab.json("checks", "add", "lab", "--file", str(again), "--replace")
    assert lab.json("checks", "list", "lab")["checks"] == told["checks"]
    assert psql(lab.lab, "lab-1", "select 1 from public.planted").returncode != 0


def test_drift_that_somebody_made_is_named_until_it_is_gone(lab: Watched) -> None:
    first = lab.run("copies", "lab", "--compare", "--json")
    before = json.loads(first.stdout)["redundancy"]
    assert (before["copies"], before["proven"], before["not_checked"]) == (3, 3, []), before
    assert before["findings"] == [], before["findings"]
    assert len({line["root"] for line in before["lines"]}) == 1
    sql(lab.lab, "lab-3", "alter system set hot_standby_feedback = on")
    sql(lab.lab, "lab-3", "select pg_reload_conf()")
    found = lab.json("copies", "lab", "--compare", code=1)["redundancy"]["findings"]
    assert [(one["trouble"], one["node"], one["about"], one["observed"], one["wanted"]) for one in found] == [
        ("setting-drift", "lab-3", "hot_standby_feedback", "on", "off")
    ]
    sql(lab.lab, "lab-3", "select pg_wal_replay_pause()")
    paused = lab.json("copies", "lab", "--compare", code=1)["redundancy"]["findings"]
    assert ("not-promotable", "lab-3", "replay-paused") in [
        (one["trouble"], one["node"], one["about"]) for one in paused
    ]
    sql(lab.lab, "lab-3", "select pg_wal_replay_resume()")
    sql(lab.lab, "lab-3", "alter system reset hot_standby_feedback")
    sql(lab.lab, "lab-3", "select pg_reload_conf()")
    told = lab.json("copies", "lab", "--compare")["redundancy"]
    assert (told["findings"], told["proven"]) == ([], 3)
    assert lab.json("copies", "lab")["redundancy"] == told


def test_duties_come_from_the_records_and_overdue_is_an_alert(lab: Watched) -> None:
    told = lab.json("duties", "lab")
    kinds = {one["kind"]: one for one in told["duties"]}
    assert kinds["copies-compared"]["outcome"] == "done"
    assert kinds["books-recomputed"]["source"] == "copies"
    assert kinds["backup"]["reason"] == "no-repository"
    assert kinds["detector-rehearsal"]["reason"] == "never"
    assert not any(one["overdue"] for one in told["duties"])
    set_ = lab.json("duties", "lab", "--set", "detector-rehearsal", "0.0001")
    wait_for(lambda: lab.json("duties", "lab")["duties"][0]["overdue"], "the duty to be overdue")

    def alert() -> Any:
        return [one for one in lab.json("alerts", "list")["alerts"] if one["sign"]["word"] == "overdue"]

    assert wait_for(alert, "an alert of it", seconds=60.0)[0]["sign"]["about"] == "detector-rehearsal"
    lab.json("duties", "lab", "--set", "detector-rehearsal", "720")
    assert set_["duties"][0]["kind"] == "detector-rehearsal"
    assert lab.json("duties", "lab", "--set", "sleep", "1", code=2)["error"] == "usage"
    assert lab.json("duties", "lab", "--set", "backup", "nan", code=1)["error"] == "duty-rule"
