"""What holds for every test: a home of its own, no display, no left-over thread, no warning that nobody expected.

Nothing here may wait without a limit or reach into the state of the person who runs the tests. It is in force in each
folder; a folder's own conftest adds to it.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
THREADS_END_SECONDS_MAX = 10.0  # how long a test's threads may take to end after it
LAB_FOLDERS = frozenset({"real", "lab", "patroni", "engine", "backup"})
ALLOWED_SKIP = "not in this version"  # of a tool, a server, a system: the one reason that counts in CI

# Before anything imports Qt or keyring: no window opens, and nobody's desktop keyring is asked.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
# Programs that a test starts, from whatever directory, find the console of this checkout.
os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]))

# Whoever starts the tests in the background of a shell gives them a deaf ear to Ctrl-C, and every program they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is not a failed property; a found example is printed so that it can be played again.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "allows_warnings: the console's own log may hold warnings in this test")
    config.addinivalue_line("markers", "allows_threads: this test's threads end later, by a wider fixture")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that run a lab come first: with several workers none of them is left to one alone at the end."""
    labs = {item.path for item in items if item.get_closest_marker("live") or item.path.parent.name in LAB_FOLDERS}
    items.sort(key=lambda item: item.path not in labs)


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """HOME and all that hangs on it lie in a directory of this run, for fixtures that outlive a test too."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("LEDGER_CONSOLE_HOME", str(home / "console"))
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        for name in ("XDG_RUNTIME_DIR", "SSH_AUTH_SOCK", "SSH_ASKPASS", "PGPASSFILE", "PGSERVICEFILE"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def _state_of_the_test(_home_of_the_session: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own engine home; the directory is made by what uses it."""
    monkeypatch.setenv("LEDGER_CONSOLE_HOME", str(tmp_path / "console"))


def _must_end(thread: threading.Thread) -> bool:
    """One that keeps the interpreter alive, or a paramiko transport, which is a daemon and hides a lost connection."""
    return not thread.daemon or type(thread).__module__.partition(".")[0] == "paramiko"


@pytest.fixture(autouse=True)
def _no_thread_is_left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    if request.node.get_closest_marker("allows_threads"):
        return
    deadline = time.monotonic() + THREADS_END_SECONDS_MAX
    left = [thread for thread in threading.enumerate() if thread not in before and _must_end(thread)]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    names = sorted(f"{thread.name} ({type(thread).__qualname__})" for thread in left if thread.is_alive())
    if names:
        pytest.fail(f"left over {THREADS_END_SECONDS_MAX:g} s after the test: {', '.join(names)}", pytrace=False)


class _Warnings(logging.Handler):
    """Keeps what the console logged at WARNING and above, from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    heard = _Warnings()
    logger = logging.getLogger("console")
    logger.addHandler(heard)
    yield
    logger.removeHandler(heard)
    if heard.records and not request.node.get_closest_marker("allows_warnings"):
        lines = [f"{record.name} {record.levelname}: {record.getMessage()}" for record in heard.records]
        pytest.fail("logged, and not expected (mark: allows_warnings):\n" + "\n".join(lines), pytrace=False)


def _refused_skip(report: pytest.TestReport | pytest.CollectReport) -> str | None:
    """The reason of a skip that CI does not accept, or None. An expected failure is not a skip."""
    if os.environ.get("CI") != "true" or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return None
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    return None if reason.startswith(ALLOWED_SKIP) else reason


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if (reason := _refused_skip(report)) is not None:
        report.outcome = "failed"
        report.longrepr = f"skipped, and in CI nothing may be: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if (reason := _refused_skip(report)) is not None:
        report.outcome = "failed"
        report.longrepr = f"skipped, and in CI nothing may be: {reason}"
    return report


def pytest_report_header() -> str:
    shown = (f"{name}={os.environ[name]}" for name in ("CI", "QT_QPA_PLATFORM") if name in os.environ)
    return f"console: {ROOT}, Python {sys.version.split()[0]}, {', '.join(shown)}"
