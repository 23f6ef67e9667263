"""What the parts that tell are built on, for tests: a real store and audit log, a clock that the test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from console.domain.alerting import Sign
from console.domain.cluster import ClusterSpec, Environment, Inventory, Manager, NodeKind
from console.domain.fleet import Basis, ClusterView, Exposure, NodeView, Role
from console.domain.incident import Incident, IncidentLine
from console.domain.reading import Moment
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health, Verdict
from console.engine.alarms import Alarms
from console.engine.freezing import Freezer
from console.engine.incidents import IncidentDesk
from console.engine.making import Ground, open_audit
from console.engine.vigil_ground import Board, VigilGround
from console.engine.ways_out import Ways
from console.link.messages import Message, decode, encode
from console.link.watching import Alerts, AskAlerts, AskIncident, AskIncidents, Incidents, IncidentSeen
from console.places import Home
from console.ssh.secrets import Secrets
from console.store.database import Store, open_store

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)


@dataclass
class Stage:
    """A vigil's ground whose clock, signs and trouble the test sets. `told`: what faces heard, by key."""

    home: Home
    store: Store
    ground: VigilGround
    seconds: float = 0.0
    signs: tuple[Sign, ...] = ()
    trouble: str = ""
    told: dict[str, Message] = field(default_factory=dict)

    @property
    def now(self) -> Moment:
        return Moment(NOON + timedelta(seconds=self.seconds), 9_000.0 + self.seconds)


@contextmanager
def stage(directory: Path, *, seconds: float = 0.0, clusters: tuple[str, ...] = ("us",)) -> Iterator[Stage]:
    """A ground in a home; opened again it holds what was kept."""
    directory.mkdir(parents=True, exist_ok=True)
    home, secrets = Home(directory), Secrets()
    inventory = Inventory(
        clusters=tuple(ClusterSpec(name=name, environment=Environment.PRODUCTION, nodes=()) for name in clusters)
    )
    with open_store(home.store) as store:
        made: list[Stage] = []
        freezer = Freezer(store, _noon)
        audit = open_audit(
            Ground(home=home, store=store, console_id="c1", secrets=secrets, clock=_noon, freezer=freezer)
        )
        nothing = cast(Any, None)  # what these parts never touch
        ground = VigilGround(
            home=home, store=store, history=nothing, console_id="c1", sessions=nothing, secrets=secrets, poller=nothing,
            planning=nothing, changes=nothing, backing=None, books=nothing, audit=audit, writer="w",
            password=lambda _: None, clock=lambda: made[0].now, inventory=lambda: inventory, picture=lambda _: None,
            tell=lambda message, key: made[0].told.update({key: message}), note=lambda _: None,
            trouble=lambda: made[0].trouble, board=Board(), freezer=freezer,
        )  # fmt: skip
        made.append(Stage(home, store, ground, seconds))
        yield made[0]


def _noon() -> Moment:
    return Moment(NOON, 9_000.0)


def finding(cause: Cause, health: Health, node: str | None = None, *, at: datetime = NOON) -> Finding:
    """A finding with one row of evidence."""
    row = Evidence(guard=Guard.PROCESSES, observed=0, threshold=1, source=f"{node}: ls /proc", at=at)
    return Finding(cause=cause, health=health, node=node, evidence=(row,))


def picture(
    now: Moment, *findings: Finding, primary: str | None = "nyc-1", name: str = "us", serial: int = 1
) -> ClusterView:
    """A cluster of two nodes with these findings."""
    nodes = []
    for node in ("nyc-1", "nyc-2"):
        own = tuple(one for one in findings if one.node == node)
        health = own[0].health if own else Health.HEALTHY
        nodes.append(
            NodeView(
                name=node, kind=NodeKind.POSTGRES, role=Role.PRIMARY if node == primary else Role.STANDBY, host=node,
                verdict=Verdict(health=health, findings=own), strip=(310,) * 60,
            )
        )  # fmt: skip
    health = findings[0].health if findings else Health.HEALTHY
    return ClusterView(
        name=name, environment=Environment.PRODUCTION, manager=Manager.NONE, at=now.utc, serial=serial,
        verdict=Verdict(health=health, findings=findings), nodes=tuple(nodes), edges=(), primary=primary,
        exposure=Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None),
    )  # fmt: skip


@dataclass
class Theatre:
    """The parts that tell, led second by second without their thread."""

    stage: Stage
    alarms: Alarms
    desk: IncidentDesk
    serial: int = 0

    def pass_by(self, seconds: float, *found: Any, primary: str | None = "nyc-1", views: bool = True) -> None:
        """So many seconds, each with a picture of these findings."""
        whole = max(1, round(seconds))
        for _ in range(whole):
            self.stage.seconds += seconds / whole
            if views:
                self.serial += 1
                view = picture(self.stage.now, *found, primary=primary, serial=self.serial)
                self.alarms.seen(view)
                self.desk.seen(view)
            self.alarms._round(self.stage.now)

    def ask(self, question: Message, person: str = "keller") -> Any:
        """The answer as a face gets it, over the wire's form."""
        answer = self.alarms.answer(question, person) or self.desk.answer(question, person)
        assert answer is not None
        return decode(encode(answer))[1]

    def open(self) -> list[str]:
        answer: Alerts = self.ask(AskAlerts())
        return [alert.sign.word for alert in answer.alerts]

    def incident(self) -> Incident | None:
        answer: Incidents = self.ask(AskIncidents())
        return answer.incidents[0] if answer.incidents else None

    def lines(self) -> tuple[IncidentLine, ...]:
        incident = self.incident()
        assert incident is not None
        seen: IncidentSeen = self.ask(AskIncident(incident=incident.id))
        return seen.lines


@contextmanager
def theatre(directory: Path, *, seconds: float = 0.0) -> Iterator[Theatre]:
    with stage(directory, seconds=seconds) as made:
        ways, desk = Ways(made.ground), IncidentDesk(made.ground)
        alarms = Alarms(made.ground, ways, desk)
        made.ground.board.signs = lambda cluster, now: (
            *alarms.signs(cluster, now), *(one for one in made.signs if one.cluster == cluster)
        )  # fmt: skip
        alarms._take_up(made.now)
        yield Theatre(made, alarms, desk)
