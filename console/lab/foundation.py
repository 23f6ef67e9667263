"""Lays the data directories of a new lab: one is made with roles and ledger, the standbys are copies of it."""

from collections.abc import Callable, Mapping
from typing import Final

from console.lab.configuration import access, client_passwords, following, passwords, settings, slot_of, write_scripts
from console.lab.launch import Children
from console.lab.place import LabPlace
from console.lab.plan import CLIENT_ROLE, DATABASE, REPLICATION_ROLE, LabPlan, PlannedHost, Topology
from console.lab.programs import Programs
from console.lab.server import Server, make_directories
from console.lab.trades import seed_sql
from console.places import resource

COPY_SECONDS_MAX: Final = 120.0
REBUILD_SECONDS_MAX: Final = 300.0
DATA_MODE: Final = 0o700
OPEN_MODE: Final = 0o755
_REWIND_FUNCTIONS: Final = (
    "pg_ls_dir(text, boolean, boolean)", "pg_stat_file(text, boolean)", "pg_read_binary_file(text)",
    "pg_read_binary_file(text, bigint, bigint, boolean)",
)  # fmt: skip
# While nothing is in it that could be lost, and nobody follows yet.
_FIRST_START: Final = ("listen_addresses=", "synchronous_standby_names=", "archive_mode=off", "fsync=off")


def make_hosts(place: LabPlace, plan: LabPlan, children: Children) -> None:
    """Each host's own directories, all of the lab's account, and the archive's scripts."""
    write_scripts(place.tools)
    for host in plan.hosts:
        make_directories(place.host(host.name), mode=OPEN_MODE, children=children)
        make_directories(place.home_of(host.name), mode=DATA_MODE, children=children)
        if not host.postgres:
            for directory in (place.archive, place.backups, place.sandboxes):
                make_directories(directory, mode=DATA_MODE, children=children)
            _make_secret(place, host, client_passwords(plan), children)
            continue
        make_directories(place.sockets(host.name), mode=DATA_MODE, children=children)
        make_directories(place.postgres_log(host.name).parent, mode=OPEN_MODE, children=children)
        _make_secret(place, host, passwords(plan), children)


def _make_secret(place: LabPlace, host: PlannedHost, text: str, children: Children) -> None:
    secret = place.pass_file(host.name)
    secret.touch(mode=0o600)
    secret.write_text(text)
    children.account.own(secret)


def make_data(
    place: LabPlace, plan: LabPlan, programs: Programs, children: Children, tell: Callable[[str], None]
) -> None:
    """All data directories, each server stopped. LabError where a step fails."""
    first, *others = plan.nodes
    if plan.topology is Topology.PEERS:
        for node in plan.nodes:
            tell(f"making the database of {node.name}")
            _make_one(place, plan, node, programs=programs, children=children, books=_peer_books())
        return
    tell("making the database")
    books = _books(plan.fed_by(first.name, primary=first.name))
    _make_one(place, plan, first, programs=programs, children=children, books=books)
    data = place.data(first.name)
    for node in others:
        tell(f"copying {first.name} to {node.name}")
        copy = place.data(node.name)
        children.run(["cp", "-R", str(data), str(copy)], seconds=COPY_SECONDS_MAX)
        children.run(["find", str(copy / "pg_replslot"), "-mindepth", "1", "-delete"])
        if plan.patroni is None:
            upstream = plan.upstream(node.name, primary=first.name)
            make_standby(place, plan, node, upstream=upstream, children=children)
        else:
            configure(place, plan, node, children)  # whom it follows is Patroni's to say


