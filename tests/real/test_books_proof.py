"""The proof of books on a live lab under its workload: whole on every node, and each planted damage found and named."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from console.engine.launch import ensure_engine
from tests.live import sql, wait_for
from tests.watched import Watched, watched_lab

NODES = ("lab-1", "lab-2", "lab-3")
CHECKS = {
    "entries-balance", "postings-present", "entries-present", "amounts-positive", "no-gap", "accounts-known",
    "balances-kept", "seal-found",
}  # fmt: skip
TABLES = ("entries", "postings", "balances")

# The ledger's own guards stand in the way of damage: they are taken down, and put up again as they were.
UNGUARD = """do $$ declare one record; begin
 for one in select tgrelid::regclass place, tgname from pg_trigger where not tgisinternal and tgrelid in
   (select oid from pg_class where relnamespace = 'ledger'::regnamespace) loop
  execute format('alter table %s disable trigger %I', one.place, one.tgname); end loop; end $$;"""
GUARD = UNGUARD.replace("disable trigger", "enable always trigger")

DAMAGES = {
    "unbalanced": (
        "update ledger.postings set amount = amount + 1 where number = 5 and line = 1",
        {"entries-balance": 5, "balances-kept": None, "seal-found": None},
    ),
    "no-postings": (
        "delete from ledger.postings where number = 6",
        {"postings-present": 6, "balances-kept": None, "seal-found": None},
    ),
    "gap": (
        "delete from ledger.entries where number = 7; delete from ledger.postings where number = 7",
        {"no-gap": 7, "balances-kept": None, "seal-found": None},
    ),
    "posting-without-entry": (
        "delete from ledger.entries where number = 8",
        {"no-gap": 8, "entries-present": 8, "seal-found": None},
    ),
    "amounts-changed-evenly": (
        "update ledger.postings set amount = amount + 7 where number = 9",
        {"balances-kept": None, "seal-found": None},
    ),
    "missing-account": (
        "update ledger.postings set account = 999999 where number = 10 and line = 1",
        {"accounts-known": 10, "entries-balance": 10, "balances-kept": None, "seal-found": None},
    ),
    "balance-off": ("update ledger.balances set debit = debit + 1 where account = 40000", {"balances-kept": None}),
    "negative-amount": (
        "alter table ledger.postings drop constraint postings_amount_check;"
        "update ledger.postings set amount = -amount where number = 12",
        {"amounts-positive": 12, "balances-kept": None, "seal-found": None},
    ),
    "tampered": ("update ledger.entries set description = 'nothing to see' where number = 13", {"seal-found": None}),
    "other-time": (
        "update ledger.entries set booked_at = booked_at + interval '1 microsecond' where number = 14",
        {"seal-found": None},
    ),
    "taken-away-at-the-end": (
        "create table kept_top as select number from ledger.head;"
        "delete from ledger.entries e using kept_top k where e.number = k.number",
        {"no-gap": None, "entries-present": None},
    ),
}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("books"), rate=50.0) as it:
        wait_for(lambda: int(sql(it.lab, "lab-1", "select number from ledger.head")) > 40, "entries")
        yield it


def proven(watched: Watched, *words: str, code: int = 0) -> Any:
    return watched.json("books", "lab", *words, code=code)["proof"]


def asked_on_every_node(watched: Watched) -> Any:
    """A proof, or None where a node dropped out of it: replay may cancel a standby's session, and it says so."""
    proof = proven(watched, code=1)
    for node in proof["nodes"]:
        assert node["outcomes"] or node["reason"], node
    return proof if all(node["outcomes"] for node in proof["nodes"]) else None


def failed_of(node: Any) -> dict[str, Any]:
    return {o["check"]: o for o in node["outcomes"] if o["proof"] == "failed"}


def everywhere(watched: Watched) -> None:
    """Wait until every standby has replayed what the primary has written so far."""
    position = sql(watched.lab, "lab-1", "select pg_current_wal_lsn()")
    for node in ("lab-2", "lab-3"):
        wait_for(
            lambda node=node: sql(watched.lab, node, f"select pg_last_wal_replay_lsn() >= '{position}'") == "t",
            f"replay on {node}",
        )


@contextmanager
def damaged(watched: Watched, statements: str) -> Iterator[None]:
    """The damage is there on every node, and gone afterwards as if it had never been; the workload waits meanwhile."""
    watched.fault("rate=0")
    keep = "".join(f"create table kept_{name} as select * from ledger.{name};" for name in TABLES)
    sql(watched.lab, "lab-1", f"begin; {keep} {UNGUARD} {statements}; {GUARD} commit;")
    everywhere(watched)
    try:
        yield
    finally:
        back = "".join(
            f"delete from ledger.{name}; insert into ledger.{name} select * from kept_{name}; drop table kept_{name};"
            for name in TABLES
        )
        restore = (
            "alter table ledger.postings drop constraint if exists postings_amount_check;"
            f"drop table if exists kept_top; {back}"
            "alter table ledger.postings add constraint postings_amount_check check (amount > 0);"
        )
        sql(watched.lab, "lab-1", f"begin; {UNGUARD} {restore} {GUARD} commit;")
        everywhere(watched)
        watched.fault("rate=50")


