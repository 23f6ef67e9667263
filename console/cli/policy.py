"""`policy`: shows and sets what is wanted of a cluster's backups, and its block in the backup hosts' crontabs."""

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from console.cli.backup import cluster_of
from console.cli.backup_answers import PolicyAnswer, ScheduleAnswer
from console.cli.backup_lines import policy_lines, schedule_lines
from console.cli.face import Exit, Face, expect, failed
from console.domain.backup import NextRun
from console.domain.backup_policy import BackupPolicy, CycleEntry, Scheduler
from console.domain.cluster import ClusterSpec
from console.domain.schedule import CronTrouble, next_runs
from console.domain.text import shown
from console.link.backups import OrderSchedule, SavePolicy, ScheduleSeen
from console.link.messages import Done
from console.store.inventory_file import InventoryMistake
from console.store.inventory_rules import hosts_of
from console.store.policy_file import read_policy, write_policy
from console.ui.cron_words import cron_trouble_text

NEXT_RUNS: Final = 5
ORDER_SECONDS_MAX: Final = 180.0
SETTINGS: Final = ("file", "cycle", "time_zone", "scheduler", "fulls_min", "window_days", "rate")


def show(face: Face, options: Namespace) -> Exit:
    """What is wanted now, in words, or as a file that `set` takes."""
    with face.link() as link:
        spec = cluster_of(link, options.cluster)
    if spec.backup is None:
        sentence = f"{spec.name} has no backup policy"
        face.print(PolicyAnswer(sentence=sentence, policy=None, toml="", next_runs=()), [f"{sentence}."])
        return Exit.DONE
    text = write_policy(spec.backup)
    runs = _next(spec.backup)
    answer = PolicyAnswer(sentence=_sentence(spec.backup, spec.name), policy=spec.backup, toml=text, next_runs=runs)
    face.print(answer, text.splitlines() if options.toml else policy_lines(spec.backup, runs))
    return Exit.DONE


def set_policy(face: Face, options: Namespace) -> Exit:
    """Put a policy in force, from a file or by changing what there is; with --preview only show it."""
    with face.link() as link:
        spec = cluster_of(link, options.cluster)
        policy = _from_file(options.file, spec) if options.file else spec.backup or BackupPolicy()
        policy = _changed(policy, options)
        if not any(getattr(options, name) not in (None, "", []) for name in SETTINGS):
            then = "give --file FILE, --cycle, --fulls-min, --window-days, --rate, …"
            what = "nothing was named that should be another"
            raise failed("usage", what, where=spec.name, then=then, code=Exit.USAGE)
        runs = _next(policy)
        if not options.preview:
            expect(link.ask(SavePolicy(cluster=spec.name, policy=policy)), Done, where=spec.name)
    sentence = _sentence(policy, spec.name)
    done = "This was only shown; nothing was changed." if options.preview else "It is in force now."
    answer = PolicyAnswer(
        sentence=sentence, policy=policy, toml=write_policy(policy), next_runs=runs, saved=not options.preview
    )
    face.print(answer, [*policy_lines(policy, runs), done])
    return Exit.DONE


def install(face: Face, options: Namespace) -> Exit:
    """Put the calendar into the backup hosts' crontabs."""
    return _schedule(face, options, "install")


def compare(face: Face, options: Namespace) -> Exit:
    """Say whether the blocks there are as the policy wants them; exit code 1 where they are not."""
    return _schedule(face, options, "compare")


def remove(face: Face, options: Namespace) -> Exit:
    """Take the blocks out."""
    return _schedule(face, options, "remove")


def _schedule(face: Face, options: Namespace, act: str) -> Exit:
    with face.link() as link:
        cluster_of(link, options.cluster)
        question = OrderSchedule(cluster=options.cluster, act=act)
        answer = link.ask(question, seconds_max=ORDER_SECONDS_MAX)
        seen: ScheduleSeen = expect(answer, ScheduleSeen, where=options.cluster)
    lines = schedule_lines(seen)
    face.print(ScheduleAnswer(sentence=lines[0].rstrip("."), same=seen.same, schedule=seen), lines)
    return Exit.DONE if seen.same else Exit.REFUSED


def _from_file(name: str, spec: ClusterSpec) -> BackupPolicy:
    path = Path(name)
    try:
        return read_policy(path.read_text(encoding="utf-8"), hosts_of(spec.nodes))
    except OSError as error:
        raise failed("no-file", f"{path} can't be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise failed("no-text", f"{path} is no UTF-8 text: {error.reason}", where=str(path)) from error
    except InventoryMistake as mistake:
        then = "mend the file and set it again; the policy in force stands as it was"
        raise failed("policy-wrong", f"{mistake}", where=str(path), then=then) from mistake


def _changed(policy: BackupPolicy, options: Namespace) -> BackupPolicy:
    """The policy with what the options say; what they don't name stays."""
    kept = policy.retention
    if options.fulls_min is not None:
        kept = replace(kept, fulls_min=options.fulls_min)
    if options.window_days is not None:
        kept = replace(kept, window_days=options.window_days or None)
    policy = replace(policy, retention=kept, cycle=_cycle(policy, options.cycle))
    if options.time_zone:
        policy = replace(policy, time_zone=options.time_zone)
    if options.scheduler:
        policy = replace(policy, scheduler=Scheduler(options.scheduler))
    if options.rate is not None:
        policy = replace(policy, rate_mb_per_second_max=options.rate or None)
    return policy


def _cycle(policy: BackupPolicy, lines: list[str]) -> tuple[CycleEntry, ...]:
    """Lines 'WHAT=CRON': each takes the place of all lines of its kind; an empty cron only takes them out."""
    cycle = list(policy.cycle)
    named = []
    for line in lines:
        what, equals, cron = line.partition("=")
        if not equals or not what.strip():
            raise failed("usage", f"{line!r} is no line of a calendar", then="as --cycle 'full=30 1 * * 0'",
                         code=Exit.USAGE)  # fmt: skip
        named.append(CycleEntry(what=what.strip(), cron=cron.strip()))
    cycle = [entry for entry in cycle if entry.what not in {one.what for one in named}]
    return (*cycle, *(entry for entry in named if entry.cron))


def _next(policy: BackupPolicy) -> tuple[NextRun, ...]:
    if policy.scheduler is Scheduler.NOBODY:
        return ()
    try:
        return next_runs(policy, datetime.now(UTC), count=NEXT_RUNS)
    except CronTrouble as trouble:
        raise failed("policy-wrong", cron_trouble_text(trouble), then="mend it and set it again") from trouble


def _sentence(policy: BackupPolicy, cluster: str) -> str:
    places = ", ".join(shown(one.name) for one in policy.repositories) or "no repository"
    return f"{shown(cluster)}: {places}, {len(policy.cycle)} lines of its calendar"
