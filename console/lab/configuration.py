"""The texts that make a node of the lab: its settings, who may come in, whom it follows, and the archive's scripts."""

from pathlib import Path
from typing import Final

from console.lab.place import LabPlace
from console.lab.plan import CLIENT_ROLE, CONSOLE_ROLE, DATABASE, REPLICATION_ROLE, LabPlan, PlannedHost, Topology

ARCHIVE_SCRIPT: Final = "archive-wal"
FETCH_SCRIPT: Final = "fetch-wal"

_SETTINGS: Final = """
# ---- the lab ----
cluster_name = '{name}'
listen_addresses = '{address}'
port = {port}
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 32MB
min_wal_size = 80MB
max_wal_size = 256MB
wal_level = {wal_level}
wal_log_hints = on
summarize_wal = {summarized}
max_wal_senders = 16
max_replication_slots = 16
wal_keep_size = 64MB
# A standby that stays away must not fill the desk's disk; it comes back through the archive.
max_slot_wal_keep_size = 1GB
wal_retrieve_retry_interval = 500ms
hot_standby_feedback = on
# In every node's own settings, computed without itself: else a promoted one would silently run asynchronously.
synchronous_standby_names = '{synchronous}'
archive_mode = on
archive_command = '"{tools}/{archive}" "%p" "%f" "{vault}"'
restore_command = '"{tools}/{fetch}" "%f" "%p" "{vault}"'
archive_timeout = 300s
# A client that has gone is noticed although its session waits for a lock.
client_connection_check_interval = 2s
log_destination = stderr
logging_collector = off
log_line_prefix = '%m [%p] %q%u@%d/%a '
log_timezone = 'UTC'
timezone = 'UTC'
lc_messages = 'C'
"""

# The socket's directory lets only the lab's account in, so whoever comes through it is that account.
_ACCESS: Final = f"""\
local  all          all                 trust
local  replication  all                 trust
host   {DATABASE}       {CLIENT_ROLE}       127.0.0.0/8  scram-sha-256
host   {DATABASE}       {CONSOLE_ROLE}    127.0.0.0/8  trust
host   replication  {REPLICATION_ROLE}  127.0.0.0/8  scram-sha-256
host   postgres     {REPLICATION_ROLE}  127.0.0.0/8  scram-sha-256
"""

# Under Patroni pg_rewind reads a former primary's new one as its superuser, who has a password there.
_REWIND: Final = """\
host   postgres     postgres            127.0.0.0/8  scram-sha-256
"""

# Whoever takes a peer's entries logs in to the ledger itself.
_PEERS: Final = f"""\
host   {DATABASE}       {REPLICATION_ROLE}  127.0.0.0/8  scram-sha-256
"""

_ARCHIVE: Final = """\
#!/bin/sh
# Puts one WAL file into the archive: whole and on disk, or not at all.
# What is there already with the same content is fine; with another content it is a loud failure, never overwritten.
set -eu
source=$1 target=$3/$2
if [ -e "$target" ]; then
    cmp -s "$source" "$target" && exit 0
    echo "archive: $target is there with another content; $source was not archived" >&2
    exit 1
fi
partial=$target.$$.partial
trap 'rm -f "$partial"' EXIT
cp "$source" "$partial"
sync "$partial"
ln "$partial" "$target"
sync "$3"
"""

_FETCH: Final = """\
#!/bin/sh
# Fetches one WAL file from the archive; silent where it is not there, which is how recovery finds the end.
[ -f "$3/$1" ] || exit 1
exec cp "$3/$1" "$2"
"""


def synchronous_names(plan: LabPlan, name: str) -> str:
    """Who confirms a commit when that node is the primary: any one of its followers. Under Patroni it is its to say."""
    if plan.patroni is not None:
        return ""
    others = ",".join(f'"{node.name}"' for node in plan.fed_by(name, primary=name))
    return f"ANY 1 ({others})" if others else ""


def slot_of(name: str) -> str:
    """The slot's name of a follower: slots know no hyphen."""
    return name.replace("-", "_")


def settings(place: LabPlace, plan: LabPlan, node: PlannedHost) -> str:
    """What is added to a node's postgresql.conf."""
    return _SETTINGS.format(
        name=node.name,
        address=node.address,
        port=plan.postgres_port,
        sockets=place.sockets(node.name),
        synchronous=synchronous_names(plan, node.name),
        tools=place.tools,
        archive=ARCHIVE_SCRIPT,
        fetch=FETCH_SCRIPT,
        vault=place.archive,
        # A promotion waits for the summaries and fails after 60 s where they are stuck, again and again: seen with
        # PostgreSQL 18.6 on a member that had led before and came back, its summarizer at the end of an old timeline.
        summarized="on" if plan.patroni is None else "off",
        wal_level="logical\ntrack_commit_timestamp = on" if plan.topology is Topology.PEERS else "replica",
    )


def access(plan: LabPlan) -> str:
    """A node's pg_hba.conf."""
    if plan.topology is Topology.PEERS:
        return _ACCESS + _PEERS
    return _ACCESS if plan.patroni is None else _ACCESS + _REWIND


def connection(place: LabPlace, plan: LabPlan, node: PlannedHost, upstream: PlannedHost) -> str:
    """The primary_conninfo by which a node follows another."""
    return (
        f"host={upstream.address} port={plan.postgres_port} user={REPLICATION_ROLE} application_name={node.name} "
        f"passfile={place.host(node.name) / 'pgpass'} connect_timeout=2"
    )


def following(place: LabPlace, plan: LabPlan, node: PlannedHost, upstream: PlannedHost) -> str:
    """A standby's postgresql.auto.conf."""
    return (
        f"primary_conninfo = '{connection(place, plan, node, upstream)}'\nprimary_slot_name = '{slot_of(node.name)}'\n"
    )


def passwords(plan: LabPlan) -> str:
    """A node's password file, with which it comes to any other node."""
    return f"*:*:*:{REPLICATION_ROLE}:{plan.replication_password}\n"


def client_passwords(plan: LabPlan) -> str:
    """The vault's password file: the outage meter comes from there, as the application does, and backups are taken."""
    return f"*:*:*:{CLIENT_ROLE}:{plan.client_password}\n{passwords(plan)}"


def write_scripts(tools: Path) -> None:
    """The archive's two scripts."""
    tools.mkdir(exist_ok=True)
    tools.chmod(0o755)
    for name, text in ((ARCHIVE_SCRIPT, _ARCHIVE), (FETCH_SCRIPT, _FETCH)):
        script = tools / name
        script.write_text(text)
        script.chmod(0o755)
