"""A pack as one file: a .tar.gz that is the same to the byte on every machine, and is read as if a stranger sent it."""

import io
import re
import struct
import tarfile
import zlib
from collections.abc import Mapping
from typing import Final

PACK_BYTES_MAX: Final = 256 * 1024 * 1024
FILES_MAX: Final = 1_000
STORED_BYTES_MAX: Final = 0xFFFF  # of one block of a gzip file that is not compressed
PACK_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
FILE_NAME: Final = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}/){0,2}[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}")
_GZIP_HEAD: Final = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255))  # no name, no time, no system


class ArchiveMistake(ValueError):
    """It is no archive of a pack, or not written as one is."""


def archive_of(pack: str, files: Mapping[str, bytes]) -> bytes:
    """The files in a directory of the pack's name. Not compressed: compressors differ, and a pack never does."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(files):
            member = tarfile.TarInfo(f"{pack}/{name}")
            member.size, member.mode = len(files[name]), 0o644
            tar.addfile(member, io.BytesIO(files[name]))
    return _gzip(held.getvalue())


def _gzip(content: bytes) -> bytes:
    """Source: RFC 1952 and RFC 1951, 3.2.4."""
    parts = [_GZIP_HEAD]
    for begin in range(0, len(content), STORED_BYTES_MAX):
        block = content[begin : begin + STORED_BYTES_MAX]
        last = begin + len(block) == len(content)
        parts += [struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF), block]
    parts.append(struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF))
    return b"".join(parts)


def read_archive(content: bytes) -> tuple[str, dict[str, bytes]]:
    """The pack's name and its files. Raises ArchiveMistake where a single byte is not as `archive_of` writes it."""
    if len(content) > PACK_BYTES_MAX:
        raise ArchiveMistake(f"it is over the limit of {PACK_BYTES_MAX} bytes")
    opener = zlib.decompressobj(wbits=31)
    try:
        plain = opener.decompress(content, PACK_BYTES_MAX)
    except zlib.error as error:
        raise ArchiveMistake(f"it can't be unpacked: {error}") from error
    if not opener.eof or opener.unused_data:
        raise ArchiveMistake("it is cut, too large, or something follows its end")
    pack, files = _members(plain)
    if archive_of(pack, files) != content:
        raise ArchiveMistake("its files can be read, and it is not written as the console writes an archive")
    return pack, files


def _members(plain: bytes) -> tuple[str, dict[str, bytes]]:
    packs: set[str] = set()
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as tar:
            for member in tar:
                pack, _, name = member.name.partition("/")
                body = tar.extractfile(member) if member.isreg() else None
                if body is None or not PACK_NAME.fullmatch(pack) or not FILE_NAME.fullmatch(name) or name in files:
                    raise ArchiveMistake("it holds what no pack holds")
                files[name] = body.read()
                packs.add(pack)
                if len(files) > FILES_MAX:
                    raise ArchiveMistake(f"it holds more than {FILES_MAX} files")
    except (tarfile.TarError, ValueError, OverflowError, EOFError) as error:
        raise ArchiveMistake(f"it can't be unpacked: {error}") from error
    if len(packs) != 1:
        raise ArchiveMistake("it holds no pack, or more than one")
    return packs.pop(), files
