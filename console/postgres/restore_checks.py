"""What a restored copy itself is asked, as exact scripts and pure readers: pages, indexes, a person's question."""

import csv
import io
import re
import shlex
from dataclasses import dataclass
from typing import Final

from console.domain.plan import Pairs
from console.domain.text import shown
from console.postgres.restore_verbs import PORT, SandboxAt, base, stop_lines

PAGES_SECONDS_MAX: Final = 6 * 3600
INDEXES_SECONDS_MAX: Final = 6 * 3600
PROMOTE_SECONDS_MAX: Final = 300
ROWS_MAX: Final = 1_000
ROWS_BYTES_MAX: Final = 1_000_000
ROWS_SECONDS_MAX: Final = 60.0
QUESTION_CHARACTERS_MAX: Final = 20_000
FOUND_LINES_MAX: Final = 200
CELL_CHARACTERS_MAX: Final = 4_000

_PROBLEM: Final = re.compile(r'(?:heap table|btree index|sequence|relation) "')


# -- pages ----------------------------------------------------------------------------------------------------------


def pages(at: SandboxAt) -> str:
    """Stop it, and read every page of every relation against its own checksum. The report is in the output."""
    names = r"[0-9]+(_(fsm|vm|init))?(\.[0-9]+)?"
    return "\n".join([
        *base(at), '[ -f "$S/about" ] || no no-sandbox "$S"', *stop_lines(),
        '[ -x "$B/pg_checksums" ] || no no-program "pg_checksums"',
        f'echo "fact files $(find -L "$D/base" "$D/global" "$D/pg_tblspc" -type f 2>/dev/null | '
        f"grep -cE '/{names}$')\"",
        f'timeout {PAGES_SECONDS_MAX} "$B/pg_checksums" --check -D "$D" >"$S/pages" 2>&1; echo "fact status $?"',
        f'grep -E "checksum|Files|Blocks|error|cluster" "$S/pages" | tail -n {FOUND_LINES_MAX} | '
        'cut -c 1-400 | sed "s/^/said /"',
    ]) + "\n"  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesFound:
    """What pg_checksums reported. `trouble`: a kebab-case word where the pages were not read, or not all of them."""

    files_read: int | None = None
    files_all: int | None = None
    blocks: int | None = None
    bad: int | None = None
    where: str = ""
    trouble: str = ""
    detail: str = ""


def read_pages(output: str) -> PagesFound:
    """The report alone decides: an exit status of 0 without its figures proves nothing."""
    facts, said = _split(output, "said")
    if facts.get("refused"):
        return PagesFound(trouble=facts["refused"], detail=shown(" ".join(said)))
    figures = {}
    for name in ("Files scanned", "Blocks scanned", "Bad checksums"):
        found = re.search(rf"^{name}:\s*([0-9]{{1,18}})$", "\n".join(said), re.MULTILINE)
        figures[name] = int(found[1]) if found else None
    text = "\n".join(said)
    read, blocks, bad = figures.values()
    files_all = int(facts["files"]) if facts.get("files", "").isascii() and facts.get("files", "").isdigit() else None
    where = "; ".join(shown(line) for line in said if "checksum verification failed" in line)[:1000]
    trouble = ""
    if "checksums are not enabled" in text:
        trouble = "no-checksums"
    elif facts.get("status") == "124":
        trouble = "too-slow"
    elif read is None or blocks is None or bad is None or facts.get("status") != ("1" if bad else "0"):
        trouble = "not-readable"
    elif files_all is None or read < files_all:
        trouble = "not-all-read"
    last = shown(said[-1]) if said and trouble else ""
    return PagesFound(files_read=read, files_all=files_all, blocks=blocks, bad=bad, where=where, trouble=trouble,
                      detail=last)  # fmt: skip


# -- indexes --------------------------------------------------------------------------------------------------------


def indexes(at: SandboxAt) -> str:
    """Let it leave recovery, closed in as it is, and check every table and index of its databases."""
    quiet = (
        "do $$ declare one record; begin for one in select evtname from pg_catalog.pg_event_trigger loop "
        "execute pg_catalog.format('alter event trigger %I disable', one.evtname); end loop; end $$"
    )
    writes = "set default_transaction_read_only = off"
    databases = (
        "select 'dbname=' || pg_catalog.quote_literal(datname) from pg_catalog.pg_database "
        "where datallowconn and datname <> 'template0' and datname !~ '[\\\\'']'"
    )
    shipped = "select count(*) from pg_catalog.pg_available_extensions where name = 'amcheck'"
    return "\n".join([
        *base(at), '[ -f "$S/about" ] || no no-sandbox "$S"', 'alive || no not-running "it runs no more"',
        '[ -x "$B/pg_amcheck" ] || no no-program "pg_amcheck"',
        f'[ "$(RQ -c {shlex.quote(shipped)})" = 1 ] || no no-extension "amcheck"',
        'if [ "$(RQ -c "select pg_catalog.pg_is_in_recovery()")" = t ]; then '
        f'RQ -c "set statement_timeout = 0; select pg_catalog.pg_promote(true, {PROMOTE_SECONDS_MAX})" >/dev/null; fi',
        '[ "$(RQ -c "select pg_catalog.pg_is_in_recovery()")" = f ] || no not-promoted "$(tail -n 1 "$S/log")"',
        f"RQ -c {shlex.quote(databases)} >\"$S/databases\" || no not-readable \"its databases\"",
        f'while IFS= read -r n; do RQ -d "$n" -c {shlex.quote(writes)} -c {shlex.quote(quiet)} </dev/null || '
        'no not-readable "$n"; done <"$S/databases"',
        f'PGOPTIONS="$O -c default_transaction_read_only=off -c statement_timeout=0 -c role=none" '
        f'timeout {INDEXES_SECONDS_MAX} "$B/pg_amcheck" -h "$X" -p {PORT} -U {shlex.quote(at.user)} -w --all '
        '--install-missing --heapallindexed --parent-check --no-strict-names --verbose >"$S/indexes" 2>&1; '
        'echo "fact status $?"',
        'echo "fact databases $(grep -c . "$S/databases")"',
        'echo "fact checked $(grep -cE "checking (btree index|heap table)" "$S/indexes")"',
        'echo "fact trees $(grep -cE "checking btree index" "$S/indexes")"',
        f'grep -vE "checking |including |database .*: (processing|relations)" "$S/indexes" | '
        f'head -n {FOUND_LINES_MAX} | cut -c 1-400 | sed "s/^/said /"',
        "exit 0",
    ]) + "\n"  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexesFound:
    """What pg_amcheck reported. `trouble`: a kebab-case word where it did not check all of it."""

    checked: int | None = None
    bad: int | None = None
    where: str = ""
    trouble: str = ""
    detail: str = ""


def read_indexes(output: str) -> IndexesFound:
    """Status 0 and figures: nothing wrong; 2: problems, which it names. All else checked nothing that counts."""
    facts, said = _split(output, "said")
    if facts.get("refused"):
        return IndexesFound(trouble=facts["refused"], detail=shown(" ".join(said)))
    counted = facts.get("checked", "")
    checked = int(counted) if counted.isascii() and counted.isdigit() else None
    bad = [line for line in said if _PROBLEM.search(line)]
    last = shown(said[-1]) if said else ""
    match facts.get("status"):
        case "0" if checked and not bad:
            return IndexesFound(checked=checked, bad=0)
        case "2" if bad:
            where = "; ".join(shown(line) for line in bad)[:1000]
            return IndexesFound(checked=checked, bad=len(bad), where=where, detail=last)
        case "124":
            return IndexesFound(checked=checked, trouble="too-slow", detail=last)
        case _:
            return IndexesFound(checked=checked, trouble="not-readable", detail=last)


# -- a person's question --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a question was answered with, as text; `cut`: there is more. `trouble`: the server's words, or ours."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    cut: bool = False
    trouble: str = ""


def question_mistake(sql: str) -> str:
    """Why a text can't be asked, a kebab-case word; empty where it can."""
    text = sql.strip()
    if not text.rstrip("; \n\t"):
        return "empty"
    if len(text) > QUESTION_CHARACTERS_MAX:
        return "too-long"
    if "\0" in text:
        return "nonsense"
    if ";" in text.rstrip("; \n\t"):
        return "one-statement"  # also within a text: whatever follows it could be a statement of its own
    if re.search(r"set_config|u&\s*[\"']|_to_xml|ts_stat|ts_rewrite", text, re.IGNORECASE):
        # By which a session takes back the rights that it let go of; or runs a text that is put together first.
        return "not-allowed"
    return ""


def question(at: SandboxAt, sql: str, *, schemas: tuple[str, ...] = ()) -> str:
    """One SELECT in a transaction that only reads, by a role that may read everything and nothing else.

    It is the query of a cursor: PostgreSQL takes nothing there that writes, and no second statement. Raises ValueError.
    """
    wrong = question_mistake(sql)
    if wrong:
        raise ValueError(wrong)
    path = ", ".join('"' + schema.replace('"', '""') + '"' for schema in ("pg_catalog", *schemas))
    limit = f"set statement_timeout = {round(ROWS_SECONDS_MAX * 1000)}"
    asked = "declare asked no scroll cursor for\n" + sql.strip().rstrip("; \n\t") + "\n"
    words = (
        f"{limit}; set search_path = {path}", "begin transaction isolation level repeatable read, read only",
        "set local role pg_read_all_data", asked, f"fetch forward {ROWS_MAX + 1} from asked",
    )  # fmt: skip
    commands = " ".join(f"-c {shlex.quote(word)}" for word in words)
    return "\n".join([
        *base(at), '[ -f "$S/about" ] || no no-sandbox "$S"', 'alive || no not-running "it runs no more"',
        f'{{ RQ --csv -P tuples_only=off -v VERBOSITY=terse {commands} </dev/null; }} | head -c {ROWS_BYTES_MAX + 1}',
        "exit 0",
    ]) + "\n"  # fmt: skip


def read_rows(stdout: bytes, stderr: bytes) -> Rows:
    """The table that psql printed, cut where a limit was met; what the server refused is its own words."""
    said = stderr.decode("utf-8", "replace").strip()
    if said:
        line = next((one for one in said.splitlines() if "ERROR:" in one or "FATAL:" in one), said.splitlines()[-1])
        return Rows(trouble=shown(line))
    over = len(stdout) > ROWS_BYTES_MAX
    text = stdout[:ROWS_BYTES_MAX].decode("utf-8", "replace")
    table: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            table.append(tuple(shown(cell, characters_max=CELL_CHARACTERS_MAX) for cell in row))
    except csv.Error:
        over = True  # one value alone is over the limit: what came before it is shown
    if over and len(table) > 1:
        table.pop()  # it was cut in its middle
    if not table:
        return Rows(cut=over, trouble="" if over else "no answer")
    rows = table[1:]
    return Rows(columns=table[0], rows=tuple(rows[:ROWS_MAX]), cut=over or len(rows) > ROWS_MAX)


def _split(output: str, word: str) -> tuple[dict[str, str], list[str]]:
    """Facts by name (the first counts), and the lines that begin with a word."""
    facts: dict[str, str] = {}
    said = []
    for line in output.splitlines():
        head, _, rest = line.partition(" ")
        if head == "fact":
            name, _, value = rest.partition(" ")
            facts.setdefault(name, value.strip())
        elif head == word:
            said.append(rest)
    return facts, said


def facts_of(output: str) -> Pairs:
    """The facts alone."""
    return tuple(_split(output, "fact")[0].items())
