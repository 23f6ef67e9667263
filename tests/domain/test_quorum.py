"""synchronous_standby_names is understood in all its forms, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.quorum import SyncMethod, SyncPolicy, parse_sync

ANY, FIRST = SyncMethod.ANY, SyncMethod.FIRST


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("", None),
        ("   ", None),
        ("a", SyncPolicy(FIRST, 1, ("a",))),
        ("a, b", SyncPolicy(FIRST, 1, ("a", "b"))),
        ("*", SyncPolicy(FIRST, 1, ("*",))),
        ("2 (a, b, c)", SyncPolicy(FIRST, 2, ("a", "b", "c"))),
        ("FIRST 2 (a, b)", SyncPolicy(FIRST, 2, ("a", "b"))),
        ('any 1 ("lab-2","lab-3")', SyncPolicy(ANY, 1, ("lab-2", "lab-3"))),
        ('ANY 1 ("with ""quotes""")', SyncPolicy(ANY, 1, ('with "quotes"',))),
        ("ANY 1 (*)", SyncPolicy(ANY, 1, ("*",))),
        ("any", SyncPolicy(FIRST, 1, ("any",))),
    ],
)
def test_each_form_is_understood(text: str, policy: SyncPolicy | None) -> None:
    assert parse_sync(text) == policy


@pytest.mark.parametrize("text", ["ANY (a)", "ANY 1 (", "ANY 0 (a)", "1 a", "(a)", "ANY 1 ()", 'ANY 1 ("a)'])
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not understood"):
        parse_sync(text)


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_overlap_is_the_least_number_of_answers_that_must_hold_a_confirmed_commit(
    n: int, k: int, data: st.DataObject
) -> None:
    k = min(n, k)
    policy = SyncPolicy(ANY, k, tuple(f"s{i}" for i in range(n)))
    need = policy.overlap_count
    assert need is not None
    confirmed = set(data.draw(st.permutations(policy.names))[:k])
    answering = data.draw(st.permutations(policy.names))
    assert confirmed & set(answering[:need])
    missed = [name for name in policy.names if name not in confirmed][: need - 1]
    assert len(missed) < need, "one fewer may miss it"


def test_a_star_hides_how_many_there_are() -> None:
    assert SyncPolicy(ANY, 1, ("*",)).overlap_count is None
