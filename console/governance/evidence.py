"""Writes an evidence pack: a directory with its sums, and the same as one archive beside it, whole or not at all."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.governance.evidence_archive import FILE_NAME, FILES_MAX, PACK_BYTES_MAX, PACK_NAME, archive_of
from console.governance.report import flush_directory, write_whole

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = "SHA256SUMS.sig"
LIST: Final = "FILES"
OUTSIDE: Final = frozenset({SUMS, SIGNATURE})  # what the sums can't hold
ARCHIVE_ENDING: Final = ".tar.gz"


class PackNotWritten(Exception):
    """A pack could not be written: why, and that nothing of it is left. `there`: its name is taken already."""

    def __init__(self, what: str, where: Path, *, there: bool = False) -> None:
        super().__init__(what)
        self.where, self.there = where, there


@dataclass(frozen=True, slots=True, kw_only=True)
class PackWritten:
    """Where a pack lies. `digest`: SHA-256 of its SHA256SUMS, which stands for all of its files."""

    path: Path
    archive: Path
    digest: str
    files: int


def sealed_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with their list and their sums. Raises ValueError where a name or the size can't be of a pack."""
    wrong = [name for name in files if not FILE_NAME.fullmatch(name) or name in OUTSIDE or name == LIST]
    if wrong or len(files) > FILES_MAX - len(OUTSIDE) - 1:
        raise ValueError(f"a pack can't hold {wrong[0] if wrong else f'{len(files)} files'}")
    if sum(map(len, files.values())) > PACK_BYTES_MAX // 2:
        raise ValueError(f"a pack holds at most {PACK_BYTES_MAX // 2} bytes")
    names = sorted((*files, LIST))
    listed = {**files, LIST: "".join(f"{name}\n" for name in names).encode()}
    return {**listed, SUMS: sums_of(listed)}


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS as `sha256sum` writes it, in the order of the names, without what it can't hold itself."""
    held = sorted(name for name in files if name not in OUTSIDE)
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in held).encode()


def write_pack(place: Path, pack: str, files: Mapping[str, bytes]) -> PackWritten:
    """Write a pack into a directory of its name within `place`, for the owner alone. Raises PackNotWritten."""
    directory, archive = place / pack, place / f"{pack}{ARCHIVE_ENDING}"
    if not PACK_NAME.fullmatch(pack):
        raise PackNotWritten(f"{pack!r} can't be a pack's name", directory)
    try:
        whole = sealed_files(files)
    except ValueError as error:
        raise PackNotWritten(f"{error}", directory) from error
    if archive.exists() or directory.exists():
        raise PackNotWritten("it is there already", directory, there=True)
    beside = place / f".{pack}.new"
    try:
        shutil.rmtree(beside, ignore_errors=True)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_files(beside, whole)
        beside.replace(directory)
        write_whole(archive, archive_of(pack, whole))
        flush_directory(place)
    except OSError as error:
        for left in (beside, directory):
            shutil.rmtree(left, ignore_errors=True)
        archive.unlink(missing_ok=True)
        raise PackNotWritten(error.strerror or f"{error}", directory) from error
    return PackWritten(path=directory, archive=archive, digest=digest_of_pack(whole), files=len(whole))


def digest_of_pack(files: Mapping[str, bytes]) -> str:
    return hashlib.sha256(files[SUMS]).hexdigest()


def add_signature(directory: Path, signature: bytes) -> None:
    """Put a person's signature beside the sums, and write the archive anew with it. Raises PackNotWritten."""
    archive = directory.with_name(f"{directory.name}{ARCHIVE_ENDING}")
    try:
        write_whole(directory / SIGNATURE, signature)
        files = {
            path.relative_to(directory).as_posix(): path.read_bytes()
            for path in directory.rglob("*") if path.is_file()
        }  # fmt: skip
        write_whole(archive, archive_of(directory.name, files))
        flush_directory(directory)
    except OSError as error:
        raise PackNotWritten(error.strerror or f"{error}", directory) from error


def drop_pack(directory: Path) -> None:
    """Take a pack away that was written and may not stay."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.with_name(f"{directory.name}{ARCHIVE_ENDING}").unlink(missing_ok=True)


def _write_files(directory: Path, files: Mapping[str, bytes]) -> None:
    directory.mkdir(mode=0o700)
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, content)
    for folder, _, _ in os.walk(directory):
        flush_directory(Path(folder))
