"""Carries rescued WAL from a dead primary to the candidate, piece by piece, with a limit on what is held at once."""

import shlex
from collections.abc import Mapping
from typing import Final

from console.recovery.look import Looks
from console.ssh.hosts import Hosts

PIECE_BYTES: Final = 4 * 1024 * 1024
PIECE_SECONDS_MAX: Final = 60.0
PIECES_MAX: Final = 20_000


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
        trouble = carry_file(hosts, source, target, path=path, wanted=f"{place}/{name}", digest=digest)
        if trouble:
            return f"{name}: {trouble}"
    return ""


def carry_file(hosts: Hosts, source: str, target: str, *, path: str, wanted: str, digest: str) -> str:
    """One file, piece by piece; '' where it is there with this SHA-256, else what went wrong."""
    check = f"printf '%s  %s\\n' {digest} {shlex.quote(wanted)} | sha256sum -c --status - 2>/dev/null"
    if hosts.run(target, check, seconds_max=PIECE_SECONDS_MAX).fine:
        return ""
    begun = hosts.run(target, f": >{shlex.quote(wanted + '.part')}", seconds_max=PIECE_SECONDS_MAX)
    if not begun.fine:
        return begun.words()
    for piece in range(PIECES_MAX):
        read = f"tail -c +{piece * PIECE_BYTES + 1} {shlex.quote(path)} | head -c {PIECE_BYTES}"
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
    end = (
        f"printf '%s  %s\\n' {digest} {shlex.quote(wanted + '.part')} | sha256sum -c --status - && "
        f"sync {shlex.quote(wanted + '.part')} && mv {shlex.quote(wanted + '.part')} {shlex.quote(wanted)}"
    )
    ended = hosts.run(target, end, seconds_max=PIECE_SECONDS_MAX)
    return "" if ended.fine else f"its checksum is another than at {source}, or it could not be kept: {ended.words()}"
