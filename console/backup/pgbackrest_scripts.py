"""The shell texts by which pgBackRest is found on its host, asked, and made to work."""

from shlex import quote
from typing import Final

from console.domain.backup_policy import RepositorySpec

LABEL: Final = r"[0-9]{8}-[0-9]{6}F(_[0-9]{8}-[0-9]{6}[DI])?"
HISTORIES_MAX: Final = 200

PLACES: Final = (
    "/usr/bin/pgbackrest", "/usr/local/bin/pgbackrest", "/opt/pgbackrest/bin/pgbackrest",
    "/usr/local/pgbackrest/bin/pgbackrest",
)  # fmt: skip

# What `pgb` says on its standard error is what went wrong; its log file and its console stay quiet where it only reads.
_QUIET: Final = "--log-level-file=off --log-level-console=off --log-level-stderr=error"

# Why it failed, by the number that pgBackRest gives its errors (src/common/error.auto.c), or by the system's words.
_REASONS: Final = """\
reason_of() {
    case $1 in
        *'No space left on device'*|*'Disk quota exceeded'*) echo no-space ;;
        *certificate*) echo not-trusted ;;
        *'cipher-pass'*|*'[095]'*|*CryptoError*|*'decrypt'*) echo locked-key ;;
        *'[050]'*) echo busy ;;
        *'Permission denied'*|*'Operation not permitted'*|*'[041]'*|*'[042]'*) echo not-readable ;;
        *'unexpected control version'*|*'[046]'*) echo too-old ;;
        *'[044]'*|*'[051]'*|*'[058]'*) echo other-system ;;
        *'[056]'*|*'[057]'*|*'[059]'*) echo source-silent ;;
        *'[082]'*) echo wal-silent ;;
        *'[049]'*|*'[066]'*|*'[101]'*|*'[102]'*|*'[103]'*) echo repository-silent ;;
        *'[055]'*|*'[073]'*) echo no-repository ;;
        *'[062]'*) echo stopped-by-its-operator ;;
        *'[063]'*) echo cancelled ;;
        *'[075]'*) echo still-needed ;;
        *) echo failed ;;
    esac
}
fail() {
    echo "fact reason $1"
    [ -z "$2" ] || printf 'fact detail %s\\n' "$(printf %s "$2" | tr '\\n\\r' '  ' | cut -c1-400)"
    exit 1
}
"""


def prologue(spec: RepositorySpec) -> str:
    """Finds the program; defines `pgb`, which runs it for this stanza, `pgb_instead` (as this shell), and `fail`."""
    if spec.program:
        places = quote(spec.program)
    else:
        places = '"$(command -v pgbackrest 2>/dev/null)" ' + " ".join(PLACES)
    config = f" --config={quote(spec.config_file)}" if spec.config_file else ""
    return (
        "umask 077\ncd /\nexport LC_ALL=C\n"
        + _REASONS
        + f"""\
program=
for each in {places}; do
    [ -n "$each" ] && [ -x "$each" ] && {{ program=$each; break; }}
done
[ -n "$program" ] || fail no-program
options='{_QUIET}'
pgb_instead() {{ exec "$program"{config} --stanza={quote(spec.stanza)} $options "$@" </dev/null; }}
pgb() {{ ( pgb_instead "$@" ); }}
"""
    )


# One answer of several: its name, its exit status, its size in bytes, then itself.
PART: Final = """\
part() {
    name=$1
    shift
    said=$("$@" 2>&1; echo ".$?")
    status=${said##*.}
    said=${said%.*}
    printf 'part %s %s %s\\n%s\\n' "$name" "$status" "${#said}" "$said"
}
"""


# Its log tells each setting that is in force and is not the default, wherever it was set, and no secret. (Its help
# tells those of the first repository only.)
SETTINGS: Final = """\
settings() {
    ( options='--log-level-file=off --log-level-console=off --log-level-stderr=debug'; pgb info 2>&1 ) |
        sed -n '/ command begin /{p;q;}'
}
part settings settings
settings=$said
setting_of() { printf %s "$settings" | sed -n 's/.* --repo'"$1-$2"'="\\{0,1\\}\\([^" ]*\\).*/\\1/p'; }
place_of() {
    place=$(setting_of "$1" path)
    echo "${place:-/var/lib/pgbackrest}"
}
medium() {
    place=$(place_of "$1")
    while [ ! -e "$place" ] && [ -n "$place" ]; do place=${place%/*}; done
    part "space-$1" df -Pk "${place:-/}"
    part "attributes-$1" lsattr -d "${place:-/}"
}
part machine cat /etc/machine-id
part zone date +%z
"""


def find_script(spec: RepositorySpec) -> str:
    """Program, version, others beside it, PostgreSQL's programs."""
    others = " ".join(PLACES)
    return (
        prologue(spec)
        + PART
        + f"""\
echo "program $program"
part version pgb version
for each in {others}; do
    [ -x "$each" ] && [ "$each" != "$program" ] && printf 'other %s %s\\n' "$each" "$("$each" version 2>/dev/null)"
done
for each in {quote(spec.bin_directory) if spec.bin_directory else ""} /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do
    [ -x "$each/postgres" ] && printf 'server %s %s\\n' "$each" "$("$each/postgres" --version)"
done
[ -r /proc/$$/task/$$/children ] && [ -r /proc/$$/io ] && echo paces
exit 0
"""
    )


def medium_script(spec: RepositorySpec, repositories: tuple[int, ...], *, info: bool = False) -> str:
    """Where each repository lies, and what room there is; with `info` also which backups are listed."""
    told = "part version pgb version\npart info pgb info --output=json\n" if info else ""
    return prologue(spec) + PART + SETTINGS + told + "".join(f"medium {one}\n" for one in repositories) + "exit 0\n"


# The histories of timelines are small, and where a timeline left another stands nowhere else.
_HISTORIES: Final = """\
names=$(printf %s "$said" | tr ',' '\\n' |
    sed -n 's|^{{*"\\([0-9][0-9.]*-[0-9]*/[0-9A-F]\\{{8\\}}[.]history\\)":.*|\\1|p' | tail -n {max})
for history in $names; do
    part "history-{repository}:$history" pgb repo-get --repo={repository} "archive/"{stanza}"/$history"
done
"""


def read_script(spec: RepositorySpec, repositories: tuple[int, ...]) -> str:
    """All that is read of the repositories: backups, WAL by name, size and time, histories of timelines, medium."""
    stanza = quote(spec.stanza)
    each = "".join(
        f"medium {one}\n"
        f"part sets-{one} pgb repo-ls --repo={one} --output=json backup/{stanza}\n"
        f"part wal-{one} pgb repo-ls --repo={one} --recurse --output=json archive/{stanza}\n"
        + _HISTORIES.format(max=HISTORIES_MAX, repository=one, stanza=stanza)
        for one in repositories
    )
    begin = prologue(spec) + PART + SETTINGS + "part version pgb version\npart info pgb info --output=json\n"
    return begin + each + "exit 0\n"
