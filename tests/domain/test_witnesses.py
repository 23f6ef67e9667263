"""When a silent primary is dead by its standbys' word: safety.md 1, row 'witnessed', and each way not to be."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import reading
from console.domain.asking import Asking
from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.health import judge_cluster
from console.domain.node_health import judge_node
from console.domain.observation import Observation
from console.domain.reading import Readiness, Sight, SqlState, SshContact, SshState
from console.domain.suspicion import Arrivals, Channel, suspicion_of
from console.domain.verdict import Allowed, Cause, Guard, Health, Level, Verdict, allowed
from console.domain.witnesses import (
    Standing,
    Word,
    heard_after,
    in_doubt,
    isolated_evidence,
    silence_of,
    standing,
)
from tests.observed import NOW, cluster_spec, contact, host, moment, observed, receiver, sender, vital

SPEC = cluster_spec("a", "b", "c")
SIGHTS = st.sampled_from(list(Sight))


def said(server: Sight = Sight.SILENT, ssh: Sight = Sight.SILENT, *, ago: float = 0.5, about: str = "a",
         asked_ago: float | None = None) -> reading.Testimony:  # fmt: skip
    return reading.Testimony(
        about=about, asked_ticks=moment(ago + 2.0 if asked_ago is None else asked_ago).ticks, at=moment(ago),
        server=server, ssh=ssh, ready=Readiness.NO_ANSWER, server_address="10.0.0.1:5432", ssh_address="10.0.0.1:22",
    )  # fmt: skip


def gone(name: str = "a", *, state: SshState = SshState.SILENT, names: str = 'ANY 1 ("b","c")',
         **changes: Any) -> Observation:  # fmt: skip
    """The primary as it is 6 s after its host was cut off."""
    senders = tuple(sender(one) for one in "bcdef")
    made = observed(
        name, primary=True, ssh=SshContact(state=state, since=moment(3)), vital_contact=contact(SqlState.SSH, ago=3),
        vital=vital(primary=True, ago=6.0, synchronous_names=names, senders=senders),
        books=None, host=host(ago=7.0),
    )  # fmt: skip
    return replace(made, **changes)


def witness(
    name: str, testimony: reading.Testimony | None = None, *, heard_ago: float = 6.0, **changes: Any
) -> Observation:
    made = observed(name, followed="a", heard_ticks=moment(heard_ago).ticks, testimony=testimony or said())
    return replace(made, **changes)


def stands(
    b: Observation | None = None, c: Observation | None = None, *, a: Observation | None = None
) -> Standing:
    nodes = {"a": a or gone(), "b": b or witness("b"), "c": c or witness("c")}
    return standing(SPEC, nodes, "a", NOW)


def test_a_silent_host_that_its_standbys_do_not_reach_either_is_witnessed() -> None:
    found = stands()
    assert found.level is Level.WITNESSED
    assert (found.counted, found.needed, found.needed_listed, found.counted_listed) == (("b", "c"), 1, 2, 2)
    guards = [row.guard for row in found.evidence]
    assert guards.count(Guard.REACHES_SERVER) == guards.count(Guard.REACHES_SSH) == 2
    heard = [row for row in found.evidence if row.guard is Guard.RECEIVER_HEARD_SECONDS]
    assert [(row.observed, row.threshold) for row in heard] == [(5.5, 3.0)] * 2


@pytest.mark.parametrize(
    ("c", "word"),
    [
        (witness("c", heard_ago=3.0), Word.HEARS),
        (witness("c", said(server=Sight.REACHED)), Word.REACHES),
        (witness("c", said(server=Sight.REFUSED)), Word.REACHES),
        (witness("c", said(ssh=Sight.REACHED)), Word.REACHES),
        (witness("c", said(ssh=Sight.REFUSED)), Word.REACHES),
        (witness("c", said(ssh=Sight.UNTOLD)), Word.UNTOLD),
        (witness("c", said(server=Sight.UNTOLD)), Word.UNTOLD),
        (witness("c", heard_ticks=None), Word.UNTOLD),
        (witness("c", said(ago=4.5)), Word.UNTOLD),
        (witness("c", said(about="b")), Word.UNTOLD),
        (witness("c", said(asked_ago=6.5)), Word.UNTOLD),
        (witness("c", void_ticks=moment(2.0).ticks), Word.UNTOLD),
        (replace(witness("c", witness_asked_ticks=moment(1.0).ticks), testimony=None), Word.PENDING),
        (replace(witness("c", witness_asked_ticks=moment(6.0).ticks), testimony=None), Word.UNTOLD),
        (witness("c", vital=vital(ago=4.5)), Word.SILENT),
        (witness("c", vital=None), Word.SILENT),
        (witness("c", vital_contact=contact(SqlState.SILENT, ago=1)), Word.SILENT),
        (witness("c", identity_changed="machine"), Word.SILENT),
        (witness("c", followed="b"), Word.CASCADED),
        (witness("c", followed=None), Word.CASCADED),
        (witness("c", vital=vital(primary=True)), Word.CASCADED),
        (witness("c", vital=vital(system_identifier="42")), Word.CASCADED),
    ],
)  # fmt: skip
def test_each_way_in_which_a_standby_s_word_does_not_count(c: Observation, word: Word) -> None:
    found = stands(c=c)
    assert dict(found.words) == {"b": Word.COUNTS, "c": word}
    assert found.level is None, "with ANY 1 of two, both have to say so"
    # In a list of one that names b alone, c is not needed; it outweighs b all the same where it sees a sign of life.
    listed = stands(c=c, a=gone(names="b"))
    weighs = word in (Word.HEARS, Word.REACHES, Word.PENDING)
    assert listed.level is (None if weighs else Level.WITNESSED)


@pytest.mark.parametrize(
    "a",
    [
        gone(state=SshState.REFUSED), gone(state=SshState.UNRESOLVED), gone(state=SshState.HOST_KEY_CHANGED),
        gone(state=SshState.AUTHENTICATION), gone(state=SshState.CONNECTING),
        gone(vital=None), gone(identity_changed="boot"), gone(vital=vital(ago=6.0)), gone(vital=vital(primary=True)),
        gone(host=host(ago=1.0)), gone(void_ticks=moment(1.0).ticks),
        gone(ssh=SshContact(state=SshState.BROKEN, since=moment(1.0))),
        gone(ssh=SshContact(state=SshState.ANSWERS, since=moment(100))),
    ],
)  # fmt: skip
def test_a_host_that_speaks_or_of_which_nothing_is_known_is_never_witnessed(a: Observation) -> None:
    assert stands(a=a).level is None


def test_a_connection_that_still_stands_is_a_silence_once_all_that_is_asked_over_it_stays_out() -> None:
    ssh = SshContact(state=SshState.ANSWERS, since=moment(100))
    out: dict[str, Any] = {"ssh": ssh, "vital_contact": contact(), "vital_asked_ticks": moment(4.0).ticks}
    assert silence_of(gone(**out), NOW) is None, "its host was not asked"
    assert silence_of(gone(**out, host_asked_ticks=moment(0.5).ticks), NOW) is None, "it was asked only just now"
    asked = gone(**out, host_asked_ticks=moment(2.0).ticks)
    assert silence_of(asked, NOW) == pytest.approx(6.0)
    assert stands(a=asked).level is Level.WITNESSED
    assert silence_of(replace(asked, host=host(ago=2.5)), NOW) is None


@pytest.mark.parametrize(
    ("names", "who", "proven"),
    [
        ('ANY 1 ("b","c","d")', "bc", False), ('ANY 1 ("b","c","d")', "bcd", True), ('ANY 2 ("b","c","d")', "bc", True),
        ('ANY 2 ("b","c","d")', "b", False), ('FIRST 1 ("b","c")', "bc", True), ('FIRST 1 ("b","c")', "bd", False),
        ('FIRST 3 ("b","c","d")', "b", False), ('FIRST 3 ("b","c","d")', "bc", True), ("", "bc", True),
        ("", "b", False),
        ("*", "bc", False), ("*", "bcd", True), ("2 (*)", "bc", True), ('ANY 1 ("b","elsewhere")', "bcd", False),
        ("ANY 1 (", "bcd", False), ("b", "bc", True), ("b", "cd", False),
    ],
)  # fmt: skip
def test_how_many_have_to_say_so(names: str, who: str, proven: bool) -> None:
    """n - k + 1 of the listed, and never fewer than half of all standbys: here there are three."""
    spec = cluster_spec("a", "b", "c", "d")
    nodes = {name: witness(name) if name in who else witness(name, vital=vital(ago=9.0)) for name in "bcd"}
    assert (standing(spec, {"a": gone(names=names), **nodes}, "a", NOW).level is Level.WITNESSED) == proven


def test_none_of_none_is_no_majority() -> None:
    alone = cluster_spec("a")
    assert standing(alone, {"a": gone(names="")}, "a", NOW).level is None


def test_cascaded_ones_count_for_nothing_but_stand_in_the_number_of_all() -> None:
    spec = cluster_spec("a", "b", "c", "d", "e")
    tail = {name: witness(name, followed="b") for name in "cde"}
    assert standing(spec, {"a": gone(names="b"), "b": witness("b"), **tail}, "a", NOW).level is None
    assert standing(SPEC, {"a": gone(names="b"), "b": witness("b"), "c": witness("c", followed="b")}, "a", NOW).level


def test_a_standby_is_found_on_the_list_by_the_name_under_which_the_primary_knew_it() -> None:
    senders = (sender("left-hand", address="10.0.0.2"), sender("right-hand", address="10.0.0.3"))
    names = 'ANY 1 ("left-hand","right-hand")'
    a = gone(vital=vital(primary=True, ago=6.0, synchronous_names=names, senders=senders))
    b, c = witness("b", address="10.0.0.2"), witness("c", address="10.0.0.3")
    assert stands(b, c, a=a).level is Level.WITNESSED
    assert stands(b, replace(c, address="10.0.0.4"), a=a).level is None


words_of = st.builds(
    lambda server, ssh, heard, ago, vital_ago, followed: witness(
        "b", said(server, ssh, ago=ago), heard_ago=heard, vital=vital(ago=vital_ago), followed=followed
    ),
    SIGHTS, SIGHTS, st.floats(0, 60), st.floats(0, 8), st.floats(0, 8), st.sampled_from(["a", "b", None]),
)  # fmt: skip


LISTS = ("", "ANY 1 (n0,n1)", "ANY 2 (n0,n1,n2)", "n0", "*")


@given(st.lists(words_of, min_size=1, max_size=5), st.sampled_from(LISTS))
def test_whatever_standbys_say_the_rule_holds(said_by: list[Observation], names: str) -> None:
    """By another reading of the same rule: counted one by one, as the row of safety.md has it."""
    who = [f"n{place}" for place in range(len(said_by))]
    spec = cluster_spec("a", *who)
    nodes = {name: replace(one, spec=observed(name).spec) for name, one in zip(who, said_by, strict=True)}
    found = standing(spec, {"a": gone(names=names), **nodes}, "a", NOW)
    unseeing, contradicted = [], False
    for name, one in nodes.items():
        assert one.vital is not None
        assert one.testimony is not None
        assert one.heard_ticks is not None
        if NOW.ticks - one.vital.at.ticks > 4.0 or one.followed != "a":
            continue
        tried = (one.testimony.server, one.testimony.ssh)
        recent = NOW.ticks - one.testimony.at.ticks <= 4.0 and one.testimony.asked_ticks > moment(6.0).ticks
        if one.vital.at.ticks - one.heard_ticks <= 3.0 or (recent and set(tried) & {Sight.REACHED, Sight.REFUSED}):
            contradicted = True
        elif recent and tried == (Sight.SILENT, Sight.SILENT):
            unseeing.append(name)
    place = LISTS.index(names)
    listed = ([], ["n0", "n1"], ["n0", "n1", "n2"], ["n0"], who)[place]
    least = (0, 2, 2, 1, len(who))[place]
    expected = (
        not contradicted and len(unseeing) >= 1 and 2 * len(unseeing) >= len(who)
        and len([name for name in unseeing if name in listed]) >= least
    )  # fmt: skip
    assert (found.level is Level.WITNESSED) == expected


def judged(nodes: dict[str, Observation], spec: ClusterSpec = SPEC) -> Verdict:
    verdicts = {name: judge_node(seen, spec=spec, now=NOW) for name, seen in nodes.items()}
    return judge_cluster(
        spec, nodes, verdicts, last_primary="a", now=NOW, stands=standing(spec, nodes, "a", NOW)
    )


def test_the_cluster_of_a_witnessed_death_is_lost_and_says_by_whose_word() -> None:
    verdict = judged({"a": gone(), "b": witness("b"), "c": witness("c")})
    first = verdict.findings[0]
    assert (verdict.health, first.cause, first.level, first.node) == (
        Health.LOST, Cause.PRIMARY_DEAD, Level.WITNESSED, "a",
    )  # fmt: skip
    assert first.detail == "b, c"
    assert allowed(first.level) == (Allowed.FENCED_FAILOVER,)
    assert Cause.CUT_OFF not in [finding.cause for finding in verdict.findings]


def test_a_death_is_said_before_the_last_answer_has_grown_old() -> None:
    """4 s after its last answer, which would be believed for 5: the standbys know better."""
    ssh = SshContact(state=SshState.ANSWERS, since=moment(100))
    a = gone(
        ssh=ssh, vital_contact=contact(), vital=vital(primary=True, ago=4.0), host=host(ago=5.0),
        vital_asked_ticks=moment(3.0).ticks, host_asked_ticks=moment(2.0).ticks,
    )  # fmt: skip
    late = said(asked_ago=2.6)
    assert judged({"a": a, "b": witness("b", late), "c": witness("c", late)}).cause is Cause.PRIMARY_DEAD
    assert judged({"a": a, "b": witness("b", late), "c": witness("c", late, heard_ago=1.0)}).health is Health.HEALTHY


def test_what_only_we_do_not_see_stays_suspected() -> None:
    reached = said(server=Sight.REACHED, ssh=Sight.REACHED)
    verdict = judged({"a": gone(), "b": witness("b", reached), "c": witness("c", reached)})
    assert (verdict.health, verdict.cause, verdict.findings[0].level) == (
        Health.UNKNOWN, Cause.CUT_OFF, Level.SUSPECTED,
    )  # fmt: skip
    assert allowed(Level.SUSPECTED) == ()


def silent(name: str, **changes: Any) -> Observation:
    made = observed(
        name, ssh=SshContact(state=SshState.SILENT, since=moment(3)), vital_contact=contact(SqlState.SSH, ago=3),
        vital=vital(ago=6.0), books=None, host=host(ago=7.0),
    )  # fmt: skip
    return replace(made, **changes)


def test_when_every_host_is_silent_at_once_nothing_is_said_of_any() -> None:
    spec = cluster_spec("a", "b", "c", "v")
    ssh = SshContact(state=SshState.SILENT, since=moment(3))
    vault = observed("v", kind=NodeKind.BACKUP, host=host(ago=7.0), ssh=ssh)
    nodes = {"a": gone(), "b": silent("b"), "c": silent("c"), "v": vault}
    verdict = judged(nodes, spec)
    assert (verdict.health, [f.cause for f in verdict.findings]) == (Health.UNKNOWN, [Cause.CONSOLE_ISOLATED])
    assert verdict.findings[0].detail == "4"
    # The vault alone that still answers says that our network works: each is judged by itself again.
    seen = judged({**nodes, "v": observed("v", kind=NodeKind.BACKUP)}, spec)
    assert Cause.CONSOLE_ISOLATED not in [f.cause for f in seen.findings]
    assert (seen.health, seen.cause) == (Health.UNKNOWN, Cause.CUT_OFF)


@given(st.sampled_from(list(SshState)), st.booleans())
def test_a_console_that_sees_nobody_never_claims_a_loss(state: SshState, vault: bool) -> None:
    ssh = SshContact(state=state, since=moment(3))
    spec = cluster_spec("a", "b", "c", *(["v"] if vault else []))
    nodes = {"a": gone(ssh=ssh), "b": silent("b", ssh=ssh), "c": silent("c", ssh=ssh)}
    if vault:
        nodes["v"] = observed("v", kind=NodeKind.BACKUP, ssh=ssh, host=host(ago=7.0))
    verdict = judged(nodes, spec)
    assert verdict.health is Health.UNKNOWN
    assert all(finding.level in (None, Level.SUSPECTED) for finding in verdict.findings)


def unfed(name: str, testimony: reading.Testimony | None = None, **changes: Any) -> Observation:
    return witness(name, testimony, vital=vital(receiver=None), heard_ago=9.0, **changes)


def test_a_primary_that_answers_us_and_none_of_its_standbys_is_isolated() -> None:
    nodes = {"a": observed("a", primary=True), "b": unfed("b"), "c": unfed("c")}
    verdict = judged(nodes)
    assert (verdict.health, verdict.cause, verdict.findings[0].node) == (Health.LOST, Cause.PRIMARY_ISOLATED, "a")
    assert (verdict.findings[0].observed, verdict.findings[0].limit) == (2, 2)
    for other in (unfed("c", said(server=Sight.REACHED)), witness("c", heard_ago=1.0), unfed("c", said(ago=5.0))):
        assert isolated_evidence(SPEC, {**nodes, "c": other}, "a", NOW) == ()
    # Half of all standbys is enough, where the other does not answer at all.
    assert isolated_evidence(SPEC, {**nodes, "c": silent("c", followed="a")}, "a", NOW)


def test_standbys_are_asked_in_doubt_alone() -> None:
    def doubted(seen: Observation, **others: Observation) -> bool:
        nodes = {"a": seen, "b": witness("b", heard_ago=0.6), "c": witness("c", heard_ago=0.6), **others}
        return in_doubt(SPEC, nodes, "a")

    quiet = observed("a", primary=True)
    assert not doubted(quiet)
    assert doubted(gone())
    assert doubted(observed("a", primary=True, vital_contact=contact(SqlState.NO_SERVER, ago=0.1)))
    assert doubted(quiet, b=unfed("b"))
    assert doubted(quiet, b=witness("b", lags=replace(observed("b").lags, flush_seconds=3.5)))
    arrivals = Arrivals()
    for tick in range(60):
        arrivals = arrivals.heard(NOW.ticks - 62 + tick, pace_seconds=1.0)
    late = suspicion_of("a", Channel.VITAL, arrivals, pace_seconds=1.0, now_ticks=NOW.ticks)
    assert late is not None
    assert doubted(replace(quiet, suspicions=(late,)))
    usual = suspicion_of("a", Channel.VITAL, arrivals, pace_seconds=1.0, now_ticks=NOW.ticks - 1.6)
    assert usual is not None
    assert not doubted(replace(quiet, suspicions=(usual,)))


def test_when_a_standby_can_last_have_heard_its_upstream() -> None:
    none = observed("b", vital=None)
    streams = observed("b", vital=vital(ago=2.0, receiver=receiver(heard_age_seconds=1.5)))
    assert heard_after(none, streams, None) == pytest.approx(moment(3.5).ticks)
    # Its receiver is gone: it may have heard up to that answer, and not later, however long it stays so.
    ended = observed("b", vital=vital(ago=1.0, receiver=None))
    assert heard_after(streams, ended, moment(3.5).ticks) == moment(1.0).ticks
    still = observed("b", vital=vital(ago=0.0, receiver=None))
    assert heard_after(ended, still, moment(1.0).ticks) == moment(1.0).ticks
    assert heard_after(none, ended, None) == moment(1.0).ticks
    for blind in (observed("b", vital=vital(may_see_all=False)), observed("b", vital=vital(primary=True)), none,
                  observed("b", vital=vital(receiver=receiver(heard_age_seconds=None)))):  # fmt: skip
        assert heard_after(ended, blind, moment(1.0).ticks) is None


def test_a_clock_set_forward_on_a_standby_makes_no_death_by_itself() -> None:
    """Its receiver's age by its own clock may be anything; what it reaches is tried."""
    jumped = witness("b", said(server=Sight.REACHED), heard_ago=4000.0)
    assert stands(b=jumped).level is None
    negative = observed("b", vital=vital(receiver=receiver(heard_age_seconds=-50.0)))
    assert heard_after(observed("b", vital=None), negative, None) == moment(0.5).ticks


