"""Looks at one Python and the system around it: its version, whether it can make an environment, what is installed.

Run by environment.sh with each Python it finds; one that cannot even read this file is too old. Prints four lines:
'good', 'bare' (no ensurepip) or 'old'; the interpreter's path; the name of its environment; a stamp of the system.
"""

import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path

# One of these changes when a system library or a font comes or goes.
WITNESSES = ("/var/lib/dpkg/status", "/etc/ld.so.cache", "/usr/share/fonts", "/usr/lib")
PYTHON_MIN = (3, 11)


def mark(*parts: str) -> str:
    """A short name for what the parts say together."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def system_stamp() -> str:
    """What the system's own records look like now."""
    seen = []
    for path in WITNESSES:
        try:
            state = Path(path).stat()
        except OSError:
            continue
        seen.append(f"{path} {state.st_ino} {state.st_size} {state.st_mtime}")
    return mark(*seen)


def main() -> None:
    interpreter = str(Path(getattr(sys, "_base_executable", None) or sys.executable).resolve())
    if sys.version_info[:2] < PYTHON_MIN:
        state = "old"
    else:
        state = "good" if find_spec("ensurepip") else "bare"  # Debian ships it apart, in python3-venv
    environment = mark(Path(sys.argv[1]).read_text(encoding="ascii"), interpreter, sys.version)
    sys.stdout.write("\n".join((state, interpreter, environment, system_stamp(), "")))


main()
