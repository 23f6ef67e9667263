"""The verdict of one node: pure, from what it said and did not say."""

from dataclasses import dataclass
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind, Promises
from console.domain.observation import Observation, fresh
from console.domain.reading import ControlState, Host, Moment, Refusal, SqlContact, SqlState, SshState
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health, Level, Scalar, Verdict, ordered, worst

VITAL_SILENCE_SECONDS_MAX: Final = 5.0  # a round on a slow link may take 3 s
HOST_SILENCE_SECONDS_MAX: Final = 8.0
LOOKS_APART_SECONDS_MIN: Final = 0.2
BROKEN_SECONDS_MAX: Final = 2.0  # a connection that broke is tried again at once; only then is it called cut off
FRESH_ROUNDS: Final = 3
REPLY_AGE_SECONDS_MAX: Final = 25.0  # wal_receiver_status_interval is 10 s by default
HEARD_AGE_SECONDS_MAX: Final = 40.0  # an idle sender speaks at half of wal_sender_timeout, 30 s by default
DISK_FULL_BYTES: Final = 16 * 1024 * 1024  # less than one WAL segment
DISK_FULL_SAID_SECONDS: Final = 15.0

_KEEPS_US_OUT: Final = {
    SshState.HOST_KEY_UNKNOWN: Cause.HOST_KEY_UNKNOWN,
    SshState.HOST_KEY_CHANGED: Cause.HOST_KEY_CHANGED,
    SshState.AUTHENTICATION: Cause.AUTHENTICATION,
    SshState.ASKS: Cause.ASKS,
    SshState.KEY_MISSING: Cause.KEY_MISSING,
}
_NOT_READABLE: Final = {
    SqlState.UNREADABLE: Cause.UNREADABLE,
    SqlState.NO_PROGRAM: Cause.NO_PROGRAM,
    SqlState.SUDO_REFUSED: Cause.SUDO_REFUSED,
    SqlState.NO_RIGHTS: Cause.NO_RIGHTS,
}
_PASSING: Final = {
    Refusal.STARTING: Cause.STARTING,
    Refusal.RECOVERING: Cause.STARTING,
    Refusal.SHUTTING_DOWN: Cause.STOPPING,
}
_STANDBY_DIED: Final = (ControlState.IN_PRODUCTION, ControlState.IN_RECOVERY)  # promoted a moment before, or not
_SHUT_DOWN: Final = (ControlState.SHUT_DOWN, ControlState.SHUT_DOWN_IN_RECOVERY)


@dataclass(frozen=True, slots=True)
class _Case:
    """What every rule is given."""

    seen: Observation
    promises: Promises
    fresh_seconds: float
    now: Moment

    def evidence(self, guard: Guard, observed: Scalar, how: str, *, at: Moment, threshold: Scalar = None) -> Evidence:
        source = f"{self.seen.name}: {how}"
        return Evidence(guard=guard, observed=observed, source=source, at=at.utc, threshold=threshold)

    def finding(
        self, cause: Cause, health: Health, *evidence: Evidence, detail: str = "", level: Level | None = None,
        observed: Scalar = None, limit: Scalar = None,
    ) -> Finding:  # fmt: skip
        return Finding(
            cause=cause, health=health, node=self.seen.name, level=level, observed=observed, limit=limit,
            detail=detail, evidence=evidence,
        )  # fmt: skip


def fresh_seconds_of(spec: ClusterSpec) -> float:
    """How old a vital reading may be and still be believed."""
    return max(FRESH_ROUNDS * spec.interval_seconds, VITAL_SILENCE_SECONDS_MAX)


def judge_node(seen: Observation, *, spec: ClusterSpec, now: Moment) -> Verdict:
    """The verdict of one node, with its evidence; the first finding is what to act on first."""
    case = _Case(seen, spec.promises, fresh_seconds_of(spec), now)
    findings = _reach(case)
    if not findings and seen.spec.kind is NodeKind.POSTGRES:
        findings = [*_server(case), *_disk(case)]
        vital = fresh(seen, now, case.fresh_seconds)
        if vital is not None and seen.vital_contact.state is SqlState.ANSWERS:
            findings += _replication(case) + _slots(case) + _side_matters(case)
    elif not findings:
        findings = _backup_host(case)
    if seen.identity_changed:
        how = case.evidence(Guard.MACHINE, seen.identity_changed, "identity of each round", at=now)
        findings.append(case.finding(Cause.IDENTITY_CHANGED, Health.UNKNOWN, how, detail=seen.identity_changed))
    in_order = ordered(tuple(findings))
    return Verdict(health=worst(tuple(f.health for f in in_order)), findings=in_order)


