"""Rejoin on a live lab: started, rewound, rebuilt, by the real runner and hands; and what is refused, and why."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.plan import Claim, Outcome, Plan
from console.domain.run import Asks
from console.lab.processes import all_pids, program
from console.lab.status import LabError
from console.recovery import rejoin
from console.recovery.hands import Hands
from console.recovery.rehearsal import RehearsalHands
from console.recovery.rejoin_reading import with_rejoin
from console.recovery.runner import Stopped
from console.ssh.long_acts import run_long
from tests.live import wait_for
from tests.rejoined import Yard, refusals, yard

pytestmark = pytest.mark.live


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Yard]:
    """A lab of its own: lab-1 is its primary, followed by both others."""
    with yard(tmp_path / "home") as it:
        yield it


def heads(place: Yard, *nodes: str) -> set[str]:
    """Entries up to a common number, as a digest a node."""
    top = min(int(place.sql(node, "select max(number) from ledger.entries")) for node in nodes)
    asked = f"select md5(string_agg(reference::text, ',' order by number)) from ledger.entries where number <= {top}"
    return {place.sql(node, asked) for node in nodes}


def is_rejoined(place: Yard, node: str, upstream: str, *, archives: str = "archive-wal") -> None:
    """A standby that streams, with the same books, its own settings, and no mark of ours."""
    wait_for(lambda: place.follows(node, upstream), f"{node} to follow {upstream}")
    assert len(heads(place, node, upstream)) == 1
    assert place.sql(node, "select pg_is_in_recovery()") == "t"
    assert archives in place.sql(node, "show archive_command")
    assert place.sql(node, "show cluster_name") == node
    assert place.sql(node, "show primary_slot_name") == node.replace("-", "_")
    assert stat.S_IMODE(place.data(node).stat().st_mode) == 0o700
    left = [path.name for path in place.left_behind(node) if path.suffix not in (".lock", ".beat", ".flock", ".log")]
    assert [name for name in left if "conninfo" not in name] == []


def outcome(plan: Plan, check: str) -> Outcome:
    return min((row.outcome for row in plan.checks if row.check == check), key=list(Outcome).index)


def test_a_killed_primary_is_rewound_only_after_a_person_decided_and_its_own_wal_is_kept(place: Yard) -> None:
    lost = place.fail_over(beyond=3)
    undecided = place.propose("lab-1")
    assert undecided.refused
    assert set(refusals(undecided)) == {"history"}
    assert "commits beyond the fork" in dict(undecided.notes)["beyond-fork"]
    plan = place.propose("lab-1", fork="accepted")
    assert dict(plan.notes)["way"] == "rewind"
    log = place.run(plan)
    is_rejoined(place, "lab-1", "lab-2")
    found = place.sql("lab-1", f"select count(*) from ledger.entries where reference = any ('{{{','.join(lost)}}}')")
    assert found == "0"
    known = log.known()
    files = [one.partition(":")[0] for one in known["kept_wal"].split(",")]
    assert files
    for kept in (known["kept_directory"], known["kept_copy"]):
        assert sorted(path.name for path in Path(kept).iterdir()) == sorted(files)
    shutil.rmtree(known["kept_directory"])


def test_a_standby_that_only_stood_still_is_started_and_nothing_is_copied(place: Yard) -> None:
    place.fault("stop", "lab-3")
    place.book("lab-1", 2)
    before = place.data("lab-3").stat().st_ino
    plan = place.propose("lab-3")
    assert dict(plan.notes)["way"] == "attach"
    place.run(plan)
    is_rejoined(place, "lab-3", "lab-1")
    assert place.data("lab-3").stat().st_ino == before


def test_a_copy_comes_from_a_standby_and_the_old_data_goes_only_when_it_is_proven(place: Yard) -> None:
    place.fault("stop", "lab-3")
    before = place.data("lab-3").stat().st_ino
    plan = place.propose("lab-3", way="rebuild")
    assert dict(plan.notes)["source"] == "lab-2"
    keys = [step.key for step in plan.steps]
    assert keys.index("mark:lab-1") < keys.index("books") < keys.index("drop-old:lab-3")
    assert plan.no_return_key == "drop-old:lab-3"
    place.run(plan)
    is_rejoined(place, "lab-3", "lab-1")
    assert place.data("lab-3").stat().st_ino != before
    assert sorted(path.name for path in place.data("lab-3").parent.glob("data*")) == ["data"]


def test_a_rebuild_that_is_stopped_before_its_end_is_cancelled_with_the_old_data_in_place(place: Yard) -> None:
    place.fault("stop", "lab-3")
    before = place.data("lab-3")
    inode, settings = before.stat().st_ino, (before / "postgresql.auto.conf").read_text()
    plan = place.propose("lab-3", way="rebuild")
    with place.runner(plan) as runner:
        short = replace(runner, stop_wanted=lambda: place.log.state("tidy:lab-3") == "done")
        with pytest.raises(Stopped) as stopped:
            short.run()
        assert stopped.value.question.asks is Asks.STOPPED
        assert (before.parent / "data.old").is_dir()
        runner.cancel()
    assert before.stat().st_ino == inode
    assert (before / "postgresql.auto.conf").read_text() == settings
    assert sorted(path.name for path in before.parent.glob("data*")) == ["data"]
    place.fault("start", "lab-3")
    is_rejoined(place, "lab-3", "lab-1")


def test_two_promotions_that_took_the_same_number_are_rebuilt_never_rewound(place: Yard) -> None:
    place.fail_over(beyond=1)
    place.promote_alone("lab-1")
    place.book("lab-1", 1)
    place.fault("kill", "lab-1")
    asked = place.propose("lab-1", way="rewind", fork="accepted")
    assert "two-histories" in str(refusals(asked)["way"])
    plan = place.propose("lab-1", fork="accepted")
    assert dict(plan.notes)["way"] == "rebuild"
    assert "is another one there" in dict(plan.notes)["beyond-fork"]
    place.run(plan)
    is_rejoined(place, "lab-1", "lab-2", archives="true")  # as it stood in the node's own settings


def test_a_rewind_that_is_killed_in_its_middle_leaves_nothing_that_starts_and_is_rebuilt(place: Yard) -> None:
    place.fail_over(beyond=1)
    plan = place.propose("lab-1", fork="accepted")
    ended = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not ended.is_set() and not killed:
            if any(path.suffix == ".rewinding" for path in place.left_behind("lab-1")):
                for pid in all_pids():
                    if program(pid) == "pg_rewind" and not killed:
                        os.kill(pid, signal.SIGKILL)
                        killed.append(pid)
            ended.wait(0.001)

    thread = threading.Thread(target=kill, name="killer")
    thread.start()
    try:
        with pytest.raises(Stopped) as stopped:
            place.run(plan)
    finally:
        ended.set()
        thread.join()
    assert killed
    assert stopped.value.question.step == "rewind:lab-1"
    assert (place.data("lab-1") / "standby.signal").exists()
    with pytest.raises(LabError, match="invalid permissions"):
        place.fault("start", "lab-1")
    again = place.propose("lab-1", fork="accepted")
    assert dict(again.notes)["way"] == "rebuild"
    assert any("rewind-was-cut" in str(row.observed) for row in again.checks if row.check == "way")
    place.run(again)
    is_rejoined(place, "lab-1", "lab-2")


def test_a_second_writable_server_is_fenced_before_it_is_rejoined(place: Yard) -> None:
    place.cut("lab-3", "lab-2")
    place.promote("lab-2")
    place.book("lab-1", 1)
    place.book("lab-2", 1)
    plan = place.propose("lab-1", "lab-2", fork="accepted")
    assert [step.key for step in plan.steps][2] == "fence:lab-1"
    assert outcome(plan, "second-primary") is Outcome.WARN
    place.run(plan)
    is_rejoined(place, "lab-1", "lab-2")
    assert place.sql("lab-2", "select pg_is_in_recovery()") == "f"


def test_a_missing_right_is_found_before_anything_begins_and_a_copy_is_made_instead(place: Yard) -> None:
    place.fail_over(beyond=1)
    place.sql("lab-2", "revoke execute on function pg_read_binary_file(text) from ledger_replication",
              database="postgres")  # fmt: skip
    plan = place.propose("lab-1", fork="accepted")
    assert outcome(plan, "rewind-rights") is Outcome.WARN
    assert dict(plan.notes)["way"] == "rebuild"
    assert "no-rights" in str(refusals(place.propose("lab-1", way="rewind", fork="accepted"))["way"])
    place.sql("lab-2", "grant execute on function pg_read_binary_file(text) to ledger_replication", database="postgres")


def test_a_disk_that_is_too_small_refuses_both_ways(place: Yard) -> None:
    place.fail_over(beyond=1)
    for way in ("rewind", "rebuild"):
        with place.ways() as (hosts, looks):
            world = place.world(looks, {"fork": "accepted", "way": way})
            world = with_rejoin(world, hosts, "lab-1", "")
            small = replace(world.facts["lab-1"], disk_free_bytes=40 * 1024 * 1024)
            plan = rejoin.make(replace(world, facts={**world.facts, "lab-1": small}), "lab-1", "")
        found = {row.check: row for row in plan.checks if row.outcome is Outcome.REFUSE}
        assert "space" in found, way
        assert isinstance(found["space"].threshold, int)
        assert found["space"].threshold > 64 * 1024 * 1024


def test_a_standby_of_another_cluster_is_refused(place: Yard) -> None:
    place.fault("stop", "lab-3")
    data, aside = place.data("lab-3"), place.data("lab-3").with_name("aside")
    owner = pwd.getpwuid(data.stat().st_uid)
    data.rename(aside)
    try:
        subprocess.run(
            [f"{place.lab.bin_directory}/initdb", "-D", str(data), "-U", "postgres", "--no-sync", "-A", "trust"],
            check=True, capture_output=True, cwd="/", user=owner.pw_uid if os.geteuid() == 0 else None,
            group=owner.pw_gid if os.geteuid() == 0 else None, extra_groups=[] if os.geteuid() == 0 else None,
        )  # fmt: skip
        plan = place.propose("lab-3")
        assert "system-identifier" in refusals(plan)
        assert "rebuild" not in dict(plan.notes).get("way", "") or plan.refused
    finally:
        shutil.rmtree(data)
        aside.rename(data)


def test_a_streaming_standby_and_the_primary_have_nothing_to_be_rejoined(place: Yard) -> None:
    assert refusals(place.propose("lab-2"))["candidate"] == "streams"
    assert "primary-alive" in refusals(place.propose("lab-1"))


def test_what_a_node_may_lose_is_refused_where_its_history_can_not_be_read(place: Yard) -> None:
    place.fail_over()
    with place.ways() as (_, looks):
        plan = rejoin.make(place.world(looks, {}), "lab-1", "")
    assert refusals(plan)["history"] == "not read"
    assert plan.steps == ()


def test_a_long_act_outlives_its_channel_and_is_found_again(place: Yard) -> None:
    go = Path(f"/var/tmp/lc-test-{os.getpid()}-go")
    script = f"until [ -e {go} ]; do sleep 0.05; done; echo fact rewind_said done"
    event, name = threading.Event(), f"test:{time.monotonic_ns()}"
    with place.ways() as (hosts, _):
        looks = 0

        def pause(seconds: float) -> None:
            nonlocal looks
            looks += 1
            event.wait(seconds)
            if looks == 2:
                raise ConnectionError("the console is gone")

        with pytest.raises(ConnectionError):
            run_long(hosts, "lab-3", name, script, ticks=time.monotonic, pause=pause)
    go.touch()
    try:
        with place.ways() as (hosts, _):
            said = run_long(hosts, "lab-3", name, script, ticks=time.monotonic, pause=event.wait)
    finally:
        go.unlink()
    assert said.status == 0
    assert said.stdout.strip() == b"fact rewind_said done"


def test_a_rehearsal_walks_every_step_of_both_ways_and_changes_nothing(place: Yard) -> None:
    place.fail_over(beyond=1)
    data = place.data("lab-1")
    before = {path: path.lstat().st_mtime_ns for path in data.rglob("*")}
    for way in ("rewind", "rebuild"):
        plan = place.propose("lab-1", way=way, fork="accepted")
        with place.runner(plan) as runner:
            hands = runner.hands
            assert isinstance(hands, Hands)
            replace(runner, hands=RehearsalHands(hands)).run()
        settled = [entry.step for entry in place.log.entries if entry.word in ("done", "already-so")]
        assert settled == [step.key for step in plan.steps]
        assert {path: path.lstat().st_mtime_ns for path in data.rglob("*")} == before
    assert place.left_behind("lab-1") == []


def test_every_step_has_a_proof_and_the_rewind_is_where_no_way_leads_back(place: Yard) -> None:
    place.fail_over(beyond=1)
    plan = place.propose("lab-1", fork="accepted")
    for step in plan.steps:
        assert step.proofs or step.key in ("unlock", "books"), step.key
    assert plan.no_return_key == "rewind:lab-1"
    claims = {proof.claim for step in plan.steps for proof in step.proofs}
    assert {Claim.CHECKPOINTED, Claim.WAL_KEPT, Claim.REWOUND, Claim.FOLLOWS, Claim.CAUGHT_UP} <= claims
