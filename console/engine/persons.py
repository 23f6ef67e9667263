"""Questions to a person: servers and keys ask them, any face that watches may answer, each is answered once."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from console.domain.text import shown
from console.link.messages import AnswerPrompt, Done, Message, Prompt, Prompts, Refused
from console.ssh.secrets import Question, SecretKind, Secrets

PERSON_SECONDS_MAX: Final = 600.0
PROMPTS_MAX: Final = 16  # each holds a thread that connects; there are more of those than this


@dataclass(slots=True)
class _Waiting:
    """One question that is out."""

    prompt: Prompt
    question: Question
    answered: threading.Event = field(default_factory=threading.Event)
    answer: str | None = None


class Persons:
    """Holds the questions that wait. `anybody` says whether a face is there to ask; `told` hears of each change."""

    def __init__(self, secrets: Secrets, *, anybody: Callable[[], bool], told: Callable[[Prompts], None]) -> None:
        self._secrets, self._anybody, self._told = secrets, anybody, told
        self._guard = threading.Lock()
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}

    def ask(self, question: Question) -> str | None:
        """Wait for a person's answer; None where nobody is there, or it was declined, or nobody answered in time."""
        if not self._anybody():
            return None
        with self._guard:
            if len(self._waiting) >= PROMPTS_MAX:
                return None
            prompt = Prompt(
                number=next(self._numbers), subject=shown(question.subject), title=shown(question.title),
                text=shown(question.text), echo=question.echo,
            )  # fmt: skip
            waiting = _Waiting(prompt, question)
            self._waiting[prompt.number] = waiting
        self._told(self.prompts())
        waiting.answered.wait(PERSON_SECONDS_MAX)
        with self._guard:
            self._waiting.pop(prompt.number, None)
        self._told(self.prompts())
        return waiting.answer

    def prompts(self) -> Prompts:
        with self._guard:
            return Prompts(prompts=tuple(waiting.prompt for waiting in self._waiting.values()))

    def answer(self, given: AnswerPrompt) -> Message:
        """A person's answer, handed to whoever waits for it."""
        with self._guard:
            waiting = self._waiting.get(given.number)
            if waiting is None or waiting.answered.is_set():
                return Refused(reason="no-such-prompt", subject=str(given.number))
            waiting.answer = given.answer
            waiting.answered.set()
        if given.keep and given.answer is not None and waiting.question.kind is not SecretKind.ANSWER:
            question = waiting.question
            self._secrets.remember(question.kind, question.subject, given.answer, keep=True)
        return Done()

    def nobody_left(self) -> None:
        """The last face has gone: what waits is declined."""
        with self._guard:
            for waiting in self._waiting.values():
                waiting.answered.set()