def _reach(case: _Case) -> list[Finding]:
    """Can the host be asked at all?"""
    ssh = case.seen.ssh
    state = ssh.state
    if state is SshState.ANSWERS:
        asked = case.seen.host_asked_ticks
        silence = 0.0 if asked is None else case.now.ticks - asked
        unheard = fresh(case.seen, case.now, case.fresh_seconds) is None
        if silence > HOST_SILENCE_SECONDS_MAX and unheard:
            how = case.evidence(
                Guard.HOST_SILENCE_SECONDS, round(silence, 1), "sh over SSH", at=case.now,
                threshold=HOST_SILENCE_SECONDS_MAX,
            )  # fmt: skip
            return [case.finding(Cause.CUT_OFF, Health.UNKNOWN, how, observed=_silence(case), level=Level.SUSPECTED)]
        return []
    how = case.evidence(Guard.SSH, state.value, "SSH", at=ssh.since)
    if state is SshState.CONNECTING:
        return [case.finding(Cause.NOT_ASKED, Health.UNKNOWN, how)]
    if state in _KEEPS_US_OUT:
        more = () if ssh.fingerprint is None else (case.evidence(Guard.HOST_KEY, ssh.fingerprint, "SSH", at=ssh.since),)
        return [case.finding(_KEEPS_US_OUT[state], Health.UNKNOWN, how, *more, detail=ssh.detail)]
    if state is SshState.BROKEN and case.now.ticks - ssh.since.ticks < BROKEN_SECONDS_MAX:
        return []
    observed = _silence(case)
    return [
        case.finding(Cause.CUT_OFF, Health.UNKNOWN, how, detail=ssh.detail, observed=observed, level=Level.SUSPECTED)
    ]


def _silence(case: _Case) -> float | None:
    """Seconds since the node last said anything."""
    last = [r.at.ticks for r in (case.seen.vital, case.seen.host) if r is not None]
    return None if not last else round(case.now.ticks - max(last), 1)


def _looks_since(case: _Case) -> tuple[Host, ...]:
    """The looks at the host that are younger than the last sign of life, oldest first."""
    vital = case.seen.vital
    alive = vital.at.ticks if vital is not None else float("-inf")
    looks = (case.seen.earlier_host, case.seen.host)
    return tuple(look for look in looks if look is not None and look.at.ticks > alive)


def _server(case: _Case) -> list[Finding]:
    """Is the server there, and does it answer?"""
    contact = case.seen.vital_contact
    match contact.state:
        case SqlState.ANSWERS | SqlState.BLOCKED:
            return _late(case)
        case SqlState.CONNECTING | SqlState.SSH:
            late = _late(case)
            if late:
                return late
            if fresh(case.seen, case.now, case.fresh_seconds) is not None:
                return []
            how = case.evidence(Guard.POSTGRES, contact.state.value, "psql", at=contact.since)
            cause = Cause.NOT_ASKED if case.seen.vital is None else Cause.STALE
            return [case.finding(cause, Health.UNKNOWN, how, observed=_silence(case))]
        case SqlState.NO_SERVER:
            return [_gone(case, contact)]
        case SqlState.REFUSES:
            return [_refuses(case, contact)]
        case SqlState.SILENT:
            return _late(case) or [_hung(case, contact)]
        case SqlState.UNREADABLE | SqlState.NO_PROGRAM | SqlState.SUDO_REFUSED | SqlState.NO_RIGHTS:
            how = case.evidence(Guard.POSTGRES, contact.state.value, "psql", at=contact.since)
            return [case.finding(_NOT_READABLE[contact.state], Health.UNKNOWN, how, detail=contact.detail)]


def _postgres_evidence(case: _Case, contact: SqlContact) -> Evidence:
    observed = contact.state.value if contact.refusal is None else contact.refusal.value
    return case.evidence(Guard.POSTGRES, observed, "psql", at=contact.since)


def _looks_evidence(case: _Case, looks: tuple[Host, ...]) -> tuple[Evidence, ...]:
    rows: list[Evidence] = []
    for look in looks:
        if look.processes is not None:
            rows.append(case.evidence(Guard.PROCESSES, len(look.processes), "ls /proc/*/cwd", at=look.at, threshold=0))
    last = looks[-1]
    if last.control_state is not None:
        rows.append(case.evidence(Guard.CONTROL_FILE, last.control_state.value, "pg_controldata", at=last.at))
    return tuple(rows)


