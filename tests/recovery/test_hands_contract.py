"""The same small play with real hands on a real lab and on the simulated cluster: equal refusals, equal judgements."""

import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from console.domain.plan import Act, Claim, Operation, Phase, Plan, Proof, Step, Verb
from console.domain.reading import Moment
from console.lab.desk import lab_cluster
from console.postgres import fence_verbs, verbs
from console.postgres.verbs import ServerAt
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.recovery.lock import GUARD_WORDS, guarded
from console.recovery.look import Looks
from console.ssh.hostkeys import HostKeyStore
from console.ssh.hosts import SshHosts
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from tests.live import live_lab
from tests.simulate.building import CONSOLE, Setup, built
from tests.simulate.console import SimulatedKeeper, Stopping, simulated
from tests.simulate.hosts import Journal, Knife, SimulatedHosts
from tests.simulate.looking import SimulatedLooks

WAIT_SECONDS_MAX = 40.0
LOOK_SECONDS = 0.2
Heard = list[tuple[str, str | bool]]


class Pausing(Protocol):
    """Lets time pass."""

    def __call__(self, seconds: float) -> object: ...


@dataclass
class Stage:
    """Where the play is played: three nodes, the first of them primary, with two consoles' locks."""

    hands: Hands
    keeper: LockKeeper
    other: LockKeeper
    hosts: SshHosts | SimulatedHosts
    looks: Looks | SimulatedLooks
    servers: Mapping[str, ServerAt]
    names: tuple[str, ...]
    pause: Pausing
    heard: Heard = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)

    def at(self, place: int) -> ServerAt:
        return self.servers[self.names[place]]

    def does(self, label: str, *acts: Act) -> None:
        """Do them, and keep how they ended: a guard's word, a status, or that all is well."""
        several = self.hands.act(acts, self.known)
        for done in several:
            self.known.update(done.facts)
            word = "fine" if done.fine else done.refused or f"status {done.status}"
            self.heard.append((label, word))

    def says(self, label: str, word: str | bool) -> None:
        self.heard.append((label, word))

    def claims(self, claim: Claim, place: int, *, comes: bool = True, ends: bool = False, **args: str) -> None:
        """Judge a claim; one that is to come is waited for, and so is the end of one that is to end."""
        proof = Proof(claim=claim, node=self.names[place], args=tuple(args.items()))
        over = self.hands.ticks() + WAIT_SECONDS_MAX
        while (holds := self.hands.holds(proof, self.known, anew=True).holds) == ends and (comes or ends):
            if self.hands.ticks() > over:
                break
            self.pause(LOOK_SECONDS)
        self.heard.append((f"{claim.value} {place} {args}", holds))


def every_act(stage: Stage) -> dict[str, Act]:
    """All that is done in the play, by name."""
    one, two, three = stage.at(0), stage.at(1), stage.at(2)
    return {
        "checkpoint": verbs.checkpoint(one),
        "slots": verbs.make_slots(two, ("one", "three")),
        "no-slots": verbs.drop_slots(two, ("one", "three")),
        "slots-two": verbs.make_slots(two, tuple(n.replace("-", "_") for n in (stage.names[0], stage.names[2]))),
        "sync": verbs.set_setting(two, Verb.SET_SYNC, "synchronous_standby_names", f'ANY 1 ("{stage.names[2]}")'),
        "cut": verbs.cut(two),
        "uncut": verbs.uncut(two),
        "fence": fence_verbs.fence(one),
        "unfence": fence_verbs.unfence(one),
        "close": verbs.stop(one, heir=two.node, closed=1),
        "close-standby": verbs.stop(three, closed=1),
        "close-promoted": verbs.stop(two, closed=1),
        "start-read-only": verbs.start(one, standby=True),
        "start-again": verbs.start_again(one, closed=1),
        "promote": verbs.promote(two),
        "become": verbs.become_standby(one, two, slot=stage.names[0].replace("-", "_")),
        "become-running": verbs.become_standby(two, one, slot="x"),
        "follow": verbs.follow(three, two, slot=stage.names[2].replace("-", "_")),
        "mark": verbs.mark_commit(two),
        "tell": verbs.tell_position(two),
    }


def play(stage: Stage, acts: Mapping[str, Act]) -> Heard:
    """The whole play. What it heard is compared between the stages."""
    _locks(stage, acts)
    _small_changes(stage, acts)
    _fences(stage, acts)
    _stops(stage, acts)
    _switches(stage, acts)
    _breaks(stage, acts)
    return stage.heard


def _locks(stage: Stage, acts: Mapping[str, Act]) -> None:
    stage.says("take", stage.keeper.take(break_live=False).fine)
    stage.claims(Claim.LOCK_HELD, 0)
    second = stage.other.take(break_live=False)
    stage.says("second owner", second.refused)
    stage.does("checkpoint", acts["checkpoint"])
    late = guarded(acts["checkpoint"].script, lock_key=stage.looks.lock_key, term=stage.keeper.term,
                   data_directory=stage.looks.at(stage.names[0]).data_directory, not_after_seconds=0.0)  # fmt: skip
    said = stage.hosts.run(stage.names[0], late, seconds_max=30.0)
    stage.says("late", GUARD_WORDS.get(said.status or 0, ""))


