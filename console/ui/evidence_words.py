"""The words for evidence packs: what one holds, what it lacks, and what is wrong with one; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.evidence import Lack, PackSigner
from console.domain.text import shown
from console.ui.speech import counted, translate

_Text = Callable[[], str]

EVIDENCE_REFUSED: Final[dict[str, _Text]] = {
    "no-run-or-drill": lambda: translate("evidence", "there is no run and no drill {subject}, or more than one"),
    "evidence-not-ended": lambda: translate("evidence", "{subject} has not ended: its evidence is written after it"),
}
_WHY: Final[dict[str, _Text]] = {
    "record-gone": lambda: translate("evidence", "its record is gone"),
    "never-made": lambda: translate("evidence", "it was never made"),
    "not-of-this-kind": lambda: translate("evidence", "there is none for what this is"),
    "unreadable": lambda: translate("evidence", "it can't be read"),
    "over-limit": lambda: translate("evidence", "it is over the limit of a pack"),
    "secrets-masked": lambda: translate("evidence", "secrets in it are masked"),
    "digest-differs": lambda: translate("evidence", "the record does not fit its own digest"),
    "key-not-listed-now": lambda: translate("evidence", "the list of approvers no longer names the key"),
    "key-revoked-since": lambda: translate("evidence", "the key was revoked since"),
    "does-not-verify": lambda: translate("evidence", "the signature does not fit"),
    "not-verified": lambda: translate("evidence", "the signature could not be verified"),
    "not-trusted": lambda: translate("evidence", "they are not trusted"),
    "of-another": lambda: translate("evidence", "what lies there is that of another"),
}
_FAULTS: Final[dict[str, _Text]] = {
    "changed": lambda: translate("evidence", "{file} was changed"),
    "missing": lambda: translate("evidence", "{file} is missing"),
    "added": lambda: translate("evidence", "{file} was added"),
    "not-a-pack": lambda: translate("evidence", "{file} is no evidence pack as the console writes it"),
    "not-signed": lambda: translate("evidence", "the signature {file} is missing, and the pack says that it is signed"),
    "wrong-signature": lambda: translate("evidence", "the signature {file} does not hold"),
    "other-digest": lambda: translate("evidence", "{file} is another than the one whose digest you gave"),
    "unreadable": lambda: translate("evidence", "{file} can't be read"),
    "broken-chain": lambda: translate("evidence", "{file} is no unchanged piece of an audit log"),
}


def lack_sentence(lack: Lack) -> str:
    """What a pack does not hold, and why."""
    why = _WHY.get(lack.why)
    said = f"{shown(lack.what)}: {shown(lack.why) if why is None else why()}"
    return f"{said} ({shown(lack.detail)})" if lack.detail else said


def fault_sentence(what: str, file: str, detail: str) -> str:
    """What is wrong with a pack."""
    known = _FAULTS.get(what)
    said = f"{shown(file)}: {shown(what)}" if known is None else known().format(file=shown(file))
    return f"{said} ({shown(detail)})" if detail else said


def written_sentence(path: str, files: int, lacks: int) -> str:
    """Where a pack lies, and how much it lacks."""
    one, many = translate("evidence", "1 file is in {path}"), translate("evidence", "{n} files are in {path}")
    held = counted(files, one, many)
    if not lacks:
        return translate("evidence", "{held}; nothing is missing").format(held=held.format(path=path))
    one, many = translate("evidence", "1 thing is missing"), translate("evidence", "{n} things are missing")
    missing = counted(lacks, one, many)
    return translate("evidence", "{held}; {missing}").format(held=held.format(path=path), missing=missing)


def signer_sentence(signer: PackSigner | None) -> str:
    """Who signed a pack; or that nobody did, and what that means."""
    if signer is None:
        return translate("evidence", "It is not signed: only its digest shows that nobody made it anew")
    said = translate("evidence", "{person} signed it with the key {fingerprint}")
    if not signer.listed:
        said = translate("evidence", "{person} signed it with the key {fingerprint}, which no approver's line names")
    return said.format(person=shown(signer.person), fingerprint=signer.fingerprint)


def whole_sentence(files: int, signed_by: str, fingerprint: str, *, trusted: bool) -> str:
    """That a pack is whole, and on whose word."""
    said = counted(files, translate("evidence", "1 file, whole"), translate("evidence", "{n} files, whole"))
    if not signed_by:
        return translate("evidence", "{files}; not signed, so compare the digest with the one that was noted").format(
            files=said
        )
    how = translate("evidence", "{files}; signed by {person}, whose key is among those you trust")
    if not trusted:
        how = translate("evidence", "{files}; signed by {person}: compare the key {fingerprint} with one you know")
    return how.format(files=said, person=shown(signed_by), fingerprint=fingerprint)
