"""What each verb of a plan does to a simulated node, in the pieces in which its script does it."""

import hashlib
from collections.abc import Callable, Mapping

from console.domain.plan import Act, Verb
from console.domain.reading import ControlState
from console.domain.wal import Lsn
from tests.simulate import rejoining, restoring
from tests.simulate.cluster import Node
from tests.simulate.ran import Pieces, Ran

MARK_SECONDS_MAX = 15.0
REPLAY_SECONDS_MAX = 600.0
START_SECONDS_MAX = 60.0
PROMOTE_SECONDS_MAX = 60.0
FENCE_SECONDS_MAX = 20.0
WAIT_SECONDS = 0.25
RESCUE_PLACE = "rescue"


def pieces(act: Act, ran: Ran) -> Pieces:
    """The pieces of an act. Raises KeyError for a verb that the model does not know."""
    return restoring.pieces(act, ran) or _VERBS[act.verb](act, ran)


def _checkpoint(_: Act, ran: Ran) -> Pieces:
    node = ran.node
    if ran.serves() and not node.recovery:
        ran.cluster.append(node, "checkpoint")
        node.data.checkpoint, node.data.checkpoint_timeline = node.data.end, node.data.timeline
    elif ran.status == 0:
        node.data.checkpoint = max(node.data.checkpoint, node.replayed)
    yield 0.1


def _stop(act: Act, ran: Ran) -> Pieces:
    node = ran.node
    if act.arg("closed"):
        if node.files.get("closed") != act.arg("closed"):
            if node.data.signal or (node.running and (not node.serves or node.recovery)):
                ran.fail(4, "it is no primary")
                return
            if node.running and str(node.data.timeline) != act.arg("closed"):
                ran.fail(4, "another timeline")
                return
            node.files["closed"] = act.arg("closed")
            yield 0.01
        node.data.signal = True
        yield 0.02
    if node.running:
        if node.hung:
            yield 30.0
            ran.fail(3, "no end within 30 s")
            return
        yield 0.1
        if node.running:
            ran.cluster.stop(node)
    yield 0.1
    ran.tell("shutdown_position", Lsn(node.data.checkpoint))


def _start(act: Act, ran: Ran) -> Pieces:
    node = ran.node
    if act.arg("again"):
        if node.files.get("closed") == act.arg("again"):
            node.data.signal = False
        elif node.running:
            return
        yield 0.02
        if node.running and node.hung:
            ran.cluster.kill(node)  # one that hangs half way is ended, and recovers
            yield 0.1
        elif node.running and node.recovery:
            ran.cluster.stop(node)  # somebody started it read-only
            yield 0.1
    if act.arg("standby") == "yes" and not node.running and not node.data.signal:
        ran.fail(4, "no signal file: it would come up writable")
        return
    yield 0.1
    ran.cluster.start(node, ours=True, why="by our command")
    yield 0.2
    if act.arg("again") and node.serves and not node.recovery:
        node.files.pop("closed", None)
    if not (node.serves and (act.arg("standby") == "yes" or not node.recovery)):
        ran.wait(lambda: False, START_SECONDS_MAX)
        ran.fail(3, "not ready within 60 s")


def _become_standby(act: Act, ran: Ran) -> Pieces:
    node = ran.node
    if act.arg("back") == "yes":
        if node.running:
            ran.fail(4, "its server runs")
            return
        if "auto" in node.files:
            node.data.auto = dict(part.split("=", 1) for part in node.files["auto"].split("\n") if part)
        for mark in ("configured", "auto"):
            node.files.pop(mark, None)
        yield 0.05
        return
    if node.running and not (node.serves and node.recovery):
        ran.fail(4, "its server runs")
        return
    if node.running:
        ran.cluster.stop(node)
        yield 0.1
    configures = ".configured" in act.script
    if configures:
        node.files.setdefault("auto", "\n".join(f"{k}={v}" for k, v in node.data.auto.items()))
    node.data.auto["primary_conninfo"] = ran.cluster.conninfo(node.name, act.arg("upstream"))
    node.data.auto["primary_slot_name"] = act.arg("slot")
    yield 0.02
    node.data.signal = True
    node.files.pop("closed", None)
    yield 0.02
    if configures:
        node.files["configured"] = act.arg("upstream")
        yield 0.01


