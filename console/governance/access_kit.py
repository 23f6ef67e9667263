"""The texts that give a console one level of rights on one node: key line, sudoers, database role, and the way back."""

import re
import shlex
from dataclasses import dataclass
from typing import Final

from console.domain.access import ACCOUNT, AccessKit, KitFile, Level
from console.domain.cluster import ClusterSpec, NodeKind, NodeSpec
from console.governance.access_sql import remove_role_sql, role_sql
from console.postgres.host_facts import HISTORY_BYTES_MAX
from console.ssh.command import Command
from console.ssh.sudo import sudoers_line

KEY_CHARACTERS_MAX: Final = 20_000
_KEY: Final = re.compile(
    r"(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-[a-z0-9@.-]+) ([A-Za-z0-9+/]+=*)(?: [^\n]*)?"
)
_SOURCE: Final = re.compile(r"[0-9A-Za-z.:*?/_-]{1,100}")
_PATH: Final = re.compile(r"/[A-Za-z0-9._/+@-]{0,500}")  # a node says where its data is: it must not write our sudoers
_UNTIL: Final = re.compile(r"[0-9]{8}(?:[0-9]{4})?Z?")
_REGEX_SPECIAL: Final = re.compile(r"([\\.^$*+?()\[\]{}|])")
_SUDOERS_REGEX_SPECIAL: Final = re.compile(r"([,:=])")


class KitMistake(ValueError):
    """Something that a kit can't be made from: a kebab-case reason, and what it was."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class KitOrder:
    """What a kit is made from. `owner`: the account that the server runs as, which sudo acts as."""

    level: Level
    account: str
    public_key: str  # one line, as ssh-keygen writes it
    sources: tuple[str, ...] = ()  # addresses that may log in; none: any
    until: str = ""  # YYYYMMDD or YYYYMMDDHHMM, with Z in UTC: the key's last moment
    owner: str = "postgres"
    data_directory: str | None = None
    bin_directory: str | None = None
    books: bool = False  # may it read every entry, for a proof of the books?


def make_kit(cluster: ClusterSpec, node: NodeSpec, order: KitOrder) -> AccessKit:
    """Raises KitMistake; nothing is written and nobody is asked."""
    for name in (order.account, order.owner):
        if not ACCOUNT.fullmatch(name):
            raise KitMistake("kit-account", name)
    if order.account in ("root", order.owner):
        raise KitMistake("kit-account", order.account)
    for path in (order.data_directory, order.bin_directory):
        if path is not None and not _PATH.fullmatch(path):
            raise KitMistake("kit-path", path)
    for name in (cluster.name, node.name, cluster.database):
        if not name.isprintable():
            raise KitMistake("kit-path", name)
    server = node.postgres is not None
    files = [
        KitFile(name="authorized_keys", text=key_line(node, order)),
        KitFile(name="sudoers", text=sudoers_text(cluster, node, order)),
    ]
    if server:
        sql = role_sql(cluster, node.name, order.level, order.account, books=order.books)
        files += [
            KitFile(name="role.sql", text=sql),
            KitFile(name="remove_role.sql", text=remove_role_sql(cluster, order.account)),
        ]
    files += [
        KitFile(name="inventory.toml", text=inventory_text(node, order)),
        KitFile(name="install.sh", text=install_text(node, order), script=True),
        KitFile(name="remove.sh", text=remove_text(node, order), script=True),
    ]
    return AccessKit(
        cluster=cluster.name, node=node.name, level=order.level, account=order.account,
        role=order.account if server else "", files=tuple(files),
    )  # fmt: skip


def key_line(node: NodeSpec, order: KitOrder) -> str:
    """One line for authorized_keys. Raises KitMistake where the key is none."""
    found = _KEY.fullmatch(order.public_key.strip())
    if found is None or len(order.public_key) > KEY_CHARACTERS_MAX:
        raise KitMistake("kit-key", order.public_key.strip()[:60])
    options = ["restrict"]
    for source in order.sources:
        if not _SOURCE.fullmatch(source):
            raise KitMistake("kit-source", source)
    if order.sources:
        options.append(f'from="{",".join(order.sources)}"')
    if order.until:
        if not _UNTIL.fullmatch(order.until):
            raise KitMistake("kit-until", order.until)
        options.append(f'expiry-time="{order.until}"')
    comment = f"ledger-console {order.level.value} {node.name}".replace("\n", " ")
    return f"{','.join(options)} {found[1]} {found[2]} {comment}\n"


# -- sudoers ----------------------------------------------------------------------------------------------------------


def sudoers_text(cluster: ClusterSpec, node: NodeSpec, order: KitOrder) -> str:
    """What the account may do as the server's account; comments alone where that is nothing."""
    head = [
        f"# Ledger Console, level '{order.level.value}', on {node.name} of {cluster.name}. "
        f"Goes to /etc/sudoers.d/{sudoers_name(order)}, mode 0440.",
        "# Nothing here is run as root.",
    ]
    if node.kind is NodeKind.BACKUP:
        head += [
            "# A backup host: the account works in the repositories by its own rights, so it owns or shares their",
            "# directories, and needs nobody else's.",
        ]
        return "\n".join(head) + "\n"
    return "\n".join([*head, "", *_reading(order), *_operating(order)]) + "\n"


