"""What is filled in for one way out; each kind asks only for what it needs."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from console.domain.alerting import WayKind, WayOut
from console.domain.verdict import Health
from console.ui import theme
from console.ui.names import health_word
from console.ui.policy_parts import Field, chooser, chosen, line_edit
from console.ui.speech import translate
from console.ui.way_rules import SECRET_MARK, way_errors

LABEL_EM: Final = 9.5
TARGET_CHARACTERS_MAX: Final = 2000
OPTION_CHARACTERS_MAX: Final = 500
_OPTIONS: Final = {
    WayKind.EMAIL: ("smtp", "port", "tls", "from", "user", "secret"),
    WayKind.WEBHOOK: ("secret",),
    WayKind.COMMAND: (),
    WayKind.HEARTBEAT_FILE: ("seconds",),
    WayKind.HEARTBEAT_URL: ("seconds", "method", "secret"),
}
_BEATS: Final = (WayKind.HEARTBEAT_FILE, WayKind.HEARTBEAT_URL)


def kind_title(kind: WayKind) -> str:
    """The kinds as a person chooses among them."""
    return {
        WayKind.EMAIL: translate("ways", "E-mail"),
        WayKind.WEBHOOK: translate("ways", "Webhook"),
        WayKind.COMMAND: translate("ways", "Command on the engine's host"),
        WayKind.HEARTBEAT_FILE: translate("ways", "Heartbeat: a file that others watch"),
        WayKind.HEARTBEAT_URL: translate("ways", "Heartbeat: a URL that others watch"),
    }[kind]


def _target_words(kind: WayKind) -> tuple[str, str, str]:
    """Label, an example, a hint."""
    beat = translate("ways", "Renewed while the engine lives. Whoever watches it learns when the engine is silent.")
    return {
        WayKind.EMAIL: (translate("ways", "To"), "ops@example.com, duty@example.com", ""),
        WayKind.WEBHOOK: (translate("ways", "URL"), "https://chat.example.com/hooks/…",
                          translate("ways", "Each alert is posted there as JSON.")),
        WayKind.COMMAND: (translate("ways", "Command"), "/usr/local/bin/page --team ledger",
                          translate("ways", "Begun without a shell, with the alert as JSON on its standard input.")),
        WayKind.HEARTBEAT_FILE: (translate("ways", "File"), "/run/ledger-console/alive.json", beat),
        WayKind.HEARTBEAT_URL: (translate("ways", "URL"), "https://watch.example.com/ping/…", beat),
    }[kind]  # fmt: skip


class WayForm(QWidget):
    """The fields of one way out. `changed` at each key; errors stand below their fields once something was changed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = WayOut(name="", kind=WayKind.EMAIL, target="")
        self._others: tuple[str, ...] = ()
        self._filling = False
        self.touched = False
        self.name = line_edit("", most=63)
        self.kind = chooser(tuple((one.value, kind_title(one)) for one in WayKind), WayKind.EMAIL.value)
        self.target = line_edit("", most=TARGET_CHARACTERS_MAX)
        self.options: dict[str, QLineEdit] = {}
        for key, most in (("smtp", OPTION_CHARACTERS_MAX), ("port", 5), ("from", OPTION_CHARACTERS_MAX),
                          ("user", OPTION_CHARACTERS_MAX), ("seconds", 6)):  # fmt: skip
            self.options[key] = line_edit("", most=most)
        self.options["smtp"].setPlaceholderText("localhost")
        self.options["seconds"].setPlaceholderText("10")
        self.secret = line_edit("", most=OPTION_CHARACTERS_MAX)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        tls = (("starttls", translate("ways", "STARTTLS, port 587")), ("tls", translate("ways", "TLS, port 465")),
               ("none", translate("ways", "none, port 25")))  # fmt: skip
        self.tls = chooser(tls, "starttls")
        self.method = chooser((("get", "GET"), ("post", "POST")), "get")
        least = tuple((one.value, _least_text(one)) for one in (Health.DEGRADED, Health.UNKNOWN, Health.LOST))
        self.least = chooser(least, Health.DEGRADED.value)
        self.clusters = line_edit("", empty=translate("ways", "every cluster"))
        self.seconds_max = line_edit("", most=6)
        self.enabled = QCheckBox(translate("ways", "In use"))
        self.fields = self._make_fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for field in self.fields.values():
            column.addWidget(field)
        column.addSpacing(theme.grid(1))
        column.addWidget(self.enabled)
        column.addStretch(1)
        self._listen()

    def _make_fields(self) -> dict[str, Field]:
        kept = translate("ways", "Kept by the keyring of the engine's host, in no file of ours. Empty: as it was.")
        return {
            "kind": Field(translate("ways", "Kind"), self.kind, label_em=LABEL_EM),
            "name": Field(translate("ways", "Name"), self.name, label_em=LABEL_EM),
            "target": Field(translate("ways", "To"), self.target, " ", label_em=LABEL_EM),
            "smtp": Field(translate("ways", "Mail server"), self.options["smtp"], label_em=LABEL_EM),
            "port": Field(translate("ways", "Port"), self.options["port"], label_em=LABEL_EM, wide=False),
            "tls": Field(translate("ways", "Encryption"), self.tls, label_em=LABEL_EM, wide=False),
            "from": Field(translate("ways", "From"), self.options["from"], label_em=LABEL_EM),
            "user": Field(translate("ways", "User"), self.options["user"], label_em=LABEL_EM),
            "seconds": Field(translate("ways", "Every, seconds"), self.options["seconds"], label_em=LABEL_EM,
                             wide=False),
            "method": Field(translate("ways", "Method"), self.method, label_em=LABEL_EM, wide=False),
            "secret": Field(translate("ways", "Password"), self.secret, kept, label_em=LABEL_EM),
            "least": Field(translate("ways", "Tells of"), self.least, label_em=LABEL_EM),
            "clusters": Field(translate("ways", "Of the clusters"), self.clusters, label_em=LABEL_EM),
            "seconds_max": Field(translate("ways", "Limit, seconds"), self.seconds_max, label_em=LABEL_EM, wide=False),
        }  # fmt: skip

    def _listen(self) -> None:
        for edit in (self.name, self.target, self.secret, self.clusters, self.seconds_max, *self.options.values()):
            edit.textChanged.connect(self._touch)
        for box in (self.tls, self.method, self.least):
            box.currentIndexChanged.connect(self._touch)
        self.kind.currentIndexChanged.connect(self._turn)
        self.enabled.toggled.connect(self._touch)

    def fill(self, way: WayOut, *, known: bool, others: tuple[str, ...]) -> None:
        """Show this way. `known`: it is kept by the engine, so its name stands; `others`: names that are taken."""
        self._filling = True
        self._way, self._others = way, others
        self.name.setText(way.name)
        self.name.setEnabled(not known)
        self.target.setText(way.target)
        for box, value in ((self.kind, way.kind.value), (self.tls, way.option("tls", "starttls")),
                           (self.method, way.option("method", "get")), (self.least, way.least.value)):  # fmt: skip
            box.setCurrentIndex(max(0, box.findData(value)))
        for key, edit in self.options.items():
            edit.setText(way.option(key))
        self.secret.clear()
        self.clusters.setText(", ".join(way.clusters))
        self.seconds_max.setText(f"{way.seconds_max:g}")
        self.enabled.setChecked(way.enabled)
        self._filling = False
        self.touched = False
        self._turn()
        self.touched = False
        self.show_errors({})

    def way(self) -> WayOut:
        """As it stands here; what a kind does not ask for is left out, what is not shown here is kept."""
        kind = WayKind(chosen(self.kind))
        texts = {key: edit.text().strip() for key, edit in self.options.items()}
        texts |= {"tls": chosen(self.tls), "method": chosen(self.method)}
        options = [(key, texts[key]) for key in _OPTIONS[kind] if texts.get(key)]
        if kind is self._way.kind:
            options += [pair for pair in self._way.options if pair[0] not in texts]
        clusters = tuple(part.strip() for part in self.clusters.text().split(",") if part.strip())
        return replace(
            self._way, name=self.name.text().strip(), kind=kind, target=self.target.text().strip(),
            options=tuple(options), least=Health(chosen(self.least)), clusters=clusters,
            enabled=self.enabled.isChecked(), seconds_max=_number(self.seconds_max.text()),
        )  # fmt: skip

    def errors(self) -> dict[str, str]:
        return way_errors(self.way(), self._others)

    def show_errors(self, errors: dict[str, str]) -> None:
        for key, field in self.fields.items():
            field.show_error(errors.get(key, ""))

    def _turn(self) -> None:
        """Another kind asks for other things."""
        kind = WayKind(chosen(self.kind))
        for key in ("smtp", "port", "tls", "from", "user", "seconds", "method", "secret"):
            self.fields[key].setVisible(key in _OPTIONS[kind])
        for key in ("least", "clusters"):
            self.fields[key].setVisible(kind not in _BEATS)
        label, example, hint = _target_words(kind)
        self.fields["target"].say(label, hint)
        self.target.setPlaceholderText(example)
        mark = translate("ways", "Secret") if kind is not WayKind.EMAIL else translate("ways", "Password")
        said = translate("ways", "Kept by the keyring of the engine's host, in no file of ours. Empty: as it was.")
        if kind is not WayKind.EMAIL:
            text = translate("ways", "Sent as a bearer token, or where {mark} stands in the URL. {kept}")
            said = text.replace("{mark}", SECRET_MARK).replace("{kept}", said)
        self.fields["secret"].say(mark, said)
        self._touch()

    def _touch(self) -> None:
        if not self._filling:
            self.touched = True
            self.changed.emit()


def _least_text(health: Health) -> str:
    if health is Health.LOST:
        return translate("ways", "only what is lost")
    return translate("ways", "what is {health}, and worse").format(health=health_word(health))


def _number(text: str) -> float:
    try:
        return float(text.strip() or 0)
    except ValueError:
        return 0.0
