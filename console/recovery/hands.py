"""The real hands of a run: they look over SSH, act behind the guard of the lock, and judge by what they see."""

import shlex
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Protocol

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.loss_preview import head_of, loss_at_gate
from console.domain.plan import Act, Claim, Loss, Plan, Proof, Verb
from console.domain.proofs import Held, fill, judge, names_in, nodes_of
from console.domain.reading import Moment
from console.domain.restored_loss import taken
from console.domain.run import BooksLine, Entry
from console.domain.situation import Facts, LastSeen, NodeFacts
from console.postgres.change_facts import Depth
from console.recovery.asking import NO_LOOK, depth_of, loss_names
from console.recovery.carrying import carry
from console.recovery.group_judge import GroupJudge
from console.recovery.holding import LockKeeper
from console.recovery.keeping import carry_kept, kept
from console.recovery.lock import guarded
from console.recovery.look import Looks
from console.recovery.runner import Done
from console.recovery.said import done_of
from console.ssh.hosts import Hosts, Said, at_once
from console.ssh.long_acts import end_long, name_of, run_long

LOOK_FRESH_SECONDS: Final = 0.3  # a look this young, taken after our last act, is asked anew by nobody
IDENTITY_FRESH_SECONDS: Final = 10.0  # the guard of each command compares the machine on the node itself as well
LEASE_SECONDS_MIN: Final = 5.0  # with less of it left, the lock is confirmed before a command is sent
NOT_AFTER_SECONDS: Final = 10.0  # a command that comes to its node later than this after it was sent is refused there
ACT_SECONDS_MAX: Final = 660.0


class Books(Protocol):
    """Proves the books of a cluster's nodes; whatever it could not check it says."""

    def __call__(self, nodes: tuple[str, ...]) -> tuple[BooksLine, ...]: ...


