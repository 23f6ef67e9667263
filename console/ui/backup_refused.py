"""Why a wish about backups was refused; knows no Qt. Each is the clause of a sentence about its subject."""

from collections.abc import Callable
from typing import Final

from console.ui.backup_words import REASONS
from console.ui.speech import translate


def _about(clause: Callable[[], str]) -> Callable[[], str]:
    return lambda: translate("backup", "{subject}: {reason}").replace("{reason}", clause())


BACKUP_REFUSED: Final[dict[str, Callable[[], str]]] = {
    **{word: _about(clause) for word, clause in REASONS.items()},
    "policy-wrong": lambda: translate("backup", "the policy of {subject} can't be put in force"),
    "backup-policy-wrong": lambda: translate("backup", "the policy of {subject} can't be put in force"),
    "expiry-changed": lambda: translate("backup", "what would go from {subject} has changed since it was shown"),
    "not-a-question": lambda: translate("backup", "{subject} is no question about backups"),
    "job-ended": lambda: translate("backup", "{subject} has ended already"),
    "no-such-sandbox": lambda: translate("backup", "the open copy {subject} is not there any more"),
    "not-read-only": lambda: translate("backup", "only one reading statement may be asked of {subject}"),
}
