"""Guards, drills, duties, copies and checks of the story's night, in values of the real types."""

import math
from datetime import UTC, datetime, time, timedelta

from console.domain.automation import (
    Attempt,
    AttemptOutcome,
    AutoAct,
    AutoGuard,
    AutomationMode,
    AutomationPolicy,
    GuardRow,
    Maintenance,
    Why,
)
from console.domain.cluster import ClusterSpec, Environment, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.domain.drill import (
    Drill,
    DrillFault,
    DrillKind,
    DrillMark,
    DrillSchedule,
    DrillState,
    Duty,
    DutyKind,
    DutyRule,
)
from console.domain.monitoring import CheckReading, CheckSpec, CheckState, CheckUse, CheckWay, PerfValue
from console.domain.redundancy import CopyFinding, CopyLine, CopyTrouble, Redundancy
from console.domain.verdict import Scalar
from console.link.watching import CheckHistory, ChecksSeen, Drills, DutiesSeen, WhySeen

NOW = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)


def ago(**parts: float) -> datetime:
    return NOW - timedelta(**parts)


# Guards


def row(
    guard: AutoGuard, holds: bool | None, observed: Scalar, threshold: Scalar, source: str, *, age: float | None = 0.4,
    reason: str = "", node: str | None = None,
) -> GuardRow:  # fmt: skip
    at = None if age is None else ago(seconds=age)
    return GuardRow(guard=guard, holds=holds, observed=observed, threshold=threshold, source=source, at=at,
                    reason=reason, node=node)  # fmt: skip


def guards(*, lost: bool = True) -> tuple[GuardRow, ...]:
    """As they stood when nyc-1 was lost; else as they would stand."""
    evidence = "witnessed" if lost else "would-be-tried"
    return (
        row(AutoGuard.MODE, True, "automatic", "automatic", "policy, m.keller", age=1.1),
        row(AutoGuard.APPROVAL, True, "not-wanted", "not-wanted", "approval rule", age=1.1),
        row(AutoGuard.EVIDENCE, True, evidence, "hard-or-witnessed", "nyc-2 and chi-1"),
        row(AutoGuard.FRESH, True, 0.4, 2.0, "console", age=0.2),
        row(AutoGuard.RESTART_TRIED, None, "not-known", "tried", "nyc-1: its host is silent", age=None, node="nyc-1"),
        row(AutoGuard.MAJORITY, True, "4 of 5", "3 of 5", "console, SSH", age=0.2),
        row(AutoGuard.OVERLAP, False, 1, 2, "nyc-1: synchronous_standby_names", reason="overlap-missing"),
        row(AutoGuard.CANDIDATE, True, "chi-1", "wanted", "positions of nyc-2, chi-1 and dal-1", node="chi-1"),
        row(AutoGuard.LOSS, False, 87, 0, "heads of the books, nyc-1 and chi-1", reason="loss-above"),
        row(AutoGuard.FENCING, None, "not-asked", "wanted", "host silent", age=None, node="nyc-1"),
        row(AutoGuard.LOCK, True, "free", "free-or-ours", "nyc-2, chi-1 and dal-1", age=0.9),
        row(AutoGuard.OTHER_CONSOLE, True, "none", "none", "lock of the nodes", age=0.9),
        row(AutoGuard.NO_RUN, True, "none", "none", "journal", age=0.2),
        row(AutoGuard.NOT_PAUSED, True, None, 3600.0, "record", age=0.2),
        row(AutoGuard.NO_MAINTENANCE, True, "none", "none", "policy", age=1.1),
        row(AutoGuard.NOT_HELD, True, "none", "none", "record of drills", age=0.2),
        row(AutoGuard.BACKUPS, True, 2.3, 48.0, "vault-2, proven", age=41.0),
        row(AutoGuard.CHECKS, True, "passes", "passes", "2 conditions", age=12.0),
    )


def why(*, lost: bool = True, mode: AutomationMode = AutomationMode.AUTOMATIC) -> Why:
    return Why(
        cluster="ledger-us", at=NOW, mode=mode, act=AutoAct.FAILOVER, would_act=False, rows=guards(lost=lost),
        node="nyc-1", target="chi-1", hypothetical=not lost,
    )  # fmt: skip


