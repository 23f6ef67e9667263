"""What changes leave on real nodes: listed with why it is there, removed where it may be, kept where it is needed."""

import json
import os
import pwd
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.domain.left import LeftKind, LeftOver
from console.domain.plan import Operation
from console.domain.run import Choice
from console.link.left import AskLeftovers, Leftovers, RemoveLeftovers
from console.link.messages import Refused
from tests.changing import Operator, Truth, operated_lab
from tests.live import sql, wait_for

pytestmark = pytest.mark.live
NODES = ("lab-1", "lab-2", "lab-3")
# What stays by right: the empty file by which two takers come one after the other, and how a primary would log in.
LASTING = {"guards-the-lock", "follows-with-it-later", "in-use", "the-term-only-grows"}
# Other labs of this desk share the place, and a path may have been another lab's before.
OTHERS = {"other-console", "other-key"}


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with operated_lab(tmp_path_factory.mktemp("leftovers")) as it:
        yield it


@pytest.fixture(autouse=True)
def _healthy_again(operator: Operator) -> Iterator[None]:
    yield
    operator.mend()


def left(operator: Operator) -> tuple[LeftOver, ...]:
    said = operator.ask(AskLeftovers(cluster="lab"))
    assert isinstance(said, Leftovers), said
    assert not said.picture.not_asked, said.picture.not_asked
    return said.picture.things


def of(things: tuple[LeftOver, ...], node: str, kind: LeftKind, where: str = "") -> LeftOver:
    found = [one for one in things if one.node == node and one.kind is kind and where in one.where]
    assert len(found) == 1, (node, kind, where, [(one.node, one.kind.value, one.where) for one in things])
    return found[0]


def removed(operator: Operator, code: int = 0) -> dict[str, Any]:
    """By the command line; what it says of its outcome."""
    said: dict[str, Any] = operator.watched.asked("left", "lab", "--remove", code=code)
    return said


def ours(operator: Operator, node: str) -> Path:
    """The beginning of the names of our files about a node, found as a shell on the node finds it."""
    data = operator.data(node)
    words = subprocess.run(["cksum"], input=str(data).encode(), capture_output=True, check=True).stdout.decode().split()
    system = sql(operator.lab, operator.primary(), "select system_identifier from pg_control_system()")
    return Path(f"/var/tmp/ledger-console-{data.stat().st_uid}/{system}-{words[0]}-{words[1]}")


def laid(path: Path, like: Path, text: str | None = "") -> Path:
    """A file (a directory where `text` is None) of the account that `like` belongs to."""
    if text is None:
        path.mkdir()
        (path / "000000010000000000000001").write_bytes(b"x" * 4096)
    else:
        path.write_text(text)
    if os.geteuid() == 0:
        owner = like.stat()
        for one in (path, *(path.iterdir() if text is None else ())):
            os.chown(one, owner.st_uid, owner.st_gid)
    return path


def kept_for_good(things: tuple[LeftOver, ...]) -> set[str]:
    assert all(one.kind is LeftKind.SERVER_LOG for one in things if one.stays == "in-use"), things
    return {one.stays for one in things if one.stays}


def roles(operator: Operator) -> tuple[str, str, str]:
    """The primary, and both standbys."""
    leading = operator.primary()
    one, other = (name for name in NODES if name != leading)
    return leading, one, other


def test_after_a_switchover_all_is_listed_and_removed_and_the_way_back_still_works(operator: Operator) -> None:
    leading, second, _ = roles(operator)
    truth = Truth.from_now(operator.lab)
    operator.done(operator.propose(target=second))
    operator.watched.reaches("healthy", seconds=60.0)
    things = left(operator)
    for node in (*NODES, "lab-vault"):
        lock = [one for one in things if one.node == node and one.kind is LeftKind.LOCK]
        assert lock and all(one.stays == "the-term-only-grows" for one in lock), (node, lock)
        assert all(one.age_seconds is not None for one in lock), (node, lock)
    assert all(one.why for one in things), things
    said = removed(operator)
    assert said["removed"] and not said["failed"]
    after = left(operator)
    assert not [one for one in after if one.removable], after
    assert kept_for_good(after) <= LASTING | OTHERS, after
    assert operator.primary() == second
    operator.done(operator.propose(target=leading))
    truth.more()
    assert not truth.lost(operator.lab, leading)


