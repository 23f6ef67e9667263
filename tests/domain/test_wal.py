"""Positions in the WAL are read and written as PostgreSQL does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.wal import Lsn, timeline_of_segment

positions = st.integers(min_value=0, max_value=2**64 - 1)


@given(positions)
def test_a_position_survives_being_written_and_read(position: int) -> None:
    assert Lsn.parse(str(Lsn(position))) == Lsn(position)


@given(positions, positions)
def test_positions_order_and_subtract_as_their_bytes(one: int, other: int) -> None:
    assert (Lsn(one) < Lsn(other)) == (one < other)
    assert Lsn(one) - Lsn(other) == one - other


def test_a_position_is_written_as_postgresql_writes_it() -> None:
    assert str(Lsn(0x16_B374D848)) == "16/B374D848"
    assert Lsn.parse("0/0") == Lsn(0)


@pytest.mark.parametrize(
    "text", ["", "/", "1/", "/1", "g/1", "1/2/3", "1", "123456789/0", "0/123456789", "-1/0", "٣/1"]
)
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a WAL position"):
        Lsn.parse(text)


@pytest.mark.parametrize("position", [-1, 2**64])
def test_a_position_has_64_bits(position: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        Lsn(position)


def test_a_segment_name_tells_its_timeline() -> None:
    assert timeline_of_segment("0000000A0000000100000002") == 10
    with pytest.raises(ValueError, match="not a WAL file name"):
        timeline_of_segment("0000000A")
