"""Passphrases and passwords: kept in memory, in the desktop's keyring where a person wants it, asked for once."""

import importlib
import itertools
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from time import monotonic
from typing import Final

from console.domain.masking import masked

SERVICE: Final = "ledger-console"
DECLINED_SECONDS: Final = 300.0  # a person who said no is not asked the same thing by every node of a fleet
TEXT_CHARACTERS_MAX: Final = 2_000
TURN_SECONDS_MAX: Final = 2.0

_log = logging.getLogger(__name__)


class SecretKind(Enum):
    """What a secret opens."""

    PASSPHRASE = "passphrase"  # a private key's file
    PASSWORD = "password"  # a login
    DATABASE = "database"  # a database role
    ANSWER = "answer"  # what a server asked for at this moment: never kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a server or a key asks of a person, in its own words; `echo` False: the answer is secret."""

    number: int
    kind: SecretKind
    subject: str  # 'm.keller@bastion.example', or the key's path
    title: str
    text: str
    echo: bool = False


Ask = Callable[[Question], str | None]  # blocks until a person answered; None: declined


class Secrets:
    """What is known by now. Threads may share it; nothing in it shows in its repr."""

    def __init__(self, *, keyring: bool = True) -> None:
        self._known: dict[tuple[SecretKind, str], str] = {}
        self._lock = threading.Lock()
        self._use_keyring = keyring

    def get(self, kind: SecretKind, subject: str) -> str | None:
        """From memory, else from the keyring; None where neither has it."""
        with self._lock:
            known = self._known.get((kind, subject))
        if known is None:
            known = self._from_keyring(kind, subject)
            if known is not None:
                self.remember(kind, subject, known)
        return known

    def remember(self, kind: SecretKind, subject: str, secret: str, *, keep: bool = False) -> None:
        """Until this engine ends; with `keep` also in the keyring."""
        with self._lock:
            self._known[(kind, subject)] = secret
        if keep and self._use_keyring:
            try:
                import keyring

                keyring.set_password(SERVICE, _entry(kind, subject), secret)
            except _keyring_failures() as failure:
                self._without_keyring(failure)

    def hidden(self, text: str) -> str:
        """The text with every secret taken out that is known by now, or that has a known shape."""
        with self._lock:
            known = tuple(set(self._known.values()))
        return masked(text, known=known)

    def forget(self, kind: SecretKind, subject: str) -> None:
        """It was wrong: drop it from memory and, if it lies there, from the keyring."""
        with self._lock:
            self._known.pop((kind, subject), None)
        if self._from_keyring(kind, subject) is None:
            return
        try:
            import keyring

            keyring.delete_password(SERVICE, _entry(kind, subject))
        except _keyring_failures() as failure:
            self._without_keyring(failure)

    def _from_keyring(self, kind: SecretKind, subject: str) -> str | None:
        if not self._use_keyring or kind is SecretKind.ANSWER:
            return None
        try:
            # A tenth of a second and a D-Bus connection, only where a secret is really wanted.
            import keyring

            return keyring.get_password(SERVICE, _entry(kind, subject)) or None
        except _keyring_failures() as failure:
            self._without_keyring(failure)
            return None

    def _without_keyring(self, failure: BaseException) -> None:
        """One line, and no further try: a keyring that fails would fail for each node of a fleet."""
        self._use_keyring = False
        # The failure's kind only: a backend's own text could quote what it was given.
        _log.warning("the desktop's keyring can't be used (%s): secrets are asked for", type(failure).__name__)


def _entry(kind: SecretKind, subject: str) -> str:
    return f"{kind.value} {subject}"


def _keyring_failures() -> tuple[type[BaseException], ...]:
    """What a keyring's backend may raise: its own errors, and those of the bus behind it."""
    failures: list[type[BaseException]] = [ImportError, OSError, RuntimeError, ValueError, TypeError, LookupError]
    with suppress(ImportError):
        failures.append(importlib.import_module("keyring.errors").KeyringError)
        failures.append(importlib.import_module("jeepney").DBusErrorResponse)
    return tuple(failures)


class Asker:
    """Puts questions to a person, one at a time for one subject, and remembers a no for a while."""

    def __init__(self, ask: Ask | None, secrets: Secrets) -> None:
        self._ask = ask
        self._secrets = secrets
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._turns: dict[tuple[SecretKind, str], threading.Lock] = {}
        self._declined: dict[str, float] = {}

    @property
    def present(self) -> bool:
        """Whether there is anybody to ask."""
        return self._ask is not None

    def declined(self, subject: str) -> bool:
        """Whether a person said no to this subject a short while ago."""
        with self._lock:
            return monotonic() - self._declined.get(subject, float("-inf")) < DECLINED_SECONDS

    def ask_again(self) -> None:
        """Forget every no: a person wants to be asked."""
        with self._lock:
            self._declined.clear()

    def answer(self, kind: SecretKind, subject: str, *, title: str, text: str, echo: bool = False) -> str | None:
        """A person's answer; None where nobody is there, or where it was declined now or a short while ago."""
        if self._ask is None or self.declined(subject):
            return None
        question = Question(
            number=next(self._numbers), kind=kind, subject=subject, title=plain(title), text=plain(text), echo=echo
        )
        told = self._ask(question)
        if told is None:
            with self._lock:
                self._declined[subject] = monotonic()
        return told

    def secret(self, kind: SecretKind, subject: str, *, title: str, text: str) -> str | None:
        """What is known, else what a person says, asked once however many threads want it at the same time."""
        with self._lock:
            turn = self._turns.setdefault((kind, subject), threading.Lock())
        if not turn.acquire(timeout=TURN_SECONDS_MAX):
            # Somebody is being asked for it: whoever wants it too tries again, and holds up nobody until then.
            return self._secrets.get(kind, subject)
        try:
            known = self._secrets.get(kind, subject)
            if known is not None:
                return known
            told = self.answer(kind, subject, title=title, text=text)
            if told is not None:
                self._secrets.remember(kind, subject, told)
            return told
        finally:
            turn.release()


def plain(text: str) -> str:
    """A server's words without control and direction characters, and not longer than a screen takes."""
    shown = "".join(character for character in text if character.isprintable() or character == "\n")
    return shown[:TEXT_CHARACTERS_MAX]
