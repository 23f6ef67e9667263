"""How long to wait before the next attempt to connect: growing, jittered, never more than half a minute."""

import random
from typing import Final

FIRST_SECONDS: Final = 0.2
GROWTH: Final = 2.0
PAUSE_SECONDS_MAX: Final = 30.0
JITTER: Final = 0.5  # the pause lies between this share of the full one and the full one


def pause_seconds(attempt: int, chance: random.Random) -> float:
    """The pause before attempt number `attempt`, counted from 1 after a loss.

    The spread keeps five hundred nodes that were lost at once from coming back at once.
    """
    if attempt < 1:
        raise ValueError(f"attempts are counted from 1, not {attempt}")
    # Beyond twenty doublings every pause is the longest; the power would only grow without need.
    full = min(PAUSE_SECONDS_MAX, FIRST_SECONDS * GROWTH ** min(attempt - 1, 20))
    return full * (JITTER + (1.0 - JITTER) * chance.random())
