"""A simulated network for the detector: hosts, cuts in one direction, slow links, sleeps; what a console would read."""

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

from console.domain.asking import Asking
from console.domain.cluster import NodeKind
from console.domain.health import judge_cluster
from console.domain.node_health import judge_node
from console.domain.observation import Observation
from console.domain.reading import Moment, Readiness, Sight, SqlState, SshContact, SshState, Testimony
from console.domain.suspicion import Arrivals, Channel, suspicion_of
from console.domain.verdict import Verdict
from console.domain.witnesses import Standing, heard_after, in_doubt, standing
from tests.observed import BEGIN, cluster_spec, contact, host, observed, receiver, vital

STEP_SECONDS = 0.5
CONNECT_SECONDS = 2.0
KEEPALIVE_SECONDS = 16.0
RECEIVER_SECONDS = 60.0
CONSOLE, PRIMARY, STANDBYS, VAULT = "console", "a", ("b", "c"), "v"
NODES = (PRIMARY, *STANDBYS, VAULT)
SPEC = replace(
    cluster_spec(PRIMARY, *STANDBYS), nodes=tuple(
        observed(name, kind=NodeKind.BACKUP if name == VAULT else NodeKind.POSTGRES).spec for name in NODES
    ),
)  # fmt: skip


@dataclass
class Question:
    """One that is out: since when, and how long its answer needs once the way is open."""

    asked: float
    needs: float


@dataclass
class Node:
    """A node as the console knows it."""

    name: str
    vital: Question | None = None
    look: Question | None = None
    looked: float = float("-inf")
    blocked: float = 0.0
    seen: Observation = field(init=False)
    arrivals: Arrivals = field(default_factory=Arrivals)
    heard: float = 0.0  # when the standby truly heard the primary
    asking: Asking = field(default_factory=Asking)
    witness: tuple[float, bool] | None = None  # asked when, and whether any connection came about since

    def __post_init__(self) -> None:
        kind = NodeKind.BACKUP if self.name == VAULT else NodeKind.POSTGRES
        self.seen = observed(self.name, primary=self.name == PRIMARY, kind=kind)
        self.seen = replace(self.seen, vital=None, books=None, host=None, earlier_host=None, followed=None)
        if self.name in STANDBYS:
            self.seen = replace(self.seen, followed=PRIMARY)


