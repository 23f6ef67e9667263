"""Follows a piece of work to its end: a line that is written over at a terminal, and Ctrl+C that leaves it running."""

import sys
import threading
from typing import Final

from console.cli.answers import ErrorAnswer
from console.cli.backup_answers import JobAnswer
from console.cli.backup_lines import come_back_lines, job_lines, job_sentence, running_line
from console.cli.face import CommandFailed, Exit, Face
from console.domain.backup import Job, JobState
from console.link.backups import AskJob, JobSeen
from console.link.frames import LinkLost
from console.link.messages import Message, Refused
from console.link.socket import Link
from console.ui import words

LOOK_AGAIN_SECONDS: Final = 1.0
ASK_SECONDS_MAX: Final = 90.0
START_SECONDS_MAX: Final = 300.0  # the engine asks hosts before it begins anything
OPEN: Final = frozenset({JobState.RUNNING, JobState.UNSEEN})


class ToldJobs:
    """The newest picture of each piece of work, as the engine tells it."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._jobs: dict[str, Job] = {}

    def heard(self, message: Message) -> None:
        """Called from the link's own thread."""
        if isinstance(message, JobSeen):
            with self._news:
                self._jobs[message.job.id] = message.job
                self._news.notify_all()

    def next(self, job: str, seconds_max: float) -> Job | None:
        """The newest picture that was not taken yet; None where none came in time."""
        with self._news:
            self._news.wait_for(lambda: job in self._jobs, seconds_max)
            return self._jobs.pop(job, None)


def follow(face: Face, link: Link, told: ToldJobs, job: Job) -> Job:
    """The work as it ended, or as it was left. Raises CommandFailed where the engine is lost on the way."""
    said = ""
    try:
        while job.state in OPEN:
            said = _show(face, job, said)
            news = told.next(job.id, LOOK_AGAIN_SECONDS)
            job = news if news is not None else _asked(link, job)
    except KeyboardInterrupt:
        _over("")
        return job
    except LinkLost as lost:
        raise _out_of_sight(job, lost.reason) from lost
    finally:
        if sys.stderr.isatty() and not face.json:
            _over("")
    return job


def _show(face: Face, job: Job, said: str) -> str:
    """At a terminal one line that is written over; in a log a line for each phase."""
    if face.json:
        return said
    if sys.stderr.isatty():
        _over(running_line(job))
        return said
    phase = f"{job.state.value} {job.phase}"
    if phase != said:
        face.say(running_line(job))
    return phase


def _over(text: str) -> None:
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()


def _asked(link: Link, job: Job) -> Job:
    answer = link.ask(AskJob(job=job.id), seconds_max=ASK_SECONDS_MAX)
    if isinstance(answer, JobSeen):
        return answer.job
    why = words.refused_sentence(answer) if isinstance(answer, Refused) else "the engine gave no answer to it"
    raise _out_of_sight(job, why)


def _out_of_sight(job: Job, what: str) -> CommandFailed:
    answer = ErrorAnswer(
        error="job-out-of-sight", what=f"the work {job.id} can't be followed any further: {what.rstrip('.')}",
        where=job.cluster, changed="it goes on on its host, and is found again",
        next=f"see it with 'ledger-console backups follow {job.id}'",
    )  # fmt: skip
    return CommandFailed(answer, Exit.PERSON)


def end(face: Face, job: Job, *, left: bool = False) -> Exit:
    """The last lines, and the exit code: 0 done, 3 it goes on without this command, 1 all else."""
    lines = job_lines(job)
    if job.state in OPEN:
        lines = [*lines, *(come_back_lines(job) if left else [f"Follow it: 'ledger-console backups follow {job.id}'."])]
    face.print(JobAnswer(outcome=job.state.value, sentence=job_sentence(job), job=job), lines)
    if job.state is JobState.DONE:
        return Exit.DONE
    return Exit.PERSON if job.state in OPEN else Exit.REFUSED
