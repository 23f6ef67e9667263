"""Whether a silent primary is dead by the word of its standbys: who was asked, who reaches it, and how many count."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.observation import Observation
from console.domain.quorum import SyncMethod, SyncPolicy, parse_sync
from console.domain.reading import Moment, Sight, SqlState, SshState, Testimony, Vital
from console.domain.suspicion import PHI_DOUBT, Channel, of_channel
from console.domain.verdict import Evidence, Guard, Level

HOST_SILENT_SECONDS: Final = 3.0  # with this much silence of a host, others are believed about it
HEARD_SECONDS_MIN: Final = 3.0  # a standby that heard its upstream within this time says that it lives
WITNESS_NOW_SECONDS: Final = 4.0  # a standby that was asked longer ago does not answer now
PENDING_SECONDS_MAX: Final = 5.0  # a question that is out so long was not answered
DOUBT_ROUNDS: Final = 2.2  # as much silence is a reason to ask others, however ragged the past was
ASKED_SECONDS_MIN: Final = 1.0  # a question that is out for less says nothing
ONE_MESSAGE_SECONDS: Final = 0.05  # two readings of one message, by clocks that are read one after the other
BROKEN_SECONDS: Final = 2.0  # a connection that ended is tried again at once; only then the host is silent
_DOUBTFUL: Final = (SqlState.SILENT, SqlState.SSH, SqlState.NO_SERVER, SqlState.CONNECTING)
_UNHEARD: Final = (SshState.SILENT, SshState.BROKEN)  # unresolved: nobody has tried to reach it


class Word(Enum):
    """What one standby's word comes to."""

    COUNTS = "counts"  # it answers now, has not heard the primary, and does not reach it
    HEARS = "hears"  # heard it within the last seconds
    REACHES = "reaches"  # a connection from its host came about, or was refused by the other host itself
    PENDING = "pending"  # asked, and not answered yet
    SILENT = "silent"  # does not answer us
    CASCADED = "cascaded"  # follows another node: its word counts for that one only
    UNTOLD = "untold"  # answers, and could not try, or not tell when it last heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a silent primary stands by its standbys' word. `level` WITNESSED, or None where it is not proven.

    `needed` of all standbys and `needed_listed` of the listed synchronous ones have to count.
    """

    primary: str
    level: Level | None
    silence_seconds: float | None  # of its host; None: the host is not silent
    needed: int
    needed_listed: int
    counted: tuple[str, ...]
    counted_listed: int
    words: tuple[tuple[str, Word], ...]
    evidence: tuple[Evidence, ...]


def silence_of(seen: Observation, now: Moment) -> float | None:
    """For how long a whole host has been silent to us; None where it is not, or where it speaks and keeps us out."""
    ssh = seen.ssh
    if ssh.state not in (*_UNHEARD, SshState.ANSWERS):
        return None
    readings = (seen.vital, seen.books, seen.host)
    since = max((r.at.ticks for r in readings if r is not None), default=float("-inf"))
    since = max(since, seen.void_ticks)
    if ssh.state is SshState.ANSWERS:
        # The connection stands: only questions that are out, to all that is asked there, are a silence.
        out = [seen.host_asked_ticks]
        if seen.spec.kind is NodeKind.POSTGRES and seen.vital_contact.state in (SqlState.ANSWERS, SqlState.BLOCKED):
            out.append(seen.vital_asked_ticks)
        if any(asked is None or now.ticks - asked < ASKED_SECONDS_MIN for asked in out):
            return None
    elif since == float("-inf"):
        since = ssh.since.ticks
    if ssh.state is SshState.BROKEN and now.ticks - ssh.since.ticks < BROKEN_SECONDS:
        return None
    silence = now.ticks - since
    return silence if silence > HOST_SILENT_SECONDS else None


def in_doubt(spec: ClusterSpec, nodes: Mapping[str, Observation], primary: str) -> bool:
    """Are the standbys to be asked about this primary? Not in quiet times: it is silent, or a standby lacks its WAL."""
    seen = nodes[primary]
    phi = of_channel(seen.suspicions, Channel.VITAL)
    if seen.ssh.state is not SshState.ANSWERS or seen.vital_contact.state in _DOUBTFUL:
        return True
    if phi is not None and (phi.phi >= PHI_DOUBT or phi.silence_seconds >= DOUBT_ROUNDS * spec.interval_seconds):
        return True
    for name in standbys_of(spec, primary):
        standby = nodes[name]
        behind = standby.lags.flush_seconds
        cut = standby.vital is not None and standby.vital.receiver is None
        if standby.followed == primary and (cut or (behind is not None and behind > HEARD_SECONDS_MIN)):
            return True
    return False


def standbys_of(spec: ClusterSpec, primary: str) -> tuple[str, ...]:
    """All standbys of the inventory, those that do not answer too."""
    return tuple(n.name for n in spec.nodes if n.kind is NodeKind.POSTGRES and n.name != primary)


def now_seconds_of(spec: ClusterSpec) -> float:
    """How old an answer may be that is called one of now."""
    return max(WITNESS_NOW_SECONDS, 2 * spec.interval_seconds)


def standing(spec: ClusterSpec, nodes: Mapping[str, Observation], primary: str, now: Moment) -> Standing:
    """How the primary stands, by the row 'witnessed' of safety.md 1.

    Witnessed: its host is silent; of the n listed synchronous standbys at least n - k + 1, and of all standbys half,
    answer now, last heard it more than 3 s ago, and reach from their hosts neither its replication address nor its
    SSH port. One that hears or reaches it outweighs all others; a question that is still out is waited for.
    """
    seen = nodes[primary]
    silence = silence_of(seen, now)
    all_of_them = standbys_of(spec, primary)
    words = tuple((name, word_of(spec, nodes[name], seen, now)) for name in all_of_them)
    counted = tuple(name for name, word in words if word is Word.COUNTS)
    policy = _policy(seen)
    listed = [name for name in counted if policy is not None and _listed(nodes, name, seen, policy)]
    needed = max(1, (len(all_of_them) + 1) // 2)
    needed_listed = 0 if policy is None else _overlap(policy, len(all_of_them))
    alive = any(word in (Word.HEARS, Word.REACHES, Word.PENDING) for _, word in words)
    # Without any reading since our own sleep there is no evidence of this primary at all (safety.md 2).
    known = seen.vital is not None and not seen.vital.in_recovery and not seen.identity_changed
    proven = (
        silence is not None and known and not alive and len(counted) >= needed and len(listed) >= needed_listed
    )
    return Standing(
        primary=primary, level=Level.WITNESSED if proven else None, silence_seconds=silence, needed=needed,
        needed_listed=needed_listed, counted=counted, counted_listed=len(listed), words=words,
        evidence=_evidence(nodes, primary, words, (len(counted), needed), (len(listed), needed_listed), silence, now),
    )  # fmt: skip


def word_of(spec: ClusterSpec, witness: Observation, primary: Observation, now: Moment) -> Word:
    """What this standby's word about this primary comes to, now."""
    vital, limit = witness.vital, now_seconds_of(spec)
    answers = witness.vital_contact.state in (SqlState.ANSWERS, SqlState.BLOCKED)
    if vital is None or not answers or now.ticks - vital.at.ticks > limit or witness.identity_changed:
        return Word.SILENT
    if not vital.in_recovery or witness.followed != primary.name:
        return Word.CASCADED
    if primary.vital is not None and vital.system_identifier != primary.vital.system_identifier:
        return Word.CASCADED
    heard = witness.heard_ticks
    if heard is None:
        return Word.UNTOLD
    if vital.at.ticks - heard <= HEARD_SECONDS_MIN:
        return Word.HEARS
    return _by_testimony(spec, witness, primary, now)


