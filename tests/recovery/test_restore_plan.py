"""What stands against a restore is said before anything begins; and what the plan does, in which order."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.backup import TimelineFork
from console.domain.plan import Claim, Operation, Outcome, Phase, Plan
from console.domain.restore import Goal, Target, TargetKind, Unfit
from console.domain.restoring import PlaceSeen, Restoring
from console.domain.run import Mode, RunState, RunView
from console.domain.wal import Lsn
from console.engine.closing import left_to_do
from console.postgres import layout_verbs, restore_verbs
from console.postgres.verbs import ServerAt
from console.recovery import restore, restore_steps
from tests.simulate.building import Setup, Yard, built
from tests.simulate.restoring import asked

Change = Callable[[Restoring], Restoring]


@pytest.fixture
def yard() -> Yard:
    return built(Setup(standbys=2))


def made(yard: Yard, change: Change = lambda it: it, *, new: str = "n1") -> Plan:
    return restore.make(replace(yard.world(), restore=change(asked(yard, new))))


def with_books(yard: Yard, change: Change = lambda it: it, *, new: str = "n1") -> Plan:
    """As `made`, of a cluster whose ledger is known."""
    world = yard.world()
    return restore.make(replace(world, spec=replace(world.spec, ledger="ledger"), restore=change(asked(yard, new))))


def refused(plan: Plan) -> set[str]:
    return {row.check for row in plan.checks if row.outcome is Outcome.REFUSE}


def place(change: Callable[[PlaceSeen], PlaceSeen], node: str = "n1") -> Change:
    return lambda it: replace(
        it, places=tuple(change(one) if one.node == node else one for one in it.places)
    )


def last(it: Restoring, **more: object) -> Restoring:
    return replace(it, chain=(replace(it.chain[0], **more),))  # type: ignore[arg-type]


def test_everything_is_stopped_before_anything_is_recovered_and_a_person_decides_before_anything_is_put_in_place(
    yard: Yard,
) -> None:
    plan = made(yard)
    assert not refused(plan) and plan.operation is Operation.RESTORE
    keys = [step.key for step in plan.steps]
    order = ["lock", "lay-out:n1", "stop:n1", "stop:n2", "stop:n3", "recover-to:n1", "accept", "install:n1",
             "swap-in:n1", "start:n1", "promote", "own-settings:n1"]  # fmt: skip
    assert [key for key in keys if key in order] == order
    assert keys.index("promote") < keys.index("copy:n2") < keys.index("mark:n1") < keys.index("drop-old:n2")
    assert plan.no_return_key == "promote" and keys[-2:] == ["drop-old:n3", "unlock"]
    # Everything up to the promotion that changes anything has its way back.
    for step in plan.steps[: keys.index("promote")]:
        if step.acts and step.key != "lock":
            assert step.undo, step.key
    assert {step.phase for step in plan.steps[: keys.index("stop:n1")]} == {Phase.PREPARE}
    # Nothing takes the data of a server away that may hold the only copy of what came after.
    assert not [act for step in plan.steps for act in step.acts if act.node == "n1" and act.arg("what") == "old"]


def test_the_gate_is_a_persons_word_and_waits_for_it_at_once(yard: Yard) -> None:
    step = made(yard).step("accept")
    assert step.limit_seconds == 0.0 and step.acts == ()
    [proof] = step.proofs
    assert (proof.claim, proof.arg("text")) == (Claim.ATTESTED, restore_steps.ACCEPTED)


def test_onto_a_standby_the_old_primary_is_stopped_first_and_rebuilt(yard: Yard) -> None:
    plan = made(yard, new="n2")
    assert not refused(plan)
    keys = [step.key for step in plan.steps]
    assert keys.index("stop:n1") < keys.index("stop:n2")
    assert "copy:n1" in keys and "install:n2" in keys
    assert (plan.subject, plan.target) == ("n1", "n2")
    # The old primary's data may hold the only copy of what was booked after the target.
    assert {"keep-old:n1", "keep-old:n2", "drop-old:n3"} <= set(keys)
    assert not {"drop-old:n1", "drop-old:n2", "keep-old:n3"} & set(keys)
    ended = RunView(id="r", plan=plan, mode=Mode.REAL, state=RunState.DONE, person="p", steps=())
    assert left_to_do(ended) == ("old-data:n2", "old-data:n1", "fresh-backup:n2")


@pytest.mark.parametrize(("kind", "stands"), [(TargetKind.BEFORE_ENTRY, 41), (TargetKind.AFTER_ENTRY, 42)])
def test_to_an_entry_it_has_to_stand_at_that_very_number(yard: Yard, kind: TargetKind, stands: int) -> None:
    plan = with_books(yard, lambda it: replace(it, target=Target(kind=kind, entry=42)))
    script = plan.step("recover-to:n1").acts[0].script
    wanted = f'[ "$n" = {stands} ] || {{ echo "its last entry is $n, and {stands} was wanted" >&2; exit 7; }}'
    # Before anything is written down from which the step would count as proven.
    assert 0 < script.index(wanted) < script.index('>"$S/reached"')
    assert "was wanted" not in with_books(yard).step("recover-to:n1").acts[0].script


def test_the_stops_tell_how_far_the_books_went(yard: Yard) -> None:
    plan = with_books(yard, new="n2")
    told = {step.key: step.acts[0].script for step in plan.steps if step.kind == "stop"}
    assert "fact old_number" in told["stop:n1"] and "fact old_shutdown" in told["stop:n1"]
    assert [key for key, script in told.items() if "fact seen_number" in script] == ["stop:n2"]
    assert plan.step("accept").proofs[0].arg("counted") == "yes"


def laid_out_by(tmp_path: Path, said: str) -> Path:
    """Where a real lay-out of this engine's script put what it said."""
    server = replace(at(), data_directory=f"{tmp_path}/data", bin_directory="/bin")
    there = layout_verbs.beside(server, "p", database="ledger")
    script = f"mkdir '{there.data}'; echo 'fact restore_command cp /x/%f %p'\n{said}"
    act = layout_verbs.lay_out(server, there, script, about=(("purpose", "restore"),), plan="p")
    ended = subprocess.run(["sh", "-c", act.script], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return Path(there.directory)


@pytest.mark.parametrize(("said", "kept"), [("echo 'fact wal_by_network yes'", "yes\n"), ("", "")])
def test_whether_its_wal_comes_over_a_network_is_kept_beside_it(tmp_path: Path, said: str, kept: str) -> None:
    assert (laid_out_by(tmp_path, said) / "network").read_text() == kept


def test_the_recovery_is_closed_by_what_the_lay_out_said(yard: Yard) -> None:
    script = made(yard).step("recover-to:n1").acts[0].script
    choice = script.index('if [ "$(cat "$S/network" 2>/dev/null)" = yes ]')
    by_network, alone = script[choice:].split("\nelse\n(", 1)
    assert by_network != alone and "unshare" in alone


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (place(lambda one: replace(one, repository="not-visible")), "repository"),
        (place(lambda one: replace(one, layout=("old-there",))), "way"),
        (place(lambda one: replace(one, layout=("mount-point",)), "n3"), "way"),
        (place(lambda one: replace(one, room="files")), "room"),
        (place(lambda one: replace(one, room="absent")), "room"),
        (place(lambda one: replace(one, free_bytes=1)), "space"),
        (place(lambda one: replace(one, version=170000)), "versions"),
        (lambda it: last(it, system_identifier="7"), "system-identifier"),
        (lambda it: last(it, system_identifier="7"), "foreign-data"),
        (lambda it: replace(it, chosen=None, unfit=Unfit(reason="wal-missing")), "restore-target"),
        (lambda it: replace(it, trouble="no-space"), "restore-order"),
        (lambda it: replace(it, script="echo ${timeline}\n"), "restore-order"),
        (lambda it: replace(it, node="nobody"), "candidate"),
        (lambda it: replace(it, places=it.places[1:]), "place"),
        (lambda it: replace(it, places=it.places[:2]), "stoppable"),
    ],
)
def test_what_stands_against_it_is_refused_by_its_check(yard: Yard, change: Change, check: str) -> None:
    assert check in refused(made(yard, change))


