"""If the primary died now: never less than is lost, never a claim without its ground."""

from dataclasses import replace

import pytest

from console.domain.fleet import Amount, Basis
from console.domain.loss import amounts_between, exposure_of
from console.domain.observation import Observation
from console.domain.reading import Head
from tests.observed import NOW, books, cluster_spec, head, observed, sender, trio, vital

SPEC = cluster_spec("a", "b", "c")


def exposed(nodes: dict[str, Observation], heads: dict[str, Head] | None = None, primary: str | None = "a"):  # type: ignore[no-untyped-def]
    return exposure_of(SPEC, nodes, primary=primary, heads_at_flush=heads or {}, now=NOW)


def asynchronous(number: int = 220, debit: int = 5000) -> Observation:
    senders = (sender("b", sync_state="async"), sender("c", sync_state="async"))
    return observed("a", primary=True, vital=vital(primary=True, synchronous_names="", senders=senders),
                    books=books(heads=(head(number, debit=debit),)))  # fmt: skip


def test_with_overlap_nothing_acknowledged_is_lost() -> None:
    found = exposed(trio())
    assert (found.basis, found.entries) == (Basis.SYNCHRONOUS, 0)


def test_without_overlap_nothing_is_proven_only_seen() -> None:
    one_missing = trio()
    del one_missing["c"]
    found = exposed(one_missing, {"b": head(100)})
    assert (found.basis, found.entries) == (Basis.SEEN, 0)


@pytest.mark.parametrize("change", [{"synchronous_names": "ANY 1 (*)"}, {"synchronous_commit": "local"},
                                    {"synchronous_names": "?? ("}])  # fmt: skip
def test_a_list_that_is_not_understood_or_not_waited_for_proves_nothing(change: dict[str, str]) -> None:
    nodes = trio(a=observed("a", primary=True, vital=vital(primary=True, **change)))
    assert exposed(nodes, {"b": head(100), "c": head(100)}).basis is Basis.SEEN


def test_the_loss_is_what_the_primary_has_beyond_the_candidates_flush_in_entries_and_money() -> None:
    found = exposed(trio(a=asynchronous()), {"b": head(100, debit=1000), "c": head(100, debit=1000)})
    assert (found.basis, found.entries) == (Basis.SEEN, 120)
    assert found.amounts == (Amount(currency="USD", scale=2, units=4000),)


def test_the_candidate_is_the_one_that_flushed_the_furthest() -> None:
    behind = sender("b", sync_state="async", flush=replace(sender("b")).flush.__class__(0x4000000))
    a = asynchronous()
    assert a.vital is not None
    a = replace(a, vital=replace(a.vital, senders=(behind, sender("c", sync_state="async"))))
    assert exposed(trio(a=a), {"b": head(10), "c": head(100)}).candidate == "c"


def test_without_a_primary_a_candidate_or_books_nothing_is_said() -> None:
    assert exposed(trio(), primary=None).reason == "no-primary"
    assert exposed({"a": asynchronous()}).reason == "no-candidate"
    assert exposed(trio(a=asynchronous())).reason == "no-books"
    old = replace(asynchronous(), books=books(ago=60.0))
    assert exposed(trio(a=old), {"b": head(1), "c": head(1)}).reason == "stale"


def test_amounts_that_did_not_move_are_not_listed() -> None:
    assert amounts_between(head(5, debit=7), head(4, debit=7)) == ()
