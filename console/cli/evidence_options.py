"""What the command about evidence packs takes on the command line."""

from collections.abc import Callable
from typing import Any


def add_evidence(
    add: Callable[..., None], commands: Any, late: Callable[[str, str], Callable[..., Any]]
) -> None:  # fmt: skip
    """Put `evidence` among the commands: of a run or drill, or, after the word 'verify', of a pack."""
    add(commands, "evidence", late("evidence", "evidence"),
        "write what proves a run or drill, as files that sha256sum and ssh-keygen verify; or verify such a pack",
        (("subject",), {"metavar": "RUN|DRILL|verify", "help": "its id or the beginning of it"}),
        (("pack",), {"nargs": "?", "metavar": "PACK", "help": "after verify: the directory or the .tar.gz"}),
        (("--out",), {"metavar": "DIR", "help": "copy the pack there too"}),
        (("--key",), {"metavar": "FILE", "help": "sign it with your SSH key; beside it lies FILE.pub"}),
        (("--digest",), {"metavar": "SHA256", "default": "", "help": "verify: of SHA256SUMS, as it was noted"}),
        (("--signers",), {"metavar": "FILE", "help": "verify: allowed signers that you trust"}),
        (("--revoked",), {"metavar": "FILE", "help": "verify: keys that no longer count"}))  # fmt: skip
