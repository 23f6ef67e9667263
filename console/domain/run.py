"""A run of a plan: what was done and proven so far, what it asks of a person, and what faces show of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.plan import Difference, Loss, Pairs, Phase, Plan
from console.domain.verdict import Scalar


class Mode(Enum):
    """With which hands the one loop runs."""

    REHEARSAL = "rehearsal"  # only looks, and promises nothing
    REAL = "real"


class RunState(Enum):
    """Where a run stands."""

    WAITING = "waiting"  # for its approval
    RUNNING = "running"
    STOPPING = "stopping"  # at the next safe point
    ASKING = "asking"  # stopped, and a person must decide: see its question
    DONE = "done"  # its outcome is proven
    CANCELLED = "cancelled"  # undone, and that is proven
    LEFT = "left"  # a person left it as it is


class StepState(Enum):
    """Where one step stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    ALREADY_SO = "already-so"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNDONE = "undone"


class Asks(Enum):
    """Why a run stopped with a question."""

    WORLD_MOVED = "world-moved"  # done once, and its proof no longer holds
    NOT_PROVEN = "not-proven"  # done, and the proof did not come in time
    REFUSED = "refused"  # the host said no: lock, not-after, a right, a missing file
    UNREACHABLE = "unreachable"
    CONDITION = "condition"  # a standing condition no longer holds
    LOSS_ABOVE = "loss-above"  # more would be lost than was approved
    INTERRUPTED = "interrupted"  # for longer than a person need not be asked
    STOPPED = "stopped"  # a person stopped it
    HOOK_FAILED = "hook-failed"
    LOCK_TAKEN = "lock-taken"  # another console holds it, alive
    INPUTS_CHANGED = "inputs-changed"
    FAULT = "fault"  # a mistake of ours, with its traceback in the log


class Choice(Enum):
    """What a person may answer."""

    GO_ON = "go-on"  # ask the proofs anew and go on from there
    CANCEL = "cancel"  # undo what was done, and prove it
    ACCEPT_LOSS = "accept-loss"  # a new maximum, by name
    BREAK_LOCK = "break-lock"
    SKIP = "skip"
    LEAVE = "leave"  # leave it as it is; what is left is said


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a stopped run asks. The first choice is the one that is offered first."""

    asks: Asks
    step: str | None
    node: str | None
    observed: Scalar
    threshold: Scalar
    choices: tuple[Choice, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a run's journal, in order and flushed: written before and after each step and each command."""

    run: str
    number: int
    at: datetime
    step: str
    word: str  # begun, command, outcome, fact, proven, already-so, failed, asked, answered, undoing, undone, ended, …
    detail: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """One step as a face shows it."""

    key: str
    phase: Phase
    state: StepState
    begun_at: datetime | None = None
    seconds: float | None = None
    observed: str = ""  # what proved it, or what was seen instead
    output: tuple[str, ...] = ()  # the last lines of its commands, made harmless


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The write gap as a client saw it. `gap_seconds` None: it was not measured; `why` says so."""

    gap_seconds: float | None
    open: bool  # no write succeeds at this moment
    attempts: int
    acknowledged: int
    errors: int
    unknown: int  # no answer, or a wait for a standby that was cancelled
    lost_acknowledged: int | None  # acknowledged, and not there afterwards; None: not compared yet
    marks: tuple[tuple[float, bool], ...] = ()  # seconds since the run began, and whether the write succeeded
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksLine:
    """One check of the proof of books, by name and scope. `outcome`: proven, failed, not-checked."""

    check: str
    outcome: str
    scope: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run at one moment, as faces show it and reports print it."""

    id: str
    plan: Plan
    mode: Mode
    state: RunState
    person: str  # who started it
    steps: tuple[StepReport, ...]
    facts: Pairs = ()  # what the run found out: positions, timelines, rescued entries
    question: Question | None = None
    loss: Loss | None = None  # as recomputed at the gate
    loss_entries_max: int = 0  # as approved last
    outage: Outage | None = None
    books: tuple[BooksLine, ...] = ()
    approved_by: str = ""
    differences: tuple[Difference, ...] = ()
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    no_return_at: datetime | None = None
    left_to_do: tuple[str, ...] = ()  # kebab-case words, with their node behind a colon
    report: str = ""  # where the report lies
    log: tuple[Entry, ...] = ()  # only where it was asked for