def _promoted(ran: Ran, starts: int) -> None:
    node = ran.node
    if node.serves and node.recovery and node.starts == starts:
        ran.cluster.promote(node)
        node.files.pop("fenced", None)
        node.files.pop("closed", None)


def _promote(_: Act, ran: Ran) -> Pieces:
    node = ran.node
    if not ran.serves():
        return
    node.ordered_at = min(node.ordered_at, ran.cluster.now)
    yield 0.05
    if node.slow_promotion:
        starts = node.starts
        ran.cluster.at(ran.cluster.now + node.slow_promotion, lambda: _promoted(ran, starts))
        if not ran.wait(lambda: not node.recovery, PROMOTE_SECONDS_MAX):
            ran.fail(3, "still in recovery")
            return
    else:
        _promoted(ran, node.starts)
    yield 0.1
    ran.tell("timeline", node.data.timeline)
    if node.data.history:
        ran.tell("fork_position", Lsn(node.data.history[-1][1]))


def _keep_conninfo(node: Node) -> None:
    own = node.data.auto.get("primary_conninfo", "")
    if own:
        node.files["conninfo"] = own


def _cut(_: Act, ran: Ran) -> Pieces:
    if ran.serves():
        _keep_conninfo(ran.node)
        yield 0.02
        ran.node.data.auto["primary_conninfo"] = ""
        ran.node.receiver = None
        yield 0.1


def _follow(act: Act, ran: Ran) -> Pieces:
    node = ran.node
    if not ran.serves():
        return
    if not act.arg("upstream"):
        if node.data.auto.get("primary_conninfo"):
            yield 0.01
            return
        if "conninfo" not in node.files:
            ran.fail(4, "nothing was kept of its upstream")
            return
        node.data.auto["primary_conninfo"] = node.files["conninfo"]
    else:
        _keep_conninfo(node)
        yield 0.01
        node.data.auto["primary_slot_name"] = act.arg("slot")
        node.data.auto["primary_conninfo"] = ran.cluster.conninfo(node.name, act.arg("upstream"))
    node.receiver = None
    yield 0.05


def _slots(act: Act, ran: Ran) -> Pieces:
    if ran.serves():
        names = {name for name in act.arg("slots").split(",") if name}
        if act.verb is Verb.MAKE_SLOTS:
            ran.node.data.slots |= names
        else:
            used = {n.data.auto.get("primary_slot_name") for n in ran.cluster.nodes.values()
                    if n.receiver == ran.node.name}  # fmt: skip
            ran.node.data.slots -= names - used
    yield 0.05


def _set(act: Act, ran: Ran) -> Pieces:
    if ran.serves():
        if act.arg("value"):
            ran.node.data.auto[act.arg("name")] = act.arg("value")
        else:
            ran.node.data.auto.pop(act.arg("name"), None)
    yield 0.05


def _mark(_: Act, ran: Ran) -> Pieces:
    node = ran.node
    if not ran.serves():
        return
    if node.recovery:
        ran.fail(1, "cannot execute in recovery")
        return
    made = ran.cluster.append(node, "mark")
    yield 0.05
    if not ran.wait(lambda: ran.cluster.confirmed(node, made.end), MARK_SECONDS_MAX):
        ran.fail(5, "the commit was not confirmed")
        return
    ran.tell("mark_position", Lsn(node.data.end))


def _read(_: Act, ran: Ran) -> Pieces:
    node = ran.node
    if ran.serves():
        ran.wait(lambda: node.replayed >= node.data.end, REPLAY_SECONDS_MAX)
        yield 0.05
        ran.tell("candidate_position", Lsn(node.replayed))


def _fence(_: Act, ran: Ran) -> Pieces:
    node = ran.node
    if node.lies_fenced:
        yield 0.5
        return
    node.data.signal = True
    yield 0.05
    node.files["fenced"] = "yes"
    yield 0.1
    ran.cluster.end_processes(node)
    yield 0.4