@pytest.mark.live
def test_under_load_the_books_are_whole_on_every_node_and_each_check_has_its_scope(watched: Watched) -> None:
    watched.json("books", "lab", "--seal")
    for _ in range(3):
        proof = proven(watched)
        assert proof["proof"] == "proven"
        assert [node["node"] for node in proof["nodes"]] == list(NODES)
        assert {node["node"] for node in proof["nodes"] if not node["in_recovery"]} == {"lab-1"}
        [agree] = proof["across"]
        assert (agree["check"], agree["proof"]) == ("nodes-agree", "proven")
        assert agree["last"] > 40
        for node in proof["nodes"]:
            assert {o["check"] for o in node["outcomes"]} == CHECKS
            assert all(o["proof"] == "proven" for o in node["outcomes"]), node["outcomes"]
            assert all(o["last"] >= agree["last"] for o in node["outcomes"] if o["check"] != "seal-found")
        prints = [node["fingerprints"][0] for node in proof["nodes"]]
        assert prints[0] == prints[1] == prints[2]
        assert all(each["debit"] == each["credit"] for each in prints[0]["sums"])


@pytest.mark.live
def test_the_fingerprint_says_what_the_ledger_itself_counts(watched: Watched) -> None:
    print_ = proven(watched, "--node", "lab-1")["nodes"][0]["fingerprints"][0]
    counted = sql(
        watched.lab, "lab-1",
        "select json_object_agg(currency, json_build_array(n, d::text, c::text)) from (select a.currency, count(*) n,"
        " trim_scale(sum(amount) filter (where side = 'D')) d, trim_scale(sum(amount) filter (where side = 'C')) c"
        f" from ledger.postings p join ledger.accounts a on a.id = p.account where number <= {print_['last']}"
        " group by 1) s",
    )  # fmt: skip
    assert {s["currency"]: [s["postings"], s["debit"], s["credit"]] for s in print_["sums"]} == json.loads(counted)
    assert print_["entries"] == print_["last"]
    assert print_["postings"] == sum(s["postings"] for s in print_["sums"])


@pytest.mark.live
@pytest.mark.parametrize("name", DAMAGES)
def test_each_planted_damage_is_found_on_every_node_and_named(watched: Watched, name: str) -> None:
    statements, expected = DAMAGES[name]
    watched.json("books", "lab", "--seal")
    with damaged(watched, statements):
        proof = wait_for(lambda: asked_on_every_node(watched), "a proof in which every node was asked")
        said = watched.run("books", "lab").stdout
    assert "NOT whole" in said
    for node in proof["nodes"]:
        failed = failed_of(node)
        assert set(failed) == set(expected), (node["node"], failed, node["outcomes"])
        for check, entry in expected.items():
            if entry is not None:
                assert failed[check]["entry"] == entry, failed[check]
            elif check == "seal-found":
                assert failed[check]["block"] == 0
    assert proof["across"][0]["proof"] == "proven", "all nodes hold the same damage"
    assert proven(watched)["proof"] == "proven", "nothing of the damage stayed"


@pytest.mark.live
def test_what_does_not_balance_is_said_in_its_currency_and_what_is_kept_beside_what_is_summed(watched: Watched) -> None:
    with damaged(watched, DAMAGES["unbalanced"][0]):
        failed = failed_of(proven(watched, "--node", "lab-2", code=1)["nodes"][0])
    currency, _, off = failed["entries-balance"]["detail"].partition(" ")
    assert currency in ("USD", "EUR", "JPY")
    assert off in ("1", "-1")
    assert "kept" in failed["balances-kept"]["detail"] and "summed" in failed["balances-kept"]["detail"]


@pytest.mark.live
def test_a_tampered_sealed_entry_becomes_an_event_at_the_next_sealing_and_nothing_is_sealed_on(
    watched: Watched,
) -> None:
    [seal] = wait_for(lambda: watched.json("books", "lab", "--seal")["sealed"]["sealed"], "a seal")
    # In the block that is sealed last, so that sealing itself reads it again.
    top = seal["fingerprint"]["last"]
    first = (top - 1) // 1000 * 1000 + 1

    def describe(text: str) -> None:
        change = f"update ledger.entries set description = {text} where number = {first}"
        sql(watched.lab, "lab-1", f"begin; {UNGUARD} {change}; {GUARD} commit;")

    before = sql(watched.lab, "lab-1", f"select quote_literal(description) from ledger.entries where number = {first}")
    describe("'tampered'")
    try:
        wait_for(lambda: int(sql(watched.lab, "lab-1", "select number from ledger.head")) > top + 3, "further entries")
        sealed = watched.json("books", "lab", "--seal", code=1)["sealed"]
    finally:
        describe(before)
    assert sealed["sealed"] == []
    assert [f["reason"] for f in sealed["failed"]] == ["seal-not-found"]
    assert watched.json("books", "lab", "--seal")["sealed"]["sealed"]


