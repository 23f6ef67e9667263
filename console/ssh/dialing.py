"""Opening a TCP connection to a name: all its addresses, the first that answers, within a limit."""

import errno
import selectors
import socket
import sys
from collections import deque
from time import monotonic
from typing import Final

from console.domain.reading import SshState
from console.ssh.refused import SshRefused

NEXT_ADDRESS_SECONDS: Final = 0.25  # RFC 8305: the next address is tried while the one before it is still silent
ADDRESSES_MAX: Final = 8
# Then TCP gives a silent peer up; by default it would try for a quarter of an hour.
READ_BYTES: Final = 8192  # an answer is smaller; a larger buffer costs its memory on each connection
UNACKNOWLEDGED_SECONDS_MAX: Final = 30
KEEPALIVE_IDLE_SECONDS: Final = 30
KEEPALIVE_INTERVAL_SECONDS: Final = 10
KEEPALIVE_PROBES: Final = 3


def dial(host: str, port: int, *, seconds_max: float) -> socket.socket:
    """A connected socket without Nagle's delay, which notices a dead peer. Raises SshRefused."""
    waiting = deque(_addresses(host, port))
    failures: list[OSError] = []
    deadline = monotonic() + seconds_max
    next_start = monotonic()
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or selector.get_map():
                now = monotonic()
                if now >= deadline:
                    break
                if waiting and (now >= next_start or not selector.get_map()):
                    _begin(waiting.popleft(), selector, failures)
                    next_start = now + NEXT_ADDRESS_SECONDS
                    continue
                limit = min(deadline, next_start) if waiting else deadline
                winner = _first_connected(selector, limit - now, failures)
                if winner is not None:
                    return _prepared(winner)
            silent = bool(selector.get_map())
        finally:
            for key in list(selector.get_map().values()):
                assert isinstance(key.fileobj, socket.socket)
                key.fileobj.close()
    raise _refusal(host, port, failures, silent=silent, seconds_max=seconds_max)


_Address = tuple[socket.AddressFamily, tuple[object, ...]]


def _addresses(host: str, port: int) -> list[_Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        told = error.strerror if isinstance(error, socket.gaierror) else str(error)
        raise SshRefused(
            SshState.UNRESOLVED, host, detail=f"the name has no address: {told}", hint="check the name and DNS"
        ) from error
    addresses: list[_Address] = [(family, address) for family, _, _, _, address in found]
    return list(dict.fromkeys(addresses))[:ADDRESSES_MAX]


def _begin(address: _Address, selector: selectors.BaseSelector, failures: list[OSError]) -> None:
    family, where = address
    try:
        sock = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:  # this machine has no such family
        failures.append(error)
        return
    sock.setblocking(False)
    number = sock.connect_ex(where)
    if number in (0, errno.EINPROGRESS, errno.EWOULDBLOCK):
        selector.register(sock, selectors.EVENT_WRITE)
        return
    sock.close()
    failures.append(OSError(number, errno.errorcode.get(number, str(number))))


def _first_connected(selector: selectors.BaseSelector, seconds: float, failures: list[OSError]) -> socket.socket | None:
    for key, _ in selector.select(max(0.0, seconds)):
        sock = key.fileobj
        assert isinstance(sock, socket.socket)
        selector.unregister(sock)
        number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number == 0:
            return sock
        sock.close()
        failures.append(OSError(number, errno.errorcode.get(number, str(number))))
    return None


class ReadAhead(socket.socket):
    """Reads all that has come at once and hands it out in the portions asked for; one thread reads from it.

    paramiko asks for each packet in two portions; each would be a call of the system and a change of the
    interpreter's lock, and with hundreds of connections those are most of the work.
    """

    __slots__ = ("_ahead",)

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(fileno=sock.detach())
        self._ahead = b""

    def recv(self, count: int, flags: int = 0, /) -> bytes:
        ahead = self._ahead or super().recv(READ_BYTES, flags)
        self._ahead = ahead[count:]
        return ahead[:count]


def _prepared(connected: socket.socket) -> socket.socket:
    sock = ReadAhead(connected)
    sock.setblocking(True)
    # Without it a question waits for the acknowledgement of the one before: 8 ms become 52.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform == "linux":
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, KEEPALIVE_PROBES)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_SECONDS_MAX * 1000)
    return sock


def _refusal(host: str, port: int, failures: list[OSError], *, silent: bool, seconds_max: float) -> SshRefused:
    """One silent address outweighs the others' refusal: only it may be the host that is meant."""
    if silent:
        return SshRefused(
            SshState.SILENT, host, detail=f"no answer on port {port} within {seconds_max:g} s",
            hint="is the host up, and does a firewall let the port through?",
        )  # fmt: skip
    if any(failure.errno == errno.ECONNREFUSED for failure in failures):
        return SshRefused(
            SshState.REFUSED, host, detail=f"nothing listens on port {port}", hint="is sshd running there?"
        )
    told = failures[-1].strerror if failures else "no address left"
    return SshRefused(SshState.SILENT, host, detail=f"port {port} can't be reached: {told}", hint="check the route")
