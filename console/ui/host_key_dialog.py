"""Host keys that nobody has accepted yet: their SHA-256 and where they would be stored; a person accepts each."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.text import shown
from console.link.messages import AcceptHostKey, Done, HostKeyOffer, HostKeys, Message, Refused
from console.ui import sentences, theme
from console.ui.controls import Act, Rule, Says
from console.ui.focus_ring import FocusRing
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import SMALL, VERDICT, Token


class OfferRow(QWidget):
    """One offered key, and the button that accepts exactly this one."""

    accepted = Signal(object)  # HostKeyOffer

    def __init__(self, offer: HostKeyOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer = offer
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.grid(2), 0, theme.grid(2))
        row.setSpacing(theme.grid(2))
        row.addWidget(HealthShape(parent=self), alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.grid(1))
        name = translate("host key", "{host}, port {port}: {kind}").format(
            host=shown(offer.host), port=offer.port, kind=shown(offer.kind)
        )
        stored = translate("host key", "Would be stored in {path}").format(path=shown(offer.stored_in))
        column.addWidget(Says(name, bold=True, parent=self))
        self.fingerprint = Says(shown(offer.fingerprint), mono=True, parent=self)
        column.addWidget(self.fingerprint)
        column.addWidget(Says(stored, size_em=SMALL, token=Token.TEXT_MUTED, parent=self))
        row.addLayout(column, stretch=1)
        self.accept = Act(translate("host key", "Accept"), parent=self)
        self.accept.setAccessibleName(
            translate("host key", "Accept the key {fingerprint} of {host}").format(
                fingerprint=shown(offer.fingerprint), host=shown(offer.host)
            )
        )
        self.accept.clicked.connect(lambda: self.accepted.emit(self.offer))
        row.addWidget(self.accept, alignment=Qt.AlignmentFlag.AlignTop)


class HostKeyList(QWidget):
    """The offers, with what to compare them with. Asking the host itself would prove nothing, and it says so."""

    accepted = Signal(object)  # HostKeyOffer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[OfferRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3, 0, 3, 0)
        self._column.setSpacing(0)
        self._column.addWidget(
            Says(
                translate(
                    "host key",
                    "Nobody has accepted these host keys yet. Compare each SHA-256 with the one that the host's owner "
                    "tells you on another way, then accept it. Until then nothing is sent to the host.",
                ),
                size_em=SMALL,
                token=Token.TEXT_MUTED,
                parent=self,
            )
        )

    def show_offers(self, offers: tuple[HostKeyOffer, ...]) -> None:
        """Shows these; a row whose offer is still there keeps its place and its focus."""
        for row in [row for row in self.rows if row.offer not in offers]:
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
        known = {row.offer for row in self.rows}
        for offer in offers:
            if offer not in known:
                row = OfferRow(offer, self)
                row.accepted.connect(self.accepted)
                self.rows.append(row)
                self._column.addWidget(row)
        self.setVisible(bool(self.rows))

    def set_busy(self, busy: bool) -> None:
        for row in self.rows:
            row.accept.setEnabled(not busy)


class HostKeyDialog(QDialog):
    """Host keys of watched hosts that wait for a person."""

    wants = Signal(object)  # AcceptHostKey

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("host key", "Host keys to accept"))
        column = QVBoxLayout(self)
        edge = theme.grid(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(3))
        column.addWidget(Says(self.windowTitle(), size_em=VERDICT, bold=True, parent=self))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setObjectName("page")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(3, 3, 3, 3)
        self.list = HostKeyList(page)
        self.list.accepted.connect(self._accept)
        inner.addWidget(self.list)
        inner.addStretch(1)
        scroll.setWidget(page)
        column.addWidget(scroll, stretch=1)
        self.message = Says(parent=self)
        column.addWidget(self.message)
        column.addWidget(Rule(parent=self))
        self.close_button = Act(translate("host key", "Close"), key="Esc", parent=self)
        self.close_button.clicked.connect(self.reject)
        column.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignRight)
        FocusRing(self)
        self.resize(theme.em(50), theme.em(28))

    def show_offers(self, keys: HostKeys) -> None:
        """What waits now; with nothing left the dialog says so and can be closed."""
        self.list.show_offers(keys.offers)
        if not keys.offers:
            self.message.say(translate("host key", "No host key waits for you."), Token.TEXT)

    def show_answer(self, question: Message, answer: Message) -> None:
        if not isinstance(question, AcceptHostKey):
            return
        self.list.set_busy(False)
        if isinstance(answer, Refused):
            self.message.say(sentences.refused_sentence(answer), Token.LOST)
        elif isinstance(answer, Done):
            self.message.say(
                translate("host key", "Accepted. {host} is asked anew.").format(host=shown(question.host)), Token.TEXT
            )
            self.list.show_offers(tuple(
                row.offer for row in self.list.rows
                if (row.offer.host, row.offer.port) != (question.host, question.port)
            ))  # fmt: skip

    def _accept(self, offer: HostKeyOffer) -> None:
        self.list.set_busy(True)
        self.wants.emit(AcceptHostKey(host=offer.host, port=offer.port, fingerprint=offer.fingerprint))
