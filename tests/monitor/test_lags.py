"""How far a standby is behind: by the sender that feeds it, never less than the truth, nothing behind the unseen."""

from dataclasses import replace

from console.domain.observation import Lags, Observation
from console.domain.wal import Lsn
from console.monitor.lags import Ruler, followers_of, lags_of, ways_of
from tests.observed import NOW, books, head, moment, observed, sender, trio, vital

FRESH = 5.0


def measured(nodes: dict[str, Observation], ruler: Ruler, name: str) -> Lags:
    ways = ways_of(nodes, NOW, FRESH)
    return lags_of(nodes[name], nodes, ways.get(name), ruler=ruler, now=NOW, fresh_seconds=FRESH)


def ruled(*, ago: float = 0.5) -> Ruler:
    """A primary that was seen at 0x4000000 ten seconds before, then at 0x5000000, with a head at each."""
    ruler = Ruler()
    ruler.primary_seen(vital(primary=True, ago=ago + 10.0, write=Lsn(0x4000000)))
    ruler.head_seen(head(40, 0x4000000), moment(ago + 10.0).ticks)
    ruler.primary_seen(vital(primary=True, ago=ago))
    ruler.head_seen(head(100, 0x5000000), moment(ago).ticks)
    return ruler


def without_slots() -> dict[str, Observation]:
    """b has all, c stands where the primary was ten seconds ago; no sender has a slot."""
    senders = (sender("b", slot=None), sender("c", slot=None, flush=Lsn(0x4000000), replay=Lsn(0x4000000)))
    c = observed("c", vital=vital(received=Lsn(0x4000000), replayed=Lsn(0x4000000)), books=books(heads=(head(40),)))
    return trio(a=observed("a", primary=True, vital=vital(primary=True, senders=senders)), c=c)


def test_without_slots_each_standby_is_measured_by_its_own_sender() -> None:
    nodes = without_slots()
    b, c = measured(nodes, ruled(), "b"), measured(nodes, ruled(), "c")
    assert (b.flush_bytes, b.flush_seconds, b.entries) == (0, 0.0, 0)
    assert (c.flush_bytes, c.entries) == (0x1000000, 60)
    assert c.flush_seconds == 10.5


def test_behind_a_primary_that_is_not_seen_nothing_is_known() -> None:
    lags = measured(without_slots(), ruled(ago=30.0), "c")
    assert (lags.flush_bytes, lags.flush_seconds, lags.entries, lags.replay_seconds) == (None, None, None, None)
    assert lags.upstream == "a"


def test_entries_are_held_against_the_head_of_the_answer_in_which_the_position_stands() -> None:
    """A head read a moment later lies further on; a standby that had all in the earlier answer is not behind."""
    ruler = ruled()
    ruler.head_seen(head(120, 0x6000000), moment(0.1).ticks)
    paused = replace(without_slots()["b"], books=books(heads=(head(40),)))
    assert measured({**without_slots(), "b": paused}, ruler, "b").entries == 0


def test_an_address_that_two_nodes_share_names_neither() -> None:
    anonymous = (sender("walreceiver", slot=None, address="127.0.0.9"),)
    nodes = {name: replace(seen, address="127.0.0.9") for name, seen in trio().items()}
    assert followers_of(vital(primary=True, senders=anonymous), nodes) == {}
    nodes["b"] = replace(nodes["b"], address="127.0.0.8")
    other = (sender("walreceiver", slot=None, address="127.0.0.8"),)
    assert set(followers_of(vital(primary=True, senders=other), nodes)) == {"b"}
