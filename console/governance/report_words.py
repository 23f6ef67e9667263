"""The plain English of reports and exported scripts: the engine writes them where no face's words are at hand."""

from datetime import datetime
from typing import Final, Protocol

from console.domain.fleet import Amount
from console.domain.plan import Act, Claim, Loss, LossBasis, Operation, Plan, Proof, Step, Verb
from console.domain.run import Mode, Outage, Question, RunState, RunView
from console.domain.verdict import Scalar


class Words(Protocol):
    """What a report has to say in sentences. A face may hand in its own; the engine uses `ENGLISH`."""

    def title(self, run: RunView) -> str: ...

    def ending(self, run: RunView) -> str: ...

    def step(self, step: Step) -> str: ...

    def proof(self, step: Step) -> str: ...

    def word(self, word: str) -> str: ...

    def loss(self, loss: Loss | None) -> str: ...

    def question(self, question: Question) -> str: ...

    def left_to_do(self, word: str) -> str: ...


class English:
    """The words of a report in plain English, made from the values alone."""

    def title(self, run: RunView) -> str:
        """'Failover of lab from lab-1 to lab-2', 'Rehearsal: restart of lab-1 in lab'."""
        plan = run.plan
        said = operation_title(plan)
        return f"Rehearsal: {said[:1].lower()}{said[1:]}" if run.mode is Mode.REHEARSAL else said

    def ending(self, run: RunView) -> str:
        """How it stands, in one sentence; a rehearsal promises nothing."""
        if run.mode is Mode.REHEARSAL and run.state is RunState.DONE:
            return "Rehearsed: every step was looked at, nothing was changed, and nothing is promised by it"
        return _ENDINGS[run.state]

    def step(self, step: Step) -> str:
        """What a step does: each of its acts; where it acts on nothing, what it makes sure of."""
        said = [act_phrase(act) for act in step.acts] or [f"make sure that {claim_phrase(p)}" for p in step.proofs]
        text = enumerated(tuple(dict.fromkeys(said))) or self.word(step.key)
        return text[:1].upper() + text[1:]

    def proof(self, step: Step) -> str:
        """What proves a step; empty where nothing does."""
        return enumerated(tuple(dict.fromkeys(claim_phrase(proof) for proof in step.proofs)))

    def word(self, word: str) -> str:
        """A kebab-case word as a person writes it: 'sync-as-set' is 'sync as set', 'rejoin:lab-1' 'rejoin lab-1'."""
        kind, _, about = word.partition(":")
        return f"{kind.replace('-', ' ')} {about}".strip()

    def loss(self, loss: Loss | None) -> str:
        """What is lost, and what that rests on."""
        return "not recomputed" if loss is None else loss_text(loss)

    def question(self, question: Question) -> str:
        """Why the run stopped, at which step and node."""
        where = "".join(f", {name} {what}" for name, what in (("step", question.step), ("on", question.node)) if what)
        return f"{_ASKS.get(question.asks.value, self.word(question.asks.value))}{where}"

    def left_to_do(self, word: str) -> str:
        """What is left to do; the word's part behind the colon names the node."""
        kind, _, node = word.partition(":")
        known = _LEFT.get(kind)
        text = self.word(word) if known is None else known.format(node=node or "the node")
        return text[:1].upper() + text[1:]


ENGLISH: Final = English()


def operation_title(plan: Plan) -> str:
    """'Switchover of lab from lab-1 to lab-2', 'Restart of lab-1 in lab', 'Protection of lab'."""
    subject, target = plan.subject, plan.target
    match plan.operation:
        case Operation.SWITCHOVER | Operation.FAILOVER:
            ways = (f" from {subject}" if subject else "") + (f" to {target}" if target else "")
            return f"{plan.operation.value.capitalize()} of {plan.cluster}{ways}"
        case Operation.RESTART | Operation.REJOIN:
            return f"{plan.operation.value.capitalize()} of {subject} in {plan.cluster}"
        case Operation.PROTECT:
            return f"Protection of {plan.cluster} changed"
        case Operation.NODE_ADD:
            return f"{subject} added to {plan.cluster}"
        case Operation.NODE_REMOVE:
            return f"{subject} removed from {plan.cluster}"
        case Operation.RESTORE:
            return f"Restore of {plan.cluster}" + (f" to {target}" if target else "")


