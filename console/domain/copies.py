"""How many copies there are, on what and where: rules like 3-2-1, and how long the space will last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from console.domain.backup import Backup, BackupCheck, BackupState, CheckResult, Mark, RepositorySeen
from console.domain.backup_policy import BackupKind, Retention
from console.domain.chain import whole
from console.domain.plan import Pairs

FULFILLED: Final = "fulfilled"
MISSING: Final = "missing"
NOT_KNOWN: Final = "not known"

COPIES_MIN: Final = 3  # the ledger itself and two more
MEDIA_MIN: Final = 2
PROOF_AGE_MAX: Final = timedelta(days=7)
GROWTH_SPAN: Final = timedelta(days=28)
GROWTH_SPAN_MIN: Final = timedelta(hours=1)
_DAY: Final = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Certain copies, and those that may be there; media as the words that tell them apart."""

    certain: int
    possible: int
    media: frozenset[str]
    media_unknown: bool


def _newest_whole(seen: RepositorySeen) -> Backup | None:
    fit = [one for one in seen.backups if whole(one, seen.backups)]
    return max(fit, key=lambda one: (one.ended_at or one.begun_at, one.id), default=None)


def copies_of(repositories: tuple[RepositorySeen, ...], machines: tuple[str, ...]) -> Copies:
    """The ledger itself counts as one copy on one medium. `machines`: machine ids of the hosts that hold it.

    A repository counts with a whole backup in it; its mirror, where that backup is known to be whole there too. A
    medium is another one where it is of another kind, or on a machine that holds neither the ledger nor another
    repository.
    """
    certain, possible, media, unknown = 1, 1, {"ledger"}, False
    for seen in repositories:
        newest = _newest_whole(seen)
        if newest is None:
            possible += 1 if seen.at is None or seen.trouble else 0
            continue
        certain, possible = certain + 1, possible + 1
        places = [seen.medium]
        if seen.spec.mirror and newest.mirrored is not False:
            possible += 1
            if newest.mirrored:
                certain += 1
                places.append(seen.mirror)
        for medium in places:
            if medium is None or (not medium.machine_id and medium.kind.value == "directory"):
                unknown = True
            elif medium.kind.value == "directory" and medium.machine_id in machines:
                media.add("ledger")
            else:
                media.add(f"{medium.kind.value} {medium.machine_id}".strip())
    return Copies(certain=certain, possible=possible, media=frozenset(media), media_unknown=unknown)


def advice(
    repositories: tuple[RepositorySeen, ...], marks: tuple[Mark, ...], machines: tuple[str, ...], now: datetime
) -> Pairs:
    """Each rule and whether it is fulfilled, missing, or not known. Rules: three-copies, two-media, one-offsite,
    immutable (a copy that its medium itself protects), proven (a restore passed within PROOF_AGE_MAX).
    """
    copies = copies_of(repositories, machines)
    holding = [seen for seen in repositories if _newest_whole(seen) is not None]
    unread = any(seen.at is None or seen.trouble for seen in repositories if seen not in holding)
    offsite = any(seen.spec.offsite for seen in holding)
    maybe_offsite = any(seen.spec.offsite for seen in repositories if seen.at is None or seen.trouble)
    return (
        ("three-copies", _judged(copies.certain >= COPIES_MIN, unknown=copies.possible >= COPIES_MIN)),
        ("two-media", _judged(len(copies.media) >= MEDIA_MIN, unknown=copies.media_unknown or unread)),
        ("one-offsite", _judged(offsite, unknown=maybe_offsite)),
        ("immutable", _immutable(holding, unread=unread)),
        ("proven", _proven(repositories, marks, now)),
    )


def _judged(fulfilled: bool, *, unknown: bool) -> str:
    if fulfilled:
        return FULFILLED
    return NOT_KNOWN if unknown else MISSING


def _immutable(holding: list[RepositorySeen], *, unread: bool) -> str:
    """What the medium tells counts before what the operator knows of it: a directory that says 'no' is none."""
    told = [seen.medium.immutable if seen.medium is not None else "" for seen in holding]
    sure = any(word in ("append-only", "object-lock") for word in told)
    known = any(not word and (seen.spec.immutable_days or 0) > 0 for word, seen in zip(told, holding, strict=True))
    return _judged(sure or known, unknown=unread or "" in told)


def _proven(repositories: tuple[RepositorySeen, ...], marks: tuple[Mark, ...], now: datetime) -> str:
    there = {(seen.spec.name, one.id) for seen in repositories for one in seen.backups
             if one.state is BackupState.COMPLETE}  # fmt: skip
    fresh = [one for one in marks if one.check is BackupCheck.RESTORED and (one.repository, one.backup) in there
             and now - one.at <= PROOF_AGE_MAX]  # fmt: skip
    newest: dict[tuple[str, str], Mark] = {}
    for mark in sorted(fresh, key=lambda one: one.at):
        if mark.result is not CheckResult.NOT_CHECKED:
            newest[(mark.repository, mark.backup)] = mark
    return _judged(any(one.result is CheckResult.PASSED for one in newest.values()), unknown=False)


def bytes_per_day(seen: RepositorySeen, now: datetime) -> float | None:
    """How much the last weeks' backups have added, in bytes a day; None where fewer than two tell it."""
    recent = [one for one in seen.backups if one.state is BackupState.COMPLETE and now - one.begun_at <= GROWTH_SPAN]
    if len(recent) < 2 or any(one.stored_bytes is None for one in recent):
        return None
    begun = sorted(recent, key=lambda one: one.begun_at)
    span = begun[-1].begun_at - begun[0].begun_at
    if span < GROWTH_SPAN_MIN:
        return None
    # The first one was there when the span began: what came after it is the growth.
    added = sum(one.stored_bytes or 0 for one in begun[1:])
    return added / (span.total_seconds() / _DAY)


def days_until_full(seen: RepositorySeen, retention: Retention, now: datetime) -> float | None:
    """Days until the medium is full at the pace of the last weeks; None where that is not known, or where the
    retention takes away before.
    """
    pace = bytes_per_day(seen, now)
    if pace is None or pace <= 0 or seen.medium is None or seen.medium.free_bytes is None:
        return None
    used = sum(one.stored_bytes or 0 for one in seen.backups)
    keep = _days_kept(seen, retention)
    if keep is not None and pace * keep <= used + seen.medium.free_bytes:
        return None
    return seen.medium.free_bytes / pace


def _days_kept(seen: RepositorySeen, retention: Retention) -> float | None:
    """How old a backup gets: a full one goes when the next is old enough, so its cycle counts too."""
    fulls = sorted(one.begun_at for one in seen.backups if one.kind is BackupKind.FULL)
    cycle = max(((later - earlier).total_seconds() / _DAY for earlier, later in pairwise(fulls)), default=None)
    if cycle is None:
        return None
    return max((retention.window_days or 0.0) + cycle, cycle * (retention.fulls_min + 1))
