"""`evidence` on a real engine of a home that holds a run of before: written, signed, copied, verified, refused."""

import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli.answers import ANSWERS
from console.domain.run import RunState
from console.governance.evidence_check import Fault
from console.link.messages import schema_of
from console.places import Home
from console.ui.evidence_words import fault_sentence
from tests.governance.packs import by_hand, desk, failover
from tests.governed import Keys
from tests.watched import Watched

ME = getpass.getuser()


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """An engine of a home with a failover that is done and one that was left; no node is there."""
    place = tmp_path_factory.mktemp("evidence")
    with desk(place) as made:
        made.keep(failover(), noted=False)
        made.keep(failover("left", state=RunState.LEFT), noted=False)
    watched = Watched(Home.chosen(str(place / "home")), None)  # type: ignore[arg-type]
    try:
        yield watched
    finally:
        watched.asked("engine", "stop")


def held(answer: Any) -> Any:
    name = "error" if "error" in answer else "evidence"
    jsonschema.Draft202012Validator(schema_of(ANSWERS[name])).validate(answer)
    return answer


def test_a_pack_is_written_signed_copied_and_verified(console: Watched, tmp_path: Path) -> None:
    key = Keys(tmp_path)("mine")
    out = tmp_path / "out"
    said = held(console.asked("evidence", "r-4", "--key", str(key.private), "--out", str(out)))
    assert (said["done"], said["kind"], said["id"]) == ("written", "run", "r-42")
    assert (said["signer"]["person"], said["signer"]["listed"]) == (ME, False)
    assert {one["what"] for one in said["missing"]} == {"readings", "audit excerpt", "the signed approval"}
    assert Path(said["path"]).parent == out
    assert by_hand(Path(said["path"])) == []
    for pack in (said["path"], said["archive"]):
        told = held(console.asked("evidence", "verify", pack, "--digest", said["digest"]))
        assert (told["whole"], told["signed_by"], told["trusted"]) == (True, ME, False)
    signers = tmp_path / "signers"
    signers.write_text(f"{ME} {key.public}")
    assert console.asked("evidence", "verify", said["archive"], "--signers", str(signers))["trusted"] is True
    text = console.run("evidence", "verify", said["path"])
    assert text.returncode == 0
    assert f"signed by {ME}" in text.stdout
    (entry,) = console.asked("audit", "list", "--kind", "evidence")["entries"]
    assert ["sha256sums", said["digest"]] in entry["detail"]


def test_a_changed_pack_is_named_and_ends_with_one(console: Watched, tmp_path: Path) -> None:
    said = console.asked("evidence", "left", "--out", str(tmp_path))
    script = Path(said["path"]) / "plan" / "plan.sh"
    script.write_bytes(script.read_bytes().replace(b"fence", b"fance", 1))
    told = held(console.asked("evidence", "verify", said["path"], code=1))
    assert [(one["what"], one["file"]) for one in told["faults"]] == [("changed", "plan/plan.sh")]
    assert "plan/plan.sh was changed." in console.run("evidence", "verify", said["path"]).stdout
    archive = Path(said["archive"])
    archive.write_bytes(archive.read_bytes()[:-9])
    assert held(console.asked("evidence", "verify", str(archive), code=1))["faults"][0]["what"] == "not-a-pack"


def test_what_can_not_be_done_is_said_before_or_with_what_is_there(console: Watched, tmp_path: Path) -> None:
    def error(*words: str, code: int = 1) -> Any:
        return held(console.asked("evidence", *words, code=code))

    assert error("nothing")["error"] == "no-run-or-drill"
    assert error("verify", code=2)["error"] == "usage"
    assert error("r-42", "more", code=2)["error"] == "usage"
    assert error("r-42", "--signers", "x", code=2)["error"] == "usage"
    assert error("verify", str(tmp_path / "none"))["error"] == "no-file"
    assert error("r-42", "--key", str(tmp_path / "none"))["error"] == "no-file"
    alone = tmp_path / "alone"
    alone.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    assert error("r-42", "--key", str(alone))["error"] == "no-public-key"
    locked = Keys(tmp_path)("locked", "ed25519", "s3cret-words")
    told = error("r-42", "--key", str(locked.private))
    assert told["error"] == "not-signed"
    assert "the pack is in" in told["changed"]
    (check,) = held(console.asked("evidence", "verify", told["where"], code=1))["faults"]
    assert check["what"] == "not-signed"


def test_each_fault_has_its_sentence() -> None:
    for what in ("changed", "missing", "added", "not-a-pack", "not-signed", "wrong-signature", "other-digest",
                 "unreadable", "broken-chain"):  # fmt: skip
        fault = Fault(what=what, file="a{b}.txt", detail="{x}")
        said = fault_sentence(fault.what, fault.file, fault.detail)
        assert said.endswith("({x})")
        assert "a{b}.txt" in said
        assert what not in ("not-a-pack", "broken-chain") or what not in said