def test_a_node_that_does_not_answer_can_not_be_proven_stopped(yard: Yard) -> None:
    yard.cluster.nodes["n3"].silent_to.add("desk")
    yard.cluster.advance(2.0)
    assert "stoppable" in refused(made(yard))


def test_a_dead_primary_is_fenced_where_a_living_one_is_stopped(yard: Yard) -> None:
    yard.cluster.stop(yard.cluster.nodes["n1"])
    it = asked_of_standby(yard)
    plan = restore.make(replace(yard.world(), restore=it))
    assert not refused(plan), [row for row in plan.checks if row.outcome is Outcome.REFUSE]
    keys = {step.key for step in plan.steps}
    assert "fence:n1" in keys
    # Nobody saw who was the primary last: each of them may hold what no other has.
    assert {"keep-old:n1", "keep-old:n2", "keep-old:n3"} <= keys
    assert not [key for key in keys if key.startswith("drop-old")]


def asked_of_standby(yard: Yard) -> Restoring:
    """As `asked`, where no primary is left that could be asked."""
    yard.cluster.start(yard.cluster.nodes["n1"], ours=True)
    it = asked(yard, "n2")
    yard.cluster.stop(yard.cluster.nodes["n1"])
    return it


def test_a_timeline_whose_history_the_repository_lacks_would_get_a_number_twice(yard: Yard) -> None:
    yard.cluster.stop(yard.cluster.nodes["n1"])
    yard.cluster.advance(1.0)
    yard.cluster.promote(yard.cluster.nodes["n2"])
    lacking = made(yard, new="n2")
    assert "history" in refused(lacking)
    fork = TimelineFork(timeline=2, parent=1, position=Lsn(1))
    known = made(yard, lambda it: replace(it, held=replace(it.held, forks=(fork,))), new="n2")
    assert "history" not in refused(known)
    assert known.step("promote").proofs[0].arg("after") == "2"