def act_phrase(act: Act) -> str:
    """What an act does, on which node, and with what."""
    known = _ACTS.get(act.verb, f"{act.verb.value.replace('-', ' ')} on {{node}}")  # a report never fails for a word
    said = known.format(node=act.node or "the console")
    about = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in act.args if value and len(value) <= 60)
    return f"{said} ({about})" if about else said


def claim_phrase(proof: Proof) -> str:
    """What a proof says of its node."""
    known = _CLAIMS.get(proof.claim, f"{proof.claim.value.replace('-', ' ')} on {{node}}")
    said = known.format(node=proof.node or "the cluster")
    about = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in proof.args if value and len(value) <= 60)
    return f"{said} ({about})" if about else said


def loss_text(loss: Loss) -> str:
    """One loss in entries and amounts, with what it rests on and what is not known of it."""
    low, high = loss.entries_low, loss.entries_high
    match loss.basis:
        case LossBasis.NONE:
            text = "nothing that was acknowledged is lost"
        case LossBasis.EXACT:
            text = "no entry is lost, exactly" if not low else f"{entries(low)} lost, exactly"
        case LossBasis.INTERVAL:
            text = f"{low or 0:,} to {'an unknown number of' if high is None else f'{high:,}'} entries lost"
        case LossBasis.UNKNOWN:
            text = "the loss is not known"
    parts = [text]
    if loss.amounts:
        beyond = "" if loss.basis is LossBasis.EXACT else ", and of what was not seen the amounts are not known"
        parts.append(f"amounts seen: {money(loss.amounts)}{beyond}")
    if loss.accounts is not None:
        parts.append(f"{loss.accounts:,} accounts")
    if loss.unseen_seconds is not None:
        parts.append(f"{duration(loss.unseen_seconds)} unseen")
    if loss.reason:
        parts.append(f"because: {loss.reason.replace('-', ' ')}")
    if loss.outside:
        parts.append(f"outside of this: {loss.outside.replace('-', ' ')}")
    return "; ".join(parts)


def outage_text(outage: Outage | None) -> str:
    """The write gap in milliseconds, or why there is none."""
    if outage is None:
        return "not measured"
    if outage.gap_seconds is None:
        return f"not measured: {outage.why.replace('-', ' ') or 'no reason was given'}"
    still = ", and no write succeeds yet" if outage.open else ""
    return f"{outage.gap_seconds * 1000:,.0f} ms{still}"


def entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def duration(seconds: float) -> str:
    """0.42 s, 41.0 s, 6 min 42 s, 2 h 14 min."""
    if seconds < 10:
        return f"{max(0.0, seconds):.2f} s"
    if seconds < 60:
        return f"{seconds:.1f} s"
    total = round(seconds)
    if total < 3600:
        return f"{total // 60} min {total % 60} s"
    return f"{total // 3600:,} h {total % 3600 // 60} min"


def clock(at: datetime | None) -> str:
    """A moment in UTC with its date and milliseconds; a dash where there is none."""
    return "—" if at is None else f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}"


def amount(value: Amount) -> str:
    """Exact, with the currency in front: USD 247,310.40."""
    whole, part = divmod(abs(value.units), 10**value.scale)
    fraction = f".{part:0{value.scale}d}" if value.scale else ""
    return f"{value.currency} {'-' if value.units < 0 else ''}{whole:,}{fraction}"


def money(amounts: tuple[Amount, ...]) -> str:
    return enumerated(tuple(amount(one) for one in amounts))


def enumerated(words: tuple[str, ...]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} and {words[-1]}"


