"""What a restore of the whole cluster takes away is counted, and no more is claimed than was seen."""

import pytest

from console.domain.plan import Claim, LossBasis, Proof
from console.domain.restored_loss import taken

LINE = (("counted", "yes"), ("head", "90"), ("latest", "no"))
WHOLE = {"restored_number": "80", "old_number": "99", "old_shutdown": "0/5000", "seen_number": "102",
         "seen_position": "0/5078", "restored_position": "0/4000"}  # fmt: skip


def proof(*args: tuple[str, str]) -> Proof:
    return Proof(claim=Claim.ATTESTED, node="n1", args=args)


@pytest.mark.parametrize(
    ("change", "basis", "low", "high", "words"),
    [
        ({}, LossBasis.EXACT, 22, 22, "22 entries"),
        # The standby had not read the primary's last word: there may have been more.
        ({"seen_position": "0/5000"}, LossBasis.INTERVAL, 22, None, "22 entries or more"),
        ({"seen_position": None}, LossBasis.INTERVAL, 22, None, "22 entries or more"),
        ({"seen_number": None}, LossBasis.INTERVAL, 19, None, "19 entries or more"),
        ({"seen_number": None, "old_number": None}, LossBasis.INTERVAL, 10, None, "10 entries or more"),
        ({"restored_number": "102"}, LossBasis.EXACT, 0, 0, "0 entries"),
    ],
)
def test_it_is_exact_only_where_a_standby_had_read_the_primarys_last_word(
    change: dict[str, str | None], basis: LossBasis, low: int, high: int | None, words: str
) -> None:
    known = {name: value for name, value in (WHOLE | change).items() if value is not None}
    found = taken(proof(*LINE), known)
    assert found.loss is not None
    assert (found.loss.basis, found.loss.entries_low, found.loss.entries_high) == (basis, low, high)
    assert (found.words, found.wal_missing_bytes) == (words, None)


def test_on_another_line_two_numbers_have_no_difference() -> None:
    found = taken(proof(("counted", "no"), ("head", "90"), ("latest", "no")), WHOLE)
    assert found.loss is not None and found.loss.basis is LossBasis.UNKNOWN
    assert found.words == "not known"


def test_where_the_copys_books_were_not_read_nothing_is_counted() -> None:
    known = {name: value for name, value in WHOLE.items() if name != "restored_number"}
    assert taken(proof(*LINE), known).loss is None
    assert taken(proof(*LINE), {}).words == "not known"


def test_the_latest_that_ends_before_the_stop_says_how_much_is_missing() -> None:
    latest = (("counted", "yes"), ("head", ""), ("latest", "yes"))
    assert taken(proof(*latest), WHOLE).words == "22 entries; 4096 bytes of WAL missing"
    assert taken(proof(*latest), WHOLE | {"restored_position": "0/5078"}).wal_missing_bytes is None
    assert taken(proof(*latest), WHOLE | {"restored_position": "nonsense"}).wal_missing_bytes is None
    # It was fenced and not stopped: nobody knows where it ended.
    fenced = {name: value for name, value in WHOLE.items() if name != "old_shutdown"}
    assert taken(proof(*latest), fenced).wal_missing_bytes is None
