"""What the commands about drills take on the command line."""

from collections.abc import Callable
from typing import Any, Final

_Words = tuple[tuple[str, ...], dict[str, Any]]
FAULTS: Final = ("heartbeat-held", "probe-cut", "decoy-stopped", "stream-cut")
_CLUSTER: Final[_Words] = (("cluster",), {})
_YES: Final[_Words] = (("--yes",), {"action": "store_true", "help": "without having the cluster's name typed"})


def add_drills(
    add: Callable[..., None], group: Callable[[str, str], Any], late: Callable[[str, str], Callable[..., Any]]
) -> None:
    """Put `drill` among the commands."""
    drill = group("drill", "rehearse what has to work on the day: detector, switchover, restore")
    add(drill, "detector", late("drills", "detector"), "make a harmless fault, and time how it is named and told",
        _CLUSTER,
        (("--fault",), {"choices": FAULTS, "default": "", "help": "default: each that needs no consent, one by one"}),
        (("--node",), {"metavar": "N", "default": "", "help": "default: where it does least"}),
        (("--hold",), {"metavar": "S", "type": float, "default": 0.0, "help": "let it stand at least that long"}),
        (("--limit",), {"metavar": "S", "type": float, "default": 120.0,
                        "help": "seconds; then its host undoes it by itself"}),
        (("--every",), {"metavar": "HOURS", "type": float, "default": None,
                        "help": "only say how often it happens by itself from now on; 0: never"}),
        _YES)  # fmt: skip
    add(drill, "switchover", late("drills", "switchover"), "switch over for real, and back, and measure the gaps",
        _CLUSTER, (("--node",), {"metavar": "N", "default": "", "help": "to this one; default: the best"}), _YES)
    add(drill, "restore", late("drills", "restore"), "restore the newest backup into a sandbox, and prove it", _CLUSTER)
    add(drill, "list", late("drills", "listed"), "the record", (("cluster",), {"nargs": "?", "default": ""}),
        (("--limit",), {"type": int, "default": 20, "metavar": "N", "dest": "most"}))  # fmt: skip
    add(drill, "stop", late("drills", "stop"), "undo its fault and end it",
        (("drill",), {"metavar": "ID", "help": "or its beginning"}))  # fmt: skip
