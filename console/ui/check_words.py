"""Names and mending sentences for the checks of a preflight, and why a node or a way is not possible; knows no Qt."""

import math
from collections.abc import Callable
from typing import Final

from console.domain.plan import Checked, Outcome
from console.domain.recommendation import Way
from console.domain.text import shown
from console.domain.verdict import Scalar
from console.ui.group_words import GROUP_CHECKS, GROUP_REASONS
from console.ui.measures import NOTHING, bytes_text, compact, duration, number
from console.ui.mend_words import MENDS
from console.ui.restore_plan_words import RESTORE_CHECKS, target_text
from console.ui.speech import listed, translate
from console.ui.step_words import fill, readable

_Text = Callable[[], str]
_IN_SECONDS: Final = frozenset({"clock-offset", "long-transactions", "reachable", "primary-alive", "primary-dead"})
_IN_BYTES: Final = frozenset({"lag", "disk", "space", "candidate"})
_IN_ENTRIES: Final = frozenset({"loss"})
# Their values are words of ours.
_IN_REASONS: Final = frozenset({"candidate", "fencing", "overlap", "danger", "objection"})


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
    if check == "restore-target":
        return target_text(value)
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
    known = MENDS.get(checked.mend) or (MENDS.get(checked.check) if not checked.mend else None)
    if known is not None:
        return fill(known(), names)
    if not checked.mend:
        return ""
    about = listed(f"{key} {value}" for key, value in names.items() if key not in ("node", "node_name"))
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
    **GROUP_CHECKS,
    **RESTORE_CHECKS,
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
    "tools": lambda: translate("check", "Programs that a change needs"),
    "second-primary": lambda: translate("check", "A second primary"),
    "commit-level": lambda: translate("check", "Commit level"),
    "place": lambda: translate("check", "Programs and data directory"),
    "control-file": lambda: translate("check", "Control file"),
    "upstream": lambda: translate("check", "Upstream"),
    "way": lambda: translate("check", "Way to rejoin it"),
    "login": lambda: translate("check", "Login for replication"),
    "room": lambda: translate("check", "Place of the data"),
    "configuration": lambda: translate("check", "Configuration files"),
    "senders": lambda: translate("check", "Senders for a copy"),
    "programs": lambda: translate("check", "PostgreSQL's programs"),
    "rewind-rights": lambda: translate("check", "Rights for a rewind"),
}
_REASONS: Final[dict[str, _Text]] = {
    **GROUP_REASONS,
    "restored-to-target": lambda: translate(
        "check", "what was booked after the moment goes: counted when the copy stands, before anybody accepts it"
    ),
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
    "later-timeline": lambda: translate("check", "it has left the primary's history, and is on a later timeline"),
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
    "from-backups": lambda: translate("check", "begun on the Backups page"),
    "overlap-missing": lambda: translate("check", "too few of the synchronous standbys answer"),
    "name-twice": lambda: translate("check", "several standbys bear one name of the synchronous list"),
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
    "streams": lambda: translate("check", "it streams already"),
    "proven": lambda: translate("check", "proven"),
    "both-alive": lambda: translate("check", "both are alive, so nothing is lost"),
    "unseen-time": lambda: translate("check", "more may have been written since its last reading"),
}
