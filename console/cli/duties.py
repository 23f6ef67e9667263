"""`duties` and `copies`: what has to happen regularly, and whether all copies agree."""

import math
from argparse import Namespace
from datetime import UTC, datetime
from typing import Final

from console.cli.backup import cluster_of
from console.cli.face import Exit, Face, expect, failed
from console.cli.regular_answers import CopiesAnswer, DutiesAnswer, RuleOf
from console.domain.drill import Duty, DutyKind, DutyRule
from console.domain.text import shown
from console.link.messages import Message
from console.link.watching import AskDuties, AskRedundancy, DutiesSeen, RedundancySeen, SaveDuty
from console.ui import duty_words, redundancy_words
from console.ui.speech import counted

ASK_SECONDS_MAX: Final = 60.0
COMPARE_SECONDS_MAX: Final = 3600.0  # all books are read from entry 1


def duties(face: Face, options: Namespace) -> Exit:
    """The list, overdue ones first; with --set how often one has to happen from now on."""
    with face.link() as link:
        if options.cluster:
            cluster_of(link, options.cluster)
        question: Message = AskDuties(cluster=options.cluster)
        if options.rule is not None:
            question = SaveDuty(cluster=options.cluster, rule=_rule(options))
        answer = link.ask(question, seconds_max=ASK_SECONDS_MAX)
        seen: DutiesSeen = expect(answer, DutiesSeen, where=options.cluster)
    overdue = sum(1 for duty in seen.duties if duty.overdue)
    sentence = counted(overdue, "{n} duty is overdue", "{n} duties are overdue") if overdue else "Nothing is overdue"
    rules = tuple(RuleOf(cluster=cluster, rule=rule) for cluster, rule in seen.rules)
    face.print(
        DutiesAnswer(sentence=sentence, duties=seen.duties, rules=rules), [f"{sentence}.", *_lines(seen.duties)]
    )
    return Exit.DONE


def _rule(options: Namespace) -> DutyRule:
    kind, hours = options.rule
    known = [one.value for one in DutyKind]
    if not options.cluster:
        raise failed("usage", "a duty belongs to a cluster", then="duties CLUSTER --set KIND HOURS", code=Exit.USAGE)
    if kind not in known:
        raise failed("usage", f"{kind!r} is no duty", then="one of " + ", ".join(known), code=Exit.USAGE)
    try:
        every = float(hours)
    except ValueError:
        every = math.nan
    if not math.isfinite(every):
        raise failed("usage", f"{hours!r} is no number of hours", code=Exit.USAGE)
    return DutyRule(kind=DutyKind(kind), every_hours=every)


def _lines(duties: tuple[Duty, ...]) -> list[str]:
    now = datetime.now(UTC)
    lines, cluster = [], None
    for duty in sorted(duties, key=lambda one: one.cluster):
        if duty.cluster != cluster:
            cluster = duty.cluster
            lines.append(f"{shown(cluster)}:")
        lines.append(f"  {duty_words.duty_title(duty)}: {duty_words.duty_sentence(duty, now)}")
    return lines


def copies(face: Face, options: Namespace) -> Exit:
    """The last comparison, or one that is made now; then exit code 1 where something is wrong."""
    with face.link() as link:
        cluster_of(link, options.cluster)
        limit = COMPARE_SECONDS_MAX if options.compare else ASK_SECONDS_MAX
        question = AskRedundancy(cluster=options.cluster, compare=options.compare)
        seen: RedundancySeen = expect(link.ask(question, seconds_max=limit), RedundancySeen, where=options.cluster)
    found = seen.redundancy
    if found is None:
        sentence = f"The copies of {shown(options.cluster)} were never compared"
        face.print(CopiesAnswer(sentence=sentence, redundancy=None), [f"{sentence}; 'copies --compare' does it now."])
        return Exit.DONE
    sentence = redundancy_words.redundancy_headline(found, datetime.now(UTC))
    lines = [sentence, *(f"  {redundancy_words.line_sentence(line)}" for line in found.lines)]
    lines += [f"  {redundancy_words.finding_sentence(finding)}" for finding in found.findings]
    face.print(CopiesAnswer(sentence=sentence, redundancy=found), lines)
    return Exit.REFUSED if options.compare and found.findings else Exit.DONE
