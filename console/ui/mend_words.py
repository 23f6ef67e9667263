"""How to mend what a check of a preflight refused or warned of: a sentence for each mending word; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.ui.group_words import GROUP_MENDS
from console.ui.restore_plan_words import RESTORE_MENDS
from console.ui.speech import translate

_Text = Callable[[], str]

# By the mending word, and where a check names none, by the check's own.
MENDS: Final[dict[str, _Text]] = {
    **GROUP_MENDS,
    **RESTORE_MENDS,
    "reach-nodes": lambda: translate(
        "check", "Bring more nodes back within reach of SSH: a lock needs a majority of all of them."
    ),
    "reach-node": lambda: translate("check", "Mend SSH to {node}, then check again. The plan goes on without it."),
    "wait-or-break-lock": lambda: translate(
        "check", "Let the other console end its plan, or break its lock by name when the plan runs."
    ),
    "other-cluster": lambda: translate(
        "check", "{node} is no copy of this cluster. Take it out of the inventory, or rebuild it from the primary."
    ),
    "install-tools": lambda: translate("check", "Install these programs on {node}."),
    "grant-rights": lambda: translate("check", "Grant the role {role} on {node} what is missing."),
    "replication-login": lambda: translate(
        "check", "Name a login for replication: the others could not follow {node} without one."
    ),
    "same-version": lambda: translate("check", "Bring {node} to the same version of PostgreSQL first."),
    "rejoin-first": lambda: translate("check", "Rejoin {node} first, or choose another target."),
    "wait-for-replay": lambda: translate("check", "Wait until {node} has caught up, or choose another target."),
    "resume-replay": lambda: translate("check", "Go on with the replay on {node}: select pg_wal_replay_resume()."),
    "end-transactions": lambda: translate("check", "Wait for them or end them: the stop would break them off."),
    "wait-for-backup": lambda: translate("check", "Wait for the backup to end, or cancel it: the stop breaks it off."),
    "mend-archive": lambda: translate(
        "check", "Mend the WAL archive of {node} first: a clean stop waits for it, and a hole would be left."
    ),
    "set-clock": lambda: translate("check", "Set the clock of {node}, by its time service."),
    "free-disk": lambda: translate("check", "Free disk space on {node}."),
    "disable-restarter": lambda: translate("check", "Disable on {node} what would start the server behind our back."),
    "logical-slots-lost": lambda: translate(
        "check", "These logical slots do not move along: let their readers catch up, and create them anew afterwards."
    ),
    "lower-sync": lambda: translate(
        "check", "Bring a standby back, or lower the promise by name: else every commit would wait for ever."
    ),
    "more-slots": lambda: translate("check", "Raise max_replication_slots on {node} and restart it."),
    "switchover-instead": lambda: translate("check", "The primary answers: a switchover loses nothing."),
    "restart-instead": lambda: translate("check", "Somebody stopped it: ask who, and restart it if it may be."),
    "rejoin-instead": lambda: translate("check", "Rejoin {node} as a standby instead: it must not write again."),
    "it-runs": lambda: translate("check", "Its server answers. Look on the Cluster page what it says."),
    "fence-needed": lambda: translate(
        "check", "It can't be seen to be dead, so it is fenced before any promotion: choose the strongest way there is."
    ),
    "stopped-by-somebody": lambda: translate("check", "Ask who stopped it, and why, before you start it."),
    "furthest-is-other": lambda: translate("check", "{node} holds more: choose it, or approve the greater loss."),
    "overlap-missing": lambda: translate(
        "check", "Bring another of the synchronous standbys back, or approve the loss by its number."
    ),
    "approve-loss": lambda: translate("check", "Approve a maximum of entries that may be lost, with the plan."),
    "follower-far-behind": lambda: translate(
        "check", "Wait until {node} has caught up: the WAL that it lacks may be gone, and it would have to be rebuilt."
    ),
    "name-it": lambda: translate("check", "Name the node that was primary, or wait until it was seen once."),
    "write-sync": lambda: translate("check", "Write 'ANY 1', 'FIRST 1' or 'async', with the number you mean."),
    "fence-first": lambda: translate("check", "It is stopped for good first of all: until then both accept writes."),
    "name-place": lambda: translate("check", "Name the programs and the data directory of {node} in the inventory."),
    "rebuild-by-hand": lambda: translate("check", "Its control file can't be read: rebuild {node} by hand."),
    "fork-decided": lambda: translate("check", "A person has decided what becomes of the entries beyond the fork."),
    "decide-fork": lambda: translate(
        "check", "{node} may hold the only copy of acknowledged entries. Export them, then decide: fork."
    ),
    "wal-gone": lambda: translate("check", "The WAL that would prove it is gone: the books are compared instead."),
    "rebuild-instead": lambda: translate("check", "Rebuild {node} instead of rewinding it."),
    "rebuilt": lambda: translate("check", "It can't be rewound, so a new copy is made beside its old data."),
    "mend-layout": lambda: translate("check", "Mend how the data of {node} is laid out: no copy can lie beside it."),
    "mend-login": lambda: translate("check", "Mend the login with which {node} follows: it could not stream with it."),
    "no-spare": lambda: translate("check", "With one standby less every commit would wait: add one, or ask for fewer."),
    "import-first": lambda: translate("check", "Put {node} into the inventory first: inventory import."),
    "empty-place": lambda: translate("check", "Look at what lies where the data of {node} is to be, and clear it."),
    "lay-configuration": lambda: translate(
        "check", "Lay configuration files for {node} where its packages want them: the source's lie outside its data."
    ),
    "more-senders": lambda: translate("check", "Raise max_wal_senders on {node} and restart it: a copy needs two."),
    "repoint-first": lambda: translate("check", "Point what follows {node} at another node first."),
    "commit-unconfirmed": lambda: translate(
        "check", "Commits at this level wait for no standby: what they acknowledge can be lost with the primary."
    ),
    "choose-other": lambda: translate("check", "Choose another target, or mend what stands here."),
    "failover-instead": lambda: translate("check", "The primary does not answer: a failover is what is left."),
    "reachable": lambda: translate("check", "Mend SSH to {node}, then check again."),
    "identity": lambda: translate(
        "check", "Make sure that {node} is the right machine, then accept it with 'inventory confirm'."
    ),
    "system-identifier": lambda: translate(
        "check", "{node} is no copy of this cluster. Take it out of the inventory, or rebuild it from the primary."
    ),
    "timeline": lambda: translate("check", "Rejoin {node} first: it is on another branch of history."),
    "streams": lambda: translate("check", "See on the Cluster page why {node} receives no WAL, and mend that first."),
    "lag": lambda: translate("check", "Wait until {node} has caught up, or choose another target."),
    "replay-paused": lambda: translate("check", "Go on with the replay on {node}: select pg_wal_replay_resume()."),
    "slots": lambda: translate("check", "Make room for slots on {node}: raise max_replication_slots and restart it."),
    "sync-after": lambda: translate(
        "check", "Too few standbys would be left for the promise. Lower it by name, or bring one back first."
    ),
    "long-transactions": lambda: translate("check", "Wait for it or end it: it would be broken off by the stop."),
    "prepared-transactions": lambda: translate("check", "Commit or roll back the prepared transactions first."),
    "backup-running": lambda: translate("check", "Wait for the backup to end, or cancel it: the stop breaks it off."),
    "clock-offset": lambda: translate("check", "Set the clock of {node}, by its time service."),
    "disk": lambda: translate("check", "Free disk space on {node}."),
    "space": lambda: translate("check", "Free disk space on {node}: the old data is kept until the copy is proven."),
    "versions": lambda: translate("check", "Bring {node} to the same version of PostgreSQL first."),
    "rights": lambda: translate("check", "Grant the console's role on {node} what is missing."),
    "settings-writable": lambda: translate("check", "Grant the right to change these settings on {node}."),
    "archive": lambda: translate("check", "Mend the WAL archive of {node} first: a point in time could be lost."),
    "restarters": lambda: translate("check", "Name what may start the server on {node}, or disable it by hand."),
    "lock-free": lambda: translate("check", "Let the other console end its plan, or break its lock by name."),
    "primary-alive": lambda: translate("check", "The primary does not answer: a failover is what is left."),
    "primary-dead": lambda: translate("check", "The primary answers: a switchover loses nothing."),
    "level": lambda: translate(
        "check", "The evidence is too weak for a failover. Look at the host, or fence it by a way that is read back."
    ),
    "fencing": lambda: translate(
        "check", "Name a fencing command with one that reads the state back, or let a person vouch for it."
    ),
    "majority": lambda: translate("check", "Bring more nodes back, or go on by name without the majority."),
    "overlap": lambda: translate("check", "Bring another of the synchronous standbys back, or approve a loss."),
    "candidate": lambda: translate("check", "Choose another target, or bring a standby back."),
    "loss": lambda: translate("check", "Rescue the WAL, choose another target, or approve the loss by its number."),
    "rescue": lambda: translate("check", "Bring the old primary's host back within reach of SSH."),
    "wal-hints": lambda: translate("check", "It can't be rewound. Rebuild {node} instead."),
    "full-page-writes": lambda: translate("check", "Switch full_page_writes on, or rebuild {node} instead."),
    "history": lambda: translate("check", "The histories do not agree. Rebuild {node} instead of rewinding it."),
    "name-typed": lambda: translate("check", "Type the cluster's name exactly as it stands here."),
    "followers": lambda: translate("check", "Bring the followers back, or go on without them by name."),
    "logical-slots": lambda: translate("check", "These slots would be lost: let their readers catch up first."),
    "hook-host": lambda: translate("check", "Mend SSH to the host of the hook, or take the hook out."),
    "consensus": lambda: translate("check", "Bring the majority of the consensus group back."),
    "tools": lambda: translate("check", "Install PostgreSQL's own programs on {node}, of the server's version."),
}
