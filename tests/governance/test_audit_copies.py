"""The audit log as a whole: copies that show each change, anchors that show a cut end, no secret in either."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.audit import AuditClaim, AuditKind, ChainFault, noted, sealed
from console.domain.audit_file import anchor_line, anchor_of, entry_of, line_of
from console.governance.anchors import read_anchors
from console.governance.audit import AuditLog, anchor_of_file, verify_file
from console.ssh.secrets import SecretKind, Secrets
from console.store.audit_log import AuditEntries, AuditFilter
from console.store.database import Store, open_store
from console.store.trouble import StoreTrouble
from tests.governed import CONSOLE, NOON, Clock, fill

COUNT = 5


def found(path: Path) -> tuple[int, ChainFault]:
    broken = verify_file(path).broken
    assert broken is not None, path.read_bytes()
    return broken.place, broken.fault


def of_store(audit: AuditLog) -> tuple[int, ChainFault]:
    broken = audit.verify().broken
    assert broken is not None
    return broken.place, broken.fault


def begun(store: Store, anchors: Path, *, console: str = CONSOLE) -> tuple[AuditLog, ChainFault | None]:
    """The log as the next engine opens it, and what it found wrong."""
    log = AuditLog(AuditEntries(store, console=console), anchors=anchors, console=console, now=Clock())
    entry = log.begin()
    return log, None if entry is None else ChainFault(dict(entry.detail)["fault"])


@pytest.fixture
def copy(audit: AuditLog, tmp_path: Path) -> Path:
    """An exported copy with a few entries."""
    fill(audit, COUNT)
    path = tmp_path / "copy.jsonl"
    done = audit.export(path)
    assert (done.entries, done.anchor.number) == (COUNT, COUNT)
    return path


def test_a_copy_is_whole_by_itself_for_its_owner_alone_and_ends_with_its_anchor(copy: Path, audit: AuditLog) -> None:
    check = verify_file(copy)
    assert (check.entries, check.broken) == (COUNT, None)
    assert AuditClaim.UP_TO_ANCHOR in check.shown
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    lines = copy.read_bytes().splitlines(keepends=True)
    assert len(lines) == COUNT + 1
    assert [entry_of(line).number for line in lines[:-1]] == list(range(1, COUNT + 1))
    assert anchor_of(lines[-1]).hash == entry_of(lines[-2]).hash
    assert audit.verify(also=[anchor_of_file(copy)]).broken is None


def test_a_copy_is_verified_without_store_engine_or_our_settings(copy: Path, tmp_path: Path) -> None:
    alone = tmp_path / "elsewhere"
    alone.mkdir()
    shutil.copy(copy, alone / "copy.jsonl")
    code = (
        "import sys; from pathlib import Path; from console.governance.audit import verify_file;"
        "print(verify_file(Path(sys.argv[1])).broken)"
    )
    words = [sys.executable, "-c", code, "copy.jsonl"]
    done = subprocess.run(words, cwd=alone, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "None\n"
    assert [file.name for file in alone.iterdir()] == ["copy.jsonl"]


def test_each_flipped_byte_of_a_copy_is_found_and_its_line_named(copy: Path, tmp_path: Path) -> None:
    whole = copy.read_bytes()
    path = tmp_path / "flipped.jsonl"
    for place in range(len(whole)):
        line = whole.count(b"\n", 0, place) + 1
        for flip in (0x01, 0x20, 0x80):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
            at, fault = found(path)
            if line == COUNT + 1:
                assert (at, fault) == (line, ChainFault.ANCHOR_UNREADABLE)
            elif whole[place] == 0x0A and line == COUNT:
                assert fault is ChainFault.ANCHOR_UNREADABLE  # the last entry and the anchor became one line
            else:
                assert at == line, (place, whole[place : place + 1])
                assert fault in (ChainFault.UNREADABLE, ChainFault.CHANGED)


def test_each_removed_line_is_found_and_named(copy: Path, tmp_path: Path) -> None:
    lines = copy.read_bytes().splitlines(keepends=True)
    path = tmp_path / "cut.jsonl"
    for place in range(len(lines)):
        path.write_bytes(b"".join(lines[:place] + lines[place + 1 :]))
        named = {COUNT - 1: ChainFault.NEWEST_MISSING, COUNT: ChainFault.ANCHOR_MISSING}
        assert found(path) == (place + 1, named.get(place, ChainFault.MISSING))


def test_each_pair_of_lines_that_changed_places_is_found_and_named(copy: Path, tmp_path: Path) -> None:
    lines = copy.read_bytes().splitlines(keepends=True)
    path = tmp_path / "moved.jsonl"
    for first in range(COUNT):
        for second in range(first + 1, COUNT):
            moved = list(lines)
            moved[first], moved[second] = moved[second], moved[first]
            path.write_bytes(b"".join(moved))
            assert found(path) == (first + 1, ChainFault.MOVED)


def test_each_inserted_entry_is_found_and_named_even_with_a_right_hash(copy: Path, tmp_path: Path) -> None:
    lines = copy.read_bytes().splitlines(keepends=True)
    path = tmp_path / "more.jsonl"
    for place in range(COUNT + 1):
        before = entry_of(lines[place - 1]) if place else None
        forged = sealed(
            noted(AuditKind.APPROVAL, at=NOON, who="mallory"), number=place + 1,
            previous=before.hash if before else entry_of(lines[0]).previous,
        )  # fmt: skip
        path.write_bytes(b"".join([*lines[:place], line_of(forged), *lines[place:]]))
        if place == COUNT - 1:
            assert found(path) == (COUNT, ChainFault.ANCHOR_DIFFERS)
        else:
            # Its own place holds, as its number and hash fit there; the entry that it pushed away does not.
            assert found(path) == (place + (2 if place < COUNT else 1), ChainFault.INSERTED)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", ChainFault.ANCHOR_MISSING),
        (b"\n", ChainFault.ANCHOR_UNREADABLE),
        (b"no json at all", ChainFault.ANCHOR_UNREADABLE),
        (b"[" * 100_000 + b"\n", ChainFault.ANCHOR_UNREADABLE),
        (b"\xff\xfe" * 1000 + b"\n", ChainFault.ANCHOR_UNREADABLE),
    ],
)
def test_garbage_is_no_copy(tmp_path: Path, content: bytes, fault: ChainFault) -> None:
    path = tmp_path / "garbage"
    path.write_bytes(content)
    assert found(path) == (1, fault)
    assert verify_file(path).shown == ()


def test_a_copy_never_takes_the_place_of_a_file(copy: Path, audit: AuditLog) -> None:
    before = copy.read_bytes()
    with pytest.raises(FileExistsError):
        audit.export(copy)
    assert copy.read_bytes() == before


def test_an_empty_log_can_be_exported_and_verified(audit: AuditLog, tmp_path: Path) -> None:
    done = audit.export(tmp_path / "empty.jsonl")
    assert done.entries == 0
    assert verify_file(tmp_path / "empty.jsonl").broken is None
    assert audit.verify().broken is None


def test_the_anchor_beside_the_store_follows_each_entry(audit: AuditLog, anchors: Path) -> None:
    for number in (1, 2):
        fill(audit, 1)
        newest = read_anchors(anchors).newest
        assert newest is not None
        assert newest.number == number
    assert stat.S_IMODE(anchors.stat().st_mode) == 0o600
    check = audit.verify()
    assert (check.entries, check.broken) == (2, None)


def cut(path: Path, above: int) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("drop trigger if exists audit_no_delete")
        file.execute("delete from audit where number > ?", (above,))


def test_a_cut_end_is_noticed_noted_by_the_next_engine_and_never_forgotten(
    audit: AuditLog, store: Store, anchors: Path, tmp_path: Path
) -> None:
    fill(audit, COUNT)
    cut(tmp_path / "store.sqlite", COUNT - 2)
    assert of_store(audit) == (COUNT - 1, ChainFault.NEWEST_MISSING)
    later, fault = begun(store, anchors)
    assert fault is ChainFault.NEWEST_MISSING
    newest = later.chosen(AuditFilter())[0][0]
    assert (newest.kind, newest.who, dict(newest.detail)["anchor-number"]) == (AuditKind.FAULT, "console", str(COUNT))
    # However far the log grows, the anchor that it did not hold stays and is asked for.
    fill(later, COUNT)
    assert of_store(later)[1] is ChainFault.ANCHOR_DIFFERS
    _, again = begun(store, anchors)
    assert again is None
    assert of_store(later)[1] is ChainFault.ANCHOR_DIFFERS


def test_another_store_in_its_place_is_noticed(audit: AuditLog, anchors: Path, tmp_path: Path) -> None:
    fill(audit, COUNT)
    with open_store(tmp_path / "other.sqlite") as other:
        log, fault = begun(other, anchors, console="another-console")
        assert fault is ChainFault.NEWEST_MISSING
        assert of_store(log) == (1, ChainFault.OTHER_START)


@pytest.mark.parametrize(("content", "fault"), [
    (None, ChainFault.ANCHOR_MISSING), (b"", ChainFault.ANCHOR_UNREADABLE), (b"junk\n", ChainFault.ANCHOR_UNREADABLE),
])  # fmt: skip
def test_a_missing_or_damaged_anchor_is_noticed_and_noted(
    audit: AuditLog, store: Store, anchors: Path, content: bytes | None, fault: ChainFault
) -> None:
    fill(audit, COUNT)
    if content is None:
        anchors.unlink()
    else:
        anchors.write_bytes(content)
    assert of_store(audit) == (COUNT + 1, fault)
    later, noticed = begun(store, anchors)
    assert noticed is fault
    assert later.verify().broken is None
    assert later.chosen(AuditFilter(kind=AuditKind.FAULT))[0][0].number == COUNT + 1


def test_an_anchor_that_lags_behind_a_killed_engine_is_no_alarm(audit: AuditLog, store: Store, anchors: Path) -> None:
    fill(audit, 2)
    older = anchors.read_bytes()
    fill(audit, 1)
    anchors.write_bytes(older)
    assert audit.verify().broken is None
    assert begun(store, anchors)[1] is None


def test_a_copy_kept_elsewhere_shows_that_log_and_anchor_were_made_anew(
    anchors: Path, copy: Path, tmp_path: Path
) -> None:
    kept = anchor_of_file(copy)
    anchors.unlink()
    with open_store(tmp_path / "anew.sqlite") as anew:
        log, _ = begun(anew, anchors)
        for _ in range(COUNT):
            log.note(AuditKind.COMMAND, who="m.keller", subject="nothing happened")
        assert log.verify().broken is None, "by itself it can't be told"
        broken = log.verify(also=[kept]).broken
        assert broken is not None
        assert (broken.place, broken.fault) == (COUNT, ChainFault.ANCHOR_DIFFERS)


@pytest.mark.allows_warnings
def test_an_anchor_that_can_not_be_written_is_said_and_the_entry_stands(store: Store, tmp_path: Path) -> None:
    missing = tmp_path / "gone" / "audit.anchors"
    log = AuditLog(AuditEntries(store, console=CONSOLE), anchors=missing, console=CONSOLE, now=Clock())
    log.begin()
    entry = log.note(AuditKind.COMMAND, who="m")
    assert (entry.number, str(missing) in log.anchor_trouble) == (1, True)
    missing.parent.mkdir()
    log.note(AuditKind.COMMAND, who="m")
    assert log.anchor_trouble == ""
    assert log.verify().broken is None


def test_what_can_not_be_noted_is_refused(audit: AuditLog, tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)
    holder.execute("begin exclusive")
    try:
        with pytest.raises(StoreTrouble):
            audit.note(AuditKind.COMMAND, who="m", subject="promote")
    finally:
        holder.execute("rollback")
        holder.close()
    assert audit.note(AuditKind.COMMAND, who="m").number == 1


@pytest.mark.allows_warnings
@pytest.mark.parametrize("kind", [AuditKind.BREAK_GLASS, AuditKind.LOCK_BROKEN, AuditKind.ATTESTATION])
def test_what_breaks_a_rule_is_loud(audit: AuditLog, caplog: pytest.LogCaptureFixture, kind: AuditKind) -> None:
    audit.note(kind, who="m.keller", cluster="ledger-us", subject="primary is off")
    assert f"{kind.value} by m.keller on ledger-us" in caplog.text


def test_planted_secrets_stand_neither_in_the_log_nor_in_a_copy(store: Store, anchors: Path, tmp_path: Path) -> None:
    secrets = Secrets(keyring=False)
    planted = "Tr0ub4dor&3"
    secrets.remember(SecretKind.DATABASE, "app@db", planted)
    log = AuditLog(
        AuditEntries(store, console=CONSOLE), anchors=anchors, console=CONSOLE, now=Clock(), hide=secrets.hidden
    )
    log.begin()
    guessed = "c0rrect-h0rse"
    log.note(
        AuditKind.COMMAND, who="m", subject=f"psql with {planted}",
        detail=[("command", f"echo {planted} | x"), ("env", f"PGPASSWORD={guessed} psql"), ("passphrase", guessed),
                ("url", f"postgres://app:{guessed}@db")],
    )  # fmt: skip
    log.export(tmp_path / "copy.jsonl")
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert planted.encode() not in content, file
        assert guessed.encode() not in content, file
    (entry,), _ = log.chosen(AuditFilter())
    assert entry.subject == "psql with ***"
    assert dict(entry.detail)["command"] == "echo *** | x"


@pytest.mark.parametrize("turn", range(2))
def test_a_console_killed_between_entries_leaves_log_and_anchor_that_agree(turn: int, tmp_path: Path) -> None:
    body = """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from console.domain.audit import AuditKind
        from console.governance.audit import AuditLog
        from console.store.audit_log import AuditEntries
        from console.store.database import open_store
        home = Path(sys.argv[1])
        log = AuditLog(AuditEntries(open_store(home / "store.sqlite"), console="a-console"),
                       anchors=home / "audit.anchors", console="a-console", now=lambda: datetime.now(UTC))
        log.begin()
        while True:
            print(log.note(AuditKind.COMMAND, who="m").number, flush=True)
    """
    words = [sys.executable, "-c", textwrap.dedent(body), str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as engine:
        assert engine.stdout is not None
        confirmed = 0
        for line in engine.stdout:
            confirmed = int(line) if line.endswith("\n") else confirmed
            if confirmed == 15 + 6 * turn:
                os.kill(engine.pid, signal.SIGKILL)
    with open_store(tmp_path / "store.sqlite") as store:
        log, fault = begun(store, tmp_path / "audit.anchors")
        assert fault is None
        check = log.verify()
        assert check.broken is None
        assert check.entries >= confirmed >= 15


def test_anchor_lines_are_what_the_file_holds(audit: AuditLog, anchors: Path) -> None:
    fill(audit, 1)
    newest = read_anchors(anchors).newest
    assert newest is not None
    assert anchors.read_bytes() == anchor_line(newest)
