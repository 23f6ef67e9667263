"""Verifies an evidence pack, a directory or an archive, by nothing but itself and what the verifier trusts."""

import base64
import hashlib
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from console.domain import evidence
from console.domain.audit import UnreadableEntry, canonical_bytes
from console.domain.audit_file import entry_of
from console.domain.evidence import Fields
from console.domain.signers import read_signature
from console.governance.evidence import LIST, OUTSIDE, SIGNATURE, SUMS, digest_of_pack, sums_of
from console.governance.evidence_approvals import SIGNERS
from console.governance.evidence_archive import (
    FILE_NAME,
    FILES_MAX,
    PACK_BYTES_MAX,
    ArchiveMistake,
    read_archive,
)
from console.governance.evidence_audit import ENTRIES, HASHED
from console.governance.ssh_keygen import verify

ARMOR_COLUMNS: Final = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a pack: changed, missing, added, not-a-pack, not-signed, wrong-signature, other-digest, …"""

    what: str
    file: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCheck:
    """What a verification found. `signed_by` only where the signature holds; `trusted`: by keys that the verifier gave.

    `digest`: of its sums as they are; who knows from elsewhere what it was compares.
    """

    path: str
    digest: str
    files: int
    fields: Fields | None
    faults: tuple[Fault, ...]
    signed_by: str = ""
    fingerprint: str = ""
    trusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What the verifier has by another way: the digest, allowed signers as text, a list of revoked keys."""

    digest: str = ""
    signers: str = ""
    revoked: Path | None = None


def verify_pack(path: Path, trust: Trust, *, now: datetime) -> PackCheck:
    """Verify a pack where it lies. Raises OSError where it can't be read, KeygenTrouble without ssh-keygen."""
    try:
        if path.is_dir():
            files = dict(_read_directory(path))
        else:
            with path.open("rb") as file:
                _, files = read_archive(file.read(PACK_BYTES_MAX + 1))
    except ArchiveMistake as mistake:
        fault = Fault(what="not-a-pack", file=path.name, detail=f"{mistake}")
        return PackCheck(path=str(path), digest="", files=0, fields=None, faults=(fault,))
    return verify_files(files, trust, path=str(path), now=now)


def verify_files(files: Mapping[str, bytes], trust: Trust, *, path: str, now: datetime) -> PackCheck:
    """Verify the files of a pack. Where a sum is wrong nothing in it is believed, and no signature is looked at."""
    if SUMS not in files:
        fault = Fault(what="missing", file=SUMS)
        return PackCheck(path=path, digest="", files=len(files), fields=None, faults=(fault,))
    digest = digest_of_pack(files)
    check = PackCheck(path=path, digest=digest, files=len(files), fields=None, faults=tuple(_sum_faults(files)))
    if trust.digest and trust.digest != digest:
        fault = Fault(what="other-digest", file=SUMS, detail=digest)
        check = replace(check, faults=(*check.faults, fault))
    if check.faults:
        return check
    try:
        fields = msgspec.json.decode(files.get("FIELDS.json", b""), type=Fields)
    except (msgspec.MsgspecError, ValueError) as error:
        return replace(check, faults=(Fault(what="unreadable", file="FIELDS.json", detail=f"{error}"),))
    check = replace(check, fields=fields, faults=tuple(_chain_faults(files)))
    return _signature(check, fields, files, trust, now)


