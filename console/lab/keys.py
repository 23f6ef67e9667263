"""The lab's SSH keys, and the files by which any SSH client finds its hosts."""

import datetime
import ipaddress
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from console.lab.place import LabPlace
from console.lab.plan import LabPlan

OPERATOR: Final = "operator"
CERTIFICATE_DAYS: Final = 3650


def make_keys(place: LabPlace, plan: LabPlan) -> None:
    """A host key for each host and one key for the operator; those that are there stay."""
    place.keys.mkdir(mode=0o700, exist_ok=True)
    for name in (*(host.name for host in plan.hosts), OPERATOR):
        if not (place.keys / f"{name}.pub").exists():
            _make_key(place.keys / name, comment=f"{name} of the lab")


def _make_key(path: Path, *, comment: str) -> None:
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    path.touch(mode=0o600)
    path.write_bytes(private)
    path.with_suffix(".pub").write_bytes(public + b" " + comment.encode() + b"\n")


def public_key(place: LabPlace, name: str) -> str:
    """A key's public half: its kind and its text."""
    return " ".join((place.keys / f"{name}.pub").read_text().split()[:2])


def write_ssh_files(place: LabPlace, plan: LabPlan, *, user: str) -> None:
    """`ssh_config` and `known_hosts`: both for the console and for `ssh -F`."""
    blocks = [
        f"Host {host.name}\n"
        f"    HostName {host.address}\n"
        f"    Port {plan.ssh_port}\n"
        f"    User {user}\n"
        f"    IdentityFile {place.keys / OPERATOR}\n"
        f"    IdentitiesOnly yes\n"
        f"    UserKnownHostsFile {place.known_hosts}\n"
        f"    StrictHostKeyChecking yes\n"
        for host in plan.hosts
    ]
    place.ssh_config.write_text("\n".join(blocks))
    # Under the address and under the lab's name of it: clients differ in which one they look up.
    lines = [
        f"[{host.address}]:{plan.ssh_port},[{host.name}]:{plan.ssh_port} {public_key(place, host.name)}\n"
        for host in plan.hosts
    ]
    place.known_hosts.write_text("".join(lines))


def make_certificate(certificate: Path, key: Path, addresses: tuple[str, ...]) -> None:
    """One certificate for everybody in the lab's consensus group, trusted because it is this one; kept where it is."""
    if certificate.exists() and key.exists():
        return
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "ledger lab")])
    began = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    usages = [x509.oid.ExtendedKeyUsageOID.SERVER_AUTH, x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + datetime.timedelta(days=CERTIFICATE_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(one)) for one in addresses]),
            critical=False,
        )
        .sign(secret, hashes.SHA256())
    )
    key.touch(mode=0o600)
    key.write_bytes(secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
