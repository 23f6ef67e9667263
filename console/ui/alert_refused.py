"""Why a wish about alerts, ways out or incidents was refused; knows no Qt. Each is the clause of a sentence."""

from collections.abc import Callable
from typing import Final

from console.ui.speech import translate

ALERT_REFUSED: Final[dict[str, Callable[[], str]]] = {
    "no-alert": lambda: translate("alerts", "there is no alert {subject}"),
    "alert-over": lambda: translate("alerts", "the alert {subject} is over already"),
    "no-silence": lambda: translate("alerts", "there is no silence {subject} now"),
    "silence-end": lambda: translate("alerts", "the end of a silence of {subject} has to lie ahead, within 14 days"),
    "silence-reason": lambda: translate("alerts", "a silence of {subject} needs a reason"),
    "no-way-out": lambda: translate("alerts", "there is no way out {subject}"),
    "way-wrong": lambda: translate("alerts", "the way out {subject} can't be used as it stands"),
    "too-many": lambda: translate("alerts", "there are too many of {subject} already"),
    "no-incident": lambda: translate("alerts", "there is no incident {subject}"),
    "no-frame": lambda: translate("alerts", "no picture of incident {subject} is kept at or before that moment"),
    "report-not-written": lambda: translate("alerts", "the report of {subject} could not be written"),
}
