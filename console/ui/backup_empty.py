"""The Backups page without a policy, or without a backup: what is missing, what it would give, one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from console.domain.backup import BackupsView
from console.domain.text import shown
from console.ui.controls import Act, Says
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel


class EmptyBackups(Panel):
    """One button: the policy where there is none, else the first backup, which is proven at once."""

    policy_wanted = Signal()
    backup_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._gives = Says(bold=True)
        self.policy = Act(translate("backup", "Say where and when …"), filled=True, tall_steps=8)
        self.backup = Act(translate("backup", "Back up and prove"), key="Ctrl+B", filled=True, tall_steps=8)
        self._note = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.policy.clicked.connect(self.policy_wanted)
        self.backup.clicked.connect(self.backup_wanted)
        self.put(self._gives)
        for act in (self.policy, self.backup):
            self._column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        self.put(self._note)

    def show_view(self, view: BackupsView, *, live: bool) -> None:
        has_policy = bool(view.policy.repositories)
        self.policy.setVisible(not has_policy)
        self.backup.setVisible(has_policy)
        self.policy.setEnabled(live)
        self.backup.setEnabled(live)
        self._gives.say(translate("backup", "Without one a mistaken delete can't be undone."))
        if has_policy:
            text = translate("backup", "Copies the whole ledger to {repository}, restores it into a sandbox, and "
                                       "proves the books of the copy. The running ledger is only read.")  # fmt: skip
            first = view.policy.repositories[0].name
            self._note.say(text.format(repository=shown(first, characters_max=60)))
        else:
            text = translate("backup", "A policy says on which host backups are kept, when they are made, how many "
                                       "stay, and how they are proven. Nothing begins before you save it.")  # fmt: skip
            self._note.say(text)

    def press(self) -> None:
        """By the key: the act that stands there."""
        for act in (self.policy, self.backup):
            if act.isVisible() and act.isEnabled():
                act.click()
                return
