"""The parts that need no server: framing, pauses, sudo's words, secrets."""

import itertools
import os
import random
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from console.ssh.backoff import FIRST_SECONDS, PAUSE_SECONDS_MAX, pause_seconds
from console.ssh.command import Command
from console.ssh.framing import AfterMark, CutLine, Gathered, LineSplitter, Tail
from console.ssh.secrets import Asker, SecretKind, Secrets, plain
from console.ssh.sudo import sudo_refusal, sudoers_line


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[begin:end] for begin, end in itertools.pairwise(edges)]


@given(some.lists(some.binary(max_size=40).map(lambda b: b.replace(b"\n", b""))), some.lists(some.integers(0, 10_000)))
def test_lines_come_whole_however_the_stream_is_cut(lines: list[bytes], cuts: list[int]) -> None:
    splitter = LineSplitter(15)
    heard = [line for piece in pieces(b"".join(line + b"\n" for line in lines), cuts) for line in splitter.feed(piece)]
    assert heard == [line[:15] for line in lines]
    assert [isinstance(line, CutLine) for line in heard] == [len(line) > 15 for line in lines]
    assert splitter.rest() == b""


@given(some.binary(), some.binary(), some.lists(some.integers(0, 10_000)))
def test_only_what_follows_the_mark_is_let_through(before: bytes, behind: bytes, cuts: list[int]) -> None:
    start = AfterMark("0123456789abcdef")
    stream = before + b"\n0123456789abcdef\n" + behind
    assert b"".join(start.feed(piece) for piece in pieces(stream, cuts)) + start.rest() == behind


@given(some.binary(max_size=300), some.lists(some.integers(0, 10_000)))
def test_output_without_a_mark_is_let_through_whole(data: bytes, cuts: list[int]) -> None:
    start = AfterMark("0123456789abcdef")
    assert b"".join(start.feed(piece) for piece in pieces(data, cuts)) + start.rest() == data


@given(some.binary(max_size=300), some.lists(some.integers(0, 10_000)), some.integers(1, 50))
def test_a_tail_and_a_head_keep_their_ends(data: bytes, cuts: list[int], limit: int) -> None:
    tail, head = Tail(limit), Gathered(limit)
    for piece in pieces(data, cuts):
        tail.add(piece)
        head.add(piece)
    assert bytes(tail) == data[-limit:]
    assert (bytes(head), head.discarded) == (data[:limit], max(0, len(data) - limit))


@given(some.integers(1, 10_000), some.integers())
def test_pauses_stay_within_their_bounds(attempt: int, seed: int) -> None:
    pause = pause_seconds(attempt, random.Random(seed))
    full = min(PAUSE_SECONDS_MAX, FIRST_SECONDS * 2.0 ** min(attempt - 1, 50))
    assert full / 2 <= pause <= full


def test_pauses_grow_and_spread() -> None:
    chance = random.Random(1)
    assert [max(pause_seconds(n, chance) for _ in range(200)) for n in (1, 4, 8, 30)] == pytest.approx(
        [0.2, 1.6, 25.6, 30.0], rel=0.03
    )
    assert len({round(pause_seconds(9, chance), 3) for _ in range(200)}) > 150


def test_sudo_is_asked_in_english_and_by_words_of_its_own() -> None:
    assert Command(argv=("psql", "-c", "select 'a b'"), become="postgres").line() == (
        """env LC_ALL=C sudo -n -u postgres -- psql -c 'select '"'"'a b'"'"''"""
    )
    assert Command(argv=("id",)).line() == "id"


@pytest.mark.parametrize("said", [
    b"sudo: a password is required\n", b"sudo: unknown user: postgres\n",
    b"Sorry, user app is not allowed to execute '/usr/bin/psql -X' as postgres on db1.\n",
    b"Sorry, user app may not run sudo on db1.\n",
    b"app is not in the sudoers file.  This incident will be reported.\n",
    b"bash: line 1: sudo: command not found\n", b"sh: 1: sudo: not found\n",
    b"env: 'sudo': No such file or directory\n",
    b"rc file noise\nsudo: a terminal is required to read the password\n",
    b"sudo: /usr/bin/psql: command not found\n",
])  # fmt: skip
def test_a_refusal_of_sudo_is_recognised(said: bytes) -> None:
    told = sudo_refusal(said)
    assert told is not None
    assert told in said.decode()


