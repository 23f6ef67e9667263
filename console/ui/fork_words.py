"""The words of the fork desk: where two sides part, what only one holds, and what becomes of it; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.books import CurrencySum
from console.domain.fork import Fork, ForkEntry, ForkKind, ForkPick, ForkRow, ForkSide
from console.domain.text import shown
from console.link.fork import ForkExported
from console.ui.measures import number
from console.ui.speech import listed, translate

ROWS_IN_LINES_MAX: Final = 20
_Text = Callable[[], str]


def fork_sentences(fork: Fork) -> tuple[str, ...]:
    """The whole comparison in plain sentences, the most important first."""
    lines = [headline(fork), point_sentence(fork)]
    lines += [side_sentence(side) for side in (fork.a, fork.b)]
    if fork.differing:
        lines.append(
            translate("fork", "{n} numbers stand on both sides with other content.").format(n=number(fork.differing))
        )
    lines.append(pick_sentence(fork))
    return tuple(line for line in lines if line)


def headline(fork: Fork) -> str:
    """Did both sides write?"""
    a, b = shown(fork.a.node), shown(fork.b.node)
    if not fork.a.entries and not fork.b.entries:
        return translate("fork", "{a} and {b} hold the same books.").format(a=a, b=b)
    if not fork.a.entries or not fork.b.entries:
        one, other = (b, a) if not fork.a.entries else (a, b)
        return translate("fork", "Only {one} holds entries that {other} does not.").format(one=one, other=other)
    return translate("fork", "{a} and {b} both wrote after they parted.").format(a=a, b=b)


def point_sentence(fork: Fork) -> str:
    """Where they part, by WAL and by number."""
    same = listed(
        translate("fork", "{origin} up to entry {n}").format(origin=shown(head.origin) or "-", n=number(head.same_to))
        for head in fork.heads
    )
    said = translate("fork", "Their books are the same: {same}.").format(same=same) if same else ""
    if fork.clash is not None:
        text = translate("fork", "Timeline {n} is another history on either side: two promotions took the same number.")
        return f"{text.format(n=fork.clash)} {said}".strip()
    if fork.position is not None:
        text = translate("fork", "They part at {position} of timeline {timeline}.")
        return f"{text.format(position=fork.position, timeline=fork.timeline)} {said}".strip()
    return said


def side_sentence(side: ForkSide) -> str:
    """What one side holds alone, and what it is worth."""
    node = shown(side.node)
    if not side.entries:
        return translate("fork", "{node} holds nothing that the other does not.").format(node=node)
    text = translate("fork", "{node} holds {n} entries that the other does not: {sums}.")
    said = text.format(node=node, n=number(side.entries), sums=sums_text(side.sums))
    if side.repeated:
        text = translate("fork", "{n} of them were booked again on the other side, under the same reference.")
        said = f"{said} {text.format(n=number(side.repeated))}"
    return said


def sums_text(sums: tuple[CurrencySum, ...]) -> str:
    """What was turned over, per currency."""
    return listed(f"{shown(one.currency) or '-'} {shown(one.debit)}" for one in sums) or translate("fork", "nothing")


def pick_sentence(fork: Fork) -> str:
    """Which side is offered, and why."""
    if fork.pick is ForkPick.NEITHER:
        return translate("fork", "No choice has to be made.")
    node = fork.a.node if fork.pick is ForkPick.A else fork.b.node
    why = _WHYS.get(fork.why)
    text = translate("fork", "Offered to be kept: {node}, {why}. Export the other's entries before it is rewound.")
    return text.format(node=shown(node), why=why() if why else shown(fork.why))


def row_lines(fork: Fork) -> list[str]:
    """Side by side, for a terminal; the first few, and how many more there are."""
    lines = [row_line(fork, row) for row in fork.rows[:ROWS_IN_LINES_MAX]]
    left = fork.only_a + fork.only_b + fork.differing - len(lines)
    if left > 0:
        lines.append(translate("fork", "… and {n} more; all of them are in the export.").format(n=number(left)))
    return lines


def row_line(fork: Fork, row: ForkRow) -> str:
    """One number, and what stands under it on either side."""
    place = f"{shown(row.origin)} {row.number}".strip()
    kind = _KINDS[row.kind]().format(a=shown(fork.a.node), b=shown(fork.b.node))
    return f"{place}  {kind}  " + "  |  ".join(entry_text(entry) for entry in (row.a, row.b) if entry is not None)


def entry_text(entry: ForkEntry) -> str:
    """One entry: its content and its postings."""
    content = " ".join(shown(value, characters_max=60) for _, value in entry.content)
    postings = listed(
        " ".join(shown(word) for word in (one.side, one.account, one.amount, one.currency) if word)
        for one in entry.postings[:4]
    )
    more = ", …" if len(entry.postings) > 4 else ""
    again = ""
    if entry.also_as is not None:
        again = translate("fork", " (there as {n})").format(n=entry.also_as)
    return f"{content}: {postings}{more}{again}"


def exported_sentences(done: ForkExported) -> tuple[str, ...]:
    """Where the files lie, and what to do with them."""
    first = translate("fork", "{n} entries of {loser} were written to {place}.").format(
        n=number(done.entries), loser=shown(done.loser), place=shown(done.directory)
    )
    second = translate(
        "fork", "Book {n} of them on {winner} with entries.sql, then bring {loser} back: rejoin {cluster} {loser} "
        "--fork exported."
    ).format(n=number(done.rebookable), winner=shown(done.winner), loser=shown(done.loser),
             cluster=shown(done.fork.cluster))  # fmt: skip
    return first, second


_KINDS: Final[dict[ForkKind, _Text]] = {
    ForkKind.ONLY_A: lambda: translate("fork", "only on {a}"),
    ForkKind.ONLY_B: lambda: translate("fork", "only on {b}"),
    ForkKind.DIFFERS: lambda: translate("fork", "differs"),
}
_WHYS: Final[dict[str, _Text]] = {
    "writes-now": lambda: translate("fork", "as clients write there now"),
    "more-entries": lambda: translate("fork", "as it holds more entries of its own"),
    "only-one-wrote": lambda: translate("fork", "as the other has nothing of its own"),
}
