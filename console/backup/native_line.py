"""Which timelines lead to a server, by its own history, and the newest backup that it leads on from."""

import re
from typing import Final

from console.backup.native_scripts import assigned
from console.domain.backup import TimelineFork
from console.domain.chain import TakenFrom
from console.domain.wal import Lsn

FORKS_MAX: Final = 10_000

# C conninfo of the server, B PostgreSQL's programs.
LINE: Final = r"""
LC_ALL=C; export LC_ALL; PGCONNECT_TIMEOUT=10; export PGCONNECT_TIMEOUT; cd / || exit 1
asked() { "$B/psql" -XAtqw -F ' ' -d "$C replication=true" -c "$1" 2>/dev/null; }
set -- $(asked IDENTIFY_SYSTEM)
[ $# -ge 2 ] || exit 0
echo "server $1 $2"
[ "$2" = 1 ] || asked "TIMELINE_HISTORY $2" | sed 's/^[0-9A-F]*\.history //' | awk '/^[0-9]/ {print "left", $1, $2}'
exit 0
"""


def line_script(conninfo: str, bin_directory: str) -> str:
    """Asks a server for its timeline and how it came to it; it changes nothing."""
    return assigned(C=conninfo, B=bin_directory) + LINE


def read_line(said: str) -> tuple[TakenFrom, tuple[TimelineFork, ...]] | None:
    """What the server is and the forks that lead to it; None where it told nothing that makes sense."""
    lines = said.split("\n")
    server = re.fullmatch(r"server (\d{1,20}) (\d{1,10})", lines[0])
    if server is None:
        return None
    left = [re.fullmatch(r"left (\d{1,10}) ([0-9A-F]{1,8}/[0-9A-F]{1,8})", one) for one in lines[1:FORKS_MAX] if one]
    found = [(int(one[1]), Lsn.parse(one[2])) for one in left if one is not None]
    timeline = int(server[2])
    if len(found) != len(left) or (timeline > 1) != bool(found):
        return None
    next_ones = (*(parent for parent, _ in found[1:]), timeline)
    forks = tuple(
        TimelineFork(timeline=following, parent=parent, position=position)
        for (parent, position), following in zip(found, next_ones, strict=bool(found))
    )
    return TakenFrom(system_identifier=server[1], timeline=timeline), forks
