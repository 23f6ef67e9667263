"""The life of alerts: opened by a sign, worse, taken by a person, over by itself; what comes and goes is damped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.domain.alerting import Alert, AlertChange, AlertSource, AlertState, Sign, Silence
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.verdict import Cause, Health, worst

CALM_SECONDS: Final = 3.0  # so long a sign has to be gone before its alert is over
FLAP_COUNT: Final = 3  # so often within the window, and it flaps
FLAP_WINDOW_SECONDS: Final = 600.0
FLAP_QUIET_SECONDS: Final = 180.0  # so long a flapping one has to be quiet
STALE_SECONDS: Final = 10.0  # old readings alone are a sign only when they last
ALERTS_MAX: Final = 2_000  # open at once; what comes beyond it is counted
COMINGS_MAX: Final = 32  # moments remembered of one sign

NOT_KNOWN: Final = frozenset({Cause.NOT_ASKED, Cause.STALE})  # nothing is concluded from what only lacks a reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One alert and what its life depends on. `came`: when its sign came (ticks, the newest last).

    `gone`: since when (ticks) its sign is not there; None: it is. Over ones are kept as long as they could flap.
    """

    alert: Alert
    came: tuple[float, ...]
    gone: float | None = None
    gone_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        return self.alert.state is AlertState.OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that happened to an alert, which is given as it is afterwards."""

    change: AlertChange
    alert: Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How far the signs of a cluster can be trusted. `blind`: nothing is concluded at all, neither come nor gone.

    `unseen`: nodes of which nothing is known now: a sign of theirs that is gone proves nothing. `starting`: what other
    parts look after was not looked at yet by this engine: only signs of the verdict are known to be gone.
    """

    blind: bool = False
    unseen: frozenset[str] = frozenset()
    starting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarmed:
    """All alerts after one look, and what changed by it. `left_out`: signs beyond the limit."""

    tracks: tuple[Track, ...]
    news: tuple[News, ...]
    left_out: int = 0


def sight_of(view: ClusterView | None) -> Sight:
    """What a picture can prove: a node whose verdict is unknown proves nothing about itself."""
    if view is None:
        return Sight(blind=True)
    unseen = frozenset(node.name for node in view.nodes if node.verdict.health is Health.UNKNOWN)
    return Sight(blind=bool(view.nodes) and len(unseen) == len(view.nodes) and _only_lacks(view), unseen=unseen)


def _only_lacks(view: ClusterView) -> bool:
    """Is nothing wrong but that readings are missing, as after a start or a sleep?"""
    return all(finding.cause in NOT_KNOWN for node in view.nodes for finding in node.verdict.findings)


def verdict_signs(view: ClusterView) -> tuple[Sign, ...]:
    """The findings of a verdict as signs: not that nobody was asked yet, no note, and what is old only if it lasts."""
    found = []
    for finding in view.verdict.findings:
        if finding.health is Health.HEALTHY or finding.cause is Cause.NOT_ASKED:
            continue
        since = finding.since or view.at
        if finding.cause is Cause.STALE and (view.at - since).total_seconds() < STALE_SECONDS:
            continue
        found.append(
            Sign(
                cluster=view.name, node=finding.node, source=AlertSource.VERDICT, word=finding.cause.value,
                health=finding.health, observed=finding.observed, limit=finding.limit, detail=finding.detail,
            )
        )  # fmt: skip
    return tuple(found)


def look(
    tracks: Iterable[Track], signs: Iterable[Sign], now: Moment, *, silences: tuple[Silence, ...],
    sight: Callable[[str], Sight], new_id: Callable[[], str],
) -> Alarmed:  # fmt: skip
    """The alerts after a look at all signs of this moment. `new_id`: an id for an alert that opens.

    A sign of a cluster that is seen blindly neither opens nor ends anything.
    """
    before = tuple(tracks)
    there = {sign.key: sign for sign in signs}
    lives = {track.alert.sign.key: track for track in before if not track.is_over}
    past = {track.alert.sign.key: track for track in before if track.is_over}
    news: list[News] = []
    after: list[Track] = []
    for key, track in lives.items():
        sign, seen = there.pop(key, None), sight(track.alert.sign.cluster)
        lived = _stays(track, sign, now, seen, news) if sign is not None else _goes(track, now, seen, news)
        after.append(_silenced(lived, silences, now, news))
    left_out = 0
    for key, sign in there.items():
        if sight(sign.cluster).blind:
            continue
        if len(after) >= ALERTS_MAX:
            left_out += 1
            continue
        earlier = past.pop(key, None)
        after.append(_opens(sign, earlier, now, silences, new_id, news))
    horizon = now.ticks - FLAP_WINDOW_SECONDS
    after += [track for track in past.values() if track.came and track.came[-1] > horizon]
    return Alarmed(tracks=tuple(after), news=tuple(news), left_out=left_out)


