"""Answers for rights: makes the kit of a level for a node, and tries what the inventory's login may do there."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from console.domain.access import AccessCheck, AccessReport, Level, Trial, Wanted, judged
from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.text import shown
from console.engine.access_host import HostTrials
from console.engine.access_sql import SqlTrials
from console.engine.vigil_ground import Part, VigilGround
from console.governance.access_kit import KitMistake, KitOrder, make_kit
from console.link.governing import AccessTested, AskAccessKit, AskAccessTest, KitMade
from console.link.messages import Message, Refused
from console.postgres import host_facts, probe
from console.recovery.books_door import BooksTrouble, PsqlSession
from console.ssh.command import Command
from console.ssh.connection import Connection
from console.ssh.refused import SshRefused

OWNER: Final = "postgres"  # whom a server runs as where the inventory names nobody
SURVEY_SECONDS_MAX: Final = 15.0
REPLICATION_SECONDS_MAX: Final = 10.0
IDENTIFY: Final = "IDENTIFY_SYSTEM"


class Access(Part):
    """Asks on connections of its own, so that what is tried is a new login; nothing on the node stays changed."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground

    def answer(self, question: Message, person: str) -> Message | None:
        del person
        if not isinstance(question, AskAccessKit | AskAccessTest):
            return None
        found = self._found(question.cluster, question.node)
        if isinstance(found, Refused):
            return found
        if isinstance(question, AskAccessKit):
            return self._kit(question, *found)
        return self._test(question.level, *found)

    def _found(self, cluster: str, node: str) -> tuple[ClusterSpec, NodeSpec] | Refused:
        """The node by its name, in the one cluster that has it or in the one that was named."""
        named = [one for one in self._ground.inventory().clusters if cluster in ("", one.name)]
        if cluster and not named:
            return Refused(reason="no-cluster", subject=cluster)
        found = [(spec, there) for spec in named if (there := spec.node(node)) is not None]
        if not found:
            known = ", ".join(there.name for spec in named for there in spec.nodes)
            return Refused(reason="no-node", subject=node, detail=shown(known))
        if len(found) > 1:
            return Refused(reason="several-nodes", subject=node, detail=", ".join(spec.name for spec, _ in found))
        return found[0]

    # -- kit -----------------------------------------------------------------------------------------------------

    def _kit(self, question: AskAccessKit, cluster: ClusterSpec, node: NodeSpec) -> Message:
        data, programs = self._places(cluster, node)
        order = KitOrder(
            level=question.level, account=question.account or f"ledger_{question.level.value}",
            public_key=question.public_key, sources=question.sources, until=question.until, books=question.books,
            owner=question.owner or node.become or OWNER, data_directory=data, bin_directory=programs,
        )  # fmt: skip
        try:
            return KitMade(kit=make_kit(cluster, node, order))
        except KitMistake as mistake:
            return Refused(reason=mistake.reason, subject=node.name, detail=shown(mistake.detail))

    def _places(self, cluster: ClusterSpec, node: NodeSpec) -> tuple[str | None, str | None]:
        """The data directory and the programs: by the inventory, else as the watch has seen them."""
        target, watch = node.postgres, self._ground.poller.node(cluster.name, node.name)
        if target is None:
            return None, None
        vital = None if watch is None else watch.known().vital
        data = target.data_directory or (None if vital is None else vital.data_directory)
        return data, target.bin_directory or (None if watch is None else watch.bin_directory)

    # -- test ----------------------------------------------------------------------------------------------------

    def _test(self, level: Level, cluster: ClusterSpec, node: NodeSpec) -> Message:
        try:
            connection = self._ground.sessions.connect(node.ssh)
        except SshRefused as refused:
            return _not_reached(node, refused)
        try:
            login = self._login(connection)
            checks = tuple(self._checks(connection, level, cluster, node))
        except SshRefused as refused:
            return _not_reached(node, refused)
        finally:
            connection.close()
        return AccessTested(
            report=AccessReport(
                cluster=cluster.name, node=node.name, level=level, at=self._ground.clock().utc, login=login,
                role="" if node.postgres is None else node.postgres.user, checks=checks,
            )
        )  # fmt: skip

    def _login(self, connection: Connection) -> str:
        outcome = connection.run(Command(argv=("id", "-un"), seconds_max=SURVEY_SECONDS_MAX))
        return shown(outcome.stdout.decode("utf-8", "replace").strip())

    def _checks(
        self, connection: Connection, level: Level, cluster: ClusterSpec, node: NodeSpec
    ) -> Iterator[AccessCheck]:
        data, programs = self._places(cluster, node)
        if node.postgres is not None and programs is None:
            programs = self._programs(connection)
        psql = None
        if node.postgres is not None:
            psql = self._psql(cluster, node, programs)
        yield from HostTrials(
            connection=connection, node=node, level=level, data_directory=data, bin_directory=programs, psql=psql
        ).all()
        if psql is not None:
            yield from self._sql(connection, level, cluster, psql)

    def _programs(self, connection: Connection) -> str | None:
        script = host_facts.survey_script(None, f"{self._ground.writer}:{secrets.token_hex(8)}:none;")
        outcome = connection.run(Command(argv=("sh",), stdin=script.encode(), seconds_max=SURVEY_SECONDS_MAX))
        found = host_facts.read_survey(outcome.stdout.splitlines()).bin_directories
        return found[0] if found else None

    def _psql(self, cluster: ClusterSpec, node: NodeSpec, programs: str | None) -> Command:
        assert node.postgres is not None
        password = self._ground.password(node) if node.postgres.password else None
        return probe.psql_command(
            cluster, node, probe.Session.VITAL, program="psql" if programs is None else f"{programs}/psql",
            marker=f"{self._ground.writer}:{cluster.name}:{node.name}:access:{secrets.token_hex(4)};",
            password=password,
        )  # fmt: skip

    def _sql(self, connection: Connection, level: Level, cluster: ClusterSpec, psql: Command) -> Iterator[AccessCheck]:
        """What the session says; where it ends, the rest is said not to have been checked."""
        session = PsqlSession(connection, psql)
        made = 0
        try:
            for check in SqlTrials(session=session, cluster=cluster, level=level).all():
                made += 1
                yield check
        except BooksTrouble as trouble:
            yield _session_check(trouble, begun=made > 0)
            return
        except ValueError as error:
            yield _session_check(BooksTrouble("unreadable", f"{error}"), begun=made > 0)
            return
        finally:
            session.close()
        if level is not Level.OBSERVE:
            yield _replication(connection, psql)


