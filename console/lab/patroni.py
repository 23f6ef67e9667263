"""One node's server under Patroni: started, stopped, frozen and killed together with its Patroni, or Patroni alone."""

import base64
import http.client
import json
import signal
import subprocess
import threading
from typing import Any, Final

from console.lab.launch import Children
from console.lab.patroni_programs import PatroniPrograms
from console.lab.place import LabPlace
from console.lab.plan import REPLICATION_ROLE, REST_USER, SCOPE, LabPlan, PlannedHost
from console.lab.processes import alive, all_pids, command_line, end_all, look, send, wait_until
from console.lab.programs import Programs
from console.lab.server import SIGNAL_SECONDS_MAX, Server
from console.lab.status import LabError

LOOK_SECONDS: Final = 0.1
TTL_SECONDS: Final = 20
LOOP_SECONDS: Final = 1
RETRY_SECONDS: Final = 3
MANAGED_START_SECONDS_MAX: Final = 90.0
MANAGED_STOP_SECONDS_MAX: Final = 40.0
REST_SECONDS_MAX: Final = 5.0
REST_BYTES_MAX: Final = 1_000_000

_CONFIG: Final = """\
scope: {scope}
name: {name}

restapi:
  listen: {address}:{rest_port}
  connect_address: {address}:{rest_port}
  authentication:
    username: {rest_user}
    password: {rest_password}

etcd3:
  hosts: [{etcd_hosts}]
  protocol: https
  cacert: {certificate}
  cert: {certificate}
  key: {key}

bootstrap:
  dcs:
    ttl: {ttl}
    loop_wait: {loop}
    retry_timeout: {retry}
    maximum_lag_on_failover: 1048576
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters:
        max_connections: 60
        max_wal_senders: 16
        max_replication_slots: 16
        wal_log_hints: 'on'
        wal_keep_size: 64MB

postgresql:
  listen: {address}:{port}
  connect_address: {address}:{port}
  use_unix_socket: true
  use_unix_socket_repl: true
  data_dir: {data}
  bin_dir: {programs}
  pgpass: {pgpass}
  authentication:
    superuser:
      username: postgres
      password: {superuser_password}
    replication:
      username: {replication_role}
      password: {replication_password}
  basebackup:
    checkpoint: fast
  parameters:
    unix_socket_directories: {sockets}

tags:
  nofailover: false
  noloadbalance: false
  clonefrom: false
  nosync: false
"""


def configuration(place: LabPlace, plan: LabPlan, node: PlannedHost, programs: Programs) -> str:
    """A node's patroni.yml, from which patronictl learns the rest too."""
    assert plan.patroni is not None
    members = [plan.host(name).address for name in plan.patroni.etcd_members]
    certificate = place.certificate(node.name)
    return _CONFIG.format(
        scope=SCOPE, name=node.name, address=node.address, port=plan.postgres_port,
        rest_port=plan.patroni.rest_port, rest_user=REST_USER, rest_password=plan.patroni.rest_password,
        etcd_hosts=", ".join(f"'{address}:{plan.patroni.etcd_port}'" for address in members),
        certificate=certificate, key=certificate.with_suffix(".key"),
        ttl=TTL_SECONDS, loop=LOOP_SECONDS, retry=RETRY_SECONDS,
        data=place.data(node.name), programs=programs.directory, pgpass=place.host(node.name) / "pgpass.patroni",
        superuser_password=plan.patroni.superuser_password, replication_role=REPLICATION_ROLE,
        replication_password=plan.replication_password, sockets=place.sockets(node.name),
    )  # fmt: skip


