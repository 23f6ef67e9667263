"""Tables of a TOML text, walked through once with every mistake collected, and values written back as TOML."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Final

from console.store.key_rules import SECRETS_LIVE, Key, Kind, Mistake

MISTAKES_SHOWN_MAX: Final = 20

_SECRET: Final = re.compile(r"pass|secret|token|credential|private", re.IGNORECASE)
_LINE: Final = re.compile(r"^(?P<what>.*) \(at (?P<where>[^()]+)\)$", re.DOTALL)
_FILES: Final = ("identity_file", "config_file")
Table = dict[str, object]


class InventoryMistake(ValueError):
    """Nothing can be taken from the file, for all these mistakes; `where`, `what` and `hint` are those of the first."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        self.where, self.what, self.hint = self.mistakes[0].where, self.mistakes[0].what, self.mistakes[0].hint
        shown = [str(mistake) for mistake in self.mistakes[:MISTAKES_SHOWN_MAX]]
        if len(self.mistakes) > len(shown):
            shown.append(f"and {len(self.mistakes) - len(shown)} more")
        super().__init__("\n".join(shown))


def syntax_mistake(said: str) -> Mistake:
    placed = _LINE.match(said)
    if placed is None:
        return Mistake("the file", f"it is not TOML: {said[:200]}")
    where, what = placed["where"], placed["what"]
    return Mistake(where, f"it is not TOML: {what[:200]}", "texts stand in quotes, a list of tables in [[ ]]")


class Tables:
    """Walks through a document once and collects every mistake on its way. `base`: relative paths count from it."""

    def __init__(self, base: Path) -> None:
        self.found: list[Mistake] = []
        self._base = base

    def fields(
        self, table: Table, keys: tuple[Key, ...], where: str, *, inside: tuple[str, ...] = (), remote: bool = False
    ) -> Table:
        self.unknown(table, [*(key.name for key in keys), *inside], where)
        fields: Table = {}
        for key in keys:
            if key.name in table:
                self._field(table[key.name], key, f"{where}, {key.name}", fields, remote=remote)
            elif key.required:
                self.found.append(Mistake(where, f"it has no {key.name}", f"give it {key.name} = {key.kind.value}"))
        return fields

    def _field(self, value: object, key: Key, where: str, fields: Table, *, remote: bool) -> None:
        """One key's value. `remote`: a file that it names lies on the node, and is not looked for here."""
        if not _is(value, key.kind):
            hint = SECRETS_LIVE if _SECRET.search(key.name) else ""
            self.found.append(Mistake(where, f"it should be {key.kind.value}", hint))  # its value may be a secret
            return
        wrong = key.rule(value)
        if wrong is not None:
            self.found.append(Mistake(where, *wrong))
            return
        fields[key.name] = self._file(str(value), where) if key.name in _FILES and not remote else value

    def _file(self, text: str, where: str) -> str:
        """The path of a file that must be there. What begins with ~ stays so: it means the reader's own home."""
        try:
            path = self._base / Path(text).expanduser()
            there = path.is_file()
        except (OSError, RuntimeError):
            path, there = Path(text), False
        if not there:
            self.found.append(Mistake(where, f"there is no file {path}", "put it there, or name the one that is"))
        return text if text.startswith("~") else str(path)

    def unknown(self, table: Table, known: list[str], where: str) -> None:
        for key in table:
            if key in known:
                continue
            shown = repr(key if len(key) <= 80 else key[:80] + "…")
            if _SECRET.search(key):
                self.found.append(Mistake(where, f"the key {shown} looks like a secret", SECRETS_LIVE))
                continue
            near = get_close_matches(key.lower(), known, n=1)
            hint = f"did you mean {near[0]}?" if near else "known here: " + ", ".join(known)
            self.found.append(Mistake(where, f"the key {shown} is not known", hint))

    def table(self, table: Table, key: str, where: str, written: str) -> Table:
        """A table inside another; an absent one is empty, so that its required keys are missed by name."""
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.found.append(Mistake(f"{where}, {key}", "it should be a table", f"write {written}"))
        return {}

    def tables(self, table: Table, key: str, where: str, written: str) -> list[Table]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return value
        self.found.append(Mistake(f"{where}, {key}", "it should be a list of tables", f"write {written}"))
        return []


def _is(value: object, kind: Kind) -> bool:
    match kind:
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.WHOLE:
            return isinstance(value, int) and not isinstance(value, bool)
        case Kind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.TEXTS:
            return isinstance(value, list) and all(isinstance(each, str) for each in value)


def place_of(kind: str, table: Table, number: int) -> str:
    name = table.get("name")
    return f"{kind} {name}" if isinstance(name, str) and len(name) <= 80 and name.isprintable() else f"{kind} {number}"


def names_of(tables: list[Table]) -> list[str]:
    """The names of tables, as far as they have one; a nameless one counts by its place."""
    return [str(table.get("name", f"#{number}")) for number, table in enumerate(tables)]


def key_lines(value: object, keys: tuple[Key, ...]) -> list[str]:
    """The lines of one table; what is None is left out."""
    held = ((key.name, getattr(value, key.name)) for key in keys)
    return [f"{name} = {_toml(each)}" for name, each in held if each is not None]


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case Enum():
            return _toml(value.value)
        case str():
            return '"' + "".join(_escaped(character) for character in value) + '"'
        case tuple():
            return "[" + ", ".join(_toml(each) for each in value) + "]"
        case _:
            raise ValueError(f"{type(value).__name__} has no form in TOML")


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08X}"
