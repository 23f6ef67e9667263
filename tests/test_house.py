"""The house rules of the code: each names file and line where it does not hold, and each is shown to find a fault."""

import ast
import os
import pwd
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
MODULE_LINES_MAX: Final = 450
FUNCTION_LINES_MAX: Final = 60
PICTURE_BYTES_MAX: Final = 200_000

PICTURES: Final = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".icns"}
BINARY: Final = PICTURES - {".svg"} | {".qm", ".ttf", ".otf", ".gz", ".pyc"}
NOT_OURS: Final = re.compile(r"/(\.git|\.venv[^/]*|[^/]*cache[^/]*|\.hypothesis|[^/]+\.egg-info|build|dist)(/|$)")

# The builders own the clocks, the lab is a world of its own; everybody else is given `now`.
BUILDERS: Final = re.compile(r"console/(window|tour|tour_hands|__main__|cli|cli/.*|engine/engine|lab/.*)(\.py)?$")
# A limit is measured where the outside world is waited for. Elsewhere `time.monotonic` may be named, as the default of
# a clock that is handed in, but not called.
WAITERS: Final = re.compile(r"console/(ssh|link|store|engine)/.*\.py$")
# Where handlers of everything may stand, and how many; each keeps the traceback. One that ends in `raise` is none.
BORDERS: Final = {
    "console/monitor/poller.py": 2,  # a poll round: the rest of the fleet goes on
    "console/monitor/node_watch.py": 1,  # a poll round that has to connect first
    "console/monitor/postgres_watch.py": 1,  # and one that has to open a session first
    "console/ssh/execution.py": 1,  # a host's answer: what else runs on the connection goes on
    "console/link/server.py": 1,  # a face's question: the engine outlives it
    "console/recovery/runner.py": 1,  # a plan step
    "console/engine/live_run.py": 1,  # the thread of a run: it is left asking a person
    "console/engine/sealing.py": 1,  # a round over the books
    "console/engine/backing.py": 1,  # a round over the backups
    "console/engine/backup_reading.py": 1,  # what a repository says: the others are read all the same
    "console/engine/backup_jobs.py": 1,  # the thread of a piece of work: it ends as failed
    "console/engine/drill_course.py": 1,  # the thread of a rehearsal: its fault is undone, and it ends as failed
    "console/engine/automation.py": 1,  # judging: the other clusters' automation goes on
    "console/engine/acting.py": 1,  # an act: its run goes on or asks, and the next picture is judged
    "console/engine/standing.py": 1,  # a look at what automation stands on: it ages, and refuses
    "console/engine/monitoring.py": 1,  # a round over the checks
    "console/engine/redundancy.py": 1,  # a round over the copies
    "console/engine/duties.py": 1,  # a round over the duties
    "console/engine/drill_plans.py": 1,  # the thread of a drill by plans: it ends as failed
    "console/engine/drills.py": 1,  # a round over the schedule of drills
    "console/engine/peers.py": 1,  # a round over the peers
    "console/engine/certificates.py": 1,  # a round over the certificates
    "console/engine/vigil.py": 1,  # what one part looks after: the others go on, and its fault is an alert
    "console/engine/alarms.py": 1,  # a round over the alerts
    "console/engine/way_line.py": 1,  # a delivery: the other ways out go on
    "console/engine/engine.py": 1,  # the last hooks of engine, window and command line
    "console/window.py": 1,
    "console/__main__.py": 1,
}
# Where an import may stand inside a function: the first window and the command line are quick without it.
LATE: Final = re.compile(
    r"console/(window|__main__|cli|cli/.*|lab/.*|ssh/secrets|store/database|ui/(main_window|cluster_page))(\.py)?$"
)

