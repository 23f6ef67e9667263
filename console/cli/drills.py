"""`drill`: begins drills, follows them to their end, lists the record; Ctrl+C stops one and has its fault undone."""

import sys
import threading
from argparse import Namespace
from datetime import UTC, datetime
from typing import Final

from console.cli.answers import ErrorAnswer
from console.cli.drill_answers import DrillAnswer, DrillsAnswer
from console.cli.face import CommandFailed, Exit, Face, expect, failed
from console.cli.prompter import typed
from console.domain.cluster import NodeKind
from console.domain.drill import Drill, DrillFault, DrillKind, DrillState
from console.domain.drilling import BY_ITSELF, CONSENT
from console.domain.text import shown
from console.link.frames import LinkLost
from console.link.messages import Message
from console.link.socket import Link
from console.link.watching import AskDrills, Drills, DrillSeen, ScheduleDrill, StartDrill, StopDrill
from console.ui.drill_words import drill_sentence, drill_state_word, drill_title, fault_sentence, mark_label, mark_text
from console.ui.measures import moment

LOOK_AGAIN_SECONDS: Final = 1.0
ASK_SECONDS_MAX: Final = 60.0
_EXITS: Final = {"passed": Exit.DONE, "scheduled": Exit.DONE, "to-confirm": Exit.PERSON, "running": Exit.PERSON}
_WORST: Final = ("failed", "refused", "stopped", "running", "passed")


class _Told:
    """The newest picture of each drill, as the engine tells it."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._drills: dict[str, Drill] = {}

    def heard(self, message: Message) -> None:
        """Called from the link's own thread."""
        if isinstance(message, DrillSeen):
            with self._news:
                self._drills[message.drill.id] = message.drill
                self._news.notify_all()

    def next(self, drill: str, seconds_max: float) -> Drill | None:
        with self._news:
            self._news.wait_for(lambda: drill in self._drills, seconds_max)
            return self._drills.pop(drill, None)


def detector(face: Face, options: Namespace) -> Exit:
    """One fault, or each that needs no consent, one after the other."""
    if options.every is not None:
        return _schedule(face, options)
    told = _Told()
    with face.link(watches=True, on_message=told.heard) as link:
        faults = [DrillFault(options.fault)] if options.fault else _harmless(link, options.cluster)
        ended: list[Drill] = []
        for fault in faults:
            confirmed = ""
            if fault in CONSENT:
                face.say(fault_sentence(fault))
                confirmed = _confirmed(face, options, options.cluster)
                if not confirmed:
                    return _to_confirm(face, options.cluster)
            question = StartDrill(
                cluster=options.cluster, kind=DrillKind.DETECTOR, fault=fault, node=options.node, confirmed=confirmed,
                hold_seconds=options.hold, limit_seconds=options.limit,
            )  # fmt: skip
            ended.append(_followed(face, link, told, question))
            if ended[-1].state in (DrillState.STOPPED, DrillState.RUNNING):
                break
    return _end(face, ended)


def _harmless(link: Link, cluster: str) -> list[DrillFault]:
    spec = link.welcome.inventory.cluster(cluster)
    vault = spec is not None and any(node.kind is NodeKind.BACKUP for node in spec.nodes)
    return [fault for fault in BY_ITSELF if vault or fault is not DrillFault.DECOY_STOPPED]


def switchover(face: Face, options: Namespace) -> Exit:
    """There and back again, for real."""
    told = _Told()
    with face.link(watches=True, on_message=told.heard) as link:
        confirmed = _confirmed(face, options, options.cluster)
        if not confirmed:
            return _to_confirm(face, options.cluster)
        question = StartDrill(
            cluster=options.cluster, kind=DrillKind.SWITCHOVER, node=options.node, confirmed=confirmed
        )
        return _end(face, [_followed(face, link, told, question)])


def restore(face: Face, options: Namespace) -> Exit:
    """The newest backup into a sandbox, with proof."""
    told = _Told()
    with face.link(watches=True, on_message=told.heard) as link:
        question = StartDrill(cluster=options.cluster, kind=DrillKind.RESTORE)
        return _end(face, [_followed(face, link, told, question)])


def listed(face: Face, options: Namespace) -> Exit:
    with face.link() as link:
        if options.cluster and link.welcome.inventory.cluster(options.cluster) is None:
            raise failed("no-cluster", f"there is no cluster {shown(options.cluster)!r} in the inventory",
                         where=options.cluster)  # fmt: skip
        question = AskDrills(cluster=options.cluster, most=max(1, options.most))
        seen: Drills = expect(link.ask(question, seconds_max=ASK_SECONDS_MAX), Drills, where=options.cluster)
    now = datetime.now(UTC)
    lines = [f"{moment(drill.begun_at, now)}  {drill.id}  {drill_sentence(drill)}" for drill in seen.drills]
    lines += [f"{shown(one.cluster)}: the detector is rehearsed every {one.every_hours:g} h" for one in seen.schedules]
    sentence = drill_sentence(seen.drills[0]) if seen.drills else "No drill is in the record."
    face.print(
        DrillsAnswer(sentence=sentence, drills=seen.drills, schedules=seen.schedules), lines or [sentence]
    )
    return Exit.DONE


