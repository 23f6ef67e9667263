"""Approvals signed and verified by the real ssh-keygen: what counts, and each refusal by its own reason."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.domain.approval import (
    NAMESPACE,
    ApprovalFault,
    ApprovalGiven,
    ApprovalRefused,
    ApprovalRule,
    ApprovalWanted,
    GlassBroken,
    asked_text,
    policy_of,
    text_of,
)
from console.domain.fleet import Amount
from console.domain.plan import Operation
from console.domain.signers import Approver, read_public_key
from console.governance.approval import FourEyes, break_glass
from console.governance.approvers import ApproversFile, ApproversTrouble
from console.governance.policy import ApprovalPolicies
from console.governance.ssh_keygen import KeygenTrouble, sign
from console.store.database import Store
from console.store.settings import Settings
from tests.governed import Key, Keys

NOW = datetime(2026, 3, 17, 2, 41, 18, tzinfo=UTC)
WANTED = ApprovalWanted(
    run="run-7", cluster="ledger-us", operation=Operation.FAILOVER, plan_digest="ab" * 32, loss_entries_max=100,
    loss_amounts_max=(Amount(currency="USD", scale=2, units=125_050),), initiator="m.keller",
)  # fmt: skip
TEXT = text_of(asked_text(WANTED, now=NOW))


@pytest.fixture
def eyes(tmp_path: Path, make_key: Keys) -> FourEyes:
    """m.keller starts runs, a.berg may approve."""
    file = ApproversFile(tmp_path / "approvers")
    for person in ("a.berg", "m.keller"):
        file.add(approver(person, make_key(person)))
    return FourEyes(file, revoked=tmp_path / "revoked_keys")


def approver(person: str, key: Key, **times: datetime) -> Approver:
    return Approver(person=person, key=read_public_key(key.public), **times)


def signed(key: Key, text: str = TEXT) -> str:
    return sign(text, key=key.private, terminal=False)


def fault(
    eyes: FourEyes, signature: str, *, person: str = "a.berg", text: str = TEXT, wanted: ApprovalWanted = WANTED,
    now: datetime = NOW,
) -> ApprovalFault:  # fmt: skip
    judged = eyes.judge(wanted, person=person, text=text, signature=signature, now=now)
    assert isinstance(judged, ApprovalRefused), judged
    return judged.fault


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_a_second_persons_signature_counts_and_is_verified_again(
    eyes: FourEyes, make_key: Keys, kind: str
) -> None:
    key = make_key(f"a-{kind}", kind)
    eyes.approvers.add(approver("a.berg", key))
    given = eyes.judge(WANTED, person="a.berg", text=TEXT, signature=signed(key), now=NOW)
    assert isinstance(given, ApprovalGiven)
    assert (given.person, given.loss_entries_max, given.given_at) == ("a.berg", 100, NOW)
    assert given.fingerprint == read_public_key(key.public).fingerprint
    assert given.expires_at == NOW + timedelta(hours=4)
    assert eyes.judge_again(WANTED, given, now=NOW + timedelta(hours=1)) is None
    later = eyes.judge_again(WANTED, given, now=NOW + timedelta(hours=5))
    assert later is not None
    assert later.fault is ApprovalFault.EXPIRED


def test_our_fingerprint_is_openssh_s_own(make_key: Keys) -> None:
    key = make_key("a.berg")
    said = subprocess.run(["ssh-keygen", "-l", "-f", f"{key.private}.pub"], capture_output=True, text=True, check=True)
    assert said.stdout.split()[1] == read_public_key(key.public).fingerprint


def test_a_signature_made_for_another_purpose(eyes: FourEyes, make_key: Keys, tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_text(TEXT)
    words = ["ssh-keygen", "-Y", "sign", "-q", "-n", "file", "-f", str(make_key("a.berg").private), str(file)]
    subprocess.run(words, check=True, timeout=60)
    assert fault(eyes, file.with_name("text.sig").read_text()) is ApprovalFault.OTHER_NAMESPACE


def test_a_namespace_rewritten_inside_the_signature(eyes: FourEyes, make_key: Keys, tmp_path: Path) -> None:
    """The namespace is part of what is signed: writing ours over another one of the same length helps nobody."""
    import base64

    other = "x" * len(NAMESPACE)
    file = tmp_path / "text"
    file.write_text(TEXT)
    words = ["ssh-keygen", "-Y", "sign", "-q", "-n", other, "-f", str(make_key("a.berg").private), str(file)]
    subprocess.run(words, check=True, timeout=60)
    head, *body, end = file.with_name("text.sig").read_text().splitlines()
    blob = base64.b64decode("".join(body)).replace(other.encode(), NAMESPACE.encode())
    forged = f"{head}\n{base64.b64encode(blob).decode()}\n{end}\n"
    assert fault(eyes, forged) is ApprovalFault.SIGNATURE_WRONG


def test_a_key_that_is_no_longer_or_not_yet_valid(eyes: FourEyes, make_key: Keys) -> None:
    key = make_key("timed")
    eyes.approvers.add(approver("a.berg", key, valid_before=NOW + timedelta(minutes=1)))
    assert isinstance(eyes.judge(WANTED, person="a.berg", text=TEXT, signature=signed(key), now=NOW), ApprovalGiven)
    eyes.approvers.add(approver("a.berg", key, valid_before=NOW))
    assert fault(eyes, signed(key)) is ApprovalFault.KEY_EXPIRED
    eyes.approvers.add(approver("a.berg", key, valid_after=NOW + timedelta(seconds=1)))
    assert fault(eyes, signed(key)) is ApprovalFault.KEY_NOT_YET


def test_a_key_of_nobody(eyes: FourEyes, make_key: Keys) -> None:
    assert fault(eyes, signed(make_key("stranger"))) is ApprovalFault.UNKNOWN_SIGNER
    eyes.approvers.remove("a.berg")
    assert fault(eyes, signed(make_key("a.berg"))) is ApprovalFault.UNKNOWN_SIGNER


def test_a_key_of_another_person(eyes: FourEyes, make_key: Keys) -> None:
    assert fault(eyes, signed(make_key("m.keller"))) is ApprovalFault.KEY_OF_ANOTHER
    assert fault(eyes, signed(make_key("a.berg")), person="c.dorn") is ApprovalFault.KEY_OF_ANOTHER


@pytest.mark.parametrize("form", ["krl", "list"])
def test_a_revoked_key(eyes: FourEyes, make_key: Keys, tmp_path: Path, form: str) -> None:
    key, revoked = make_key("a.berg"), tmp_path / "revoked_keys"

    def revoke(gone: Key) -> None:
        if form == "list":
            revoked.write_text(f"# gone\n{gone.public}")
        else:
            words = ["ssh-keygen", "-q", "-k", "-f", str(revoked), f"{gone.private}.pub"]
            subprocess.run(words, check=True, timeout=60)

    revoke(make_key("stranger"))
    assert isinstance(eyes.judge(WANTED, person="a.berg", text=TEXT, signature=signed(key), now=NOW), ApprovalGiven)
    revoke(key)
    assert fault(eyes, signed(key)) is ApprovalFault.KEY_REVOKED


@pytest.mark.parametrize("content", [b"nonsense\n", b"SSHKRL\n\0broken", b"\xff" * 100 + b"\n"])
def test_a_list_of_revoked_keys_that_can_not_be_read_trusts_nobody(
    eyes: FourEyes, make_key: Keys, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "revoked_keys").write_bytes(content)
    assert fault(eyes, signed(make_key("a.berg"))) is ApprovalFault.REVOKED_UNREADABLE


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (replace(WANTED, plan_digest="cd" * 32), ApprovalFault.OTHER_PLAN),
        (replace(WANTED, loss_entries_max=101), ApprovalFault.OTHER_LOSS),
        (replace(WANTED, loss_amounts_max=()), ApprovalFault.OTHER_LOSS),
        (replace(WANTED, run="run-8"), ApprovalFault.OTHER_RUN),
        (replace(WANTED, cluster="ledger-eu"), ApprovalFault.OTHER_CLUSTER),
        (replace(WANTED, operation=Operation.REJOIN), ApprovalFault.OTHER_OPERATION),
    ],
)
def test_a_signature_of_another_plan(
    eyes: FourEyes, make_key: Keys, other: ApprovalWanted, named: ApprovalFault
) -> None:
    text = text_of(asked_text(other, now=NOW))
    assert fault(eyes, signed(make_key("a.berg"), text), text=text) is named
    assert fault(eyes, signed(make_key("a.berg"), text)) is ApprovalFault.SIGNATURE_WRONG, "sent with the right text"


def test_an_approval_that_is_too_old_or_would_hold_too_long(eyes: FourEyes, make_key: Keys) -> None:
    signature = signed(make_key("a.berg"))
    assert fault(eyes, signature, now=NOW + timedelta(hours=4)) is ApprovalFault.EXPIRED
    for_ever = text_of(asked_text(WANTED, now=NOW, hours=25))
    assert fault(eyes, signed(make_key("a.berg"), for_ever), text=for_ever) is ApprovalFault.TOO_LONG


def test_the_initiator_is_no_second_person(eyes: FourEyes, make_key: Keys) -> None:
    assert fault(eyes, signed(make_key("m.keller")), person="m.keller") is ApprovalFault.OWN_PLAN


def test_the_initiators_key_under_another_name(eyes: FourEyes, make_key: Keys) -> None:
    """The console refuses to write such a file; a person may have written it by hand."""
    key = make_key("m.keller")
    with pytest.raises(ApproversTrouble, match=r"m\.keller's already"):
        eyes.approvers.add(approver("ghost", key))
    line = f'ghost namespaces="{NAMESPACE}" {key.public}'
    eyes.approvers.path.write_text(eyes.approvers.path.read_text() + line)
    assert fault(eyes, signed(key), person="ghost") is ApprovalFault.OWN_KEY


def test_garbage_is_named_as_what_it_is(eyes: FourEyes, make_key: Keys) -> None:
    good = signed(make_key("a.berg"))
    assert fault(eyes, good, text="approve it all") is ApprovalFault.TEXT_UNREADABLE
    for garbage in ("", "yes", good[:-40], "\0" * 1000, "-----BEGIN SSH SIGNATURE-----\n"):
        assert fault(eyes, garbage) is ApprovalFault.SIGNATURE_UNREADABLE


def test_each_changed_character_of_a_signature_is_refused(eyes: FourEyes, make_key: Keys) -> None:
    good = signed(make_key("a.berg"))
    for place in range(30, len(good) - 30, 7):
        other = "A" if good[place] != "A" else "B"
        if good[place] not in "\n=":
            judged = eyes.judge(
                WANTED, person="a.berg", text=TEXT, signature=good[:place] + other + good[place + 1 :], now=NOW
            )
            assert isinstance(judged, ApprovalRefused), place


def test_lines_that_are_not_trusted_lend_no_trust(eyes: FourEyes, make_key: Keys) -> None:
    key = make_key("stranger")
    eyes.approvers.path.write_text(f'* namespaces="{NAMESPACE}" {key.public}')
    judged = eyes.judge(WANTED, person="a.berg", text=TEXT, signature=signed(key), now=NOW)
    assert judged == ApprovalRefused(
        fault=ApprovalFault.UNKNOWN_SIGNER,
        detail=f"{read_public_key(key.public).fingerprint} stands in no approver's line; lines not trusted: 1",
    )


def test_approvers_that_can_not_be_read_trust_nobody(eyes: FourEyes, make_key: Keys) -> None:
    signature = signed(make_key("a.berg"))
    eyes.approvers.path.write_bytes(b"\xff\xfe")
    assert fault(eyes, signature) is ApprovalFault.APPROVERS_UNREADABLE
    eyes.approvers.path.unlink()
    eyes.approvers.path.mkdir()
    assert fault(eyes, signature) is ApprovalFault.APPROVERS_UNREADABLE


def test_without_ssh_keygen_nothing_is_signed_or_trusted(
    eyes: FourEyes, make_key: Keys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signature = signed(make_key("a.berg"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fault(eyes, signature) is ApprovalFault.NO_TOOL
    with pytest.raises(KeygenTrouble, match="no ssh-keygen"):
        signed(make_key("a.berg"))


def test_the_file_keeps_what_others_wrote_and_what_persons_noted(tmp_path: Path, make_key: Keys) -> None:
    path = tmp_path / "approvers"
    foreign = f"# ours\n\nbuild namespaces=\"git\" {make_key('stranger').public}"
    path.write_text(foreign)
    file = ApproversFile(path)
    first, second = approver("a.berg", make_key("a.berg")), approver("a.berg", make_key("timed"))
    file.add(first)
    file.add(second)
    file.add(replace(first, valid_before=NOW))
    assert {(each.key.fingerprint, each.valid_before) for each in file.known().approvers} == {
        (first.key.fingerprint, NOW), (second.key.fingerprint, None),
    }  # fmt: skip
    assert {each.key.fingerprint for each in file.remove("a.berg")} == {
        first.key.fingerprint, second.key.fingerprint,
    }  # fmt: skip
    assert path.read_text() == foreign
    with pytest.raises(ApproversTrouble) as trouble:
        file.remove("a.berg")
    assert trouble.value.reason == "no-approver"


@pytest.mark.parametrize("person", ["", "*", "a b", "a,b", "!x", "-x", "x" * 64, "a\nb"])
def test_what_can_not_name_a_person_is_refused(tmp_path: Path, make_key: Keys, person: str) -> None:
    file = ApproversFile(tmp_path / "approvers")
    with pytest.raises(ApproversTrouble) as trouble:
        file.add(approver(person, make_key("a.berg")))
    assert trouble.value.reason == "no-person"
    assert not file.path.exists()


def test_a_line_that_names_several_persons_is_left_to_a_person(tmp_path: Path, make_key: Keys) -> None:
    path = tmp_path / "approvers"
    path.write_text(f'a.berg,b.cole namespaces="{NAMESPACE}" {make_key("a.berg").public}')
    before = path.read_text()
    with pytest.raises(ApproversTrouble, match="take it apart"):
        ApproversFile(path).remove("a.berg")
    assert path.read_text() == before


def test_a_passphrase_is_never_asked_for_without_a_terminal(make_key: Keys) -> None:
    with pytest.raises(KeygenTrouble, match="passphrase"):
        signed(make_key("locked", "ed25519", "s3cret-words"))


@contextmanager
def agent_with(key: Key, passphrase: str, folder: Path) -> Iterator[str]:
    """A real ssh-agent that holds a key; its socket."""
    socket = folder / "agent.sock"
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.PIPE)
    try:
        assert agent.stdout is not None
        assert agent.stdout.readline().startswith(b"SSH_AUTH_SOCK")
        ask = folder / "askpass"
        ask.write_text(f"#!/bin/sh\necho {passphrase}\n")
        ask.chmod(0o700)
        environment = {
            **os.environ, "SSH_AUTH_SOCK": str(socket), "SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force",
        }  # fmt: skip
        subprocess.run(["ssh-add", "-q", str(key.private)], env=environment, check=True, timeout=60)
        yield str(socket)
    finally:
        agent.terminate()
        agent.wait(timeout=30)
        agent.stdout.close()


def test_an_agent_signs_for_a_key_that_has_a_passphrase(
    eyes: FourEyes, make_key: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("ssh-agent") is None:
        pytest.skip("not in this version of the system: no ssh-agent")
    key = make_key("locked", "ed25519", "s3cret-words")
    eyes.approvers.add(approver("c.dorn", key))
    with agent_with(key, "s3cret-words", tmp_path) as socket:
        monkeypatch.setenv("SSH_AUTH_SOCK", socket)
        signature = sign(TEXT, key=key.private.with_name("locked.pub"), terminal=False)
    judged = eyes.judge(WANTED, person="c.dorn", text=TEXT, signature=signature, now=NOW)
    assert isinstance(judged, ApprovalGiven)


def test_breaking_the_glass_needs_a_reason() -> None:
    broken = break_glass("m.keller", "  nobody else\n answers the phone ", now=NOW)
    assert broken == GlassBroken(person="m.keller", reason="nobody else answers the phone", at=NOW)
    for nothing in ("", "x", "   \n      "):
        refused = break_glass("m.keller", nothing, now=NOW)
        assert isinstance(refused, ApprovalRefused)
        assert refused.fault is ApprovalFault.NO_REASON


def test_the_rule_of_a_cluster_is_kept_and_one_that_can_not_be_read_is_the_strictest(store: Store) -> None:
    policies = ApprovalPolicies(Settings(store))
    long_name = "l" * 63
    assert policies.chosen(long_name) is None
    policies.set(long_name, policy_of("loss-above:100"))
    assert f"{ApprovalPolicies(Settings(store)).of(long_name)}" == "loss-above:100"
    assert policies.of("another").rule is ApprovalRule.PRODUCTION
    with store.writing(durable=True) as connection:
        from sqlalchemy import text

        connection.execute(text("update settings set value = 'whatever'"))
    assert policies.of(long_name).rule is ApprovalRule.ALWAYS
