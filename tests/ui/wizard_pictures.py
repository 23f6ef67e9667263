"""Pictures of each step of the recovery wizard, to be looked at: `python -m tests.ui.wizard_pictures DIRECTORY`."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from console.domain.plan import Difference
from console.domain.reading import Moment
from console.domain.recommendation import Way
from console.link.changes import AskSituation, Propose, Proposed, RunSeen, StartRun
from console.link.messages import Message, Refused
from console.ui import theme
from console.ui.main_window import MainWindow
from console.ui.recovery_wizard import RecoveryWizard
from tests.ui import run_stories, story
from tests.ui import wizard_stories as stories
from tests.ui.drawing import settle

SIZES: Final = ((1280, 800), (1920, 1080))
PARTS: Final = (
    "situation", "asking", "way", "target", "preflight", "refused", "loss", "plan", "plan-open", "rehearsed",
    "approval", "wrong-name", "waiting", "changed", "running", "asks", "report", "refusal", "switchover", "taken-back",
    "rejoin",
)  # fmt: skip


class Engine:
    """Answers what the wizard wants, from the story."""

    def __init__(self, wizard: RecoveryWizard, part: str) -> None:
        self._wizard, self._part = wizard, part
        self.asked: list[Message] = []
        wizard.wants.connect(self.asked.append)

    def answer(self) -> None:
        """Everything that was asked so far."""
        while self.asked:
            question = self.asked.pop(0)
            answer = self._answer(question)
            if answer is not None:
                self._wizard.show_answer(question, answer)

    def _answer(self, question: Message) -> Message | None:
        lab = self._part == "switchover"
        match question:
            case AskSituation():
                if self._part == "taken-back":
                    both = tuple(replace(one, eligible=True, reasons=()) for one in stories.candidates())
                    return replace(stories.situation(), candidates=both)
                if self._part == "rejoin":
                    return stories.rejoin_situation()
                return run_stories.calm_situation() if lab else stories.situation()
            case Propose() if self._part == "rejoin":
                return Proposed(plan=stories.rejoin_plan())
            case Propose():
                plan = stories.switchover_plan() if lab else stories.plan(refused=self._part == "refused")
                return Proposed(plan=plan)
            case StartRun(mode=mode) if mode.value == "rehearsal":
                return RunSeen(run=stories.rehearsed(fails=True))
            case StartRun() if self._part == "changed":
                return Refused(reason="inputs-changed", subject="ledger-us")
            case StartRun() if self._part == "refusal":
                return Refused(reason="store-trouble", subject="the run's journal", detail="disk is full")
            case StartRun():
                return RunSeen(run=stories.waiting())
            case _:
                return stories.approvers() if type(question).__name__ == "AskApprovers" else None


def lead(wizard: RecoveryWizard, part: str) -> None:
    """Walk to a step as a person would."""
    engine = Engine(wizard, part)
    if part in ("running", "asks", "report"):
        run = {"running": run_stories.running, "asks": run_stories.asking_loss, "report": run_stories.ended}[part]()
        wizard.open_run(run_stories.lost_view(), run)
        engine.answer()
        return
    if part == "switchover":
        wizard.begin(story.ledger_lab(), way=Way.SWITCHOVER, node="lab-2")
    elif part == "rejoin":
        wizard.begin(run_stories.lost_view(), way=Way.REJOIN, node="nyc-1")
    else:
        wizard.begin(run_stories.lost_view())
    if part == "asking":
        return
    engine.answer()
    steps = {"situation": 0, "way": 1, "target": 2, "preflight": 3, "refused": 3, "rejoin": 3, "loss": 4, "plan": 5}
    for _ in range(steps.get(part, 6 if part not in ("plan-open", "rehearsed") else 5)):
        wizard.go_on()
        engine.answer()
    finish(wizard, engine, part)


def finish(wizard: RecoveryWizard, engine: Engine, part: str) -> None:
    page = wizard.approval_page
    match part:
        case "plan-open":
            for row in wizard.plan_page.rows[1:4]:
                row.open(True)
        case "rehearsed":
            wizard.rehearse()
        case "wrong-name":
            page.name.setText("ledger-eu")
        case "approval":
            page.maximum.setText("150")
            page.maximum.textEdited.emit("150")
            page.name.setText("ledger-")
        case "waiting" | "changed" | "refusal":
            page.name.setText("ledger-us")
            wizard.go_on()
            engine.answer()
        case "taken-back":
            for _ in range(4):
                wizard.go_back()
            wizard.target_page.node_chosen.emit("dal-1")
        case "switchover":
            for _ in range(2):
                wizard.go_back()
        case _:
            pass
    engine.answer()
    if part == "changed":
        changed = (Difference(name="chi-1 timeline", planned="7", now="8"),
                   Difference(name="nyc-1 reached", planned="no", now="yes"))  # fmt: skip
        wizard.course.draft = replace(wizard.draft, changed=changed)
        wizard._show()


def draw(app: QApplication, path: Path, size: tuple[int, int], part: str) -> None:
    def clock() -> Moment:
        at = run_stories.NOW if part in ("running", "asks", "report") else stories.ASKED
        return Moment(at, 1000.0)

    window = MainWindow(clock)
    wizard = RecoveryWizard(clock)
    window.resize(*size)
    window.show()
    window.show_views((run_stories.lost_view(), story.ledger_eu(), story.ledger_lab()))
    window.show_engine(story.engine())
    window.show_wizard(wizard)
    settle(app)
    lead(wizard, part)
    settle(app)
    settle(app)
    window.grab().save(str(path))
    window.close()
    window.deleteLater()
    settle(app)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--only", default="", help="steps, by comma")
    parser.add_argument("--pixels", type=float, default=13.0, help="the size of the font")
    parser.add_argument("--small", action="store_true", help="1280x800 alone")
    asked = parser.parse_args()
    asked.directory.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    wanted = asked.only.split(",") if asked.only else PARTS
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=asked.pixels)
        for size in SIZES[:1] if asked.small else SIZES:
            for part in wanted:
                draw(app, asked.directory / f"wizard-{part}-{choice.value}-{size[0]}.png", size, part)


if __name__ == "__main__":
    main()
