"""Makes the fault of a rehearsal from what the engine has built."""

from collections.abc import Callable

from console.domain.cluster import ClusterSpec
from console.domain.drill import Drill, DrillFault
from console.domain.drilling import BEAT_STALE
from console.domain.plan import Pairs
from console.engine.drill_course import Rehearsed
from console.engine.drill_decoy import DecoyStopped
from console.engine.drill_faults import HeartbeatHeld, ProbeCut
from console.engine.drill_stream import StreamCut
from console.engine.vigil_ground import VigilGround
from console.link.watching import StartDrill
from console.monitor.node_watch import NodeWatch


def fault_of(
    drill: Drill, spec: ClusterSpec, question: StartDrill, ground: VigilGround, *, note: Callable[[Pairs], None]
) -> Rehearsed:
    """The fault that a drill is for. `note`: told of each change of a node before it is made."""
    node, held, limit = drill.node or "", question.hold_seconds, question.limit_seconds

    def watch() -> NodeWatch | None:
        return ground.poller.node(spec.name, node)

    match drill.fault:
        case DrillFault.HEARTBEAT_HELD:
            return HeartbeatHeld(spec, node, watch, clock=ground.clock, word=BEAT_STALE, hold_seconds=held)
        case DrillFault.PROBE_CUT:
            return ProbeCut(spec, node, watch, clock=ground.clock, picture=ground.picture, hold_seconds=held)
        case DrillFault.DECOY_STOPPED:
            return DecoyStopped(
                spec, node, drill.id, ground.planning.owner(drill.id), sessions=ground.sessions, clock=ground.clock,
                hold_seconds=held, limit_seconds=limit,
            )  # fmt: skip
        case DrillFault.STREAM_CUT:
            return StreamCut(
                spec, node, drill.id, drill.by, planning=ground.planning, clock=ground.clock, picture=ground.picture,
                hold_seconds=held, limit_seconds=limit, note=note,
            )  # fmt: skip
        case None:
            raise ValueError(f"drill {drill.id} has no fault")