def test_a_run_s_report_names_what_it_left(operator: Operator) -> None:
    run = operator.done(operator.propose(Operation.PROTECT, sync="ANY 1"))
    report = json.loads((Path(run.report).parent / "report.json").read_text())
    kinds = {(one["node"], one["kind"]) for one in report["left_on_nodes"]}
    assert {(node, "lock") for node in NODES} <= kinds, report["left_on_nodes"]
    assert not [one for one in report["left_on_nodes"] if one["kind"] == "not-asked"]


def test_a_host_that_hangs_is_named_and_does_not_hold_the_end_up(operator: Operator) -> None:
    _, _, third = roles(operator)
    operator.watched.fault("ssh-down", third)
    run = operator.done(operator.propose(Operation.PROTECT, sync="ANY 1"))
    report = json.loads((Path(run.report).parent / "report.json").read_text())
    assert [one["node"] for one in report["left_on_nodes"] if one["kind"] == "not-asked"] == [third]
    said = operator.watched.asked("left", "lab")
    assert [one[0] for one in said["picture"]["not_asked"]] == [third]
    assert any(f"{third} was not asked" in line for line in said["sentences"])


def test_under_a_run_that_has_not_ended_nothing_is_removed(operator: Operator) -> None:
    leading, second, _ = roles(operator)
    run = operator.started(operator.propose(target=second))
    operator.reaches(run.id, "lock", "begun")
    operator.stop(run.id)
    things = left(operator)
    assert not [one for one in things if one.removable], things
    assert of(things, leading, LeftKind.LOCK, ".lock").stays in ("lock-is-live", "run-not-ended")
    said = operator.ask(RemoveLeftovers(cluster="lab"))
    assert isinstance(said, Refused) and said.reason == "run-not-ended" and run.id in said.detail, said
    assert {(one.node, one.where) for one in left(operator)} >= {(one.node, one.where) for one in things}
    operator.answer(run.id, Choice.CANCEL)


def test_what_a_cut_change_leaves_is_told_apart_and_only_what_may_go_goes(operator: Operator) -> None:
    leading, second, third = roles(operator)
    for slot in sql(operator.lab, second, "select slot_name from pg_replication_slots where not active").split():
        sql(operator.lab, second, f"select pg_drop_replication_slot('{slot}')")
    operator.done(operator.propose(Operation.PROTECT, sync="ANY 1"))
    unused = third.replace("-", "_")
    data, mark = operator.data(third), ours(operator, third)
    assert Path(f"{mark}.flock").exists()
    rescued = laid(Path(f"{data}.rescue"), data, None)
    stranger = laid(Path(f"{data}.old"), data, None)  # no mark of ours says that we made it
    copy = laid(Path(f"{operator.data(second)}.copy"), data, None)
    laid(Path(f"{ours(operator, second)}.copying"), data)
    service = laid(Path(f"{mark}.service.a1B2c3"), data, "[ledger_console]\npassword=sesame\n")
    rewinding = laid(Path(f"{mark}.rewinding"), data, "700\n")
    nobody = laid(Path(f"{mark}.something-new"), data)
    sql(operator.lab, second, f"select pg_create_physical_replication_slot('{unused}', true)")
    sql(operator.lab, second, f"alter system set restore_command = 'test -f \"{rescued}/%f\"'")
    sql(operator.lab, second, "select pg_reload_conf()")
    laid(Path(f"{ours(operator, second)}.restore"), data, sql(operator.lab, leading, "show restore_command"))
    try:
        things = wait_for(lambda: _with(left(operator), LeftKind.SETTING), "the setting to be seen")
        assert of(things, third, LeftKind.RESCUED).removable
        assert of(things, third, LeftKind.RESCUED).bytes
        assert of(things, third, LeftKind.OLD_DATA).stays == "not-ours"
        assert of(things, second, LeftKind.COPY).removable
        assert of(things, third, LeftKind.SCRATCH).removable
        assert of(things, third, LeftKind.REWIND).stays == "rewind-was-cut"
        assert of(things, third, LeftKind.UNKNOWN).stays == "not-known"
        assert of(things, second, LeftKind.SLOT, unused).removable
        assert of(things, second, LeftKind.SETTING, "restore_command").removable
        # A slot on the primary whose standby streams over it is none of these.
        assert not [one for one in things if one.kind is LeftKind.SLOT and one.node == leading]
        assert "sesame" not in json.dumps(operator.watched.asked("left", "lab"))
        said = removed(operator)
        gone = {(one["node"], one["kind"]) for one in said["removed"]}
        assert {(third, "rescued-wal"), (second, "copy"), (third, "scratch"), (second, "slot"),
                (second, "setting")} <= gone, said  # fmt: skip
        assert not any(path.exists() for path in (rescued, copy, service))
        assert all(path.exists() for path in (stranger, rewinding, nobody))
        assert "fetch-wal" in sql(operator.lab, second, "show restore_command")
        assert sql(operator.lab, second, "select count(*) from pg_replication_slots") == "0"
        assert operator.watched.asked("audit", "list")["entries"]
    finally:
        for path in (rescued, stranger, copy):
            subprocess.run(["rm", "-rf", path], check=True)
        for path in (service, rewinding, nobody):
            path.unlink(missing_ok=True)


