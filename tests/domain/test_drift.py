"""Copies held against each other: settings, extensions, collations, access rules, synchronous copies, group members."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.books import (
    BookCheck,
    BooksProof,
    CheckOutcome,
    Fingerprint,
    Horizon,
    NodeVerdict,
    Proof,
)
from console.domain.copies_proof import copies_of
from console.domain.drift import Collation, Configured, drift, enough_sync
from console.domain.redundancy import CopyTrouble, Redundancy
from console.patroni.members_facts import ask_script, judge_members, read_hashes, read_members, read_settings
from console.postgres.copy_facts import read_configured
from console.ui.redundancy_words import finding_sentence, line_sentence, redundancy_headline

NOW = datetime(2026, 3, 17, 2, 0, tzinfo=UTC)
BASE = Configured(
    node="one", in_recovery=False, version=180006, collations=(), hba=("local all all trust",),
    extensions=(("pgcrypto", "1.4", "1.4"),),
    settings=(("max_connections", "100"), ("wal_level", "logical"), ("hot_standby", "on")),
)  # fmt: skip
TWO = replace(BASE, node="two", in_recovery=True)


def test_equal_nodes_do_not_drift() -> None:
    assert drift((BASE, TWO), "one") == ((), ())


@pytest.mark.parametrize(
    ("settings", "about"),
    [
        ((("max_connections", "90"),), "max_connections"), ((("max_connections", "200"),), None),
        ((("wal_level", "minimal"),), "wal_level"), ((("hot_standby", "off"),), "hot_standby"), ((), None),
    ],
)  # fmt: skip
def test_a_setting_that_matters_is_named_with_both_values(settings: tuple[tuple[str, str], ...], about: str) -> None:
    found, _ = drift((BASE, replace(TWO, settings=settings)), "one")
    assert [(one.trouble, one.node, one.about) for one in found] == (
        [(CopyTrouble.SETTING_DRIFT, "two", about)] if about else []
    )
    for one in found:
        assert about in finding_sentence(one) and "two" in finding_sentence(one)


def test_extensions_collations_access_rules_and_versions() -> None:
    other = replace(
        TWO, version=180004, extensions=(("pgcrypto", "1.4", ""),),
        hba=("local all all trust", "host all all all trust"), hba_errors=1,
        collations=(Collation(name="de", recorded="153.14", actual="153.120", alike=812),),
    )  # fmt: skip
    found, missing = drift((BASE, other), "one")
    assert [one.trouble.value for one in found] == [
        "extension-drift", "collation-drift", "hba-drift", "hba-drift", "version-drift",
    ]  # fmt: skip
    assert "811 more" in found[1].about
    assert "has host all all all trust" in found[3].about
    assert (found[4].observed, found[4].wanted) == ("18.4", "18.6")
    assert missing == ()


def test_what_was_not_read_is_never_equal() -> None:
    found, missing = drift((BASE, replace(TWO, hba=None), Configured(node="three", trouble="no-server")), "one")
    assert found == ()
    assert missing == ("node:three", "hba:two")


@pytest.mark.parametrize(
    ("names", "promised", "confirming", "found"),
    [
        ("ANY 1 (a, b)", None, ("a",), None), ("ANY 2 (a, b)", None, ("a",), (1, 2)), ("", "ANY 1", (), (0, 1)),
        ("", None, (), None), ("ANY 1 (a, b)", "ANY 2", ("a",), (1, 2)), ("", "ANY 1", ("a",), (0, 1)),
        ("a", "FIRST 1", ("a",), None), ("((", None, (), None),
    ],
)  # fmt: skip
def test_enough_synchronous_copies(
    names: str, promised: str | None, confirming: tuple[str, ...], found: tuple[int, int] | None
) -> None:
    told = enough_sync("one", names, promised, confirming)
    assert [(one.observed, one.wanted) for one in told] == ([found] if found else [])


def verdict(node: str, root: str, *, entries: int = 2500, reason: str = "") -> NodeVerdict:
    print_ = Fingerprint(origin="", first=1, last=2500, horizon=Horizon(number=2500), entries=entries, postings=2,
                         sums=(), root=root * 64)  # fmt: skip
    return NodeVerdict(node=node, proof=Proof.NOT_CHECKED if reason else Proof.PROVEN, reason=reason,
                       fingerprints=() if reason else (print_,))  # fmt: skip


def proof(*nodes: NodeVerdict, across: tuple[CheckOutcome, ...] = ()) -> BooksProof:
    return BooksProof(cluster="bank", at=NOW, full=True, proof=Proof.PROVEN, nodes=nodes, across=across)


def test_the_copy_that_differs_is_named_with_its_entries() -> None:
    odd = CheckOutcome(check=BookCheck.NODES_AGREE, proof=Proof.FAILED, node="three", block=1)
    found = copies_of(proof(verdict("one", "a"), verdict("two", "a"), verdict("three", "b"), across=(odd,)), "one")
    assert (found.copies, found.proven) == (3, 2)
    assert [(one.node, one.about) for one in found.findings] == [("three", "entries 1001 to 2000")]
    assert [line.blocks for line in found.lines] == [3, 3, 3]
    assert [line.blocks_differ for line in found.lines] == [0, 0, 1]


def test_of_two_that_differ_the_primarys_is_what_was_wanted() -> None:
    found = copies_of(proof(verdict("one", "a"), verdict("two", "b")), "two")
    assert [one.node for one in found.findings] == ["one"]
    assert found.proven == 1


def test_one_copy_alone_proves_nothing() -> None:
    found = copies_of(proof(verdict("one", "a"), verdict("two", "", reason="no-server")), "one")
    assert (found.copies, found.proven, found.not_checked) == (2, 0, ("one-copy",))
    assert [one.trouble for one in found.findings] == [CopyTrouble.BOOKS_UNREAD]
    told = Redundancy(cluster="bank", at=NOW, copies=2, proven=0, lines=found.lines, findings=found.findings,
                      not_checked=found.not_checked)  # fmt: skip
    assert "0 of 2 copies" in redundancy_headline(told, NOW)
    assert "not compared" in line_sentence(found.lines[1])


def test_every_finding_has_a_sentence() -> None:
    for trouble in CopyTrouble:
        said = finding_sentence(replace(_ANY, trouble=trouble))
        assert "one" in said and "{" not in said


_ANY = drift((BASE, replace(TWO, version=170000)), "one")[0][0]
_ANY = replace(_ANY, node="one", about="x", observed=1, wanted=2)


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[]", b"{\"recovery\": 1}", b"\xff\xfe", b"{}\n{}", b"{" * 100_000]
)
def test_a_senseless_answer_is_an_error_of_that_node(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_configured("one", text)


SETTINGS = b"""etcd3:
  hosts: ['10.0.0.1:2379', "10.0.0.2:2379",10.0.0.3]
  protocol: https
  cacert: /etc/user/ca.pem
  cert: /c.pem
  key: /k.pem
