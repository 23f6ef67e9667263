"""What an alert says outside of the console: subject, text and JSON of one message, in English, without secrets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.domain.alerting import Alert, AlertChange, AlertSource, Sign
from console.domain.masking import masked_value
from console.domain.text import shown
from console.domain.verdict import Cause, Scalar
from console.link.messages import encode_json

FORMAT: Final = 1
SUBJECT_CHARACTERS_MAX: Final = 180
TEXT_CHARACTERS_MAX: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message about one alert. `test`: nothing is wrong, a person tries the way. `console`: whose message it is."""

    alert: Alert
    change: AlertChange
    at: datetime
    console: str
    version: str
    test: bool = False
    drill: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTold:
    """The JSON of a message: a contract, fields are added and never renamed."""

    format: int
    test: bool
    drill: bool
    change: str
    id: str
    cluster: str
    node: str
    source: str
    word: str
    about: str
    health: str
    worst: str
    state: str
    since: datetime
    ended: datetime | None
    observed: Scalar
    limit: Scalar
    detail: str
    flapping: bool
    changes: int
    incident: str
    sentence: str
    console: str
    version: str
    at: datetime


def told_of(notice: Notice) -> AlertTold:
    """The message as values; what looks like a secret is masked."""
    alert, sign = notice.alert, notice.alert.sign
    told = AlertTold(
        format=FORMAT, test=notice.test, drill=notice.drill, change=notice.change.value, id=alert.id,
        cluster=_cut(sign.cluster), node=_cut(sign.node or ""), source=sign.source.value, word=_cut(sign.word),
        about=_cut(sign.about), health=sign.health.value, worst=alert.worst.value, state=alert.state.value,
        since=alert.begun_at, ended=alert.ended_at, observed=_scalar(sign.observed), limit=_scalar(sign.limit),
        detail=_cut(sign.detail), flapping=alert.flapping, changes=alert.changes, incident=alert.incident,
        sentence=sentence_of(notice), console=notice.console, version=notice.version, at=notice.at,
    )  # fmt: skip
    return masked_value(told)


def json_of(notice: Notice) -> bytes:
    """The message as one JSON object."""
    return encode_json(told_of(notice))


def subject_of(notice: Notice) -> str:
    """One line: '[LOST] ledger-us: postmaster killed on nyc-1', '[over] …', '[test] …'."""
    alert = notice.alert
    over = notice.change is AlertChange.OVER
    mark = "test" if notice.test else "over" if over else alert.sign.health.value.upper()
    drill = "[drill] " if notice.drill else ""
    return shown(f"{drill}[{mark}] {sentence_of(notice)}", characters_max=SUBJECT_CHARACTERS_MAX)


def text_of(notice: Notice) -> str:
    """The whole message for a person: who, what, since when, which limit, where to look."""
    told = told_of(notice)
    rows = [
        ("Cluster", told.cluster or "none: the console itself"), ("Node", told.node), ("Seen by", told.source),
        ("State", f"{told.health}, {_CHANGES[notice.change]}"),
        ("Since", f"{told.since:%Y-%m-%d %H:%M:%S} UTC"),
        ("Ended", "" if told.ended is None else f"{told.ended:%Y-%m-%d %H:%M:%S} UTC"),
        ("Observed", _figure(told.observed)), ("Limit", _figure(told.limit)), ("Detail", told.detail),
        ("Incident", told.incident), ("Alert", told.id),
        ("Console", f"{told.console}, version {told.version}, {told.at:%Y-%m-%d %H:%M:%S} UTC"),
    ]  # fmt: skip
    first = [told.sentence + "."]
    if notice.test:
        first.append("This is a test of the way out. Nothing is wrong.")
    if notice.drill:
        first.append("A drill runs on this cluster: this may have been made on purpose.")
    if told.flapping:
        first.append(f"It came and went {told.changes} times. It stays open until it has been quiet for a while.")
    lines = [f"{name + ':':<10} {value}" for name, value in rows if value]
    end = f"See it: ledger-console alerts list; take it: ledger-console alerts ack {told.id} --note TEXT"
    return "\n".join([*first, "", *lines, "", *([] if notice.test else [end, ""])])


def environment_of(notice: Notice) -> dict[str, str]:
    """What an operator's command finds in its environment."""
    told = told_of(notice)
    return {
        "LEDGER_TEST": "1" if told.test else "", "LEDGER_DRILL": "1" if told.drill else "",
        "LEDGER_CHANGE": told.change, "LEDGER_ALERT": told.id, "LEDGER_CLUSTER": told.cluster,
        "LEDGER_NODE": told.node, "LEDGER_SOURCE": told.source, "LEDGER_WORD": told.word, "LEDGER_ABOUT": told.about,
        "LEDGER_HEALTH": told.health, "LEDGER_WORST": told.worst, "LEDGER_SINCE": told.since.isoformat(),
        "LEDGER_SUBJECT": subject_of(notice), "LEDGER_INCIDENT": told.incident,
    }  # fmt: skip


