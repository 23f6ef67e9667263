"""`audit`, `approvers` and `approve` on a real engine of an empty home, and on a run that waits for its approval."""

import getpass
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli import main
from console.cli.answers import ANSWERS
from console.domain.approval import ApprovalGiven, ApprovalWanted, GlassBroken
from console.domain.audit import AuditKind
from console.domain.cluster import Inventory
from console.domain.fleet import EngineView
from console.domain.plan import Operation
from console.domain.reading import Moment
from console.engine.audit_answers import AuditAnswers
from console.engine.launch import ensure_engine
from console.governance.approval import FourEyes
from console.governance.approvers import ApproversFile
from console.governance.audit import AuditLog
from console.governance.policy import ApprovalPolicies
from console.link.messages import (
    PROTOCOL,
    Done,
    GiveSecret,
    HostKeys,
    Message,
    Prompts,
    Refused,
    Welcome,
    schema_of,
)
from console.link.server import LinkServer
from console.link.socket import Link
from console.places import Home
from console.store.audit_log import AuditEntries, AuditFilter
from console.store.database import open_store
from console.store.settings import Settings
from tests.governed import Keys
from tests.watched import Watched

NOW = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)
ME = getpass.getuser()
INVENTORY = """\
[[cluster]]
name = 'elsewhere'
environment = 'staging'
[[cluster.node]]
name = 'n0'
[cluster.node.ssh]
host = 'no-such-host.invalid'
"""


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("keys"))


def held(name: str, answer: Any) -> Any:
    jsonschema.Draft202012Validator(schema_of(ANSWERS[name])).validate(answer)
    return answer


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Watched]:
    """An engine of an empty home; its lab is not there."""
    home = Home.chosen(str(tmp_path / "home"))
    watched = Watched(home, None)  # type: ignore[arg-type]
    try:
        yield watched
    finally:
        watched.asked("engine", "stop")


