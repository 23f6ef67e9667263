"""What the commands that change a cluster take on the command line, and those about their runs."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Any, Final

from console.domain.run import Choice

FORKS: Final = ("exported", "accepted")
FENCES: Final = ("ssh", "command", "quorum", "attest")
ENTRIES_MAX: Final = 10**12
_Words = tuple[tuple[str, ...], dict[str, Any]]

_HOW: Final[tuple[_Words, ...]] = (
    (("--rehearse",), {"action": "store_true", "help": "only look: every step is walked, nothing is changed"}),
    (("--yes",), {"action": "store_true", "help": "run it without having the cluster's name typed"}),
    (("--commands",), {"action": "store_true", "help": "show the exact commands of every step"}),
    (("--break-glass",), {"metavar": "REASON", "default": "", "help": "go on without a second person, and why"}),
)  # fmt: skip


def entries(text: str) -> int:
    """A number of entries from the command line, with or without thousands groups."""
    plain = text.replace(",", "").replace("_", "")
    if not plain.isascii() or not plain.isdigit() or int(plain) > ENTRIES_MAX:
        raise ArgumentTypeError(f"{text!r} is no number of entries")
    return int(plain)


_LOSS: Final[_Words] = (
    ("--max-loss-entries",),
    {"type": entries, "default": 0, "metavar": "N", "help": "how many entries may be lost at most; default: 0"},
)
_TO: Final[_Words] = (("--to",), {"metavar": "NODE", "default": "", "help": "whom to promote; default: the best"})
_CLUSTER: Final[_Words] = (("cluster",), {})
_NODE: Final[_Words] = (("node",), {})


def add_changes(
    add: Callable[..., None], commands: Any, group: Callable[[str, str], Any],
    late: Callable[[str, str], Callable[..., Any]],
) -> None:  # fmt: skip
    """Put `situation`, every change and `runs` among the commands."""
    add(commands, "situation", late("change", "situation"), "ask every node now, and say what could be done", _CLUSTER)
    add(commands, "switchover", late("change", "switchover"), "another node becomes primary; nothing is lost",
        _CLUSTER, _TO, *_HOW)  # fmt: skip
    add(commands, "failover", late("change", "failover"), "a standby becomes primary, as the primary is gone",
        _CLUSTER, _TO, _LOSS,
        (("--fence",), {"choices": FENCES, "default": "", "help": "how the old primary is fenced"}),
        (("--attest",), {"metavar": "WORD", "default": "", "help": "what you vouch for: 'primary-is-off'"}),
        (("--no-rescue",), {"action": "store_true", "help": "leave the old primary's unshipped WAL where it is"}),
        *_HOW)  # fmt: skip
    add(commands, "restart", late("change", "restart"), "start a node's server in place; loses nothing",
        _CLUSTER, _NODE, *_HOW)  # fmt: skip
    add(commands, "rejoin", late("change", "rejoin"), "a lost or diverged node becomes a standby again",
        _CLUSTER, _NODE, (("--rebuild",), {"action": "store_true", "help": "a new copy, also where a rewind would do"}),
        (("--to",), {"metavar": "NODE", "default": "", "help": "whom it shall follow; default: the primary"}),
        (("--fork",), {"choices": FORKS, "default": "", "help": "what you decided about its entries beyond the fork"}),
        *_HOW)  # fmt: skip
    add(commands, "protect", late("change", "protect"), "for how many standbys commits wait",
        _CLUSTER, (("--sync",), {"metavar": "HOW", "default": "", "help": "'ANY 1', 'FIRST 1' or async"}),
        (("--commit",), {"metavar": "LEVEL", "default": "", "help": "on, remote_write, remote_apply, local"}),
        *_HOW)  # fmt: skip
    add(commands, "fork", late("fork", "fork"), "compare two sides that both wrote, and export the one you give up",
        _CLUSTER,
        (("--node",), {"metavar": "NODE", "action": "append", "default": [], "dest": "nodes",
                       "help": "a side, given twice; default: the lost node and the primary"}),
        (("--export",), {"action": "store_true", "help": "write the entries of the side that is not kept to files"}),
        (("--keep",), {"metavar": "NODE", "default": "", "help": "the side that is kept"}),
        (("--reason",), {"metavar": "TEXT", "default": "", "help": "why: it goes into the record"}))  # fmt: skip
    add(commands, "left", late("left", "left"), "what changes left on a cluster's nodes", _CLUSTER,
        (("--remove",), {"action": "store_true", "help": "take away what may be removed now"}))  # fmt: skip
    node = group("node", "standbys of a cluster")
    add(node, "add", late("change", "node_add"), "make a new standby of a node that is in the inventory",
        _CLUSTER, _NODE, (("--from",), {"metavar": "NODE", "dest": "source", "default": "", "help": "whom to copy"}),
        *_HOW)  # fmt: skip
    add(node, "remove", late("change", "node_remove"), "take a standby out, its slot too", _CLUSTER, _NODE, *_HOW)
    _add_runs(add, group, late)


def _add_runs(
    add: Callable[..., None], group: Callable[[str, str], Any], late: Callable[[str, str], Callable[..., Any]]
) -> None:
    runs = group("runs", "changes that run or ran")
    run: _Words = (("run_id",), {"metavar": "run"})  # 'run' is what argparse calls the command itself here
    add(runs, "list", late("runs", "listed"), "the newest first",
        (("--cluster",), {"default": "", "metavar": "CLUSTER"}),
        (("--most",), {"type": int, "default": 50, "metavar": "N"}))  # fmt: skip
    add(runs, "show", late("runs", "show"), "one run: its steps, its question, its proof", run,
        (("--journal",), {"action": "store_true", "help": "every line that was written down"}),
        (("--script",), {"action": "store_true", "help": "its plan as a shell script, for the day without a console"}),
        (("--commands",), {"action": "store_true", "help": "show the exact commands of every step"}))  # fmt: skip
    add(runs, "resume", late("runs", "resume"), "follow a run to its end; one that asks is told to go on", run)
    add(runs, "stop", late("runs", "stop"), "stop it at its next safe point; it asks then", run)
    add(runs, "answer", late("runs", "answer"), "answer a run's question, and follow it", run,
        (("choice",), {"choices": [choice.value for choice in Choice]}),
        (("--max-loss-entries",), {"type": entries, "default": None, "metavar": "N", "help": "with accept-loss"}),
        (("--reason",), {"default": "", "metavar": "TEXT", "help": "goes into the record"}))  # fmt: skip
