"""What changes left on the nodes of a cluster: found, judged, and removed under the cluster's lock."""

import shlex
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.left import LeftAbout, LeftKind, LeftOver, LeftPicture, LeftRead, judge_left
from console.domain.plan import Act, Verb
from console.domain.reading import Moment
from console.domain.situation import Facts, NodeFacts
from console.postgres import fence_verbs, rejoin_verbs, summarizer_verbs, verbs
from console.postgres.change_facts import LookAt, place_lines
from console.postgres.left_facts import LEFT_SECONDS_MAX, left_script, read_left
from console.postgres.verbs import ServerAt
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.recovery.look import Looks
from console.recovery.outage import place_of
from console.recovery.world import slot_of
from console.ssh.hosts import Hosts, at_once
from console.ssh.supervise import Standing, look_command, read_state, remove_command

REMOVE_SECONDS_MAX: Final = 60.0
# Whose files are removed by name; all else has an act of its own, or goes with one.
_PLAIN: Final = (
    LeftKind.LOGIN, LeftKind.KEPT_SETTING, LeftKind.LOG_PLACE, LeftKind.SERVER_LOG, LeftKind.FENCE, LeftKind.REJOIN,
    LeftKind.CONFIGURATION, LeftKind.SCRATCH, LeftKind.SANDBOX, LeftKind.RESCUED, LeftKind.KEPT_WAL,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What a removal came to. `refused`: the word for why nothing was begun; then all else is empty."""

    removed: tuple[LeftOver, ...] = ()
    failed: tuple[tuple[LeftOver, str], ...] = ()
    left: tuple[LeftOver, ...] = ()
    not_asked: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One round of questions: what every node is, and what lies on it."""

    facts: Facts
    reads: tuple[LeftRead, ...]
    not_asked: tuple[tuple[str, str], ...]


class LeftLooks:
    """Looks for what was left on the nodes of one cluster. Nothing is changed by it."""

    def __init__(self, spec: ClusterSpec, hosts: Hosts, looks: Looks) -> None:
        self._spec, self._hosts, self._looks = spec, hosts, looks

    def ask(self) -> Asked:
        """Every node, side by side; a node that does not answer is named with its trouble."""
        facts = self._looks.look()
        names = [name for name, node in facts.items() if node.reached]
        return self._made(facts, at_once(names, self._one))

    def ask_within(self, seconds: float) -> Asked:
        """What answers within that time; the rest goes on unheard, each question up to its own limit."""
        names = [node.name for node in self._spec.nodes]
        pool = ThreadPoolExecutor(max(1, len(names)), thread_name_prefix="left")
        asked = {name: pool.submit(self._both, name) for name in names}
        wait(asked.values(), timeout=seconds)
        pool.shutdown(wait=False)
        done = {name: one.result() for name, one in asked.items() if one.done()}
        facts = {name: both[0] for name, both in done.items()}
        made = self._made(facts, {name: both[1] for name, both in done.items()})
        late = tuple((name, "no answer in time") for name in names if name not in done)
        return replace(made, not_asked=(*made.not_asked, *late))

    def _both(self, name: str) -> tuple[NodeFacts, LeftRead | str]:
        facts = self._looks.look((name,))[name]
        return facts, self._one(name) if facts.reached else facts.trouble

    def _made(self, facts: Facts, found: Mapping[str, LeftRead | str]) -> Asked:
        reads = tuple(one for one in found.values() if isinstance(one, LeftRead))
        troubles = {name: one for name, one in found.items() if isinstance(one, str)}
        not_asked = tuple((name, troubles.get(name) or node.trouble) for name, node in facts.items()
                          if name in troubles or not node.reached)  # fmt: skip
        return Asked(facts=facts, reads=_once(reads, facts), not_asked=not_asked)

    def _one(self, name: str) -> LeftRead | str:
        at = self._looks.at(name)
        said = self._hosts.run(name, left_script(at, cluster=self._spec.name, client=place_of(self._spec)),
                              seconds_max=LEFT_SECONDS_MAX)  # fmt: skip
        if said.refused or said.timed_out:
            return said.words()
        try:
            read = read_left(at, said.stdout)
        except ValueError as error:
            return f"{error}"
        return replace(read, running=tuple(self._running(name, read)))

    def _running(self, name: str, read: LeftRead) -> Iterable[str]:
        """The supervised commands that have not ended; one whose state can't be read counts as running."""
        for one in read.files:
            if one.place != "supervised":
                continue
            command = look_command(one.name, offset=None, log_bytes=0)
            said = self._hosts.run(name, shlex.join(command.argv), seconds_max=LEFT_SECONDS_MAX)
            try:
                standing = read_state(one.name, said.stdout).standing if said.fine else Standing.RUNNING
            except ValueError:
                standing = Standing.RUNNING
            if standing is Standing.RUNNING:
                yield one.name


def _once(reads: tuple[LeftRead, ...], facts: Facts) -> tuple[LeftRead, ...]:
    """Nodes that share a host see the same files there: each is told of once."""
    seen: set[tuple[str, str]] = set()
    found = []
    for read in reads:
        host = facts[read.node].machine_id or read.node
        files = tuple(one for one in read.files if (host, one.path) not in seen)
        seen |= {(host, one.path) for one in files}
        found.append(replace(read, files=files))
    return tuple(found)


def about_of(
    spec: ClusterSpec, asked: Asked, *, unended: Iterable[str], left_behind: Iterable[str],
    changed: Iterable[tuple[str, str]], console: str, at: Callable[[str], ServerAt | None],
) -> LeftAbout:  # fmt: skip
    """What the judgement of each node's things needs to know of the cluster."""
    streaming: dict[str, str] = {}
    for name, node in asked.facts.items():
        for sender in node.server.senders if node.server is not None else ():
            follower = next((one.name for one in spec.nodes if slot_of(one.name) == slot_of(sender.name)), None)
            if follower is not None and sender.state == "streaming":
                streaming[follower] = name
    writable = [name for name, node in asked.facts.items() if node.writable]
    primary = at(writable[0]) if len(writable) == 1 else None
    return LeftAbout(
        unended=tuple(unended), left_behind=frozenset(left_behind), streaming=streaming, changed=frozenset(changed),
        console=console,
        primary_at="" if primary is None else f"{primary.address}:{primary.port}",
        owners={slot_of(node.name): node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES},
    )  # fmt: skip


def picture_of(spec: ClusterSpec, asked: Asked, about: LeftAbout, *, at: datetime) -> LeftPicture:
    """Everything on every node that answered, in the inventory's order."""
    things = [thing for read in asked.reads for thing in judge_left(read, asked.facts[read.node], about)]
    order = {node.name: place for place, node in enumerate(spec.nodes)}
    things.sort(key=lambda one: (order.get(one.node, len(order)), list(LeftKind).index(one.kind), one.where))
    return LeftPicture(cluster=spec.name, at=at, things=tuple(things), not_asked=asked.not_asked)


class Clearing:
    """Removes what may be removed, under the cluster's lock, each command behind its guard."""

    def __init__(
        self, spec: ClusterSpec, hosts: Hosts, looks: Looks, keeper: LockKeeper, hands: Hands, *,
        now: Callable[[], Moment], judged: Callable[[Asked], LeftAbout],
    ) -> None:  # fmt: skip
        self._spec, self._hosts, self._looks, self._keeper, self._hands = spec, hosts, looks, keeper, hands
        self._now, self._judged = now, judged
        self._left = LeftLooks(spec, hosts, looks)

    def clear(self) -> Cleared:
        """Look under the lock, remove, look again. The lock's own file stays: its term only grows."""
        # Asked before: under our own lock nobody sees any more whose hold was there.
        unended = self._judged(self._left.ask()).unended
        if unended:
            return Cleared(refused="run-not-ended", said=", ".join(unended))
        taken = self._keeper.take(break_live=False)
        if not taken.fine:
            return Cleared(refused=taken.refused or "no-majority", said=taken.said)
        try:
            before = self._picture(locked=True)
            wanted = [one for one in before.things if one.removable and one.kind is not LeftKind.LOCK]
            said = self._removed(wanted)
        finally:
            self._keeper.release()
        after = self._picture(locked=False)
        there = {(one.node, one.kind, one.where) for one in after.things}
        silent = dict(after.not_asked)
        gone, failed = [], []
        for one in wanted:
            if (one.node, one.kind, one.where) in there or one.node in silent:
                failed.append((one, said.get(one.node) or silent.get(one.node, "") or "it is still there"))
            else:
                gone.append(one)
        return Cleared(removed=tuple(gone), failed=tuple(failed), left=after.things, not_asked=after.not_asked)

    def _picture(self, *, locked: bool) -> LeftPicture:
        asked = self._left.ask()
        about = self._judged(asked)
        picture = picture_of(self._spec, asked, about, at=self._now().utc)
        if not locked:
            return picture
        # The lock is ours at this moment: that keeps nothing else from going.
        things = tuple(replace(one, stays="the-term-only-grows") if one.stays == "lock-is-live" else one
                       for one in picture.things)  # fmt: skip
        return replace(picture, things=things)

    def _removed(self, wanted: list[LeftOver]) -> dict[str, str]:
        """What each node said where something went wrong."""
        facts = self._looks.look()
        said: dict[str, str] = {}

        def one(name: str) -> None:
            at, server = self._looks.at(name), self._looks.server_at(name, facts[name])
            mine = [thing for thing in wanted if thing.node == name]
            for act in removal_acts(at, server, mine, running=facts[name].processes != 0):
                done = self._hands.act((act,), {})[0]
                if not done.fine:
                    said[name] = done.said or done.refused
                    return

        for name in dict.fromkeys(thing.node for thing in wanted):
            one(name)
        return said


def removal_acts(at: LookAt, server: ServerAt | None, things: list[LeftOver], *, running: bool) -> tuple[Act, ...]:
    """The acts that remove these things of one node. Settings and slots go before the files that they may need."""
    acts: list[Act] = []
    kinds = {one.kind for one in things}
    settings = {one.where for one in things if one.kind is LeftKind.SETTING}
    if server is not None:
        if "restore_command" in settings:
            acts.append(fence_verbs.rescue_take_back(server))
        if "primary_conninfo" in settings:
            acts.append(verbs.uncut(server))
        if "summarize_wal" in settings:
            acts.append(summarizer_verbs.summarizer_back(server))
        slots = tuple(one.where for one in things if one.kind is LeftKind.SLOT)
        if slots:
            acts.append(verbs.drop_slots(server, slots))
        if any(one.kind is LeftKind.KEPT_SETTING and ".archive_" in one.where for one in things):
            acts.append(rejoin_verbs.tidy(server))
        if LeftKind.COPY in kinds:
            acts.append(rejoin_verbs.drop_copy(server))
        if LeftKind.OLD_DATA in kinds:
            acts.append(rejoin_verbs.drop_old(server))
    for one in things:
        if one.kind is LeftKind.SUPERVISED:
            name = one.where.rpartition("/")[2]
            script = shlex.join(remove_command(name).argv)
            acts.append(Act(verb=Verb.TIDY, node=at.node, args=(("supervised", name),), script=script))
    plain = [one.where for one in things if one.kind in _PLAIN]
    if plain:
        acts.append(_files_act(at, plain, running=running))
    return tuple(acts)


def _files_act(at: LookAt, paths: list[str], *, running: bool) -> Act:
    """Remove files and directories by their whole paths; each has to lie where we lay things, and nothing else does."""
    lines = ["LC_ALL=C; export LC_ALL; cd /", *place_lines(at.lock_key, at.data_directory)]
    lines.append(f"D={shlex.quote((at.data_directory or '').rstrip('/'))}")
    opts = [path for path in paths if path.endswith(".opts")]
    if opts and not running and at.data_directory is not None:
        # A closed start was cut: the options by which the server is started are put back, not thrown away.
        lines.append('if [ -s "$L/$K.opts" ]; then cp -p "$L/$K.opts" "$D/postmaster.opts" || exit 1; fi')
    lines.append(f"for f in {' '.join(shlex.quote(path) for path in paths)}; do")
    lines.append(
        'case "$f" in *..*) exit 9;; "$L/$K".*|/var/tmp/lcr.*|*/ledger-console-kept/*) ;; '
        '*) { [ -n "$D" ] && case "$f" in "$D".rescue|"$D".kept-wal.*) true;; *) false;; esac; } || exit 9;; esac'
    )
    lines.append('rm -rf -- "$f" || exit 1; done')
    return Act(
        verb=Verb.TIDY, node=at.node, args=(("files", str(len(paths))),), script="\n".join(lines) + "\n", long=False
    )

