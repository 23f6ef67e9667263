"""What drifts apart between the copies of one cluster: settings, extensions, collations, access rules, versions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.domain.quorum import parse_sync
from console.domain.redundancy import CopyFinding, CopyTrouble
from console.domain.text import shown

FINDINGS_OF_NODE_MAX: Final = 60
RULES_MAX: Final = 1_000
RULES_NAMED_MAX: Final = 3
VALUE_CHARACTERS_MAX: Final = 200


class Hold(Enum):
    """How a standby's setting has to stand to its primary's."""

    SAME = "same"
    AT_LEAST = "at-least"  # less, and replay pauses or the standby does not start
    ON = "on"  # a standby with it off can't be read, or can't be rewound later


@dataclass(frozen=True, slots=True)
class SettingRule:
    """One setting that matters. Source of AT_LEAST: PostgreSQL's manual, 'Hot Standby', administrator's overview."""

    name: str
    hold: Hold = Hold.SAME


SETTINGS: Final = (
    SettingRule("max_connections", Hold.AT_LEAST),
    SettingRule("max_prepared_transactions", Hold.AT_LEAST),
    SettingRule("max_locks_per_transaction", Hold.AT_LEAST),
    SettingRule("max_wal_senders", Hold.AT_LEAST),
    SettingRule("max_worker_processes", Hold.AT_LEAST),
    SettingRule("max_replication_slots", Hold.AT_LEAST),
    SettingRule("hot_standby", Hold.ON),
    SettingRule("full_page_writes", Hold.ON),
    SettingRule("fsync", Hold.ON),
    *(
        SettingRule(name)
        for name in (
            "wal_level", "wal_log_hints", "data_checksums", "wal_segment_size", "block_size", "wal_block_size",
            "shared_preload_libraries", "session_preload_libraries", "synchronous_commit", "archive_mode",
            "hot_standby_feedback", "max_standby_streaming_delay", "wal_receiver_timeout", "wal_sender_timeout",
            "wal_keep_size", "max_slot_wal_keep_size", "track_commit_timestamp", "restart_after_crash",
            "password_encryption", "ssl", "TimeZone", "DateStyle", "default_text_search_config",
            "default_transaction_isolation", "server_encoding", "lc_messages", "summarize_wal",
            "idle_replication_slot_timeout",
        )
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation:
    """A database's, or one of its collations: the version that its indexes were built with, and the host's own."""

    name: str
    recorded: str
    actual: str  # empty: the host has it no more
    alike: int = 1  # how many there are with these two versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """How one node is configured. A part that could not be read is None, and is never taken for equal."""

    node: str
    in_recovery: bool | None = None
    version: int | None = None  # server_version_num
    settings: tuple[tuple[str, str], ...] | None = None
    extensions: tuple[tuple[str, str, str], ...] | None = None  # name, version in use, version whose files lie there
    collations: tuple[Collation, ...] | None = None
    hba: tuple[str, ...] | None = None  # rules in order, each in one line
    hba_errors: int = 0
    trouble: str = ""


def drift(nodes: tuple[Configured, ...], primary: str | None) -> tuple[tuple[CopyFinding, ...], tuple[str, ...]]:
    """What differs, and what was not looked at ('hba:lab-2'). Held against the primary; without one, against most."""
    there = [node for node in nodes if not node.trouble]
    missing = [f"node:{node.node}" for node in nodes if node.trouble]
    found: list[CopyFinding] = []
    for node in there:
        own = [
            *_settings(node, there, primary), *_extensions(node, there, primary), *_collations(node),
            *_hba(node, there, primary), *_versions(node, there, primary),
        ]  # fmt: skip
        found += own[:FINDINGS_OF_NODE_MAX]
        for part in ("settings", "extensions", "collations", "hba"):
            if getattr(node, part) is None:
                missing.append(f"{part}:{node.node}")
    return tuple(found), tuple(missing)


def _wanted(values: list[tuple[str, str]], primary: str | None) -> str | None:
    """What a value should be: the primary's, else what most nodes have."""
    if not values:
        return None
    of_primary = next((value for node, value in values if node == primary), None)
    return of_primary if of_primary is not None else Counter(value for _, value in values).most_common(1)[0][0]


def _settings(node: Configured, there: list[Configured], primary: str | None) -> Iterable[CopyFinding]:
    mine = dict(node.settings or ())
    for rule in SETTINGS:
        values = [(one.node, value) for one in there for name, value in one.settings or () if name == rule.name]
        wanted = "on" if rule.hold is Hold.ON else _wanted(values, primary)
        value = mine.get(rule.name)
        if value is None or wanted is None or value == wanted:
            continue
        if rule.hold is Hold.AT_LEAST and _whole(value) >= _whole(wanted):
            continue
        yield CopyFinding(
            trouble=CopyTrouble.SETTING_DRIFT, node=node.node, about=rule.name, observed=_cut(value),
            wanted=_cut(f"{wanted} or more" if rule.hold is Hold.AT_LEAST else wanted), source="pg_settings",
        )  # fmt: skip


