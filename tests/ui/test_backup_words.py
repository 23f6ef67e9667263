"""What the Backups page says: first what can't be had; troubles with what was not changed; cron in words."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import console
from console.domain.backup import BackupCheck, BackupState, CheckResult, JobKind, JobState, MissedRun
from console.domain.backup_policy import BackupKind, EngineName, MediumKind, Retention, Scheduler
from console.domain.reading import SqlState, SshState
from console.domain.verdict import Health
from console.link.messages import Refused
from console.ui import backup_words as words
from console.ui.backup_figures import advice_text, job_figures, kept_text, medium_line
from console.ui.backup_keeping import BackupKeeping, keeping_of, keeping_text, next_by_itself
from console.ui.backup_refused import BACKUP_REFUSED
from console.ui.backup_sentences import check_line, hole_text, needs_text, troubles, verdict
from console.ui.backup_shapes import proof_word
from console.ui.backup_state import (
    Proof,
    chain_of,
    is_whole,
    last_proven,
    marks_of,
    missing,
    nearest,
    proof_of,
    restorable,
)
from console.ui.cron_words import cron_days, cron_meaning
from console.ui.sentences import refused_sentence
from tests.ui import backup_stories as stories

NOW = stories.NOW


def test_the_verdict_says_first_what_can_not_be_had_and_that_its_entries_are_safe() -> None:
    said = verdict(stories.view(), NOW)
    assert said.title == (
        "ledger-us can go back to any moment since 8 Mar 01:22, save 3 h 13 min on 13 and 14 Mar"
    )
    assert said.below.startswith("Entries booked in that stretch are in every later backup")
    assert said.health is Health.DEGRADED


def test_a_whole_window_with_a_proof_is_good_news_that_names_its_proof() -> None:
    said = verdict(stories.calm(), NOW)
    assert said.health is Health.HEALTHY
    assert said.title == "ledger-us can go back to any moment since 8 Mar 01:22"
    assert "incremental backup of 17 Mar 00:20, proven 17 Mar 00:27" in said.below


def test_without_any_proof_it_is_not_called_good() -> None:
    said = verdict(stories.view(hole=False, marks=()), NOW)
    assert said.health is Health.DEGRADED
    assert said.title.endswith("but no backup was ever restored on trial")


def test_a_failed_check_is_the_news() -> None:
    said = verdict(stories.view(hole=False, failed=True), NOW)
    assert said.health is Health.DEGRADED
    assert said.title.endswith("but the incremental backup of 13 Mar 01:00 failed a check")


def test_old_wal_is_never_called_now() -> None:
    seen = stories.windows(hole=False)
    old = tuple(replace(one, end_at=NOW - timedelta(minutes=31)) for one in seen)
    said = verdict(stories.view(hole=False, windows=old), NOW)
    assert said.health is Health.DEGRADED
    assert "not later: no WAL came for 31 min 0 s" in said.title


def test_what_was_read_before_a_repository_fell_silent_is_called_old() -> None:
    said = verdict(stories.unreachable(), NOW)
    assert said.health is Health.UNKNOWN
    assert "could go back" in said.title
    assert "when vault-2 was last read" in said.title
    assert "31 min ago" in said.below


def test_backups_without_any_window_are_lost_not_unknown() -> None:
    said = verdict(stories.view(windows=(), holes=()), NOW)
    assert said.health is Health.LOST
    assert verdict(stories.no_policy(), NOW).title == "ledger-us has no backup yet"


def test_a_backup_that_was_just_made_is_not_called_lost() -> None:
    last = stories.backups()[-1]
    assert last.ended_at is not None
    said = verdict(stories.view(windows=(), holes=()), last.ended_at + timedelta(seconds=20))
    assert said.health is Health.UNKNOWN
    assert "what it can give back is not known yet" in said.title


def test_a_hole_that_another_repository_covers_is_none() -> None:
    first, second = stories.windows()
    other = replace(first, repository="eu-archive", end_at=second.end_at)
    view = stories.view(windows=(first, second, other))
    assert missing(view) == ()
    assert len(missing(view, "vault-2")) == 1
    assert len(restorable(view)) == 1


def test_a_trouble_says_what_was_not_changed_and_what_to_do() -> None:
    first, second = troubles(stories.unreachable(), NOW)
    assert first.title == "vault-2: its host could not be reached (no route to host)"
    assert first.below == (
        "Nothing was changed. The backup of 17 Mar 00:20 is still the last. "
        "Check the SSH of vault-2, then 'Back up now'."
    )
    assert second.title == (
        "Missed: incremental backup of 17 Mar 02:00 on vault-2, because its host could not be reached"
    )
    (failed,) = troubles(stories.full_disk(), NOW)
    assert "there is no space left (could not write" in failed.title
    assert "What was half-done counts for nothing" in failed.below


def test_old_failures_are_not_told_for_ever() -> None:
    late = NOW + timedelta(hours=30)
    assert troubles(stories.full_disk(), late) == ()


@pytest.mark.parametrize(
    ("cron", "meaning"),
    [
        ("0 1 * * 0", "every Sunday at 01:00"),
        ("0 1 * * mon-sat", "Monday to Saturday at 01:00"),
        ("*/15 * * * *", "every 15 minutes"),
        ("0 */2 * * *", "every 2 hours at :00"),
        ("0 1 1 1,7 *", "on day 1 of the month in January and July at 01:00"),
        ("0 1 13 * 5", "every Friday, and on day 13 of the month, at 01:00"),
        ("61 * * * *", "Minute: '61' is out of its range."),
        ("0 1 * *", "Five fields are wanted: minute, hour, day of the month, month, day of the week."),
        ("0 1 31 2 *", "Day of the month: '31' never comes in those months."),
        ("<b> 1 * * *", "Minute: '<b>' is no number."),
    ],
)
def test_cron_in_words(cron: str, meaning: str) -> None:
    assert cron_meaning(cron) == meaning


def test_cron_in_few_words() -> None:
    assert cron_days("0 1 * * 1,2,4-6") == "5 days a week"
    assert cron_days("0 1 * * 1,4-6") == "Mon, Thu to Sat"
    assert cron_days("0 1 * * 0") == "every Sunday"
    assert cron_days("nonsense") == ""


def test_a_proof_is_never_more_than_was_checked() -> None:
    view = stories.view(failed=True)
    every = stories.backups()
    proofs = [proof_of(one, marks_of(view, one)) for one in every]
    assert proofs == [
        Proof.READ, Proof.PROVEN, Proof.READ, Proof.PROVEN, Proof.READ, Proof.FAILED, Proof.READ, Proof.PROVEN,
        Proof.READ, Proof.PROVEN,
    ]  # fmt: skip
    broken = replace(every[0], state=BackupState.BROKEN)
    assert proof_of(broken, marks_of(view, broken)) is Proof.BROKEN
    only_restored = {BackupCheck.RESTORED: stories.mark(every[0], BackupCheck.RESTORED, NOW)}
    assert proof_of(every[0], only_restored) is Proof.NONE, "restored without its books is not proven"
    assert len({proof_word(one) for one in Proof}) == len(Proof)


def test_a_newer_failure_outweighs_an_older_pass() -> None:
    last = stories.backups()[-1]
    newer = stories.mark(last, BackupCheck.CHECKSUMS, NOW, result=CheckResult.FAILED, reason="file-missing")
    view = stories.view(marks=(*stories.marks(), newer))
    assert proof_of(last, marks_of(view, last)) is Proof.FAILED
    assert last_proven(view) is not None


def test_checks_are_told_by_name_and_scope() -> None:
    last = stories.backups()[-1]
    marks = marks_of(stories.view(), last)
    assert check_line(BackupCheck.CHECKSUMS, marks[BackupCheck.CHECKSUMS]) == (
        "Checksums, all 41,882 files", CheckResult.PASSED,
    )  # fmt: skip
    assert check_line(BackupCheck.PAGES, None) == ("Page checksums: not checked", CheckResult.NOT_CHECKED)
    part = replace(marks[BackupCheck.CHECKSUMS], files_read=12)
    assert check_line(BackupCheck.CHECKSUMS, part)[0] == "Checksums, 12 of 41,882 files"
    failed = marks_of(stories.view(failed=True), stories.backups()[5])[BackupCheck.CHECKSUMS]
    assert check_line(BackupCheck.CHECKSUMS, failed)[0] == (
        "Checksums: a file is not what was backed up (base/16384/16402)"
    )


def test_chains_end_where_a_parent_is_missing_or_leads_in_a_circle() -> None:
    every = stories.backups()
    chain = chain_of(every[-1], every)
    assert [one.kind for one in chain] == [BackupKind.FULL, BackupKind.INCREMENTAL, BackupKind.INCREMENTAL]
    assert is_whole(chain)
    cut = tuple(one for one in every if one.id != every[7].id)
    assert not is_whole(chain_of(every[-1], cut))
    assert "which is not there" in needs_text(chain_of(every[-1], cut), NOW)
    one, other = replace(every[0], parent=every[1].id), replace(every[1], parent=every[0].id)
    assert len(chain_of(one, (one, other))) == 2


def test_a_hole_and_its_reason() -> None:
    view = stories.view()
    length, why = hole_text(view, missing(view)[0])
    assert (length, why) == ("3 h 13 min not restorable:", "one WAL segment is missing")
    assert nearest(view, stories.at(13, 23, 40)) == stories.at(13, 22, 8, 14)
    assert nearest(view, stories.at(14, 1, 0)) == stories.at(14, 1, 21, 40)


def test_figures_of_work_are_only_what_is_known() -> None:
    assert job_figures(stories.running()) == ("4.1 GB of 10.8 GB, 212 MB/s", "38 %", "32 s left")
    assert job_figures(stories.running(), narrow=True)[0] == "4.1 of 10.8 GB, 212 MB/s"
    bare = stories.running(done_bytes=None, all_bytes=None, bytes_per_second=None, seconds_left=None)
    assert job_figures(bare) == ("", "", "")
    assert job_figures(stories.running(all_bytes=0))[1] == ""


def test_media_policy_and_advice() -> None:
    view = stories.view()
    assert medium_line(view, view.repositories[0]) == "83 % full, lasts 19 days, 2.5 TB kept"
    assert kept_text(view.policy) == "Kept: every moment of 14 days, and at least 2 full backups."
    by_count = replace(view.policy, retention=Retention(fulls_min=1, window_days=None))
    assert kept_text(by_count) == "Kept: at least 1 full backup with all that needs them."
    mixed = replace(view, advice=(("one-offsite", "missing"), ("two-media", "fulfilled"), ("x", "not known")))
    assert advice_text(mixed) == "Missing: one elsewhere; not known: x; fulfilled: two media"


def test_every_word_has_its_words() -> None:
    for kind in BackupKind:
        assert words.kind_word(kind) and words.kind_letter(kind)
    assert all(words.engine_word(one) for one in EngineName)
    assert all(words.medium_word(one) for one in MediumKind)
    assert all(words.check_word(one) for one in BackupCheck)
    assert all(words.job_state_word(one) for one in JobState)
    for kind_of in JobKind:
        job = stories.running(kind=kind_of)
        assert words.job_title(job)
        assert words.job_cancel_text(job)
    for reason in words.REASONS:
        said = refused_sentence(Refused(reason=reason, subject="vault-2", detail="x"))
        assert "vault-2" in said or "x" in said
        assert reason not in said or " " not in reason
        assert said.endswith("Nothing was changed.")


def sources() -> Iterator[Path]:
    """Where reasons are given by a word that the window says as a sentence."""
    for folder, names in (
        ("backup", "*.py"), ("engine", "backup*.py"), ("engine", "backing.py"), ("engine", "calendar.py"),
        ("recovery", "sandbox*.py"), ("recovery", "restore_proof.py"), ("recovery", "books_door.py"),
    ):  # fmt: skip
        found = sorted((Path(console.__file__).parent / folder).glob(names))
        assert found, (folder, names)
        yield from found


def said_words(node: ast.expr | None) -> Iterator[str]:
    """The words that an expression may be, as far as they are written there."""
    match node:
        case ast.Constant(value=str(word)):
            yield word
        case ast.IfExp():
            yield from (*said_words(node.body), *said_words(node.orelse))
        case ast.BoolOp():
            for one in node.values:
                yield from said_words(one)
        case ast.Call(func=ast.Attribute(attr="get"), args=[_, other]):
            yield from said_words(other)
        case ast.Subscript(value=ast.Dict(values=values)):
            for one in values:
                yield from said_words(one)


def reasons_of(node: ast.AST) -> Iterator[str]:
    """Reasons that are raised, passed by name, kept in a name of that kind, or told by a script."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            if name in ("EngineTrouble", "SandboxTrouble", "BooksTrouble", "_trouble") and node.args:
                yield from said_words(node.args[0])
            if name == "told" and [*said_words(node.args[0])] == ["reason"] and len(node.args) == 2:
                yield from said_words(node.args[1])
            for one in node.keywords:
                if one.arg in ("reason", "trouble"):
                    yield from said_words(one.value)
        case ast.Assign(targets=[ast.Name(id="reason" | "trouble")]):
            yield from said_words(node.value)
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
            for name_of, value in zip(names, values, strict=True):
                if isinstance(name_of, ast.Name) and name_of.id in ("reason", "trouble"):
                    yield from said_words(value)
        case ast.Constant(value=str(text)):
            yield from re.findall(r"(?:^|[\s;&|{(])(?:fail|ended) ([a-z0-9]+(?:-[a-z0-9.]+)*) \"", text)
            yield from re.findall(r"\*\) echo ([a-z0-9-]+) ;;", text)
            yield from re.findall(r"fact reason ([a-z0-9]+(?:-[a-z0-9.]+)*)", text)
        case ast.AnnAssign(target=ast.Name(id="_REASONS"), value=ast.Dict(values=values)):
            for value in values:
                yield from said_words(value)


