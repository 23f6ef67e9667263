"""Answers what faces ask: one small function a question."""

from typing import Protocol

from console.domain.cluster import Inventory
from console.domain.fleet import EngineView, Event, EventKind
from console.domain.reading import Moment
from console.engine.audit_answers import AuditAnswers, Governed
from console.engine.backup_answers import BackupAnswers, Backuping
from console.engine.books_answers import Bookkeeping, BooksAnswers
from console.engine.decisions import audited
from console.engine.fork_answers import ForkAnswers, Forking
from console.engine.freezing import Freezer
from console.engine.group_answers import GroupAnswers
from console.engine.persons import Persons
from console.engine.runs import Changes
from console.engine.vigil import Vigil
from console.link.governance import Freeze
from console.link.group import AskGroup, OrderGroup
from console.link.messages import (
    AcceptHostKey,
    AnswerPrompt,
    AskCard,
    AskChart,
    AskDiscovery,
    AskEngine,
    AskFleet,
    AskHostKeys,
    AskPrompts,
    ConfirmIdentity,
    Done,
    Fleet,
    GiveSecret,
    HostKeys,
    Message,
    NoteEvent,
    Refused,
    RemoveCluster,
    SaveClusters,
    StopEngine,
)
from console.monitor.discovery import discover
from console.monitor.poller import Poller
from console.ssh.hostkeys import HostKeyStore
from console.ssh.secrets import SecretKind, Secrets
from console.ssh.sessions import Sessions
from console.store.history import History
from console.store.inventory import Inventories
from console.store.trouble import StoreTrouble


class Asked(Governed, Bookkeeping, Forking, Backuping, Protocol):
    """What the answers need of the engine."""

    history: History | None
    inventories: Inventories | None
    inventory: Inventory
    host_keys: HostKeyStore
    persons: Persons
    poller: Poller
    secrets: Secrets
    sessions: Sessions
    changes: Changes | None
    vigil: Vigil | None
    freezer: Freezer | None

    def view(self) -> EngineView: ...

    def offers(self) -> HostKeys: ...

    def inventory_changed(self) -> None: ...

    def note(self, event: Event) -> None: ...

    def moment(self) -> Moment: ...

    def stop(self) -> None: ...


class Answers:
    """The engine's side of every question."""

    def __init__(self, engine: Asked) -> None:
        self._engine = engine
        self._governance = AuditAnswers(engine)
        self._group = GroupAnswers(engine)
        self._fork = ForkAnswers(engine)
        self._books = BooksAnswers(engine)
        self._backups = BackupAnswers(engine)

    def answer(self, question: Message, person: str) -> Message:
        """The answer to one question of a person, noted first if it changes something; Refused where there is none."""
        try:
            freezer = self._engine.freezer
            if freezer is not None and (halted := freezer.refused(question)) is not None:
                return halted
            return audited(question, person, self._engine, lambda: self._answer(question, person))
        except StoreTrouble as trouble:
            return Refused(reason="store-trouble", subject=trouble.where, detail=str(trouble))

    def _answer(self, question: Message, person: str) -> Message:
        """May raise StoreTrouble."""
        engine = self._engine
        match question:
            case AskEngine():
                return engine.view()
            case AskFleet():
                return Fleet(engine=engine.view(), clusters=engine.poller.views())
            case AskCard():
                return engine.poller.card(question.cluster, question.node) or _no_node(question)
            case AskChart():
                return self._chart(question)
            case AskDiscovery():
                return discover(question, engine.sessions, clock=engine.moment)
            case SaveClusters():
                return self._save(question)
            case RemoveCluster():
                return self._remove(question)
            case AskHostKeys():
                return engine.offers()
            case AcceptHostKey():
                return self._accept(question)
            case AskPrompts():
                return engine.persons.prompts()
            case AnswerPrompt():
                return self._prompt(question)
            case GiveSecret():
                return self._secret(question)
            case ConfirmIdentity():
                return self._confirm(question)
            case NoteEvent() if question.cluster and engine.inventory.cluster(question.cluster) is None:
                return Refused(reason="no-cluster", subject=question.cluster)
            case NoteEvent():
                engine.note(
                    Event(
                        at=engine.moment().utc, kind=EventKind.FAULT, cluster=question.cluster, node=question.node,
                        health="unknown", text=question.text,
                    )
                )  # fmt: skip
                return Done()
            case Freeze():
                freezer = engine.freezer
                return _no_store(engine) if freezer is None else freezer.turn(question, person)
            case StopEngine():
                engine.stop()
                return Done()
            case AskGroup() | OrderGroup():
                return self._group.answer(question, person)
            case _:
                told = self._governance.answer(question, person) or self._books.answer(question)
                told = told or self._fork.answer(question, person) or self._backups.answer(question, person)
                if told is None and engine.changes is not None:
                    told = engine.changes.answer(question, person)
                if told is None and engine.vigil is not None:
                    told = engine.vigil.answer(question, person)
                return told or Refused(reason="not-a-question", subject=type(question).__name__)

    def _chart(self, question: AskChart) -> Message:
        history = self._engine.history
        if history is None:
            return _no_store(self._engine)
        if not question.begin < question.end:
            return Refused(reason="no-time", subject=question.cluster, detail="the chart would end before it begins")
        return history.chart(
            cluster=question.cluster, begin=question.begin, end=question.end, points=question.points,
            node=question.node,
        )  # fmt: skip

    def _save(self, question: SaveClusters) -> Message:
        if self._engine.inventories is None:
            return _no_store(self._engine)
        self._engine.inventories.save(question.inventory.clusters, replace=question.replace)
        self._engine.inventory_changed()
        return Done()

    def _remove(self, question: RemoveCluster) -> Message:
        if self._engine.inventories is None:
            return _no_store(self._engine)
        if not self._engine.inventories.remove(question.cluster):
            return Refused(reason="no-cluster", subject=question.cluster)
        self._engine.inventory_changed()
        return Done()

    def _accept(self, question: AcceptHostKey) -> Message:
        try:
            accepted = self._engine.host_keys.accept(question.host, question.port, question.fingerprint)
        except OSError as error:
            return Refused(reason="host-key-not-stored", subject=question.host, detail=f"{error}")
        if not accepted:
            return Refused(reason="other-host-key", subject=question.host, detail=question.fingerprint)
        self._engine.poller.hurry()
        return Done()

    def _prompt(self, question: AnswerPrompt) -> Message:
        answer = self._engine.persons.answer(question)
        if isinstance(answer, Done):
            self._engine.poller.hurry()
        return answer

    def _secret(self, question: GiveSecret) -> Message:
        self._engine.secrets.remember(
            SecretKind(question.kind), question.subject, question.secret, keep=question.keep
        )
        self._engine.poller.hurry()
        return Done()

    def _confirm(self, question: ConfirmIdentity) -> Message:
        node = self._engine.poller.node(question.cluster, question.node)
        if node is None:
            return Refused(reason="no-node", subject=f"{question.cluster} {question.node}")
        node.confirm_identity()
        return Done()


def _no_node(question: AskCard) -> Refused:
    return Refused(reason="no-node", subject=f"{question.cluster} {question.node}")


def _no_store(engine: Asked) -> Refused:
    return Refused(reason="store-trouble", detail=engine.view().store_trouble)
