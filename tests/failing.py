"""What goes wrong with a lab's primary before a failover, and what is known about it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from console.domain.cluster import FenceCommand
from tests.changing import Operator
from tests.live import sql, wait_for

NODES = ("lab-1", "lab-2", "lab-3")


def standbys(leading: str) -> tuple[str, ...]:
    return tuple(name for name in NODES if name != leading)


@contextmanager
def asynchronous(operator: Operator) -> Iterator[None]:
    """Commits wait for nobody, and that is what was promised."""
    for name in NODES:
        sql(operator.lab, name, "set synchronous_commit = local; alter system set synchronous_standby_names = ''")
        sql(operator.lab, name, "select pg_reload_conf()")
    spec = operator.spec
    with operator.spec_as(replace(spec, promises=replace(spec.promises, synchronous=None))):
        operator.steady()
        yield


def cut(operator: Operator, *names: str) -> dict[str, str]:
    """These lose sight of the primary, as by a cable: what they follow is given back, and works again once mended."""
    upstream = {name: sql(operator.lab, name, "show primary_conninfo") for name in names}
    for name in names:
        sql(operator.lab, name, "alter system set primary_conninfo = ''")
        sql(operator.lab, name, "select pg_reload_conf()")
    for name in names:
        wait_for(lambda name=name: sql(operator.lab, name, "select count(*) from pg_stat_wal_receiver") == "0", "a cut")
    return upstream


def joined(operator: Operator, upstream: dict[str, str]) -> None:
    for name, conninfo in upstream.items():
        sql(operator.lab, name, f"alter system set primary_conninfo = '{conninfo}'")
        sql(operator.lab, name, "select pg_reload_conf()")


def noticed(operator: Operator, leading: str) -> None:
    """The watch has seen the head that the primary has now."""
    head = int(sql(operator.lab, leading, "select max(number) from ledger.entries"))
    seen = lambda: (operator.watched.status()["view"]["head_number"] or 0) >= head  # noqa: E731
    wait_for(seen, "the head to be seen", seconds=60.0)


def fence_command(operator: Operator, leading: str) -> FenceCommand:
    """The lab's hosts share one machine: the vault's shell can end what works in another host's data directory."""
    data = operator.data(leading)
    pids = f"ls -l /proc/[0-9]*/cwd 2>/dev/null | sed -n 's|.*/proc/\\([0-9]*\\)/cwd -> {data}$|\\1|p'"
    alive = f"for p in $({pids}); do grep -qs '^State:.[ZX]' /proc/$p/status || echo $p; done"
    return FenceCommand(
        node="lab-vault", seconds_max=20.0,
        command=f'kill -STOP "$(head -n 1 {data}/postmaster.pid)" 2>/dev/null; v=$({alive}); kill -KILL $v; true',
        state_command=f'if [ -z "$({alive})" ]; then echo off; else echo on; fi',
    )  # fmt: skip


@contextmanager
def without_wal(operator: Operator, node: str) -> Iterator[None]:
    """What this dead node's pg_wal held can't be read for a while."""
    place = operator.data(node) / "pg_wal"
    aside = place.parent.parent / "wal-aside"
    aside.mkdir(exist_ok=True)
    moved = [path for path in place.iterdir() if path.is_file() and len(path.name) == 24]
    assert moved
    for path in moved:
        path.rename(aside / path.name)
    try:
        yield
    finally:
        for path in moved:
            (aside / path.name).rename(path)


def timelines(operator: Operator) -> dict[str, int]:
    """The newest timeline of which a node holds WAL or history; a control file tells that of its last checkpoint."""
    return {
        name: max(
            int(file.name[:8], 16)
            for file in (Path(operator.data(name)) / "pg_wal").iterdir()
            if re.fullmatch(r"[0-9A-F]{24}(\.partial)?|[0-9A-F]{8}\.history", file.name)
        )
        for name in NODES
    }
