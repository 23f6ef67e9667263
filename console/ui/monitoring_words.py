"""The words for monitoring scripts: states, readings, what a check counts for, and why one was refused; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.alerting import Sign
from console.domain.monitoring import CheckReading, CheckSpec, CheckState, CheckUse, CheckWay, PerfValue
from console.domain.text import shown
from console.ui.measures import NOTHING, compact, duration
from console.ui.speech import joined, translate

_Text = Callable[[], str]
TEXT_CHARACTERS_MAX: Final = 200


def state_word(state: CheckState) -> str:
    """A check's state in one word."""
    return _STATES[state]()


def use_word(use: CheckUse) -> str:
    """What a result counts for."""
    return _USES[use]()


def reason_clause(reason: str) -> str:
    """Why a state is not the script's own word; empty where it is."""
    known = _REASONS.get(reason)
    return known() if known else shown(reason, characters_max=60).replace("-", " ")


def reading_sentence(reading: CheckReading) -> str:
    """One run of a check in one line: 'disk on lab-1: warning, 91% used'."""
    first = reading.text.partition("\n")[0]
    said = shown(first, characters_max=TEXT_CHARACTERS_MAX) or reason_clause(reading.reason)
    tail = said
    if first and reading.reason:
        tail = translate("monitoring", "{said} ({why})").format(said=said, why=reason_clause(reading.reason))
    line = translate("monitoring", "{check} on {node}: {state}")
    line = line.format(check=shown(reading.check), node=shown(reading.node), state=state_word(reading.state).lower())
    return translate("monitoring", "{line}, {said}").format(line=line, said=tail) if tail else line


def value_label(value: PerfValue) -> str:
    """One value of the performance data: 'used 91%'."""
    number = NOTHING if value.value is None else compact(value.value)
    return f"{shown(value.label, characters_max=60)} {number}{shown(value.unit, characters_max=10)}"


def way_sentence(spec: CheckSpec) -> str:
    """What is asked, how often, within which limit."""
    if spec.way is CheckWay.SQL:
        what = translate("monitoring", "SQL, every {every}, at most {limit}")
    else:
        what = translate("monitoring", "command, every {every}, at most {limit}")
    return what.format(every=duration(spec.every_seconds), limit=duration(spec.seconds_max))


def where_sentence(spec: CheckSpec) -> str:
    """Where it runs."""
    where = joined([shown(node) for node in spec.nodes])
    match (spec.role, bool(where)):
        case ("primary", False):
            return translate("monitoring", "on the primary")
        case ("standby", False):
            return translate("monitoring", "on every standby")
        case ("primary", True):
            return translate("monitoring", "on {nodes}, while it is primary").format(nodes=where)
        case ("standby", True):
            return translate("monitoring", "on {nodes}, while it is a standby").format(nodes=where)
        case (_, True):
            return translate("monitoring", "on {nodes}").format(nodes=where)
        case _:
            return translate("monitoring", "on every PostgreSQL node")


def uses_sentence(spec: CheckSpec) -> str:
    """What its result counts for."""
    if not spec.enabled:
        return translate("monitoring", "switched off")
    return joined([use_word(use) for use in spec.uses]) or use_word(CheckUse.SHOWN)


def check_sign_sentence(sign: Sign) -> str:
    """A check that makes an alert, in one sentence."""
    about, node = shown(sign.about), shown(sign.node or NOTHING)
    said = shown(sign.detail, characters_max=TEXT_CHARACTERS_MAX)
    if sign.word == "checks-unreached":
        line = translate("monitoring", "Checks get no result on {node}, as its host can't be reached").format(node=node)
        return translate("monitoring", "{line}: {said}").format(line=line, said=said) if said else f"{line}."
    line = {
        "check-warning": translate("monitoring", "The check {about} warns on {node}"),
        "check-critical": translate("monitoring", "The check {about} is critical on {node}"),
    }.get(sign.word, translate("monitoring", "The check {about} gives no result on {node}"))
    line = line.format(about=about, node=node)
    return translate("monitoring", "{line}: {said}").format(line=line, said=said) if said else f"{line}."


def mistake_sentence(word: str, detail: str) -> str:
    """Why a check was not taken."""
    known = MONITORING_REFUSED.get(word)
    told = known() if known else shown(word, characters_max=60).replace("-", " ")
    return translate("monitoring", "{told}: {detail}").format(told=told, detail=shown(detail)) if detail else told


