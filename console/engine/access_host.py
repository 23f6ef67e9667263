"""Tries a login's rights on a host: what the console needs works, and what its level must not do fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from console.domain.access import POWERFUL_GROUPS, AccessCheck, Level, Trial, Wanted, judged
from console.domain.cluster import NodeKind, NodeSpec
from console.domain.text import shown
from console.ssh.command import Command, Outcome
from console.ssh.connection import Connection
from console.ssh.refused import SshRefused
from console.ssh.sudo import sudo_refusal

TRY_SECONDS_MAX: Final = 10.0
FORWARD_SECONDS_MAX: Final = 5.0
SAID_CHARACTERS_MAX: Final = 300
SSH_PORT: Final = 22
# What `access kit` lets the account run as the server's; none of them opens a shell or another file.
READING_PROGRAMS: Final = frozenset({"ls", "readlink", "cat", "df", "head", "pg_controldata"})
SHELLS: Final = frozenset({"sh"})
_ENTRY: Final = re.compile(r"^ {2,8}\(([^)]*)\) (.*)$")
_TAGS: Final = re.compile(r"^(?:[A-Z_]+: ?)+")
# The account's own key line, wherever its home lets it be written or put in another's place.
_KEY_FILE: Final = (
    'for f in "$HOME" "$HOME/.ssh" "$HOME/.ssh/authorized_keys" "$HOME/.ssh/authorized_keys2"; do '
    '[ -w "$f" ] && { echo "$f"; exit 0; }; done; exit 1'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostTrials:
    """One login on one host. `psql`: the console's own command, as if it acted as the server's account; or None."""

    connection: Connection
    node: NodeSpec
    level: Level
    data_directory: str | None
    bin_directory: str | None
    psql: Command | None

    def all(self) -> Iterator[AccessCheck]:
        """Every trial. Raises SshRefused where the connection ends."""
        yield self._plain(Trial.SHELL, Wanted.WORKS, "true")
        yield self._login()
        yield self._plain(Trial.BECOME_ROOT, Wanted.FAILS, "sudo", "-n", "-u", "root", "--", "true")
        yield self._groups()
        yield self._plain(Trial.SHADOW, Wanted.FAILS, "head", "-c", "1", "/etc/shadow")
        yield self._plain(Trial.KEY_FILE, Wanted.FAILS, "sh", "-c", _KEY_FILE)
        yield self._data_files()
        if self.node.kind is NodeKind.POSTGRES:
            yield from self._as_owner()
        yield self._sudo_list()
        yield self._forward()

    def _run(self, *argv: str, become: str | None = None, stdin: bytes = b"") -> Outcome:
        return self.connection.run(
            Command(
                argv=argv, become=become, stdin=stdin, seconds_max=TRY_SECONDS_MAX, environment=(("LC_ALL", "C"),)
            )
        )

    def _plain(self, trial: Trial, wanted: Wanted, *argv: str) -> AccessCheck:
        outcome = self._run(*argv)
        return _check(trial, wanted, " ".join(argv) if argv[1:2] != ("-c",) else trial.value, outcome)

    def _login(self) -> AccessCheck:
        outcome = self._run("id", "-u")
        number = outcome.stdout.decode("ascii", "replace").strip()
        works = None if not number.isdigit() else number == "0"
        return _made(Trial.ROOT_LOGIN, Wanted.FAILS, "id -u", works, number)

    def _groups(self) -> AccessCheck:
        outcome = self._run("id", "-Gn")
        names = outcome.stdout.decode("utf-8", "replace").split()
        forbidden = POWERFUL_GROUPS | ({self.node.become} if self.node.become else set())
        found = [name for name in names if name in forbidden]
        works = bool(found) if outcome.status == 0 else None
        return _made(Trial.GROUPS, Wanted.FAILS, "id -Gn", works, ", ".join(found or names))

    def _data_files(self) -> AccessCheck:
        if self.data_directory is None or self.node.kind is NodeKind.BACKUP:
            return _made(Trial.DATA_FILES, Wanted.FAILS, "head PG_VERSION", None, "no-data-directory")
        return self._plain(Trial.DATA_FILES, Wanted.FAILS, "head", "-c", "1", f"{self.data_directory}/PG_VERSION")

    # -- as the account that the server runs as ------------------------------------------------------------------

    def _as_owner(self) -> Iterator[AccessCheck]:
        owner, data = self.node.become, self.data_directory
        operates = self.level is Level.OPERATE
        shell = Trial.ACCOUNT_SHELL_WORKS if operates else Trial.ACCOUNT_SHELL
        wanted = Wanted.WORKS if operates else Wanted.FAILS
        if owner is None:
            yield _made(Trial.HOST_FACTS, Wanted.WORKS, "sudo", None, "no-account-to-act-as")
            yield _made(shell, wanted, "sudo", None, "no-account-to-act-as")
            return
        yield self._facts(owner, data)
        yield self._owner(shell, wanted, owner, "sh", "-c", "true")
        if operates:
            return
        if data is not None:
            yield self._owner(Trial.ACCOUNT_FILES, Wanted.FAILS, owner, "cat", f"{data}/PG_VERSION")
        yield self._owner(Trial.ACCOUNT_LISTS, Wanted.FAILS, owner, "ls", "-l", "/proc/self/cwd", "/", "/proc/1/cwd")
        yield self._sql_as_owner(owner)

    def _facts(self, owner: str, data: str | None) -> AccessCheck:
        """Each fixed command of the host question: refused is what sudo refused, not what found nothing."""
        tries: list[tuple[str, ...]] = [("ls", "-l", "/proc/self/cwd", "/proc/1/cwd")]
        if data is not None:
            tries += [("readlink", "-f", "--", data), ("cat", f"{data}/postmaster.pid"), ("df", "-Pk", data)]
            if self.bin_directory is not None:
                tries.append((f"{self.bin_directory}/pg_controldata", "-D", data))
        for argv in tries:
            outcome = self._run(*argv, become=owner)
            refusal = sudo_refusal(outcome)
            if refusal is not None or outcome.status is None:
                said = refusal or "no end"
                return _made(Trial.HOST_FACTS, Wanted.WORKS, _sudo(owner, *argv), False, said)
        return _made(Trial.HOST_FACTS, Wanted.WORKS, _sudo(owner, *tries[-1]), True, "")

    def _owner(self, trial: Trial, wanted: Wanted, owner: str, *argv: str) -> AccessCheck:
        outcome = self._run(*argv, become=owner)
        # A program that ran and failed was allowed all the same.
        works = None if outcome.status is None else sudo_refusal(outcome) is None
        return _made(trial, wanted, _sudo(owner, *argv), works, _said(outcome))

    def _sql_as_owner(self, owner: str) -> AccessCheck:
        """psql as the server's account opens a shell (`\\!`), and its peer login is a superuser's."""
        program = f"{self.bin_directory}/psql" if self.bin_directory is not None else "psql"
        check = self._owner(Trial.ACCOUNT_SQL, Wanted.FAILS, owner, program, "--version")
        if self.psql is None or check.outcome is not judged(Wanted.FAILS, False):
            return check
        outcome = self._run(*self.psql.argv, become=owner)
        works = None if outcome.status is None else sudo_refusal(outcome) is None
        return _made(Trial.ACCOUNT_SQL, Wanted.FAILS, _sudo(owner, program, "…"), works, _said(outcome))

    # -- sudo's own list, and the connection itself --------------------------------------------------------------

    def _sudo_list(self) -> AccessCheck:
        outcome = self._run("sudo", "-n", "-l")
        if outcome.status != 0:
            # sudo shows its list without a password as soon as one entry needs none (its default `listpw`).
            works = None if sudo_refusal(outcome) is None else False
            return _made(Trial.SUDO_LIST, Wanted.FAILS, "sudo -n -l", works, _said(outcome))
        text = outcome.stdout.decode("utf-8", "replace")
        found = too_much(text, owner=self.node.become, level=self.level)
        return _made(Trial.SUDO_LIST, Wanted.FAILS, "sudo -n -l", bool(found), "; ".join(found))

    def _forward(self) -> AccessCheck:
        port = self.node.ssh.port or SSH_PORT
        tried = f"127.0.0.1:{port}"
        try:
            reached = self.connection.can_reach("127.0.0.1", port, seconds_max=FORWARD_SECONDS_MAX)
        except SshRefused as refused:
            works = False if "prohibited" in refused.detail.lower() else None
            return _made(Trial.FORWARD, Wanted.FAILS, tried, works, refused.detail)
        return _made(Trial.FORWARD, Wanted.FAILS, tried, True, "connected" if reached else "tried there")


def too_much(listed: str, *, owner: str | None, level: Level) -> tuple[str, ...]:
    """Entries of `sudo -l` that go beyond the level: another account than the server's, or another program. Pure."""
    allowed = READING_PROGRAMS | (SHELLS if level is Level.OPERATE else frozenset())
    found = []
    for account, commands in _entries(listed):
        for command in commands:
            told = _TAGS.sub("", command).strip()
            program, _, arguments = told.partition(" ")
            name = program.rpartition("/")[2]
            fits = name in allowed and (name in SHELLS or bool(arguments.strip())) and arguments.strip() != "*"
            if account != owner or not fits:
                found.append(shown(f"({account}) {told}"))
    return tuple(found)


