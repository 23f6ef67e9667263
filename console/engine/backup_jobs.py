"""Work on repositories: one at a time for each, written down before it begins, told as it goes, found again."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from console.backup.face import EngineTrouble, Order, Progress, read_progress
from console.domain.backup import Job, JobKind, JobState
from console.domain.reading import Moment
from console.engine.backup_orders import End, OrderEnded, OrderFollower, clear_away, take_back
from console.ssh.hosts import SshHosts
from console.store.backup_log import BackupLog, KeptJob, KeptOrder
from console.store.trouble import StoreTrouble

TELL_SECONDS: Final = 0.5  # an unchanged phase is told no more often
RATE_SECONDS: Final = 10.0  # the rate is that of so many last seconds
JOBS_AT_ONCE_MAX: Final = 16
WORDS_MAX: Final = 600

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a piece of work came out. `backup`: what it made or worked on, where that is known only now."""

    state: JobState
    reason: str = ""
    detail: str = ""
    backup: str = ""


class JobHands:
    """What work is done with: hosts of its own, a way to tell how far it is, and whether a person wants it ended."""

    def __init__(
        self, job: Job, hosts: SshHosts, *, backup_log: BackupLog, clock: Callable[[], Moment],
        changed: Callable[[Job], None],
    ) -> None:  # fmt: skip
        self.hosts, self.clock = hosts, clock
        self.cancel = threading.Event()
        self.stopping = threading.Event()
        self.order = KeptOrder()  # the one that is followed now
        self._log, self._changed = backup_log, changed
        self._guard = threading.Lock()
        self._putting = threading.Lock()  # one change after the other; who only looks does not wait for the disk
        self._job = job
        self._seen: deque[tuple[float, int]] = deque()
        self._told = float("-inf")

    @property
    def job(self) -> Job:
        with self._guard:
            return self._job

    @property
    def over(self) -> bool:
        """Is it seen as ended? From that moment on it is in nobody's way, though its files may not be gone yet."""
        return has_ended(self.job)

    def put(self, *, durable: bool = False, **changed: object) -> Job:
        """Change the job; `durable`: on disk before anybody sees it. Faces hear of it at once. Raises StoreTrouble.

        One that has ended stays as it ended.
        """
        with self._putting:
            if self.over:
                return self.job
            if durable:
                self._log.keep(replace(self.job, **changed))  # type: ignore[arg-type]
            with self._guard:
                self._job = replace(self._job, **changed)  # type: ignore[arg-type]
                job = self._job
                self._told = self.clock().ticks
        self._changed(job)
        return job

    def put_order(self, order: KeptOrder) -> None:
        """Another order of the same work begins: by it this is found again. Raises StoreTrouble."""
        self.order = order
        self._log.keep(self.job, order)

    def clear(self, order: KeptOrder) -> None:
        """The files of an order that has ended and was judged."""
        said = clear_away(self.hosts, order)
        if not said.fine:
            log.info("job %s: its files on %s stay: %s", self.job.id, order.node, said.words())

    def progress(self, seen: Progress) -> None:
        """How far it is. Told when the phase changes, else at its pace."""
        now = self.clock().ticks
        with self._guard:
            phase = seen.phase or self._job.phase
            fresh = phase != self._job.phase
            if fresh:
                self._seen.clear()
            if seen.done_bytes is not None:
                self._seen.append((now, seen.done_bytes))
            while len(self._seen) > 2 and now - self._seen[1][0] >= RATE_SECONDS:
                self._seen.popleft()
            rate = _rate(self._seen)
            left = None
            if rate and seen.all_bytes is not None and seen.done_bytes is not None:
                left = max(0.0, (seen.all_bytes - seen.done_bytes) / rate)
            self._job = replace(
                self._job, phase=phase, done_bytes=seen.done_bytes, all_bytes=seen.all_bytes, bytes_per_second=rate,
                seconds_left=left,
            )  # fmt: skip
            job, due = self._job, fresh or now - self._told >= TELL_SECONDS
            if due:
                self._told = now
        if due:
            self._changed(job)

    def away(self, away: bool) -> None:
        """Its host is out of reach, or is there again: the work may go on there all the time."""
        if self.stopping.is_set():
            return
        state = JobState.UNSEEN if away else JobState.RUNNING
        try:
            self.put(durable=True, state=state, reason="host-silent" if away else "")
        except StoreTrouble as trouble:
            log.warning("job %s: %s", self.job.id, trouble)


