"""The database role of a level of rights as SQL: what makes it, for the version that it meets, and what drops it."""

from typing import Final

from console.domain.access import CONNECTIONS_MAX, RIGHTS, Level, RoleRights
from console.domain.cluster import ClusterSpec
from console.postgres.facts import literal, quoted

_WHAT: Final = {
    Level.OBSERVE: ("It sees the server's state and the ledger's head, and writes the console's heartbeat row.",),
    Level.BACKUP: (
        "It may also copy: REPLICATION gives the whole of the data to read, every database and every password's hash.",
        "It may write nothing but the console's heartbeat row.",
    ),
    Level.OPERATE: (
        "It has what PostgreSQL can grant of a change without making anybody a superuser. The console's own changes",
        "act over the server's socket as `admin_user`, and stop, start and fence by files: that needs the server's",
        "account (see sudoers). This role is what is left for observing beside it, and for a person's hand.",
    ),
}  # fmt: skip


def role_sql(cluster: ClusterSpec, node: str, level: Level, role: str, *, books: bool) -> str:
    """For psql, on the primary: a role is the cluster's, standbys get it by replication. As often as one likes."""
    rights = RIGHTS[level]
    name = quoted(role)
    lines = [
        f"-- Ledger Console, level '{level.value}': the database role {role}, for {node} of {cluster.name}.",
        *(f"-- {line}" for line in _WHAT[level]),
        "-- Run it on the primary (every standby gets the role by replication), as a superuser:",
        f"--   psql -X -d {cluster.database} -f role.sql",
        "-- Rights on functions are this database's alone; all others hold for the whole server.",
        "-- It gets no password here: Debian's pg_hba.conf lets the operating system's account of the same name in",
        "-- ('local all all peer'). To take it back: remove_role.sql",
        "\\set ON_ERROR_STOP on",
        "select current_setting('server_version_num')::int >= 150000 as from_15 \\gset",
        "begin;",
        f"select not exists (select from pg_roles where rolname = {literal(role)}) as new \\gset",
        f"\\if :new\ncreate role {name};\n\\endif",
        f"alter role {name} with login nosuperuser nocreatedb nocreaterole nobypassrls inherit",
        f"  {'replication' if rights.replication else 'noreplication'} connection limit {CONNECTIONS_MAX};",
        *_granted(rights, name),
        f"grant connect on database {quoted(cluster.database)} to {name};",
        *_console_schema(name),
        *_ledger(cluster, name, books=books),
        "commit;",
    ]
    return "\n".join(lines) + "\n"


def _granted(rights: RoleRights, name: str) -> list[str]:
    lines = [f"grant {granted} to {name};" for granted, first in rights.roles if first < 15]
    newer = [f"grant {granted} to {name};" for granted, first in rights.roles if first >= 15]
    newer += [f"grant execute on function {function} to {name};" for function in rights.functions]
    if rights.settings:
        newer.append(f"grant alter system on parameter {', '.join(rights.settings)} to {name};")
    older = [f"grant execute on function {function} to {name};" for function in rights.functions_before_15]
    if newer or older:
        lines += ["\\if :from_15", *newer]
        if older:
            lines += ["\\else", *older]
            lines += ["-- 14 can grant neither a checkpoint nor ALTER SYSTEM: both stay a superuser's."]
        lines.append("\\endif")
    return lines


def _console_schema(name: str) -> list[str]:
    return [
        "-- The console's own schema (sql/heartbeat.sql makes it), where it is there.",
        "select to_regclass('ledger_console.heartbeat') is not null as beats \\gset",
        "\\if :beats",
        f"grant usage on schema ledger_console to {name};",
        f"grant select, insert, update on ledger_console.heartbeat to {name};",
        f"grant select, delete on ledger_console.outage to {name};",
        "\\endif",
    ]


def head_tables(cluster: ClusterSpec) -> tuple[str, ...]:
    """The tables that are read each second, as SQL names; of a ledger laid out otherwise none are known."""
    if cluster.ledger is None or cluster.books is not None:
        return ()
    schema = quoted(cluster.ledger)
    return tuple(f"{schema}.{table}" for table in ("head", "head_turnover", "currencies"))


def ledger_tables(cluster: ClusterSpec) -> tuple[str, ...]:
    """The tables that hold the books, as SQL names."""
    mapping = cluster.ledger_mapping
    if mapping is None:
        return ()
    named = (mapping.entries, mapping.postings, mapping.accounts, mapping.balances)
    return tuple(".".join(quoted(part) for part in table.split(".")) for table in named if table is not None)


def _ledger(cluster: ClusterSpec, name: str, *, books: bool) -> list[str]:
    head, tables = head_tables(cluster), ledger_tables(cluster)
    wanted = tuple(dict.fromkeys((*head, *(tables if books or not head else ()))))
    if not wanted:
        return ["-- No ledger is known here: nothing of it is granted."]
    schemas = tuple(dict.fromkeys(table.rpartition(".")[0] for table in wanted))
    lines = ["-- The ledger: read only."]
    lines += [f"grant usage on schema {schema} to {name};" for schema in schemas if schema]
    lines.append(f"grant select on {', '.join(wanted)} to {name};")
    if not books and head:
        lines += [
            "-- A proof of the books reads every entry; without this it says 'not readable' ('access kit --books'):",
            f"--   grant select on {', '.join(tables)} to {name};",
        ]
    return lines


def remove_role_sql(cluster: ClusterSpec, role: str) -> str:
    """Takes the role back; its grants in other databases would stop it, and it would say so."""
    name = quoted(role)
    return "\n".join(
        [
            f"-- Takes the database role {role} back. On the primary, as a superuser:",
            f"--   psql -X -d {cluster.database} -f remove_role.sql",
            "-- It owns nothing; what was granted to it goes with it. Its sessions are ended first.",
            "\\set ON_ERROR_STOP on",
            f"select exists (select from pg_roles where rolname = {literal(role)}) as there \\gset",
            "\\if :there",
            f"alter role {name} nologin;",
            f"select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = {literal(role)};",
            "begin;",
            f"drop owned by {name};",
            f"drop role {name};",
            "commit;",
            "\\endif",
        ]
    ) + "\n"
