"""The question to Patroni's REST interface, and the pure reader of its answer."""

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

from console.domain.text import shown

PORT: Final = 8008
REQUEST: Final = b"GET /cluster HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n"
ANSWER_BYTES_MAX: Final = 1_000_000
MEMBERS_MAX: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of a cluster as Patroni names it; `role` in Patroni's own words."""

    name: str
    role: str
    host: str
    port: int | None


class _Member(msgspec.Struct):
    name: Annotated[str, msgspec.Meta(max_length=500)]
    role: Annotated[str, msgspec.Meta(max_length=100)] = ""
    host: Annotated[str, msgspec.Meta(max_length=500)] = ""
    port: int | None = None


class _Cluster(msgspec.Struct):
    members: Annotated[list[_Member], msgspec.Meta(max_length=MEMBERS_MAX)]


def read_cluster(answer: bytes) -> tuple[Member, ...]:
    """The members in the answer to GET /cluster. Raises ValueError where it is no such answer.

    Source: https://patroni.readthedocs.io/en/latest/rest_api.html
    """
    head, separator, body = answer.partition(b"\r\n\r\n")
    status = head.split(b"\r\n", 1)[0].split(b" ")
    if not separator or len(status) < 2 or status[1] != b"200":
        raise ValueError("not the answer of a Patroni that knows its cluster")
    try:
        cluster = msgspec.json.decode(body, type=_Cluster)
    except RecursionError as error:
        raise ValueError("brackets without end") from error
    return tuple(
        Member(name=shown(m.name), role=shown(m.role), host=shown(m.host), port=m.port) for m in cluster.members
    )