def _entries(listed: str) -> Iterator[tuple[str, list[str]]]:
    """Of each entry the accounts that it acts as, and its commands; sudo breaks long ones into deeper lines."""
    joined: list[list[str]] = []
    for line in listed.splitlines():
        entry = _ENTRY.match(line)
        if entry is not None:
            joined.append([entry[1].partition(":")[0].strip(), entry[2]])
        elif joined and line.startswith("    "):
            joined[-1][1] += f" {line.strip()}"
    for account, text in joined:
        yield account, re.split(r"(?<!\\), ", text)


def _sudo(owner: str, *argv: str) -> str:
    return " ".join(("sudo", "-n", "-u", owner, "--", *argv))


def _said(outcome: Outcome) -> str:
    text = (outcome.stderr or outcome.stdout).decode("utf-8", "replace").strip()
    return text.splitlines()[0] if text else ""


def _check(trial: Trial, wanted: Wanted, tried: str, outcome: Outcome) -> AccessCheck:
    works = None if outcome.status is None else outcome.status == 0
    return _made(trial, wanted, tried, works, _said(outcome))


def _made(trial: Trial, wanted: Wanted, tried: str, works: bool | None, observed: str) -> AccessCheck:
    return AccessCheck(
        trial=trial, wanted=wanted, outcome=judged(wanted, works), tried=shown(tried)[:SAID_CHARACTERS_MAX],
        observed=shown(observed)[:SAID_CHARACTERS_MAX],
    )  # fmt: skip
