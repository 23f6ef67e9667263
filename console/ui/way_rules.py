"""What keeps a way out from being saved, by the field that it stands in; pure, knows no Qt. The engine judges again."""

import re
import shlex
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from console.domain.alerting import WayKind, WayOut
from console.ui.speech import translate

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
ADDRESS: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
SECRET_MARK: Final = "{secret}"  # in a URL: where its secret goes, which is kept apart
SECONDS_MAX: Final = 120.0
BEAT_SECONDS_MAX: Final = 3600.0
RECIPIENTS_MAX: Final = 50
HERE: Final = ("localhost", "127.0.0.1", "::1")


def way_errors(way: WayOut, others: tuple[str, ...]) -> dict[str, str]:
    """A sentence by field: 'name', 'target', 'from', 'port', 'user', 'seconds', 'seconds_max'. Empty: it can be saved.

    `others`: the names that are taken.
    """
    found: dict[str, str] = {}
    for field, text in _errors(way, others):
        found.setdefault(field, text)
    return found


def _errors(way: WayOut, others: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not NAME.fullmatch(way.name):
        yield "name", translate("ways", "1 to 63 letters, digits, '.', '-' and '_', and first a letter or digit.")
    if way.name in others:
        yield "name", translate("ways", "Another way out has this name already.")
    if not 1.0 <= way.seconds_max <= SECONDS_MAX:
        yield "seconds_max", translate("ways", "Between 1 and {n} seconds.").format(n=f"{SECONDS_MAX:g}")
    match way.kind:
        case WayKind.EMAIL:
            yield from _mail(way)
        case WayKind.WEBHOOK:
            yield from _url(way)
        case WayKind.HEARTBEAT_URL:
            yield from _url(way)
            yield from _pace(way)
        case WayKind.COMMAND:
            yield from _command(way)
        case WayKind.HEARTBEAT_FILE:
            if not way.target.startswith("/") and not re.match(r"[A-Za-z]:[\\/]", way.target):
                yield "target", translate("ways", "Its whole path: the engine writes it, wherever it was begun.")
            yield from _pace(way)


def _mail(way: WayOut) -> Iterator[tuple[str, str]]:
    there = [part.strip() for part in way.target.split(",")]
    if not all(ADDRESS.fullmatch(one) for one in there) or len(there) > RECIPIENTS_MAX:
        text = translate("ways", "1 to {n} addresses, separated by commas.")
        yield "target", text.format(n=RECIPIENTS_MAX)
    if not ADDRESS.fullmatch(way.option("from")):
        yield "from", translate("ways", "The address that it comes from.")
    port = way.option("port")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        yield "port", translate("ways", "A number from 1 to 65535, or empty for the usual one.")
    if way.option("tls") == "none" and way.option("user") and way.option("smtp", "localhost") not in HERE:
        yield "user", translate("ways", "A password is not sent over an open line: choose an encryption.")


def _url(way: WayOut) -> Iterator[tuple[str, str]]:
    try:
        url = urlsplit(way.target)
        host, _port = url.hostname or "", url.port
    except ValueError:
        yield "target", translate("ways", "That is no URL.")
        return
    if url.scheme not in ("https", "http") or not host:
        yield "target", translate("ways", "A URL that begins with https://.")
    elif url.scheme == "http" and host not in HERE:
        yield "target", translate("ways", "An alert is not sent over an open line: use https.")
    elif url.username or url.password:
        text = translate("ways", "No password in a URL: write {mark} where it goes, and the secret below.")
        yield "target", text.replace("{mark}", SECRET_MARK)
    elif any(not 32 < ord(character) < 127 for character in way.target):
        yield "target", translate("ways", "Neither blanks nor letters beyond ASCII.")


def _pace(way: WayOut) -> Iterator[tuple[str, str]]:
    try:
        seconds = float(way.option("seconds") or 1.0)
    except ValueError:
        seconds = 0.0
    if not 1.0 <= seconds <= BEAT_SECONDS_MAX:
        text = translate("ways", "Between 1 and {n} seconds, or empty for 10.")
        yield "seconds", text.format(n=f"{BEAT_SECONDS_MAX:,.0f}")


def _command(way: WayOut) -> Iterator[tuple[str, str]]:
    try:
        words = shlex.split(way.target)
    except ValueError:
        yield "target", translate("ways", "A quotation mark is not closed.")
        return
    if not words or not (words[0].startswith("/") or re.match(r"[A-Za-z]:[\\/]", words[0])):
        yield "target", translate("ways", "The program by its whole path, then its words.")
