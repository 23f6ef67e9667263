"""Writes the report of one run for good: JSON to check and HTML to read, without a secret, for the owner alone."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from console.domain.masking import masked_value
from console.governance.report_html import html_of
from console.governance.report_values import Approval as Approval
from console.governance.report_values import LeftOn as LeftOn
from console.governance.report_values import Measured as Measured
from console.governance.report_values import Report as Report
from console.governance.report_values import measured_of
from console.governance.report_words import ENGLISH, Words
from console.link.messages import encode_json

JSON_NAME: Final = "report.json"
HTML_NAME: Final = "report.html"
ENTRIES_MAX: Final = 20_000  # lines of the journal in one report; the newest are kept, and what is left out is said


class ReportNotWritten(Exception):
    """A report could not be written: where, why, and that the run itself is not touched by it."""


def written_form(report: Report, *, known_secrets: tuple[str, ...] = ()) -> Report:
    """The report as it may be written: every secret masked, the measure filled in, the journal within its limit."""
    out = max(0, len(report.run.log) - ENTRIES_MAX)
    run = replace(report.run, log=report.run.log[out:]) if out else report.run
    whole = replace(report, run=run, measured=measured_of(report), entries_left_out=out)
    return masked_value(whole, known=known_secrets)


def write_report(
    directory: Path, report: Report, *, words: Words = ENGLISH, known_secrets: tuple[str, ...] = ()
) -> Path:
    """Write `report.json` and `report.html` into the run's own directory, for the owner alone; the HTML file's path.

    `known_secrets` are masked wherever they stand, beside every secret of a known shape. Each file is there whole or
    not at all, and on the disk when this returns; the HTML names the SHA-256 of the JSON. Raises ReportNotWritten.
    """
    ready = written_form(report, known_secrets=known_secrets)
    text = encode_json(ready)
    page = html_of(ready, words, json_sha256=hashlib.sha256(text).hexdigest())
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(directory / JSON_NAME, text)
        write_whole(directory / HTML_NAME, page.encode("utf-8", "replace"))
        flush_directory(directory)
    except OSError as error:
        raise ReportNotWritten(
            f"the report of run {report.run.id} could not be written to {directory}: {error.strerror or error}. "
            "The run and its journal are as they were"
        ) from error
    return directory / HTML_NAME


def write_whole(path: Path, content: bytes) -> None:
    """Under another name first, flushed, then in place: a reader finds the old file or the new one, never half."""
    beside = path.with_name(f".{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(handle, 0o600)  # a left-over of an earlier attempt may have been opened to others
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    beside.replace(path)


def flush_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
