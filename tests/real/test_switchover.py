"""Switchover on real servers under the workload: ten times there and back, refused with reasons, cancelled."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from console.domain.cluster import NodeSpec, PostgresTarget
from console.domain.plan import Operation
from console.domain.run import Asks, Choice, RunState
from console.link.messages import Refused
from tests.changing import (
    Operator,
    Truth,
    operated_lab,
    plain_lines,
    refusals,
    row_of,
    told,
    word_of,
    writable,
)
from tests.live import psql, sql, wait_for
from tests.real.test_postgresql_15 import as_account
from tests.watched import Watched

TIMES = 10
HANGS = "while test -e {}; do sleep 0.1; done"


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with operated_lab(tmp_path_factory.mktemp("switchover")) as it:
        yield it


@pytest.fixture(autouse=True)
def _healthy_again(operator: Operator) -> Iterator[None]:
    yield
    operator.mend()


# -- cancelled -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Left:
    """What a change could leave behind on the nodes."""

    settings: dict[str, str]
    slots: dict[str, str]
    files: dict[str, tuple[list[str], ...]]
    processes: dict[str, list[str]]
    roles: list[str]


def left_on(operator: Operator) -> Left:
    lab = operator.lab
    nodes = [node for node in lab.nodes if node.data_directory is not None]
    files = {}
    for node in nodes:
        data = Path(str(node.data_directory))
        names = ("postgresql.auto.conf", "postgresql.conf", "pg_hba.conf", "pg_ident.conf")
        there = [sorted(one.name for one in data.iterdir() if one.suffix in (".conf", ".signal"))]
        files[node.name] = (*(plain_lines((data / name).read_text()) for name in names), *there)
    asked = "select string_agg(name || '=' || setting, e'\\n' order by name) from pg_settings where source <> 'session'"
    listed = "select string_agg(slot_name || ' ' || slot_type, ',' order by slot_name) from pg_replication_slots"
    return Left(
        settings={node.name: sql(lab, node.name, asked) for node in nodes},
        slots={node.name: sql(lab, node.name, listed) for node in nodes},
        files=files,
        processes={node.name: servers_of(str(node.data_directory)) for node in nodes},
        roles=writable(lab),
    )


def servers_of(data: str) -> list[str]:
    """The command lines of the servers on a data directory; sessions come and go."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if (entry / "cwd").resolve() == Path(data) and (entry / "stat").read_text().split(") ")[1][0] != "Z":
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
                parent = Path("/proc", (entry / "stat").read_text().rpartition(") ")[2].split()[1], "cwd")
                if parent.resolve() == Path(data) and "-D" in line:
                    continue  # just forked: it still bears its parent's name
                found.append(line if line.startswith("postgres:") or "/postgres" in line else f"foreign: {line}")
        except (OSError, IndexError):
            continue
    lasting = ("checkpointer", "background writer", "walwriter", "archiver", "startup", "walreceiver", "logical repl",
               "autovacuum launcher", "foreign", "-D", "walsummarizer", "walsender")  # fmt: skip
    return sorted(kind for line in found for kind in lasting if kind in line)


@pytest.mark.live
@pytest.mark.parametrize("after", ["lock", "slots", "checkpoint", "stop"])
def test_cancelled_before_the_point_of_no_return_it_leaves_everything_as_it_was(operator: Operator, after: str) -> None:
    target = next(name for name in ("lab-2", "lab-1") if name != operator.primary())
    for slot in sql(operator.lab, target, "select slot_name from pg_replication_slots where not active").split():
        sql(operator.lab, target, f"select pg_drop_replication_slot('{slot}')")  # as on a node that never led
    truth = Truth.from_now(operator.lab)
    before, leading = left_on(operator), operator.primary()
    plan = operator.propose(target=target)
    run = stopped_after(operator, plan, after)
    assert run.question is not None and run.question.choices[0] is Choice.CANCEL, told(run)
    ended = operator.answer(run.id, Choice.CANCEL)
    assert ended.state is RunState.CANCELLED, told(ended)
    assert operator.primary() == leading
    truth.more()
    for _ in range(20):  # a walreceiver may be connecting anew
        if left_on(operator) == before:
            break
    assert left_on(operator) == before
    assert not truth.lost(operator.lab, leading)