class Network:
    """What is so, and what the console makes of it, in steps of half a second."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.now = 0.0
        self.down: set[str] = set()
        self.cut: set[tuple[str, str]] = set()  # from, to
        self.hung: set[str] = set()
        self.slow: dict[str, float] = {}
        self.nodes = {name: Node(name) for name in NODES}
        self.stands: Standing | None = None
        self.verdict: Verdict | None = None

    def moment(self) -> Moment:
        return Moment(BEGIN + timedelta(seconds=self.now), self.now)

    def open(self, one: str, other: str) -> bool:
        """Do packets go both ways?"""
        return not ({one, other} & self.down or {(one, other), (other, one)} & self.cut)

    def apart(self, one: str, other: str) -> None:
        self.cut |= {(one, other), (other, one)}

    def joined(self, one: str, other: str) -> None:
        self.cut -= {(one, other), (other, one)}

    def sleep(self, seconds: float) -> None:
        """The console's machine sleeps: the world goes on, and all that was read is void when it wakes."""
        for _ in range(round(seconds / STEP_SECONDS)):
            self.now += STEP_SECONDS
            self._replicate()
        for node in self.nodes.values():
            node.seen = replace(
                node.seen, vital=None, host=None, void_ticks=self.now, heard_ticks=None, testimony=None,
                ssh=replace(node.seen.ssh, since=self.moment()),
            )  # fmt: skip
            node.arrivals = node.arrivals.broken()
            node.vital = node.look = node.witness = None
            node.asking = Asking()

    def step(self) -> None:
        self.now += STEP_SECONDS
        self._replicate()
        for node in self.nodes.values():
            self._ask(node)
        self._judge()
        self._consult()

    def _replicate(self) -> None:
        for name in STANDBYS:
            if self.open(PRIMARY, name) and PRIMARY not in self.hung and name not in self.hung:
                self.nodes[name].heard = self.now

    def _ask(self, node: Node) -> None:
        reached = self.open(CONSOLE, node.name)
        node.blocked = 0.0 if reached else node.blocked + STEP_SECONDS
        if node.blocked > KEEPALIVE_SECONDS:
            node.vital = node.look = node.witness = None
            if node.seen.ssh.state is not SshState.SILENT:
                self._contact(node, SshState.SILENT, SqlState.SSH)
            return
        if node.seen.ssh.state is not SshState.ANSWERS:
            self._contact(node, SshState.ANSWERS, SqlState.ANSWERS)
        needs = self.slow.get(node.name, 0.0)
        on_second = self.now == int(self.now)
        if node.vital is None and on_second and node.name != VAULT:
            node.vital = Question(self.now, needs)
        late = node.vital is not None and self.now - node.vital.asked >= 1.0
        due = 1.0 if late or node.name == VAULT else 5.0
        if node.look is None and on_second and self.now - node.looked >= due:
            node.look, node.looked = Question(self.now, needs), self.now
        if reached:
            self._answers(node)

    def _contact(self, node: Node, ssh: SshState, sql: SqlState) -> None:
        node.seen = replace(
            node.seen, ssh=SshContact(state=ssh, since=self.moment()),
            vital_contact=replace(contact(sql), since=self.moment()),
        )  # fmt: skip

    def _answers(self, node: Node) -> None:
        at, before = self.moment(), node.seen
        if node.look is not None and self.now - node.look.asked >= node.look.needs:
            node.look = None
            node.seen = replace(node.seen, host=replace(host(), at=at), earlier_host=before.host)
        if node.vital is None or node.name in self.hung or self.now - node.vital.asked < node.vital.needs:
            return
        node.vital = None
        said = replace(vital(primary=node.name == PRIMARY), at=at, clock=at.utc)
        if node.name in STANDBYS:
            age = self.now - node.heard
            said = replace(said, receiver=receiver(heard_age_seconds=age) if age < RECEIVER_SECONDS else None)
        after = replace(node.seen, vital=said)
        node.seen = replace(after, heard_ticks=heard_after(before, after, before.heard_ticks))
        node.arrivals = node.arrivals.heard(self.now, pace_seconds=1.0)

    def _judge(self) -> None:
        now, nodes = self.moment(), {}
        for name, node in self.nodes.items():
            phi = suspicion_of(name, Channel.VITAL, node.arrivals, pace_seconds=1.0, now_ticks=self.now)
            node.seen = replace(
                node.seen, vital_asked_ticks=None if node.vital is None else node.vital.asked,
                host_asked_ticks=None if node.look is None else node.look.asked,
                witness_asked_ticks=None if node.witness is None else node.witness[0],
                suspicions=() if phi is None else (phi,),
            )  # fmt: skip
            nodes[name] = node.seen
        self.stands = standing(SPEC, nodes, PRIMARY, now)
        verdicts = {name: judge_node(seen, spec=SPEC, now=now) for name, seen in nodes.items()}
        self.verdict = judge_cluster(
            SPEC, nodes, verdicts, last_primary=PRIMARY, now=now, stands=self.stands
        )

    def _consult(self) -> None:
        doubt = in_doubt(SPEC, {name: node.seen for name, node in self.nodes.items()}, PRIMARY)
        for name in STANDBYS:
            node = self.nodes[name]
            if node.witness is not None:
                self._testify(node)
            elif not doubt:
                node.asking = replace(node.asking, asked_ticks=float("-inf"))
            elif self.open(CONSOLE, name) and name not in self.hung:
                seen = node.seen
                if node.asking.due(seen.testimony, PRIMARY, ticks=self.now, heard_ticks=seen.heard_ticks):
                    node.asking = node.asking.asked(
                        seen.testimony, PRIMARY, ticks=self.now, heard_ticks=seen.heard_ticks
                    )
                    node.witness = (self.now, self.open(PRIMARY, name))

    def _testify(self, node: Node) -> None:
        assert node.witness is not None
        asked, reached = node.witness
        reached = reached or self.open(PRIMARY, node.name)
        node.witness = (asked, reached)
        if (reached or self.now - asked >= CONNECT_SECONDS) and self.open(CONSOLE, node.name):
            sight = Sight.REACHED if reached else Sight.SILENT
            told = Testimony(
                about=PRIMARY, asked_ticks=asked, at=self.moment(), server=sight, ssh=sight,
                ready=Readiness.NO_ANSWER, server_address="a:5432", ssh_address="a:22",
            )  # fmt: skip
            node.seen, node.witness = replace(node.seen, testimony=told), None
