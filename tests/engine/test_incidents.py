"""Incidents on a real store: what begins and ends them, time lines, pictures, limits, a killed engine, reports."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.alerting import AlertSource, Sign
from console.domain.automation import AutoAct, AutoGuard, AutomationMode, GuardRow, Why
from console.domain.incident import IncidentLine, LineKind, gap_seconds
from console.domain.plan import Loss, LossBasis
from console.domain.run import RunState
from console.domain.verdict import Cause, Health
from console.engine import incident_scene, incidents
from console.engine.incidents import QUIET_SECONDS
from console.link.messages import Done
from console.link.watching import (
    AckAlert,
    AskAlerts,
    AskFrame,
    AskIncident,
    AskIncidents,
    FrameSeen,
    IncidentReported,
    Incidents,
    IncidentSeen,
    ReportIncident,
)
from tests.alarmed import NOON, Theatre, finding, theatre
from tests.governance.a_run import a_run

KILLED = finding(Cause.POSTMASTER_KILLED, Health.LOST, "nyc-1")
LAGS = finding(Cause.LAGGING, Health.DEGRADED, "nyc-2")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Theatre]:
    with theatre(tmp_path / "home") as it:
        it.pass_by(10)
        yield it


def test_two_stretches_without_a_primary_are_added_up_and_what_lies_between_is_not(scene: Theatre) -> None:
    scene.pass_by(5, KILLED, primary=None)
    scene.pass_by(20, KILLED, primary="nyc-2")
    scene.pass_by(3, KILLED, primary=None)
    scene.pass_by(1, primary="nyc-2")
    incident = scene.incident()
    assert incident is not None and len(incident.gaps) == 2
    assert gap_seconds(incident) == pytest.approx(8.0, abs=2.0)


def why(_: str) -> Why:
    row = GuardRow(guard=AutoGuard.MODE, holds=False, observed="off", threshold="automatic", source="policy", at=NOON)
    return Why(
        cluster="us", at=NOON, mode=AutomationMode.OFF, act=AutoAct.FAILOVER, would_act=False, rows=(row,), node="nyc-1"
    )


def test_a_lost_primary_makes_an_incident_with_what_came_before_and_it_ends_with_a_report(scene: Theatre) -> None:
    scene.stage.ground.board.why = why
    scene.pass_by(10)
    scene.pass_by(4, KILLED, primary=None)
    incident = scene.incident()
    assert incident is not None
    assert (incident.word, incident.node, incident.health) == ("postmaster-killed", "nyc-1", "lost")
    assert incident.writable_again_at is None
    assert isinstance(scene.stage.told["incidents"], Incidents)
    alert = scene.ask(AskAlerts()).alerts[0]
    assert alert.incident == incident.id
    assert scene.ask(AckAlert(alert=alert.id, note="looking")) == Done()
    scene.desk.line(
        IncidentLine(at=scene.stage.now.utc, cluster="us", kind=LineKind.FAULT, word="kill", node="nyc-1")
    )
    scene.pass_by(3, KILLED, primary=None)
    scene.pass_by(1, primary="nyc-2")
    again = scene.stage.now.utc
    scene.pass_by(QUIET_SECONDS + 10, primary="nyc-2")
    ended = scene.incident()
    assert ended is not None
    assert ended.ended_at is not None
    assert ended.writable_again_at == again
    assert [end for _, end in ended.gaps] == [again]
    assert gap_seconds(ended) == pytest.approx(7.0, abs=1.0)
    said = [(line.kind.value, line.word) for line in scene.lines()]
    for line in (("verdict", "postmaster-killed"), ("evidence", "processes"), ("alert", "postmaster-killed"),
                 ("action", "postmaster-killed"), ("fault", "kill"), ("verdict", "healthy"),
                 ("verdict", "primary-seen")):  # fmt: skip
        assert line in said
    assert scene.stage.told["incidents"] == Incidents(incidents=())
    page = Path(ended.report)
    report = json.loads((page.parent / "report.json").read_text())
    assert report["incident"]["id"] == ended.id
    assert any(frame["why"]["mode"] == "off" for frame in report["frames"])
    assert "postmaster was killed" in page.read_text()
    assert page.stat().st_mode & 0o077 == 0


def test_the_seconds_of_an_incident_can_be_asked_for_one_by_one(scene: Theatre) -> None:
    scene.stage.ground.board.why = why
    scene.pass_by(10)
    scene.pass_by(10, KILLED, primary=None)
    incident = scene.incident()
    assert incident is not None
    seen: IncidentSeen = scene.ask(AskIncident(incident=incident.id[:12]))
    assert len(seen.frames) >= 20
    assert seen.frames[0] < incident.begun_at.timestamp()
    healths, guards = [], 0
    for moment in seen.frames:
        frame: FrameSeen = scene.ask(AskFrame(incident=incident.id, seconds=moment))
        assert frame.frame.at.timestamp() == moment
        guards += frame.frame.why is not None
        healths.append(frame.frame.view.verdict.health)
    assert guards == 20  # those of the last twenty seconds; before, nothing judged any
    assert healths == [Health.HEALTHY] * (len(healths) - 10) + [Health.LOST] * 10
    between: FrameSeen = scene.ask(AskFrame(incident=incident.id, seconds=seen.frames[3] + 0.4))
    assert between.frame.at.timestamp() == seen.frames[3]
    for wrong in (0.0, -1e300, 1e300):
        assert scene.ask(AskFrame(incident=incident.id, seconds=wrong)).reason == "no-frame" or wrong > 0


def test_degraded_is_an_incident_only_when_it_lasts_and_a_duty_never_is(scene: Theatre) -> None:
    scene.stage.signs = (
        Sign(cluster="us", node=None, source=AlertSource.DUTY, word="overdue", health=Health.DEGRADED, about="backup"),
    )
    scene.pass_by(20, LAGS)
    assert scene.incident() is None
    scene.pass_by(15, LAGS)
    incident = scene.incident()
    assert incident is not None
    assert incident.word == "lagging"
    assert incident.writable_again_at is None  # it was writable all the time
    scene.pass_by(QUIET_SECONDS + 10)  # the duty is overdue for weeks: it holds no incident open
    ended = scene.incident()
    assert ended is not None
    assert ended.ended_at is not None
    assert len(ended.alerts) == 1


def test_an_incident_is_named_by_its_gravest_alert_and_ends_with_the_last(scene: Theatre) -> None:
    blocked = finding(Cause.SYNC_BLOCKED, Health.LOST)
    scene.pass_by(2, blocked)
    scene.pass_by(3, blocked, KILLED, primary=None)
    incident = scene.incident()
    assert incident is not None
    assert incident.word == "postmaster-killed"
    assert len(incident.alerts) == 2
    scene.pass_by(QUIET_SECONDS + 10, blocked, primary="nyc-2")
    assert scene.incident() is not None
    assert scene.incident().ended_at is None  # type: ignore[union-attr]
    scene.pass_by(QUIET_SECONDS + 10, primary="nyc-2")
    assert scene.incident().ended_at is not None  # type: ignore[union-attr]


def test_a_run_and_what_it_lost_stand_in_the_incident_and_hold_it_open(scene: Theatre) -> None:
    scene.pass_by(3, KILLED, primary=None)
    run = a_run()
    run = replace(run, plan=replace(run.plan, cluster="us"), state=RunState.RUNNING, ended_at=None)
    scene.desk.run_told(run)
    scene.pass_by(QUIET_SECONDS + 20)
    incident = scene.incident()
    assert incident is not None
    assert incident.runs == (run.id,)
    assert incident.ended_at is None
    lost = Loss(candidate="nyc-2", basis=LossBasis.EXACT, entries_low=3, entries_high=3)
    scene.desk.run_told(replace(run, state=RunState.DONE, loss=lost))
    scene.pass_by(QUIET_SECONDS + 5)
    ended = scene.incident()
    assert ended is not None
    assert ended.ended_at is not None
    assert ended.entries_lost == 3
    lines = [line for line in scene.lines() if line.kind is LineKind.RUN]
    assert {line.word for line in lines} >= {"running", "done"}
    assert all(line.run == run.id for line in lines)


def test_an_engine_killed_in_the_middle_of_an_incident_goes_on_with_it(tmp_path: Path) -> None:
    with theatre(tmp_path / "home") as it:
        it.pass_by(10)
        it.pass_by(5, KILLED, primary=None)
        before = it.incident()
        evidence = sum(line.kind is LineKind.EVIDENCE for line in it.lines())
    assert before is not None
    with theatre(tmp_path / "home", seconds=40.0) as it:
        it.pass_by(10, KILLED, primary=None)
        after = it.incident()
        assert after is not None
        assert (after.id, after.ended_at, after.alerts) == (before.id, None, before.alerts)
        lines = it.lines()
        assert sum(line.kind is LineKind.EVIDENCE for line in lines) == evidence  # nothing is told twice
        assert [line.word for line in lines].count("engine-took-it-up") == 1
        it.pass_by(QUIET_SECONDS + 10, primary="nyc-2")
        ended = it.incident()
        assert ended is not None
        assert (ended.id, bool(ended.report)) == (before.id, True)
        assert ended.writable_again_at is not None
        assert len(it.ask(AskIncidents()).incidents) == 1


def test_lines_and_pictures_have_limits_and_what_is_left_out_is_counted(
    scene: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incident_scene, "LINES_MAX", 40)
    monkeypatch.setattr(incident_scene, "DENSE_FRAMES", 30)
    monkeypatch.setattr(incident_scene, "FRAMES_MAX", 35)
    scene.pass_by(2, KILLED, primary=None)
    for number in range(100):
        scene.desk.line(
            IncidentLine(at=scene.stage.now.utc, cluster="us", kind=LineKind.BACKUP, word=f"word-{number}")
        )
    scene.pass_by(120, KILLED, primary=None)
    incident = scene.incident()
    assert incident is not None
    seen: IncidentSeen = scene.ask(AskIncident(incident=incident.id))
    assert len(seen.lines) == incident.lines == 40
    assert incident.lines_left_out > 50
    assert len(seen.frames) == 35
    assert incident.frames_left_out > 80
    assert seen.frames[-1] - seen.frames[-2] >= 10.0  # the later ones are thin


def test_the_bytes_of_pictures_have_a_limit_too(scene: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incident_scene, "FRAME_BYTES_MAX", 20_000)
    scene.pass_by(60, KILLED, primary=None)
    incident = scene.incident()
    assert incident is not None
    seen: IncidentSeen = scene.ask(AskIncident(incident=incident.id))
    assert 3 < len(seen.frames) < 30
    assert incident.frames_left_out > 20


def test_a_drill_is_called_one(scene: Theatre) -> None:
    scene.stage.ground.board.drilling = lambda cluster: cluster == "us"
    scene.pass_by(2, KILLED)
    incident = scene.incident()
    assert incident is not None
    assert incident.drill


def test_a_report_is_made_anew_and_its_digest_stands_in_the_audit_log(scene: Theatre) -> None:
    scene.pass_by(3, KILLED)
    incident = scene.incident()
    assert incident is not None
    made: IncidentReported = scene.ask(ReportIncident(incident=incident.id))
    assert Path(made.path).is_file()
    entries = list(scene.stage.ground.audit._entries.stream())
    assert ("sha256", made.digest) in entries[-1].detail
    assert (entries[-1].who, entries[-1].subject) == ("keller", f"incident-report {incident.id}")
    assert scene.incident().report == made.path  # type: ignore[union-attr]
    assert scene.ask(ReportIncident(incident="nothing")).reason == "no-incident"
    assert scene.ask(AskIncident(incident="")).reason == "no-incident"


@pytest.mark.allows_warnings
def test_a_report_that_can_t_be_written_changes_nothing(scene: Theatre) -> None:
    scene.pass_by(3, KILLED)
    incident = scene.incident()
    assert incident is not None
    scene.stage.home.reports.write_text("in the way")
    assert scene.ask(ReportIncident(incident=incident.id)).reason == "report-not-written"
    assert scene.incident() == incident


def test_hostile_words_stay_words_in_a_report(scene: Theatre) -> None:
    scene.pass_by(2, replace(KILLED, detail="<script>alert(1)</script> password=s3cr3t-of-a-node"))
    scene.desk.line(
        IncidentLine(at=scene.stage.now.utc, cluster="us", kind=LineKind.ACTION, word="<b>x</b>", who="<i>",
                     detail=(("password", "s3cr3t-of-a-node"),))
    )  # fmt: skip
    scene.pass_by(2, KILLED)
    incident = scene.incident()
    assert incident is not None
    made: IncidentReported = scene.ask(ReportIncident(incident=incident.id))
    page = Path(made.path)
    text, values = page.read_text(), (page.parent / "report.json").read_text()
    assert "<script>" not in text
    assert "<b>x" not in text
    assert "s3cr3t" not in text
    assert "s3cr3t" not in values


def test_what_a_person_decides_about_the_cluster_stands_on_the_time_line(scene: Theatre) -> None:
    scene.pass_by(2, KILLED)
    kind = incidents.AuditKind.DECISION
    scene.stage.ground.audit.note(kind, who="olga", cluster="us", subject="start-run", detail=(("plan", "p1"),))
    scene.pass_by(1, KILLED)
    line = next(one for one in scene.lines() if one.word == "start-run")
    assert (line.kind, line.who, line.detail) == (LineKind.ACTION, "olga", (("plan", "p1"),))


def test_a_time_line_is_sent_in_pages_and_what_lies_before_is_counted(
    scene: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.pass_by(2, KILLED, primary=None)
    for number in range(30):
        scene.desk.line(
            IncidentLine(at=scene.stage.now.utc, cluster="us", kind=LineKind.BACKUP, word=f"word-{number}")
        )
    scene.pass_by(2, KILLED, primary=None)
    incident = scene.incident()
    assert incident is not None
    whole: IncidentSeen = scene.ask(AskIncident(incident=incident.id))
    assert whole.older == 0 and len(whole.lines) == incident.lines
    monkeypatch.setattr(incident_scene, "SENT_LINES_MAX", 10)
    page: IncidentSeen = scene.ask(AskIncident(incident=incident.id))
    assert (len(page.lines), page.older) == (10, incident.lines - 10)
    lines = page.lines
    while page.older:
        page = scene.ask(AskIncident(incident=incident.id, before=page.older))
        lines = (*page.lines, *lines)
    assert lines == whole.lines
    monkeypatch.setattr(incident_scene, "SENT_BYTES_MAX", 1)
    assert len(scene.ask(AskIncident(incident=incident.id)).lines) == 1, "a page is never empty"


def test_nothing_is_remembered_of_a_cluster_that_there_is_not(scene: Theatre) -> None:
    for number in range(50):
        scene.desk.line(
            IncidentLine(at=scene.stage.now.utc, cluster=f"x-{number}", kind=LineKind.FAULT, word="word")
        )
    scene.pass_by(1)
    assert set(scene.desk._scenes) == {"us"}
