"""Sandboxes of restored backups: opened on a host, asked read-only, found again by their files alone, and closed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from console.backup.face import EngineTrouble, Order
from console.domain.backup import Backup, SandboxSeen, WalHeld
from console.domain.backup_policy import BackupPolicy, RepositorySpec
from console.domain.cluster import ClusterSpec
from console.domain.plan import Pairs
from console.domain.restore import Chosen
from console.domain.text import shown
from console.domain.wal import Lsn
from console.postgres import restore_checks, restore_facts, restore_verbs
from console.postgres.restore_checks import Rows
from console.postgres.restore_facts import Listed
from console.postgres.restore_verbs import SandboxAt
from console.recovery.sandbox_watch import Reached, RecoveryWanted, SandboxTrouble, watch_recovery
from console.ssh.hosts import Hosts, Said
from console.ssh.long_acts import end_long, run_long, runs_long

INSPECT: Final = "inspect"
PROOF: Final = "proof"
INSPECT_LIFE_SECONDS: Final = 14 * 86_400.0  # then it ends by itself, whatever became of the console
PROOF_LIFE_SECONDS: Final = 24 * 3600.0
SHORT_SECONDS_MAX: Final = 30.0
START_SECONDS_MAX: Final = restore_verbs.READY_SECONDS_MAX + 30.0
CLOSE_SECONDS_MAX: Final = 900.0
NETWORK_FACT: Final = "wal_by_network"  # 'yes' among the facts of a lay-out: its restore_command needs a network

ToldProgress = Callable[[str, int | None, int | None], object]  # phase, done and all of it, in bytes or segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a sandbox is to be. `id`: lower-case letters, digits, hyphens; the same for the same work.

    `chain`: the full backup first; the last one is what is restored. `chosen` None: to the end of the backup.
    `order`: from the engine's `lay_out`, for the directory that `place_of(…).data` names.
    `held`: the WAL of the repository, against which 'latest' is proven; None: it can't be.
    `engine`: the console that opens it, by an id that the next engine of the same home has too.
    """

    id: str
    root: str
    order: Order
    chain: tuple[Backup, ...]
    chosen: Chosen | None
    held: WalHeld | None
    target: str  # in words that a person gave
    by: str
    opened_at: datetime
    purpose: str = INSPECT
    engine: str = ""
    life_seconds: float = INSPECT_LIFE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a sandbox is worked on. `run_order` runs an order supervised to its end, its output in `stdout`; cancelled in
    the middle it raises SandboxTrouble('cancelled'). `stopping` is asked between looks.

    `ticks` in seconds; `pause` waits that long.
    """

    hosts: Hosts
    run_order: Callable[[Order], Said]
    ticks: Callable[[], float]
    pause: Callable[[float], object]
    progress: ToldProgress = field(default=lambda _phase, _done, _all: None)
    stopping: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A sandbox that stands at its target, in recovery, and what was measured on the way."""

    at: SandboxAt
    reached: Reached
    machine: str
    isolation: str  # 'network-and-files', 'network', 'files', 'none'
    version: int | None
    lay_out_seconds: float
    recovery_seconds: float
    socket: str


def supervised(
    hosts: Hosts, *, ticks: Callable[[], float], pause: Callable[[float], object], stopping: Callable[[], bool]
) -> Callable[[Order], Said]:
    """The plain way to run orders: followed to their end, ended and cleaned up after when `stopping` says so."""

    def run(order: Order) -> Said:
        def wait(seconds: float) -> None:
            if stopping():
                raise SandboxTrouble("cancelled", order.node)
            pause(seconds)

        try:
            return run_long(hosts, order.node, order.name, order.script, ticks=ticks, pause=wait)
        except SandboxTrouble:
            end_long(hosts, order.node, order.name)
            if order.cancel:
                hosts.run(order.node, order.cancel, seconds_max=CLOSE_SECONDS_MAX)
            raise

    return run


def root_of(policy: BackupPolicy, repository: RepositorySpec) -> str:
    """The directory of the sandboxes of a repository: the policy's, else beside the repository."""
    if policy.sandbox_directory:
        return policy.sandbox_directory
    path = repository.path.rstrip("/")
    return f"{path}.sandboxes" if path else "/var/tmp/ledger-console-sandboxes"


def place_of(spec: ClusterSpec, *, node: str, root: str, id: str, bin_directory: str = "") -> SandboxAt:  # noqa: A002
    """Where a sandbox lies; `data` of it is the directory for the engine's `lay_out`. Raises ValueError."""
    return SandboxAt(
        node=node, id=id, root=root, bin_directory=bin_directory, user=spec.change.admin_user, database=spec.database
    )


