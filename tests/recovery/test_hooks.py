"""The operator's hooks as steps: real scripts by real shells, with limits, names and proofs."""

import os
import re
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.cluster import ChangePolicy, FenceCommand, Hook
from console.domain.plan import Claim, Phase, Verb
from console.recovery.hooks import HUNG, fence_script, fence_state_script, hook_script, hook_steps, proof_script

HOOK = Hook(name="pool", moment="after-promotion", node="lab-vault", command="true", proof="true", seconds_max=20.0)
SHELLS = [name for name in ("dash", "bash") if shutil.which(name)]


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["timeout", "watchdog", "bare"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A PATH with the usual programs: with `timeout`, without it, and without `setsid` as well."""
    if request.param == "timeout":
        return "/usr/bin:/bin"
    programs = tmp_path / "programs"
    programs.mkdir()
    wanted = ["sh", "mktemp", "rm", "sleep", "head", "sed", "cut", "cat", "echo", "env", "touch", "true", "false"]
    for name in [*wanted, *(["setsid"] if request.param == "watchdog" else [])]:
        found = shutil.which(name)
        assert found is not None
        (programs / name).symlink_to(found)
    return str(programs)


def run(script: str, shell: str, path: str = "/usr/bin:/bin") -> "subprocess.CompletedProcess[str]":
    found = shutil.which(shell)
    assert found is not None
    return subprocess.run(
        [found, "-c", script], capture_output=True, text=True, timeout=60, check=False, env={"PATH": path}
    )


def test_it_finds_both_names_and_its_status_is_the_commands(shell: str, path: str) -> None:
    hook = replace(HOOK, command='echo "$LEDGER_OLD to $LEDGER_NEW"; echo wrong >&2; exit 7')
    done = run(hook_script(hook, "lab-1", "lab-2"), shell, path)
    assert (done.returncode, done.stdout) == (7, "hook: lab-1 to lab-2\nhook: wrong\n")


def test_one_that_hangs_is_ended_at_its_limit_and_named(shell: str, path: str, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    hook = replace(HOOK, command=f"echo up; echo $$ >{mark}; sleep 300; true", seconds_max=1.0)
    began = time.monotonic()
    done = run(hook_script(hook, "lab-1", "lab-2"), shell, path)
    assert done.returncode == HUNG, done
    assert "hook pool went over its limit of 1 s and was ended" in done.stderr
    assert done.stdout == "hook: up\n"
    assert time.monotonic() - began < 10
    assert not Path(f"/proc/{int(mark.read_text())}").exists()


def test_one_that_does_not_listen_is_killed(shell: str, path: str) -> None:
    hook = replace(HOOK, command="trap '' TERM; while :; do sleep 1; done", seconds_max=1.0)
    done = run(hook_script(hook, "lab-1", "lab-2"), shell, path)
    assert done.returncode == HUNG, done


def test_a_service_that_it_starts_holds_nothing_up(shell: str, path: str, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    hook = replace(HOOK, command=f"sleep 300 & echo $! >{mark}; echo done")
    began = time.monotonic()
    try:
        done = run(hook_script(hook, "lab-1", "lab-2"), shell, path)
        assert (done.returncode, done.stdout) == (0, "hook: done\n")
        assert time.monotonic() - began < 5
        assert Path(f"/proc/{int(mark.read_text())}").exists(), "it goes on"
    finally:
        os.kill(int(mark.read_text()), 9)


def test_a_command_with_quotes_dollars_and_braces_runs_as_it_was_written(shell: str) -> None:
    command = "x='a b'; echo \"${x}\" '$x' `echo tick` \"it's\" ${x#a}; echo \\$\nprintf '%s\\n' \"second line\""
    hook = replace(HOOK, command=command, proof='test "${LEDGER_NEW}" = lab-2')
    script = hook_script(hook, "lab-1", "lab-2")
    assert "${" not in script, "that is the runner's own sign"
    done = run(script, shell)
    assert done.stdout == "hook: a b $x tick it's b\nhook: $\nhook: second line\n"
    assert "${" not in proof_script(hook, "lab-1", "lab-2")
    assert run(proof_script(hook, "lab-1", "lab-2"), shell).returncode == 0
    assert run(proof_script(hook, "lab-1", "lab-3"), shell).returncode == 1


def test_nothing_that_it_says_can_be_taken_for_a_fact(shell: str) -> None:
    done = run(hook_script(replace(HOOK, command="echo fact position 0/0"), "lab-1", "lab-2"), shell)
    assert not re.search(r"^fact", done.stdout, re.MULTILINE)


def test_a_fast_command_with_a_high_status_did_not_hang(shell: str, path: str) -> None:
    assert run(hook_script(replace(HOOK, command="exit 124"), "a", "b"), shell, path).returncode == 124


def test_no_file_of_it_is_left(shell: str, tmp_path: Path) -> None:
    script = f"TMPDIR={tmp_path}; export TMPDIR\n" + hook_script(replace(HOOK, command="echo x"), "a", "b")
    assert run(script, shell).stdout == "hook: x\n"
    assert list(tmp_path.iterdir()) == []


def test_the_steps_of_a_moment() -> None:
    before = replace(HOOK, name="drain", moment="before-fencing", required=False, may_repeat=True, seconds_max=5.0)
    policy = ChangePolicy(hooks=(HOOK, before, replace(HOOK, name="dns", node="lab-3")))
    after = hook_steps(policy, "after-promotion", old="lab-1", new="lab-2")
    assert [(step.key, step.kind, step.phase) for step in after] == [
        ("hook:pool", "hook", Phase.PROMOTE), ("hook:dns", "hook", Phase.PROMOTE),
    ]  # fmt: skip
    (step,) = hook_steps(policy, "before-fencing", old="lab-1", new="lab-2")
    assert (step.phase, step.once, step.required) == (Phase.PREPARE, False, False)
    assert (after[0].once, after[0].required) == (True, True)
    (act,) = step.acts
    assert (act.verb, act.node, act.arg("hook")) == (Verb.HOOK, "lab-vault", "drain")
    assert act.script == hook_script(before, "lab-1", "lab-2")
    (proof,) = step.proofs
    assert (proof.claim, proof.node) == (Claim.HOOK_DONE, "lab-vault")
    assert proof.arg("script") == proof_script(before, "lab-1", "lab-2")
    assert step.limit_seconds > before.seconds_max
    assert hook_steps(ChangePolicy(), "before-fencing", old="a", new="b") == ()


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="not a moment"):
        hook_steps(ChangePolicy(hooks=(HOOK,)), "later", old="a", new="b")
    with pytest.raises(ValueError, match="not a node's name"):
        hook_script(HOOK, "lab-1; rm", "lab-2")
    assert "LEDGER_OLD=''" in hook_script(HOOK, "", "lab-2")


@pytest.mark.parametrize(
    ("state", "proven"),
    [
        ("echo off", True), ("echo off since noon", True), ("echo $LEDGER_OLD is off", False), ("echo office", False),
        ("echo off; exit 1", False), ("true", False), ("exit 0", False), ("echo '  off'", True), ("echo '*'", False),
        ("echo on; echo off", False), ("no-such-program", False),
    ],
)  # fmt: skip
def test_a_fence_is_read_back_by_its_first_word(state: str, proven: bool, shell: str) -> None:
    fence = FenceCommand(node="lab-vault", command='echo "cut $LEDGER_OLD"', state_command=state)
    assert run(fence_script(fence, "lab-1", "lab-2"), shell).stdout == "hook: cut lab-1\n"
    assert (run(fence_state_script(fence, "lab-1", "lab-2"), shell).returncode == 0) is proven


def test_a_fencing_command_that_hangs_is_ended_and_named(shell: str) -> None:
    fence = FenceCommand(node="lab-vault", command="sleep 300", state_command="sleep 300", seconds_max=1.0)
    done = run(fence_script(fence, "lab-1", "lab-2"), shell)
    assert (done.returncode, "the fencing command went over its limit" in done.stderr) == (HUNG, True)
    assert run(fence_state_script(fence, "lab-1", "lab-2"), shell).returncode == HUNG