def stop(face: Face, options: Namespace) -> Exit:
    """Undo its fault; ended when that is proven."""
    told = _Told()
    with face.link(watches=True, on_message=told.heard) as link:
        asked = StopDrill(drill=options.drill)
        seen: DrillSeen = expect(link.ask(asked, seconds_max=ASK_SECONDS_MAX), DrillSeen, where=options.drill)
        drill = _to_the_end(face, link, told, seen.drill)
    face.print(_answer([drill]), [drill_sentence(drill)])
    return Exit.DONE if drill.state is DrillState.STOPPED else Exit.REFUSED


def _schedule(face: Face, options: Namespace) -> Exit:
    with face.link() as link:
        asked = ScheduleDrill(cluster=options.cluster, every_hours=options.every)
        seen: Drills = expect(link.ask(asked, seconds_max=ASK_SECONDS_MAX), Drills, where=options.cluster)
    own = next((one for one in seen.schedules if one.cluster == options.cluster), None)
    sentence = f"The detector of {options.cluster} is not rehearsed by itself any more." if own is None else (
        f"The detector of {options.cluster} is rehearsed every {own.every_hours:g} h, one harmless fault at a time."
    )  # fmt: skip
    face.print(DrillAnswer(outcome="scheduled", sentence=sentence, schedule=own), [sentence])
    return Exit.DONE


def _confirmed(face: Face, options: Namespace, cluster: str) -> str:
    """The cluster's name as a person typed it; empty where nobody can be asked. Raises CommandFailed."""
    if options.yes:
        return cluster
    if face.json or not sys.stdin.isatty():
        return ""
    name = (typed(f"Type the cluster's name to begin this drill on {shown(cluster)}:", echo=True) or "").strip()
    if name != cluster:
        raise failed("not-confirmed", f"{shown(name, characters_max=60)!r} is not the cluster's name; nothing was "
                     "changed", where=cluster, then="run the command again")  # fmt: skip
    return name


def _to_confirm(face: Face, cluster: str) -> Exit:
    sentence = f"The drill on {cluster} was not begun. A person has to say yes: --yes, or at a terminal."
    face.print(DrillAnswer(outcome="to-confirm", sentence=sentence), [sentence])
    return Exit.PERSON


def _followed(face: Face, link: Link, told: _Told, question: StartDrill) -> Drill:
    seen: DrillSeen = expect(link.ask(question, seconds_max=ASK_SECONDS_MAX), DrillSeen, where=question.cluster)
    face.say(f"{drill_title(seen.drill)}: drill {seen.drill.id}")
    return _to_the_end(face, link, told, seen.drill)


def _to_the_end(face: Face, link: Link, told: _Told, drill: Drill) -> Drill:
    """Follow it; Ctrl+C has it stopped and undone, a second one leaves it to the engine. Raises CommandFailed."""
    said, stopping = 0, False
    while True:
        try:
            for mark in drill.marks[said:]:
                face.say(f"  {mark_label(mark)}: {mark_text(mark)}")
            said = len(drill.marks)
            if drill.state is not DrillState.RUNNING:
                return drill
            drill = told.next(drill.id, LOOK_AGAIN_SECONDS) or _asked(link, drill)
        except KeyboardInterrupt:
            if stopping:
                face.say(f"Left: the engine undoes it. See 'ledger-console drill list {shown(drill.cluster)}'.")
                return drill
            stopping = True
            face.say("Stopping: its fault is being undone. Ctrl+C once more leaves that to the engine.")
            link.ask(StopDrill(drill=drill.id), seconds_max=ASK_SECONDS_MAX)
        except LinkLost as lost:
            raise _out_of_sight(drill, lost.reason) from lost


def _asked(link: Link, drill: Drill) -> Drill:
    seen: Drills = expect(
        link.ask(AskDrills(cluster=drill.cluster), seconds_max=ASK_SECONDS_MAX), Drills, where=drill.cluster
    )
    return next((one for one in seen.drills if one.id == drill.id), drill)


def _out_of_sight(drill: Drill, what: str) -> CommandFailed:
    answer = ErrorAnswer(
        error="drill-out-of-sight", what=f"the drill {drill.id} can't be followed any further: {what.rstrip('.')}",
        where=drill.cluster, changed="its host undoes its fault by itself",
        next=f"see 'ledger-console drill list {drill.cluster}'",
    )  # fmt: skip
    return CommandFailed(answer, Exit.PERSON)


def _answer(drills: list[Drill]) -> DrillAnswer:
    states = {drill.state.value for drill in drills}
    outcome = next((word for word in _WORST if word in states), "failed")
    sentence = " ".join(drill_sentence(drill) for drill in drills)
    return DrillAnswer(outcome=outcome, sentence=sentence, drills=tuple(drills))


def _end(face: Face, drills: list[Drill]) -> Exit:
    answer = _answer(drills)
    lines = [f"{drill_title(drill)}: {drill_state_word(drill)}" if drill.state is DrillState.PASSED
             else drill_sentence(drill) for drill in drills]  # fmt: skip
    face.print(answer, lines)
    return _EXITS.get(answer.outcome, Exit.REFUSED)
