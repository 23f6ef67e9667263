"""The order in which one host is logged in to: keys, certificates and the agent, then what a person is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from console.domain.reading import SshState
from console.ssh.config import Hop
from console.ssh.identities import KeyFile, key_files
from console.ssh.refused import SshRefused
from console.ssh.secrets import Asker, SecretKind, Secrets

KEYS_TRIED_MAX: Final = 5  # sshd ends the connection after six failures
TRIES_MAX: Final = 3
FACTORS_MAX: Final = 4
PROMPTS_MAX: Final = 20

PUBLICKEY: Final = "publickey"
INTERACTIVE: Final = "keyboard-interactive"
PASSWORD: Final = "password"

Prompts = list[tuple[str, bool]]  # a server's words, and whether the answer may be seen
Answers = Callable[[str, str, Prompts], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the host said to one attempt. `allowed` is None where it did not say what else it takes."""

    done: bool = False
    partial: bool = False  # accepted, and it wants something more
    allowed: tuple[str, ...] | None = None


class Door(Protocol):
    """The attempts that can be made at a host, and the keys there are. Keys are of no concern here but to be tried."""

    def try_key(self, key: Any) -> Step: ...

    def try_nothing(self) -> Step: ...

    def try_password(self, password: str) -> Step: ...

    def try_answers(self, answers: Answers) -> Step: ...

    def agent_keys(self) -> list[tuple[bytes, Any]]: ...

    def opened(self, file: KeyFile) -> Any | None: ...

    def open(self, file: KeyFile, passphrase: str | None) -> Any | None: ...

    def certified(self, key: Any, file: KeyFile) -> list[Any]: ...


