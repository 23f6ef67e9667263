"""One SSH connection on the wire: what arrives is handled in its own thread, and sending never waits for long."""

import logging
import select
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, ClassVar, Final

import paramiko
from paramiko import common
from paramiko.packet import Packetizer

from console.domain.reading import SshState
from console.ssh.execution import EndReason, Exec, Listener, guarded
from console.ssh.refused import SshRefused
from console.ssh.secrets import plain

# After login a thread wakes when something comes, or to look whether a keepalive is due; paramiko's own 0.1 s costs
# twice the processor time with five hundred connections.
IDLE_SECONDS: Final = 5.0
KEEPALIVE_SECONDS: Final = 10
KEEPALIVES_UNANSWERED_MAX: Final = 5
SEND_LOCK_SECONDS: Final = 0.05
JOIN_SECONDS: Final = 5.0
ROOM_BYTES: Final = 16384  # less room than this in a jump host's channel counts as none
GREETING_BYTES_MAX: Final = 65536
HELD_BACK_MAX: Final = 10_000
FRAME_BYTES: Final = 64  # what a message needs besides its data
ANSWER_SECONDS_MAX: Final = 2.0
CONNECT_FAILED: Final = 2  # RFC 4254, 5.1; 1 is 'administratively prohibited'

_log = logging.getLogger(__name__)
# paramiko logs with a traceback what it also raises; we say it once, as a state. A lower level shows the protocol.
_WIRE_LOG: Final = f"{__name__}.protocol"
logging.getLogger(_WIRE_LOG).setLevel(logging.CRITICAL)
_ENDED: Final = (OSError, EOFError, paramiko.SSHException)  # what paramiko raises on a connection that is ending


class _Packets(Packetizer):  # type: ignore[misc]
    """paramiko's packets with a limited greeting, and without a timer thread for each connection that is made."""

    def __init__(self, sock: Any) -> None:
        super().__init__(sock)
        self.greeting = b""

    def start_handshake(self, timeout: float) -> None:
        """`Wire.negotiate` has the limit."""

    def _read_timeout(self, timeout: float) -> bytes:
        data: bytes = super()._read_timeout(timeout)
        self.greeting += data
        if len(self.greeting) > GREETING_BYTES_MAX:
            raise paramiko.SSHException("too long a greeting")
        return data


def _exec_of(channel: Any) -> Exec | None:
    wire = channel.transport
    return wire.execs.get(channel.chanid) if isinstance(wire, Wire) else None


def _hooked(message_type: int, then: Callable[[Exec], None]) -> Callable[[Any, Any], None]:
    """paramiko's own handling of a channel's message, then ours."""
    original = paramiko.Transport._channel_handler_table[message_type]

    def handle(channel: Any, message: Any) -> None:
        original(channel, message)
        found = _exec_of(channel)
        if found is not None:
            then(found)

    return handle


def _handle_request(channel: Any, message: Any) -> None:
    """A status or a signal: paramiko keeps the first and drops the second, so its name is read here."""
    name = message.get_text()
    message.rewind()
    message.get_int()
    paramiko.Transport._channel_handler_table[common.MSG_CHANNEL_REQUEST](channel, message)
    found = _exec_of(channel)
    if found is not None:
        found.hear_status(name)


def _handle_close(channel: Any, message: Any) -> None:
    paramiko.Transport._channel_handler_table[common.MSG_CHANNEL_CLOSE](channel, message)
    if isinstance(channel.transport, Wire):
        channel.transport.forget(channel)


def _request(channel: Any, name: str, argument: str, *, answer: bool) -> Any:
    message = paramiko.Message()
    message.add_byte(common.cMSG_CHANNEL_REQUEST)
    message.add_int(channel.remote_chanid)
    message.add_string(name)
    message.add_boolean(answer)
    message.add_string(argument)
    return message


def _keepalive() -> Any:
    message = paramiko.Message()
    message.add_byte(common.cMSG_GLOBAL_REQUEST)
    message.add_string("keepalive@openssh.com")
    message.add_boolean(True)
    return message


def _usable(wanted: tuple[str, ...], known: Any) -> tuple[str, ...]:
    return tuple(name for name in wanted if name in known)


