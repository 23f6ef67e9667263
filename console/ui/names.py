"""A word or short phrase for each value of our enums; knows no Qt."""

from typing import Final

from console.domain.cluster import Environment, Manager, NodeKind
from console.domain.fleet import EdgeKind, EventKind, Measure, Quantity, Role
from console.domain.reading import ControlState, Refusal, SqlState, SshState
from console.domain.verdict import Cause, Guard, Health, Level
from console.ui.speech import translate


def health_word(health: Health) -> str:
    return _HEALTH[health]()


def role_word(role: Role) -> str:
    return _ROLE[role]()


def environment_word(environment: Environment) -> str:
    return _ENVIRONMENT[environment]()


def manager_word(manager: Manager) -> str:
    return _MANAGER[manager]()


def kind_word(kind: NodeKind) -> str:
    return _KIND[kind]()


def edge_word(kind: EdgeKind) -> str:
    return _EDGE[kind]()


def event_kind_word(kind: EventKind) -> str:
    return _EVENT[kind]()


def cause_word(cause: Cause) -> str:
    """The name of a cause, as a short phrase."""
    return _CAUSE[cause]()


def level_word(level: Level) -> str:
    """How strong the evidence is, with what it means."""
    return _LEVEL[level]()


def guard_name(guard: Guard) -> str:
    """What a piece of evidence is about."""
    return _GUARD[guard]()


def quantity_name(quantity: Quantity) -> str:
    return _QUANTITY[quantity]()


def measure_name(measure: Measure) -> str:
    return _MEASURE[measure]()


def ssh_state_word(state: SshState) -> str:
    """How SSH to a host stands, as a clause: 'nothing came back within the limit'."""
    return _SSH[state]()


def sql_state_word(state: SqlState) -> str:
    return _SQL[state]()


def refusal_word(refusal: Refusal) -> str:
    return _REFUSAL[refusal]()


def control_word(state: ControlState) -> str:
    """What the control file says, in its own words: operators search for them."""
    return translate("words", "'{state}'").format(state=state.value)


def detail_word(detail: str) -> str:
    """A detail in words, where it is one of our own; else the far side's text as it is."""
    for states, table in ((SshState, _SSH), (Refusal, _REFUSAL), (SqlState, _SQL)):
        for state in states:
            if state.value == detail:
                return table[state]()  # type: ignore[index]  # each table belongs to its enum
    return detail


