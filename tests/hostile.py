"""Hostile answers, made from a seed: what a broken, lying or attacking node could say to a question."""

import json
import random
from collections.abc import Callable
from typing import Any, Final

VITAL: Final[dict[str, Any]] = {
    "sysid": "7318840215563302914", "version": 180006, "recovery": False, "timeline": 7,
    "started": 1773700000.5, "clock": 1773715278.25, "write": "5A/3C1F8000", "flush": "5A/3C1F8000",
    "received": None, "replayed": None, "paused": False, "sync_names": 'ANY 1 ("b")', "sync_commit": "on",
    "data_directory": "/var/lib/pgsql/18/data", "sees_all": True,
    "senders": [{"name": "b", "address": "127.0.0.2", "state": "streaming", "sync": "quorum", "sent": "5A/3C1F8000",
                 "write": "5A/3C1F8000", "flush": "5A/3C1F7000", "replay": "5A/3C1F6000",
                 "reply_age": 0.25, "slot": "b"}],
    "receiver": None,
}  # fmt: skip
BOOKS: Final[dict[str, Any]] = {
    "beat": 41, "beat_at": 1773715278.0, "position": "5A/3C1F8000",
    "heads": [{"origin": "main", "number": 8812403, "at": 1773715277.5,
               "turnover": [{"currency": "USD", "scale": 2, "postings": 99, "debit": "341822.10"}]}],
    "transactions": 12345, "size": 478150656, "conflicts": 0,
    "slots": [{"name": "b", "kind": "physical", "active": True, "kept": 4096, "status": "reserved"}],
    "archiving": True, "archived": 17, "archive_failed": 0, "archived_at": 1773715270.0, "archive_failed_at": None,
}  # fmt: skip
HOST: Final = b"""machine 0123456789abcdef0123456789abcdef
boot 01234567-89ab-cdef-0123-456789abcdef
name nyc-1
system Debian GNU/Linux 12 (bookworm)
clock 1773715278.123456789
uptime 99123.45
load 0.31
looked yes
process 10 (postgres) S 1 10 10 0 -1 4194560
postmaster 10
control in production
sysid 7318840215563302914
disk /dev/vda 263174212 123456789 98765432 56% /"""

_TEXTS: Final = (
    "\x1b[2J\x1b[31mOK", "<b>healthy</b><img src=x onerror=alert(1)>", "\u202egnp.exe", "a\x00b", "'; drop table x; --",
    "٣٤٥", "NaN", "Infinity", "-0", "1e999", "\ud7ff\uffff", "A" * 5000, "\n\nend 00000", "$(reboot)", "%s%n", "", " ",
    "FFFFFFFF/FFFFFFFF", "0/0", "1" * 400, "\u2028\u2029", "\u200b\u2060", "💥" * 50,
)  # fmt: skip
_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63) - 1, 10**400, 1e308, -1e308, 0.1, [], {}, [[]],
    [None] * 50, {"a": {"b": {}}},
)  # fmt: skip


def hostile_value(chance: random.Random) -> Any:
    return chance.choice(_TEXTS) if chance.random() < 0.5 else chance.choice(_VALUES)


def _changed(value: Any, chance: random.Random) -> Any:
    """The value with one random part changed, removed or put twice."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        made, key = dict(value), chance.choice(list(value))
        way = chance.random()
        if way < 0.15:
            del made[key]
        elif way < 0.25:
            made[chance.choice(_TEXTS)] = made[key]
        else:
            made[key] = _changed(made[key], chance)
        return made
    if isinstance(value, list) and value and chance.random() < 0.8:
        place = chance.randrange(len(value))
        return [*value[:place], _changed(value[place], chance), *value[place:]]
    return hostile_value(chance)


def _cut(line: bytes, chance: random.Random) -> bytes:
    return line[: chance.randrange(len(line) + 1)]


def _flipped(line: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(max(1, len(line)))
    return line[:place] + bytes([chance.randrange(256)]) + line[place + 1 :]


def _raw(_: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(200))


def _number(line: bytes, chance: random.Random) -> bytes:
    """JSON's own borders: NaN, endless digits, deep nesting."""
    other = chance.choice(
        [b"NaN", b"-Infinity", b"1" * 5000, b"[" * 3000, b'"\\ud800"', b"1e400", b"0x10", b"\xff\xfe"]
    )
    place = line.find(b":", chance.randrange(max(1, len(line))))
    return line[: place + 1] + other + line[place + 1 :] if place >= 0 else other


_MANGLERS: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (_cut, _flipped, _raw, _number)


def hostile_line(form: dict[str, Any], chance: random.Random) -> bytes:
    """One answer's line that is not as it should be, or seldom is."""
    value: Any = form
    for _ in range(chance.randrange(1, 4)):
        value = _changed(value, chance)
    line = json.dumps(value).encode()
    if chance.random() < 0.4:
        line = chance.choice(_MANGLERS)(line, chance)
    return line


def hostile_host(chance: random.Random) -> list[bytes]:
    """The lines of a host that lies, each part changed with some chance."""
    lines = HOST.splitlines()
    for place, line in enumerate(lines):
        way = chance.random()
        if way < 0.2:
            name = line.split(b" ", 1)[0]
            lines[place] = name + b" " + str(hostile_value(chance)).encode("utf-8", "surrogatepass")
        elif way < 0.3:
            lines[place] = _flipped(line, chance)
        elif way < 0.35:
            lines[place] = _cut(line, chance)
    chance.shuffle(lines)
    return lines