def sudoers_name(order: KitOrder) -> str:
    return f"ledger-console-{order.account}"


def _reading(order: KitOrder) -> list[str]:
    """Each program with its exact arguments; numbers alone are left open, by regular expressions."""
    lines = [
        "# Reading only, for the evidence of a server's life or death. The regular expressions need sudo 1.9.10",
        "# (Debian 12 has 1.9.13). psql is not here: as the server's account it is a superuser and a shell. It runs",
        "# as the login account itself ('as_login' in the inventory).",
        _regex(order, "/usr/bin/ls", "-l /proc/self/cwd( /proc/[0-9]+/cwd)+"),
    ]
    data = None if order.data_directory is None else order.data_directory.rstrip("/")
    if data is None:
        return [*lines, "# The data directory is not known: set data_directory in the inventory, and make this anew."]
    exact = [("readlink", "-f", "--", data), ("cat", f"{data}/postmaster.pid"), ("df", "-Pk", data)]
    if order.bin_directory is not None:
        exact.append((f"{order.bin_directory}/pg_controldata", "-D", data))
    lines += [sudoers_line(order.account, Command(argv=argv, become=order.owner)) for argv in exact]
    literal = _REGEX_SPECIAL.sub(r"\\\1", data)
    history = f"-c {HISTORY_BYTES_MAX} {literal}/pg_wal/[0-9A-F]{{8}}\\.history"
    return [*lines, _regex(order, "/usr/bin/head", history)]


def _operating(order: KitOrder) -> list[str]:
    if order.level is not Level.OPERATE:
        return []
    return [
        "",
        "# A change sends whole scripts to the shell: stop, start, fence, rewind, restore. No list of commands can",
        f"# hold that in: who has this line has every right of {order.owner}, the database's superuser among them,",
        "# and none of root's. What limits it: the key's addresses and its last moment, the console's lock and",
        "# approvals, and that this file is taken away when it is not needed.",
        f"{order.account} ALL=({order.owner}) NOPASSWD: /usr/bin/sh, /bin/sh",
    ]


def _regex(order: KitOrder, program: str, arguments: str) -> str:
    escaped = _SUDOERS_REGEX_SPECIAL.sub(r"\\\1", arguments)
    return f"{order.account} ALL=({order.owner}) NOPASSWD: {program} ^{escaped}$"


# -- installing and taking back ---------------------------------------------------------------------------------------


def inventory_text(node: NodeSpec, order: KitOrder) -> str:
    """The lines of the inventory that make the console log in by this kit."""
    lines = [
        f"# The lines of node {node.name} in the inventory ('ledger-console inventory export'): these take the place",
        "# of what stands there; all others stay.",
        f'# name = "{node.name}"',
    ]
    if node.kind is NodeKind.BACKUP:
        lines += ["# become: leave it out", "[cluster.node.ssh]", f'user = "{order.account}"']
        return "\n".join(lines) + "\n"
    lines += [f'become = "{order.owner}"', "[cluster.node.ssh]", f'user = "{order.account}"', "[cluster.node.postgres]",
              f'user = "{order.account}"', "as_login = true"]  # fmt: skip
    for name, value in (("bin_directory", order.bin_directory), ("data_directory", order.data_directory)):
        if value is not None:
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'{name} = "{escaped}"')
    return "\n".join(lines) + "\n"


