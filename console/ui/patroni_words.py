"""Sentences about a cluster under Patroni: its picture, its dangers, its candidates, and how an order ended."""

from collections.abc import Callable
from typing import Final

from console.domain.consensus import Concern, Danger, GroupView, Standing, Unfit
from console.domain.group_orders import Objection, Order, Reply, Told
from console.domain.members import HistoryLine, MemberLook, MemberRole, SyncMode
from console.domain.text import shown
from console.link.group import OrderEnded, OrderOutcome
from console.ui.measures import bytes_text, duration
from console.ui.speech import joined, translate

_Text = Callable[[], str]


def group_sentence(view: GroupView) -> str:
    """Who leads, for how long at least, and whether Patroni acts by itself."""
    if view.quorum is False:
        return translate(
            "patroni", "The consensus store of {cluster} has no majority: Patroni demotes the primary, nobody leads."
        ).format(cluster=view.cluster)  # fmt: skip
    if view.quorum is None:
        return translate("patroni", "Whether the consensus store of {cluster} answers could not be found out.").format(
            cluster=view.cluster
        )
    if view.holder is None:
        text = translate("patroni", "Nobody holds the key of {cluster}.").format(cluster=view.cluster)
    else:
        text = translate("patroni", "{node} holds the key of {cluster} on timeline {timeline}.").format(
            node=view.holder, cluster=view.cluster, timeline=view.timeline or "?"
        )
        if view.ttl_left_seconds is not None:
            left = translate("patroni", "It lives at least {time} longer if nobody renews it.")
            text = f"{text} {left.format(time=duration(view.ttl_left_seconds))}"
    if view.paused:
        return f"{text} " + translate("patroni", "Patroni is paused: it changes no roles by itself.")
    return text


def look_line(view: GroupView, look: MemberLook) -> str:
    """One node in one line: what it is to the group, its state, how far behind, what is remarkable."""
    standing = next((one for one in view.standings if one.node == look.node), None)
    parts = [f"{look.node:<12}", f"{_role(view, look):<16}", f"{_state(look):<22}"]
    if standing is not None and standing.lag_bytes is not None:
        parts.append(f"{bytes_text(standing.lag_bytes):>9}")
    elif standing is not None:
        parts.append(" " * 9)
    notes = []
    if not look.reached:
        notes.append(shown(look.trouble))
    elif look.own is None:
        notes.append(translate("patroni", "its Patroni gives no answer"))
    if look.reached and look.writable is None and look.server_trouble:
        notes.append(translate("patroni", "its server: {said}").format(said=shown(look.server_trouble)))
    if look.own is not None and look.own.pending_restart:
        notes.append(translate("patroni", "a restart is pending"))
    return "  ".join([*parts, ", ".join(notes)]).rstrip()


def _member(view: GroupView, node: str) -> str:
    return dict(view.names).get(node, node)


def _role(view: GroupView, look: MemberLook) -> str:
    for seen in view.looks:
        member = seen.group.member(_member(view, look.node)) if seen.group is not None else None
        if member is not None:
            return _ROLES[member.role]()
    return translate("patroni", "unknown")


def _state(look: MemberLook) -> str:
    if look.own is not None:
        return shown(look.own.state)
    if look.stopped:
        return translate("patroni", "Patroni is held")
    if look.running is False:
        return translate("patroni", "no Patroni runs")
    return translate("patroni", "silent")


def concern_sentence(concern: Concern) -> str:
    """What is wrong, or will hurt, in one sentence."""
    observed = concern.observed
    if concern.danger is Danger.LAG_LIMIT and isinstance(observed, int):
        observed = bytes_text(observed)
    if concern.danger in (Danger.TTL_LONG, Danger.TTL_TIGHT) and isinstance(observed, int):
        observed = duration(float(observed))
    limit = concern.limit
    if concern.danger in (Danger.TTL_LONG, Danger.TTL_TIGHT) and isinstance(limit, int):
        limit = duration(float(limit))
    return _CONCERNS[concern.danger]().format(
        node=concern.node or "", observed=shown(str(observed)), limit=shown(str(limit))
    )  # fmt: skip


def candidate_line(standing: Standing) -> str:
    """A member as a candidate, with every reason against it."""
    if standing.eligible:
        return translate("patroni", "{node} can take over").format(node=standing.node)
    why = unfit_reasons(standing.reasons)
    if standing.needs_approval:
        return translate("patroni", "{node} only with an approved loss: {why}").format(node=standing.node, why=why)
    return translate("patroni", "{node} can't take over: {why}").format(node=standing.node, why=why)


def unfit_reasons(reasons: tuple[Unfit, ...]) -> str:
    """Why a member can't take over, as one enumeration."""
    return joined([_UNFIT[reason]() for reason in reasons])


