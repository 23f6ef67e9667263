"""A plan as a commented shell script, for the day on which the console itself is gone."""

import shlex
from collections.abc import Iterator
from typing import Final

from console.domain.plan import Act, Outcome, Plan, Step, Verb
from console.domain.text import shown
from console.governance.report_words import ENGLISH, act_phrase, claim_phrase, clock, duration, operation_title
from console.postgres.change_facts import place_lines

COMMENT_CHARACTERS_MAX: Final = 400
LINE_CHARACTERS_MAX: Final = 110

_HEAD: Final = """\
# This file does nothing by itself. Each step is run by its number, one after the other, by somebody who has read it:
#
#     sh THIS-FILE          lists the steps
#     sh THIS-FILE 3        sends step 3 to its hosts
#     sh THIS-FILE undo 3   sends what undoes step 3, where there is something
#
# After each step look whether its proof holds, and go on only then: the console does so by itself, this file does not.
# The guard is LEFT OUT: the console sends each command behind a check of its lock and term on the node, so that two
# consoles, or one that slept, can't change a cluster at once. Here nothing holds anybody else off: make sure that no
# console runs a change of this cluster, and that nobody else does.
#
# Hosts are reached as `ssh NODE sh`. Set LEDGER_SSH where that needs more, as LEDGER_SSH='ssh -F ssh_config', and act
# as the account that owns the database: LEDGER_SHELL='sudo -n -u postgres sh'.
# What a step finds out it prints as 'fact NAME VALUE'. It is kept in LEDGER_FACTS (default: ./ledger-facts), and takes
# the place of ${NAME} in later steps.
"""
_MACHINE: Final = r"""
set -u
FACTS=${LEDGER_FACTS:-./ledger-facts}
on() {
    echo "--- on $1" >&2
    touch "$FACTS" || exit 1
    awk -v facts="$FACTS" '
        BEGIN {
            while ((getline line < facts) > 0)
                if (line ~ /^fact [A-Za-z_][A-Za-z0-9_-]* [A-Za-z0-9_.\/:,+-]*$/) {
                    split(line, p, " "); f[p[2]] = p[3]
                }
        }
        {
            out = ""; rest = $0
            while ((i = index(rest, "${")) > 0) {
                j = i + index(substr(rest, i), "}") - 1
                name = (j > i) ? substr(rest, i + 2, j - i - 2) : ""
                if (name in f) { out = out substr(rest, 1, i - 1) f[name]; rest = substr(rest, j + 1) }
                else { out = out substr(rest, 1, i + 1); rest = substr(rest, i + 2) }
            }
            print out rest
        }' | ${LEDGER_SSH:-ssh} -- "$1" "${LEDGER_SHELL:-sh}" > "$FACTS.new"
    ended=$?
    cat "$FACTS.new"
    grep '^fact ' "$FACTS.new" >> "$FACTS"
    rm -f "$FACTS.new"
    [ "$ended" -eq 0 ] || echo "--- on $1: exit $ended. Stop here, and look." >&2
    return "$ended"
}
"""
# The guard makes this directory as well; what the console keeps of a node for its own undoing lies there.
_PLACE: Final = f'{place_lines("", None)[0]}; mkdir -m 700 "$L" 2>/dev/null; [ -O "$L" ] || exit 1'
_CARRY: Final = (
    "BY HAND: the console carries the files itself. Copy each file that the fact rescue_segments names from pg_wal on "
    "{source} into the directory of the fact rescue_directory on {node}, and compare the SHA-256 behind its colon. Of "
    "the one that the fact rescue_short names, copy so many bytes, and fill it up with zeros to its whole size."
)


def plan_script(plan: Plan) -> str:
    """The whole plan as a POSIX shell script that runs a step only when it is named.

    Each step stands with its sentence, hosts, limit and proofs as comments. No text of the plan can become a command by
    being a comment or a node's name; what an act sends is sent as it stands, without the console's guard.
    """
    return "\n".join([*_opening(plan), _MACHINE, *_listing(plan), *_steps(plan), ""])


