"""What every test of the window shares: one dressed application, a clock that moves when told, the story's window."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.ui import theme
from console.ui.main_window import MainWindow
from tests.ui import story

# The offscreen platform says this of each window that has a least size; it is no mistake of ours.
IGNORED = (r"This plugin does not support propagateSizeHints\(\)",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore(*IGNORED, extend=True))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The light theme at 13 px, whatever the test before left; no widget outlives its test."""
    if theme.current() is not theme.LIGHT or theme.em() != 13 or not qapp.styleSheet():
        theme.apply(qapp, theme.Choice.LIGHT, pixels=13)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def clock() -> story.StoryClock:
    return story.StoryClock()


@pytest.fixture
def window(qtbot: QtBot, clock: Callable[[], object]) -> MainWindow:
    """The window in the story's moment, shown."""
    assert isinstance(clock, story.StoryClock)
    shown = MainWindow(clock)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    shown.show_views(story.fleet())
    shown.show_engine(story.engine())
    first = shown.fleet_page.cards()[0]
    qtbot.waitUntil(lambda: first.height() > 100 and first.y() > 0)
    return shown
