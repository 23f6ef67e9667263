"""`checks`: lists, adds, removes and runs an operator's own monitoring scripts, and shows what they said."""

import math
import time
from argparse import Namespace
from pathlib import Path
from typing import Final

from console.cli.backup import cluster_of
from console.cli.face import Exit, Face, expect, failed
from console.cli.regular_answers import CheckHistoryAnswer, ChecksAnswer
from console.cli.status import seconds_of
from console.domain.cluster import ClusterSpec
from console.domain.monitoring import CheckReading, CheckSpec, CheckState, CheckUse, CheckWay
from console.domain.text import shown
from console.link.watching import AskCheckHistory, AskChecks, CheckHistory, ChecksSeen, RemoveCheck, RunCheck, SaveCheck
from console.store.check_file import read_checks, write_checks
from console.store.inventory_file import InventoryMistake
from console.ui import monitoring_words as words
from console.ui.speech import counted

RUN_SECONDS_MAX: Final = 360.0  # a check's own limit is at most 300 s


def listed(face: Face, options: Namespace) -> Exit:
    """Every check of a cluster with what it said last."""
    with face.link() as link:
        cluster_of(link, options.cluster)
        seen: ChecksSeen = expect(link.ask(AskChecks(cluster=options.cluster)), ChecksSeen, where=options.cluster)
    if options.toml and not face.json:
        face.print(None, write_checks(seen.checks).splitlines() if seen.checks else [])
        return Exit.DONE
    _print(face, seen, _count(seen), _lines(seen))
    return Exit.DONE


def add(face: Face, options: Namespace) -> Exit:
    """Add one check, or every check of a file; all of a file are read before the first is saved."""
    with face.link() as link:
        spec = cluster_of(link, options.cluster)
        checks = _from_file(options, spec) if options.file else (_one(options),)
        seen: ChecksSeen | None = None
        for place, check in enumerate(checks):
            question = SaveCheck(cluster=spec.name, check=check, replace=options.replace)
            where = spec.name if len(checks) == 1 else f"{spec.name}, check {check.name}, {place} were saved before it"
            seen = expect(link.ask(question), ChecksSeen, where=where)
    assert seen is not None
    names = ", ".join(shown(check.name) for check in checks)
    saved = counted(len(checks), "{n} check is saved", "{n} checks are saved")
    _print(face, seen, f"{shown(seen.cluster)}: {saved}: {names}", [f"{saved}: {names}.", *_lines(seen)])
    return Exit.DONE


def remove(face: Face, options: Namespace) -> Exit:
    """Take a check out; what it said stays in the history until it ages out."""
    with face.link() as link:
        cluster_of(link, options.cluster)
        question = RemoveCheck(cluster=options.cluster, name=options.name)
        seen: ChecksSeen = expect(link.ask(question), ChecksSeen, where=options.cluster)
    sentence = f"{shown(options.name)} is no check of {shown(options.cluster)} any more"
    _print(face, seen, sentence, [f"{sentence}."])
    return Exit.DONE


def run(face: Face, options: Namespace) -> Exit:
    """Run a check now; exit code 1 where it is not OK everywhere."""
    with face.link() as link:
        cluster_of(link, options.cluster)
        question = RunCheck(cluster=options.cluster, name=options.name, node=options.node)
        answer = link.ask(question, seconds_max=RUN_SECONDS_MAX)
        seen: ChecksSeen = expect(answer, ChecksSeen, where=options.cluster)
    counts = [one for one in seen.readings if one.reason != "other-role"]
    fine = bool(counts) and all(one.state is CheckState.OK for one in counts)
    _print(face, seen, _worst(seen.readings), [line for one in seen.readings for line in _reading_lines(one)])
    return Exit.DONE if fine else Exit.REFUSED