def _opening(plan: Plan) -> Iterator[str]:
    yield "#!/bin/sh"
    yield from _comment(f"{operation_title(plan)}, {plan.environment}")
    yield from _comment(f"Plan {plan.id}, made {clock(plan.made_at)} UTC by {plan.made_by}")
    yield from _comment(f"SHA-256 {plan.digest}")
    yield "#"
    yield _HEAD.rstrip("\n")
    yield "#"
    for check in plan.checks:
        if check.outcome is not Outcome.PASS:
            about = f" on {check.node}" if check.node else ""
            yield from _comment(f"Check, {check.outcome.value}: {ENGLISH.word(check.check)}{about}")
    if plan.loss is not None:
        approved = f"approved at most {plan.loss_entries_max:,} entries"
        yield from _comment(f"Loss, as previewed: {ENGLISH.loss(plan.loss)}; {approved}")
    for condition in plan.conditions:
        yield from _comment(f"Has to hold throughout: {claim_phrase(condition.proof)}")


def _listing(plan: Plan) -> Iterator[str]:
    yield "steps() {"
    for number, step in enumerate(plan.steps, 1):
        mark = "  (point of no return)" if step.no_return else ""
        said = shown(f"{number:>3}  {ENGLISH.step(step)}{mark}", characters_max=COMMENT_CHARACTERS_MAX)
        yield f"    printf '%s\\n' {shlex.quote(said)}"
    yield "}"
    yield ""


def _steps(plan: Plan) -> Iterator[str]:
    yield 'case "${1:-}${2:+ $2}" in'
    yield '"") steps ;;'
    for number, step in enumerate(plan.steps, 1):
        yield ""
        yield from _step(plan, number, step)
    yield ""
    yield '*) echo "no such step: $*" >&2; steps >&2; exit 2 ;;'
    yield "esac"


def _step(plan: Plan, number: int, step: Step) -> Iterator[str]:
    yield from _comment(f"Step {number} of {len(plan.steps)}: {ENGLISH.step(step)}")
    if step.no_return:
        yield from _comment("POINT OF NO RETURN: once this step has begun there is no way back.")
    if not step.required:
        yield from _comment("It may fail, and the plan goes on.")
    if step.once:
        yield from _comment("Never run it a second time without having looked.")
    yield from _comment(f"Limit: {duration(step.limit_seconds)}.")
    for proof in step.proofs:
        yield from _comment(f"Proof: {claim_phrase(proof)}.")
    yield f"{number})"
    yield from _acts(step.acts, mark=f"{_mark(plan)}_{number}")
    yield "    ;;"
    if step.undo:
        for proof in step.undo_proofs:
            yield from _comment(f"Proof of the undoing: {claim_phrase(proof)}.")
        yield f'"undo {number}")'
        yield from _acts(step.undo, mark=f"{_mark(plan)}_{number}_UNDO")
        yield "    ;;"


def _acts(acts: tuple[Act, ...], *, mark: str) -> Iterator[str]:
    sent = 0
    for place, act in enumerate(acts, 1):
        yield from _comment(f"On {act.node or 'the console'}: {act_phrase(act)}")
        if not act.script.strip():
            yield from _comment("The console does this by itself; there is no command to send.")
            continue
        sent += 1
        lines, end = act.script.split("\n"), f"{mark}_{place}"
        while end in lines:  # it would end what is sent too early, and the rest would run here
            end += "_"
        yield f"    on {shlex.quote(shown(act.node))} <<'{end}' || exit 1"
        if '"$L/' in act.script:
            yield _PLACE
        yield from lines
        yield end
        if act.verb is Verb.RESCUE_CARRY:
            yield from _comment(_CARRY.format(source=act.arg("source") or "the old primary", node=act.node))
        if act.verb is Verb.KEEP_CARRY:
            yield from _comment(f"BY HAND: the console itself carries the kept WAL to {act.node}; copy it there, and "
                                "compare checksums.")  # fmt: skip
    if not sent:
        yield "    echo 'Nothing is sent in this step: look whether its proof holds.'"


def _mark(plan: Plan) -> str:
    """The beginning of the line that ends what is sent to a host."""
    return f"LEDGER_{''.join(c for c in plan.digest if c.isalnum())[:12].upper()}"


def _comment(said: str) -> Iterator[str]:
    """Comment lines; whatever stands in the text, it stays a comment."""
    line = "#"
    for word in shown(said, characters_max=COMMENT_CHARACTERS_MAX).split():
        if len(line) + len(word) >= LINE_CHARACTERS_MAX and line != "#":
            yield line
            line = "#    "
        line = f"{line} {word}"
    yield line
