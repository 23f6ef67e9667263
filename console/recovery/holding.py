"""Holds the lock of a cluster for one run: takes it on a majority of all nodes, renews it, gives it back."""

import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.plan import Pairs
from console.domain.proofs import Held
from console.domain.situation import Facts, NodeFacts
from console.postgres.change_facts import LOCK_LIVE_SECONDS, Depth
from console.recovery.lock import (
    GUARD_WORDS,
    RENEW_SECONDS,
    Term,
    held_by_others,
    majority_of,
    next_number,
    release_script,
    renew_script,
    take_script,
)
from console.recovery.look import Looks
from console.recovery.runner import Done
from console.ssh.hosts import Hosts, Said, at_once

TAKE_SECONDS_MAX: Final = 20.0
RENEW_SECONDS_MAX: Final = 5.0
LEASE_MARGIN_SECONDS: Final = 1.0  # clocks of two hosts do not run exactly alike
RENEWED_FRESH_SECONDS: Final = 5.0  # a node that confirmed our term this lately need not be asked again
_OTHERS: Final = frozenset({"other-term", "lock-held"})


def _told(term: Term) -> Pairs:
    return (("lock_term", str(term.number)),)


class LockKeeper:
    """One run's hold of the lock. The renewal runs in a thread of its own from `take` until `release` or `close`."""

    def __init__(
        self, spec: ClusterSpec, hosts: Hosts, looks: Looks, *, owner: str, person: str, ticks: Callable[[], float]
    ) -> None:
        self._spec, self._hosts, self._looks, self._ticks = spec, hosts, looks, ticks
        self._owner, self._person = owner, person
        self._term: Term | None = None
        self._confirmed: dict[str, float] = {}
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self.broke: tuple[str, ...] = ()  # whose live lock was broken, for the audit
        self.seen: Facts = {}  # what nodes answered in the same breath in which they gave it

    @property
    def term(self) -> Term:
        """Ours. ValueError where it was never taken: no command may go without it."""
        if self._term is None:
            raise ValueError("the lock was not taken yet")
        return self._term

    @property
    def taken(self) -> bool:
        return self._term is not None

    @property
    def alive(self) -> bool:
        """Is it taken, and renewed each second? One that was closed has to be taken anew."""
        thread = self._thread
        return self._term is not None and thread is not None and thread.is_alive()

    def lease_ticks(self) -> float:
        """Until when nobody else can have taken it on a majority of all nodes, by our own ticks."""
        newest = sorted(self._confirmed.values(), reverse=True)
        needed = majority_of(self._spec)
        return newest[needed - 1] + LOCK_LIVE_SECONDS - LEASE_MARGIN_SECONDS if len(newest) >= needed else float("-inf")

    def take_on(self, node: str) -> bool:
        """Take our term on one node that lacks it: it was out of reach, or busy, when the majority was taken."""
        at = self._looks.at(node)
        script = take_script(at.lock_key, at.data_directory, self.term, break_live=False)
        return self._hosts.run(node, script, seconds_max=TAKE_SECONDS_MAX).fine

    def take(
        self, *, break_live: bool, after: int | None = None, looks: Collection[str] = ()
    ) -> Done:
        """Take it on every node that answers; done when a majority of all nodes gave it. Tells the fact `lock_term`.

        `after`: the highest term that may have been another's. One above it says that somebody has changed the cluster
        since: what was planned or done before is no ground to go on from, unless a person says so. `looks`: the nodes
        that are looked at as soon as they gave it; then nobody else's command is let through there any more.
        """
        began = self._ticks()
        self.seen = {}
        tried: Term | None = None
        if after is not None and not break_live:
            # The next number at once: each node refuses it where anybody else was there since, or is.
            tried = Term(number=after + 1, owner=self._owner, person=self._person)
            answered = self._tried(tried, looks)
            given = [name for name, said in answered.items() if said.fine]
            refused = any(GUARD_WORDS.get(said.status or 0, "") in _OTHERS for said in answered.values())
            if not refused and len(given) >= majority_of(self._spec):
                return self._taken(tried, given, began)
        done = self._take_by_looks(began, break_live=break_live, after=after)
        if tried is not None and not done.fine:
            left, facts = tried, self._looks.look(sql=False)
            self._everywhere(facts, lambda key, data: release_script(key, data, left), TAKE_SECONDS_MAX)
        return done

    def _tried(self, term: Term, looks: Collection[str]) -> dict[str, Said]:
        """Ask every node for this term, and look where that is wanted and it was given."""
        seen: dict[str, NodeFacts] = {}

        def one(name: str) -> Said:
            at = self._looks.at(name)
            script = take_script(at.lock_key, at.data_directory, term, break_live=False)
            if name not in looks:
                return self._hosts.run(name, script, seconds_max=TAKE_SECONDS_MAX)
            said, found = self._looks.after(name, script, depth=Depth.STATE, seconds_max=TAKE_SECONDS_MAX)
            if found is not None:
                seen[name] = found
            return said

        answered = dict(at_once((node.name for node in self._spec.nodes), one))
        self.seen = seen
        return answered

    def _taken(self, term: Term, given: list[str], began: float) -> Done:
        self._confirmed = dict.fromkeys(given, began)
        self._term = term
        self._renew_from_now_on()
        said = f"term {term.number} on {', '.join(sorted(given))}"
        return Done(fine=True, status=0, said=said, seconds=self._ticks() - began, facts=_told(term))

    def _take_by_looks(self, began: float, *, break_live: bool, after: int | None) -> Done:
        """Look who has it everywhere, then take a number above all that were seen."""
        facts = self._looks.look(sql=False)
        others = held_by_others(facts, self._owner)
        if others and not break_live:
            lock = others[0].lock
            assert lock is not None
            said = f"{lock.owner} of {lock.person} holds it on {', '.join(node.node for node in others)}"
            return Done(fine=False, status=None, said=said, refused="lock-held", seconds=self._ticks() - began)
        acted = max((node for node in facts.values() if node.lock is not None and node.lock.owner != self._owner),
                    key=lambda node: node.lock.term if node.lock is not None else 0, default=None)  # fmt: skip
        if after is not None and not break_live and acted is not None and acted.lock and acted.lock.term > after:
            said = f"somebody held it since: term {acted.lock.term} on {acted.node}, {after} was the last"
            return Done(fine=False, status=None, said=said, refused="others-acted", seconds=self._ticks() - began)
        if break_live:
            self.broke = tuple(sorted({node.lock.owner for node in others if node.lock is not None}))
        term = Term(number=next_number(facts.values()), owner=self._owner, person=self._person)
        answered = self._everywhere(
            facts, lambda key, data: take_script(key, data, term, break_live=break_live), TAKE_SECONDS_MAX
        )
        given = [name for name, said in answered.items() if said.fine]
        if len(given) < majority_of(self._spec):
            self._confirmed = dict.fromkeys(given, began)
            self._everywhere(facts, lambda key, data: release_script(key, data, term), TAKE_SECONDS_MAX)
            return replace(self._not_given(answered, given, self._ticks() - began), facts=_told(term))
        return self._taken(term, given, began)

    def _not_given(self, answered: dict[str, Said], given: list[str], seconds: float) -> Done:
        why = "; ".join(f"{name}: {said.words()}" for name, said in sorted(answered.items()) if not said.fine)
        guards = {GUARD_WORDS.get(said.status or 0, "") for said in answered.values()}
        refused = next((word for word in ("lock-held", "other-term") if word in guards), "no-majority")
        said = f"{len(given)} of {len(self._spec.nodes)} gave it, {majority_of(self._spec)} are needed; {why}"
        return Done(fine=False, status=None, said=said, refused=refused, seconds=seconds)

    def held(self) -> Held:
        """Is it held, now, on a majority of all nodes? Nodes that confirmed it a moment ago are believed."""
        needed = majority_of(self._spec)
        wanted = f"at least {needed} of {len(self._spec.nodes)}"
        if self._term is None:
            return Held(holds=False, observed="not taken", wanted=wanted)
        fresh = self._ticks() - RENEWED_FRESH_SECONDS
        if sum(1 for ticks in list(self._confirmed.values()) if ticks >= fresh) < needed:
            self._renew()
        count = sum(1 for ticks in list(self._confirmed.values()) if ticks >= fresh)
        return Held(holds=count >= needed, observed=f"held on {count}, term {self._term.number}", wanted=wanted)

    def release(self) -> Done:
        """Give it back everywhere. Nodes that do not answer keep it until it has expired by itself."""
        began = self._ticks()
        self.close()
        term, self._term = self._term, None
        if term is None:
            return Done(fine=True, status=0, said="it was not held")
        facts = self._looks.look(sql=False)
        answered = self._everywhere(facts, lambda key, data: release_script(key, data, term), TAKE_SECONDS_MAX)
        left = [name for name, said in answered.items() if not said.fine]
        said = f"it expires by itself on {', '.join(left)}" if left else "given back everywhere"
        return Done(fine=True, status=0, said=said, seconds=self._ticks() - began)

    def close(self) -> None:
        """Renew no more; what is held stays until it expires."""
        self._ending.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _renew_from_now_on(self) -> None:
        if self._thread is None:
            self._ending.clear()
            self._thread = threading.Thread(target=self._keep, name="lock keeper", daemon=True)
            self._thread.start()

    def _keep(self) -> None:
        while not self._ending.wait(RENEW_SECONDS):
            self._renew()

    def _renew(self) -> None:
        term = self._term
        if term is None:
            return
        names = tuple(node.name for node in self._spec.nodes)

        def one(name: str) -> None:
            at, asked = self._looks.at(name), self._ticks()
            script = renew_script(at.lock_key, at.data_directory, term)
            if self._hosts.run(name, script, seconds_max=RENEW_SECONDS_MAX).fine:
                self._confirmed[name] = asked  # when it was asked: the node renewed it no earlier
            else:
                self._confirmed.pop(name, None)

        at_once(names, one)

    def confirm(self) -> bool:
        """Renew now; is it still held on a majority?"""
        self._renew()
        return self.lease_ticks() > self._ticks()

    def _everywhere(
        self, facts: Facts, script: Callable[[str, str | None], str], seconds_max: float
    ) -> dict[str, Said]:
        """Run a lock's script on every node that answered just now."""

        def one(name: str) -> Said:
            if not facts[name].reached:
                return Said(status=None, refused=facts[name].trouble)
            at = self._looks.at(name)
            return self._hosts.run(name, script(at.lock_key, at.data_directory), seconds_max=seconds_max)

        return dict(at_once(tuple(facts), one))
