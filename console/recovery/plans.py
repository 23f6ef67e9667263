"""Completes a plan: its inputs, the time it takes, its digest; the same for every operation."""

from dataclasses import replace

from console.domain.plan import STEPS_MAX, Candidate, Checked, Condition, Loss, Operation, Pairs, Plan, Step, digest_of
from console.recovery.world import World


def completed(
    world: World, operation: Operation, made: tuple[Step, ...], *, checks: tuple[Checked, ...],
    candidates: tuple[Candidate, ...] = (), conditions: tuple[Condition, ...] = (), subject: str = "", target: str = "",
    loss: Loss | None = None, loss_entries_max: int = 0, expected_gap_seconds: float | None = None, notes: Pairs = (),
) -> Plan:  # fmt: skip
    """The plan with its digest. ValueError where it would be longer than any plan may be."""
    if len(made) > STEPS_MAX:
        raise ValueError(f"a plan of {len(made)} steps, at most {STEPS_MAX}")
    plan = Plan(
        id=world.plan_id, operation=operation, cluster=world.spec.name, environment=world.spec.environment.value,
        made_at=world.now.utc, made_by=world.person, steps=made, inputs=world.inputs(), conditions=conditions,
        checks=checks, candidates=candidates, subject=subject, target=target, loss=loss,
        loss_entries_max=loss_entries_max, expected_gap_seconds=expected_gap_seconds, last_seen=world.last_seen,
        expected_seconds=sum(step.expected_seconds or 0.5 for step in made), notes=notes,
    )  # fmt: skip
    return replace(plan, digest=digest_of(plan))
