"""Real runs on a live lab, as the judge was given them: recorded by `python -m tests.simulate.day_record DIR FILE`."""

import gzip
import math
import random
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import CLOCK_MONOTONIC, clock_gettime, monotonic
from types import SimpleNamespace
from typing import Any, Final

from console.domain.cluster import ClusterSpec, Inventory
from console.domain.fleet import ClusterView
from console.domain.guards import BackupsNow, Known, LockNow, judge
from console.domain.health import judge_cluster, with_death
from console.domain.node_health import judge_node
from console.domain.observation import Observation
from console.domain.reading import Moment
from console.domain.verdict import Health, Verdict
from console.domain.witnesses import silence_of, standing
from console.engine.guarding import Episode, Guarding, OwnState, death_of, episode_after, last_seen_of
from console.engine.standing import StandingFacts
from console.engine.vigil_ground import Board
from console.lab.desk import lab_cluster, lab_fault, lab_mend
from console.monitor.cluster_watch import ClusterWatch
from console.monitor.poller import Poller
from console.monitor.postgres_watch import Tools
from console.ssh.hostkeys import HostKeyStore
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from console.store.values import decoder, kept
from tests.live import live_lab, wait_for
from tests.simulate.day_watch import policies

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "recorded_runs.jsonl.gz"
KEPT_SECONDS: Final = 1.0  # a picture that says nothing new is kept so seldom
AFTER_SECONDS: Final = 2.5  # a run goes on for so long after its verdict
LONG_AGO: Final = -1e12
FAULTS: Final = (
    "kill lab-1", "kill-postmaster lab-1", "stop lab-1", "freeze lab-1", "ssh-down lab-1", "disk-full lab-1",
    "kill lab-2", "kill-postmaster lab-2", "stop lab-2", "freeze lab-2", "ssh-down lab-2", "replay-pause lab-2",
    "kill lab-3", "stop lab-3", "freeze lab-3", "ssh-down lab-3", "replay-pause lab-3", "ssh-down lab-vault",
    "kill lab-1", "kill-postmaster lab-1", "freeze lab-1", "stop lab-1",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One picture: what was given, and what was said. `findings`: cause, node, level. `acted`: policy and act."""

    run: str
    now: Moment
    spec: ClusterSpec | None  # with the first picture of a run
    observed: tuple[Observation, ...]
    last_primary: str | None
    identifier: str | None
    health: Health
    findings: tuple[tuple[str, str, str], ...]
    known: tuple[Known, ...]  # one for each policy
    acted: tuple[str, ...]


def named(verdict: Verdict) -> tuple[tuple[str, str, str], ...]:
    """What a verdict says, without its figures."""
    return tuple((f.cause.value, f.node or "", f.level.value if f.level else "") for f in verdict.findings)


def act_of(known: Known) -> str:
    """What would be done: an act, or nothing."""
    why = judge(known)
    return f"{why.act.value} {why.target}" if why.would_act and not why.hypothetical else ""


def judged(spec: ClusterSpec, one: Recorded) -> Verdict:
    """The verdict of the pure functions over what was recorded."""
    nodes, last = {seen.name: seen for seen in one.observed}, one.last_primary
    stands = None
    if last is not None and silence_of(nodes[last], one.now) is not None:
        stands = standing(spec, nodes, last, one.now)
    verdicts = {}
    for name, seen in nodes.items():
        verdict = judge_node(seen, spec=spec, now=one.now)
        if stands is not None and stands.level is not None and stands.primary == name:
            verdict = with_death(verdict, stands)
        verdicts[name] = verdict
    return judge_cluster(
        spec, nodes, verdicts, last_primary=last, now=one.now, known_identifier=one.identifier, stands=stands
    )


def read(file: Path = FILE) -> Iterable[Recorded]:
    """All pictures in their order."""
    reads = decoder(Recorded)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield reads.decode(line)


class _Clock:
    def ticks(self) -> float:
        return clock_gettime(CLOCK_MONOTONIC)

    def now(self) -> Moment:
        return Moment(datetime.now(UTC), self.ticks())


class Recorder:
    """Watches a lab with the real poller, and writes down what its judge was given."""

    def __init__(self, home: Path, spec: ClusterSpec, write: Callable[[Recorded], None]) -> None:
        self.clock, self.spec, self._write = _Clock(), spec, write
        self.run = ""
        self.view: ClusterView | None = None
        self._policies = policies()
        self._pool = ThreadPoolExecutor(8)
        self._last: tuple[str, tuple[tuple[str, str, str], ...], tuple[str, ...], float] = ("", (), (), 0.0)
        tools = Tools(
            sessions=Sessions(host_keys=HostKeyStore(home / "lab_known_hosts"), secrets=Secrets(), ask=None),
            pool=self._pool, clock=self.clock, writer="recorder", password=lambda _: None,
            wrong_password=lambda _: None, chance=random.Random(1),
        )  # fmt: skip
        self.poller = Poller(tools, seen=lambda *_: None)
        self.poller.watch(Inventory(clusters=(spec,)))
        found = self.poller.cluster(spec.name)
        assert found is not None
        watch, look = found, found.look
        ground: Any = SimpleNamespace(
            clock=lambda: self._now, poller=SimpleNamespace(cluster=lambda _: watch), board=Board()
        )
        began = self.clock.ticks()
        self._guarding = Guarding(ground, began=lambda: began)
        self._now = self.clock.now()

        def looked(now: Moment, *, serial: int) -> ClusterView:
            self._now, view = now, look(now, serial=serial)
            self._told(watch, view, now)
            return view

        watch.look = looked  # type: ignore[method-assign]
        self.poller.start()

    def stop(self) -> None:
        self.poller.stop()
        self._pool.shutdown()

    def _told(self, watch: ClusterWatch, view: ClusterView, now: Moment) -> None:
        known = tuple(self._known(one, watch, view, now) for one in self._policies)
        self.view, said = view, named(view.verdict)
        acted = tuple(act_of(one) for one in known)
        run, before, acts, at = self._last
        if not self.run or (run == self.run and before == said and acts == acted and now.ticks - at < KEPT_SECONDS):
            return
        self._last = (self.run, said, acted, now.ticks)
        self._write(Recorded(
            run=self.run, now=now, spec=self.spec if run != self.run else None, health=view.verdict.health,
            observed=tuple(
                replace(seen, void_ticks=LONG_AGO if seen.void_ticks == -math.inf else seen.void_ticks)
                for seen in watch._seen.values()
            ),
            last_primary=watch._last_primary, identifier=watch._identifier, findings=said, known=known, acted=acted,
        ))  # fmt: skip

    def _known(self, one: Any, watch: ClusterWatch, view: ClusterView, now: Moment) -> Known:
        found = death_of(view, last_seen_of(watch, now))
        episode: Episode | None = episode_after(one.episode, found, now, alive=view.primary is not None)
        one.episode = episode
        facts = StandingFacts(
            lock=LockNow(at=now.utc, read_on=4), backups=BackupsNow(at=now.utc, newest=now.utc), second_person=False,
            second_for_restart=False,
        )  # fmt: skip
        known = self._guarding.known(self.spec, view, OwnState(policy=one.policy, episode=episode), facts)
        hosts = tuple(replace(h, age_seconds=min(h.age_seconds, -LONG_AGO)) for h in known.hosts)
        return replace(known, hosts=hosts)


def _plain(text: str, places: tuple[tuple[str, str], ...]) -> str:
    """Without what tells of this machine."""
    for found, put in places:
        text = text.replace(found, put)
    text = re.sub(r'/(var/)?tmp/[^/"\s]+', "/lab", text)  # where a lab keeps its servers
    text = re.sub(r'"machine_id":"[0-9a-f]+"', f'"machine_id":"{"a" * 32}"', text)
    text = re.sub(r'"boot_id":"[0-9a-f-]+"', f'"boot_id":"{"b" * 36}"', text)
    text = re.sub(r'"become":"[^"]*"', '"become":null', text)
    text = re.sub(r'"fingerprint":"[^"]*"', '"fingerprint":null', text)
    return re.sub(r'"(host_name|system)":"[^"]*"', r'"\1":"lab"', text)


def record(directory: Path, file: Path, seconds_max: float) -> int:
    """So many of the faults as there is time for; how many."""
    made, end, guard = 0, monotonic() + seconds_max, threading.Lock()
    with live_lab(directory) as (home, lab), gzip.open(file, "wt", encoding="utf-8", compresslevel=9) as out:
        places = (
            (str(home.directory), "/lab"), (str(directory), "/lab"),
            (str(lab.bin_directory), "/usr/lib/postgresql/bin"),
            (socket.gethostname(), "lab"),
        )  # fmt: skip

        def write(one: Recorded) -> None:
            with guard:
                out.write(_plain(kept(one), places) + "\n")

        recorder = Recorder(directory, lab_cluster(lab), write)

        def healthy() -> bool:
            return recorder.view is not None and recorder.view.verdict.health is Health.HEALTHY

        try:
            for place, fault in enumerate(FAULTS):
                wait_for(healthy, "a healthy lab", seconds=60.0)
                if monotonic() > end:
                    break
                name, node = fault.split()
                recorder.run = f"{place + 1:02} {fault}"
                lab_fault(home, name, node)
                wait_for(lambda: not healthy(), f"a verdict on {fault}", seconds=20.0)
                until = monotonic() + AFTER_SECONDS
                wait_for(lambda until=until: monotonic() > until, "what follows", seconds=20.0)  # type: ignore[misc]
                lab_mend(home)
                made += 1
                sys.stdout.write(f"{recorder.run}\n")
                sys.stdout.flush()
        finally:
            recorder.run = ""
            recorder.stop()
    return made


if __name__ == "__main__":
    sys.exit(0 if record(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])) else 1)
