"""Sandboxes without a server: what they are started with, what their scripts refuse, what is read of them."""

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.backup_policy import BackupPolicy, RepositorySpec
from console.domain.wal import Lsn
from console.postgres import restore_verbs
from console.postgres.restore_checks import (
    ROWS_BYTES_MAX,
    ROWS_MAX,
    indexes,
    pages,
    question,
    question_mistake,
    read_indexes,
    read_pages,
    read_rows,
)
from console.postgres.restore_facts import read_listing, read_look, segment_number
from console.postgres.restore_verbs import SandboxAt, recovery_arguments
from console.recovery.sandbox import root_of

SIZE = 16 * 1024 * 1024


def place(root: Path) -> SandboxAt:
    return SandboxAt(node="vault", id="proof-1", root=str(root), bin_directory="/usr/bin")


def run(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, check=False)


# -- what it is started with ------------------------------------------------------------------------------------------


def test_a_target_is_named_after_the_empty_ones_and_only_once() -> None:
    words = recovery_arguments((("recovery_target_xid", "4711"), ("recovery_target_inclusive", "off"),
                                ("recovery_target_timeline", "3")))  # fmt: skip
    assert words[-3:] == ("recovery_target_xid=4711", "recovery_target_inclusive=off", "recovery_target_timeline=3")
    assert set(words[:-3]) == {f"recovery_target{end}=" for end in ("", "_name", "_time", "_lsn")}


