"""Small pieces of HTML, each escaping what it is given: text from nodes is hostile wherever it stands."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from console.domain.text import shown

CELL_CHARACTERS_MAX: Final = 2_000
BLOCK_LINES_MAX: Final = 400
LINE_CHARACTERS_MAX: Final = 4_000


class Raw(str):
    """Markup that was made here; everything else is text, and is escaped."""

    __slots__ = ()


Cell = str | int | None


def text(value: Cell, *, characters_max: int = CELL_CHARACTERS_MAX) -> str:
    """A value as harmless HTML: controls and direction marks replaced, markup escaped; a dash for nothing."""
    if isinstance(value, Raw):
        return value
    if value is None or value == "":
        return "—"
    if isinstance(value, int):
        return f"{value:,}"
    return escape(shown(value, characters_max=characters_max), quote=True)


def tag(word: str, said: str) -> Raw:
    """A state: a word that carries a colour; never the colour alone."""
    return Raw(f'<span class="{escape(word, quote=True)}">{text(said)}</span>')


def block(lines: Iterable[str]) -> Raw:
    """Lines as they are, each made harmless; of very many only the last, and how many were left out."""
    kept = list(lines)
    out = max(0, len(kept) - BLOCK_LINES_MAX)
    said = [f"({out:,} earlier lines are left out)"] if out else []
    body = "\n".join(escape(_line(line), quote=True) for line in [*said, *kept[out:]])
    return Raw(f"<pre>{body}</pre>") if body else Raw("")


def _line(line: str) -> str:
    """One line with its indent, which `shown` would take away."""
    indent = line[: len(line) - len(line.lstrip(" \t"))][:80]
    return indent + shown(line, characters_max=LINE_CHARACTERS_MAX)


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, numbers: frozenset[int] = frozenset()) -> Raw:
    """A table; columns in `numbers` stand to the right. Empty where there is no row."""
    body = []
    for row in rows:
        cells = "".join(f"<td{_kind(place, numbers)}>{text(cell)}</td>" for place, cell in enumerate(row))
        body.append(f"<tr>{cells}</tr>")
    if not body:
        return Raw("")
    heads = "".join(f"<th{_kind(place, numbers)}>{text(one) if one else ''}</th>" for place, one in enumerate(head))
    lines = "\n".join(body)
    return Raw(f'<div class="wide"><table><thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></div>')


def _kind(place: int, numbers: frozenset[int]) -> str:
    return ' class="number"' if place in numbers else ""


def section(name: str, title: str, *parts: str) -> Raw:
    """A section with its heading; `name` is its anchor. Where it has nothing to tell, it says so: nothing is hidden."""
    body = "\n".join(part for part in parts if part) or '<p class="muted">Nothing is known of this.</p>'
    return Raw(f'<section class="card" id="{escape(name, quote=True)}"><h2>{text(title)}</h2>\n{body}\n</section>')


def paragraph(said: str, *, muted: bool = False) -> Raw:
    kind = ' class="muted"' if muted else ""
    return Raw(f"<p{kind}>{text(said)}</p>")
