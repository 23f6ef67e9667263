"""Monitoring scripts as a TOML file: one [[checks]] table each, read with every mistake at once, and written back."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from console.domain.check_rules import TEXT_CHARACTERS_MAX, CheckMistake, examine
from console.domain.cluster import ClusterSpec
from console.domain.monitoring import CHECKS_MAX, CheckSpec, CheckUse, CheckWay
from console.store.key_rules import Key, Kind, Mistake, Wrong, at_most
from console.store.toml_tables import InventoryMistake, Table, Tables, key_lines, syntax_mistake

CHARACTERS_MAX: Final = 4 * 1024 * 1024


def _anything(value: object) -> Wrong | None:
    """What it may hold is judged of the whole check."""
    del value
    return None


_KEYS: Final = (
    Key("name", Kind.TEXT, at_most(100), required=True),
    Key("command", Kind.TEXT, at_most(TEXT_CHARACTERS_MAX)),
    Key("sql", Kind.TEXT, at_most(TEXT_CHARACTERS_MAX)),
    Key("nodes", Kind.TEXTS, _anything),
    Key("every_seconds", Kind.NUMBER, _anything),
    Key("seconds_max", Kind.NUMBER, _anything),
    Key("uses", Kind.TEXTS, _anything),
    Key("warning", Kind.TEXT, at_most(100)),
    Key("critical", Kind.TEXT, at_most(100)),
    Key("role", Kind.TEXT, at_most(20)),
    Key("enabled", Kind.FLAG, _anything),
)


def read_checks(text: str, cluster: ClusterSpec) -> tuple[CheckSpec, ...]:
    """The checks that a TOML text describes for this cluster. Raises InventoryMistake with every mistake."""
    if len(text) > CHARACTERS_MAX:
        raise InventoryMistake([Mistake("the file", f"it has {len(text)} characters, {CHARACTERS_MAX} are the limit")])
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InventoryMistake([syntax_mistake(str(error))]) from error
    reader = Tables(Path.cwd())
    reader.unknown(document, ["checks"], "the file")
    tables = reader.tables(document, "checks", "the file", "[[checks]]")
    if not tables and not reader.found:
        reader.found.append(Mistake("the file", "it has no checks", "write [[checks]] with name, and command or sql"))
    if len(tables) > CHECKS_MAX:
        reader.found.append(Mistake("the file", f"it has {len(tables)} checks, {CHECKS_MAX} are the limit"))
        tables = []
    found: list[CheckSpec] = []
    for place, table in enumerate(tables, 1):
        spec = _check(reader, table, f"check {table.get('name', place)}", cluster)
        if spec is None:
            continue
        if any(one.name == spec.name for one in found):
            reader.found.append(Mistake(f"check {spec.name}", "there are two of this name", "name them apart"))
        found.append(spec)
    if reader.found:
        raise InventoryMistake(reader.found)
    return tuple(found)


def _check(reader: Tables, table: Table, where: str, cluster: ClusterSpec) -> CheckSpec | None:
    before = len(reader.found)
    fields = reader.fields(table, _KEYS, where, remote=True)
    ways = [way for way in ("command", "sql") if way in table]
    if len(ways) != 1:
        what = "it has neither command nor sql" if not ways else "it has a command and sql"
        reader.found.append(Mistake(where, what, "one of both says how it is asked"))
    uses = fields.get("uses", [])
    known = [use.value for use in CheckUse]
    for use in uses if isinstance(uses, list) else []:
        if use not in known:
            reader.found.append(Mistake(f"{where}, uses", f"{use!r:.80} is none of its words", ", ".join(known)))
    if len(reader.found) > before:
        return None
    way = CheckWay(ways[0])
    text = fields.pop(ways[0])
    spec = msgspec.convert({**fields, "way": way.value, "text": text}, CheckSpec)
    try:
        examine(spec, cluster)
    except CheckMistake as mistake:
        reader.found.append(Mistake(where, f"{mistake}"))
    return spec


def write_checks(checks: tuple[CheckSpec, ...]) -> str:
    """The TOML text that `read_checks` reads back to the same checks."""
    lines: list[str] = []
    keys = tuple(key for key in _KEYS if key.name not in ("command", "sql"))
    for check in checks:
        by_way = {check.way: check.text}
        texts = _Texts(command=by_way.get(CheckWay.COMMAND), sql=by_way.get(CheckWay.SQL))
        text = key_lines(texts, _KEYS[1:3])
        lines += ["[[checks]]", *key_lines(check, keys[:1]), *text, *key_lines(check, keys[1:]), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """What a check asks, under the key that says how."""

    command: str | None
    sql: str | None
