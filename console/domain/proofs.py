"""Judges claims: does what a step promised hold, by facts that were asked for it; pure, and the same for every hand."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from console.domain.plan import Claim, Pairs, Proof
from console.domain.reading import ControlState
from console.domain.situation import Facts, NodeFacts, ServerFacts
from console.domain.wal import Lsn

Known = Mapping[str, str]  # what a run has found out, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Whether a claim holds, what was seen, and what was wanted. `reached` False: the node could not be asked."""

    holds: bool
    observed: str
    wanted: str = ""
    reached: bool = True
    node: str = ""  # whose claim it was, where several were judged together


def filled(pairs: Pairs, known: Known) -> Pairs:
    """Arguments with what the run found out in the place of `${name}`. Raises KeyError for what it did not."""
    return tuple((name, fill(value, known)) for name, value in pairs)


def fill(text: str, known: Known) -> str:
    """A text with its `${name}` filled in. Raises KeyError with the name that is not known."""
    parts = text.split("${")
    done = [parts[0]]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        # Shell has braces of its own: only names of ours are filled.
        if brace and name in known:
            done.append(known[name] + rest)
        elif brace and name in FACTS:
            raise KeyError(name)
        else:
            done.append("${" + part)
    return "".join(done)


# Every fact that a script may tell or ask for.
FACTS: Final = frozenset(
    {
        "shutdown_position", "timeline", "old_timeline", "mark_position", "candidate_timeline", "candidate_position",
        "fork_position", "rescue_segments", "rescue_end", "rescue_past", "rescue_read", "rescue_bytes",
        "rescue_directory", "rescue_short", "archive_filled",
        "archive_gaps", "archive_looked", "archive_unknown", "rejoin_position", "rewind_said", "copy_directory",
        "kept_directory", "kept_wal", "kept_copy", "rescued_entries", "restored_position", "restored_number",
        "old_number", "old_shutdown", "seen_number", "seen_position", "patroni_way",
        "patroni_status", "patroni_reply", "patroni_said", "lock_term",
    }
)  # fmt: skip


_LSN: Final = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_WORDS: Final = re.compile(r"[A-Za-z0-9_./:,@%+=-]*")  # nothing that a shell would read as more than a word
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    **dict.fromkeys(
        ("shutdown_position", "mark_position", "candidate_position", "fork_position", "rescue_end", "rejoin_position",
         "restored_position", "old_shutdown", "seen_position"),
        _LSN,
    ),
    **dict.fromkeys(
        ("timeline", "old_timeline", "candidate_timeline", "rescue_bytes", "archive_looked", "lock_term",
         "restored_number", "old_number", "seen_number"),
        _NUMBER,
    ),
    **dict.fromkeys(("rescue_past", "rescue_read"), re.compile(r"yes|no")),
}


def well_formed(name: str, value: str) -> bool:
    """Is this what a fact of that name may look like? It may stand in a script on another node: nothing else may."""
    form = _FORMS.get(name, _SAID if name in _SPOKEN else _WORDS)
    return name in FACTS and form.fullmatch(value) is not None


_SPOKEN: Final = frozenset({"rewind_said", "patroni_said", "patroni_reply"})  # shown, and never put into a script
_SAID: Final = re.compile(r"[^\x00-\x1f]*")


def nodes_of(proof: Proof, everyone: tuple[str, ...]) -> tuple[str, ...]:
    """The nodes that have to be asked for a proof."""
    if proof.claim in (Claim.LOCK_HELD, Claim.LOCK_FREE):
        return everyone
    upstream = proof.arg("upstream")
    return (proof.node, upstream) if upstream else (proof.node,)


def judge(proof: Proof, facts: Facts, known: Known) -> Held:
    """Does the claim hold? Claims that need more than facts are not judged here: ValueError."""
    try:
        asked = replace(proof, args=filled(proof.args, known))
    except KeyError as missing:
        return Held(holds=False, observed=f"{missing.args[0]} is not known yet")
    if asked.claim in (Claim.LOCK_HELD, Claim.LOCK_FREE):
        return _lock(asked, facts)
    node = facts.get(asked.node)
    if asked.claim is Claim.NOT_WRITABLE:
        return _not_writable(node)
    if node is None or not node.reached:
        return Held(holds=False, observed=node.trouble if node is not None else "not asked", reached=False)
    if asked.claim in _KNOWN:
        return _KNOWN[asked.claim](asked, known)
    judgement = _JUDGES.get(asked.claim)
    if judgement is None:
        raise ValueError(f"{asked.claim.value} is not judged from facts")
    return judgement(asked, node, facts)


