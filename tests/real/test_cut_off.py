"""The primary's host cut off, in network namespaces: fenced by quorum or command, and on sight when back."""

import subprocess
import uuid
from collections.abc import Iterator

import pytest

from console.domain.cluster import FenceCommand
from console.domain.loss import SYNC_STEADY_SECONDS
from console.domain.plan import LossBasis, Operation
from console.domain.run import RunState
from console.link.changes import RunSeen
from tests.changing import Truth, references, told, within, writable
from tests.live import psql, sql, wait_for
from tests.namespaces import Apart, apart

FAILOVER = Operation.FAILOVER


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    with apart(tmp_path_factory.mktemp("apart")) as it:
        yield it


def booking(operator: Apart, node: str, reference: str) -> "subprocess.Popen[str]":
    """A client on the host itself books one entry, and says 'acknowledged' only if it is told so."""
    found = operator.lab.node(node)
    assert found is not None
    accounts = sql(operator.lab, node, "select min(id) || ' ' || max(id) from ledger.accounts where currency = 'EUR'")
    postings = ",".join(
        f'{{"account": {account}, "side": "{side}", "amount": "1.00"}}'
        for account, side in zip(accounts.split(), "DC", strict=True)
    )
    return subprocess.Popen(
        [f"{operator.lab.bin_directory}/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(found.socket_directory),
         "-p", str(found.postgres_port), "-U", "postgres", "-d", "ledger",
         "-c", f"select ledger.book('{reference}', 'cut off', '[{postings}]')", "-c", "select 'acknowledged'"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def rejoined(operator: Apart, node: str) -> None:
    """The node that was left behind is a standby again, by the console's own plan, with what lies beyond accepted."""

    def begun() -> str | None:  # whoever fences it on sight may just be ending, with its lock
        plan = operator.propose(Operation.REJOIN, subject=node, fork="accepted")
        said = operator.start(plan)
        return said.run.id if isinstance(said, RunSeen) else None

    run = operator.rests(wait_for(begun, "the rejoin to begin", seconds=60.0))
    assert run.state is RunState.DONE, told(run)
    operator.steady()
    assert psql(operator.lab, node, "select pg_is_in_recovery()").stdout.strip() == "t"


def steady(operator: Apart) -> None:
    """The synchronous list has stood for a minute under the console's eyes: only then anything is proven by it."""

    def stood() -> bool:
        seen = operator.propose(FAILOVER).last_seen
        return seen is not None and seen.sync_steady_seconds > SYNC_STEADY_SECONDS + 1.0

    wait_for(stood, "the list to have stood for long enough", seconds=SYNC_STEADY_SECONDS + 60.0)


@pytest.mark.live
def test_a_cut_off_primary_is_fenced_by_quorum_and_acknowledges_nothing_any_more(operator: Apart) -> None:
    leading = operator.primary()
    truth = Truth.from_now(operator.lab)
    truth.more()
    steady(operator)
    operator.cables.pull(leading)
    try:
        operator.watched.reaches("primary-dead", seconds=30.0)
        # A standby that heard from it a moment ago says that it lives: the cut is believed once that is over.
        plan = wait_for(
            lambda: p if dict((p := operator.propose(FAILOVER)).notes)["fence"] == "quorum" and not p.refused else None,
            "the quorum fence",
        )
        assert "quorum-fence" in dict(plan.notes), "the plan says what goes on there"
        assert plan.loss is not None and plan.loss.basis is LossBasis.NONE, plan.loss
        run = operator.done(plan)
        after = run.plan.target
        assert after != leading
        # It still runs there, writable, and cut off: no commit that waits is acknowledged any more.
        assert set(writable(operator.lab)) == {leading, after}
        reference = str(uuid.uuid4())
        client = booking(operator, leading, reference)
        try:
            truth.more(10)
            assert client.poll() is None, client.communicate()
        finally:
            client.kill()
            said, _ = client.communicate(timeout=20)
        assert "acknowledged" not in said
        assert reference not in references(operator.lab, after)
        within(run, len(truth.lost(operator.lab, after)))
    finally:
        operator.cables.plug(leading)
    # It is back, unfenced: fenced on first sight, before anybody can be led to it.
    wait_for(lambda: writable(operator.lab) == [after], "the old primary to be fenced", seconds=60.0)
    assert (operator.data(leading) / "standby.signal").exists()
    truth.more()
    assert not truth.lost(operator.lab, after)
    rejoined(operator, leading)


@pytest.mark.live
def test_a_cut_off_primary_is_fenced_by_the_operators_command_which_is_read_back(operator: Apart) -> None:
    """The command comes from the vault, which is no host of the cluster's: as a power switch does."""
    leading = operator.primary()
    data = operator.data(leading)
    pids = f"ls -l /proc/[0-9]*/cwd 2>/dev/null | sed -n 's|.*/proc/\\([0-9]*\\)/cwd -> {data}$|\\1|p'"
    alive = f"for p in $({pids}); do grep -qs '^State:.[ZX]' /proc/$p/status || echo $p; done"
    fence = FenceCommand(
        node="lab-vault", seconds_max=20.0,
        command=f'kill -STOP "$(head -n 1 {data}/postmaster.pid)" 2>/dev/null; v=$({alive}); kill -KILL $v; true',
        state_command=f'if [ -z "$({alive})" ]; then echo off; else echo on; fi',
    )  # fmt: skip
    truth = Truth.from_now(operator.lab)
    truth.more()
    with operator.spec_as(operator.policy(fence_command=fence)):
        operator.steady()
        operator.cables.pull(leading)
        try:
            operator.watched.reaches("primary-dead", seconds=30.0)
            plan = wait_for(lambda: p if (p := operator.propose(FAILOVER, most=100_000)).target else None, "one")
            assert dict(plan.notes)["fence"] == "command", plan.notes
            run = operator.done(plan)
            assert writable(operator.lab) == [run.plan.target], told(run)
            within(run, len(truth.lost(operator.lab, run.plan.target)))
        finally:
            operator.cables.plug(leading)
        truth.more()
        # Its power comes back, and with it the server, as the primary that it was.
        operator.servers[leading].end_leftovers()
        operator.servers[leading].start()
        wait_for(lambda: writable(operator.lab) == [run.plan.target], "the old primary to be fenced", seconds=60.0)
        assert (data / "standby.signal").exists()
        within(run, len(truth.lost(operator.lab, run.plan.target)))
    rejoined(operator, leading)
