"""All that is known of one node at one moment: the evidence that verdicts are judged from."""

from dataclasses import dataclass, field

from console.domain.cluster import NodeSpec
from console.domain.reading import Books, Host, Moment, SqlContact, SshContact, Testimony, Vital
from console.domain.suspicion import Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class Lags:
    """How far a standby is behind the primary. Seconds are the console's own (safety.md 2); None: not known.

    `reply_age_seconds` is the way back: how old the standby's last reply is by its upstream's clock.
    """

    sent_bytes: int | None = None
    write_bytes: int | None = None
    flush_bytes: int | None = None
    replay_bytes: int | None = None
    flush_seconds: float | None = None
    replay_seconds: float | None = None
    beat_seconds: float | None = None
    entries: int | None = None
    reply_age_seconds: float | None = None
    upstream: str | None = None
    sync_state: str = ""
    sender_state: str = ""
    slot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one node said and did not say. A question that is out has the ticks at which it was asked."""

    spec: NodeSpec
    ssh: SshContact
    vital_contact: SqlContact
    books_contact: SqlContact
    beat_contact: SqlContact | None = None  # None: this node's heartbeat is not written by us
    vital: Vital | None = None
    books: Books | None = None
    host: Host | None = None
    earlier_host: Host | None = None  # the look before: death needs two, 200 ms apart
    vital_asked_ticks: float | None = None
    books_asked_ticks: float | None = None
    host_asked_ticks: float | None = None
    address: str | None = None
    disk_full_said: Moment | None = None  # the server refused the heartbeat for want of space
    identity_changed: str = ""  # which of machine, boot or system identifier is another than before
    void_ticks: float = float("-inf")  # our own clock stood still until here: silence before it is not the node's
    strip: tuple[int, ...] = ()
    lags: Lags = field(default_factory=Lags)
    suspicions: tuple[Suspicion, ...] = ()
    followed: str | None = None  # whom it follows, or was last seen to follow
    heard_ticks: float | None = None  # the latest moment at which it can have heard its upstream; None: not known
    timeline_seen: int | None = None  # the highest that it was seen on
    testimony: Testimony | None = None  # what it last said of the primary, asked on its own host
    witness_asked_ticks: float | None = None

    @property
    def name(self) -> str:
        return self.spec.name


def fresh(observation: Observation, now: Moment, seconds_max: float) -> Vital | None:
    """The vital reading, if it is young enough to be believed."""
    vital = observation.vital
    if vital is None or now.ticks - vital.at.ticks > seconds_max:
        return None
    return vital


def turned(before: Host | None, host: Host) -> bool:
    """Has the server ended, or do its stopped processes go on, since the look before? Then it is tried at once.

    What it last told us stands no more: one that refuses us, and is tried every few minutes, may have died meanwhile.
    """
    if before is None or not before.processes or host.processes is None:
        return False
    stopped, still = (any(p.state in "Tt" for p in look.processes or ()) for look in (before, host))
    return not host.processes or (stopped and not still)
