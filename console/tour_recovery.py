"""The recovery part of the tour: the primary is lost, the wizard leads to its successor, the old one is rejoined."""

from console.domain.plan import Plan
from console.domain.recommendation import Way
from console.domain.run import RunState, RunView
from console.domain.verdict import Cause
from console.tour_hands import (
    CLUSTER,
    LOOKS,
    PAGE_SETTLE_SECONDS,
    SETTLE_SECONDS,
    TWO_LOOKS,
    Hands,
    Looks,
    Seen,
    TourFailed,
    refusals,
    there,
)
from console.ui.main_window import CLUSTER as CLUSTER_PAGE
from console.ui.main_window import RECOVERY
from console.ui.places import Place
from console.ui.plan_words import run_headline
from console.ui.recovery_page import RecoveryPage
from console.ui.recovery_wizard import RecoveryWizard
from console.ui.wizard_flow import READING, Part, number_of, parts

FAILOVER, REJOIN, AGAIN = "failover", "rejoin", "rejoin-again"


class Recovery:
    """The steps of the tour from a lost primary to a whole cluster, by what a person would press."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._old = ""

    # The steps

    def lose(self) -> Seen:
        """Kill the primary's whole server."""
        hands = self._hands
        self._old = hands.view.primary or ""
        hands.fault("kill", self._old)
        took = hands.until(lambda: hands.has(Cause.POSTMASTER_KILLED), "the killed server, with its evidence")
        return Seen(f"{self._old}: {hands.cause()}, named in the window {took:.2f} s after the fault was made")

    def situation(self) -> Seen:
        """The Recovery page, asked anew."""
        hands = self._hands
        hands.window.go_to_page(RECOVERY, Place(CLUSTER))
        page = self._page
        hands.until(lambda: self._possible(page, Way.FAILOVER), "a failover that can be prepared")
        hands.rest(SETTLE_SECONDS)
        kept = hands.pictures("recovery")
        return Seen(f"{page.prepare.text().removesuffix('…').strip()} is offered first", kept)

    def read(self) -> Seen:
        """Choose the failover on the page, open the wizard, and read each step before the approval."""
        page = self._page
        page.situation.way_chosen.emit(Way.FAILOVER)
        page.prepare.click()
        wizard = self._wizard
        wizard_at_first = self._hands.until(lambda: wizard.draft.situation is not None, "the situation in the wizard")
        kept = (*self._read_on(wizard, FAILOVER), *self._read_again(wizard, FAILOVER))
        plan = _plan_of(wizard)
        return Seen(
            f"{len(parts(wizard.draft))} steps; asked of every node in {wizard_at_first:.1f} s; "
            f"the plan has {len(plan.steps)} steps and {len(plan.checks)} checks, none refuses", kept,
        )  # fmt: skip

    def run(self) -> Seen:
        """Type the cluster's name, and watch the plan run."""
        run, kept = self._approve(self._wizard, FAILOVER)
        return Seen(run_headline(run), kept)

    def report(self) -> Seen:
        """The last step of the wizard, and the run's report beside the pictures."""
        wizard = self._wizard
        self._hands.rest(SETTLE_SECONDS)
        kept = self._hands.pictures(_picture_name(wizard, FAILOVER), settle_seconds=PAGE_SETTLE_SECONDS)
        run = there(wizard.draft.run)
        return Seen(wizard.report_page.head.title.text, kept, self._hands.papers(run, FAILOVER))

    def rejoin(self) -> Seen:
        """What is left to do: the wizard goes on with it by itself."""
        wizard, hands = self._wizard, self._hands
        if self._old not in wizard.foot.next.text():
            raise TourFailed(f"the report offers {wizard.foot.next.text()!r}, and not the rejoin of {self._old}")
        wizard.foot.next.click()
        hands.until(lambda: wizard.course.asked is None and wizard.draft.situation is not None, "the situation")
        read = self._read_on(wizard, REJOIN)
        run, kept = self._approve(wizard, REJOIN)
        hands.rest(SETTLE_SECONDS)
        shown = hands.picture(_picture_name(wizard, REJOIN))
        papers = self._hands.papers(run, REJOIN)
        wizard.foot.next.click()
        return Seen(run_headline(run), (*read, *kept, shown), papers)

    def rejoin_again(self, node: str) -> Seen:
        """Another lost node follows again: the Recovery page leads to it; pictures are of the run alone."""
        hands = self._hands
        hands.window.go_to_page(RECOVERY, Place(CLUSTER))
        page = self._page
        page.leave_run()
        hands.until(lambda: self._possible(page, Way.REJOIN), f"a rejoin of {node} that can be prepared")
        page.situation.way_chosen.emit(Way.REJOIN)
        page.prepare.click()
        wizard = self._wizard
        hands.until(lambda: wizard.draft.situation is not None, "the situation in the wizard")
        self._read_on(wizard, AGAIN, keeps=False)
        run, kept = self._approve(wizard, AGAIN)
        hands.rest(PAGE_SETTLE_SECONDS)
        shown = hands.picture(_picture_name(wizard, AGAIN))
        wizard.foot.next.click()
        if run.plan.subject != node:
            raise TourFailed(f"{run.plan.subject} was rejoined, and not {node}")
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        return Seen(run_headline(run), (*kept, shown), hands.papers(run, AGAIN))

    def whole(self) -> Seen:
        """Every node streams again, from the new primary; the runs can be read again."""
        hands = self._hands
        hands.window.go_to_page(RECOVERY, Place(CLUSTER))
        self._page.leave_run()
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        hands.rest(SETTLE_SECONDS)
        runs = hands.pictures("recovery-after", TWO_LOOKS)
        if hands.view.primary in (None, self._old):
            raise TourFailed(f"the primary is {hands.view.primary}, as before the failover")
        hands.window.go_to_page(CLUSTER_PAGE, Place(CLUSTER))
        hands.rest(SETTLE_SECONDS)
        return Seen(hands.sentence(), (*runs, *hands.pictures("whole")))

    # The wizard

    @property
    def _page(self) -> RecoveryPage:
        page = self._hands.window.page(RECOVERY)
        assert isinstance(page, RecoveryPage)
        return page

    @property
    def _wizard(self) -> RecoveryWizard:
        assert self._hands.desk is not None
        wizard = self._hands.desk.changes.wizard
        if wizard is None:
            raise TourFailed("no wizard was opened")
        return wizard

    def _possible(self, page: RecoveryPage, way: Way) -> bool:
        return any(one.key == way.value and one.possible for one in page.situation.ways.choices)

    def _read_on(self, wizard: RecoveryWizard, name: str, *, keeps: bool = True) -> tuple[str, ...]:
        """Press the one next action from step to step up to the approval, and keep a picture of each."""
        hands = self._hands
        kept: list[str] = []
        while True:
            hands.until(lambda: wizard.course.asked is None, "the engine's answer")
            at = wizard.draft.at
            if keeps:
                hands.rest(PAGE_SETTLE_SECONDS)
                kept.append(hands.picture(_picture_name(wizard, name)))
            if at is Part.APPROVAL:
                return tuple(kept)
            if not wizard.foot.next.isEnabled():
                why = f"{wizard.foot.reason.text}{refusals(wizard.draft.plan)}. {wizard.trouble.says.text}"
                raise TourFailed(f"it stops at '{at.value}': {why}")
            wizard.foot.next.click()
            hands.until(lambda at=at: wizard.draft.at is not at, f"the step after '{at.value}'")  # type: ignore[misc]

    def _read_again(self, wizard: RecoveryWizard, name: str) -> tuple[str, ...]:
        """What was read is opened once more by the rail, dark and large; nothing is asked anew."""
        hands, kept = self._hands, []
        hands.wear(LOOKS[-1])
        for part in (part for part in parts(wizard.draft) if part in READING):
            wizard.rail.opened.emit(part)
            hands.rest(PAGE_SETTLE_SECONDS)
            if wizard.draft.at is not part:
                raise TourFailed(f"'{part.value}' was read, and can't be opened again")
            kept.append(hands.picture(f"{_picture_name(wizard, name)}-dark"))
        hands.wear(LOOKS[0])
        return tuple(kept)

    def _approve(self, wizard: RecoveryWizard, name: str) -> tuple[RunView, tuple[str, ...]]:
        """Type the name, run to the proven end, and keep the last look at each part of it: they last a moment."""
        hands = self._hands
        seen = Looks(hands, lambda: _running(wizard), lambda: _picture_name(wizard, name))
        assert hands.desk is not None
        hands.desk.bridge.run_seen.connect(seen.look)
        wizard.approval_page.name.setText(CLUSTER)
        wizard.foot.next.click()
        try:
            hands.until(lambda: _ended(wizard), "the proven end of the run")
        finally:
            hands.desk.bridge.run_seen.disconnect(seen.look)
        kept = seen.keep()
        missed = [part.value for part in parts(wizard.draft) if part not in (*READING, *seen.parts, Part.REPORT)]
        if missed:
            raise TourFailed(f"no picture of {', '.join(missed)}: it was over before it was seen")
        return there(wizard.draft.run), kept