Work = Callable[[JobHands], Outcome | None]  # None: the engine ends, and it goes on without us
Finish = Callable[[JobHands, OrderEnded], Outcome]


def order_work(order: Order | KeptOrder, finish: Finish) -> Work:
    """The work that one order is: followed to its end, judged by `finish`, taken back where it did not end well."""
    kept = kept_order(order) if isinstance(order, Order) else order

    def work(hands: JobHands) -> Outcome | None:
        follower = OrderFollower(
            hands.hosts, kept, told=lambda output: hands.progress(read_progress(output)), away=hands.away,
            cancel=hands.cancel, stopping=hands.stopping,
        )  # fmt: skip
        ended = follower.begin(order) if isinstance(order, Order) else follower.go_on()
        if ended.end is End.LEFT:
            return None
        if ended.end is End.CANCELLED:
            return Outcome(state=JobState.CANCELLED, reason="cancelled", detail=ended.detail)
        outcome = finish(hands, ended) if ended.end is End.ENDED else _unended(ended)
        if outcome.state is not JobState.DONE:
            said = take_back(hands.hosts, kept)
            if not said.fine:
                outcome = replace(outcome, detail=f"{outcome.detail}\nnot taken back: {said.words()}".strip())
        return outcome

    return work


def kept_order(order: Order) -> KeptOrder:
    """What is kept of an order: never its secrets, nor its script, which is not run twice."""
    return KeptOrder(node=order.node, name=order.name, cancel=order.cancel, about=order.about)


def failed_order(ended: OrderEnded) -> Outcome:
    """An order that ended with another status than 0: its own reason, where it named one."""
    facts = ended.facts()
    reason = "too-long" if ended.late else facts.get("reason", "")
    if not _is_word(reason):
        reason = "command-failed"
    detail = facts.get("detail", "") or ended.last_words() or f"exit status {ended.status}"
    return Outcome(state=JobState.FAILED, reason=reason, detail=detail[-WORDS_MAX:])


def _is_word(text: str) -> bool:
    return 0 < len(text) <= 40 and text.isascii() and text.replace("-", "").isalnum() and text == text.lower()


def _unended(ended: OrderEnded) -> Outcome:
    reason = {End.VANISHED: "vanished", End.ABSENT: "not-begun", End.NOT_BEGUN: "host-refused"}[ended.end]
    return Outcome(state=JobState.FAILED, reason=reason, detail=ended.last_words()[-WORDS_MAX:])


def _rate(seen: deque[tuple[float, int]]) -> float | None:
    if len(seen) < 2 or seen[-1][0] <= seen[0][0] or seen[-1][1] < seen[0][1]:
        return None
    return (seen[-1][1] - seen[0][1]) / (seen[-1][0] - seen[0][0])