def _lock(proof: Proof, facts: Facts) -> Held:
    owner, term, needed = proof.arg("owner"), proof.arg("term"), int(proof.arg("needed") or "1")
    locks = [node.lock for node in facts.values() if node.reached and node.lock is not None]
    held = sum(1 for lock in locks if lock.owner == owner and str(lock.term) == term)
    if proof.claim is Claim.LOCK_FREE:
        return Held(holds=held == 0, observed=f"{held} of {len(facts)}", wanted="0")
    return Held(holds=held >= needed, observed=f"{held} of {len(facts)}", wanted=f"at least {needed}")


def _not_writable(node: NodeFacts | None) -> Held:
    if node is None or not node.reached:
        return Held(holds=True, observed="out of reach")
    seen = _role(node.server) if node.server is not None else "no server answers"
    return Held(holds=not node.writable, observed=seen, wanted="not writable")


def _identity(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    wanted_machine, wanted_system = proof.arg("machine"), proof.arg("system")
    machine = not wanted_machine or node.machine_id == wanted_machine
    system = not wanted_system or node.system_identifier == wanted_system
    seen = f"machine {node.machine_id}, system {node.system_identifier}"
    return Held(holds=machine and system, observed=seen, wanted=f"machine {wanted_machine}, system {wanted_system}")


def _serving(node: NodeFacts) -> tuple[ServerFacts | None, Held]:
    if node.server is None:
        return None, Held(holds=False, observed=node.server_trouble or "no server answers")
    return node.server, Held(holds=True, observed="")


def _role(server: ServerFacts) -> str:
    return f"{'in recovery' if server.in_recovery else 'writable'} on timeline {server.timeline}"


def _running_primary(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    least = int(proof.arg("timeline") or "0")
    fine = not server.in_recovery and server.timeline >= least
    return Held(holds=fine, observed=_role(server), wanted=f"writable, timeline {least} or later")


def _running_standby(_: Proof, node: NodeFacts, __: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    return Held(holds=server.in_recovery, observed=_role(server), wanted="in recovery")


def _promoted(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    after = int(proof.arg("after"))
    fine = not server.in_recovery and server.timeline > after
    return Held(holds=fine, observed=_role(server), wanted=f"writable, a timeline after {after}")


def _stopped_cleanly(_: Proof, node: NodeFacts, __: Facts) -> Held:
    state = node.control.state if node.control is not None else None
    fine = node.processes == 0 and state in (ControlState.SHUT_DOWN, ControlState.SHUT_DOWN_IN_RECOVERY)
    count = "?" if node.processes is None else str(node.processes)
    seen = f"{count} processes, control file '{state.value if state else '?'}'"
    return Held(holds=fine, observed=seen, wanted="0 processes, 'shut down'")


def _fenced(_: Proof, node: NodeFacts, __: Facts) -> Held:
    silent = node.server is None and not node.postmaster_alive and node.processes == 0
    seen = (
        f"signal file {'there' if node.standby_signal else 'missing'}, "
        f"{'?' if node.processes is None else node.processes} processes, "
        f"{'a server answers' if node.server is not None else 'no server answers'}"
    )
    if node.server is not None:
        seen += f", {_role(node.server)}"
    elif node.postmaster_alive:
        seen += ", its postmaster lives"
    # A fenced server that somebody started again is read-only: that is what the signal file is for.
    harmless = node.server is not None and node.server.in_recovery
    fine = node.standby_signal and (silent or harmless)
    return Held(holds=fine, observed=seen, wanted="signal file, nothing writable")


def _unfenced(_: Proof, node: NodeFacts, __: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    fine = not server.in_recovery and not node.fence_mark and not node.standby_signal
    seen = _role(server) + (", signal file there" if node.standby_signal else "")
    seen += ", our mark of a fence there" if node.fence_mark else ""
    return Held(holds=fine, observed=seen, wanted="writable, no signal file")


def _cut_off(_: Proof, node: NodeFacts, __: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    upstream = server.setting("primary_conninfo")
    fine = server.in_recovery and server.receiver is None and not upstream
    seen = "a receiver runs, " if server.receiver else "no receiver, "
    seen += "an upstream set" if upstream else "no upstream"
    seen += "" if server.in_recovery else f", {_role(server)}"
    return Held(holds=fine, observed=seen, wanted="no receiver, no upstream")


def _caught_up(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    wanted = Lsn.parse(proof.arg("position"))
    here = server.replayed if server.in_recovery else server.write
    past = proof.arg("past") == "yes"
    fine = here is not None and (here > wanted if past else here >= wanted)
    return Held(holds=fine, observed=f"at {here}", wanted=f"{'past' if past else 'at least'} {wanted}")


def _follows(proof: Proof, node: NodeFacts, facts: Facts) -> Held:
    server, held = _serving(node)
    upstream = facts.get(proof.arg("upstream"))
    above = upstream.server if upstream is not None else None
    if server is None or above is None:
        return held if server is None else Held(holds=False, observed=f"{proof.arg('upstream')} does not answer")
    plain = {one.replace("-", "_").lower() for one in (node.node, proof.arg("slot")) if one}
    sender = next(
        (s for s in above.senders if {s.name.replace("-", "_").lower(), (s.slot or "").lower()} & plain), None
    )
    receiver = server.receiver
    on = receiver.timeline if receiver is not None else None
    fine = (
        server.in_recovery and receiver is not None and receiver.status == "streaming" and sender is not None
        and sender.state == "streaming" and on == above.timeline
    )  # fmt: skip
    seen = f"receiver {receiver.status if receiver else 'none'} on timeline {on}, "
    seen += f"sender {sender.state if sender else 'none'}"
    return Held(holds=fine, observed=seen, wanted=f"streams from {proof.arg('upstream')} on timeline {above.timeline}")


def names_in(text: str) -> tuple[str, ...]:
    """The names in an argument or a fact that lists them with commas."""
    return tuple(name for name in text.split(",") if name)


def _slots(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    wanted, there = names_in(proof.arg("slots")), {slot.name for slot in server.slots}
    if proof.claim is Claim.SLOTS_GONE:
        left = [name for name in wanted if name in there]
        return Held(holds=not left, observed=f"left: {', '.join(left) or 'none'}", wanted="none left")
    missing = [name for name in wanted if name not in there]
    return Held(holds=not missing, observed=f"missing: {', '.join(missing) or 'none'}", wanted="none missing")


def _setting(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    name, wanted = proof.arg("name"), proof.arg("value")
    seen = server.setting(name)
    return Held(holds=seen == wanted, observed=f"{name} is {seen!r}", wanted=repr(wanted))


def _confirmed(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    position, needed = Lsn.parse(proof.arg("position")), int(proof.arg("count") or "0")
    names = {name.lower() for name in names_in(proof.arg("names"))}
    applied = proof.arg("applied") == "yes"
    here = [(s.name, s.replay if applied else s.flush) for s in server.senders]
    have = [name for name, at in here if at is not None and at >= position and (not names or name.lower() in names)]
    fine = not server.in_recovery and len(have) >= needed
    seen = f"{len(have)} have {'applied' if applied else 'kept'} {position}: {', '.join(have) or 'none'}"
    seen += f"; {_role(server)}" if server.in_recovery else ""
    return Held(holds=fine, observed=seen, wanted=f"at least {needed}")


def _rescue_replayed(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    end = Lsn.parse(proof.arg("end"))
    here, past = (server.replayed if server.in_recovery else server.write), proof.arg("past") == "yes"
    fine = here is not None and (here > end if past else here >= end)
    return Held(holds=fine, observed=f"replayed to {here}", wanted=f"{'past' if past else 'to'} {end}")


def _rescue_taken_back(_: Proof, node: NodeFacts, __: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    ours = ".rescue" in server.setting("restore_command")
    return Held(holds=not ours, observed="ours" if ours else "the operator's own", wanted="the operator's own")


def _answers(_: Proof, node: NodeFacts, __: Facts) -> Held:
    return Held(holds=node.reached, observed="answers")


def _checkpointed(_: Proof, node: NodeFacts, __: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    on = node.control.timeline if node.control is not None else None
    fine = not server.in_recovery and on == server.timeline
    seen = f"{_role(server)}, its latest checkpoint on {on}"
    return Held(holds=fine, observed=seen, wanted="writable, a checkpoint on its present timeline")


def _rewound(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    wanted = proof.arg("timeline")
    on = str(node.control.timeline) if node.control is not None else "?"
    fine = on == wanted and not node.rewind_mark and node.standby_signal
    seen = f"control file on timeline {on}, signal file {'there' if node.standby_signal else 'missing'}"
    if node.rewind_mark:
        seen = f"a rewind was begun and has not ended; {seen}"
    return Held(holds=fine, observed=seen, wanted=f"control file on timeline {wanted}, signal file, no cut rewind")


def _configured(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    wanted = proof.arg("upstream")
    fine = node.standby_signal and node.configured == wanted
    seen = f"signal file {'there' if node.standby_signal else 'missing'}, configured for {node.configured or 'nobody'}"
    return Held(holds=fine, observed=seen, wanted=f"signal file, configured for {wanted}")


def _copy_complete(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    fine = node.copied == proof.arg("copy") and node.copy_there
    seen = f"the copy of plan {node.copied}" if node.copied else "no complete copy"
    seen += "" if node.copy_there else ", nothing beside the data"
    return Held(holds=fine, observed=seen, wanted=f"the complete, verified copy of plan {proof.arg('copy')}")


def _in_place(proof: Proof, node: NodeFacts, _: Facts) -> Held:
    copied = node.copied == proof.arg("copy")
    fine = copied and not node.copy_there and node.control is not None
    seen = f"{'its' if copied else 'not its'} copy, {'still beside' if node.copy_there else 'nothing beside'} the data"
    seen += "" if node.control is not None else ", no control file"
    return Held(holds=fine, observed=seen, wanted="the new copy in the data's place")


def _old_gone(_: Proof, node: NodeFacts, __: Facts) -> Held:
    return Held(holds=not node.old_there, observed="there" if node.old_there else "gone", wanted="gone")


def _tidied(_: Proof, node: NodeFacts, __: Facts) -> Held:
    server, held = _serving(node)
    if server is None:
        return held
    marks = [name for name, there in (("fence", node.fence_mark), ("rewind", node.rewind_mark),
                                      ("configured", bool(node.configured))) if there]  # fmt: skip
    seen = f"{_role(server)}, marks: {', '.join(marks) or 'none'}"
    return Held(holds=server.in_recovery and not marks, observed=seen, wanted="in recovery, no mark of ours")


_JUDGES: Final[Mapping[Claim, Callable[[Proof, NodeFacts, Facts], Held]]] = {
    Claim.SAME_IDENTITY: _identity,
    Claim.RUNNING_PRIMARY: _running_primary,
    Claim.RUNNING_STANDBY: _running_standby,
    Claim.PROMOTED: _promoted,
    Claim.STOPPED_CLEANLY: _stopped_cleanly,
    Claim.FENCED: _fenced,
    Claim.UNFENCED: _unfenced,
    Claim.CUT_OFF: _cut_off,
    Claim.CAUGHT_UP: _caught_up,
    Claim.FOLLOWS: _follows,
    Claim.SLOTS_THERE: _slots,
    Claim.SLOTS_GONE: _slots,
    Claim.SYNC_AS_SET: _setting,
    Claim.COMMIT_AS_SET: _setting,
    Claim.SETTING_AS_SET: _setting,
    Claim.COMMIT_CONFIRMED: _confirmed,
    Claim.RESCUE_REPLAYED: _rescue_replayed,
    Claim.RESCUE_TAKEN_BACK: _rescue_taken_back,
    Claim.NODE_ANSWERS: _answers,
    Claim.CHECKPOINTED: _checkpointed,
    Claim.REWOUND: _rewound,
    Claim.CONFIGURED: _configured,
    Claim.COPY_COMPLETE: _copy_complete,
    Claim.IN_PLACE: _in_place,
    Claim.OLD_GONE: _old_gone,
    Claim.TIDIED: _tidied,
}


def _listed(_: Proof, known: Known) -> Held:
    listed = known.get("rescue_end")
    return Held(holds=listed is not None, observed=f"WAL ends at {listed}" if listed else "not listed")


def _archive(_: Proof, known: Known) -> Held:
    if unknown := known.get("archive_unknown"):
        return Held(holds=True, observed=f"not checked: {unknown}")
    gaps = known.get("archive_gaps")
    if gaps is None:
        return Held(holds=False, observed="not looked at")
    return Held(holds=True, observed=f"gaps: {gaps or 'none'}, filled: {known.get('archive_filled') or 'none'}")


# Steps that only look, and write down what they saw: what they found is their proof.
_KNOWN: Final[Mapping[Claim, Callable[[Proof, Known], Held]]] = {
    Claim.RESCUE_LISTED: _listed,
    Claim.ARCHIVE_WHOLE: _archive,
}
