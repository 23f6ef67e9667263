"""`left`: what changes left on the nodes of a cluster, listed, and removed where it may be."""

from argparse import Namespace

from console.cli.answers import LeftAnswer
from console.cli.face import Exit, Face, expect
from console.link.left import (
    LEFT_SECONDS_MAX,
    REMOVE_SECONDS_MAX,
    AskLeftovers,
    Leftovers,
    LeftoversRemoved,
    RemoveLeftovers,
)
from console.ui.left_words import left_sentences, removed_sentences, thing_lines


def left(face: Face, options: Namespace) -> Exit:
    """List it; with --remove take away what may go. Exit code 1 where something could not be removed."""
    cluster = options.cluster
    with face.link() as link:
        if options.remove:
            answer = link.ask(RemoveLeftovers(cluster=cluster), seconds_max=REMOVE_SECONDS_MAX)
            done: LeftoversRemoved = expect(answer, LeftoversRemoved, where=cluster)
            sentences, picture = removed_sentences(done), done.picture
            lines = [*sentences, "", *thing_lines(picture.things)]
            told = LeftAnswer(picture=picture, sentences=sentences, removed=done.removed, failed=done.failed)
            face.print(told, lines)
            return Exit.REFUSED if done.failed else Exit.DONE
        answer = link.ask(AskLeftovers(cluster=cluster), seconds_max=LEFT_SECONDS_MAX)
        seen: Leftovers = expect(answer, Leftovers, where=cluster)
    sentences = left_sentences(seen.picture)
    lines = [*sentences, "", *thing_lines(seen.picture.things)]
    face.print(LeftAnswer(picture=seen.picture, sentences=sentences), lines)
    return Exit.DONE
