"""Answers what faces ask about books."""

from typing import Protocol

from console.domain.cluster import ClusterSpec, Inventory, NodeKind
from console.domain.ledger_mapping import LedgerMapping
from console.engine.sealing import BooksKeeper
from console.link.books import AskBooks, Books, MappingTried, SealBooks, TryMapping
from console.link.messages import Message, Refused
from console.recovery.books_door import BooksTrouble


class Bookkeeping(Protocol):
    """What these answers need of the engine."""

    inventory: Inventory
    books: BooksKeeper


class BooksAnswers:
    """The engine's side of the questions about books."""

    def __init__(self, engine: Bookkeeping) -> None:
        self._engine = engine

    def answer(self, question: Message) -> Message | None:
        """The answer; None where it is no question about books. May raise StoreTrouble."""
        match question:
            case AskBooks():
                return self._prove(question)
            case SealBooks():
                return self._seal(question)
            case TryMapping():
                return self._try(question)
            case _:
                return None

    def _ledger(self, cluster: str) -> tuple[ClusterSpec, LedgerMapping] | Refused:
        spec = self._engine.inventory.cluster(cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=cluster)
        mapping = spec.ledger_mapping
        if mapping is None:
            return Refused(reason="no-ledger", subject=cluster)
        return spec, mapping

    def _prove(self, question: AskBooks) -> Message:
        ledger = self._ledger(question.cluster)
        if isinstance(ledger, Refused):
            return ledger
        spec, mapping = ledger
        nodes = _servers(spec)
        if question.node is not None:
            if question.node not in nodes:
                return Refused(reason="no-node", subject=f"{question.cluster} {question.node}")
            nodes = (question.node,)
        return Books(proof=self._engine.books.prove(spec, mapping, nodes, full=question.full))

    def _seal(self, question: SealBooks) -> Message:
        ledger = self._ledger(question.cluster)
        if isinstance(ledger, Refused):
            return ledger
        spec, mapping = ledger
        node = self._engine.books.primary_of(question.cluster)
        if node is None:
            return Refused(reason="no-primary", subject=question.cluster)
        try:
            return self._engine.books.seal(spec, mapping, node)
        except BooksTrouble as trouble:
            return Refused(reason="books-not-sealed", subject=node, detail=f"{trouble}")

    def _try(self, question: TryMapping) -> Message:
        spec = self._engine.inventory.cluster(question.cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        node = question.node or self._engine.books.primary_of(question.cluster)
        if node is None:
            return Refused(reason="no-primary", subject=question.cluster)
        if node not in _servers(spec):
            return Refused(reason="no-node", subject=f"{question.cluster} {node}")
        return MappingTried(trial=self._engine.books.try_out(spec, question.mapping, node))


def _servers(spec: ClusterSpec) -> tuple[str, ...]:
    return tuple(node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES)
