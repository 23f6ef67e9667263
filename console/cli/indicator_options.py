"""What the command about indicators takes on the command line."""

from collections.abc import Callable
from typing import Any


def add_indicators(
    add: Callable[..., None], commands: Any, late: Callable[[str, str], Callable[..., Any]]
) -> None:  # fmt: skip
    """Put `indicators` among the commands."""
    add(commands, "indicators", late("indicators", "indicators"), "recovery, redundancy and availability, from records",
        (("cluster",), {}),
        (("--since",), {"metavar": "T", "default": "", "help": "as 30d, or a date or moment in UTC; default: 30d"}),
        (("--run",), {"metavar": "RUN", "default": "", "dest": "run_id", "help": "of this finished run alone"}),
    )  # fmt: skip
