"""What faces and engine say to each other about indicators and what they rest on."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.access import AccessKit, AccessReport, Level
from console.domain.evidence import Lack, PackSigner
from console.domain.indicators import EvidenceLine, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIndicators:
    """The indicators of a cluster from `since` (None: 30 days before `until`) to `until` (None: now), or of one run.

    `run`: its id or the beginning of it; then the time is the run's own. Answered by `IndicatorsSeen`.
    """

    cluster: str
    since: datetime | None = None
    until: datetime | None = None
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsSeen:
    """The answer to `AskIndicators`: every figure, and a line for each record behind them, the newest first.

    `run`: the id of the run that was asked for.
    """

    cluster: str
    since: datetime
    until: datetime
    indicators: tuple[Indicator, ...]
    lines: tuple[EvidenceLine, ...]
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAccessKit:
    """Make the kit of a level for a node; nobody is asked and nothing is written. Answered by `KitMade`.

    `cluster` empty: the one that has the node. `account` and `owner` empty: 'ledger_' with the level's word, and the
    account that the node acts as.
    """

    node: str
    level: Level
    public_key: str
    cluster: str = ""
    sources: tuple[str, ...] = ()
    until: str = ""
    account: str = ""
    owner: str = ""
    books: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KitMade:
    """The answer to `AskAccessKit`."""

    kit: AccessKit


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAccessTest:
    """Try the inventory's login on a node against a level; nothing stays changed. Answered by `AccessTested`."""

    node: str
    level: Level
    cluster: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTested:
    """The answer to `AskAccessTest`."""

    report: AccessReport


@dataclass(frozen=True, slots=True, kw_only=True)
class AskEvidence:
    """Write the evidence pack of a run or drill that has ended, by its id or the beginning of it.

    `signer`: the public key, one line of OpenSSH's, of whoever is going to sign it. Answered by `EvidenceWritten`.
    """

    subject: str
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWritten:
    """The answer to `AskEvidence`: the pack's directory and archive. `digest`: SHA-256 of its SHA256SUMS, as noted."""

    kind: str  # run or drill
    id: str
    path: str
    archive: str
    digest: str
    files: int
    missing: tuple[Lack, ...]
    signer: PackSigner | None
    audit_number: int


Governing = (
    AskIndicators | IndicatorsSeen | AskAccessKit | KitMade | AskAccessTest | AccessTested | AskEvidence
    | EvidenceWritten
)  # fmt: skip
