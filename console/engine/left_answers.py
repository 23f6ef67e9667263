"""Answers what changes left on nodes, has it removed, and names it at the end of each run."""

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Final

from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec, Inventory
from console.domain.left import LeftAbout, LeftPicture
from console.domain.reading import Moment
from console.domain.run import Mode, RunView
from console.domain.run_story import story_of
from console.engine.planning import Planning
from console.governance.audit import AuditLog
from console.governance.report_values import LeftOn
from console.link.left import AskLeftovers, LeftFailed, Leftovers, LeftoversRemoved, RemoveLeftovers
from console.link.messages import Message, Refused
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.recovery.leftovers import Asked, Clearing, LeftLooks, about_of, picture_of
from console.recovery.look import Looks
from console.ssh.hosts import SshHosts
from console.store.journal import Journal
from console.store.trouble import StoreTrouble

AT_THE_END_SECONDS_MAX: Final = 3.0  # a run's report waits no longer for what nodes say of it
RUNS_LOOKED_AT_MAX: Final = 50
LEFT_ON_MAX: Final = 200
QUIET, BACK = "quiet-summarizer", "summarizer-back"

log = logging.getLogger(__name__)


class LeftAnswers:
    """The engine's side. One removal at a time; `answer` may raise StoreTrouble."""

    def __init__(
        self, *, planning: Planning, journal: Journal, audit: AuditLog, inventory: Callable[[], Inventory],
        left_behind: Callable[[str], tuple[str, ...]], clock: Callable[[], Moment],
    ) -> None:  # fmt: skip
        self._planning, self._journal, self._audit = planning, journal, audit
        self._inventory, self._left_behind, self._clock = inventory, left_behind, clock
        self._one = threading.Lock()

    def answer(self, question: Message, person: str) -> Message | None:
        """The answer; None where it is no question of these."""
        match question:
            case AskLeftovers():
                spec = self._inventory().cluster(question.cluster)
                if spec is None:
                    return Refused(reason="no-cluster", subject=question.cluster)
                return Leftovers(picture=self.picture(spec))
            case RemoveLeftovers():
                spec = self._inventory().cluster(question.cluster)
                if spec is None:
                    return Refused(reason="no-cluster", subject=question.cluster)
                return self._remove(spec, person)
            case _:
                return None

    def picture(self, spec: ClusterSpec) -> LeftPicture:
        """Everything on every node that answers now."""
        hosts, looks = self._planning.ways(spec)
        try:
            asked = LeftLooks(spec, hosts, looks).ask()
            return picture_of(spec, asked, self._about(spec, looks, asked), at=self._clock().utc)
        finally:
            hosts.close()

    def left_on(self, run: RunView) -> tuple[LeftOn, ...]:
        """What a run that ends now leaves, for its report; who does not answer in time is named as such."""
        spec = self._inventory().cluster(run.plan.cluster)
        if spec is None or run.mode is not Mode.REAL:
            return ()
        hosts, looks = self._planning.ways(spec, run.plan)
        try:
            asked = LeftLooks(spec, hosts, looks).ask_within(AT_THE_END_SECONDS_MAX)
            about = self._about(spec, looks, asked, ended=run.id)
        except StoreTrouble as trouble:
            return (LeftOn(node="-", kind="not-asked", where="-", why=str(trouble)),)
        finally:
            # What still hangs holds its connection until its limit; nobody waits for that.
            threading.Thread(target=hosts.close, name="left hosts", daemon=True).start()
        picture = picture_of(spec, asked, about, at=self._clock().utc)
        found = [LeftOn(node=one.node, kind=one.kind.value, where=one.where, why=one.why) for one in picture.things]
        found += [LeftOn(node=name, kind="not-asked", where="-", why=why) for name, why in picture.not_asked]
        return tuple(found[:LEFT_ON_MAX])

    def _about(self, spec: ClusterSpec, looks: Looks, asked: Asked, *, ended: str = "", own: str = "") -> LeftAbout:
        unended = [*self._unended(spec.name, ended), *self._holds(asked, own)]
        changed: Iterable[tuple[str, str]] = ()
        if any(read.summarize_off for read in asked.reads):
            changed = [(name, "summarize_wal") for name in self._quieted(spec.name)]
        return about_of(
            spec, asked, unended=tuple(dict.fromkeys(unended)), left_behind=self._left_behind(spec.name),
            changed=changed, console=self._planning.owner("").rstrip(":"),
            at=lambda name: looks.server_at(name, asked.facts.get(name)),
        )  # fmt: skip

    def _unended(self, cluster: str, ended: str) -> Iterable[str]:
        """Runs of this console that have not come to their end."""
        for view in self._journal.unfinished():
            if view.plan.cluster == cluster and view.mode is Mode.REAL and view.id != ended:
                yield view.id

    def _holds(self, asked: Asked, own: str) -> Iterable[str]:
        """Holds of other consoles that were never given back, and any that is alive; `own`: that of a removal."""
        ours = self._planning.owner("")
        for node in asked.facts.values():
            lock = node.lock
            if lock is None or not lock.owner or lock.owner == own:
                continue
            if lock.live or not lock.owner.startswith(ours):
                yield lock.owner

    def _quieted(self, cluster: str) -> Iterable[str]:
        """Nodes whose WAL summarizing a plan switched off, and the last that did so did not switch it on again."""
        seen: set[str] = set()
        for view in self._journal.runs(cluster=cluster, most=RUNS_LOOKED_AT_MAX):
            if view.mode is not Mode.REAL:
                continue
            story = story_of(self._journal.entries(view.id))
            for quiet in view.plan.steps:
                node = quiet.acts[0].node if quiet.kind == QUIET and quiet.acts else ""
                if not node or node in seen or story.state(quiet.key) == "":
                    continue
                seen.add(node)
                back = quiet.key.replace(QUIET, BACK)
                if story.state(quiet.key) != "undone" and story.state(back) not in ("done", "already-so"):
                    yield node

    def _remove(self, spec: ClusterSpec, person: str) -> Message:
        if not self._one.acquire(blocking=False):
            return Refused(reason="left-busy", subject=spec.name)
        try:
            self._audit.note(AuditKind.DECISION, who=person, cluster=spec.name, subject="remove-leftovers")
            hosts, looks = self._planning.ways(spec)
            try:
                told = self._cleared(spec, hosts, looks, person)
            finally:
                hosts.close()
        finally:
            self._one.release()
        if isinstance(told, Refused):
            self._audit.note(
                AuditKind.REFUSAL, who=person, cluster=spec.name, subject="remove-leftovers",
                detail=(("reason", told.reason), ("said", told.detail)),
            )  # fmt: skip
        return told

    def _cleared(self, spec: ClusterSpec, hosts: SshHosts, looks: Looks, person: str) -> LeftoversRemoved | Refused:
        owner = self._planning.owner("left")
        keeper = LockKeeper(spec, hosts, looks, owner=owner, person=person, ticks=lambda: self._clock().ticks)
        hands = Hands(
            spec, hosts, looks, keeper, clock=self._clock, last_seen=None, stopping=threading.Event()
        )
        clearing = Clearing(
            spec, hosts, looks, keeper, hands, now=self._clock,
            judged=lambda asked: self._about(spec, looks, asked, own=owner),
        )  # fmt: skip
        done = clearing.clear()
        if done.refused:
            return Refused(reason=done.refused, subject=spec.name, detail=done.said)
        detail = tuple((f"{one.node} {one.kind.value}", one.where) for one in done.removed[:LEFT_ON_MAX])
        failed = tuple((f"not {one.node} {one.kind.value}", said) for one, said in done.failed[:LEFT_ON_MAX])
        self._audit.note(
            AuditKind.COMMAND, who=person, cluster=spec.name, subject="remove-leftovers", detail=(*detail, *failed)
        )
        picture = LeftPicture(cluster=spec.name, at=self._clock().utc, things=done.left, not_asked=done.not_asked)
        return LeftoversRemoved(
            removed=done.removed, failed=tuple(LeftFailed(thing=one, said=said) for one, said in done.failed),
            picture=picture,
        )  # fmt: skip
