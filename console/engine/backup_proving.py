"""Restores into sandboxes: to prove a backup and take the copy away, or to look at it until somebody closes it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from console.backup.face import BackupEngine, EngineTrouble, Order, Progress, read_progress
from console.domain.backup import Backup, BackupCheck, CheckResult, Job, JobKind, JobState, RepositorySeen
from console.domain.backup_policy import BackupPolicy
from console.domain.chain import ChainBroken, chain_of
from console.domain.cluster import ClusterSpec
from console.domain.reading import Moment
from console.domain.restore import Chosen
from console.domain.text import shown
from console.engine.backup_jobs import JobHands, Outcome, Work, kept_order
from console.engine.backup_orders import End, OrderFollower, clear_away, take_back
from console.engine.sealing import Sealed
from console.recovery.books_proof import NoSeals, SealedBooks
from console.recovery.restore_proof import Proven, prove_restore
from console.recovery.sandbox import (
    INSPECT,
    INSPECT_LIFE_SECONDS,
    PROOF,
    PROOF_LIFE_SECONDS,
    Opening,
    Ways,
    close_sandbox,
    end_proofs,
    place_of,
    root_of,
)
from console.recovery.sandbox_watch import SandboxTrouble
from console.ssh.hosts import Said
from console.store.backup_log import BackupLog, KeptOrder
from console.store.seals import Seals
from console.store.settings import Settings

RATE_KEY: Final = "restore-rate-{cluster}"
WORDS_MAX: Final = 200


class _EngineEnds(Exception):
    """The engine ends in the middle of a proof: the next one takes away what is left of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoring:
    """What one restore is to be: the chain, the full backup first, and the target; None: the end of the backup."""

    spec: ClusterSpec
    seen: RepositorySeen
    chain: tuple[Backup, ...]
    chosen: Chosen | None
    words: str  # the target as a person said it


class Proving:
    """Makes the work of restores. The marks are kept when it has ended, whatever it came to."""

    def __init__(
        self, *, backup_log: BackupLog, seals: Seals, settings: Settings, clock: Callable[[], Moment], console: str
    ) -> None:
        self._console = console
        self._log, self._seals, self._settings, self._clock = backup_log, seals, settings, clock

    def work(self, job: Job, wanted: Restoring, engine: BackupEngine) -> tuple[Work, KeptOrder]:
        """Raises EngineTrouble where the engine can't lay it out."""
        policy = wanted.spec.backup or BackupPolicy()
        root = root_of(policy, wanted.seen.spec)
        at = place_of(wanted.spec, node=wanted.seen.spec.node, root=root, id=job.id)
        order = engine.lay_out(job.id, wanted.chain, at.data)
        inspect = job.kind is JobKind.RESTORE
        opening = Opening(
            id=job.id, root=root, order=order, chain=wanted.chain, chosen=wanted.chosen, held=wanted.seen.wal,
            target=wanted.words[:WORDS_MAX], by=job.by, opened_at=job.begun_at, purpose=INSPECT if inspect else PROOF,
            engine=self._console, life_seconds=INSPECT_LIFE_SECONDS if inspect else PROOF_LIFE_SECONDS,
        )  # fmt: skip

        def run(hands: JobHands) -> Outcome | None:
            return self._run(hands, wanted, opening)

        # Nothing to be found again by: after a kill what is left of it is taken away, see `tidy`.
        return run, KeptOrder(node=order.node, about=(("root", root),))

    def _run(self, hands: JobHands, wanted: Restoring, opening: Opening) -> Outcome | None:
        segment = wanted.seen.wal.segment_bytes

        def progress(phase: str, done: int | None, all_: int | None) -> None:
            size = segment if phase == "recovering" else 1
            scaled = [None if one is None else one * size for one in (done, all_)]
            hands.progress(Progress(phase=phase, done_bytes=scaled[0], all_bytes=scaled[1]))

        ways = Ways(
            hosts=hands.hosts, run_order=lambda order: _followed(hands, order),
            ticks=lambda: self._clock().ticks, pause=hands.cancel.wait, progress=progress,
            stopping=lambda: hands.cancel.is_set() or hands.stopping.is_set(),
        )  # fmt: skip
        try:
            proven = prove_restore(
                wanted.spec, opening, ways, hands.hosts, sealed=self._sealed(wanted.spec), clock=self._clock
            )
        except _EngineEnds:
            return None
        if hands.stopping.is_set():
            return None
        self._log.mark(wanted.spec.name, proven.marks)
        self._remember_rate(wanted, proven)
        if hands.cancel.is_set() and proven.opened is None:
            return Outcome(state=JobState.CANCELLED, reason="cancelled", detail=proven.left)
        return _outcome(proven, wanted.chain[-1].id, keeps=opening.purpose == INSPECT)

    def _sealed(self, spec: ClusterSpec) -> SealedBooks:
        mapping = spec.ledger_mapping
        return NoSeals() if mapping is None else Sealed(self._seals, spec.name, mapping)

    def _remember_rate(self, wanted: Restoring, proven: Proven) -> None:
        sizes = [one.size_bytes for one in wanted.chain]
        if proven.lay_out_seconds and None not in sizes:
            rate = sum(size for size in sizes if size is not None) / proven.lay_out_seconds
            self._settings.set(RATE_KEY.format(cluster=wanted.spec.name)[:63], f"{rate:.0f}")

    def tidy(self, spec: ClusterSpec, job: Job, kept: KeptOrder, *, live: Callable[[], tuple[str, ...]]) -> Work:
        """What is left to do for a restore whose engine was killed: its copy goes, and so do those of other proofs of
        this cluster and this console that nobody works on. `live`: the jobs that run at this very moment.
        """

        def run(hands: JobHands) -> Outcome | None:
            root = dict(kept.about).get("root", "")
            try:
                if root:
                    close_sandbox(hands.hosts, place_of(spec, node=kept.node, root=root, id=job.id))
                    end_proofs(
                        hands.hosts, kept.node, root, cluster=spec.name, engine=self._console, live=live
                    )  # fmt: skip
            except SandboxTrouble as trouble:
                if hands.stopping.is_set():
                    return None
                detail = f"not taken away: {trouble.reason} {trouble.detail}".strip()
                return Outcome(state=JobState.FAILED, reason="engine-killed", detail=detail)
            return Outcome(state=JobState.FAILED, reason="engine-killed")

        return run


