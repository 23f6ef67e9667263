"""Alerts, silences and ways out in words: what is wrong, who took it, and whether it could be told; knows no Qt."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.alerting import Alert, AlertSource, AlertState, Sign, Silence, WayKind, WayOut, WayState
from console.domain.drill import DutyKind
from console.domain.text import shown
from console.domain.verdict import Cause, Finding, Scalar
from console.link.watching import WayTried
from console.ui.measures import compact, duration, moment, number
from console.ui.sentences import finding_sentence
from console.ui.speech import counted, translate
from console.ui.step_words import readable

DETAIL_CHARACTERS_MAX: Final = 160

_Text = Callable[[], str]


def alert_sentence(alert: Alert) -> str:
    """What is wrong, and where: 'lab: the postmaster of lab-1 was killed …'. Without a full stop."""
    sign = alert.sign
    where = shown(sign.cluster) or translate("alerts", "this console")
    text = translate("alerts", "{where}: {what}").format(where=where, what=sign_clause(sign))
    if alert.flapping:
        text = translate("alerts", "{text}, comes and goes ({n} times)").format(text=text, n=number(alert.changes))
    return text


def sign_clause(sign: Sign) -> str:
    """The sign as a clause that begins small: of a verdict its finding's own, else from the word and its figures."""
    cause = next((one for one in Cause if one.value == sign.word), None)
    if sign.source is AlertSource.VERDICT and cause is not None:
        finding = Finding(
            cause=cause, health=sign.health, node=sign.node, observed=sign.observed, limit=sign.limit,
            detail=sign.detail,
        )  # fmt: skip
        return finding_sentence(finding, now=_NEVER)
    known = _CLAUSES.get(sign.word)
    if known is None:
        text = _SOURCES[sign.source]().format(about=_about(sign), word=readable(sign.word))
    else:
        text = known().format(
            about=_about(sign), node=sign.node or translate("alerts", "the cluster"), observed=_figure(sign.observed),
            limit=_figure(sign.limit),
        )  # fmt: skip
    if sign.node and sign.node not in text:
        text = translate("alerts", "{text} on {node}").format(text=text, node=shown(sign.node))
    if known is None and sign.observed is not None:
        figures = _figure(sign.observed)
        if sign.limit is not None:
            figures = translate("alerts", "{observed}, limit {limit}").format(
                observed=figures, limit=_figure(sign.limit)
            )
        text = translate("alerts", "{text} ({figures})").format(text=text, figures=figures)
    if sign.detail:
        said = readable(sign.detail) if "-" in sign.detail and " " not in sign.detail else sign.detail
        detail = shown(said, characters_max=DETAIL_CHARACTERS_MAX)
        text = translate("alerts", "{text}: {detail}").format(text=text, detail=detail)
    return text


def state_word(alert: Alert) -> str:
    """'open', 'acknowledged', 'over', each with 'silenced' where no way out is used."""
    word = _STATES[alert.state]()
    if alert.silenced and alert.state is not AlertState.OVER:
        return translate("alerts", "{state}, silenced").format(state=word)
    return word


def since_sentence(alert: Alert, now: datetime) -> str:
    """'since 02:36:02, for 5 min', 'from 02:36:02 to 02:41:30, 5 min 28 s', and who took it."""
    end = alert.ended_at
    if end is None:
        seconds = max(0.0, (now - alert.begun_at).total_seconds())
        text = translate("alerts", "since {at}, for {duration}").format(
            at=moment(alert.begun_at, now), duration=duration(seconds, whole=True)
        )
    else:
        text = translate("alerts", "from {begin} to {end}, {duration}").format(
            begin=moment(alert.begun_at, now), end=moment(end, now),
            duration=duration(max(0.0, (end - alert.begun_at).total_seconds()), whole=True),
        )  # fmt: skip
    if alert.acknowledged_by:
        taken = translate("alerts", "taken by {person}").format(person=shown(alert.acknowledged_by))
        text = translate("alerts", "{text}, {taken}").format(text=text, taken=taken)
    if alert.note:
        text = translate("alerts", "{text}: {note}").format(text=text, note=shown(alert.note))
    return text


