"""Folds a run's journal into where each step stands, what the run knows, and when it could no longer go back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from console.domain.plan import Plan
from console.domain.run import Entry, StepReport, StepState

OUTPUT_LINES_MAX: Final = 40

_STATES: Final = {
    "begun": StepState.RUNNING,
    "done": StepState.DONE,
    "already-so": StepState.ALREADY_SO,
    "skipped": StepState.SKIPPED,
    "failed": StepState.FAILED,
    "undoing": StepState.RUNNING,
    "undone": StepState.UNDONE,
    "reopened": StepState.WAITING,
}


@dataclass(slots=True)
class StepStory:
    """One step as the journal tells it."""

    word: str = ""
    commands: int = 0
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    observed: str = ""
    output: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """The journal so far; grown line by line, or read from the first at once."""

    steps: dict[str, StepStory] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    begun_at: datetime | None = None
    last_at: datetime | None = None
    number: int = 0

    def tell(self, entry: Entry) -> None:
        """Take one more line."""
        self.number = entry.number
        self.last_at = entry.at
        self.begun_at = self.begun_at or entry.at
        step = self.steps.setdefault(entry.step, StepStory())
        detail = dict(entry.detail)
        if entry.word in _STATES:
            step.word = entry.word
        if entry.word == "begun" and step.begun_at is None:
            step.begun_at = entry.at
        if entry.word in ("done", "already-so", "skipped", "failed", "undone"):
            step.ended_at = entry.at
            step.observed = detail.get("observed") or detail.get("fault", "")
            step.begun_at = step.begun_at or entry.at
        if entry.word == "fact":
            self.known.update(detail)
        if entry.word == "command":
            step.commands += 1
            step.output.append(f"{detail.get('node', '')}: {detail.get('verb', '')}")
        if entry.word == "outcome" and detail.get("refused"):
            step.commands -= 1  # it never began there
        if entry.word == "outcome" and (said := detail.get("said") or detail.get("refused")):
            step.output.append(f"{detail.get('node', '')}: {said}")
        del step.output[:-OUTPUT_LINES_MAX]

    def state(self, key: str) -> str:
        """The last word of a step that says where it stands; '' where it was never begun."""
        story = self.steps.get(key)
        return story.word if story is not None else ""

    def acted(self, key: str) -> bool:
        """Was any command of this step ever let through by its node? Of one without an outcome nobody knows: it was."""
        story = self.steps.get(key)
        return story is not None and story.commands > 0

    def reports(self, plan: Plan, now: datetime) -> tuple[StepReport, ...]:
        """Every step of the plan as a face shows it."""
        return tuple(self._report(plan, key, now) for key in (step.key for step in plan.steps))

    def _report(self, plan: Plan, key: str, now: datetime) -> StepReport:
        step, story = plan.step(key), self.steps.get(key)
        if story is None or not story.word:
            return StepReport(key=key, phase=step.phase, state=StepState.WAITING)
        seconds = None
        if story.begun_at is not None:
            running = story.word in ("begun", "undoing")
            seconds = ((now if running or story.ended_at is None else story.ended_at) - story.begun_at).total_seconds()
        return StepReport(
            key=key, phase=step.phase, state=_STATES[story.word], begun_at=story.begun_at, seconds=seconds,
            observed=story.observed, output=tuple(story.output),
        )  # fmt: skip

    def no_return_at(self, plan: Plan) -> datetime | None:
        """When the point of no return was passed; None where it was not, or is undone."""
        key = plan.no_return_key
        story = self.steps.get(key) if key is not None else None
        return story.begun_at if story is not None and story.word not in ("", "undone") else None


def story_of(entries: Iterable[Entry]) -> Story:
    """The whole story of a journal."""
    story = Story()
    for entry in entries:
        story.tell(entry)
    return story
