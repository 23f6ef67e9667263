"""Plays many seeds and prints how they ended: python -m tests.simulate --seeds 10000, or --seed N --verbose."""

import argparse
import sys
import time
from collections import Counter

from tests.simulate.play import Off, play_seed

SHOWN_MAX = 50


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """0 where no seed broke a promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulate")
    parser.add_argument("--seeds", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--off", choices=("overlap", "fence", "term"), help="a guard that is switched off on purpose")
    asked = parser.parse_args()
    off = Off(**{asked.off: True}) if asked.off else Off()
    seeds = [asked.seed] if asked.seed is not None else range(asked.first, asked.first + asked.seeds)
    began, ends, failing = time.monotonic(), Counter[str](), 0
    for seed in seeds:
        ended = play_seed(seed, off)
        ends[f"{ended.operation or '-'} {ended.state}"] += 1
        if asked.verbose:
            say("\n".join(ended.trace))
            say("\n  ".join(["asked:", *ended.asked]))
        if ended.faults:
            failing += 1
            if failing <= SHOWN_MAX:
                say(f"seed {seed} ({ended.operation} {ended.state}): {ended.faults[0]}")
    seconds = time.monotonic() - began
    for name, count in sorted(ends.items()):
        say(f"{count:7}  {name}")
    say(f"{len(seeds)} seeds in {seconds:.1f} s, {failing} broke a promise")
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main())
