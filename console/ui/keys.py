"""Every key of the window with what it does: the shortcuts and the overview come from this one list."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.ui.speech import translate


class Key(Enum):
    """A key of the window, as Qt writes it."""

    GO_TO = "Ctrl+K"
    KEYS = "F1"
    NEXT_ALERT = "F8"
    ACKNOWLEDGE = "Shift+F8"
    SILENCE = "Ctrl+F8"
    FILTER = "/"
    ADD_CLUSTER = "Ctrl+N"
    LIST = "Ctrl+L"
    QUIT = "Ctrl+Q"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line of the overview."""

    key: str
    does: str


KEY_WORDS: Final[dict[Key, Callable[[], str]]] = {
    Key.GO_TO: lambda: translate("keys", "Go to a page, a cluster or a node"),
    Key.NEXT_ALERT: lambda: translate("keys", "Show the alert on top, then the next"),
    Key.ACKNOWLEDGE: lambda: translate("keys", "Acknowledge the alert on top, with a note"),
    Key.SILENCE: lambda: translate("keys", "Silence the alert on top for a time"),
    Key.FILTER: lambda: translate("keys", "Filter clusters and nodes"),
    Key.LIST: lambda: translate("keys", "Go to the list of clusters and nodes"),
    Key.ADD_CLUSTER: lambda: translate("keys", "Add a cluster"),
    Key.KEYS: lambda: translate("keys", "All keys"),
    Key.QUIT: lambda: translate("keys", "Close the window; the engine goes on watching"),
}


def key_lines(pages: tuple[str, ...]) -> tuple[KeyLine, ...]:
    """All keys, those of the pages that there are included."""
    lines = [
        KeyLine(f"Alt+{place}", translate("keys", "Page: {page}").format(page=page))
        for place, page in enumerate(pages, start=1)
    ]
    lines += [KeyLine(key.value, words()) for key, words in KEY_WORDS.items()]
    lines += [
        KeyLine("Ctrl+Enter", translate("keys", "The page's main act, or the next step of a wizard")),
        KeyLine("Ctrl+.", translate("keys", "Stop the plan that runs after this step, or a drill, or cancel a backup")),
        KeyLine("Alt+←", translate("keys", "In a wizard: the step before")),
        KeyLine("Ctrl+R", translate("keys", "In a wizard: rehearse the plan; on the Backups page: restore …")),
        KeyLine("F5", translate("keys", "On the Recovery, Backups, Drills, Scoreboard pages, in a wizard: ask anew")),
        KeyLine("← →", translate("keys", "On the Incidents page: the picture of a second before, or after")),
        KeyLine("Space", translate("keys", "On the Incidents page: play the incident, or pause")),
        KeyLine("Ctrl+B", translate("keys", "On the Backups page: back up now")),
        KeyLine("Ctrl+Shift+R", translate("keys", "On the Backups page: restore the newest backup and show it")),
        KeyLine("Ctrl+Shift+C", translate("keys", "On the Recovery page: copy the situation as text")),
        KeyLine("Tab", translate("keys", "To the next control; with Shift to the one before")),
        KeyLine("↑ ↓", translate("keys", "Within a list")),
        KeyLine("Enter", translate("keys", "Open what has the focus")),
        KeyLine("Esc", translate("keys", "Leave: close what lies on top, empty the filter, go back to the Fleet")),
    ]
    return tuple(lines)
