"""Starts Qt once and ends with 0 if this system has what that needs; with 'window', what a window needs too."""

import ctypes
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication


def load_window_plugin() -> None:
    """Load it without connecting: that fails where any of its libraries is missing, and Qt would name only the last."""
    directory = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    wanted = "libqxcb.so" if os.environ.get("DISPLAY") else "libqwayland*.so"
    for plugin in sorted(directory.glob(wanted)):
        ctypes.CDLL(str(plugin))


def main() -> None:
    application = QApplication([])
    family = QFontInfo(QFont()).family()
    application.quit()
    if not family:  # Qt would draw empty boxes and say nothing
        sys.exit("no font is installed")
    if "window" in sys.argv:
        load_window_plugin()


main()
