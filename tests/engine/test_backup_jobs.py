"""Work on repositories with real supervised commands: followed, cancelled, lost and found again, one at a time."""

import os
import secrets
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from console.backup.face import EngineTrouble, Order
from console.domain.backup import Job, JobKind, JobState
from console.domain.backup_policy import BackupKind
from console.domain.plan import Operation
from console.domain.reading import Moment
from console.engine import backup_orders
from console.engine.backing import Backing
from console.engine.backup_jobs import JobDesk, JobHands, Outcome, excludes, failed_order, kept_order, order_work
from console.engine.backup_orders import OrderEnded
from console.engine.restoring import Restorer
from console.engine.runs import _taken_away
from console.ssh.hosts import Said, SshHosts
from console.ssh.long_acts import end_long
from console.ssh.supervise import remove_command
from console.store.backup_log import BackupLog
from console.store.database import Store, open_store
from tests.governance.a_run import a_plan
from tests.live import wait_for

GATED = """
echo "progress copying 10 100"
while [ ! -e "$GATE" ]; do sleep 0.05; done
echo "progress copying 100 100"
echo "fact backup b1"
"""


class HereHosts(SshHosts):
    """This machine as the host; `cut`: it can't be reached; the files of order `keeps` stay until it `clears`."""

    def __init__(self) -> None:
        self.cut = threading.Event()
        self.keeps, self.clears = "", threading.Event()
        self.closed = False

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        assert node == "here"
        if self.keeps and script == shlex.join(remove_command(self.keeps).argv):
            assert self.clears.wait(60.0)
        if self.cut.is_set() or self._refusing:
            return Said(status=None, refused="cut: the test cut it")
        ended = subprocess.run(
            ["/bin/sh", "-c", script], input=stdin, capture_output=True, timeout=seconds_max, check=False, cwd="/"
        )
        return Said(status=ended.returncode, stdout=ended.stdout, stderr=ended.stderr)

    def refuse(self) -> None:
        self._refusing = True

    def close(self) -> None:
        self.closed = True

    _refusing = False