def _whole(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 19 else -1


def _extensions(node: Configured, there: list[Configured], primary: str | None) -> Iterable[CopyFinding]:
    """The catalogue is the same on every copy; the files that it needs lie on each host by themselves."""
    for name, used, files in node.extensions or ():
        values = [
            (one.node, lies) for one in there for known, _, lies in one.extensions or () if known == name and lies
        ]
        wanted = _wanted(values, primary) or used
        if files == wanted:
            continue
        yield CopyFinding(
            trouble=CopyTrouble.EXTENSION_DRIFT, node=node.node, about=shown(name, characters_max=63),
            observed=_cut(files) or None, wanted=_cut(wanted), source="pg_available_extensions",
        )  # fmt: skip


def _collations(node: Configured) -> Iterable[CopyFinding]:
    for one in node.collations or ():
        more = f" and {one.alike - 1} more" if one.alike > 1 else ""
        yield CopyFinding(
            trouble=CopyTrouble.COLLATION_DRIFT, node=node.node, about=shown(one.name, characters_max=100) + more,
            observed=_cut(one.actual) or None, wanted=_cut(one.recorded), source="pg_collation_actual_version",
        )  # fmt: skip


def _hba(node: Configured, there: list[Configured], primary: str | None) -> Iterable[CopyFinding]:
    if node.hba is None:
        return
    if node.hba_errors:
        yield CopyFinding(
            trouble=CopyTrouble.HBA_DRIFT, node=node.node, about="lines that can't be read", observed=node.hba_errors,
            wanted=0, source="pg_hba_file_rules",
        )  # fmt: skip
    texts = [(one.node, "\n".join(one.hba)) for one in there if one.hba is not None]
    wanted = _wanted(texts, primary)
    if wanted is None or "\n".join(node.hba) == wanted:
        return
    others = wanted.split("\n") if wanted else []
    lacks, more = Counter(others) - Counter(node.hba), Counter(node.hba) - Counter(others)
    named = [*(f"lacks {rule}" for rule in lacks), *(f"has {rule}" for rule in more)] or ["another order"]
    yield CopyFinding(
        trouble=CopyTrouble.HBA_DRIFT, node=node.node, about=_cut("; ".join(named[:RULES_NAMED_MAX])),
        observed=f"{len(node.hba)} rules", wanted=f"{len(others)} rules", source="pg_hba_file_rules",
    )  # fmt: skip


def _versions(node: Configured, there: list[Configured], primary: str | None) -> Iterable[CopyFinding]:
    values = [(one.node, str(one.version)) for one in there if one.version is not None]
    wanted = _wanted(values, primary)
    if node.version is None or wanted is None or str(node.version) == wanted:
        return
    yield CopyFinding(
        trouble=CopyTrouble.VERSION_DRIFT, node=node.node, about="PostgreSQL", observed=version_text(node.version),
        wanted=version_text(int(wanted)), source="server_version_num",
    )  # fmt: skip


def version_text(number: int) -> str:
    """180006 is 18.6."""
    return f"{number // 10000}.{number % 10000}"


def _cut(text: str) -> str:
    return shown(text, characters_max=VALUE_CHARACTERS_MAX)


def enough_sync(
    primary: str, names: str, promised: str | None, confirming: tuple[str, ...]
) -> tuple[CopyFinding, ...]:  # fmt: skip
    """Do as many copies confirm commits as the server waits for, or as were promised? `confirming`: who does now."""
    wanted = 0
    for text in (names, promised or ""):
        try:
            policy = parse_sync(text)
        except ValueError:
            policy = None
        # A promise may name no one: 'ANY 1'.
        words = text.split()
        count = policy.count if policy is not None else 0
        if text == promised and len(words) == 2 and words[1].isdigit():
            count = int(words[1])
        wanted = max(wanted, count)
    waits = wanted if names.strip() else 0  # a server that waits for nobody has no synchronous copy, whoever streams
    have = len(confirming) if waits else 0
    if have >= wanted:
        return ()
    return (
        CopyFinding(
            trouble=CopyTrouble.TOO_FEW_SYNC, node=primary, observed=have, wanted=wanted, source="pg_stat_replication"
        ),
    )


def worst_members(values: tuple[tuple[str, str, int], ...], behind_max: int) -> tuple[CopyFinding, ...]:
    """Members of a consensus group whose number lies behind the furthest by more than allowed: (member, what, number).
    """
    found = []
    tops: dict[str, int] = {}
    for _, what, number in values:
        tops[what] = max(tops.get(what, number), number)
    for member, what, number in values:
        if tops[what] - number > behind_max:
            found.append(
                CopyFinding(
                    trouble=CopyTrouble.MEMBER_BEHIND, node=member, about=what, observed=number, wanted=tops[what],
                    source="etcd",
                )
            )  # fmt: skip
    return tuple(found)


def odd_members(values: tuple[tuple[str, str, str], ...]) -> tuple[CopyFinding, ...]:
    """Members that answer otherwise than the most of them: (member, what, answer). Of two that differ both are named.
    """
    found = []
    by_what: dict[str, list[tuple[str, str]]] = {}
    for member, what, answer in values:
        by_what.setdefault(what, []).append((member, answer))
    for what, answers in by_what.items():
        counts = Counter(answer for _, answer in answers).most_common(2)
        if len(counts) < 2:
            continue
        tied = counts[0][1] == counts[1][1]
        for member, answer in answers:
            if answer != counts[0][0] or tied:
                other = next(one for _, one in answers if one != answer)
                found.append(
                    CopyFinding(
                        trouble=CopyTrouble.MEMBER_DIFFERS, node=member, about=what, observed=_cut(answer),
                        wanted=_cut(other if tied else counts[0][0]), source="etcd",
                    )
                )  # fmt: skip
    return tuple(found)