def open_sandbox(spec: ClusterSpec, opening: Opening, ways: Ways) -> Opened:
    """Lay the chain out, start it closed, recover to the target, and prove that it was reached.

    Raises SandboxTrouble; then nothing of it is left, neither files nor processes. Where even taking it away failed,
    the trouble's `left` says so, and `list_sandboxes` finds it.
    """
    at = place_of(spec, node=opening.order.node, root=opening.root, id=opening.id)
    try:
        return _opened(spec.name, at, opening, ways)
    except BaseException as failed:
        try:
            close_sandbox(ways.hosts, at)
        except SandboxTrouble as stays:
            if isinstance(failed, SandboxTrouble):
                failed.left = stays.detail or stays.reason
        raise


def _opened(cluster: str, at: SandboxAt, opening: Opening, ways: Ways) -> Opened:
    backup = opening.chain[-1]
    about: Pairs = (
        ("id", opening.id), ("purpose", opening.purpose), ("opened_at", opening.opened_at.isoformat()),
        ("backup", backup.id), ("repository", backup.repository), ("target", opening.target), ("by", opening.by),
        ("order", opening.order.name), ("user", at.user), ("database", at.database),
        ("cluster", cluster), ("engine", opening.engine),
    )  # fmt: skip
    _fine(ways.hosts.run(at.node, restore_verbs.prepare(at, about), seconds_max=SHORT_SECONDS_MAX), at)
    began = ways.ticks()
    ways.progress("laying-out", None, None)
    if ways.stopping():
        raise SandboxTrouble("cancelled", at.node)
    try:
        said = ways.run_order(opening.order)
    except EngineTrouble as trouble:
        raise SandboxTrouble(trouble.reason, trouble.node, trouble.detail) from trouble
    facts = dict(restore_checks.facts_of(said.stdout.decode("utf-8", "replace")))
    if not said.fine:
        raise SandboxTrouble(facts.get("reason") or "not-laid-out", at.node, facts.get("detail") or said.words())
    restore_command, bin_directory = facts.get("restore_command", ""), facts.get("bin_directory", "")
    if not restore_command or not bin_directory:
        raise SandboxTrouble("not-laid-out", at.node, "the lay-out names no restore_command or bin_directory")
    laid_out_at = ways.ticks()
    at = SandboxAt(node=at.node, id=at.id, root=at.root, bin_directory=bin_directory, user=at.user,
                   database=at.database)  # fmt: skip
    ways.progress("recovering", None, None)
    wanted = RecoveryWanted(backup=backup, chosen=opening.chosen, held=opening.held)
    start = restore_verbs.start(
        at, restore_command=restore_command, settings=wanted.settings(), life_seconds=opening.life_seconds,
        network=facts.get(NETWORK_FACT) == "yes",
    )  # fmt: skip
    told: dict[str, str] = {}

    def begin() -> None:
        """Once more where the control file has learnt that recovery needs more than it was started with."""
        started = _fine(ways.hosts.run(at.node, start, seconds_max=START_SECONDS_MAX), at)
        told.update(dict(restore_checks.facts_of(started.stdout.decode("utf-8", "replace"))))

    begin()
    kept = (("bin_directory", bin_directory), ("isolation", told.get("isolation", "none")))
    _fine(ways.hosts.run(at.node, restore_verbs.note(at, "started", kept), seconds_max=SHORT_SECONDS_MAX), at)
    reached = watch_recovery(
        ways.hosts, at, wanted, begin=begin, ticks=ways.ticks, pause=ways.pause, progress=ways.progress,
        stopping=ways.stopping,
    )  # fmt: skip
    note_reached(ways.hosts, at, reached, None)
    version = told.get("version", "")
    return Opened(
        at=at, reached=reached, machine=shown(told.get("machine", "")), isolation=told.get("isolation", "none"),
        version=int(version) if version.isascii() and version.isdigit() else None, socket=told.get("socket", ""),
        lay_out_seconds=laid_out_at - began, recovery_seconds=ways.ticks() - laid_out_at,
    )  # fmt: skip


def note_reached(hosts: Hosts, at: SandboxAt, reached: Reached, head: int | None) -> None:
    """Keep beside it what it stands at, so that who lists it need not ask it. Raises SandboxTrouble."""
    lines = (
        ("position", str(reached.position)), ("timeline", str(reached.timeline or "")),
        ("head", "" if head is None else str(head)),
        ("last_commit", "" if reached.last_commit is None else reached.last_commit.isoformat()),
    )  # fmt: skip
    _fine(hosts.run(at.node, restore_verbs.note(at, "reached", lines), seconds_max=SHORT_SECONDS_MAX), at)


def list_sandboxes(hosts: Hosts, node: str, root: str) -> tuple[SandboxSeen, ...]:
    """Every sandbox below a directory of a host, half-made ones too, proofs' ones too. Raises SandboxTrouble."""
    return tuple(_seen(node, root, one) for one in _listed(hosts, node, root))


def _listed(hosts: Hosts, node: str, root: str) -> tuple[Listed, ...]:
    said = hosts.run(node, restore_verbs.listing(root), seconds_max=SHORT_SECONDS_MAX)
    if not said.fine:
        raise SandboxTrouble("host-silent" if said.refused else "not-readable", node, said.words())
    return restore_facts.read_listing(said.stdout)