def silence_sentence(silence: Silence, now: datetime | None = None) -> str:
    """'Silenced until 14:30 by keller: everything of lab. Reason: maintenance'."""
    parts = [shown(part) for part in (silence.cluster, silence.node) if part]
    if silence.word:
        parts.append(translate("alerts", "'{word}'").format(word=readable(silence.word)))
    covered = ", ".join(parts) or translate("alerts", "every alert of every cluster")
    text = translate("alerts", "Silenced until {until} by {person}: {covered}").format(
        until=moment(silence.until, now or silence.begun_at, seconds=False),
        person=shown(silence.by) or translate("alerts", "somebody"), covered=covered,
    )  # fmt: skip
    if silence.reason:
        text = translate("alerts", "{text}. Reason: {reason}").format(text=text, reason=shown(silence.reason))
    return text


def way_title(way: WayOut) -> str:
    """'mail: e-mail to ops@example.com'."""
    text = translate("alerts", "{name}: {kind} {target}")
    return text.format(name=shown(way.name), kind=way_kind_word(way.kind), target=shown(way.target))


def way_kind_word(kind: WayKind) -> str:
    return _KINDS[kind]()


def way_sentence(state: WayState, now: datetime | None = None) -> str:
    """How a way out fares: when it last delivered, what was wrong, what waits and what was given up."""
    at, failed = state.delivered_at, state.failed_at
    failing = failed is not None and (at is None or failed > at)
    name = shown(state.name)
    if failing and failed is not None:
        text = translate("alerts", "{name} could not deliver at {at}: {reason}").format(
            name=name, at=moment(failed, now or failed), reason=way_reason(state.reason)
        )
    elif at is not None:
        text = translate("alerts", "{name} last delivered at {at}").format(name=name, at=moment(at, now or at))
    else:
        text = translate("alerts", "{name} has delivered nothing yet").format(name=name)
    if state.waiting:
        waits = counted(state.waiting, translate("alerts", "1 waits"), translate("alerts", "{n} wait"))
        text = translate("alerts", "{text}, {more}").format(text=text, more=waits)
    if state.dropped:
        gone = counted(state.dropped, translate("alerts", "1 was given up"), translate("alerts", "{n} were given up"))
        text = translate("alerts", "{text}, {more}").format(text=text, more=gone)
    return text


def way_reason(reason: str) -> str:
    """Why a way could not deliver: a word of ours before a colon, and what the other side said after it."""
    word, _, said = reason.partition(":")
    known = _REASONS.get(word)
    text = known() if known else readable(word)
    said = said.strip()
    if not said:
        return text
    return translate("alerts", "{text} ({said})").format(text=text, said=shown(said, characters_max=200))


def tried_sentence(tried: WayTried) -> str:
    """How the test of a way out went."""
    took, name = duration(tried.seconds), shown(tried.name)
    if tried.delivered:
        return translate("alerts", "{name}: the test was delivered in {time}").format(name=name, time=took)
    reason = way_reason(f"{tried.reason}: {tried.detail}" if tried.detail else tried.reason)
    return translate("alerts", "{name}: the test was not delivered ({time}): {reason}").format(
        name=name, time=took, reason=reason
    )


def _about(sign: Sign) -> str:
    if sign.source is AlertSource.DUTY:
        kind = next((one for one in DutyKind if one.value == sign.about), None)
        return readable(kind.value if kind else sign.about)
    return shown(sign.about) if sign.about else translate("alerts", "something")


def _figure(value: Scalar) -> str:
    if value is None:
        return translate("alerts", "not known")
    if isinstance(value, bool):
        return translate("alerts", "yes") if value else translate("alerts", "no")
    if isinstance(value, int):
        return number(value)
    return compact(value) if isinstance(value, float) else shown(value, characters_max=DETAIL_CHARACTERS_MAX)


