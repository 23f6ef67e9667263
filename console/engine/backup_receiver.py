"""Keeps the receivers of WAL running: looked at each minute, and started again where one does not run."""

import hashlib
import logging
import shlex
from dataclasses import replace
from typing import Final

from console.backup.face import BackupEngine, EngineTrouble, Order, WalReceiver
from console.domain.backup_policy import EngineName, RepositorySpec, WalWay
from console.ssh.hosts import Hosts
from console.ssh.long_acts import ASK_SECONDS_MAX, end_long
from console.ssh.supervise import SECONDS_MAX, Standing, SupervisedState, read_state, remove_command, start_command

PLACE_CHARACTERS: Final = 8

log = logging.getLogger(__name__)


def receives(spec: RepositorySpec) -> bool:
    """Is its WAL received by an act of ours?"""
    return spec.engine is EngineName.NATIVE and spec.wal is WalWay.STREAM


def keep_receiving(engine: BackupEngine, hosts: Hosts, *, began: str) -> tuple[str, str]:
    """Have the receiver run. `began`: the digest of what was started before, where that is known.

    The digest of what runs now, and why it does not; empty where it does. Raises EngineTrouble.
    """
    order = _order(engine)
    if order is None:
        return "", ""
    digest = hashlib.sha256(order.script.encode()).hexdigest()
    if began and began != digest:
        log.info("%s: the servers of %s are others now, its receiver begins anew", order.node, engine.spec.name)
        end_long(hosts, order.node, order.name)
    state = _started(hosts, order)
    if not state.fresh and state.standing is not Standing.RUNNING:
        said = state.log.decode("utf-8", "replace").strip()[-400:]
        log.warning("%s: the receiver of %s had ended: %s", order.node, engine.spec.name, said)
        hosts.run(order.node, shlex.join(remove_command(order.name).argv), seconds_max=ASK_SECONDS_MAX)
        state = _started(hosts, order)
    return digest, "" if state.standing is Standing.RUNNING else "not-receiving"


def end_receiving(engine: BackupEngine, hosts: Hosts) -> None:
    """End it where the policy does not want it any more; what it has received stays. Raises EngineTrouble."""
    order = _order(engine)
    if order is not None:
        end_long(hosts, order.node, order.name)


def _order(engine: BackupEngine) -> Order | None:
    """The act, under a name that no other repository on the host has: two clusters may be called the same."""
    order = engine.receive() if isinstance(engine, WalReceiver) else None
    if order is None:
        return None
    place = hashlib.sha256(engine.spec.path.encode()).hexdigest()[:PLACE_CHARACTERS]
    return replace(order, name=f"{order.name}:{place}"[:200])


def _started(hosts: Hosts, order: Order) -> SupervisedState:
    command = start_command(order.name, ("sh", "-c", order.script), seconds_max=SECONDS_MAX, secrets=order.secrets)
    given = "".join(f"{secret}\n" for secret in order.secrets).encode()
    said = hosts.run(order.node, shlex.join(command.argv), seconds_max=ASK_SECONDS_MAX, stdin=given)
    if not said.fine:
        raise EngineTrouble("host-silent" if said.refused else "not-begun", order.node, said.words())
    try:
        return read_state(order.name, said.stdout)
    except ValueError as error:
        raise EngineTrouble("nonsense", order.node, f"{error}") from error
