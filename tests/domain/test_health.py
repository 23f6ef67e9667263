"""The cluster's verdict: what degrades, what loses, what is only not seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.health import judge_cluster, left_behind, since_carried, system_identifier_of
from console.domain.node_health import judge_node
from console.domain.observation import Observation
from console.domain.reading import SqlState, SshContact, SshState
from console.domain.verdict import Cause, Guard, Health, Level, Verdict
from tests.observed import NOW, SYSTEM, cluster_spec, contact, host, moment, observed, sender, trio, vital

SPEC = cluster_spec("a", "b", "c")


def judged(nodes: dict[str, Observation], *, last: str | None = "a", spec: object = SPEC) -> Verdict:
    verdicts = {name: judge_node(seen, spec=SPEC, now=NOW) for name, seen in nodes.items()}
    return judge_cluster(spec, nodes, verdicts, last_primary=last, now=NOW)  # type: ignore[arg-type]


def killed(name: str) -> Observation:
    return observed(
        name, vital_contact=contact(SqlState.NO_SERVER, ago=0.5), vital=vital(primary=name == "a", ago=1.0),
        earlier_host=host(ago=0.4, processes=()), host=host(ago=0.1, processes=()),
    )  # fmt: skip


def cut(name: str) -> Observation:
    silent = SshContact(state=SshState.SILENT, since=moment(6))
    last = vital(primary=name == "a", ago=8)
    return observed(name, ssh=silent, vital=last, vital_contact=contact(SqlState.SSH, ago=6))


def test_all_well() -> None:
    assert judged(trio()) == Verdict(health=Health.HEALTHY)


def test_a_killed_primary_loses_the_cluster_and_keeps_its_name_and_witnesses() -> None:
    verdict = judged(trio(a=killed("a")))
    assert (verdict.health, verdict.cause) == (Health.LOST, Cause.POSTMASTER_KILLED)
    heard = [e for e in verdict.findings[0].evidence if e.guard is Guard.RECEIVER_HEARD_SECONDS]
    assert {e.source.split(":")[0] for e in heard} == {"b", "c"}


def test_a_killed_standby_degrades_the_cluster() -> None:
    verdict = judged(trio(b=killed("b")))
    assert (verdict.health, verdict.cause) == (Health.DEGRADED, Cause.STANDBY_LOST)
    assert (verdict.findings[0].node, verdict.findings[0].detail) == ("b", "postmaster-killed")


def test_a_primary_that_only_we_do_not_see_is_unknown_not_lost() -> None:
    verdict = judged(trio(a=cut("a")))
    assert (verdict.health, verdict.cause) == (Health.UNKNOWN, Cause.CUT_OFF)


def test_a_standby_cut_off_makes_the_cluster_unknown_in_part() -> None:
    verdict = judged(trio(b=cut("b")))
    assert (verdict.health, verdict.cause, verdict.findings[0].node) == (Health.UNKNOWN, Cause.CUT_OFF, "b")


def test_two_writable_nodes_come_before_everything_else() -> None:
    verdict = judged(trio(b=observed("b", primary=True), c=killed("c")))
    assert (verdict.health, verdict.cause) == (Health.LOST, Cause.TWO_PRIMARIES)
    assert verdict.findings[0].detail == "a, b"


def test_a_stale_second_primary_is_not_believed() -> None:
    old = observed("b", primary=True, vital=vital(primary=True, ago=30.0))
    assert judged(trio(b=old)).cause is not Cause.TWO_PRIMARIES


def test_a_node_of_another_cluster_is_named_and_its_writing_is_not_ours() -> None:
    stranger = observed("b", primary=True, vital=vital(primary=True, system_identifier="42"))
    verdict = judged(trio(b=stranger))
    assert verdict.cause is Cause.OTHER_CLUSTER
    assert (verdict.findings[0].node, verdict.findings[0].limit) == ("b", "7318840215563302914")


def test_no_primary_at_all_is_lost_once_every_node_was_seen() -> None:
    nodes = trio(a=observed("a"))
    assert (judged(nodes, last=None).health, judged(nodes, last=None).cause) == (Health.LOST, Cause.NO_PRIMARY)


def test_before_anybody_answered_nothing_is_claimed() -> None:
    new = {n: observed(n, ssh=SshContact(state=SshState.CONNECTING, since=moment(1)), vital=None, books=None, host=None)
           for n in "abc"}  # fmt: skip
    verdict = judged(new, last=None)
    assert (verdict.health, verdict.cause) == (Health.UNKNOWN, Cause.NOT_ASKED)


def test_commits_that_wait_for_nobody_although_promised_degrade() -> None:
    a = observed("a", primary=True, vital=vital(primary=True, synchronous_names=""))
    verdict = judged(trio(a=a))
    assert (verdict.health, verdict.cause) == (Health.DEGRADED, Cause.SYNC_DEGRADED)


@pytest.mark.parametrize("setting", ["local", "off"])
def test_a_server_default_that_does_not_wait_degrades_a_promise(setting: str) -> None:
    a = observed("a", primary=True, vital=vital(primary=True, synchronous_commit=setting))
    assert judged(trio(a=a)).cause is Cause.SYNC_DEGRADED


def test_commits_that_wait_for_more_standbys_than_answer_are_a_standstill() -> None:
    a = observed("a", primary=True, vital=vital(primary=True, senders=()))
    verdict = judged(trio(a=a))
    assert (verdict.health, verdict.cause) == (Health.LOST, Cause.SYNC_BLOCKED)
    assert (verdict.findings[0].observed, verdict.findings[0].limit) == (0, 1)


def test_a_catching_up_standby_confirms_nothing() -> None:
    senders = (sender("b", state="catchup"), sender("c", sync_state="async"))
    a = observed("a", primary=True, vital=vital(primary=True, senders=senders))
    assert judged(trio(a=a)).cause is Cause.SYNC_BLOCKED


def test_the_time_since_which_a_finding_stands_is_kept() -> None:
    first = since_carried(None, judged(trio(b=killed("b"))), NOW.utc)
    later = since_carried(first, judged(trio(b=killed("b"))), NOW.utc + timedelta(seconds=9))
    assert later.findings[0].since == NOW.utc
    other = since_carried(first, replace(later, findings=()), NOW.utc)
    assert other.findings == ()


@pytest.mark.parametrize("state", [SqlState.SSH, SqlState.CONNECTING, SqlState.BLOCKED])
def test_that_we_cannot_ask_at_this_moment_takes_nothing_from_a_fresh_answer(state: SqlState) -> None:
    a = observed("a", primary=True, vital_contact=contact(state, ago=0.3))
    assert judged(trio(a=a)).health is Health.HEALTHY


def test_no_primary_is_lost_only_if_every_node_says_now_that_it_is_a_standby() -> None:
    unseen = observed("a", vital_contact=contact(SqlState.CONNECTING, ago=20), vital=vital(ago=20))
    assert judged(trio(a=unseen), last=None).health is Health.UNKNOWN


def writable(name: str, timeline: int, **changes: object) -> Observation:
    return observed(name, primary=True, vital=vital(primary=True, timeline=timeline, **changes))


@pytest.mark.parametrize(
    ("reached", "left"),
    [(None, False), ((SYSTEM, 1), False), ((SYSTEM, 2), True), (("42", 2), False)],
    ids=["nothing seen yet", "its own", "earlier than seen", "of another system"],
)
def test_a_primary_on_an_earlier_timeline_than_seen_is_left_behind(
    reached: tuple[str, int] | None, left: bool
) -> None:
    """b was promoted to timeline 2 and is not seen; a, the old one, accepts writes on timeline 1."""
    nodes = trio(a=writable("a", 1), b=cut("b"))
    assert left_behind(nodes["a"], reached) is left
    verdicts = {name: judge_node(seen, spec=SPEC, now=NOW) for name, seen in nodes.items()}
    judged = judge_cluster(SPEC, nodes, verdicts, last_primary="b", now=NOW, reached=reached)
    found = [(f.cause, f.health, f.node, f.detail) for f in judged.findings if f.cause is Cause.DIVERGED]
    assert found == ([(Cause.DIVERGED, Health.LOST, "a", "b")] if left else [])
    assert judged.health is (Health.LOST if left else Health.UNKNOWN)
    assert Cause.CUT_OFF in {f.cause for f in judged.findings}, "and that the new one is not seen is said too"


def test_beside_the_new_primary_an_old_one_is_two_primaries() -> None:
    nodes = trio(a=writable("a", 1), b=writable("b", 2))
    verdicts = {name: judge_node(seen, spec=SPEC, now=NOW) for name, seen in nodes.items()}
    assert judge_cluster(SPEC, nodes, verdicts, last_primary="b", now=NOW, reached=(SYSTEM, 2)).cause is (
        Cause.TWO_PRIMARIES
    )


def test_a_last_primary_that_died_as_a_standby_is_no_dead_primary() -> None:
    looks = {"earlier_host": host(ago=0.4, processes=()), "host": host(ago=0.1, processes=())}
    for primary, level in ((True, Level.HARD), (False, None)):
        gone = observed("a", vital_contact=contact(SqlState.NO_SERVER, ago=0.5), vital=vital(primary=primary, ago=1.0),
                        **looks)  # fmt: skip
        verdict = judged(trio(a=gone))
        assert (verdict.cause, verdict.findings[0].level) == (Cause.POSTMASTER_KILLED, level)


def test_of_two_identifiers_said_as_often_the_known_one_is_ours() -> None:
    nodes = {"a": observed("a", primary=True, vital=vital(primary=True, system_identifier="42")), "b": observed("b")}
    assert system_identifier_of(nodes, "a", "7318840215563302914") == "7318840215563302914"
    assert system_identifier_of(nodes, "a") == "42"
