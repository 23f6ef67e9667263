"""`audit`: the log of who decided what: shown, verified, and written out as a copy that can be verified anywhere."""

import sys
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from typing import Final

from console.cli.answers import AuditAnswer, AuditExportAnswer, AuditVerifyAnswer
from console.cli.face import Exit, Face, expect, failed
from console.cli.status import seconds_of
from console.domain.audit import Anchor, AuditKind, ChainCheck
from console.governance.audit import anchor_of_file, verify_file
from console.link.governance import AskAudit, AuditExported, AuditPage, AuditVerified, ExportAudit, VerifyAudit
from console.ui.governance_words import audit_line, verified_lines

WHOLE_LOG_SECONDS_MAX: Final = 600.0  # 100,000 entries took 1.4 s to verify, 1.6 s to write out
ENTRIES_SHOWN: Final = 100


def show(face: Face, options: Namespace) -> Exit:
    """The newest entries that pass, the newest last, as in a log."""
    try:
        span = None if options.last is None else timedelta(seconds=seconds_of(options.last))
    except ValueError as error:
        raise failed("usage", f"{error}", code=Exit.USAGE) from error
    kind = next((kind for kind in AuditKind if kind.value == options.kind), None)
    if options.kind is not None and kind is None:
        there = ", ".join(sorted(kind.value for kind in AuditKind))
        raise failed("usage", f"{options.kind!r} is no kind of entry", then=f"one of: {there}", code=Exit.USAGE)
    with face.link() as link:
        question = AskAudit(
            cluster=options.cluster or "", run=options.run_id, kind=kind, limit=options.limit,
            since=None if span is None else link.welcome.engine.at - span,
        )  # fmt: skip
        page: AuditPage = expect(link.ask(question), AuditPage)
    lines = [audit_line(entry) for entry in reversed(page.entries)]
    if page.older:
        lines.insert(0, f"  … {page.older} older ones; --limit shows more")
    face.print(AuditAnswer(entries=page.entries, older=page.older), lines or ["No entry."])
    return Exit.DONE


def verify(face: Face, options: Namespace) -> Exit:
    """Verify the store's log, or a copy by nothing but itself: the first broken place, and what is shown."""
    if options.file is not None:
        where, trouble = options.file, ""
        check = _of_file(Path(options.file))
    else:
        against = None if options.against is None else _anchor(Path(options.against))
        with face.link() as link:
            question = VerifyAudit(against=against)
            answer = link.ask(question, seconds_max=WHOLE_LOG_SECONDS_MAX)
            verified: AuditVerified = expect(answer, AuditVerified)
        check, trouble, where = verified.check, verified.anchor_trouble, str(face.home.store)
    lines = [f"{where}", *verified_lines(check)]
    if trouble:
        lines.append(f"The newest anchor could not be written: {trouble}")
    answer_of = AuditVerifyAnswer(where=where, whole=check.broken is None, check=check, sentences=tuple(lines[1:]))
    face.print(answer_of, lines)
    return Exit.DONE if check.broken is None else Exit.REFUSED


def _of_file(path: Path) -> ChainCheck:
    try:
        return verify_file(path)
    except OSError as error:
        raise failed("no-file", f"{path} can't be read: {error.strerror}", where=str(path)) from error


def _anchor(path: Path) -> Anchor:
    try:
        return anchor_of_file(path)
    except OSError as error:
        raise failed("no-file", f"{path} can't be read: {error.strerror}", where=str(path)) from error
    except ValueError as error:
        raise failed("no-anchor", f"the last line of {path} is no anchor: {error}", where=str(path)) from error


def export(face: Face, options: Namespace) -> Exit:
    """Write the whole log to a new file of JSON lines; the last one is its anchor."""
    path = Path(options.file).expanduser().absolute()
    with face.link() as link:
        answer = link.ask(ExportAudit(path=str(path)), seconds_max=WHOLE_LOG_SECONDS_MAX)
        done: AuditExported = expect(answer, AuditExported, where=str(path))
    answer_of = AuditExportAnswer(path=done.path, entries=done.entries, anchor=done.anchor)
    face.print(answer_of, [
        f"{done.entries} entries are in {done.path}.",
        f"Anchor: entry {done.anchor.number}, {done.anchor.hash}. Keep it where others write.",
        f"'{Path(sys.argv[0]).name} audit verify --file {done.path}' verifies it on any machine.",
    ])  # fmt: skip
    return Exit.DONE