def _gone(case: _Case, contact: SqlContact) -> Finding:
    """Nobody listens: killed, stopped by somebody, or not to be told."""
    said = _postgres_evidence(case, contact)
    looks = _looks_since(case)
    if not looks or looks[-1].processes is None:
        return case.finding(Cause.NO_SERVER, Health.LOST, said, detail=contact.detail, level=Level.SUSPECTED)
    rows = (said, *_looks_evidence(case, looks))
    last = looks[-1]
    processes = last.processes or ()
    if last.postmaster_alive or any(p.pid == last.postmaster_pid for p in processes):
        return case.finding(Cause.NO_SERVER, Health.LOST, *rows, detail=contact.detail, level=Level.SUSPECTED)
    if last.control_state in _SHUT_DOWN and not processes:
        return case.finding(Cause.STOPPED, Health.LOST, *rows, level=Level.STOPPED)
    if last.control_state is None or last.control_state is ControlState.UNKNOWN:
        return case.finding(Cause.NO_SERVER, Health.LOST, *rows, detail=contact.detail, level=Level.SUSPECTED)
    empty = [look for look in looks if look.processes == ()]
    apart = empty[-1].at.ticks - empty[0].at.ticks if empty else 0.0
    hard = not processes and len(empty) > 1 and apart >= LOOKS_APART_SECONDS_MIN and _same_server(case, last)
    apart_row = case.evidence(
        Guard.LOOKS, round(apart, 2), "time between the looks", at=last.at, threshold=LOOKS_APART_SECONDS_MIN
    )
    return case.finding(
        Cause.POSTMASTER_KILLED, Health.LOST, *rows, apart_row, level=Level.HARD if hard else None,
        observed=len(processes), detail=contact.detail,
    )  # fmt: skip


def _same_server(case: _Case, look: Host) -> bool:
    """Do the looks speak of the very server that answered before? Without that a death is not proven (safety.md 1)."""
    vital = case.seen.vital
    return (
        vital is not None
        and not case.seen.identity_changed
        and look.control_system_identifier == vital.system_identifier
        # A primary's says 'in production'; the other state is a standby's, whose loss degrades and loses nothing.
        and look.control_state in (_STANDBY_DIED if vital.in_recovery else (ControlState.IN_PRODUCTION,))
    )


def _refuses(case: _Case, contact: SqlContact) -> Finding:
    """It is there and says no: coming up and going down nobody is served, any other no is meant for us alone."""
    said = _postgres_evidence(case, contact)
    cause = _PASSING.get(contact.refusal, Cause.REFUSING) if contact.refusal is not None else Cause.REFUSING
    health = Health.UNKNOWN if cause is Cause.REFUSING else Health.LOST
    return case.finding(cause, health, said, detail=contact.detail, level=Level.REFUSING)


def _late(case: _Case) -> list[Finding]:
    """A question is out for too long, while the host answers."""
    seen, now = case.seen, case.now
    asked = seen.vital_asked_ticks
    if asked is None:
        asking = seen.vital_contact.state in (SqlState.ANSWERS, SqlState.BLOCKED)
        if asking and fresh(seen, now, case.fresh_seconds) is None:
            out, limit = _silence(case), case.fresh_seconds
            how = case.evidence(Guard.VITAL_SILENCE_SECONDS, out, "psql", at=now, threshold=limit)
            return [case.finding(Cause.STALE, Health.UNKNOWN, how, observed=out, limit=limit)]
        return []
    frozen = _frozen(case)
    if frozen is not None:
        return [frozen]
    if now.ticks - max(asked, seen.void_ticks) <= VITAL_SILENCE_SECONDS_MAX:
        return []
    books = seen.books_asked_ticks
    late = books is not None and now.ticks - max(books, seen.void_ticks) > VITAL_SILENCE_SECONDS_MAX
    # A server hangs while its host answers: where that was not heard since, it may as well be cut off.
    host_answers = seen.host is not None and seen.host.at.ticks > asked
    if host_answers and (late or seen.books_contact.state is not SqlState.ANSWERS):
        return [_hung(case, seen.vital_contact)]
    # One session alone is no evidence against a server that answers over another.
    rows, limit = _silences(case), VITAL_SILENCE_SECONDS_MAX
    return [case.finding(Cause.STALE, Health.UNKNOWN, *rows, observed=_silence(case), limit=limit)]


def _frozen(case: _Case) -> Finding | None:
    """All of the server's processes are stopped (state T): a look, not a silence, says so."""
    look = case.seen.host
    asked = case.seen.vital_asked_ticks
    if look is None or not look.processes or asked is None or look.at.ticks < asked:
        return None
    stopped = [p for p in look.processes if p.state in "Tt"]
    if len(stopped) != len(look.processes):
        return None
    row = case.evidence(
        Guard.PROCESSES, f"{len(stopped)} of {len(look.processes)} stopped (T)", "/proc/*/stat", at=look.at
    )
    return case.finding(Cause.FROZEN, Health.LOST, *_silences(case), row, level=Level.HUNG, observed=_silence(case))


