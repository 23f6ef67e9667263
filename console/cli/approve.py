"""`approve` and `approvers`: a second person signs a run's plan and its maximum loss with an SSH key."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from console.cli.answers import ApproveAnswer, ApproversAnswer
from console.cli.face import Exit, Face, expect, failed
from console.cli.prompter import typed
from console.domain.approval import ApprovalWanted, asked_text, text_of
from console.domain.signers import SIGNATURE_CHARACTERS_MAX
from console.governance.ssh_keygen import KeygenTrouble, sign
from console.link.governance import (
    ApprovalAsked,
    ApprovalHeld,
    Approvers,
    AskApproval,
    AskApprovers,
    BreakGlass,
    GiveApproval,
    RemoveApprover,
    SaveApprovalRule,
    SaveApprover,
)
from console.link.messages import Done
from console.link.socket import Link
from console.places import person_here

APPROVE_SECONDS_MAX: Final = 60.0
FILE_BYTES_MAX: Final = SIGNATURE_CHARACTERS_MAX


def approve(face: Face, options: Namespace) -> Exit:
    """Show what is signed, sign it, send it; or sign elsewhere; or break the glass."""
    if options.break_glass is not None:
        return _break_glass(face, options)
    ways = sum(each is not None for each in (options.key, options.signature, options.write_text))
    if ways != 1 or (options.signature is None) != (options.text is None):
        ways_there = "--key FILE, or --write-text FILE and later --text FILE --signature FILE, or --break-glass REASON"
        raise failed("usage", f"say how: {ways_there}", code=Exit.USAGE)
    person = options.person or person_here()
    with face.link() as link:
        asked: ApprovalAsked = expect(link.ask(AskApproval(run=options.run_id)), ApprovalAsked, where=options.run_id)
    _same_loss(options, asked.wanted)
    text = text_of(asked_text(asked.wanted, now=asked.at)) if options.text is None else _read(options.text)
    if options.write_text is not None:
        return _write_text(face, options, person, text)
    signature = _sign(face, options, text) if options.signature is None else _read(options.signature)
    # A person took as long as it took: the link is a new one.
    with face.link() as link:
        given = GiveApproval(
            run=options.run_id, person=person, text=text, signature=signature,
            loss_entries_max=asked.wanted.loss_entries_max,
        )  # fmt: skip
        held: ApprovalHeld = expect(link.ask(given, seconds_max=APPROVE_SECONDS_MAX), ApprovalHeld)
    answer = ApproveAnswer(
        run=options.run_id, person=held.given.person, done="approved", text=text, fingerprint=held.given.fingerprint,
        expires_at=held.given.expires_at, audit_number=held.audit_number,
    )  # fmt: skip
    until = f"{held.given.expires_at:%Y-%m-%d %H:%M:%S}"
    face.print(answer, [f"{held.given.person} approved run {options.run_id}, until {until} UTC "
                        f"(audit entry {held.audit_number})."])  # fmt: skip
    return Exit.DONE


def _same_loss(options: Namespace, wanted: ApprovalWanted) -> None:
    """The maximum that the person has in mind is the one that would be signed."""
    if options.max_loss_entries is not None and options.max_loss_entries != wanted.loss_entries_max:
        what = f"the plan's maximum loss is {wanted.loss_entries_max} entries, not {options.max_loss_entries}"
        then = "nothing was signed; look at the plan again"
        raise failed("approval-other-loss", what, where=options.run_id, then=then)


def _sign(face: Face, options: Namespace, text: str) -> str:
    if not options.yes:
        _confirm(face, text)
    key = Path(options.key).expanduser().absolute()
    if not key.is_file():
        raise failed("no-file", f"there is no key {key}", where=str(key))
    try:
        return sign(text, key=key, terminal=sys.stdin.isatty())
    except KeygenTrouble as trouble:
        then = "at a terminal ssh-keygen asks for the passphrase; without one load the key into an agent"
        raise failed("not-signed", f"ssh-keygen did not sign: {trouble}", where=str(key), then=then) from trouble


def _confirm(face: Face, text: str) -> None:
    """The whole text is on the screen before anybody signs it."""
    if face.json or not sys.stdin.isatty():
        then = "run it at a terminal without --json, or add --yes"
        raise failed("person", "a person has to see what is signed", then=then, code=Exit.PERSON)
    sys.stderr.write(f"This is signed:\n\n{text}\n")
    if typed("Sign it? Type yes:", echo=True) != "yes":
        raise failed("declined", "it was not confirmed", then="nothing was signed", code=Exit.PERSON)


def _write_text(face: Face, options: Namespace, person: str, text: str) -> Exit:
    """The text into a new file, for a person at another desk."""
    path = Path(options.write_text).expanduser().absolute()
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise failed("no-file", f"{path} can't be written: {error.strerror}", where=str(path)) from error
    answer = ApproveAnswer(run=options.run_id, person=person, done="text-written", text=text, path=str(path))
    face.print(answer, [
        f"The text is in {path}. {person} signs it with:",
        f"  ssh-keygen -Y sign -n ledger-console-plan -f KEY {path.name}",
        f"then: ledger-console approve {options.run_id} --as {person} --text {path.name} --signature {path.name}.sig",
    ])  # fmt: skip
    return Exit.DONE


def _break_glass(face: Face, options: Namespace) -> Exit:
    if not options.yes and (face.json or not sys.stdin.isatty()):
        then = "run it at a terminal without --json, or add --yes"
        raise failed("person", "a person has to say that the glass is broken", then=then, code=Exit.PERSON)
    question = "No second person approves. This is recorded. Type the run:"
    if not options.yes and typed(question, echo=True) != options.run_id:
        raise failed("declined", "it was not confirmed", then="nothing was changed", code=Exit.PERSON)
    with face.link() as link:
        answer = link.ask(BreakGlass(run=options.run_id, reason=options.break_glass), seconds_max=APPROVE_SECONDS_MAX)
        expect(answer, Done, where=options.run_id)
    said = ApproveAnswer(run=options.run_id, person=person_here(), done="glass-broken")
    face.print(said, [f"The glass is broken for run {options.run_id}; the audit log says by whom and why."])
    return Exit.DONE


def _read(name: str) -> str:
    path = Path(name).expanduser()
    try:
        with path.open("rb") as file:
            return file.read(FILE_BYTES_MAX + 1).decode("utf-8")
    except OSError as error:
        raise failed("no-file", f"{path} can't be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise failed("no-text", f"{path} is no text", where=str(path)) from error


def approvers(face: Face, _: Namespace) -> Exit:
    """Who may approve, with which keys, and when a second person is needed."""
    with face.link() as link:
        _print(face, link, changed="")
    return Exit.DONE


def add_approver(face: Face, options: Namespace) -> Exit:
    """Let a person approve with a public key."""
    until = None
    if options.valid_before is not None:
        try:
            until = datetime.fromisoformat(options.valid_before)
        except ValueError as error:
            what = f"{options.valid_before!r} is no date; write 2027-01-31 or 2027-01-31T18:00"
            raise failed("usage", what, code=Exit.USAGE) from error
        until = until.replace(tzinfo=UTC) if until.tzinfo is None else until.astimezone(UTC)
    key = _read(options.file)
    with face.link() as link:
        question = SaveApprover(person=options.person, public_key=key, valid_before=until)
        expect(link.ask(question), Done, where=options.person)
        _print(face, link, changed=options.person)
    return Exit.DONE


def remove_approver(face: Face, options: Namespace) -> Exit:
    """Take a person out, with all keys."""
    with face.link() as link:
        expect(link.ask(RemoveApprover(person=options.person)), Done, where=options.person)
        _print(face, link, changed=options.person)
    return Exit.DONE


def set_rule(face: Face, options: Namespace) -> Exit:
    """Set when a cluster's plans need a second person."""
    with face.link() as link:
        expect(link.ask(SaveApprovalRule(cluster=options.cluster, rule=options.rule)), Done, where=options.cluster)
        _print(face, link, changed=options.cluster)
    return Exit.DONE


def _print(face: Face, link: Link, *, changed: str) -> None:
    now: Approvers = expect(link.ask(AskApprovers()), Approvers)
    lines = [
        f"{each.person:<24} {each.key.kind:<20} {each.key.fingerprint}"
        + ("" if each.valid_before is None else f"  valid before {each.valid_before:%Y-%m-%d %H:%M:%S} UTC")
        for each in now.approvers
    ] or ["Nobody may approve yet: 'ledger-console approvers add PERSON PUBKEYFILE'."]
    lines += [f"Line {number} of {now.path} is not trusted: it names no single person and key."
              for number in now.unread_lines]  # fmt: skip
    lines += [f"{rule.cluster}: second person {rule.rule}" + ("" if rule.chosen else " (nobody chose another rule)")
              for rule in now.rules]  # fmt: skip
    answer = ApproversAnswer(
        approvers=now.approvers, unread_lines=now.unread_lines, rules=now.rules, path=now.path, changed=changed
    )
    face.print(answer, lines)
