"""`lab`: a real cluster on this desk, its faults and their mending; and putting it into the inventory."""

import re
import shutil
from argparse import Namespace
from dataclasses import replace
from typing import Final

from console.cli.answers import LabAnswer
from console.cli.face import CommandFailed, Exit, Face, expect, failed
from console.domain.cluster import Inventory, Manager
from console.lab.desk import (
    NODES,
    LabError,
    LabStatus,
    Topology,
    lab_clusters,
    lab_down,
    lab_fault,
    lab_mend,
    lab_status,
    lab_up,
)
from console.link.messages import AskFleet, Done, Fleet, NoteEvent, RemoveCluster, SaveClusters

OURS: Final = re.compile(r"lab(-\d)?")  # what the lab puts into the inventory


def _failed(error: LabError) -> CommandFailed:
    return failed("lab", error.what, then=error.hint)


def register(face: Face, status: LabStatus, *, backups: bool = True) -> None:
    """Make the lab's host keys known to this home, and put its cluster into the inventory."""
    shutil.copyfile(status.known_hosts, face.home.lab_known_hosts)
    clusters = lab_clusters(status)
    inventory = Inventory(clusters=clusters if backups else tuple(replace(one, backup=None) for one in clusters))
    with face.link() as link:
        expect(link.ask(SaveClusters(inventory=inventory, replace=True)), Done, where="lab")


def bring_up(
    face: Face, *, nodes: int = NODES, sshd: bool = False, manager: Manager = Manager.NONE, backups: bool = True,
    topology: Topology = Topology.STAR,
) -> LabStatus:  # fmt: skip
    """Start the lab, or adopt the one that runs, and have it watched."""
    try:
        status = lab_up(face.home, nodes=nodes, sshd=sshd, manager=manager, topology=topology, tell=face.tell)
    except LabError as error:
        raise _failed(error) from error
    register(face, status, backups=backups)
    return status


def up(face: Face, options: Namespace) -> Exit:
    manager, backups = Manager(options.manager), not options.no_backups
    topology = Topology(options.topology)
    status = bring_up(
        face, nodes=options.nodes, sshd=options.sshd, manager=manager, backups=backups, topology=topology
    )
    face.print(LabAnswer(lab=status, done="up"), _lines(status))
    return Exit.DONE


def down(face: Face, _: Namespace) -> Exit:
    """Take the lab down whole and out of the inventory."""
    with face.link() as link:
        fleet: Fleet = expect(link.ask(AskFleet()), Fleet)
        for name in (view.name for view in fleet.clusters if view.lab_directory and OURS.fullmatch(view.name)):
            expect(link.ask(RemoveCluster(cluster=name)), Done, where=name)
    try:
        was = lab_down(face.home)
    except LabError as error:
        raise _failed(error) from error
    face.home.lab_known_hosts.unlink(missing_ok=True)
    face.print(LabAnswer(lab=None, done="down" if was else "none"), ["The lab is gone." if was else "No lab runs."])
    return Exit.DONE


def status(face: Face, _: Namespace) -> Exit:
    try:
        now = lab_status(face.home)
    except LabError as error:
        raise _failed(error) from error
    lines = ["No lab runs. Start one: ledger-console lab up."] if now is None else _lines(now)
    face.print(LabAnswer(lab=now, done="shown"), lines)
    return Exit.DONE


def fault(face: Face, options: Namespace) -> Exit:
    """Break something in the lab on purpose; it stands on the time axis."""
    try:
        now = lab_fault(face.home, options.name, options.node)
    except LabError as error:
        raise _failed(error) from error
    _note(face, options.node, options.name)
    face.print(LabAnswer(lab=now, done=options.name), _lines(now))
    return Exit.DONE


def mend(face: Face, options: Namespace) -> Exit:
    """Undo the faults of one host, or of all."""
    try:
        now = lab_mend(face.home, options.node)
    except LabError as error:
        raise _failed(error) from error
    _note(face, options.node, "mend")
    face.print(LabAnswer(lab=now, done="mended"), _lines(now))
    return Exit.DONE


def _note(face: Face, node: str | None, text: str) -> None:
    try:
        with face.link(start=False) as link:
            link.ask(NoteEvent(cluster="lab", node=node, text=text))
    except CommandFailed:
        return  # no engine watches: there is no time axis that could show it


def _lines(status: LabStatus) -> list[str]:
    work = status.workload
    gap = f"{work.widest_gap_ms:,.0f} ms"
    kind = ", under Patroni" if status.patronictl else ""
    doors = "OpenSSH" if status.sshd else "asyncssh"
    lines = [f"Lab in {status.directory}, process {status.pid}, {doors} endpoints{kind}"]
    for node in status.nodes:
        state = "frozen" if node.frozen else "runs" if node.running else "stopped"
        port = "" if node.postgres_port is None else f"  PostgreSQL {node.address}:{node.postgres_port}"
        faults = f"  faults: {', '.join(node.faults)}" if node.faults else ""
        door = "" if node.ssh else "  SSH closed"
        door += "  Patroni does not run" if node.patroni is False else ""
        door += "  etcd does not run" if node.etcd is False else ""
        lines.append(
            f"  {node.name:<10} {node.role.value:<8} {state:<8} SSH {node.address}:{node.ssh_port}{port}{door}{faults}"
        )
    lines.append(
        f"Workload at {work.rate:g}/s: {work.acknowledged:,} acknowledged, {work.refused:,} refused, "
        f"{work.unknown:,} unknown, last entry {work.last_number or '-'}, widest write gap {gap}"
    )
    return lines
