"""The Recovery page on a live lab: who sees whom, a rehearsal and a real switchover as they run, and a lost primary."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.domain.plan import Operation, Plan
from console.domain.run import Mode, RunState, RunView
from console.domain.verdict import Health
from console.link.changes import Propose, Proposed, RunSeen, StartRun
from console.link.messages import Message
from console.places import Home
from console.ui.controls import Says
from console.ui.main_window import RECOVERY
from console.ui.places import Place
from console.ui.recovery_page import RecoveryPage
from console.window import Desk
from tests.windowed import home_with_lab, lab

GENEROUS_MILLISECONDS = 90_000

pytestmark = [pytest.mark.live, pytest.mark.allows_threads]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_lab(tmp_path_factory.mktemp("recovery")) as made:
        yield made


@pytest.fixture
def desk(qtbot: QtBot, home: Home) -> Iterator[Desk]:
    made = Desk(home)
    qtbot.addWidget(made.window)
    made.open()
    yield made
    made.window.close()


def texts(page: RecoveryPage) -> str:
    return "\n".join(one.text for one in page.findChildren(Says) if one.isVisibleTo(page))


def ask(qtbot: QtBot, desk: Desk, question: Message) -> Message:
    """The engine's answer to one question."""
    heard: list[Message] = []

    def hear(asked: Message, answer: Message) -> None:
        if asked == question:
            heard.append(answer)

    desk.bridge.answered.connect(hear)
    try:
        desk.bridge.ask(question)
        qtbot.waitUntil(lambda: bool(heard), timeout=GENEROUS_MILLISECONDS)
    finally:
        desk.bridge.answered.disconnect(hear)
    return heard[0]


def proposed(qtbot: QtBot, desk: Desk, operation: Operation) -> Plan:
    answer = ask(qtbot, desk, Propose(cluster="lab", operation=operation))
    assert isinstance(answer, Proposed), answer
    assert not answer.plan.refused, answer.plan.checks
    return answer.plan


def run_to_its_end(qtbot: QtBot, desk: Desk, plan: Plan, mode: Mode) -> RunView:
    started = ask(qtbot, desk, StartRun(plan=plan.id, digest=plan.digest, mode=mode, confirmed=plan.cluster))
    assert isinstance(started, RunSeen), started
    page = desk.recovery.page
    assert page is not None
    key = started.run.id
    qtbot.waitUntil(lambda: (page.run or started.run).id == key, timeout=GENEROUS_MILLISECONDS)
    over = (RunState.DONE, RunState.ASKING, RunState.CANCELLED, RunState.LEFT)
    qtbot.waitUntil(lambda: page.run is not None and page.run.state in over, timeout=GENEROUS_MILLISECONDS)
    assert page.run is not None
    return page.run


def opened(qtbot: QtBot, desk: Desk) -> RecoveryPage:
    """The page of the lab, once its nodes have answered."""
    qtbot.waitUntil(
        lambda: (view := desk.window.view("lab")) is not None and view.verdict.health is Health.HEALTHY,
        timeout=GENEROUS_MILLISECONDS,
    )
    desk.window.go_to_page(RECOVERY, Place("lab"))
    page = desk.recovery.page
    assert page is not None
    qtbot.waitUntil(lambda: page.situation.matrix.cells.rowCount() == 4, timeout=GENEROUS_MILLISECONDS)
    return page


def test_a_switchover_is_rehearsed_run_and_read_again(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    model = page.situation.matrix.cells
    assert model.askers == ("console", "lab-1", "lab-2", "lab-3")
    assert model.answerers == ("lab-1", "lab-2", "lab-3", "lab-vault")
    assert "Nothing is wrong." in texts(page)
    assert page.prepare.text() == "Prepare the switchover …"

    rehearsed = run_to_its_end(qtbot, desk, proposed(qtbot, desk, Operation.SWITCHOVER), Mode.REHEARSAL)
    assert rehearsed.state is RunState.DONE, rehearsed.question
    assert "It promises nothing" in texts(page)
    page.leave_run()

    bar: list[str] = []
    desk.bridge.run_seen.connect(lambda _run: bar.append(desk.window.alert_bar.accessibleName()))
    run = run_to_its_end(qtbot, desk, proposed(qtbot, desk, Operation.SWITCHOVER), Mode.REAL)
    assert run.state is RunState.DONE, run.question
    assert any(said.startswith(f"Plan running lab: switchover from lab-1 to {run.plan.target}") for said in bar)
    assert f"{run.plan.target} is primary, and that is proven" in texts(page)
    assert run.outage is not None and run.outage.lost_acknowledged in (0, None)
    assert page.panel.foot.report.isVisible()
    assert Path(run.report).is_file()
    qtbot.waitUntil(
        lambda: not desk.window.alert_bar.accessibleName().startswith("Plan"), timeout=GENEROUS_MILLISECONDS
    )
    page.leave_run()
    rows = page.situation.runs.table.rows
    assert [row.cells[2].text for row in rows[1:]] == ["proven", "rehearsed"]


def test_a_killed_primary_is_shown_with_its_evidence_and_price(qtbot: QtBot, desk: Desk, home: Home) -> None:
    page = opened(qtbot, desk)
    qtbot.waitUntil(lambda: page._situation is not None, timeout=GENEROUS_MILLISECONDS)
    assert page._situation is not None
    primary = page._situation.primary
    assert primary is not None
    lab(home, "fault", "kill", primary)
    qtbot.waitUntil(
        lambda: f"Restart {primary} in place" in texts(page) and "Evidence: hard" in texts(page),
        timeout=GENEROUS_MILLISECONDS,
    )
    assert page.prepare.text() == "Prepare the restart …"
    ways = {choice.key: choice for choice in page.situation.ways.choices}
    assert ways["failover"].possible
    assert not ways["switchover"].possible
    assert "no stream" in page.situation.matrix.accessibleDescription()
