"""What the commands about backups take on the command line."""

from collections.abc import Callable
from typing import Any, Final

from console.cli.change_options import entries

_Words = tuple[tuple[str, ...], dict[str, Any]]
_CLUSTER: Final[_Words] = (("cluster",), {})
_REPOSITORY: Final[_Words] = (
    ("--repository",), {"metavar": "R", "default": "", "help": "default: the policy's first"},
)  # fmt: skip
_DETACH: Final[_Words] = (("--detach",), {"action": "store_true", "help": "begin it and leave; it goes on by itself"})
_JOB: Final[_Words] = (("job",), {"help": "the work's id, or its beginning"})
_BACKUP: Final[_Words] = (("backup",), {"nargs": "?", "default": ""})
_TARGET: Final[tuple[_Words, ...]] = (
    (("--time",), {"metavar": "T", "default": "", "help": "with its zone, as '2026-03-17 14:30:00+01:00'"}),
    (("--lsn",), {"metavar": "L", "default": "", "help": "a position in the WAL, as 0/3000060"}),
    (("--entry",), {"metavar": "N", "type": entries, "default": None, "help": "just after this entry of the ledger"}),
    (("--before",), {"action": "store_true", "help": "with --entry: just before it"}),
    (("--origin",), {"metavar": "O", "default": "", "help": "of the entry, where the ledger has several"}),
    (("--point",), {"metavar": "NAME", "default": "", "help": "a named restore point"}),
    (("--timeline",), {"metavar": "N", "type": int, "default": None, "help": "default: the newest"}),
)  # fmt: skip


def add_backups(
    add: Callable[..., None], commands: Any, group: Callable[[str, str], Any],
    late: Callable[[str, str], Callable[..., Any]],
) -> None:  # fmt: skip
    """Put `backup`, `backups`, `restore`, `sandbox` and `policy` among the commands."""
    add(commands, "backup", late("backup", "backup"), "make a backup now", _CLUSTER,
        (("--type",), {"choices": ("full", "incremental", "differential"), "default": "",
                       "help": "default: what the policy would make next"}),
        _REPOSITORY,
        (("--engine",), {"choices": ("native", "barman", "pgbackrest"), "default": "",
                         "help": "the policy's first repository of this engine"}),
        _DETACH)  # fmt: skip
    backups = group("backups", "backups that there are, and work on them")
    add(backups, "list", late("backups", "listed"), "what there is, and what could be got back", _CLUSTER,
        (("--as-read",), {"action": "store_true", "help": "as it was read last; else it is read now"}))  # fmt: skip
    add(backups, "show", late("backups", "show"), "one backup and its checks", _CLUSTER, (("backup",), {}), _REPOSITORY)
    add(backups, "verify", late("backups", "verify"), "read one back, or all of a repository", _CLUSTER, _BACKUP,
        _REPOSITORY, _DETACH)  # fmt: skip
    add(backups, "prove", late("backups", "prove"), "restore one into a sandbox, prove it, take the copy away",
        _CLUSTER, _BACKUP, _REPOSITORY, (("--latest",), {"action": "store_true", "help": "to the end of all WAL"}),
        *_TARGET, _DETACH)  # fmt: skip
    add(backups, "expire", late("backups", "expire"), "take away what the retention does not keep", _CLUSTER,
        _REPOSITORY, (("--preview",), {"action": "store_true", "help": "only say what would go"}),
        (("--yes",), {"action": "store_true", "help": "without having the cluster's name typed"}))  # fmt: skip
    add(backups, "follow", late("backups", "follow_job"), "follow work to its end", _JOB)
    add(backups, "cancel", late("backups", "cancel"), "end work; nothing half-done is left", _JOB)
    _add_restore(add, commands, group, late)
    _add_policy(add, group, late)


def _add_restore(
    add: Callable[..., None], commands: Any, group: Callable[[str, str], Any],
    late: Callable[[str, str], Callable[..., Any]],
) -> None:  # fmt: skip
    add(commands, "restore", late("restore", "restore"), "get a moment back", _CLUSTER,
        (("--goal",), {"choices": ("inspect", "node", "cluster"), "default": "inspect",
                       "help": "inspect: a sandbox, read-only; node: a new standby; cluster: the ledger itself"}),
        (("--latest",), {"action": "store_true", "help": "the newest moment there is; the default"}), *_TARGET,
        (("--node",), {"metavar": "NODE", "default": "", "help": "with --goal node: which; with cluster: the primary"}),
        _REPOSITORY,
        (("--rehearse",), {"action": "store_true", "help": "only look: nothing is changed"}),
        (("--yes",), {"action": "store_true", "help": "run it without having the cluster's name typed"}),
        (("--commands",), {"action": "store_true", "help": "show the exact commands of every step"}),
        (("--break-glass",), {"metavar": "REASON", "default": "", "help": "go on without a second person, and why"}),
    )  # fmt: skip
    sandbox = group("sandbox", "restored copies that are open, read-only")
    one: _Words = (("sandbox",), {})
    add(sandbox, "list", late("restore", "listed"), "which there are", _CLUSTER)
    add(sandbox, "sql", late("restore", "sql"), "ask one read-only statement", _CLUSTER, one,
        (("sql",), {"help": "the statement; - reads it from standard input"}))  # fmt: skip
    add(sandbox, "close", late("restore", "close"), "stop it and take it away", _CLUSTER, one)


def _add_policy(
    add: Callable[..., None], group: Callable[[str, str], Any], late: Callable[[str, str], Callable[..., Any]]
) -> None:
    policy = group("policy", "what is wanted of backups")
    add(policy, "show", late("policy", "show"), "in words, with its next runs", _CLUSTER,
        (("--toml",), {"action": "store_true", "help": "as a file that 'set' takes"}))  # fmt: skip
    add(policy, "set", late("policy", "set_policy"), "put one in force", _CLUSTER,
        (("--file",), {"metavar": "FILE", "default": "", "help": "a TOML file; else what there is is changed"}),
        (("--cycle",), {"metavar": "WHAT=CRON", "action": "append", "default": [],
                        "help": "as 'full=30 1 * * 0'; takes the place of all lines of that kind"}),
        (("--time-zone",), {"metavar": "ZONE", "default": ""}),
        (("--scheduler",), {"choices": ("engine", "crontab", "nobody"), "default": ""}),
        (("--fulls-min",), {"metavar": "N", "type": int, "default": None, "help": "full backups that always stay"}),
        (("--window-days",), {"metavar": "D", "type": float, "default": None, "help": "0: only the count"}),
        (("--rate",), {"metavar": "MB/S", "type": float, "default": None, "help": "of each backup; 0: no limit"}),
        (("--preview",), {"action": "store_true", "help": "only show it, with its next runs"}))  # fmt: skip
    for act, told in (("install", "put its calendar into the backup host's crontab"),
                      ("compare", "does the crontab stand as the policy wants it"),
                      ("remove", "take its block out of the crontab")):  # fmt: skip
        add(policy, act, late("policy", act), told, _CLUSTER)
