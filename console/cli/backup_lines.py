"""What the commands about backups print for a person: work, backups, policies, what would go, sandboxes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from console.domain.backup import (
    Backup,
    BackupsView,
    Job,
    JobState,
    Mark,
    MediumSeen,
    NextRun,
    RepositorySeen,
    SandboxSeen,
)
from console.domain.backup_policy import BackupPolicy
from console.domain.restore import Chosen, Unfit
from console.domain.text import shown
from console.link.backups import Expiry, SandboxRows, ScheduleSeen
from console.ui import backup_figures, backup_sentences, backup_state, backup_words
from console.ui.cron_words import cron_meaning
from console.ui.measures import bytes_text, duration

CELL_CHARACTERS_MAX: Final = 60
CLOCK: Final = "%Y-%m-%d %H:%M:%S %Z"


def when(at: datetime | None) -> str:
    """A moment with its zone; '-' where it is not known."""
    return at.strftime(CLOCK) if at is not None else "-"


def running_line(job: Job) -> str:
    """How far it is, in one line."""
    said = [backup_words.job_title(job)]
    if job.state is JobState.UNSEEN:
        said.append(f"{shown(job.node)} can't be reached; it may go on there")
    elif job.cancelling:
        said.append("being cancelled")
    elif job.phase:
        said.append(backup_words.phase_word(job.phase))
    return "  ".join([*said, *(part for part in backup_figures.job_figures(job) if part)])


def job_sentence(job: Job) -> str:
    """How it stands, or how it came out."""
    title = backup_words.job_title(job)
    seconds = (job.ended_at - job.begun_at).total_seconds() if job.ended_at is not None else None
    took = f" after {duration(seconds)}" if seconds is not None else ""
    if job.state is JobState.DONE:
        made = f": {shown(job.backup)}" if job.backup else ""
        return f"{title} done{took}{made}"
    if job.state is JobState.FAILED:
        return f"{title} failed{took}: {backup_words.reason_clause(job.reason or 'broken-off')}"
    if job.state is JobState.CANCELLED:
        return f"{title} was cancelled{took}; nothing half-done counts as a backup"
    return f"{title} {backup_words.job_state_word(job.state)}"


def job_lines(job: Job) -> list[str]:
    """The sentence and what else is known."""
    lines = [f"{job_sentence(job)}."]
    if job.reason and job.state is JobState.DONE:
        lines.append(f"  {backup_words.reason_clause(job.reason)}")
    if job.detail:
        lines += [f"  {shown(line, characters_max=400)}" for line in job.detail.splitlines()[:6]]
    return lines


def come_back_lines(job: Job) -> list[str]:
    """How to find it again."""
    return [
        "Left: the work is the host's own, and goes on.",
        f"Come back with 'ledger-console backups follow {shown(job.id)}'; "
        f"end it with 'ledger-console backups cancel {shown(job.id)}'.",
    ]


def view_lines(view: BackupsView, now: datetime) -> list[str]:
    """Everything about a cluster's backups: the verdict first."""
    said = backup_sentences.verdict(view, now)
    lines = [said.title, *([f"  {said.below}"] if said.below else [])]
    for trouble in backup_sentences.troubles(view, now):
        lines += [trouble.title, *([f"  {trouble.below}"] if trouble.below else [])]
    for seen in view.repositories:
        lines += ["", *_repository_lines(view, seen)]
    for job in backup_state.jobs_running(view):
        lines.append(f"  {running_line(job)}  [{shown(job.id)}]")
    if view.sandboxes:
        lines += ["", "Open copies:", *sandbox_lines(view.sandboxes)]
    if view.next_runs:
        lines += ["", "Next runs:", *next_lines(view.next_runs)]
    if view.advice:
        lines += ["", backup_figures.advice_text(view)]
    return lines