def ready() -> Why:
    """Every guard holds."""
    held = tuple(
        row(one.guard, True, one.threshold, one.threshold, one.source, node=one.node) for one in guards(lost=True)
    )
    return Why(cluster="ledger-us", at=NOW, mode=AutomationMode.AUTOMATIC, act=AutoAct.FAILOVER, would_act=True,
               rows=held, node="nyc-1", target="chi-1")  # fmt: skip


def policy(mode: AutomationMode = AutomationMode.AUTOMATIC) -> AutomationPolicy:
    return AutomationPolicy(
        mode=mode, quiet_from=time(22, 0), quiet_to=time(23, 30), evidence_seconds=2.0,
        maintenance=(
            Maintenance(begin=NOW + timedelta(hours=20), end=NOW + timedelta(hours=22), by="m.keller",
                        reason="kernel update of nyc-1"),
        ),
    )  # fmt: skip


def attempts() -> tuple[Attempt, ...]:
    return (
        Attempt(id="a-7", cluster="ledger-us", at=ago(minutes=14), act=AutoAct.RESTART, node="nyc-1", target=None,
                outcome=AttemptOutcome.DONE, why=why(), ended_at=ago(minutes=13, seconds=44)),
        Attempt(id="a-6", cluster="ledger-us", at=ago(days=3), act=AutoAct.FAILOVER, node="nyc-1", target="nyc-2",
                outcome=AttemptOutcome.WRONG, why=why(), ended_at=ago(days=3)),
        Attempt(id="a-5", cluster="ledger-us", at=ago(days=9), act=AutoAct.RESTART_STANDBY, node="dal-1", target=None,
                outcome=AttemptOutcome.DONE, why=why(), ended_at=ago(days=9), acknowledged_by="m.keller"),
    )  # fmt: skip


def why_seen(*, lost: bool = True, unacknowledged: bool = True, acting: str = "") -> WhySeen:
    return WhySeen(why=why(lost=lost), policy=policy(), attempts=attempts(),
                   unacknowledged="a-7" if unacknowledged else "", acting=acting)  # fmt: skip


# Drills and duties


def drill(
    number: int, kind: DrillKind, state: DrillState, begun: datetime, *, fault: DrillFault | None = None,
    node: str | None = None, marks: tuple[DrillMark, ...] = (), by: str = "schedule", reason: str = "",
    evidence: tuple[str, ...] = (),
) -> Drill:  # fmt: skip
    return Drill(
        id=f"d-{number}", cluster="ledger-us", kind=kind, state=state, begun_at=begun, by=by, fault=fault, node=node,
        ended_at=None if state is DrillState.RUNNING else begun + timedelta(seconds=40), marks=marks, reason=reason,
        evidence=evidence,
    )  # fmt: skip


def mark(what: str, seconds: float | None, promised: float | None = None) -> DrillMark:
    return DrillMark(what=what, seconds=seconds, promised_seconds=promised)


def running() -> Drill:
    return drill(
        12, DrillKind.DETECTOR, DrillState.RUNNING, ago(seconds=9), fault=DrillFault.PROBE_CUT, node="dal-1",
        by="m.keller", marks=(mark("suspicion", 1.1), mark("verdict", 2.6, 6.0)),
        evidence=("dal-1 is cut off from here, and streams from chi-1",),
    )  # fmt: skip


def drills() -> tuple[Drill, ...]:
    decoy = (mark("suspicion", 0.31), mark("verdict", 0.44, 1.5), mark("alert", 1.2, 4.5), mark("undone", 3.4))
    late = (mark("suspicion", 0.9), mark("verdict", 2.1, 1.5), mark("alert", None, 4.5), mark("undone", 6.1))
    beat = (mark("verdict", 5.6, 7.5), mark("alert", 6.3, 10.5), mark("undone", 1.9))
    return (
        drill(11, DrillKind.DETECTOR, DrillState.PASSED, ago(hours=2), fault=DrillFault.DECOY_STOPPED, node="vault-2",
              marks=decoy, evidence=("postmaster of the throw-away server killed at 00:41:18.204",
                                     "named 'its postmaster was killed' by two looks 0.2 s apart")),
        drill(10, DrillKind.DETECTOR, DrillState.FAILED, ago(days=6), fault=DrillFault.DECOY_STOPPED, node="vault-2",
              marks=late, reason="too-late"),
        drill(9, DrillKind.SWITCHOVER, DrillState.PASSED, ago(days=12), node="nyc-2", by="a.ortiz",
              marks=(mark("gap", 0.84, 5.0), mark("gap-back", 0.71, 5.0))),
        drill(8, DrillKind.RESTORE, DrillState.PASSED, ago(days=13), by="m.keller",
              marks=(mark("restored", 18.4, 60.0), mark("proven", 4.1))),
        drill(7, DrillKind.DETECTOR, DrillState.PASSED, ago(days=13), fault=DrillFault.HEARTBEAT_HELD, node="nyc-1",
              marks=beat),
        drill(6, DrillKind.DETECTOR, DrillState.REFUSED, ago(days=20), fault=DrillFault.STREAM_CUT, node="chi-1",
              reason="would-block-commits", by="a.ortiz"),
    )  # fmt: skip


