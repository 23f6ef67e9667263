"""A plan is data: steps, what proves and undoes each of them; what the operator reads is what runs."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from console.domain.fleet import Amount
from console.domain.situation import LastSeen
from console.domain.verdict import Scalar

Pairs = tuple[tuple[str, str], ...]  # names and values, in order; values never hold a secret

STEPS_MAX: Final = 200


class Operation(Enum):
    """What a plan is for."""

    SWITCHOVER = "switchover"
    FAILOVER = "failover"
    RESTART = "restart"
    REJOIN = "rejoin"
    PROTECT = "protect"
    NODE_ADD = "node-add"
    NODE_REMOVE = "node-remove"
    RESTORE = "restore"


class Outcome(Enum):
    """How one check ended. 'Not checked' is never 'passed'."""

    REFUSE = "refuse"
    WARN = "warn"
    NOT_CHECKED = "not-checked"
    PASS = "pass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One check of a preflight: what was observed, against which threshold, where, when, and how to mend it.

    `check` and `mend` are kebab-case words for `ui.plan_words`; `mend_about` fills the mending sentence.
    """

    check: str
    outcome: Outcome
    node: str | None
    observed: Scalar
    threshold: Scalar
    source: str
    at: datetime
    mend: str = ""
    mend_about: Pairs = ()


class Phase(Enum):
    """Which part of the wizard a step belongs to (its steps 8 to 12)."""

    PREPARE = "prepare"
    FENCE = "fence"
    GATE = "gate"
    PROMOTE = "promote"
    PROOF = "proof"
    TIDY = "tidy"


