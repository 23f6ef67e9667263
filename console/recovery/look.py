"""Asks nodes now, several at once, and makes facts of what they answer."""

import re
import secrets
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.reading import Moment
from console.domain.situation import Facts, NodeFacts
from console.postgres.change_facts import Depth, LookAt, look_script, read_look
from console.postgres.verbs import ServerAt
from console.ssh.hosts import Hosts, Said, at_once

LOOK_SECONDS_MAX: Final = 15.0
MARK_BYTES: Final = 8
_ADDRESS: Final = re.compile(r"(?:^| )(?:host|hostaddr|port|application_name|dbname) *= *(?:'[^']*'|[^ ]*)")


class Looks:
    """Looks at the nodes of one cluster. What never changes of a node is remembered from look to look."""

    def __init__(
        self, spec: ClusterSpec, hosts: Hosts, *, now: Callable[[], Moment], lock_key: str,
        data_directories: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        self._spec, self._hosts, self._now, self.lock_key = spec, hosts, now, lock_key
        self._directories = dict(data_directories or {})
        self._programs: dict[str, str] = {}

    def at(self, name: str, *, size: bool = False, depth: Depth = Depth.WHOLE) -> LookAt:
        """Where a node's parts are, as far as it is known."""
        node = self._spec.node(name)
        if node is None:
            raise ValueError(f"{self._spec.name} has no node {name}")
        target = node.postgres
        return LookAt(
            node=name, kind=node.kind, lock_key=self.lock_key,
            bin_directory=(target.bin_directory if target else None) or self._programs.get(name),
            data_directory=(target.data_directory if target else None) or self._directories.get(name),
            socket=target.host if target else "", port=target.port if target else 5432,
            admin_user=self._spec.change.admin_user, database=self._spec.database, ledger=self._spec.ledger, size=size,
            depth=depth, mark=secrets.token_hex(MARK_BYTES),
        )  # fmt: skip

    def look(
        self, names: Iterable[str] | None = None, *, size: bool = False, sql: bool = True, depth: Depth = Depth.WHOLE
    ) -> Facts:
        """Facts of these nodes (all, where none is named), asked at once."""
        wanted = tuple(names) if names is not None else tuple(node.name for node in self._spec.nodes)
        return at_once(wanted, lambda name: self._one(name, size=size, sql=sql, depth=depth))

    def look_each(self, wanted: Mapping[str, Depth]) -> Facts:
        """Facts of these nodes, each asked for as much as is wanted of it, all at once."""
        return at_once(tuple(wanted), lambda name: self._one(name, size=False, sql=True, depth=wanted[name]))

    def after(self, name: str, script: str, *, depth: Depth, seconds_max: float) -> tuple[Said, NodeFacts | None]:
        """Run a script and, where it ended well, look in the same breath: one way there and back instead of two.

        What is said is the script's own. None: nothing was seen.
        """
        at = self.at(name, depth=depth)
        asks = shlex.quote(look_script(at))
        lines = (
            f"(\n{script.rstrip()}\n)", "lc_ended=$?", f"printf '\\n%s ended %s\\n' {at.mark} $lc_ended",
            '[ "$lc_ended" = 0 ] || exit "$lc_ended"', f"timeout {LOOK_SECONDS_MAX:g} sh -c {asks} 2>&1; exit 0",
        )  # fmt: skip
        said = self._hosts.run(name, "\n".join(lines) + "\n", seconds_max=seconds_max)
        own, mark, rest = said.stdout.partition(f"\n{at.mark} ended ".encode())
        if not mark:
            return said, None
        status, _, seen = rest.partition(b"\n")
        ended = replace(said, stdout=own, status=int(status) if status.isdigit() else said.status)
        if not ended.fine:
            return ended, None
        found = read_look(at, seen, now=self._now(), round_trip_seconds=0.0)
        return ended, found if found.account else None

    def _one(self, name: str, *, size: bool, sql: bool, depth: Depth) -> NodeFacts:
        at = self.at(name, size=size, depth=depth)
        said = self._hosts.run(name, look_script(at, sql=sql), seconds_max=LOOK_SECONDS_MAX)
        now = self._now()
        kind = at.kind
        if said.refused or (said.status is None and not said.stdout):
            return NodeFacts(node=name, kind=kind, at=now, reached=False, trouble=said.words())
        found = read_look(at, said.stdout, now=now, round_trip_seconds=said.seconds)
        if not found.account:
            # sudo refused, or the shell could not begin: nothing of it is an answer.
            return NodeFacts(node=name, kind=kind, at=now, reached=False, trouble=said.words())
        if found.bin_directory:
            self._programs[name] = found.bin_directory
        if kind is NodeKind.POSTGRES and said.timed_out and found.server is None:
            found = replace(found, server_trouble="no answer within the limit")
        return found

    def servers(self, facts: Facts) -> dict[str, ServerAt]:
        """Where every server is. One that does not say how it logs in to an upstream does it as another does."""
        found = {name: at for name, one in facts.items() if (at := self.server_at(name, one)) is not None}
        logins = [login for name in found if (login := _login(facts[name]))]
        return {
            name: replace(at, replication=at.replication or _login(facts[name]) or (logins[0] if logins else ""))
            for name, at in found.items()
        }

    def server_at(self, name: str, facts: NodeFacts | None) -> ServerAt | None:
        """Where a node's server is, for verbs; None where it is not known well enough to act on."""
        node, at = self._spec.node(name), self.at(name)
        target = node.postgres if node is not None else None
        programs = (facts.bin_directory if facts else None) or at.bin_directory
        data = at.data_directory or (facts.data_directory if facts else None)
        socket = (facts.socket_directory if facts else None) or at.socket
        if node is None or target is None or not programs or not data:
            return None
        return ServerAt(
            node=name, lock_key=self.lock_key, bin_directory=programs, data_directory=data,
            socket_directory=socket or "/var/run/postgresql", port=target.port, admin_user=self._spec.change.admin_user,
            address=self._hosts.address(name) or node.ssh.host, replication=target.replication or "",
        )  # fmt: skip


def _login(facts: NodeFacts) -> str:
    """How a standby logs in to its upstream, without host, port and name; '' where a password stands in it."""
    setting = facts.server.setting("primary_conninfo") if facts.server is not None else ""
    if "password=" in setting.replace(" ", ""):
        return ""
    return _ADDRESS.sub("", setting).strip()
