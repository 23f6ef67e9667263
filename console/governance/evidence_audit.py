"""The audit log's part of an evidence pack: the entries of a run or drill as an unbroken piece of the chain."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from console.domain.audit import Anchor, AuditEntry, ChainCheck, UnreadableEntry, canonical_bytes
from console.domain.audit_file import anchor_line, line_of
from console.domain.evidence import Lack
from console.link.messages import encode_json

EXCERPT_MAX: Final = 5_000  # entries; beyond that only those of the run itself
ENTRIES: Final = "audit/excerpt.jsonl"
HASHED: Final = "audit/hashed.jsonl"
HASHES: Final = "audit/hashes.txt"
ANCHORS: Final = "audit/anchors.jsonl"
CHECK: Final = "audit/chain.json"
BETWEEN: Final = "audit entries between those of the run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """`own`: entries of the run or drill. `piece`: they and all between them; shorter where there are too many."""

    own: tuple[AuditEntry, ...]
    piece: tuple[AuditEntry, ...]
    whole: bool
    unreadable: str = ""


def excerpt_of(entries: Iterable[AuditEntry], wanted: Callable[[AuditEntry], bool]) -> Excerpt:
    """One pass over the log, from its beginning; it ends at the first entry that can't be read, and says so."""
    own: list[AuditEntry] = []
    piece: list[AuditEntry] = []
    between: list[AuditEntry] = []
    whole, over, unreadable = True, False, ""
    try:
        for entry in entries:
            if wanted(entry):
                own.append(entry)
                piece += [*between, entry]
                whole, between = whole and not over, []
            elif own and not over:
                between.append(entry)
                if len(piece) + len(between) > EXCERPT_MAX:
                    over, between = True, []  # it counts only where another one of the run's own follows
    except UnreadableEntry as error:
        unreadable = f"{error}"
    return Excerpt(own=tuple(own), piece=tuple(piece), whole=whole, unreadable=unreadable)


def audit_files(
    excerpt: Excerpt, check: ChainCheck, anchors: tuple[Anchor, ...]
) -> tuple[dict[str, bytes], list[Lack]]:  # fmt: skip
    """The excerpt as `audit export` writes entries, what of each is hashed, its hashes, the anchors, and the check."""
    lacks = []
    files = {
        ENTRIES: b"".join(line_of(entry) for entry in excerpt.piece),
        HASHED: b"".join(canonical_bytes(entry) + b"\n" for entry in excerpt.piece),
        HASHES: b"".join(entry.hash.encode() + b"\n" for entry in excerpt.piece),
        ANCHORS: b"".join(anchor_line(anchor) for anchor in anchors),
        CHECK: encode_json(check) + b"\n",
    }
    if not excerpt.own:
        lacks.append(Lack(what="audit excerpt", why="record-gone", detail="no entry names it"))
    if not excerpt.whole:
        lacks.append(Lack(what=BETWEEN, why="over-limit",
                          detail=f"more than {EXCERPT_MAX}"))  # fmt: skip
    if excerpt.unreadable:
        lacks.append(Lack(what="audit entries after the one that can't be read", why="unreadable",
                          detail=excerpt.unreadable))  # fmt: skip
    if check.broken is not None:
        broken = check.broken
        lacks.append(Lack(
            what="whole audit log", why=broken.fault.value,
            detail=f"broken at place {broken.place}; its first {check.entries} entries are whole",
        ))  # fmt: skip
    if not anchors:
        lacks.append(Lack(what="audit anchors", why="record-gone"))
    return files, lacks
