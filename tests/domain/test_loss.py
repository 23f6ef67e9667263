"""If the primary died now: never less than is lost, never a claim without its ground."""

from dataclasses import replace

import pytest

from console.domain.fleet import Amount, Basis, Exposure
from console.domain.loss import Seen, amounts_between, exposure_of
from console.domain.observation import Observation
from console.domain.reading import Head
from tests.observed import NOW, books, cluster_spec, head, observed, sender, trio, vital

SPEC = cluster_spec("a", "b", "c")


def exposed(
    nodes: dict[str, Observation], held: dict[str, Head] | None = None, primary: str | None = "a", *,
    reference: Head | None = None, steady: float = 100.0,
) -> Exposure:  # fmt: skip
    a = nodes.get("a")
    senders = a.vital.senders if a is not None and a.vital is not None else ()
    if reference is None and a is not None and a.books is not None:
        reference = a.books.heads[0]
    followers = {s.name: s for s in senders if s.name in nodes}
    seen = Seen(followers=followers, reference=reference, held=held or {}, sync_steady_seconds=steady)
    return exposure_of(SPEC, nodes, primary=primary, seen=seen, now=NOW)


def asynchronous(number: int = 220, debit: int = 5000) -> Observation:
    senders = (sender("b", sync_state="async"), sender("c", sync_state="async"))
    return observed("a", primary=True, vital=vital(primary=True, synchronous_names="", senders=senders),
                    books=books(heads=(head(number, debit=debit),)))  # fmt: skip


def test_with_overlap_nothing_acknowledged_is_lost() -> None:
    found = exposed(trio())
    assert (found.basis, found.entries) == (Basis.SYNCHRONOUS, 0)


def test_without_overlap_nothing_is_proven_only_seen() -> None:
    one_missing = trio(c=observed("c", vital=vital(ago=60.0)))
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
    assert exposed({"a": asynchronous(), "b": observed("b"), "c": observed("c")}, primary=None).reason == "no-primary"
    silent = {name: observed(name, vital=vital(ago=60.0)) for name in "bc"}
    assert exposed({"a": asynchronous(), **silent}).reason == "no-candidate"
    assert exposed(trio(a=asynchronous())).reason == "no-books"
    old = replace(asynchronous(), books=books(ago=60.0))
    assert exposed(trio(a=old), {"b": head(1), "c": head(1)}).reason == "stale"


def test_amounts_that_did_not_move_are_not_listed() -> None:
    assert amounts_between(head(5, debit=7), head(4, debit=7)) == ()


def test_a_list_that_changed_within_the_last_minute_proves_nothing() -> None:
    held = {"b": head(100), "c": head(100)}
    assert exposed(trio(), held, steady=59.0).basis is Basis.SEEN
    assert exposed(trio(), held, steady=61.0).basis is Basis.SYNCHRONOUS


def test_followers_that_share_one_listed_name_prove_nothing_unless_all_answer() -> None:
    """Either of two 'walreceiver' may be the one that confirmed; only one of them answers us."""
    shared = (sender("walreceiver", slot="b"), sender("walreceiver", slot="c"))
    a = observed("a", primary=True, vital=vital(primary=True, synchronous_names="ANY 1 (walreceiver)", senders=shared))
    nodes = trio(a=a, c=observed("c", vital=vital(ago=60.0)))
    reference = head(100)
    seen = Seen(followers={"b": shared[0], "c": shared[1]}, reference=reference, held={"b": head(100)},
                sync_steady_seconds=100.0)  # fmt: skip
    assert exposure_of(SPEC, nodes, primary="a", seen=seen, now=NOW).basis is Basis.SEEN


def test_after_the_primarys_death_the_standbys_are_held_against_what_it_was_last_seen_at() -> None:
    nodes = trio(a=observed("a", primary=True, vital=vital(primary=True, ago=60.0)))
    held = {"b": head(90, debit=700), "c": head(95, debit=900)}
    found = exposed(nodes, held, primary=None, reference=head(100, debit=1000))
    assert (found.basis, found.candidate, found.entries) == (Basis.SEEN, "c", 5)
    assert found.amounts == (Amount(currency="USD", scale=2, units=100),)
    assert found.reason == "no-primary"


def test_of_standbys_that_hold_as_much_one_that_replays_is_named() -> None:
    nodes = trio(b=observed("b", vital=vital(replay_paused=True)))
    assert exposed(nodes, {"b": head(100), "c": head(100)}).candidate == "c"
