"""The scripts by which Barman works on its host: a backup, its reading back, its removal, a restored directory."""

import shlex
from typing import Final

from console.backup.barman_places import Installed
from console.backup.barman_wal import program_words, restore_command
from console.backup.barman_words import Info
from console.backup.face import EngineTrouble

NAME_CHARACTERS_MAX: Final = 120
WAL_WAIT_SECONDS_MAX: Final = 600
PACKED_MIN: Final = 18  # the first PostgreSQL whose pg_verifybackup reads packed backups
NAMED_MIN: Final = (3, 11)  # before, Barman forgot the name of a backup that it made
KIBIBYTE: Final = 1024  # what Barman and pg_basebackup count a rate in
COMMAND_CHARACTERS_MAX: Final = 1_800  # it comes back as one line of the order's output
INCREMENTAL_STAGING: Final = ".combining"


def told(name: str, text: str) -> str:
    """A line of shell that says a fact; the text may hold the shell's variables."""
    return f"printf 'fact {name} %s\\n' \"{text}\""


def _base(installed: Installed, config_file: str) -> str:
    server = installed.server
    return f"""umask 077
cd / || exit 1
S={shlex.quote(server.name)} M={shlex.quote(server.meta)} D={shlex.quote(server.base)}
PYTHONUNBUFFERED=1; export PYTHONUNBUFFERED
own() {{ {program_words(installed, config_file)} "$@"; }}
info() {{ if [ -f "$M/$1-backup.info" ]; then echo "$M/$1-backup.info"; else echo "$D/$1/backup.info"; fi; }}
status() {{ sed -n 's/^status=//p' "$(info "$1")" 2>/dev/null; }}
id_of() {{ case $1 in "$M"/*) i=${{1##*/}}; i=${{i%-backup.info}};; *) i=${{1%/backup.info}}; i=${{i##*/}};; esac; }}
"""


def _ours(installed: Installed, name: str, known: tuple[str, ...]) -> str:
    """Lines of shell that set `i` to the backup of this name. An old Barman forgets names: there it is a new one."""
    nameless = f"""
    K={shlex.quote(" ".join(("", *known, "")))}
    for f in "$M"/*-backup.info "$D"/*/backup.info; do
        [ -f "$f" ] && ! grep -q '^backup_name=' "$f" || continue
        id_of "$f"; case $K in *" $i "*) ;; *) o=$i;; esac
    done"""
    return f"""N={shlex.quote(name)}
ours() {{
    o=; for f in $(grep -lsxF "backup_name=$N" "$M"/*-backup.info "$D"/*/backup.info); do id_of "$f"; o=$i; done
    {nameless if installed.barman.number < NAMED_MIN else ""}
    i=$o
}}
"""


def backup_script(
    installed: Installed, config_file: str, *, name: str, parent: str | None, rate_bytes: float | None,
    all_bytes: int | None, known: tuple[str, ...],
) -> str:  # fmt: skip
    """Make a backup of this name. Whether it was made is read from what Barman wrote of it, not from its status.

    `known`: the backups that are there already.
    """
    words = ["backup", "--wait", "--wait-timeout", str(WAL_WAIT_SECONDS_MAX), "--immediate-checkpoint", "--name", name]
    if parent is not None:
        words += ["--incremental", parent]
    if rate_bytes is not None:
        words += ["--bwlimit", str(max(32, round(rate_bytes / KIBIBYTE)))]
    return f"""{_base(installed, config_file)}{_ours(installed, name, known)}A={"-" if all_bytes is None else all_bytes}
( while sleep 1 && kill -0 $$ 2>/dev/null; do
    ours; [ -n "$i" ] || {{ echo "progress checkpoint - $A"; continue; }}
    b=$(du -sb "$D/$i" 2>/dev/null | cut -f 1); w=copying
    case $(status "$i") in WAITING_FOR_WALS|DONE) w=wal;; esac
    [ "${{b:-0}}" -gt 65536 ] || w=checkpoint
    echo "progress $w ${{b:--}} $A"
done ) & watch=$!
trap 'kill $watch 2>/dev/null' EXIT
exec 3>&1
x=$(own {shlex.join(words)} "$S" 2>&1 | while IFS= read -r line; do
    printf '%s\\n' "$line" >&3
    case $line in
    "Starting backup"*" in $D/"*) echo "${{line##*/}}";;
    *"Another backup process is running"*) {told("reason", "busy")} >&3;;
    *"No space left on device"*) {told("reason", "no-space")} >&3;;
    *"Impossible to start the backup"*) {told("reason", "check-failed")} >&3
        c=$(own check "$S" 2>/dev/null | grep FAILED | head -n 5 | tr -s '[:space:]' ' ')
        {told("detail", "$c")} >&3;;
    ERROR*|EXCEPTION*) {told("detail", "$line")} >&3;;
    esac
done)
kill $watch 2>/dev/null
i=$x
[ -n "$i" ] || {{ {told("made", "nothing")}; exit 1; }}
{told("backup", "$i")}
case $(status "$i") in
DONE) echo "progress wal $(du -sb "$D/$i" | cut -f 1) $A"; exit 0;;
WAITING_FOR_WALS) {told("reason", "wal-missing")};;
*) {told("reason", "broken-off")};;
esac
exit 1
"""


