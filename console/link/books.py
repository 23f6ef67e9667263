"""What faces and engine say to each other about a ledger's books: proofs, seals, and mappings that are tried out."""

from dataclasses import dataclass

from console.domain.books import BooksProof, CheckOutcome, MappingTrial, Seal
from console.domain.ledger_mapping import LedgerMapping

PROOF_SECONDS_MAX = 3600.0  # a face waits so long for a proof


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBooks:
    """Prove a cluster's books now, on all its nodes, or on one. Answered by `Books`; takes seconds to minutes.

    Not `full`: what is sealed is not recomputed, and each check says so.
    """

    cluster: str
    full: bool = True
    node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The answer to `AskBooks`; told unasked where a proof or a sealing of the engine's own failed."""

    proof: BooksProof


@dataclass(frozen=True, slots=True, kw_only=True)
class SealBooks:
    """Seal what is new in a cluster's books now. Answered by `BooksSealed`."""

    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksSealed:
    """What was sealed, what was found wrong on the way, and which origins can't be sealed or had nothing new."""

    cluster: str
    node: str
    sealed: tuple[Seal, ...]
    failed: tuple[CheckOutcome, ...]
    lost: tuple[Seal, ...]
    unsealed: tuple[str, ...]
    unchanged: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TryMapping:
    """Try a mapping on a cluster's primary, or on a named node. Nothing is saved. Answered by `MappingTried`."""

    cluster: str
    mapping: LedgerMapping
    node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingTried:
    """The answer to `TryMapping`."""

    trial: MappingTrial
