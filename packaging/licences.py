"""Prints name, version and licence of every package that goes into the built program, from their own metadata."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needed(names: list[Requirement]) -> dict[str, metadata.Distribution]:
    """The packages named, and all that they need here, by their canonical names."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [(one, frozenset(one.extras)) for one in names]
    while waiting:
        requirement, extras = waiting.pop()
        if requirement.marker is not None and not any(
            requirement.marker.evaluate({"extra": extra}) for extra in (extras or frozenset({""}))
        ):
            continue
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(requirement.name)
        except metadata.PackageNotFoundError:
            continue  # what this system has no use for is not there, and not in the program either
        for text in found[name].requires or ():
            inner = Requirement(text)
            waiting.append((inner, frozenset(requirement.extras) | frozenset(inner.extras)))
    return found


def licence(one: metadata.Distribution) -> str:
    """As its metadata says it: an SPDX expression, else its classifiers, else its own words in one line."""
    about = one.metadata
    expression = about.get("License-Expression")
    if expression:
        return str(expression)
    classified = [text.rpartition("::")[2].strip() for text in about.get_all("Classifier") or ()
                  if text.startswith("License ::")]  # fmt: skip
    if classified:
        return ", ".join(classified)
    return re.sub(r"\s+", " ", about.get("License") or "").strip()[:120] or "not said in its metadata"


def lines(project: Path) -> Iterator[str]:
    """One line a package, in alphabetical order."""
    table = tomllib.loads(project.read_text("utf-8"))["project"]
    wanted = [Requirement(text) for text in (*table["dependencies"], *table["optional-dependencies"]["lab"])]
    yield f"Python {sys.version.split()[0]}  PSF-2.0"
    for name, one in sorted(needed(wanted).items()):
        yield f"{name} {one.version}  {licence(one)}"


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in lines(Path(sys.argv[1]))))
