"""Alerts, ways out and incidents in words: each word has a sentence, and none shows its seams."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.alerting import (
    Alert,
    AlertChange,
    AlertSource,
    AlertState,
    Sign,
    Silence,
    WayKind,
    WayOut,
    WayState,
)
from console.domain.incident import Incident, IncidentLine, LineKind
from console.domain.verdict import Cause, Guard, Health
from console.governance.alert_text import Notice, subject_of, text_of
from console.link.messages import Refused
from console.link.watching import WayTried
from console.ui import alert_words, incident_words
from console.ui.alert_refused import ALERT_REFUSED
from console.ui.sentences import refused_sentence

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)
SIGN = Sign(
    cluster="us", node="nyc-2", source=AlertSource.VERDICT, word="lagging", health=Health.DEGRADED, observed=41.0,
    limit=10.0,
)  # fmt: skip
ALERT = Alert(id="a1", sign=SIGN, state=AlertState.OPEN, begun_at=NOON, worst=Health.DEGRADED)


def whole(text: str) -> str:
    """The text itself, if nothing in it is left to be filled in."""
    assert text
    assert not re.search(r"[{}]|None|\bTrue\b", text), text
    assert "  " not in text
    return text


def test_a_verdict_s_alert_speaks_as_its_finding_does() -> None:
    assert alert_words.alert_sentence(ALERT) == "us: nyc-2 is 41 s behind (flush), limit 10 s"
    flapping = replace(ALERT, flapping=True, changes=7)
    assert alert_words.alert_sentence(flapping).endswith(", comes and goes (7 times)")


@pytest.mark.parametrize("source", AlertSource)
@pytest.mark.parametrize("node", [None, "nyc-1"])
def test_every_word_of_every_part_has_a_sentence(source: AlertSource, node: str | None) -> None:
    words = [*(cause.value for cause in Cause), *alert_words._CLAUSES, "a-word-nobody-knows"]
    for word in words:
        bare = Sign(cluster="us", node=node, source=source, word=word, health=Health.LOST)
        for sign in (bare, replace(bare, observed=3, limit=1.5, detail="why-so", about="disk")):
            said = whole(alert_words.alert_sentence(replace(ALERT, sign=sign)))
            assert node is None or source is AlertSource.VERDICT or node in said
            alert = replace(ALERT, sign=sign)
            whole(subject_of(Notice(alert=alert, change=AlertChange.OPENED, at=NOON, console="d", version="1")))


@pytest.mark.parametrize("change", AlertChange)
def test_a_message_says_all_of_it(change: AlertChange) -> None:
    alert = replace(ALERT, ended_at=NOON + timedelta(minutes=1), incident="i1")
    text = text_of(Notice(alert=alert, change=change, at=NOON, console="desk", version="1", drill=True))
    for row in ("us", "nyc-2", "41.0", "10.0", "2026-03-17 12:00:00 UTC", "desk", "a1", "i1", "A drill runs"):
        assert row in text


def test_states_and_times() -> None:
    assert alert_words.state_word(ALERT) == "open"
    assert alert_words.state_word(replace(ALERT, silenced=True)) == "open, silenced"
    later = NOON + timedelta(minutes=5)
    taken = replace(ALERT, state=AlertState.ACKNOWLEDGED, acknowledged_by="keller", note="on it")
    assert alert_words.since_sentence(taken, later) == "since 12:00:00, for 5 min 0 s, taken by keller: on it"
    over = replace(ALERT, state=AlertState.OVER, ended_at=later)
    assert alert_words.since_sentence(over, later) == "from 12:00:00 to 12:05:00, 5 min 0 s"


def test_a_silence_says_what_it_covers_until_when_by_whom_and_why() -> None:
    silence = Silence(id="s", cluster="us", node="nyc-2", word="lagging", by="keller", reason="maintenance",
                      begun_at=NOON, until=NOON + timedelta(hours=2))  # fmt: skip
    assert alert_words.silence_sentence(silence) == (
        "Silenced until 14:00 by keller: us, nyc-2, 'lagging'. Reason: maintenance"
    )
    everything = replace(silence, cluster="", node="", word="", reason="")
    assert alert_words.silence_sentence(everything).endswith(": every alert of every cluster")


def test_ways_say_how_they_fare() -> None:
    never = WayState(name="mail", delivered_at=None)
    assert alert_words.way_sentence(never) == "mail has delivered nothing yet"
    assert alert_words.way_sentence(replace(never, delivered_at=NOON)) == "mail last delivered at 12:00:00"
    failed = replace(never, failed_at=NOON, reason="login-refused: 535 no", waiting=2, dropped=1)
    assert alert_words.way_sentence(failed) == (
        "mail could not deliver at 12:00:00: the login was refused (535 no), 2 wait, 1 was given up"
    )
    for kind in WayKind:
        whole(alert_words.way_title(WayOut(name="w", kind=kind, target="x")))
    for reason in (*alert_words._REASONS, "a-word-nobody-knows"):
        tried = WayTried(name="mail", delivered=False, seconds=1.5, reason=reason, detail="so it said")
        assert "so it said" in whole(alert_words.tried_sentence(tried))
    assert alert_words.tried_sentence(WayTried(name="mail", delivered=True, seconds=0.4)) == (
        "mail: the test was delivered in 0.4 s"
    )


@pytest.mark.parametrize("reason", ALERT_REFUSED)
def test_refusals_are_sentences(reason: str) -> None:
    said = whole(refused_sentence(Refused(reason=reason, subject="mail", detail="")))
    assert said.endswith("Nothing was changed.")
    assert "refused (" not in said


INCIDENT = Incident(id="i", cluster="us", begun_at=NOON, word="postmaster-killed", node="nyc-1", health="lost",
                    alerts=("a",))  # fmt: skip


def test_an_incident_has_a_title_and_says_what_it_cost() -> None:
    assert incident_words.incident_title(INCIDENT) == "us: postmaster killed on nyc-1"
    assert incident_words.incident_title(replace(INCIDENT, drill=True)).endswith(" (drill)")
    later = NOON + timedelta(minutes=5)
    assert incident_words.incident_sentence(INCIDENT, later) == "since 12:00:00, goes on for 5 min 0 s, 1 alert"
    ended = replace(INCIDENT, ended_at=later, writable_again_at=NOON + timedelta(seconds=8), entries_lost=3,
                    runs=("r",))  # fmt: skip
    assert incident_words.incident_sentence(ended, later) == (
        "from 12:00:00 to 12:05:00, 5 min 0 s, 8.0 s without a primary, 3 entries lost, 1 alert, 1 run"
    )
    assert incident_words.left_out_sentence(INCIDENT) == ""
    whole(incident_words.left_out_sentence(replace(INCIDENT, lines_left_out=3, frames_left_out=1_200)))


@pytest.mark.parametrize("kind", LineKind)
def test_every_line_has_a_sentence(kind: LineKind) -> None:
    whole(incident_words.line_kind_word(kind))
    words = [*(cause.value for cause in Cause), *(guard.value for guard in Guard), "healthy", "running", "unheard-of"]
    details = [(), (("change", "opened"), ("alert", "a1")), (("change", "acknowledged"), ("note", "on it")),
               (("operation", "failover"), ("step", "promote:nyc-2")), (("observed", "0"), ("threshold", "1"),
               ("source", "nyc-1: ls {proc}"))]  # fmt: skip
    for word in words:
        for detail in details:
            line = IncidentLine(at=NOON, cluster="us", kind=kind, word=word, node="nyc-1", health="lost", who="olga",
                                detail=detail)  # fmt: skip
            said = incident_words.line_sentence(line)
            assert said
            assert "{what}" not in said
            assert "{text}" not in said


def test_lines_read_as_a_story() -> None:
    def said(kind: LineKind, word: str, **more: object) -> str:
        return incident_words.line_sentence(
            IncidentLine(at=NOON, cluster="us", kind=kind, word=word, **more)  # type: ignore[arg-type]
        )

    killed = {"node": "nyc-1", "health": "lost"}
    assert said(LineKind.VERDICT, "postmaster-killed", **killed) == "nyc-1: postmaster killed (lost)"
    assert said(LineKind.VERDICT, "lagging", node="nyc-2", health="over") == "nyc-2: behind is over"
    assert said(LineKind.VERDICT, "healthy", health="healthy") == "all is well again"
    row = (("observed", "0"), ("threshold", "1"), ("source", "nyc-1: ls /proc"))
    assert said(LineKind.EVIDENCE, "processes", node="nyc-1", detail=row) == (
        "Processes on the data directory: 0, against 1 (nyc-1: ls /proc)"
    )
    assert said(LineKind.ALERT, "lagging", node="nyc-2", detail=(("change", "opened"), ("alert", "a1"))) == (
        "alert opened: behind on nyc-2"
    )
    taken = (("change", "acknowledged"), ("alert", "a1"), ("note", "on it"))
    assert said(LineKind.ACTION, "lagging", node="nyc-2", who="olga", detail=taken) == (
        "olga took the alert behind on nyc-2: on it"
    )
    step = (("operation", "failover"), ("step", "promote"))
    assert said(LineKind.RUN, "done", who="olga", detail=step) == "olga: failover, step promote: done"
    assert said(LineKind.FAULT, "kill", node="nyc-1") == "fault made on purpose: kill on nyc-1"
