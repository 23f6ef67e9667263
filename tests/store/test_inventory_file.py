"""The inventory as TOML: what is written reads back the same, and each mistake is named where it stands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.cluster import (
    ClusterSpec,
    Environment,
    FenceCommand,
    Hook,
    Inventory,
    Manager,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.store import inventory_file
from console.store.inventory_file import InventoryMistake, read_inventory, write_inventory
from console.store.inventory_rules import mistakes_of

WHOLE = """
[[cluster]]
name = "ledger-us"
environment = "production"
manager = "patroni"
database = "ledger"
ledger = "ledger"
interval_seconds = 2

[cluster.promises]
lag_seconds_max = 10.0
synchronous = "ANY 1"
rpo_entries_max = 0

[[cluster.node]]
name = "nyc-1"
kind = "postgres"
become = "postgres"

[cluster.node.ssh]
host = "nyc-1.ledger.example"
port = 2222
user = "console"
identity_file = "keys/console"

[cluster.node.postgres]
host = "/run/postgresql"
password = true

[[cluster.node]]
name = "vault-1"
kind = "backup"
ssh.host = "vault-1.ledger.example"

[[cluster]]
name = "plain"
environment = "lab"

[[cluster.node]]
name = "one"
ssh = { host = "127.0.0.1" }
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "console").write_text("a private key")
    return tmp_path


def mistakes(text: str, base: Path) -> list[str]:
    with pytest.raises(InventoryMistake) as error:
        read_inventory(text, base=base)
    return [str(mistake) for mistake in error.value.mistakes]


def test_a_whole_file_is_read(base: Path) -> None:
    us, plain = read_inventory(WHOLE, base=base).clusters
    assert us == ClusterSpec(
        name="ledger-us",
        environment=Environment.PRODUCTION,
        manager=Manager.PATRONI,
        database="ledger",
        ledger="ledger",
        interval_seconds=2.0,
        promises=Promises(lag_seconds_max=10.0, synchronous="ANY 1", rpo_entries_max=0),
        nodes=(
            NodeSpec(
                name="nyc-1",
                kind=NodeKind.POSTGRES,
                become="postgres",
                ssh=SshTarget(
                    host="nyc-1.ledger.example", port=2222, user="console", identity_file=str(base / "keys" / "console")
                ),
                postgres=PostgresTarget(host="/run/postgresql", password=True),
            ),
            NodeSpec(name="vault-1", kind=NodeKind.BACKUP, ssh=SshTarget(host="vault-1.ledger.example")),
        ),
    )
    assert plain.ledger is None, "a ledger that is not named is not there"
    assert plain.nodes[0].postgres == PostgresTarget()
    assert isinstance(us.interval_seconds, float)


