"""What faces and engine say to each other about the audit log, approvers and approvals."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.approval import ApprovalGiven, ApprovalWanted
from console.domain.audit import Anchor, AuditEntry, AuditKind, ChainCheck
from console.domain.signers import Approver


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAudit:
    """The newest entries of the audit log that pass; what is empty or None lets all through."""

    cluster: str = ""
    run: str | None = None
    since: datetime | None = None
    kind: AuditKind | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """Stop every change of any node (`on`), with a reason, or allow them again. Answered by itself. Audited.

    `kept`, of the answer: does it stand in the store too? False: it is frozen, but only until this engine ends.
    """

    on: bool
    reason: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """The answer to `AskAudit`: the newest first, and how many older ones pass too."""

    entries: tuple[AuditEntry, ...]
    older: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyAudit:
    """Verify the whole log in the store against its anchors, and against one that was kept elsewhere."""

    against: Anchor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditVerified:
    """The answer to `VerifyAudit`. `anchor_trouble`: why the newest anchor could not be written, or empty."""

    check: ChainCheck
    anchor_trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAudit:
    """Write the whole log to a new file, by its absolute path. Refused where the file is there already."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditExported:
    """The answer to `ExportAudit`."""

    path: str
    entries: int
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class AskApprovers:
    """Who may approve, and the rules of all clusters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRuleOf:
    """The rule of one cluster: never, production, always, loss-above:ENTRIES. `chosen` False: nobody set it."""

    cluster: str
    rule: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvers:
    """The answer to `AskApprovers`; lines of the file that are not trusted are named."""

    approvers: tuple[Approver, ...]
    unread_lines: tuple[int, ...]
    rules: tuple[ApprovalRuleOf, ...]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveApprover:
    """Let a person approve with this public key (one line of OpenSSH's); `valid_before` None: without an end."""

    person: str
    public_key: str
    valid_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveApprover:
    """Take a person out, with all keys."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveApprovalRule:
    """Set when a cluster's plans need a second person."""

    cluster: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskApproval:
    """What would be signed to approve a run."""

    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked:
    """The answer to `AskApproval`: the run in its own words, and the engine's time."""

    wanted: ApprovalWanted
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveApproval:
    """A person's signature over the text; the maximum loss is said apart from it and has to be the same."""

    run: str
    person: str
    text: str
    signature: str
    loss_entries_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalHeld:
    """The answer to `GiveApproval` where it counts: what was recorded of it, under which number of the audit log."""

    given: ApprovalGiven
    audit_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlass:
    """Go on without a second person, and say why."""

    run: str
    reason: str