class Login:
    """One login. A named identity file that is not there is refused before anything is sent."""

    def __init__(self, hop: Hop, *, home: Path, asker: Asker, secrets: Secrets) -> None:
        self._hop = hop
        self._asker = asker
        self._secrets = secrets
        self._files, self._missing = key_files(hop, home)
        self._tried = 0
        self._last = Step()
        self._agent: list[tuple[bytes, Any]] | None = None

    def run(self, door: Door) -> None:
        """Log in. Raises SshRefused."""
        self._with_keys(door)
        if self._last.done:
            return
        if self._last.allowed is None:
            self._last = door.try_nothing()
        for _ in range(FACTORS_MAX):
            if self._last.done:
                return
            self._with_person(door, self._last.allowed or ())
        if not self._last.done:
            raise self._refusal(SshState.AUTHENTICATION, f"asks for more than {FACTORS_MAX} proofs")

    def _with_keys(self, door: Door) -> None:
        for key in self._keys(door):
            if self._tried >= KEYS_TRIED_MAX:
                return
            self._tried += 1
            step = door.try_key(key)
            if step.done or step.allowed is not None:
                self._last = step
            if step.done or (step.allowed is not None and PUBLICKEY not in step.allowed):
                return

    def _keys(self, door: Door) -> Iterator[Any]:
        """Named files, then the agent, then the usual files; encrypted usual ones last, as they need a person."""
        named = [file for file in self._files if file.named]
        usual = [file for file in self._files if not file.named]
        offered: list[bytes] = []
        for file in named:
            yield from self._keys_of(door, file, offered)
        if not self._hop.identities_only:
            for blob, key in self._agent_keys(door):
                if blob not in offered:
                    yield key
        for file in sorted(usual, key=lambda file: file.encrypted):
            yield from self._keys_of(door, file, offered)

    def _keys_of(self, door: Door, file: KeyFile, offered: list[bytes]) -> Iterator[Any]:
        key = door.opened(file)
        if key is None and (file.encrypted or not file.text) and file.public is not None:
            key = next((key for blob, key in self._agent_keys(door) if blob == file.public), None)
            if key is not None:
                offered.append(file.public)
        if key is None and file.text:
            key = self._opened(door, file)
        if key is not None:
            yield from door.certified(key, file)
            yield key

    def _agent_keys(self, door: Door) -> list[tuple[bytes, Any]]:
        if self._agent is None:
            self._agent = [] if self._hop.agent == "none" else door.agent_keys()
        return self._agent

    def _opened(self, door: Door, file: KeyFile) -> Any | None:
        """The key of a file, with its passphrase from memory, the keyring or a person."""
        if not file.encrypted:
            return door.open(file, None)
        for _ in range(TRIES_MAX):
            passphrase = self._asker.secret(
                SecretKind.PASSPHRASE, file.path, title="Private key", text=f"Passphrase of {file.path}"
            )
            if passphrase is None:
                if not file.named:
                    return None  # nobody asked for this one; the next may do
                raise self._asks(f"the key {file.path} needs its passphrase", file.path)
            key = door.open(file, passphrase)
            if key is not None:
                return key
            self._secrets.forget(SecretKind.PASSPHRASE, file.path)
        raise self._refusal(SshState.ASKS, f"the passphrase of {file.path} was wrong {TRIES_MAX} times")

    def _with_person(self, door: Door, allowed: tuple[str, ...]) -> None:
        if not self._last.partial:
            if not self._tried and self._missing:
                raise SshRefused(
                    SshState.KEY_MISSING, self._hop.name, detail=f"the identity file {self._missing[0]} is not there",
                    hint="correct IdentityFile in the SSH configuration",
                )  # fmt: skip
            # Who named a key for this host wants it used; asking for passwords would hide that it is not accepted.
            if PUBLICKEY in allowed and self._tried and any(file.named for file in self._files):
                raise self._not_accepted(allowed)
        if INTERACTIVE in allowed:
            self._last = self._asked(door, INTERACTIVE)
        elif PASSWORD in allowed:
            self._last = self._asked(door, PASSWORD)
        else:
            raise self._not_accepted(allowed)

    def _asked(self, door: Door, method: str) -> Step:
        for _ in range(TRIES_MAX):
            if not self._asker.present or self._asker.declined(str(self._hop)):
                raise self._asks(f"asks for {method}", str(self._hop))
            step = door.try_answers(self._answers()) if method == INTERACTIVE else self._password(door)
            if step.done or step.partial:
                return step
            if step.allowed is not None and method not in step.allowed:
                raise self._not_accepted(step.allowed)
        raise self._refusal(SshState.AUTHENTICATION, f"accepted none of {TRIES_MAX} answers to {method}")

    def _password(self, door: Door) -> Step:
        subject = str(self._hop)
        password = self._asker.secret(SecretKind.PASSWORD, subject, title=subject, text=f"Password of {subject}")
        if password is None:
            raise self._asks("asks for a password", subject)
        step = door.try_password(password)
        if not step.done and not step.partial:
            self._secrets.forget(SecretKind.PASSWORD, subject)
        return step

    def _answers(self) -> Answers:
        """Puts a server's prompts to a person. What is answered is kept nowhere: codes are good once."""
        asked = 0
        subject = str(self._hop)

        def answers(title: str, instructions: str, prompts: Prompts) -> list[str]:
            nonlocal asked
            asked += max(1, len(prompts))
            if asked > PROMPTS_MAX:
                raise self._refusal(SshState.BROKEN, f"asks more than {PROMPTS_MAX} questions")
            told: list[str] = []
            for place, (text, echo) in enumerate(prompts):
                words = f"{instructions}\n{text}" if place == 0 and instructions.strip() else text
                answer = self._asker.answer(
                    SecretKind.ANSWER, subject, title=title.strip() or subject, text=words, echo=echo
                )
                if answer is None:
                    raise self._asks("asks, and nobody answered", subject)
                told.append(answer)
            return told

        return answers

    def _not_accepted(self, allowed: tuple[str, ...]) -> SshRefused:
        keys = {0: "no key was there to try", 1: "the key was not accepted"}.get(
            self._tried, f"none of {self._tried} keys was accepted"
        )
        return self._refusal(
            SshState.AUTHENTICATION, f"{keys} for user {self._hop.user}; it takes {', '.join(allowed) or 'nothing'}"
        )

    def _asks(self, detail: str, subject: str) -> SshRefused:
        if not self._asker.present:
            hint = "nobody can be asked here; use --ask, the window, or a key"
        else:
            hint = f"it was declined for {subject}" if self._asker.declined(subject) else ""
        return SshRefused(SshState.ASKS, self._hop.name, detail=detail, hint=hint)

    def _refusal(self, state: SshState, detail: str) -> SshRefused:
        return SshRefused(state, self._hop.name, detail=detail)