def _small_changes(stage: Stage, acts: Mapping[str, Act]) -> None:
    stage.claims(Claim.SLOTS_THERE, 1, comes=False, slots="one,three")
    stage.does("slots", acts["slots"])
    stage.claims(Claim.SLOTS_THERE, 1, slots="one,three")
    stage.claims(Claim.SLOTS_GONE, 1, comes=False, slots="one,three")
    stage.does("no-slots", acts["no-slots"])
    stage.claims(Claim.SLOTS_GONE, 1, slots="one,three")
    stage.does("slots-two", acts["slots-two"])
    stage.does("sync", acts["sync"])
    stage.claims(Claim.SYNC_AS_SET, 1, name="synchronous_standby_names", value=f'ANY 1 ("{stage.names[2]}")')
    stage.claims(Claim.FOLLOWS, 1, upstream=stage.names[0], slot=stage.names[1].replace("-", "_"))
    stage.does("cut", acts["cut"])
    stage.claims(Claim.CUT_OFF, 1)
    stage.claims(Claim.CUT_OFF, 2, comes=False)
    stage.does("tell", acts["tell"])
    stage.says("told", "candidate_position" in stage.known)
    stage.claims(Claim.CAUGHT_UP, 1, position=stage.known.get("candidate_position", ""), past="no")
    stage.claims(Claim.CAUGHT_UP, 1, comes=False, position=stage.known.get("candidate_position", ""), past="yes")
    stage.does("uncut", acts["uncut"])
    stage.claims(Claim.FOLLOWS, 1, upstream=stage.names[0], slot=stage.names[1].replace("-", "_"))
    stage.does("uncut twice", acts["uncut"])


def _fences(stage: Stage, acts: Mapping[str, Act]) -> None:
    stage.claims(Claim.FENCED, 0, comes=False)
    stage.claims(Claim.RUNNING_PRIMARY, 0, timeline="1")
    stage.does("fence", acts["fence"])
    stage.claims(Claim.FENCED, 0)
    stage.claims(Claim.RUNNING_PRIMARY, 0, comes=False)
    stage.claims(Claim.STOPPED_CLEANLY, 0, comes=False)
    stage.does("start a fenced one", acts["start-read-only"])
    stage.claims(Claim.RUNNING_STANDBY, 0)
    stage.claims(Claim.FENCED, 0)
    stage.does("unfence", acts["unfence"])
    stage.claims(Claim.UNFENCED, 0)
    stage.claims(Claim.RUNNING_PRIMARY, 0)
    stage.does("unfence what is not fenced", acts["unfence"])
    stage.claims(Claim.UNFENCED, 0)
    stage.claims(Claim.FOLLOWS, 1, upstream=stage.names[0], slot=stage.names[1].replace("-", "_"))


def _stops(stage: Stage, acts: Mapping[str, Act]) -> None:
    stage.does("close a standby", acts["close-standby"])
    stage.claims(Claim.RUNNING_STANDBY, 2)
    stage.does("close", acts["close"])
    stage.claims(Claim.STOPPED_CLEANLY, 0)
    stage.claims(Claim.FENCED, 0)
    stage.does("close twice", acts["close"])
    stage.does("somebody starts it", acts["start-read-only"])
    stage.claims(Claim.RUNNING_STANDBY, 0)
    stage.does("start again", acts["start-again"])
    stage.claims(Claim.RUNNING_PRIMARY, 0)
    stage.claims(Claim.UNFENCED, 0)
    stage.does("start again what runs", acts["start-again"])
    stage.claims(Claim.FOLLOWS, 1, upstream=stage.names[0], slot=stage.names[1].replace("-", "_"))
    stage.claims(Claim.FOLLOWS, 2, upstream=stage.names[0], slot=stage.names[2].replace("-", "_"))


def _switches(stage: Stage, acts: Mapping[str, Act]) -> None:
    stage.does("close", acts["close"])
    stage.claims(Claim.CAUGHT_UP, 1, position=stage.known.get("shutdown_position", ""), past="yes")
    stage.claims(Claim.PROMOTED, 1, comes=False, after="1")
    stage.does("promote", acts["promote"])
    stage.claims(Claim.PROMOTED, 1, after="1")
    stage.does("promote what is promoted", acts["promote"])
    stage.does("close on another timeline", acts["close-promoted"])
    stage.claims(Claim.RUNNING_PRIMARY, 1)
    stage.does("a primary becomes no standby", acts["become-running"])
    stage.does("both in turn", acts["become"], acts["start-read-only"])
    stage.does("follow", acts["follow"])
    stage.claims(Claim.FOLLOWS, 0, upstream=stage.names[1], slot=stage.names[0].replace("-", "_"))
    stage.claims(Claim.FOLLOWS, 2, upstream=stage.names[1], slot=stage.names[2].replace("-", "_"))
    stage.does("mark", acts["mark"])
    stage.claims(Claim.COMMIT_CONFIRMED, 1, position=stage.known.get("mark_position", ""), count="2",
                 names=",".join(stage.names))  # fmt: skip
    stage.claims(Claim.CAUGHT_UP, 0, position=stage.known.get("mark_position", ""), past="no")


