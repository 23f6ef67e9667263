"""How values of the domain stand in the store: as JSON with positions as PostgreSQL writes them, times as numbers."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

import msgspec

from console.domain.wal import Lsn

T = TypeVar("T")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _encoded(value: object) -> object:
    if isinstance(value, Lsn):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} is not kept")


def _decoded(kind: type[Any], value: object) -> object:
    if kind is Lsn and isinstance(value, str):
        return Lsn.parse(value)
    raise NotImplementedError(f"{kind.__name__} is not kept")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_encoded)


def kept(value: object) -> str:
    """A value as the text that is stored."""
    return _ENCODER.encode(value).decode()


def decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Reads such texts back. Its `decode` raises ValueError."""
    return msgspec.json.Decoder(kind, dec_hook=_decoded)


def microseconds(at: datetime) -> int:
    """A time as the store orders by it: microseconds since 1970."""
    return (at - EPOCH) // timedelta(microseconds=1)


def moment(since_1970_us: int) -> datetime:
    """The time that such a number stands for."""
    return EPOCH + timedelta(microseconds=since_1970_us)
