"""Closes a sandbox's process in where the host allows it: no network, and no file that it can write but its own."""

import shlex
from typing import Final

# Run within namespaces of its own, as the same account: what it may write stays writable, every other file system is
# read-only for it, then it lets go of the rights that this took. A server that replays 'create tablespace' empties a
# directory of that name on this host, and one that reads a foreign table goes where it points: here neither can.
CLOSED: Final = r"""
S=$1 X=$2; shift 2
mount --bind "$S" "$S" && mount --bind "$X" "$X" || exit 96
[ ! -d /run/postgresql ] || mount -t tmpfs none /run/postgresql 2>/dev/null
while read -r _ at kind opts _; do
    case $kind in proc|sysfs|devpts|tmpfs|devtmpfs|mqueue|cgroup*|bpf|*tracefs|debugfs|securityfs) continue ;; esac
    at=$(printf '%b' "$at")
    case $at in "$S"|"$X") continue ;; esac
    o=ro
    for f in nosuid nodev noexec noatime nodiratime relatime; do
        case ",$opts," in *",$f,"*) o=$o,$f ;; esac
    done
    mount -o "remount,bind,$o" "$at" 2>/dev/null || echo "stays writable: $at"
done </proc/self/mounts
TMPDIR=$S; export TMPDIR
command -v setpriv >/dev/null || exec "$@"
exec setpriv --ambient-caps=-all --inh-caps=-all "$@"
"""


def isolation_lines(*, network: bool) -> list[str]:
    """Lines of shell that set W, the words that close a command in, and I, how closely: tried out before it is said.

    I: 'network-and-files', 'network', 'files', or 'none'; it ends with 'files' only where all of them are read-only.
    """
    alone = "" if network else " -n"
    closed, half = ("files", "none") if network else ("network-and-files", "network")
    return [
        f'W="unshare -c -m{alone} --keep-caps"; I={closed}',
        f'w=$($W sh -c {shlex.quote(CLOSED)} closed "$S" "$X" true 2>/dev/null) || {{ W=; I=none; }}',
        f'case "$w" in *"stays writable"*) [ -z "$W" ] || I={half};; esac',
    ]
