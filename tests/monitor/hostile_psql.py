"""A `psql` that answers every question with something hostile, from a seed; run by the tests as the node's program.

Arguments: seed, how many answers, a file that counts them; then psql's own. After the last it answers well.
"""

import json
import random
import sys
from pathlib import Path

from tests.hostile import VITAL, hostile_line


def main() -> None:
    seed, count, counter = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    vital = "default_transaction_read_only=on" in " ".join(sys.argv) and "5000" in " ".join(sys.argv)
    out = sys.stdout.buffer
    for raw in sys.stdin.buffer:
        words = raw.decode("utf-8", "replace").split()
        if len(words) < 3 or words[0] != "\\echo":
            continue
        if words[2] == "begin":
            out.write(f"{words[1]} begin\n".encode())
        elif words[2] == "end":
            answer(out, words[1], vital, seed, count, counter)
        out.flush()


def answer(out, nonce: str, vital: bool, seed: int, count: int, counter: Path) -> None:  # type: ignore[no-untyped-def]
    """One answer; each is made from the seed and its number, so that a failure can be played again."""
    number = int(counter.read_text()) if vital else 0
    if not vital or number >= count:
        line = json.dumps(VITAL).encode() if vital else b"{}"
        out.write(line + b"\n" + f"{nonce} end 00000 \n".encode())
        return
    counter.write_text(str(number + 1))
    chance = random.Random(seed * 1_000_003 + number)
    way = chance.random()
    if way < 0.70:
        out.write(hostile_line(VITAL, chance).replace(b"\n", b" ") + b"\n")
        state = chance.choice(["00000", "00000", "55P03", "42501", "57P01", "?", "00 00", "٣" * 5, ""])
        out.write(f"{nonce} end {state} said\x1b[31m\n".encode())
    elif way < 0.80:
        out.write(b"x" * chance.randrange(10, 300_000) + b"\n" + f"{nonce} end 00000\n".encode())
    elif way < 0.90:
        for _ in range(chance.randrange(500)):
            out.write(chance.randbytes(20).replace(b"\n", b"") + b"\n")
        out.write(f"{nonce} end 00000\n".encode())
    else:
        out.flush()
        raise SystemExit(chance.choice([0, 1, 2, 3, 127]))


main()
