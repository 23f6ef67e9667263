"""The same changes by bare commands, as an experienced person scripts them: psql, pg_ctl, pg_rewind on the hosts."""

import os
import pwd
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from typing import Final

from console.lab.plan import REPLICATION_ROLE
from console.lab.processes import MARK
from console.lab.status import LabNode, LabStatus

SCRIPT_SECONDS_MAX: Final = 120.0

_PRELUDE: Final = """\
set -eu
LC_ALL=C; export LC_ALL; cd /
B={programs}
Q() {{ s=$1; shift; "$B/psql" -XAtq -v ON_ERROR_STOP=1 -h "$s" -p {port} -U postgres -d postgres "$@"; }}
"""
# A promotion waits for the WAL summarizer, up to half a minute where it sleeps, and so does a stop: one that met an
# error sleeps for ten seconds, and no signal wakes it. Switched off before, on both, as by the plan.
_QUIET: Final = """\
Q {new} -c "alter system set summarize_wal = off" -c "select pg_reload_conf()" >/dev/null
n=0; while [ "$(Q {new} -c "select summarizer_pid is null from pg_get_wal_summarizer_state()")" != t ]; do
n=$((n+1)); [ "$n" -lt 700 ] || {{ echo "the WAL summarizer does not end" >&2; exit 1; }}; sleep 0.01; done
"""
_BACK: Final = 'Q {new} -c "alter system reset summarize_wal" -c "select pg_reload_conf()" >/dev/null\n'
_SLOT: Final = (
    "Q {new} -c \"select pg_create_physical_replication_slot('{slot}', true) where not exists "
    "(select from pg_replication_slots where slot_name = '{slot}')\" >/dev/null\n"
)
_REPOINT: Final = (
    "Q {other} -c \"alter system set primary_slot_name = '{slot}'\" "
    "-c \"alter system set primary_conninfo = '{conninfo}'\" -c \"select pg_reload_conf()\" >/dev/null\n"
)
_STOP: Final = """\
"$B/pg_ctl" -D {data} -m fast -w -t 60 stop >/dev/null
p=$("$B/pg_controldata" -D {data} | sed -n 's/^Latest checkpoint location: *//p')
until [ "$(Q {new} -c "select pg_last_wal_replay_lsn() > '$p'")" = t ]; do sleep 0.01; done
"""
_PROMOTE: Final = 'Q {new} -c "select pg_promote()" >/dev/null\n'
_BEYOND: Final = """\
until [ "$(Q {old} -c "select count(*) from pg_stat_replication where application_name in ({names})")" = 0 ]; do
sleep 0.05; done
Q {old} -c "set synchronous_commit = local" -c "select pg_logical_emit_message(true, 'bench', repeat('x', 100000))" \
>/dev/null
"""
_START: Final = """\
"$B/pg_ctl" -D {data} -l {log} -w -t 60 start >/dev/null || {{ tail -n 5 {log} >&2; exit 1; }}
"""
_STANDBY: Final = """\
a={data}/postgresql.auto.conf
grep -vE '^(primary_conninfo|primary_slot_name) *=' "$a" >"$a.new" || true
printf "primary_conninfo = '%s'\\nprimary_slot_name = '%s'\\n" {conninfo} {slot} >>"$a.new"
mv "$a.new" "$a"; : >{data}/standby.signal
"""
_REWIND: Final = """\
rm -f {data}/postmaster.pid; k=$(mktemp -d)
for f in postgresql.conf postgresql.auto.conf pg_hba.conf; do cp -p {data}/$f "$k/"; done
# Whatever a fence left here: pg_rewind's own recovery needs a server that is no standby.
rm -f {data}/standby.signal
"$B/pg_rewind" -D {data} --source-server="host={source} port={port} user=postgres dbname=postgres" >&2
cp -p "$k"/* {data}/; rm -r "$k"
"""