_NEVER: Final = datetime.min  # a clause without a 'since' asks for no time
_STATES: Final[dict[AlertState, _Text]] = {
    AlertState.OPEN: lambda: translate("alerts", "open"),
    AlertState.ACKNOWLEDGED: lambda: translate("alerts", "acknowledged"),
    AlertState.OVER: lambda: translate("alerts", "over"),
}
_KINDS: Final[dict[WayKind, _Text]] = {
    WayKind.EMAIL: lambda: translate("alerts", "e-mail to"),
    WayKind.WEBHOOK: lambda: translate("alerts", "webhook"),
    WayKind.COMMAND: lambda: translate("alerts", "command"),
    WayKind.HEARTBEAT_FILE: lambda: translate("alerts", "heartbeat file"),
    WayKind.HEARTBEAT_URL: lambda: translate("alerts", "heartbeat to"),
}
# What is said of a word that has no clause of its own, by who saw it.
_SOURCES: Final[dict[AlertSource, _Text]] = {
    AlertSource.VERDICT: lambda: translate("alerts", "{word}"),
    AlertSource.CHECK: lambda: translate("alerts", "check {about}: {word}"),
    AlertSource.AUTOMATION: lambda: translate("alerts", "automatic recovery: {word}"),
    AlertSource.DUTY: lambda: translate("alerts", "duty {about}: {word}"),
    AlertSource.DRILL: lambda: translate("alerts", "drill {about}: {word}"),
    AlertSource.COPIES: lambda: translate("alerts", "copies, {about}: {word}"),
    AlertSource.BACKUP: lambda: translate("alerts", "backups, {about}: {word}"),
    AlertSource.PEERS: lambda: translate("alerts", "peers, {about}: {word}"),
    AlertSource.ENGINE: lambda: translate("alerts", "the engine: {word}"),
    AlertSource.WAY_OUT: lambda: translate("alerts", "way out {about}: {word}"),
}
_CLAUSES: Final[dict[str, _Text]] = {
    "not-delivered": lambda: translate("alerts", "alerts can't be told over the way out {about}"),
    "store-trouble": lambda: translate("alerts", "the engine's store does not take what it is given"),
    "part-fault": lambda: translate("alerts", "a part of the engine failed ({about}): see the engine's log"),
    "no-pictures": lambda: translate("alerts", "nothing has been judged for {observed} s, so no alert can be trusted"),
    "beat-stale": lambda: translate("alerts", "our own heartbeat on {node} is {observed} s old, limit {limit} s"),
    "automation-paused": lambda: translate(
        "alerts", "automatic recovery has acted on {node}, and does nothing more until a person acknowledges it"
    ),
    "automation-refuses": lambda: translate("alerts", "automatic recovery is asked for and does not act: {observed}"),
    "books-failed": lambda: translate(
        "alerts", "after Patroni's change to {node} the books do not prove: see the audit log"
    ),
    "drill-failed": lambda: translate("alerts", "the last rehearsal of {about} failed"),
    "check-warning": lambda: translate("alerts", "check {about} warns"),
    "check-critical": lambda: translate("alerts", "check {about} is critical"),
    "check-unknown": lambda: translate("alerts", "check {about} can't say how it is"),
    "peer-conflicts": lambda: translate("alerts", "subscription {about} meets conflicts"),
    "peer-errors": lambda: translate("alerts", "subscription {about} meets errors"),
    "peer-stopped": lambda: translate("alerts", "subscription {about} is enabled, and no worker of it runs"),
    "peer-disabled": lambda: translate("alerts", "subscription {about} is switched off"),
    "peer-silent": lambda: translate("alerts", "subscription {about} has heard nothing for {observed} s"),
    "peer-behind": lambda: translate("alerts", "subscription {about} is behind"),
    "peer-loop": lambda: translate("alerts", "subscription {about} takes what came from elsewhere: it goes round"),
    "peer-books-differ": lambda: translate("alerts", "the books of {about} differ between peers"),
    "overdue": lambda: translate("alerts", "{about} is overdue"),
    "way-out-test": lambda: translate("alerts", "this is a test of the way out {about}: nothing is wrong"),
}
_REASONS: Final[dict[str, _Text]] = {
    "timeout": lambda: translate("alerts", "no answer within the limit"),
    "unreachable": lambda: translate("alerts", "it can't be reached"),
    "unresolved": lambda: translate("alerts", "its name has no address"),
    "certificate": lambda: translate("alerts", "its certificate can't be trusted"),
    "tls": lambda: translate("alerts", "no encrypted connection came about"),
    "no-starttls": lambda: translate("alerts", "the mail server offers no encryption"),
    "login-refused": lambda: translate("alerts", "the login was refused"),
    "no-password": lambda: translate("alerts", "its password is not known to the engine"),
    "secret-file": lambda: translate("alerts", "its secret's file can't be read, or is open to others"),
    "refused": lambda: translate("alerts", "the other side refused it"),
    "redirected": lambda: translate("alerts", "it was sent elsewhere, and that is not followed"),
    "unreadable": lambda: translate("alerts", "the answer can't be read"),
    "no-program": lambda: translate("alerts", "the command can't be run"),
    "exit-code": lambda: translate("alerts", "the command ended with an error"),
    "file": lambda: translate("alerts", "the file can't be written"),
    "busy": lambda: translate("alerts", "the way is still at an earlier alert"),
    "too-old": lambda: translate("alerts", "it was tried for too long and given up"),
    "fault": lambda: translate("alerts", "a mistake of the console's own, see its log"),
}
