"""One window from its own start to its first paint: `python -m tests.bench.first_window bare|console|demo [HOME]`.

It prints, by the monotonic clock that all processes of a machine share, when the window had painted (and for `demo`,
when a live cluster stood in it), and ends.
"""

import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if __name__ == "__main__" and sys.argv[1] == "bare":
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class Bare(QMainWindow):
        """The least that is a window: a label in it."""

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, told)

    def told() -> None:
        sys.stdout.write(f"painted {time.monotonic()}\n")
        application.quit()

    application = QApplication(sys.argv[:1])
    window = Bare()
    window.setCentralWidget(QLabel("Ledger Console"))
    window.resize(1280, 800)
    window.show()
    application.exec()


def console(command: list[str], *, live: bool) -> None:
    """The console's own command line, with an ear at its window."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    import console.window as builder
    from console.cli import main
    from console.domain.fleet import ClusterView

    class Eye(QObject):
        """Sees the window's paints."""

        def __init__(self, desk: builder.Desk) -> None:
            super().__init__()
            self._desk, self._painted, self._alive = desk, False, False
            desk.window.installEventFilter(self)
            desk.bridge.cluster_seen.connect(self._seen)
            desk.bridge.connected.connect(lambda welcome: [self._seen(view) for view in welcome.clusters])

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's form
            if event.type() is QEvent.Type.Paint and not self._painted:
                self._painted = True
                QTimer.singleShot(0, self._first)
            return False

        def _first(self) -> None:
            sys.stdout.write(f"painted {time.monotonic()}\n")
            sys.stdout.flush()
            if not live:
                self._desk.window.close()

        def _seen(self, view: ClusterView) -> None:
            answered = [node for node in view.nodes if node.silence_seconds is not None]
            if live and not self._alive and view.verdict.health.value == "healthy" and len(answered) == len(view.nodes):
                self._alive = True
                QTimer.singleShot(0, self._shown)

        def _shown(self) -> None:
            self._desk.window.repaint()
            QApplication.processEvents()
            sys.stdout.write(f"live {time.monotonic()}\n")
            sys.stdout.flush()
            self._desk.window.close()

    class Watched(builder.Desk):
        """The window's builder as it is, and the eye."""

        def open(self) -> None:
            self._eye = Eye(self)
            super().open()

    builder.Desk = Watched  # type: ignore[misc]
    sys.exit(main(command))


if __name__ == "__main__" and sys.argv[1] != "bare":
    console(["--home", sys.argv[2], *sys.argv[3:]], live="demo" in sys.argv[1])
