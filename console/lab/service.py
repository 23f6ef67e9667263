"""The lab's own process: owns its servers, endpoints and workload, and does what is asked over its control socket."""

import argparse
import fcntl
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

import msgspec

from console.lab.building import REAP_SECONDS, Built, Wanted, build, shut_down
from console.lab.control import Reply, Request, Told, listen, read_line
from console.lab.faults import make_fault
from console.lab.mending import mend
from console.lab.patroni import PatroniServer
from console.lab.place import LabPlace
from console.lab.plan import PlannedHost, Topology
from console.lab.processes import adopt_orphans
from console.lab.status import LabError, LabNode, LabRole, LabStatus

ASK_SECONDS_MAX: Final = 10.0
log = logging.getLogger("lab")


class Service:
    """Answers requests, each in a thread of its own; changes come one after the other, a look at any time."""

    def __init__(self, built: Built, listener: socket.socket) -> None:
        self._built = built
        self._lab = built.lab
        self._listener = listener
        self.ending = threading.Event()
        self.keep = True

    def serve(self) -> None:
        """Takes connections until the end."""
        while not self.ending.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), name="request", daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            line.settimeout(ASK_SECONDS_MAX)
            try:
                request = msgspec.json.decode(read_line(line), type=Request)
                if request.verb != "status":  # a window asks each second
                    log.info("asked: %s", request)
                reply = self._do(request)
                line.settimeout(ASK_SECONDS_MAX)
                line.sendall(msgspec.json.encode(reply) + b"\n")
            except (OSError, msgspec.DecodeError) as error:
                log.warning("a request was not answered: %s", error)
                return
        if request.verb == "down":
            self.keep = False
            self.ending.set()

    def _do(self, request: Request) -> Reply:
        try:
            match request.verb:
                case "status":
                    return Reply(status=self.status())
                case "down":
                    return Reply()
                case "fault":
                    with self._lab.busy:
                        make_fault(self._lab, request.fault, request.node)
                case "mend":
                    with self._lab.busy:
                        built = self._built
                        mend(self._lab, request.node, place=built.place, programs=built.programs)
            return Reply(status=self.status())
        except LabError as error:
            log.warning("%s: %s", request, error)
            return Reply(what=error.what, hint=error.hint)
        except (OSError, subprocess.SubprocessError) as error:
            log.exception("%s", request)
            return Reply(what=f"the lab could not do it: {error}", hint=f"See {self._built.place.log}.")

    def status(self) -> LabStatus:
        """The lab at this moment, read from /proc, the data directories and the record."""
        built, lab = self._built, self._lab
        place = built.place
        return LabStatus(
            directory=str(place.directory),
            pid=os.getpid(),
            sshd=lab.plan.sshd,
            rate=lab.workload.rate,
            account=built.children.account.name,
            become=lab.doors.become(),
            bin_directory=str(built.programs.directory),
            topology=lab.plan.topology.value,
            patronictl=str(place.tools / "patronictl") if lab.plan.patroni is not None else None,
            ssh_config=str(place.ssh_config),
            known_hosts=str(place.known_hosts),
            record=str(place.record),
            nodes=tuple(self._node(host) for host in lab.plan.hosts),
            workload=lab.workload.status(),
        )

    def _node(self, host: PlannedHost) -> LabNode:
        lab = self._lab
        server = lab.servers.get(host.name)
        patroni = server if isinstance(server, PatroniServer) else None
        member = lab.members.get(host.name)
        return LabNode(
            name=host.name,
            address=host.address,
            ssh_port=lab.plan.ssh_port,
            postgres_port=lab.plan.postgres_port if server else None,
            role=server.role() if server else LabRole.BACKUPS,
            running=server.postmaster() is not None if server else lab.doors.is_open(host.name),
            frozen=server.frozen() if server else False,
            ssh=lab.doors.is_open(host.name),
            processes=len(server.processes()) if server else 0,
            faults=lab.active(host.name),
            data_directory=str(server.data) if server else None,
            socket_directory=str(server.sockets) if server else None,
            log=str(server.log) if server else None,
            patroni=patroni.patroni() is not None if patroni else None,
            patroni_config=str(patroni.config) if patroni else None,
            rest_port=lab.plan.patroni.rest_port if patroni and lab.plan.patroni else None,
            etcd=member.pid() is not None if member else None,
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="console.lab.service", description=__doc__)
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--sshd", action="store_true")
    parser.add_argument("--patroni", action="store_true")
    parser.add_argument("--topology", choices=[one.value for one in Topology], default=Topology.STAR.value)
    parser.add_argument("--tell", type=int, required=True, help="the open file that hears how the start goes on")
    return parser.parse_args()


def _tell(target: int, told: Told) -> None:
    try:
        os.write(target, msgspec.json.encode(told) + b"\n")
    except OSError:  # whoever started us has gone; the lab is for the next one too
        log.info("nobody hears: %s", told)


def run(options: argparse.Namespace) -> int:
    """Builds, serves, and ends: by `down` with everything, by SIGTERM so that the data can be taken up again."""
    place = LabPlace(options.directory)
    lock = os.open(place.lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _tell(options.tell, Told(what="another service works in this lab already", hint="Try again."))
        return 1
    adopt_orphans()
    wanted = Wanted(nodes=options.nodes, sshd=options.sshd, rate=options.rate, patroni=options.patroni,
                    topology=Topology(options.topology))  # fmt: skip
    try:
        built = build(place, wanted, lambda step: _tell(options.tell, Told(step=step)))
        listener = listen(place.socket)
    except LabError as error:
        log.warning("the lab was not built: %s", error)
        _tell(options.tell, Told(what=error.what, hint=error.hint))
        return 1
    except (OSError, subprocess.SubprocessError) as error:
        log.exception("the lab was not built")
        _tell(options.tell, Told(what=f"the lab could not be built: {error}", hint=f"See {place.log}."))
        return 1
    service = Service(built, listener)
    signal.signal(signal.SIGTERM, lambda *_: service.ending.set())
    threading.Thread(target=service.serve, name="control", daemon=True).start()
    log.info("the lab runs in %s", place.directory)
    _tell(options.tell, Told(ready=True))
    os.close(options.tell)
    while not service.ending.wait(REAP_SECONDS):
        built.children.reap()
    place.socket.unlink(missing_ok=True)
    listener.close()
    shut_down(built, keep=service.keep)
    log.info("the lab has ended; its data %s", "stays" if service.keep else "goes")
    return 0


if __name__ == "__main__":
    if os.fork() != 0:
        os._exit(0)  # whoever started us has nothing to wait for; init is our parent now
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    sys.exit(run(_options()))
