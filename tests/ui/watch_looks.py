"""What the tests of guards, drills and checks ask alike of a widget: its words, that none is cut, a name for each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from console.ui.controls import Act, Says
from console.ui.figure_table import FigureTable


def texts(widget: QWidget) -> str:
    """All that it says in words, tables included."""
    QApplication.processEvents()
    said = [one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget)]
    for table in widget.findChildren(FigureTable):
        if table.isVisibleTo(widget):
            said += [" | ".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(said)


def wait_whole(qtbot: QtBot, widget: QWidget) -> None:
    """Every text has its room, no table is cut, no act is narrower than its words, no page wider than what is seen."""

    def whole() -> bool:
        for says in widget.findChildren(Says):
            if not says.text or not says.isVisibleTo(widget):
                continue
            if says.height() < says.heightForWidth(says.width()) or says.width() < says.minimumSizeHint().width():
                return False
        for table in widget.findChildren(FigureTable):
            if table.isVisibleTo(widget) and table.height() < table.heightForWidth(table.width()):
                return False
        for scroll in widget.findChildren(QScrollArea):
            inside = scroll.widget()
            if inside is not None and scroll.isVisibleTo(widget) and inside.width() > scroll.viewport().width():
                return False
        return all(
            act.width() >= act.sizeHint().width() for act in widget.findChildren(Act) if act.isVisibleTo(widget)
        )

    qtbot.waitUntil(whole, timeout=10_000)


def nameless(widget: QWidget) -> list[QWidget]:
    """What can have the keyboard and has no name that a screen reader could say."""
    return [
        one for one in widget.findChildren(QWidget)
        if one.isVisibleTo(widget) and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.accessibleName()
        and one.objectName() != "qt_spinbox_lineedit"
    ]  # fmt: skip