def _silences(case: _Case) -> tuple[Evidence, ...]:
    rows: list[Evidence] = []
    pairs = (
        (Guard.VITAL_SILENCE_SECONDS, case.seen.vital_asked_ticks, "psql, vital"),
        (Guard.BOOKS_SILENCE_SECONDS, case.seen.books_asked_ticks, "psql, books"),
    )
    for guard, asked, how in pairs:
        if asked is not None:
            out = round(case.now.ticks - asked, 1)
            rows.append(case.evidence(guard, out, how, at=case.now, threshold=VITAL_SILENCE_SECONDS_MAX))
    return tuple(rows)


def _hung(case: _Case, contact: SqlContact) -> Finding:
    rows = [*_silences(case)]
    look = case.seen.host
    if look is not None and look.processes is not None:
        rows.append(case.evidence(Guard.PROCESSES, len(look.processes), "ls /proc/*/cwd", at=look.at))
    return case.finding(
        Cause.HUNG, Health.LOST, *rows, detail=contact.detail, level=Level.HUNG, observed=_silence(case),
        limit=VITAL_SILENCE_SECONDS_MAX,
    )  # fmt: skip


def _disk(case: _Case) -> list[Finding]:
    host, said = case.seen.host, case.seen.disk_full_said
    if said is not None and case.now.ticks - said.ticks <= DISK_FULL_SAID_SECONDS:
        how = case.evidence(Guard.DISK_FREE_BYTES, "53100 disk_full", "heartbeat write", at=said)
        return [case.finding(Cause.DISK_FULL, Health.LOST, how)]
    if host is None or host.disk_free_bytes is None or not host.disk_total_bytes:
        return []
    percent = 100.0 * host.disk_free_bytes / host.disk_total_bytes
    if host.disk_free_bytes < DISK_FULL_BYTES:
        free = host.disk_free_bytes
        how = case.evidence(Guard.DISK_FREE_BYTES, free, "df", at=host.at, threshold=DISK_FULL_BYTES)
        return [case.finding(Cause.DISK_FULL, Health.LOST, how, observed=host.disk_free_bytes, limit=DISK_FULL_BYTES)]
    least = case.promises.disk_free_percent_min
    if percent < least:
        how = case.evidence(Guard.DISK_FREE_PERCENT, round(percent, 1), "df", at=host.at, threshold=least)
        return [case.finding(Cause.DISK_LOW, Health.DEGRADED, how, observed=round(percent, 1), limit=least)]
    return []


def _slots(case: _Case) -> list[Finding]:
    """Slots that keep more WAL than there is space left: the disk fills before anybody fetches it."""
    books, host = case.seen.books, case.seen.host
    free = host.disk_free_bytes if host is not None else None
    if books is None or free is None:
        return []
    found = []
    for slot in books.slots:
        kept = slot.kept_bytes
        if kept is not None and kept > free:
            how = case.evidence(
                Guard.SLOT_KEPT_BYTES, kept, f"pg_replication_slots, {slot.name}", at=books.at, threshold=free
            )
            found.append(
                case.finding(Cause.SLOT_FILLING, Health.DEGRADED, how, detail=slot.name, observed=kept, limit=free)
            )
    # The fullest alone: what is done about it is the same for all.
    return sorted(found, key=lambda one: -int(one.observed or 0))[:1]


def _replication(case: _Case) -> list[Finding]:
    """A standby that follows: does it stream, how far is it behind, do both directions speak?"""
    vital, lags = case.seen.vital, case.seen.lags
    assert vital is not None
    if not vital.in_recovery:
        return []
    found: list[Finding] = []
    receiver = vital.receiver
    if receiver is None and vital.may_see_all:
        how = case.evidence(Guard.RECEIVER, "none", "pg_stat_wal_receiver", at=vital.at)
        found.append(case.finding(Cause.NOT_STREAMING, Health.DEGRADED, how, observed=lags.flush_seconds))
    if vital.replay_paused:
        how = case.evidence(Guard.REPLAY, "paused", "pg_is_wal_replay_paused()", at=vital.at)
        found.append(case.finding(Cause.REPLAY_PAUSED, Health.DEGRADED, how, observed=lags.replay_seconds))
    limit = case.promises.lag_seconds_max
    if lags.flush_seconds is not None and lags.flush_seconds > limit and receiver is not None:
        behind = round(lags.flush_seconds, 1)
        how = case.evidence(Guard.LAG_SECONDS, behind, "flush position", at=vital.at, threshold=limit)
        found.append(case.finding(Cause.LAGGING, Health.DEGRADED, how, observed=behind, limit=limit))
    return found + _one_way(case)


