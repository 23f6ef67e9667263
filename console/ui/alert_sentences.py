"""What the bar, the list and the tray say of one thing that is wrong, whichever of picture and alert it comes from."""

from datetime import datetime

from console.domain.alerting import Alert, Silence
from console.domain.text import shown
from console.ui import sentences
from console.ui.alert_state import Item
from console.ui.alert_words import alert_sentence
from console.ui.measures import duration, moment
from console.ui.speech import translate

NAME_CHARACTERS_MAX = 40


def item_said(item: Item, now: datetime, *, older_seconds: float = 0.0) -> str:
    """One sentence with its cluster. A finding's own is preferred: its figures count on between two pictures."""
    if item.concern is not None:
        finding, view = item.concern.finding, item.concern.view
        return sentences.sentence(finding, view.name, now=now, older_seconds=older_seconds)
    return alert_sentence(item.alert) if item.alert is not None else ""


def item_since(item: Item, now: datetime) -> str:
    """Since when, by whom it was taken, until when it is silenced."""
    parts = []
    since = sentences.lasting(item.concern.finding, now=now) if item.concern is not None else ""
    if not since and item.alert is not None:
        since = lasting(item.alert, now)
    if since:
        parts.append(since)
    if item.taken and item.alert is not None:
        parts.append(taken_by(item.alert, now))
    if item.silence is not None:
        parts.append(silenced_until(item.silence, now))
    return translate("bar", ", ").join(parts)


def lasting(alert: Alert, now: datetime) -> str:
    """'since 02:36:02, for 5 min 16 s'; of one that is over, how long it lasted."""
    if alert.ended_at is not None:
        lasted = duration((alert.ended_at - alert.begun_at).total_seconds(), whole=True)
        return translate("bar", "{at}, for {duration}").format(at=moment(alert.begun_at, now), duration=lasted)
    return translate("words", "since {at}, for {duration}").format(
        at=moment(alert.begun_at, now), duration=duration((now - alert.begun_at).total_seconds(), whole=True)
    )


def taken_by(alert: Alert, now: datetime) -> str:
    """'taken by m.keller 02:50'; the note stands in the list."""
    who = shown(alert.acknowledged_by, characters_max=NAME_CHARACTERS_MAX) or translate("bar", "somebody")
    if alert.acknowledged_at is None:
        return translate("bar", "taken by {who}").format(who=who)
    at = moment(alert.acknowledged_at, now, seconds=False)
    return translate("bar", "taken by {who} {at}").format(who=who, at=at)


def silenced_until(silence: Silence, now: datetime) -> str:
    """'silenced until 03:30'."""
    return translate("bar", "silenced until {at}").format(at=moment(silence.until, now, seconds=False))
