"""What the verbs of a rejoin do to a simulated node, and what both nodes answer before it is planned."""

from collections.abc import Callable, Mapping

from console.domain.books_seals import TimelineEnd
from console.domain.plan import Act, Verb
from console.domain.reading import ControlState
from console.domain.rejoin import RejoinFacts, Side, fork_between
from console.domain.wal import Lsn
from tests.simulate.cluster import WAL_START, Cluster, Node
from tests.simulate.ran import Pieces, Ran


def _side(node: Node) -> Side:
    ends = tuple(TimelineEnd(timeline=one, end=Lsn(end)) for one, end in node.data.history)
    return Side(node=node.name, timeline=node.data.timeline, ends=ends, end=Lsn(node.data.end))


def asked(cluster: Cluster, subject: str, primary: str) -> RejoinFacts:
    """What both nodes answer."""
    node, upstream = cluster.nodes[subject], cluster.nodes[primary]
    fork = fork_between(_side(node), _side(upstream))
    until = WAL_START if fork is None else min(node.data.end, (fork.at or Lsn(upstream.data.end)).position)
    same = [a == b for a, b in zip(node.data.wal, upstream.data.wal, strict=False) if a.end <= until]
    return RejoinFacts(
        node=_side(node), upstream=_side(upstream), same_content=all(same), wal_back_to=Lsn(WAL_START),
        checkpoint_redo=Lsn(node.data.checkpoint), commits_beyond=None, beyond_segments=1,
        rewind_was_cut="rewinding" in node.files, archive_readable=False, full_page_writes=True, login_trouble="",
        rewind_login_trouble="", lacking_rights=(), programs_missing=(), layout=(), source=primary,
    )  # fmt: skip


def _stopped(ran: Ran) -> bool:
    if ran.node.running:
        ran.fail(4, "its server runs")
    return not ran.node.running


def _keep(_: Act, ran: Ran) -> Pieces:
    yield 0.2
    ran.tell("kept_directory", f"/data/{ran.node.name}.kept")
    ran.tell("kept_wal", "")


def _keep_carry(_: Act, ran: Ran) -> Pieces:
    yield 0.2
    ran.tell("kept_copy", "/kept")


def _recover(_: Act, ran: Ran) -> Pieces:
    if _stopped(ran):
        yield 0.5
        ran.node.data.state = ControlState.SHUT_DOWN_IN_RECOVERY


def _rewind(act: Act, ran: Ran) -> Pieces:
    node, source = ran.node, ran.cluster.nodes[act.arg("source")]
    if not _stopped(ran):
        return
    if "rewinding" in node.files:
        ran.fail(6, "a rewind was cut here: only a new copy helps")
        return
    if node.data.state not in (ControlState.SHUT_DOWN, ControlState.SHUT_DOWN_IN_RECOVERY):
        ran.fail(1, "it was not shut down cleanly")
        return
    node.files["rewinding"] = "700"
    yield 0.5
    own, data = node.data.auto, source.data.copied()
    data.auto, data.slots, data.signal, data.state = own, set(), True, ControlState.IN_RECOVERY
    node.data = data
    node.files.pop("rewinding")
    yield 0.1
    ran.tell("rewind_said", "Done!")


def _copy(act: Act, ran: Ran) -> Pieces:
    node, source = ran.node, ran.cluster.nodes[act.arg("source")]
    node.files.pop("copied", None)
    node.copy = None
    yield 1.0
    data = source.data.copied()
    data.auto, data.slots, data.signal, data.state = dict(node.data.auto), set(), True, ControlState.IN_RECOVERY
    node.copy = data
    yield 0.5
    node.files["copied"] = act.arg("copy")
    ran.tell("copy_directory", f"/data/{node.name}.copy")


def _swap(act: Act, ran: Ran) -> Pieces:
    node = ran.node
    if not _stopped(ran):
        return
    if act.arg("back") == "yes":
        if node.old is not None:
            node.copy, node.data, node.old = node.data, node.old, None
    elif "copied" not in node.files:
        ran.fail(4, "no complete copy")
    elif node.copy is not None:
        node.old, node.data, node.copy = node.data, node.copy, None
    yield 0.1


def _drop(act: Act, ran: Ran) -> Pieces:
    node = ran.node
    if act.arg("what") == "copy":
        node.copy = None
    else:
        node.old = None
    node.files.pop("copied", None)
    yield 0.2


def _tidy(_: Act, ran: Ran) -> Pieces:
    if ran.serves():
        for name in ("fenced", "configured", "auto"):
            ran.node.files.pop(name, None)
        yield 0.1


VERBS: Mapping[Verb, Callable[[Act, Ran], Pieces]] = {
    Verb.KEEP_WAL: _keep,
    Verb.KEEP_CARRY: _keep_carry,
    Verb.RECOVER: _recover,
    Verb.REWIND: _rewind,
    Verb.COPY: _copy,
    Verb.SWAP_IN: _swap,
    Verb.DROP_OLD: _drop,
    Verb.TIDY: _tidy,
}
