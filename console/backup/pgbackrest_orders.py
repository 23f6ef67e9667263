"""What pgBackRest is told to do: back up, take away, lay out; each one shell text for the repository's host."""

from collections.abc import Sequence
from shlex import quote
from typing import Final

from console.backup.pgbackrest_scripts import PART, SETTINGS, prologue
from console.domain.backup_policy import BackupKind, RepositorySpec

TYPES: Final = {BackupKind.FULL: "full", BackupKind.INCREMENTAL: "incr", BackupKind.DIFFERENTIAL: "diff"}
LOOK_SECONDS: Final = 0.05  # between two looks of the one that holds the rate
STEP_BYTES: Final = 8 * 1024 * 1024  # a file of that size is told as progress of its own
WORDS_KEPT: Final = 12  # lines of warnings and errors that are repeated in the log

# Turns the lines of pgBackRest at level detail into ours: sizes are rounded there, shares of the whole are not. Nothing
# but the shell reads them, as others would hold lines back until they have many.
_TELL: Final = f"""\
bytes_of() {{
    bytes=${{1%[KMGT]B}}
    unit=${{1#"$bytes"}}
    tenths=0
    case $bytes in *.*) tenths=${{bytes#*.}}; bytes=${{bytes%.*}} ;; *B) bytes=${{bytes%B}}; unit=B ;; esac
    case $bytes$tenths in *[!0-9]*|'') bytes=0; return ;; esac
    bytes=$((bytes * 10 + ${{tenths%"${{tenths#?}}"}}))
    case $unit in
        KB) bytes=$((bytes * 1024)) ;; MB) bytes=$((bytes * 1048576)) ;;
        GB) bytes=$((bytes * 1073741824)) ;; TB) bytes=$((bytes * 1099511627776)) ;;
    esac
    bytes=$((bytes / 10))
}}
tell() {{  # the phase that files belong to; bytes in all, or 0 where that is not known
    phase=$1 all=$2 sum=0 shown=-1 ended=1 kept=0 words= made=
    while IFS= read -r line; do
        case $line in
            *' file '*'%)'*)
                share=${{line##*(}}
                share=${{share%%\\%)*}}
                size=${{share%, *}}
                bytes_of "${{size##*, }}"
                share=${{share##*, }}
                case $share in *[!0-9.]*|'') continue ;; esac
                share=${{share%.*}}${{share#*.}}
                share=${{share#0}} share=${{share#0}} share=${{share:-0}}
                sum=$((sum + bytes))
                [ $((share / 100)) = $shown ] && [ $bytes -lt {STEP_BYTES} ] && continue
                shown=$((share / 100))
                if [ "$all" -gt 0 ]; then echo "progress $phase $((all / 100 * share / 100)) $all"
                elif [ $share -gt 0 ]; then echo "progress $phase $sum $((sum * 10000 / share))"
                fi ;;
            *'execute '*' backup start'*) echo 'progress checkpoint - -' ;;
            *'execute '*' backup stop'*) echo "progress wal $sum $sum" ;;
            *'new backup label = '*) made=${{line##*= }} ;;
            *' has been changed to full'*) echo 'fact kind full'; printf '%s\\n' "$line" ;;
            'ended '*) ended=${{line#ended }} ;;
            *ERROR:*|*WARN:*|*HINT:*|*Error:*|'       '*)
                kept=$((kept + 1))
                case $line in *ERROR:*) words="$words $line" ;; esac
                [ $kept -gt {WORDS_KEPT} ] || printf '%s\\n' "$line" ;;
        esac
    done
    [ -z "$made" ] || echo "made $made"
    [ "$ended" = 0 ] || {{ echo "fact reason $(reason_of "$words")"; printf 'fact detail %s\\n' "${{words# }}"; }}
    return "$ended"
}}
"""

# Holds the rate by stopping the copying processes for moments: what they have read is told by the system, so it is
# the rate of the reading. pgBackRest has no limit of its own.
_PACE: Final = f"""\
pace() {{  # the process whose children copy; bytes a second
    trap 'kill -CONT $kids 2>/dev/null; exit 0' TERM INT
    kids= base= held=no
    while kill -0 "$1" 2>/dev/null; do
        sleep {LOOK_SECONDS}
        read -r kids </proc/"$1"/task/"$1"/children
        [ -n "$kids" ] || continue
        moved=0
        for kid in $kids; do
            while read -r key value; do
                [ "$key" = rchar: ] && moved=$((moved + value))
            done </proc/"$kid"/io || continue
        done 2>/dev/null
        read -r up rest </proc/uptime
        up=${{up%.*}}${{up#*.}}
        [ -n "$base" ] || {{ base=$moved; began=$up; }}
        if [ $((moved - base)) -gt $(($2 * (up - began) / 100)) ]; then
            [ $held = yes ] || {{ kill -STOP $kids 2>/dev/null; held=yes; }}
        elif [ $held = yes ]; then
            kill -CONT $kids 2>/dev/null
            held=no
        fi
    done 2>/dev/null
}}
"""

