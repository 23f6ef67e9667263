"""Finding a cluster from one host, host keys that a person accepts, import and export: nothing saved unasked."""

import tomllib
from pathlib import Path

import pytest

from console.lab.desk import lab_cluster
from tests.live import wait_for
from tests.watched import Watched


def ssh_words(watched: Watched) -> list[str]:
    return ["--ssh-config", watched.lab.ssh_config, "--database", "ledger", "--postgres-user", "ledger_console"]


@pytest.mark.live
def test_one_host_leads_to_the_others_and_nothing_is_saved_unasked(watched: Watched) -> None:
    before = watched.asked("inventory", "list")
    answer = watched.asked("inventory", "discover", "lab-1", *ssh_words(watched))
    assert answer["saved"] is False
    found = answer["found"]["clusters"][0]
    assert answer["roles"]["lab-1"] == "primary"
    assert {node["name"] for node in found["nodes"]} == {"lab-1", "lab-2", "lab-3"}, answer["missed"]
    assert answer["roles"]["lab-2"] == answer["roles"]["lab-3"] == "standby"
    assert found["promises"]["synchronous"] == "ANY 1"
    assert answer["missed"] == []
    assert watched.asked("inventory", "list") == before


@pytest.mark.live
def test_what_was_found_can_be_watched_and_what_was_not_reached_is_said(watched: Watched) -> None:
    watched.fault("ssh-down", "lab-3")
    try:
        words = [*ssh_words(watched), "--name", "found", "--environment", "staging", "--save"]
        answer = watched.asked("inventory", "discover", "lab-1", *words)
        assert answer["saved"] is True
        assert [missed["reason"] for missed in answer["missed"]] == ["refused"]
        waited = watched.asked("status", "found", "--wait", "healthy", "--timeout", "30")
        assert waited["reached"], waited["clusters"][0]["sentence"]
    finally:
        watched.asked("inventory", "remove", "found")
        watched.mend()


@pytest.mark.live
def test_a_host_that_is_not_there_is_refused_with_the_reason(watched: Watched) -> None:
    answer = watched.asked("inventory", "discover", "no-such-host.invalid", code=1)
    assert answer["error"] == "unresolved"
    assert answer["where"] == "no-such-host.invalid"


@pytest.mark.live
def test_an_unknown_host_key_is_shown_and_accepted_by_a_person_or_not_at_all(watched: Watched) -> None:
    """The lab's own keys are taken away: every node then offers a key that nobody accepted."""
    known = watched.home.lab_known_hosts
    kept = known.read_bytes()
    known.write_bytes(b"")
    try:
        watched.fault("ssh-down", "lab-2")
        watched.reaches("cut-off")
        watched.fault("ssh-up", "lab-2")
        cluster = watched.reaches("host-key-unknown")
        assert cluster["health"] == "unknown"
        offers = watched.asked("host-keys", "list")["offers"]
        offer = next(o for o in offers if o["host"] == watched.lab.node("lab-2").address)  # type: ignore[union-attr]
        assert offer["fingerprint"].startswith("SHA256:")
        assert offer["stored_in"] == str(watched.home.known_hosts)
        refused = watched.asked("host-keys", "accept", offer["host"], "SHA256:another", code=1)
        assert refused["error"] == "no-offer"
        watched.asked("host-keys", "accept", offer["host"], offer["fingerprint"])
        watched.reaches("healthy", seconds=60)
        assert offer["host"] in watched.home.known_hosts.read_text()
    finally:
        known.write_bytes(kept)
        watched.mend()


@pytest.mark.live
def test_a_changed_host_key_is_refused_and_cannot_be_accepted(watched: Watched) -> None:
    known = watched.home.known_hosts
    before = known.read_bytes() if known.exists() else None
    kept = watched.home.lab_known_hosts.read_bytes()
    lines = kept.decode().splitlines()
    keys = [line.split() for line in lines if line and not line.startswith("#")]
    node = watched.lab.node("lab-3")
    assert node is not None
    mine = next(k for k in keys if node.address in k[0])
    other = next(k for k in keys if node.address not in k[0])
    changed = "\n".join(" ".join((k[0], *other[1:]) if k is mine else k) for k in keys)
    if before is not None:
        known.write_text("")
    watched.home.lab_known_hosts.write_text(changed + "\n")
    try:
        watched.fault("ssh-down", "lab-3")
        watched.reaches("cut-off")
        watched.fault("ssh-up", "lab-3")
        cluster = watched.reaches("host-key-changed")
        assert "lab-3" in cluster["sentence"]
        offers = watched.asked("host-keys", "list")["offers"]
        assert all(o["host"] != node.address for o in offers), "a changed key must never be on offer"
    finally:
        watched.home.lab_known_hosts.write_bytes(kept)
        if before is not None:
            known.write_bytes(before)
        watched.mend()


@pytest.mark.live
def test_what_was_exported_can_be_imported(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "fleet.toml"
    watched.asked("inventory", "export", str(file))
    text = file.read_text()
    assert tomllib.loads(text)["cluster"][0]["name"] == "lab"
    refused = watched.asked("inventory", "import", str(file), code=1)
    assert "lab stands there already" in refused["what"]
    answer = watched.asked("inventory", "import", str(file), "--replace")
    assert answer["changed"] == ["lab"]
    watched.reaches("healthy", seconds=60)
    assert lab_cluster(watched.lab).name == "lab"


@pytest.mark.live
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[cluster]]\nname = 'x'\nenviroment = 'lab'\n", "environment"),
        ("[[cluster]\n", "line"),
        ("[[cluster]]\nname = 'x'\nenvironment = 'lab'\n[[cluster.node]]\nname = 'n'\n[cluster.node.ssh]\nhost = 'h'\n"
         "identity_file = '/no/such/key'\n", "/no/such/key"),
    ],
)  # fmt: skip
def test_a_mistaken_file_changes_nothing_and_says_where(watched: Watched, tmp_path: Path, text: str, said: str) -> None:
    before = watched.asked("inventory", "list")
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    answer = watched.asked("inventory", "import", str(file), code=1)
    assert answer["error"] == "inventory-mistake"
    assert said in answer["what"]
    assert watched.asked("inventory", "list") == before


@pytest.mark.live
def test_the_rest_of_the_fleet_goes_on_beside_hosts_that_cannot_be_reached(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        "[[cluster]]\nname = 'elsewhere'\nenvironment = 'staging'\n"
        + "".join(
            f"[[cluster.node]]\nname = 'n{i}'\n[cluster.node.ssh]\nhost = '{host}'\nport = 9\n"
            for i, host in enumerate(("no-such-host.invalid", "127.0.0.1"))
        )
    )
    watched.asked("inventory", "import", str(file))
    try:

        def states() -> dict[str, str] | None:
            cluster = watched.asked("status", "elsewhere")["clusters"][0]
            details = [f["evidence"][0]["observed"] for n in cluster["view"]["nodes"] for f in n["verdict"]["findings"]]
            return dict(zip(("n0", "n1"), details, strict=True)) if "connecting" not in details else None

        assert wait_for(states, "both refused") == {"n0": "unresolved", "n1": "refused"}
        assert watched.status()["health"] == "healthy"
    finally:
        watched.asked("inventory", "remove", "elsewhere")
