"""`alerts ways` and its kin: over which ways alerts leave the console, each tried by a command."""

import sys
from argparse import Namespace
from typing import Final

from console.cli.alert_answers import WaysAnswer, WayTriedAnswer
from console.cli.face import Exit, Face, expect, failed
from console.domain.alerting import WayKind, WayOut
from console.domain.verdict import Health
from console.link.messages import Done, GiveSecret
from console.link.watching import AskWaysOut, RemoveWayOut, SaveWayOut, TryWayOut, WaysOut, WayTried
from console.ui.alert_words import tried_sentence, way_sentence, way_title

SECRET_CHARACTERS_MAX: Final = 4_096
TRY_SECONDS_MAX: Final = 130.0  # the engine answers within the way's own limit


def listed(face: Face, _: Namespace) -> Exit:
    """Every way and how it fares."""
    with face.link() as link:
        seen: WaysOut = expect(link.ask(AskWaysOut()), WaysOut)
    _print(face, seen)
    return Exit.DONE


def add(face: Face, options: Namespace) -> Exit:
    """Add one, or replace it. Its secret goes to the keyring, never into the record."""
    way = WayOut(
        name=options.name, kind=WayKind(options.kind), target=options.target, options=_options(options.option),
        least=Health(options.least), clusters=tuple(options.cluster), enabled=not options.disabled,
        seconds_max=options.limit,
    )  # fmt: skip
    secret = _secret() if options.secret_stdin else ""
    with face.link() as link:
        seen: WaysOut = expect(link.ask(SaveWayOut(way=way)), WaysOut, where=way.name)
        if secret:
            # Only where the way itself was taken: a secret of nothing is not kept.
            given = GiveSecret(kind="password", subject=way.secret_subject, secret=secret, keep=True)
            expect(link.ask(given), Done, where=way.name)
    _print(face, seen)
    return Exit.DONE


def remove(face: Face, options: Namespace) -> Exit:
    """Take one away, with its secret."""
    with face.link() as link:
        seen: WaysOut = expect(link.ask(RemoveWayOut(name=options.name)), WaysOut, where=options.name)
    _print(face, seen)
    return Exit.DONE


def try_way(face: Face, options: Namespace) -> Exit:
    """Send a test; exit code 1 where it was not delivered."""
    with face.link() as link:
        tried: WayTried = expect(
            link.ask(TryWayOut(name=options.name), seconds_max=TRY_SECONDS_MAX), WayTried, where=options.name
        )
    sentence = tried_sentence(tried)
    answer = WayTriedAnswer(
        name=tried.name, delivered=tried.delivered, seconds=tried.seconds, reason=tried.reason, detail=tried.detail,
        sentence=sentence,
    )  # fmt: skip
    face.print(answer, [sentence])
    return Exit.DONE if tried.delivered else Exit.REFUSED


def _options(given: list[str]) -> tuple[tuple[str, str], ...]:
    found = []
    for word in given:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise failed("usage", f"--option takes NAME=VALUE, not {word!r}", code=Exit.USAGE)
        found.append((name, value))
    return tuple(found)


def _secret() -> str:
    text = sys.stdin.readline(SECRET_CHARACTERS_MAX + 1).rstrip("\r\n")
    if not text or len(text) > SECRET_CHARACTERS_MAX:
        raise failed("usage", f"standard input holds no secret of 1 to {SECRET_CHARACTERS_MAX} characters",
                     code=Exit.USAGE)  # fmt: skip
    return text


def _print(face: Face, seen: WaysOut) -> None:
    states = {state.name: state for state in seen.states}
    sentences, lines = [], []
    for way in seen.ways:
        said = way_sentence(states[way.name])
        sentences.append(said)
        lines += [way_title(way) + ("" if way.enabled else " (switched off)"), f"  {said}"]
    face.print(
        WaysAnswer(ways=seen.ways, states=seen.states, sentences=tuple(sentences)),
        lines or ["No way out: alerts are shown in the window and here, and nowhere else."],
    )
