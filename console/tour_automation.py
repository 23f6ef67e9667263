"""The end of the tour: recovery that acts by itself where every guard holds, and the incident of it replayed."""

import shutil
from pathlib import Path
from typing import Final

from console.domain.alerting import Alert, AlertState
from console.domain.automation import Attempt, AttemptOutcome, AutoAct, AutomationMode, Why
from console.domain.drill import Drill, DrillFault, DrillKind, DrillState
from console.domain.incident import Incident
from console.domain.run import RunView
from console.domain.verdict import Cause
from console.link.changes import AskRun, RunSeen
from console.link.watching import IncidentReported, ReportIncident, WhySeen
from console.tour_hands import (
    CLUSTER,
    PAGE_SETTLE_SECONDS,
    SETTLE_SECONDS,
    TWO_LOOKS,
    Hands,
    Seen,
    TourFailed,
)
from console.tour_recovery import Recovery
from console.ui.alert_dialogs import TakeDialog
from console.ui.automation_dialog import AutomationDialog
from console.ui.automation_panel import AutomationPanel
from console.ui.drill_dialog import DrillDialog
from console.ui.drill_words import mark_label, mark_text
from console.ui.drills_page import DrillsPage
from console.ui.incidents_page import IncidentsPage
from console.ui.key_press import press
from console.ui.main_window import CLUSTER as CLUSTER_PAGE
from console.ui.main_window import DRILLS, INCIDENTS
from console.ui.measures import duration
from console.ui.places import Place
from console.ui.why_words import attempt_sentence, guard_title, guard_why, why_headline

GUARDS_SECONDS_MAX: Final = 150.0  # a cluster that was laid out anew has to be watched for a while first
DRILL_SECONDS_MAX: Final = 240.0  # an alert of before has to be over before its rehearsal begins
REPLAY_SECONDS_MAX: Final = 600  # of the incident, stepped through second by second
AFTER_SECONDS: Final = 1.0  # the picture of the second in which it acted may be one of before
REASON: Final = "shown on the tour"
NOTE: Final = "seen, and the books are whole"