def _read_directory(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below; what a pack never holds (a link, a device, a strange name) makes it none."""
    whole = 0
    for count, found in enumerate(sorted(path.rglob("*"))):
        mode, name = found.lstat().st_mode, found.relative_to(path).as_posix()
        if count > FILES_MAX * 2:
            raise ArchiveMistake(f"it holds more than {FILES_MAX} files")
        if stat.S_ISDIR(mode):
            if not any(found.iterdir()):
                raise ArchiveMistake(f"{name!r} is an empty directory")
            continue
        whole += found.lstat().st_size
        if not stat.S_ISREG(mode) or not FILE_NAME.fullmatch(name) or whole > PACK_BYTES_MAX:
            raise ArchiveMistake(f"{name[:80]!r} can't be a file of a pack")
        yield name, found.read_bytes()


def _sum_faults(files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Each file against the sums; where all fit and the sums are not written as they were, the sums were changed."""
    listed: dict[str, str] = {}
    for line in files[SUMS].decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    found = False
    for name in sorted({*files, *listed} - OUTSIDE):
        if name not in files:
            yield Fault(what="missing", file=name)
        elif name not in listed:
            yield Fault(what="added", file=name)
        elif hashlib.sha256(files[name]).hexdigest() != listed[name]:
            yield Fault(what="changed", file=name)
        else:
            continue
        found = True
    names = "".join(f"{name}\n" for name in sorted(set(files) - OUTSIDE)).encode()
    if not found and sums_of(files) != files[SUMS]:
        yield Fault(what="changed", file=SUMS)
    elif not found and files.get(LIST) != names:
        yield Fault(what="changed", file=LIST)


def _chain_faults(files: Mapping[str, bytes]) -> Iterator[Fault]:
    """The audit entries: each as the log writes it, its hash that of its content, and linked where neighbours stand."""
    before = None
    hashed = files.get(HASHED, b"").splitlines()
    lines = files.get(ENTRIES, b"").splitlines(keepends=True)
    for place, line in enumerate(lines):
        try:
            entry = entry_of(line)
        except UnreadableEntry as error:
            yield Fault(what="unreadable", file=ENTRIES, detail=f"line {place + 1}: {error}")
            return
        content = canonical_bytes(entry)
        linked = before is None or entry.number != before.number + 1 or entry.previous == before.hash
        if hashlib.sha256(content).hexdigest() != entry.hash or not linked or hashed[place : place + 1] != [content]:
            yield Fault(what="broken-chain", file=ENTRIES, detail=f"audit entry {entry.number}")
            return
        before = entry


def _signature(
    check: PackCheck, fields: Fields, files: Mapping[str, bytes], trust: Trust, now: datetime
) -> PackCheck:  # fmt: skip
    signer, given = fields.sign_off.pack_signer, files.get(SIGNATURE)
    if given is None:
        faults = () if signer is None else (Fault(what="not-signed", file=SIGNATURE, detail=signer.person),)
        return replace(check, faults=(*check.faults, *faults))
    if signer is None:
        return replace(check, faults=(*check.faults, Fault(what="added", file=SIGNATURE)))
    try:
        text = given.decode("ascii")
        said = read_signature(text)
        canonical = armored(text) == text
    except ValueError as error:
        return replace(check, faults=(*check.faults, Fault(what="wrong-signature", file=SIGNATURE, detail=f"{error}")))
    if not canonical or said.key.fingerprint != signer.fingerprint:
        why = "not written as ssh-keygen writes it" if not canonical else f"made with {said.key.fingerprint}"
        return replace(check, faults=(*check.faults, Fault(what="wrong-signature", file=SIGNATURE, detail=why)))
    lines = trust.signers.strip() or files.get(SIGNERS, b"").decode("utf-8", "replace").strip()
    refused = verify(
        files[SUMS].decode(), text, person=signer.person, signer_line=lines, revoked=trust.revoked, now=now,
        namespace=evidence.NAMESPACE,
    )  # fmt: skip
    if refused is not None:
        return replace(check, faults=(*check.faults, Fault(what="wrong-signature", file=SIGNATURE, detail=refused)))
    return replace(
        check, signed_by=signer.person, fingerprint=signer.fingerprint, trusted=bool(trust.signers.strip())
    )


def armored(text: str) -> str:
    """A signature as ssh-keygen writes it: what else can be read as the same was written by somebody else."""
    head, *body, end = text.strip().splitlines()
    whole = base64.b64encode(base64.b64decode("".join("".join(body).split()))).decode()
    lines = [whole[begin : begin + ARMOR_COLUMNS] for begin in range(0, len(whole), ARMOR_COLUMNS)]
    return "\n".join([head, *lines, end, ""])
