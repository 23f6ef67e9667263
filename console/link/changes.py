"""What faces and engine say to each other about changes: situations, plans, runs, and a person's decisions."""

from dataclasses import dataclass

from console.domain.plan import Operation, Pairs, Plan
from console.domain.run import Choice, Mode, RunView


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSituation:
    """Ask every node of a cluster now, and say what could be done. Answered by a `Situation`; takes seconds."""

    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """Make a plan. Nothing on any node changes. Answered by `Proposed`, refusals and all; takes seconds.

    `target`: the node to promote or to follow; empty: the best. `subject`: the node that is restarted, rejoined, added,
    removed. `options`: names and values by operation, as ('fence', 'ssh' | 'command' | 'quorum' | 'attest'),
    ('rescue', 'yes' | 'no'), ('way', 'rewind' | 'rebuild'), ('sync', 'ANY 1' | 'async').
    """

    cluster: str
    operation: Operation
    target: str = ""
    subject: str = ""
    loss_entries_max: int = 0
    options: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The answer to `Propose`. The engine keeps the plan by its id until it is run, or a day has passed."""

    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRun:
    """Run a proposed plan. `confirmed` is the cluster's name as a person typed it; a rehearsal needs none.

    `attested`: what a person vouches for in the plan's own words ('primary-is-off'), where the plan asks for it.
    """

    plan: str
    digest: str
    mode: Mode
    confirmed: str = ""
    loss_entries_max: int = 0
    attested: str = ""
    break_glass: str = ""  # the reason for going on without a second person


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRuns:
    """The newest runs, of one cluster if named; without their journals."""

    cluster: str = ""
    most: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The answer to `AskRuns`, the newest first."""

    runs: tuple[RunView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRun:
    """One run with its journal. Answered by `RunSeen`."""

    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSeen:
    """A run as it stands: the answer to `AskRun` and `StartRun`, and told at each change."""

    run: RunView


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRun:
    """Stop at the next safe point. Answered by Done; the run then asks what to do."""

    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRun:
    """A person's answer to a run's question. `loss_entries_max` with ACCEPT_LOSS; `reason` where one is asked for."""

    run: str
    choice: Choice
    loss_entries_max: int | None = None
    reason: str = ""