class Automation:
    """The steps of the tour from a cluster that nobody looks after to one that helped itself, as a person sees them."""

    def __init__(self, hands: Hands, recovery: Recovery) -> None:
        self._hands, self._recovery = hands, recovery
        self._old = ""
        self._fault_ticks = 0.0
        self._attempt: Attempt | None = None

    # The steps

    def observe(self) -> Seen:
        """The guards on the Cluster page, and the mode in which it only says what it would have done."""
        hands = self._hands
        hands.window.go_to_page(CLUSTER_PAGE, Place(CLUSTER))
        hands.until(lambda: self._told is not None, "the guards of automatic recovery")
        dialog = self._opened()
        dialog.modes.chosen.emit(AutomationMode.OBSERVE.value)
        self._save(dialog, AutomationMode.OBSERVE)
        return Seen(why_headline(self._seen.why))

    def automatic(self) -> Seen:
        """From now on it acts by itself: the dialog says what that means, and wants the cluster's name typed."""
        hands = self._hands
        dialog = self._opened()
        dialog.modes.chosen.emit(AutomationMode.AUTOMATIC.value)
        dialog.at_once.setChecked(True)
        if dialog.save.isEnabled():
            raise TourFailed("it could be saved without the cluster's name")
        dialog.name.setText(CLUSTER)
        dialog.reason.setText(REASON)
        hands.rest(PAGE_SETTLE_SECONDS)
        kept = hands.pictures("automation-dialog", TWO_LOOKS, settle_seconds=PAGE_SETTLE_SECONDS, of=dialog)
        self._save(dialog, AutomationMode.AUTOMATIC)
        # A ledger that was laid out anew a moment ago is watched for a while before every guard holds.
        return Seen(why_headline(self._seen.why), kept)

    def rehearse(self) -> Seen:
        """The console's own probe of a standby is cut, and the time to verdict and alert is taken."""
        hands = self._hands
        hands.window.go_to_page(DRILLS, Place(CLUSTER))
        page = self._drills
        hands.until(page.start.isEnabled, "a rehearsal to be offered")
        page.copies.compare_wanted.emit()
        page.start.click()
        dialog = hands.open_desk.drills.dialog
        if not isinstance(dialog, DrillDialog):
            raise TourFailed("no dialog was opened to begin a rehearsal")
        dialog.choose(DrillKind.DETECTOR)
        dialog.faults.chosen.emit(DrillFault.PROBE_CUT.value)
        hands.rest(PAGE_SETTLE_SECONDS)
        asked = hands.picture("drill-dialog", of=dialog)
        before = {one.id for one in page.drills}
        dialog.begin.click()
        hands.until(lambda: self._drill(before) is not None, "the rehearsal to begin")
        hands.until(lambda: _ended(self._drill(before)) or _named(self._drill(before)), "the verdict",
                    seconds_max=DRILL_SECONDS_MAX)  # fmt: skip
        hands.rest(PAGE_SETTLE_SECONDS)
        under_way = hands.picture("drill-runs")
        hands.until(lambda: _ended(self._drill(before)), "its end", seconds_max=DRILL_SECONDS_MAX)
        drill = self._drill(before)
        assert drill is not None
        if drill.state is not DrillState.PASSED:
            raise TourFailed(f"the rehearsal came to '{drill.state.value}': {drill.reason} {drill.detail}")
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        hands.rest(SETTLE_SECONDS)
        marks = ", ".join(f"{mark_label(mark).lower()} {mark_text(mark)}" for mark in drill.marks)
        return Seen(f"{drill.node}: {marks}", (asked, under_way, *hands.pictures("drills")))

    def guards(self) -> Seen:
        """Each guard with what was observed against which threshold, once all of them hold."""
        hands = self._hands
        hands.window.go_to_page(CLUSTER_PAGE, Place(CLUSTER))
        self._panel.why.more.setChecked(True)
        hands.until(self._every_guard_holds, "every guard to hold", seconds_max=GUARDS_SECONDS_MAX,
                    else_said=self._refusing)  # fmt: skip
        hands.rest(SETTLE_SECONDS)
        why = self._seen.why
        return Seen(f"{why_headline(why)} {len(why.rows)} guards, all hold", hands.pictures("guards", TWO_LOOKS))

    def lose(self) -> Seen:
        """Kill the primary's postmaster under workload, and touch nothing: it is named, judged and replaced."""
        hands = self._hands
        hands.until(self._every_guard_holds, "every guard to hold", else_said=self._refusing)
        self._old = hands.view.primary or ""
        before = {one.id for one in self._seen.attempts}
        self._fault_ticks = hands.ticks()
        hands.fault("kill-postmaster", self._old)
        hands.until(lambda: hands.has(Cause.POSTMASTER_KILLED), "the killed postmaster")
        named = self._since()
        hands.until(lambda: self._new_attempt(before) is not None, "automation to act", else_said=self._refusing)
        decided = self._since()
        hands.rest(PAGE_SETTLE_SECONDS / 2)  # the page makes room for what it says by now
        acts = hands.moment("automatic-acts")
        hands.until(lambda: hands.view.primary not in (None, self._old), "another primary")
        back = self._since()
        hands.until(lambda: _settled(self._new_attempt(before)), "the attempt to end")
        kept = acts()
        attempt = self._attempt = self._new_attempt(before)
        assert attempt is not None
        if attempt.outcome is not AttemptOutcome.DONE or attempt.act is not AutoAct.FAILOVER:
            raise TourFailed(f"{attempt_sentence(attempt)} {attempt.reason}")
        hands.rest(SETTLE_SECONDS)
        shown = hands.pictures("automatic-done", TWO_LOOKS)
        run = self._run(attempt)
        gap = run.outage.gap_seconds if run.outage is not None else None
        writes = f"; no write succeeded for {duration(gap)} of it" if gap is not None else ""
        return Seen(
            f"{self._old} named {named:.2f} s after the kill, decided after {decided:.2f} s, {hands.view.primary} "
            f"is primary in the window after {back:.2f} s{writes}; nobody pressed anything",
            (kept, *shown), hands.papers(run, "automatic-failover"),
        )  # fmt: skip

    def acknowledge(self) -> Seen:
        """A person has seen what was done by itself: it may act again. The alerts have a name too."""
        hands, panel = self._hands, self._panel
        hands.until(panel.box.isVisible, "what was done by itself to be acknowledged")
        panel.box.note.setText(NOTE)
        panel.box.act.click()
        hands.until(lambda: not self._seen.unacknowledged, "the acknowledgement to be written down")
        by = next(one.acknowledged_by for one in self._seen.attempts if one.id == self._must.id)
        taken: list[str] = []
        kept: list[str] = []
        hands.until(lambda: not self._open_alerts() or hands.window.alert_bar.take.isVisible(), "the bar to be free")
        while alerts := self._open_alerts():
            hands.open_desk.incidents.acknowledge(alerts[0])
            dialog = hands.open_desk.incidents.dialog("take")
            assert isinstance(dialog, TakeDialog)
            dialog.note.setText(f"{self._old} is rejoined next")
            if not kept:
                hands.rest(PAGE_SETTLE_SECONDS)
                kept.append(hands.picture("alert-taken", of=dialog))
            taken.append(dialog.alert.id)
            dialog.act.click()
            hands.until(lambda: hands.open_desk.incidents.dialog("take") is None, "the alert to be taken")
            hands.until(lambda: taken[-1] not in {one.id for one in self._open_alerts()}, "the alert to be taken")
        return Seen(f"acknowledged by {by}; {len(taken)} alerts taken", tuple(kept))

    def rejoin(self) -> Seen:
        """The old primary follows the new one again, by the wizard."""
        self._panel.why.more.setChecked(False)
        return self._recovery.rejoin_again(self._old)

    def replay(self) -> Seen:
        """The Incidents page: the moment moved by keys, second by second, up to the one at which it acted."""
        hands = self._hands
        hands.window.go_to_page(INCIDENTS, Place(CLUSTER))
        page = self._incidents
        incident = self._incident()
        page.choose(incident.id)
        view = page.view
        hands.until(lambda: view.seen is not None and view.seen.incident.id == incident.id, "the incident")
        hands.until(lambda: view.moment.why.why is not None, "a picture of its first second")
        view.axis.setFocus()
        at, acted, stepped = view.replay.at, self._must.at.timestamp(), 0
        # Where it acted within a second of the kill, no picture may say that it would: then its run is under way.
        while not stepped or (not _acts(view.moment.why.why) and view.replay.at < acted + AFTER_SECONDS):
            if stepped >= REPLAY_SECONDS_MAX:
                raise TourFailed(f"{stepped} keys did not lead to the moment at which it acted")
            press(view.axis, "Right")
            stepped += 1
            hands.until(lambda: view.replay.settled, "the picture of that second")
        moved = view.replay.at - at
        if not stepped - 1 <= moved <= stepped:
            raise TourFailed(f"{stepped} keys moved the moment by {moved:.1f} s")
        hands.rest(PAGE_SETTLE_SECONDS)
        kept = hands.pictures("incidents")
        seen, why = view.seen, view.moment.why.why
        if seen is None or why is None:
            raise TourFailed("the guards of that second are not told")
        return Seen(
            f"{len(seen.lines)} lines, {len(seen.frames)} pictures; {stepped} keys to {view.replay.moment():%H:%M:%S}: "
            f"{why_headline(why)}",
            kept,
        )  # fmt: skip

    def report(self) -> Seen:
        """The incident's report, to read and to check, beside the pictures; and the cluster is whole."""
        hands = self._hands
        incident = self._incident()
        said = hands.ask(ReportIncident(incident=incident.id))
        if not isinstance(said, IncidentReported) or not Path(said.path).is_file():
            raise TourFailed(f"the incident has no report: {said}")
        papers = []
        for paper in (Path(said.path), Path(said.path).with_suffix(".json")):
            papers.append(f"incident-report{paper.suffix}")
            shutil.copyfile(paper, hands.directory / papers[-1])
        hands.window.go_to_page(CLUSTER_PAGE, Place(CLUSTER))
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        return Seen(f"{hands.sentence()}; the incident's report has SHA-256 {said.digest[:16]}", (), tuple(papers))

    # What is looked at

    @property
    def _told(self) -> WhySeen | None:
        return self._hands.open_desk.automation.seen(CLUSTER)

    @property
    def _seen(self) -> WhySeen:
        seen = self._told
        if seen is None:
            raise TourFailed("whether it would act was not told")
        return seen

    @property
    def _panel(self) -> AutomationPanel:
        """On the Cluster page."""
        found = self._hands.window.page(CLUSTER_PAGE).findChildren(AutomationPanel)
        if len(found) != 1:
            raise TourFailed(f"the Cluster page has {len(found)} panels of automatic recovery")
        return found[0]

    @property
    def _drills(self) -> DrillsPage:
        page = self._hands.window.page(DRILLS)
        assert isinstance(page, DrillsPage)
        return page

    @property
    def _incidents(self) -> IncidentsPage:
        page = self._hands.window.page(INCIDENTS)
        assert isinstance(page, IncidentsPage)
        return page

    @property
    def _must(self) -> Attempt:
        if self._attempt is None:
            raise TourFailed("automation did nothing")
        return self._attempt

    def _since(self) -> float:
        return self._hands.ticks() - self._fault_ticks

    def _every_guard_holds(self) -> bool:
        why = self._seen.why
        return why.hypothetical and why.would_act and not why.refusing

    def _refusing(self) -> str:
        return "; ".join(f"{guard_title(row)}: {guard_why(row)}" for row in self._seen.why.refusing)

    def _drill(self, before: set[str]) -> Drill | None:
        """The rehearsal that is not one of before."""
        return next((one for one in self._drills.drills if one.id not in before), None)

    def _new_attempt(self, before: set[str]) -> Attempt | None:
        return next((one for one in self._seen.attempts if one.id not in before), None)

    def _open_alerts(self) -> tuple[Alert, ...]:
        told = self._hands.open_desk.incidents.alerts
        return tuple(one for one in told.alerts if one.state is AlertState.OPEN) if told is not None else ()

    def _run(self, attempt: Attempt) -> RunView:
        said = self._hands.ask(AskRun(run=attempt.run))
        if not isinstance(said, RunSeen):
            raise TourFailed(f"the run of {attempt_sentence(attempt)} can't be read: {said}")
        return said.run

    def _incident(self) -> Incident:
        """The one to which what was done by itself belongs."""
        run, page = self._must.run, self._incidents
        self._hands.until(lambda: any(run in one.runs for one in page.incidents), "the incident of what was done")
        return next(one for one in page.incidents if run in one.runs)

    # The dialog

    def _opened(self) -> AutomationDialog:
        self._panel.change.click()
        dialog = self._hands.open_desk.automation.dialog
        if dialog is None:
            raise TourFailed("no dialog of automatic recovery was opened")
        return dialog

    def _save(self, dialog: AutomationDialog, mode: AutomationMode) -> None:
        hands = self._hands
        dialog.reason.setText(REASON)
        if not dialog.save.isEnabled():
            raise TourFailed(f"it can't be saved: {dialog.missing()}")
        dialog.save.click()
        hands.until(lambda: self._seen.policy.mode is mode, f"the mode {mode.value}",
                    else_said=lambda: dialog.said.text)  # fmt: skip
        hands.until(lambda: hands.open_desk.automation.dialog is None, "the dialog to go")


def _acts(why: Why | None) -> bool:
    """Was it about to replace the primary at that moment?"""
    return why is not None and why.act is AutoAct.FAILOVER and why.would_act and not why.hypothetical


def _named(drill: Drill | None) -> bool:
    return drill is not None and any(mark.what == "verdict" for mark in drill.marks)


def _ended(drill: Drill | None) -> bool:
    return drill is not None and drill.state is not DrillState.RUNNING


def _settled(attempt: Attempt | None) -> bool:
    return attempt is not None and attempt.outcome is not AttemptOutcome.RUNNING
