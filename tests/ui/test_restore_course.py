"""The course of the restore wizard: when repositories are read anew, and what is asked again when they were."""

from dataclasses import replace

from console.domain.restore import Goal
from console.link.backups import AskBackups, AskTarget
from console.link.messages import Message
from console.ui import restore_flow as flow
from console.ui.restore_course import Course
from console.ui.restore_flow import Part
from tests.ui import backup_stories as backups
from tests.ui import restore_stories as stories

ANEW = AskBackups(cluster="ledger-us", anew=True)
HOLE = AskTarget(cluster="ledger-us", target=stories.IN_THE_HOLE)


class Asked:
    """A course, and what it asked of the engine; what is asked about moments is answered from the story."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.course = Course(self.messages.append)
        self.course.begin("ledger-us", goal=Goal.INSPECT, target=stories.END_OF_DAY)
        self.judge()

    def judge(self) -> None:
        question = self.course.asked_target
        assert question is not None
        assert self.course.take(question, stories.judged(question.target))

    def choose(self, question: AskTarget) -> None:
        self.course.answer(lambda draft: flow.chosen_target(draft, question.target))
        self.judge()


def test_repositories_are_read_when_it_opens_and_when_the_step_of_the_moment_is_entered() -> None:
    asked = Asked()
    assert asked.messages.count(ANEW) == 1
    asked.course.go_to(Part.POINT)
    assert asked.messages.count(ANEW) == 2
    asked.course.go_to(Part.CHAIN)
    assert asked.messages.count(ANEW) == 2
    asked.course.open(Part.POINT)
    assert asked.messages.count(ANEW) == 3
    asked.course.open(Part.POINT)
    assert asked.messages.count(ANEW) == 3, "it stands there already"


def test_without_an_engine_nothing_is_asked() -> None:
    asked = Asked()
    asked.course.set_live(False)
    asked.course.go_to(Part.POINT)
    assert asked.messages.count(ANEW) == 1


def test_a_moment_that_could_not_be_had_is_asked_for_again_when_more_can_be_had() -> None:
    asked, view = Asked(), backups.view()
    asked.choose(HOLE)
    assert asked.course.draft.unfit is not None
    asked.course.show_view(replace(view, windows=view.windows[:1]))
    asked.judge()
    before = asked.messages.count(HOLE)
    asked.course.show_view(view)
    assert asked.messages.count(HOLE) == before + 1
    asked.judge()
    asked.course.show_view(view)
    assert asked.messages.count(HOLE) == before + 1, "the same picture is no news"


def test_a_moment_that_can_be_had_is_not_asked_for_again() -> None:
    asked, view = Asked(), backups.view()
    before = len(asked.messages)
    asked.course.show_view(replace(view, windows=view.windows[:1]))
    asked.course.show_view(view)
    assert len(asked.messages) == before