def listed(desk: Watched, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = held("audit list", desk.asked("audit", "list", *words))["entries"]
    return found


def test_a_persons_acts_are_in_the_log_with_who_and_what_and_refusals_too(desk: Watched, tmp_path: Path) -> None:
    file = tmp_path / "fleet.toml"
    file.write_text(INVENTORY)
    desk.asked("inventory", "import", str(file))
    desk.asked("inventory", "import", str(file), code=1)
    desk.asked("inventory", "remove", "elsewhere")
    desk.asked("inventory", "confirm", "elsewhere", "n0", code=1)
    entries = list(reversed(listed(desk)))
    assert [(entry["kind"], entry["subject"], entry["cluster"]) for entry in entries] == [
        ("decision", "save-clusters", "elsewhere"),
        ("decision", "save-clusters", "elsewhere"),
        ("refusal", "save-clusters", "elsewhere"),
        ("decision", "remove-cluster", "elsewhere"),
        ("decision", "confirm-identity", "elsewhere"),
        ("refusal", "confirm-identity", "elsewhere"),
    ]
    assert {entry["who"] for entry in entries} == {ME}
    assert [entry["number"] for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert ["elsewhere n0", "postgres, ssh @no-such-host.invalid:"] in entries[0]["detail"]
    assert [entry["number"] for entry in listed(desk, "--kind", "refusal")] == [6, 3]
    assert len(listed(desk, "--last", "1d", "--cluster", "elsewhere", "--limit", "2")) == 2
    assert listed(desk, "--run", "no-run") == []
    said = desk.run("audit", "list").stdout
    assert f"{ME}  decision  elsewhere · save-clusters" in said


def test_stopping_the_engine_is_noted_and_read_by_the_next(desk: Watched) -> None:
    ensure_engine(desk.home)
    desk.asked("engine", "stop")
    (entry,) = listed(desk)
    assert (entry["kind"], entry["subject"], entry["who"]) == ("decision", "stop-engine", ME)


def test_the_log_is_verified_exported_and_a_changed_copy_named(desk: Watched, tmp_path: Path) -> None:
    for _ in range(3):
        desk.asked("inventory", "remove", "nowhere", code=1)
    answer = held("audit verify", desk.asked("audit", "verify"))
    assert (answer["whole"], answer["check"]["entries"]) == (True, 6)
    assert "nothing-missing-up-to-the-anchor" in answer["check"]["shown"]
    assert "not-made-anew-with-its-anchor" in answer["check"]["not_shown"]
    copy = tmp_path / "copy.jsonl"
    exported = held("audit export", desk.asked("audit", "export", str(copy)))
    assert (exported["entries"], exported["anchor"]["number"]) == (6, 6)
    assert desk.asked("audit", "export", str(copy), code=1)["error"] == "file-exists"
    missing = tmp_path / "no" / "where"
    assert desk.asked("audit", "export", str(missing), code=1)["error"] == "file-not-written"
    assert desk.asked("audit", "verify", "--file", str(copy))["whole"] is True
    assert desk.asked("audit", "verify", "--against", str(copy))["whole"] is True
    copy.write_bytes(copy.read_bytes().replace(b"nowhere", b"nowhery", 1))
    broken = held("audit verify", desk.asked("audit", "verify", "--file", str(copy), code=1))
    assert broken["check"]["broken"] == {"place": 1, "fault": "changed", "expected": 1, "found": 1}
    assert "Broken at place 1" in desk.run("audit", "verify", "--file", str(copy)).stdout


def test_a_copy_is_verified_without_an_engine(desk: Watched, tmp_path: Path) -> None:
    desk.asked("inventory", "remove", "nowhere", code=1)
    copy = tmp_path / "copy.jsonl"
    desk.asked("audit", "export", str(copy))
    desk.asked("engine", "stop")
    other = tmp_path / "other-home"
    words = [sys.executable, "-m", "console", "--home", str(other), "audit", "verify", "--file", str(copy), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["whole"] is True
    assert sorted(file.name for file in other.iterdir()) == []


def test_a_store_whose_newest_entries_were_taken_is_found_by_the_next_engine(desk: Watched) -> None:
    for _ in range(3):
        desk.asked("inventory", "remove", "nowhere", code=1)
    desk.kill_engine()
    with closing(sqlite3.connect(desk.home.store)) as file, file:
        file.execute("drop trigger audit_no_delete")
        file.execute("delete from audit where number > 4")
    answer = desk.asked("audit", "verify", code=1)
    assert answer["check"]["broken"]["fault"] in ("newest-missing", "anchor-differs")
    (noted,) = listed(desk, "--kind", "fault")
    assert dict(noted["detail"])["anchor-number"] == "6"


def test_an_engine_killed_in_the_middle_leaves_a_whole_log(desk: Watched) -> None:
    desk.asked("inventory", "remove", "nowhere", code=1)
    desk.kill_engine()
    assert desk.asked("audit", "verify")["whole"] is True
    desk.asked("inventory", "remove", "nowhere", code=1)
    assert [entry["number"] for entry in listed(desk)] == [4, 3, 2, 1]


def test_a_secret_that_the_engine_knows_never_stands_in_its_log(desk: Watched) -> None:
    planted = "Tr0ub4dor-and-3"
    ensure_engine(desk.home)
    link = Link(
        desk.home.engine_socket, face="test", watches=False, on_message=lambda _: None, on_lost=lambda _: None,
        person=f"m {planted}",
    )  # fmt: skip
    link.ask(GiveSecret(kind="database", subject="app@db", secret=planted))
    link.close()
    desk.asked("inventory", "remove", f"x{planted}x", code=1)
    desk.asked("inventory", "confirm", "c", planted, code=1)
    desk.asked("engine", "stop")
    for file in desk.home.directory.glob("*"):
        if file.is_file():
            assert planted.encode() not in file.read_bytes(), file


WRONG = [
    (["audit", "list", "--last", "soon"], 2, "usage"),
    (["audit", "list", "--kind", "gossip"], 2, "usage"),
    (["audit", "verify", "--file", "/nonexistent/copy"], 1, "no-file"),
    (["audit", "verify", "--against", "/nonexistent/copy"], 1, "no-file"),
    (["approve", "run-1"], 2, "usage"),
    (["approve", "run-1", "--key", "/nonexistent/key"], 1, "no-run"),
    (["approve", "run-1", "--signature", "x"], 2, "usage"),
    (["approve", "run-1", "--break-glass", "nobody answers", "--yes"], 1, "no-run"),
    (["approvers", "add", "a.berg", "/nonexistent/key.pub"], 1, "no-file"),
    (["approvers", "add", "a.berg", "/dev/null", "--valid-before", "soon"], 2, "usage"),
    (["approvers", "add", "a.berg", "/dev/null"], 1, "no-public-key"),
    (["approvers", "remove", "a.berg"], 1, "no-approver"),
    (["approvers", "rule", "nowhere", "always"], 1, "no-cluster"),
]


def test_errors_are_json_with_a_word(desk: Watched) -> None:
    for words, code, error in WRONG:
        answer = held("error", desk.asked(*words, code=code))
        assert (answer["error"], bool(answer["what"])) == (error, True), words


def test_approvers_are_added_listed_and_removed_and_all_is_noted(desk: Watched, keys: Keys, tmp_path: Path) -> None:
    public = keys("a.berg").private.with_name("a.berg.pub")
    words = ["approvers", "add", "a.berg", str(public), "--valid-before", "2027-01-31"]
    answer = held("approvers add", desk.asked(*words))
    (one,) = answer["approvers"]
    assert (one["person"], one["valid_before"]) == ("a.berg", "2027-01-31T00:00:00Z")
    assert desk.asked("approvers", "add", "b.cole", str(public), code=1)["error"] == "approval-key-of-another"
    private = desk.asked("approvers", "add", "b.cole", str(keys("a.berg").private), code=1)
    assert private["error"] == "no-public-key"
    assert "BEGIN" not in json.dumps(private)
    file = tmp_path / "fleet.toml"
    file.write_text(INVENTORY)
    desk.asked("inventory", "import", str(file))
    assert held("approvers list", desk.asked("approvers", "list"))["rules"] == [
        {"cluster": "elsewhere", "rule": "production", "chosen": False}
    ]
    ruled = held("approvers rule", desk.asked("approvers", "rule", "elsewhere", "loss-above:100"))
    assert ruled["rules"] == [{"cluster": "elsewhere", "rule": "loss-above:100", "chosen": True}]
    assert desk.asked("approvers", "rule", "elsewhere", "perhaps", code=1)["error"] == "no-approval-rule"
    assert held("approvers remove", desk.asked("approvers", "remove", "a.berg"))["approvers"] == []
    noted = [entry["subject"] for entry in listed(desk, "--kind", "decision")]
    assert noted.count("save-approver") == 3
    assert {"remove-approver", "save-approval-rule", "save-clusters"} < set(noted)
    assert b"OPENSSH PRIVATE KEY" not in desk.home.store.read_bytes()


# A run that waits, behind the real link, judged by the real ssh-keygen


@dataclass
class Waiting:
    """One run that waits for its approval, as whoever holds the runs keeps it."""

    run: ApprovalWanted
    given: list[ApprovalGiven] = field(default_factory=list)
    broken: list[GlassBroken] = field(default_factory=list)

    def wanted(self, run: str) -> ApprovalWanted | Refused:
        return self.run if run == self.run.run else Refused(reason="no-run", subject=run)

    def approve(self, run: str, given: ApprovalGiven) -> Message:
        assert run == self.run.run
        self.given.append(given)
        return Done()

    def break_glass(self, run: str, broken: GlassBroken) -> Message:
        assert run == self.run.run
        self.broken.append(broken)
        return Done()


@dataclass
class Governing:
    """The engine's governing part alone."""

    audit: AuditLog
    approvals: Waiting
    four_eyes: FourEyes
    policies: ApprovalPolicies
    home: Home
    inventory: Inventory = field(default_factory=Inventory)

    def moment(self) -> Moment:
        return Moment(NOW, 0.0)

    def view(self) -> EngineView:
        return EngineView(
            at=NOW, version="test", pid=1, home=str(self.home.directory), started_at=NOW, hosts=0, answered=0,
            store_trouble="", faces=1,
        )  # fmt: skip

    def entries(self) -> list[tuple[str, str, dict[str, str]]]:
        found, _ = self.audit.chosen(AuditFilter())
        return [(entry.kind.value, entry.who, dict(entry.detail)) for entry in reversed(found)]


@pytest.fixture
def governing(tmp_path: Path, keys: Keys) -> Iterator[Governing]:
    home = Home.chosen(str(tmp_path / "home"))
    wanted = ApprovalWanted(
        run="run-7", cluster="ledger-us", operation=Operation.FAILOVER, plan_digest="ab" * 32, loss_entries_max=100,
        initiator="m.keller",
    )  # fmt: skip
    with open_store(home.store) as store:
        audit = AuditLog(
            AuditEntries(store, console="c"), anchors=home.audit_anchors, console="c", now=lambda: NOW
        )
        audit.begin()
        it = Governing(
            audit=audit, approvals=Waiting(wanted), policies=ApprovalPolicies(Settings(store)), home=home,
            four_eyes=FourEyes(ApproversFile(home.approvers), revoked=home.revoked_keys),
        )  # fmt: skip
        answers = AuditAnswers(it)

        def welcome() -> Welcome:
            return Welcome(
                protocol=PROTOCOL, engine=it.view(), inventory=Inventory(), clusters=(),
                host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()),
            )  # fmt: skip

        def answer(question: Message, person: str) -> Message:
            return answers.answer(question, person) or Refused(reason="not-a-question")

        server = LinkServer(home.engine_socket, welcome=welcome, answer=answer)
        try:
            for person in ("a.berg", "m.keller"):
                public = keys(person).private.with_name(f"{person}.pub")
                assert main(["--home", str(home.directory), "approvers", "add", person, str(public)]) == 0
            yield it
        finally:
            server.close()


def approve(governing: Governing, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    done = main(["--home", str(governing.home.directory), "--json", "approve", "run-7", *words])
    answer = json.loads(capsys.readouterr().out)
    assert done == code, answer
    return held("error" if code else "approve", answer)


def test_a_second_person_approves_with_a_key(
    governing: Governing, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    key = str(keys("a.berg").private)
    answer = approve(governing, capsys, "--key", key, "--as", "a.berg", "--max-loss-entries", "100", "--yes")
    (given,) = governing.approvals.given
    assert (answer["done"], answer["person"], answer["fingerprint"]) == ("approved", "a.berg", given.fingerprint)
    assert "maximum loss: 100 entries" in answer["text"]
    assert (given.person, given.loss_entries_max) == ("a.berg", 100)
    ((kind, who, detail),) = governing.entries()
    assert (kind, who, detail["sent-by"], detail["text"]) == ("approval", "a.berg", ME, answer["text"])
    assert detail["signature"].startswith("-----BEGIN SSH SIGNATURE-----")


def test_what_is_signed_is_shown_and_has_to_be_confirmed(
    governing: Governing, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = approve(governing, capsys, "--key", str(keys("a.berg").private), "--as", "a.berg", code=3)
    assert answer["error"] == "person"
    assert governing.approvals.given == []


def test_another_maximum_than_the_person_has_in_mind_is_not_signed(
    governing: Governing, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--key", str(keys("a.berg").private), "--as", "a.berg", "--max-loss-entries", "5", "--yes"]
    assert approve(governing, capsys, *words, code=1)["error"] == "approval-other-loss"
    assert governing.entries() == []


@pytest.mark.parametrize(
    ("key", "person", "reason"),
    [
        ("m.keller", "m.keller", "approval-of-own-plan"),
        ("m.keller", "a.berg", "approval-key-of-another"),
        ("stranger", "a.berg", "approval-unknown-signer"),
    ],
)
def test_a_refused_approval_is_not_handed_on_and_stands_in_the_log(
    governing: Governing, keys: Keys, capsys: pytest.CaptureFixture[str], key: str, person: str, reason: str
) -> None:
    words = ["--key", str(keys(key).private), "--as", person, "--yes"]
    answer = approve(governing, capsys, *words, code=1)
    assert (answer["error"], governing.approvals.given) == (reason, [])
    assert "Nothing was changed" in answer["what"]
    ((kind, who, detail),) = governing.entries()
    assert (kind, who, detail["reason"], detail["person"]) == ("refusal", ME, reason, person)


def test_a_person_at_another_desk_signs_with_nothing_but_ssh_keygen(
    governing: Governing, keys: Keys, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "run-7.txt"
    assert approve(governing, capsys, "--write-text", str(text))["done"] == "text-written"
    assert approve(governing, capsys, "--write-text", str(text), code=1)["error"] == "no-file"
    key = str(keys("a.berg").private)
    words = ["ssh-keygen", "-Y", "sign", "-q", "-n", "ledger-console-plan", "-f", key, str(text)]
    subprocess.run(words, check=True, timeout=60)
    sent = ["--text", str(text), "--signature", f"{text}.sig", "--as", "a.berg"]
    assert approve(governing, capsys, *sent)["done"] == "approved"
    text.write_text(text.read_text().replace("100 entries", "999 entries"))
    assert approve(governing, capsys, *sent, code=1)["error"] == "approval-signature-wrong"


@pytest.mark.allows_warnings
def test_breaking_the_glass_is_loud_and_needs_a_reason(
    governing: Governing, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert approve(governing, capsys, "--break-glass", "x", "--yes", code=1)["error"] == "approval-no-reason"
    assert governing.approvals.broken == []
    answer = approve(governing, capsys, "--break-glass", "nobody else answers the phone", "--yes")
    assert answer["done"] == "glass-broken"
    (broken,) = governing.approvals.broken
    assert (broken.person, broken.reason) == (ME, "nobody else answers the phone")
    kinds = [(kind, detail["reason"]) for kind, _, detail in governing.entries()]
    assert kinds == [
        (AuditKind.REFUSAL.value, "approval-no-reason"),
        (AuditKind.BREAK_GLASS.value, "nobody else answers the phone"),
    ]
    assert f"break-glass by {ME} on ledger-us" in caplog.text
