"""What a monitoring script has to look like before it is taken: the first mistake, by a kebab-case word."""

import re
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.fleet import Role
from console.domain.monitoring import CheckSpec, CheckWay
from console.domain.nagios import read_range
from console.domain.text import shown

NAME_CHARACTERS_MAX: Final = 60
TEXT_CHARACTERS_MAX: Final = 16_000  # it is one argument of a command line
EVERY_SECONDS_MIN: Final = 5.0
EVERY_SECONDS_MAX: Final = 86_400.0
LIMIT_SECONDS_MIN: Final = 0.1
LIMIT_SECONDS_MAX: Final = 300.0
ROLES: Final = ("", "primary", "standby")
_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,58}[A-Za-z0-9._-])?")


class CheckMistake(ValueError):
    """Why a check is not taken: a kebab-case word, and what was given."""

    def __init__(self, word: str, detail: str = "") -> None:
        super().__init__(f"{word}: {detail}" if detail else word)
        self.word, self.detail = word, detail


def examine(spec: CheckSpec, cluster: ClusterSpec) -> None:
    """Raises CheckMistake for the first thing that is wrong with it on this cluster."""
    if not _NAME.fullmatch(spec.name):
        raise CheckMistake("check-name", shown(spec.name, characters_max=NAME_CHARACTERS_MAX))
    text = spec.text.strip(" \t\r\n;" if spec.way is CheckWay.SQL else None)
    if not text or "\0" in text or len(text) > TEXT_CHARACTERS_MAX:
        detail = "nothing" if not text else "a zero byte" if "\0" in text else f"{len(text)} characters"
        raise CheckMistake("check-text", detail)
    if not EVERY_SECONDS_MIN <= spec.every_seconds <= EVERY_SECONDS_MAX:  # not a number is refused by it too
        raise CheckMistake("check-interval", f"{spec.every_seconds:g} s")
    if not LIMIT_SECONDS_MIN <= spec.seconds_max <= LIMIT_SECONDS_MAX:
        raise CheckMistake("check-limit", f"{spec.seconds_max:g} s")
    if not spec.uses:
        raise CheckMistake("check-uses")
    if spec.role not in ROLES:
        raise CheckMistake("check-role", shown(spec.role, characters_max=40))
    _examine_nodes(spec, cluster)
    _examine_ranges(spec)


def _examine_nodes(spec: CheckSpec, cluster: ClusterSpec) -> None:
    for name in spec.nodes:
        node = cluster.node(name)
        if node is None or (spec.way is CheckWay.SQL and node.postgres is None):
            raise CheckMistake("check-node", shown(name, characters_max=NAME_CHARACTERS_MAX))
        if spec.role and node.kind is not NodeKind.POSTGRES:
            raise CheckMistake("check-role-for-host", shown(name, characters_max=NAME_CHARACTERS_MAX))


def _examine_ranges(spec: CheckSpec) -> None:
    if spec.way is CheckWay.COMMAND and (spec.warning or spec.critical):
        raise CheckMistake("check-range-for-command")
    for text in (spec.warning, spec.critical):
        try:
            read_range(text)
        except ValueError as error:
            raise CheckMistake("check-range", shown(text, characters_max=NAME_CHARACTERS_MAX)) from error


def nodes_of(spec: CheckSpec, cluster: ClusterSpec) -> tuple[str, ...]:
    """Where it runs, whatever roles the nodes have now."""
    if spec.nodes:
        return tuple(name for name in spec.nodes if cluster.node(name) is not None)
    return tuple(node.name for node in cluster.nodes if node.kind is NodeKind.POSTGRES)


def fits(spec: CheckSpec, role: Role | None) -> bool:
    """May it run on a node of this role? A role that nobody knows fits no check that asks for one."""
    match spec.role:
        case "primary":
            return role is Role.PRIMARY
        case "standby":
            return role in (Role.STANDBY, Role.CASCADE)
        case _:
            return True
