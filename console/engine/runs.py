"""Makes plans, starts and takes up runs, and answers what faces ask of them; the engine's side of every change."""

import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from console.domain.approval import ApprovalGiven, ApprovalWanted, GlassBroken, needed
from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec, Inventory, NodeKind
from console.domain.plan import Operation, Pairs, Plan, differences
from console.domain.reading import Moment
from console.domain.run import Choice, Mode, RunState, RunView
from console.domain.run_story import story_of
from console.domain.situation import Facts
from console.domain.text import shown
from console.engine.freezing import Freezer
from console.engine.live_run import LiveRun
from console.engine.planning import Planning
from console.engine.restoring import Restorer
from console.engine.run_parts import Parts
from console.governance.approval import FourEyes, break_glass
from console.governance.audit import AuditLog
from console.governance.policy import ApprovalPolicies
from console.link.changes import AnswerRun, AskRun, AskRuns, AskSituation, Propose, Proposed, Runs, RunSeen, StartRun
from console.link.changes import StopRun as StopRunAsked
from console.link.messages import Done, Message, Refused
from console.recovery.look import Looks
from console.recovery.world import World
from console.ssh.hosts import SshHosts
from console.store.journal import Journal
from console.store.trouble import StoreTrouble

LOSS_NOT_KNOWN: Final = "loss-not-known"  # in a person's attestation: a loss of which nobody knows the size is accepted
PLANS_MAX: Final = 100
PLAN_HOURS_MAX: Final = 24
INTERRUPTED_SECONDS_MAX: Final = 60.0  # found unfinished for longer: a person says go (safety.md 9)

log = logging.getLogger(__name__)