def stopped_after(operator: Operator, plan: object, step: str):  # type: ignore[no-untyped-def]
    """Begin, and stop once a step has begun. Behind `stop` it waits for a replay that is paused behind its back."""
    target = plan.target  # type: ignore[attr-defined]
    if step == "stop":
        run = operator.started(plan)  # type: ignore[arg-type]
        operator.reaches(run.id, "checkpoint", "begun")
        sql(operator.lab, target, "select pg_wal_replay_pause()")
        operator.reaches(run.id, "stop", "fact")
        rests = operator.stop(run.id)
        sql(operator.lab, target, "select pg_wal_replay_resume()")
        assert rests.state is RunState.ASKING and rests.question.asks is Asks.STOPPED, told(rests)  # type: ignore[union-attr]
        return rests
    run = operator.started(plan)  # type: ignore[arg-type]
    operator.reaches(run.id, step, "begun")
    rests = operator.stop(run.id)
    assert rests.state is RunState.ASKING and rests.question.asks is Asks.STOPPED, told(rests)  # type: ignore[union-attr]
    return rests


# -- there and back --------------------------------------------------------------------------------------------------


@pytest.mark.live
def test_ten_times_there_and_back_nothing_acknowledged_is_lost(operator: Operator) -> None:
    truth = Truth.from_now(operator.lab)
    gaps = []
    for turn in range(TIMES):
        before = operator.primary()
        target = "lab-2" if before == "lab-1" else "lab-1"
        operator.watched.reaches("healthy", seconds=60.0)
        run = operator.done(operator.propose(target=target))
        assert operator.primary() == target != before
        assert run.books and {line.outcome for line in run.books} == {"proven"}, (turn, run.books)
        assert run.outage is not None and run.outage.gap_seconds is not None, run.outage
        assert run.outage.lost_acknowledged == 0, run.outage
        gaps.append(run.outage.gap_seconds)
        truth.more()
        assert not truth.lost(operator.lab, target)
    lab = operator.lab
    for node in ("lab-1", "lab-2", "lab-3"):
        acknowledged = truth.acknowledged()
        wait_for(lambda node=node, them=acknowledged: not them - set(
            sql(lab, node, "select reference from ledger.entries").split()), f"all acknowledged on {node}")  # fmt: skip
    assert max(gaps) < 30.0, gaps


# -- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.live
def test_refused_where_there_is_no_candidate(operator: Operator) -> None:
    leading = operator.primary()
    others = [name for name in ("lab-1", "lab-2", "lab-3") if name != leading]
    for name in others:
        operator.watched.fault("stop", name)
    plan = operator.propose()
    assert refusals(plan)["candidate"] == "no-candidate"
    assert {one.node: one.reasons for one in plan.candidates} == dict.fromkeys(others, ("no-server",))
    said = operator.start(plan)
    assert isinstance(said, Refused) and said.reason == "plan-refused", said
    assert operator.primary() == leading


@pytest.mark.live
def test_refused_where_the_candidate_is_far_behind_and_its_replay_paused(operator: Operator) -> None:
    leading = operator.primary()
    target = "lab-2" if leading != "lab-2" else "lab-1"
    operator.watched.fault("replay-pause", target)
    written = "select count(pg_logical_emit_message(false, 'tests', repeat('x', 1000000))) from generate_series(1, 40)"
    sql(operator.lab, leading, written)

    def refused() -> object:
        plan = operator.propose(target=target)
        return plan if "lag" in refusals(plan) else None

    plan = wait_for(refused, "the lag to be seen")
    lag = row_of(plan, "lag")  # type: ignore[arg-type]
    assert isinstance(lag.observed, int) and lag.observed > lag.threshold == 16 * 1024 * 1024
    found = refusals(plan)  # type: ignore[arg-type]
    assert found["replay-paused"] == "paused"
    assert "replay-paused" in str(found["candidate"])
    one = next(c for c in plan.candidates if c.node == target)  # type: ignore[attr-defined]
    assert not one.eligible and "replay-paused" in one.reasons


