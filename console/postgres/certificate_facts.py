"""Until when a server's certificate holds, read on its own host: what it is told to use, what openssl says of it."""

import re
import shlex
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

READ_SECONDS_MAX: Final = 15.0
FILE_SQL: Final = (
    "select current_setting('ssl') || ' ' || current_setting('data_directory') || ' ' || "
    "current_setting('ssl_cert_file')"
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_END: Final = re.compile(r"^notAfter=([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([0-9]{4}) GMT\s*$",
                         re.MULTILINE)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEnd:
    """One node's certificate. `reason`: why its end is not told."""

    node: str
    end: datetime | None = None
    path: str = ""
    reason: str = ""


def read_file(text: bytes) -> tuple[str, str]:
    """The path of the certificate, or the reason why there is none: (path, reason)."""
    words = text.decode("utf-8", "replace").strip().split(" ")
    if len(words) < 3 or words[0] not in ("on", "off"):
        return "", "unreadable"
    if words[0] == "off":
        return "", "no-certificate"
    # Either path may hold a blank: where it can't be told apart, it is not guessed.
    if len(words) > 3:
        return "", "unreadable"
    directory, file = words[1:]
    return (file if file.startswith("/") else f"{directory.rstrip('/')}/{file}"), ""


def end_script(path: str) -> str:
    """Asks openssl for the end; nothing of the file itself is printed."""
    return "\n".join([
        "LC_ALL=C; export LC_ALL; cd /",
        "command -v openssl >/dev/null 2>&1 || { echo no-openssl; exit 0; }",
        f"[ -r {shlex.quote(path)} ] || {{ echo not-readable; exit 0; }}",
        f"openssl x509 -noout -enddate -in {shlex.quote(path)} 2>/dev/null || echo unreadable",
    ]) + "\n"  # fmt: skip


def read_end(node: str, path: str, text: bytes) -> CertificateEnd:
    """What openssl said."""
    said = text.decode("utf-8", "replace")
    for reason in ("no-openssl", "not-readable"):
        if said.strip() == reason:
            return CertificateEnd(node=node, path=path, reason=reason)
    found = _END.search(said)
    if found is None or found[1] not in _MONTHS:
        return CertificateEnd(node=node, path=path, reason="unreadable")
    month, (day, hour, minute, second, year) = _MONTHS.index(found[1]) + 1, (int(found[n]) for n in range(2, 7))
    try:
        return CertificateEnd(node=node, path=path, end=datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return CertificateEnd(node=node, path=path, reason="unreadable")
