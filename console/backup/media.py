"""What lies under a repository: space, machine, and whether the medium itself refuses changes."""

import re
import shlex
from typing import Final

from console.domain.backup import MediumSeen
from console.domain.backup_policy import MediumKind

_MACHINE: Final = re.compile(r"[0-9a-f]{32}")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_FLAGS: Final = re.compile(r"[-A-Za-z]{1,40}")


def medium_lines(name: str, path: str) -> str:
    """Lines of shell that tell of one place as `medium NAME …`; silent where it is not there."""
    there = shlex.quote(path)
    return (
        f"if [ -d {there} ]; then\n"
        f"echo 'medium {name} machine '$(cat /etc/machine-id 2>/dev/null)\n"
        f"echo 'medium {name} space '$(df -Pk {there} 2>/dev/null | awk 'NR==2 {{print $2, $4}}')\n"
        # Not every file system knows flags, and not every host has the program: then nothing is known.
        f"for d in {there}/backups {there}; do\n"
        f"echo 'medium {name} flags '$(lsattr -d \"$d\" 2>/dev/null | cut -d ' ' -f 1); done\nfi\n"
    )


def read_medium(
    said: str, name: str, path: str, *, kind: MediumKind, backups_bytes: int | None = None,
    wal_bytes: int | None = None,
) -> MediumSeen | None:  # fmt: skip
    """The place as those lines tell it; None where it is not there. What makes no sense is not known."""
    machine, total, free, flags, there = "", None, None, "", False
    for line in said.split("\n"):
        words = line.split()
        if len(words) < 3 or words[:2] != ["medium", name]:
            continue
        there = True
        match words[2:]:
            case ["machine", word] if _MACHINE.fullmatch(word):
                machine = word
            case ["space", all_, left] if _NUMBER.fullmatch(all_) and _NUMBER.fullmatch(left):
                total, free = int(all_) * 1024, int(left) * 1024
            case ["flags", word] if _FLAGS.fullmatch(word):
                flags += word
            case _:
                pass
    if not there:
        return None
    return MediumSeen(
        kind=kind, path=path, total_bytes=total, free_bytes=free, used_by_backups_bytes=backups_bytes,
        used_by_wal_bytes=wal_bytes, immutable=_immutable(flags), machine_id=machine,
    )  # fmt: skip


def _immutable(flags: str) -> str:
    if "a" in flags or "i" in flags:
        return "append-only"
    return "no" if flags else ""