def _repository_lines(view: BackupsView, seen: RepositorySeen) -> list[str]:
    engine = backup_words.engine_word(seen.spec.engine)
    head = f"{shown(seen.spec.name)} on {shown(seen.spec.node)}, {engine}, {_medium(seen.medium)}"
    lines = [head + ("" if seen.at is not None else ", not read yet")]
    for backup in seen.backups:
        lines.append(f"  {backup_line(view, backup)}")
    if not seen.backups:
        lines.append("  no backup yet")
    return lines


def _medium(medium: MediumSeen | None) -> str:
    if medium is None or medium.free_bytes is None:
        return "space not known"
    return f"{bytes_text(medium.free_bytes)} free"


def backup_line(view: BackupsView, backup: Backup) -> str:
    """One backup in one line, its proof last."""
    size = bytes_text(backup.stored_bytes) if backup.stored_bytes is not None else "-"
    proof = backup_state.proof_of(backup, backup_state.marks_of(view, backup)).value
    kind = backup_words.kind_word(backup.kind)
    ended = when(backup.ended_at or backup.begun_at)
    return f"{shown(backup.id):<20} {kind:<12} {backup.state.value:<9} {ended}  {size:>9}  {proof}"


def backup_lines(view: BackupsView, backup: Backup, chain: tuple[Backup, ...]) -> list[str]:
    """All that is known of one backup."""
    marks = backup_state.marks_of(view, backup)
    lines = [
        backup_line(view, backup),
        f"  from {shown(backup.source) or '-'}, system {shown(backup.system_identifier)}, timeline "
        f"{backup.timeline or '-'}, {backup.start or '-'} to {backup.stop or '-'}",
        f"  needs {', '.join(shown(one.id) for one in chain[:-1]) or 'nothing else'}",
    ]
    if backup.head_number is not None:
        lines.append(f"  surely holds entry {backup.head_number:,}")
    if backup.trouble:
        lines.append(f"  {shown(backup.trouble)}")
    lines += [f"  {mark_line(mark)}" for mark in marks.values()]
    return lines if marks else [*lines, "  not checked yet"]


def mark_line(mark: Mark) -> str:
    """One check of one backup: its outcome, its scope, when and where."""
    name, _ = backup_sentences.check_line(mark.check, mark)
    said = f"{name}: {backup_words.result_word(mark.result)} {when(mark.at)}"
    said += f" on {shown(mark.node)}" if mark.node else ""
    said += f" in {duration(mark.seconds)}" if mark.seconds is not None else ""
    said += f", up to entry {mark.entry:,}" if mark.entry is not None else ""
    why = backup_words.reason_clause(mark.reason) if mark.reason else ""
    detail = shown(mark.detail, characters_max=200)
    return ": ".join([said, *filter(None, (why, detail))])


def expiry_lines(expiry: Expiry) -> list[str]:
    """What would go, what it frees, and what could no longer be got back to."""
    if expiry.refused:
        return [f"Nothing may be taken away: {backup_words.reason_clause(expiry.refused)}."]
    lines = [expiry_sentence(expiry) + "."]
    lines += [f"  {shown(one)}" for one in expiry.backups]
    lines.append(f"Earliest moment to get back to: {when(expiry.begin_now)} now, {when(expiry.begin_then)} then.")
    lines += [f"  stays: {shown(one)}, {backup_words.reason_clause(why)}" for one, why in expiry.kept]
    return lines


def expiry_sentence(expiry: Expiry) -> str:
    count = len(expiry.backups)
    if not count:
        return "Nothing would be taken away: the retention keeps all"
    freed = f", {bytes_text(expiry.freed_bytes)} freed" if expiry.freed_bytes is not None else ""
    return f"{count} backup{'' if count == 1 else 's'} of {shown(expiry.repository)} would be taken away{freed}"