@dataclass(frozen=True, slots=True)
class Bare:
    """The hosts of a lab, and what is done on them as the lab's own account, without the console and without SSH."""

    lab: LabStatus

    def switchover(self, old: str, new: str) -> None:
        """Slots, checkpoints, a clean stop, replayed past its end, promoted, the others and the old one behind it."""
        self._run(
            self._prepared(old, new), _QUIET.format(new=self._socket(old)),
            f"Q {self._socket(old)} -c checkpoint; Q {self._socket(new)} -c checkpoint\n",
            _STOP.format(data=self._data(old), new=self._socket(new)), _PROMOTE.format(new=self._socket(new)),
            *(self._repoint(other, new) for other in self._others(old, new)), self._standby(old, new),
            _BACK.format(new=self._socket(new)), _BACK.format(new=self._socket(old)),
        )  # fmt: skip

    def prepare(self, old: str) -> None:
        """What `failover` finds done before: slots on each who may be promoted, and its summarizer quiet."""
        self._run(*(self._prepared(old, new) for new in self._others(old)))

    def part(self, old: str) -> None:
        """All standbys let go of the primary, which then writes what none of them will ever have."""
        cut = "alter system set primary_conninfo = ''"
        for other in self._others(old):
            self._run(f'Q {self._socket(other)} -c "{cut}" -c "select pg_reload_conf()" >/dev/null\n')
        # Whoever takes WAL for the archive stays.
        self._run(_BEYOND.format(old=self._socket(old), names=", ".join(f"'{name}'" for name in self._others(old))))

    def failover(self, old: str, new: str) -> None:
        """Promote, and point the others there: nothing is fenced, counted, rescued or proven."""
        self._run(
            _PROMOTE.format(new=self._socket(new)), *(self._repoint(other, new) for other in self._others(old, new))
        )

    def tidy(self, old: str) -> None:
        """What a failover is not measured with."""
        self._run(*(_BACK.format(new=self._socket(new)) for new in self._others(old)))

    def rejoin(self, old: str, new: str) -> None:
        """Rewind a killed primary and start it as a standby."""
        self._run(_REWIND.format(data=self._data(old), source=self._node(new).socket_directory, port=self._port),
                  self._standby(old, new))  # fmt: skip

    def restart(self, node: str) -> None:
        """Start a killed server where it lies."""
        # Without its lock files a zombie of the same number, waiting for its parent, would look like a living server.
        self._run(f"rm -f {self._data(node)}/postmaster.pid {self._socket(node)}/.s.PGSQL.*\n", self._start(node))

    # The pieces

    def _prepared(self, old: str, new: str) -> str:
        names = (old, *self._others(old, new))
        slots = "".join(_SLOT.format(new=self._socket(new), slot=_slot(name)) for name in names)
        return slots + _QUIET.format(new=self._socket(new))

    def _repoint(self, other: str, new: str) -> str:
        return _REPOINT.format(other=self._socket(other), slot=_slot(other), conninfo=self._conninfo(other, new))

    def _standby(self, old: str, new: str) -> str:
        conninfo = shlex.quote(self._conninfo(old, new))
        return _STANDBY.format(data=self._data(old), conninfo=conninfo, slot=_slot(old)) + self._start(old)

    def _start(self, node: str) -> str:
        return _START.format(data=self._data(node), log=shlex.quote(f"{self.lab.directory}/{node}/bare.log"))

    def _conninfo(self, node: str, upstream: str) -> str:
        where = self._node(upstream)
        return (
            f"host={where.address} port={where.postgres_port} user={REPLICATION_ROLE} application_name={node} "
            f"passfile={self.lab.directory}/{node}/pgpass connect_timeout=2"
        )

    def _others(self, *names: str) -> tuple[str, ...]:
        return tuple(n.name for n in self.lab.nodes if n.postgres_port is not None and n.name not in names)

    def _node(self, name: str) -> LabNode:
        found = self.lab.node(name)
        if found is None:
            raise LookupError(f"the lab has no node {name}")
        return found

    @property
    def _port(self) -> int | None:
        return self.lab.nodes[0].postgres_port

    def _data(self, name: str) -> str:
        return shlex.quote(str(self._node(name).data_directory))

    def _socket(self, name: str) -> str:
        return shlex.quote(str(self._node(name).socket_directory))

    def _run(self, *parts: str) -> None:
        prelude = _PRELUDE.format(programs=shlex.quote(self.lab.bin_directory), port=self._port)
        account = pwd.getpwnam(self.lab.account)
        drops = os.geteuid() == 0
        with tempfile.TemporaryFile() as said:  # a server that is started would inherit a pipe
            ended = subprocess.run(
                ["/bin/sh", "-s"], input=(prelude + "".join(parts)).encode(), cwd="/", timeout=SCRIPT_SECONDS_MAX,
                stdout=subprocess.DEVNULL, stderr=said, check=False, start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", MARK: self.lab.directory},
                user=account.pw_uid if drops else None, group=account.pw_gid if drops else None,
                extra_groups=[] if drops else None,
            )  # fmt: skip
            if ended.returncode:
                said.seek(0)
                raise RuntimeError(f"the bare commands failed: {said.read().decode(errors='replace')[-800:]}")


def _slot(name: str) -> str:
    return name.replace("-", "_")
