"""A plan as a shell script: valid, silent until a step is named, and no text in it becomes a command by itself."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.plan import Act, Verb
from console.governance.script import plan_script
from tests.governance.a_run import a_plan

SECONDS_MAX = 20.0
HOSTILE = "x\n'; touch hurt; $(touch hurt) `touch hurt` # \x1b[31m\u202e EOF"


def run(script: str, place: Path, *words: str, ssh: str = "") -> "subprocess.CompletedProcess[str]":
    """The script in a directory of its own; `ssh` is a program that stands in for the way to the hosts."""
    file = place / "plan.sh"
    file.write_text(script)
    environment = {"PATH": "/usr/bin:/bin", "LEDGER_SSH": ssh or "false"}
    return subprocess.run(["/bin/sh", str(file), *words], cwd=place, env=environment, capture_output=True, text=True,
                          timeout=SECONDS_MAX, check=False)  # fmt: skip


@pytest.fixture
def here(tmp_path: Path) -> str:
    """Runs what it is sent by a shell of this machine, and writes down for which host it was meant."""
    program = tmp_path / "ssh-here"
    program.write_text('#!/bin/sh\necho "$2" >> hosts\nshift 2\nexec "$@"\n')
    program.chmod(0o755)
    return str(program)


def test_each_step_stands_with_its_sentence_host_limit_and_proof() -> None:
    script = plan_script(a_plan())
    for said in (
        "# Failover of ledger-us from nyc-1 to chi-1, production", "LEFT OUT", f"# SHA-256 {a_plan().digest}",
        "# Step 2 of 8: Fence nyc-1 on its host", "# Limit: 1 min 0 s.", "on nyc-1 <<'LEDGER_", "touch standby.signal",
        "# Proof: nyc-1 is fenced: signal file there", '"undo 2")', "rm standby.signal", "POINT OF NO RETURN",
        "It may fail, and the plan goes on.", "# Proof: chi-1 accepts writes on a new timeline (timeline 7).",
        "Check, warn: disk on chi-1", "87 to 122 entries lost", "# Has to hold throughout: the lock is held",
        "Never run it a second time without having looked.",
    ):  # fmt: skip
        assert said in script, said
    assert all(len(line) < 200 for line in script.splitlines())


def test_by_itself_it_lists_the_steps_and_touches_nothing(tmp_path: Path) -> None:
    done = run(plan_script(a_plan()), tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 8
    assert "Fence nyc-1" in lines[1]
    assert "point of no return" in lines[3]
    assert {one.name for one in tmp_path.iterdir()} == {"plan.sh"}


def test_a_step_that_is_named_is_sent_to_its_host_and_its_facts_go_into_later_ones(tmp_path: Path, here: str) -> None:
    told = "echo 'fact port 5433'\necho 'fact bad $(touch hurt)'\necho said"
    first = Act(verb=Verb.CHECKPOINT, node="nyc-1", script=told)
    second = Act(verb=Verb.FOLLOW, node="nyc-2", script='{ :; }; echo "port=${port} ${bad} ${HOME}" > told')
    plan = a_plan()
    steps = (replace(plan.steps[1], acts=(first,)), replace(plan.steps[4], acts=(second, second)))
    script = plan_script(a_plan(steps=steps))
    done = run(script, tmp_path, "1", ssh=here)
    assert done.returncode == 0, done.stderr
    assert "said" in done.stdout
    assert not (tmp_path / "told").exists()
    done = run(script, tmp_path, "2", ssh=here)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "told").read_text().split() == ["port=5433"], "a fact with shell characters is taken for none"
    assert (tmp_path / "hosts").read_text().split() == ["nyc-1", "nyc-2", "nyc-2"]
    assert not (tmp_path / "hurt").exists()


def test_a_command_that_fails_ends_the_step_and_says_so(tmp_path: Path, here: str) -> None:
    plan = a_plan()
    acts = (Act(verb=Verb.STOP, node="a", script="exit 7"), Act(verb=Verb.START, node="b", script="touch later"))
    done = run(plan_script(a_plan(steps=(replace(plan.steps[1], acts=acts),))), tmp_path, "1", ssh=here)
    assert done.returncode == 1
    assert "exit 7" in done.stderr
    assert not (tmp_path / "later").exists()


def test_the_undoing_of_a_step_is_a_step_of_its_own(tmp_path: Path, here: str) -> None:
    plan = a_plan()
    steps = (replace(plan.steps[1], undo=(Act(verb=Verb.UNFENCE, node="nyc-1", script="touch undone"),)),)
    script = plan_script(a_plan(steps=steps))
    assert run(script, tmp_path, "undo", "1", ssh=here).returncode == 0
    assert (tmp_path / "undone").exists()
    unknown = run(script, tmp_path, "undo", "9", ssh=here)
    assert unknown.returncode == 2
    assert "no such step: undo 9" in unknown.stderr


def test_a_step_without_a_command_says_what_to_look_at(tmp_path: Path) -> None:
    done = run(plan_script(a_plan()), tmp_path, "3")
    assert done.returncode == 0, done.stderr
    assert "look whether its proof holds" in done.stdout


def test_what_the_guard_would_have_made_and_what_the_console_carries_itself_is_said() -> None:
    plan = a_plan()
    keeps = Act(verb=Verb.CUT, node="nyc-2", script='L=/x\nprintf %s "$own" >"$L/own"')
    carry = Act(verb=Verb.RESCUE_CARRY, node="chi-1", args=(("source", "nyc-1"),), script="mkdir rescue")
    script = plan_script(a_plan(steps=(replace(plan.steps[1], acts=(keeps, carry)),)))
    assert script.count('mkdir -m 700 "$L"') == 1
    assert script.index('mkdir -m 700 "$L"') < script.index('printf %s "$own"')
    assert "BY HAND" in script
    assert "from pg_wal on nyc-1" in " ".join(script.replace("#", " ").split())


def test_hostile_words_of_a_plan_stay_comments_and_names(tmp_path: Path, here: str) -> None:
    plan = a_plan()
    mark = f"LEDGER_{a_plan().digest[:12].upper()}_1_1"
    sent = f"echo one > sent\n{mark}\necho two >> sent"
    step = replace(
        plan.steps[1], key=HOSTILE, acts=(Act(verb=Verb.FENCE, node=HOSTILE, args=(("a", HOSTILE),), script=sent),),
        proofs=tuple(replace(one, node=HOSTILE) for one in plan.steps[1].proofs),
    )  # fmt: skip
    hostile = replace(
        plan, cluster=HOSTILE, made_by=HOSTILE, subject=HOSTILE, target=HOSTILE, id=HOSTILE, steps=(step,),
        checks=tuple(replace(one, check=HOSTILE, node=HOSTILE) for one in plan.checks),
    )  # fmt: skip
    script = plan_script(hostile)
    assert "\x1b" not in script.replace(sent, "")
    for words in ((), ("1",)):
        run(script, tmp_path, *words, ssh=here)
        assert not (tmp_path / "hurt").exists()
    assert (tmp_path / "sent").read_text().split() == ["one", "two"], "a line like the mark does not end what is sent"