def history(face: Face, options: Namespace) -> Exit:
    """What a check said over its last time."""
    try:
        span = seconds_of(options.last)
    except ValueError as error:
        raise failed("usage", f"{error}", code=Exit.USAGE) from error
    with face.link() as link:
        cluster_of(link, options.cluster)
        end = time.time()
        question = AskCheckHistory(
            cluster=options.cluster, name=options.name, begin=end - span, end=end, node=options.node
        )
        seen: CheckHistory = expect(link.ask(question), CheckHistory, where=options.cluster)
    answer = CheckHistoryAnswer(
        cluster=options.cluster, check=options.name, readings=seen.readings, left_out=seen.left_out
    )
    lines = [f"{one.at:%Y-%m-%d %H:%M:%S}  {words.reading_sentence(one)}" for one in seen.readings]
    if seen.left_out:
        lines.insert(0, f"{seen.left_out} older ones are left out.")
    face.print(answer, lines or [f"There is nothing of {shown(options.name)} in this time."])
    return Exit.DONE


def _one(options: Namespace) -> CheckSpec:
    """The check that the options describe."""
    if not options.name:
        raise failed("usage", "a check needs a name", then="checks add CLUSTER NAME --command TEXT, or --file FILE",
                     code=Exit.USAGE)  # fmt: skip
    if bool(options.command) == bool(options.sql):
        raise failed("usage", "a check is either a command or a statement", then="give --command or --sql, one of both",
                     code=Exit.USAGE)  # fmt: skip
    if not (math.isfinite(options.every) and math.isfinite(options.limit)):
        raise failed("usage", "seconds are a number", then="as --every 60 --limit 10", code=Exit.USAGE)
    way = CheckWay.COMMAND if options.command else CheckWay.SQL
    return CheckSpec(
        name=options.name, way=way, text=options.command or options.sql, nodes=tuple(options.node), role=options.role,
        every_seconds=options.every, seconds_max=options.limit, warning=options.warning, critical=options.critical,
        uses=tuple(dict.fromkeys(CheckUse(use) for use in options.use)) or (CheckUse.SHOWN,),
        enabled=not options.disabled,
    )  # fmt: skip


def _from_file(options: Namespace, spec: ClusterSpec) -> tuple[CheckSpec, ...]:
    if options.name or options.command or options.sql:
        raise failed("usage", "a file says all about its checks", then="leave the name and the text out",
                     code=Exit.USAGE)  # fmt: skip
    path = Path(options.file)
    try:
        return read_checks(path.read_text(encoding="utf-8"), spec)
    except OSError as error:
        raise failed("no-file", f"{path} can't be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise failed("no-text", f"{path} is no UTF-8 text: {error.reason}", where=str(path)) from error
    except InventoryMistake as mistake:
        then = "mend the file and add it again"
        raise failed("checks-wrong", f"{mistake}", where=str(path), then=then) from mistake


def _print(face: Face, seen: ChecksSeen, sentence: str, lines: list[str]) -> None:
    answer = ChecksAnswer(sentence=sentence, cluster=seen.cluster, checks=seen.checks, readings=seen.readings)
    face.print(answer, lines)


def _count(seen: ChecksSeen) -> str:
    told = counted(len(seen.checks), "{n} check", "{n} checks")
    return f"{shown(seen.cluster)}: {told}, {_worst(seen.readings)}"


def _worst(readings: tuple[CheckReading, ...]) -> str:
    """How many are in which state, the worst first."""
    order = (CheckState.CRITICAL, CheckState.WARNING, CheckState.UNKNOWN, CheckState.OK)
    counts = [(state, sum(1 for one in readings if one.state is state)) for state in order]
    return ", ".join(f"{count} {words.state_word(state)}" for state, count in counts if count) or "no result yet"


def _lines(seen: ChecksSeen) -> list[str]:
    lines = [f"{_count(seen)}."]
    for check in seen.checks:
        about = (words.way_sentence(check), words.where_sentence(check), words.uses_sentence(check))
        lines.append(f"{shown(check.name)}: {', '.join(about)}")
        for reading in seen.readings:
            if reading.check == check.name:
                lines += [f"  {line}" for line in _reading_lines(reading)]
    return lines


def _reading_lines(reading: CheckReading) -> list[str]:
    values = ", ".join(words.value_label(value) for value in reading.values)
    return [words.reading_sentence(reading), *([f"  {values}"] if values else [])]


