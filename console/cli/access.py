"""`access`: the texts that give a console one level of rights on a node, and a try of what a login may do there."""

from argparse import Namespace
from pathlib import Path
from typing import Final

from console.cli.access_answers import AccessKitAnswer, AccessTestAnswer
from console.cli.face import CommandFailed, Exit, Face, expect, failed
from console.domain.access import AccessKit, Level, Outcome
from console.domain.cluster import Inventory
from console.link.governing import AccessTested, AskAccessKit, AskAccessTest, KitMade
from console.ui import access_words as words

TEST_SECONDS_MAX: Final = 180.0
KEY_BYTES_MAX: Final = 20_000
SCRIPT_MODE: Final = 0o755
TEXT_MODE: Final = 0o644


def kit(face: Face, options: Namespace) -> Exit:
    """Make a kit and write it into a new directory, or print it."""
    with face.link() as link:
        question = AskAccessKit(
            node=options.node, level=Level(options.level), cluster=options.cluster,
            public_key=_public_key(options, link.welcome.inventory), sources=tuple(options.sources),
            until=options.until, account=options.account, owner=options.owner, books=options.books,
        )  # fmt: skip
        made: KitMade = expect(link.ask(question), KitMade, where=options.node)
    written = _written(made.kit, Path(options.out)) if options.out else ()
    lines = [words.kit_headline(made.kit)]
    if written:
        lines += [f"  {path}" for path in written]
    else:
        for file in made.kit.files:
            lines += ["", f"==> {file.name}", *file.text.splitlines()]
    face.print(AccessKitAnswer(kit=made.kit, written=written), lines)
    return Exit.DONE


def test(face: Face, options: Namespace) -> Exit:
    """Refused (1) where something forbidden works, or something that the level needs does not."""
    question = AskAccessTest(node=options.node, level=Level(options.level), cluster=options.cluster)
    with face.link() as link:
        tested: AccessTested = expect(
            link.ask(question, seconds_max=TEST_SECONDS_MAX), AccessTested, where=options.node
        )
    report = tested.report
    sentence = words.report_headline(report)
    answer = AccessTestAnswer(
        outcome=report.outcome, passed=report.count(Outcome.PASS), failed=report.count(Outcome.FAIL),
        not_checked=report.count(Outcome.NOT_CHECKED), sentence=sentence, report=report,
    )  # fmt: skip
    lines = [sentence]
    for check in report.checks:
        lines.append(f"  {words.outcome_mark(check.outcome)}  {words.check_sentence(check)}")
        lines.append(f"      {check.tried}")
    face.print(answer, lines)
    return Exit.DONE if report.outcome is Outcome.PASS else Exit.REFUSED


def _public_key(options: Namespace, inventory: Inventory) -> str:
    """The key's one line: of the file that was named, else beside the node's identity file."""
    path = Path(options.key).expanduser() if options.key else _identity(options, inventory)
    if path is None:
        raise failed("no-key", f"the inventory names no identity file for {options.node}", where=options.node,
                     then="name its public key with --key FILE")  # fmt: skip
    try:
        with path.open("rb") as file:
            text = file.read(KEY_BYTES_MAX + 1)
    except OSError as error:
        raise failed("no-file", f"{path} can't be read: {error.strerror}", where=str(path),
                     then="name the public key with --key FILE") from error  # fmt: skip
    if b"PRIVATE KEY" in text:
        raise failed("kit-key", f"{path} is a private key, which belongs into no kit", where=str(path),
                     then="name the public key, which ends in .pub")  # fmt: skip
    return text.decode("utf-8", "replace")


def _identity(options: Namespace, inventory: Inventory) -> Path | None:
    for cluster in inventory.clusters:
        node = cluster.node(options.node) if options.cluster in ("", cluster.name) else None
        if node is not None and node.ssh.identity_file is not None:
            return Path(f"{node.ssh.identity_file}.pub").expanduser()
    # A node that is not there is said by the engine, by its name.
    known = any(c.node(options.node) for c in inventory.clusters if options.cluster in ("", c.name))
    if not known:
        what = f"the inventory has no node {options.node}" + (f" in {options.cluster}" if options.cluster else "")
        raise failed("no-node", what, where=options.node, then="see 'ledger-console inventory list'")
    return None


def _written(made: AccessKit, directory: Path) -> tuple[str, ...]:
    """The files of a kit, in a directory that has none of them yet: nothing is written over."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        present = [file.name for file in made.files if (directory / file.name).exists()]
        if present:
            raise _present(directory, present)
        for file in made.files:
            path = directory / file.name
            path.write_text(file.text, encoding="utf-8")
            path.chmod(SCRIPT_MODE if file.script else TEXT_MODE)
    except OSError as error:
        what = f"{error.filename or directory} can't be written: {error.strerror}"
        raise failed("no-file", what, where=str(directory)) from error
    return tuple(str(directory / file.name) for file in made.files)


def _present(directory: Path, names: list[str]) -> CommandFailed:
    return failed("file-there", f"{directory} has {', '.join(names)} already", where=str(directory),
                  then="name a directory that is empty or new")  # fmt: skip
