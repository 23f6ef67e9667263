"""The proof of books as values: what was read of each node's books, fingerprints, checks with scope, and verdicts."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Final

from console.domain.wal import Lsn

BLOCK_ENTRIES: Final = 1_000
_EMPTY_ROOT: Final = "0" * 64


class BookCheck(Enum):
    """What a proof of books checks."""

    BALANCED = "entries-balance"
    POSTINGS_PRESENT = "postings-present"
    ENTRIES_PRESENT = "entries-present"  # no posting whose entry is not there
    AMOUNTS_POSITIVE = "amounts-positive"
    NO_GAP = "no-gap"
    ACCOUNTS_KNOWN = "accounts-known"
    BALANCES_KEPT = "balances-kept"
    SEAL_FOUND = "seal-found"
    NODES_AGREE = "nodes-agree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """Whether a mapped ledger lets a check be made; where not, a kebab-case reason."""

    check: BookCheck
    possible: bool
    reason: str = ""


class Proof(Enum):
    """How a check ended. Not checked is never fine by itself: its reason says why."""

    PROVEN = "proven"
    FAILED = "failed"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """One check of one origin's book: entries `first` to `last`, and where it failed, the first place by number.

    `node` is empty for what was compared between nodes. `reason` is a kebab-case word, `detail` values of the books.
    `count`: how many places failed, where that was counted. `skipped_to`: entries up to here were not recomputed.
    `unsettled`: entries that the snapshot shows and that are left out, as they are not settled yet.
    """

    check: BookCheck
    proof: Proof
    origin: str = ""
    node: str = ""
    first: int = 1
    last: int = 0
    reason: str = ""
    block: int | None = None
    entry: int | None = None
    count: int | None = None
    detail: str = ""
    skipped_to: int = 0
    unsettled: int = 0

    def sentence_parts(self) -> tuple[str, str, str, str]:
        """Check, outcome, scope and detail as words that a report can keep."""
        scope = f"entries {self.first}..{self.last}" if self.last >= self.first else "no entries"
        if self.skipped_to:
            scope += f", 1..{self.skipped_to} not recomputed"
        where = "/".join(part for part in (self.node, self.origin) if part)
        said = " ".join(part for part in (where, self.reason, self.detail) if part)
        return self.check.value, self.proof.value, scope, said


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencySum:
    """Both sides of one currency, exact, as decimal texts without needless zeros."""

    currency: str
    postings: int
    debit: str
    credit: str

    def plus(self, other: "CurrencySum") -> "CurrencySum":
        return CurrencySum(
            currency=self.currency,
            postings=self.postings + other.postings,
            debit=added(self.debit, other.debit),
            credit=added(self.credit, other.credit),
        )


def added(one: str, other: str) -> str:
    """The exact sum of two decimal texts, in the same form."""
    digits = len(one) + len(other)
    total = Decimal(one)
    if total.is_finite() and Decimal(other).is_finite():
        # Whole numbers of the finer unit: a Decimal's own sum would be rounded to the context's digits.
        scale = max(_scale(one), _scale(other))
        units = _units(one, scale) + _units(other, scale)
        return plain(units, scale)
    return str(total + Decimal(other))[:digits]


def _scale(text: str) -> int:
    return len(text.partition(".")[2])


def _units(text: str, scale: int) -> int:
    whole, _, rest = text.partition(".")
    return int(whole + rest.ljust(scale, "0"))


def plain(units: int, scale: int) -> str:
    """So many units of 10^-scale as a decimal text without needless zeros."""
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(scale + 1, "0")
    whole, rest = (digits[:-scale], digits[-scale:].rstrip("0")) if scale else (digits, "")
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Up to 1,000 entries, numbers 1000·n+1 to 1000·n+1000: those inside the horizon, and the SHA-256 over them."""

    number: int
    entries: int
    postings: int
    digest: str  # 64 hexadecimal digits

    @property
    def first(self) -> int:
        return self.number * BLOCK_ENTRIES + 1

    @property
    def last(self) -> int:
        return (self.number + 1) * BLOCK_ENTRIES


def block_of(number: int) -> int:
    """The block in which an entry of this number (1 or more) stands."""
    return (number - 1) // BLOCK_ENTRIES


def chained(root: str, block: Block) -> str:
    """The root after one more block. Blocks come in the order of their numbers; the first follows `_EMPTY_ROOT`."""
    line = f"{root} {block.number} {block.entries} {block.digest}\n"
    return hashlib.sha256(line.encode("ascii")).hexdigest()


