"""What the members of a consensus group (etcd) say, each asked by itself from a node that knows where they are."""

import re
import shlex
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Final

import msgspec

from console.domain.cluster import PatroniTarget
from console.domain.drift import odd_members, worst_members
from console.domain.redundancy import CopyFinding, CopyTrouble
from console.domain.text import shown
from console.patroni.place import config_lines

SETTINGS_SECONDS_MAX: Final = 10.0
MEMBER_SECONDS_MAX: Final = 3  # of one question to one member
MEMBERS_MAX: Final = 9
ANSWER_BYTES_MAX: Final = 100_000
RAFT_BEHIND_MAX: Final = 100  # entries; a group that works is within a few
SIZE_APART_FACTOR: Final = 4.0  # one that keeps four times as much was not compacted
HTTP_SECONDS: Final = 1.0  # the resolution of HTTP's date
Asked = tuple[tuple[str, str, str], ...]  # word, path, body
STATUS: Final[Asked] = (
    ("status", "/v3/maintenance/status", "{}"),
    ("alarm", "/v3/maintenance/alarm", '{"action":"GET"}'),
)  # fmt: skip

# The block of the store out of Patroni's configuration, without what could be a password.
_BLOCK: Final = r"""
[ -n "$C" ] || exit 0
awk '/^[^ \t#]/ { inside = ($1 == "etcd3:" || $1 == "etcd:") ; if (inside) print $1; next }
     inside && $1 !~ /pass|user|secret|token/ && NR < 100000 { print }' "$C" | head -c 20000
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EtcdAt:
    """Where the group's members listen, as Patroni is told, and with which certificate it goes there."""

    hosts: tuple[str, ...]  # host:port
    tls: bool
    ca: str = ""
    certificate: str = ""
    key: str = ""


def settings_script(target: PatroniTarget) -> str:
    """Prints the store's block of Patroni's configuration."""
    return "\n".join(["cd /; LC_ALL=C; export LC_ALL", *config_lines(target), _BLOCK.strip("\n")]) + "\n"


def read_settings(text: bytes) -> EtcdAt | None:
    """Plain block form, as Patroni's own examples have it; what is written otherwise is not understood: None."""
    values: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    last = ""
    for line in text.decode("utf-8", "replace").splitlines()[1:200]:
        item = re.fullmatch(r"\s+-\s*(.+?)\s*", line)
        field = re.fullmatch(r"\s+([a-z_]+):\s*(.*?)\s*", line)
        if item is not None and last:
            items.setdefault(last, []).append(_plain(item[1]))
        elif field is not None:
            last = field[1]
            values[last] = _plain(field[2])
    told = values.get("hosts") or values.get("host") or values.get("url") or ""
    hosts = items.get("hosts", []) or [_plain(part) for part in told.strip("[]").split(",")]
    named = tuple(dict.fromkeys(_address(host) for host in hosts if _address(host)))[:MEMBERS_MAX]
    if not named:
        return None
    tls = values.get("protocol") == "https" or bool(values.get("cacert")) or "https:" in told
    return EtcdAt(
        hosts=named, tls=tls, ca=_path(values.get("cacert")), certificate=_path(values.get("cert")),
        key=_path(values.get("key")),
    )  # fmt: skip


def _plain(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def _address(text: str) -> str:
    """host:port; 2379 is etcd's own port. Empty where it can be none."""
    text = re.sub(r"^https?://", "", text.strip()).rstrip("/")
    if not re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?", text):
        return ""
    return text if re.search(r":[0-9]+$", text) and not text.endswith("]") else f"{text}:2379"


def _path(text: str | None) -> str:
    return text if text is not None and text.startswith("/") else ""


def hash_of(revision: int) -> Asked:
    """The hash over all keys up to a revision; older members answer it under the second path."""
    body = f'{{"revision":"{revision}"}}'
    return (("hashkv", "/v3/maintenance/hashkv", body), ("hash", "/v3/maintenance/hash", body))


def ask_script(at: EtcdAt, marker: str, asked: Asked = STATUS) -> str:
    """Asks every member the same by curl, each within its limit; answers stand between lines with `marker`."""
    files = [("--cacert", at.ca), ("--cert", at.certificate), ("--key", at.key)]
    options = " ".join(f"{option} {shlex.quote(path)}" for option, path in files if path)
    options += " -k" if at.tls and not at.ca else ""
    scheme = "https" if at.tls else "http"
    lines = [
        f"cd /; LC_ALL=C; export LC_ALL; M={shlex.quote(marker)}",
        "command -v curl >/dev/null || { echo \"$M no-curl\"; exit 0; }",
        f"ASK() {{ printf '\\n%s begin %s %s\\n' \"$M\" \"$1\" \"$2\"; "
        f"curl -si --noproxy '*' --max-time {MEMBER_SECONDS_MAX} --connect-timeout 2 {options} -X POST -d \"$4\" "
        f"\"{scheme}://$1$3\" | head -c {ANSWER_BYTES_MAX}; printf '\\n%s end\\n' \"$M\"; }}",
    ]
    for host in at.hosts:
        lines += [f"ASK {shlex.quote(host)} {name} {path} {shlex.quote(body)}" for name, path, body in asked]
    return "\n".join(lines) + "\n"


def seconds_max(at: EtcdAt) -> float:
    return len(at.hosts) * len(STATUS) * (MEMBER_SECONDS_MAX + 1.0) + 5.0


Number = Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]{1,20}$")] | int


