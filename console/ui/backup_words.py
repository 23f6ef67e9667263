"""What backups, their engines, media, checks, work and reasons are called; knows no Qt, for the command line too."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.backup import BackupCheck, CheckResult, Job, JobKind, JobState
from console.domain.backup_policy import BackupKind, EngineName, MediumKind, Scheduler, WalWay
from console.domain.text import shown
from console.ui.backup_reasons import REASONS as REASONS
from console.ui.backup_reasons import reason_clause as reason_clause
from console.ui.measures import moment, month
from console.ui.speech import translate

Text = Callable[[], str]
DETAIL_CHARACTERS_MAX: Final = 240


def kind_word(kind: BackupKind | None) -> str:
    """full, differential, incremental; 'backup' where the kind is not known."""
    return _KINDS[kind]() if kind is not None else translate("backup", "backup")


def kind_letter(kind: BackupKind) -> str:
    """One letter for a box in the chain."""
    return _LETTERS[kind]()


_KINDS: Final[dict[BackupKind, Text]] = {
    BackupKind.FULL: lambda: translate("backup", "full"),
    BackupKind.DIFFERENTIAL: lambda: translate("backup", "differential"),
    BackupKind.INCREMENTAL: lambda: translate("backup", "incremental"),
}
_LETTERS: Final[dict[BackupKind, Text]] = {
    BackupKind.FULL: lambda: translate("backup", "F"),
    BackupKind.DIFFERENTIAL: lambda: translate("backup", "D"),
    BackupKind.INCREMENTAL: lambda: translate("backup", "I"),
}


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def engine_word(engine: EngineName) -> str:
    return _ENGINES[engine]()


_ENGINES: Final[dict[EngineName, Text]] = {
    EngineName.NATIVE: lambda: translate("backup", "PostgreSQL's own"),
    EngineName.BARMAN: lambda: translate("backup", "Barman"),
    EngineName.PGBACKREST: lambda: translate("backup", "pgBackRest"),
}


def medium_word(kind: MediumKind) -> str:
    return _MEDIA[kind]()


_MEDIA: Final[dict[MediumKind, Text]] = {
    MediumKind.DIRECTORY: lambda: translate("backup", "disk"),
    MediumKind.TAPE: lambda: translate("backup", "tape, LTFS"),
    MediumKind.OBJECT_STORE: lambda: translate("backup", "object store"),
}


def immutable_word(word: str, days: int | None) -> str:
    """What keeps a medium from being changed; empty where nothing does, or nobody knows."""
    if word == "append-only":
        return translate("backup", "append-only")
    if word == "object-lock":
        return translate("backup", "locked {n} days").format(n=days) if days else translate("backup", "locked")
    return translate("backup", "kept {n} days by its operator").format(n=days) if days else ""


def scheduler_word(scheduler: Scheduler) -> str:
    return _SCHEDULERS[scheduler]()


_SCHEDULERS: Final[dict[Scheduler, Text]] = {
    Scheduler.ENGINE: lambda: translate("backup", "this console's engine, while it runs"),
    Scheduler.CRONTAB: lambda: translate("backup", "the backup host's own crontab"),
    Scheduler.NOBODY: lambda: translate("backup", "nobody: only by hand"),
}


def wal_way_word(way: WalWay) -> str:
    streamed, archived = translate("backup", "streamed"), translate("backup", "archived by the servers")
    return streamed if way is WalWay.STREAM else archived


def cycle_word(what: str) -> str:
    """What a line of the calendar does."""
    known = _CYCLE.get(what)
    return known() if known else shown(what, characters_max=40)


_CYCLE: Final[dict[str, Text]] = {
    "full": lambda: translate("backup", "full backup"),
    "differential": lambda: translate("backup", "differential backup"),
    "incremental": lambda: translate("backup", "incremental backup"),
    "verify": lambda: translate("backup", "read backups back"),
    "prove": lambda: translate("backup", "restore test in a sandbox"),
    "expire": lambda: translate("backup", "take away what is not kept"),
}
CYCLE_WHATS: Final = tuple(_CYCLE)


# Checks


def check_word(check: BackupCheck) -> str:
    return _CHECKS[check]()


_CHECKS: Final[dict[BackupCheck, Text]] = {
    BackupCheck.CHECKSUMS: lambda: translate("backup", "Checksums"),
    BackupCheck.WAL_CONTINUITY: lambda: translate("backup", "WAL without a gap"),
    BackupCheck.RESTORED: lambda: translate("backup", "Restored in a sandbox"),
    BackupCheck.BOOKS: lambda: translate("backup", "Books whole"),
    BackupCheck.PAGES: lambda: translate("backup", "Page checksums"),
    BackupCheck.INDEXES: lambda: translate("backup", "Indexes"),
    BackupCheck.MIRROR: lambda: translate("backup", "Mirror holds the same"),
}


def result_word(result: CheckResult) -> str:
    words = {
        CheckResult.PASSED: translate("backup", "passed"),
        CheckResult.FAILED: translate("backup", "failed"),
        CheckResult.NOT_CHECKED: translate("backup", "not checked"),
    }
    return words[result]


# Work


def phase_word(phase: str) -> str:
    known = _PHASES.get(phase)
    return known() if known else shown(phase, characters_max=40).replace("-", " ")


_PHASES: Final[dict[str, Text]] = {
    "waiting": lambda: translate("backup", "waits for its turn"),
    "checkpoint": lambda: translate("backup", "waits for a checkpoint"),
    "copying": lambda: translate("backup", "copies"),
    "wal": lambda: translate("backup", "waits for the last WAL"),
    "verifying": lambda: translate("backup", "reads back"),
    "laying-out": lambda: translate("backup", "lays the chain out"),
    "combining": lambda: translate("backup", "combines the chain"),
    "recovering": lambda: translate("backup", "replays WAL"),
    "starting": lambda: translate("backup", "starts the sandbox"),
    "books": lambda: translate("backup", "proves the books"),
    "pages": lambda: translate("backup", "reads every page"),
    "mirroring": lambda: translate("backup", "copies to the second place"),
    "staging": lambda: translate("backup", "copies to tape"),
    "expiring": lambda: translate("backup", "takes away"),
    "tidying": lambda: translate("backup", "tidies up"),
}


def job_title(job: Job) -> str:
    """'Incremental to vault-2', 'Restore test of the backup of …'."""
    repository = shown(job.repository, characters_max=60)
    match job.kind:
        case JobKind.BACKUP:
            text = translate("backup", "{kind} to {repository}")
            return text.format(kind=capital(kind_word(job.backup_kind)), repository=repository)
        case JobKind.VERIFY:
            text = translate("backup", "Reading {backup} back, on {repository}")
        case JobKind.PROVE:
            text = translate("backup", "Restore test of {backup}, on {repository}")
        case JobKind.RESTORE:
            text = translate("backup", "Restore of {backup} to look at, from {repository}")
        case JobKind.EXPIRE:
            return translate("backup", "Taking away what is not kept on {repository}").format(repository=repository)
    every = translate("backup", "all backups") if job.kind is JobKind.VERIFY else translate("backup", "the newest")
    return text.format(backup=shown(job.backup, characters_max=60) or every, repository=repository)


def job_brief(job: Job) -> str:
    """The same for narrow places: without the backup's own name."""
    repository = shown(job.repository, characters_max=60)
    match job.kind:
        case JobKind.BACKUP | JobKind.EXPIRE:
            return job_title(job)
        case JobKind.VERIFY:
            return translate("backup", "Reading back on {repository}").format(repository=repository)
        case JobKind.PROVE:
            return translate("backup", "Restore test on {repository}").format(repository=repository)
        case JobKind.RESTORE:
            return translate("backup", "Copy from {repository}").format(repository=repository)


