"""A node that has no data yet: its place, its settings where they can't be the source's, and the way back."""

import re
import shlex
from typing import Final

from console.domain.addition import AdditionFacts, Room
from console.domain.plan import Act, Pairs, Verb
from console.domain.text import shown
from console.postgres.rejoin_facts import login_script, read_login
from console.postgres.rejoin_verbs import swap_back
from console.postgres.sandbox import not_running_lines
from console.postgres.verbs import ServerAt, base

ROOM_SECONDS_MAX: Final = 20.0
PROGRAMS: Final = ("postgres", "pg_basebackup", "pg_verifybackup", "pg_controldata")
# What no two servers share: it is the inventory's, never the source's.
OWN_SETTINGS: Final = (
    "port", "listen_addresses", "unix_socket_directories", "cluster_name", "synchronous_standby_names",
)  # fmt: skip
BEGINS: Final = "# ---- of this node alone, by the ledger console ----"
ENDS: Final = "# ---- to here ----"
_SETTING: Final = re.compile(r"[a-z_]{1,63}")


def room_script(at: ServerAt) -> str:
    """The script about the place of the data. It looks, and changes nothing."""
    lines = [
        *base(at),
        'P=$(dirname "$D"); r=absent; if [ -e "$D" ] || [ -L "$D" ]; then',
        'if [ ! -d "$D" ]; then r=files; elif [ ! -r "$D" ] || [ ! -x "$D" ]; then r=unreadable',
        'elif [ -f "$D/PG_VERSION" ]; then r=data; elif [ -n "$(ls -A "$D")" ]; then r=files; else r=empty; fi; fi',
        'echo "room $r"; [ ! -L "$D" ] || echo "layout link"',
        '[ -d "$P" ] || echo "layout no-parent"; [ -w "$P" ] || echo "layout parent-not-writable"',
        '[ ! -d "$D" ] || [ "$(stat -c %d "$D")" = "$(stat -c %d "$P")" ] || echo "layout mount-point"',
        '[ ! -e "$D.old" ] || echo "layout old-there"',
        '[ ! -e "$D.copy" ] || [ -e "$L/$K.copying" ] || [ -e "$L/$K.copied" ] || echo "layout copy-there"',
        'echo "free $(df -Pk "$P" 2>/dev/null | tail -n 1 | awk \'{print $4}\')"',
        "for p in " + " ".join(PROGRAMS) + '; do [ -x "$B/$p" ] || echo "lacks $p"; done',
        'echo "version $("$B/postgres" --version 2>/dev/null | sed -n "s/.* \\([0-9][0-9]*\\)[.a-z].*/\\1/p")"',
        "command -v pg_lsclusters >/dev/null && pg_lsclusters -h 2>/dev/null | "
        "awk -v d=\"$D\" '$6 == d {print \"configured yes\"; exit}'",
        f'"$B/pg_isready" -q -t 2 -h {shlex.quote(at.socket_directory)} -p {at.port}; '
        'case $? in 0|1) echo "answers yes";; esac',
        "echo end",
    ]
    return "\n".join(lines) + "\n"


def source_script(at: ServerAt) -> str:
    """Whether the source's data lies in tablespaces too: a plain copy would lay them where the source has them."""
    return "\n".join([*base(at), '[ -z "$(ls -A "$D/pg_tblspc" 2>/dev/null)" ] || echo tablespaces', "echo end"]) + "\n"


def entry_script(at: ServerAt, source: ServerAt) -> str:
    """Log in at the source as the copy will."""
    return login_script(at, source, running=False)


def read_addition(source: str, room: bytes, entry: bytes, from_source: bytes) -> AdditionFacts:
    """All three answers as facts. Raises ValueError where the node did not answer to its end."""
    tagged: dict[str, list[str]] = {}
    for line in room.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(" ")
        tagged.setdefault(name, []).append(value.strip())
    if "end" not in tagged:
        raise ValueError("the answer about the place of the data has no end")
    free, version = (tagged.get("free") or [""])[0], (tagged.get("version") or [""])[0]
    login = read_login(entry)
    said = from_source.decode("ascii", "replace").split()
    return AdditionFacts(
        source=source, room=Room((tagged.get("room") or ["unreadable"])[0]), layout=_words(tagged, "layout"),
        free_bytes=int(free) * 1024 if re.fullmatch(r"[0-9]{1,15}", free) else None,
        programs_missing=_words(tagged, "lacks"),
        version=int(version) * 10000 if re.fullmatch(r"[0-9]{1,3}", version) else None,
        own_configuration="configured" in tagged, answers="answers" in tagged, login_trouble=login.copy_trouble,
        # A source that does not say it has none is taken to have some.
        system_identifier=login.system_identifier, source_tablespaces="tablespaces" in said or "end" not in said,
    )  # fmt: skip


def _words(tagged: dict[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(shown(word, characters_max=40) for word in tagged.get(name, [])[:20])


def adapt(at: ServerAt, settings: Pairs) -> Act:
    """The settings that can't be the source's, at the end of the copied configuration file; the server is stopped.

    What the source's ALTER SYSTEM says of them, of its upstream and of a recovery goes. No settings: the node keeps
    configuration files of its own.
    """
    if not all(_SETTING.fullmatch(name) for name, _ in settings):
        raise ValueError(f"not settings: {[name for name, _ in settings][:3]!r}")
    written = "".join(f"{name} = '{_quoted(value)}'\n" for name, value in settings)
    sockets = dict(settings).get("unix_socket_directories", "")
    made = [f"[ -d {shlex.quote(sockets)} ] || mkdir -p -m 700 {shlex.quote(sockets)} || exit 1"] if sockets else []
    names = "|".join(("primary_conninfo", "primary_slot_name", "recovery_[a-z_]*", *OWN_SETTINGS))
    block = [
        'c="$D/postgresql.conf"',
        # The file may end in the middle of a line.
        f'{{ sed "/^{BEGINS}$/,/^{ENDS}$/d" "$c" && {{ [ -z "$(tail -c 1 "$c")" ] || echo; }} && '
        f"printf '%s\\n%s%s\\n' '{BEGINS}' {shlex.quote(written)} '{ENDS}'; }} "
        '>"$c.new" && sync "$c.new" && mv "$c.new" "$c" || exit 1',
    ]
    return Act(
        verb=Verb.SET_SETTING, node=at.node, args=settings,
        script="\n".join(
            [
                *base(at), *not_running_lines(), *made, *(block if settings else ()),
                'a="$D/postgresql.auto.conf"; touch "$a" || exit 1',
                f'{{ grep -vE "^({names}) *=" "$a" | grep -vE "^restore_command *=.*[.]rescue"; true; }} >"$a.new" && '
                'sync "$a.new" && mv "$a.new" "$a"',
            ]
        ) + "\n",
    )  # fmt: skip


def _quoted(value: str) -> str:
    if any(ord(character) < 32 for character in value):
        raise ValueError("a setting of more than one line")
    return value.replace("\\", "\\\\").replace("'", "''")


def swap_out(at: ServerAt) -> Act:
    """The undo of a swap-in where nothing, or an empty directory, had been: the copy lies beside the place again."""
    back = swap_back(at)
    lines = [
        *base(at), *not_running_lines(),
        'if [ ! -e "$D.old" ] && [ -d "$D" ] && [ ! -e "$D.copy" ] && [ -e "$L/$K.copied" ]; then '
        'mv "$D" "$D.copy" && sync "$(dirname "$D")" || exit 1; exit 0; fi',
    ]
    return Act(verb=back.verb, node=back.node, args=back.args, script="\n".join(lines) + "\n" + back.script)
