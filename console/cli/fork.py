"""`fork`: two sides that both wrote, compared entry by entry; the side that is given up is exported first."""

from argparse import Namespace

from console.cli.answers import ForkAnswer
from console.cli.face import Exit, Face, expect, failed
from console.link.fork import FORK_SECONDS_MAX, AskFork, ExportFork, ForkExported, ForkSeen
from console.ui.fork_words import exported_sentences, fork_sentences, row_lines


def fork(face: Face, options: Namespace) -> Exit:
    """Compare; with --export write the entries of the side that is not kept. Nothing on any node is written."""
    names = tuple(options.nodes)
    if len(names) > 2 or (len(names) == 2 and names[0] == names[1]):
        raise failed("usage", "a fork has two sides: --node A --node B", code=Exit.USAGE)
    if options.export:
        return _export(face, options, names)
    if options.keep or options.reason:
        raise failed("usage", "--keep and --reason belong to --export", code=Exit.USAGE)
    a, b = (*names, "", "")[:2]
    with face.link() as link:
        question = AskFork(cluster=options.cluster, a=a, b=b)
        seen: ForkSeen = expect(link.ask(question, seconds_max=FORK_SECONDS_MAX), ForkSeen, where=options.cluster)
    sentences = fork_sentences(seen.fork)
    face.print(ForkAnswer(fork=seen.fork, sentences=sentences), [*sentences, "", *row_lines(seen.fork)])
    return Exit.DONE


def _export(face: Face, options: Namespace, names: tuple[str, ...]) -> Exit:
    """Which side is kept is a person's word, with its reason."""
    if not options.keep or not options.reason.strip():
        raise failed("usage", "--export needs --keep NODE and --reason TEXT: it is a decision, and it is recorded",
                     code=Exit.USAGE)  # fmt: skip
    losers = [name for name in names if name != options.keep]
    if len(losers) != 1:
        raise failed("usage", "name the other side with --node: its entries are the ones that are exported",
                     code=Exit.USAGE)  # fmt: skip
    with face.link() as link:
        question = ExportFork(cluster=options.cluster, winner=options.keep, loser=losers[0], reason=options.reason)
        answer = link.ask(question, seconds_max=FORK_SECONDS_MAX)
        done: ForkExported = expect(answer, ForkExported, where=options.cluster)
    sentences = (*fork_sentences(done.fork), *exported_sentences(done))
    face.print(ForkAnswer(fork=done.fork, sentences=sentences, exported=done), list(sentences))
    return Exit.DONE