@dataclass
class Desk:
    """A desk with a real store; what it told is kept in order."""

    store: Store
    place: Path
    told: list[Job] = field(default_factory=list)
    ended: list[Job] = field(default_factory=list)
    judged: list[OrderEnded] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.log = BackupLog(self.store)
        self.desk = self.fresh()

    def fresh(self, told: Callable[[Job], None] | None = None) -> JobDesk:
        """A desk as a new engine makes it."""
        self.desk = JobDesk(
            backup_log=self.log, clock=lambda: Moment(datetime.now(UTC), time.monotonic()),
            told=told or self.told.append, ended=self.ended.append,
        )  # fmt: skip
        return self.desk

    def job(self, kind: JobKind = JobKind.BACKUP, repository: str = "vault") -> Job:
        return Job(
            id=f"t-{secrets.token_hex(4)}", cluster="lab", repository=repository, kind=kind, state=JobState.RUNNING,
            node="here", begun_at=datetime.now(UTC), by="olga",
            backup_kind=BackupKind.FULL if kind is JobKind.BACKUP else None,
        )  # fmt: skip

    def order(self, script: str = GATED, cancel: str = "") -> Order:
        name = f"test:{secrets.token_hex(6)}"
        self.names.append(name)
        return Order(
            node="here", name=name, script=f"GATE={self.place}/gate\n{script}", cancel=cancel, about=(("backup", "b1"),)
        )

    def start(self, order: Order, hosts: HereHosts | None = None, job: Job | None = None) -> Job:
        hosts = hosts or HereHosts()
        return self.desk.start(job or self.job(), kept_order(order), hosts, self.work(order))

    def work(self, order: Order) -> Callable[[JobHands], Outcome | None]:
        return order_work(order, self.finish)

    def finish(self, _: JobHands, ended: OrderEnded) -> Outcome:
        self.judged.append(ended)
        if not ended.fine:
            return failed_order(ended)
        return Outcome(state=JobState.DONE, backup=ended.facts().get("backup", ""))

    def open_gate(self) -> None:
        (self.place / "gate").write_text("")

    def seen(self, job: str) -> Job:
        found = self.desk.find(job)
        assert found is not None
        return found

    def until(self, job: str, *states: JobState) -> Job:
        return wait_for(lambda: one if (one := self.seen(job)).state in states else None, f"{states} of {job}")

    def gone(self, name: str) -> bool:
        """Is nothing left on the host by which it would be found?"""
        return not Path(f"/var/tmp/ledger-console-{os.getuid()}/{name}").exists()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "store.sqlite") as store:
        made = Desk(store, tmp_path)
        yield made
        made.open_gate()
        for name in made.names:
            end_long(HereHosts(), "here", name)
        made.desk.close()
        wait_for(lambda: not made.desk.live(), "the threads to end")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that does not answer is asked again soon."""
    monkeypatch.setattr(backup_orders, "AWAY_SECONDS_MAX", 0.5)


def test_an_order_is_followed_told_and_judged_and_nothing_of_it_stays(desk: Desk) -> None:
    order = desk.order()
    job = desk.start(order)
    wait_for(lambda: desk.seen(job.id).phase == "copying", "its phase")
    assert (desk.seen(job.id).done_bytes, desk.seen(job.id).all_bytes) == (10, 100)
    assert [one.job.id for one in desk.log.unfinished()] == [job.id]
    desk.open_gate()
    done = desk.until(job.id, JobState.DONE)
    assert (done.backup, done.reason, done.cancelling) == ("b1", "", False)
    assert done.ended_at is not None
    wait_for(lambda: desk.gone(order.name), "its files to go")
    assert desk.log.unfinished() == ()
    assert [one.id for one in desk.ended] == [job.id]


def test_progress_is_told_no_more_often_than_its_pace(desk: Desk) -> None:
    script = 'i=0; while [ $i -lt 60 ]; do i=$((i + 1)); echo "progress copying $i 60"; sleep 0.05; done'
    began = time.monotonic()
    job = desk.start(desk.order(script))
    desk.until(job.id, JobState.DONE)
    seconds = time.monotonic() - began
    assert len(desk.told) <= 2 * seconds + 6, f"{len(desk.told)} in {seconds:.1f} s"
    assert desk.seen(job.id).done_bytes == 60


def test_a_status_that_is_not_zero_is_a_failure_with_the_orders_own_reason_and_is_taken_back(desk: Desk) -> None:
    half = desk.place / "half"
    order = desk.order(f"touch {half}; echo 'fact reason no-space'; echo 'fact detail 5 bytes are free'; exit 3",
                       cancel=f"rm -f {half}")  # fmt: skip
    failed = desk.until(desk.start(order).id, JobState.FAILED)
    assert (failed.reason, failed.detail) == ("no-space", "5 bytes are free")
    assert not half.exists()


def test_a_reason_that_is_no_word_is_never_shown_as_one(desk: Desk) -> None:
    order = desk.order("echo 'fact reason <b>NO</b>'; echo 'a plain last word'; exit 1")
    failed = desk.until(desk.start(order).id, JobState.FAILED)
    assert (failed.reason, failed.detail) == ("command-failed", "a plain last word")


def test_a_cancelled_one_is_ended_on_its_host_and_taken_back(desk: Desk) -> None:
    half = desk.place / "half"
    order = desk.order(f"touch {half}\n{GATED}", cancel=f"rm -f {half}")
    job = desk.start(order)
    wait_for(half.exists, "it to begin")
    told = desk.desk.cancel(job.id)
    assert told is not None and told.cancelling
    cancelled = desk.until(job.id, JobState.CANCELLED)
    assert (cancelled.reason, cancelled.cancelling) == ("cancelled", False)
    assert not half.exists()
    assert desk.gone(order.name)
    assert not desk.judged
    wait_for(lambda: desk.desk.cancel(job.id) is None, "it to be over")


@pytest.mark.usefixtures("soon")
def test_what_was_done_before_it_could_be_cancelled_is_done(desk: Desk) -> None:
    hosts = HereHosts()
    job = desk.start(desk.order(), hosts)
    wait_for(lambda: desk.seen(job.id).phase == "copying", "its phase")
    hosts.cut.set()
    desk.until(job.id, JobState.UNSEEN)
    desk.desk.cancel(job.id)
    desk.open_gate()
    wait_for(lambda: b"fact backup" in _log(desk.names[0]), "it to end there")
    hosts.cut.clear()
    assert desk.until(job.id, JobState.DONE, JobState.CANCELLED).state is JobState.DONE


def _log(name: str) -> bytes:
    path = Path(f"/var/tmp/ledger-console-{os.getuid()}/{name}/log")
    return path.read_bytes() if path.exists() else b""


@pytest.mark.usefixtures("soon")
def test_a_lost_host_is_unseen_and_come_back_to(desk: Desk) -> None:
    hosts = HereHosts()
    job = desk.start(desk.order(), hosts)
    wait_for(lambda: desk.seen(job.id).phase == "copying", "its phase")
    hosts.cut.set()
    unseen = desk.until(job.id, JobState.UNSEEN)
    assert unseen.reason == "host-silent"
    assert [one.job.state for one in desk.log.unfinished()] == [JobState.UNSEEN]
    hosts.cut.clear()
    desk.until(job.id, JobState.RUNNING)
    desk.open_gate()
    assert desk.until(job.id, JobState.DONE).reason == ""


@pytest.mark.parametrize("ended_meanwhile", [False, True])
def test_an_engine_that_ends_leaves_it_and_the_next_one_finds_it(desk: Desk, ended_meanwhile: bool) -> None:
    order = desk.order()
    hosts = HereHosts()
    job = desk.start(order, hosts)
    wait_for(lambda: desk.seen(job.id).phase == "copying", "its phase")
    first = desk.desk
    first.close()
    wait_for(lambda: not first.live(), "the first engine to leave")
    assert hosts.closed
    (kept,) = desk.log.unfinished()
    assert kept.order == kept_order(order)
    if ended_meanwhile:
        desk.open_gate()
        wait_for(lambda: b"fact backup" in _log(order.name), "it to end there")
    second = desk.fresh()
    second.come_back(kept, HereHosts(), order_work(kept.order, desk.finish))
    desk.open_gate()
    assert desk.until(job.id, JobState.DONE).backup == "b1"
    wait_for(lambda: desk.gone(order.name), "its files to go")


def test_one_that_was_killed_without_a_word_has_vanished_and_is_taken_back(desk: Desk) -> None:
    half = desk.place / "half"
    order = desk.order(f"touch {half}\n{GATED}", cancel=f"rm -f {half}")
    job = desk.start(order)
    wait_for(half.exists, "it to begin")
    claim = Path(f"/var/tmp/ledger-console-{os.getuid()}/{order.name}/claim").read_text().split()
    os.killpg(int(claim[0]), signal.SIGKILL)
    failed = desk.until(job.id, JobState.FAILED)
    assert failed.reason == "vanished"
    assert not half.exists()


def test_one_of_which_its_host_knows_nothing_was_never_begun(desk: Desk) -> None:
    order = desk.order()
    job = desk.job()
    desk.log.begin(job, kept_order(order))
    (kept,) = desk.log.unfinished()
    desk.desk.come_back(kept, HereHosts(), order_work(kept.order, desk.finish))
    assert desk.until(job.id, JobState.FAILED).reason == "not-begun"


def test_a_host_that_can_not_be_reached_at_the_beginning_is_a_failure_and_nothing_was_begun(desk: Desk) -> None:
    hosts = HereHosts()
    hosts.cut.set()
    failed = desk.until(desk.start(desk.order(), hosts).id, JobState.FAILED)
    assert failed.reason == "host-refused"


def test_a_secret_reaches_the_order_and_no_list_of_arguments(desk: Desk) -> None:
    order = replace(desk.order('read -r key; [ "$key" = hush-42 ] && echo "fact backup b1"; ps -ef >"$GATE.ps"'),
                    secrets=("hush-42",))  # fmt: skip
    assert desk.until(desk.start(order).id, JobState.DONE).backup == "b1"
    assert "hush-42" not in (desk.place / "gate.ps").read_text()
    assert "hush-42" not in str(desk.log.job(desk.ended[0].id) if desk.ended else "")


def test_two_at_once_in_one_repository_are_refused_and_the_first_goes_on(desk: Desk) -> None:
    job = desk.start(desk.order())
    with pytest.raises(EngineTrouble) as met:
        desk.start(desk.order())
    assert (met.value.reason, job.id in met.value.detail) == ("busy", True)
    other = desk.start(desk.order("true"), job=desk.job(repository="other"))
    desk.until(other.id, JobState.DONE)
    desk.open_gate()
    desk.until(job.id, JobState.DONE)


def test_who_sees_the_end_can_follow_it_at_once(desk: Desk) -> None:
    """Its repository is free in the moment in which it is seen as ended, though its files still lie on the host."""
    first, second = desk.order("true"), desk.order("true")
    hosts = HereHosts()
    hosts.keeps = first.name
    job = desk.job()
    followed: list[Job] = []

    def told(one: Job) -> None:  # in the thread that ends it, and within its last change
        if one.id == job.id and one.state is JobState.DONE:
            followed.append(desk.start(second))

    desk.fresh(told)
    desk.start(first, hosts, job)
    wait_for(lambda: followed, "the next one to begin")
    assert desk.until(followed[0].id, JobState.DONE).backup == ""
    assert not desk.gone(first.name)
    assert desk.desk.live() == () and desk.desk.cancel(job.id) is None
    assert desk.seen(job.id).state is JobState.DONE and not desk.seen(job.id).cancelling
    hosts.clears.set()
    wait_for(lambda: desk.gone(first.name), "its files to go")
    assert [one.id for one in desk.ended] == [job.id, followed[0].id]


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        (JobKind.BACKUP, JobKind.BACKUP, True),
        (JobKind.BACKUP, JobKind.EXPIRE, True),
        (JobKind.BACKUP, JobKind.PROVE, False),
        (JobKind.BACKUP, JobKind.VERIFY, False),
        (JobKind.PROVE, JobKind.PROVE, True),
        (JobKind.PROVE, JobKind.RESTORE, False),
        (JobKind.EXPIRE, JobKind.RESTORE, True),
        (JobKind.VERIFY, JobKind.EXPIRE, True),
    ],
)
def test_what_goes_beside_what(one: JobKind, other: JobKind, excluded: bool) -> None:
    assert excludes(one, other) is excluded
    assert excludes(other, one) is excluded


def test_no_restore_is_begun_while_backups_are_taken_away(desk: Desk) -> None:
    restorer = Restorer(cast(Backing, SimpleNamespace(desk=desk.desk)))
    restore = replace(a_plan(), cluster="lab", operation=Operation.RESTORE)
    assert _taken_away(restore, restorer) is None
    job = desk.start(desk.order(), job=desk.job(JobKind.EXPIRE))
    refused = _taken_away(restore, restorer)
    assert refused is not None and (refused.reason, refused.detail) == ("expiry-under-way", job.id)
    assert _taken_away(replace(restore, operation=Operation.SWITCHOVER), restorer) is None
    assert _taken_away(replace(restore, cluster="another"), restorer) is None
    desk.open_gate()
    desk.until(job.id, JobState.DONE)
    wait_for(lambda: _taken_away(restore, restorer) is None, "the way to be free")


def test_what_can_not_be_written_down_is_not_begun(desk: Desk) -> None:
    job = desk.job()
    desk.log.begin(job, kept_order(desk.order()))
    touched = desk.place / "touched"
    order = desk.order(f"touch {touched}")
    with pytest.raises(Exception, match="UNIQUE"):
        desk.start(order, job=job)
    assert not desk.desk.live()
    assert not touched.exists()
    assert desk.gone(order.name)


@pytest.mark.allows_warnings
def test_work_that_fails_in_a_way_that_nobody_foresaw_ends_as_failed(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_: JobHands) -> Outcome | None:
        raise RuntimeError("a mistake of ours")

    job = desk.desk.start(desk.job(), kept_order(desk.order()), HereHosts(), work)
    failed = desk.until(job.id, JobState.FAILED)
    assert (failed.reason, failed.detail) == ("not-foreseen", "RuntimeError: a mistake of ours")
    assert "a mistake of ours" in caplog.text