@pytest.mark.parametrize(
    "settings",
    [
        (("archive_command", "touch /x"),), (("recovery_target_action", "promote"),),
        (("recovery_target_xid", "1"), ("recovery_target_lsn", "0/1")), (("recovery_target_name", "a\nb"),),
    ],
)  # fmt: skip
def test_nothing_but_one_target_can_be_handed_to_the_server(settings: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(ValueError, match="target"):
        recovery_arguments(settings)


@pytest.mark.parametrize("bad", ["", "../x", "A", "a/b", "a b", "-a", "x" * 70])
def test_an_id_is_a_name_of_a_directory_and_nothing_else(bad: str) -> None:
    with pytest.raises(ValueError, match="id of a sandbox"):
        SandboxAt(node="vault", id=bad, root="/srv")


@pytest.mark.parametrize("bad", ["", "/", "srv", "/srv/../etc", "/srv\n/x"])
def test_sandboxes_lie_below_a_named_absolute_directory(bad: str) -> None:
    with pytest.raises(ValueError, match="directory for sandboxes"):
        SandboxAt(node="vault", id="a", root=bad)


def test_every_script_is_one_that_a_plain_shell_reads(tmp_path: Path) -> None:
    at = place(tmp_path)
    start = restore_verbs.start(
        at, restore_command="cp '/it''s %f' %p # its end", settings=(), life_seconds=60, network=False
    )
    scripts = [
        restore_verbs.prepare(at, (("id", "it's"),)), start, restore_verbs.look(at), restore_verbs.hold(at),
        restore_verbs.stop(at), restore_verbs.tear_down(at), restore_verbs.listing(at.root), pages(at), indexes(at),
        question(at, "select 'it''s'", schemas=('led"ger',)), restore_verbs.note(at, "reached", (("head", "1"),)),
    ]  # fmt: skip
    for script in scripts:
        done = subprocess.run(["sh", "-n", "-c", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("more", [{"life_seconds": 0}, {"life_seconds": 1e9}, {"restore_command": "  "}])
def test_a_sandbox_has_a_limited_life_and_a_way_to_its_wal(tmp_path: Path, more: dict[str, object]) -> None:
    words = {"restore_command": "true", "settings": (), "life_seconds": 60, "network": False} | more
    with pytest.raises(ValueError, match=r"life|restore_command"):
        restore_verbs.start(place(tmp_path), **words)  # type: ignore[arg-type]


def test_beside_the_repository_unless_the_policy_names_a_place() -> None:
    repository = RepositorySpec(name="main", node="vault", path="/srv/backups/")
    assert root_of(BackupPolicy(), repository) == "/srv/backups.sandboxes"
    assert root_of(BackupPolicy(sandbox_directory="/big"), repository) == "/big"
    assert root_of(BackupPolicy(), RepositorySpec(name="b", node="vault")).startswith("/var/tmp/")


# -- what the scripts refuse, on real directories ---------------------------------------------------------------------


def prepared(root: Path) -> SandboxAt:
    at = place(root)
    done = run(restore_verbs.prepare(at, (("id", at.id), ("purpose", "proof"), ("target", "before\nentry 5"))))
    assert done.returncode == 0, done.stderr
    return at


def laid_out(root: Path) -> SandboxAt:
    """As much of a data directory as a start looks at before it asks PostgreSQL's programs."""
    at = prepared(root)
    for part in ("base", "global", "pg_wal", "pg_tblspc", "pg_replslot"):
        (Path(at.data) / part).mkdir(parents=True)
    (Path(at.data) / "PG_VERSION").write_text("18\n")
    return at


def started(at: SandboxAt) -> "subprocess.CompletedProcess[str]":
    return run(restore_verbs.start(at, restore_command="false", settings=(), life_seconds=60, network=False))


def test_it_is_found_by_its_files_alone_and_taken_away_whole(tmp_path: Path) -> None:
    at = prepared(tmp_path / "all")
    assert Path(at.directory).stat().st_mode & 0o777 == 0o700
    [one] = read_listing(run(restore_verbs.listing(at.root)).stdout.encode())
    assert (one.id, one.fact("purpose"), one.fact("target")) == ("proof-1", "proof", "before entry 5")
    assert one.fact("running") == "no"
    again = run(restore_verbs.prepare(at, ()))
    assert again.returncode == 4
    assert "fact refused busy" in again.stdout
    for _ in range(2):
        assert run(restore_verbs.tear_down(at)).returncode == 0
        assert not Path(at.root).exists()


def test_a_directory_that_is_no_sandbox_is_never_taken_away(tmp_path: Path) -> None:
    at = place(tmp_path)
    kept = Path(at.directory) / "ledger"
    kept.mkdir(parents=True)
    (kept / "books").write_text("all of it")
    done = run(restore_verbs.tear_down(at))
    assert "fact refused not-ours" in done.stdout
    assert (kept / "books").read_text() == "all of it"


def test_a_link_in_the_place_of_a_sandbox_is_not_followed(tmp_path: Path) -> None:
    elsewhere = prepared(tmp_path / "one")
    at = place(tmp_path / "two")
    Path(at.root).mkdir()
    Path(at.directory).symlink_to(elsewhere.directory)
    done = run(restore_verbs.tear_down(at))
    assert "fact refused not-ours" in done.stdout
    assert (Path(elsewhere.directory) / "about").exists()
    assert read_listing(run(restore_verbs.listing(at.root)).stdout.encode()) == ()


def test_a_taking_away_that_was_cut_is_taken_up_again(tmp_path: Path) -> None:
    at = laid_out(tmp_path / "all")
    (Path(at.directory) / "going").touch()
    (Path(at.directory) / "about").unlink()
    assert run(restore_verbs.tear_down(at)).returncode == 0
    assert not Path(at.directory).exists()


def test_nothing_laid_out_is_not_started(tmp_path: Path) -> None:
    assert "fact refused no-data" in started(prepared(tmp_path)).stdout


def test_a_table_space_that_leads_to_another_place_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    production = tmp_path / "production"
    production.mkdir()
    at = laid_out(tmp_path)
    (Path(at.data) / "postgresql.auto.conf").write_text("port = 1\n")
    (Path(at.data) / "pg_tblspc" / "16400").symlink_to(production)
    done = started(at)
    assert "fact refused leads-out" in done.stdout
    assert (Path(at.data) / "postgresql.auto.conf").read_text() == "port = 1\n"
    (Path(at.data) / "pg_tblspc" / "16400").unlink()
    (Path(at.data) / "tablespace_map").write_text(f"16400 {production}\n")
    assert "fact refused leads-out" in started(at).stdout


def test_a_file_that_a_backup_shares_is_refused(tmp_path: Path) -> None:
    at = laid_out(tmp_path)
    stored = tmp_path / "stored"
    stored.write_bytes(b"a page")
    os.link(stored, Path(at.data) / "base" / "1")
    done = started(at)
    assert "fact refused leads-out" in done.stdout
    assert "shared" in done.stderr


def test_links_within_the_sandbox_are_its_own(tmp_path: Path) -> None:
    at = laid_out(tmp_path)
    (Path(at.directory) / "spaces").mkdir()
    (Path(at.data) / "pg_tblspc" / "16400").symlink_to(Path(at.directory) / "spaces")
    done = started(at)
    assert "leads-out" not in done.stdout  # it gets as far as to ask the control file, and there is none
    assert "fact refused no-data" in done.stdout


def test_a_look_at_what_is_gone_says_so(tmp_path: Path) -> None:
    done = run(restore_verbs.look(place(tmp_path)))
    assert "fact refused no-sandbox" in done.stdout


# -- reading ----------------------------------------------------------------------------------------------------------


def test_a_look_is_read_whole() -> None:
    text = (
        "fact running yes\nfact word ready\nfact recovery true\nfact position 0/3000148\nfact pause paused\n"
        "fact wait RecoveryPause\nfact last_commit 1764238342.25\nfact control_timeline 1\nfact system 7\n"
        "fact history_of 00000002\nhistory 1\t0/2FFFFFF\tno recovery target specified\n"
        "log P00 INFO: recovery stopping here, says a restore_command\n"
        "log 2026-11-27 10:00:00 UTC [1] LOG:  recovery stopping before commit of transaction 4711, time 2026\n"
        "fact fetched 2\nasked 000000010000000000000002 0\nasked 00000002.history 0\nasked 000000020000000000000003 0\n"
        "asked 000000020000000000000004 1\n"
    )
    look = read_look(text.encode())
    assert look.paused
    assert look.stopped.startswith("before commit of transaction 4711")
    assert look.position == Lsn.parse("0/3000148")
    assert look.timeline_at(2) == 2
    assert replace(look, position=Lsn.parse("0/2000000")).timeline_at(2) == 1
    assert look.fetched_last() == "000000020000000000000003"
    assert look.lacked() == "000000020000000000000004"
    assert look.asked_in_vain() == 1
    assert look.last_commit == datetime.fromtimestamp(1764238342.25, UTC)


@pytest.mark.parametrize(
    "text",
    ["", "fact running perhaps\n", "fact running yes\nfact position nonsense\n",
     "fact running yes\nfact last_commit soon\n", "fact running yes\nfact history_of 00000002\nhistory once upon\n"],
)  # fmt: skip
def test_a_look_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_look(text.encode())


def test_segments_are_counted_by_their_size() -> None:
    assert segment_number("0000000100000001000000FF", SIZE) == 511
    assert segment_number("000000010000000100000003", 1 << 30) == 7
    with pytest.raises(ValueError, match="WAL file name"):
        segment_number("0001", SIZE)


def test_a_listing_with_a_hostile_name_in_it_shows_only_what_can_be_one() -> None:
    text = "sandbox ../x\nfact id a\nsandbox good\nfact id good\nfact target \x1b[31mred\nfact id other\n"
    [one] = read_listing(text.encode())
    assert one.id == "good"
    assert one.fact("id") == "good"
    assert "\x1b" not in one.fact("target")


# -- pages and indexes ------------------------------------------------------------------------------------------------

PAGES = "fact files 12\nfact status {status}\nsaid Checksum operation completed\nsaid Files scanned:   {files}\n" \
        "said Blocks scanned:  77\nsaid Bad checksums:  {bad}\n"  # fmt: skip


def test_pages_are_proven_by_the_report_and_not_by_the_status() -> None:
    fine = read_pages(PAGES.format(status=0, files=12, bad=0))
    assert (fine.trouble, fine.bad, fine.files_read, fine.files_all) == ("", 0, 12, 12)
    assert read_pages("fact files 12\nfact status 0\n").trouble == "not-readable"
    assert read_pages(PAGES.format(status=0, files=11, bad=0)).trouble == "not-all-read"
    assert read_pages(PAGES.format(status=0, files=12, bad=3)).trouble == "not-readable"
    assert read_pages(PAGES.format(status=124, files=12, bad=0)).trouble == "too-slow"
    off = "fact files 9\nfact status 1\nsaid pg_checksums: error: data checksums are not enabled in cluster\n"
    assert read_pages(off).trouble == "no-checksums"
    assert read_pages("fact refused still-running\n").trouble == "still-running"


def test_a_damaged_page_is_named() -> None:
    line = 'said pg_checksums: error: checksum verification failed in file "base/5/1259", block 3: calculated 1 but 2\n'
    found = read_pages(PAGES.format(status=1, files=12, bad=1) + line)
    assert (found.bad, found.trouble) == (1, "")
    assert "base/5/1259" in found.where


def test_indexes_are_proven_only_where_some_were_checked() -> None:
    assert read_indexes("fact status 0\nfact checked 40\n").bad == 0
    assert read_indexes("fact status 0\nfact checked 0\n").trouble == "not-readable"
    assert read_indexes("fact status 1\nfact checked 40\nsaid pg_amcheck: error: connection failed\n").trouble
    bad = read_indexes('fact status 2\nfact checked 40\nsaid btree index "ledger.ledger.entries_pkey":\n')
    assert (bad.bad, bad.trouble) == (1, "")
    assert "entries_pkey" in bad.where
    assert read_indexes("fact refused no-extension\n").trouble == "no-extension"


# -- a person's question ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("", "empty"), (" ; ", "empty"), ("select 1; drop table x", "one-statement"), ("select ';'", "one-statement"),
        ("select set_config('role', 'none', true)", "not-allowed"), ("select U&\"x\"", "not-allowed"),
        ("select query_to_xml('select set_' || 'config(...)', true, true, '')", "not-allowed"),
        ("select table_to_xml_and_xmlschema('x', true, true, '')", "not-allowed"),
        ("select * from ts_stat('select 1')", "not-allowed"),
        ("select 1" + " " * 30_000 + "+ 1", "too-long"), ("select '\0'", "nonsense"), ("select 1;", ""),
        ("select 1 -- all", ""),
    ],
)  # fmt: skip
def test_one_harmless_question_at_a_time(tmp_path: Path, sql: str, word: str) -> None:
    assert question_mistake(sql) == word
    if word:
        with pytest.raises(ValueError, match=word):
            question(place(tmp_path), sql)


def test_rows_are_cut_at_their_limits_and_say_so() -> None:
    rows = read_rows(b"n,what\n1,\"a, b\"\n2,\"two\nlines\"\n", b"")
    assert rows.columns == ("n", "what")
    assert rows.rows == (("1", "a, b"), ("2", "two lines"))
    assert not rows.cut
    many = read_rows(b"n\n" + b"1\n" * (ROWS_MAX + 1), b"")
    assert many.cut
    assert len(many.rows) == ROWS_MAX
    wide = read_rows(b"n\n" + (b"x" * 1000 + b"\n") * 1200, b"")
    assert wide.cut
    assert len(wide.rows) < ROWS_BYTES_MAX // 1000
    assert all(len(row[0]) == 1000 for row in wide.rows)
    assert read_rows(b"n\n\"" + b"y" * (ROWS_BYTES_MAX + 5), b"").cut
    assert read_rows(b"", b"psql: error\nERROR:  permission denied for table x\n").trouble.startswith("ERROR:")
    assert read_rows(b"", b"").trouble == "no answer"
