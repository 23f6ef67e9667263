"""The answers of the commands about automatic recovery as values: fields are added and never renamed."""

from dataclasses import dataclass

from console.domain.automation import Attempt, AutomationPolicy, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyAnswer:
    """The answer of `why` and of every `automation` command: would it act now, and each guard, also as a sentence.

    `unacknowledged`: the attempt that has to be acknowledged before the next; `acting`: the other console that acts.
    """

    sentence: str
    why: Why
    policy: AutomationPolicy
    attempts: tuple[Attempt, ...]
    unacknowledged: str = ""
    acting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswer:
    """The answer of `watch --unit`: a systemd unit of this home's engine."""

    unit: str
    name: str
