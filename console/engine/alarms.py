"""Alerts at work: each second all signs are judged, what changed is told, kept, and put on incidents' time lines."""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from console.domain.alerting import (
    SILENCE_HOURS_MAX,
    Alert,
    AlertChange,
    AlertSource,
    AlertState,
    Sign,
    Silence,
)
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.verdict import Health, worst
from console.engine.incidents import IncidentDesk
from console.engine.vigil_ground import Part, VigilGround
from console.engine.ways_out import Pulse, Ways
from console.link.messages import Done, Message, Refused
from console.link.watching import AckAlert, Alerts, AskAlerts, EndSilence, SilenceAlerts
from console.monitor.alerts import News, Sight, Track, acknowledged, look, sight_of, taken_up, verdict_signs
from console.store.records import Records
from console.store.trouble import StoreTrouble

ROUND_SECONDS: Final = 1.0
HURRY_SECONDS: Final = 0.05  # between two rounds at least, however often pictures change
LATE_SECONDS: Final = 3.0  # a round that comes so late was asleep: readings of before it prove nothing
SETTLE_SECONDS: Final = 3.0  # after a start or a sleep nothing is concluded
START_SECONDS: Final = 60.0  # until every part has looked once, only the verdict's alerts end
VIEW_SECONDS_MAX: Final = 5.0  # beyond its interval a picture older than this proves nothing
BLIND_SECONDS: Final = 15.0  # so long without any new picture is a sign of its own
FIGURES_SECONDS: Final = 5.0  # how often faces are told newer figures of the same alerts
KEEP_DAYS: Final = 400
EXPIRE_SECONDS: Final = 3_600.0
RECENT_MAX: Final = 500  # over ones that are taken up, for what flaps
SILENCES_MAX: Final = 200
TEXT_CHARACTERS_MAX: Final = 1_000  # of a note or a reason

log = logging.getLogger(__name__)


