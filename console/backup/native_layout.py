"""Lays a native backup and its parents out as a data directory, and takes backups and their WAL away."""

from collections.abc import Sequence
from typing import Final

from console.backup.native_scripts import Shelf, assigned, opened
from console.backup.native_wal import PLACES, fetch_command

# CHAIN the backups, the full one first, D the directory, NEED bytes, MAJOR of the programs, FETCH the restore_command.
LAY_OUT: Final = PLACES + r"""
lock_use
if [ -e "$D" ] || [ -L "$D" ]; then rmdir "$D" 2>/dev/null || fail exists "$D is there, and not empty"; fi
up=${D%/*}; mkdir -p "$up" 2>/dev/null; [ -d "$up" ] && [ -w "$up" ] || fail not-readable "$up can't be written"
free=$(df -Pk "$up" | awk 'NR==2 {print $4}'); free=$(( ${free:-0} * 1024 ))
[ "$free" -ge "$NEED" ] || fail no-space "$NEED bytes are needed, $free are free in $up"
Y="$D.parts"; V="$D.tablespaces"; rm -rf "$Y"; mkdir -m 700 "$Y" || fail not-readable "$Y can't be made"
undo() { rm -rf "$Y"; [ -e "$D" ] || rm -rf "$V"; }
trap undo EXIT
ended() {
    case "$2" in *'No space left'*|*'File too large'*|*'Disk quota'*) fail no-space "$2";; *) fail "$1" "$2";; esac
}
# The first place in which it is what its sums say; a damaged one is not laid out.
good_place() {
    for where in "$R" "$M"; do
        [ -n "$where" ] && [ -f "$where/backups/$1/backup.json" ] || continue
        sums "$where/backups/$1" 2>/dev/null | cmp -s - "$where/backups/$1/SHA256SUMS" || continue
        if ! ls "$where/backups/$1"/data/base.tar* >/dev/null 2>&1; then
            "$B/pg_verifybackup" -q -n "$where/backups/$1/data" >/dev/null 2>&1 || continue
        fi
        echo "$where"; return 0
    done
    return 1
}
unpack() {
    w=$(tar -xf "$1" -C "$2" 2>&1) || ended damage-found "$w"
}
n=0; links=1; done=0; spaces=
set --
for I in $CHAIN; do
    [ -n "$(root_of "$I")" ] || fail no-backup "$I is not in $R"
    root=$(good_place "$I") || fail damage-found "$I is not what it was when it was made"
    Q="$root/backups/$I"; n=$((n + 1)); P="$Y/$n"; spaces=
    if ls "$Q"/data/base.tar* >/dev/null 2>&1; then
        mkdir -m 700 "$P" || fail no-space "$P"
        unpack "$(ls "$Q"/data/base.tar*)" "$P"
        for x in "$Q"/data/pg_wal.tar*; do
            [ -f "$x" ] || continue
            mkdir -p "$P/pg_wal" && unpack "$x" "$P/pg_wal"
        done
        for x in "$Q"/data/[0-9]*.tar*; do
            [ -f "$x" ] || continue
            o=${x##*/}; o=${o%%.*}; t="$Y/$n.spaces/$o"; spaces="$spaces $o"
            mkdir -p "$t" "$P/pg_tblspc" && unpack "$x" "$t" && ln -sfn "$t" "$P/pg_tblspc/$o"
        done
        cp "$Q/data/backup_manifest" "$P/backup_manifest" || fail no-space "$P"
    else
        P="$Q/data"; links=
    fi
    set -- "$@" "$P"
    done=$((done + $(sed -n 's/.*"size_bytes":\([0-9]*\).*/\1/p' "$Q/backup.json" | head -n 1)))
    echo "progress laying-out $done $WHOLE"
done
echo 'progress combining - -'
for o in $spaces; do mkdir -p -m 700 "$V" || fail no-space "$V"; done
if [ $# = 1 ]; then
    if [ -n "$links" ]; then
        for o in $spaces; do
            mv "$Y/$n.spaces/$o" "$V/$o" && ln -sfn "$V/$o" "$1/pg_tblspc/$o" || fail no-space "$V"
        done
        mv -T "$1" "$Y/whole" || fail no-space "$Y"
    else
        w=$(cp -R "$1" "$Y/whole" 2>&1) || ended engine-failed "$w"
    fi
    sync -f "$Y/whole" || fail no-space "$Y"  # pg_combinebackup does it by itself
else
    [ -z "$links" ] || [ "$MAJOR" -lt 18 ] || links=--link
    [ "$links" = --link ] || links=
    for o in $spaces; do set -- -T "$Y/$n.spaces/$o=$V/$o" "$@"; done
    w=$("$B/pg_combinebackup" --manifest-checksums=SHA256 $links -o "$Y/whole" "$@" 2>&1) || ended engine-failed "$w"
fi
if [ -n "$spaces" ]; then
    : >"$Y/whole/tablespace_map" && for o in $spaces; do echo "$o $V/$o" >>"$Y/whole/tablespace_map"; done
fi
chmod 700 "$Y/whole" && mv -T "$Y/whole" "$D" && sync "$up" || fail no-space "$D can't be named"
echo "fact directory $D"
echo "fact bin_directory $B"
printf 'fact restore_command %s\n' "$FETCH"
"""

