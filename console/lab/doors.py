"""The lab's SSH endpoints as its service holds them: asyncssh in a process of its own, or OpenSSH's sshd."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final, Protocol

import msgspec

from console.lab.keys import OPERATOR, public_key
from console.lab.launch import Children
from console.lab.place import LabPlace
from console.lab.plan import LabPlan
from console.lab.processes import MARK, all_pids, end_all, look, program, tree, wait_until
from console.lab.status import LabError

ROOT: Final = Path(__file__).resolve().parents[2]  # where the package of this very process lies
OPEN_SECONDS_MAX: Final = 15.0
SSHD_PLACES: Final = ("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/lib/ssh/sshd")
SEPARATION: Final = Path("/run/sshd")

_SSHD: Final = """\
ListenAddress {address}:{port}
HostKey {key}
AuthorizedKeysFile {authorized}
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowUsers {user}
UsePAM no
StrictModes no
PidFile none
PrintMotd no
LogLevel ERROR
MaxStartups 200:30:400
MaxSessions 100
SetEnv {mark}={lab} PATH={path}
Subsystem sftp internal-sftp
"""


class Doors(Protocol):
    """What the service asks of its endpoints, whichever program serves them."""

    def login(self) -> str: ...
    def become(self) -> str | None: ...
    def open_all(self) -> None: ...
    def open(self, host: str) -> None: ...
    def close(self, host: str) -> None: ...
    def is_open(self, host: str) -> bool: ...
    def end(self) -> None: ...


def choose_doors(place: LabPlace, plan: LabPlan, children: Children) -> Doors:
    """The endpoints that the plan asks for. Raises LabError where the program or package is not there."""
    return OpenSsh(place, plan, children) if plan.sshd else AsyncSsh(place, plan, children)


class AsyncSsh:
    """All endpoints in one process of ours, so that nothing done to a server touches them."""

    def __init__(self, place: LabPlace, plan: LabPlan, children: Children) -> None:
        self._place, self._plan, self._children = place, plan, children
        self._open: set[str] = set()
        self._lock = threading.Lock()
        path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        log = (place.directory / "endpoints.log").open("ab")
        with log:
            self._child = children.start(
                [sys.executable, "-m", "console.lab.endpoints"],
                as_account=False,  # it steps down by itself, once it has read its modules
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                more={"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            )  # fmt: skip

    def login(self) -> str:
        return self._children.account.name

    def become(self) -> str | None:
        return None

    def open_all(self) -> None:
        account, place = self._children.account, self._place
        environment = self._children.environment({"USER": account.name, "LOGNAME": account.name, "SHELL": "/bin/sh"})
        plan = {
            "user": account.name, "uid": account.uid, "gid": account.gid, "drop": account.drop,
            "environment": environment, "port": self._plan.ssh_port, "authorized": public_key(place, OPERATOR),
            "hosts": [
                {"name": host.name, "address": host.address, "home": str(place.home_of(host.name)),
                 "key": (place.keys / host.name).read_text()}
                for host in self._plan.hosts
            ],
            "tunnels": [(node.address, self._plan.postgres_port) for node in self._plan.nodes]
            + [(host.address, self._plan.ssh_port) for host in self._plan.hosts]
            + [(node.address, port) for node in self._plan.nodes for port in self._rest_ports()],
        }  # fmt: skip
        self._tell(plan)
        self._open = {host.name for host in self._plan.hosts}

    def _rest_ports(self) -> list[int]:
        return [] if self._plan.patroni is None else [self._plan.patroni.rest_port]

    def open(self, host: str) -> None:
        self._tell({"host": host, "open": True})
        self._open.add(host)

    def close(self, host: str) -> None:
        self._tell({"host": host, "open": False})
        self._open.discard(host)

    def is_open(self, host: str) -> bool:
        return host in self._open and self._child.poll() is None

    def _tell(self, line: dict[str, object]) -> None:
        """One line there, one line back; a timer ends the process rather than let anyone wait for ever."""
        assert self._child.stdin is not None and self._child.stdout is not None
        with self._lock:
            timer = threading.Timer(OPEN_SECONDS_MAX, self._child.kill)
            timer.daemon = True
            timer.start()
            try:
                self._child.stdin.write(msgspec.json.encode(line) + b"\n")
                self._child.stdin.flush()
                answer = self._child.stdout.readline()
            except OSError:
                answer = b""
            finally:
                timer.cancel()
        if not answer:
            raise LabError("the SSH endpoints ended", f"Look into {self._place.directory / 'endpoints.log'}.")
        trouble = msgspec.json.decode(answer, type=dict[str, str])["trouble"]
        if trouble:
            raise LabError(f"an SSH endpoint could not be opened: {trouble}")

    def end(self) -> None:
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.kill()
        self._child.wait()
        with contextlib.suppress(BrokenPipeError):  # it ended with a line of ours unread
            self._child.stdin.close()
        self._child.stdout.close()
        self._children.ended(self._child)


class OpenSsh:
    """One sshd per host, in the foreground as our child. As root the login is root, acting by sudo as the account."""

    def __init__(self, place: LabPlace, plan: LabPlan, children: Children) -> None:
        found = shutil.which("sshd") or next((one for one in SSHD_PLACES if os.access(one, os.X_OK)), None)
        if found is None:
            raise LabError("OpenSSH's sshd is not installed here", "apt-get install openssh-server, or leave --sshd.")
        if children.account.drop and shutil.which("sudo") is None:
            raise LabError("sudo is not installed, and a lab of root with --sshd acts by it", "apt-get install sudo.")
        self._sshd = found
        self._place, self._plan, self._children = place, plan, children
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def login(self) -> str:
        return "root" if self._children.account.drop else self._children.account.name

    def become(self) -> str | None:
        return self._children.account.name if self._children.account.drop else None

    def open_all(self) -> None:
        if self._children.account.drop and not SEPARATION.is_dir():
            SEPARATION.mkdir(mode=0o755)
        authorized = self._place.keys / "authorized_keys"
        authorized.write_text(public_key(self._place, OPERATOR) + "\n")
        path = self._children.environment()["PATH"]
        for host in self._plan.hosts:
            self._config(host.name).write_text(
                _SSHD.format(
                    address=host.address, port=self._plan.ssh_port, key=self._place.keys / host.name,
                    authorized=authorized, user=self.login(), mark=MARK, lab=self._place.directory, path=path,
                )
            )  # fmt: skip
            self.open(host.name)

    def _config(self, host: str) -> Path:
        return self._place.keys / f"{host}.sshd_config"

    def open(self, host: str) -> None:
        if self.is_open(host):
            return
        log = self._place.directory / f"{host}.sshd.log"
        with log.open("ab") as file:
            child = self._children.start(
                [self._sshd, "-D", "-e", "-f", str(self._config(host))], as_account=False, stdout=file, stderr=file
            )
        self._running[host] = child
        address = (self._plan.host(host).address, self._plan.ssh_port)

        def listens() -> bool:
            if child.poll() is not None:
                said = log.read_text(errors="replace").strip()[-300:]
                raise LabError(f"sshd of {host} did not start: {said}")
            with socket.socket() as probe:
                return probe.connect_ex(address) == 0

        wait_until(listens, seconds=OPEN_SECONDS_MAX, what=f"sshd of {host} to listen")

    def close(self, host: str) -> None:
        child = self._running.pop(host, None)
        if child is None:
            return
        listeners = {one.pid for one in self._running.values()}

        def serving() -> list[int]:
            # Its connections are served by children of its own, which outlive it and become ours; one may fork
            # while we look, so we look again. A command of theirs stays.
            below = tree(child.pid)
            own = [pid for pid in all_pids() if (one := look(pid)) is not None and one.parent == os.getpid()]
            found = [pid for pid in {*below, *own} - listeners if program(pid).startswith("sshd")]
            return [*found, child.pid]

        end_all(serving, seconds=OPEN_SECONDS_MAX, what=f"the connections of {host} to end")
        child.wait()
        self._children.ended(child)
        self._children.reap()

    def is_open(self, host: str) -> bool:
        child = self._running.get(host)
        return child is not None and child.poll() is None

    def end(self) -> None:
        for host in tuple(self._running):
            self.close(host)

