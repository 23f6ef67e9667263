"""The one switch that stops every change: who turned it, when, and why."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """Nothing of this console's changes any node until it is lifted; it goes on watching, reading and telling."""

    by: str
    at: datetime
    reason: str
