"""Mends a lab: undoes every fault, and leaves one primary that all others stream from."""

import signal
from collections.abc import Callable, Mapping
from typing import Final

from console.lab.configuration import following
from console.lab.disk import Disk
from console.lab.faults import Lab
from console.lab.foundation import make_slots, rebuild
from console.lab.patroni import PatroniServer
from console.lab.place import LabPlace
from console.lab.plan import LabPlan, Topology
from console.lab.processes import send, wait_until
from console.lab.programs import Programs
from console.lab.server import Server
from console.lab.status import LabError, LabRole

FOLLOW_SECONDS_MAX: Final = 6.0  # a standby that does not follow for good by then needs help
STAYS: Final = 2.0  # seconds: thrice the pause after which a standby tries again
STREAM_SECONDS_MAX: Final = 60.0
MEMBER_LOOK_SECONDS: Final = 0.1  # a look asks each Patroni over its REST interface
MEMBER_SECONDS_MAX: Final = 30.0  # what Patroni has to mend a member by itself
REINITIALISE_SECONDS_MAX: Final = 90.0
_POSITION: Final = (
    "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end"
)


def mend(lab: Lab, node: str | None, *, place: LabPlace, programs: Programs) -> None:
    """Undoes the faults of one host, or of all, and waits until the standbys stream again."""
    names = [host.name for host in lab.plan.hosts] if node is None else [lab.plan.host(node).name]
    servers = [lab.servers[name] for name in names if name in lab.servers]
    for name in names:
        lab.doors.open(name)
        if name in lab.members:
            lab.members[name].start()
    for server in servers:
        server.thaw()
    if lab.plan.patroni is not None:
        _mend_members(lab, [server for server in servers if isinstance(server, PatroniServer)])
        _mended(lab, names, whole=node is None)
        return
    for server in servers:
        Disk(server).free()
    if lab.plan.topology is Topology.PEERS:
        for server in servers:
            server.start()
        _mended(lab, names, whole=node is None)
        return
    primary = settle_primary(list(lab.servers.values()), servers)
    standbys = [server for server in servers if server is not primary]
    standbys.sort(key=lambda one: lab.plan.upstream(one.name, primary=primary.name).name != primary.name)
    feed(lab.plan, lab.servers, primary)
    for server in standbys:
        if server.role() is LabRole.PRIMARY:
            # It was a primary once, or is one now, and there is another: its history is not ours any more.
            server.stop()
            rebuild(place, lab.plan, server, primary, programs)
        try:
            server.start()
        except LabError:
            # It went further than the fork: no standby of the primary that there is now.
            server.stop()
            rebuild(place, lab.plan, server, primary, programs)
            server.start()
        if server.ask("select pg_is_wal_replay_paused()") == "t":
            server.ask("select pg_wal_replay_resume()")
    for server in standbys:
        upstream = lab.servers[lab.plan.upstream(server.name, primary=primary.name).name]
        if upstream.postmaster() is None or upstream.frozen():
            upstream = primary  # it can't be fed by who does not run
            make_slots(primary, (server.host,))
        _follow(lab, server, upstream, place=place, programs=programs)
    _mended(lab, names, whole=node is None)
    waiting = [s for s in lab.servers.values() if s is not primary and s.postmaster() is not None and not s.frozen()]
    for name, followers in fed_of(lab.plan, primary, waiting).items():
        wait_streaming(lab.servers[name], followers)


def feed(plan: LabPlan, servers: Mapping[str, Server], primary: Server) -> None:
    """Slots for whoever follows, on each running node that feeds somebody."""
    for server in servers.values():
        fed = plan.fed_by(server.name, primary=primary.name)
        if fed and server.postmaster() is not None and not server.frozen():
            make_slots(server, fed)


def fed_of(plan: LabPlan, primary: Server, standbys: list[Server]) -> dict[str, list[Server]]:
    """These standbys by the node that feeds them."""
    found: dict[str, list[Server]] = {}
    for server in standbys:
        found.setdefault(plan.upstream(server.name, primary=primary.name).name, []).append(server)
    return found


def _mended(lab: Lab, names: list[str], *, whole: bool) -> None:
    if whole:
        for workload in (lab.workload, *lab.peer_workloads):
            workload.set_rate(lab.plan.rate)
    for name in names:
        lab.faults[name] = set()


