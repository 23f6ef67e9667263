"""Private key files: which ones a host is to be tried with, and what can be told of one without opening it."""

import base64
import binascii
import itertools
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.domain.reading import SshState
from console.ssh.config import Hop
from console.ssh.refused import SshRefused

FILE_BYTES_MAX: Final = 64 * 1024
DEFAULT_NAMES: Final = ("id_ed25519", "id_ecdsa", "id_rsa")

_BEGIN: Final = re.compile(r"-----BEGIN (OPENSSH|RSA|EC) PRIVATE KEY-----\s+(.*?)-----END", re.DOTALL)
_MAGIC: Final = b"openssh-key-v1\0"
_PEM_KINDS: Final = {"RSA": "ssh-rsa", "EC": "ecdsa"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A private key as it lies in its file. `text` is '' where only the public half is there: an agent has the rest."""

    path: str
    kind: str  # 'ssh-ed25519', 'ssh-rsa', 'ecdsa…'
    text: str
    encrypted: bool
    public: bytes | None
    certificates: tuple[str, ...]
    named: bool  # by a person, for this host; else it is one of the usual names

    def __repr__(self) -> str:
        return f"KeyFile({self.path!r})"


def key_files(hop: Hop, home: Path) -> tuple[list[KeyFile], list[str]]:
    """The key files to try, in order, and the named ones that are not there.

    A file that the inventory names has to be there: SshRefused. One that the configuration file names need not be,
    as with OpenSSH: `Host *` often names more than there are.
    """
    found: list[KeyFile] = []
    missing: list[str] = []
    if hop.identity_file is not None:
        found.append(read_key_file(hop.identity_file, hop, named=True))
    for path in hop.identity_files:
        if path == hop.identity_file:
            continue
        if Path(path).exists() or Path(path + ".pub").exists():
            found.append(read_key_file(path, hop, named=True))
        else:
            missing.append(path)
    if hop.identity_file is None and not hop.identity_files and not hop.identities_only:
        usual = [home / ".ssh" / name for name in DEFAULT_NAMES]
        found.extend(read_key_file(str(path), hop, named=False) for path in usual if path.is_file())
    return found, missing


def read_key_file(path: str, hop: Hop, *, named: bool) -> KeyFile:
    """One key file, with the certificates that lie beside it or are named for the host. Raises SshRefused."""
    beside = path.removesuffix(".pub") + "-cert.pub"
    certificates = tuple(file for file in (*hop.certificate_files, beside) if Path(file).is_file())
    public_path = Path(path if path.endswith(".pub") else path + ".pub")
    if path.endswith(".pub") or (not Path(path).exists() and public_path.is_file()):
        kind, public = _public(public_path, hop)
        return KeyFile(
            path=path, kind=kind, text="", encrypted=False, public=public, certificates=certificates, named=named
        )
    text = _read(Path(path), hop)
    match = _BEGIN.search(text)
    if match is None:
        raise SshRefused(
            SshState.KEY_MISSING, hop.name, detail=f"{path} is not a private key in OpenSSH's or PEM form",
            hint=f"ssh-keygen -p -f {path} writes it anew",
        )  # fmt: skip
    if match[1] == "OPENSSH":
        kind, encrypted, blob = _openssh(match[2], path, hop)
        return KeyFile(
            path=path, kind=kind, text=text, encrypted=encrypted, public=blob, certificates=certificates, named=named
        )
    return KeyFile(
        path=path, kind=_PEM_KINDS[match[1]], text=text, encrypted="ENCRYPTED" in match[2], public=None,
        certificates=certificates, named=named,
    )  # fmt: skip


def _read(path: Path, hop: Hop) -> str:
    try:
        with path.open("rb") as file:
            return file.read(FILE_BYTES_MAX).decode("latin-1")
    except OSError as error:
        why = "is not there" if isinstance(error, FileNotFoundError) else f"can't be read: {error.strerror}"
        raise SshRefused(
            SshState.KEY_MISSING, hop.name, detail=f"the identity file {path} {why}", hint="correct its path"
        ) from error


def _public(path: Path, hop: Hop) -> tuple[str, bytes]:
    words = _read(path, hop).split()
    try:
        return words[0], base64.b64decode(words[1], validate=True)
    except (IndexError, binascii.Error, ValueError) as error:
        raise SshRefused(SshState.KEY_MISSING, hop.name, detail=f"{path} is not a public key") from error


def _openssh(body: str, path: str, hop: Hop) -> tuple[str, bool, bytes]:
    """Kind, whether it is encrypted, and the public key, from the part of the file that is never encrypted."""
    try:
        data = base64.b64decode("".join(body.split()))
        if not data.startswith(_MAGIC):
            raise ValueError("no OpenSSH key")
        body_bytes = data[len(_MAGIC) :]
        head = list(itertools.islice(_strings(body_bytes), 3))  # cipher, key derivation, its options
        public = next(_strings(body_bytes[sum(4 + len(part) for part in head) + 4 :]))  # behind the number of keys
        cipher = head[0]
        return next(_strings(public)).decode("ascii"), cipher != b"none", public
    except (ValueError, StopIteration, struct.error, binascii.Error) as error:
        raise SshRefused(
            SshState.KEY_MISSING, hop.name, detail=f"the identity file {path} is damaged", hint="restore it"
        ) from error


def _strings(data: bytes) -> Iterator[bytes]:
    """The strings of an SSH packet: each behind its length."""
    while data:
        (length,) = struct.unpack(">I", data[:4])
        if length > len(data) - 4:
            raise ValueError("a field is longer than its file")
        yield data[4 : 4 + length]
        data = data[4 + length :]
