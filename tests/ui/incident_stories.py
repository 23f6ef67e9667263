"""The night of ledger-us as an incident: its lines, its pictures, its alerts, its ways out; the figures agree."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.alerting import Alert, AlertSource, AlertState, Sign, Silence, WayKind, WayOut, WayState
from console.domain.automation import AutoAct, AutoGuard, AutomationMode, GuardRow, Why
from console.domain.fleet import Amount, Basis, ClusterView, Exposure, Role
from console.domain.incident import Frame, Incident, IncidentLine, LineKind
from console.domain.verdict import Cause, Finding, Health, Level, Scalar, Verdict
from console.link.watching import Alerts, FrameSeen, IncidentSeen, WaysOut
from tests.ui import story

LOST_AT: Final = datetime(2026, 3, 17, 2, 52, 7, tzinfo=UTC)
BACK_AT: Final = datetime(2026, 3, 17, 2, 58, 49, tzinfo=UTC)
ENDED_AT: Final = datetime(2026, 3, 17, 3, 4, 20, tzinfo=UTC)
NOW: Final = datetime(2026, 3, 17, 3, 20, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """So long after the primary fell silent."""
    return LOST_AT + timedelta(seconds=seconds)


def line(seconds: float, kind: LineKind, word: str, **more: object) -> IncidentLine:
    base = IncidentLine(at=at(seconds), cluster="ledger-us", kind=kind, word=word)
    return replace(base, **more)  # type: ignore[arg-type]


def lines() -> tuple[IncidentLine, ...]:
    verdict, evidence, alert, run = LineKind.VERDICT, LineKind.EVIDENCE, LineKind.ALERT, LineKind.RUN
    return (
        line(0.0, evidence, "vital-silence-seconds", node="nyc-1",
             detail=(("observed", "1.2"), ("threshold", "1.0"), ("source", "console: psql"))),
        line(0.4, verdict, Cause.CUT_OFF.value, node="nyc-1", health="unknown"),
        line(0.4, alert, Cause.CUT_OFF.value, node="nyc-1", health="unknown", detail=(("change", "opened"),)),
        line(3.2, evidence, "receiver", node="nyc-2",
             detail=(("observed", "no stream"), ("threshold", "streaming"), ("source", "nyc-2: pg_stat_wal_receiver"))),
        line(3.4, evidence, "receiver", node="chi-1",
             detail=(("observed", "no stream"), ("threshold", "streaming"), ("source", "chi-1: pg_stat_wal_receiver"))),
        line(3.9, verdict, Cause.NO_PRIMARY.value, node="nyc-1", health="lost"),
        line(3.9, alert, Cause.NO_PRIMARY.value, node="nyc-1", health="lost", detail=(("change", "worsened"),)),
        line(33.0, LineKind.ACTION, "alert-acknowledged", who="m.keller", detail=(("note", "calling the data centre"),),
             ),
        line(210.0, LineKind.ACTION, "run-approved", who="s.okafor", run="r-17", detail=(("plan", "failover"),)),
        line(212.0, run, "running", run="r-17", detail=(("operation", "failover"),)),
        line(216.0, run, "done", run="r-17", detail=(("operation", "failover"), ("step", "fence"))),
        line(239.0, run, "done", run="r-17", detail=(("operation", "failover"), ("step", "rescue-wal"))),
        line(395.0, run, "asking", run="r-17", detail=(("operation", "failover"), ("step", "gate"))),
        line(399.0, LineKind.ACTION, "run-answered", who="m.keller", run="r-17", detail=(("answer", "go-on"),)),
        line(401.0, run, "done", run="r-17", detail=(("operation", "failover"), ("step", "promote"))),
        line(402.0, verdict, Cause.SYNC_DEGRADED.value, node="chi-1", health="degraded"),
        line(402.5, alert, Cause.NO_PRIMARY.value, node="nyc-1", health="lost", detail=(("change", "over"),)),
        line(440.0, run, "done", run="r-17", detail=(("operation", "failover"), ("step", "books"))),
        line(560.0, LineKind.BACKUP, "backup-begun", node="vault-2"),
        line(733.0, verdict, "healthy", health="healthy"),
    )  # fmt: skip


def incident(**more: object) -> Incident:
    made = Incident(
        id="i-1", cluster="ledger-us", begun_at=LOST_AT, word=Cause.NO_PRIMARY.value, node="nyc-1", health="lost",
        ended_at=ENDED_AT, alerts=("a-1", "a-2"), runs=("r-17",), lines=len(lines()), writable_again_at=BACK_AT,
        entries_lost=87,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def frames() -> tuple[float, ...]:
    """A picture a second, with a hole while the console's own link was away."""
    first, last = LOST_AT.timestamp() - 20, ENDED_AT.timestamp()
    return tuple(second for second in range(round(first), round(last)) if not 90 < second - LOST_AT.timestamp() < 140)