def _mend_members(lab: Lab, members: list[PatroniServer]) -> None:
    """Under Patroni: each member runs, a pause is over, and what Patroni can't mend is copied anew by it."""
    for member in members:
        member.start_patroni()
    everyone = [one for one in lab.servers.values() if isinstance(one, PatroniServer)]
    settle_members(members, of=everyone)
    for member in members:
        if member.role() is LabRole.STANDBY and member.ask("select pg_is_wal_replay_paused()") == "t":
            member.ask("select pg_wal_replay_resume()")


def settle_members(members: list[PatroniServer], *, of: list[PatroniServer] | None = None) -> None:
    """Waits until these run under one that leads. `of`: all of the cluster, where `members` is only some of it."""
    everyone = members if of is None else of

    def confirmed() -> bool:
        """Whether a standby is named that confirms commits: until then none may take over."""
        said = next((said for one in everyone if isinstance(said := one.ask_rest("GET", "/cluster"), dict)), {})
        roles = [member.get("role") for member in said.get("members", [])]
        streaming = [member for member in said.get("members", []) if member.get("state") == "streaming"]
        return "sync_standby" in roles or not streaming

    def one_leads() -> bool:
        # A pause keeps Patroni from mending, so it ends first. The key may stand in the name of one that was demoted.
        for one in everyone:
            said = one.ask_rest("GET", "/cluster")
            if isinstance(said, dict) and said.get("pause"):
                one.ask_rest("PATCH", "/config", {"pause": None})
        return any(one.ask_rest("GET", "/primary") is not None for one in everyone)

    wait_until(one_leads, seconds=STREAM_SECONDS_MAX, what="one member to lead", pause=MEMBER_LOOK_SECONDS)
    for member in members:
        try:
            wait_until(
                member.well, seconds=MEMBER_SECONDS_MAX, what=f"{member.name} to be well", pause=MEMBER_LOOK_SECONDS
            )
        except LabError:
            member.ask_rest("POST", "/reinitialize", {"force": True})
            wait_until(
                member.well, seconds=REINITIALISE_SECONDS_MAX, what=f"{member.name} to be well after a fresh copy",
                pause=MEMBER_LOOK_SECONDS,
            )  # fmt: skip
    what = "a standby that confirms commits"
    wait_until(confirmed, seconds=STREAM_SECONDS_MAX, what=what, pause=MEMBER_LOOK_SECONDS)


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


def _follow(lab: Lab, server: Server, upstream: Server, *, place: LabPlace, programs: Programs) -> None:
    """Makes a running standby follow its upstream: points it there, waits, and at last takes a fresh copy."""
    wanted = following(place, lab.plan, server.host, upstream.host)
    own = server.data / "postgresql.auto.conf"
    if own.read_text() != wanted:
        own.write_text(wanted)
        send(filter(None, [server.postmaster()]), signal.SIGHUP)
    # One that diverged is fed in vain: it attaches again and again, or stays and replays nothing.
    position = upstream.ask(_POSITION, database="postgres").strip()

    def feeds() -> bool:
        return server.name in attached(upstream, "streaming", seconds=STAYS, past=position)

    if _within(FOLLOW_SECONDS_MAX, feeds):
        return
    server.stop()
    rebuild(place, lab.plan, server, upstream, programs)
    server.start()


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    try:
        wait_until(holds, seconds=seconds, what="")
    except LabError:
        return False
    return True


def attached(primary: Server, *states: str, seconds: float = 0.0, past: str = "0/0") -> set[str]:
    """Who follows the primary in one of these states, for these seconds at the least, and has replayed up to there."""
    wanted = ", ".join(f"'{state}'" for state in states)
    said = primary.ask(
        f"select application_name from pg_stat_replication where state in ({wanted})"
        f" and clock_timestamp() - backend_start >= interval '{seconds} s'"
        f" and (replay_lsn >= '{past}' or '{past}' = '0/0')",
        database="postgres",
    )
    return set(said.split())


def wait_streaming(primary: Server, standbys: list[Server]) -> None:
    """Waits until all of these stream from the primary and, where commits wait for any, count for them."""
    names = {server.name for server in standbys}
    if not names:
        return
    what = f"{', '.join(sorted(names))} to stream from {primary.name}"
    wait_until(lambda: names <= attached(primary, "streaming"), seconds=STREAM_SECONDS_MAX, what=what)
