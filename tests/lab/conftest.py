"""One lab for the tests of the lab: whole again before each test that is given it."""

from collections.abc import Iterator

import pytest

from console.lab.desk import LabStatus, lab_mend, lab_status
from console.places import Home
from tests.live import live_lab


@pytest.fixture(scope="session")
def lab_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, LabStatus]]:
    with live_lab(tmp_path_factory.mktemp("lab-home") / "home") as lab:
        yield lab


@pytest.fixture
def home(lab_of_all: tuple[Home, LabStatus]) -> Home:
    """The home of a running lab without any fault."""
    lab_mend(lab_of_all[0])
    return lab_of_all[0]


@pytest.fixture
def books(lab_of_all: tuple[Home, LabStatus]) -> LabStatus:
    """A running lab, for tests that break nothing in it."""
    status = lab_status(lab_of_all[0])
    assert status is not None
    if any(node.faults or not node.running for node in status.nodes) or not status.workload.running:
        return lab_mend(lab_of_all[0])
    return status