def seen(**more: object) -> IncidentSeen:
    return IncidentSeen(incident=incident(**more), lines=lines(), frames=frames())


def lost_view(moment: datetime) -> ClusterView:
    """nyc-1 is silent, its standbys have lost their stream."""
    base = story.ledger_us()
    seconds = (moment - LOST_AT).total_seconds()
    gone = Finding(cause=Cause.CUT_OFF, health=Health.LOST, node="nyc-1", observed=seconds, level=Level.WITNESSED,
                   since=LOST_AT)  # fmt: skip
    nodes = tuple(
        replace(node, verdict=Verdict(health=Health.LOST, findings=(gone,)), silence_seconds=seconds,
                round_trip_seconds=None)
        if node.name == "nyc-1"
        else node if node.role is Role.BACKUP
        else replace(node, lag_flush_seconds=None, lag_flush_bytes=None, verdict=story.HEALTHY)
        for node in base.nodes
    )  # fmt: skip
    exposure = Exposure(
        basis=Basis.SEEN, candidate="chi-1", entries=87, age_seconds=seconds,
        amounts=(Amount(currency="USD", scale=2, units=24_731_040), Amount(currency="EUR", scale=2, units=612_000)),
    )  # fmt: skip
    return replace(base, at=moment, nodes=nodes, exposure=exposure, primary=None,
                   verdict=Verdict(health=Health.LOST, findings=(gone,)))  # fmt: skip


def why(moment: datetime) -> Why:
    def row(
        guard: AutoGuard, holds: bool | None, observed: Scalar, threshold: Scalar, source: str, *, reason: str = "",
        node: str | None = None,
    ) -> GuardRow:  # fmt: skip
        return GuardRow(guard=guard, holds=holds, observed=observed, threshold=threshold, source=source, reason=reason,
                        at=moment - timedelta(seconds=0.4), node=node)  # fmt: skip

    rows = (
        row(AutoGuard.MODE, False, "observe", "automatic", "policy", reason="mode-observe"),
        row(AutoGuard.EVIDENCE, True, "witnessed", "hard", "nyc-2, chi-1"),
        row(AutoGuard.FRESH, True, 0.4, 3.0, "console"),
        row(AutoGuard.MAJORITY, True, 4, 3, "console"),
        row(AutoGuard.OVERLAP, False, 0, 1, "synchronous_standby_names", reason="asynchronous"),
        row(AutoGuard.CANDIDATE, True, "chi-1", None, "chi-1: replay position", node="chi-1"),
        row(AutoGuard.LOSS, False, 87, 0, "entry numbers, nyc-1 and chi-1", reason="loss-above"),
        row(AutoGuard.FENCING, None, None, "proven", "host silent", reason="fence-host-silent", node="nyc-1"),
        row(AutoGuard.LOCK, True, "free", "free or ours", "4 of 5 nodes"),
        row(AutoGuard.BACKUPS, True, 2.5, 48.0, "vault-2"),
    )
    return Why(cluster="ledger-us", at=moment, mode=AutomationMode.OBSERVE, act=AutoAct.FAILOVER, would_act=False,
               rows=rows, node="nyc-1", target="chi-1")  # fmt: skip


def frame(moment: datetime) -> Frame:
    """The picture of a moment."""
    if moment < LOST_AT:
        return Frame(at=moment, view=replace(story.ledger_us(), at=moment), why=None)
    return Frame(at=moment, view=lost_view(moment), why=why(moment))


def frame_seen(seconds: float) -> FrameSeen:
    return FrameSeen(incident="i-1", frame=frame(datetime.fromtimestamp(seconds, UTC)))


