"""Who sees whom, in words: one cell in two, and as a whole sentence for a screen reader; knows no Qt."""

from typing import Final

from console.domain.recommendation import Seeing
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui.measures import duration, round_trip
from console.ui.speech import translate
from console.ui.step_words import readable

CONSOLE: Final = "console"
NO_LINK: Final = "no-link"
_HEALTHS: Final = {
    "answers": Health.HEALTHY,
    "streams": Health.HEALTHY,
    "silent": Health.LOST,
    "refused": Health.LOST,
    "no-stream": Health.LOST,
    "unknown": Health.UNKNOWN,
}


def seeing_health(seeing: Seeing) -> Health | None:
    """The shape of a cell; None: there is nothing to see, as between nodes that have no link."""
    if seeing.state == NO_LINK:
        return None
    return _HEALTHS.get(seeing.state, Health.UNKNOWN)


def asker_name(name: str) -> str:
    return translate("recovery", "this console") if name == CONSOLE else shown(name)


def seeing_text(seeing: Seeing) -> str:
    """A cell: '18 ms', 'silent 33 s', 'no stream 31 s', 'no link', 'unknown'."""
    seconds = seeing.seconds
    match seeing.state:
        case "answers":
            return round_trip(seconds) if seconds is not None else translate("recovery", "answers")
        case "streams":
            return translate("recovery", "streams")
        case "silent":
            return _for(translate("recovery", "silent"), seconds)
        case "refused":
            return translate("recovery", "refused")
        case "no-stream":
            return _for(translate("recovery", "no stream"), seconds)
        case "no-link":
            return translate("recovery", "no link")
        case "unknown":
            return translate("recovery", "unknown")
        case other:
            return readable(other)


def _for(word: str, seconds: float | None) -> str:
    if seconds is None:
        return word
    return translate("recovery", "{state} {time}").format(state=word, time=duration(seconds, whole=True))


def _in_full(seeing: Seeing) -> str:
    if seeing.state == "answers" and seeing.seconds is not None:
        return translate("recovery", "answers in {time}").format(time=round_trip(seeing.seconds))
    return seeing_text(seeing)


def seeing_sentence(seeing: Seeing) -> str:
    """'nyc-2 asks nyc-1: no stream 31 s (nyc-2: pg_stat_wal_receiver)'."""
    text = translate("recovery", "{asker} asks {answerer}: {state}")
    if seeing.source:
        text = translate("recovery", "{asker} asks {answerer}: {state} ({source})")
    return text.format(
        asker=asker_name(seeing.asker), answerer=shown(seeing.answerer), state=_in_full(seeing),
        source=shown(seeing.source),
    )  # fmt: skip


def not_told_sentence(asker: str, answerer: str) -> str:
    """Of a cell that nobody told anything about."""
    text = translate("recovery", "{asker} and {answerer}: nothing is known")
    return text.format(asker=asker_name(asker), answerer=shown(answerer))
