"""Who bears a name of the synchronous list: told by the primary's senders, never guessed where clues differ."""

from dataclasses import replace

import pytest

from console.domain.bearers import bearers_of, nodes_listed
from console.domain.observation import Observation
from console.domain.quorum import parse_sync
from console.domain.reading import Sender
from console.monitor.bearers import Bearers
from tests.observed import observed, sender, vital

ADDRESSES = {"a": "10.0.0.1", "b": "10.0.0.2", "c": "10.0.0.3"}
LIST = parse_sync("ANY 1 (node2)")


def nodes(**addresses: str) -> dict[str, Observation]:
    return {name: replace(observed(name, primary=name == "a"), address=address)
            for name, address in (ADDRESSES | addresses).items()}  # fmt: skip


def told(name: str, address: str | None, slot: str | None = None, **more: object) -> Sender:
    return sender(name, address=address, slot=slot, **more)


@pytest.mark.parametrize(
    ("senders", "borne"),
    [
        ((told("b", "10.0.0.2"), told("c", "10.0.0.3")), (("b", "b"), ("c", "c"))),
        ((told("Node2", "10.0.0.2"),), (("node2", "b"),)),
        ((told("node2", "10.0.0.2"), told("node2", "10.0.0.3")), (("node2", "b"), ("node2", "c"))),
        ((told("node2", None, slot="c"),), (("node2", "c"),)),
        ((told("b", "10.0.0.3"),), (("b", "b"), ("b", "c"))),  # the name of one, from the host of the other
        ((told("node2", "10.0.0.9"),), (("node2", ""),)),
        ((told("node2", "10.0.0.1"),), (("node2", ""),)),  # from the primary's own host
        ((told("barman", "10.0.0.2", replay=None),), (("barman", ""),)),  # receives WAL, and replays none
        ((told("barman", "10.0.0.2"), told("b", "10.0.0.2")), (("barman", ""), ("b", "b"))),
        ((told("b", "10.0.0.2"), told("b", "10.0.0.2", state="backup")), (("b", "b"),)),
    ],
)
def test_a_sender_is_known_by_its_name_slot_or_address(
    senders: tuple[Sender, ...], borne: tuple[tuple[str, str], ...]
) -> None:
    assert bearers_of("a", senders, nodes()) == borne


def test_an_address_that_two_nodes_share_is_no_clue() -> None:
    assert bearers_of("a", (told("node2", "10.0.0.2"),), nodes(c="10.0.0.2")) == (("node2", ""),)
    assert bearers_of("a", (told("b", "10.0.0.2"),), nodes(c="10.0.0.2")) == (("b", "b"),)


class Story:
    """What a primary tells from second to second."""

    def __init__(self) -> None:
        self.bearers = Bearers()

    def tell(self, ago: float, *senders: Sender) -> frozenset[str] | None:
        self.bearers.heard("a", vital(primary=True, ago=ago, senders=senders), nodes())
        return nodes_listed(LIST, self.bearers.known())


B, C = told("node2", "10.0.0.2"), told("node2", "10.0.0.3")


def test_one_that_is_cut_off_keeps_its_name() -> None:
    story = Story()
    assert story.tell(500.0, B) == {"b"}
    assert story.tell(400.0) == {"b"}


def test_two_that_bore_one_name_prove_nothing_though_one_of_them_is_gone() -> None:
    story = Story()
    assert story.tell(500.0, B, C) is None
    assert story.tell(499.0, B) is None
    assert story.tell(300.0, B) is None, "c was never seen under another name: what it confirmed only it may hold"
    assert story.tell(299.0, B, told("node3", "10.0.0.3")) is None
    assert story.tell(230.0, B, told("node3", "10.0.0.3")) == {"b"}, "a minute later"


def test_a_name_that_went_to_another_is_proven_a_minute_later() -> None:
    story = Story()
    assert story.tell(500.0, B) == {"b"}
    assert story.tell(499.0, told("old", "10.0.0.2"), C) is None
    assert story.tell(440.0, told("old", "10.0.0.2"), C) is None
    assert story.tell(438.0, told("old", "10.0.0.2"), C) == {"c"}


def test_an_unknown_bearer_beside_a_known_one_proves_nothing() -> None:
    story = Story()
    assert story.tell(500.0, B) == {"b"}
    assert story.tell(499.0, told("node2", "10.9.9.9")) is None
