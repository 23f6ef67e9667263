"""A key that the tour presses reaches the widget as one of a keyboard would."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from console.ui.key_press import press


@pytest.mark.usefixtures("qapp")
def test_a_key_is_pressed_with_its_modifiers_as_often_as_asked() -> None:
    edit = QLineEdit("lab-1")
    press(edit, "Home")
    press(edit, "Shift+Right", times=3)
    assert edit.selectedText() == "lab"
    press(edit, "Delete")
    assert edit.text() == "-1"


def test_what_names_no_key_is_refused(qapp: QApplication) -> None:
    edit = QLineEdit("lab")
    assert qapp is not None
    for keys in ("", "Nokey", "Strong+K"):
        with pytest.raises(ValueError, match="names no key"):
            press(edit, keys)
    assert edit.text() == "lab"
