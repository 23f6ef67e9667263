"""The file of those who may approve plans; a line in it that can't be read is never trusted."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.domain.approval import NAMESPACE
from console.domain.signers import PERSON, Approver, approver_line, read_approvers
from console.governance.anchors import write_whole

FILE_BYTES_MAX: Final = 256 * 1024
APPROVERS_MAX: Final = 500


class ApproversTrouble(Exception):
    """The approvers could not be read or changed: `reason` in one kebab-case word, `what`, and `where`."""

    def __init__(self, reason: str, what: str, where: str) -> None:
        super().__init__(f"{what} ({where})")
        self.reason = reason
        self.what = what
        self.where = where


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The approvers that the file names, and the numbers of its lines that are not trusted."""

    approvers: tuple[Approver, ...] = ()
    unread_lines: tuple[int, ...] = ()

    def fingerprints(self, person: str) -> frozenset[str]:
        return frozenset(each.key.fingerprint for each in self.approvers if each.person == person)


class ApproversFile:
    """OpenSSH's allowed-signers file in the home. Lines of others, comments and blanks stay as they are."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._guard = threading.Lock()

    def known(self) -> Known:
        """Who may approve. Raises ApproversTrouble where the file can't be read."""
        approvers, unread = read_approvers(self._text(), NAMESPACE)
        return Known(approvers=approvers, unread_lines=unread)

    def add(self, approver: Approver) -> Known:
        """Let a person approve with this key; named again, its times are as given now. Raises ApproversTrouble."""
        if not PERSON.fullmatch(approver.person):
            what = f"{approver.person[:80]!r} can't name a person: use A-Z a-z 0-9 . _ @ + -"
            raise ApproversTrouble("no-person", what, str(self.path))
        with self._guard:
            known = self.known()
            holder = next((each.person for each in known.approvers if each.key.fingerprint == approver.key.fingerprint
                           and each.person != approver.person), None)  # fmt: skip
            if holder is not None:
                # One key for two persons would let one of them be both pairs of eyes.
                what = f"the key {approver.key.fingerprint} is {holder}'s already"
                raise ApproversTrouble("approval-key-of-another", what, str(self.path))
            if len(known.approvers) >= APPROVERS_MAX:
                raise ApproversTrouble("too-many", f"{APPROVERS_MAX} keys are the limit", str(self.path))
            kept = [line for line in self._text().splitlines() if not _is_for(line, approver)]
            self._write([*kept, approver_line(approver, NAMESPACE)])
            return self.known()

    def remove(self, person: str) -> tuple[Approver, ...]:
        """Take a person out with all keys; those keys. Raises ApproversTrouble."""
        with self._guard:
            gone = tuple(each for each in self.known().approvers if each.person == person)
            if not gone:
                raise ApproversTrouble("no-approver", f"there is no approver {person[:80]!r}", str(self.path))
            lines = self._text().splitlines()
            shared = [line for line in lines if len({each.person for each in _of(line)}) > 1 and _names(line, person)]
            if shared:
                what = f"a line names {person} together with others: take it apart by hand"
                raise ApproversTrouble("approvers-shared-line", what, str(self.path))
            self._write([line for line in lines if not _names(line, person)])
            return gone

    def _text(self) -> str:
        try:
            with self.path.open("rb") as file:
                whole = file.read(FILE_BYTES_MAX + 1)
        except FileNotFoundError:
            return ""
        except OSError as error:
            what = f"the approvers can't be read: {error.strerror or error}"
            raise ApproversTrouble("approval-approvers-unreadable", what, str(self.path)) from error
        if len(whole) > FILE_BYTES_MAX:
            what = f"the file is over its limit of {FILE_BYTES_MAX} bytes"
            raise ApproversTrouble("approval-approvers-unreadable", what, str(self.path))
        try:
            return whole.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ApproversTrouble("approval-approvers-unreadable", "it is no UTF-8 text", str(self.path)) from error

    def _write(self, lines: list[str]) -> None:
        try:
            write_whole(self.path, "".join(f"{line}\n" for line in lines).encode())
        except OSError as error:
            what = f"the approvers can't be written: {error.strerror or error}"
            raise ApproversTrouble("approvers-not-written", what, str(self.path)) from error


def _of(line: str) -> tuple[Approver, ...]:
    return read_approvers(line, NAMESPACE)[0]


def _names(line: str, person: str) -> bool:
    return any(each.person == person for each in _of(line))


def _is_for(line: str, approver: Approver) -> bool:
    wanted = (approver.person, approver.key.fingerprint)
    return any((each.person, each.key.fingerprint) == wanted for each in _of(line))
