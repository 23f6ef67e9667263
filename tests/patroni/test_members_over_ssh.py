"""Patroni on a real lab, over SSH: seen by whatever a host has, ordered, proven, its split brain found."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli.answers import ANSWERS
from console.domain.cluster import ClusterSpec, Manager
from console.domain.consensus import judge_group
from console.domain.group_orders import Reply, Told, judge_says
from console.domain.members import Looks, MemberLook
from console.domain.reading import Moment
from console.lab.desk import lab_cluster, lab_mend
from console.link.messages import schema_of
from console.patroni import verbs
from console.patroni.facts import look_script, read_look
from console.patroni.place import PatroniAt, places
from tests.live import sql, wait_for
from tests.watched import HEALTHY_SECONDS_MAX, Watched, watched_lab

SHELL_SECONDS_MAX = 90.0
KEY_SECONDS_MAX = 60.0  # ttl is 20 s
BARE_PROGRAMS = (
    "sh", "sed", "grep", "tr", "cut", "ls", "date", "cat", "timeout", "awk", "wc", "base64", "head", "env", "printf",
)  # fmt: skip


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("patroni") / "home", manager=Manager.PATRONI) as lab:
        yield lab


@pytest.fixture
def whole(watched: Watched) -> Watched:
    """The lab without any fault."""
    lab_mend(watched.home)
    watched.reaches("healthy", seconds=HEALTHY_SECONDS_MAX)
    return watched


def spec(watched: Watched) -> ClusterSpec:
    return lab_cluster(watched.now())


def on_node(watched: Watched, node: str, script: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        ["ssh", "-F", watched.now().ssh_config, node, "sh"],
        input=script.encode(), capture_output=True, timeout=SHELL_SECONDS_MAX, check=False,
    )  # fmt: skip


def look(watched: Watched, at: PatroniAt, ticks: float = 0.0) -> MemberLook:
    marker, cluster = secrets.token_hex(8), spec(watched)
    node = cluster.node(at.node)
    assert node is not None
    said = on_node(watched, at.node, look_script(at, node.postgres, cluster.database, marker))
    assert not said.stderr, said.stderr
    return read_look(at, Moment(datetime.now(UTC), ticks), said.stdout, marker)


def looks(watched: Watched) -> Looks:
    return {name: look(watched, at) for name, at in places(spec(watched)).items()}


def order(watched: Watched, request: verbs.Request, **how: bool) -> tuple[Told, int]:
    said = on_node(watched, request.at.node, verbs.script(request, **how))
    return verbs.read_told(said.stdout), said.returncode


def holder(watched: Watched) -> str:
    found: str = watched.asked("patroni", "lab", "status")["view"]["holder"]
    return found


def confirming(watched: Watched) -> str:
    names: list[str] = [one["node"] for one in watched.asked("patroni", "lab", "status")["view"]["standings"]]
    return names[0]


def checked(answer: Any, name: str) -> Any:
    jsonschema.Draft202012Validator(schema_of(ANSWERS[name])).validate(answer)
    return answer


def test_the_picture_says_who_leads_who_may_follow_and_what_is_dangerous(whole: Watched) -> None:
    answer = checked(whole.asked("patroni", "lab", "status"), "patroni status")
    view = answer["view"]
    assert (view["quorum"], view["paused"], view["scope"]) == (True, False, "lab")
    assert view["ttl_left_seconds"] == 16  # ttl 20, less what a holder may be late with its renewal
    assert [concern["danger"] for concern in view["concerns"]] == ["no-watchdog"]
    assert "without a watchdog" in answer["concerns"][0]
    eligible = [one["node"] for one in view["standings"] if not one["reasons"]]
    assert len(eligible) == 1
    assert [one["reasons"] for one in view["standings"]][1:] == [["not-in-sync"], ["holds-key"]]
    assert all(one["own"]["version"].startswith("4.") and one["protected"] for one in view["looks"])
    said = whole.run("patroni", "lab", "status").stdout
    assert f"{view['holder']} holds the key of lab on timeline" in said
    assert "only with an approved loss" in said


def test_a_cluster_is_discovered_as_one_under_patroni(whole: Watched) -> None:
    lab = whole.now()
    found = whole.asked(
        "inventory", "discover", "lab-1", "--ssh-config", lab.ssh_config, "--postgres-host",
        str(lab.nodes[0].socket_directory), "--postgres-user", "ledger_console", "--database", "ledger",
    )["found"]["clusters"][0]  # fmt: skip
    assert found["manager"] == "patroni"
    assert found["nodes"][0]["patroni"]["host"] == lab.nodes[0].address


def test_the_history_names_where_each_timeline_began(whole: Watched) -> None:
    lines = checked(whole.asked("patroni", "lab", "history"), "patroni history")["view"]["history"]
    assert lines[0]["timeline"] == 1
    assert "no recovery target specified" in whole.run("patroni", "lab", "history").stdout


@pytest.mark.parametrize("program", ["curl", "python3", "bash"])
def test_a_host_is_asked_with_whatever_it_has(whole: Watched, tmp_path: Path, program: str) -> None:
    for name in (*BARE_PROGRAMS, program):
        found = shutil.which(name, path=f"/usr/bin:/bin:{os.environ['PATH']}")
        if found is None and name == program:
            pytest.skip(f"not in this version of the system: {program}")
        assert found is not None, name
        (tmp_path / name).symlink_to(found)
    at = places(spec(whole))["lab-1"]
    script = look_script(at, None, "ledger", "mark")
    said = subprocess.run(
        ["/bin/sh"], input=script.encode(), env={"PATH": str(tmp_path)}, capture_output=True,
        timeout=SHELL_SECONDS_MAX, check=True,
    )  # fmt: skip
    assert f"mark with {program}\n".encode() in said.stdout
    seen = read_look(at, Moment(datetime.now(UTC), 0.0), said.stdout, "mark")
    assert seen.trouble == ""
    assert seen.own is not None
    assert (seen.own.member, seen.group is not None, seen.settings is not None) == ("lab-1", True, True)
    # And the same hands change something, with the password out of the configuration.
    for request, reply in ((verbs.pause(at), Reply.ACCEPTED), (verbs.resume(at), Reply.ACCEPTED)):
        ended = subprocess.run(
            ["/bin/sh"], input=verbs.script(request).encode(), env={"PATH": str(tmp_path)}, capture_output=True,
            timeout=SHELL_SECONDS_MAX, check=False,
        )  # fmt: skip
        told = verbs.read_told(ended.stdout)
        assert (told.reply, told.way, told.status, ended.returncode) == (reply, "rest", 200, 0), ended.stderr


def test_a_pause_holds_for_all_and_its_end_too(whole: Watched) -> None:
    paused = checked(whole.asked("patroni", "lab", "pause"), "patroni pause")
    assert paused["outcome"] == "proven"
    assert all(one["own"]["paused"] for one in paused["ended"]["view"]["looks"])
    assert whole.asked("patroni", "lab", "pause", code=1)["ended"]["objection"] == "already"
    resumed = checked(whole.asked("patroni", "lab", "resume"), "patroni resume")
    assert resumed["outcome"] == "proven"
    assert not any(one["own"]["paused"] for one in resumed["ended"]["view"]["looks"])


def test_a_restart_is_confirmed_first_and_proven_by_the_servers_own_start(whole: Watched) -> None:
    node = confirming(whole)
    began = sql(whole.now(), node, "select pg_postmaster_start_time()")
    refused = whole.run("patroni", "lab", "restart", node, "--json")
    assert refused.returncode == 3
    assert sql(whole.now(), node, "select pg_postmaster_start_time()") == began
    ended = checked(whole.asked("patroni", "lab", "restart", node, "--yes"), "patroni restart")
    assert ended["outcome"] == "proven"
    assert sql(whole.now(), node, "select pg_postmaster_start_time()") > began


def test_a_new_copy_is_refused_for_the_holder_and_proven_for_a_standby(whole: Watched) -> None:
    leads = holder(whole)
    objected = checked(whole.asked("patroni", "lab", "reinit", leads, "--yes", code=1), "patroni reinit")
    assert (objected["outcome"], objected["ended"]["objection"]) == ("objected", "holds-key")
    node = confirming(whole)
    data = Path(str(whole.now().node(node).data_directory))  # type: ignore[union-attr]
    before = (data / "PG_VERSION").stat()
    ended = whole.asked("patroni", "lab", "reinit", node, "--yes")
    assert ended["outcome"] == "proven"
    after = (data / "PG_VERSION").stat()
    assert (after.st_ino, after.st_mtime_ns) != (before.st_ino, before.st_mtime_ns)
    subjects = [entry["subject"] for entry in whole.asked("audit", "list", "--cluster", "lab")["entries"]]
    assert "patroni-reinitialise" in subjects


def test_what_makes_no_sense_is_refused_and_sends_nothing(whole: Watched) -> None:
    assert whole.run("patroni", "lab", "restart", "--yes").returncode == 2
    assert whole.run("patroni", "lab", "pause", "lab-1").returncode == 2
    assert whole.asked("patroni", "nowhere", "status", code=1)["error"] == "no-cluster"
    assert whole.asked("patroni", "lab", "restart", "lab-9", "--yes", code=1)["error"] == "no-node"


def test_without_a_password_the_request_goes_by_patronictl_or_is_refused(whole: Watched) -> None:
    at = places(spec(whole))["lab-1"]
    by_tool, status = order(whole, verbs.pause(at), only_patronictl=True)
    assert (by_tool.reply, by_tool.way, status) == (Reply.ACCEPTED, "patronictl", 0)
    closed = replace(at, target=replace(at.target, config_file="/nowhere/patroni.yml"))
    refused, status = order(whole, verbs.resume(closed))
    assert (refused.reply, refused.status, status) == (Reply.REFUSED, 401, 1)
    resumed, _ = order(whole, verbs.resume(at))
    assert resumed.reply is Reply.ACCEPTED


def test_a_switchover_is_proven_by_key_server_and_timeline(whole: Watched) -> None:
    at, cluster = places(spec(whole)), whole.now()
    leads, follows = holder(whole), confirming(whole)
    timeline = judge_group("lab", looks(whole), None, {}, Moment(datetime.now(UTC), 0.0)).timeline
    request = verbs.switchover(at[leads], leaves=at[leads], to=at[follows])
    assert verbs.act(request).script == verbs.script(request)
    refused, status = order(whole, verbs.switchover(at[leads], leaves=at[leads], to=at[leads]))
    assert (refused.reply, status) == (Reply.REFUSED, 1)
    told, status = order(whole, request)
    assert (told.reply, status) == (Reply.ACCEPTED, 0), told
    proof = verbs.proof(request, after=str(timeline))
    names = {name: one.member for name, one in at.items()}
    wait_for(lambda: judge_says(proof, looks(whole), names).holds, f"{follows} to lead alone")
    assert not judge_says(replace(proof, node=leads), looks(whole), names).holds
    assert sql(cluster, follows, "select pg_is_in_recovery()") == "f"


def test_a_killed_patroni_ends_in_a_split_brain_that_is_seen_and_mended(whole: Watched) -> None:
    leads = holder(whole)
    whole.fault("kill-patroni", leads)
    silent = whole.asked("patroni", "lab", "status")
    assert [one["danger"] for one in silent["view"]["concerns"]][:2] == ["holder-silent", "patroni-down"]
    assert silent["view"]["ttl_left_seconds"] is None
    whole.reaches("patroni-down")

    def split() -> Any:
        return whole.asked("patroni", "lab", "status", code=1) if _split(whole) else None

    answer = wait_for(split, "another to lead beside the old server", seconds=KEY_SECONDS_MAX)
    assert answer["view"]["concerns"][0]["node"] == leads
    assert answer["view"]["holder"] != leads
    watch = whole.reaches("split-brain")
    first = next(one for one in watch["view"]["verdict"]["findings"] if one["cause"] == "split-brain")
    assert (watch["health"], first["node"], first["detail"]) == ("lost", leads, answer["view"]["holder"])
    assert answer["concerns"][0].startswith(f"SPLIT BRAIN: {leads} takes writes without the key")
    assert whole.asked("patroni", "lab", "resume", code=1)["ended"]["objection"] == "split-brain"
    lab_mend(whole.home)
    healed = whole.asked("patroni", "lab", "status")["view"]
    assert [one["danger"] for one in healed["concerns"]] == ["no-watchdog"]
    assert sql(whole.now(), leads, "select pg_is_in_recovery()") == "t"


def _split(watched: Watched) -> bool:
    said = watched.run("patroni", "lab", "status", "--json")
    return '"danger":"split-brain"' in said.stdout


def test_without_a_majority_of_the_store_that_is_what_is_said(whole: Watched) -> None:
    for node in ("lab-1", "lab-2"):
        whole.fault("kill-etcd", node)

    def alone() -> Any:
        said = whole.run("patroni", "lab", "status", "--json").stdout
        return '"quorum":false' in said

    wait_for(alone, "the holder to give up", seconds=KEY_SECONDS_MAX)
    answer = whole.asked("patroni", "lab", "status", code=1)
    assert (answer["view"]["holder"], answer["view"]["standings"]) == (None, [])
    assert "has no majority" in answer["sentence"]
    watch = whole.reaches("no-quorum", seconds=KEY_SECONDS_MAX)
    assert all(one["level"] is None for one in watch["view"]["verdict"]["findings"]), "nobody is called dead"
    assert whole.asked("patroni", "lab", "pause", code=1)["ended"]["objection"] == "no-quorum"
