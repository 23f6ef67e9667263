"""What faces and engine say to each other: frozen values, and their names on the wire."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from console.domain.cluster import Inventory
from console.domain.consensus import GroupView
from console.domain.fleet import Chart, ClusterView, EngineView, NodeCard
from console.domain.recommendation import Situation
from console.domain.wal import Lsn
from console.link.backups import (
    AnchorsSeen,
    AskAnchors,
    AskBackups,
    AskExpiry,
    AskJob,
    AskSandbox,
    AskTarget,
    BackupsSeen,
    CancelJob,
    CloseSandbox,
    Expiry,
    JobSeen,
    OpenSandbox,
    OrderSchedule,
    SandboxRows,
    SavePolicy,
    ScheduleSeen,
    StartBackup,
    StartExpire,
    StartProve,
    StartVerify,
    TargetSeen,
)
from console.link.books import AskBooks, Books, BooksSealed, MappingTried, SealBooks, TryMapping
from console.link.changes import (
    AnswerRun,
    AskRun,
    AskRuns,
    AskSituation,
    Propose,
    Proposed,
    Runs,
    RunSeen,
    StartRun,
    StopRun,
)
from console.link.fork import AskFork, ExportFork, ForkExported, ForkSeen
from console.link.governance import (
    ApprovalAsked,
    ApprovalHeld,
    Approvers,
    AskApproval,
    AskApprovers,
    AskAudit,
    AuditExported,
    AuditPage,
    AuditVerified,
    BreakGlass,
    ExportAudit,
    Freeze,
    GiveApproval,
    RemoveApprover,
    SaveApprovalRule,
    SaveApprover,
    VerifyAudit,
)
from console.link.governing import Governing
from console.link.group import AskGroup, OrderEnded, OrderGroup
from console.link.left import AskLeftovers, Leftovers, LeftoversRemoved, RemoveLeftovers
from console.link.watching import Watched

PROTOCOL: Final = 1
FRAME_BYTES_MAX: Final = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """A face's first word. `watches` asks for every new picture; without it only what is asked for is answered."""

    protocol: int
    face: str  # 'window', 'command line'
    watches: bool
    person: str = ""  # who sits there, as the face's system says; a name in the record, no proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """The engine's first word."""

    protocol: int
    engine: EngineView
    inventory: Inventory
    clusters: tuple[ClusterView, ...]
    host_keys: "HostKeys"
    prompts: "Prompts"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFleet:
    """The picture of every cluster, now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """The answer to `AskFleet`."""

    engine: EngineView
    clusters: tuple[ClusterView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSeen:
    """A new picture of one cluster."""

    view: ClusterView


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSeen:
    """A new picture of the engine itself."""

    view: EngineView


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryChanged:
    """The inventory as it is now; clusters that are not in it are gone."""

    inventory: Inventory


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCard:
    """One node's identity card, now."""

    cluster: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskChart:
    """The curves of one cluster from `begin` to `end` (UTC seconds), at most `points` a curve; of one node if named."""

    cluster: str
    begin: float
    end: float
    points: int
    node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDiscovery:
    """Look at one host and find the cluster it belongs to. Nothing is saved."""

    host: str
    user: str | None = None
    port: int | None = None
    identity_file: str | None = None
    config_file: str | None = None
    become: str | None = None
    database: str = "postgres"
    postgres_user: str = "postgres"
    postgres_host: str = ""
    postgres_port: int = 5432


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A host or way that discovery could not follow, and why."""

    host: str
    reason: str  # an SshState's, SqlState's or other kebab-case word
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """What discovery found: an inventory entry that may be saved, and what it could not reach."""

    found: Inventory
    roles: dict[str, str]
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveClusters:
    """Put these clusters into the inventory; those of the same name are replaced only with `replace`."""

    inventory: Inventory
    replace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveCluster:
    """Take a cluster out of the inventory. Its readings stay until they age out; nothing on its nodes changes."""

    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostKeyOffer:
    """A host key that nobody has accepted yet: for which name, its kind, its SHA-256, and where it would be stored."""

    host: str
    port: int
    kind: str
    fingerprint: str
    stored_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHostKeys:
    """All host keys that wait for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostKeys:
    """The answer to `AskHostKeys`, and told when the list changes."""

    offers: tuple[HostKeyOffer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptHostKey:
    """A person has compared the fingerprint and accepts it. Refused where another one is offered now."""

    host: str
    port: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question that a server or a key asks of a person: its own words, `echo` False where the answer is secret."""

    number: int
    subject: str  # 'bastion.example, user m.keller', or the key's path
    title: str
    text: str
    echo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPrompts:
    """All prompts that wait for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """The answer to `AskPrompts`, and told when the list changes."""

    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPrompt:
    """A person's answer; None: declined. `keep`: into the desktop's keyring, where there is one."""

    number: int
    answer: str | None
    keep: bool = False

    def __repr__(self) -> str:
        return f"AnswerPrompt(number={self.number}, answer=…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSecret:
    """A secret that a person gives unasked: `kind` is passphrase, password or database. It is stored only in memory
    and, with `keep`, in the desktop's keyring."""

    kind: str
    subject: str
    secret: str
    keep: bool = False

    def __repr__(self) -> str:
        return f"GiveSecret(kind={self.kind!r}, subject={self.subject!r}, secret=…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmIdentity:
    """A person says that a node whose machine, boot or system identifier has changed is the right one."""

    cluster: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskEngine:
    """The engine's own state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopEngine:
    """Stop the engine in good order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEvent:
    """Something a face did that belongs on the time axis, as a fault made in the lab."""

    cluster: str
    node: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It was done, and holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """It was not done: a kebab-case reason for `ui.words`, what was tried, and what is there to do."""

    reason: str
    subject: str = ""
    detail: str = ""


Message = (
    Hello | Welcome | AskFleet | Fleet | GiveSecret | ConfirmIdentity | ClusterSeen | EngineSeen | InventoryChanged
    | AskCard | NodeCard | AskChart | Chart
    | AskDiscovery | Discovered | SaveClusters | RemoveCluster | AskHostKeys | HostKeys | AcceptHostKey
    | AskPrompts | Prompts | AnswerPrompt | AskEngine | EngineView | StopEngine | NoteEvent | Done | Refused
    | AskSituation | Situation | Propose | Proposed | StartRun | AskRuns | Runs | AskRun | RunSeen | StopRun | AnswerRun
    | AskGroup | GroupView | OrderGroup | OrderEnded
    | AskFork | ForkSeen | ExportFork | ForkExported
    | AskLeftovers | Leftovers | RemoveLeftovers | LeftoversRemoved
    | Freeze | AskAudit | AuditPage | VerifyAudit | AuditVerified | ExportAudit | AuditExported
    | AskApprovers | Approvers | SaveApprover | RemoveApprover | SaveApprovalRule
    | AskApproval | ApprovalAsked | GiveApproval | ApprovalHeld | BreakGlass
    | AskBooks | Books | SealBooks | BooksSealed | TryMapping | MappingTried
    | AskBackups | BackupsSeen | StartBackup | StartVerify | StartProve | AskExpiry | Expiry | StartExpire | CancelJob
    | AskJob | JobSeen | SavePolicy | OrderSchedule | ScheduleSeen | AskTarget | TargetSeen | AskAnchors | AnchorsSeen
    | OpenSandbox | AskSandbox | SandboxRows | CloseSandbox
    | Watched | Governing
)  # fmt: skip

_TYPES: Final[dict[str, type[Any]]] = {
    kind.__name__: kind for kind in Message.__args__
}


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """One frame: the number of the question it answers (0: told unasked), the message's name, its body."""

    number: int
    name: str
    body: msgspec.Raw


def _encode_value(value: object) -> object:
    if isinstance(value, Lsn):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} does not cross the link")