def _opens(
    sign: Sign, earlier: Track | None, now: Moment, silences: tuple[Silence, ...], new_id: Callable[[], str],
    news: list[News],
) -> Track:  # fmt: skip
    came = _came_again(() if earlier is None else earlier.came, now)
    flaps = len(came) >= FLAP_COUNT
    alert = Alert(
        id=new_id(), sign=sign, state=AlertState.OPEN, begun_at=now.utc, worst=sign.health, changes=len(came),
        flapping=flaps, silenced=_covered(sign, silences, now),
    )  # fmt: skip
    news.append(News(change=AlertChange.FLAPPING if flaps else AlertChange.OPENED, alert=alert))
    return Track(alert=alert, came=came)


def _stays(track: Track, sign: Sign, now: Moment, seen: Sight, news: list[News]) -> Track:
    """Its sign is there: with the newest figures, worse, or back again."""
    alert = replace(track.alert, sign=sign, worst=worst((track.alert.worst, sign.health)))
    if seen.blind:
        return replace(track, alert=alert, gone=None, gone_at=None)
    graver = worst((sign.health, track.alert.sign.health)) is not track.alert.sign.health
    returned = track.gone is not None and now.ticks - track.gone >= CALM_SECONDS
    came = track.came
    if graver or returned:
        came = _came_again(came, now)
        alert = replace(alert, changes=alert.changes + 1)
    quiet = not came or now.ticks - came[-1] >= FLAP_QUIET_SECONDS
    flaps = not quiet and (alert.flapping or len(_recent(came, now)) >= FLAP_COUNT)
    # What goes up and down is told once; graver than it ever was is told all the same.
    if graver and (not track.alert.flapping or alert.worst is not track.alert.worst):
        # Whoever took it took the lighter one.
        alert = replace(alert, state=AlertState.OPEN, acknowledged_by="", acknowledged_at=None, note="")
        news.append(News(change=AlertChange.WORSENED, alert=replace(alert, flapping=flaps)))
    return Track(alert=replace(alert, flapping=flaps), came=came)


def _goes(track: Track, now: Moment, seen: Sight, news: list[News]) -> Track:
    """Its sign is not there: over, once that was seen for long enough."""
    alert = track.alert
    if not _proves(alert.sign, seen):
        return replace(track, gone=None, gone_at=None)  # not seen is not gone
    if track.gone is None:
        return replace(track, gone=now.ticks, gone_at=now.utc)
    if now.ticks - track.gone < (FLAP_QUIET_SECONDS if alert.flapping else CALM_SECONDS):
        return track
    ended_at = max(alert.begun_at, track.gone_at or now.utc)
    ended = replace(alert, state=AlertState.OVER, ended_at=ended_at, flapping=False)
    news.append(News(change=AlertChange.OVER, alert=ended))
    return replace(track, alert=ended)


def _proves(sign: Sign, seen: Sight) -> bool:
    """Does it prove anything that the sign is not there?"""
    if seen.blind or (seen.starting and sign.source is not AlertSource.VERDICT):
        return False
    return not (sign.node in seen.unseen and _of_nodes(sign))


def _of_nodes(sign: Sign) -> bool:
    """Does the sign rest on what its node answers?"""
    return sign.source in (AlertSource.VERDICT, AlertSource.PEERS)


def _silenced(track: Track, silences: tuple[Silence, ...], now: Moment, news: list[News]) -> Track:
    alert = track.alert
    if track.is_over:
        return track
    covered = _covered(alert.sign, silences, now)
    if covered == alert.silenced:
        return track
    alert = replace(alert, silenced=covered)
    news.append(News(change=AlertChange.SILENCED if covered else AlertChange.UNSILENCED, alert=alert))
    return replace(track, alert=alert)


def _covered(sign: Sign, silences: tuple[Silence, ...], now: Moment) -> bool:
    return any(silence.covers(sign, now.utc) for silence in silences)


def _came_again(came: tuple[float, ...], now: Moment) -> tuple[float, ...]:
    return (*_recent(came, now), now.ticks)[-COMINGS_MAX:]


def _recent(came: tuple[float, ...], now: Moment) -> tuple[float, ...]:
    return tuple(ticks for ticks in came if ticks > now.ticks - FLAP_WINDOW_SECONDS)


def acknowledged(alert: Alert, *, by: str, note: str, at: datetime) -> Alert:
    """The alert as a person took it; taken again, the newer name and note stand."""
    return replace(alert, state=AlertState.ACKNOWLEDGED, acknowledged_by=by, acknowledged_at=at, note=note)


def taken_up(alerts: Iterable[Alert], now: Moment) -> tuple[Track, ...]:
    """Alerts from the record after a start of the engine: their ages by the wall clock, as nothing better is known.

    Open ones stay open until something is seen that ends them; over ones count for what flaps.
    """
    found: dict[tuple[str, str, str, str, str], Track] = {}
    comings: dict[tuple[str, str, str, str, str], list[float]] = {}
    for alert in sorted(alerts, key=lambda one: one.begun_at):
        ago = max(0.0, (now.utc - alert.begun_at).total_seconds())
        key = alert.sign.key
        if ago <= FLAP_WINDOW_SECONDS:
            comings.setdefault(key, []).append(now.ticks - ago)
        there = found.get(key)
        if there is None or there.is_over or alert.state is not AlertState.OVER:
            found[key] = Track(alert=alert, came=())
    return tuple(
        replace(track, came=tuple(comings.get(key, ()))[-COMINGS_MAX:]) for key, track in found.items()
    )