def told_drills(*, under_way: bool = False) -> Drills:
    schedule = DrillSchedule(cluster="ledger-us", every_hours=168.0, by="m.keller", since=ago(days=60))
    return Drills(drills=((running(), *drills()) if under_way else drills()), schedules=(schedule,))


EVERY_HOURS = {
    DutyKind.BACKUP: 26.0, DutyKind.VERIFY: 168.0, DutyKind.RESTORE_PROOF: 168.0, DutyKind.COPIES_COMPARED: 24.0,
    DutyKind.DETECTOR_REHEARSAL: 168.0, DutyKind.SWITCHOVER_DRILL: 2160.0, DutyKind.BOOKS_RECOMPUTED: 168.0,
    DutyKind.KEYS_VALID: 720.0, DutyKind.CERTIFICATES_VALID: 720.0,
}  # fmt: skip


def duty(kind: DutyKind, last: datetime | None, *, outcome: str = "done", **more: object) -> Duty:
    due = None if last is None else last + timedelta(hours=EVERY_HOURS[kind])
    base = {"next_at": due, "overdue": due is not None and due < NOW, "outcome": outcome if last else ""}
    return Duty(cluster="ledger-us", kind=kind, last_at=last, **{**base, **more})  # type: ignore[arg-type]


def duties(*, late: bool = True) -> DutiesSeen:
    compared = ago(days=4) if late else ago(hours=3)
    told = (
        duty(DutyKind.COPIES_COMPARED, compared, source="copies"),
        duty(DutyKind.SWITCHOVER_DRILL, ago(days=112) if late else ago(days=12), source="drills"),
        duty(DutyKind.BACKUP, ago(hours=2.3), source="jobs"),
        duty(DutyKind.VERIFY, ago(days=2), source="marks"),
        duty(DutyKind.RESTORE_PROOF, ago(hours=2), source="marks"),
        duty(DutyKind.DETECTOR_REHEARSAL, ago(hours=2), source="drills"),
        duty(DutyKind.BOOKS_RECOMPUTED, None, reason="never", source="seals"),
        Duty(cluster="ledger-us", kind=DutyKind.KEYS_VALID, last_at=NOW + timedelta(days=212),
             next_at=NOW + timedelta(days=182), overdue=False, source="ssh agent", about="id_ed25519"),
        Duty(cluster="ledger-us", kind=DutyKind.CERTIFICATES_VALID, last_at=None, next_at=None, overdue=False,
             reason="no-certificate", about="nyc-1"),
    )  # fmt: skip
    rules = tuple(("ledger-us", DutyRule(kind=kind, every_hours=hours)) for kind, hours in EVERY_HOURS.items())
    return DutiesSeen(duties=told, rules=rules)


def redundancy(*, fine: bool = False) -> Redundancy:
    findings = (
        CopyFinding(trouble=CopyTrouble.TOO_FEW_SYNC, node="nyc-1", observed=0, wanted=1,
                    source="pg_stat_replication"),
        CopyFinding(trouble=CopyTrouble.SETTING_DRIFT, node="chi-1", about="max_connections", observed="100",
                    wanted="300", source="pg_settings"),
        CopyFinding(trouble=CopyTrouble.COLLATION_DRIFT, node="dal-1", about="en_US.utf8", observed="2.36",
                    wanted="2.39", source="pg_collation"),
    )  # fmt: skip
    root = "8f1c0d5b77a04e21"
    lines = tuple(
        CopyLine(node=node, origin="us", up_to=18_204_311, blocks=18_204, blocks_differ=0, root=root)
        for node in ("nyc-1", "nyc-2", "chi-1")
    )
    late = CopyLine(node="dal-1", origin="us", up_to=None, blocks=0, blocks_differ=0, root="", reason="too-far-behind")
    return Redundancy(
        cluster="ledger-us", at=ago(days=4), copies=3 if fine else 4, proven=3,
        lines=lines if fine else (*lines, late), findings=() if fine else findings,
        not_checked=() if fine else ("hba",), seconds=38.2,
    )  # fmt: skip


