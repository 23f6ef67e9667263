"""The drill that runs now: what is done, what was measured so far, and a stop that says what will be true after it."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.drill import Drill, DrillKind
from console.domain.text import shown
from console.link.watching import StopDrill
from console.ui import theme
from console.ui.controls import Says
from console.ui.drill_marks import DrillMarks
from console.ui.drill_words import drill_title, fault_sentence
from console.ui.measures import duration
from console.ui.run_foot import STOP_KEY, StopAct
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel


def stop_sentence(drill: Drill) -> str:
    """What will be true after it was stopped."""
    match drill.kind:
        case DrillKind.DETECTOR:
            return translate("drill", "Its fault is undone first, and that is proven; then it ends as stopped.")
        case DrillKind.SWITCHOVER:
            return translate("drill", "Its plan stops after the step that runs, and asks on the Recovery page.")
        case DrillKind.RESTORE:
            return translate("drill", "The sandbox is taken down. Nothing of the cluster was touched.")


class RunningDrill(Panel):
    """Shown while a drill runs. Ctrl+. stops it."""

    wants = Signal(object)  # StopDrill
    run_wanted = Signal(object)  # the id of the plan's run that it rests on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("drill", "Drill under way"), parent=parent)
        self._drill: Drill | None = None
        self._stopping = ""
        self._trouble = ""  # why it was not stopped, until it is tried again
        self.what = Says()
        self.marks = DrillMarks()
        self.evidence = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.stop = StopAct(translate("drill", "Stop the drill"))
        self.stop.setShortcut(STOP_KEY)
        self.after = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        for part in (self.what, self.marks, self.evidence):
            self.put(part)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(3))
        foot.addWidget(self.stop)
        foot.addWidget(self.after, 1, Qt.AlignmentFlag.AlignVCenter)
        self.put(foot)
        self.stop.clicked.connect(self._stop)
        self.hide()

    def show_drill(self, drill: Drill | None, now: datetime, *, live: bool) -> None:
        """None: nothing runs."""
        self._drill = drill
        self.setVisible(drill is not None)
        if drill is None:
            self._stopping = self._trouble = ""
            return
        self.title.say(drill_title(drill))
        self.what.say(fault_sentence(drill.fault) if drill.fault is not None else "")
        self.marks.show_marks(drill.marks)
        self.marks.setVisible(bool(drill.marks))
        self.evidence.say(shown(drill.evidence[-1]) if drill.evidence else "")
        stopping = self._stopping == drill.id
        self.stop.setEnabled(live and not stopping)
        said = translate("drill", "Stopping …") if stopping else self._trouble or stop_sentence(drill)
        self.after.say(said, Token.LOST if self._trouble and not stopping else Token.TEXT_MUTED)
        self.tick(now)

    def show_refused(self, reason: str) -> None:
        """It could not be stopped, and why; the button is there again."""
        self._stopping, self._trouble = "", reason
        self.stop.setEnabled(True)
        self.after.say(reason, Token.LOST)

    def tick(self, now: datetime) -> None:
        if self._drill is not None:
            seconds = max(0.0, (now - self._drill.begun_at).total_seconds())
            self.aside.say(translate("drill", "for {time}").format(time=duration(seconds, whole=True)))

    def _stop(self) -> None:
        if self._drill is None or self._stopping == self._drill.id:
            return
        self._stopping, self._trouble = self._drill.id, ""
        self.stop.setEnabled(False)
        self.after.say(translate("drill", "Stopping …"), Token.TEXT_MUTED)
        self.wants.emit(StopDrill(drill=self._drill.id))
