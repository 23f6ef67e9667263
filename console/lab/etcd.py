"""The lab's consensus group: one etcd member on each of its hosts, open to whoever has the lab's certificate."""

import json
import signal
import ssl
import subprocess
import threading
import urllib.request
from typing import Final

from console.lab.keys import make_certificate
from console.lab.launch import Children
from console.lab.place import LabPlace
from console.lab.plan import LabPlan, PatroniPlan
from console.lab.processes import alive, all_pids, command_line, send, wait_until
from console.lab.server import make_directories
from console.lab.status import LabError

START_SECONDS_MAX: Final = 30.0
END_SECONDS_MAX: Final = 10.0
ASK_SECONDS_MAX: Final = 2.0
DATA_MODE: Final = 0o700


class Etcd:
    """One member. What runs is read from /proc, as for a server."""

    def __init__(self, place: LabPlace, plan: LabPlan, name: str, *, program: str, children: Children) -> None:
        assert plan.patroni is not None
        self.name = name
        self._place, self._plan, self._patroni = place, plan, plan.patroni
        self._program, self._children = program, children
        self._data = place.etcd_data(name)

    def pid(self) -> int | None:
        """Its process, known by the data directory that its command line names."""
        wanted = f"\0--data-dir\0{self._data}\0"
        return next((pid for pid in all_pids() if wanted in command_line(pid) and alive(pid)), None)

    def start(self) -> None:
        """Starts it where it does not run. It is of use only once a majority runs: see `wait_majority`."""
        if self.pid() is not None:
            return
        make_directories(self._data, mode=DATA_MODE, children=self._children)
        log = self._place.etcd_log(self.name)
        with log.open("ab") as file:
            child = self._children.start(self._argv(), as_account=True, stdout=file, stderr=file)
        threading.Thread(target=self._wait, args=(child,), name=f"wait for etcd {self.name}", daemon=True).start()
        wait_until(
            lambda: self.pid() is not None or child.returncode is not None,
            seconds=START_SECONDS_MAX, what=f"etcd of {self.name} to start",
        )  # fmt: skip

    def _argv(self) -> list[str]:
        certificate = self._place.certificate(self.name)
        key = certificate.with_suffix(".key")
        own = self._url(self.name, self._patroni.etcd_peer_port)
        group = ",".join(
            f"{name}={self._url(name, self._patroni.etcd_peer_port)}" for name in self._patroni.etcd_members
        )
        client = self._url(self.name, self._patroni.etcd_port)
        argv = [
            *(self._program, "--name", self.name, "--data-dir", str(self._data)),
            *("--listen-client-urls", client, "--advertise-client-urls", client),
            *("--listen-peer-urls", own, "--initial-advertise-peer-urls", own),
            *("--initial-cluster", group, "--initial-cluster-token", self._place.directory.name),
            *("--auto-compaction-retention", "1h", "--log-level", "warn", "--log-outputs", "stderr"),
            "--unsafe-no-fsync",  # a lab outlives its processes, not its desk's power
        ]
        for prefix in ("", "peer-"):
            argv += [
                *(f"--{prefix}cert-file", str(certificate), f"--{prefix}key-file", str(key)),
                *(f"--{prefix}trusted-ca-file", str(certificate), f"--{prefix}client-cert-auth"),
            ]
        return argv

    def _url(self, name: str, port: int) -> str:
        return f"https://{self._plan.host(name).address}:{port}"

    def _wait(self, child: "subprocess.Popen[bytes]") -> None:
        child.wait()
        self._children.ended(child)

    def kill(self) -> None:
        """kill -9."""
        pid = self.pid()
        if pid is None:
            raise LabError(f"etcd of {self.name} does not run", "Start it: fault start-etcd.")
        send([pid], signal.SIGKILL)
        wait_until(lambda: not alive(pid), seconds=END_SECONDS_MAX, what=f"etcd of {self.name} to end")

    def end(self) -> None:
        """In good order, where it runs."""
        pid = self.pid()
        if pid is not None:
            send([pid], signal.SIGTERM)
            wait_until(lambda: not alive(pid), seconds=END_SECONDS_MAX, what=f"etcd of {self.name} to end")

    def has_majority(self) -> bool:
        """Whether this member answers, and the group has a majority: it says both in one."""
        certificate = self._place.certificate(self.name)
        context = ssl.create_default_context(cafile=str(certificate))
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        url = f"{self._url(self.name, self._patroni.etcd_port)}/health"
        try:
            with urllib.request.urlopen(url, timeout=ASK_SECONDS_MAX, context=context) as answer:
                return bool(json.loads(answer.read(10_000)).get("health") == "true")
        except (OSError, ValueError):
            return False


def make_certificates(place: LabPlace, plan: LabPlan, patroni: PatroniPlan, children: Children) -> None:
    """The group's one certificate, to each host a copy that only the lab's account can read."""
    first = place.certificate(patroni.etcd_members[0])
    # Members look at where a peer comes from too, and within 127.0.0.0/8 that is always the first address.
    addresses = ("127.0.0.1", *(host.address for host in plan.hosts))
    make_certificate(first, first.with_suffix(".key"), addresses)
    for node in plan.nodes:
        for source in (first, first.with_suffix(".key")):
            copy = place.host(node.name) / source.name
            if copy != source:
                copy.touch(mode=0o600)
                copy.write_bytes(source.read_bytes())
            copy.chmod(0o600)
            children.account.own(copy)


def start_group(members: list[Etcd]) -> None:
    """All of them, until each answers with a majority behind it."""
    for member in members:
        member.start()
    for member in members:
        what = f"etcd of {member.name} to find a majority"
        wait_until(member.has_majority, seconds=START_SECONDS_MAX, what=what, pause=0.05)