_STATES: Final[dict[CheckState, _Text]] = {
    CheckState.OK: lambda: translate("monitoring", "OK"),
    CheckState.WARNING: lambda: translate("monitoring", "Warning"),
    CheckState.CRITICAL: lambda: translate("monitoring", "Critical"),
    CheckState.UNKNOWN: lambda: translate("monitoring", "Unknown"),
}

_USES: Final[dict[CheckUse, _Text]] = {
    CheckUse.SHOWN: lambda: translate("monitoring", "shown"),
    CheckUse.ALERT: lambda: translate("monitoring", "raises alerts"),
    CheckUse.EVIDENCE: lambda: translate("monitoring", "evidence"),
    CheckUse.CONDITION: lambda: translate("monitoring", "condition for automation"),
}

_REASONS: Final[dict[str, _Text]] = {
    "": lambda: "",
    "too-long": lambda: translate("monitoring", "no end within its limit; it was ended on its host"),
    "maybe-running": lambda: translate("monitoring", "no end within its limit, and it could not be ended on its host"),
    "cut": lambda: translate("monitoring", "it printed more than is taken; the rest was thrown away"),
    "exit-status": lambda: translate("monitoring", "it ended with an exit status that the convention does not know"),
    "killed": lambda: translate("monitoring", "it was ended by a signal"),
    "not-found": lambda: translate("monitoring", "its program was not found"),
    "not-executable": lambda: translate("monitoring", "its program may not be run"),
    "host-unreachable": lambda: translate("monitoring", "its host could not be reached"),
    "lost": lambda: translate("monitoring", "the connection was lost before it had ended"),
    "no-output": lambda: translate("monitoring", "it printed nothing"),
    "no-row": lambda: translate("monitoring", "the statement gave no row"),
    "not-a-number": lambda: translate("monitoring", "its first column is no number that a limit could judge"),
    "writes": lambda: translate("monitoring", "the statement would write, and was refused"),
    "several-statements": lambda: translate("monitoring", "more than one statement was given"),
    "blocked": lambda: translate("monitoring", "a lock or the time limit stopped the statement"),
    "sql-error": lambda: translate("monitoring", "the server refused the statement"),
    "no-server": lambda: translate("monitoring", "no server answers"),
    "refuses": lambda: translate("monitoring", "the server refuses the session"),
    "no-program": lambda: translate("monitoring", "psql was not found on its host"),
    "password": lambda: translate("monitoring", "the password for its database is not known"),
    "sudo": lambda: translate("monitoring", "sudo was refused on the host"),
    "unreadable": lambda: translate("monitoring", "its answer makes no sense"),
    "busy": lambda: translate("monitoring", "it is running already"),
    "other-role": lambda: translate("monitoring", "the node has another role now"),
}  # fmt: skip

MONITORING_REFUSED: Final[dict[str, _Text]] = {
    "no-such-check": lambda: translate("monitoring", "There is no check of this name"),
    "check-exists": lambda: translate("monitoring", "There is a check of this name already; replace it to change it"),
    "too-many-checks": lambda: translate("monitoring", "The cluster has as many checks as it may have"),
    "check-name": lambda: translate(
        "monitoring", "A check's name has 1 to 60 letters, digits, dots, dashes, underscores or spaces"
    ),
    "check-text": lambda: translate("monitoring", "A check needs a command or a statement, of one piece of text"),
    "check-interval": lambda: translate("monitoring", "A check runs every 5 seconds at most, and once a day at least"),
    "check-limit": lambda: translate("monitoring", "A check's limit is from 0.1 seconds to 5 minutes"),
    "check-node": lambda: translate("monitoring", "The cluster has no such node, or it has no PostgreSQL to ask"),
    "check-range": lambda: translate("monitoring", "A limit is not in Nagios's range format, as 10, 10:, ~:10, @10:20"),
    "check-range-for-command": lambda: translate(
        "monitoring", "Limits are for SQL; a command judges by its own exit status"
    ),
    "check-role": lambda: translate("monitoring", "A role is primary or standby, or nothing"),
    "check-role-for-host": lambda: translate("monitoring", "A host without PostgreSQL has no role"),
    "duty-rule": lambda: translate("monitoring", "A duty has to happen every so many hours, or 0 where it is none"),
    "check-uses": lambda: translate("monitoring", "A check counts for something: shown, alert, evidence, condition"),
}
