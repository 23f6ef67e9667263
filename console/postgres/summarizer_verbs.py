"""The acts that switch WAL summarizing off before a change, and on again after it (PostgreSQL 17 and later)."""

import shlex
from typing import Final

from console.domain.plan import Act, Verb
from console.postgres.verbs import ServerAt, base

SUMMARIZER_SECONDS_MAX: Final = 0.2
SUMMARIZER_ENDS_SECONDS_MAX: Final = 12.0  # one that met an error sleeps for ten seconds, and nothing wakes it


def _script(at: ServerAt, *lines: str) -> str:
    return "\n".join([*base(at), *lines]) + "\n"


def quiet_summarizer(at: ServerAt, *, seconds_max: float = SUMMARIZER_SECONDS_MAX) -> Act:
    """Switch WAL summarizing off before a promotion (17 and later), and give its process that long to end.

    A promotion waits for the summarizer: 18 and 27 s were measured with one asleep, and with one that was stuck the
    server gave up after a minute and shut down ('WAL summarization is not progressing'). A server that is to stop waits
    for its process as well: 5 to 8 s were seen where it had met an error.
    """
    waits = (
        f"do $$ begin for i in 1..{round(seconds_max * 100)} loop "
        "exit when (select summarizer_pid from pg_get_wal_summarizer_state()) is null; "
        "perform pg_sleep(0.01); end loop; end $$"
    )
    return Act(
        verb=Verb.SET_SETTING,
        node=at.node,
        args=(("name", "summarize_wal"), ("value", "off")),
        script=_script(
            at,
            "Q -c 'alter system set summarize_wal = off' -c 'select pg_reload_conf()' "
            f"-c {shlex.quote(waits)} >/dev/null || exit 1",
            'n=0; until [ "$(Q -c "show summarize_wal")" = off ]; do n=$((n+1)); [ "$n" -lt 40 ] || exit 3; '
            "sleep 0.05; done",
        ),
    )


def summarizer_back(at: ServerAt) -> Act:
    """WAL summarizing as it was configured: by the configuration's own word, else by ALTER SYSTEM."""
    return Act(
        verb=Verb.SET_SETTING,
        node=at.node,
        args=(("name", "summarize_wal"), ("value", "on")),
        script=_script(
            at,
            "Q -c 'alter system reset summarize_wal' -c 'select pg_reload_conf()' >/dev/null || exit 1",
            'n=0; until [ "$(Q -c "show summarize_wal")" = on ]; do n=$((n+1)); [ "$n" -lt 40 ] || exit 3',
            "[ \"$n\" != 10 ] || Q -c 'alter system set summarize_wal = on' -c 'select pg_reload_conf()' >/dev/null",
            "sleep 0.05; done",
        ),
    )
