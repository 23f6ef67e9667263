"""A directory of links to the WAL files of a server that hold WAL, as pg_waldump can read them."""

from typing import Final

# pg_waldump takes the size of segments from whichever file it finds first, and one that was made for later holds
# nothing but zeros: 'invalid WAL segment size', and no record is read. So it is shown those that begin with a page.
LINES: Final = (
    'V=$(mktemp -d /var/tmp/lcw.XXXXXXXX) || exit 1; for f in "$D"/pg_wal/????????????????????????; do',
    'case "${f##*/}" in *[!0-9A-F]*) continue;; "$lc_first") lc_first=;; esac; [ -z "$lc_first" ] || continue',
    '[ "$(od -An -tx1 -N2 "$f" 2>/dev/null)" = " 00 00" ] || ln -s "$f" "$V/${f##*/}"; done',
)
END: Final = 'rm -rf -- "$V"'


def view_lines(first: str = "") -> list[str]:
    """Lines of shell that set V to such a directory, made from D, the data directory. `END` takes it away.

    `first`: a shell's word for the name of the first segment that is wanted; each one looked at costs a program.
    """
    return [f"lc_first={first}", *LINES]
