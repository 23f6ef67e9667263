"""The hands of the tour: a lab, its engine and the window that they lead; waits with a limit, and pictures."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from time import monotonic
from typing import Final

from console.domain.fleet import ClusterView
from console.domain.plan import Outcome, Plan
from console.domain.run import RunView
from console.domain.verdict import Cause
from console.lab.desk import LabError, lab_fault
from console.link.messages import Message, NoteEvent
from console.link.socket import Link
from console.places import Home
from console.ui import theme, words
from console.ui.alert_dialogs import AlertDialog
from console.ui.automation_dialog import AutomationDialog
from console.ui.check_words import check_name
from console.ui.drill_dialog import DrillDialog
from console.ui.main_window import MainWindow
from console.ui.places import Place
from console.window import Desk, application

SIZES: Final = ((1280, 800), (1920, 1080))
Dialog = AlertDialog | AutomationDialog | DrillDialog
Look = tuple[theme.Choice, tuple[int, int]]  # a theme and a size
LOOKS: Final[tuple[Look, ...]] = tuple(
    (choice, size) for choice in (theme.Choice.LIGHT, theme.Choice.DARK) for size in SIZES
)
TWO_LOOKS: Final = (LOOKS[0], LOOKS[-1])  # light and small, dark and large: for what is one of many
STEP_SECONDS_MAX: Final = 120.0
SETTLE_SECONDS: Final = 1.2  # a page that was just opened gets its curves and its card
PAGE_SETTLE_SECONDS: Final = 0.25  # a step of a wizard stands still
AGAIN_SECONDS: Final = 0.4
CLUSTER: Final = "lab"
LOOK_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True)
class Seen:
    """What a step saw, the pictures that it took, and papers that it kept beside them."""

    says: str
    pictures: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


class TourFailed(Exception):
    """A step did not come to its end; the report says which."""


class Hands:
    """Leads the window of a home, and keeps pictures of it in a directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.home = Home(directory / "home")
        self.home.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.app = application()
        self.desk: Desk | None = None
        self._pause = threading.Event()
        self._worn: theme.Choice | None = None

    # What is seen

    @property
    def open_desk(self) -> Desk:
        assert self.desk is not None
        return self.desk

    @property
    def window(self) -> MainWindow:
        return self.open_desk.window

    @property
    def view(self) -> ClusterView:
        found = self.window.view(CLUSTER)
        assert found is not None
        return found

    def sentence(self) -> str:
        """The cluster as the window says it in one sentence."""
        return words.cluster_sentence(self.view, now=self.view.at)

    def cause(self) -> str:
        """The name of what is wrong, else of how the cluster is."""
        view = self.window.view(CLUSTER)
        if view is None:
            return "no picture"
        cause = view.verdict.cause
        return view.verdict.health.value if cause is None else cause.value

    def has(self, cause: Cause) -> bool:
        view = self.window.view(CLUSTER)
        return view is not None and any(
            f.cause is cause for f in (*view.verdict.findings, *(f for n in view.nodes for f in n.verdict.findings))
        )

    # What is done

    def ask(self, message: Message) -> Message:
        link = Link(self.home.engine_socket, face="tour", watches=False, on_message=_unheard, on_lost=_unheard)
        try:
            return link.ask(message)
        finally:
            link.close()

    def fault(self, name: str, node: str) -> None:
        """Make a fault while the window goes on: its own loop must not stand still for it."""
        self.ask(NoteEvent(cluster=CLUSTER, node=node, text=name))
        self.meanwhile(lambda: lab_fault(self.home, name, node), f"the fault {name}")

    def meanwhile(self, act: Callable[[], object], what: str) -> None:
        """Do something that takes a while, on a thread of its own. Raises what it raised of the lab's."""
        done = threading.Event()
        trouble: list[Exception] = []

        def do() -> None:
            try:
                act()
            except (LabError, OSError) as error:  # carried over to the tour's own thread, which raises it again
                trouble.append(error)
            done.set()

        threading.Thread(target=do, name=what, daemon=True).start()
        self.until(done.is_set, what)
        if trouble:
            raise trouble[0]

    # Time

    def ticks(self) -> float:
        """Seconds by a clock that is never set."""
        return monotonic()

    def until(
        self, holds: Callable[[], bool], what: str, *, seconds_max: float | None = None,
        else_said: Callable[[], str] | None = None,
    ) -> float:  # fmt: skip
        """The seconds until this holds. Raises TourFailed after the limit, else after that of every step."""
        most = STEP_SECONDS_MAX if seconds_max is None else seconds_max
        began = monotonic()
        while not holds():
            if monotonic() - began > most:
                why = f" ({else_said()})" if else_said is not None else ""
                raise TourFailed(f"waited {most:g} s in vain for {what}{why}")
            self.app.processEvents()
            self._pause.wait(LOOK_SECONDS)
        return monotonic() - began

    def rest(self, seconds: float) -> None:
        end = monotonic() + seconds
        while monotonic() < end:
            self.app.processEvents()
            self._pause.wait(LOOK_SECONDS)

    # Pictures

    def wear(self, look: Look) -> None:
        """Another theme and size; dressing the window anew is what costs."""
        choice, (width, height) = look
        if choice is not self._worn:
            theme.apply(self.app, choice)
        self._worn = choice
        self.window.resize(width, height)

    def moment(self, name: str, of: Dialog | None = None) -> Callable[[], str]:
        """What is seen at this moment; calling it keeps that, which takes longer, and gives the file's name.

        `of`: a dialog before the window; without one, the window.
        """
        seen, file = (self.window if of is None else of).grab(), f"{name}.png"

        def keep() -> str:
            if not seen.save(str(self.directory / file)):
                raise TourFailed(f"{file} could not be written")
            return file

        return keep

    def picture(self, name: str, of: Dialog | None = None) -> str:
        """Keep what is seen at this moment; the file's name."""
        return self.moment(name, of)()

    def last_picture(self) -> tuple[str, ...]:
        """What stands there where a step did not come to its end; nothing where no window is open."""
        return (self.picture("stopped-here"),) if self.desk is not None else ()

    def pictures(
        self, name: str, looks: tuple[Look, ...] = LOOKS, *, settle_seconds: float = SETTLE_SECONDS / 2,
        of: Dialog | None = None,
    ) -> tuple[str, ...]:  # fmt: skip
        """Keep what stands there, in both themes and both sizes unless `looks` says otherwise."""
        kept = []
        for look in looks:
            self.wear(look)
            self.rest(settle_seconds)
            choice, (width, height) = look
            kept.append(self.picture(f"{name}-{choice.value}-{width}x{height}", of))
        self.wear(LOOKS[0])
        return tuple(kept)

    def pictures_of(self, name: str, place: Place) -> Seen:
        """Go there, and keep what is seen."""
        self.window.go(place)
        self.rest(SETTLE_SECONDS)
        kept = self.pictures(name)
        return Seen(self.sentence(), kept)

    def papers(self, run: RunView, name: str) -> tuple[str, ...]:
        """Keep a run's report, to read and to check, beside the pictures."""
        if not run.report or not Path(run.report).is_file():
            raise TourFailed(f"the run {run.id} has no report")
        kept = []
        for paper in (Path(run.report), Path(run.report).with_suffix(".json")):
            file = f"{name}-report{paper.suffix}"
            shutil.copyfile(paper, self.directory / file)
            kept.append(file)
        return tuple(kept)


