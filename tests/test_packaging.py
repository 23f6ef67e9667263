"""What `packaging/` promises: a complete lock without an address, scripts that say what is missing and stay quick."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGING: Final = ROOT / "packaging"
SCRIPTS: Final = (PACKAGING / "demo", PACKAGING / "test", PACKAGING / "lock", ROOT / ".ci" / "run")
SECONDS_MAX: Final = 60
ENVIRONMENTS: Final = [
    {"python_version": version, "python_full_version": f"{version}.0", "sys_platform": "linux", "extra": ""}
    for version in ("3.11", "3.12", "3.13")
]


def locked() -> list[tuple[Requirement, list[str]]]:
    """Each package of the lock with its hashes."""
    text = (PACKAGING / "requirements.txt").read_text("ascii")
    entries = re.sub(r"\\\n\s+", " ", re.sub(r"^#.*\n", "", text, flags=re.M)).splitlines()
    return [
        (Requirement(one.partition(" --hash")[0]), re.findall(r"--hash=sha256:([0-9a-f]{64})", one)) for one in entries
    ]


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [Requirement(line) for line in (*project["dependencies"], *extras["lab"], *extras["test"])]


def applies(requirement: Requirement, environment: dict[str, str]) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(environment)


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda environment: environment["python_version"])
def test_the_lock_holds_what_the_project_asks_for(environment: dict[str, str]) -> None:
    pinned = {canonicalize_name(one.name): one for one, _ in locked() if applies(one, environment)}
    for requirement in wanted():
        if applies(requirement, environment):
            (pin,) = pinned[canonicalize_name(requirement.name)].specifier
            assert pin.operator == "=="
            assert requirement.specifier.contains(pin.version), f"{requirement} is locked as {pin}: packaging/lock"


def test_every_package_of_the_lock_has_a_hash_and_one_version() -> None:
    assert len(locked()) > len(wanted())
    for requirement, hashes in locked():
        assert hashes, f"{requirement} has no hash"
        assert requirement.url is None
    for environment in ENVIRONMENTS:
        names = [canonicalize_name(one.name) for one, _ in locked() if applies(one, environment)]
        assert len(names) == len(set(names))


def test_qt_stays_below_the_version_that_ends_old_interpreters() -> None:
    old = [one for one, _ in locked() if one.name.lower() == "pyside6-essentials" and applies(one, ENVIRONMENTS[0])]
    assert len(old) == 1
    assert not old[0].specifier.contains("6.12.0")


@pytest.mark.parametrize("script", [*SCRIPTS, PACKAGING / "environment.sh"], ids=lambda script: script.name)
def test_scripts_can_be_read_and_started(script: Path) -> None:
    subprocess.run(["bash", "-n", script], check=True, timeout=SECONDS_MAX)
    assert (script.stat().st_mode & 0o111 != 0) == (script in SCRIPTS)


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with what every system has, and nothing that installs or interprets."""
    place = tmp_path / "bin"
    place.mkdir()
    for name in ("bash", "env", "dirname", "basename", "mkdir", "mktemp", "id", "flock", "tail", "rm", "chmod"):
        if (found := shutil.which(name)) is not None:
            (place / name).symlink_to(found)
    return place


def start(script: str, path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """From another directory, with nothing in the environment but what is named."""
    environment = {"PATH": str(path), "HOME": os.environ["HOME"], "PACKAGING": str(PACKAGING), **variables}
    # The sourced part adds the system's own directories to PATH; a bare system has nothing there that we look for.
    text = script.replace(
        "SOURCE", 'me=here; source "$PACKAGING/environment.sh"; PATH="${PATH%%:*}"; set -euo pipefail'
    )
    command = [str(path / "bash"), "-c", text]
    return subprocess.run(
        command, cwd="/", env=environment, capture_output=True, text=True, timeout=SECONDS_MAX, check=False
    )


def test_without_python_the_set_up_says_what_to_install(bare_path: Path) -> None:
    ended = start("SOURCE; prepare_console offscreen", bare_path)
    assert ended.returncode == 1
    assert "no Python 3.11 or later was found" in ended.stderr
    assert "apt-get install --no-install-recommends python3 python3-venv" in ended.stderr
    assert ended.stdout == ""


def test_an_old_python_is_not_taken(bare_path: Path) -> None:
    """One that cannot read look.py, as those before 3.6 cannot, ends with an error in the same way."""
    (bare_path / "python3").write_text("#!/bin/sh\nprintf 'old\\n/usr/bin/python3\\nname\\nstamp\\n'\n")
    (bare_path / "python3").chmod(0o755)
    ended = start("SOURCE; prepare_console offscreen", bare_path)
    assert ended.returncode == 1
    assert "no Python 3.11 or later was found" in ended.stderr


def test_missing_tools_are_named_and_stop_only_ci(bare_path: Path) -> None:
    script = "SOURCE; choose_cache; prepare_tools; echo on"
    ended = start(script, bare_path)
    assert (ended.returncode, ended.stdout) == (0, "on\n")
    assert "apt-get install --no-install-recommends openssh-server openssh-client sudo iproute2" in ended.stderr
    in_ci = start(script, bare_path, CI="true")
    assert (in_ci.returncode, in_ci.stdout) == (1, "")
    assert "in CI nothing may be missing" in in_ci.stderr


def test_the_cache_is_never_the_checkout_nor_another_users_home(bare_path: Path, tmp_path: Path) -> None:
    script = 'SOURCE; choose_cache; echo "$cache"'
    chosen = start(script, bare_path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert chosen.stdout.strip() == str(tmp_path / "cache" / "ledger-console")
    relative = start(script, bare_path, XDG_CACHE_HOME="cache")  # the specification: ignore what is not absolute
    assert relative.stdout.strip() == str(Path(os.environ["HOME"]) / ".cache" / "ledger-console")
    homeless = start(script, bare_path, HOME="/nonexistent", TMPDIR=str(tmp_path))
    private = tmp_path / f"ledger-console-cache-{os.getuid()}"
    assert homeless.stdout.strip() == str(private)
    assert private.stat().st_mode & 0o777 == 0o700


def test_a_cache_that_somebody_else_laid_out_is_refused(bare_path: Path, tmp_path: Path) -> None:
    (tmp_path / f"ledger-console-cache-{os.getuid()}").symlink_to(tmp_path)
    ended = start("SOURCE; choose_cache; echo on", bare_path, HOME="/nonexistent", TMPDIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Set XDG_CACHE_HOME" in ended.stderr
