"""`self-test`: what the installed program needs, each thing tried and not only looked for."""

import os
import platform
import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import console
from console.cli.answers import Check, SelfTestAnswer
from console.cli.face import Exit, Face
from console.places import resource

QT_SECONDS_MAX = 60.0
_WINDOW = """
import sys
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv[:1])
label = QLabel("111"); label.show(); app.processEvents()
print(app.platformName(), QFontInfo(QFont()).family() or "no font")
"""


def self_test(face: Face, _: Namespace) -> Exit:
    """Run every check; exit 1 where one of them refuses."""
    checks = tuple(_checks(face))
    fine = all(check.outcome != "refuse" for check in checks)
    answer = SelfTestAnswer(version=console.__version__, checks=checks, fine=fine)
    lines = [f"{c.outcome:<7} {c.name:<28} {c.observed}" + (f"  - {c.mend}" if c.mend else "") for c in checks]
    face.print(answer, lines)
    return Exit.DONE if fine else Exit.REFUSED


def _checks(face: Face) -> Iterator[Check]:
    old = sys.version_info < (3, 11)
    yield Check(name="python", outcome="refuse" if old else "pass", observed=platform.python_version(),
                mend="3.11 or later" if old else "")  # fmt: skip
    for package in ("PySide6_Essentials", "pyqtgraph", "numpy", "SQLAlchemy", "alembic", "paramiko", "msgspec"):
        yield _tried(f"package {package}", partial(metadata.version, package), "install the console anew")
    yield _crash_pair()
    yield _tried("resources", lambda: str(len(list(resource("sql").iterdir()))) + " SQL files", "install anew")
    yield _tried("home", lambda: _home(face), "make it writable, or name another with --home")
    yield _tried("store", _store, "install SQLite 3.35 or later")
    yield _tried("engine's socket", lambda: str(face.home.engine_socket), "name a shorter --home")
    yield _tried("window", _window, "install the system libraries that the text names; see README")
    yield _lab("asyncssh")
    yield _lab("psycopg")


def _tried(name: str, attempt: Callable[[], str], mend: str) -> Check:
    try:
        return Check(name=name, outcome="pass", observed=attempt())
    except (OSError, RuntimeError, ValueError, metadata.PackageNotFoundError, sqlite3.Error) as error:
        return Check(name=name, outcome="refuse", observed=f"{type(error).__name__}: {error}", mend=mend)


def _crash_pair() -> Check:
    """Python under 3.12 with PySide6 6.12 and later loses references until the interpreter dies."""
    version = metadata.version("PySide6_Essentials")
    numbers = tuple(int(part) for part in version.split(".")[:2])
    bad = sys.version_info < (3, 12) and numbers >= (6, 12)
    return Check(name="python with PySide6", outcome="refuse" if bad else "pass",
                 observed=f"{platform.python_version()} with {version}",
                 mend="PySide6 below 6.12, or Python 3.12" if bad else "")  # fmt: skip


def _home(face: Face) -> str:
    with TemporaryDirectory(dir=face.home.directory) as directory:
        path = Path(directory) / "tried"
        path.write_bytes(b"x")
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return str(face.home.directory)


def _store() -> str:
    with TemporaryDirectory() as directory:
        connection = sqlite3.connect(Path(directory) / "tried.sqlite")
        try:
            mode = connection.execute("pragma journal_mode=wal").fetchone()[0]
        finally:
            connection.close()
    if mode != "wal":
        raise ValueError(f"SQLite keeps its journal as {mode}, not as WAL")
    return f"SQLite {sqlite3.sqlite_version}"


def _window() -> str:
    environment = dict(os.environ)
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW], env=environment, capture_output=True, text=True, timeout=QT_SECONDS_MAX,
        check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}")
    if "no font" in done.stdout:
        raise RuntimeError("Qt finds no font and would draw empty boxes; install fonts-dejavu-core")
    return done.stdout.strip()


def _lab(package: str) -> Check:
    there = find_spec(package) is not None
    return Check(name=f"lab: {package}", outcome="pass" if there else "warn", observed="there" if there else "missing",
                 mend="" if there else "only the lab needs it: pip install 'ledger-console[lab]'")  # fmt: skip
