"""A real store in a directory of the test, and readings to put into it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.domain.fleet import Measure
from console.store.database import Store, open_store
from console.store.history import Sample

Reading = Callable[..., Sample]


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(store_path: Path) -> Iterator[Store]:
    with open_store(store_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def reading() -> Reading:
    """Makes a sample: the round trip in milliseconds, None for one that was not answered; other measures by keyword."""

    def make(
        seconds: float, trip: float | None, *, node: str = "nyc-1", cluster: str = "ledger-us", **others: float
    ) -> Sample:
        by_name = {measure.value.replace("-", "_"): measure for measure in Measure}
        values: dict[Measure, float | None] = {by_name[name]: value for name, value in others.items()}
        values[Measure.ROUND_TRIP_MS] = trip
        return Sample(
            cluster=cluster,
            node=node,
            seconds=seconds,
            values=tuple(values.get(measure) for measure in Measure),
            answered=trip is not None,
        )

    return make
