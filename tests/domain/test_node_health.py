"""Each cause of a node's sickness under its own name, told apart, with its evidence."""

from dataclasses import replace

import pytest

from console.domain.cluster import NodeKind
from console.domain.node_health import judge_node
from console.domain.observation import Lags, Observation
from console.domain.reading import (
    ControlState,
    Host,
    Process,
    Refusal,
    SqlState,
    SshContact,
    SshState,
)
from console.domain.verdict import Cause, Guard, Health, Level
from tests.observed import NOW, books, cluster_spec, contact, host, moment, observed, receiver, vital

SPEC = cluster_spec("a", "b", "c")
GONE = contact(SqlState.NO_SERVER, ago=0.4, detail="Connection refused")
T = Process(pid=10, state="T")
FAILING = books(archive_last_at=None, archive_last_failed_at=NOW.utc)


def verdict_of(seen: Observation) -> tuple[Health, Cause | None, Level | None]:
    judged = judge_node(seen, spec=SPEC, now=NOW)
    return judged.health, judged.cause, judged.findings[0].level if judged.findings else None


def dead(*looks: Host, **changes: object) -> Observation:
    earlier, last = (None, *looks)[-2:]
    with_vital = {"vital": vital(primary=True, ago=1.0), **changes}
    return observed("a", vital_contact=GONE, earlier_host=earlier, host=last, **with_vital)


def test_a_node_that_answers_in_time_is_healthy() -> None:
    assert verdict_of(observed("a", primary=True)) == (Health.HEALTHY, None, None)
    assert verdict_of(observed("b")) == (Health.HEALTHY, None, None)
    assert verdict_of(observed("v", kind=NodeKind.BACKUP)) == (Health.HEALTHY, None, None)


def test_two_looks_without_a_process_are_hard_evidence() -> None:
    seen = dead(host(ago=0.3, processes=()), host(ago=0.05, processes=()))
    assert verdict_of(seen) == (Health.LOST, Cause.POSTMASTER_KILLED, Level.HARD)
    guards = {e.guard: e for e in judge_node(seen, spec=SPEC, now=NOW).findings[0].evidence}
    assert guards[Guard.PROCESSES].observed == 0
    assert guards[Guard.CONTROL_FILE].observed == "in production"
    assert guards[Guard.LOOKS].observed == 0.25


@pytest.mark.parametrize(
    "looks",
    [
        (host(ago=0.05, processes=()),),
        (host(ago=0.15, processes=()), host(ago=0.05, processes=())),
        (host(ago=5.0, processes=()), host(ago=0.05, processes=())),
    ],
    ids=["one look", "looks 100 ms apart", "the first look is older than its last answer"],
)
def test_less_than_two_looks_after_the_last_answer_is_not_hard(looks: tuple[Host, ...]) -> None:
    assert verdict_of(dead(*looks)) == (Health.LOST, Cause.POSTMASTER_KILLED, None)


@pytest.mark.parametrize(
    ("primary", "state", "level"),
    [
        (True, ControlState.IN_PRODUCTION, Level.HARD),
        (True, ControlState.IN_RECOVERY, None),
        (False, ControlState.IN_RECOVERY, Level.HARD),
        (False, ControlState.IN_PRODUCTION, Level.HARD),
        (False, ControlState.CRASH_RECOVERY, None),
    ],
)
def test_of_a_primary_only_in_production_is_hard(primary: bool, state: ControlState, level: Level | None) -> None:
    looks = [host(ago=ago, processes=(), control_state=state) for ago in (0.3, 0.05)]
    seen = dead(*looks, vital=vital(primary=primary, ago=1.0))
    assert verdict_of(seen) == (Health.LOST, Cause.POSTMASTER_KILLED, level)


def test_an_orphaned_backend_keeps_the_evidence_from_being_hard() -> None:
    orphan = (Process(pid=77, state="R"),)
    seen = dead(host(ago=0.4, processes=orphan), host(ago=0.1, processes=orphan))
    assert verdict_of(seen) == (Health.LOST, Cause.POSTMASTER_KILLED, None)
    assert judge_node(seen, spec=SPEC, now=NOW).findings[0].observed == 1


def test_a_clean_control_file_says_that_somebody_stopped_it() -> None:
    for state in (ControlState.SHUT_DOWN, ControlState.SHUT_DOWN_IN_RECOVERY):
        look = host(ago=0.1, processes=(), control_state=state)
        assert verdict_of(dead(look)) == (Health.LOST, Cause.STOPPED, Level.STOPPED)


def test_a_postmaster_that_lives_and_does_not_listen_is_not_called_killed() -> None:
    assert verdict_of(dead(host(ago=0.1, processes=(Process(pid=10, state="S"),))))[1] is Cause.NO_SERVER


@pytest.mark.parametrize("look", [host(ago=0.1, processes=None), host(ago=3.0, processes=()),
                                  host(ago=0.1, processes=(), control_state=None)])  # fmt: skip
def test_what_could_not_be_read_is_no_evidence(look: Host) -> None:
    assert verdict_of(dead(look)) == (Health.LOST, Cause.NO_SERVER, Level.SUSPECTED)


