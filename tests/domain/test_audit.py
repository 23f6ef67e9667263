"""The chain of the audit log: what is cut, masked and hashed, and how each kind of tampering is named."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.audit import (
    PAIRS_MAX,
    VALUE_CHARACTERS_MAX,
    Anchor,
    AuditClaim,
    AuditEntry,
    AuditKind,
    ChainFault,
    UnreadableEntry,
    canonical_bytes,
    check_chain,
    genesis_of,
    noted,
    sealed,
)
from console.domain.audit_file import anchor_line, anchor_of, entry_of, line_of
from console.domain.masking import MASK

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)
CONSOLE = "5f0c-console"
COUNT = 8


def chain(count: int = COUNT, *, console: str = CONSOLE) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for number in range(1, count + 1):
        note = noted(
            AuditKind.COMMAND, at=NOON + timedelta(seconds=number), who="m.keller", cluster="ledger-us", run="r-1",
            subject=f"step {number}", detail=[("exit", "0"), ("said", "fertig ✓")],
        )  # fmt: skip
        entries.append(sealed(note, number=number, previous=entries[-1].hash if entries else genesis_of(console)))
    return entries


def anchor_at(entries: list[AuditEntry], number: int) -> Anchor:
    hashed = entries[number - 1].hash if number else genesis_of(CONSOLE)
    return Anchor(console=CONSOLE, number=number, hash=hashed, at=NOON)


def fault(entries: list[AuditEntry], anchors: list[Anchor] | None = None) -> tuple[int, ChainFault]:
    broken = check_chain(entries, console=CONSOLE, anchors=anchors or []).broken
    assert broken is not None
    return broken.place, broken.fault


def test_a_whole_chain_is_whole_and_says_what_that_does_not_show() -> None:
    entries = chain()
    check = check_chain(entries, console=CONSOLE, anchors=[anchor_at(entries, COUNT)])
    assert check.broken is None
    assert (check.entries, check.newest_hash) == (COUNT, entries[-1].hash)
    assert AuditClaim.UP_TO_ANCHOR in check.shown
    assert set(check.not_shown) == {AuditClaim.AFTER_ANCHOR, AuditClaim.NOT_MADE_ANEW, AuditClaim.TRUE_WHEN_NOTED}
    bare = check_chain(entries, console=CONSOLE)
    assert AuditClaim.UP_TO_ANCHOR in bare.not_shown


def test_an_empty_log_is_whole_and_begins_with_its_console() -> None:
    assert check_chain([], console=CONSOLE, anchors=[anchor_at([], 0)]).broken is None
    assert fault([], [Anchor(console=CONSOLE, number=0, hash="0" * 64, at=NOON)]) == (1, ChainFault.ANCHOR_DIFFERS)


@pytest.mark.parametrize("place", range(COUNT))
@pytest.mark.parametrize("field", ["at", "who", "kind", "cluster", "run", "subject", "detail", "previous", "hash"])
def test_a_change_of_any_field_of_any_entry_is_found_at_its_place(place: int, field: str) -> None:
    entries = chain()
    others: dict[str, object] = {
        "at": NOON, "kind": AuditKind.FAULT, "run": None, "detail": (), "previous": "0" * 64, "hash": "0" * 64,
    }  # fmt: skip
    entries[place] = replace(entries[place], **{field: others.get(field, "mallory")})
    assert fault(entries) == (place + 1, ChainFault.CHANGED)


@pytest.mark.parametrize("place", range(COUNT))
def test_a_removed_entry_is_named(place: int) -> None:
    entries = chain()
    anchors = [anchor_at(entries, COUNT)]
    del entries[place]
    named = ChainFault.NEWEST_MISSING if place == COUNT - 1 else ChainFault.MISSING
    assert fault(entries, anchors) == (place + 1, named)


@pytest.mark.parametrize("gone", range(1, COUNT + 1))
def test_a_log_cut_at_its_end_is_noticed_by_its_anchor_alone(gone: int) -> None:
    entries = chain()
    left = entries[: COUNT - gone]
    assert check_chain(left, console=CONSOLE).broken is None
    assert fault(left, [anchor_at(entries, COUNT)]) == (COUNT - gone + 1, ChainFault.NEWEST_MISSING)


@pytest.mark.parametrize("first", range(COUNT - 1))
@pytest.mark.parametrize("second", range(1, COUNT))
def test_two_entries_that_changed_places_are_named(first: int, second: int) -> None:
    entries = chain()
    if first < second:
        entries[first], entries[second] = entries[second], entries[first]
        assert fault(entries) == (first + 1, ChainFault.MOVED)
    else:
        assert check_chain(entries, console=CONSOLE).broken is None


@pytest.mark.parametrize("place", range(COUNT))
@pytest.mark.parametrize("number", ["same", "foreign"])
def test_an_inserted_entry_is_named_even_where_its_own_hash_is_right(place: int, number: str) -> None:
    entries = chain()
    forged = sealed(
        noted(AuditKind.APPROVAL, at=NOON, who="mallory"), number=place + 1 if number == "same" else 99,
        previous=entries[place - 1].hash if place else genesis_of(CONSOLE),
    )  # fmt: skip
    entries.insert(place, forged)
    found_at = place + 2 if number == "same" else place + 1
    assert fault(entries) == (found_at, ChainFault.INSERTED)


def test_a_forged_entry_in_place_of_a_real_one_breaks_the_link_after_it() -> None:
    entries = chain()
    entries[3] = sealed(noted(AuditKind.COMMAND, at=NOON, who="mallory"), number=4, previous=entries[2].hash)
    assert fault(entries) == (5, ChainFault.UNLINKED)


def test_another_consoles_log_is_no_log_of_this_one() -> None:
    assert fault(chain(console="another")) == (1, ChainFault.OTHER_START)


def test_a_log_made_anew_is_whole_by_itself_and_differs_from_an_anchor_kept_elsewhere() -> None:
    kept = anchor_at(chain(), 5)
    anew = chain(3)
    for number in range(4, COUNT + 1):
        note = noted(AuditKind.COMMAND, at=NOON, who="mallory", subject="nothing happened")
        anew.append(sealed(note, number=number, previous=anew[-1].hash))
    assert check_chain(anew, console=CONSOLE).broken is None
    assert fault(anew, [kept]) == (5, ChainFault.ANCHOR_DIFFERS)


def test_the_bytes_that_are_hashed_are_fixed_for_ever() -> None:
    """A log written today is verified by a later version, and by whoever writes a verifier from this line."""
    entry = chain(1)[0]
    assert canonical_bytes(entry) == (
        b'["ledger-console audit 1",1,"2026-03-17T12:00:01.000000+00:00","m.keller","command","ledger-us","r-1",'
        b'"step 1",[["exit","0"],["said","fertig \\u2713"]],"' + genesis_of(CONSOLE).encode() + b'"]'
    )
    first = b'["ledger-console audit 1","genesis","5f0c-console"]'
    assert genesis_of(CONSOLE) == hashlib.sha256(first).hexdigest()


@given(
    who=st.text(max_size=80), subject=st.text(max_size=300),
    detail=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=200)), max_size=5),
    at=st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.just(timezone(timedelta(hours=2)))),
)  # fmt: skip
def test_every_entry_is_read_back_from_its_line_as_it_was(
    who: str, subject: str, detail: list[tuple[str, str]], at: datetime
) -> None:
    note = noted(AuditKind.FAULT, at=at, who=who, subject=subject, detail=detail)
    entry = sealed(note, number=1, previous=genesis_of(CONSOLE))
    assert entry_of(line_of(entry)) == entry
    assert check_chain([entry], console=CONSOLE).broken is None


def test_a_line_that_says_the_same_in_other_bytes_is_not_taken() -> None:
    line = line_of(chain(1)[0])
    others = (line.replace(b":1,", b": 1,", 1), line[:-1], line.replace(b'{"number"', b'{"x":1,"number"'), b"null\n")
    for other in others:
        with pytest.raises(UnreadableEntry):
            entry_of(other)


def test_each_flipped_bit_of_an_anchor_is_found() -> None:
    line = anchor_line(anchor_at(chain(), COUNT))
    assert anchor_of(line).number == COUNT
    for place in range(len(line)):
        for bit in range(8):
            with pytest.raises(ValueError, match="anchor"):
                anchor_of(line[:place] + bytes([line[place] ^ (1 << bit)]) + line[place + 1 :])


def test_what_is_too_long_is_cut_and_said_to_be_cut() -> None:
    pairs = [("said", "y" * 9_000), *[("n", "v")] * 100]
    note = noted(AuditKind.COMMAND, at=NOON, who="x" * 100, subject="\ud800\0", detail=pairs)
    assert note.who.endswith("… (100 characters)")
    assert len(note.detail[0][1]) == VALUE_CHARACTERS_MAX
    assert note.detail[0][1].endswith("… (9,000 characters)")
    assert len(note.detail) == PAIRS_MAX
    assert note.detail[-1] == ("left-out", "38")
    assert note.subject == "?�"


def test_a_value_under_a_secrets_name_is_hidden_whole() -> None:
    pairs = [("ssh-passphrase", "hunter2"), ("password", "hunter2"), ("passed", "yes"), ("exit", "0"), ("token", "")]
    note = noted(AuditKind.COMMAND, at=NOON, who="m", detail=pairs)
    assert note.detail == (
        ("ssh-passphrase", MASK), ("password", MASK), ("passed", "yes"), ("exit", "0"), ("token", ""),
    )  # fmt: skip


def test_what_looks_like_a_secret_is_masked_also_at_the_edge_of_a_limit() -> None:
    """Masked first and cut then: a cut could leave half of a secret that nobody recognizes."""
    for before in range(VALUE_CHARACTERS_MAX - 60, VALUE_CHARACTERS_MAX, 3):
        said = "x" * before + " PGPASSWORD=hunter2secret psql"
        note = noted(AuditKind.COMMAND, at=NOON, who="m", subject="PGPASSWORD=hunter2secret", detail=[("c", said)])
        assert "hunter2" not in repr(note)


def test_plain_commands_are_kept_to_the_letter() -> None:
    for text in ("pg_ctl promote -D /srv/pg -t 30", "select pg_last_wal_replay_lsn()", "ssh db@nyc-1 'cat < a'"):
        note = noted(AuditKind.COMMAND, at=NOON, who="m", subject=text, detail=[("command", text)])
        assert (note.subject, note.detail) == (text, (("command", text),))