class PatroniServer(Server):
    """A server that Patroni starts and stops; what is done to the server is done to both."""

    def __init__(
        self, place: LabPlace, plan: LabPlan, host: PlannedHost, *, programs: Programs, children: Children,
        patroni: PatroniPrograms,
    ) -> None:  # fmt: skip
        super().__init__(place, plan, host, programs=programs, children=children)
        assert plan.patroni is not None
        self.config = place.patroni_config(host.name)
        self.log = place.patroni_log(host.name)  # the server writes where its Patroni does
        self._patroni = patroni
        self._rest_port = plan.patroni.rest_port
        self._rest_password = plan.patroni.rest_password
        self.config.touch(mode=0o600)
        self.config.write_text(configuration(place, plan, host, programs))
        children.account.own(self.config)

    def patroni(self) -> int | None:
        """Patroni's process, known by the configuration that it was started with."""
        ending = f"\0patroni\0{self.config}\0"
        return next((pid for pid in all_pids() if command_line(pid).endswith(ending) and alive(pid)), None)

    def start_patroni(self) -> None:
        """Starts Patroni where it does not run; it decides about its server."""
        if self.patroni() is not None:
            return
        with self.log.open("ab") as log:
            child = self.children.start(
                [self._patroni.patroni, str(self.config)], as_account=True, stdout=log, stderr=log
            )
        threading.Thread(target=self._wait_patroni, args=(child,), name=f"wait for {self.name}", daemon=True).start()

    def _wait_patroni(self, child: "subprocess.Popen[bytes]") -> None:
        child.wait()
        self.children.ended(child)

    def start(self, *settings: str) -> None:
        """Starts Patroni and waits until the server takes connections and Patroni says that it is well."""
        assert not settings, "Patroni decides what its server is started with"
        self.start_patroni()
        what = f"{self.name} to be well, says its Patroni"
        wait_until(self.well, seconds=MANAGED_START_SECONDS_MAX, what=what, pause=LOOK_SECONDS)

    def well(self) -> bool:
        """Whether Patroni says that its server runs, as primary with the key or as a standby that streams."""
        said = self.ask_rest("GET", "/cluster")
        if not isinstance(said, dict):
            return False
        members = [one for one in said.get("members", []) if isinstance(one, dict) and one.get("name") == self.name]
        return any(one.get("state") in ("running", "streaming") for one in members) and self.accepts()

    def ask_rest(self, method: str, path: str, body: object = None, *, seconds: float = REST_SECONDS_MAX) -> Any:
        """Patroni's own answer as a value, or None where there is none of status 200."""
        word = base64.b64encode(f"{REST_USER}:{self._rest_password}".encode()).decode()
        line = http.client.HTTPConnection(self.host.address, self._rest_port, timeout=seconds)
        try:
            text = None if body is None else json.dumps(body)
            line.request(method, path, body=text, headers={"Authorization": f"Basic {word}"})
            answer = line.getresponse()
            said = answer.read(REST_BYTES_MAX)
            if answer.status != 200:
                return None
            return json.loads(said) if said.startswith((b"{", b"[")) else said.decode(errors="replace")
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            line.close()

    def stop(self) -> None:
        """Patroni's own end: it stops its server cleanly and gives the key back, so that another takes over."""
        pid = self.patroni()
        if pid is not None:
            send([pid], signal.SIGCONT)
            send([pid], signal.SIGTERM)
            wait_until(
                lambda: not alive(pid), seconds=MANAGED_STOP_SECONDS_MAX, what=f"Patroni of {self.name} to end"
            )  # fmt: skip
        super().stop()

    def kill(self) -> None:
        """kill -9 of both. Patroni goes first, or it would start its server again."""
        self.end_patroni()
        super().kill()

    def kill_patroni(self) -> None:
        """kill -9 of Patroni alone: its server goes on, and nobody looks after it."""
        if self.patroni() is None:
            raise LabError(f"{self.name} has no Patroni to kill", "Start it: fault start.")
        self.end_patroni()

    def end_patroni(self) -> None:
        """SIGKILL, where it runs."""

        def found() -> list[int]:
            pid = self.patroni()
            return [] if pid is None else [pid]

        end_all(found, seconds=SIGNAL_SECONDS_MAX, what=f"Patroni of {self.name} to end")

    def freeze(self) -> None:
        """SIGSTOP to both; Patroni first, which would try to mend the other."""
        pid = self.patroni()
        if pid is not None:
            send([pid], signal.SIGSTOP)
        super().freeze()

    def thaw(self) -> None:
        super().thaw()
        pid = self.patroni()
        if pid is not None:
            send([pid], signal.SIGCONT)

    def patroni_frozen(self) -> bool:
        pid = self.patroni()
        process = None if pid is None else look(pid)
        return process is not None and process.state == "T"


def managed(server: Server) -> PatroniServer:
    """The same server, as one under Patroni. LabError in a lab without."""
    if not isinstance(server, PatroniServer):
        raise LabError("this lab has no Patroni", "Start one: lab down, then lab up --manager patroni.")
    return server