def test_every_reason_that_the_floors_below_give_has_its_sentence() -> None:
    given: dict[str, str] = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given |= {word: path.name for word in reasons_of(node) if word}
    # What each way of giving a reason is seen by, so that a way that is written otherwise one day is missed here.
    for word, where in (
        ("host-silent", "an error"), ("not-in-repository", "a name"), ("no-summaries", "a script"),
        ("kept-by-engine", "told"), ("stopped-by-its-operator", "an error's number"), ("other-types", "a table"),
    ):  # fmt: skip
        assert word in given, where
    assert len(given) > 90
    unsaid = {word: where for word, where in given.items() if word not in words.REASONS and word not in BACKUP_REFUSED}
    unsaid.pop("no-cluster", None)  # of any question: its sentence stands where refusals are said
    assert unsaid == {}, "words without a sentence in ui/backup_reasons.py"
    for state in (*SshState, *SqlState):
        if state.value != "answers":
            assert state.value in words.REASONS, "books that can't be asked say so by the state of the contact"


def test_hostile_text_becomes_one_harmless_line() -> None:
    view = stories.hostile()
    said = [verdict(view, NOW), *troubles(view, NOW)]
    for one in said:
        for text in (one.title, one.below):
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert len(text) < 1200
    assert words.reason_clause("<b>x</b>\x1b[31m") == "<b>x</b>�[31m"
    assert words.cycle_word("\x1b") == "�"
    assert words.phase_word("some-phase") == "some phase"