def policy_lines(policy: BackupPolicy, runs: Iterable[NextRun]) -> list[str]:
    """A policy in words, with its next runs."""
    lines = [f"Repository {shown(one.name)}: {backup_words.engine_word(one.engine)} on {shown(one.node)} "
             f"{shown(one.path or one.stanza)}" for one in policy.repositories]  # fmt: skip
    lines = lines or ["There is no repository: nothing can be backed up."]
    lines.append(f"Started by {backup_words.scheduler_word(policy.scheduler)}, times in {shown(policy.time_zone)}.")
    for entry in policy.cycle:
        where = f" in {shown(entry.repository)}" if entry.repository else ""
        what, meaning = backup_words.cycle_word(entry.what), cron_meaning(entry.cron)
        lines.append(f"  {what}{where}: {meaning} ({shown(entry.cron)})")
    lines.append(backup_figures.kept_text(policy))
    if policy.rate_mb_per_second_max is not None:
        lines.append(f"At most {policy.rate_mb_per_second_max:g} MB/s each.")
    found = list(runs)
    return [*lines, "Next runs:", *next_lines(found)] if found else [*lines, "Nothing is due by itself."]


def next_lines(runs: Iterable[NextRun]) -> list[str]:
    return [f"  {when(one.at)}  {backup_words.cycle_word(one.what)}, {shown(one.repository)}" for one in runs]


def schedule_lines(seen: ScheduleSeen) -> list[str]:
    """The block as it is, and how it differs from what is wanted."""
    node = shown(seen.node)
    if seen.same:
        lines = [f"The crontab of {node} is as the policy wants it." if seen.there else f"No block stands on {node}."]
        return [*lines, *(f"  {shown(line, characters_max=400)}" for line in seen.there)]
    lines = [f"The crontab of {node} is not as the policy wants it."]
    lines += [f"  + {shown(line, characters_max=400)}" for line in seen.wanted if line not in seen.there]
    lines += [f"  - {shown(line, characters_max=400)}" for line in seen.there if line not in seen.wanted]
    return lines


def sandbox_lines(sandboxes: Iterable[SandboxSeen]) -> list[str]:
    found = []
    for one in sandboxes:
        runs = "open" if one.running else "not running"
        head = f", up to entry {one.head_number:,}" if one.head_number is not None else ""
        found.append(f"  {shown(one.id)}  {runs} on {shown(one.node)} since {when(one.opened_at)}: backup "
                     f"{shown(one.backup)}, {shown(one.target)}{head}")  # fmt: skip
    return found or ["  none"]


def rows_lines(rows: SandboxRows) -> list[str]:
    """A small table; each cell is cut."""
    if rows.trouble:
        return [f"It was not answered: {shown(rows.trouble, characters_max=400)}"]
    cells = [[shown(cell, characters_max=CELL_CHARACTERS_MAX) for cell in row] for row in (rows.columns, *rows.rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(rows.columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return [*lines, f"({len(rows.rows)} rows{', there are more' if rows.cut else ''})"]


def chosen_lines(chosen: Chosen) -> list[str]:
    """What would be restored, and by what."""
    lines = [f"It can be had: {' + '.join(shown(one) for one in chosen.chain)} of {shown(chosen.repository)}, timeline "
             f"{chosen.timeline}."]  # fmt: skip
    sizes = []
    if chosen.restore_bytes is not None:
        sizes.append(f"{bytes_text(chosen.restore_bytes)} to lay out")
    if chosen.wal_bytes is not None:
        sizes.append(f"at most {bytes_text(chosen.wal_bytes)} of WAL to replay")
    if chosen.expected_seconds is not None:
        sizes.append(f"about {duration(chosen.expected_seconds)} by the last restore's rate")
    return [*lines, *([f"  {', '.join(sizes)}"] if sizes else [])]


def unfit_sentence(unfit: Unfit) -> str:
    """Why a moment can't be had, and which could be."""
    said = f"It can't be had: {backup_words.reason_clause(unfit.reason)}"
    said += f" ({shown(unfit.detail)})" if unfit.detail else ""
    nearest = [f"{word} {when(at)}" for word, at in (("before it:", unfit.before), ("after it:", unfit.after)) if at]
    said += f"; nearest {', '.join(nearest)}" if nearest else ""
    return said + (f"; backup {shown(unfit.fits)} would serve" if unfit.fits else "")
