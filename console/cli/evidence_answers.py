"""The answers of `evidence` as values: fields are added and never renamed."""

from dataclasses import dataclass

from console.domain.evidence import Fields, Lack, PackSigner
from console.governance.evidence_check import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAnswer:
    """The answer of `evidence`: what it was `done` with ('written' or 'verified'), where the pack lies, its digest.

    `digest`: SHA-256 of SHA256SUMS. Written: `audit_number` is the entry that holds it, `signer` signed it. Verified:
    `whole` says whether all holds, else `faults` say what does not; `signed_by` only where the signature holds, and
    `trusted` only where it was verified with keys of the verifier's own.
    """

    done: str
    path: str
    digest: str
    files: int
    archive: str = ""
    kind: str = ""
    id: str = ""
    missing: tuple[Lack, ...] = ()
    signer: PackSigner | None = None
    audit_number: int | None = None
    whole: bool | None = None
    faults: tuple[Fault, ...] = ()
    signed_by: str = ""
    fingerprint: str = ""
    trusted: bool = False
    fields: Fields | None = None
    sentences: tuple[str, ...] = ()
