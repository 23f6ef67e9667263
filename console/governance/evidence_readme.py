"""README.txt of an evidence pack: what it holds, and the commands that verify it with standard tools alone."""

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Final

from console.domain import approval, evidence
from console.domain.evidence import Fields
from console.domain.text import shown
from console.governance.evidence_audit import BETWEEN, ENTRIES, HASHED, HASHES

README: Final = "README.txt"
DIGESTED: Final = "plan/digested.json"
INDENT: Final = "    "  # before each command

_TOLD: Final[tuple[tuple[str, str], ...]] = (
    ("FIELDS.json", "scenario, objectives against what was measured, deficiencies and follow-up, sign-off, what is "
                    "missing"),
    ("run.json", "the run as it is recorded: state, steps, facts, loss, write gap, proof of books"),
    ("drill.json", "the drill as it is recorded"),
    ("job.json", "the piece of backup work that the drill rests on"),
    ("incidents.json", "the incidents that name the run or lie in the time of the drill"),
    ("report/report.html", "the report as it was written at the end of the run, to read"),
    ("report/report.json", "the same, to check"),
    ("plan/plan.json", "the plan"),
    ("plan/plan.sh", "the plan as a commented shell script; by itself it does nothing"),
    (DIGESTED, "what of the plan is hashed: its SHA-256 is the digest that approvals sign"),
    ("journal/journal.jsonl", "each line of the run's journal"),
    ("journal/commands.jsonl", "each command as it was sent, secrets masked, and how it ended"),
    ("readings/curves.csv", "what was measured on the nodes, from a minute before to a minute after"),
    ("readings/readings.json", "the same with gaps, events and the source"),
    ("books/books.json", "the proof of books, check by check"),
    (ENTRIES, "audit entries, from the first to the last that names the run or drill"),
    (HASHED, "what of each of these entries is hashed"),
    (HASHES, "the hash of each of these entries"),
    ("audit/anchors.jsonl", "where the audit log ended when the pack was written, and anchors it did not hold"),
    ("audit/chain.json", "what a verification of the whole log found when the pack was written"),
    ("allowed_signers", "the public keys of approvers and of whoever signed this pack"),
)  # fmt: skip


def readme_of(fields: Fields, names: Mapping[str, bytes]) -> bytes:
    """Each command stands on a line of its own, four blanks in front, and ends with 0 where what it shows holds."""
    return "\n".join([*_head(fields, names), *_whole(), *_signed(fields), *_approved(fields), *_plan(fields, names),
                      *_audit(fields, names), *_missing(fields), ""]).encode()  # fmt: skip


def _head(fields: Fields, names: Mapping[str, bytes]) -> Iterator[str]:
    yield f"Evidence pack {fields.pack}"
    yield shown(f"{fields.kind} {fields.id} of cluster {fields.cluster} ({fields.environment}): {fields.scenario.what}")
    yield f"Written {fields.written_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC for {shown(fields.written_by)}"
    yield f"by Ledger Console {fields.version}. All times are UTC."
    yield ""
    width = max(len(name) for name, _ in _TOLD) + 2
    yield from (f"  {name:<{width}}{what}" for name, what in _TOLD if name in names)
    texts = [name for name in names if name.startswith("approvals/")]
    if texts:
        yield f"  {'approvals/':<{width}}the texts that approvers signed, and their signatures"
    yield ""
    yield "How to verify it, with sha256sum and ssh-keygen of OpenSSH 8.9 or later, in this directory:"


def _whole() -> Iterator[str]:
    yield ""
    yield "1. No file was changed, and none is missing:"
    yield f"{INDENT}sha256sum -c --strict --quiet SHA256SUMS"
    yield "2. No file was added:"
    yield f"{INDENT}find . ! -type d | cut -c3- | grep -vxE 'SHA256SUMS(\\.sig)?' | LC_ALL=C sort | diff FILES -"
    yield "3. The sums are those that were written. This digest has to be the one that the audit log of the console"
    yield "   holds in its entry 'evidence-pack', or that was told to you by another way:"
    yield f"{INDENT}sha256sum SHA256SUMS"


def _signed(fields: Fields) -> Iterator[str]:
    signer = fields.sign_off.pack_signer
    if signer is None:
        yield "4. The pack is not signed: whoever can change a file can write the sums anew. Only 3 shows that."
        return
    yield "4. The sums are signed. The key travels with the pack, so compare its fingerprint with one that you have by"
    yield f"   another way: {signer.fingerprint}"
    if not signer.listed:
        yield f"   The console's list of approvers did NOT name this key for {signer.person} when the pack was written."
    yield (f"{INDENT}ssh-keygen -Y verify -f allowed_signers -I {signer.person} -n {evidence.NAMESPACE} "
           "-s SHA256SUMS.sig < SHA256SUMS")  # fmt: skip


def _approved(fields: Fields) -> Iterator[str]:
    held = [one for one in fields.sign_off.approvals if not one.trouble.startswith(("does-not", "not-verified"))]
    if held:
        yield "5. The approvals were signed by these persons, at the time at which they were noted:"
    for one in held:
        text, signature = one.files
        yield (f"{INDENT}TZ=UTC0 ssh-keygen -Y verify -f allowed_signers -I {one.person} -n {approval.NAMESPACE} "
               f"-O verify-time={one.at.astimezone(UTC):%Y%m%d%H%M%S} -s {signature} < {text}")  # fmt: skip
    for one in fields.sign_off.approvals:
        if one.trouble:
            yield "   " + shown(f"{one.files[0]}, {one.person}: {one.trouble}")


def _plan(fields: Fields, names: Mapping[str, bytes]) -> Iterator[str]:
    if DIGESTED in names and fields.sign_off.approvals:
        yield "6. What they approved is this plan:"
        for one in fields.sign_off.approvals:
            yield f'{INDENT}grep -x "plan: sha256:$(sha256sum < {DIGESTED} | cut -c -64)" {one.files[0]}'


def _audit(fields: Fields, names: Mapping[str, bytes]) -> Iterator[str]:
    yield "7. The hash of each audit entry is that of its content, and its content names the hash of the one before:"
    yield (f"{INDENT}while IFS= read -r line; do printf %s \"$line\" | sha256sum; done < {HASHED} | cut -c -64 "
           f"| diff {HASHES} -")  # fmt: skip
    if names.get(HASHED) and all(one.what != BETWEEN for one in fields.missing):
        yield (f"{INDENT}{{ sed -n '2,$s/.*\"\\([0-9a-f]\\{{64\\}}\\)\"]$/\\1/p' {HASHED}; tail -n 1 {HASHES}; }} "
               f"| diff {HASHES} -")  # fmt: skip
    yield "8. Who has the whole log ('audit export FILE' of the console) finds each of these entries in it:"
    yield f"   grep -Fxf {ENTRIES} FILE | diff {ENTRIES} -"


def _missing(fields: Fields) -> Iterator[str]:
    yield ""
    if not fields.missing:
        yield "Nothing is missing that belongs into such a pack."
        return
    yield "What this pack does not hold. Nothing was put in its place:"
    for one in fields.missing:
        yield "  " + shown(f"{one.what}: {one.why}{f' ({one.detail})' if one.detail else ''}")