def root_of(blocks: Iterable[Block], after: str = _EMPTY_ROOT) -> str:
    """The root over blocks in order, going on from an earlier root."""
    root = after
    for block in blocks:
        root = chained(root, block)
    return root


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """Up to where entries count: a number (in commit order), or an xid8 below which every transaction has ended."""

    number: int | None = None
    xid: int | None = None

    def within(self, other: "Horizon") -> bool:
        """Is all that lies inside this horizon also inside the other?"""
        if self.xid is not None or other.xid is not None:
            return self.xid is not None and other.xid is not None and self.xid <= other.xid
        return self.number is not None and other.number is not None and self.number <= other.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """One book up to a horizon: number range, counts, exact sums per currency, SHA-256 root over its blocks."""

    origin: str
    first: int
    last: int
    horizon: Horizon
    entries: int
    postings: int
    sums: tuple[CurrencySum, ...]
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A fingerprint that the console keeps, with when and where it was taken.

    `position` is the WAL position read after the snapshot: all that is sealed lies before it, on `timeline`.
    `lost`: a promotion has left the range behind in which it was taken.
    """

    cluster: str
    system_identifier: str
    mapping: str  # LedgerMapping.digest
    at: datetime
    node: str
    timeline: int
    position: Lsn
    fingerprint: Fingerprint
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginHead:
    """The book of one origin in one snapshot. `given`: the last number handed out, where the ledger keeps one."""

    origin: str
    lowest: int | None
    highest: int | None
    given: int | None = None

    @property
    def top(self) -> int:
        return max(self.highest or 0, self.given or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksHead:
    """What one snapshot of a node shows first. `xmin`: every transaction below it has ended."""

    system_identifier: str
    in_recovery: bool
    timeline: int
    position: Lsn
    xmin: int
    data_directory: str | None
    origins: tuple[OriginHead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFound:
    """What was found in one block: the digest over what is inside the horizon, and all that is wrong in the whole."""

    number: int
    entries: int
    inside: int
    postings_inside: int
    digest: str | None
    lowest: int | None
    highest: int | None
    without_postings: int
    without_postings_first: int | None
    uneven: int
    uneven_first: int | None
    orphans: int
    orphan_first: int | None
    highest_inside: int | None = None

    def block(self) -> Block | None:
        if self.digest is None:
            return None
        return Block(number=self.number, entries=self.inside, postings=self.postings_inside, digest=self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One origin's postings by account: what is wrong with them, the sums inside the horizon, the kept balances."""

    postings: int
    not_positive: int
    not_positive_first: int | None
    unknown: int
    unknown_first: int | None
    unknown_account: str
    beyond: int  # postings of entries above the top of the book
    beyond_first: int | None
    off: int
    off_account: str
    off_detail: str
    sums: tuple[CurrencySum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeVerdict:
    """One node's books by its own rows. `reason`: why it could not be asked, or not to the end; then nothing is proven.
    """

    node: str
    proof: Proof
    outcomes: tuple[CheckOutcome, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    in_recovery: bool | None = None
    seconds: float = 0.0
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostRange:
    """Sealed entries that a change has left behind: `first` to `last` of an origin; not tampering, but a loss."""

    origin: str
    first: int
    last: int
    sealed_at: datetime
    timeline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksProof:
    """The proof of a cluster's books: each node by itself, and all compared."""

    cluster: str
    at: datetime
    full: bool
    proof: Proof
    nodes: tuple[NodeVerdict, ...]
    across: tuple[CheckOutcome, ...]
    lost: tuple[LostRange, ...] = ()
    seconds: float = 0.0

    def outcomes(self) -> tuple[CheckOutcome, ...]:
        """Every check, the nodes' own first."""
        return (*(outcome for node in self.nodes for outcome in node.outcomes), *self.across)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingTrial:
    """What a mapping found on a real node: the heads, an entry as the fingerprint reads it, what can be checked.

    `reason`: why it can't be used; then the rest is empty.
    """

    node: str
    reason: str = ""
    detail: str = ""
    heads: tuple[OriginHead, ...] = ()
    example: tuple[str, ...] = ()
    kinds: tuple[tuple[str, str, str], ...] = ()  # relation, column, type
    abilities: tuple[Ability, ...] = ()
