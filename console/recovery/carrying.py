"""Carries rescued WAL from a dead primary to the candidate, piece by piece, with a limit on what is held at once."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from console.recovery.look import Looks
from console.ssh.hosts import Hosts

PIECE_BYTES: Final = 4 * 1024 * 1024
PIECE_SECONDS_MAX: Final = 60.0
PIECES_MAX: Final = 20_000
PAGE_BYTES: Final = 8192


def carry(hosts: Hosts, *, source: str, target: str, known: Mapping[str, str], looks: Looks) -> str:
    """Bring every listed segment over; '' where all came, else what went wrong. What is there already is kept.

    The pieces pass through the console: two hosts of a fleet need no keys for each other, and one that is called dead
    least of all. Whole segments are compared by the checksums that both ends compute.
    """
    place = known.get("rescue_directory", "")
    data = looks.at(source).data_directory
    if not place or data is None:
        return "where the WAL lies, or is to lie, is not known"
    for listed in filter(None, known.get("rescue_segments", "").split(",")):
        name, _, digest = listed.partition(":")
        if not (name.isalnum() and digest.isalnum()):
            return f"not a segment's name and checksum: {listed[:80]!r}"
        path = f"{data.rstrip('/')}/pg_wal/{name}"
        short = short_of(known, name)
        if short is not None and _carry_short(
            hosts, source, target, path=path, place=place, digest=digest, short=short, looks=looks
        ):
            continue
        trouble = carry_file(
            hosts, source, target, path=path, wanted=f"{place}/{name}", digest=digest, short=short
        )
        if trouble:
            return f"{name}: {trouble}"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """The last segment of a rescue: up to `end` it holds WAL, and behind that it is taken to hold zeros."""

    name: str
    begin: int  # from where on the target may lack it, at the beginning of a page
    end: int
    size: int


def short_of(known: Mapping[str, str], name: str) -> Short | None:
    """What was found out about a segment, where it is the last one."""
    named, _, end = known.get("rescue_short", "").partition(":")
    count = len(list(filter(None, known.get("rescue_segments", "").split(","))))
    total = known.get("rescue_bytes", "")
    if named != name or not (end.isdigit() and total.isdigit() and count):
        return None
    size = int(total) // count
    begin = 0
    if count == 1:  # it is the one in which the target stands
        _, _, low = known.get("candidate_position", "").partition("/")
        begin = int(low, 16) % size // PAGE_BYTES * PAGE_BYTES if low else 0
    return Short(name=name, begin=min(begin, int(end)), end=int(end), size=size) if 0 < int(end) <= size else None


def _carry_short(
    hosts: Hosts, source: str, target: str, *, path: str, place: str, digest: str, short: Short, looks: Looks
) -> bool:
    """Bring over what the target lacks of it, and put it behind what it has; False where that is not the same WAL."""
    data, many = looks.at(target).data_directory, short.end - short.begin
    if data is None or many > PIECE_BYTES:
        return False
    wanted, own = f"{place}/{short.name}", f"{data.rstrip('/')}/pg_wal/{short.name}"
    read = f"tail -c +{short.begin + 1} {shlex.quote(path)} | head -c {many}"
    got = hosts.run(source, read, seconds_max=PIECE_SECONDS_MAX)
    if not got.fine or len(got.stdout) != many:
        return False
    part = shlex.quote(wanted + ".part")
    put = (
        f"{{ head -c {short.begin} {shlex.quote(own)}; cat; head -c {short.size - short.end} /dev/zero; }} >{part} && "
        f"{_ended(wanted, digest)}"
    )
    return hosts.run(target, put, seconds_max=PIECE_SECONDS_MAX, stdin=got.stdout).fine


def _ended(wanted: str, digest: str) -> str:
    """A file that is there whole takes its name, once its checksum is right and it is on disk."""
    part = shlex.quote(wanted + ".part")
    return (
        f"printf '%s  %s\\n' {digest} {part} | sha256sum -c --status - && "
        f"sync {part} && mv {part} {shlex.quote(wanted)}"
    )


def carry_file(
    hosts: Hosts, source: str, target: str, *, path: str, wanted: str, digest: str, short: Short | None = None
) -> str:
    """One file, piece by piece; '' where it is there with this SHA-256, else what went wrong.

    `short`: up to its end alone, and zeros behind it.
    """
    check = f"printf '%s  %s\\n' {digest} {shlex.quote(wanted)} | sha256sum -c --status - 2>/dev/null"
    if hosts.run(target, check, seconds_max=PIECE_SECONDS_MAX).fine:
        return ""
    begun = hosts.run(target, f": >{shlex.quote(wanted + '.part')}", seconds_max=PIECE_SECONDS_MAX)
    if not begun.fine:
        return begun.words()
    for piece in range(PIECES_MAX):
        left = PIECE_BYTES if short is None else min(PIECE_BYTES, short.end - piece * PIECE_BYTES)
        read = f"tail -c +{piece * PIECE_BYTES + 1} {shlex.quote(path)} | head -c {max(0, left)}"
        got = hosts.run(source, read, seconds_max=PIECE_SECONDS_MAX)
        if not got.fine:
            return got.words()
        if not got.stdout:
            break
        put = hosts.run(
            target, f"cat >>{shlex.quote(wanted + '.part')}", seconds_max=PIECE_SECONDS_MAX, stdin=got.stdout
        )
        if not put.fine:
            return put.words()
        if len(got.stdout) < PIECE_BYTES:
            break
    filled = "" if short is None else (
        f"head -c {short.size - short.end} /dev/zero >>{shlex.quote(wanted + '.part')} && "
    )
    end = filled + _ended(wanted, digest)
    ended = hosts.run(target, end, seconds_max=PIECE_SECONDS_MAX)
    return "" if ended.fine else f"its checksum is another than at {source}, or it could not be kept: {ended.words()}"