def test_latest_has_to_read_the_last_file_that_is_held(yard: Yard) -> None:
    def latest(it: Restoring) -> Restoring:
        assert it.chosen is not None
        wanted = Target(kind=TargetKind.LATEST)
        return replace(it, target=wanted, chosen=replace(it.chosen, target=wanted, settings=(
            ("recovery_target_timeline", "1"),), wal_bytes=3 * 16 * 1024 * 1024))  # fmt: skip

    it = latest(asked(yard, "n1"))
    assert restore.last_file(it) == "000000010000000000000005"
    script = made(yard, latest).step("recover-to:n1").acts[0].script
    assert '"^000000010000000000000005 0$"' in script


def test_a_node_is_laid_out_from_the_repository_and_follows(yard: Yard) -> None:
    yard.cluster.stop(yard.cluster.nodes["n3"])

    def node(it: Restoring) -> Restoring:
        latest = Target(kind=TargetKind.LATEST)
        silent = tuple(replace(one, answers=False) for one in it.places)
        return replace(it, goal=Goal.NODE, node="n3", target=latest, places=silent)

    plan = made(yard, node)
    assert not refused(plan), [row for row in plan.checks if row.outcome is Outcome.REFUSE]
    keys = [step.key for step in plan.steps]
    assert next(key for key in keys if key.endswith("n3")) == "lay-out:n3"
    assert "copy:n3" not in keys and plan.loss is None and plan.no_return_key == "drop-old:n3"
    running = made(yard, lambda it: replace(node(it), places=it.places))
    assert "candidate" in refused(running)
    earlier = made(yard, lambda it: replace(node(it), target=it.target))
    assert "restore-target" in refused(earlier)


def at(node: str = "n1") -> ServerAt:
    return ServerAt(node=node, lock_key="k", bin_directory="/bin", data_directory="/srv/it's/data",
                    socket_directory="/tmp", port=5432, admin_user="postgres", address="10.0.0.1")  # fmt: skip


def test_the_copy_lies_beside_the_data_under_the_plans_own_name() -> None:
    there = layout_verbs.beside(at(), "20260101-101010-ABCDEF", database="ledger")
    assert there.directory == "/srv/it's/data.restore/sandbox-20260101-101010-abcdef"
    assert layout_verbs.beside(at(), "", database="ledger").id == "plan"


def test_the_target_stands_in_the_settings_once_and_the_empty_ones_before_it() -> None:
    there = layout_verbs.beside(at(), "p", database="ledger")
    settings = (("recovery_target_timeline", "3"), ("recovery_target_xid", "77"), ("recovery_target_inclusive", "off"))
    script = layout_verbs.install(at(), there, settings=settings, plan="p").script
    assert script.index("recovery_target_time = ") < script.index("recovery_target_xid = ")
    assert script.count("recovery_target_xid = ") == 1
    with pytest.raises(ValueError):
        layout_verbs.install(at(), there, settings=(("archive_command", "rm"),), plan="p")
    assert restore_verbs.recovery_arguments(settings)[-1] == "recovery_target_timeline=3"


def test_a_copys_name_is_one_word_and_comes_back_whole() -> None:
    there = layout_verbs.beside(at(), "p", database="ledger, \"it's\"=x")
    name = restore_steps.sandbox_name(there, 4)
    assert "," not in name and " " not in name
    assert restore_steps.sandbox_named(name) == (there, 4)
    assert restore_steps.sandbox_named("lab-1") is None
    assert restore_steps.sandbox_named("sandbox=a") is None


def test_the_scripts_are_shell(yard: Yard) -> None:
    """Every script is read through by the shell, as a rehearsal does it on the host."""
    for step in made(yard).steps:
        for act in (*step.acts, *step.undo):
            said = subprocess.run(["sh", "-n"], input=act.script, capture_output=True, text=True, check=False)
            assert said.returncode == 0, (step.key, said.stderr)
        for proof in step.proofs:
            said = subprocess.run(["sh", "-n"], input=proof.arg("script"), capture_output=True, text=True, check=False)
            assert said.returncode == 0, (step.key, said.stderr)
