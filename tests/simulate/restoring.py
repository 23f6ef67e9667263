"""What the acts of a restore do to a simulated node, what its proofs see there, and the restore that is planned."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from console.domain.backup import Backup, BackupState, WalHeld, WalRange
from console.domain.backup_policy import BackupKind, EngineName
from console.domain.plan import Act, Plan, Proof, Verb
from console.domain.reading import ControlState
from console.domain.restore import Chosen, Goal, Target, TargetKind
from console.domain.restoring import PlaceSeen, Restoring
from console.domain.wal import Lsn
from console.recovery import restore
from tests.simulate.building import Yard
from tests.simulate.cluster import BEGIN, SYSTEM, WAL_START, Cluster, Data, Node
from tests.simulate.ran import Pieces, Ran

BACK_RECORDS = 5  # the target lies so many records before the end
_SEGMENT = 16 * 1024 * 1024


def planned(yard: Yard, new: str) -> Plan:
    """The whole cluster to a little before now, with `new` as its primary."""
    return restore.make(replace(yard.world(), restore=asked(yard, new)))


def asked(yard: Yard, new: str) -> Restoring:
    """What the repository and every place say where all is well."""
    primary = next(node for node in yard.cluster.nodes.values() if node.writable)
    target = primary.data.wal[-BACK_RECORDS].end
    backup = Backup(
        id="b1", repository="main", engine=EngineName.NATIVE, kind=BackupKind.FULL, state=BackupState.COMPLETE,
        parent=None, begun_at=BEGIN, ended_at=BEGIN, system_identifier=SYSTEM, server_version=180006, timeline=1,
        start=Lsn(WAL_START), stop=Lsn(WAL_START), size_bytes=1000, stored_bytes=1000,
    )  # fmt: skip
    settings = (("recovery_target_timeline", "1"), ("recovery_target_lsn", str(Lsn(target))))
    wanted = Target(kind=TargetKind.POSITION, position=Lsn(target))
    chosen = Chosen(target=wanted, repository="main", chain=("b1",), timeline=1, settings=settings,
                    start=Lsn(WAL_START), consistent=Lsn(WAL_START), wal_bytes=target - WAL_START)  # fmt: skip
    held = WalHeld(ranges=(WalRange(timeline=1, first=WAL_START // _SEGMENT, last=target // _SEGMENT),))
    places = tuple(
        PlaceSeen(node=name, room="data", layout=(), free_bytes=10**12, version=180000, programs_missing=(),
                  answers=True, own_configuration=False)
        for name in yard.cluster.nodes if name != "vault"
    )  # fmt: skip
    yard.cluster.nodes["vault"].kept["backup"] = [one for one in primary.data.wal if one.end <= target]
    return Restoring(
        goal=Goal.CLUSTER, target=wanted, words=f"lsn {Lsn(target)}", node=new, repository="main",
        repository_node="vault", chosen=chosen, chain=(backup,), held=held, script="lay out\n", places=places,
    )  # fmt: skip


def holds(cluster: Cluster, proof: Proof) -> bool:
    """A claim of a restore that a script on the node answers."""
    files = cluster.nodes[proof.node].files
    if proof.arg("laid-out"):
        return "restored" in files
    if proof.arg("at-target"):
        return files.get("restored") == "at target"
    if proof.arg("stands-there"):
        node, records = cluster.nodes[proof.node], cluster.nodes["vault"].kept["backup"]
        return node.serves and node.recovery and node.replayed >= records[-1].end
    if proof.arg("own-settings"):
        return "recovery" not in cluster.nodes[proof.node].data.auto and "restored" not in files
    raise AssertionError(f"no proof of a restore: {proof}")


def _lay_out(act: Act, ran: Ran) -> Pieces:
    ran.node.files.pop("restored", None)
    yield 1.0
    ran.node.files["restored"] = act.arg("copy")
    yield 0.1


def _recover(_: Act, ran: Ran) -> Pieces:
    if "restored" not in ran.node.files:
        ran.fail(4, "nothing is laid out")
        return
    yield 1.0
    ran.node.files["restored"] = "at target"
    records = ran.cluster.nodes["vault"].kept["backup"]
    ran.tell("restored_position", Lsn(records[-1].end))


def _halt(_: Act, ran: Ran) -> Pieces:
    if "restored" in ran.node.files:
        ran.node.files["restored"] = "stopped"
    yield 0.1


def _install(act: Act, ran: Ran) -> Pieces:
    node = ran.node
    if node.files.get("copied") == act.arg("copy") and node.copy is not None:
        return
    if "restored" not in node.files:
        ran.fail(4, "the restored data is not there")
        return
    node.copy = None
    node.files["restored"] = "moved"
    yield 0.3
    records = list(ran.cluster.nodes["vault"].kept["backup"])
    auto = {**node.data.auto, "primary_conninfo": "", "recovery": "yes"}
    node.files["auto"] = "\n".join(f"{name}={value}" for name, value in node.data.auto.items())
    node.copy = Data(wal=records, state=ControlState.SHUT_DOWN_IN_RECOVERY, signal=True, auto=auto)
    yield 0.1
    node.files["copied"] = act.arg("copy")


def _settle(_: Act, ran: Ran) -> Pieces:
    if not ran.serves():
        return
    own = ran.node.files.get("auto")
    if own is not None:
        ran.node.data.auto = dict(part.split("=", 1) for part in own.split("\n") if part)
    yield 0.1
    for name in ("auto", "copied", "restored"):
        ran.node.files.pop(name, None)
    yield 0.1


def _drop(act: Act, ran: Ran) -> Pieces:
    if act.arg("what") == "kept":
        ran.node.old = None
    else:
        ran.node.files.pop("restored", None)
    yield 0.1


_ACTS: Mapping[tuple[Verb, str, str], Callable[[Act, Ran], Pieces]] = {
    (Verb.COPY, "", "backup"): _lay_out,
    (Verb.COPY, "", "restored"): _install,
    (Verb.RECOVER, "restored", ""): _recover,
    (Verb.STOP, "restored", ""): _halt,
    (Verb.TIDY, "restored", ""): _settle,
    (Verb.DROP_OLD, "restored", ""): _drop,
    (Verb.DROP_OLD, "kept", ""): _drop,
}


def pieces(act: Act, ran: Ran) -> Pieces | None:
    """What an act of a restore does; None for an act that is none."""
    found = _ACTS.get((act.verb, act.arg("what"), act.arg("source")))
    return None if found is None else found(act, ran)


def books_of(node: Node) -> set[str]:
    """The entries in the books of a node."""
    return {one.entry for one in node.data.wal if one.entry}
