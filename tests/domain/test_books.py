"""The judgement of books: each check, its scope and its first place; seals, lost ranges, and what is left out."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.books import (
    BLOCK_ENTRIES,
    Block,
    BlockFound,
    BookCheck,
    BooksProof,
    CheckOutcome,
    CurrencySum,
    Fingerprint,
    Horizon,
    NodeVerdict,
    OriginHead,
    Proof,
    Seal,
    Tally,
    added,
    block_of,
    chained,
    plain,
    root_of,
)
from console.domain.books_judging import (
    OriginReading,
    abilities_of,
    compare_nodes,
    first_difference,
    own_outcomes,
    verdict_of,
    whole_verdict,
)
from console.domain.books_seals import Standing, TimelineEnd, choose, read_history, vanished
from console.domain.ledger_mapping import LedgerMapping, mapping_mistakes, reference_mapping, select_mistake
from console.domain.wal import Lsn
from console.link.books import Books
from console.link.messages import decode, encode

OURS = reference_mapping("ledger")
SIGNED = LedgerMapping(entries="a.b", postings="a.c", balances=None)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOP = 2_500


def digest(text: str) -> str:
    return (text.encode().hex() * 64)[:64]


def found(number: int, top: int = TOP, **wrong: int | str | None) -> BlockFound:
    entries = min(top, (number + 1) * BLOCK_ENTRIES) - number * BLOCK_ENTRIES
    whole = BlockFound(
        number=number, entries=entries, inside=entries, postings_inside=2 * entries, digest=digest(f"{number}"),
        lowest=number * BLOCK_ENTRIES + 1, highest=number * BLOCK_ENTRIES + entries,
        highest_inside=number * BLOCK_ENTRIES + entries, without_postings=0, without_postings_first=None, uneven=0,
        uneven_first=None, orphans=0, orphan_first=None,
    )  # fmt: skip
    return replace(whole, **wrong)  # type: ignore[arg-type]


TALLY = Tally(
    postings=2 * TOP, not_positive=0, not_positive_first=None, unknown=0, unknown_first=None, unknown_account="",
    beyond=0, beyond_first=None, off=0, off_account="", off_detail="",
    sums=(CurrencySum(currency="EUR", postings=2 * TOP, debit="10.5", credit="10.5"),),
)  # fmt: skip
WHOLE = OriginReading(
    head=OriginHead(origin="main", lowest=1, highest=TOP, given=TOP), horizon=Horizon(number=TOP),
    blocks=(found(0), found(1), found(2)), tally=TALLY,
)  # fmt: skip


def outcome(reading: OriginReading, check: BookCheck, mapping: LedgerMapping = OURS) -> CheckOutcome:
    return next(o for o in own_outcomes(reading, mapping, "nyc-1") if o.check is check)


def with_block(number: int, **wrong: int | str | None) -> OriginReading:
    return replace(WHOLE, blocks=tuple(found(n, **(wrong if n == number else {})) for n in range(3)))


def test_whole_books_prove_every_check_but_the_seal_that_is_not_there() -> None:
    outcomes = own_outcomes(WHOLE, OURS, "nyc-1")
    assert {o.check for o in outcomes} == set(BookCheck) - {BookCheck.NODES_AGREE}
    left_out = [o for o in outcomes if o.proof is not Proof.PROVEN]
    assert [(o.check, o.proof, o.reason) for o in left_out] == [(BookCheck.SEAL_FOUND, Proof.NOT_CHECKED, "no-seal")]
    assert {(o.first, o.last, o.node, o.origin) for o in outcomes} == {(1, TOP, "nyc-1", "main")}
    assert verdict_of(outcomes) is Proof.PROVEN


@pytest.mark.parametrize(
    ("reading", "check", "reason", "entry", "count"),
    [
        (with_block(1, uneven=2, uneven_first=1_044), BookCheck.BALANCED, "entries-balance", 1_044, 2),
        (with_block(2, without_postings=1, without_postings_first=2_100), BookCheck.POSTINGS_PRESENT,
         "postings-present", 2_100, 1),
        (with_block(0, orphans=3, orphan_first=17), BookCheck.ENTRIES_PRESENT, "entries-present", 17, 3),
        (replace(WHOLE, tally=replace(TALLY, beyond=2, beyond_first=9_000)), BookCheck.ENTRIES_PRESENT,
         "entries-present", 9_000, 2),
        (replace(WHOLE, tally=replace(TALLY, not_positive=1, not_positive_first=5)), BookCheck.AMOUNTS_POSITIVE,
         "amounts-positive", 5, 1),
        (replace(WHOLE, tally=replace(TALLY, unknown=1, unknown_first=8, unknown_account="77")),
         BookCheck.ACCOUNTS_KNOWN, "accounts-known", 8, 1),
        (replace(WHOLE, tally=replace(TALLY, off=4, off_account="12", off_detail="debit kept 1 summed 2")),
         BookCheck.BALANCES_KEPT, "balances-off", None, 4),
        (with_block(1, entries=999), BookCheck.NO_GAP, "gap", None, 1),
        (with_block(1, entries=1_001), BookCheck.NO_GAP, "number-twice", None, 1),
        (replace(WHOLE, blocks=(found(0), found(2))), BookCheck.NO_GAP, "gap", None, 1_000),
        (replace(WHOLE, blocks=(found(0), found(1))), BookCheck.NO_GAP, "gap", None, 500),
        (replace(WHOLE, head=replace(WHOLE.head, lowest=0)), BookCheck.NO_GAP, "number-below-one", 0, None),
    ],
)  # fmt: skip
def test_each_damage_fails_its_check_and_names_the_first_place(
    reading: OriginReading, check: BookCheck, reason: str, entry: int | None, count: int | None
) -> None:
    failed = [o for o in own_outcomes(reading, OURS, "nyc-1") if o.proof is Proof.FAILED]
    assert [(o.check, o.reason, o.entry, o.count) for o in failed] == [(check, reason, entry, count)]
    if entry is not None and entry > 0:
        assert failed[0].block == block_of(entry)
    assert verdict_of(own_outcomes(reading, OURS, "nyc-1")) is Proof.FAILED


def test_the_first_missing_block_is_the_one_that_is_named() -> None:
    assert outcome(replace(WHOLE, blocks=(found(1), found(2))), BookCheck.NO_GAP).block == 0
    assert outcome(with_block(2, entries=499), BookCheck.NO_GAP).block == 2
    # The counter gave out a number beyond the last entry: that entry is missing.
    ahead = replace(WHOLE, head=replace(WHOLE.head, given=TOP + 1))
    assert outcome(ahead, BookCheck.NO_GAP).proof is Proof.FAILED


def test_a_ledger_that_promises_less_is_checked_for_less_and_says_so() -> None:
    mapping = replace(SIGNED, balanced=False)
    outcomes = {o.check: o for o in own_outcomes(with_block(0, uneven=5, uneven_first=1), mapping, "x")}
    reasons = {check: o.reason for check, o in outcomes.items() if o.proof is Proof.NOT_CHECKED}
    assert reasons == {
        BookCheck.BALANCED: "not-promised", BookCheck.NO_GAP: "gaps-allowed",
        BookCheck.AMOUNTS_POSITIVE: "signed-amounts", BookCheck.ACCOUNTS_KNOWN: "no-accounts",
        BookCheck.BALANCES_KEPT: "no-balances", BookCheck.SEAL_FOUND: "no-seal",
    }  # fmt: skip
    able = {a.check: a.possible for a in abilities_of(mapping)}
    assert able[BookCheck.POSTINGS_PRESENT] and able[BookCheck.ENTRIES_PRESENT]
    assert not any(able[check] for check in reasons)
    assert all(a.possible for a in abilities_of(OURS))


def test_what_was_not_recomputed_stands_in_every_scope() -> None:
    kept = (Block(number=0, entries=1000, postings=2000, digest=digest("0")),)
    reading = replace(WHOLE, blocks=WHOLE.blocks[1:], kept=kept, skipped_to=1000, tally=None)
    outcomes = own_outcomes(reading, OURS, "x")
    assert {(o.first, o.skipped_to) for o in outcomes} == {(1001, 1000)}
    assert outcome(reading, BookCheck.BALANCES_KEPT).reason == "not-recomputed"
    assert outcome(reading, BookCheck.NO_GAP).proof is Proof.PROVEN
    assert reading.fingerprint().root == WHOLE.fingerprint().root
    assert reading.fingerprint().entries == TOP


def test_an_empty_book_is_whole_and_has_no_entries() -> None:
    empty = OriginReading(
        head=OriginHead(origin="", lowest=None, highest=None), horizon=Horizon(number=0), blocks=(),
        tally=replace(TALLY, postings=0, sums=()),
    )  # fmt: skip
    assert outcome(empty, BookCheck.NO_GAP).proof is Proof.PROVEN
    assert outcome(empty, BookCheck.NO_GAP).sentence_parts()[2] == "no entries"
    assert empty.fingerprint().entries == 0


# -- nodes ------------------------------------------------------------


def test_nodes_that_hold_the_same_agree_and_one_that_differs_is_named_with_its_first_block() -> None:
    assert compare_nodes("main", {"a": WHOLE, "b": WHOLE, "c": WHOLE}, OURS).outcome.proof is Proof.PROVEN
    other = with_block(1, digest=digest("changed"))
    result = compare_nodes("main", {"a": WHOLE, "b": other, "c": WHOLE}, OURS)
    assert (result.outcome.proof, result.outcome.node, result.outcome.block) == (Proof.FAILED, "b", 1)
    assert (result.reference, result.other) == ("a", "b")
    shorter = replace(WHOLE, blocks=WHOLE.blocks[:2])
    assert compare_nodes("main", {"a": WHOLE, "b": shorter}, OURS).outcome.block == 2


def test_one_node_alone_agrees_with_nobody_and_unsettled_numbers_prove_no_difference() -> None:
    assert compare_nodes("main", {"a": WHOLE}, OURS).outcome.reason == "one-node"
    other = with_block(0, digest=digest("changed"))
    unsettled = compare_nodes("", {"a": WHOLE, "b": other}, SIGNED).outcome
    assert (unsettled.proof, unsettled.reason, unsettled.block) == (Proof.NOT_CHECKED, "not-settled", 0)
    settled = compare_nodes("", {"a": WHOLE, "b": other}, replace(SIGNED, xid="x")).outcome
    assert settled.proof is Proof.FAILED


def test_equal_entries_with_other_sums_are_not_the_same_books() -> None:
    other = replace(WHOLE, tally=replace(TALLY, sums=(replace(TALLY.sums[0], debit="11"),)))
    assert compare_nodes("main", {"a": WHOLE, "b": other}, OURS).outcome.reason == "sums-differ"


def test_a_node_that_was_not_asked_keeps_the_whole_from_being_proven() -> None:
    good = NodeVerdict(node="a", proof=Proof.PROVEN)
    silent = NodeVerdict(node="b", proof=Proof.NOT_CHECKED, reason="silent")
    bad = NodeVerdict(node="c", proof=Proof.FAILED)
    assert whole_verdict((good,), ()) is Proof.PROVEN
    assert whole_verdict((good, silent), ()) is Proof.NOT_CHECKED
    assert whole_verdict((good, silent, bad), ()) is Proof.FAILED
    assert whole_verdict((), ()) is Proof.NOT_CHECKED


# -- seals ------------------------------------------------------------


def seal(
    last: int, *, timeline: int = 1, position: int = 100, minutes: int = 0, blocks: tuple[Block, ...] = ()
) -> Seal:
    print_ = Fingerprint(
        origin="main", first=1, last=last, horizon=Horizon(number=last), entries=sum(b.entries for b in blocks) or last,
        postings=0, sums=(), root=root_of(blocks),
    )  # fmt: skip
    return Seal(
        cluster="us", system_identifier="7", mapping=OURS.digest(), at=AT + timedelta(minutes=minutes), node="nyc-1",
        timeline=timeline, position=Lsn(position), fingerprint=print_,
    )  # fmt: skip


def test_a_seal_that_is_found_again_is_proven_and_one_that_is_not_names_the_block() -> None:
    blocks = WHOLE.inside()
    sealed = seal(TOP, blocks=blocks)
    reading = replace(WHOLE, seal=sealed, at_seal=blocks, sealed=blocks)
    assert outcome(reading, BookCheck.SEAL_FOUND).proof is Proof.PROVEN
    changed = tuple(replace(b, digest=digest("x")) if b.number == 1 else b for b in blocks)
    tampered = outcome(replace(reading, at_seal=changed), BookCheck.SEAL_FOUND)
    assert (tampered.proof, tampered.reason, tampered.block) == (Proof.FAILED, "seal-not-found", 1)
    fewer = outcome(replace(reading, at_seal=blocks[:2]), BookCheck.SEAL_FOUND)
    assert (fewer.proof, fewer.block) == (Proof.FAILED, 2)


HEAD = OriginHead(origin="main", lowest=1, highest=900, given=900)


def test_the_last_seal_at_or_below_the_head_counts() -> None:
    seals = (seal(500, minutes=1), seal(800, minutes=2), seal(1_200, minutes=3))
    chosen = choose(seals, HEAD, Horizon(number=900), Standing(1, ()))
    assert chosen.seal == seals[1]
    assert chosen.lost is None, "on its own timeline a seal above the head is lag or theft, no lost range"
    assert choose((), HEAD, Horizon(number=900), Standing(1, ())).reason == "no-seal"
    assert choose(seals[2:], HEAD, Horizon(number=900), Standing(1, ())).reason == "seals-above-head"


def test_seals_beyond_the_fork_are_the_lost_range_and_decide_nothing() -> None:
    fork = Standing(2, (TimelineEnd(1, Lsn(150)),))
    seals = (seal(800, position=140, minutes=1), seal(950, position=160, minutes=2), seal(990, position=170, minutes=3))
    chosen = choose(seals, HEAD, Horizon(number=900), fork)
    assert chosen.seal == seals[0]
    assert [s.fingerprint.last for s in chosen.left] == [990, 950]
    assert chosen.lost is not None
    assert (chosen.lost.first, chosen.lost.last) == (901, 990)
    # The new primary has booked past those numbers: they still decide nothing, and nothing is above the head.
    grown = replace(HEAD, highest=5_000, given=5_000)
    later = choose(seals, grown, Horizon(number=5_000), fork)
    assert (later.seal, later.lost) == (seals[0], None)
    assert choose(seals[1:], HEAD, Horizon(number=900), fork).reason == "seals-lost"


def test_without_the_history_a_seal_of_an_earlier_timeline_decides_nothing() -> None:
    old = seal(800, timeline=1)
    assert choose((old,), HEAD, Horizon(number=900), Standing(2, None)).reason == "history-not-known"
    new = seal(850, timeline=2, minutes=5)
    assert choose((old, new), HEAD, Horizon(number=900), Standing(2, None)).seal == new
    # A timeline that is not in the history at all is another branch.
    assert Standing(3, (TimelineEnd(1, Lsn(500)),)).holds(seal(1, timeline=2)) is False


def test_entries_that_this_history_wrote_and_that_are_gone_are_no_lag() -> None:
    one = seal(1_000, position=100)
    assert vanished((one,), HEAD, Lsn(99), Standing(1, ())) is None, "a standby that has not come so far"
    assert vanished((one,), HEAD, Lsn(100), Standing(1, ())) == one
    assert vanished((replace(one, lost=True),), HEAD, Lsn(100), Standing(1, ())) is None
    assert vanished((one,), HEAD, Lsn(100), Standing(2, (TimelineEnd(1, Lsn(50)),))) is None


def test_xid_horizons_are_compared_by_xid_and_never_with_numbers() -> None:
    assert Horizon(xid=5).within(Horizon(xid=6))
    assert not Horizon(xid=7).within(Horizon(xid=6))
    assert not Horizon(xid=5).within(Horizon(number=10))
    assert not Horizon(number=5).within(Horizon(xid=10))
    assert Horizon(number=5).within(Horizon(number=5))


@pytest.mark.parametrize("text", ["1\t0/3000060\tno recovery target", "# x\n\n1 0/1 a\n2 1/2 b\n"])
def test_a_timeline_history_is_read(text: str) -> None:
    assert read_history(text)[0].timeline == 1


@pytest.mark.parametrize("text", ["1", "x 0/1 why", "2 0/1 a\n1 0/2 b", "1 0/GG why", "1 0/1\n" * 300_000])
def test_junk_is_no_timeline_history(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_history(text)


# -- arithmetic ------------------------------------------------------------

_DECIMALS = st.builds(plain, st.integers(-(10**40), 10**40), st.integers(0, 20))


@given(_DECIMALS, _DECIMALS)
def test_sums_are_exact_however_many_digits(one: str, other: str) -> None:
    with localcontext() as context:
        context.prec = 200
        assert Decimal(added(one, other)) == Decimal(one) + Decimal(other)
    assert added(one, other) == added(other, one)
    assert "." not in added(one, other) or not added(one, other).endswith(("0", "."))


@given(st.integers(-(10**30), 10**30), st.integers(0, 18))
def test_one_amount_has_one_text_whatever_its_scale(units: int, scale: int) -> None:
    assert plain(units, scale) == plain(units * 10, scale + 1) == plain(units * 1000, scale + 3)


def test_an_amount_that_is_no_number_stays_none() -> None:
    assert added("NaN", "1") == "NaN"


@given(st.lists(st.integers(0, 50), min_size=2, max_size=20, unique=True), st.randoms(use_true_random=False))
def test_a_root_goes_on_from_any_block_and_knows_every_change(numbers: list[int], chance: random.Random) -> None:
    blocks = [Block(number=n, entries=n + 1, postings=2, digest=digest(f"{n}")) for n in sorted(numbers)]
    cut = chance.randrange(len(blocks))
    assert root_of(blocks[cut:], root_of(blocks[:cut])) == root_of(blocks)
    assert chained(root_of(blocks[:-1]), blocks[-1]) == root_of(blocks)
    place = chance.randrange(len(blocks))
    changed = list(blocks)
    changed[place] = replace(blocks[place], digest=digest("other"))
    assert root_of(changed) != root_of(blocks)
    assert first_difference(blocks, changed) == blocks[place].number
    without = [block for block in blocks if block is not blocks[place]]
    assert root_of(without) != root_of(blocks)
    assert first_difference(blocks, without) == blocks[place].number


@given(st.integers(1, 10**12))
def test_a_number_lies_in_its_block(number: int) -> None:
    block = Block(number=block_of(number), entries=1, postings=1, digest=digest("x"))
    assert block.first <= number <= block.last


# -- mappings ------------------------------------------------------------


def test_the_reference_mapping_has_no_mistake_and_its_digest_knows_every_field() -> None:
    assert mapping_mistakes(OURS) == ()
    assert mapping_mistakes(reference_mapping("o'brien \"x\"")) == ()
    assert OURS.digest() != reference_mapping("other").digest()
    assert OURS.digest() != replace(OURS, content=("reference", "description", "booked_at")).digest()
    assert OURS.digest() == reference_mapping("ledger").digest()


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"entries": None}, "entries"),
        ({"entries_sql": "select 1"}, "entries"),
        ({"entries": "a.b.c"}, "entries"),
        ({"entries": "a."}, "entries"),
        ({"number": "n\0"}, "number"),
        ({"number": "x" * 64}, "number"),
        ({"account": "a\\b"}, "account"),
        ({"content": ("ok", "bad\n")}, "content"),
        ({"content": tuple(f"c{n}" for n in range(40))}, "content"),
        ({"currency": "c", "currency_fixed": "EUR"}, "currency"),
        ({"account_currency": "c"}, "account_currency"),
        ({"origin": "o"}, "posting_origin"),
        ({"side": "s", "debit": "X", "credit": "X"}, "debit"),
        ({"balances": "a.b"}, "balances"),
        ({"balances": "a.b", "balance_debit": "d"}, "balances"),
        ({"balances": "a.b", "balance_amount": "b", "balance_debit": "d", "balance_credit": "c"}, "balances"),
        ({"head_sql": "update x set y = 1"}, "head_sql"),
        ({"currency_fixed": "E\nUR"}, "currency_fixed"),
    ],
)
def test_a_mapping_with_a_mistake_is_told_by_its_key(changes: dict[str, object], key: str) -> None:
    assert key in [where for where, _ in mapping_mistakes(replace(SIGNED, **changes))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "select n, 'it''s; (fine' from \"odd(;name\" where x::text = 'a -- b'",
        "with a as (select 1 n) select n from a",
        "  SELECT max(id) number FROM t WHERE (a = ')')",
        "select a[1] from t",
    ],
)
def test_a_select_that_stands_on_its_own_is_taken(text: str) -> None:
    assert select_mistake(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "", "delete from t", "select 1; drop table t", "select 1) x; commit", "select (1", "select 'open",
        'select "open', "select 1 -- comment", "select /* x */ 1", "select E'\\'; drop'", "select $$;$$", "\\! id",
        "select :'x'", "select :x", "select 1 \0", "selectx", "select " + "1," * 20_000, "select \u202e1",
    ],
)  # fmt: skip
def test_a_select_that_could_be_more_is_refused(text: str) -> None:
    assert select_mistake(text)


@given(st.text(alphabet="select ()'\";:-/*\\$ab\n1", max_size=60))
def test_what_is_taken_never_closes_a_bracket_or_ends_a_statement(text: str) -> None:
    if select_mistake(f"select {text}"):
        return
    outside, quote = [], ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        else:
            outside.append(character)
    assert not quote
    assert not {";", "\\", "$"} & set(outside)
    depth = 0
    for character in outside:
        depth += {"(": 1, ")": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


def test_a_proof_crosses_the_link_whole() -> None:
    outcomes = own_outcomes(with_block(1, uneven=1, uneven_first=1_500), OURS, "nyc-1")
    verdict = NodeVerdict(node="nyc-1", proof=Proof.FAILED, outcomes=outcomes, fingerprints=(WHOLE.fingerprint(),))
    proof = BooksProof(cluster="us", at=AT, full=True, proof=Proof.FAILED, nodes=(verdict,), across=())
    assert decode(encode(Books(proof=proof), number=4)) == (4, Books(proof=proof))
