"""Levels of rights on a node: what each may do, what must fail at it, and what a try of both has shown."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

ACCOUNT: Final = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
CONNECTIONS_MAX: Final = 10  # of the database role: the console holds three and opens one for a proof of the books
POWERFUL_GROUPS: Final = frozenset({"root", "sudo", "wheel", "admin", "docker", "podman", "lxd", "disk", "shadow"})


class Level(Enum):
    """How much a console may do on a node; each level holds what the one before it holds."""

    OBSERVE = "observe"
    BACKUP = "backup"
    OPERATE = "operate"

    def holds(self, other: "Level") -> bool:
        """Does this level hold all of the other one's rights?"""
        order = tuple(Level)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRights:
    """What the database role of a level has: attribute, roles by the first version that has them, functions, settings.

    A function is written with the types of its arguments, as PostgreSQL's `regprocedure` reads it. Functions and
    settings are granted where the server's version is at least 15, and functions of `functions_before_15` below it.
    """

    replication: bool = False
    roles: tuple[tuple[str, int], ...] = ()
    functions: tuple[str, ...] = ()
    functions_before_15: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()  # by ALTER SYSTEM


_OBSERVE: Final = RoleRights(roles=(("pg_monitor", 10),))
_BACKUP: Final = RoleRights(
    replication=True,
    roles=(*_OBSERVE.roles, ("pg_checkpoint", 15)),
    functions=(
        "pg_backup_start(text,boolean)", "pg_backup_stop(boolean)", "pg_create_restore_point(text)", "pg_switch_wal()",
    ),
    functions_before_15=(
        "pg_start_backup(text,boolean,boolean)", "pg_stop_backup(boolean,boolean)", "pg_create_restore_point(text)",
        "pg_switch_wal()",
    ),
)  # fmt: skip
_OPERATE: Final = RoleRights(
    replication=True,
    roles=(*_BACKUP.roles, ("pg_signal_backend", 10)),
    functions=(
        *_BACKUP.functions, "pg_promote(boolean,integer)", "pg_reload_conf()", "pg_wal_replay_pause()",
        "pg_wal_replay_resume()",
    ),
    functions_before_15=(
        *_BACKUP.functions_before_15, "pg_promote(boolean,integer)", "pg_reload_conf()", "pg_wal_replay_pause()",
        "pg_wal_replay_resume()",
    ),
    settings=(
        "primary_conninfo", "primary_slot_name", "restore_command", "synchronous_commit", "synchronous_standby_names",
    ),
)  # fmt: skip
RIGHTS: Final = {Level.OBSERVE: _OBSERVE, Level.BACKUP: _BACKUP, Level.OPERATE: _OPERATE}

# Functions that PostgreSQL gives to superusers alone, and that open files, settings or the server's role.
GUARDED_FUNCTIONS: Final = (
    "pg_promote(boolean,integer)", "pg_reload_conf()", "pg_rotate_logfile()", "pg_switch_wal()",
    "pg_create_restore_point(text)", "pg_wal_replay_pause()", "pg_wal_replay_resume()",
    "pg_backup_start(text,boolean)", "pg_backup_stop(boolean)", "pg_start_backup(text,boolean,boolean)",
    "pg_stop_backup(boolean,boolean)", "pg_read_file(text)", "pg_read_file(text,bigint,bigint)",
    "pg_read_binary_file(text)", "pg_read_binary_file(text,bigint,bigint,boolean)", "pg_ls_dir(text)",
    "pg_stat_file(text)", "lo_import(text)", "lo_export(oid,text)", "pg_stat_reset()",
    "pg_replication_origin_advance(text,pg_lsn)",
)  # fmt: skip


class Trial(Enum):
    """One thing that is tried: its word."""

    # what has to work
    SHELL = "shell"
    HOST_FACTS = "host-facts"
    SESSION = "session"
    SEES_ALL = "sees-all"
    HEAD = "head"
    HEARTBEAT = "heartbeat"
    REPLICATION = "replication"
    GRANTED = "granted"
    ACCOUNT_SHELL_WORKS = "account-shell-works"
    # what has to fail
    ROOT_LOGIN = "root-login"
    BECOME_ROOT = "become-root"
    SUDO_LIST = "sudo-list"
    GROUPS = "groups"
    SHADOW = "shadow"
    KEY_FILE = "key-file"
    DATA_FILES = "data-files"
    ACCOUNT_FILES = "account-files"
    ACCOUNT_LISTS = "account-lists"
    ACCOUNT_SHELL = "account-shell"
    ACCOUNT_SQL = "account-sql"
    FORWARD = "forward"
    SUPERUSER = "superuser"
    MEMBERSHIPS = "memberships"
    SET_ROLE = "set-role"
    READ_SECRETS = "read-secrets"
    READ_SERVER_FILE = "read-server-file"
    WRITE_SERVER_FILE = "write-server-file"
    RUN_PROGRAM = "run-program"
    CREATE_ROLE = "create-role"
    CREATE_TABLE = "create-table"
    WRITE_LEDGER = "write-ledger"
    WRITE_TABLES = "write-tables"
    FUNCTIONS = "functions"
    SETTINGS = "settings"


class Wanted(Enum):
    """How a trial has to end."""

    WORKS = "works"
    FAILS = "fails"


class Outcome(Enum):
    """What a trial says of the rights."""

    PASS = "pass"
    FAIL = "fail"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCheck:
    """One trial: what was tried, how it had to end and how it did. `observed` is what the node said, made harmless."""

    trial: Trial
    wanted: Wanted
    outcome: Outcome
    tried: str  # a command or statement
    observed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReport:
    """All trials of one node at one level, with the login that they were made by."""

    cluster: str
    node: str
    level: Level
    at: datetime
    login: str
    role: str  # of the database; empty: a host without a server
    checks: tuple[AccessCheck, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(1 for check in self.checks if check.outcome is outcome)

    @property
    def outcome(self) -> Outcome:
        """FAIL where anything failed; PASS where nothing did and something was tried."""
        if self.count(Outcome.FAIL):
            return Outcome.FAIL
        return Outcome.PASS if self.count(Outcome.PASS) else Outcome.NOT_CHECKED


@dataclass(frozen=True, slots=True, kw_only=True)
class KitFile:
    """One text of a kit, and whether it is a script to run."""

    name: str
    text: str
    script: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKit:
    """What gives a console one level of rights on one node, and takes them back."""

    cluster: str
    node: str
    level: Level
    account: str
    role: str  # empty: a host without a server
    files: tuple[KitFile, ...]


def judged(wanted: Wanted, works: bool | None) -> Outcome:
    """The outcome of a trial that worked, did not, or could not be made (None)."""
    if works is None:
        return Outcome.NOT_CHECKED
    return Outcome.PASS if works is (wanted is Wanted.WORKS) else Outcome.FAIL
