"""Drills that an engine was killed in: the fault is found undone, or undone now, and the record says so."""

import logging
import threading
from dataclasses import replace
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.drill import Drill, DrillFault, DrillState
from console.engine import drill_decoy, drill_stream
from console.engine.drill_course import DrillTrouble
from console.engine.vigil_ground import VigilGround

AGAIN_SECONDS: Final = 3.0
GIVE_UP_SECONDS: Final = 1800.0  # its host has undone it long ago; a person has to look
REASON: Final = "engine-ended"

log = logging.getLogger(__name__)


def taken_up(drill: Drill, ground: VigilGround, *, stopping: threading.Event) -> Drill | None:
    """How it ended; None where this engine ends first, and the next one takes it up."""
    began, said = ground.clock().ticks, ""
    while not stopping.is_set():
        spec = ground.inventory().cluster(drill.cluster)
        try:
            evidence = _undone(drill, spec, ground)
        except DrillTrouble as trouble:
            if f"{trouble}" != said:
                said = f"{trouble}"
                log.warning("drill %s of an earlier engine is not proven undone yet: %s", drill.id, trouble)
            if ground.clock().ticks - began > GIVE_UP_SECONDS:
                return replace(drill, state=DrillState.FAILED, reason="engine-ended-not-undone", detail=said,
                               ended_at=ground.clock().utc)  # fmt: skip
            stopping.wait(AGAIN_SECONDS)
        else:
            return replace(drill, state=DrillState.FAILED, reason=REASON, detail="", ended_at=ground.clock().utc,
                           evidence=(*drill.evidence, *evidence))  # fmt: skip
    return None


def _undone(drill: Drill, spec: ClusterSpec | None, ground: VigilGround) -> tuple[str, ...]:
    """Evidence in a few lines. Raises DrillTrouble where its host does not answer."""
    node = drill.node or ""
    match drill.fault:
        case DrillFault.STREAM_CUT if spec is not None and spec.node(node) is not None:
            return drill_stream.take_up(spec, node, drill.id, planning=ground.planning, clock=ground.clock)
        case DrillFault.DECOY_STOPPED if spec is not None and spec.node(node) is not None:
            return drill_decoy.take_up(spec, node, ground.planning.owner(drill.id), sessions=ground.sessions)
        case DrillFault.HEARTBEAT_HELD | DrillFault.PROBE_CUT:
            return ("it was held by the engine alone, and ended with it",)
        case None:
            return (f"see {drill.run}",) if drill.run else ()
        case _:
            return (f"{drill.cluster} {node} is in the inventory no more",)
