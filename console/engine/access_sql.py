"""Tries a database role's rights: what its level needs works, and what it must not do fails. Nothing stays written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from console.domain.access import GUARDED_FUNCTIONS, RIGHTS, AccessCheck, Level, Trial, Wanted, judged
from console.domain.cluster import ClusterSpec
from console.domain.text import shown
from console.governance.access_sql import head_tables, ledger_tables
from console.postgres.facts import VITAL_SQL, beat_sql, literal, quoted
from console.recovery.books_door import BooksTrouble

ASK_SECONDS_MAX: Final = 5.0
SAID_CHARACTERS_MAX: Final = 300
WRITER: Final = "access-test"
NO_RIGHT: Final = "42501"
READ_ONLY: Final = "25006"  # a standby says so before it looks at rights
# No such thing there, or a limit that was met: neither says anything of rights.
_UNSURE: Final = frozenset({READ_ONLY, "42P01", "3F000", "42883", "55P03", "57014", "40001"})
_UNSURE_CLASSES: Final = ("08", "53", "57", "58", "XX")
_STATE: Final = re.compile(r"[0-9A-Z]{5} ")
_IN_MONITOR: Final = ("pg_monitor", "pg_read_all_settings", "pg_read_all_stats", "pg_stat_scan_tables")

_ATTRIBUTES: Final = """select concat_ws(', ', case when rolsuper then 'superuser' end,
 case when rolcreaterole then 'createrole' end, case when rolcreatedb then 'createdb' end,
 case when rolbypassrls then 'bypassrls' end, case when rolreplication and not {replication} then 'replication' end)
 from pg_roles where rolname = current_user"""
_MEMBER: Final = """select coalesce(string_agg(rolname, ', ' order by rolname), '') from pg_roles
 where rolname <> current_user and pg_has_role(current_user, oid, 'member') and rolname <> all (array[{allowed}])"""
_TABLES: Final = """select coalesce(string_agg(format('%I.%I', n.nspname, c.relname), ', ' order by c.relname), '')
 from (select * from pg_class where relkind in ('r', 'p', 'v', 'f')) c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'ledger_console') and n.nspname !~ '^pg_temp'
 and (has_table_privilege(current_user, c.oid, 'insert, update, delete, truncate, trigger')
   or has_any_column_privilege(current_user, c.oid, 'insert, update'))"""
_FUNCTIONS: Final = """select coalesce(string_agg(f, ', '), '') from unnest(array[{functions}]) f
 where to_regprocedure(f) is not null and {maybe} has_function_privilege(current_user, to_regprocedure(f), 'execute')"""
_SETTINGS: Final = """select coalesce(string_agg(name, ', ' order by name), '') from pg_settings
 where has_parameter_privilege(current_user, name, 'alter system') and name <> all (array[{allowed}]::text[])"""


class Asks(Protocol):
    """A session with the server; raises BooksTrouble."""

    def ask(self, sql: str, *, seconds_max: float) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of a statement: its SQLSTATE (empty: none was told), and what was said."""

    state: str
    said: str

    @property
    def fine(self) -> bool:
        return self.state == "00000"

    @property
    def allowed(self) -> bool | None:
        """Did the role's rights let it through? What then failed by a trigger or a fault of its own was."""
        if self.state == NO_RIGHT:
            return False
        if not self.state or self.state in _UNSURE or self.state.startswith(_UNSURE_CLASSES):
            return None
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlTrials:
    """One role on one server, asked over a session that reads only unless a trial says otherwise."""

    session: Asks
    cluster: ClusterSpec
    level: Level

    def all(self) -> Iterator[AccessCheck]:
        """Every trial. Raises BooksTrouble where the session ends."""
        version = int(self._value("select current_setting('server_version_num')"))
        primary = self._value("select pg_is_in_recovery()") == "f"
        yield self._works(Trial.SESSION, VITAL_SQL, "vital")
        yield self._true(Trial.SEES_ALL, "select pg_has_role(current_user, 'pg_read_all_stats', 'usage')")
        yield self._head()
        yield self._beat(primary=primary)
        if self.level is not Level.OBSERVE:
            yield self._granted(version)
        yield from self._forbidden(primary=primary)
        yield from self._beyond(version)

    # -- what works ----------------------------------------------------------------------------------------------

    def _works(self, trial: Trial, sql: str, tried: str = "") -> AccessCheck:
        answer = self._tried(sql)
        return _made(trial, Wanted.WORKS, tried or sql, answer.fine, answer.said)

    def _true(self, trial: Trial, sql: str) -> AccessCheck:
        return _made(trial, Wanted.WORKS, sql, self._value(sql) == "t", "")

    def _head(self) -> AccessCheck:
        tables = head_tables(self.cluster) or ledger_tables(self.cluster)[:1]
        if not tables:
            return _made(Trial.HEAD, Wanted.WORKS, "select", None, "no-ledger")
        counts = ", ".join(f"(select count(*) from (select from {table} limit 1) t)" for table in tables)
        return self._works(Trial.HEAD, f"select {counts}", f"select from {', '.join(tables)}")

    def _beat(self, *, primary: bool) -> AccessCheck:
        tried = "insert into ledger_console.heartbeat"
        if not primary:
            return _made(Trial.HEARTBEAT, Wanted.WORKS, tried, None, "standby")
        answer = self._written(beat_sql(WRITER))
        works = None if answer.state == READ_ONLY else answer.fine
        return _made(Trial.HEARTBEAT, Wanted.WORKS, tried, works, answer.said)

    def _granted(self, version: int) -> AccessCheck:
        """Everything that the level's role has beyond observing, by the server's own functions about rights."""
        rights = RIGHTS[self.level]
        functions = rights.functions if version >= 150_000 else rights.functions_before_15
        lacks = [self._value(_FUNCTIONS.format(functions=_texts(functions), maybe="not"))]
        for role, first in rights.roles:
            if version >= first * 10_000:
                has = self._value(f"select pg_has_role(current_user, {literal(role)}, 'usage')")
                lacks.append("" if has == "t" else role)
        if version >= 150_000 and rights.settings:
            lacks.append(
                self._value(
                    f"select coalesce(string_agg(s, ', '), '') from unnest(array[{_texts(rights.settings)}]) s "
                    "where not has_parameter_privilege(current_user, s, 'alter system')"
                )
            )
        if rights.replication:
            has = self._value("select rolreplication from pg_roles where rolname = current_user")
            lacks.append("" if has == "t" else "replication")
        missing = ", ".join(lack for lack in lacks if lack)
        return _made(Trial.GRANTED, Wanted.WORKS, "has_…_privilege", not missing, missing)

    # -- what fails ----------------------------------------------------------------------------------------------

    def _forbidden(self, *, primary: bool) -> Iterator[AccessCheck]:
        """Tried for real; each within a transaction that is rolled back."""
        superuser = self._value("select coalesce(min(rolname), '') from pg_roles where rolsuper and rolcanlogin")
        if superuser:
            yield self._fails(Trial.SET_ROLE, f"set local role {quoted(superuser)}")
        yield self._fails(Trial.READ_SECRETS, "select count(rolpassword) from pg_catalog.pg_authid")
        yield self._fails(Trial.READ_SERVER_FILE, "select length(pg_read_file('PG_VERSION'))")
        yield self._fails(Trial.WRITE_SERVER_FILE, "copy (select 1) to '/dev/null'")
        yield self._fails(Trial.RUN_PROGRAM, "copy (select 1) to program 'cat >/dev/null'")
        yield self._fails(Trial.CREATE_ROLE, "create role ledger_console_access_test nologin", write=primary)
        yield self._fails(Trial.CREATE_TABLE, "create table public.ledger_console_access_test ()", write=primary)
        tables = tuple(dict.fromkeys((*head_tables(self.cluster), *ledger_tables(self.cluster))))
        for table in tables:
            check = self._fails(Trial.WRITE_LEDGER, f"delete from {table} where false", write=primary)
            if check.outcome is judged(Wanted.FAILS, True) or table == tables[-1]:
                yield check
                return

    def _fails(self, trial: Trial, sql: str, *, write: bool = False) -> AccessCheck:
        answer = self._written(sql) if write else self._within(sql, "begin")
        return _made(trial, Wanted.FAILS, sql, answer.allowed, answer.said)

    def _beyond(self, version: int) -> Iterator[AccessCheck]:
        """Rights whose use would change something are asked for, not used."""
        rights = RIGHTS[self.level]
        attributes = _ATTRIBUTES.format(replication="true" if rights.replication else "false")
        yield self._empty(Trial.SUPERUSER, attributes, "pg_roles")
        roles = (*_IN_MONITOR, *(role for role, _ in rights.roles))
        yield self._empty(Trial.MEMBERSHIPS, _MEMBER.format(allowed=_texts(roles)), "pg_has_role")
        yield self._empty(Trial.WRITE_TABLES, _TABLES, "has_table_privilege")
        held = {*rights.functions, *rights.functions_before_15}
        functions = tuple(one for one in GUARDED_FUNCTIONS if one not in held)
        sql = _FUNCTIONS.format(functions=_texts(functions), maybe="")
        yield self._empty(Trial.FUNCTIONS, sql, "has_function_privilege")
        if version < 150_000:
            yield _made(Trial.SETTINGS, Wanted.FAILS, "alter system", False, "superusers-alone-before-15")
        else:
            sql = _SETTINGS.format(allowed=_texts(rights.settings))
            yield self._empty(Trial.SETTINGS, sql, "has_parameter_privilege")

    def _empty(self, trial: Trial, sql: str, tried: str) -> AccessCheck:
        found = self._value(sql)
        return _made(trial, Wanted.FAILS, tried, bool(found), found)

    # -- asking --------------------------------------------------------------------------------------------------

    def _value(self, sql: str) -> str:
        line = self.session.ask(" ".join(sql.split()), seconds_max=ASK_SECONDS_MAX)
        return line.decode("utf-8", "replace").strip()

    def _tried(self, sql: str) -> _Answer:
        try:
            self.session.ask(" ".join(sql.split()), seconds_max=ASK_SECONDS_MAX)
        except BooksTrouble as trouble:
            if trouble.reason in ("session-ended", "too-slow") and not _STATE.match(trouble.detail):
                raise
            state = trouble.detail[:5] if _STATE.match(trouble.detail) else ""
            return _Answer(state, trouble.detail or trouble.reason)
        return _Answer("00000", "")

    def _within(self, sql: str, begin: str) -> _Answer:
        self.session.ask(begin, seconds_max=ASK_SECONDS_MAX)
        try:
            return self._tried(sql)
        finally:
            self.session.ask("rollback", seconds_max=ASK_SECONDS_MAX)

    def _written(self, sql: str) -> _Answer:
        """In a transaction that may write, and is rolled back."""
        return self._within(sql, "begin read write")


def _texts(words: tuple[str, ...]) -> str:
    return ", ".join(literal(word) for word in words)


def _made(trial: Trial, wanted: Wanted, tried: str, works: bool | None, observed: str) -> AccessCheck:
    return AccessCheck(
        trial=trial, wanted=wanted, outcome=judged(wanted, works), tried=shown(tried)[:SAID_CHARACTERS_MAX],
        observed=shown(observed)[:SAID_CHARACTERS_MAX],
    )  # fmt: skip
