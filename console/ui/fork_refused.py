"""Why the fork desk did not compare or export; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.ui.speech import translate

FORK_REFUSED: Final[dict[str, Callable[[], str]]] = {
    "no-fork": lambda: translate("fork", "every node of {subject} follows the primary: there is nothing to compare"),
    "fork-busy": lambda: translate("fork", "another comparison runs, and {subject} has to wait for it"),
    "fork-not-reached": lambda: translate("fork", "the host of {subject} could not be read"),
    "fork-unreadable": lambda: translate("fork", "the WAL or the control file of {subject} could not be read"),
    "fork-other-cluster": lambda: translate("fork", "{subject} belongs to another cluster"),
    "fork-hangs": lambda: translate("fork", "{subject} has processes and gives no answer: fence it first"),
    "fork-not-started": lambda: translate("fork", "{subject} could not be opened closed, for reading"),
    "fork-still-open": lambda: translate("fork", "{subject} was opened for reading and could not be closed again"),
    "fork-lock-held": lambda: translate("fork", "another console holds the lock, so {subject} is not opened"),
    "fork-too-large": lambda: translate("fork", "more differs between {subject} than is compared entry by entry"),
}
