"""The words for duties: what has to happen regularly, when it last did, when it is due, and why it can't be told."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from console.domain.alerting import Sign
from console.domain.drill import Duty, DutyKind, DutyRule
from console.domain.text import shown
from console.ui.measures import duration, moment
from console.ui.speech import translate

_Text = Callable[[], str]
HOUR: Final = 3600.0


def kind_title(kind: DutyKind) -> str:
    """What has to happen, as a short name."""
    return _TITLES[kind]()


def duty_title(duty: Duty) -> str:
    """A duty's short name, with the key or certificate that it is about."""
    title = kind_title(duty.kind)
    return f"{title}: {shown(duty.about, characters_max=120)}" if duty.about else title


def duty_reason(reason: str) -> str:
    """Why it can't be told, as a clause."""
    known = _REASONS.get(reason)
    return known() if known else shown(reason, characters_max=80).replace("-", " ")


def duty_sentence(duty: Duty, now: datetime | None = None) -> str:
    """When it last happened, how it came out, when it is due. `now`: for how long; without it: at which moment."""
    if duty.kind in (DutyKind.KEYS_VALID, DutyKind.CERTIFICATES_VALID):
        return _validity(duty, now)
    if duty.last_at is None:
        told = duty_reason(duty.reason or "never")
        line = f"{told[:1].upper()}{told[1:]}"
        return f"{line}; {_due(duty, now)}." if duty.next_at is not None else f"{line}."
    last = translate("duty", "Last {ago}").format(ago=_ago(duty.last_at, now))
    if duty.outcome == "failed":
        last = translate("duty", "Last tried {ago}, and it failed").format(ago=_ago(duty.last_at, now))
    if duty.reason:
        last = translate("duty", "{last} ({why})").format(last=last, why=duty_reason(duty.reason))
    return f"{last}; {_due(duty, now)}."


def _due(duty: Duty, now: datetime | None) -> str:
    if duty.next_at is None:
        return translate("duty", "not a duty here")
    if duty.overdue:
        return translate("duty", "overdue since {at}").format(at=_ago(duty.next_at, now, since=True))
    if now is None:
        return translate("duty", "due {at}").format(at=_plain(duty.next_at))
    return translate("duty", "due in {time}").format(time=duration((duty.next_at - now).total_seconds()))


def _validity(duty: Duty, now: datetime | None) -> str:
    """`next_at`: from when on it is due; `last_at`: its end."""
    end = duty.last_at
    if end is None:
        why = duty_reason(duty.reason or "not-told")
        return translate("duty", "Its end is not told: {why}.").format(why=why)
    if now is None:
        line = translate("duty", "It ends {at}; due: renew it.") if duty.overdue else translate("duty", "It ends {at}.")
        return line.format(at=_plain(end))
    if end <= now:
        return translate("duty", "It ended {time} ago.").format(time=duration((now - end).total_seconds()))
    left = duration((end - now).total_seconds())
    line = translate("duty", "It ends in {time}.")
    if duty.overdue:
        line = translate("duty", "It ends in {time}; renew it.")
    return line.format(time=left)


def _ago(at: datetime, now: datetime | None, *, since: bool = False) -> str:
    if now is None:
        return _plain(at)
    if since:
        return moment(at, now, seconds=False)
    return translate("duty", "{time} ago").format(time=duration(max(0.0, (now - at).total_seconds())))


def _plain(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def rule_sentence(rule: DutyRule) -> str:
    """How often it has to happen."""
    if rule.every_hours <= 0:
        return translate("duty", "not a duty here")
    every = duration(rule.every_hours * HOUR)
    if rule.kind in (DutyKind.KEYS_VALID, DutyKind.CERTIFICATES_VALID):
        return translate("duty", "due {every} before its end").format(every=every)
    return translate("duty", "at least every {every}").format(every=every)


def duty_sign_sentence(sign: Sign) -> str:
    """An overdue duty, as an alert says it. `about` is the kind, and behind a colon what it is about."""
    word, _, about = sign.about.partition(":")
    try:
        title = kind_title(DutyKind(word))
    except ValueError:
        title = shown(word)
    named = f"{title}: {shown(about)}" if about else title
    return translate("duty", "Overdue: {title}. {why}").format(title=named, why=duty_reason(sign.detail)).strip()


_TITLES: Final[dict[DutyKind, _Text]] = {
    DutyKind.BACKUP: lambda: translate("duty", "Backup"),
    DutyKind.VERIFY: lambda: translate("duty", "Backup read back"),
    DutyKind.RESTORE_PROOF: lambda: translate("duty", "Restore proven"),
    DutyKind.COPIES_COMPARED: lambda: translate("duty", "Copies compared"),
    DutyKind.DETECTOR_REHEARSAL: lambda: translate("duty", "Detector rehearsed"),
    DutyKind.SWITCHOVER_DRILL: lambda: translate("duty", "Switchover drilled"),
    DutyKind.BOOKS_RECOMPUTED: lambda: translate("duty", "Books recomputed"),
    DutyKind.KEYS_VALID: lambda: translate("duty", "Approver's key"),
    DutyKind.CERTIFICATES_VALID: lambda: translate("duty", "Server's certificate"),
}

_REASONS: Final[dict[str, _Text]] = {
    "": lambda: "",
    "never": lambda: translate("duty", "it never happened here"),
    "no-repository": lambda: translate("duty", "the cluster has no backup policy"),
    "not-read": lambda: translate("duty", "its repositories were not read yet"),
    "not-configured": lambda: translate("duty", "there is nothing here that it could be done with"),
    "no-ledger": lambda: translate("duty", "no ledger is known here"),
    "no-standby": lambda: translate("duty", "there is no second copy"),
    "no-end": lambda: translate("duty", "it has no end"),
    "not-told": lambda: translate("duty", "it was not told"),
    "not-asked": lambda: translate("duty", "it was not asked yet"),
    "no-certificate": lambda: translate("duty", "the server has no certificate"),
    "no-openssl": lambda: translate("duty", "its host has no openssl, and no other way to read it"),
    "not-readable": lambda: translate("duty", "its file can't be read"),
    "host-unreachable": lambda: translate("duty", "its host could not be reached"),
    "no-server": lambda: translate("duty", "no server answers"),
    "unreadable": lambda: translate("duty", "what was answered makes no sense"),
    "trouble": lambda: translate("duty", "the console's records can't be read"),
    "failed": lambda: translate("duty", "the last time failed"),
    "ended": lambda: translate("duty", "it has ended"),
    "ends-soon": lambda: translate("duty", "it ends soon"),
}
