"""Draws the Scoreboard page in sizes and both themes, to be looked at."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.indicators import IndicatorName
from console.link.governing import AskIndicators
from console.link.messages import Message
from console.ui import theme
from console.ui.scoreboard_page import ScoreboardPage
from tests.ui import score_stories, story
from tests.ui.drawing import PAGE_SIZES, asked_for, grab, settle

NAMES = ("score", "score-empty", "score-run", "score-drill")


def page_of(app: QApplication, name: str, size: QSize) -> QWidget:
    page = ScoreboardPage(story.StoryClock())
    questions: list[Message] = []
    page.wants.connect(questions.append)
    page.setAutoFillBackground(True)
    page.resize(size)
    page.show()
    page.show_cluster(story.ledger_us())
    if name == "score-run":
        page.show_run("4f2a91c0")
    asked = questions[-1]
    assert isinstance(asked, AskIndicators)
    told = {"score-empty": score_stories.empty, "score-run": score_stories.of_run}.get(name, score_stories.seen)
    page.show_indicators(asked, told())
    if name == "score-drill":
        page.rows.choose(IndicatorName.RTO_P95)
    settle(app)
    return page


def main() -> None:
    options = asked_for(__doc__)
    app = QApplication([])
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=options.pixels)
        for name in (one for one in NAMES if options.only in one):
            for label, size in PAGE_SIZES.items():
                page = page_of(app, name, size)
                grab(page, options.directory / f"{name}-{choice.value}-{label}.png")
                page.close()
                page.deleteLater()


if __name__ == "__main__":
    main()
