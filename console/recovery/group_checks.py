"""The checks that stand before a change under Patroni: what its group says, and who of its members could take over."""

from collections.abc import Iterable
from typing import Final

from console.domain.consensus import Danger, GroupView, Standing, Unfit
from console.domain.group_loss import group_loss, member_of
from console.domain.loss_preview import head_of
from console.domain.members import SyncMode
from console.domain.plan import Candidate, Checked, Loss, LossBasis, Outcome
from console.domain.situation import NodeFacts
from console.recovery import checks, failover
from console.recovery.world import World

# What no plan goes on with: elsewhere it is mended first.
GRAVE: Final = frozenset({Danger.SPLIT_BRAIN, Danger.NO_QUORUM, Danger.WRONG_CLUSTER})
_APART: Final = frozenset({Danger.NO_QUORUM, Danger.PAUSED})  # each is a check of its own
_WORDS: Final = {Unfit.SILENT: "patroni-silent"}


def old_holder(world: World) -> str | None:
    """Who leads, or led: who holds the key by its last word, else who was seen as primary last."""
    view = world.group
    if view is not None and view.holder is not None and view.holder in world.facts:
        return view.holder
    return failover.old_primary(world)


def holder_alive(world: World) -> bool:
    """Does the holder take writes, and does its own Patroni say so?"""
    view = world.group
    look = view.look(view.holder) if view is not None and view.holder is not None else None
    return look is not None and look.own is not None and look.writable is True


def group_of_world(world: World) -> GroupView:
    """The group's picture. ValueError where the cluster is none under Patroni."""
    if world.group is None:
        raise ValueError(f"{world.spec.name} is not under Patroni, or was not asked")
    return world.group


def standing_of(view: GroupView, node: str) -> Standing | None:
    return next((one for one in view.standings if one.node == node), None)


def member_state(world: World, node: str) -> str:
    """Patroni's own word for the state of a member; empty where the group knows of none."""
    known = member_of(group_of_world(world), node)
    return known.state if known is not None else ""


# -- candidates -------------------------------------------------------------------------------------------------------


def candidates(world: World, *, lost: bool) -> tuple[Candidate, ...]:
    """Every node but the holder, the best first. `lost`: for a failover, where a loss may be approved."""
    view, old = group_of_world(world), old_holder(world)
    found = []
    for node in world.postgres_nodes:
        if node.node == old:
            continue
        standing = standing_of(view, node.node)
        against = _against(world, view, node, standing)
        reasons = tuple(_WORDS.get(one, one.value) for one in standing.reasons) if standing is not None else ()
        approvable = standing is not None and standing.needs_approval and lost
        fit = not against and standing is not None and (standing.eligible or approvable)
        found.append(
            Candidate(
                node=node.node, eligible=fit, reasons=tuple(dict.fromkeys((*against, *reasons))),
                timeline=standing.timeline if standing is not None else None,
                position=standing.position if standing is not None else None,
                lag_bytes=standing.lag_bytes if standing is not None else None,
                loss=_loss(world, view, node, old, lost=lost) if fit else None,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.eligible, len(one.reasons), one.lag_bytes or 0)))


def _against(world: World, view: GroupView, node: NodeFacts, standing: Standing | None) -> tuple[str, ...]:
    """What the nodes themselves say against a member, beside what Patroni says."""
    if not node.reached:
        return ("not-reached",)
    if view.quorum is not True:
        return ("no-majority",)
    if standing is None:
        return ("not-a-member",)
    found = []
    if node.server is None:
        found.append("no-server")
    elif not node.server.in_recovery:
        found.append("not-standby")
    else:
        if node.system_identifier != world.system_identifier():
            found.append("other-system")
        if node.server.replay_paused:
            found.append("replay-paused")
        if node.server.setting("recovery_min_apply_delay") not in ("", "0"):
            found.append("delayed")
    if node.node not in world.servers:
        found.append("place-unknown")
    return tuple(found)


def _loss(world: World, view: GroupView, node: NodeFacts, old: str | None, *, lost: bool) -> Loss:
    if not lost:
        head = head_of(node)
        return Loss(candidate=node.node, basis=LossBasis.NONE, entries_low=0, entries_high=0, reason="both-alive",
                    head_number=None if head is None else head.number)  # fmt: skip
    return group_loss(
        node, view, world.last_seen, old=world.facts.get(old) if old is not None else None,
        answering=failover.answering(world, old),
    )  # fmt: skip


# -- checks -----------------------------------------------------------------------------------------------------------


def begin(world: World) -> list[Checked]:
    """What every change under Patroni begins with."""
    return [*checks.reachable(world), *checks.lock_free(world), *group(world)]


