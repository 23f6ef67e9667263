"""How values of the domain stand as JSON in the store: positions as PostgreSQL writes them."""

from typing import Any, Final, TypeVar

import msgspec

from console.domain.wal import Lsn

T = TypeVar("T")


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