def _picture_name(wizard: RecoveryWizard, name: str) -> str:
    """By the step's number, so that a folder shows them in order."""
    at = wizard.draft.at
    return f"{name}-{number_of(wizard.draft, at):02d}-{at.value}"


def _running(wizard: RecoveryWizard) -> Part | None:
    """The part in which the run is; None before it and after it."""
    at = wizard.draft.at
    return None if wizard.draft.run is None or at in (*READING, Part.REPORT) else at


def _ended(wizard: RecoveryWizard) -> bool:
    """Has the run come to its proven end? Raises TourFailed where it was not begun, or came to another one."""
    run = wizard.draft.run
    if run is None:
        if wizard.course.asked is None:
            raise TourFailed(f"the run was not begun: {wizard.trouble.says.text or wizard.foot.reason.text}")
        return False
    if run.state in (RunState.ASKING, RunState.CANCELLED, RunState.LEFT):
        asks = f"{run.question.asks.value} at {run.question.step}" if run.question else run.state.value
        raise TourFailed(f"the run did not come to its end: {asks}")
    return wizard.draft.at is Part.REPORT


def _plan_of(wizard: RecoveryWizard) -> Plan:
    plan = wizard.draft.plan
    if plan is None:
        raise TourFailed("the wizard has no plan")
    return plan