def cancel_backup_script(installed: Installed, config_file: str, *, name: str, known: tuple[str, ...]) -> str:
    """Take away what a backup of this name left half-done; one that is whole stays."""
    return f"""{_base(installed, config_file)}{_ours(installed, name, known)}ours
[ -n "$i" ] || exit 0
case $(status "$i") in DONE|WAITING_FOR_WALS|SYNCING) exit 0;; esac
# Where only the shell around it was killed, Barman goes on: it is ended by its own command line, and by nothing else.
p=$(head -n 1 {shlex.quote(installed.server.lock)} 2>/dev/null)
case $p in ''|*[!0-9]*) p=;; esac
works() {{ [ -n "$p" ] && {{ tr '\\0' ' ' <"/proc/$p/cmdline"; }} 2>/dev/null | grep -qF -- " --name $N "; }}
n=0; while works && [ $n -lt 50 ]; do
    if [ $n -lt 25 ]; then kill -TERM "$p"; else kill -KILL "$p"; fi 2>/dev/null; n=$((n + 1)); sleep 0.2; done
own delete "$S" "$i" >&2
[ ! -e "$(info "$i")" ] && [ ! -e "$D/$i" ] || {{ echo "$i is still there" >&2; exit 1; }}
"""


def verify_lines(
    installed: Installed, config_file: str, chain: tuple[Info, ...], bin_directory: str, major: int | None
) -> str:
    """Have each backup of a chain read back, and say what its manifest can tell and what Barman reported.

    `pg_verifybackup` leaves postgresql.auto.conf out, whatever its manifest says: this one is held against its
    checksum by a manifest of its own, made for it alone.
    """
    # Before 18 it reads no archive, and would miss every file of one that is packed.
    reads = f"[ {major or 0} -lt {PACKED_MIN} ] && echo 'said packed: PostgreSQL {PACKED_MIN} reads it' || "
    lines = [_base(installed, config_file), f"B={shlex.quote(bin_directory)}", _AUTO]
    for one in chain:
        lines.append(
            f"""echo "verify {one.id}"
m=$D/{one.id}/data/backup_manifest
[ -f "$m" ] && echo "manifest $(grep -c '"Path"\\|"Encoded-Path"' "$m") $(grep -c '"Checksum"' "$m")"
{reads if one.compressed else ""}own verify-backup "$S" {one.id} 2>&1 | sed 's/^/said /'
[ -f "$m" ] && auto "$m" "$D/{one.id}/data"
echo "verified {one.id}"
"""
        )
    return "\n".join(lines)


_AUTO: Final = """
auto() {
    e=$(grep '"Path": "postgresql.auto.conf"' "$1" | sed 's/},*[[:space:]]*$/}/')
    [ -n "$e" ] || { echo "auto none"; return; }
    x=$(mktemp -d "${TMPDIR:-/var/tmp}/lcv.XXXXXXXX") || return
    # By this name a directory is known as a plain backup.
    cp "$2/postgresql.auto.conf" "$x/PG_VERSION" 2>/dev/null || for t in "$2"/base.tar*; do
        tar -xOf "$t" postgresql.auto.conf >"$x/PG_VERSION" 2>/dev/null ||
            tar -xOf "$t" ./postgresql.auto.conf >"$x/PG_VERSION" 2>/dev/null || rm -f "$x/PG_VERSION"
    done
    printf '{ "PostgreSQL-Backup-Manifest-Version": 1,\\n"Files": [\\n%s\\n],\\n"WAL-Ranges": [\\n],\\n' \\
        "$(echo "$e" | sed 's/"postgresql.auto.conf"/"PG_VERSION"/')" >"$x/backup_manifest"
    h=$(sha256sum "$x/backup_manifest" | cut -d ' ' -f 1)
    printf '"Manifest-Checksum": "%s"}\\n' "$h" >>"$x/backup_manifest"
    if r=$("$B/pg_verifybackup" -n "$x" 2>&1); then case $r in *"backup successfully verified"*) echo "auto fine";; esac
    else echo "auto $(echo "$r" | tail -n 1)"; fi
    rm -rf "$x"
}
"""


