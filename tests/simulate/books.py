"""What a client knows of each of its writes: what it sent, and what it was told."""

from dataclasses import dataclass


@dataclass(slots=True)
class Write:
    """One write as its client knows it. `outcome`: unknown until an answer came, then acknowledged or refused."""

    id: str
    client: str
    node: str
    timeline: int
    sent_at: float
    position: int
    local: bool  # it waits for nobody
    outcome: str = "unknown"
    acknowledged_at: float | None = None
    confirmed: bool = False  # acknowledged as synchronous

    def acknowledge(self, now: float, *, confirmed: bool) -> None:
        self.outcome, self.acknowledged_at, self.confirmed = "acknowledged", now, confirmed
