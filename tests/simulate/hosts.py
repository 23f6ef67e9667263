"""The hosts of a simulated cluster as a console reaches them, the journal that outlives engines, and what cuts both."""

import re
from collections.abc import Mapping

from console.domain.plan import Act, Claim, Operation, Pairs, Plan
from console.domain.proofs import fill
from console.domain.run import Entry
from console.domain.run_story import Story, story_of
from console.recovery import lock
from console.ssh.hosts import Said
from tests.simulate import acting, restoring
from tests.simulate.cluster import Cluster, Node
from tests.simulate.looking import SILENT_SECONDS, SimulatedLooks

LATENCY_SECONDS = 0.02

_INNER = re.compile(r"\n\(\n(.*)\n\) 9>&-\n\Z", re.DOTALL)
_GUARD = re.compile(r'if \[ "\$t" != (\d+) \] \|\| \[ "\$o" != (\S+) \]; then echo "guard other-term')
_LATE = re.compile(r'\[ "\$u" -gt (\d+) \]; then echo "guard too-late')
_MACHINE = re.compile(r'\[ "\$m" = ([0-9a-f]{32}) \]')
_TAKE = re.compile(r'if \[ "\$t" -ge (\d+) \] && ! \{ \[ "\$t" = \d+ \] && \[ "\$o" = (\S+) \]; \}; then')
_BREAKS = re.compile(r'if \[ ([01]) = 1 \] && \[ "\$o" != ')
_RENEW = re.compile(r'^\[ "\$t" = (\d+) \] && \[ "\$o" = (\S+) \] \|\| ', re.MULTILINE)
_RELEASE = re.compile(r'^if \[ "\$t" = (\d+) \] && \[ "\$o" = (\S+) \]; then printf', re.MULTILINE)
_SUMS = re.compile(r"sha256sum -c --quiet -")


class Killed(BaseException):
    """The engine is gone, at this very instant."""


class Knife:
    """Where an engine is cut, and what becomes of its commands. This one does nothing; plays have their own."""

    def wrote(self, number: int, *, after: bool) -> None:
        """The journal's line of this number is about to be written, or was."""

    def sending(self, number: int, script: str) -> str:  # noqa: ARG002 - other knives look at them
        """What becomes of this command: '' (it runs, its answer comes), never, unheard, half, late:SECONDS."""
        return ""

    def sent(self, number: int) -> None:
        """The command has run, or not, and its answer is about to come."""


class Journal:
    """A run's journal: it outlives the engines that write it, all but what was to be written soon."""

    def __init__(self, cluster: Cluster, knife: Knife) -> None:
        self._cluster = cluster
        self.knife = knife
        self.entries: list[Entry] = []
        self.story: Story = story_of(())
        self._unwritten: list[Entry] = []

    def write(self, step: str, word: str, detail: Pairs = ()) -> None:
        self.write_several(((step, word, detail),))

    def write_several(self, lines: tuple[tuple[str, str, Pairs], ...], *, soon: bool = False) -> None:
        for step, word, detail in lines:
            at, number = self._cluster.moment().utc, self.story.number + 1
            entry = Entry(run="run", number=number, at=at, step=step, word=word, detail=detail)
            self._unwritten.append(entry)
            self.story.tell(entry)
            said = " ".join(f"{n}={v}" for n, v in detail if v)
            self._cluster.say(f"    {step or '-'} {word} {said[:150]}")
        if not soon:
            self.flush()

    def flush(self) -> None:
        """All or none, as the store does it: the knife cuts before the first, or after the last."""
        for entry in self._unwritten:
            self.knife.wrote(entry.number, after=False)
        written, self._unwritten = self._unwritten, []
        self.entries += written
        for entry in written:
            self.knife.wrote(entry.number, after=True)

    def opened(self) -> None:
        """A new engine finds what is on disk."""
        self._unwritten = []
        self.story = story_of(self.entries)

    def state(self, step: str) -> str:
        return self.story.state(step)

    def acted(self, step: str) -> bool:
        return self.story.acted(step)

    def known(self) -> Mapping[str, str]:
        return self.story.known