def settings_line(view: GroupView) -> str:
    """The settings by which the group decides."""
    settings = view.settings
    if settings is None:
        return translate("patroni", "Its settings could not be read.")
    text = translate(
        "patroni", "Key lives {ttl}, loop {loop}, retry {retry}, {sync}, restart in place within {restart}"
    )
    return text.format(
        ttl=duration(float(settings.ttl_seconds)), loop=duration(float(settings.loop_seconds)),
        retry=duration(float(settings.retry_seconds)), sync=_SYNC[settings.synchronous](),
        restart=duration(float(settings.restart_seconds)),
    )  # fmt: skip


def history_line(line: HistoryLine) -> str:
    member = f"  {shown(line.member)}" if line.member else ""
    at = f"  {shown(line.at)}" if line.at else ""
    return f"{line.timeline:>4}  {line.end!s:<18}{at}{member}  {shown(line.reason)}"


def objection_sentence(objection: Objection, node: str) -> str:
    """Why an order was not sent."""
    return _OBJECTIONS[objection]().format(node=node or translate("patroni", "it"))


def ended_sentence(ended: OrderEnded) -> str:
    """How an order ended: proven, or what was seen in the place of what was wanted."""
    took = duration(ended.seconds)
    match ended.outcome:
        case OrderOutcome.PROVEN:
            return _DONE[ended.order]().format(node=ended.node, cluster=ended.cluster, time=took)
        case OrderOutcome.OBJECTED:
            assert ended.objection is not None
            why = objection_sentence(ended.objection, ended.node)
            return translate("patroni", "{why} Nothing was sent.").format(why=why)
        case OrderOutcome.REFUSED:
            return translate("patroni", "Patroni refused it: {said}. It is not so: {seen}.").format(
                said=_said(ended.told), seen=shown(ended.observed)
            )
        case OrderOutcome.NOT_PROVEN:
            text = translate("patroni", "Not proven after {time}. {answer} Last seen: {seen}. Wanted: {wanted}.")
            return text.format(
                time=took, answer=_answer(ended.told), seen=shown(ended.observed), wanted=shown(ended.wanted)
            )  # fmt: skip


def _said(told: Told | None) -> str:
    return shown(told.text).rstrip(".") if told is not None and told.text else translate("patroni", "without a word")


def _answer(told: Told | None) -> str:
    if told is None or told.reply is Reply.UNKNOWN:
        return translate("patroni", "Whether Patroni does it is not known: {said}.").format(said=_said(told))
    return translate("patroni", "Patroni said: {said}.").format(said=_said(told))


