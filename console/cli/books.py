"""`books`: proves a cluster's books, seals what is new, or tries the mapping of a ledger out."""

from argparse import Namespace
from pathlib import Path

from console.cli.answers import BooksAnswer
from console.cli.face import Exit, Face, expect, failed
from console.domain.books import BooksProof, Proof
from console.link.books import (
    PROOF_SECONDS_MAX,
    AskBooks,
    Books,
    BooksSealed,
    MappingTried,
    SealBooks,
    TryMapping,
)
from console.store.inventory_file import InventoryMistake, read_mapping
from console.ui import books_words


def books(face: Face, options: Namespace) -> Exit:
    """Prove, seal, or try out; exit code 1 where a check failed."""
    if options.try_file is not None:
        return _try(face, options)
    if options.seal:
        return _seal(face, options)
    face.tell(f"Proving the books of {options.cluster}; this reads every posting on every node.")
    question = AskBooks(cluster=options.cluster, full=not options.not_full, node=options.node)
    with face.link() as link:
        answer: Books = expect(link.ask(question, seconds_max=PROOF_SECONDS_MAX), Books, where=options.cluster)
    proof = answer.proof
    face.print(BooksAnswer(proof=proof, sentence=books_words.verdict_sentence(proof)), _lines(proof))
    unasked = any(node.reason for node in proof.nodes)
    return Exit.REFUSED if proof.proof is Proof.FAILED or unasked else Exit.DONE


def _lines(proof: BooksProof) -> list[str]:
    lines = [books_words.verdict_sentence(proof)]
    for outcome in proof.across:
        lines.append(f"  {books_words.check_sentence(outcome)}")
    for node in proof.nodes:
        lines.append(f"  {books_words.node_sentence(node)}")
        lines += [f"    {books_words.check_sentence(outcome)}" for outcome in node.outcomes]
        lines += [f"    {books_words.fingerprint_sentence(print_)}" for print_ in node.fingerprints]
    lines += [f"  {books_words.lost_sentence(lost)}" for lost in proof.lost]
    return lines


def _seal(face: Face, options: Namespace) -> Exit:
    """Seal what is new, now."""
    with face.link() as link:
        answer = link.ask(SealBooks(cluster=options.cluster), seconds_max=PROOF_SECONDS_MAX)
        sealed: BooksSealed = expect(answer, BooksSealed, where=options.cluster)
    lines = [books_words.seal_sentence(seal) for seal in sealed.sealed]
    lines += [books_words.check_sentence(outcome) for outcome in sealed.failed]
    lines += [f"{origin or options.cluster}: nothing is new." for origin in sealed.unchanged]
    lines += [f"{origin or options.cluster}: {books_words.books_reason('not-settled')}; it can't be sealed."
              for origin in sealed.unsealed]  # fmt: skip
    lines += [f"{books_words.seal_sentence(seal)}: {books_words.books_reason('lost-range')}." for seal in sealed.lost]
    sentence = lines[0] if lines else "There is no book to seal."
    face.print(BooksAnswer(sealed=sealed, sentence=sentence), lines or [sentence])
    return Exit.REFUSED if sealed.failed else Exit.DONE


def _try(face: Face, options: Namespace) -> Exit:
    """Try the mapping of a file out on a real node; nothing is saved."""
    path = Path(options.try_file)
    try:
        mapping = read_mapping(path.read_text(encoding="utf-8"), base=path.resolve().parent, cluster=options.cluster)
    except OSError as error:
        raise failed("no-file", f"{path} can't be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise failed("no-text", f"{path} is no UTF-8 text: {error.reason}", where=str(path)) from error
    except InventoryMistake as mistake:
        then = "mend the file and try it again"
        raise failed("inventory-mistake", f"{mistake}", where=str(path), then=then) from mistake
    question = TryMapping(cluster=options.cluster, mapping=mapping, node=options.node)
    with face.link() as link:
        answer = link.ask(question, seconds_max=PROOF_SECONDS_MAX)
        tried: MappingTried = expect(answer, MappingTried, where=options.cluster)
    lines = books_words.trial_lines(tried.trial)
    if not tried.trial.reason:
        lines.append(f"Nothing was saved; 'ledger-console inventory import {path} --replace' does that.")
    face.print(BooksAnswer(trial=tried.trial, sentence=lines[0]), lines)
    return Exit.REFUSED if tried.trial.reason else Exit.DONE
