"""The backup commands at a terminal: progress in one line, Ctrl+C that leaves the work, yes by name, exit codes."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli import main
from console.cli.answers import ANSWERS
from console.domain.backup import Job, JobKind, JobState
from console.domain.backup_policy import BackupKind, BackupPolicy, CycleEntry, RepositorySpec
from console.domain.cluster import ClusterSpec, Environment, Inventory, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.domain.fleet import EngineView
from console.domain.restore import TargetKind, Unfit
from console.link.backups import (
    AskExpiry,
    AskJob,
    AskTarget,
    CancelJob,
    Expiry,
    JobSeen,
    OpenSandbox,
    SavePolicy,
    StartBackup,
    StartExpire,
    TargetSeen,
)
from console.link.changes import Propose
from console.link.messages import PROTOCOL, Done, HostKeys, Message, Prompts, Refused, Welcome, schema_of
from console.link.server import LinkServer
from console.places import Home
from tests.cli.terminal import INTERRUPT, at_terminal

AT = datetime(2026, 3, 17, 14, 30, tzinfo=UTC)
POLICY = BackupPolicy(
    repositories=(
        RepositorySpec(name="vault", node="vault-1", path="/srv/backup"),
        RepositorySpec(name="second", node="vault-1", path="/srv/second"),
    ),
    cycle=(CycleEntry(what="full", cron="30 1 * * 0"),),
)
US = ClusterSpec(
    name="ledger-us", environment=Environment.PRODUCTION, backup=POLICY,
    nodes=(
        NodeSpec(name="nyc-1", kind=NodeKind.POSTGRES, ssh=SshTarget(host="nyc-1"), postgres=PostgresTarget()),
        NodeSpec(name="vault-1", kind=NodeKind.BACKUP, ssh=SshTarget(host="vault-1")),
    ),
)  # fmt: skip
JOB = Job(
    id="20260317-143000-a1b2c3", cluster="ledger-us", repository="vault", kind=JobKind.BACKUP, state=JobState.RUNNING,
    node="vault-1", begun_at=AT, by="olga", backup_kind=BackupKind.FULL, phase="copying", done_bytes=4_000_000_000,
    all_bytes=10_000_000_000, bytes_per_second=2e8, seconds_left=30.0,
)  # fmt: skip
DONE = replace(JOB, state=JobState.DONE, backup="b1", ended_at=AT + timedelta(minutes=2), seconds_left=None)
EXPIRY = Expiry(
    cluster="ledger-us", repository="vault", backups=("b1", "b2"), freed_bytes=5, begin_now=AT, begin_then=AT, kept=()
)


class BackupsByScript:
    """Says over the real link what an engine would say; the work goes on until `gate` is set."""

    def __init__(self, home: Home) -> None:
        self.asked: list[Message] = []
        self.gate = threading.Event()
        self._closed = threading.Event()
        self.dies = False  # with the first question about the work
        self.outcome = DONE
        self.refuses: dict[type[Message], Refused] = {}
        self._server = LinkServer(home.engine_socket, welcome=self._welcome, answer=self._answer)

    def _welcome(self) -> Welcome:
        view = EngineView(at=AT, version="0", pid=1, home="", started_at=AT, hosts=0, answered=0)
        return Welcome(protocol=PROTOCOL, engine=view, inventory=Inventory(clusters=(US,)), clusters=(),
                       host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()))  # fmt: skip

    def _answer(self, question: Message, person: str) -> Message:
        assert person
        self.asked.append(question)
        if isinstance(question, AskJob) and self.dies:
            threading.Thread(target=self.close, daemon=True).start()
        if type(question) in self.refuses:
            return self.refuses[type(question)]
        match question:
            case StartBackup() | StartExpire() | OpenSandbox():
                return JobSeen(job=JOB)
            case AskJob():
                return JobSeen(job=self.outcome if self.gate.is_set() else JOB)
            case CancelJob():
                self.gate.set()
                return JobSeen(job=replace(JOB, cancelling=True))
            case AskExpiry():
                return EXPIRY
            case SavePolicy():
                return Done()
            case AskTarget():
                return TargetSeen(chosen=None, unfit=Unfit(reason="after-last-wal", before=AT, fits="b1"))
            case _:
                return Refused(reason="not-a-question", subject=type(question).__name__)

    def tell(self, job: Job) -> None:
        self._server.tell(JobSeen(job=job), key=f"job {job.id}")

    def of(self, kind: type[Message]) -> list[Any]:
        return [one for one in self.asked if isinstance(one, kind)]

    def close(self) -> None:
        if not self._closed.is_set():
            self._closed.set()
            self._server.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.chosen(str(tmp_path))


@pytest.fixture
def engine(home: Home) -> Iterator[BackupsByScript]:
    made = BackupsByScript(home)
    try:
        yield made
    finally:
        made.close()


def answer(capsys: pytest.CaptureFixture[str], home: Home, *words: str, code: int = 0) -> Any:
    assert main(["--home", str(home.directory), "--json", *words]) == code, capsys.readouterr()
    said = json.loads(capsys.readouterr().out)
    name = " ".join(words[:2]) if " ".join(words[:2]) in ANSWERS else words[0]
    jsonschema.Draft202012Validator(schema_of(ANSWERS["error" if "error" in said else name])).validate(said)
    return said


def test_ctrl_c_leaves_the_work_running_and_says_how_to_come_back(engine: BackupsByScript, home: Home) -> None:
    code, said = at_terminal(home, (("copies", INTERRUPT),), "backup", "ledger-us")
    assert code == 3, said
    assert "4.0" in said and "of 10.0 GB" in said and "40 %" in said
    assert "goes on" in said and f"backups follow {JOB.id}" in said
    assert not engine.of(CancelJob)


def test_progress_is_one_line_that_is_written_over_and_the_end_is_told(engine: BackupsByScript, home: Home) -> None:
    threading.Timer(1.0, engine.gate.set).start()
    code, said = at_terminal(home, (), "backup", "ledger-us", "--type", "full", "--repository", "second")
    assert code == 0, said
    assert "\r\x1b[K" in said
    assert "Full to vault done after 2 min" in said and ": b1." in said
    (asked,) = engine.of(StartBackup)
    assert (asked.kind, asked.repository) == (BackupKind.FULL, "second")


@pytest.mark.parametrize(
    ("state", "reason", "code"),
    [(JobState.DONE, "", 0), (JobState.FAILED, "no-space", 1), (JobState.CANCELLED, "cancelled", 1)],
)
def test_exit_codes_of_work(
    engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str], state: JobState, reason: str, code: int
) -> None:
    engine.outcome = replace(DONE, state=state, reason=reason)
    engine.gate.set()
    said = answer(capsys, home, "backup", "ledger-us", code=code)
    assert (said["outcome"], said["job"]["reason"]) == (state.value, reason)


def test_what_is_begun_and_left_is_a_persons_to_come_back_to(
    engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, home, "backup", "ledger-us", "--detach", code=3)["outcome"] == "running"
    assert not engine.of(AskJob)


def test_a_cancelled_one_is_followed_to_its_end(
    engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.outcome = replace(DONE, state=JobState.CANCELLED, reason="cancelled")
    assert answer(capsys, home, "backups", "cancel", JOB.id)["outcome"] == "cancelled"
    engine.outcome = DONE  # it was done before anybody could end it
    assert answer(capsys, home, "backups", "cancel", JOB.id, code=1)["outcome"] == "done"


def test_nothing_is_taken_away_without_a_yes_and_another_name_is_none(engine: BackupsByScript, home: Home) -> None:
    code, said = at_terminal(home, (("Type the cluster's name", "ledger-eu"),), "backups", "expire", "ledger-us")
    assert code == 1 and "nothing was changed" in said
    assert not engine.of(StartExpire)
    engine.gate.set()
    code, said = at_terminal(home, (("Type the cluster's name", "ledger-us"),), "backups", "expire", "ledger-us")
    assert code == 0, said
    (asked,) = engine.of(StartExpire)
    assert (asked.repository, asked.backups) == ("vault", ("b1", "b2"))


def test_a_preview_begins_nothing(engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(capsys, home, "backups", "expire", "ledger-us", "--preview")
    assert (said["outcome"], said["expiry"]["backups"]) == ("preview", ["b1", "b2"])
    assert answer(capsys, home, "backups", "expire", "ledger-us", code=3)["outcome"] == "to-confirm"
    assert not engine.of(StartExpire)


def test_a_rehearsed_restore_only_asks_whether_it_can_be_had(
    engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    said = answer(capsys, home, "restore", "ledger-us", "--entry", "4711", "--before", "--rehearse", code=1)
    assert said["outcome"] == "unfit" and "b1" in said["sentence"]
    (asked,) = engine.of(AskTarget)
    assert (asked.target.kind, asked.target.entry, asked.repository) == (TargetKind.BEFORE_ENTRY, 4711, "")
    assert not engine.of(OpenSandbox)


def test_a_restore_of_the_cluster_is_proposed_as_a_plan(
    engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, home, "restore", "ledger-us", "--goal", "cluster", "--time", "2026-03-17 14:00:00+01:00",
           "--repository", "second", code=1)  # fmt: skip
    (asked,) = engine.of(Propose)
    assert dict(asked.options) == {
        "goal": "cluster", "target": "time", "time": "2026-03-17T14:00:00+01:00", "repository": "second",
    }  # fmt: skip
    answer(capsys, home, "restore", "ledger-us", "--goal", "node", "--node", "nyc-1", code=1)
    asked = engine.of(Propose)[1]
    assert (asked.subject, dict(asked.options)["target"]) == ("nyc-1", "latest")


def test_a_policy_is_previewed_and_then_saved_with_what_was_named_alone(
    engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("policy", "set", "ledger-us", "--cycle", "incremental=5 * * * *", "--window-days", "0", "--rate", "25")
    said = answer(capsys, home, *words, "--preview")
    assert not said["saved"] and len(said["next_runs"]) == 5
    assert not engine.of(SavePolicy)
    assert answer(capsys, home, *words)["saved"]
    (asked,) = engine.of(SavePolicy)
    assert asked.policy == replace(
        POLICY, retention=replace(POLICY.retention, window_days=None), rate_mb_per_second_max=25.0,
        cycle=(*POLICY.cycle, CycleEntry(what="incremental", cron="5 * * * *")),
    )  # fmt: skip


def test_a_policy_goes_out_and_in_again_as_a_file(
    engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(answer(capsys, home, "policy", "show", "ledger-us")["toml"])
    assert answer(capsys, home, "policy", "set", "ledger-us", "--file", str(file))["saved"]
    assert engine.of(SavePolicy)[0].policy == POLICY
    file.write_text(file.read_text().replace("vault-1", "attic"))
    wrong = answer(capsys, home, "policy", "set", "ledger-us", "--file", str(file), code=1)
    assert (wrong["error"], "there is no node 'attic'" in wrong["what"]) == ("policy-wrong", True)
    assert len(engine.of(SavePolicy)) == 1


def test_a_refusal_is_an_error_with_its_word(
    engine: BackupsByScript, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.refuses[StartBackup] = Refused(reason="busy", subject="ledger-us vault-1", detail="backup x is under way")
    said = answer(capsys, home, "backup", "ledger-us", code=1)
    assert said["error"] == "busy"
    assert "backup x is under way" in said["what"] and "Nothing was changed" in said["what"]


def test_an_engine_that_is_lost_on_the_way_leaves_the_work_and_says_so(engine: BackupsByScript, home: Home) -> None:
    engine.dies = True
    code, said = at_terminal(home, (), "backup", "ledger-us")
    assert code == 3, said
    assert "can't be followed any further" in said and "it goes on on its host" in said
