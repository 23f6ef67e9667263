"""What a policy of backups may hold: each key, its kind and its rule, and what no single key can tell."""

from collections.abc import Iterator, Mapping
from typing import Final

from console.domain.backup_policy import (
    BackupPolicy,
    CycleEntry,
    EngineName,
    MediumKind,
    RepositorySpec,
    Scheduler,
    WalWay,
)
from console.domain.schedule import Cron, CronTrouble, zone_of
from console.store.key_rules import (
    Key,
    Kind,
    Mistake,
    Wrong,
    a_conninfo,
    a_name,
    anything,
    between,
    check_keys,
    name_or_nothing,
    one_of,
    repeated,
    shown_value,
    text_or_nothing,
)

REPOSITORIES_MAX: Final = 8
CYCLE_MAX: Final = 50
NODES_SHOWN_MAX: Final = 12
DAYS_MAX: Final = 36_500
_CRON_FORM: Final = "minute, hour, day of the month, month, day of the week, as '30 1 * * 0'"
_CRON_WORDS: Final = {
    "fields": "has not five fields", "empty": "is empty", "not-a-number": "is no number",
    "out-of-range": "is out of its range", "backwards": "goes backwards", "step": "has no step that can be",
    "step-without-range": "has a step and no range", "too-long": "is too long",
    "not-supported": "is not a short form that is known", "never": "never comes",
}  # fmt: skip
WHATS: Final = ("full", "incremental", "differential", "verify", "prove", "expire")


def _path(value: object) -> Wrong | None:
    if value != "" and not str(value).startswith("/"):
        return f"{shown_value(value)} is no absolute path", "it lies on the backup host: begin it with /"
    if value != "" and (".." in str(value).split("/") or str(value).rstrip("/") == ""):
        return f"{shown_value(value)} is no directory for this", "name one of its own, without '..'"
    return text_or_nothing(value)


def _mirror(value: object) -> Wrong | None:
    return None if str(value).isascii() and str(value).isdigit() else _path(value)


def _zone(value: object) -> Wrong | None:
    try:
        zone_of(str(value))
    except CronTrouble:
        return f"there is no time zone {shown_value(value)}", "as 'Europe/Berlin' or 'UTC'"
    return None


def _cron(value: object) -> Wrong | None:
    try:
        Cron.parse(str(value))
    except CronTrouble as trouble:
        part = "it" if trouble.field == "expression" else f"its {trouble.field.replace('-', ' ')}"
        what = f"{part} is wrong: {shown_value(trouble.value)} {_CRON_WORDS.get(trouble.reason, '')}"
        return what.rstrip(), _CRON_FORM
    return None


def _what(value: object) -> Wrong | None:
    return None if value in WHATS else (f"{shown_value(value)} is none of its words", "one of " + ", ".join(WHATS))


POLICY_KEYS: Final = (
    Key("time_zone", Kind.TEXT, _zone),
    Key("scheduler", Kind.TEXT, one_of(Scheduler)),
    Key("rate_mb_per_second_max", Kind.NUMBER, between(0.01, 100_000)),
    Key("sandbox_node", Kind.TEXT, name_or_nothing),
    Key("sandbox_directory", Kind.TEXT, _path),
    Key("wal_silence_seconds_max", Kind.NUMBER, between(1, 31_536_000)),
)
RETENTION_KEYS: Final = (
    Key("fulls_min", Kind.WHOLE, between(1, 1_000)),
    Key("window_days", Kind.NUMBER, between(0, DAYS_MAX)),
)
REPOSITORY_KEYS: Final = (
    Key("name", Kind.TEXT, a_name, required=True),
    Key("node", Kind.TEXT, a_name, required=True),
    Key("engine", Kind.TEXT, one_of(EngineName)),
    Key("path", Kind.TEXT, _path),
    Key("medium", Kind.TEXT, one_of(MediumKind)),
    Key("stanza", Kind.TEXT, text_or_nothing),
    Key("config_file", Kind.TEXT, _path),
    Key("program", Kind.TEXT, text_or_nothing),
    Key("bin_directory", Kind.TEXT, _path),
    Key("source", Kind.TEXT, name_or_nothing),
    Key("login", Kind.TEXT, a_conninfo),
    Key("wal", Kind.TEXT, one_of(WalWay)),
    Key("archive", Kind.TEXT, _path),
    Key("mirror", Kind.TEXT, _mirror),
    Key("staging", Kind.TEXT, _path),
    Key("compressed", Kind.FLAG, anything),
    Key("immutable_days", Kind.WHOLE, between(0, DAYS_MAX)),
    Key("offsite", Kind.FLAG, anything),
)
CYCLE_KEYS: Final = (
    Key("what", Kind.TEXT, _what, required=True),
    Key("cron", Kind.TEXT, _cron, required=True),
    Key("repository", Kind.TEXT, name_or_nothing),
)


