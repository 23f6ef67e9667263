"""The restore wizard, from the goal to the report; nothing is written before a person has read what will be."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.backup import BackupsView, Job
from console.domain.fleet import ClusterView, NodeCard
from console.domain.reading import Moment
from console.domain.restore import Goal, Target
from console.domain.run import RunState, RunView
from console.link.backups import AnchorsSeen, AskAnchors, AskTarget, CancelJob, CloseSandbox, JobSeen
from console.link.changes import AnswerRun, AskRun, RunSeen, StartRun, StopRun
from console.link.governance import Approvers, AskApprovers, BreakGlass
from console.link.messages import AskCard, Message, Refused
from console.ui import restore_flow as flow
from console.ui import restore_words, theme
from console.ui.restore_course import Course
from console.ui.restore_flow import Draft, Part
from console.ui.restore_pages import ChainPage, GoalPage, SpacePage, TargetPage
from console.ui.restore_point import PointPage
from console.ui.restore_preview import PreviewPage
from console.ui.restore_sandbox import SandboxPage
from console.ui.run_panel import RunPanel
from console.ui.speech import translate
from console.ui.wizard_approval import ApprovalPage
from console.ui.wizard_flow import Draft as PlanDraft
from console.ui.wizard_foot import WizardFoot
from console.ui.wizard_parts import WizardPage
from console.ui.wizard_rail import RailRow, RailState, StepRail
from console.ui.wizard_report import ReportPage
from console.ui.wizard_trouble import TroubleLine, refused_text

PARTS_OF_RANGE = 120  # bars of entries booked


class RestoreWizard(QWidget):
    """Takes the place of the pages. It shows values and asks by signals; the engine plans, runs and proves."""

    wants = Signal(object)  # a message of the link
    left = Signal(object)  # what is said once after leaving; may be empty
    sandbox_wanted = Signal(object)  # SandboxSeen: to be asked

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cluster: ClusterView | None = None
        self._view: BackupsView | None = None
        self._focused: Part | None = None
        self._carded: set[str] = set()  # nodes whose card was asked for
        self._focusing = QTimer(self)
        self._focusing.setSingleShot(True)
        self._focusing.setInterval(0)
        self._focusing.timeout.connect(self._focus_now)
        self.course = Course(self.wants.emit)
        self.rail, self.trouble, self.foot = StepRail(), TroubleLine(), WizardFoot()
        self.goal_page, self.point_page, self.chain_page = GoalPage(), PointPage(), ChainPage()
        self.target_page, self.space_page, self.preview_page = TargetPage(), SpacePage(), PreviewPage()
        self.approval_page, self.report_page, self.sandbox_page = ApprovalPage(), ReportPage(), SandboxPage()
        self.run_panel = RunPanel()
        self.setProperty("ringless", True)
        self._stack = QStackedWidget()
        self._pages: dict[Part, WizardPage] = {
            Part.GOAL: self.goal_page, Part.POINT: self.point_page, Part.CHAIN: self.chain_page,
            Part.TARGET: self.target_page, Part.SPACE: self.space_page, Part.PREVIEW: self.preview_page,
            Part.APPROVAL: self.approval_page, Part.REPORT: self.report_page,
        }  # fmt: skip
        self._lay_out()
        self._connect()
        self._connect_keys()

    def _lay_out(self) -> None:
        for page in (*self._pages.values(), self.sandbox_page):
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
        course = self.course
        self.rail.opened.connect(lambda part: self._do(lambda: course.open(part)))
        self.foot.next_wanted.connect(self.go_on)
        self.foot.back_wanted.connect(self.go_back)
        self.foot.leave_wanted.connect(self.leave)
        self.trouble.again_wanted.connect(self.ask_again)
        self.goal_page.goal_chosen.connect(self.choose_goal)
        self.point_page.target_chosen.connect(self.choose_target)
        self.point_page.range_shown.connect(self._ask_anchors)
        self.chain_page.repository_chosen.connect(
            lambda name: self._answer(lambda draft: flow.chosen_repository(draft, name))
        )
        self.target_page.node_chosen.connect(lambda node: self._answer(lambda draft: flow.chosen_node(draft, node)))
        self.target_page.typed.connect(lambda text: self._answer(lambda draft: flow.typed_node(draft, text)))
        self.target_page.card_wanted.connect(self._ask_card)
        self.preview_page.rehearsal_wanted.connect(self.rehearse)
        self.approval_page.changed.connect(self._show_foot)
        self.approval_page.glass_broken.connect(self._break_glass)
        self.approval_page.anew_wanted.connect(lambda: self._do(course.take_fresh))
        self.approval_page.withdraw_wanted.connect(self._withdraw)
        self.run_panel.wants.connect(self.wants)
        self.sandbox_page.wants.connect(self.wants)
        self.sandbox_page.ask_wanted.connect(self.sandbox_wanted)

    def _connect_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": self.go_on, "Ctrl+Enter": self.go_on, "Esc": self.leave, "Alt+Left": self.go_back,
            "F5": self.ask_again, "Ctrl+R": self.rehearse, "Ctrl+.": self._cancel,
        }  # fmt: skip
        for key, does in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(does)

    def _do(self, act: Callable[[], None]) -> None:
        act()
        self._show()

    def _answer(self, change: Callable[[Draft], Draft]) -> None:
        self._do(lambda: self.course.answer(change))

    # Begin

    @property
    def draft(self) -> Draft:
        return self.course.draft

    def begin(
        self, cluster: ClusterView, view: BackupsView, *, goal: Goal = Goal.INSPECT, target: Target | None = None,
        repository: str = "", at: Part = Part.GOAL,
    ) -> None:  # fmt: skip
        """Open on this cluster; `at`: the step that is shown first, those before it are answered."""
        self._cluster, self._view, self._focused = cluster, view, None
        self._carded = set()
        self.approval_page.forget()
        self.course.begin(cluster.name, goal=goal, target=target or Target(), repository=repository)
        self.course.draft = flow.with_node(self.course.draft, cluster)
        if at is not Part.GOAL:
            self.course.draft = flow.went(self.course.draft, at)
        self._show()
        self.wants.emit(AskApprovers())

    # What comes from outside

    def show_view(self, view: BackupsView) -> None:
        """A new picture of the cluster's backups."""
        if view.cluster != self.draft.cluster:
            return
        self._view = view
        self.course.show_view(view)
        self._show()

    def show_cluster(self, cluster: ClusterView) -> None:
        if cluster.name == self.draft.cluster:
            self._cluster = cluster

    def show_run(self, run: RunView) -> None:
        if self.course.show_run(run):
            self._show()

    def show_job(self, job: Job) -> None:
        if self.course.show_job(job):
            self._show()

    def set_live(self, live: bool, reason: str = "") -> None:
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
        """The answer to something that this wizard wanted; one that nobody waits for any more changes nothing."""
        if isinstance(answer, Approvers):
            self.approval_page.show_approvers(answer)
        elif isinstance(answer, AnchorsSeen) and answer.cluster == self.draft.cluster:
            self.point_page.show_anchors(answer.anchors)
            if self.draft.at is Part.POINT:
                self._show_page()
        elif isinstance(answer, NodeCard) and answer.cluster == self.draft.cluster:
            self.target_page.show_card(answer)
            self._show_page()
        elif self.course.take(question, answer):
            self._show()
        elif isinstance(question, StopRun | AnswerRun | BreakGlass | CancelJob | CloseSandbox):
            self._show_decision(question, answer)
        elif isinstance(question, AskRun) and isinstance(answer, RunSeen):
            self.show_run(answer.run)

    def _show_decision(self, question: Message, answer: Message) -> None:
        """A decision was taken, or refused and said where it was pressed."""
        if isinstance(answer, RunSeen):
            self.show_run(answer.run)
        elif isinstance(answer, JobSeen):
            self.show_job(answer.job)
        elif isinstance(answer, Refused) and self.course.runs:
            self.run_panel.show_refused(refused_text(question, answer))
        elif isinstance(answer, Refused):
            self.course.refusal = (question, answer)
            self._show()

    # What a person does

    def choose_goal(self, goal: Goal) -> None:
        """Another goal; what it needs besides is filled in, to be read and confirmed."""
        cluster = self._cluster
        if cluster is not None:
            self._answer(lambda draft: flow.with_node(flow.chosen_goal(draft, goal), cluster))

    def choose_target(self, target: Target) -> None:
        self._answer(lambda draft: flow.chosen_target(draft, target))

    def _ask_anchors(self, span: tuple[datetime, datetime]) -> None:
        begin, end = span
        if self.course.live and self.draft.cluster:
            self.wants.emit(AskAnchors(cluster=self.draft.cluster, begin=begin, end=end, parts=PARTS_OF_RANGE))

    def _ask_card(self, node: str) -> None:
        if node not in self._carded and self.course.live:
            self._carded.add(node)
            self.wants.emit(AskCard(cluster=self.draft.cluster, node=node))

    def ask_again(self) -> None:
        self._carded = set()
        self._do(self.course.ask_again)

    def rehearse(self) -> None:
        self._do(self.course.rehearse)

    def _cancel(self) -> None:
        if self.draft.job is not None and self.draft.job.state not in flow.JOB_ENDED:
            self.sandbox_page.job.press()
        elif self.course.runs and self.run_panel.foot.stop.isEnabled():
            self.run_panel.foot.stop.click()

    def _break_glass(self, reason: str) -> None:
        run = self.draft.run
        if run is not None and run.state is RunState.WAITING:
            self.wants.emit(BreakGlass(run=run.id, reason=reason))

    def _withdraw(self) -> None:
        run = self.draft.run
        if run is not None and run.state is RunState.WAITING:
            self.wants.emit(StopRun(run=run.id))

    def go_back(self) -> None:
        self._do(lambda: self.course.open(flow.before(self.draft, self.draft.at)))

    def leave(self) -> None:
        """Nothing here runs in the window: leaving stops nothing, and before a run nothing was changed."""
        self.course.asked = None
        self.left.emit(restore_words.left_notice(self.draft))

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
        elif self.course.stale:
            self._do(self.course.take_fresh)
        elif draft.job is not None or draft.at is Part.REPORT:
            self.leave()
        elif draft.at is Part.PREVIEW and draft.goal is Goal.INSPECT:
            words = restore_words.target_brief(draft.target, self._now())
            self._do(lambda: self.course.open_sandbox(words))
        elif draft.at is Part.APPROVAL:
            page = self.approval_page
            self._do(lambda: self.course.start(confirmed=page.typed_name, attested=page.attestation()))
        else:
            self._do(lambda: self.course.go_to(flow.after(draft, draft.at)))

    def _blocked(self) -> str:
        blocked = self.course.blocked()
        if blocked or self.course.stale or self.draft.at is not Part.APPROVAL:
            return blocked
        return self.approval_page.missing()

    # Show

    def _now(self) -> datetime:
        return self._clock().utc

    def _show(self) -> None:
        """The rail, the page and the foot, as the draft stands."""
        cluster = self._cluster
        if cluster is None:
            return
        if self.draft.taken_back and self.draft.at is not Part.APPROVAL:
            self.approval_page.forget()
        refusal = self.course.refusal
        if refusal is not None:
            self.trouble.show_refused(*refusal, again=not isinstance(refusal[0], StartRun | BreakGlass))
        elif self.course.live:
            self.trouble.hide()
        self.setAccessibleName(restore_words.title(self.draft))
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
        draft, now = self.draft, self._now()
        rows = []
        for number, part in enumerate(flow.parts(draft)):
            current = part is draft.at
            state = RailState.CURRENT if current else RailState.DONE if flow.is_done(draft, part) else RailState.WAITING
            rows.append(RailRow(
                key=part, number=number, name=restore_words.part_name(part, draft.goal), state=state,
                answer=restore_words.answer(draft, part, now), changes=part in flow.RUNNING,
                opens=flow.may_open(draft, part), band=restore_words.band(draft, part),
            ))  # fmt: skip
        notice = ""
        if draft.taken_back:
            notice = translate("restore", "The approval was taken back: an answer changed. Read on from here.")
        self.rail.show_rows(tuple(rows), notice=notice, foot=restore_words.rail_foot(draft))

    def _show_page(self) -> None:
        draft, now, asking = self.draft, self._now(), self.course.asked is not None
        view, cluster = self._view, self._cluster
        if draft.job is not None:
            self.sandbox_page.show_draft(draft, view, now, live=self.course.live)
            self._stack.setCurrentWidget(self.sandbox_page)
            return
        if self.course.runs and draft.run is not None:
            self.run_panel.show_run(draft.run, now=now)
            self._stack.setCurrentWidget(self._run_box)
            return
        targets = self.course.asked_target is not None
        match draft.at:
            case Part.GOAL:
                self.goal_page.show_draft(draft)
            case Part.POINT:
                head = cluster.head_number if cluster is not None else None
                self.point_page.show_draft(draft, view, head, now, asking=targets)
            case Part.CHAIN:
                self.chain_page.show_draft(draft, view, now, asking=targets)
            case Part.TARGET:
                self.target_page.show_draft(draft, cluster, now)
            case Part.SPACE:
                self.space_page.show_draft(draft, view, cluster, now, asking=asking)
            case Part.PREVIEW:
                self.preview_page.show_draft(draft, view)
            case Part.APPROVAL if cluster is not None:
                plan_draft = PlanDraft(cluster=draft.cluster, plan=draft.plan, run=draft.run, changed=draft.changed)
                self.approval_page.show_draft(plan_draft, cluster.environment, stale=self.course.stale)
            case Part.REPORT if draft.run is not None:
                self.report_page.show_run(draft.run)
            case _:
                pass
        self._stack.setCurrentWidget(self._pages.get(draft.at, self.goal_page))

    def _show_foot(self) -> None:
        draft, running = self.draft, self.course.runs
        self.foot.tick(self._now())
        following = "" if running else restore_words.next_text(draft)
        if self.course.stale:
            following = translate("restore", "Make the plan anew")
        elif draft.at is Part.APPROVAL and self.approval_page.second_wanted:
            following = translate("restore", "Hand it to the second person")
        waits = draft.run is not None and draft.run.state is RunState.WAITING
        if draft.job is not None:
            following = translate("restore", "Done") if draft.job.state in flow.JOB_ENDED else ""
        if waits:
            following = ""
        blocked = "" if running or draft.job is not None else self._blocked()
        before = flow.before(draft, draft.at)
        back = before is not None and flow.may_open(draft, before) and draft.run is None
        if (self.foot.next.hasFocus() and blocked) or (self.foot.back.hasFocus() and not back):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.foot.show_acts(
            leave=restore_words.leaving_text(draft), back=back, following=following, reason=blocked, ready=not blocked
        )
        self.foot.show_running(running)

    def _focus(self) -> None:
        """Once a step: to what is to be decided, else to the next action."""
        if self.course.asked is not None and not isinstance(self.course.asked, AskTarget):
            self._focused = None
        elif self._focused is not self.draft.at and self.isVisible():
            self._focused = self.draft.at
            page = self._pages.get(self.draft.at)
            if page is not None:
                page.verticalScrollBar().setValue(0)
            self._focusing.start()

    def _focus_now(self) -> None:
        if self.course.runs:
            target: QWidget | None = self.run_panel.first_focus()
        elif self.draft.job is not None:
            target = self.sandbox_page.first_focus()
        else:
            page = self._pages.get(self.draft.at)
            target = page.first_focus() if page is not None else None
        if target is None or not target.isVisibleTo(self):
            ready = self.foot.next.isVisibleTo(self) and self.foot.next.isEnabled()
            target = self.foot.next if ready else self.foot.leave
        target.setFocus(Qt.FocusReason.OtherFocusReason)
