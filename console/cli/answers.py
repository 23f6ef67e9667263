"""The answers of the command line as values: their JSON is a contract, fields are added and never renamed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from console.cli.access_answers import AccessKitAnswer, AccessTestAnswer
from console.cli.alert_answers import (
    AlertsAnswer,
    IncidentAnswer,
    IncidentsAnswer,
    ReplayAnswer,
    ReportAnswer,
    WaysAnswer,
    WayTriedAnswer,
)
from console.cli.automation_answers import UnitAnswer, WhyAnswer
from console.cli.backup_answers import (
    BackupsAnswer,
    BackupShownAnswer,
    ExpiryAnswer,
    JobAnswer,
    PolicyAnswer,
    RestoreAnswer,
    SandboxAnswer,
    SandboxesAnswer,
    ScheduleAnswer,
)
from console.cli.drill_answers import DrillAnswer, DrillsAnswer
from console.cli.evidence_answers import EvidenceAnswer
from console.cli.indicator_answers import IndicatorsAnswer
from console.cli.regular_answers import CheckHistoryAnswer, ChecksAnswer, CopiesAnswer, DutiesAnswer
from console.domain.audit import Anchor, AuditEntry, ChainCheck
from console.domain.books import BooksProof, MappingTrial
from console.domain.cluster import Inventory
from console.domain.consensus import GroupView
from console.domain.fleet import Chart, ClusterView, EngineView, NodeCard
from console.domain.fork import Fork
from console.domain.left import LeftOver, LeftPicture
from console.domain.plan import Plan
from console.domain.recommendation import Situation
from console.domain.run import RunView
from console.domain.signers import Approver
from console.lab.status import LabStatus
from console.link.books import BooksSealed
from console.link.fork import ForkExported
from console.link.governance import ApprovalRuleOf
from console.link.group import OrderEnded
from console.link.left import LeftFailed
from console.link.messages import HostKeyOffer, Missed
from console.link.watching import PeersSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorAnswer:
    """What went wrong: a word, what happened, where, and what to do next. Nothing was changed unless `changed` says."""

    error: str
    what: str
    where: str = ""
    next: str = ""
    changed: str = "nothing was changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterAnswer:
    """One cluster: its verdict as a sentence, the whole picture, and each node's figures with sources and times."""

    name: str
    health: str
    cause: str | None
    sentence: str
    exposure: str
    view: ClusterView
    cards: tuple[NodeCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswer:
    """The answer of `status`. `waited_for` and `reached` only with --wait."""

    at: datetime
    engine: EngineView
    clusters: tuple[ClusterAnswer, ...]
    waited_for: str | None = None
    reached: bool | None = None
    waited_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryAnswer:
    """The answer of `inventory list`, `import` and `remove`: the inventory as it is now."""

    inventory: Inventory
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAnswer:
    """The answer of `inventory export`: the inventory as TOML."""

    toml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoverAnswer:
    """The answer of `inventory discover`. Nothing is saved unless `saved` says so."""

    found: Inventory
    roles: dict[str, str]
    missed: tuple[Missed, ...]
    saved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LabAnswer:
    """The answer of every `lab` command; `lab` is null where none runs."""

    lab: LabStatus | None
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingsAnswer:
    """The answer of `readings`: the curves of one node, each point by the console's clock."""

    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineAnswer:
    """The answer of `engine status`, `stop`, `freeze` and `lift`; `engine` is null where none runs.

    `kept` false: it is frozen, but the store did not take it, and it holds only until this engine ends.
    """

    engine: EngineView | None
    done: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAnswer:
    """The answer of `engine log`: its last lines."""

    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostKeysAnswer:
    """The answer of `host-keys`: keys that wait for a person, and one that was accepted."""

    offers: tuple[HostKeyOffer, ...]
    accepted: HostKeyOffer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of the self-test: `outcome` is pass, warn or refuse."""

    name: str
    outcome: str
    observed: str
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTestAnswer:
    """The answer of `self-test`."""

    version: str
    checks: tuple[Check, ...]
    fine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAnswer:
    """The answer of `demo --tour`: where its pictures and its report lie, and each step with its outcome."""

    directory: str
    report: str
    pictures: tuple[str, ...]
    steps: tuple[Check, ...]
    fine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAnswer:
    """The answer of `audit list`: the newest entries that pass, the newest first, and how many older ones pass too."""

    entries: tuple[AuditEntry, ...]
    older: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditVerifyAnswer:
    """The answer of `audit verify`: whether the log is whole, its first broken place, what that shows and does not."""

    where: str
    whole: bool
    check: ChainCheck
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditExportAnswer:
    """The answer of `audit export`: the copy, and the anchor on its last line."""

    path: str
    entries: int
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveAnswer:
    """The answer of `approve`; `done` is approved, text-written or glass-broken."""

    run: str
    person: str
    done: str
    text: str = ""
    fingerprint: str = ""
    expires_at: datetime | None = None
    audit_number: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproversAnswer:
    """The answer of every `approvers` command: who may approve now, and each cluster's rule."""

    approvers: tuple[Approver, ...]
    unread_lines: tuple[int, ...]
    rules: tuple[ApprovalRuleOf, ...]
    path: str
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationAnswer:
    """The answer of `situation`: what every node answered now, and what is recommended, also as a sentence."""

    situation: Situation
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAnswer:
    """The answer of every command that changes a cluster. `run` is null where none was begun.

    `outcome`: refused (by its own checks), to-confirm (a person has to say yes: --yes, or a terminal),
    loss-above (more would be lost than --max-loss-entries allows), proven, rehearsed, asks (see `run.question`),
    waiting (for its approval), cancelled, left, not-proven, or running where the command was left before its end.
    """

    outcome: str
    sentence: str
    plan: Plan
    run: RunView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsAnswer:
    """The answer of `runs list`, the newest first, without journals."""

    runs: tuple[RunView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAnswer:
    """The answer of `runs show`, `resume`, `stop`, `answer`; `outcome` as in ChangeAnswer. `script` with --script."""

    outcome: str
    sentence: str
    run: RunView
    script: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksAnswer:
    """The answer of `books`: a proof, with --seal what was sealed, with --try what the mapping found."""

    sentence: str
    proof: BooksProof | None = None
    sealed: BooksSealed | None = None
    trial: MappingTrial | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatroniAnswer:
    """The answer of `patroni CLUSTER status` and `history`: the judged picture, as sentences too."""

    sentence: str
    concerns: tuple[str, ...]
    view: GroupView


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnswer:
    """The answer of an order to Patroni; `outcome` is proven, objected (nothing was sent), refused or not-proven."""

    outcome: str
    sentence: str
    ended: OrderEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkAnswer:
    """The answer of `fork`: the comparison, and with --export where the given-up side's entries lie."""

    fork: Fork
    sentences: tuple[str, ...]
    exported: ForkExported | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAnswer:
    """The answer of `left`: what is there (with --remove: afterwards), what was removed, and what could not be."""

    picture: LeftPicture
    sentences: tuple[str, ...]
    removed: tuple[LeftOver, ...] = ()
    failed: tuple[LeftFailed, ...] = ()


ANSWERS: Final[dict[str, type[Any]]] = {
    "error": ErrorAnswer,
    "status": StatusAnswer,
    "inventory list": InventoryAnswer,
    "inventory import": InventoryAnswer,
    "inventory remove": InventoryAnswer,
    "inventory confirm": InventoryAnswer,
    "inventory export": ExportAnswer,
    "inventory discover": DiscoverAnswer,
    "host-keys list": HostKeysAnswer,
    "host-keys accept": HostKeysAnswer,
    "lab up": LabAnswer,
    "lab down": LabAnswer,
    "lab status": LabAnswer,
    "lab fault": LabAnswer,
    "lab mend": LabAnswer,
    "readings": ReadingsAnswer,
    "books": BooksAnswer,
    "engine status": EngineAnswer,
    "engine stop": EngineAnswer,
    "engine freeze": EngineAnswer,
    "engine lift": EngineAnswer,
    "engine log": LogAnswer,
    "audit list": AuditAnswer,
    "audit verify": AuditVerifyAnswer,
    "audit export": AuditExportAnswer,
    "approve": ApproveAnswer,
    "approvers list": ApproversAnswer,
    "approvers add": ApproversAnswer,
    "approvers remove": ApproversAnswer,
    "approvers rule": ApproversAnswer,
    "self-test": SelfTestAnswer,
    "demo": DemoAnswer,
    "situation": SituationAnswer,
    "switchover": ChangeAnswer,
    "failover": ChangeAnswer,
    "restart": ChangeAnswer,
    "rejoin": ChangeAnswer,
    "protect": ChangeAnswer,
    "node add": ChangeAnswer,
    "node remove": ChangeAnswer,
    "patroni status": PatroniAnswer,
    "patroni history": PatroniAnswer,
    "patroni pause": OrderAnswer,
    "patroni resume": OrderAnswer,
    "patroni restart": OrderAnswer,
    "patroni reinit": OrderAnswer,
    "fork": ForkAnswer,
    "left": LeftAnswer,
    "backup": JobAnswer,
    "backups list": BackupsAnswer,
    "backups show": BackupShownAnswer,
    "backups verify": JobAnswer,
    "backups prove": JobAnswer,
    "backups expire": ExpiryAnswer,
    "backups follow": JobAnswer,
    "backups cancel": JobAnswer,
    "restore": RestoreAnswer,
    "sandbox list": SandboxesAnswer,
    "sandbox sql": SandboxAnswer,
    "sandbox close": SandboxAnswer,
    "policy show": PolicyAnswer,
    "policy set": PolicyAnswer,
    "policy install": ScheduleAnswer,
    "policy compare": ScheduleAnswer,
    "policy remove": ScheduleAnswer,
    "peers": PeersSeen,
    "access kit": AccessKitAnswer,
    "access test": AccessTestAnswer,
    "checks list": ChecksAnswer,
    "checks add": ChecksAnswer,
    "checks remove": ChecksAnswer,
    "checks run": ChecksAnswer,
    "checks history": CheckHistoryAnswer,
    "duties": DutiesAnswer,
    "indicators": IndicatorsAnswer,
    "evidence": EvidenceAnswer,
    "copies": CopiesAnswer,
    "drill detector": DrillAnswer,
    "drill switchover": DrillAnswer,
    "drill restore": DrillAnswer,
    "drill list": DrillsAnswer,
    "drill stop": DrillAnswer,
    "why": WhyAnswer,
    "automation": WhyAnswer,
    "watch": UnitAnswer,
    "runs list": RunsAnswer,
    "runs show": RunAnswer,
    "runs resume": RunAnswer,
    "runs stop": RunAnswer,
    "runs answer": RunAnswer,
    "alerts list": AlertsAnswer,
    "alerts ack": AlertsAnswer,
    "alerts silence": AlertsAnswer,
    "alerts unsilence": AlertsAnswer,
    "alerts ways": WaysAnswer,
    "alerts way-add": WaysAnswer,
    "alerts way-remove": WaysAnswer,
    "alerts way-try": WayTriedAnswer,
    "incidents list": IncidentsAnswer,
    "incidents show": IncidentAnswer,
    "incidents replay": ReplayAnswer,
    "incidents report": ReportAnswer,
}