def scalar(value: Scalar) -> str:
    """An observed value or a threshold as text; a dash where there is none."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else value


_ENDINGS: Final[dict[RunState, str]] = {
    RunState.WAITING: "Not begun: it waits for its approval",
    RunState.RUNNING: "Not ended: it is running",
    RunState.STOPPING: "Not ended: it stops at the next safe point",
    RunState.ASKING: "Not ended: it stopped, and a person must decide",
    RunState.DONE: "Done, and its outcome is proven",
    RunState.CANCELLED: "Cancelled: what was done is undone, and that is proven",
    RunState.LEFT: "Left as it is by a person: its outcome is not proven",
}
_ACTS: Final[dict[Verb, str]] = {
    Verb.TAKE_LOCK: "take the lock on {node}",
    Verb.RELEASE_LOCK: "give the lock on {node} back",
    Verb.CHECKPOINT: "have {node} write a checkpoint",
    Verb.READ: "look at {node}",
    Verb.STOP: "stop PostgreSQL on {node} cleanly",
    Verb.START: "start PostgreSQL on {node}",
    Verb.BECOME_STANDBY: "make the stopped server on {node} a standby",
    Verb.PROMOTE: "promote {node}",
    Verb.CUT: "cut {node} from its upstream",
    Verb.FOLLOW: "point {node} at its upstream",
    Verb.MAKE_SLOTS: "make the slots on {node}",
    Verb.DROP_SLOTS: "drop the slots on {node}",
    Verb.SET_SYNC: "set the synchronous standbys on {node}",
    Verb.SET_COMMIT: "set the commit level on {node}",
    Verb.SET_SETTING: "set a setting on {node}",
    Verb.MARK_COMMIT: "commit a mark on {node} and wait for its standbys",
    Verb.FENCE: "fence {node} on its host",
    Verb.UNFENCE: "take the fence of {node} away",
    Verb.FENCE_BY_COMMAND: "fence by the operator's own command, from {node}",
    Verb.RESCUE_COLLECT: "list the unshipped WAL on {node}",
    Verb.RESCUE_CARRY: "carry the unshipped WAL to {node}",
    Verb.RESCUE_REPLAY: "have {node} replay the rescued WAL",
    Verb.RESCUE_TAKE_BACK: "take the rescue's settings back on {node}",
    Verb.ARCHIVE_FILL: "fill the archive from {node}",
    Verb.KEEP_WAL: "keep the WAL of {node} beyond the fork, beside its data",
    Verb.KEEP_CARRY: "carry the kept WAL to {node}",
    Verb.RECOVER: "have the killed server on {node} replay its own WAL, closed and read-only, and stop",
    Verb.TIDY: "remove what the console left on {node}",
    Verb.REWIND: "rewind {node}",
    Verb.COPY: "make a new copy on {node}, beside the old data",
    Verb.SWAP_IN: "put the new copy in place on {node}; the old data is kept",
    Verb.DROP_OLD: "delete the old data on {node}",
    Verb.HOOK: "run the hook on {node}",
    Verb.PROVE_BOOKS: "prove the books on {node}",
    Verb.ATTEST: "have a person attest the state of {node}",
    Verb.PATRONI: "ask Patroni on {node}",
}
_CLAIMS: Final[dict[Claim, str]] = {
    Claim.LOCK_HELD: "the lock is held on a majority of all nodes, with this run's term",
    Claim.LOCK_FREE: "nobody holds the lock",
    Claim.SAME_IDENTITY: "{node} is the same machine and system as planned",
    Claim.RUNNING_PRIMARY: "{node} accepts writes",
    Claim.RUNNING_STANDBY: "{node} runs as a standby",
    Claim.NOT_WRITABLE: "{node} is not seen to accept writes",
    Claim.STOPPED_CLEANLY: "{node} was shut down cleanly and no process is left",
    Claim.FENCED: "{node} is fenced: signal file there, no process, nothing answers",
    Claim.UNFENCED: "{node} is not fenced any more",
    Claim.CUT_OFF: "{node} receives from nobody and has no upstream set",
    Claim.CAUGHT_UP: "{node} has replayed past the position",
    Claim.PROMOTED: "{node} accepts writes on a new timeline",
    Claim.FOLLOWS: "{node} streams from its upstream, on its timeline",
    Claim.SLOTS_THERE: "the slots are there on {node}",
    Claim.SLOTS_GONE: "the slots are gone on {node}",
    Claim.SYNC_AS_SET: "the synchronous standbys on {node} are as set",
    Claim.COMMIT_AS_SET: "the commit level on {node} is as set",
    Claim.SETTING_AS_SET: "the setting on {node} is as set",
    Claim.COMMIT_CONFIRMED: "a marked commit on {node} was confirmed by the promised standbys",
    Claim.NODE_ANSWERS: "{node} answers",
    Claim.RESCUE_LISTED: "the unshipped WAL on {node} is listed with checksums",
    Claim.RESCUE_CARRIED: "the rescued WAL lies on {node}, checksums equal",
    Claim.RESCUE_REPLAYED: "{node} has replayed the rescued WAL to its end",
    Claim.RESCUE_TAKEN_BACK: "the rescue's settings are gone on {node}",
    Claim.ARCHIVE_WHOLE: "the archive is whole up to the fork",
    Claim.LOSS_WITHIN: "the loss with {node} is within the approved maximum",
    Claim.COPY_COMPLETE: "the new copy on {node} is complete",
    Claim.IN_PLACE: "the new copy is in place on {node}",
    Claim.OLD_GONE: "the old data on {node} is gone",
    Claim.CHECKPOINTED: "the latest checkpoint of {node} lies on its present timeline",
    Claim.WAL_KEPT: "every kept WAL file lies on {node} with its checksum",
    Claim.REWOUND: "{node} is rewound to the new timeline, and no rewind was cut",
    Claim.CONFIGURED: "the stopped server on {node} has its signal file, upstream and slot as planned",
    Claim.TIDIED: "{node} is a standby and bears no mark of the console",
    Claim.BOOKS_WHOLE: "the books are whole",
    Claim.HOOK_DONE: "the hook on {node} proved itself",
    Claim.SCRIPT_HOLDS: "the plan's own look at {node} found what it was to find",
    Claim.ATTESTED: "a person attested the state of {node}",
    Claim.PATRONI_SAYS: "Patroni on {node} says so",
}
_ASKS: Final[dict[str, str]] = {
    "world-moved": "What was done and proven no longer holds",
    "not-proven": "It was done, and its proof did not come in time",
    "refused": "The host refused it",
    "unreachable": "The host could not be reached",
    "condition": "What has to hold throughout no longer holds",
    "loss-above": "More would be lost than was approved",
    "interrupted": "The run was interrupted for longer than it may go on by itself",
    "stopped": "A person stopped it",
    "hook-failed": "A hook failed",
    "lock-taken": "Another console holds the lock",
    "inputs-changed": "What the plan was made from has changed",
    "fault": "The console itself made a mistake; its log has the trace",
}
_LEFT: Final[dict[str, str]] = {
    "rejoin": "bring {node} back as a standby",
    "backup": "make a fresh backup on the new timeline",
    "fresh-backup": "make a fresh backup on the new timeline",
    "re-arm": "switch automatic recovery on again",
    "fenced": "keep {node} fenced until it is rejoined",
    "fence": "fence {node} as soon as its host answers",
    "attach": "attach {node} again: it follows nobody now",
    "repoint": "point {node} at the new primary",
    "sync": "set for whom commits wait: fewer standbys follow than was promised",
    "slots": "drop the slots on {node} that nobody uses",
    "archive-gap": "a part of the WAL archive is missing: make a fresh backup",
    "books": "prove the books: that was not done",
    "lock": "give the lock on {node} back",
    "rescue-files": "remove the rescued WAL on {node} when it was read: it is kept as evidence",
    "old-data": "delete the old data of {node} when the new is trusted",
}
