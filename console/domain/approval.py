"""Four eyes: when a plan needs a second person, what that person signs, and why a signature does not count."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from console.domain.cluster import Environment
from console.domain.fleet import Amount
from console.domain.plan import Operation

NAMESPACE: Final = "ledger-console-plan"  # signatures made for anything else don't count
APPROVAL_HOURS: Final = 4  # how long an approval holds unless its text says less
APPROVAL_HOURS_MAX: Final = 24
TEXT_BYTES_MAX: Final = 16 * 1024
REASON_CHARACTERS_MIN: Final = 10  # of a break-glass reason: 'x' is none
# What may lose entries by its nature.
LOSING: Final = frozenset({Operation.FAILOVER, Operation.REJOIN, Operation.RESTORE})


class ApprovalRule(Enum):
    """When a cluster's plans need a second person."""

    NEVER = "never"
    PRODUCTION = "production"
    LOSS_ABOVE = "loss-above"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPolicy:
    """A cluster's rule; `loss_entries` belongs to LOSS_ABOVE."""

    rule: ApprovalRule = ApprovalRule.PRODUCTION
    loss_entries: int = 0

    def __str__(self) -> str:
        return f"{self.rule.value}:{self.loss_entries}" if self.rule is ApprovalRule.LOSS_ABOVE else self.rule.value


def policy_of(text: str) -> ApprovalPolicy:
    """The policy from its text: 'never', 'production', 'always', 'loss-above:100'. Raises ValueError."""
    word, colon, number = text.strip().partition(":")
    rule = next((rule for rule in ApprovalRule if rule.value == word), None)
    if rule is ApprovalRule.LOSS_ABOVE and number.isascii() and number.isdigit():
        return ApprovalPolicy(rule=rule, loss_entries=int(number))
    if rule is None or rule is ApprovalRule.LOSS_ABOVE or colon:
        raise ValueError(f"{text!r} is no approval rule: never, production, loss-above:ENTRIES or always")
    return ApprovalPolicy(rule=rule)


def needed(
    policy: ApprovalPolicy, environment: Environment, operation: Operation, loss_entries: int | None
) -> bool:
    """Does a plan need a second person? A loss that is not known (None) is above every number."""
    match policy.rule:
        case ApprovalRule.NEVER:
            return False
        case ApprovalRule.PRODUCTION:
            return environment is Environment.PRODUCTION
        case ApprovalRule.LOSS_ABOVE:
            return operation in LOSING if loss_entries is None else loss_entries > policy.loss_entries
        case ApprovalRule.ALWAYS:
            return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWanted:
    """What a run says about itself to whoever is to approve it."""

    run: str
    cluster: str
    operation: Operation
    plan_digest: str
    loss_entries_max: int
    loss_amounts_max: tuple[Amount, ...] = ()  # per currency, where a maximum was set in money too
    initiator: str  # the person who wants to run it


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalText:
    """What is signed."""

    run: str
    cluster: str
    operation: Operation
    plan_digest: str
    loss_entries_max: int
    loss_amounts_max: tuple[Amount, ...]
    expires_at: datetime  # aware; whole seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalGiven:
    """An approval that was verified. The text and its signature can be verified again at any time."""

    person: str
    fingerprint: str
    key_kind: str
    text: str
    signature: str
    loss_entries_max: int
    expires_at: datetime
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassBroken:
    """One person goes on without a second one, and says why."""

    person: str
    reason: str
    at: datetime


class ApprovalFault(Enum):
    """Why an approval does not count."""

    TEXT_UNREADABLE = "approval-text-unreadable"
    SIGNATURE_UNREADABLE = "approval-signature-unreadable"
    OTHER_NAMESPACE = "approval-other-namespace"
    UNKNOWN_SIGNER = "approval-unknown-signer"
    KEY_OF_ANOTHER = "approval-key-of-another"
    KEY_EXPIRED = "approval-key-expired"
    KEY_NOT_YET = "approval-key-not-yet-valid"
    KEY_REVOKED = "approval-key-revoked"
    REVOKED_UNREADABLE = "approval-revoked-keys-unreadable"
    APPROVERS_UNREADABLE = "approval-approvers-unreadable"
    SIGNATURE_WRONG = "approval-signature-wrong"
    OTHER_RUN = "approval-other-run"
    OTHER_CLUSTER = "approval-other-cluster"
    OTHER_OPERATION = "approval-other-operation"
    OTHER_PLAN = "approval-other-plan"
    OTHER_LOSS = "approval-other-loss"
    EXPIRED = "approval-expired"
    TOO_LONG = "approval-too-long"
    OWN_PLAN = "approval-of-own-plan"
    OWN_KEY = "approval-with-initiators-key"
    NO_TOOL = "approval-no-ssh-keygen"
    NO_REASON = "approval-no-reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRefused:
    """An approval that does not count, why, and what was seen."""

    fault: ApprovalFault
    detail: str = ""


