"""The answers of the command line as values: their JSON is a contract, fields are added and never renamed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from console.domain.cluster import Inventory
from console.domain.fleet import Chart, ClusterView, EngineView, NodeCard
from console.lab.status import LabStatus
from console.link.messages import HostKeyOffer, Missed


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
    """The answer of `engine status` and `engine stop`; `engine` is null where none runs."""

    engine: EngineView | None
    done: str = ""


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
    "engine status": EngineAnswer,
    "engine stop": EngineAnswer,
    "engine log": LogAnswer,
    "self-test": SelfTestAnswer,
    "demo": DemoAnswer,
}
