"""Names and mending sentences for the checks of a preflight, and why a node or a way is not possible; knows no Qt."""

import math
from collections.abc import Callable
from typing import Final

from console.domain.plan import Checked, Outcome
from console.domain.recommendation import Way
from console.domain.text import shown
from console.domain.verdict import Scalar
from console.ui.measures import NOTHING, bytes_text, compact, duration, number
from console.ui.speech import translate
from console.ui.step_words import fill, readable

_Text = Callable[[], str]
_IN_SECONDS: Final = frozenset({"clock-offset", "long-transactions", "reachable", "primary-alive", "primary-dead"})
_IN_BYTES: Final = frozenset({"lag", "disk", "space", "candidate"})
_IN_ENTRIES: Final = frozenset({"loss"})
_IN_REASONS: Final = frozenset({"candidate", "fencing", "overlap"})  # their values are words of ours


def check_name(word: str) -> str:
    """What a check looks at, as a short name."""
    known = _CHECKS.get(word)
    return known() if known else readable(word).capitalize()


def outcome_word(outcome: Outcome) -> str:
    """How a check ended, in one word."""
    return _OUTCOMES[outcome]()


def checked_text(check: str, value: Scalar) -> str:
    """An observed value or a threshold of a check, with its unit."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return translate("check", "yes") if value else translate("check", "no")
    if isinstance(value, str):
        return _text(check, value)
    if not math.isfinite(value):
        return NOTHING
    if check in _IN_SECONDS:
        return duration(float(value))
    if check in _IN_BYTES:
        return bytes_text(value)
    if check in _IN_ENTRIES:
        return translate("check", "{n} entries").format(n=number(value))
    return str(value) if isinstance(value, int) and abs(value) < 10_000 else compact(float(value))


def _text(check: str, value: str) -> str:
    known = _VALUES.get(value)
    if known is not None:
        return known()
    words = [word.strip() for word in value.split(",")]
    if check in _IN_REASONS and all(word in _REASONS for word in words):
        return translate("check", "; ").join(_REASONS[word]() for word in words)
    return shown(value)


def mend_sentence(checked: Checked) -> str:
    """How to mend what a check refused or warned of; empty where nothing is to be mended."""
    if checked.outcome is Outcome.PASS:
        return ""
    names = {key: shown(value) for key, value in checked.mend_about}
    named = names.get("node_name") or shown(checked.node or "") or translate("check", "the node")
    names.setdefault("node", named)
    known = _MENDS.get(checked.mend) or (_MENDS.get(checked.check) if not checked.mend else None)
    if known is not None:
        return fill(known(), names)
    if not checked.mend:
        return ""
    about = ", ".join(f"{key} {value}" for key, value in names.items() if key not in ("node", "node_name"))
    word = readable(checked.mend).capitalize()
    return f"{word}: {about}" if about else word


def reason_sentence(word: str, node: str) -> str:
    """Why a candidate or a way is not possible, or what holds it back: 'its host does not answer'."""
    name, _, about = word.partition(":")
    names = {"node": shown(node) or translate("check", "the node"), "about": shown(about)}
    known = _REASONS.get(name)
    if known is not None:
        said = fill(known(), names)
        return translate("check", "{said}: {about}").format(said=said, about=names["about"]) if about else said
    return readable(word)


def way_name(way: Way) -> str:
    """What a person can decide for, in one word."""
    return _WAYS[way]()


_WAYS: Final[dict[Way, _Text]] = {
    Way.WAIT: lambda: translate("check", "Wait"),
    Way.RESTART: lambda: translate("check", "Restart"),
    Way.SWITCHOVER: lambda: translate("check", "Switchover"),
    Way.FAILOVER: lambda: translate("check", "Failover"),
    Way.REJOIN: lambda: translate("check", "Rejoin"),
    Way.RESTORE: lambda: translate("check", "Restore"),
}
_OUTCOMES: Final[dict[Outcome, _Text]] = {
    Outcome.REFUSE: lambda: translate("check", "refuse"),
    Outcome.WARN: lambda: translate("check", "warn"),
    Outcome.NOT_CHECKED: lambda: translate("check", "not checked"),
    Outcome.PASS: lambda: translate("check", "pass"),
}
_VALUES: Final[dict[str, _Text]] = {
    "not-known": lambda: translate("check", "not known"),
    "unknown": lambda: translate("check", "not known"),
    "none": lambda: translate("check", "none"),
    "yes": lambda: translate("check", "yes"),
    "no": lambda: translate("check", "no"),
}
_CHECKS: Final[dict[str, _Text]] = {
    "reachable": lambda: translate("check", "Answers over SSH"),
    "identity": lambda: translate("check", "Same machine as before"),
    "system-identifier": lambda: translate("check", "System identifier"),
    "timeline": lambda: translate("check", "Timeline"),
    "streams": lambda: translate("check", "Streams"),
    "lag": lambda: translate("check", "Behind (flush)"),
    "replay-paused": lambda: translate("check", "Replay"),
    "slots": lambda: translate("check", "Slots for the followers"),
    "sync-after": lambda: translate("check", "For whom commits wait afterwards"),
    "long-transactions": lambda: translate("check", "Longest open transaction"),
    "prepared-transactions": lambda: translate("check", "Prepared transactions"),
    "backup-running": lambda: translate("check", "Running backup"),
    "clock-offset": lambda: translate("check", "Clock offset"),
    "disk": lambda: translate("check", "Disk left"),
    "versions": lambda: translate("check", "PostgreSQL versions"),
    "rights": lambda: translate("check", "Rights"),
    "archive": lambda: translate("check", "WAL archive"),
    "restarters": lambda: translate("check", "What would start it again"),
    "lock-free": lambda: translate("check", "Lock of the cluster"),
    "primary-alive": lambda: translate("check", "Primary answers"),
    "primary-dead": lambda: translate("check", "Primary is gone"),
    "level": lambda: translate("check", "Evidence of its death"),
    "fencing": lambda: translate("check", "Way to fence it"),
    "majority": lambda: translate("check", "Nodes that answer"),
    "overlap": lambda: translate("check", "Overlap with the synchronous set"),
    "candidate": lambda: translate("check", "Candidate"),
    "loss": lambda: translate("check", "Entries that would be lost"),
    "rescue": lambda: translate("check", "WAL rescue"),
    "wal-hints": lambda: translate("check", "Checksums or wal_log_hints"),
    "full-page-writes": lambda: translate("check", "full_page_writes"),
    "history": lambda: translate("check", "Timeline histories"),
    "space": lambda: translate("check", "Room for the copy"),
    "name-typed": lambda: translate("check", "Name as typed"),
    "followers": lambda: translate("check", "Followers"),
    "logical-slots": lambda: translate("check", "Logical slots"),
    "hook-host": lambda: translate("check", "Hosts of the hooks"),
    "settings-writable": lambda: translate("check", "Settings can be changed"),
    "consensus": lambda: translate("check", "Consensus group"),
    "tools": lambda: translate("check", "PostgreSQL's own tools"),
}
_REASONS: Final[dict[str, _Text]] = {
    "not-reached": lambda: translate("check", "its host does not answer"),
    "not-standby": lambda: translate("check", "it is no standby"),
    "other-system": lambda: translate("check", "it belongs to another cluster"),
    "behind": lambda: translate("check", "it is behind another candidate"),
    "furthest-is-other": lambda: translate("check", "another standby holds more"),
    "cascade": lambda: translate("check", "a cascade: it follows a standby, not the primary"),
    "replay-paused": lambda: translate("check", "its replay is paused"),
    "delayed": lambda: translate("check", "it replays with a delay on purpose"),
    "not-streaming": lambda: translate("check", "it receives no WAL from the primary"),
    "no-server": lambda: translate("check", "no server runs there"),
    "other-timeline": lambda: translate("check", "it is on another timeline"),
    "not-answering": lambda: translate("check", "its server does not answer"),
    "unfit-version": lambda: translate("check", "its version does not fit"),
    "no-rights": lambda: translate("check", "rights are missing there"),
    "the-primary": lambda: translate("check", "it is the primary"),
    "primary-alive": lambda: translate("check", "the primary is alive"),
    "primary-gone": lambda: translate("check", "the primary is gone"),
    "host-silent": lambda: translate("check", "the host does not answer"),
    "stopped-by-somebody": lambda: translate("check", "somebody stopped it"),
    "no-candidate": lambda: translate("check", "no standby can be promoted"),
    "nothing-to-rejoin": lambda: translate("check", "no node is to be rejoined"),
    "no-backup": lambda: translate("check", "no backup is known"),
    "overlap-missing": lambda: translate("check", "too few of the synchronous standbys answer"),
    "list-unknown": lambda: translate("check", "the list of synchronous standbys is not known"),
    "list-changed": lambda: translate("check", "the list of synchronous standbys changed within the last minute"),
    "old-reading": lambda: translate("check", "the primary's last reading is old"),
    "no-books": lambda: translate("check", "the books could not be read"),
    "wal-read": lambda: translate("check", "the dead primary's WAL was read"),
    "nothing-wrong": lambda: translate("check", "nothing is wrong"),
    "costs-time": lambda: translate("check", "it costs time: nobody can write meanwhile"),
    "no-primary": lambda: translate("check", "no primary is known"),
    "fenced": lambda: translate("check", "it is fenced"),
    "processes-there": lambda: translate("check", "its processes are still there"),
    "processes-unseen": lambda: translate("check", "its processes can't be seen"),
    "place-unknown": lambda: translate("check", "where its data lies is not known"),
    "not-allowed-by-policy": lambda: translate("check", "the cluster's policy does not allow it"),
    "no-command": lambda: translate("check", "no fencing command is named"),
    "no-node": lambda: translate("check", "the inventory has no such node"),
    "fence-ssh": lambda: translate("check", "the old primary is fenced over SSH"),
    "fence-command": lambda: translate("check", "the old primary is fenced by the operator's own command"),
    "fence-quorum": lambda: translate("check", "the old primary is fenced by quorum"),
    "fence-attest": lambda: translate("check", "a person has to vouch that the old primary is off"),
    "ssh": lambda: translate("check", "over SSH"),
    "command": lambda: translate("check", "by the operator's own command"),
    "quorum": lambda: translate("check", "by quorum"),
    "attest": lambda: translate("check", "on a person's word"),
    "proven": lambda: translate("check", "proven"),
    "both-alive": lambda: translate("check", "both are alive, so nothing is lost"),
    "unseen-time": lambda: translate("check", "more may have been written since its last reading"),
}
# By the mending word, and where a check names none, by the check's own.
_MENDS: Final[dict[str, _Text]] = {
    "reach-nodes": lambda: translate(
        "check", "Bring more nodes back within reach of SSH: a lock needs a majority of all of them."
    ),
    "reach-node": lambda: translate("check", "Mend SSH to {node}, then check again. The plan goes on without it."),
    "wait-or-break-lock": lambda: translate(
        "check", "Let the other console end its plan, or break its lock by name when the plan runs."
    ),
    "other-cluster": lambda: translate(
        "check", "{node} is no copy of this cluster. Take it out of the inventory, or rebuild it from the primary."
    ),
    "install-tools": lambda: translate("check", "Install these programs on {node}."),
    "grant-rights": lambda: translate("check", "Grant the role {role} on {node} what is missing."),
    "replication-login": lambda: translate(
        "check", "Name a login for replication: the others could not follow {node} without one."
    ),
    "same-version": lambda: translate("check", "Bring {node} to the same version of PostgreSQL first."),
    "rejoin-first": lambda: translate("check", "Rejoin {node} first, or choose another target."),
    "wait-for-replay": lambda: translate("check", "Wait until {node} has caught up, or choose another target."),
    "resume-replay": lambda: translate("check", "Go on with the replay on {node}: select pg_wal_replay_resume()."),
    "end-transactions": lambda: translate("check", "Wait for them or end them: the stop would break them off."),
    "wait-for-backup": lambda: translate("check", "Wait for the backup to end, or cancel it: the stop breaks it off."),
    "mend-archive": lambda: translate(
        "check", "Mend the WAL archive of {node} first: a clean stop waits for it, and a hole would be left."
    ),
    "set-clock": lambda: translate("check", "Set the clock of {node}, by its time service."),
    "free-disk": lambda: translate("check", "Free disk space on {node}."),
    "disable-restarter": lambda: translate("check", "Disable on {node} what would start the server behind our back."),
    "logical-slots-lost": lambda: translate(
        "check", "These logical slots do not move along: let their readers catch up, and create them anew afterwards."
    ),
    "lower-sync": lambda: translate(
        "check", "Bring a standby back, or lower the promise by name: else every commit would wait for ever."
    ),
    "more-slots": lambda: translate("check", "Raise max_replication_slots on {node} and restart it."),
    "switchover-instead": lambda: translate("check", "The primary answers: a switchover loses nothing."),
    "restart-instead": lambda: translate("check", "Somebody stopped it: ask who, and restart it if it may be."),
    "rejoin-instead": lambda: translate("check", "Rejoin {node} as a standby instead: it must not write again."),
    "it-runs": lambda: translate("check", "Its server answers. Look on the Cluster page what it says."),
    "fence-needed": lambda: translate(
        "check", "It can't be seen to be dead, so it is fenced before any promotion: choose the strongest way there is."
    ),
    "stopped-by-somebody": lambda: translate("check", "Ask who stopped it, and why, before you start it."),
    "furthest-is-other": lambda: translate("check", "{node} holds more: choose it, or approve the greater loss."),
    "overlap-missing": lambda: translate(
        "check", "Bring another of the synchronous standbys back, or approve the loss by its number."
    ),
    "approve-loss": lambda: translate("check", "Approve a maximum of entries that may be lost, with the plan."),
    "name-it": lambda: translate("check", "Name the node that was primary, or wait until it was seen once."),
    "write-sync": lambda: translate("check", "Write 'ANY 1', 'FIRST 1' or 'async', with the number you mean."),
    "no-spare": lambda: translate("check", "With one standby less every commit would wait: add one, or ask for fewer."),
    "choose-other": lambda: translate("check", "Choose another target, or mend what stands here."),
    "failover-instead": lambda: translate("check", "The primary does not answer: a failover is what is left."),
    "reachable": lambda: translate("check", "Mend SSH to {node}, then check again."),
    "identity": lambda: translate(
        "check", "Make sure that {node} is the right machine, then accept it with 'inventory confirm'."
    ),
    "system-identifier": lambda: translate(
        "check", "{node} is no copy of this cluster. Take it out of the inventory, or rebuild it from the primary."
    ),
    "timeline": lambda: translate("check", "Rejoin {node} first: it is on another branch of history."),
    "streams": lambda: translate("check", "See on the Cluster page why {node} receives no WAL, and mend that first."),
    "lag": lambda: translate("check", "Wait until {node} has caught up, or choose another target."),
    "replay-paused": lambda: translate("check", "Go on with the replay on {node}: select pg_wal_replay_resume()."),
    "slots": lambda: translate("check", "Make room for slots on {node}: raise max_replication_slots and restart it."),
    "sync-after": lambda: translate(
        "check", "Too few standbys would be left for the promise. Lower it by name, or bring one back first."
    ),
    "long-transactions": lambda: translate("check", "Wait for it or end it: it would be broken off by the stop."),
    "prepared-transactions": lambda: translate("check", "Commit or roll back the prepared transactions first."),
    "backup-running": lambda: translate("check", "Wait for the backup to end, or cancel it: the stop breaks it off."),
    "clock-offset": lambda: translate("check", "Set the clock of {node}, by its time service."),
    "disk": lambda: translate("check", "Free disk space on {node}."),
    "space": lambda: translate("check", "Free disk space on {node}: the old data is kept until the copy is proven."),
    "versions": lambda: translate("check", "Bring {node} to the same version of PostgreSQL first."),
    "rights": lambda: translate("check", "Grant the console's role on {node} what is missing."),
    "settings-writable": lambda: translate("check", "Grant the right to change these settings on {node}."),
    "archive": lambda: translate("check", "Mend the WAL archive of {node} first: a point in time could be lost."),
    "restarters": lambda: translate("check", "Name what may start the server on {node}, or disable it by hand."),
    "lock-free": lambda: translate("check", "Let the other console end its plan, or break its lock by name."),
    "primary-alive": lambda: translate("check", "The primary does not answer: a failover is what is left."),
    "primary-dead": lambda: translate("check", "The primary answers: a switchover loses nothing."),
    "level": lambda: translate(
        "check", "The evidence is too weak for a failover. Look at the host, or fence it by a way that is read back."
    ),
    "fencing": lambda: translate(
        "check", "Name a fencing command with one that reads the state back, or let a person vouch for it."
    ),
    "majority": lambda: translate("check", "Bring more nodes back, or go on by name without the majority."),
    "overlap": lambda: translate("check", "Bring another of the synchronous standbys back, or approve a loss."),
    "candidate": lambda: translate("check", "Choose another target, or bring a standby back."),
    "loss": lambda: translate("check", "Rescue the WAL, choose another target, or approve the loss by its number."),
    "rescue": lambda: translate("check", "Bring the old primary's host back within reach of SSH."),
    "wal-hints": lambda: translate("check", "It can't be rewound. Rebuild {node} instead."),
    "full-page-writes": lambda: translate("check", "Switch full_page_writes on, or rebuild {node} instead."),
    "history": lambda: translate("check", "The histories do not agree. Rebuild {node} instead of rewinding it."),
    "name-typed": lambda: translate("check", "Type the cluster's name exactly as it stands here."),
    "followers": lambda: translate("check", "Bring the followers back, or go on without them by name."),
    "logical-slots": lambda: translate("check", "These slots would be lost: let their readers catch up first."),
    "hook-host": lambda: translate("check", "Mend SSH to the host of the hook, or take the hook out."),
    "consensus": lambda: translate("check", "Bring the majority of the consensus group back."),
    "tools": lambda: translate("check", "Install PostgreSQL's own programs on {node}, of the server's version."),
}
