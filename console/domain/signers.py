"""Who may approve: lines of OpenSSH's allowed-signers file, public keys, and what an SSH signature says of itself."""

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

KEY_CHARACTERS_MAX: Final = 16 * 1024
SIGNATURE_CHARACTERS_MAX: Final = 64 * 1024
PERSON: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,62}")
KEY_KINDS: Final = frozenset(
    {
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    }
)  # fmt: skip

_ARMOR: Final = re.compile(
    r"-----BEGIN SSH SIGNATURE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END SSH SIGNATURE-----\r?\n?", re.ASCII
)
_LINE: Final = re.compile(
    r'(?P<persons>"[^"]*"|\S+)\s+(?:(?P<options>(?:[a-z-]+(?:="[^"]*")?,?)+)\s+)?'
    r"(?P<kind>(?:ssh|ecdsa|sk)-[a-z0-9@.-]+)\s+(?P<key>[A-Za-z0-9+/=]+)(?:\s+(?P<comment>.*))?",
    re.IGNORECASE,
)
_OPTION: Final = re.compile(r'([a-z-]+)(?:="([^"]*)")?(?:,|$)', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A public key: its kind, itself in base64, its SHA-256 as OpenSSH shows it."""

    kind: str
    key: str
    fingerprint: str
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """One person with one key that may approve plans; times are UTC, None: no limit."""

    person: str
    key: PublicKey
    valid_after: datetime | None = None
    valid_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureSaid:
    """What an SSH signature says of itself; only `ssh-keygen` can say whether it is true."""

    namespace: str
    key: PublicKey


def fingerprint_of(blob: bytes) -> str:
    """A key's SHA-256 in OpenSSH's own writing."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def read_public_key(text: str) -> PublicKey:
    """The key of a `.pub` file: one line. Raises ValueError where it is none."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if "PRIVATE KEY" in text:
        raise ValueError("it is a private key: name the file that ends in .pub")
    if len(lines) != 1 or len(text) > KEY_CHARACTERS_MAX:
        raise ValueError("a public key is one line")
    kind, _, rest = lines[0].strip().partition(" ")
    key, _, comment = rest.strip().partition(" ")
    return _key(kind, key, comment.strip())


def _key(kind: str, key: str, comment: str = "") -> PublicKey:
    if kind not in KEY_KINDS:
        raise ValueError(f"keys of the kind {kind[:40]!r} are not taken, only {', '.join(sorted(KEY_KINDS))}")
    try:
        blob = base64.b64decode(key, validate=True)
        inside, _ = _field(blob)
    except (binascii.Error, ValueError) as error:
        raise ValueError("the key is damaged") from error
    if inside != kind.encode():
        raise ValueError(f"it calls itself {kind} and holds another kind of key")
    return PublicKey(
        kind=kind, key=base64.b64encode(blob).decode(), fingerprint=fingerprint_of(blob),
        comment="".join(c if c.isprintable() else "�" for c in comment)[:200],
    )  # fmt: skip


def _field(blob: bytes) -> tuple[bytes, bytes]:
    """The first field of SSH's wire format, and what follows it. Raises ValueError."""
    if len(blob) < 4:
        raise ValueError("it ends too early")
    (length,) = struct.unpack(">I", blob[:4])
    if length > len(blob) - 4:
        raise ValueError("it ends too early")
    return blob[4 : 4 + length], blob[4 + length :]


def read_signature(text: str) -> SignatureSaid:
    """What a signature by `ssh-keygen -Y sign` says of itself. Raises ValueError where it is none.

    Source: PROTOCOL.sshsig of OpenSSH (https://github.com/openssh/openssh-portable).
    """
    found = _ARMOR.fullmatch(text) if len(text) <= SIGNATURE_CHARACTERS_MAX else None
    if found is None:
        raise ValueError("it is no SSH signature")
    try:
        blob = base64.b64decode("".join(found[1].split()), validate=True)
    except binascii.Error as error:
        raise ValueError("it is no SSH signature") from error
    if blob[:10] != b"SSHSIG\x00\x00\x00\x01":
        raise ValueError("it is no SSH signature of form 1")
    key, rest = _field(blob[10:])
    namespace, _ = _field(rest)
    kind, _ = _field(key)
    shown_kind = kind.decode("ascii", "replace")
    return SignatureSaid(
        namespace=namespace.decode("utf-8", "replace"), key=_key(shown_kind, base64.b64encode(key).decode())
    )


def read_approvers(text: str, namespace: str) -> tuple[tuple[Approver, ...], tuple[int, ...]]:
    """The approvers of an allowed-signers file, and the numbers of the lines that are not trusted.

    A line for other namespaces is another program's and left out. Patterns, certificate authorities and unknown
    options are not trusted: who may approve is named, one by one.
    """
    approvers: list[Approver] = []
    unread: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                approvers += _approvers_of(line.strip(), namespace)
            except ValueError:
                unread.append(number)
    return tuple(approvers), tuple(unread)


def _approvers_of(line: str, namespace: str) -> list[Approver]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError("no line of an allowed-signers file")
    options = {name.lower(): value for name, value in _OPTION.findall(found["options"] or "")}
    if options.keys() - {"namespaces", "valid-after", "valid-before"}:
        raise ValueError("an option that is not taken")
    if "namespaces" in options and namespace not in options["namespaces"].split(","):
        return []
    persons = found["persons"].strip('"').split(",")
    if not all(PERSON.fullmatch(person) for person in persons):
        raise ValueError("a person must be named, not matched")
    times = [_time_of(options[name]) if name in options else None for name in ("valid-after", "valid-before")]
    key = _key(found["kind"], found["key"], found["comment"] or "")
    return [Approver(person=person, key=key, valid_after=times[0], valid_before=times[1]) for person in persons]


def _time_of(text: str) -> datetime:
    digits = text.removesuffix("Z")
    form = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}.get(len(digits))
    if form is None or not digits.isdigit():
        raise ValueError(f"{text!r} is no time")
    return datetime.strptime(digits, form).replace(tzinfo=UTC)


def approver_line(approver: Approver, namespace: str) -> str:
    """The approver as one line of an allowed-signers file; its times are UTC."""
    options = [f'namespaces="{namespace}"']
    for name, at in (("valid-after", approver.valid_after), ("valid-before", approver.valid_before)):
        if at is not None:
            options.append(f'{name}="{at.astimezone(UTC):%Y%m%d%H%M%S}"')
    key = approver.key
    return f"{approver.person} {','.join(options)} {key.kind} {key.key} {key.comment}".rstrip()