class Alarms(Part):
    """All alerts and silences. One thread judges; questions may come from any other."""

    def __init__(self, ground: VigilGround, ways: Ways, desk: IncidentDesk) -> None:
        self._ground, self._ways, self._desk = ground, ways, desk
        self._alerts = Records(ground.store, "alert", Alert)
        self._silenced = Records(ground.store, "silence", Silence)
        self._guard = threading.RLock()
        self._stopping, self._hurry = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._tracks: tuple[Track, ...] = ()
        self._silences: tuple[Silence, ...] = ()
        self._views: dict[str, tuple[ClusterView, float]] = {}
        self._unwritten: dict[str, Alert] = {}
        self._waiting: list[News] = []  # what persons did, until the next round puts it on the time line
        self._left_out = 0
        self._begun = self._last = ground.clock().ticks
        self._settled = self._begun + SETTLE_SECONDS
        self._told: tuple[object, ...] = ()
        self._told_ticks = self._expired = 0.0

    # -- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._take_up(self._ground.clock())
        self._thread = threading.Thread(target=self._work, name="alarms", daemon=True)
        self._thread.start()

    def _take_up(self, now: Moment) -> None:
        """What the engine before this one left."""
        self._begun = self._last = self._expired = now.ticks
        self._settled = now.ticks + SETTLE_SECONDS
        try:
            recent = self._alerts.newest(most=RECENT_MAX)
            still = self._alerts.newest(open_only=True)
            both = {alert.id: alert for alert in (*recent, *still)}
            self._tracks = taken_up(both.values(), now)
            self._silences = self._silenced.newest(open_only=True, most=SILENCES_MAX)
            self._desk.take_up(now)
        except StoreTrouble as trouble:
            log.error("alerts of before can't be read: %s", trouble)

    def stop(self) -> None:
        self._stopping.set()
        self._hurry.set()
        if self._thread is not None:
            self._thread.join(5.0)

    def seen(self, view: ClusterView) -> None:
        """A picture that says something else than the one before is not left waiting for the next second."""
        before, _ = self._views.get(view.name, (None, 0.0))
        self._views[view.name] = (view, self._ground.clock().ticks)
        if _said(before) != _said(view):
            self._hurry.set()

    def _work(self) -> None:
        while not self._stopping.wait(HURRY_SECONDS):
            self._hurry.wait(ROUND_SECONDS - HURRY_SECONDS)
            self._hurry.clear()
            if self._stopping.is_set():
                return
            try:
                self._round(self._ground.clock())
            except Exception:  # one round; a heart that stops beating tells others where it stays so
                log.exception("a round over the alerts failed in a way that was not foreseen")

    # -- each second --------------------------------------------------------------------------------------------

    def _round(self, now: Moment) -> None:
        if now.ticks - self._last > LATE_SECONDS:
            self._settled = now.ticks + SETTLE_SECONDS
        self._last = now.ticks
        signs = self._all_signs(now)
        with self._guard:
            self._end_silences(now)
            before = {track.alert.id: track.alert for track in self._tracks}
            seen = look(
                self._tracks, signs, now, silences=self._silences, sight=self._sight(now),
                new_id=lambda: secrets.token_hex(6),
            )  # fmt: skip
            self._tracks, self._left_out = seen.tracks, seen.left_out
            news = (*self._waiting, *seen.news)
            self._waiting = []
            self._ways.deliver(news, now)
            self._unwritten |= {track.alert.id: track.alert for track in seen.tracks
                                if _weighs(before.get(track.alert.id), track.alert)}  # fmt: skip
            self._keep()
        joined = self._desk.look(tuple(track.alert for track in seen.tracks), news, now)
        with self._guard:
            self._join(joined)
            self._keep()
            self._pulse(now)
            self._tell(now, news=bool(news or joined))
        self._expire(now)

    def _all_signs(self, now: Moment) -> tuple[Sign, ...]:
        """From every part, of every cluster and of the console itself."""
        names = [cluster.name for cluster in self._ground.inventory().clusters]
        there = {sign.key: sign for name in (*names, "") for sign in self._ground.board.signs(name, now)}
        return tuple(there.values())

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        """The verdict's findings; of the console itself: a store in trouble, and that nothing is judged any more."""
        if cluster:
            known = self._views.get(cluster)
            return () if known is None else verdict_signs(known[0])
        found = []
        trouble = self._ground.trouble()
        if trouble:
            found.append(_of_engine("store-trouble", health=Health.DEGRADED, detail=trouble))
        names = {spec.name for spec in self._ground.inventory().clusters}
        latest = max((ticks for name, (_, ticks) in tuple(self._views.items()) if name in names), default=self._begun)
        if names and now.ticks >= self._settled and now.ticks - latest > BLIND_SECONDS:
            silent = round(now.ticks - latest)
            found.append(_of_engine("no-pictures", health=Health.UNKNOWN, observed=silent))
        return tuple(found)

    def _sight(self, now: Moment) -> Callable[[str], Sight]:
        watched = {spec.name: spec.interval_seconds for spec in self._ground.inventory().clusters}
        starting = now.ticks - self._begun < START_SECONDS

        def sight(cluster: str) -> Sight:
            if now.ticks < self._settled:
                return Sight(blind=True)
            if not cluster or cluster not in watched:
                return Sight(starting=starting)
            view, ticks = self._views.get(cluster, (None, 0.0))
            if view is None or now.ticks - ticks > watched[cluster] + VIEW_SECONDS_MAX:
                return Sight(blind=True)
            return replace(sight_of(view), starting=starting)

        return sight

    def _end_silences(self, now: Moment) -> None:
        over = [one for one in self._silences if one.until <= now.utc]
        for one in over:
            try:
                self._silenced.keep(one.id, one, cluster=one.cluster, at=one.begun_at, is_open=False)
            except StoreTrouble as trouble:
                log.error("the end of a silence can't be kept: %s", trouble)
        if over:
            self._silences = tuple(one for one in self._silences if one not in over)

    def _join(self, joined: dict[str, str]) -> None:
        if not joined:
            return
        tracks = []
        for track in self._tracks:
            incident = joined.get(track.alert.id)
            if incident is not None:
                track = replace(track, alert=replace(track.alert, incident=incident))
                self._unwritten[track.alert.id] = track.alert
            tracks.append(track)
        self._tracks = tuple(tracks)

    def _keep(self) -> None:
        """What the store did not take yet is tried again each second."""
        for alert in tuple(self._unwritten.values()):
            try:
                self._store(alert)
            except StoreTrouble as trouble:
                log.error("an alert can't be kept: %s", trouble)
                return
            self._unwritten.pop(alert.id, None)

    def _store(self, alert: Alert) -> None:
        is_open = alert.state is not AlertState.OVER
        self._alerts.keep(alert.id, alert, cluster=alert.sign.cluster, at=alert.begun_at, is_open=is_open)

    def _pulse(self, now: Moment) -> None:
        live = [track.alert for track in self._tracks if not track.is_over]
        taken = sum(alert.state is AlertState.ACKNOWLEDGED for alert in live)
        health = worst(tuple(alert.sign.health for alert in live))
        self._ways.pulse(Pulse(at=now, health=health, open=len(live) - taken, acknowledged=taken))

    def _tell(self, now: Moment, *, news: bool) -> None:
        message = self._now()
        form = (message.alerts, message.silences, message.left_out)
        later = now.ticks - self._told_ticks >= FIGURES_SECONDS
        if form != self._told and (news or later or len(message.alerts) != len(self._told_alerts())):
            self._told, self._told_ticks = form, now.ticks
            self._ground.tell(message, "alerts")

    def _told_alerts(self) -> tuple[object, ...]:
        return self._told[0] if self._told and isinstance(self._told[0], tuple) else ()

    def _expire(self, now: Moment) -> None:
        if now.ticks - self._expired < EXPIRE_SECONDS:
            return
        self._expired = now.ticks
        try:
            before = now.utc - timedelta(days=KEEP_DAYS)
            self._alerts.expire(before)
            self._silenced.expire(before)
            self._desk.expire(now)
        except StoreTrouble as trouble:
            log.error("old alerts can't be taken out: %s", trouble)

    # -- answers ------------------------------------------------------------------------------------------------

    def answer(self, question: Message, person: str) -> Message | None:
        """May raise StoreTrouble."""
        match question:
            case AskAlerts():
                return self._asked(question)
            case AckAlert():
                return self._taken(question, person)
            case SilenceAlerts():
                return self._silence(question, person)
            case EndSilence():
                return self._end_silence(question)
            case _:
                return None

    def _now(self, cluster: str = "") -> Alerts:
        found = [track.alert for track in self._tracks
                 if not track.is_over and cluster in ("", track.alert.sign.cluster)]  # fmt: skip
        return Alerts(alerts=in_order(found), silences=self._silences, left_out=self._left_out)

    def _asked(self, question: AskAlerts) -> Alerts:
        with self._guard:
            now = self._now(question.cluster)
        alerts = now.alerts
        if question.over:
            there = {alert.id for alert in alerts}
            past = self._alerts.newest(cluster=question.cluster, most=max(1, question.most))
            alerts = (*alerts, *(one for one in past if one.id not in there and one.state is AlertState.OVER))
        most = max(0, question.most)
        return replace(now, alerts=alerts[:most], left_out=now.left_out + max(0, len(alerts) - most))

    def _taken(self, question: AckAlert, person: str) -> Message:
        with self._guard:
            track = self._track(question.alert)
            if track is None:
                past = self._alerts.begins(question.alert) if question.alert else None
                reason = "no-alert" if past is None else "alert-over"
                return Refused(reason=reason, subject=question.alert)
            now = self._ground.clock()
            note = question.note[:TEXT_CHARACTERS_MAX]
            taken = acknowledged(track.alert, by=person or "somebody", note=note, at=now.utc)
            self._store(taken)
            self._tracks = tuple(replace(one, alert=taken) if one is track else one for one in self._tracks)
            self._waiting.append(News(change=AlertChange.ACKNOWLEDGED, alert=taken))
            self._tell(now, news=True)
        return Done()

    def _track(self, name: str) -> Track | None:
        """By its id or an unambiguous beginning."""
        live = [track for track in self._tracks if not track.is_over]
        found = [track for track in live if name and track.alert.id.startswith(name)]
        exact = [track for track in found if track.alert.id == name]
        return exact[0] if exact else found[0] if len(found) == 1 else None

    def _silence(self, question: SilenceAlerts, person: str) -> Message:
        now = self._ground.clock()
        subject = " ".join(part for part in (question.cluster, question.node, question.word) if part) or "all"
        if not question.reason.strip():
            return Refused(reason="silence-reason", subject=subject)
        if question.until.tzinfo is None or not (
            now.utc < question.until <= now.utc + timedelta(hours=SILENCE_HOURS_MAX)
        ):
            return Refused(reason="silence-end", subject=subject)
        if question.cluster and self._ground.inventory().cluster(question.cluster) is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        silence = Silence(
            id=secrets.token_hex(6), cluster=question.cluster, node=question.node, word=question.word,
            by=person or "somebody", reason=question.reason[:TEXT_CHARACTERS_MAX], begun_at=now.utc,
            until=question.until,
        )  # fmt: skip
        with self._guard:
            if len(self._silences) >= SILENCES_MAX:
                return Refused(reason="too-many", subject="silences", detail=f"at most {SILENCES_MAX}")
            self._silenced.keep(silence.id, silence, cluster=silence.cluster, at=now.utc, is_open=True)
            self._silences = (*self._silences, silence)
            self._cover(now)
            return self._now()

    def _end_silence(self, question: EndSilence) -> Message:
        now = self._ground.clock()
        with self._guard:
            found = [one for one in self._silences if question.silence and one.id.startswith(question.silence)]
            if len(found) != 1:
                return Refused(reason="no-silence", subject=question.silence)
            ended = replace(found[0], until=max(now.utc, found[0].begun_at))
            self._silenced.keep(ended.id, ended, cluster=ended.cluster, at=ended.begun_at, is_open=False)
            self._silences = tuple(one for one in self._silences if one is not found[0])
            self._tell(now, news=True)
            return self._now()

    def _cover(self, now: Moment) -> None:
        """At once, so that nothing goes out any more between a person's word and the next round."""
        tracks = []
        for track in self._tracks:
            if not track.is_over and not track.alert.silenced and any(
                silence.covers(track.alert.sign, now.utc) for silence in self._silences
            ):  # fmt: skip
                track = replace(track, alert=replace(track.alert, silenced=True))
                self._unwritten[track.alert.id] = track.alert
                self._waiting.append(News(change=AlertChange.SILENCED, alert=track.alert))
            tracks.append(track)
        self._tracks = tuple(tracks)
        self._tell(now, news=True)