class _Head(msgspec.Struct):
    cluster_id: Number = 0
    member_id: Number = 0
    revision: Number = 0
    raft_term: Number = 0


class _Status(msgspec.Struct):
    header: _Head
    version: Annotated[str, msgspec.Meta(max_length=40)] = ""
    dbSize: Number = 0
    leader: Number = 0
    raftIndex: Number = 0
    raftTerm: Number = 0
    errors: Annotated[list[str], msgspec.Meta(max_length=20)] = []


class _Alarm(msgspec.Struct):
    memberID: Number = 0
    alarm: Annotated[str, msgspec.Meta(max_length=40)] = ""


class _Alarms(msgspec.Struct):
    alarms: Annotated[list[_Alarm], msgspec.Meta(max_length=50)] = []


class _Hash(msgspec.Struct):
    header: _Head
    hash: Number
    compact_revision: Number | None = None  # None: over the whole of what there was at the header's revision
    hash_revision: Number = 0


_STATUS: Final = msgspec.json.Decoder(_Status)
_ALARMS: Final = msgspec.json.Decoder(_Alarms)
_HASH: Final = msgspec.json.Decoder(_Hash)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSaid:
    """What one member says of itself. `trouble`: why it says nothing."""

    address: str
    trouble: str = ""
    group: str = ""
    member: str = ""
    holder: str = ""  # the member that it takes for the group's first
    term: int = 0
    revision: int = 0
    applied: int = 0
    size_bytes: int = 0
    version: str = ""
    alarms: tuple[str, ...] = ()
    clock: datetime | None = None


def read_members(text: bytes, marker: str, at: EtcdAt) -> tuple[MemberSaid, ...] | None:
    """Every member's answer; None where nobody could be asked from here."""
    mark = marker.encode()
    if mark + b" no-curl" in text or mark not in text:
        return None
    bodies = _bodies(text, mark)
    alarms = _alarms(bodies)
    return tuple(_member(host, bodies.get((host, "status"), b""), alarms) for host in at.hosts)


def _bodies(text: bytes, mark: bytes) -> dict[tuple[str, str], bytes]:
    """What stands between the marks, by member and word."""
    bodies: dict[tuple[str, str], bytes] = {}
    for part in text.split(b"\n" + mark + b" begin ")[1:]:
        head, _, rest = part.partition(b"\n")
        words = head.decode("utf-8", "replace").split()
        if len(words) == 2:
            bodies[(words[0], words[1])] = rest.partition(b"\n" + mark + b" end")[0]
    return bodies


def read_hashes(text: bytes, marker: str, at: EtcdAt) -> tuple[tuple[str, str, str], ...]:
    """(member, 'hash', value) of those whose hash can be compared: over the same revisions.

    Members up to 3.5 hash whatever they hold at that moment: where they are asked between two writes of the group,
    there are few that can be compared, and it is tried again.
    """
    bodies = _bodies(text, marker.encode())
    found: dict[tuple[int, int], list[tuple[str, str, str]]] = {}
    for host in at.hosts:
        for word in ("hashkv", "hash"):
            try:
                said = _HASH.decode(_http(bodies.get((host, word), b""))[1])
            except (ValueError, msgspec.DecodeError):
                continue
            over = (int(said.header.revision), -1)
            if said.compact_revision is not None:
                over = (int(said.compact_revision), int(said.hash_revision))
            found.setdefault(over, []).append((host, "hash", str(said.hash)))
            break
    most = max((len(rows) for rows in found.values()), default=0)
    return tuple(next((rows for rows in found.values() if len(rows) == most), []))


