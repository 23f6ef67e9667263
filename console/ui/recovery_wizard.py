"""The recovery wizard, from the situation to the report; nothing on any node changes before a person approved."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.recommendation import Way, operation_of
from console.domain.run import RunState, RunView
from console.domain.text import shown
from console.link.changes import AnswerRun, AskRun, RunSeen, StartRun, StopRun
from console.link.fork import ExportFork, ForkExported
from console.link.governance import Approvers, AskApprovers, BreakGlass
from console.link.messages import Message, Refused
from console.ui import theme, wizard_words
from console.ui import wizard_flow as flow
from console.ui.run_panel import RunPanel
from console.ui.speech import translate
from console.ui.wizard_approval import ApprovalPage
from console.ui.wizard_course import Course
from console.ui.wizard_flow import Draft, Part
from console.ui.wizard_foot import WizardFoot
from console.ui.wizard_loss import LossPage
from console.ui.wizard_parts import WizardPage
from console.ui.wizard_plan import PlanPage
from console.ui.wizard_preflight import PreflightPage
from console.ui.wizard_rail import RailRow, RailState, StepRail
from console.ui.wizard_report import NextPlan, ReportPage, next_plans
from console.ui.wizard_situation import SituationPage
from console.ui.wizard_trouble import TroubleLine, refused_text
from console.ui.wizard_way import TargetPage, WayPage


class RecoveryWizard(QWidget):
    """Takes the place of the pages. It shows values and asks by signals; the engine plans, runs and proves."""

    wants = Signal(object)  # a message of the link
    left = Signal(object)  # what is said once after leaving; may be empty

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._view: ClusterView | None = None
        self._focused: Part | None = None
        self._focusing = QTimer(self)  # rows that were just made are there only in the next turn
        self._focusing.setSingleShot(True)
        self._focusing.setInterval(0)
        self._focusing.timeout.connect(self._focus_now)
        self.course = Course(self.wants.emit)
        self.rail = StepRail()
        self.trouble = TroubleLine()
        self.situation_page, self.way_page, self.target_page = SituationPage(), WayPage(), TargetPage()
        self.preflight_page, self.loss_page, self.plan_page = PreflightPage(), LossPage(), PlanPage()
        self.approval_page, self.report_page = ApprovalPage(), ReportPage()
        self.run_panel = RunPanel()
        self.foot = WizardFoot()
        self.setProperty("ringless", True)
        self._stack = QStackedWidget()
        self._pages: dict[Part, WizardPage] = {
            Part.SITUATION: self.situation_page, Part.WAY: self.way_page, Part.TARGET: self.target_page,
            Part.PREFLIGHT: self.preflight_page, Part.LOSS: self.loss_page, Part.PLAN: self.plan_page,
            Part.APPROVAL: self.approval_page, Part.REPORT: self.report_page,
        }  # fmt: skip
        self._lay_out()
        self._connect()
        self._connect_keys()

    def _lay_out(self) -> None:
        for page in self._pages.values():
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
        top = grid(3) if self.trouble.isVisibleTo(self) else 0
        self._above.setContentsMargins(grid(6), top, grid(6), 0)

    def _connect(self) -> None:
        course = self.course
        self.rail.opened.connect(lambda part: self._do(lambda: course.open(part)))
        self.foot.next_wanted.connect(self.go_on)
        self.foot.back_wanted.connect(self.go_back)
        self.foot.leave_wanted.connect(self.leave)
        for wanted in (self.trouble.again_wanted, self.situation_page.ask_wanted, self.preflight_page.ask_wanted):
            wanted.connect(self.ask_again)
        self.way_page.way_chosen.connect(
            lambda way: self._do(lambda: course.answer(lambda draft: flow.chosen_way(draft, way)))
        )
        self.target_page.node_chosen.connect(
            lambda node: self._do(lambda: course.answer(lambda draft: flow.chosen_node(draft, node)))
        )
        self.loss_page.node_chosen.connect(
            lambda node: self._do(lambda: course.plan_anew(lambda draft: flow.chosen_node(draft, node)))
        )
        self.plan_page.option_chosen.connect(lambda option: self._choose_option(*option))
        self.plan_page.rehearsal_wanted.connect(self.rehearse)
        self.preflight_page.fencing.method_chosen.connect(lambda key: self._choose_option("fence", key))
        self.preflight_page.rejoin.option_chosen.connect(lambda option: self._choose_option(*option))
        self.preflight_page.rejoin.export_wanted.connect(self._export)
        self.approval_page.changed.connect(self._show_foot)
        self.approval_page.maximum_chosen.connect(lambda most: self._do(lambda: course.choose_maximum(most)))
        self.approval_page.glass_broken.connect(self._break_glass)
        self.approval_page.anew_wanted.connect(lambda: self._do(course.take_fresh))
        self.approval_page.withdraw_wanted.connect(self._withdraw)
        self.report_page.plan_wanted.connect(self._prepare_next)
        self.run_panel.wants.connect(self.wants)

    def _connect_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": self.go_on, "Ctrl+Enter": self.go_on, "Esc": self.leave, "Alt+Left": self.go_back,
            "F5": self.ask_again, "Ctrl+R": self.rehearse,
        }  # fmt: skip
        for key, does in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)  # a key that is held down must not walk through several steps
            shortcut.activated.connect(does)

    def _do(self, act: Callable[[], None]) -> None:
        act()
        self._show()

    # Begin

    @property
    def draft(self) -> Draft:
        return self.course.draft

    def begin(self, view: ClusterView, *, way: Way | None = None, node: str = "") -> None:
        """Ask for the situation of this cluster anew. `way` and `node` are chosen beforehand where possible."""
        self._view, self._focused = view, None
        self.approval_page.forget()
        self.preflight_page.rejoin.forget()
        self.course.begin(view.name, way=way, node=node)
        self._show()
        self.wants.emit(AskApprovers())

    def open_run(self, view: ClusterView, run: RunView) -> None:
        """Show a run that there is already, as after the window was closed and opened again."""
        self._view, self._focused = view, None
        self.approval_page.forget()
        self.course.open_run(run)
        self._show()
        self.wants.emit(AskApprovers())

    # What comes from outside

    def show_view(self, view: ClusterView) -> None:
        """A new picture of the cluster: its evidence is shown beside the situation."""
        if view.name != self.draft.cluster:
            return
        self._view = view
        if self.draft.at is Part.SITUATION and self.draft.run is None:
            self._show_page()

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

    def show_answer(self, question: Message, answer: Message) -> None:
        """The answer to something that this wizard wanted; an answer that nobody waits for any more changes nothing."""
        if isinstance(answer, Approvers):
            self.approval_page.show_approvers(answer)
        elif self.course.take(question, answer):
            self._show()
        elif isinstance(question, ExportFork):
            self._show_exported(question, answer)
        elif isinstance(question, StopRun | AnswerRun | BreakGlass) and isinstance(answer, Refused):
            self._show_refused(question, answer)
        elif isinstance(question, AskRun | AnswerRun | BreakGlass) and isinstance(answer, RunSeen):
            self.show_run(answer.run)

    def _show_refused(self, question: Message, refused: Refused) -> None:
        """A decision about a run was not taken: said where it was pressed."""
        run = self.draft.run
        if run is None or getattr(question, "run", "") != run.id:
            return
        if self.course.runs:
            self.run_panel.show_refused(refused_text(question, refused))
        else:
            self.course.refusal = (question, refused)
            self._show()

    # What a person does

    def ask_again(self) -> None:
        self._do(self.course.ask_again)

    def rehearse(self) -> None:
        self._do(self.course.rehearse)

    def _break_glass(self, reason: str) -> None:
        run = self.draft.run
        if run is not None and run.state is RunState.WAITING:
            self.wants.emit(BreakGlass(run=run.id, reason=reason))

    def _choose_option(self, name: str, value: str) -> None:
        self._do(lambda: self.course.plan_anew(lambda draft: flow.chosen_option(draft, name, value)))

    def _export(self, reason: str) -> None:
        """What only the node holds is written to files before anything of it is overwritten."""
        plan = self.draft.plan
        if plan is not None:
            self.wants.emit(ExportFork(cluster=plan.cluster, winner=plan.target, loser=plan.subject, reason=reason))

    def _show_exported(self, question: ExportFork, answer: Message) -> None:
        plan, panel = self.draft.plan, self.preflight_page.rejoin
        if plan is None or (plan.cluster, plan.subject) != (question.cluster, question.loser):
            return
        if isinstance(answer, ForkExported):
            panel.show_exported(answer)
            self._choose_option("fork", "exported")
        elif isinstance(answer, Refused):
            panel.show_refused(refused_text(question, answer))

    def _withdraw(self) -> None:
        run = self.draft.run
        if run is not None and run.state is RunState.WAITING:
            self.wants.emit(StopRun(run=run.id))

    def _prepare_next(self, wanted: NextPlan) -> None:
        way = next((way for way in Way if operation_of(way) is wanted.operation), None)
        if self._view is not None:
            self.begin(self._view, way=way, node=wanted.node)

    def go_back(self) -> None:
        self._do(lambda: self.course.open(flow.before(self.draft, self.draft.at)))

    def leave(self) -> None:
        """Nothing here runs in the window: leaving stops nothing, and before a run nothing was changed."""
        self.course.asked = None
        self.left.emit(wizard_words.left_notice(self.draft))

    def go_on(self) -> None:
        """The one big next action of this step; where it can't be had, the reason turns loud."""
        draft = self.draft
        if self.course.runs:
            first = self.run_panel.question.first()
            if isinstance(first, QAbstractButton):
                first.click()
            return
        blocked = self._blocked()
        if blocked:
            self.foot.show_pressed(blocked)
            return
        situation = draft.situation
        if self.course.stale:
            self._do(self.course.take_fresh)
            return
        match draft.at:
            case Part.SITUATION if situation is not None and situation.operation_running:
                self._do(self.course.show_running)
            case Part.WAY if draft.way is Way.WAIT:
                self.leave()
            case Part.APPROVAL:
                page = self.approval_page
                self._do(lambda: self.course.start(confirmed=page.typed_name, attested=page.attestation()))
            case Part.REPORT:
                self._end()
            case _:
                self._do(lambda: self.course.go_to(flow.after(draft, draft.at)))

    def _end(self) -> None:
        plans = next_plans(self.draft.run) if self.draft.run is not None else ()
        if plans:
            self._prepare_next(plans[0])
        else:
            self.leave()

    def _blocked(self) -> str:
        """Why the next action can't be had now; empty where it can."""
        blocked = self.course.blocked()
        if blocked or self.course.stale or self.draft.at is not Part.APPROVAL:
            return blocked
        return self.approval_page.missing()

    # Show

    def _now(self) -> datetime:
        return self._clock().utc

    def _show(self) -> None:
        """The rail, the page and the foot, as the draft stands."""
        view = self._view
        if view is None:
            return
        if self.draft.taken_back and self.draft.at is not Part.APPROVAL:
            self.approval_page.forget()
        refusal = self.course.refusal
        if refusal is not None:
            self.trouble.show_refused(*refusal, again=not isinstance(refusal[0], StartRun | BreakGlass))
        elif self.course.live:
            self.trouble.hide()
        self.setAccessibleName(wizard_words.title(self.draft))
        self.rail.show_title(view.environment, self.accessibleName())
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
        draft, now = self.draft, self._now()
        rows = []
        for number, part in enumerate(flow.parts(draft), 1):
            current = part is draft.at
            state = RailState.CURRENT if current else RailState.DONE if flow.is_done(draft, part) else RailState.WAITING
            rows.append(RailRow(
                key=part, number=number, name=wizard_words.part_name(draft.operation, part), state=state,
                answer=wizard_words.answer(draft, part, now), changes=part in flow.RUNNING,
                opens=flow.may_open(draft, part),
            ))  # fmt: skip
        notice = ""
        if draft.taken_back:
            notice = translate("wizard", "The approval was taken back: an answer changed. Read on from here.")
        self.rail.show_rows(tuple(rows), notice=notice, foot=wizard_words.rail_foot(draft))

    def _show_page(self) -> None:
        draft, now, asking = self.draft, self._now(), self.course.asked is not None
        if draft.at in flow.RUNNING and draft.at is not Part.REPORT and draft.run is not None:
            self.run_panel.show_run(draft.run, now=now)
            self._stack.setCurrentWidget(self._run_box)
            return
        match draft.at:
            case Part.SITUATION:
                self.situation_page.show_draft(draft, self._view, now, asking=asking)
            case Part.WAY:
                self.way_page.show_draft(draft)
            case Part.TARGET:
                self.target_page.show_draft(draft)
            case Part.PREFLIGHT:
                self.preflight_page.show_draft(draft, now, asking=asking)
            case Part.LOSS:
                self.loss_page.show_draft(draft, now)
            case Part.PLAN:
                self.plan_page.show_draft(draft)
            case Part.APPROVAL if self._view is not None:
                self.approval_page.show_draft(draft, self._view.environment, stale=self.course.stale)
            case Part.REPORT if draft.run is not None:
                self.report_page.show_run(draft.run)
            case _:
                pass
        self._stack.setCurrentWidget(self._pages[draft.at])

    def _show_foot(self) -> None:
        draft, running = self.draft, self.course.runs
        self.foot.tick(self._now())
        following = "" if running else wizard_words.next_text(draft)
        if self.course.stale:
            following = translate("wizard", "Make the plan anew")
        elif draft.at is Part.APPROVAL and self.approval_page.second_wanted:
            following = translate("wizard", "Hand it to the second person")
        if draft.at is Part.REPORT and draft.run is not None:
            plans = next_plans(draft.run)
            text = translate("wizard", "Next: rejoin {node}")
            following = text.format(node=shown(plans[0].node)) if plans else translate("wizard", "Done")
        if draft.run is not None and draft.run.state is RunState.WAITING:
            following = ""
        blocked = "" if running else self._blocked()
        before = flow.before(draft, draft.at)
        back = before is not None and flow.may_open(draft, before) and draft.run is None
        if (self.foot.next.hasFocus() and blocked) or (self.foot.back.hasFocus() and not back):
            # An act that is disabled or gone hands the focus on to anything: the keys of the wizard would be dead.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.foot.show_acts(
            leave=wizard_words.leaving_text(draft), back=back, following=following, reason=blocked, ready=not blocked
        )
        self.foot.show_running(running)

    def _focus(self) -> None:
        """Once a step: to what is to be decided, else to the next action."""
        if self.course.asked is not None:
            self._focused = None  # put again where it belongs, once the answer is there
        elif self._focused is not self.draft.at and self.isVisible():
            self._focused = self.draft.at
            self._pages.get(self.draft.at, self.plan_page).verticalScrollBar().setValue(0)
            self._focusing.start()

    def _focus_now(self) -> None:
        running = self.course.runs
        target = self.run_panel.first_focus() if running else self._pages[self.draft.at].first_focus()
        if target is None or not target.isVisibleTo(self):
            ready = self.foot.next.isVisibleTo(self) and self.foot.next.isEnabled()
            target = self.foot.next if ready else self.foot.leave
        target.setFocus(Qt.FocusReason.OtherFocusReason)