def test_stopped_processes_are_named_frozen_before_the_silence_is_long() -> None:
    seen = observed(
        "a", vital=vital(primary=True, ago=2.2), vital_asked_ticks=NOW.ticks - 1.2, host=host(ago=0.1, processes=(T, T))
    )
    assert verdict_of(seen) == (Health.LOST, Cause.FROZEN, Level.HUNG)


def test_one_stopped_process_among_others_is_not_frozen() -> None:
    some = (T, Process(pid=11, state="S"))
    seen = observed(
        "a", vital=vital(primary=True, ago=2.2), vital_asked_ticks=NOW.ticks - 1.2, host=host(ago=0.1, processes=some)
    )
    assert verdict_of(seen)[0] is Health.HEALTHY


def test_a_round_of_three_seconds_on_a_slow_link_changes_no_verdict() -> None:
    seen = observed(
        "a", primary=True, vital=vital(primary=True, ago=3.9, round_trip_seconds=3.0), vital_asked_ticks=NOW.ticks - 3.0
    )
    assert verdict_of(seen) == (Health.HEALTHY, None, None)


def test_two_silent_sessions_while_the_host_answers_are_hung() -> None:
    seen = observed(
        "a", vital=vital(primary=True, ago=7.0), vital_asked_ticks=NOW.ticks - 6.0, books_asked_ticks=NOW.ticks - 6.0
    )
    assert verdict_of(seen) == (Health.LOST, Cause.HUNG, Level.HUNG)
    guards = {e.guard for e in judge_node(seen, spec=SPEC, now=NOW).findings[0].evidence}
    assert {Guard.VITAL_SILENCE_SECONDS, Guard.BOOKS_SILENCE_SECONDS, Guard.PROCESSES} <= guards


@pytest.mark.parametrize("refusal", list(Refusal))
def test_any_word_of_the_server_is_alive_but_refusing(refusal: Refusal) -> None:
    seen = observed("a", vital_contact=contact(SqlState.REFUSES, ago=0.5, refusal=refusal))
    passing = {
        Refusal.STARTING: Cause.STARTING,
        Refusal.RECOVERING: Cause.STARTING,
        Refusal.SHUTTING_DOWN: Cause.STOPPING,
    }
    # Coming up or going down nobody is served; any other no is meant for us, and says nothing of the ledger.
    health = Health.LOST if refusal in passing else Health.UNKNOWN
    assert verdict_of(seen) == (health, passing.get(refusal, Cause.REFUSING), Level.REFUSING)


@pytest.mark.parametrize(
    ("state", "cause"),
    [
        (SshState.SILENT, Cause.CUT_OFF),
        (SshState.REFUSED, Cause.CUT_OFF),
        (SshState.UNRESOLVED, Cause.CUT_OFF),
        (SshState.BROKEN, Cause.CUT_OFF),
        (SshState.HOST_KEY_CHANGED, Cause.HOST_KEY_CHANGED),
        (SshState.HOST_KEY_UNKNOWN, Cause.HOST_KEY_UNKNOWN),
        (SshState.AUTHENTICATION, Cause.AUTHENTICATION),
        (SshState.ASKS, Cause.ASKS),
        (SshState.KEY_MISSING, Cause.KEY_MISSING),
        (SshState.CONNECTING, Cause.NOT_ASKED),
    ],
)
def test_what_only_we_cannot_see_is_unknown_and_never_lost(state: SshState, cause: Cause) -> None:
    seen = observed("a", ssh=SshContact(state=state, since=moment(5)))
    health, named, level = verdict_of(seen)
    assert (health, named) == (Health.UNKNOWN, cause)
    assert level in (None, Level.SUSPECTED)


def test_a_connection_that_just_broke_is_tried_again_before_it_is_called_cut_off() -> None:
    seen = observed("a", primary=True, ssh=SshContact(state=SshState.BROKEN, since=moment(0.5)),
                    vital_contact=contact(SqlState.SSH, ago=0.5))  # fmt: skip
    assert verdict_of(seen)[0] is Health.HEALTHY


def test_a_blocked_table_is_a_note_and_never_a_sick_node() -> None:
    seen = observed("a", primary=True, books_contact=contact(SqlState.BLOCKED, detail="55P03 lock timeout"))
    assert verdict_of(seen) == (Health.HEALTHY, Cause.BOOKS_BLOCKED, None)


def test_an_old_reading_is_unknown_not_fine() -> None:
    assert verdict_of(observed("a", vital=vital(primary=True, ago=9.0)))[:2] == (Health.UNKNOWN, Cause.STALE)


@pytest.mark.parametrize(
    ("free", "health", "cause"),
    [
        (10**6, Health.LOST, Cause.DISK_FULL),
        (5 * 10**10, Health.DEGRADED, Cause.DISK_LOW),
        (2 * 10**11, Health.HEALTHY, None),
    ],
)
def test_the_disk_is_full_low_or_fine(free: int, health: Health, cause: Cause | None) -> None:
    assert verdict_of(observed("a", primary=True, host=host(disk_free_bytes=free)))[:2] == (health, cause)


