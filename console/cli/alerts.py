"""`alerts`: what is wrong now, who took it, and what is silenced until when."""

from argparse import Namespace
from datetime import datetime, timedelta

from console.cli.alert_answers import AlertsAnswer
from console.cli.face import Exit, Face, expect, failed
from console.cli.status import seconds_of
from console.domain.alerting import Alert
from console.domain.fleet import EngineView
from console.domain.text import shown
from console.link.messages import AskEngine, Done
from console.link.socket import Link
from console.link.watching import AckAlert, Alerts, AskAlerts, EndSilence, SilenceAlerts
from console.ui import words
from console.ui.alert_words import alert_sentence, silence_sentence, since_sentence, state_word


def listed(face: Face, options: Namespace) -> Exit:
    """The worst and newest first."""
    if options.limit < 1:
        raise failed("usage", f"--limit is at least 1, not {options.limit}", code=Exit.USAGE)
    with face.link() as link:
        known_cluster(link, options.cluster)
        question = AskAlerts(cluster=options.cluster, over=options.over, most=options.limit)
        seen: Alerts = expect(link.ask(question), Alerts)
        now = _now(link)
    _print(face, seen, now)
    return Exit.DONE


def ack(face: Face, options: Namespace) -> Exit:
    """Take one by name."""
    with face.link() as link:
        expect(link.ask(AckAlert(alert=options.alert, note=options.note)), Done, where=options.alert)
        seen: Alerts = expect(link.ask(AskAlerts()), Alerts)
        now = _now(link)
    _print(face, seen, now, done="acknowledged")
    return Exit.DONE


def silence(face: Face, options: Namespace) -> Exit:
    """Tell nobody of what this covers, until an end."""
    try:
        span = timedelta(seconds=seconds_of(options.span))
    except (ValueError, OverflowError) as error:
        raise failed("usage", f"{error}", code=Exit.USAGE) from error
    with face.link() as link:
        known_cluster(link, options.cluster)
        question = SilenceAlerts(
            until=_now(link) + span, reason=options.reason, cluster=options.cluster, node=options.node,
            word=options.word,
        )  # fmt: skip
        seen: Alerts = expect(link.ask(question), Alerts)
        now = _now(link)
    _print(face, seen, now, done="silenced")
    return Exit.DONE


def unsilence(face: Face, options: Namespace) -> Exit:
    """End a silence."""
    with face.link() as link:
        seen: Alerts = expect(link.ask(EndSilence(silence=options.silence)), Alerts, where=options.silence)
        now = _now(link)
    _print(face, seen, now, done="unsilenced")
    return Exit.DONE


def known_cluster(link: Link, cluster: str) -> None:
    """A cluster that is named must be in the inventory. Raises CommandFailed."""
    names = [spec.name for spec in link.welcome.inventory.clusters]
    if cluster and cluster not in names:
        raise failed("no-cluster", f"there is no cluster {cluster!r} in the inventory", where=cluster,
                     then=f"clusters there are: {', '.join(names) or 'none'}")  # fmt: skip


def _now(link: Link) -> datetime:
    """The engine's clock, by which all its moments are."""
    view: EngineView = expect(link.ask(AskEngine()), EngineView)
    return view.at


def _print(face: Face, seen: Alerts, now: datetime, *, done: str = "shown") -> None:
    sentences = tuple(alert_sentence(alert) for alert in seen.alerts)
    lines = [line for alert, said in zip(seen.alerts, sentences, strict=True) for line in _lines(alert, said, now)]
    if not lines:
        lines = ["No alert is open."]
    if seen.left_out:
        lines.append(f"  … {words.number(seen.left_out)} more; --limit shows more")
    lines += [f"{one.id[:6]}  {silence_sentence(one, now)}" for one in seen.silences]
    answer = AlertsAnswer(
        alerts=seen.alerts, sentences=sentences, silences=seen.silences, left_out=seen.left_out, done=done
    )
    face.print(answer, lines)


def _lines(alert: Alert, said: str, now: datetime) -> list[str]:
    health = words.health_word(alert.sign.health)
    lines = [f"{alert.id[:6]}  {health:<9} {state_word(alert)}: {said}", f"        {since_sentence(alert, now)}"]
    if alert.incident:
        lines.append(f"        incident {shown(alert.incident)}")
    return lines
