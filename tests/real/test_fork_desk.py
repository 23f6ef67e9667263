"""The fork desk on a live lab: a fork made on purpose is read, shown, exported, booked anew, and mended."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.fork import ForkChoice, ForkKind, ForkPick
from console.domain.ledger_mapping import LedgerMapping, reference_mapping
from console.recovery.fork_export import as_sql, export
from console.recovery.fork_reading import ForkTrouble
from console.ui.fork_words import fork_sentences, row_lines
from tests.live import psql, wait_for
from tests.rejoined import Yard, yard
from tests.watched import Watched, watched_lab

pytestmark = pytest.mark.live


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Yard]:
    """A lab of its own: lab-1 is its primary, followed by both others."""
    with yard(tmp_path / "home", rate=5.0) as it:
        yield it


def both_write(place: Yard) -> tuple[list[str], list[str]]:
    """lab-1 and lab-2 both book after they parted; what each booked by hand."""
    place.cut("lab-3", "lab-2")
    place.promote("lab-2")
    return place.book("lab-1", 4, amount="10.25"), place.book("lab-2", 2, amount="1.00")


def test_two_sides_that_both_write_are_told_apart_entry_by_entry(place: Yard) -> None:
    mine, theirs = both_write(place)
    read = place.fork()
    fork = read.fork
    assert (fork.a.node, fork.b.node) == ("lab-1", "lab-2")
    assert fork.a.writable
    assert fork.b.writable
    assert set(mine) <= {entry.value("reference") for entry in read.entries_a}
    assert set(theirs) <= {entry.value("reference") for entry in read.entries_b}
    assert fork.differing > 0
    assert fork.only_a > 0  # the workload stays with lab-1, whose head is further on
    assert any(row.kind is ForkKind.DIFFERS and row.a and row.b for row in fork.rows)
    same = fork.heads[0].same_to
    digest = f"select md5(string_agg(reference::text, ',' order by number)) from ledger.entries where number <= {same}"
    assert place.sql("lab-1", digest) == place.sql("lab-2", digest)
    assert all(entry.number > same for entry in (*read.entries_a, *read.entries_b))
    assert any("both wrote" in sentence for sentence in fork_sentences(fork))
    assert row_lines(fork)


def test_a_killed_side_is_read_closed_and_never_writable_and_lies_as_before_afterwards(place: Yard) -> None:
    lost = place.fail_over(beyond=3)
    data = place.data("lab-1")
    settings = {name: (data / name).read_bytes() for name in ("postgresql.conf", "postgresql.auto.conf", "pg_hba.conf",
                                                              "postmaster.opts")}  # fmt: skip
    archived = sorted(path.name for path in place.archive().iterdir() if path.name.startswith("00000001"))
    read = place.fork()
    assert read.fork.a.closed
    assert not read.fork.a.writable
    assert set(lost) <= {entry.value("reference") for entry in read.entries_a}
    assert read.fork.pick is ForkPick.B
    assert {name: (data / name).read_bytes() for name in settings} == settings
    assert (data / "standby.signal").exists()
    node = place.lab.node("lab-1")
    assert node is not None
    assert not node.running
    assert node.processes == 0
    assert archived == sorted(path.name for path in place.archive().iterdir() if path.name.startswith("00000001"))
    assert not list(Path("/var/tmp").glob("lcr.*"))
    again = place.fork()
    assert (again.fork.only_a, again.fork.differing) == (read.fork.only_a, read.fork.differing)


def test_a_planted_hostile_configuration_reaches_nothing_while_it_is_read(place: Yard) -> None:
    place.sql("lab-1", "alter database ledger set session_preload_libraries = 'auto_explain'")
    place.fail_over(beyond=1)
    mark = place.data("lab-1").parent / "reached"
    auto = place.data("lab-1") / "postgresql.auto.conf"
    before = auto.read_text()
    upstream = place.address("lab-2")
    auto.write_text(
        before + f"archive_command = 'touch {mark}'\nrestore_command = 'touch {mark}; false'\n"
        f"archive_mode = always\nrecovery_end_command = 'touch {mark}'\narchive_cleanup_command = 'touch {mark}'\n"
        f"shared_preload_libraries = 'no_such_library'\nlisten_addresses = '*'\nport = 1\n"
        f"primary_conninfo = 'host={upstream} user=postgres application_name=hostile'\n"
        "synchronous_standby_names = 'nobody'\nrecovery_target_time = '1999-01-01'\n"
    )
    try:
        read = place.fork()
        assert read.entries_a
        assert not mark.exists()
        seen = place.sql("lab-2", "select count(*) from pg_stat_replication where application_name = 'hostile'")
        assert seen == "0"
    finally:
        auto.write_text(before)
        mark.unlink(missing_ok=True)


def test_what_was_read_closed_is_rewound_afterwards(place: Yard) -> None:
    place.fail_over(beyond=2)
    place.fork()
    plan = place.propose("lab-1", fork="exported")
    assert dict(plan.notes)["way"] == "rewind"
    assert not any(step.kind == "recover" for step in plan.steps)
    place.run(plan)
    wait_for(lambda: place.follows("lab-1", "lab-2"), "lab-1 to follow lab-2")
    fork = place.fork("lab-1", "lab-2").fork
    assert (fork.a.entries, fork.only_a, fork.differing) == (0, 0, 0)


def test_the_export_books_the_lost_entries_anew_under_their_own_references(place: Yard, tmp_path: Path) -> None:
    lost = place.fail_over(beyond=3)
    again = lost[0]
    account = place.sql("lab-2", "select min(id) || ' ' || max(id) from ledger.accounts where currency = 'EUR'").split()
    lines = [{"account": int(a), "side": s, "amount": "12.50"} for a, s in zip(account, "DC", strict=True)]
    postings = json.dumps(lines)
    place.sql("lab-2", f"set synchronous_commit = local; select ledger.book('{again}', 'sent again', '{postings}')")
    read = place.fork()
    choice = ForkChoice(winner="lab-2", loser="lab-1", reason="clients write there", person="tester")
    mapping = place.spec.ledger_mapping
    assert mapping is not None
    done = export(tmp_path, read.fork, read.entries_a, mapping, choice, schema="ledger", now=datetime.now(UTC))
    assert done.entries == len(read.entries_a)
    assert done.rebookable == done.entries - 1
    rows = list(csv.DictReader((Path(done.directory) / "entries.csv").open()))
    assert {row["reference"] for row in rows} == {entry.value("reference") for entry in read.entries_a}
    assert {row["also_booked_as"] for row in rows if row["reference"] == again} != {""}
    about = json.loads((Path(done.directory) / "choice.json").read_text())
    assert (about["kept"], about["given-up"], about["reason"]) == ("lab-2", "lab-1", "clients write there")
    before = int(place.sql("lab-2", "select count(*) from ledger.entries where reference = any ("
                           f"'{{{','.join(lost)}}}')"))  # fmt: skip
    assert before == 1
    ended = psql(place.lab, "lab-2", (Path(done.directory) / "entries.sql").read_text())
    assert ended.returncode == 0, ended.stderr
    found = place.sql("lab-2", f"select count(*) from ledger.entries where reference = any ('{{{','.join(lost)}}}')")
    assert found == "3"
    entry = next(one for one in read.entries_a if one.value("reference") == lost[1])
    amounts = place.sql("lab-2", "select string_agg(p.account || p.side || p.amount, ',' order by p.line) from "
                        "ledger.postings p join ledger.entries e using (origin, number) "
                        f"where e.reference = '{lost[1]}'")  # fmt: skip
    assert amounts == ",".join(f"{p.account}{'D' if p.side == 'debit' else 'C'}{p.amount}" for p in entry.postings)


def test_the_sql_of_a_ledger_of_ones_own_can_be_run_and_a_hostile_text_stays_a_text(place: Yard) -> None:
    both_write(place)
    read = place.fork()
    hostile = "x'); drop table ledger.entries; --\n\\! touch /tmp/reached"
    entry = read.entries_a[0]
    named = {**dict(entry.content), "description": hostile}
    entry = type(entry)(origin=entry.origin, number=entry.number, content=tuple(named.items()), postings=entry.postings)
    mapping = reference_mapping("ledger")
    own = LedgerMapping(entries="ledger.entries", postings="ledger.postings", content=mapping.content, gap_free=True)
    for schema, layout in (("ledger", mapping), (None, own)):
        text = as_sql([entry], layout, schema=schema, title="a\ntitle")
        text = text.replace("begin;", "begin; set local synchronous_commit = local;").replace("commit;", "rollback;")
        ended = psql(place.lab, "lab-2", text)
        assert ended.returncode == 0, ended.stderr
    assert not Path("/tmp/reached").exists()
    assert place.sql("lab-2", "select count(*) > 0 from ledger.entries") == "t"


def test_the_mapped_ledger_is_compared_by_the_same_desk(place: Yard) -> None:
    place.sql("lab-1", "create schema own; create table own.moves (id bigint primary key, tx xid8 default "
              "pg_current_xact_id(), memo text); create table own.legs (move bigint, acct int, amt numeric, cur text)")
    place.sql("lab-1", "insert into own.moves (id, memo) values (1, 'before'); "
              "insert into own.legs values (1, 1, 5, 'EUR'), (1, 2, -5, 'EUR')")  # fmt: skip
    wait_for(lambda: place.sql("lab-2", "select to_regclass('own.legs') is not null") == "t", "the tables on lab-2")
    both_write(place)
    for node, number, amount in (("lab-1", 3, "7.5"), ("lab-2", 4, "9")):
        legs = f"({number}, 1, {amount}, 'EUR'), ({number}, 2, -{amount}, 'EUR')"
        place.sql(node, "set synchronous_commit = local; insert into own.moves (id, memo) "
                  f"values ({number}, '{node}'); "
                  f"insert into own.legs values {legs}")  # fmt: skip
    mapping = LedgerMapping(
        entries="own.moves", number="id", xid="tx", content=("memo",), postings="own.legs", posting_number="move",
        account="acct", amount="amt", currency="cur",
    )  # fmt: skip
    read = place.fork(mapping=mapping)
    assert [(row.number, row.kind) for row in read.fork.rows] == [(3, ForkKind.ONLY_A), (4, ForkKind.ONLY_B)]
    assert read.fork.a.sums[0].debit == "7.5"
    assert read.fork.b.sums[0].credit == "9"


def test_a_side_that_hangs_or_is_out_of_reach_is_named_and_left_alone(place: Yard) -> None:
    place.fail_over()
    place.fault("ssh-down", "lab-1")
    with pytest.raises(ForkTrouble) as trouble:
        place.fork()
    assert (trouble.value.reason, trouble.value.node) == ("not-reached", "lab-1")


def test_reading_a_stopped_side_for_a_plan_changes_no_file_of_it(place: Yard) -> None:
    place.fail_over(beyond=1)

    def files() -> dict[str, tuple[int, int]]:
        data = place.data("lab-1")
        return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in sorted(data.rglob("*"))}

    before, left = files(), place.left_behind("lab-1")
    assert place.propose("lab-1").refused
    assert files() == before
    assert place.left_behind("lab-1") == left


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("forked"), rate=5.0) as it:
        yield it


def test_the_command_line_compares_exports_and_writes_the_choice_down(watched: Watched) -> None:
    place = Yard.of(watched)
    nothing = watched.asked("fork", "lab", code=1)
    assert nothing["error"] == "no-fork"
    place.fail_over(beyond=2)
    seen = watched.asked("fork", "lab")
    assert {seen["fork"]["a"]["node"], seen["fork"]["b"]["node"]} == {"lab-1", "lab-2"}
    assert seen["sentences"]
    assert watched.run("fork", "lab", "--export", "--keep", "lab-2", "--json").returncode == 2
    chosen = ("--node", "lab-1", "--export", "--keep", "lab-2", "--reason", "clients are there")
    done = watched.asked("fork", "lab", *chosen)
    directory = Path(done["exported"]["directory"])
    assert directory.parent == watched.home.reports / "forks"
    assert {path.name for path in directory.iterdir()} == {"entries.csv", "entries.sql", "choice.json"}
    assert str(directory) in " ".join(done["sentences"])
    log = watched.asked("audit", "list", "--cluster", "lab")["entries"]
    (choice,) = [entry for entry in log if entry["subject"] == "fork-choice"]
    assert dict(choice["detail"])["reason"] == "clients are there"
    assert dict(choice["detail"])["given-up"] == "lab-1"
    refused = watched.asked("rejoin", "lab", "lab-1", "--yes", code=1)
    assert refused["outcome"] == "refused"
    back = watched.run("rejoin", "lab", "lab-1", "--fork", "exported", "--yes", "--json")
    assert back.returncode == 0, back.stdout + back.stderr
    assert json.loads(back.stdout)["outcome"] == "proven"
    watched.reaches("healthy", seconds=60)