@pytest.mark.live
def test_refused_where_another_name_is_typed_or_another_plan_is_meant(operator: Operator) -> None:
    leading, plan = operator.primary(), operator.propose()
    assert not plan.refused, refusals(plan)
    for name in ("", "labb", "LAB", "lab-1"):
        said = operator.start(plan, confirmed=name)
        assert isinstance(said, Refused) and said.reason == "name-not-confirmed", (name, said)
    said = operator.start(replace(plan, digest="0" * 64))
    assert isinstance(said, Refused) and said.reason == "other-plan", said
    assert operator.primary() == leading
    assert not operator.unfinished()


@pytest.mark.live
def test_refused_where_the_world_has_changed_since_the_plan_was_made(operator: Operator) -> None:
    leading, plan = operator.primary(), operator.propose()
    other = next(name for name in ("lab-3", "lab-2") if name not in (leading, plan.target))
    operator.watched.fault("stop", other)
    said = operator.start(plan)
    assert isinstance(said, Refused) and said.reason == "inputs-changed", said
    assert other in said.detail
    assert operator.primary() == leading


@pytest.mark.live
def test_refused_where_the_role_that_changes_has_no_rights(operator: Operator) -> None:
    leading = operator.primary()
    sql(operator.lab, leading, "create role weak login in role pg_monitor")
    try:
        with operator.spec_as(operator.policy(admin_user="weak")):
            target = "lab-2" if leading != "lab-2" else "lab-1"
            plan = wait_for(lambda: p if "rights" in refusals(p := operator.propose(target=target)) else None,
                            "the role")  # fmt: skip
        assert "alter system" in str(refusals(plan)["rights"])
        assert all("no-rights" in one.reasons for one in plan.candidates)
        assert isinstance(operator.start(plan), Refused)
    finally:
        sql(operator.lab, leading, "drop role weak")


@pytest.mark.live
def test_refused_where_the_archive_fails(operator: Operator) -> None:
    leading = operator.primary()
    for text in ("alter system set archive_command = 'false'", "select pg_reload_conf()", "select pg_switch_wal()"):
        sql(operator.lab, leading, text)
    failing = "select count(*) from pg_stat_archiver where last_failed_time > coalesce(last_archived_time, '-infinity')"
    wait_for(lambda: sql(operator.lab, leading, failing) == "1", "the archiver to fail")
    try:
        plan = operator.propose()
        assert refusals(plan) == {"archive": "failing"}, refusals(plan)
        assert operator.primary() == leading
    finally:
        for text in ("alter system reset archive_command", "select pg_reload_conf()"):
            sql(operator.lab, leading, text)
        wait_for(lambda: sql(operator.lab, leading, f"select pg_switch_wal(); {failing}")[-1] == "0", "the archiver")


