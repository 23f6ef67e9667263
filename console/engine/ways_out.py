"""Ways out: tells alerts by e-mail, webhook and command, and lets others see that the engine lives."""

import json
import logging
import os
import secrets
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import console
from console.domain.alerting import (
    Alert,
    AlertChange,
    AlertSource,
    AlertState,
    Sign,
    WayKind,
    WayOut,
)
from console.domain.reading import Moment
from console.domain.verdict import Health, worst
from console.engine.vigil_ground import Part, VigilGround
from console.engine.way_command import run_command
from console.engine.way_email import send_mail
from console.engine.way_limit import Limit, NotDelivered
from console.engine.way_line import AGE_SECONDS_MAX, Waiting, WayLine
from console.engine.way_rules import beat_seconds_of, wrong_with
from console.engine.way_web import Request, send_web
from console.governance.alert_text import Notice, json_of
from console.link.messages import Message, Refused
from console.link.watching import AskWaysOut, RemoveWayOut, SaveWayOut, TryWayOut, WaysOut, WayTried
from console.monitor.alerts import News
from console.ssh.secrets import SecretKind
from console.store.records import Records
from console.store.trouble import StoreTrouble

WAYS_MAX: Final = 32
NOTICES_MAX: Final = 2_000  # messages of before a restart that are taken up
SECRET_BYTES_MAX: Final = 4_096
PULSE_SECONDS_MAX: Final = 10.0  # alerts were judged within this, or no heartbeat is given any more

