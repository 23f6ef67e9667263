"""Answers what faces ask of a cluster under Patroni: its picture, and orders, followed until they are proven."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from console.domain.audit import AuditKind
from console.domain.cluster import Inventory, Manager
from console.domain.consensus import GroupView, judge_group, settings_of
from console.domain.group_orders import Objection, Order, Reply, Told, judge_says, objection
from console.domain.members import Looks
from console.domain.proofs import Held
from console.domain.reading import Moment
from console.governance.audit import AuditLog
from console.link.group import AskGroup, OrderEnded, OrderGroup, OrderOutcome
from console.link.messages import Message, Refused
from console.patroni import verbs
from console.patroni.place import PatroniAt
from console.recovery.group_looks import GroupLooks
from console.ssh.hosts import Hosts, Said, SshHosts
from console.ssh.sessions import Sessions
from console.store.trouble import StoreTrouble

PROOF_SECONDS_MAX: Final = 60.0
LOOK_AGAIN_SECONDS: Final = 0.3
REINITIALISED_SECONDS_MAX: Final = 3600.0  # a copy of a large database
RESTARTED_SECONDS_MAX: Final = 330.0
_ALLOWED: Final = frozenset({Order.RESTART, Order.REINITIALISE, Order.PAUSE, Order.RESUME})

log = logging.getLogger(__name__)


class Engine(Protocol):
    """What this needs of the engine."""

    inventory: Inventory
    sessions: Sessions
    audit: AuditLog | None

    def moment(self) -> Moment: ...


class GroupAnswers:
    """The engine's side of every question about Patroni."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pause = threading.Event()  # never set: it only waits
        self._guard = threading.Lock()
        self._busy: set[str] = set()

    def answer(self, question: AskGroup | OrderGroup, person: str) -> Message:
        """Refused where there is no such cluster, or none under Patroni."""
        spec = self._engine.inventory.cluster(question.cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        if spec.manager is not Manager.PATRONI:
            return Refused(reason="no-patroni", subject=question.cluster)
        hosts = SshHosts(spec, self._engine.sessions)
        try:
            looks = GroupLooks(spec, hosts, clock=self._engine.moment)
            if isinstance(question, AskGroup):
                return looks.picture(self._pause.wait)
            ended = self._one_order(question, looks, hosts)
            if isinstance(ended, OrderEnded):
                self._note(ended, person)
            return ended
        finally:
            hosts.close()

    def _one_order(self, question: OrderGroup, looks: GroupLooks, hosts: Hosts) -> Message:
        """One at a time in each cluster: the proof of one must not be the doing of another."""
        if question.order not in _ALLOWED:
            return Refused(reason="needs-a-plan", subject=question.cluster, detail=question.order.value)
        if question.node and question.node not in looks.places:
            return Refused(reason="no-node", subject=f"{question.cluster} {question.node}")
        if not question.node and question.order in (Order.RESTART, Order.REINITIALISE):
            return Refused(reason="no-node", subject=question.cluster)
        with self._guard:
            if question.cluster in self._busy:
                return Refused(reason="busy", subject=question.cluster)
            self._busy.add(question.cluster)
        try:
            return self._order(question, looks, hosts)
        finally:
            with self._guard:
                self._busy.discard(question.cluster)

    def _note(self, ended: OrderEnded, person: str) -> None:
        """How it ended, beside the decision that stands in the log already."""
        audit = self._engine.audit
        if audit is None:
            return
        proven = ended.outcome is OrderOutcome.PROVEN
        against = ended.objection.value if ended.objection is not None else ""
        told = f"{ended.told.way} {ended.told.status} {ended.told.text}" if ended.told is not None else ""
        detail = (("outcome", ended.outcome.value), ("against", against), ("told", told), ("seen", ended.observed))
        try:
            audit.note(
                AuditKind.PROOF if proven else AuditKind.REFUSAL, who=person, cluster=ended.cluster,
                subject=f"patroni-{ended.order.value}", detail=(("node", ended.node), *detail),
            )  # fmt: skip
        except StoreTrouble as trouble:
            log.error("the end of an order to Patroni could not be noted: %s", trouble)

    def _order(self, question: OrderGroup, looks: GroupLooks, hosts: Hosts) -> OrderEnded:
        began = self._engine.moment().ticks
        before = looks.picture(self._pause.wait)
        against = objection(question.order, question.node, before, discard=question.discard)
        at = _who(question, before, looks)
        if against is None and at is None:
            against = Objection.SILENT
        if against is not None or at is None:
            return OrderEnded(
                cluster=question.cluster, order=question.order, node=question.node, outcome=OrderOutcome.OBJECTED,
                seconds=self._engine.moment().ticks - began, view=before, objection=against,
            )  # fmt: skip
        request = _REQUESTS[question.order](at)
        sent = hosts.run(at.node, verbs.script(request), seconds_max=request.limit_seconds)
        told = _told(sent)
        held, after = self._follow(request, told, before, looks)
        outcome = OrderOutcome.PROVEN if held.holds else OrderOutcome.NOT_PROVEN
        if not held.holds and told.reply is Reply.REFUSED:
            outcome = OrderOutcome.REFUSED
        seen = judge_group(looks.spec.name, after, None, looks.names, self._engine.moment())
        return OrderEnded(
            cluster=question.cluster, order=question.order, node=question.node, outcome=outcome,
            seconds=self._engine.moment().ticks - began, view=seen, told=told, observed=held.observed,
            wanted=held.wanted,
        )  # fmt: skip

    def _follow(
        self, request: verbs.Request, told: Told, before: GroupView, looks: GroupLooks
    ) -> tuple[Held, Looks]:
        """Look until it is proven. What Patroni refused is looked at once: its word is no outcome either."""
        proof = verbs.proof(request, after=_before(request, before))
        deadline = self._engine.moment().ticks + _LIMITS.get(request.order, PROOF_SECONDS_MAX)
        while True:
            seen = looks.look()
            held = judge_says(proof, seen, looks.names)
            over = self._engine.moment().ticks >= deadline
            if held.holds or told.reply is Reply.REFUSED or over:
                return held, seen
            settings = settings_of(seen)
            # The group's loop is what everything waits for; more often than that there is nothing new.
            loop = settings.loop_seconds if settings is not None else 1
            self._pause.wait(min(1.0, max(LOOK_AGAIN_SECONDS, loop / 4)))


_REQUESTS: Final[Mapping[Order, Callable[[PatroniAt], verbs.Request]]] = {
    Order.RESTART: verbs.restart,
    Order.REINITIALISE: verbs.reinitialise,
    Order.PAUSE: verbs.pause,
    Order.RESUME: verbs.resume,
}
_LIMITS: Final[Mapping[Order, float]] = {
    Order.RESTART: RESTARTED_SECONDS_MAX,
    Order.REINITIALISE: REINITIALISED_SECONDS_MAX,
}


def _who(question: OrderGroup, view: GroupView, looks: GroupLooks) -> PatroniAt | None:
    """Whose Patroni is asked: the member's own; what is about all, the holder's, else any that answers."""
    if question.order in (Order.RESTART, Order.REINITIALISE):
        return looks.places[question.node]
    answering = [look.node for look in view.looks if look.own is not None]
    if view.holder in answering:
        return looks.places[view.holder]
    return looks.places[answering[0]] if answering else None


def _before(request: verbs.Request, view: GroupView) -> str:
    """The moment after which the server has to have begun: its own start as it was seen, by its own clock."""
    look = view.look(request.subject)
    own = look.own if look is not None else None
    return own.started_at.isoformat() if own is not None and own.started_at is not None else ""


def _told(sent: Said) -> Told:
    """How Patroni answered; a channel that was lost or came to its limit tells nothing."""
    if sent.refused:
        return Told(reply=Reply.REFUSED, way="ssh", status=0, text=sent.words())
    told = verbs.read_told(sent.stdout)
    if sent.status is None or sent.timed_out:
        return Told(reply=Reply.UNKNOWN, way=told.way, status=told.status, text=told.text or sent.words())
    return told
