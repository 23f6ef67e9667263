"""The audit log's entries and their chain: each holds the hash of the one before, so that a change shows."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Final

from console.domain.masking import masked, masked_value

WHO_CHARACTERS_MAX: Final = 63
CLUSTER_CHARACTERS_MAX: Final = 63
RUN_CHARACTERS_MAX: Final = 64
SUBJECT_CHARACTERS_MAX: Final = 1_000
NAME_CHARACTERS_MAX: Final = 63
VALUE_CHARACTERS_MAX: Final = 8_000
PAIRS_MAX: Final = 64
MASKED_CHARACTERS_MAX: Final = 4 * VALUE_CHARACTERS_MAX  # of a text

_FORM: Final = "ledger-console audit 1"


class AuditKind(Enum):
    """What an entry records."""

    DECISION = "decision"  # a person asked for a change, before it was made
    COMMAND = "command"
    REFUSAL = "refusal"
    APPROVAL = "approval"
    FAULT = "fault"
    LOCK_BROKEN = "lock-broken"
    ATTESTATION = "attestation"
    BREAK_GLASS = "break-glass"
    RUN_BEGAN = "run-began"
    RUN_STOPPED = "run-stopped"
    RUN_RESUMED = "run-resumed"
    RUN_ENDED = "run-ended"
    PROOF = "proof"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditNote:
    """What is to be recorded, cleaned and within its limits: see `noted`."""

    at: datetime  # aware
    who: str
    kind: AuditKind
    cluster: str
    run: str | None
    subject: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry of the log: `previous` is the hash of the entry before, `hash` is SHA-256 over all the rest."""

    number: int  # from 1, without gaps
    at: datetime
    who: str
    kind: AuditKind
    cluster: str
    run: str | None
    subject: str
    detail: tuple[tuple[str, str], ...]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The newest entry at a moment, kept apart from the log: what came before it can't be taken away unseen."""

    console: str  # the id of the console whose log it is
    number: int  # 0: the log was empty, and `hash` is its genesis
    hash: str
    at: datetime


class ChainFault(Enum):
    """What is wrong with the first broken place of a log."""

    UNREADABLE = "unreadable"
    CHANGED = "changed"  # the entry is not what was hashed
    MISSING = "missing"  # entries were taken out before this place
    INSERTED = "inserted"  # an entry stands here that doesn't belong
    MOVED = "moved"  # the entries stand in another order
    UNLINKED = "unlinked"  # the entry doesn't follow the one before it
    OTHER_START = "other-start"  # the first entry doesn't begin this console's log
    NEWEST_MISSING = "newest-missing"  # the log ends before an anchor of it
    ANCHOR_DIFFERS = "anchor-differs"  # an anchor names another entry than the log holds there
    ANCHOR_UNREADABLE = "anchor-unreadable"
    ANCHOR_MISSING = "anchor-missing"


class AuditClaim(Enum):
    """What a verification can show, and what none can."""

    UNCHANGED = "entries-unchanged"
    IN_ORDER = "order-without-gaps"
    FROM_THE_START = "begins-with-this-console"
    UP_TO_ANCHOR = "nothing-missing-up-to-the-anchor"
    AFTER_ANCHOR = "nothing-missing-after-the-anchor"
    NOT_MADE_ANEW = "not-made-anew-with-its-anchor"  # who can write log and anchor can compute both again
    TRUE_WHEN_NOTED = "true-when-noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The first broken place: counted from 1, the line in a file; with the number that stands there, if any."""

    place: int
    fault: ChainFault
    expected: int | None = None
    found: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainCheck:
    """What a verification found: `entries` whole ones from the start on, and what that shows and does not show."""

    entries: int
    newest_hash: str
    anchors: tuple[Anchor, ...]
    broken: Broken | None
    shown: tuple[AuditClaim, ...]
    not_shown: tuple[AuditClaim, ...]


class UnreadableEntry(ValueError):
    """Something stands in the place of an entry that is none."""


def noted(
    kind: AuditKind,
    *,
    at: datetime,
    who: str,
    cluster: str = "",
    run: str | None = None,
    subject: str = "",
    detail: Iterable[tuple[str, str]] = (),
) -> AuditNote:
    """A note with everything in it cut to its limit and said to be cut, and what looks like a secret hidden."""
    kept = tuple(detail)
    if len(kept) > PAIRS_MAX:
        kept = (*kept[: PAIRS_MAX - 1], ("left-out", str(len(kept) - PAIRS_MAX + 1)))
    return AuditNote(
        at=at.astimezone(UTC), who=_clean(who, WHO_CHARACTERS_MAX), kind=kind,
        cluster=_clean(cluster, CLUSTER_CHARACTERS_MAX), run=None if run is None else _clean(run, RUN_CHARACTERS_MAX),
        subject=_clean(masked(_short(subject)), SUBJECT_CHARACTERS_MAX),
        detail=tuple(
            (_clean(name, NAME_CHARACTERS_MAX), _clean(value, VALUE_CHARACTERS_MAX))
            for name, value in masked_value(tuple((name, _short(value)) for name, value in kept))
        ),
    )  # fmt: skip


def _short(text: str) -> str:
    """What is far over every limit is cut before it is looked through for secrets."""
    if len(text) <= MASKED_CHARACTERS_MAX:
        return text
    return f"{text[:MASKED_CHARACTERS_MAX]}… ({len(text):,} characters)"


