"""What `patroni` takes on the command line."""

from collections.abc import Callable
from typing import Any, Final

ACTS: Final = ("status", "history", "pause", "resume", "restart", "reinit")
_Words = tuple[tuple[str, ...], dict[str, Any]]


def add_patroni(
    add: Callable[..., None], commands: Any, late: Callable[[str, str], Callable[..., Any]]
) -> None:
    """Put `patroni` among the commands."""
    cluster: _Words = (("cluster",), {})
    acts = (("act",), {"choices": ACTS, "metavar": "status|history|pause|resume|restart|reinit"})
    node = (("node",), {"nargs": "?", "default": "", "help": "for restart and reinit"})
    yes = (("--yes",), {"action": "store_true", "help": "restart or reinit without being asked"})
    discard = (
        ("--discard",),
        {"action": "store_true", "help": "reinit: give up what a node on another timeline alone may hold"},
    )
    text = "what Patroni says of a cluster, and orders to it, proven afterwards"
    add(commands, "patroni", late("patroni", "patroni"), text, cluster, acts, node, yes, discard)