@pytest.mark.live
def test_refused_where_the_candidate_is_a_standby_of_another_cluster(operator: Operator, tmp_path: Path) -> None:
    """A server with a data directory of its own origin, read-only, on the host of a node of ours."""
    place = Path("/var/tmp") / f"lc-stranger-{tmp_path.name}"
    lab, how = operator.lab, as_account(operator.lab.account)
    place.mkdir(mode=0o700)
    try:
        if how:
            subprocess.run(["chown", lab.account, place], check=True)
        run = {"check": True, "cwd": "/", "capture_output": True, **how}
        making = [f"{lab.bin_directory}/initdb", "-D", place / "data", "-A", "trust", "-U", "postgres", "--no-sync"]
        subprocess.run(making, **run)  # type: ignore[call-overload]
        subprocess.run([f"{lab.bin_directory}/postgres", "--single", "-D", place / "data", "postgres"],
                       input=b"create database ledger\n", **run)  # type: ignore[call-overload]  # fmt: skip
        subprocess.run(["touch", place / "data" / "standby.signal"], **run)  # type: ignore[call-overload]
        server = subprocess.Popen(
            [f"{lab.bin_directory}/postgres", "-D", place / "data", "-c", "listen_addresses=", "-k", place],
            cwd="/", stderr=subprocess.DEVNULL, **how,  # type: ignore[call-overload]
        )  # fmt: skip
        try:
            spec = operator.spec
            near = spec.node("lab-3")
            assert near is not None and near.postgres is not None
            target = PostgresTarget(host=str(place), user="postgres", bin_directory=lab.bin_directory,
                                    data_directory=str(place / "data"))  # fmt: skip
            stranger: NodeSpec = replace(near, name="stranger", postgres=target)
            with operator.spec_as(replace(spec, nodes=(*spec.nodes, stranger))):
                plan = wait_for(lambda: p if _answers(p := operator.propose(target="stranger")) else None,
                                "it to answer")  # fmt: skip
                assert not plan.refused or "candidate" in refusals(plan)
                found = next(one for one in plan.candidates if one.node == "stranger")
                assert not found.eligible and "other-system" in found.reasons, found
                assert "other-system" in str(refusals(plan)["candidate"])
                assert "system-identifier" in refusals(plan)
                # And nobody chooses it by himself.
                assert operator.propose().target != "stranger"
        finally:
            server.kill()
            server.wait(20)
    finally:
        subprocess.run(["rm", "-rf", place], check=True)


def _answers(plan: object) -> bool:
    found = next(one for one in plan.candidates if one.node == "stranger")  # type: ignore[attr-defined]
    return "no-server" not in found.reasons and "not-reached" not in found.reasons


# -- two operators ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def second(operator: Operator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """Another console with a home of its own, and the same lab in its inventory."""
    from console.cli import main
    from console.places import Home

    home = Home(tmp_path_factory.mktemp("second"))
    watched = Watched(home, operator.lab)
    home.lab_known_hosts.write_text(operator.watched.home.lab_known_hosts.read_text())
    other = Operator(watched, name="otto")
    try:
        other.engine()
        other.save(operator.spec)
        watched.reaches("healthy", seconds=60.0)
        yield other
    finally:
        main(["--home", str(home.directory), "engine", "stop", "--json"])


@pytest.mark.live
def test_two_operators_at_once_the_second_is_refused_and_may_break_the_lock_by_name(
    operator: Operator, second: Operator
) -> None:
    leading = operator.primary()
    early = second.propose()  # made while the lock was free
    assert not early.refused, refusals(early)
    first = stopped_after(operator, operator.propose(), "lock")
    held = second.propose()
    assert "olga" in str(refusals(held)["lock-free"]), refusals(held)
    assert isinstance(second.start(held), Refused)
    rests = second.change(early)
    assert rests.state is RunState.ASKING and rests.question is not None, told(rests)
    assert rests.question.asks is Asks.LOCK_TAKEN, told(rests)
    assert "olga" in str(rests.question.observed)
    assert operator.primary() == leading
    # Without a reason nobody breaks anybody's lock.
    from console.link.changes import AnswerRun

    said = second.ask(AnswerRun(run=rests.id, choice=Choice.BREAK_LOCK))
    assert isinstance(said, Refused) and said.reason == "no-reason", said
    ended = second.answer(rests.id, Choice.BREAK_LOCK, reason="olga went home, and the primary's host has to go")
    assert ended.state is RunState.DONE, told(ended)
    entries = second.watched.json("audit", "list")["entries"]
    broken = [one for one in entries if one["kind"] == "lock-broken"]
    assert any("olga went home" in str(one) and one["who"] == "otto" for one in broken), entries
    # The first console learns of it when it wants to go on, and changes nothing.
    after = operator.primary()
    late = operator.answer(first.id, Choice.GO_ON)
    assert late.state is RunState.ASKING and late.question is not None, told(late)
    assert late.question.asks in (Asks.LOCK_TAKEN, Asks.WORLD_MOVED), told(late)
    assert operator.primary() == after == early.target


# -- a server that does not stop -------------------------------------------------------------------------------------


