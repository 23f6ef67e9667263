"""The Incidents page: the list, the time line, the replay second by second, the report, the empty state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.link.messages import Message, Refused
from console.link.watching import (
    AskFrame,
    AskIncident,
    FrameSeen,
    IncidentReported,
    Incidents,
    IncidentSeen,
    ReportIncident,
)
from console.ui import theme
from console.ui.controls import Says
from console.ui.incident_list import in_order
from console.ui.incident_replay import Replay
from console.ui.incidents_page import IncidentsPage
from tests.ui import incident_stories as stories
from tests.ui import story


class Asked:
    """The engine of a page: keeps what was asked, and answers what is told to."""

    def __init__(self, page: IncidentsPage, *, answers: bool = True) -> None:
        self.page, self.answers = page, answers
        self.asked: list[Message] = []
        self.seen: IncidentSeen = stories.seen()
        page.wants.connect(self.hear)

    def hear(self, question: Message) -> None:
        self.asked.append(question)
        if not self.answers:
            return
        match question:
            case AskIncident(incident="i-1"):
                self.page.show_incident(question, self.seen)
            case AskFrame():
                self.page.show_frame(question, stories.frame_seen(question.seconds))

    def frames(self) -> list[float]:
        return [one.seconds for one in self.asked if isinstance(one, AskFrame)]


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


@pytest.fixture
def page(qtbot: QtBot, clock: story.StoryClock) -> IncidentsPage:
    clock.advance((stories.NOW - story.NOW).total_seconds())
    made = IncidentsPage(clock)
    qtbot.addWidget(made)
    made.resize(1040, 704)
    made.show()
    qtbot.waitExposed(made)
    made.show_clusters(story.fleet(), None)
    return made


@pytest.fixture
def night(page: IncidentsPage) -> Asked:
    """The page on the night of ledger-us."""
    engine = Asked(page)
    page.show_incidents(Incidents(incidents=stories.incidents()))
    page.choose("i-1")
    return engine


def moment(page: IncidentsPage) -> datetime:
    return datetime.fromtimestamp(page.view.replay.at, UTC)


# The list


def test_open_ones_stand_on_top_then_the_newest(page: IncidentsPage) -> None:
    Asked(page)
    page.show_incidents(Incidents(incidents=stories.incidents()))
    titles = [line.title for line in page.list.lines]
    assert titles == [
        "ledger-lab: cut off on lab-3", "ledger-us: no primary on nyc-1", "ledger-us: readings old on nyc-2 (drill)",
        "ledger-eu: archive failing on fra-1",
    ]  # fmt: skip
    spoken = [line.spoken for line in page.list.lines]
    assert spoken[0] == "ledger-lab: cut off on lab-3, open since 03:16, for 3 min 12 s"
    assert spoken[1] == "ledger-us: no primary on nyc-1, 02:52, 12 min 13 s, 87 entries lost, 1 run"
    assert "nothing lost" in spoken[2]
    assert "lost" not in spoken[3], "what is not known is not claimed"


def test_among_open_ones_a_drill_comes_last() -> None:
    real = stories.incident(id="r", ended_at=None, begun_at=stories.NOW - timedelta(hours=1))
    drill = stories.incident(id="d", ended_at=None, begun_at=stories.NOW, drill=True)
    assert [one.id for one in in_order((drill, real))] == ["r", "d"]


def test_the_first_one_is_looked_at_at_once(page: IncidentsPage) -> None:
    engine = Asked(page, answers=False)
    page.show_incidents(Incidents(incidents=stories.incidents()))
    assert engine.asked == [AskIncident(incident="i-2")]
    assert page.list.current == "i-2"


def test_one_clusters_incidents_or_all(page: IncidentsPage) -> None:
    Asked(page)
    page.show_incidents(Incidents(incidents=stories.incidents()))
    assert not page.every.isVisibleTo(page)
    page.show_clusters(story.fleet(), "ledger-us")
    assert [line.key for line in page.list.lines] == ["i-1", "i-3"]
    assert page.list.current == "i-1"
    page.every.click()
    assert len(page.list.lines) == 4


def test_rows_keep_their_places_while_somebody_is_in_the_list(qtbot: QtBot, night: Asked) -> None:
    page = night.page
    page.list.setFocus()
    qtbot.waitUntil(page.list.hasFocus)
    newer = stories.incident(id="i-9", begun_at=stories.NOW, ended_at=None)
    page.show_incidents(Incidents(incidents=(newer, stories.incident(entries_lost=88))))
    assert [line.key for line in page.list.lines] == ["i-2", "i-1", "i-3", "i-4"]
    assert "88 entries lost" in page.list.lines[1].below, "figures change in their place"
    assert page.newer.text() == "1 newer: show"
    page.newer.click()
    assert page.list.lines[0].key == "i-9"
    assert not page.newer.isVisibleTo(page)


def test_without_incidents_it_says_what_one_would_give(page: IncidentsPage) -> None:
    assert "Reading the incidents" in texts(page)
    page.show_incidents(Incidents(incidents=()))
    said = texts(page)
    assert "No incident yet." in said
    assert "picture of each second, to be replayed" in said
    page.show_clusters(story.fleet(), "ledger-eu")
    assert "No incident of ledger-eu yet." in texts(page)


# The chosen one


def test_it_says_what_happened_what_it_cost_and_where(night: Asked) -> None:
    view = night.page.view
    assert view.title.text == "ledger-us: no primary on nyc-1"
    assert view.below.text == (
        "from 02:52:07 to 03:04:20, 12 min 13 s, 6 min 42 s without a primary, 87 entries lost, 2 alerts, 1 run"
    )
    assert "Production" in texts(view)
    assert len(view.rows.lines) == len(stories.lines())
    assert view.rows.lines[7].spoken.startswith("02:52:40, m.keller: alert acknowledged")


def test_arrows_go_second_by_second_and_the_picture_of_then_is_shown(qtbot: QtBot, night: Asked) -> None:
    page = night.page
    axis = page.view.axis
    axis.setFocus()
    assert moment(page) == stories.LOST_AT
    for _ in range(33):
        qtbot.keyClick(axis, Qt.Key.Key_Right)
    assert moment(page) == stories.at(33)
    qtbot.keyClick(axis, Qt.Key.Key_Left)
    assert moment(page) == stories.at(32)
    qtbot.keyClick(axis, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert moment(page) == stories.at(42)
    qtbot.keyClick(axis, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert moment(page) == stories.at(102)
    qtbot.keyClick(axis, Qt.Key.Key_Home)
    assert page.view.replay.at == page.view.replay.span.begin


def test_the_picture_tells_verdict_nodes_money_and_guards(night: Asked) -> None:
    page = night.page
    page.view.replay.move_to(stories.at(33).timestamp())
    panel = page.view.moment
    assert panel.title.text == "What was known at 02:52:40"
    assert panel.aside.text == "33 s after it began"
    assert panel.verdict.text == "ledger-us is lost: nyc-1 has not answered for 33 s"
    assert "nyc-1, primary, lost, silent 33 s" in panel.nodes.accessibleName()
    assert panel.exposure.text == "87 entries lost"
    assert panel.amounts.text == "USD 247,310.40 and EUR 6,120.00"
    assert panel.why.headline.text == "Would it act now? No: automation only observes."
    assert panel.why.table.rows


def test_before_it_began_no_guards_had_been_judged(night: Asked) -> None:
    page = night.page
    page.view.replay.move_to(stories.at(-10).timestamp())
    panel = page.view.moment
    assert panel.aside.text == "10 s before it began"
    assert panel.why.headline.text == "The guards of automatic recovery were not judged then."


def test_where_no_picture_is_kept_it_says_so_and_how_old_the_one_below_is(night: Asked) -> None:
    page = night.page
    page.view.replay.move_to(stories.at(120).timestamp())
    assert page.view.moment.nothing.text == "No picture is kept of this moment. The one below is 30 s older."
    page.view.replay.move_to(stories.at(150).timestamp())
    assert page.view.moment.nothing.text == ""
    page.view.replay.hear(AskFrame(incident="i-1", seconds=0), Refused(reason="no-frame"))
    page.view.moment.show_frame(None, page.view.replay.at)
    assert "No picture is kept of this moment, so nothing is shown of it." in texts(page.view.moment)
    assert not page.view.moment.verdict.isVisibleTo(page.view.moment)


def test_a_row_leads_to_its_moment_and_the_moment_to_its_row(qtbot: QtBot, night: Asked) -> None:
    view = night.page.view
    view.see_lines.click()
    view.rows.setFocus()
    qtbot.keyClick(view.rows, Qt.Key.Key_End)
    assert view.replay.at == pytest.approx(stories.at(733).timestamp())
    qtbot.keyClick(view.axis, Qt.Key.Key_PageUp)
    assert view.replay.at == pytest.approx(stories.at(560).timestamp())
    assert view.rows.current == "18"
    later = [line.dim for line in view.rows.lines]
    assert later == [False] * 19 + [True], "what had not come by then steps back"


def test_of_lines_of_one_moment_the_chosen_one_stays(qtbot: QtBot, night: Asked) -> None:
    view = night.page.view
    view.see_lines.click()
    view.rows.setFocus()
    view.rows.choose("5", tell=True)
    assert view.rows.current == "5", "5 and 6 are of the same moment"
    qtbot.keyClick(view.rows, Qt.Key.Key_Down)
    assert view.rows.current == "6"


def test_space_plays_and_a_step_by_hand_ends_it(qtbot: QtBot, night: Asked) -> None:
    page = night.page
    replay: Replay = page.view.replay
    page.view.axis.setFocus()
    qtbot.keyClick(page.view.axis, Qt.Key.Key_Space)
    assert replay.playing
    assert page.view.controls.play.text() == "Pause"
    replay._play_on()
    assert moment(page) == stories.at(1)
    page.view.controls.paces[2].click()
    replay._play_on()
    assert moment(page) == stories.at(31)
    qtbot.keyClick(page.view.axis, Qt.Key.Key_Left)
    assert not replay.playing
    assert page.view.controls.play.text() == "Play"
    replay.move_to(replay.span.end)
    replay.turn()
    assert replay.at == replay.span.begin, "from the end it begins anew"


def test_arrows_work_from_the_list_too(qtbot: QtBot, night: Asked) -> None:
    page = night.page
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Right)
    assert moment(page) == stories.at(1)
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert page.view.replay.playing
    page.hide()
    assert not page.view.replay.playing, "nothing plays unseen"


def test_one_picture_is_asked_for_at_a_time_and_none_twice(page: IncidentsPage) -> None:
    engine = Asked(page)
    page.show_incidents(Incidents(incidents=stories.incidents()))
    page.choose("i-1")
    engine.answers = False
    engine.asked.clear()
    replay = page.view.replay
    for seconds in range(1, 30):
        replay.move_to(stories.at(seconds).timestamp())
    assert engine.frames() == [stories.at(1).timestamp()]
    question = AskFrame(incident="i-1", seconds=stories.at(1).timestamp())
    page.show_frame(question, stories.frame_seen(question.seconds))
    assert engine.frames()[1:] == [stories.at(29).timestamp()], "only the newest wanted is asked for"
    page.show_frame(AskFrame(incident="i-1", seconds=engine.frames()[1]), stories.frame_seen(engine.frames()[1]))
    replay.move_to(stories.at(1).timestamp())
    assert len(engine.frames()) == 2, "what is known is not asked for again"


def test_an_answer_for_another_incident_changes_nothing(night: Asked) -> None:
    view = night.page.view
    before = view.moment.verdict.text
    other = FrameSeen(incident="i-7", frame=stories.frame(stories.at(99)))
    view.hear_frame(AskFrame(incident="i-7", seconds=1.0), other)
    assert view.moment.verdict.text == before


def test_an_open_incident_grows_and_is_followed_only_from_its_end(page: IncidentsPage) -> None:
    engine = Asked(page)
    lines = stories.lines()
    running = stories.incident(ended_at=None, writable_again_at=None, entries_lost=None)
    engine.seen = IncidentSeen(incident=running, lines=lines[:7], frames=stories.frames()[:30])
    page.show_incidents(Incidents(incidents=(running,)))
    replay = page.view.replay
    replay.move_to(replay.span.end)
    grown = replace(running, lines=8)
    engine.seen = IncidentSeen(incident=grown, lines=lines[:8], frames=stories.frames()[:60])
    page.show_incident(AskIncident(incident="i-1"), engine.seen)
    assert replay.at == replay.span.end
    replay.move_to(stories.at(3).timestamp())
    page.show_incident(AskIncident(incident="i-1"), stories.seen(ended_at=None))
    assert moment(page) == stories.at(3), "who looks at a moment keeps it"


def test_an_incident_that_changes_is_asked_for_again_but_not_too_often(
    page: IncidentsPage, clock: story.StoryClock
) -> None:
    engine = Asked(page)
    running = stories.incident(ended_at=None)
    engine.seen = stories.seen(ended_at=None)
    page.show_incidents(Incidents(incidents=(running,)))
    engine.asked.clear()
    page.show_incidents(Incidents(incidents=(replace(running, lines=21),)))
    assert engine.asked == []
    clock.advance(2.5)
    page.tick()
    assert engine.asked == [AskIncident(incident="i-1")], "the last change is not missed either"


# The axis


def test_a_mark_can_be_pressed_and_tells_all_its_lines(qtbot: QtBot, night: Asked) -> None:
    view = night.page.view
    axis = view.axis
    placed = axis._placed(2)
    y = round(axis._lane_top(2) + theme.em(0.8))
    qtbot.mouseClick(axis, Qt.MouseButton.LeftButton, pos=QPoint(round(placed[-1].x), y))
    assert view.replay.at == pytest.approx(stories.at(402.5).timestamp())
    assert axis.mark_at(QPoint(round(placed[0].x), y).toPointF()) == placed[0]
    assert axis.accessibleDescription().startswith("02:58:49; last before it:")


def test_it_can_be_seen_nearer_and_the_moment_stays_in_sight(qtbot: QtBot, night: Asked) -> None:
    axis = night.page.view.axis
    whole = axis.near.seconds
    night.page.view.replay.move_to(stories.at(210).timestamp())
    qtbot.keyClick(axis, Qt.Key.Key_Plus)
    qtbot.keyClick(axis, Qt.Key.Key_Plus)
    assert axis.near.seconds == pytest.approx(whole / 4)
    night.page.view.replay.move_to(stories.at(700).timestamp())
    assert axis.near.holds(stories.at(700).timestamp())
    for _ in range(3):
        qtbot.keyClick(axis, Qt.Key.Key_Minus)
    assert axis.near.seconds == pytest.approx(whole)


# The report


def test_the_report_is_asked_for_once_and_opened(
    night: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    page, report = night.page, tmp_path / "i-1.html"
    report.write_text("<p>", "utf-8")
    page.view.report.click()
    page.view.write_report()
    question = ReportIncident(incident="i-1")
    assert [one for one in night.asked if isinstance(one, ReportIncident)] == [question]
    assert not page.view.report.isEnabled()
    page.show_report(question, IncidentReported(incident="i-1", path=str(report), digest="ab" * 32))
    assert opened == [str(report)]
    assert page.view.report.isEnabled()
    assert "SHA-256 abababababababab" in page.view.said.text


def test_a_report_that_could_not_be_written_says_why(night: Asked) -> None:
    page = night.page
    page.view.write_report()
    page.show_report(ReportIncident(incident="i-1"),
                     Refused(reason="report-not-written", subject="i-1", detail="no space left"))  # fmt: skip
    assert "could not be written: no space left" in page.view.said.text
    page.view.write_report()
    page.set_live(False)
    assert page.view.said.text == "The engine does not answer. No report was written."
    assert page.view.report.isEnabled()


def test_an_incident_that_is_gone_says_so(page: IncidentsPage) -> None:
    Asked(page, answers=False)
    page.show_incidents(Incidents(incidents=stories.incidents()))
    page.show_refused(AskIncident(incident="i-2"), Refused(reason="no-incident", subject="i-2"))
    assert "There is no incident i-2" in texts(page)


# For everybody


def test_every_control_has_an_accessible_name(night: Asked) -> None:
    page = night.page
    page.show_alerts((), (stories.silence(until=stories.NOW + timedelta(hours=1)),))
    named = [one for one in page.findChildren(QAbstractButton) if not (one.accessibleName() or one.text())]
    assert named == []
    for part in (page.list, page.view.axis, page.view.rows, page.alerts.rows, page.view.moment.nodes):
        assert part.accessibleName()


@pytest.mark.parametrize("pixels", [13, 20])
def test_no_text_is_cut(qtbot: QtBot, qapp: QApplication, night: Asked, pixels: int) -> None:
    page = night.page
    theme.apply(qapp, theme.Choice.LIGHT, pixels=pixels)
    page.resize(1040, 704)
    page.view.replay.move_to(stories.at(33).timestamp())
    qtbot.waitUntil(lambda: page.view.axis.height() >= page.view.axis.sizeHint().height())
    assert page.minimumSizeHint().width() <= 1040

    def cut() -> list[str]:
        return [
            one.text for one in page.findChildren(Says)
            if one.isVisible() and one.height() < one.heightForWidth(one.width())
        ]  # fmt: skip

    qtbot.waitUntil(lambda: not cut())
    assert cut() == []
    for rows in (page.list, page.alerts.rows):
        assert rows.height() >= rows.heightForWidth(rows.width())
