"""Names of drills, their faults, marks and states, and why one failed or was refused; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.drill import Drill, DrillFault, DrillKind, DrillMark, DrillState
from console.domain.text import shown
from console.ui.measures import NOTHING, duration
from console.ui.speech import listed, translate

_Text = Callable[[], str]
_JUST_MISSED_SECONDS: Final = 9.95  # below it, figures have a decimal; two of them that differ must not look the same


def drill_title(drill: Drill) -> str:
    """What is rehearsed, where: 'Detector rehearsal on lab: the heartbeat writer is held (lab-1)'."""
    title = translate("drill", "{kind} on {cluster}").format(kind=kind_name(drill.kind), cluster=shown(drill.cluster))
    if drill.fault is None:
        return title
    title = translate("drill", "{title}: {fault}").format(title=title, fault=fault_name(drill.fault))
    return translate("drill", "{title} ({node})").format(title=title, node=shown(drill.node)) if drill.node else title


def kind_name(kind: DrillKind) -> str:
    """'Detector rehearsal'."""
    return _KINDS[kind]()


def fault_name(fault: DrillFault) -> str:
    """'the heartbeat writer is held': the middle of a sentence."""
    return _FAULTS[fault]()


def fault_sentence(fault: DrillFault) -> str:
    """What is done and why it harms nothing."""
    return _FAULT_SENTENCES[fault]()


def drill_state_word(drill: Drill) -> str:
    """How it stands, in one or two words."""
    return _STATES[drill.state]()


def mark_label(mark: DrillMark) -> str:
    """'Fault to verdict'."""
    known = _MARKS.get(mark.what)
    return known() if known else shown(mark.what).replace("-", " ")


def mark_text(mark: DrillMark) -> str:
    """'0.4 s (promised 1.5 s)'; a dash where it never came."""
    measured = NOTHING if mark.seconds is None else _exact(mark.seconds)
    if mark.promised_seconds is None:
        return measured
    promised = translate("drill", "promised {limit}").format(limit=_exact(mark.promised_seconds))
    return translate("drill", "{measured} ({promised})").format(measured=measured, promised=promised)


def mark_is_kept(mark: DrillMark) -> bool | None:
    """Was the promise held? None where nothing was promised."""
    if mark.promised_seconds is None:
        return None
    return mark.seconds is not None and mark.seconds <= mark.promised_seconds


def drill_sentence(drill: Drill) -> str:
    """How it ended, or stands, as one sentence."""
    title = drill_title(drill)
    match drill.state:
        case DrillState.RUNNING:
            return translate("drill", "{title}: under way.").format(title=title)
        case DrillState.PASSED:
            figures = listed(f"{mark_label(mark)} {mark_text(mark)}" for mark in drill.marks)
            told = translate("drill", "{title}: passed. {figures}.") if figures else translate(
                "drill", "{title}: passed."
            )  # fmt: skip
            return told.format(title=title, figures=figures)
        case DrillState.STOPPED:
            return translate("drill", "{title}: stopped. {why}").format(title=title, why=reason_sentence(drill)).strip()
        case _:
            return translate("drill", "{title}: {state}. {why}").format(
                title=title, state=drill_state_word(drill), why=reason_sentence(drill)
            ).strip()  # fmt: skip


def reason_sentence(drill: Drill) -> str:
    """Why it failed, was stopped or refused; empty where there is nothing to say."""
    if not drill.reason:
        return ""
    return drill_reason(drill.reason, node=drill.node or "", detail=drill.detail)


def drill_reason(word: str, *, node: str = "", detail: str = "") -> str:
    """The sentence of a reason."""
    known = DRILL_REASONS.get(word)
    clause = known() if known else shown(word).replace("-", " ")
    text = clause.replace("{node}", shown(node) or translate("drill", "the node"))
    text = text[:1].upper() + text[1:]
    if not detail:
        return translate("drill", "{text}.").format(text=text)
    known = _MARKS.get(detail)
    told = known() if known else shown(detail).rstrip(".")
    return translate("drill", "{text}: {detail}.").format(text=text, detail=told)


def overrun(drill: Drill) -> tuple[DrillMark, ...]:
    """The marks that came too late, or never."""
    return tuple(mark for mark in drill.marks if mark_is_kept(mark) is False)


def _exact(seconds: float) -> str:
    if seconds < 1.0:
        return translate("drill", "{s} s").format(s=f"{seconds:.2f}")
    return duration(seconds) if seconds >= _JUST_MISSED_SECONDS else translate("drill", "{s} s").format(
        s=f"{seconds:.1f}"
    )  # fmt: skip


_KINDS: Final[dict[DrillKind, _Text]] = {
    DrillKind.DETECTOR: lambda: translate("drill", "Detector rehearsal"),
    DrillKind.SWITCHOVER: lambda: translate("drill", "Switchover drill"),
    DrillKind.RESTORE: lambda: translate("drill", "Restore drill"),
}
_FAULTS: Final[dict[DrillFault, _Text]] = {
    DrillFault.HEARTBEAT_HELD: lambda: translate("drill", "the heartbeat writer is held"),
    DrillFault.PROBE_CUT: lambda: translate("drill", "our own probe channel is cut"),
    DrillFault.DECOY_STOPPED: lambda: translate("drill", "a throw-away server is killed"),
    DrillFault.STREAM_CUT: lambda: translate("drill", "a standby's stream is cut"),
}
_FAULT_SENTENCES: Final[dict[DrillFault, _Text]] = {
    DrillFault.HEARTBEAT_HELD: lambda: translate(
        "drill", "The console's own heartbeat writer writes nothing for a while. No server is touched: only our own "
        "row stands still, and the watch has to notice it."
    ),
    DrillFault.PROBE_CUT: lambda: translate(
        "drill", "The console's own connection to one node is closed and held. The node goes on undisturbed; it has to "
        "be called cut off from here, and never dead."
    ),
    DrillFault.DECOY_STOPPED: lambda: translate(
        "drill", "A throw-away PostgreSQL on the backup host, watched over the same path as a real one, has its "
        "postmaster killed. It has to be named within 1.5 s; then all of it is taken away."
    ),
    DrillFault.STREAM_CUT: lambda: translate(
        "drill", "A standby lets go of its upstream for a while, with your consent, and never below the synchronous "
        "ones that commits wait for. The host itself sets it back after a limit if the console is gone."
    ),
}  # fmt: skip
_STATES: Final[dict[DrillState, _Text]] = {
    DrillState.RUNNING: lambda: translate("drill", "under way"),
    DrillState.PASSED: lambda: translate("drill", "passed"),
    DrillState.FAILED: lambda: translate("drill", "failed"),
    DrillState.STOPPED: lambda: translate("drill", "stopped"),
    DrillState.REFUSED: lambda: translate("drill", "refused"),
}
_MARKS: Final[dict[str, _Text]] = {
    "suspicion": lambda: translate("drill", "Fault to suspicion"),
    "verdict": lambda: translate("drill", "Fault to verdict"),
    "alert": lambda: translate("drill", "Fault to alert"),
    "hard": lambda: translate("drill", "Fault to proof of death"),
    "undone": lambda: translate("drill", "Undone until well again"),
    "gap": lambda: translate("drill", "Write gap there"),
    "gap-back": lambda: translate("drill", "Write gap back"),
    "restored": lambda: translate("drill", "Restored in"),
    "proven": lambda: translate("drill", "Proven in"),
}
DRILL_REASONS: Final[dict[str, _Text]] = {
    # refused before anything was touched
    "no-cluster": lambda: translate("drill", "there is no such cluster"),
    "no-node": lambda: translate("drill", "there is no such node"),
    "wrong-node": lambda: translate("drill", "{node} is not a node that this fault is for"),
    "drill-under-way": lambda: translate("drill", "another drill of this cluster runs"),
    "drill-run-under-way": lambda: translate("drill", "a plan of this cluster runs or asks a person"),
    "not-healthy": lambda: translate("drill", "the cluster is not healthy enough for a drill"),
    "not-watched": lambda: translate("drill", "it is not watched yet"),
    "no-heartbeat": lambda: translate("drill", "no heartbeat is written there: the role may not, or has no table"),
    "no-backup-host": lambda: translate("drill", "the cluster has no backup host for a throw-away server"),
    "no-standby": lambda: translate("drill", "no standby can be spared: too few would be left for synchronous commit"),
    "would-block-commits": lambda: translate(
        "drill", "without {node} too few standbys would be left for synchronous commit"
    ),
    "confirm-drill": lambda: translate("drill", "it changes nodes: the cluster's name has to be typed"),
    "no-fault": lambda: translate("drill", "a detector rehearsal needs a fault"),
    "with-fault": lambda: translate("drill", "only a detector rehearsal has a fault"),
    "patroni-leads": lambda: translate("drill", "Patroni leads this cluster and would set it back at once"),
    "no-backup-policy": lambda: translate("drill", "there are no backups to restore"),
    "no-way-back": lambda: translate("drill", "nothing was kept of how {node} follows, so it could not be undone"),
    # failed
    "not-noticed": lambda: translate("drill", "the watch did not name it within the limit"),
    "not-alerted": lambda: translate("drill", "no alert came within the limit"),
    "too-late": lambda: translate("drill", "it was named later than promised"),
    "over-promise": lambda: translate("drill", "it took longer than promised"),
    "called-dead": lambda: translate("drill", "{node} was called dead though only our own channel was cut"),
    "wrong-verdict": lambda: translate("drill", "the watch named something else"),
    "not-well-again": lambda: translate("drill", "it was not well again within the limit"),
    "not-undone": lambda: translate("drill", "the fault could not be proven undone; its host undoes it by itself"),
    "not-undone-at-once": lambda: translate("drill", "the fault could not be proven undone at once, only later"),
    "drill-time": lambda: translate("drill", "that time is not possible"),
    "host-refused": lambda: translate("drill", "the host refused it"),
    "no-programs": lambda: translate("drill", "no initdb was found there"),
    "decoy-not-started": lambda: translate("drill", "the throw-away server did not start"),
    "decoy-not-healthy": lambda: translate("drill", "the throw-away server did not answer over the probe path"),
    "decoy-not-removed": lambda: translate("drill", "the throw-away server could not be proven removed"),
    "other-fault": lambda: translate("drill", "something else went wrong meanwhile, so it was broken off and undone"),
    "engine-ended": lambda: translate("drill", "the engine ended in the middle of it; its fault is undone"),
    "engine-ended-not-undone": lambda: translate(
        "drill", "the engine ended in the middle of it, and its fault is not proven undone"
    ),
    "plan-refused": lambda: translate("drill", "the plan is refused"),
    "run-asks": lambda: translate("drill", "the run stopped and asks a person"),
    "run-not-done": lambda: translate("drill", "the run did not come to its proven end"),
    "back-refused": lambda: translate("drill", "the way back is refused; the cluster runs on its new primary"),
    "gap-not-measured": lambda: translate("drill", "the write gap was not measured"),
    "not-proven": lambda: translate("drill", "the restored copy was not proven"),
    "store-trouble": lambda: translate("drill", "the record could not be written"),
    "not-foreseen": lambda: translate("drill", "a mistake of the console's, with its traceback in the engine's log"),
    # stopped
    "stopped": lambda: translate("drill", "a person stopped it; its fault is undone"),
    "engine-ends": lambda: translate("drill", "the engine ends"),
    # of a drill that is asked for
    "no-drill": lambda: translate("drill", "there is no such drill"),
    "drill-ended": lambda: translate("drill", "it has ended already"),
    "drill-failed": lambda: translate("drill", "the last drill of this kind failed"),
}


def _about(clause: _Text) -> _Text:
    return lambda: translate("drill", "{subject}: {reason}").replace("{reason}", clause().replace("{node}", "it"))


# As the clause of a sentence about what was asked for; see `sentences.refused_sentence`.
DRILL_REFUSED: Final[dict[str, _Text]] = {word: _about(clause) for word, clause in DRILL_REASONS.items()}
