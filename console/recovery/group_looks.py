"""Looks at the Patronis of one cluster, side by side, and makes one judged picture of what they say."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace

from console.domain.cluster import ClusterSpec
from console.domain.consensus import (
    LOOKS_APART_SECONDS_MIN,
    GroupView,
    affirmed,
    judge_group,
    writable_without_key,
)
from console.domain.members import Looks, MemberLook
from console.domain.reading import Moment
from console.patroni.facts import (
    LOOK_SECONDS_MAX,
    STORE_SECONDS_MAX,
    look_script,
    read_look,
    read_store,
    store_script,
    unreached,
)
from console.patroni.place import places
from console.ssh.hosts import Hosts, at_once


class GroupLooks:
    """Looks at the Patronis of one cluster, side by side."""

    def __init__(self, spec: ClusterSpec, hosts: Hosts, *, clock: Callable[[], Moment]) -> None:
        self.spec = spec
        self.places = places(spec)
        self.names: Mapping[str, str] = {name: at.member for name, at in self.places.items()}
        self._hosts, self._clock = hosts, clock

    def look(self) -> Looks:
        """Every node that runs PostgreSQL, asked now."""
        return at_once(self.places, self._look)

    def _look(self, node: str) -> MemberLook:
        at, spec = self.places[node], self.spec.node(node)
        assert spec is not None
        marker = secrets.token_hex(12)
        script = look_script(at, spec.postgres, self.spec.database, marker)
        said = self._hosts.run(node, script, seconds_max=LOOK_SECONDS_MAX)
        moment = self._clock()
        # Cut off in the middle, what has come counts all the same: it is framed.
        if said.refused or not said.stdout:
            return unreached(at, moment, said.words())
        return read_look(at, moment, said.stdout, marker)

    def with_store(self, looks: Looks) -> Looks:
        """The looks, with what patronictl says of the store where no holder proves by itself that it answers."""
        answering = [node for node, look in looks.items() if look.own is not None]
        if affirmed(looks) is not None or not answering:
            return looks
        node = answering[0]
        marker = secrets.token_hex(12)
        script = store_script(self.places[node], marker)
        said = self._hosts.run(node, script, seconds_max=STORE_SECONDS_MAX + 10.0)
        return {**looks, node: replace(looks[node], store=read_store(said.stdout, marker))}

    def picture(self, pause: Callable[[float], object]) -> GroupView:
        """The judged picture; a second look a second later only where a writable node lacks the key."""
        first = self.with_store(self.look())
        second: Looks | None = None
        if writable_without_key(first, self.names):
            pause(LOOKS_APART_SECONDS_MIN)
            second = self.with_store(self.look())
        return judge_group(self.spec.name, first, second, self.names, self._clock())
