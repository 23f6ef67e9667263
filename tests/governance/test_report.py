"""The report of a run: every section from values, nothing hostile gets through, no secret is written, whole or not."""

import hashlib
import json
import re
import stat
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from console.domain.cluster import Environment, Manager, NodeKind, Promises
from console.domain.fleet import Basis, ClusterView, Exposure, NodeView, Role
from console.domain.plan import Act, Claim, Difference, LossBasis, Operation, Proof, Verb
from console.domain.recommendation import Seeing, Situation, Way
from console.domain.run import Asks, Choice, Mode, Outage, Question, RunState
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health, Level, Verdict
from console.governance import report as reports
from console.governance import report_words
from console.governance.report import Approval, LeftOn, Report, ReportNotWritten, write_report, written_form
from console.governance.report_html import html_of
from console.governance.report_picture import MARKS_MAX, outage_picture, widest_gap
from console.governance.report_values import measured_of
from console.governance.report_words import ENGLISH, act_phrase, claim_phrase
from tests.governance.a_run import AT, a_loss, a_plan, a_run, an_outage

SECRET = "hunter2x-planted"
HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\"' onload=x &amp; ${x}"


def a_view(**changed: Any) -> ClusterView:
    dead = Finding(
        cause=Cause.POSTMASTER_KILLED, health=Health.LOST, node="nyc-1", level=Level.HARD,
        evidence=(Evidence(guard=Guard.PROCESSES, observed=0, threshold=1, source="nyc-1: ls /proc", at=AT),),
    )  # fmt: skip
    nodes = (
        NodeView(name="nyc-1", kind=NodeKind.POSTGRES, role=Role.PRIMARY, host="h1", silence_seconds=12.0,
                 verdict=Verdict(health=Health.LOST, findings=(dead,)), timeline=7, head_number=88_124_392),
        NodeView(name="chi-1", kind=NodeKind.POSTGRES, role=Role.STANDBY, host="h2",
                 verdict=Verdict(health=Health.HEALTHY)),
    )  # fmt: skip
    view = ClusterView(
        name="ledger-us", environment=Environment.PRODUCTION, manager=Manager.NONE, at=AT, serial=1,
        verdict=Verdict(health=Health.LOST, findings=(dead,)), nodes=nodes, edges=(), primary="nyc-1",
        exposure=Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None),
    )  # fmt: skip
    return replace(view, **changed)


def a_report(**changed: Any) -> Report:
    situation = Situation(
        cluster="ledger-us", at=AT, primary="nyc-1", primary_lost=True, level=Level.HARD, candidates=(), options=(),
        seeing=(Seeing(asker="chi-1", answerer="nyc-1", state="silent", seconds=12.0, source="pg_stat_wal_receiver"),),
        recommended=Way.FAILOVER,
    )  # fmt: skip
    report = Report(
        version="0.1", written_at=AT + timedelta(minutes=1), run=a_run(), engine="/var/console", situation=situation,
        before=a_view(), after=a_view(at=AT + timedelta(seconds=9)),
        promises=Promises(rto_seconds_max=900.0, rpo_entries_max=150),
        approvals=(Approval(person="a.okafor", at=AT, how="ssh-signature", loss_entries_max=150, key="SHA256:abc"),),
        loss_end=a_loss(basis=LossBasis.EXACT, entries_low=91, entries_high=91),
        left_on_nodes=(LeftOn(node="chi-1", kind="rescued-wal", where="/data/rescue", why="evidence"),),
    )  # fmt: skip
    return replace(report, **changed)


def html(report: Report) -> str:
    return html_of(written_form(report), ENGLISH, json_sha256="0" * 64)


