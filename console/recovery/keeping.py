"""WAL beyond a fork in a second place: carried to the backup host, and proven by the checksums of its origin."""

import shlex
from collections.abc import Mapping
from typing import Final

from console.domain.plan import Proof
from console.domain.proofs import Held
from console.recovery.carrying import carry_file
from console.ssh.hosts import Hosts

SUMS_SECONDS_MAX: Final = 300.0


def _listed(known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Names and checksums; what looks otherwise is left out, and is then missed by whoever counts."""
    pairs = [one.partition(":")[::2] for one in known.get("kept_wal", "").split(",") if one]
    return [(name, digest) for name, digest in pairs if name.replace(".history", "").isalnum() and digest.isalnum()]


def carry_kept(hosts: Hosts, *, source: str, target: str, known: Mapping[str, str]) -> str:
    """Bring every kept file over; '' where all came, else what went wrong. What is there already is kept."""
    here, there = known.get("kept_directory", ""), known.get("kept_copy", "")
    if not here or not there:
        return "where the kept WAL lies, or is to lie, is not known"
    for name, digest in _listed(known):
        trouble = carry_file(hosts, source, target, path=f"{here}/{name}", wanted=f"{there}/{name}", digest=digest)
        if trouble:
            return f"{name}: {trouble}"
    return ""


def kept(hosts: Hosts, proof: Proof, known: Mapping[str, str]) -> Held:
    """Every listed file lies there with the checksum that its origin computed when it was kept."""
    place = known.get(proof.arg("directory").strip("${}"), "")
    if not place or "kept_wal" not in known:
        return Held(holds=False, observed="nothing is kept yet")
    listed = _listed(known)
    if len(listed) != len([one for one in known["kept_wal"].split(",") if one]):
        return Held(holds=False, observed="its list can't be read")
    if not listed:
        return Held(holds=True, observed="no WAL lies beyond the fork")
    sums = "\n".join(f"{digest}  {name}" for name, digest in listed)
    script = f"cd {shlex.quote(place)} && printf '%s\\n' {shlex.quote(sums)} | sha256sum -c --quiet -"
    said = hosts.run(proof.node, script, seconds_max=SUMS_SECONDS_MAX)
    if said.refused:
        return Held(holds=False, observed=said.words(), reached=False)
    seen = f"{len(listed)} files in {place}" if said.fine else said.words()
    return Held(holds=said.fine, observed=seen, wanted=f"{len(listed)} files with their checksums")
