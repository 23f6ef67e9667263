"""The hands of a rehearsal: they look, read each script through without running it, and promise nothing."""

import shlex
from collections.abc import Mapping
from typing import Final

from console.domain.plan import Act, Claim, Proof
from console.domain.proofs import Held
from console.recovery.hands import Hands
from console.recovery.runner import Done

READ_SECONDS_MAX: Final = 15.0
# What can be asked before anything was done: whether the nodes are who they were, and, where that is a condition of the
# plan, what they were.
_ASKED: Final = frozenset({Claim.SAME_IDENTITY, Claim.NODE_ANSWERS})
_BY_THE_RUN_ALONE: Final = frozenset(
    {
        Claim.LOCK_HELD, Claim.HOOK_DONE, Claim.SCRIPT_HOLDS, Claim.BOOKS_WHOLE, Claim.ATTESTED, Claim.RESCUE_CARRIED,
    }
)  # fmt: skip
_ASKED_STANDING: Final = frozenset({Claim.PATRONI_SAYS, Claim.RUNNING_PRIMARY, Claim.RUNNING_STANDBY})


class RehearsalHands:
    """The same loop with hands that only look."""

    def __init__(self, real: Hands) -> None:
        self._real = real

    def ticks(self) -> float:
        return self._real.ticks()

    def pause(self, seconds: float) -> None:
        self._real.pause(seconds)

    def holds(self, proof: Proof, known: Mapping[str, str], *, anew: bool, after: bool = False) -> Held:
        """What is asked now; a proof that only the run can bring is told as it stands, and does not stop."""
        standing = proof.arg("standing") == "yes"
        if proof.claim in _ASKED or (standing and proof.claim in _ASKED_STANDING):
            return self._real.holds(proof, known, anew=anew)
        if not after:
            # Before its act: 'not yet so' lets the loop go on to the act, which reads its script through.
            return Held(holds=standing or proof.claim is Claim.LOCK_HELD, observed="not asked in a rehearsal")
        if proof.claim in _BY_THE_RUN_ALONE:
            return Held(holds=True, observed="not asked in a rehearsal")
        now = self._real.holds(proof, known, anew=anew)
        return Held(holds=True, observed=f"now: {now.observed}; to come: {now.wanted}")

    def see(self, coming: tuple[Proof, ...]) -> None:
        """Nothing is looked at that is not asked."""

    def act(
        self, acts: tuple[Act, ...], known: Mapping[str, str], *, proofs: tuple[Proof, ...] = (),  # noqa: ARG002
        coming: tuple[Proof, ...] = (),  # noqa: ARG002 - Hands' form
    ) -> tuple[Done, ...]:  # fmt: skip
        """Each script read through by its own host's shell, which runs none of it."""
        return tuple(self._read(act) for act in acts)

    def _read(self, act: Act) -> Done:
        if not act.script:
            return Done(fine=True, status=0, said="nothing is sent to a host")
        return self._real.read_through(act.node, f"sh -n -c {shlex.quote(act.script)}", READ_SECONDS_MAX)
