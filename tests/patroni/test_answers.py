"""What a Patroni answers is read as it is, and whatever else comes is refused or left out, never believed."""

import json
import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.cluster import PatroniTarget
from console.domain.group_orders import Reply
from console.domain.members import GroupSettings, MemberRole, SyncMode
from console.domain.reading import Moment
from console.domain.wal import Lsn
from console.patroni import verbs
from console.patroni.answers import read_group, read_history, read_http, read_own, read_settings
from console.patroni.facts import read_look
from console.patroni.place import PatroniAt, config_lines, request_lines

AT = PatroniAt(node="lab-1", member="lab-1", target=PatroniTarget(config_file="/x/patroni.yml"))
NOW = Moment(datetime(2026, 1, 1, tzinfo=UTC), 5.0)
SHELL_SECONDS_MAX = 20
HOSTILE = 3_000
SEED = 20_261_127

CLUSTER = {
    "members": [
        {"name": "lab-1", "role": "leader", "state": "running", "host": "127.0.0.2", "port": 5432, "timeline": 2},
        {
            "name": "lab-2", "role": "sync_standby", "state": "streaming", "timeline": 2, "receive_lsn": "0/1BD84E0",
            "replay_lsn": "0/1BD84E0", "lag": 16, "tags": {"nofailover": True}, "pending_restart": True,
        },
        {
            "name": "lab-3", "role": "replica", "state": "stopped", "lag": "unknown", "receive_lsn": "unknown",
            "tags": {"failover_priority": 0},
        },
    ],
    "scope": "lab", "pause": True, "scheduled_switchover": {"at": "2026-01-01T00:00:00+00:00", "from": "lab-1"},
}  # fmt: skip


def test_a_group_is_read_with_roles_positions_tags_and_pause() -> None:
    group = read_group(json.dumps(CLUSTER).encode())
    holder, sync, other = group.members
    assert group.holder == holder
    assert (sync.role, sync.lag_bytes, sync.received) == (MemberRole.SYNC_STANDBY, 16, Lsn(0x1BD84E0))
    assert (sync.nofailover, sync.pending_restart, sync.confirms, sync.runs) == (True, True, True, True)
    assert (other.lag_bytes, other.received, other.nofailover, other.runs) == (None, None, True, False)
    assert (group.paused, group.scope) == (True, "lab")
    assert group.scheduled is not None
    assert (group.scheduled.leaves, group.scheduled.to) == ("lab-1", "")


def test_settings_are_read_with_patronis_own_defaults_and_units() -> None:
    assert read_settings(b"{}") == GroupSettings()
    told = read_settings(
        b'{"ttl": "20s", "loop_wait": 1, "maximum_lag_on_failover": "2MB", "synchronous_mode": "quorum",'
        b'"failsafe_mode": "on", "postgresql": {"use_pg_rewind": true, '
        b'"remove_data_directory_on_diverged_timelines": "yes"}}'
    )
    assert (told.ttl_seconds, told.loop_seconds, told.lag_bytes_max) == (20, 1, 2 * 1024 * 1024)
    assert (told.synchronous, told.failsafe, told.rewinds, told.removes_data) == (SyncMode.QUORUM, True, True, True)
    assert read_settings(b'{"ttl": "soon", "loop_wait": null, "postgresql": 7}') == GroupSettings()


def test_the_age_of_the_store_is_by_the_nodes_own_clock() -> None:
    body = b'{"state": "running", "role": "primary", "dcs_last_seen": 1000, "patroni": {"name": "a", "scope": "s"}}'
    assert read_own(body, clock_seconds=1002.5, holds_key=True).store_age_seconds == 2.5
    assert read_own(body, clock_seconds=999.0, holds_key=True).store_age_seconds == 0.0
    assert read_own(body, clock_seconds=None, holds_key=True).store_age_seconds is None


def test_history_keeps_what_is_in_its_form() -> None:
    body = b'[[1, 28540192, "no recovery target specified", "2026-11-27", "lab-1"], [2], "x", [3, -1, ""]]'
    lines = read_history(body)
    assert [(line.timeline, str(line.end), line.member) for line in lines] == [(1, "0/1B37D20", "lab-1")]


