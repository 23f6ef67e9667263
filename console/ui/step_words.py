"""A sentence for each step of a plan, for what will prove it and for each act of it; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.plan import Act, Claim, Operation, Phase, Plan, Proof, Step, Verb
from console.domain.text import shown
from console.ui.group_words import GROUP_CLAIMS
from console.ui.measures import duration
from console.ui.restore_plan_words import RESTORE_PROOFS, RESTORE_STEPS, RESTORE_STEPS_WITH, target_text
from console.ui.speech import counted, joined, translate

_Text = Callable[[], str]
PROOFS_TOLD_MAX: Final = 3
NAME_CHARACTERS_MAX: Final = 80


def readable(word: str) -> str:
    """A kebab-case word that has no sentence yet, as a person can read it: never a crash, never an empty text."""
    return shown(word, characters_max=NAME_CHARACTERS_MAX).replace("-", " ").strip() or translate("plan", "not named")


class Filled(dict[str, str]):
    """Names for a sentence; one that is not there is left out instead of raising."""

    def __missing__(self, key: str) -> str:
        return translate("plan", "not named")


def fill(template: str, names: dict[str, str]) -> str:
    """The template with these names in it."""
    return template.format_map(Filled(names))


def step_sentence(plan: Plan, step: Step) -> str:
    """What a step does, in one clause that begins large: 'Point nyc-2 at chi-1'."""
    names = _names(plan, step)
    alone = _ALONE.get((step.kind, names.get("value") or names.get("count") or names.get("method")))
    if alone is not None:
        return fill(alone(), names)
    for key, text in _WITH.get(step.kind, ()):
        if key in names:
            return fill(text(), names)
    known = _STEPS.get(step.kind)
    if known is None:
        bare = translate("plan", "{what}: {node}") if names.get("node") else "{what}"
        return fill(bare, names | {"what": readable(step.kind).capitalize()})
    return fill(known(), names)


def step_proof(plan: Plan, step: Step) -> str:
    """What will prove a step: 'Proof to come: streams from chi-1 on timeline 8'."""
    clauses = proof_clauses(plan, step)
    if not clauses:
        return translate("plan", "No proof of its own")
    return translate("plan", "Proof to come: {clauses}").format(clauses=translate("plan", "; ").join(clauses))


def proof_clauses(plan: Plan, step: Step) -> list[str]:
    """The claims of a step as clauses; of many alike only the first few, and how many more there are."""
    nodes = {proof.node for proof in step.proofs}
    clauses: list[str] = []
    for proof in step.proofs:
        clause = proof_clause(plan, proof)
        if len(nodes) > 1 and proof.claim not in _OF_ALL:
            clause = translate("plan", "{node} {clause}").format(node=shown(proof.node), clause=clause)
        if clause not in clauses:
            clauses.append(clause)
    if len(clauses) > PROOFS_TOLD_MAX:
        rest = len(clauses) - PROOFS_TOLD_MAX
        more = counted(rest, translate("plan", "1 more"), translate("plan", "{n} more"))
        return [*clauses[:PROOFS_TOLD_MAX], more]
    return clauses


def proof_clause(plan: Plan, proof: Proof) -> str:
    """What one proof says of its node, without the node's name: 'streams from chi-1 on timeline 8'."""
    names = {key: shown(value) for key, value in proof.args if value and "${" not in value}
    for aliases, name in ((("upstream", "to", "primary"), "upstream"), (("timeline", "after"), "timeline")):
        found = next((names[alias] for alias in aliases if alias in names), None)
        if found is not None:
            names[name] = found
    if names.get("slots"):
        names["slots"] = joined([one for one in names["slots"].split(",") if one])
    if names.get("count", "0") not in ("0", "1"):
        names["many"] = names["count"]
    if proof.claim in (Claim.FOLLOWS, Claim.CAUGHT_UP):
        names.setdefault("upstream", plan.target if plan.target != proof.node else plan.subject)
    if proof.claim is Claim.PATRONI_SAYS and names.get("that") in GROUP_CLAIMS:
        return fill(GROUP_CLAIMS[names["that"]](), names)
    for key, text in _CLAIM_WITH.get(proof.claim, ()):
        if names.get(key):
            return fill(text(), names)
    known = _CLAIMS.get(proof.claim)
    return fill(known(), names) if known is not None else readable(proof.claim.value)