def _make_one(
    place: LabPlace, plan: LabPlan, first: PlannedHost, *, programs: Programs, children: Children, books: str
) -> None:
    """One server's own data with roles and ledger; it is stopped again."""
    data = place.data(first.name)
    children.run(
        [
            *(programs.path("initdb"), "-D", str(data), "-U", "postgres", "--no-sync", "--no-instructions"),
            *("--data-checksums", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--locale=C", "--auth=trust"),
        ],
    )
    configure(place, plan, first, children)
    server = Server(place, plan, first, programs=programs, children=children)
    server.start(*_FIRST_START)
    try:
        server.ask(_roles(plan), database="postgres")
        server.ask(books)
    finally:
        server.stop()


def configure(place: LabPlace, plan: LabPlan, node: PlannedHost, children: Children) -> None:
    """A node's own settings, after what initdb wrote."""
    data = place.data(node.name)
    main = data / "postgresql.conf"
    before = main.read_text().split("\n# ---- the lab ----")[0]
    main.write_text(before + settings(place, plan, node))
    (data / "pg_hba.conf").write_text(access(plan))
    children.account.own(main)


def make_standby(
    place: LabPlace, plan: LabPlan, node: PlannedHost, *, upstream: PlannedHost, children: Children
) -> None:
    """Turns a copied data directory into a standby of `upstream`."""
    configure(place, plan, node, children)
    data = place.data(node.name)
    for name, text in (("postgresql.auto.conf", following(place, plan, node, upstream)), ("standby.signal", "")):
        (data / name).write_text(text)
        (data / name).chmod(0o600)
        children.account.own(data / name)


def make_slots(server: Server, followers: tuple[PlannedHost, ...]) -> None:
    """A physical slot for each follower that has none yet."""
    server.ask(_slots(followers))


def rebuild(place: LabPlace, plan: LabPlan, server: Server, upstream: Server, programs: Programs) -> None:
    """Throws a stopped node's data away and takes a fresh copy from the primary: its history is another one."""
    children = server.children
    children.run(["rm", "-rf", str(server.data)], seconds=COPY_SECONDS_MAX)
    children.run(
        [
            *(programs.path("pg_basebackup"), "-D", str(server.data), "-c", "fast", "-X", "stream", "--no-sync"),
            *("-h", str(upstream.sockets), "-p", str(upstream.port), "-U", "postgres"),
        ],
        seconds=REBUILD_SECONDS_MAX,
    )
    make_standby(place, plan, server.host, upstream=upstream.host, children=children)


def _roles(plan: LabPlan) -> str:
    superuser = "" if plan.patroni is None else f"alter role postgres password '{plan.patroni.superuser_password}';\n"
    return (
        f"{superuser}"
        f"create role {REPLICATION_ROLE} login replication password '{plan.replication_password}';\n"
        # What pg_rewind reads its source by; it logs in to this database.
        f"grant execute on function {', '.join(_REWIND_FUNCTIONS)} to {REPLICATION_ROLE};\n"
        # A backup of a standby on an earlier one needs a checkpoint of the primary's between the two.
        f"grant pg_checkpoint to {REPLICATION_ROLE};\n"
        f"create role {CLIENT_ROLE} login password '{plan.client_password}';\n"
        f"create database {DATABASE};\n"
    )


def _slots(followers: tuple[PlannedHost, ...]) -> str:
    return "".join(
        f"select pg_create_physical_replication_slot('{slot_of(node.name)}', true) where not exists "
        f"(select from pg_replication_slots where slot_name = '{slot_of(node.name)}');\n"
        for node in followers
    )


def _books(followers: tuple[PlannedHost, ...]) -> str:
    ledger = resource("sql/ledger.sql").read_text()
    heartbeat = resource("sql/heartbeat.sql").read_text()
    rights = (
        f"grant usage on schema ledger to {CLIENT_ROLE};\n"
        f"grant execute on function ledger.book to {CLIENT_ROLE};\n"
        # By these two a client settles what it does not know, and nothing else is open to it.
        f"grant select (reference, origin, number) on ledger.entries to {CLIENT_ROLE};\n"
        f"grant usage on schema ledger_console to {CLIENT_ROLE};\n"
        f"grant select, insert, update, delete on ledger_console.outage to {CLIENT_ROLE};\n"
    )
    return f"begin;\n{ledger}\n{heartbeat}\n{seed_sql()}\n{rights}\ncommit;\n{_slots(followers)}"


def _peer_books() -> str:
    """A peer's ledger: what arrives is added up, and what leaves is published."""
    return f"{_books(())}begin;\n{resource('sql/peers.sql').read_text()}\ncommit;\n"


def join_peers(place: LabPlace, plan: LabPlan, servers: Mapping[str, Server]) -> None:
    """Each running peer takes the entries of every other; what is there already stays as it is."""
    for server in servers.values():
        there = set(server.ask("select subname from pg_subscription").split())
        for other in servers.values():
            name = f"from_{slot_of(other.name)}"
            if other is server or name in there:
                continue
            conninfo = (
                f"host={other.host.address} port={plan.postgres_port} dbname={DATABASE} user={REPLICATION_ROLE} "
                f"passfile={place.pass_file(server.name)} connect_timeout=2"
            )
            slot = f"{slot_of(server.name)}_{name}"
            server.ask(
                f"create subscription {name} connection '{conninfo}' publication ledger_books "
                f"with (origin = none, copy_data = false, slot_name = '{slot}')"
            )
    # Only now: a book is opened by its own peer, and comes to the others as everything in it.
    for server in servers.values():
        own = f"select from ledger.head where origin = '{server.name}'"
        server.ask(f"select ledger.open_book('{server.name}') where not exists ({own})")
