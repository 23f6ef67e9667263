"""Judges how a node can come back: where its history left the cluster's, what lies beyond, and which ways are open."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.domain.books_seals import TimelineEnd
from console.domain.wal import Lsn

FIRST_TIMELINE: Final = 1


class RejoinWay(Enum):
    """How a node comes back, the gentlest first."""

    ATTACH = "attach"  # its history is a prefix of the upstream's: it is started, or pointed there
    REWIND = "rewind"
    REBUILD = "rebuild"


class Relation(Enum):
    """How a node's WAL lies to the upstream's history."""

    PREFIX = "prefix"  # all that it holds is part of it
    BEYOND = "beyond"  # it holds WAL that the upstream's history does not
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One node's WAL: its newest timeline, how that came about, and where its WAL ends.

    `ends`: the timelines before the newest, each with where it was left; None: its history could not be read.
    """

    node: str
    timeline: int
    ends: tuple[TimelineEnd, ...] | None
    end: Lsn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkPoint:
    """Where two histories part. `at` None: they do not part, both are on the same timeline.

    `clash`: a timeline's number that stands for something else on either side.
    """

    timeline: int
    at: Lsn | None
    clash: int | None = None


@dataclass(frozen=True, slots=True)
class _Stretch:
    timeline: int
    begin: Lsn
    end: Lsn | None


def _stretches(side: Side) -> list[_Stretch]:
    found, begin = [], Lsn(0)
    for one in side.ends or ():
        found.append(_Stretch(one.timeline, begin, one.end))
        begin = one.end
    return [*found, _Stretch(side.timeline, begin, None)]


def fork_between(one: Side, other: Side) -> ForkPoint | None:
    """Where the histories of two sides part; None where a history is not known, or they have nothing in common."""
    if one.ends is None or other.ends is None:
        return None
    first, second = _stretches(one), _stretches(other)
    shared = 0
    for mine, theirs in zip(first, second, strict=False):
        if (mine.timeline, mine.begin) != (theirs.timeline, theirs.begin):
            break
        shared += 1
    if shared == 0:
        return None
    left = {stretch.timeline for stretch in first[shared:]}
    clashing = sorted(left & {stretch.timeline for stretch in second[shared:]})
    mine, theirs = first[shared - 1], second[shared - 1]
    known = [end for end in (mine.end, theirs.end) if end is not None]
    return ForkPoint(
        timeline=mine.timeline, at=min(known) if known else None, clash=clashing[0] if clashing else None
    )


def compared_up_to(node: Side, upstream: Side, fork: ForkPoint) -> Lsn | None:
    """Up to where the bytes of both have to be the same, on the fork's timeline. None: it can't be said."""
    limits = [fork.at]
    if node.timeline == fork.timeline:
        limits.append(node.end)
    if upstream.timeline == fork.timeline:
        limits.append(upstream.end)
    known = [limit for limit in limits if limit is not None]
    return min(known) if known and (fork.at is not None or len(known) > 1) else None


def relation_of(node: Side, upstream: Side, fork: ForkPoint | None) -> Relation:
    """How the node's WAL lies to the upstream's history, by numbers and positions alone."""
    if fork is None or node.end is None:
        return Relation.UNKNOWN
    if node.timeline != fork.timeline:
        return Relation.BEYOND  # it was promoted where the upstream's history went on otherwise
    limit = fork.at if fork.at is not None else upstream.end
    if limit is None:
        return Relation.UNKNOWN
    return Relation.PREFIX if node.end <= limit else Relation.BEYOND