def expire_script(installed: Installed, config_file: str, ids: tuple[str, ...]) -> str:
    """Take exactly these away, the youngest first. What hangs on one of them and is not among them stops it before."""
    wanted = " ".join(ids)
    return f"""{_base(installed, config_file)}
for one in {wanted}; do
    for child in $(grep -lsxF "parent_backup_id=$one" "$M"/*-backup.info "$D"/*/backup.info); do
        case $child in "$M"/*) c=${{child##*/}}; c=${{c%-backup.info}};; *) c=${{child%/*}}; c=${{c##*/}};; esac
        case " {wanted} " in *" $c "*) ;; *) {told("reason", "has-children")}; {told("detail", "$c stands on $one")}
            exit 1;; esac
    done
done
n=0
for one in {wanted}; do
    n=$((n + 1)); echo "progress expiring - -"
    [ -e "$(info "$one")" ] || [ -e "$D/$one" ] || continue
    said=$(own delete "$S" "$one" 2>&1); printf '%s\\n' "$said"
    if [ -e "$(info "$one")" ] || [ -e "$D/$one" ]; then
        {told("reason", "kept-by-engine")}
        {told("detail", "$(echo $said | cut -c 1-300)")}
        exit 1
    fi
    {told("expired", "$one")}
done
"""


def lay_out_script(
    installed: Installed, config_file: str, *, backup: Info, directory: str, job: str, bin_directory: str
) -> str:
    """Restore a backup, with all that it stands on, to a directory that is not there yet, as it was backed up.

    It is laid out beside and renamed when it is whole. What Barman changes in the settings is taken back: the
    settings of the recovery come with the server's start. Tablespaces come to lie inside, each under its number.
    """
    partial = partial_of(directory, job)
    spaces = "".join(
        f" --tablespace {shlex.quote(f'{name}:{partial}/pg_tblspc_laid_out/{number}')}"
        for name, number in backup.tablespaces
    )
    command = restore_command(installed, config_file)
    if len(command) > COMMAND_CHARACTERS_MAX:
        raise EngineTrouble("nonsense", installed.server.name, "its paths are too long for a restore_command")
    return f"""{_base(installed, config_file)}
T={shlex.quote(directory)} R={shlex.quote(partial)}
[ ! -e "$T" ] && [ ! -L "$T" ] || {{ {told("reason", "target-exists")}; exit 1; }}
mkdir -p -m 700 "$(dirname "$T")" && rm -rf "$R" "$R"{INCREMENTAL_STAGING} || exit 1
mkdir -m 700 "$R" || exit 1
A={backup.size_bytes or "-"}
( while sleep 1 && kill -0 $$ 2>/dev/null; do
    echo "progress laying-out $(du -sb "$R" 2>/dev/null | cut -f 1) $A"
done ) & watch=$!
trap 'kill $watch 2>/dev/null' EXIT
h=$(own restore --help 2>/dev/null)
case $h in *--staging-path*) g="--staging-path $R{INCREMENTAL_STAGING} --staging-location local";;
*--local-staging-path*) g="--local-staging-path $R{INCREMENTAL_STAGING}";; *) g=;; esac
case $h in *--get-wal*) v=restore;; *) v=recover;; esac
{"" if backup.parent or backup.compressed or backup.encrypted else "g="}
said=$(own $v --get-wal $g{spaces} "$S" {backup.id} "$R" 2>&1); printf '%s\\n' "$said"
kill $watch 2>/dev/null
rm -rf "$R"{INCREMENTAL_STAGING}
[ -f "$R/PG_VERSION" ] && [ -f "$R/backup_label" ] && [ -f "$R/.barman-recover.info" ] || {{
    case $said in *"No space left on device"*) {told("reason", "no-space")};; *rsync*) {told("reason", "no-rsync")};;
    *) {told("reason", "broken-off")};; esac
    e=$(printf '%s\n' "$said" | grep -E 'ERROR|EXCEPTION' | head -n 1 | cut -c 1-300)
    {told("detail", "$e")}
    exit 1; }}
for one in "$R"/*.origin; do [ -f "$one" ] && mv -f "$one" "${{one%.origin}}"; done
rm -f "$R/recovery.signal" "$R/standby.signal" "$R/recovery.conf" "$R/recovery.done" "$R/.barman-recover.info"
[ ! -f "$R/backup_manifest.{backup.id}" ] || mv "$R/backup_manifest.{backup.id}" "$R/backup_manifest"
for one in "$R"/pg_tblspc/*; do
    [ -L "$one" ] || continue
    l=$(readlink "$one")
    case $l in "$R"/*) ln -sfn "$T${{l#"$R"}}" "$one";; *) {told("reason", "tablespace-outside")}; exit 1;; esac
done
chmod 700 "$R" && sync "$R" && [ ! -e "$T" ] && mv -T "$R" "$T" || {{ {told("reason", "target-exists")}; exit 1; }}
printf 'fact restore_command %s\\n' {shlex.quote(command)}
printf 'fact directory %s\\n' "$T"
printf 'fact bin_directory %s\\n' {shlex.quote(bin_directory)}
echo "progress laying-out $(du -sb "$T" | cut -f 1) $A"
"""


def partial_of(directory: str, job: str) -> str:
    """Where a directory is laid out before it is whole."""
    return f"{directory}.{job}.partial"


def cancel_lay_out_script(directory: str, job: str) -> str:
    """Take away what was not laid out to its end."""
    partial = shlex.quote(partial_of(directory, job))
    return f"rm -rf {partial} {partial}{INCREMENTAL_STAGING}\n"
