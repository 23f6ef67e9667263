"""Evidence packs: what they hold and lack, verified without the console, and no byte changed that is not found."""

import json
import os
import random
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.audit import Anchor, AuditKind
from console.domain.evidence import Lack
from console.domain.run import RunState, RunView
from console.governance.audit import verify_file
from console.governance.evidence import SIGNATURE, SUMS, PackNotWritten, add_signature, sealed_files, write_pack
from console.governance.evidence_archive import ArchiveMistake, archive_of, read_archive
from console.governance.evidence_audit import EXCERPT_MAX, excerpt_of
from console.governance.evidence_check import PackCheck, Trust, armored, verify_files, verify_pack
from console.governance.evidence_readme import DIGESTED
from console.governance.ssh_keygen import sign
from console.link.governing import EvidenceWritten
from console.link.messages import Refused
from tests.alarmed import NOON
from tests.governance.packs import SECRET, Desk, by_hand, commands, desk, failover, whole_desk
from tests.governed import Keys

NAMESPACE = "ledger-console-evidence"
EDITS = 1_000


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def pack(made: Desk, make_key: Keys) -> EvidenceWritten:
    """Of a failover, signed by its auditor."""
    whole_desk(made, make_key)
    key = make_key("a.auditor")
    written = made.written("r-42", signer=key.public)
    signature = sign((Path(written.path) / SUMS).read_text(), key=key.private, terminal=False, namespace=NAMESPACE)
    add_signature(Path(written.path), signature.encode())
    return written


def whats(lacks: tuple[Lack, ...]) -> set[tuple[str, str]]:
    return {(one.what, one.why) for one in lacks}


def checked(path: str | Path, **trust: str) -> PackCheck:
    return verify_pack(Path(path), Trust(**trust), now=NOON)


def test_a_whole_run_lacks_nothing_and_says_who_did_what(made: Desk, make_key: Keys) -> None:
    run = whole_desk(made, make_key)
    written = made.written("r-42")
    assert written.missing == ()
    root = Path(written.path)
    fields = json.loads((root / "FIELDS.json").read_text())
    assert fields["scenario"]["what"] == "failover"
    assert [(one["name"], one["measured_low"], one["measured_high"]) for one in fields["objectives"]] == [
        ("recovery-time", 4.1, 4.1), ("data-loss", 87.0, 110.0)
    ]  # fmt: skip
    assert {"left-to-do", "books-not-checked", "stopped-and-asked"} <= {one["what"] for one in fields["deficiencies"]}
    assert [one["person"] for one in fields["sign_off"]["approvals"]] == ["a.okafor"]
    assert (root / "report/report.json").read_bytes() == Path(run.report).with_name("report.json").read_bytes()
    sent = [json.loads(line) for line in (root / "journal/commands.jsonl").read_text().splitlines()]
    assert [(one["verb"], dict(one["outcome"])["status"]) for one in sent] == [("fence", "0")]
    assert "kill -9" in sent[0]["text"]
    curves = (root / "readings/curves.csv").read_text().splitlines()
    assert sum(",round-trip-ms,1.5," in line for line in curves) == 18, "9 seconds of two nodes"
    excerpt = (root / "audit/excerpt.jsonl").read_text().splitlines()
    assert [json.loads(line)["run"] for line in excerpt] == ["r-42", "r-42", "another", "r-42"], "an unbroken piece"
    newest = made.stage.ground.audit.chosen(_everything())[0][0]
    assert newest.kind is AuditKind.EVIDENCE
    assert dict(newest.detail)["sha256sums"] == written.digest
    assert newest.number == written.audit_number


def _everything() -> object:
    from console.store.audit_log import AuditFilter

    return AuditFilter()