def beyond_bytes(node: Side, fork: ForkPoint) -> int | None:
    """How much WAL lies beyond the fork; None where it is not known."""
    if node.end is None or fork.at is None:
        return None
    return max(0, node.end - fork.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class RejoinFacts:
    """What both nodes answered when a rejoin was asked for. None: it could not be found out.

    `same_content`: are the bytes of both equal right up to the fork; False: two histories under one number.
    `commits_beyond`: commits in the node's own WAL beyond the fork. `lacking_rights`: functions that a rewind needs and
    the login may not execute. `*_trouble`: why the login failed, PostgreSQL's own words; empty: it did not.
    `layout`: what keeps a copy from being laid beside the data: 'mount-point', 'tablespaces', 'wal-elsewhere', …
    """

    node: Side
    upstream: Side
    same_content: bool | None
    wal_back_to: Lsn | None  # the oldest WAL that the node still has in one piece, on the fork's timeline
    checkpoint_redo: Lsn | None  # of its latest checkpoint
    commits_beyond: int | None
    beyond_segments: int
    rewind_was_cut: bool
    archive_readable: bool
    full_page_writes: bool | None
    login_trouble: str
    rewind_login_trouble: str
    lacking_rights: tuple[str, ...]
    programs_missing: tuple[str, ...]
    layout: tuple[str, ...]
    source: str = ""  # whom a copy is taken from
    source_trouble: str = ""

    @property
    def fork(self) -> ForkPoint | None:
        return fork_between(self.node, self.upstream)

    @property
    def relation(self) -> Relation:
        return relation_of(self.node, self.upstream, self.fork)

    @property
    def parted(self) -> bool:
        """Is it proven that the upstream's history lacks something that this node wrote?"""
        fork = self.fork
        return self.relation is Relation.BEYOND or self.same_content is False or (
            fork is not None and fork.clash is not None
        )


def attach_hindrances(facts: RejoinFacts) -> tuple[str, ...]:
    """Why the node can't just follow; empty: it can. Kebab-case words."""
    found = []
    if facts.rewind_was_cut:
        found.append("rewind-was-cut")
    if facts.fork is None:
        found.append("history-unknown")
    elif facts.fork.clash is not None:
        found.append("two-histories")
    if facts.relation is not Relation.PREFIX:
        found.append("beyond-fork" if facts.relation is Relation.BEYOND else "wal-end-unknown")
    # Without the bytes at that place the upstream could not send what comes after it either.
    if facts.same_content is not True:
        found.append("two-histories" if facts.same_content is False else "wal-gone")
    return tuple(dict.fromkeys(found))


def rewind_hindrances(facts: RejoinFacts, *, hints: bool) -> tuple[str, ...]:
    """Why the node can't be rewound; empty: it can. `hints`: it has checksums or wal_log_hints. Kebab-case words."""
    found = []
    fork = facts.fork
    if facts.rewind_was_cut:
        found.append("rewind-was-cut")
    if fork is None:
        found.append("history-unknown")
    elif fork.clash is not None or facts.same_content is False or facts.node.timeline == facts.upstream.timeline:
        found.append("two-histories")
    elif facts.same_content is None:
        found.append("wal-gone")
    if facts.relation is Relation.PREFIX:
        found.append("nothing-to-rewind")
    if not hints:
        found.append("no-wal-hints")
    if facts.full_page_writes is False:
        found.append("no-full-page-writes")
    if facts.rewind_login_trouble:
        found.append("no-login")
    if facts.lacking_rights:
        found.append("no-rights")
    if "pg_rewind" in facts.programs_missing:
        found.append("no-program")
    if not _reaches_common_checkpoint(facts):
        found.append("wal-gone")
    return tuple(dict.fromkeys(found))


def _reaches_common_checkpoint(facts: RejoinFacts) -> bool:
    """Is the WAL there back to the last checkpoint before the fork, or can the archive give what lacks?"""
    fork = facts.fork
    if facts.archive_readable or fork is None or fork.at is None:
        return True
    if facts.wal_back_to is None:
        return False
    redo = facts.checkpoint_redo
    # A checkpoint after the fork says nothing of the one before it: then there must be WAL well before the fork.
    return facts.wal_back_to <= redo if redo is not None and redo <= fork.at else facts.wal_back_to < fork.at


def rebuild_hindrances(facts: RejoinFacts) -> tuple[str, ...]:
    """Why a new copy can't be made; empty: it can. Kebab-case words."""
    found = list(facts.layout)
    if facts.source_trouble:
        found.append("no-login")
    found += [f"no-program:{name}" for name in ("pg_basebackup", "pg_verifybackup") if name in facts.programs_missing]
    return tuple(found)