def test_the_form_in_the_documentation_is_true(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert inventory_file.__doc__ is not None
    form = inventory_file.__doc__.partition("\n\n")[2]
    (base / ".ssh").mkdir()
    for file in (base / ".ssh" / "console", base / "ssh_config"):
        file.write_text("")
    monkeypatch.setenv("HOME", str(base))
    (cluster,) = read_inventory(form, base=base).clusters
    assert cluster.nodes[0].ssh.identity_file == "~/.ssh/console"
    assert cluster.nodes[0].ssh.config_file == str(base / "ssh_config")
    assert cluster.promises.rto_seconds_max == 60.0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('manager = "patroni"', 'manger = "none"'), "cluster ledger-us: the key 'manger' is not known (did you mean"),
        (('become = "postgres"', 'colour = 1'), "cluster ledger-us, node nyc-1: the key 'colour' is not known"),
        (('[cluster.promises]', '[cluster.promise]'), "the key 'promise' is not known (did you mean promises?)"),
        (('name = "plain"', 'name = "ledger-us"'), "the inventory: cluster ledger-us stands there 2 times"),
        (('name = "vault-1"', 'name = "nyc-1"'), "cluster ledger-us: node nyc-1 stands there 2 times"),
        (('keys/console', 'keys/lost'), "node nyc-1, ssh, identity_file: there is no file"),
        (('port = 2222', 'port = "2222"'), "node nyc-1, ssh, port: it should be a whole number"),
        (('port = 2222', 'port = true'), "node nyc-1, ssh, port: it should be a whole number"),
        (('port = 2222', 'port = 70000'), "ssh, port: 70000 is out of its range (from 1 to 65535)"),
        (('interval_seconds = 2', 'interval_seconds = nan'), "interval_seconds: nan is out of its range"),
        (('name = "nyc-1"', 'name = "nyc 1"'), "the name 'nyc 1' has characters that a name can't have"),
        (('name = "nyc-1"', 'name = "' + "n" * 64 + '"'), "it has 64 characters, 63 are the limit"),
        (('name = "nyc-1"', 'name = "--help"'), "begins with a dot or a dash"),
        (('"production"', '"prod"'), "environment: 'prod' is none of its words (one of production, staging, lab)"),
        (('environment = "lab"', ''), "cluster plain: it has no environment"),
        (('kind = "backup"', 'kind = "tape"'), "'tape' is none of its words (one of postgres, backup)"),
        (('ssh.host = "vault-1.ledger.example"', ''), "node vault-1, ssh: it has no host"),
        (('host = "nyc-1.ledger.example"', 'host = "console@nyc-1"'), "'console@nyc-1' is more than a host"),
        (('host = "nyc-1.ledger.example"', 'host = "-oProxyCommand=sh"'), "begins with a dash"),
        (('host = "nyc-1.ledger.example"', 'host = ""'), "ssh, host: it is empty"),
        (('database = "ledger"', 'database = "host=evil dbname=x"'), "is a connection string (name the database"),
        (('ledger = "ledger"\n', 'ledger = "a; drop"\n'), "is no plain name of a schema"),
        (('"ANY 1"', '"one of them"'), "synchronous: 'one of them' is no promise"),
        (('[[cluster.node]]\nname = "one"\nssh = { host = "127.0.0.1" }', ''), "cluster plain: it has no node"),
        (('ssh = { host = "127.0.0.1" }', 'ssh = "127.0.0.1"'), "node one, ssh: it should be a table"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_where_it_stands(change: tuple[str, str], told: str, base: Path) -> None:
    assert WHOLE.count(change[0]) >= 1
    assert any(told in mistake for mistake in mistakes(WHOLE.replace(*change, 1), base))


def test_all_mistakes_are_found_in_one_pass(base: Path) -> None:
    wrong = WHOLE.replace('"production"', '"prod"').replace("2222", '"x"').replace('"lab"', "7").replace("keys/", "no/")
    assert len(mistakes(wrong, base)) == 4


@pytest.mark.parametrize(
    "line", ['password = "hunter2"', 'passphrase = "hunter2"', 'pgpassword = "hunter2"', 'api_token = "hunter2"']
)
@pytest.mark.parametrize("table", ["[cluster.node.ssh]", "[cluster.node.postgres]", "[cluster.promises]"])
def test_a_secret_is_refused_and_never_repeated(line: str, table: str, base: Path) -> None:
    text = WHOLE.replace("password = true\n", "").replace(table, f"{table}\n{line}", 1)
    found = "\n".join(mistakes(text, base))
    assert "secrets live in the desktop's keyring" in found
    assert "hunter2" not in found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[cluster]]\nname = "a"\nenvironment = production\n', "line 3, column 15: it is not TOML"),
        ('[[cluster]\nname = "a"', "line 1"),
        ('[[cluster]]\nname = "a"\nname = "b"\n', "line 3"),
        ('[[cluster]]\nname = "a', "it is not TOML"),
        ("", "the file: it names no cluster"),
        ('[cluster]\nname = "a"\n', "the file, cluster: it should be a list of tables (write [[cluster]])"),
        ("[[clusters]]\n", "the key 'clusters' is not known (did you mean cluster?)"),
        ("a = " + "[" * 100_000, "it is not TOML"),
        ("a = " + "9" * 5_000, "it is not TOML"),
        ("cluster = [1, 2]", "it should be a list of tables"),
        ("\x00", "it is not TOML"),
        ("#" * (inventory_file.CHARACTERS_MAX + 1), "are the limit"),
    ],
)
def test_what_is_no_inventory_gets_one_sentence(text: str, told: str, base: Path) -> None:
    (found,) = mistakes(text, base)
    assert told in found


def test_a_thousand_mistakes_are_cut_and_said_to_be_cut(base: Path) -> None:
    with pytest.raises(InventoryMistake) as error:
        read_inventory("".join(f"k{number} = 1\n" for number in range(1_000)), base=base)
    assert len(error.value.mistakes) == 1_000
    assert str(error.value).endswith("and 980 more")


names = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,62}", fullmatch=True)
plain = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="@/-=:~"), min_size=1, max_size=40)
paths = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40).map(lambda text: "/" + text)
printable = paths.filter(str.isprintable)
seconds = st.floats(min_value=0.001, max_value=86_400, allow_nan=False)


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


servers = st.builds(
    PostgresTarget,
    host=st.just("") | printable | plain,
    port=st.integers(1, 65_535),
    user=plain,
    bin_directory=maybe(printable),
    data_directory=maybe(printable),
    password=st.booleans(),
)
targets = st.builds(
    SshTarget, host=plain, port=st.none() | st.integers(1, 65_535), user=maybe(plain), proxy_jump=maybe(plain)
)
postgres_nodes = st.builds(
    NodeSpec, name=names, kind=st.just(NodeKind.POSTGRES), become=maybe(plain), ssh=targets, postgres=servers
)
backup_nodes = st.builds(NodeSpec, name=names, kind=st.just(NodeKind.BACKUP), become=maybe(plain), ssh=targets)
promises = st.builds(
    Promises,
    lag_seconds_max=seconds,
    synchronous=st.sampled_from([None, "ANY 1", "FIRST 2"]),
    disk_free_percent_min=st.floats(0, 100),
    clock_offset_seconds_max=seconds,
    rpo_entries_max=st.none() | st.integers(0, 2**53),
    rto_seconds_max=st.none() | seconds,
    uptime_percent_min=st.none() | st.floats(1, 100),
)
clusters = st.builds(
    ClusterSpec,
    name=names,
    environment=st.sampled_from(Environment),
    nodes=st.lists(postgres_nodes | backup_nodes, min_size=1, max_size=4, unique_by=lambda n: n.name).map(tuple),
    manager=st.sampled_from(Manager),
    database=plain,
    ledger=maybe(st.from_regex(r"[A-Za-z_][A-Za-z0-9_$]{0,30}", fullmatch=True)),
    promises=promises,
    interval_seconds=st.floats(0.2, 60),
)
inventories = st.builds(
    Inventory, clusters=st.lists(clusters, min_size=1, max_size=3, unique_by=lambda c: c.name).map(tuple)
)


