"""Puts the questions of servers and keys to the person at the terminal, each once, in a thread of its own."""

import getpass
import queue
import sys
import threading

from console.domain.text import shown
from console.link.messages import AnswerPrompt, Message, Prompt, Prompts, Welcome
from console.link.socket import Link


class Prompter:
    """Hears prompts from the link and answers them with what is typed; where nobody can type, it declines."""

    def __init__(self) -> None:
        self._questions: queue.SimpleQueue[Prompt] = queue.SimpleQueue()
        self._known: set[int] = set()
        self._open = 0
        self._link: Link | None = None
        self._thread = threading.Thread(target=self._run, name="prompter", daemon=True)

    def attach(self, link: Link) -> None:
        """Answer over this link from now on."""
        self._link = link
        if not self._thread.is_alive():
            self._thread.start()

    @property
    def busy(self) -> bool:
        """Is a person being asked?"""
        return self._open > 0

    def heard(self, message: Message) -> None:
        """Take the prompts out of what the engine tells."""
        if isinstance(message, Welcome):
            message = message.prompts
        if not isinstance(message, Prompts):
            return
        for prompt in message.prompts:
            if prompt.number not in self._known:
                self._known.add(prompt.number)
                self._open += 1
                self._questions.put(prompt)

    def _run(self) -> None:
        while True:
            prompt = self._questions.get()
            answer = typed(f"{shown(prompt.subject)}: {shown(prompt.text)}", echo=prompt.echo)
            if self._link is not None:
                self._link.send(AnswerPrompt(number=prompt.number, answer=answer), _unheard)
            self._open -= 1


def typed(question: str, *, echo: bool) -> str | None:
    """What a person types at the terminal; None where there is none."""
    if not sys.stdin.isatty():
        return None
    if not echo:
        return getpass.getpass(f"{question} ", stream=sys.stderr)
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    return sys.stdin.readline().rstrip("\n")


def _unheard(_: Message) -> None:
    """Whether an answer was right is seen in what the server does next."""
