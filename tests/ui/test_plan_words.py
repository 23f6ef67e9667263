"""Words for plans: every word of the engine has a sentence, an unknown one is readable, and no claim is too large."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import console
from console.domain.consensus import Danger, Unfit
from console.domain.group_orders import Objection, Says
from console.domain.plan import (
    Act,
    Checked,
    Claim,
    Loss,
    LossBasis,
    Operation,
    Outcome,
    Phase,
    Proof,
    Step,
    Verb,
)
from console.domain.recommendation import Way
from console.domain.run import Asks, Choice, Mode, Question, RunState, StepState
from console.ui import check_words, mend_words, plan_words, run_words, step_words, wizard_words
from tests.ui import run_stories, story

PLAN = run_stories.failover_plan()
STEP_KINDS = (
    "lock", "unlock", "checkpoint", "settle", "hook", "stop", "caught-up", "promote", "slots", "repoint", "attach",
    "sync", "commit-level", "mark", "books", "cut", "fence", "unfence", "fence-again", "rescue-list",
    "rescue-carry", "rescue-replay", "rescue-take-back", "gate", "archive", "start", "keep-wal", "rewind", "copy",
    "swap-in", "configure", "drop-old", "drop-slots", "patroni",
)  # fmt: skip
CHECKS = (
    "reachable", "identity", "system-identifier", "timeline", "streams", "lag", "replay-paused", "slots",
    "sync-after", "long-transactions", "prepared-transactions", "backup-running", "clock-offset", "disk",
    "versions", "rights", "archive", "restarters", "lock-free", "primary-alive", "primary-dead", "level", "fencing",
    "majority", "overlap", "candidate", "loss", "rescue", "wal-hints", "full-page-writes", "history", "space",
    "name-typed", "followers", "logical-slots", "hook-host", "settings-writable", "consensus", "tools",
)  # fmt: skip
REASONS = (
    "not-reached", "not-standby", "other-system", "behind", "furthest-is-other", "cascade", "replay-paused",
    "delayed", "no-server", "other-timeline", "not-answering", "unfit-version", "no-rights", "the-primary",
    "primary-alive", "primary-gone", "host-silent", "stopped-by-somebody", "no-candidate", "nothing-to-rejoin",
    "no-backup", "from-backups", "overlap-missing", "list-unknown", "list-changed", "old-reading", "no-books",
    "wal-read", "both-alive", "unseen-time", "not-streaming", "nothing-wrong", "costs-time", "no-primary", "fenced",
    "processes-there", "fence-ssh", "fence-command", "fence-quorum", "fence-attest",
)  # fmt: skip


def step(kind: str, *about: tuple[str, str], **more: object) -> Step:
    base = Step(key=kind, phase=Phase.PROMOTE, about=about)
    return replace(base, **more)  # type: ignore[arg-type]


def checked(check: str, **more: object) -> Checked:
    base = Checked(check=check, outcome=Outcome.REFUSE, node="chi-1", observed=1, threshold=0, source="console",
                   at=run_stories.NOW)  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", STEP_KINDS)
def test_every_kind_of_step_has_a_sentence_of_its_own(kind: str) -> None:
    bare = plan_words.step_sentence(PLAN, step(kind))
    named = plan_words.step_sentence(PLAN, step(f"{kind}:nyc-2", ("node", "nyc-2"), ("upstream", "chi-1")))
    for said in (bare, named):
        assert said and said[0].isupper() and not said.endswith(".")
        assert "{" not in said and said != kind.capitalize()
    assert kind in step_words._STEPS


@pytest.mark.parametrize("word", ["flux-capacitor", "", "§", "a:b"])
def test_an_unknown_word_is_readable_and_never_a_crash(word: str) -> None:
    strange = step(word)
    assert plan_words.step_sentence(PLAN, strange)
    assert plan_words.check_name(word)
    assert plan_words.reason_sentence(word, "nyc-2")
    assert plan_words.left_to_do_sentence(word)
    assert plan_words.step_sentence(PLAN, step("flux-capacitor:nyc-2")) == "Flux capacitor: nyc-2"
    assert plan_words.mend_sentence(checked("x", mend="turn-it-off", mend_about=(("for", "5 s"),))) == (
        "Turn it off: for 5 s"
    )


def test_a_step_names_what_it_is_about() -> None:
    def said(kind: str, *about: tuple[str, str]) -> str:
        return plan_words.step_sentence(PLAN, step(kind, *about))

    assert said("repoint", ("node", "lab-2"), ("followers", "lab-1, lab-3")) == "Point lab-1 and lab-3 at lab-2"
    assert said("lock", ("needed", "3"), ("nodes", "4")) == "Take the lock on 3 or more of 4 nodes"
    assert said("sync:lab-2", ("node", "lab-2"), ("value", "async")) == "Let commits on lab-2 wait for no standby"
    assert said("sync:lab-2", ("node", "lab-2"), ("value", "ANY 1 (a, b)")).endswith("wait for ANY 1 (a, b)")
    assert said("mark:lab-2", ("count", "0")) == "Write a marked commit on lab-2"
    assert said("mark:lab-2", ("count", "1")).endswith("confirmed by 1 standby")
    assert said("books", ("nodes", "lab-1, lab-2, lab-3")) == "Prove the books on lab-1, lab-2 and lab-3"


def test_hostile_names_stay_in_their_line() -> None:
    said = plan_words.step_sentence(PLAN, step("promote", ("node", "chi-1\n\x1b[31mred")))
    assert "\n" not in said and "\x1b" not in said


@pytest.mark.parametrize("claim", list(Claim))
def test_every_claim_can_be_told_before_it_holds(claim: Claim) -> None:
    one = step("promote", proofs=(Proof(claim=claim, node="chi-1", args=(("position", "${mark_position}"),)),))
    said = plan_words.step_proof(PLAN, one)
    assert said.startswith("Proof to come: ")
    assert "${" not in said and "{" not in said


def test_a_proof_names_timeline_upstream_and_nodes() -> None:
    follows = Proof(claim=Claim.FOLLOWS, node="nyc-2", args=(("upstream", "chi-1"), ("timeline", "8")))
    assert plan_words.step_proof(PLAN, step("repoint", proofs=(follows,))) == (
        "Proof to come: streams from chi-1 on timeline 8"
    )
    both = (follows, replace(follows, node="dal-1"))
    assert plan_words.step_proof(PLAN, step("repoint", proofs=both)) == (
        "Proof to come: nyc-2 streams from chi-1 on timeline 8; dal-1 streams from chi-1 on timeline 8"
    )
    many = tuple(replace(follows, node=f"n{place}") for place in range(9))
    assert plan_words.step_proof(PLAN, step("repoint", proofs=many)).endswith("6 more")
    assert plan_words.step_proof(PLAN, step("unlock")) == "No proof of its own"


def test_every_value_of_our_enums_has_a_word() -> None:
    for claim in Claim:
        assert claim in step_words._CLAIMS
    for verb in Verb:
        assert plan_words.act_sentence(Act(verb=verb, node="n")).endswith(", on n")
        assert verb in step_words._VERBS
    texts = [plan_words.operation_name(one) for one in Operation]
    texts += [plan_words.phase_name(one) for one in Phase]
    texts += [plan_words.way_name(one) for one in Way]
    texts += [plan_words.choice_label(one) for one in Choice]
    texts += [plan_words.outcome_word(one) for one in Outcome]
    texts += [plan_words.step_state_word(one) for one in StepState]
    texts += [plan_words.choice_meaning(one, run_stories.running()) for one in Choice]
    assert all(texts)
    assert len({plan_words.choice_label(one) for one in Choice}) == len(Choice)


@pytest.mark.parametrize("word", CHECKS)
def test_every_check_has_a_name_and_a_way_to_mend_it(word: str) -> None:
    assert word in check_words._CHECKS
    assert plan_words.mend_sentence(checked(word)).endswith(".")
    assert plan_words.mend_sentence(checked(word, outcome=Outcome.PASS)) == ""


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        (r'mend="([a-z-]+)"', mend_words.MENDS),
        (r'checked\(\s*world, "([a-z-]+)"', check_words._CHECKS),
        (r'key=f?"([a-z-]+)[":]', step_words._STEPS),
    ],
    ids=["mends", "checks", "steps"],
)
def test_the_words_that_the_engine_says_are_all_known(pattern: str, known: dict[str, object]) -> None:
    """They stand as literals in the modules that make plans; an unknown one would be shown as a bare word."""
    found: set[str] = set()
    for path in (Path(console.__file__).parent / "recovery").glob("*.py"):
        found |= set(re.findall(pattern, path.read_text("utf-8")))
    assert len(found) > 15, "the pattern is no longer right"
    assert found - set(known) == set()


@pytest.mark.parametrize("word", REASONS)
def test_every_reason_is_a_clause(word: str) -> None:
    said = plan_words.reason_sentence(word, "nyc-2")
    assert word in check_words._REASONS
    assert said[0].islower() and not said.endswith(".")


def test_the_reasons_of_the_situation_are_all_known() -> None:
    text = (Path(console.__file__).parent / "recovery" / "situations.py").read_text("utf-8")
    found = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text)) - {"lab-measured", "no-stream", "no-link"}
    assert len(found) > 8
    assert found - set(check_words._REASONS) == set()


def test_what_was_observed_carries_its_unit() -> None:
    text = plan_words.checked_text
    assert text("disk", 1_900_000_000_000) == "1.9 TB"
    assert text("clock-offset", 0.4) == "0.4 s"
    assert text("loss", 122) == "122 entries"
    assert text("streams", True) == "yes"
    assert text("streams", None) == "—"
    assert text("timeline", 7) == "7"
    assert text("candidate", "cascade, replay-paused") == (
        "a cascade: it follows a standby, not the primary; its replay is paused"
    )


def test_a_loss_never_says_less_than_it_may_be() -> None:
    loss = run_stories.LOSS
    assert plan_words.loss_sentence(loss, short=False) == (
        "Promoting chi-1 now loses 87 entries, and up to 35 more that nobody has seen"
    )
    assert plan_words.loss_sentence(loss, short=True) == "loses 87 entries, at most 122"
    assert plan_words.loss_figure(loss) == "87 to 122 entries"
    unknown = Loss(candidate="chi-1", basis=LossBasis.UNKNOWN, entries_low=None, entries_high=None)
    assert plan_words.loss_figure(unknown) == "not known"
    assert "not known" in plan_words.loss_sentence(unknown, short=False)
    nothing_seen = replace(loss, entries_low=0, entries_high=35)
    assert plan_words.loss_figure(nothing_seen) == "at most 35 entries"
    assert plan_words.loss_amounts(nothing_seen) == ""
    endless = replace(loss, entries_high=None)
    assert plan_words.loss_figure(endless) == "87 entries or more"
    exact = replace(loss, basis=LossBasis.EXACT, entries_low=1, entries_high=1)
    assert plan_words.loss_figure(exact) == "1 entry"
    none = replace(loss, basis=LossBasis.NONE, entries_low=0, entries_high=0, outside="local-commits")
    assert plan_words.loss_figure(none) == "nothing"
    assert "outside" in plan_words.loss_ground(none)
    assert plan_words.loss_figure(None) == "not known"


@pytest.mark.parametrize("asks", list(Asks))
def test_every_question_is_one_sentence_with_its_figures(asks: Asks) -> None:
    for step_key, observed, threshold in (("gate", "timeline 9", "timeline 8"), (None, None, None), ("x", 3, None)):
        question = Question(asks=asks, step=step_key, node="chi-1", observed=observed, threshold=threshold,
                            choices=(Choice.GO_ON,))  # fmt: skip
        said = plan_words.asks_sentence(question, PLAN)
        assert said and "{" not in said and "None" not in said


def test_the_gate_says_both_figures() -> None:
    run = run_stories.asking_loss()
    assert run.question is not None
    assert plan_words.asks_sentence(run.question, run.plan) == (
        "The loss (141 to 176 entries) is above what was approved (at most 150 entries). "
        "The plan has stopped and asks again"
    )


def test_the_headline_says_first_whether_the_ledger_is_writable() -> None:
    assert plan_words.run_headline(run_stories.running()).startswith("Writes are back on chi-1 since 02:57:")
    assert plan_words.run_headline(run_stories.running(done=3)).startswith("Writes have stopped. Now: Fence nyc-1")
    assert plan_words.run_headline(run_stories.switched()) == (
        "lab-2 is primary, and that is proven. Writes stopped for 842 ms"
    )
    assert "all is as it was" in plan_words.run_headline(run_stories.cancelled())
    rehearsed = plan_words.run_headline(run_stories.switched(mode=Mode.REHEARSAL))
    assert rehearsed == (
        "Rehearsal of the switchover of ledger-lab from lab-1 to lab-2: nothing stood in the way. It promises nothing"
    )
    for state in RunState:
        assert plan_words.run_headline(replace(run_stories.running(), state=state))


def test_writes_are_not_called_back_while_the_meter_sees_none() -> None:
    run = run_stories.running()
    assert run.outage is not None
    closed = replace(run, outage=replace(run.outage, open=True))
    assert "Writes have stopped" in plan_words.run_headline(closed)
    unmeasured = replace(run, outage=None)
    assert "Writes" not in plan_words.run_headline(unmeasured)


def test_stopping_says_what_will_be_true() -> None:
    assert plan_words.after_stop_sentence(run_stories.running()) == (
        "chi-1 stays primary. Left: steps 9 to 12, by going on later."
    )
    assert "cancel it" in plan_words.after_stop_sentence(run_stories.running(done=2))
    past = replace(run_stories.running(done=5), no_return_at=run_stories.NOW)
    assert "only leads forward" in plan_words.after_stop_sentence(past)


def test_what_is_left_to_do_names_its_node() -> None:
    assert plan_words.left_to_do_sentence("rejoin:nyc-1").startswith("Rejoin nyc-1")
    assert plan_words.left_to_do_sentence("outage-row")
    assert plan_words.left_to_do_sentence("buy-milk:nyc-1") == "Buy milk: nyc-1"


def test_a_write_gap_is_told_in_milliseconds_while_it_is_short() -> None:
    assert plan_words.gap_text(0.842) == "842 ms"
    assert plan_words.gap_text(402.0) == "6 min 42 s"
    assert plan_words.outage_gap(run_stories.switched().outage) == "842 ms"
    assert plan_words.outage_gap(run_stories.ended().outage) == "1 min 47 s or more"
    assert plan_words.outage_gap(None) == ""


def test_a_run_in_one_line() -> None:
    assert plan_words.run_line(run_stories.running()) == (
        "ledger-us: failover from nyc-1 to chi-1, started by m.keller, approved by a.okafor"
    )
    assert "rehearsal" in plan_words.run_line(run_stories.switched(mode=Mode.REHEARSAL))
    assert plan_words.when_text(run_stories.switched(days_ago=1), story.NOW).startswith("16 Mar")


def test_writes_are_back_at_the_end_of_the_promotion() -> None:
    run = run_stories.running()
    promoted = next(one for one in run.steps if one.key == "promote:chi-1")
    assert promoted.begun_at is not None and promoted.seconds is not None
    back = plan_words.writes_back_at(run)
    assert back is not None
    assert (back - promoted.begun_at).total_seconds() == pytest.approx(promoted.seconds)
    assert plan_words.writes_back_at(run_stories.running(done=3)) is None
    assert run_words.has_ended(run_stories.ended())


def test_every_word_about_patroni_has_a_sentence() -> None:
    """Dangers, objections and reasons come as values of enums; what they are called in a plan must be known."""
    for danger in Danger:
        assert danger.value in check_words._REASONS
        assert f"danger-{danger.value}" in mend_words.MENDS or danger in (Danger.NO_QUORUM, Danger.PAUSED)
    for against in Objection:
        assert f"against-{against.value}" in mend_words.MENDS
        assert against.value in check_words._REASONS
    for unfit in Unfit:
        assert ("patroni-silent" if unfit is Unfit.SILENT else unfit.value) in check_words._REASONS
    for says in Says:
        proof = Proof(claim=Claim.PATRONI_SAYS, node="nyc-2", args=(("that", says.value), ("count", "1")))
        said = plan_words.proof_clause(PLAN, proof)
        assert said and "{" not in said and said != plan_words.proof_clause(PLAN, replace(proof, args=()))
    recovery = Path(console.__file__).parent / "recovery"
    for name in ("group_situations.py", "group_plans.py", "group_members.py"):
        text = (recovery / name).read_text("utf-8")
        reasons = set(re.findall(r'reason=.*?"([a-z]+(?:-[a-z]+)+)"', text))
        notes = set(re.findall(r'\(+"([a-z]+(?:-[a-z]+)+)", (?:world|name|subject)', text)) - {"node"}
        assert reasons - set(check_words._REASONS) == set()
        assert all(wizard_words.note_sentence(note, "nyc-1") for note in notes), notes


def test_steps_that_patroni_does_say_so() -> None:
    by = ("by", "patroni")
    assert plan_words.step_sentence(PLAN, step("promote", ("node", "nyc-2"), ("subject", "nyc-1"), by)) == (
        "Have Patroni make nyc-2 the primary, in the place of nyc-1"
    )
    for kind in ("start", "gate", "copy"):
        assert "Patroni" in plan_words.step_sentence(PLAN, step(kind, ("node", "nyc-2"), ("upstream", "chi-1"), by))
    assert plan_words.step_sentence(PLAN, step("streaming", ("node", "nyc-2"), ("followers", "a, b"))) == (
        "Wait until a and b stream from nyc-2"
    )
