"""What a person is told when the window itself made a mistake: what happened, and where it is written."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from console.ui.speech import translate


class CrashNotice(QMessageBox):
    """Nothing waits for it; one for each kind of mistake is enough."""

    def __init__(self, parent: QWidget | None, *, summary: str, details: str, written_to: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(translate("window", "The window made a mistake"))
        self.setText(translate("window", "The window made a mistake: {summary}").format(summary=summary))
        self.setInformativeText(
            translate(
                "window",
                "Nothing on any node was changed by it, and the engine goes on. It is written to {path}. "
                "If figures look wrong, close the window and open it again.",
            ).format(path=written_to)
        )
        self.setDetailedText(details)
