"""Why a plan was not begun, or a word to a run not taken; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.ui.speech import translate

RUN_REFUSED: Final[dict[str, Callable[[], str]]] = {
    "no-plan": lambda: translate("run", "the engine keeps no plan {subject}"),
    "other-plan": lambda: translate("run", "plan {subject} is another than the one that was read"),
    "plan-refused": lambda: translate("run", "the plan for {subject} has checks that refuse it"),
    "name-not-confirmed": lambda: translate("run", "the name typed is not that of {subject}"),
    "run-under-way": lambda: translate("run", "another run of {subject} has not ended"),
    "expiry-under-way": lambda: translate("run", "backups of {subject} are being taken away just now"),
    "not-attested": lambda: translate("run", "nobody has vouched for what the plan for {subject} asks"),
    "attested-unasked": lambda: translate("run", "somebody vouched for what the plan for {subject} does not ask"),
    "loss-above": lambda: translate("run", "more could be lost on {subject} than the maximum that was approved"),
    "inputs-changed": lambda: translate("run", "what the plan for {subject} was made from has changed"),
    "no-run": lambda: translate("run", "there is no run {subject}"),
    "run-proves-nothing": lambda: translate("run", "run {subject} was not done to its end for real: it has no figures"),
    "frozen": lambda: translate("run", "{subject} has frozen all changes by this console"),
    "freeze-without-reason": lambda: translate("run", "a freeze needs a reason"),
    "run-ended": lambda: translate("run", "run {subject} has ended"),
    "waits-for-nobody": lambda: translate("run", "run {subject} waits for no approval"),
    "asks-nothing": lambda: translate("run", "run {subject} asks nothing now"),
    "no-such-choice": lambda: translate("run", "run {subject} does not offer this choice"),
    "no-maximum": lambda: translate("run", "a maximum of entries is needed for run {subject}"),
    "left-busy": lambda: translate("run", "what was left on {subject} is being removed already"),
    "lock-held": lambda: translate("run", "another console holds the lock of {subject}"),
    "run-not-ended": lambda: translate("run", "a run of {subject} has not ended, and what it left may be needed"),
    "no-reason": lambda: translate("run", "a reason is needed for run {subject}"),
}