class Verb(Enum):
    """What an act does on one host. The script is what is sent; the verb and its arguments are what it means."""

    TAKE_LOCK = "take-lock"
    RELEASE_LOCK = "release-lock"
    CHECKPOINT = "checkpoint"
    READ = "read"  # only looks, and tells what it saw as facts
    STOP = "stop"  # clean, fast
    START = "start"
    BECOME_STANDBY = "become-standby"  # a stopped server: signal file, whom to follow
    PROMOTE = "promote"
    CUT = "cut"  # a standby lets go of its upstream, and its receiver is gone
    FOLLOW = "follow"  # a running standby is pointed at an upstream
    MAKE_SLOTS = "make-slots"
    DROP_SLOTS = "drop-slots"
    SET_SYNC = "set-sync"
    SET_COMMIT = "set-commit"
    SET_SETTING = "set-setting"
    MARK_COMMIT = "mark-commit"  # a commit of ours that waits as the application's do
    FENCE = "fence"
    UNFENCE = "unfence"
    FENCE_BY_COMMAND = "fence-by-command"
    RESCUE_COLLECT = "rescue-collect"  # on the source: the WAL that the candidate lacks, listed with checksums
    RESCUE_CARRY = "rescue-carry"
    RESCUE_REPLAY = "rescue-replay"
    RESCUE_TAKE_BACK = "rescue-take-back"
    ARCHIVE_FILL = "archive-fill"
    REWIND = "rewind"
    COPY = "copy"  # a base backup beside the old data
    SWAP_IN = "swap-in"  # the new copy takes the old data's place, which is kept
    DROP_OLD = "drop-old"
    KEEP_WAL = "keep-wal"  # what lies beyond a fork, copied beside the data before anything touches it
    KEEP_CARRY = "keep-carry"  # and carried to another host
    RECOVER = "recover"  # a killed server replays its own WAL, closed and read-only, and stops cleanly
    TIDY = "tidy"  # a proven standby: what we left on the node goes
    HOOK = "hook"
    PROVE_BOOKS = "prove-books"
    ATTEST = "attest"  # a person says it, by name
    PATRONI = "patroni"  # a request to Patroni's own interface


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing done on one host. `script` is the shell text as it is sent, behind its guard.

    `${name}` in it stands for what an earlier step of the run found out (`fact NAME VALUE` on its standard output).
    """

    verb: Verb
    node: str
    args: Pairs = ()
    script: str = ""
    long: bool = False  # supervised on its host: it outlives the channel

    def arg(self, name: str) -> str:
        return dict(self.args).get(name, "")


class Claim(Enum):
    """What a proof says. Each is judged from facts that were asked for it, never from the journal."""

    LOCK_HELD = "lock-held"  # on a majority of all nodes, with our term
    LOCK_FREE = "lock-free"
    SAME_IDENTITY = "same-identity"  # machine and system identifier as planned
    RUNNING_PRIMARY = "running-primary"  # writable, on the named timeline or a later one
    RUNNING_STANDBY = "running-standby"
    NOT_WRITABLE = "not-writable"  # as far as it is seen: out of reach is not a breach
    STOPPED_CLEANLY = "stopped-cleanly"  # no process, control file 'shut down'
    FENCED = "fenced"  # signal file, no process, nothing answers
    UNFENCED = "unfenced"
    CUT_OFF = "cut-off"  # no receiver, no upstream set
    CAUGHT_UP = "caught-up"  # replayed past a position
    PROMOTED = "promoted"  # writable on a timeline after the named one
    FOLLOWS = "follows"  # streams from an upstream, on its timeline
    SLOTS_THERE = "slots-there"
    SLOTS_GONE = "slots-gone"
    SYNC_AS_SET = "sync-as-set"
    COMMIT_AS_SET = "commit-as-set"
    SETTING_AS_SET = "setting-as-set"
    COMMIT_CONFIRMED = "commit-confirmed"
    NODE_ANSWERS = "node-answers"
    RESCUE_LISTED = "rescue-listed"
    RESCUE_CARRIED = "rescue-carried"
    RESCUE_REPLAYED = "rescue-replayed"
    RESCUE_TAKEN_BACK = "rescue-taken-back"
    ARCHIVE_WHOLE = "archive-whole"
    LOSS_WITHIN = "loss-within"
    COPY_COMPLETE = "copy-complete"
    IN_PLACE = "in-place"
    OLD_GONE = "old-gone"
    CHECKPOINTED = "checkpointed"  # its latest checkpoint lies on its present timeline
    WAL_KEPT = "wal-kept"  # every listed file lies there with its checksum
    REWOUND = "rewound"  # its control file is on the new timeline, and no rewind was cut
    CONFIGURED = "configured"  # a stopped server: signal file, upstream and slot as planned
    TIDIED = "tidied"  # a standby that bears no mark of ours
    BOOKS_WHOLE = "books-whole"
    HOOK_DONE = "hook-done"
    SCRIPT_HOLDS = "script-holds"  # what a script of the plan's own says by its exit status
    ATTESTED = "attested"
    PATRONI_SAYS = "patroni-says"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A claim about one node. Values in `args` may be `${name}`, as in an act's script."""

    claim: Claim
    node: str
    args: Pairs = ()

    def arg(self, name: str) -> str:
        return dict(self.args).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its acts run side by side, and it is done when all its proofs hold.

    `until`: the key of the later step that rightly ends these proofs; up to there a proof that no longer holds means
    that the world moved. `once`: never run a second time by itself. `required` False: it may fail and the run goes on.
    `beside`: its acts need nothing that the step before it brings, and are sent together with that one's; it is begun,
    proven, undone and told as a step of its own all the same.
    """

    key: str
    phase: Phase
    about: Pairs = ()  # what its sentence speaks of; the sentence is `ui.plan_words` of the key's first part
    acts: tuple[Act, ...] = ()
    proofs: tuple[Proof, ...] = ()
    limit_seconds: float = 30.0
    undo: tuple[Act, ...] = ()
    undo_proofs: tuple[Proof, ...] = ()
    until: str | None = None
    no_return: bool = False  # once this step has begun there is no way back
    once: bool = False
    required: bool = True
    skip_unreachable: bool = False  # a look that is not had is passed over; what is seen and wrong is not
    beside: bool = False
    expected_seconds: float | None = None

    @property
    def kind(self) -> str:
        """The step's kind: its key without what it is about: 'repoint' of 'repoint:lab-3'."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What has to hold before each step from `since` (its key; None: the first) up to `until` (None: the last)."""

    proof: Proof
    since: str | None = None
    until: str | None = None


