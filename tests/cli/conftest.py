"""One watched lab for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.watched import Watched, watched_lab


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("commands")) as it:
        yield it
