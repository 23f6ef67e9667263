"""Secrets are taken out of texts by the shapes they have; what is no secret stays readable."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.masking import MASK, masked, masked_value
from console.domain.run import Entry
from tests.governance.a_run import AT

SECRET = "hunter2x"


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        (f"primary_conninfo = 'host=a port=5432 password={SECRET} user=x application_name=lab-2'", "user=x"),
        (f"alter system set primary_conninfo = 'host=a password=''hun {SECRET}'' user=x'", "user=x'"),
        (f"host=a password='hun\\'{SECRET}' user=x", "user=x"),
        (f"password = {SECRET} host=a", "host=a"),
        (f"sslpassword={SECRET} host=a", "host=a"),
        (f"PGPASSWORD={SECRET} psql -c 'select 1'", "psql -c 'select 1'"),
        (f"export PGPASSWORD=\"{SECRET}\"; psql", "psql"),
        (f"password='{SECRET} cut off in the middle", "password="),
        (f"postgresql://u:{SECRET}@h:5432/db", "@h:5432/db"),
        (f"postgresql://u:hun@{SECRET}@h/db", "@h/db"),
        (f"postgresql://h/db?user=u&password={SECRET}&x=1", "user=u"),
        (f"lab-1:5432:*:repl:{SECRET}", "lab-1:5432:*:repl:"),
        (f"*:*:*:postgres:{SECRET}", "*:*:*:postgres:"),
        (f"printf '%s\\n' '127.0.0.1:5432:*:repl:{SECRET}' > pgpass", "> pgpass"),
        (f"10.0.0.1:5432:ledger:re\\:pl:hun\\:{SECRET}", "10.0.0.1:5432:ledger"),
        (f"create role x login password '{SECRET}' createdb", "createdb"),
        (f"  password: {SECRET}", "password:"),
        (f'{{"password": "{SECRET}", "x": 1}}', '"x": 1'),
        (f'{{\\"password\\": \\"{SECRET}\\", \\"x\\": 1}}', "x"),
        (f"curl -u admin:{SECRET} http://patroni:8008", "http://patroni:8008"),
        (f"etcdctl --password {SECRET} get x", "get x"),
        (f"AWS_SECRET_ACCESS_KEY={SECRET} aws", "aws"),
        (f"Authorization: Basic {SECRET}", "Authorization"),
        (f"rolpassword SCRAM-SHA-256$4096:{SECRET}$a:b", "rolpassword"),
        (f"-----BEGIN OPENSSH PRIVATE KEY-----\n{SECRET}\n-----END OPENSSH PRIVATE KEY-----\nafter", "after"),
        (f"-----BEGIN PRIVATE KEY-----\n{SECRET}", "private key"),
    ],
)
def test_a_secret_of_a_known_shape_is_gone_and_the_rest_stays(text: str, stays: str) -> None:
    said = masked(text)
    assert SECRET not in said
    assert MASK in said
    assert stays in said


@pytest.mark.parametrize(
    "text",
    [
        "FATAL:  password authentication failed for user \"x\"", "password_encryption = scram-sha-256",
        "passfile=/var/lib/postgresql/.pgpass host=a", "at 12:34:56, 16/B374D848", "select passwd from pg_shadow",
        "the password was refused: see the log", "lock_term 5 of engine", "pg_ctl promote -D /var/lib/data",
    ],
)  # fmt: skip
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    assert masked(text) == text


def test_a_known_secret_is_masked_wherever_it_stands() -> None:
    assert masked(f"it was {SECRET}, said the server", known=(SECRET,)) == f"it was {MASK}, said the server"
    assert masked("a no is a no", known=("no",)) == "a no is a no"


def test_values_are_masked_however_deep_and_pairs_by_their_name() -> None:
    entry = Entry(run="r", number=1, at=AT, step="s", word="outcome",
                  detail=(("said", f"password={SECRET}"), ("repl_password", SECRET), ("status", "0")))  # fmt: skip
    said = masked_value((entry, [entry], {"x": f"PGPASSWORD={SECRET}"}))
    assert SECRET not in repr(said)
    assert said[0].detail[2] == ("status", "0")
    assert said[0].at == AT


@pytest.mark.parametrize(
    "text", ["a." * 50_000, "password='" * 10_000, "x:5432:" * 15_000, "-u a" * 20_000, "''" * 50_000, "://" * 30_000]
)
def test_a_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    began = time.perf_counter()
    masked(text)
    assert time.perf_counter() - began < 2.0


SHAPES = (
    "host=a password={} user=x", "host=a password='{}' user=x", "'host=a password=''{}'' user=x'", "PGPASSWORD={} psql",
    "PGPASSWORD=''{} psql", "postgresql://u:{}@h/db", "--password {} x", '"password": "{}", "x": 1', "password: {}",
    "lab-1:5432:*:repl:{}", "create role x password '{}'", "password='{}", 'PGPASSWORD="{}',
)  # fmt: skip
SECRETS = st.text(alphabet="abcXYZ019!#%^_~+.$&;,{}()[]@:=", min_size=6, max_size=30)


@given(st.sampled_from(SHAPES), SECRETS, st.sampled_from(("", "x ", "it said: ", "\n", "a; ")))
def test_no_secret_survives_in_any_shape_whatever_it_is_made_of(shape: str, secret: str, before: str) -> None:
    assert secret not in masked(f"{before}{shape.replace('{}', secret, 1)} and more")


@given(st.text(max_size=200))
def test_any_text_can_be_masked(text: str) -> None:
    assert len(masked(text)) <= 5 * len(text) + 20