def _home(order: KitOrder) -> str:
    return f"/var/lib/{order.account}"


def install_text(node: NodeSpec, order: KitOrder) -> str:
    """A script for root on that host; it changes nothing where one of its checks fails."""
    account, home = order.account, _home(order)
    lines = [
        "#!/bin/sh",
        f"# Gives {account} the level '{order.level.value}' on {node.name}. As root on that host, from any directory:",
        "#   sh install.sh       To take all of it back: sh remove.sh",
        "# Afterwards, from the console:",
        f"#   ledger-console access test {shlex.quote(node.name)} --level {order.level.value}",
        "set -eu; umask 022; export LC_ALL=C",
        'cd "$(dirname "$0")"',
        '[ "$(id -u)" = 0 ] || { echo "this takes root" >&2; exit 1; }',
        "visudo -qcf sudoers",
        "ssh-keygen -lf authorized_keys >/dev/null",
        f"if getent passwd {account} >/dev/null; then",
        f'  [ "$(getent passwd {account} | cut -d: -f6)" = {home} ] || '
        f'{{ echo "there is another account {account}; nothing was changed" >&2; exit 1; }}',
        "else",
        f"  useradd --system --user-group --no-create-home --home-dir {home} --shell /bin/sh {account}",
        "fi",
        "# '*': no password fits, and the account is not locked, which sshd would refuse.",
        f"usermod -p '*' {account}",
        "# Home and key line are root's: who holds the key can't take its restrictions away.",
        f"install -d -o root -g root -m 755 {home} {home}/.ssh",
        f"install -o root -g root -m 644 authorized_keys {home}/.ssh/authorized_keys",
        f"install -o root -g root -m 440 sudoers /etc/sudoers.d/{sudoers_name(order)}",
    ]
    if node.postgres is not None:
        lines.append("echo 'Done. The database role is made on the primary: psql -X -f role.sql (see there).'")
    else:
        lines += [
            "# The repositories' directories are yours to give: by their group, or by setfacl, as for",
            f"#   setfacl -R -m u:{account}:rwX -d -m u:{account}:rwX DIRECTORY",
            "echo 'Done. Give the account its repositories (see the end of this file).'",
        ]
    return "\n".join(lines) + "\n"


def remove_text(node: NodeSpec, order: KitOrder) -> str:
    """A script for root that takes all of it back."""
    account, home = order.account, _home(order)
    lines = [
        "#!/bin/sh",
        f"# Takes the account {account} and its rights from {node.name}. As root on that host:  sh remove.sh",
        "set -eu; export LC_ALL=C",
        '[ "$(id -u)" = 0 ] || { echo "this takes root" >&2; exit 1; }',
        f"rm -f /etc/sudoers.d/{sudoers_name(order)} {home}/.ssh/authorized_keys",
        f"getent passwd {account} >/dev/null || exit 0",
        f'[ "$(getent passwd {account} | cut -d: -f6)" = {home} ] || '
        f'{{ echo "the account {account} is another one; it stays" >&2; exit 1; }}',
        "# Its processes end, and none comes after them: its key is gone.",
        f'n=0; while pgrep -u {account} >/dev/null && [ "$n" -lt 100 ]; do',
        f"  pkill -KILL -u {account} || :; sleep 0.1; n=$((n+1))",
        "done",
        f"userdel {account}",
        f"rmdir {home}/.ssh {home} 2>/dev/null || echo 'something is left in {home}' >&2",
    ]
    if node.postgres is not None:
        lines.append("echo 'Done. The database role is taken back on the primary: psql -X -f remove_role.sql'")
    return "\n".join(lines) + "\n"