_ROLES: Final[dict[MemberRole, _Text]] = {
    MemberRole.HOLDER: lambda: translate("patroni", "holds the key"),
    MemberRole.STANDBY_HOLDER: lambda: translate("patroni", "leads standbys"),
    MemberRole.SYNC_STANDBY: lambda: translate("patroni", "confirms commits"),
    MemberRole.QUORUM_STANDBY: lambda: translate("patroni", "confirms commits"),
    MemberRole.STANDBY: lambda: translate("patroni", "standby"),
}
_SYNC: Final[dict[SyncMode, _Text]] = {
    SyncMode.OFF: lambda: translate("patroni", "asynchronous"),
    SyncMode.ON: lambda: translate("patroni", "synchronous"),
    SyncMode.QUORUM: lambda: translate("patroni", "synchronous by quorum"),
}
_UNFIT: Final[dict[Unfit, _Text]] = {
    Unfit.HOLDS_KEY: lambda: translate("patroni", "it holds the key already"),
    Unfit.SILENT: lambda: translate("patroni", "its Patroni gives no answer"),
    Unfit.NOT_RUNNING: lambda: translate("patroni", "its server does not run"),
    Unfit.NOFAILOVER: lambda: translate("patroni", "its tag 'nofailover' forbids it"),
    Unfit.OTHER_TIMELINE: lambda: translate("patroni", "it is on another timeline"),
    Unfit.LAG_UNKNOWN: lambda: translate("patroni", "how far it is behind is not known"),
    Unfit.LAG_OVER_LIMIT: lambda: translate("patroni", "it is further behind than maximum_lag_on_failover"),
    Unfit.NOT_IN_SYNC: lambda: translate("patroni", "it does not confirm commits, so what it lacks may be lost"),
}
_CONCERNS: Final[dict[Danger, _Text]] = {
    Danger.SPLIT_BRAIN: lambda: translate(
        "patroni", "SPLIT BRAIN: {node} takes writes without the key, which {observed} holds. Fence {node} first."
    ),
    Danger.NO_QUORUM: lambda: translate(
        "patroni", "The consensus store has no majority: no Patroni can lead. Mend the store; the data is not at fault."
    ),
    Danger.NO_KEY: lambda: translate("patroni", "Nobody holds the key: no server may take writes."),
    Danger.HOLDER_SILENT: lambda: translate(
        "patroni", "The Patroni of {node} gives no answer, and it holds the key: when that runs out, another leads."
    ),
    Danger.PATRONI_DOWN: lambda: translate(
        "patroni", "No Patroni runs on {node}: whatever its server does, nobody looks after it."
    ),
    Danger.READ_ONLY: lambda: translate("patroni", "{node} holds the key, and its server takes no writes."),
    Danger.WRONG_CLUSTER: lambda: translate(
        "patroni", "{node} belongs to {observed}, the others to {limit}: this is not one cluster."
    ),
    Danger.NOBODY_CONFIRMS: lambda: translate(
        "patroni", "No standby confirms commits: if the primary died now, Patroni would let nobody take over."
    ),
    Danger.PAUSED: lambda: translate("patroni", "Patroni is paused: if the primary dies, nobody takes over."),
    Danger.PENDING_RESTART: lambda: translate("patroni", "{node} waits for a restart to take up changed settings."),
    Danger.NO_WATCHDOG: lambda: translate(
        "patroni", "{node} leads without a watchdog: if its Patroni dies, it stays writable after another leads."
    ),
    Danger.ASYNCHRONOUS: lambda: translate(
        "patroni", "Replication is asynchronous: a failover may lose what no standby has."
    ),
    Danger.LAG_LIMIT: lambda: translate(
        "patroni", "A failover may lose up to {observed} (maximum_lag_on_failover) without asking anybody."
    ),
    Danger.TTL_LONG: lambda: translate("patroni", "The key lives {observed}: so long is an outage at least."),
    Danger.TTL_TIGHT: lambda: translate(
        "patroni", "loop_wait + 2 * retry_timeout is {observed}, longer than the key lives ({limit})."
    ),
    Danger.REMOVES_DATA: lambda: translate(
        "patroni", "A diverged data directory is thrown away by itself, with entries that only it may hold."
    ),
    Danger.NO_REWIND: lambda: translate("patroni", "use_pg_rewind is off: a former primary has to be copied anew."),
    Danger.OPEN_INTERFACE: lambda: translate(
        "patroni", "The interface of {node} asks for no password: whoever reaches it can change the cluster."
    ),
}
_OBJECTIONS: Final[dict[Objection, _Text]] = {
    Objection.NO_QUORUM: lambda: translate("patroni", "The consensus store has no majority."),
    Objection.NO_MEMBER: lambda: translate("patroni", "The group knows of no member {node}."),
    Objection.SILENT: lambda: translate("patroni", "The Patroni of {node} gives no answer."),
    Objection.HOLDS_KEY: lambda: translate("patroni", "{node} holds the key: its data is the cluster's."),
    Objection.NO_KEY: lambda: translate("patroni", "Nobody holds the key, so there is nothing to copy from."),
    Objection.WRITABLE: lambda: translate("patroni", "{node} takes writes: its data may be the only copy of them."),
    Objection.OTHER_TIMELINE: lambda: translate(
        "patroni", "{node} is on another timeline and may hold entries that nobody else has: export them first, or"
        " give them up with --discard."
    ),
    Objection.ALREADY: lambda: translate("patroni", "It is so already."),
    Objection.SPLIT_BRAIN: lambda: translate("patroni", "Two servers take writes: that comes first."),
    Objection.UNFIT: lambda: translate("patroni", "{node} can't take over."),
    Objection.NEEDS_APPROVAL: lambda: translate(
        "patroni", "{node} does not confirm commits: its loss is not approved."
    ),
    Objection.BUSY: lambda: translate("patroni", "A switchover is scheduled already."),
}
_DONE: Final[dict[Order, _Text]] = {
    Order.SWITCHOVER: lambda: translate("patroni", "{node} leads {cluster}, proven after {time}."),
    Order.FAILOVER: lambda: translate("patroni", "{node} leads {cluster}, proven after {time}."),
    Order.RESTART: lambda: translate("patroni", "The server of {node} was started anew and runs, proven after {time}."),
    Order.REINITIALISE: lambda: translate(
        "patroni", "{node} has a new copy and streams on the timeline of the primary, proven after {time}."
    ),
    Order.PAUSE: lambda: translate(
        "patroni", "Patroni of {cluster} is paused, taken up by every member that answers, proven after {time}. "
        "If the primary dies now, nobody takes over."
    ),
    Order.RESUME: lambda: translate(
        "patroni", "Patroni of {cluster} acts by itself again, taken up by every member that answers, proven after "
        "{time}."
    ),
}
PATRONI_REFUSED: Final[dict[str, _Text]] = {
    "no-patroni": lambda: translate("patroni", "{subject} is not under Patroni in the inventory"),
    "needs-a-plan": lambda: translate("patroni", "a change of who leads {subject} needs a plan"),
}
