"""What the commands about alerts and incidents take on the command line."""

from collections.abc import Callable
from typing import Any, Final

_Words = tuple[tuple[str, ...], dict[str, Any]]
_CLUSTER: Final[_Words] = (("--cluster",), {"metavar": "C", "default": ""})
_INCIDENT: Final[_Words] = (("incident",), {"help": "its id, or its beginning"})
KINDS: Final = ("email", "webhook", "command", "heartbeat-file", "heartbeat-url")


def add_alerts(add: Callable[..., None], group: Callable[[str, str], Any], late: Callable[[str, str], Any]) -> None:
    """Put `alerts` and `incidents` among the commands."""
    alerts = group("alerts", "what a person has to see, and how it is told")
    add(alerts, "list", late("alerts", "listed"), "what is wrong now", _CLUSTER,
        (("--over",), {"action": "store_true", "help": "those that are over too"}),
        (("--limit",), {"type": int, "default": 200, "metavar": "N"}))  # fmt: skip
    add(alerts, "ack", late("alerts", "ack"), "take an alert, by your name",
        (("alert",), {"help": "its id, or its beginning"}), (("--note",), {"metavar": "TEXT", "default": ""}),
    )  # fmt: skip
    add(alerts, "silence", late("alerts", "silence"), "tell nobody for a while; it is shown all the same", _CLUSTER,
        (("--node",), {"metavar": "N", "default": ""}),
        (("--word",), {"metavar": "WORD", "default": "", "help": "this cause alone, as lagging"}),
        (("--for",), {"metavar": "TIME", "dest": "span", "required": True, "help": "as 30m, 2h, 1d; at most 14d"}),
        (("--reason",), {"metavar": "TEXT", "required": True}))  # fmt: skip
    add(alerts, "unsilence", late("alerts", "unsilence"), "end a silence before its end",
        (("silence",), {"help": "its id, or its beginning"}))  # fmt: skip
    _add_ways(add, alerts, late)
    incidents = group("incidents", "what belonged together, on one time line")
    add(incidents, "list", late("incidents", "listed"), "the newest first", _CLUSTER,
        (("--limit",), {"type": int, "default": 50, "metavar": "N"}))  # fmt: skip
    add(incidents, "show", late("incidents", "show"), "one incident and its time line", _INCIDENT,
        (("--kind",), {"metavar": "KIND", "default": "", "help": "only these lines: verdict, alert, action, run, …"}))
    add(incidents, "replay", late("incidents", "replay"), "what was known, second by second", _INCIDENT,
        (("--from",), {"metavar": "S", "dest": "begin", "type": float, "default": None,
                       "help": "seconds after its beginning; may be negative"}),
        (("--to",), {"metavar": "S", "dest": "end", "type": float, "default": None}),
        (("--every",), {"metavar": "S", "type": float, "default": None, "help": "default: every kept picture"}),
    )  # fmt: skip
    add(incidents, "report", late("incidents", "report"), "write its report anew (HTML and JSON)", _INCIDENT)


def _add_ways(add: Callable[..., None], alerts: Any, late: Callable[[str, str], Any]) -> None:
    add(alerts, "ways", late("ways", "listed"), "over which ways alerts leave the console, and how they fare")
    add(alerts, "way-add", late("ways", "add"), "add a way out, or replace the one of this name",
        (("name",), {}), (("kind",), {"choices": KINDS}),
        (("target",), {"help": "addresses, a URL ({secret} stands for its secret), a command line, a path"}),
        (("--option",), {"metavar": "NAME=VALUE", "action": "append", "default": [],
                         "help": "e-mail: smtp, port, from, tls (starttls, tls, none), user; ca; secret-file; "
                                 "heartbeats: seconds, method (get, post)"}),
        (("--least",), {"choices": ("degraded", "unknown", "lost"), "default": "degraded",
                        "help": "from which health on"}),
        (("--cluster",), {"metavar": "C", "action": "append", "default": [], "help": "only these; default: all"}),
        (("--limit",), {"type": float, "default": 15.0, "metavar": "S", "help": "of one delivery"}),
        (("--disabled",), {"action": "store_true"}),
        (("--secret-stdin",), {"action": "store_true",
                               "help": "read its password or token from standard input, for the keyring"}),
    )  # fmt: skip
    add(alerts, "way-remove", late("ways", "remove"), "take a way out away", (("name",), {}))
    add(alerts, "way-try", late("ways", "try_way"), "send a test over one way, now", (("name",), {}))
