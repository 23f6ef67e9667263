"""One run while it lives: its hands, its journal, its thread, and the picture of it that faces are shown."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from console.domain.audit import AuditKind
from console.domain.plan import Operation, Pairs, Phase, Verb, differences
from console.domain.run import Asks, Choice, Mode, Outage, Question, RunState, RunView
from console.domain.text import shown
from console.engine.run_lines import RunLines
from console.engine.run_parts import Parts
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.recovery.outage import OutageMeter
from console.recovery.rehearsal import RehearsalHands
from console.recovery.restore_steps import ACCEPT, ACCEPTED
from console.recovery.runner import Line, Runner, Stopped
from console.store.trouble import StoreTrouble

ASKED_SECONDS_MAX: Final = 8.0  # below what a face waits for its answer

log = logging.getLogger(__name__)


class LiveRun:
    """A run of one plan. `begin` and `answer` start its thread; all else may be called by any thread."""

    def __init__(self, view: RunView, parts: Parts) -> None:
        self._parts = parts
        self._guard = threading.Lock()
        self._view = view
        entries = parts.journal.entries(view.id)
        self._lines = RunLines(view.id, parts.journal, entries, clock=parts.clock)
        self._stop = threading.Event()
        self._closing = threading.Event()  # the engine ends: nothing is waited for any more
        self._thread: threading.Thread | None = None
        self._break_lock = False
        self._deciding = threading.Lock()
        self._held_question: Question | None = None  # of a run that waits for a second person in its middle
        self._cancelling = any(
            entry.word == "answered" and dict(entry.detail).get("choice") == Choice.CANCEL.value for entry in entries
        )
        self._keeper = LockKeeper(
            parts.spec, parts.hosts, parts.looks, owner=parts.owner, person=view.person,
            ticks=lambda: parts.clock().ticks,
        )  # fmt: skip
        self._hands = Hands(
            parts.spec, parts.hosts, parts.looks, self._keeper, clock=parts.clock, last_seen=parts.last_seen,
            stopping=self._closing, books=parts.books, see_again=parts.see_again,
        )  # fmt: skip
        self._hands.loss_entries_max = view.loss_entries_max
        self._hands.take_up(entries)
        self._hands.know(view.plan)
        self._hands.take_in(parts.seen)
        self._meter: OutageMeter | None = None

    # -- for faces ----------------------------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        return self._view.state in (RunState.DONE, RunState.CANCELLED, RunState.LEFT)

    @property
    def at_work(self) -> bool:
        thread = self._thread
        return thread is not None and thread.is_alive()

    def view(self, *, log_too: bool = False) -> RunView:
        """The run at this moment."""
        with self._guard:
            view, story = self._view, self._lines.story
            now = self._parts.clock().utc
            view = replace(
                view, steps=story.reports(view.plan, now), facts=tuple(sorted(story.known.items())),
                loss=self._hands.loss or view.loss, books=self._hands.books or view.books,
                no_return_at=story.no_return_at(view.plan), outage=self._outage() or view.outage,
            )  # fmt: skip
            unwritten = self._lines.unwritten
        return replace(view, log=self._lines.all(unwritten)) if log_too else view

    def _outage(self) -> Outage | None:
        return self._meter.outage() if self._meter is not None else None

    # -- a person's word ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Go on from wherever it stands, in the direction decided last: once cancelled, never forward again."""
        self._start(self._cancel if self._cancelling else self._run)

    def attest(self, text: str, person: str) -> None:
        """What a person vouches for, by name; kept in the journal, so that it holds for a later engine too."""
        self._write("", "attested", (("text", text), ("person", person)))
        self._hands.attest(text)

    def approved(self, by: str) -> None:
        """A second person agreed, or was done without: the run goes on. A second approval does nothing."""
        with self._guard:
            if self._view.state is not RunState.WAITING:
                return
            self._view = replace(self._view, state=RunState.RUNNING, approved_by=by)
        self._write("", "approved", (("by", by),))
        self.begin()

    @property
    def begun(self) -> bool:
        """Has any of its steps been begun?"""
        return any(self._lines.story.state(step.key) for step in self._view.plan.steps)

    def wait_for_second(self, loss_entries_max: int, person: str) -> None:
        """More is to be lost than was approved: a second person has to agree before it goes on."""
        with self._guard:
            question = self._view.question
            if question is None:
                return
            self._held_question = question
            self._view = replace(
                self._view, state=RunState.WAITING, loss_entries_max=loss_entries_max, approved_by="", question=None
            )
        self._take_loss(question, loss_entries_max, person)
        self._keep()

    def _take_loss(self, question: Question, loss_entries_max: int, person: str) -> None:
        detail = (("choice", Choice.ACCEPT_LOSS.value), ("person", person), ("about", str(question.observed)),
                  ("loss-entries-max", str(loss_entries_max)))  # fmt: skip
        self._write(question.step or "", "answered", detail)
        self._hands.loss_entries_max = loss_entries_max
        self._hands.loss_unknown_accepted |= question.observed == "not known"

    def leave(self, person: str) -> None:
        """Its approval is not wanted any more: nothing was changed, or in its middle its question stands again."""
        self._write("", "left", (("person", person),))
        if not self.begun:
            self._end(RunState.CANCELLED)
        elif self._held_question is not None:
            self._ask(self._held_question)
        else:
            self.interrupted(0.0)

    def stop(self, person: str) -> None:
        """At the next safe point, whether or not that can be written down. Raises StoreTrouble, and it stops."""
        with self._guard:
            if self._view.state is RunState.RUNNING:
                self._view = replace(self._view, state=RunState.STOPPING)
        self._stop.set()
        self._write("", "stop-asked", (("person", person),))
        self._keep()

    def answer(self, choice: Choice, *, person: str, loss_entries_max: int | None, reason: str) -> str:
        """A person's answer to its question; '' where it was taken, else a word for why not."""
        with self._deciding:  # two answers at once: the second finds no question any more
            question, thread = self._view.question, self._thread
            if question is not None and thread is not None:
                thread.join(ASKED_SECONDS_MAX)  # it has told its question, and is about to end
            if self.at_work or question is None:
                return "asks-nothing"
            if choice not in question.choices:
                return "no-such-choice"
            if choice is Choice.ACCEPT_LOSS and (loss_entries_max is None or loss_entries_max < 0):
                return "no-maximum"
            if choice is Choice.BREAK_LOCK and not reason.strip():
                return "no-reason"
            with self._guard:
                self._view = replace(self._view, question=None)
            try:
                self._decided(question, choice, person=person, loss_entries_max=loss_entries_max, reason=reason)
            except StoreTrouble:
                with self._guard:  # it was not taken: the question stands, and can be answered again
                    if self._view.question is None and not self.ended and not self.at_work:
                        self._view = replace(self._view, state=RunState.ASKING, question=question)
                raise
        return ""

    def _decided(
        self, question: Question, choice: Choice, *, person: str, loss_entries_max: int | None, reason: str
    ) -> None:
        detail = (("choice", choice.value), ("person", person), ("reason", shown(reason)),
                  ("about", str(question.observed)),
                  ("loss-entries-max", "" if loss_entries_max is None else str(loss_entries_max)))  # fmt: skip
        self._write(question.step or "", "answered", detail)
        kind = AuditKind.LOCK_BROKEN if choice is Choice.BREAK_LOCK else AuditKind.DECISION
        self._parts.note(kind, who=person, subject=choice.value, detail=detail)
        self._stop.clear()
        match choice:
            case Choice.GO_ON:
                if question.asks is Asks.WORLD_MOVED and not self._cancelling:
                    self._reopen(question.step, person)
                if question.step == ACCEPT and question.asks is Asks.NOT_PROVEN and not self._cancelling:
                    self.attest(ACCEPTED, person)  # a person has looked at what was restored, and takes it
                self.begin()
            case Choice.BREAK_LOCK:
                self._break_lock = True
                self.begin()
            case Choice.ACCEPT_LOSS:
                assert loss_entries_max is not None
                self._hands.loss_entries_max = loss_entries_max
                self._hands.loss_unknown_accepted |= question.observed == "not known"
                with self._guard:
                    self._view = replace(self._view, loss_entries_max=loss_entries_max)
                self.begin()
            case Choice.SKIP:
                self._write(question.step or "", "skipped", (("observed", f"skipped by {person}"),))
                self.begin()
            case Choice.CANCEL:
                self._cancelling = True
                self.begin()
            case Choice.LEAVE:
                self._end(RunState.LEFT)

    def _reopen(self, key: str | None, person: str) -> None:
        """The world moved, and a person said to go on: that step and all after it are to be done, or found so, anew.

        Behind the point of no return that one alone: what led to a promotion is not done again beside it.
        """
        keys = [step.key for step in self._view.plan.steps]
        ends = None if self._lines.story.no_return_at(self._view.plan) is None else keys.index(key or "") + 1
        for later in keys[keys.index(key):ends] if key in keys else ():
            if self._lines.story.state(later) not in ("", "undone", "reopened"):
                self._write(later, "reopened", (("person", person),))

    def interrupted(self, seconds: float) -> None:
        """Found unfinished by a new engine after longer than a person need not be asked."""
        choices = [Choice.GO_ON, Choice.CANCEL, Choice.LEAVE]
        if self._lines.story.no_return_at(self._view.plan) is None:
            choices = [Choice.CANCEL, Choice.GO_ON, Choice.LEAVE]
        else:
            choices.remove(Choice.CANCEL)
        self._ask(
            Question(asks=Asks.INTERRUPTED, step=self._last_step(), node=None, observed=round(seconds, 1),
                     threshold=None, choices=tuple(choices))
        )  # fmt: skip

    def close(self) -> None:
        """The engine ends: the thread is not waited for, the journal says where it stood; it sends nothing any more."""
        self._closing.set()
        self._parts.hosts.refuse()
        self._keeper.close()
        self._parts.hosts.close()

    # -- the thread ---------------------------------------------------------------------------------------------

    def _start(self, what: Callable[[], None]) -> None:
        with self._guard:
            self._view = replace(self._view, state=RunState.RUNNING, question=None)
        try:
            self._keep()
        except StoreTrouble as trouble:  # it must not stay 'running' with nobody at work
            self._asks_after_fault(f"the journal can't be written: {trouble}")
            raise
        self._thread = threading.Thread(target=self._work, args=(what,), name=f"run {self._view.id}", daemon=True)
        self._thread.start()

    def _work(self, what: Callable[[], None]) -> None:
        """The thread of a run: whatever it meets, the run is left asking a person, and its lock is renewed no more."""
        try:
            what()
        except Exception as fault:  # the border of a run: it must not stay 'running' with nobody at work
            if self._closing.is_set():
                return
            log.exception("run %s failed in a way that was not foreseen", self._view.id)
            self._asks_after_fault(f"{type(fault).__name__}: {fault}")

    def _runner(self) -> Runner:
        plan = self._view.plan
        if self._break_lock:
            acts = tuple(
                replace(act, args=(("break", "yes"),)) if act.verb is Verb.TAKE_LOCK else act
                for step in plan.steps[:1] for act in step.acts
            )  # fmt: skip
            plan = replace(plan, steps=(replace(plan.steps[0], acts=acts), *plan.steps[1:]))
        hands = RehearsalHands(self._hands) if self._view.mode is Mode.REHEARSAL else self._hands
        return Runner(plan, hands, self, self._stop.is_set)

    def _run(self) -> None:
        real = self._view.mode is Mode.REAL
        try:
            if real:
                self._measure()
                runner = self._runner()  # with the word to break a lock in it, which holds for this once
                self._take_up_lock()
            else:
                runner = self._runner()
            runner.run()
        except Stopped as stopped:
            self._ask(stopped.question)
        except StoreTrouble as trouble:
            # What can't be written down is not done; the picture in memory still says where it stands.
            self._asks_after_fault(f"the journal can't be written: {trouble}")
        else:
            self._end(RunState.DONE)

    def _cancel(self) -> None:
        try:
            runner = self._runner()
            self._take_up_lock()
            runner.cancel()
        except Stopped as stopped:
            self._ask(stopped.question)
        except StoreTrouble as trouble:
            self._asks_after_fault(f"the journal can't be written: {trouble}")
        else:
            # Everything as before is not believed but looked at; what differs is told with the run.
            changed = differences(self._view.plan.inputs, self._parts.inputs())
            with self._guard:
                self._view = replace(self._view, differences=changed)
            self._end(RunState.CANCELLED)

    def _take_up_lock(self) -> None:
        """A run that goes on after its engine was killed holds no lock any more: it takes it anew, at a higher term."""
        first = self._view.plan.steps[0].key if self._view.plan.steps else ""
        if not self._keeper.alive and self.state(first) in ("done", "already-so"):
            last = self._lines.story.known.get("lock_term")
            done = self._keeper.take(break_live=self._break_lock, after=None if last is None else int(last))
            self.write(first, "lock-again", (("said", shown(done.said)), ("refused", done.refused)))
            if done.facts:
                self.write(first, "fact", done.facts)
            if not done.fine:
                raise Stopped(
                    Question(asks=Asks.LOCK_TAKEN, step=first, node=None, observed=shown(done.said or done.refused),
                             threshold=None, choices=(Choice.GO_ON, Choice.BREAK_LOCK, Choice.LEAVE))
                )  # fmt: skip
        self._break_lock = False

    def _measure(self) -> None:
        """Have the outage meter start beside what comes first."""
        if self._meter is None:
            self._meter = OutageMeter(
                self._parts.hosts.connect_anew, self._parts.spec, self._view.id, lambda: self._parts.clock().ticks,
                busy=self._parts.busy,
            )  # fmt: skip
            self._meter.begin()

    def _wait_for_meter(self, key: str) -> None:
        """It has to write before writes stop by our doing; where they have stopped, before they come back."""
        steps = [step.key for step in self._view.plan.steps]
        if self._meter is None or key not in steps:
            return
        phase = self._view.plan.step(key).phase
        stopped = self._view.plan.operation is Operation.FAILOVER and phase in (Phase.FENCE, Phase.GATE)
        if phase is not Phase.PREPARE and not stopped:
            self._meter.ready()

    def _ask(self, question: Question) -> None:
        self._write(question.step or "", "asked", (("asks", question.asks.value), ("observed", str(question.observed))))
        with self._guard:
            self._view = replace(self._view, state=RunState.ASKING, question=question)
        self._keep()
        if question.asks is Asks.LOCK_TAKEN:
            self._keeper.close()

    def _asks_after_fault(self, detail: str) -> None:
        question = Question(asks=Asks.FAULT, step=self._last_step(), node=None, observed=shown(detail), threshold=None,
                            choices=(Choice.GO_ON, Choice.LEAVE))  # fmt: skip
        with self._guard:
            self._view = replace(self._view, state=RunState.ASKING, question=question)
        log.error("run %s: %s", self._view.id, detail)
        self._keeper.close()
        self._parts.told(self.view())

    def _end(self, state: RunState) -> None:
        if self._meter is not None:
            outage = self._meter.finish(self._outage_number)
            with self._guard:
                self._view = replace(self._view, outage=outage)
            self._meter = None
        self._keeper.release()
        self._write("", "ended", (("state", state.value),))
        # Nobody is told of the end before its report stands.
        view = replace(self.view(), state=state, ended_at=self._parts.clock().utc, question=None)
        self._parts.note(
            AuditKind.RUN_ENDED, who=view.person, subject=view.plan.operation.value, detail=(("state", state.value),)
        )
        written = self._parts.ended(view)
        with self._guard:
            self._view = written
        self._keep()
        self._parts.hosts.close()

    def _outage_number(self) -> int | None:
        """The outage row's number on whoever is primary now; None where that can't be learned."""
        return self._parts.outage_number(self._view.id)

    # -- the journal, as the runner sees it -----------------------------------------------------------------------

    def write(self, step: str, word: str, detail: Pairs = ()) -> None:
        self._before(step, word)
        self._write(step, word, detail)
        self._note_breaking()

    def _before(self, step: str, word: str) -> None:
        if word in ("done", "already-so") and step.partition(":")[0] in ("gate", "books", ACCEPT):
            self._keep()  # the loss and the books' verdict hold for a later engine too
        if word == "begun":
            self._wait_for_meter(step)

    def _note_breaking(self) -> None:
        if self._keeper.broke:
            broke, self._keeper.broke = self._keeper.broke, ()
            self._parts.note(AuditKind.LOCK_BROKEN, who=self._view.person, subject=", ".join(broke))

    def acted(self, step: str) -> bool:
        return self._lines.story.acted(step)

    def state(self, step: str) -> str:
        return self._lines.story.state(step)

    def known(self) -> dict[str, str]:
        return self._lines.story.known

    def write_several(self, lines: tuple[Line, ...], *, soon: bool = False) -> None:
        """What happens side by side is on disk at once, before it happens."""
        for step, word, _ in lines:
            self._before(step, word)
        self._write_all(lines, soon=soon)
        self._note_breaking()
        commands = tuple((step, detail) for step, word, detail in lines if word == "command")
        if commands:
            self._parts.note_commands(self._view.person, commands)

    def _write(self, step: str, word: str, detail: Pairs = ()) -> None:
        self._write_all(((step, word, detail),))

    def flush(self) -> None:
        with self._guard:
            self._lines.flush()

    def _write_all(self, lines: tuple[Line, ...], *, soon: bool = False) -> None:
        if lines:
            with self._guard:
                self._lines.write(lines, soon=soon)
            self._parts.told(self.view())

    def _keep(self) -> None:
        view = self.view()
        self._parts.journal.keep(view)
        self._parts.told(view)

    def _last_step(self) -> str | None:
        begun = [step.key for step in self._view.plan.steps if self._lines.story.state(step.key)]
        return begun[-1] if begun else None
