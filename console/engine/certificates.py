"""Asks at a pace until when the servers' certificates hold; what was found last is kept in memory."""

import logging
import threading
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind
from console.engine.vigil_ground import VigilGround
from console.postgres import verbs
from console.postgres.certificate_facts import (
    FILE_SQL,
    READ_SECONDS_MAX,
    CertificateEnd,
    end_script,
    read_end,
    read_file,
)
from console.postgres.change_facts import Depth
from console.ssh.hosts import SshHosts, at_once
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 5.0
FIRST_SECONDS: Final = 60.0  # after the engine's start, or a cluster's first sight
PACE_SECONDS: Final = 6 * 3600.0
END_SECONDS_MAX: Final = 3.0

log = logging.getLogger(__name__)


class Certificates:
    """One thread that looks after all clusters' certificates."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._guard = threading.Lock()
        self._known: dict[str, dict[str, CertificateEnd]] = {}
        self._due: dict[str, float] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="certificates", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(END_SECONDS_MAX)

    def known(self, spec: ClusterSpec) -> tuple[CertificateEnd, ...]:
        """One a server; of one without a certificate there is nothing to tell."""
        with self._guard:
            found = self._known.get(spec.name, {})
        ends = [found.get(name, CertificateEnd(node=name, reason="not-asked")) for name in _servers(spec)]
        return tuple(one for one in ends if one.reason != "no-certificate")

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            now = self._ground.clock().ticks
            for spec in self._ground.inventory().clusters:
                if now < self._due.setdefault(spec.name, now + FIRST_SECONDS) or self._stopping.is_set():
                    continue
                self._due[spec.name] = now + PACE_SECONDS
                try:
                    found = self._ask(spec)
                except StoreTrouble as trouble:
                    log.warning("certificates of %s are not asked: %s", spec.name, trouble)
                    continue
                except Exception:  # a poll round: what one cluster met must not end it for all others
                    log.exception("certificates of %s could not be asked in a way that was not foreseen", spec.name)
                    continue
                with self._guard:
                    self._known[spec.name] = found

    def _ask(self, spec: ClusterSpec) -> dict[str, CertificateEnd]:
        hosts, looks = self._ground.planning.ways(spec)
        try:
            facts = looks.look(depth=Depth.STATE)
            servers = looks.servers(facts)

            def ask(node: str) -> CertificateEnd:
                if not facts[node].reached:
                    return CertificateEnd(node=node, reason="host-unreachable")
                at = servers.get(node)
                return CertificateEnd(node=node, reason="no-server") if at is None else self._end(spec, hosts, at)

            return dict(at_once(_servers(spec), ask))
        finally:
            hosts.close()

    def _end(self, spec: ClusterSpec, hosts: SshHosts, at: verbs.ServerAt) -> CertificateEnd:
        told = hosts.run(at.node, verbs.ask_script(at, spec.database, FILE_SQL), seconds_max=READ_SECONDS_MAX)
        if not told.fine:
            return CertificateEnd(node=at.node, reason="no-server")
        path, reason = read_file(told.stdout)
        if reason:
            return CertificateEnd(node=at.node, reason=reason)
        said = hosts.run(at.node, end_script(path), seconds_max=READ_SECONDS_MAX)
        return read_end(at.node, path, said.stdout)


def _servers(spec: ClusterSpec) -> list[str]:
    return [node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES]