def limit_sentence(step: Step) -> str:
    """How long a step may take: 'Limit 2 min 0 s'."""
    return translate("plan", "Limit {limit}").format(limit=duration(step.limit_seconds, whole=True))


def act_sentence(act: Act) -> str:
    """What one act does and where: 'Promote on chi-1'."""
    known = _VERBS.get(act.verb)
    what = known() if known else readable(act.verb.value)
    return translate("plan", "{what}, on {node}").format(what=what, node=shown(act.node))


def operation_name(operation: Operation) -> str:
    """The name of an operation, as a noun that begins large."""
    known = _OPERATIONS.get(operation)
    return known() if known is not None else readable(operation.value).capitalize()


def plan_title(plan: Plan) -> str:
    """What a plan is: 'Failover of ledger-us from nyc-1 to chi-1'."""
    subject, target, cluster = shown(plan.subject), shown(plan.target), shown(plan.cluster)
    names = {"what": operation_name(plan.operation), "cluster": cluster, "subject": subject, "target": target}
    changes = plan.operation in (Operation.SWITCHOVER, Operation.FAILOVER)
    if changes and subject and target:
        return fill(translate("plan", "{what} of {cluster} from {subject} to {target}"), names)
    if changes and target:
        return fill(translate("plan", "{what} of {cluster} to {target}"), names)
    if plan.operation is Operation.RESTORE and target and dict(plan.notes).get("goal") == "cluster":
        return fill(translate("plan", "{what} of {cluster}, with {target} as its primary"), names)
    if subject:
        return fill(translate("plan", "{what} of {subject} in {cluster}"), names)
    return fill(translate("plan", "{what} of {cluster}"), names)


def phase_name(phase: Phase) -> str:
    """What the steps of a phase are for, as a heading."""
    known = _PHASES.get(phase)
    return known() if known is not None else readable(phase.value).capitalize()


def _names(plan: Plan, step: Step) -> dict[str, str]:
    """What a step's sentence may speak of: what it is about, else what its key, its acts and the plan say."""
    names = {key: shown(value, characters_max=NAME_CHARACTERS_MAX) for key, value in step.about if value}
    if step.kind == "recover-to" and "target" in names:
        names["target"] = target_text(dict(step.about)["target"])
    acted = list(dict.fromkeys(act.node for act in step.acts))
    behind = step.key.partition(":")[2]
    node = names.get("node") or behind or (acted[0] if acted else "")
    if not node and step.proofs:
        node = step.proofs[0].node
    if node:
        names["node"] = shown(node)
    for name, value in (("subject", plan.subject), ("target", plan.target), ("cluster", plan.cluster)):
        if value and name not in names:
            names[name] = shown(value)
    for key in ("followers", "nodes", "slots"):
        if "," in names.get(key, ""):
            names[key] = joined([one.strip() for one in names[key].split(",") if one.strip()])
    upstream = names.get("upstream") or names.get("to") or plan.target
    if upstream and upstream != names.get("node"):
        names["upstream"] = shown(upstream)
    if "nodes" not in names and len(acted) > 1:
        names["nodes"] = joined([shown(one) for one in acted])
    names["operation"] = operation_name(plan.operation)
    return names


