"""Judges what a plan claims of a group under Patroni, by looks at every member that are taken for it."""

from collections.abc import Callable, Mapping
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.consensus import LOOKS_APART_SECONDS_MIN
from console.domain.group_loss import group_loss
from console.domain.group_orders import Says, judge_says
from console.domain.loss_preview import loss_of
from console.domain.members import Looks
from console.domain.plan import Loss, Proof
from console.domain.proofs import Held, filled
from console.domain.reading import Moment
from console.domain.situation import Facts, LastSeen
from console.recovery.group_looks import GroupLooks
from console.ssh.hosts import Hosts

LOOK_FRESH_SECONDS: Final = 1.0
_OF_THE_STORE: Final = frozenset({Says.MAY_TAKE_OVER.value, Says.QUORUM.value})  # need to know that a majority answers


class GroupJudge:
    """One run's judge. What was seen before an act is forgotten with `forget`."""

    def __init__(
        self, spec: ClusterSpec, hosts: Hosts, *, clock: Callable[[], Moment], pause: Callable[[float], object]
    ) -> None:
        self._looks = GroupLooks(spec, hosts, clock=clock)
        self._clock, self._pause = clock, pause
        self._seen: tuple[float, bool, Looks] | None = None  # ticks, whether the store was asked, what was seen

    def forget(self) -> None:
        self._seen = None

    def holds(self, proof: Proof, known: Mapping[str, str], *, anew: bool) -> Held:
        """Does a claim of `Claim.PATRONI_SAYS` hold? With 'looks' 2 it has to hold twice, a second apart."""
        asked = Proof(claim=proof.claim, node=proof.node, args=filled(proof.args, known))
        store = asked.arg("that") in _OF_THE_STORE
        held = judge_says(asked, self._look(anew=anew, store=store), self._looks.names)
        if held.holds and asked.arg("looks") == "2":
            self._pause(LOOKS_APART_SECONDS_MIN)
            held = judge_says(asked, self._look(anew=True, store=store), self._looks.names)
        return held

    def _look(self, *, anew: bool, store: bool) -> Looks:
        if self._seen is not None and not anew:
            ticks, asked, looks = self._seen
            if self._clock().ticks - ticks <= LOOK_FRESH_SECONDS and asked >= store:
                return looks
        looks = self._looks.look()
        if store:
            looks = self._looks.with_store(looks)
        self._seen = (self._clock().ticks, store, looks)
        return looks

    def loss(self, proof: Proof, facts: Facts, last_seen: LastSeen | None) -> Loss:
        """The loss right before the request; `proof` names the candidate, the old holder and who else answered."""
        names = proof.arg("answering").split(",")
        answering = tuple(facts[name] for name in names if name in facts and facts[name].server is not None)
        candidate, now = facts[proof.node], self._clock()
        unseen = None
        if last_seen is not None and last_seen.at is not None:
            unseen = max(0.0, (now.utc - last_seen.at).total_seconds())
        if candidate.server is None:
            return loss_of(candidate, None, answering=answering)
        return group_loss(
            candidate, self._looks.picture(self._pause), last_seen, old=facts.get(proof.arg("old")),
            answering=answering, unseen_seconds=unseen,
        )  # fmt: skip
