"""What has to happen regularly: overdue by its rule, never by a try that failed, and ends of keys and certificates."""

from datetime import UTC, datetime, timedelta

import pytest

from console.domain.drill import Drill, DrillKind, DrillState, DutyKind, DutyRule
from console.domain.duties import DEFAULTS, KeptDuties, Last, in_order, judge, judge_end, last_drill
from console.postgres.certificate_facts import read_end, read_file
from console.ui.duty_words import duty_sentence, duty_title

NOW = datetime(2026, 3, 17, 2, 0, tzinfo=UTC)
KEPT = KeptDuties(cluster="bank", since=NOW - timedelta(hours=1))


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def test_every_kind_has_a_rule() -> None:
    assert {rule.kind for rule in DEFAULTS} == set(DutyKind)
    assert [rule.kind for rule in KEPT.in_force()] == list(DutyKind)


def test_what_never_happened_is_overdue_only_when_its_time_has_passed() -> None:
    young = judge(KEPT, DutyKind.BACKUP, Last(), NOW)
    assert (young.overdue, young.reason, young.next_at) == (False, "never", KEPT.since + timedelta(hours=24))
    old = judge(KeptDuties(cluster="bank", since=ago(days=2)), DutyKind.BACKUP, Last(), NOW)
    assert old.overdue


def test_a_try_that_failed_is_shown_and_does_not_count() -> None:
    duty = judge(KEPT, DutyKind.BACKUP, Last(done_at=ago(hours=30), failed_at=ago(hours=2)), NOW)
    assert (duty.overdue, duty.outcome, duty.last_at) == (True, "failed", ago(hours=2))
    assert duty.next_at == ago(hours=6)
    assert "failed" in duty_sentence(duty, NOW)
    later = judge(KEPT, DutyKind.BACKUP, Last(done_at=ago(hours=1), failed_at=ago(hours=2)), NOW)
    assert (later.overdue, later.outcome) == (False, "done")


def test_a_rule_of_nothing_and_a_reason_make_no_duty() -> None:
    off = KEPT.with_rule(DutyRule(kind=DutyKind.BACKUP, every_hours=0))
    assert judge(off, DutyKind.BACKUP, Last(done_at=ago(days=900)), NOW).next_at is None
    none = judge(KEPT, DutyKind.BACKUP, Last(reason="no-repository"), NOW)
    assert (none.overdue, none.next_at, none.reason) == (False, None, "no-repository")
    for hours in (-1.0, float("nan"), float("inf"), 1e9):
        with pytest.raises(ValueError, match="hours"):
            KEPT.with_rule(DutyRule(kind=DutyKind.BACKUP, every_hours=hours))


@pytest.mark.parametrize(
    ("left", "overdue", "reason", "said"),
    [
        (timedelta(days=31), False, "", "ends in"), (timedelta(days=29), True, "ends-soon", "renew"),
        (timedelta(days=-1), True, "ended", "ended"),
    ],
)  # fmt: skip
def test_a_certificate_is_due_before_its_end(left: timedelta, overdue: bool, reason: str, said: str) -> None:
    duty = judge_end(KEPT, DutyKind.CERTIFICATES_VALID, "one", end=NOW + left, now=NOW)
    assert (duty.overdue, duty.reason) == (overdue, reason)
    assert said in duty_sentence(duty, NOW)
    assert duty_title(duty).endswith(": one")


def test_an_end_that_is_not_told_is_never_fine_and_never_overdue() -> None:
    duty = judge_end(KEPT, DutyKind.CERTIFICATES_VALID, "one", end=None, now=NOW, reason="no-openssl")
    assert (duty.overdue, duty.reason, duty.last_at) == (False, "no-openssl", None)
    assert "not told" in duty_sentence(duty, NOW)


def test_only_drills_that_came_to_an_end_count() -> None:
    def drill(state: DrillState, hours: float) -> Drill:
        return Drill(id="x", cluster="bank", kind=DrillKind.DETECTOR, state=state, begun_at=ago(hours=hours), by="a")

    last = last_drill(
        (drill(DrillState.STOPPED, 1), drill(DrillState.FAILED, 2), drill(DrillState.PASSED, 3)), DrillKind.DETECTOR
    )
    assert (last.done_at, last.failed_at) == (ago(hours=3), ago(hours=2))
    assert last_drill((drill(DrillState.PASSED, 3),), DrillKind.RESTORE).done_at is None


def test_overdue_ones_come_first_then_by_time() -> None:
    duties = [
        judge(KEPT, DutyKind.VERIFY, Last(reason="no-repository"), NOW),
        judge(KEPT, DutyKind.BACKUP, Last(done_at=ago(hours=1)), NOW),
        judge(KEPT, DutyKind.DETECTOR_REHEARSAL, Last(done_at=ago(days=40)), NOW),
        judge(KEPT, DutyKind.RESTORE_PROOF, Last(done_at=ago(days=29, hours=20)), NOW),
    ]
    assert [one.kind.value for one in in_order(duties)] == [
        "detector-rehearsal", "restore-proof", "backup", "verify",
    ]  # fmt: skip


def test_what_openssl_says_of_a_certificate() -> None:
    found = read_end("one", "/c", b"notAfter=Mar  7 10:11:12 2027 GMT\n")
    assert found.end == datetime(2027, 3, 7, 10, 11, 12, tzinfo=UTC)
    for text, reason in ((b"no-openssl\n", "no-openssl"), (b"not-readable\n", "not-readable"),
                         (b"\x1b[0m", "unreadable"),
                         (b"notAfter=Foo  7 10:11:12 2027 GMT", "unreadable"),
                         (b"notAfter=Feb 31 10:11:12 2027 GMT", "unreadable")):  # fmt: skip
        assert read_end("one", "/c", text).reason == reason
    assert read_file(b"on /data server.crt\n") == ("/data/server.crt", "")
    assert read_file(b"on /data /etc/c.pem\n") == ("/etc/c.pem", "")
    assert read_file(b"off /data server.crt\n") == ("", "no-certificate")
    assert read_file(b"") == ("", "unreadable")
