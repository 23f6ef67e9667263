"""The words: every value of every enum has some, figures read as a person writes them, nothing needs Qt."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum

import pytest

from console.domain.cluster import Environment, Manager, NodeKind
from console.domain.fleet import (
    Amount,
    Basis,
    EdgeKind,
    EventKind,
    Exposure,
    Figure,
    Measure,
    Quantity,
    Role,
    Unit,
)
from console.domain.reading import ControlState, Refusal, SqlState, SshState
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health, Level, Verdict
from console.link.messages import Missed, Refused
from console.ui import words
from console.ui.cause_words import allowed_text
from console.ui.node_words import behind_figure
from tests.ui import story

NOW = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)
NAMERS = [
    (Health, words.health_word), (Role, words.role_word), (Environment, words.environment_word),
    (Manager, words.manager_word), (NodeKind, words.kind_word), (EdgeKind, words.edge_word),
    (EventKind, words.event_kind_word), (Cause, words.cause_word), (Level, words.level_word),
    (Guard, words.guard_name), (Quantity, words.quantity_name), (Measure, words.measure_name),
    (SshState, words.ssh_state_word), (SqlState, words.sql_state_word), (Refusal, words.refusal_word),
    (ControlState, words.control_word),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), NAMERS, ids=[kind.__name__ for kind, _ in NAMERS])
def test_every_value_has_words(kind: type[Enum], name: object) -> None:
    assert callable(name)
    said = [name(value) for value in kind]
    assert all(text.strip() and "{" not in text for text in said)


@pytest.mark.parametrize("kind", [Cause, Health, Role, Guard, SshState, SqlState, Refusal, Level])
def test_no_two_values_of_a_kind_share_their_words(kind: type[Enum]) -> None:
    name = next(namer for known, namer in NAMERS if known is kind)
    said = [name(value) for value in kind]  # type: ignore[operator]
    assert len(set(said)) == len(said)


def test_every_unit_is_known() -> None:
    assert all(isinstance(words.unit_text(unit), str) for unit in Unit)


@pytest.mark.parametrize("cause", list(Cause), ids=lambda cause: cause.value)
@pytest.mark.parametrize("observed", [None, 0, 1, 17.5, "said by a server"])
def test_every_cause_makes_a_clause_of_any_figure(cause: Cause, observed: object) -> None:
    finding = Finding(
        cause=cause, health=Health.LOST, node="nyc-1", observed=observed, limit=10, detail="x {y}", since=NOW  # type: ignore[arg-type]
    )
    clause = words.finding_sentence(finding, now=NOW)
    assert clause
    assert not clause.endswith((".", "!"))
    assert "{node}" not in clause
    assert "{observed}" not in clause


@pytest.mark.parametrize("guard", list(Guard), ids=lambda guard: guard.value)
@pytest.mark.parametrize("observed", [None, True, 3, 2.5, "silent"])
def test_every_guard_tells_its_evidence(guard: Guard, observed: object) -> None:
    evidence = Evidence(guard=guard, observed=observed, source="lab-1: psql", at=NOW, threshold=5)  # type: ignore[arg-type]
    said = words.evidence_sentence(evidence, now=NOW)
    assert words.guard_name(guard) in said
    assert "lab-1: psql" in said
    assert "02:41:18" in said


def test_a_finding_names_who_what_and_the_limit() -> None:
    lagging = Finding(cause=Cause.LAGGING, health=Health.DEGRADED, node="nyc-2", observed=41.0, limit=10.0)
    assert words.sentence(lagging, "ledger-us", now=NOW) == "ledger-us: nyc-2 is 41 s behind (flush), limit 10 s"


def test_a_killed_postmaster_is_named_so_and_its_orphans_too() -> None:
    gone = Finding(cause=Cause.POSTMASTER_KILLED, health=Health.LOST, node="lab-1", observed=0)
    assert words.finding_sentence(gone, now=NOW).startswith("the postmaster of lab-1 was killed: no process is left")
    orphans = replace(gone, observed=3)
    assert "3 of its processes live on" in words.finding_sentence(orphans, now=NOW)


def test_a_silence_counts_on_between_two_pictures() -> None:
    silent = Finding(cause=Cause.CUT_OFF, health=Health.UNKNOWN, node="lab-3", observed=18.0)
    assert "18 s" in words.finding_sentence(silent, now=NOW)
    assert "25 s" in words.finding_sentence(silent, now=NOW, older_seconds=7.2)


def test_a_lag_does_not_count_on_because_nobody_measured_it() -> None:
    lagging = Finding(cause=Cause.LAGGING, health=Health.DEGRADED, node="nyc-2", observed=41.0, limit=10.0)
    assert "41 s" in words.finding_sentence(lagging, now=NOW, older_seconds=60)


def test_how_long_it_lasts() -> None:
    finding = Finding(cause=Cause.LAGGING, health=Health.DEGRADED, since=NOW - timedelta(minutes=5, seconds=16))
    assert words.lasting(finding, now=NOW) == "since 02:36:02, for 5 min 16 s"


def test_verdicts_of_the_story() -> None:
    us, eu, lab = story.fleet()
    assert words.cluster_sentence(us, now=NOW) == (
        "ledger-us is degraded: since 02:36 no commit waits for a standby, and nyc-2 is 41 s behind (flush), limit 10 s"
    )
    assert words.cluster_sentence(eu, now=NOW) == (
        "ledger-eu is healthy: a commit that waits is on fra-2 before it is acknowledged"
    )
    assert words.cluster_sentence(lab, now=NOW) == "ledger-lab is unknown in part: lab-3 has not answered for 18 s"
    assert words.headline((us, eu, lab)) == "1 production cluster is degraded, 1 lab cluster is unknown"


@pytest.mark.parametrize(
    ("setting", "clause"),
    [
        ('ANY 1 ("lab-2","lab-3")', "a commit that waits is on 1 of lab-2 and lab-3 before it is acknowledged"),
        ("FIRST 2 (a, b, c)", "a commit that waits is on the first 2 of a, b and c before it is acknowledged"),
        ("ANY 1 (*)", "a commit that waits is on 1 of the standbys before it is acknowledged"),
        ("(((", "a commit that waits is on a standby before it is acknowledged"),
    ],
)
def test_what_a_commit_waits_for_is_said_as_it_is_set(setting: str, clause: str) -> None:
    eu = story.ledger_eu()
    edges = tuple(replace(edge, kind=EdgeKind.SYNC) for edge in eu.edges)
    assert words.cluster_sentence(replace(eu, edges=edges, sync_names=setting), now=NOW).endswith(clause)


def test_nobody_is_in_sync_with_a_primary_that_fell_silent() -> None:
    eu = story.ledger_eu()
    assert behind_figure(eu.nodes[1], eu).whole == "in sync"
    silent = replace(eu, nodes=(replace(eu.nodes[0], silence_seconds=9.0), *eu.nodes[1:]))
    assert behind_figure(silent.nodes[1], silent).whole == "0.0 s"


def test_a_text_of_a_node_is_made_harmless() -> None:
    hostile = Finding(cause=Cause.REFUSING, health=Health.LOST, node="n", detail="\x1b[31m<b>no</b>\u202e\x00{0}")
    said = words.finding_sentence(hostile, now=NOW)
    assert all(mark not in said for mark in ("\x1b", "\u202e", "\x00"))
    assert "{0}" in said


def test_exposure_claims_no_more_than_its_basis() -> None:
    us, eu, _ = story.fleet()
    seen = words.exposure_text(us)
    assert seen.label == "If the primary died now, as last read"
    assert (seen.figure, seen.amounts) == ("120 entries lost", "USD 341,822.10 and EUR 9,640.00")
    assert seen.source == "nyc-1 to chi-1, flush position, 0.4 s old"
    sync = words.exposure_text(eu, older_seconds=1.0)
    assert (sync.figure, sync.amounts) == ("Nothing lost", "of commits that wait")
    assert sync.source.endswith("1.6 s old")
    none_seen = replace(us, exposure=replace(us.exposure, entries=0, amounts=()))
    assert words.exposure_text(none_seen).figure == "No loss seen"


@pytest.mark.parametrize("reason", ["no-primary", "no-candidate", "no-books", "stale", "of another version"])
def test_an_unknown_exposure_says_why_and_gives_no_figure(reason: str) -> None:
    unknown = Exposure(
        basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None, reason=reason
    )
    text = words.exposure_text(replace(story.ledger_us(), exposure=unknown))
    assert text.figure == "Not known"
    assert text.then
    assert not text.amounts


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.04, "0.0 s"),
     (0.42, "0.4 s"), (3.14, "3.1 s"), (9.96, "10 s"), (41.9, "42 s"), (59.99, "59 s"), (402, "6 min 42 s"),
     (8040, "2 h 14 min"), (273_600, "3 d 4 h"), (-1, "0.0 s"), (float("nan"), "—")],
)  # fmt: skip
def test_durations(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (62_400_000, "62.4 MB"), (812_000_000_000, "812 GB"),
     (1_900_000_000_000, "1.9 TB"), (999_960_000, "1.0 GB")],
)  # fmt: skip
def test_sizes(size: int, said: str) -> None:
    assert words.bytes_text(size) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(Amount(currency="USD", scale=2, units=24_731_040), "USD 247,310.40"),
     (Amount(currency="JPY", scale=0, units=1_200), "JPY 1,200"),
     (Amount(currency="BHD", scale=3, units=-5), "BHD -0.005")],
)  # fmt: skip
def test_amounts_are_exact(value: Amount, said: str) -> None:
    assert words.amount(value) == said


def test_round_trips() -> None:
    said = [words.round_trip(seconds) for seconds in (None, 0.0012, 0.038, 0.9999, 2.5)]
    assert said == ["—", "1.2 ms", "38 ms", "1.0 s", "2.5 s"]


def test_times_carry_the_date_when_they_are_not_of_today() -> None:
    assert words.moment(NOW - timedelta(minutes=5), NOW) == "02:36:18"
    assert words.moment(NOW - timedelta(hours=3), NOW, seconds=False) == "16 Mar 23:41"
    assert words.moment(NOW - timedelta(days=400), NOW).startswith("10 Feb 2025")
    assert words.wall_clock(NOW) == "Tue 17 Mar 2026, 02:41:18 UTC"


def test_identifiers_are_no_quantities() -> None:
    figure = Figure(quantity=Quantity.TIMELINE, value=1234, unit=Unit.NONE, node="n", source="s", at=NOW)
    assert words.figure_text(figure, NOW) == "1234"
    trip = replace(figure, quantity=Quantity.ROUND_TRIP, value=0.0012, unit=Unit.SECONDS)
    assert words.figure_text(trip, NOW) == "1.2 ms"
    missing = replace(figure, value=None, unit=Unit.SECONDS, quantity=Quantity.ROUND_TRIP)
    assert words.figure_text(missing, NOW) == "—"


@pytest.mark.parametrize("reason", ["engine-lost", "engine-error", "other-version", "exists", "a-new-reason"])
def test_a_refusal_says_that_nothing_was_changed(reason: str) -> None:
    said = words.refused_sentence(Refused(reason=reason, subject="ledger-us", detail="the far side's words."))
    assert said.endswith("Nothing was changed.")
    assert "the far side's words" in said


def test_a_missed_host_says_why() -> None:
    said = words.missed_sentence(Missed(host="nyc-2", reason="silent", detail=""))
    assert said == "nyc-2: nothing came back from its SSH port within the limit"


def test_another_language_is_spoken_everywhere() -> None:
    try:
        words.speak_with(lambda _context, text: f"«{text}»")
        assert words.role_word(Role.PRIMARY) == "«primary»"
        assert words.duration(41) == "«41 s»"
    finally:
        words.speak_with(lambda _context, text: text)


def test_a_verdict_without_findings_is_still_a_sentence() -> None:
    bare = replace(story.ledger_us(), verdict=Verdict(health=Health.UNKNOWN), nodes=(), edges=())
    assert words.cluster_sentence(bare, now=NOW).startswith("ledger-us is unknown")


def test_the_words_need_no_qt() -> None:
    code = "import sys, console.ui.words; print([m for m in sys.modules if m.startswith('PySide6')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("level", [None, *Level])
def test_every_level_says_what_it_allows(level: Level | None) -> None:
    said = allowed_text(level)
    assert ("failover" in said) == (level in (Level.HARD, Level.WITNESSED, Level.HUNG))
    assert ("restart" in said) == (level is Level.HARD)
