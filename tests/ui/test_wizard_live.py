"""The wizard on a live lab: a switchover, then a failover after a kill, led by keys alone from page to report."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.plan import Operation, Outcome
from console.domain.recommendation import Way
from console.domain.run import RunState
from console.domain.verdict import Cause, Health
from console.link.changes import Propose
from console.places import Home
from console.ui import wizard_flow as flow
from console.ui.recovery_wizard import RecoveryWizard
from console.ui.wizard_flow import Part
from console.window import Desk
from tests.windowed import home_with_lab, lab

GENEROUS_MILLISECONDS = 120_000

pytestmark = [pytest.mark.live, pytest.mark.allows_threads]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_lab(tmp_path_factory.mktemp("wizard")) as made:
        yield made


@pytest.fixture
def desk(qtbot: QtBot, home: Home) -> Iterator[Desk]:
    made = Desk(home)
    qtbot.addWidget(made.window)
    made.open()
    yield made
    made.window.close()


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=GENEROUS_MILLISECONDS)


def healthy(desk: Desk) -> bool:
    view = desk.window.view("lab")
    return view is not None and view.verdict.health is Health.HEALTHY


def primary(desk: Desk) -> str:
    view = desk.window.view("lab")
    assert view is not None
    return view.primary or ""


def prepare(qtbot: QtBot, desk: Desk, operation: Operation, target: str = "", subject: str = "") -> RecoveryWizard:
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.changes.prepare(Propose(cluster="lab", operation=operation, target=target, subject=subject))
    wizard = desk.changes.wizard
    assert wizard is not None
    return wizard


def next_key(qtbot: QtBot, wizard: RecoveryWizard) -> None:
    target = QApplication.focusWidget() or wizard
    qtbot.keyClick(target, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def walk(qtbot: QtBot, wizard: RecoveryWizard, part: Part) -> None:
    """Ctrl+Enter from step to step, each as soon as it can be had."""
    while wizard.draft.at is not part:
        until(qtbot, lambda: wizard.course.asked is None)
        at = wizard.draft.at
        refused = [check for check in wizard.draft.plan.checks if check.outcome is Outcome.REFUSE] if (
            wizard.draft.plan is not None
        ) else []  # fmt: skip
        assert wizard.foot.next.isEnabled(), (at, wizard.foot.reason.text, wizard.trouble.says.text, refused)
        until(qtbot, lambda: (has := QApplication.focusWidget()) is not None and wizard.isAncestorOf(has))
        next_key(qtbot, wizard)
        assert wizard.draft.at is not at or wizard.course.asked is not None, at
    until(qtbot, lambda: wizard.course.asked is None)


def run_to_its_end(qtbot: QtBot, wizard: RecoveryWizard) -> None:
    until(qtbot, wizard.approval_page.name.hasFocus)
    qtbot.keyClicks(wizard.approval_page.name, "lab")
    assert wizard.foot.next.isEnabled(), wizard.foot.reason.text
    next_key(qtbot, wizard)
    until(qtbot, lambda: wizard.course.asked is None)
    assert wizard.draft.run is not None, wizard.trouble.says.text
    until(qtbot, lambda: wizard.draft.at is Part.REPORT or wizard.draft.run.state is RunState.ASKING)
    run = wizard.draft.run
    assert run is not None
    assert run.state is RunState.DONE, (run.question, [s for s in run.steps if s.observed])


def test_a_switchover_is_led_by_keys_alone_and_its_report_shown(qtbot: QtBot, desk: Desk) -> None:
    until(qtbot, lambda: healthy(desk))
    old = primary(desk)
    target = "lab-2" if old != "lab-2" else "lab-3"
    wizard = prepare(qtbot, desk, Operation.SWITCHOVER, target)
    until(qtbot, lambda: wizard.draft.situation is not None)
    assert wizard.situation_page.matrix.isVisible()
    walk(qtbot, wizard, Part.TARGET)
    assert wizard.draft.node == target
    walk(qtbot, wizard, Part.PLAN)
    assert len(wizard.plan_page.rows) == len(wizard.draft.plan.steps) > 5  # type: ignore[union-attr]
    walk(qtbot, wizard, Part.APPROVAL)
    run_to_its_end(qtbot, wizard)
    until(qtbot, lambda: primary(desk) == target)
    assert "is primary, and that is proven" in wizard.report_page.head.title.text
    until(qtbot, lambda: healthy(desk))
    wizard.leave()
    assert desk.window.status_bar.isVisible()


def kill_primary(qtbot: QtBot, desk: Desk, home: Home) -> str:
    """Kill the primary's postmaster and wait until the window names it; who it was."""
    view = desk.window.view
    until(qtbot, lambda: healthy(desk))
    # The preview counts by the rate that was seen before the death: one that just began to watch knows none.
    until(qtbot, lambda: (seen := view("lab")) is not None and bool(seen.entries_per_second and seen.head_number))
    old = primary(desk)
    lab(home, "fault", "kill-postmaster", old)
    until(qtbot, lambda: (seen := view("lab")) is not None and seen.verdict.cause is Cause.POSTMASTER_KILLED)
    return old


