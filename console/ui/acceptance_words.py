"""Words for the moment at which a person accepts what a restore of the whole cluster brought; knows no Qt."""

import re
from collections.abc import Callable
from typing import Final

from console.domain.run import Asks, Choice, Question
from console.domain.text import shown
from console.ui.measures import bytes_text
from console.ui.speech import counted, translate

ACCEPT_STEP: Final = "accept"
ACCEPTANCE_CHOICES: Final[dict[Choice, Callable[[], str]]] = {
    Choice.GO_ON: lambda: translate("run", "Accept what was restored"),
    Choice.CANCEL: lambda: translate("run", "Roll back"),
}
_GOES: Final = re.compile(r"(?:([0-9]{1,18}) entries( or more)?|not known)(?:; ([0-9]{1,18}) bytes of WAL missing)?")


def asks_acceptance(question: Question) -> bool:
    """Does a run ask whether what it restored is to take the place of what was there?"""
    return question.step == ACCEPT_STEP and question.asks is Asks.NOT_PROVEN


def accept_meaning() -> str:
    """What will be so after it is accepted."""
    return translate("run", "It takes the place of what was there, and is written to from then on.")


def acceptance_sentence(question: Question, target: str) -> str:
    """What stands there, what goes away with it, and what of the latest is missing."""
    found = _GOES.fullmatch(str(question.observed))
    said = translate("run", "What was restored stands read-only on {target}, and nothing can write. {goes}. Look at "
                            "it, then accept it, or roll back")  # fmt: skip
    goes = translate("run", "How many entries were booked after the moment and go away is not known")
    if found is not None and found[1] is not None:
        entries = counted(int(found[1]), translate("run", "1 entry"), translate("run", "{n} entries"))
        if found[2]:
            goes = translate("run", "Booked after the moment, and going away: {entries} or more")
        elif int(found[1]):
            goes = translate("run", "Booked after the moment, and going away: {entries}")
        else:
            goes = translate("run", "Nothing was booked after the moment")
        goes = goes.replace("{entries}", entries)
    if found is not None and found[3]:
        more = translate("run", "{goes}. Of what the old primary had written when it was stopped, at least {size} of "
                                "WAL are missing in it")  # fmt: skip
        goes = more.replace("{goes}", goes).replace("{size}", bytes_text(int(found[3])))
    return said.replace("{goes}", goes).replace("{target}", shown(target))
