"""What keeps a policy of backups from being saved, by the field that it stands in; pure, knows no Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from console.domain.backup_policy import BackupPolicy, EngineName, MediumKind, RepositorySpec, WalWay
from console.domain.schedule import Cron, CronTrouble, zone_of
from console.domain.text import shown
from console.ui.cron_words import cron_trouble_text
from console.ui.speech import translate

NAME_CHARACTERS_MAX: Final = 60
FULLS_MAX: Final = 1000
DAYS_MAX: Final = 36_500
RATE_MAX: Final = 100_000.0
POLICY: Final = -1  # the place of what belongs to no repository and no line


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """What is wrong in one field: `part` is 'repository', 'cycle' or 'policy', `place` counts from 0."""

    part: str
    place: int
    field: str
    text: str


def policy_errors(policy: BackupPolicy, hosts: Mapping[str, str]) -> tuple[FieldError, ...]:
    """All of them. `hosts`: the kind of each node of the cluster, by name."""
    return (*_repositories(policy, hosts), *_cycle(policy), *_whole(policy, hosts))


def _repositories(policy: BackupPolicy, hosts: Mapping[str, str]) -> Iterator[FieldError]:
    names: set[str] = set()
    places: dict[tuple[str, str], str] = {}
    for place, spec in enumerate(policy.repositories):
        for field, text in _repository(spec, hosts):
            yield FieldError(part="repository", place=place, field=field, text=text)
        if spec.name in names and spec.name:
            text = translate("policy", "Another repository has this name already.")
            yield FieldError(part="repository", place=place, field="name", text=text)
        names.add(spec.name)
        where = (spec.node, spec.path.rstrip("/") if spec.engine is EngineName.NATIVE else spec.stanza)
        if where[1] and where in places and spec.engine is EngineName.NATIVE:
            text = translate("policy", "'{name}' lies there already: each takes a directory of its own.")
            said = text.format(name=shown(places[where]))
            yield FieldError(part="repository", place=place, field="path", text=said)
        places.setdefault(where, spec.name)


def _repository(spec: RepositorySpec, hosts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not spec.name:
        yield "name", translate("policy", "Give it a name.")
    elif not all(c.isalnum() or c in "-_." for c in spec.name) or not spec.name[0].isalnum():
        yield "name", translate("policy", "Only letters, digits, '-', '_' and '.', and first a letter or digit.")
    if spec.node not in hosts:
        yield "node", translate("policy", "Choose the host that keeps it.")
    if spec.engine is EngineName.NATIVE:
        yield from _native(spec)
    elif not spec.stanza:
        yield "stanza", translate("policy", "Name it as its engine's configuration on the host does.")
    for field, path in (("mirror", spec.mirror), ("staging", spec.staging), ("archive", spec.archive)):
        number = field == "mirror" and spec.engine is not EngineName.NATIVE and path.isdigit()
        if path and not number and not _is_path(path):
            yield field, _path_text()


def _native(spec: RepositorySpec) -> Iterator[tuple[str, str]]:
    if not _is_path(spec.path):
        yield "path", _path_text()
    if spec.medium is MediumKind.OBJECT_STORE:
        text = translate("policy", "PostgreSQL's own tools can't write there: choose Barman or pgBackRest.")
        yield "medium", text
    if spec.medium is MediumKind.TAPE and not spec.staging:
        yield "staging", translate("policy", "A tape is only added to: name a directory that may be written freely.")
    if spec.wal is WalWay.ARCHIVE and not spec.archive:
        yield "archive", translate("policy", "Name the directory that the servers archive to, as the host sees it.")
    if spec.mirror and spec.mirror.rstrip("/") == spec.path.rstrip("/"):
        yield "mirror", translate("policy", "That is the repository itself: name a second directory.")


def _is_path(text: str) -> bool:
    return text.startswith("/") and ".." not in text.split("/") and bool(text.strip("/"))


def _path_text() -> str:
    return translate("policy", "A whole path is wanted, as /srv/backups/ledger: from /, without '..'.")


def _cycle(policy: BackupPolicy) -> Iterator[FieldError]:
    names = {one.name for one in policy.repositories}
    for place, entry in enumerate(policy.cycle):
        try:
            Cron.parse(entry.cron)
        except CronTrouble as trouble:
            yield FieldError(part="cycle", place=place, field="cron", text=cron_trouble_text(trouble))
        if entry.repository and entry.repository not in names:
            text = translate("policy", "There is no repository '{name}'.").format(name=shown(entry.repository))
            yield FieldError(part="cycle", place=place, field="repository", text=text)


def _whole(policy: BackupPolicy, hosts: Mapping[str, str]) -> Iterator[FieldError]:
    def wrong(field: str, text: str) -> FieldError:
        return FieldError(part="policy", place=POLICY, field=field, text=text)

    try:
        zone_of(policy.time_zone)
    except CronTrouble as trouble:
        yield wrong("time_zone", cron_trouble_text(trouble))
    if not policy.repositories and policy.cycle:
        yield wrong("repositories", translate("policy", "The calendar has nothing to work on: add a repository."))
    keep, rate = policy.retention, policy.rate_mb_per_second_max
    if not 1 <= keep.fulls_min <= FULLS_MAX:
        text = translate("policy", "A number from 1 to {n}: the last full backup is never given up.")
        yield wrong("fulls_min", text.format(n=FULLS_MAX))
    if keep.window_days is not None and not 0 <= keep.window_days <= DAYS_MAX:
        yield wrong("window_days", translate("policy", "A number of days, or empty to keep by count alone."))
    if rate is not None and not 0 < rate <= RATE_MAX:
        yield wrong("rate", translate("policy", "A number of MB/s above 0, or empty for as fast as it goes."))
    if policy.sandbox_node and policy.sandbox_node not in hosts:
        yield wrong("sandbox_node", translate("policy", "There is no such host in this cluster."))
    if policy.sandbox_directory and not _is_path(policy.sandbox_directory):
        yield wrong("sandbox_directory", _path_text())
