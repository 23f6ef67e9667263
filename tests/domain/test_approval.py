"""Four eyes in values: when a second person is needed, and the one text that is signed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.approval import (
    ApprovalFault,
    ApprovalPolicy,
    ApprovalRule,
    ApprovalWanted,
    asked_text,
    decimal_of,
    mismatch,
    needed,
    policy_of,
    read_text,
    text_of,
)
from console.domain.cluster import Environment
from console.domain.fleet import Amount
from console.domain.plan import Operation
from console.domain.signers import read_approvers, read_public_key, read_signature

NOW = datetime(2026, 3, 17, 2, 41, 18, 500_000, tzinfo=UTC)
WANTED = ApprovalWanted(
    run="run-7", cluster="ledger-us", operation=Operation.FAILOVER, plan_digest="ab" * 32, loss_entries_max=100,
    loss_amounts_max=(Amount(currency="USD", scale=2, units=125_050), Amount(currency="JPY", scale=0, units=7)),
    initiator="m.keller",
)  # fmt: skip
SIGNED = """\
Ledger Console: approval of a plan, form 1
run: run-7
cluster: ledger-us
operation: failover
plan: sha256:abababababababababababababababababababababababababababababababab
maximum loss: 100 entries
maximum loss: 7 JPY
maximum loss: 1250.50 USD
expires: 2026-03-17T06:41:18Z
"""


@pytest.mark.parametrize(
    ("rule", "environment", "operation", "loss", "expected"),
    [
        ("never", Environment.PRODUCTION, Operation.FAILOVER, 1_000_000, False),
        ("always", Environment.LAB, Operation.SWITCHOVER, 0, True),
        ("production", Environment.PRODUCTION, Operation.SWITCHOVER, 0, True),
        ("production", Environment.STAGING, Operation.FAILOVER, 1_000_000, False),
        ("loss-above:100", Environment.LAB, Operation.FAILOVER, 100, False),
        ("loss-above:100", Environment.LAB, Operation.FAILOVER, 101, True),
        ("loss-above:100", Environment.PRODUCTION, Operation.FAILOVER, None, True),
        ("loss-above:100", Environment.PRODUCTION, Operation.SWITCHOVER, None, False),
        ("loss-above:0", Environment.LAB, Operation.REJOIN, None, True),
    ],
)
def test_when_a_second_person_is_needed(
    rule: str, environment: Environment, operation: Operation, loss: int | None, expected: bool
) -> None:
    assert needed(policy_of(rule), environment, operation, loss) is expected
    assert f"{policy_of(rule)}" == rule


def test_production_needs_a_second_person_where_nobody_chose() -> None:
    assert ApprovalPolicy().rule is ApprovalRule.PRODUCTION


@pytest.mark.parametrize("text", ["", "sometimes", "loss-above", "loss-above:-1", "loss-above:x", "always:1", "never:"])
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="approval rule"):
        policy_of(text)


def test_what_is_signed_is_readable_and_fixed_to_the_byte() -> None:
    text = text_of(asked_text(WANTED, now=NOW))
    assert text == SIGNED
    assert text_of(read_text(text)) == text


@pytest.mark.parametrize("units", [0, 5, 50, -5, 123_456])
@pytest.mark.parametrize("scale", [0, 2, 8])
def test_amounts_are_exact(units: int, scale: int) -> None:
    amount = Amount(currency="USD", scale=scale, units=units)
    asked = replace(asked_text(WANTED, now=NOW), loss_amounts_max=(amount,))
    assert read_text(text_of(asked)).loss_amounts_max == (amount,)
    assert float(decimal_of(amount)) == units / 10**scale


def test_each_changed_byte_of_the_text_is_another_text_or_none() -> None:
    said = read_text(SIGNED)
    for place in range(len(SIGNED)):
        changed = SIGNED[:place] + chr(ord(SIGNED[place]) ^ 1) + SIGNED[place + 1 :]
        try:
            assert read_text(changed) != said
        except ValueError:
            continue


@pytest.mark.parametrize(
    "text", ["", "hello", SIGNED[:-1], SIGNED + "\n", SIGNED.replace("\n", "\r\n"), "\0" * 100, SIGNED.upper()]
)
def test_what_is_no_approval_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"approval|missing|valid"):
        read_text(text)


def test_a_name_can_not_smuggle_a_line_in() -> None:
    with pytest.raises(ValueError, match="characters"):
        text_of(replace(asked_text(WANTED, now=NOW), run="r\nmaximum loss: 9 entries"))


def test_the_text_of_this_run_approves_it() -> None:
    assert mismatch(asked_text(WANTED, now=NOW), WANTED, now=NOW + timedelta(hours=3)) is None


@pytest.mark.parametrize(
    ("wanted", "now", "fault"),
    [
        (replace(WANTED, run="run-8"), NOW, ApprovalFault.OTHER_RUN),
        (replace(WANTED, cluster="ledger-eu"), NOW, ApprovalFault.OTHER_CLUSTER),
        (replace(WANTED, operation=Operation.SWITCHOVER), NOW, ApprovalFault.OTHER_OPERATION),
        (replace(WANTED, plan_digest="cd" * 32), NOW, ApprovalFault.OTHER_PLAN),
        (replace(WANTED, loss_entries_max=101), NOW, ApprovalFault.OTHER_LOSS),
        (replace(WANTED, loss_amounts_max=WANTED.loss_amounts_max[:1]), NOW, ApprovalFault.OTHER_LOSS),
        (WANTED, NOW + timedelta(hours=4), ApprovalFault.EXPIRED),
        (WANTED, NOW - timedelta(hours=21), ApprovalFault.TOO_LONG),
    ],
)
def test_a_text_that_is_not_of_this_run_now_names_why(
    wanted: ApprovalWanted, now: datetime, fault: ApprovalFault
) -> None:
    refused = mismatch(asked_text(WANTED, now=NOW), wanted, now=now)
    assert refused is not None
    assert refused.fault is fault
    assert refused.detail


KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB0Wglxe0LB5DOgqJJp4xTj/dh599RVH4j7u71m4+/W0"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "one line"),
        (f"{KEY}\n{KEY}\n", "one line"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n", "private key"),
        ("ssh-dss AAAA", "kind"),
        ("ssh-ed25519 !!!", "damaged"),
        (KEY.replace("ssh-ed25519", "ssh-rsa"), "another kind"),
    ],
)
def test_what_is_no_public_key_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_public_key(text)


def test_lines_of_an_allowed_signers_file_are_taken_one_by_one_or_not_at_all() -> None:
    text = f"""\
# those who may approve
a.berg namespaces="plans" {KEY} a's desk
b.cole,c.dorn namespaces="file,plans",valid-before="20270131" {KEY}
other namespaces="git" {KEY}
* namespaces="plans" {KEY}
d.egge cert-authority,namespaces="plans" {KEY}
e.falk namespaces="plans",verify-required {KEY}
f.gray namespaces="plans" ssh-ed25519 AAAA
g.hahn namespaces="plans",valid-after="202601010830Z" {KEY}

nonsense
"""
    approvers, unread = read_approvers(text, "plans")
    assert [each.person for each in approvers] == ["a.berg", "b.cole", "c.dorn", "g.hahn"]
    assert unread == (5, 6, 7, 8, 11)
    assert approvers[0].key.comment == "a's desk"
    assert approvers[1].valid_before == datetime(2027, 1, 31, tzinfo=UTC)
    assert approvers[3].valid_after == datetime(2026, 1, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", [
    "", "x", "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n",
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAf////8=\n-----END SSH SIGNATURE-----\n",
    "-----BEGIN SSH SIGNATURE-----\n" + "A" * 100_000 + "\n-----END SSH SIGNATURE-----\n",
])  # fmt: skip
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no SSH signature|too early"):
        read_signature(text)
