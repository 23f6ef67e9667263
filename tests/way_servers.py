"""Servers of this machine for ways out: that answer, refuse, hang and drip, by web and by mail; and ways to them."""

import http.server
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from console.domain.alerting import Alert, AlertChange, AlertSource, AlertState, Sign, WayKind, WayOut
from console.domain.verdict import Health
from console.engine.ways_out import Ways
from console.governance.alert_text import Notice
from console.link.watching import SaveWayOut, TryWayOut, WaysOut, WayTried
from tests.alarmed import NOON, Stage

SIGN = Sign(
    cluster="us", node="nyc-1", source=AlertSource.VERDICT, word="postmaster-killed", health=Health.LOST, observed=0,
    limit=1,
)  # fmt: skip
ALERT = Alert(id="a1b2c3", sign=SIGN, state=AlertState.OPEN, begun_at=NOON, worst=Health.LOST)
NOTICE = Notice(alert=ALERT, change=AlertChange.OPENED, at=NOON, console="desk", version="1")


@contextmanager
def ways_of(scene: Stage, *ways: WayOut) -> Iterator[Ways]:
    made = Ways(scene.ground)
    made.start()
    try:
        for way in ways:
            answer = made.answer(SaveWayOut(way=way), "keller")
            assert isinstance(answer, WaysOut), answer
        yield made
    finally:
        made.stop()


def tried(ways: Ways, name: str) -> WayTried:
    answer = ways.answer(TryWayOut(name=name), "keller")
    assert isinstance(answer, WayTried)
    return answer


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield int(server.server_address[1])  # type: ignore[index]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Web:
    """A web server's mind: what it answers, and what it was sent."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b"ok"
    heard: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web(mind: Web, context: ssl.SSLContext | None = None) -> Iterator[int]:
    class Answers(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            mind.heard.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
            self.send_response(mind.status)
            for name, value in mind.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(mind.body)))
            self.end_headers()
            self.wfile.write(mind.body)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with served(server) as port:
        yield port


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


@contextmanager
def dripping_server() -> Iterator[int]:
    """Says one byte of an endless line now and then, so that no single wait is ever long."""
    stopping = threading.Event()

    class Drips(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                while not stopping.wait(0.05):
                    self.request.sendall(b"2")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drips)
    server.daemon_threads = True
    try:
        with served(server) as port:
            yield port
    finally:
        stopping.set()


@dataclass
class Post:
    """A mail server's mind: which answers it gives, and what it took."""

    starttls: bool = False
    login: str = ""  # 'user password' in base64, as PLAIN has it
    refuses: tuple[str, ...] = ()
    mails: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def mail(mind: Post, context: ssl.SSLContext | None = None, *, at_once: bool = False) -> Iterator[int]:
    class Talks(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 mail.example ready")
            while line := self.rfile.readline().decode("utf-8", "replace").strip():
                mind.said.append(line)
                if not self.answer(line.split()[0].upper(), line):
                    return

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())
            self.wfile.flush()

        def answer(self, verb: str, line: str) -> bool:
            match verb:
                case "EHLO":
                    offered = ["mail.example", *(["STARTTLS"] if mind.starttls else []), "AUTH PLAIN"]
                    for one in offered[:-1]:
                        self.say(f"250-{one}")
                    self.say(f"250 {offered[-1]}")
                case "STARTTLS":
                    self.say("220 go ahead")
                    assert context is not None
                    self.connection = context.wrap_socket(self.connection, server_side=True)
                    self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
                case "AUTH":
                    self.say("235 welcome" if line.split()[-1] == mind.login else "535 wrong user or password")
                case "MAIL" | "RSET" | "NOOP":
                    self.say("250 ok")
                case "RCPT":
                    refused = any(one in line for one in mind.refuses)
                    self.say("550 no such mailbox" if refused else "250 ok")
                case "DATA":
                    self.say("354 end with a dot")
                    lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
                    mind.mails.append("\n".join(lines))
                    self.say("250 queued")
                case "QUIT":
                    self.say("221 bye")
                    return False
                case _:
                    self.say("502 what")
            return True

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talks)
    server.daemon_threads = True
    if at_once and context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with served(server) as port:
        yield port


def authority_in(directory: Path) -> tuple[ssl.SSLContext, str]:
    """A server's context for 127.0.0.1, and the file of the authority that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    (directory / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (directory / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "cert.pem", directory / "key.pem")
    return context, str(directory / "cert.pem")


def hook(port: int, *, scheme: str = "http", host: str = "127.0.0.1", path: str = "/hook", **more: object) -> WayOut:
    options = {"name": "hook", "seconds_max": 2.0} | more
    return WayOut(kind=WayKind.WEBHOOK, target=f"{scheme}://{host}:{port}{path}", **options)  # type: ignore[arg-type]


def post(port: int, *options: tuple[str, str], target: str = "ops@example.com") -> WayOut:
    settings = (("smtp", "127.0.0.1"), ("port", f"{port}"), ("from", "console@example.com"))
    given = dict(settings) | dict(options)
    return WayOut(name="mail", kind=WayKind.EMAIL, target=target, options=tuple(given.items()), seconds_max=2.0)
