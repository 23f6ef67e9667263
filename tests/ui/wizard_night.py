"""The wizard opened in its window for tests: an engine made of values, and hands that press keys."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.reading import Moment
from console.link.changes import AskSituation, Propose, Proposed, StartRun
from console.link.governance import AskApprovers
from console.link.messages import Message
from console.ui.controls import Says
from console.ui.main_window import MainWindow
from console.ui.recovery_wizard import RecoveryWizard
from console.ui.wizard_flow import Part
from console.ui.wizard_rail import RailState
from tests.ui import run_stories as runs
from tests.ui import story
from tests.ui import wizard_stories as stories

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Told:
    """The engine's side, in values: it answers what it is told to answer."""

    def __init__(self, wizard: RecoveryWizard) -> None:
        self.wizard = wizard
        self.asked: list[Message] = []
        self.answers: dict[type, Message] = {
            AskSituation: stories.situation(),
            AskApprovers: stories.approvers(),
            Propose: Proposed(plan=stories.plan()),
        }
        self.left: list[str] = []
        wizard.wants.connect(self.asked.append)
        wizard.left.connect(self.left.append)
        self._answered = 0

    def answer(self) -> None:
        while self._answered < len(self.asked):
            question = self.asked[self._answered]
            self._answered += 1
            known = self.answers.get(type(question))
            if known is not None:
                self.wizard.show_answer(question, known)

    def last(self, kind: type) -> Message | None:
        return next((one for one in reversed(self.asked) if isinstance(one, kind)), None)


Night = tuple[MainWindow, RecoveryWizard, Told]


@contextmanager
def opened(qtbot: QtBot) -> Iterator[Night]:
    """02:53: the window with the wizard open on the failover of ledger-us."""

    def clock() -> Moment:
        return Moment(stories.ASKED, 1000.0)

    window = MainWindow(clock)
    qtbot.addWidget(window)
    wizard = RecoveryWizard(clock)
    told = Told(wizard)
    window.show()
    window.show_views((runs.lost_view(), story.ledger_eu()))
    window.show_wizard(wizard)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    wizard.begin(runs.lost_view())
    told.answer()
    yield window, wizard, told
    wizard.left.disconnect()


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)


def walk(qtbot: QtBot, night: Night, part: Part) -> None:
    """Ctrl+Enter until that step."""
    window, wizard, told = night
    for _ in range(len(Part)):
        if wizard.draft.at is part:
            return
        press(qtbot, window, Qt.Key.Key_Return, CONTROL)
        told.answer()
    raise AssertionError(f"{part} was not reached, but {wizard.draft.at}: {wizard.foot.reason.text}")


def texts(widget: QWidget) -> str:
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


def start(qtbot: QtBot, night: Night, answer: Message) -> None:
    """Type the name and run."""
    window, wizard, told = night
    told.answers[StartRun] = answer
    walk(qtbot, night, Part.APPROVAL)
    qtbot.waitUntil(wizard.approval_page.name.hasFocus)
    qtbot.keyClicks(wizard.approval_page.name, "ledger-us")
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    told.answer()


def rail(wizard: RecoveryWizard) -> dict[str, tuple[RailState, str]]:
    return {row.name: (row.state, row.answer) for row in wizard.rail.rows.rows}
