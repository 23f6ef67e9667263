"""What of the chain is looked at: which repository, how far back, as a picture or as a table; one small menu."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.backup import BackupsView, RepositorySeen
from console.domain.text import shown
from console.ui import theme
from console.ui.backup_words import engine_word
from console.ui.chip import Chip
from console.ui.speech import translate
from console.ui.theme import SMALL

RANGE_DAYS: Final = (14, 91)
NAME_EM: Final = 6.4  # it stands in the column of row names


class ChainLooks(Chip):
    """Shows the repository's name; its menu chooses. Ranges are there only where the chain is long."""

    repository_chosen = Signal(object)  # its name
    days_chosen = Signal(object)  # days, or None: all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._menu_of = QMenu(self)
        self.table = QAction(translate("backup", "As a table"), self)
        self.table.setCheckable(True)
        self._shown: tuple[object, ...] = ()
        self.set_menu(self._menu_of)

    def show_looks(self, view: BackupsView, seen: RepositorySeen, *, days: int | None) -> None:
        """`days` 0: the chain is short, all of it is shown."""
        key = (tuple(one.spec for one in view.repositories), seen.spec.name, days)
        if key == self._shown:
            return
        self._shown = key
        name = shown(seen.spec.name, characters_max=60)
        said = theme.metrics(SMALL, bold=True).elidedText(name, Qt.TextElideMode.ElideRight, theme.em(NAME_EM))
        if said != self.text():
            self.setText(said)
            self.updateGeometry()
            self.update()
        self.setAccessibleName(translate("backup", "Shown: {repository}. Opens a menu").format(repository=name))
        menu = self._menu_of
        menu.clear()
        group = QActionGroup(menu)
        for one in view.repositories:
            text = translate("backup", "{repository} ({engine})")
            words = text.format(repository=shown(one.spec.name, characters_max=60), engine=engine_word(one.spec.engine))
            self._add(group, words, on=one.spec.name == seen.spec.name, chosen=self._repository(one.spec.name))
        if days != 0:
            menu.addSeparator()
            ranges = QActionGroup(menu)
            words_of = (translate("backup", "2 weeks"), translate("backup", "3 months"), translate("backup", "All"))
            for words, span in zip(words_of, (*RANGE_DAYS, None), strict=True):
                self._add(ranges, words, on=span == days, chosen=self._days(span))
        menu.addSeparator()
        menu.addAction(self.table)

    def _repository(self, name: str) -> Callable[[], None]:
        return lambda: self.repository_chosen.emit(name)

    def _days(self, days: int | None) -> Callable[[], None]:
        return lambda: self.days_chosen.emit(days)

    def _add(self, group: QActionGroup, words: str, *, on: bool, chosen: Callable[[], None]) -> None:
        action = QAction(words.replace("&", "&&"), self._menu_of)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(chosen)
        group.addAction(action)
        self._menu_of.addAction(action)
