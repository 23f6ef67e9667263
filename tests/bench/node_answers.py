"""What a simulated node says to the console's questions: a cluster whose WAL and ledger move with the clock."""

import json
import time
from typing import Any, Final

NODES_PER_CLUSTER: Final = 5
WAL_BYTES_PER_SECOND: Final = 40_000
ENTRIES_PER_SECOND: Final = 20
FLUSH_BEHIND_SECONDS: Final = 0.004  # how far a standby is behind its primary
REPLAY_BEHIND_SECONDS: Final = 0.009
DATA_DIRECTORY: Final = "/var/lib/postgresql/18/main"
BIN_DIRECTORY: Final = "/usr/lib/postgresql/18/bin"
_SURVEY: Final = b'{"heartbeat": true, "may_beat": true, "head": true}'
_CURRENCIES: Final = (("USD", 2), ("EUR", 2), ("JPY", 0), ("CHF", 2))


def _template(form: dict[str, Any]) -> bytes:
    """JSON in which '@name@' stands for a text and '#name#' for a number that is filled in at each answer."""
    text = json.dumps(form).replace("%", "%%")
    for name in ("now", "flush", "replay", "clock", "number", "booked", "beat", "transactions", "debit", "whole"):
        text = text.replace(f"@{name}@", f"%({name})s").replace(f'"#{name}#"', f"%({name})s")
    return text.encode()


def node_name(cluster: int, place: int) -> str:
    return f"sim-{cluster:03d}-{place + 1}"


class SimulatedCluster:
    """One primary, four standbys; every answer is made from the time at which it is asked for."""

    def __init__(self, number: int, addresses: list[str]) -> None:
        self.beat = 0
        self._began = time.time()
        self._base = (0x10 + number) << 32
        self._entries = 8_000_000 + 1000 * number
        names = [node_name(number, place) for place in range(len(addresses))]
        self.nodes = tuple(
            SimulatedNode(self, number, place, names, addresses) for place in range(len(addresses))
        )

    def figures(self) -> dict[bytes, object]:
        """Everything that moves, now."""
        clock = time.time()
        gone = clock - self._began
        entries = self._entries + int(gone * ENTRIES_PER_SECOND)
        return {
            b"now": self._position(gone), b"flush": self._position(gone - FLUSH_BEHIND_SECONDS),
            b"replay": self._position(gone - REPLAY_BEHIND_SECONDS), b"clock": b"%.6f" % clock,
            b"number": b"%d" % entries, b"booked": b"%.6f" % (clock - 0.02), b"beat": b"%d" % self.beat,
            b"transactions": b"%d" % (3 * entries), b"debit": b"%d.25" % (7 * entries), b"whole": b"%d" % (7 * entries),
        }  # fmt: skip

    def _position(self, seconds: float) -> bytes:
        at = self._base + (int(max(0.0, seconds) * WAL_BYTES_PER_SECOND) & ~7)
        return b"%X/%X" % (at >> 32, at & 0xFFFFFFFF)


class SimulatedNode:
    """One node of a simulated cluster: `vital`, `books`, `beat`, `host`, each the body of an answer."""

    def __init__(
        self, cluster: SimulatedCluster, number: int, place: int, names: list[str], addresses: list[str]
    ) -> None:
        self.name, self.cluster, self.primary = names[place], cluster, place == 0
        self._vital = _template(_vital_form(number, place, names, addresses))
        self._books = _template(_books_form(names if place == 0 else [], size=False))
        self._sized = _template(_books_form(names if place == 0 else [], size=True))
        identity = f"{number * NODES_PER_CLUSTER + place:032x}"
        self._host = (
            f"machine {identity}\nboot 01234567-89ab-cdef-0123-{identity[-12:]}\nname {self.name}\n"
            "system Debian GNU/Linux 12 (bookworm)\nclock %(clock)s\nuptime 99123.45\nload 0.31\nlooked yes\n"
            "process 10 (postgres) S 1 10 10 0 -1 4194560\nprocess 17 (postgres) S 10 17 17 0 -1 4194560\n"
            f"postmaster 10\ncontrol {'in production' if place == 0 else 'in archive recovery'}\n"
            f"sysid {_system(number)}\ndisk /dev/vda 263174212 123456789 98765432 56%% /\n"
        ).encode()

    def sql(self, statement: bytes) -> bytes:
        """The answer to one statement of a psql session, its line end with it."""
        if statement == b"execute vital":
            return self._vital % self.cluster.figures() + b"\n"
        if statement == b"execute books":
            return self._books % self.cluster.figures() + b"\n"
        if statement == b"execute beat":
            self.cluster.beat += 1
            return b"%d\n" % self.cluster.beat
        if b"'may_beat'" in statement:
            return _SURVEY + b"\n"
        if b"pg_database_size" in statement:
            return self._sized % self.cluster.figures() + b"\n"
        raise ValueError(f"a question that no simulated node knows: {statement[:200]!r}")

    def shell(self, script: bytes) -> bytes:
        """The answer to one script of a shell session."""
        if b"id -un" in script:
            return f"bin {BIN_DIRECTORY}\nlogin postgres\n".encode()
        return self._host % self.cluster.figures()


def _system(number: int) -> str:
    return str(7318840215563300000 + number)


def _vital_form(number: int, place: int, names: list[str], addresses: list[str]) -> dict[str, Any]:
    primary = place == 0
    others = [(name, address) for name, address in zip(names, addresses, strict=True) if name != names[0]]
    quorum = ",".join(f'"{name}"' for name, _ in others)
    senders = [
        {"name": name, "address": address, "state": "streaming", "sync": "quorum", "sent": "@now@", "write": "@now@",
         "flush": "@flush@", "replay": "@replay@", "reply_age": 0.05, "slot": name.replace("-", "_")}
        for name, address in others
    ]  # fmt: skip
    receiver = {
        "status": "streaming", "host": addresses[0], "port": 5432, "slot": names[place].replace("-", "_"),
        "timeline": 3, "flushed": "@flush@", "heard_age": 0.02,
    }  # fmt: skip
    return {
        "sysid": _system(number), "version": 180006, "recovery": not primary, "timeline": 3,
        "started": 1773700000.5, "clock": "#clock#", "write": "@now@" if primary else None,
        "flush": "@now@" if primary else None, "received": None if primary else "@flush@",
        "replayed": None if primary else "@replay@", "paused": False, "sync_names": f"ANY 1 ({quorum})",
        "sync_commit": "on", "data_directory": DATA_DIRECTORY, "sees_all": True,
        "senders": senders if primary else None, "receiver": None if primary else receiver,
    }  # fmt: skip


def _books_form(names: list[str], *, size: bool) -> dict[str, Any]:
    primary = bool(names)
    slots = [
        {"name": name.replace("-", "_"), "kind": "physical", "active": True, "kept": 4096, "status": "reserved"}
        for name in names[1:]
    ]
    turnover = [
        {"currency": code, "scale": scale, "postings": "#number#", "debit": "@debit@" if scale else "@whole@"}
        for code, scale in _CURRENCIES
    ]
    return {
        "beat": "#beat#", "beat_at": "#clock#", "position": "@now@" if primary else "@replay@",
        "heads": [{"origin": "main", "number": "#number#", "at": "#booked#", "turnover": turnover}],
        "transactions": "#transactions#", "size": 478150656 if size else None, "conflicts": 0,
        "slots": slots or None, "archiving": primary, "archived": 17, "archive_failed": 0,
        "archived_at": "#clock#" if primary else None, "archive_failed_at": None,
    }  # fmt: skip