def test_a_pack_is_verified_by_sha256sum_and_ssh_keygen_alone(pack: EvidenceWritten, tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    clean.mkdir()
    with tarfile.open(pack.archive) as tar:
        tar.extractall(clean, filter="data")
    root = clean / Path(pack.path).name
    readme = commands((root / "README.txt").read_text())
    assert sum("ssh-keygen" in one for one in readme) == 2
    assert len(readme) == 8
    assert by_hand(root) == []
    digest = subprocess.run(["sha256sum", SUMS], cwd=root, capture_output=True, text=True, check=True)
    assert digest.stdout.split()[0] == pack.digest
    told = checked(pack.archive, digest=pack.digest)
    assert (told.faults, told.signed_by) == ((), "a.auditor")


def test_each_entry_of_the_excerpt_stands_in_the_exported_log(
    made: Desk, pack: EvidenceWritten, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.jsonl"
    made.stage.ground.audit.export(whole)
    command = f"grep -Fxf {pack.path}/audit/excerpt.jsonl {whole} | diff {pack.path}/audit/excerpt.jsonl -"
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 0
    assert verify_file(whole).broken is None


def test_a_thousand_random_edits_of_a_pack_are_all_found(pack: EvidenceWritten) -> None:
    """Any byte of any file, its sums and signature too."""
    root = Path(pack.path)
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert verify_files(files, Trust(), path="", now=NOON).faults == ()
    chance = random.Random(6)
    names = sorted(files)
    for number in range(EDITS):
        # Small files too, and not only the great ones.
        name = names[number % len(names)]
        place = chance.randrange(len(files[name]))
        changed = bytearray(files[name])
        changed[place] ^= chance.randrange(1, 256)
        check = verify_files({**files, name: bytes(changed)}, Trust(), path="", now=NOON)
        assert check.faults, (name, place, changed[place])
        assert not check.signed_by


def test_a_thousand_random_edits_of_an_archive_are_all_found(pack: EvidenceWritten) -> None:
    content = Path(pack.archive).read_bytes()
    assert read_archive(content)[0] == Path(pack.path).name
    chance = random.Random(7)
    for _ in range(EDITS):
        changed = bytearray(content)
        place = chance.randrange(len(changed))
        changed[place] ^= 1 << chance.randrange(8)
        try:
            _, files = read_archive(bytes(changed))
        except ArchiveMistake:
            continue
        pytest.fail(f"bit of byte {place} changed unseen: {sorted(files)[:2]}")


def test_edits_are_found_by_the_standard_commands_too(pack: EvidenceWritten, tmp_path: Path) -> None:
    """Of every file a byte, by what README.txt prints; a signature's line ends alone mean nothing to ssh-keygen."""
    root = tmp_path / "copy"
    shutil.copytree(pack.path, root)
    chance = random.Random(8)
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.stat().st_size):
        whole = path.read_bytes()
        place = chance.randrange(40, len(whole)) if len(whole) > 100 else 0
        while path.name == SIGNATURE and whole[place] in b"\n":
            place += 1
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        # README.txt itself may be what was changed: the commands are those of the one that was written.
        saved = (Path(pack.path) / "README.txt").read_text()
        failed = [one for one in commands(saved)[:4] if subprocess.run(
            ["sh", "-c", one], cwd=root, capture_output=True, timeout=60, check=False).returncode != 0]  # fmt: skip
        assert failed, path
        path.write_bytes(whole)


def test_files_removed_and_added_are_found(pack: EvidenceWritten, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(pack.path, root)
    for name in ("plan/plan.sh", SIGNATURE, SUMS, "FILES", "README.txt"):
        (root / name).rename(tmp_path / "aside")
        assert {one.file for one in checked(root).faults} == {name}
        assert by_hand(root) if name != "README.txt" else True
        (tmp_path / "aside").rename(root / name)
    assert checked(root).faults == ()
    (root / "plan" / "more.txt").write_text("x")
    assert [(one.what, one.file) for one in checked(root).faults] == [("added", "plan/more.txt")]
    assert any("FILES" in one for one in by_hand(root))
    (root / "plan" / "more.txt").unlink()
    (root / "plan" / "link").symlink_to("plan.sh")
    assert [one.what for one in checked(root).faults] == ["not-a-pack"]
    assert any("FILES" in one for one in by_hand(root))


def test_sums_made_anew_are_found_by_the_digest_and_by_the_signature(pack: EvidenceWritten) -> None:
    """Who can write everything can write fitting sums: only what lies outside of the pack shows it."""
    _, files = read_archive(Path(pack.archive).read_bytes())
    forged = {name: body for name, body in files.items() if name not in (SUMS, SIGNATURE, "FILES")}
    forged["plan/plan.sh"] += b"# harmless\n"
    whole = sealed_files(forged)
    assert [one.what for one in verify_files(whole, Trust(), path="", now=NOON).faults] == ["not-signed"]
    signed = {**whole, SIGNATURE: files[SIGNATURE]}
    assert [one.what for one in verify_files(signed, Trust(), path="", now=NOON).faults] == ["wrong-signature"]
    told = verify_files(signed, Trust(digest=pack.digest), path="", now=NOON)
    assert [one.what for one in told.faults] == ["other-digest"]


def test_whose_keys_are_trusted_is_the_verifiers_word(pack: EvidenceWritten, make_key: Keys, tmp_path: Path) -> None:
    public = make_key("a.auditor").public
    mine = checked(pack.path, signers=f"a.auditor {public}")
    assert (mine.faults, mine.trusted) == ((), True)
    other = checked(pack.path, signers=f"a.auditor {make_key('stranger').public}")
    assert [one.what for one in other.faults] == ["wrong-signature"]
    revoked = tmp_path / "revoked"
    revoked.write_text(public)
    gone = verify_pack(Path(pack.path), Trust(revoked=revoked), now=NOON)
    assert [one.what for one in gone.faults] == ["wrong-signature"]


def test_a_signature_of_another_key_is_none(pack: EvidenceWritten, make_key: Keys) -> None:
    root = Path(pack.path)
    text = sign((root / SUMS).read_text(), key=make_key("stranger").private, terminal=False, namespace=NAMESPACE)
    assert armored(text) == text
    add_signature(root, text.encode())
    assert [one.what for one in checked(root).faults] == ["wrong-signature"]


def test_keys_that_may_not_sign_a_pack_are_refused(made: Desk, make_key: Keys) -> None:
    whole_desk(made, make_key)
    before = sorted(made.stage.home.reports.iterdir())

    def reason(signer: str, person: str = "a.auditor") -> str:
        answer = made.ask("r-42", signer=signer, person=person)
        assert isinstance(answer, Refused)
        return answer.reason

    assert reason("nonsense") == "no-public-key"
    assert reason(make_key("a.okafor").public) == "approval-key-of-another"
    assert reason(make_key("a.auditor").public, person="a; rm") == "no-person"
    made.stage.home.revoked_keys.write_text(make_key("a.auditor").public)
    assert reason(make_key("a.auditor").public) == "approval-key-revoked"
    assert sorted(made.stage.home.reports.iterdir()) == before


def test_what_is_not_there_or_not_ended_is_refused(made: Desk) -> None:
    made.keep(failover("going", state=RunState.ASKING, ended_at=None), report=False)
    for asked, reason in (("nothing", "no-run-or-drill"), ("", "no-run-or-drill"), ("going", "evidence-not-ended")):
        answer = made.ask(asked)
        assert isinstance(answer, Refused)
        assert answer.reason == reason


def test_a_record_that_is_gone_is_said(made: Desk) -> None:
    run = made.keep(failover())
    shutil.rmtree(Path(run.report).parent)
    written = made.written("r-42")
    assert whats(written.missing) == {
        ("report", "record-gone"), ("readings", "record-gone"), ("the signed approval", "record-gone")
    }  # fmt: skip
    readme = (Path(written.path) / "README.txt").read_text()
    assert "report: record-gone" in readme
    assert not (Path(written.path) / "report").exists()
    assert checked(written.path).faults == ()
    assert by_hand(Path(written.path)) == []


def test_approvals_of_keys_that_are_no_longer_trusted_are_said(made: Desk, make_key: Keys) -> None:
    run = made.keep(failover())
    made.approve(run, make_key("a.okafor"))
    made.approve(run, make_key("stranger"), "c.dorn", listed=False)
    made.stage.home.revoked_keys.write_text(make_key("a.okafor").public)
    written = made.written("r-42")
    assert {("a trusted signature of a.okafor", "key-revoked-since"),
            ("a trusted signature of c.dorn", "key-not-listed-now")} <= whats(written.missing)  # fmt: skip


def test_an_approval_that_was_altered_in_the_log_does_not_verify(made: Desk, make_key: Keys) -> None:
    run = made.keep(failover())
    made.approve(run, make_key("a.okafor"))
    entry = next(one for one in made.stage.ground.audit.stream() if one.kind is AuditKind.APPROVAL)
    detail = [(name, value.replace("150 entries", "151 entries")) for name, value in entry.detail]
    made.note(AuditKind.APPROVAL, run=run.id, who="a.okafor", detail=detail)
    written = made.written("r-42")
    assert ("a trusted signature of a.okafor", "does-not-verify") in whats(written.missing)
    assert by_hand(Path(written.path)) == []


def test_a_damaged_audit_log_is_said_with_its_place(made: Desk, make_key: Keys) -> None:
    from sqlalchemy import text

    whole_desk(made, make_key)
    with made.stage.store.writing(durable=True) as connection:
        connection.execute(text("drop trigger audit_no_update"))
        connection.execute(text("update audit set subject = 'other' where number = 3"))
    written = made.written("r-42")
    told = next(one for one in written.missing if one.what == "whole audit log")
    assert (told.why, told.detail) == ("changed", "broken at place 3; its first 2 entries are whole")
    assert [one.what for one in checked(written.path).faults] == ["broken-chain"]
    assert any("hashes.txt" in one for one in by_hand(Path(written.path)))


def test_a_drill_has_its_marks_as_objectives(made: Desk) -> None:
    made.drill()
    made.note(AuditKind.COMMAND, run="d-1", subject="cut-stream")
    written = made.written("d-")
    fields = json.loads((Path(written.path) / "FIELDS.json").read_text())
    assert (fields["kind"], fields["scenario"]["what"]) == ("drill", "drill detector: probe-cut")
    assert [(one["name"], one["promised"], one["measured_low"], one["kept"]) for one in fields["objectives"]] == [
        ("verdict", 1.5, 1.2, True), ("alert", 3.0, None, False)
    ]  # fmt: skip
    assert ("plan and commands", "not-of-this-kind") in whats(written.missing)
    assert by_hand(Path(written.path)) == []
    assert checked(written.archive).faults == ()


def test_a_drill_that_rests_on_a_run_holds_it_and_says_where_that_is_gone(made: Desk) -> None:
    made.keep(failover())
    made.drill("d-1", run="r-42")
    made.drill("d-2", run="r-gone")
    with_run, without = made.written("d-1"), made.written("d-2")
    assert (Path(with_run.path) / DIGESTED).is_file()
    assert json.loads((Path(with_run.path) / "run.json").read_text())["id"] == "r-42"
    assert ("run or job r-gone of the drill", "record-gone") in whats(without.missing)


def test_no_secret_gets_into_a_pack(made: Desk) -> None:
    run = failover()
    entry = replace(run.log[2], detail=(*run.log[2].detail, ("said", f"password={SECRET} and {SECRET}")))
    written = made.written(made.keep(replace(run, log=(*run.log[:2], entry, *run.log[3:]))).id)
    root = Path(written.path)
    assert not [path for path in root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert b"***" in (root / "journal/journal.jsonl").read_bytes()


def test_a_pack_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "place"
    write_pack(place, "evidence-a", {"a.txt": b"a"})
    with pytest.raises(PackNotWritten) as trouble:
        write_pack(place, "evidence-a", {"a.txt": b"b"})
    assert trouble.value.there
    assert (place / "evidence-a/a.txt").read_bytes() == b"a"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PackNotWritten, match="No space left"):
        write_pack(place, "evidence-b", {"a.txt": b"a"})
    assert sorted(path.name for path in place.iterdir()) == ["evidence-a", "evidence-a.tar.gz"]
    for name in ("../a", "/a", "a b", SUMS, "x" * 70):
        with pytest.raises(ValueError, match="can't hold"):
            sealed_files({name: b""})


def test_an_archive_is_the_same_whoever_writes_it() -> None:
    files = sealed_files({"b/x.txt": b"x" * 200_000, "a.txt": b""})
    content = archive_of("evidence-a", files)
    assert content == archive_of("evidence-a", dict(reversed(files.items())))
    assert read_archive(content) == ("evidence-a", files)
    for broken in (b"", content[:-1], content + b"\0", content * 2, b"no gzip"):
        with pytest.raises(ArchiveMistake):
            read_archive(broken)


def test_an_excerpt_that_would_be_too_long_keeps_the_runs_own_entries(made: Desk) -> None:
    made.note(AuditKind.RUN_BEGAN, run="r")
    made.note(AuditKind.COMMAND, run="another")
    made.note(AuditKind.RUN_ENDED, run="r")
    first, between, last, *_ = made.stage.ground.audit.stream()
    many = (first, *(between,) * (EXCERPT_MAX + 1), last)
    found = excerpt_of(many, lambda entry: entry.run == "r")
    assert (found.own, found.piece, found.whole) == ((first, last), (first, last), False)
    assert excerpt_of((*many[:-1],), lambda entry: entry.run == "r").whole
    assert isinstance(made.stage.ground.audit.ends(), Anchor)


def test_a_run_whose_clock_jumped_has_no_readings_and_says_so(made: Desk) -> None:
    run: RunView = failover()
    assert run.begun_at is not None
    made.keep(replace(run, ended_at=run.begun_at - timedelta(minutes=3)))
    assert ("readings", "record-gone") in whats(made.written("r-42").missing)
