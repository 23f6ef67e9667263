"""Builds a lab up from what is there: nothing, or the data of an earlier service; and takes everything down."""

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from console.lab.disk import Disk
from console.lab.doors import Doors, choose_doors
from console.lab.etcd import Etcd, make_certificates, start_group
from console.lab.faults import Lab
from console.lab.foundation import join_peers, make_data, make_hosts
from console.lab.keys import make_keys, write_ssh_files
from console.lab.launch import Account, Children
from console.lab.leftovers import end_leftovers
from console.lab.mending import fed_of, feed, settle_members, settle_primary, wait_streaming
from console.lab.patroni import PatroniServer
from console.lab.patroni_programs import find_patroni
from console.lab.place import LabPlace
from console.lab.plan import LabPlan, Topology, make_plan, read_plan, write_plan
from console.lab.programs import Programs, find_programs
from console.lab.server import Server
from console.lab.status import LabRole
from console.lab.workload import Workload

REAP_SECONDS: Final = 0.05
_OF_THE_SERVICE: Final = {"service.lock", "service.log", "control.sock"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the caller asked for; a lab that is there already keeps its nodes and addresses."""

    nodes: int
    sshd: bool
    rate: float
    patroni: bool = False
    topology: Topology = Topology.STAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A lab that runs, and what it was built with."""

    lab: Lab
    place: LabPlace
    programs: Programs
    children: Children


def build(place: LabPlace, wanted: Wanted, tell: Callable[[str], None]) -> Built:
    """From nothing, or from the data that is there, to nodes that stream. Raises LabError."""
    end_leftovers(place)
    plan = read_plan(place)
    account = Account.chosen()
    children = Children(account, place.directory)
    fresh = plan is None
    if plan is None:
        _clear(place)
        plan = make_plan(
            place, nodes=wanted.nodes, sshd=wanted.sshd, rate=wanted.rate, patroni=wanted.patroni,
            topology=wanted.topology,
        )  # fmt: skip
    plan = replace(plan, sshd=wanted.sshd, rate=wanted.rate)
    make_keys(place, plan)
    doors = choose_doors(place, plan, children)  # its start overlaps with the making of the data
    try:
        programs = find_programs(place, children)
        children.bin_directory = programs.directory
        make_hosts(place, plan, children)
        if fresh:
            make_data(place, plan, programs, children, tell)
        write_ssh_files(place, plan, user=doors.login())
        start = _start if plan.patroni is None else _start_managed
        if plan.topology is Topology.PEERS:
            start = _start_peers
        lab = start(place, plan, programs, children, doors, tell)
        write_plan(place, plan)  # last: without it the next start begins anew
    except BaseException:
        doors.end()
        end_leftovers(place)
        raise
    return Built(lab=lab, place=place, programs=programs, children=children)


def _clear(place: LabPlace) -> None:
    """Takes away what a start that was cut short has left."""
    for path in place.directory.iterdir():
        if path.name in _OF_THE_SERVICE:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _start(
    place: LabPlace, plan: LabPlan, programs: Programs, children: Children, doors: Doors, tell: Callable[[str], None]
) -> Lab:
    servers = {
        node.name: Server(place, plan, node, programs=programs, children=children) for node in plan.nodes
    }  # fmt: skip
    for server in servers.values():
        Disk(server).free()
    tell(f"starting {', '.join(servers)} and the SSH endpoints")
    every = list(servers.values())
    standbys = [server for server in every if server.role() is LabRole.STANDBY]
    with ThreadPoolExecutor(len(every) + 1) as pool:
        opened = pool.submit(doors.open_all)
        # One primary, whatever an earlier plan left: a second one stays as it is, for a person to look at.
        leading = pool.submit(settle_primary, every, every)
        following = [pool.submit(server.start) for server in standbys]
        primary = leading.result()
        for each in (*following, opened):
            each.result()
    tell("waiting for the standbys to stream")
    feed(plan, servers, primary)
    for name, followers in fed_of(plan, primary, standbys).items():
        wait_streaming(servers[name], followers)
    workload = Workload(plan, place.record, plan.rate)
    workload.start()
    return Lab(plan=plan, servers=servers, doors=doors, workload=workload)


def _start_peers(
    place: LabPlace, plan: LabPlan, programs: Programs, children: Children, doors: Doors, tell: Callable[[str], None]
) -> Lab:
    """Each a primary of its own, with a client of its own that books under its origin."""
    servers = {
        node.name: Server(place, plan, node, programs=programs, children=children) for node in plan.nodes
    }  # fmt: skip
    tell(f"starting {', '.join(servers)} and the SSH endpoints")
    doors.open_all()
    for server in servers.values():
        Disk(server).free()
        server.start()
    tell("joining the peers")
    join_peers(place, plan, servers)
    records = {node.name: place.record.with_stem(f"record-{node.name}") for node in plan.nodes[1:]}
    first = Workload(plan, place.record, plan.rate, peer=plan.nodes[0].name)
    others = tuple(Workload(plan, path, plan.rate, peer=name) for name, path in records.items())
    for workload in (first, *others):
        workload.start()
    return Lab(plan=plan, servers=servers, doors=doors, workload=first, peer_workloads=others)


def _start_managed(
    place: LabPlace, plan: LabPlan, programs: Programs, children: Children, doors: Doors, tell: Callable[[str], None]
) -> Lab:
    """Under Patroni: the consensus group, the node that leads, then the others, each by its own Patroni."""
    assert plan.patroni is not None
    patroni = find_patroni(place, children)
    make_certificates(place, plan, plan.patroni, children)
    members = {
        name: Etcd(place, plan, name, program=patroni.etcd, children=children) for name in plan.patroni.etcd_members
    }
    servers = {
        node.name: PatroniServer(place, plan, node, programs=programs, children=children, patroni=patroni)
        for node in plan.nodes
    }
    doors.open_all()
    tell(f"starting {len(members)} members of etcd")
    start_group(list(members.values()))
    first, *others = servers.values()
    tell(f"starting Patroni on {first.name}")
    first.start_patroni()
    # The data of a lab that ran before lies where its Patroni left it: any of them may be the one that leads.
    fresh = not (first.data / "patroni.dynamic.json").exists()
    if fresh:
        first.start()
    for server in others:
        server.start_patroni()
    tell("waiting for the members to stream")
    settle_members([first, *others])
    workload = Workload(plan, place.record, plan.rate)
    workload.start()
    return Lab(plan=plan, servers=dict(servers), doors=doors, workload=workload, members=members)


def shut_down(built: Built, *, keep: bool) -> None:
    """Ends all of it. `keep`: the servers shut down in order, for a later start; else they are killed."""
    workloads = (built.lab.workload, *built.lab.peer_workloads)
    for workload in workloads:
        workload.ask_to_end()
    for workload in workloads if keep else ():
        workload.end()
    threads = [
        threading.Thread(target=server.stop if keep else server.kill, name=f"end {server.name}")
        for server in built.lab.servers.values()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(REAP_SECONDS)
            built.children.reap()  # a Patroni waits until nothing is left of its server, an unreaped one included
    for member in built.lab.members.values():
        member.end()
    for workload in () if keep else workloads:
        workload.end()  # at once: there is no server left that it could wait for
    built.lab.doors.end()
    end_leftovers(built.place)
    built.children.reap()