def _one_way(case: _Case) -> list[Finding]:
    """Heartbeats that arrive in one direction and not in the other."""
    vital, lags = case.seen.vital, case.seen.lags
    assert vital is not None
    receiver = vital.receiver
    if receiver is None or receiver.heard_age_seconds is None or lags.reply_age_seconds is None:
        return []
    heard, reply = receiver.heard_age_seconds, lags.reply_age_seconds
    if (heard > HEARD_AGE_SECONDS_MAX) == (reply > REPLY_AGE_SECONDS_MAX):
        return []
    rows = (
        case.evidence(
            Guard.RECEIVER_HEARD_SECONDS, round(heard, 1), "pg_stat_wal_receiver", at=vital.at,
            threshold=HEARD_AGE_SECONDS_MAX,
        ),
        case.evidence(
            Guard.REPLY_AGE_SECONDS, round(reply, 1), f"pg_stat_replication on {lags.upstream}", at=vital.at,
            threshold=REPLY_AGE_SECONDS_MAX,
        ),
    )  # fmt: skip
    missing = "to-standby" if heard > HEARD_AGE_SECONDS_MAX else "to-upstream"
    return [case.finding(Cause.ONE_WAY, Health.DEGRADED, *rows, detail=missing, observed=round(max(heard, reply), 1))]


def _side_matters(case: _Case) -> list[Finding]:
    """Clock, rights, archive, and books that are not readable: none of them makes a node lost."""
    vital, books, seen = case.seen.vital, case.seen.books, case.seen
    assert vital is not None
    found: list[Finding] = []
    middle = vital.at.utc.timestamp() - vital.round_trip_seconds / 2
    offset = abs(vital.clock.timestamp() - middle) - vital.round_trip_seconds / 2
    limit = case.promises.clock_offset_seconds_max
    if offset > limit:
        apart = round(offset, 1)
        how = case.evidence(Guard.CLOCK_OFFSET_SECONDS, apart, "clock_timestamp()", at=vital.at, threshold=limit)
        found.append(case.finding(Cause.CLOCK_APART, Health.DEGRADED, how, observed=apart, limit=limit))
    if not vital.may_see_all:
        how = case.evidence(Guard.RIGHTS, "not a member of pg_read_all_stats", "pg_has_role()", at=vital.at)
        found.append(case.finding(Cause.NO_RIGHTS, Health.DEGRADED, how))
    if seen.host is not None and seen.host.refused:
        how = case.evidence(Guard.RIGHTS, "refused", "sudo, pg_controldata", at=seen.host.at)
        found.append(case.finding(Cause.SUDO_REFUSED, Health.DEGRADED, how, detail=seen.host.refused))
    for contact, what in ((seen.books_contact, "psql, books"), (seen.beat_contact, "psql, heartbeat")):
        if contact is not None and contact.state in _NOT_READABLE:
            how = case.evidence(Guard.POSTGRES, contact.state.value, what, at=contact.since)
            found.append(case.finding(_NOT_READABLE[contact.state], Health.DEGRADED, how, detail=contact.detail))
            break
    if seen.books_contact.state is SqlState.BLOCKED:
        how = case.evidence(Guard.POSTGRES, seen.books_contact.state.value, "psql, books", at=seen.books_contact.since)
        found.append(case.finding(Cause.BOOKS_BLOCKED, Health.HEALTHY, how, detail=seen.books_contact.detail))
    if books is not None and books.archiving and not vital.in_recovery and books.archive_last_failed_at is not None:
        last = books.archive_last_at
        if last is None or last < books.archive_last_failed_at:
            how = case.evidence(Guard.ARCHIVE_FAILED, books.archive_failed_count, "pg_stat_archiver", at=books.at)
            found.append(case.finding(Cause.ARCHIVE_FAILING, Health.DEGRADED, how, observed=books.archive_failed_count))
    return found


def _backup_host(case: _Case) -> list[Finding]:
    """A host without PostgreSQL: it answers, and has space."""
    host = case.seen.host
    if host is None:
        how = case.evidence(Guard.SSH, case.seen.ssh.state.value, "SSH", at=case.seen.ssh.since)
        return [case.finding(Cause.NOT_ASKED, Health.UNKNOWN, how)]
    return _disk(case)