def _by_testimony(spec: ClusterSpec, witness: Observation, primary: Observation, now: Moment) -> Word:
    testimony = fresh_testimony(spec, witness, primary, now)
    if testimony is None:
        asked = witness.witness_asked_ticks
        waits = asked is not None and now.ticks - asked <= PENDING_SECONDS_MAX
        return Word.PENDING if waits else Word.UNTOLD
    if Sight.REACHED in testimony.sights or Sight.REFUSED in testimony.sights:
        return Word.REACHES
    return Word.COUNTS if set(testimony.sights) == {Sight.SILENT} else Word.UNTOLD


def fresh_testimony(
    spec: ClusterSpec, witness: Observation, primary: Observation, now: Moment
) -> Testimony | None:
    """What the witness said of this primary, if it was asked after the primary's last sign of life, and just now."""
    testimony = witness.testimony
    if testimony is None or testimony.about != primary.name:
        return None
    if now.ticks - testimony.at.ticks > now_seconds_of(spec) or testimony.asked_ticks < witness.void_ticks:
        return None
    signs = [r.at.ticks for r in (primary.vital, primary.books, primary.host) if r is not None]
    return testimony if testimony.asked_ticks > max(signs, default=float("-inf")) else None


def isolated_evidence(
    spec: ClusterSpec, nodes: Mapping[str, Observation], primary: str, now: Moment
) -> tuple[Evidence, ...]:
    """Evidence that a primary that answers us is reached by none of its standbys; empty where that is not so.

    At least half of all standbys must say so, and no directly attached one may hear or reach it.
    """
    found: list[Evidence] = []
    standbys = standbys_of(spec, primary)
    for name in standbys:
        seen = nodes[name]
        vital, testimony = seen.vital, seen.testimony
        if vital is None or seen.followed != primary or now.ticks - vital.at.ticks > now_seconds_of(spec):
            continue
        if seen.heard_ticks is None or vital.at.ticks - seen.heard_ticks <= HEARD_SECONDS_MIN:
            return ()
        if testimony is None or testimony.about != primary or testimony.at.ticks < now.ticks - now_seconds_of(spec):
            return ()
        if testimony.server is not Sight.SILENT:
            return ()
        found += _rows(name, seen, testimony)
    count = sum(1 for row in found if row.guard is Guard.REACHES_SERVER)
    return tuple(found) if count and 2 * count >= len(standbys) else ()


