"""The words for copies that are held against each other: what differs, on which node, and what was not looked at."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.alerting import Sign
from console.domain.redundancy import CopyFinding, CopyLine, CopyTrouble, Redundancy
from console.domain.text import shown
from console.domain.verdict import Scalar
from console.ui.backup_reasons import reason_clause
from console.ui.measures import NOTHING, duration, number
from console.ui.speech import counted, joined, translate

_Text = Callable[[], str]
VALUE_CHARACTERS_MAX: Final = 120


def trouble_title(trouble: CopyTrouble) -> str:
    """What is wrong, as a short name."""
    return _TITLES[trouble]()


def finding_sentence(finding: CopyFinding) -> str:
    """One thing that differs, in one sentence."""
    return _sentence(finding.trouble, finding.node, finding.about, finding.observed, finding.wanted)


def redundancy_headline(redundancy: Redundancy, now: datetime | None = None) -> str:
    """How many copies are proven to agree, and how much else differs."""
    one = translate("copies", "{proven} of {n} copy proven the same")
    many = translate("copies", "{proven} of {n} copies proven the same")
    said = counted(redundancy.copies, one, many).format(proven=number(redundancy.proven))
    tops = sorted({line.up_to for line in redundancy.lines if line.up_to is not None and line.root})
    if tops and redundancy.proven:
        said = translate("copies", "{said} up to entry {entry}").format(said=said, entry=number(tops[-1]))
    found = len(redundancy.findings)
    if found:
        rest = counted(found, translate("copies", "{n} finding"), translate("copies", "{n} findings"))
    else:
        rest = translate("copies", "nothing differs")
    said = f"{said}; {rest}"
    if redundancy.not_checked:
        said = translate("copies", "{said}; not checked: {what}").format(
            said=said, what=joined([unchecked_word(word) for word in redundancy.not_checked])
        )
    if now is not None:
        ago = duration(max(0.0, (now - redundancy.at).total_seconds()))
        said = translate("copies", "{said}; compared {ago} ago").format(said=said, ago=ago)
    return f"{said}."


def line_sentence(line: CopyLine) -> str:
    """One copy of the books: what its own rows add up to."""
    node = shown(line.node)
    if line.origin:
        node = translate("copies", "{node}, origin {origin}").format(node=node, origin=shown(line.origin))
    if not line.root:
        why = reason_clause(line.reason) if line.reason else translate("copies", "it was not computed")
        return translate("copies", "{node}: not compared, {why}").format(node=node, why=why)
    top = NOTHING if line.up_to is None else number(line.up_to)
    blocks = counted(line.blocks, translate("copies", "{n} block"), translate("copies", "{n} blocks"))
    same = translate("copies", "{node}: {blocks} up to entry {top}, root {root}")
    if line.blocks_differ:
        same = translate("copies", "{node}: {blocks} up to entry {top}, other than elsewhere, root {root}")
    return same.format(node=node, blocks=blocks, top=top, root=line.root[:12])


def unchecked_word(word: str) -> str:
    """What was not looked at. A word may have a name behind a colon."""
    word, _, about = word.partition(":")
    known = _NOT_CHECKED.get(word)
    told = known() if known else shown(word, characters_max=60).replace("-", " ")
    return f"{told} ({shown(about, characters_max=80)})" if about else told


def copies_sign_sentence(sign: Sign) -> str:
    """A finding that makes an alert."""
    try:
        trouble = CopyTrouble(sign.word)
    except ValueError:
        return shown(sign.word).replace("-", " ")
    return _sentence(trouble, sign.node or "", sign.about, sign.observed, sign.limit)


def _sentence(trouble: CopyTrouble, node: str, about: str, observed: Scalar, wanted: Scalar) -> str:
    about = _abouts(trouble, about)
    return _SENTENCES[trouble]().format(
        node=shown(node) or NOTHING, about=about, observed=_value(observed), wanted=_value(wanted)
    )


def _abouts(trouble: CopyTrouble, about: str) -> str:
    if trouble in (CopyTrouble.BOOKS_UNREAD, CopyTrouble.NOT_PROMOTABLE):
        known = _PROMOTION.get(about)
        return known() if known else reason_clause(about)
    return shown(about, characters_max=VALUE_CHARACTERS_MAX)


def _value(value: Scalar) -> str:
    if value is None:
        return translate("copies", "nothing")
    if isinstance(value, bool):
        return translate("copies", "yes") if value else translate("copies", "no")
    if isinstance(value, (int, float)):
        return number(value, 0 if float(value).is_integer() else 1)
    return shown(value, characters_max=VALUE_CHARACTERS_MAX) or translate("copies", "nothing")


_TITLES: Final[dict[CopyTrouble, _Text]] = {
    CopyTrouble.BOOKS_DIFFER: lambda: translate("copies", "Books differ"),
    CopyTrouble.BOOKS_UNREAD: lambda: translate("copies", "Books not read"),
    CopyTrouble.TOO_FEW_SYNC: lambda: translate("copies", "Too few synchronous copies"),
    CopyTrouble.NOT_PROMOTABLE: lambda: translate("copies", "Could not be promoted"),
    CopyTrouble.SETTING_DRIFT: lambda: translate("copies", "Setting differs"),
    CopyTrouble.EXTENSION_DRIFT: lambda: translate("copies", "Extension differs"),
    CopyTrouble.COLLATION_DRIFT: lambda: translate("copies", "Collation differs"),
    CopyTrouble.HBA_DRIFT: lambda: translate("copies", "Access rules differ"),
    CopyTrouble.VERSION_DRIFT: lambda: translate("copies", "Version differs"),
    CopyTrouble.MEMBER_DIFFERS: lambda: translate("copies", "Group member differs"),
    CopyTrouble.MEMBER_ALARM: lambda: translate("copies", "Group member raises an alarm"),
    CopyTrouble.MEMBER_SILENT: lambda: translate("copies", "Group member silent"),
    CopyTrouble.MEMBER_BEHIND: lambda: translate("copies", "Group member behind"),
    CopyTrouble.MEMBER_CLOCK: lambda: translate("copies", "Group member's clock apart"),
}

_SENTENCES: Final[dict[CopyTrouble, _Text]] = {
    CopyTrouble.BOOKS_DIFFER: lambda: translate(
        "copies", "The books of {node} differ from the others' ({about}): {observed}, and {wanted} elsewhere."
    ),
    CopyTrouble.BOOKS_UNREAD: lambda: translate("copies", "The books of {node} could not be compared: {about}."),
    CopyTrouble.TOO_FEW_SYNC: lambda: translate(
        "copies", "{observed} synchronous copies confirm commits of {node}; {wanted} are wanted."
    ),
    CopyTrouble.NOT_PROMOTABLE: lambda: translate("copies", "{node} could not be promoted now: {about}."),
    CopyTrouble.SETTING_DRIFT: lambda: translate("copies", "{about} is {observed} on {node}, and should be {wanted}."),
    CopyTrouble.EXTENSION_DRIFT: lambda: translate(
        "copies", "Extension {about}: {observed} on {node}, {wanted} elsewhere."
    ),
    CopyTrouble.COLLATION_DRIFT: lambda: translate(
        "copies",
        "Collation {about} is version {observed} on {node}, and should be {wanted}: text indexes may be wrong.",
    ),
    CopyTrouble.HBA_DRIFT: lambda: translate(
        "copies", "Access rules on {node} ({about}): {observed}, {wanted} elsewhere."
    ),
    CopyTrouble.VERSION_DRIFT: lambda: translate("copies", "{node} runs {about} {observed}, the primary {wanted}."),
    CopyTrouble.MEMBER_DIFFERS: lambda: translate(
        "copies", "The group member {node} answers {about} {observed}, the others {wanted}."
    ),
    CopyTrouble.MEMBER_ALARM: lambda: translate("copies", "The group member {node} raises the alarm {about}."),
    CopyTrouble.MEMBER_SILENT: lambda: translate("copies", "The group member {node} does not answer: {about}."),
    CopyTrouble.MEMBER_BEHIND: lambda: translate(
        "copies", "The group member {node} is behind ({about}): at {observed}, the group at {wanted}."
    ),
    CopyTrouble.MEMBER_CLOCK: lambda: translate(
        "copies", "The clock of group member {node} is {observed} s from the others'; {wanted} s are the limit."
    ),
}

_PROMOTION: Final[dict[str, _Text]] = {
    "unreachable": lambda: translate("copies", "it does not answer"),
    "not-streaming": lambda: translate("copies", "it does not receive WAL"),
    "replay-paused": lambda: translate("copies", "its replay is paused"),
    "lag": lambda: translate("copies", "it lags too far behind"),
    "too-far-behind": lambda: translate("copies", "it lags too far behind"),
    "not-a-candidate": lambda: translate("copies", "the inventory does not let it be promoted"),
    "cascade": lambda: translate("copies", "it follows another standby"),
    "diverged": lambda: translate("copies", "its WAL has left the primary's history"),
    "other-timeline": lambda: translate("copies", "it is on another timeline"),
    "identity": lambda: translate("copies", "its identity changed and was not confirmed"),
    "delayed": lambda: translate("copies", "it replays with a delay on purpose"),
    "not-standby": lambda: translate("copies", "it is no standby now"),
    "no-ledger": lambda: translate("copies", "no ledger is known here"),
    "one-copy": lambda: translate("copies", "there is no other copy to compare it with"),
}

_NOT_CHECKED: Final[dict[str, _Text]] = {
    "books": lambda: translate("copies", "the books"),
    "no-ledger": lambda: translate("copies", "the books, as no ledger is known here"),
    "one-copy": lambda: translate("copies", "the books, as only one copy answered"),
    "no-primary": lambda: translate("copies", "who the primary is"),
    "settings": lambda: translate("copies", "settings"),
    "extensions": lambda: translate("copies", "extensions"),
    "collations": lambda: translate("copies", "collations"),
    "hba": lambda: translate("copies", "access rules"),
    "sync": lambda: translate("copies", "synchronous copies"),
    "members": lambda: translate("copies", "members of the consensus group"),
    "members-alarms": lambda: translate("copies", "alarms of the consensus group"),
    "members-hash": lambda: translate("copies", "hashes of the consensus group"),
    "promotability": lambda: translate("copies", "whether standbys could be promoted"),
    "node": lambda: translate("copies", "a node"),
}
