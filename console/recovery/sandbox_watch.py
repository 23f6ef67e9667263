"""Watches a sandbox recover, and judges from what the server says whether it stands where it was meant to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.domain.backup import Backup, WalHeld
from console.domain.plan import Pairs
from console.domain.restore import Chosen, TargetKind
from console.domain.wal import Lsn, timeline_of_segment
from console.postgres import restore_verbs
from console.postgres.restore_facts import RecoverySeen, read_look, segment_number
from console.postgres.restore_verbs import SandboxAt
from console.ssh.hosts import Hosts

LOOK_SECONDS: Final = 0.2
LOOK_SECONDS_MAX: Final = 2.0
ASK_SECONDS_MAX: Final = 30.0
RECOVERY_SECONDS_MAX: Final = 12 * 3600.0
STILL_SECONDS_MAX: Final = 1800.0  # so long nothing moved: neither a position nor a file
UNREACHED_SECONDS_MAX: Final = 60.0
IN_VAIN: Final = 6  # so often in a row WAL was asked for that did not come
SAME_LOOKS: Final = 2
STARTS_MAX: Final = 3
# How a restore_command ends: the shell's own words for a program that is not there, and what ends recovery for good.
COMMAND_MISSING: Final = (126, 127)
FETCH_GIVES_UP: Final = 125


class SandboxTrouble(Exception):
    """A sandbox could not be opened, asked or closed.

    `reason`: a kebab-case word for `ui.backup_words`: not-laid-out, leads-out, makes-table-space, no-data, not-started,
    recovery-failed, restore-command-failed, settings-too-small, wal-missing, wal-damaged, not-consistent,
    target-not-reached, other-system, too-slow, host-silent, cancelled, no-sandbox, not-running, busy, not-ours,
    not-writable, not-readable, still-running, not-removed; or one of the engine's. `seen`: how far recovery was.
    `left`: what could not be taken away.
    """

    def __init__(self, reason: str, node: str, detail: str = "", *, seen: RecoverySeen | None = None) -> None:
        super().__init__(f"{node}: {reason}" + (f": {detail}" if detail else ""))
        self.reason, self.node, self.detail, self.seen = reason, node, detail, seen
        self.left = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryWanted:
    """Where recovery is to go. `chosen` None: to the end of the backup."""

    backup: Backup
    chosen: Chosen | None
    held: WalHeld | None

    @property
    def kind(self) -> TargetKind | None:
        """None: the end of the backup."""
        return None if self.chosen is None else self.chosen.target.kind

    @property
    def timeline(self) -> int | None:
        return self.backup.timeline if self.chosen is None else self.chosen.timeline

    def settings(self) -> Pairs:
        """The target as settings of the server, its timeline always named."""
        given: dict[str, str] = {"recovery_target": "immediate"} if self.chosen is None else dict(self.chosen.settings)
        given.pop("recovery_target_action", None)  # it is ours: a sandbox waits where it stopped
        if self.timeline is not None:
            given["recovery_target_timeline"] = str(self.timeline)
        return tuple(given.items())

    def held_end(self) -> Lsn | None:
        """How far the segment is filled that was still being received; a ledger that is written never stands still."""
        ranges = () if self.held is None else self.held.ranges
        ends = [one.partial_end for one in ranges if one.timeline == self.timeline and one.partial_end is not None]
        return max(ends, default=None)

    def last_held(self) -> int | None:
        """The number of the last segment that the repository holds on the way to this timeline; None: not known."""
        if self.held is None or self.timeline is None:
            return None
        numbers = [each.last for each in self.held.ranges if each.timeline == self.timeline]
        if not numbers:
            # It forked and wrote no whole segment since: what its parents hold up to the fork.
            ends = {fork.timeline: fork for fork in self.held.forks}
            fork = ends.get(self.timeline)
            if fork is None:
                return None
            upto = fork.position.position // self.held.segment_bytes
            numbers = [min(each.last, upto) for each in self.held.ranges if each.timeline == fork.parent]
        return max(numbers, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Where recovery stands, by the server's own words. `stopped`: 'before commit of transaction …', empty for latest.

    `segments`: WAL files that were read. `held_to_the_end`: all WAL that the repository is known to hold was read;
    None: it was not the aim, or not known what it holds.
    """

    position: Lsn
    timeline: int | None
    last_commit: datetime | None
    stopped: str
    system_identifier: str
    segments: int
    held_to_the_end: bool | None
    seen: RecoverySeen


