"""What the tools that draw pages into a directory have alike: sizes, a settled page, a picture of it, what is asked."""

import argparse
import os
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from console.places import Home
from console.ui.language import speak

# The page without the window around it: 240 px of list at the left, 96 px of bars above and below.
PAGE_SIZES: Final = {"1280x800": QSize(1040, 704), "1920x1080": QSize(1680, 984)}


def settle(app: QApplication) -> None:
    for _ in range(12):
        app.processEvents()


def grab(widget: QWidget, path: Path) -> None:
    widget.grab().save(str(path))
    print(path)  # noqa: T201 - a tool for the eye says where its pictures are


def asked_for(description: str | None) -> argparse.Namespace:
    """`directory`, which is made; `only`, a part of a picture's name; `pixels`, the size of the font."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--only", default="", help="a part of a picture's name")
    parser.add_argument("--pixels", type=float, default=13.0, help="the size of the font")
    asked = parser.parse_args()
    asked.directory.mkdir(parents=True, exist_ok=True)
    speak(Home(asked.directory))  # in the language that LEDGER_CONSOLE_LANGUAGE names
    return asked
