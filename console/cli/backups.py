"""`backups`: lists, shows, reads back, proves, and takes away backups; follows and cancels work."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from typing import Final

from console.cli.backup import begun, cluster_of, repository_of
from console.cli.backup_answers import BackupsAnswer, BackupShownAnswer, ExpiryAnswer
from console.cli.backup_follow import ASK_SECONDS_MAX, START_SECONDS_MAX, ToldJobs, end, follow
from console.cli.backup_lines import backup_line, backup_lines, expiry_lines, expiry_sentence, view_lines
from console.cli.face import Exit, Face, expect, failed
from console.cli.prompter import typed
from console.cli.restore_target import target_of
from console.domain.backup import Backup, BackupsView
from console.domain.text import shown
from console.link.backups import (
    AskBackups,
    AskExpiry,
    AskJob,
    BackupsSeen,
    CancelJob,
    Expiry,
    JobSeen,
    StartExpire,
    StartProve,
    StartVerify,
)
from console.link.socket import Link
from console.ui import backup_sentences, backup_state

READ_SECONDS_MAX: Final = 180.0


def listed(face: Face, options: Namespace) -> Exit:
    """All that is known of a cluster's backups, read now."""
    with face.link() as link:
        view = seen_now(link, options.cluster, anew=not options.as_read)
    now = datetime.now(UTC)
    sentence = backup_sentences.verdict(view, now).title
    face.print(BackupsAnswer(sentence=sentence, view=view), view_lines(view, now))
    return Exit.DONE


def show(face: Face, options: Namespace) -> Exit:
    """One backup with what it needs and what was checked of it."""
    with face.link() as link:
        view = seen_now(link, options.cluster, anew=False)
    backup = one_backup(view, options.backup, options.repository)
    seen = next(one for one in view.repositories if one.spec.name == backup.repository)
    chain = backup_state.chain_of(backup, seen.backups)
    marks = tuple(backup_state.marks_of(view, backup).values())
    sentence = backup_line(view, backup)
    face.print(
        BackupShownAnswer(sentence=sentence, backup=backup, chain=tuple(one.id for one in chain), marks=marks),
        backup_lines(view, backup, chain),
    )
    return Exit.DONE


def verify(face: Face, options: Namespace) -> Exit:
    """Read one back, or every complete one of a repository; exit code 1 where damage was found."""
    told = ToldJobs()
    with face.link(watches=True, on_message=told.heard) as link:
        repository = _repository(link, options)
        question = StartVerify(cluster=options.cluster, repository=repository, backup=options.backup)
        return begun(face, link, told, question, options.cluster, detach=options.detach)


def prove(face: Face, options: Namespace) -> Exit:
    """Restore one into a sandbox, prove it, take the copy away; exit code 1 where it was not proven."""
    told = ToldJobs()
    with face.link(watches=True, on_message=told.heard) as link:
        repository = _repository(link, options) if options.repository or options.backup else ""
        repository_of(link, options.cluster, repository)  # that there is one, before anything is asked
        target, _ = target_of(options)
        question = StartProve(cluster=options.cluster, repository=repository, backup=options.backup, target=target)
        return begun(face, link, told, question, options.cluster, detach=options.detach)


def expire(face: Face, options: Namespace) -> Exit:
    """Take away what the retention does not keep: shown first, and only exactly that."""
    told = ToldJobs()
    with face.link(watches=True, on_message=told.heard) as link:
        repository = repository_of(link, options.cluster, options.repository)
        question = AskExpiry(cluster=options.cluster, repository=repository)
        expiry: Expiry = expect(link.ask(question, seconds_max=READ_SECONDS_MAX), Expiry, where=options.cluster)
        answer = ExpiryAnswer(outcome="preview", sentence=expiry_sentence(expiry), expiry=expiry)
        lines = expiry_lines(expiry)
        if options.preview or expiry.refused or not expiry.backups:
            face.print(answer, lines)
            return Exit.REFUSED if expiry.refused else Exit.DONE
        if not options.yes and not _confirmed(face, lines, options.cluster):
            sentence = f"{answer.sentence}. A person has to say yes: --yes, or at a terminal. Nothing was changed"
            face.print(ExpiryAnswer(outcome="to-confirm", sentence=sentence, expiry=expiry), [*lines, f"{sentence}."])
            return Exit.PERSON
        start = StartExpire(cluster=options.cluster, repository=repository, backups=expiry.backups)
        seen: JobSeen = expect(link.ask(start, seconds_max=START_SECONDS_MAX), JobSeen, where=options.cluster)
        return end(face, follow(face, link, told, seen.job), left=True)


def _confirmed(face: Face, lines: list[str], cluster: str) -> bool:
    if face.json or not sys.stdin.isatty():
        return False
    for line in lines:
        face.say(line)
    name = (typed(f"Type the cluster's name to take them away from {shown(cluster)}:", echo=True) or "").strip()
    if name != cluster:
        raise failed("not-confirmed", f"{shown(name, characters_max=60)!r} is not the cluster's name; "
                     "nothing was changed", where=cluster, then="run the command again")  # fmt: skip
    return True


def follow_job(face: Face, options: Namespace) -> Exit:
    """Follow work that was begun before to its end."""
    told = ToldJobs()
    with face.link(watches=True, on_message=told.heard) as link:
        answer = link.ask(AskJob(job=options.job), seconds_max=ASK_SECONDS_MAX)
        seen: JobSeen = expect(answer, JobSeen, where=options.job)
        return end(face, follow(face, link, told, seen.job), left=True)


def cancel(face: Face, options: Namespace) -> Exit:
    """End work and take away what it left half-done; exit code 0 when it is cancelled."""
    told = ToldJobs()
    with face.link(watches=True, on_message=told.heard) as link:
        answer = link.ask(CancelJob(job=options.job), seconds_max=ASK_SECONDS_MAX)
        seen: JobSeen = expect(answer, JobSeen, where=options.job)
        job = follow(face, link, told, seen.job)
        code = end(face, job, left=True)
    return Exit.DONE if job.state.value == "cancelled" else Exit.REFUSED if code is Exit.DONE else code


def seen_now(link: Link, cluster: str, *, anew: bool) -> BackupsView:
    """The picture, read now where `anew`. Raises CommandFailed."""
    cluster_of(link, cluster)
    answer = link.ask(AskBackups(cluster=cluster, anew=anew), seconds_max=READ_SECONDS_MAX)
    seen: BackupsSeen = expect(answer, BackupsSeen, where=cluster)
    return seen.view


def one_backup(view: BackupsView, name: str, repository: str) -> Backup:
    """A backup by its id or an unambiguous beginning of it. Raises CommandFailed."""
    there = [one for seen in view.repositories for one in seen.backups if repository in ("", seen.spec.name)]
    exact = [one for one in there if one.id == name]
    found = exact or [one for one in there if one.id.startswith(name)]
    if len(found) != 1:
        several = ", ".join(shown(one.id) for one in found[:5])
        what = f"{several} all begin with {name!r}" if found else f"there is no backup {name!r}"
        raise failed("no-such-backup", what, where=view.cluster,
                     then=f"see 'ledger-console backups list {view.cluster}'")  # fmt: skip
    return found[0]


def _repository(link: Link, options: Namespace) -> str:
    """The repository that is named, or the one that the backup lies in, or the policy's first."""
    if options.repository or not options.backup:
        return repository_of(link, options.cluster, options.repository)
    view = seen_now(link, options.cluster, anew=False)
    return one_backup(view, options.backup, "").repository
