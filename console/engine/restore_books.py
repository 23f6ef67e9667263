"""Proves the books of a restored copy that waits for a person's word, in a run's lines."""

from collections.abc import Callable
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.reading import Moment
from console.domain.run import BooksLine
from console.engine.closing import lines_of
from console.engine.sealing import Sealed
from console.postgres import layout_verbs, restore_verbs
from console.postgres.restore_checks import facts_of
from console.postgres.restore_facts import read_look
from console.postgres.restore_verbs import SandboxAt
from console.recovery.books_proof import NoSeals, SealedBooks
from console.recovery.restore_steps import sandbox_named
from console.recovery.sandbox_books import SandboxDoor, prove_sandbox_books
from console.recovery.sandbox_watch import Reached
from console.ssh.hosts import Hosts, SshHosts
from console.ssh.sessions import Sessions
from console.store.seals import Seals

ASK_SECONDS_MAX: Final = 30.0


class RestoredBooks:
    """Stands before the proof of books of nodes: what is no node but a restored copy is proven here."""

    def __init__(self, *, sessions: Sessions, seals: Seals | None, clock: Callable[[], Moment]) -> None:
        self._sessions, self._seals, self._clock = sessions, seals, clock

    def prove(self, spec: ClusterSpec, nodes: tuple[str, ...]) -> tuple[BooksLine, ...] | None:
        """None where nodes are asked for, and not a copy."""
        found = sandbox_named(nodes[0]) if len(nodes) == 1 else None
        if found is None:
            return None
        at, timeline = found
        hosts = SshHosts(spec, self._sessions)
        try:
            return self._proven(spec, hosts, at, timeline)
        finally:
            hosts.close()

    def _proven(self, spec: ClusterSpec, hosts: SshHosts, at: SandboxAt, timeline: int) -> tuple[BooksLine, ...]:
        mapping = spec.ledger_mapping
        if mapping is None:
            return (_line("not-checked", at, "no-ledger"),)
        place = _said(hosts, at, layout_verbs.where(at))
        looked = hosts.run(at.node, restore_verbs.look(at), seconds_max=ASK_SECONDS_MAX)
        if place is None or not looked.fine:
            return (_line("failed", at, "not-running"),)
        try:
            seen = read_look(looked.stdout)
        except ValueError as error:
            return (_line("failed", at, f"not-readable {error}"),)
        if seen.position is None or not seen.paused:
            return (_line("failed", at, f"not at its target, at {seen.position}"),)
        reached = Reached(
            position=seen.position, timeline=seen.timeline_at(timeline), last_commit=seen.last_commit,
            stopped=seen.stopped, system_identifier=seen.system_identifier, segments=seen.fetched,
            held_to_the_end=None, seen=seen,
        )  # fmt: skip
        version = place.get("version", "")
        door = SandboxDoor(
            spec, hosts, at, socket=place.get("socket", ""), version=int(version) if version.isdigit() else None
        )
        sealed: SealedBooks = NoSeals() if self._seals is None else Sealed(self._seals, spec.name, mapping)
        books = prove_sandbox_books(
            door, cluster=spec.name, node=at.node, mapping=mapping, sealed=sealed, reached=reached, clock=self._clock
        )
        if books.proof is not None:
            return lines_of(books.proof)
        return (_line(books.result.value, at, f"{books.reason} {books.detail}".strip()),)


def _said(hosts: Hosts, at: SandboxAt, script: str) -> dict[str, str] | None:
    said = hosts.run(at.node, script, seconds_max=ASK_SECONDS_MAX)
    return dict(facts_of(said.stdout.decode("utf-8", "replace"))) if said.fine else None


def _line(outcome: str, at: SandboxAt, detail: str) -> BooksLine:
    return BooksLine(check="books", outcome=outcome, scope=at.node, detail=detail)