@given(inventories)
def test_what_is_written_is_read_back_the_same(inventory: Inventory) -> None:
    assert mistakes_of(inventory) == []
    assert read_inventory(write_inventory(inventory), base=Path("/")) == inventory


def test_named_files_are_read_back_the_same(base: Path) -> None:
    inventory = read_inventory(WHOLE, base=base)
    assert read_inventory(write_inventory(inventory), base=Path("/elsewhere")) == inventory


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_no_text_gets_anything_but_an_inventory_or_its_mistakes(text: str) -> None:
    try:
        found = read_inventory(text, base=Path("/"))
    except InventoryMistake as error:
        assert error.what
        assert error.where
    else:
        assert found.clusters


POLICY = """
[[cluster]]
name = "us"
environment = "lab"

[cluster.change]
restart_seconds = 0
client_conninfo = "host=a,b passfile=/etc/pass user=app"
client_node = "two"

[cluster.change.fence_command]
node = "two"
command = "off"
state_command = "state"

[[cluster.change.hooks]]
name = "pool"
moment = "after-promotion"
node = "two"
command = '''
echo "$LEDGER_NEW"
true'''
proof = "true"
may_repeat = true

[[cluster.node]]
name = "one"
ssh.host = "one"

[[cluster.node]]
name = "two"
kind = "backup"
ssh.host = "two"
"""


def test_a_policy_of_change_is_read_and_written_back_the_same(base: Path) -> None:
    inventory = read_inventory(POLICY, base=base)
    change = inventory.clusters[0].change
    assert (change.restart_seconds, change.client_node, change.quorum_fence) == (0.0, "two", False)
    assert change.fence_command == FenceCommand(node="two", command="off", state_command="state")
    assert change.hooks == (
        Hook(
            name="pool", moment="after-promotion", node="two", command='echo "$LEDGER_NEW"\ntrue', proof="true",
            may_repeat=True,
        ),
    )  # fmt: skip
    assert read_inventory(write_inventory(inventory), base=base) == inventory


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('client_node = "two"', 'client_node = "three"', "change, client_node: there is no node 'three'"),
        ('node = "two"\ncommand = "off"', 'command = "off"', "change, fence_command: it has no node"),
        ('state_command = "state"\n', "", "change, fence_command: it has no state_command"),
        ('moment = "after-promotion"', 'moment = "later"', "hook pool, moment: 'later' is no moment"),
        ('proof = "true"', 'proof = " "', "hook pool, proof: it is empty"),
        ('proof = "true"', 'proof = "a\\u0007"', "hook pool, proof: it has characters that can't be shown"),
        ('proof = "true"', 'proof = "x"\nseconds_max = 6000', "hook pool, seconds_max: 6000 is out of its range"),
        ('user=app"', 'user=app password=x"', "change, client_conninfo: it holds a password"),
        ("host=a,b passfile=/etc/pass user=app", "postgresql://app:x@a/b", "it holds a password"),
        ("host=a,b passfile=/etc/pass user=app", "postgresql://a/b?password=x", "it holds a password"),
        ("restart_seconds = 0", "restart_second = 0", "did you mean restart_seconds?"),
        ("restart_seconds = 0", "restart_seconds = -1", "-1 is out of its range"),
        ("restart_seconds = 0", 'hooks = "x"\nhooks2 = 1', "hooks2"),
    ],
)
def test_a_policy_that_can_not_be_is_named_where_it_stands(old: str, new: str, told: str, base: Path) -> None:
    assert old in POLICY
    text = POLICY.replace(old, new, 1)
    if new.startswith("hooks"):
        text = text.replace("[[cluster.change.hooks]]", "[[cluster.hooks]]")
    assert any(told in mistake for mistake in mistakes(text, base)), mistakes(text, base)


def test_the_way_in_may_name_a_user_and_a_password_file(base: Path) -> None:
    text = POLICY.replace("host=a,b passfile=/etc/pass user=app", "postgresql://app@a:5432,b/ledger?passfile=/etc/pass")
    assert read_inventory(text, base=base).clusters[0].change.client_conninfo.startswith("postgresql://app@a")