def _unfence(_: Act, ran: Ran) -> Pieces:
    node = ran.node
    if node.processes:
        yield 0.05
        if node.running and not node.serves:
            ran.fail(4, "its server gives no answer")
            return
        if node.running and not node.recovery:
            node.data.signal = False
            node.files.pop("fenced", None)
            return
        if node.running:
            ran.cluster.stop(node)
        if not ran.wait(lambda: not node.processes, FENCE_SECONDS_MAX):
            ran.fail(3, "its processes stay")
            return
    node.data.signal = False
    yield 0.02
    node.files.pop("fenced", None)
    yield 0.02
    ran.cluster.start(node, ours=True, why="as its fence is taken back")
    yield 0.3
    if not node.serves:
        ran.fail(3, "not ready")


def _collect(act: Act, ran: Ran) -> Pieces:
    node = ran.node
    begin = Lsn.parse(ran.known["candidate_position"]).position
    beyond = [one for one in node.data.wal if one.begin >= begin]
    yield 0.2
    digest = hashlib.sha256(repr(beyond).encode()).hexdigest()
    if beyond:
        ran.cluster.nodes[act.node].kept[digest] = beyond
    ran.tell("rescue_segments", f"{begin:024X}:{digest}" if beyond else "")
    ran.tell("rescue_end", Lsn(beyond[-1].begin if beyond else begin))
    ran.tell("rescue_past", "yes" if beyond else "no")
    ran.tell("rescue_read", "yes")
    ran.tell("rescue_bytes", len(beyond))


def _rescue_carry(_: Act, ran: Ran) -> Pieces:
    yield 0.05
    ran.tell("rescue_directory", f"/data/{ran.node.name}.{RESCUE_PLACE}")


def _rescue_replay(_: Act, ran: Ran) -> Pieces:
    node = ran.node
    if not ran.serves():
        return
    ran.node.files.setdefault("restore", node.data.auto.get("restore_command", ""))
    node.data.auto["restore_command"] = "cp .rescue"
    node.data.auto["primary_conninfo"] = ""
    yield 0.05
    end = Lsn.parse(ran.known["rescue_end"]).position + (ran.known["rescue_past"] == "yes")
    for found in list(node.kept.values()):
        node.data.wal += [one for one in found if one.begin >= node.data.end]
    past = 1 if ran.known["rescue_past"] == "yes" else 0
    if not ran.wait(lambda: node.replayed >= end + past, REPLAY_SECONDS_MAX):
        ran.fail(3, "not replayed")
    yield 0.1


def _take_back(_: Act, ran: Ran) -> Pieces:
    if "restore" in ran.node.files and ran.serves():
        own = ran.node.files["restore"]
        ran.node.data.auto.pop("restore_command", None)
        if own:
            ran.node.data.auto["restore_command"] = own
        yield 0.05
        ran.node.files.pop("restore")
    yield 0.05


def _archive(_: Act, ran: Ran) -> Pieces:
    ran.tell("archive_unknown", "no-archive")
    yield 0.1


def _fence_by_command(act: Act, ran: Ran) -> Pieces:
    yield 1.0
    victim = ran.cluster.nodes[act.arg("old") or ran.cluster.nodes["vault"].files.get("victim", "")]
    if "lies" not in ran.cluster.nodes["vault"].files:
        ran.cluster.power_off(victim)
    yield 1.0


_VERBS: Mapping[Verb, Callable[[Act, Ran], Pieces]] = {
    Verb.CHECKPOINT: _checkpoint,
    Verb.STOP: _stop,
    Verb.START: _start,
    Verb.BECOME_STANDBY: _become_standby,
    Verb.PROMOTE: _promote,
    Verb.CUT: _cut,
    Verb.FOLLOW: _follow,
    Verb.MAKE_SLOTS: _slots,
    Verb.DROP_SLOTS: _slots,
    Verb.SET_SYNC: _set,
    Verb.SET_COMMIT: _set,
    Verb.SET_SETTING: _set,
    Verb.MARK_COMMIT: _mark,
    Verb.READ: _read,
    Verb.FENCE: _fence,
    Verb.UNFENCE: _unfence,
    Verb.RESCUE_COLLECT: _collect,
    Verb.RESCUE_CARRY: _rescue_carry,
    Verb.RESCUE_REPLAY: _rescue_replay,
    Verb.RESCUE_TAKE_BACK: _take_back,
    Verb.ARCHIVE_FILL: _archive,
    Verb.FENCE_BY_COMMAND: _fence_by_command,
    **rejoining.VERBS,
}

UNCLEAN = (ControlState.IN_PRODUCTION, ControlState.IN_RECOVERY)