_HEALTH: Final = {
    Health.HEALTHY: lambda: translate("words", "healthy"),
    Health.DEGRADED: lambda: translate("words", "degraded"),
    Health.LOST: lambda: translate("words", "lost"),
    Health.UNKNOWN: lambda: translate("words", "unknown"),
}
_ROLE: Final = {
    Role.PRIMARY: lambda: translate("words", "primary"),
    Role.STANDBY: lambda: translate("words", "standby"),
    Role.CASCADE: lambda: translate("words", "cascade"),
    Role.BACKUP: lambda: translate("words", "backups"),
    Role.UNKNOWN: lambda: translate("words", "role unknown"),
}
_ENVIRONMENT: Final = {
    Environment.PRODUCTION: lambda: translate("words", "Production"),
    Environment.STAGING: lambda: translate("words", "Staging"),
    Environment.LAB: lambda: translate("words", "Lab"),
}
_MANAGER: Final = {
    Manager.NONE: lambda: translate("words", "Nobody"),
    Manager.PATRONI: lambda: translate("words", "Patroni"),
}
_KIND: Final = {
    NodeKind.POSTGRES: lambda: translate("words", "PostgreSQL"),
    NodeKind.BACKUP: lambda: translate("words", "backup host"),
}
_EDGE: Final = {
    EdgeKind.SYNC: lambda: translate("words", "sync"),
    EdgeKind.ASYNC: lambda: translate("words", "async"),
    EdgeKind.ARCHIVE: lambda: translate("words", "WAL archive"),
}
_EVENT: Final = {
    EventKind.VERDICT: lambda: translate("words", "verdict"),
    EventKind.ENGINE: lambda: translate("words", "engine"),
    EventKind.FAULT: lambda: translate("words", "fault made on purpose"),
    EventKind.BOOKS: lambda: translate("words", "books"),
    EventKind.BACKUP: lambda: translate("words", "backup"),
}
_CAUSE: Final = {
    Cause.SPLIT_BRAIN: lambda: translate("words", "split brain"),
    Cause.TWO_PRIMARIES: lambda: translate("words", "two primaries"),
    Cause.POSTMASTER_KILLED: lambda: translate("words", "postmaster killed"),
    Cause.STOPPED: lambda: translate("words", "stopped"),
    Cause.PRIMARY_DEAD: lambda: translate("words", "primary dead, witnessed"),
    Cause.FROZEN: lambda: translate("words", "frozen"),
    Cause.HUNG: lambda: translate("words", "hung"),
    Cause.DISK_FULL: lambda: translate("words", "disk full"),
    Cause.STARTING: lambda: translate("words", "starting"),
    Cause.STOPPING: lambda: translate("words", "stopping"),
    Cause.REFUSING: lambda: translate("words", "refusing"),
    Cause.CONSOLE_ISOLATED: lambda: translate("words", "console cut off"),
    Cause.CUT_OFF: lambda: translate("words", "cut off"),
    Cause.NO_SERVER: lambda: translate("words", "no server"),
    Cause.HOST_KEY_CHANGED: lambda: translate("words", "host key changed"),
    Cause.HOST_KEY_UNKNOWN: lambda: translate("words", "host key not accepted yet"),
    Cause.AUTHENTICATION: lambda: translate("words", "login refused"),
    Cause.ASKS: lambda: translate("words", "asks for an answer"),
    Cause.KEY_MISSING: lambda: translate("words", "key file missing"),
    Cause.SUDO_REFUSED: lambda: translate("words", "sudo refused"),
    Cause.NO_PROGRAM: lambda: translate("words", "psql missing"),
    Cause.UNREADABLE: lambda: translate("words", "answer not readable"),
    Cause.IDENTITY_CHANGED: lambda: translate("words", "identity changed"),
    Cause.OTHER_CLUSTER: lambda: translate("words", "belongs to another cluster"),
    Cause.NO_QUORUM: lambda: translate("words", "no majority of the group"),
    Cause.NO_KEY: lambda: translate("words", "nobody holds the key"),
    Cause.READ_ONLY: lambda: translate("words", "the key's holder is read-only"),
    Cause.NO_PRIMARY: lambda: translate("words", "no primary"),
    Cause.PRIMARY_ISOLATED: lambda: translate("words", "primary cut off from its standbys"),
    Cause.DIVERGED: lambda: translate("words", "diverged"),
    Cause.STANDBY_LOST: lambda: translate("words", "standby lost"),
    Cause.SYNC_DEGRADED: lambda: translate("words", "sync degraded"),
    Cause.SYNC_BLOCKED: lambda: translate("words", "commits wait"),
    Cause.COPIES_SHORT: lambda: translate("words", "too few copies"),
    Cause.CASCADE_BROKEN: lambda: translate("words", "cascade broken"),
    Cause.NOT_STREAMING: lambda: translate("words", "not streaming"),
    Cause.SLOT_FILLING: lambda: translate("words", "slot fills the disk"),
    Cause.LAGGING: lambda: translate("words", "behind"),
    Cause.REPLAY_PAUSED: lambda: translate("words", "replay paused"),
    Cause.PATRONI_DOWN: lambda: translate("words", "Patroni does not run"),
    Cause.DISK_LOW: lambda: translate("words", "disk low"),
    Cause.ARCHIVE_FAILING: lambda: translate("words", "archive failing"),
    Cause.ONE_WAY: lambda: translate("words", "heartbeat one way only"),
    Cause.CLOCK_APART: lambda: translate("words", "clock apart"),
    Cause.NO_RIGHTS: lambda: translate("words", "rights missing"),
    Cause.BOOKS_BLOCKED: lambda: translate("words", "books not readable"),
    Cause.STALE: lambda: translate("words", "readings old"),
    Cause.NOT_ASKED: lambda: translate("words", "not asked yet"),
}
_LEVEL: Final = {
    Level.HARD: lambda: translate("words", "hard evidence: the host itself shows that no process is left"),
    Level.STOPPED: lambda: translate("words", "stopped by somebody"),
    Level.WITNESSED: lambda: translate("words", "witnessed: its standbys do not reach it either"),
    Level.HUNG: lambda: translate("words", "hung: its processes are there, and do not answer"),
    Level.REFUSING: lambda: translate("words", "alive, and refuses"),
    Level.SUSPECTED: lambda: translate("words", "suspected: only the console does not see it"),
}
_GUARD: Final = {
    Guard.SSH: lambda: translate("words", "SSH"),
    Guard.POSTGRES: lambda: translate("words", "PostgreSQL"),
    Guard.PROCESSES: lambda: translate("words", "Processes on the data directory"),
    Guard.CONTROL_FILE: lambda: translate("words", "Control file"),
    Guard.VITAL_SILENCE_SECONDS: lambda: translate("words", "Silence of the server"),
    Guard.BOOKS_SILENCE_SECONDS: lambda: translate("words", "Silence of the books"),
    Guard.HOST_SILENCE_SECONDS: lambda: translate("words", "Silence of the host"),
    Guard.HOST_KEY: lambda: translate("words", "Host key"),
    Guard.RECEIVER: lambda: translate("words", "WAL receiver"),
    Guard.RECEIVER_HEARD_SECONDS: lambda: translate("words", "Receiver last heard its upstream"),
    Guard.SENDER: lambda: translate("words", "WAL sender"),
    Guard.REPLY_AGE_SECONDS: lambda: translate("words", "Standby's last reply"),
    Guard.LAG_SECONDS: lambda: translate("words", "Behind (flush)"),
    Guard.LAG_BYTES: lambda: translate("words", "Behind (flush), bytes"),
    Guard.SYNC_STANDBYS: lambda: translate("words", "Synchronous standbys"),
    Guard.SYNC_NAMES: lambda: translate("words", "Synchronous names"),
    Guard.WRITABLE: lambda: translate("words", "Accepts writes"),
    Guard.TIMELINE: lambda: translate("words", "Timeline"),
    Guard.SYSTEM_IDENTIFIER: lambda: translate("words", "System identifier"),
    Guard.MACHINE: lambda: translate("words", "Machine and boot"),
    Guard.DISK_FREE_BYTES: lambda: translate("words", "Disk left"),
    Guard.DISK_FREE_PERCENT: lambda: translate("words", "Disk left, share"),
    Guard.ARCHIVE_FAILED: lambda: translate("words", "WAL archive failures"),
    Guard.CLOCK_OFFSET_SECONDS: lambda: translate("words", "Clock offset"),
    Guard.REPLAY: lambda: translate("words", "Replay"),
    Guard.RIGHTS: lambda: translate("words", "Rights"),
    Guard.LOOKS: lambda: translate("words", "Seconds between two looks"),
    Guard.WITNESSES: lambda: translate("words", "Standbys that do not reach it either"),
    Guard.LISTED_WITNESSES: lambda: translate("words", "Of them on the synchronous list"),
    Guard.REACHES_SERVER: lambda: translate("words", "Reaches the server from there"),
    Guard.REACHES_SSH: lambda: translate("words", "Reaches SSH from there"),
    Guard.READY: lambda: translate("words", "pg_isready from there"),
    Guard.HOLDS_KEY: lambda: translate("words", "Holder of the key"),
    Guard.COPIES: lambda: translate("words", "Nodes that hold the ledger"),
    Guard.POSITION: lambda: translate("words", "WAL position"),
    Guard.SLOT_KEPT_BYTES: lambda: translate("words", "WAL kept by the slot"),
}
_QUANTITY: Final = {
    Quantity.HOST_NAME: lambda: translate("words", "Host"),
    Quantity.ADDRESS: lambda: translate("words", "Address"),
    Quantity.SYSTEM: lambda: translate("words", "System"),
    Quantity.POSTGRES_VERSION: lambda: translate("words", "PostgreSQL"),
    Quantity.SYSTEM_IDENTIFIER: lambda: translate("words", "System identifier"),
    Quantity.MACHINE_ID: lambda: translate("words", "Machine"),
    Quantity.BOOT_ID: lambda: translate("words", "Boot"),
    Quantity.DATA_DIRECTORY: lambda: translate("words", "Data directory"),
    Quantity.TIMELINE: lambda: translate("words", "Timeline"),
    Quantity.STARTED_AT: lambda: translate("words", "Started"),
    Quantity.FOLLOWS: lambda: translate("words", "Follows"),
    Quantity.SYNCHRONOUS: lambda: translate("words", "Synchronous"),
    Quantity.SYNC_NAMES: lambda: translate("words", "Synchronous names"),
    Quantity.ROUND_TRIP: lambda: translate("words", "Round trip"),
    Quantity.BOOKS_ROUND_TRIP: lambda: translate("words", "Round trip, books"),
    Quantity.WRITE_POSITION: lambda: translate("words", "Written to"),
    Quantity.FLUSH_POSITION: lambda: translate("words", "Flushed to"),
    Quantity.RECEIVED_POSITION: lambda: translate("words", "Received to"),
    Quantity.REPLAYED_POSITION: lambda: translate("words", "Replayed to"),
    Quantity.LAG_SENT_BYTES: lambda: translate("words", "Behind, sent"),
    Quantity.LAG_WRITE_BYTES: lambda: translate("words", "Behind, write"),
    Quantity.LAG_FLUSH_BYTES: lambda: translate("words", "Behind, flush"),
    Quantity.LAG_REPLAY_BYTES: lambda: translate("words", "Behind, replay"),
    Quantity.LAG_FLUSH_SECONDS: lambda: translate("words", "Behind, flush, time"),
    Quantity.LAG_REPLAY_SECONDS: lambda: translate("words", "Behind, replay, time"),
    Quantity.LAG_ENTRIES: lambda: translate("words", "Behind, entries"),
    Quantity.BEAT: lambda: translate("words", "Heartbeat shown"),
    Quantity.BEAT_AGE: lambda: translate("words", "Heartbeat age"),
    Quantity.REPLY_AGE: lambda: translate("words", "Last reply seen"),
    Quantity.HEARD_AGE: lambda: translate("words", "Upstream last heard"),
    Quantity.HEAD_NUMBER: lambda: translate("words", "Last entry"),
    Quantity.HEAD_TIME: lambda: translate("words", "Last entry booked"),
    Quantity.ENTRIES_PER_SECOND: lambda: translate("words", "Entries"),
    Quantity.TRANSACTIONS_PER_SECOND: lambda: translate("words", "Transactions"),
    Quantity.WAL_PER_SECOND: lambda: translate("words", "WAL written"),
    Quantity.DATABASE_SIZE: lambda: translate("words", "Database size"),
    Quantity.DISK_FREE: lambda: translate("words", "Disk left"),
    Quantity.DISK_TOTAL: lambda: translate("words", "Disk size"),
    Quantity.LOAD: lambda: translate("words", "Load"),
    Quantity.UPTIME: lambda: translate("words", "Host up for"),
    Quantity.CLOCK_OFFSET: lambda: translate("words", "Clock offset"),
    Quantity.CONFLICTS: lambda: translate("words", "Recovery conflicts"),
    Quantity.SLOT_KEPT: lambda: translate("words", "WAL kept by slot"),
    Quantity.ARCHIVED: lambda: translate("words", "Segments archived"),
    Quantity.ARCHIVE_FAILED: lambda: translate("words", "Archive failures"),
    Quantity.ARCHIVE_AGE: lambda: translate("words", "Last archived"),
    Quantity.SUSPICION: lambda: translate("words", "Suspicion (φ)"),
}
_MEASURE: Final = {
    Measure.ROUND_TRIP_MS: lambda: translate("words", "Round trip"),
    Measure.REPLY_AGE_SECONDS: lambda: translate("words", "Way back"),
    Measure.LAG_BYTES: lambda: translate("words", "Behind (flush)"),
    Measure.LAG_SECONDS: lambda: translate("words", "Behind (flush)"),
    Measure.LAG_ENTRIES: lambda: translate("words", "Behind"),
    Measure.ENTRIES_PER_SECOND: lambda: translate("words", "Entries"),
    Measure.WAL_BYTES_PER_SECOND: lambda: translate("words", "WAL written"),
    Measure.SUSPICION: lambda: translate("words", "Suspicion"),
}
_SSH: Final = {
    SshState.ANSWERS: lambda: translate("words", "SSH answers"),
    SshState.CONNECTING: lambda: translate("words", "SSH is still connecting"),
    SshState.SILENT: lambda: translate("words", "nothing came back from its SSH port within the limit"),
    SshState.REFUSED: lambda: translate("words", "the host answers, but nothing listens on its SSH port"),
    SshState.UNRESOLVED: lambda: translate("words", "its name has no address"),
    SshState.HOST_KEY_UNKNOWN: lambda: translate("words", "nobody has accepted its host key yet"),
    SshState.HOST_KEY_CHANGED: lambda: translate("words", "it shows another host key than the one accepted"),
    SshState.AUTHENTICATION: lambda: translate("words", "it does not accept our key or password"),
    SshState.ASKS: lambda: translate("words", "it waits for a person's answer"),
    SshState.KEY_MISSING: lambda: translate("words", "the key file named for it is missing or can't be read"),
    SshState.BROKEN: lambda: translate("words", "the SSH connection ended or made no sense"),
}
_SQL: Final = {
    SqlState.ANSWERS: lambda: translate("words", "PostgreSQL answers"),
    SqlState.CONNECTING: lambda: translate("words", "the session is still connecting"),
    SqlState.NO_SERVER: lambda: translate("words", "no server listens there"),
    SqlState.REFUSES: lambda: translate("words", "the server is there and refuses"),
    SqlState.SILENT: lambda: translate("words", "the server gave no answer within the limit"),
    SqlState.UNREADABLE: lambda: translate("words", "the answer makes no sense"),
    SqlState.NO_RIGHTS: lambda: translate("words", "the role may not see what is asked"),
    SqlState.BLOCKED: lambda: translate("words", "a lock or the statement's limit stopped the question"),
    SqlState.NO_PROGRAM: lambda: translate("words", "psql is not on the node"),
    SqlState.SUDO_REFUSED: lambda: translate("words", "sudo refused to act as the other account"),
    SqlState.SSH: lambda: translate("words", "not asked, as the host can't be reached"),
}
_REFUSAL: Final = {
    Refusal.STARTING: lambda: translate("words", "it is starting up"),
    Refusal.SHUTTING_DOWN: lambda: translate("words", "it is shutting down"),
    Refusal.RECOVERING: lambda: translate("words", "it is recovering and not consistent yet"),
    Refusal.TOO_MANY_CONNECTIONS: lambda: translate("words", "it has no connection left"),
    Refusal.NO_ROLE: lambda: translate("words", "the role does not exist"),
    Refusal.NO_DATABASE: lambda: translate("words", "the database does not exist"),
    Refusal.HBA: lambda: translate("words", "pg_hba.conf has no line for us"),
    Refusal.PASSWORD: lambda: translate("words", "the password was not accepted"),
    Refusal.TLS: lambda: translate("words", "TLS could not be agreed"),
    Refusal.OTHER: lambda: translate("words", "it gave a reason of its own"),
}