def asked_text(wanted: ApprovalWanted, *, now: datetime, hours: int = APPROVAL_HOURS) -> ApprovalText:
    """What a person signs to approve this run from now on for so many hours."""
    return ApprovalText(
        run=wanted.run, cluster=wanted.cluster, operation=wanted.operation, plan_digest=wanted.plan_digest,
        loss_entries_max=wanted.loss_entries_max, loss_amounts_max=_in_order(wanted.loss_amounts_max),
        expires_at=(now + timedelta(hours=hours)).astimezone(UTC).replace(microsecond=0),
    )  # fmt: skip


def text_of(said: ApprovalText) -> str:
    """The canonical text, to the byte. Raises ValueError where a part of it could pass for another line."""
    lines = [
        _HEAD, f"run: {said.run}", f"cluster: {said.cluster}", f"operation: {said.operation.value}",
        f"plan: sha256:{said.plan_digest}", f"maximum loss: {said.loss_entries_max} entries",
        *(f"maximum loss: {decimal_of(amount)} {amount.currency}" for amount in _in_order(said.loss_amounts_max)),
        f"expires: {said.expires_at.astimezone(UTC):{_MOMENT}}",
    ]  # fmt: skip
    if not all(line.isprintable() and line == line.strip() for line in lines):
        raise ValueError("a name in it has characters that a line can't have")
    return "".join(f"{line}\n" for line in lines)


def read_text(text: str) -> ApprovalText:
    """The value of a canonical text. Raises ValueError where a single character is not as `text_of` writes it."""
    lines = text.split("\n")
    if len(text) > TEXT_BYTES_MAX or len(lines) < 8:
        raise ValueError("it is no approval of a plan")
    _, run, cluster, operation, plan, entries, *amounts, expires, _ = lines
    said = ApprovalText(
        run=_after(run, "run: "), cluster=_after(cluster, "cluster: "),
        operation=Operation(_after(operation, "operation: ")), plan_digest=_after(plan, "plan: sha256:"),
        loss_entries_max=int(_after(entries, "maximum loss: ").removesuffix(" entries")),
        loss_amounts_max=tuple(_amount_of(_after(line, "maximum loss: ")) for line in amounts),
        expires_at=datetime.strptime(_after(expires, "expires: "), _MOMENT).replace(tzinfo=UTC),
    )  # fmt: skip
    if said.loss_entries_max < 0 or text_of(said) != text:
        raise ValueError("it is not written as an approval is")
    return said


_HEAD: Final = "Ledger Console: approval of a plan, form 1"
_MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"


def _after(line: str, name: str) -> str:
    if not line.startswith(name):
        raise ValueError(f"a line '{name}…' is missing")
    return line[len(name) :]


def _in_order(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    return tuple(sorted(amounts, key=lambda amount: amount.currency))


def decimal_of(amount: Amount) -> str:
    """An amount as an exact decimal with all its places: 12.50."""
    sign, digits = "-" if amount.units < 0 else "", str(abs(amount.units)).zfill(amount.scale + 1)
    return f"{sign}{digits[:-amount.scale]}.{digits[-amount.scale:]}" if amount.scale else f"{sign}{digits}"


def _amount_of(text: str) -> Amount:
    figure, _, currency = text.partition(" ")
    whole, _, places = figure.partition(".")
    return Amount(currency=currency, scale=len(places), units=int(whole + places))


def mismatch(said: ApprovalText, wanted: ApprovalWanted, *, now: datetime) -> ApprovalRefused | None:
    """Why a text, rightly signed, does not approve this run now; None: it does."""
    pairs = (
        (ApprovalFault.OTHER_RUN, said.run, wanted.run),
        (ApprovalFault.OTHER_CLUSTER, said.cluster, wanted.cluster),
        (ApprovalFault.OTHER_OPERATION, said.operation.value, wanted.operation.value),
        (ApprovalFault.OTHER_PLAN, said.plan_digest, wanted.plan_digest),
        (ApprovalFault.OTHER_LOSS, _loss(said), _loss(wanted)),
    )
    for fault, signed, asked in pairs:
        if signed != asked:
            return ApprovalRefused(fault=fault, detail=f"signed {signed}, asked {asked}")
    expires = f"{said.expires_at:{_MOMENT}}"
    if now >= said.expires_at:
        return ApprovalRefused(fault=ApprovalFault.EXPIRED, detail=expires)
    if said.expires_at - now > timedelta(hours=APPROVAL_HOURS_MAX):
        return ApprovalRefused(fault=ApprovalFault.TOO_LONG, detail=f"{expires}, {APPROVAL_HOURS_MAX} h at most")
    return None


def _loss(said: ApprovalText | ApprovalWanted) -> str:
    amounts = (f"{decimal_of(amount)} {amount.currency}" for amount in _in_order(said.loss_amounts_max))
    return ", ".join([f"{said.loss_entries_max} entries", *amounts])