class _Read(HTMLParser):
    """Every element's name, every attribute, and the text of each section by its anchor."""

    VOID = frozenset({"meta", "rect", "line", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.open: list[str] = []
        self.sections: dict[str, str] = {}
        self._section = ""
        self.feed(page)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "section":
            self._section = dict(attrs)["id"] or ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.sections[self._section] = self.sections.get(self._section, "") + data


def test_every_section_tells_what_the_values_say() -> None:
    read = _Read(html(a_report()))
    told = {
        "left-to-do": ["Bring nyc-1 back as a standby", "Make a fresh backup on the new timeline"],
        "objectives": ["at most 15 min 0 s", "4.10 s", "kept", "91 entries", "at most 150 entries", "the loss at: end"],
        "outage": ["4,100 ms", "Acknowledged", "40", "38", "no write for 4.10 s"],
        "loss": ["87 to 122 entries lost", "87 to 110", "91 entries lost, exactly", "USD 247,310.40 and JPY 1,240,000",
                 "1.40 s unseen", "local commits", "at most 150 entries"],
        "books": ["entries balance", "proven", "entries 1 to 88,124,392 on chi-1", "not checked", "no kept balances"],
        "seen": ["postmaster killed", "nyc-1: ls /proc", "lost", "silent", "pg_stat_wal_receiver", "failover", "hard",
                 "not eligible", "replay paused", "5A/33000000"],
        "decisions": ["m.keller", "started it", "a.okafor", "ssh signature", "SHA256:abc", "accept-loss",
                      "the bank is closed", "loss-above"],
        "plan": [a_plan().digest, "p-17", "promote:chi-1", "version", "180006"],
        "checks": ["warn", "disk", "9,000,000,000", "20,000,000,000", "system identifier"],
        "steps": ["Fence nyc-1 on its host", "Point of no return, passed 2026-03-17 02:57:03", "0.90 s", "done",
                  "seen of promote:chi-1"],
        "commands": ["touch standby.signal", "    kill -9", "0.412 s", "server promoted", "pg_ctl promote -D data",
                     "guard"],
        "left-on-nodes": ["chi-1", "rescued wal", "/data/rescue", "evidence"],
        "facts": ["rescued_entries", "3"],
        "journal": ["fence:nyc-1", "no process, nothing answers", "answered"],
    }  # fmt: skip
    for name, texts in told.items():
        for text in texts:
            assert text in read.sections[name], f"{name} lacks {text!r}"
    head = read.sections[""]
    for text in ("Failover of ledger-us from nyc-1 to chi-1", "Done, and its outcome is proven", "2 checks proven"):
        assert text in head


def test_a_run_without_anything_says_what_was_not_done_and_never_that_it_passed() -> None:
    bare = a_run(
        plan=a_plan(checks=(), candidates=(), loss=None, inputs=()), books=(), outage=None, loss=None, left_to_do=(),
        facts=(), log=(), approved_by="", question=Question(asks=Asks.STOPPED, step="gate", node=None, observed=None,
                                                            threshold=None, choices=(Choice.GO_ON,)),
        state=RunState.ASKING,
    )  # fmt: skip
    read = _Read(html(Report(version="0.1", written_at=AT, run=bare)))
    assert "a person must decide" in read.sections[""]
    assert "not checked" in read.sections[""]
    assert "Not measured" in read.sections["outage"]
    assert "not recomputed" in read.sections["loss"]
    assert "not checked in this run" in read.sections["books"]
    assert "nothing promised" in read.sections["objectives"]
    assert "Nothing is known of this" in read.sections["seen"]
    assert "A person stopped it, step gate" in read.sections["decisions"]
    assert "was not handed" in read.sections["journal"]
    assert "proven" not in read.sections["books"]


def test_a_rehearsal_says_that_it_promises_nothing() -> None:
    sections = _Read(html(a_report(run=a_run(mode=Mode.REHEARSAL)))).sections
    head = sections[""]
    assert sections["steps"].count("looked at") == 8
    assert "done" not in sections["steps"]
    assert "Rehearsal: failover" in head
    assert "nothing is promised" in head


def test_differences_are_shown_side_by_side() -> None:
    changed = (Difference(name="timeline", planned="7", now="8"),)
    assert "timeline78" in re.sub(r"\s", "", _Read(html(a_report(run=a_run(differences=changed)))).sections["plan"])


def hostile_run() -> Any:
    plan = a_plan()
    step = replace(plan.steps[1], about=(("node", HOSTILE),), acts=(replace(plan.steps[1].acts[0], script=HOSTILE),))
    plan = replace(plan, cluster=HOSTILE, made_by=HOSTILE, subject=HOSTILE, steps=(step, *plan.steps[2:]),
                   inputs=((HOSTILE, HOSTILE),), candidates=tuple(
                       replace(one, node=HOSTILE, reasons=(HOSTILE,), position=HOSTILE) for one in plan.candidates),
                   checks=tuple(replace(one, check=HOSTILE, node=HOSTILE, observed=HOSTILE, source=HOSTILE)
                                for one in plan.checks))  # fmt: skip
    run = a_run(plan=plan)
    return replace(
        run, person=HOSTILE, facts=((HOSTILE, HOSTILE),), left_to_do=(HOSTILE,), approved_by=HOSTILE,
        steps=tuple(replace(one, observed=HOSTILE, output=(HOSTILE, HOSTILE)) for one in run.steps),
        books=tuple(replace(one, check=HOSTILE, scope=HOSTILE, detail=HOSTILE) for one in run.books),
        log=tuple(replace(one, step=HOSTILE, detail=((HOSTILE, HOSTILE),)) for one in run.log),
        outage=replace(an_outage(), why=HOSTILE), differences=(Difference(name=HOSTILE, planned=HOSTILE, now=HOSTILE),),
        question=Question(asks=Asks.FAULT, step=HOSTILE, node=HOSTILE, observed=HOSTILE, threshold=None, choices=()),
    )  # fmt: skip


def test_hostile_text_stays_text_wherever_it_stands() -> None:
    view = a_view()
    nodes = tuple(replace(node, name=HOSTILE) for node in view.nodes)
    page = html(a_report(
        run=hostile_run(), engine=HOSTILE, version=HOSTILE, before=replace(view, primary=HOSTILE, nodes=nodes),
        approvals=(Approval(person=HOSTILE, at=AT, how=HOSTILE, reason=HOSTILE, key=HOSTILE),),
        left_on_nodes=(LeftOn(node=HOSTILE, kind=HOSTILE, where=HOSTILE, why=HOSTILE),),
    ))  # fmt: skip
    read = _Read(page)
    assert "script" not in read.names
    assert not [name for name in read.attributes if name.startswith("on")]
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert page.count("&lt;script&gt;") > 60


def test_it_loads_nothing_runs_nothing_and_knows_light_dark_and_paper() -> None:
    page = html(a_report())
    read = _Read(page)
    assert {"script", "link", "img", "iframe", "object", "embed", "form", "base", "use", "image"}.isdisjoint(read.names)
    assert {"src", "href", "style", "srcset", "action"}.isdisjoint(read.attributes)
    assert "url(" not in page
    assert "@import" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page
    for media in ("@media (prefers-color-scheme: dark)", "@media print"):
        assert media in page


def planted() -> Report:
    run = a_run()
    plan = a_plan()
    script = f"PGPASSWORD='{SECRET}' psql; printf '%s' 'h:5432:*:repl:{SECRET}' > pass"
    steps = tuple(replace(one, acts=tuple(replace(act, script=script) for act in one.acts)) for one in plan.steps)
    plan = replace(plan, steps=steps, inputs=((f"url postgresql://u:{SECRET}@h/d", f"password={SECRET}"),))
    detail = (("said", f"primary_conninfo = 'user=x password={SECRET}'"), ("repl_password", SECRET))
    return a_report(
        run=replace(run, plan=plan, facts=(("conninfo", f"host=a password={SECRET}"),),
                    steps=tuple(replace(one, output=(f"Authorization: Basic {SECRET}",)) for one in run.steps),
                    log=tuple(replace(one, detail=detail) for one in run.log)),
        left_on_nodes=(LeftOn(node="a", kind="setting", where=f"create role x password '{SECRET}'"),),
        engine=f"the bare {SECRET}",
    )  # fmt: skip


def test_no_planted_secret_reaches_a_file(tmp_path: Path) -> None:
    path = write_report(tmp_path, planted(), known_secrets=(SECRET,))
    found = [one for one in tmp_path.rglob("*") if one.is_file() and SECRET.encode() in one.read_bytes()]
    assert not found
    assert "***" in path.read_text()


def test_without_being_told_only_the_shapeless_secret_is_left() -> None:
    said = repr(written_form(planted()))
    assert said.count(SECRET) == 1
    assert f"the bare {SECRET}" in said


def test_both_files_are_there_for_the_owner_alone_and_name_each_other(tmp_path: Path) -> None:
    report = a_report()
    path = write_report(tmp_path / "reports" / "r-42", report)
    beside = path.with_name("report.json")
    assert path == tmp_path / "reports" / "r-42" / "report.html"
    assert {one.name for one in path.parent.iterdir()} == {"report.html", "report.json"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in (path, beside)} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    text = beside.read_bytes()
    assert hashlib.sha256(text).hexdigest() in path.read_text()
    said = json.loads(text)
    assert said["run"]["plan"]["digest"] == report.run.plan.digest
    assert said["measured"]["rpo_entries_high"] == 91
    assert said["format"] == 1
    assert len(said["run"]["log"]) == len(report.run.log)


def test_a_report_is_written_anew_whole_and_a_failed_attempt_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_report(tmp_path, a_report())
    before = path.read_text()
    write_report(tmp_path, a_report(version="0.2"))
    second = path.read_text()
    assert second != before

    def no_space(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(reports.os, "fsync", no_space)
        with pytest.raises(ReportNotWritten, match=r"No space left.*as they were"):
            write_report(tmp_path, a_report(version="0.3"))
    assert path.read_text() == second
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "r-42").write_text("a file in the way")
    with pytest.raises(ReportNotWritten, match=re.escape(str(tmp_path / "r-42"))):
        write_report(tmp_path / "r-42", a_report())


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / ".report.json.new").symlink_to(victim)
    with pytest.raises(ReportNotWritten):
        write_report(tmp_path, a_report())
    assert victim.read_text() == "mine"


def test_a_journal_beyond_its_limit_keeps_the_newest_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "ENTRIES_MAX", 3)
    ready = written_form(a_report())
    assert [one.number for one in ready.run.log] == [5, 6, 7]
    assert "4 earlier lines are left out" in html_of(ready, ENGLISH, json_sha256="")