class Wire(paramiko.Transport):  # type: ignore[misc]
    """paramiko's transport, with three things changed, each for a reason that was measured or hurt.

    Answers are handled in its own thread (no thread waits per question). Its own thread never waits for the end of a
    key exchange that only it can finish: what it would send is held back until then (paramiko issue 822: window
    adjustments and channel closes froze the connection for 30 s). A peer that answers no keepalive ends it.
    """

    _preferred_ciphers = (
        "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr",
    )  # fmt: skip
    _preferred_macs = (
        "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512",
    )  # fmt: skip
    # curve25519 costs 3 ms a connect, group16 82.
    _preferred_kex = _usable(
        (
            "curve25519-sha256@libssh.org", "curve25519-sha256", "mlkem768x25519-sha256", "ecdh-sha2-nistp256",
            "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512",
            "diffie-hellman-group-exchange-sha256", "diffie-hellman-group14-sha256",
        ),
        paramiko.Transport._kex_info,
    )  # fmt: skip
    _channel_handler_table: ClassVar[dict[int, Callable[[Any, Any], None]]] = {
        **paramiko.Transport._channel_handler_table,
        common.MSG_CHANNEL_DATA: _hooked(common.MSG_CHANNEL_DATA, Exec.hear),
        common.MSG_CHANNEL_EXTENDED_DATA: _hooked(common.MSG_CHANNEL_EXTENDED_DATA, Exec.hear),
        common.MSG_CHANNEL_SUCCESS: _hooked(common.MSG_CHANNEL_SUCCESS, lambda e: e.hear_answer(taken=True)),
        common.MSG_CHANNEL_FAILURE: _hooked(common.MSG_CHANNEL_FAILURE, lambda e: e.hear_answer(taken=False)),
        common.MSG_CHANNEL_REQUEST: _handle_request,
        common.MSG_CHANNEL_CLOSE: _handle_close,
    }

    def __init__(self, sock: Any, *, host: str) -> None:
        super().__init__(sock, packetizer_class=_Packets)
        self.set_log_channel(_WIRE_LOG)
        self.name = f"ssh {host}"
        self.host = host
        self.execs: dict[int, Exec] = {}
        # A channel that the garbage collector closes in the middle of a send locks its thread up (paramiko issue
        # 1634), so each is held here until it is closed.
        self._held_channels: dict[int, Any] = {}
        self._held_back: deque[Any] = deque()
        self._end_lock = threading.Lock()
        self._over = False
        self.gave_up = False  # by us, as the host had said nothing for long: it did not end it
        self._closing = False
        self._unanswered = 0
        self._answer = threading.Event()  # to the last keepalive
        self.on_over: Callable[[str | None], None] | None = None  # once, in this thread; None: we ended it

    @property
    def preferred_keys(self) -> tuple[str, ...]:
        """Plain host keys only: a host's certificate would hide the key that is known."""
        return tuple(self._preferred_keys)

    def prefer_host_keys(self, kinds: tuple[str, ...]) -> None:
        """Ask first for the kinds of key that are known of this host."""
        named = [name for kind in kinds for name in _RSA.get(kind, (kind,)) if name in self._key_info]
        self._preferred_keys = tuple(dict.fromkeys([*named, *paramiko.Transport._preferred_keys]))

    def negotiate(self, seconds_max: float) -> None:
        """Greet and agree on keys. Raises SshRefused; the wire is then to be shut."""
        event = threading.Event()
        self.banner_timeout = seconds_max
        self.start_client(event=event)
        event.wait(seconds_max)
        if self.initial_kex_done and self.active:
            return
        error = self.get_exception()
        greeting = self.packetizer.greeting
        if self.remote_version == "" and greeting and not greeting.startswith(b"SSH-"):
            heard = plain(greeting[:60].decode("latin-1").splitlines()[0])
            raise self.refusal(
                SshState.BROKEN, f"answers {heard!r} instead of SSH's greeting", hint="is this the right port?"
            )
        if error is None and self.active:
            what = "SSH's greeting" if self.remote_version == "" else "the key exchange"
            raise self.refusal(SshState.SILENT, f"{what} did not come within {seconds_max:.3g} s")
        if isinstance(error, paramiko.ssh_exception.IncompatiblePeer):
            raise self.refusal(SshState.BROKEN, f"no common algorithm: {plain(str(error))}")
        when = "before SSH's greeting" if self.remote_version == "" else "during the key exchange"
        raise self.refusal(
            SshState.BROKEN, f"the host closed the connection {when}", hint="sshd's log on the host says why"
        )

    def settle(self) -> None:
        """After login: wake seldom, and see to it that a dead peer is noticed."""
        self.sock.settimeout(IDLE_SECONDS)
        self.packetizer.set_keepalive(KEEPALIVE_SECONDS, self._keep_alive)

    def execute(self, line: str, listener: Listener, *, seconds_max: float) -> Exec:
        """Run one line on a channel of its own. Raises SshRefused where it could not be begun."""
        deadline = monotonic() + seconds_max
        channel = self._open("session", None, seconds_max)
        channel.settimeout(0.0)
        running = Exec(self, channel, listener)
        with self._end_lock:
            if self._over:
                raise self.refusal(SshState.BROKEN, "the connection ended")
            self.execs[channel.chanid] = running
        if channel.closed:  # by the host, before we were listening
            self.execs.pop(channel.chanid, None)
            raise self.refusal(SshState.BROKEN, "the host closed the channel at once")
        try:
            self._send_user_message(_request(channel, "exec", line, answer=True))
        except _ENDED as error:
            raise self.refusal(SshState.BROKEN, f"the command could not be sent: {plain(str(error))}") from error
        if not running.answered.wait(max(0.0, deadline - monotonic())):
            running.close()
            raise self.refusal(SshState.SILENT, f"the host did not take a command within {seconds_max:.3g} s")
        if not running.taken and not self._over:
            raise self.refusal(SshState.BROKEN, "the host does not let this account run commands")
        return running

    def open_forward(self, host: str, port: int, *, seconds_max: float) -> Any:
        """A way through this host to another, socket-like. Raises SshRefused."""
        return self._open("direct-tcpip", (host, port), seconds_max)

    def reaches(self, host: str, port: int, *, seconds_max: float) -> bool:
        """Whether this host gets a connection to another one's port within the limit.

        SshRefused where that stays open: forwarding is forbidden here, or this host itself does not answer.
        """
        try:
            self.open_forward(host, port, seconds_max=seconds_max).close()
        except SshRefused as refused:
            cause = refused.__cause__
            if isinstance(cause, paramiko.ChannelException):
                if cause.code == CONNECT_FAILED:
                    return False
            elif refused.state is SshState.SILENT and self.answers(ANSWER_SECONDS_MAX):
                return False  # this host answers at once, so it is the other one that is silent
            raise
        return True

    def answers(self, seconds_max: float) -> bool:
        """Whether the host's SSH says anything now."""
        self._answer.clear()
        with suppress(*_ENDED):
            self._send_user_message(_keepalive())
        return self._answer.wait(seconds_max) and self.is_active()

    def send_now(self, channel: Any, data: bytes) -> bool:
        """Send all of `data` on a channel if that needs no waiting; else nothing, and False."""
        if not self.has_room() or not self.clear_to_send_lock.acquire(timeout=SEND_LOCK_SECONDS):
            return False
        try:
            if not self.active or not self.clear_to_send.is_set():
                return False
            with channel.lock:
                if channel.closed or channel.eof_sent or channel.out_window_size < len(data):
                    return False
                channel.out_window_size -= len(data)
            step = max(1, channel.out_max_packet_size - FRAME_BYTES)
            for start in range(0, len(data), step):
                message = paramiko.Message()
                message.add_byte(common.cMSG_CHANNEL_DATA)
                message.add_int(channel.remote_chanid)
                message.add_string(data[start : start + step])
                self._send_message(message)
        except _ENDED:
            return False
        finally:
            self.clear_to_send_lock.release()
        return True

    def has_room(self) -> bool:
        """Whether what is below takes more at once: the socket's buffer, or the channel through a jump host."""
        poll = _poll_of(self.sock)
        if poll is not None:
            return bool(poll.poll(0))
        outer = getattr(self.sock, "transport", None)
        if not isinstance(outer, Wire):
            return True
        ready = outer.clear_to_send.is_set() and self.sock.out_window_size > ROOM_BYTES
        return ready and outer.has_room()

    def send_all(self, channel: Any, data: bytes, *, seconds_max: float) -> bool:
        """Send all of `data`, waiting for the other side to read; False where that took too long, or it ended."""
        channel.settimeout(max(0.01, seconds_max))
        try:
            channel.sendall(data)
        except _ENDED:
            return False
        finally:
            channel.settimeout(0.0)
        return True

    def end_input(self, channel: Any) -> None:
        """The command's standard input ends here."""
        with suppress(*_ENDED):  # it may have ended by itself meanwhile
            channel.shutdown_write()

    def hang_up(self, channel: Any) -> None:
        """Close a command's channel, a signal before it: a command without a terminal does not notice the close.

        sshd passes the signal on where the account is not root's; elsewhere the command ends with its input.
        """
        with suppress(*_ENDED):
            if not channel.closed and self.active:
                self._send_user_message(_request(channel, "signal", "TERM", answer=False))
            channel.close()

    def forget(self, channel: Any) -> None:
        """A channel is closed on both sides."""
        self._held_channels.pop(channel.chanid, None)
        running = self.execs.pop(channel.chanid, None)
        if running is not None:
            running.hear()
            running.finish(EndReason.CUT)

    def shut(self) -> None:
        """End the connection and its thread."""
        self._closing = True
        if isinstance(self.sock, socket.socket):
            with suppress(OSError):
                # Wakes the thread at once; a mere close would leave it in its read for IDLE_SECONDS.
                self.sock.shutdown(socket.SHUT_RDWR)
        self.close()
        self.sock.close()
        if self.is_alive() and threading.current_thread() is not self:
            self.join(JOIN_SECONDS)

    def refusal(self, state: SshState, detail: str, *, hint: str = "") -> SshRefused:
        return SshRefused(state, self.host, detail=detail, hint=hint)

    def run(self) -> None:
        """The thread itself: paramiko's loop, then the news of its end to everyone who waits for something."""
        try:
            super().run()
        finally:
            error = self.saved_exception
            if isinstance(error, Exception) and not isinstance(error, (*_ENDED, SshRefused)):
                # paramiko's log is silent here, so a fault of ours (or of paramiko's) has to be told.
                _log.error("the connection to %s ended by a fault", self.host, exc_info=error)
            with self._end_lock:
                self._over = True
                left = list(self.execs.values())
                self.execs.clear()
            self._held_channels.clear()
            for running in left:
                running.hear()
                running.finish(EndReason.CLOSED if self._closing else EndReason.LOST)
            if self.on_over is not None:
                told = plain(str(error or "")) or "the host closed the connection"
                guarded(self.on_over, None if self._closing else told)

    def _open(self, kind: str, to: tuple[str, int] | None, seconds_max: float) -> Any:
        if threading.current_thread() is self:
            raise ValueError("a channel can't be opened in the thread that would have to hear the answer")
        try:
            channel = self.open_channel(kind, dest_addr=to, src_addr=("127.0.0.1", 0), timeout=seconds_max)
        except paramiko.ChannelException as error:
            what = "a session" if to is None else f"a way to {to[0]} port {to[1]}"
            told = plain(error.args[1] if len(error.args) > 1 else str(error))
            raise self.refusal(SshState.BROKEN, f"the host refused {what}: {told}") from error
        except (OSError, EOFError) as error:
            self.close()  # it is over, though its thread has not noticed yet
            raise self.refusal(SshState.BROKEN, "the connection ended") from error
        except paramiko.SSHException as error:
            state = SshState.SILENT if self.active else SshState.BROKEN
            raise self.refusal(state, f"no channel: {plain(str(error))}") from error
        with self._end_lock:
            if not self._over:
                self._held_channels[channel.chanid] = channel
        return channel

    def _send_user_message(self, data: Any) -> None:
        if threading.current_thread() is self and not self.clear_to_send.is_set():
            if len(self._held_back) >= HELD_BACK_MAX:
                raise paramiko.SSHException("the key exchange does not end")
            self._held_back.append(data)
            return
        super()._send_user_message(data)

    def _parse_newkeys(self, m: Any) -> None:
        super()._parse_newkeys(m)
        while self._held_back and self.clear_to_send.is_set():
            super()._send_user_message(self._held_back.popleft())

    def _keep_alive(self) -> None:
        """Called in this thread when nothing was sent for a while. An answer, mostly a refusal, resets the count."""
        if self._unanswered >= KEEPALIVES_UNANSWERED_MAX:
            self.gave_up = True
            raise paramiko.SSHException(f"no answer to {self._unanswered} keepalives")
        self._unanswered += 1
        self._send_user_message(_keepalive())

    def _parse_request_success(self, m: Any) -> None:
        self._unanswered = 0
        self._answer.set()
        super()._parse_request_success(m)

    def _parse_request_failure(self, m: Any) -> None:
        self._unanswered = 0
        self._answer.set()
        super()._parse_request_failure(m)


_RSA: Final = {"ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256")}


def _poll_of(sock: Any) -> Any:
    """`select.select` knows no file numbers over 1,023, so poll where there is one.

    A new one for each look: several threads send over one connection, and a poll object refuses a second one.
    """
    if not isinstance(sock, socket.socket) or not hasattr(select, "poll") or sock.fileno() < 0:
        return None
    poll = select.poll()
    poll.register(sock, select.POLLOUT)
    return poll
