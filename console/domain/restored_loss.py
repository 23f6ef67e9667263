"""What a restore of the whole cluster takes away, counted when its copy stands and before anybody accepts it."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.plan import Loss, LossBasis, Proof
from console.domain.wal import Lsn

REASON = "restored-to-target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What goes away with the acceptance. `loss` None: nothing is known of what was restored, and so nothing counted.

    `wal_missing_bytes`: of a restore to the latest, what the old primary had written at the least when it was stopped,
    and the copy has not; None: it has all of it, or it can't be compared.
    """

    loss: Loss | None
    wal_missing_bytes: int | None

    @property
    def words(self) -> str:
        """'12 entries', '12 entries or more', 'not known', with '; 4096 bytes of WAL missing' where some is."""
        loss = self.loss
        if loss is None or loss.entries_low is None:
            said = "not known"
        else:
            said = f"{loss.entries_low} entries" + ("" if loss.basis is LossBasis.EXACT else " or more")
        return said if self.wal_missing_bytes is None else f"{said}; {self.wal_missing_bytes} bytes of WAL missing"


def taken(proof: Proof, known: Mapping[str, str]) -> Taken:
    """Count by what the run found out. `proof` says what a comparison may rest on.

    Its args: 'counted' ('yes': the copy lies on the line of the old primary), 'head' (the last number that was seen
    when the plan was made, or empty), 'latest' ('yes': all that the old primary had written is wanted).
    """
    return Taken(loss=_loss(proof, known), wal_missing_bytes=_missing(proof, known))


def _loss(proof: Proof, known: Mapping[str, str]) -> Loss | None:
    restored = _number(known.get("restored_number"))
    if restored is None:
        return None
    seen = _number(known.get("seen_number"))
    numbers = (seen, _number(known.get("old_number")), _number(proof.arg("head")))
    old = max((one for one in numbers if one is not None), default=None)
    if old is None or proof.arg("counted") != "yes":
        return Loss(candidate=proof.node, basis=LossBasis.UNKNOWN, entries_low=None, entries_high=None,
                    head_number=restored, reference_number=old, reason=REASON)  # fmt: skip
    # A standby that had replayed the primary's last word had all of its entries; else it may have booked more unseen.
    ended, at = _position(known.get("old_shutdown")), _position(known.get("seen_position"))
    exact = seen is not None and ended is not None and at is not None and at > ended
    low = max(0, old - restored)
    return Loss(
        candidate=proof.node, basis=LossBasis.EXACT if exact else LossBasis.INTERVAL, entries_low=low,
        entries_high=low if exact else None, head_number=restored, reference_number=old, reason=REASON,
    )  # fmt: skip


def _missing(proof: Proof, known: Mapping[str, str]) -> int | None:
    ended, restored = _position(known.get("old_shutdown")), _position(known.get("restored_position"))
    if proof.arg("latest") != "yes" or ended is None or restored is None or restored > ended:
        return None
    return ended.position - restored.position


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _position(text: str | None) -> Lsn | None:
    try:
        return Lsn.parse(text) if text else None
    except ValueError:
        return None
