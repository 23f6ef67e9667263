"""What a key of an inventory may hold, as rules that tell what is wrong and how to mend it."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

NAME_LENGTH_MAX: Final = 63
TEXT_LENGTH_MAX: Final = 1_024
SECRETS_LIVE: Final = "take it out: secrets live in the desktop's keyring, or are asked for once when the engine starts"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that can't stand in an inventory: where it stands, what is wrong, how to mend it."""

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class Kind(Enum):
    """What a key's value is in TOML."""

    TEXT = "a text in quotes"
    WHOLE = "a whole number"
    NUMBER = "a number"
    FLAG = "true or false"
    TEXTS = "a list of texts in quotes"


Wrong = tuple[str, str]  # what, hint
Rule = Callable[[object], Wrong | None]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: the same name as the field that it fills."""

    name: str
    kind: Kind
    rule: Rule
    required: bool = False


def a_name(value: object) -> Wrong | None:
    """What a cluster, a node or a repository may be called."""
    if not re.fullmatch(r"[A-Za-z0-9._-]+", str(value)):
        return f"the name {shown_value(value)} has characters that a name can't have", "use A-Z a-z 0-9 . _ -"
    if str(value)[0] in ".-":
        return f"the name {shown_value(value)} begins with a dot or a dash", "begin with a letter or a digit"
    return at_most(NAME_LENGTH_MAX)(value)


def at_most(length: int) -> Rule:
    """No longer than this."""

    def rule(value: object) -> Wrong | None:
        if len(str(value)) > length:
            return f"it has {len(str(value))} characters, {length} are the limit", ""
        return None

    return rule


def a_text(value: object) -> Wrong | None:
    """Any text that can be a word of a command: in one line, and never taken for an option."""
    text = str(value)
    if not text:
        return "it is empty", "leave the key out, or say what it is"
    if not text.isprintable():
        return "it has characters that can't be shown", "write it anew, in one line"
    if text.startswith("-"):
        return f"{shown_value(value)} begins with a dash", "a program would take it for an option"
    return at_most(TEXT_LENGTH_MAX)(value)


def text_or_nothing(value: object) -> Wrong | None:
    """The same, or empty."""
    return None if value == "" else a_text(value)


def a_word(value: object) -> Wrong | None:
    """A text without a blank."""
    if re.search(r"\s", str(value)):
        return f"{shown_value(value)} has a blank in it", ""
    return a_text(value)


def name_or_nothing(value: object) -> Wrong | None:
    """A name, or empty."""
    return None if value == "" else a_name(value)


def a_conninfo(value: object) -> Wrong | None:
    """The application's way in: never with a password, which would stand in a list of processes."""
    text = str(value)
    address = re.match(r"[a-z]+://([^/@]*)@", text)
    if re.search(r"(?:^|[\s?&'])(?:ssl)?password\s*=", text, re.IGNORECASE) or (address and ":" in address[1]):
        hint = "take it out; on the host that writes, a password file does it: passfile=..., or ~/.pgpass"
        return "it holds a password", hint
    return text_or_nothing(value)


def one_of(choices: type[Enum]) -> Rule:
    """One of these words."""
    words = [str(choice.value) for choice in choices]

    def rule(value: object) -> Wrong | None:
        word = value.value if isinstance(value, Enum) else value
        return None if word in words else (f"{shown_value(value)} is none of its words", "one of " + ", ".join(words))

    return rule


def between(low: float, high: float) -> Rule:
    """A finite number in this range, its ends included."""

    def rule(value: object) -> Wrong | None:
        inside = isinstance(value, int | float) and math.isfinite(value) and low <= value <= high
        return None if inside else (f"{value} is out of its range", f"from {low:g} to {high:g}")

    return rule


def anything(_value: object) -> None:
    """No rule."""


def shown_value(value: object) -> str:
    """A value in quotes, cut where it is long."""
    text = str(value)
    return repr(text if len(text) <= 80 else text[:80] + "…")


def check_keys(value: object, keys: tuple[Key, ...], where: str) -> Iterator[Mistake]:
    """What is wrong in a value's fields, key by key; None is not looked at."""
    for key in keys:
        held = getattr(value, key.name)
        wrong = None if held is None else key.rule(held)
        if wrong is not None:
            yield Mistake(f"{where}, {key.name}", *wrong)


def repeated(names: list[str], kind: str, where: str) -> Iterator[Mistake]:
    """Names that stand there more than once."""
    for name, times in Counter(names).items():
        if times > 1:
            yield Mistake(where, f"{kind} {name} stands there {times} times", "each name once")
