"""Simplified Chinese is complete: nothing untranslated, no placeholder broken, the terms and the typography kept."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from console import places
from console.places import Home
from console.ui import language, speech
from console.ui.language import CHINESE, ENGLISH, LanguageTrouble, choose, chosen, fits, in_force, read_sentences, speak

ROOT = Path(__file__).resolve().parents[2]
HAN = "\u3400-\u9fff"
# A half-width mark beside a Chinese character. Colons and commas within commands and figures stand beside Latin ones.
HALF_WIDTH = re.compile(rf"[{HAN}][,;!?]|[,;!?][{HAN}]|[{HAN}]\.(?:\s|$)")
GLUED = re.compile(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]")


@pytest.fixture(autouse=True)
def speaks_english_again() -> Iterator[None]:
    yield
    speech.speak_with(lambda _context, text: text)


def test_every_sentence_of_the_console_is_translated_and_none_is_left_over() -> None:
    before = (ROOT / "resources" / "i18n" / "zh_CN.ts").read_text("utf-8")
    root = ElementTree.fromstring(before)
    spoken = subprocess.run(
        [sys.executable, "-c", SPOKEN, str(ROOT / "packaging" / "translations")], capture_output=True, text=True,
        check=True, timeout=60,
    ).stdout  # fmt: skip
    wanted = set(spoken.split("\0")[:-1])
    there = {
        f"{context.findtext('name')}\1{message.findtext('source')}"
        for context in root.iter("context") for message in context.iter("message")
    }  # fmt: skip
    assert sorted(wanted - there) == [], "run packaging/translations, and translate what is new"
    assert sorted(there - wanted) == [], "run packaging/translations"
    assert len(read_sentences(CHINESE)) == len(wanted)


SPOKEN = """
import runpy, sys
spoken = runpy.run_path(sys.argv[1], run_name="collecting")["spoken"]
sys.stdout.write("".join(context + "\\1" + text + "\\0" for context, text in spoken()))
"""


def test_no_placeholder_is_broken() -> None:
    assert [key for key, text in read_sentences(CHINESE).items() if not fits(key[1], text)] == []


def test_the_typography_is_chinese() -> None:
    texts = read_sentences(CHINESE).values()
    assert [text for text in texts if HALF_WIDTH.search(text)] == []
    assert [text for text in texts if GLUED.search(text)] == []
    assert [text for text in texts if re.search("请(?!求)|[!！]", text)] == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [("If the primary died now", "主库"), ("Failover", "故障切换"), ("Switchover", "计划切换"), ("Restore", "还原"),
     ("Acknowledge", "确认")],
)  # fmt: skip
def test_the_terms_are_those_of_the_design(english: str, chinese: str) -> None:
    found = [text for (_, source), text in read_sentences(CHINESE).items() if source.rstrip(" …") == english]
    assert found
    assert all(chinese in text for text in found), found


@pytest.mark.parametrize(
    ("said", "kept", "locale", "wanted"),
    [("", "", "de_DE.UTF-8", ENGLISH), ("", "", "zh_CN.UTF-8", CHINESE), ("", "en", "zh_CN.UTF-8", ENGLISH),
     ("", "zh_CN", "C", CHINESE), ("zh_CN", "en", "C", CHINESE), ("xx", "", "C", ENGLISH), ("", "xx", "C", ENGLISH)],
)  # fmt: skip
def test_the_language_is_the_variables_the_homes_or_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, kept: str, locale: str, wanted: str
) -> None:
    monkeypatch.setenv("LEDGER_CONSOLE_LANGUAGE", said)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    home = Home(tmp_path)
    if kept:
        home.language.write_text(kept)
    assert in_force(home) == wanted


def test_a_choice_is_kept_and_another_language_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert chosen(home) == "system"
    choose(home, CHINESE)
    assert chosen(home) == CHINESE
    with pytest.raises(ValueError, match="xx"):
        choose(home, "xx")
    assert chosen(home) == CHINESE


def test_it_speaks_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER_CONSOLE_LANGUAGE", CHINESE)
    assert speak(Home(tmp_path)) == CHINESE
    assert "主库" in speech.translate("words", "If the primary died now")
    assert speech.translate("words", "nobody ever said this") == "nobody ever said this"


@pytest.mark.allows_warnings
@pytest.mark.parametrize(
    "text", ["", "<TS", '<TS form="2"/>', "<html/>", '<TS form="1"><context></TS>'],
)  # fmt: skip
def test_a_file_that_is_damaged_or_of_another_version_is_said_and_english_is_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "i18n").mkdir()
    (tmp_path / "i18n" / "zh_CN.ts").write_text(text)
    monkeypatch.setattr(language, "resource", lambda name: tmp_path / name)
    monkeypatch.setenv("LEDGER_CONSOLE_LANGUAGE", CHINESE)
    with pytest.raises(LanguageTrouble, match="zh_CN"):
        read_sentences(CHINESE)
    assert speak(Home(tmp_path)) == ENGLISH
    assert "English is spoken" in caplog.text


def test_a_translation_with_a_broken_placeholder_is_never_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "i18n").mkdir()
    (tmp_path / "i18n" / "zh_CN.ts").write_text(
        '<TS form="1"><context><name>a</name><message><source>{n} lost</source><translation>丢失</translation>'
        "</message><message><source>lost</source><translation>丢失</translation></message></context></TS>"
    )
    monkeypatch.setattr(language, "resource", lambda name: tmp_path / name)
    monkeypatch.setenv("LEDGER_CONSOLE_LANGUAGE", CHINESE)
    speak(Home(tmp_path))
    assert (speech.translate("a", "{n} lost"), speech.translate("a", "lost")) == ("{n} lost", "丢失")
    assert places.resource("i18n").is_dir()