def sentence_of(notice: Notice) -> str:
    """'lab: postmaster killed on lab-1', without a full stop."""
    sign = notice.alert.sign
    where = _cut(sign.cluster) or "ledger console"
    text = f"{where}: {clause_of(sign)}"
    return f"{text} is over" if notice.change is AlertChange.OVER else text


def clause_of(sign: Sign) -> str:
    """What is wrong, from the word alone: a cause by its phrase, any other word as it reads."""
    known = _PHRASES.get(sign.word)
    text = known or _cut(sign.word).replace("-", " ")
    if sign.source is not AlertSource.VERDICT and sign.about:
        text = f"{sign.source.value.replace('-', ' ')} {_cut(sign.about)}: {text}"
    elif sign.source is not AlertSource.VERDICT:
        text = f"{sign.source.value.replace('-', ' ')}: {text}"
    return f"{text} on {_cut(sign.node)}" if sign.node else text


def _cut(text: str) -> str:
    return shown(text, characters_max=TEXT_CHARACTERS_MAX)


def _scalar(value: Scalar) -> Scalar:
    return _cut(value) if isinstance(value, str) else value


def _figure(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


_CHANGES: Final[dict[AlertChange, str]] = {
    AlertChange.OPENED: "new",
    AlertChange.WORSENED: "worse than before",
    AlertChange.FLAPPING: "comes and goes",
    AlertChange.OVER: "over by itself",
    AlertChange.SILENCED: "silenced",
    AlertChange.UNSILENCED: "its silence has ended, and it is still there",
    AlertChange.ACKNOWLEDGED: "taken by a person",
}
_PHRASES: Final[dict[str, str]] = {
    Cause.TWO_PRIMARIES.value: "two primaries accept writes at once",
    Cause.DISK_FULL.value: "the disk is full",
    Cause.POSTMASTER_KILLED.value: "the postmaster was killed: no process is left, and it never shut down",
    Cause.STOPPED.value: "the server was stopped by somebody",
    Cause.FROZEN.value: "the server's processes are frozen",
    Cause.HUNG.value: "the server hangs: its processes are there and do not answer",
    Cause.CUT_OFF.value: "the host can't be reached from here, so its state is unknown",
    Cause.NO_SERVER.value: "no PostgreSQL listens, and why can't be read",
    Cause.REFUSING.value: "the server is alive and refuses the console",
    Cause.HOST_KEY_CHANGED.value: "another host key than the accepted one, so nothing is sent to it",
    Cause.IDENTITY_CHANGED.value: "another machine or boot than before, so its evidence is void",
    Cause.NO_PRIMARY.value: "no node is seen to accept writes",
    Cause.STANDBY_LOST.value: "a standby is lost",
    Cause.SYNC_DEGRADED.value: "fewer standbys confirm commits than promised",
    Cause.SYNC_BLOCKED.value: "commits wait: too few synchronous standbys follow",
    Cause.NOT_STREAMING.value: "it receives no WAL",
    Cause.LAGGING.value: "it is behind by more than its limit",
    Cause.REPLAY_PAUSED.value: "replay is paused",
    Cause.DISK_LOW.value: "little of the disk is left",
    Cause.ARCHIVE_FAILING.value: "the WAL archive fails",
    Cause.CLOCK_APART.value: "the clock is apart",
    Cause.STALE.value: "the last reading is old",
    Cause.SPLIT_BRAIN.value: "a node that lacks the key accepts writes",
    Cause.PRIMARY_DEAD.value: "the primary is dead: its standbys do not reach it either",
    Cause.PRIMARY_ISOLATED.value: "the primary is isolated from its standbys",
    Cause.CONSOLE_ISOLATED.value: "the console itself is cut off, so nothing is known of the rest",
    Cause.NO_QUORUM.value: "the consensus group has no majority",
    Cause.READ_ONLY.value: "nobody accepts writes: the primary was demoted",
    Cause.DIVERGED.value: "a node has written what the others do not have",
    Cause.COPIES_SHORT.value: "there are not enough copies",
    Cause.CASCADE_BROKEN.value: "a cascade is broken",
    Cause.SLOT_FILLING.value: "a replication slot is about to fill the disk",
    Cause.ONE_WAY.value: "heartbeats arrive one way only",
    "automation-refuses": "automatic recovery is asked for and does not act",
    "automation-paused": "it has acted and does nothing more until a person has acknowledged it",
    "beat-stale": "our own heartbeat is old",
    "not-delivered": "alerts can't be told over it",
    "store-trouble": "the engine's store does not take what it is given",
    "part-fault": "it failed in a way that was not foreseen, see the engine's log",
    "no-pictures": "nothing has been judged for a while, so no alert can be trusted",
}