class Changes:
    """Every plan and run of one engine. `answer` gives None to what is no question of its own."""

    def __init__(
        self, *, planning: Planning, journal: Journal, audit: AuditLog, four_eyes: FourEyes,
        policies: ApprovalPolicies, inventory: Callable[[], Inventory], clock: Callable[[], Moment],
        told: Callable[[RunView], None], reports: Path, report: Callable[[RunView, Path], RunView],
        begins: Callable[[RunView], None], ended: Callable[[RunView], None],
        also: Callable[[Message, str], Message | None], freezer: Freezer,
    ) -> None:  # fmt: skip
        self.planning = planning
        self._journal, self._audit, self._eyes = journal, audit, four_eyes
        self._policies, self._inventory, self._clock, self._told = policies, inventory, clock, told
        self._reports, self._report, self._begins, self._ended = reports, report, begins, ended
        self._also, self._freezer = also, freezer
        self._guard = threading.Lock()
        self._starting = threading.Lock()  # one run is begun at a time: two of one cluster would both find it free
        self._plans: dict[str, Plan] = {}
        self._live: dict[str, LiveRun] = {}

    # -- life ---------------------------------------------------------------------------------------------------

    def take_up(self) -> None:
        """What an engine before us left unfinished: shown at once; it goes on, or asks a person."""
        for view in self._journal.unfinished():
            spec = self._inventory().cluster(view.plan.cluster)
            if spec is None:
                self._journal.keep(replace(view, state=RunState.LEFT))
                continue
            run = LiveRun(view, self._parts(spec, view))
            with self._guard:
                self._live[view.id] = run
            if view.state in (RunState.ASKING, RunState.WAITING):
                continue
            stopping = view.state is RunState.STOPPING or self._freezer.now() is not None
            last = story_of(self._journal.entries(view.id)).last_at
            seconds = 0.0 if last is None else (self._clock().utc - last).total_seconds()
            log.info("run %s of %s is taken up after %.1f s", view.id, view.plan.cluster, seconds)
            if seconds > INTERRUPTED_SECONDS_MAX or view.mode is Mode.REHEARSAL or stopping:
                run.interrupted(seconds)
            else:
                run.begin()

    def remember(self) -> None:
        """Keep what a later engine would need to judge a loss. Raises StoreTrouble."""
        self.planning.remember()

    def close(self) -> None:
        for run in list(self._live.values()):
            run.close()
        self.planning.close()

    def halt(self, person: str) -> None:
        """Every real run that is under way stops at its next safe point, and asks."""
        for run in list(self._live.values()):
            if not run.ended and run.view().mode is Mode.REAL:
                try:
                    run.stop(person)
                except StoreTrouble as trouble:  # it stops all the same, and so do the others
                    log.error("that a run is stopped can't be written down: %s", trouble)

    def busy(self, cluster: str) -> bool:
        """Is a real run of this cluster under way, or waiting for a person?"""
        return any(not run.ended and run.view().mode is Mode.REAL for run in self._of(cluster))

    # -- what faces ask -----------------------------------------------------------------------------------------

    def answer(self, question: Message, person: str) -> Message | None:
        """The answer to a question about changes. May raise StoreTrouble."""
        match question:
            case AskSituation():
                return self._situation(question)
            case Propose():
                return self._propose(question, person)
            case StartRun():
                with self._starting:
                    return self._start(question, person)
            case AskRuns():
                return self._runs(question)
            case AskRun():
                return self._seen(question.run)
            case StopRunAsked():
                return self._living(question.run, lambda run: self._stop(run, person))
            case AnswerRun():
                return self._living(question.run, lambda run: self._answer(run, question, person))
            case _:
                return self._also(question, person)

    def _spec(self, name: str) -> ClusterSpec | Refused:
        return self._inventory().cluster(name) or Refused(reason="no-cluster", subject=name)

    def _situation(self, question: AskSituation) -> Message:
        spec = self._spec(question.cluster)
        if isinstance(spec, Refused):
            return spec
        real = (run.view() for run in self._of(spec.name) if not run.ended)
        running = next((view.id for view in real if view.mode is Mode.REAL), "")
        return self.planning.situation(spec, running=running)

    def _propose(self, question: Propose, person: str) -> Message:
        spec = self._spec(question.cluster)
        if isinstance(spec, Refused):
            return spec
        for name in (question.target, question.subject):
            if name and spec.node(name) is None and question.operation is not Operation.NODE_ADD:
                return Refused(reason="no-node", subject=f"{spec.name} {name}")
        plan = self.planning.propose(spec, question, person=person, plan_id=self._new_id())
        with self._guard:
            self._forget_old()
            self._plans[plan.id] = plan
        return Proposed(plan=plan)

    def _forget_old(self) -> None:
        since = self._clock().utc - timedelta(hours=PLAN_HOURS_MAX)
        kept = [plan for plan in self._plans.values() if plan.made_at >= since][-(PLANS_MAX - 1):]
        self._plans = {plan.id: plan for plan in kept}

    def _new_id(self) -> str:
        return f"{self._clock().utc:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"

    def _start(self, question: StartRun, person: str) -> Message:
        plan = self._plans.get(question.plan)
        if plan is None:
            return Refused(reason="no-plan", subject=question.plan, detail="it is not kept any more: make it anew")
        spec = self._spec(plan.cluster)
        if isinstance(spec, Refused):
            return spec
        refused = self._may_start(plan, question, person)
        hosts, looks = self.planning.ways(spec, plan, warm=True)
        with ExitStack() as unused:
            unused.callback(self.planning.keep_warm, spec, hosts)
            seen: Facts = {}
            if refused is None and question.mode is Mode.REAL:
                world = self.planning.seen(spec, hosts, looks)
                refused, seen = _changed(plan, world), world.facts
                refused = refused or self._freezer.refused(question)  # turned while the nodes were asked, it holds
            if refused is not None:
                detail = (("reason", refused.reason), ("mode", question.mode.value))
                self._note(AuditKind.REFUSAL, plan, person, detail)
                return refused
            run = self._begun(plan, question, spec, person, (hosts, looks), seen)
            unused.pop_all()
        if run.view().state is RunState.WAITING:
            self._told(run.view())
        elif question.mode is Mode.REAL and self._freezer.now() is not None:
            run.interrupted(0.0)  # the switch was turned after the last look at it, and before anybody knew of the run
        else:
            run.begin()
        return RunSeen(run=run.view())

    def _begun(
        self, plan: Plan, question: StartRun, spec: ClusterSpec, person: str, ways: tuple[SshHosts, Looks], seen: Facts
    ) -> LiveRun:
        """The run, written down: from here on it is known, whatever becomes of this engine."""
        real = question.mode is Mode.REAL
        waits = real and not question.break_glass and self._second_wanted(plan, spec, question.loss_entries_max)
        now = self._clock().utc
        run_id = plan.id if real else f"{plan.id}-r{secrets.token_hex(2)}"
        view = RunView(
            id=run_id, plan=plan, mode=question.mode, state=RunState.WAITING if waits else RunState.RUNNING,
            person=person, steps=(), loss_entries_max=question.loss_entries_max, begun_at=now,
        )  # fmt: skip
        detail = (("mode", question.mode.value), ("digest", plan.digest), ("target", plan.target),
                  ("loss-entries-max", str(question.loss_entries_max)))  # fmt: skip
        # Noted before it stands in the journal: what could not be noted is found unfinished by no later engine.
        self._note(AuditKind.RUN_BEGAN, plan, person, detail, run=run_id)
        if question.attested:
            self._note(AuditKind.ATTESTATION, plan, person, (("attested", question.attested),), run=run_id)
        self._journal.begin(view, at=now)
        try:
            self._begins(view)
            run = LiveRun(view, replace(self._parts(spec, view, ways), seen=seen))
            if question.attested:
                run.attest(question.attested, person)
        except BaseException:
            with suppress(StoreTrouble):  # it was refused: nobody takes it up later
                self._journal.keep(replace(view, state=RunState.LEFT, ended_at=now))
            raise
        with self._guard:
            self._live[run_id] = run
            if real:
                self._plans.pop(plan.id, None)
        return run

    def _may_start(self, plan: Plan, question: StartRun, person: str) -> Refused | None:
        """Why it may not be begun; None where it may."""
        if question.digest != plan.digest:
            return Refused(reason="other-plan", subject=plan.id, detail="its digest is another: read the plan again")
        if plan.refused or not plan.steps:
            checks = ", ".join(check.check for check in plan.checks if check.outcome.value == "refuse")
            return Refused(reason="plan-refused", subject=plan.cluster, detail=checks or "it has no steps")
        if question.mode is Mode.REHEARSAL:
            return _unasked(plan, question)
        if question.confirmed != plan.cluster:
            return Refused(reason="name-not-confirmed", subject=plan.cluster, detail=question.confirmed)
        if self.busy(plan.cluster):
            return Refused(reason="run-under-way", subject=plan.cluster)
        if taken_away := _taken_away(plan, self.planning.restorer):
            return taken_away
        wanted = dict(plan.notes).get("attest", "")
        if wanted and wanted not in question.attested.split():
            return Refused(reason="not-attested", subject=plan.cluster, detail=wanted)
        if unasked := _unasked(plan, question):
            return unasked
        most = plan.loss.entries_high if plan.loss is not None else 0
        # Where the dead primary's own WAL is rescued first, the gate counts what is left to lose, behind the fence.
        gated = plan.operation is not Operation.FAILOVER or bool(dict(plan.notes).get("rescue"))
        if not gated and most is None and LOSS_NOT_KNOWN not in question.attested:
            detail = f"not known; accept it as {LOSS_NOT_KNOWN}"
            return Refused(reason="loss-above", subject=plan.cluster, detail=detail)
        if not gated and most is not None and most > question.loss_entries_max:
            detail = f"{most} > {question.loss_entries_max}"
            return Refused(reason="loss-above", subject=plan.cluster, detail=detail)
        if question.break_glass:
            broken = break_glass(person, question.break_glass, now=self._clock().utc)
            if not isinstance(broken, GlassBroken):
                return Refused(reason=broken.fault.value, subject=plan.cluster, detail=broken.detail)
            self._note(AuditKind.BREAK_GLASS, plan, person, (("reason", broken.reason),))
        return None

    def _second_wanted(self, plan: Plan, spec: ClusterSpec, loss_entries: int) -> bool:
        if plan.operation is Operation.RESTORE and plan.loss is not None:
            # All that was booked after the target goes: how much that is is not approved by a figure of a face's.
            return needed(self._policies.of(spec.name), spec.environment, plan.operation, plan.loss.entries_high)
        return needed(self._policies.of(spec.name), spec.environment, plan.operation, loss_entries)

    def _runs(self, question: AskRuns) -> Message:
        stored = self._journal.runs(cluster=question.cluster, most=max(1, question.most))
        live = dict(self._live)
        return Runs(runs=tuple(live[view.id].view() if view.id in live else view for view in stored))

    def _seen(self, name: str) -> Message:
        """One run with its journal, living or long ended."""
        run = self._live.get(name)
        if run is not None:
            return RunSeen(run=run.view(log_too=True))
        view = self._journal.run(name)
        if view is None:
            return Refused(reason="no-run", subject=name)
        if view.id in self._live:
            return RunSeen(run=self._live[view.id].view(log_too=True))
        entries = self._journal.entries(view.id)
        steps = story_of(entries).reports(view.plan, view.ended_at or self._clock().utc)
        return RunSeen(run=replace(view, log=entries, steps=steps))

    def _living(self, name: str, then: Callable[[LiveRun], Message]) -> Message:
        """Do something with a run that has not ended; Refused where it has, or where there is none."""
        run = self._live.get(name)
        if run is None:
            view = self._journal.run(name)
            run = self._live.get(view.id) if view is not None else None
            if run is None:
                return Refused(reason="no-run" if view is None else "run-ended", subject=name)
        return Refused(reason="run-ended", subject=name) if run.ended else then(run)

    def _stop(self, run: LiveRun, person: str) -> Message:
        view = run.view()
        try:
            self._note(AuditKind.DECISION, view.plan, person, (("decision", "stop"), ("run", view.id)))
        except StoreTrouble as trouble:
            log.error("that run %s is stopped can't be noted, and it is stopped all the same: %s", view.id, trouble)
        if view.state is RunState.WAITING:
            run.leave(person)  # in its middle, its question stands again
            return Done()
        run.stop(person)
        return Done()

    def _answer(self, run: LiveRun, question: AnswerRun, person: str) -> Message:
        most = question.loss_entries_max
        view = run.view()
        if question.choice is Choice.ACCEPT_LOSS and most is not None and not run.at_work and view.question is not None:
            spec = self._spec(view.plan.cluster)
            # A greater loss is a new decision: whoever had to approve the first one has to approve this one too.
            if isinstance(spec, ClusterSpec) and self._second_wanted(view.plan, spec, most):
                self._note(AuditKind.DECISION, view.plan, person, (("accept-loss", str(most)),), run=view.id)
                run.wait_for_second(most, person)
                return Done()
        word = run.answer(
            question.choice, person=person, loss_entries_max=question.loss_entries_max, reason=question.reason
        )
        return Refused(reason=word, subject=question.run) if word else Done()

    # -- approvals ----------------------------------------------------------------------------------------------

    def wanted(self, run: str) -> ApprovalWanted | Refused:
        """What is to be approved; Refused where there is no such run, or where it waits for nobody."""
        live = self._live.get(run)
        view = live.view() if live is not None else None
        if view is None:
            return Refused(reason="no-run", subject=run)
        if view.state is not RunState.WAITING:
            return Refused(reason="waits-for-nobody", subject=run)
        return ApprovalWanted(
            run=view.id, cluster=view.plan.cluster, operation=view.plan.operation, plan_digest=view.plan.digest,
            loss_entries_max=view.loss_entries_max, initiator=view.person,
        )  # fmt: skip

    def approve(self, run: str, given: ApprovalGiven) -> Message:
        """A second person's approval, judged once more at the moment of use; the run begins."""
        wanted = self.wanted(run)
        if isinstance(wanted, Refused):
            return wanted
        refused = self._eyes.judge_again(wanted, given, now=self._clock().utc)
        if refused is not None:
            return Refused(reason=refused.fault.value, subject=run, detail=refused.detail)
        return self._approved(run, f"{given.person} ({given.fingerprint})")

    def break_glass(self, run: str, broken: GlassBroken) -> Message:
        """A person goes on alone."""
        wanted = self.wanted(run)
        if isinstance(wanted, Refused):
            return wanted
        return self._approved(run, f"{broken.person}, alone: {broken.reason}")

    def _approved(self, run: str, by: str) -> Message:
        live = self._live[run]
        spec = self._spec(live.view().plan.cluster)
        if isinstance(spec, Refused):
            return spec
        changed = differences(live.view().plan.inputs, self.planning.inputs(spec))
        if changed and not live.begun:
            text = "; ".join(f"{one.name}: {one.planned or '-'} → {one.now or '-'}" for one in changed[:5])
            return Refused(reason="inputs-changed", subject=run, detail=text)
        live.approved(by)
        return Done()

    # -- building -----------------------------------------------------------------------------------------------

    def _of(self, cluster: str) -> tuple[LiveRun, ...]:
        return tuple(run for run in list(self._live.values()) if run.view().plan.cluster == cluster)

    def _note(self, kind: AuditKind, plan: Plan, person: str, detail: Pairs, *, run: str = "") -> None:
        self._audit.note(
            kind, who=person, cluster=plan.cluster, run=run or plan.id, subject=plan.operation.value, detail=detail
        )

    def _close_run(self, view: RunView) -> RunView:
        """A run has come to its end: who watches for what it left behind is told, and its report is written."""
        self._ended(view)
        return self._report(view, self._reports / view.id)

    def _parts(
        self, spec: ClusterSpec, view: RunView, ways: tuple[SshHosts, Looks] | None = None
    ) -> Parts:
        def note(kind: AuditKind, *, who: str, subject: str = "", detail: Pairs = ()) -> None:
            self._audit.note(kind, who=who, cluster=spec.name, run=view.id, subject=subject, detail=detail)

        def note_commands(who: str, commands: tuple[tuple[str, Pairs], ...]) -> None:
            self._audit.note_several(AuditKind.COMMAND, commands, who=who, cluster=spec.name, run=view.id)

        hosts, looks = ways or self.planning.ways(spec, view.plan)
        acts = {act.node for step in view.plan.steps for act in step.acts}
        busy = tuple(node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES and node.name in acts)
        return Parts(
            spec=spec, hosts=hosts, looks=looks, owner=self.planning.owner(view.id), clock=self._clock,
            journal=self._journal, note=note, note_commands=note_commands, told=self._told,
            ended=self._close_run,
            last_seen=self.planning.last_seen(spec.name, view.plan), books=self.planning.books(spec), busy=busy,
            inputs=lambda: self.planning.inputs(spec),
            see_again=lambda: self.planning.last_seen(spec.name, view.plan),
            outage_number=lambda run: self.planning.outage_number(spec, hosts, looks, run),
        )  # fmt: skip


def _taken_away(plan: Plan, restorer: Restorer | None) -> Refused | None:
    """A restore is not begun while backups are taken away: its chain, or WAL that it needs, might be among them."""
    job = restorer.expiring(plan.cluster) if plan.operation is Operation.RESTORE and restorer is not None else ""
    return Refused(reason="expiry-under-way", subject=plan.cluster, detail=job) if job else None


def _unasked(plan: Plan, question: StartRun) -> Refused | None:
    """Nobody vouches in advance for what a later gate asks, nor for anything else that this plan does not ask."""
    own = {dict(plan.notes).get("attest", ""), LOSS_NOT_KNOWN}
    strange = next((word for word in question.attested.split() if word not in own), "")
    return Refused(reason="attested-unasked", subject=plan.cluster, detail=shown(strange)) if strange else None


def _changed(plan: Plan, world: World) -> Refused | None:
    """What the plan was made from and is not so any more; None where all is as it was."""
    changed = differences(plan.inputs, world.inputs())
    if not changed:
        return None
    text = "; ".join(f"{one.name}: {one.planned or '-'} → {one.now or '-'}" for one in changed[:5])
    return Refused(reason="inputs-changed", subject=plan.cluster, detail=text)