def test_the_recommended_restart_in_place_brings_a_killed_primary_back(
    qtbot: QtBot, desk: Desk, home: Home
) -> None:
    old = kill_primary(qtbot, desk, home)
    wizard = prepare(qtbot, desk, Operation.RESTART, subject=old)
    until(qtbot, lambda: wizard.draft.situation is not None)
    assert wizard.draft.situation is not None
    assert wizard.draft.situation.recommended is Way.RESTART
    walk(qtbot, wizard, Part.APPROVAL)
    assert Part.TARGET not in flow.parts(wizard.draft)
    run_to_its_end(qtbot, wizard)
    until(qtbot, lambda: healthy(desk))
    assert primary(desk) == old
    wizard.leave()


def fail_over(qtbot: QtBot, desk: Desk, home: Home) -> tuple[RecoveryWizard, str]:
    """Kill the primary's postmaster and lead the failover to its report; the wizard and the old primary."""
    old = kill_primary(qtbot, desk, home)
    wizard = prepare(qtbot, desk, Operation.FAILOVER)
    until(qtbot, lambda: wizard.draft.situation is not None)
    assert wizard.draft.operation is Operation.FAILOVER
    walk(qtbot, wizard, Part.LOSS)
    assert wizard.loss_page.head.title.text.startswith(f"Promoting {wizard.draft.node}")
    walk(qtbot, wizard, Part.APPROVAL)
    run_to_its_end(qtbot, wizard)
    return wizard, old


def test_a_failover_after_a_kill_loses_no_more_than_was_approved(qtbot: QtBot, desk: Desk, home: Home) -> None:
    wizard, old = fail_over(qtbot, desk, home)
    run = wizard.draft.run
    assert run is not None
    lost = run.loss.entries_high if run.loss is not None else 0
    assert lost is not None
    assert lost <= run.loss_entries_max
    assert f"rejoin:{old}" in run.left_to_do
    assert wizard.foot.next.text() == f"Next: rejoin {old}"
    wizard.leave()


def test_what_was_left_to_do_is_done_the_old_primary_is_a_standby_again(
    qtbot: QtBot, desk: Desk, home: Home
) -> None:
    until(qtbot, lambda: desk.window.view("lab") is not None)
    if healthy(desk):  # run alone: the failover comes first
        wizard, old = fail_over(qtbot, desk, home)
        next_key(qtbot, wizard)
    else:
        wizard = prepare(qtbot, desk, Operation.REJOIN)
    until(qtbot, lambda: wizard.draft.situation is not None and wizard.draft.operation is Operation.REJOIN)
    old = wizard.draft.node
    walk(qtbot, wizard, Part.APPROVAL)
    run_to_its_end(qtbot, wizard)
    until(qtbot, lambda: healthy(desk))
    assert primary(desk) != old
    wizard.leave()
