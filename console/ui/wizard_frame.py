"""The frame of both wizards: the rail, one step at a time or the run in its place, the foot, what is wrong above."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.run import RunState, RunView
from console.link.changes import StartRun, StopRun
from console.link.governance import BreakGlass
from console.link.messages import Message
from console.ui import theme
from console.ui.plan_course import PlanCourse, PlanDraft
from console.ui.run_panel import RunPanel
from console.ui.speech import translate
from console.ui.wizard_approval import ApprovalPage
from console.ui.wizard_foot import WizardFoot
from console.ui.wizard_parts import WizardPage
from console.ui.wizard_rail import RailRow, StepRail
from console.ui.wizard_report import ReportPage
from console.ui.wizard_trouble import TroubleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """What a wizard says around its step, as its draft stands."""

    title: str
    rail_foot: str
    leaving: str  # what the act that leaves is called
    left: str  # said once after leaving; may be empty


class WizardFrame(QWidget):
    """Takes the place of the pages. It shows values and asks by signals; the engine plans, runs and proves."""

    wants = Signal(object)  # a message of the link
    left = Signal(object)  # what is said once after leaving; may be empty

    # Each wizard makes them, and then calls _lay_out, _connect and _connect_keys.
    course: PlanCourse
    _pages: Mapping[Enum, WizardPage]

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cluster: ClusterView | None = None
        self._focused: Enum | None = None
        self._focusing = QTimer(self)  # rows that were just made are there only in the next turn
        self._focusing.setSingleShot(True)
        self._focusing.setInterval(0)
        self._focusing.timeout.connect(self._focus_now)
        self.rail, self.trouble, self.foot = StepRail(), TroubleLine(), WizardFoot()
        self.approval_page, self.report_page = ApprovalPage(), ReportPage()
        self.run_panel = RunPanel()
        self.setProperty("ringless", True)
        self._stack = QStackedWidget()

    def _lay_out(self, *others: QWidget) -> None:
        """`others`: what is shown in place of a step, besides a run."""
        for page in (*self._pages.values(), *others):
            self._stack.addWidget(page)
        self._run_box = QWidget()
        self._run_column = QVBoxLayout(self._run_box)
        self._run_column.addWidget(self.run_panel)
        self._stack.addWidget(self._run_box)
        self.foot.run_slot.addWidget(self.run_panel.foot)
        self.run_panel.foot.hide()
        self._above = QVBoxLayout()
        self._above.addWidget(self.trouble)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._above)
        right.addWidget(self._stack, 1)
        right.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        theme.changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        grid = theme.grid
        self._run_column.setContentsMargins(grid(6), grid(4), grid(6), grid(3))
        self._above.setContentsMargins(grid(6), grid(3) if self.trouble.isVisibleTo(self) else 0, grid(6), 0)

    def _connect(self) -> None:
        self.foot.next_wanted.connect(self.go_on)
        self.foot.back_wanted.connect(self.go_back)
        self.foot.leave_wanted.connect(self.leave)
        self.trouble.again_wanted.connect(self.ask_again)
        self.approval_page.changed.connect(self._show_foot)
        self.approval_page.glass_broken.connect(self._break_glass)
        self.approval_page.anew_wanted.connect(lambda: self._do(self.course.take_fresh))
        self.approval_page.withdraw_wanted.connect(self._withdraw)
        self.run_panel.wants.connect(self.wants)

    def _keys(self) -> dict[str, Callable[[], object]]:
        return {
            "Ctrl+Return": self.go_on, "Ctrl+Enter": self.go_on, "Esc": self.leave, "Alt+Left": self.go_back,
            "F5": self.ask_again, "Ctrl+R": self.rehearse,
        }  # fmt: skip

    def _connect_keys(self) -> None:
        for key, does in self._keys().items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)  # a key that is held down must not walk through several steps
            shortcut.activated.connect(does)

    def _do(self, act: Callable[[], None]) -> None:
        act()
        self._show()

    # What each wizard does in its own way

    @property
    def draft(self) -> PlanDraft:
        return self.course.draft

    def _said(self) -> Sayings:
        raise NotImplementedError

    def _rows(self) -> tuple[RailRow, ...]:
        raise NotImplementedError

    def _next_text(self) -> str:
        """What the next act of this step is called; empty where there is none."""
        raise NotImplementedError

    def _may_go_back(self) -> bool:
        """May the step before this one be opened?"""
        raise NotImplementedError

    def _go_ahead(self) -> None:
        """The next act of any step but the approval; nothing keeps it."""
        raise NotImplementedError

    def _show_page(self) -> None:
        raise NotImplementedError

    def show_cluster(self, cluster: ClusterView) -> None:
        """A new picture of a cluster."""
        raise NotImplementedError

    def show_answer(self, question: Message, answer: Message) -> None:
        """The answer to something that this wizard wanted; one that nobody waits for any more changes nothing."""
        raise NotImplementedError

    def go_back(self) -> None:
        raise NotImplementedError

    # What comes from outside

    def show_run(self, run: RunView) -> None:
        """A run was told: the one that stands here, or its rehearsal."""
        if self.course.show_run(run):
            self._show()

    def set_live(self, live: bool, reason: str = "") -> None:
        """The engine went or came back. What was asked meanwhile is asked again by a person, not by itself."""
        if live == self.course.live:
            return
        self.course.set_live(live)
        if not live:
            self.trouble.show_lost(reason)
        self._show()

    def tick(self) -> None:
        """Once a second: the clock, and what counts on."""
        now = self._now()
        self.foot.tick(now)
        if self.course.runs:
            self.run_panel.tick(now)
            self._show_rail()

    # What a person does

    def ask_again(self) -> None:
        self._do(self.course.ask_again)

    def rehearse(self) -> None:
        self._do(self.course.rehearse)

    def _break_glass(self, reason: str) -> None:
        run = self.draft.run
        if run is not None and run.state is RunState.WAITING:
            self.wants.emit(BreakGlass(run=run.id, reason=reason))

    def _withdraw(self) -> None:
        run = self.draft.run
        if run is not None and run.state is RunState.WAITING:
            self.wants.emit(StopRun(run=run.id))

    def leave(self) -> None:
        """Nothing here runs in the window: leaving stops nothing, and before a run nothing was changed."""
        self.course.asked = None
        self.left.emit(self._said().left)

    def go_on(self) -> None:
        """The one big next action of this step; where it can't be had, the reason turns loud."""
        page = self.approval_page
        if self.course.runs:
            first = self.run_panel.question.first()
            if isinstance(first, QAbstractButton):
                first.click()
        elif blocked := self._blocked():
            self.foot.show_pressed(blocked)
        elif self.course.stale:
            self._do(self.course.take_fresh)
        elif self._approves:
            self._do(lambda: self.course.start(confirmed=page.typed_name, attested=page.attestation()))
        else:
            self._go_ahead()

    @property
    def _approves(self) -> bool:
        return self._pages.get(self.draft.at) is self.approval_page

    @property
    def _works(self) -> bool:
        """Does something go on here that a person only watches?"""
        return self.course.runs

    def _blocked(self) -> str:
        """Why the next action can't be had now; empty where it can."""
        blocked = self.course.blocked()
        return blocked if blocked or self.course.stale or not self._approves else self.approval_page.missing()

    # Show

    def _now(self) -> datetime:
        return self._clock().utc

    def _show(self) -> None:
        """The rail, the page and the foot, as the draft stands."""
        cluster = self._cluster
        if cluster is None:
            return
        if self.draft.taken_back and not self._approves:
            self.approval_page.forget()
        refusal = self.course.refusal
        if refusal is not None:
            self.trouble.show_refused(*refusal, again=not isinstance(refusal[0], StartRun | BreakGlass))
        elif self.course.live:
            self.trouble.hide()
        self.setAccessibleName(self._said().title)
        self.rail.show_title(cluster.environment, self.accessibleName())
        self._show_rail()
        # What is shown pushes the window wider at once: what goes is hidden before what comes is shown.
        if self.course.runs:
            self._show_foot()
            self._show_page()
        else:
            self.run_panel.foot.hide()
            self._show_page()
            self._show_foot()
        self._space()
        self._focus()

    def _show_rail(self) -> None:
        notice = ""
        if self.draft.taken_back:
            notice = translate("wizard", "The approval was taken back: an answer changed. Read on from here.")
        self.rail.show_rows(self._rows(), notice=notice, foot=self._said().rail_foot)

    def _show_running(self, run: RunView) -> None:
        self.run_panel.show_run(run, now=self._now())
        self._stack.setCurrentWidget(self._run_box)

    def _following(self) -> str:
        """What the next act is called; empty where there is none."""
        if self.course.stale:
            return translate("wizard", "Make the plan anew")
        if self._approves and self.approval_page.second_wanted:
            return translate("wizard", "Hand it to the second person")
        return "" if self.course.runs else self._next_text()

    def _show_foot(self) -> None:
        run = self.draft.run
        self.foot.tick(self._now())
        following = "" if run is not None and run.state is RunState.WAITING else self._following()
        blocked = "" if self._works else self._blocked()
        back = run is None and self._may_go_back()
        if (self.foot.next.hasFocus() and blocked) or (self.foot.back.hasFocus() and not back):
            # An act that is disabled or gone hands the focus on to anything: the keys of the wizard would be dead.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.foot.show_acts(
            leave=self._said().leaving, back=back, following=following, reason=blocked, ready=not blocked
        )
        self.foot.show_running(self.course.runs)

    def _focus(self) -> None:
        """Once a step: to what is to be decided, else to the next action."""
        if self.course.asked is not None:
            self._focused = None  # put again where it belongs, once the answer is there
        elif self._focused is not self.draft.at and self.isVisible():
            self._focused = self.draft.at
            page = self._pages.get(self.draft.at)
            if page is not None:
                page.verticalScrollBar().setValue(0)
            self._focusing.start()

    def _first_focus(self) -> QWidget | None:
        if self.course.runs:
            return self.run_panel.first_focus()
        page = self._pages.get(self.draft.at)
        return page.first_focus() if page is not None else None

    def _focus_now(self) -> None:
        target = self._first_focus()
        if target is None or not target.isVisibleTo(self):
            ready = self.foot.next.isVisibleTo(self) and self.foot.next.isEnabled()
            target = self.foot.next if ready else self.foot.leave
        target.setFocus(Qt.FocusReason.OtherFocusReason)
