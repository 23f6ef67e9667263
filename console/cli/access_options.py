"""What the commands about rights on nodes take on the command line."""

from collections.abc import Callable
from typing import Any, Final

LEVELS: Final = ("observe", "backup", "operate")


def add_access(
    add: Callable[..., None], group: Callable[[str, str], Any], late: Callable[[str, str], Callable[..., Any]]
) -> None:
    """Put `access` among the commands."""
    access = group("access", "the least rights that a console needs on a node, and whether it has no more")
    node = (("node",), {"help": "its name in the inventory"})
    cluster = (("--cluster",), {"metavar": "C", "default": "", "help": "where several clusters have such a node"})
    add(access, "kit", late("access", "kit"), "key line, sudoers and database role of a level, made for a node",
        (("level",), {"choices": LEVELS, "help": "observe, backup or operate"}), node, cluster,
        (("--key",), {"metavar": "PUBKEYFILE", "default": "", "help": "default: that of the node's identity file"}),
        (("--from",), {"metavar": "ADDRESS", "action": "append", "default": [], "dest": "sources",
                       "help": "whence the key may log in; more than once. Default: from anywhere"}),
        (("--until",), {"metavar": "YYYYMMDD", "default": "", "help": "the key's last day"}),
        (("--account",), {"metavar": "NAME", "default": "", "help": "the login; default: ledger_LEVEL"}),
        (("--owner",), {"metavar": "NAME", "default": "", "help": "the account that the server runs as"}),
        (("--books",), {"action": "store_true", "help": "let it read every entry, for proofs of the books"}),
        (("--out",), {"metavar": "DIR", "default": "", "help": "write the files there; nothing is written over"}),
    )  # fmt: skip
    add(access, "test", late("access", "test"), "try the inventory's login on a node; nothing there stays changed",
        node, cluster, (("--level",), {"choices": LEVELS, "default": "observe", "help": "default: observe"}),
    )  # fmt: skip