"""


def test_where_the_members_are_is_read_from_patronis_own_configuration() -> None:
    at = read_settings(SETTINGS)
    assert at is not None
    assert (at.hosts, at.tls) == (("10.0.0.1:2379", "10.0.0.2:2379", "10.0.0.3:2379"), True)
    assert (at.ca, at.certificate, at.key) == ("/etc/user/ca.pem", "/c.pem", "/k.pem")
    listed = read_settings(b"etcd:\n  hosts:\n  - a:1\n  - b:2\n")
    assert listed is not None and (listed.hosts, listed.tls) == (("a:1", "b:2"), False)
    assert read_settings(b"etcd3:\n  hosts: $(reboot)\n") is None
    assert read_settings(b"") is None


def said(host: str, what: str, body: str, date: str = "Tue, 17 Mar 2026 02:00:00 GMT") -> str:
    return f"\nM begin {host} {what}\nHTTP/1.1 200 OK\r\nDate: {date}\r\n\r\n{body}\nM end\n"


def status(member: int, *, term: int = 5, applied: int = 1000, size: int = 20480) -> str:
    return (
        f'{{"header":{{"cluster_id":"9","member_id":"{member}","revision":"70","raft_term":"{term}"}},"version":"3.5.9",'
        f'"dbSize":"{size}","leader":"1","raftIndex":"{applied}","raftTerm":"{term}"}}'
    )


def test_a_member_that_answers_otherwise_is_named() -> None:
    at = read_settings(SETTINGS)
    assert at is not None
    one, two, three = at.hosts
    text = "".join([
        said(one, "status", status(1)), said(two, "status", status(2, term=4, applied=10)),
        said(three, "status", status(3, size=900_000), date="Tue, 17 Mar 2026 02:01:00 GMT"),
        said(one, "alarm", '{"alarms":[{"memberID":"3","alarm":"NOSPACE"}]}'),
    ])  # fmt: skip
    members = read_members(text.encode(), "M", at)
    assert members is not None
    told = [(one.trouble.value, one.node, one.about) for one in judge_members(members, NOW, clock_seconds_max=2.0)]
    assert told == [
        ("member-alarm", three, "NOSPACE"), ("member-differs", two, "term"), ("member-behind", two, "applied"),
        ("member-differs", three, "size"), ("member-clock", three, ""),
    ]  # fmt: skip


def test_silent_and_senseless_members_are_named_and_nobody_is_judged_by_them() -> None:
    at = read_settings(SETTINGS)
    assert at is not None
    text = said(at.hosts[0], "status", status(1)) + said(at.hosts[1], "status", "<html>")
    members = read_members(text.encode(), "M", at)
    assert members is not None
    told = [(one.trouble.value, one.about) for one in judge_members(members, NOW, clock_seconds_max=2.0)]
    assert told == [("member-silent", "unreadable"), ("member-silent", "silent")]
    assert read_members(b"M no-curl\n", "M", at) is None
    assert read_members(b"", "M", at) is None
    assert judge_members((members[0],), NOW + timedelta(seconds=1), clock_seconds_max=2.0) == ()
    assert "$(" not in ask_script(at, "M")


def test_hashes_are_compared_only_over_the_same_revisions() -> None:
    at = read_settings(SETTINGS)
    assert at is not None
    one, two, three = at.hosts
    head = '"header":{"revision":"70"}'
    text = "".join([
        said(one, "hashkv", f'{{{head},"hash":7,"compact_revision":"3","hash_revision":"9"}}'),
        said(two, "hashkv", f'{{{head},"hash":8,"compact_revision":"3","hash_revision":"9"}}'),
        said(three, "hashkv", f'{{{head},"hash":1,"compact_revision":"4","hash_revision":"9"}}'),
    ])  # fmt: skip
    hashes = read_hashes(text.encode(), "M", at)
    assert hashes == ((one, "hash", "7"), (two, "hash", "8"))
    told = judge_members((), NOW, clock_seconds_max=2.0, hashes=hashes)
    assert [(found.node, found.observed) for found in told] == [(one, "7"), (two, "8")]
    old = said(one, "hash", f'{{{head},"hash":7}}') + said(two, "hash", '{"header":{"revision":"71"},"hash":8}')
    assert len(read_hashes(old.encode(), "M", at)) == 1
    assert read_hashes(b"", "M", at) == ()