class Hands:
    """One run's hands. Its looks are shared by all claims that are judged in the same moment."""

    def __init__(
        self, spec: ClusterSpec, hosts: Hosts, looks: Looks, keeper: LockKeeper, *, clock: Callable[[], Moment],
        last_seen: LastSeen | None, stopping: threading.Event, books: Books | None = None,
        see_again: Callable[[], LastSeen | None] | None = None,
    ) -> None:  # fmt: skip
        self._spec, self._hosts, self._looks, self._keeper = spec, hosts, looks, keeper
        self._clock, self._last_seen, self._stopping, self._books = clock, last_seen, stopping, books
        self._see_again = see_again
        self._group = GroupJudge(spec, hosts, clock=clock, pause=self.pause)
        self._seen: dict[tuple[str, Depth], NodeFacts] = {}
        self._mute: set[str] = set()  # nodes whose server runs, and gave no answer when it was asked last
        self._brought: tuple[str, str, float] | None = None  # what was carried last: whereto, which files, when
        self._before: dict[str, NodeFacts] = {}  # of nodes that act now: how they were seen right before
        self._machines: dict[str, NodeFacts] = {}  # the last whole look at each node, for who it is
        self._together: dict[Proof, tuple[Proof, ...]] = {}
        self._planned_machines: dict[str, str] = {}
        self._uptimes: dict[str, tuple[float, float]] = {}  # node: its uptime, and our ticks at that moment
        self.loss: Loss | None = None
        self.loss_entries_max = 0
        self.loss_unknown_accepted = False
        self.attested = ""
        self.books: tuple[BooksLine, ...] = ()
        self.fenced_at: Moment | None = None

    def take_up(self, entries: tuple[Entry, ...]) -> None:
        """What an earlier engine's hands learned: when the fence was done, what a person attested."""
        now = self._clock()
        for entry in entries:
            detail = dict(entry.detail)
            if entry.word == "attested":
                self.attest(detail.get("text", ""))
            accepted = entry.word == "answered" and detail.get("choice") == "accept-loss"
            if accepted and detail.get("about") == "not known":
                self.loss_unknown_accepted = True
            fences = detail.get("verb") in (Verb.FENCE.value, Verb.FENCE_BY_COMMAND.value, Verb.ATTEST.value)
            if entry.word == "outcome" and fences and detail.get("status") == "0":
                self.fenced_at = Moment(entry.at, now.ticks - (now.utc - entry.at).total_seconds())

    def attest(self, text: str) -> None:
        """What a person vouches for: words of the plan's own, apart by blanks."""
        self.attested = text
        self.loss_unknown_accepted = self.loss_unknown_accepted or "loss-not-known" in text.split()

    def ticks(self) -> float:
        return self._clock().ticks

    def pause(self, seconds: float) -> None:
        self._stopping.wait(seconds)

    # -- looking ------------------------------------------------------------------------------------------------

    def know(self, plan: Plan) -> None:
        """What is proven together is looked at together: one look at several nodes instead of one after the other."""
        for step in plan.steps:
            for proof in step.proofs:
                self._together[proof] = step.proofs
        for condition in plan.conditions:
            if condition.proof.claim is Claim.SAME_IDENTITY and condition.proof.arg("machine"):
                self._planned_machines[condition.proof.node] = condition.proof.arg("machine")

    def take_in(self, seen: Facts) -> None:
        """What was seen of the nodes right now by somebody else's look."""
        for name, found in seen.items():
            self._keep(name, Depth.STATE, found)

    def _keep(self, name: str, depth: Depth, found: NodeFacts) -> None:
        self._seen[name, depth] = found
        if depth is not Depth.VITAL:
            self._machines[name] = found
            mute = found.reached and found.server is None and bool(found.processes)
            (self._mute.add if mute else self._mute.discard)(name)
        if found.uptime_seconds is not None:
            self._uptimes[name] = (found.uptime_seconds, found.at.ticks)

    def facts(self, names: tuple[str, ...], *, anew: bool, depth: Depth = Depth.STATE) -> Mapping[str, NodeFacts]:
        """Facts of these nodes; those that are young enough are not asked again unless `anew`."""
        young = {} if anew else {name: self._fresh(name, depth) for name in names}
        old = [name for name in names if young.get(name) is None]
        if old:
            for name, found in self._looks.look(old, depth=depth).items():
                self._keep(name, depth, found)
        # What was young enough when it was asked for is so still, however long the others took.
        return {name: young.get(name) or self._seen[name, depth] for name in names}

    def see(self, coming: tuple[Proof, ...]) -> None:
        """Look at all nodes that these claims speak of, at once; those that are young enough are left out."""
        wanted = {name: depth for name, depth in self._early(coming).items() if self._fresh(name, depth) is None}
        if wanted:
            for name, found in self._looks.look_each(wanted).items():
                self._keep(name, wanted[name], found)

    def _early(self, coming: tuple[Proof, ...]) -> dict[str, Depth]:
        """As `_wanted`, for looks before they are needed: one that hangs is waited for only when it has to be."""
        return {name: depth for name, depth in self._wanted(coming).items() if name not in self._mute}

    def _wanted(self, proofs: tuple[Proof, ...]) -> dict[str, Depth]:
        """How much has to be asked of which node to judge these."""
        everyone = tuple(node.name for node in self._spec.nodes)
        found: dict[str, Depth] = {}
        for proof in proofs:
            names: tuple[str, ...] = ()
            if proof.claim is Claim.LOSS_WITHIN and proof.arg("group") != "yes":
                names = loss_names(proof)
            elif proof.claim is Claim.SAME_IDENTITY:
                names = () if self._known_machine(proof.node) else (proof.node,)
            elif proof.claim not in NO_LOOK:
                names = nodes_of(proof, everyone)
            for name in names:
                if found.get(name) is not Depth.STATE:
                    found[name] = depth_of(proof)
        return found

    def _known_machine(self, name: str) -> NodeFacts | None:
        """The last whole look at a node, where it is young enough to say who it is."""
        seen = self._machines.get(name)
        young = seen is not None and seen.reached and self.ticks() - seen.at.ticks <= IDENTITY_FRESH_SECONDS
        return seen if young else None

    def _fresh(self, name: str, depth: Depth) -> NodeFacts | None:
        ticks = self._clock().ticks
        for enough in (Depth.STATE, Depth.VITAL) if depth is Depth.VITAL else (Depth.STATE,):
            seen = self._seen.get((name, enough))
            if seen is not None and ticks - seen.at.ticks <= LOOK_FRESH_SECONDS:
                return seen
        return None

    def _judged(self, proof: Proof, known: Mapping[str, str], *, anew: bool) -> Held:
        everyone = tuple(node.name for node in self._spec.nodes)
        if proof.claim is Claim.SAME_IDENTITY:
            seen = self._known_machine(proof.node)
            if seen is not None:
                return judge(proof, {proof.node: seen}, known)
        if anew:
            for depth in (Depth.STATE, Depth.VITAL):
                others = [one for one in self._together.get(proof, (proof,)) if depth_of(one) is depth]
                names = tuple(dict.fromkeys(name for one in others for name in nodes_of(one, everyone)))
                if names:
                    self.facts(names, anew=True, depth=depth)
        return judge(proof, self.facts(nodes_of(proof, everyone), anew=False, depth=depth_of(proof)), known)

    def holds(
        self, proof: Proof, known: Mapping[str, str], *, anew: bool, after: bool = False  # noqa: ARG002 - Hands' form
    ) -> Held:
        """Judge one claim. Raises nothing for what a node says or does not say."""
        match proof.claim:
            case Claim.LOCK_HELD:
                return self._keeper.held()
            case Claim.LOSS_WITHIN:
                return self._loss_within(proof, known, anew=anew)
            case Claim.BOOKS_WHOLE:
                return self._books_whole(proof)
            case Claim.HOOK_DONE | Claim.SCRIPT_HOLDS:
                return self._asked(proof)
            case Claim.ATTESTED:
                return self._vouched(proof, known)
            case Claim.RESCUE_CARRIED:
                return self._carried(proof, known, anew=anew)
            case Claim.PATRONI_SAYS:
                return self._group.holds(proof, known, anew=anew)
            case Claim.WAL_KEPT:
                return kept(self._hosts, proof, known)
            case _:
                return self._judged(proof, known, anew=anew)

    def _vouched(self, proof: Proof, known: Mapping[str, str]) -> Held:
        """A person's word; for what was restored, with what goes away by it."""
        wanted = proof.arg("text")
        holds, seen = wanted in self.attested.split(), self.attested or "not attested"
        if proof.arg("counted"):
            goes = taken(proof, known)
            self.loss = goes.loss or self.loss
            seen = f"{wanted}: {goes.words}" if holds else goes.words
        return Held(holds=holds, observed=seen, wanted=wanted)

    def _loss_within(self, proof: Proof, known: Mapping[str, str], *, anew: bool) -> Held:
        facts = self.facts(loss_names(proof), anew=anew)
        if proof.arg("group") == "yes":
            loss = self._group.loss(proof, facts, self._last_seen)
        else:
            # As it is known now: it may have been seen again, or be dead for longer, since the run began.
            self._last_seen = (self._see_again() if self._see_again is not None else None) or self._last_seen
            fenced_at = self.fenced_at or self._clock()
            loss = loss_at_gate(proof, facts, known, last_seen=self._last_seen, fenced_at=fenced_at)
        self.loss = loss
        wanted = f"at most {self.loss_entries_max} entries"
        most = loss.entries_high
        if most is None:
            seen = "not known, and accepted by name" if self.loss_unknown_accepted else "not known"
            return Held(holds=self.loss_unknown_accepted, observed=seen, wanted=wanted)
        low = loss.entries_low or 0
        seen = f"{low} to {most} entries" if low != most else f"{most} entries"
        return Held(holds=most <= self.loss_entries_max, observed=f"{seen} ({loss.basis.value})", wanted=wanted)

    def _books_whole(self, proof: Proof) -> Held:
        if self._books is None:
            # It had one when this was planned: what can't be checked is never taken for proven.
            return Held(holds=False, observed="not checked: this cluster has no ledger", wanted="no check failed")
        self.books = self._books(names_in(proof.arg("nodes")) or (proof.node,))
        failed = [line for line in self.books if line.outcome == "failed"]
        proven = sum(1 for line in self.books if line.outcome == "proven")
        seen = f"{proven} of {len(self.books)} checks proven"
        if failed:
            seen = f"{seen}; failed: {', '.join(f'{line.check} ({line.detail})' for line in failed[:3])}"
        return Held(holds=not failed, observed=seen, wanted="no check failed")

    def _asked(self, proof: Proof) -> Held:
        """A proof of the operator's own: a script whose exit status 0 is the proof."""
        said = self._hosts.run(proof.node, proof.arg("script"), seconds_max=float(proof.arg("seconds") or "30"))
        if said.refused:
            return Held(holds=False, observed=said.words(), reached=False)
        seen = "exit status 0" if said.fine else said.words()
        return Held(holds=said.fine, observed=seen, wanted="exit status 0")

    def _carried(self, proof: Proof, known: Mapping[str, str], *, anew: bool) -> Held:
        """Every listed segment lies at the candidate with the checksum that its source computed."""
        listed = [one.partition(":") for one in names_in(known.get("rescue_segments", ""))]
        place = known.get("rescue_directory")
        if "rescue_segments" in known and not listed:
            return Held(holds=True, observed="nothing to carry")
        if place is None:
            return Held(holds=False, observed="no directory yet")
        node, segments, ticks = self._brought or ("", "", 0.0)
        young = self.ticks() - ticks <= LOOK_FRESH_SECONDS
        if young and not anew and (node, segments) == (proof.node, known.get("rescue_segments")):
            return Held(holds=True, observed=f"{len(listed)} segments")
        sums = "\n".join(f"{digest}  {name}" for name, _, digest in listed)
        script = f"cd {shlex.quote(place)} && printf '%s\\n' {shlex.quote(sums)} | sha256sum -c --quiet -"
        said = self._hosts.run(proof.node, script, seconds_max=120.0)
        if said.refused:
            return Held(holds=False, observed=said.words(), reached=False)
        return Held(holds=said.fine, observed=f"{len(listed)} segments" if said.fine else said.words())

    # -- acting -------------------------------------------------------------------------------------------------

    def act(
        self, acts: tuple[Act, ...], known: Mapping[str, str], *, proofs: tuple[Proof, ...] = (),
        coming: tuple[Proof, ...] = (),
    ) -> tuple[Done, ...]:  # fmt: skip
        """Do them side by side; one on the same node as another comes after it.

        The last act on a node answers in the same breath what is judged of that node then. Beside the acts those nodes
        are looked at that do nothing now and of which nothing is to be proven by these acts.
        """
        nodes = tuple(dict.fromkeys(act.node for act in acts))
        by_node = {node: [place for place, act in enumerate(acts) if act.node == node] for node in nodes}
        own, soon = self._wanted(proofs), self._early(coming)
        depths = self._wanted((*proofs, *coming))
        others = {name: depth for name, depth in soon.items() if name not in by_node and name not in own}
        if any(act.verb is Verb.TAKE_LOCK for act in acts):
            others = {}  # each node is looked at once it gave the lock
        found: dict[int, Done] = {}
        self._group.forget()
        self._before = {node: seen for node in nodes if (seen := self._fresh(node, Depth.STATE)) is not None}
        self._seen.clear()  # what was seen before an act says nothing of after it

        def run(node: str) -> None:
            if node in others:
                self._keep(node, others[node], self._looks.look_each({node: others[node]})[node])
                return
            for place in by_node[node]:
                before = [found[one] for one in by_node[node] if one < place]
                if not all(done.fine for done in before):
                    # A server is not started where the signal file before it may not have been written.
                    found[place] = _NOT_BEGUN
                    continue
                last = place == by_node[node][-1]
                found[place] = self._act(acts[place], known, depths if last else {})

        at_once((*nodes, *others), run)
        self._group.forget()
        return tuple(found[place] for place in range(len(acts)))

    def _act(self, act: Act, known: Mapping[str, str], depths: Mapping[str, Depth]) -> Done:
        done = self._once(act, known, depths)
        if done.refused == "other-term" and self._keeper.taken and self._keeper.take_on(act.node):
            # It was out of reach or busy when the lock was taken, and bears an older term: ours, by the majority.
            done = self._once(act, known, depths)
        return done

    def _once(self, act: Act, known: Mapping[str, str], depths: Mapping[str, Depth]) -> Done:
        """One act. `depths`: where it is looked at in the same breath, and how much is asked there."""
        match act.verb:
            case Verb.TAKE_LOCK:
                terms = [int(term) for term in (act.arg("after"), known.get("lock_term", "")) if term]
                done = self._keeper.take(
                    break_live=act.arg("break") == "yes", after=max(terms) if act.arg("after") else None,
                    looks=tuple(name for name in depths if name not in self._mute),
                )
                self.take_in(self._keeper.seen)
                return done
            case Verb.RELEASE_LOCK:
                return self._keeper.release()
            case Verb.ATTEST:
                self.fenced_at = self._clock()  # up to now it may have gone on: nobody knows better
                return Done(fine=True, status=0)
            case Verb.PROVE_BOOKS:
                return Done(fine=True, status=0)
            case _:
                pass
        try:
            script = fill(act.script, known)
        except KeyError as missing:
            return Done(fine=False, status=None, said=f"{missing.args[0]} is not known", refused="not-known")
        if act.verb is Verb.UNFENCE or (act.verb is Verb.START and act.arg("standby") == "no"):
            other = self._other_primary(act.node)
            if other:
                return Done(fine=False, status=None, said=other, refused="other-primary")
        head = self._head_before(act.node) if act.verb is Verb.RESCUE_REPLAY else None
        if self._keeper.lease_ticks() - self.ticks() < LEASE_SECONDS_MIN and not self._keeper.confirm():
            lost = "the lock is not held on a majority any more"
            return Done(fine=False, status=None, said=lost, refused="other-term")
        not_after = self._not_after(act.node)
        if not_after is None:
            return Done(fine=False, status=None, said="its uptime could not be read", unreachable=True)
        at = self._looks.at(act.node)
        script = guarded(
            script, lock_key=at.lock_key, data_directory=at.data_directory, term=self._keeper.term,
            not_after_seconds=not_after, machine_id=self._planned_machines.get(act.node),
        )  # fmt: skip
        for depth in Depth:  # what was asked on the way to this act says nothing of after it
            self._seen.pop((act.node, depth), None)
        done = done_of(self._send(act, script, depths))
        if act.verb is Verb.KEEP_CARRY and done.fine:
            told = {**known, **dict(done.facts)}
            trouble = carry_kept(self._hosts, source=act.arg("source"), target=act.node, known=told)
            done = replace(done, fine=not trouble, said=trouble)
        if act.verb is Verb.RESCUE_CARRY and done.fine:
            told = {**known, **dict(done.facts)}
            trouble = carry(self._hosts, source=act.arg("source"), target=act.node, known=told, looks=self._looks)
            done = replace(done, fine=not trouble, said=trouble)
            # Each file's checksum was computed at the target, once it was there whole.
            self._brought = (act.node, told.get("rescue_segments", ""), self.ticks()) if done.fine else None
        if act.verb in (Verb.FENCE, Verb.FENCE_BY_COMMAND) and done.fine:
            self.fenced_at = self._clock()  # its sessions may have gone on until the last of them was ended
        if act.verb is Verb.RESCUE_REPLAY and done.fine:
            done = replace(done, facts=(*done.facts, *self._rescued(act.node, head, known)))
        return done

    def _send(self, act: Act, script: str, depths: Mapping[str, Depth]) -> Said:
        """Send a guarded script; where its node is looked at in the same breath, what was seen is kept."""
        if act.arg("ends"):  # what a long act began must not go on beside what undoes it
            end_long(self._hosts, act.node, name_of(self._keeper.term.owner, Verb(act.arg("ends")), act.node))
        if act.long:
            name = name_of(self._keeper.term.owner, act.verb, act.node)
            return run_long(self._hosts, act.node, name, script, ticks=self.ticks, pause=self.pause)
        if act.node in depths and act.verb not in (Verb.RESCUE_CARRY, Verb.KEEP_CARRY):
            depth = depths[act.node]
            said, seen = self._looks.after(act.node, script, depth=depth, seconds_max=ACT_SECONDS_MAX)
            if seen is not None:
                self._keep(act.node, depth, seen)
            return said
        return self._hosts.run(act.node, script, seconds_max=ACT_SECONDS_MAX)

    def _other_primary(self, node: str) -> str:
        """Why this node must not be started writable: another one is, or was promoted after it; '' where none is."""
        names = tuple(one.name for one in self._spec.nodes if one.kind is NodeKind.POSTGRES)
        facts = self.facts(names, anew=True)
        own = facts[node].control
        for name in names:
            other = facts[name]
            if name == node or not other.reached:
                continue
            if other.writable:
                return f"{name} is writable"
            later = max(other.newest_history or 0, other.server.timeline if other.server is not None else 0)
            if own is not None and later > max(own.timeline, facts[node].newest_history or 0):
                return f"{name} knows timeline {later}, later than this one's"
        return ""

    def _head_before(self, node: str) -> int | None:
        """The number of its head, as it was seen right before these acts, else as it is now."""
        head = head_of(self._before.get(node) or self.facts((node,), anew=True)[node])
        return None if head is None else head.number

    def _rescued(self, node: str, before: int | None, known: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """How many entries its head has gained, with what an earlier pass brought; none where unreadable."""
        head = head_of(self.facts((node,), anew=False)[node])
        after = None if head is None else head.number
        if before is None or after is None:
            return ()
        return (("rescued_entries", str(int(known.get("rescued_entries", "0")) + after - before)),)

    def read_through(self, node: str, script: str, seconds_max: float) -> Done:
        """Run a script that changes nothing, without a guard; for rehearsals."""
        return done_of(self._hosts.run(node, script, seconds_max=seconds_max))

    def _not_after(self, node: str) -> float | None:
        """The node's own uptime after which the command must not begin there."""
        if node not in self._uptimes:
            self.facts((node,), anew=True)
        known = self._uptimes.get(node)
        if known is None:
            return None
        now = self._clock().ticks
        # Never longer than our hold of the lock is sure: a console that froze meanwhile is refused by the node.
        # One that is not sure at all any more gives a moment that has passed.
        return max(0.0, known[0] + (min(now + NOT_AFTER_SECONDS, self._keeper.lease_ticks()) - known[1]))


_NOT_BEGUN: Final = Done(
    fine=False, status=None, refused="not-begun", said="what comes before it on this node has not ended well"
)
