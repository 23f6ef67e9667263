"""Reads a cluster's repositories: at a pace, after each piece of work, and when somebody asks; never in the poller."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from console.backup.face import BackupEngine, EngineMaker, EngineTrouble
from console.domain.backup import RepositorySeen, SandboxSeen
from console.domain.backup_policy import BackupPolicy, EngineName, RepositorySpec
from console.domain.cluster import ClusterSpec
from console.domain.reading import Moment
from console.recovery.sandbox import list_sandboxes, root_of
from console.recovery.sandbox_watch import SandboxTrouble
from console.ssh.hosts import SshHosts

READ_SECONDS: Final = 60.0
READ_AFTER_TROUBLE_SECONDS: Final = 20.0
ANEW_SECONDS_MAX: Final = 60.0  # whoever asks for a fresh reading waits no longer

log = logging.getLogger(__name__)


class Repositories:
    """The repositories of one cluster, as the inventory names them. Any thread may ask."""

    def __init__(
        self, spec: ClusterSpec, *, hosts: SshHosts, makers: dict[EngineName, EngineMaker], pool: ThreadPoolExecutor,
        clock: Callable[[], Moment], changed: Callable[[], None], before: "Repositories | None" = None,
    ) -> None:  # fmt: skip
        self.spec, self.hosts = spec, hosts
        self._makers, self._pool, self._clock, self._changed = makers, pool, clock, changed
        self._guard = threading.Lock()
        self._reading: dict[str, Future[None]] = {}
        self._read_ticks: dict[str, float] = {}
        policy = spec.backup
        self.specs: tuple[RepositorySpec, ...] = () if policy is None else policy.repositories
        self._boxes: dict[tuple[str, str], tuple[SandboxSeen, ...]] = {}
        known = {one.spec: one for one in before.seen()} if before is not None else {}
        self._seen = {one.name: known.get(one, RepositorySeen(spec=one, at=None)) for one in self.specs}

    def seen(self) -> tuple[RepositorySeen, ...]:
        """What was read last, in the policy's order."""
        with self._guard:
            return tuple(self._seen[one.name] for one in self.specs)

    def one(self, name: str) -> RepositorySeen | None:
        """One repository as it was read last; the first for an empty name."""
        wanted = name or (self.specs[0].name if self.specs else "")
        with self._guard:
            return self._seen.get(wanted)

    def sandboxes(self) -> tuple[SandboxSeen, ...]:
        """The restored copies that lie on the backup hosts, as they were listed last."""
        with self._guard:
            return tuple(one for boxes in self._boxes.values() for one in boxes)

    def places_of_sandboxes(self) -> tuple[tuple[str, str], ...]:
        """Where they may lie: node and directory."""
        policy = self.spec.backup or BackupPolicy()
        return tuple(dict.fromkeys((one.node, root_of(policy, one)) for one in self.specs))

    def engine(self, name: str, hosts: SshHosts | None = None) -> BackupEngine:
        """The engine of a repository, on other hosts where those are given. Raises EngineTrouble."""
        spec = next((one for one in self.specs if one.name == (name or self.specs[0].name)), None)
        if spec is None:
            raise EngineTrouble("no-repository", self.spec.name, name)
        maker = self._makers.get(spec.engine)
        if maker is None:
            raise EngineTrouble("no-engine", spec.node, spec.engine.value)
        return maker(spec, self.spec, hosts or self.hosts)

    def look(self) -> None:
        """Begin to read what is due; waits for nothing."""
        ticks = self._clock().ticks
        for spec in self.specs:
            with self._guard:
                last = self._read_ticks.get(spec.name)
                pace = READ_AFTER_TROUBLE_SECONDS if self._seen[spec.name].trouble else READ_SECONDS
            if last is None or ticks - last >= pace:
                self.begin(spec.name)

    def begin(self, name: str) -> Future[None]:
        """Read it, in the pool; the reading that is under way where there is one."""
        with self._guard:
            running = self._reading.get(name)
            if running is not None:
                return running
            self._read_ticks[name] = self._clock().ticks
            made = self._pool.submit(self._read, name)
            self._reading[name] = made
            return made

    def anew(self, name: str = "") -> None:
        """Wait until everything (or one repository) was read after this call, at most ANEW_SECONDS_MAX."""
        wanted = [one.name for one in self.specs if not name or one.name == name]
        for running in [self._running(one) for one in wanted]:
            _wait(running)  # what is under way may have begun before what the caller wants to see
        for future in [self.begin(one) for one in wanted]:
            _wait(future)

    def _running(self, name: str) -> Future[None] | None:
        with self._guard:
            return self._reading.get(name)

    def _read(self, name: str) -> None:
        spec = next(one for one in self.specs if one.name == name)
        try:
            seen = self._asked(spec)
            self._list_sandboxes(spec)
        finally:
            with self._guard:
                self._reading.pop(name, None)
        with self._guard:
            self._seen[name] = seen
        self._changed()

    def _asked(self, spec: RepositorySpec) -> RepositorySeen:
        now = self._clock().utc
        try:
            return self.engine(spec.name).read(now)
        except EngineTrouble as trouble:
            reason, detail = trouble.reason, trouble.detail
        except Exception as error:  # a poll round: what a repository says must not end the watch over the others
            log.exception("%s: repository %s can't be read", self.spec.name, spec.name)
            reason, detail = "nonsense", f"{type(error).__name__}: {error}"
        with self._guard:
            before = self._seen[spec.name]
        # What was read before still stands there: a silent host takes nothing away.
        return replace(before, trouble=reason, detail=detail)

    def _list_sandboxes(self, spec: RepositorySpec) -> None:
        place = (spec.node, root_of(self.spec.backup or BackupPolicy(), spec))
        try:
            found = list_sandboxes(self.hosts, *place)
        except SandboxTrouble as trouble:
            log.debug("%s: sandboxes of %s are not listed: %s", self.spec.name, place, trouble)
            return
        with self._guard:
            self._boxes[place] = found

    def close(self) -> None:
        self.hosts.refuse()
        self.hosts.close()


def _wait(future: Future[None] | None) -> None:
    if future is None:
        return
    try:
        future.result(timeout=ANEW_SECONDS_MAX)
    except TimeoutError:
        log.warning("a repository was not read within %g s", ANEW_SECONDS_MAX)
