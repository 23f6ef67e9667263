"""Why a session is not there is read from psql's own words; commands carry no secret."""

import pytest

from console.domain.cluster import ClusterSpec, Environment, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.domain.reading import Refusal, SqlState
from console.postgres import probe

NODE = NodeSpec(
    name="a", kind=NodeKind.POSTGRES, ssh=SshTarget(host="a"), become="postgres",
    postgres=PostgresTarget(host="/run/it's here", user="watcher", password=True),
)  # fmt: skip
SPEC = ClusterSpec(name="c", environment=Environment.LAB, nodes=(NODE,), database="led ger")


NO_SERVER, SILENT, REFUSES = SqlState.NO_SERVER, SqlState.SILENT, SqlState.REFUSES


@pytest.mark.parametrize(
    ("said", "status", "state", "refusal"),
    [
        (b'psql: error: connection to server on socket "/x" failed: No such file or directory\n\tIs the server running',
         2, NO_SERVER, None),
        (b'psql: error: connection to server at "127.0.0.1", port 5432 failed: Connection refused', 2, NO_SERVER, None),
        (b'psql: error: connection to server at "127.0.0.9", port 5432 failed: timeout expired', 2, SILENT, None),
        (b"psql: error: connection failed: FATAL:  the database system is starting up", 2, REFUSES, Refusal.STARTING),
        (b"failed: FATAL:  the database system is not yet accepting connections\nDETAIL:  Not consistent.",
         2, REFUSES, Refusal.STARTING),
        (b"failed: FATAL:  the database system is shutting down", 2, REFUSES, Refusal.SHUTTING_DOWN),
        (b"failed: FATAL:  sorry, too many clients already", 2, REFUSES, Refusal.TOO_MANY_CONNECTIONS),
        (b"failed: FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute", 2,
         REFUSES, Refusal.TOO_MANY_CONNECTIONS),
        (b'failed: FATAL:  role "x" does not exist', 2, REFUSES, Refusal.NO_ROLE),
        (b'failed: FATAL:  database "x" does not exist', 2, REFUSES, Refusal.NO_DATABASE),
        (b'failed: FATAL:  no pg_hba.conf entry for host "127.0.0.9"', 2, REFUSES, Refusal.HBA),
        (b'failed: FATAL:  Peer authentication failed for user "x"', 2, REFUSES, Refusal.HBA),
        (b'failed: FATAL:  password authentication failed for user "x"', 2, REFUSES, Refusal.PASSWORD),
        (b"failed: fe_sendauth: no password supplied", 2, REFUSES, Refusal.PASSWORD),
        (b"connection failed: FATAL:  das Datenbanksystem weist ab", 2, REFUSES, Refusal.OTHER),
        (b"sudo: a password is required", 1, SqlState.SUDO_REFUSED, None),
        (b"sh: 1: /usr/bin/psql: not found", 127, SqlState.NO_PROGRAM, None),
        (b"", -1, NO_SERVER, None),
    ],
)  # fmt: skip
def test_psqls_words_are_understood(said: bytes, status: int, state: SqlState, refusal: Refusal | None) -> None:
    found = probe.failure_of(said, status)
    assert (found.state, found.refusal) == (state, refusal)


def test_a_password_stands_in_no_argument_and_no_repr() -> None:
    command = probe.psql_command(SPEC, NODE, probe.Session.VITAL, program="/bin/psql", marker="m", password="s3cret")
    assert "s3cret" not in command.line()
    assert "s3cret" not in repr(command)
    assert command.secrets == ("s3cret",)
    assert " -W " in command.line()


def test_sudo_is_given_one_program_and_no_line_of_shell() -> None:
    command = probe.psql_command(SPEC, NODE, probe.Session.BOOKS, program="/usr/lib/psql", marker="m", password=None)
    words = command.line().split()
    assert words[: words.index("/usr/lib/psql") + 1] == [
        "env", "LC_ALL=C", "sudo", "-n", "-u", "postgres", "--", "/usr/lib/psql",
    ]  # fmt: skip


def test_names_with_quotes_and_spaces_reach_the_server_as_they_are() -> None:
    command = probe.psql_command(SPEC, NODE, probe.Session.VITAL, program="psql", marker="m", password=None)
    conninfo = command.argv[command.argv.index("-d") + 1]
    assert r"host='/run/it\'s here'" in conninfo
    assert "dbname='led ger'" in conninfo


def test_the_heartbeat_session_never_waits_for_a_standby() -> None:
    command = probe.psql_command(SPEC, NODE, probe.Session.BEAT, program="psql", marker="m", password=None)
    assert "synchronous_commit=local" in " ".join(command.argv)
    for session in (probe.Session.VITAL, probe.Session.BOOKS):
        asked = probe.psql_command(SPEC, NODE, session, program="psql", marker="m", password=None)
        assert "default_transaction_read_only=on" in " ".join(asked.argv)


@pytest.mark.parametrize(
    ("sqlstate", "state"),
    [("55P03", SqlState.BLOCKED), ("57014", SqlState.BLOCKED), ("42501", SqlState.NO_RIGHTS),
     ("57P01", REFUSES), ("42P01", SqlState.UNREADABLE)],
)  # fmt: skip
def test_a_failed_statement_in_a_living_session_is_told_apart(sqlstate: str, state: SqlState) -> None:
    answer = probe.Answer(lines=(), sqlstate=sqlstate, message="m")
    assert not answer.fine
    assert probe.failure_of_statement(answer).state is state
