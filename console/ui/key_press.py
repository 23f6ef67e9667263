"""Presses a key on a widget, as a person would: for the tour, which leads the window without hands."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


def press(widget: QWidget, keys: str, times: int = 1) -> None:
    """Press and let go of a key with its modifiers, named as Qt writes it ('Shift+Right'). Raises ValueError."""
    sequence = QKeySequence(keys)
    if sequence.count() != 1 or not sequence[0].key():
        raise ValueError(f"'{keys}' names no key")
    pressed = sequence[0]
    for _ in range(times):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, pressed.key(), pressed.keyboardModifiers()))