@pytest.mark.live
def test_a_server_that_will_not_stop_is_a_question_and_cancel_leaves_it_writable(
    operator: Operator, tmp_path: Path
) -> None:
    """A fast shutdown waits for its archiver, and this one hangs."""
    leading = operator.primary()
    truth = Truth.from_now(operator.lab)
    flag = Path("/var/tmp") / f"lc-hangs-{tmp_path.name}-{os.getpid()}"
    flag.touch()
    try:
        for text in (f"alter system set archive_command = '{HANGS.format(flag)}'", "select pg_reload_conf()"):
            sql(operator.lab, leading, text)
        plan = operator.propose()
        rests = operator.change(plan)
        assert rests.state is RunState.ASKING and rests.question is not None, told(rests)
        assert (rests.question.step, rests.question.node) == ("stop", leading), told(rests)
        assert "no end within" in str(rests.question.observed), told(rests)
        assert Choice.CANCEL in rests.question.choices
        ended = operator.answer(rests.id, Choice.CANCEL)
        assert ended.state is RunState.CANCELLED, told(ended)
        assert operator.primary() == leading
        truth.more()
        assert not truth.lost(operator.lab, leading)
        assert not (operator.data(leading) / "standby.signal").exists()
        assert word_of(operator.seen(rests.id), "stop", "undone") == ()
    finally:
        flag.unlink()  # the archiver that hangs takes up its work


def server_log(operator: Operator, node: str) -> str:
    """The last words of a node's server."""
    found = operator.lab.node(node)
    assert found is not None and found.log is not None
    lines = Path(found.log).read_text(errors="replace").splitlines()
    return "\n".join(["", *[line for line in lines if "is shutting down" not in line][-25:]])


@pytest.mark.live
def test_a_standby_that_hangs_does_not_hold_the_stop(operator: Operator) -> None:
    """A clean stop waits up to wal_sender_timeout, a minute, for each standby that is connected and takes nothing."""
    leading = operator.primary()
    target, other = (name for name in ("lab-1", "lab-2", "lab-3") if name != leading)
    operator.watched.fault("freeze", other)
    run = operator.change(operator.propose(target=target))
    assert run.state is RunState.DONE, told(run) + server_log(operator, leading)
    assert operator.primary() == target
    assert run.outage is not None and run.outage.gap_seconds is not None
    assert run.outage.gap_seconds < 20.0, run.outage
    assert run.outage.lost_acknowledged == 0


@pytest.mark.live
def test_a_rehearsal_and_a_proposal_leave_nothing(operator: Operator) -> None:
    before = left_on(operator)
    operator.propose(Operation.SWITCHOVER)
    said = operator.watched.json("switchover", "lab", "--rehearse")
    assert said["outcome"] == "rehearsed", said
    assert left_on(operator) == before
    assert psql(operator.lab, operator.primary(), "select 1").returncode == 0

# -- a summarizer that sleeps ------------------------------------------------------------------------------------------


@pytest.mark.live
def test_a_summarizer_that_met_an_error_does_not_hold_up_the_stop(operator: Operator) -> None:
    """It sleeps for ten seconds then, nothing wakes it, and a server that is to stop waits for it."""
    leading, lab = operator.primary(), operator.lab
    ask = "select coalesce((select wait_event from pg_stat_activity where backend_type = 'walsummarizer'), 'none')"
    summaries = operator.data(leading) / "pg_wal" / "summaries"
    summaries.chmod(0o500)  # it can't write any
    try:
        sql(lab, leading, "checkpoint")
        wait_for(lambda: sql(lab, leading, ask) == "WalSummarizerError", "the summarizer to meet an error")
        run = operator.done(operator.propose())
        assert any(step.key == f"quiet-summarizer:{leading}" for step in run.plan.steps)
        stops = [dict(line.detail) for line in run.log if line.step == "stop" and line.word == "outcome"]
        assert len(stops) == 1 and float(stops[0]["seconds"]) < 5.0, stops
        assert operator.primary() == run.plan.target != leading and sql(lab, leading, "show summarize_wal") == "on"
    finally:
        summaries.chmod(0o700)
