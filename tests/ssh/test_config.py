"""The SSH configuration file, held against what OpenSSH itself makes of it."""

import subprocess
from pathlib import Path

import pytest

from console.domain.cluster import SshTarget
from console.domain.reading import SshState
from console.ssh.config import Hop, route
from console.ssh.refused import SshRefused

CONFIG = """
# a comment
Host alias other
    HostName %h.example.org
    Port = 2201
    User "deploy"
    IdentityFile ~/.ssh/alias_%h_%r
    IdentityFile /keys/second
Host db* !db9
  User postgres
  ProxyJump jumper@bastion:2022
Match host *.example.org user deploy
  IdentitiesOnly yes
Match originalhost 10.0.0.*
  User ten
  HostKeyAlias tens
Match exec "true"
  User nobody
Host bastion
  Port 2200
  HostName bastion.example.org
Host direct
  ProxyJump none
Host old
  ProxyCommand ssh -q -W %h:%p bastion
Include included
Host *
  User fallback
  Port 22
  ProxyJump none
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "config").write_text(CONFIG)
    (tmp_path / ".ssh" / "included").write_text("Host inside\n  Port 2299\n  IdentityFile %d/inside_key\n")
    return tmp_path


def way(home: Path, host: str, **fields: str | int | None) -> tuple[Hop, ...]:
    target = SshTarget(host=host, config_file=str(home / ".ssh" / "config"), **fields)  # type: ignore[arg-type]
    return route(target, home=home, login="me")


@pytest.mark.parametrize(
    "host", ["alias", "other", "db1", "db9", "10.0.0.7", "bastion", "inside", "direct", "plain.org"]
)
def test_a_host_is_read_as_openssh_reads_it(home: Path, host: str) -> None:
    config = home / "without_exec"
    config.write_text(CONFIG.replace('Match exec "true"', "Match exec false").replace(
        "Include included", f"Include {home}/.ssh/included"
    ))  # fmt: skip
    said = subprocess.run(
        ["ssh", "-G", "-F", str(config), host], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    theirs = dict(line.split(" ", 1) for line in said if " " in line)
    named = [line.split(" ", 1)[1] for line in said if line.startswith("identityfile ")]
    hop = route(SshTarget(host=host, config_file=str(config)), home=home, login="me")[-1]
    assert (hop.host, str(hop.port), hop.user) == (theirs["hostname"], theirs["port"], theirs["user"])
    assert ("yes" if hop.identities_only else "no") == theirs["identitiesonly"]
    assert hop.key_name == theirs.get("hostkeyalias")
    if hop.identity_files:
        ssh_home = str(Path("~").expanduser())
        assert [Path(file).name for file in hop.identity_files] == [
            Path(file.replace("%h", hop.host).replace("%r", hop.user).replace("%d", ssh_home)).name for file in named
        ]


def test_what_the_inventory_says_wins(home: Path) -> None:
    (hop,) = way(home, "alias", port=5, user="x", identity_file="/keys/mine")
    assert (hop.host, hop.port, hop.user, hop.identity_file) == ("alias.example.org", 5, "x", "/keys/mine")
    assert hop.identity_files == (str(home / ".ssh" / "alias_alias.example.org_x"), "/keys/second")


def test_without_any_file_the_defaults_hold(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    (hop,) = route(SshTarget(host="h", config_file=str(empty)), home=tmp_path, login="me")
    assert (hop.host, hop.port, hop.user, hop.identity_files) == ("h", 22, "me", ())


def test_jump_hosts_are_looked_up_themselves(home: Path) -> None:
    jump, last = way(home, "db1")
    assert (jump.host, jump.port, jump.user) == ("bastion.example.org", 2022, "jumper")
    assert (last.host, last.user) == ("db1", "postgres")
    jump, _ = way(home, "old")
    assert (jump.host, jump.port) == ("bastion.example.org", 2200)
    assert len(way(home, "direct")) == 1
    hops = way(home, "plain", proxy_jump="a@one:1,two,[::1]:3")
    assert [(hop.user, hop.host, hop.port) for hop in hops] == [
        ("a", "one", 1), ("fallback", "two", 22), ("fallback", "::1", 3), ("fallback", "plain", 22),
    ]  # fmt: skip


def test_a_jump_host_of_the_inventory_is_opened_by_the_same_key_where_it_has_none_of_its_own(home: Path) -> None:
    jump, last = way(home, "plain", proxy_jump="gate", identity_file="/keys/mine")
    assert (jump.identity_file, last.identity_file) == ("/keys/mine", "/keys/mine")
    jump, _ = way(home, "plain", proxy_jump="alias", identity_file="/keys/mine")
    assert jump.identity_file is None


def test_a_jump_host_for_all_is_not_reached_through_itself(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("Host *\n ProxyJump gate\n")
    hops = route(SshTarget(host="db", config_file=str(config)), home=tmp_path, login="me")
    assert [hop.host for hop in hops] == ["gate", "db"]
    assert len(route(SshTarget(host="gate", config_file=str(config)), home=tmp_path, login="me")) == 1


@pytest.mark.parametrize(("text", "words"), [
    ("Host a\n ProxyJump b\nHost b\n ProxyJump c\nHost c\n ProxyJump a\n", "circle"),
    ("ProxyCommand nc %h %p\n", "ProxyCommand"), ("Port 99999\n", "99999"), ("Port http\n", "http"),
    ("ProxyJump @@@:x\n", "ProxyJump"), ("User 'open\n", "line 1"),
])  # fmt: skip
def test_a_file_that_makes_no_sense_is_told(tmp_path: Path, text: str, words: str) -> None:
    config = tmp_path / "config"
    config.write_text(text)
    with pytest.raises(SshRefused) as caught:
        route(SshTarget(host="a", config_file=str(config)), home=tmp_path, login="me")
    assert caught.value.state is SshState.UNRESOLVED
    assert words in caught.value.detail


def test_a_named_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SshRefused, match="is not there"):
        route(SshTarget(host="a", config_file=str(tmp_path / "none")), home=tmp_path, login="me")


def test_a_file_that_includes_itself_ends(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(f"Include {config}\nUser x\n")
    (hop,) = route(SshTarget(host="a", config_file=str(config)), home=tmp_path, login="me")
    assert hop.user == "x"