def _not_reached(node: NodeSpec, refused: SshRefused) -> Refused:
    detail = f"{refused.state.value}: {refused.detail}"
    return Refused(reason="access-not-reached", subject=node.name, detail=detail)


def _session_check(trouble: BooksTrouble, *, begun: bool) -> AccessCheck:
    """No session at all is a right that is missing; one that ended half way says nothing of rights."""
    works = None if begun else False
    return AccessCheck(
        trial=Trial.SESSION, wanted=Wanted.WORKS, outcome=judged(Wanted.WORKS, works), tried="psql",
        observed=shown(f"{trouble.reason}: {trouble.detail}"),
    )  # fmt: skip


def _replication(connection: Connection, psql: Command) -> AccessCheck:
    """A replication session as a backup opens it; it asks who the server is, and ends."""
    argv = (*psql.argv[:-1], f"{psql.argv[-1]} replication='true'", "-c", IDENTIFY)
    outcome = connection.run(replace(psql, argv=argv, seconds_max=REPLICATION_SECONDS_MAX))
    works = None if outcome.status is None else outcome.status == 0
    said = outcome.stderr.decode("utf-8", "replace").strip()
    return AccessCheck(
        trial=Trial.REPLICATION, wanted=Wanted.WORKS, outcome=judged(Wanted.WORKS, works), tried=IDENTIFY,
        observed=shown(said),
    )  # fmt: skip
