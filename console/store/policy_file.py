"""A policy of backups as TOML: inside an inventory's [cluster.backup], and as a file of its own."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from console.domain.backup_policy import BackupPolicy, Retention
from console.store import backup_rules as rules
from console.store.key_rules import Mistake
from console.store.toml_tables import InventoryMistake, Table, Tables, key_lines, syntax_mistake

CHARACTERS_MAX: Final = 1024 * 1024


def read_policy(text: str, hosts: Mapping[str, str]) -> BackupPolicy:
    """The policy that a TOML text describes. `hosts`: the kind of each node by name. Raises InventoryMistake."""
    if len(text) > CHARACTERS_MAX:
        what = f"it has {len(text)} characters, {CHARACTERS_MAX} are the limit"
        raise InventoryMistake([Mistake("the file", what)])
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InventoryMistake([syntax_mistake(str(error))]) from error
    reader = Tables(Path.cwd())
    fields = policy_fields(reader, document, hosts, "the policy")
    if reader.found:
        raise InventoryMistake(reader.found)
    return msgspec.convert(fields, BackupPolicy)


def write_policy(policy: BackupPolicy) -> str:
    """The TOML text that `read_policy` reads back to the same policy."""
    return "\n".join(policy_lines(policy)).rstrip("\n") + "\n"


def policy_fields(reader: Tables, table: Table, hosts: Mapping[str, str], where: str, *, written: str = "") -> Table:
    """The fields of a policy, as far as they can be read; mistakes are left with the reader."""
    before = len(reader.found)
    fields = reader.fields(table, rules.POLICY_KEYS, where, inside=("retention", "repositories", "cycle"))
    retention = reader.table(table, "retention", where, f"[{written}retention]")
    kept = reader.fields(retention, rules.RETENTION_KEYS, f"{where}, retention")
    if kept.get("window_days") == 0:
        kept["window_days"] = None
    fields["retention"] = kept
    repositories = reader.tables(table, "repositories", where, f"[[{written}repositories]]")
    fields["repositories"] = [
        reader.fields(one, rules.REPOSITORY_KEYS, f"{where}, repository {one.get('name', number)}", remote=True)
        for number, one in enumerate(repositories, 1)
    ]
    cycle = reader.tables(table, "cycle", where, f"[[{written}cycle]]")
    fields["cycle"] = [
        reader.fields(one, rules.CYCLE_KEYS, f"{where}, cycle {number}") for number, one in enumerate(cycle, 1)
    ]
    if len(reader.found) == before:
        reader.found += rules.whole_policy(msgspec.convert(fields, BackupPolicy), hosts, where)
    return fields


def policy_lines(policy: BackupPolicy, *, written: str = "") -> list[str]:
    """A policy's lines, without the head of its own table."""
    lines = [*key_lines(policy, rules.POLICY_KEYS), ""]
    if policy.retention != Retention():
        kept = key_lines(policy.retention, rules.RETENTION_KEYS)
        if policy.retention.window_days is None:
            kept.append("window_days = 0")
        lines += [f"[{written}retention]", *kept, ""]
    for repository in policy.repositories:
        lines += [f"[[{written}repositories]]", *key_lines(repository, rules.REPOSITORY_KEYS), ""]
    for entry in policy.cycle:
        lines += [f"[[{written}cycle]]", *key_lines(entry, rules.CYCLE_KEYS), ""]
    return lines