def _decode_value(kind: type[Any], value: object) -> object:
    if kind is Lsn and isinstance(value, str):
        return Lsn.parse(value)
    raise NotImplementedError(f"{kind.__name__} does not cross the link")


def _schema_value(kind: type[Any]) -> dict[str, Any]:
    if kind is Lsn:
        return {"type": "string", "description": "a position in the WAL, as PostgreSQL writes it"}
    raise NotImplementedError(f"{kind.__name__} does not cross the link")


_ENCODER = msgspec.json.Encoder(enc_hook=_encode_value)
_ENVELOPES = msgspec.json.Decoder(Envelope)
_DECODERS = {name: msgspec.json.Decoder(kind, dec_hook=_decode_value) for name, kind in _TYPES.items()}


def encode_json(value: object) -> bytes:
    """Any value of ours as JSON text, LSNs as PostgreSQL writes them."""
    return _ENCODER.encode(value)


def schema_of(kind: type[Any]) -> dict[str, Any]:
    """The JSON Schema of a value of ours."""
    return msgspec.json.schema(kind, schema_hook=_schema_value)


def encode(message: Message, *, number: int = 0) -> bytes:
    """A message as the bytes of one frame's body."""
    return _ENCODER.encode(Envelope(number, type(message).__name__, msgspec.Raw(_ENCODER.encode(message))))


def decode(frame: bytes) -> tuple[int, Message]:
    """The number and message of one frame. Raises ValueError where it is neither."""
    envelope = _ENVELOPES.decode(frame)
    decoder = _DECODERS.get(envelope.name)
    if decoder is None:
        raise ValueError(f"the other side said {envelope.name!r}, which this version does not know")
    message: Message = decoder.decode(envelope.body)
    return envelope.number, message
