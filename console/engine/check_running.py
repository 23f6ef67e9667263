"""Runs one monitoring script once on one node, over SSH, and turns whatever comes of it into a reading."""

import secrets
from collections.abc import Callable
from typing import Final

from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.monitoring import (
    OUTPUT_CHARACTERS_MAX,
    CheckReading,
    CheckSpec,
    CheckState,
    CheckWay,
    PerfValue,
)
from console.domain.nagios import judged, number_of, read_output, read_range, state_of
from console.domain.reading import Moment, SshState
from console.domain.text import shown
from console.postgres import check_scripts as scripts
from console.postgres.check_scripts import Heard
from console.postgres.probe import failure_of
from console.ssh.hosts import SshHosts
from console.ssh.refused import SshRefused
from console.ssh.sudo import sudo_refusal

ROW_VALUES_MAX: Final = 32
ROW_VALUE_CHARACTERS_MAX: Final = 400
STDERR_CHARACTERS_MAX: Final = 500


def unreached(spec: CheckSpec, cluster: str, node: str, now: Moment, reason: str, *, said: str = "") -> CheckReading:
    """A check that was not begun, or whose end nobody knows."""
    return CheckReading(
        cluster=cluster, check=spec.name, node=node, at=now.utc, state=CheckState.UNKNOWN,
        text=shown(said, characters_max=STDERR_CHARACTERS_MAX), reason=reason,
    )  # fmt: skip


def run_check(
    spec: CheckSpec, cluster: ClusterSpec, node: NodeSpec, hosts: SshHosts, *, clock: Callable[[], Moment],
    password: Callable[[NodeSpec], str | None],
) -> CheckReading:  # fmt: skip
    """One run, within its limit and a few seconds; never raises for what host, server or script do."""
    nonce = secrets.token_hex(12)
    word: str | None = None
    if spec.way is CheckWay.SQL and node.postgres is not None and node.postgres.password:
        word = password(node)
        if word is None:
            return unreached(spec, cluster.name, node.name, clock(), "password")
    if spec.way is CheckWay.SQL:
        command = scripts.sql_check(
            spec.text, cluster, node, nonce, seconds_max=spec.seconds_max, password=word
        )
    else:
        command = scripts.command_check(spec.text, node, nonce, seconds_max=spec.seconds_max)
    try:
        outcome = hosts.connected(node.name).run(command)
    except SshRefused as refused:
        reason = "lost" if refused.state is SshState.BROKEN else "host-unreachable"
        said = f"{refused.state.value}: {refused.detail}"
        return unreached(spec, cluster.name, node.name, clock(), reason, said=said)
    heard = scripts.read_heard(nonce, outcome.stdout, outcome.stderr)
    at = clock()
    if heard.trouble or (heard.status is None and not heard.late):
        refusal = sudo_refusal(outcome)
        reason = heard.trouble or ("sudo" if refusal else "maybe-running" if outcome.timed_out else "lost")
        said = refusal or outcome.stderr.decode("utf-8", "replace")
        return unreached(spec, cluster.name, node.name, at, reason, said=said)
    reads = _read_sql if spec.way is CheckWay.SQL else _read_command
    return reads(spec, cluster.name, node.name, at, outcome.seconds, heard)


def _read_command(
    spec: CheckSpec, cluster: str, node: str, at: Moment, seconds: float, heard: Heard
) -> CheckReading:  # fmt: skip
    said = read_output(heard.stdout)
    state, reason = state_of(heard.status)
    if heard.late:
        state, reason = CheckState.UNKNOWN, "maybe-running" if heard.stays else "too-long"
    text = said.text
    if not text:
        # The convention wants text on standard output; where a script only complains, that is the best there is.
        text = shown(heard.stderr.decode("utf-8", "replace"), characters_max=STDERR_CHARACTERS_MAX)
        reason = reason or ("no-output" if not text else "")
    cut = said.cut or heard.cut
    return CheckReading(
        cluster=cluster, check=spec.name, node=node, at=at.utc, state=state, text=text, values=said.values,
        seconds=seconds, status=heard.status, reason=reason or ("cut" if cut else ""), cut=cut,
    )  # fmt: skip


def _read_sql(
    spec: CheckSpec, cluster: str, node: str, at: Moment, seconds: float, heard: Heard
) -> CheckReading:  # fmt: skip
    def ended(state: CheckState, text: str, reason: str = "", values: tuple[PerfValue, ...] = ()) -> CheckReading:
        return CheckReading(
            cluster=cluster, check=spec.name, node=node, at=at.utc, state=state, text=text[:OUTPUT_CHARACTERS_MAX],
            values=values, seconds=seconds, status=heard.status, reason=reason, cut=heard.cut,
        )  # fmt: skip

    if heard.late:
        return ended(CheckState.UNKNOWN, "", "maybe-running" if heard.stays else "too-long")
    if heard.status == scripts.NO_PROGRAM_STATUS:
        return ended(CheckState.UNKNOWN, "", "no-program")
    if heard.status != 0:
        reason, said = scripts.read_error(heard.stderr)
        if not reason:
            failure = failure_of(heard.stderr, heard.status)
            reason, said = failure.state.value, failure.detail
        return ended(CheckState.UNKNOWN, shown(said, characters_max=STDERR_CHARACTERS_MAX), reason)
    if heard.cut:
        return ended(CheckState.UNKNOWN, "", "cut")
    try:
        row = scripts.read_row(heard.stdout)
    except ValueError as error:
        return ended(CheckState.UNKNOWN, shown(f"{error}"), "unreadable")
    if row is None:
        judges = bool(spec.warning or spec.critical)
        return ended(CheckState.UNKNOWN if judges else CheckState.OK, "", "no-row")
    return _judged_row(spec, row, ended)


def _judged_row(spec: CheckSpec, row: scripts.Row, ended: Callable[..., CheckReading]) -> CheckReading:
    """The first column against the limits; every column that is a number as a value."""
    names = [shown(name, characters_max=60) or f"column {place}" for place, name in enumerate(row.names, 1)]
    numbers = [number_of(value) for value in row.values]
    values = tuple(
        PerfValue(
            label=name, value=number, warning=spec.warning if place == 0 else "",
            critical=spec.critical if place == 0 else "",
        )
        for place, (name, number) in enumerate(zip(names, numbers, strict=True))
        if number is not None
    )[:ROW_VALUES_MAX]  # fmt: skip
    parts = [f"{name} {shown(value, characters_max=ROW_VALUE_CHARACTERS_MAX)}"
             for name, value in zip(names, row.values, strict=True)]  # fmt: skip
    state = judged(numbers[0], warning=read_range(spec.warning), critical=read_range(spec.critical))
    reason = "not-a-number" if state is CheckState.UNKNOWN else ""
    return ended(state, ", ".join(parts[:ROW_VALUES_MAX]), reason, values)
