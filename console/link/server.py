"""The engine's end of the link: it serves any number of faces, and never waits for a slow one."""

import logging
import os
import socket
import struct
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from console.domain.text import shown
from console.link.frames import LinkLost, framed, hang_up, read_frame
from console.link.messages import PROTOCOL, Hello, Message, Refused, Welcome, decode, encode

FACES_MAX: Final = 32
WAITING_FRAMES_MAX: Final = 4096  # of one face; over it the face is cut off, it can come again for a fresh picture
HELLO_SECONDS_MAX: Final = 5.0
ANSWERERS: Final = 8
PERSON_CHARACTERS_MAX: Final = 60

log = logging.getLogger(__name__)


class _Face:
    """One connected face with its own outbox: a newer picture of the same thing takes the place of the older."""

    def __init__(self, connection: socket.socket, hello: Hello) -> None:
        self.connection = connection
        self.hello = hello
        self._outbox: dict[str, bytes] = {}
        self._serial = 0
        self._ready = threading.Condition()
        self._ended = False

    def put(self, frame: bytes, *, key: str | None = None) -> None:
        with self._ready:
            self._serial += 1
            name = key if key is not None else f"#{self._serial}"
            self._outbox.pop(name, None)
            self._outbox[name] = frame
            if len(self._outbox) > WAITING_FRAMES_MAX:
                self._ended = True
            self._ready.notify()

    def end(self) -> None:
        with self._ready:
            self._ended = True
            self._ready.notify()
        hang_up(self.connection)

    def write(self) -> None:
        """Send what waits until the face ends."""
        while True:
            with self._ready:
                self._ready.wait_for(lambda: self._outbox or self._ended)
                if self._ended:
                    break
                frames, self._outbox = list(self._outbox.values()), {}
            try:
                self.connection.sendall(b"".join(frames))
            except OSError:
                break
        hang_up(self.connection)


class LinkServer:
    """Listens on a Unix socket that only its owner may use.

    `welcome` gives the first picture to a face; `answer` answers one question of a person (who the face says sits
    there, or an empty text) and is called from a small pool.
    """

    def __init__(
        self, path: Path, *, welcome: Callable[[], Welcome], answer: Callable[[Message, str], Message]
    ) -> None:
        self._welcome = welcome
        self._answer = answer
        self._path = path
        self._faces: list[_Face] = []
        self._guard = threading.Lock()
        self._pool = ThreadPoolExecutor(ANSWERERS, thread_name_prefix="link answer")
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            self._listener.bind(str(path))
        finally:
            os.umask(before)
        self._listener.listen(FACES_MAX)
        self._thread = threading.Thread(target=self._accept, name="link server", daemon=True)
        self._thread.start()

    @property
    def faces(self) -> int:
        with self._guard:
            return len(self._faces)

    @property
    def watching(self) -> int:
        """How many faces want to hear what happens, and so can put a question to a person."""
        with self._guard:
            return sum(1 for face in self._faces if face.hello.watches)

    def tell(self, message: Message, *, key: str | None = None) -> None:
        """Give a message to every face that watches. With `key`, it replaces an unsent one of the same key."""
        with self._guard:
            watching = [face for face in self._faces if face.hello.watches]
        if watching:
            frame = framed(encode(message))
            for face in watching:
                face.put(frame, key=key)

    def close(self) -> None:
        hang_up(self._listener)
        self._path.unlink(missing_ok=True)
        with self._guard:
            faces = list(self._faces)
        for face in faces:
            face.end()
        self._thread.join(HELLO_SECONDS_MAX)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if _owner_of(connection) not in (None, os.getuid()) or self.faces >= FACES_MAX:
                connection.close()
                continue
            threading.Thread(target=self._serve, args=(connection,), name="link face", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(HELLO_SECONDS_MAX)
            _, hello = decode(read_frame(connection))
            connection.settimeout(None)
            if not isinstance(hello, Hello) or hello.protocol != PROTOCOL:
                text = "this engine is of another version than the face: stop it with 'ledger-console engine stop'"
                connection.sendall(framed(encode(Refused(reason="other-version", detail=text))))
                hang_up(connection)
                return
        except (OSError, ValueError, LinkLost):
            # Somebody knocked and said nothing that a face would say; no one is there to be told.
            hang_up(connection)
            return
        face = _Face(connection, hello)
        welcome = framed(encode(self._welcome()))
        with self._guard:
            self._faces.append(face)
            face.put(welcome)
        writer = threading.Thread(target=face.write, name="link writer", daemon=True)
        writer.start()
        try:
            while True:
                number, question = decode(read_frame(connection))
                self._pool.submit(self._reply, face, number, question)
        except (LinkLost, RuntimeError):
            pass  # The face has ended, or we are ending: both are the normal end of a conversation.
        except ValueError as error:
            log.info("a face said what cannot be read and is cut off: %s", error)
        finally:
            with self._guard:
                self._faces.remove(face)
            face.end()

    def _reply(self, face: _Face, number: int, question: Message) -> None:
        try:
            answer = self._answer(question, shown(face.hello.person, characters_max=PERSON_CHARACTERS_MAX))
        except Exception as error:  # the last hook of a question: the engine must outlive it
            log.exception("the question %s could not be answered", type(question).__name__)
            answer = Refused(reason="engine-error", subject=type(question).__name__, detail=f"{error}")
        face.put(framed(encode(answer, number=number)))


def _owner_of(connection: socket.socket) -> int | None:
    """The user id at the other end, where the system tells it."""
    if not hasattr(socket, "SO_PEERCRED"):
        return None
    packed = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", packed)
    return int(user)
