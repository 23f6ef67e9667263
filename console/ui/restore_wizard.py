"""The restore wizard, from the goal to the report; nothing is written before a person has read what will be."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.backup import BackupsView, Job
from console.domain.fleet import ClusterView, NodeCard
from console.domain.reading import Moment
from console.domain.restore import Goal, Target
from console.link.backups import AnchorsSeen, AskAnchors, CancelJob, CloseSandbox, JobSeen
from console.link.changes import AnswerRun, AskRun, RunSeen, StopRun
from console.link.governance import Approvers, AskApprovers, BreakGlass
from console.link.messages import AskCard, Message, Refused
from console.ui import restore_flow as flow
from console.ui import restore_words
from console.ui.restore_course import Course
from console.ui.restore_flow import Draft, Part
from console.ui.restore_pages import ChainPage, GoalPage, SpacePage, TargetPage
from console.ui.restore_point import PointPage
from console.ui.restore_preview import PreviewPage
from console.ui.restore_sandbox import SandboxPage
from console.ui.speech import translate
from console.ui.wizard_flow import Draft as RecoveryDraft
from console.ui.wizard_frame import Sayings, WizardFrame
from console.ui.wizard_rail import RailRow, RailState
from console.ui.wizard_trouble import refused_text

PARTS_OF_RANGE = 120  # bars of entries booked


class RestoreWizard(WizardFrame):
    """From the goal, and for a look into a sandbox to the copy that stands open."""

    sandbox_wanted = Signal(object)  # SandboxSeen: to be asked

    course: Course

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(clock, parent)
        self._view: BackupsView | None = None
        self._carded: set[str] = set()  # nodes whose card was asked for
        self.course = Course(self.wants.emit)
        self.goal_page, self.point_page, self.chain_page = GoalPage(), PointPage(), ChainPage()
        self.target_page, self.space_page, self.preview_page = TargetPage(), SpacePage(), PreviewPage()
        self.sandbox_page = SandboxPage()
        self._pages = {
            Part.GOAL: self.goal_page, Part.POINT: self.point_page, Part.CHAIN: self.chain_page,
            Part.TARGET: self.target_page, Part.SPACE: self.space_page, Part.PREVIEW: self.preview_page,
            Part.APPROVAL: self.approval_page, Part.REPORT: self.report_page,
        }  # fmt: skip
        self._lay_out(self.sandbox_page)
        self._connect()
        self._connect_keys()

    def _connect(self) -> None:
        super()._connect()
        self.rail.opened.connect(lambda part: self._do(lambda: self.course.open(part)))
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
        self.sandbox_page.wants.connect(self.wants)
        self.sandbox_page.ask_wanted.connect(self.sandbox_wanted)

    def _keys(self) -> dict[str, Callable[[], object]]:
        return super()._keys() | {"Ctrl+.": self._cancel}

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

    def show_job(self, job: Job) -> None:
        if self.course.show_job(job):
            self._show()

    def show_answer(self, question: Message, answer: Message) -> None:
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
        super().ask_again()

    def _cancel(self) -> None:
        if self.draft.job is not None and self.draft.job.state not in flow.JOB_ENDED:
            self.sandbox_page.job.press()
        elif self.course.runs and self.run_panel.foot.stop.isEnabled():
            self.run_panel.foot.stop.click()

    def go_back(self) -> None:
        self._do(lambda: self.course.open(flow.before(self.draft, self.draft.at)))

    def _go_ahead(self) -> None:
        draft = self.draft
        if draft.job is not None or draft.at is Part.REPORT:
            self.leave()
        elif draft.at is Part.PREVIEW and draft.goal is Goal.INSPECT:
            words = restore_words.target_brief(draft.target, self._now())
            self._do(lambda: self.course.open_sandbox(words))
        else:
            self._do(lambda: self.course.go_to(flow.after(draft, draft.at)))

    @property
    def _works(self) -> bool:
        return super()._works or self.draft.job is not None

    # Show

    def _said(self) -> Sayings:
        return Sayings(
            title=restore_words.title(self.draft), rail_foot=restore_words.rail_foot(self.draft),
            leaving=restore_words.leaving_text(self.draft), left=restore_words.left_notice(self.draft),
        )  # fmt: skip

    def _rows(self) -> tuple[RailRow, ...]:
        draft, now = self.draft, self._now()
        return tuple(
            RailRow(
                key=part, number=number, name=restore_words.part_name(part, draft.goal),
                state=RailState.of(current=part is draft.at, done=flow.is_done(draft, part)),
                answer=restore_words.answer(draft, part, now), changes=part in flow.RUNNING,
                opens=flow.may_open(draft, part), band=restore_words.band(draft, part),
            )
            for number, part in enumerate(flow.parts(draft))
        )  # fmt: skip

    def _show_page(self) -> None:
        draft, now, asking = self.draft, self._now(), self.course.asked is not None
        view, cluster = self._view, self._cluster
        if draft.job is not None:
            self.sandbox_page.show_draft(draft, view, now, live=self.course.live)
            self._stack.setCurrentWidget(self.sandbox_page)
            return
        if self.course.runs and draft.run is not None:
            self._show_running(draft.run)
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
                plan_draft = RecoveryDraft(cluster=draft.cluster, plan=draft.plan, run=draft.run, changed=draft.changed)
                self.approval_page.show_draft(plan_draft, cluster.environment, stale=self.course.stale)
            case Part.REPORT if draft.run is not None:
                self.report_page.show_run(draft.run)
            case _:
                pass
        self._stack.setCurrentWidget(self._pages.get(draft.at, self.goal_page))

    def _next_text(self) -> str:
        return restore_words.next_text(self.draft)

    def _following(self) -> str:
        job = self.draft.job
        if job is None:
            return super()._following()
        return translate("restore", "Done") if job.state in flow.JOB_ENDED else ""

    def _may_go_back(self) -> bool:
        before = flow.before(self.draft, self.draft.at)
        return before is not None and flow.may_open(self.draft, before)

    def _first_focus(self) -> QWidget | None:
        if self.draft.job is not None and not self.course.runs:
            return self.sandbox_page.first_focus()
        return super()._first_focus()