def group(world: World) -> Iterable[Checked]:
    """The consensus store, the pause, what is scheduled, and every danger that Patroni's own words show."""
    view = group_of_world(world)
    seen = {True: "answers", False: "no majority", None: "not known"}[view.quorum]
    yield checks.checked(world, "consensus", checks.passed(view.quorum is True), None, seen, "a majority",
                         source="Patroni, and patronictl where nobody leads", mend="mend-store")  # fmt: skip
    yield checks.checked(world, "pause", checks.passed(not view.paused, Outcome.WARN), None,
                         "paused" if view.paused else "acts by itself", "acts by itself", source="Patroni: /config",
                         mend="resume-after")  # fmt: skip
    if view.scheduled is not None:
        yield checks.checked(world, "scheduled", Outcome.REFUSE, None, view.scheduled.at, "none",
                             source="Patroni: /cluster", mend="flush-scheduled")  # fmt: skip
    for concern in view.concerns:
        if concern.danger in _APART:
            continue
        outcome = Outcome.REFUSE if concern.danger in GRAVE else Outcome.WARN
        figure = "" if concern.observed is None else str(concern.observed)
        yield checks.checked(world, "danger", outcome, concern.node, concern.danger.value, "",
                             source="Patroni: its own answers", mend=f"danger-{concern.danger.value}",
                             figure=figure, node_name=concern.node or "")  # fmt: skip


def member(world: World, node: NodeFacts) -> Iterable[Checked]:
    """The candidate as its group sees it: it streams, is near, stands in /sync where commits wait for one."""
    view = group_of_world(world)
    known, settings = member_of(view, node.node), view.settings
    state = known.state if known is not None else "no member"
    yield checks.checked(world, "streams", checks.passed(state == "streaming", Outcome.WARN), node, state, "streaming",
                         source="Patroni: /cluster", mend="member-state", node_name=node.node)  # fmt: skip
    if known is None or settings is None:
        return
    if known.lag_bytes is not None:
        near = known.lag_bytes <= settings.lag_bytes_max
        yield checks.checked(world, "lag", checks.passed(near), node, known.lag_bytes, settings.lag_bytes_max,
                             source="Patroni: /cluster, maximum_lag_on_failover", mend="wait-for-replay",
                             node_name=node.node)  # fmt: skip
    if settings.synchronous is not SyncMode.OFF:
        yield checks.checked(world, "in-sync", checks.passed(known.confirms, Outcome.WARN), node,
                             "in /sync" if known.confirms else "not in /sync", "in /sync", source="Patroni: /sync",
                             mend="approve-outside-sync", node_name=node.node)  # fmt: skip
    if node.server is not None:
        paused = node.server.replay_paused
        yield checks.checked(world, "replay-paused", checks.passed(not paused), node,
                             "paused" if paused else "replays", "replays", mend="resume-replay",
                             node_name=node.node)  # fmt: skip


def old_state(world: World, old: str, *, outside_sync: bool) -> Iterable[Checked]:
    """The old holder before the request: Patroni fences nobody else, so what still writes there goes on writing."""
    node, look = world.facts[old], group_of_world(world).look(old)
    alive = holder_alive(world)
    seen = f"{old} is writable" if node.writable else "none is writable"
    outcome = Outcome.PASS if not node.writable else Outcome.WARN if alive and outside_sync else Outcome.REFUSE
    mend = "leads-still" if alive and outside_sync else "switchover-instead" if alive else "writes-unguarded"
    yield checks.checked(world, "primary-dead", outcome, node, seen, "none is writable", mend=mend, node_name=old)
    if not node.reached:
        yield checks.checked(world, "level", Outcome.WARN, node, node.trouble, "seen dead", source="console: SSH",
                             mend="may-still-write", node_name=old)  # fmt: skip
    elif node.server is None and node.processes:
        running = look is not None and look.running is True and not look.stopped
        yield checks.checked(world, "level", Outcome.WARN, node, f"{node.processes} processes, and no answer",
                             "no process", mend="may-still-write" if not running else "patroni-looks-after",
                             node_name=old)  # fmt: skip
    elif node.server is None:
        yield checks.checked(world, "level", Outcome.PASS, node, "0 processes", "no process")


def loss(world: World, found: Loss | None, most: int) -> Iterable[Checked]:
    """Judged before the request: there is no gate after it."""
    if found is None:
        return
    if found.basis is LossBasis.NONE:
        yield checks.checked(world, "overlap", Outcome.PASS, found.candidate, "proven", "proven")
        return
    yield checks.checked(world, "overlap", Outcome.WARN, found.candidate, found.reason, "proven",
                         mend="overlap-missing")  # fmt: skip
    high = found.entries_high
    fine = high is not None and high <= most
    yield checks.checked(world, "loss", checks.passed(fine, Outcome.WARN), found.candidate,
                         "not known" if high is None else high, most, mend="approve-loss")  # fmt: skip


def by_severity(rows: Iterable[Checked]) -> tuple[Checked, ...]:
    return tuple(sorted(rows, key=lambda row: list(Outcome).index(row.outcome)))
