"""Finds a cluster from one of its hosts: asks who it follows and who follows it, and looks there too."""

import re
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from console.domain.cluster import (
    ClusterSpec,
    Environment,
    Inventory,
    Manager,
    NodeKind,
    NodeSpec,
    PatroniTarget,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.domain.quorum import parse_sync
from console.domain.reading import Moment, Vital
from console.link.messages import AskDiscovery, Discovered, Message, Missed, Refused
from console.patroni.facts import ANSWER_BYTES_MAX, PORT, REQUEST, Member, read_cluster
from console.postgres import facts, host_facts, probe
from console.ssh.command import Command
from console.ssh.connection import Connection
from console.ssh.refused import SshRefused
from console.ssh.sessions import Sessions

HOSTS_MAX: Final = 32
LOOPBACK: Final = "127.0.0.1"
ASK_SECONDS_MAX: Final = 15.0
REST_SECONDS_MAX: Final = 3.0
OWN_RECEIVER: Final = "ledger_backup"  # as native backups name themselves
NO_NAMES: Final = ("walreceiver", "pg_receivewal", "barman_receive_wal")  # defaults of programs, not hosts
DOORS: Final = ("", "/var/run/postgresql", "/tmp")  # where psql and servers of different makers look for each other
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


Clock = Callable[[], Moment]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A host to look at, by the names that it might be reached under, best first."""

    hosts: tuple[str, ...]
    name: str = ""
    postgres_port: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A host that answered as a member."""

    node: NodeSpec
    vital: Vital
    members: tuple[Member, ...]
    further: tuple[_Way, ...]
    addresses: tuple[str, ...]  # by which it is known now


class _Refusal(Exception):
    """Why a host could not be looked at: a kebab-case word, and what was said."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


def discover(question: AskDiscovery, sessions: Sessions, *, clock: Clock) -> Message:
    """Look at one host and at all that its answers lead to. Nothing is saved; Refused where the first says no."""
    try:
        first = _look(question, _Way(hosts=(question.host,)), sessions, clock)
    except _Refusal as refusal:
        return Refused(reason=refusal.reason, subject=question.host, detail=refusal.detail)
    found = {first.node.name: first}
    seen = {question.host, *first.addresses}
    missed: list[Missed] = []
    ways = deque(first.further)
    while ways and len(found) + len(missed) < HOSTS_MAX:
        way = ways.popleft()
        if way.hosts[0] in seen:
            continue
        seen.add(way.hosts[0])
        try:
            other = _look(question, way, sessions, clock)
        except _Refusal as refusal:
            missed.append(Missed(host=way.hosts[0], reason=refusal.reason, detail=refusal.detail))
            continue
        if other.vital.system_identifier != first.vital.system_identifier:
            detail = f"system identifier {other.vital.system_identifier}, not {first.vital.system_identifier}"
            missed.append(Missed(host=way.hosts[0], reason="other-cluster", detail=detail))
            continue
        seen.update(other.addresses)
        twin = next((f.node.name for f in found.values() if _same_server(f.vital, other.vital)), None)
        if twin is not None:
            missed.append(Missed(host=way.hosts[0], reason="same-server", detail=f"the way there ends at {twin}"))
            continue
        if other.node.name in found:
            if other.node.ssh.host != found[other.node.name].node.ssh.host:
                node = replace(other.node, name=f"{other.node.name}-{len(found) + 1}")
                found[node.name] = replace(other, node=node)
            continue
        found[other.node.name] = other
        ways.extend(other.further)
    return _told(question, first, tuple(found.values()), tuple(missed))


def _same_server(one: Vital, other: Vital) -> bool:
    """Two ways that end at one server: it cannot have started twice in the same microsecond in one directory."""
    return (one.started_at, one.data_directory) == (other.started_at, other.data_directory)


def _told(question: AskDiscovery, first: _Found, found: tuple[_Found, ...], missed: tuple[Missed, ...]) -> Discovered:
    primary = next((f for f in found if not f.vital.in_recovery), None)
    synchronous = None
    if primary is not None:
        try:
            policy = parse_sync(primary.vital.synchronous_names)
        except ValueError:
            policy = None
        synchronous = None if policy is None else f"{policy.method.value} {policy.count}"
    spec = ClusterSpec(
        name=f"cluster-{first.node.name}"[:63],
        # What is not known to be harmless is treated as production until a person says otherwise.
        environment=Environment.PRODUCTION,
        manager=Manager.PATRONI if any(f.members for f in found) else Manager.NONE,
        database=question.database,
        promises=Promises(synchronous=synchronous),
        nodes=tuple(f.node for f in found),
    )
    roles = {f.node.name: "standby" if f.vital.in_recovery else "primary" for f in found}
    return Discovered(found=Inventory(clusters=(spec,)), roles=roles, missed=missed)


def _look(question: AskDiscovery, way: _Way, sessions: Sessions, clock: Clock) -> _Found:
    """Ask one host; the first of its names that lets us in counts."""
    refusal: SshRefused | None = None
    for host in way.hosts:
        target = SshTarget(
            host=host, port=question.port, user=question.user, identity_file=question.identity_file,
            config_file=question.config_file,
        )  # fmt: skip
        try:
            connection = sessions.connect(target)
        except SshRefused as refused:
            refusal = refusal or refused
            continue
        try:
            return _ask(question, way, target, connection, clock)
        except SshRefused as lost:
            raise _Refusal(lost.state.value, lost.detail) from lost
        finally:
            connection.close()
    assert refusal is not None
    raise _Refusal(refusal.state.value, refusal.detail) from refusal


def _ask(question: AskDiscovery, way: _Way, target: SshTarget, connection: Connection, clock: Clock) -> _Found:
    at = clock()
    survey = host_facts.read_survey(_sh(connection, host_facts.survey_script(None, secrets.token_hex(8))))
    named = host_facts.read_host(_sh(connection, 'echo "name $(hostname)"\n'), at, 0.0)
    if not survey.bin_directories:
        raise _Refusal("no-program", "psql was found neither in PATH nor in the usual places")
    postgres = PostgresTarget(
        port=way.postgres_port or question.postgres_port, user=question.postgres_user,
        bin_directory=survey.bin_directories[0],
    )  # fmt: skip
    name = _name(way.name, target.host, named.host_name)
    node = NodeSpec(name=name, kind=NodeKind.POSTGRES, ssh=target, postgres=postgres, become=question.become)
    doors = (question.postgres_host,) if question.postgres_host else (*DOORS, connection.address or "")
    node, vital = _first_answer(question, node, doors, connection, at)
    members: tuple[Member, ...] = ()
    # Its interface listens on the loopback address or, more often, on the one that its own members use.
    for host in dict.fromkeys(h for h in (LOOPBACK, connection.address) if h):
        members = _patroni(connection, host, clock)
        if members:
            node = replace(node, patroni=PatroniTarget(host=host))
            break
    known = tuple(a for a in (target.host, connection.address, way.name) if a)
    return _Found(node=node, vital=vital, members=members, further=_further(vital, members), addresses=known)


def _sh(connection: Connection, script: str) -> list[bytes]:
    outcome = connection.run(
        Command(argv=("sh",), environment=(("LC_ALL", "C"),), stdin=script.encode(), seconds_max=ASK_SECONDS_MAX)
    )
    if outcome.status is None or outcome.timed_out:
        raise _Refusal("silent", f"the host's shell gave no answer within {ASK_SECONDS_MAX:g} s")
    return outcome.stdout.splitlines()


def _first_answer(
    question: AskDiscovery, node: NodeSpec, doors: tuple[str, ...], connection: Connection, at: Moment
) -> tuple[NodeSpec, Vital]:
    """The server behind the first of these doors where one listens: psql's default, usual sockets, its own address."""
    assert node.postgres is not None
    refusal = _Refusal("no-server", "nobody listens")
    for door in dict.fromkeys(doors):
        tried = replace(node, postgres=replace(node.postgres, host=door))
        try:
            vital = _vital(question, tried, connection, at)
        except _Refusal as refused:
            refusal = refused
            if refused.reason == "no-server":
                continue
            raise
        assert tried.postgres is not None
        return replace(tried, postgres=replace(tried.postgres, data_directory=vital.data_directory)), vital
    raise refusal


def _vital(question: AskDiscovery, node: NodeSpec, connection: Connection, at: Moment) -> Vital:
    assert node.postgres is not None
    spec = ClusterSpec(name="discovery", environment=Environment.PRODUCTION, nodes=(node,), database=question.database)
    nonce = secrets.token_hex(8)
    command = probe.psql_command(
        spec, node, probe.Session.VITAL, program=f"{node.postgres.bin_directory}/psql", marker=nonce, password=None
    )
    statement = probe.asked(" ".join(facts.VITAL.sql.split()), nonce)
    outcome = connection.run(replace(command, stdin=statement, seconds_max=ASK_SECONDS_MAX))
    if outcome.timed_out:
        raise _Refusal("silent", f"PostgreSQL gave no answer within {ASK_SECONDS_MAX:g} s")
    if outcome.status != 0:
        failure = probe.failure_of(outcome.stderr, outcome.status)
        raise _Refusal(failure.refusal.value if failure.refusal else failure.state.value, failure.detail)
    frame = probe.Frame(nonce)
    try:
        answer = next((a for line in outcome.stdout.splitlines() if (a := frame.feed(line)) is not None), None)
        if answer is None or not answer.fine:
            detail = "no answer came back" if answer is None else f"{answer.sqlstate} {answer.message}"
            raise _Refusal("unreadable", detail)
        return facts.VITAL.read(answer.lines[0], at, outcome.seconds)
    except ValueError as error:
        raise _Refusal("unreadable", f"{error}") from error


def _name(given: str, host: str, own: str | None) -> str:
    """A name for the node: what the cluster calls it, else the host's own short name, else the address."""
    for text in (given, host if not _is_address(host) else "", (own or "").split(".", 1)[0], host):
        if _NAME.fullmatch(text):
            return text
    return "node"


def _is_address(host: str) -> bool:
    return bool(re.fullmatch(r"[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*", host))


def _further(vital: Vital, members: tuple[Member, ...]) -> tuple[_Way, ...]:
    """Where the answers lead: Patroni's members, the upstream, the followers."""
    ways = [_Way(hosts=(m.host, m.name), name=m.name, postgres_port=m.port) for m in members if m.host]
    receiver = vital.receiver
    if receiver is not None and receiver.host and not receiver.host.startswith("/"):
        ways.append(_Way(hosts=(receiver.host,), postgres_port=receiver.port))
    for sender in vital.senders:
        if sender.name == OWN_RECEIVER:
            continue  # a backup host that takes WAL in: it follows nobody
        # The name first: an address may be one that several nodes share, or a gateway's.
        name = sender.name if sender.name not in NO_NAMES and _NAME.fullmatch(sender.name) else ""
        hosts = tuple(h for h in (name, sender.address) if h)
        if hosts and sender.state in ("streaming", "catchup"):
            ways.append(_Way(hosts=hosts, name=name))
    return tuple(ways)


def _patroni(connection: Connection, host: str, clock: Clock) -> tuple[Member, ...]:
    """The members that a Patroni beside the server knows; none where there is no Patroni."""
    try:
        stream = connection.open_forward(host, PORT, seconds_max=REST_SECONDS_MAX)
    except SshRefused:
        return ()  # no Patroni there, or forwarding is forbidden: the followers are found without it
    try:
        stream.settimeout(REST_SECONDS_MAX)
        stream.sendall(REQUEST)
        parts: list[bytes] = []
        deadline = clock().ticks + REST_SECONDS_MAX
        while (part := stream.recv(65536)) and sum(map(len, parts)) < ANSWER_BYTES_MAX and clock().ticks < deadline:
            parts.append(part)
        return read_cluster(b"".join(parts))
    except (OSError, ValueError):
        return ()  # something else listens there
    finally:
        stream.close()