def _clean(text: str, characters_max: int) -> str:
    whole = text.encode("utf-8", "replace").decode().replace("\0", "�")
    if len(whole) <= characters_max:
        return whole
    ending = f"… ({len(whole):,} characters)"
    return whole[: characters_max - len(ending)] + ending


def genesis_of(console: str) -> str:
    """What the first entry of a console's log follows."""
    return hashlib.sha256(_canonical([_FORM, "genesis", console])).hexdigest()


def sealed(note: AuditNote, *, number: int, previous: str) -> AuditEntry:
    """The note as the entry with this number that follows the one with that hash."""
    content = _canonical_content(note, number, previous)
    return AuditEntry(
        number=number, at=note.at, who=note.who, kind=note.kind, cluster=note.cluster, run=note.run,
        subject=note.subject, detail=note.detail, previous=previous, hash=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def canonical_bytes(entry: AuditEntry) -> bytes:
    """What is hashed: a JSON array in ASCII, without blanks, in the order of the fields, the hash left out."""
    return _canonical_content(entry, entry.number, entry.previous)


def _canonical_content(said: AuditNote | AuditEntry, number: int, previous: str) -> bytes:
    detail = [[name, value] for name, value in said.detail]
    return _canonical(
        [_FORM, number, written(said.at), said.who, said.kind.value, said.cluster, said.run, said.subject, detail,
         previous]
    )  # fmt: skip


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def written(at: datetime) -> str:
    """A moment in the one way in which the log writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def check_chain(
    entries: Iterable[AuditEntry], *, console: str, anchors: Iterable[Anchor] = (), needs_anchor: bool = False
) -> ChainCheck:
    """The first broken place, or that the log is whole. `needs_anchor`: without an anchor it counts as broken."""
    known = tuple(anchors)
    genesis = genesis_of(console)
    previous, count = genesis, 0
    broken = next((Broken(place=1, fault=ChainFault.ANCHOR_DIFFERS, found=anchor.number) for anchor in known
                   if anchor.number == 0 and anchor.hash != genesis), None)  # fmt: skip
    walk = iter(entries)
    while broken is None:
        try:
            entry = next(walk, None)
        except UnreadableEntry:
            broken = Broken(place=count + 1, fault=ChainFault.UNREADABLE, expected=count + 1)
            break
        if entry is None:
            broken = _broken_end(count, known, needs_anchor=needs_anchor)
            break
        broken = _broken_entry(entry, walk, expected=count + 1, previous=previous) or _off_anchor(entry, known)
        if broken is None:
            previous, count = entry.hash, count + 1
    shown = (
        AuditClaim.UNCHANGED, AuditClaim.IN_ORDER, AuditClaim.FROM_THE_START,
        *((AuditClaim.UP_TO_ANCHOR,) if known else ()),
    )  # fmt: skip
    check = ChainCheck(
        entries=count, newest_hash=previous, anchors=known, broken=None, shown=shown,
        not_shown=tuple(claim for claim in AuditClaim if claim not in shown),
    )  # fmt: skip
    return check if broken is None else found_broken(check, broken)


def found_broken(check: ChainCheck, broken: Broken) -> ChainCheck:
    """The check with this as its broken place: of a broken log nothing is claimed but that it is broken."""
    return replace(check, broken=broken, shown=(), not_shown=tuple(AuditClaim))


def _broken_entry(entry: AuditEntry, rest: Iterator[AuditEntry], *, expected: int, previous: str) -> Broken | None:
    place = {"place": expected, "expected": expected, "found": entry.number}
    if hashlib.sha256(canonical_bytes(entry)).hexdigest() != entry.hash:
        return Broken(**place, fault=ChainFault.CHANGED)
    if entry.number != expected:
        return Broken(**place, fault=_misplaced(entry.number, expected, tuple(_numbers(rest))))
    if entry.previous != previous:
        return Broken(**place, fault=ChainFault.OTHER_START if expected == 1 else ChainFault.UNLINKED)
    return None


def _numbers(rest: Iterator[AuditEntry]) -> Iterator[int]:
    try:
        for entry in rest:
            yield entry.number
    except UnreadableEntry:
        return  # what comes after it can't be told; the first broken place stands before it


def _misplaced(found: int, expected: int, rest: tuple[int, ...]) -> ChainFault:
    """Why another number stands where `expected` belongs, judged by the numbers that follow."""
    if found < expected:
        return ChainFault.INSERTED if not rest or rest[0] == expected else ChainFault.MOVED
    if expected not in rest:
        return ChainFault.MISSING
    foreign = rest == tuple(range(expected, expected + len(rest))) and found != expected + len(rest)
    return ChainFault.INSERTED if foreign else ChainFault.MOVED


def _off_anchor(entry: AuditEntry, anchors: tuple[Anchor, ...]) -> Broken | None:
    if all(anchor.hash == entry.hash for anchor in anchors if anchor.number == entry.number):
        return None
    return Broken(place=entry.number, fault=ChainFault.ANCHOR_DIFFERS, found=entry.number)


def _broken_end(count: int, anchors: tuple[Anchor, ...], *, needs_anchor: bool) -> Broken | None:
    newest = max((anchor.number for anchor in anchors), default=0)
    if newest > count:
        return Broken(place=count + 1, fault=ChainFault.NEWEST_MISSING, expected=newest, found=count)
    if needs_anchor and not anchors:
        return Broken(place=count + 1, fault=ChainFault.ANCHOR_MISSING, found=count)
    return None