def _breaks(stage: Stage, acts: Mapping[str, Act]) -> None:
    stage.says("somebody acted", stage.other.take(break_live=False, after=0).refused)
    stage.says("broken by name", stage.other.take(break_live=True).fine)
    stage.does("with the lock of another", acts["mark"])
    stage.says("given back", stage.other.release().fine)
    stage.says("others have acted", stage.keeper.take(break_live=False, after=stage.keeper.term.number).refused)
    stage.claims(Claim.LOCK_HELD, 0, ends=True)


@contextmanager
def on_the_lab(directory: Path) -> Iterator[Stage]:
    with live_lab(directory, rate=5.0) as (home, lab):
        spec = lab_cluster(lab)
        sessions = Sessions(host_keys=HostKeyStore(home.lab_known_hosts), secrets=Secrets(keyring=False), ask=None)
        hosts = SshHosts(spec, sessions)
        stopping = threading.Event()

        def now() -> Moment:
            return Moment(datetime.now(UTC), time.monotonic())

        try:
            looks = Looks(spec, hosts, now=now, lock_key=f"contract-{secrets.token_hex(4)}")
            keepers = [LockKeeper(spec, hosts, looks, owner=f"{name}:run", person="p", ticks=time.monotonic)
                       for name in ("desk", "other")]  # fmt: skip
            hands = Hands(spec, hosts, looks, keepers[0], clock=now, last_seen=None, stopping=stopping)
            yield Stage(hands, *keepers, hosts, looks, looks.servers(looks.look()), ("lab-1", "lab-2", "lab-3"),
                        stopping.wait)  # fmt: skip
        finally:
            for keeper in keepers:
                keeper.close()
            hosts.close()
            sessions.close()
            for path in Path("/var/tmp").glob(f"ledger-console-*/{looks.lock_key}-*"):
                path.unlink(missing_ok=True)


@contextmanager
def on_the_model() -> Iterator[Stage]:
    yard = built(Setup(standbys=2, sync="", paces=(0.2,)))
    cluster = yard.cluster
    with simulated(cluster):
        looks, journal = SimulatedLooks(cluster, CONSOLE), Journal(cluster, Knife())
        blank = Plan(id="p", operation=Operation.SWITCHOVER, cluster="sim", environment="lab", made_by="p", inputs=(),
                     made_at=cluster.moment().utc, steps=())  # fmt: skip
        hosts = SimulatedHosts(cluster, looks, blank, journal)
        keepers = [SimulatedKeeper(yard.spec, hosts, looks, owner=f"{name}:run", person="p", ticks=lambda: cluster.now)  # type: ignore[arg-type]
                   for name in ("desk", "other")]  # fmt: skip
        stopping = Stopping(cluster)
        hands = Hands(yard.spec, hosts, looks, keepers[0], clock=cluster.moment, last_seen=None, stopping=stopping)  # type: ignore[arg-type]
        stage = Stage(hands, *keepers, hosts, looks, looks.servers(), ("n1", "n2", "n3"), stopping.wait)
        step = Step(key="all", phase=Phase.PREPARE, acts=tuple(every_act(stage).values()))
        hosts.plays(Plan(id="p", operation=Operation.SWITCHOVER, cluster="sim", environment="lab", made_by="p",
                         inputs=(), made_at=cluster.moment().utc, steps=(step,)))  # fmt: skip

        def renews() -> None:
            for keeper in keepers:
                if keeper.renews:
                    hosts.instant = True
                    keeper._renew()
                    hosts.instant = False

        cluster.each_second.append(renews)
        yield stage


def model_names(heard: Heard) -> Heard:
    """What was heard on the lab, in the names of the model."""
    return [(label.replace("lab-", "n").replace("lab_", "n"), word) for label, word in heard]


def without_positions(heard: Heard) -> Heard:
    return [(label if "'position'" not in label else label.partition("'position'")[0], word) for label, word in heard]


def test_the_model_behaves_as_it_should() -> None:
    with on_the_model() as stage:
        heard = dict(play(stage, every_act(stage)))
    assert heard["second owner"] == "lock-held"
    assert heard["late"] == "too-late"
    assert heard["with the lock of another"] == "other-term"
    assert heard["others have acted"] == "others-acted"
    assert heard["close a standby"] == "status 4"
    assert heard["a primary becomes no standby"] == "status 4"


@pytest.mark.live
def test_model_and_lab_judge_alike(tmp_path: Path) -> None:
    with on_the_model() as stage:
        model = play(stage, every_act(stage))
    with on_the_lab(tmp_path) as stage:
        lab = play(stage, every_act(stage))
    assert without_positions(model_names(lab)) == without_positions(model)
