"""The door to the translations: knows no Qt, so that the command line can speak without loading it."""

from collections.abc import Callable, Iterable
from typing import Final


class _Voice:
    """Who turns an English text into the language of the person. Until told otherwise it stays English."""

    def __init__(self) -> None:
        self.translate: Callable[[str, str], str] = lambda _context, text: text


_VOICE: Final = _Voice()


def speak_with(translate_text: Callable[[str, str], str]) -> None:
    """Let this function (context, English text) -> text give all words from now on."""
    _VOICE.translate = translate_text


def translate(context: str, text: str) -> str:
    """The text in the language of the person. Write the context and the text as literals: they are collected."""
    return _VOICE.translate(context, text)


def counted(number: int, one: str, many: str) -> str:
    """The form that goes with a number; both are translated by the caller and may hold `{n}`."""
    return (one if number == 1 else many).replace("{n}", f"{number:,}")


def listed(parts: Iterable[str]) -> str:
    """Some parts one after the other: 'a, b, c'."""
    return translate("words", ", ").join(parts)


def joined(words: tuple[str, ...] | list[str]) -> str:
    """Some words as one enumeration: 'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    head = translate("words", ", ").join(words[:-1])
    return translate("words", "{head} and {last}").format(head=head, last=words[-1])