def judge(wanted: RecoveryWanted, seen: RecoverySeen, *, still: int) -> Reached | tuple[str, str] | None:
    """Reached; or why not, a kebab-case word and a detail; or None: it is on its way.

    `still`: at how many looks in a row, this one included, it stood waiting for WAL at the same position.
    """
    if not seen.running:
        return _ended(seen)
    system = wanted.backup.system_identifier
    if seen.system_identifier and system and seen.system_identifier != system:
        return "other-system", f"{seen.system_identifier} instead of {system}"
    if not seen.ready or seen.position is None:
        if seen.asked_in_vain() >= IN_VAIN:
            return "not-consistent", f"{seen.lacked()} did not come; {seen.trouble()}".rstrip("; ")
        return None
    if seen.in_recovery is False:
        return "recovery-failed", "it left recovery"
    if seen.paused and not seen.stopped and seen.settings_too_small:
        return "settings-too-small", seen.trouble()
    if wanted.kind is not TargetKind.LATEST:
        if seen.paused and seen.stopped:
            return _reached(wanted, seen, None)
        if still >= SAME_LOOKS:
            return _short(wanted, seen) or ("target-not-reached", f"no WAL beyond {seen.position}")
        if _beyond(wanted, seen, by=2):
            return "target-not-reached", f"it is not in what was held, replay is at {seen.position}"
        return None
    end = wanted.held_end()
    # WAL that is still being received is fetched again and again, and brings a little more each time.
    far = seen.position >= end if end is not None else seen.waiting and _beyond(wanted, seen, by=1)
    if seen.paused or still >= SAME_LOOKS or far:
        short = _short(wanted, seen)
        return short or _reached(wanted, seen, None if wanted.last_held() is None else True)
    return None


def _ended(seen: RecoverySeen) -> tuple[str, str]:
    """Why its server is gone."""
    if seen.settings_too_small:
        return "settings-too-small", seen.trouble()
    if seen.makes_space:
        return "makes-table-space", seen.trouble()
    name, status = seen.asked[-1] if seen.asked else ("", 0)
    if status in COMMAND_MISSING:
        return "restore-command-failed", seen.trouble()
    if status > FETCH_GIVES_UP:
        return "wal-damaged", f"{name} could not be fetched: {seen.trouble()}"
    return "recovery-failed", seen.trouble()


def _beyond(wanted: RecoveryWanted, seen: RecoverySeen, *, by: int) -> bool:
    """Has replay gone so many segments beyond the last that the repository was known to hold?"""
    last = wanted.last_held()
    if last is None or wanted.held is None or seen.position is None:
        return False
    return seen.position.position // wanted.held.segment_bytes >= last + by


def _reached(wanted: RecoveryWanted, seen: RecoverySeen, to_the_end: bool | None) -> Reached:
    assert seen.position is not None
    return Reached(
        position=seen.position, timeline=seen.timeline_at(wanted.timeline), last_commit=seen.last_commit,
        stopped=seen.stopped, system_identifier=seen.system_identifier, segments=seen.fetched,
        held_to_the_end=to_the_end, seen=seen,
    )  # fmt: skip


def _short(wanted: RecoveryWanted, seen: RecoverySeen) -> tuple[str, str] | None:
    """Why it stands before the end of what the repository holds; None where it read all of that, or it isn't known."""
    last = wanted.last_held()
    if last is None or wanted.held is None or seen.position is None:
        return None
    size = wanted.held.segment_bytes
    lacked = seen.lacked()
    asked = segment_number(lacked, size) if lacked else None
    at = seen.position.position // size
    if asked is not None and asked <= last:
        return "wal-missing", lacked
    if at > last or (asked is not None and asked > last):
        return _other_branch(wanted, seen)
    return "wal-damaged", f"no valid record at {seen.position}; {seen.trouble()}".rstrip("; ")


def _other_branch(wanted: RecoveryWanted, seen: RecoverySeen) -> tuple[str, str] | None:
    """The last file that came has to be of the timeline that was wanted, where the repository holds one of it."""
    name = seen.fetched_last()
    if not name or wanted.held is None or wanted.timeline is None:
        return None
    if timeline_of_segment(name) == wanted.timeline:
        return None
    if any(each.timeline == wanted.timeline for each in wanted.held.ranges):
        return "wal-missing", f"timeline {wanted.timeline}: {name} is the last that came"
    return None


