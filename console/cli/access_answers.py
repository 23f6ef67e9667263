"""The answers of the commands about rights as values: fields are added and never renamed."""

from dataclasses import dataclass

from console.domain.access import AccessKit, AccessReport, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKitAnswer:
    """The answer of `access kit`. `written`: the files' paths, where --out was given."""

    kit: AccessKit
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTestAnswer:
    """The answer of `access test`. `outcome` is fail where anything failed; the exit code is 1 then."""

    outcome: Outcome
    passed: int
    failed: int
    not_checked: int
    sentence: str
    report: AccessReport
