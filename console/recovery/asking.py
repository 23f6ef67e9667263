"""How much has to be asked of which node to judge a claim."""

from typing import Final

from console.domain.plan import Claim, Proof
from console.domain.proofs import names_in
from console.postgres.change_facts import Depth

_VITAL: Final = frozenset(
    {
        Claim.CAUGHT_UP, Claim.PROMOTED, Claim.FOLLOWS, Claim.RUNNING_PRIMARY, Claim.RUNNING_STANDBY,
        Claim.COMMIT_CONFIRMED, Claim.RESCUE_REPLAYED,
    }
)  # fmt: skip


# What is judged without a look at a node, or by looks of its own.
NO_LOOK: Final = frozenset(
    {
        Claim.LOCK_HELD, Claim.LOCK_FREE, Claim.LOSS_WITHIN, Claim.BOOKS_WHOLE, Claim.HOOK_DONE, Claim.ATTESTED,
        Claim.SCRIPT_HOLDS, Claim.RESCUE_CARRIED, Claim.PATRONI_SAYS, Claim.WAL_KEPT, Claim.RESCUE_LISTED,
        Claim.ARCHIVE_WHOLE,
    }
)  # fmt: skip


def loss_names(proof: Proof) -> tuple[str, ...]:
    """Whose facts say what would be lost."""
    others = (*names_in(proof.arg("answering")), *names_in(proof.arg("old")))
    return tuple(dict.fromkeys((proof.node, *others)))


def depth_of(proof: Proof) -> Depth:
    """How much has to be asked to judge a claim."""
    return Depth.VITAL if proof.claim in _VITAL else Depth.STATE
