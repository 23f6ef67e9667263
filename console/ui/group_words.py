"""Names, reasons and mending sentences of plans under Patroni; knows no Qt. They stand beside those of all plans."""

from collections.abc import Callable
from typing import Final

from console.ui.speech import translate

_Text = Callable[[], str]

GROUP_CHECKS: Final[dict[str, _Text]] = {
    "pause": lambda: translate("group", "Patroni acts by itself"),
    "scheduled": lambda: translate("group", "Scheduled switchover"),
    "danger": lambda: translate("group", "Danger that Patroni's own words show"),
    "in-sync": lambda: translate("group", "Confirms commits (/sync)"),
    "objection": lambda: translate("group", "What stands against asking Patroni"),
    "by-patroni": lambda: translate("group", "Patroni's own to change"),
}
GROUP_REASONS: Final[dict[str, _Text]] = {
    "holds-key": lambda: translate("group", "it holds the key already"),
    "patroni-silent": lambda: translate("group", "its Patroni gives no answer"),
    "not-running": lambda: translate("group", "its server does not run, by Patroni's word"),
    "nofailover": lambda: translate("group", "its tag 'nofailover' forbids it"),
    "lag-unknown": lambda: translate("group", "how far it is behind is not known"),
    "lag-over-limit": lambda: translate("group", "it is further behind than maximum_lag_on_failover"),
    "not-in-sync": lambda: translate("group", "it does not stand in /sync, so what it lacks may be lost"),
    "in-sync": lambda: translate("group", "it stands in /sync, so it holds every confirmed commit"),
    "positions-move": lambda: translate("group", "nothing is cut before Patroni promotes, so positions still move"),
    "no-majority": lambda: translate("group", "no majority of the consensus store answers"),
    "not-a-member": lambda: translate("group", "the group knows of no such member"),
    "group-paused": lambda: translate("group", "Patroni is paused, so nobody takes over unless asked"),
    "fails-over-by-itself": lambda: translate("group", "Patroni fails over by itself when the key runs out"),
    "nobody-may-take-over": lambda: translate("group", "no member confirms commits, so Patroni lets nobody take over"),
    "restarts-by-itself": lambda: translate("group", "its Patroni starts it again by itself"),
    "rejoins-by-itself": lambda: translate("group", "its Patroni brings it back by itself; a new copy is the last way"),
    "writes-unguarded": lambda: translate("group", "its server takes writes while its Patroni gives no answer"),
    # Dangers, as a check tells them.
    "split-brain": lambda: translate("group", "two servers take writes"),
    "no-quorum": lambda: translate("group", "the consensus store has no majority"),
    "no-key": lambda: translate("group", "nobody holds the key"),
    "holder-silent": lambda: translate("group", "the Patroni of the holder gives no answer"),
    "patroni-down": lambda: translate("group", "no Patroni runs there"),
    "read-only": lambda: translate("group", "the holder takes no writes"),
    "wrong-cluster": lambda: translate("group", "its members are of two clusters"),
    "nobody-confirms": lambda: translate("group", "no standby confirms commits"),
    "paused": lambda: translate("group", "Patroni is paused"),
    "pending-restart": lambda: translate("group", "it waits for a restart to take up changed settings"),
    "no-watchdog": lambda: translate("group", "the holder has no watchdog"),
    "asynchronous": lambda: translate("group", "replication is asynchronous"),
    "lag-limit": lambda: translate("group", "a failover by itself may lose up to maximum_lag_on_failover"),
    "ttl-long": lambda: translate("group", "the key lives long"),
    "ttl-tight": lambda: translate("group", "loop_wait + 2 * retry_timeout is longer than the key lives"),
    "removes-data": lambda: translate("group", "a diverged data directory is thrown away by itself"),
    "no-rewind": lambda: translate("group", "use_pg_rewind is off"),
    "open-interface": lambda: translate("group", "its interface asks for no password"),
    # What stands against an order.
    "nothing": lambda: translate("group", "nothing"),
    "no-member": lambda: translate("group", "the group knows of no such member"),
    "writable": lambda: translate("group", "its server takes writes"),
    "already": lambda: translate("group", "it is so already"),
    "unfit": lambda: translate("group", "it can't take over"),
    "needs-approval": lambda: translate("group", "its loss is not approved"),
    "busy": lambda: translate("group", "a switchover is scheduled"),
}
GROUP_MENDS: Final[dict[str, _Text]] = {
    "mend-store": lambda: translate(
        "group", "Bring a majority of the consensus store (etcd, Consul, ZooKeeper) back first: without it no Patroni "
                 "may lead, and nothing that it is asked for is done."
    ),
    "resume-after": lambda: translate(
        "group", "Patroni does what it is asked for in pause too, but nothing by itself. Afterwards: patroni CLUSTER "
                 "resume."
    ),
    "flush-scheduled": lambda: translate(
        "group", "Somebody has ordered a switchover for later. Take it back first: patronictl flush CLUSTER switchover."
    ),
    "member-state": lambda: translate("group", "Look with 'patroni CLUSTER status' why {node} does not stream."),
    "approve-outside-sync": lambda: translate(
        "group", "{node} may lack confirmed commits: choose a member of /sync, or approve the loss by its number."
    ),
    "failover-outside-sync": lambda: translate(
        "group", "Patroni hands over to members of /sync only. Wait until {node} stands in it, or ask for a failover "
                 "to it, with the loss approved."
    ),
    "leads-still": lambda: translate(
        "group", "{node} takes writes and its Patroni answers. What it confirms until it steps down may be lost with a "
                 "member outside /sync: a switchover to a member of /sync loses nothing."
    ),
    "writes-unguarded": lambda: translate(
        "group", "The server of {node} takes writes and its Patroni gives no answer: whoever is promoted now would be "
                 "the second primary. Start its Patroni again, or stop that server, then check again."
    ),
    "may-still-write": lambda: translate(
        "group", "Nobody can see that nothing writes on {node}, and Patroni fences no other host: without a watchdog "
                 "there its server may go on. Switch that host off if you can."
    ),
    "patroni-looks-after": lambda: translate("group", "The Patroni of {node} runs and looks after its server."),
    "restart-stops-writes": lambda: translate(
        "group", "Nobody can write while {node} restarts: a switchover first makes that shorter."
    ),
    "patroni-rewinds": lambda: translate(
        "group", "Patroni rewinds {node} by itself where use_pg_rewind is on; what can be asked for is a new copy."
    ),
    "ask-rebuild": lambda: translate("group", "{node} streams. For a new copy all the same, ask with --rebuild."),
    "edit-config": lambda: translate(
        "group", "Patroni sets for whom commits wait, and would set ours back. Change it there: patronictl "
                 "edit-config, synchronous_mode and synchronous_node_count."
    ),
    "members-by-patroni": lambda: translate(
        "group", "Members come and go with their own Patroni: start one with the same scope on the new host, or stop "
                 "it and take the member out with patronictl. Then mend the inventory."
    ),
    "patroni-fences-nobody": lambda: translate(
        "group", "Under Patroni nobody is fenced by the console: leave the fence out, and see that {node} can't write."
    ),
    "danger-split-brain": lambda: translate("group", "Stop the one without the key first: {node}."),
    "danger-no-quorum": lambda: translate("group", "Bring a majority of the consensus store back first."),
    "danger-no-key": lambda: translate("group", "Wait until somebody leads, or fail over where Patroni is paused."),
    "danger-holder-silent": lambda: translate("group", "Look at the Patroni of {node}: when its key runs out, another "
                                                       "member leads."),
    "danger-patroni-down": lambda: translate("group", "Start the Patroni of {node}: nobody looks after its server."),
    "danger-read-only": lambda: translate("group", "Look at the log of the Patroni of {node}: it is about to promote, "
                                                   "or can't."),
    "danger-wrong-cluster": lambda: translate("group", "Mend the inventory: {node} belongs to another cluster."),
    "danger-nobody-confirms": lambda: translate("group", "Bring a standby back: without one in /sync nobody may take "
                                                         "over."),
    "danger-paused": lambda: translate("group", "Have it act by itself again: patroni CLUSTER resume."),
    "danger-pending-restart": lambda: translate("group", "Restart {node} when it suits: restart CLUSTER NODE."),
    "danger-no-watchdog": lambda: translate(
        "group", "If its Patroni dies, {node} stays writable after another leads. Set a watchdog up there "
                 "(watchdog.mode in Patroni's configuration)."
    ),
    "danger-asynchronous": lambda: translate("group", "Commits wait for nobody: a failover may lose the last of them."),
    "danger-lag-limit": lambda: translate(
        "group", "Patroni promotes by itself a member that lacks up to {figure} bytes. Lower maximum_lag_on_failover, "
                 "or let commits wait."
    ),
    "danger-ttl-long": lambda: translate("group", "The key lives {figure} s: so long is an outage at least."),
    "danger-ttl-tight": lambda: translate("group", "Together {figure} s: raise ttl, or lower the other two."),
    "danger-removes-data": lambda: translate(
        "group", "Switch remove_data_directory_on_diverged_timelines off: only that directory may hold the entries."
    ),
    "danger-no-rewind": lambda: translate("group", "A former primary has to be copied anew: switch use_pg_rewind on."),
    "danger-open-interface": lambda: translate("group", "Whoever reaches {node} can change the cluster: set "
                                                        "restapi.authentication."),
    "against-no-quorum": lambda: translate("group", "Bring a majority of the consensus store back first."),
    "against-no-member": lambda: translate("group", "Start the Patroni of {node}, with the scope of this cluster."),
    "against-patroni-silent": lambda: translate(
        "group", "Only its own Patroni can do it: start the Patroni service of {node} first."
    ),
    "against-holds-key": lambda: translate("group", "{node} leads: its data is the cluster's. Switch over first."),
    "against-no-key": lambda: translate("group", "Nobody leads, so there is nothing to copy from. Mend that first."),
    "against-writable": lambda: translate("group", "The data of {node} may be the only copy of what it took. Stop it "
                                                   "first, and compare: fork CLUSTER."),
    "against-other-timeline": lambda: translate(
        "group", "{node} may hold the only copy of acknowledged entries. Export them, then decide: fork."
    ),
    "against-already": lambda: translate("group", "It is so already."),
    "against-split-brain": lambda: translate("group", "Two servers take writes: that comes first."),
    "against-unfit": lambda: translate("group", "Choose another member."),
    "against-needs-approval": lambda: translate("group", "Approve its loss by its number."),
    "against-busy": lambda: translate("group", "Take the scheduled switchover back: patronictl flush."),
}  # fmt: skip
# What Patroni and the servers have to say, by the argument 'that' of the proof.
GROUP_CLAIMS: Final[dict[str, _Text]] = {
    "holds-key": lambda: translate("group", "holds the key and takes writes, and nobody else does"),
    "paused": lambda: translate("group", "says that it is paused, as every other member does"),
    "resumed": lambda: translate("group", "says that it acts by itself, as every other member does"),
    "restarted": lambda: translate("group", "has a server that began later, and runs"),
    "reinitialised": lambda: translate("group", "has a server that began later, and streams from the holder"),
    "confirms": lambda: translate("group", "stands in /sync"),
    "quorum": lambda: translate("group", "a majority of the consensus store answers"),
    "may-take-over": lambda: translate("group", "is fit to take over, and nobody else has"),
    "settled": lambda: translate("group", "has at least {count} standbys in /sync"),
}
GROUP_NOTES: Final[dict[str, _Text]] = {
    "by-patroni": lambda: translate(
        "group", "Patroni does it, asked by its own interface; the console asks, follows and proves, and changes "
                 "nothing behind its back."
    ),
    "no-gate": lambda: translate(
        "group", "Patroni has no gate behind its own fence: what may be lost is judged now and right before the "
                 "request, and not again after it."
    ),
    "no-fence": lambda: translate(
        "group", "Nobody is fenced: Patroni trusts its key and, where there is one, the watchdog. There is no way back "
                 "once it was asked."
    ),
    "fails-over-by-itself": lambda: translate(
        "group", "Patroni is not paused: it fails over by itself when the key runs out, and may be quicker."
    ),
    "data-first": lambda: translate(
        "group", "Patroni throws the data of {value} away before the new copy is there: there is no way back."
    ),
    "kept-by-nobody": lambda: translate(
        "group", "The data of {value} goes beyond the fork, and Patroni keeps none of it."
    ),
}  # fmt: skip