class SimulatedHosts:
    """Where a console's scripts run: each is told by its own text, and its guard is asked on the node."""

    def __init__(self, cluster: Cluster, looks: SimulatedLooks, plan: Plan, journal: Journal) -> None:
        self._cluster, self._looks, self._plan, self._journal = cluster, looks, plan, journal
        self.instant = False  # a renewal beside a run: it takes no time of the run's
        self.commands = 0
        self._supervised = False
        looks.hosts = self

    def plays(self, plan: Plan) -> None:
        """Of which plan the scripts are that will come."""
        self._plan = plan

    def address(self, node: str) -> str | None:
        return self._cluster.nodes[node].address

    def close(self) -> None:
        """Nothing is kept."""

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        """As `SshHosts.run`; a script that the model does not know fails the simulation."""
        del seconds_max, stdin
        host = self._cluster.nodes[node]
        changes = _INNER.search(script) is not None or _TAKE.search(script) or _RELEASE.search(script)
        fate = ""
        if changes and not self.instant:
            self.commands += 1
            fate = self._journal.knife.sending(self.commands, script)
        if not self._looks.reaches(node):
            self._passes(SILENT_SECONDS)
            return Said(status=None, refused="silent: no answer")
        self._passes(LATENCY_SECONDS + host.slow_seconds)
        said = self._come_to(host, script, fate)
        self._passes(LATENCY_SECONDS)
        if changes and not self.instant:
            self._journal.knife.sent(self.commands)
        return said

    def run_long(self, node: str, script: str) -> Said:
        """An act that its host supervises: what has begun comes to its end, whatever becomes of who began it."""
        self._supervised = True
        try:
            return self.run(node, script, seconds_max=0.0)
        finally:
            self._supervised = False

    def _come_to(self, host: Node, script: str, fate: str) -> Said:
        if self._supervised and fate.startswith(("half", "late")):
            fate = "unheard"
        if fate == "never":
            return Said(status=None)
        if fate.startswith("late:"):
            when = self._cluster.now + float(fate[5:])
            self._cluster.at(when, lambda: self._late(host, script))
            return Said(status=None)
        said = self._run(host, script, half=fate == "half", patient=not self.instant)
        return Said(status=None) if fate in ("unheard", "half") else said

    def _late(self, host: Node, script: str) -> None:
        if host.powered:
            said = self._run(host, script, half=False, patient=False)
            self._cluster.say(f"a late command comes to {host.name}: {said.status} {said.stderr.decode()}")

    def _passes(self, seconds: float) -> None:
        if not self.instant:
            self._cluster.advance(seconds)

    # -- on the node --------------------------------------------------------------------------------------------

    def _run(self, host: Node, script: str, *, half: bool, patient: bool) -> Said:
        if found := _INNER.search(script):
            return self._guarded(host, script, found[1], half=half, patient=patient)
        if found := _TAKE.search(script):
            return self._take(host, int(found[1]), found[2], breaks=_BREAKS.search(script)[1] == "0")  # type: ignore[index]
        if found := _RENEW.search(script):
            return self._renew(host, int(found[1]), found[2])
        if found := _RELEASE.search(script):
            if (host.lock.term, host.lock.owner) == (int(found[1]), found[2]):
                host.lock.owner, host.lock.beat = "-", None
            return Said(status=0)
        if _SUMS.search(script):
            listed = [one.partition(":")[2] for one in self._journal.known()["rescue_segments"].split(",") if one]
            return Said(status=0 if all(one in host.kept for one in listed) else 1)
        return self._asked(host, script)

    def _asked(self, host: Node, script: str) -> Said:
        for step in self._plan.steps:
            for proof in step.proofs:
                if proof.claim in (Claim.HOOK_DONE, Claim.SCRIPT_HOLDS) and proof.arg("script") == script:
                    if self._plan.operation is Operation.RESTORE:
                        held = proof.node == host.name and restoring.holds(self._cluster, proof)
                        return Said(status=0 if held else 1)
                    off = not self._cluster.nodes[self._plan.subject].powered
                    return Said(status=0 if off else 1, stdout=b"off" if off else b"on")
        raise AssertionError(f"the model does not know this script: {script[:300]}")

    def _guarded(self, host: Node, script: str, inner: str, *, half: bool, patient: bool) -> Said:
        guard, late, machine = _GUARD.search(script), _LATE.search(script), _MACHINE.search(script)
        assert guard and late
        if host.flock_until > self._cluster.now:
            return Said(status=lock.BUSY, stderr=b"guard lock-busy")
        if machine is not None and machine[1] != host.machine:
            return Said(status=lock.OTHER_MACHINE, stderr=b"guard other-machine")
        if self._cluster.guard_of_term and (host.lock.term, host.lock.owner) != (int(guard[1]), guard[2]):
            return Said(status=lock.OTHER_TERM, stderr=f"guard other-term {host.lock.term} {host.lock.owner}".encode())
        if self._cluster.guard_of_time and self._cluster.uptime(host) * 100 > int(late[1]):
            return Said(status=lock.TOO_LATE, stderr=b"guard too-late")
        act = self._act_of(inner)
        known = dict(self._journal.known())
        ran = acting.Ran(cluster=self._cluster, node=host, known=known, patient=patient)
        boot, host.flock_until = host.boot, float("inf")
        self._cluster.say(f"  {host.name} does {act.verb.value} {dict(act.args) or ''}")
        for seconds in acting.pieces(act, ran):
            if half:
                break
            if patient:
                self._cluster.advance(seconds)
            if not host.powered or host.boot != boot:
                return Said(status=None)
        host.flock_until = 0.0
        told = "".join(f"fact {name} {value}\n" for name, value in ran.facts)
        return Said(status=ran.status, stdout=told.encode(), stderr=ran.error.encode())

    def _act_of(self, inner: str) -> Act:
        known = self._journal.known()
        for step in self._plan.steps:
            for act in (*step.acts, *step.undo):
                if act.script and (act.script.rstrip("\n") == inner or _filled(act.script, known) == inner):
                    return act
        raise AssertionError(f"no act of the plan has this script: {inner[-300:]}")

    def _take(self, host: Node, term: int, owner: str, *, breaks: bool) -> Said:
        now = host.lock
        if host.flock_until > self._cluster.now:
            return Said(status=lock.BUSY, stderr=b"guard lock-busy")
        if now.term >= term and (now.term, now.owner) != (term, owner):
            return Said(status=lock.OTHER_TERM, stderr=b"guard other-term")
        beat = now.beat
        fresh = beat is not None and beat[0] == now.term and now.boot == host.boot_id == beat[2]
        live = fresh and beat is not None and self._cluster.uptime(host) - beat[1] <= lock.LOCK_LIVE_SECONDS
        if live and now.owner != owner and not breaks:
            return Said(status=lock.STILL_HELD, stderr=b"guard lock-held")
        now.term, now.owner, now.boot = term, owner, host.boot_id
        now.beat = (term, self._cluster.uptime(host), host.boot_id)
        return Said(status=0)

    def _renew(self, host: Node, term: int, owner: str) -> Said:
        if (host.lock.term, host.lock.owner) != (term, owner):
            return Said(status=lock.OTHER_TERM)
        host.lock.beat = (term, self._cluster.uptime(host), host.boot_id)
        return Said(status=0)


def _filled(script: str, known: Mapping[str, str]) -> str:
    try:
        return fill(script, known).rstrip("\n")
    except KeyError:
        return ""
