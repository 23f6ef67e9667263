"""The lock that keeps two consoles from changing one cluster: its term, its scripts, its majority, its renewal."""

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.situation import Facts, NodeFacts
from console.domain.text import shown
from console.postgres.change_facts import LOCK_LIVE_SECONDS, place_lines

FLOCK_SECONDS_MAX: Final = 5
RENEW_SECONDS: Final = 1.0

# What a guard answers, beside the exit status of the command itself. Above what shells and PostgreSQL's tools use.
BUSY, OTHER_TERM, TOO_LATE, NO_PLACE, STILL_HELD, OTHER_MACHINE = 185, 186, 187, 188, 189, 190
GUARD_WORDS: Final[Mapping[int, str]] = {
    BUSY: "lock-busy",
    OTHER_TERM: "other-term",
    TOO_LATE: "too-late",
    NO_PLACE: "lock-place",
    STILL_HELD: "lock-held",
    OTHER_MACHINE: "other-machine",
}
_MACHINE: Final = re.compile(r"[0-9a-f]{32}")
_OWNER: Final = re.compile(r"[A-Za-z0-9.:_-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One holder's hold: the number that only grows, who holds it (console and run), and the person behind it."""

    number: int
    owner: str
    person: str

    def __post_init__(self) -> None:
        if self.number < 1 or not _OWNER.fullmatch(self.owner):
            raise ValueError(f"not a term: {self.number} of {self.owner[:40]!r}")


def majority_of(spec: ClusterSpec) -> int:
    """How many of *all* nodes of the inventory make a majority; those that can't be reached count as well."""
    return len(spec.nodes) // 2 + 1


def holders(facts: Facts, term: Term) -> tuple[str, ...]:
    """The nodes whose lock holds this very term."""
    return tuple(
        name
        for name, node in facts.items()
        if node.lock is not None and node.lock.term == term.number and node.lock.owner == term.owner
    )


def held_by_others(facts: Facts, owner: str) -> tuple[NodeFacts, ...]:
    """The nodes whose lock is alive and another's."""
    return tuple(
        node for node in facts.values() if node.lock is not None and node.lock.live and node.lock.owner != owner
    )


def next_number(facts: Iterable[NodeFacts]) -> int:
    """A term above every term that was seen."""
    return 1 + max((node.lock.term for node in facts if node.lock is not None), default=0)


def _place(lock_key: str, data_directory: str | None) -> list[str]:
    return [
        *place_lines(lock_key, data_directory),
        '[ -d "$L" ] || mkdir -m 700 "$L" 2>/dev/null; umask 077',
        # Not ours, a link, or a file: somebody could have laid it there.
        f'{{ [ -d "$L" ] && [ ! -L "$L" ] && [ -O "$L" ]; }} || {{ echo "guard lock-place" >&2; exit {NO_PLACE}; }}',
        "read -r N </proc/sys/kernel/random/boot_id",
        f'exec 9>>"$L/$K.flock"; flock -w {FLOCK_SECONDS_MAX} 9 || {{ echo "guard lock-busy" >&2; exit {BUSY}; }}',
    ]


def _read() -> list[str]:
    return ['t=0 o= b= p=; [ -f "$L/$K.lock" ] && read -r t o b p <"$L/$K.lock"; case "$t" in ""|*[!0-9]*) t=0;; esac']


def take_script(lock_key: str, data_directory: str | None, term: Term, *, break_live: bool) -> str:
    """Take the lock of one node where it is free, expired, ours already, or to be broken; then exit status 0."""
    live = int(LOCK_LIVE_SECONDS * 100)
    person = shlex.quote(_plain(term.person))
    lines = [
        *_place(lock_key, data_directory),
        *_read(),
        "q= r= c=; [ -f \"$L/$K.beat\" ] && read -r q r c <\"$L/$K.beat\"; case \"$r\" in *[!0-9]*) r=;; esac",
        f'if [ "$t" -ge {term.number} ] && ! {{ [ "$t" = {term.number} ] && [ "$o" = {term.owner} ]; }}; then '
        f'echo "guard other-term $t $o $p" >&2; exit {OTHER_TERM}; fi',
        f'if [ {0 if break_live else 1} = 1 ] && [ "$o" != {term.owner} ] && [ "$q" = "$t" ] && [ -n "$r" ] && '
        f'[ "$b" = "$N" ] && [ "$c" = "$N" ] && [ $(( $(up) - r )) -le {live} ]; then '
        f'echo "guard lock-held $t $o $p" >&2; exit {STILL_HELD}; fi',
        f'printf "%s %s %s %s\\n" {term.number} {term.owner} "$N" {person} >"$L/$K.lock.new" && '
        f'sync "$L/$K.lock.new" && mv "$L/$K.lock.new" "$L/$K.lock" || exit 1',
        _beat(term),
    ]
    return "\n".join(lines) + "\n"


def _beat(term: Term) -> str:
    return (
        f'printf "%s %s %s\\n" {term.number} "$(up)" "$N" >"$L/$K.beat.$$" && mv "$L/$K.beat.$$" "$L/$K.beat"'
    )


def renew_script(lock_key: str, data_directory: str | None, term: Term) -> str:
    """Say that we still hold it. Waits for nobody: a long command of ours may hold the file lock meanwhile."""
    lines = [
        *place_lines(lock_key, data_directory),
        "read -r N </proc/sys/kernel/random/boot_id",
        *_read(),
        f'[ "$t" = {term.number} ] && [ "$o" = {term.owner} ] || exit {OTHER_TERM}',
        _beat(term),
    ]
    return "\n".join(lines) + "\n"


def release_script(lock_key: str, data_directory: str | None, term: Term) -> str:
    """Give it back: the term stays, so that it only grows, the owner goes. Somebody else's stays as it is."""
    lines = [
        *_place(lock_key, data_directory),
        *_read(),
        f'if [ "$t" = {term.number} ] && [ "$o" = {term.owner} ]; then '
        f'printf "%s %s %s %s\\n" {term.number} - "$N" - >"$L/$K.lock.new" && mv "$L/$K.lock.new" "$L/$K.lock" && '
        'rm -f "$L/$K.beat"; fi',
    ]
    return "\n".join(lines) + "\n"


def guarded(
    script: str, *, lock_key: str, data_directory: str | None, term: Term, not_after_seconds: float,
    machine_id: str | None = None,
) -> str:  # fmt: skip
    """A changing script behind its guard: it runs only while the node's lock holds our term, and not too late.

    `not_after_seconds` is the node's own uptime. The file lock is held until the script has ended, so that nobody takes
    the lock in its middle; what the script leaves running does not inherit it.
    """
    machine = []
    if machine_id is not None and _MACHINE.fullmatch(machine_id):
        machine = [
            f'read -r m </etc/machine-id; [ "$m" = {machine_id} ] || '
            f'{{ echo "guard other-machine $m" >&2; exit {OTHER_MACHINE}; }}'
        ]
    lines = [
        *_place(lock_key, data_directory),
        *machine,
        *_read(),
        f'if [ "$t" != {term.number} ] || [ "$o" != {term.owner} ]; then '
        f'echo "guard other-term $t $o $p" >&2; exit {OTHER_TERM}; fi',
        'read -r u _ </proc/uptime; u=${u%.*}${u#*.}',
        f'if [ "$u" -gt {round(not_after_seconds * 100)} ]; then echo "guard too-late" >&2; exit {TOO_LATE}; fi',
        "(\n" + script.rstrip("\n") + "\n) 9>&-",
    ]
    return "\n".join(lines) + "\n"


def _plain(person: str) -> str:
    """A person's name in one word: the lock's file is one line of words."""
    return re.sub(r"\s+", "_", shown(person, characters_max=60)) or "-"