def job_cancel_text(job: Job) -> str:
    """What Cancel leaves behind."""
    match job.kind:
        case JobKind.BACKUP:
            return translate("backup", "Safe: removes only the part copied, keeps every older backup")
        case JobKind.VERIFY:
            return translate("backup", "Safe: nothing is written; what was not read stays 'not checked'")
        case JobKind.PROVE | JobKind.RESTORE:
            return translate("backup", "Safe: removes only the sandbox, the backup stays as it is")
        case JobKind.EXPIRE:
            return translate("backup", "What is gone stays gone; the rest is kept and still whole")


def job_state_word(state: JobState) -> str:
    return _STATES[state]()


_STATES: Final[dict[JobState, Text]] = {
    JobState.RUNNING: lambda: translate("backup", "runs"),
    JobState.DONE: lambda: translate("backup", "done"),
    JobState.FAILED: lambda: translate("backup", "failed"),
    JobState.CANCELLED: lambda: translate("backup", "cancelled"),
    JobState.UNSEEN: lambda: translate("backup", "not seen now"),
}


# Times


def day(at: datetime, now: datetime) -> str:
    """'13 Mar', with the year when it is another one."""
    text = translate("backup", "{day} {month}") if at.year == now.year else translate("backup", "{day} {month} {year}")
    return text.format(day=at.day, month=month(at.month), year=at.year)


def stamp(at: datetime, now: datetime, *, seconds: bool = False) -> str:
    """'17 Mar 00:20': always with its day, as backups are spoken of over days."""
    clock = at.strftime("%H:%M:%S" if seconds else "%H:%M")
    return translate("backup", "{day} {clock}").format(day=day(at, now), clock=clock)


def detail_text(detail: str) -> str:
    return shown(detail, characters_max=DETAIL_CHARACTERS_MAX)


def clock_text(at: datetime, now: datetime) -> str:
    """The hour alone today, else with its day."""
    return moment(at, now, seconds=False)