def in_order(alerts: list[Alert]) -> tuple[Alert, ...]:
    """The worst and newest first; what a person has taken after what nobody has."""
    order = (Health.LOST, Health.UNKNOWN, Health.DEGRADED, Health.HEALTHY)
    return tuple(
        sorted(
            alerts,
            key=lambda one: (order.index(one.sign.health), one.state is AlertState.ACKNOWLEDGED,
                             -one.begun_at.timestamp(), one.id),
        )
    )  # fmt: skip


def _said(view: ClusterView | None) -> tuple[tuple[object, ...], ...]:
    found = () if view is None else view.verdict.findings
    return tuple((one.cause, one.node, one.health) for one in found)


def _weighs(before: Alert | None, after: Alert) -> bool:
    """Is the change worth a place on the disk? Newer figures alone are not."""
    return before is None or replace(before, sign=after.sign) != after or before.sign.health is not after.sign.health


def _of_engine(word: str, *, health: Health, observed: int | None = None, detail: str = "") -> Sign:
    return Sign(
        cluster="", node=None, source=AlertSource.ENGINE, word=word, health=health, observed=observed,
        limit=None if observed is None else BLIND_SECONDS, detail=detail,
    )  # fmt: skip


def alarm_parts(ground: VigilGround) -> tuple[Part, ...]:
    """The parts that tell: ways out, incidents, alerts; begun in this order and ended in the other."""
    ways, desk = Ways(ground), IncidentDesk(ground)
    return ways, desk, Alarms(ground, ways, desk)
