"""Why a guard refuses: the reasons of automation as ends of sentences; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.ui.speech import translate

_Text = Callable[[], str]


def reason_text(word: str) -> str:
    """The end of a sentence for a guard's word; it may hold {node}, {observed}, {threshold}. Empty: not known."""
    known = REASONS.get(word)
    return known() if known is not None else ""


def plain_reason(word: str, node: str) -> str:
    """The same without figures, where none are at hand; empty: not known."""
    known = _PLAIN.get(word)
    text = known() if known is not None else reason_text(word)
    return "" if "{observed}" in text or "{threshold}" in text else text.replace("{node}", node)


def known_reasons() -> frozenset[str]:
    """Every word that has a sentence."""
    return frozenset(REASONS)


REASONS: Final[dict[str, _Text]] = {
    "mode-off": lambda: translate("why", "automation is off"),
    "mode-observe": lambda: translate("why", "automation only observes"),
    "second-person": lambda: translate("why", "this cluster's rule wants a second person for it"),
    "rule-unreadable": lambda: translate("why", "the rule of approval can't be read"),
    "primary-answers": lambda: translate("why", "the primary answers"),
    "no-primary-known": lambda: translate("why", "nobody has seen who the primary was"),
    "evidence-none": lambda: translate("why", "nothing shows that {node} is dead"),
    "evidence-suspected": lambda: translate("why", "only the console does not see {node}"),
    "evidence-stopped": lambda: translate("why", "somebody stopped {node}"),
    "evidence-hung": lambda: translate("why", "{node} hangs, which is not dead"),
    "evidence-alive-but-refusing": lambda: translate("why", "{node} is alive, and refuses"),
    "evidence-young": lambda: translate("why", "the evidence has stood for {observed} of {threshold}"),
    "two-primaries": lambda: translate("why", "two nodes are writable"),
    "readings-void": lambda: translate("why", "the readings are older than the console's own sleep or start"),
    "readings-stale": lambda: translate("why", "a reading is {observed} old"),
    "restart-waits": lambda: translate("why", "{node} has its time to come back in place"),
    "restart-under-way": lambda: translate("why", "{node} is being started again in place"),
    "restart-first": lambda: translate("why", "a restart in place comes first"),
    "majority-missing": lambda: translate("why", "only {observed} nodes answer, {threshold} are needed"),
    "overlap-missing": lambda: translate("why", "{observed} of the listed standbys answer, {threshold} are needed"),
    "name-twice": lambda: translate("why", "several standbys bear one name of the synchronous list"),
    "list-unknown": lambda: translate("why", "the synchronous list is not known"),
    "list-changed": lambda: translate("why", "the synchronous list has changed within the last minute"),
    "local-commits": lambda: translate("why", "commits wait for no standby"),
    "asynchronous": lambda: translate("why", "no standby is listed as synchronous"),
    "no-candidate": lambda: translate("why", "no standby that answers could take over"),
    "candidate-paused": lambda: translate("why", "{node} has the furthest WAL, and its replay is paused"),
    "candidate-behind": lambda: translate("why", "{node} is not the furthest of the standbys that answer"),
    "loss-above": lambda: translate("why", "{observed} could be lost, {threshold} at most may be"),
    "loss-unknown": lambda: translate("why", "what would be lost is not known"),
    "fence-host-silent": lambda: translate("why", "the host of {node} is silent, and no other fence is set up"),
    "fence-quorum-not-allowed": lambda: translate("why", "{node} is silent, and no policy names a quorum fence"),
    "fence-quorum-missing": lambda: translate("why", "too few synchronous standbys answer for a quorum fence"),
    "lock-held": lambda: translate("why", "{observed} holds the lock"),
    "lock-unknown": lambda: translate("why", "the lock could not be read on a majority"),
    "other-console": lambda: translate("why", "another console is at it: {observed}"),
    "run-under-way": lambda: translate("why", "a run is under way: {observed}"),
    "paused": lambda: translate("why", "it has acted {observed} ago, and nobody has acknowledged it"),
    "attempt-under-way": lambda: translate("why", "an act of its own is under way"),
    "maintenance": lambda: translate("why", "there is a maintenance window: {observed}"),
    "quiet-hours": lambda: translate("why", "these are the quiet hours: {observed}"),
    "held": lambda: translate("why", "it is held: {observed}"),
    "no-backup": lambda: translate("why", "no complete backup is known"),
    "backup-old": lambda: translate("why", "the newest complete backup is {observed} old, {threshold} at most"),
    "backups-unread": lambda: translate("why", "the backups could not be read"),
    "check-failed": lambda: translate("why", "a check of yours fails: {observed}"),
    "check-unknown": lambda: translate("why", "a check of yours says nothing: {observed}"),
    "patroni-decides": lambda: translate("why", "Patroni's consensus group decides here"),
    "patroni-unread": lambda: translate("why", "no Patroni answers"),
    "patroni-no-quorum": lambda: translate("why", "the consensus group has no majority"),
    "patroni-no-key": lambda: translate("why", "nobody holds the group's key"),
    "patroni-paused": lambda: translate("why", "Patroni is paused"),
    "patroni-no-candidate": lambda: translate("why", "no member could take over"),
    "plan-refused": lambda: translate("why", "the plan's own checks refuse: {observed}"),
    "plan-differs": lambda: translate("why", "the plan names another node than the guards"),
    "not-started": lambda: translate("why", "the run could not be started: {observed}"),
    "left-by-a-person": lambda: translate("why", "a person left or cancelled the run"),
    "asks-a-person": lambda: translate("why", "the run asks a person"),
    "still-dead": lambda: translate("why", "{node} did not come back"),
    "came-back": lambda: translate("why", "{node} came back by itself"),
    "engine-ended": lambda: translate("why", "the engine ended before it did"),
    "standby-not-allowed": lambda: translate("why", "standbys may not be touched by itself"),
    "beyond-fork": lambda: translate("why", "{node} may hold entries that nobody else has"),
    "standby-stopped": lambda: translate("why", "somebody stopped {node}"),
    "group-holder": lambda: translate("why", "{observed} holds the key"),
    "group-quorum": lambda: translate("why", "the consensus group has a majority"),
    "group-ttl": lambda: translate("why", "the key lives {observed} more, if nobody renews it"),
    "group-member": lambda: translate("why", "{node} could take over"),
}
_PLAIN: Final[dict[str, _Text]] = {
    "evidence-young": lambda: translate("why", "the evidence is too young"),
    "readings-stale": lambda: translate("why", "a reading is too old"),
    "majority-missing": lambda: translate("why", "too few nodes answer"),
    "overlap-missing": lambda: translate("why", "too few of the listed standbys answer"),
    "loss-above": lambda: translate("why", "more could be lost than may be"),
    "lock-held": lambda: translate("why", "somebody holds the lock"),
    "other-console": lambda: translate("why", "another console is at it"),
    "run-under-way": lambda: translate("why", "a run is under way"),
    "paused": lambda: translate("why", "it has acted, and nobody has acknowledged it"),
    "maintenance": lambda: translate("why", "there is a maintenance window"),
    "quiet-hours": lambda: translate("why", "these are the quiet hours"),
    "held": lambda: translate("why", "it is held"),
    "backup-old": lambda: translate("why", "the newest complete backup is too old"),
    "check-failed": lambda: translate("why", "a check of yours fails"),
    "check-unknown": lambda: translate("why", "a check of yours says nothing"),
    "restart-waits": lambda: translate("why", "the primary has its time to come back in place"),
    "fence-host-silent": lambda: translate("why", "the primary's host is silent, and no other fence is set up"),
    "fence-quorum-not-allowed": lambda: translate("why", "no policy names a quorum fence"),
    "candidate-paused": lambda: translate("why", "the furthest standby's replay is paused"),
    "plan-refused": lambda: translate("why", "the plan's own checks refuse"),
    "not-started": lambda: translate("why", "the run could not be started"),
}
AUTOMATION_REFUSED: Final[dict[str, _Text]] = {
    "no-attempt": lambda: translate("why", "automation has no act {subject} in its record"),
    "automation-wrong": lambda: translate("why", "what may be done on {subject} by itself makes no sense so"),
    "system-not-known": lambda: translate(
        "why", "no server of {subject} has answered yet, so it is not known which system may be acted on"
    ),
    "not-asked": lambda: translate("why", "{subject} was not asked yet"),
    "patroni-decides": lambda: translate("why", "on {subject} Patroni's group decides, and nothing of ours acts"),
}
