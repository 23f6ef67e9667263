"""A real store with an audit log, and real SSH keys made by ssh-keygen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.governance.audit import AuditLog
from console.store.audit_log import AuditEntries
from console.store.database import Store, open_store
from tests.governed import CONSOLE, Clock, Keys


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def anchors(tmp_path: Path) -> Path:
    return tmp_path / "audit.anchors"


@pytest.fixture
def audit(store: Store, anchors: Path) -> AuditLog:
    log = AuditLog(AuditEntries(store, console=CONSOLE), anchors=anchors, console=CONSOLE, now=Clock())
    assert log.begin() is None
    return log


@pytest.fixture(scope="session")
def make_key(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("keys"))
