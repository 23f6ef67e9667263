"""The tour: a lab and the real window, led through its pages by itself; pictures and a report of what was seen."""

import html
import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from console.domain.cluster import Inventory
from console.domain.verdict import Cause
from console.engine.launch import ensure_engine
from console.lab.desk import LabError, LabStatus, lab_cluster, lab_down, lab_fault, lab_mend, lab_up
from console.link.frames import LinkLost
from console.link.messages import Message, NoteEvent, SaveClusters, StopEngine
from console.link.socket import Link
from console.places import Home
from console.ui import theme, words
from console.ui.main_window import MainWindow
from console.ui.places import EVERYWHERE, Place
from console.window import Desk, application

SIZES: Final = ((1280, 800), (1920, 1080))
STEP_SECONDS_MAX: Final = 60.0
READINGS_SECONDS: Final = 64.0  # a whole heartbeat strip, and a list that has stood long enough to prove something
SETTLE_SECONDS: Final = 1.2  # a page that was just opened gets its curves and its card
CLUSTER: Final = "lab"
LOOK_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the tour did: what, how it went, how long it took, and the pictures taken of it."""

    name: str
    outcome: str  # pass or refuse
    seen: str
    seconds: float
    pictures: tuple[str, ...] = ()


class TourFailed(Exception):
    """A step did not come to its end; the report says which."""


class Tour:
    """Leads the window. Everything it shows is real: servers, faults, verdicts."""

    def __init__(self, directory: Path, tell: Callable[[str], None]) -> None:
        self._directory, self._tell = directory, tell
        self._home = Home(directory / "home")
        self._home.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._app = application()
        self._pause = threading.Event()
        self.steps: list[Step] = []
        self._status: LabStatus | None = None
        self._desk: Desk | None = None

    def run(self) -> bool:
        """All steps in order; True where each came to its end. Nothing is left running."""
        try:
            self._step("The lab: three PostgreSQL nodes streaming, a fourth host for backups", self._lab)
            self._step("The window opens and shows the cluster", self._open)
            self._step("Every node answers, the books are read", self._healthy)
            self._step("Fleet: what is at stake, cluster by cluster", lambda: self._pictures("fleet", EVERYWHERE))
            self._step("Cluster: who follows whom, and how far behind", self._cluster)
            self._step("Replay is paused on a standby: seen as a lag, not as a loss", self._lag)
            self._step("kill -9 of the primary's postmaster: named, with its evidence", self._kill)
            self._step("Mended: the same cluster is whole again", self._mend)
        except TourFailed as failed:
            self._tell(f"The tour stopped: {failed}")
        finally:
            self._end()
        self._report()
        return all(step.outcome == "pass" for step in self.steps)

    # -- steps --------------------------------------------------------------------------------------------------

    def _step(self, name: str, act: Callable[[], tuple[str, tuple[str, ...]]]) -> None:
        began = monotonic()
        try:
            seen, pictures = act()
        except Exception as error:  # the last hook of a step: the report must say where the tour ended, and why
            self.steps.append(Step(name, "refuse", f"{type(error).__name__}: {error}", monotonic() - began))
            raise TourFailed(f"{name}: {error}") from error
        step = Step(name, "pass", seen, monotonic() - began, pictures)
        self.steps.append(step)
        self._tell(f"{step.name}. {step.seen} ({step.seconds:.1f} s)")

    def _lab(self) -> tuple[str, tuple[str, ...]]:
        self._status = lab_up(self._home)
        shutil.copyfile(self._status.known_hosts, self._home.lab_known_hosts)
        ensure_engine(self._home)
        self._ask(SaveClusters(inventory=Inventory(clusters=(lab_cluster(self._status),)), replace=True))
        return f"{len(self._status.nodes)} hosts under {self._status.directory}", ()

    def _open(self) -> tuple[str, tuple[str, ...]]:
        theme.apply(self._app, theme.Choice.LIGHT)
        self._desk = Desk(self._home)
        self._desk.window.resize(*SIZES[0])
        self._desk.open()
        self._until(lambda: self._cause() != "no picture", "the first picture of the cluster")
        return "the window is attached to the engine", ()

    def _healthy(self) -> tuple[str, tuple[str, ...]]:
        self._until(lambda: self._cause() == "healthy", "a healthy cluster")
        self._for(READINGS_SECONDS)
        view = self._window().view(CLUSTER)
        assert view is not None
        if view.head_number is None:
            raise TourFailed("the books were not read")
        return words.cluster_sentence(view, now=view.at), ()

    def _cluster(self) -> tuple[str, tuple[str, ...]]:
        seen, whole = self._pictures("cluster", Place(CLUSTER))
        _, with_card = self._pictures("cluster-node", Place(CLUSTER, "lab-2"))
        return seen, (*whole, *with_card)

    def _lag(self) -> tuple[str, tuple[str, ...]]:
        self._fault("replay-pause", "lab-3")
        took = self._until(lambda: self._has(Cause.REPLAY_PAUSED), "the paused replay")
        self._for(4.0)
        _, pictures = self._pictures("replay-paused", Place(CLUSTER, "lab-3"))
        lab_mend(self._home, "lab-3")
        self._until(lambda: self._cause() == "healthy", "a healthy cluster")
        return f"named after {took:.2f} s", pictures

    def _kill(self) -> tuple[str, tuple[str, ...]]:
        self._fault("kill-postmaster", "lab-1")
        took = self._until(lambda: self._has(Cause.POSTMASTER_KILLED), "the killed postmaster")
        self._for(SETTLE_SECONDS)
        _, fleet = self._pictures("killed-fleet", EVERYWHERE)
        _, cluster = self._pictures("killed-cluster", Place(CLUSTER, "lab-1"))
        return f"named in the window {took:.2f} s after the fault was made", (*fleet, *cluster)

    def _mend(self) -> tuple[str, tuple[str, ...]]:
        lab_mend(self._home)
        took = self._until(lambda: self._cause() == "healthy", "a healthy cluster")
        self._for(SETTLE_SECONDS)
        _, pictures = self._pictures("mended", Place(CLUSTER))
        return f"healthy again {took:.1f} s after it was mended", pictures

    # -- hands --------------------------------------------------------------------------------------------------

    def _window(self) -> MainWindow:
        assert self._desk is not None
        return self._desk.window

    def _cause(self) -> str:
        view = self._window().view(CLUSTER)
        if view is None:
            return "no picture"
        cause = view.verdict.cause
        return view.verdict.health.value if cause is None else cause.value

    def _has(self, cause: Cause) -> bool:
        view = self._window().view(CLUSTER)
        return view is not None and any(
            f.cause is cause for f in (*view.verdict.findings, *(f for n in view.nodes for f in n.verdict.findings))
        )

    def _ask(self, message: Message) -> Message:
        link = Link(self._home.engine_socket, face="tour", watches=False, on_message=_unheard, on_lost=_unheard)
        try:
            return link.ask(message)
        finally:
            link.close()

    def _fault(self, name: str, node: str) -> None:
        """Make a fault while the window goes on: its own loop must not stand still for it."""
        done = threading.Event()
        trouble: list[Exception] = []

        def make() -> None:
            try:
                lab_fault(self._home, name, node)
            except (LabError, OSError) as error:  # carried over to the tour's own thread, which raises it again
                trouble.append(error)
            done.set()

        self._ask(NoteEvent(cluster=CLUSTER, node=node, text=name))
        threading.Thread(target=make, name="fault", daemon=True).start()
        self._until(done.is_set, f"the fault {name}")
        if trouble:
            raise trouble[0]

    def _until(self, holds: Callable[[], bool], what: str) -> float:
        began = monotonic()
        while not holds():
            if monotonic() - began > STEP_SECONDS_MAX:
                raise TourFailed(f"waited {STEP_SECONDS_MAX:g} s in vain for {what}")
            self._app.processEvents()
            self._pause.wait(LOOK_SECONDS)
        return monotonic() - began

    def _for(self, seconds: float) -> None:
        end = monotonic() + seconds
        while monotonic() < end:
            self._app.processEvents()
            self._pause.wait(LOOK_SECONDS)

    def _pictures(self, name: str, place: Place) -> tuple[str, tuple[str, ...]]:
        """Go there, and keep what is seen in both themes and both sizes."""
        window, kept = self._window(), []
        window.go(place)
        self._for(SETTLE_SECONDS)
        for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
            theme.apply(self._app, choice)
            for width, height in SIZES:
                window.resize(width, height)
                self._for(SETTLE_SECONDS / 2)
                file = f"{name}-{choice.value}-{width}x{height}.png"
                if not window.grab().save(str(self._directory / file)):
                    raise TourFailed(f"{file} could not be written")
                kept.append(file)
        theme.apply(self._app, theme.Choice.LIGHT)
        window.resize(*SIZES[0])
        view = window.view(CLUSTER)
        assert view is not None
        return words.cluster_sentence(view, now=view.at), tuple(kept)

    def _end(self) -> None:
        """Close the window, stop the engine, take the lab down."""
        if self._desk is not None:
            self._desk.window.close()
            self._app.processEvents()
        try:
            self._ask(StopEngine())
        except LinkLost as error:
            self._tell(f"The engine could not be stopped: {error}")
        lab_down(self._home)

    def _report(self) -> None:
        """report.json to check, report.html to read."""
        data = [asdict(step) for step in self.steps]
        (self._directory / "report.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        rows = []
        for step in self.steps:
            pictures = "".join(
                f'<a href="{html.escape(p)}"><img src="{html.escape(p)}" alt="{html.escape(p)}" width="420"></a> '
                for p in step.pictures
            )
            word = "done" if step.outcome == "pass" else "failed"
            rows.append(
                f"<section><h2>{html.escape(step.name)}</h2><p><b>{word}</b> in {step.seconds:.2f} s. "
                f"{html.escape(step.seen)}</p>{pictures}</section>"
            )
        page = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ledger Console: tour</title>
<style>body{{font:15px/1.5 sans-serif;max-width:1320px;margin:2em auto;padding:0 1em;color:#15181c}}
img{{border:1px solid #d8dce1;margin:4px 4px 4px 0}}h2{{margin-top:1.6em;font-size:1.1em}}</style></head>
<body><h1>Ledger Console: the tour</h1>{"".join(rows)}</body></html>
"""
        (self._directory / "report.html").write_text(page, encoding="utf-8")


def _unheard(_: object) -> None:
    """The tour's own questions have answers; what is told unasked is the window's."""