def _seen(node: str, root: str, one: Listed) -> SandboxSeen:
    at = SandboxAt(node=node, id=one.id, root=root)
    try:
        opened_at = datetime.fromisoformat(one.fact("opened_at"))
    except ValueError:
        opened_at = datetime.fromtimestamp(0, UTC)  # cut short before anything was written of it
    try:
        position = Lsn.parse(one.fact("position")) if one.fact("position") else None
    except ValueError:
        position = None
    return SandboxSeen(
        id=one.id, node=node, directory=at.directory, socket=one.fact("socket"), port=restore_verbs.PORT,
        opened_at=opened_at if opened_at.tzinfo else opened_at.replace(tzinfo=UTC), backup=one.fact("backup"),
        repository=one.fact("repository"), target=one.fact("target"), position=position,
        timeline=_whole(one.fact("timeline")), head_number=_whole(one.fact("head")),
        running=one.fact("running") == "yes",
    )  # fmt: skip


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def found_at(hosts: Hosts, node: str, root: str, id: str) -> SandboxAt:  # noqa: A002
    """Where a sandbox that somebody opened lies, by its own files. Raises SandboxTrouble where there is none."""
    one = next((each for each in _listed(hosts, node, root) if each.id == id), None)
    if one is None:
        raise SandboxTrouble("no-sandbox", node, shown(id))
    return SandboxAt(
        node=node, id=id, root=root, bin_directory=one.fact("bin_directory"), user=one.fact("user") or "postgres",
        database=one.fact("database") or "postgres",
    )  # fmt: skip


def ask_sandbox(spec: ClusterSpec, hosts: Hosts, at: SandboxAt, sql: str) -> Rows:
    """One SELECT of a person's, read-only, with limits on rows, bytes and seconds. Never raises for what it meets.

    `at` from `found_at`, or from what `open_sandbox` gave.
    """
    wrong = restore_checks.question_mistake(sql)
    if wrong:
        return Rows(trouble=wrong)
    schemas = ("public",) if spec.ledger is None else (spec.ledger, "public")
    script = restore_checks.question(at, sql, schemas=schemas)
    said = hosts.run(at.node, script, seconds_max=restore_checks.ROWS_SECONDS_MAX + 15.0)
    if not said.fine:
        facts = dict(restore_checks.facts_of(said.stdout.decode("utf-8", "replace")))
        return Rows(trouble=facts.get("refused") or said.words())
    return restore_checks.read_rows(said.stdout, said.stderr)


def close_sandbox(hosts: Hosts, at: SandboxAt) -> None:
    """End what still works on it, stop it, prove that nothing runs, and take its directory away; any number of times.

    Raises SandboxTrouble where something stays.
    """
    one = next((each for each in _listed(hosts, at.node, at.root) if each.id == at.id), None)
    for name in act_names(at, one):
        ended = end_long(hosts, at.node, name)
        if not ended.fine:
            raise SandboxTrouble("still-running", at.node, ended.words())
    said = hosts.run(at.node, restore_verbs.tear_down(at), seconds_max=CLOSE_SECONDS_MAX)
    _fine(said, at)


def act_names(at: SandboxAt, one: Listed | None) -> tuple[str, ...]:
    """The supervised acts that may work on it: its lay-out and its checks."""
    order = "" if one is None else one.fact("order")
    return (*((order,) if order else ()), act_name(at, "pages"), act_name(at, "indexes"))


def act_name(at: SandboxAt, what: str) -> str:
    """The name of a supervised act on a sandbox."""
    return f"sandbox:{at.id}:{what}"


def end_proofs(
    hosts: Hosts, node: str, root: str, *, cluster: str, engine: str, live: Callable[[], tuple[str, ...]]
) -> tuple[str, ...]:
    """Close what proofs of this cluster and this console have left behind on a host; the ids that were closed.

    Others open theirs below the same directory: those are not ours to end. Nor are those that are `live`, which is
    asked right before each, nor those on which a supervised order still works. Raises SandboxTrouble.
    """
    closed = []
    for one in _listed(hosts, node, root):
        ours = (one.fact("cluster"), one.fact("engine")) == (shown(cluster), shown(engine))
        at = SandboxAt(node=node, id=one.id, root=root)
        if not ours or not engine or one.fact("purpose") != PROOF or _worked_on(hosts, at, one) or one.id in live():
            continue
        close_sandbox(hosts, at)
        closed.append(one.id)
    return tuple(closed)


def _worked_on(hosts: Hosts, at: SandboxAt, one: Listed) -> bool:
    """Does a supervised order work on it now? One whose host does not say counts as one that does."""
    return any(runs_long(hosts, at.node, name) is not False for name in act_names(at, one))


def _fine(said: Said, at: SandboxAt) -> Said:
    if said.fine:
        return said
    facts = dict(restore_checks.facts_of(said.stdout.decode("utf-8", "replace")))
    reason = "host-silent" if said.refused else "too-slow" if said.timed_out else facts.get("refused", "not-started")
    raise SandboxTrouble(reason, at.node, said.words())
