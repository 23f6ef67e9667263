"""A stage with a run, its approval, report and readings, and the desk that writes its evidence pack."""

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from console.domain.approval import ApprovalWanted, asked_text, text_of
from console.domain.audit import AuditKind
from console.domain.drill import Drill, DrillFault, DrillKind, DrillMark, DrillState
from console.domain.plan import digest_of
from console.domain.run import RunView
from console.domain.signers import Approver, read_public_key
from console.engine.evidence import EvidenceDesk
from console.governance.approvers import ApproversFile
from console.governance.evidence_check import Trust, verify_pack
from console.governance.evidence_readme import INDENT
from console.governance.report import write_report
from console.governance.report_values import Report
from console.governance.ssh_keygen import sign
from console.link.governing import AskEvidence, EvidenceWritten
from console.link.messages import Message, decode, encode
from console.store.history import History, Sample
from console.store.journal import Journal
from console.store.records import Records
from tests.alarmed import NOON, Stage, stage
from tests.governance.a_run import a_plan, a_run
from tests.governed import Key, Keys

SECRET = "hunter2x-planted"
TOOLS = "/usr/bin:/bin"


@dataclass
class Desk:
    """Questions and answers go over the wire's form."""

    stage: Stage
    part: EvidenceDesk
    journal: Journal

    def ask(self, subject: str, *, signer: str = "", person: str = "a.auditor") -> Message:
        question = decode(encode(AskEvidence(subject=subject, signer=signer)))[1]
        answer = self.part.answer(question, person)
        assert answer is not None
        return decode(encode(answer))[1]

    def written(self, subject: str, **how: Any) -> EvidenceWritten:
        answer = self.ask(subject, **how)
        assert isinstance(answer, EvidenceWritten), answer
        return answer

    def keep(self, run: RunView, *, report: bool = True, noted: bool = True) -> RunView:
        """A run in the store with its journal, its report on the disk, and its beginning in the audit log."""
        assert run.begun_at is not None
        run = replace(run, log=tuple(replace(entry, run=run.id) for entry in run.log), report="")
        if report:
            report_of = Report(version="0.1", written_at=NOON, run=run, loss_end=run.loss)
            run = replace(run, report=str(write_report(self.stage.home.reports / run.id, report_of)))
        self.journal.begin(run, at=run.begun_at)
        self.journal.keep(run)
        self.journal.write(*run.log)
        if noted:
            self.note(AuditKind.RUN_BEGAN, run=run.id)
        return run

    def note(self, kind: AuditKind, *, run: str | None = None, who: str = "m.keller", **more: Any) -> None:
        self.stage.ground.audit.note(kind, who=who, cluster="us", run=run, **more)

    def approve(self, run: RunView, key: Key, person: str = "a.okafor", *, listed: bool = True) -> None:
        """A real signature over the run's plan, noted as the engine notes it."""
        wanted = ApprovalWanted(
            run=run.id, cluster="us", operation=run.plan.operation, plan_digest=digest_of(run.plan),
            loss_entries_max=150, initiator="m.keller",
        )  # fmt: skip
        if listed:
            approver = Approver(person=person, key=read_public_key(key.public))
            ApproversFile(self.stage.home.approvers).add(approver)
        text = text_of(asked_text(wanted, now=NOON))
        detail = (("text", text), ("signature", sign(text, key=key.private, terminal=False)))
        self.note(AuditKind.APPROVAL, run=run.id, who=person, subject="approval", detail=detail)

    def watched(self, begin: datetime, seconds: int) -> None:
        """A reading a second of two nodes."""
        history = self.part._ground.history
        for second in range(seconds):
            at = (begin + timedelta(seconds=second)).timestamp()
            history.watched(at)
            for node in ("nyc-1", "chi-1"):
                history.add(Sample(cluster="us", node=node, seconds=at, answered=True,
                                   values=(1.5, 0.2, 100.0, 0.1, 2.0, 25.0, 9_000.0, 0.0)))  # fmt: skip
        history.flush()

    def drill(self, name: str = "d-1", **more: Any) -> Drill:
        marks = (DrillMark(what="verdict", seconds=1.2, promised_seconds=1.5),
                 DrillMark(what="alert", seconds=None, promised_seconds=3.0))  # fmt: skip
        kept = Drill(
            id=name, cluster="us", kind=DrillKind.DETECTOR, state=DrillState.FAILED, begun_at=NOON - timedelta(hours=1),
            ended_at=NOON - timedelta(minutes=59), by="schedule", fault=DrillFault.PROBE_CUT, node="nyc-2", marks=marks,
            reason="alert-late",
        )  # fmt: skip
        kept = replace(kept, **more)
        Records(self.stage.store, "drill", Drill).keep(kept.id, kept, cluster="us", at=kept.begun_at)
        return kept


@contextmanager
def desk(directory: Path) -> Iterator[Desk]:
    with stage(directory / "home") as made:
        ground = replace(made.ground, history=History(made.store))
        made.ground.secrets.remember(_kind(), "nyc-1", SECRET)
        yield Desk(made, EvidenceDesk(ground), Journal(made.store))


def _kind() -> Any:
    from console.ssh.secrets import SecretKind

    return next(iter(SecretKind))


def failover(name: str = "r-42", **more: Any) -> RunView:
    begun = NOON - timedelta(hours=2)
    told = {"begun_at": begun, "ended_at": begun + timedelta(seconds=9), **more}
    return a_run(id=name, plan=a_plan(cluster="us"), **told)


def whole_desk(made: Desk, keys: Keys) -> RunView:
    """A failover of which every record is there."""
    run = made.keep(failover())
    made.approve(run, keys("a.okafor"))
    made.note(AuditKind.COMMAND, run="another", subject="between")
    made.note(AuditKind.RUN_ENDED, run=run.id)
    assert run.begun_at is not None
    made.watched(run.begun_at, 9)
    return run


def commands(readme: str) -> list[str]:
    """The commands that README.txt prints."""
    return [line.strip() for line in readme.splitlines() if line.startswith(INDENT)]


def by_hand(directory: Path) -> list[str]:
    """Run every command of README.txt in a pack, without the console; those that fail."""
    failed = []
    for command in commands((directory / "README.txt").read_text("utf-8")):
        done = subprocess.run(["sh", "-c", command], cwd=directory, env={"PATH": TOOLS, "HOME": str(directory)},
                              capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
        if done.returncode != 0:
            failed.append(f"{command}: {re.sub(chr(10), ' ', done.stdout + done.stderr)[:300]}")
    return failed


def evidenced(ask: Callable[[Message], Message], subject: str) -> EvidenceWritten:
    """The evidence pack of a run or drill on a live engine, verified by the commands that it prints."""
    written = ask(AskEvidence(subject=subject))
    assert isinstance(written, EvidenceWritten), written
    assert by_hand(Path(written.path)) == []
    assert verify_pack(Path(written.archive), Trust(digest=written.digest), now=NOON).faults == ()
    return written
