"""pgBackRest on an object store over TLS: made, read back, a fault found, restored; not trusted, not reached."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.backup.face import EngineTrouble
from console.domain.backup import BackupCheck, CheckResult
from console.domain.backup_policy import BackupKind, MediumKind
from tests.backup.backrest_yard import STANZA, BackrestYard, backrest_yard, now, owner
from tests.backup.object_store import BUCKET, NAME, ObjectStore, object_store

SECRET = "an-0bject-secret"
CIPHER_PASS = "w0rds-for-the-cloud"


@dataclass(slots=True)
class Cloud:
    """A server whose first repository is an object store."""

    yard: BackrestYard
    store: ObjectStore
    config: Path


def configuration(yard: BackrestYard, store: ObjectStore, *, certificate: Path) -> str:
    return (
        f"[global]\nrepo1-type=s3\nrepo1-path=/vault\nrepo1-s3-bucket={BUCKET}\nrepo1-s3-endpoint={NAME}\n"
        f"repo1-storage-port={store.port}\nrepo1-s3-region=here\nrepo1-s3-key=who\nrepo1-s3-key-secret={SECRET}\n"
        f"repo1-s3-uri-style=path\nrepo1-storage-ca-file={certificate}\nrepo1-bundle=y\nio-timeout=5\n"
        f"repo1-cipher-type=aes-256-cbc\nrepo1-cipher-pass={CIPHER_PASS}\n"
        f"log-path={yard.place}/log\nlock-path={yard.place}/lock\nspool-path={yard.place}/spool\nstart-fast=y\n"
        f"[{STANZA}]\npg1-path={yard.place}/data\npg1-socket-path={yard.place}\npg1-port={yard.port}\n"
    )


def kept(yard: BackrestYard, name: str, text: str) -> Path:
    path = yard.place / name
    path.write_text(text)
    if os.geteuid() == 0:
        shutil.chown(path, owner(), owner())
    return path


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with object_store(tmp_path_factory.mktemp("store")) as store, backrest_yard() as yard:
        certificate = kept(yard, "store.crt", store.certificate.read_text())
        config = kept(yard, "cloud.conf", configuration(yard, store, certificate=certificate))
        yard.run_as("pgbackrest", f"--config={config}", f"--stanza={STANZA}", "stanza-create")
        push = f"pgbackrest --config={config} --stanza={STANZA} archive-push %p"
        yard.sql(f"alter system set archive_command = '{push}'")
        yard.sql("select pg_reload_conf()")
        yield Cloud(yard, store, config)


@pytest.mark.live
def test_a_backup_in_an_object_store_is_read_back_and_restored(cloud: Cloud) -> None:
    yard = cloud.yard
    engine = yard.engine(config_file=str(cloud.config))
    booked = yard.book(3)
    full = yard.backup(engine, BackupKind.FULL)
    booked += yard.book(3)
    incremental = yard.backup(engine, BackupKind.INCREMENTAL)
    yard.sql("select pg_create_restore_point('all')")
    yard.switch()
    seen = engine.read(now())
    assert seen.medium is not None and seen.medium.kind is MediumKind.OBJECT_STORE
    assert (seen.medium.path, seen.medium.free_bytes) == ("/vault", None) and seen.found is not None
    assert seen.found.encrypted is True and not seen.trouble
    marks = yard.marks(engine, incremental)
    assert {mark.result for mark in marks.values()} == {CheckResult.PASSED}, marks
    restored = yard.restored(engine, (full, incremental), "from-the-cloud")
    restored.recover(recovery_target_name="all")
    assert restored.references() == booked
    restored.stop()


@pytest.mark.live
def test_an_object_that_is_gone_is_missed_and_no_secret_is_told(cloud: Cloud) -> None:
    yard = cloud.yard
    engine = yard.engine(config_file=str(cloud.config))
    full = engine.read(now()).backups[0]
    listed = yard.run_as("pgbackrest", f"--config={cloud.config}", f"--stanza={STANZA}", "repo-ls", "--recurse",
                         f"backup/{STANZA}/{full.id}/bundle").stdout.split()  # fmt: skip
    yard.run_as("pgbackrest", f"--config={cloud.config}", f"--stanza={STANZA}", "repo-rm",
                f"backup/{STANZA}/{full.id}/bundle/{listed[0]}")  # fmt: skip
    order = engine.verify(yard.job(), full)
    said = yard.run(order)
    marks = {mark.check: mark for mark in engine.marks(full, order, said.status, said.stdout.decode(), now())}
    checksums = marks[BackupCheck.CHECKSUMS]
    assert (checksums.result, checksums.reason) == (CheckResult.FAILED, "file-missing"), checksums
    for secret in (SECRET, CIPHER_PASS):
        assert secret not in order.script and secret.encode() not in said.stdout


@pytest.mark.live
def test_a_certificate_that_is_not_trusted_and_a_store_that_is_away_are_named(cloud: Cloud, tmp_path: Path) -> None:
    yard = cloud.yard
    with object_store(tmp_path) as other:
        wrong = kept(yard, "other.crt", other.certificate.read_text())
        config = kept(yard, "wrong.conf", configuration(yard, cloud.store, certificate=wrong))
        seen = yard.engine(config_file=str(config)).read(now())
        assert (seen.trouble, seen.backups) == ("not-trusted", ()), seen
        away = kept(yard, "away.conf", configuration(yard, other, certificate=wrong))
    seen = yard.engine(config_file=str(away)).read(now())
    assert seen.trouble == "repository-silent", seen
    with pytest.raises(EngineTrouble, match=r"repository-silent"):
        yard.engine(config_file=str(away)).backup(yard.job(), BackupKind.INCREMENTAL, yard.source(), rate_bytes=None)