class LossBasis(Enum):
    """What a loss rests on, and so what may be said of it."""

    NONE = "none"  # nothing acknowledged is lost: both alive, or overlap proven
    EXACT = "exact"
    INTERVAL = "interval"  # the truth lies between low and high
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What is lost with one candidate. `amounts` belong to `entries_low`, what was seen; more of it is 'not known'.

    `reason`: a kebab-case word for why it is no better known.
    """

    candidate: str
    basis: LossBasis
    entries_low: int | None
    entries_high: int | None
    amounts: tuple[Amount, ...] = ()
    accounts: int | None = None
    unseen_seconds: float | None = None
    entries_per_second: float | None = None
    head_number: int | None = None  # the candidate's own
    reference_number: int | None = None  # the primary's, as last read
    reason: str = ""
    outside: str = ""  # 'local-commits' where commits that wait for nobody stand outside of what is proven


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A node that could be promoted, or the words for why it can't. Ineligible ones stay visible."""

    node: str
    eligible: bool
    reasons: tuple[str, ...]  # kebab-case words for `ui.plan_words`
    timeline: int | None
    position: str | None
    lag_bytes: int | None
    loss: Loss | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole plan. `inputs` is all that it was made from; it is verified only while they are what they were."""

    id: str
    operation: Operation
    cluster: str
    environment: str
    made_at: datetime
    made_by: str
    steps: tuple[Step, ...]
    inputs: Pairs
    conditions: tuple[Condition, ...] = ()
    checks: tuple[Checked, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    subject: str = ""  # the node that is left, restarted, rejoined, added, removed
    target: str = ""  # the node that is promoted or followed
    loss: Loss | None = None
    loss_entries_max: int = 0
    expected_gap_seconds: float | None = None
    expected_seconds: float | None = None
    last_seen: LastSeen | None = None  # of the primary that is left; a later engine judges the loss by it too
    notes: Pairs = ()  # words and values that the plan has to say: 'no-way-back' 'attestation', …
    digest: str = field(default="", compare=False)

    @property
    def refused(self) -> bool:
        return any(check.outcome is Outcome.REFUSE for check in self.checks)

    def step(self, key: str) -> Step:
        """Raises KeyError where there is no such step."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    @property
    def no_return_key(self) -> str | None:
        return next((step.key for step in self.steps if step.no_return), None)


def digest_of(plan: Plan) -> str:
    """SHA-256 over everything that the plan does and was made from; times, checks and the id are not part of it."""
    return hashlib.sha256(digested(plan)).hexdigest()


def digested(plan: Plan) -> bytes:
    """What of a plan its digest is made of: JSON in ASCII, its names in order, without blanks."""

    def plain(value: object) -> object:
        return value.value if isinstance(value, Enum) else str(value)

    covered = {
        "operation": plan.operation.value,
        "cluster": plan.cluster,
        "environment": plan.environment,
        "subject": plan.subject,
        "target": plan.target,
        "loss_entries_max": plan.loss_entries_max,
        "inputs": plan.inputs,
        "steps": [asdict(step) for step in plan.steps],
        "conditions": [asdict(condition) for condition in plan.conditions],
    }
    return json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=plain).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An input that is no longer what the plan was made from."""

    name: str
    planned: str
    now: str


def differences(planned: Pairs, now: Pairs) -> tuple[Difference, ...]:
    """What has changed since the plan was made, by name; what one side lacks is an empty text."""
    before, after = dict(planned), dict(now)
    return tuple(
        Difference(name=name, planned=before.get(name, ""), now=after.get(name, ""))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )
