"""Writes the losing side's entries for re-booking: CSV to look at, SQL to book by, and what was chosen and why."""

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from console.domain.fork import Fork, ForkChoice, ForkEntry
from console.domain.ledger_mapping import LedgerMapping, reference_mapping
from console.domain.text import shown
from console.postgres.facts import literal, quoted

FILE_MODE: Final = 0o600
DIRECTORY_MODE: Final = 0o700


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkExport:
    """What was written: the directory, and each file with its SHA-256. `rebookable`: entries that the SQL books."""

    directory: str
    files: tuple[tuple[str, str], ...]
    entries: int
    rebookable: int


def as_csv(entries: Iterable[ForkEntry], mapping: LedgerMapping) -> str:
    """A line a posting, with its entry's columns before it; values stand as the server wrote them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["origin", "number", *mapping.content, "also_booked_as", "line", "account", "side", "amount",
                     "currency"])  # fmt: skip
    for entry in entries:
        values = dict(entry.content)
        again = "" if entry.also_as is None else str(entry.also_as)
        own = [entry.origin, str(entry.number), *(values.get(name, "") for name in mapping.content), again]
        for posting in entry.postings:
            writer.writerow([*own, posting.line, posting.account, posting.side, posting.amount, posting.currency])
    return out.getvalue()


def as_sql(entries: Iterable[ForkEntry], mapping: LedgerMapping, *, schema: str | None, title: str) -> str:
    """For the reference ledger one call of its `book` an entry, with the same reference; else tables to book from.

    An entry whose reference the other side holds already stands there as a comment: it was booked again.
    """
    lines = [f"-- {shown(title)}", "\\set ON_ERROR_STOP on", "set client_encoding = 'UTF8';", "begin;"]
    if schema is not None and mapping == reference_mapping(schema):
        for entry in entries:
            call = f"select {quoted(schema)}.book({_booked(entry)});"
            if entry.also_as is None:
                lines += [f"-- entry {entry.number} of {shown(entry.origin)}", call]
            else:
                reference = shown(entry.value("reference"))
                lines.append(f"-- entry {entry.number}: {reference} stands there as {entry.also_as}, not booked again")
    else:
        lines += _tables(entries, mapping)
    return "\n".join([*lines, "commit;", ""])


def _booked(entry: ForkEntry) -> str:
    postings = [
        {"account": int(posting.account), "side": "D" if posting.side == "debit" else "C", "amount": posting.amount,
         "currency": posting.currency}
        for posting in entry.postings
    ]  # fmt: skip
    words = (literal(entry.value("reference")), literal(entry.value("description")),
             literal(json.dumps(postings, ensure_ascii=True)), literal(entry.origin))  # fmt: skip
    return f"{words[0]}::uuid, {words[1]}, {words[2]}::jsonb, {words[3]}"


def _tables(entries: Iterable[ForkEntry], mapping: LedgerMapping) -> list[str]:
    """Nobody but its owner knows how a ledger of one's own is booked: two temporary tables to do it from."""
    columns = "".join(f", {quoted(name)} text" for name in mapping.content)
    lines = [
        f"create temp table lost_entries (origin text, number bigint{columns}) on commit drop;",
        "create temp table lost_postings (origin text, number bigint, line text, account text, side text, "
        "amount numeric, currency text) on commit drop;",
    ]
    for entry in entries:
        values = dict(entry.content)
        own = [literal(entry.origin), str(entry.number)]
        content = [literal(values[name]) if name in values else "null" for name in mapping.content]
        lines.append(f"insert into lost_entries values ({', '.join([*own, *content])});")
        lines += [
            f"insert into lost_postings values ({', '.join([*own, literal(p.line), literal(p.account)])}, "
            f"{literal(p.side)}, {literal(p.amount)}, {literal(p.currency)});"
            for p in entry.postings
        ]
    return [*lines, "-- book them here, as this ledger wants it"]


def export(
    place: Path, fork: Fork, entries: tuple[ForkEntry, ...], mapping: LedgerMapping, choice: ForkChoice, *,
    schema: str | None, now: datetime,
) -> ForkExport:  # fmt: skip
    """Write all files below `place`, flushed, then the directory under its own name. Raises OSError."""
    name = f"{fork.cluster}-{now:%Y%m%d-%H%M%S}-{choice.loser}"
    part, done = place / f".{name}.part", place / name
    if done.exists():
        raise FileExistsError(str(done))
    part.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=False)
    title = f"{fork.cluster}: entries of {choice.loser} that {choice.winner} does not hold, as of {now.isoformat()}"
    texts = {
        "entries.csv": as_csv(entries, mapping),
        "entries.sql": as_sql(entries, mapping, schema=schema, title=title),
        "choice.json": _about(fork, choice, now),
    }
    files = []
    for file, text in texts.items():
        data = text.encode()
        handle = os.open(part / file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        files.append((file, hashlib.sha256(data).hexdigest()))
    part.rename(done)
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    rebookable = sum(1 for entry in entries if entry.also_as is None)
    return ForkExport(directory=str(done), files=tuple(files), entries=len(entries), rebookable=rebookable)


def _about(fork: Fork, choice: ForkChoice, now: datetime) -> str:
    loser = fork.a if fork.a.node == choice.loser else fork.b
    about = {
        "cluster": fork.cluster, "at": now.isoformat(), "kept": choice.winner, "given-up": choice.loser,
        "reason": choice.reason, "person": choice.person, "fork-timeline": fork.timeline,
        "fork-position": fork.position, "entries": loser.entries, "booked-again": loser.repeated,
        "sums": [{"currency": one.currency, "debit": one.debit, "credit": one.credit} for one in loser.sums],
    }  # fmt: skip
    return json.dumps(about, indent=2, ensure_ascii=True) + "\n"
