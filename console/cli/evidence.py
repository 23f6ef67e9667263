"""`evidence`: writes what proves a run or drill, signed if a key is named; and verifies such a pack."""

import shutil
import sys
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from console.cli.evidence_answers import EvidenceAnswer
from console.cli.face import CommandFailed, Exit, Face, expect, failed
from console.domain.evidence import NAMESPACE
from console.domain.signers import KEY_CHARACTERS_MAX, read_public_key
from console.governance.evidence import SUMS, PackNotWritten, add_signature
from console.governance.evidence_check import PackCheck, Trust, verify_pack
from console.governance.ssh_keygen import KeygenTrouble, sign
from console.link.governing import AskEvidence, EvidenceWritten
from console.ui.evidence_words import fault_sentence, lack_sentence, signer_sentence, whole_sentence, written_sentence

WRITE_SECONDS_MAX: Final = 600.0  # the whole audit log is verified with it
VERIFY: Final = "verify"


def evidence(face: Face, options: Namespace) -> Exit:
    """Write a pack; or, after the word 'verify', verify one."""
    if options.subject == VERIFY:
        return _verify(face, options)
    if options.pack is not None:
        raise failed("usage", "one run or drill at a time", then="evidence RUN, or: evidence verify PACK",
                     code=Exit.USAGE)  # fmt: skip
    if options.digest or options.signers or options.revoked:
        raise failed("usage", "--digest, --signers and --revoked belong to verify", code=Exit.USAGE)
    key = None if options.key is None else Path(options.key).expanduser().absolute()
    question = AskEvidence(subject=options.subject, signer="" if key is None else _public(key))
    with face.link() as link:
        told = link.ask(question, seconds_max=WRITE_SECONDS_MAX)
        written: EvidenceWritten = expect(told, EvidenceWritten, where=options.subject)
    path, archive = Path(written.path), Path(written.archive)
    if key is not None:
        _signed(path, archive, key)
    if options.out is not None:
        path, archive = _copied(path, archive, Path(options.out).expanduser().absolute())
    lines = [
        f"{written_sentence(str(path), written.files, len(written.missing))}.",
        *(f"  {lack_sentence(lack)}" for lack in written.missing),
        f"SHA-256 of {SUMS}: {written.digest} (audit entry {written.audit_number}).",
        f"{signer_sentence(written.signer)}.",
        f"{path / 'README.txt'} says how anybody verifies it; {archive} is the same as one file.",
    ]
    face.print(
        EvidenceAnswer(done="written", path=str(path), archive=str(archive), digest=written.digest, kind=written.kind,
                       id=written.id, files=written.files, missing=written.missing, signer=written.signer,
                       audit_number=written.audit_number, sentences=tuple(lines)), lines,
    )  # fmt: skip
    return Exit.DONE


def _public(key: Path) -> str:
    """The public half, so that the pack can name it before it is signed: FILE.pub, or FILE itself."""
    for path in (key.with_name(f"{key.name}.pub"), key):
        try:
            with path.open(encoding="utf-8") as file:
                text = file.read(KEY_CHARACTERS_MAX)
            read_public_key(text)
        except OSError as error:
            if path == key:
                raise failed("no-file", f"there is no key {key}", where=str(key)) from error
        except ValueError as error:
            if path != key:
                raise failed("no-public-key", f"{path} is no public key: {error}", where=str(path)) from error
        else:
            return text.strip()
    then = f"make it with: ssh-keygen -y -f {key} > {key}.pub"
    raise failed("no-public-key", f"beside {key} there is no {key.name}.pub", where=str(key), then=then)


def _signed(path: Path, archive: Path, key: Path) -> None:
    """Sign the sums. Where that fails the pack stays as a directory, without an archive that would lack it."""
    try:
        signature = sign((path / SUMS).read_text("ascii"), key=key, terminal=sys.stdin.isatty(), namespace=NAMESPACE)
        add_signature(path, signature.encode("ascii"))
    except (KeygenTrouble, PackNotWritten) as trouble:
        archive.unlink(missing_ok=True)
        then = f"sign it by hand: ssh-keygen -Y sign -n {NAMESPACE} -f {key} {path / SUMS}"
        error = failed("not-signed", f"the pack is written and not signed: {trouble}", where=str(path), then=then)
        changed = f"the pack is in {path}"
        raise CommandFailed(replace(error.error, changed=changed), error.code) from trouble


def _copied(path: Path, archive: Path, out: Path) -> tuple[Path, Path]:
    there = (out / path.name, out / archive.name)
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copytree(path, there[0])
        shutil.copy2(archive, there[1])
    except OSError as error:
        what = f"the pack is in {path} and could not be copied to {out}: {error.strerror or error}"
        told = failed("file-not-written", what, where=str(out))
        raise CommandFailed(replace(told.error, changed=f"the pack is in {path}"), told.code) from error
    return there


# -- verify ------------------------------------------------------------------------------------------------------


def _verify(face: Face, options: Namespace) -> Exit:
    """By nothing but the pack and what the verifier names; no engine is asked."""
    if options.pack is None or options.out is not None or options.key is not None:
        raise failed("usage", "name the pack to verify", then="evidence verify PACK", code=Exit.USAGE)
    path = Path(options.pack).expanduser().absolute()
    try:
        signers = "" if options.signers is None else Path(options.signers).expanduser().read_text("utf-8")
        revoked = None if options.revoked is None else Path(options.revoked).expanduser().absolute()
        trust = Trust(digest=options.digest.lower(), signers=signers, revoked=revoked)
        check = verify_pack(path, trust, now=datetime.now(UTC))
    except (OSError, UnicodeDecodeError) as error:
        where = str(getattr(error, "filename", None) or path)
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise failed("no-file", f"{where} can't be read: {why}", where=where) from error
    except KeygenTrouble as trouble:
        raise failed("no-tool", f"the signature could not be verified: {trouble}", where=str(path)) from trouble
    lines = _lines(check)
    fields = check.fields
    face.print(
        EvidenceAnswer(
            done="verified", path=check.path, digest=check.digest, files=check.files, whole=not check.faults,
            faults=check.faults, signed_by=check.signed_by, fingerprint=check.fingerprint, trusted=check.trusted,
            fields=fields, kind="" if fields is None else fields.kind, id="" if fields is None else fields.id,
            missing=() if fields is None else fields.missing, sentences=tuple(lines),
        ), [f"{check.path}", *lines],
    )  # fmt: skip
    return Exit.REFUSED if check.faults else Exit.DONE


def _lines(check: PackCheck) -> list[str]:
    if check.faults:
        return [f"{fault_sentence(one.what, one.file, one.detail)}." for one in check.faults]
    lines = [f"{whole_sentence(check.files, check.signed_by, check.fingerprint, trusted=check.trusted)}.",
             f"SHA-256 of {SUMS}: {check.digest}"]  # fmt: skip
    if check.fields is not None:
        lines += [f"  {lack_sentence(lack)}" for lack in check.fields.missing]
    return lines