# Checks


def cluster_spec() -> ClusterSpec:
    return ClusterSpec(
        name="ledger-us", environment=Environment.PRODUCTION,
        nodes=tuple(
            NodeSpec(name=name, kind=NodeKind.BACKUP if name == "vault-2" else NodeKind.POSTGRES,
                     ssh=SshTarget(host=f"{name}.ledger.example", user="dba"),
                     postgres=None if name == "vault-2" else PostgresTarget())
            for name in ("nyc-1", "nyc-2", "chi-1", "dal-1", "vault-2")
        ),
    )  # fmt: skip


SLOTS = CheckSpec(
    name="wal kept by slots", way=CheckWay.SQL, every_seconds=30.0,
    text="select max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) / 1e6 from pg_replication_slots",
    warning="500", critical="2000", uses=(CheckUse.SHOWN, CheckUse.ALERT), role="primary",
)  # fmt: skip
DISK = CheckSpec(
    name="disk", way=CheckWay.COMMAND, text="/usr/lib/nagios/plugins/check_disk -w 10% -c 5% -p /var/lib/pgsql",
    uses=(CheckUse.SHOWN, CheckUse.ALERT, CheckUse.CONDITION),
)  # fmt: skip
NTP = CheckSpec(name="chrony", way=CheckWay.COMMAND, text="/usr/lib/nagios/plugins/check_ntp_time -H localhost",
                uses=(CheckUse.SHOWN, CheckUse.EVIDENCE))  # fmt: skip
NEW = CheckSpec(name="payments queue", way=CheckWay.SQL, text="select count(*) from payments.queue", warning="1000",
                role="primary")  # fmt: skip


def _disk(node: str, used: float, state: CheckState) -> CheckReading:
    return CheckReading(
        cluster="ledger-us", check="disk", node=node, at=ago(seconds=21), state=state, status=state.value,
        text=f"DISK {state.name}: {100 - used:.0f}% free on /var/lib/pgsql", seconds=0.08,
        values=(PerfValue(label="used", value=used, unit="%", warning="90", critical="95"),),
    )  # fmt: skip


def checks(*, fine: bool = False) -> ChecksSeen:
    readings = [
        _disk("nyc-1", 61.2, CheckState.OK), _disk("nyc-2", 84.0, CheckState.OK), _disk("chi-1", 63.8, CheckState.OK),
        CheckReading(cluster="ledger-us", check="wal kept by slots", node="nyc-1", at=ago(seconds=4),
                     state=CheckState.OK if fine else CheckState.WARNING, seconds=0.01,
                     text="624 MB kept for nyc_2", values=(PerfValue(label="kept", value=624.1, unit="MB",
                                                                    warning="500", critical="2000"),)),
        CheckReading(cluster="ledger-us", check="chrony", node="nyc-1", at=ago(seconds=40), state=CheckState.OK,
                     text="Offset 0.0003 s", values=(PerfValue(label="offset", value=0.0003, unit="s"),)),
    ]  # fmt: skip
    if not fine:
        readings.append(CheckReading(cluster="ledger-us", check="disk", node="dal-1", at=ago(seconds=21), text="",
                                     state=CheckState.UNKNOWN, reason="too-long", seconds=10.0))  # fmt: skip
    return ChecksSeen(cluster="ledger-us", checks=(SLOTS, DISK, NTP, NEW), readings=tuple(readings))


def history(check: str = "disk") -> CheckHistory:
    """Three hours, one reading a minute, with a hole of nine minutes."""
    readings = []
    for minute in range(180, 0, -1):
        if 70 < minute < 80:
            continue
        for node, base in (("nyc-1", 61.0), ("nyc-2", 80.0), ("chi-1", 63.0)):
            used = base + 3 * math.sin(minute / 17) + (180 - minute) * 0.02
            readings.append(CheckReading(
                cluster="ledger-us", check=check, node=node, at=ago(minutes=minute), state=CheckState.OK, text="",
                values=(PerfValue(label="used", value=round(used, 1), unit="%", warning="90", critical="95"),),
            ))  # fmt: skip
    return CheckHistory(readings=tuple(readings))
