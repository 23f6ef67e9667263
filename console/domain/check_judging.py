"""What readings of monitoring scripts mean for alerts and for automation: signs, and conditions that hold or not."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from console.domain.alerting import AlertSource, Sign
from console.domain.monitoring import CheckReading, CheckSpec, CheckState, CheckUse
from console.domain.verdict import Health

STALE_FACTOR: Final = 3.0
STALE_SECONDS_MIN: Final = 30.0
UNKNOWN_IN_A_ROW_MIN: Final = 2  # one lost connection is no alert
UNREACHED_HOST: Final = frozenset({"host-unreachable", "lost"})
UNREACHED: Final = UNREACHED_HOST | {"no-server", "refuses"}


def stale(spec: CheckSpec, reading: CheckReading, now: datetime) -> bool:
    """Is it too old to be taken for what is so now?"""
    age = (now - reading.at).total_seconds()
    return age > STALE_FACTOR * spec.every_seconds + spec.seconds_max + STALE_SECONDS_MIN


def sign_of(spec: CheckSpec, reading: CheckReading, now: datetime, unknown_in_a_row: int) -> Sign | None:
    """What a reading raises as an alert; None: nothing.

    Critical too is only degraded: that a cluster is lost is said by verdicts over its nodes alone, never by a script.
    """
    if CheckUse.ALERT not in spec.uses or not spec.enabled:
        return None
    old = stale(spec, reading, now)
    state = CheckState.UNKNOWN if old else reading.state
    if state is CheckState.OK or (state is CheckState.UNKNOWN and not old and unknown_in_a_row < UNKNOWN_IN_A_ROW_MIN):
        return None
    value = next((one for one in reading.values if one.value is not None), None)
    limit = "" if value is None else value.critical if state is CheckState.CRITICAL else value.warning
    return Sign(
        cluster=reading.cluster, node=reading.node, source=AlertSource.CHECK, word=f"check-{state.name.lower()}",
        health=Health.UNKNOWN if state is CheckState.UNKNOWN else Health.DEGRADED, about=spec.name,
        observed=None if value is None else value.value, limit=limit or None,
        detail="stale" if old else reading.text.partition("\n")[0] or reading.reason,
    )  # fmt: skip


def signs_of(rows: tuple[tuple[CheckSpec, CheckReading, int], ...], now: datetime) -> tuple[Sign, ...]:
    """The signs of all checks of a cluster: each with its newest reading and how many were unknown in a row.

    Of a host that could not be reached there is one sign, however many checks it has.
    """
    found: list[Sign] = []
    unreached: dict[str, list[Sign]] = {}
    for spec, reading, unknown_in_a_row in rows:
        sign = sign_of(spec, reading, now, unknown_in_a_row)
        if sign is None:
            continue
        if sign.word == "check-unknown" and reading.reason in UNREACHED_HOST:
            unreached.setdefault(reading.node, []).append(sign)
        else:
            found.append(sign)
    for signs in unreached.values():
        found.append(replace(signs[0], word="checks-unreached", about="", observed=len(signs), limit=None))
    return tuple(found)


def condition(spec: CheckSpec, readings: tuple[CheckReading, ...], now: datetime) -> bool | None:
    """Does the check say yes? None: it can't be said, which automation takes for no.

    A node that can't be reached says nothing, and is left out as long as another one says yes: else a check of every
    node would forbid just what it is asked for when one of them dies.
    """
    fresh = [one for one in readings if not stale(spec, one, now)]
    if any(one.state in (CheckState.WARNING, CheckState.CRITICAL) for one in fresh):
        return False
    if any(one.state is CheckState.UNKNOWN and one.reason not in UNREACHED for one in fresh):
        return None
    return True if any(one.state is CheckState.OK for one in fresh) else None
