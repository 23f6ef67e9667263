"""The one door to `ssh-keygen`: it signs, verifies and looks up revoked keys; passphrases are asked for by itself."""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from console.domain.approval import NAMESPACE
from console.domain.signers import PublicKey

PROGRAM: Final = "ssh-keygen"
SIGN_SECONDS_MAX: Final = 180.0  # a person types a passphrase, or touches a security key
VERIFY_SECONDS_MAX: Final = 20.0
SAID_CHARACTERS_MAX: Final = 500
_KRL_MAGIC: Final = b"SSHKRL\n\0"
_REVOKED_STATUS: Final = 1  # of `ssh-keygen -Q`, where a key stands in the list


class KeygenTrouble(Exception):
    """`ssh-keygen` did not do it; `missing`: it is not there at all. Its own words are the text."""

    def __init__(self, what: str, *, missing: bool = False) -> None:
        super().__init__(what)
        self.missing = missing


def sign(text: str, *, key: Path, terminal: bool, namespace: str = NAMESPACE) -> str:
    """Sign a text with a private key, or with a public one whose private half an agent holds. Raises KeygenTrouble.

    `terminal`: ssh-keygen may ask for the passphrase at this terminal; else only an agent or askpass can help.
    """
    with tempfile.TemporaryDirectory(prefix="ledger-console-sign-") as folder:
        file = Path(folder) / "approval"
        file.write_bytes(text.encode())
        words = [PROGRAM, "-Y", "sign", "-q", "-n", namespace, "-f", str(key), str(file)]
        done = _run(words, seconds_max=SIGN_SECONDS_MAX, environment=os.environ, terminal=terminal)
        made = file.with_name("approval.sig")
        if done.returncode != 0 or not made.is_file():
            raise KeygenTrouble(_said(done) or f"ssh-keygen ended with {done.returncode} and signed nothing")
        return made.read_text("ascii")


def verify(
    text: str, signature: str, *, person: str, signer_line: str, revoked: Path | None, now: datetime,
    namespace: str = NAMESPACE,
) -> str | None:
    """None where the signature is this person's over exactly this text at this time; else what ssh-keygen said.

    `signer_line` is the line, or the lines, of an allowed-signers file that may vouch for it. Raises KeygenTrouble.
    """
    with tempfile.TemporaryDirectory(prefix="ledger-console-verify-") as folder:
        signers, made = Path(folder) / "allowed_signers", Path(folder) / "approval.sig"
        signers.write_text(f"{signer_line}\n", "utf-8")
        made.write_text(signature, "utf-8")
        words = [
            PROGRAM, "-Y", "verify", "-f", str(signers), "-I", person, "-n", namespace, "-s", str(made),
            "-O", f"verify-time={now.astimezone(UTC):%Y%m%d%H%M%S}", *(["-r", str(revoked)] if revoked else []),
        ]  # fmt: skip
        done = _run(words, seconds_max=VERIFY_SECONDS_MAX, environment=_quiet(), given=text.encode())
    return None if done.returncode == 0 else _said(done) or f"ssh-keygen ended with {done.returncode}"


def is_revoked(key: PublicKey, revoked: Path) -> bool:
    """Does a key stand in a revocation list, or in a list of public keys? Raises KeygenTrouble, OSError."""
    with revoked.open("rb") as file:
        binary = file.read(len(_KRL_MAGIC)) == _KRL_MAGIC
    if not binary:
        lines = revoked.read_text("utf-8", "replace").splitlines()
        words = [line.split() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        if any(len(each) < 2 for each in words):
            raise KeygenTrouble(f"{revoked} is neither a revocation list nor a list of public keys")
        return any(key.key in each or key.fingerprint in each for each in words)
    with tempfile.TemporaryDirectory(prefix="ledger-console-revoked-") as folder:
        file_of_key = Path(folder) / "key.pub"
        file_of_key.write_text(f"{key.kind} {key.key}\n")
        words_of_query = [PROGRAM, "-Q", "-f", str(revoked), str(file_of_key)]
        done = _run(words_of_query, seconds_max=VERIFY_SECONDS_MAX, environment=_quiet())
    if done.returncode not in (0, _REVOKED_STATUS):
        raise KeygenTrouble(_said(done) or f"ssh-keygen ended with {done.returncode}")
    return done.returncode == _REVOKED_STATUS


def _quiet() -> dict[str, str]:
    """Times without a zone are UTC, words are English, and nobody's agent or askpass is spoken to."""
    return {"PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC0", "LC_ALL": "C"}


def _run(
    words: list[str], *, seconds_max: float, environment: Mapping[str, str], terminal: bool = False,
    given: bytes | None = None,
) -> "subprocess.CompletedProcess[bytes]":  # fmt: skip
    try:
        if given is not None:
            return subprocess.run(
                words, input=given, capture_output=True, timeout=seconds_max, check=False, env=environment
            )
        return subprocess.run(
            words, stdin=None if terminal else subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=None if terminal else subprocess.PIPE, timeout=seconds_max, check=False, env=environment,
            start_new_session=not terminal,  # without one it would find the terminal all the same
        )  # fmt: skip
    except FileNotFoundError as error:
        raise KeygenTrouble("there is no ssh-keygen on this machine: install OpenSSH's client", missing=True) from error
    except subprocess.TimeoutExpired as error:
        raise KeygenTrouble(f"ssh-keygen gave no answer within {seconds_max:g} s") from error


def _said(done: "subprocess.CompletedProcess[bytes]") -> str:
    text = b" ".join((done.stderr or b"", done.stdout or b"")).decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:SAID_CHARACTERS_MAX]
