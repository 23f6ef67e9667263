"""`restore` and `sandbox`: gets a moment back, to look at it, as a new node, or as the whole cluster."""

import sys
from argparse import Namespace
from typing import Final

from console.cli.backup import cluster_of, repository_of
from console.cli.backup_answers import RestoreAnswer, SandboxAnswer, SandboxesAnswer
from console.cli.backup_follow import OPEN, START_SECONDS_MAX, ToldJobs, end, follow
from console.cli.backup_lines import chosen_lines, job_lines, job_sentence, rows_lines, sandbox_lines, unfit_sentence
from console.cli.backups import seen_now
from console.cli.change import propose_and_run
from console.cli.face import Exit, Face, expect, failed
from console.cli.restore_target import target_of
from console.domain.backup import Job, JobState, SandboxSeen
from console.domain.plan import Operation, Pairs
from console.domain.restore import Target, TargetKind
from console.domain.text import shown
from console.link.backups import (
    AskSandbox,
    AskTarget,
    CloseSandbox,
    JobSeen,
    OpenSandbox,
    SandboxRows,
    TargetSeen,
)
from console.link.changes import Propose
from console.link.messages import Done
from console.link.socket import Link

ASK_SECONDS_MAX: Final = 180.0
CLOSE_SECONDS_MAX: Final = 960.0
SQL_CHARACTERS_MAX: Final = 100_000


def restore(face: Face, options: Namespace) -> Exit:
    """Goal inspect: a sandbox. Goals node and cluster: a plan, as every change of a cluster."""
    target, words = target_of(options)
    target = target or Target(timeline=options.timeline)
    words = words or "latest"
    if options.goal != "inspect":
        return _plan(face, options, target)
    if options.node:
        raise failed("usage", "--node belongs to --goal node", then="leave it out", code=Exit.USAGE)
    told = ToldJobs()
    with face.link(watches=True, on_message=told.heard) as link:
        repository_of(link, options.cluster, options.repository)  # that there is one, before anything is asked
        if options.rehearse:
            return _judged(face, link, options, target, options.repository)
        question = OpenSandbox(cluster=options.cluster, target=target, repository=options.repository, words=words)
        seen: JobSeen = expect(link.ask(question, seconds_max=START_SECONDS_MAX), JobSeen, where=options.cluster)
        job = follow(face, link, told, seen.job)
        if job.state in OPEN:
            return end(face, job, left=True)
        return _opened(face, link, job)


def _judged(face: Face, link: Link, options: Namespace, target: Target, repository: str) -> Exit:
    """Only say whether it can be had, and by what; nothing is laid out."""
    question = AskTarget(cluster=options.cluster, target=target, repository=repository)
    seen: TargetSeen = expect(link.ask(question, seconds_max=ASK_SECONDS_MAX), TargetSeen, where=options.cluster)
    if seen.chosen is None:
        assert seen.unfit is not None
        sentence = unfit_sentence(seen.unfit)
        face.print(RestoreAnswer(outcome="unfit", sentence=sentence, target=seen), [f"{sentence}."])
        return Exit.REFUSED
    lines = chosen_lines(seen.chosen)
    face.print(RestoreAnswer(outcome="rehearsed", sentence=lines[0], target=seen), lines)
    return Exit.DONE


def _opened(face: Face, link: Link, job: Job) -> Exit:
    sandbox: SandboxSeen | None = None
    lines = job_lines(job)
    if job.state is JobState.DONE:
        view = seen_now(link, job.cluster, anew=True)
        sandbox = next((one for one in view.sandboxes if one.id == job.id), None)
    if sandbox is not None:
        name = f"{shown(job.cluster)} {shown(job.id)}"
        lines += sandbox_lines((sandbox,))
        lines.append(f"Ask it with 'ledger-console sandbox sql {name} \"select …\"'; "
                     f"close it with 'ledger-console sandbox close {name}'.")  # fmt: skip
    face.print(RestoreAnswer(outcome=job.state.value, sentence=job_sentence(job), job=job, sandbox=sandbox), lines)
    return Exit.DONE if job.state is JobState.DONE and sandbox is not None else Exit.REFUSED


def _plan(face: Face, options: Namespace, target: Target) -> Exit:
    """A restore of a node or of the cluster is a plan: its options are how the plan's makers are told."""
    if options.goal == "node" and not options.node:
        raise failed("usage", "--goal node needs --node NODE", then="name the node that is to be made", code=Exit.USAGE)
    chosen: Pairs = (("goal", options.goal), *_pairs(target))
    if options.repository:
        chosen = (*chosen, ("repository", options.repository))
    proposal = Propose(
        cluster=options.cluster, operation=Operation.RESTORE, subject=options.node, target=options.node,
        options=chosen,
    )  # fmt: skip
    return propose_and_run(face, options, proposal)


def _pairs(target: Target) -> Pairs:
    """A target as names and values."""
    found = [("target", target.kind.value)]
    match target.kind:
        case TargetKind.TIME if target.time is not None:
            found.append(("time", target.time.isoformat()))
        case TargetKind.POSITION:
            found.append(("lsn", str(target.position)))
        case TargetKind.NAME:
            found.append(("point", target.name))
        case TargetKind.BEFORE_ENTRY | TargetKind.AFTER_ENTRY:
            found.append(("entry", str(target.entry)))
            if target.origin:
                found.append(("origin", target.origin))
        case _:
            pass
    if target.timeline is not None:
        found.append(("timeline", str(target.timeline)))
    return tuple(found)


def listed(face: Face, options: Namespace) -> Exit:
    """Restored copies that are open."""
    with face.link() as link:
        view = seen_now(link, options.cluster, anew=True)
    count = len(view.sandboxes)
    are = "copy is" if count == 1 else "copies are"
    sentence = f"{count} restored {are} open" if count else "No restored copy is open"
    face.print(SandboxesAnswer(sentence=sentence, sandboxes=view.sandboxes), [f"{sentence}.",
               *(sandbox_lines(view.sandboxes) if count else [])])  # fmt: skip
    return Exit.DONE


def sql(face: Face, options: Namespace) -> Exit:
    """One read-only statement; '-' reads it from standard input."""
    text = sys.stdin.read(SQL_CHARACTERS_MAX) if options.sql == "-" else options.sql
    with face.link() as link:
        cluster_of(link, options.cluster)
        question = AskSandbox(cluster=options.cluster, sandbox=options.sandbox, sql=text)
        rows: SandboxRows = expect(link.ask(question, seconds_max=ASK_SECONDS_MAX), SandboxRows, where=options.sandbox)
    sentence = rows_lines(rows)[-1]
    face.print(SandboxAnswer(sentence=sentence, sandbox=options.sandbox, rows=rows), rows_lines(rows))
    return Exit.REFUSED if rows.trouble else Exit.DONE


def close(face: Face, options: Namespace) -> Exit:
    """Stop it and take its directory away."""
    with face.link() as link:
        cluster_of(link, options.cluster)
        question = CloseSandbox(cluster=options.cluster, sandbox=options.sandbox)
        expect(link.ask(question, seconds_max=CLOSE_SECONDS_MAX), Done, where=options.sandbox)
    sentence = f"The copy {shown(options.sandbox)} is closed, and nothing of it is left"
    face.print(SandboxAnswer(sentence=sentence, sandbox=options.sandbox), [f"{sentence}."])
    return Exit.DONE
