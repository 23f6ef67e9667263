"""`inventory` and `host-keys`: what is watched, finding more, and the keys that a person has to accept."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from console.cli.answers import DiscoverAnswer, ExportAnswer, HostKeysAnswer, InventoryAnswer
from console.cli.face import Exit, Face, expect, failed
from console.domain.cluster import Environment, Inventory
from console.link.messages import (
    AcceptHostKey,
    AskDiscovery,
    AskHostKeys,
    ConfirmIdentity,
    Discovered,
    Done,
    HostKeys,
    RemoveCluster,
    SaveClusters,
)
from console.store.inventory_file import InventoryMistake, read_inventory, write_inventory
from console.ui import words


def show(face: Face, _: Namespace) -> Exit:
    with face.link() as link:
        inventory = link.welcome.inventory
    face.print(InventoryAnswer(inventory=inventory), _lines(inventory))
    return Exit.DONE


def import_file(face: Face, options: Namespace) -> Exit:
    """Read a TOML file and put its clusters in: all of them, or none."""
    path = Path(options.file)
    try:
        text = path.read_text(encoding="utf-8")
        inventory = read_inventory(text, base=path.resolve().parent)
    except OSError as error:
        raise failed("no-file", f"{path} can't be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise failed("no-text", f"{path} is no UTF-8 text: {error.reason}", where=str(path)) from error
    except InventoryMistake as mistake:
        raise failed("inventory-mistake", f"{mistake}", where=str(path), then="mend the file and import it again; "
                     "the inventory is as it was") from mistake  # fmt: skip
    names = tuple(cluster.name for cluster in inventory.clusters)
    with face.link() as link:
        expect(link.ask(SaveClusters(inventory=inventory, replace=options.replace)), Done, where=str(path))
    with face.link() as link:
        now = link.welcome.inventory
    face.print(InventoryAnswer(inventory=now, changed=names), [f"{name} is watched now." for name in names])
    return Exit.DONE


def export(face: Face, options: Namespace) -> Exit:
    """The inventory as TOML; it holds no secret."""
    with face.link() as link:
        toml = write_inventory(link.welcome.inventory)
    if options.file is not None:
        try:
            Path(options.file).write_text(toml, encoding="utf-8")
        except OSError as error:
            raise failed("no-file", f"{options.file} can't be written: {error.strerror}", where=options.file) from error
    face.print(ExportAnswer(toml=toml), [] if options.file is not None else toml.splitlines())
    return Exit.DONE


def remove(face: Face, options: Namespace) -> Exit:
    """Take a cluster out; nothing on its nodes changes."""
    with face.link() as link:
        expect(link.ask(RemoveCluster(cluster=options.cluster)), Done, where=options.cluster)
        left = Inventory(clusters=tuple(c for c in link.welcome.inventory.clusters if c.name != options.cluster))
    face.print(InventoryAnswer(inventory=left, changed=(options.cluster,)),
               [f"{options.cluster} is no longer watched. Nothing on its nodes was changed."])  # fmt: skip
    return Exit.DONE


def confirm(face: Face, options: Namespace) -> Exit:
    """A person says that a node whose identity has changed is the right one."""
    with face.link() as link:
        expect(link.ask(ConfirmIdentity(cluster=options.cluster, node=options.node)), Done, where=options.node)
        inventory = link.welcome.inventory
    face.print(InventoryAnswer(inventory=inventory, changed=(options.node,)), [f"{options.node} is confirmed."])
    return Exit.DONE


def discover(face: Face, options: Namespace) -> Exit:
    """Find a cluster from one of its hosts; it is saved only with --save."""
    question = AskDiscovery(
        host=options.host, user=options.user, port=options.port, identity_file=options.key, become=options.become,
        config_file=options.ssh_config, database=options.database, postgres_user=options.postgres_user,
        postgres_host=options.postgres_host, postgres_port=options.postgres_port,
    )  # fmt: skip
    with face.link() as link:
        found: Discovered = expect(link.ask(question, seconds_max=180.0), Discovered, where=options.host)
        clusters = found.found.clusters
        if options.name is not None:
            clusters = tuple(replace(cluster, name=options.name) for cluster in clusters)
        clusters = tuple(replace(c, environment=Environment(options.environment)) for c in clusters)
        inventory = Inventory(clusters=clusters)
        if options.save:
            expect(link.ask(SaveClusters(inventory=inventory)), Done, where=options.host)
    lines = _lines(inventory, found.roles)
    lines += [f"  not reached: {words.missed_sentence(missed)}" for missed in found.missed]
    lines.append("Saved: it is watched now." if options.save else "Nothing was saved; add --save to watch it.")
    answer = DiscoverAnswer(found=inventory, roles=found.roles, missed=found.missed, saved=options.save)
    face.print(answer, lines)
    return Exit.DONE


def _lines(inventory: Inventory, roles: dict[str, str] | None = None) -> list[str]:
    lines = []
    for cluster in inventory.clusters:
        lines.append(f"{cluster.name}  {cluster.environment.value}, manager {cluster.manager.value}, "
                     f"database {cluster.database}")  # fmt: skip
        for node in cluster.nodes:
            role = (roles or {}).get(node.name, node.kind.value)
            port = "" if node.ssh.port is None else f":{node.ssh.port}"
            become = "" if node.become is None else f", acts as {node.become}"
            lines.append(f"  {node.name:<16} {role:<9} {node.ssh.host}{port}{become}")
    return lines or ["The inventory is empty."]


def host_keys(face: Face, _: Namespace) -> Exit:
    """The keys that hosts showed and that nobody has accepted yet."""
    with face.link() as link:
        offers: HostKeys = expect(link.ask(AskHostKeys()), HostKeys)
    lines = [f"{o.host}:{o.port}  {o.kind}  {o.fingerprint}  (would be stored in {o.stored_in})" for o in offers.offers]
    face.print(HostKeysAnswer(offers=offers.offers), lines or ["No host key waits for a person."])
    return Exit.DONE


def accept_host_key(face: Face, options: Namespace) -> Exit:
    """A person has compared a fingerprint, and says so by typing it."""
    with face.link() as link:
        before: HostKeys = expect(link.ask(AskHostKeys()), HostKeys)
        wanted = (options.host, options.fingerprint)
        offer = next((o for o in before.offers if (o.host, o.fingerprint) == wanted), None)
        if offer is None:
            there = ", ".join(f"{o.host} {o.fingerprint}" for o in before.offers) or "none"
            raise failed("no-offer", f"{options.host} offers no key {options.fingerprint}", where=options.host,
                         then=f"keys that wait: {there}")  # fmt: skip
        question = AcceptHostKey(host=offer.host, port=offer.port, fingerprint=offer.fingerprint)
        expect(link.ask(question), Done, where=options.host)
        after: HostKeys = expect(link.ask(AskHostKeys()), HostKeys)
    face.print(HostKeysAnswer(offers=after.offers, accepted=offer), [f"Accepted, and stored in {offer.stored_in}."])
    return Exit.DONE
