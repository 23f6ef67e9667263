"""The card of the chosen backup: what it needs, what was checked of it by name and scope; restore it, prove it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.backup import Backup, BackupCheck, BackupsView, CheckResult, JobKind, Mark, RepositorySeen
from console.domain.text import shown
from console.link.backups import StartProve, StartVerify
from console.ui import theme
from console.ui.backup_sentences import about, check_line, needs_text, selected_title
from console.ui.backup_shapes import ProofShape
from console.ui.backup_state import (
    Proof,
    chain_bytes,
    chain_of,
    is_whole,
    jobs_running,
    marks_of,
    restore_seconds,
)
from console.ui.backup_words import (
    check_word,
    clock_text,
)
from console.ui.controls import Act, Rule, Says
from console.ui.flow import Flow
from console.ui.link_act import LinkAct
from console.ui.measures import NOTHING, bytes_text, number
from console.ui.speech import joined, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear

RESTORE_KEY: Final = "Ctrl+R"
ALWAYS: Final = (BackupCheck.CHECKSUMS, BackupCheck.WAL_CONTINUITY, BackupCheck.RESTORED, BackupCheck.BOOKS)
RESULT_PROOF: Final = {
    CheckResult.PASSED: Proof.PROVEN, CheckResult.FAILED: Proof.FAILED, CheckResult.NOT_CHECKED: Proof.NONE,
}  # fmt: skip


class CheckRows(QWidget):
    """The checks of one backup by name and scope; what was not run says so. `acts`: a lacking one can be asked for."""

    verify_wanted = Signal()

    def __init__(self, *, acts: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self.verify: LinkAct | None = None  # while the checksums were not read back, or failed
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(1))
        self._shown: tuple[object, ...] = ()
        self.lines: tuple[str, ...] = ()

    def show_marks(self, backup: Backup, marks: dict[BackupCheck, Mark], now: datetime) -> None:
        """Every check that was run, those that always matter, and in one line those that nobody ran."""
        key = (backup.id, tuple(marks.values()))
        if key == self._shown:
            return
        self._shown = key
        clear(self._column)
        self.verify = None
        lines = []
        for check in BackupCheck:
            mark = marks.get(check)
            if mark is None and check not in ALWAYS:
                continue
            said, result = check_line(check, mark)
            at = clock_text(mark.at, now) if mark is not None and result is not CheckResult.NOT_CHECKED else NOTHING
            lines.append(f"{said}, {at}")
            lacks = check is BackupCheck.CHECKSUMS and result is not CheckResult.PASSED
            self._add(RESULT_PROOF[result], said, at, act=lacks and self._acts)
        rest = [check_word(check) for check in BackupCheck if check not in marks and check not in ALWAYS]
        if backup.mirrored is None and BackupCheck.MIRROR not in marks:
            rest = [word for word in rest if word != check_word(BackupCheck.MIRROR)]
        if rest:
            names = joined([rest[0], *(word[:1].lower() + word[1:] for word in rest[1:])])
            said = translate("backup", "{checks}: not checked").format(checks=names)
            lines.append(said)
            self._add(Proof.NONE, said, NOTHING)
        self.lines = tuple(lines)
        self.setAccessibleName(translate("backup", "Checks of this backup"))
        self.setAccessibleDescription("\n".join(lines))

    def _add(self, proof: Proof, said: str, at: str, *, act: bool = False) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        shape = ProofShape(proof)
        row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        ink = Token.LOST if proof is Proof.FAILED else Token.TEXT if proof is Proof.PROVEN else Token.TEXT_MUTED
        row.addWidget(Says(said, size_em=SMALL, token=ink), 1)
        if act:
            self.verify = LinkAct(translate("backup", "Read back"))
            self.verify.clicked.connect(self.verify_wanted)
            row.addWidget(self.verify, 0, Qt.AlignmentFlag.AlignTop)
        if not act or at != NOTHING:
            row.addWidget(Says(at, size_em=SMALL, token=Token.TEXT_MUTED, wraps=False), 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)


class SelectedPanel(Panel):
    """The chosen backup: what it needs, how long it takes, what was checked of it; restore it, prove it."""

    restore_wanted = Signal(object)  # Backup
    wants = Signal(object)  # StartProve

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("backup", "Selected"), parent=parent)
        self._backup: Backup | None = None
        self._view: BackupsView | None = None
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.grid(4))
        self._facts.setVerticalSpacing(theme.grid(1.5))
        self._facts.setColumnStretch(1, 1)
        self._values: list[tuple[Says, Says]] = []
        self.checks = CheckRows(acts=True)
        self.checks.verify_wanted.connect(self._verify)
        self.restore = Act(translate("backup", "Restore …"), key=RESTORE_KEY, filled=True, tall_steps=7)
        self.prove = Act(translate("backup", "Prove"), tall_steps=7)
        self._why = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.restore.clicked.connect(self._restore)
        self.prove.clicked.connect(self._prove)
        self._empty = Says(token=Token.TEXT_MUTED)
        self._rule = Rule()
        buttons = QWidget()
        flow = Flow(buttons, gap=theme.grid(2))
        flow.addWidget(self.restore)
        flow.addWidget(self.prove)
        self._buttons = buttons
        self.put(self._empty)
        self.put(self._facts)
        self.put(self._rule)
        self.put(self.checks)
        self.put(buttons)
        self.put(self._why)
        self.end()

    def show_backup(self, view: BackupsView, seen: RepositorySeen | None, backup: Backup | None, now: datetime, *,
                    live: bool) -> None:  # fmt: skip
        self._view, self._backup = view, backup
        for part in (self._rule, self.checks, self._buttons):
            part.setVisible(backup is not None)
        if backup is None or seen is None:
            self.title.say(translate("backup", "Selected"))
            self._empty.say(translate("backup", "No backup lies in this repository yet."))
            self._show_facts(())
            self._why.say("")
            return
        self._empty.say("")
        self.title.say(selected_title(backup, now))
        chain = chain_of(backup, seen.backups)
        self._show_facts(_facts(view, backup, chain, now))
        marks = marks_of(view, backup)
        self.checks.show_marks(backup, marks, now)
        again = BackupCheck.RESTORED in marks
        _say(self.prove, translate("backup", "Prove again") if again else translate("backup", "Prove"))
        why = "" if is_whole(chain) else translate("backup", "Its chain is not whole: it can't be restored.")
        proving = any(job.kind.value == "prove" for job in jobs_running(view, backup.repository))
        self.restore.setEnabled(live and not why)
        self.prove.setEnabled(live and not why and not proving)
        if self.checks.verify is not None:
            busy = any(job.kind is JobKind.VERIFY for job in jobs_running(view, backup.repository))
            self.checks.verify.setEnabled(live and not busy)
        if not why and proving:
            why = translate("backup", "A restore test runs there now.")
        self._why.say(why)

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while len(self._values) < len(facts):
            label = Says(size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
            value = Says(size_em=SMALL)
            place = len(self._values)
            self._facts.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, place, 1)
            self._values.append((label, value))
        for place, (label, value) in enumerate(self._values):
            name, said = facts[place] if place < len(facts) else ("", "")
            label.say(name)
            value.say(said)

    def _restore(self) -> None:
        if self._backup is not None:
            self.restore_wanted.emit(self._backup)

    def _verify(self) -> None:
        if self._backup is not None and self._view is not None:
            one = self._backup
            self.wants.emit(StartVerify(cluster=self._view.cluster, repository=one.repository, backup=one.id))

    def _prove(self) -> None:
        if self._backup is not None and self._view is not None:
            one = self._backup
            self.wants.emit(StartProve(cluster=self._view.cluster, repository=one.repository, backup=one.id))


def _facts(view: BackupsView, backup: Backup, chain: tuple[Backup, ...], now: datetime) -> tuple[tuple[str, str], ...]:
    unknown = translate("backup", "not known")
    size = bytes_text(backup.stored_bytes) if backup.stored_bytes is not None else unknown
    whole = chain_bytes(chain)
    if whole is not None and len(chain) > 1:
        size = translate("backup", "{size}, chain {whole}").format(size=size, whole=bytes_text(whole))
    seconds = restore_seconds(view, chain)
    time = translate("backup", "not measured yet")
    if seconds is not None:
        time = translate("backup", "about {time}, by the last restore").format(time=about(seconds))
    found = [
        (translate("backup", "Needs"), needs_text(chain, now)),
        (translate("backup", "Size"), size),
        (translate("backup", "To restore it"), time),
    ]
    if backup.source:
        head = number(backup.head_number) if backup.head_number is not None else unknown
        text = translate("backup", "{node}, up to entry {n}")
        found.append((translate("backup", "Taken from"), text.format(node=shown(backup.source, characters_max=60),
                                                                     n=head)))  # fmt: skip
    return tuple(found)


def _say(act: Act, text: str) -> None:
    if text != act.text():
        act.setText(text)
        act.setAccessibleName(text)
        act.updateGeometry()