def watch_recovery(
    hosts: Hosts, at: SandboxAt, wanted: RecoveryWanted, *, begin: Callable[[], None], ticks: Callable[[], float],
    pause: Callable[[float], object], progress: Callable[[str, int | None, int | None], object],
    stopping: Callable[[], bool],
) -> Reached:  # fmt: skip
    """Look until it stands where it was meant to, and hold it there. Raises SandboxTrouble.

    `begin` starts it once more: recovery learns on its way that it needs more connections than it was given.
    """
    began = moved = answered = ticks()
    starts, still, between = 1, 0, LOOK_SECONDS
    before: RecoverySeen | None = None
    while True:
        if stopping():
            raise SandboxTrouble("cancelled", at.node)
        said = hosts.run(at.node, restore_verbs.look(at), seconds_max=ASK_SECONDS_MAX)
        now = ticks()
        if not said.fine:
            if now - answered > UNREACHED_SECONDS_MAX:
                raise SandboxTrouble("host-silent", at.node, said.words(), seen=before)
            pause(between)
            continue
        answered = now
        try:
            seen = read_look(said.stdout)
        except ValueError as error:
            raise SandboxTrouble("not-readable", at.node, f"{error}") from error
        # Not by how many files came: a damaged one is fetched again and again.
        if before is None or (seen.position, seen.fetched_last()) != (before.position, before.fetched_last()):
            moved, still, between = now, 0, LOOK_SECONDS
        if seen.waiting and seen.asked:
            still += 1
        before = seen
        progress("recovering", seen.fetched, _segments(wanted))
        found = judge(wanted, seen, still=still)
        if isinstance(found, Reached):
            return _held(hosts, at, wanted, found)
        if found is not None:
            if found[0] == "settings-too-small" and starts < STARTS_MAX:
                starts, still, before = starts + 1, 0, None
                _stopped(hosts, at)
                begin()
                continue
            raise SandboxTrouble(found[0], at.node, found[1], seen=seen)
        if now - moved > STILL_SECONDS_MAX or now - began > RECOVERY_SECONDS_MAX:
            raise SandboxTrouble("too-slow", at.node, f"at {seen.position}", seen=seen)
        pause(between)
        between = min(LOOK_SECONDS_MAX, between * 1.2)


def _segments(wanted: RecoveryWanted) -> int | None:
    """How many segments are to be read, as far as it is known."""
    size = 16 * 1024 * 1024 if wanted.held is None else wanted.held.segment_bytes
    if wanted.chosen is not None and wanted.chosen.wal_bytes is not None:
        return -(-wanted.chosen.wal_bytes // size)
    if wanted.backup.start is None or wanted.backup.stop is None or wanted.chosen is not None:
        return None
    return wanted.backup.stop.position // size - wanted.backup.start.position // size + 1


def _stopped(hosts: Hosts, at: SandboxAt) -> None:
    said = hosts.run(at.node, restore_verbs.stop(at), seconds_max=restore_verbs.STOP_SECONDS_MAX + 60.0)
    if not said.fine:
        raise SandboxTrouble("still-running", at.node, said.words())


def _held(hosts: Hosts, at: SandboxAt, wanted: RecoveryWanted, reached: Reached) -> Reached:
    """It stays where it is from now on; a 'latest' may have gone a little further until it was held."""
    if reached.seen.paused:
        return reached
    said = hosts.run(at.node, restore_verbs.hold(at), seconds_max=restore_verbs.READY_SECONDS_MAX + 30.0)
    if not said.fine:
        raise SandboxTrouble("not-running", at.node, said.words(), seen=reached.seen)
    looked = hosts.run(at.node, restore_verbs.look(at), seconds_max=ASK_SECONDS_MAX)
    if not looked.fine:
        raise SandboxTrouble("host-silent", at.node, looked.words(), seen=reached.seen)
    try:
        found = judge(wanted, read_look(looked.stdout), still=SAME_LOOKS)
    except ValueError as error:
        raise SandboxTrouble("not-readable", at.node, f"{error}") from error
    if not isinstance(found, Reached):
        reason, detail = found or ("target-not-reached", "it moved on")
        raise SandboxTrouble(reason, at.node, detail, seen=reached.seen)
    return found
