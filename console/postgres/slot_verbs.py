"""The act that takes away the slots of followers that are gone for good."""

import shlex
from typing import Final

from console.domain.plan import Act
from console.postgres.facts import literal
from console.postgres.verbs import ServerAt, base, drop_slots

FREE_SECONDS_MAX: Final = 5  # until the senders of slots that are to go have ended


def free_slots(at: ServerAt, slots: tuple[str, ...]) -> Act:
    """Drop them; a sender that does not know yet that its follower is gone is ended first."""
    named = ", ".join(literal(slot) for slot in slots)
    ends = (
        "do $$ begin perform pg_terminate_backend(active_pid) from pg_replication_slots "
        f"where slot_name in ({named}) and slot_type = 'physical' and active_pid is not null; "
        f"for i in 1..{FREE_SECONDS_MAX * 50} loop exit when not exists (select from pg_replication_slots "
        f"where slot_name in ({named}) and active); perform pg_sleep(0.02); end loop; end $$"
    )
    act = drop_slots(at, slots)
    script = "\n".join([*base(at), f"Q -c {shlex.quote(ends)} || exit 1"]) + "\n" + act.script
    return Act(verb=act.verb, node=act.node, args=act.args, script=script)
