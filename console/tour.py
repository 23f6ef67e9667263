"""The tour: a lab and the real window, led through its pages by itself; pictures and a report of what was seen."""

import html
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from console.domain.cluster import Inventory
from console.domain.verdict import Cause
from console.engine.launch import ensure_engine
from console.lab.desk import lab_cluster, lab_down, lab_mend, lab_up
from console.link.frames import LinkLost
from console.link.messages import SaveClusters, StopEngine
from console.tour_automation import Automation
from console.tour_backups import Backups
from console.tour_hands import CLUSTER, LOOKS, SETTLE_SECONDS, Hands, Seen, TourFailed
from console.tour_recovery import Recovery
from console.ui.places import EVERYWHERE, Place
from console.window import Desk

READINGS_SECONDS: Final = 64.0  # a whole heartbeat strip, and a list that has stood long enough to prove something
LAG_SECONDS: Final = 4.0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the tour did: what, how it went, how long it took, the pictures of it, and its papers."""

    name: str
    outcome: str  # pass or refuse
    seen: str
    seconds: float
    pictures: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


class Tour:
    """Leads the window. Everything it shows is real: servers, faults, verdicts, changes and their proofs."""

    def __init__(self, directory: Path, tell: Callable[[str], None]) -> None:
        self._directory, self._tell = directory, tell
        self._hands = Hands(directory)
        self._recovery, self._backups = Recovery(self._hands), Backups(self._hands)
        self._automation = Automation(self._hands, self._recovery)
        self._opened = 0.0
        self.steps: list[Step] = []

    def run(self) -> bool:
        """All steps in order; True where each came to its end. Nothing is left running."""
        hands, recovery, backups = self._hands, self._recovery, self._backups
        try:
            self._step("The lab: three PostgreSQL nodes streaming, a fourth host for backups", self._lab)
            self._step("The window opens and shows the cluster", self._open)
            self._step("Backups: one button makes one, restores it beside, proves its books", backups.first)
            self._step("Every node answers, the books are read", self._healthy)
            fleet = "Fleet: what is at stake, cluster by cluster"
            self._step(fleet, lambda: hands.pictures_of("fleet", EVERYWHERE))
            self._step("Cluster: who follows whom, and how far behind", self._cluster)
            self._step("Replay is paused on a standby: seen as a lag, not as a loss", self._lag)
            self._step("kill -9 of the primary's postmaster: named, with its evidence", self._kill)
            self._step("Mended: the same cluster is whole again", self._mend)
            self._step("kill -9 of the primary, whole: it is lost", recovery.lose)
            self._step("Recovery: who sees whom, what could be done, and what each way costs", recovery.situation)
            self._step("The failover wizard, read to the approval: nothing has changed yet", recovery.read)
            self._step("The failover runs: fenced, judged at the gate, promoted, proven", recovery.run)
            self._step("Its report: what was measured, what was proven, what is left to do", recovery.report)
            self._step("Rejoin: the old primary becomes a standby again", recovery.rejoin)
            self._step("The cluster is whole, with another primary", recovery.whole)
            self._step("'Back up now': what changed since, made of another primary", backups.incremental)
            self._step("An accident: postings are deleted as the superuser, past every guard", backups.accident)
            self._step("The restore wizard: the whole cluster, back to the second before", backups.point)
            self._step("The restore runs: proven beside, accepted, the other nodes laid out anew", backups.run)
            self._step("Its report, and the ledger with its books whole", backups.report)
            self._by_itself()
        except TourFailed as failed:
            self._tell(f"The tour stopped: {failed}")
        finally:
            self._end()
        self._report()
        return all(step.outcome == "pass" for step in self.steps)

    def _by_itself(self) -> None:
        """The cluster looks after itself, and what happened then is replayed."""
        automation = self._automation
        self._step("Automatic recovery: first it only observes", automation.observe)
        self._step("Then it may act, at once: for that the cluster's name is typed", automation.automatic)
        self._step("Drills: the detector is rehearsed with a probe that is cut", automation.rehearse)
        self._step("The guards: what has to hold before it acts", automation.guards)
        self._step("kill -9 of the primary's postmaster, and nobody does anything", automation.lose)
        self._step("What was done by itself is acknowledged, its alerts are taken", automation.acknowledge)
        self._step("The old primary is rejoined", automation.rejoin)
        self._step("Incidents: what happened, replayed second by second", automation.replay)
        self._step("The incident's report, and the cluster whole again", automation.report)

    # -- steps --------------------------------------------------------------------------------------------------

    def _step(self, name: str, act: Callable[[], Seen]) -> None:
        began = monotonic()
        try:
            seen = act()
        except Exception as error:  # the last hook of a step: the report must say where the tour ended, and why
            says, pictures = f"{type(error).__name__}: {error}", self._hands.last_picture()
            self.steps.append(Step(name, "refuse", says, monotonic() - began, pictures))
            raise TourFailed(f"{name}: {error}") from error
        step = Step(name, "pass", seen.says, monotonic() - began, seen.pictures, seen.papers)
        self.steps.append(step)
        self._tell(f"{step.name}. {step.seen} ({step.seconds:.1f} s)")

    def _lab(self) -> Seen:
        hands = self._hands
        status = lab_up(hands.home)
        shutil.copyfile(status.known_hosts, hands.home.lab_known_hosts)
        ensure_engine(hands.home)
        hands.ask(SaveClusters(inventory=Inventory(clusters=(lab_cluster(status),)), replace=True))
        return Seen(f"{len(status.nodes)} hosts under {status.directory}")

    def _open(self) -> Seen:
        hands = self._hands
        hands.desk = Desk(hands.home)
        hands.wear(LOOKS[0])
        hands.desk.open()
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        self._opened = monotonic()
        return Seen("the window is attached to the engine")

    def _healthy(self) -> Seen:
        hands = self._hands
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        hands.rest(self._opened + READINGS_SECONDS - monotonic())
        if hands.view.head_number is None:
            raise TourFailed("the books were not read")
        return Seen(hands.sentence())

    def _cluster(self) -> Seen:
        seen = self._hands.pictures_of("cluster", Place(CLUSTER))
        with_card = self._hands.pictures_of("cluster-node", Place(CLUSTER, "lab-2"))
        return Seen(seen.says, (*seen.pictures, *with_card.pictures))

    def _lag(self) -> Seen:
        hands = self._hands
        hands.fault("replay-pause", "lab-3")
        took = hands.until(lambda: hands.has(Cause.REPLAY_PAUSED), "the paused replay")
        hands.rest(LAG_SECONDS)
        seen = hands.pictures_of("replay-paused", Place(CLUSTER, "lab-3"))
        hands.meanwhile(lambda: lab_mend(hands.home, "lab-3"), "mending")
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        return Seen(f"named after {took:.2f} s", seen.pictures)

    def _kill(self) -> Seen:
        hands = self._hands
        hands.fault("kill-postmaster", "lab-1")
        took = hands.until(lambda: hands.has(Cause.POSTMASTER_KILLED), "the killed postmaster")
        hands.rest(SETTLE_SECONDS)
        fleet = hands.pictures_of("killed-fleet", EVERYWHERE)
        cluster = hands.pictures_of("killed-cluster", Place(CLUSTER, "lab-1"))
        says = f"named in the window {took:.2f} s after the fault was made"
        return Seen(says, (*fleet.pictures, *cluster.pictures))

    def _mend(self) -> Seen:
        hands = self._hands
        began = monotonic()
        hands.meanwhile(lambda: lab_mend(hands.home), "mending")
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        took = monotonic() - began
        hands.rest(SETTLE_SECONDS)
        seen = hands.pictures_of("mended", Place(CLUSTER))
        return Seen(f"mended and healthy again after {took:.1f} s", seen.pictures)

    # -- the end ------------------------------------------------------------------------------------------------

    def _end(self) -> None:
        """Close the window, stop the engine, take the lab down."""
        hands = self._hands
        if hands.desk is not None:
            hands.window.close()
            hands.app.processEvents()
        try:
            hands.ask(StopEngine())
        except LinkLost as error:
            self._tell(f"The engine could not be stopped: {error}")
        lab_down(hands.home)

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
            papers = "".join(
                f'<p><a href="{html.escape(paper)}">{html.escape(paper)}</a></p>' for paper in step.papers
            )
            word = "done" if step.outcome == "pass" else "failed"
            rows.append(
                f"<section><h2>{html.escape(step.name)}</h2><p><b>{word}</b> in {step.seconds:.2f} s. "
                f"{html.escape(step.seen)}</p>{papers}{pictures}</section>"
            )
        page = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ledger Console: tour</title>
<style>body{{font:15px/1.5 sans-serif;max-width:1320px;margin:2em auto;padding:0 1em;color:#15181c}}
img{{border:1px solid #d8dce1;margin:4px 4px 4px 0}}h2{{margin-top:1.6em;font-size:1.1em}}</style></head>
<body><h1>Ledger Console: the tour</h1>{"".join(rows)}</body></html>
"""
        (self._directory / "report.html").write_text(page, encoding="utf-8")