@pytest.mark.parametrize(
    ("loss", "promised", "kept", "low"),
    [
        (a_loss(basis=LossBasis.NONE), 0, True, 0),
        (a_loss(basis=LossBasis.EXACT, entries_low=5, entries_high=5), 5, True, 5),
        (a_loss(basis=LossBasis.EXACT, entries_low=6, entries_high=6), 5, False, 6),
        (a_loss(entries_low=3, entries_high=9), 5, None, 3),
        (a_loss(entries_low=3, entries_high=None), 5, None, 3),
        (a_loss(basis=LossBasis.UNKNOWN), 5, None, None),
        (a_loss(entries_low=3, entries_high=9), None, None, 3),
    ],
)
def test_a_loss_that_is_not_exact_keeps_no_promise_it_cannot_prove(
    loss: Any, promised: int | None, kept: bool | None, low: int | None
) -> None:
    measured = measured_of(a_report(loss_end=loss, promises=Promises(rpo_entries_max=promised)))
    assert (measured.rpo_kept, measured.rpo_entries_low) == (kept, low)


def test_the_silence_before_the_run_belongs_to_the_recovery_time() -> None:
    dead = replace(an_outage(), marks=((0.0, False), (4.1, True)))
    measured = measured_of(a_report(run=a_run(outage=dead)))
    assert measured.rto_seconds == pytest.approx(16.1)
    assert measured.silent_before_seconds == 12.0
    assert measured_of(a_report()).rto_seconds == pytest.approx(4.1)
    assert measured_of(a_report(run=a_run(outage=replace(dead, open=True)))).rto_seconds is None
    assert measured_of(a_report(run=a_run(outage=None))).rto_kept is None