BEATS: Final = frozenset({WayKind.HEARTBEAT_FILE, WayKind.HEARTBEAT_URL})
TOLD: Final = frozenset(
    {AlertChange.OPENED, AlertChange.FLAPPING, AlertChange.WORSENED, AlertChange.OVER, AlertChange.UNSILENCED}
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """What a heartbeat says: when the alerts were last judged, and how all is."""

    at: Moment
    health: Health
    open: int
    acknowledged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A message that waits, as the store keeps it."""

    way: str
    key: str
    notice: Notice


class Ways(Part):
    """All ways out. `deliver` and `pulse` are called by the rounds over the alerts and return at once."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._ways = Records(ground.store, "way-out", WayOut)
        self._notices = Records(ground.store, "notice", Kept)
        self._lines: dict[str, WayLine] = {}
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._pulse: Pulse | None = None
        self._heart: threading.Thread | None = None
        self._name = socket.gethostname()

    # -- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        try:
            for way in self._ways.newest(most=WAYS_MAX):
                self._put_in(way)
            for kept in reversed(self._notices.newest(most=NOTICES_MAX)):
                line = self._lines.get(kept.way)
                if line is not None and line.way.enabled:
                    line.put(Waiting(key=kept.key, notice=kept.notice, since=self._since(kept.notice)))
                else:
                    self._notices.drop(kept.key)
        except StoreTrouble as trouble:
            log.error("the ways out can't be read: %s", trouble)
        self._heart = threading.Thread(target=self._beat, name="heartbeats", daemon=True)
        self._heart.start()

    def stop(self) -> None:
        self._stopping.set()
        with self._guard:
            lines = tuple(self._lines.values())
        for line in lines:
            line.close()
        for line in lines:
            line.join()
        if self._heart is not None:
            self._heart.join(1.0)

    def _since(self, notice: Notice) -> Moment:
        """A message of before a restart is as old as the wall clock says."""
        now = self._ground.clock()
        age = max(0.0, (now.utc - notice.at).total_seconds())
        return Moment(notice.at, now.ticks - min(age, AGE_SECONDS_MAX))

    def _put_in(self, way: WayOut) -> None:
        with self._guard:
            before = self._lines.pop(way.name, None)
            line = WayLine(
                way, send=self._send, clock=self._ground.clock, done=self._done,
                state=None if before is None else before.state(),
            )  # fmt: skip
            self._lines[way.name] = line
        for waiting in () if before is None else before.close():
            if way.enabled:
                line.put(waiting)
            else:
                self._done(waiting.key)
        line.start()

    # -- what happens -------------------------------------------------------------------------------------------

    def deliver(self, news: Sequence[News], now: Moment) -> None:
        """Tell what is to be told, over each way that wants it."""
        with self._guard:
            lines = tuple(self._lines.values())
        for one in news:
            if one.change not in TOLD or one.alert.silenced:
                continue
            if one.change is AlertChange.UNSILENCED and one.alert.state is not AlertState.OPEN:
                continue
            notice = self._notice(one.alert, one.change, now)
            for line in lines:
                if wants(line.way, one.alert, one.change):
                    self._put(line, notice, now)

    def _put(self, line: WayLine, notice: Notice, now: Moment) -> None:
        key = f"{notice.alert.id}-{notice.change.value}-{secrets.token_hex(4)}"
        try:
            # An engine that is killed before it was delivered delivers it when it is back.
            kept = Kept(way=line.way.name, key=key, notice=notice)
            self._notices.keep(key, kept, cluster=notice.alert.sign.cluster, at=now.utc, is_open=True)
        except StoreTrouble as trouble:
            log.error("a message of alert %s waits in memory alone: %s", notice.alert.id, trouble)
        line.put(Waiting(key=key, notice=notice, since=now))

    def _done(self, key: str) -> None:
        try:
            self._notices.drop(key)
        except StoreTrouble as trouble:
            log.error("a delivered message stays in the store: %s", trouble)

    def _notice(self, alert: Alert, change: AlertChange, now: Moment, *, test: bool = False) -> Notice:
        return Notice(
            alert=alert, change=change, at=now.utc, console=self._name, version=console.__version__, test=test,
            drill=self._ground.board.drilling(alert.sign.cluster),
        )  # fmt: skip

    def pulse(self, pulse: Pulse) -> None:
        """The alerts were judged: heartbeats go on."""
        self._pulse = pulse

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        """Ways that can't deliver; they belong to no cluster."""
        del now
        if cluster:
            return ()
        with self._guard:
            lines = tuple(self._lines.values())
        return tuple(
            Sign(
                cluster="", node=None, source=AlertSource.WAY_OUT, word="not-delivered", health=Health.DEGRADED,
                about=line.way.name, detail=line.state().reason,
            )
            for line in lines if line.way.enabled and line.failing
        )  # fmt: skip

    # -- sending ------------------------------------------------------------------------------------------------

    def _send(self, way: WayOut, notice: Notice, limit: Limit) -> None:
        """One message over one way. Raises NotDelivered."""
        agent = f"ledger-console/{console.__version__}"
        match way.kind:
            case WayKind.EMAIL:
                send_mail(way, notice, self._secret(way), limit)
            case WayKind.WEBHOOK:
                request = Request(method="POST", body=json_of(notice), agent=agent)
                send_web(way, request, self._secret(way), limit)
            case WayKind.COMMAND:
                run_command(way, notice, limit)
            case WayKind.HEARTBEAT_FILE:
                _write(Path(way.target), self._life())
            case WayKind.HEARTBEAT_URL:
                body = self._life() if way.option("method", "get") == "post" else None
                method = "GET" if body is None else "POST"
                send_web(way, Request(method=method, body=body, agent=agent), self._secret(way), limit)

    def _secret(self, way: WayOut) -> str | None:
        """From the file that the way names, else from memory or keyring. Raises NotDelivered."""
        named = way.option("secret-file")
        if not named:
            return self._ground.secrets.get(SecretKind.PASSWORD, way.secret_subject)
        try:
            with open(named, "rb") as file:  # noqa: PTH123 - the open file itself is what is judged
                if os.fstat(file.fileno()).st_mode & 0o077:
                    raise NotDelivered("secret-file", "it is open to others")
                return file.read(SECRET_BYTES_MAX).decode("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise NotDelivered("secret-file", getattr(error, "strerror", "") or "") from error

    # -- heartbeats ---------------------------------------------------------------------------------------------

    def _life(self) -> bytes:
        pulse, now = self._pulse, self._ground.clock()
        health = "unknown" if pulse is None else pulse.health.value
        value = {
            "format": 1, "at": now.utc.isoformat(), "seconds": round(now.utc.timestamp()), "pid": os.getpid(),
            "console": self._name, "version": console.__version__, "state": health,
            "open": 0 if pulse is None else pulse.open, "acknowledged": 0 if pulse is None else pulse.acknowledged,
        }  # fmt: skip
        return json.dumps(value).encode() + b"\n"

    def _beat(self) -> None:
        """Each second: the heartbeats that are due, each in a thread of its own, and none while nothing is judged."""
        due: dict[str, float] = {}
        beating: dict[str, threading.Thread] = {}
        while not self._stopping.wait(1.0):
            now, pulse = self._ground.clock(), self._pulse
            if pulse is None or now.ticks - pulse.at.ticks > PULSE_SECONDS_MAX:
                continue  # a heart that beats while nothing is judged would lie
            with self._guard:
                lines = tuple(line for line in self._lines.values() if line.way.kind in BEATS and line.way.enabled)
            for line in lines:
                name, thread = line.way.name, beating.get(line.way.name)
                if now.ticks < due.get(name, 0.0) or (thread is not None and thread.is_alive()):
                    continue
                due[name] = now.ticks + beat_seconds_of(line.way)
                notice = self._notice(_test_alert(line.way, now), AlertChange.OPENED, now, test=True)
                beating[name] = threading.Thread(target=line.beat, args=(notice,), name=f"beat {name}", daemon=True)
                beating[name].start()

    # -- answers ------------------------------------------------------------------------------------------------

    def answer(self, question: Message, person: str) -> Message | None:
        """May raise StoreTrouble."""
        del person
        match question:
            case AskWaysOut():
                return self.ways()
            case SaveWayOut():
                return self._save(question.way)
            case RemoveWayOut():
                return self._remove(question.name)
            case TryWayOut():
                return self._try(question.name)
            case _:
                return None

    def ways(self) -> WaysOut:
        with self._guard:
            lines = sorted(self._lines.values(), key=lambda line: line.way.name)
        return WaysOut(ways=tuple(line.way for line in lines), states=tuple(line.state() for line in lines))

    def _save(self, way: WayOut) -> Message:
        wrong = wrong_with(way)
        if wrong:
            return Refused(reason="way-wrong", subject=way.name, detail=wrong)
        with self._guard:
            full = way.name not in self._lines and len(self._lines) >= WAYS_MAX
        if full:
            return Refused(reason="too-many", subject="ways out", detail=f"at most {WAYS_MAX}")
        self._ways.keep(way.name, way, cluster="", at=self._ground.clock().utc, is_open=True)
        self._put_in(way)
        return self._told()

    def _remove(self, name: str) -> Message:
        with self._guard:
            line = self._lines.get(name)
        if line is None:
            return Refused(reason="no-way-out", subject=name)
        self._ways.drop(name)
        with self._guard:
            self._lines.pop(name, None)
        line.close()
        self._ground.secrets.forget(SecretKind.PASSWORD, line.way.secret_subject)
        return self._told()

    def _told(self) -> WaysOut:
        seen = self.ways()
        self._ground.tell(seen, "ways out")
        return seen

    def _try(self, name: str) -> Message:
        with self._guard:
            line = self._lines.get(name)
        if line is None:
            return Refused(reason="no-way-out", subject=name)
        now = self._ground.clock()
        notice = self._notice(_test_alert(line.way, now), AlertChange.OPENED, now, test=True)
        wrong, seconds = line.try_now(notice)
        self._told()
        return WayTried(
            name=name, delivered=wrong is None, seconds=seconds, reason="" if wrong is None else wrong.reason,
            detail="" if wrong is None else wrong.said,
        )  # fmt: skip


def wants(way: WayOut, alert: Alert, change: AlertChange) -> bool:
    """Is this alert told over this way? One that says that the way itself fails is told over the others."""
    sign = alert.sign
    health = alert.worst if change is AlertChange.OVER else sign.health
    return (
        way.enabled and way.kind not in BEATS and worst((health, way.least)) is health
        and (not way.clusters or not sign.cluster or sign.cluster in way.clusters)
        and not (sign.source is AlertSource.WAY_OUT and sign.about == way.name)
    )  # fmt: skip


def _test_alert(way: WayOut, now: Moment) -> Alert:
    sign = Sign(
        cluster="", node=None, source=AlertSource.WAY_OUT, word="way-out-test", health=Health.HEALTHY, about=way.name
    )
    return Alert(id="test", sign=sign, state=AlertState.OPEN, begun_at=now.utc, worst=Health.HEALTHY)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and readable by whoever watches. Raises NotDelivered."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        try:
            os.write(handle, content)
        finally:
            os.close(handle)
        beside.replace(path)
    except OSError as error:
        raise NotDelivered("file", error.strerror or "") from error
