"""`peers`: what a cluster takes from its peers, and, asked for, the books of both sides held against each other."""

from argparse import Namespace
from typing import Final

from console.cli.face import Exit, Face, expect
from console.domain.peers import SILENT_SECONDS_MIN
from console.link.watching import AskPeers, PeersSeen
from console.ui import peer_words as words

BOOKS_SECONDS_MAX: Final = 600.0
ASK_SECONDS_MAX: Final = 30.0


def peers(face: Face, options: Namespace) -> Exit:
    """Refused (1) where the books of two peers differ."""
    limit = BOOKS_SECONDS_MAX if options.books else ASK_SECONDS_MAX
    with face.link() as link:
        asked = AskPeers(cluster=options.cluster, books=options.books)
        seen = expect(link.ask(asked, seconds_max=limit), PeersSeen, where=options.cluster)
    view = seen.peers
    lines = [words.peers_headline(view)]
    for one in view.subscriptions:
        lines.append(f"  {words.subscription_sentence(one, silent_seconds_max=SILENT_SECONDS_MIN)}")
    lines += [f"  {words.books_sentence(one)}" for one in view.books]
    face.print(seen, lines)
    return Exit.REFUSED if any(one.same is False for one in view.books) else Exit.DONE
