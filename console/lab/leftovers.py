"""Finds and ends what a killed service has left running."""

import os
from pathlib import Path
from typing import Final

from console.lab.place import LabPlace
from console.lab.processes import all_pids, end_all, marked, program, servers_in, tree

END_SECONDS_MAX: Final = 15.0


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
