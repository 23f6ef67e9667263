"""Finds and ends what a killed service has left running, and what the console's acts left on its hosts."""

import os
import re
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Final

from console.lab.place import LabPlace
from console.lab.processes import all_pids, end_all, marked, program, servers_in, tree

END_SECONDS_MAX: Final = 15.0
ACTS: Final = Path("/var/tmp")  # where a host keeps what the console's acts leave, a directory for each account
_ACT: Final = re.compile(rb"LEDGER_SUPERVISED=(/var/tmp/ledger-console-\d+/[A-Za-z0-9][A-Za-z0-9._:-]*)")


def leftovers(place: LabPlace) -> list[int]:
    """What an earlier service left running: servers by their data directory, everything else by the lab's mark."""
    found = set(marked(place.directory))
    for data in place.directory.glob("lab-*/data"):
        found.update(servers_in(data))
    for pid in all_pids():
        # sshd writes its title over its environment; the path of its configuration stands in the title.
        if program(pid).startswith("sshd") and str(place.keys) in _title(pid):
            found.update(tree(pid))
    return sorted(found - {os.getpid()})


def _title(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def end_service(place: LabPlace) -> None:
    """Ends a service that does not answer, by the directory that its command line names."""
    wanted = f" console.lab.service --directory {place.directory} "
    end_all(
        lambda: [pid for pid in all_pids() if wanted in _title(pid)],
        seconds=END_SECONDS_MAX,
        what="the lab's service to end",
    )


def end_leftovers(place: LabPlace) -> None:
    """Ends exactly these, until none is found any more."""
    end_all(lambda: leftovers(place), seconds=END_SECONDS_MAX, what="what an earlier service left to end")


def acts_of(place: LabPlace) -> list[Path]:
    """What the console's acts keep of this lab on its hosts: of those that run now, and by its servers' system."""
    found: set[Path] = set()
    for pid in marked(place.directory):
        with suppress(OSError):
            words = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            found.update(Path(os.fsdecode(act[1])) for word in words if (act := _ACT.fullmatch(word)))
    for system in {_system(data) for data in place.directory.glob("lab-*/data")} - {0}:
        found.update(ACTS.glob(f"ledger-console-*/{system}-*"))
    return sorted(found)


def _system(data: Path) -> int:
    """The system identifier of a data directory; 0 where there is none. It is the first word of pg_control."""
    try:
        with (data / "global" / "pg_control").open("rb") as file:
            return int.from_bytes(file.read(8), "little")
    except OSError:
        return 0


def clear_acts(acts: list[Path]) -> None:
    """Takes them away; nothing of the lab runs any more that could need them. Somebody else's stay."""
    for path in acts:
        if path.is_dir() and not path.is_symlink():
            rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
    for parent in {path.parent for path in acts}:
        with suppress(OSError):
            parent.rmdir()  # the last one's