def test_a_server_that_died_of_a_full_disk_is_named_after_the_disk_first() -> None:
    seen = dead(host(ago=0.4, processes=(), disk_free_bytes=0), host(ago=0.1, processes=(), disk_free_bytes=0))
    judged = judge_node(seen, spec=SPEC, now=NOW)
    assert [f.cause for f in judged.findings] == [Cause.DISK_FULL, Cause.POSTMASTER_KILLED]


def test_a_refused_heartbeat_for_want_of_space_says_full() -> None:
    seen = observed("a", primary=True, disk_full_said=moment(2))
    assert verdict_of(seen)[1] is Cause.DISK_FULL


@pytest.mark.parametrize(
    ("seen", "cause"),
    [
        (observed("b", vital=vital(receiver=None)), Cause.NOT_STREAMING),
        (observed("b", vital=vital(replay_paused=True)), Cause.REPLAY_PAUSED),
        (observed("b", lags=Lags(flush_seconds=41.0, upstream="a")), Cause.LAGGING),
        (observed("b", vital=vital(may_see_all=False)), Cause.NO_RIGHTS),
        (observed("b", vital=vital(clock=moment(30).utc)), Cause.CLOCK_APART),
        (observed("b", lags=Lags(reply_age_seconds=60.0, upstream="a")), Cause.ONE_WAY),
        (observed("b", vital=vital(receiver=receiver(heard_age_seconds=90.0))), Cause.ONE_WAY),
        (observed("a", primary=True, books=FAILING), Cause.ARCHIVE_FAILING),
    ],
)  # fmt: skip
def test_what_degrades_a_node_has_its_own_name(seen: Observation, cause: Cause) -> None:
    if cause is Cause.ONE_WAY and seen.lags.reply_age_seconds is None:
        seen = replace(seen, lags=Lags(reply_age_seconds=0.3, upstream="a"))
    assert verdict_of(seen)[:2] == (Health.DEGRADED, cause)


def test_one_way_says_which_direction_is_missing() -> None:
    seen = observed("b", lags=Lags(reply_age_seconds=60.0, upstream="a"))
    assert judge_node(seen, spec=SPEC, now=NOW).findings[0].detail == "to-upstream"


def test_another_machine_voids_what_was_known_until_a_person_confirms() -> None:
    health, cause, _ = verdict_of(observed("a", primary=True, identity_changed="machine"))
    assert (health, cause) == (Health.UNKNOWN, Cause.IDENTITY_CHANGED)


@pytest.mark.parametrize(
    ("state", "cause"),
    [(SqlState.UNREADABLE, Cause.UNREADABLE), (SqlState.NO_PROGRAM, Cause.NO_PROGRAM),
     (SqlState.SUDO_REFUSED, Cause.SUDO_REFUSED), (SqlState.NO_RIGHTS, Cause.NO_RIGHTS)],
)  # fmt: skip
def test_what_keeps_us_from_reading_is_named_and_unknown(state: SqlState, cause: Cause) -> None:
    assert verdict_of(observed("a", vital_contact=contact(state, detail="said")))[:2] == (Health.UNKNOWN, cause)


def test_a_death_is_hard_only_of_the_very_server_that_answered_before() -> None:
    """Another system in the control file, another machine, a living postmaster: none of these is a proven death."""
    looks = (host(ago=0.3, processes=()), host(ago=0.05, processes=()))
    assert verdict_of(dead(*looks))[2] is Level.HARD
    other = tuple(replace(look, control_system_identifier="999") for look in looks)
    assert verdict_of(dead(*other))[2] is None
    assert judge_node(dead(*looks, identity_changed="machine"), spec=SPEC, now=NOW).findings[-1].level is not Level.HARD
    alive = tuple(replace(look, postmaster_alive=True) for look in looks)
    assert verdict_of(dead(*alive)) == (Health.LOST, Cause.NO_SERVER, Level.SUSPECTED)


def test_one_late_session_beside_one_that_answers_is_not_hung() -> None:
    late = NOW.ticks - 6.0
    seen = observed("a", vital=vital(primary=True, ago=7.0), vital_asked_ticks=late, books=books(ago=0.2))
    assert verdict_of(seen)[:2] == (Health.UNKNOWN, Cause.STALE)


def test_a_cancelled_vital_question_grows_stale_and_is_never_fine_for_ever() -> None:
    seen = observed("a", vital=vital(primary=True, ago=300.0), vital_contact=contact(SqlState.BLOCKED))
    assert verdict_of(seen)[:2] == (Health.UNKNOWN, Cause.STALE)


def test_a_shell_that_hangs_is_not_a_host_that_is_cut_off_while_the_server_answers() -> None:
    assert verdict_of(observed("a", primary=True, host_asked_ticks=NOW.ticks - 60.0))[0] is Health.HEALTHY


def test_silence_from_before_our_own_sleep_is_not_the_nodes() -> None:
    late = NOW.ticks - 60.0
    seen = observed("a", vital=None, vital_asked_ticks=late, books_asked_ticks=late, void_ticks=NOW.ticks - 1.0)
    assert verdict_of(seen)[1] is not Cause.HUNG
