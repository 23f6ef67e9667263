"""What the commands about checks, duties and copies take on the command line."""

from collections.abc import Callable
from typing import Any, Final

_Words = tuple[tuple[str, ...], dict[str, Any]]
_CLUSTER: Final[_Words] = (("cluster",), {})
_NAME: Final[_Words] = (("name",), {"help": "the check's name"})
KINDS: Final = (
    "backup", "verify", "restore-proof", "copies-compared", "detector-rehearsal", "switchover-drill",
    "books-recomputed", "keys-valid", "certificates-valid",
)  # fmt: skip


def add_regular(
    add: Callable[..., None], commands: Any, group: Callable[[str, str], Any],
    late: Callable[[str, str], Callable[..., Any]],
) -> None:  # fmt: skip
    """Put `checks`, `duties` and `copies` among the commands."""
    checks = group("checks", "your own monitoring scripts")
    add(checks, "list", late("checks", "listed"), "which there are, and what they said last", _CLUSTER,
        (("--toml",), {"action": "store_true", "help": "as a file that 'add --file' takes"}))  # fmt: skip
    add(checks, "add", late("checks", "add"), "add one, or all of a file", _CLUSTER,
        (("name",), {"nargs": "?", "default": "", "help": "the check's name"}),
        (("--command",), {"metavar": "TEXT", "default": "", "help": "a command line for the host's shell"}),
        (("--sql",), {"metavar": "TEXT", "default": "", "help": "one statement, read only"}),
        (("--file",), {"metavar": "FILE", "default": "", "help": "a TOML file with [[checks]]"}),
        (("--node",), {"metavar": "N", "action": "append", "default": [], "help": "default: every PostgreSQL node"}),
        (("--role",), {"choices": ("primary", "standby"), "default": "", "help": "only where the node has this role"}),
        (("--every",), {"metavar": "S", "type": float, "default": 60.0, "help": "seconds from one run to the next"}),
        (("--limit",), {"metavar": "S", "type": float, "default": 10.0, "help": "seconds; then it is ended there"}),
        (("--use",), {"choices": ("shown", "alert", "evidence", "condition"), "action": "append", "default": [],
                      "help": "what its result counts for; more than once"}),
        (("--warning",), {"metavar": "RANGE", "default": "", "help": "of SQL's first column, in Nagios's format"}),
        (("--critical",), {"metavar": "RANGE", "default": ""}),
        (("--disabled",), {"action": "store_true", "help": "keep it, but don't run it"}),
        (("--replace",), {"action": "store_true", "help": "put it in the place of the one of its name"}))  # fmt: skip
    add(checks, "remove", late("checks", "remove"), "take one out", _CLUSTER, _NAME)
    add(checks, "run", late("checks", "run"), "run one now", _CLUSTER, _NAME,
        (("--node",), {"metavar": "N", "default": "", "help": "on this one alone"}))  # fmt: skip
    add(checks, "history", late("checks", "history"), "what one said", _CLUSTER, _NAME,
        (("--node",), {"metavar": "N", "default": ""}), (("--last",), {"default": "1h", "metavar": "TIME"}))
    add(commands, "duties", late("duties", "duties"), "what has to happen regularly, and what is overdue",
        (("cluster",), {"nargs": "?", "default": ""}),
        (("--set",), {"nargs": 2, "metavar": ("KIND", "HOURS"), "default": None, "dest": "rule",
                      "help": "how often it has to happen; of keys and certificates: how long before their end; "
                              "0: not a duty here. " + ", ".join(KINDS)}))  # fmt: skip
    add(commands, "copies", late("duties", "copies"), "do all copies agree, and could each standby be promoted",
        _CLUSTER, (("--compare",), {"action": "store_true", "help": "compare them now"}))  # fmt: skip
