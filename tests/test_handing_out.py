"""What is handed out: its desktop entry, its store page, its icon, its list of licences, what it starts again."""

import configparser
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"


def test_the_desktop_entry_starts_the_program_and_speaks_both_languages() -> None:
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / "ledger-console.desktop", "utf-8")
    told = entry["Desktop Entry"]
    assert (told["Type"], told["Exec"], told["Icon"], told["Terminal"]) == (
        "Application", "ledger-console", "ledger-console", "false",
    )  # fmt: skip
    assert all(told[f"{name}[zh_CN]"] for name in ("GenericName", "Comment"))
    assert told["Categories"].endswith(";")


def test_the_store_page_names_that_entry_and_takes_version_and_date() -> None:
    text = (LINUX / "org.ledgerconsole.LedgerConsole.metainfo.xml").read_text("utf-8")
    page = ElementTree.fromstring(text.replace("@VERSION@", "1.0").replace("@DATE@", "2026-03-14"))
    assert page.findtext("launchable") == "ledger-console.desktop"
    assert [one.get("version") for one in page.iter("release")] == ["1.0"]
    assert len(page.findtext("summary") or "") <= 70


def test_the_icon_is_a_drawing() -> None:
    icon = ElementTree.parse(ROOT / "resources" / "icons" / "ledger-console.svg").getroot()
    assert icon.tag.endswith("svg") and icon.get("viewBox") == "0 0 128 128"


def test_every_package_that_goes_into_it_has_a_licence() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "licences.py"), str(ROOT / "pyproject.toml")],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    lines = run.stdout.splitlines()
    assert len(lines) > 20
    assert [line for line in lines if not re.fullmatch(r"\S+ \S+  \S.*", line)] == []
    assert [line for line in lines if "not said" in line] == []
    assert any(line.startswith("pyside6-essentials ") for line in lines)


def test_the_built_program_is_its_own_interpreter_too() -> None:
    """It starts the engine, the lab's service and the SSH endpoints as `PROGRAM -m MODULE`."""

    def entry(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, str(ROOT / "packaging" / "entry.py"), *words], capture_output=True, text=True, timeout=60,
            cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}, check=False,
        )  # fmt: skip

    assert "ledger-console" in entry("--version").stdout
    assert entry("-m", "console", "--version").stdout == entry("--version").stdout
    assert entry("-c", "import sys; print(sys.argv[1:])", "a", "b").stdout == "['a', 'b']\n"
    assert entry("-m", "console", "no-such-command").returncode == 2