def asked_at(seconds: float, *, streams_until: float, reached: bool, most: float = 600.0) -> list[float]:
    """When a standby is asked in the first minutes of a doubt, looked at each half second. Its stream ends once."""
    asking, testimony, times, ticks = Asking(), None, [], seconds
    while ticks < seconds + most:
        heard = min(ticks - 0.1, streams_until)
        if asking.due(testimony, "a", ticks=ticks, heard_ticks=heard):
            asking = asking.asked(testimony, "a", ticks=ticks, heard_ticks=heard)
            testimony = said(server=Sight.REACHED if reached and ticks < streams_until else Sight.SILENT)
            times.append(ticks - seconds)
        ticks += 0.5
    return times


def test_one_that_reaches_the_primary_is_asked_ever_more_seldom() -> None:
    assert asked_at(0.0, streams_until=1e9, reached=True)[:6] == [0.0, 10.0, 30.0, 70.0, 130.0, 190.0]


def test_one_that_does_not_is_asked_again_and_again() -> None:
    times = asked_at(0.0, streams_until=-10.0, reached=False, most=60.0)
    assert times == [float(second) for second in range(60)]


@given(st.integers(1, 580))
def test_when_the_stream_of_one_that_reached_it_dries_up_it_is_asked_within_seconds(ends: int) -> None:
    """Whenever the primary dies while only we did not see it: never a minute later because all was calm."""
    times = asked_at(0.0, streams_until=float(ends), reached=True, most=620.0)
    assert any(ends <= one <= ends + 4.0 for one in times)
