"""Text from nodes is hostile until shown otherwise: made harmless before anybody sees it."""

import unicodedata
from typing import Final

SHOWN_CHARACTERS_MAX: Final = 500
_ALLOWED_BREAKS: Final = frozenset("\t ")
_UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # controls, bidirectional marks, …


def shown(text: str, *, characters_max: int = SHOWN_CHARACTERS_MAX) -> str:
    """The text in one line, every control, escape and direction mark replaced, cut with '…' over the limit."""
    cut = text[: characters_max + 1]
    if not (cut.isascii() and cut.isprintable()):
        cut = "".join(
            c if c in _ALLOWED_BREAKS or unicodedata.category(c) not in _UNSEEN_CATEGORIES
            else " " if c in "\r\n" else "�"
            for c in cut
        )  # fmt: skip
    return cut.strip() if len(cut) <= characters_max else cut[:characters_max].strip() + "…"