def _alarms(bodies: dict[tuple[str, str], bytes]) -> dict[str, set[str]]:
    """Alarms by member: every member knows all of them."""
    found: dict[str, set[str]] = {}
    for (_, what), body in bodies.items():
        if what != "alarm":
            continue
        try:
            for alarm in _ALARMS.decode(_http(body)[1]).alarms:
                if alarm.alarm and alarm.alarm != "NONE":
                    found.setdefault(str(alarm.memberID), set()).add(shown(alarm.alarm))
        except (ValueError, msgspec.DecodeError):
            continue
    return found


def _member(address: str, body: bytes, alarms: dict[str, set[str]]) -> MemberSaid:
    if not body.strip():
        return MemberSaid(address=address, trouble="silent")
    try:
        date, payload = _http(body)
        said = _STATUS.decode(payload)
    except (ValueError, msgspec.DecodeError):
        return MemberSaid(address=address, trouble="unreadable")
    member = str(said.header.member_id)
    told = {shown(error, characters_max=80) for error in said.errors}
    return MemberSaid(
        address=address, group=str(said.header.cluster_id), member=member, holder=str(said.leader),
        term=int(said.raftTerm or said.header.raft_term), revision=int(said.header.revision),
        applied=int(said.raftIndex), size_bytes=int(said.dbSize), version=shown(said.version, characters_max=40),
        alarms=tuple(sorted(alarms.get(member, set()) | told)), clock=date,
    )  # fmt: skip


def _http(text: bytes) -> tuple[datetime | None, bytes]:
    """The date and the body of an answer of status 200. Raises ValueError for any other."""
    head, found, body = text.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = head.decode("latin-1").splitlines()
    if not found or not lines or not re.match(r"HTTP/[0-9.]+ 200\b", lines[0]):
        raise ValueError("no answer of status 200")
    date = next((line.partition(":")[2].strip() for line in lines[1:] if line.lower().startswith("date:")), "")
    try:
        return (parsedate_to_datetime(date) if date else None), body
    except ValueError:
        return None, body


def judge_members(
    members: tuple[MemberSaid, ...], now: datetime, *, clock_seconds_max: float,
    hashes: tuple[tuple[str, str, str], ...] = (),
) -> tuple[CopyFinding, ...]:  # fmt: skip
    """Who answers otherwise than the others, lags, raises an alarm, is silent, or has another clock. `now`: ours."""
    found: list[CopyFinding] = []
    speaking = [member for member in members if not member.trouble]
    for member in members:
        if member.trouble:
            found.append(_finding(CopyTrouble.MEMBER_SILENT, member, member.trouble))
        found += [_finding(CopyTrouble.MEMBER_ALARM, member, alarm) for alarm in member.alarms]
    answers = [(one.address, what, value) for one in speaking
               for what, value in (("group", one.group), ("holder", one.holder), ("term", f"{one.term}"),
                                   ("version", one.version))]  # fmt: skip
    found += odd_members((*answers, *hashes))
    found += worst_members(tuple((one.address, "applied", one.applied) for one in speaking), RAFT_BEHIND_MAX)
    found += worst_members(tuple((one.address, "revision", one.revision) for one in speaking), RAFT_BEHIND_MAX)
    sizes = sorted(one.size_bytes for one in speaking)
    for one in speaking:
        usual = sizes[(len(sizes) - 1) // 2]
        if len(sizes) > 1 and usual and one.size_bytes > SIZE_APART_FACTOR * usual:
            found.append(_finding(CopyTrouble.MEMBER_DIFFERS, one, "size", one.size_bytes, usual))
    limit = clock_seconds_max + HTTP_SECONDS
    for one in speaking:
        apart = None if one.clock is None else (one.clock - now).total_seconds()
        if apart is not None and abs(apart) > limit:
            found.append(_finding(CopyTrouble.MEMBER_CLOCK, one, "", round(apart, 1), limit))
    return tuple(found)


def _finding(
    trouble: CopyTrouble, member: MemberSaid, about: str, observed: float | str | None = None,
    wanted: float | str | None = None,
) -> CopyFinding:  # fmt: skip
    return CopyFinding(
        trouble=trouble, node=member.address, about=about, observed=observed, wanted=wanted, source="etcd"
    )
