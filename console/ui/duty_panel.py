"""The duties of a cluster: what has to happen regularly, overdue first, each with the act that does it now."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.drill import Duty, DutyKind, DutyRule
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import theme
from console.ui.chip import Chip
from console.ui.controls import Mark, Rule, Says
from console.ui.duty_words import duty_sentence, duty_title
from console.ui.flow import Flow
from console.ui.link_act import LinkAct
from console.ui.measures import duration
from console.ui.shapes import HealthShape
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear

DUTIES_SHOWN_MAX: Final = 60
TITLE_EM: Final = 10.8
ACT_EM: Final = 8.7  # acts of one width stand under each other
HOURS_A_DAY: Final = 24.0
ENDS: Final = frozenset({DutyKind.KEYS_VALID, DutyKind.CERTIFICATES_VALID})
Key = tuple[DutyKind, str]


def duty_act(kind: DutyKind) -> str:
    """The words of the act that does it; empty where the console can't do it."""
    return {
        DutyKind.BACKUP: translate("duty", "Back up"),
        DutyKind.VERIFY: translate("duty", "Read back"),
        DutyKind.RESTORE_PROOF: translate("duty", "Prove a restore"),
        DutyKind.COPIES_COMPARED: translate("duty", "Compare"),
        DutyKind.DETECTOR_REHEARSAL: translate("duty", "Rehearse …"),
        DutyKind.SWITCHOVER_DRILL: translate("duty", "Drill …"),
        DutyKind.BOOKS_RECOMPUTED: translate("duty", "Recompute"),
    }.get(kind, "")


def often_text(rule: DutyRule) -> str:
    """How often it has to happen, in days where it is days."""
    if rule.every_hours <= 0:
        return translate("duty", "not a duty here")
    days = rule.every_hours / HOURS_A_DAY
    every = duration(rule.every_hours * 3600)
    if days == int(days):
        every = counted(int(days), translate("duty", "1 day"), translate("duty", "{n} days"))
    if rule.kind in ENDS:
        return translate("duty", "due {every} before its end").format(every=every)
    return translate("duty", "at least every {every}").format(every=every)


def source_text(source: str) -> str:
    """Where it is recorded."""
    known = {
        "jobs": translate("duty", "backup jobs"),
        "marks": translate("duty", "backups' marks"),
        "copies": translate("duty", "comparisons"),
        "seals": translate("duty", "seals"),
        "runs": translate("duty", "runs"),
        "drills": translate("duty", "drills"),
        "approvers": translate("duty", "approvers"),
    }
    return known.get(source) or shown(source, characters_max=40).replace("-", " ")


def duty_health(duty: Duty) -> Health | None:
    """None: it is no duty here, or can't be told; it never borrows the green."""
    if duty.overdue:
        return Health.DEGRADED
    if duty.outcome == "failed":
        return Health.LOST
    if duty.next_at is None or (duty.last_at is None and duty.reason):
        return None
    return Health.HEALTHY


def duties_headline(duties: tuple[Duty, ...], cluster: str, now: datetime) -> tuple[str, Health]:
    """The sentence of the page: what is overdue, else what is due next."""
    late = [duty for duty in duties if duty.overdue]
    name = shown(cluster)
    if late:
        one = translate("duty", "1 duty of {cluster} is overdue: {first}")
        many = translate("duty", "{n} duties of {cluster} are overdue, first: {first}")
        text = counted(len(late), one, many)
        return text.format(cluster=name, first=_named(late[0])), Health.DEGRADED
    failed = [duty for duty in duties if duty.outcome == "failed"]
    if failed:
        text = translate("duty", "The last time failed on {cluster}: {first}")
        return text.format(cluster=name, first=_named(failed[0])), Health.LOST
    never = sum(1 for duty in duties if duty.next_at is not None and duty.last_at is None)
    ahead = sorted((duty.next_at, _named(duty)) for duty in duties if duty.next_at is not None and duty.next_at > now)
    if not ahead:
        return translate("duty", "No duty of {cluster} can be told yet").format(cluster=name), Health.UNKNOWN
    if never:
        one = translate("duty", "Nothing is overdue on {cluster}, but 1 duty was never done; next: {first}")
        many = translate("duty", "Nothing is overdue on {cluster}, but {n} duties were never done; next: {first}")
        return counted(never, one, many).format(cluster=name, first=ahead[0][1]), Health.UNKNOWN
    text = translate("duty", "Every duty of {cluster} was done in time; next: {first}")
    return text.format(cluster=name, first=ahead[0][1]), Health.HEALTHY


def _named(duty: Duty) -> str:
    title = duty_title(duty)
    return title[:1].lower() + title[1:]


