"""Monitoring scripts: what is taken, what readings mean for alerts and automation, and files of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.check_judging import condition, sign_of, signs_of
from console.domain.check_rules import CheckMistake, examine, fits, nodes_of
from console.domain.cluster import ClusterSpec, Environment, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.domain.fleet import Role
from console.domain.monitoring import CheckReading, CheckSpec, CheckState, CheckUse, CheckWay, PerfValue
from console.domain.verdict import Health
from console.postgres.check_scripts import FIELD, ROW, read_error, read_heard, read_row, statement
from console.store.check_file import read_checks, write_checks
from console.store.inventory_file import InventoryMistake

NOW = datetime(2026, 3, 17, 2, 0, tzinfo=UTC)


def node(name: str, kind: NodeKind = NodeKind.POSTGRES) -> NodeSpec:
    target = PostgresTarget() if kind is NodeKind.POSTGRES else None
    return NodeSpec(name=name, kind=kind, ssh=SshTarget(host=name), postgres=target)


CLUSTER = ClusterSpec(
    name="bank", environment=Environment.LAB, nodes=(node("one"), node("two"), node("vault", NodeKind.BACKUP))
)
SPEC = CheckSpec(name="disk", way=CheckWay.COMMAND, text="true", uses=(CheckUse.ALERT,))


def reading(state: CheckState, *, at: str = "one", age: float = 1.0, reason: str = "") -> CheckReading:
    value = PerfValue(label="used", value=91.0, warning="90", critical="95")
    return CheckReading(cluster="bank", check="disk", node=at, at=NOW - timedelta(seconds=age), state=state,
                        text="91 % used\nmore", values=(value,), reason=reason)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"name": ""}, "check-name"), ({"name": "a/b"}, "check-name"), ({"name": "x" * 61}, "check-name"),
        ({"text": "  "}, "check-text"), ({"text": " ; ", "way": CheckWay.SQL}, "check-text"),
        ({"text": "a\0b"}, "check-text"), ({"text": "x" * 16_001}, "check-text"),
        ({"every_seconds": 4.9}, "check-interval"), ({"every_seconds": float("nan")}, "check-interval"),
        ({"every_seconds": float("inf")}, "check-interval"), ({"seconds_max": 0.0}, "check-limit"),
        ({"seconds_max": float("nan")}, "check-limit"), ({"uses": ()}, "check-uses"), ({"role": "first"}, "check-role"),
        ({"nodes": ("three",)}, "check-node"), ({"nodes": ("vault",), "way": CheckWay.SQL}, "check-node"),
        ({"nodes": ("vault",), "role": "standby"}, "check-role-for-host"),
        ({"warning": "10"}, "check-range-for-command"), ({"way": CheckWay.SQL, "critical": "x"}, "check-range"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_named(changed: dict[str, object], word: str) -> None:
    with pytest.raises(CheckMistake) as met:
        examine(replace(SPEC, **changed), CLUSTER)  # type: ignore[arg-type]
    assert met.value.word == word


def test_a_check_runs_on_every_server_or_on_the_named_hosts() -> None:
    assert nodes_of(SPEC, CLUSTER) == ("one", "two")
    assert nodes_of(replace(SPEC, nodes=("vault", "gone")), CLUSTER) == ("vault",)
    examine(replace(SPEC, nodes=("vault",)), CLUSTER)
    assert fits(SPEC, None)
    assert not fits(replace(SPEC, role="primary"), None)
    assert fits(replace(SPEC, role="standby"), Role.CASCADE)


def test_critical_degrades_and_never_calls_a_cluster_lost() -> None:
    sign = sign_of(SPEC, reading(CheckState.CRITICAL), NOW, 0)
    assert sign is not None
    assert (sign.word, sign.health, sign.observed, sign.limit) == ("check-critical", Health.DEGRADED, 91.0, "95")
    assert sign.detail == "91 % used"
    assert sign_of(SPEC, reading(CheckState.OK), NOW, 0) is None
    assert sign_of(replace(SPEC, uses=(CheckUse.SHOWN,)), reading(CheckState.CRITICAL), NOW, 0) is None


def test_one_unknown_is_none_two_are_and_an_old_reading_is_unknown() -> None:
    assert sign_of(SPEC, reading(CheckState.UNKNOWN), NOW, 1) is None
    twice = sign_of(SPEC, reading(CheckState.UNKNOWN), NOW, 2)
    assert twice is not None and twice.health is Health.UNKNOWN
    old = sign_of(SPEC, reading(CheckState.OK, age=1000), NOW, 0)
    assert old is not None and (old.word, old.detail) == ("check-unknown", "stale")


def test_an_unreached_host_is_one_sign_however_many_checks_it_has() -> None:
    silent = reading(CheckState.UNKNOWN, reason="host-unreachable")
    rows = tuple((replace(SPEC, name=f"c{n}"), silent, 5) for n in range(9))
    signs = signs_of(rows, NOW)
    assert [(one.word, one.node, one.observed) for one in signs] == [("checks-unreached", "one", 9)]


def test_a_condition_holds_only_while_it_is_said() -> None:
    spec = replace(SPEC, uses=(CheckUse.CONDITION,))
    good, bad = reading(CheckState.OK), reading(CheckState.WARNING, at="two")
    silent, odd = (reading(CheckState.UNKNOWN, at="two", reason=why) for why in ("host-unreachable", "too-long"))
    assert condition(spec, (), NOW) is None
    assert condition(spec, (good,), NOW) is True
    assert condition(spec, (good, bad), NOW) is False
    assert condition(spec, (good, silent), NOW) is True
    assert condition(spec, (good, odd), NOW) is None
    assert condition(spec, (silent,), NOW) is None
    assert condition(spec, (reading(CheckState.OK, age=1000),), NOW) is None


def test_checks_are_written_and_read_back() -> None:
    checks = (
        SPEC,
        replace(SPEC, name="load", way=CheckWay.SQL, text='select "x"\n-- it\'s', nodes=("one",), warning="~:5",
                critical="@10:20", role="standby", uses=(CheckUse.EVIDENCE, CheckUse.CONDITION), enabled=False,
                every_seconds=5.5),
    )  # fmt: skip
    assert read_checks(write_checks(checks), CLUSTER) == checks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it has no checks"), ("checks = 1", "list of tables"), ("[[checks]", "not TOML"),
        ('[[checks]]\nname="a"\ncommand="b"\nsql="c"', "a command and sql"),
        ('[[checks]]\ncommand="b"', "it has no name"),
        ('[[checks]]\nname="a"\nsql="b"\nuses=["fun"]', "none of its words"),
        ('[[checks]]\nname="a"\nsql="b"\nnodes=["x"]', "check-node"),
        ('[[checks]]\nname="a"\nsql="b"\n[[checks]]\nname="a"\nsql="c"', "two of this name"),
        ('[[checks]]\nname="a"\nsql="b"\nevery_seconds="5"', "a number"),
    ],
)  # fmt: skip
def test_a_wrong_file_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(InventoryMistake, match=said):
        read_checks(text, CLUSTER)


def test_the_watching_shells_last_line_alone_is_believed() -> None:
    heard = read_heard("n0", b"n0 status 0\nfine\n\nn0 status 2\n", b"")
    assert (heard.status, heard.stdout, heard.late, heard.stays) == (2, b"n0 status 0\nfine\n", False, False)
    late = read_heard("n0", b"\nn0 late status 137 left\n", b"")
    assert (late.status, late.late, late.stays) == (137, True, True)
    assert read_heard("n0", b"status 0", b"").status is None
    assert read_heard("n0", b"\nn0 status x\n", b"").status is None
    assert read_heard("n0", b"\nn0 no-setsid\n", b"").trouble == "no-setsid"


def test_a_statement_cannot_leave_its_marks() -> None:
    text = statement("select 1; commit; $$ \\! ;", "ab12")
    assert text.startswith("begin transaction read only;\n")
    assert "$iab12$select 1; commit; $$ \\!" in text
    with pytest.raises(ValueError, match="mark"):
        statement("select $iab12$", "ab12")


def test_a_row_is_read_and_what_is_none_is_not() -> None:
    row = read_row(f"n{FIELD}word{ROW}3{FIELD}two\nlines{ROW}".encode())
    assert row is not None and (row.names, row.values) == (("n", "word"), ("3", "two\nlines"))
    assert read_row(f"n{ROW}".encode()) is None
    for wrong in (b"", f"a{FIELD}b{ROW}1{ROW}".encode()):
        with pytest.raises(ValueError, match=r"answer|values"):
            read_row(wrong)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("psql:<stdin>:2: ERROR:  25006: cannot execute INSERT in a read-only transaction", "writes"),
        ("ERROR:  42P11: cannot open multi-query plan as cursor\nCONTEXT: x", "several-statements"),
        ("ERROR:  42P11: cannot open CREATE TABLE query as cursor", "not-a-query"),
        ("ERROR:  57014: canceling statement", "blocked"), ("FATAL:  28P01: password", "password"),
        ("ERROR:  42601: syntax error", "sql-error"), ("psql: error: connection refused", ""),
    ],
)  # fmt: skip
def test_a_servers_refusal_by_its_code(said: str, word: str) -> None:
    assert read_error(said.encode())[0] == word