EMPTY_NAME: Final = re.compile(r"(?<![a-z])(utils?|helpers?|managers?|common)(?![a-z])")
NAMED_ANYWAY: Final = {"Manager"}  # domain.cluster: who may change a cluster's roles, a word of the trade
BANNED: Final = re.compile(
    r"(?<![a-z])(masters?|slaves?|replicas?|leaders?|xlog|dry[ _-]?run|node down)(?![a-z])", re.IGNORECASE
)
QUOTED: Final = re.compile(  # PostgreSQL's, Patroni's and Barman's own names, which are quoted, not chosen
    r"session_replication_role\W{1,8}replica|wal_level\W{1,8}replica|ENABLE REPLICA|leader_pid|standby_leader"
    r"|(?:begin|end)_xlog|xlog_segment_size"
    r"|(['\"])(master|replica|leader)\1"
)
CONSENSUS: Final = re.compile(r"console/(patroni/.*|domain/quorum)(\.py)?$")  # a consensus group has a leader
REGISTRY: Final = re.compile(
    r"(https?|file)://[^\s\"')]*(pypi|pythonhosted|/simple\b|npmjs|artifactory|nexus)"
    r"|--(extra-)?index-url[ =]|--find-links[ =]"
)
MACHINE_PATH: Final = re.compile(r"(?<![\w.~])/(home|Users)/[a-z]\w*/|(?<![\w.~])/root/\w")


class House:
    """Every file below a directory that somebody wrote, with or without git, read once."""

    def __init__(self, root: Path) -> None:
        found = (Path(folder) / name for folder, _, names in os.walk(root) for name in names)
        self.root = root
        self.files = sorted(path for path in found if not NOT_OURS.search("/" + self.name(path)))
        self.texts = {path: path.read_text("utf-8") for path in self.files if path.suffix not in BINARY}
        self.modules = {path: ast.parse(text) for path, text in self.texts.items() if path.suffix == ".py"}
        self.ours = {path: tree for path, tree in self.modules.items() if path.is_relative_to(root / "console")}

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def at(self, path: Path, node: ast.AST | int) -> str:
        return f"{self.name(path)}:{node if isinstance(node, int) else getattr(node, 'lineno', 1)}"

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
        """All nodes of these kinds in the console's own modules."""
        for path, tree in self.ours.items():
            yield from ((path, node) for node in ast.walk(tree) if isinstance(node, kinds))


def dotted(node: ast.AST | None) -> str:
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def modules_open_with_one_sentence_about_themselves(house: House) -> Iterator[str]:
    for path, tree in house.modules.items():
        first = (ast.get_docstring(tree) or "").partition("\n")[0]
        if not first.endswith(".") or tree.body[0].lineno != 1:
            yield f"{house.at(path, 1)}: the first line is no one-sentence docstring"


def modules_and_functions_are_short(house: House) -> Iterator[str]:
    for path, tree in house.modules.items():
        if (lines := house.texts[path].count("\n")) > MODULE_LINES_MAX:
            yield f"{house.at(path, 1)}: {lines} lines, at most {MODULE_LINES_MAX}"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES_MAX:
                    yield f"{house.at(path, node)}: {node.name} has {length} lines, at most {FUNCTION_LINES_MAX}"


def catches_everything(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        kinds: list[ast.expr | None] = [*node.args] if dotted(node.func).endswith("suppress") else []
    elif isinstance(node, ast.ExceptHandler) and not isinstance(node.body[-1], ast.Raise):
        kinds = [*node.type.elts] if isinstance(node.type, ast.Tuple) else [node.type]
    else:
        kinds = []
    return any(kind is None or dotted(kind) in {"Exception", "BaseException"} for kind in kinds)


def broad_handlers_stand_only_at_the_named_borders(house: House) -> Iterator[str]:
    for path, tree in house.ours.items():
        found = [node for node in ast.walk(tree) if catches_everything(node)]
        for node in found[BORDERS.get(house.name(path), 0) :]:
            yield f"{house.at(path, node)}: catches everything"


def signals_carry_objects_only(house: House) -> Iterator[str]:
    for path, node in house.nodes(ast.Call):
        assert isinstance(node, ast.Call)
        signal = dotted(node.func).rpartition(".")[2] == "Signal"
        if signal and any(dotted(argument) != "object" for argument in node.args):
            yield f"{house.at(path, node)}: {ast.unparse(node)}: Qt cuts an int to 32 bit and damages a dict or list"


def names_say_something(house: House) -> Iterator[str]:
    for path, tree in house.modules.items():
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name not in NAMED_ANYWAY]
        for name, line in [(path.stem, 1), *((node.name, node.lineno) for node in classes)]:
            if EMPTY_NAME.search(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()):
                yield f"{house.at(path, line)}: the name {name} says nothing"