@pytest.mark.parametrize("said", [
    b"", b"psql: error: connection refused\n", b"FATAL:  password authentication failed\n", b"\xff\xfe",
    b"bash: line 1: psql: command not found\n",
])  # fmt: skip
def test_other_errors_are_no_refusal_of_sudo(said: bytes) -> None:
    assert sudo_refusal(said) is None


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to run sudo as an account without rights")
def test_the_real_sudo_is_recognised_when_it_refuses() -> None:
    assert shutil.which("sudo"), "sudo belongs to the test machine"
    line = Command(argv=("id",), become="daemon").line()
    refused = subprocess.run(
        ["sh", "-c", line], capture_output=True, user="nobody", group="nogroup", check=False, cwd="/"
    )
    assert refused.returncode != 0
    assert sudo_refusal(refused.stderr), refused.stderr


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for visudo")
@pytest.mark.parametrize("argv", [
    ("/usr/bin/psql", "-X", "-v", "VERBOSITY=terse", "-d", "host='/run/pg' options='-c a=b -c c=d, e:f'"), ("id",),
    ("/opt/a b/tool", "x*y", "[z]", "!", "#1", "back\\slash"),
])  # fmt: skip
def test_the_line_that_mends_it_is_one_that_sudo_reads(argv: tuple[str, ...]) -> None:
    line = sudoers_line("app", Command(argv=argv, become="postgres"))
    checked = subprocess.run(["visudo", "-cf", "-"], input=line + "\n", capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr + line


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for a sudoers file of its own")
@pytest.mark.parametrize("argv", [
    ("/usr/bin/printf", "<%s>", "host='/run/pg' options='-c a=b -c c=d, e:f'", "x*y", "[z]", "!", "#1"),
    ("/usr/bin/printf", "<%s>", "back\\slash", 'quo"te', "tab\tbed", "what?", "a;b", "$HOME", "ü", "*\\*"),
    ("printf", "<%s>", "a b"), ("/usr/bin/printf", "^<%s>", "x$"), ("/usr/bin/id",),
])  # fmt: skip
def test_with_that_line_the_real_sudo_runs_this_command_and_no_other(argv: tuple[str, ...], tmp_path: Path) -> None:
    """In a mount namespace of its own, so that the machine's sudoers stays as it is."""
    command = Command(argv=argv, become="daemon")
    sudoers = tmp_path / "sudoers"
    sudoers.write_text(sudoers_line("nobody", command) + "\n")
    sudoers.chmod(0o440)

    def run(line: str) -> "subprocess.CompletedProcess[str]":
        inner = f"mount --bind {shlex.quote(str(sudoers))} /etc/sudoers && exec setpriv --reuid nobody --regid nogroup "
        return subprocess.run(
            ["unshare", "-m", "sh", "-c", inner + f"--clear-groups sh -c {shlex.quote(line)}"],
            capture_output=True, text=True, check=False, cwd="/",
        )  # fmt: skip

    allowed = run(command.line())
    assert allowed.returncode == 0, allowed.stderr
    if argv[0].endswith("printf"):
        assert allowed.stdout == "".join(argv[1] % word for word in argv[2:])
    other = run(Command(argv=(*argv, "more"), become="daemon").line())
    assert other.returncode != 0
    assert sudo_refusal(other.stderr.encode()), other.stderr


class Failing:
    """A keyring that fails as desktops' keyrings do."""

    def __init__(self, failure: Exception) -> None:
        self.failure = failure
        self.asked = 0

    def get_password(self, *_: str) -> str | None:
        self.asked += 1
        raise self.failure


def test_secrets_are_kept_in_the_keyring_only_where_a_person_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backend import KeyringBackend

    class Memory(KeyringBackend):
        priority = 1.0

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.kept: dict[tuple[str, str], str] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[(service, username)] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.kept[(service, username)]

    memory = Memory()
    monkeypatch.setattr(keyring, "get_password", memory.get_password)
    monkeypatch.setattr(keyring, "set_password", memory.set_password)
    monkeypatch.setattr(keyring, "delete_password", memory.delete_password)
    secrets = Secrets()
    secrets.remember(SecretKind.PASSPHRASE, "/k", "one")
    assert memory.kept == {}
    secrets.remember(SecretKind.PASSPHRASE, "/k", "two", keep=True)
    assert memory.kept == {("ledger-console", "passphrase /k"): "two"}
    assert Secrets().get(SecretKind.PASSPHRASE, "/k") == "two"
    secrets.forget(SecretKind.PASSPHRASE, "/k")
    assert memory.kept == {}
    assert secrets.get(SecretKind.PASSPHRASE, "/k") is None


@pytest.mark.allows_warnings
def test_a_failing_keyring_is_as_none_and_is_told_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import keyring

    failing = Failing(RuntimeError("planted-in-an-error"))
    monkeypatch.setattr(keyring, "get_password", failing.get_password)
    secrets = Secrets()
    assert [secrets.get(SecretKind.PASSWORD, f"host{n}") for n in range(3)] == [None] * 3
    assert failing.asked == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "planted" not in caplog.text


def test_a_server_s_words_are_shown_without_tricks_and_cut() -> None:
    assert plain("Code\u202e\x1b[2J: \n\x00now") == "Code[2J: \nnow"
    assert len(plain("x" * 100_000)) == 2_000
    asked: list[str] = []

    def answer(question: object) -> str:
        asked.append(repr(question))
        return "planted-answer"

    secrets = Secrets(keyring=False)
    assert Asker(answer, secrets).secret(SecretKind.DATABASE, "db", title="t", text="\x1b[31mred") == "planted-answer"
    assert "\\x1b" not in asked[0]
    assert "planted" not in repr(secrets)