# GONE the backups, the newest first, KEEP the end of the name of the first WAL file that what remains needs.
EXPIRE: Final = PLACES + r"""
lock_alone
exec 6>>"$S/use.lock"; flock -w 20 6 || fail busy "a backup is being read"
[ "$T" != 1 ] || fail append-only "nothing is taken away in $R"
for I in $GONE; do
    for q in "$R"/backups/[0-9]*/backup.json; do
        case " $GONE " in *" $(basename "${q%/backup.json}") "*) continue;; esac
        grep -qF "\"parent\":\"$I\"" "$q" 2>/dev/null && fail still-needed "$q needs $I"
    done
done
freed=0
for I in $GONE; do
    for where in "$R" "$M"; do
        [ -n "$where" ] && [ -d "$where/backups/$I" ] || continue
        n=$(du -sk "$where/backups/$I" | cut -f 1); freed=$((freed + n * 1024))
        # From here on it counts for nothing, whenever this ends.
        mv -T "$where/backups/$I" "$where/backups/.part-gone-$I" && sync "$where/backups" ||
            fail append-only "$where/backups/$I stays: it can't be renamed"
        rm -rf "$where/backups/.part-gone-$I" || fail append-only "$where/backups/.part-gone-$I can't be taken away"
    done
    echo "fact gone $I"
done
if [ -z "$A" ]; then
    exec 8>>"$S/wal.lock"; flock -w 60 8 || fail busy "WAL is being shelved"
    for where in "$R" "$M"; do
        [ -n "$where" ] && [ -d "$where/wal" ] || continue
        ( cd "$where/wal" && find . -mindepth 2 -maxdepth 2 -type f | awk -v keep="$KEEP" '{n = $0; sub(/^.*\//, "", n)
            if (n ~ /^[0-9A-F]+(\.r[0-9])?(\.gz|\.partial)?$/ && length(n) >= 24 && substr(n, 9, 16) < keep) print}' \
            >"$S/.wal-gone" && tr '\n' '\0' <"$S/.wal-gone" | xargs -0 -r rm -f )
        echo "fact wal_gone $(wc -l <"$S/.wal-gone")"
        if [ -s "$S/.wal-gone" ] && [ -f "$where/wal/SHA256SUMS" ]; then
            awk 'FILENAME == ARGV[1] {k[substr($0, 3)] = 1; next} !(substr($0, 67) in k)' \
                "$S/.wal-gone" "$where/wal/SHA256SUMS" >"$where/wal/.SHA256SUMS.part" &&
                sync "$where/wal/.SHA256SUMS.part" &&
                mv -T "$where/wal/.SHA256SUMS.part" "$where/wal/SHA256SUMS" || fail no-space "$where/wal/SHA256SUMS"
        fi
        rmdir "$where"/wal/0* 2>/dev/null
        rm -f "$S/.wal-gone"
    done
else
    echo 'fact wal_left archive'
fi
echo "fact freed_bytes $freed"
exit 0
"""


def lay_out_script(
    shelf: Shelf, *, chain: Sequence[str], directory: str, need_bytes: int, whole_bytes: int, bin_directory: str,
    major: int,
) -> str:  # fmt: skip
    """Lays a chain out; what is said to be there when it ends is whole, and what was cut leaves no directory."""
    fetch = fetch_command(
        roots=tuple(filter(None, (shelf.root, shelf.mirror))), receiving=(f"{shelf.staging}/receiving",),
        archive=shelf.archive,
    )  # fmt: skip
    told = assigned(
        CHAIN=" ".join(chain), D=directory.rstrip("/"), NEED=str(need_bytes), MAJOR=str(major), FETCH=fetch,
        WHOLE=str(whole_bytes),
    )  # fmt: skip
    return opened(shelf, bin_directory) + told + LAY_OUT


def lay_out_cancel(directory: str) -> str:
    """Takes away what a lay-out left that did not come to its end."""
    return assigned(D=directory.rstrip("/")) + 'rm -rf "$D.parts"; [ -e "$D" ] || rm -rf "$D.tablespaces"\n'


def expire_script(shelf: Shelf, *, gone: Sequence[str], keep: str) -> str:
    """Takes exactly these away, the newest first, then the WAL before `keep`."""
    return opened(shelf) + assigned(GONE=" ".join(gone), KEEP=keep) + EXPIRE