def clock_uses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every use of a clock, whatever it was imported as."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
    walls = {"time.sleep", "time.time", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today"}
    for node in ast.walk(tree):
        first, dot, rest = dotted(node.func if isinstance(node, ast.Call) else node).partition(".")
        use = names.get(first, first) + dot + rest
        if use in walls or (isinstance(node, ast.Call) and use in {"time.monotonic", "time.perf_counter"}):
            yield getattr(node, "lineno", 1), use


def only_builders_own_a_clock(house: House) -> Iterator[str]:
    for path, tree in house.ours.items():
        for line, use in clock_uses(tree):
            waits = WAITERS.match(house.name(path)) and use in {"time.monotonic", "time.perf_counter"}
            if not waits and not BUILDERS.match(house.name(path)):
                yield f"{house.at(path, line)}: {use}: time comes in as an argument"


def the_tests_wait_on_conditions(house: House) -> Iterator[str]:
    for path in (path for path in house.modules if path.name.startswith("test_")):
        for line, use in clock_uses(house.modules[path]):
            if use == "time.sleep":
                yield f"{house.at(path, line)}: a test sleeps"


def the_glossary_is_kept(house: House) -> Iterator[str]:
    for path, text in house.texts.items():
        name = house.name(path)
        spoken = QUOTED.sub(lambda quoted: re.sub(r"\S", " ", quoted[0]), text)
        for found in BANNED.finditer(spoken) if name.startswith(("console/", "resources/")) else ():
            if not (CONSENSUS.match(name) and found[1].lower().startswith("leader")):
                line = spoken.count("\n", 0, found.start()) + 1
                yield f"{house.at(path, line)}: '{found[1]}' is not a word of the glossary"


def imports_are_in_the_open(house: House) -> Iterator[str]:
    for path, node in house.nodes(ast.Name, ast.FunctionDef, ast.AsyncFunctionDef):
        if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING":
            yield f"{house.at(path, node)}: an import for types alone hides a circle"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not LATE.match(house.name(path)):
            inside = (one for one in ast.walk(node) if isinstance(one, ast.Import | ast.ImportFrom))
            yield from (f"{house.at(path, one)}: an import inside a function" for one in inside)


def domain_knows_no_library_and_pages_no_page(house: House) -> Iterator[str]:
    for path, node in house.nodes(ast.Import, ast.ImportFrom):
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        assert isinstance(node, ast.Import | ast.ImportFrom)
        for name in [alias.name for alias in node.names] if not module else [module]:
            if path.parent.name == "domain" and name.partition(".")[0] not in {*sys.stdlib_module_names, "console"}:
                yield f"{house.at(path, node)}: domain imports {name}"
        for name in [module, *(alias.name for alias in node.names)]:
            if path.stem.endswith(("_page", "_wizard")) and name.endswith("_page") and "console.ui" in (module or name):
                yield f"{house.at(path, node)}: a page imports the page {name}"


def no_file_names_a_registry_or_a_place_of_one_machine(house: House) -> Iterator[str]:
    own = pwd.getpwuid(os.getuid()).pw_dir
    # A short path such as /app would be found where it means something else.
    long = {path for path in (str(ROOT), own, sys.prefix, sys.base_prefix) if path.count("/") > 1}
    places = (rf"(?<!\w){re.escape(path)}(?![\w-])" for path in sorted(long))
    machine = re.compile("|".join([MACHINE_PATH.pattern, *places]))
    for path in house.texts.keys() - {Path(__file__).resolve()}:
        for number, line in enumerate(house.texts[path].splitlines(), 1):
            if REGISTRY.search(line):
                yield f"{house.at(path, number)}: an address of a package registry"
            if machine.search(line):
                yield f"{house.at(path, number)}: a path of one machine"


def files_end_with_a_newline_and_pictures_are_small(house: House) -> Iterator[str]:
    for path, text in house.texts.items():
        if text and not text.endswith("\n"):
            yield f"{house.at(path, text.count(chr(10)) + 1)}: no newline at the end"
    for path in house.files:
        if path.suffix in PICTURES and (size := path.stat().st_size) > PICTURE_BYTES_MAX:
            yield f"{house.at(path, 1)}: {size} bytes, at most {PICTURE_BYTES_MAX}"


HOUSE: Final = House(ROOT)
PLANTED: Final[dict[Callable[[House], Iterator[str]], tuple[str, str]]] = {
    modules_open_with_one_sentence_about_themselves: ("console/a.py", "import os\n"),
    modules_and_functions_are_short: ("console/a.py", "def f():\n" + "    pass\n" * 60),
    broad_handlers_stand_only_at_the_named_borders: (
        "console/a.py",
        "try:\n    f()\nexcept (OSError, Exception):\n    0\n",
    ),
    signals_carry_objects_only: ("console/ui/a.py", "class A:\n    seen = Signal(int)\n"),
    names_say_something: ("console/a.py", "class HostManager:\n    pass\n"),
    only_builders_own_a_clock: ("console/domain/a.py", "from datetime import datetime as d\nd.now()\n"),
    the_tests_wait_on_conditions: ("tests/test_a.py", "from time import sleep\nsleep(1)\n"),
    the_glossary_is_kept: ("console/a.py", "wal_level = 'replica'\nfind_replica = 1\n"),
    imports_are_in_the_open: ("console/ssh/a.py", "def f():\n    import os\n"),
    domain_knows_no_library_and_pages_no_page: ("console/domain/a.py", "import msgspec\n"),
    no_file_names_a_registry_or_a_place_of_one_machine: ("a.md", "see /home/" + "jo/x\n"),
    files_end_with_a_newline_and_pictures_are_small: ("a.md", "end"),
}


@pytest.mark.parametrize("rule", PLANTED, ids=lambda rule: rule.__name__)
def test_the_house_holds(rule: Callable[[House], Iterator[str]]) -> None:
    faults = sorted(set(rule(HOUSE)))
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults)


@pytest.mark.parametrize("rule", PLANTED, ids=lambda rule: rule.__name__)
def test_a_planted_fault_is_found(rule: Callable[[House], Iterator[str]], tmp_path: Path) -> None:
    name, text = PLANTED[rule]
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    assert {fault.partition(":")[0] for fault in rule(House(tmp_path))} == {name}


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--no-fix", "--output-format=concise", "."),
        ("lint-imports", "--no-cache", "--config", "pyproject.toml"),
        ("mypy", "--no-error-summary"),
    ],
    ids=lambda command: str(command[0]),
)
def test_the_tool_finds_nothing(command: tuple[str, ...]) -> None:
    program = Path(sys.executable).parent / command[0]
    ended = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, "\n" + ended.stdout + ended.stderr


def test_modules_of_tests_have_names_of_their_own() -> None:
    """Folders of tests are no packages: two modules of one name keep the whole suite from being collected."""
    names = Counter(path.name for path in HOUSE.texts if path.name.startswith("test_") and path.suffix == ".py")
    assert not [name for name, count in names.items() if count > 1]
