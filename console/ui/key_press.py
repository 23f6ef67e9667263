"""Presses a key on a widget, as a person would: for the tour, which leads the window without hands."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def press(widget: QWidget, keys: str, times: int = 1) -> None:
    """Press and let go of a key with its modifiers, by their Qt names: 'Shift+Right'. Raises ValueError."""
    *held, name = keys.split("+")
    try:
        key = Qt.Key[f"Key_{name}"]
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= Qt.KeyboardModifier[f"{one}Modifier"]
    except KeyError as error:
        raise ValueError(f"'{keys}' names no key") from error
    for _ in range(times):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))
