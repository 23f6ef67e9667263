"""Where the built program begins: the command line, and what Python's own `-m` and `-c` do, for its own processes."""

import runpy
import sys

from console.cli import main


def start() -> int:
    """The program starts itself again as `PROGRAM -m MODULE …` and `PROGRAM -c CODE …`, as it does from a checkout."""
    words = sys.argv[1:]
    while words[:1] == ["-s"]:
        words = words[1:]
    if words[:1] == ["-m"] and len(words) > 1:
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return 0
    if words[:1] == ["-c"] and len(words) > 1:
        sys.argv = ["-c", *words[2:]]
        exec(compile(words[1], "<command>", "exec"), {"__name__": "__main__"})
        return 0
    return main()


if __name__ == "__main__":
    sys.exit(start())
