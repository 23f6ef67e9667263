"""How a node is configured, as it is asked for a comparison of copies: one read-only question, and its pure reader."""

from typing import Annotated, Final

import msgspec

from console.domain.drift import RULES_MAX, SETTINGS, Collation, Configured
from console.domain.text import shown

ANSWER_SECONDS_MAX: Final = 15.0
COLLATIONS_MAX: Final = 20
EXTENSIONS_MAX: Final = 500
_NAMES: Final = ", ".join(f"'{rule.name}'" for rule in SETTINGS)

# Versions of databases are told from 15 on, those of collations from 10 on; both are null where nothing has versions.
_DATABASES: Final = (
    "select datname::text as name, datcollversion as recorded, pg_database_collation_actual_version(oid) as actual "
    "from pg_database where datallowconn"
)
_NO_DATABASES: Final = "select null::text as name, null::text as recorded, null::text as actual"
_COLLATIONS: Final = "select collname::text, collversion, pg_collation_actual_version(oid) from pg_collation"
_HBA: Final = (
    "select row_number() over () as place, error is not null as bad, concat_ws(' ', type, "
    "array_to_string(database, ','), array_to_string(user_name, ','), address, netmask, auth_method, "
    "array_to_string(options, ',')) as rule "
    f"from pg_hba_file_rules limit {RULES_MAX}"
)


def configured_sql(*, version: int, sees_hba: bool) -> str:
    """One statement that answers with one line of JSON."""
    databases = _DATABASES if version >= 150000 else _NO_DATABASES
    hba = f"(select json_agg(json_build_array(h.bad, h.rule) order by h.place) from ({_HBA}) h)" if sees_hba else "null"
    return (
        "select json_build_object("
        "'recovery', pg_is_in_recovery(), 'version', current_setting('server_version_num')::int, "
        f"'settings', (select json_object_agg(name, setting) from pg_settings where name in ({_NAMES})), "
        "'extensions', (select coalesce(json_agg(json_build_array(e.extname, e.extversion, "
        "coalesce(a.default_version, '')) order by e.extname), '[]') from (select * from pg_extension "
        f"limit {EXTENSIONS_MAX}) e left join pg_available_extensions a on a.name = e.extname), "
        "'collations', (select coalesce(json_agg(json_build_array(c.name, c.recorded, c.actual, c.alike)), '[]') from ("
        "select min(v.name) as name, v.recorded, coalesce(v.actual, '') as actual, count(*) as alike from ("
        f"{databases} union all {_COLLATIONS}) v where v.recorded is not null and v.recorded is distinct from v.actual "
        f"group by v.recorded, coalesce(v.actual, '') limit {COLLATIONS_MAX}) c), "
        f"'hba', {hba})"
    )


SEES_HBA_SQL: Final = "select has_function_privilege('pg_catalog.pg_hba_file_rules()', 'execute')"


Text = Annotated[str, msgspec.Meta(max_length=100_000)]


class _Answer(msgspec.Struct):
    recovery: bool
    version: int
    settings: Annotated[dict[str, Text | None], msgspec.Meta(max_length=200)]
    extensions: Annotated[list[tuple[Text, Text, Text]], msgspec.Meta(max_length=EXTENSIONS_MAX)]
    collations: Annotated[list[tuple[Text, Text, Text, int]], msgspec.Meta(max_length=COLLATIONS_MAX)]
    hba: Annotated[list[tuple[bool, Text]], msgspec.Meta(max_length=RULES_MAX)] | None = None


_ANSWER: Final = msgspec.json.Decoder(_Answer)


def read_configured(node: str, text: bytes) -> Configured:
    """What a node answered. Raises ValueError where it makes no sense."""
    lines = [line for line in text.splitlines() if line.strip().startswith(b"{")]
    if len(lines) != 1:
        raise ValueError(f"{len(lines)} answers where one was asked for")
    try:
        raw = _ANSWER.decode(lines[0])
    except msgspec.DecodeError as error:
        raise ValueError(shown(f"{error}")) from error
    return Configured(
        node=node, in_recovery=raw.recovery, version=raw.version,
        settings=tuple(sorted((name, value or "") for name, value in raw.settings.items())),
        extensions=tuple(raw.extensions),
        collations=tuple(
            Collation(name=name, recorded=recorded, actual=actual, alike=alike)
            for name, recorded, actual, alike in raw.collations
        ),
        hba=None if raw.hba is None else tuple(rule for bad, rule in raw.hba if not bad),
        hba_errors=sum(1 for bad, _ in raw.hba or () if bad),
    )  # fmt: skip
