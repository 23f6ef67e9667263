"""Mends a lab: undoes every fault, and leaves one primary that all others stream from."""

import signal
from collections.abc import Callable
from typing import Final

from console.lab.configuration import following
from console.lab.disk import Disk
from console.lab.faults import Lab
from console.lab.foundation import make_slots, rebuild
from console.lab.place import LabPlace
from console.lab.processes import send, wait_until
from console.lab.programs import Programs
from console.lab.server import Server
from console.lab.status import LabError, LabRole

FOLLOW_SECONDS_MAX: Final = 3.0  # a standby that has not even begun to follow by then needs help
STREAM_SECONDS_MAX: Final = 60.0


def mend(lab: Lab, node: str | None, *, place: LabPlace, programs: Programs) -> None:
    """Undoes the faults of one host, or of all, and waits until the standbys stream again."""
    names = [host.name for host in lab.plan.hosts] if node is None else [lab.plan.host(node).name]
    servers = [lab.servers[name] for name in names if name in lab.servers]
    for name in names:
        lab.doors.open(name)
    for server in servers:
        server.thaw()
        Disk(server).free()
    primary = settle_primary(list(lab.servers.values()), servers)
    make_slots(primary, lab.plan.followers(primary.name))
    standbys = [server for server in servers if server is not primary]
    for server in standbys:
        if server.role() is LabRole.PRIMARY:
            # It was a primary once, or is one now, and there is another: its history is not ours any more.
            server.stop()
            rebuild(place, lab.plan, server, primary, programs)
        server.start()
        if server.ask("select pg_is_wal_replay_paused()") == "t":
            server.ask("select pg_wal_replay_resume()")
    for server in standbys:
        _follow(lab, server, primary, place=place, programs=programs)
    if node is None:
        lab.workload.set_rate(lab.plan.rate)
    for name in names:
        lab.faults[name] = set()
    waiting = [s for s in lab.servers.values() if s is not primary and s.postmaster() is not None and not s.frozen()]
    wait_streaming(primary, waiting)


def settle_primary(servers: list[Server], may_start: list[Server]) -> Server:
    """The one primary, running: a writable one on the furthest timeline, else the one whose data says so."""
    writable = [server for server in servers if server.role() is LabRole.PRIMARY]
    running = [server for server in writable if server.postmaster() is not None and not server.frozen()]
    if running:
        for server in running:
            server.start()  # it may be in the middle of its recovery
        return max(running, key=_timeline_running)
    startable = [server for server in writable if server in may_start]
    if not startable:
        names = ", ".join(server.name for server in writable) or "none"
        raise LabError(
            f"the lab has no running primary, and this would start none (primaries by their data: {names})",
            "Mend the whole lab, or promote a standby.",
        )
    chosen = max(startable, key=_timeline_stopped)
    chosen.start()
    return chosen


def _timeline_running(server: Server) -> int:
    return int(server.ask("select pg_walfile_name(pg_current_wal_lsn())", database="postgres")[:8], 16)


def _timeline_stopped(server: Server) -> int:
    for line in server.control().splitlines():
        name, _, value = line.partition(":")
        if name == "Latest checkpoint's TimeLineID":
            return int(value)
    raise LabError(f"pg_controldata of {server.name} names no timeline")


def _follow(lab: Lab, server: Server, primary: Server, *, place: LabPlace, programs: Programs) -> None:
    """Makes a running standby follow the primary: points it there, waits, and at last takes a fresh copy."""
    wanted = following(place, lab.plan, server.host, primary.host)
    own = server.data / "postgresql.auto.conf"
    if own.read_text() != wanted:
        own.write_text(wanted)
        send(filter(None, [server.postmaster()]), signal.SIGHUP)
    if _within(FOLLOW_SECONDS_MAX, lambda: server.name in attached(primary, "catchup", "streaming")):
        return
    server.stop()
    rebuild(place, lab.plan, server, primary, programs)
    server.start()


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    try:
        wait_until(holds, seconds=seconds, what="")
    except LabError:
        return False
    return True


def attached(primary: Server, *states: str) -> set[str]:
    """Who follows the primary in one of these states."""
    wanted = ", ".join(f"'{state}'" for state in states)
    said = primary.ask(
        f"select application_name from pg_stat_replication where state in ({wanted})", database="postgres"
    )
    return set(said.split())


def wait_streaming(primary: Server, standbys: list[Server]) -> None:
    """Waits until all of these stream from the primary and, where commits wait for any, count for them."""
    names = {server.name for server in standbys}
    if not names:
        return
    what = f"{', '.join(sorted(names))} to stream from {primary.name}"
    wait_until(lambda: names <= attached(primary, "streaming"), seconds=STREAM_SECONDS_MAX, what=what)