def heard_after(before: Observation, seen: Observation, heard_ticks: float | None) -> float | None:
    """The latest moment at which this standby can have heard its upstream, from what was known of it and a new answer.

    By the standby's own clock where its receiver runs. Where it runs no more, it may have heard up to the answer in
    which that was first seen. None where its role may not see it, or it is no standby.
    """
    vital = seen.vital
    if vital is None or not vital.in_recovery or not vital.may_see_all:
        return None
    receiver = vital.receiver
    if receiver is not None:
        return _heard_by_clock(before, vital, heard_ticks)
    was = before.vital
    if was is not None and was.receiver is None and heard_ticks is not None:
        return heard_ticks
    return vital.at.ticks


def _heard_by_clock(before: Observation, vital: Vital, heard_ticks: float | None) -> float | None:
    """When the receiver heard last, by the standby's clock; that may be set in either direction between two answers.

    The same message as in the answer before was heard when it was said to be then; another one came after that answer.
    """
    age = vital.receiver.heard_age_seconds if vital.receiver is not None else None
    if age is None:
        return None
    by_clock, was = vital.at.ticks - max(0.0, age), before.vital
    before_age = was.receiver.heard_age_seconds if was is not None and was.receiver is not None else None
    if was is None or before_age is None or heard_ticks is None:
        return by_clock
    apart = (vital.clock - was.clock).total_seconds() - age + before_age  # of the two messages, by that clock
    return heard_ticks if abs(apart) < ONE_MESSAGE_SECONDS else max(by_clock, was.at.ticks)