_RUN: Final = """\
run() {  # bytes a second, or 0; then the command and its options
    rate=$1
    shift
    options='--log-level-console=detail --log-level-stderr=off'
    pgb_instead "$@" &
    engine=$!
    pacer=
    [ "$rate" = 0 ] || { pace "$engine" "$rate" >/dev/null & pacer=$!; }
    wait "$engine"
    status=$?
    [ -z "$pacer" ] || kill "$pacer" 2>/dev/null
    echo "ended $status"
}
"""

# The stanza's backups by label, those of one repository, in one line. `info` tells them; its shape is settled.
_LABELS: Final = """\
labels() { pgb info --repo="$1" --output=json | grep -o '"label":"[^"]*"' | cut -d'"' -f4 | sort | tr '\\n' ' '; }
"""


def _common(spec: RepositorySpec) -> str:
    return prologue(spec) + _TELL + _PACE + _RUN + _LABELS


def backup_script(
    spec: RepositorySpec, kind: BackupKind, repositories: Sequence[int], *, job: str, rate_bytes: int,
    notes: Sequence[tuple[str, str]],
) -> str:  # fmt: skip
    """A backup in each repository, one after the other. The engine's own expiry stays off: what goes is our policy's.

    An order that runs again finds what it had made by the job's name, and goes on with what lacks.
    """
    marks = "".join(f" --annotation={quote(f'{name}={value}')}" for name, value in (("ledger-job", job), *notes))
    text = _common(spec) + f"""\
said=$(pgb info --output=json 2>&1) || fail "$(reason_of "$said")" "$said"
case $said in *'"held":true'*) fail busy 'another command of pgBackRest holds the lock of the stanza' ;; esac
made_already() {{
    pgb info --repo="$1" --output=json | tr '{{' '\\n' | sed -n '/"ledger-job":"{job}"/,/"label"/p' |
        sed -n 's/.*"label":"\\([^"]*\\)".*/\\1/p' | head -n 1
}}
"""  # fmt: skip
    for number in repositories:
        name = "backup" if number == repositories[0] else "mirror"
        phase = "copying" if number == repositories[0] else "mirroring"
        text += f"""\
label=$(made_already {number})
if [ -z "$label" ]; then
    before=$(labels {number})
    run {rate_bytes} backup --repo={number} --type={TYPES[kind]} --no-expire-auto{marks} 2>&1 | tell {phase} 0 ||
        exit 1
    for each in $(labels {number}); do
        case " $before " in *" $each "*) ;; *) label=$each ;; esac
    done
fi
[ -n "$label" ] || fail nonsense 'pgBackRest ended well and no new backup is listed'
echo "fact {name} $label"
"""
    return text + "exit 0\n"


def unfinished_script(spec: RepositorySpec, repositories: Sequence[int]) -> str:
    """Take away what a backup that ended early has left: directories that the list of backups does not know.

    While somebody holds the lock nothing is taken: it is theirs.
    """
    stanza = quote(spec.stanza)
    text = prologue(spec) + _LABELS
    for number in repositories:
        text += f"""\
said=$(pgb info --output=json 2>&1) || fail "$(reason_of "$said")" "$said"
case $said in *'"held":true'*) fail busy 'another command of pgBackRest holds the lock of the stanza' ;; esac
known=$(labels {number})
for each in $(pgb repo-ls --repo={number} backup/{stanza}); do
    printf %s "$each" | grep -Eqx '[0-9]{{8}}-[0-9]{{6}}F(_[0-9]{{8}}-[0-9]{{6}}[DI])?' || continue
    case " $known " in *" $each "*) continue ;; esac
    # One with its manifest is whole, whatever the list says: a person looks at it, we take nothing.
    pgb repo-ls --repo={number} backup/{stanza}/"$each" | grep -qx backup.manifest && continue
    said=$(pgb repo-rm --repo={number} --recurse backup/{stanza}/"$each" 2>&1) || fail "$(reason_of "$said")" "$said"
    echo "fact cleared $each"
done
"""
    return text + "exit 0\n"