def incidents() -> tuple[Incident, ...]:
    """An open one in the lab, the night of ledger-us, a rehearsal, an old one without a known loss."""
    return (
        incident(),
        incident(id="i-2", cluster="ledger-lab", begun_at=NOW - timedelta(minutes=3, seconds=12), node="lab-3",
                 word=Cause.CUT_OFF.value, health="unknown", ended_at=None, writable_again_at=None, runs=(),
                 entries_lost=None, alerts=("a-3",)),
        incident(id="i-3", begun_at=NOW - timedelta(days=3, hours=4), word=Cause.STALE.value, node="nyc-2",
                 health="degraded", ended_at=NOW - timedelta(days=3, hours=4) + timedelta(seconds=41), drill=True,
                 entries_lost=0, runs=(), writable_again_at=None),
        incident(id="i-4", cluster="ledger-eu", begun_at=NOW - timedelta(days=40), word=Cause.ARCHIVE_FAILING.value,
                 node="fra-1", health="degraded", ended_at=NOW - timedelta(days=40) + timedelta(hours=2, minutes=14),
                 entries_lost=None, runs=(), writable_again_at=None, report="/srv/reports/i-4.html"),
    )  # fmt: skip


def alert(name: str, cluster: str, node: str | None, cause: Cause, health: Health, begun: datetime,
          **more: object) -> Alert:  # fmt: skip
    """An open alert about a verdict; `sign_more` goes into its sign."""
    sign_more = more.pop("sign_more", {})
    assert isinstance(sign_more, dict)
    sign = Sign(cluster=cluster, node=node, source=AlertSource.VERDICT, word=cause.value, health=health)
    made = Alert(id=name, sign=replace(sign, **sign_more), state=AlertState.OPEN, begun_at=begun, worst=health)
    return replace(made, **more)  # type: ignore[arg-type]


def lagging(**more: object) -> Alert:
    """The alert of the story's evening: nyc-2 is behind."""
    begun = story.NOW - timedelta(minutes=5, seconds=16)
    return alert("a-1", "ledger-us", "nyc-2", Cause.LAGGING, Health.DEGRADED, begun,
                 sign_more={"observed": 41.0, "limit": 10.0}, **more)  # fmt: skip


def nobody_waits(**more: object) -> Alert:
    """The other alert of the evening, about the primary."""
    begun = story.NOW - timedelta(minutes=5, seconds=18)
    return alert("a-2", "ledger-us", "nyc-1", Cause.SYNC_DEGRADED, Health.DEGRADED, begun,
                 sign_more={"observed": 0, "limit": 1}, **more)  # fmt: skip


def overdue(**more: object) -> Alert:
    """A duty of ledger-eu is overdue: no picture tells of it."""
    sign = Sign(cluster="ledger-eu", node=None, source=AlertSource.DUTY, word="overdue", about="restore-proof",
                health=Health.DEGRADED)  # fmt: skip
    made = Alert(id="a-9", sign=sign, state=AlertState.OPEN, begun_at=story.NOW - timedelta(hours=5),
                 worst=Health.DEGRADED)  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def told(*alerts: Alert, silences: tuple[Silence, ...] = ()) -> Alerts:
    return Alerts(alerts=alerts or (lagging(), overdue()), silences=silences)


def silence(**more: object) -> Silence:
    made = Silence(id="s-1", cluster="ledger-us", node="nyc-2", word="", by="m.keller", reason="its disk is exchanged",
                   begun_at=story.NOW - timedelta(minutes=2), until=story.NOW + timedelta(hours=1))  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def ways() -> WaysOut:
    """One delivers, one fails, one was never tried, a heartbeat."""
    now = story.NOW
    return WaysOut(
        ways=(
            WayOut(name="duty-mail", kind=WayKind.EMAIL, target="duty@example.com",
                   options=(("smtp", "mail.example.com"), ("from", "console@example.com"), ("user", "console"))),
            WayOut(name="chat", kind=WayKind.WEBHOOK, target="https://chat.example.com/hooks/ledger"),
            WayOut(name="pager", kind=WayKind.COMMAND, target="/usr/local/bin/page --team ledger", least=Health.LOST),
            WayOut(name="alive", kind=WayKind.HEARTBEAT_FILE, target="/run/ledger-console/alive.json"),
        ),
        states=(
            WayState(name="duty-mail", delivered_at=now - timedelta(minutes=5)),
            WayState(name="chat", delivered_at=now - timedelta(hours=9), failed_at=now - timedelta(minutes=4),
                     reason="timeout", waiting=2),
            WayState(name="pager", delivered_at=None),
            WayState(name="alive", delivered_at=now - timedelta(seconds=3)),
        ),
    )  # fmt: skip