def _policy(seen: Observation) -> SyncPolicy | None:
    vital = seen.vital
    if vital is None:
        return None
    try:
        return parse_sync(vital.synchronous_names)
    except ValueError:
        return _UNREADABLE


# A list that is not understood: somebody is on it, and nobody can be shown to be.
_UNREADABLE: Final = SyncPolicy(method=SyncMethod.ANY, count=1, names=("\0",))


def _overlap(policy: SyncPolicy, standbys: int) -> int:
    """n - k + 1 of the listed; where '*' lists them all, of all standbys."""
    overlap = policy.overlap_count
    return max(1, standbys - policy.count + 1) if overlap is None else overlap


def _plain(name: str) -> str:
    return name.replace("-", "_").lower()


def _listed(nodes: Mapping[str, Observation], name: str, primary: Observation, policy: SyncPolicy) -> bool:
    """Is this standby on the list, by the name under which the primary knows it, or by its own?"""
    if "*" in policy.names:
        return True
    names = {_plain(one) for one in policy.names}
    bears = {_plain(name)}
    address = nodes[name].address
    senders = primary.vital.senders if primary.vital is not None else ()
    at = [s for s in senders if address and s.address == address]
    if len(at) == 1:
        bears.add(_plain(at[0].name))
    return bool(bears & names)


def _evidence(
    nodes: Mapping[str, Observation], primary: str, words: tuple[tuple[str, Word], ...], all_counted: tuple[int, int],
    listed: tuple[int, int], silence: float | None, now: Moment,
) -> tuple[Evidence, ...]:  # fmt: skip
    found: list[Evidence] = []
    if silence is not None:
        found.append(
            Evidence(guard=Guard.HOST_SILENCE_SECONDS, observed=round(silence, 1), source=f"{primary}: SSH",
                     at=now.utc, threshold=HOST_SILENT_SECONDS)
        )  # fmt: skip
    found += [
        Evidence(guard=Guard.WITNESSES, observed=all_counted[0], threshold=all_counted[1], source="console", at=now.utc)
    ]
    if listed[1]:
        found += [
            Evidence(guard=Guard.LISTED_WITNESSES, observed=listed[0], threshold=listed[1], at=now.utc,
                     source=f"{primary}: synchronous_standby_names, when it last answered")
        ]  # fmt: skip
    for name, word in words:
        seen, testimony = nodes[name], nodes[name].testimony
        if word in (Word.SILENT, Word.CASCADED):
            found.append(Evidence(guard=Guard.RECEIVER, observed=word.value, source=f"{name}: not counted", at=now.utc))
        else:
            found += _rows(name, seen, testimony if testimony is not None and testimony.about == primary else None)
    return tuple(found)


def _rows(name: str, seen: Observation, testimony: Testimony | None) -> list[Evidence]:
    """What one standby says: since when it has heard nothing, and what it reaches."""
    found: list[Evidence] = []
    vital = seen.vital
    if vital is not None and seen.heard_ticks is not None:
        found.append(
            Evidence(guard=Guard.RECEIVER_HEARD_SECONDS, observed=round(vital.at.ticks - seen.heard_ticks, 1),
                     source=f"{name}: pg_stat_wal_receiver", at=vital.at.utc, threshold=HEARD_SECONDS_MIN)
        )  # fmt: skip
    if testimony is not None:
        at = testimony.at.utc
        found += [
            Evidence(guard=Guard.REACHES_SERVER, observed=testimony.server.value, at=at,
                     source=f"{name}: connect {testimony.server_address}"),
            Evidence(guard=Guard.READY, observed=testimony.ready.value, at=at,
                     source=f"{name}: pg_isready {testimony.server_address}"),
            Evidence(guard=Guard.REACHES_SSH, observed=testimony.ssh.value, at=at,
                     source=f"{name}: connect {testimony.ssh_address}"),
        ]  # fmt: skip
    return found
