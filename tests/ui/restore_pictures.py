"""Pictures of each step of the restore wizard and of the policy dialog, to be looked at."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from console.domain.backup import JobState
from console.domain.restore import Goal
from console.link.backups import (
    AnchorsSeen,
    AskAnchors,
    AskSandbox,
    AskTarget,
    JobSeen,
    OpenSandbox,
    SandboxRows,
    SavePolicy,
)
from console.link.changes import Propose, Proposed, RunSeen, StartRun
from console.link.governance import AskApprovers
from console.link.messages import AskCard, Message, Refused
from console.ui import restore_flow as flow
from console.ui import theme
from console.ui.main_window import MainWindow
from console.ui.policy_dialog import PolicyDialog
from console.ui.restore_flow import Part
from console.ui.restore_wizard import RestoreWizard
from console.ui.sandbox_dialog import SandboxDialog
from tests.ui import backup_stories as backups
from tests.ui import restore_stories as stories
from tests.ui import story, wizard_stories
from tests.ui.drawing import asked_for, grab, settle

SIZES: Final = ((1280, 800), (1920, 1080))
PARTS: Final = (
    "goal", "point", "point-entry", "refused", "hole", "chain", "preview", "sandbox-running", "sandbox-open",
    "sandbox-failed", "target", "target-typed", "space", "space-refused", "cluster-preview", "approval", "running",
    "asking-target",
)  # fmt: skip


class Engine:
    """Answers what the wizard wants, from the story."""

    def __init__(self, wizard: RestoreWizard, part: str) -> None:
        self._wizard, self._part = wizard, part
        self.asked: list[Message] = []
        wizard.wants.connect(self.asked.append)

    def answer(self) -> None:
        while self.asked:
            question = self.asked.pop(0)
            answer = self._answer(question)
            if answer is not None:
                self._wizard.show_answer(question, answer)

    def _answer(self, question: Message) -> Message | None:
        match question:
            case AskTarget(target=target):
                return None if self._part == "asking-target" else stories.judged(target)
            case AskAnchors():
                return AnchorsSeen(cluster="ledger-us", anchors=backups.anchors())
            case AskCard(node=node):
                return stories.card(node)
            case AskApprovers():
                return wizard_stories.approvers()
            case Propose():
                return Proposed(plan=stories.plan(refused=self._part == "space-refused"))
            case OpenSandbox():
                return JobSeen(job=stories.job())
            case StartRun():
                return RunSeen(run=stories.run())
            case _:
                return None


def lead(wizard: RestoreWizard, part: str) -> None:
    """Walk to a step as a person would."""
    engine = Engine(wizard, part)
    cluster = part in ("target", "target-typed", "space", "space-refused", "cluster-preview", "approval", "running")
    goal = Goal.CLUSTER if cluster else Goal.INSPECT
    target = {
        "refused": stories.IN_THE_HOLE, "point-entry": stories.BEFORE_ENTRY, "hole": flow.at_time(backups.at(14, 2, 0)),
    }.get(part, stories.END_OF_DAY)  # fmt: skip
    wizard.begin(story.ledger_us(), backups.view(), goal=goal, target=target)
    engine.answer()
    if part == "goal":
        return
    stop = {
        "chain": Part.CHAIN, "target": Part.TARGET, "target-typed": Part.TARGET, "space": Part.SPACE,
        "space-refused": Part.SPACE, "preview": Part.PREVIEW, "cluster-preview": Part.PREVIEW,
        "approval": Part.APPROVAL, "running": Part.APPROVAL, "sandbox-running": Part.PREVIEW,
        "sandbox-open": Part.PREVIEW, "sandbox-failed": Part.PREVIEW,
    }.get(part, Part.POINT)  # fmt: skip
    while wizard.draft.at is not stop:
        if wizard.draft.at is Part.TARGET:
            wizard.target_page.node_chosen.emit("chi-1")
            engine.answer()
            wizard.target_page.typed.emit("chi-1")
        before = wizard.draft.at
        wizard.go_on()
        engine.answer()
        if wizard.draft.at is before:
            break
    if part in ("target", "target-typed"):
        wizard.target_page.node_chosen.emit("chi-1")
        engine.answer()
        wizard.target_page.typed.emit("chi-1" if part == "target-typed" else "")
    if part.startswith("sandbox"):
        wizard.go_on()
        engine.answer()
        if part == "sandbox-open":
            wizard.show_view(stories.opened())
        if part == "sandbox-failed":
            wizard.show_job(stories.job(
                state=JobState.FAILED, reason="target-not-reached", ended_at=stories.NOW,
                detail="recovery ended before configured recovery target was reached",
            ))  # fmt: skip
    if part == "running":
        wizard.approval_page.name.setText("ledger-us")
        wizard.go_on()
        engine.answer()


def draw(app: QApplication, path: Path, size: tuple[int, int], part: str) -> None:
    clock = story.StoryClock()
    window = MainWindow(clock)
    window.resize(*size)
    window.show()
    settle(app)
    window.show_views(story.fleet())
    window.show_engine(story.engine())
    wizard = RestoreWizard(clock)
    window.show_wizard(wizard)
    lead(wizard, part)
    settle(app)
    grab(window, path)
    window.close()
    window.deleteLater()
    settle(app)


def draw_dialogs(app: QApplication, directory: Path, name: str) -> None:
    policy = PolicyDialog(backups.view(), story.ledger_us(), backups.NOW)
    policy.show()
    settle(app)
    grab(policy, directory / f"policy-{name}.png")
    policy.cycle[0].cron.setText("61 1 * *")
    policy.fulls.setText("0")
    policy.repositories[1].path.setText("tape")
    policy.repositories[1].more.setChecked(True)
    settle(app)
    grab(policy, directory / f"policy-errors-{name}.png")
    first = PolicyDialog(backups.no_policy(), story.ledger_us(), backups.NOW)
    first.show()
    settle(app)
    grab(first, directory / f"policy-first-{name}.png")
    first.repositories[0].path.setText("/srv/backups/ledger-us")
    first._save()
    question = first._saving
    assert isinstance(question, SavePolicy)
    first.show_answer(question, Refused(reason="policy-wrong", subject="ledger-us", detail="login: no passfile there"))
    settle(app)
    grab(first, directory / f"policy-refused-{name}.png")
    ask = SandboxDialog("ledger-us", backups.sandbox(), None)
    ask.show()
    ask.sql.setPlainText("select number, booked_at, description from ledger.entries order by number desc limit 3")
    ask._ask()
    rows = (
        ("88032118", "2026-03-16 17:59:59.81+00", "buy 100 AAPL"),
        ("88032117", "2026-03-16 17:59:59.42+00", "sell 20 MSFT"),
        ("88032116", "2026-03-16 17:59:58.90+00", "fee <b>run</b>"),
    )
    sql = AskSandbox(cluster="ledger-us", sandbox="s-1", sql=ask.sql.toPlainText())
    ask.show_rows(sql, SandboxRows(columns=("number", "booked_at", "description"), rows=rows, cut=True))
    settle(app)
    grab(ask, directory / f"sandbox-ask-{name}.png")
    for dialog in (policy, first, ask):
        dialog.close()


def main() -> None:
    asked = asked_for(__doc__)
    app = QApplication([])
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=asked.pixels)
        if asked.only in f"policy-sandbox-{choice.value}":
            draw_dialogs(app, asked.directory, choice.value)
        for size in SIZES:
            for part in PARTS:
                title = f"restore-{part}-{size[0]}-{choice.value}.png"
                if asked.only in title:
                    draw(app, asked.directory / title, size, part)


if __name__ == "__main__":
    main()
