"""The recovery wizard, from the situation to the report; nothing on any node changes before a person approved."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.recommendation import Way, operation_of
from console.domain.run import RunView
from console.domain.text import shown
from console.link.changes import AnswerRun, AskRun, RunSeen, StopRun
from console.link.fork import ExportFork, ForkExported
from console.link.governance import Approvers, AskApprovers, BreakGlass
from console.link.messages import Message, Refused
from console.ui import wizard_flow as flow
from console.ui import wizard_words
from console.ui.speech import translate
from console.ui.wizard_course import Course
from console.ui.wizard_flow import Draft, Part
from console.ui.wizard_frame import Sayings, WizardFrame
from console.ui.wizard_loss import LossPage
from console.ui.wizard_plan import PlanPage
from console.ui.wizard_preflight import PreflightPage
from console.ui.wizard_rail import RailRow, RailState
from console.ui.wizard_report import NextPlan, next_plans
from console.ui.wizard_situation import SituationPage
from console.ui.wizard_trouble import refused_text
from console.ui.wizard_way import TargetPage, WayPage


class RecoveryWizard(WizardFrame):
    """From a cluster's situation, or from a run that there is already."""

    course: Course

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(clock, parent)
        self.course = Course(self.wants.emit)
        self.situation_page, self.way_page, self.target_page = SituationPage(), WayPage(), TargetPage()
        self.preflight_page, self.loss_page, self.plan_page = PreflightPage(), LossPage(), PlanPage()
        self._pages = {
            Part.SITUATION: self.situation_page, Part.WAY: self.way_page, Part.TARGET: self.target_page,
            Part.PREFLIGHT: self.preflight_page, Part.LOSS: self.loss_page, Part.PLAN: self.plan_page,
            Part.APPROVAL: self.approval_page, Part.REPORT: self.report_page,
        }  # fmt: skip
        self._lay_out()
        self._connect()
        self._connect_keys()

    def _connect(self) -> None:
        super()._connect()
        course = self.course
        self.rail.opened.connect(lambda part: self._do(lambda: course.open(part)))
        self.situation_page.ask_wanted.connect(self.ask_again)
        self.preflight_page.ask_wanted.connect(self.ask_again)
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
        self.approval_page.maximum_chosen.connect(lambda most: self._do(lambda: course.choose_maximum(most)))
        self.report_page.plan_wanted.connect(self._prepare_next)

    # Begin

    @property
    def draft(self) -> Draft:
        return self.course.draft

    def begin(self, cluster: ClusterView, *, way: Way | None = None, node: str = "") -> None:
        """Ask for the situation of this cluster anew. `way` and `node` are chosen beforehand where possible."""
        self._cluster, self._focused = cluster, None
        self.approval_page.forget()
        self.preflight_page.rejoin.forget()
        self.course.begin(cluster.name, way=way, node=node)
        self._show()
        self.wants.emit(AskApprovers())

    def open_run(self, cluster: ClusterView, run: RunView) -> None:
        """Show a run that there is already, as after the window was closed and opened again."""
        self._cluster, self._focused = cluster, None
        self.approval_page.forget()
        self.course.open_run(run)
        self._show()
        self.wants.emit(AskApprovers())

    # What comes from outside

    def show_cluster(self, cluster: ClusterView) -> None:
        """A new picture of the cluster: its evidence is shown beside the situation."""
        if cluster.name != self.draft.cluster:
            return
        self._cluster = cluster
        if self.draft.at is Part.SITUATION and self.draft.run is None:
            self._show_page()

    def show_answer(self, question: Message, answer: Message) -> None:
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

    def _prepare_next(self, wanted: NextPlan) -> None:
        way = next((way for way in Way if operation_of(way) is wanted.operation), None)
        if self._cluster is not None:
            self.begin(self._cluster, way=way, node=wanted.node)

    def go_back(self) -> None:
        self._do(lambda: self.course.open(flow.before(self.draft, self.draft.at)))

    def _go_ahead(self) -> None:
        draft = self.draft
        situation = draft.situation
        match draft.at:
            case Part.SITUATION if situation is not None and situation.operation_running:
                self._do(self.course.show_running)
            case Part.WAY if draft.way is Way.WAIT:
                self.leave()
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

    # Show

    def _said(self) -> Sayings:
        return Sayings(
            title=wizard_words.title(self.draft), rail_foot=wizard_words.rail_foot(self.draft),
            leaving=wizard_words.leaving_text(self.draft), left=wizard_words.left_notice(self.draft),
        )  # fmt: skip

    def _rows(self) -> tuple[RailRow, ...]:
        draft, now = self.draft, self._now()
        return tuple(
            RailRow(
                key=part, number=number, name=wizard_words.part_name(draft.operation, part),
                state=RailState.of(current=part is draft.at, done=flow.is_done(draft, part)),
                answer=wizard_words.answer(draft, part, now), changes=part in flow.RUNNING,
                opens=flow.may_open(draft, part),
            )
            for number, part in enumerate(flow.parts(draft), 1)
        )  # fmt: skip

    def _show_page(self) -> None:
        draft, now, asking = self.draft, self._now(), self.course.asked is not None
        if draft.at in flow.RUNNING and draft.at is not Part.REPORT and draft.run is not None:
            self._show_running(draft.run)
            return
        match draft.at:
            case Part.SITUATION:
                self.situation_page.show_draft(draft, self._cluster, now, asking=asking)
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
            case Part.APPROVAL if self._cluster is not None:
                self.approval_page.show_draft(draft, self._cluster.environment, stale=self.course.stale)
            case Part.REPORT if draft.run is not None:
                self.report_page.show_run(draft.run)
            case _:
                pass
        self._stack.setCurrentWidget(self._pages[draft.at])

    def _next_text(self) -> str:
        return wizard_words.next_text(self.draft)

    def _following(self) -> str:
        draft = self.draft
        if draft.at is not Part.REPORT or draft.run is None:
            return super()._following()
        plans = next_plans(draft.run)
        text = translate("wizard", "Next: rejoin {node}")
        return text.format(node=shown(plans[0].node)) if plans else translate("wizard", "Done")

    def _may_go_back(self) -> bool:
        before = flow.before(self.draft, self.draft.at)
        return before is not None and flow.may_open(self.draft, before)
