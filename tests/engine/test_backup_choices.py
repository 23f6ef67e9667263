"""What a backup is taken from, what comes next, and which repository a restore reads, from pictures alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.backup.face import EngineTrouble
from console.domain.backup import (
    Backup,
    BackupCheck,
    BackupState,
    CheckResult,
    Job,
    JobKind,
    JobState,
    Mark,
    RepositorySeen,
)
from console.domain.backup_policy import BackupKind, BackupPolicy, CycleEntry, EngineName, RepositorySpec, Scheduler
from console.domain.cluster import (
    ClusterSpec,
    Environment,
    Manager,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    SshTarget,
)
from console.domain.fleet import Basis, ClusterView, Exposure, NodeView, Role
from console.domain.observation import Observation
from console.domain.reading import Moment, SqlContact, SqlState, SshContact, SshState
from console.domain.verdict import Health, Verdict
from console.engine.backup_orders import End, OrderEnded
from console.engine.backup_restores import named_one, newest_of
from console.engine.backup_sources import address_of, chosen_node, taken_from
from console.engine.backup_starting import judged_marks
from console.engine.backup_view import Known, view_of

AT = datetime(2026, 3, 17, 14, 30, tzinfo=UTC)
VAULT = RepositorySpec(name="vault", node="vault-1", path="/srv/backup")
FINE = Verdict(health=Health.HEALTHY, findings=())


def node(name: str, role: Role = Role.STANDBY, **changed: object) -> NodeView:
    made = NodeView(
        name=name, kind=NodeKind.POSTGRES, role=role, verdict=FINE, host=name, silence_seconds=0.4, timeline=3,
        lag_flush_seconds=None if role is Role.PRIMARY else 0.0, lag_flush_bytes=None if role is Role.PRIMARY else 0,
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


def view(*nodes: NodeView, primary: str | None = "nyc-1") -> ClusterView:
    return ClusterView(
        name="us", environment=Environment.LAB, manager=Manager.NONE, at=AT, serial=1, nodes=nodes, edges=(),
        verdict=FINE, primary=primary, system_identifier="7",
        exposure=Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None),
    )  # fmt: skip


def spec(**changed: object) -> ClusterSpec:
    names = ("nyc-1", "nyc-2", "nyc-3")
    made = ClusterSpec(
        name="us", environment=Environment.LAB, backup=BackupPolicy(repositories=(VAULT,)),
        nodes=tuple(
            NodeSpec(name=name, kind=NodeKind.POSTGRES, ssh=SshTarget(host=f"{name}.ssh"), postgres=PostgresTarget())
            for name in names
        ),
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


PRIMARY = node("nyc-1", Role.PRIMARY)


@pytest.mark.parametrize(
    ("nodes", "source", "chosen"),
    [
        ((PRIMARY, node("nyc-2", lag_flush_bytes=900), node("nyc-3")), "", "nyc-3"),
        ((PRIMARY, node("nyc-2"), node("nyc-3")), "", "nyc-2"),
        ((PRIMARY, node("nyc-2", lag_flush_seconds=60.0), node("nyc-3", lag_flush_bytes=2**30)), "", "nyc-1"),
        ((PRIMARY, node("nyc-2", silence_seconds=30.0), node("nyc-3", silence_seconds=None)), "", "nyc-1"),
        ((PRIMARY, node("nyc-2", lag_flush_seconds=None)), "", "nyc-1"),
        ((PRIMARY, node("nyc-2", verdict=Verdict(health=Health.LOST, findings=()))), "", "nyc-1"),
        ((PRIMARY, node("nyc-2"), node("nyc-3")), "nyc-1", "nyc-1"),
        ((PRIMARY, node("nyc-2", lag_flush_seconds=900.0)), "nyc-2", "nyc-2"),
    ],
)
def test_a_close_standby_is_chosen_else_the_primary_else_who_is_named(
    nodes: tuple[NodeView, ...], source: str, chosen: str
) -> None:
    assert chosen_node(spec(), replace(VAULT, source=source), view(*nodes)) == chosen


@pytest.mark.parametrize(
    ("nodes", "source"),
    [
        ((node("nyc-1", Role.PRIMARY, silence_seconds=30.0),), ""),
        ((node("nyc-1", Role.UNKNOWN),), "nyc-1"),
        ((PRIMARY,), "nyc-9"),
        ((PRIMARY, node("nyc-2", silence_seconds=30.0)), "nyc-2"),
    ],
)
def test_where_no_server_answers_nothing_is_taken(nodes: tuple[NodeView, ...], source: str) -> None:
    with pytest.raises(EngineTrouble) as met:
        chosen_node(spec(), replace(VAULT, source=source), view(*nodes))
    assert met.value.reason == "no-source"


def test_what_would_be_taken_is_known_as_far_as_it_was_seen() -> None:
    assert taken_from(view(PRIMARY), VAULT, spec()).timeline == 3
    assert taken_from(None, VAULT, spec()).timeline is None
    assert taken_from(view(node("nyc-1", Role.UNKNOWN), primary=None), VAULT, spec()).timeline is None


@pytest.mark.parametrize(
    ("target", "address", "reached"),
    [
        (PostgresTarget(replication_host="10.0.0.5", host="127.0.0.1"), "192.168.1.1", "10.0.0.5"),
        (PostgresTarget(host="127.0.0.9"), "192.168.1.1", "127.0.0.9"),
        (PostgresTarget(host="/run/postgresql"), "192.168.1.1", "192.168.1.1"),
        (PostgresTarget(), None, "nyc-1.ssh"),
    ],
)
def test_where_a_server_is_reached_from_its_backup_host(
    target: PostgresTarget, address: str | None, reached: str
) -> None:
    one = replace(spec().nodes[0], postgres=target)
    now = Moment(AT, 1.0)
    silent = SqlContact(state=SqlState.ANSWERS, since=now)
    seen = Observation(
        spec=one, ssh=SshContact(state=SshState.ANSWERS, since=now), vital_contact=silent, books_contact=silent,
        address=address,
    )  # fmt: skip
    assert address_of(one, seen) == reached


def backup(name: str, *, days: int = 0, parent: str | None = None, state: BackupState = BackupState.COMPLETE) -> Backup:
    at = AT - timedelta(days=10 - days)
    return Backup(
        id=name, repository="vault", engine=EngineName.NATIVE, state=state, parent=parent, begun_at=at, ended_at=at,
        kind=BackupKind.INCREMENTAL if parent else BackupKind.FULL, system_identifier="7", server_version=180006,
        timeline=3, start=None, stop=None, size_bytes=1, stored_bytes=1,
    )  # fmt: skip


def seen(*backups: Backup, name: str = "vault", trouble: str = "") -> RepositorySeen:
    return RepositorySeen(spec=replace(VAULT, name=name), at=AT, backups=backups, trouble=trouble)


def test_a_restore_reads_the_repository_with_the_newest_whole_backup() -> None:
    first = seen(backup("a", days=1))
    second = seen(backup("b", days=2), name="second")
    assert newest_of((first, second), "") is second
    assert newest_of((first, second), "a") is first
    gone = replace(second, trouble="host-silent")
    assert newest_of((first, gone), "") is first
    halves = seen(backup("c", days=3, parent="lost"), backup("d", days=4, state=BackupState.BROKEN), name="halves")
    assert newest_of((first, halves), "") is first
    assert newest_of((halves,), "") is None


def test_a_backup_is_named_by_an_unambiguous_beginning() -> None:
    there = seen(backup("20260317T10"), backup("20260317T11"))
    assert named_one(there, "20260317T11").id == "20260317T11"
    for name in ("20260317", "nothing"):
        with pytest.raises(EngineTrouble) as met:
            named_one(there, name)
        assert met.value.reason == "no-such-backup"


def mark(check: BackupCheck, result: CheckResult, reason: str = "") -> Mark:
    return Mark(repository="vault", backup="a", check=check, result=result, at=AT, reason=reason)


@pytest.mark.parametrize(
    ("marks", "status", "state", "reason"),
    [
        ((mark(BackupCheck.CHECKSUMS, CheckResult.PASSED),), 0, JobState.DONE, ""),
        ((mark(BackupCheck.CHECKSUMS, CheckResult.PASSED), mark(BackupCheck.MIRROR, CheckResult.FAILED, "lost")),
         0, JobState.FAILED, "damage-found"),
        ((mark(BackupCheck.CHECKSUMS, CheckResult.NOT_CHECKED, "report-unread"),), 0, JobState.FAILED, "report-unread"),
        ((), 1, JobState.FAILED, "command-failed"),
    ],
)  # fmt: skip
def test_a_reading_back_is_judged_by_its_marks_and_never_by_its_status(
    marks: tuple[Mark, ...], status: int, state: JobState, reason: str
) -> None:
    outcome = judged_marks("a", marks, OrderEnded(end=End.ENDED, status=status, output="well"))
    assert (outcome.state, outcome.reason) == (state, reason)


def test_the_picture_holds_what_is_so_and_forgets_marks_of_what_is_gone() -> None:
    policy = BackupPolicy(repositories=(VAULT,), cycle=(CycleEntry(what="full", cron="0 1 * * *"),))
    job = Job(id="j", cluster="us", repository="vault", kind=JobKind.VERIFY, state=JobState.RUNNING, node="vault-1",
              begun_at=AT, by="olga")  # fmt: skip
    known = Known(
        spec=spec(backup=policy), repositories=(seen(backup("a", days=9)),), jobs=(job,) * 60, missed=(), sandboxes=(),
        marks=(mark(BackupCheck.CHECKSUMS, CheckResult.PASSED), replace(mark(BackupCheck.BOOKS, CheckResult.PASSED),
               backup="gone")), watched=view(PRIMARY), machines=("m1",),
    )  # fmt: skip
    made = view_of(known, AT)
    assert [one.check for one in made.marks] == [BackupCheck.CHECKSUMS]
    assert len(made.jobs) == 30
    assert len(made.next_runs) == 5 and made.next_runs[0].at == datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
    assert made.kind_next is BackupKind.FULL
    assert dict(made.advice)["three-copies"] == "missing"
    silent = view_of(replace(known, silent=frozenset({"vault"})), AT)
    assert silent.repositories[0].trouble == "wal-silent"
    nobody = view_of(replace(known, spec=spec(backup=replace(policy, scheduler=Scheduler.NOBODY))), AT)
    assert nobody.next_runs == ()
    nothing = view_of(replace(known, spec=spec(backup=None), repositories=()), AT)
    assert (nothing.policy, nothing.kind_next, nothing.advice) == (BackupPolicy(), None, ())
