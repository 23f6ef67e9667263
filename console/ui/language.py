"""The person's language, and all sentences in it; knows no Qt, so that the command line speaks it too."""

import logging
import os
import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

from console.places import Home, resource
from console.ui.speech import speak_with

ENGLISH: Final = "en"
CHINESE: Final = "zh_CN"
LANGUAGES: Final = (ENGLISH, CHINESE)
SYSTEM: Final = "system"
FORM: Final = "1"  # of our translation files; one of another form is not used
VARIABLE: Final = "LEDGER_CONSOLE_LANGUAGE"
PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")

log = logging.getLogger(__name__)


class LanguageTrouble(Exception):
    """A translation file that is missing, damaged or of another version; the console goes on in English."""


def chosen(home: Home) -> str:
    """What was chosen for this home: 'en', 'zh_CN', or 'system'."""
    try:
        said = home.language.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return SYSTEM
    return said if said in LANGUAGES else SYSTEM


def choose(home: Home, language: str) -> None:
    """Keep the choice. Raises ValueError for a language that there is not, OSError where it can't be written."""
    if language not in (*LANGUAGES, SYSTEM):
        raise ValueError(f"there is no language {language!r}")
    home.language.write_text(f"{language}\n", "utf-8")


def in_force(home: Home) -> str:
    """The language to speak: by the variable, else by the choice, else by the system's locale."""
    said = os.environ.get(VARIABLE, "")
    language = said if said in LANGUAGES else chosen(home)
    if language != SYSTEM:
        return language
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return CHINESE if locale.partition(".")[0].replace("-", "_") in ("zh_CN", "zh_SG", "zh_Hans") else ENGLISH


def read_sentences(language: str) -> dict[tuple[str, str], str]:
    """All sentences of a language by context and English text. Raises LanguageTrouble."""
    path = resource("i18n") / f"{language}.ts"
    try:
        root = ElementTree.fromstring(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ElementTree.ParseError) as error:
        raise LanguageTrouble(f"{path.name} can't be read: {error}") from error
    if root.tag != "TS" or root.get("form") != FORM:
        raise LanguageTrouble(f"{path.name} is of form {root.get('form')!r}, and this version reads {FORM!r}")
    found = {}
    for context in root.iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            source, translation = message.findtext("source"), message.find("translation")
            done = translation is not None and translation.get("type") is None
            if source and done and translation is not None and translation.text:
                found[name, source] = translation.text
    return found


def fits(source: str, translation: str) -> bool:
    """Does a translation hold the same placeholders as its source? One that does not is never used."""
    return sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(translation))


def speak(home: Home) -> str:
    """From now on all words are in the person's language; what is said. Where that can't be, they stay English."""
    language = in_force(home)
    sentences: Mapping[tuple[str, str], str] = {}
    if language != ENGLISH:
        try:
            sentences = read_sentences(language)
        except LanguageTrouble as trouble:
            log.warning("%s; English is spoken", trouble)
            language = ENGLISH
    usable = {key: text for key, text in sentences.items() if fits(key[1], text)}
    speak_with(lambda context, text: usable.get((context, text), text))
    return language