class Looks:
    """Looks at a run in its wizard; the last one of each part is kept: they last a moment.

    `part` says which part is to be looked at now, None where none is; `name` names a picture of it.
    """

    def __init__(self, hands: Hands, part: Callable[[], Enum | None], name: Callable[[], str]) -> None:
        self._hands, self._part, self._name = hands, part, name
        self._due = 0.0
        self.parts: dict[Enum, Callable[[], str]] = {}

    def look(self, _told: object = None) -> None:
        """Look where this part was not seen, or was a while ago: a look costs the machine that the run shares."""
        at = self._part()
        if at is not None and (at not in self.parts or self._hands.ticks() >= self._due):
            self.parts[at] = self._hands.moment(self._name())
            self._due = self._hands.ticks() + AGAIN_SECONDS

    def keep(self) -> tuple[str, ...]:
        return tuple(keep() for keep in self.parts.values())


def there(run: RunView | None) -> RunView:
    """The run that a wizard shows."""
    if run is None:
        raise TourFailed("the wizard has no run")
    return run


def refusals(plan: Plan | None) -> str:
    """What a plan's own checks refuse, each with what was seen."""
    rows = plan.checks if plan is not None else ()
    said = [f"{check_name(row.check)} ({row.observed})" for row in rows if row.outcome is Outcome.REFUSE]
    return f" ({'; '.join(said)})" if said else ""


def _unheard(_: object) -> None:
    """The tour's own questions have answers; what is told unasked is the window's."""