def _with(things: tuple[LeftOver, ...], kind: LeftKind) -> tuple[LeftOver, ...] | None:
    return things if any(one.kind is kind for one in things) else None


def test_a_standby_that_stays_cut_gets_its_upstream_back_and_a_slot_of_one_that_is_away_stays(
    operator: Operator,
) -> None:
    leading, _, third = roles(operator)
    operator.done(operator.propose(Operation.PROTECT, sync="async"))
    data, mark = operator.data(third), ours(operator, third)
    conninfo = sql(operator.lab, third, "show primary_conninfo")
    laid(Path(f"{mark}.conninfo"), data, conninfo)
    sql(operator.lab, third, "alter system set primary_conninfo = ''")
    sql(operator.lab, third, "select pg_reload_conf()")
    wait_for(lambda: sql(operator.lab, third, "select count(*) from pg_stat_wal_receiver") == "0", f"{third} to be cut")
    things = wait_for(lambda: _with(left(operator), LeftKind.SLOT), "the slot that nobody uses")
    assert of(things, leading, LeftKind.SLOT, third.replace("-", "_")).stays == "its-node-is-away"
    assert of(things, third, LeftKind.SETTING, "primary_conninfo").removable
    removed(operator)
    following = f"select count(*) from pg_stat_replication where application_name = '{third}' and state = 'streaming'"
    wait_for(lambda: sql(operator.lab, leading, following) == "1", "it to stream again")
    assert sql(operator.lab, third, "show primary_conninfo") == conninfo


def test_the_fence_of_an_old_primary_is_never_removed(operator: Operator) -> None:
    old = operator.primary()
    operator.watched.fault("kill", old)
    operator.done(operator.propose(Operation.FAILOVER, most=50), most=50)
    things = left(operator)
    assert of(things, old, LeftKind.FENCE, ".fenced").stays == "fence"
    assert of(things, old, LeftKind.SIGNAL).stays == "fence"
    removed(operator)
    again = left(operator)
    assert of(again, old, LeftKind.FENCE, ".fenced").stays == "fence"
    assert (operator.data(old) / "standby.signal").exists()
    assert not [one for one in again if one.removable], again
    # And it is brought back by plan, with all that was removed gone.
    operator.done(operator.propose(Operation.REJOIN, subject=old, fork="accepted"))
    assert not [one for one in left(operator) if one.kind in (LeftKind.FENCE, LeftKind.SIGNAL)]
    assert pwd.getpwuid(operator.data(old).stat().st_uid)