def expire_script(spec: RepositorySpec, plan: Sequence[tuple[int, Sequence[str], Sequence[str], int]]) -> str:
    """Take away exactly the named. `plan`: repository, those that go (what stands on others first), all that are there
    now, full ones that stay. Where others are there than when it was planned, nothing is taken: pgBackRest takes
    with a backup all that stands on it, and says so only afterwards.
    """
    text = _common(spec)
    for number, going, there, _ in plan:
        wanted = " ".join(sorted(there)) + " "
        gone = " ".join(going)
        text += f"""\
for each in $(labels {number}); do
    case " {wanted}" in *" $each "*) ;; *) fail changed "$each is new in repository {number}" ;; esac
done
said=$(pgb info --output=json 2>&1) || fail "$(reason_of "$said")" "$said"
case $said in *'"held":true'*) fail busy 'another command of pgBackRest holds the lock of the stanza' ;; esac
going_{number}='{gone}'
"""
    for number, _, _, fulls in plan:
        # Its own retention of backups is put out of reach; that of WAL keeps what the oldest full one left needs.
        keep = (
            f"--repo{number}-retention-full=9999999 --repo{number}-retention-full-type=count "
            f"--repo{number}-retention-archive-type=full --repo{number}-retention-archive={max(1, fulls)}"
        )
        text += f"""\
for each in $going_{number}; do
    case " $(labels {number}) " in *" $each "*) ;; *) continue ;; esac
    run 0 expire --repo={number} --set="$each" {keep} 2>&1 | tell expiring 0 || exit 1
    case " $(labels {number}) " in *" $each "*) fail still-there "$each is still listed in repository {number}" ;; esac
    echo "fact expired $each"
done
"""
    return text + "exit 0\n"


def lay_out_script(
    spec: RepositorySpec, label: str, repository: int, repositories: Sequence[int], directory: str, *, job: str,
    size_bytes: int, major: int | None,
) -> str:  # fmt: skip
    """Restore one backup into a directory that is not there yet, with no recovery settings of its own.

    Tablespaces come beside it, links and their places are never followed: the source may be this very host. What was
    begun is known by a file beside it that names the job, so that neither a second try nor a cancelling touches
    anything else.
    """
    place, beside, mark = quote(directory), quote(directory + ".tablespaces"), quote(directory + ".laying-out")
    programs = quote(spec.bin_directory) if spec.bin_directory else ""
    version = str(major) if major is not None else "*"
    config = f" --config={quote(spec.config_file)}" if spec.config_file else ""
    # PostgreSQL runs it in its data directory, so it needs no name that a move would make wrong.
    asked = (
        f'{config} --stanza={quote(spec.stanza)} --pg1-path="$PWD" --reset-pg1-host --no-archive-async '
        "--log-level-file=off --log-level-console=off"
    )
    listed = f"backup/{quote(spec.stanza)} 2>/dev/null | grep -q backup.info"
    away = "".join(f"pgb repo-ls --repo={one} {listed} && held={one}\n" for one in repositories if one != repository)
    return _common(spec) + PART + "{\n" + SETTINGS + "} >/dev/null\n" + f"""\
if [ -e {mark} ] && [ "$(cat {mark})" = {quote(job)} ]; then rm -rf {place} {beside}; fi
[ ! -e {place} ] && [ ! -L {place} ] && [ ! -e {beside} ] || fail directory-there {place}
mkdir -p "$(dirname {place})" && printf %s {quote(job)} >{mark} && mkdir -m 700 {place} || fail not-writable {place}
free=$(df -Pk {place} | awk 'NR == 2 {{ print $4 }}')
[ "${{free:-0}}" -gt {size_bytes // 1024} ] || {{ rm -rf {place} {mark}; fail no-space "$free kB are free"; }}
for each in {programs} /usr/lib/postgresql/{version}/bin /usr/pgsql-{version}/bin; do
    [ -x "$each/postgres" ] && {{ echo "fact bin_directory $each"; break; }}
done
run 0 restore --repo={repository} --set={label} --type=none --pg1-path={place} --reset-pg1-host \\
    --no-delta --no-link-all --reset-link-map --reset-tablespace-map --tablespace-map-all={beside} \\
    --reset-recovery-option --reset-db-include --reset-db-exclude --reset-archive-mode 2>&1 |
    tell laying-out {size_bytes} || exit 1
[ -f {place}/backup_label ] || fail nonsense 'pgBackRest ended well and there is no backup_label'
held=
{away}only=
[ -n "$held" ] || [ {len(repositories)} = 1 ] || only=' --repo={repository}'
printf 'fact restore_command %s%s%s archive-get %%f "%%p"\\n' "$program" {quote(asked)} "$only"
for each in {" ".join(str(one) for one in repositories)}; do
    case $(setting_of $each type)$(setting_of $each host) in ''|posix|cifs) ;; *) echo 'fact wal_by_network yes' ;; esac
done
[ ! -d {beside} ] || echo fact tablespaces {beside}
rm -f {mark}
exit 0
"""  # fmt: skip


def clear_script(directory: str, job: str) -> str:
    """Take away what an ended laying out has left, if it was this job that began it."""
    place, beside, mark = quote(directory), quote(directory + ".tablespaces"), quote(directory + ".laying-out")
    return (
        f"if [ -e {mark} ] && [ \"$(cat {mark})\" = {quote(job)} ]; then\n"
        f"    rm -rf {place} {beside} && rm -f {mark} || exit 1\nfi\nexit 0\n"
    )  # fmt: skip
