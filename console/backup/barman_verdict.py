"""What a verification by Barman has shown: its report is read, its files counted; what was not read is not checked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.backup.barman_wal import read_check_lines
from console.domain.backup import Backup, BackupCheck, CheckResult, Mark
from console.domain.text import shown
from console.domain.wal import Lsn

DETAIL_CHARACTERS_MAX: Final = 600
FINE: Final = "backup successfully verified"  # pg_verifybackup's own words
FOUND: Final = "pg_verifybackup: error:"  # what else goes wrong says nothing of the backup


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was said of one backup of a chain. `auto`: of postgresql.auto.conf, which the report passes over."""

    id: str
    ended: bool
    files: int | None
    sums: int | None
    said: tuple[str, ...]
    auto: str

    def verdict(self) -> tuple[CheckResult, str, str]:
        """Outcome, reason, detail."""
        errors = [line for line in self.said if FOUND in line]
        if errors:
            return CheckResult.FAILED, _reason(errors), f"{self.id}: {'; '.join(errors)}"
        if any("pg_verifybackup not found" in line for line in self.said):
            return CheckResult.NOT_CHECKED, "no-program", f"{self.id}: pg_verifybackup was not found"
        if not self.ended or not any(line.strip() == FINE for line in self.said):
            unread = "no-manifest" if self.ended and self.files is None else "report-unread"
            return CheckResult.NOT_CHECKED, unread, f"{self.id}: {'; '.join(self.said)}"
        if self.files is None or self.sums is None or self.sums < self.files:
            return CheckResult.NOT_CHECKED, "no-checksums", f"{self.id}: {self.sums} of {self.files} have a checksum"
        if self.auto == "":
            return CheckResult.NOT_CHECKED, "report-unread", f"{self.id}: postgresql.auto.conf was not read"
        if self.auto not in ("fine", "none"):
            return CheckResult.FAILED, "file-differs", f"{self.id}: postgresql.auto.conf: {self.auto}"
        return CheckResult.PASSED, "", ""


def _reason(errors: list[str]) -> str:
    text = " ".join(errors)
    if "manifest" in text and "in the manifest" not in text:
        return "manifest-damaged"
    return "file-missing" if "not on disk" in text else "file-differs"


def read_verified(output: str) -> tuple[Verified, ...]:
    """The parts of the output, one for each backup of the chain."""
    found: list[Verified] = []
    current, said = "", list[str]()
    files: int | None = None
    sums: int | None = None
    auto, ended = "", False

    def close() -> None:
        if current:
            found.append(
                Verified(id=current, ended=ended, files=files, sums=sums, said=tuple(said[:50]), auto=auto)
            )  # fmt: skip

    for line in output.splitlines():
        word, _, rest = line.partition(" ")
        if word == "verify":
            close()
            current, said, files, sums, auto, ended = rest.strip(), [], None, None, "", False
        elif word == "manifest" and all(part.isdigit() for part in rest.split(" ")) and rest.count(" ") == 1:
            files, sums = (int(part) for part in rest.split(" "))
        elif word == "said" and not rest.startswith("Verifying backup"):
            said.append(shown(rest, characters_max=300))
        elif word == "auto":
            auto = shown(rest, characters_max=200)
        elif word == "verified" and rest.strip() == current:
            ended = True
    close()
    return tuple(found)


def marks_of(backup: Backup, chain: tuple[str, ...], node: str, output: str, now: datetime) -> tuple[Mark, ...]:
    """The marks of a verification of a backup that stands on this chain."""
    parts = {one.id: one for one in read_verified(output)}
    results = [parts[one].verdict() if one in parts else _missing(one) for one in chain]
    result, reason, detail = _worst(results)
    files = [one.files for one in parts.values() if one.files is not None]
    read = [one.files for one in parts.values() if one.files is not None and one.verdict()[0] is CheckResult.PASSED]
    checksums = Mark(
        repository=backup.repository, backup=backup.id, check=BackupCheck.CHECKSUMS, result=result, at=now,
        files_read=sum(read), files_all=sum(files) if files else None, node=node, reason=reason,
        detail=detail[:DETAIL_CHARACTERS_MAX],
    )  # fmt: skip
    return checksums, _wal_mark(backup, node, output, now)


def _missing(backup: str) -> tuple[CheckResult, str, str]:
    return CheckResult.NOT_CHECKED, "report-unread", f"{backup}: nothing was said of it"


def _worst(results: list[tuple[CheckResult, str, str]]) -> tuple[CheckResult, str, str]:
    order = (CheckResult.FAILED, CheckResult.NOT_CHECKED, CheckResult.PASSED)
    return min(results, key=lambda one: order.index(one[0]), default=(CheckResult.NOT_CHECKED, "report-unread", ""))


def _wal_mark(backup: Backup, node: str, output: str, now: datetime) -> Mark:
    try:
        bad, ends, count = read_check_lines(output.splitlines())
    except ValueError as error:
        bad, ends, count = (), {}, None
        detail = shown(f"{error}", characters_max=200)
    else:
        detail = "; ".join(f"{name}: {why}" for name, why in bad)
    reached = max(ends.values(), default=Lsn(0))
    if any(why != "missing" for _, why in bad):
        result, reason = CheckResult.FAILED, "wal-damaged"
    elif bad:
        result, reason = CheckResult.FAILED, "wal-missing"
    elif count is None or backup.stop is None:
        result, reason = CheckResult.NOT_CHECKED, "report-unread"
    elif reached < backup.stop:
        result, reason, detail = CheckResult.FAILED, "wal-missing", f"it ends at {reached}, {backup.stop} is needed"
    else:
        result, reason = CheckResult.PASSED, ""
    return Mark(
        repository=backup.repository, backup=backup.id, check=BackupCheck.WAL_CONTINUITY, result=result, at=now,
        files_read=count, files_all=None if count is None else count + len(bad), node=node, reason=reason,
        detail=detail[:DETAIL_CHARACTERS_MAX],
    )  # fmt: skip