@pytest.mark.live
def test_not_full_says_what_was_not_recomputed(watched: Watched) -> None:
    wait_for(lambda: int(sql(watched.lab, "lab-1", "select number from ledger.head")) > 1100, "a block", seconds=60)
    [seal] = wait_for(lambda: watched.json("books", "lab", "--seal")["sealed"]["sealed"], "a seal")
    proof = proven(watched, "--not-full")
    # The engine may have sealed anew between: up to a whole block below the seal, or below what is there now.
    tops = (seal["fingerprint"]["last"], int(sql(watched.lab, "lab-1", "select number from ledger.head")))
    whole = {(top - 1) // 1000 * 1000 for top in tops}
    for node in proof["nodes"]:
        for outcome in node["outcomes"]:
            assert outcome["skipped_to"] in whole
            assert outcome["first"] == outcome["skipped_to"] + 1
            wanted = outcome["check"] in ("amounts-positive", "accounts-known", "balances-kept")
            assert outcome["proof"] == ("not-checked" if wanted else "proven"), outcome
    assert "not recomputed" in watched.run("books", "lab", "--not-full").stdout
    # Damage in what is not recomputed is not seen, which is what was said; in full it is.
    with damaged(watched, "update ledger.entries set description = 'old' where number = 3"):
        assert proven(watched, "--not-full")["proof"] == "proven"
        assert proven(watched, code=1)["proof"] == "failed"


@pytest.mark.live
def test_a_node_that_cannot_be_asked_is_named_and_nothing_is_called_proven(watched: Watched) -> None:
    watched.fault("ssh-down", "lab-3")
    try:
        proof = proven(watched, code=1)
    finally:
        watched.mend()
    assert proof["proof"] == "not-checked"
    silent = next(node for node in proof["nodes"] if node["node"] == "lab-3")
    assert silent["reason"] and silent["outcomes"] == []
    assert proof["across"][0]["proof"] == "proven"


@pytest.mark.live
def test_a_cluster_that_is_not_there_or_has_no_ledger_is_said(watched: Watched) -> None:
    assert watched.json("books", "nowhere", code=1)["error"] == "no-cluster"
    assert watched.json("books", "lab", "--node", "lab-9", code=1)["error"] == "no-node"


@pytest.mark.live
def test_seals_above_the_head_after_a_loss_are_the_lost_range_and_a_fork_is_named_by_its_first_entry(
    watched: Watched,
) -> None:
    """The last test of this lab: it does not come back from it."""
    sql(watched.lab, "lab-3", "alter system set primary_conninfo = ''")
    sql(watched.lab, "lab-3", "select pg_reload_conf()")
    behind = int(sql(watched.lab, "lab-3", "select number from ledger.head"))
    wait_for(lambda: int(sql(watched.lab, "lab-1", "select number from ledger.head")) > behind + 40, "further entries")
    sealed = watched.json("books", "lab", "--seal")["sealed"]["sealed"][0]["fingerprint"]["last"]
    watched.fault("rate=0")
    watched.fault("kill", "lab-1")
    # Nobody follows the new primary: it must not wait for anybody.
    sql(watched.lab, "lab-3", "alter system set synchronous_standby_names = ''")
    sql(watched.lab, "lab-3", "select pg_reload_conf()")
    sql(watched.lab, "lab-3", "select pg_promote(true, 20)")
    head = int(sql(watched.lab, "lab-3", "select number from ledger.head"))
    assert behind <= head < sealed
    ensure_engine(watched.home)
    proof = proven(watched, "--node", "lab-3")
    assert proof["proof"] == "proven", "a lost range is no tampering"
    [lost] = proof["lost"]
    assert (lost["first"], lost["last"], lost["timeline"]) == (head + 1, sealed, 1)
    seal = next(o for o in proof["nodes"][0]["outcomes"] if o["check"] == "seal-found")
    assert seal["last"] <= head
    # The new primary books on under the numbers that were lost: both sides are there, and differ from there on.
    book = (
        "select ledger.book(gen_random_uuid(), 'after the fork',"
        " (select jsonb_agg(jsonb_build_object('account', account, 'side', side, 'amount', amount::text) order by line)"
        " from ledger.postings where number = 1));"
    )
    for _ in range(3):
        sql(watched.lab, "lab-3", book)
    both = proven(watched, code=1)
    assert both["proof"] == "failed"
    [agree] = both["across"]
    assert (agree["proof"], agree["entry"]) == ("failed", head + 1)
    assert {agree["node"], agree["detail"]} == {"lab-2", "lab-3"}
    # Sealing goes on from the last seal that this history holds, and leaves the others behind for good.
    again = watched.json("books", "lab", "--seal")["sealed"]
    assert [(s["node"], s["timeline"]) for s in again["sealed"]] == [("lab-3", 2)]
    assert again["sealed"][0]["fingerprint"]["last"] >= head + 3
    assert max(s["fingerprint"]["last"] for s in again["lost"]) == sealed
    assert proven(watched, "--node", "lab-3")["lost"] == []