class DutyRow(QWidget):
    """One duty: its state as a shape, when it last happened, when it is due, how often, and the act."""

    act_wanted = Signal(object)  # DutyKind
    rule_wanted = Signal(object)  # DutyKind

    def __init__(self, key: Key, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._shape, self._ring = HealthShape(), Mark("ring")
        self.title, self.says = Says(), Says(token=Token.TEXT_MUTED)
        self._source = Says(size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        self.rule = LinkAct("")
        self.act = Chip(duty_act(key[0]))
        if not duty_act(key[0]):
            self.act.hide()  # never shown here: what has no parent yet would be a window
        self.act.setMinimumWidth(theme.em(ACT_EM))
        row = QHBoxLayout(self)
        row.setContentsMargins(3, theme.grid(1.25), 3, theme.grid(1.25))
        row.setSpacing(theme.grid(2))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._shape, 0, top)
        row.addWidget(self._ring, 0, top)
        self.title.setFixedWidth(theme.em(TITLE_EM))
        row.addWidget(self.title, 0, top)
        words, more = QVBoxLayout(), Flow(gap=theme.grid(2))
        words.setSpacing(theme.grid(0.5))
        words.addWidget(self.says)
        more.addWidget(self.rule)
        more.addWidget(self._source)
        words.addLayout(more)
        row.addLayout(words, 1)
        row.addWidget(self.act, 0, top)
        self.act.clicked.connect(lambda: self.act_wanted.emit(key[0]))
        self.rule.clicked.connect(lambda: self.rule_wanted.emit(key[0]))
        theme.changed.connect(self._redress)

    def _redress(self) -> None:
        self.title.setFixedWidth(theme.em(TITLE_EM))
        self.act.setMinimumWidth(theme.em(ACT_EM))

    def show_duty(self, duty: Duty, rule: DutyRule | None, now: datetime, *, live: bool, busy: bool) -> None:
        health = duty_health(duty)
        self._shape.setVisible(health is not None)
        self._ring.setVisible(health is None)
        if health is not None:
            self._shape.show_health(health)
        title = duty_title(duty)
        self.title.say(title)
        said = duty_sentence(duty, now)
        self.says.say(said, Token.WARN if duty.overdue else Token.TEXT_MUTED)
        source = source_text(duty.source)
        self._source.say(translate("duty", "recorded: {source}").format(source=source) if source else "")
        often = often_text(rule) if rule is not None else ""
        if often != self.rule.text():
            self.rule.setText(often)
            self.rule.updateGeometry()
        self.rule.setVisible(bool(often))
        self.rule.setAccessibleName(translate("duty", "{title}, {often}. Change").format(title=title, often=often))
        self.rule.setEnabled(live)
        self.act.setEnabled(live and not busy)
        self.act.setAccessibleName(translate("duty", "{act}: {title}").format(act=self.act.text(), title=title))
        self.setAccessibleName(f"{title}: {said}")


class DutyPanel(Panel):
    """The card of all duties."""

    act_wanted = Signal(object)  # DutyKind
    rule_wanted = Signal(object)  # DutyKind

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("duty", "Duties"), parent=parent)
        self.rows: tuple[DutyRow, ...] = ()
        self._empty = Says(translate("duty", "Asking for the duties of this cluster …"), token=Token.TEXT_MUTED)
        self._duties_box = QVBoxLayout()
        self._duties_box.setSpacing(0)
        self.put(self._empty)
        self.put(self._duties_box)
        self.end()

    def show_waiting(self, text: str) -> None:
        """Nothing is told yet, or why it can't be."""
        clear(self._duties_box)
        self.rows = ()
        self.aside.say("")
        self._empty.say(text)

    def show_duties(
        self, duties: tuple[Duty, ...], rules: dict[DutyKind, DutyRule], now: datetime, *, live: bool,
        busy: frozenset[DutyKind],
    ) -> None:  # fmt: skip
        """Overdue ones first, as they come. `busy`: what is being done now, so that it is not begun twice."""
        duties = duties[:DUTIES_SHOWN_MAX]
        self._empty.say("" if duties else translate("duty", "Nothing has to happen regularly here."))
        keys = [(duty.kind, duty.about) for duty in duties]
        if [row.key for row in self.rows] != keys:
            self._make(keys)
        for row, duty in zip(self.rows, duties, strict=True):
            row.show_duty(duty, rules.get(duty.kind), now, live=live, busy=duty.kind in busy)
        late = sum(1 for duty in duties if duty.overdue)
        self.aside.say(translate("duty", "{late} of {n} overdue").format(late=late, n=len(duties)) if duties else "")

    def _make(self, keys: list[Key]) -> None:
        held = next((row.key for row in self.rows if row.act.hasFocus()), None)
        clear(self._duties_box)
        made = []
        for place, key in enumerate(keys):
            if place:
                self._duties_box.addWidget(Rule())
            row = DutyRow(key)
            row.act_wanted.connect(self.act_wanted)
            row.rule_wanted.connect(self.rule_wanted)
            self._duties_box.addWidget(row)
            made.append(row)
            if key == held:
                row.act.setFocus()
        self.rows = tuple(made)
