"""Tries a mapping out on a real node, before anybody saves it: it reads, explains, and changes nothing."""

from console.domain.books import MappingTrial
from console.domain.books_judging import abilities_of
from console.domain.ledger_mapping import LedgerMapping, mapping_mistakes
from console.postgres import books_readers as readers
from console.recovery.books_door import BooksDoor, BooksSession, BooksTrouble
from console.recovery.books_node import QUICK_SECONDS_MAX, TALLY_SECONDS_MAX, begin, readable
from console.recovery.books_proof import horizon_of


def try_mapping(node: str, *, mapping: LedgerMapping, door: BooksDoor) -> MappingTrial:
    """What the mapping finds on this node. A misfit is in the answer, with its reason; nothing is raised."""
    wrong = mapping_mistakes(mapping)
    if wrong:
        detail = "; ".join(f"{key}: {what}" for key, what in wrong)
        return MappingTrial(node=node, reason="mapping-unfit", detail=detail)
    try:
        session = door.open(node)
    except BooksTrouble as trouble:
        return MappingTrial(node=node, reason=trouble.reason, detail=trouble.detail)
    try:
        return _tried(node, mapping, session)
    except BooksTrouble as trouble:
        return MappingTrial(node=node, reason=trouble.reason, detail=trouble.detail)
    finally:
        session.close()


def _tried(node: str, mapping: LedgerMapping, session: BooksSession) -> MappingTrial:
    """Every question of a proof is asked once, the block question of the last block alone."""
    sql = begin(session, mapping)
    head = readable(session, sql.head(), readers.read_head, seconds_max=QUICK_SECONDS_MAX)
    example: tuple[str, ...] = ()
    for origin in head.origins:
        if not origin.top:
            continue
        horizon = horizon_of(mapping, [(head, origin)])
        low = max(1, origin.top - 99)
        readable(
            session, sql.blocks(origin.origin, low, origin.top, horizon),
            lambda line, low=low, top=origin.top: readers.read_blocks(line, low=low, high=top),  # type: ignore[misc]
            seconds_max=QUICK_SECONDS_MAX,
        )  # fmt: skip
        readable(session, sql.tally(origin.origin, origin.top, horizon), readers.read_tally,
                 seconds_max=TALLY_SECONDS_MAX)  # fmt: skip
        if not example:
            sql_text = sql.example(origin.origin)
            example = readable(session, sql_text, readers.read_example, seconds_max=QUICK_SECONDS_MAX)
    return MappingTrial(
        node=node, heads=head.origins, example=example, kinds=sql.shape.kinds, abilities=abilities_of(mapping)
    )
