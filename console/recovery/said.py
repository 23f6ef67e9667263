"""What a script said on its host, as how its act ended: its facts, its words, and a guard's refusal."""

import re
from typing import Final

from console.domain.proofs import well_formed
from console.domain.text import shown
from console.recovery.lock import GUARD_WORDS
from console.recovery.runner import Done
from console.ssh.hosts import Said

FACTS_MAX: Final = 50
FACT_CHARACTERS_MAX: Final = 200_000
_FACT: Final = re.compile(r"fact ([a-z_]{1,40}) ?(.*)")


def done_of(said: Said) -> Done:
    """How an act ended whose script said this."""
    if said.refused:
        return Done(fine=False, status=None, said=said.words(), unreachable=True, seconds=said.seconds)
    facts: list[tuple[str, str]] = []
    rest = []
    for line in said.stdout.decode("utf-8", "replace").splitlines():
        told = _FACT.fullmatch(line.strip())
        short = told is not None and len(facts) < FACTS_MAX and len(told[2]) <= FACT_CHARACTERS_MAX
        if told is not None and short and well_formed(told[1], told[2]):
            facts.append((told[1], told[2]))
        elif line.strip():
            rest.append(line)
    guard = GUARD_WORDS.get(said.status or 0, "")
    text = shown(" | ".join([*rest, said.stderr.decode("utf-8", "replace").strip()]).strip(" |"), characters_max=2000)
    return Done(
        fine=said.status == 0, status=said.status, said=text, seconds=said.seconds, refused=guard,
        lost=said.status is None, facts=tuple(facts),
    )  # fmt: skip
