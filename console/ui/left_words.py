"""The words for what changes left on nodes: what each thing is, why it is there, why it stays; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.left import LeftKind, LeftOver, LeftPicture
from console.domain.text import shown
from console.link.left import LeftoversRemoved
from console.ui.measures import bytes_text, duration, number
from console.ui.speech import counted, listed, translate
from console.ui.step_words import readable

_Text = Callable[[], str]


def left_sentences(picture: LeftPicture) -> tuple[str, ...]:
    """The whole picture in plain sentences: how much there is, how much may go, who did not answer."""
    cluster, there = shown(picture.cluster), len(picture.things)
    if not there:
        lines = [translate("left", "Nothing of ours lies on the nodes of {cluster} that answered.")]
    else:
        one = translate("left", "1 thing of ours lies on the nodes of {cluster}; {may} of it may be removed.")
        many = translate("left", "{n} things of ours lie on the nodes of {cluster}; {may} of them may be removed.")
        lines = [counted(there, one, many)]
    may = sum(1 for one in picture.things if one.removable)
    said = [line.format(cluster=cluster, may=number(may)) for line in lines]
    for node, why in picture.not_asked:
        said.append(translate("left", "{node} was not asked: {why}").format(node=shown(node), why=shown(why)))
    return tuple(said)


def thing_lines(things: tuple[LeftOver, ...]) -> list[str]:
    """One line each, node by node."""
    lines, node = [], None
    for one in things:
        if one.node != node:
            node = one.node
            lines.append(f"{shown(node)}:")
        lines.append(f"  {thing_line(one)}")
    return lines


def thing_line(one: LeftOver) -> str:
    """One thing: what, where, how large, how old, why, and what keeps it."""
    about = [kind_name(one.kind), shown(one.where)]
    if one.bytes:
        about.append(bytes_text(one.bytes))
    if one.age_seconds is not None:
        about.append(translate("left", "{age} old").format(age=duration(one.age_seconds)))
    why, stays = why_sentence(one), stays_sentence(one)
    said = listed(about)
    tail = translate("left", "stays: {stays}").format(stays=stays) if stays else translate("left", "may be removed")
    return f"{said}: {why}; {tail}" if why else f"{said}; {tail}"


def kind_name(kind: LeftKind) -> str:
    """What a thing is, as a short name."""
    return _KINDS[kind]()


def why_sentence(one: LeftOver) -> str:
    """Why it is there; empty where nobody knows."""
    known = _WHYS.get(one.why)
    if known is None:
        return readable(one.why) if one.why else ""
    return known()


def stays_sentence(one: LeftOver) -> str:
    """Why it may not be removed now; empty: it may."""
    known = _STAYS.get(one.stays)
    if known is None:
        return readable(one.stays) if one.stays else ""
    return known().format(node=shown(one.node))


def removed_sentences(done: LeftoversRemoved) -> tuple[str, ...]:
    """What a removal came to."""
    cluster = shown(done.picture.cluster)
    one = translate("left", "1 thing was removed from the nodes of {cluster}. There still: {left}.")
    many = translate("left", "{n} things were removed from the nodes of {cluster}. There still: {left}.")
    text = counted(len(done.removed), one, many)
    lines = [text.format(cluster=cluster, left=number(len(done.picture.things)))]
    for failed in done.failed:
        text = translate("left", "Not removed: {what} on {node}, {where}: {said}")
        lines.append(
            text.format(what=kind_name(failed.thing.kind), node=shown(failed.thing.node),
                        where=shown(failed.thing.where), said=shown(failed.said))
        )  # fmt: skip
    return tuple(lines)


_KINDS: Final[dict[LeftKind, _Text]] = {
    LeftKind.LOCK: lambda: translate("left", "the cluster's lock"),
    LeftKind.LOCK_FILE: lambda: translate("left", "lock file"),
    LeftKind.LOGIN: lambda: translate("left", "kept login"),
    LeftKind.KEPT_SETTING: lambda: translate("left", "kept setting"),
    LeftKind.LOG_PLACE: lambda: translate("left", "place of the server's log"),
    LeftKind.SERVER_LOG: lambda: translate("left", "log of a server"),
    LeftKind.FENCE: lambda: translate("left", "mark of a fence"),
    LeftKind.SIGNAL: lambda: translate("left", "signal file"),
    LeftKind.REWIND: lambda: translate("left", "mark of a rewind"),
    LeftKind.REJOIN: lambda: translate("left", "mark of a rejoin"),
    LeftKind.CONFIGURATION: lambda: translate("left", "kept configuration"),
    LeftKind.SCRATCH: lambda: translate("left", "passing file"),
    LeftKind.SANDBOX: lambda: translate("left", "closed reading"),
    LeftKind.RESCUED: lambda: translate("left", "rescued WAL"),
    LeftKind.KEPT_WAL: lambda: translate("left", "WAL beyond a fork"),
    LeftKind.COPY: lambda: translate("left", "copy beside the data"),
    LeftKind.OLD_DATA: lambda: translate("left", "old data"),
    LeftKind.SUPERVISED: lambda: translate("left", "supervised command"),
    LeftKind.SETTING: lambda: translate("left", "setting"),
    LeftKind.SLOT: lambda: translate("left", "replication slot"),
    LeftKind.UNKNOWN: lambda: translate("left", "unknown file in our place"),
}
_WHYS: Final[dict[str, _Text]] = {
    "one-change-at-a-time": lambda: translate("left", "keeps two consoles from changing the cluster at once"),
    "one-taker-at-a-time": lambda: translate("left", "lets two that want the lock come one after the other"),
    "follows-again-with-it": lambda: translate("left", "the node logs in with it when it follows again"),
    "before-rescue": lambda: translate("left", "restore_command as it was before a rescue"),
    "before-rejoin": lambda: translate("left", "as it was before a rejoin"),
    "before-rewind": lambda: translate("left", "as it was before a rewind"),
    "before-closed-start": lambda: translate("left", "how the server was started before it was read closed"),
    "started-again-with-it": lambda: translate("left", "a start of ours lets the messages go there again"),
    "started-by-us": lambda: translate("left", "a server that was started by us wrote it"),
    "fenced-by-us": lambda: translate("left", "the node was fenced"),
    "closed-by-us": lambda: translate("left", "the node was stopped so that it could only start read-only"),
    "rewind-was-cut": lambda: translate("left", "a rewind was begun there and did not end"),
    "rejoin-not-ended": lambda: translate("left", "a rejoin configured it and was not proven"),
    "copy-is-whole": lambda: translate("left", "says that the copy is complete"),
    "copy-was-begun": lambda: translate("left", "says that the copy is ours"),
    "read-closed": lambda: translate("left", "a stopped server was read there, closed"),
    "in-passing": lambda: translate("left", "a command that was cut left it"),
    "evidence": lambda: translate("left", "kept as evidence"),
    "made-beside": lambda: translate("left", "a copy that did not take the data's place"),
    "until-proven": lambda: translate("left", "kept until the new copy is proven"),
    "restored-beside": lambda: translate("left", "a restored copy that waits, or was left, beside the data"),
    "before-restore": lambda: translate("left", "the data as it was before a restore"),
    "long-command": lambda: translate("left", "a long command and its log"),
    "reads-rescued-wal": lambda: translate("left", "still reads rescued WAL"),
    "was-cut": lambda: translate("left", "emptied when the node was cut from its upstream"),
    "quiet-for-promotion": lambda: translate("left", "switched off for a promotion"),
    "not-known": lambda: translate("left", "this version does not know what it is for"),
    "keeps-wal-for-a-follower": lambda: translate("left", "keeps WAL, and nobody uses it"),
}
_STAYS: Final[dict[str, _Text]] = {
    "run-not-ended": lambda: translate("left", "a run has not ended, and may need it"),
    "the-term-only-grows": lambda: translate("left", "its term must only grow: an old command is known by it"),
    "lock-is-live": lambda: translate("left", "somebody holds it at this moment"),
    "guards-the-lock": lambda: translate("left", "it is empty, and whoever takes the lock needs it"),
    "follows-with-it-later": lambda: translate("left", "{node} needs it when it becomes a standby"),
    "server-is-stopped": lambda: translate("left", "{node} has no server that answers"),
    "in-use": lambda: translate("left", "it is in use"),
    "fence": lambda: translate("left", "{node} was left behind, and may only start read-only until it is rejoined"),
    "rewind-was-cut": lambda: translate("left", "nothing may start there before a new copy: rejoin {node}"),
    "not-a-proven-standby": lambda: translate("left", "{node} does not stream as a proven standby"),
    "goes-with-its-copy": lambda: translate("left", "it goes with the directory that it speaks of"),
    "until-put-back": lambda: translate("left", "the setting has not been put back"),
    "left-behind": lambda: translate("left", "{node} was left behind: this may be the only copy of entries"),
    "not-ours": lambda: translate("left", "no mark of ours says that we made it"),
    "runs": lambda: translate("left", "it runs"),
    "by-hand": lambda: translate("left", "it may hold what is nowhere else: delete it on {node} yourself"),
    "rejoin-instead": lambda: translate("left", "its upstream was another than the primary: rejoin {node}"),
    "its-node-is-away": lambda: translate("left", "its node is away, and will need this WAL when it comes back"),
    "other-console": lambda: translate("left", "another console began it, and clears it away"),
    "other-key": lambda: translate("left", "it belongs to another cluster that had the same place"),
    "not-known": lambda: translate("left", "this version does not know what it is"),
}