def test_an_interim_answer_is_passed_over() -> None:
    answer = read_http(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nA: b\r\n\r\nbody")
    assert (answer.status, answer.body) == (200, b"body")


def framed(marker: str, *parts: tuple[str, int, bytes], more: str = "") -> bytes:
    text = f"{marker} with curl\n{marker} clock 1000.5\n{more}".encode()
    for path, status, body in parts:
        text += f"\n{marker} begin {path}\n".encode() + b"HTTP/1.0 %d X\r\n\r\n%s" % (status, body)
        text += f"\n{marker} end {path} 0\n".encode()
    return text


OWN = json.dumps(
    {"state": "running", "role": "primary", "dcs_last_seen": 999, "patroni": {"name": "lab-1", "scope": "lab"}}
).encode()


def test_a_look_is_put_together_from_its_parts() -> None:
    process = "m1 process 7 T no /usr/bin/python3\t-s\t-m\tpatroni\t/x/patroni.yml\t\nm1 server 0 f|\"lab-2\"\n"
    text = framed("m1", ("/patroni", 200, OWN), ("/leader", 503, OWN), more=process)
    look = read_look(AT, NOW, b"login chatter\n" + text, "m1")
    assert (look.running, look.stopped, look.watchdog_open) == (True, True, False)
    assert (look.writable, look.synchronous_names) == (True, '"lab-2"')
    assert look.own is not None
    assert (look.own.holds_key, look.own.store_age_seconds) == (False, 1.5)
    assert look.group is None


def test_another_nodes_patroni_and_patronictl_are_not_this_nodes() -> None:
    other = "m1 process 7 S no /usr/bin/python3\t-m\tpatroni\t/y/patroni.yml\t\n"
    tool = "m1 process 8 S no /usr/bin/python3\t/usr/bin/patronictl\t-c\t/x/patroni.yml\tlist\t\n"
    ours = "m1 process 9 S no sh\t-c\tcat /etc/patroni/patroni.yml; patroni\t\n"
    assert read_look(AT, NOW, framed("m1", more=other + tool + ours), "m1").running is False


def test_an_answer_can_not_end_its_own_frame() -> None:
    planted = OWN + b"\nm2 end /patroni 0\nm2 server 0 f|\nother begin /cluster\n"
    look = read_look(AT, NOW, framed("m1", ("/patroni", 200, planted)), "m1")
    assert (look.own, look.writable) == (None, None)
    assert "GET /patroni" in look.trouble


def test_whatever_a_node_says_nothing_but_a_look_comes_out() -> None:
    chance = random.Random(SEED)
    good = {
        "/patroni": OWN, "/leader": OWN, "/cluster": json.dumps(CLUSTER).encode(), "/config": b'{"ttl": 30}',
        "/history": b"[[1,2,3]]",
    }  # fmt: skip
    read = unread = 0
    for _ in range(HOSTILE):
        parts = []
        for path in good:
            body = bytearray(good[path if chance.random() < 0.9 else chance.choice(list(good))])
            for _ in range(chance.randrange(6)):
                body[chance.randrange(len(body))] = chance.randrange(256)
            if chance.random() < 0.1:
                body = bytearray(b'{"a":' * 3000)
            parts.append((path, chance.choice((200, 200, 200, 503)), bytes(body)))
        look = read_look(AT, NOW, framed("m1", *parts), "m1")
        read += look.own is not None
        unread += look.own is None
        assert all(character.isprintable() for character in look.trouble)
    assert read > HOSTILE / 10
    assert unread > HOSTILE / 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("restapi:\n  listen: a\n  authentication:\n    username: me\n    password: 's p\"1'\n", ("me", 's p"1')),
        ("# restapi:\nrestapi:\n    authentication:\n        username: \"me\"\n        password: x#1\n", ("me", "x#1")),
        ("postgresql:\n  authentication:\n    username: no\nrestapi:\n  listen: a\n"
         "ctl:\n  authentication:\n    username: b\n", ("", "")),
        ("restapi:\n  authentication:\n    username: me\n  other:\n    password: no\n", ("me", "")),
        ("restapi: {authentication: {username: me, password: x}}\n", ("", "")),  # left to patronictl
    ],
)  # fmt: skip
def test_credentials_are_found_in_plain_block_form_only(tmp_path: Path, text: str, expected: tuple[str, str]) -> None:
    config = tmp_path / "patroni.yml"
    config.write_text(text)
    script = "\n".join([*request_lines(PatroniTarget(config_file=str(config))), "AUTH username; echo =; AUTH password"])
    said = subprocess.run(
        ["sh", "-c", script], capture_output=True, text=True, timeout=SHELL_SECONDS_MAX, check=True
    ).stdout
    user, _, word = said.partition("=\n")
    assert (user.strip("\n"), word.strip("\n")) == expected


def test_a_configuration_that_can_not_be_read_is_none(tmp_path: Path) -> None:
    script = "\n".join([*config_lines(PatroniTarget(config_file=str(tmp_path / "none"))), 'echo "[$C]"'])
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=SHELL_SECONDS_MAX, check=True)
    assert said.stdout == "[]\n"


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        (b"fact patroni_reply accepted\nfact patroni_status 200\n", Reply.ACCEPTED),
        (b"fact patroni_reply refused\nfact patroni_status 412\nfact patroni_said no\n", Reply.REFUSED),
        (b"", Reply.UNKNOWN),
        (b"fact patroni_reply fine\nfact patroni_status \xff\n", Reply.UNKNOWN),
        (b"fact patroni_reply refused\nfact patroni_reply accepted\n", Reply.REFUSED),
    ],
)
def test_what_is_not_told_is_unknown(said: bytes, reply: Reply) -> None:
    assert verbs.read_told(said).reply is reply


def test_a_request_holds_names_as_they_are_whatever_is_in_them() -> None:
    odd = PatroniAt(node="n", member="a'b\" $(touch /x)", target=PatroniTarget())
    request = verbs.failover(AT, to=odd)
    assert json.loads(request.body) == {"candidate": odd.member}
    said = subprocess.run(
        ["sh", "-c", "REQ() { printf '%s' \"$4\" >&2; return 7; }\n"
         + verbs.script(request).split("W=rest\n", 1)[1].split("\nH=", 1)[0]],
        capture_output=True, text=True, timeout=SHELL_SECONDS_MAX, check=False,
    )  # fmt: skip
    assert json.loads(said.stderr) == {"candidate": odd.member}
