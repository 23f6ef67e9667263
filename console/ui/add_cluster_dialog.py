"""Add a cluster by naming one host: it is looked at, what was found is shown, nothing saved until a person agrees."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.cluster import Inventory
from console.domain.text import shown
from console.link.messages import (
    AcceptHostKey,
    AskDiscovery,
    AskHostKeys,
    Discovered,
    Done,
    HostKeyOffer,
    HostKeys,
    Message,
    Missed,
    Refused,
    SaveClusters,
)
from console.ui import measures, sentences, theme
from console.ui.controls import Act, Rule, Says
from console.ui.discovery_form import DiscoveryForm
from console.ui.discovery_result import DiscoveryResult, hint_of
from console.ui.focus_ring import FocusRing
from console.ui.host_key_dialog import HostKeyList
from console.ui.speech import translate
from console.ui.theme import SMALL, VERDICT, Token

UNKNOWN_KEY: Final = "host-key-unknown"


class AddClusterDialog(QDialog):
    """Asks, shows, saves. It is opened with `open()`; the window gives it every answer to what it wants."""

    wants = Signal(object)  # AskDiscovery, AskHostKeys, AcceptHostKey, SaveClusters
    saved = Signal(object)  # the name of the cluster that is in the inventory now

    def __init__(self, taken: frozenset[str] = frozenset(), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("add", "Add a cluster"))
        self._asked: AskDiscovery | None = None  # the question whose answer is waited for
        self._last: AskDiscovery | None = None  # what to look at again after a key was accepted
        self._saving: Inventory | None = None
        self._hosts: set[str] = set()
        self._seconds = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count)
        self.form = DiscoveryForm(self)
        self.progress = Says(parent=self)
        self.cancel = Act(translate("add", "Cancel"), key="Esc", parent=self)
        self.message = Says(parent=self)
        self.keys = HostKeyList(self)
        self.found = DiscoveryResult(taken, self)
        self.close_button = Act(translate("add", "Close"), parent=self)
        self.add = Act(translate("add", "Add to the inventory"), key="Ctrl+Enter", filled=True, parent=self)
        self.reason = Says(size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self._build()
        self.form.asked.connect(self._look)
        self.cancel.clicked.connect(self.stop_looking)
        self.keys.accepted.connect(self._accept_key)
        self.found.changed.connect(self._show_add)
        self.add.clicked.connect(self._save)
        self.close_button.clicked.connect(self.reject)
        self.keys.hide()
        self.found.hide()
        self._show_busy()
        self.form.host.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.grid(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(2))
        column.addWidget(Says(self.windowTitle(), size_em=VERDICT, bold=True, parent=self))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setObjectName("page")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, theme.grid(1), 0)
        inner.setSpacing(theme.grid(3))
        inner.addWidget(self.form)
        busy = QHBoxLayout()
        busy.setContentsMargins(3, 0, 3, 0)
        busy.addWidget(self.progress, stretch=1)
        busy.addWidget(self.cancel)
        inner.addLayout(busy)
        for part in (self.message, self.keys, self.found):
            inner.addWidget(part)
        inner.addStretch(1)
        scroll.setWidget(page)
        column.addWidget(scroll, stretch=1)
        column.addWidget(Rule(parent=self))
        column.addWidget(self.reason)
        foot = QHBoxLayout()
        foot.addWidget(self.close_button)
        foot.addStretch(1)
        foot.addWidget(self.add)
        column.addLayout(foot)
        FocusRing(self)
        self.resize(theme.em(56), theme.em(40))

    @property
    def looking(self) -> bool:
        return self._asked is not None

    def _look(self, question: AskDiscovery) -> None:
        self._asked = self._last = question
        self._hosts = {question.host}
        self._seconds = 0
        self._tick.start()
        self.message.say("")
        self.keys.show_offers(())
        self.found.hide()
        self._count()
        self._show_busy()
        self.wants.emit(question)

    def _count(self) -> None:
        if self._asked is None:
            return
        text = translate("add", "Looking at {host}, and at every host that it names: {time}").format(
            host=shown(self._asked.host), time=measures.duration(self._seconds, whole=True)
        )
        self.progress.say(text)
        self._seconds += 1

    def stop_looking(self) -> None:
        """The answer is not waited for any more; looking changes nothing, so there is nothing to take back."""
        if self._asked is None:
            return
        self._end_looking()
        self.message.say(translate("add", "Cancelled. Nothing was saved."), Token.TEXT)

    def _end_looking(self) -> None:
        self._asked = None
        self._tick.stop()
        self.progress.say("")
        self._show_busy()

    def _show_busy(self) -> None:
        busy = self._asked is not None or self._saving is not None
        self.form.set_busy(busy)
        self.cancel.setVisible(self._asked is not None)
        self.found.setEnabled(not busy)
        self._show_add()

    def _show_add(self) -> None:
        ready = not self.found.isHidden() and self.found.inventory() is not None
        self.add.setEnabled(ready and self._saving is None and self._asked is None)
        if self.found.isHidden():
            self.reason.say(translate("add", "Nothing to add yet: look at a host first."))
        else:
            self.reason.say("" if ready else self.found.name_problem() or translate("add", "There is no node to add."))

    def show_answer(self, question: Message, answer: Message) -> None:
        """The answer to something that this dialog wanted; one to a question that was cancelled is left alone."""
        match question:
            case AskDiscovery() if question is self._asked or question == self._asked:
                self._show_discovery(answer)
            case AskHostKeys() if isinstance(answer, HostKeys):
                self.show_host_keys(answer)
            case AcceptHostKey():
                self._show_accepted(question, answer)
            case SaveClusters() if self._saving is not None:
                self._show_saved(answer)
            case _:
                pass

    def show_host_keys(self, keys: HostKeys) -> None:
        """Offers of the hosts that were just looked at; those of other clusters wait elsewhere."""
        if self._asked is None:
            self.keys.show_offers(tuple(one for one in keys.offers if one.host in self._hosts))

    def _show_discovery(self, answer: Message) -> None:
        self._end_looking()
        if isinstance(answer, Discovered):
            self.found.show_found(answer)
            self.found.show()
            self._hosts |= {one.host for one in answer.missed}
            self._ask_keys_if(answer.missed)
            self.found.name.setFocus()
            self.found.name.selectAll()
        elif isinstance(answer, Refused):
            missed = Missed(host=answer.subject or self._asked_host(), reason=answer.reason, detail=answer.detail)
            text = sentences.missed_sentence(missed)
            self.message.say(
                " ".join(part for part in (f"{text}.", hint_of(answer.reason), _nothing_saved()) if part), Token.LOST
            )
            self._hosts.add(missed.host)
            self._ask_keys_if((missed,))
            self.form.host.setFocus()
        self._show_busy()

    def _asked_host(self) -> str:
        return self._last.host if self._last is not None else ""

    def _ask_keys_if(self, missed: tuple[Missed, ...]) -> None:
        if any(one.reason == UNKNOWN_KEY for one in missed):
            self.wants.emit(AskHostKeys())

    def _accept_key(self, offer: HostKeyOffer) -> None:
        self.keys.set_busy(True)
        self.wants.emit(AcceptHostKey(host=offer.host, port=offer.port, fingerprint=offer.fingerprint))

    def _show_accepted(self, question: AcceptHostKey, answer: Message) -> None:
        self.keys.set_busy(False)
        if isinstance(answer, Refused):
            self.message.say(sentences.refused_sentence(answer), Token.LOST)
        elif isinstance(answer, Done) and self._last is not None and self._asked is None:
            rest = [r.offer for r in self.keys.rows if (r.offer.host, r.offer.port) != (question.host, question.port)]
            if rest:
                self.keys.show_offers(tuple(rest))
            else:
                self._look(self._last)  # every shown key is accepted: now look again

    def _save(self) -> None:
        inventory = self.found.inventory()
        if inventory is None or self._saving is not None:
            return
        self._saving = inventory
        self.message.say("")
        self._show_busy()
        self.wants.emit(SaveClusters(inventory=inventory))

    def _show_saved(self, answer: Message) -> None:
        saving, self._saving = self._saving, None
        self._show_busy()
        if isinstance(answer, Done) and saving is not None:
            self.saved.emit(saving.clusters[0].name)
            self.accept()
        elif isinstance(answer, Refused):
            self.message.say(sentences.refused_sentence(answer), Token.LOST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if control and self.add.isEnabled():
                self._save()
            return  # a bare Enter belongs to the field or the button that has the focus
        if event.key() == Qt.Key.Key_Escape and self._asked is not None:
            self.stop_looking()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Closes; an answer that still comes finds nobody, and nothing was saved."""
        self._end_looking()
        super().reject()


def _nothing_saved() -> str:
    return translate("add", "Nothing was saved.")
