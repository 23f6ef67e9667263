"""What a way out may be: its name, its target and its options, judged before it is kept."""

import ipaddress
import re
import shlex
from email.utils import getaddresses
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from console.domain.alerting import WayKind, WayOut

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
ADDRESS: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
TARGET_CHARACTERS_MAX: Final = 2_000
OPTION_CHARACTERS_MAX: Final = 500
SECONDS_MAX: Final = 120.0
BEAT_SECONDS: Final = 10.0  # how often a heartbeat is written or sent, where its options say nothing
BEAT_SECONDS_MAX: Final = 3_600.0
RECIPIENTS_MAX: Final = 50
SECRET_MARK: Final = "{secret}"  # in a URL: where its secret goes, which is kept apart

_SHARED: Final = frozenset({"secret-file"})
_OPTIONS: Final = {
    WayKind.EMAIL: frozenset({"smtp", "port", "from", "tls", "user", "ca"}) | _SHARED,
    WayKind.WEBHOOK: frozenset({"ca"}) | _SHARED,
    WayKind.COMMAND: frozenset[str](),
    WayKind.HEARTBEAT_FILE: frozenset({"seconds"}),
    WayKind.HEARTBEAT_URL: frozenset({"ca", "seconds", "method"}) | _SHARED,
}


def recipients_of(way: WayOut) -> tuple[str, ...]:
    """The addresses of an e-mail way."""
    return tuple(address for _, address in getaddresses([way.target]) if address)


def loopback(host: str) -> bool:
    """Does a connection to this host stay on this machine?"""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def beat_seconds_of(way: WayOut) -> float:
    return float(way.option("seconds") or BEAT_SECONDS)


def wrong_with(way: WayOut) -> str:
    """Why it can't be used as it stands, as a clause for a person; empty: it can."""
    if not NAME.fullmatch(way.name):
        return "a name has 1 to 63 letters, digits, dots, hyphens and underscores"
    if not way.target.strip() or len(way.target) > TARGET_CHARACTERS_MAX or not way.target.isprintable():
        return f"a target has 1 to {TARGET_CHARACTERS_MAX} characters in one line"
    if not 1.0 <= way.seconds_max <= SECONDS_MAX:
        return f"its limit lies between 1 and {SECONDS_MAX:g} seconds"
    unknown = [name for name, _ in way.options if name not in _OPTIONS[way.kind]]
    if unknown:
        there = ", ".join(sorted(_OPTIONS[way.kind])) or "none"
        return f"there is no option '{unknown[0]}' for {way.kind.value}: {there}"
    if any(len(value) > OPTION_CHARACTERS_MAX or not value.isprintable() for _, value in way.options):
        return f"an option has at most {OPTION_CHARACTERS_MAX} characters in one line"
    match way.kind:
        case WayKind.EMAIL:
            return _wrong_mail(way)
        case WayKind.WEBHOOK | WayKind.HEARTBEAT_URL:
            return _wrong_url(way) or _wrong_pace(way)
        case WayKind.COMMAND:
            return _wrong_command(way)
        case WayKind.HEARTBEAT_FILE:
            return _wrong_file(way) or _wrong_pace(way)


def _wrong_mail(way: WayOut) -> str:
    there = recipients_of(way)
    if not there or len(there) > RECIPIENTS_MAX or not all(ADDRESS.fullmatch(one) for one in there):
        return f"its target has to be 1 to {RECIPIENTS_MAX} addresses, separated by commas"
    if not ADDRESS.fullmatch(way.option("from")):
        return "the option 'from' has to be an address"
    if way.option("tls", "starttls") not in ("starttls", "tls", "none"):
        return "the option 'tls' is one of starttls, tls, none"
    if way.option("tls") == "none" and way.option("user") and not loopback(way.option("smtp", "localhost")):
        return "a password is not sent over an open line: use tls or starttls"
    port = way.option("port")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        return "the option 'port' is a number from 1 to 65535"
    return ""


def _wrong_url(way: WayOut) -> str:
    try:
        url = urlsplit(way.target)
        host, _ = url.hostname or "", url.port
    except ValueError as error:
        return f"its target is no URL: {error}"
    if url.scheme not in ("https", "http") or not host:
        return "its target has to be an https URL"
    if url.scheme == "http" and not loopback(host):
        return "an alert is not sent over an open line: use https"
    if url.username or url.password:
        return f"no password may stand in a URL: write {SECRET_MARK} there, or leave it to the header"
    if any(ord(character) < 33 or ord(character) > 126 for character in way.target):
        return "a URL has neither blanks nor letters beyond ASCII"
    if way.option("method", "get") not in ("get", "post"):
        return "the option 'method' is get or post"
    return ""


def _wrong_pace(way: WayOut) -> str:
    try:
        seconds = beat_seconds_of(way)
    except ValueError:
        seconds = 0.0
    if 1.0 <= seconds <= BEAT_SECONDS_MAX:
        return ""
    return f"the option 'seconds' lies between 1 and {BEAT_SECONDS_MAX:g}"


def _wrong_command(way: WayOut) -> str:
    try:
        words = shlex.split(way.target)
    except ValueError as error:
        return f"its command line can't be read: {error}"
    if not words or not Path(words[0]).is_absolute():
        return "its command is given by its whole path"
    return ""


def _wrong_file(way: WayOut) -> str:
    path = Path(way.target)
    if not path.is_absolute() or not path.parent.is_dir():
        return "its target has to be a file in a directory that is there, by its whole path"
    return "its target is a directory" if path.is_dir() else ""