# The fleet's cards


def test_a_card_tells_of_the_last_proven_backup_and_its_age() -> None:
    bold, why = keeping_text(keeping_of(stories.view()), NOW)
    assert (bold, why) == ("Proven 2 h ago", "incremental of 17 Mar 00:20, restored with whole books")
    bold, why = keeping_text(keeping_of(stories.view(marks=())), NOW)
    assert bold == "None proven"
    assert "never restored on trial" in why
    assert keeping_text(keeping_of(stories.no_backup()), NOW)[0] == "None yet"
    assert keeping_text(keeping_of(stories.no_policy()), NOW)[0] == "None"
    assert keeping_text(BackupKeeping(), NOW)[0] == "Not known yet"


def test_what_comes_next_by_itself_is_only_what_somebody_begins() -> None:
    keeping = keeping_of(stories.view())
    assert next_by_itself((keeping,), NOW) == (
        "Next by itself: restore test in a sandbox of ledger-us, 05:30 UTC. No node is changed without you"
    )
    assert next_by_itself((), NOW).startswith("Next by itself: nothing.")
    acts = next_by_itself((keeping,), NOW, ("ledger-us", "ledger-eu"))
    assert acts.endswith("Nodes of ledger-us and ledger-eu may be changed without you, where a primary is lost")
    assert "No backup is made without you; nodes of ledger-eu may be changed" in next_by_itself((), NOW, ("ledger-eu",))
    nobody = replace(stories.policy(), scheduler=Scheduler.NOBODY)
    assert next_by_itself((keeping_of(stories.view(policy=nobody)),), NOW).startswith("Next by itself: nothing.")


def test_missed_runs_name_their_reason() -> None:
    runs = tuple(
        MissedRun(at=NOW - timedelta(hours=n), what="full", repository="vault-2", reason="engine-not-running")
        for n in range(5)
    )
    said = troubles(stories.view(missed=runs), NOW)
    assert len(said) == 3, "the newest few, not a flood"
    assert all("because the console's engine was not running" in one.title for one in said)
