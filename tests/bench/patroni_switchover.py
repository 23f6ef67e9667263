"""Patroni's own switchover, ordered over its REST interface with the lab's own password, without the console."""

import base64
import http.client
import json
import re
from pathlib import Path
from typing import Any, Final

from console.lab.plan import REST_USER
from console.lab.status import LabNode, LabStatus
from tests.bench.rig import wait_for

ORDER_SECONDS_MAX: Final = 60.0
_PASSWORD: Final = re.compile(r"restapi:.*?password: (\S+)", re.DOTALL)


def hand_over(lab: LabStatus, old: str) -> str:
    """Order it and wait for Patroni's own word that it is done; the new primary. RuntimeError where it says no."""
    holder = lab.node(old)
    if holder is None or holder.patroni_config is None:
        raise RuntimeError(f"{old} has no Patroni")
    candidate = wait_for(lambda: _confirming(holder), "a member that confirms", seconds=ORDER_SECONDS_MAX)
    _ask(holder, "POST", "/switchover", {"leader": old, "candidate": candidate})
    return str(candidate)


def _confirming(holder: LabNode) -> str | None:
    """A member in synchronous standing, by Patroni's own word; after a change it takes a while to choose one."""
    members = _ask(holder, "GET", "/cluster", None)["members"]
    return next((str(one["name"]) for one in members if one["role"] == "sync_standby"), None)


def _ask(node: LabNode, method: str, path: str, body: object) -> Any:
    found = _PASSWORD.search(Path(str(node.patroni_config)).read_text(encoding="utf-8"))
    if found is None:
        raise RuntimeError(f"{node.patroni_config} names no password for the REST interface")
    word = base64.b64encode(f"{REST_USER}:{found[1]}".encode()).decode()
    assert node.rest_port is not None
    line = http.client.HTTPConnection(node.address, node.rest_port, timeout=ORDER_SECONDS_MAX)
    try:
        line.request(method, path, None if body is None else json.dumps(body), {"Authorization": f"Basic {word}"})
        answer = line.getresponse()
        said = answer.read().decode(errors="replace")
    finally:
        line.close()
    if answer.status != 200:
        raise RuntimeError(f"Patroni of {node.name} answered {answer.status} to {path}: {said}")
    return json.loads(said) if said.startswith("{") else said