def policy_mistakes(policy: BackupPolicy, hosts: Mapping[str, str], where: str) -> Iterator[Mistake]:
    """All that keeps a policy from being in force. `hosts`: the kind of each node of the cluster, by its name."""
    yield from check_keys(policy, POLICY_KEYS, where)
    yield from check_keys(policy.retention, RETENTION_KEYS, f"{where}, retention")
    for repository in policy.repositories:
        yield from check_keys(repository, REPOSITORY_KEYS, f"{where}, repository {repository.name}")
    for number, entry in enumerate(policy.cycle, 1):
        yield from check_keys(entry, CYCLE_KEYS, f"{where}, cycle {number}")
    yield from whole_policy(policy, hosts, where)


def whole_policy(policy: BackupPolicy, hosts: Mapping[str, str], where: str) -> Iterator[Mistake]:
    """What no single key can tell of a policy."""
    if len(policy.repositories) > REPOSITORIES_MAX:
        yield Mistake(where, f"{len(policy.repositories)} repositories, {REPOSITORIES_MAX} are the limit")
    if len(policy.cycle) > CYCLE_MAX:
        yield Mistake(where, f"{len(policy.cycle)} lines of its calendar, {CYCLE_MAX} are the limit")
    yield from repeated([one.name for one in policy.repositories], "repository", where)
    if policy.sandbox_node and policy.sandbox_node not in hosts:
        yield _no_node(f"{where}, sandbox_node", policy.sandbox_node, hosts)
    elif policy.sandbox_node and policy.sandbox_node not in {one.node for one in policy.repositories}:
        hint = "leave it out: it is the repository's own"
        yield Mistake(f"{where}, sandbox_node", "restores are laid out on a backup host of a repository", hint)
    for repository in policy.repositories:
        yield from _whole_repository(repository, hosts, f"{where}, repository {repository.name}")
    names = [one.name for one in policy.repositories]
    for number, entry in enumerate(policy.cycle, 1):
        yield from _whole_entry(entry, names, f"{where}, cycle {number}")
    yield from _same_places(policy.repositories, where)


def _whole_repository(spec: RepositorySpec, hosts: Mapping[str, str], where: str) -> Iterator[Mistake]:
    if spec.node not in hosts:
        yield _no_node(f"{where}, node", spec.node, hosts)
    if spec.source and hosts.get(spec.source) != "postgres":
        servers = ", ".join([name for name, kind in hosts.items() if kind == "postgres"][:NODES_SHOWN_MAX])
        yield Mistake(f"{where}, source", f"{shown_value(spec.source)} is no node with a server", f"one of {servers}")
    if spec.engine is EngineName.NATIVE:
        yield from _whole_native(spec, where)
    elif not spec.stanza:
        what = "Barman's name of the server" if spec.engine is EngineName.BARMAN else "the stanza"
        yield Mistake(f"{where}, stanza", "it is empty", f"say {what}")


def _whole_native(spec: RepositorySpec, where: str) -> Iterator[Mistake]:
    if not spec.path:
        yield Mistake(f"{where}, path", "it is empty", "native needs the repository's directory on the backup host")
    if spec.medium is MediumKind.OBJECT_STORE:
        yield Mistake(f"{where}, medium", "native can't write to an object store", "pgbackrest and barman can")
    if spec.wal is WalWay.ARCHIVE and not spec.archive:
        yield Mistake(f"{where}, archive", "it is empty", "with wal = \"archive\" it names the archive's directory")
    if spec.mirror.isdigit():
        yield Mistake(f"{where}, mirror", "native's mirror is a directory", "begin it with /")
    if spec.mirror and spec.mirror.rstrip("/") == spec.path.rstrip("/"):
        yield Mistake(f"{where}, mirror", "it is the repository itself", "name a second directory")
    if spec.medium is MediumKind.TAPE and not spec.staging:
        hint = "a directory that may be written freely: nothing is renamed or cut short on the tape"
        yield Mistake(f"{where}, staging", "it is empty", hint)


def _whole_entry(entry: CycleEntry, names: list[str], where: str) -> Iterator[Mistake]:
    if entry.repository and entry.repository not in names:
        hint = "one of " + ", ".join(names) if names else "give it [[repositories]] first"
        yield Mistake(f"{where}, repository", f"there is no repository {shown_value(entry.repository)}", hint)
    elif not names:
        yield Mistake(where, "the policy has no repository to work on", "give it [[repositories]] first")


def _same_places(repositories: tuple[RepositorySpec, ...], where: str) -> Iterator[Mistake]:
    """Two repositories in one place would take each other's backups for their own."""
    taken: dict[tuple[str, str, str], str] = {}
    for spec in repositories:
        key = (spec.node, spec.engine.value, spec.path.rstrip("/") or f"{spec.config_file} {spec.stanza}")
        if key in taken:
            yield Mistake(f"{where}, repository {spec.name}", f"it lies where {taken[key]} does", "a place for each")
        taken.setdefault(key, spec.name)


def _no_node(where: str, name: str, hosts: Mapping[str, str]) -> Mistake:
    return Mistake(where, f"there is no node {shown_value(name)}", "one of " + ", ".join([*hosts][:NODES_SHOWN_MAX]))
