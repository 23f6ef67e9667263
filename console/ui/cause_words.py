"""What each cause of a verdict is in words: one clause with its figure, one without; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.verdict import Allowed, Cause, Level, allowed
from console.ui.speech import translate

_Text = Callable[[], str]


def allowed_text(level: Level | None) -> str:
    """What evidence of this level allows to be done about a primary: 'a restart in place, then a failover'."""
    ways = allowed(level)
    if not ways:
        return translate("words", "nothing by itself")
    return translate("words", ", then ").join(_ALLOWED[way]() for way in ways)


_ALLOWED: Final[dict[Allowed, _Text]] = {
    Allowed.RESTART: lambda: translate("words", "a restart in place"),
    Allowed.FAILOVER: lambda: translate("words", "a failover"),
    Allowed.FENCED_FAILOVER: lambda: translate("words", "a failover once a fence is read back, or by quorum"),
    Allowed.KILLED_FAILOVER: lambda: translate("words", "a failover once every process there is proven ended"),
}
# Of each cause: the clause with its figure, and the one without.
CAUSE_CLAUSES: Final[dict[Cause, tuple[_Text, _Text]]] = {
    Cause.SPLIT_BRAIN: (
        lambda: translate("words", "{node} is writable although the key of its group is held by {detail}"),
        lambda: translate("words", "{node} is writable although the key of its group is held by {detail}"),
    ),
    Cause.TWO_PRIMARIES: (
        lambda: translate("words", "two primaries accept writes at once: {detail}"),
        lambda: translate("words", "two primaries accept writes at once"),
    ),
    Cause.POSTMASTER_KILLED: (
        lambda: translate("words", "the postmaster of {node} was killed, and {observed} of its processes live on"),
        lambda: translate("words", "the postmaster of {node} was killed: no process is left, and it never shut down"),
    ),
    Cause.STOPPED: (
        lambda: translate("words", "{node} was stopped: its control file says that it was shut down"),
        lambda: translate("words", "{node} was stopped: its control file says that it was shut down"),
    ),
    Cause.PRIMARY_DEAD: (
        lambda: translate("words", "{node} is dead: its host is silent for {observed}, and {detail} reach it neither"),
        lambda: translate("words", "{node} is dead: its host is silent, and its standbys reach it neither"),
    ),
    Cause.FROZEN: (
        lambda: translate("words", "{node} is frozen: its processes are stopped, no answer for {observed}"),
        lambda: translate("words", "{node} is frozen: its processes are stopped (state T)"),
    ),
    Cause.HUNG: (
        lambda: translate("words", "{node} hangs: its processes are there, and it has not answered for {observed}"),
        lambda: translate("words", "{node} hangs: its processes are there, and two sessions get no answer"),
    ),
    Cause.DISK_FULL: (
        lambda: translate("words", "the disk of {node} is full, {observed} left"),
        lambda: translate("words", "the disk of {node} is full"),
    ),
    Cause.STARTING: (
        lambda: translate("words", "{node} is starting and answers no question yet"),
        lambda: translate("words", "{node} is starting and answers no question yet"),
    ),
    Cause.STOPPING: (
        lambda: translate("words", "{node} is shutting down and answers no question any more"),
        lambda: translate("words", "{node} is shutting down and answers no question any more"),
    ),
    Cause.REFUSING: (
        lambda: translate("words", "{node} is alive and refuses the console"),
        lambda: translate("words", "{node} is alive and refuses the console"),
    ),
    Cause.CONSOLE_ISOLATED: (
        lambda: translate("words", "none of {detail} hosts has answered for {observed}: is this console cut off?"),
        lambda: translate("words", "none of its hosts answers: is this console cut off?"),
    ),
    Cause.CUT_OFF: (
        lambda: translate("words", "{node} has not answered for {observed}"),
        lambda: translate("words", "{node} can't be reached from here"),
    ),
    Cause.NO_SERVER: (
        lambda: translate("words", "no PostgreSQL listens on {node}, and why can't be read"),
        lambda: translate("words", "no PostgreSQL listens on {node}, and why can't be read"),
    ),
    Cause.HOST_KEY_CHANGED: (
        lambda: translate("words", "{node} shows another host key than the accepted one, so nothing is sent to it"),
        lambda: translate("words", "{node} shows another host key than the accepted one, so nothing is sent to it"),
    ),
    Cause.HOST_KEY_UNKNOWN: (
        lambda: translate("words", "nobody has accepted the host key of {node} yet"),
        lambda: translate("words", "nobody has accepted the host key of {node} yet"),
    ),
    Cause.AUTHENTICATION: (
        lambda: translate("words", "{node} does not accept our login"),
        lambda: translate("words", "{node} does not accept our login"),
    ),
    Cause.ASKS: (
        lambda: translate("words", "{node} asks a question that only a person can answer"),
        lambda: translate("words", "{node} asks a question that only a person can answer"),
    ),
    Cause.KEY_MISSING: (
        lambda: translate("words", "the key file for {node} is missing or can't be read"),
        lambda: translate("words", "the key file for {node} is missing or can't be read"),
    ),
    Cause.SUDO_REFUSED: (
        lambda: translate("words", "sudo on {node} refuses to act as the other account"),
        lambda: translate("words", "sudo on {node} refuses to act as the other account"),
    ),
    Cause.NO_PROGRAM: (
        lambda: translate("words", "psql is missing on {node}"),
        lambda: translate("words", "psql is missing on {node}"),
    ),
    Cause.UNREADABLE: (
        lambda: translate("words", "{node} answers what can't be read"),
        lambda: translate("words", "{node} answers what can't be read"),
    ),
    Cause.IDENTITY_CHANGED: (
        lambda: translate("words", "{node} is another machine or boot than before, so its evidence is void"),
        lambda: translate("words", "{node} is another machine or boot than before, so its evidence is void"),
    ),
    Cause.OTHER_CLUSTER: (
        lambda: translate("words", "{node} belongs to another cluster (system identifier {observed})"),
        lambda: translate("words", "{node} belongs to another cluster: its system identifier differs"),
    ),
    Cause.NO_QUORUM: (
        lambda: translate("words", "the consensus group has no majority, so nobody may be primary"),
        lambda: translate("words", "the consensus group has no majority, so nobody may be primary"),
    ),
    Cause.NO_KEY: (
        lambda: translate("words", "nobody holds the key of the consensus group"),
        lambda: translate("words", "nobody holds the key of the consensus group"),
    ),
    Cause.READ_ONLY: (
        lambda: translate("words", "{node} holds the key of its group, and its server is read-only"),
        lambda: translate("words", "{node} holds the key of its group, and its server is read-only"),
    ),
    Cause.NO_PRIMARY: (
        lambda: translate("words", "no node is seen to accept writes"),
        lambda: translate("words", "no node is seen to accept writes"),
    ),
    Cause.PRIMARY_ISOLATED: (
        lambda: translate("words", "{node} answers us, and {observed} of {limit} standbys do not reach it"),
        lambda: translate("words", "{node} answers us, and none of its standbys reaches it"),
    ),
    Cause.DIVERGED: (
        lambda: translate("words", "{node} has left the history of {detail}, its WAL goes to {observed}"),
        lambda: translate("words", "{node} has left the history of {detail}"),
    ),
    Cause.STANDBY_LOST: (
        lambda: translate("words", "the standby {node} is lost: {detail}"),
        lambda: translate("words", "the standby {node} is lost: {detail}"),
    ),
    Cause.SYNC_DEGRADED: (
        lambda: translate("words", "commits wait for {observed} of {limit} promised standbys"),
        lambda: translate("words", "no commit waits for a standby"),
    ),
    Cause.SYNC_BLOCKED: (
        lambda: translate("words", "commits wait: {observed} of {limit} synchronous standbys follow"),
        lambda: translate("words", "commits wait: too few synchronous standbys follow"),
    ),
    Cause.COPIES_SHORT: (
        lambda: translate("words", "{observed} of {limit} wanted nodes hold the ledger as it is now"),
        lambda: translate("words", "too few nodes hold the ledger as it is now"),
    ),
    Cause.CASCADE_BROKEN: (
        lambda: translate("words", "{node} has received no WAL from {detail} for {observed}"),
        lambda: translate("words", "{node} receives no WAL from {detail}"),
    ),
    Cause.NOT_STREAMING: (
        lambda: translate("words", "{node} has received no WAL for {observed}"),
        lambda: translate("words", "{node} receives no WAL"),
    ),
    Cause.SLOT_FILLING: (
        lambda: translate("words", "slot {detail} on {node} keeps {observed} of WAL, and {limit} of the disk are left"),
        lambda: translate("words", "slot {detail} on {node} keeps more WAL than there is space left"),
    ),
    Cause.LAGGING: (
        lambda: translate("words", "{node} is {observed} behind (flush)"),
        lambda: translate("words", "{node} is behind (flush)"),
    ),
    Cause.REPLAY_PAUSED: (
        lambda: translate("words", "replay on {node} is paused, its reads are {observed} old"),
        lambda: translate("words", "replay on {node} is paused"),
    ),
    Cause.PATRONI_DOWN: (
        lambda: translate("words", "Patroni does not run on {node}, and its PostgreSQL runs on without it"),
        lambda: translate("words", "Patroni does not run on {node}, and its PostgreSQL runs on without it"),
    ),
    Cause.DISK_LOW: (
        lambda: translate("words", "{node} has {observed} of its disk left"),
        lambda: translate("words", "{node} has little of its disk left"),
    ),
    Cause.ARCHIVE_FAILING: (
        lambda: translate("words", "the WAL archive of {node} fails ({observed} failures)"),
        lambda: translate("words", "the WAL archive of {node} fails"),
    ),
    Cause.ONE_WAY: (
        lambda: translate("words", "heartbeats of {node} arrive one way only: {detail} is silent for {observed}"),
        lambda: translate("words", "heartbeats of {node} arrive one way only"),
    ),
    Cause.CLOCK_APART: (
        lambda: translate("words", "the clock of {node} is {observed} apart"),
        lambda: translate("words", "the clock of {node} is apart"),
    ),
    Cause.NO_RIGHTS: (
        lambda: translate("words", "the console's role may not see all of {node}"),
        lambda: translate("words", "the console's role may not see all of {node}"),
    ),
    Cause.BOOKS_BLOCKED: (
        lambda: translate("words", "the books on {node} could not be read for {observed}, which harms nothing"),
        lambda: translate("words", "the books on {node} can't be read now, which harms nothing"),
    ),
    Cause.STALE: (
        lambda: translate("words", "the last reading of {node} is {observed} old"),
        lambda: translate("words", "the last reading of {node} is old"),
    ),
    Cause.NOT_ASKED: (
        lambda: translate("words", "{node} has not answered since the engine started"),
        lambda: translate("words", "{node} has not answered since the engine started"),
    ),
}