def restoring_chain(seen: RepositorySeen, backup: Backup) -> tuple[Backup, ...]:
    """All that a backup needs, the full one first. Raises EngineTrouble where it can't be restored."""
    chain = chain_of(backup, seen.backups)
    if isinstance(chain, ChainBroken):
        raise EngineTrouble("chain-broken", seen.spec.node, f"{backup.id}: {chain.reason} {chain.backup}")
    return chain


def _followed(hands: JobHands, order: Order) -> Said:
    """An order of a restore, followed to its end; cancelled it leaves nothing, and says so as SandboxTrouble."""
    kept = kept_order(order)
    follower = OrderFollower(
        hands.hosts, kept, told=lambda output: hands.progress(read_progress(output)), away=hands.away,
        cancel=hands.cancel, stopping=hands.stopping,
    )  # fmt: skip
    ended = follower.begin(order)
    if ended.end is End.LEFT:
        raise _EngineEnds
    if ended.end is End.CANCELLED:
        raise SandboxTrouble("cancelled", order.node)
    if ended.end is End.NOT_BEGUN:
        return Said(status=None, refused=ended.detail)
    if not ended.fine:
        take_back(hands.hosts, kept)
    clear_away(hands.hosts, kept)
    status = ended.status if ended.end is End.ENDED else 1
    words = b"" if ended.end is End.ENDED else b"it vanished: its host or somebody ended it"
    return Said(status=status, stdout=ended.output.encode(), stderr=words)


def _outcome(proven: Proven, backup: str, *, keeps: bool) -> Outcome:
    """How it came out, by its marks alone."""
    left = f"; not taken away: {proven.left}" if proven.left else ""
    bad = [mark for mark in proven.marks if mark.result is CheckResult.FAILED]
    bad += [mark for mark in proven.marks if mark.check is BackupCheck.RESTORED
            and mark.result is CheckResult.NOT_CHECKED]  # fmt: skip
    said = "; ".join(f"{one.check.value}: {one.reason} {shown(one.detail)}".strip() for one in bad)
    if keeps and proven.opened is not None:
        return Outcome(state=JobState.DONE, reason=bad[0].reason if bad else "", detail=said, backup=backup)
    if bad or not proven.passed:
        reason = bad[0].reason if bad else "not-checked"
        return Outcome(state=JobState.FAILED, reason=reason or "not-proven", detail=said + left, backup=backup)
    return replace(Outcome(state=JobState.DONE, backup=backup), detail=left.lstrip("; "))