_OPERATIONS: Final[dict[Operation, _Text]] = {
    Operation.SWITCHOVER: lambda: translate("plan", "Switchover"),
    Operation.FAILOVER: lambda: translate("plan", "Failover"),
    Operation.RESTART: lambda: translate("plan", "Restart"),
    Operation.REJOIN: lambda: translate("plan", "Rejoin"),
    Operation.PROTECT: lambda: translate("plan", "Change of protection"),
    Operation.NODE_ADD: lambda: translate("plan", "Adding"),
    Operation.NODE_REMOVE: lambda: translate("plan", "Removal"),
    Operation.RESTORE: lambda: translate("plan", "Restore"),
}
_PHASES: Final[dict[Phase, _Text]] = {
    Phase.PREPARE: lambda: translate("plan", "Prepare"),
    Phase.FENCE: lambda: translate("plan", "Fence and rescue"),
    Phase.GATE: lambda: translate("plan", "Gate"),
    Phase.PROMOTE: lambda: translate("plan", "Promote and repoint"),
    Phase.PROOF: lambda: translate("plan", "Proof"),
    Phase.TIDY: lambda: translate("plan", "Tidy up"),
}
# Where a value has a sentence of its own.
_ALONE: Final[dict[tuple[str, str | None], _Text]] = {
    ("sync", "async"): lambda: translate("plan", "Let commits on {node} wait for no standby"),
    ("fence", "ssh"): lambda: translate("plan", "Fence {node} over SSH"),
    ("fence", "command"): lambda: translate("plan", "Fence {node} by the operator's own command"),
    ("fence", "quorum"): lambda: translate("plan", "Fence {node} by quorum: nobody confirms its commits any more"),
    ("fence", "attest"): lambda: translate("plan", "Fence {node} on a person's word"),
    ("mark", "0"): lambda: translate("plan", "Write a marked commit on {node}"),
    ("mark", "1"): lambda: translate("plan", "Write a marked commit on {node}, confirmed by 1 standby"),
}
# The first sentence whose name is known; else the plain one below.
_WITH: Final[dict[str, tuple[tuple[str, _Text], ...]]] = {
    "hook": (("hook", lambda: translate("plan", "Run the hook '{hook}' on {node}")),),
    "cut": (
        ("nodes", lambda: translate("plan", "Cut {nodes} from {subject}")),
        ("subject", lambda: translate("plan", "Cut {node} from {subject}")),
    ),
    "stop": (("why", lambda: translate("plan", "Stop {node} cleanly ({why})")),),
    "caught-up": (("subject", lambda: translate("plan", "Wait until {node} has all that {subject} wrote")),),
    "lock": (("needed", lambda: translate("plan", "Take the lock on {needed} or more of {nodes} nodes")),),
    "slots": (("slots", lambda: translate("plan", "Create slots on {node}: {slots}")),),
    "promote": (("by", lambda: translate("plan", "Have Patroni make {node} the primary, in the place of {subject}")),),
    "start": (("by", lambda: translate("plan", "Have Patroni restart the server of {node}")),),
    "gate": (("by", lambda: translate("plan", "Count the loss again, right before Patroni is asked")),),
    "streaming": (("followers", lambda: translate("plan", "Wait until {followers} stream from {node}")),),
    "repoint": (
        ("followers", lambda: translate("plan", "Point {followers} at {node}")),
        ("upstream", lambda: translate("plan", "Point {node} at {upstream}")),
    ),
    "mark": (("count", lambda: translate("plan", "Write a marked commit on {node}, confirmed by {count} standbys")),),
    "books": (("nodes", lambda: translate("plan", "Prove the books on {nodes}")),),
    "attach": (("upstream", lambda: translate("plan", "Attach {node} as standby of {upstream}")),),
    "sync": (
        ("value", lambda: translate("plan", "Let commits on {node} wait for {value}")),
        ("names", lambda: translate("plan", "Let commits on {node} wait for {names}")),
    ),
    "commit-level": (("value", lambda: translate("plan", "Set the commit level on {node} to '{value}'")),),
    "settle": (
        ("nodes", lambda: translate("plan", "Wait until {nodes} have what is needed")),
        ("node", lambda: translate("plan", "Note how far {node} has come, now that it stands still")),
    ),
    "rescue-list": (
        ("source", lambda: translate("plan", "List the WAL on {source} that {node} lacks")),
        ("target", lambda: translate("plan", "List the WAL on {node} that {target} lacks")),
    ),
    "rescue-carry": (
        ("source", lambda: translate("plan", "Carry that WAL from {source} to {node}, with checksums")),
        ("target", lambda: translate("plan", "Carry that WAL to {target}, with checksums")),
    ),
    "drop-slots": (("slots", lambda: translate("plan", "Drop the slots on {node}: {slots}")),),
    "rewind": (("upstream", lambda: translate("plan", "Rewind {node} to where it left {upstream}")),),
    "copy": (
        ("by", lambda: translate("plan", "Have Patroni copy {upstream} to {node}, whose old data goes first")),
        ("upstream", lambda: translate("plan", "Copy {upstream} to {node}, beside its old data")),
    ),
    "configure": (("upstream", lambda: translate("plan", "Configure {node} as standby of {upstream}")),),
    "archive": (("target", lambda: translate("plan", "Make the archive whole from {target}, up to the fork")),),
    "keep-wal": (("to", lambda: translate("plan", "Keep the WAL of {node} beyond the fork on {to}")),),
    "keep-carry": (("to", lambda: translate("plan", "Carry the kept WAL of {node} to {to}")),),
    "patroni": (("what", lambda: translate("plan", "Ask Patroni: {what}")),),
    **RESTORE_STEPS_WITH,
}
_STEPS: Final[dict[str, _Text]] = {
    **RESTORE_STEPS,
    "lock": lambda: translate("plan", "Take the lock on a majority of all nodes"),
    "unlock": lambda: translate("plan", "Give the lock back"),
    "checkpoint": lambda: translate("plan", "Checkpoint on {node}"),
    "settle": lambda: translate("plan", "Wait until the followers have what is needed"),
    "hook": lambda: translate("plan", "Run the hook on {node}"),
    "stop": lambda: translate("plan", "Stop {node} cleanly"),
    "caught-up": lambda: translate("plan", "Wait until {node} has replayed all"),
    "promote": lambda: translate("plan", "Promote {node}"),
    "slots": lambda: translate("plan", "Create slots on {node} for its followers"),
    "repoint": lambda: translate("plan", "Point {node} at the new primary"),
    "attach": lambda: translate("plan", "Attach {node} as standby"),
    "sync": lambda: translate("plan", "Set for whom commits on {node} wait"),
    "commit-level": lambda: translate("plan", "Set the commit level on {node}"),
    "mark": lambda: translate("plan", "Write a marked commit, confirmed by the promised standbys"),
    "books": lambda: translate("plan", "Prove the books"),
    "cut": lambda: translate("plan", "Cut {node} from the old primary"),
    "fence": lambda: translate("plan", "Fence {node}"),
    "unfence": lambda: translate("plan", "Lift the fence of {node}"),
    "fence-again": lambda: translate("plan", "Prove the fence of {node} again"),
    "rescue-list": lambda: translate("plan", "List the WAL on {node} that nobody else has"),
    "rescue-carry": lambda: translate("plan", "Carry that WAL to the candidate, with checksums"),
    "rescue-replay": lambda: translate("plan", "Replay the rescued WAL on {node}"),
    "rescue-take-back": lambda: translate("plan", "Take back the settings of the rescue on {node}"),
    "gate": lambda: translate("plan", "Count the loss again, now that it can't grow"),
    "archive": lambda: translate("plan", "Make the archive whole up to the fork"),
    "start": lambda: translate("plan", "Start {node}"),
    "keep-wal": lambda: translate("plan", "Keep the WAL of {node} beyond the fork"),
    "rewind": lambda: translate("plan", "Rewind {node}"),
    "copy": lambda: translate("plan", "Copy the primary to {node}, beside its old data"),
    "swap-in": lambda: translate("plan", "Put the new copy of {node} in place, the old data is kept"),
    "configure": lambda: translate("plan", "Configure {node} as standby"),
    "drop-old": lambda: translate("plan", "Delete the old data of {node}, now that the new is proven"),
    "drop-slots": lambda: translate("plan", "Drop the slots on {node} that nobody uses"),
    "keep-carry": lambda: translate("plan", "Carry the kept WAL of {node} to another host"),
    "quiet-summarizer": lambda: translate("plan", "Switch the WAL summarizer of {node} off for the while"),
    "summarizer-back": lambda: translate("plan", "Switch the WAL summarizer of {node} on again"),
    "recover": lambda: translate("plan", "Let {node} replay its own WAL, closed and read-only"),
    "tidy": lambda: translate("plan", "Remove from {node} what we left there"),
    "patroni": lambda: translate("plan", "Ask Patroni for it: {operation}"),
    "streaming": lambda: translate("plan", "Wait until the members stream from {node}"),
    "in-sync": lambda: translate("plan", "Wait until Patroni has standbys confirm as its settings promise"),
    "sole": lambda: translate("plan", "Prove with two looks that {node} alone takes writes"),
}
_OF_ALL: Final = frozenset({Claim.LOCK_HELD, Claim.LOCK_FREE, Claim.BOOKS_WHOLE, Claim.LOSS_WITHIN, Claim.ATTESTED})
_CLAIM_WITH: Final[dict[Claim, tuple[tuple[str, _Text], ...]]] = {
    Claim.RUNNING_PRIMARY: (("timeline", lambda: translate("plan", "accepts writes on timeline {timeline} or later")),),
    Claim.CAUGHT_UP: (
        ("position", lambda: translate("plan", "has replayed past {position}")),
        ("upstream", lambda: translate("plan", "has replayed past the end of {upstream}")),
    ),
    Claim.PROMOTED: (("timeline", lambda: translate("plan", "accepts writes on a timeline after {timeline}")),),
    Claim.FOLLOWS: (
        ("timeline", lambda: translate("plan", "streams from {upstream} on timeline {timeline}")),
        ("upstream", lambda: translate("plan", "streams from {upstream} on its timeline")),
    ),
    Claim.LOCK_HELD: (("needed", lambda: translate("plan", "our lock stands on {needed} nodes or more")),),
    Claim.SLOTS_THERE: (("slots", lambda: translate("plan", "has the slots {slots}")),),
    Claim.SYNC_AS_SET: (("value", lambda: translate("plan", "lets commits wait for {value}")),),
    Claim.SETTING_AS_SET: (("name", lambda: translate("plan", "has {name} set to '{value}'")),),
    Claim.COMMIT_AS_SET: (("value", lambda: translate("plan", "has the commit level '{value}'")),),
    Claim.COMMIT_CONFIRMED: (("many", lambda: translate("plan", "has a marked commit that {many} standbys hold")),),
    Claim.LOSS_WITHIN: (("most", lambda: translate("plan", "no more than {most} entries are lost")),),
    Claim.HOOK_DONE: (("proof", lambda: translate("plan", "has done the hook: {proof}")),),
    Claim.SCRIPT_HOLDS: RESTORE_PROOFS,
}
_CLAIMS: Final[dict[Claim, _Text]] = {
    Claim.LOCK_HELD: lambda: translate("plan", "our lock stands on a majority of all nodes"),
    Claim.LOCK_FREE: lambda: translate("plan", "no node holds our lock any more"),
    Claim.SAME_IDENTITY: lambda: translate("plan", "is the same machine and system as planned"),
    Claim.RUNNING_PRIMARY: lambda: translate("plan", "accepts writes"),
    Claim.RUNNING_STANDBY: lambda: translate("plan", "runs as standby"),
    Claim.NOT_WRITABLE: lambda: translate("plan", "takes no writes, as far as it can be seen"),
    Claim.STOPPED_CLEANLY: lambda: translate("plan", "has no process, and its control file says 'shut down'"),
    Claim.FENCED: lambda: translate("plan", "has no process, nothing answers, and it could only start read-only"),
    Claim.UNFENCED: lambda: translate("plan", "may start as primary again"),
    Claim.CUT_OFF: lambda: translate("plan", "has no receiver and names no upstream"),
    Claim.CAUGHT_UP: lambda: translate("plan", "has replayed past the end"),
    Claim.PROMOTED: lambda: translate("plan", "accepts writes on a new timeline"),
    Claim.FOLLOWS: lambda: translate("plan", "streams on the timeline of its upstream"),
    Claim.SLOTS_THERE: lambda: translate("plan", "has the slots"),
    Claim.SLOTS_GONE: lambda: translate("plan", "has these slots no longer"),
    Claim.SYNC_AS_SET: lambda: translate("plan", "lets commits wait as set"),
    Claim.SETTING_AS_SET: lambda: translate("plan", "has the setting that was set"),
    Claim.COMMIT_AS_SET: lambda: translate("plan", "has the commit level that was set"),
    Claim.COMMIT_CONFIRMED: lambda: translate("plan", "has a marked commit, confirmed as promised"),
    Claim.NODE_ANSWERS: lambda: translate("plan", "answers"),
    Claim.RESCUE_LISTED: lambda: translate("plan", "has the WAL listed with checksums"),
    Claim.RESCUE_CARRIED: lambda: translate("plan", "has the WAL, and its checksums agree"),
    Claim.RESCUE_REPLAYED: lambda: translate("plan", "has replayed to the end of the rescued WAL"),
    Claim.RESCUE_TAKEN_BACK: lambda: translate("plan", "has its settings as before the rescue"),
    Claim.ARCHIVE_WHOLE: lambda: translate("plan", "holds every WAL file up to the fork, and the history"),
    Claim.LOSS_WITHIN: lambda: translate("plan", "the loss is within what was approved"),
    Claim.CHECKPOINTED: lambda: translate("plan", "has a checkpoint on its present timeline"),
    Claim.WAL_KEPT: lambda: translate("plan", "keeps every WAL file with its checksum"),
    Claim.REWOUND: lambda: translate("plan", "is rewound to the new timeline, and the rewind was not cut"),
    Claim.CONFIGURED: lambda: translate("plan", "would start as standby, with upstream and slot as planned"),
    Claim.TIDIED: lambda: translate("plan", "is a standby that bears no mark of ours"),
    Claim.COPY_COMPLETE: lambda: translate("plan", "has a complete copy"),
    Claim.IN_PLACE: lambda: translate("plan", "has the new copy in place"),
    Claim.OLD_GONE: lambda: translate("plan", "has its old data no longer"),
    Claim.BOOKS_WHOLE: lambda: translate("plan", "each check of the books, with its scope"),
    Claim.HOOK_DONE: lambda: translate("plan", "is done, by a proof of the operator's own"),
    Claim.SCRIPT_HOLDS: lambda: translate("plan", "is as the plan wants it, by a look of the plan's own"),
    Claim.ATTESTED: lambda: translate("plan", "a person vouches for it, by name"),
    Claim.PATRONI_SAYS: lambda: translate("plan", "is what was asked for, by Patroni and by the server"),
}
_VERBS: Final[dict[Verb, _Text]] = {
    Verb.TAKE_LOCK: lambda: translate("plan", "Take the lock"),
    Verb.RELEASE_LOCK: lambda: translate("plan", "Give the lock back"),
    Verb.CHECKPOINT: lambda: translate("plan", "Checkpoint"),
    Verb.READ: lambda: translate("plan", "Look, and change nothing"),
    Verb.STOP: lambda: translate("plan", "Stop the server"),
    Verb.START: lambda: translate("plan", "Start the server"),
    Verb.BECOME_STANDBY: lambda: translate("plan", "Make it a standby"),
    Verb.PROMOTE: lambda: translate("plan", "Promote"),
    Verb.CUT: lambda: translate("plan", "Let go of the upstream"),
    Verb.FOLLOW: lambda: translate("plan", "Follow an upstream"),
    Verb.MAKE_SLOTS: lambda: translate("plan", "Create slots"),
    Verb.DROP_SLOTS: lambda: translate("plan", "Drop slots"),
    Verb.SET_SYNC: lambda: translate("plan", "Set for whom commits wait"),
    Verb.SET_COMMIT: lambda: translate("plan", "Set the commit level"),
    Verb.SET_SETTING: lambda: translate("plan", "Change a setting"),
    Verb.MARK_COMMIT: lambda: translate("plan", "Write a marked commit"),
    Verb.FENCE: lambda: translate("plan", "Fence"),
    Verb.UNFENCE: lambda: translate("plan", "Lift the fence"),
    Verb.FENCE_BY_COMMAND: lambda: translate("plan", "Fence by the operator's own command"),
    Verb.RESCUE_COLLECT: lambda: translate("plan", "List the WAL to rescue"),
    Verb.RESCUE_CARRY: lambda: translate("plan", "Carry the WAL over"),
    Verb.RESCUE_REPLAY: lambda: translate("plan", "Replay the rescued WAL"),
    Verb.RESCUE_TAKE_BACK: lambda: translate("plan", "Take the rescue's settings back"),
    Verb.ARCHIVE_FILL: lambda: translate("plan", "Fill the archive"),
    Verb.REWIND: lambda: translate("plan", "Rewind"),
    Verb.COPY: lambda: translate("plan", "Copy"),
    Verb.SWAP_IN: lambda: translate("plan", "Put the new copy in place"),
    Verb.DROP_OLD: lambda: translate("plan", "Delete the old data"),
    Verb.KEEP_WAL: lambda: translate("plan", "Keep the WAL beyond the fork"),
    Verb.KEEP_CARRY: lambda: translate("plan", "Carry the kept WAL to another host"),
    Verb.RECOVER: lambda: translate("plan", "Let it replay its own WAL, closed and read-only"),
    Verb.TIDY: lambda: translate("plan", "Remove what we left"),
    Verb.HOOK: lambda: translate("plan", "Run the hook"),
    Verb.PROVE_BOOKS: lambda: translate("plan", "Prove the books"),
    Verb.ATTEST: lambda: translate("plan", "A person vouches for it"),
    Verb.PATRONI: lambda: translate("plan", "Ask Patroni"),
}
