"""How the console behaves on a node: few sessions, few log lines, none more on a server that hangs."""

import re
from pathlib import Path

import pytest

from console.domain.fleet import ClusterView
from console.domain.verdict import Health
from console.link.messages import ClusterSeen, Message
from console.link.socket import Link
from tests.live import sql, wait_for
from tests.watched import Watched

SESSIONS = (
    "select application_name || ' ' || count(*) from pg_stat_activity where application_name like 'ledger_console%' "
    "group by application_name order by 1"
)


def sessions(watched: Watched, node: str) -> dict[str, int]:
    rows = (line.rsplit(" ", 1) for line in sql(watched.lab, node, SESSIONS).splitlines())
    return {name: int(count) for name, count in rows}


def connections_logged(watched: Watched, node: str) -> int:
    found = watched.now().node(node)
    assert found is not None
    assert found.log is not None
    text = Path(found.log).read_text(errors="replace")
    return len(re.findall(r"connection authorized: user=ledger_console", text))


@pytest.mark.live
def test_two_asking_sessions_a_node_and_on_the_primary_one_that_writes_the_heartbeat(watched: Watched) -> None:
    assert wait_for(lambda: sessions(watched, "lab-1") == {"ledger_console": 2, "ledger_console_heartbeat": 1}, "three")
    for node in ("lab-2", "lab-3"):
        assert sessions(watched, node) == {"ledger_console": 2}


@pytest.mark.live
def test_a_quiet_watch_opens_no_new_connection(watched: Watched) -> None:
    """Sixty rounds, the shortened day: with log_connections=on not one line more is written than at the beginning."""
    for node in ("lab-1", "lab-2", "lab-3"):
        sql(watched.lab, node, "alter system set log_connections = 'on'" if node == "lab-1" else "select 1")
    sql(watched.lab, "lab-1", "select pg_reload_conf()")
    watched.reaches("healthy")
    before = {node: connections_logged(watched, node) for node in ("lab-1", "lab-2", "lab-3")}
    beats = int(sql(watched.lab, "lab-1", "select max(beat) from ledger_console.heartbeat"))
    wait_for(
        lambda: int(sql(watched.lab, "lab-1", "select max(beat) from ledger_console.heartbeat")) >= beats + 30,
        "thirty more rounds",
        seconds=60,
    )
    after = {node: connections_logged(watched, node) for node in ("lab-1", "lab-2", "lab-3")}
    assert after == before
    sql(watched.lab, "lab-1", "alter system reset log_connections")
    sql(watched.lab, "lab-1", "select pg_reload_conf()")


@pytest.mark.live
def test_a_hung_server_gets_no_more_sessions_and_answers_again_over_the_old_ones(watched: Watched) -> None:
    ours = "pg_stat_activity where application_name like 'ledger_console%'"
    pids = f"select string_agg(pid::text, ' ' order by pid) from {ours}"
    wait_for(lambda: sessions(watched, "lab-2") == {"ledger_console": 2}, "both sessions")
    before = sql(watched.lab, "lab-2", pids)
    watched.fault("freeze", "lab-2")
    try:
        watched.reaches("frozen")
    finally:
        watched.fault("thaw", "lab-2")
    watched.reaches("healthy", seconds=60)
    assert sql(watched.lab, "lab-2", pids) == before


@pytest.mark.live
def test_the_heartbeat_goes_on_while_commits_wait_for_standbys(watched: Watched) -> None:
    """Both standbys gone: the application's commits hang, ours does not, and the standstill is named."""
    beats = "select max(beat) from ledger_console.heartbeat"
    wait_for(lambda: sql(watched.lab, "lab-1", beats), "a first heartbeat")
    watched.fault("kill", "lab-2")
    watched.fault("kill", "lab-3")
    try:
        cluster = watched.reaches("sync-blocked")
        assert cluster["health"] == "lost"
        beat = int(sql(watched.lab, "lab-1", "select max(beat) from ledger_console.heartbeat"))
        wait_for(
            lambda: int(sql(watched.lab, "lab-1", "select max(beat) from ledger_console.heartbeat")) > beat + 2, "beats"
        )
    finally:
        watched.mend()


@pytest.mark.live
def test_a_session_of_ours_that_is_ended_is_not_taken_for_the_servers_death(watched: Watched) -> None:
    """Ended by an administrator, or killed on the host: connected anew, and no verdict says lost in between."""
    heard: list[ClusterView] = []

    def hear(message: Message) -> None:
        if isinstance(message, ClusterSeen):
            heard.append(message.view)

    watched.reaches("healthy")
    link = Link(watched.home.engine_socket, face="test", watches=True, on_message=hear, on_lost=lambda _: None)
    try:
        ours = "pg_stat_activity where application_name like 'ledger_console%'"
        before = "3"  # vital, books, heartbeat
        wait_for(lambda: sql(watched.lab, "lab-1", f"select count(*) from {ours}") == before, "all three sessions")
        for _ in range(3):
            sql(watched.lab, "lab-1", f"select count(pg_terminate_backend(pid)) from {ours}")
            wait_for(lambda: sql(watched.lab, "lab-1", f"select count(*) from {ours}") == before, "the sessions again")
        seen = len(heard)
        wait_for(lambda: len(heard) > seen + 3, "more pictures")
    finally:
        link.close()
    grave = [v.verdict for v in heard if v.verdict.health in (Health.LOST, Health.UNKNOWN)]
    assert not grave, grave[0]
    assert {v.verdict.health for v in heard} == {Health.HEALTHY}, [f.detail for v in heard for f in v.verdict.findings][
        :2
    ]
    blamed = [f for v in heard for n in v.nodes if n.name == "lab-1" for f in n.verdict.findings]
    assert not blamed, blamed[0]
