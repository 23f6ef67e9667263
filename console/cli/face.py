"""What every command shares: the home, the link to the engine, the way answers and errors are printed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from console.cli.answers import ErrorAnswer
from console.cli.prompter import Prompter
from console.domain.fleet import EngineView
from console.engine.launch import ensure_engine
from console.link.frames import LinkLost
from console.link.messages import AskEngine, Message, Refused, encode_json
from console.link.socket import Link
from console.places import Home, person_here
from console.ui import words


class Exit(IntEnum):
    """Exit codes: they mean the same in every command."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    PERSON = 3  # a person must decide


class CommandFailed(Exception):
    """A command that could not do what it was asked; it ends with `code` and this error."""

    def __init__(self, error: ErrorAnswer, code: Exit = Exit.REFUSED) -> None:
        super().__init__(error.what)
        self.error = error
        self.code = code


def failed(word: str, what: str, *, where: str = "", then: str = "", code: Exit = Exit.REFUSED) -> CommandFailed:
    """An error with its word, what happened, where, and what to do next."""
    return CommandFailed(ErrorAnswer(error=word, what=what, where=where, next=then), code)


@dataclass(frozen=True, slots=True)
class Face:
    """One command line's way to speak: to the engine and to the terminal."""

    home: Home
    json: bool
    ask: bool = False
    prompter: Prompter = field(default_factory=Prompter)

    def print(self, answer: Any, lines: list[str]) -> None:
        """The answer: as JSON alone on standard output, or as lines for a person."""
        if self.json:
            sys.stdout.write(encode_json(answer).decode() + "\n")
        else:
            sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()

    def tell(self, text: str) -> None:
        """Progress, for a person at a terminal; never on standard output."""
        if sys.stderr.isatty() and not self.json:
            sys.stderr.write(f"{text}\n")

    def say(self, text: str) -> None:
        """A line for whoever reads along, at a terminal or in a log; with --json nothing but JSON is printed."""
        if not self.json:
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()

    @contextmanager
    def link(
        self, *, start: bool = True, watches: bool = False, on_message: Callable[[Message], None] | None = None
    ) -> Iterator[Link]:
        """A link to the engine of this home; one is started where none runs, unless `start` is False."""

        if self.ask and not sys.stdin.isatty():
            raise failed("asks", "--ask needs a terminal to ask at", then="run it at a terminal", code=Exit.PERSON)

        def heard(message: Message) -> None:
            if self.ask:
                self.prompter.heard(message)
            if on_message is not None:
                on_message(message)

        try:
            if start:
                ensure_engine(self.home)
            link = Link(
                self.home.engine_socket, face="command line", watches=watches or self.ask, on_message=heard,
                on_lost=lambda _: None, person=person_here(),
            )  # fmt: skip
        except LinkLost as lost:
            where, then = str(self.home.directory), "see 'ledger-console engine log'"
            raise failed("engine-lost", lost.reason, where=where, then=then) from lost
        self.prompter.attach(link)
        try:
            yield link
        except LinkLost as lost:
            raise failed("engine-lost", lost.reason, where=str(self.home.directory)) from lost
        finally:
            link.close()


def expect(answer: Message, kind: type[Any], *, where: str = "") -> Any:
    """The answer, if it is of this kind; else CommandFailed with what the engine said instead."""
    if isinstance(answer, kind):
        return answer
    if isinstance(answer, Refused):
        person = answer.reason in ("asks", "host-key-unknown")
        raise CommandFailed(
            ErrorAnswer(
                error=answer.reason, what=words.refused_sentence(answer), where=answer.subject or where,
                next=_next_of(answer),
            ),
            Exit.PERSON if person else Exit.REFUSED,
        )  # fmt: skip
    raise failed("unexpected-answer", f"the engine answered {type(answer).__name__}", where=where)


def _next_of(refused: Refused) -> str:
    match refused.reason:
        case "host-key-unknown":
            return "compare the key with the host's own, then 'ledger-console host-keys accept HOST FINGERPRINT'"
        case "asks":
            return "run the command again with --ask, at a terminal"
        case "store-trouble":
            return "see 'ledger-console engine status'"
        case _:
            return ""


def engine_view(link: Link) -> EngineView:
    """The engine's picture of itself."""
    view: EngineView = expect(link.ask(AskEngine()), EngineView)
    return view