class JobDesk:
    """All work of one engine. `told` hears every change of a job, `ended` each that has come to its end."""

    def __init__(
        self, *, backup_log: BackupLog, clock: Callable[[], Moment], told: Callable[[Job], None],
        ended: Callable[[Job], None],
    ) -> None:  # fmt: skip
        self._log, self._clock, self._told, self._ended = backup_log, clock, told, ended
        self._guard = threading.Lock()
        self._closing = False
        self._live: dict[str, JobHands] = {}

    def start(self, job: Job, order: KeptOrder, hosts: SshHosts, work: Work) -> Job:
        """Begin it: written down first. Raises EngineTrouble where its repository is busy, and StoreTrouble."""
        hands = self._taken(job, hosts)
        try:
            self._log.begin(job, order)
        except BaseException:
            self._forget(job.id)
            raise
        self._begin(hands, order, work)
        return job

    def come_back(self, kept: KeptJob, hosts: SshHosts, work: Work) -> None:
        """Take up what an earlier engine began."""
        job = replace(kept.job, state=JobState.RUNNING, reason="", done_bytes=None, bytes_per_second=None,
                      seconds_left=None)  # fmt: skip
        hands = self._taken(job, hosts)
        if job.cancelling:
            hands.cancel.set()
        self._begin(hands, kept.order, work)

    def _taken(self, job: Job, hosts: SshHosts) -> JobHands:
        with self._guard:
            if self._closing:
                raise EngineTrouble("engine-ends", job.node)
            if len(self._live) >= JOBS_AT_ONCE_MAX:
                raise EngineTrouble("busy", job.node, f"{len(self._live)} pieces of work are under way")
            there = [one.job for one in self._live.values() if not one.over and _same_place(one.job, job)]
            running = next((one for one in there if excludes(one.kind, job.kind)), None)
            if running is not None:
                raise EngineTrouble("busy", job.node, f"{running.kind.value} {running.id} is under way")
            hands = JobHands(job, hosts, backup_log=self._log, clock=self._clock, changed=self._told)
            self._live[job.id] = hands
            return hands

    def _begin(self, hands: JobHands, order: KeptOrder, work: Work) -> None:
        self._told(hands.job)
        hands.order = order
        name = f"job {hands.job.id}"
        threading.Thread(target=self._work, args=(hands, work), name=name, daemon=True).start()

    def _work(self, hands: JobHands, work: Work) -> None:
        try:
            outcome = work(hands)
        except EngineTrouble as trouble:
            outcome = Outcome(state=JobState.FAILED, reason=trouble.reason, detail=trouble.detail)
        except StoreTrouble as trouble:
            outcome = Outcome(state=JobState.FAILED, reason="store-trouble", detail=f"{trouble}")
        except Exception as error:  # a poll round: what it met must not leave a job that runs for ever
            log.exception("job %s failed in a way that was not foreseen", hands.job.id)
            outcome = Outcome(state=JobState.FAILED, reason="not-foreseen", detail=f"{type(error).__name__}: {error}")
        try:
            if outcome is not None:
                self._close_job(hands, outcome)
        finally:
            hands.hosts.close()
            self._forget(hands.job.id)

    def _close_job(self, hands: JobHands, outcome: Outcome) -> None:
        """Its end is on disk before the files on the host go by which it would be found again.

        Who sees it as ended can follow it at once: that it is over and that its repository is free is one moment.
        """
        job = hands.job
        try:
            hands.put(
                durable=True, state=outcome.state, reason=outcome.reason, detail=outcome.detail[-WORDS_MAX:],
                backup=outcome.backup or job.backup, ended_at=self._clock().utc, seconds_left=None, cancelling=False,
            )  # fmt: skip
        except StoreTrouble as trouble:
            log.error("how job %s ended is not kept, it is taken up again: %s", job.id, trouble)
        self._ended(hands.job)
        if hands.over and hands.order.name:
            hands.clear(hands.order)

    def _forget(self, job: str) -> None:
        with self._guard:
            self._live.pop(job, None)

    # -- asked --------------------------------------------------------------------------------------------------

    def live(self, cluster: str = "") -> tuple[Job, ...]:
        """What is under way."""
        with self._guard:
            jobs = [one.job for one in self._live.values()]
        return tuple(one for one in jobs if not has_ended(one) and (not cluster or one.cluster == cluster))

    def find(self, job: str) -> Job | None:
        """One piece of work, living or ended, by its id or an unambiguous beginning. Raises StoreTrouble."""
        with self._guard:
            exact = self._live.get(job)
        if exact is not None:
            return exact.job
        kept = self._log.job(job) if job else None
        if kept is None:
            return None
        with self._guard:
            hands = self._live.get(kept.job.id)
        return hands.job if hands is not None else kept.job

    def in_the_way(self, cluster: str, repository: str, kind: JobKind) -> Job | None:
        """What is under way at a repository that work of this kind can't be done beside."""
        there = (one for one in self.live(cluster) if one.repository == repository)
        return next((one for one in there if excludes(one.kind, kind)), None)

    def cancel(self, job: str) -> Job | None:
        """Ask for its end; None where it is not under way. Raises StoreTrouble."""
        with self._guard:
            hands = self._live.get(job)
        if hands is None:
            return None
        told = hands.put(durable=True, cancelling=True)
        if has_ended(told):
            return None
        hands.cancel.set()
        return told

    def close(self) -> None:
        """The engine ends: nobody follows any more, and all goes on where it runs."""
        with self._guard:
            self._closing = True
            hands = list(self._live.values())
        for one in hands:
            one.stopping.set()
            one.hosts.refuse()


def has_ended(job: Job) -> bool:
    """Is this how it came out, for good?"""
    return job.state not in (JobState.RUNNING, JobState.UNSEEN)


def excludes(one: JobKind, other: JobKind) -> bool:
    """Two that write, or two of a kind, never at once; what only reads goes beside a backup, not beside an expiry."""
    writes = {JobKind.BACKUP, JobKind.EXPIRE}
    return one is other or {one, other} <= writes or JobKind.EXPIRE in (one, other)


def _same_place(one: Job, other: Job) -> bool:
    return (one.cluster, one.repository) == (other.cluster, other.repository)
