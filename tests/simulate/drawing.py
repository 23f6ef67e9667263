"""What a seed draws: how a cluster is laid out, what breaks, who disturbs the run, and what becomes of its commands."""

import random
from dataclasses import dataclass

from console.domain.quorum import parse_sync
from tests.simulate.building import CONSOLE, Setup, Yard
from tests.simulate.cluster import Cluster, Node
from tests.simulate.console import Engine
from tests.simulate.hosts import Killed, Knife

SYNC = {
    1: ("", "ANY 1", "FIRST 1"),
    2: ("", "ANY 1", "ANY 1", "FIRST 1", "ANY 2", "FIRST 2"),
    3: ("", "ANY 1", "ANY 2", "FIRST 1", "FIRST 2", "ANY 3"),
}
BREAKS = (
    ("nothing", 25), ("killed", 10), ("killed-with-orphan", 18), ("silent", 14), ("off", 10), ("hung", 7),
    ("stopped", 3), ("isolated", 10), ("flickers", 3),
)  # fmt: skip


def drawn_setup(rng: random.Random, seed: int) -> Setup:
    standbys = rng.choices((1, 2, 3), (15, 60, 25))[0]
    sync = rng.choice(SYNC[standbys])
    return Setup(
        seed=seed, standbys=standbys, sync=sync, commit=rng.choices(("on", "remote_apply", "local"), (85, 8, 7))[0],
        paces=tuple(rng.choice((0.25, 0.5, 0.75)) for _ in range(rng.choice((1, 2)))),
        local_share=rng.choice((0.0, 0.0, 0.3)), cancels=rng.random() < 0.3, loyal=rng.random() < 0.5,
        lag=rng.choice((0.05, 0.1, 0.4, 0.7)), quorum_fence=rng.random() < 0.35, fence_command=rng.random() < 0.35,
        summarizes=rng.random() < 0.2,
    )  # fmt: skip


def breaks(yard: Yard, rng: random.Random) -> str:
    """Something happens to the primary, and perhaps to a standby; gives the word for it."""
    cluster, primary = yard.cluster, yard.cluster.nodes["n1"]
    names, weights = zip(*BREAKS, strict=True)
    word = str(rng.choices(names, weights)[0])
    standbys = [node for node in cluster.nodes.values() if node.name not in ("n1", "vault")]
    if len(standbys) > 1 and rng.random() < 0.15:
        return _wrong_one_answers(cluster, rng, standbys)
    if rng.random() < 0.35:
        lost = rng.choice(standbys)
        rng.choice((_silent, _silent, _unlinked, _cut_from_all, Cluster.power_off))(cluster, lost)  # type: ignore[operator]
        cluster.say(f"{lost.name} is lost as well")
        cluster.advance(rng.uniform(0.0, 4.0))
    for node in standbys:
        node.slow_promotion = rng.choice((12.0, 65.0, 100.0)) if rng.random() < 0.1 else 0.0
    if rng.random() < 0.2:
        _unlinked(cluster, rng.choice(standbys))  # it answers, and lags
        cluster.advance(rng.uniform(0.0, 4.0))
    if rng.random() < 0.08:
        # Seen by the watch. One that is changed on a primary which nobody sees is not drawn: for a minute the console
        # believes the list that it read last, and no proof can do without that.
        _other_list(cluster, primary, rng)
        cluster.advance(rng.choice((1.1, 2.0)))
    cluster.say(f"the primary: {word}")
    match word:
        case "killed":
            cluster.kill(primary)
        case "killed-with-orphan":
            cluster.kill(primary, orphan=cluster.clients[0])
        case "silent":
            _silent(cluster, primary)
        case "isolated":
            _silent(cluster, primary)
            for other in standbys:
                if rng.random() < 0.8:
                    cluster.cut_links.add(frozenset(("n1", other.name)))
        case "off":
            cluster.power_off(primary)
        case "hung":
            primary.hung = True
        case "stopped":
            cluster.stop(primary)
        case "flickers":
            _silent(cluster, primary)
            cluster.at(cluster.now + rng.uniform(1.0, 15.0), lambda: primary.silent_to.clear())
        case _:
            pass
    return word


def _wrong_one_answers(cluster: Cluster, rng: random.Random, standbys: list[Node]) -> str:
    """The standbys that have all can't be reached, those that answer lag; then the primary is gone."""
    holds = rng.choice(standbys)
    _silent(cluster, holds)
    for node in standbys:
        if node is not holds:
            _unlinked(cluster, node)
    cluster.advance(rng.uniform(1.0, 5.0))
    primary = cluster.nodes["n1"]
    word = rng.choice(("silent", "off"))
    cluster.say(f"only {holds.name} still follows; the primary: {word}")
    if word == "off":
        cluster.power_off(primary)
    else:
        _silent(cluster, primary)
    return word


def _silent(_: Cluster, node: Node) -> None:
    node.silent_to |= {CONSOLE, "other"}


def _unlinked(cluster: Cluster, node: Node) -> None:
    cluster.cut_links.add(frozenset(("n1", node.name)))


def _cut_from_all(cluster: Cluster, node: Node) -> None:
    _silent(cluster, node)
    for other in cluster.nodes:
        cluster.cut_links.add(frozenset((node.name, other)))


