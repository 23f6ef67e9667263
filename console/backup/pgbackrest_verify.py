"""The shell text that reads a backup of pgBackRest back: its own report, and every byte once more by ourselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Final

from console.backup.pgbackrest_scripts import PART, SETTINGS, prologue
from console.domain.backup_policy import RepositorySpec

READERS: Final = 4  # processes that fetch from an object store side by side
TOLD_FILES: Final = 100  # a progress line each so many
BAD_TOLD_MAX: Final = 60  # files that are named; all are counted
REPORT_LINES_MAX: Final = 120
NOTHING: Final = "da39a3ee5e6b4b0d3255bfef95601890afd80709"  # SHA-1 of no bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SetToRead:
    """One backup in one repository, and from which segment on its WAL is read; `archive`: as '15-1'."""

    repository: int
    label: str
    archive: str
    start: str


# pgBackRest's own checksum of its files of sections: SHA-1 over the same content written as JSON. A key may hold '=',
# so where values are objects the last '={' parts it from its value.
_SEALED: Final = """\
sealed() {  # a file: is it whole by its own checksum?
    [ -s "$1" ] || return 1
    want=$(sed -n 's/^backrest-checksum="\\([0-9a-f]*\\)"$/\\1/p' "$1" | tail -n 1)
    got=$(awk '
        BEGIN { printf "{" }
        /^\\[.*\\]$/ {
            section = substr($0, 2, length($0) - 2)
            if (section == "backrest" && seen) { over = 1; next }
            printf "%s\\"%s\\":{", (seen ? "}," : ""), section
            seen = 1; first = 1; next
        }
        /^$/ || over { next }
        {
            if (section ~ /^target:(file|link|path)$/) { match($0, /^.*=\\{/); at = RLENGTH - 1 }
            else at = index($0, "=")
            printf "%s\\"%s\\":%s", (first ? "" : ","), substr($0, 1, at - 1), substr($0, at + 1)
            first = 0
        }
        END { printf "}}" }' "$1" | sha1sum)
    [ -n "$want" ] && [ "${got%% *}" = "$want" ]
}
record() {  # repository, name: it and its copy; the whole one of them is left in $room/record
    : >"$room/record"
    for each in "$2" "$2.copy"; do
        if ! pgb repo-get --repo="$1" "$each" >"$room/one" 2>/dev/null; then
            word=unread
            pgb repo-ls --repo="$1" "${each%/*}" 2>/dev/null | grep -qxF "${each##*/}" || word=missing
        elif sealed "$room/one"; then
            word=ok
            [ -s "$room/record" ] || cp "$room/one" "$room/record"
        else
            word=damaged
        fi
        echo "record $1 $word $each"
    done
}
"""

# What the manifest lists, a line each: R (checksum as stored, file), B (bundle, offset, size, checksum as stored,
# name), C (checksum of the content, file), U (what can't be read back by itself), E (an empty file: nothing to read).
_LISTED: Final = """\
listed() {  # stanza, label
    awk -v base="backup/$1/" -v label="$2" '
        function of(name,  found) {
            if (!match(value, "\\"" name "\\":(\\"[^\\"]*\\"|[0-9]+)")) return ""
            found = substr(value, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
            gsub(/"/, "", found)
            return found
        }
        /^option-compress-type="/ { split($0, part, "\\""); end = part[2] == "none" ? "" : "." part[2] }
        /^\\[/ { files = $0 == "[target:file]"; next }
        files && match($0, /^.*=\\{/) {
            name = substr($0, 1, RLENGTH - 2); value = substr($0, RLENGTH)
            from = of("reference"); if (from == "") from = label
            stored = of("rck"); sum = of("checksum"); block = of("bims")
            if (of("size") == "0") { print "E\\t" name; next }
            if (of("bni") != "") {
                if (stored == "") { print "U\\t" name; next }
                file = base from "/bundle/" of("bni")
                print "B\\t" file "\\t" of("bno") + 0 "\\t" of("repo-size") "\\t" stored "\\t" name
            }
            else if (stored != "") print "R\\t" stored "\\t" base from "/" name (block == "" ? end : ".pgbi")
            else if (sum != "" && block == "") print "C\\t" sum "\\t" base from "/" name end
            else print "U\\t" name
        }' "$room/record"
}
"""

_READING: Final = f"""\
stored() {{ if [ -n "$base" ]; then cat "$base/$2"; else pgb repo-get --raw --repo="$1" "$2"; fi 2>/dev/null; }}
plain() {{
    if [ -n "$base" ] && [ "$cipher" = none ]; then cat "$base/$2"; else pgb repo-get --repo="$1" "$2"; fi 2>/dev/null
}}
unpack() {{
    case $1 in
        *.gz) gzip -dc ;; *.lz4) lz4 -dc ;; *.zst) zstd -dc ;; *.bz2) bzip2 -dc ;; *) cat ;;
    esac 2>/dev/null
}}
content_of() {{  # repository, file: sets `got`, the checksum of its content; one that can't be unpacked whole has none
    [ ! -e "$room/cut" ] || rm -f "$room/cut"
    if [ -n "$base" ] && [ "$cipher" = none ]; then
        # There are thousands: each program that is not begun counts.
        got=$({{ unpack "$2" <"$base/$2" || : >"$room/cut"; }} 2>/dev/null | sha1sum)
    else
        got=$(plain "$1" "$2" | {{ unpack "$2" || : >"$room/cut"; }} | sha1sum)
    fi
    got=${{got%% *}}
    [ ! -e "$room/cut" ] || [ "$got" = {NOTHING} ] || got=cut
}}
unpacks() {{
    case $1 in *.gz) tool=gzip ;; *.lz4) tool=lz4 ;; *.zst) tool=zstd ;; *.bz2) tool=bzip2 ;; *) tool=cat ;; esac
    command -v $tool >/dev/null
}}
said_of() {{  # checksum wanted, got, name
    case $2 in "$1") echo "$3: OK" ;; {NOTHING}) echo "$3: FAILED open or read" ;; *) echo "$3: FAILED" ;; esac
}}
singles() {{  # repository: of the R lines
    sed -n "s/^R$tab//p" "$room/list" | tr "$tab" ' ' >"$room/singles"
    if [ -n "$base" ]; then
        sed 's/ /  /' "$room/singles" | ( cd "$base" && sha1sum -c ) 2>/dev/null
        return
    fi
    for worker in $(seq {READERS}); do
        awk -v worker="$worker" 'NR % {READERS} + 1 == worker' "$room/singles" | while read -r want file; do
            got=$(stored "$1" "$file" | sha1sum)
            said_of "$want" "${{got%% *}}" "$file"
        done &
    done
    wait
}}
bundled() {{  # repository: of the B lines; each bundle is read once, in the order of its files
    sed -n "s/^B$tab//p" "$room/list" | sort -t "$tab" -k 1,1 -k 2,2n >"$room/bundled"
    cut -f 1 "$room/bundled" | uniq >"$room/bundles"
    while IFS= read -r bundle <&4; do
        awk -F "$tab" -v wanted="$bundle" '$1 == wanted' "$room/bundled" >"$room/slices"
        rm -rf "$room/slice"
        mkdir "$room/slice"
        stored "$1" "$bundle" | {{
            at=0 number=0
            while IFS=$tab read -r file offset size rest <&3; do
                number=$((number + 1))
                [ "$offset" = "$at" ] || head -c $((offset - at)) >/dev/null
                head -c "$size" >"$room/slice/$number"
                [ -s "$room/slice/$number" ] || rm -f "$room/slice/$number"
                at=$((offset + size))
            done 3<"$room/slices"
        }}
        cut -f 5 "$room/slices" >"$room/named"
        awk -F "$tab" '{{ print $4 "  " NR }}' "$room/slices" | ( cd "$room/slice" && sha1sum -c ) 2>/dev/null |
            sed 's/^[0-9]*//' | paste -d '\\0' "$room/named" -
    done 4<"$room/bundles"
}}
contents() {{  # repository: of the C lines
    sed -n "s/^C$tab//p" "$room/list" | while IFS=$tab read -r want file; do
        if unpacks "$file"; then
            content_of "$1" "$file"
            said_of "$want" "$got" "$file"
        else
            echo "$file: unread"
        fi
    done
}}
"""

_SET: Final = f"""\
read_set() {{  # repository, stanza, label
    record "$1" "backup/$2/$3/backup.manifest"
    [ -s "$room/record" ] || {{ echo "set $1 $3 manifest-damaged"; return; }}
    grep -qxF "backup-label=\\"$3\\"" "$room/record" || {{ echo "set $1 $3 other-label"; return; }}
    listed "$2" "$3" >"$room/list"
    all=$(grep -c '^[RBCU]' "$room/list")
    empty=$(grep -c '^E' "$room/list")
    bytes=$(sed -n 's/.*"repo-size":\\([0-9]*\\).*/\\1/p' "$room/record" |
        awk '{{ n += $1 }} END {{ printf "%.0f", n }}')
    {{ singles "$1"; bundled "$1"; contents "$1"; }} | {{
        read=0 good=0 bad=0
        while IFS= read -r line; do
            case $line in
                *': OK') read=$((read + 1)); good=$((good + 1)) ;;
                *': FAILED open or read') bad=$((bad + 1)); word=missing ;;
                *': FAILED') read=$((read + 1)); bad=$((bad + 1)); word=differs ;;
                *) continue ;;
            esac
            case $line in *': OK') ;; *) [ $bad -gt {BAD_TOLD_MAX} ] || echo "bad $1 $word ${{line%: FAILED*}}" ;; esac
            [ $((read % {TOLD_FILES})) -ne 0 ] || echo "progress verifying $((bytes / (all + 1) * read)) $bytes"
        done
        echo "set $1 $3 read $read $good $bad $all $empty"
    }}
    grep -c '"checksum-page":false' "$room/record" | sed "s/^/pages $1 $3 /"
}}
"""

_WAL: Final = f"""\
read_wal() {{  # repository, stanza, archive, first segment
    record "$1" "archive/$2/archive.info"
    pgb repo-ls --repo="$1" --recurse "archive/$2/$3" >"$room/names" 2>/dev/null || {{ echo "wal $1 unread"; return; }}
    awk -v start="$4" '
        {{ n = split($0, part, "/"); name = part[n] }}
        n == 2 && length(name) >= 65 && substr(name, 25, 1) == "-" {{
            segment = substr(name, 1, 24)
            if (segment >= start "") print segment, substr(name, 26, 40), $0
        }}
        n == 1 && name ~ /[.]history$/ {{ print name >"/dev/stderr" }}' "$room/names" 2>"$room/histories" |
        sort >"$room/wal"
    all=$(grep -c . "$room/wal")
    size=
    {{
        read=0 bad=0 first= last= line= before=
        while read -r segment want name; do
            unpacks "$name" || {{ echo "walbad $1 unread $segment"; continue; }}
            file=archive/$2/$3/$name
            # The first one tells how large they are; all are of one size.
            [ -n "$size" ] || size=$(plain "$1" "$file" | unpack "$name" | wc -c)
            content_of "$1" "$file"
            [ "$got" = {NOTHING} ] || read=$((read + 1))
            word=
            [ "$got" = "$want" ] || word=damaged
            [ "$segment" != "$before" ] || word=twice
            before=$segment
            [ $((read % 8)) -ne 0 ] || echo "progress verifying $((read * size)) $((all * size))"
            if [ -n "$word" ]; then
                bad=$((bad + 1))
                [ $bad -gt {BAD_TOLD_MAX} ] || echo "walbad $1 $word $segment"
                continue
            fi
            [ "$size" -gt 0 ] || size=16777216
            tail=${{segment#????????}}
            number=$((0x${{tail%????????}} * (4294967296 / size) + 0x${{tail#????????}}))
            if [ "${{segment%????????????????}}" = "$line" ] && [ "$number" = $((last + 1)) ]; then
                last=$number
            else
                [ -z "$first" ] || echo "walrange $1 $line $first $last"
                line=${{segment%????????????????}} first=$number last=$number
            fi
        done
        [ -z "$first" ] || echo "walrange $1 $line $first $last"
        echo "wal $1 read $read $bad $all ${{size:-0}}"
    }} <"$room/wal"
    while read -r name; do
        pgb repo-get --repo="$1" "archive/$2/$3/$name" 2>/dev/null |
            awk -v name="history $1 ${{name%.history}}" '$1 ~ /^[0-9]+$/ && $2 ~ "/" {{ print name, $1, $2 }}'
    done <"$room/histories"
    grep -c '[.]backup$' "$room/names" | sed "s/^/unsealed $1 /"
}}
names_of() {{ awk '{{ print $1, $2 }}' "$room/wal" | sort; }}
"""

# The report lists every backup: those that concern us are kept, and of the others those that are not well. Its exit
# status is 0 whatever it found: only another one says something.
_REPORT: Final = f"""\
report() {{  # repository, then labels
    number=$1
    shift
    pgb verify --repo="$number" --output=text --verbose >"$room/report" 2>"$room/words"
    echo "report $number ended $?"
    awk -v wanted=" $* " '
        /^status: / || /archiveId: / {{ print; after = 1; next }}
        /backup: / {{
            label = $2; sub(/,$/, "", label)
            ours = index(wanted, " " label " ")
            after = ours || $0 !~ /status: valid/
            if (after) print (ours ? "ours " : "other ") $0
            next
        }}
        /missing: / && after {{ print }}
    ' "$room/report" | head -n {REPORT_LINES_MAX} | sed "s/^/report $number /"
    head -c 1000 "$room/words" | tr '\\n' ' ' | sed "s/^/report $number words /"
    echo
}}
"""


def verify_script(spec: RepositorySpec, sets: Sequence[SetToRead]) -> str:
    """Read each of the sets, what it stands on, and the WAL from its start on; then pgBackRest's own report.

    Names each bad file up to a limit and counts all. Only its last line says that all was gone through.
    """
    text = (
        prologue(spec) + PART + "{\n" + SETTINGS + "} >/dev/null\n"
        + "room=$(mktemp -d) || fail no-space 'no room for lists'\n"
        "trap 'rm -rf \"$room\"' EXIT\ntrap 'rm -rf \"$room\"; exit 143' TERM INT HUP\n"
        "tab=$(printf '\\t')\n"
        + _SEALED + _LISTED + _READING + _SET + _WAL + _REPORT
    )  # fmt: skip
    stanza = quote(spec.stanza)
    for one in sets:
        text += f"""\
kind=$(setting_of {one.repository} type)
cipher=$(setting_of {one.repository} cipher-type)
cipher=${{cipher:-none}}
base=
host=$(setting_of {one.repository} host)
case ${{kind:-posix}}$host in posix|cifs) base=$(place_of {one.repository}) ;; esac
echo 'progress verifying - -'
record {one.repository} backup/{stanza}/backup.info
read_set {one.repository} {stanza} {one.label}
needed=$(sed -n 's/^backup-reference="\\(.*\\)"$/\\1/p' "$room/record" | tr ',' ' ')
read_wal {one.repository} {stanza} {quote(one.archive)} {quote(one.start)}
names_of >"$room/names-{one.repository}"
report {one.repository} {one.label} $needed
"""
    if len(sets) > 1:
        # The like in the mirror was begun later: what both have to have is compared, as text (awk rounds numbers).
        first, second = sets[0].repository, sets[1].repository
        text += f"""\
low=$(sed -n '1s/ .*//p' "$room/names-{second}")
[ "$(sed -n '1s/ .*//p' "$room/names-{first}")" \\> "$low" ] && low=$(sed -n '1s/ .*//p' "$room/names-{first}")
for each in {first} {second}; do
    awk -v low="$low" '$1 "" >= low ""' "$room/names-$each" >"$room/both-$each"
done
echo "mirror $(comm -12 "$room/both-{first}" "$room/both-{second}" | grep -c .) \\
$(comm -23 "$room/both-{first}" "$room/both-{second}" | grep -c .) \\
$(comm -13 "$room/both-{first}" "$room/both-{second}" | grep -c .)"
"""
    return text + "echo 'fact verified yes'\nexit 0\n"