def test_the_picture_shows_every_failure_however_many_writes_there_are() -> None:
    marks = tuple((n * 0.01, n != 7_000) for n in range(20_000))
    picture = outage_picture(a_run(outage=replace(an_outage(), marks=marks)))
    assert picture.count('class="failed"') == 1
    assert picture.count('class="wrote"') < MARKS_MAX
    assert outage_picture(a_run(outage=None)) == ""
    assert outage_picture(a_run(outage=replace(an_outage(), marks=()))) == ""


@pytest.mark.parametrize(
    ("marks", "gap"),
    [
        (((0.0, True), (1.0, True)), None),
        (((0.0, True), (1.0, False), (3.0, True)), (0.0, 3.0, False)),
        (((0.0, True), (1.0, False), (3.0, False)), (0.0, 3.0, True)),
        (((0.0, False), (2.0, True), (3.0, False), (3.5, True)), (0.0, 2.0, False)),
        ((), None),
    ],
)
def test_the_widest_gap_is_from_the_last_write_to_the_next(marks: Any, gap: Any) -> None:
    outage = Outage(gap_seconds=None, open=False, attempts=0, acknowledged=0, errors=0, unknown=0,
                    lost_acknowledged=None, marks=marks)  # fmt: skip
    found = widest_gap(outage)
    assert (None if found is None else (found.begin, found.end, found.open)) == gap


def test_every_act_claim_state_and_operation_has_its_words() -> None:
    plan = a_plan()
    assert all("nyc-9" in act_phrase(Act(verb=verb, node="nyc-9")) for verb in Verb)
    assert set(report_words._ACTS) == set(Verb)
    assert set(report_words._CLAIMS) == set(Claim)
    assert len({claim_phrase(Proof(claim=claim, node="nyc-9")) for claim in Claim}) == len(Claim)
    assert len({ENGLISH.ending(a_run(state=state)) for state in RunState}) == len(RunState)
    assert len({ENGLISH.title(a_run(plan=replace(plan, operation=one))) for one in Operation}) == len(Operation)
    for asks in Asks:
        question = Question(asks=asks, step="gate", node="chi-1", observed=1, threshold=2, choices=())
        assert "step gate, on chi-1" in ENGLISH.question(question)