def _other_list(cluster: Cluster, primary: Node, rng: random.Random) -> None:
    """Somebody sets another synchronous list: one or all of the standbys, or none."""
    policy = parse_sync(primary.data.auto.get("synchronous_standby_names", ""))
    if policy is None or not primary.serves:
        return
    chosen = rng.choice(policy.names)
    primary.data.auto["synchronous_standby_names"] = f"ANY 1 ({chosen})"
    cluster.say(f"the list is now ANY 1 ({chosen})")


@dataclass(slots=True)
class DrawnKnife(Knife):
    """Channels that are lost, commands that come later, engines that freeze or die; each at a drawn moment."""

    cluster: Cluster
    rng: random.Random
    rough: float  # how often something becomes of a command
    dies_at: int = 0  # the command at which the engine is killed; 0: it is not
    freezes_at: int = 0
    freezes_before_promotion: bool = False
    freeze_seconds: float = 0.0
    engine: Engine | None = None
    interlude: "Interlude | None" = None

    def sending(self, number: int, script: str) -> str:
        here = number == self.freezes_at or (self.freezes_before_promotion and "pg_promote(" in script)
        if here and self.engine is not None:
            self.freezes_before_promotion = False
            self._freeze(self.engine)
        if number == self.dies_at:
            how = self.rng.choice(("before", "half", "done", "late"))
            if how == "before":
                raise Killed
            return {"half": "half", "done": "", "late": f"late:{self.rng.choice((0.3, 3.0, 9.0, 30.0))}"}[how]
        if self.rng.random() < self.rough:
            return self.rng.choice(("never", "unheard", "half", f"late:{self.rng.choice((0.3, 3.0, 8.0, 12.0, 40.0))}"))
        return ""

    def sent(self, number: int) -> None:
        if number == self.dies_at:
            raise Killed

    def _freeze(self, engine: Engine) -> None:
        self.cluster.say(f"the engine freezes for {self.freeze_seconds:g} s")
        engine.frozen = True
        until = self.cluster.now + self.freeze_seconds
        if self.interlude is not None and self.freeze_seconds > 10:
            self.cluster.advance(self.rng.uniform(8.0, 12.0))
            self.interlude.plays()
        self.cluster.advance(until - self.cluster.now)
        engine.frozen = False
        self.cluster.say("the engine thaws")


class Interlude:
    """What somebody else does while an engine is frozen."""

    def plays(self) -> None:
        raise NotImplementedError


def disturb(cluster: Cluster, rng: random.Random, old: str) -> None:
    """What others do while a run is under way, at drawn moments."""
    for _ in range(rng.choices((0, 1, 2, 3), (35, 35, 20, 10))[0]):
        when = cluster.now + rng.choice((rng.uniform(0.0, 1.5), rng.uniform(0.0, 8.0), rng.uniform(0.0, 40.0)))
        node = cluster.nodes[rng.choice([old, old, *(name for name in cluster.nodes if name != "vault")])]
        what = rng.choice((_restarted, _comes_back, _crashes, _reboots, _fades, _slows, _link_goes, _thaws))
        cluster.at(when, lambda what=what, node=node: what(cluster, rng, node))  # type: ignore[misc]


def _restarted(cluster: Cluster, _: random.Random, node: Node) -> None:
    if not node.running and node.powered:
        cluster.start(node, ours=False, why="by somebody")


def _comes_back(cluster: Cluster, rng: random.Random, node: Node) -> None:
    node.silent_to.clear()
    cluster.cut_links = {link for link in cluster.cut_links if node.name not in link}
    cluster.power_on(node, starts=rng.random() < 0.6)
    cluster.say(f"{node.name} can be reached again")


def _crashes(cluster: Cluster, rng: random.Random, node: Node) -> None:
    if node.running:
        cluster.kill(node)
        if rng.random() < 0.7:
            cluster.at(cluster.now + rng.uniform(0.1, 4.0), lambda: _restarted(cluster, rng, node))


def _reboots(cluster: Cluster, rng: random.Random, node: Node) -> None:
    if node.powered:
        cluster.power_off(node)
        starts = rng.random() < 0.8
        cluster.at(cluster.now + rng.uniform(1.0, 10.0), lambda: cluster.power_on(node, starts=starts))


def _fades(cluster: Cluster, rng: random.Random, node: Node) -> None:
    _silent(cluster, node)
    cluster.say(f"{node.name} can't be reached")
    cluster.at(cluster.now + rng.uniform(0.5, 15.0), node.silent_to.clear)


def _slows(cluster: Cluster, rng: random.Random, node: Node) -> None:
    node.slow_seconds = rng.choice((0.5, 3.0, 9.0, 12.0))
    cluster.at(cluster.now + rng.uniform(1.0, 20.0), lambda: setattr(node, "slow_seconds", 0.0))


def _link_goes(cluster: Cluster, rng: random.Random, node: Node) -> None:
    other = rng.choice([name for name in cluster.nodes if name != node.name])
    link = frozenset((node.name, other))
    cluster.cut_links.add(link)
    cluster.at(cluster.now + rng.uniform(0.5, 15.0), lambda: cluster.cut_links.discard(link))


def _thaws(_: Cluster, __: random.Random, node: Node) -> None:
    node.hung = False
